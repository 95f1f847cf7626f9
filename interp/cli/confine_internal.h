/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_CONFINE_INTERNAL_H
#define CLI_CONFINE_INTERNAL_H

#include <pthread.h>

#include "cli/confine.h"

/* What confine.c, confine_kernel.c and confine_limits.c share. */

/* What was not done, and where it was asked for. */
struct refusal {
	struct place at;
	struct str what, why;
	bool in_recipe;		/* of a recipe that is only looked at (make_try) */
	struct str text;	/* as it is said, with the calls that led there */
};

struct confine {
	struct command_cx *cx;
	struct arena *mem;
	struct confine_options options;
	bool asks, kernel;	/* the layers that are on */
	struct strs roots;	/* real paths of the folders that may be read */
	void *reserve;		/* memory for the words at the end of it */
	pthread_mutex_t lock;	/* around what follows, and MEM once threads run */
	VEC(struct refusal) refused;
	bool more;		/* there were too many to keep */
	bool outside;		/* one of them would go with --read */
};

/* --- confine_kernel.c --- */

/* The kernel allows this thread, and what it starts, to read below ROOTS and what the C library
 * needs; "" or what it can't. In MEM. */
struct str confine_kernel(struct arena *mem, const struct strs *roots);
/* The same for a process that is about to become a program, which may start no other. Write where
 * it could only /dev/null. */
struct str confine_kernel_started(struct arena *mem, const struct strs *roots);

/* --- confine_limits.c --- */

void confine_limit_memory(struct confine *c, size_t threads);

/* A sanitizer reserves more than any limit allows, and maps as it goes. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#endif
