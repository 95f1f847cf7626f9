/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkh3cvfs: H3C's flash file system with one file, big endian.
 *
 * Erase blocks of 64 KiB, each 64 blocks of 1 KiB: the first holds an entry of 8 bytes for each of
 * the other 63, which are numbered through. What is not written is 0xff.
 *
 *   0  4  upper byte flags, then the block before (all ones: none); of block 0: 0x10000400
 *   4  4  the block after (all ones: none)
 *
 * Block 0 holds the root folder's entry, block 1 the folder, the file starts at block 2. An entry:
 *
 *   0  1  flags		 6  7 year (2), month, day, hour, minute, second
 *  16  4  size			20  4 block, 24 2 index of the entry of its folder
 *  28  4  first block		32 96 name with a NUL
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	ERASE = 0x10000, BLOCK = 1024, PER_ERASE = ERASE / BLOCK - 1, ENTRY = 8, NAME = 32,
	NAME_SIZE = 96, FOLDER_AT = 1, FILE_AT = 2, USED = 0x3f, MARK = 0x10000400,
};

static const struct opt options[] = {
	{'f', NULL, OPT_VALUE, "NAME  the file's name inside"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

static size_t entry_at(size_t block)
{
	return block / PER_ERASE * ERASE + block % PER_ERASE * ENTRY;
}

static size_t block_at(size_t block)
{
	return block / PER_ERASE * ERASE + (1 + block % PER_ERASE) * BLOCK;
}

/* As many erase blocks as BLOCKS need, all 0xff, with the root folder; from malloc. */
static unsigned char *make_empty(size_t blocks, size_t *n)
{
	unsigned char *image, *root;

	*n = ((blocks - 1) / PER_ERASE + 1) * ERASE;
	image = malloc(*n);
	if (!image)
		return NULL;
	memset(image, 0xff, *n);
	put_be32(image, MARK);
	image[entry_at(FOLDER_AT)] = USED;
	root = image + block_at(0);
	root[0] = USED;
	put_be32(root + 20, 0);
	put_be32(root + 28, FOLDER_AT);
	return image;
}

static void put_data(unsigned char *image, const struct blob *data, size_t blocks)
{
	for (size_t i = 0; i < blocks; i++) {
		unsigned char *entry = image + entry_at(FILE_AT + i);

		entry[0] = USED;
		if (i)
			put_be32(entry, (uint32_t)USED << 24 | (uint32_t)(FILE_AT + i - 1));
		if (i + 1 < blocks)
			put_be32(entry + 4, 0xff000000 | (uint32_t)(FILE_AT + i + 1));
		blob_read(data, (uint64_t)i * BLOCK, image + block_at(FILE_AT + i), BLOCK);
	}
}

static void put_file(unsigned char *f, struct str name, uint32_t size)
{
	f[0] = USED;
	put_be16(f + 6, 1970);
	f[8] = f[9] = 1;
	memset(f + 10, 0, 3);
	put_be32(f + 16, size);
	put_be32(f + 20, 0);
	put_be16(f + 24, 0);
	put_be32(f + 28, FILE_AT);
	name.n = name.n < NAME_SIZE ? name.n : NAME_SIZE - 1;
	memcpy(f + NAME, name.p, name.n);
	f[NAME + name.n] = 0;
}

static int mkh3cvfs_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	bool known = tool_options(run, options, &o);
	struct blob *data = NULL;
	const char *error = NULL;
	unsigned char *image;
	size_t blocks, n;
	int err;

	if (!known || !o.value['f'].n || !o.value['i'].n || !o.value['o'].n)
		return -1;
	err = run->read(run, o.value['i'], &data);
	if (err == -EISDIR)
		return -1;
	blocks = err ? 0 : (blob_size(data) + BLOCK - 1) / BLOCK;
	image = make_empty(FILE_AT + blocks, &n);
	if (image && err)
		error = "failed to open input file";
	else if (image) {
		put_data(image, data, blocks ? blocks : 1);
		if (blocks)
			put_file(image + block_at(FOLDER_AT), o.value['f'],
				 (uint32_t)blob_size(data));
		else
			error = "failed to write block"; /* the empty file's only one */
	}
	blob_unref(data);
	if (!image || tool_put(run, o.value['o'], blob_adopt(image, n)) != 0)
		error = "failed to open output file";
	return error ? firmware_say(run, "\n", "%s", error) : 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p, *f = p + block_at(FOLDER_AT);
	size_t block = FILE_AT, left, n = 0;

	if (image.n < ERASE || get_be32(p) != MARK || get_be32(p + 4) != UINT32_MAX ||
	    p[block_at(0)] != USED || get_be32(p + block_at(0) + 28) != FOLDER_AT || f[0] != USED)
		return false;
	block = get_be32(f + 28);
	left = ((size_t)get_be32(f + 16) + BLOCK - 1) / BLOCK;
	/* no chain is longer than the image has blocks, so a loop ends */
	for (; left && block != 0xffffff && block / PER_ERASE < image.n / ERASE; left--, n++)
		block = get_be32(p + entry_at(block) + 4) & 0xffffff;
	if (left)
		firmware_bad(v, "the file's chain of blocks ends after %zu, %zu are missing", n,
			     left);
	else
		firmware_good(v, "the file's chain has %zu blocks", n);
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *f = (const unsigned char *)firmware_bytes(v).p + block_at(FOLDER_AT);
	struct str name = firmware_text(v, f + NAME, NAME_SIZE);

	firmware_put_field(v, "file", "%.*s, %u bytes", STR_ARG(name), get_be32(f + 16));
}

const struct firmware firmware_mkh3cvfs = {
	.name = "mkh3cvfs",
	.format = "H3C file system",
	.help = "mkh3cvfs -f NAME -i FILE -o FILE\n",
	.write = mkh3cvfs_run,
	.check = check,
	.show = show,
	.pure = true,
};
