/* SPDX-License-Identifier: GPL-2.0-only */
/* rm and rmdir: removal of names and trees. */
#include "applet/internal.h"

static const char rm_help[] = "rm [-dfrRv] FILE...: remove files\n"
			      "  -f  a missing file is no error   -r -R  folders too\n"
			      "  -d  empty folders too            -v  say what is done\n";

static const struct opt rm_options[] = {
	{'d', "dir", OPT_NONE, NULL},
	{'f', "force", OPT_NONE, NULL},
	{'r', NULL, OPT_NONE, NULL},
	{'R', "recursive", OPT_NONE, NULL},
	{'v', "verbose", OPT_NONE, NULL},
	{0},
};

struct removal {
	struct applet_cx *cx;
	bool force, recursive, folders, verbose;
};

static int removed(struct removal *r, const char *fmt, struct str name)
{
	name = applet_quote(r->cx, name);
	if (r->verbose)
		applet_out(r->cx, str_fmt(r->cx->mem, fmt, STR_ARG(name)));
	return 0;
}

static int remove_one(struct removal *r, struct str name);

static int remove_folder(struct removal *r, struct str name)
{
	struct applet_cx *cx = r->cx;
	struct strs names = {0};
	int status = 0, err = 0, unread;

	if (r->recursive)
		err = files_list(cx->files, cx->mem, applet_path(cx, name), &names);
	unread = err;
	for (size_t i = 0; i < names.n; i++)
		status |= remove_one(r, applet_child(cx, name, names.p[i]));
	if (status)
		return status;
	/* What cannot be read may be empty. */
	err = files_rmdir(cx->files, applet_path(cx, name));
	if (err)
		return applet_cannot(cx, "remove", name, unread ? unread : err);
	return removed(r, "removed directory %.*s\n", name);
}

static int remove_one(struct removal *r, struct str name)
{
	struct applet_cx *cx = r->cx;
	struct files_stat st;
	int err = files_lstat(cx->files, applet_path(cx, name), &st);

	if (err == 0 && S_ISDIR(st.mode)) {
		if (r->recursive || r->folders)
			return remove_folder(r, name);
		return applet_cannot(cx, "remove", name, -EISDIR);
	}
	if (err == 0)
		err = files_unlink(cx->files, applet_path(cx, name));
	if (r->force && (err == -ENOENT || err == -ENOTDIR))
		return 0;
	if (err)
		return applet_cannot(cx, "remove", name, err);
	return removed(r, "removed %.*s\n", name);
}

/* "." and ".." are never removed; the root is left to the real tool's care. */
static bool is_dots(struct str name)
{
	while (name.n > 1 && name.p[name.n - 1] == '/')
		name.n--;
	name = path_base(name);
	return str_is(name, ".") || str_is(name, "..");
}

static int remove_operand(struct removal *r, struct str name)
{
	struct str quoted;

	while (str_ends(name, S("//")))
		name.n--;
	quoted = applet_quote(r->cx, name);
	if (!r->recursive || !is_dots(name))
		return remove_one(r, name);
	applet_say(r->cx, "refusing to remove '.' or '..' directory: skipping %.*s",
		   STR_ARG(quoted));
	return 1;
}

/* Is NAME a folder around the one that the command is in, by a path that leads through that? It
 * would lead nowhere once that is gone. */
static bool is_around(struct applet_cx *cx, struct str name)
{
	struct str folder, own;

	return str_find(name, S("..")) >= 0 &&
	       files_realpath(cx->files, cx->mem, applet_path(cx, name), &folder) == 0 &&
	       files_realpath(cx->files, cx->mem, cx->cwd, &own) == 0 &&
	       str_starts(own, str_cat(cx->mem, folder, S("/")));
}

