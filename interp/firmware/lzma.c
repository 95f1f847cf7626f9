/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * .lzma file, little endian: 0 properties (lc + 9 * (lp + 5 * pb)), 1 dictionary size (4), 5 size
 * unpacked (8, all ones: an end marker ends it), 13 the stream, which starts with a NUL. Source:
 * LZMA SDK. There is no checksum.
 */
#include "firmware/internal.h"

enum { HEADER = 13, PROPERTIES = 9 * 5 * 5 };

/* 2^n or 2^n + 2^(n-1), as encoders choose. */
static bool is_dictionary(uint32_t n)
{
	uint32_t top = n & (~n + 1);

	return n >= 4096 && (n == top || n == top * 3);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;
	uint64_t size;

	if (image.n <= HEADER || p[0] >= PROPERTIES || !is_dictionary(get_le32(p + 1)) || p[HEADER])
		return false;
	size = get_le64(p + 5);
	if (size != UINT64_MAX && size >= UINT64_C(1) << 38)
		return false;
	firmware_unpack(v, CODEC_LZMA);
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "properties", "lc %d lp %d pb %d", p[0] % 9, p[0] / 9 % 5, p[0] / 45);
	firmware_put_field(v, "dictionary", "%u", get_le32(p + 1));
	if (get_le64(p + 5) == UINT64_MAX)
		firmware_put_field(v, "size unpacked", "not said");
	else
		firmware_put_field(v, "size unpacked", "%llu", (unsigned long long)get_le64(p + 5));
}

const struct firmware firmware_lzma = {
	.name = "lzma",
	.format = "lzma file",
	.check = check,
	.show = show,
	.parts = firmware_unpacked_parts,
};
