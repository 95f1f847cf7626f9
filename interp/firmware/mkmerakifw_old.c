/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkmerakifw-old: Cisco Meraki image with a short header, big endian, of the MX64 little.
 *
 *  0 4  magic "MIPS" in big endian	 4 4 load address
 *  8 4  size of the kernel		12 4 entry point
 * 16 4  CRC-32 of all (0 here), by words of 4 bytes with the lowest first	20 12 0
 *
 * Without -s the image is filled with 0xff to the size of the board. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 32, MAGIC = 0x4d495053, LOAD = 4, SIZE = 8, ENTRY = 12, CRC = 16 };

static const struct board {
	const char *name;
	uint32_t size, address;	/* size 0: none */
	bool little;
} boards[] = {
	{"z1", 0x7e0000, 0x80060000, false},
	{"mx64", 0, 0x60008000, true},
};

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD"},
	{'i', NULL, OPT_VALUE, "FILE  kernel"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'s', NULL, OPT_NONE, "no padding at the end"},
	{0, NULL, OPT_NONE, NULL},
};

static void put_number(const struct board *board, unsigned char *p, uint32_t v)
{
	if (board->little)
		put_le32(p, v);
	else
		put_be32(p, v);
}

/* N: a multiple of 4. */
static uint32_t crc_of(const unsigned char *p, size_t n, bool little)
{
	uint32_t crc = 0;
	unsigned char word[4];

	if (little)
		return digest_crc32(0, p, n);
	for (size_t i = 0; i < n; i += 4) {
		put_le32(word, get_be32(p + i));
		crc = digest_crc32(crc, word, 4);
	}
	return crc;
}

/* The header and the kernel, filled up with 0xff to 4 bytes, from malloc. */
static unsigned char *make_start(const struct board *board, const struct blob *kernel)
{
	size_t n = blob_size(kernel), whole = HEADER + (n + 3) / 4 * 4;
	unsigned char *p = malloc(whole);

	if (!p)
		return NULL;
	memset(p, 0, HEADER);
	put_number(board, p, MAGIC);
	put_number(board, p + LOAD, board->address);
	put_number(board, p + SIZE, (uint32_t)n);
	put_number(board, p + ENTRY, board->address);
	memset(p + HEADER, 0xff, whole - HEADER);
	blob_read(kernel, 0, p + HEADER, n);
	put_number(board, p + CRC, crc_of(p, whole, board->little));
	return p;
}

/* A kernel without padding whose size is odd: the tool reads what lies behind its memory. */
static int make(struct firmware_run *run, const struct board *board, const struct str *option)
{
	struct str in = option['i'];
	struct blob *kernel = NULL, *image = NULL;
	uint64_t n, room = board->size - HEADER;
	bool padded = !option['s'].p, fits;
	unsigned char *start;
	int err = run->read(run, in, &kernel);

	if (err && err != -EISDIR)
		return firmware_error(run, 1, "could not open \"%.*s\" for reading: %s",
				      STR_ARG(in), strerror(-err));
	if (err || (!padded && blob_size(kernel) % 4) || (padded && !board->size)) {
		blob_unref(kernel);
		return -1;
	}
	n = blob_size(kernel);
	fits = !board->size || n <= room;
	start = fits ? make_start(board, kernel) : NULL;
	blob_unref(kernel);
	image = start ? blob_adopt(start, HEADER + (n + 3) / 4 * 4) : blob_empty();
	if (fits && padded)
		firmware_join(&image, blob_run(0xff, board->size - blob_size(image)));
	if (tool_write(run, option['o'], ": ", "", image))
		return 1;
	return fits ? 0 : firmware_error(run, 1, "kernel file is too big - max size: 0x%08llX\n",
					 (unsigned long long)room);
}

static int mkmerakifw_old_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	const struct board *board;
	int status;

	if (!tool_options(run, options, &o))
		return -1;
	if (!o.value['B'].p)
		return firmware_error(run, 1, "no board specified");
	board = tool_find(boards, o.value['B']);
	if (!board)
		return firmware_error(run, 1, "unknown board \"%.*s\"", STR_ARG(o.value['B']));
	status = tool_need_files(run, o.value);
	return status ? status : make(run, board, o.value);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), copy;
	const unsigned char *h = (const unsigned char *)image.p;
	bool little;
	uint64_t size;

	if (image.n < HEADER || get_be32(h + 20) || get_be32(h + 24) || get_be32(h + 28))
		return false;
	little = get_le32(h) == MAGIC;
	if (!little && get_be32(h) != MAGIC)
		return false;
	size = little ? get_le32(h + SIZE) : get_be32(h + SIZE);
	size = HEADER + (size + 3) / 4 * 4;
	if (size > image.n) {
		firmware_bad(v, "the header says %llu bytes, there are %zu",
			     (unsigned long long)size, image.n);
		return true;
	}
	copy = str_dup(v->mem, str_sub(image, 0, size));
	memset((char *)copy.p + CRC, 0, 4);
	firmware_compare32(v, "CRC", little ? get_le32(h + CRC) : get_be32(h + CRC),
			   crc_of((const unsigned char *)copy.p, size, little));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	bool little = get_le32(h) == MAGIC;

	firmware_put_field(v, "load address", "0x%08x",
			   little ? get_le32(h + LOAD) : get_be32(h + LOAD));
	firmware_put_field(v, "kernel", "%u bytes",
			   little ? get_le32(h + SIZE) : get_be32(h + SIZE));
}

const struct firmware firmware_mkmerakifw_old = {
    .name = "mkmerakifw-old",
    .format = "Meraki image (short header)",
    .help = "mkmerakifw-old -B z1|mx64 -i KERNEL -o FILE [-s]\n",
    .write = mkmerakifw_old_run,
    .named = "B",
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
