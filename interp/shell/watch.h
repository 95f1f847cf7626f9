/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_WATCH_H
#define SHELL_WATCH_H

#include <sys/types.h>

#include "blob/files.h"

/*
 * Watching what a process does to files: its system calls that name one are told to us by the
 * kernel (seccomp's user notification) and go on once we have told the overlay's watch. Holds for
 * all that the process starts. Where the kernel has no such thing, or somebody watches us that way,
 * the overlay's watch is told that nothing is known.
 */
struct watch;

/* Get ready to watch a process that is about to become PATH; NULL: not to be watched, which was
 * told. */
struct watch *watch_new(struct files *files, struct str path);
/*
 * In the child, just before it becomes PATH; async-signal-safe. Returns only when that failed, with
 * errno. W NULL: execve.
 */
void watch_exec(struct watch *w, const char *path, char *const *argv, char *const *env);
/* The child runs, or could not be started: begin. */
void watch_begin(struct watch *w);
/* The child is gone, and waited for. W is gone then. */
void watch_end(struct watch *w);

#endif
