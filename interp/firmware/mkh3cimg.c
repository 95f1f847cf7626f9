/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkh3cimg: H3C image with one file, big endian.
 *
 *    0    4  version of the header (1)		   4  4 number of files (1)
 *    8    4  product id			  12  4 device id
 *   16    8  date and time: year (2), month, day, 0, hour, minute, second
 *   24    2  CRC-16 of all behind the header	  26  2 2: a package
 *   28    4  size of all behind the header
 *   32 3072  128 files: type, offset, size, CRC, version, mask, 4 bytes each
 * 3104 3072  signature, not used
 * 6176    4  CRC of the header before it
 *
 * Then the file: a header of 340 bytes and the data, padded with NULs to 8 bytes.
 *
 *    4    4  CRC of the rest of this header	   8  4 type		12 4 version
 *   16    4  product id			  20  4 device id	24 4 size without padding
 *   28    4  -1				  32  8 date and time
 *  104  224  description			 328  4 size		332 4 CRC of the data
 *  336    4  compression: 2 is 7z, -1 none
 *
 * A CRC is the 16-bit one of XMODEM; where it has four bytes the tool's upper half is not always 0
 * (wide_crc). Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	HEADER = 6180, DATE = 16, PACKAGE_CRC = 24, PACKAGE = 26, SIZE = 28, FILES = 32,
	HEADER_CRC = 6176,
	FILE_HEADER = 340, FILE_CRC = 4, FILE_TYPE = 8, FILE_DATE = 32, FILE_TEXT = 104,
	FILE_SIZE = 328, FILE_DATA_CRC = 332, FILE_COMPRESSION = 336,
	APPLICATION = 0x04000000,
};

