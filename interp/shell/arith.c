/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bash's $(( )): C's operators over 64 bits, ** and the comma; a variable is an expression of its
 * own. One token is looked at beyond each operand, as bash does: it decides which of two errors is
 * said, and the token that is blamed (tests/shell/arith-order-bash.sh). dash's is in arith_posix.c.
 */
#include <string.h>

#include "shell/internal.h"

enum { ARITH_DEPTH = 256, VARIABLES_DEPTH = 1024 /* of variables in variables, as in bash */ };

enum kind {
	END = 0,
	/* single characters are themselves */
	NAME = 256,
	NUMBER,
	EQUAL,
	UNEQUAL,
	LESS_EQUAL,
	GREATER_EQUAL,
	SHIFT_LEFT,
	SHIFT_RIGHT,
	LOGIC_AND,
	LOGIC_OR,
	POWER,
	BEFORE_INC,
	BEFORE_DEC,
	AFTER_INC,
	AFTER_DEC,
	ASSIGN_OP,
};

struct place_ref {
	struct str name;
	bool indexed;
	int64_t index;
};

struct arith {
	struct shell *sh;
	struct str text;
	size_t at, blame;     /* behind the token; where the one to blame begins */
	int now, before;      /* the tokens */
	int64_t value;	      /* of NAME, NUMBER */
	struct place_ref place; /* of NAME */
	int assign_op;
	unsigned skip;	      /* in an arm that is not taken */
	unsigned depth;	      /* of variables and indices */
	unsigned nested;      /* of operators and parentheses */
	bool failed;
};

static int64_t comma(struct arith *a);
static bool eval_within(struct arith *a, struct str text, int64_t *out);

static int64_t fail(struct arith *a, const char *what)
{
	struct str text = a->text;
	const char *who = a->sh->arith_who;

	if (a->failed)
		return 0;
	a->failed = true;
	while (text.n && (text.p[0] == ' ' || text.p[0] == '\t'))
		text = str_from(text, 1);
	say(a->sh, "%s%s%.*s: %s (error token is \"%.*s\")", who ? who : "", who ? ": " : "",
	    STR_ARG(text), what, STR_ARG(str_from(a->text, a->blame)));
	return 0;
}

static int char_at(const struct arith *a, size_t at)
{
	return at < a->text.n ? (unsigned char)a->text.p[at] : 0;
}

