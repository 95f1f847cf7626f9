/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc: where something was written. While a source is read only offsets are kept; lines and columns
 * are counted for what a message names.
 */
#include "firmware/dtc.h"

/* A byte of a source. */
struct spot {
	const struct dtc_source *source;
	size_t at;
};

uint32_t dtc_here(const struct dtc *d)
{
	return d->source->base + (uint32_t)d->start;
}

uint32_t dtc_behind(const struct dtc *d)
{
	return d->source->base + (uint32_t)d->source->at;
}

void dtc_extend_place(struct dtc_place *old, struct dtc_place *more)
{
	if (!more->from)
		return;
	if (!old->from) {
		*old = *more;
		return;
	}
	while (old->next)
		old = old->next;
	old->next = more;
}

static struct spot spot_of(const struct dtc *d, uint32_t number)
{
	size_t i = d->sources.n - 1;

	while (d->sources.p[i]->base > number)
		i--;
	return (struct spot){d->sources.p[i], number - d->sources.p[i]->base};
}

/* The last marker in front of SPOT; NULL: none. */
static const struct dtc_line *marker_of(const struct spot *spot)
{
	const struct dtc_line *lines = spot->source->lines.p;
	size_t low = 0, high = spot->source->lines.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (lines[middle].at <= spot->at)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &lines[low - 1] : NULL;
}

static int line_of(const struct spot *spot)
{
	const struct dtc_line *marker = marker_of(spot);
	size_t from = marker ? marker->at : 0;
	struct str text = str_sub(spot->source->text, from, spot->at - from);
	int line = marker ? marker->line : 1;
	ptrdiff_t n;

	for (; (n = str_chr(text, '\n')) >= 0; text = str_from(text, (size_t)n + 1))
		line++;
	return line;
}

/* Bytes from the last line's end on, the first is 1. */
static size_t column_of(const struct spot *spot)
{
	ptrdiff_t n = str_rchr(str_sub(spot->source->text, 0, spot->at), '\n');

	return spot->at - (size_t)(n + 1) + 1;
}

void dtc_put_place(const struct dtc *d, struct buf *to, const struct dtc_place *place)
{
	struct spot from = spot_of(d, place->from), behind = spot_of(d, place->to);
	const struct dtc_line *marker = marker_of(&behind);
	struct str file = marker ? marker->file : behind.source->file;
	int first = line_of(&from), last = line_of(&behind);

	buf_fmt(to, "%.*s:%d.%zu", STR_ARG(file), first, column_of(&from));
	if (first != last)
		buf_fmt(to, "-%d.%zu", last, column_of(&behind));
	else if (column_of(&from) != column_of(&behind))
		buf_fmt(to, "-%zu", column_of(&behind));
}
