/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nl: lines with numbers. A line that is nothing but \:\:\:, \:\: or \: starts a page's header,
 * body or footer. Regular expressions (-bp), joined blank lines (-l) and other delimiters (-d)
 * are the real tool's.
 */
#include "applet/internal.h"

static const char help[] =
    "nl [-p] [-b|-h|-f a|t|n] [-n ln|rn|rz] [-i N] [-v N] [-w N] [-s TEXT] [FILE]...: number "
    "lines\n"
    "  -b, -h, -f  which lines of a body (t), header (n), footer (n): a all, t not empty, n none\n"
    "  -n ln  left   rn  right (default)   rz  with zeros   -w  columns (6)   -s  then (a tab)\n"
    "  -v  first number (1)   -i  step (1)   -p  go on counting in the next section\n";

static const struct opt options[] = {
	{'b', "body-numbering", OPT_VALUE, NULL},   {'h', "header-numbering", OPT_VALUE, NULL},
	{'f', "footer-numbering", OPT_VALUE, NULL}, {'i', "line-increment", OPT_VALUE, NULL},
	{'n', "number-format", OPT_VALUE, NULL},    {'p', "no-renumber", OPT_NONE, NULL},
	{'s', "number-separator", OPT_VALUE, NULL}, {'v', "starting-line-number", OPT_VALUE, NULL},
	{'w', "number-width", OPT_VALUE, NULL},	    {0},
};

enum { FOOTER, BODY, HEADER, SECTIONS, NUMBER_MAX = 1000000000, WIDTH_MAX = 1000 };

struct nl {
	struct applet_cx *cx;
	struct buf out;
	char style[SECTIONS];
	int section;
	int64_t first, step, number, width;
	struct str between, format;
	bool go_on;
};

/* The section that LINE starts, or -1. */
static int section_of(struct str line)
{
	static const struct str marks[] = {S("\\:"), S("\\:\\:"), S("\\:\\:\\:")};

	for (int i = 0; i < SECTIONS; i++)
		if (str_eq(line, marks[i]))
			return i;
	return -1;
}

static void put_number(struct nl *t)
{
	int width = (int)t->width;
	long long number = t->number;

	if (str_is(t->format, "ln"))
		buf_fmt(&t->out, "%-*lld", width, number);
	else if (str_is(t->format, "rz"))
		buf_fmt(&t->out, "%0*lld", width, number);
	else
		buf_fmt(&t->out, "%*lld", width, number);
	buf_str(&t->out, t->between);
	t->number += t->step;
}

static void put_line(struct nl *t, struct str line)
{
	int section = section_of(line);
	char style = t->style[section < 0 ? t->section : section];

	if (section >= 0) {
		t->section = section;
		if (!t->go_on)
			t->number = t->first;
		buf_char(&t->out, '\n');
		return;
	}
	if (style == 'a' || (style == 't' && line.n))
		put_number(t);
	else
		buf_fmt(&t->out, "%*s", (int)(t->width + (int64_t)t->between.n), "");
	buf_str(&t->out, line);
	buf_char(&t->out, '\n');
}

static int put_file(struct nl *t, struct str name)
{
	struct str text, line;

	if (!applet_read_text(t->cx, name, &text))
		return 1;
	while (applet_line(&text, '\n', &line))
		put_line(t, applet_chomp(line, '\n'));
	return 0;
}

static bool take_style(struct nl *t, int section, struct str value)
{
	if (value.n != 1 || str_chr(S("atn"), value.p[0]) < 0)
		return false;
	t->style[section] = value.p[0];
	return true;
}

static bool take_number(struct str value, int64_t from, int64_t to, int64_t *out)
{
	return applet_integer(value, out) && *out >= from && *out <= to;
}

static bool take(struct nl *t, int id, struct str value)
{
	switch (id) {
	case 'b': return take_style(t, BODY, value);
	case 'h': return take_style(t, HEADER, value);
	case 'f': return take_style(t, FOOTER, value);
	case 'i': return take_number(value, -NUMBER_MAX, NUMBER_MAX, &t->step);
	case 'v': return take_number(value, -NUMBER_MAX, NUMBER_MAX, &t->first);
	case 'w': return take_number(value, 1, WIDTH_MAX, &t->width);
	case 's': t->between = value; return true;
	case 'p': t->go_on = true; return true;
	case 'n':
		t->format = value;
		return str_is(value, "ln") || str_is(value, "rn") || str_is(value, "rz");
	default: return false;
	}
}

static int run(struct applet_cx *cx)
{
	struct nl t = {
	    .cx = cx,
	    .out = buf_new(cx->mem),
	    .section = BODY,
	    .first = 1,
	    .step = 1,
	    .width = 6,
	    .style = {[FOOTER] = 'n', [BODY] = 't', [HEADER] = 'n'},
	    .between = S("\t"),
	};
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	int id, status = 0;

	cx->pending = &t.out;
	while ((id = opts_next(&o)) != OPTS_END)
		if (!take(&t, id, o.value))
			return applet_decline(cx);
	t.number = t.first;
	if (o.operands.n == 0)
		status = put_file(&t, S("-"));
	for (size_t i = 0; i < o.operands.n; i++)
		status |= put_file(&t, o.operands.p[i]);
	applet_out(cx, buf_view(&t.out));
	return applet_status(cx, status);
}

const struct applet applet_nl = {
	.name = "nl",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
