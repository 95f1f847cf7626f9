/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * EROFS superblock at 1024, little endian: 0 magic 0xe0f5e1e2, 4 CRC-32C of the rest of the block
 * with this field 0 (if feature bit 0), 8 compatible features, 12 log2 of the block size (1), 16
 * inodes (8), 24 time (8), 36 blocks, 64 volume name (16), 80 incompatible features. Source:
 * Documentation/filesystems/erofs.rst. Made by mkfs.erofs; here: check and show.
 */
#include "firmware/internal.h"

#include <string.h>

enum { AT = 1024, SIZE = 128 };
static const uint32_t magic = 0xe0f5e1e2;

static uint32_t crc32c(uint32_t crc, const unsigned char *p, size_t n)
{
	while (n--) {
		crc ^= *p++;
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0x82f63b78 : crc >> 1;
	}
	return crc;
}

static void check_crc(struct firmware_view *v, const unsigned char *p, size_t block)
{
	unsigned char head[8];
	uint32_t crc;

	if (!(get_le32(p + 8) & 1))
		return;
	memcpy(head, p, sizeof(head));
	put_le32(head + 4, 0);
	crc = crc32c(~UINT32_C(0), head, sizeof(head));
	firmware_compare32(v, "superblock CRC-32C", get_le32(p + 4),
			   crc32c(crc, p + sizeof(head), block - AT - sizeof(head)));
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p + AT;
	uint64_t size;

	if (image.n < AT + SIZE || get_le32(p) != magic)
		return false;
	if (p[12] < 9 || p[12] > 16) {
		firmware_bad(v, "block size 2 to the power of %u", p[12]);
		return true;
	}
	size = (uint64_t)get_le32(p + 36) << p[12];
	v->extent = size;
	if (size > image.n)
		firmware_bad(v, "%u blocks need %llu bytes, there are %zu", get_le32(p + 36),
			     (unsigned long long)size, image.n);
	if (UINT64_C(1) << p[12] <= image.n && p[12] >= 11)
		check_crc(v, p, (size_t)1 << p[12]);
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p + AT;
	struct str name = firmware_text(v, p + 64, 16);

	firmware_put_field(v, "block size", "2^%u", p[12]);
	firmware_put_field(v, "blocks", "%u", get_le32(p + 36));
	firmware_put_field(v, "inodes", "%llu", (unsigned long long)get_le64(p + 16));
	firmware_put_field(v, "made", "%llu", (unsigned long long)get_le64(p + 24));
	if (name.n)
		firmware_put_field(v, "name", "%.*s", STR_ARG(name));
}

const struct firmware firmware_erofs = {
	.name = "erofs",
	.format = "EROFS",
	.check = check,
	.show = show,
};
