/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkheader_gemtek: Gemtek image, little endian.
 *
 *  0 4  magic		 4 4 version	 8 4 product
 * 12 4  size, header included
 * 16 4  CRC-32 of all (0 here)		20 4 0
 * 24 4  build		28 4 language ("EN")
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 32, PRODUCT = 8, SIZE = 12, CRC = 16, BUILD = 24, LANGUAGE = 28, FAILED = 255 };

static const struct machine {
	const char *name, *text;
	uint32_t most;		/* bytes of input */
	const char *magic, *version;
	uint32_t product;
	const char *build;
} machines[] = {
	{"ar725w", "Airlink101 AR725W", 0x340000, "GMTK", "1003", 0x03000001, "01"},
	{"awrt600n", "Asante AWRT-600N", 0x340000, "A600", "1005", 0x03000001, "01"},
	{"wrt100", "Linksys WRT100", 0x320000, "GMTK", "1007", 0x03040001, "2"},
	{"wrt110", "Linksys WRT110", 0x320000, "GMTK", "1007", 0x03040001, "2"},
};

static int fail(struct firmware_run *run, const char *why)
{
	firmware_say(run, "\n", "\nERROR: %s", why);
	return FAILED;
}

/* The first one when no name is given; NULL: there is none of that name. */
static const struct machine *find(const struct firmware_run *run)
{
	if (run->argc != 4)
		return machines;
	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++) {
		if (str_is(run->argv[3], machines[i].name))
			return &machines[i];
	}
	return NULL;
}

static struct blob *make(const struct machine *m, struct blob *data)
{
	unsigned char h[HEADER] = {0};
	struct blob *image;

	tool_put_text(h, 4, str_z(m->magic));
	tool_put_text(h + 4, 4, str_z(m->version));
	put_le32(h + PRODUCT, m->product);
	put_le32(h + SIZE, (uint32_t)blob_size(data) + HEADER);
	tool_put_text(h + BUILD, 4, str_z(m->build));
	tool_put_text(h + LANGUAGE, 4, S("EN"));
	put_le32(h + CRC, digest_crc32_blob(digest_crc32(0, h, HEADER), data));
	image = blob_copy(h, HEADER);
	firmware_join(&image, blob_ref(data));
	return image;
}

static int mkheader_gemtek_run(struct firmware_run *run)
{
	const struct machine *m;
	struct blob *data = NULL, *image;
	unsigned char crc[4];
	unsigned long n;
	int err;

	if (run->argc < 3)
		return -1;
	m = find(run);
	if (!m)
		return fail(run, "invalid machine type");
	err = run->read(run, run->argv[1], &data);
	if (err == -EISDIR)
		return -1;
	buf_fmt(run->out, "Opening %.*s...\n", STR_ARG(run->argv[1]));
	if (err)
		return fail(run, "couldn't open input image");
	n = blob_size(data);
	buf_fmt(run->out, "  %lu (0x%lX) bytes long\n", n, n);
	image = n <= m->most ? make(m, data) : NULL;
	blob_unref(data);
	if (!image)
		return fail(run, "image exceeds maximum compatible size");
	blob_read(image, CRC, crc, 4);
	buf_fmt(run->out, "\nCreating %.*s...\n  Using %s magic\n  CRC32: %08X\n  Writing...\n",
		STR_ARG(run->argv[2]), m->text, get_le32(crc));
	return tool_put(run, run->argv[2], image) ? fail(run, "couldn't open output image") : 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	unsigned char h[HEADER];
	uint32_t crc, size;

	if (image.n < HEADER ||
	    (memcmp(image.p, "GMTK10", 6) != 0 && memcmp(image.p, "A60010", 6) != 0))
		return false;
	memcpy(h, image.p, HEADER);
	crc = get_le32(h + CRC);
	size = get_le32(h + SIZE);
	put_le32(h + CRC, 0);
	data = str_sub(image, HEADER, size < HEADER ? 0 : size - HEADER);
	if (size < HEADER || data.n < size - HEADER)
		firmware_bad(v, "the header says %u bytes, there are %zu", size, image.n);
	firmware_compare32(v, "CRC", crc, digest_crc32(digest_crc32(0, h, HEADER), data.p, data.n));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str magic = firmware_text(v, h, 4), version = firmware_text(v, h + 4, 4);

	firmware_put_field(v, "magic", "%.*s, version %.*s", STR_ARG(magic), STR_ARG(version));
	firmware_put_field(v, "product", "0x%08x", get_le32(h + PRODUCT));
	firmware_put_field(v, "size", "%u bytes", get_le32(h + SIZE));
}

const struct firmware firmware_mkheader_gemtek = {
	.name = "mkheader_gemtek",
	.format = "Gemtek image",
	.help = "mkheader_gemtek UIMAGE OUTPUT [ar725w|awrt600n|wrt100|wrt110]\n",
	.write = mkheader_gemtek_run,
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
