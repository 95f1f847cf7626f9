/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The builtin kill. Not what signals do to a shell here: builtin_signal.c. Source: bash(1),
 * dash(1).
 */
#include <errno.h>
#include <signal.h>

#include "shell/builtin.h"

/* What SH is, or one around it that waits for what it started, by the number PID; or NULL. */
static struct process *process_of(struct shell *sh, uint64_t pid)
{
	struct process *p = sh->process;

	while (p && (!p->pid || (uint64_t)p->pid != pid))
		p = p->parent;
	return p;
}

static int kill_list(struct shell *sh, const struct str *argv, size_t argc)
{
	struct buf out = buf_new(sh->tmp);
	int status = 0;
	uint64_t n;

	for (size_t i = 0; i < argc; i++) {
		bool number = str_number(argv[i], 10, &n);

		if (is_bash(sh) &&
		    (number ? (n > 128 ? n - 128 : n) > 64 : signal_number(argv[i]) < 0))
			status =
			    builtin_error(sh, S("kill"), 1, "%.*s: invalid signal specification",
					  STR_ARG(argv[i]));
		else if (number)
			buf_fmt(&out, "%.*s\n",
				STR_ARG(signal_name((int)(n > 128 ? n - 128 : n) & 63)));
		else
			buf_fmt(&out, "%d\n", signal_number(argv[i]));
	}
	if (argc == 0)
		put_signals(&out);
	put_fd(sh, 1, buf_view(&out)); /* whether that works, bash does not look */
	return status;
}

/* dash's: one status. */
static int kill_list_posix(struct shell *sh, const struct str *argv, size_t argc)
{
	struct buf out = buf_new(sh->tmp);
	uint64_t n;

	if (argc == 0) {
		buf_z(&out, "0\n");
		for (int i = 1; i < 65; i++)
			buf_fmt(&out, "%.*s\n", STR_ARG(signal_shown(sh, i)));
		return put_out(sh, S("kill"), buf_view(&out));
	}
	if (!posix_number(argv[0], &n))
		return builtin_error(sh, S("kill"), 2, "Illegal number: %.*s", STR_ARG(argv[0]));
	n -= n > 128 ? 128 : 0;
	if (n == 0 || n > 64)
		return builtin_error(sh, S("kill"), 2, "invalid signal number or exit status: %.*s",
				     STR_ARG(argv[0]));
	buf_fmt(&out, "%.*s\n", STR_ARG(signal_shown(sh, (int)n)));
	return put_out(sh, S("kill"), buf_view(&out));
}

static int kill_usage(struct shell *sh)
{
	if (!is_bash(sh)) {
		say(sh, "kill: Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\n"
			"kill -l [exitstatus]");
		return 2;
	}
	put_fd(
	    sh, 2,
	    S("kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l "
	      "[sigspec]\n"));
	return 2;
}

static int signals_send(struct shell *sh, int sig, const struct str *argv, size_t argc);

/* The signal that S names for dash's kill; -1: none. */
static int kill_number(struct str s)
{
	int n = trap_number(s);

	return n == 0 && signal_of_digits(s) < 0 ? -1 : n;
}

static int kill_posix(struct shell *sh, const struct str *argv, size_t argc)
{
	struct posix_options o = {.argv = argv, .argc = argc};
	bool list = false, options;
	int sig = -1, c;

	if (argc > 1 && argv[1].n && argv[1].p[0] == '-')
		sig = kill_number(str_from(argv[1], 1));
	options = sig < 0;
	o.at = options ? 1 : 2;
	while (options && (c = posix_option(sh, &o, "ls:")) != 0) {
		if (c < 0)
			return 2;
		list |= c == 'l';
		if (c == 's' && (sig = kill_number(o.value)) < 0)
			return builtin_error(sh, argv[0], 2, "invalid signal number or name: %.*s",
					     STR_ARG(o.value));
	}
	if (!list && sig < 0)
		sig = SIGTERM;
	if ((sig < 0 || o.at >= argc) != list && !(list && sig < 0))
		return kill_usage(sh);
	if (list)
		return kill_list_posix(sh, argv + o.at, argc - o.at);
	return signals_send(sh, sig, argv + o.at, argc - o.at);
}

