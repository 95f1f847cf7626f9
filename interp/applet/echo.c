/* SPDX-License-Identifier: GPL-2.0-only */
/* echo, as coreutils' own program does it; shells have theirs. */
#include "applet/internal.h"

static const char help[] = "echo [-neE] [TEXT]...: put text on the output\n"
			   "  -n  no newline   -e  with escapes   -E  without (default)\n";

/* "-neE" in any mix; false when it is text. */
static bool take_option(struct str arg, bool *newline, bool *escapes)
{
	if (arg.n < 2 || arg.p[0] != '-')
		return false;
	for (size_t i = 1; i < arg.n; i++)
		if (!strchr("neE", arg.p[i]) || !arg.p[i])
			return false;
	for (size_t i = 1; i < arg.n; i++) {
		if (arg.p[i] == 'n')
			*newline = false;
		else
			*escapes = arg.p[i] == 'e';
	}
	return true;
}

static int run(struct applet_cx *cx)
{
	static const struct applet_escapes how = {.bare_octal = true};
	struct buf out = buf_new(cx->mem);
	bool newline = true, escapes = false, go_on = true;
	size_t i = 1;

	if (env_get(cx->env, S("POSIXLY_CORRECT")).p ||
	    (cx->argc == 2 && str_starts(cx->argv[1], S("--")) && cx->argv[1].n > 2))
		return applet_decline(cx);
	while (i < cx->argc && take_option(cx->argv[i], &newline, &escapes))
		i++;
	for (; i < cx->argc && go_on; i++) {
		if (escapes)
			go_on = applet_unescape(&out, cx->argv[i], &how);
		else
			buf_str(&out, cx->argv[i]);
		if (go_on && i + 1 < cx->argc)
			buf_char(&out, ' ');
	}
	if (newline && go_on)
		buf_char(&out, '\n');
	applet_out(cx, buf_view(&out));
	return applet_status(cx, 0);
}

const struct applet applet_echo = {
	.name = "echo",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
