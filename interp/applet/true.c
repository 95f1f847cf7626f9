/* SPDX-License-Identifier: GPL-2.0-only */
/* true, false, and sleep, which is the only applet that takes its time. */
#include <time.h>

#include "applet/internal.h"

static int run_true(struct applet_cx *cx)
{
	return cx->argc == 2 && str_starts(cx->argv[1], S("--")) ? applet_decline(cx) : 0;
}

static int run_false(struct applet_cx *cx)
{
	return cx->argc == 2 && str_starts(cx->argv[1], S("--")) ? applet_decline(cx) : 1;
}

static int run_sleep(struct applet_cx *cx)
{
	struct timespec t = {0};
	uint64_t seconds;

	if (cx->argc != 2 || !str_number(cx->argv[1], 10, &seconds))
		return applet_decline(cx);
	t.tv_sec = (time_t)seconds;
	while (nanosleep(&t, &t) != 0 && errno == EINTR)
		;
	return 0;
}

const struct applet applet_true = {
	.name = "true",
	.help = "true: succeed\n",
	.run = run_true,
	.flags = APPLET_PURE,
};

const struct applet applet_false = {
	.name = "false",
	.help = "false: fail\n",
	.run = run_false,
	.flags = APPLET_PURE,
};

const struct applet applet_sleep = {
	.name = "sleep",
	.help = "sleep SECONDS: wait\n",
	.run = run_sleep,
};
