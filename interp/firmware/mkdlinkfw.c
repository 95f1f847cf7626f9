/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkdlinkfw: D-Link's images for the JBOOT loader, little endian. With -F an AUH in front of an
 * image:
 *
 *   0 12  ROM id "DLK..."	14 2 sum of the image		26 1 1		28 4 time
 *  32  4  where to erase	36 4 how much			40 4 offset	44 4 size of the
 * image 64  2  magic 0x4842		66 2 2				70 1 4		71 1 4 76  2
 * family		78 2 inverted sum of this header before it
 *
 * Else a STAG and a SCH2 in front of kernel and root file system:
 *
 *   0  1  mark: the type, or 0xff		 1 1 type 4	2 2 magic 0x2b24	4 4 time
 *   8  4  size of SCH2 and kernel		12 2 their sum	14 2 inverted sum of this header
 *
 *  16  2  magic 0x2124		18 1 3: LZMA	19 1 version 2	20 4 address to load to
 *  24  4  size, 28 4 CRC-32 of the kernel	32 4 entry point
 *  36  4  flash address, 40 4 size, 44 4 CRC-32 of the rootfs
 *  48  4  CRC-32 of this header with 0 here	52 2 its size	54 2 size of a command line
 *
 * Sums: 16-bit numbers with carry. Time: (seconds - 0x35016f00) / 4. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "digest/digest.h"

enum {
	AUH = 80, AUH_SUM = 14, AUH_TIME = 28, ERASE = 32, AUH_SIZE = 44, AUH_MAGIC = 64,
	FAMILY = 76, AUH_CHECK = 78, ID_SIZE = 12,
	STAG = 16, STAG_TYPE = 4, STAG_CHECK = 14,
	SCH2 = 40, SCH2_CRC = 32,
	RAM = 0x80000000u, JBOOT = 0x10000, TIME_ZERO = 0x35016f00,
};