static bool is_blank(int c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool starts_name(int c)
{
	return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool in_number(int c)
{
	return starts_name(c) || (c >= '0' && c <= '9') || c == '#' || c == '@';
}

/* --- variables --- */

static int64_t read_place(struct arith *a, const struct place_ref *r)
{
	struct str value;
	int64_t out = 0;
	bool set = false; /* of an array any element will do */

	if (a->skip || a->failed)
		return 0;
	if (r->indexed) {
		const struct var *v = var_find(a->sh, r->name);

		value = v ? var_element(v, r->index) : dynamic_element(a->sh, r->name, r->index);
		set = v && !(v->flags & VAR_UNSET);
		if (r->index < 0 && (!v || !(v->flags & VAR_ARRAY) || !v->n ||
				     r->index + v->items[v->n - 1].index + 1 < 0)) {
			say(a->sh, "%.*s: bad array subscript", STR_ARG(r->name));
			reported(a->sh);
			a->failed |= a->sh->flow == FLOW_EXIT;
			return 0;
		}
	} else {
		const struct var *v = var_find(a->sh, r->name);

		value = var_value(a->sh, r->name);
		set = v && !(v->flags & VAR_UNSET); /* an array without elements */
	}
	if (!value.p && !set && (a->sh->options & OPT_NOUNSET)) {
		a->failed = true;
		fatal(a->sh, unset_status(a->sh), "%.*s: unbound variable", STR_ARG(r->name));
		return 0;
	}
	if (value.n)
		a->failed |= !eval_within(a, str_dup(a->sh->tmp, value), &out);
	return out;
}

static void write_place(struct arith *a, const struct place_ref *r, int64_t value)
{
	struct str text = str_fmt(a->sh->tmp, "%lld", (long long)value);

	if (a->skip || a->failed)
		return;
	if (r->indexed ? !var_set_index(a->sh, r->name, r->index, text) && a->sh->flow != FLOW_ON
		       : !var_set(a->sh, r->name, text))
		a->failed = true;
}

/* --- tokens --- */

static int digit_value(int c, int64_t base)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + (base <= 36 ? 10 : 36);
	return c == '@' ? 62 : 63;
}

static int64_t read_number(struct arith *a, struct str s)
{
	uint64_t value = 0;
	int64_t base = 10;
	bool has_base = false;
	size_t i = 0;

	if (s.n > 1 && s.p[0] == '0') {
		has_base = true;
		base = s.p[1] == 'x' || s.p[1] == 'X' ? 16 : 8;
		i = base == 16 ? 2 : 1;
	}
	for (; i < s.n; i++) {
		int digit;

		if (s.p[i] == '#') {
			if (has_base)
				return fail(a, "invalid number");
			if (value < 2 || value > 64)
				return fail(a, "invalid arithmetic base");
			base = (int64_t)value;
			has_base = true;
			value = 0;
			if (i + 1 == s.n || s.p[i + 1] == '#')
				return fail(a, "invalid integer constant");
			continue;
		}
		digit = digit_value((unsigned char)s.p[i], base);
		if (digit >= base)
			return fail(a, "value too great for base");
		value = value * (uint64_t)base + (uint64_t)digit;
	}
	return (int64_t)value;
}

static void advance(struct arith *a);

static void number_token(struct arith *a)
{
	size_t start = a->blame;
	struct str kept;

	while (in_number(char_at(a, a->at)))
		a->at++;
	kept = a->text;
	a->text = str_sub(a->text, 0, a->at); /* bash's message ends with the number */
	a->value = read_number(a, str_from(a->text, start));
	a->text = kept;
	a->before = a->now;
	a->now = NUMBER;
}

static void index_of(struct arith *a, struct place_ref *r)
{
	size_t start = a->at + 1, depth = 0, end = start;
	const char *who = a->sh->arith_who;

	for (; end < a->text.n && (depth || a->text.p[end] != ']'); end++)
		depth += a->text.p[end] == '[' ? 1 : a->text.p[end] == ']' ? (size_t)-1 : 0;
	if (end >= a->text.n) {
		fail(a, "bad array subscript");
		return;
	}
	r->indexed = true;
	a->at = end + 1;
	if (a->skip)
		return;
	a->sh->arith_who = NULL; /* nobody is named for what is wrong in there */
	if (!eval_within(a, str_sub(a->text, start, end - start), &r->index)) {
		a->failed = true;
		if (a->sh->flow == FLOW_ON)
			drop_whole(a->sh);
	}
	a->sh->arith_who = who;
}

static void name_token(struct arith *a)
{
	struct place_ref r = {.name = {a->text.p + a->blame, 0}};
	struct arith kept;
	int next;

	while (starts_name(char_at(a, a->at)) ||
	       (char_at(a, a->at) >= '0' && char_at(a, a->at) <= '9'))
		a->at++;
	r.name.n = a->at - a->blame;
	if (char_at(a, a->at) == '[')
		index_of(a, &r);
	if (a->failed)
		return;
	kept = *a;
	a->skip++;
	a->now = NAME;
	advance(a);
	next = a->now;
	if (a->failed)
		return;
	*a = kept;
	a->place = r;
	a->value =
	    a->now == BEFORE_INC || a->now == BEFORE_DEC || next != '=' ? read_place(a, &r) : 0;
	a->before = a->now;
	a->now = NAME;
}

static bool is_operator(int c)
{
	return c && c < 256 && strchr("=><+-*/%!()&|^~?:,", c) != NULL;
}

/* ++ and --: behind a name, before a name, else two signs. */
static int twice_sign(struct arith *a, int c)
{
	size_t at = a->at + 1;

	if (a->now == NAME) {
		a->at++;
		return c == '+' ? AFTER_INC : AFTER_DEC;
	}
	while (is_blank(char_at(a, at)))
		at++;
	if (!starts_name(char_at(a, at)))
		return c;
	a->at++;
	return c == '+' ? BEFORE_INC : BEFORE_DEC;
}

static int operator(struct arith *a, int c)
{
	static const struct {
		char text[3];
		int kind;
	} doubles[] = {{"==", EQUAL},	   {"!=", UNEQUAL},    {">=", GREATER_EQUAL},
		       {"<=", LESS_EQUAL}, {"<<", SHIFT_LEFT}, {">>", SHIFT_RIGHT},
		       {"&&", LOGIC_AND},  {"||", LOGIC_OR},   {"**", POWER}};
	int next = char_at(a, a->at);

	for (size_t i = 0; i < sizeof(doubles) / sizeof(doubles[0]); i++) {
		if (doubles[i].text[0] != c || doubles[i].text[1] != next)
			continue;
		a->at++;
		if ((doubles[i].kind == SHIFT_LEFT || doubles[i].kind == SHIFT_RIGHT) &&
		    char_at(a, a->at) == '=') {
			a->at++;
			a->assign_op = doubles[i].kind;
			return ASSIGN_OP;
		}
		return doubles[i].kind;
	}
	if ((c == '+' || c == '-') && next == c)
		return twice_sign(a, c);
	if (next == '=' && strchr("*/%+-&^|", c)) {
		a->at++;
		a->assign_op = c;
		return ASSIGN_OP;
	}
	if (!is_operator(c)) {
		a->at--;
		fail(a, a->now == END || is_operator(a->now) || a->now > NUMBER
			    ? "syntax error: operand expected"
			    : "syntax error: invalid arithmetic operator");
	}
	return c;
}

static void advance(struct arith *a)
{
	int c, token;

	if (a->failed)
		return;
	while (is_blank(char_at(a, a->at)))
		a->at++;
	c = char_at(a, a->at);
	if (!c) {
		a->before = a->now;
		a->now = END;
		return;
	}
	a->blame = a->at;
	if (starts_name(c)) {
		name_token(a);
	} else if (c >= '0' && c <= '9') {
		number_token(a);
	} else {
		if ((c == '+' || c == '-') && char_at(a, a->at + 1) == c && a->now == NUMBER &&
		    (a->before == BEFORE_INC || a->before == BEFORE_DEC)) {
			fail(a, c == '+' ? "++: assignment requires lvalue"
					 : "--: assignment requires lvalue");
			return;
		}
		a->at++;
		token = operator(a, c);
		a->before = a->now;
		a->now = token;
	}
}

/* --- the grammar, from the tightest --- */

static int64_t before_name(struct arith *a)
{
	int64_t step = a->now == BEFORE_INC ? 1 : -1, value;

	a->before = a->now;
	advance(a);
	value = (int64_t)((uint64_t)a->value + (uint64_t)step);
	write_place(a, &a->place, value);
	a->now = NUMBER; /* --x=7 is an error */
	advance(a);
	return value;
}

static int64_t name_or_number(struct arith *a)
{
	int64_t value = a->value;
	struct arith kept = *a;

	if (a->now == NAME) {
		a->skip++;
		advance(a);
		if (a->failed)
			return 0;
		if (a->now == AFTER_INC || a->now == AFTER_DEC) {
			a->skip--;
			a->place = kept.place;
			write_place(
			    a, &kept.place,
			    (int64_t)((uint64_t)value + (a->now == AFTER_INC ? 1u : UINT64_MAX)));
			a->now = NUMBER; /* x++=7 too */
		} else {
			*a = kept;
		}
	}
	advance(a);
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
		return fail(a, "syntax error: operand expected");
	advance(a);
	value = comma(a);
	if (!a->failed && a->now != ')')
		return fail(a, "missing `)'");
	advance(a);
	return value;
}

static int64_t unary(struct arith *a)
{
	int sign = a->now;
	int64_t value;

	if (a->failed)
		return 0;
	if (++a->nested > ARITH_DEPTH)
		return fail(a, "expression recursion level exceeded");
	if (sign == '!' || sign == '~' || sign == '-' || sign == '+') {
		advance(a);
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
		advance(a);
		exponent = power(a);
		a->before = NUMBER;
		if (exponent == 0)
			return 1;
		if (exponent < 0)
			return fail(a, "exponent less than 0");
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

		advance(a);
		y = binary(a, level - 1);
		if (a->failed)
			return 0;
		if ((op == '/' || op == '%') && y == 0) {
			if (!a->skip) {
				for (a->blame = right; is_blank(char_at(a, a->blame)); a->blame++)
					;
				return fail(a, "division by 0");
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
		advance(a);
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
	advance(a);
	if (!a->failed && (a->now == END || a->now == ':'))
		return fail(a, "expression expected");
	yes = comma(a);
	a->skip -= !test;
	if (!a->failed && a->now != ':')
		return fail(a, "`:' expected for conditional expression");
	a->skip += test != 0;
	advance(a);
	if (!a->failed && a->now == END)
		return fail(a, "expression expected");
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
		return fail(a, "attempted assignment to non-variable");
	advance(a);
	value = assignment(a);
	if ((op == '/' || op == '%') && value == 0) {
		if (!a->skip)
			return fail(a, "division by 0");
		value = 1;
	}
	if (op && !a->failed)
		value = combine(op, old, value);
	write_place(a, &place, value);
	return value;
}

static int64_t comma(struct arith *a)
{
	int64_t value = assignment(a);

	while (!a->failed && a->now == ',') {
		advance(a);
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
	advance(&a);
	*out = comma(&a);
	if (!a.failed && a.now != END)
		fail(&a, "syntax error in expression");
	return !a.failed;
}

/* TEXT is the value of a variable, or an index, in A. */
static bool eval_within(struct arith *a, struct str text, int64_t *out)
{
	if (a->depth + 1 == VARIABLES_DEPTH && str_trim(text).n) {
		fail(a, "expression recursion level exceeded");
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
