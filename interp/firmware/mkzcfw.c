/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkzcfw: ZCOM (Zcomax) image: three blocks, one around the other two. Little endian, but for the
 * tails.
 *
 *   0 4  "firm"	4 4 size of what follows the 16 bytes of this header	8 8 0
 *  16 .  block "Kimg": kernel	then block "Rimg": root file system	then a tail
 *
 * A block: magic, size of data and tail, 8 bytes 0; the data; a tail. A tail: the board's number,
 * then the CRC-32 (nothing inverted at its start or end) of what is between the header and this
 * CRC, both big endian.
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <string.h>

#include "digest/digest.h"

enum { HEADER = 16, TAIL = 8, LENGTH = 4 };

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD  ZCN-1523H-2-8 or ZCN-1523H-5-16"},
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{'r', NULL, OPT_VALUE, "FILE  root file system"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

static const struct board {
	const char *id;
	uint32_t hw;
	uint64_t kernel_most, rootfs_most;
} boards[] = {
    {"ZCN-1523H-2-8", 0x66661523, 0x170000, 0x610000},
    {"ZCN-1523H-5-16", 0x6615235a, 0x170000, 0x610000},
};
enum { BOARDS = sizeof(boards) / sizeof(*boards) };

/* Not inverted, neither before nor behind. */
static uint32_t bare_crc(uint32_t crc, const void *p, size_t n)
{
	return ~digest_crc32(~crc, p, n);
}

static void put_header(unsigned char *h, const char *magic, size_t size)
{
	memcpy(h, magic, 4);
	put_le32(h + LENGTH, (uint32_t)size);
}

static void put_tail(struct buf *b, size_t from, const struct board *board)
{
	unsigned char tail[TAIL];

	put_be32(tail, board->hw);
	put_be32(tail + 4, bare_crc(bare_crc(0, b->p + from, b->n - from), tail, 4));
	buf_put(b, (const char *)tail, TAIL);
}

static void put_block(struct buf *b, const char *magic, struct str data, const struct board *board)
{
	unsigned char h[HEADER] = {0};
	size_t from;

	put_header(h, magic, data.n + TAIL);
	buf_put(b, (const char *)h, HEADER);
	from = b->n;
	buf_str(b, data);
	put_tail(b, from, board);
}

/* One input: 0, the exit status, or -1. */
static int take(struct firmware_run *run, struct str path, const char *what, uint64_t most,
		struct str *data)
{
	struct blob *b = NULL;
	int err;

	if (!path.p)
		return firmware_error(run, 255, "no %s image specified", what);
	err = tool_read(run, path, ": ", "", &b);
	if (err)
		return err == 1 ? 255 : err;
	*data = str_dup(run->mem, blob_flat(run->mem, b));
	blob_unref(b);
	return data->n > most ? firmware_error(run, 255, "%s image is too big", what) : 0;
}

static int mkzcfw_run(struct firmware_run *run)
{
	struct buf b = buf_new(run->mem);
	unsigned char h[HEADER] = {0};
	const struct board *board;
	struct tool_options o = {0};
	struct str kernel, rootfs;
	int status;

	if (!tool_options(run, options, &o))
		return -1;
	if (!o.value['B'].p)
		return firmware_error(run, 255, "no board specified");
	board = tool_find(boards, o.value['B']);
	if (!board)
		return firmware_error(run, 255, "unknown/unsupported board id \"%.*s\"",
				      STR_ARG(o.value['B']));
	status = take(run, o.value['k'], "kernel", board->kernel_most, &kernel);
	if (!status)
		status = take(run, o.value['r'], "rootfs", board->rootfs_most, &rootfs);
	if (status)
		return status;
	if (!o.value['o'].p)
		return firmware_error(run, 255, "no output file specified");
	put_header(h, "firm", 2 * HEADER + kernel.n + rootfs.n + 3 * TAIL);
	buf_put(&b, (const char *)h, HEADER);
	put_block(&b, "Kimg", kernel, board);
	put_block(&b, "Rimg", rootfs, board);
	put_tail(&b, HEADER, board);
	status = tool_write(run, o.value['o'], ": ", "", blob_copy(b.p, b.n));
	if (!status)
		buf_fmt(run->err, "[%.*s] firmware file \"%.*s\" completed\n",
			STR_ARG(firmware_name(run)), STR_ARG(o.value['o']));
	return status;
}

/* The block MAGIC at AT of IMAGE; its size with header and tail, or 0 when it is none. */
static size_t block_at(struct str image, size_t at, const char *magic)
{
	const unsigned char *p = (const unsigned char *)image.p + at;
	uint64_t size;

	if (image.n < at || image.n - at < HEADER + TAIL || memcmp(p, magic, 4) != 0)
		return 0;
	size = get_le32(p + LENGTH);
	return size < TAIL || size > image.n - at - HEADER ? 0 : HEADER + (size_t)size;
}

static void check_block(struct firmware_view *v, const char *name, struct str image, size_t at,
			size_t size)
{
	const unsigned char *p = (const unsigned char *)image.p + at;

	firmware_compare32(v, name, get_be32(p + size - 4),
			   bare_crc(0, p + HEADER, size - HEADER - 4));
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	size_t all = block_at(image, 0, "firm"), kernel, rootfs;

	if (image.n < HEADER || memcmp(image.p, "firm", 4) != 0 || image.n < 2 * HEADER ||
	    memcmp(image.p + HEADER, "Kimg", 4) != 0)
		return false;
	if (!all) {
		firmware_bad(v, "the header says more bytes than there are");
		return true;
	}
	check_block(v, "CRC of all", image, 0, all);
	kernel = block_at(image, HEADER, "Kimg");
	rootfs = kernel ? block_at(image, HEADER + kernel, "Rimg") : 0;
	if (kernel)
		check_block(v, "kernel CRC", image, HEADER, kernel);
	if (rootfs)
		check_block(v, "rootfs CRC", image, HEADER + kernel, rootfs);
	else
		firmware_bad(v, "no whole %s", kernel ? "root file system" : "kernel");
	v->extent = HEADER * 2;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	size_t all = block_at(image, 0, "firm"), kernel = block_at(image, HEADER, "Kimg");
	uint32_t hw = all ? get_be32((const unsigned char *)image.p + all - TAIL) : 0;

	for (size_t i = 0; all && i < BOARDS; i++)
		if (boards[i].hw == hw)
			firmware_put_field(v, "board", "%s", boards[i].id);
	if (all)
		firmware_put_field(v, "hardware id", "0x%08x", hw);
	if (kernel)
		firmware_put_field(v, "kernel", "%zu bytes", kernel - HEADER - TAIL);
}

/* Until August 2023 it did not know its own name. */
static const struct firmware_mark since[] = {
    {.beside = "dlink-sge-image"},
    {0},
};

const struct firmware firmware_mkzcfw = {
    .name = "mkzcfw",
    .format = "ZCOM image",
    .help = "mkzcfw -B BOARD -k KERNEL -r ROOTFS -o FILE\n",
    .write = mkzcfw_run,
    .since = since,
    .named = "B",
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
