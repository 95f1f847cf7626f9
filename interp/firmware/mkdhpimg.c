/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkdhpimg: Buffalo's image for its DHP series, big endian.
 *
 *   0  3  "bgn"	11 1 0xb1	12 4 size of all	16 4 POSIX cksum of all, with 0 here
 *  20  .  the input
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 20, MARK = 11, SIZE = 12, CRC = 16 };

static struct blob *with_header(const unsigned char *h, struct blob *in)
{
	struct blob *image = blob_copy(h, HEADER);

	firmware_join(&image, blob_ref(in));
	return image;
}

static int mkdhpimg_run(struct firmware_run *run)
{
	unsigned char h[HEADER] = {'b', 'g', 'n', [MARK] = 0xb1};
	struct blob *in = NULL, *image;
	int err;

	/* Else usage; and what looks like an option is none to it. */
	if (run->argc != 3 || str_starts(run->argv[2], S("-")))
		return -1;
	err = run->read(run, run->argv[1], &in);
	if (err)
		return err == -EISDIR ? -1 : firmware_fail(run, "%.*s: %s", STR_ARG(run->argv[1]),
							   strerror(-err));
	put_be32(h + SIZE, HEADER + (uint32_t)blob_size(in));
	image = with_header(h, in);
	put_be32(h + CRC, digest_cksum_blob(image));
	blob_unref(image);
	err = tool_put(run, run->argv[2], with_header(h, in));
	blob_unref(in);
	if (err)
		return firmware_fail(run, "%.*s: %s", STR_ARG(run->argv[2]), strerror(-err));
	return 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), rest;
	unsigned char h[HEADER];
	struct blob *all;
	uint32_t size;

	if (image.n < HEADER || !str_starts(image, S("bgn\0")) ||
	    (unsigned char)image.p[MARK] != 0xb1)
		return false;
	memcpy(h, image.p, HEADER);
	v->extent = HEADER;
	size = get_be32(h + SIZE);
	if (size < HEADER || size > image.n) {
		firmware_bad(v, "the header says %u bytes, there are %zu", size, image.n);
		return true;
	}
	put_be32(h + CRC, 0);
	rest = str_sub(image, HEADER, size - HEADER);
	all = blob_copy(h, HEADER);
	firmware_join(&all, blob_copy(rest.p, rest.n));
	firmware_compare32(v, "cksum", get_be32((const unsigned char *)image.p + CRC),
			   digest_cksum_blob(all));
	blob_unref(all);
	return true;
}

static void show(struct firmware_view *v)
{
	firmware_put_field(v, "size", "%u",
			   get_be32((const unsigned char *)firmware_bytes(v).p + SIZE));
}

const struct firmware firmware_mkdhpimg = {
	.name = "mkdhpimg",
	.format = "Buffalo DHP image",
	.help = "mkdhpimg IN OUT: make an image for Buffalo's DHP series\n",
	.write = mkdhpimg_run,
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
