/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The flash of a Linksys WRT350N v2, 8 MiB, by the marks that it has at its end; it begins with a
 * uImage. wrt350nv2_builder.c has the map.
 */
#include "firmware/internal.h"

#include <string.h>

enum { FLASH = 0x800000, VERSION = 0x75ffe4, ROOT_MARK = 0x75ffe8, BOOT_MARK = 0x7fffba };

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);

	if (image.n != FLASH || memcmp(image.p + ROOT_MARK, "eRcOmM\0", 8) != 0 ||
	    memcmp(image.p + BOOT_MARK, "sErCoMm", 7) != 0)
		return false;
	if (tool_byte_sum(image.p, FLASH) % 256 == 0)
		firmware_good(v, "sum of all bytes");
	else
		firmware_bad(v, "the sum of all bytes is no multiple of 256");
	return true;
}

static void show(struct firmware_view *v)
{
	firmware_put_field(v, "firmware version", "0x%04x",
			   get_be16((const unsigned char *)firmware_bytes(v).p + VERSION));
}

const struct firmware firmware_wrt350nv2_flash = {
    .name = "wrt350nv2-flash",
    .format = "Linksys WRT350N v2 flash",
    .check = check,
    .show = show,
    .trailer = true,
};
