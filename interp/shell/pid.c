/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The numbers of shells that are no processes: $$, PPID, BASHPID. A file called tmp.$$ is to be one
 * shell's alone, so a number is a process's: that of a child which has ended at once and is not
 * waited for before the shell ends. There is none as long as nobody asks. Not kill, which looks at
 * these numbers: builtin_signal.c. Source: bash(1) and dash(1), "Special Parameters".
 */
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sigmask.h"
#include "shell/internal.h"

struct shell *env_top(struct shell *sh)
{
	while (sh->parent)
		sh = sh->parent;
	return sh;
}

bool takes_place(const struct shell *sh)
{
	return sh->gives_way || sh->execs || sh->no_fork;
}

/* The number of a child that has ended; -1: there can be none. */
static pid_t hold(void)
{
	sigset_t before;
	pid_t pid;

	sigmask_block(&before);
	pid = vfork();
	if (pid == 0)
		_exit(0);
	sigmask_restore(&before);
	return pid;
}

bool pid_gets_signals(struct str text)
{
	static const char *const own[] = {"$$", "{$}", "BASHPID"};

	for (size_t i = 0; str_find(text, S("kill")) >= 0 && i < sizeof(own) / sizeof(own[0]); i++)
		if (str_find(text, str_z(own[i])) >= 0)
			return true;
	return false;
}

long process_pid(struct shell *sh, struct process *p)
{
	if (!p->pid) {
		pid_t pid = sh->session->run->gate ? -1 : hold();

		p->held = pid > 0;
		p->pid = p->held ? pid : sh->session->pid;
	}
	return p->pid;
}

void process_end(struct process *p)
{
	while (p->held && waitpid((pid_t)p->pid, NULL, 0) < 0 && errno == EINTR)
		;
	p->held = false;
}
