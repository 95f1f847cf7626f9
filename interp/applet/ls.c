/* SPDX-License-Identifier: GPL-2.0-only */
/* ls: names, one a line, in byte order. Everything else is the real tool's. */
#include "applet/internal.h"

static const char help[] =
    "ls [-1aAd] [FILE]...: names of files\n"
    "  -a  hidden ones too   -A  without . and ..   -d  folders themselves\n";

static const struct opt options[] = {
	{'1', NULL, OPT_NONE, NULL},
	{'a', "all", OPT_NONE, NULL},
	{'A', "almost-all", OPT_NONE, NULL},
	{'d', "directory", OPT_NONE, NULL},
	{0},
};

struct ls {
	struct applet_cx *cx;
	bool all, hidden, folders;
	struct buf out;
};

static void put_name(struct ls *l, struct str name)
{
	buf_str(&l->out, name);
	buf_char(&l->out, '\n');
}

static int list_folder(struct ls *l, struct str name)
{
	struct strs names = {0};
	int err = files_list(l->cx->files, l->cx->mem, applet_path(l->cx, name), &names);

	if (err) {
		struct str quoted = applet_quote(l->cx, name);

		applet_say_errno(l->cx, str_fmt(l->cx->mem, "cannot open directory %.*s",
						STR_ARG(quoted)), err);
		return 2;
	}
	if (l->all) {
		put_name(l, S("."));
		put_name(l, S(".."));
	}
	for (size_t i = 0; i < names.n; i++)
		if (l->hidden || names.p[i].p[0] != '.')
			put_name(l, names.p[i]);
	return 0;
}

static void sort_names(struct strs *s)
{
	for (size_t i = 1; i < s->n; i++)
		for (size_t k = i; k && str_cmp(s->p[k - 1], s->p[k]) > 0; k--) {
			struct str t = s->p[k];

			s->p[k] = s->p[k - 1];
			s->p[k - 1] = t;
		}
}

static int list_all(struct ls *l, struct strs *names)
{
	struct strs folders = {0};
	struct files_stat st;
	struct strs files = {0};
	int status = 0;

	for (size_t i = 0; i < names->n; i++) {
		struct str path = applet_path(l->cx, names->p[i]);
		int err = files_lstat(l->cx->files, path, &st);

		if (err) {
			applet_cannot(l->cx, "access", names->p[i], err);
			status = 2;
		} else if (!l->folders &&
			   (S_ISDIR(st.mode) || applet_is_folder(l->cx, names->p[i]))) {
			*vec_push(l->cx->mem, &folders) = names->p[i];
		} else {
			*vec_push(l->cx->mem, &files) = names->p[i];
		}
	}
	sort_names(&files);
	sort_names(&folders);
	for (size_t i = 0; i < files.n; i++)
		put_name(l, files.p[i]);
	for (size_t i = 0; i < folders.n; i++) {
		if (names->n > 1)
			buf_fmt(&l->out, "%s%.*s:\n", l->out.n ? "\n" : "", STR_ARG(folders.p[i]));
		status |= list_folder(l, folders.p[i]);
	}
	return status;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct ls l = {.cx = cx, .out = buf_new(cx->mem)};
	int c, status;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case '1': break;
		case 'a': l.all = l.hidden = true; break;
		case 'A': l.hidden = true; l.all = false; break;
		case 'd': l.folders = true; break;
		default: return applet_decline(cx);
		}
	if (stream_is_tty(cx->out) || !applet_plain_locale(cx, S("LC_COLLATE")))
		return applet_decline(cx);
	if (o.operands.n == 0)
		*vec_push(cx->mem, &o.operands) = S(".");
	status = list_all(&l, &o.operands);
	applet_out(cx, buf_view(&l.out));
	return applet_status(cx, status);
}

/* Pure without times and owners. */
static bool pure(const struct str *argv, size_t argc)
{
	for (size_t i = 1; i < argc; i++)
		for (size_t k = 1; argv[i].n > 1 && argv[i].p[0] == '-' && k < argv[i].n; k++)
			if (!strchr("1aAd", argv[i].p[k]))
				return false;
	return true;
}

const struct applet applet_ls = {
	.name = "ls",
	.write_status = 2,
	.help = help,
	.run = run,
	.flags = APPLET_METADATA,
	.variables = "QUOTING_STYLE",
	.pure = pure,
};
