/* SPDX-License-Identifier: GPL-2.0-only */
/* truncate: sets the size of files. */
#include "applet/internal.h"

static const char help[] =
    "truncate [-c] -s [+-<>/%]SIZE FILE...: cut files or extend them with NULs\n"
    "  -c  make nothing\n";

static const struct opt options[] = {
	{'c', "no-create", OPT_NONE, NULL},
	{'s', "size", OPT_VALUE, NULL},
	{0},
};

/* The new size of a file of SIZE bytes; how is one of "+-<>/%" or 0. */
static uint64_t new_size(char how, uint64_t n, uint64_t size)
{
	switch (how) {
	case '+': return size + n;
	case '-': return size > n ? size - n : 0;
	case '<': return size < n ? size : n;
	case '>': return size > n ? size : n;
	case '/': return size / n * n;
	case '%': return (size + n - 1) / n * n;
	default: return n;
	}
}

static int truncate_one(struct applet_cx *cx, struct str name, bool no_create, char how, uint64_t n)
{
	struct str quoted = applet_quote(cx, name);
	struct blob *b = NULL, *cut;
	struct str path = applet_path(cx, name);
	int err = files_read(cx->files, path, &b);

	if (err == -ENOENT && no_create)
		return 0;
	if (err == -ENOENT) {
		b = blob_empty();
		err = 0;
	}
	if (err == 0) {
		cut = blob_resize(b, new_size(how, n, blob_size(b)));
		err = files_write(cx->files, path, cut);
		blob_unref(cut);
		blob_unref(b);
	}
	if (err == 0)
		return 0;
	applet_say_errno(cx, str_fmt(cx->mem, "cannot open %.*s for writing", STR_ARG(quoted)),
			 err);
	return 1;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct str size = {0}, text;
	bool no_create = false;
	struct files_stat st;
	uint64_t n = 0;
	char how = 0;
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'c': no_create = true; break;
		case 's': size = o.value; break;
		default: return applet_decline(cx);
		}
	if (!size.p)
		return applet_decline(cx);
	text = str_trim(size);
	if (text.n && strchr("+-<>/%", text.p[0])) {
		how = text.p[0];
		text = str_from(text, 1);
	}
	if (!applet_size(text, "EGKMPTgkmt", &n) || n > INT64_MAX) {
		struct str shown = applet_cite(cx, text);

		if (applet_too_big(text) || n > INT64_MAX)
			applet_say_errno(cx, str_fmt(cx->mem, "Invalid number: %.*s",
						     STR_ARG(shown)), -EOVERFLOW);
		else
			applet_say(cx, "Invalid number: %.*s", STR_ARG(shown));
		return 1;
	}
	if ((how == '/' || how == '%') && n == 0) {
		applet_say(cx, "division by zero");
		return 1;
	}
	if (o.operands.n == 0)
		return applet_usage(cx, 1, S("missing file operand"));
	for (size_t i = 0; i < o.operands.n; i++)
		if (files_peek(cx->files, applet_path(cx, o.operands.p[i]), true, &st) == 0 &&
		    !S_ISREG(st.mode) && !S_ISDIR(st.mode))
			return applet_decline(cx);
	for (size_t i = 0; i < o.operands.n; i++)
		status |= truncate_one(cx, o.operands.p[i], no_create, how, n);
	return status;
}

const struct applet applet_truncate = {
	.name = "truncate",
	.help = help,
	.run = run,
};
