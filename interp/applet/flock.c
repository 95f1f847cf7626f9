/* SPDX-License-Identifier: GPL-2.0-only */
/* flock: runs a command while holding a lock on a file, for other processes to see. */
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "applet/internal.h"

static const char help[] =
    "flock [-enosxF] FILE COMMAND [ARG]... | FILE -c TEXT: run with a lock held\n"
    "  -s  a shared lock   -n  fail rather than wait\n";

static const struct opt options[] = {
	{'e', "exclusive", OPT_NONE, NULL}, {'x', NULL, OPT_NONE, NULL},
	{'s', "shared", OPT_NONE, NULL},    {'n', "nonblock", OPT_NONE, NULL},
	{'o', "close", OPT_NONE, NULL},	    {'F', "no-fork", OPT_NONE, NULL},
	{0},
};

/* The command's words: FILE -c TEXT is run by SHELL, or sh when that is empty. */
static bool command_words(struct applet_cx *cx, const struct opts *o, struct strs *argv)
{
	struct str shell = env_get(cx->env, S("SHELL"));
	size_t n = o->operands.n;
	const struct str *p = o->operands.p;

	if (n >= 2 && (str_is(p[1], "-c") || str_is(p[1], "--command"))) {
		if (n != 3)
			return false;
		*vec_push(cx->mem, argv) = shell.n ? shell : S("/bin/sh");
		*vec_push(cx->mem, argv) = S("-c");
		*vec_push(cx->mem, argv) = p[2];
		return true;
	}
	for (size_t i = 1; i < n; i++)
		*vec_push(cx->mem, argv) = p[i];
	return n >= 2;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, true);
	struct strs argv = {0};
	int how = LOCK_EX, wait = 0, c, fd, status;
	struct str bad;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'e': case 'x': how = LOCK_EX; break;
		case 's': how = LOCK_SH; break;
		case 'n': wait = LOCK_NB; break;
		case 'o': case 'F': break;
		default: return applet_decline(cx);
		}
	if (!command_words(cx, &o, &argv))
		return applet_decline(cx);
	fd = files_may_change(cx->files, applet_path(cx, o.operands.p[0]));
	if (fd < 0)
		errno = -fd;
	else
		fd = open(str_cz(cx->mem, applet_path(cx, o.operands.p[0])),
			  O_RDONLY | O_CREAT | O_NOCTTY | O_CLOEXEC, 0666);
	if (fd < 0) {
		applet_say_errno(cx, str_fmt(cx->mem, "cannot open lock file %.*s",
					     STR_ARG(o.operands.p[0])), -errno);
		return 66;
	}
	/* What the others wrote under the lock counts from here on, and what we write is theirs
	 * after it. */
	files_commit(cx->files, &bad);
	while ((status = flock(fd, how | wait)) != 0 && errno == EINTR)
		;
	if (status == 0)
		status = cx->run(cx, argv.p, argv.n, NULL, (struct env){0}, (struct str){0});
	else
		status = 1;
	files_commit(cx->files, &bad);
	close(fd);
	return status;
}

static int no_command(struct applet_cx *cx, struct str command, int err)
{
	applet_say_errno(cx, str_fmt(cx->mem, "failed to execute %.*s", STR_ARG(command)), err);
	return 69;
}

const struct applet applet_flock = {
	.name = "flock",
	.help = help,
	.run = run,
	.flags = APPLET_SHORT_NAME,
	.no_command = no_command,
};
