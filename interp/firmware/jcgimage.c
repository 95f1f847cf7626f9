/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * jcgimage: JCG image, big endian: a header of 512 bytes, a uImage and four bytes.
 *
 *   0  4  "YSZJ" backwards		   4 32 version (0)	36 4 type (1)
 *  40 64  text (0)			 104 4 time
 * 108  2  major, 110 2 minor version
 * 504  4  CRC-32 of the payload	 508 4 of the header (0 here)
 *
 * The boot loader checks the uImage's CRC over the four bytes as well: they make the CRC of all
 * data the one that the uImage's header has. Making the uImage too (-k, -f) is not here: the tool
 * writes the time of the run into it. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 512, MAGIC = 0x59535a4a, TYPE = 36, TIME = 104, MAJOR = 108, MINOR = 110,
       DATA_CRC = 504, HEADER_CRC = 508, UIMAGE = 64, UIMAGE_CRC = 24, PATCH = 4 };
static const uint64_t most_default = 4 * 1024 * 1024 - 5 * 64 * 1024;

static const struct opt options[] = {
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'u', NULL, OPT_VALUE, "FILE  uImage"},
	{'v', NULL, OPT_VALUE, "MAJOR.MINOR  version"},
	{'m', NULL, OPT_VALUE, "SIZE  most bytes"},
	{0, NULL, OPT_NONE, NULL},
};

/*
 * The bytes behind DATA that make its CRC-32 WANTED. The register behind them is known; 32 steps
 * back from there, as if they were 0, is what they must add to the register in front of them.
 */
static void put_patch(unsigned char *p, struct str data, uint32_t wanted)
{
	uint32_t r = ~wanted;

	for (int i = 0; i < 32; i++)
		r = r & 0x80000000 ? (r ^ 0xedb88320) << 1 | 1 : r << 1;
	put_le32(p, r ^ ~digest_crc32(0, data.p, data.n));
}

static struct blob *make_payload(struct firmware_run *run, const struct blob *uimage)
{
	struct str bytes = blob_flat(run->mem, uimage);
	unsigned char patch[PATCH];
	struct blob *b = blob_copy(bytes.p, bytes.n);

	put_patch(patch, str_from(bytes, UIMAGE),
		  get_be32((const unsigned char *)bytes.p + UIMAGE_CRC));
	firmware_join(&b, blob_copy(patch, PATCH));
	return b;
}

static struct blob *make_header(struct firmware_run *run, const struct blob *payload,
				unsigned short major, unsigned short minor)
{
	unsigned char h[HEADER] = {0};

	put_be32(h, MAGIC);
	put_be32(h + TYPE, 1);
	put_be32(h + TIME, (uint32_t)run->epoch);
	put_be16(h + MAJOR, major);
	put_be16(h + MINOR, minor);
	put_be32(h + DATA_CRC, digest_crc32_blob(0, payload));
	put_be32(h + HEADER_CRC, digest_crc32(0, h, HEADER));
	return blob_copy(h, HEADER);
}

/* A version that is none is noticed when the payload is in the file. */
static int make(struct firmware_run *run, const struct str *option, const struct blob *uimage)
{
	const char *version = option['v'].p ? str_cz(run->mem, option['v']) : NULL;
	unsigned short major = 0, minor = 0;
	bool good = !version || sscanf(version, "%hu.%hu", &major, &minor) == 2;
	struct blob *payload = make_payload(run, uimage), *image;
	int err;

	image = good ? make_header(run, payload, major, minor) : blob_run(0, HEADER);
	firmware_join(&image, payload);
	err = tool_put(run, option['o'], image);
	if (err)
		return firmware_fail(run, "cannot open \"%.*s\": %s", STR_ARG(option['o']),
				     strerror(-err));
	return good ? 0 : firmware_fail(run, "cannot parse version \"%s\": Success", version);
}

static int jcgimage_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	bool known = tool_options(run, options, &o);
	uint64_t most = most_default, size;
	struct blob *uimage = NULL;
	int err, status;

	if (!known)
		return -1;
	if (o.value['m'].p)
		most = (uint64_t)strtoimax(str_cz(run->mem, o.value['m']), NULL, 10);
	if (o.operands.n)
		return firmware_fail(run, "illegal arg \"%.*s\"", STR_ARG(o.operands.p[0]));
	if (!o.value['o'].p)
		return firmware_fail(run, "no output file specified");
	if (!o.value['u'].p)
		return firmware_fail(run, "specify either -u or -k and -r");
	err = run->read(run, o.value['u'], &uimage);
	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_fail(run, "cannot open \"%.*s\": %s", STR_ARG(o.value['u']),
				     strerror(-err));
	size = HEADER + blob_size(uimage) + PATCH;
	if (size > most)
		status = firmware_fail(run, "payload too large: %" PRIu64 " > %" PRId64 "\n", size,
				       (int64_t)most);
	else
		status = blob_size(uimage) < UIMAGE ? -1 : make(run, o.value, uimage);
	blob_unref(uimage);
	return status;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), payload;
	unsigned char h[HEADER];
	uint32_t crc;

	if (image.n < HEADER + UIMAGE || get_be32((const unsigned char *)image.p) != MAGIC)
		return false;
	memcpy(h, image.p, HEADER);
	crc = get_be32(h + HEADER_CRC);
	put_be32(h + HEADER_CRC, 0);
	firmware_compare32(v, "header CRC", crc, digest_crc32(0, h, HEADER));
	payload = str_from(image, HEADER);
	payload.n = fwtool_payload(payload);
	firmware_compare32(v, "payload CRC", get_be32(h + DATA_CRC),
			   digest_crc32(0, payload.p, payload.n));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "version", "%u.%u", get_be16(h + MAJOR), get_be16(h + MINOR));
	firmware_put_field(v, "time", "%u", get_be32(h + TIME));
}

/* Until May 2019 there was no -m. */
static const struct firmware_mark since[] = {
    {.text = "[-m maxsize]"},
    {0},
};

const struct firmware firmware_jcgimage = {
    .name = "jcgimage",
    .format = "JCG image",
    .help = "jcgimage -o FILE -u UIMAGE [-v MAJOR.MINOR] [-m SIZE]\n",
    .write = jcgimage_run,
    .since = since,
    .check = check,
    .show = show,
    .pure = false, /* the time of the run is in the header */
    .header = true,
};
