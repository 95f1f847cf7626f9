/* SPDX-License-Identifier: GPL-2.0-only */
/* mv: renames; across file systems it copies and removes. */
#include "applet/copy.h"

static const char help[] =
    "mv [-fnTv] [-t DIR] SOURCE... TARGET: rename or move\n"
    "  -f  do not ask (never asks)   -n  keep what exists   -v  say what is done\n"
    "  -t DIR  the target folder     -T  the target is no folder\n";

static const struct opt options[] = {
	{'f', "force", OPT_NONE, NULL},
	{'n', "no-clobber", OPT_NONE, NULL},
	{'T', "no-target-directory", OPT_NONE, NULL},
	{'t', "target-directory", OPT_VALUE, NULL},
	{'v', "verbose", OPT_NONE, NULL},
	{0},
};

struct request {
	struct applet_cx *cx;
	bool keep, plain, verbose;
	struct str folder;
};

static int say_pair(struct request *r, const char *fmt, struct str a, struct str b)
{
	a = applet_quote(r->cx, a);
	b = applet_quote(r->cx, b);
	applet_say(r->cx, fmt, STR_ARG(a), STR_ARG(b));
	return 1;
}

static int move_by_copy(struct request *r, struct str from, struct str to)
{
	struct copy c = {.cx = r->cx, .recursive = true, .force = true, .keep_mode = true,
			 .keep_times = true, .keep_owner = true, .keep_links = true};
	int err;

	if (copy_path(&c, from, to) != 0)
		return 1;
	err = applet_remove_tree(r->cx, applet_path(r->cx, from));
	return err ? applet_cannot(r->cx, "remove", from, err) : 0;
}

/* 0, 1 (said), or 2 for "leave it". */
static int check_target(struct request *r, struct str from, struct str to,
			const struct files_stat *st)
{
	struct files_stat old;
	int err = files_peek(r->cx->files, applet_path(r->cx, to), false, &old);

	if (err)
		return err == -ENOENT ? 0 : applet_cannot(r->cx, "stat", to, err);
	if (copy_same(st, &old) && S_ISREG(st->mode) &&
	    files_is_copy(r->cx->files, applet_path(r->cx, from), applet_path(r->cx, to)))
		return files_unlink(r->cx->files, applet_path(r->cx, to)) ? 1 : 0;
	if (copy_same(st, &old))
		return say_pair(r, "%.*s and %.*s are the same file", from, to);
	if (r->keep)
		return 2;
	if (S_ISDIR(st->mode) && !S_ISDIR(old.mode))
		return say_pair(r, "cannot overwrite non-directory %.*s with directory %.*s", to,
				from);
	if (S_ISDIR(st->mode) || !S_ISDIR(old.mode))
		return 0;
	to = applet_quote(r->cx, to);
	applet_say(r->cx, "cannot overwrite directory %.*s with non-directory", STR_ARG(to));
	return 1;
}

static int move_one(struct request *r, struct str from, struct str to)
{
	struct applet_cx *cx = r->cx;
	struct files_stat st;
	int err = files_lstat(cx->files, applet_path(cx, from), &st);
	int verdict;

	if (err)
		return applet_cannot(cx, "stat", from, err);
	verdict = check_target(r, from, to, &st);
	if (verdict)
		return verdict & 1;
	err = files_rename(cx->files, applet_path(cx, from), applet_path(cx, to));
	if (err == -EXDEV)
		return move_by_copy(r, from, to);
	if (err == -EINVAL)
		return say_pair(r, "cannot move %.*s to a subdirectory of itself, %.*s", from, to);
	if (err) {
		struct str a = applet_quote(cx, from), b = applet_quote(cx, to);

		applet_say_errno(cx, str_fmt(cx->mem, "cannot move %.*s to %.*s", STR_ARG(a),
					     STR_ARG(b)), err);
		return 1;
	}
	if (r->verbose) {
		struct str a = applet_quote(cx, from), b = applet_quote(cx, to);

		applet_out(cx, str_fmt(cx->mem, "renamed %.*s -> %.*s\n", STR_ARG(a), STR_ARG(b)));
	}
	return 0;
}

/* Is one of the two a link to the other, or a folder to go to another file system? */
static bool is_delicate(struct request *r, struct str from, struct str to)
{
	struct applet_cx *cx = r->cx;
	struct str a = applet_path(cx, from), b = applet_path(cx, to);
	struct files_stat st, old, folder;
	bool there;

	if (files_lstat(cx->files, a, &st) != 0)
		return false;
	there = files_lstat(cx->files, b, &old) == 0;
	if ((S_ISDIR(st.mode) || ((r->verbose || there || st.nlink > 1) && st.dev)) &&
	    files_stat(cx->files, path_dir(b), &folder) == 0 && folder.dev != st.dev)
		return true;
	if (!there || S_ISDIR(st.mode) || S_ISLNK(st.mode) == S_ISLNK(old.mode))
		return false;
	return files_stat(cx->files, a, &st) == 0 && files_stat(cx->files, b, &old) == 0 &&
	       copy_same(&st, &old);
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct request r = {.cx = cx};
	struct copy_targets t;
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'f': r.keep = false; break;
		case 'n': r.keep = true; break;
		case 'T': r.plain = true; break;
		case 't': r.folder = o.value; break;
		case 'v': r.verbose = true; break;
		default: return applet_decline(cx);
		}
	if (!copy_targets(cx, &o, r.folder, r.plain, &t))
		return 1;
	if (copy_twice(cx, &o.operands, &t))
		return applet_decline(cx);
	for (size_t i = 0; i < t.sources; i++)
		if (is_delicate(&r, o.operands.p[i], copy_target(cx, &t, o.operands.p[i])))
			return applet_decline(cx);
	for (size_t i = 0; i < t.sources; i++)
		status |= move_one(&r, o.operands.p[i], copy_target(cx, &t, o.operands.p[i]));
	return applet_status(cx, status);
}

const struct applet applet_mv = {
	.name = "mv",
	.help = help,
	.run = run,
};
