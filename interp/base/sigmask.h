/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_SIGMASK_H
#define BASE_SIGMASK_H

#include <signal.h>

/* No signal comes to this thread from here; BEFORE: what it takes, for sigmask_restore. */
static inline void sigmask_block(sigset_t *before)
{
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, before);
}

/* As it was. One that waited for that is handled before this returns. */
static inline void sigmask_restore(const sigset_t *before)
{
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

#endif