static int run_rm(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, rm_options, cx->argv, cx->argc, false);
	struct removal r = {.cx = cx};
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'd': r.folders = true; break;
		case 'f': r.force = true; break;
		case 'r': case 'R': r.recursive = true; break;
		case 'v': r.verbose = true; break;
		default: return applet_decline(cx);
		}
	if (o.operands.n == 0 && !r.force)
		return applet_missing(cx, &o);
	for (size_t i = 0; i < o.operands.n; i++)
		if (str_is(path_clean(cx->mem, applet_path(cx, o.operands.p[i])), "/") ||
		    (r.recursive && is_around(cx, o.operands.p[i])))
			return applet_decline(cx);
	files_quiet(cx->files, true);
	for (size_t i = 0; i < o.operands.n; i++) {
		/* Whatever is there, nothing is said of it. */
		bool all =
		    r.recursive && r.force && !r.verbose && !str_ends(o.operands.p[i], S("/"));

		files_changes(cx->files, applet_path(cx, o.operands.p[i]),
			      all ? FILES_CHANGE_ALL : FILES_CHANGE_GONE);
		status |= remove_operand(&r, o.operands.p[i]);
	}
	files_quiet(cx->files, false);
	return applet_status(cx, status);
}

const struct applet applet_rm = {
	.name = "rm",
	.help = rm_help,
	.run = run_rm,
};

enum { IGNORE_FULL = 256 };

static const char rmdir_help[] = "rmdir [-p] DIR...: remove empty folders\n"
				 "  -p  their parents too\n"
				 "  --ignore-fail-on-non-empty\n";

static const struct opt rmdir_options[] = {
	{'p', "parents", OPT_NONE, NULL},
	{'v', "verbose", OPT_NONE, NULL},
	{IGNORE_FULL, "ignore-fail-on-non-empty", OPT_NONE, NULL},
	{0},
};

static bool is_full(struct applet_cx *cx, struct str name)
{
	struct strs names = {0};

	return files_list(cx->files, cx->mem, applet_path(cx, name), &names) == 0 && names.n > 0;
}

/* Does a link stand where NAME, or with PARENTS one above it, ends in a slash? */
static bool by_link(struct applet_cx *cx, struct str name, bool parents)
{
	struct files_stat st;

	for (; name.n > 1; name.n--)
		if (name.p[name.n - 1] == '/' &&
		    files_lstat(cx->files, applet_path(cx, str_sub(name, 0, name.n - 1)), &st) ==
			0 &&
		    S_ISLNK(st.mode))
			return true;
		else if (!parents && name.p[name.n - 1] != '/')
			return false;
	return false;
}

static int rmdir_one(struct applet_cx *cx, struct str name, bool parents, bool ignore_full)
{
	const char *what = "";

	for (;;) {
		int err = files_rmdir(cx->files, applet_path(cx, name));
		struct str quoted = applet_quote(cx, name);

		if (err && ignore_full && is_full(cx, name))
			return 0;
		if (err == -ENOTDIR)
			what = "";
		if (err) {
			applet_say_errno(cx, str_fmt(cx->mem, "failed to remove %s%.*s", what,
						     STR_ARG(quoted)), err);
			return 1;
		}
		while (name.n > 1 && name.p[name.n - 1] == '/')
			name.n--;
		if (!parents || str_chr(name, '/') <= 0)
			return 0;
		name = path_dir(name);
		what = "directory ";
	}
}

static int run_rmdir(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, rmdir_options, cx->argv, cx->argc, false);
	bool parents = false, ignore_full = false;
	struct str bad;
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'p': parents = true; break;
		case IGNORE_FULL: ignore_full = true; break;
		default: return applet_decline(cx);
		}
	if (o.operands.n == 0)
		return applet_missing(cx, &o);
	for (size_t i = 0; i < o.operands.n; i++)
		if (by_link(cx, o.operands.p[i], parents))
			return applet_decline(cx);
	/* A folder may be a lock (until mkdir …): what was written under it comes first. */
	files_commit(cx->files, &bad);
	for (size_t i = 0; i < o.operands.n; i++)
		status |= rmdir_one(cx, o.operands.p[i], parents, ignore_full);
	return status;
}

const struct applet applet_rmdir = {
	.name = "rmdir",
	.help = rmdir_help,
	.run = run_rmdir,
};
