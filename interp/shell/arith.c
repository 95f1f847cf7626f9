/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * $(( )): C's operators over 64 bits. bash evaluates variables as expressions and has ++, --, **,
 * and the comma; dash wants numbers and has none of these.
 */
#include <string.h>

#include "shell/internal.h"

enum { ARITH_DEPTH = 256 };

struct arith {
	struct shell *sh;
	struct str text;
	size_t pos, last;     /* LAST: where the token before POS began */
	size_t bad;	      /* 1 + where the token to blame begins; 0: as above */
	unsigned depth, skip; /* SKIP: in an arm that is not taken */
	bool failed;
};

struct place_ref {
	struct str name;
	bool indexed;
	int64_t index;
};

static int64_t comma(struct arith *a);
static int64_t assignment(struct arith *a);
static bool eval_depth(struct shell *sh, struct str text, unsigned depth, int64_t *out);

static int64_t fail(struct arith *a, const char *posix, const char *bash)
{
	struct str text = a->text, rest;
	const char *who = a->sh->arith_who;

	if (a->failed)
		return 0;
	a->failed = true;
	if (is_bash(a->sh)) {
		while (text.n && strchr(" \t\n", text.p[0]))
			text = str_from(text, 1);
		rest = str_from(a->text, a->bad		      ? a->bad - 1
					 : a->pos < a->text.n ? a->pos
							      : a->last);
		say(a->sh, "%s%s%.*s: %s (error token is \"%.*s\")", who ? who : "",
		    who ? ": " : "", STR_ARG(text), bash, STR_ARG(rest));
	} else {
		say(a->sh, "arithmetic expression: %s: \"%.*s\"", posix, STR_ARG(a->text));
	}
	return 0;
}

static void blanks(struct arith *a)
{
	while (a->pos < a->text.n && memchr(" \t\n\r", a->text.p[a->pos], 4))
		a->pos++;
}

static char ahead(const struct arith *a, size_t n)
{
	return a->pos + n < a->text.n ? a->text.p[a->pos + n] : '\0';
}

/* Take the operator OP, unless it is the start of a longer one. */
static bool take(struct arith *a, const char *op)
{
	size_t n = strlen(op);
	char next;

	blanks(a);
	if (!str_starts(str_from(a->text, a->pos), str_z(op)))
		return false;
	next = ahead(a, n);
	if (n == 1 && strchr("&|<>", op[0]) && next == op[0])
		return false;
	if (next == '=' && (strchr("+-*/%&|^<>=!", op[0]) && !strchr("<>", op[0]) && n == 1))
		return false;
	if (next == '=' && n == 1 && strchr("<>", op[0]))
		return false;
	if (next == '=' && (str_is(str_z(op), "<<") || str_is(str_z(op), ">>")))
		return false;
	if (n == 1 && op[0] == '*' && next == '*' && is_bash(a->sh))
		return false;
	a->last = a->pos;
	a->pos += n;
	return true;
}

/* --- numbers and names --- */

static int digit_value(char c, int base)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + (base <= 36 ? 10 : 36);
	if (c == '@')
		return 62;
	return c == '_' ? 63 : 99;
}

static size_t number_length(const struct arith *a)
{
	size_t n = 0;

	while (ahead(a, n) && (digit_value(ahead(a, n), 64) < 64 || ahead(a, n) == '#'))
		n++;
	return n;
}

static int64_t number(struct arith *a)
{
	size_t n = number_length(a), i = 0;
	struct str s = str_sub(a->text, a->pos, n);
	ptrdiff_t hash = str_chr(s, '#');
	uint64_t value = 0;
	int base = 10;

	a->last = a->pos;
	if (hash > 0 && is_bash(a->sh)) {
		for (base = 0; (ptrdiff_t)i < hash; i++)
			base = base * 10 + digit_value(s.p[i], 10);
		if (base < 2 || base > 64)
			return fail(a, "expecting primary", "invalid arithmetic base");
		i++;
	} else if (n > 1 && s.p[0] == '0') {
		base = s.p[1] == 'x' || s.p[1] == 'X' ? 16 : 8;
		i = base == 16 ? 2 : 1;
	}
	for (; i < n; i++) {
		int d = digit_value(s.p[i], base);

		if (d >= base)
			return fail(a, "expecting EOF",
				    d > 9 && base == 10 ? "value too great for base"
							: "value too great for base");
		value = value * (uint64_t)base + (uint64_t)d;
	}
	a->pos += n;
	return (int64_t)value;
}

