/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * SquashFS 4 superblock, little endian: 0 "hsqs", 4 inodes, 8 time, 12 block size, 16 fragments, 20
 * compression (2), 22 log2 of the block size (2), 24 flags (2), 26 ids (2), 28 version 4 0 (2+2),
 * 32 root inode (8), 40 bytes used (8), 48 id, xattr, inode, directory, fragment and export tables
 * (8 each; -1: none). Source: Documentation/filesystems/squashfs.rst. Made by mksquashfs; here:
 * check and show; its files are in squashfs_files.c.
 */
#include "firmware/squashfs.h"

enum { SUPERBLOCK = 96, MAGIC = 0x73717368, TABLES = 48 };

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;
	uint64_t used;
	uint32_t log;

	if (image.n < SUPERBLOCK || get_le32(p) != MAGIC || get_le16(p + 28) != 4)
		return false;
	used = get_le64(p + 40);
	log = get_le16(p + 22);
	v->extent = used;
	if (log < 12 || log > 20 || get_le32(p + 12) != UINT32_C(1) << log)
		firmware_bad(v, "block size %u is not 2 to the power of %u", get_le32(p + 12), log);
	if (used > image.n)
		firmware_bad(v, "%llu bytes used, there are %zu", (unsigned long long)used,
			     image.n);
	else
		firmware_good(v, "%llu bytes used", (unsigned long long)used);
	for (size_t at = TABLES; at < SUPERBLOCK; at += 8) {
		if (get_le64(p + at) != UINT64_MAX && get_le64(p + at) > used)
			firmware_bad(v, "the table at %llu lies behind the bytes used",
				     (unsigned long long)get_le64(p + at));
	}
	return true;
}

static void show(struct firmware_view *v)
{
	static const char *const names[] = {"unknown", "gzip", "lzma", "lzo", "xz", "lz4", "zstd"};
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;
	unsigned compression = get_le16(p + 20);

	firmware_put_field(v, "compression", "%s", names[compression < 7 ? compression : 0]);
	firmware_put_field(v, "block size", "%u", get_le32(p + 12));
	firmware_put_field(v, "inodes", "%u", get_le32(p + 4));
	firmware_put_field(v, "made", "%u", get_le32(p + 8));
}

const struct firmware firmware_squashfs = {
    .name = "squashfs",
    .format = "SquashFS",
    .check = check,
    .show = show,
    .files = squashfs_files,
    .strong = true,
    .magic = "hsqs",
    .n_magic = 4,
};
