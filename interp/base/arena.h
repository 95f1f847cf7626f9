/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <assert.h>
#include <stdalign.h>
#include <stddef.h>

/*
 * An arena: memory that is freed as a whole. One thread at a time may allocate from one arena.
 * Running out of memory never returns: see arena_on_oom.
 */
struct arena {
	/* what is left of the newest chunk; only arena_alloc looks at them */
	unsigned char *at, *end;
	struct arena_chunk *top;
	size_t footprint, fail_at;
	void (*oom)(void *ctx);
	void *oom_ctx;
};

/*
 * What objects are aligned to. A long double or a vector would want more; none lives in an arena.
 */
enum { ARENA_ALIGN = 8 };
static_assert(alignof(void *) <= ARENA_ALIGN && alignof(double) <= ARENA_ALIGN,
	      "arenas hold these");

/* A point in an arena's life to go back to with arena_release. */
struct arena_mark {
	struct arena_chunk *chunk;
	unsigned char *at;
};

/* A new, empty arena; the caller frees it with arena_free. */
struct arena *arena_new(void);

/* Free ARENA and all that came from it. NULL is allowed. */
void arena_free(struct arena *arena);

/* arena_alloc when the newest chunk is too small. */
void *arena_alloc_chunk(struct arena *arena, size_t size);

/* SIZE bytes aligned for numbers and pointers, content undefined. Size 0 gives a unique address. */
static inline void *arena_alloc(struct arena *arena, size_t size)
{
	size_t need = size ? (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1) : ARENA_ALIGN;
	unsigned char *p = arena->at;

	if (need < size || need > (size_t)(arena->end - p))
		return arena_alloc_chunk(arena, size);
	arena->at = p + need;
	return p;
}

/* COUNT * SIZE zeroed bytes; an overflow of the product counts as out of memory. */
void *arena_zalloc(struct arena *arena, size_t count, size_t size);

/* Enlarge the OLD bytes at P to SIZE: in place where P was the last allocation, else a copy. */
void *arena_grow(struct arena *arena, void *p, size_t old, size_t size);

/* A copy of the N bytes at P with a NUL behind them. */
char *arena_dup(struct arena *arena, const void *p, size_t n);

/* arena_release when chunks were added since MARK. */
void arena_release_chunks(struct arena *arena, struct arena_mark mark);

/* Remember the present fill; arena_release frees what was allocated since. */
static inline struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){arena->top, arena->at};
}

static inline void arena_release(struct arena *arena, struct arena_mark mark)
{
	if (arena->top != mark.chunk)
		arena_release_chunks(arena, mark);
	arena->at = mark.at;
}

/* Bytes taken from the system for ARENA. */
size_t arena_footprint(const struct arena *arena);

/* Call HANDLER(CTX) when memory runs out; when it returns, or without one, memory_exhausted
 * follows. */
void arena_on_oom(struct arena *arena, void (*handler)(void *ctx), void *ctx);

/* The end of this process: "imagemk: *** virtual memory exhausted.  Stop.", exit status 2. Takes no
 * memory. */
_Noreturn void memory_exhausted(void);

/* Where the program has it, it is called then, to say what went on; it takes no memory. */
void memory_exhausted_at(void) __attribute__((weak));

/* For tests: let the Nth chunk that ARENA asks of the system from now fail (0: none). */
void arena_fail_at(struct arena *arena, size_t nth);

#define arena_make(arena, type)		((type *)arena_zalloc((arena), 1, sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_zalloc((arena), (count), sizeof(type)))

#endif
