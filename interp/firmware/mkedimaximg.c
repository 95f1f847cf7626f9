/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkedimaximg: Edimax image, little endian (-b: big endian).
 *
 *   0  4  signature	4 4 start address	8 4 flash address	12 4 model
 *  16  4  size of all behind the header
 *  20  .  the input, a NUL when its size is odd, 2 bytes: minus the sum of its 16-bit numbers
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

enum { HEADER = 20, START = 4, FLASH = 8, MODEL = 12, SIZE = 16, SUM = 2 };

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'m', NULL, OPT_VALUE, "MODEL  four characters"},
	{'s', NULL, OPT_VALUE, "SIGNATURE  four characters"},
	{'f', NULL, OPT_VALUE, "ADDR  flash address"},
	{'S', NULL, OPT_VALUE, "ADDR  start address"},
	{'b', NULL, OPT_NONE, "big endian"},
	{0, NULL, OPT_NONE, NULL},
};

/* Of whole numbers: an odd byte at the end does not count. */
static uint16_t checksum(const unsigned char *p, size_t n, bool big)
{
	uint16_t sum = 0;

	for (size_t i = 0; i + 1 < n; i += 2)
		sum = (uint16_t)(sum - (big ? get_be16(p + i) : get_le16(p + i)));
	return sum;
}

static struct blob *make(struct firmware_run *run, struct blob *in, const struct str *option,
			 uint32_t start, uint32_t flash)
{
	struct str data = blob_flat(run->mem, in);
	bool big = option['b'].p;
	void (*put32)(unsigned char *, uint32_t) = big ? put_be32 : put_le32;
	size_t padded = data.n + data.n % 2;
	unsigned char h[HEADER], sum[SUM];
	struct blob *image;

	memcpy(h, option['s'].p, 4);
	put32(h + START, start);
	put32(h + FLASH, flash);
	memcpy(h + MODEL, option['m'].p, 4);
	put32(h + SIZE, (uint32_t)padded + SUM);
	(big ? put_be16 : put_le16)(sum, checksum((const unsigned char *)data.p, data.n, big));
	image = blob_copy(h, sizeof(h));
	firmware_join(&image, in);
	firmware_join(&image, blob_run(0, padded - data.n));
	firmware_join(&image, blob_copy(sum, sizeof(sum)));
	return image;
}

static int mkedimaximg_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	uint32_t start = 0, flash = 0;
	struct blob *in = NULL;

	/* The tool prints its usage behind each message: the real one does so. */
	if (!tool_options(run, options, &o) || !o.value['i'].p || !o.value['o'].p ||
	    o.value['s'].n != 4 || o.value['m'].n != 4 ||
	    !tool_number(run, o.value['S'], &start) || !tool_number(run, o.value['f'], &flash) ||
	    !start || !flash || run->read(run, o.value['i'], &in) != 0)
		return -1;
	return tool_put(run, o.value['o'], make(run, in, o.value, start, flash)) ? -1 : 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p, *p = h + HEADER;
	uint64_t payload = fwtool_payload(image);
	uint32_t n;
	bool big;

	if (image.n < HEADER + SUM || payload < HEADER + SUM)
		return false;
	/* The signature may be anything: the size must be right. */
	for (size_t i = 0; i < 4; i++) {
		if (h[i] < 0x20 || h[i] > 0x7e || h[MODEL + i] < 0x20 || h[MODEL + i] > 0x7e)
			return false;
	}
	big = get_be32(h + SIZE) < get_le32(h + SIZE);
	n = big ? get_be32(h + SIZE) : get_le32(h + SIZE);
	if (n < SUM || n % 2 || n != payload - HEADER)
		return false;
	v->extent = HEADER;
	/* What the odd byte's NUL stands for is not in the sum. */
	if ((big ? get_be16(p + n - SUM) : get_le16(p + n - SUM)) == checksum(p, n - SUM, big))
		firmware_good(v, "checksum %04x", checksum(p, n - SUM, big));
	else if (n > SUM && p[n - SUM - 1] == 0 &&
		 (big ? get_be16(p + n - SUM) : get_le16(p + n - SUM)) ==
		     checksum(p, n - SUM - 2, big))
		firmware_good(v, "checksum %04x", checksum(p, n - SUM - 2, big));
	else
		firmware_bad(v, "checksum is %04x, but the data gives %04x",
			     big ? get_be16(p + n - SUM) : get_le16(p + n - SUM),
			     checksum(p, n - SUM, big));
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	bool big = get_be32(h + SIZE) < get_le32(h + SIZE);
	struct str sign = firmware_text(v, h, 4), model = firmware_text(v, h + MODEL, 4);

	firmware_put_field(v, "signature", "%.*s", STR_ARG(sign));
	firmware_put_field(v, "model", "%.*s", STR_ARG(model));
	firmware_put_field(v, "byte order", big ? "big endian" : "little endian");
	firmware_put_field(v, "start", "0x%08x", big ? get_be32(h + START) : get_le32(h + START));
	firmware_put_field(v, "flash", "0x%08x", big ? get_be32(h + FLASH) : get_le32(h + FLASH));
}

/* Until 2019 there was no -b. */
static const struct firmware_mark since[] = {
    {.text = "big-endianness mode"},
    {0},
};

const struct firmware firmware_mkedimaximg = {
    .name = "mkedimaximg",
    .format = "Edimax image",
    .help =
	"mkedimaximg -i FILE -o FILE -s SIGN -m MODEL -f ADDR -S ADDR [-b]: make an Edimax image\n",
    .write = mkedimaximg_run,
    .since = since,
    .check = check,
    .show = show,
    .pure = true,
};
