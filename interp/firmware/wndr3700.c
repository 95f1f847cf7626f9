/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * wndr3700: a legacy image (uImage) with another magic.
 *
 *   0  4  four letters (3700) instead of the magic
 *   4  4  CRC-32 of these 64 bytes, with these four as 0
 *
 * The rest stays; it is checked as a uImage. Source: firmware-utils of OpenWrt 12.09.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 64, MAGIC_SIZE = 4, CRC = 4 };

/* DATA, which is taken over, under a new header. */
static struct blob *change(struct blob *data, struct str magic)
{
	unsigned char h[HEADER];
	struct blob *header, *image;

	blob_read(data, 0, h, HEADER);
	memcpy(h, magic.p, MAGIC_SIZE);
	put_be32(h + CRC, 0);
	put_be32(h + CRC, digest_crc32(0, h, HEADER));
	header = blob_copy(h, HEADER);
	image = blob_patch(data, 0, header);
	blob_unref(header);
	blob_unref(data);
	return image;
}

static int wndr3700_run(struct firmware_run *run)
{
	struct str magic = run->argc > 3 ? run->argv[3] : S("3700");
	struct blob *data = NULL;
	int err;

	if (run->argc < 3)
		return -1; /* its usage text */
	if (magic.n != MAGIC_SIZE)
		return firmware_say(run, "\n", "Invalid magic: '%.*s'", STR_ARG(magic));
	err = run->read(run, run->argv[1], &data);
	if (!err && !blob_size(data))
		err = -EINVAL; /* nothing cannot be mapped */
	if (err == -EISDIR || (!err && blob_size(data) < HEADER)) {
		blob_unref(data);
		return -1;
	}
	if (err) {
		blob_unref(data);
		return firmware_say(run, "\n", "Error loading file %.*s: %s", STR_ARG(run->argv[1]),
				    strerror(-err));
	}
	err = tool_put(run, run->argv[2], change(data, magic));
	if (!err)
		return 0;
	firmware_say(run, "\n", "Error storing file %.*s: %s", STR_ARG(run->argv[2]),
		     strerror(-err));
	return 2;
}

const struct firmware firmware_wndr3700 = {
    .name = "wndr3700",
    .help = "wndr3700 UIMAGE OUTPUT [MAGIC]: UIMAGE with four letters as its magic\n",
    .write = wndr3700_run,
    .mode = 0644,
    .pure = true,
};
