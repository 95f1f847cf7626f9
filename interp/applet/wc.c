/* SPDX-License-Identifier: GPL-2.0-only */
/* wc: counts lines, words and bytes. */
#include <sys/stat.h>

#include "applet/internal.h"

static const char help[] = "wc [-clw] [FILE]...: count bytes, lines, words\n";

static const struct opt options[] = {
	{'c', "bytes", OPT_NONE, NULL},
	{'l', "lines", OPT_NONE, NULL},
	{'w', "words", OPT_NONE, NULL},
	{0},
};

struct counts {
	uint64_t lines, words, bytes;
};

struct wc {
	struct applet_cx *cx;
	bool lines, words, bytes;
	int width;
	struct buf out;
};

static bool is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct counts count(const struct wc *w, const struct blob *b)
{
	struct counts n = {.bytes = blob_size(b)};
	uint64_t pos = 0;
	struct str span;
	bool in_word = false;

	if (!w->lines && !w->words)
		return n;
	while (blob_next(b, &pos, &span))
		for (size_t i = 0; i < span.n; i++) {
			unsigned char c = (unsigned char)span.p[i];

			n.lines += c == '\n';
			if (is_space(c)) {
				n.words += in_word;
				in_word = false;
			} else if (c > ' ' && c < 127) {
				in_word = true;
			}
		}
	n.words += in_word;
	return n;
}

static void put_counts(struct wc *w, struct counts n, struct str name)
{
	const char *gap = "";
	uint64_t values[3] = {n.lines, n.words, n.bytes};
	bool wanted[3] = {w->lines, w->words, w->bytes};

	for (int i = 0; i < 3; i++)
		if (wanted[i]) {
			buf_fmt(&w->out, "%s%*llu", gap, w->width, (unsigned long long)values[i]);
			gap = " ";
		}
	if (name.p)
		buf_fmt(&w->out, " %.*s", STR_ARG(name));
	buf_char(&w->out, '\n');
}

/* The size of the input where it is a file. */
static void add_input(struct wc *w, uint64_t *total, int *least)
{
	struct stat in;
	int fd = stream_descriptor(w->cx->in);

	if (fd < 0 || fstat(fd, &in) != 0 || !S_ISREG(in.st_mode))
		*least = 7;
	else
		*total += (uint64_t)in.st_size;
}

/* Columns are as wide as the sizes' sum needs, and seven where a size is not known beforehand. */
static int column_width(struct wc *w, const struct strs *names)
{
	uint64_t total = 0;
	int width = 1, least = 1;
	struct files_stat st;

	if (w->lines + w->words + w->bytes == 1 && names->n <= 1)
		return 1;
	for (size_t i = 0; i < names->n || i == 0; i++) {
		if (names->n == 0 || str_is(names->p[i], "-"))
			add_input(w, &total, &least);
		else if (files_stat(w->cx->files, applet_path(w->cx, names->p[i]), &st) != 0)
			continue;
		else if (!S_ISREG(st.mode))
			least = 7;
		else
			total += st.size;
	}
	for (; total >= 10; total /= 10)
		width++;
	return width < least ? least : width;
}

static int count_file(struct wc *w, struct str name, struct counts *total)
{
	struct applet_cx *cx = w->cx;
	struct blob *b = NULL;
	struct counts n = {0};
	bool dash = !name.p || str_is(name, "-");
	int err = dash ? stream_rest(cx->in, &b) : files_read(cx->files, applet_path(cx, name), &b);

	if (err) {
		applet_say_errno(cx, name.p ? applet_name(cx, name) : S("-"), err);
		if (err != -EISDIR)
			return 1;
	}
	if (!err)
		n = count(w, b);
	blob_unref(b);
	put_counts(w, n, name);
	total->lines += n.lines;
	total->words += n.words;
	total->bytes += n.bytes;
	return err ? 1 : 0;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct wc w = {.cx = cx, .out = buf_new(cx->mem)};
	struct counts total = {0};
	int c, status = 0;

	cx->pending = &w.out;
	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'c': w.bytes = true; break;
		case 'l': w.lines = true; break;
		case 'w': w.words = true; break;
		default: return applet_decline(cx);
		}
	for (size_t i = 0; i < o.operands.n; i++)
		if (o.operands.p[i].n == 0)
			return applet_decline(cx); /* it has words for that */
	if (!w.bytes && !w.lines && !w.words)
		w.bytes = w.lines = w.words = true;
	w.width = column_width(&w, &o.operands);
	if (o.operands.n == 0)
		status = count_file(&w, (struct str){0}, &total);
	for (size_t i = 0; i < o.operands.n; i++)
		status |= count_file(&w, o.operands.p[i], &total);
	if (o.operands.n > 1)
		put_counts(&w, total, S("total"));
	applet_out(cx, buf_view(&w.out));
	return applet_status(cx, status);
}

const struct applet applet_wc = {
	.name = "wc",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
