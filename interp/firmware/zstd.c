/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * zstd frame, little endian: 0 magic 0xfd2fb528, 4 descriptor (bits 0-1 size of the dictionary's
 * id, 2 a checksum at the end, 3 none, 5 one segment, 6-7 size of the content's size). Source: RFC
 * 8878. Here: check and show.
 */
#include "firmware/internal.h"

enum { MAGIC_SIZE = 4, CHECKSUM = 4, RESERVED = 8 };

static const uint32_t magic = 0xfd2fb528;

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;

	if (image.n < 9 || get_le32(p) != magic || p[MAGIC_SIZE] & RESERVED)
		return false;
	firmware_unpack(v, CODEC_ZSTD);
	return true;
}

static void show(struct firmware_view *v)
{
	firmware_put_field(v, "checksum", "%s",
			   firmware_bytes(v).p[MAGIC_SIZE] & CHECKSUM ? "XXH64" : "none");
}

const struct firmware firmware_zstd = {
	.name = "zstd",
	.format = "zstd file",
	.check = check,
	.show = show,
	.parts = firmware_unpacked_parts,
	.magic = "\x28\xb5\x2f\xfd",
	.n_magic = 4,
};
