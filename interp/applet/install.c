/* SPDX-License-Identifier: GPL-2.0-only */
/* install: copies with a mode, and makes folders. */
#include "applet/copy.h"

static const char help[] =
    "install [-Dpv] [-m MODE] [-t DIR | -T] SOURCE... TARGET\n"
    "install -d [-m MODE] DIR...: copy files with a mode, or make folders\n"
    "  -D  make the target's folder   -m  the mode (default 755)   -p  keep times\n";

static const struct opt options[] = {
	{'c', NULL, OPT_NONE, NULL},
	{'D', NULL, OPT_NONE, NULL},
	{'d', "directory", OPT_NONE, NULL},
	{'m', "mode", OPT_VALUE, NULL},
	{'p', "preserve-timestamps", OPT_NONE, NULL},
	{'t', "target-directory", OPT_VALUE, NULL},
	{'T', "no-target-directory", OPT_NONE, NULL},
	{0},
};

enum { ABOVE = 0755 }; /* folders on the way, whatever the umask */

struct request {
	struct copy copy;
	bool folders, make_parents, plain;
	struct str mode_text, folder;
	mode_t mode;
};

static int install_one(struct request *r, struct str from, struct str to)
{
	struct applet_cx *cx = r->copy.cx;
	struct files_stat st, old;
	struct str bad, path = applet_path(cx, to);
	int err;

	if (r->make_parents && applet_mkdir_parents(cx, path_dir(to), ABOVE, &bad) != 0)
		return applet_no_folder(cx, path_dir(to), -ENOTDIR);
	if (files_stat(cx->files, applet_path(cx, from), &st) == 0 && S_ISDIR(st.mode)) {
		applet_say(cx, "omitting directory %.*s", STR_ARG(applet_quote(cx, from)));
		return 1;
	}
	if (files_stat(cx->files, applet_path(cx, from), &st) == 0 &&
	    files_peek(cx->files, path, false, &old) == 0 && !S_ISDIR(old.mode) &&
	    !copy_same(&st, &old))
		files_unlink(cx->files, path);
	if (copy_path(&r->copy, from, to) != 0)
		return 1;
	err = files_chmod(cx->files, path, r->mode);
	return err ? applet_cannot(cx, "change permissions of", to, err) : 0;
}

static int make_folder(struct request *r, struct str name)
{
	struct applet_cx *cx = r->copy.cx;
	struct str bad;
	int err = applet_mkdir_parents(cx, name, ABOVE, &bad);

	if (err)
		return applet_no_folder(cx, bad, err);
	err = files_chmod(cx->files, applet_path(cx, name), r->mode);
	return err ? applet_cannot(cx, "change permissions of", name, err) : 0;
}

static bool take_option(struct request *r, int c, struct str value)
{
	switch (c) {
	case 'c': return true;
	case 'D': r->make_parents = true; return true;
	case 'd': r->folders = true; return true;
	case 'm': r->mode_text = value; return true;
	case 'p': r->copy.keep_times = true; return true;
	case 't': r->folder = value; return true;
	case 'T': r->plain = true; return true;
	default: return false;
	}
}

static int run_request(struct request *r, const struct opts *o)
{
	struct applet_cx *cx = r->copy.cx;
	struct copy_targets t;
	struct str bad;
	int status = 0;

	if (r->folders && o->operands.n == 0)
		return applet_usage(cx, 1, S("missing file operand"));
	for (size_t i = 0; r->folders && i < o->operands.n; i++)
		status |= make_folder(r, o->operands.p[i]);
	if (r->folders)
		return status;
	if (r->make_parents && r->folder.p)
		applet_mkdir_parents(cx, r->folder, ABOVE, &bad);
	if (!copy_targets(cx, o, r->folder, r->plain, &t))
		return 1;
	if (copy_twice(cx, &o->operands, &t))
		return applet_decline(cx);
	for (size_t i = 0; i < t.sources; i++) {
		struct str from = o->operands.p[i];

		status |= install_one(r, from, copy_target(cx, &t, from));
	}
	return status;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct request r = {.copy = {.cx = cx, .follow = FOLLOW_ALWAYS}, .mode = 0755};
	int c;

	while ((c = opts_next(&o)) != OPTS_END)
		if (!take_option(&r, c, o.value))
			return applet_decline(cx);
	/* Symbolic modes start from nothing, without the umask. */
	if (r.mode_text.p && !applet_mode(r.mode_text, 0, r.folders, 0, &r.mode)) {
		struct str quoted = applet_cite(cx, r.mode_text);

		applet_say(cx, "invalid mode %.*s", STR_ARG(quoted));
		return 1;
	}
	return applet_status(cx, run_request(&r, &o));
}

const struct applet applet_install = {
	.name = "install",
	.help = help,
	.run = run,
};
