/* SPDX-License-Identifier: GPL-2.0-only */
/* JFFS2's end mark de ad c0 de (jffs2_marks.c): what is behind it on the flash is a new, empty file
 * system. */
#include "firmware/internal.h"

#include <string.h>

enum { SEEN = 16 };

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);

	if (image.n < sizeof(jffs2_end_mark) ||
	    memcmp(image.p, jffs2_end_mark, sizeof(jffs2_end_mark)) != 0)
		return false;
	/* Four bytes may be anything; behind them a flash is empty. */
	for (size_t i = sizeof(jffs2_end_mark); i < image.n && i < SEEN; i++) {
		if ((unsigned char)image.p[i] != 0xff && image.p[i] != 0)
			return false;
	}
	v->extent = sizeof(jffs2_end_mark);
	return true;
}

static void show(struct firmware_view *v)
{
	(void)v;
}

const struct firmware firmware_jffs2_end = {
    .name = "jffs2-end",
    .format = "JFFS2 end mark",
    .check = check,
    .show = show,
    .strong = true,
    .magic = "\xde\xad\xc0\xde",
    .n_magic = 4,
};
