/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * UBIFS, little endian: nodes at multiples of 8, in logical erase blocks (LEBs) of one size; 0xff
 * behind the last. All:
 *
 *   0 4 magic 0x06101831   4 4 CRC-32 of the rest, not inverted at the end   8 8 sequence number 16
 * 4 length   20 1 type
 *
 * type 6, the superblock, is in LEB 0: 28 flags, 32 minimal I/O unit, 36 LEB size, 40 LEBs, 44 most
 * LEBs, 80 format (4 each), 84 default compression (2). Source: fs/ubifs/ubifs-media.h. Made by
 * mkfs.ubifs; here: check and show; its files are in ubifs_files.c.
 */
#include "firmware/ubifs.h"

#include "digest/digest.h"

/* No node is larger; a size that lies must not cost more. */
enum { MOST_BAD = 8, NODE_MOST = 16384, BAD_ENOUGH = 1000 };

bool ubifs_node(struct str image, size_t at, struct ubifs_node *n)
{
	const unsigned char *p = (const unsigned char *)image.p + at;

	if (at > image.n || image.n - at < UBIFS_HEADER || get_le32(p) != UBIFS_MAGIC)
		return false;
	n->p = p;
	n->size = get_le32(p + 16);
	n->type = p[20];
	n->right = n->size >= UBIFS_HEADER && n->size <= NODE_MOST && n->size <= image.n - at &&
		   ~digest_crc32(0, p + 8, n->size - 8) == get_le32(p + 4);
	return true;
}

struct count {
	size_t nodes, bad;
};

static void check_nodes(struct firmware_view *v, struct str image, struct count *c)
{
	struct ubifs_node n;

	for (size_t at = 0; at < image.n && c->bad < BAD_ENOUGH;) {
		if (!ubifs_node(image, at, &n)) {
			at += 8;
			continue;
		}
		c->nodes++;
		if (!n.right && c->bad++ < MOST_BAD)
			firmware_bad(v, "node at %zu: wrong size or CRC", at);
		at += n.right ? (n.size + 7) & ~(size_t)7 : 8;
	}
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	struct count c = {0};
	struct ubifs_node n;
	uint64_t size;

	/* Its kind is asked before a checksum is computed. */
	if (image.n < UBIFS_SUPERBLOCK_SIZE || image.p[20] != UBIFS_SUPERBLOCK ||
	    !ubifs_node(image, 0, &n) || !n.right || n.size < UBIFS_SUPERBLOCK_SIZE)
		return false;
	size = (uint64_t)get_le32(n.p + 36) * get_le32(n.p + 40);
	v->extent = size < image.n ? size : image.n;
	check_nodes(v, str_sub(image, 0, (size_t)v->extent), &c);
	if (c.bad > MOST_BAD)
		firmware_bad(v, "%zu more bad nodes", c.bad - MOST_BAD);
	if (!c.bad)
		firmware_good(v, "CRCs of %zu nodes", c.nodes);
	return true;
}

static void show(struct firmware_view *v)
{
	static const char *const names[] = {"none", "lzo", "zlib", "zstd"};
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;
	unsigned compression = get_le16(p + 84);

	firmware_put_field(v, "minimal I/O unit", "%u", get_le32(p + 32));
	firmware_put_field(v, "LEB size", "%u", get_le32(p + 36));
	firmware_put_field(v, "LEBs", "%u, at most %u", get_le32(p + 40), get_le32(p + 44));
	firmware_put_field(v, "format", "%u", get_le32(p + 80));
	firmware_put_field(v, "compression", "%s",
			   compression < 4 ? names[compression] : "unknown");
}

const struct firmware firmware_ubifs = {
    .name = "ubifs",
    .format = "UBIFS",
    .check = check,
    .show = show,
    .files = ubifs_files,
    .strong = true,
    .magic = "\x31\x18\x10\x06",
    .n_magic = 4,
};
