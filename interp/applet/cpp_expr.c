/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cpp: conditions. Numbers of 64 bits with a sign; an operation that leaves them, an unsigned
 * number or anything else that the real one has a rule of its own for is declined. Source: ISO C11
 * 6.10.1.
 */
#include "applet/cpp.h"

enum { DEEPEST = 100 };

struct expression {
	struct cpp *r;
	const struct cpp_token *const *at; /* an END is the last */
	unsigned depth;
};

static int64_t ternary(struct expression *e);

static bool is_text(const struct cpp_token *t, const char *text)
{
	return t->kind == CPP_PUNCTUATOR && str_is(t->text, text);
}

static bool take(struct expression *e, const char *text)
{
	if (!is_text(*e->at, text))
		return false;
	e->at++;
	return true;
}

/* NAME or (NAME) behind "defined": is it a macro? */
static bool read_defined(struct cpp *r, struct cpp_name **name)
{
	const struct cpp_token *t;
	bool parenthesis;

	r->held++;
	t = cpp_get(r);
	parenthesis = is_text(t, "(");
	if (parenthesis)
		t = cpp_get(r);
	/* One that a macro brought. */
	if (t->kind != CPP_NAME || t->name == r->defined || r->context)
		cpp_decline(r);
	*name = t->kind == CPP_NAME ? t->name : NULL;
	if (parenthesis && !is_text(cpp_get(r), ")"))
		cpp_decline(r);
	r->held--;
	return *name && (*name)->macro;
}

static const struct cpp_token *number_of(bool is)
{
	static const struct cpp_token numbers[] = {
	    {.kind = CPP_NUMBER, .text = {"0", 1}},
	    {.kind = CPP_NUMBER, .text = {"1", 1}},
	};

	return &numbers[is];
}

/* The rest of the line, names replaced; END is the last. *GUARD: NAME, if it is "!defined NAME". */
static struct cpp_list read_line(struct cpp *r, struct cpp_name **guard)
{
	struct cpp_list list = {0};
	const struct cpp_token *t;
	struct cpp_name *name = NULL;

	do {
		t = cpp_get(r);
		if (t->kind == CPP_NAME && t->name == r->defined)
			t = number_of(read_defined(r, &name));
		*vec_push(r->mem, &list) = t;
	} while (t->kind != CPP_END && !r->declined);
	*guard = name && list.n == 3 && is_text(list.p[0], "!") ? name : NULL;
	return list;
}

/* --- values --- */

static int64_t number(struct expression *e, struct str text)
{
	static const char *const suffixes[] = {"LL", "ll", "L", "l"};
	uint64_t n = 0;

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (str_ends(text, str_z(suffixes[i]))) {
			text.n -= strlen(suffixes[i]);
			break;
		}
	if (!str_number(text, 0, &n) || n > INT64_MAX)
		cpp_decline(e->r);
	return (int64_t)n;
}

static int64_t primary(struct expression *e)
{
	const struct cpp_token *t = *e->at;
	int64_t n = 0;

	if (take(e, "(")) {
		n = ternary(e);
		if (!take(e, ")"))
			cpp_decline(e->r);
	} else if (t->kind == CPP_NUMBER) {
		n = number(e, t->text);
		e->at++;
	} else if (t->kind == CPP_NAME) {
		e->at++;
	} else {
		cpp_decline(e->r);
	}
	return n;
}

static int64_t unary(struct expression *e)
{
	int64_t n = 0;

	if (++e->depth > DEEPEST) {
		cpp_decline(e->r);
	} else if (take(e, "-")) {
		n = unary(e);
		if (n == INT64_MIN)
			cpp_decline(e->r);
		else
			n = -n;
	} else if (take(e, "+")) {
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

static const struct operator
{
	const char *text;
	int level; /* the higher the tighter */
}
operators[] = {
    {"||", 1}, {"&&", 2}, {"|", 3}, {"^", 4},  {"&", 5},  {"==", 6},
    {"!=", 6}, {"<", 7},  {">", 7}, {"<=", 7}, {">=", 7}, {"<<", 8},
    {">>", 8}, {"+", 9},  {"-", 9}, {"*", 10}, {"/", 10}, {"%", 10},
};

static int64_t shift(struct expression *e, bool left, int64_t a, int64_t b)
{
	if (b < 0 || b > 62 || a < 0 || (left && a > INT64_MAX >> b)) {
		cpp_decline(e->r);
		return 0;
	}
	return left ? a << b : a >> b;
}

static int64_t calculate(struct expression *e, char op, int64_t a, int64_t b)
{
	int64_t n = 0;
	bool over = false;

	if (op == '+')
		over = __builtin_add_overflow(a, b, &n);
	else if (op == '-')
		over = __builtin_sub_overflow(a, b, &n);
	else if (op == '*')
		over = __builtin_mul_overflow(a, b, &n);
	else if (b == 0 || (a == INT64_MIN && b == -1))
		over = true;
	else
		n = op == '/' ? a / b : a % b;
	if (over)
		cpp_decline(e->r);
	return n;
}

static int64_t apply(struct expression *e, const char *op, int64_t a, int64_t b)
{
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
		return op[1] == '<' ? shift(e, true, a, b) : op[1] ? a <= b : a < b;
	case '>':
		return op[1] == '>' ? shift(e, false, a, b) : op[1] ? a >= b : a > b;
	default:
		return calculate(e, op[0], a, b);
	}
}

static const struct operator* next_operator(struct expression *e, int level)
{
	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (operators[i].level >= level && is_text(*e->at, operators[i].text))
			return &operators[i];
	return NULL;
}

static int64_t binary(struct expression *e, int level)
{
	int64_t a = unary(e), b;
	const struct operator* op;

	while ((op = next_operator(e, level)) && !e->r->declined) {
		e->at++;
		b = binary(e, op->level + 1);
		a = apply(e, op->text, a, b);
	}
	return a;
}

static int64_t ternary(struct expression *e)
{
	int64_t a = binary(e, 1), b, c;

	if (++e->depth > DEEPEST)
		cpp_decline(e->r);
	if (!e->r->declined && take(e, "?")) {
		b = ternary(e);
		if (!take(e, ":"))
			cpp_decline(e->r);
		c = ternary(e);
		a = a ? b : c;
	}
	e->depth--;
	return a;
}

bool cpp_evaluate(struct cpp *r, struct cpp_name **guard)
{
	struct cpp_list list = read_line(r, guard);
	struct expression e = {.r = r, .at = (const struct cpp_token *const *)list.p};
	int64_t n = 0;

	if (!r->declined)
		n = ternary(&e);
	if (!r->declined && (*e.at)->kind != CPP_END)
		cpp_decline(r);
	return n != 0;
}
