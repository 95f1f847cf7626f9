/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * expr: evaluates its arguments, one token each. Numbers are 64 bits wide; what would not fit is
 * left to the real tool, which knows big numbers. Patterns are POSIX BREs by libc's regcomp.
 */
#include <regex.h>
#include <stdlib.h>

#include "applet/internal.h"

static const char help[] = "expr ARG...: evaluate\n"
			   "  | & = == != < <= > >= + - * / % : ( )\n"
			   "  match S RE, substr S POS LEN, index S CHARS, length S, + TOKEN\n";

enum { GROUPS = 10 };

enum { GOOD, SYNTAX, NOT_INTEGER, BY_ZERO, DECLINE, BAD_REGEX };

struct expr {
	struct applet_cx *cx;
	size_t at;
	int bad;		/* one of the above; the first stays */
	struct str why;
	unsigned depth;
	bool skip;		/* inside a part that is not evaluated */
};

static struct str or_expr(struct expr *e);

static struct str fail(struct expr *e, int bad, struct str why)
{
	if (!e->bad) {
		e->bad = bad;
		e->why = why;
	}
	return S("");
}

static bool more(const struct expr *e)
{
	return e->at < e->cx->argc;
}

static bool accept(struct expr *e, const char *token)
{
	if (e->bad || !more(e) || !str_is(e->cx->argv[e->at], token))
		return false;
	e->at++;
	return true;
}

static struct str next_token(struct expr *e)
{
	struct str before = e->cx->argv[e->at ? e->at - 1 : 0];

	if (more(e))
		return e->cx->argv[e->at++];
	return fail(e, SYNTAX, str_fmt(e->cx->mem, "syntax error: missing argument after %.*s",
				       STR_ARG(applet_cite(e->cx, before))));
}

static bool number(struct str s, int64_t *out)
{
	return s.n && s.p[0] != '+' && applet_integer(s, out);
}

