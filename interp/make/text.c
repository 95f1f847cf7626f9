/* SPDX-License-Identifier: GPL-2.0-only */
/* Text that grows, with spans that say where each stretch of it was written; and its pool. */
#include "make/program.h"

#include <string.h>
#include <sys/mman.h>

enum { MAP_FROM = 128 << 10 };
/* Loops in one another may put down millions of words: behind so many spans a text comes from no
 * known place. */
enum { SPANS_MOST = 4 << 20 };

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

void texts_shrink(struct make_program *p)
{
	enum { LEFT = MAP_FROM };

	for (struct tbuf *t = p->texts; t; t = t->older)
		if (t->mapped && t->cap > LEFT && mremap(t->p, t->cap, LEFT, 0) == t->p)
			t->cap = LEFT;
}

size_t texts_mapped(const struct make_program *p)
{
	size_t n = 0;

	for (const struct tbuf *t = p->texts; t; t = t->older)
		n += (t->mapped ? t->cap : 0) +
		     (t->spans_mapped ? t->spans.cap * sizeof(*t->spans.p) : 0);
	return n;
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
	t->from_colon = t->no_trails = false;
	return t;
}

void tbuf_give(struct make *mk, struct tbuf *t)
{
	struct make_program *p = mk->lang->program;

	t->next = p->pool;
	p->pool = t;
}

void tbuf_enlarge(struct tbuf *t, size_t n)
{
	size_t cap = t->cap ? t->cap * 2 : 256;

	while (cap <= t->n + n)
		cap *= 2;
	t->p = enlarge(t->mem, t->p, t->cap, cap, &t->mapped);
	t->cap = cap;
}

static void enlarge_spans(struct tbuf *t)
{
	size_t size = sizeof(*t->spans.p), cap = t->spans.cap ? t->spans.cap * 2 : 8;

	t->spans.p = enlarge(t->mem, t->spans.p, t->spans.cap * size, cap * size, &t->spans_mapped);
	t->spans.cap = cap;
}

static struct make_span *new_span(struct tbuf *t)
{
	if (t->spans.n == t->spans.cap)
		enlarge_spans(t);
	return &t->spans.p[t->spans.n++];
}

void tbuf_new_mark(struct tbuf *t, const struct text_file *in, size_t off,
		   const struct trail *trail)
{
	struct make_span *last = t->spans.n ? &t->spans.p[t->spans.n - 1] : NULL;

	if (t->n >= MAKE_SPAN_FIXED || (last && last->in == in && last->trail == trail &&
	    (!in || off == last->off + (off & MAKE_SPAN_FIXED ? 0 : t->n - last->from))))
		return;
	if (t->spans.n >= SPANS_MOST) {
		*last = (struct make_span){.from = last->from};
		t->want = false;
		return;
	}
	if (!last && t->n) { /* what stands in front belongs here as well */
		last = new_span(t);
		*last = (struct make_span){in, trail, 0, (uint32_t)off | MAKE_SPAN_FIXED};
	}
	if (!last || last->from != t->n)
		last = new_span(t);
	*last = (struct make_span){in, trail, (uint32_t)t->n, (uint32_t)off};
}

void tbuf_mark(struct tbuf *t, const struct make_span *s)
{
	if (t->want)
		tbuf_mark_at(t, s->in, s->off, s->trail);
}

void tbuf_cut(struct tbuf *t, size_t n)
{
	t->n = n;
	while (t->spans.n > 0 && t->spans.p[t->spans.n - 1].from >= n)
		t->spans.n--;
}

/* The span that holds byte FROM + N, when it begins before FROM, is taken apart there. */
static void split_span(struct tbuf *t, size_t from, size_t n)
{
	size_t i = t->spans.n;
	struct make_span rest;

	while (i > 0 && t->spans.p[i - 1].from > from + n)
		i--;
	if (i == 0 || t->spans.p[i - 1].from >= from || t->spans.p[i - 1].off & MAKE_SPAN_FIXED)
		return;
	rest = t->spans.p[i - 1];
	rest.off += from + n - rest.from;
	rest.from = from + n;
	new_span(t);
	memmove(t->spans.p + i + 1, t->spans.p + i, (t->spans.n - 1 - i) * sizeof(rest));
	t->spans.p[i] = rest;
}

void tbuf_drop(struct tbuf *t, size_t from, size_t n)
{
	size_t kept = 0;

	if (t->spans.n && from + n < t->n)
		split_span(t, from, n);
	memmove(t->p + from, t->p + from + n, t->n - from - n);
	t->n -= n;
	for (size_t i = 0; i < t->spans.n; i++) {
		struct make_span s = t->spans.p[i];

		if (s.from > from && s.from < from + n) {
			s.off = make_span_off(&s, from + n);
			s.from = from;
		} else if (s.from >= from + n) {
			s.from -= n;
		}
		if (kept && t->spans.p[kept - 1].from == s.from)
			kept--;
		t->spans.p[kept++] = s;
	}
	t->spans.n = kept;
}

struct tbuf tbuf_in(struct arena *mem)
{
	return (struct tbuf){.mem = mem, .want = true};
}

void tbuf_text(struct tbuf *t, struct make_text text)
{
	tbuf_part(t, text, 0, text.text.n);
}

size_t span_index(const struct make_span *spans, size_t n, size_t at)
{
	size_t low = 0, high, step = 1;

	/* Mostly it is near the first: who asks has one in front of it already. */
	while (low + step < n && spans[low + step].from <= at) {
		low += step;
		step *= 2;
	}
	high = low + step < n ? low + step : n;
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (spans[mid].from <= at)
			low = mid;
		else
			high = mid;
	}
	return low;
}

