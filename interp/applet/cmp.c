/* SPDX-License-Identifier: GPL-2.0-only */
/* cmp: are two files the same bytes? */
#include "applet/internal.h"

static const char help[] = "cmp [-s] FILE1 [FILE2]: are they the same?\n"
			   "  -s  say nothing   -n N  the first N bytes only\n";

static const struct opt options[] = {
	{'s', "quiet", OPT_NONE, NULL},
	{'s', "silent", OPT_NONE, NULL},
	{'n', "bytes", OPT_VALUE, NULL},
	{0},
};

/* The first byte where they differ, or the shorter one's size; *LINE counts lines up to there. */
static uint64_t first_difference(const struct blob *a, const struct blob *b, uint64_t *line)
{
	char x[8192], y[8192];
	uint64_t at = 0;

	*line = 1;
	for (;;) {
		size_t n = blob_read(a, at, x, sizeof(x)), m = blob_read(b, at, y, sizeof(y));
		size_t most = n < m ? n : m;

		for (size_t i = 0; i < most; i++) {
			if (x[i] != y[i])
				return at + i;
			*line += x[i] == '\n';
		}
		at += most;
		if (n != m || n == 0)
			return at;
	}
}

/* The shorter one, NAME, ends after byte AT. */
static void say_end(struct applet_cx *cx, struct str name, const struct blob *b, uint64_t at,
		    uint64_t line)
{
	char last = '\0';
	bool whole;

	blob_read(b, at - 1, &last, 1);
	whole = last == '\n';
	applet_say(cx, "EOF on %.*s after byte %llu, %sline %llu", STR_ARG(name),
		   (unsigned long long)at, whole ? "" : "in ",
		   (unsigned long long)(whole ? line - 1 : line));
}

/* diffutils' word in the C locale, and elsewhere. */
static const char *unit(struct applet_cx *cx)
{
	struct str v = env_get(cx->env, S("LC_ALL"));

	if (v.n == 0)
		v = env_get(cx->env, S("LC_MESSAGES"));
	if (v.n == 0)
		v = env_get(cx->env, S("LANG"));
	return v.n == 0 || str_is(v, "C") || str_is(v, "POSIX") ? "char" : "byte";
}

static int compare(struct applet_cx *cx, struct str names[2], const struct blob *a,
		   const struct blob *b, bool silent)
{
	uint64_t line, at, shorter = blob_size(a) < blob_size(b) ? blob_size(a) : blob_size(b);
	struct str name = names[blob_size(a) < blob_size(b) ? 0 : 1];

	if (blob_equal(a, b))
		return 0;
	if (silent)
		return 1;
	at = first_difference(a, b, &line);
	if (at < shorter)
		applet_out(cx, str_fmt(cx->mem, "%.*s %.*s differ: %s %llu, line %llu\n",
				       STR_ARG(names[0]), STR_ARG(names[1]), unit(cx),
				       (unsigned long long)at + 1, (unsigned long long)line));
	else if (at == 0)
		applet_say(cx, "EOF on %.*s which is empty", STR_ARG(name));
	else
		say_end(cx, name, a, at, line);
	return 1;
}

static struct blob *read_part(struct applet_cx *cx, struct str name, uint64_t n, bool silent)
{
	struct blob *b = NULL, *part;
	int err = str_is(name, "-") ? stream_rest(cx->in, &b)
				    : files_read(cx->files, applet_path(cx, name), &b);

	if (err && (err != -ENOENT || !silent))
		applet_say_errno(cx, applet_name(cx, name), err);
	if (err)
		return NULL;
	part = blob_slice(b, 0, n);
	blob_unref(b);
	return part;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct str names[2];
	struct blob *a, *b;
	uint64_t limit = UINT64_MAX;
	bool silent = false;
	int c, status = 2;

	while ((c = opts_next(&o)) != OPTS_END)
		if (c == 's')
			silent = true;
		else if (c != 'n' || !applet_size(o.value, "kKM", &limit))
			return applet_decline(cx);
	if (o.operands.n < 1 || o.operands.n > 2)
		return applet_decline(cx);
	names[0] = o.operands.p[0];
	names[1] = o.operands.n > 1 ? o.operands.p[1] : S("-");
	a = read_part(cx, names[0], limit, silent);
	b = a ? read_part(cx, names[1], limit, silent) : NULL;
	if (a && b)
		status = compare(cx, names, a, b, silent);
	blob_unref(a);
	blob_unref(b);
	return applet_status(cx, status);
}

const struct applet applet_cmp = {
	.name = "cmp",
	.write_status = 2,
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
