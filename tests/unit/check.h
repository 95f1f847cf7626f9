/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* For C tests: stop at the first thing that isn't so. */
#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);    \
			exit(1);                                                                   \
		}                                                                                  \
	} while (0)

/* The same numbers on each machine: xorshift64. */
static inline uint64_t check_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* 0 <= result < N */
static inline size_t check_below(uint64_t *state, size_t n)
{
	return (size_t)(check_random(state) >> 11) % n;
}

#endif
