/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * zytrx: ZyXEL's header of 380 bytes in front of an image, big endian.
 *
 *   0   4  0x30524448		  4 4 size of the header	  8 4 size of all
 *  12   4  CRC-32 of the image, not inverted at the end
 *  16  32  "5.0.0.0\n"		 48 32 "\n"			 80 4 size of the image
 *  96 164  "3 6035 122 0\n"	260 8 chip			268 16 board	284 4 model
 * 296  32  version		328 32 the same			364 4 0x12345678
 * 372   4  CRC of the header, with 0 here; not inverted at the end
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum {
	MAGIC = 0x30524448, HEADER = 380, TOTAL = 8, DATA_CRC = 12, INTERNAL = 16, EXTERNAL = 48,
	DATA_SIZE = 80, CODE = 96, CHIP = 260, CHIP_SIZE = 8, BOARD = 268, BOARD_SIZE = 16,
	MODEL = 284, VERSION = 296, VERSION_SIZE = 32, VERSION2 = 328, KERNEL_SUM = 364,
	HEADER_CRC = 372,
};

struct board {
	const char *chip, *name;
	uint32_t model;
};

static const struct board boards[] = {
	{"MT7621A", "NR7101", 0x07010001},
	{"MT7621A", "LTE3301-PLUS", 0x03030001},
	{"MT7621A", "LTE5398-M904", 0x05030908},
	{"MT7621A", "LTE7490-M904", 0x07040900},
};

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD"},
	{'v', NULL, OPT_VALUE, "VERSION"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output (standard output)"},
	{0, NULL, OPT_NONE, NULL},
};

static const struct board *find_board(struct str name)
{
	for (size_t i = 0; i < sizeof(boards) / sizeof(*boards); i++) {
		if (str_is(name, boards[i].name))
			return &boards[i];
	}
	return NULL;
}

static struct blob *make(struct blob *in, const struct board *b, struct str version)
{
	unsigned char h[HEADER] = {0};
	struct blob *image;

	put_be32(h, MAGIC);
	put_be32(h + 4, HEADER);
	put_be32(h + TOTAL, HEADER + (uint32_t)blob_size(in));
	put_be32(h + DATA_CRC, ~digest_crc32_blob(0, in));
	tool_put_text(h + INTERNAL, 32, S("5.0.0.0\n"));
	tool_put_text(h + EXTERNAL, 32, S("\n"));
	put_be32(h + DATA_SIZE, (uint32_t)blob_size(in));
	tool_put_text(h + CODE, 164, S("3 6035 122 0\n"));
	tool_put_text(h + CHIP, CHIP_SIZE, str_z(b->chip));
	tool_put_text(h + BOARD, BOARD_SIZE, str_z(b->name));
	put_be32(h + MODEL, b->model);
	tool_put_text(h + VERSION, VERSION_SIZE, version);
	tool_put_text(h + VERSION2, VERSION_SIZE, version);
	put_be32(h + KERNEL_SUM, 0x12345678);
	put_be32(h + HEADER_CRC, ~digest_crc32(0, h, HEADER));
	image = blob_copy(h, sizeof(h));
	firmware_join(&image, in);
	return image;
}

static int put(struct firmware_run *run, struct str path, struct blob *image)
{
	int err;

	if (path.p)
		return tool_overwrite(run, path, image);
	err = run->output(run, image);
	blob_unref(image);
	return err;
}

static int zytrx_run(struct firmware_run *run)
{
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str value[128] = {0};
	const struct board *board;
	struct blob *in = NULL;
	int id;

	/* Everything is done while options are read, so one given twice leaves something behind. */
	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR || value[id].p)
			return -1;
		value[id] = o.value;
	}
	board = find_board(value['B']);
	if (!board || !value['v'].n || value['v'].n > VERSION_SIZE || !value['i'].p ||
	    (value['o'].p && str_eq(value['i'], value['o'])) ||
	    run->read(run, value['i'], &in) != 0 || blob_size(in) == 0) {
		blob_unref(in);
		return -1;
	}
	return put(run, value['o'], make(in, board, value['v'])) ? -1 : 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	unsigned char h[HEADER];
	uint32_t size;

	if (image.n < HEADER || get_be32((const unsigned char *)image.p) != MAGIC)
		return false;
	memcpy(h, image.p, HEADER);
	if (get_be32(h + 4) != HEADER)
		return false;
	v->extent = HEADER;
	size = get_be32(h + DATA_SIZE);
	if (size > image.n - HEADER)
		firmware_bad(v, "the header says %u bytes, there are %zu", size, image.n - HEADER);
	else
		firmware_compare32(v, "image CRC", get_be32(h + DATA_CRC),
				   ~digest_crc32(0, image.p + HEADER, size));
	put_be32(h + HEADER_CRC, 0);
	firmware_compare32(v, "header CRC",
			   get_be32((const unsigned char *)image.p + HEADER_CRC),
			   ~digest_crc32(0, h, HEADER));
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str chip = firmware_text(v, h + CHIP, CHIP_SIZE);
	struct str board = firmware_text(v, h + BOARD, BOARD_SIZE);
	struct str version = firmware_text(v, h + VERSION, VERSION_SIZE);

	firmware_put_field(v, "chip", "%.*s", STR_ARG(chip));
	firmware_put_field(v, "board", "%.*s, model 0x%08x", STR_ARG(board), get_be32(h + MODEL));
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
}

const struct firmware firmware_zytrx = {
    .name = "zytrx",
    .format = "ZyXEL TRX image",
    .help = "zytrx -B BOARD -v VERSION -i FILE [-o FILE]: add ZyXEL's header\n",
    .write = zytrx_run,
    .named = "B",
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