static const struct opt options[] = {
	{'f', NULL, OPT_VALUE, "ID  family member (0x...)"},
	{'F', NULL, OPT_VALUE, "FILE  image to make a factory image of"},
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{'m', NULL, OPT_VALUE, "ID  ROM id, 12 characters"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'O', NULL, OPT_VALUE, "OFFSET  of the image in the flash (0x10000)"},
	{'r', NULL, OPT_VALUE, "FILE  root file system"},
	{'s', NULL, OPT_VALUE, "SIZE  of the firmware's place (0x...)"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str image, kernel, rootfs, out, id;
	unsigned short family;
	unsigned offset, size;
};

static uint32_t fold(uint32_t v)
{
	while (v >> 16)
		v = (v & 0xffff) + (v >> 16);
	return v;
}

static uint16_t checksum(const unsigned char *p, size_t n)
{
	uint32_t sum = 0;

	for (; n > 1; n -= 2, p += 2)
		sum = fold(sum + get_le16(p));
	/* An odd byte counts as if it were a negative number that lacks one: so does the tool. */
	if (n)
		sum += (uint32_t)*p - 0xff;
	return (uint16_t)fold(sum);
}

static uint32_t timestamp(const struct job *j)
{
	/* Rounded down, for times before that too. */
	return (
	    uint32_t)((((int64_t)(uint32_t)j->run->epoch + ((int64_t)1 << 34) - TIME_ZERO) / 4) -
		      ((int64_t)1 << 32));
}

static int finish(struct job *j, struct blob *image)
{
	struct str name = firmware_name(j->run);
	int status = tool_write(j->run, j->out, ": ", "", image);

	if (!status)
		firmware_say(j->run, "\n", "[%.*s] firmware file \"%.*s\" completed", STR_ARG(name),
			     STR_ARG(j->out));
	return status;
}

/* The size of an input: 0, or what the tool returns after a message. */
static int find_size(struct job *j, struct str path, struct blob **b)
{
	int status = tool_read(j->run, path, ": ", "", b);

	return status > 0 ? 255 : status;
}

/* What the tool says of an empty file. */
static int fail_empty(struct job *j, struct str path)
{
	return firmware_error(j->run, 1, "unable to read from file \"%.*s\": %s", STR_ARG(path),
			      strerror(0));
}

/* These three end with the status 0, as the tool. */
static int stop(struct job *j, const char *why)
{
	return firmware_error(j->run, 0, "%s\n", why);
}

/* --- kernel and root file system --- */

static void fill_headers(struct job *j, unsigned char *h, const struct blob *kernel,
			 const struct blob *rootfs)
{
	unsigned char *s = h + STAG;
	uint32_t size = (uint32_t)blob_size(kernel);

	put_le16(s, 0x2124);
	s[2] = 3;
	s[3] = 2;
	put_le32(s + 4, RAM);
	put_le32(s + 8, size);
	put_le32(s + 12, digest_crc32_blob(0, kernel));
	put_le32(s + 16, RAM);
	put_le32(s + 20, j->offset + STAG + SCH2 + size);
	put_le32(s + 24, (uint32_t)blob_size(rootfs));
	put_le32(s + 28, digest_crc32_blob(0, rootfs));
	put_le16(s + 36, SCH2);
	put_le32(s + SCH2_CRC, digest_crc32(0, s, SCH2));
	h[0] = h[1] = STAG_TYPE;
	put_le16(h + 2, 0x2b24);
	put_le32(h + 4, timestamp(j));
	put_le32(h + 8, size + SCH2);
}

static int build(struct job *j, struct blob *kernel, struct blob *rootfs)
{
	unsigned char h[STAG + SCH2] = {0};
	uint32_t all = (uint32_t)(blob_size(rootfs) + blob_size(kernel) + AUH + STAG + SCH2);
	struct blob *part, *image;
	struct str bytes;

	if (all > j->size)
		return stop(j, "data is bigger than firmware_size!");
	if (!blob_size(kernel) || !blob_size(rootfs))
		return fail_empty(j, blob_size(kernel) ? j->rootfs : j->kernel);
	fill_headers(j, h, kernel, rootfs);
	part = blob_copy(h + STAG, SCH2);
	firmware_join(&part, blob_ref(kernel));
	bytes = blob_flat(j->run->mem, part);
	put_le16(h + 12, checksum((const unsigned char *)bytes.p, bytes.n));
	put_le16(h + STAG_CHECK, (uint16_t)~checksum(h, STAG_CHECK));
	image = blob_copy(h, STAG);
	firmware_join(&image, part);
	firmware_join(&image, blob_ref(rootfs));
	return finish(j, image);
}

static int read_and_build(struct job *j)
{
	struct blob *kernel = NULL, *rootfs = NULL;
	int status;

	if (!j->kernel.p || !j->rootfs.p)
		return 1;
	status = find_size(j, j->kernel, &kernel);
	if (!status)
		status = find_size(j, j->rootfs, &rootfs);
	if (!status)
		status = build(j, kernel, rootfs);
	blob_unref(kernel);
	blob_unref(rootfs);
	return status;
}

/* --- factory image --- */

static struct blob *wrap(struct job *j, struct blob *in)
{
	struct str data = blob_flat(j->run->mem, in);
	unsigned char h[AUH] = {0};
	struct blob *image;

	memcpy(h, j->id.p, ID_SIZE);
	put_le16(h + AUH_SUM, checksum((const unsigned char *)data.p, data.n));
	h[26] = 1;
	put_le32(h + AUH_TIME, timestamp(j));
	put_le32(h + ERASE, j->offset);
	put_le32(h + ERASE + 4, j->size);
	put_le32(h + ERASE + 8, j->offset);
	put_le32(h + AUH_SIZE, (uint32_t)data.n);
	put_le16(h + AUH_MAGIC, 0x4842);
	put_le16(h + AUH_MAGIC + 2, 2);
	h[70] = h[71] = 4;
	put_le16(h + FAMILY, j->family);
	put_le16(h + AUH_CHECK, (uint16_t)~checksum(h, AUH_CHECK));
	image = blob_copy(h, sizeof(h));
	firmware_join(&image, blob_ref(in));
	return image;
}

static int read_and_wrap(struct job *j)
{
	struct blob *in = NULL;
	int status = find_size(j, j->image, &in);

	if (status)
		return status;
	if ((uint32_t)blob_size(in) + AUH > j->size)
		status = stop(j, "data is bigger than firmware_size!");
	else if (!j->family)
		status = stop(j, "No family_member!");
	else if (!j->id.p)
		status = stop(j, "No rom_id!");
	else if (!blob_size(in))
		status = fail_empty(j, j->image);
	else
		status = finish(j, wrap(j, in));
	blob_unref(in);
	return status;
}

static void take(struct job *j, int id, struct str value)
{
	char *z = str_cz(j->run->mem, value);

	switch (id) {
	case 'f': sscanf(z, "0x%hx", &j->family); break;
	case 'F': j->image = value; break;
	case 'k': j->kernel = value; break;
	case 'm':
		if (value.n == ID_SIZE)
			j->id = value;
		break;
	case 'o': j->out = value; break;
	case 'O': sscanf(z, "0x%x", &j->offset); break;
	case 'r': j->rootfs = value; break;
	default: sscanf(z, "0x%x", &j->size);
	}
}

static int mkdlinkfw_run(struct firmware_run *run)
{
	struct job j = {.run = run, .offset = JBOOT};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		take(&j, id, o.value);
	}
	if (!j.out.p)
		return -1;
	return j.image.p ? read_and_wrap(&j) : read_and_build(&j);
}