static size_t name_length(const struct arith *a)
{
	size_t n = 0;

	while (is_name(str_sub(a->text, a->pos, n + 1)) && a->pos + n < a->text.n)
		n++;
	return n;
}

static int64_t read_place(struct arith *a, const struct place_ref *r)
{
	struct str value;
	int64_t out = 0;

	if (a->skip || a->failed)
		return 0;
	if (r->indexed) {
		const struct var *v = var_find(a->sh, r->name);

		value = v ? var_element(v, r->index) : (struct str){0};
	} else {
		value = var_value(a->sh, r->name);
	}
	if (!value.p && (a->sh->options & OPT_NOUNSET)) {
		a->failed = true;
		if (is_bash(a->sh))
			fatal(a->sh, a->sh->script || a->sh->parent ? 1 : 127, "%.*s: unbound variable", STR_ARG(r->name));
		else
			fatal(a->sh, 2, "%.*s: parameter not set", STR_ARG(r->name));
		return 0;
	}
	value = str_trim(value);
	if (value.n == 0)
		return 0;
	if (is_bash(a->sh)) {
		a->failed |= !eval_depth(a->sh, str_dup(a->sh->tmp, value), a->depth + 1, &out);
		return out;
	}
	{
		bool minus = value.p[0] == '-';
		uint64_t u;

		if (!str_number(str_from(value, minus || value.p[0] == '+'), 0, &u)) {
			a->failed = true;
			say(a->sh, "Illegal number: %.*s", STR_ARG(value));
			return 0;
		}
		return (int64_t)(minus ? 0 - u : u);
	}
}

static void write_place(struct arith *a, const struct place_ref *r, int64_t value)
{
	struct str text = str_fmt(a->sh->tmp, "%lld", (long long)value);

	if (a->skip || a->failed)
		return;
	if (!(r->indexed ? var_set_index(a->sh, r->name, r->index, text)
			 : var_set(a->sh, r->name, text)))
		a->failed = true;
}

/* A name, maybe with [index]; consumed. */
static struct place_ref place(struct arith *a)
{
	size_t n = name_length(a);
	struct place_ref r = {.name = str_sub(a->text, a->pos, n)};

	a->last = a->pos;
	a->pos += n;
	if (is_bash(a->sh) && ahead(a, 0) == '[') {
		a->pos++;
		r.indexed = true;
		r.index = comma(a);
		blanks(a);
		if (ahead(a, 0) != ']')
			fail(a, "expecting primary", "syntax error: invalid arithmetic operator");
		a->pos++;
	}
	return r;
}

/* --- the grammar, from the tightest --- */

static int64_t postfix(struct arith *a)
{
	struct place_ref r = place(a);
	int64_t value = read_place(a, &r);

	blanks(a);
	if (is_bash(a->sh) && ((ahead(a, 0) == '+' && ahead(a, 1) == '+') ||
			       (ahead(a, 0) == '-' && ahead(a, 1) == '-'))) {
		write_place(a, &r,
			    ahead(a, 0) == '+' ? (int64_t)((uint64_t)value + 1)
					       : (int64_t)((uint64_t)value - 1));
		a->pos += 2;
	}
	return value;
}

static int64_t primary(struct arith *a)
{
	char c;

	blanks(a);
	c = ahead(a, 0);
	if (c == '(') {
		int64_t value;

		a->last = a->pos++;
		value = is_bash(a->sh) ? comma(a) : assignment(a);
		blanks(a);
		if (ahead(a, 0) != ')')
			return fail(a, "expecting ')'", "missing `)'");
		a->pos++;
		return value;
	}
	if (c >= '0' && c <= '9')
		return number(a);
	if (name_length(a))
		return postfix(a);
	return fail(a, "expecting primary", "syntax error: operand expected");
}

