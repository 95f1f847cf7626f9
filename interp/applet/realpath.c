/* SPDX-License-Identifier: GPL-2.0-only */
/* realpath, readlink, which: where names lead. */
#include "applet/internal.h"

static const struct opt real_options[] = {
	{'e', "canonicalize-existing", OPT_NONE, NULL},
	{'q', "quiet", OPT_NONE, NULL},
	{'z', "zero", OPT_NONE, NULL},
	{0},
};

/* The path that NAME leads to; MUST: its last part exists too. */
static int resolve(struct applet_cx *cx, struct str name, bool must, struct str *out)
{
	struct files_stat st;
	int err;

	if (name.n == 0)
		return -ENOENT;
	err = files_realpath(cx->files, cx->mem, applet_path(cx, name), out);
	if (err)
		return err;
	err = files_lstat(cx->files, *out, &st);
	return must || err == -ENOTDIR ? err : 0;
}

static int run_realpath(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, real_options, cx->argv, cx->argc, false);
	bool must = false, quiet = false;
	char end = '\n';
	int c, err, status = 0;
	struct str path;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'e': must = true; break;
		case 'q': quiet = true; break;
		case 'z': end = '\0'; break;
		default: return applet_decline(cx);
		}
	if (o.operands.n == 0)
		return applet_missing(cx, &o);
	for (size_t i = 0; i < o.operands.n; i++) {
		err = resolve(cx, o.operands.p[i], must, &path);
		status |= err != 0;
		if (err && !quiet)
			applet_say_errno(cx, applet_name(cx, o.operands.p[i]), err);
		if (err == 0)
			applet_out(cx, str_fmt(cx->mem, "%.*s%c", STR_ARG(path), end));
	}
	return applet_status(cx, status);
}

static const struct opt link_options[] = {
	{'f', "canonicalize", OPT_NONE, NULL},
	{'e', "canonicalize-existing", OPT_NONE, NULL},
	{'n', "no-newline", OPT_NONE, NULL},
	{'q', "quiet", OPT_NONE, NULL},
	{'s', "silent", OPT_NONE, NULL},
	{0},
};

static int run_readlink(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, link_options, cx->argv, cx->argc, false);
	int c, err, status = 0, how = 0;
	bool newline = true;
	struct str path;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'f': case 'e': how = c; break;
		case 'n': newline = false; break;
		case 'q': case 's': break;
		default: return applet_decline(cx);
		}
	if (o.operands.n == 0)
		return applet_missing(cx, &o);
	if (!newline && o.operands.n > 1)
		return applet_decline(cx);
	for (size_t i = 0; i < o.operands.n; i++) {
		err = how ? resolve(cx, o.operands.p[i], how == 'e', &path)
			  : files_readlink(cx->files, cx->mem, applet_path(cx, o.operands.p[i]),
					   &path);
		status |= err != 0;
		if (err == 0)
			applet_out(cx,
				   str_fmt(cx->mem, "%.*s%s", STR_ARG(path), newline ? "\n" : ""));
	}
	return applet_status(cx, status);
}

static bool is_program(struct applet_cx *cx, struct str path)
{
	struct files_stat st;

	return files_stat(cx->files, path, &st) == 0 && S_ISREG(st.mode) && (st.mode & 0111);
}

static bool find_program(struct applet_cx *cx, struct str name, bool all)
{
	struct str dirs = env_get(cx->env, S("PATH")), dir, path;
	bool found = false;

	if (str_chr(name, '/') >= 0) {
		found = is_program(cx, applet_path(cx, name));
		if (found)
			applet_out(cx, str_fmt(cx->mem, "%.*s\n", STR_ARG(name)));
		return found;
	}
	while ((all || !found) && str_split(&dirs, ':', &dir)) {
		if (dir.n == 0)
			dir = S(".");
		path = str_fmt(cx->mem, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name));
		if (!is_program(cx, applet_path(cx, path)))
			continue;
		applet_out(cx, str_fmt(cx->mem, "%.*s\n", STR_ARG(path)));
		found = true;
	}
	return found;
}

static int run_which(struct applet_cx *cx)
{
	static const struct opt options[] = {{'a', NULL, OPT_NONE, NULL}, {0}};
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, true);
	bool all = false, found = true;
	int c;

	while ((c = opts_next(&o)) != OPTS_END) {
		if (c != 'a')
			return applet_decline(cx);
		all = true;
	}
	for (size_t i = 0; i < o.operands.n; i++)
		found &= o.operands.p[i].n && find_program(cx, o.operands.p[i], all);
	return applet_status(cx, found && o.operands.n ? 0 : 1);
}

const struct applet applet_realpath = {
	.name = "realpath",
	.help = "realpath [-eqz] NAME...: absolute names without symbolic links\n",
	.run = run_realpath,
	.flags = APPLET_PURE,
};

const struct applet applet_readlink = {
	.name = "readlink",
	.help = "readlink [-fen] NAME...: a symbolic link's target, or with -f where it leads\n",
	.run = run_readlink,
	.flags = APPLET_PURE,
};

const struct applet applet_which = {
	.name = "which",
	.help = "which [-a] NAME...: where programs are in PATH\n",
	.run = run_which,
	.flags = APPLET_PURE,
};
