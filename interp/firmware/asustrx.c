/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asustrx: TRX image (trx.c) with ASUS's mark in its last 64 bytes, which must be NUL before:
 *
 *   0  4  version	4 12 product id		16 48 NUL
 *
 * The TRX's CRC (at 8, from 12 to the end of the file) is made anew. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "digest/digest.h"

enum { MAGIC = 0x30524448, HEADER = 28, CRC = 8, FLAGS = 12, TAIL = 64, PRODUCT = 12,
       IO_ERROR = 251, NO_SPACE = 228 };

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  TRX image"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'p', NULL, OPT_VALUE, "ID  product id"},
	{'v', NULL, OPT_VALUE, "A.B.C.D  version"},
	{0, NULL, OPT_NONE, NULL},
};

static int fail(struct firmware_run *run, int status, const char *what, struct str path)
{
	firmware_say(run, "\n", "%s %.*s", what, STR_ARG(path));
	return status;
}

static struct blob *make(struct blob *in, const unsigned char *tail)
{
	uint64_t body = blob_size(in) - TAIL;
	struct blob *image = blob_slice(in, 0, body), *rest, *patched;
	unsigned char crc[4];

	firmware_join(&image, blob_copy(tail, TAIL));
	rest = blob_slice(image, FLAGS, body + TAIL - FLAGS);
	put_le32(crc, ~digest_crc32_blob(0, rest));
	blob_unref(rest);
	rest = blob_copy(crc, sizeof(crc));
	patched = blob_patch(image, CRC, rest);
	blob_unref(rest);
	blob_unref(image);
	return patched;
}

static int convert(struct firmware_run *run, const struct str *path, const unsigned char *tail)
{
	static const unsigned char empty[TAIL];
	unsigned char last[TAIL];
	struct blob *in = NULL;
	size_t said = run->err->n;
	int err = run->read(run, path['i'], &in), status = 0;

	if (err == -EISDIR)
		return -1;
	if (err)
		return fail(run, IO_ERROR, "Couldn't open", path['i']);
	/* The tool opens its output before it reads. */
	if (blob_size(in) < TAIL)
		status = fail(run, IO_ERROR, "Couldn't read 64 B from", path['i']);
	else if (blob_read(in, blob_size(in) - TAIL, last, TAIL) != TAIL ||
		 memcmp(last, empty, TAIL) != 0)
		status = fail(run, NO_SPACE, "Input TRX doesn't have last 64 B empty", path['o']);
	if (tool_put(run, path['o'], status ? blob_empty() : make(in, tail)) != 0) {
		run->err->n = said;
		status = fail(run, IO_ERROR, "Couldn't open", path['o']);
	}
	blob_unref(in);
	return status;
}

static int asustrx_run(struct firmware_run *run)
{
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str value[128] = {0};
	unsigned char tail[TAIL] = {0};
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		value[id] = o.value;
		if (id == 'v' && sscanf(str_cz(run->mem, o.value), "%hhu.%hhu.%hhu.%hhu", tail,
					tail + 1, tail + 2, tail + 3) != 4)
			firmware_say(run, "\n",
				     "Version %.*s doesn't match suppored 4-digits format",
				     STR_ARG(o.value));
	}
	if (!value['i'].p || !value['o'].p || !value['p'].p || str_eq(value['i'], value['o']))
		return -1;
	tool_put_text(tail + 4, PRODUCT, value['p']);
	return convert(run, value, tail);
}

static bool is_tail(const unsigned char *t)
{
	size_t n = 0;

	while (n < PRODUCT && t[4 + n] > 0x20 && t[4 + n] < 0x7f)
		n++;
	for (size_t i = 4 + n; i < TAIL; i++) {
		if (t[i])
			return false;
	}
	return n != 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	size_t n = fwtool_payload(image);

	if (n < HEADER + TAIL || get_le32(h) != MAGIC || !is_tail(h + n - TAIL))
		return false;
	v->extent = HEADER;
	firmware_compare32(v, "CRC-32", get_le32(h + CRC), ~digest_crc32(0, h + FLAGS, n - FLAGS));
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *t = (const unsigned char *)image.p + fwtool_payload(image) - TAIL;
	struct str product = firmware_text(v, t + 4, PRODUCT);

	firmware_put_field(v, "product id", "%.*s", STR_ARG(product));
	firmware_put_field(v, "version", "%d.%d.%d.%d", t[0], t[1], t[2], t[3]);
}

const struct firmware firmware_asustrx = {
	.name = "asustrx",
	.format = "ASUS TRX image",
	.help = "asustrx -i FILE -o FILE -p ID [-v A.B.C.D]: mark a TRX image as ASUS's\n",
	.write = asustrx_run,
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
