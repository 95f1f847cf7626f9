/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * gzip file: 0 1f 8b, 2 method 8, 3 flags (1 text, 2 header CRC, 4 extra field, 8 name, 16
 * comment), 4 time (4, little endian), 8 extra flags, 9 system; behind the data CRC-32 and size
 * modulo 2^32 (4 each). Source: RFC 1952. Several behind each other are several images.
 */
#include "firmware/internal.h"

#include <string.h>

enum { HEADER = 10, TRAILER = 8, EXTRA = 4, NAME = 8 };

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);

	if (image.n < HEADER + TRAILER || memcmp(image.p, "\x1f\x8b\x08", 3) != 0)
		return false;
	if (image.p[3] & 0xe0)
		firmware_bad(v, "unknown flags 0x%02x", (unsigned char)image.p[3]);
	else
		firmware_unpack(v, CODEC_GZIP);
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), name;
	const unsigned char *p = (const unsigned char *)image.p;

	firmware_put_field(v, "time", "%u", get_le32(p + 4));
	if ((p[3] & (NAME | EXTRA)) == NAME) {
		name = firmware_text(v, p + HEADER, image.n - HEADER);
		firmware_put_field(v, "name", "%.*s", STR_ARG(name));
	}
	firmware_put_field(v, "system", "%u", p[9]);
}

const struct firmware firmware_gzip = {
	.name = "gzip",
	.format = "gzip file",
	.check = check,
	.show = show,
	.magic = "\x1f\x8b\x08",
	.n_magic = 3,
	.parts = firmware_unpacked_parts,
};
