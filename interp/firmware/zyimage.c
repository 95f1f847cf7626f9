/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * zyimage: ZyXEL's signature behind an image, little endian.
 *
 *   0  4  "ZNBG"	4 4 device id	8 48 version	56 4 CRC-32 of the image, not inverted at
 * the end
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum { SIGNATURE = 60, VERSION = 8, VERSION_SIZE = 48, CRC = 56 };

static const struct opt options[] = {
	{'v', NULL, OPT_VALUE, "VERSION  (V.1.0.0(1.0.0))"},
	{'d', NULL, OPT_VALUE, "ID  device id (1)"},
	{0, NULL, OPT_NONE, NULL},
};

static void print(struct firmware_run *run, const char *what, const unsigned char *s)
{
	buf_fmt(run->out,
		"Image %s as:\nDevice ID: 0x%08x\nFirmware version: %s\nImage CRC32: 0x%x\n", what,
		get_le32(s + 4), (const char *)s + VERSION, get_le32(s + CRC));
}

static uint32_t device_id(struct firmware_run *run, struct str text)
{
	const char *z = str_cz(run->mem, text);
	int id = atoi(z);

	return id ? (uint32_t)id : (uint32_t)strtol(z, NULL, 16);
}

/* 0: go on; 1: it has a signature; -1: decline, it is not clear what the tool finds. */
static int is_signed(struct firmware_run *run, const struct blob *b)
{
	unsigned char s[SIGNATURE] = {0};
	uint64_t n = blob_size(b);

	blob_read(b, n < SIGNATURE ? 0 : n - SIGNATURE, s, sizeof(s));
	if (n < 4)
		return n ? -1 : 0;
	if (memcmp(s, "ZNBG", 4) != 0)
		return 0;
	if (n < SIGNATURE || !memchr(s + VERSION, 0, VERSION_SIZE))
		return -1;
	print(run, "is already signed", s);
	return 1;
}

static int zyimage_run(struct firmware_run *run)
{
	struct tool_options o = {.value = {['v'] = S("V.1.0.0(1.0.0)"), ['d'] = S("1")}};
	unsigned char s[SIGNATURE] = {'Z', 'N', 'B', 'G'};
	struct blob *b = NULL;
	int err;

	if (!tool_options(run, options, &o) || !o.operands.n)
		return -1;
	err = run->read(run, o.operands.p[0], &b);
	if (err == -ENOENT || err == -ENOTDIR) {
		buf_fmt(run->out, "Not open input file %.*s\n", STR_ARG(o.operands.p[0]));
		return 1;
	}
	err = err ? -1 : is_signed(run, b);
	if (err) {
		blob_unref(b);
		return err > 0 ? 0 : -1;
	}
	put_le32(s + 4, device_id(run, o.value['d']));
	tool_put_text(s + VERSION, VERSION_SIZE - 1, o.value['v']);
	put_le32(s + CRC, ~digest_crc32_blob(0, b));
	firmware_join(&b, blob_copy(s, sizeof(s)));
	if (tool_put(run, o.operands.p[0], b) != 0)
		return -1;
	print(run, "signed", s);
	return 0;
}

/* Where the signature is; 0: there is none. */
static size_t find(struct str image)
{
	size_t n = fwtool_payload(image);

	if (n <= SIGNATURE || memcmp(image.p + n - SIGNATURE, "ZNBG", 4) != 0)
		return 0;
	return n - SIGNATURE;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	size_t at = find(image);

	if (!at)
		return false;
	firmware_compare32(v, "CRC-32", get_le32((const unsigned char *)image.p + at + CRC),
			   ~digest_crc32(0, image.p, at));
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *s = (const unsigned char *)image.p + find(image);
	struct str version = firmware_text(v, s + VERSION, VERSION_SIZE);

	firmware_put_field(v, "device id", "0x%08x", get_le32(s + 4));
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
}

const struct firmware firmware_zyimage = {
	.name = "zyimage",
	.format = "ZyXEL signature",
	.help = "zyimage [-v VERSION] [-d ID] FILE: add ZyXEL's signature to FILE\n",
	.write = zyimage_run,
	.check = check,
	.show = show,
	.pure = true,
	.trailer = true,
};
