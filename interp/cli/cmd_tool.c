/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk tool NAME ARGS: one applet or firmware format on real files. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int list(bool help)
{
	for (const struct applet *const *a = applet_all(); *a; a++) {
		int n = help && (*a)->help ? (int)strcspn((*a)->help, "\n") : 0;

		printf("%s%s%.*s\n", (*a)->name, n ? "\t" : "", n, n ? (*a)->help : "");
		for (const char *const *alias = (*a)->aliases; !help && alias && *alias; alias++)
			printf("%s\n", *alias);
	}
	return EXIT_GOOD;
}

static int unknown(struct command_cx *cx)
{
	struct strs names = {0};

	for (const struct applet *const *a = applet_all(); *a; a++)
		*vec_push(cx->mem, &names) = str_z((*a)->name);
	diag_say(&cx->say, (struct place){{NULL, 0}, 0}, NULL,
		 str_fmt(cx->mem, "nearest: %.*s; imagemk tool --list names them all",
			 STR_ARG(diag_nearest(cx->mem, cx->argv[1], names.p, names.n, 3))),
		 "imagemk tool: no tool called '%.*s'", STR_ARG(cx->argv[1]));
	return 127;
}

static bool is_shell(struct str name)
{
	return str_is(name, "sh") || str_is(name, "bash") || str_is(name, "dash");
}

static int start(struct command_cx *cx)
{
	struct files_options options = {.umask = umask(022)};
	char *cwd = getcwd(NULL, 0);
	struct shell_run run = {
		.dialect = SHELL_POSIX,
		.shell = S("/bin/sh"),
		.cwd = str_z(cwd ? cwd : "/"),
		.env = cx->env,
		.umask = options.umask,
		.in = stream_fd(cx->mem, 0, false),
		.out = stream_fd(cx->mem, 1, false),
		.err = stream_fd(cx->mem, 2, false),
		.ladder = stats_ladder(cx->stats),
	};
	struct str bad = {NULL, 0};
	int status, err;

	umask(options.umask);
	*vec_push(cx->mem, &run.shell_flags) = S("-c");
	run.files = files_new(&options);
	status = shell_command(&run, cx->argv + 1, cx->argc - 1);
	err = files_commit(run.files, &bad);
	if (err) {
		fprintf(stderr, "%.*s: %.*s: %s\n", STR_ARG(cx->argv[1]), STR_ARG(bad), strerror(-err));
		status = status ? status : EXIT_PROBLEM;
	}
	files_free(run.files);
	free(cwd);
	return status;
}

static int run(struct command_cx *cx)
{
	if (cx->argc < 2 || str_is(cx->argv[1], "--help")) {
		printf("Usage: imagemk tool NAME [ARG]...\n"
		       "       imagemk tool --list   (names)   --help-all (what each does)\n");
		return cx->argc < 2 ? EXIT_USAGE : EXIT_GOOD;
	}
	if (str_is(cx->argv[1], "--list") || str_is(cx->argv[1], "--help-all"))
		return list(str_is(cx->argv[1], "--help-all"));
	if (!applet_find(cx->argv[1]) && !is_shell(cx->argv[1]))
		return unknown(cx);
	return start(cx);
}

const struct command cmd_tool = {
	.name = "tool",
	.help = "NAME [ARG]...: run one applet or firmware tool on real files",
	.run = run,
};
