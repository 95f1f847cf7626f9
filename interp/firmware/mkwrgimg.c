/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkwrgimg and mkwrggimg: D-Link WRG images, little endian, or big with -b.
 *
 * WRG, 96 bytes:				WRGG, 160 bytes:
 *   0 32  signature				  0 32  signature
 *  32  8  magic 0x20040220, twice		 32  8  magic 0x20080321, twice, little endian
 *						 40 16  version	56 16 model	72 16 0
 *						 88 16  build number
 *  40  4  size of the data			104  4  size of the data
 *  44  4  offset (-O)				108  4  offset (-O)
 *  48 32  device name				112 32  device name
 *  80 16  MD5					144 16  MD5
 *
 * The MD5 is of the offset's four bytes, the device name's 32, and the data. Source:
 * firmware-utils.
 */
#include "firmware/mkwrgimg.h"

#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum { SIGNATURE = 32, MAGIC = 32, MAGIC_WRG = 0x20040220, MAGIC_WRGG = 0x20080321, DIGEST = 16,
       DEVICE = 32 };

static const struct opt options[] = {
	{'b', NULL, OPT_NONE, "big endian"},
	{'d', NULL, OPT_VALUE, "NAME  device"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'m', NULL, OPT_VALUE, "MODEL  (mkwrggimg)"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'s', NULL, OPT_VALUE, "TEXT  signature"},
	{'v', NULL, OPT_VALUE, "VERSION  (mkwrggimg)"},
	{'B', NULL, OPT_VALUE, "NUMBER  build (mkwrggimg)"},
	{'O', NULL, OPT_VALUE, "OFFSET"},
	{0, NULL, OPT_NONE, NULL},
};

struct needed {
	char letter;
	const char *what;
};

/* One of the two; sizes and places are in the byte map. */
struct kind {
	size_t header, size, offset, device, digest;
	bool big_magic;		/* the magic follows -b, too */
	uint32_t magic;
	struct needed needed[8]; /* in the order in which the tool misses them */
};

static const struct kind wrg = {
    .header = 96,
    .size = 40,
    .offset = 44,
    .device = 48,
    .digest = 80,
    .big_magic = true,
    .magic = MAGIC_WRG,
    .needed = {{'s', "signature"}, {'i', "input file"}, {'o', "output file"}, {'d', "device name"}},
};
static const struct kind wrgg = {
	.header = 160,
	.size = 104,
	.offset = 108,
	.device = 112,
	.digest = 144,
	.magic = MAGIC_WRGG,
	.needed = {{'s', "signature"},
	       {'i', "input file"},
	       {'o', "output file"},
	       {'d', "device name"},
	       {'m', "model name"},
	       {'B', "build number"},
	       {'v', "version"}},
};

static void put_number(unsigned char *p, uint32_t v, bool big)
{
	if (big)
		put_be32(p, v);
	else
		put_le32(p, v);
}

/* H: the header, with offset and device name. */
static void sum(const struct kind *k, const unsigned char *h, struct str data, unsigned char *out)
{
	unsigned char state[512];

	digest_md5.begin(state);
	digest_md5.update(state, h + k->offset, 4 + DEVICE);
	digest_md5.update(state, data.p, data.n);
	digest_md5.end(state, out);
}

static void put_header(const struct kind *k, struct tool_options *o, uint32_t offset,
		       struct str data, unsigned char *h)
{
	bool big = o->value['b'].p;

	tool_put_text(h, SIGNATURE, o->value['s']);
	put_number(h + MAGIC, k->magic, big && k->big_magic);
	put_number(h + MAGIC + 4, k->magic, big && k->big_magic);
	if (k == &wrgg) {
		tool_put_text(h + 40, 16, o->value['v']);
		tool_put_text(h + 56, 16, o->value['m']);
		tool_put_text(h + 88, 16, o->value['B']);
	}
	put_number(h + k->size, (uint32_t)data.n, big);
	put_number(h + k->offset, offset, big);
	tool_put_text(h + k->device, DEVICE, o->value['d']);
	sum(k, h, data, h + k->digest);
}

