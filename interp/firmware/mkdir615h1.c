/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkdir615h1: image of D-Link's DIR-615 H1, big endian.
 *
 *   0  4  0			 4 4 vendor (536)	 8 4 product (48)
 *  12 16  version ("123")	28 4 type (3)		32 4 size of the file
 *  36  4  0			40 16 MD5 of the file	56 32 0
 *  88  4  sum of the bytes of this header, with these four as 0
 *  92  4  key (0x12345678)
 *  96  .  the file, NULs up to a block's end (-z): byte N under the key >> (N & 7)
 *
 * It is mksenaofw's before that was for other devices: what it makes is checked as a Senao image.
 * Source: firmware-utils of OpenWrt 12.09.
 */
#include "firmware/internal.h"

#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	HEADER = 0x60,
	VENDOR = 4,
	PRODUCT = 8,
	VERSION = 12,
	VERSION_ROOM = 15,
	TYPE = 28,
	SIZE = 32,
	ZERO = 36,
	MD5 = 40,
	PAD = 56,
	SUM = 88,
	KEY = 92,
	DIGEST = 16,
};

static const struct opt options[] = {
    {'e', NULL, OPT_VALUE, "FILE  encode"},
    {'d', NULL, OPT_VALUE, "FILE  decode"},
    {'o', NULL, OPT_VALUE, "FILE  output"},
    {'t', NULL, OPT_VALUE, "TYPE  (3)"},
    {'v', NULL, OPT_VALUE, "VERSION  (123)"},
    {'r', NULL, OPT_VALUE, "VENDOR  (536)"},
    {'p', NULL, OPT_VALUE, "PRODUCT  (48)"},
    {'m', NULL, OPT_VALUE, "KEY  hexadecimal (12345678)"},
    {'b', NULL, OPT_VALUE, "SIZE  of a block (65535)"},
    {'z', NULL, OPT_NONE, "pad to a block's end"},
    {0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str in, out;
	bool decode, pad;
	int block;
	uint32_t key;
	unsigned char header[HEADER];
};

/* B, which is taken over, under the key; it is its own inverse. */
static struct blob *mask(struct blob *b, uint32_t key)
{
	size_t n = (size_t)blob_size(b);
	unsigned char *p = malloc(n ? n : 1);

	if (!p)
		return b;
	blob_read(b, 0, p, n);
	blob_unref(b);
	for (size_t i = 0; i < n; i++)
		p[i] ^= (unsigned char)(key >> (i & 7));
	return blob_adopt(p, n);
}

static int number(const struct job *j, struct str text)
{
	return (int)strtol(str_cz(j->run->mem, text), NULL, 10);
}

/* A type that is not known leaves what was there. */
static void take_type(struct job *j, int type)
{
	static const unsigned char types[] = {1, 2, 3, 4, 5, 6, 7, 10, 11, 12};

	if (type > 0 && type < 256 && memchr(types, type, sizeof(types)))
		put_be32(j->header + TYPE, (uint32_t)type);
}

/* False: to be declined. */
static bool take_options(struct job *j)
{
	struct firmware_run *run = j->run;
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		switch (id) {
		case 'e':
		case 'd':
			j->in = o.value;
			j->decode = id == 'd';
			break;
		case 'o':
			j->out = o.value;
			break;
		case 't':
			take_type(j, number(j, o.value));
			break;
		case 'v':
			tool_put_text(j->header + VERSION, VERSION_ROOM, o.value);
			break;
		case 'r':
			put_be32(j->header + VENDOR, (uint32_t)number(j, o.value));
			break;
		case 'p':
			put_be32(j->header + PRODUCT, (uint32_t)number(j, o.value));
			break;
		case 'm':
			j->key = (uint32_t)strtoul(str_cz(run->mem, o.value), NULL, 16);
			break;
		case 'b':
			j->block = number(j, o.value);
			break;
		case 'z':
			j->pad = true;
			break;
		default:
			return false;
		}
	}
	return j->in.p && j->out.p;
}

static int say_cannot(struct job *j, struct str path)
{
	return firmware_say(j->run, "\n", "Cannot open %.*s !!", STR_ARG(path));
}

static int encode(struct job *j, struct blob *data)
{
	uint32_t size = (uint32_t)blob_size(data);
	struct blob *image;

	if (!size) {
		blob_unref(data);
		return firmware_say(j->run, "\n", "File %.*s open/size error!", STR_ARG(j->in));
	}
	put_be32(j->header + SIZE, size);
	put_be32(j->header + KEY, j->key);
	digest_blob(&digest_md5, data, j->header + MD5);
	put_be32(j->header + SUM, tool_byte_sum(j->header, HEADER));
	if (j->pad && j->block > 0)
		firmware_join(&data, blob_run(0, (uint32_t)j->block - size % (uint32_t)j->block));
	image = blob_copy(j->header, HEADER);
	firmware_join(&image, mask(data, j->key));
	return tool_put(j->run, j->out, image) ? say_cannot(j, j->out) : 0;
}

static int decode(struct job *j, struct blob *image)
{
	uint64_t size;

	if (blob_read(image, 0, j->header, HEADER) != HEADER) {
		blob_unref(image);
		return firmware_say(j->run, "", "Incorrect header size!!");
	}
	size = get_be32(j->header + SIZE);
	struct blob *data = blob_slice(image, HEADER, size);

	blob_unref(image);
	data = mask(data, get_be32(j->header + KEY));
	return tool_put(j->run, j->out, data) ? -1 : 0; /* it crashes */
}

static int mkdir615h1_run(struct firmware_run *run)
{
	struct job j = {.run = run, .block = 65535, .key = 0x12345678};
	struct blob *data = NULL;
	int err;

	put_be32(j.header + VENDOR, 536);
	put_be32(j.header + PRODUCT, 48);
	put_be32(j.header + TYPE, 3);
	tool_put_text(j.header + VERSION, VERSION_ROOM, S("123"));
	if (!take_options(&j) || str_eq(j.in, j.out))
		return -1;
	err = run->read(run, j.in, &data);
	if (err && j.decode)
		return -1; /* it crashes */
	if (err)
		return say_cannot(&j, j.in);
	if (blob_size(data) > INT32_MAX) {
		blob_unref(data);
		return -1;
	}
	return j.decode ? decode(&j, data) : encode(&j, data);
}

const struct firmware firmware_mkdir615h1 = {
    .name = "mkdir615h1",
    .help = "mkdir615h1 -e FILE -o OUTPUT [-v VERSION] [-z]; mkdir615h1 -d IMAGE -o OUTPUT\n",
    .write = mkdir615h1_run,
    .pure = true,
};
