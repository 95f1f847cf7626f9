/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What sub-makes have read (struct make_program: names, lines, files taken apart), kept for the
 * next one. Makes that follow one another mostly read the same files: rules.mk, Kbuild.include. A
 * program serves one make at a time, so all that threads share here is the list of those that are
 * idle. Memory has a bound: what has grown too big, or finds the list full, is not kept.
 */
#include "cli/host.h"

#include <pthread.h>

enum { IDLE_MOST = 16, BYTES_EACH = 8 << 20, BYTES_MOST = 16 << 20 };

struct idle {
	pthread_mutex_t lock;	/* around everything below */
	struct make_program *p[IDLE_MOST]; /* given back last: last */
	size_t n, bytes;
};

struct idle *idle_new(struct arena *mem)
{
	struct idle *idle = arena_make(mem, struct idle);

	pthread_mutex_init(&idle->lock, NULL);
	return idle;
}

void idle_free(struct idle *idle)
{
	while (idle->n)
		make_program_free(idle->p[--idle->n]);
	pthread_mutex_destroy(&idle->lock);
}

struct make_program *idle_take(struct idle *idle)
{
	struct make_program *program = NULL;

	pthread_mutex_lock(&idle->lock);
	if (idle->n) {
		program = idle->p[--idle->n];
		idle->bytes -= make_program_size(program);
	}
	pthread_mutex_unlock(&idle->lock);
	return program ? program : make_program_new();
}

void idle_give(struct idle *idle, struct make_program *program)
{
	size_t bytes = make_program_size(program);
	bool kept;

	pthread_mutex_lock(&idle->lock);
	kept = idle->n < IDLE_MOST && bytes <= BYTES_EACH && idle->bytes + bytes <= BYTES_MOST;
	if (kept) {
		idle->p[idle->n++] = program;
		idle->bytes += bytes;
	}
	pthread_mutex_unlock(&idle->lock);
	if (!kept)
		make_program_free(program);
}
