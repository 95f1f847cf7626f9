/* SPDX-License-Identifier: GPL-2.0-only */
/* ifdef, ifndef, ifeq, ifneq, else, endif. */
#include "make/lang.h"

#include <string.h>

enum cond { COND_IFDEF, COND_IFNDEF, COND_IFEQ, COND_IFNEQ, COND_ELSE, COND_ENDIF, COND_NONE };

static const char *const words[] = {"ifdef", "ifndef", "ifeq", "ifneq", "else", "endif"};

static enum cond cond_of(struct str word)
{
	size_t k = 0;

	if (word.n < 4 || (word.p[0] != 'i' && word.p[0] != 'e'))
		return COND_NONE;
	while (k < COND_NONE && !str_is(word, words[k]))
		k++;
	return (enum cond)k;
}

static void extra_text(struct make *mk, enum cond kind)
{
	make_error(mk, mk->at, "extraneous text after '%s' directive", words[kind]);
}

static _Noreturn void extra_line(struct make *mk, enum cond kind)
{
	make_fatal(mk, mk->at, "extraneous '%s'", words[kind]);
}

static void push(struct make *mk, struct conditionals *c)
{
	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 8;

		c->ignoring = arena_grow(mk->mem, c->ignoring, c->cap, cap);
		c->seen_else =
		    arena_grow(mk->mem, c->seen_else, c->cap * sizeof(bool), cap * sizeof(bool));
		c->cap = cap;
	}
	c->ignoring[c->n] = 1;
	c->seen_else[c->n++] = false;
}

static int ignoring_now(const struct conditionals *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->ignoring[i])
			return 1;
	return 0;
}

/* Is the variable that the rest of the line names not empty? -1: not one name. */
static int test_defined(struct make *mk, struct make_text text, size_t from)
{
	struct tbuf *t = expand_part(mk, text, from, text.text.n - from, false);
	struct str name = tbuf_view(t);
	size_t end = scan_token_end(name, 0);
	int yes = -1;

	if (scan_skip_space(name, end) >= name.n) {
		struct variable *v = var_lookup(mk, str_sub(name, 0, end));

		yes = v && v->value.text.n;
	}
	tbuf_give(mk, t);
	return yes;
}

/* The first text of ifeq: its bytes FROM..END; *NEXT: what is behind it. False: bad syntax. */
static bool first_text(struct str s, size_t i, size_t *from, size_t *end, size_t *next)
{
	char stop = s.p[i] == '(' ? ',' : s.p[i];
	int depth = 0;

	*from = ++i;
	for (; i < s.n; i++) {
		if (stop != ',') {
			if (s.p[i] == stop)
				break;
		} else if (s.p[i] == '(') {
			depth++;
		} else if (s.p[i] == ')') {
			depth--;
		} else if (s.p[i] == ',' && depth <= 0) {
			break;
		}
	}
	if (i >= s.n)
		return false;
	*end = i;
	*next = i + 1;
	while (stop == ',' && *end > *from && scan_blank(s.p[*end - 1]))
		--*end;
	if (stop != ',')
		*next = scan_skip_space(s, *next);
	return true;
}

static bool second_text(struct str s, bool paren, size_t i, size_t *from, size_t *end, size_t *next)
{
	char stop = ')';
	int depth = 0;

	if (paren) {
		i = scan_skip_space(s, i);
	} else {
		stop = i < s.n ? s.p[i] : '\0';
		if (stop != ')' && stop != '"' && stop != '\'')
			return false;
		if (stop != ')')
			i++;
		else
			i = scan_skip_space(s, i);
	}
	*from = i;
	for (; i < s.n; i++) {
		if (stop != ')') {
			if (s.p[i] == stop)
				break;
		} else if (s.p[i] == '(') {
			depth++;
		} else if (s.p[i] == ')' && depth-- <= 0) {
			break;
		}
	}
	*end = i;
	*next = i + 1;
	return i < s.n;
}

/* Are the two texts equal? -1: bad syntax. */
static int test_equal(struct make *mk, struct make_text text, size_t i, enum cond kind)
{
	struct str s = text.text;
	size_t from, end, next;
	struct tbuf *a, *b;
	bool paren;
	int equal;

	if (i >= s.n || (s.p[i] != '(' && s.p[i] != '"' && s.p[i] != '\''))
		return -1;
	paren = s.p[i] == '(';
	if (!first_text(s, i, &from, &end, &next))
		return -1;
	a = expand_part(mk, text, from, end - from, false);
	if (!second_text(s, paren, next, &from, &end, &next)) {
		tbuf_give(mk, a);
		return -1;
	}
	if (scan_skip_space(s, next) < s.n)
		extra_text(mk, kind);
	b = expand_part(mk, text, from, end - from, false);
	equal = str_eq(tbuf_view(a), tbuf_view(b));
	tbuf_give(mk, a);
	tbuf_give(mk, b);
	return equal;
}

static int read_if(struct make *mk, struct reader *r, struct make_text text, size_t next,
		   enum cond kind)
{
	struct conditionals *c = &r->cond;
	int outer = ignoring_now(c), yes;

	push(mk, c);
	if (outer)
		return 1;
	if (kind == COND_IFDEF || kind == COND_IFNDEF)
		yes = test_defined(mk, text, next);
	else
		yes = test_equal(mk, text, next, kind);
	if (yes < 0)
		return -1;
	if (kind == COND_IFNDEF || kind == COND_IFNEQ)
		yes = !yes;
	c->ignoring[c->n - 1] = !yes;
	return ignoring_now(c);
}

static int read_else(struct make *mk, struct reader *r, struct make_text text, size_t next)
{
	struct conditionals *c = &r->cond;
	size_t top = c->n - 1, end;
	enum cond kind;

	if (!c->n)
		extra_line(mk, COND_ELSE);
	if (c->seen_else[top])
		make_fatal(mk, mk->at, "only one 'else' per conditional");
	c->ignoring[top] = c->ignoring[top] == 1 ? 0 : 2;
	if (next >= text.text.n) {
		c->seen_else[top] = true;
		return ignoring_now(c);
	}
	end = scan_token_end(text.text, next);
	kind = cond_of(str_sub(text.text, next, end - next));
	if (kind >= COND_ELSE || read_if(mk, r, text, scan_skip_space(text.text, end), kind) < 0) {
		extra_text(mk, COND_ELSE);
	} else {
		if (c->ignoring[top] < 2)
			c->ignoring[top] = c->ignoring[top + 1];
		c->n--;
	}
	return ignoring_now(c);
}

int read_conditional(struct make *mk, struct reader *r, struct make_text text, size_t from,
		     size_t end)
{
	enum cond kind = cond_of(str_sub(text.text, from, end - from));
	size_t next = scan_skip_space(text.text, end);

	if (kind == COND_NONE)
		return -2;
	if (kind == COND_ELSE)
		return read_else(mk, r, text, next);
	if (kind != COND_ENDIF)
		return read_if(mk, r, text, next, kind);
	if (next < text.text.n)
		extra_text(mk, kind);
	if (!r->cond.n)
		extra_line(mk, kind);
	r->cond.n--;
	return ignoring_now(&r->cond);
}

void conditionals_end(struct make *mk, struct reader *r)
{
	if (r->cond.n)
		make_fatal(mk, mk->at, "missing 'endif'");
}
