/* SPDX-License-Identifier: GPL-2.0-only */
/* seq: whole numbers in a row. Fractions and formats are the real tool's. */
#include "applet/internal.h"

static const char help[] = "seq [-w] [-s TEXT] [FIRST [STEP]] LAST: numbers in a row\n"
			   "  -w  all equally wide   -s  between them\n";

static const struct opt options[] = {
	{'s', "separator", OPT_VALUE, NULL},
	{'w', "equal-width", OPT_NONE, NULL},
	{0},
};

static int width_of(struct applet_cx *cx, int64_t n)
{
	return (int)str_fmt(cx->mem, "%lld", (long long)n).n;
}

static bool is_number(struct str s)
{
	return s.n > 1 && s.p[0] == '-' && s.p[1] >= '0' && s.p[1] <= '9';
}

static int count(struct applet_cx *cx, const int64_t v[3], struct str between, bool equal)
{
	struct buf out = buf_new(cx->mem);
	int64_t first = v[0], step = v[1], last = v[2], i = first;
	int a = width_of(cx, first), b = width_of(cx, first + (last - first) / step * step);
	int width = !equal ? 1 : a > b ? a : b;

	if (equal && width_of(cx, last) > width)
		width = width_of(cx, last);
	while (step > 0 ? i <= last : i >= last) {
		if (out.n)
			buf_str(&out, between);
		buf_fmt(&out, "%0*lld", width, (long long)i);
		i += step;
	}
	if (out.n)
		buf_char(&out, '\n');
	applet_out(cx, buf_view(&out));
	return applet_status(cx, 0);
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, true);
	struct str between = S("\n");
	int64_t v[3] = {1, 1, 1};
	bool equal = false;
	int c;

	/* A negative number is an operand, not an option. */
	while (!(o.in_cluster == 0 && o.next < o.argc && is_number(o.argv[o.next])) &&
	       (c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 's': between = o.value; break;
		case 'w': equal = true; break;
		default: return applet_decline(cx);
		}
	while (o.next < o.argc)
		*vec_push(cx->mem, &o.operands) = o.argv[o.next++];
	if (o.operands.n < 1 || o.operands.n > 3)
		return applet_decline(cx);
	for (size_t i = 0; i < o.operands.n; i++) {
		size_t slot = o.operands.n == 3 ? i : i == 0 && o.operands.n == 2 ? 0 : 2;
		struct str s = o.operands.p[i];

		if (!applet_integer(s, &v[slot]) || v[slot] > 1000000000 || v[slot] < -1000000000 ||
		    s.p[0] == '+' || (s.n > 1 && (s.p[0] == '0' || str_starts(s, S("-0")))))
			return applet_decline(cx);
	}
	if (v[1] == 0)
		return applet_decline(cx);
	return count(cx, v, between, equal);
}

const struct applet applet_seq = {
	.name = "seq",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
