/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bzip2 file: 0 "BZh", 3 block size in 100,000 bytes ('1' to '9'), 4 31 41 59 26 53 59 (a block) or
 * 17 72 45 38 50 90 (the end). Each block and the whole have CRC-32s. Source: bzip2 1.0.8. Here:
 * check and show.
 */
#include "firmware/internal.h"

#include <string.h>

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);

	if (image.n < 14 || memcmp(image.p, "BZh", 3) != 0 || image.p[3] < '1' ||
	    image.p[3] > '9' ||
	    (memcmp(image.p + 4, "1AY&SY", 6) != 0 &&
	     memcmp(image.p + 4, "\x17\x72\x45\x38\x50\x90", 6) != 0))
		return false;
	firmware_unpack(v, CODEC_BZIP2);
	return true;
}

static void show(struct firmware_view *v)
{
	firmware_put_field(v, "block size", "%d00000", firmware_bytes(v).p[3] - '0');
}

const struct firmware firmware_bzip2 = {
	.name = "bzip2",
	.format = "bzip2 file",
	.check = check,
	.show = show,
	.parts = firmware_unpacked_parts,
	.magic = "BZh",
	.n_magic = 3,
};
