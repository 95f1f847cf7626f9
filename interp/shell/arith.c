/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bash's $(( )): C's operators over 64 bits, ** and the comma; a variable is an expression of its
 * own. One token is looked at beyond each operand, as bash does: it decides which of two errors is
 * said, and the token that is blamed (tests/shell/arith-order-bash.sh). dash's is in arith_posix.c.
 */
#include <string.h>

#include "shell/arith.h"

static int64_t comma(struct arith *a);

/* --- the grammar, from the tightest --- */

static int64_t before_name(struct arith *a)
{
	int64_t step = a->now == BEFORE_INC ? 1 : -1, value;

	a->before = a->now;
	arith_advance(a);
	value = (int64_t)((uint64_t)a->value + (uint64_t)step);
	arith_write(a, &a->place, value);
	a->now = NUMBER; /* --x=7 is an error */
	arith_advance(a);
	return value;
}

static int64_t name_or_number(struct arith *a)
{
	int64_t value = a->value;
	struct arith kept = *a;

	if (a->now == NAME) {
		a->skip++;
		arith_advance(a);
		if (a->failed)
			return 0;
		if (a->now == AFTER_INC || a->now == AFTER_DEC) {
			a->skip--;
			a->place = kept.place;
			arith_write(
			    a, &kept.place,
			    (int64_t)((uint64_t)value + (a->now == AFTER_INC ? 1u : UINT64_MAX)));
			a->now = NUMBER; /* x++=7 too */
		} else {
			*a = kept;
		}
	}
	arith_advance(a);
	return value;
}

static int64_t operand(struct arith *a)
{
	int64_t value;

	if (a->failed)
		return 0;
	if (a->now == BEFORE_INC || a->now == BEFORE_DEC)
		return before_name(a);
	if (a->now == NAME || a->now == NUMBER)
		return name_or_number(a);
	if (a->now != '(')
		return arith_fail(a, "syntax error: operand expected");
	arith_advance(a);
	value = comma(a);
	if (!a->failed && a->now != ')')
		return arith_fail(a, "missing `)'");
	arith_advance(a);
	return value;
}

static int64_t unary(struct arith *a)
{
	int sign = a->now;
	int64_t value;

	if (a->failed)
		return 0;
	if (++a->nested > ARITH_DEPTH)
		return arith_fail(a, "expression recursion level exceeded");
	if (sign == '!' || sign == '~' || sign == '-' || sign == '+') {
		arith_advance(a);
		value = unary(a);
		a->before = NUMBER;
		value = sign == '!'   ? !value
			: sign == '~' ? ~value
			: sign == '-' ? (int64_t)(0 - (uint64_t)value)
				      : value;
	} else {
		value = operand(a);
	}
	a->nested--;
	return value;
}

static int64_t power(struct arith *a)
{
	int64_t base = unary(a), exponent;
	uint64_t value;

	while (!a->failed && a->now == POWER) {
		arith_advance(a);
		exponent = power(a);
		a->before = NUMBER;
		if (exponent == 0)
			return 1;
		if (exponent < 0)
			return arith_fail(a, "exponent less than 0");
		value = 1;
		for (uint64_t b = (uint64_t)base; exponent; exponent >>= 1, b *= b)
			if (exponent & 1)
				value *= b;
		base = (int64_t)value;
	}
	return base;
}

static int64_t combine(int op, int64_t x, int64_t y)
{
	uint64_t u = (uint64_t)x, v = (uint64_t)y;

	switch (op) {
	case '*': return (int64_t)(u * v);
	case '/': return y == -1 ? (int64_t)(0 - u) : x / y;
	case '%': return y == -1 ? 0 : x % y;
	case '+': return (int64_t)(u + v);
	case '-': return (int64_t)(u - v);
	case SHIFT_LEFT: return (int64_t)(u << (v & 63));
	case SHIFT_RIGHT: return x >> (v & 63);
	case '<': return x < y;
	case '>': return x > y;
	case LESS_EQUAL: return x <= y;
	case GREATER_EQUAL: return x >= y;
	case EQUAL: return x == y;
	case UNEQUAL: return x != y;
	case '&': return x & y;
	case '^': return x ^ y;
	default: return x | y;
	}
}

