/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel2minor: a kernel as the file "kernel" of MikroTik's yaffs2 on NOR flash. A block is 64 KiB:
 * 63 chunks and 0xff. A chunk is 1024 bytes, filled with 0xff, and 16 of tags:
 *
 *  0 4  0x1000 and the block's number	 4 4 object (257)	 8 4 chunk	12 4 bytes in it
 *
 * Chunk 0 is the file's header, whose tags are 0x1000, 0x10000101, 0xe0000001, 0:
 *
 *   0 4  1 (a file)	  4 4 1 (in the root)	 10 256 name	268 4 mode (0100644)
 * 272 20 owner, group, times (0)	292 4 size	460 4 0	496 4 upper half of the size
 *
 * What is not named there is 0xff. Numbers are little endian, with -e big endian. With ECC (-c, for
 * NAND flash) it is not made here. Source: adron-s/kernel2minor and yaffs2's on-disk format.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	DATA = 1024, TAGS = 16, CHUNK = DATA + TAGS, BLOCK = 0x10000, CHUNKS = BLOCK / CHUNK,
	SEQUENCE = 0x1000, OBJECT = 257, NAME = 10, NAME_ROOM = 256, MODE = 268, OWNER = 272,
	SIZE = 292, DEVICE = 460, SIZE_HIGH = 496, PATH_MOST = 253,
};
static const uint32_t header_object = 0x10000101, header_chunk = 0xe0000001;

static const struct opt options[] = {
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{'r', NULL, OPT_VALUE, "FILE  result"},
	{'s', NULL, OPT_VALUE, "1024  bytes a chunk"},
	{'e', NULL, OPT_NONE, "big endian"},
	{0, NULL, OPT_NONE, NULL},
};

static void put32(bool big, unsigned char *p, uint32_t v)
{
	if (big)
		put_be32(p, v);
	else
		put_le32(p, v);
}

static uint32_t get32(bool big, const unsigned char *p)
{
	return big ? get_be32(p) : get_le32(p);
}

static void put_tags(bool big, unsigned char *p, const uint32_t *tags)
{
	for (size_t i = 0; i < 4; i++)
		put32(big, p + 4 * i, tags[i]);
}

static struct blob *header(bool big, uint64_t size)
{
	const uint32_t tags[] = {SEQUENCE, header_object, header_chunk, 0};
	unsigned char h[CHUNK];

	memset(h, 0xff, DATA);
	put32(big, h, 1);
	put32(big, h + 4, 1);
	tool_put_text(h + NAME, NAME_ROOM, S("kernel"));
	put32(big, h + MODE, 0100644);
	memset(h + OWNER, 0, SIZE - OWNER);
	put32(big, h + SIZE, (uint32_t)size);
	put32(big, h + DEVICE, 0);
	put32(big, h + SIZE_HIGH, (uint32_t)(size >> 32));
	put_tags(big, h + DATA, tags);
	return blob_copy(h, CHUNK);
}

/* All chunks; *BLOCKS: how many blocks they fill. */
static struct blob *pack(bool big, struct blob *kernel, uint32_t *blocks)
{
	uint64_t size = blob_size(kernel);
	struct blob *image = header(big, size);
	uint32_t id = 1, in_block = 1, sequence = SEQUENCE;

	for (uint64_t at = 0; at < size; at += DATA, id++, in_block++) {
		uint32_t n = size - at < DATA ? (uint32_t)(size - at) : DATA;
		unsigned char tags[TAGS];

		if (in_block == CHUNKS) {
			firmware_join(&image, blob_run(0xff, BLOCK - CHUNKS * CHUNK));
			in_block = 0;
			sequence++;
		}
		put_tags(big, tags, (const uint32_t[]){sequence, OBJECT, id, n});
		firmware_join(&image, blob_slice(kernel, at, n));
		firmware_join(&image, blob_run(0xff, DATA - n));
		firmware_join(&image, blob_copy(tags, TAGS));
	}
	firmware_join(&image, blob_run(0xff, BLOCK - in_block * CHUNK));
	*blocks = sequence - SEQUENCE + 1;
	return image;
}

/* perror's. */
static int fail(struct firmware_run *run, const char *what, int err)
{
	firmware_say(run, "\n", "%s: %s", what, strerror(-err));
	return 255;
}

