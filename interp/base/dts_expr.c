/* SPDX-License-Identifier: GPL-2.0-only */
/* Device tree sources: expressions with C's operators, and literals. dtc counts in 64 bits without
 * sign. */
#include <string.h>
#include <strings.h>

#include "base/dts_expr.h"

enum { EXPRESSION_DEEPEST = 200 };

struct expression {
	const char *p, *end;
	unsigned depth;
	bool is_signed;		/* the preprocessor's */
	bool known;
	bool skipped; /* the branch that is not taken */
	bool far_shift;
	const char *error;
};

static const struct {
	char text[3];
	int level;	/* the higher the tighter */
} operators[] = {
    {"||", 1}, {"&&", 2}, {"==", 6}, {"!=", 6}, {"<<", 8}, {">>", 8},
    {"<=", 7}, {">=", 7}, {"|", 3},  {"^", 4},	{"&", 5},  {"<", 7},
    {">", 7},  {"+", 9},  {"-", 9},  {"*", 10}, {"/", 10}, {"%", 10},
};

enum { OPERATORS = sizeof(operators) / sizeof(*operators) };

static uint64_t ternary(struct expression *e);

static void wrong(struct expression *e, const char *error)
{
	if (!e->error)
		e->error = error;
	e->p = e->end;
}

static void skip(struct expression *e)
{
	while (e->p < e->end && *e->p == ' ')
		e->p++;
}

static struct str rest(const struct expression *e)
{
	return (struct str){e->p, (size_t)(e->end - e->p)};
}

/* Take TEXT, if it is next. */
static bool take(struct expression *e, const char *text)
{
	skip(e);
	if (!str_starts(rest(e), str_z(text)))
		return false;
	e->p += strlen(text);
	return true;
}

bool dts_is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_';
}

bool dts_number(struct str s, uint64_t *out)
{
	static const char *const suffixes[] = {"ull", "llu", "ul", "lu", "ll", "u", "l"};

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		size_t n = strlen(suffixes[i]);

		if (s.n > n && strncasecmp(s.p + s.n - n, suffixes[i], n) == 0) {
			s.n -= n;
			break;
		}
	}
	return str_number(s, 0, out);
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

size_t dts_escape(struct str s, unsigned char *out)
{
	static const char from[] = "abtnvfr", to[] = "\a\b\t\n\v\f\r";
	const char *named;
	unsigned value = 0;
	size_t i = 2;

	*out = (unsigned char)s.p[0];
	if (s.p[0] != '\\' || s.n < 2)
		return 1;
	*out = (unsigned char)s.p[1];
	named = s.p[1] ? strchr(from, s.p[1]) : NULL;
	if (named) {
		*out = (unsigned char)to[named - from];
	} else if (s.p[1] == 'x') {
		for (; i < s.n && i < 4 && digit(s.p[i]) < 16; i++)
			value = value * 16 + (unsigned)digit(s.p[i]);
		*out = (unsigned char)value;
	} else if (digit(s.p[1]) < 8) {
		for (i = 1; i < s.n && i < 4 && digit(s.p[i]) < 8; i++)
			value = value * 8 + (unsigned)digit(s.p[i]);
		*out = (unsigned char)value;
	}
	return i;
}

/* --- operands --- */

/* 'c' */
static uint64_t character(struct expression *e)
{
	unsigned char c = 0;
	size_t n;

	e->p++;
	if (e->p == e->end || *e->p == '\'') {
		wrong(e, "bad character constant");
		return 0;
	}
	n = dts_escape(rest(e), &c);
	e->p += n;
	if (!take(e, "'"))
		wrong(e, "bad character constant");
	return c;
}

/* A name that is no macro, perhaps with arguments: 0. */
static uint64_t unknown(struct expression *e)
{
	unsigned depth = 0;

	e->known = false;
	if (!e->is_signed && take(e, "(")) {
		for (depth = 1; e->p < e->end && depth; e->p++)
			depth += *e->p == '(' ? 1 : *e->p == ')' ? -1U : 0;
		if (depth)
			wrong(e, "unbalanced parentheses");
	}
	return 0;
}

static uint64_t primary(struct expression *e)
{
	const char *from;
	uint64_t n = 0;

	skip(e);
	from = e->p;
	if (take(e, "(")) {
		n = ternary(e);
		if (!take(e, ")"))
			wrong(e, "missing )");
		return n;
	}
	if (e->p < e->end && *e->p == '\'')
		return character(e);
	while (e->p < e->end && dts_is_word(*e->p))
		e->p++;
	if (e->p == from) {
		wrong(e, from == e->end ? "value missing" : "bad character in expression");
	} else if (*from >= '0' && *from <= '9') {
		if (!dts_number((struct str){from, (size_t)(e->p - from)}, &n))
			wrong(e, "bad number");
	} else {
		return unknown(e);
	}
	return n;
}

