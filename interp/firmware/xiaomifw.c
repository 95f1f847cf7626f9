/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * xiaomifw: Xiaomi image, little endian.
 *
 *  0  4  "HDR1"	 4 4 offset of the signature
 *  8  4  CRC-32, not inverted at the end, of all from 12 on
 * 14  2  device	16 8*4 offsets of blobs, 0: none
 *
 * Each blob, filled with NULs to a multiple of 4:
 *
 *  0  4  0xbabe	 4 4 offset in the flash, all bits set: none
 *  8  4  size of the data	12 2 type, all bits set: none
 * 16 32  name		48 . data
 *
 * The signature is 4 bytes of its size, 12 of padding and 256: all 0 where we make it. Source:
 * firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum {
	HEADER = 48,
	SIGNATURE_AT = 4,
	CRC = 8,
	SUMMED = 12,
	DEVICE = 14,
	BLOBS = 16,
	BLOBS_MOST = 8,
	BLOB = 48,
	BLOB_MAGIC = 0xbabe,
	BLOB_SIZE = 8,
	BLOB_TYPE = 12,
	BLOB_NAME = 16,
	NAME = 32,
	SIGNATURE = 272,
	BLOB_FIELDS = 4,
	UIMAGE = 4,
	UIMAGE2 = 7,
};

static int status_of(int error)
{
	return 256 - error;
}

static const struct device {
	uint16_t id;
	const char *name;
} devices[] = {
	{0x03, "r1cm"}, {0x04, "r2d"}, {0x05, "r1cl"}, {0x07, "r3"}, {0x08, "r3d"},
	{0x0d, "r3g"}, {0x12, "r4cm"}, {0x16, "r2100"}, {0x25, "ra70"},
};

/* By name, or by id where NAME is unset; NULL: the tool looks on behind its table. */
static const struct device *find(struct str name, uint16_t id)
{
	for (size_t i = 0; i < sizeof(devices) / sizeof(*devices); i++) {
		if (name.p ? str_is(name, devices[i].name) : devices[i].id == id)
			return &devices[i];
	}
	return NULL;
}

/* --- create --- */

struct job {
	struct firmware_run *run;
	struct str path;
	unsigned char header[HEADER];
	struct blob *body;	/* behind the header */
	size_t n;		/* blobs in it */
};

/* Read SPEC's file and add it; 0, or -errno after saying why not; 1: to be declined. */
static int add_blob(struct job *j, struct str spec)
{
	struct str field[BLOB_FIELDS], rest = spec;
	unsigned char h[BLOB];
	struct blob *data = NULL;
	uint64_t size;
	size_t n = 0;
	int err;

	while (n < BLOB_FIELDS && str_split(&rest, ':', &field[n]))
		n++;
	if (n < BLOB_FIELDS) {
		firmware_say(j->run, "\n", "Failed to parse blob info");
		return -EPROTO;
	}
	err = j->run->read(j->run, field[3], &data);
	if (err == -EISDIR)
		return 1;
	if (err) {
		firmware_say(j->run, "\n", "Failed to open %.*s", STR_ARG(field[3]));
		return -EACCES;
	}
	size = blob_size(data);
	memset(h, 0xff, BLOB);
	put_le32(h, BLOB_MAGIC);
	if (field[0].n)
		put_le32(h + 4, tool_any_number(j->run, field[0]));
	put_le32(h + BLOB_SIZE, (uint32_t)size);
	put_le16(h + BLOB_TYPE + 2, 0);
	tool_put_text(h + BLOB_NAME, NAME, field[2]);
	if (str_is(field[1], "uimage") || str_is(field[1], "uimage2")) {
		put_le16(h + BLOB_TYPE, str_is(field[1], "uimage") ? UIMAGE : UIMAGE2);
	} else if (field[1].n) {
		firmware_say(j->run, "\n", "Unsupported blob type: %.*s", STR_ARG(field[1]));
		blob_unref(data);
		return -ENOENT;
	}
	put_le32(j->header + BLOBS + 4 * j->n++, HEADER + (uint32_t)blob_size(j->body));
	firmware_join(&j->body, blob_copy(h, BLOB));
	firmware_join(&j->body, data);
	firmware_join(&j->body, blob_run(0, -size % 4));
	return 0;
}

/* What a run that fails leaves behind: no header yet. */
static int leave(struct job *j, int error)
{
	struct blob *half = blob_run(0, j->n ? HEADER : 0);

	firmware_say(j->run, "\n", "Failed to append blob: %d", -error);
	if (j->n)
		firmware_join(&half, blob_ref(j->body));
	return tool_put(j->run, j->path, half) ? -1 : status_of(error);
}

static int finish(struct job *j)
{
	unsigned char *h = j->header;
	struct blob *image;

	put_le32(h + SIGNATURE_AT, HEADER + (uint32_t)blob_size(j->body));
	firmware_join(&j->body, blob_run(0, SIGNATURE));
	image = blob_copy(h + SUMMED, HEADER - SUMMED);
	firmware_join(&image, blob_ref(j->body));
	/* begun with all bits set, unlike the bare one */
	put_le32(h + CRC, ~digest_crc32_blob(0, image));
	blob_unref(image);
	image = blob_copy(h, HEADER);
	firmware_join(&image, blob_ref(j->body));
	return tool_put(j->run, j->path, image) ? -1 : 0;
}

