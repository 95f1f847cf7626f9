/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Unexpanded text into a list of nodes: text, references, calls. Finds the ends of references as
 * GNU make does: only the kind of bracket that opened one counts, and a function's arguments end at
 * its commas.
 */
#include "make/lang.h"

#include <string.h>

struct bracket {
	const char *open, *close;
};

struct compiler {
	struct make *mk;
	struct arena *mem;
	const char *base; /* byte OFF of the frame is base + off */
	size_t off;
	const char *end;
	bool paired;	/* PAIRS is made */
	VEC(struct bracket) pairs[2]; /* of the whole text, by OPEN: ( and { */
};

/* A reference longer than this has its brackets looked up rather than searched for. */
enum { FAR = 4096, AT_ONCE = 64 };

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

/* Find all pairs of OPEN and CLOSE; what is not closed has no pair. */
static void pair_brackets(struct compiler *c, char open, char close)
{
	VEC(size_t) waiting = {0};
	size_t kept = 0;

	for (const char *p = c->base; p < c->end; p++) {
		if (*p == open) {
			*vec_push(c->mem, &waiting) = c->pairs[open == '{'].n;
			*vec_push(c->mem, &c->pairs[open == '{']) = (struct bracket){p, NULL};
		} else if (*p == close && waiting.n) {
			c->pairs[open == '{'].p[waiting.p[--waiting.n]].close = p;
		}
	}
	for (size_t i = 0; i < c->pairs[open == '{'].n; i++)
		if (c->pairs[open == '{'].p[i].close)
			c->pairs[open == '{'].p[kept++] = c->pairs[open == '{'].p[i];
	c->pairs[open == '{'].n = kept;
}

/* What closes BRACKET, if that is before END; NULL: nothing. */
static const char *find_pair(struct compiler *c, const char *bracket, const char *end)
{
	size_t low = 0, high;
	bool brace = *bracket == '{';

	if (!c->paired) {
		pair_brackets(c, '(', ')');
		pair_brackets(c, '{', '}');
		c->paired = true;
	}
	high = c->pairs[brace].n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c->pairs[brace].p[mid].open < bracket)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == c->pairs[brace].n || c->pairs[brace].p[low].open != bracket ||
	    c->pairs[brace].p[low].close >= end)
		return NULL;
	return c->pairs[brace].p[low].close;
}

/*
 * The bracket that closes the one at BRACKET, seen from P behind it on; NULL: none before END.
 * References in references would be gone through again and again: from FAR bytes on each bracket is
 * looked at once.
 */
