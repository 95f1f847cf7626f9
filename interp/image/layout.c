/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which line of a recipe wrote which bytes of its target: after each line what is there is held
 * against what was there before. Bytes that begin or end both alike stay the work of who wrote
 * them; what is between is this line's.
 */
#include <stdlib.h>
#include <string.h>

#include "image/internal.h"

/* Fewer equal bytes than ALIKE_LEAST may be chance. Beyond TAIL_MOST only what is in front is
 * compared. */
enum { BLOCK = 64 << 10, ALIKE_LEAST = 16, TAIL_MOST = 64 << 20 };

struct layout {
	struct arena *mem;
	struct blob *now;
	struct layout_pieces pieces;
};

struct layout *layout_new(void)
{
	struct arena *mem = arena_new();
	struct layout *l = arena_make(mem, struct layout);

	l->mem = mem;
	l->now = blob_empty();
	return l;
}

void layout_free(struct layout *l)
{
	if (!l)
		return;
	blob_unref(l->now);
	arena_free(l->mem);
}

const struct layout_pieces *layout_pieces(const struct layout *l)
{
	return &l->pieces;
}

static size_t equal_bytes(const char *p, const char *q, size_t n)
{
	size_t i = 0;

	if (p == q || memcmp(p, q, n) == 0)
		return n;
	while (p[i] == q[i])
		i++;
	return i;
}

/* How many bytes A and B begin with alike; ropes share what was copied, so it is mostly the same
 * memory. */
static uint64_t common_front(const struct blob *a, const struct blob *b)
{
	struct str x = S(""), y = S("");
	uint64_t at = 0, x_at = 0, y_at = 0;

	for (;;) {
		size_t n, same;

		if ((!x.n && !blob_next(a, &x_at, &x)) || (!y.n && !blob_next(b, &y_at, &y)))
			return at;
		n = x.n < y.n ? x.n : y.n;
		same = equal_bytes(x.p, y.p, n);
		at += same;
		if (same < n)
			return at;
		x = str_from(x, n);
		y = str_from(y, n);
	}
}

/* How many bytes they end with alike, at most MOST. */
static uint64_t common_end(const struct blob *a, const struct blob *b, uint64_t most)
{
	uint64_t n = blob_size(a), m = blob_size(b), done = 0;
	char *x = malloc(2 * (size_t)BLOCK), *y = x + BLOCK;

	while (x && done < most) {
		size_t part = most - done < BLOCK ? (size_t)(most - done) : BLOCK, i = part;

		blob_read(a, n - done - part, x, part);
		blob_read(b, m - done - part, y, part);
		while (i > 0 && x[i - 1] == y[i - 1])
			i--;
		done += part - i;
		if (i)
			break;
	}
	free(x);
	return done;
}

/* What of OLD lies in FROM to TO, put MOVED bytes further on. */
static void keep(struct layout *l, const struct layout_pieces *old, uint64_t from, uint64_t to,
		 uint64_t moved)
{
	for (size_t i = 0; i < old->n; i++) {
		struct layout_piece p = old->p[i];
		uint64_t end = p.offset + p.size;

		if (p.offset < from)
			p.offset = from;
		if (end > to)
			end = to;
		if (p.offset >= end)
			continue;
		p.size = end - p.offset;
		p.offset += moved; /* by wrapping round, where it is backwards */
		*vec_push(l->mem, &l->pieces) = p;
	}
}

void layout_wrote(struct layout *l, size_t line, struct blob *now)
{
	struct layout_pieces old = l->pieces;
	uint64_t was = blob_size(l->now), is = blob_size(now), least = was < is ? was : is, front,
		 end;

	if (now == l->now)
		return;
	front = common_front(l->now, now);
	if (front < least && front < ALIKE_LEAST)
		front = 0;
	end = least - front < TAIL_MOST ? common_end(l->now, now, least - front) : 0;
	if (end < was - front && end < ALIKE_LEAST)
		end = 0;
	l->pieces = (struct layout_pieces){0};
	keep(l, &old, 0, front, 0);
	if (is > front + end)
		*vec_push(l->mem, &l->pieces) =
		    (struct layout_piece){front, is - front - end, line};
	keep(l, &old, was - end, was, is - was);
	blob_unref(l->now);
	l->now = blob_ref(now);
}
