/* SPDX-License-Identifier: GPL-2.0-only */
/* tail: the last part of files, as slices. Following a growing file is left to the real tool. */
#include "applet/internal.h"

static const char help[] = "tail [-n [+]N | -c [+]N] [-qvz] [FILE]...: the last lines or bytes\n"
			   "  -n N  N lines (10); +N: from line N on   -c N  bytes\n"
			   "  -q  no headers   -v  always headers   -z  lines end with NUL\n";

static const struct opt options[] = {
	{'n', "lines", OPT_VALUE, NULL},   {'c', "bytes", OPT_VALUE, NULL},
	{'q', "quiet", OPT_NONE, NULL},	   {'v', "verbose", OPT_NONE, NULL},
	{'q', "silent", OPT_NONE, NULL},   {'z', "zero-terminated", OPT_NONE, NULL},
	{0},
};

struct tail {
	struct applet_cx *cx;
	uint64_t n;
	bool bytes, from_start, quiet, verbose, headed, ended;
	char end;
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
	uint64_t size = blob_size(b);

	if (t->bytes && t->from_start)
		return t->n ? t->n - 1 : 0;
	if (t->bytes)
		return size > t->n ? size - t->n : 0;
	return t->from_start ? line_start(b, t->n, t->end) : last_lines(b, t->n, t->end);
}

static int tail_file(struct tail *t, struct str name, bool header)
{
	struct applet_cx *cx = t->cx;
	bool dash = str_is(name, "-");
	struct str shown = dash ? S("standard input") : name;
	struct str quoted = applet_quote(cx, shown);
	struct blob *b = NULL, *part;
	int err = dash ? stream_rest(cx->in, &b) : files_read(cx->files, applet_path(cx, name), &b);

	if (err && err != -EISDIR) {
		applet_say_errno(cx, str_fmt(cx->mem, "cannot open %.*s for reading",
					     STR_ARG(quoted)), err);
		return 1;
	}
	if (header)
		applet_out(cx, str_fmt(cx->mem, "%s==> %.*s <==\n", t->headed ? "\n" : "",
				       STR_ARG(shown)));
	t->headed = true;
	if (err) {
		applet_say_errno(cx, str_fmt(cx->mem, "error reading %.*s", STR_ARG(quoted)), err);
		/* As GNU's, which copies by another way where it looks for no line. */
		t->ended = t->from_start && (t->bytes || t->n <= 1);
		return 1;
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

	t->bytes = bytes;
	t->from_start = text.n && text.p[0] == '+';
	if (text.n && (text.p[0] == '+' || text.p[0] == '-'))
		digits = str_from(text, 1);
	if (digits.n && digits.p[0] >= '0' && digits.p[0] <= '9' &&
	    applet_size(digits, "bkKmMGTPE", &t->n))
		return t->from_start && t->n >= INT64_MAX ? APPLET_DECLINE : 0;
	/* "++5", " 5" and "k" are numbers too. */
	if (digits.n > 15 || (digits.n && strchr("+ \tbkKmMGTPEZYRQ", digits.p[0])))
		return APPLET_DECLINE;
	text = applet_cite(t->cx, t->from_start ? text : digits);
	applet_say(t->cx, "invalid number of %s: %.*s%s", bytes ? "bytes" : "lines", STR_ARG(text),
		   applet_too_big(digits) ? ": Value too large for defined data type" : "");
	return 1;
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
	t->n = 10;
	if (i > 1)
		str_number(str_sub(arg, 1, i - 1), 10, &t->n);
	t->bytes = i < arg.n && arg.p[i] != 'l';
	t->n *= i < arg.n && arg.p[i] == 'b' ? 512 : 1;
	t->from_start = arg.p[0] == '+';
	return true;
}

static int run(struct applet_cx *cx)
{
	struct tail t = {.cx = cx, .n = 10, .end = '\n'};
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	int c, status = 0;
	bool header;

	if (take_old_form(&t, cx->argv, cx->argc))
		o.next = 2;
	else if (cx->argc > 1 && cx->argv[1].n > 1 && cx->argv[1].p[0] == '+')
		return applet_decline(cx);
	while ((c = opts_next(&o)) != OPTS_END && status == 0)
		switch (c) {
		case 'n': case 'c': status = take_count(&t, o.value, c == 'c'); break;
		case 'q': t.quiet = true; t.verbose = false; break;
		case 'v': t.verbose = true; t.quiet = false; break;
		case 'z': t.end = '\0'; break;
		default: return applet_decline(cx);
		}
	if (status)
		return status;
	/* The last nothing of a file: GNU tail does not even open it. */
	if (t.n == 0 && !t.from_start)
		return 0;
	header = t.verbose || (o.operands.n > 1 && !t.quiet);
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
};
