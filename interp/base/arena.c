/* SPDX-License-Identifier: GPL-2.0-only */
/* Arenas: chunks of growing size, bump allocation, release back to a mark. */
#include "base/arena.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { CHUNK_FIRST = 4096, CHUNK_MOST = 4 << 20, LARGE_PAGE = 2 << 20 };

struct arena_chunk {
	struct arena_chunk *below;
	size_t size;
	alignas(ARENA_ALIGN) unsigned char data[];
};

_Noreturn void memory_exhausted(void)
{
	static const char text[] = ": *** virtual memory exhausted.  Stop.\n";
	char line[128];
	size_t n = strnlen(program_invocation_short_name, sizeof(line) - sizeof(text));

	if (memory_exhausted_at)
		memory_exhausted_at();
	memcpy(line, program_invocation_short_name, n);
	memcpy(line + n, text, sizeof(text));
	if (write(2, line, n + sizeof(text) - 1) < 0)
		_exit(2);
	_exit(2);
}

static _Noreturn void out_of_memory(struct arena *arena)
{
	if (arena->oom)
		arena->oom(arena->oom_ctx);
	memory_exhausted();
}

struct arena *arena_new(void)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (!arena)
		memory_exhausted();
	return arena;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	for (struct arena_chunk *c = arena->top, *below; c; c = below) {
		below = c->below;
		free(c);
	}
	free(arena);
}

static size_t align_up(size_t n)
{
	return (n + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
}

/* SIZE bytes; of many the kernel is asked for large pages, which spare faults and misses of its
 * tables. */
static void *chunk_new(size_t size)
{
	void *p;

	if (size < CHUNK_MOST)
		return malloc(size);
	if (posix_memalign(&p, LARGE_PAGE, size) != 0)
		return NULL;
	madvise(p, size & ~(size_t)(LARGE_PAGE - 1), MADV_HUGEPAGE);
	return p;
}

static void push_chunk(struct arena *arena, size_t need)
{
	size_t size = arena->top ? arena->top->size * 2 : CHUNK_FIRST,
	       most = CHUNK_MOST - sizeof(struct arena_chunk);
	struct arena_chunk *c = NULL;

	if (size > most)
		size = most;
	if (size < need)
		size = need;
	if (arena->fail_at == 0 || --arena->fail_at > 0)
		c = size > SIZE_MAX / 2 ? NULL : chunk_new(sizeof(*c) + size);
	if (!c)
		out_of_memory(arena);
	c->below = arena->top;
	c->size = size;
	arena->footprint += size;
	arena->top = c;
	arena->at = c->data;
	arena->end = c->data + size;
}

void *arena_alloc_chunk(struct arena *arena, size_t size)
{
	size_t need = size ? align_up(size) : ARENA_ALIGN;
	void *p;

	push_chunk(arena, need < size ? SIZE_MAX : need);
	p = arena->at;
	arena->at += need;
	return p;
}

void *arena_zalloc(struct arena *arena, size_t count, size_t size)
{
	size_t n = size && count > SIZE_MAX / size ? SIZE_MAX : count * size;
	void *p = arena_alloc(arena, n);

	return memset(p, 0, n);
}

void *arena_grow(struct arena *arena, void *p, size_t old, size_t size)
{
	size_t had = align_up(old), need = align_up(size);
	void *q;

	if (size <= old)
		return p;
	if (p && (unsigned char *)p + had == arena->at && need >= size &&
	    need - had <= (size_t)(arena->end - arena->at)) {
		arena->at += need - had;
		return p;
	}
	q = arena_alloc(arena, size);
	if (old)
		memcpy(q, p, old);
	return q;
}

char *arena_dup(struct arena *arena, const void *p, size_t n)
{
	char *q = arena_alloc(arena, n + 1);

	if (n)
		memcpy(q, p, n);
	q[n] = '\0';
	return q;
}

void arena_release_chunks(struct arena *arena, struct arena_mark mark)
{
	while (arena->top != mark.chunk) {
		struct arena_chunk *c = arena->top;

		arena->top = c->below;
		arena->footprint -= c->size;
		free(c);
	}
	arena->end = arena->top ? arena->top->data + arena->top->size : NULL;
}

size_t arena_footprint(const struct arena *arena)
{
	return arena->footprint;
}

void arena_on_oom(struct arena *arena, void (*handler)(void *ctx), void *ctx)
{
	arena->oom = handler;
	arena->oom_ctx = ctx;
}

void arena_fail_at(struct arena *arena, size_t nth)
{
	arena->fail_at = nth;
}
