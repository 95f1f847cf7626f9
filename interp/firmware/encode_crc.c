/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * encode_crc: Freecom image: a flag, if one is given, the CRC-16 of the file (0xffff to start
 * with) and the file, each byte by exclusive or with all before it and the CRC's lower byte. The
 * CRC is little endian behind a flag, big endian without one. The result has no mark. Source:
 * firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct blob *encode(const struct blob *data, struct str flag, bool flagged)
{
	size_t n = blob_size(data), at = flag.n + 2;
	unsigned char *p = malloc(at + n), last;
	uint16_t crc;

	if (!p)
		return NULL;
	blob_read(data, 0, p + at, n);
	crc = tool_crc16(0xffff, p + at, n);
	if (flag.n)
		memcpy(p, flag.p, flag.n);
	if (flagged)
		put_le16(p + flag.n, crc);
	else
		put_be16(p + flag.n, crc);
	last = (unsigned char)crc;
	for (size_t i = 0; i < n; i++)
		last = p[at + i] ^= last;
	return blob_adopt(p, at + n);
}

static int fail(struct firmware_run *run, const char *why)
{
	buf_fmt(run->out, "ERROR: %s\n", why);
	return 1;
}

static int encode_crc_run(struct firmware_run *run)
{
	bool flagged = run->argc > 3;
	struct blob *data = NULL, *result;
	int err;

	if (run->argc < 3)
		return fail(run, "Argument missing!\n");
	err = run->read(run, run->argv[1], &data);
	if (err == -EISDIR)
		return -1;
	if (err)
		return fail(run, "File not found!");
	result = encode(data, flagged ? run->argv[3] : S(""), flagged);
	blob_unref(data);
	if (!result || tool_put(run, run->argv[2], result) != 0)
		return fail(run, "File not writeable!");
	return 0;
}

const struct firmware firmware_encode_crc = {
	.name = "encode_crc",
	.help = "encode_crc FILE OUTPUT [FLAG]\n",
	.write = encode_crc_run,
	.pure = true,
};
