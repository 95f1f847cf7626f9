/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dns313-header: D-Link DNS-313 image: a uImage's header that goes on, big endian.
 *
 *  0 32  as a uImage: magic, CRC-32 of these 104 bytes, time, size, addresses, CRC-32 of the
 * data, kinds
 * 32 32  name "kernel.img"	64 16 model "dns-313v3"	80 16 version "2.01b04"
 * 96  6  a MAC address
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 104, MAGIC = 0x27051956, CRC = 4, TIME = 8, SIZE = 12, LOAD = 16, ENTRY = 20,
       DATA_CRC = 24, KINDS = 28, NAME = 32, MODEL = 64, VERSION = 80, MAC = 96, NOT_THERE = 255 };
/* Linux, ARM, kernel, gzip */
static const unsigned char kinds[4] = {5, 2, 2, 1};
static const unsigned char mac[6] = {0x00, 0x80, 0xc8, 0x16, 0x81, 0x68};

static void put_header(unsigned char *h, const struct blob *data)
{
	put_be32(h, MAGIC);
	put_be32(h + TIME, 0x4c06738c);
	put_be32(h + SIZE, (uint32_t)blob_size(data));
	put_be32(h + LOAD, 0x8000);
	put_be32(h + ENTRY, 0x8000);
	put_be32(h + DATA_CRC, digest_crc32_blob(0, data));
	memcpy(h + KINDS, kinds, sizeof(kinds));
	tool_put_text(h + NAME, 32, S("kernel.img"));
	tool_put_text(h + MODEL, 16, S("dns-313v3"));
	tool_put_text(h + VERSION, 16, S("2.01b04"));
	memcpy(h + MAC, mac, sizeof(mac));
	put_be32(h + CRC, digest_crc32(0, h, HEADER));
}

static int dns313_header_run(struct firmware_run *run)
{
	unsigned char h[HEADER] = {0};
	struct blob *data = NULL, *image;
	uint64_t n;
	int err;

	if (run->argc < 3)
		return -1;
	err = run->read(run, run->argv[1], &data);
	if (err == -ENOENT || err == -ENOTDIR)
		return NOT_THERE;
	if (err || !blob_size(data)) {
		blob_unref(data);
		return -1;
	}
	n = blob_size(data);
	put_header(h, data);
	buf_fmt(run->out, "INFILE: %.*s, size: %08x bytes\nAllocate %08llx bytes\n",
		STR_ARG(run->argv[1]), (uint32_t)n, (unsigned long long)(n + HEADER));
	buf_fmt(run->out, "data checksum: 0x%08x\nheader checksum: 0x%08x\n",
		get_be32(h + DATA_CRC), get_be32(h + CRC));
	buf_fmt(run->out, "OUTFILE: %.*s, size: %08llx bytes\n", STR_ARG(run->argv[2]),
		(unsigned long long)(n + HEADER));
	image = blob_copy(h, HEADER);
	firmware_join(&image, data);
	tool_put(run, run->argv[2], image); /* the tool does not notice an error */
	return 0;
}

static bool check(struct firmware_view *v)
{
	static const struct tool_crcs places = {HEADER, CRC, SIZE, DATA_CRC};
	struct str image = firmware_bytes(v);

	if (image.n < HEADER || get_be32((const unsigned char *)image.p) != MAGIC ||
	    memcmp(image.p + MODEL, "dns-313", 7) != 0)
		return false;
	tool_check_crcs(v, &places);
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str model = firmware_text(v, h + MODEL, 16),
		   version = firmware_text(v, h + VERSION, 16);

	firmware_put_field(v, "model", "%.*s", STR_ARG(model));
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
	firmware_put_field(v, "data", "%u bytes", get_be32(h + SIZE));
}

const struct firmware firmware_dns313_header = {
	.name = "dns313-header",
	.format = "D-Link DNS-313 image",
	.help = "dns313-header FILE OUTPUT\n",
	.write = dns313_header_run,
	.mode = 0740,
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
