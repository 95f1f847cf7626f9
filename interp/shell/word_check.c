/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Words of which bash makes something that only it knows: they are found here, and the real shell
 * gets the text. Source: bash 5.2 itself (tests/shell/ladder-*-bash.sh).
 */
#include "shell/parse.h"

static bool holds_at(const struct word *w)
{
	for (size_t i = 0; w && i < w->n; i++) {
		const struct param *param =
		    w->parts[i].kind == PART_PARAM ? w->parts[i].param : NULL;

		if (param && (param->all == '@' || str_is(param->name, "@") ||
			      (param->op <= PARAM_ALTERNATE && holds_at(param->arg))))
			return true;
	}
	return false;
}

static bool is_many(const struct param *p)
{
	return (p->all || str_is(p->name, "@") || str_is(p->name, "*")) && p->op != PARAM_LENGTH;
}

/* Several values in W, where a ${x-..} is around them or, OPERATED, an operation is theirs. */
static bool holds_many(const struct word *w, bool operated, bool within)
{
	for (size_t i = 0; w && i < w->n; i++) {
		const struct param *param =
		    w->parts[i].kind == PART_PARAM ? w->parts[i].param : NULL;

		if (param &&
		    ((is_many(param) && (within || (operated && param->op != PARAM_PLAIN))) ||
		     (param->op >= PARAM_DEFAULT && param->op <= PARAM_ALTERNATE &&
		      holds_many(param->arg, operated, true))))
			return true;
	}
	return false;
}

void lex_check_tilde(struct parser *p, const struct word *w)
{
	const struct str text =
	    w->n > 1 && w->parts[0].kind == PART_TEXT ? w->parts[0].text : S("");

	if (parse_bash(p) && text.n && text.p[0] == '~' && str_chr(text, ':') > 0 &&
	    str_chr(text, '/') < 0 && w->parts[1].kind != PART_QUOTED && !w->parts[1].quoted)
		parse_stop(p, "tilde");
}

void lex_check_compared(struct parser *p, const struct word *w, bool of_case)
{
	lex_check_tilde(p, w);
	if (parse_bash(p) && (of_case || p->sets_ifs) && holds_many(w, p->sets_ifs, false))
		parse_stop(p, "several values within ${x-..}");
}

/* Is P the values of "$*" or its like after an operation? */
static bool is_operated_star(const struct param *p)
{
	return (p->all == '*' || str_is(p->name, "*")) &&
	       (p->indirect || (p->op >= PARAM_PREFIX && p->op != PARAM_LENGTH));
}

static bool holds_operated_star(const struct word *w)
{
	for (size_t i = 0; w && i < w->n; i++) {
		const struct param *param =
		    w->parts[i].kind == PART_PARAM ? w->parts[i].param : NULL;

		if (param && (is_operated_star(param) ||
			      (param->op <= PARAM_ALTERNATE && holds_operated_star(param->arg))))
			return true;
	}
	return false;
}

/* bash splits at the blank of "${x-a\ b}$@", and what it made of "$*" in "${*#y}${x-$@}" and
 * "${x-${*#y}}$@". */
void word_check_beside_at(struct parser *p, const struct word *w)
{
	bool at = false, blank = false, star = false, inner = false, inner_star = false;

	for (size_t i = 0; parse_bash(p) && w->n > 1 && i < w->n; i++) {
		const struct param *param =
		    w->parts[i].kind == PART_PARAM ? w->parts[i].param : NULL;

		at |= param && (param->all == '@' || str_is(param->name, "@"));
		star |= param && is_operated_star(param);
		inner_star |=
		    param && param->op <= PARAM_ALTERNATE && holds_operated_star(param->arg);
		inner |= param && param->op <= PARAM_ALTERNATE && holds_at(param->arg);
		blank |= param && param->arg && param->op <= PARAM_ALTERNATE &&
			 str_find(param->arg->source, S("\\ ")) >= 0;
	}
	if (((at || inner) && blank) || (star && inner) || (inner_star && (at || inner)))
		parse_stop(p, "parts beside $@");
}

static bool sets_ifs(const struct param *p)
{
	return p->op == PARAM_ASSIGN && str_is(p->name, "IFS");
}

void word_check_ifs(struct parser *p, const struct word *w)
{
	bool unquoted = false;

	for (size_t i = 0; i < w->n; i++) {
		const struct part *part = &w->parts[i];
		const struct word *arg = part->kind == PART_PARAM ? part->param->arg : NULL;

		for (size_t k = 0; arg && k < arg->n; k++)
			if (arg->parts[k].kind == PART_PARAM && sets_ifs(arg->parts[k].param))
				parse_stop(p, "${IFS=..}");
		if (unquoted && part->kind == PART_PARAM && sets_ifs(part->param))
			parse_stop(p, "${IFS=..}");
		unquoted |= part->kind != PART_QUOTED;
	}
}
