/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lz4, little endian: a frame (0 magic 0x184d2204, 4 flags) or the form of kernels (0 magic
 * 0x184c2102, then blocks, each behind its size; no checksum). Source: lz4's lz4_Frame_format.md.
 * Here: check and show.
 */
#include "firmware/internal.h"

enum { FRAME = 0x184d2204, KERNEL = 0x184c2102, SHORTEST = 8 };

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	uint32_t magic = image.n < SHORTEST ? 0 : get_le32((const unsigned char *)image.p);

	if (magic != FRAME && magic != KERNEL)
		return false;
	firmware_unpack(v, CODEC_LZ4);
	return true;
}

static void show(struct firmware_view *v)
{
	bool frame = get_le32((const unsigned char *)firmware_bytes(v).p) == FRAME;

	firmware_put_field(v, "form", "%s", frame ? "frame" : "blocks only");
}

const struct firmware firmware_lz4 = {
	.name = "lz4",
	.format = "lz4 file",
	.check = check,
	.show = show,
	.parts = firmware_unpacked_parts,
};
