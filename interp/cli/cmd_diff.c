/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk diff: what two images, two folders of images or two trees differ in. Runs nothing. */
#include "cli/diff.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { JSON = 512 };

static const struct opt options[] = {
	{JSON, "json", OPT_NONE, " as JSON; imagemk(1) has the schema"},
	{'j', "jobs", OPT_VALUE, "N  evaluations at once (default: one per processor)"},
	{'v', "verbose", OPT_NONE, " each device of trees, and warnings"},
	CONFINE_OPTIONS,
	{0, NULL, OPT_NONE, NULL},
};

/* --- sides --- */

static bool is_folder(struct arena *mem, struct str path, bool *exists)
{
	struct stat st;

	*exists = stat(str_cz(mem, path), &st) == 0;
	return *exists && S_ISDIR(st.st_mode);
}

/* "TREE@REV" where there is no file of that name. */
static int read_side(struct diff_run *r, struct str given, struct diff_side *side)
{
	ptrdiff_t at = str_rchr(given, '@');
	bool exists;

	*side = (struct diff_side){.given = given, .path = given};
	side->folder = is_folder(r->mem, given, &exists);
	if (exists)
		return EXIT_GOOD;
	if (at < 0)
		return command_usage(r->cx,
				     str_fmt(r->mem, "%.*s: %s", STR_ARG(given), strerror(errno)));
	side->path = at ? str_sub(given, 0, (size_t)at) : S(".");
	side->rev = str_from(given, (size_t)at + 1);
	side->folder = is_folder(r->mem, side->path, &exists);
	if (!side->folder || !side->rev.n)
		return command_usage(
		    r->cx, str_fmt(r->mem, "%.*s: neither a file nor TREE@REV", STR_ARG(given)));
	return EXIT_GOOD;
}

static bool is_tree(struct diff_run *r, const struct diff_side *side)
{
	struct tree tree = {0};
	char *real;
	struct str missing;

	if (side->rev.p)
		return true;
	if (!side->folder)
		return false;
	real = realpath(str_cz(r->mem, side->path), NULL);
	if (!real)
		return false;
	missing = tree_open(&tree, r->mem, str_dup(r->mem, str_z(real)));
	free(real);
	return !missing.n;
}

/* --- the command --- */

/* The process may read OLD and NEW only, from here on. EXIT_USAGE after saying why not. */
static int confine(struct diff_run *r, const struct diff_side *old, const struct diff_side *new)
{
	struct strs paths = {0};

	*vec_push(r->mem, &paths) = old->path;
	*vec_push(r->mem, &paths) = new->path;
	return confine_files(r->cx, &r->confined, &paths);
}

static int choose(struct diff_run *r, const struct diff_side *old, const struct diff_side *new)
{
	if (old->folder != new->folder)
		return command_usage(
		    r->cx,
		    S("OLD and NEW are not of one kind: files, folders of images, or trees"));
	if (old->folder && is_tree(r, old) && is_tree(r, new))
		return diff_trees(r, old, new);
	if (r->wanted.n)
		return command_usage(
		    r->cx,
		    str_fmt(r->mem, "'%.*s': OLD and NEW are no trees, so they have no targets",
			    STR_ARG(r->wanted.p[0])));
	if (confine(r, old, new))
		return EXIT_USAGE;
	return old->folder ? diff_folders(r, old, new) : diff_images(r, old, new);
}

static int run(struct command_cx *cx)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct diff_run r = {.cx = cx, .mem = cx->mem, .out = buf_new(cx->mem)};
	struct diff_side old, new;
	int id, status = EXIT_GOOD;

	while (!status && (id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return command_usage(cx, o.error);
		if (id == JSON)
			r.json = true;
		else if (id == 'j')
			r.jobs = o.value;
		else if (id == 'v')
			r.verbose = r.confined.verbose = true;
		else
			confine_option(cx, &r.confined, id, o.value, &status);
	}
	if (!status && o.operands.n < 2)
		return command_usage(cx, S("OLD and NEW are needed"));
	if (status || read_side(&r, o.operands.p[0], &old) || read_side(&r, o.operands.p[1], &new))
		return EXIT_USAGE;
	for (size_t i = 2; i < o.operands.n; i++)
		*vec_push(cx->mem, &r.wanted) = o.operands.p[i];
	status = choose(&r, &old, &new);
	if (r.out.n)
		fwrite(r.out.p, 1, r.out.n, stdout);
	return status;
}

const struct command cmd_diff = {
    .name = "diff",
    .help =
	"[--json] OLD NEW [BOARD[/SUBTARGET]]... [DEVICE]...: what two images, builds or trees "
	"differ in; runs nothing\n"
	"  two images             part by part: fields of headers, sizes, files of file systems, "
	"bytes\n"
	"  two folders of images  (bin/targets/BOARD/SUBTARGET) which devices and files came, went "
	"and changed\n"
	"  two trees              which devices, values and images changed, and the place that is "
	"the cause; each of them may\n"
	"                         be TREE@REV, a revision of the git repository that TREE is in",
    .options = options,
    .notes = "Exit status: 0 (the same), 1 (they differ), 2 (trouble)",
    .operands = OPERANDS_FILES,
    .run = run,
};
