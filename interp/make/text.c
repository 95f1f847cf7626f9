/* SPDX-License-Identifier: GPL-2.0-only */
/* Text that grows, with spans that say where each stretch of it was written; and its pool. */
#include "make/program.h"

#include <string.h>
#include <sys/mman.h>

enum { MAP_FROM = 128 << 10 };

/*
 * Enlarge P from OLD to SIZE bytes. A whole target's rules may be one expansion of several
 * megabytes: large texts are pages of their own, which grow without being copied and without
 * garbage in the arena.
 */
static void *enlarge(struct arena *mem, void *p, size_t old, size_t size, bool *mapped)
{
	void *q;

	if (size < MAP_FROM)
		return arena_grow(mem, p, old, size);
	if (*mapped)
		q = mremap(p, old, size, MREMAP_MAYMOVE);
	else
		q = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (q == MAP_FAILED)
		arena_alloc(mem, SIZE_MAX); /* says that memory ran out, and does not return */
	else if (!*mapped && old)
		memcpy(q, p, old);
	*mapped = true;
	return q;
}

void texts_free(struct make_program *p)
{
	for (struct tbuf *t = p->texts; t; t = t->older) {
		if (t->mapped)
			munmap(t->p, t->cap);
		if (t->spans_mapped)
			munmap(t->spans.p, t->spans.cap * sizeof(*t->spans.p));
	}
}

void texts_reclaim(struct make_program *p)
{
	p->pool = NULL;
	for (struct tbuf *t = p->texts; t; t = t->older) {
		t->next = p->pool;
		p->pool = t;
	}
}

struct tbuf *tbuf_take(struct make *mk, bool want_spans)
{
	struct make_program *p = mk->lang->program;
	struct tbuf *t = p->pool;

	if (t) {
		p->pool = t->next;
	} else {
		t = arena_make(p->mem, struct tbuf);
		t->mem = p->mem;
		t->cap = 256;
		t->p = arena_alloc(p->mem, t->cap);
		t->older = p->texts;
		p->texts = t;
	}
	t->n = 0;
	t->spans.n = 0;
	t->want = want_spans && mk->lang->spans;
	return t;
}

void tbuf_give(struct make *mk, struct tbuf *t)
{
	struct make_program *p = mk->lang->program;

	t->next = p->pool;
	p->pool = t;
}

char *tbuf_room(struct tbuf *t, size_t n)
{
	if (t->cap - t->n <= n) {
		size_t cap = t->cap * 2;

		while (cap <= t->n + n)
			cap *= 2;
		t->p = enlarge(t->mem, t->p, t->cap, cap, &t->mapped);
		t->cap = cap;
	}
	return t->p + t->n;
}

void tbuf_put(struct tbuf *t, const char *p, size_t n)
{
	char *to = tbuf_room(t, n);

	if (n)
		memcpy(to, p, n);
	t->n += n;
}

void tbuf_str(struct tbuf *t, struct str s)
{
	tbuf_put(t, s.p, s.n);
}

void tbuf_char(struct tbuf *t, char c)
{
	*tbuf_room(t, 1) = c;
	t->n++;
}

static struct make_span *new_span(struct tbuf *t)
{
	if (t->spans.n == t->spans.cap) {
		size_t size = sizeof(*t->spans.p), cap = t->spans.cap ? t->spans.cap * 2 : 8;

		t->spans.p =
		    enlarge(t->mem, t->spans.p, t->spans.cap * size, cap * size, &t->spans_mapped);
		t->spans.cap = cap;
	}
	return &t->spans.p[t->spans.n++];
}

static bool same_origin(const struct make_span *s, struct place at, const struct trail *trail)
{
	return s->at.line == at.line && s->trail == trail && s->at.file.p == at.file.p;
}

void tbuf_mark(struct tbuf *t, struct place at, const struct trail *trail)
{
	struct make_span *last = t->spans.n ? &t->spans.p[t->spans.n - 1] : NULL;

	if (!t->want || (last && same_origin(last, at, trail)))
		return;
	if (!last || last->from != t->n)
		last = new_span(t);
	*last = (struct make_span){t->spans.n == 1 ? 0 : t->n, at, trail};
}

void tbuf_cut(struct tbuf *t, size_t n)
{
	t->n = n;
	while (t->spans.n > 0 && t->spans.p[t->spans.n - 1].from >= n)
		t->spans.n--;
}

void tbuf_drop(struct tbuf *t, size_t from, size_t n)
{
	memmove(t->p + from, t->p + from + n, t->n - from - n);
	t->n -= n;
	for (size_t i = 0; i < t->spans.n; i++)
		if (t->spans.p[i].from > from)
			t->spans.p[i].from -=
			    t->spans.p[i].from - from < n ? t->spans.p[i].from - from : n;
}

void tbuf_text(struct tbuf *t, struct make_text text)
{
	size_t from = 0;

	if (!t->want || !text.n_spans) {
		tbuf_str(t, text.text);
		return;
	}
	for (size_t i = 0; i < text.n_spans; i++) {
		size_t to = i + 1 < text.n_spans ? text.spans[i + 1].from : text.text.n;

		if (to > text.text.n)
			to = text.text.n;
		if (to <= from)
			continue;
		tbuf_mark(t, text.spans[i].at, text.spans[i].trail);
		tbuf_put(t, text.text.p + from, to - from);
		from = to;
	}
}

struct str tbuf_view(const struct tbuf *t)
{
	return (struct str){t->p, t->n};
}

/* Index of the span that holds byte AT. */
static size_t span_index(const struct make_span *spans, size_t n, size_t at)
{
	size_t low = 0, high = n;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (spans[mid].from <= at)
			low = mid;
		else
			high = mid;
	}
	return low;
}

struct make_text text_slice(struct arena *mem, struct make_text text, size_t from, size_t n)
{
	struct make_text s = {.text = str_sub(text.text, from, n)};
	size_t first, last;
	struct make_span *spans;

	if (!text.n_spans)
		return s;
	first = span_index(text.spans, text.n_spans, from);
	last = s.text.n ? span_index(text.spans, text.n_spans, from + s.text.n - 1) : first;
	s.n_spans = last - first + 1;
	spans = arena_alloc(mem, s.n_spans * sizeof(*spans));
	for (size_t i = 0; i < s.n_spans; i++) {
		spans[i] = text.spans[first + i];
		spans[i].from = spans[i].from > from ? spans[i].from - from : 0;
	}
	s.spans = spans;
	return s;
}

struct make_span text_origin(const struct make *mk, struct make_text text, size_t off)
{
	if (!text.n_spans)
		return (struct make_span){0, mk->at, mk->trail};
	return text.spans[span_index(text.spans, text.n_spans, off)];
}

struct make_text tbuf_slice(struct arena *mem, const struct tbuf *t, size_t from, size_t n)
{
	return text_slice(mem, (struct make_text){tbuf_view(t), t->spans.p, t->spans.n}, from, n);
}

struct make_text text_dup(struct arena *mem, struct make_text text)
{
	struct make_text copy = {.text = str_dup(mem, text.text), .n_spans = text.n_spans};

	if (text.n_spans) {
		struct make_span *spans = arena_alloc(mem, text.n_spans * sizeof(*spans));

		memcpy(spans, text.spans, text.n_spans * sizeof(*spans));
		copy.spans = spans;
	}
	return copy;
}

struct make_text text_plain(struct str s)
{
	return (struct make_text){.text = s};
}
