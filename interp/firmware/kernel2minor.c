/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel2minor: a kernel as the file "kernel" of MikroTik's yaffs2. A chunk is 1024 bytes filled
 * with 0xff and 16 of tags (NOR flash), 63 of them and 0xff a block of 64 KiB; or 2048 bytes and 64
 * (NAND flash, with ECC), 64 of them a block. Tags, on NAND at 2 in those 64:
 *
 *  0 4  0x1000 and the block's number	 4 4 object (257)	 8 4 chunk	12 4 bytes in it
 * 16 1  ECC of the tags: parities of columns	20 4, 24 4 of lines			NAND only
 *
 * and there at 40 3 bytes of ECC for each 256 of data, with -e the first two in turn. What is not
 * named is 0xff. Chunk 0 is the file's header, whose tags are 0x1000, 0x10000101, 0xe0000001, 0:
 *
 *   0 4  1 (a file)	  4 4 1 (in the root)	 10 256 name	268 4 mode (0100644)
 * 272 20 owner, group, times (0)	292 4 size	460 4 0	496 4 upper half of the size
 *
 * Numbers are little endian, with -e big endian. Source: adron-s/kernel2minor and yaffs2's on-disk
 * format.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	SEQUENCE = 0x1000, OBJECT = 257, NAME = 10, NAME_ROOM = 256, MODE = 268, OWNER = 272,
	SIZE = 292, DEVICE = 460, SIZE_HIGH = 496, PATH_MOST = 253, TAGS = 16, ECC_UNIT = 256,
	TAGS_AT = 2, ECC_AT = 40, DATA_MOST = 2048, SPARE_MOST = 64,
};
static const uint32_t header_object = 0x10000101, header_chunk = 0xe0000001;

static const struct flash {
	uint32_t data, spare, block; /* bytes of a chunk, behind it, of a block */
	bool ecc;
} nor = {1024, TAGS, 0x10000, false}, nand = {DATA_MOST, SPARE_MOST, 64 * 2112, true};

