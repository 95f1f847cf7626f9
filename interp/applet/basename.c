/* SPDX-License-Identifier: GPL-2.0-only */
/* basename and dirname: parts of names, as text. */
#include "applet/internal.h"

static const struct opt base_options[] = {
	{'a', "multiple", OPT_NONE, NULL},
	{'s', "suffix", OPT_VALUE, NULL},
	{'z', "zero", OPT_NONE, NULL},
	{0},
};

static struct str without_slashes(struct str s)
{
	while (s.n > 1 && s.p[s.n - 1] == '/')
		s.n--;
	return s;
}

static struct str base_of(struct str name, struct str suffix)
{
	ptrdiff_t slash;

	name = without_slashes(name);
	slash = str_rchr(name, '/');
	if (slash >= 0 && name.n > 1)
		name = str_from(name, (size_t)slash + 1);
	if (suffix.n && name.n > suffix.n && str_ends(name, suffix))
		name.n -= suffix.n;
	return name;
}

static int run_basename(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, base_options, cx->argv, cx->argc, true);
	struct buf out = buf_new(cx->mem);
	struct str suffix = {0};
	bool several = false;
	char end = '\n';
	int c;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'a': several = true; break;
		case 's': suffix = o.value; several = true; break;
		case 'z': end = '\0'; break;
		default: return applet_decline(cx);
		}
	if (o.operands.n == 0)
		return applet_missing(cx, &o);
	if (!several && o.operands.n > 2)
		return applet_extra(cx, o.operands.p[2]);
	if (!several && o.operands.n == 2)
		suffix = o.operands.p[1];
	for (size_t i = 0; i < (several ? o.operands.n : 1); i++) {
		buf_str(&out, base_of(o.operands.p[i], suffix));
		buf_char(&out, end);
	}
	applet_out(cx, buf_view(&out));
	return applet_status(cx, 0);
}

static const struct opt dir_options[] = {{'z', "zero", OPT_NONE, NULL}, {0}};

static struct str dir_of(struct str name)
{
	ptrdiff_t slash;

	name = without_slashes(name);
	slash = str_rchr(name, '/');
	if (slash < 0)
		return S(".");
	return without_slashes(str_sub(name, 0, slash ? (size_t)slash : 1));
}

static int run_dirname(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, dir_options, cx->argv, cx->argc, true);
	struct buf out = buf_new(cx->mem);
	char end = '\n';
	int c;

	while ((c = opts_next(&o)) != OPTS_END) {
		if (c != 'z')
			return applet_decline(cx);
		end = '\0';
	}
	if (o.operands.n == 0)
		return applet_missing(cx, &o);
	for (size_t i = 0; i < o.operands.n; i++) {
		buf_str(&out, dir_of(o.operands.p[i]));
		buf_char(&out, end);
	}
	applet_out(cx, buf_view(&out));
	return applet_status(cx, 0);
}

const struct applet applet_basename = {
    .name = "basename",
    .help = "basename NAME [SUFFIX] | basename -a [-s SUFFIX] NAME...: the last part of names\n",
    .run = run_basename,
    .flags = APPLET_PURE,
};

const struct applet applet_dirname = {
	.name = "dirname",
	.help = "dirname [-z] NAME...: names without their last part\n",
	.run = run_dirname,
	.flags = APPLET_PURE,
};
