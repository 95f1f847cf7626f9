/* SPDX-License-Identifier: GPL-2.0-only */
/* mkhash: OpenWrt's tool for digests without names (interface: its scripts/mkhash.c). */
#include "applet/internal.h"
#include "digest/digest.h"

static const char help[] = "mkhash [-n] [-N] md5|sha256 [FILE]...: digests in hex\n"
			   "  -n  the file's name too   -N  no newline\n";

static const struct opt options[] = {{'n', NULL, OPT_NONE, NULL}, {'N', NULL, OPT_NONE, NULL}, {0}};

static int hash_file(struct applet_cx *cx, const struct digest *d, struct str name, bool named,
		     bool newline)
{
	struct blob *b = NULL;
	struct str text;
	int err = str_is(name, "-") ? stream_rest(cx->in, &b)
				    : files_read(cx->files, applet_path(cx, name), &b);

	if (err) {
		text = str_fmt(cx->mem, "Failed to open '%.*s'%s\n", STR_ARG(name),
			       err == -EISDIR ? ": Is a directory" : "");
		stream_write(cx->err, text.p, text.n);
		return 1;
	}
	text = digest_hex(cx->mem, d, b);
	blob_unref(b);
	if (named)
		text = str_fmt(cx->mem, "%.*s %.*s", STR_ARG(text), STR_ARG(name));
	applet_out(cx, text);
	if (newline)
		applet_out(cx, S("\n"));
	return 0;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	bool named = false, newline = true;
	const struct digest *d = NULL;
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'n': named = true; break;
		case 'N': newline = false; break;
		default: return applet_decline(cx);
		}
	if (o.operands.n && str_is(o.operands.p[0], "md5"))
		d = &digest_md5;
	else if (o.operands.n && str_is(o.operands.p[0], "sha256"))
		d = &digest_sha256;
	if (!d)
		return applet_decline(cx);
	if (o.operands.n == 1)
		status = hash_file(cx, d, S("-"), named, newline);
	for (size_t i = 1; i < o.operands.n && status == 0; i++)
		status = hash_file(cx, d, o.operands.p[i], named, newline);
	return applet_status(cx, status);
}

const struct applet applet_mkhash = {
	.name = "mkhash",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
