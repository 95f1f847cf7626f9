/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Holes of files: NULs that take no room on the disk, and would take some in memory when a mapping
 * of them is read. File systems' images are mostly holes.
 */
#include "blob/rope.h"

#include <stdlib.h>
#include <unistd.h>

static void add_hole(struct store *s, uint64_t from, uint64_t to)
{
	struct hole *more = realloc(s->holes, (s->n_holes + 1) * sizeof(*more));

	if (!more)
		blob_die_oom();
	s->holes = more;
	s->holes[s->n_holes++] = (struct hole){from, to};
}

void store_find_holes(struct store *s, int fd)
{
	off_t data = 0, hole = 0, end = (off_t)s->cap;

	while (hole >= 0 && hole < end) {
		hole = lseek(fd, data, SEEK_HOLE);
		if (hole < 0 || hole >= end)
			break;
		data = lseek(fd, hole, SEEK_DATA);
		if (data < 0 || data > end)
			data = end; /* ENXIO: no data up to the end */
		if (data - hole >= BLOB_SMALL)
			add_hole(s, (uint64_t)hole, (uint64_t)data);
		hole = data;
	}
}

bool store_hole(const struct store *s, uint64_t at, uint64_t *n)
{
	size_t low = 0, high = s->n_holes;
	uint64_t border;
	bool in;

	while (low < high) { /* the first hole that ends behind AT */
		size_t middle = low + (high - low) / 2;

		if (s->holes[middle].to <= at)
			low = middle + 1;
		else
			high = middle;
	}
	in = low < s->n_holes && s->holes[low].from <= at;
	if (low < s->n_holes) {
		border = in ? s->holes[low].to : s->holes[low].from;
		*n = border - at < *n ? border - at : *n;
	}
	return in;
}
