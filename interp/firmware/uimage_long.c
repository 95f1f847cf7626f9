/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What uimage_sgehdr.c and uimage_padhdr.c share: a uImage whose header is made longer by some
 * bytes, all of them in its CRC. Source: firmware-utils.
 */
#include "firmware/uimage_long.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 64, CRC = 4 };

static int fail(struct firmware_run *run, const char *what, int err)
{
	return firmware_say(run, "\n", "could not %s file. (errno = %d)", what, err);
}

static struct blob *make(struct blob *in, const unsigned char *more, size_t n)
{
	unsigned char h[HEADER];
	struct blob *image;

	blob_read(in, 0, h, sizeof(h));
	put_be32(h + CRC, 0);
	put_be32(h + CRC, digest_crc32(digest_crc32(0, h, sizeof(h)), more, n));
	image = blob_copy(h, sizeof(h));
	firmware_join(&image, blob_copy(more, n));
	firmware_join(&image, blob_slice(in, HEADER, blob_size(in) - HEADER));
	return image;
}

int uimage_lengthen(struct firmware_run *run, struct str from, struct str to,
		    const unsigned char *more, size_t n)
{
	struct blob *in = NULL, *image;
	bool is_short;
	int err = run->read(run, from, &in);

	if (err)
		return err == -EISDIR ? -1 : fail(run, "open input", -err);
	is_short = blob_size(in) < HEADER;
	/* The tool opens its output before it reads. */
	image = is_short ? blob_empty() : make(in, more, n);
	blob_unref(in);
	err = tool_overwrite(run, to, image);
	if (err)
		return fail(run, "open output", -err);
	return is_short ? firmware_say(run, "\n", "could not read input file (errno = 0).") : 0;
}
