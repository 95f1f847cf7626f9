/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dash's $(( )): C's operators over 64 bits, numbers and variables that hold numbers; no ++, --, **
 * or comma. It reads one token ahead and evaluates as it goes, so the first of two errors is dash's
 * too (tests/shell/arith-order-posix.sh).
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "shell/internal.h"

enum { ARITH_DEPTH = 1000 };

enum kind {
	END,
	BAD,
	NUMBER,
	NAME,
	OPEN,
	CLOSE,
	NOT,
	TILDE,
	QUESTION,
	COLON,
	LOGIC_OR,
	LOGIC_AND,
	ASSIGN,
	BINARY,
	ASSIGN_BINARY
};

struct token {
	enum kind kind;
	/* BINARY, ASSIGN_BINARY: * / % + - l(eft) r(ight) < > L(e) G(e) = n(e) & ^ | */
	char op;
	int level;   /* of BINARY: the lower, the tighter */
	int64_t value;
	struct str name;
};

struct posix {
	struct shell *sh;
	struct str text;
	const char *at; /* NUL-terminated */
	enum kind last; /* what stands behind the operand just read */
	struct token last_token;
	unsigned depth;
	bool failed;
};

static int64_t fail(struct posix *a, const char *what)
{
	if (!a->failed)
		say(a->sh, "arithmetic expression: %s: \"%.*s\"", what, STR_ARG(a->text));
	a->failed = true;
	return 0;
}

/* --- tokens --- */

static const struct operator {
	const char *text;
	enum kind kind;
	char op;
	int level;
}
operators[] = {
    {"<<=", ASSIGN_BINARY, 'l', 0},
    {">>=", ASSIGN_BINARY, 'r', 0},
    {"||", LOGIC_OR, 0, 0},
    {"&&", LOGIC_AND, 0, 0},
    {"==", BINARY, '=', 4},
    {"!=", BINARY, 'n', 4},
    {"<=", BINARY, 'L', 3},
    {">=", BINARY, 'G', 3},
    {"<<", BINARY, 'l', 2},
    {">>", BINARY, 'r', 2},
    {"*=", ASSIGN_BINARY, '*', 0},
    {"/=", ASSIGN_BINARY, '/', 0},
    {"%=", ASSIGN_BINARY, '%', 0},
    {"+=", ASSIGN_BINARY, '+', 0},
    {"-=", ASSIGN_BINARY, '-', 0},
    {"&=", ASSIGN_BINARY, '&', 0},
    {"^=", ASSIGN_BINARY, '^', 0},
    {"|=", ASSIGN_BINARY, '|', 0},
    {"=", ASSIGN, 0, 0},
    {"*", BINARY, '*', 0},
    {"/", BINARY, '/', 0},
    {"%", BINARY, '%', 0},
    {"+", BINARY, '+', 1},
    {"-", BINARY, '-', 1},
    {"<", BINARY, '<', 3},
    {">", BINARY, '>', 3},
    {"&", BINARY, '&', 5},
    {"^", BINARY, '^', 6},
    {"|", BINARY, '|', 7},
    {"(", OPEN, 0, 0},
    {")", CLOSE, 0, 0},
    {"!", NOT, 0, 0},
    {"~", TILDE, 0, 0},
    {"?", QUESTION, 0, 0},
    {":", COLON, 0, 0},
};

static bool starts_name(char c)
{
	return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct token next(struct posix *a)
{
	const char *start;

	while (*a->at == ' ' || *a->at == '\t' || *a->at == '\n')
		a->at++;
	start = a->at;
	if (!*start)
		return (struct token){.kind = END};
	if (*start >= '0' && *start <= '9') {
		char *end;
		int64_t value = strtoimax(start, &end, 0);

		a->at = end;
		return (struct token){.kind = NUMBER, .value = value};
	}
	if (starts_name(*start)) {
		while (starts_name(*a->at) || (*a->at >= '0' && *a->at <= '9'))
			a->at++;
		return (struct token){.kind = NAME, .name = {start, (size_t)(a->at - start)}};
	}
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		const struct operator *o = &operators[i];

		if (strncmp(start, o->text, strlen(o->text)) == 0) {
			a->at += strlen(o->text);
			return (struct token){.kind = o->kind, .op = o->op, .level = o->level};
		}
	}
	return (struct token){.kind = BAD};
}

/* --- variables --- */

/* An unset variable is 0, also under set -u. */
static int64_t read_variable(struct posix *a, struct str name)
{
	struct str value = var_value(a->sh, name);
	const char *z = str_cz(a->sh->tmp, value.p ? value : S(""));
	char *end;
	int64_t n;

	errno = 0;
	n = strtoimax(z, &end, 0);
	if (errno != ERANGE)
		while (*end && strchr(" \t\n\v\f\r", *end))
			end++;
	if (!*end && errno != ERANGE)
		return n;
	if (!a->failed)
		say(a->sh, "Illegal number: %s", z);
	a->failed = true;
	return 0;
}

static int64_t write_variable(struct posix *a, struct str name, int64_t value)
{
	if (!a->failed && !var_set(a->sh, name, str_fmt(a->sh->tmp, "%lld", (long long)value)))
		a->failed = true;
	return value;
}