static int64_t unary(struct arith *a)
{
	int64_t value = 0;
	char c;

	blanks(a);
	c = ahead(a, 0);
	if (++a->depth > ARITH_DEPTH) {
		value = fail(a, "too deep", "expression recursion level exceeded");
	} else if (is_bash(a->sh) && (c == '+' || c == '-') && ahead(a, 1) == c) {
		size_t pos = a->pos;

		a->pos += 2;
		blanks(a);
		if (name_length(a)) {
			struct place_ref r = place(a);

			value =
			    (int64_t)((uint64_t)read_place(a, &r) + (c == '+' ? 1u : UINT64_MAX));
			write_place(a, &r, value);
		} else {
			a->pos = pos + 1;
			value = unary(a);
			value = c == '-' ? (int64_t)(0 - (uint64_t)value) : value;
		}
	} else if (c && strchr("+-!~", c) && !(c == '!' && ahead(a, 1) == '=')) {
		a->last = a->pos++;
		value = unary(a);
		value = c == '-'   ? (int64_t)(0 - (uint64_t)value)
			: c == '!' ? !value
			: c == '~' ? ~value
				   : value;
	} else {
		value = primary(a);
	}
	a->depth--;
	return value;
}

static int64_t power(struct arith *a)
{
	int64_t base = unary(a), exponent;
	uint64_t value = 1;

	blanks(a);
	if (a->failed || !is_bash(a->sh) || ahead(a, 0) != '*' || ahead(a, 1) != '*')
		return base;
	a->pos += 2;
	exponent = power(a);
	if (exponent < 0)
		return fail(a, "", "exponent less than 0");
	for (uint64_t b = (uint64_t)base; exponent; exponent >>= 1, b *= b)
		if (exponent & 1)
			value *= b;
	return (int64_t)value;
}

static int64_t divide(struct arith *a, int64_t x, int64_t y, bool rest)
{
	if (a->skip)
		return 0;
	if (y == 0)
		return fail(a, "division by zero", "division by 0");
	if (y == -1)
		return rest ? 0 : (int64_t)(0 - (uint64_t)x);
	return rest ? x % y : x / y;
}

static const struct binary {
	const char *op;
	int level;
} binaries[] = {
	{"*", 1},  {"/", 1}, {"%", 1}, {"+", 2},  {"-", 2},	 {"<<", 3}, {">>", 3}, {"<=", 4},
	{">=", 4}, {"<", 4}, {">", 4}, {"==", 5}, {"!=", 5}, {"&", 6},  {"^", 7},  {"|", 8},
};

static int64_t combine(struct arith *a, const char *op, int64_t x, int64_t y)
{
	uint64_t u = (uint64_t)x, v = (uint64_t)y;

	switch (op[0]) {
	case '*': return (int64_t)(u * v);
	case '/': return divide(a, x, y, false);
	case '%': return divide(a, x, y, true);
	case '+': return (int64_t)(u + v);
	case '-': return (int64_t)(u - v);
	case '&': return x & y;
	case '^': return x ^ y;
	case '|': return x | y;
	case '=': return x == y;
	case '!': return x != y;
	case '<': return op[1] == '<' ? (int64_t)(u << (v & 63)) : op[1] ? x <= y : x < y;
	default: return op[1] == '>' ? x >> (v & 63) : op[1] ? x >= y : x > y;
	}
}

static int64_t binary(struct arith *a, int level)
{
	int64_t x = level ? binary(a, level - 1) : power(a);
	const size_t count = sizeof(binaries) / sizeof(binaries[0]);

	for (size_t i = 0; level && i < count && !a->failed;) {
		int64_t y;
		size_t right;

		if (binaries[i].level != level || !take(a, binaries[i].op)) {
			i++;
			continue;
		}
		blanks(a);
		right = a->pos;
		y = binary(a, level - 1);
		if (y == 0 && level == 1)
			a->bad = right + 1;
		if (!a->failed)
			x = combine(a, binaries[i].op, x, y);
		a->bad = a->failed ? a->bad : 0;
		i = 0;
	}
	return a->failed ? 0 : x;
}

