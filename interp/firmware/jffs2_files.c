/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of a JFFS2 (jffs2.c has the nodes' heads). A directory entry: 12 parent, 16 version, 20
 * inode, 28 length of the name (1), 40 name. An inode: 12 inode, 16 version, 20 mode, 24 user, 26
 * group (2), 28 size of the file, 44 offset, 48 size packed, 52 size, 56 compression (1: 0 none, 1
 * NULs, 2 rtime, 6 zlib), 68 data; of a link where to, of a device file its number. Source:
 * include/uapi/linux/jffs2.h, fs/jffs2/compr_rtime.c.
 */
#include "firmware/jffs2.h"

#include <string.h>

#include "firmware/log_files.h"

enum {
	NONE,
	ZEROS,
	RTIME,
	ZLIB = 6,
	KIND = 0170000,
	BLOCK_DEVICE = 0060000,
	CHARACTER_DEVICE = 0020000
};

/* Each byte comes with how many bytes follow that are as those behind the last byte of its kind. */
static bool unpack_rtime(struct str in, unsigned char *out, size_t size)
{
	size_t places[256] = {0}, at = 0;

	for (size_t i = 0; at < size;) {
		unsigned char value;
		size_t again, from;

		if (i + 2 > in.n)
			return false;
		value = (unsigned char)in.p[i++];
		out[at++] = value;
		again = (unsigned char)in.p[i++];
		from = places[value];
		places[value] = at;
		if (again > size - at)
			return false;
		while (again--)
			out[at++] = out[from++];
	}
	return true;
}

static bool unpack_zlib(struct str in, unsigned char *out, size_t size)
{
	struct codec_unpacked u;
	bool right;

	if (!codec_unpack(CODEC_ZLIB, in, size, &u))
		return false;
	right = blob_size(u.out) == size && blob_read(u.out, 0, out, size) == size;
	blob_unref(u.out);
	return right;
}

static bool unpack(const struct log_data *d, unsigned char *out)
{
	switch (d->how) {
	case NONE:
		if (d->packed.n < d->size)
			return false;
		memcpy(out, d->packed.p, d->size);
		return true;
	case ZEROS: memset(out, 0, d->size); return true;
	case RTIME: return unpack_rtime(d->packed, out, d->size);
	case ZLIB: return unpack_zlib(d->packed, out, d->size);
	default: return false;
	}
}

static void take_inode(struct log *log, const struct jffs2_node *n)
{
	struct log_inode *i = vec_push(log->mem, &log->inodes);
	struct log_data *d = vec_push(log->mem, &log->data);
	const unsigned char *p = n->p;

	*i = (struct log_inode){.ino = jffs2_u32(n, p + 12),
				.version = jffs2_u32(n, p + 16),
				.mode = jffs2_u32(n, p + 20),
				.uid = jffs2_u16(n, p + 24),
				.gid = jffs2_u16(n, p + 26),
				.size = jffs2_u32(n, p + 28)};
	*d = (struct log_data){.ino = i->ino,
			       .version = i->version,
			       .offset = jffs2_u32(n, p + 44),
			       .size = jffs2_u32(n, p + 52),
			       .how = p[56]};
	d->packed = (struct str){(const char *)p + JFFS2_INODE_SIZE, jffs2_u32(n, p + 48)};
	if ((i->mode & KIND) != BLOCK_DEVICE && (i->mode & KIND) != CHARACTER_DEVICE)
		return;
	if (d->packed.n >= 2)
		i->device = d->packed.n < 4 ? jffs2_u16(n, p + JFFS2_INODE_SIZE)
					    : jffs2_u32(n, p + JFFS2_INODE_SIZE);
}

static void take(void *ctx, const struct jffs2_node *n)
{
	struct log *log = ctx;
	const unsigned char *p = n->p;

	if (n->type == JFFS2_INODE)
		take_inode(log, n);
	else if (n->type == JFFS2_DIRENT)
		*vec_push(log->mem, &log->entries) =
		    (struct log_entry){.parent = jffs2_u32(n, p + 12),
				       .version = jffs2_u32(n, p + 16),
				       .ino = jffs2_u32(n, p + 20),
				       .name = {(const char *)p + JFFS2_DIRENT_SIZE, p[28]}};
}

void jffs2_files(struct firmware_view *v, struct firmware_files *files)
{
	enum { ROOT = 1 };
	struct log log = {.mem = arena_new(), .unpack = unpack};

	jffs2_each(v, take, &log);
	log_list(v, &log, ROOT, files);
	arena_free(log.mem);
}