static bool looks_like_number(struct str s)
{
	if (s.n && s.p[0] == '-')
		s = str_from(s, 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* Neither empty nor zero in any spelling. */
static bool is_true(struct str s)
{
	size_t i = s.n && s.p[0] == '-';

	if (s.n == 0)
		return false;
	if (i == s.n)
		return true;
	for (; i < s.n; i++)
		if (s.p[i] != '0')
			return true;
	return false;
}

static struct str decimal(struct expr *e, int64_t v)
{
	return str_fmt(e->cx->mem, "%lld", (long long)v);
}

static struct str match(struct expr *e, struct str s, struct str pattern)
{
	regex_t re;
	regmatch_t m[GROUPS];
	bool found, group;
	struct str result;
	char *z = str_cz(e->cx->mem, s);

	if (e->skip)
		return S("");
	if (regcomp(&re, str_cz(e->cx->mem, pattern), 0) != 0)
		return fail(e, DECLINE, S(""));
	group = re.re_nsub > 0;
	/* The leftmost match is one at the start, where there is one; all groups are asked for, as
	 * references back come out otherwise without. */
	found = regexec(&re, z, GROUPS, m, 0) == 0 && m[0].rm_so == 0;
	regfree(&re);
	if (!found)
		return group ? S("") : S("0");
	if (!group)
		return decimal(e, m[0].rm_eo);
	result = m[1].rm_so < 0 ? S("") : str_sub(s, (size_t)m[1].rm_so,
						  (size_t)(m[1].rm_eo - m[1].rm_so));
	return result;
}

static struct str substring(struct expr *e)
{
	struct str s = next_token(e), a = next_token(e), b = next_token(e);
	int64_t from, n;

	if (!number(a, &from) || !number(b, &n) || from <= 0 || n <= 0)
		return S("");
	return str_sub(s, (size_t)from - 1, (size_t)n);
}

static struct str index_of(struct expr *e)
{
	struct str s = next_token(e), chars = next_token(e);

	for (size_t i = 0; i < s.n; i++)
		if (str_chr(chars, s.p[i]) >= 0)
			return decimal(e, (int64_t)i + 1);
	return S("0");
}

static struct str primary(struct expr *e)
{
	struct str v;

	if (e->bad)
		return S("");
	if (accept(e, "+"))
		return next_token(e);
	if (!accept(e, "("))
		return next_token(e);
	if (e->depth++ > 200)
		return fail(e, DECLINE, S(""));
	v = or_expr(e);
	e->depth--;
	if (!accept(e, ")") && !e->bad)
		fail(e, SYNTAX,
		     more(e) ? str_fmt(e->cx->mem, "syntax error: expecting ')' instead of %.*s",
				       STR_ARG(applet_cite(e->cx, e->cx->argv[e->at])))
			     : str_fmt(e->cx->mem, "syntax error: expecting ')' after %.*s",
				       STR_ARG(applet_cite(e->cx, e->cx->argv[e->at - 1]))));
	return v;
}

static struct str keyword(struct expr *e)
{
	struct str s;

	if (accept(e, "length"))
		return decimal(e, (int64_t)next_token(e).n);
	if (accept(e, "match")) {
		s = next_token(e);
		return match(e, s, next_token(e));
	}
	if (accept(e, "index"))
		return index_of(e);
	if (accept(e, "substr"))
		return substring(e);
	return primary(e);
}

static struct str match_expr(struct expr *e)
{
	struct str v = keyword(e);

	while (accept(e, ":"))
		v = match(e, v, keyword(e));
	return v;
}

static struct str compute(struct expr *e, char op, struct str a, struct str b)
{
	int64_t x, y, v = 0;
	bool over = false;

	if (e->skip || e->bad)
		return S("");
	if (!looks_like_number(a) || !looks_like_number(b))
		return fail(e, NOT_INTEGER, S("non-integer argument"));
	if (!number(a, &x) || !number(b, &y))
		return fail(e, DECLINE, S(""));
	if ((op == '/' || op == '%') && y == 0)
		return fail(e, BY_ZERO, S("division by zero"));
	if (op == '+')
		over = __builtin_add_overflow(x, y, &v);
	else if (op == '-')
		over = __builtin_sub_overflow(x, y, &v);
	else if (op == '*')
		over = __builtin_mul_overflow(x, y, &v);
	else if (y == -1)
		over = op == '/' && __builtin_sub_overflow(0, x, &v);
	else
		v = op == '/' ? x / y : x % y;
	return over ? fail(e, DECLINE, S("")) : decimal(e, v);
}

static struct str product(struct expr *e)
{
	struct str v = match_expr(e);

	for (;;) {
		if (accept(e, "*"))
			v = compute(e, '*', v, match_expr(e));
		else if (accept(e, "/"))
			v = compute(e, '/', v, match_expr(e));
		else if (accept(e, "%"))
			v = compute(e, '%', v, match_expr(e));
		else
			return v;
	}
}

static struct str sum(struct expr *e)
{
	struct str v = product(e);

	for (;;) {
		if (accept(e, "+"))
			v = compute(e, '+', v, product(e));
		else if (accept(e, "-"))
			v = compute(e, '-', v, product(e));
		else
			return v;
	}
}

static int order(struct str a, struct str b)
{
	int64_t x, y;

	if (looks_like_number(a) && looks_like_number(b) && number(a, &x) && number(b, &y))
		return (x > y) - (x < y);
	return str_cmp(a, b);
}

static struct str truth(bool v)
{
	return v ? S("1") : S("0");
}

static struct str comparison(struct expr *e)
{
	struct str v = sum(e);

	for (;;) {
		if (accept(e, "<"))
			v = truth(order(v, sum(e)) < 0);
		else if (accept(e, "<="))
			v = truth(order(v, sum(e)) <= 0);
		else if (accept(e, "=") || accept(e, "=="))
			v = truth(order(v, sum(e)) == 0);
		else if (accept(e, "!="))
			v = truth(order(v, sum(e)) != 0);
		else if (accept(e, ">="))
			v = truth(order(v, sum(e)) >= 0);
		else if (accept(e, ">"))
			v = truth(order(v, sum(e)) > 0);
		else
			return v;
	}
}

static struct str and_expr(struct expr *e)
{
	struct str v = comparison(e), w;
	bool skip = e->skip;

	while (accept(e, "&")) {
		e->skip = skip || !is_true(v);
		w = comparison(e);
		e->skip = skip;
		if (!is_true(v) || !is_true(w))
			v = S("0");
	}
	return v;
}

static struct str or_expr(struct expr *e)
{
	struct str v = and_expr(e), w;
	bool skip = e->skip;

	while (accept(e, "|")) {
		e->skip = skip || is_true(v);
		w = and_expr(e);
		e->skip = skip;
		if (!is_true(v))
			v = is_true(w) ? w : S("0");
	}
	return v;
}

static int run(struct applet_cx *cx)
{
	struct expr e = {.cx = cx, .at = 1};
	struct str v;

	if (cx->argc > 1 && (str_is(cx->argv[1], "--help") || str_is(cx->argv[1], "--version")))
		return applet_decline(cx);
	for (size_t i = 1; i < cx->argc; i++)
		if (!applet_bytes(cx, cx->argv[i]))
			return applet_decline(cx);
	if (cx->argc > 1 && str_is(cx->argv[1], "--"))
		e.at++;
	if (!more(&e))
		return applet_usage(cx, 2, S("missing operand"));
	v = or_expr(&e);
	if (!e.bad && more(&e))
		fail(&e, SYNTAX, str_fmt(cx->mem, "syntax error: unexpected argument %.*s",
					 STR_ARG(applet_cite(cx, cx->argv[e.at]))));
	if (e.bad == DECLINE)
		return applet_decline(cx);
	if (e.bad) {
		applet_say(cx, "%.*s", STR_ARG(e.why));
		return stream_is_closed(cx->err) ? 3 : 2; /* what it could not say is worse */
	}
	applet_out(cx, str_fmt(cx->mem, "%.*s\n", STR_ARG(v)));
	return applet_status(cx, is_true(v) ? 0 : 1);
}

const struct applet applet_expr = {
	.name = "expr",
	.write_status = 3,
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
