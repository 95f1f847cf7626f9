/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Scratch arenas of an evaluation: a fatal error may leave them in use, and they are still freed.
 */
#include <stdio.h>

#include "make/job.h"

/* A fatal error that takes no memory to be told; GNU make says it on standard output. */
static void exhausted(void *ctx)
{
	struct make *mk = ctx;
	char text[256];
	int n;

	if (!mk->fail || !pthread_equal(mk->g->jobs->owner, pthread_self()))
		return;
	mk->exhausted = true;
	if (mk->host->stopped)
		mk->host->stopped(mk->host->ctx, mk, make_here(mk), 0);
	n = snprintf(text, sizeof(text), "%.*s: *** virtual memory exhausted\n",
		     STR_ARG(mk->program));
	mk->out.put(mk->out.ctx,
		    (struct str){text, n < (int)sizeof(text) ? (size_t)n : sizeof(text) - 1});
	make_die(mk, 2);
}

void pool_watch(struct make *mk, struct arena *a)
{
	arena_on_oom(a, exhausted, mk);
}

struct arena *pool_take(struct make *mk)
{
	struct graph *g = mk->g;
	struct arena *a;

	if (g->pool_free.n)
		return g->pool_free.p[--g->pool_free.n];
	a = arena_new();
	pool_watch(mk, a);
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
