/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_FDS_H
#define BASE_FDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * The descriptors that a program sees: what its numbers stand for in this process. Several programs
 * that run in one process (a make and the makes that its recipes call) each have their own.
 */
struct fd_at {
	int number, fd;
};

struct fd_table {
	const struct fd_at *p;
	size_t n;
};

/* The process's descriptor behind NUMBER; -1: closed. */
static inline int fds_find(struct fd_table t, int number)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i].number == number)
			return t.p[i].fd;
	return -1;
}

/* All of TEXT into the descriptor FD of this process, past signals. False, with errno, when it
 * could not be written. */
bool fds_write(int fd, struct str text);

#endif
