/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * imagemk build: the image stage of one target of a tree, as its own Makefiles describe it.
 * The tree's rules do the work; this only composes the call that the tree's top Makefile would
 * make. An ImageBuilder is called as "make image", by way of mk/profiles.mk (see adopt.h), adopted
 * or not.
 */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "cli/adopt.h"

static const struct opt options[] = {
	{'C', "directory", OPT_VALUE, "TREE  the tree (default: the current folder)"},
	{'j', "jobs", OPT_VALUE, "N  recipes at once (default: one per processor)"},
	{'S', "strict", OPT_NONE, " exit 2 when an image was dropped"},
	{0, NULL, OPT_NONE, NULL},
};

static bool is_assignment(struct str word)
{
	return str_chr(word, '=') > 0;
}

/* A list of profiles is named from the caller's folder, but read in the tree's. */
static struct str profile_word(struct arena *mem, struct str word)
{
	char here[4096];

	if (!str_starts(word, S("@")) || !getcwd(here, sizeof(here)))
		return word;
	return str_fmt(mem, "@%.*s", STR_ARG(path_join(mem, str_z(here), str_from(word, 1))));
}

/* Sort the operands: BOARD/SUBTARGET, VAR=VALUE, and the rest are profiles. */
static void read_operands(struct command_cx *cx, const struct opts *o, struct strs *args,
			  struct str *target, struct str *profiles)
{
	for (size_t i = 0; i < o->operands.n; i++) {
		struct str word = o->operands.p[i];

		if (is_assignment(word))
			*vec_push(cx->mem, args) = word;
		else if (!target->n && str_chr(word, '/') > 0 && word.p[0] != '@')
			*target = word;
		else
			*profiles =
			    str_fmt(cx->mem, "%.*s%s%.*s", STR_ARG(*profiles),
				    profiles->n ? " " : "", STR_ARG(profile_word(cx->mem, word)));
	}
}

static int unwritable(struct command_cx *cx, const char *path)
{
	diag_say(&cx->say, (struct place){{NULL, 0}, 0}, NULL, (struct str){NULL, 0},
		 "imagemk build: %s: %s", path, strerror(errno));
	return EXIT_PROBLEM;
}

/* "make image" in the ImageBuilder TREE; its Makefile is read by way of a file in tmp, which make
 * clean removes too. */
static int build_imagebuilder(struct command_cx *cx, struct str tree, struct str profiles,
			      struct strs *args)
{
	const char *tmp = str_cz(cx->mem, path_join(cx->mem, tree, S("tmp")));
	struct str name = str_fmt(cx->mem, "tmp/imagemk-profiles.%ld.mk", (long)getpid());
	const char *path = str_cz(cx->mem, path_join(cx->mem, tree, name));
	struct str text = adopt_profiles_text(cx->mem, cx->self);
	FILE *f = mkdir(tmp, 0777) == 0 || errno == EEXIST ? fopen(path, "we") : NULL;
	bool good = f && fwrite(text.p, 1, text.n, f) == text.n;
	int status;

	if (f)
		good = fclose(f) == 0 && good;
	if (!good)
		return unwritable(cx, path);
	*vec_push(cx->mem, args) = S("-f");
	*vec_push(cx->mem, args) = name;
	*vec_push(cx->mem, args) = S("image");
	if (profiles.n)
		*vec_push(cx->mem, args) = str_fmt(cx->mem, "PROFILE=%.*s", STR_ARG(profiles));
	status = run_make(cx, S("make"), args->p, args->n, (struct str){NULL, 0});
	unlink(path);
	return status;
}

static int run(struct command_cx *cx)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct str tree = S("."), target = {NULL, 0}, profiles = {NULL, 0}, jobs;
	struct strs args = {0};
	int id;

	jobs = str_fmt(cx->mem, "%ld", sysconf(_SC_NPROCESSORS_ONLN));
	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return command_usage(cx, o.error);
		if (id == 'C')
			tree = o.value;
		else if (id == 'j')
			jobs = o.value;
		else
			*vec_push(cx->mem, &args) = S("STRICT=1");
	}
	read_operands(cx, &o, &args, &target, &profiles);
	if (access(str_cz(cx->mem, path_join(cx->mem, tree, S("include/image.mk"))), R_OK) != 0)
		return command_usage(
		    cx, str_fmt(cx->mem, "%.*s has no include/image.mk; name the tree with -C",
				STR_ARG(tree)));
	*vec_push(cx->mem, &args) = S("--no-print-directory");
	*vec_push(cx->mem, &args) = str_fmt(cx->mem, "-j%.*s", STR_ARG(jobs));
	*vec_push(cx->mem, &args) = S("-C");
	*vec_push(cx->mem, &args) = tree;
	if (adopt_is_imagebuilder(cx->mem, tree))
		return target.n ? command_usage(
				      cx, S("an ImageBuilder has one target; name profiles only"))
				: build_imagebuilder(cx, tree, profiles, &args);
	*vec_push(cx->mem, &args) = S("target/linux/install");
	if (target.n)
		*vec_push(cx->mem, &args) = str_fmt(cx->mem, "TARGET=%.*s", STR_ARG(target));
	if (profiles.n)
		*vec_push(cx->mem, &args) = str_fmt(cx->mem, "PROFILE=%.*s", STR_ARG(profiles));
	return run_make(cx, S("make"), args.p, args.n, (struct str){NULL, 0});
}

const struct command cmd_build = {
    .name = "build",
    .help =
	"[-C TREE] [-j N] [BOARD/SUBTARGET] [PROFILE]... [VAR=VALUE]...: build a target's images\n"
	"In an ImageBuilder: of each PROFILE, several at once; @FILE has names, one a line.",
    .options = options,
    .operands = OPERANDS_TARGETS,
    .run = run,
};
