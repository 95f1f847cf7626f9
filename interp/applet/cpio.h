/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_CPIO_H
#define APPLET_CPIO_H

#include "applet/internal.h"

/* cpio -i and -t (cpio_read.c). */
struct cpio_reading {
	bool list, keep_time, unconditional, quiet;
	struct str file;	/* unset: the input */
};

/* The exit status, or APPLET_DECLINE: nothing was done. */
int cpio_read(struct applet_cx *cx, const struct cpio_reading *r);

#endif
