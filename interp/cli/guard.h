/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_GUARD_H
#define CLI_GUARD_H

#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/str.h"

enum { GUARD_PROCESSES = 64, GUARD_VICTIMS = 256 };

/* A process as it was seen: a number may be another process's by now. */
struct victim {
	pid_t pid;
	unsigned long long started;
};

/* A line of a recipe, or a $(shell), while it runs on its thread. */
struct guard {
	struct guard *outer;	/* of the same thread */
	/* for the shell: a signal that ends the run, or SIGKILL when the time is over */
	const atomic_int *stop;
	/* Of the file that became shorter; read by nobody while the line runs. */
	char lost[PATH_MAX];
	bool is_lost;
	/* When the time is limited; under the lock of guard.c. */
	struct guard *next;
	int slot;		/* of STOP; -1: no limit */
	double deadline;
	/* it does not end though it is late; called on a thread of guard.c's. NULL: wait on */
	void (*overdue)(void *ctx);
	void *overdue_ctx;
	bool late;
	pid_t processes[GUARD_PROCESSES]; /* that the line has now; 0: a free place */
	struct victim victims[GUARD_VICTIMS];
	size_t n_victims;
	char tool[64];		/* what ran when the time was over; may be empty */
};

enum guard_end { GUARD_GOOD, GUARD_LATE, GUARD_LOST };

/* Catch what comes when a file that is mapped becomes shorter. Once per process. */
void guard_catch(void);
/* What a signal handler has to say: NUMBER ends the run. Async-signal-safe. */
void guard_signal(int number);
/* G is the guard of this thread from here on. SECONDS: how long at most; 0: as long as it likes. */
void guard_open(struct guard *g, const atomic_int *interrupted, unsigned seconds);
/* When the one that was opened last on this thread goes on a second after its time was over, call
 * OVERDUE(CTX). */
void guard_overdue(void (*overdue)(void *ctx), void *ctx);
/* How it went; when it was late, all its processes have ended. */
enum guard_end guard_close(struct guard *g);
/* The process PID of this thread's line runs now, or is over. */
void guard_process(pid_t pid, bool runs);
/* What happened to the line TEXT that ended with END, as a sentence; in MEM. */
struct str guard_text(const struct guard *g, struct arena *mem, enum guard_end end,
		      unsigned seconds, struct str text);

#endif
