/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkimg_sitecom: kernel and root file system as the web page of Sitecom's WL-153 (RDC) takes them,
 * little endian, on standard output.
 *
 *   0  4  "CSYS"		 4 4 size from 20 on	 8 4 0
 *  12  4  "WRRM"		16 4 size from 20 on
 *  20  .  the file		 . 2 makes the sum of all words 0
 *
 * Words have 16 bits; a byte that is left over at the file's end is not in the sum. Source:
 * OpenWrt's mkimg_sitecom.pl, of rdc and x86.
 */
#include "firmware/internal.h"

enum { HEADER = 20, SIZE = 4, SECOND = 12, SECOND_SIZE = 16, SUM = 2 };

/* A byte that is left over does not count. */
static uint16_t word_sum(const unsigned char *p, size_t n)
{
	uint16_t sum = 0;

	for (size_t i = 0; i + 1 < n; i += 2)
		sum = (uint16_t)(sum + get_le16(p + i));
	return sum;
}

static uint16_t word_sum_blob(const struct blob *b)
{
	unsigned char piece[4096];
	uint16_t sum = 0;
	uint64_t at = 0;
	size_t n;

	while ((n = blob_read(b, at, piece, sizeof(piece))) > 0) {
		sum = (uint16_t)(sum + word_sum(piece, n));
		at += n;
	}
	return sum;
}

static int mkimg_sitecom_write(struct firmware_run *run)
{
	unsigned char h[HEADER] = "CSYS", sum[SUM];
	struct blob *b, *all;
	int err;

	if (run->argc != 2 || !perl_plain(run->argv[1]))
		return -1;
	b = python_read(run, run->argv[1]);
	if (!b || !blob_size(b) || blob_size(b) > UINT32_MAX - SUM) {
		blob_unref(b);
		return -1;
	}
	put_le16(sum, (uint16_t)(0 - word_sum_blob(b)));
	firmware_join(&b, blob_copy(sum, SUM));
	put_le32(h + SIZE, (uint32_t)blob_size(b));
	memcpy(h + SECOND, "WRRM", 4);
	put_le32(h + SECOND_SIZE, (uint32_t)blob_size(b));
	all = blob_copy(h, HEADER);
	firmware_join(&all, b);
	err = run->output(run, all);
	blob_unref(all);
	return err ? -1 : 0;
}

static bool check(struct firmware_view *v)
{
	struct str all = firmware_bytes(v), image;
	const unsigned char *h = (const unsigned char *)all.p;
	uint16_t sum, stored;

	if (all.n < HEADER + SUM || memcmp(h, "CSYS", 4) != 0 || memcmp(h + SECOND, "WRRM", 4) != 0)
		return false;
	image = str_sub(all, HEADER, get_le32(h + SIZE));
	tool_check_size(v, get_le32(h + SIZE), image.n);
	v->extent = HEADER + image.n;
	if (image.n < SUM)
		return true;
	sum = (uint16_t)(0 - word_sum((const unsigned char *)image.p, image.n - SUM));
	stored = get_le16((const unsigned char *)image.p + image.n - SUM);
	if (sum == stored)
		firmware_good(v, "sum %04x", sum);
	else
		firmware_bad(v, "sum %04x, of what is there %04x", stored, sum);
	return true;
}

static void show(struct firmware_view *v)
{
	firmware_put_field(v, "size", "%u bytes",
			   get_le32((const unsigned char *)firmware_bytes(v).p + SIZE));
}

static const char *const texts[] = {
	/* 12.09 to 15.05 */
	"5ec88b0bca0be65d768028b2817fe4967a0237d7335ecae95e9ef576ae646e85",
	NULL,
};

const struct firmware firmware_mkimg_sitecom = {
	.name = "mkimg_sitecom",
	.format = "Sitecom CSYS image",
	.script = "mkimg_sitecom.pl",
	.texts = texts,
	.help = "mkimg_sitecom FILE\n",
	.write = mkimg_sitecom_write,
	.check = check,
	.show = show,
};
