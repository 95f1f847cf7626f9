/* SPDX-License-Identifier: GPL-2.0-only */
/* ln: hard and symbolic links. */
#include "applet/copy.h"

static const char help[] =
    "ln [-fnsTv] [-t DIR] TARGET... LINK: make links\n"
    "  -s  symbolic   -f  replace what exists   -n  a link to a folder is no folder\n"
    "  -t DIR  where the links go   -T  LINK is no folder\n";

static const struct opt options[] = {
	{'f', "force", OPT_NONE, NULL},
	{'n', "no-dereference", OPT_NONE, NULL},
	{'s', "symbolic", OPT_NONE, NULL},
	{'T', "no-target-directory", OPT_NONE, NULL},
	{'t', "target-directory", OPT_VALUE, NULL},
	{'v', "verbose", OPT_NONE, NULL},
	{0},
};

struct request {
	struct applet_cx *cx;
	bool force, symbolic, keep_link, plain, verbose;
	struct str folder;
};

static int cannot_access(struct request *r, struct str name, int err)
{
	struct str quoted = applet_quote(r->cx, name);

	applet_say_errno(r->cx, str_fmt(r->cx->mem, "failed to access %.*s", STR_ARG(quoted)), err);
	return 1;
}

/* Is it, by what ERR is, said of a hard link what it was to be one of? */
static bool names_target(int err)
{
	return err != -EDQUOT && err != -EEXIST && err != -ENOSPC && err != -EROFS;
}

static int failed(struct request *r, struct str target, struct str name, int err)
{
	struct arena *mem = r->cx->mem;
	struct str quoted = applet_quote(r->cx, name), of = applet_quote(r->cx, target);

	if (r->symbolic && (err == -ENAMETOOLONG || target.n == 0))
		quoted = str_fmt(mem, "%.*s -> %.*s", STR_ARG(quoted), STR_ARG(of));
	if (!r->symbolic && err == -EMLINK)
		quoted = str_fmt(mem, "to %.*s", STR_ARG(of));
	else if (!r->symbolic && names_target(err))
		quoted = str_fmt(mem, "%.*s => %.*s", STR_ARG(quoted), STR_ARG(of));
	applet_say_errno(r->cx,
			 str_fmt(mem, "failed to create %s link %.*s",
				 r->symbolic ? "symbolic" : "hard", STR_ARG(quoted)),
			 err);
	return 1;
}

/* Do A and B name one entry of one folder? */
static bool same_place(struct applet_cx *cx, struct str a, struct str b)
{
	struct str x = path_clean(cx->mem, applet_path(cx, a)),
		   y = path_clean(cx->mem, applet_path(cx, b));
	struct str in_x, in_y;

	if (str_eq(x, y))
		return true;
	x = applet_path(cx, a);
	y = applet_path(cx, b);
	return str_eq(path_base(x), path_base(y)) &&
	       files_realpath(cx->files, cx->mem, path_dir(x), &in_x) == 0 &&
	       files_realpath(cx->files, cx->mem, path_dir(y), &in_y) == 0 && str_eq(in_x, in_y);
}

static int link_one(struct request *r, struct str target, struct str name)
{
	struct applet_cx *cx = r->cx;
	struct str path = applet_path(cx, name), quoted = applet_quote(cx, target);
	struct files_stat st, old;
	int err;

	if (!r->symbolic) {
		err = files_lstat(cx->files, applet_path(cx, target), &st);
		if (err)
			return cannot_access(r, target, err);
		if (S_ISDIR(st.mode)) {
			applet_say(cx, "%.*s: hard link not allowed for directory",
				   STR_ARG(applet_name(cx, target)));
			return 1;
		}
	}
	err = files_peek(cx->files, path, false, &old);
	if (err && err != -ENOENT && r->force)
		return cannot_access(r, name, err);
	if (err == 0 && r->force) {
		if (S_ISDIR(old.mode)) {
			applet_say(cx, "%.*s: cannot overwrite directory",
				   STR_ARG(applet_name(cx, name)));
			return 1;
		}
		if (same_place(cx, target, name) &&
		    !(r->symbolic && S_ISLNK(old.mode))) {
			struct str there = applet_quote(cx, name);

			applet_say(cx, "%.*s and %.*s are the same file", STR_ARG(quoted),
				   STR_ARG(there));
			return 1;
		}
		files_unlink(cx->files, path);
	}
	err = r->symbolic ? files_symlink(cx->files, target, path)
			  : files_link(cx->files, applet_path(cx, target), path);
	if (err)
		return failed(r, target, name, err);
	if (r->verbose)
		applet_out(cx, str_fmt(cx->mem, "%.*s %s %.*s\n", STR_ARG(applet_quote(cx, name)),
				       r->symbolic ? "->" : "=>", STR_ARG(quoted)));
	return 0;
}

/* -n: a symbolic link to a folder, as the last operand, is replaced rather than entered. */
static bool is_link(struct applet_cx *cx, struct str name)
{
	struct files_stat st;

	return files_lstat(cx->files, applet_path(cx, name), &st) == 0 && S_ISLNK(st.mode);
}

/* -t: may links be made there? */
static bool is_target(struct request *r)
{
	struct str quoted = applet_quote(r->cx, r->folder);
	struct files_stat st;
	int err = files_peek(r->cx->files, applet_path(r->cx, r->folder), true, &st);

	if (err)
		cannot_access(r, r->folder, err);
	else if (!S_ISDIR(st.mode))
		applet_say(r->cx, "target %.*s is not a directory", STR_ARG(quoted));
	return !err && S_ISDIR(st.mode);
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct request r = {.cx = cx};
	struct copy_targets t;
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'f': r.force = true; break;
		case 'n': r.keep_link = true; break;
		case 's': r.symbolic = true; break;
		case 'T': r.plain = true; break;
		case 't': r.folder = o.value; break;
		case 'v': r.verbose = true; break;
		default: return applet_decline(cx);
		}
	if (r.folder.p && r.plain) {
		applet_say(cx, "cannot combine --target-directory and --no-target-directory");
		return 1;
	}
	if (r.folder.p && o.operands.n && !is_target(&r))
		return 1;
	if (o.operands.n == 1 && !r.plain && !r.folder.p)
		r.folder = S(".");
	if (o.operands.n == 2 && r.keep_link && is_link(cx, o.operands.p[1]))
		r.plain = true;
	if (!copy_targets(cx, &o, r.folder, r.plain, &t))
		return 1;
	if (copy_twice(cx, &o.operands, &t) || (!t.folder.p && str_ends(t.last, S("/"))))
		return applet_decline(cx);
	for (size_t i = 0; i < t.sources; i++) {
		struct str target = o.operands.p[i];

		status |= link_one(&r, target, copy_target(cx, &t, target));
	}
	return applet_status(cx, status);
}

const struct applet applet_ln = {
	.name = "ln",
	.help = help,
	.run = run,
};
