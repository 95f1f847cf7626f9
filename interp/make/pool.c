/* SPDX-License-Identifier: GPL-2.0-only */
/* Scratch arenas of an evaluation: a fatal error may leave them in use, and they are still freed. */
#include "make/graph.h"

struct arena *pool_take(struct make *mk)
{
	struct graph *g = mk->g;
	struct arena *a;

	if (g->pool_free.n)
		return g->pool_free.p[--g->pool_free.n];
	a = arena_new();
	*vec_push(mk->mem, &g->pool) = a;
	return a;
}

void pool_give(struct make *mk, struct arena *a)
{
	static const struct arena_mark start;

	arena_release(a, start);
	*vec_push(mk->mem, &mk->g->pool_free) = a;
}

void pool_end(struct make *mk)
{
	for (size_t i = 0; i < mk->g->pool.n; i++)
		arena_free(mk->g->pool.p[i]);
}
