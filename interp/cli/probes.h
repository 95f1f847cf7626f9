/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_PROBES_H
#define CLI_PROBES_H

#include "cli/cli.h"

/* Kept results of $(shell); see probes.c. Its functions may be called by several threads. */

/* One $(shell), from asking to its end. */
struct probe {
	struct str key;
	bool sure;   /* known by its text: it need not show that it is pure */
	/* it may give something else another time, or did more than print its result */
	bool impure;
	bool writes; /* it may have changed files */
	unsigned age;
};

/* True: *OUT, in MEM, and *STATUS are known. False: run it, with Q listening, then probes_tell. */
bool probes_ask(struct probes *p, struct arena *mem, const struct shell_run *run, struct probe *q,
		struct str *out, int *status);
void probes_tell(struct probes *p, const struct probe *q, struct str out, int status);
/* For struct shell_run's used; CTX is a struct probe. */
bool probes_used(void *ctx, enum shell_use use, const struct str *argv, size_t argc);

#endif
