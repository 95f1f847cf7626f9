/* SPDX-License-Identifier: GPL-2.0-only */
/* cat: the operands one after the other; ropes are joined, no byte is moved. */
#include <errno.h>

#include "applet/internal.h"

static const char help[] = "cat [-u] [FILE]...: put FILEs (or the input) on the output\n"
			   "  -u  accepted for POSIX; nothing is buffered anyway\n";

static const struct opt options[] = {{'u', NULL, OPT_NONE, NULL}, {0}};

static int cat_one(struct applet_cx *cx, struct str arg)
{
	struct blob *b;

	if (str_is(arg, "-") ? stream_reads_own(cx->in, cx->out, cx->files)
			     : stream_is_file(cx->out, cx->files, applet_path(cx, arg))) {
		applet_say(cx, "%.*s: input file is output file", STR_ARG(applet_name(cx, arg)));
		return 1;
	}
	b = applet_read(cx, arg);
	if (!b)
		return 1;
	applet_put(cx, b);
	blob_unref(b);
	return 0;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		if (c != 'u')
			return applet_decline(cx);
	if (applet_names_noise(&o.operands))
		return applet_decline(cx);
	if (stream_is_closed(cx->out)) { /* it looks before it reads */
		applet_say_errno(cx, S("standard output"), -EBADF);
		return 1;
	}
	if (o.operands.n == 0)
		status = cat_one(cx, S("-"));
	for (size_t i = 0; i < o.operands.n && !cx->failed; i++)
		status |= cat_one(cx, o.operands.p[i]);
	return applet_status(cx, status);
}

const struct applet applet_cat = {
	.name = "cat",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
