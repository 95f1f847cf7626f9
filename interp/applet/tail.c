/* SPDX-License-Identifier: GPL-2.0-only */
/* tail: the last part of files, as slices. Following a growing file is left to the real tool. */
#include "applet/ends.h"

static const char help[] = "tail [-n [+]N | -c [+]N] [-qvz] [FILE]...: the last lines or bytes\n"
			   "  -n N  N lines (10); +N: from line N on   -c N  bytes\n"
			   "  -q  no headers   -v  always headers   -z  lines end with NUL\n";

struct tail {
	struct ends is;
	bool from_start;
	bool ended; /* GNU's would show none of the files that follow */
};

/* Where line number N (from 1) starts. */
static uint64_t line_start(const struct blob *b, uint64_t n, char end)
{
	uint64_t pos = 0, at = 0;
	struct str span;

	if (n <= 1)
		return 0;
	for (n--; blob_next(b, &pos, &span); at += span.n) {
		const char *p = span.p, *stop = span.p + span.n;

		while ((p = memchr(p, end, (size_t)(stop - p)))) {
			p++;
			if (--n == 0)
				return at + (size_t)(p - span.p);
		}
	}
	return blob_size(b);
}

/* Where the last N lines start. Reads backwards in small pieces. */
static uint64_t last_lines(const struct blob *b, uint64_t n, char end)
{
	char piece[4096];
	uint64_t size = blob_size(b), upto = size;

	if (n == 0)
		return size;
	while (upto) {
		size_t want = upto < sizeof(piece) ? (size_t)upto : sizeof(piece);
		size_t got = blob_read(b, upto - want, piece, want);

		for (size_t i = got; i > 0; i--) {
			uint64_t at = upto - want + i;

			/* The end of the last line does not count. */
			if (piece[i - 1] == end && at != size && n-- == 1)
				return at;
		}
		upto -= want;
	}
	return 0;
}

static uint64_t start_of_tail(const struct tail *t, const struct blob *b)
{
	uint64_t size = blob_size(b), n = t->is.n;

	if (t->is.bytes && t->from_start)
		return n ? n - 1 : 0;
	if (t->is.bytes)
		return size > n ? size - n : 0;
	return t->from_start ? line_start(b, n, t->is.end) : last_lines(b, n, t->is.end);
}

static int tail_file(struct tail *t, struct str name, bool header)
{
	struct applet_cx *cx = t->is.cx;
	bool dash = str_is(name, "-");
	struct blob *b = NULL, *part;
	int err = dash ? stream_rest(cx->in, &b) : files_read(cx->files, applet_path(cx, name), &b);

	if (err && err != -EISDIR)
		return ends_cannot_open(&t->is, name, err);
	if (header)
		ends_put_header(&t->is, name);
	t->is.headed = true;
	if (err) {
		/* As GNU's, which copies by another way where it looks for no line. */
		t->ended = t->from_start && (t->is.bytes || t->is.n <= 1);
		return ends_cannot_read(&t->is, name, err);
	}
	part = blob_slice(b, start_of_tail(t, b), UINT64_MAX);
	applet_put(cx, part);
	blob_unref(part);
	blob_unref(b);
	return 0;
}

static int take_count(struct tail *t, struct str text, bool bytes)
{
	struct str digits = text;
	int status;

	t->is.bytes = bytes;
	t->from_start = text.n && text.p[0] == '+';
	if (text.n && (text.p[0] == '+' || text.p[0] == '-'))
		digits = str_from(text, 1);
	status = ends_take_count(&t->is, digits, t->from_start ? text : digits);
	return !status && t->from_start && t->is.n >= INT64_MAX ? APPLET_DECLINE : status;
}

/* "-5", "+20c", "-3b", "+l" as the first argument, with one operand at most. False: it is another
 * one. */
static bool take_old_form(struct tail *t, const struct str *argv, size_t argc)
{
	struct str arg = argc > 1 ? argv[1] : S("");
	size_t i = 1;

	if (argc > 4 || (argc == 4 && !str_is(argv[2], "--")) ||
	    (argc == 3 && argv[2].n > 1 && argv[2].p[0] == '-' && !str_is(argv[2], "--")) ||
	    arg.n < 2 || !strchr("-+", arg.p[0]))
		return false;
	while (i < arg.n && arg.p[i] >= '0' && arg.p[i] <= '9')
		i++;
	if (i > 15 || i + 1 < arg.n || (i < arg.n && !strchr("bcl", arg.p[i])) ||
	    (i == 1 && arg.p[0] == '-'))
		return false;
	t->is.n = 10;
	if (i > 1)
		str_number(str_sub(arg, 1, i - 1), 10, &t->is.n);
	t->is.bytes = i < arg.n && arg.p[i] != 'l';
	t->is.n *= i < arg.n && arg.p[i] == 'b' ? 512 : 1;
	t->from_start = arg.p[0] == '+';
	return true;
}

static int run(struct applet_cx *cx)
{
	struct tail t = {.is = {.cx = cx, .n = 10, .end = '\n'}};
	struct opts o = applet_opts(cx, ends_options, cx->argv, cx->argc, false);
	int c, status = 0;
	bool header;

	if (take_old_form(&t, cx->argv, cx->argc))
		o.next = 2;
	else if (cx->argc > 1 && cx->argv[1].n > 1 && cx->argv[1].p[0] == '+')
		return applet_decline(cx);
	while ((c = opts_next(&o)) != OPTS_END && status == 0) {
		if (c == 'n' || c == 'c')
			status = take_count(&t, o.value, c == 'c');
		else if (!ends_take(&t.is, c))
			return applet_decline(cx);
	}
	if (status)
		return status;
	/* The last nothing of a file: GNU tail does not even open it. */
	if (t.is.n == 0 && !t.from_start)
		return 0;
	header = ends_has_headers(&t.is, &o.operands);
	if (o.operands.n == 0)
		status = tail_file(&t, S("-"), header);
	for (size_t i = 0; i < o.operands.n && !t.ended; i++)
		status |= tail_file(&t, o.operands.p[i], header);
	return applet_status(cx, status);
}

const struct applet applet_tail = {
	.name = "tail",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
	.variables = "_POSIX2_VERSION",
};