static const struct opt create_options[] = {
	{'m', NULL, OPT_VALUE, "MODEL"},
	{'b', NULL, OPT_VALUE, "OFFSET:TYPE:NAME:FILE  a blob"},
	{0, NULL, OPT_NONE, NULL},
};

/* The model, and all blobs in order into BLOBS; false: to be declined. */
static bool read_options(struct job *j, struct strs *blobs)
{
	struct opts o = opts_begin(j->run->mem, create_options, j->run->argv + 2, j->run->argc - 2,
				   false);
	const struct device *device;
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return false;
		if (id == 'b') {
			*vec_push(j->run->mem, blobs) = o.value;
			continue;
		}
		device = find(o.value, 0);
		if (!device)
			return false;
		put_le16(j->header + DEVICE, device->id);
	}
	return blobs->n <= BLOBS_MOST;
}

static int create(struct firmware_run *run)
{
	struct job j = {.run = run, .header = "HDR1"};
	struct strs blobs = {0};
	int err = 0;

	if (run->argc < 3) {
		firmware_say(run, "\n", "No Xiaomi firmware image pathname passed");
		return status_of(EINVAL);
	}
	j.path = run->argv[2];
	if (!read_options(&j, &blobs))
		return -1;
	if (tool_put(run, j.path, blob_empty()) != 0) {
		firmware_say(run, "\n", "Failed to open %.*s", STR_ARG(j.path));
		return status_of(EACCES);
	}
	j.body = blob_empty();
	for (size_t i = 0; i < blobs.n && !err; i++)
		err = add_blob(&j, blobs.p[i]);
	err = err ? err > 0 ? -1 : leave(&j, -err) : finish(&j);
	blob_unref(j.body);
	return err;
}

/* --- info, extract --- */

struct blob_place {
	uint32_t at, size;
	struct str name;	/* of NAME bytes at most */
	const unsigned char *header;
};

/* Blob I of IMAGE; false: there is none, or its header is not there (*AT is unset then). */
static bool read_blob(struct str image, size_t i, struct blob_place *to)
{
	const unsigned char *h = (const unsigned char *)image.p;
	struct str header;

	to->at = i < BLOBS_MOST ? get_le32(h + BLOBS + 4 * i) : 0;
	header = str_sub(image, to->at, BLOB);
	if (!to->at || header.n < BLOB)
		return false;
	to->header = (const unsigned char *)header.p;
	to->size = get_le32(to->header + BLOB_SIZE);
	to->name = (struct str){header.p + BLOB_NAME, strnlen(header.p + BLOB_NAME, NAME)};
	return true;
}

static uint32_t sum(struct str image)
{
	return ~digest_crc32(0, image.p + SUMMED, image.n - SUMMED);
}

/* Is IMAGE whole? 0, the exit status after saying why not, or -1 to be declined. */
static int parse(struct firmware_run *run, struct str image)
{
	const unsigned char *h = (const unsigned char *)image.p;
	struct blob_place b;
	size_t i = 0;

	if (image.n < HEADER) {
		firmware_say(run, "\n", "Failed to read Xiaomi header");
		return status_of(EIO);
	}
	if (memcmp(h, "HDR1", 4) != 0) {
		firmware_say(run, "\n", "Invalid Xiaomi header magic");
		return status_of(EPROTO);
	}
	if (sum(image) != get_le32(h + CRC)) {
		firmware_say(run, "\n", "Invalid data crc32: 0x%08x instead of 0x%08x", sum(image),
			     get_le32(h + CRC));
		return status_of(EPROTO);
	}
	for (; read_blob(image, i, &b); i++) {
		if (b.name.n == NAME) /* the tool reads on */
			return -1;
	}
	if (i < BLOBS_MOST && b.at) {
		firmware_say(run, "\n", "Failed to read file Xiaomi header");
		return status_of(EIO);
	}
	return i == BLOBS_MOST ? -1 : 0;
}

/* The image -i names into *IMAGE; 0, the exit status, or -1. */
static int read_image(struct firmware_run *run, struct str path, struct str *image)
{
	struct blob *b = NULL;
	int err = path.p ? run->read(run, path, &b) : -EISDIR, status;

	if (err == -EISDIR)
		return -1;
	if (err) {
		firmware_say(run, "\n", "Failed to open Xiaomi firmware image");
		return status_of(EACCES);
	}
	*image = str_dup(run->mem, blob_flat(run->mem, b));
	blob_unref(b);
	status = parse(run, *image);
	if (status > 0)
		firmware_say(run, "\n", "Failed to parse Xiaomi firmware image");
	return status;
}

static const struct opt read_only_options[] = {
	{'i', NULL, OPT_VALUE, "FILE  image"},
	{'n', NULL, OPT_VALUE, "NAME  of a blob (extract)"},
	{0, NULL, OPT_NONE, NULL},
};

