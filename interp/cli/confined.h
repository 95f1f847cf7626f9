/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_CONFINED_H
#define CLI_CONFINED_H

#include "cli/confine.h"

/* One host's evaluations, which are confined: for host.c. */
struct confined {
	struct confine *c;
	struct guard guard;	/* the time, from confine_begin to confine_end */
	const atomic_int *interrupted; /* what was asked instead of the guard, before */
	struct make *make;	/* whose $(shell) runs now, and its text */
	struct str text;
	atomic_int refused;	/* something that it wanted was */
	struct files_gate files;
	struct shell_gate shell;
	char doing[512];	/* the same, for the thread that ends it; under the lock of C */
};

/* RUN is a $(shell) of MAKE; OPTIONS are its overlay's. */
void confined_begin(struct confined *d, struct make *make, struct shell_run *run,
		    struct files_options *options);
/* Was it refused? Then what it gave does not count. */
bool confined_refused(const struct confined *d);
/* It is over, and its result handed on. */
void confined_end(struct confined *d);

#endif