static int64_t combine(struct posix *a, char op, int64_t x, int64_t y)
{
	uint64_t u = (uint64_t)x, v = (uint64_t)y;

	if ((op == '/' || op == '%') && y == 0)
		return fail(a, "division by zero");
	if ((op == '/' || op == '%') && y == -1)
		return op == '%' ? 0 : (int64_t)(0 - u);
	switch (op) {
	case '*': return (int64_t)(u * v);
	case '/': return x / y;
	case '%': return x % y;
	case '+': return (int64_t)(u + v);
	case '-': return (int64_t)(u - v);
	case 'l': return (int64_t)(u << (v & 63));
	case 'r': return x >> (v & 63);
	case '<': return x < y;
	case '>': return x > y;
	case 'L': return x <= y;
	case 'G': return x >= y;
	case '=': return x == y;
	case 'n': return x != y;
	case '&': return x & y;
	case '^': return x ^ y;
	default: return x | y;
	}
}

/* --- the grammar; each is given the token it starts with and the one behind that --- */

static int64_t assignment(struct posix *a, struct token t, bool skip);

static int64_t operand_end(struct posix *a, struct token behind, int64_t value)
{
	a->last_token = behind;
	a->last = behind.kind;
	return value;
}

static int64_t primary(struct posix *a, struct token t, struct token behind, bool skip)
{
	int64_t value;

	if (a->failed)
		return 0;
	if (++a->depth > ARITH_DEPTH)
		return fail(a, "nested too deeply");
	if (t.kind == OPEN) {
		value = assignment(a, behind, skip);
		if (!a->failed && a->last != CLOSE)
			return fail(a, "expecting ')'");
		operand_end(a, next(a), 0);
	} else if (t.kind == NUMBER) {
		value = operand_end(a, behind, t.value);
	} else if (t.kind == NAME) {
		value = operand_end(a, behind, skip ? 0 : read_variable(a, t.name));
	} else if (t.kind == BINARY && (t.op == '+' || t.op == '-')) {
		value = primary(a, behind, next(a), skip);
		value = t.op == '-' ? (int64_t)(0 - (uint64_t)value) : value;
	} else if (t.kind == NOT) {
		value = !primary(a, behind, next(a), skip);
	} else if (t.kind == TILDE) {
		value = ~primary(a, behind, next(a), skip);
	} else {
		return fail(a, "expecting primary");
	}
	a->depth--;
	return value;
}

/* X OP ..., as long as what follows binds tighter than LEVEL. */
static int64_t operators_behind(struct posix *a, int64_t x, struct token op, int level, bool skip)
{
	for (;;) {
		struct token t = next(a), then;
		int64_t y = primary(a, t, next(a), skip);

		then = a->last_token;
		if (then.kind == BINARY && then.level < op.level) {
			y = operators_behind(a, y, then, op.level, skip);
			then = a->last_token;
		}
		if (a->failed)
			return 0;
		x = skip ? y : combine(a, op.op, x, y);
		if (then.kind != BINARY || then.level >= level || a->failed)
			return x;
		op = then;
	}
}

static int64_t binary(struct posix *a, struct token t, struct token behind, bool skip)
{
	int64_t x = primary(a, t, behind, skip);

	return a->last == BINARY && !a->failed ? operators_behind(a, x, a->last_token, 8, skip) : x;
}

static int64_t logic_and(struct posix *a, struct token t, struct token behind, bool skip)
{
	int64_t x = binary(a, t, behind, skip), y;

	if (a->failed || a->last != LOGIC_AND)
		return x;
	t = next(a);
	y = logic_and(a, t, next(a), skip || !x);
	return x && y;
}

static int64_t logic_or(struct posix *a, struct token t, struct token behind, bool skip)
{
	int64_t x = logic_and(a, t, behind, skip), y;

	if (a->failed || a->last != LOGIC_OR)
		return x;
	t = next(a);
	y = logic_or(a, t, next(a), skip || x);
	return x || y;
}

static int64_t conditional(struct posix *a, struct token t, struct token behind, bool skip)
{
	int64_t test = logic_or(a, t, behind, skip), yes, no;

	if (a->failed || a->last != QUESTION)
		return test;
	yes = assignment(a, next(a), skip || !test);
	if (!a->failed && a->last != COLON)
		return fail(a, "expecting ':'");
	t = next(a);
	no = conditional(a, t, next(a), skip || test);
	return test ? yes : no;
}

static int64_t assignment(struct posix *a, struct token t, bool skip)
{
	struct token op = a->failed ? t : next(a);
	int64_t value;

	if (t.kind != NAME || (op.kind != ASSIGN && op.kind != ASSIGN_BINARY))
		return conditional(a, t, op, skip);
	value = assignment(a, next(a), skip);
	if (skip || a->failed)
		return value;
	if (op.kind == ASSIGN_BINARY)
		value = combine(a, op.op, read_variable(a, t.name), value);
	return write_variable(a, t.name, value);
}

bool arith_posix(struct shell *sh, struct str text, int64_t *out)
{
	struct posix a = {.sh = sh, .text = text};

	a.at = str_cz(sh->tmp, text);
	*out = assignment(&a, next(&a), false);
	if (!a.failed && a.last != END)
		fail(&a, "expecting EOF");
	return !a.failed;
}
