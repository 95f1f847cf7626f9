/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * add_header: a file behind a vendor's model name, big endian.
 *
 *   0 16  model, padded with NULs; a longer one is cut
 *  16  4  CRC-32 of all, with these four bytes as 0
 *  20  .  the file
 *
 * There is no mark to know it by. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 20, MODEL_SIZE = 16, CRC = 16 };

static int add_header_run(struct firmware_run *run)
{
	unsigned char h[HEADER] = {0};
	struct blob *data = NULL, *image;
	int err;

	if (run->argc != 4)
		return -1; /* its usage text */
	err = run->read(run, run->argv[2], &data);
	if (err == -EISDIR)
		return -1;
	if (!err && !blob_size(data))
		err = -EINVAL; /* nothing cannot be mapped */
	if (err) {
		blob_unref(data);
		return firmware_say(run, "\n", "Error loading file %.*s: %s", STR_ARG(run->argv[2]),
				    strerror(-err));
	}
	tool_put_text(h, MODEL_SIZE, run->argv[1]);
	put_be32(h + CRC, digest_crc32_blob(digest_crc32(0, h, HEADER), data));
	image = blob_copy(h, HEADER);
	firmware_join(&image, data);
	err = tool_put(run, run->argv[3], image);
	if (!err)
		return 0;
	firmware_say(run, "\n", "Error storing file %.*s: %s", STR_ARG(run->argv[3]),
		     strerror(-err));
	return 2;
}

const struct firmware firmware_add_header = {
	.name = "add_header",
	.help = "add_header MODEL FILE OUTPUT: FILE behind a header with the model and a CRC\n",
	.write = add_header_run,
	.mode = 0644,
	.pure = true,
};
