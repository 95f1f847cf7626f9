/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cameo-tag: makes a uImage of D-Link's DGS-1210 switches one that their boot loader takes for
 * tagged, in place.
 *
 * A tag is "CAMEOTAG", 0 0 0 1 and the sum of all bytes in front of it, the tag's own 12 bytes
 * counted, big endian. One is in the uImage's name (from offset 44), for which the bytes from 60 on
 * are such that the header's CRC-32 is 0xffffffff whatever else is there; the other is at the end,
 * its sum from where the rootfs partition starts. The first sum counts the 56 bytes in front of it
 * with that CRC. Source: OpenWrt's scripts/cameo-tag.py.
 */
#include "digest/digest.h"
#include "firmware/internal.h"

enum { CRC = 4, NAME = 32, SUM = 56, COMPLEMENT = 60, HEADER = 64, TAG = 12 };

static const char tag[] = "CAMEOTAG\0\0\0\1";
static const struct opt options[] = {{0, NULL, OPT_NONE, NULL}};

static void tag_header(unsigned char *h)
{
	memset(h + NAME, 0, SUM - NAME);
	memcpy(h + NAME, "OpenWrt", 7);
	memcpy(h + SUM - TAG, tag, TAG);
	put_be32(h + CRC, UINT32_MAX);
	put_be32(h + SUM, tool_byte_sum(h, SUM));
	put_be32(h + CRC, 0);
	put_le32(h + COMPLEMENT, ~digest_crc32(0, h, COMPLEMENT));
	put_be32(h + CRC, UINT32_MAX);
}

static int cameo_tag_write(struct firmware_run *run)
{
	struct tool_options o = {0};
	unsigned char h[HEADER], end[TAG + 4];
	struct blob *b, *head, *tagged;
	uint64_t start;

	/* int(), not int(, 0): a number like 0x10 is none */
	if (!python_options(run, options, &o) || o.operands.n != 2 ||
	    !str_number(o.operands.p[1], 10, &start))
		return -1;
	b = python_read(run, o.operands.p[0]);
	if (!b || blob_size(b) <= start || blob_read(b, 0, h, HEADER) < HEADER) {
		blob_unref(b);
		return -1;
	}
	tag_header(h);
	head = blob_copy(h, HEADER);
	tagged = blob_patch(b, 0, head);
	blob_unref(head);
	blob_unref(b);
	memcpy(end, tag, TAG);
	put_be32(end + TAG, tool_byte_sum_blob(tagged, start) + tool_byte_sum(tag, TAG));
	firmware_join(&tagged, blob_copy(end, sizeof(end)));
	return python_write(run, o.operands.p[0], tagged);
}

static const char *const texts[] = {
	/* 23.05 to main of 2026 */
	"7e11afad94ebda1858b6bae3750f4f61950d6563a1fc2e9fd3ae4aaf107fb6d9",
	NULL,
};

const struct firmware firmware_cameo_tag = {
	.name = "cameo-tag",
	.script = "cameo-tag.py",
	.texts = texts,
	.help = "cameo-tag FILE ROOTFS-START\n",
	.write = cameo_tag_write,
};