static int run_kill(struct shell *sh, const struct str *argv, size_t argc)
{
	int sig = SIGTERM;
	size_t i = 1;

	if (!is_bash(sh))
		return kill_posix(sh, argv, argc);
	if (i < argc && (str_is(argv[i], "-l") || str_is(argv[i], "-L")))
		return kill_list(sh, argv + 2, argc - 2);
	if (i < argc && argv[i].n > 1 && argv[i].p[0] == '-' && !str_is(argv[i], "--")) {
		bool apart = str_is(argv[i], "-s") || str_is(argv[i], "-n");
		struct str name = apart && i + 1 < argc ? argv[i + 1] : str_from(argv[i], 1);

		sig = signal_number(name);
		i += apart ? 2 : 1;
		if (sig < 0)
			return builtin_error(sh, argv[0], 1, "%.*s: invalid signal specification",
					     STR_ARG(name));
	}
	if (i < argc && str_is(argv[i], "--"))
		i++;
	return i < argc ? signals_send(sh, sig, argv + i, argc - i) : kill_usage(sh);
}

static int signals_send(struct shell *sh, int sig, const struct str *argv, size_t argc)
{
	struct shell *top = env_top(sh);
	int status = 0;
	bool trapped = false; /* a trap that runs behind this command, once */
	bool reached = false; /* bash: one of them will do */

	if (spawn_refused(sh, argv, argc, "a signal"))
		return 1;
	for (size_t i = 0; i < argc; i++) {
		bool group = argv[i].n && argv[i].p[0] == '-';
		struct process *p;
		uint64_t pid;

		if (!is_bash(sh) && argv[i].n && argv[i].p[0] == '%') {
			status = posix_no_job(sh, S("kill"), argv[i]);
			break;
		}
		if (!is_bash(sh) && !posix_number(str_from(argv[i], group), &pid)) {
			status = builtin_error(sh, S("kill"), 2, "Illegal number: %.*s",
					       STR_ARG(str_from(argv[i], group)));
			break;
		}
		if (!str_number(str_from(argv[i], group), 10, &pid)) {
			status = builtin_error(sh, S("kill"), 1,
					       argv[i].n && argv[i].p[0] == '%'
						   ? "%.*s: no such job"
						   : "%.*s: arguments must be process or job IDs",
					       STR_ARG(argv[i]));
			continue;
		}
		p = group ? NULL : process_of(sh, pid);
		if (p && p == top->process && !trap_waits(sh, sig)) {
			reached = true;
			if (trap_catches(top, sig)) {
				trapped = true;
				continue;
			}
			signal_self(top, sig, 0);
			if (sh->session->killed) {
				sh->flow = FLOW_EXIT;
				return 128 + sig;
			}
		} else if (p) { /* it waits for what we are of */
			reached = true;
			p->signals |= sig ? (uint64_t)1 << (sig - 1) : 0;
		} else if (kill((pid_t)(group ? 0 - pid : pid), sig) != 0) {
			int err = errno;

			if (is_bash(sh))
				say(sh, "kill: (%.*s) - %s", STR_ARG(argv[i]), errno_text(err));
			else
				say(sh, "kill: %s\n", errno_text(err));
			status = 1;
		} else {
			reached = true;
		}
	}
	if (is_bash(sh) && reached)
		status = 0;
	if (trapped)
		signal_self(top, sig, status);
	return sh->flow == FLOW_ON ? status : sh->status; /* as the trap wants it */
}

const struct builtin builtin_kill = {
    .name = S("kill"),
    .run = run_kill,
};
