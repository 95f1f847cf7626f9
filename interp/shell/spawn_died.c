/* SPDX-License-Identifier: GPL-2.0-only */
/* What is said of a command that a signal ended, and by whom: the shell, or who called it. */
#include "shell/internal.h"

#include <signal.h>
#include <string.h>
#include <time.h>

/* Handle a signal that waits for a thread of ours to come by: a change of the mask looks for it. */
static void take_pending(void)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/*
 * A process died of SIG: did the same signal come to all of us, to end the run? It may wait for our
 * main thread, which a loaded machine lets wait, or be on its way to the handler.
 */
static bool ends_all(const struct shell *sh, int sig)
{
	const atomic_int *signal = sh->session->run->interrupted;
	bool fatal = sig == SIGINT || sig == SIGTERM || sig == SIGHUP || sig == SIGQUIT;

	if (fatal && signal && !*signal)
		take_pending();
	for (int i = 0; fatal && signal && !*signal && i < 10; i++)
		nanosleep(&(struct timespec){.tv_nsec = 1000 * 1000}, NULL);
	return signal && *signal;
}

void spawn_died(struct shell *sh, struct str what)
{
	struct session *s = sh->session;
	int sig = s->signalled;
	bool ends = ends_all(sh, sig); /* asked first: who called us is to see it too */

	if (s->at_last && !sh->parent && !sh->as_given) {
		s->died = sig;
		return;
	}
	/* what took a script's place, or an applet runs, is worded by others */
	if (sh->as_given || (sh->within && sh->no_fork && !sh->parent) || s->plain ||
	    (s->replaced && !sh->within) || ends || sig == SIGINT || sig == SIGPIPE)
		return;
	if (is_bash(sh))
		say(sh, "%5ld %-24s%s%.*s", s->pid, sigdescr_np(sig),
		    s->dumped ? "(core dumped) " : "", STR_ARG(what));
	else
		put_fd(sh, 2,
		       str_fmt(sh->tmp, "%s%s\n", sigdescr_np(sig),
			       s->dumped ? " (core dumped)" : ""));
}
