/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bcm4908asus create: Asus's fields at the end of a BCM4908 image, which keeps 64 bytes of 0xff for
 * them in front of its own tail, little endian.
 *
 *  0  4  firmware version		 4  2 build number	6 2 extended number, its lower half
 *  8 12  product			28  4 extended number
 * 63  1  1: the extended number has 32 bits
 * 64  4  CRC-32 of all before it, not inverted at the end	68 16 as bcm4908img wrote it
 *
 * Printing them (info) is done by imagemk check, not here. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum { ASUS = 64, TAIL = ASUS + 20, BUILD = 4, EXTENDED_LOW = 6, PRODUCT = 8, PRODUCT_SIZE = 12,
       EXTENDED = 28, WIDE = 63, BAD_OPTION = 256 - EINVAL, FAILED = 256 - EIO,
       NO_SPACE = 256 - ENOSPC, BAD_CRC = 256 - EPROTO };

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  image"},
	{'o', NULL, OPT_VALUE, "FILE  output (the image itself)"},
	{'p', NULL, OPT_VALUE, "ID  product"},
	{'f', NULL, OPT_VALUE, "A.B.C.D  firmware version"},
	{'b', NULL, OPT_VALUE, "N  build number"},
	{'e', NULL, OPT_VALUE, "N  extended number"},
	{0, NULL, OPT_NONE, NULL},
};

static int fail(struct firmware_run *run, int status, struct str why)
{
	firmware_say(run, "\n", "%.*s", STR_ARG(why));
	return status;
}

static void take(struct firmware_run *run, int id, struct str value, unsigned char *t)
{
	const char *z = str_cz(run->mem, value);
	uint32_t n = (uint32_t)strtol(z, NULL, 0);

	switch (id) {
	case 'p': tool_put_text(t + PRODUCT, PRODUCT_SIZE, value); break;
	case 'f':
		if (sscanf(z, "%hhu.%hhu.%hhu.%hhu", t, t + 1, t + 2, t + 3) != 4)
			firmware_say(run, "\n", "Version %s doesn't match suppored 4-digits format",
				     z);
		break;
	case 'b': put_le16(t + BUILD, (uint16_t)n); break;
	case 'e':
		t[WIDE] = 1;
		put_le32(t + EXTENDED, n);
		put_le16(t + EXTENDED_LOW, (uint16_t)n);
		break;
	default: break;
	}
}

static bool is_free(const char *p)
{
	for (size_t i = 0; i < ASUS; i++) {
		if ((unsigned char)p[i] != 0xff)
			return false;
	}
	return true;
}

/* The image with T for a tail, to PATH. IMAGE has at least TAIL bytes. */
static int make(struct firmware_run *run, struct str path, bool apart, struct blob *image,
		unsigned char *t)
{
	struct str bytes = blob_flat(run->mem, image);
	size_t body = bytes.n - TAIL;
	const char *tail = bytes.p + body;
	uint32_t crc = digest_crc32(0, bytes.p, body), old, stored;
	struct blob *result = blob_slice(image, 0, body);

	old = ~digest_crc32(crc, tail, ASUS);
	stored = get_le32((const unsigned char *)tail + ASUS);
	if (old == stored) {
		memcpy(t + ASUS + 4, tail + ASUS + 4, TAIL - ASUS - 4);
		put_le32(t + ASUS, ~digest_crc32(crc, t, ASUS));
		firmware_join(&result, blob_copy(t, TAIL));
	}
	if (old != stored && !apart)
		blob_unref(result);
	else if (tool_put(run, path, result) != 0)
		return fail(run, FAILED, str_fmt(run->mem, "Failed to open %.*s", STR_ARG(path)));
	if (old == stored)
		return 0;
	return fail(run, BAD_CRC, str_fmt(run->mem,
					  "Invalid data crc32: calculated 0x%08x instead of 0x%08x",
					  old, stored));
}

static int bcm4908asus_run(struct firmware_run *run)
{
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str in = {NULL, 0}, out = {NULL, 0}, bytes;
	unsigned char t[TAIL] = {0};
	struct blob *image = NULL;
	int id, err, status;

	if (run->argc < 2 || !str_is(run->argv[1], "create"))
		return -1;
	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		in = id == 'i' ? o.value : in;
		out = id == 'o' ? o.value : out;
		take(run, id, o.value, t);
	}
	if (!in.p)
		return fail(run, BAD_OPTION, S("No BCM4908 Asus image pathname passed"));
	err = run->read(run, in, &image);
	if (err == -ENOENT || err == -ENOTDIR)
		return fail(run, FAILED, str_fmt(run->mem, "Failed to stat %.*s", STR_ARG(in)));
	if (err || blob_size(image) < TAIL) {
		blob_unref(image);
		return -1;
	}
	bytes = blob_flat(run->mem, image);
	if (is_free(bytes.p + bytes.n - TAIL))
		status = make(run, out.p ? out : in, out.p != NULL, image, t);
	else
		status = fail(run, NO_SPACE, S("Input BCM4908 image doesn't have empty 64 B tail"));
	blob_unref(image);
	return status;
}

/* There is no mark: the CRC at its place is one. */
/* Between the extended number and its flag there are zeros. */
static bool has_rest(const char *tail)
{
	for (size_t i = EXTENDED + 4; i < WIDE; i++)
		if (tail[i] != 0)
			return false;
	return true;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const char *tail;

	if (image.n < TAIL + 1)
		return false;
	tail = image.p + image.n - TAIL;
	if (get_le32((const unsigned char *)tail + ASUS) !=
	    (uint32_t)~digest_crc32(0, image.p, image.n - TAIL + ASUS) || is_free(tail) ||
	    !has_rest(tail))
		return false;
	firmware_good(v, "CRC %08x", get_le32((const unsigned char *)tail + ASUS));
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), product;
	const unsigned char *t = (const unsigned char *)image.p + image.n - TAIL;

	product = firmware_text(v, t + PRODUCT, PRODUCT_SIZE);
	firmware_put_field(v, "product", "%.*s", STR_ARG(product));
	firmware_put_field(v, "version", "%u.%u.%u.%u", t[0], t[1], t[2], t[3]);
	firmware_put_field(v, "build", "%u, extended %u", get_le16(t + BUILD),
			   t[WIDE] & 1 ? get_le32(t + EXTENDED) : get_le16(t + EXTENDED_LOW));
}

const struct firmware firmware_bcm4908asus = {
    .name = "bcm4908asus",
    .format = "BCM4908 image with Asus's tail",
    .help =
	"bcm4908asus create -i FILE [-o FILE] [-p PRODUCT] [-f VERSION] [-b BUILD] [-e EXTENDED]\n",
    .write = bcm4908asus_run,
    .check = check,
    .show = show,
    .pure = true,
    .trailer = true,
};
