/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of an ext2, ext3 or ext4, little endian (ext4.c has the superblock). Groups'
 * descriptors are in the block behind the superblock's, 32 bytes each (with 64-bit numbers 254 of
 * the superblock says how many): 8 and 40 place of the inode table. An inode: 0 mode (2), 2 user
 * (2), 4 size, 24 group (2), 32 flags (0x80000 extents, 0x10000000 data within), 40 blocks (60),
 * 108 size, 120 and 122 upper halves of user and group (2). Extents: 0 magic 0xf30a, 2 entries, 6
 * depth (2 each), then 12 bytes each: 0 first block, 4 blocks (2), 6 and 8 place; above depth 0 4
 * and 8 place. A directory's entry: 0 inode, 4 length (2), 6 length of the name, 7 type, 8 name.
 * Source: Documentation/filesystems/ext4.
 */
#include "firmware/ext4.h"

#include <string.h>

#include "digest/digest.h"
#include "firmware/parts.h"

enum {
	SUPER = 1024,
	ROOT = 2,
	MOST_DEPTH = 100,
	MOST_LEVELS = 5,
	DIRECTORY_MOST = 16 << 20,
	EXTENTS = 0x80000,
	WITHIN = 0x10000000,
	BIT64 = 0x80,
	KIND = 0170000,
	DIRECTORY = 0040000,
	REGULAR = 0100000,
	LINK = 0120000,
	POINTERS = 12,
	FAST_LINK = 60,
};

struct reader {
	struct firmware_view *v;
	struct firmware_files *to;
	struct arena *mem;
	struct str image;
	const unsigned char *super;
	size_t block, inode, descriptor; /* sizes */
};

/* Where bytes of a file go, in order. */
struct sink {
	uint64_t size, at;
	void *digest;		/* or NULL, and: */
	struct buf bytes;
};

static const unsigned char *bytes_at(const struct reader *r, uint64_t at, uint64_t n)
{
	return at <= r->image.n && n <= r->image.n - at ? (const unsigned char *)r->image.p + at
							: NULL;
}

static const unsigned char *block_at(const struct reader *r, uint64_t block)
{
	return block > UINT64_MAX / r->block ? NULL : bytes_at(r, block * r->block, r->block);
}

static void put(struct sink *s, const void *p, size_t n)
{
	if (s->digest)
		digest_sha256.update(s->digest, p, n);
	else
		buf_put(&s->bytes, p, n);
	s->at += n;
}

/* NULs up to UPTO. */
static bool fill(struct reader *r, struct sink *s, uint64_t upto)
{
	static const unsigned char nothing[4096];

	if (upto > s->size)
		upto = s->size;
	if (upto > s->at && !firmware_spend(r->v, upto - s->at))
		return false;
	while (s->at < upto)
		put(s, nothing,
		    upto - s->at < sizeof(nothing) ? (size_t)(upto - s->at) : sizeof(nothing));
	return true;
}

/* Block LOGICAL of the file is PLACE; 0: a hole. */
static bool put_block(struct reader *r, struct sink *s, uint64_t logical, uint64_t place)
{
	const unsigned char *p = place ? block_at(r, place) : NULL;
	uint64_t left;

	if (!place || logical * r->block >= s->size)
		return true;
	if (!p || logical * r->block < s->at || !fill(r, s, logical * r->block) ||
	    !firmware_spend(r->v, r->block))
		return false;
	left = s->size - s->at;
	put(s, p, left < r->block ? (size_t)left : r->block);
	return true;
}

static bool put_extent(struct reader *r, struct sink *s, const unsigned char *e)
{
	enum { UNWRITTEN = 32768 };
	uint32_t n = get_le16(e + 4);
	uint64_t first = get_le32(e), place = (uint64_t)get_le16(e + 6) << 32 | get_le32(e + 8);

	if (n > UNWRITTEN) /* reads as NULs */
		return true;
	for (uint32_t i = 0; i < n && (first + i) * r->block < s->size; i++)
		if (!put_block(r, s, first + i, place + i))
			return false;
	return true;
}

static bool put_extents(struct reader *r, struct sink *s, const unsigned char *node, size_t room,
			unsigned level)
{
	enum { MAGIC = 0xf30a };
	size_t n = get_le16(node + 2);
	bool leaf = get_le16(node + 6) == 0;

	if (get_le16(node) != MAGIC || level > MOST_LEVELS || 12 + n * 12 > room ||
	    !firmware_spend(r->v, room))
		return false;
	for (size_t i = 0; i < n; i++) {
		const unsigned char *e = node + 12 + 12 * i, *below;

		if (leaf) {
			if (!put_extent(r, s, e))
				return false;
			continue;
		}
		below = block_at(r, (uint64_t)get_le16(e + 8) << 32 | get_le32(e + 4));
		if (!below || !put_extents(r, s, below, r->block, level + 1))
			return false;
	}
	return true;
}

/* The blocks that the block PLACE names, LEVEL deep (0: PLACE is one itself); *LOGICAL: of the
 * next. */
static bool put_pointers(struct reader *r, struct sink *s, uint64_t place, unsigned level,
			 uint64_t *logical)
{
	uint64_t covers = 1;
	const unsigned char *p;

	for (unsigned i = 0; i < level; i++)
		covers *= r->block / 4;
	if (!place || *logical * r->block >= s->size) {
		*logical += covers;
		return true;
	}
	if (level == 0)
		return put_block(r, s, (*logical)++, place);
	p = block_at(r, place);
	if (!p || !firmware_spend(r->v, r->block))
		return false;
	for (size_t i = 0; i < r->block / 4; i++)
		if (!put_pointers(r, s, get_le32(p + 4 * i), level - 1, logical))
			return false;
	return true;
}