/* -i and -n behind the command; false: to be declined. */
static bool read_names(struct firmware_run *run, struct str *path, struct str *name)
{
	struct opts o =
	    opts_begin(run->mem, read_only_options, run->argv + 1, run->argc - 1, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return false;
		*(id == 'i' ? path : name) = o.value;
	}
	return true;
}

static int info(struct firmware_run *run)
{
	struct str path = {NULL, 0}, name = {NULL, 0}, image;
	const struct device *device;
	const unsigned char *h;
	struct blob_place b;
	int status;

	if (!read_names(run, &path, &name) || name.p)
		return -1;
	status = read_image(run, path, &image);
	if (status)
		return status;
	h = (const unsigned char *)image.p;
	device = find((struct str){NULL, 0}, get_le16(h + DEVICE));
	if (!device)
		return -1;
	buf_fmt(run->out, "Device ID: 0x%04x (%s)\n", device->id, device->name);
	buf_fmt(run->out, "CRC32: 0x%08x\nSignature offset: 0x%08x\n", sum(image),
		get_le32(h + SIGNATURE_AT));
	for (size_t i = 0; read_blob(image, i, &b); i++)
		buf_fmt(run->out,
			"[Blob %zu] offset:0x%08x flash_offset:0x%08x size:0x%08x type:0x%04x "
			"name:%.*s\n",
			i, b.at, get_le32(b.header + 4), b.size, get_le16(b.header + BLOB_TYPE),
			STR_ARG(b.name));
	return 0;
}

/* The last blob of NAME with data to standard output. */
static int put_blob(struct firmware_run *run, struct str image, struct str name)
{
	struct blob_place b, found = {0};
	struct blob *part;
	struct str data;
	int err;

	for (size_t i = 0; read_blob(image, i, &b); i++) {
		if (str_eq(b.name, name))
			found = b;
	}
	if (!found.size) {
		firmware_say(run, "\n", "Failed to find requested data in input image");
		return status_of(EINVAL);
	}
	data = str_sub(image, (size_t)found.at + BLOB, found.size);
	part = blob_copy(data.p, data.n);
	err = run->output(run, part);
	blob_unref(part);
	if (err)
		return -1;
	if (data.n == found.size)
		return 0;
	firmware_say(run, "\n", "Failed to read last %zu B of data", found.size - data.n);
	return status_of(EIO);
}

static int extract(struct firmware_run *run)
{
	struct str path = {NULL, 0}, name = {NULL, 0}, image;
	int status;

	if (!read_names(run, &path, &name))
		return -1;
	if (!name.p) {
		firmware_say(run, "\n", "No data to extract specified");
		return status_of(EINVAL);
	}
	status = read_image(run, path, &image);
	return status ? status : put_blob(run, image, name);
}

static int xiaomifw_run(struct firmware_run *run)
{
	if (run->argc < 2)
		return -1;
	if (str_is(run->argv[1], "create"))
		return create(run);
	if (str_is(run->argv[1], "info"))
		return info(run);
	return str_is(run->argv[1], "extract") ? extract(run) : -1;
}

/* --- check --- */

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	struct blob_place b;
	size_t i;

	if (image.n < HEADER || memcmp(h, "HDR1", 4) != 0)
		return false;
	firmware_compare32(v, "CRC", get_le32(h + CRC), sum(image));
	for (i = 0; read_blob(image, i, &b); i++) {
		if (get_le32(b.header) != BLOB_MAGIC)
			firmware_bad(v, "blob %zu has no mark", i);
		if (image.n - b.at - BLOB < b.size)
			firmware_bad(v, "the header of blob %zu says %u bytes, there are %zu", i,
				     b.size, image.n - b.at - BLOB);
	}
	if (b.at)
		firmware_bad(v, "the header of blob %zu is out of the file", i);
	if (get_le32(h + SIGNATURE_AT) > image.n)
		firmware_bad(v, "the signature is out of the file");
	v->extent = image.n;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	uint16_t id = get_le16((const unsigned char *)image.p + DEVICE);
	const struct device *device = find((struct str){NULL, 0}, id);
	struct blob_place b;

	firmware_put_field(v, "device", "%s (0x%04x)", device ? device->name : "unknown", id);
	for (size_t i = 0; read_blob(image, i, &b); i++) {
		struct str name = firmware_text(v, b.name.p, b.name.n);

		firmware_put_field(v, "blob", "%.*s, %u bytes at %u", STR_ARG(name), b.size, b.at);
	}
}

static void parts(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	struct blob_place b;

	for (size_t i = 0; read_blob(image, i, &b); i++)
		firmware_put_part(v, firmware_text(v, b.name.p, b.name.n), (uint64_t)b.at + BLOB,
				  b.size);
}

const struct firmware firmware_xiaomifw = {
	.name = "xiaomifw",
	.format = "Xiaomi image",
	.help = "xiaomifw create FILE [-m MODEL] [-b OFFSET:TYPE:NAME:FILE]...\n"
		"xiaomifw info -i FILE\n"
		"xiaomifw extract -i FILE -n NAME: to standard output\n",
	.write = xiaomifw_run,
	.check = check,
	.show = show,
	.parts = parts,
	.pure = true,
};
