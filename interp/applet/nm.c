/* SPDX-License-Identifier: GPL-2.0-only */
/* nm of a kernel that was not built yet, as OpenWrt's Makefiles up to 2015 ask for it while they
 * are read. */
#include "applet/internal.h"

static int run(struct applet_cx *cx)
{
	struct files_stat st;

	if (cx->argc != 2 || !cx->argv[1].n || cx->argv[1].p[0] == '-' || cx->argv[1].p[0] == '@' ||
	    files_stat(cx->files, applet_path(cx, cx->argv[1]), &st) != -ENOENT)
		return applet_decline(cx);
	applet_say(cx, "'%.*s': No such file", STR_ARG(cx->argv[1]));
	return 1;
}

const struct applet applet_nm = {
	.name = "nm",
	.help = "nm FILE: that there is no FILE\n",
	.run = run,
	.flags = APPLET_PURE,
};
