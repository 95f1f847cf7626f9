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

static bool is_before(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec < b->tv_nsec);
}

/* In short pieces: a signal that ends the run may wake another thread. */
static void wait_seconds(struct applet_cx *cx, time_t seconds)
{
	enum { PIECE_NS = 50 * 1000 * 1000, SECOND_NS = 1000 * 1000 * 1000 };
	struct timespec now, end;

	clock_gettime(CLOCK_MONOTONIC, &now);
	end = now;
	end.tv_sec += seconds;
	while (is_before(&now, &end) && !(cx->interrupted && *cx->interrupted)) {
		now.tv_nsec += PIECE_NS;
		now.tv_sec += now.tv_nsec / SECOND_NS;
		now.tv_nsec %= SECOND_NS;
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, is_before(&now, &end) ? &now : &end,
				NULL);
		clock_gettime(CLOCK_MONOTONIC, &now);
	}
}

static int run_sleep(struct applet_cx *cx)
{
	uint64_t seconds;
	struct str bad;

	if (cx->argc != 2 || !str_number(cx->argv[1], 10, &seconds))
		return applet_decline(cx);
	/* Who waits, waits for others: they must see what was written. An error is told at the
	 * recipe's end. */
	files_commit(cx->files, &bad);
	wait_seconds(cx, (time_t)seconds);
	/* as a process that it ended */
	return cx->interrupted && *cx->interrupted ? 128 + *cx->interrupted : 0;
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
	.flags = APPLET_VARYING,
};