static const char *find_close(struct compiler *c, const char *bracket, const char *p,
			      const char *end)
{
	char open = *bracket, close = open == '(' ? ')' : '}';
	const char *near = end - p > FAR ? p + FAR : end;
	unsigned depth = 0;

	for (; p < near; p++) {
		if (*p == open)
			depth++;
		else if (*p == close && depth-- == 0)
			return p;
	}
	return near == end ? NULL : find_pair(c, bracket, end);
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

/* Where the argument that begins at P ends. The text up to END has all its brackets of this kind
 * closed. */
static const char *argument_end(struct compiler *c, const char *p, const char *end, char open)
{
	char close = open == '(' ? ')' : '}';
	bool far = end - p > FAR;
	int depth = 0;

	for (; p < end; p++) {
		if (*p == open && far)
			p = find_pair(c, p, end);
		else if (*p == open)
			depth++;
		else if (*p == close)
			depth--;
		else if (*p == ',' && depth == 0)
			return p;
	}
	return end;
}

static size_t count_arguments(struct compiler *c, const char *p, const char *end, char open,
			      size_t most)
{
	size_t n = 1;

	for (; n != most && (p = argument_end(c, p, end, open)) != end; p++)
		n++;
	return n;
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
	struct node *n = new_node(c, NODE_FUNC, dollar);
	char open = dollar[1];

	n->func = f;
	n->args = arena_alloc(c->mem, count_arguments(c, p, end, open, f->max) * sizeof(*n->args));
	for (;;) {
		bool last = f->max && n->n_args + 1 == f->max;
		const char *stop = last ? end : argument_end(c, p, end, open);
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

/* Does a closing bracket come before any further '$' ? */
static const char *plain_name_end(const char *p, const char *end, char close)
{
	while (p < end && *p != '$' && *p != close)
		p++;
	return p < end && *p == close ? p : NULL;
}

/* The reference at DOLLAR; *NEXT: what follows it. Behind one that is not closed nothing is ever
 * expanded. */
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
	if (!f && (first = plain_name_end(p, end, close))) {
		*next = first + 1;
		return compile_name(c, dollar, p, first);
	}
	stop = find_close(c, dollar + 1, f ? args : p, end);
	*next = stop ? stop + 1 : end;
	if (f)
		return stop ? compile_call(c, dollar, f, args, stop) : unclosed(c, dollar, f);
	if (!stop) { /* $($(a): a variable with that very name, and nothing behind it */
		first = find_char(p, end, close);
		return first ? compile_name(c, dollar, p, first) : unclosed(c, dollar, NULL);
	}
	n = new_node(c, NODE_COMPUTED, dollar);
	n->args = arena_alloc(c->mem, sizeof(*n->args));
	n->args[0] = compile_range(c, p, stop);
	n->n_args = 1;
	return n;
}

/* Where the text at P ends: at a reference. *ESCAPES: how many "$$" are in it. */
static const char *text_end(const char *p, const char *end, size_t *escapes)
{
	*escapes = 0;
	while ((p = find_char(p, end, '$')) && p + 1 < end && p[1] == '$') {
		++*escapes;
		p += 2;
	}
	return p && p + 1 < end ? p : end; /* a last one is text */
}

/* The file that N's text is, which is shorter than its source; and room for parts, whose places
 * count from N's own (stands_in_parts). */
static struct text_part *give_file(struct compiler *c, struct node *n, size_t escapes)
{
	struct text_part *parts = NULL;

	if (c->mem == c->mk->lang->scratch)
		return NULL;
	if (c->mk->lang->spans)
		parts = arena_array(c->mem, struct text_part, escapes + 1);
	n->file = arena_make(c->mem, struct text_file);
	n->file->text = n->text;
	n->file->parts = parts;
	return parts;
}

/* The text P..END with one dollar for two. */
static struct node *text_node(struct compiler *c, const char *p, const char *end, size_t escapes)
{
	struct node *n = new_node(c, NODE_TEXT, p);
	struct text_part *part;
	char *to;

	n->text = n->source = range(p, end);
	if (!escapes)
		return n;
	n->text.n -= escapes;
	n->text.p = to = arena_alloc(c->mem, n->text.n);
	part = give_file(c, n, escapes);
	while (p < end) {
		const char *dollar = find_char(p, end, '$'), *stop = dollar ? dollar + 1 : end;

		memcpy(to, p, (size_t)(stop - p));
		to += stop - p;
		p = stop;
		if (!dollar || p == end)
			continue;
		p++;
		if (part)
			*++part = (struct text_part){(size_t)(to - n->text.p),
						     {NULL, (size_t)(p - n->source.p)}, false};
	}
	return n;
}

/* From *P on at most MOST nodes; *P becomes what is behind them. */
static struct expr compile_some(struct compiler *c, const char **from, const char *end, size_t most)
{
	const char *p = *from;
	struct expr e = {.text = range(p, end), .off = (size_t)(p - c->base) + c->off};
	const struct node **tail = &e.first;

	expand_check_stack(c->mk, "expansion");
	for (; p < end && most; most--) {
		size_t escapes;
		const char *stop = text_end(p, end, &escapes);
		struct node *n;

		if (stop > p)
			n = text_node(c, p, stop, escapes);
		else
			n = compile_reference(c, p, end, &stop);
		p = stop;
		*tail = n;
		tail = &n->next;
	}
	*from = p;
	return e;
}

static struct expr compile_range(struct compiler *c, const char *p, const char *end)
{
	return compile_some(c, &p, end, SIZE_MAX);
}

struct expr *compile(struct make *mk, struct arena *mem, struct str text, size_t off)
{
	struct compiler c = {
	    .mk = mk, .mem = mem, .base = text.p, .off = off, .end = text.p + text.n};
	struct expr *e = arena_alloc(mem, sizeof(*e));

	*e = compile_range(&c, text.p, text.p + text.n);
	return e;
}

void compile_and_run(struct make *mk, struct tbuf *out, struct str text, size_t off,
		     struct frame *fr)
{
	struct arena *mem = mk->lang->scratch;
	struct compiler c = {
	    .mk = mk, .mem = mem, .base = text.p, .off = off, .end = text.p + text.n};
	const char *p = text.p;

	while (p < c.end) {
		struct arena_mark mark = arena_mark(mem);
		bool paired = c.paired;
		struct expr e = compile_some(&c, &p, c.end, AT_ONCE);

		expand_run(mk, out, &e, fr);
		if (paired == c.paired) /* else it has found all brackets, which it needs again */
			arena_release(mem, mark);
	}
}
