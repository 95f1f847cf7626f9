/* SPDX-License-Identifier: GPL-2.0-only */
/* mkwrggimg: the row; the format is in mkwrgimg.c. */
#include "firmware/mkwrgimg.h"

const struct firmware firmware_mkwrggimg = {
    .name = "mkwrggimg",
    .format = "D-Link WRGG image",
    .help = "mkwrggimg -s SIGNATURE -d DEVICE -m MODEL -v VERSION -B BUILD -i FILE -o FILE [-b]\n"
	    "          [-O OFFSET]\n",
    .write = mkwrggimg_write,
    .check = mkwrggimg_check,
    .show = mkwrggimg_show,
    .pure = true,
};