/* How tight a binary operator is, 1 the tightest; 0: none. */
static int level_of(int op)
{
	switch (op) {
	case '*':
	case '/':
	case '%': return 1;
	case '+':
	case '-': return 2;
	case SHIFT_LEFT:
	case SHIFT_RIGHT: return 3;
	case '<':
	case '>':
	case LESS_EQUAL:
	case GREATER_EQUAL: return 4;
	case EQUAL:
	case UNEQUAL: return 5;
	case '&': return 6;
	case '^': return 7;
	case '|': return 8;
	default: return 0;
	}
}

static int64_t binary(struct arith *a, int level)
{
	int64_t x = level ? binary(a, level - 1) : power(a);

	while (!a->failed && level && level_of(a->now) == level) {
		int op = a->now;
		size_t right = a->at;
		int64_t y;

		arith_advance(a);
		y = binary(a, level - 1);
		if (a->failed)
			return 0;
		if ((op == '/' || op == '%') && y == 0) {
			if (!a->skip) {
				a->blame = arith_past_blanks(a, right);
				return arith_fail(a, "division by 0");
			}
			y = 1;
		}
		x = combine(op, x, y);
		a->before = NUMBER;
	}
	return x;
}

/* && and || */
static int64_t logic(struct arith *a, bool is_or)
{
	int op = is_or ? LOGIC_OR : LOGIC_AND;
	int64_t x = is_or ? logic(a, false) : binary(a, 8), y;

	while (!a->failed && a->now == op) {
		bool skip = is_or ? x != 0 : x == 0;

		a->skip += skip;
		arith_advance(a);
		y = is_or ? logic(a, false) : binary(a, 8);
		a->skip -= skip;
		x = is_or ? x || y : x && y;
		a->before = op;
	}
	return x;
}

static int64_t conditional(struct arith *a)
{
	int64_t test = logic(a, true), yes, no;

	if (a->failed || a->now != '?')
		return test;
	a->skip += !test;
	arith_advance(a);
	if (!a->failed && (a->now == END || a->now == ':'))
		return arith_fail(a, "expression expected");
	yes = comma(a);
	a->skip -= !test;
	if (!a->failed && a->now != ':')
		return arith_fail(a, "`:' expected for conditional expression");
	a->skip += test != 0;
	arith_advance(a);
	if (!a->failed && a->now == END)
		return arith_fail(a, "expression expected");
	no = conditional(a);
	a->skip -= test != 0;
	a->before = '?';
	return test ? yes : no;
}

static int64_t assignment(struct arith *a)
{
	int64_t value = conditional(a), old = value;
	struct place_ref place = a->place;
	int op = a->now == ASSIGN_OP ? a->assign_op : 0;

	if (a->failed || (a->now != '=' && a->now != ASSIGN_OP))
		return value;
	if (a->before != NAME)
		return arith_fail(a, "attempted assignment to non-variable");
	arith_advance(a);
	value = assignment(a);
	if ((op == '/' || op == '%') && value == 0) {
		if (!a->skip)
			return arith_fail(a, "division by 0");
		value = 1;
	}
	if (op && !a->failed)
		value = combine(op, old, value);
	arith_write(a, &place, value);
	return value;
}

static int64_t comma(struct arith *a)
{
	int64_t value = assignment(a);

	while (!a->failed && a->now == ',') {
		arith_advance(a);
		value = assignment(a);
	}
	return value;
}

static bool eval_depth(struct shell *sh, struct str text, unsigned depth, int64_t *out)
{
	struct arith a = {.sh = sh, .text = text, .depth = depth};

	*out = 0;
	if (str_trim(text).n == 0)
		return true;
	arith_advance(&a);
	*out = comma(&a);
	if (!a.failed && a.now != END)
		arith_fail(&a, "syntax error in expression");
	return !a.failed;
}

bool arith_is_wrong(struct str text, bool whole)
{
	struct arith a = {.text = text, .skip = 1};

	if (str_trim(text).n == 0)
		return false;
	arith_advance(&a);
	comma(&a);
	return (a.failed || a.now != END) && (whole || a.at < text.n);
}

/* TEXT is the value of a variable, or an index, in A. */
bool arith_within(struct arith *a, struct str text, int64_t *out)
{
	if (a->depth + 1 == VARIABLES_DEPTH && str_trim(text).n) {
		arith_fail(a, "expression recursion level exceeded");
		return false;
	}
	return eval_depth(a->sh, text, a->depth + 1, out);
}

bool arith_eval(struct shell *sh, struct str text, int64_t *out)
{
	enum flow before = sh->flow;

	if (is_bash(sh) ? eval_depth(sh, text, 0, out) : arith_posix(sh, text, out))
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
