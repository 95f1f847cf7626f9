/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk tool NAME ARGS: one applet or firmware format on real files. */
#include "cli/cli.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "firmware/firmware.h"

static void list_one(const char *name, const char *const *aliases, const char *text, bool help)
{
	int n = help && text ? (int)strcspn(text, "\n") : 0;

	printf("%s%s%.*s\n", name, n ? "\t" : "", n, n ? text : "");
	for (; !help && aliases && *aliases; aliases++)
		printf("%s\n", *aliases);
}

static int list(bool help)
{
	for (const struct applet *const *a = applet_all(); *a; a++)
		list_one((*a)->name, (*a)->aliases, (*a)->help, help);
	for (const struct firmware *const *f = firmware_all(); *f; f++)
		if ((*f)->write)
			list_one((*f)->name, (*f)->aliases, (*f)->help, help);
	return EXIT_GOOD;
}

static int unknown(struct command_cx *cx)
{
	struct strs names = {0};
	struct str near;

	for (const struct applet *const *a = applet_all(); *a; a++)
		*vec_push(cx->mem, &names) = str_z((*a)->name);
	for (const struct firmware *const *f = firmware_all(); *f; f++)
		if ((*f)->write)
			*vec_push(cx->mem, &names) = str_z((*f)->name);
	near = diag_nearest(cx->mem, cx->argv[1], names.p, names.n, 3);
	diag_say(&cx->say, (struct place){{NULL, 0}, 0}, NULL,
		 str_fmt(cx->mem, "%s%.*s%simagemk tool --list names them all",
			 near.n ? "nearest: " : "", STR_ARG(near), near.n ? "; " : ""),
		 "imagemk tool: no tool called '%.*s'", STR_ARG(cx->argv[1]));
	return 127;
}

static bool is_shell(struct str name)
{
	return str_is(name, "sh") || str_is(name, "bash") || str_is(name, "dash");
}

/* What a shell was started with above 2: its own from now on, so no process may inherit them by
 * itself. */
static struct fd_table others(struct arena *mem)
{
	enum { NUMBER_MOST = 63 };
	VEC(struct fd_at) list = {0};

	for (int fd = 3; fd <= NUMBER_MOST; fd++) {
		int flags = fcntl(fd, F_GETFD);

		if (flags < 0 || (flags & FD_CLOEXEC))
			continue;
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		*vec_push(mem, &list) = (struct fd_at){fd, fd};
	}
	return (struct fd_table){list.p, list.n};
}

int tool_run(struct command_cx *cx, const struct str *argv, size_t argc)
{
	struct files_options options = {.umask = umask(022)};
	char *cwd = getcwd(NULL, 0);
	struct shell_run run = {
		.dialect = SHELL_POSIX,
		.shell = S("/bin/sh"),
		.cwd = str_z(cwd ? cwd : "/proc/self/cwd") /* it is gone */,
		.env = cx->env,
		.umask = options.umask,
		.in = stream_fd(cx->mem, 0, false),
		.out = stream_fd(cx->mem, 1, false),
		.err = stream_fd(cx->mem, 2, false),
		.ladder = stats_ladder(cx->stats),
	};
	struct str bad = {NULL, 0};
	int status, err, signal = 0;

	run.killed_by = &signal;
	if (is_shell(path_base(argv[0])))
		run.fds = others(cx->mem);
	umask(options.umask);
	*vec_push(cx->mem, &run.shell_flags) = S("-c");
	run.files = files_new(&options);
	status = shell_command(&run, argv, argc);
	err = files_commit(run.files, &bad);
	if (err) {
		fprintf(stderr, "%.*s: %.*s: %s\n", STR_ARG(argv[0]), STR_ARG(bad), strerror(-err));
		status = status ? status : EXIT_PROBLEM;
	}
	files_free(run.files);
	free(cwd);
	signal &= 127; /* the rest says whether it left a core file */
	/* otherwise what was killed is what the tool had started: xargs, find */
	cx->killed_by = status == 128 + signal ? signal : 0;
	return status;
}

static int run(struct command_cx *cx)
{
	if (cx->argc == 3 && str_is(cx->argv[1], "--help") && applet_help(cx->argv[2])) {
		fputs(applet_help(cx->argv[2]), stdout);
		return EXIT_GOOD;
	}
	if (cx->argc < 2 || str_is(cx->argv[1], "--help")) {
		printf("Usage: imagemk tool NAME [ARG]...\n"
		       "       imagemk tool --list   (names)   --help-all (what each does)\n"
		       "       imagemk tool --help NAME   (what it knows; NAME --help is the real "
		       "tool's)\n");
		return cx->argc < 2 ? EXIT_USAGE : EXIT_GOOD;
	}
	if (str_is(cx->argv[1], "--list") || str_is(cx->argv[1], "--help-all"))
		return list(str_is(cx->argv[1], "--help-all"));
	if (!applet_find(cx->argv[1]) && !is_shell(cx->argv[1]))
		return unknown(cx);
	return tool_run(cx, cx->argv + 1, cx->argc - 1);
}

const struct command cmd_tool = {
	.name = "tool",
	.help = "NAME [ARG]...: run one applet or firmware tool on real files",
	.operands = OPERANDS_TOOLS,
	.run = run,
};
