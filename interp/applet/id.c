/* SPDX-License-Identifier: GPL-2.0-only */
/* id -u and -g, nproc, pwd: facts about the process. */
#include <sched.h>
#include <unistd.h>

#include "applet/internal.h"

static int run_id(struct applet_cx *cx)
{
	if (cx->argc != 2)
		return applet_decline(cx);
	if (str_is(cx->argv[1], "-u"))
		applet_out(cx, str_fmt(cx->mem, "%u\n", (unsigned)geteuid()));
	else if (str_is(cx->argv[1], "-g"))
		applet_out(cx, str_fmt(cx->mem, "%u\n", (unsigned)getegid()));
	else
		return applet_decline(cx);
	return applet_status(cx, 0);
}

static int run_nproc(struct applet_cx *cx)
{
	cpu_set_t set;

	if (cx->argc != 1 || sched_getaffinity(0, sizeof(set), &set) != 0)
		return applet_decline(cx);
	applet_out(cx, str_fmt(cx->mem, "%d\n", CPU_COUNT(&set)));
	return applet_status(cx, 0);
}

static int run_pwd(struct applet_cx *cx)
{
	struct str path;

	if (cx->argc > 2 || (cx->argc == 2 && !str_is(cx->argv[1], "-P")) ||
	    env_get(cx->env, S("POSIXLY_CORRECT")).p)
		return applet_decline(cx);
	if (files_realpath(cx->files, cx->mem, cx->cwd, &path) != 0)
		return applet_decline(cx);
	applet_out(cx, str_fmt(cx->mem, "%.*s\n", STR_ARG(path)));
	return applet_status(cx, 0);
}

const struct applet applet_id = {
	.name = "id",
	.help = "id -u | id -g: the number of the user or group\n",
	.run = run_id,
	.flags = APPLET_VARYING,
};

const struct applet applet_nproc = {
	.name = "nproc",
	.help = "nproc: how many processors there are for us\n",
	.run = run_nproc,
	.flags = APPLET_VARYING,
	.variables = "OMP_NUM_THREADS OMP_THREAD_LIMIT",
};

const struct applet applet_pwd = {
	.name = "pwd",
	.help = "pwd: the current folder, without symbolic links\n",
	.run = run_pwd,
	.flags = APPLET_PURE,
};
