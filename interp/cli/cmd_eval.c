/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk eval: expand a text after reading Makefiles. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/path.h"
#include "cli/confine.h"
#include "cli/survey.h"
#include "image/devices.h"

static const struct opt options[] = {
	{'C', "directory", OPT_VALUE, "DIR  read DIR's Makefile"},
	{'f', "file", OPT_VALUE, "FILE  read FILE instead"},
	{'o', "origin", OPT_NONE, " say where each stretch of the result was written"},
	CONFINE_OPTIONS,
	{0, NULL, OPT_NONE, NULL},
};

static void print_origins(struct command_cx *cx, const struct make_text *t)
{
	for (size_t i = 0; i < t->n_spans; i++) {
		const struct make_span *s = &t->spans[i];
		size_t to = i + 1 < t->n_spans ? t->spans[i + 1].from : t->text.n;
		struct str part = str_sub(t->text, s->from, to - s->from);
		struct str line =
		    diag_format(cx->mem, make_span_place(s), s->trail, (struct str){NULL, 0}, part);

		printf("%.*s", STR_ARG(line));
	}
}

/* In an adopted tree the image Makefiles are read here, by us, and not handed over to us. */
static struct env within_stage(struct arena *mem, struct env env)
{
	static const char *const names[] = {"IMAGEMK_STAGE"};
	struct strs all = env_without(mem, env, names, 1);

	*vec_push(mem, &all) = S("IMAGEMK_STAGE=1");
	return (struct env){all.p, all.n};
}

/* Does FOLDER hold what only the top of a tree does? */
static bool is_top(struct arena *mem, struct str folder)
{
	return access(str_cz(mem, path_join(mem, folder, S(".git"))), F_OK) == 0 ||
	       (access(str_cz(mem, path_join(mem, folder, S("rules.mk"))), F_OK) == 0 &&
		access(str_cz(mem, path_join(mem, folder, S("include"))), F_OK) == 0);
}

/* What Makefiles in FOLDER may read: the tree that it is a part of, else the folder. */
static struct str tree_of(struct arena *mem, struct str folder)
{
	for (struct str up = path_clean(mem, folder); up.n > 1; up = path_dir(up))
		if (is_top(mem, up))
			return up;
	return folder;
}

static void nothing(void *ctx, struct str text)
{
	(void)ctx, (void)text;
}

/* BOARD/SUBTARGET, and not a variable or a file? */
static bool is_target(struct str word)
{
	return str_chr(word, '/') > 0 && str_chr(word, '=') < 0 && !str_ends(word, S("/"));
}

/* EXIT_USAGE after saying that BOARD's Makefile, which plainly lists others, has no SUBTARGET. */
static int check_subtarget(struct command_cx *cx, struct board *board, struct str subtarget)
{
	struct str nearest;

	board_guess(cx->mem, board);
	if (!board->subtargets.n || strs_have(&board->subtargets, subtarget))
		return EXIT_GOOD;
	nearest = diag_nearest(cx->mem, subtarget, board->subtargets.p, board->subtargets.n, 3);
	diag_say(&cx->say, (struct place){{NULL, 0}, 0}, NULL,
		 nearest.n ? str_fmt(cx->mem, "nearest: %.*s", STR_ARG(nearest)) : nearest,
		 "imagemk eval: no subtarget '%.*s' of %.*s", STR_ARG(subtarget),
		 STR_ARG(board->name));
	return EXIT_USAGE;
}

/*
 * What make gets to read the image Makefile of TARGET, a BOARD/SUBTARGET of the tree FOLDER, as a
 * dump does. EXIT_USAGE after saying that there is none.
 */
static int target_args(struct command_cx *cx, struct str folder, struct str target,
		       struct strs *args)
{
	struct str subtarget = target, board = S(""), lacks;
	char *real = realpath(str_cz(cx->mem, folder), NULL);
	struct boards boards = {0};
	struct tree tree;

