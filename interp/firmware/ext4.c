/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ext2/3/4 superblock at 1024, little endian: 0 inodes, 4 blocks, 24 log2 of the block size less
 * 10, 56 magic 0xef53 (2), 92 and 96 compatible and incompatible features, 120 volume name (16),
 * 336 high half of blocks with 64-bit numbers. Source: Documentation/filesystems/ext4. Made by
 * mke2fs; here: check and show; its files are in ext4_files.c.
 */
#include "firmware/ext4.h"

enum { AT = 1024, SIZE = 1024, MAGIC = 0xef53, JOURNAL = 4, EXTENTS = 0x40, BIT64 = 0x80 };

static const unsigned char *superblock(struct firmware_view *v)
{
	return (const unsigned char *)firmware_bytes(v).p + AT;
}

static uint64_t blocks(const unsigned char *p)
{
	uint64_t high = get_le32(p + 96) & BIT64 ? get_le32(p + 336) : 0;

	return high << 32 | get_le32(p + 4);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p;
	uint32_t log;
	uint64_t size;

	if (image.n < AT + SIZE || get_le16((p = superblock(v)) + 56) != MAGIC)
		return false;
	log = get_le32(p + 24);
	if (log > 6)
		return false;
	size = blocks(p) << (10 + log);
	v->extent = size;
	if (blocks(p) > UINT64_MAX >> 17 || size > image.n)
		firmware_bad(v, "%llu blocks of %u bytes need more than the %zu bytes there are",
			     (unsigned long long)blocks(p), 1024u << log, image.n);
	else
		firmware_good(v, "%llu blocks of %u bytes", (unsigned long long)blocks(p),
			      1024u << log);
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *p = superblock(v);
	struct str name = firmware_text(v, p + 120, 16);

	firmware_put_field(v, "kind", "%s",
			   get_le32(p + 96) & EXTENTS  ? "ext4"
			   : get_le32(p + 92) & JOURNAL ? "ext3"
							: "ext2");
	firmware_put_field(v, "inodes", "%u", get_le32(p));
	if (name.n)
		firmware_put_field(v, "name", "%.*s", STR_ARG(name));
}

const struct firmware firmware_ext4 = {
	.name = "ext4",
	.format = "ext file system",
	.check = check,
	.show = show,
	.files = ext4_files,
};
