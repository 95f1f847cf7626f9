/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fix-u-media-header: a uImage whose name's last 12 bytes are U-Media's fields, big endian.
 *
 * 52 4  "UR_F"	56 4 board	60 1 image type		61 1 1: go back to factory defaults (-F)
 *
 * The byte in front of them is NUL. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <string.h>

#include "digest/digest.h"

enum { HEADER = 64, UIMAGE = 0x27051956, CRC = 4, NAME_END = 51, MAGIC_AT = 52,
       MAGIC = 0x55525f46, BOARD = 56, TYPE = 60, DEFAULTS = 61, FAILED = 255 };

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "ID  board"},
	{'F', NULL, OPT_NONE, "factory defaults"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'T', NULL, OPT_VALUE, "N  image type"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str in, out;
	uint32_t board, type;
	bool defaults;
};

/* 0, or the exit status. */
static int take(struct job *j, int id, struct str value)
{
	switch (id) {
	case 'B':
		if (!tool_number(j->run, value, &j->board))
			return firmware_error(j->run, 1, "board ID is invalid '%.*s'",
					      STR_ARG(value));
		break;
	case 'T':
		if (!tool_number(j->run, value, &j->type) || j->type > 0xff)
			return firmware_error(j->run, 1, "image type is invalid '%.*s'",
					      STR_ARG(value));
		break;
	case 'F': j->defaults = true; break;
	case 'i': j->in = value; break;
	default: j->out = value; break;
	}
	return 0;
}

static uint32_t header_crc(const unsigned char *h)
{
	unsigned char copy[HEADER];

	memcpy(copy, h, HEADER);
	put_be32(copy + CRC, 0);
	return digest_crc32(0, copy, HEADER);
}

/* The tool's exit status is 0 for what is no uImage, but it writes nothing. */
static int fix(struct job *j, struct blob *image)
{
	unsigned char h[HEADER];
	struct blob *result;
	int status;

	if (blob_read(image, 0, h, HEADER) < HEADER)
		return firmware_error(j->run, 1, "invalid input file\n");
	if (get_be32(h) != UIMAGE)
		return firmware_error(j->run, 0, "invalid input file, bad magic\n");
	if (get_be32(h + CRC) != header_crc(h))
		return firmware_error(j->run, 0, "invalid input file, bad header CRC\n");
	h[NAME_END] = 0;
	put_be32(h + MAGIC_AT, MAGIC);
	put_be32(h + BOARD, j->board);
	h[TYPE] = (unsigned char)j->type;
	h[DEFAULTS] = j->defaults;
	put_be32(h + CRC, header_crc(h));
	result = blob_copy(h, HEADER);
	firmware_join(&result, blob_slice(image, HEADER, blob_size(image)));
	status = tool_write(j->run, j->out, " (", ")", result);
	if (!status)
		buf_fmt(j->run->err, "[%.*s] U-Media header fixed in \"%.*s\"\n",
			STR_ARG(firmware_name(j->run)), STR_ARG(j->out));
	return status;
}

static int fix_u_media_header_run(struct firmware_run *run)
{
	struct job j = {.run = run};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct blob *image = NULL;
	int id, status = 0;

	while (!status && (id = opts_next(&o)) != OPTS_END)
		status = id == OPTS_ERROR ? -1 : take(&j, id, o.value);
	if (status)
		return status;
	if (!j.out.p)
		return firmware_error(run, FAILED, "no output file specified");
	if (!j.in.p)
		return firmware_error(run, FAILED, "no input file specified");
	status = tool_read(run, j.in, " (", ")", &image);
	if (status)
		return status > 0 ? FAILED : status;
	status = fix(&j, image);
	blob_unref(image);
	return status;
}

const struct firmware firmware_fix_u_media_header = {
	.name = "fix-u-media-header",
	.help = "fix-u-media-header -i UIMAGE -o FILE [-B BOARD] [-T TYPE] [-F]\n",
	.write = fix_u_media_header_run,
	.pure = true,
};
