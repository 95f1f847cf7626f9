/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fuzz: any bytes as the nodes of a JFFS2 or UBIFS, with the checksums that they need, or as an
 * ext2 behind its magic; then the files in it are listed. What has no checksums is
 * firmware_check.c's. The first byte says which; then each node: kind, length (1 each), bytes.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "digest/digest.h"
#include "firmware/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t jffs2_crc(const unsigned char *p, size_t n)
{
	return ~digest_crc32(UINT32_MAX, p, n);
}

static void put_jffs2(struct buf *out, const uint8_t *p, size_t n, unsigned kind)
{
	unsigned char node[512] = {0};
	bool entry = kind & 1;
	size_t head = entry ? 40 : 68, all;

	memcpy(node + 12, p, n);
	all = n + 12 > head ? n + 12 : head;
	put_le16(node, 0x1985);
	put_le16(node + 2, entry ? 0xe001 : 0xe002);
	put_le32(node + 4, (uint32_t)all);
	put_le32(node + 8, jffs2_crc(node, 8));
	if (entry) {
		node[28] = (unsigned char)(node[28] % (all - head + 1));
		put_le32(node + 32, jffs2_crc(node, 32));
		put_le32(node + 36, jffs2_crc(node + 40, node[28]));
	} else {
		put_le32(node + 48, (uint32_t)(all - head));
		put_le32(node + 60, jffs2_crc(node + head, all - head));
		put_le32(node + 64, jffs2_crc(node, 60));
	}
	buf_put(out, node, (all + 3) & ~(size_t)3);
}

static void put_ubifs(struct buf *out, const uint8_t *p, size_t n, unsigned kind, size_t all)
{
	static unsigned char node[4096];

	memset(node, 0, sizeof(node));
	memcpy(node + 24, p, n);
	all = all ? all : n + 24;
	put_le32(node, 0x06101831);
	put_le32(node + 8, kind >> 2);
	put_le32(node + 16, (uint32_t)all);
	node[20] = all == sizeof(node) ? 6 : (unsigned char)(kind & 3);
	put_le32(node + 4, ~digest_crc32(0, node + 8, all - 8));
	buf_put(out, node, all > sizeof(node) - 8 ? all : (all + 7) & ~(size_t)7);
}

static void put_ext(struct buf *out, const uint8_t *data, size_t size)
{
	static const unsigned char nothing[1024];
	unsigned char *super;

	buf_put(out, nothing, sizeof(nothing));
	buf_put(out, data, size);
	while (out->n < 2048 || out->n % 1024)
		buf_char(out, 0);
	super = (unsigned char *)out->p + 1024;
	put_le16(super + 56, 0xef53);
	put_le32(super + 24, super[24] & 1);
	put_le32(super + 4, (uint32_t)(out->n >> (10 + super[24])));
}

static void make(struct buf *out, const uint8_t *data, size_t size)
{
	static const unsigned char geometry[] = {0, 0, 0, 0, 0, 0, 0, 0, 8, 0,
						 0, 0, 0, 0, 1, 0, 0, 1, 0, 0};
	unsigned kind = size ? *data : 0;

	if (size < 3)
		return;
	if (kind % 3 == 2) {
		put_ext(out, data + 1, size - 1);
		return;
	}
	if (kind % 3 == 1)
		put_ubifs(out, geometry, sizeof(geometry), 0, 4096);
	for (size_t at = 1; at + 2 <= size;) {
		size_t n = data[at + 1] < size - at - 2 ? data[at + 1] : size - at - 2;

		if (kind % 3 == 1)
			put_ubifs(out, data + at + 2, n, data[at], 0);
		else
			put_jffs2(out, data + at + 2, n, data[at]);
		at += 2 + n;
	}
}

static void list_all(struct arena *mem, const struct firmware_piece *p)
{
	struct firmware_files files;

	for (; p; p = p->next) {
		firmware_list(mem, p, &files);
		list_all(mem, p->inside);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *mem = arena_new();
	struct buf bytes = buf_new(mem);
	struct firmware_walk *walk;
	struct blob *image;

	buf_z(&bytes, "");
	make(&bytes, data, size);
	image = blob_copy(bytes.p, bytes.n);
	walk = firmware_take_apart(mem, image, S("fuzz"));
	list_all(mem, firmware_top(walk));
	firmware_walk_end(walk);
	blob_unref(image);
	arena_free(mem);
	return 0;
}
