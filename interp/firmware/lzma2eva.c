/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lzma2eva: AVM's EVA image of a .lzma file, little endian.
 *
 *   0  4  magic 0xfeed1281		4 4 size of the record: data and 24 bytes
 *   8  4  load address			12 4 type 0x075a0201
 *  16  4  size of the data		20 4 size of it unpacked	24 4 CRC-32 of the data
 *  28  5  properties and dictionary size of .lzma	33 3 0		36 . the data
 *   .  4  minus the sum of: record size, load address, each byte from 12 on
 *   .  4  0				 . 4 entry point
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum {
	MAGIC = 0xfeed1281, TYPE = 0x075a0201, LZMA = 13, PROPERTIES = 5,
	HEADER = 36, SUMMED = 12, EXTRA = 24, TAIL = 12,
};

static uint32_t byte_sum(const struct blob *b)
{
	uint64_t pos = 0;
	struct str span;
	uint32_t sum = 0;

	while (blob_next(b, &pos, &span))
		sum += tool_byte_sum(span.p, span.n);
	return sum;
}

static struct blob *make(struct blob *lzma, uint32_t load, uint32_t entry)
{
	struct blob *data = blob_slice(lzma, LZMA, blob_size(lzma) - LZMA), *image;
	uint32_t size = (uint32_t)blob_size(data);
	unsigned char h[HEADER] = {0}, in[LZMA], tail[TAIL] = {0};

	blob_read(lzma, 0, in, sizeof(in));
	put_le32(h, MAGIC);
	put_le32(h + 4, size + EXTRA);
	put_le32(h + 8, load);
	put_le32(h + 12, TYPE);
	put_le32(h + 16, size);
	memcpy(h + 20, in + PROPERTIES, 4);
	put_le32(h + 24, digest_crc32_blob(0, data));
	memcpy(h + 28, in, PROPERTIES);
	put_le32(tail, 0 - (size + EXTRA + load + tool_byte_sum(h + SUMMED, HEADER - SUMMED) +
			    byte_sum(data)));
	put_le32(tail + 8, entry);
	image = blob_copy(h, sizeof(h));
	firmware_join(&image, data);
	firmware_join(&image, blob_copy(tail, sizeof(tail)));
	return image;
}

static int lzma2eva_run(struct firmware_run *run)
{
	const struct str *arg = run->argv;
	struct blob *lzma = NULL, *image;
	int err;

	if (run->argc != 5 || str_eq(arg[3], arg[4]))
		return -1;
	err = run->read(run, arg[3], &lzma);
	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_say(run, "\n", "fopen: %s", strerror(-err));
	/* The tool opens its output before it reads. */
	image = blob_size(lzma) < LZMA ? NULL
	      : make(lzma, tool_any_number(run, arg[1]), tool_any_number(run, arg[2]));
	blob_unref(lzma);
	err = tool_put(run, arg[4], image ? image : blob_empty());
	if (err)
		return firmware_say(run, "\n", "fopen: %s", strerror(-err));
	return image ? 0 : firmware_say(run, "\n", "fread: %s", strerror(0));
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	uint32_t size;

	if (image.n < HEADER + TAIL || get_le32(h) != MAGIC || get_le32(h + 12) != TYPE)
		return false;
	size = get_le32(h + 16);
	v->extent = HEADER;
	if (get_le32(h + 4) != size + EXTRA)
		firmware_bad(v, "the record has %u bytes, its data %u", get_le32(h + 4), size);
	if (size > image.n - HEADER - TAIL) {
		firmware_bad(v, "the header says %u bytes of data, there are %zu", size,
			     image.n - HEADER - TAIL);
		return true;
	}
	v->extent = (uint64_t)HEADER + size + TAIL;
	firmware_compare32(v, "CRC-32", get_le32(h + 24), digest_crc32(0, h + HEADER, size));
	firmware_compare32(v, "checksum", get_le32(h + HEADER + size),
			   0 - (get_le32(h + 4) + get_le32(h + 8) +
				tool_byte_sum(h + SUMMED, HEADER - SUMMED + size)));
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	size_t end = HEADER + (size_t)get_le32(h + 16);

	firmware_put_field(v, "load address", "0x%08x", get_le32(h + 8));
	if (end <= image.n - TAIL)
		firmware_put_field(v, "entry point", "0x%08x", get_le32(h + end + 8));
	firmware_put_field(v, "data", "%u bytes, %u unpacked", get_le32(h + 16), get_le32(h + 20));
}

const struct firmware firmware_lzma2eva = {
    .name = "lzma2eva",
    .format = "AVM EVA image",
    .help = "lzma2eva LOADADDR ENTRY FILE.lzma FILE: make an AVM EVA image\n",
    .write = lzma2eva_run,
    .check = check,
    .show = show,
    .pure = true,
    .strong = true,
};
