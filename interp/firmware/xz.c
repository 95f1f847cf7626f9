/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * .xz file: 0 fd "7zXZ" 00, 6 stream flags (2: NUL, check type), 8 CRC-32 of the flags (little
 * endian); the last 12 bytes: CRC-32 of the next 6, backward size (4), the flags again, "YZ".
 * Source: the .xz file format, 1.1.0.
 */
#include "firmware/internal.h"

#include <string.h>

#include "digest/digest.h"

enum { HEADER = 12, FOOTER = 12 };

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p, *f;

	if (image.n < HEADER + FOOTER || memcmp(p, "\xfd" "7zXZ", 6) != 0)
		return false;
	firmware_unpack(v, CODEC_XZ);
	image = str_sub(image, 0, v->extent ? (size_t)v->extent : image.n);
	firmware_compare32(v, "header CRC-32", get_le32(p + 8), digest_crc32(0, p + 6, 2));
	while (image.n > HEADER + FOOTER && image.p[image.n - 1] == 0)
		image.n--; /* stream padding */
	f = p + image.n - FOOTER;
	if (memcmp(f + 10, "YZ", 2) != 0)
		firmware_bad(v, "there is no footer at the end");
	else
		firmware_compare32(v, "footer CRC-32", get_le32(f), digest_crc32(0, f + 4, 6));
	return true;
}

static void show(struct firmware_view *v)
{
	unsigned type = (unsigned char)firmware_bytes(v).p[7] & 15;

	firmware_put_field(v, "check", "%s",
			   type == 0	? "none"
			   : type == 1	? "CRC-32"
			   : type == 4	? "CRC-64"
			   : type == 10 ? "SHA-256"
					: "other");
}

const struct firmware firmware_xz = {
	.name = "xz",
	.format = "xz file",
	.check = check,
	.show = show,
	.magic = "\xfd" "7zXZ\0",
	.n_magic = 6,
	.parts = firmware_unpacked_parts,
};
