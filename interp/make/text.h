/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_TEXT_H
#define MAKE_TEXT_H

#include "make/internal.h"

/* Text that grows and knows where its stretches come from (text.c). */

/* So many spans of a text that is used again and again are worth being made one. */
enum { SPANS_JOINED = 3 };

struct tbuf {
	struct arena *mem;
	char *p;
	size_t n, cap;
	VEC(struct make_span) spans;
	bool want;		/* keep spans */
	bool from_colon;	/* only from the first ':' or ';' on */
	/* of arguments, which get the trail of the call: spans have that of the line */
	bool no_trails;
	bool mapped, spans_mapped; /* P, SPANS have outgrown the arena and are pages of their own */
	struct tbuf *next;	/* in the pool */
	struct tbuf *older;	/* made before this one */
};

/* An empty text from the program's pool, to be given back. */
struct tbuf *tbuf_take(struct make *mk, bool want_spans);
void tbuf_give(struct make *mk, struct tbuf *t);
/* tbuf_room when there is none. */
void tbuf_enlarge(struct tbuf *t, size_t n);
/* Room for N bytes and one more. */
static inline char *tbuf_room(struct tbuf *t, size_t n)
{
	if (t->cap - t->n <= n)
		tbuf_enlarge(t, n);
	return t->p + t->n;
}
static inline void tbuf_put(struct tbuf *t, const char *p, size_t n)
{
	char *to = tbuf_room(t, n);

	t->n += n;
	if (n)
		memcpy(to, p, n);
}
static inline void tbuf_str(struct tbuf *t, struct str s)
{
	tbuf_put(t, s.p, s.n);
}
static inline void tbuf_char(struct tbuf *t, char c)
{
	*tbuf_room(t, 1) = c;
	t->n++;
}
static inline struct str tbuf_view(const struct tbuf *t)
{
	return (struct str){t->p, t->n};
}
/* What comes now was written where S says (its FROM does not count). */
void tbuf_mark(struct tbuf *t, const struct make_span *s);
/* tbuf_mark_at when there is no room for a span, or the first one is late. */
void tbuf_new_mark(struct tbuf *t, const struct text_file *in, size_t off,
		   const struct trail *trail);
/* Is there no room for another span as things stand? */
static inline bool tbuf_spans_full(const struct tbuf *t)
{
	return t->spans.n == t->spans.cap || t->n >= MAKE_SPAN_FIXED || (!t->spans.n && t->n);
}
/* tbuf_mark_at when there is. */
static inline void tbuf_note(struct tbuf *t, const struct text_file *in, size_t off,
			     const struct trail *trail)
{
	struct make_span *last = t->spans.p + t->spans.n;

	if (!t->spans.n) {
		t->spans.n = 1;
	} else {
		last--;
		if (last->in == in && last->trail == trail &&
		    (!in || off == last->off + (off & MAKE_SPAN_FIXED ? 0 : t->n - last->from)))
			return;
		if (last->from != t->n) {
			last++;
			t->spans.n++;
		}
	}
	*last = (struct make_span){in, trail, (uint32_t)t->n, (uint32_t)off};
}
/* What comes now was written at byte OFF of IN; T wants to know. */
static inline void tbuf_mark_at(struct tbuf *t, const struct text_file *in, size_t off,
				const struct trail *trail)
{
	if (tbuf_spans_full(t))
		tbuf_new_mark(t, in, off, trail);
	else
		tbuf_note(t, in, off, trail);
}
/* Append TEXT, which was written there. */
static inline void tbuf_put_at(struct tbuf *t, struct str text, const struct text_file *in,
			       size_t off, const struct trail *trail)
{
	tbuf_mark_at(t, in, off, trail);
	tbuf_str(t, text);
}
void tbuf_cut(struct tbuf *t, size_t n);		/* back to length N */
void tbuf_drop(struct tbuf *t, size_t from, size_t n);	/* take N bytes out */
/* Append TEXT with its spans; N bytes of it from FROM on. */
void tbuf_text(struct tbuf *t, struct make_text text);
void tbuf_part(struct tbuf *t, struct make_text text, size_t from, size_t n);
/* An empty text with spans in MEM, no pool's. */
struct tbuf tbuf_in(struct arena *mem);
/* From FROM on, N bytes; spans rebased in MEM. The bytes stay in T. */
struct make_text tbuf_slice(struct arena *mem, const struct tbuf *t, size_t from, size_t n);
/* Index of the span of N that holds byte AT. */
size_t span_index(const struct make_span *spans, size_t n, size_t at);
/* The part of TEXT, spans rebased in MEM. */
struct make_text text_slice(struct arena *mem, struct make_text text, size_t from, size_t n);
/* A copy of text and spans in MEM. */
struct make_text text_dup(struct arena *mem, struct make_text text);
/* A text of N spans, which begins at byte BASE of what they speak of, for a span that stands for
 * all of them. */
const struct text_file *text_joined(struct arena *mem, const struct make_span *spans, size_t n,
				    size_t base);
/*
 * TEXT, which has spans, with a single one, in MEM; unless one of them comes from no known place.
 */
struct make_text text_as_one(struct arena *mem, struct make_text text);
/* TEXT with the spans that were there before any were joined, in MEM. */
struct make_text text_taken_apart(struct arena *mem, struct make_text text);
/* Without spans. */
struct make_text text_plain(struct str s);

#endif
