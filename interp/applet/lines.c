/* SPDX-License-Identifier: GPL-2.0-only */
/* tac, fold, tee: small filters of lines. */
#include "applet/internal.h"

static int tac_file(struct applet_cx *cx, struct str name, struct buf *out)
{
	struct blob *b = NULL;
	struct str text;
	int err = str_is(name, "-") ? stream_rest(cx->in, &b)
				    : files_read(cx->files, applet_path(cx, name), &b);

	if (err) {
		struct str quoted = applet_quote(cx, name);

		if (err == -EISDIR)
			applet_say_errno(cx, str_fmt(cx->mem, "%.*s: read error",
						     STR_ARG(applet_name(cx, name))), err);
		else
			applet_say_errno(cx, str_fmt(cx->mem, "failed to open %.*s for reading",
						     STR_ARG(quoted)), err);
		return 1;
	}
	if (!applet_flat(cx, b, &text))
		return 1;
	while (text.n) {
		ptrdiff_t at = str_rchr(str_sub(text, 0, text.n - 1), '\n');

		buf_str(out, str_from(text, (size_t)(at + 1)));
		text.n = (size_t)(at + 1);
	}
	blob_unref(b);
	return 0;
}

static int run_tac(struct applet_cx *cx)
{
	static const struct opt none[] = {{0}};
	struct opts o = applet_opts(cx, none, cx->argv, cx->argc, false);
	struct buf out = buf_new(cx->mem);
	int status = 0;

	if (opts_next(&o) != OPTS_END)
		return applet_decline(cx);
	if (o.operands.n == 0)
		status = tac_file(cx, S("-"), &out);
	for (size_t i = 0; i < o.operands.n; i++)
		status |= tac_file(cx, o.operands.p[i], &out);
	/* messages come first: it has a buffer of its own */
	applet_out(cx, buf_view(&out));
	return applet_status(cx, status);
}

struct fold {
	size_t width;
	bool bytes, spaces;
	struct buf out, line;
};

static size_t column_after(const struct fold *f, size_t column, char c)
{
	if (f->bytes)
		return column + 1;
	if (c == '\b')
		return column ? column - 1 : 0;
	if (c == '\r')
		return 0;
	return c == '\t' ? column + 8 - column % 8 : column + 1;
}

static size_t column_of(const struct fold *f, struct str s)
{
	size_t column = 0;

	for (size_t i = 0; i < s.n; i++)
		column = column_after(f, column, s.p[i]);
	return column;
}

/* Put what fits; with -s up to the last blank. */
static void break_line(struct fold *f)
{
	size_t n = f->line.n;

	if (f->spaces)
		while (n && f->line.p[n - 1] != ' ' && f->line.p[n - 1] != '\t')
			n--;
	if (n == 0)
		n = f->line.n;
	buf_put(&f->out, f->line.p, n);
	buf_char(&f->out, '\n');
	memmove(f->line.p, f->line.p + n, f->line.n - n);
	f->line.n -= n;
}

static void fold_text(struct fold *f, struct str text)
{
	size_t column = 0;

	f->line.n = 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '\n') {
			buf_str(&f->out, buf_view(&f->line));
			buf_char(&f->out, c);
			f->line.n = column = 0;
			continue;
		}
		while (column_after(f, column, c) > f->width && f->line.n) {
			break_line(f);
			column = column_of(f, buf_view(&f->line));
		}
		column = column_after(f, column, c);
		buf_char(&f->line, c);
	}
	buf_str(&f->out, buf_view(&f->line));
}

/* "-2" is "-w 2", also behind other letters: "-s2". */
static bool take_digits(struct str arg, struct fold *f)
{
	uint64_t n;
	size_t i = 1;

	if (arg.n < 2 || arg.p[0] != '-')
		return false;
	for (; i < arg.n && (arg.p[i] == 's' || arg.p[i] == 'b'); i++)
		;
	if (!str_number(str_from(arg, i), 10, &n) || n == 0 || n > INT32_MAX)
		return false;
	f->spaces |= str_chr(str_sub(arg, 0, i), 's') >= 0;
	f->bytes |= str_chr(str_sub(arg, 0, i), 'b') >= 0;
	f->width = n;
	return true;
}

static int run_fold(struct applet_cx *cx)
{
	static const struct opt options[] = {
		{'b', "bytes", OPT_NONE, NULL},
		{'s', "spaces", OPT_NONE, NULL},
		{'w', "width", OPT_VALUE, NULL},
		{0},
	};
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct fold f = {.width = 80, .out = buf_new(cx->mem), .line = buf_new(cx->mem)};
	struct str text;
	uint64_t n;
	int c, status = 0;

	cx->pending = &f.out;
	for (;;) {
		if (o.in_cluster == 0 && o.next < o.argc && take_digits(o.argv[o.next], &f)) {
			o.next++;
			continue;
		}
		c = opts_next(&o);
		if (c == OPTS_END)
			break;
		if (c == 'b')
			f.bytes = true;
		else if (c == 's')
			f.spaces = true;
		else if (c == 'w' && str_number(o.value, 10, &n) && n && n < INT32_MAX)
			f.width = n;
		else
			return applet_decline(cx);
	}
	for (size_t i = 0; i < o.operands.n || i == 0; i++) {
		if (!applet_read_text(cx, o.operands.n ? o.operands.p[i] : S("-"), &text))
			status = 1;
		else
			fold_text(&f, text);
	}
	applet_out(cx, buf_view(&f.out));
	return applet_status(cx, status);
}

static int run_tee(struct applet_cx *cx)
{
	static const struct opt options[] = {{'a', "append", OPT_NONE, NULL},
					     {'i', NULL, OPT_NONE, NULL}, {0}};
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct blob *b = NULL;
	bool append = false;
	int c, err, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'a': append = true; break;
		case 'i': break;
		default: return applet_decline(cx);
		}
	err = stream_rest(cx->in, &b);
	if (err) {
		applet_say_errno(cx, S("read error"), err);
		return 1;
	}
	for (size_t i = 0; i < o.operands.n; i++) {
		struct str path = applet_path(cx, o.operands.p[i]);

		err = append ? files_append(cx->files, path, b) : files_write(cx->files, path, b);
		if (err)
			applet_say_errno(cx, applet_name(cx, o.operands.p[i]), err);
		status |= err != 0;
	}
	applet_put(cx, b);
	blob_unref(b);
	return applet_status(cx, status);
}

const struct applet applet_tac = {
	.name = "tac",
	.help = "tac [FILE]...: lines, the last first\n",
	.run = run_tac,
	.flags = APPLET_PURE,
};

const struct applet applet_fold = {
	.name = "fold",
	.help = "fold [-bs] [-w N] [FILE]...: break lines at N columns (80)\n",
	.run = run_fold,
	.flags = APPLET_PURE,
};

const struct applet applet_tee = {
	.name = "tee",
	.help = "tee [-a] [FILE]...: the input to the output and to FILEs\n",
	.run = run_tee,
};
