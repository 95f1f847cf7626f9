/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Unexpanded text into a list of nodes: text, references, calls. Finds the ends of references as
 * GNU make does: only the kind of bracket that opened one counts, and a function's arguments end at
 * its commas.
 */
#include "make/lang.h"

#include <string.h>

struct compiler {
	struct make *mk;
	struct arena *mem;
	const char *base; /* byte OFF of the frame is base + off */
	size_t off;
};

static struct expr compile_range(struct compiler *c, const char *p, const char *end);

static struct node *new_node(struct compiler *c, enum node_kind kind, const char *at)
{
	struct node *n = arena_make(c->mem, struct node);

	n->kind = kind;
	n->off = (unsigned)((size_t)(at - c->base) + c->off);
	return n;
}

static struct str range(const char *p, const char *end)
{
	return (struct str){p, (size_t)(end - p)};
}

static const char *find_char(const char *p, const char *end, char ch)
{
	return p < end ? memchr(p, ch, (size_t)(end - p)) : NULL;
}

/* The bracket that closes what was opened in front of P; NULL: none. */
static const char *find_close(const char *p, const char *end, char open, char close)
{
	unsigned depth = 0;

	for (; p < end; p++) {
		if (*p == open)
			depth++;
		else if (*p == close && depth-- == 0)
			return p;
	}
	return NULL;
}

static bool name_char(char c)
{
	return (c >= 'a' && c <= 'z') || c == '-';
}

/* The function whose name and a blank stand at P; *ARGS: where its arguments begin. */
static const struct func *function_at(const char *p, const char *end, const char **args)
{
	const char *q = p;
	const struct func *f;

	while (q < end && name_char(*q))
		q++;
	if (q == p || (q < end && !scan_space(*q)))
		return NULL;
	f = func_find(range(p, q));
	while (q < end && scan_space(*q))
		q++;
	*args = q;
	return f;
}

/* Where the argument that begins at P ends. */
static const char *argument_end(const char *p, const char *end, char open, char close)
{
	int depth = 0;

	for (; p < end; p++) {
		if (*p == open)
			depth++;
		else if (*p == close)
			depth--;
		else if (*p == ',' && depth == 0)
			return p;
	}
	return end;
}

static void strip(const char **p, const char **end)
{
	while (*p < *end && scan_space(**p))
		++*p;
	while (*end > *p && scan_space((*end)[-1]))
		--*end;
}

bool func_strips(const struct func *f, size_t i)
{
	return f->raw && (f->run == func_if ? i == 0 : f->run == func_or || f->run == func_and);
}

static struct node *compile_call(struct compiler *c, const char *dollar, const struct func *f,
				 const char *p, const char *end)
{
	char open = dollar[1], close = open == '(' ? ')' : '}';
	struct node *n = new_node(c, NODE_FUNC, dollar);
	size_t count = 1;

	for (const char *q = p; q < end; q++)
		count += *q == ',';
	if (f->max && count > f->max)
		count = f->max;
	n->func = f;
	n->args = arena_alloc(c->mem, count * sizeof(*n->args));
	for (;;) {
		bool last = f->max && n->n_args + 1 == f->max;
		const char *stop = last ? end : argument_end(p, end, open, close);
		const char *from = p, *to = stop;

		if (func_strips(f, n->n_args))
			strip(&from, &to);
		n->args[n->n_args++] = compile_range(c, from, to);
		if (stop == end)
			return n;
		p = stop + 1;
	}
}

/* A reference without another in it: plain, or with a substitution. */
static struct node *compile_name(struct compiler *c, const char *dollar, const char *p,
				 const char *end)
{
	const char *colon = find_char(p, end, ':');
	const char *equal = colon ? find_char(colon, end, '=') : NULL;
	struct node *n = new_node(c, equal ? NODE_SUBST : NODE_VARIABLE, dollar);

	n->symbol = symbol_of(c->mk, range(p, equal ? colon : end));
	if (equal) {
		n->text = range(colon + 1, equal);
		n->with = range(equal + 1, end);
	}
	return n;
}

static struct node *unclosed(struct compiler *c, const char *dollar, const struct func *f)
{
	struct node *n = new_node(c, NODE_UNCLOSED, dollar);

	n->func = f;
	n->close = dollar[1] == '(' ? ')' : '}';
	return n;
}

/* The reference at DOLLAR; *NEXT: what follows it. */
static struct node *compile_reference(struct compiler *c, const char *dollar, const char *end,
				      const char **next)
{
	char open = dollar[1], close = open == '(' ? ')' : '}';
	const char *p = dollar + 2, *first = NULL, *stop, *args;
	const struct func *f;
	struct node *n;

	*next = p;
	if (open != '(' && open != '{')
		return compile_name(c, dollar, dollar + 1, p);
	f = function_at(p, end, &args);
	stop = find_close(f ? args : p, end, open, close);
	if (f) {
		*next = stop ? stop + 1 : end;
		return stop ? compile_call(c, dollar, f, args, stop) : unclosed(c, dollar, f);
	}
	first = find_char(p, end, close);
	if (!first)
		return unclosed(c, dollar, NULL);
	if (!find_char(p, first, '$')) {
		*next = first + 1;
		return compile_name(c, dollar, p, first);
	}
	if (!stop) { /* $($(a): a variable with that very name, and nothing behind it */
		*next = end;
		return compile_name(c, dollar, p, first);
	}
	*next = stop + 1;
	n = new_node(c, NODE_COMPUTED, dollar);
	n->args = arena_alloc(c->mem, sizeof(*n->args));
	n->args[0] = compile_range(c, p, stop);
	n->n_args = 1;
	return n;
}

static struct node *text_node(struct compiler *c, const char *p, const char *end)
{
	struct node *n = new_node(c, NODE_TEXT, p);

	n->text = range(p, end);
	return n;
}

static struct expr compile_range(struct compiler *c, const char *p, const char *end)
{
	struct expr e = {.text = range(p, end), .off = (size_t)(p - c->base) + c->off};
	const struct node **tail = &e.first;

	expand_check_stack(c->mk, "expansion");
	while (p < end) {
		const char *dollar = find_char(p, end, '$'), *stop = dollar ? dollar : end;
		struct node *n;

		if (dollar && (dollar + 1 >= end || dollar[1] == '$'))
			stop++; /* a last one is text, and one of two */
		if (stop > p) {
			n = text_node(c, p, stop);
			*tail = n;
			tail = &n->next;
		}
		if (!dollar || dollar + 1 >= end)
			break;
		if (dollar[1] == '$') {
			p = dollar + 2;
			continue;
		}
		n = compile_reference(c, dollar, end, &p);
		*tail = n;
		tail = &n->next;
	}
	return e;
}

struct expr *compile(struct make *mk, struct arena *mem, struct str text, size_t off)
{
	struct compiler c = {mk, mem, text.p, off};
	struct expr *e = arena_alloc(mem, sizeof(*e));

	*e = compile_range(&c, text.p, text.p + text.n);
	return e;
}
