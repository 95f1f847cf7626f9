/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_CONFINE_H
#define CLI_CONFINE_H

#include "cli/cli.h"
#include "cli/guard.h"

/*
 * What a command may do that evaluates Makefiles and runs nothing: read below some folders. Two
 * layers, either of which holds alone: what make, the shell and the overlay ask before they act
 * (confine.c), and what the kernel allows the process (confine_kernel.c). Besides, an end in time
 * and memory (confine_limits.c). In this order: confine_option, confine_new, confine_host for each
 * host, confine_enter before the first thread is started, confine_begin and confine_end on each
 * thread around its evaluations, confine_report.
 */

enum { CONFINE_UNCONFINED = 256, CONFINE_READ, CONFINE_TIME, CONFINE_MEMORY };

/* For a command's table of options. */
#define CONFINE_OPTIONS                                                                            \
	{CONFINE_UNCONFINED, "unconfined", OPT_NONE,                                               \
	 " let $(shell) and $(file) do what they like"},                                           \
	    {CONFINE_READ, "read", OPT_VALUE, "DIR  read below DIR, too"},                         \
	    {CONFINE_TIME, "time-limit", OPT_VALUE, "SECONDS  stop after that (300; 0: never)"},   \
	{                                                                                          \
		CONFINE_MEMORY, "memory-limit", OPT_VALUE,                                         \
		    "MIB  take no more memory (2048; 0: all there is)"                             \
	}

struct confine_options {
	bool unconfined, verbose;
	bool has_seconds, has_mib; /* else there are limits of our own, unless it is unconfined */
	unsigned seconds, mib;	/* 0: no limit */
	struct strs reads;	/* as given */
	/* end of the name of a makefile whose values the caller gives itself; or NULL */
	const char *answered;
};

struct confine;
struct host;

/* Is ID one of CONFINE_OPTIONS? Then it is taken into O, which begins as all zeroes; *STATUS is
 * EXIT_USAGE after an error was said. */
bool confine_option(struct command_cx *cx, struct confine_options *o, int id, struct str value,
		    int *status);

/*
 * For the command of CX; Makefiles are read below ROOT, an absolute path. NULL: an error was said.
 */
struct confine *confine_new(struct command_cx *cx, const struct confine_options *o,
			    struct str root);
/* The evaluations of H are confined from now on. */
void confine_host(struct confine *c, struct host *h);
/* The kernel's layer, for this thread and all that it starts, of which THREADS evaluate; and the
 * memory's limit. */
void confine_enter(struct confine *c, size_t threads);
/* This thread evaluates with H, and with SETUP: it is stopped when the time is over. */
void confine_begin(struct host *h, struct make_setup *setup);
void confine_end(struct host *h);
/* Say what was not evaluated, all of it, by place; EXIT_USAGE when something was not, else STATUS.
 * C may be NULL. */
int confine_report(struct confine *c, int status);
/*
 * For a command that evaluates nothing: it may read PATHS, which are there, and nothing else from
 * here on, and ends after O's seconds (300, where none were said). EXIT_USAGE after saying why not.
 */
int confine_files(struct command_cx *cx, struct confine_options *o, const struct strs *paths);
/* No host uses C any more; the kernel's layer stays. */
void confine_free(struct confine *c);

#endif