static uint64_t unary(struct expression *e)
{
	uint64_t n;

	if (++e->depth > EXPRESSION_DEEPEST) {
		wrong(e, "expression nested too deep");
		n = 0;
	} else if (take(e, "-")) {
		n = -unary(e);
	} else if (e->is_signed && take(e, "+")) { /* dtc has none */
		n = unary(e);
	} else if (take(e, "~")) {
		n = ~unary(e);
	} else if (take(e, "!")) {
		n = !unary(e);
	} else {
		n = primary(e);
	}
	e->depth--;
	return n;
}

/* --- operators --- */

static uint64_t divide(struct expression *e, uint64_t a, uint64_t b, bool remainder)
{
	if (b == 0) {
		/* What is not known may well be 0; dtc evaluates what is not wanted, too. */
		if (e->known && !(e->is_signed && e->skipped))
			wrong(e, "division by zero");
		return 0;
	}
	if (!e->is_signed)
		return remainder ? a % b : a / b;
	if (b == UINT64_MAX) /* -1: the smallest number has no counterpart */
		return remainder ? 0 : -a;
	return (uint64_t)(remainder ? (int64_t)a % (int64_t)b : (int64_t)a / (int64_t)b);
}

static bool is_less(const struct expression *e, uint64_t a, uint64_t b)
{
	return e->is_signed ? (int64_t)a < (int64_t)b : a < b;
}

static uint64_t shift_right(const struct expression *e, uint64_t a, uint64_t by)
{
	uint64_t sign = e->is_signed && a >> 63 ? UINT64_MAX : 0;

	return by >= 64 ? sign : by == 0 ? a : a >> by | (sign ? sign << (64 - by) : 0);
}

static uint64_t apply(struct expression *e, const char *op, uint64_t a, uint64_t b)
{
	e->far_shift |= op[1] == op[0] && (op[0] == '<' || op[0] == '>') && b >= 64;
	switch (op[0]) {
	case '|':
		return op[1] ? a || b : (a | b);
	case '&':
		return op[1] ? a && b : (a & b);
	case '^':
		return a ^ b;
	case '=':
		return a == b;
	case '!':
		return a != b;
	case '<':
		if (op[1] == '<')
			return b < 64 ? a << b : 0;
		return op[1] ? !is_less(e, b, a) : is_less(e, a, b);
	case '>':
		if (op[1] == '>')
			return shift_right(e, a, b);
		return op[1] ? !is_less(e, a, b) : is_less(e, b, a);
	case '+':
		return a + b;
	case '-':
		return a - b;
	case '*':
		return a * b;
	default:
		return divide(e, a, b, op[0] == '%');
	}
}

/* The index of the operator that is next, if it binds at LEVEL or tighter; OPERATORS: there is
 * none. */
static size_t next_operator(struct expression *e, int level)
{
	size_t i = 0;

	skip(e);
	while (i < OPERATORS && !str_starts(rest(e), str_z(operators[i].text)))
		i++;
	return i < OPERATORS && operators[i].level >= level ? i : OPERATORS;
}

static uint64_t binary(struct expression *e, int level)
{
	uint64_t a = unary(e);
	size_t i;

	while ((i = next_operator(e, level)) < OPERATORS) {
		bool was = e->skipped;

		e->p += strlen(operators[i].text);
		e->skipped |= (operators[i].level == 1 && a) || (operators[i].level == 2 && !a);
		a = apply(e, operators[i].text, a, binary(e, operators[i].level + 1));
		e->skipped = was;
	}
	return a;
}

static uint64_t ternary(struct expression *e)
{
	uint64_t a, b, c;
	bool was = e->skipped;

	if (++e->depth > EXPRESSION_DEEPEST)
		wrong(e, "expression nested too deep");
	a = binary(e, 1);
	if (take(e, "?")) {
		e->skipped = was || !a;
		b = ternary(e);
		if (!take(e, ":"))
			wrong(e, "? without :");
		e->skipped = was || a;
		c = ternary(e);
		a = a ? b : c;
	}
	e->skipped = was;
	e->depth--;
	return a;
}

struct dts_value dts_evaluate(struct str text, bool preprocessor)
{
	struct expression e = {.p = text.n ? text.p : "", .is_signed = preprocessor, .known = true};
	uint64_t n;

	e.end = e.p + text.n;
	n = ternary(&e);
	skip(&e);
	if (e.p < e.end)
		wrong(&e, "something follows the expression");
	return (struct dts_value){
	    .n = n, .known = e.known, .error = e.error, .far_shift = e.far_shift};
}
