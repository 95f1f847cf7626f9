/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of a SquashFS 4. Tables are metadata blocks (2 bytes of size, 0x8000: as they are, 8
 * KiB unpacked); a reference to one is the place of its block in the table << 16 | the place in it.
 * An inode: 0 type (2), 2 mode (2), 4 and 6 index of user and group (2), then by type:
 *
 *   directory  16 block (4), 24 size + 3 (2), 26 place (2)	long: 20 size + 3 (4), 24 block (4),
 * 34 place (2) file       16 blocks' place, 20 fragment, 24 place in it, 28 size (4 each), 32 sizes
 * of blocks (4, 0x1000000: as they are) long: 16 place, 24 size (8 each), 44 fragment, 48 place in
 * it (4), 56 sizes link       20 size (4), 24 text	device: 20 number (4)
 *
 * A directory: 0 entries - 1, 4 block of their inodes (4), 8 number (4), then each: 0 place of its
 * inode, 4 type, 6 size of the name - 1 (2), 8 name. Source:
 * Documentation/filesystems/squashfs.rst.
 */
#include "firmware/squashfs.h"

#include <string.h>

#include "digest/digest.h"
#include "firmware/parts.h"

enum {
	METADATA = 8192,
	PLAIN = 0x8000,
	PLAIN_BLOCK = 0x1000000,
	TABLE_MOST = 64 << 20,
	MOST_DEPTH = 100,
	DIRECTORY = 1,
	FILE_TYPE,
	LINK,
	BLOCK_DEVICE,
	CHARACTER_DEVICE,
	FIFO,
	SOCKET,
};

/* A table unpacked; block I of it begins at starts[I] of what is packed. */
struct table {
	struct str bytes;
	VEC(uint64_t) starts;
};

struct reader {
	struct firmware_view *v;
	struct firmware_files *to;
	struct arena *mem;	/* for as long as files are listed */
	struct str image;
	const unsigned char *super;
	uint32_t block;		/* size */
	enum codec_kind codec;
	struct table inodes, directories, fragments, ids;
	uint64_t fragment_at;	/* of the one that is unpacked; 0: none */
	struct blob *fragment;
};

static void trouble(struct reader *r, const char *what)
{
	if (!r->to->trouble)
		r->to->trouble = what;
}

static const unsigned char *bytes_at(struct str s, uint64_t at, uint64_t n)
{
	return at <= s.n && n <= s.n - at ? (const unsigned char *)s.p + at : NULL;
}

/* N bytes at AT of the image become at most MOST; NULL: they don't. */
static struct blob *unpack(struct reader *r, uint64_t at, uint32_t n, bool plain, size_t most)
{
	const unsigned char *p = bytes_at(r->image, at, n);
	struct codec_unpacked u;

	if (!p || n == 0 || (plain && n > most) || !firmware_spend(r->v, n + most))
		return NULL;
	if (plain)
		return blob_copy(p, n);
	return codec_unpack(r->codec, (struct str){(const char *)p, n}, most, &u) ? u.out : NULL;
}

/* The metadata blocks from START on, up to END or WANTED bytes of them. */
static bool read_table(struct reader *r, uint64_t start, uint64_t end, uint64_t wanted,
		       struct table *t)
{
	struct buf all = buf_new(r->mem);
	uint64_t at = start;

	buf_z(&all, "");
	while (at < end && all.n < wanted && all.n < TABLE_MOST) {
		const unsigned char *h = bytes_at(r->image, at, 2);
		struct blob *b =
		    h ? unpack(r, at + 2, get_le16(h) & (PLAIN - 1), get_le16(h) & PLAIN, METADATA)
		      : NULL;
		struct str bytes;

		if (!b)
			return false;
		*vec_push(r->mem, &t->starts) = at - start;
		bytes = blob_flat(r->mem, b);
		buf_put(&all, bytes.p, bytes.n);
		blob_unref(b);
		at += 2 + (get_le16(h) & (PLAIN - 1));
		/* Only the last may be shorter: places are counted in whole ones. */
		if (bytes.n < METADATA)
			break;
	}
	t->bytes = buf_view(&all);
	return true;
}

/* What is behind a list of places of metadata blocks: N bytes in all. */
static bool read_listed(struct reader *r, uint64_t list, uint64_t n, struct table *t)
{
	const unsigned char *p = bytes_at(r->image, list, 8);

	return n == 0 || (p && read_table(r, get_le64(p), list, n, t));
}

/* Where in T's bytes (BLOCK, OFFSET) is; SIZE_MAX: nowhere. */
static size_t place(const struct table *t, uint64_t block, uint32_t offset)
{
	size_t low = 0, high = t->starts.n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (t->starts.p[middle] < block)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == t->starts.n || t->starts.p[low] != block || offset >= METADATA)
		return SIZE_MAX;
	return low * METADATA + offset;
}

/* --- files --- */

struct content {
	uint64_t at, size;
	uint32_t fragment, offset;
	size_t sizes;		/* in the inode table */
};

