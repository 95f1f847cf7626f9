/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * head: the first part of files, as slices. Lines are looked for in pieces, so an endless producer
 * behind a pipe is fine; what was read too much of a file is given back.
 */
#include "applet/ends.h"

static const char help[] = "head [-n [-]N | -c [-]N] [-qvz] [FILE]...: the first lines or bytes\n"
			   "  -n N  N lines (10); -N: all but the last N   -c N  bytes\n"
			   "  -q  no headers   -v  always headers   -z  lines end with NUL\n";

/* As GNU head: what is left in a pipe is for the next one. */
enum { PIECE = 8192 };

struct head {
	struct ends is;
	bool but_last;
};

/* How many bytes the first *LINES lines take of B; *LINES becomes what is still missing. */
static uint64_t lines_size(struct blob *b, uint64_t *lines, char end)
{
	uint64_t pos = 0, size = 0;
	struct str span;

	while (*lines && blob_next(b, &pos, &span)) {
		const char *p = span.p, *stop = span.p + span.n, *q;

		while (*lines && (q = memchr(p, end, (size_t)(stop - p)))) {
			p = q + 1;
			--*lines;
		}
		size += *lines ? span.n : (size_t)(p - span.p);
	}
	return size;
}

enum { PIPE_PIECE = 8192 }; /* a process takes so much of a pipe at once */

static void give_back(struct stream *in, uint64_t n)
{
	stream_unread(in, n);
	stream_leave(in, n, PIPE_PIECE);
}

static int head_lines(struct head *h, struct stream *in)
{
	uint64_t lines = h->is.n;
	int err = 0;

	while (lines && !h->is.cx->failed) {
		struct blob *piece = NULL, *part;
		uint64_t size;

		err = stream_take(in, PIECE, &piece);
		if (err || blob_size(piece) == 0) {
			blob_unref(piece);
			break;
		}
		size = lines_size(piece, &lines, h->is.end);
		part = blob_slice(piece, 0, size);
		if (size < blob_size(piece))
			give_back(in, blob_size(piece) - size);
		applet_put(h->is.cx, part);
		blob_unref(part);
		blob_unref(piece);
	}
	return err;
}

static uint64_t count_lines(struct blob *b, char end, bool *open_end)
{
	uint64_t pos = 0, n = 0;
	struct str span;

	*open_end = false;
	while (blob_next(b, &pos, &span)) {
		for (size_t i = 0; i < span.n; i++)
			n += span.p[i] == end;
		*open_end = span.p[span.n - 1] != end;
	}
	return n;
}

static int head_but_last(struct head *h, struct stream *in)
{
	struct blob *all = NULL, *part;
	bool open_end;
	uint64_t keep = 0, lines;
	int err = stream_rest(in, &all);

	if (err)
		return err;
	if (h->is.bytes) {
		keep = blob_size(all) > h->is.n ? blob_size(all) - h->is.n : 0;
	} else {
		lines = count_lines(all, h->is.end, &open_end) + open_end;
		lines = lines > h->is.n ? lines - h->is.n : 0;
		keep = lines_size(all, &lines, h->is.end);
	}
	part = blob_slice(all, 0, keep);
	applet_put(h->is.cx, part);
	stream_unread(in, blob_size(all) - keep);
	blob_unref(part);
	blob_unref(all);
	return 0;
}

static int head_stream(struct head *h, struct stream *in)
{
	struct blob *part = NULL;
	int err;

	if (h->but_last)
		return head_but_last(h, in);
	if (!h->is.bytes)
		return head_lines(h, in);
	err = h->is.n ? stream_take(in, h->is.n, &part) : 0;
	if (err == 0 && part)
		applet_put(h->is.cx, part);
	blob_unref(part);
	return err;
}

static int head_file(struct head *h, struct str name, bool header)
{
	struct applet_cx *cx = h->is.cx;
	struct stream *in = cx->in;
	bool dash = str_is(name, "-");
	int err = 0;

	if (!dash)
		err = stream_open(cx->mem, cx->files, applet_path(cx, name), STREAM_READ, &in);
	if (err && err != -EISDIR)
		return ends_cannot_open(&h->is, name, err);
	if (header)
		ends_put_header(&h->is, name);
	h->is.headed = true;
	if (err == 0) {
		err = head_stream(h, in);
		if (!dash)
			stream_close(in);
	}
	return err ? ends_cannot_read(&h->is, name, err) : 0;
}

static int take_count(struct head *h, struct str text, bool bytes)
{
	struct str digits = text;

	h->is.bytes = bytes;
	h->but_last = text.n && text.p[0] == '-';
	if (h->but_last)
		digits = str_from(text, 1);
	return ends_take_count(&h->is, digits, digits);
}

/* "-5", "-20c", "-3kqv" as the first argument: a number, then letters. False: it is another one. */
static bool take_old_form(struct head *h, struct str arg)
{
	struct ends old = h->is;
	uint64_t unit = 1;
	size_t digits = 1;

	while (digits < arg.n && arg.p[digits] >= '0' && arg.p[digits] <= '9')
		digits++;
	if (digits == 1 || arg.p[0] != '-' || !str_number(str_sub(arg, 1, digits - 1), 10, &old.n))
		return false;
	for (size_t i = digits; i < arg.n; i++)
		switch (arg.p[i]) {
		case 'c': old.bytes = true; unit = 1; break;
		case 'b': old.bytes = true; unit = 512; break;
		case 'k': old.bytes = true; unit = 1024; break;
		case 'm': old.bytes = true; unit = 1 << 20; break;
		case 'l': old.bytes = false; break;
		default:
			if (!ends_take(&old, arg.p[i]))
				return false;
		}
	if (old.n > UINT64_MAX / unit)
		return false;
	old.n *= unit;
	h->is = old;
	return true;
}

static int run(struct applet_cx *cx)
{
	struct head h = {.is = {.cx = cx, .n = 10, .end = '\n'}};
	struct opts o = applet_opts(cx, ends_options, cx->argv, cx->argc, false);
	int c, status = 0;
	bool header;

	if (cx->argc > 1 && take_old_form(&h, cx->argv[1]))
		o.next = 2;
	while ((c = opts_next(&o)) != OPTS_END && status == 0) {
		if (c == 'n' || c == 'c')
			status = take_count(&h, o.value, c == 'c');
		else if (!ends_take(&h.is, c))
			return applet_decline(cx);
	}
	if (status)
		return status;
	header = ends_has_headers(&h.is, &o.operands);
	if (o.operands.n == 0)
		status = head_file(&h, S("-"), header);
	for (size_t i = 0; i < o.operands.n; i++)
		status |= head_file(&h, o.operands.p[i], header);
	return applet_status(cx, status);
}

const struct applet applet_head = {
	.name = "head",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
