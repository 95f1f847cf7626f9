/* SPDX-License-Identifier: GPL-2.0-only */
/* md5sum and its relatives, cksum, and OpenWrt's mkhash. Checking lists is the real tools'. */
#include "applet/internal.h"
#include "digest/digest.h"

static const struct opt options[] = {
	{'b', "binary", OPT_NONE, NULL},
	{'t', "text", OPT_NONE, NULL},
	{0},
};

/* "HASH  NAME"; a backslash in front tells of escapes in the name. */
static void put_sum(struct applet_cx *cx, struct str hash, bool binary, struct str name)
{
	struct buf b = buf_new(cx->mem);

	for (size_t i = 0; i < name.n && !b.n; i++)
		if (strchr("\\\n\r", name.p[i]))
			buf_char(&b, '\\');
	buf_str(&b, hash);
	buf_z(&b, binary ? " *" : "  ");
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '\n' || name.p[i] == '\r') {
			buf_z(&b, name.p[i] == '\n' ? "\\n" : "\\r");
			continue;
		}
		if (name.p[i] == '\\')
			buf_char(&b, '\\');
		buf_char(&b, name.p[i]);
	}
	buf_char(&b, '\n');
	applet_out(cx, buf_view(&b));
}

static int sum_file(struct applet_cx *cx, const struct digest *d, bool binary, struct str name)
{
	struct blob *b = applet_read(cx, name);

	if (!b)
		return 1;
	put_sum(cx, digest_hex(cx->mem, d, b), binary, name);
	blob_unref(b);
	return 0;
}

static int run_sum(struct applet_cx *cx, const struct digest *d)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	bool binary = false;
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'b': binary = true; break;
		case 't': binary = false; break;
		default: return applet_decline(cx);
		}
	if (o.operands.n == 0)
		status = sum_file(cx, d, binary, S("-"));
	for (size_t i = 0; i < o.operands.n; i++)
		status |= sum_file(cx, d, binary, o.operands.p[i]);
	return applet_status(cx, status);
}

static int run_md5sum(struct applet_cx *cx)
{
	return run_sum(cx, &digest_md5);
}

static int run_sha1sum(struct applet_cx *cx)
{
	return run_sum(cx, &digest_sha1);
}

static int run_sha256sum(struct applet_cx *cx)
{
	return run_sum(cx, &digest_sha256);
}

static int run_sha384sum(struct applet_cx *cx)
{
	return run_sum(cx, &digest_sha384);
}

static int run_sha512sum(struct applet_cx *cx)
{
	return run_sum(cx, &digest_sha512);
}

static int run_cksum(struct applet_cx *cx)
{
	int status = 0;

	for (size_t i = 1; i < cx->argc; i++)
		if (cx->argv[i].n > 1 && cx->argv[i].p[0] == '-')
			return applet_decline(cx);
	for (size_t i = 1; i < cx->argc || i == 1; i++) {
		struct str name = i < cx->argc ? cx->argv[i] : S("-");
		struct blob *b = applet_read(cx, name);

		status |= !b;
		if (!b)
			continue;
		applet_out(cx, str_fmt(cx->mem, "%u %llu%s%.*s\n", digest_cksum_blob(b),
				       (unsigned long long)blob_size(b), i < cx->argc ? " " : "",
				       STR_ARG(i < cx->argc ? name : S(""))));
		blob_unref(b);
	}
	return applet_status(cx, status);
}

const struct applet applet_md5sum = {
	.name = "md5sum",
	.help = "md5sum [-bt] [FILE]...: MD5 of files\n",
	.run = run_md5sum,
	.flags = APPLET_PURE,
};

const struct applet applet_sha1sum = {
	.name = "sha1sum",
	.help = "sha1sum [-bt] [FILE]...: SHA-1 of files\n",
	.run = run_sha1sum,
	.flags = APPLET_PURE,
};

const struct applet applet_sha256sum = {
	.name = "sha256sum",
	.help = "sha256sum [-bt] [FILE]...: SHA-256 of files\n",
	.run = run_sha256sum,
	.flags = APPLET_PURE,
};

const struct applet applet_sha384sum = {
	.name = "sha384sum",
	.help = "sha384sum [-bt] [FILE]...: SHA-384 of files\n",
	.run = run_sha384sum,
	.flags = APPLET_PURE,
};

const struct applet applet_sha512sum = {
	.name = "sha512sum",
	.help = "sha512sum [-bt] [FILE]...: SHA-512 of files\n",
	.run = run_sha512sum,
	.flags = APPLET_PURE,
};

const struct applet applet_cksum = {
	.name = "cksum",
	.help = "cksum [FILE]...: POSIX CRC and size of files\n",
	.run = run_cksum,
	.flags = APPLET_PURE,
};
