/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of a UBIFS, from its nodes without the index. All begin with a key: 24 inode, 28 kind
 * << 29 and block or hash (4 each).
 *
 *   0 inode   48 size (8), 92 links, 96 user, 100 group, 104 mode, 112 size of the data (4 each),
 * 160 data (of a link, of a device) 1 data    40 size (4), 44 compression (2: 0 none, 1 lzo, 2
 * deflate, 3 zstd), 48 data; blocks have 4 KiB 2 entry   40 inode (8), 50 length of the name (2),
 * 56 name
 *
 * Source: fs/ubifs/ubifs-media.h.
 */
#include "firmware/ubifs.h"

#include <string.h>

#include "firmware/log_files.h"

enum {
	INODE_SIZE = 160,
	DATA_SIZE = 48,
	ENTRY_SIZE = 56,
	BLOCK = 4096,
	NONE = 0,
	LZO,
	DEFLATE,
	ZSTD,
	KIND = 0170000,
	LINK = 0120000,
	BLOCK_DEVICE = 0060000,
	CHARACTER_DEVICE = 0020000
};

static bool unpack(const struct log_data *d, unsigned char *out)
{
	static const enum codec_kind kinds[] = {CODEC_LZO_BLOCK, CODEC_LZO_BLOCK, CODEC_DEFLATE,
						CODEC_ZSTD};
	struct codec_unpacked u;
	bool right;

	if (d->how == NONE) {
		if (d->packed.n < d->size)
			return false;
		memcpy(out, d->packed.p, d->size);
		return true;
	}
	if (d->how > ZSTD || !codec_unpack(kinds[d->how], d->packed, d->size, &u))
		return false;
	right = blob_size(u.out) == d->size && blob_read(u.out, 0, out, d->size) == d->size;
	blob_unref(u.out);
	return right;
}

static void take_inode(struct firmware_view *v, struct log *log, const struct ubifs_node *n)
{
	struct log_inode *i = vec_push(log->mem, &log->inodes);
	const unsigned char *p = n->p;
	uint32_t size = get_le32(p + 112), kind = get_le32(p + 104) & KIND;

	*i = (struct log_inode){.ino = get_le32(p + 24),
				.version = get_le64(p + 8),
				.mode = get_le32(p + 104),
				.uid = get_le32(p + 96),
				.gid = get_le32(p + 100),
				.size = get_le64(p + 48)};
	if (size > n->size - INODE_SIZE)
		return;
	if (kind == LINK)
		i->link = firmware_text(v, p + INODE_SIZE, size);
	if ((kind == BLOCK_DEVICE || kind == CHARACTER_DEVICE) && size >= 4)
		i->device = get_le32(p + INODE_SIZE);
}

static void take_data(struct log *log, const struct ubifs_node *n)
{
	uint32_t size = get_le32(n->p + 40);

	if (size > BLOCK)
		return;
	*vec_push(log->mem, &log->data) =
	    (struct log_data){.ino = get_le32(n->p + 24),
			      .version = get_le64(n->p + 8),
			      .size = size,
			      .how = get_le16(n->p + 44),
			      .offset = (uint64_t)(get_le32(n->p + 28) & 0x1fffffff) * BLOCK,
			      .packed = {(const char *)n->p + DATA_SIZE, n->size - DATA_SIZE}};
}

static void take_entry(struct log *log, const struct ubifs_node *n)
{
	size_t length = get_le16(n->p + 50);

	if (length > n->size - ENTRY_SIZE)
		return;
	*vec_push(log->mem, &log->entries) =
	    (struct log_entry){.parent = get_le32(n->p + 24),
			       .version = get_le64(n->p + 8),
			       .ino = (uint32_t)get_le64(n->p + 40),
			       .name = {(const char *)n->p + ENTRY_SIZE, length}};
}

void ubifs_files(struct firmware_view *v, struct firmware_files *files)
{
	enum { ROOT = 1 };
	struct str image = str_sub(firmware_bytes(v), 0, v->extent ? (size_t)v->extent : SIZE_MAX);
	struct log log = {.mem = arena_new(), .unpack = unpack};
	struct ubifs_node n;

	for (size_t at = 0; at < image.n;) {
		if (!ubifs_node(image, at, &n) || !n.right) {
			at += 8;
			continue;
		}
		at += (n.size + 7) & ~(size_t)7;
		if (n.type == UBIFS_INODE && n.size >= INODE_SIZE)
			take_inode(v, &log, &n);
		else if (n.type == UBIFS_DATA && n.size >= DATA_SIZE)
			take_data(&log, &n);
		else if (n.type == UBIFS_ENTRY && n.size >= ENTRY_SIZE)
			take_entry(&log, &n);
	}
	log_list(v, &log, ROOT, files);
	arena_free(log.mem);
}