static int kernel2minor_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	struct blob *kernel = NULL, *image;
	uint32_t blocks;
	int err;

	if (!tool_options(run, options, &o) || !o.value['k'].n || !o.value['r'].n ||
	    o.value['k'].n > PATH_MOST || o.value['r'].n > PATH_MOST ||
	    (o.value['s'].p && atoi(str_cz(run->mem, o.value['s'])) != DATA))
		return -1;
	err = run->read(run, o.value['k'], &kernel);
	if (err)
		return err == -ENOENT || err == -ENOTDIR
			   ? fail(run, "Can't get lstat from kernel file!", err) : -1;
	image = pack(o.value['e'].p != NULL, kernel, &blocks);
	blob_unref(kernel);
	err = tool_put(run, o.value['r'], image);
	if (err)
		return fail(run, "Can't create result file", err);
	buf_fmt(run->out, "Successfully writed %u blocks and %u bytes\n", blocks, blocks * BLOCK);
	buf_fmt(run->out, "Each block contain %u chanks + %u bytes tail hole.\n", CHUNKS,
		BLOCK - CHUNKS * CHUNK);
	buf_fmt(run->out, "Each chunk(%u bytes) consists: data part(%u bytes) + oob part(%u "
		"bytes).\n", CHUNK, DATA, TAGS);
	return 0;
}

/* --- check --- */

/* Is it one, and in which byte order? */
static bool recognise(struct str image, bool *big)
{
	const unsigned char *p = (const unsigned char *)image.p;

	if (image.n < BLOCK)
		return false;
	*big = p[3] == 1;
	return get32(*big, p) == 1 && get32(*big, p + 4) == 1 &&
	       get32(*big, p + DATA) == SEQUENCE && get32(*big, p + DATA + 4) == header_object &&
	       get32(*big, p + DATA + 8) == header_chunk;
}

/* The bytes of chunk ID from 1 on, where its tags say that it is that; unset: they do not. */
static struct str read_chunk(struct str image, bool big, uint32_t id)
{
	struct str chunk = str_sub(image, (size_t)(id / CHUNKS) * BLOCK + id % CHUNKS * CHUNK, CHUNK);
	const unsigned char *tags;

	if (chunk.n < CHUNK)
		return (struct str){NULL, 0};
	tags = (const unsigned char *)chunk.p + DATA;
	if (get32(big, tags) != SEQUENCE + id / CHUNKS ||
	    get32(big, tags + 4) != OBJECT || get32(big, tags + 8) != id ||
	    get32(big, tags + 12) > DATA)
		return (struct str){NULL, 0};
	return str_sub(chunk, 0, get32(big, tags + 12));
}

static uint32_t file_size(struct str image, bool big)
{
	return get32(big, (const unsigned char *)image.p + SIZE);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	uint64_t size = 0;
	uint32_t id = 1;
	bool big;

	if (!recognise(image, &big))
		return false;
	for (; (data = read_chunk(image, big, id)).p; id++)
		size += data.n;
	if (size == file_size(image, big))
		firmware_good(v, "%u chunks", id - 1);
	else
		firmware_bad(v, "chunk %u is not there: the file is %u bytes, of which %llu are",
			     id, file_size(image, big), (unsigned long long)size);
	v->extent = (uint64_t)((id - 1) / CHUNKS + 1) * BLOCK;
	if (v->extent > image.n)
		v->extent = image.n;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	struct str name = firmware_text(v, image.p + NAME, NAME_ROOM);
	bool big;

	recognise(image, &big);
	firmware_put_field(v, "byte order", "%s endian", big ? "big" : "little");
	firmware_put_field(v, "file", "%.*s, %u bytes", STR_ARG(name), file_size(image, big));
}

static void parts(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	struct blob *file = blob_empty();
	bool big;

	if (!recognise(image, &big) || image.n > firmware_room(v)) {
		blob_unref(file);
		return;
	}
	for (uint32_t id = 1; (data = read_chunk(image, big, id)).p; id++)
		firmware_join(&file, blob_copy(data.p, data.n));
	firmware_put_made(v, S("kernel"), file);
}

const struct firmware firmware_kernel2minor = {
	.name = "kernel2minor",
	.format = "MikroTik yaffs2 kernel",
	.help = "kernel2minor -k KERNEL -r RESULT [-s 1024] [-e]\n",
	.write = kernel2minor_run,
	.check = check,
	.show = show,
	.parts = parts,
	.mode = 0644,
	.pure = true,
};