static bool read_content(struct reader *r, const unsigned char *inode, struct sink *s)
{
	uint64_t logical = 0;
	bool good = true;

	if (get_le32(inode + 32) & WITHIN)
		return false;
	if (get_le32(inode + 32) & EXTENTS) {
		good = put_extents(r, s, inode + 40, 60, 0);
	} else {
		for (unsigned i = 0; good && i < POINTERS + 3; i++)
			good = put_pointers(r, s, get_le32(inode + 40 + 4 * i),
					    i < POINTERS ? 0 : i - POINTERS + 1, &logical);
	}
	return good && fill(r, s, s->size);
}

static const unsigned char *inode_at(const struct reader *r, uint32_t n)
{
	uint32_t per_group = get_le32(r->super + 40), group;
	uint64_t table = ((uint64_t)get_le32(r->super + 20) + 1) * r->block;
	const unsigned char *d;

	if (n == 0 || per_group == 0)
		return NULL;
	group = (n - 1) / per_group;
	d = bytes_at(r, table + (uint64_t)group * r->descriptor, r->descriptor);
	if (!d)
		return NULL;
	table = (uint64_t)(r->descriptor >= 64 ? get_le32(d + 40) : 0) << 32 | get_le32(d + 8);
	if (table > UINT64_MAX / r->block / 2)
		return NULL;
	return bytes_at(r, table * r->block + (uint64_t)((n - 1) % per_group) * r->inode, r->inode);
}

static void take_content(struct reader *r, const unsigned char *inode, struct firmware_file *f)
{
	uint32_t kind = f->mode & KIND;
	struct sink s = {.size = f->size};

	if (kind == LINK && f->size < FAST_LINK && !(get_le32(inode + 32) & EXTENTS)) {
		f->link = firmware_text(r->v, inode + 40, (size_t)f->size);
		return;
	}
	if (kind == LINK && f->size <= r->block) {
		s.bytes = buf_new(r->mem);
		f->unread = !read_content(r, inode, &s);
		f->link = f->unread ? S("") : firmware_text(r->v, s.bytes.p, s.bytes.n);
		return;
	}
	if (kind != REGULAR)
		return;
	s.digest = arena_alloc(r->mem, digest_sha256.state);
	digest_sha256.begin(s.digest);
	f->unread = !read_content(r, inode, &s);
	digest_sha256.end(s.digest, f->digest);
}

static void list(struct reader *r, uint32_t number, struct str path, unsigned depth);

static void list_folder(struct reader *r, const unsigned char *inode, uint64_t size,
			struct str path, unsigned depth)
{
	struct sink s = {.size = size, .bytes = buf_new(r->mem)};
	struct str all;

	if (size > DIRECTORY_MOST || !read_content(r, inode, &s)) {
		r->to->trouble = "a directory cannot be read";
		return;
	}
	all = s.bytes.n ? buf_view(&s.bytes) : S("");
	for (size_t at = 0; at + 8 <= all.n && !r->to->trouble;) {
		const unsigned char *e = (const unsigned char *)all.p + at;
		struct str name = {(const char *)e + 8, e[6]};
		size_t length = get_le16(e + 4);

		if (length < 8 || length > all.n - at || name.n > length - 8) {
			r->to->trouble = "a directory is damaged";
			return;
		}
		at += length;
		if (!get_le32(e) || str_is(name, ".") || str_is(name, ".."))
			continue;
		name = firmware_text(r->v, name.p, name.n);
		list(r, get_le32(e),
		     path.n ? str_fmt(r->v->mem, "%.*s/%.*s", STR_ARG(path), STR_ARG(name)) : name,
		     depth + 1);
	}
}

static void list(struct reader *r, uint32_t number, struct str path, unsigned depth)
{
	const unsigned char *inode = inode_at(r, number);
	struct firmware_file *f =
	    inode && depth <= MOST_DEPTH ? firmware_add_file(r->v, r->to, path) : NULL;
	uint64_t size;

	if (!f) {
		if (!r->to->trouble)
			r->to->trouble = inode ? "directories are too deep inside one another"
					       : "an inode is out of the file system";
		return;
	}
	size = (uint64_t)get_le32(inode + 108) << 32 | get_le32(inode + 4);
	f->mode = get_le16(inode);
	f->uid = (uint32_t)get_le16(inode + 120) << 16 | get_le16(inode + 2);
	f->gid = (uint32_t)get_le16(inode + 122) << 16 | get_le16(inode + 24);
	if ((f->mode & KIND) == DIRECTORY) {
		list_folder(r, inode, get_le32(inode + 4), path, depth);
		return;
	}
	f->size = size;
	if ((f->mode & KIND) == REGULAR || (f->mode & KIND) == LINK)
		take_content(r, inode, f);
	else
		f->device = get_le32(inode + 40) ? get_le32(inode + 40) : get_le32(inode + 44);
}

void ext4_files(struct firmware_view *v, struct firmware_files *files)
{
	struct reader r = {.v = v, .to = files, .mem = arena_new(), .image = firmware_bytes(v)};

	r.super = (const unsigned char *)r.image.p + SUPER;
	r.block = (size_t)1024 << get_le32(r.super + 24);
	r.inode = get_le32(r.super + 76) ? get_le16(r.super + 88) : 128;
	r.descriptor = get_le32(r.super + 96) & BIT64 ? get_le16(r.super + 254) : 32;
	if (r.inode < 128 || r.descriptor < 32)
		files->trouble = "the superblock is damaged";
	else
		list(&r, ROOT, S(""), 0);
	arena_free(r.mem);
}
