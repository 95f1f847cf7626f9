/* SPDX-License-Identifier: GPL-2.0-only */
/* mkdir: makes folders. */
#include "applet/internal.h"

static const char help[] = "mkdir [-p] [-m MODE] DIR...: make folders\n"
			   "  -p  parents too; an existing folder is no error\n"
			   "  -m  the mode, as chmod takes it\n";

static const struct opt options[] = {
	{'p', "parents", OPT_NONE, NULL},
	{'m', "mode", OPT_VALUE, NULL},
	{'v', "verbose", OPT_NONE, NULL},
	{0},
};

static int failed(struct applet_cx *cx, struct str name, int err)
{
	return applet_no_folder(cx, name, err);
}

static int make_one(struct applet_cx *cx, struct str name, bool parents, bool has_mode,
		    mode_t mode)
{
	struct str bad = name, path = applet_path(cx, name);
	struct files_stat st;
	int err = parents ? files_peek(cx->files, path, true, &st) : -ENOENT;

	/* it is to be there, also where it is now */
	files_changes(cx->files, path, FILES_CHANGE_WHOLE);
	if (err == -ELOOP && files_lstat(cx->files, path, &st) == 0)
		return applet_cannot(cx, "stat", name, err);
	if (err == 0 && S_ISDIR(st.mode))
		return 0;
	err =
	    parents ? applet_mkdir_parents(cx, name, 0, &bad) : files_mkdir(cx->files, path, 0777);
	if (err)
		return failed(cx, bad, err);
	if (has_mode)
		err = files_chmod(cx->files, path, mode);
	return err ? applet_cannot(cx, "set permissions of", name, err) : 0;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	bool parents = false;
	struct str mode_text = {0};
	mode_t mode = 0;
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'p': parents = true; break;
		case 'm': mode_text = o.value; break;
		default: return applet_decline(cx);
		}
	if (o.operands.n == 0)
		return applet_missing(cx, &o);
	if (mode_text.p && !applet_mode(mode_text, 0777, true, cx->umask, &mode)) {
		mode_text = applet_cite(cx, mode_text);
		applet_say(cx, "invalid mode %.*s", STR_ARG(mode_text));
		return 1;
	}
	for (size_t i = 0; i < o.operands.n; i++)
		status |= make_one(cx, o.operands.p[i], parents, mode_text.p != NULL, mode);
	return status;
}

const struct applet applet_mkdir = {
	.name = "mkdir",
	.help = help,
	.run = run,
};
