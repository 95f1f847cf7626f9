/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trx2usr: a TRX for U.S. Robotics' USR5461, little endian.
 *
 *  0 4  "USR0"	 4 4 size of the TRX
 *  8 4  CRC-32 of the TRX, not inverted at the end
 * 12 4  version 0x06235d03	16 2 compatible with (1), 18 2 revision (1)	20 8 0
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 28, SIZE = 4, CRC = 8, VERSION = 12, COMPATIBLE = 16, REVISION = 18 };

/* The tool removes what it began. */
static int refuse(struct firmware_run *run, const char *why)
{
	int err = tool_put(run, run->argv[2], blob_empty());

	if (err)
		return firmware_say(run, "\n", "Cannot create \"%.*s\": %s", STR_ARG(run->argv[2]),
				    strerror(-err));
	if (run->remove)
		run->remove(run, run->argv[2]);
	return firmware_say(run, "\n", "%s", why);
}

static int trx2usr_run(struct firmware_run *run)
{
	unsigned char h[HEADER] = {0};
	struct blob *trx = NULL, *image;
	int err;

	if (run->argc != 3) {
		firmware_say(run, "\n", "Usage: trx2usr <trx input> <usr output>");
		return 2;
	}
	err = run->read(run, run->argv[1], &trx);
	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_say(run, "\n", "Cannot open \"%.*s\": %s", STR_ARG(run->argv[1]),
				    strerror(-err));
	if (blob_read(trx, 0, h, 4) < 4 || memcmp(h, "HDR0", 4) != 0) {
		bool empty = !blob_size(trx);

		blob_unref(trx);
		return refuse(run, empty ? "Empty input" : "Input is not a TRX file");
	}
	memcpy(h, "USR0", 4);
	put_le32(h + SIZE, (uint32_t)blob_size(trx));
	put_le32(h + CRC, ~digest_crc32_blob(0, trx));
	put_le32(h + VERSION, 0x06235d03);
	put_le16(h + COMPATIBLE, 1);
	put_le16(h + REVISION, 1);
	image = blob_copy(h, HEADER);
	firmware_join(&image, trx);
	err = tool_put(run, run->argv[2], image);
	return err ? firmware_say(run, "\n", "Cannot create \"%.*s\": %s", STR_ARG(run->argv[2]),
				  strerror(-err)) : 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), trx;
	const unsigned char *h = (const unsigned char *)image.p;

	if (image.n < HEADER || memcmp(h, "USR0", 4) != 0)
		return false;
	trx = str_sub(image, HEADER, get_le32(h + SIZE));
	tool_check_size(v, get_le32(h + SIZE), trx.n);
	firmware_compare32(v, "CRC", get_le32(h + CRC), ~digest_crc32(0, trx.p, trx.n));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	firmware_put_field(v, "TRX", "%u bytes",
			   get_le32((const unsigned char *)firmware_bytes(v).p + SIZE));
}

const struct firmware firmware_trx2usr = {
	.name = "trx2usr",
	.format = "U.S. Robotics image",
	.help = "trx2usr TRX OUTPUT\n",
	.write = trx2usr_run,
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
