/* SPDX-License-Identifier: GPL-2.0-only */
/* What is said of a command that a signal ended, and by whom: the shell, or who called it. */
#include <string.h>
#include <time.h>

#include "base/sigmask.h"
#include "shell/internal.h"

/* Handle a signal that waits for a thread of ours to come by: a change of the mask looks for it. */
static void take_pending(void)
{
	sigset_t before;

	sigmask_block(&before);
	sigmask_restore(&before);
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

/* Is a death by SIG worded by others, or by nobody? */
static bool is_silent(const struct shell *sh, int sig)
{
	struct session *s = sh->session;
	bool ends = ends_all(sh, sig); /* asked first: who called us is to see it too */

	/* what took a script's place, or an applet runs, is worded by others */
	return sh->as_given || (sh->within && sh->no_fork && !sh->parent) || s->plain ||
	       (s->replaced && !sh->within) || ends || sig == SIGINT || sig == SIGPIPE;
}

/* What bash has put in a ( )'s place is the ( )'s process. */
static bool is_paren(const struct shell *sh)
{
	return sh->paren && sh->paren_body && (sh->no_fork || sh->execs);
}

/* bash: the process of a stage died, which is told with the others? */
static bool is_stage(struct shell *sh, int sig)
{
	struct shell *own = is_paren(sh) ? sh->parent : sh;
	const struct node *stage = own->whole_stage;

	if (!stage || (own == sh ? stage != sh->command : stage->kind != NODE_SUBSHELL))
		return false;
	own->stage_signal = sig;
	return true;
}

/* The command at work, as bash tells it; WHAT: it is not known. */
static struct str command_told(const struct shell *sh, struct str what)
{
	if (is_paren(sh))
		return str_fmt(sh->tmp, "( %.*s )", STR_ARG(command_text(sh->tmp, sh->paren_body)));
	return sh->command ? command_text(sh->tmp, sh->command) : what;
}

void spawn_died(struct shell *sh, struct str what)
{
	struct session *s = sh->session;
	int sig = s->signalled;

	if (s->at_last && !sh->parent && !sh->as_given) {
		ends_all(sh, sig);
		s->died = sig;
		return;
	}
	if (is_silent(sh, sig) || (is_bash(sh) && (sh->substitution || is_stage(sh, sig))))
		return;
	if (is_bash(sh) && sig != SIGTERM)
		say(sh, "%5ld %-24s%s%.*s", s->pid, sigdescr_np(sig),
		    s->dumped ? "(core dumped) " : "", STR_ARG(command_told(sh, what)));
	else
		put_fd(sh, 2,
		       str_fmt(sh->tmp, "%s%s\n", sigdescr_np(sig),
			       s->dumped ? " (core dumped)" : ""));
}

/* How bash says that a stage ended, in 24 columns. */
static struct str end_told(const struct shell *sh, const struct running *end, int status)
{
	if (end->signal)
		return str_fmt(sh->tmp, "%-24s%s", sigdescr_np(end->signal),
			       end->dumped ? "(core dumped) " : "");
	return status ? str_fmt(sh->tmp, "Exit %-19d", status) : str_fmt(sh->tmp, "%-24s", "Done");
}

void pipeline_died(struct shell *sh, const struct node *n, const struct running *ends,
		   const int *status)
{
	size_t last = n->pipeline.n - 1;
	long pid = sh->session->pid;

	if (is_silent(sh, ends[last].signal) || sh->substitution)
		return;
	if (ends[last].signal == SIGTERM) {
		put_fd(sh, 2, S("Terminated\n"));
		return;
	}
	for (size_t i = 0; i <= last; i++) {
		struct str text = command_text(sh->tmp, n->pipeline.stages[i]);
		bool same = i && status[i] == status[0] && ends[i].signal == ends[0].signal;
		struct str end =
		    same ? str_fmt(sh->tmp, "%22s", "") : end_told(sh, &ends[i], status[i]);

		if (i == 0)
			say(sh, "%5ld %.*s%.*s", pid, STR_ARG(end), STR_ARG(text));
		else
			put_fd(sh, 2,
			       str_fmt(sh->tmp, "     %5ld %.*s| %.*s\n", pid, STR_ARG(end),
				       STR_ARG(text)));
	}
}