/* && and || */
static int64_t logic(struct arith *a, bool is_or)
{
	int64_t x = is_or ? logic(a, false) : binary(a, 8);

	while (!a->failed && take(a, is_or ? "||" : "&&")) {
		bool skip = is_or ? x != 0 : x == 0;
		int64_t y;

		a->skip += skip;
		y = is_or ? logic(a, false) : binary(a, 8);
		a->skip -= skip;
		x = is_or ? x || y : x && y;
	}
	return x;
}

static int64_t conditional(struct arith *a)
{
	int64_t test = logic(a, true), yes, no;

	blanks(a);
	if (a->failed || ahead(a, 0) != '?')
		return test;
	a->pos++;
	a->skip += !test;
	yes = is_bash(a->sh) ? comma(a) : assignment(a);
	a->skip -= !test;
	blanks(a);
	if (!a->failed && ahead(a, 0) != ':')
		return fail(a, "expecting ':'", "`:' expected for conditional expression");
	a->pos++;
	a->skip += test != 0;
	no = assignment(a);
	a->skip -= test != 0;
	return test ? yes : no;
}

/* The assignment operator at hand: "", "+", "<<" ... before its '='; NULL: none. */
static const char *assign_op(struct arith *a)
{
	static const char *const ops[] = {"*", "/", "%", "+", "-", "<<", ">>", "&", "^", "|", ""};

	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		size_t n = strlen(ops[i]);

		if (str_starts(str_from(a->text, a->pos), str_z(ops[i])) && ahead(a, n) == '=' &&
		    (n || ahead(a, 1) != '='))
			return ops[i];
	}
	return NULL;
}

static int64_t assignment(struct arith *a)
{
	size_t start;
	const char *op = NULL;
	struct place_ref r;
	int64_t value;

	blanks(a);
	if (++a->depth > ARITH_DEPTH)
		return fail(a, "too deep", "expression recursion level exceeded");
	start = a->pos;
	if (name_length(a)) {
		r = place(a);
		blanks(a);
		op = a->failed ? NULL : assign_op(a);
	}
	if (!op) {
		a->pos = start;
		value = conditional(a);
		a->depth--;
		return value;
	}
	a->last = a->pos;
	a->pos += strlen(op) + 1;
	value = assignment(a);
	if (*op && !a->failed)
		value = combine(a, op, read_place(a, &r), value);
	write_place(a, &r, value);
	a->depth--;
	return value;
}

static int64_t comma(struct arith *a)
{
	int64_t value = assignment(a);

	while (!a->failed && take(a, ","))
		value = assignment(a);
	return value;
}

static bool eval_depth(struct shell *sh, struct str text, unsigned depth, int64_t *out)
{
	struct arith a = {.sh = sh, .text = text, .depth = depth};

	*out = 0;
	blanks(&a);
	if (a.pos == a.text.n) {
		if (is_bash(sh))
			return true;
		fail(&a, "expecting primary", "");
		return false;
	}
	*out = is_bash(sh) ? comma(&a) : assignment(&a);
	blanks(&a);
	if (!a.failed && a.pos < a.text.n)
		fail(&a, "expecting EOF",
		     strchr("=+-*/%&|^<>?:", text.p[a.pos]) ? "syntax error in expression"
		     : strchr("0123456789", text.p[a.pos]) || is_name(str_sub(text, a.pos, 1))
			 ? "syntax error in expression"
			 : "syntax error: invalid arithmetic operator");
	return !a.failed;
}

bool arith_eval(struct shell *sh, struct str text, int64_t *out)
{
	enum flow before = sh->flow;

	if (eval_depth(sh, text, 0, out))
		return true;
	if (sh->flow == before)
		expansion_failed(sh);
	return false;
}

bool arith_value(struct shell *sh, const struct word *w, int64_t *out)
{
	struct str text;

	return expand_string(sh, w, &text) && arith_eval(sh, text, out);
}
