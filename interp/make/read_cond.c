/* SPDX-License-Identifier: GPL-2.0-only */
/* ifdef, ifndef, ifeq, ifneq, else, endif. */
#include "make/program.h"

#include <string.h>

static const char *const words[] = {"ifdef", "ifndef", "ifeq", "ifneq", "else", "endif"};

enum cond condition_word(struct str word)
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
		memset(c->ignoring + c->cap, 2, cap - c->cap);
		c->seen_else =
		    arena_grow(mk->mem, c->seen_else, c->cap * sizeof(bool), cap * sizeof(bool));
		c->cap = cap;
	}
	/* After a malformed `else ifeq` what was there before stands. */
	c->seen_else[c->n++] = false;
}

static int ignoring_now(const struct conditionals *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->ignoring[i])
			return 1;
	return 0;
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

static struct shared_text part(struct str text, size_t from, size_t end)
{
	return (struct shared_text){.text = str_sub(text, from, end - from), .off = from};
}

/* The texts of ifeq from byte I on. */
static void parse_texts(struct condition *c, struct str s, size_t i)
{
	size_t from, end, next;
	bool paren;

	c->bad = i >= s.n || (s.p[i] != '(' && s.p[i] != '"' && s.p[i] != '\'');
	if (c->bad)
		return;
	paren = s.p[i] == '(';
	c->bad = !first_text(s, i, &from, &end, &next);
	if (c->bad)
		return;
	c->first = part(s, from, end);
	c->bad_second = !second_text(s, paren, next, &from, &end, &next);
	if (c->bad_second)
		return;
	c->second = part(s, from, end);
	c->extra = scan_skip_space(s, next) < s.n;
}

void condition_parse(struct arena *mem, struct line *l, size_t from, size_t end)
{
	struct condition *c = l->cond = arena_make(mem, struct condition);
	struct str text = l->text;
	size_t next = scan_skip_space(text, end);

	c->kind = l->word;
	if (c->kind == COND_ELSE && next < text.n) {
		from = next;
		end = scan_token_end(text, from);
		next = scan_skip_space(text, end);
		c->kind = condition_word(str_sub(text, from, end - from));
	}
	if (c->kind == COND_IFDEF || c->kind == COND_IFNDEF)
		c->first = part(text, next, text.n);
	else if (c->kind == COND_IFEQ || c->kind == COND_IFNEQ)
		parse_texts(c, text, next);
	else
		c->extra = next < text.n;
}

/* PART of TEXT, the line L's, expanded; to be given back. */
static struct tbuf *expand_shared(struct make *mk, const struct line *l, struct make_text text,
				  const struct shared_text *part)
{
	struct frame fr;
	struct tbuf *t;

	if (!l->stable || !memchr(part->text.p, '$', part->text.n))
		return expand_part(mk, text, part->off, part->text.n, false);
	fr = frame_of(mk, text);
	t = tbuf_take(mk, false);
	expand_run(mk, t, shared_code(mk, (struct shared_text *)part), &fr);
	return t;
}

/* Is the variable that the rest of the line names not empty? -1: not one name. */
static int test_defined(struct make *mk, const struct line *l, struct make_text text)
{
	struct tbuf *t = expand_shared(mk, l, text, &l->cond->first);
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

/* Are the two texts equal? -1: bad syntax. */
static int test_equal(struct make *mk, const struct line *l, struct make_text text)
{
	const struct condition *c = l->cond;
	struct tbuf *a, *b;
	int equal;

	if (c->bad)
		return -1;
	a = expand_shared(mk, l, text, &c->first);
	if (c->bad_second) {
		tbuf_give(mk, a);
		return -1;
	}
	if (c->extra)
		extra_text(mk, c->kind);
	b = expand_shared(mk, l, text, &c->second);
	equal = str_eq(tbuf_view(a), tbuf_view(b));
	tbuf_give(mk, a);
	tbuf_give(mk, b);
	return equal;
}

static int read_if(struct make *mk, struct reader *r, const struct line *l, struct make_text text)
{
	struct conditionals *c = &r->cond;
	enum cond kind = l->cond->kind;
	int outer = ignoring_now(c), yes;

	push(mk, c);
	if (outer) {
		c->ignoring[c->n - 1] = 1;
		return 1;
	}
	if (kind == COND_IFDEF || kind == COND_IFNDEF)
		yes = test_defined(mk, l, text);
	else
		yes = test_equal(mk, l, text);
	if (yes < 0)
		return -1;
	if (kind == COND_IFNDEF || kind == COND_IFNEQ)
		yes = !yes;
	c->ignoring[c->n - 1] = !yes;
	return ignoring_now(c);
}

static int read_else(struct make *mk, struct reader *r, const struct line *l, struct make_text text)
{
	struct conditionals *c = &r->cond;
	size_t top = c->n - 1;

	if (!c->n)
		extra_line(mk, COND_ELSE);
	if (c->seen_else[top])
		make_fatal(mk, mk->at, "only one 'else' per conditional");
	c->ignoring[top] = c->ignoring[top] == 1 ? 0 : 2;
	if (l->rest >= l->text.n) {
		c->seen_else[top] = true;
		return ignoring_now(c);
	}
	if (l->cond->kind >= COND_ELSE || read_if(mk, r, l, text) < 0) {
		extra_text(mk, COND_ELSE);
	} else {
		if (c->ignoring[top] < 2)
			c->ignoring[top] = c->ignoring[top + 1];
		c->n--;
	}
	return ignoring_now(c);
}

int read_conditional(struct make *mk, struct reader *r, const struct line *l, struct make_text text)
{
	if (l->word == COND_ELSE)
		return read_else(mk, r, l, text);
	if (l->word != COND_ENDIF)
		return read_if(mk, r, l, text);
	if (l->cond->extra)
		extra_text(mk, COND_ENDIF);
	if (!r->cond.n)
		extra_line(mk, COND_ENDIF);
	r->cond.n--;
	return ignoring_now(&r->cond);
}

void conditionals_end(struct make *mk, struct reader *r)
{
	if (r->cond.n)
		make_fatal(mk, mk->at, "missing 'endif'");
}
