/* SPDX-License-Identifier: GPL-2.0-only */
/* The tokens of bash's expressions, and the variables and numbers that some are. */
#include <string.h>

#include "shell/arith.h"

int64_t arith_fail(struct arith *a, const char *what)
{
	struct str text = a->text;
	const char *who = a->sh ? a->sh->arith_who : NULL;

	if (a->failed)
		return 0;
	a->failed = true;
	if (!a->sh)
		return 0;
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

size_t arith_past_blanks(const struct arith *a, size_t at)
{
	while (is_blank(char_at(a, at)))
		at++;
	return at;
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

static void unbound(struct arith *a, const char *name)
{
	a->failed = true;
	fatal(a->sh, unset_status(a->sh), "%s: unbound variable", name);
	a->sh->unwound = false; /* it jumps from there, within all loops */
	a->sh->exit_loops = loops_at_exit(a->sh);
}

/* x[]: bash looks twice, and goes on, but where it would have to name it. */
static int64_t read_nowhere(struct arith *a, const struct place_ref *r)
{
	for (int i = 0; i < 2; i++) {
		say(a->sh, "%.*s[]: bad array subscript", STR_ARG(r->name));
		reported(a->sh);
		a->failed |= a->sh->flow == FLOW_EXIT;
		if (a->failed)
			return 0;
	}
	if (a->sh->options & OPT_NOUNSET)
		unbound(a, "(null)");
	return 0;
}

/* What R's index comes to; false after a message. */
static bool work_out_index(struct arith *a, struct place_ref *r)
{
	const char *who = a->sh->arith_who;
	struct str text;

	if (!r->indexed || r->worked_out)
		return true;
	a->sh->arith_who = NULL; /* nobody is named for what is wrong in there */
	if (!subscript_text(a->sh, r->subscript, &text) || !arith_within(a, text, &r->index)) {
		a->failed = true;
		if (a->sh->flow == FLOW_ON)
			drop_whole(a->sh);
	}
	a->sh->arith_who = who;
	r->worked_out = true;
	return !a->failed;
}

static int64_t read_place(struct arith *a, struct place_ref *r)
{
	struct str value;
	int64_t out = 0;
	bool set = false; /* of an array any element will do */

	if (a->skip || a->failed)
		return 0;
	if (r->nowhere)
		return read_nowhere(a, r);
	if (r->indexed) {
		const struct var *v = var_find(a->sh, r->name);

		/* set -u first asks for the array alone */
		if ((a->sh->options & OPT_NOUNSET) && (!v || v->flags & VAR_UNSET) &&
		    (v || !dynamic_items(a->sh, r->name, &(struct strs){0}))) {
			unbound(a, str_cz(a->sh->tmp, r->name));
			return 0;
		}
		if (!work_out_index(a, r))
			return 0;
		v = var_find(a->sh, r->name);
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
		unbound(a, str_cz(a->sh->tmp, r->name));
		return 0;
	}
	if (value.n)
		a->failed |= !arith_within(a, str_dup(a->sh->tmp, value), &out);
	return out;
}

void arith_write(struct arith *a, const struct place_ref *place, int64_t value)
{
	struct place_ref copy = *place, *r = &copy;
	struct str text;

	if (a->skip || a->failed)
		return;
	text = str_fmt(a->sh->tmp, "%lld", (long long)value);
	if (r->nowhere) {
		say(a->sh, "%s%s`%.*s[]': not a valid identifier",
		    a->sh->arith_who ? a->sh->arith_who : "", a->sh->arith_who ? ": " : "",
		    STR_ARG(r->name));
		return;
	}
	if (!work_out_index(a, r)) /* of x[i]=y only now */
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
				return arith_fail(a, "invalid number");
			if (value < 2 || value > 64)
				return arith_fail(a, "invalid arithmetic base");
			base = (int64_t)value;
			has_base = true;
			value = 0;
			if (i + 1 == s.n || s.p[i + 1] == '#')
				return arith_fail(a, "invalid integer constant");
			continue;
		}
		digit = digit_value((unsigned char)s.p[i], base);
		if (digit >= base)
			return arith_fail(a, "value too great for base");
		value = value * (uint64_t)base + (uint64_t)digit;
	}
	return (int64_t)value;
}

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
	size_t start = a->at + 1, end = subscript_end(a->text, start);

	if (end >= a->text.n) {
		a->at = a->sh ? a->at : end; /* before anything runs what follows may end it */
		arith_fail(a, "bad array subscript");
		return;
	}
	r->indexed = true;
	r->nowhere = a->sh && is_bash(a->sh) && end == start;
	a->at = end + 1;
	r->subscript = str_sub(a->text, start, end - start);
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
	arith_advance(a);
	next = a->now;
	if (a->failed)
		return;
	*a = kept;
	a->value =
	    a->now == BEFORE_INC || a->now == BEFORE_DEC || next != '=' ? read_place(a, &r) : 0;
	a->place = r;
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
		arith_fail(a, a->now == END || is_operator(a->now) || a->now > NUMBER
			    ? "syntax error: operand expected"
			    : "syntax error: invalid arithmetic operator");
	}
	return c;
}

void arith_advance(struct arith *a)
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
			arith_fail(a, c == '+' ? "++: assignment requires lvalue"
					 : "--: assignment requires lvalue");
			return;
		}
		a->at++;
		token = operator(a, c);
		a->before = a->now;
		a->now = token;
	}
}