/* --- read --- */

static void compare16(struct firmware_view *v, const char *name, uint16_t stored, uint16_t computed)
{
	unsigned char a[2], b[2];

	put_be16(a, stored);
	put_be16(b, computed);
	firmware_compare(v, name, a, b, 2);
}

static bool check_auh(struct firmware_view *v, struct str image)
{
	const unsigned char *h = (const unsigned char *)image.p;
	uint32_t size = get_le32(h + AUH_SIZE);

	v->extent = AUH;
	compare16(v, "header sum", get_le16(h + AUH_CHECK), (uint16_t)~checksum(h, AUH_CHECK));
	if (size > image.n - AUH)
		firmware_bad(v, "the header says %u bytes, there are %zu", size, image.n - AUH);
	else
		compare16(v, "image sum", get_le16(h + AUH_SUM), checksum(h + AUH, size));
	return true;
}

static bool check_stag(struct firmware_view *v, struct str image)
{
	const unsigned char *h = (const unsigned char *)image.p, *s = h + STAG;
	unsigned char tag[STAG_CHECK], sch2[SCH2];
	uint32_t size = get_le32(h + 8), kernel = get_le32(s + 8);

	memcpy(tag, h, sizeof(tag));
	tag[0] = tag[1];
	memcpy(sch2, s, sizeof(sch2));
	put_le32(sch2 + SCH2_CRC, 0);
	v->extent = STAG + SCH2;
	compare16(v, "STAG sum", get_le16(h + STAG_CHECK), (uint16_t)~checksum(tag, sizeof(tag)));
	firmware_compare32(v, "SCH2 CRC", get_le32(s + SCH2_CRC), digest_crc32(0, sch2, SCH2));
	if (size > image.n - STAG || kernel > image.n - STAG - SCH2) {
		firmware_bad(v, "the header says %u bytes, there are %zu", size, image.n - STAG);
		return true;
	}
	v->extent = STAG + SCH2 + (uint64_t)kernel;
	compare16(v, "image sum", get_le16(h + 12), checksum(s, size));
	firmware_compare32(v, "kernel CRC", get_le32(s + 12), digest_crc32(0, s + SCH2, kernel));
	return true;
}

static bool is_auh(struct str image)
{
	return image.n >= AUH && str_starts(image, S("DLK")) &&
	       get_le16((const unsigned char *)image.p + AUH_MAGIC) == 0x4842;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;

	if (is_auh(image))
		return check_auh(v, image);
	if (image.n < STAG + SCH2 || h[1] != STAG_TYPE || get_le16(h + 2) != 0x2b24 ||
	    get_le16(h + STAG) != 0x2124)
		return false;
	return check_stag(v, image);
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), id;
	const unsigned char *h = (const unsigned char *)image.p, *s = h + STAG;

	if (is_auh(image)) {
		id = firmware_text(v, h, ID_SIZE);
		firmware_put_field(v, "ROM id", "%.*s", STR_ARG(id));
		firmware_put_field(v, "family", "0x%04x", get_le16(h + FAMILY));
		firmware_put_field(v, "image", "%u bytes for 0x%x", get_le32(h + AUH_SIZE),
				   get_le32(h + ERASE + 8));
		return;
	}
	firmware_put_field(v, "kernel", "%u bytes for 0x%08x, entry 0x%08x", get_le32(s + 8),
			   get_le32(s + 4), get_le32(s + 16));
	firmware_put_field(v, "rootfs", "%u bytes at 0x%x", get_le32(s + 24), get_le32(s + 20));
}

/* Until January 2019 the time was that of the run, and there was no -O. */
static const struct firmware_mark since[] = {
    {.text = "Invalid SOURCE_DATE_EPOCH"},
    {.text = "f:F:i:hk:m:o:O:r:s:"},
    {0},
};

const struct firmware firmware_mkdlinkfw = {
    .name = "mkdlinkfw",
    .format = "D-Link JBOOT image",
    .help = "mkdlinkfw -k KERNEL -r ROOTFS -s SIZE -o FILE: make an image for JBOOT\n"
	    "mkdlinkfw -F IMAGE -f FAMILY -m ID -s SIZE -o FILE: make a factory image of it\n",
    .write = mkdlinkfw_run,
    .since = since,
    .check = check,
    .show = show,
    .pure = false, /* the time of the run is in the headers */
    .strong = true,
};
