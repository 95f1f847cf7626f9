/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * spw303v and zyxbcm: an image with Broadcom's tag (imagetag: 256 bytes of text fields) whose
 * tag is changed for Telekom's Speedport W303V or for ZyXEL.
 *
 *   4 20  maker		 94 12 address of the image, 106 10 size of the root file system
 * 128 10  size of the kernel	196 4 CRC of both		216 4 CRC of the image
 * 236  4  CRC-32 of the 236 bytes in front of it, not inverted at the end, big endian
 *
 * spw303v: the maker becomes "AAAAAAAA Corporatio", 138 74 0, and the image's CRC goes on over
 * 64 bytes that are always the same. zyxbcm: 181 1 is 0, 182 12 the address of the image's end,
 * 194 4 the CRC of both, 198 2 0. Files of less than 256 bytes stay. Source: firmware-utils.
 */
#include "firmware/bcmtag.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum { TAG = 256, MAKER = 4, MAKER_SIZE = 20, CERTIFICATES = 138, CERTIFICATES_SIZE = 74,
       IMAGE_CRC = 216, TAG_CRC = 236, FAKE = 64, START = 94, ROOTFS = 106, KERNEL = 128,
       INFO_END = 181, END = 182, BOTH_CRC_NEW = 194, BOTH_CRC = 196, CLEAR = 18, BLOCK = 1024 };

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  (standard input)"},
	{'o', NULL, OPT_VALUE, "FILE  (standard output)"},
	{0, NULL, OPT_NONE, NULL},
};

/* What the image's CRC goes on over. */
static const char fake[] =
	"\x18!!\x18!!!!!!!\x18!$!\x1b\x18\x18$$\x18!!!!!!!\x1b\x18\x18$$!!!!!!!"
	"\x18!!!!!!\x18!!!!!!!!!\x18!!!!!!";

static uint32_t raw_crc(uint32_t crc, const void *p, size_t n)
{
	return ~digest_crc32(~crc, p, n);
}

static void fix_speedport(unsigned char *t)
{
	tool_put_text(t + MAKER, MAKER_SIZE, S("AAAAAAAA Corporatio"));
	memset(t + CERTIFICATES, 0, CERTIFICATES_SIZE);
	put_be32(t + IMAGE_CRC, raw_crc(get_be32(t + IMAGE_CRC), fake, FAKE));
}

static uint64_t number(const unsigned char *p)
{
	return strtoul((const char *)p, NULL, 10);
}

/* T has a NUL behind it, and room: numbers may go on into what follows. */
static void fix_zyxel(unsigned char *t)
{
	uint64_t end = number(t + START) + number(t + ROOTFS) + number(t + KERNEL);
	unsigned char crc[4];

	memcpy(crc, t + BOTH_CRC, 4);
	t[INFO_END] = 0;
	memset(t + END, 0, CLEAR);
	sprintf((char *)t + END, "%llu", (unsigned long long)end);
	memcpy(t + BOTH_CRC_NEW, crc, 4);
}

static struct blob *convert(struct blob *image, void (*fix)(unsigned char *))
{
	unsigned char block[BLOCK + 1] = {0}, crc[4];
	size_t n = blob_read(image, 0, block, BLOCK);
	struct blob *result;

	if (n < TAG)
		return blob_ref(image);
	fix(block);
	put_be32(crc, raw_crc(UINT32_MAX, block, TAG_CRC));
	memcpy(block + TAG_CRC, crc, 4);
	result = blob_copy(block, n);
	firmware_join(&result, blob_slice(image, n, blob_size(image)));
	return result;
}

static int fail(struct firmware_run *run, const char *name, struct str why)
{
	return firmware_say(run, " [-i <inputfile>] [-o <outputfile>]\n", "%.*s\nUsage: %s",
			    STR_ARG(why), name);
}

static int store(struct firmware_run *run, const char *name, struct str path, struct blob *result)
{
	int err;

	if (path.p) {
		err = tool_put(run, path, result);
		return err ? fail(run, name, str_fmt(run->mem, "can not open \"%.*s\" for writing",
						     STR_ARG(path))) : 0;
	}
	err = run->output(run, result);
	blob_unref(result);
	return err ? 1 : 0;
}

int bcmtag_change(struct firmware_run *run, const char *name, bool zyxel)
{
	struct tool_options o = {0};
	struct blob *image = NULL, *result;
	int err = 0;

	if (!tool_options(run, options, &o) || run->argc < 2)
		return -1;
	if (o.operands.n)
		return fail(run, name, str_fmt(run->mem, "illegal arg \"%.*s\"",
					       STR_ARG(o.operands.p[0])));
	if (o.value['i'].p)
		err = run->read(run, o.value['i'], &image);
	else
		image = blob_ref(run->input(run));
	if (err == -EISDIR)
		return -1;
	if (err)
		return fail(run, name, str_fmt(run->mem, "can not open \"%.*s\" for reading",
					       STR_ARG(o.value['i'])));
	result = convert(image, zyxel ? fix_zyxel : fix_speedport);
	blob_unref(image);
	return store(run, name, o.value['o'], result);
}

static int spw303v_run(struct firmware_run *run)
{
	return bcmtag_change(run, "spw303v", false);
}

const struct firmware firmware_spw303v = {
	.name = "spw303v",
	.help = "spw303v [-i FILE] [-o FILE]\n",
	.write = spw303v_run,
	.pure = true,
};