static int make(struct firmware_run *run, const struct kind *k)
{
	struct tool_options o = {.value = {['O'] = S("0")}};
	bool known = tool_options(run, options, &o);
	unsigned char h[160] = {0};
	struct blob *data = NULL, *image;
	int status;

	if (!known || (k == &wrg && (o.value['m'].p || o.value['v'].p || o.value['B'].p)))
		return -1;
	for (const struct needed *n = k->needed; n->what; n++) {
		if (!o.value[(unsigned char)n->letter].p)
			return firmware_error(run, 1, "no %s specified", n->what);
	}
	status = tool_read(run, o.value['i'], ", ", "", &data);
	if (status)
		return status;
	put_header(k, &o, tool_any_number(run, o.value['O']), blob_flat(run->mem, data), h);
	image = blob_copy(h, k->header);
	firmware_join(&image, data);
	return tool_write(run, o.value['o'], ", ", "", image);
}

static int mkwrgimg_run(struct firmware_run *run)
{
	return make(run, &wrg);
}

int mkwrggimg_write(struct firmware_run *run)
{
	return make(run, &wrgg);
}

/* The data and their digest when the sizes are big endian or little. */
static struct str read_as(const struct kind *k, struct str image, bool big, uint32_t *size,
			  unsigned char *digest)
{
	const unsigned char *h = (const unsigned char *)image.p;
	struct str data;

	*size = big ? get_be32(h + k->size) : get_le32(h + k->size);
	data = str_sub(image, k->header, *size);
	sum(k, h, data, digest);
	return data;
}

static bool verify(struct firmware_view *v, const struct kind *k)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *h = (const unsigned char *)image.p;
	unsigned char digest[DIGEST];
	uint32_t size;
	bool big;

	if (image.n < k->header || memcmp(h + MAGIC, h + MAGIC + 4, 4) != 0)
		return false;
	big = get_be32(h + MAGIC) == k->magic;
	if (!big && get_le32(h + MAGIC) != k->magic)
		return false;
	data = read_as(k, image, big, &size, digest);
	/* the magic of the newer kind does not tell */
	if (!k->big_magic && get_be32(h + k->size) <= image.n - k->header &&
	    (data.n < size || memcmp(h + k->digest, digest, DIGEST) != 0))
		data = read_as(k, image, true, &size, digest);
	tool_check_size(v, size, data.n);
	firmware_compare(v, "MD5", h + k->digest, digest, DIGEST);
	v->extent = k->header;
	return true;
}

static bool check(struct firmware_view *v)
{
	return verify(v, &wrg);
}

bool mkwrggimg_check(struct firmware_view *v)
{
	return verify(v, &wrgg);
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str signature = firmware_text(v, h, SIGNATURE);
	struct str device = firmware_text(v, h + wrg.device, DEVICE);

	firmware_put_field(v, "signature", "%.*s", STR_ARG(signature));
	firmware_put_field(v, "device", "%.*s", STR_ARG(device));
}

void mkwrggimg_show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	static const struct {
		const char *name;
		uint8_t at, n;
	} fields[] = {{"signature", 0, 32}, {"version", 40, 16}, {"model", 56, 16},
		      {"build number", 88, 16}, {"device", 112, 32}};

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		struct str text = firmware_text(v, h + fields[i].at, fields[i].n);

		firmware_put_field(v, fields[i].name, "%.*s", STR_ARG(text));
	}
}

const struct firmware firmware_mkwrgimg = {
	.name = "mkwrgimg",
	.format = "D-Link WRG image",
	.help = "mkwrgimg -s SIGNATURE -d DEVICE -i FILE -o FILE [-b] [-O OFFSET]\n",
	.write = mkwrgimg_run,
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