	lacks = tree_open(&tree, cx->mem, real ? str_dup(cx->mem, str_z(real)) : folder);
	free(real);
	if (lacks.n)
		return command_usage(cx, str_fmt(cx->mem, "%.*s is no OpenWrt tree: it has no %.*s",
						 STR_ARG(folder), STR_ARG(lacks)));
	str_split(&subtarget, '/', &board);
	tree_boards(&tree, cx->mem, &boards);
	for (size_t i = 0; i < boards.n; i++) {
		if (!str_eq(boards.p[i].name, board))
			continue;
		if (check_subtarget(cx, &boards.p[i], subtarget))
			return EXIT_USAGE;
		*vec_push(cx->mem, args) = S("-rs");
		*vec_push(cx->mem, args) = S("-C");
		*vec_push(cx->mem, args) = path_join(cx->mem, boards.p[i].folder, S("image"));
		target_words(cx->mem, &tree, subtarget, args);
		return EXIT_GOOD;
	}
	return command_usage(cx, str_fmt(cx->mem, "%.*s: the tree has no such target; \"imagemk "
						  "list\" names them",
					 STR_ARG(target)));
}

/* The value of TEXT, with its ORIGIN or without, is printed. */
static int evaluate(struct command_cx *cx, const struct make_setup *setup, struct str text,
		    bool origin)
{
	struct make *make = make_open(setup);
	struct make_text value;
	bool good;

	if (!make)
		return EXIT_USAGE;
	good = make_expand(make, cx->mem, text, &value);
	if (good && origin)
		print_origins(cx, &value);
	else if (good)
		printf("%.*s\n", STR_ARG(value.text));
	make_close(make);
	return good ? EXIT_GOOD : EXIT_USAGE;
}

static int run(struct command_cx *cx)
{
	static const struct diag silent = {nothing, NULL};
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct host *h = host_new(cx, NULL);
	struct strs args = {0};
	struct confine_options confined = {0};
	struct str folder = S(".");
	struct make_setup *setup;
	struct confine *confine;
	bool origin = false;
	size_t first = 0;
	int id, status;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return command_usage(cx, o.error);
		if (id == 'o') {
			origin = true;
			continue;
		}
		if (confine_option(cx, &confined, id, o.value, &status)) {
			if (status)
				return status;
			continue;
		}
		if (id == 'C')
			folder = path_join(cx->mem, folder, o.value);
		*vec_push(cx->mem, &args) = id == 'C' ? S("-C") : S("-f");
		*vec_push(cx->mem, &args) = o.value;
	}
	if (o.operands.n == 0)
		return command_usage(cx, S("TEXT is missing"));
	if (o.operands.n > 1 && is_target(o.operands.p[0])) {
		args.n = 0;
		status = target_args(cx, folder, o.operands.p[0], &args);
		if (status)
			return status;
		first = 1;
	}
	for (size_t i = first; i + 1 < o.operands.n; i++)
		*vec_push(cx->mem, &args) = o.operands.p[i];
	setup = host_setup(cx, h, S("imagemk"), args.p, args.n);
	setup->env = within_stage(cx->mem, first ? survey_env(cx->mem, cx->env) : cx->env);
	setup->directory_said = true;
	if (first)
		setup->out = &silent; /* a dump says all that it reads */
	confine =
	    confine_new(cx, &confined, tree_of(cx->mem, path_join(cx->mem, setup->cwd, folder)));
	if (!confine)
		return EXIT_USAGE;
	confine_host(confine, h);
	confine_enter(confine, 1);
	confine_begin(h, setup);
	status = evaluate(cx, setup, o.operands.p[o.operands.n - 1], origin);
	confine_end(h);
	status = confine_report(confine, status);
	host_free(h);
	confine_free(confine);
	return status;
}

const struct command cmd_eval = {
	.name = "eval",
	.help = "[-C DIR] [-f FILE] [BOARD/SUBTARGET] [VAR=VALUE]... TEXT: expand TEXT after "
		"reading the Makefiles (of a target: its image/Makefile, as list does)",
	.options = options,
	.run = run,
};
