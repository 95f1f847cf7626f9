/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_WATCH_CALLS_H
#define SHELL_WATCH_CALLS_H

#include <linux/seccomp.h>

#include "base/str.h"
#include "blob/files.h"

/* The system calls that watch.c is told of, and what each means for files. */

enum { WATCH_CALLS_MOST = 96 };

struct watch_call {
	int number;
	signed char path_at[2];	  /* which arguments are paths; -1: none, second 0: none */
	/* which argument is the folder that the path starts in; -1: the current one */
	signed char folder_at[2];
	/* not told when this argument says AT_EMPTY_PATH; 0: it has none */
	signed char empty_flag_at;
	signed char more_at;	  /* the argument that says more: flags, mode */
	void (*tell)(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		     const struct str *paths);
};

/* The paths of one call, absolute; n 0: it named a descriptor's file. */
struct watch_names {
	struct str p[2];
	unsigned n;
};

const struct watch_call *watch_calls(size_t *n);
/* The call NUMBER, or NULL. */
const struct watch_call *watch_call(int number);
/* Tell FILES's watch what Q does to NAMES. */
void watch_tell(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		const struct watch_names *names);

#endif
