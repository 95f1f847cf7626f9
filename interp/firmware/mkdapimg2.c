/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkdapimg2: D-Link DAP image (DAP-1330), big endian but for the first field.
 *
 *   0  4  size of the header (72), little endian
 *   4  4  sum of all bytes of the data
 *   8  4  size of the data	12 4 size of the kernel's partition (-k)
 *  16 32  signature		48 16 version	64 8 region
 *
 * Source: firmware-utils.
 */
#include "firmware/mkdapimg.h"

#include <stdlib.h>

enum { HEADER = 72, SUM = 4, SIZE = 8, KERNEL = 12, SIGNATURE = 16, SIGNATURE_SIZE = 32,
       VERSION = 48, VERSION_SIZE = 16, REGION = 64, REGION_SIZE = 8 };

static const struct opt options[] = {
	{'s', NULL, OPT_VALUE, "TEXT  signature"},
	{'v', NULL, OPT_VALUE, "VERSION"},
	{'r', NULL, OPT_VALUE, "REGION"},
	{'k', NULL, OPT_VALUE, "SIZE  of the kernel's partition, k: 1000"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

static const struct mkdapimg_limit limits[] = {
	{'s', SIGNATURE_SIZE, "signature"}, {'v', VERSION_SIZE, "version"},
	{'r', REGION_SIZE, "region"}, {0, 0, NULL},
};

static uint32_t kernel_size(struct firmware_run *run, struct str text)
{
	char *end;
	uint32_t n = (uint32_t)strtoul(str_cz(run->mem, text), &end, 0);

	return *end == 'k' ? n * 1000 : n;
}

static void say(struct firmware_run *run, const struct str *option, const unsigned char *h)
{
	buf_fmt(run->err, "imgHdr.hdr_len = %d\nimgHdr.checksum = 0x%08x\n", HEADER,
		get_be32(h + SUM));
	buf_fmt(run->err, "imgHdr.total_size = 0x%08x\nimgHdr.kernel_size = 0x%08x\n",
		get_be32(h + SIZE), get_be32(h + KERNEL));
	buf_fmt(run->err, "imgHdr.header = %.*s\nimgHdr.fw_ver = %.*s\nimgHdr.fw_reg = %.*s\n",
		STR_ARG(option['s']), STR_ARG(option['v']), STR_ARG(option['r']));
}

static int make(struct firmware_run *run, const struct str *option, struct blob *data)
{
	struct str bytes = blob_flat(run->mem, data);
	unsigned char h[HEADER] = {0};
	struct blob *image;

	put_le32(h, HEADER);
	put_be32(h + SUM, tool_byte_sum(bytes.p, bytes.n));
	put_be32(h + SIZE, (uint32_t)bytes.n);
	put_be32(h + KERNEL, option['k'].p ? kernel_size(run, option['k']) : 0);
	tool_put_text(h + SIGNATURE, SIGNATURE_SIZE, option['s']);
	tool_put_text(h + VERSION, VERSION_SIZE, option['v']);
	tool_put_text(h + REGION, REGION_SIZE, option['r']);
	say(run, option, h);
	image = blob_copy(h, HEADER);
	firmware_join(&image, blob_ref(data));
	return tool_put(run, option['o'], image) ? 2 : 0;
}

static int mkdapimg2_run(struct firmware_run *run)
{
	struct str option[128] = {{0}};
	struct blob *data = NULL;
	int status = mkdapimg_options(run, options, limits, true, option, &data);

	if (!status)
		status = make(run, option, data);
	blob_unref(data);
	return status;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *h = (const unsigned char *)image.p;

	if (image.n < HEADER || get_le32(h) != HEADER || h[SIGNATURE] < 0x20 ||
	    h[SIGNATURE + SIGNATURE_SIZE - 1] || h[REGION - 1] || h[HEADER - 1])
		return false;
	data = str_sub(image, HEADER, get_be32(h + SIZE));
	tool_check_size(v, get_be32(h + SIZE), data.n);
	firmware_compare32(v, "sum", get_be32(h + SUM), tool_byte_sum(data.p, data.n));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str text = firmware_text(v, h + SIGNATURE, SIGNATURE_SIZE);

	firmware_put_field(v, "signature", "%.*s", STR_ARG(text));
	text = firmware_text(v, h + VERSION, VERSION_SIZE);
	firmware_put_field(v, "version", "%.*s", STR_ARG(text));
	text = firmware_text(v, h + REGION, REGION_SIZE);
	firmware_put_field(v, "region", "%.*s", STR_ARG(text));
	firmware_put_field(v, "data", "%u bytes, kernel partition %u", get_be32(h + SIZE),
			   get_be32(h + KERNEL));
}

const struct firmware firmware_mkdapimg2 = {
	.name = "mkdapimg2",
	.format = "D-Link DAP image (DAP-1330)",
	.help = "mkdapimg2 -s SIGNATURE -i FILE -o FILE [-v VERSION] [-r REGION] [-k SIZE]\n",
	.write = mkdapimg2_run,
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
