/* SPDX-License-Identifier: GPL-2.0-only */
/* Growing arrays in an arena. */
#include "base/vec.h"

void *vec_reserve(struct arena *mem, void *p, size_t n, size_t *cap, size_t size)
{
	size_t more;

	if (n < *cap)
		return p;
	more = *cap ? *cap * 2 : 8;
	p = arena_grow(mem, p, n * size, more * size);
	*cap = more;
	return p;
}
