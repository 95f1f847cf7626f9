/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trx2edips: a TRX (trx.c) for Edimax's PS-1208MFG, little endian.
 *
 *  0 4  "PS16"	4 4 size of the TRX	8 4 0x80500000
 *
 * The third part goes 12 bytes towards the front, so that with this header it stands where the
 * TRX's header says; the last 12 bytes stay, and the CRC is made anew. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 12, START = 0x80500000, TRX = 28, MAGIC = 0x30524448, CRC = 8, SUMMED = 12,
       THIRD = 24 };

/* The image of the TRX of N bytes at P, which came from malloc; NULL: its part is out of it. */
static struct blob *convert(unsigned char *p, size_t n)
{
	uint32_t third = get_le32(p + THIRD);
	unsigned char h[HEADER];
	struct blob *image;

	if (third < HEADER + TRX || third > n) {
		free(p);
		return NULL;
	}
	memmove(p + third - HEADER, p + third, n - third);
	put_le32(p + CRC, ~digest_crc32(0, p + SUMMED, n - SUMMED));
	memcpy(h, "PS16", 4);
	put_le32(h + 4, (uint32_t)n);
	put_le32(h + 8, START);
	image = blob_copy(h, HEADER);
	firmware_join(&image, blob_adopt(p, n));
	return image;
}

static int trx2edips_run(struct firmware_run *run)
{
	struct blob *trx = NULL, *image;
	unsigned char *p;
	size_t n;
	int err;

	if (run->argc != 3)
		return -1;
	err = run->read(run, run->argv[1], &trx);
	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_say(run, "\n", "Unable to open %.*s", STR_ARG(run->argv[1]));
	n = blob_size(trx);
	p = n < TRX ? NULL : malloc(n);
	if (p)
		blob_read(trx, 0, p, n);
	blob_unref(trx);
	if (!p)
		return -1;
	if (get_le32(p) != MAGIC) {
		firmware_say(run, "\n", "Not a trx file...%x", get_le32(p));
		free(p);
		return 1;
	}
	image = convert(p, n);
	if (!image)
		return -1;
	if (tool_put(run, run->argv[2], image) == 0)
		return 0;
	return firmware_say(run, "\n", "Unable to open %.*s", STR_ARG(run->argv[2]));
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), trx;
	const unsigned char *p = (const unsigned char *)image.p;

	if (image.n < HEADER + TRX || memcmp(p, "PS16", 4) != 0 || get_le32(p + HEADER) != MAGIC)
		return false;
	trx = str_sub(image, HEADER, get_le32(p + 4));
	if (trx.n < get_le32(p + 4) || trx.n < TRX) {
		firmware_bad(v, "the header says %u bytes, there are %zu", get_le32(p + 4), trx.n);
		return true;
	}
	firmware_compare32(v, "CRC", get_le32(p + HEADER + CRC),
			   ~digest_crc32(0, trx.p + SUMMED, trx.n - SUMMED));
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "TRX", "%u bytes", get_le32(p + 4));
}

const struct firmware firmware_trx2edips = {
	.name = "trx2edips",
	.format = "Edimax PS16 image",
	.help = "trx2edips TRX OUTPUT\n",
	.write = trx2edips_run,
	.check = check,
	.show = show,
	.pure = true,
};