static bool read_block(struct reader *r, uint64_t *at, uint32_t size, uint64_t want, void *digest)
{
	static const unsigned char nothing[4096];
	uint32_t n = size & (PLAIN_BLOCK - 1);
	struct blob *b;
	struct str bytes;
	bool right;

	if (n == 0) {
		if (!firmware_spend(r->v, want))
			return false;
		for (; want; want -= want < sizeof(nothing) ? want : sizeof(nothing))
			digest_sha256.update(digest, nothing,
					     want < sizeof(nothing) ? want : sizeof(nothing));
		return true;
	}
	b = unpack(r, *at, n, size & PLAIN_BLOCK, r->block);
	if (!b)
		return false;
	bytes = blob_flat(r->mem, b);
	right = bytes.n == want;
	if (right)
		digest_sha256.update(digest, bytes.p, bytes.n);
	blob_unref(b);
	*at += n;
	return right;
}

/* The end of a file, in a block that it shares with others. */
static bool read_fragment(struct reader *r, const struct content *c, uint64_t want, void *digest)
{
	const unsigned char *e = bytes_at(r->fragments.bytes, (uint64_t)c->fragment * 16, 16);
	struct str bytes;

	if (!e)
		return false;
	if (!r->fragment || r->fragment_at != get_le64(e)) {
		blob_unref(r->fragment);
		r->fragment_at = get_le64(e);
		r->fragment = unpack(r, r->fragment_at, get_le32(e + 8) & (PLAIN_BLOCK - 1),
				     get_le32(e + 8) & PLAIN_BLOCK, r->block);
	}
	if (!r->fragment)
		return false;
	bytes = str_sub(blob_flat(r->mem, r->fragment), c->offset, want);
	if (bytes.n != want)
		return false;
	digest_sha256.update(digest, bytes.p, bytes.n);
	return true;
}

static bool read_content(struct reader *r, const struct content *c, unsigned char *out)
{
	void *digest = arena_alloc(r->mem, digest_sha256.state);
	uint64_t left = c->size, at = c->at;
	bool has_fragment = c->fragment != UINT32_MAX;

	digest_sha256.begin(digest);
	for (size_t i = 0; left && (left >= r->block || !has_fragment); i++) {
		const unsigned char *size =
		    bytes_at(r->inodes.bytes, c->sizes + 4 * (uint64_t)i, 4);
		uint64_t want = left < r->block ? left : r->block;

		if (!size || !read_block(r, &at, get_le32(size), want, digest))
			return false;
		left -= want;
	}
	if (left && !read_fragment(r, c, left, digest))
		return false;
	digest_sha256.end(digest, out);
	return true;
}

/* --- inodes --- */

struct directory {
	uint64_t block;
	uint32_t offset, size;
};

static uint32_t id_of(const struct reader *r, unsigned index)
{
	const unsigned char *p = bytes_at(r->ids.bytes, (uint64_t)index * 4, 4);

	return p ? get_le32(p) : UINT32_MAX;
}

static bool take_file(struct reader *r, size_t at, const unsigned char *p, bool is_long,
		      struct firmware_file *f)
{
	struct content c;

	if (!bytes_at(r->inodes.bytes, at, is_long ? 56 : 32))
		return false;
	if (is_long)
		c = (struct content){get_le64(p + 16), get_le64(p + 24), get_le32(p + 44),
				     get_le32(p + 48), at + 56};
	else
		c = (struct content){get_le32(p + 16), get_le32(p + 28), get_le32(p + 20),
				     get_le32(p + 24), at + 32};
	f->size = c.size;
	f->unread = !read_content(r, &c, f->digest);
	return true;
}

static bool take_link(struct reader *r, size_t at, const unsigned char *p, struct firmware_file *f)
{
	uint32_t n = bytes_at(r->inodes.bytes, at, 24) ? get_le32(p + 20) : 0;
	const unsigned char *text = bytes_at(r->inodes.bytes, at + 24, n);

	if (!n || !text || n > 4096)
		return false;
	f->link = firmware_text(r->v, text, n);
	f->size = n;
	return true;
}

static bool take_directory(struct reader *r, size_t at, const unsigned char *p, bool is_long,
			   struct directory *d)
{
	if (!bytes_at(r->inodes.bytes, at, is_long ? 40 : 32))
		return false;
	if (is_long)
		*d = (struct directory){get_le32(p + 24), get_le16(p + 34), get_le32(p + 20)};
	else
		*d = (struct directory){get_le32(p + 16), get_le16(p + 26), get_le16(p + 24)};
	return true;
}

