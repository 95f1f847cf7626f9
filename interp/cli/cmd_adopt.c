/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * imagemk adopt: let a tree's image stage run in imagemk, take that back, or say how things stand.
 */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/adopt.h"

static const struct opt options[] = {
	{'u', "undo", OPT_NONE, " take the hand-over out again"},
	{'s', "status", OPT_NONE, " say how the tree stands; exit 0 when it is handed over"},
	{0, NULL, OPT_NONE, NULL},
};

static int problem(struct command_cx *cx, const struct adopt *a)
{
	int err = errno;
	struct str why = a->why.n ? a->why : str_z(strerror(err));
	struct str hint = {NULL, 0};

	if (!a->why.n && (err == EROFS || err == EACCES || err == EPERM))
		hint = S(
		    "the tree must be writable for this; a copy or an overlay mount of it will do");
	diag_say(&cx->say, (struct place){{NULL, 0}, 0}, NULL, hint, "imagemk adopt: %.*s: %.*s",
		 STR_ARG(a->bad), STR_ARG(why));
	return EXIT_PROBLEM;
}

/* What the states that neither way can be gone from mean, and how to get out of them. */
static struct str trouble(struct arena *mem, const struct adopt *a)
{
	struct str dir = a->include;

	if (a->state == ADOPT_EDITED)
		return str_fmt(
		    mem,
		    "%.*s/image.upstream.mk, the tree's own image.mk, was changed or removed.\n"
		    "Put it back as it was (its sha256 is in " ADOPT_RECORD
		    "), or keep it as it is now:\n"
		    "  mv %.*s/image.upstream.mk %.*s/image.mk && rm %.*s/" ADOPT_RECORD "\n",
		    STR_ARG(dir), STR_ARG(dir), STR_ARG(dir), STR_ARG(a->tree));
	return str_fmt(
	    mem,
	    "%.*s/image.mk was changed since: it is neither the hand-over nor the tree's own file "
	    "of then.\n"
	    "To keep what is there now:  rm %.*s/image.upstream.mk %.*s/" ADOPT_RECORD "\n"
	    "To have the tree's own back:  mv %.*s/image.upstream.mk %.*s/image.mk && rm "
	    "%.*s/" ADOPT_RECORD "\n"
	    "To hand over what is there now, when that is a newer image.mk:  imagemk adopt %.*s\n",
	    STR_ARG(dir), STR_ARG(dir), STR_ARG(a->tree), STR_ARG(dir), STR_ARG(dir),
	    STR_ARG(a->tree), STR_ARG(a->tree));
}

static int stuck(struct command_cx *cx, const struct adopt *a)
{
	struct str text = trouble(cx->mem, a);

	cx->say.put(cx->say.ctx, str_fmt(cx->mem, "imagemk adopt: %.*s", STR_ARG(text)));
	return EXIT_PROBLEM;
}

static void print_whole(const struct adopt *a)
{
	printf("%.*s: the image stage is handed over to %.*s\n"
	       "  %.*s/image.mk            the hand-over\n"
	       "  %.*s/image.upstream.mk   the tree's own image.mk, as it was\n",
	       STR_ARG(a->tree), STR_ARG(a->program), STR_ARG(a->include), STR_ARG(a->include));
	if (a->profiles.n)
		printf("  %.*s/GNUmakefile   several profiles in one run; Makefile is as it was\n",
		       STR_ARG(a->tree));
	if (a->link.n)
		printf("  %.*s was a link to %.*s; that folder is untouched\n", STR_ARG(a->include),
		       STR_ARG(a->link));
	printf("  %.*s/" ADOPT_RECORD "   the record\n"
	       "The old way for one run: make IMAGEMK=0 ...; for good: imagemk adopt --undo %.*s\n",
	       STR_ARG(a->tree), STR_ARG(a->tree));
}

static int status(struct command_cx *cx, const struct adopt *a)
{
	switch (a->state) {
	case ADOPT_WHOLE:
		print_whole(a);
		return EXIT_GOOD;
	case ADOPT_NOT:
		printf("%.*s: not handed over\n", STR_ARG(a->tree));
		return EXIT_PROBLEM;
	case ADOPT_STARTED:
		printf("%.*s: the tree's own image.mk is in its place, but the record of a "
		       "hand-over is there.\n"
		       "Finish it: imagemk adopt %.*s; or clean up: imagemk adopt --undo %.*s\n",
		       STR_ARG(a->tree), STR_ARG(a->tree), STR_ARG(a->tree));
		return EXIT_PROBLEM;
	default:
		return stuck(cx, a);
	}
}

static int undo(struct command_cx *cx, struct adopt *a)
{
	if (a->state == ADOPT_EDITED || a->state == ADOPT_REPLACED)
		return stuck(cx, a);
	if (a->state == ADOPT_NOT) {
		printf("%.*s: not handed over; nothing to undo\n", STR_ARG(a->tree));
		return EXIT_GOOD;
	}
	if (!adopt_undo(a))
		return problem(cx, a);
	printf("%.*s: as it was before\n", STR_ARG(a->tree));
	return EXIT_GOOD;
}

static int adopt(struct command_cx *cx, struct adopt *a)
{
	if (a->state == ADOPT_EDITED)
		return stuck(cx, a);
	if (!adopt_do(a, cx->self))
		return problem(cx, a);
	print_whole(a);
	return EXIT_GOOD;
}

static int run(struct command_cx *cx)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct adopt a;
	int id, what = 0;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return command_usage(cx, o.error);
		what = id;
	}
	if (o.operands.n != 1)
		return command_usage(cx,
				     o.operands.n ? S("one tree at a time") : S("name the tree"));
	if (!adopt_look(&a, cx->mem, o.operands.p[0]))
		return problem(cx, &a);
	if (what == 's')
		return status(cx, &a);
	return what == 'u' ? undo(cx, &a) : adopt(cx, &a);
}

const struct command cmd_adopt = {
    .name = "adopt",
    .help = "[--undo|--status] TREE: let TREE's image stage run in imagemk\n"
	    "TREE is an OpenWrt buildroot or an unpacked ImageBuilder. Afterwards its make builds "
	    "images by\n"
	    "imagemk; nothing else changes, and --undo leaves no trace. An ImageBuilder then also "
	    "takes several\n"
	    "profiles: make image PROFILE=\"a b\", PROFILES=@FILE.",
    .options = options,
    .operands = OPERANDS_FOLDERS,
    .run = run,
};