void tbuf_part(struct tbuf *t, struct make_text text, size_t from, size_t n)
{
	size_t to = from + n;

	if (!t->want || !text.n_spans) {
		tbuf_put(t, text.text.p + from, n);
		return;
	}
	for (size_t i = span_index(text.spans, text.n_spans, from); from < to; i++) {
		struct make_span s = text.spans[i];
		size_t end = i + 1 < text.n_spans ? text.spans[i + 1].from : to;

		if (end > to)
			end = to;
		if (end <= from)
			continue;
		s.off = make_span_off(&s, from);
		tbuf_mark(t, &s);
		tbuf_put(t, text.text.p + from, end - from);
		from = end;
	}
}

struct make_text text_slice(struct arena *mem, struct make_text text, size_t from, size_t n)
{
	struct make_text s = {.text = str_sub(text.text, from, n)};
	const struct make_span *first, *last, *end;
	struct make_span *spans;
	size_t to = from + s.text.n;

	if (!text.n_spans)
		return s;
	end = text.spans + text.n_spans;
	first = text.spans + span_index(text.spans, text.n_spans, from);
	for (last = first + 1; last < end && last->from < to;)
		last++;
	s.n_spans = (size_t)(last - first);
	s.spans = spans = arena_alloc(mem, s.n_spans * sizeof(*spans));
	*spans = *first;
	spans->off = make_span_off(first, from);
	spans->from = 0;
	while (++first < last) {
		*++spans = *first;
		spans->from -= from;
	}
	return s;
}

struct make_span text_origin(const struct make *mk, struct make_text text, size_t off)
{
	struct make_span s = {.trail = mk->trail};

	if (!text.n_spans)
		return s;
	s = text.spans[span_index(text.spans, text.n_spans, off)];
	s.off = make_span_off(&s, off);
	s.from = 0;
	return s;
}

struct make_text tbuf_slice(struct arena *mem, const struct tbuf *t, size_t from, size_t n)
{
	return text_slice(mem, (struct make_text){tbuf_view(t), t->spans.p, t->spans.n}, from, n);
}

struct make_text text_dup(struct arena *mem, struct make_text text)
{
	struct make_text copy = {.text = text.text.n ? str_dup(mem, text.text) : S(""),
				 .n_spans = text.n_spans};

	if (text.n_spans) {
		struct make_span *spans = arena_alloc(mem, text.n_spans * sizeof(*spans));

		memcpy(spans, text.spans, text.n_spans * sizeof(*spans));
		copy.spans = spans;
	}
	return copy;
}

const struct text_file *text_joined(struct arena *mem, const struct make_span *spans, size_t n,
				    size_t base)
{
	struct text_file *f = arena_make(mem, struct text_file);
	struct text_part *parts = arena_array(mem, struct text_part, n);

	for (size_t i = 0; i < n; i++) {
		size_t from = i ? spans[i].from - base : 0,
		       off = make_span_off(&spans[i], from + base);

		parts[i] = (struct text_part){from, {spans[i].in, off & ~(size_t)MAKE_SPAN_FIXED},
					      (off & MAKE_SPAN_FIXED) != 0};
	}
	f->parts = parts;
	f->n_parts = n;
	return f;
}

struct make_text text_as_one(struct arena *mem, struct make_text text)
{
	struct make_span *s;

	for (size_t i = 0; i < text.n_spans; i++)
		if (!text.spans[i].in)
			return text;
	s = arena_make(mem, struct make_span);
	s->in = text_joined(mem, text.spans, text.n_spans, 0);
	s->trail = text.spans->trail;
	return (struct make_text){text.text, s, 1};
}

/* N bytes of P, which are what is from S on, with the spans of what that was put together from. */
static void put_parts(struct tbuf *t, const char *p, size_t n, struct spot s, bool fixed,
		      const struct trail *trail)
{
	while (n) {
		const struct text_part *part, *end;
		size_t here = n;

		if (!s.in || !s.in->n_parts) {
			tbuf_put_at(t, (struct str){p, n}, s.in,
				    s.off | (fixed ? MAKE_SPAN_FIXED : 0), trail);
			return;
		}
		part = spot_part(s);
		end = s.in->parts + s.in->n_parts;
		if (!fixed && part + 1 < end && part[1].from - s.off < n)
			here = part[1].from - s.off;
		put_parts(t, p, here,
			  (struct spot){part->at.in,
					part->at.off + (part->fixed ? 0 : s.off - part->from)},
			  fixed || part->fixed, trail);
		p += here;
		n -= here;
		s.off += here;
	}
}

struct make_text text_taken_apart(struct arena *mem, struct make_text text)
{
	struct tbuf t = tbuf_in(mem);

	for (size_t i = 0; i < text.n_spans; i++) {
		const struct make_span *s = &text.spans[i];
		size_t to = i + 1 < text.n_spans ? s[1].from : text.text.n;

		put_parts(&t, text.text.p + s->from, to - s->from,
			  (struct spot){s->in, s->off & ~MAKE_SPAN_FIXED},
			  (s->off & MAKE_SPAN_FIXED) != 0, s->trail);
	}
	return text.n_spans && text.text.n ? (struct make_text){tbuf_view(&t), t.spans.p, t.spans.n}
					   : text;
}

struct make_text text_plain(struct str s)
{
	return (struct make_text){.text = s};
}
