/* SPDX-License-Identifier: GPL-2.0-only */
/* chmod: file modes. */
#include "applet/internal.h"

static const char help[] = "chmod [-R] MODE FILE...: set modes, octal or as u+rwx,g=o\n"
			   "  -R  what is in folders too   -f  be silent about failures\n";

static const struct opt options[] = {
	{'R', "recursive", OPT_NONE, NULL},
	{'f', "silent", OPT_NONE, NULL},
	{'c', NULL, OPT_NONE, NULL},
	{0},
};

struct request {
	struct applet_cx *cx;
	struct str mode;
	bool recursive, silent;
};

static int failed(struct request *r, const char *verb, struct str name, int err)
{
	return r->silent ? 1 : applet_cannot(r->cx, verb, name, err);
}

static int change(struct request *r, struct str name, bool operand)
{
	struct applet_cx *cx = r->cx;
	struct files_stat st;
	struct strs names = {0};
	struct str path = applet_path(cx, name);
	mode_t mode;
	int err, status = 0;

	if (!operand && files_lstat(cx->files, path, &st) == 0 && S_ISLNK(st.mode))
		return 0;
	err = files_stat(cx->files, path, &st);
	if (err == -ENOENT && files_lstat(cx->files, path, &st) == 0) {
		struct str quoted = applet_quote(cx, name);

		if (!r->silent)
			applet_say(cx, "cannot operate on dangling symlink %.*s", STR_ARG(quoted));
		return 1;
	}
	if (err)
		return failed(r, "access", name, err);
	applet_mode(r->mode, st.mode & 07777, S_ISDIR(st.mode), cx->umask, &mode);
	err = files_chmod(cx->files, path, mode);
	if (err)
		return failed(r, "change permissions of", name, err);
	if (!r->recursive || !S_ISDIR(st.mode))
		return 0;
	err = files_list(cx->files, cx->mem, path, &names);
	if (err)
		return failed(r, "read directory", name, err);
	for (size_t i = 0; i < names.n; i++)
		status |= change(r, applet_child(cx, name, names.p[i]), false);
	return status;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct request r = {.cx = cx};
	mode_t unused;
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'R': r.recursive = true; break;
		case 'f': r.silent = true; break;
		default: return applet_decline(cx);
		}
	if (o.operands.n < 2)
		return applet_missing(cx, &o);
	r.mode = o.operands.p[0];
	if (!applet_mode(r.mode, 0, false, cx->umask, &unused)) {
		struct str quoted = applet_cite(cx, r.mode);

		return applet_usage(cx, 1, str_fmt(cx->mem, "invalid mode: %.*s", STR_ARG(quoted)));
	}
	for (size_t i = 1; i < o.operands.n; i++)
		status |= change(&r, o.operands.p[i], true);
	return status;
}

const struct applet applet_chmod = {
	.name = "chmod",
	.help = help,
	.run = run,
};