static const struct opt options[] = {
	{'p', NULL, OPT_VALUE, "ID  product id"},
	{'d', NULL, OPT_VALUE, "ID  device id"},
	{'c', NULL, OPT_VALUE, "none|7z  compression of the input"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

/*
 * The tool's bytes are signed, and what is above 16 bits is dropped only when a bit of the CRC goes
 * over: after a last byte of 0x80 or more that meets its like in the CRC, the top byte is 0xff.
 */
static uint32_t wide_crc(const unsigned char *p, size_t n)
{
	uint16_t crc;

	if (!n)
		return 0;
	crc = tool_crc16(0, p, n - 1);
	if (p[n - 1] >= 0x80 && crc >> 8 == p[n - 1])
		return 0xff000000 | tool_crc16(crc, p + n - 1, 1);
	return tool_crc16(crc, p + n - 1, 1);
}

/* 1970-01-01 00:00:00 */
static void put_date(unsigned char *p)
{
	put_be16(p, 1970);
	p[2] = p[3] = 1;
}

static void put_file(unsigned char *f, uint32_t size, uint32_t padded, uint32_t compression)
{
	put_be32(f + FILE_TYPE, APPLICATION);
	put_be32(f + 12, 1);
	put_be32(f + 24, size);
	put_be32(f + 28, UINT32_MAX);
	put_date(f + FILE_DATE);
	tool_put_text(f + FILE_TEXT, 224, S("OpenWrt"));
	put_be32(f + FILE_SIZE, padded);
	put_be32(f + FILE_DATA_CRC, wide_crc(f + FILE_HEADER, padded));
	put_be32(f + FILE_COMPRESSION, compression);
	put_be32(f + FILE_CRC, wide_crc(f + FILE_TYPE, FILE_HEADER - FILE_TYPE));
}

static void put_header(unsigned char *h, uint32_t padded)
{
	const unsigned char *f = h + HEADER;

	put_be32(h, 1);
	put_be32(h + 4, 1);
	put_date(h + DATE);
	put_be16(h + PACKAGE_CRC, tool_crc16(0, f, FILE_HEADER + padded));
	put_be16(h + PACKAGE, 2);
	put_be32(h + SIZE, FILE_HEADER + padded);
	put_be32(h + FILES, APPLICATION);
	put_be32(h + FILES + 4, HEADER);
	put_be32(h + FILES + 8, FILE_HEADER + padded);
	put_be32(h + FILES + 12, get_be32(f + FILE_DATA_CRC));
	put_be32(h + FILES + 16, 1);
	put_be32(h + FILES + 20, 1);
	put_be32(h + HEADER_CRC, wide_crc(h, HEADER_CRC));
}

/* The image of DATA, from malloc. */
static unsigned char *make(const struct blob *data, uint32_t product, uint32_t device,
			   uint32_t compression, size_t *n)
{
	size_t size = blob_size(data), padded = (size + 7) / 8 * 8;
	unsigned char *h = calloc(1, HEADER + FILE_HEADER + padded), *f = h + HEADER;

	if (!h)
		return NULL;
	blob_read(data, 0, f + FILE_HEADER, size);
	put_be32(h + 8, product);
	put_be32(h + 12, device);
	put_be32(f + 16, product);
	put_be32(f + 20, device);
	put_file(f, (uint32_t)size, (uint32_t)padded, compression);
	put_header(h, (uint32_t)padded);
	*n = HEADER + FILE_HEADER + padded;
	return h;
}

static int mkh3cimg_run(struct firmware_run *run)
{
	struct tool_options o = {.value = {['c'] = S("none")}};
	bool known = tool_options(run, options, &o);
	struct str compression = o.value['c'];
	uint32_t product, device;
	unsigned char *image;
	struct blob *data;
	size_t n;
	int err;

	if (!known || !o.value['i'].n || !o.value['o'].n || !o.value['p'].n || !o.value['d'].n ||
	    (!str_is(compression, "none") && !str_is(compression, "7z")))
		return -1;
	product = tool_any_number(run, o.value['p']);
	device = tool_any_number(run, o.value['d']);
	if (!product || !device)
		return -1;
	err = run->read(run, o.value['i'], &data);
	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_say(run, "\n", "failed to open input file");
	image = blob_size(data) ? make(data, product, device,
				       str_is(compression, "7z") ? 2 : UINT32_MAX, &n) : NULL;
	blob_unref(data);
	if (!image)
		return firmware_say(run, "\n", "failed to read input file");
	if (tool_put(run, o.value['o'], blob_adopt(image, n)) != 0)
		return firmware_say(run, "\n", "failed to open output file");
	return 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p, *f = h + HEADER;
	size_t size;

	if (image.n < HEADER + FILE_HEADER || get_be32(h) != 1 || get_be16(h + PACKAGE) != 2 ||
	    get_be32(h + FILES + 4) != HEADER || get_be32(h + 4) != 1)
		return false;
	size = get_be32(f + FILE_SIZE);
	firmware_compare32(v, "header CRC", get_be32(h + HEADER_CRC), wide_crc(h, HEADER_CRC));
	firmware_compare32(v, "file header CRC", get_be32(f + FILE_CRC),
			   wide_crc(f + FILE_TYPE, FILE_HEADER - FILE_TYPE));
	if (size > image.n - HEADER - FILE_HEADER) {
		firmware_bad(v, "the header says %zu bytes of data, there are %zu", size,
			     image.n - HEADER - FILE_HEADER);
		return true;
	}
	firmware_compare32(v, "data CRC", get_be32(f + FILE_DATA_CRC),
			   wide_crc(f + FILE_HEADER, size));
	firmware_compare32(v, "package CRC", get_be16(h + PACKAGE_CRC),
			   tool_crc16(0, f, FILE_HEADER + size));
	v->extent = HEADER + FILE_HEADER + size;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p, *f = h + HEADER;
	struct str text = firmware_text(v, f + FILE_TEXT, 224);

	firmware_put_field(v, "product id", "0x%08x", get_be32(h + 8));
	firmware_put_field(v, "device id", "0x%08x", get_be32(h + 12));
	firmware_put_field(v, "description", "%.*s", STR_ARG(text));
	firmware_put_field(v, "data", "%u bytes", get_be32(f + 24));
	firmware_put_field(v, "compression", "%s",
			   get_be32(f + FILE_COMPRESSION) == 2 ? "7z" : "none");
}

const struct firmware firmware_mkh3cimg = {
	.name = "mkh3cimg",
	.format = "H3C image",
	.help = "mkh3cimg -p PRODUCT -d DEVICE [-c none|7z] -i FILE -o FILE\n",
	.write = mkh3cimg_run,
	.check = check,
	.show = show,
	.pure = true,
};
