/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * osbridge-crc: an image of OSBRiDGE's routers with the CRC-32 of all of it in its first word,
 * little endian, in place of what was there. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'h', NULL, OPT_NONE, NULL},
	{0, NULL, OPT_NONE, NULL},
};

static int osbridge_crc_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	struct blob *data = NULL, *word, *image;
	unsigned char crc[4];
	int status;

	if (!tool_options(run, options, &o))
		return -1;
	status = tool_read_input(run, o.value, &data);
	if (status)
		return status;
	put_le32(crc, digest_crc32_blob(0, data));
	word = blob_copy(crc, blob_size(data) < sizeof(crc) ? blob_size(data) : sizeof(crc));
	image = blob_patch(data, 0, word);
	blob_unref(word);
	blob_unref(data);
	return tool_write(run, o.value['o'], ": ", "", image);
}

const struct firmware firmware_osbridge_crc = {
    .name = "osbridge-crc",
    .help = "osbridge-crc -i FILE -o FILE\n",
    .write = osbridge_crc_run,
    .since = tool_gives_reasons,
    .pure = true,
};
