/* SPDX-License-Identifier: GPL-2.0-only */
/* bash's [[ ]]. */
#include <regex.h>

#include "shell/builtin.h"

/* set -x shows each question as it is asked; NOT: of [[ ! a ]]. B of a unary one: p NULL. */
static void trace_question(struct shell *sh, bool not, struct str a, struct str op, struct str b)
{
	if (!(sh->options & OPT_XTRACE))
		return;
	if (a.p && !a.n)
		a = S("''");
	if (b.p && !b.n)
		b = S("''");
	trace(sh, b.p ? str_fmt(sh->tmp, "[[ %s%.*s %.*s %.*s ]]", not ? "! " : "", STR_ARG(a),
				STR_ARG(op), STR_ARG(b))
		      : str_fmt(sh->tmp, "[[ %s%.*s %.*s ]]", not ? "! " : "", STR_ARG(op),
				STR_ARG(a)));
}

static bool matches_regex(struct shell *sh, const struct cond *c, bool not, struct str text,
			  int *status)
{
	enum { GROUPS = 10 };
	struct str pattern;
	regmatch_t at[GROUPS];
	regex_t re;
	bool yes;

	if (!expand_asked(sh, c->b, ASKED_REGEX, &pattern))
		return false;
	trace_question(sh, not, text, c->op, pattern);
	if (regcomp(&re, str_cz(sh->tmp, pattern), REG_EXTENDED) != 0) {
		*status = 2;
		return false;
	}
	yes = regexec(&re, str_cz(sh->tmp, text), GROUPS, at, 0) == 0;
	regfree(&re);
	var_unset(sh, S("BASH_REMATCH"));
	var_clear_array(sh, var_at(sh, S("BASH_REMATCH")));
	for (size_t i = 0; yes && i < GROUPS && i <= re.re_nsub; i++) {
		struct str part = at[i].rm_so < 0 ? S("")
						  : str_sub(text, (size_t)at[i].rm_so,
							    (size_t)(at[i].rm_eo - at[i].rm_so));

		var_set_index(sh, S("BASH_REMATCH"), (int64_t)i, part);
	}
	return yes;
}

/* Does an unquoted $@ of W stand for itself, or one in a ${x-..} that is taken? */
static bool has_several(struct shell *sh, const struct word *w)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct param *p = w->parts[i].kind == PART_PARAM && !w->parts[i].quoted
					    ? w->parts[i].param
					    : NULL;
		bool at = p && (p->all == '@' || str_is(p->name, "@"));
		struct value v = {0};

		if (!p || p->op == PARAM_LENGTH)
			continue;
		if ((p->op == PARAM_DEFAULT || p->op == PARAM_ALTERNATE) && !p->index) {
			param_value(sh, p, &v);
			at &= p->op == PARAM_DEFAULT && !v.instead;
			at |= v.instead && has_several(sh, v.instead);
		}
		if (at)
			return true;
	}
	return false;
}

/* An operand of -eq and its like: bash splits $@ there. */
static bool number_text(struct shell *sh, const struct word *w, struct str *out)
{
	bool good;

	if (!has_several(sh, w))
		return expand_asked(sh, w, ASKED_TEXT, out);
	sh->of_number = true;
	good = expand_several(sh, w, out);
	sh->of_number = false;
	return good;
}

static bool numbers(struct shell *sh, const struct cond *c, bool not, struct str a, int *status)
{
	int before = sh->status;
	struct str b;
	int64_t x, y;

	if (!number_text(sh, c->b, &b))
		return false;
	trace_question(sh, not, a, c->op, b);
	if (!arith_eval(sh, a, &x) || !arith_eval(sh, b, &y)) {
		if (sh->flow == FLOW_DISCARD && !sh->whole)
			sh->status = before; /* the rest of [[ ]] sees that */
		if (sh->flow == FLOW_DISCARD && !sh->whole)
			sh->flow = FLOW_ON;
		*status = 1;
		return false;
	}
	return test_compare(c->op, x, y);
}

static bool binary(struct shell *sh, const struct cond *c, bool not, int *status)
{
	bool arithmetic = c->op.p[0] == '-' && c->op.p[1] != 'o' && !str_is(c->op, "-nt") &&
			  !str_is(c->op, "-ef");
	struct str a, b;
	struct str words[5];

	if (!(arithmetic ? number_text(sh, c->a, &a) : expand_asked(sh, c->a, ASKED_TEXT, &a)))
		return false;
	a = str_dup(sh->tmp, a);
	if (str_is(c->op, "=~"))
		return matches_regex(sh, c, not, a, status);
	if (arithmetic)
		return numbers(sh, c, not, a, status);
	if (c->op.p[0] == '=' || c->op.p[0] == '!') {
		if (!expand_asked(sh, c->b, ASKED_PATTERN, &b))
			return false;
		trace_question(sh, not, a, c->op, b);
		return pattern_match(b, a) == (c->op.p[0] == '=');
	}
	if (!expand_asked(sh, c->b, ASKED_TEXT, &b))
		return false;
	trace_question(sh, not, a, c->op, b);
	words[0] = S("test");
	words[1] = a;
	words[2] = c->op;
	words[3] = b;
	return run_test(sh, words, 4) == 0;
}

static bool unary(struct shell *sh, const struct cond *c, bool not)
{
	struct str a;

	if (!expand_asked(sh, c->a, ASKED_TEXT, &a))
		return false;
	trace_question(sh, not, a, c->kind == COND_WORD ? S("-n") : c->op, (struct str){0});
	return c->kind == COND_WORD ? a.n > 0 : test_unary(sh, c->op.p[1], a);
}

static bool is_true(struct shell *sh, const struct cond *c, bool not, int *status)
{
	bool yes;

	switch (c->kind) {
	case COND_NOT: /* of an error, too: that counts as false */
		yes = is_true(sh, c->left, !not && !c->left->parens, status);
		*status = 0;
		return !yes && sh->flow == FLOW_ON;
	case COND_AND:
		return is_true(sh, c->left, false, status) && is_true(sh, c->right, false, status);
	case COND_OR:
		if (is_true(sh, c->left, false, status))
			return true;
		*status = 0;
		return sh->flow == FLOW_ON && is_true(sh, c->right, false, status);
	case COND_BINARY: return binary(sh, c, not, status);
	default: return unary(sh, c, not);
	}
}

bool cond_true(struct shell *sh, const struct cond *c, int *status)
{
	return is_true(sh, c, false, status);
}
