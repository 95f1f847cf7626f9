/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk help: what a command knows, as text or as a manual page; completions for shells. */
#include "cli/help.h"

#include <stdio.h>

static const struct opt options[] = {
	{'m', "man", OPT_NONE, " the command's manual page, for man -l"},
	{'c', "completion", OPT_VALUE, "SHELL  bash, zsh or fish"},
	{0, NULL, OPT_NONE, NULL},
};

static const struct command *find(struct str name)
{
	for (const struct command *const *c = commands; *c; c++)
		if (str_is(name, (*c)->name))
			return *c;
	return NULL;
}

static int no_command(struct command_cx *cx, struct str name)
{
	struct strs names = {0};
	struct str nearest;

	for (const struct command *const *c = commands; *c; c++)
		*vec_push(cx->mem, &names) = str_z((*c)->name);
	nearest = diag_nearest(cx->mem, name, names.p, names.n, 2);
	return command_usage(cx, str_fmt(cx->mem, "no command '%.*s'%s%.*s", STR_ARG(name),
					 nearest.n ? "; nearest: " : "", STR_ARG(nearest)));
}

static void list_commands(void)
{
	for (const struct command *const *c = commands; *c; c++)
		printf("  %-8s %.*s\n", (*c)->name, STR_ARG(help_summary(*c)));
}

static int print_completion(struct command_cx *cx, struct str shell)
{
	struct buf out = buf_new(cx->mem);

	if (!help_completion(shell, &out))
		return command_usage(cx, str_fmt(cx->mem,
						 "no completions for '%.*s': bash, zsh or fish",
						 STR_ARG(shell)));
	fwrite(out.p, 1, out.n, stdout);
	return EXIT_GOOD;
}

static int run(struct command_cx *cx)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	const struct command *c;
	struct buf out = buf_new(cx->mem);
	bool man = false;
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return command_usage(cx, o.error);
		if (id == 'c')
			return print_completion(cx, o.value);
		man = true;
	}
	if (o.operands.n != 1 && (man || o.operands.n))
		return command_usage(cx, S("one COMMAND is wanted"));
	if (!o.operands.n) {
		list_commands();
		return EXIT_GOOD;
	}
	c = find(o.operands.p[0]);
	if (!c)
		return no_command(cx, o.operands.p[0]);
	if (man)
		help_manual(c, &out);
	else
		buf_str(&out, help_text(cx->mem, c));
	fwrite(out.p, 1, out.n, stdout);
	return EXIT_GOOD;
}

const struct command cmd_help = {
    .name = "help",
    .help =
	"[--man] [--completion SHELL] [COMMAND]: what COMMAND knows; without one, the commands\n"
	"--completion prints what SHELL completes imagemk's command lines by: eval \"$(imagemk "
	"help --completion bash)\".",
    .options = options,
    .operands = OPERANDS_COMMANDS,
    .run = run,
};