static const struct opt options[] = {
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{'r', NULL, OPT_VALUE, "FILE  result"},
	{'s', NULL, OPT_VALUE, "1024 (2048 with -c)  bytes a chunk"},
	{'c', NULL, OPT_NONE, "with ECC"},
	{'e', NULL, OPT_NONE, "big endian"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	const struct flash *flash;
	bool big;
	unsigned char parity[256];
};

static uint32_t chunks_of(const struct flash *f)
{
	return f->block / (f->data + f->spare);
}

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

/* --- ECC: parities of a byte's columns and of the bytes' numbers --- */

static unsigned parity(unsigned bits)
{
	return __builtin_parity(bits);
}

/* Of each byte: of halves, quarters and odd and even bits from bit 7 on, bit 0 of all. */
static void make_parities(unsigned char *table)
{
	static const unsigned char masks[] = {0xf0, 0x0f, 0xcc, 0x33, 0xaa, 0x55};

	for (unsigned byte = 0; byte < 256; byte++) {
		unsigned all = parity(byte);

		for (unsigned i = 0; i < sizeof(masks); i++)
			all |= parity(byte & masks[i]) << (7 - i);
		table[byte] = (unsigned char)all;
	}
}

struct parities {
	unsigned char columns;
	uint32_t lines, others;	/* of the bytes' numbers and of them inverted */
};

static struct parities parities_of(const struct job *j, const unsigned char *p, uint32_t n)
{
	struct parities all = {0};

	for (uint32_t i = 0; i < n; i++) {
		unsigned char byte = j->parity[p[i]];

		all.columns ^= byte;
		if (byte & 1) {
			all.lines ^= i;
			all.others ^= ~i;
		}
	}
	return all;
}

/* Four bits of LINES and OTHERS from bit SHIFT on, in turn, inverted. */
static unsigned char in_turn(const struct parities *all, unsigned shift)
{
	unsigned to = 0;

	for (unsigned i = 4; i-- > 0;)
		to = to << 2 | (all->lines >> (shift + i) & 1) << 1 |
		     (all->others >> (shift + i) & 1);
	return (unsigned char)~to;
}

static void put_ecc(const struct job *j, const unsigned char *data, unsigned char *spare)
{
	for (uint32_t i = 0; i * ECC_UNIT < j->flash->data; i++) {
		struct parities all = parities_of(j, data + i * ECC_UNIT, ECC_UNIT);
		unsigned char *ecc = spare + ECC_AT + 3 * i;

		ecc[j->big ? 1 : 0] = in_turn(&all, 0);
		ecc[j->big ? 0 : 1] = in_turn(&all, 4);
		ecc[2] = (unsigned char)~all.columns | 3;
	}
}

/* --- the image --- */

static void put_spare(const struct job *j, const unsigned char *data, unsigned char *spare,
		      const uint32_t *tags)
{
	unsigned char *at = spare + (j->flash->ecc ? TAGS_AT : 0);
	struct parities all;

	memset(spare, 0xff, j->flash->spare);
	for (size_t i = 0; i < 4; i++)
		put32(j->big, at + 4 * i, tags[i]);
	if (!j->flash->ecc)
		return;
	all = parities_of(j, at, TAGS);
	at[TAGS] = all.columns >> 2 & 0x3f;
	put32(j->big, at + TAGS + 4, all.lines);
	put32(j->big, at + TAGS + 8, all.others);
	put_ecc(j, data, spare);
}

static struct blob *header(const struct job *j, uint64_t size)
{
	const uint32_t tags[] = {SEQUENCE, header_object, header_chunk, 0};
	unsigned char h[DATA_MOST + SPARE_MOST];

	memset(h, 0xff, j->flash->data);
	put32(j->big, h, 1);
	put32(j->big, h + 4, 1);
	tool_put_text(h + NAME, NAME_ROOM, S("kernel"));
	put32(j->big, h + MODE, 0100644);
	memset(h + OWNER, 0, SIZE - OWNER);
	put32(j->big, h + SIZE, (uint32_t)size);
	put32(j->big, h + DEVICE, 0);
	put32(j->big, h + SIZE_HIGH, (uint32_t)(size >> 32));
	put_spare(j, h, h + j->flash->data, tags);
	return blob_copy(h, j->flash->data + j->flash->spare);
}

/* All chunks; *BLOCKS: how many blocks they fill. */
static struct blob *pack(const struct job *j, struct blob *kernel, uint32_t *blocks)
{
	const struct flash *f = j->flash;
	uint64_t size = blob_size(kernel);
	struct blob *image = header(j, size);
	uint32_t id = 1, in_block = 1, sequence = SEQUENCE, chunk = f->data + f->spare;

	for (uint64_t at = 0; at < size; at += f->data, id++, in_block++) {
		uint32_t n = size - at < f->data ? (uint32_t)(size - at) : f->data;
		unsigned char data[DATA_MOST], spare[SPARE_MOST];

		if (in_block == chunks_of(f)) {
			firmware_join(&image, blob_run(0xff, f->block - in_block * chunk));
			in_block = 0;
			sequence++;
		}
		memset(data, 0xff, sizeof(data));
		blob_read(kernel, at, data, n);
		put_spare(j, data, spare, (const uint32_t[]){sequence, OBJECT, id, n});
		firmware_join(&image, blob_slice(kernel, at, n));
		firmware_join(&image, blob_run(0xff, f->data - n));
		firmware_join(&image, blob_copy(spare, f->spare));
	}
	firmware_join(&image, blob_run(0xff, f->block - in_block * chunk));
	*blocks = sequence - SEQUENCE + 1;
	return image;
}

static void tell(struct buf *out, const struct flash *f, uint32_t blocks)
{
	uint32_t chunk = f->data + f->spare, n = chunks_of(f);

	buf_fmt(out, "Successfully writed %u blocks and %u bytes\n", blocks, blocks * f->block);
	buf_fmt(out, "Each block contain %u chanks + %u bytes tail hole.\n", n,
		f->block - n * chunk);
	buf_fmt(out, "Each chunk(%u bytes) consists: data part(%u bytes) + oob part(%u bytes).\n",
		chunk, f->data, f->spare);
}

/* False: an option or a size that is not known here. */
static bool read_options(struct firmware_run *run, struct job *j, struct tool_options *o)
{
	const struct str *v = o->value;

	if (!tool_options(run, options, o) || !v['k'].n || !v['r'].n || v['k'].n > PATH_MOST ||
	    v['r'].n > PATH_MOST)
		return false;
	j->big = v['e'].p != NULL;
	j->flash = v['c'].p ? &nand : &nor;
	make_parities(j->parity);
	return (v['s'].p ? (uint32_t)atoi(str_cz(run->mem, v['s'])) : 1024) == j->flash->data;
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
	struct job j;
	uint32_t blocks;
	int err;

	if (!read_options(run, &j, &o))
		return -1;
	err = run->read(run, o.value['k'], &kernel);
	if (err)
		return err == -ENOENT || err == -ENOTDIR
			   ? fail(run, "Can't get lstat from kernel file!", err) : -1;
	image = pack(&j, kernel, &blocks);
	blob_unref(kernel);
	err = tool_put(run, o.value['r'], image);
	if (err)
		return fail(run, "Can't create result file", err);
	tell(run->out, j.flash, blocks);
	return 0;
}

/* --- check: chunks and their tags; the ECC is not held against the data --- */

static const unsigned char *tags_of(const struct job *j, struct str chunk)
{
	return (const unsigned char *)chunk.p + j->flash->data + (j->flash->ecc ? TAGS_AT : 0);
}

/* Is it one, of which flash and in which byte order? */
static bool recognise(struct str image, struct job *j)
{
	const struct flash *const kinds[] = {&nor, &nand};
	const unsigned char *p = (const unsigned char *)image.p, *tags;

	for (size_t i = 0; i < 2; i++) {
		j->flash = kinds[i];
		if (image.n < j->flash->block)
			return false;
		j->big = p[3] == 1;
		tags = tags_of(j, image);
		if (get32(j->big, p) == 1 && get32(j->big, p + 4) == 1 &&
		    get32(j->big, tags) == SEQUENCE && get32(j->big, tags + 4) == header_object &&
		    get32(j->big, tags + 8) == header_chunk)
			return true;
	}
	return false;
}

/* The bytes of chunk ID from 1 on, where its tags say that it is that; unset: they do not. */
static struct str read_chunk(struct str image, const struct job *j, uint32_t id)
{
	const struct flash *f = j->flash;
	uint32_t n = chunks_of(f), size = f->data + f->spare;
	struct str chunk = str_sub(image, (size_t)(id / n) * f->block + id % n * size, size);
	const unsigned char *tags;

	if (chunk.n < size)
		return (struct str){NULL, 0};
	tags = tags_of(j, chunk);
	if (get32(j->big, tags) != SEQUENCE + id / n || get32(j->big, tags + 4) != OBJECT ||
	    get32(j->big, tags + 8) != id || get32(j->big, tags + 12) > f->data)
		return (struct str){NULL, 0};
	return str_sub(chunk, 0, get32(j->big, tags + 12));
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
	struct job j;

	if (!recognise(image, &j))
		return false;
	for (; (data = read_chunk(image, &j, id)).p; id++)
		size += data.n;
	if (size == file_size(image, j.big))
		firmware_good(v, "%u chunks", id - 1);
	else
		firmware_bad(v, "chunk %u is not there: the file is %u bytes, of which %llu are",
			     id, file_size(image, j.big), (unsigned long long)size);
	v->extent = (uint64_t)((id - 1) / chunks_of(j.flash) + 1) * j.flash->block;
	if (v->extent > image.n)
		v->extent = image.n;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	struct str name = firmware_text(v, image.p + NAME, NAME_ROOM);
	struct job j;

	recognise(image, &j);
	firmware_put_field(v, "flash", "%s, %s endian", j.flash->ecc ? "NAND" : "NOR",
			   j.big ? "big" : "little");
	firmware_put_field(v, "file", "%.*s, %u bytes", STR_ARG(name), file_size(image, j.big));
}

static void parts(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	struct blob *file = blob_empty();
	struct job j;

	if (!recognise(image, &j) || image.n > firmware_room(v)) {
		blob_unref(file);
		return;
	}
	for (uint32_t id = 1; (data = read_chunk(image, &j, id)).p; id++)
		firmware_join(&file, blob_copy(data.p, data.n));
	firmware_put_made(v, S("kernel"), file);
}

const struct firmware firmware_kernel2minor = {
	.name = "kernel2minor",
	.format = "MikroTik yaffs2 kernel",
	.help = "kernel2minor -k KERNEL -r RESULT [-s 1024 | -s 2048 -c] [-e]\n",
	.write = kernel2minor_run,
	.check = check,
	.show = show,
	.parts = parts,
	.mode = 0644,
	.pure = true,
};
