/* SPDX-License-Identifier: GPL-2.0-only */
/* uniq: repeated lines once. */
#include "applet/internal.h"

static const char help[] =
    "uniq [-cdiuz] [-f N] [-s N] [-w N] [INPUT [OUTPUT]]: repeated lines once\n"
    "  -c  with counts   -d  only repeated ones   -u  only single ones\n"
    "  -i  any case   -f  skip fields   -s  skip bytes   -w  compare N bytes\n";

static const struct opt options[] = {
	{'c', "count", OPT_NONE, NULL},	     {'d', "repeated", OPT_NONE, NULL},
	{'i', "ignore-case", OPT_NONE, NULL}, {'u', "unique", OPT_NONE, NULL},
	{'z', "zero-terminated", OPT_NONE, NULL}, {'f', "skip-fields", OPT_VALUE, NULL},
	{'s', "skip-chars", OPT_VALUE, NULL}, {'w', "check-chars", OPT_VALUE, NULL},
	{0},
};

struct uniq {
	bool count, repeated, single, any_case;
	uint64_t fields, skip, width;
	char end;
	struct buf out;
};

static struct str part_of(const struct uniq *u, struct str s)
{
	size_t i = 0;

	for (uint64_t f = 0; f < u->fields && i < s.n; f++) {
		while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'))
			i++;
		while (i < s.n && s.p[i] != ' ' && s.p[i] != '\t')
			i++;
	}
	return str_sub(str_from(str_from(s, i), u->skip), 0, u->width);
}

static int lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static bool same(const struct uniq *u, struct str a, struct str b)
{
	a = part_of(u, a);
	b = part_of(u, b);
	if (!u->any_case || a.n != b.n)
		return str_eq(a, b);
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

static void put_group(struct uniq *u, struct str line, uint64_t n)
{
	if (n == 0 || (u->repeated && n < 2) || (u->single && n > 1))
		return;
	if (u->count)
		buf_fmt(&u->out, "%7llu ", (unsigned long long)n);
	buf_str(&u->out, line);
	buf_char(&u->out, u->end);
}

static bool take_option(struct uniq *u, int c, struct str value)
{
	switch (c) {
	case 'c': u->count = true; return true;
	case 'd': u->repeated = true; return true;
	case 'i': u->any_case = true; return true;
	case 'u': u->single = true; return true;
	case 'z': u->end = '\0'; return true;
	case 'f': return str_number(value, 10, &u->fields);
	case 's': return str_number(value, 10, &u->skip);
	case 'w': return str_number(value, 10, &u->width);
	default: return false;
	}
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct uniq u = {.width = SIZE_MAX, .end = '\n', .out = buf_new(cx->mem)};
	struct str text, line, group = {0};
	struct blob *b;
	uint64_t n = 0;
	int c;
	bool ok;

	while ((c = opts_next(&o)) != OPTS_END)
		if (!take_option(&u, c, o.value))
			return applet_decline(cx);
	if (o.operands.n > 2)
		return applet_extra(cx, o.operands.p[2]);
	if (o.operands.n && o.operands.p[0].n && o.operands.p[0].p[0] == '+')
		return applet_decline(cx);
	if (!applet_read_text(cx, o.operands.n ? o.operands.p[0] : S("-"), &text))
		return 1;
	while (applet_line(&text, u.end, &line)) {
		line = applet_chomp(line, u.end);
		if (n && same(&u, group, line)) {
			n++;
			continue;
		}
		put_group(&u, group, n);
		group = line;
		n = 1;
	}
	put_group(&u, group, n);
	b = blob_copy(buf_view(&u.out).p, u.out.n);
	ok = applet_write(cx, o.operands.n > 1 ? o.operands.p[1] : S("-"), b);
	blob_unref(b);
	return applet_status(cx, ok ? 0 : 1);
}

const struct applet applet_uniq = {
	.name = "uniq",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
