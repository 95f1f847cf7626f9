/* SPDX-License-Identifier: GPL-2.0-only */
/* ${x-word}, ${x=word}, ${x?word} and ${x+word} of bash, and what is not set under set -u. */
#include "shell/builtin.h"
#include "shell/value.h"

int unset_status(const struct shell *sh)
{
	const struct shell *at = sh->entering ? sh->parent : sh;
	/* one command is a stage of a pipeline: bash's process for it is still on its way through
	 * the shell's own loop */
	bool stage = sh->parent && !sh->parent->parent && sh->whole_stage &&
		     sh->whole_stage->kind == NODE_SIMPLE &&
		     sh->reading.p == sh->parent->reading.p && sh->dots == sh->parent->dots;

	if (stage && is_bash(sh))
		at = sh->parent;
	return at->script || at->parent || (sh->options & OPT_ERREXIT) ? 1 : 127;
}

/* The message of ${x?word}; false: there was another one. set -e ends the shell with the STATUS of
 * the last substitution in it, unless that is 0. */
static bool own_message(struct shell *sh, const struct param *p, struct str *text, int *status)
{
	*text = p->colon ? S("parameter null or not set") : S("parameter not set");
	sh->status = 1;
	pipe_status_set(sh, 1);
	sh->subst_status = -1;
	if (p->arg->n && !expand_message(sh, p->arg, text))
		return false;
	if ((sh->options & OPT_ERREXIT) && sh->subst_status > 0)
		*status = sh->subst_status;
	return true;
}

bool value_unset(struct shell *sh, const struct param *p)
{
	struct str text = S("unbound variable"), name = param_written(sh, p);
	int status = unset_status(sh);

	if (p->indirect)
		name = str_cat(sh->tmp, S("!"), name);
	if (p->op == PARAM_ERROR && !own_message(sh, p, &text, &status))
		return false;
	fatal(sh, status, "%.*s: %.*s", STR_ARG(name), STR_ARG(text));
	return false;
}

static bool is_integer(struct shell *sh, struct str name)
{
	const struct var *v = var_find(sh, name);

	return v && (v->flags & VAR_INTEGER);
}

static bool assign_default(struct shell *sh, const struct param *p, struct value *v)
{
	struct str text;
	int64_t i = 0;

	/* the name comes first */
	if (is_name(p->name) && !value_operand(sh, expand_default, p->arg, &text))
		return false;
	if (p->all) {
		say(sh, "%.*s[%c]: bad array subscript", STR_ARG(p->name), p->all);
		expansion_fatal(sh);
		if (sh->flow == FLOW_DISCARD)
			sh->status = 2;
		return false;
	}
	if (!is_name(p->name)) {
		say(sh, "$%.*s: cannot assign in this way", STR_ARG(p->name));
		sh->status = 1; /* whatever it was */
		sh->subst_status = 0;
		expansion_fatal(sh);
		return false;
	}
	v->text = text;
	v->mark = true;
	if (p->index) {
		if (!arith_value(sh, p->index, &i))
			return false;
		if (index_too_low(sh, param_written(sh, p), p->name, i)) {
			if (sh->flow == FLOW_ON)
				expansion_failed(sh);
			sh->status = sh->flow == FLOW_DISCARD ? 2 : sh->status;
			return false;
		}
		if (!var_set_index(sh, p->name, i, text))
			return false;
		if (is_integer(sh, p->name))
			v->text = var_element(var_find(sh, p->name), i);
		return true;
	}
	if (!var_set(sh, p->name, text)) {
		sh->status = sh->flow == FLOW_DISCARD && !sh->whole ? 2 : sh->status;
		return false;
	}
	if (is_integer(sh, p->name))
		v->text = var_value(sh, p->name);
	return true;
}

bool value_conditional(struct shell *sh, const struct param *p, bool set, struct value *v)
{
	if (set != (p->op == PARAM_ALTERNATE)) {
		if (p->op == PARAM_ALTERNATE)
			*v = (struct value){.nothing = v->many && v->all == '@' &&
						       (!is_bash(sh) || v->items.n == 0),
					    .none = v->items.n == 0};
		return true;
	}
	switch (p->op) {
	case PARAM_ERROR: return value_unset(sh, p);
	case PARAM_ASSIGN: v->many = false; return assign_default(sh, p, v);
	default: v->instead = p->arg; return true;
	}
}
