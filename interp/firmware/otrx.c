/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * otrx create: TRX images by OpenWrt's own tool. The layout is in trx.c (version 1); unlike trx, a
 * file that cannot be read is only complained about. Checking and extracting (otrx check, otrx
 * extract) are not here: imagemk check does the first. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum { MAGIC = 0x30524448, HEADER = 28, CRC_FROM = 12, PARTS = 3, PAGE = 4096 };
static const uint64_t most = UINT64_C(1) << 30; /* bytes of padding at once */

static const struct opt options[] = {
	{'f', NULL, OPT_VALUE, "FILE  a part"},
	{'A', NULL, OPT_VALUE, "FILE  append to the part before"},
	{'a', NULL, OPT_VALUE, "SIZE  align what follows"},
	{'b', NULL, OPT_VALUE, "OFFSET  fill up to it"},
	{'M', NULL, OPT_VALUE, "MAGIC"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct blob *body;	/* behind the header */
	uint32_t magic, offsets[PARTS], n;
};

static uint64_t length(const struct job *j)
{
	return HEADER + blob_size(j->body);
}

static void align(struct job *j, uint64_t size)
{
	if (size && size <= most && (length(j) & (size - 1)))
		firmware_join(&j->body, blob_run(0, size - length(j) % size));
}

static void add_file(struct job *j, struct str path, bool part)
{
	struct blob *b = NULL;

	if (j->run->read(j->run, path, &b) != 0)
		buf_fmt(j->run->err, "Couldn't open %.*s\nFailed to append file %.*s\n",
			STR_ARG(path), STR_ARG(path));
	else {
		if (part)
			j->offsets[j->n++] = (uint32_t)length(j);
		firmware_join(&j->body, b);
	}
	align(j, 4);
}

static void fill_to(struct job *j, int64_t at)
{
	if (at < (int64_t)length(j) || (uint64_t)at > most)
		buf_fmt(j->run->err,
			"Current TRX length is 0x%llx, can't pad it with zeros to 0x%llx\n",
			(unsigned long long)length(j), (unsigned long long)at);
	else if ((uint64_t)at > length(j))
		firmware_join(&j->body, blob_run(0, (uint64_t)at - length(j)));
}

static void set_magic(struct job *j, const char *z)
{
	char *end;
	unsigned long magic;

	errno = 0;
	magic = strtoul(z, &end, 0);
	if (errno || end == z || *end)
		buf_fmt(j->run->err, "illegal magic string %s\n", z);
	else
		j->magic = (uint32_t)magic;
}

/* False: no room for another part. */
static bool take(struct job *j, int id, struct str value)
{
	const char *z = str_cz(j->run->mem, value);

	switch (id) {
	case 'A': add_file(j, value, false); break;
	case 'a': align(j, (uint64_t)strtol(z, NULL, 0)); break;
	case 'b': fill_to(j, strtol(z, NULL, 0)); break;
	case 'M': set_magic(j, z); break;
	default:
		if (j->n == PARTS) {
			buf_fmt(j->run->err,
				"Reached TRX partitions limit, no place for %s\n", z);
			return false;
		}
		add_file(j, value, true);
	}
	return true;
}

static int write_out(struct job *j, struct str path)
{
	unsigned char h[HEADER] = {0};
	struct blob *image;
	uint32_t crc;
	int err;

	align(j, PAGE);
	put_le32(h, j->magic);
	put_le32(h + 4, (uint32_t)length(j));
	h[14] = 1; /* version */
	for (size_t i = 0; i < PARTS; i++)
		put_le32(h + 16 + 4 * i, j->offsets[i]);
	crc = digest_crc32(0, h + CRC_FROM, HEADER - CRC_FROM);
	put_le32(h + 8, ~digest_crc32_blob(crc, j->body));
	image = blob_copy(h, HEADER);
	firmware_join(&image, blob_ref(j->body));
	err = j->run->write(j->run, path, image);
	blob_unref(image);
	if (!err)
		return 0;
	buf_fmt(j->run->err, "Couldn't open %.*s\n", STR_ARG(path));
	return 256 - EACCES;
}

static int otrx_run(struct firmware_run *run)
{
	struct job j = {.run = run, .magic = MAGIC};
	struct opts o;
	int id, status = 0;

	if (run->argc < 2 || !str_is(run->argv[1], "create"))
		return -1;
	if (run->argc < 3) {
		buf_z(run->err, "No TRX file passed\n");
		return 256 - EINVAL;
	}
	j.body = blob_empty();
	o = opts_begin(run->mem, options, run->argv + 2, run->argc - 2, false);
	while (status == 0 && (id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			status = -1;
		else if (!take(&j, id, o.value))
			status = 256 - ENOSPC;
	}
	if (status == 0)
		status = write_out(&j, run->argv[2]);
	blob_unref(j.body);
	return status;
}

const struct firmware firmware_otrx = {
	.name = "otrx",
	.help = "otrx create FILE [-M MAGIC] -f PART [-a SIZE] [-b OFFSET] [-A FILE]...: make a TRX"
		" image\n",
	.write = otrx_run,
	.pure = true,
};