/* The inode at AT into F; when it is a directory, D's size is set. */
static bool take_inode(struct reader *r, size_t at, struct firmware_file *f, struct directory *d)
{
	static const uint32_t kinds[] = {0,	  0040000, 0100000, 0120000,
					 0060000, 0020000, 0010000, 0140000};
	const unsigned char *p = bytes_at(r->inodes.bytes, at, 20);
	unsigned type = p ? get_le16(p) : 0, kind = type > SOCKET ? type - SOCKET : type;
	bool is_long = type > SOCKET;

	if (!kind || kind > SOCKET)
		return false;
	f->mode = kinds[kind] | get_le16(p + 2);
	f->uid = id_of(r, get_le16(p + 4));
	f->gid = id_of(r, get_le16(p + 6));
	switch (kind) {
	case DIRECTORY: return take_directory(r, at, p, is_long, d);
	case FILE_TYPE: return take_file(r, at, p, is_long, f);
	case LINK: return take_link(r, at, p, f);
	case BLOCK_DEVICE:
	case CHARACTER_DEVICE:
		f->device = bytes_at(r->inodes.bytes, at, 24) ? get_le32(p + 20) : 0;
		return true;
	default: return true;
	}
}

static void list(struct reader *r, size_t inode, struct str path, unsigned depth);

/* One run of entries whose inodes are in one block; where the next begins, or SIZE_MAX. */
static size_t list_run(struct reader *r, size_t at, size_t end, struct str path, unsigned depth)
{
	const unsigned char *h = bytes_at(r->directories.bytes, at, 12);
	uint32_t count = h ? get_le32(h) : 0;

	if (!h || count >= 256)
		return SIZE_MAX;
	at += 12;
	for (uint32_t i = 0; i <= count && at < end; i++) {
		const unsigned char *e = bytes_at(r->directories.bytes, at, 8);
		size_t n = e ? (size_t)get_le16(e + 6) + 1 : 0;
		struct str name;

		if (!e || n > 256 || !bytes_at(r->directories.bytes, at + 8, n))
			return SIZE_MAX;
		name = firmware_text(r->v, e + 8, n);
		list(r, place(&r->inodes, get_le32(h + 4), get_le16(e)),
		     path.n ? str_fmt(r->v->mem, "%.*s/%.*s", STR_ARG(path), STR_ARG(name)) : name,
		     depth);
		at += 8 + n;
	}
	return at;
}

/* The file at INODE, and what is below it. */
static void list(struct reader *r, size_t inode, struct str path, unsigned depth)
{
	struct directory d = {0};
	struct firmware_file *added, f = {0};
	struct arena_mark mark = arena_mark(r->mem);
	bool taken;
	size_t at, end;

	if (depth > MOST_DEPTH || r->to->trouble)
		return;
	taken = take_inode(r, inode, &f, &d);
	arena_release(r->mem, mark);
	if (!taken) {
		trouble(r, "an inode is damaged");
		return;
	}
	added = firmware_add_file(r->v, r->to, path);
	if (!added)
		return;
	f.path = added->path;
	*added = f;
	if (d.size <= 3)
		return;
	at = place(&r->directories, d.block, d.offset);
	end = at + d.size - 3;
	while (at < end && !r->to->trouble) {
		at = list_run(r, at, end, path, depth + 1);
		if (at == SIZE_MAX)
			trouble(r, "a directory is damaged");
	}
}

static bool find_codec(unsigned id, enum codec_kind *kind)
{
	static const enum codec_kind kinds[] = {CODEC_ZLIB, CODEC_LZMA,	     CODEC_LZO_BLOCK,
						CODEC_XZ,   CODEC_LZ4_BLOCK, CODEC_ZSTD};
	enum { GZIP = 1 };

	if (id < GZIP || id >= GZIP + sizeof(kinds) / sizeof(*kinds))
		return false;
	*kind = kinds[id - GZIP];
	return true;
}

static bool read_tables(struct reader *r)
{
	const unsigned char *p = r->super;
	uint64_t inodes = get_le64(p + 64), directories = get_le64(p + 72), end = get_le64(p + 80);

	/* The table behind the directories is that of fragments, of exports or of ids, whichever is
	 * there. */
	if (end == UINT64_MAX)
		end = get_le64(p + 88) == UINT64_MAX ? get_le64(p + 48) : get_le64(p + 88);
	return read_table(r, inodes, directories, TABLE_MOST, &r->inodes) &&
	       read_table(r, directories, end, TABLE_MOST, &r->directories) &&
	       read_listed(r, get_le64(p + 80), (uint64_t)get_le32(p + 16) * 16, &r->fragments) &&
	       read_listed(r, get_le64(p + 48), (uint64_t)get_le16(p + 26) * 4, &r->ids);
}

void squashfs_files(struct firmware_view *v, struct firmware_files *files)
{
	struct reader r = {.v = v, .to = files, .mem = arena_new(), .image = firmware_bytes(v)};
	uint64_t root;

	r.super = (const unsigned char *)r.image.p;
	r.block = get_le32(r.super + 12);
	root = get_le64(r.super + 32);
	if (!find_codec(get_le16(r.super + 20), &r.codec))
		trouble(&r, "its compression is not known here");
	else if (!read_tables(&r))
		trouble(&r, "its tables are damaged");
	else
		list(&r, place(&r.inodes, root >> 16, root & 0xffff), S(""), 0);
	blob_unref(r.fragment);
	arena_free(r.mem);
}
