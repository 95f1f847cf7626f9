/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * JFFS2: nodes at multiples of 4, in the byte order of the board; 0xff between them. All nodes:
 *
 *   0 2 magic 0x1985   2 2 type   4 4 size   8 4 CRC of the 8 bytes before
 *
 * inode (0xe002): 48 compressed size, 60 CRC of the data at 68, 64 CRC of the first 60 bytes.
 * directory entry (0xe001): 28 name length (1), 32 CRC of the first 32 bytes, 36 CRC of the name at
 * 40. CRCs start with 0 and are not inverted. Source: include/uapi/linux/jffs2.h. Made by
 * mkfs.jffs2; here: check and show; its files are in jffs2_files.c. The end marker de ad c0 de ends
 * the walk.
 */
#include "firmware/jffs2.h"

#include <string.h>

#include "digest/digest.h"

enum {
	MAGIC = 0x1985,
	HEADER = 12,
	MOST_BAD = 8
};

struct walk {
	struct str image;
	bool big;
	size_t end;		/* behind the last node */
	size_t inodes, entries, others, bad;
	struct firmware_view *v; /* NULL: count only */
	/* of nodes that are right; NULL: nothing to do */
	void (*each)(void *ctx, const struct jffs2_node *n);
	void *ctx;
};

static uint32_t crc(const unsigned char *p, size_t n)
{
	return ~digest_crc32(UINT32_MAX, p, n);
}

static uint32_t u32(const struct walk *w, const unsigned char *p)
{
	return w->big ? get_be32(p) : get_le32(p);
}

static unsigned u16(const struct walk *w, const unsigned char *p)
{
	return w->big ? get_be16(p) : get_le16(p);
}

static void bad(struct walk *w, size_t at, const char *what)
{
	if (w->bad++ < MOST_BAD && w->v)
		firmware_bad(w->v, "node at %zu: %s", at, what);
}

static void check_inode(struct walk *w, size_t at, const unsigned char *p, uint32_t size)
{
	w->inodes++;
	if (size < JFFS2_INODE_SIZE || u32(w, p + 48) > size - JFFS2_INODE_SIZE)
		bad(w, at, "wrong size of an inode");
	else if (crc(p, 60) != u32(w, p + 64))
		bad(w, at, "wrong CRC of an inode");
	else if (crc(p + JFFS2_INODE_SIZE, u32(w, p + 48)) != u32(w, p + 60))
		bad(w, at, "wrong CRC of data");
}

static void check_entry(struct walk *w, size_t at, const unsigned char *p, uint32_t size)
{
	w->entries++;
	if (size < JFFS2_DIRENT_SIZE || p[28] > size - JFFS2_DIRENT_SIZE)
		bad(w, at, "wrong size of a directory entry");
	else if (crc(p, 32) != u32(w, p + 32))
		bad(w, at, "wrong CRC of a directory entry");
	else if (crc(p + JFFS2_DIRENT_SIZE, p[28]) != u32(w, p + 36))
		bad(w, at, "wrong CRC of a name");
}

/* The node at AT: how far to go on. */
static size_t take_node(struct walk *w, size_t at)
{
	const unsigned char *p = (const unsigned char *)w->image.p + at;
	uint32_t size = u32(w, p + 4);
	size_t before = w->bad;

	if (crc(p, 8) != u32(w, p + 8) || size < HEADER || size > w->image.n - at) {
		bad(w, at, "wrong header");
		return 4;
	}
	if (u16(w, p + 2) == JFFS2_INODE)
		check_inode(w, at, p, size);
	else if (u16(w, p + 2) == JFFS2_DIRENT)
		check_entry(w, at, p, size);
	else
		w->others++;
	w->end = at + size;
	if (w->each && w->bad == before) {
		struct jffs2_node n = {p, u16(w, p + 2), w->big};

		w->each(w->ctx, &n);
	}
	return ((size_t)size + 3) & ~(size_t)3;
}

static bool is_node(const struct walk *w, size_t at)
{
	return at + HEADER <= w->image.n &&
	       u16(w, (const unsigned char *)w->image.p + at) == MAGIC;
}

static void walk(struct walk *w)
{
	static const unsigned char gap[4] = {0xff, 0xff, 0xff, 0xff};
	size_t at = 0;

	while (at + 4 <= w->image.n) {
		if (is_node(w, at))
			at += take_node(w, at);
		else if (memcmp(w->image.p + at, gap, 4) == 0)
			at += 4;
		else
			break;
	}
}

static struct walk begin(struct firmware_view *v)
{
	struct walk w = {.image = firmware_bytes(v)};

	w.big = w.image.n >= 2 && get_be16((const unsigned char *)w.image.p) == MAGIC;
	return w;
}

uint32_t jffs2_u32(const struct jffs2_node *n, const unsigned char *p)
{
	return n->big ? get_be32(p) : get_le32(p);
}

unsigned jffs2_u16(const struct jffs2_node *n, const unsigned char *p)
{
	return n->big ? get_be16(p) : get_le16(p);
}

void jffs2_each(struct firmware_view *v, void (*fn)(void *ctx, const struct jffs2_node *n),
		void *ctx)
{
	struct walk w = begin(v);

	w.each = fn;
	w.ctx = ctx;
	walk(&w);
}

static bool check(struct firmware_view *v)
{
	struct walk w = begin(v);
	const unsigned char *p = (const unsigned char *)w.image.p;

	if (!is_node(&w, 0) || crc(p, 8) != u32(&w, p + 8))
		return false;
	w.v = v;
	walk(&w);
	v->extent = w.end;
	if (w.bad > MOST_BAD)
		firmware_bad(v, "%zu more bad nodes", w.bad - MOST_BAD);
	if (!w.bad)
		firmware_good(v, "CRCs of %zu nodes", w.inodes + w.entries + w.others);
	return true;
}

static void show(struct firmware_view *v)
{
	struct walk w = begin(v);

	walk(&w);
	firmware_put_field(v, "byte order", "%s", w.big ? "big endian" : "little endian");
	firmware_put_field(v, "inode nodes", "%zu", w.inodes);
	firmware_put_field(v, "directory entries", "%zu", w.entries);
	firmware_put_field(v, "other nodes", "%zu", w.others);
}

const struct firmware firmware_jffs2 = {
    .name = "jffs2",
    .format = "JFFS2",
    .check = check,
    .show = show,
    .files = jffs2_files,
    .strong = true,
};
