/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * U-Boot legacy image (uImage): a 64-byte header, big endian, then the data.
 *
 *   0  4  magic 0x27051956 (mkimage -M as OpenWrt patches it: another)
 *   4  4  CRC-32 of the header with this field 0
 *   8  4  time stamp, seconds
 *  12  4  size of the data
 *  16  4  load address
 *  20  4  entry point
 *  24  4  CRC-32 of the data
 *  28  1  operating system   29 1 architecture   30 1 type   31 1 compression (uboot_names.c)
 *  32 32  name, NUL-padded, not terminated when full
 *
 * Types multi and script: the data starts with a table of big-endian sizes that a 0 ends; each
 * part but the last is padded with NULs to 4 bytes. Source: U-Boot include/image.h, mkimage
 * 2023.01.
 */
#include "firmware/uboot.h"

#include <string.h>

#include "digest/digest.h"

enum { MAGIC = 0x27051956, NAME = 32, NAME_SIZE = 32, LONGEST_HEADER = 512 };

/* --- write --- */

/* One input file, without what -x takes off; NULL after a message. */
static struct blob *read_part(const struct mkimage *m, struct str path)
{
	unsigned char head[UIMAGE_HEADER], ff[UIMAGE_HEADER];
	struct blob *b = mkimage_read(m, path), *rest;

	if (!b)
		return NULL;
	if (m->verbose)
		buf_fmt(m->run->err, "Adding Image %.*s\n", STR_ARG(path));
	if (blob_size(b) == 0) {
		mkimage_fail(m, "Input file %.*s is empty, bailing out", STR_ARG(path));
		blob_unref(b);
		return NULL;
	}
	if (!m->xip)
		return b;
	memset(ff, 0xff, sizeof(ff));
	if (blob_read(b, 0, head, sizeof(head)) < sizeof(head))
		mkimage_fail(m, "Bad size: \"%.*s\" is too small for XIP", STR_ARG(path));
	else if (memcmp(head, ff, sizeof(head)) != 0)
		mkimage_fail(m, "Bad file: \"%.*s\" has invalid buffer for XIP", STR_ARG(path));
	else {
		rest = blob_slice(b, UIMAGE_HEADER, blob_size(b));
		blob_unref(b);
		return rest;
	}
	blob_unref(b);
	return NULL;
}

/* The size that counts in the table is the file's own, whatever -x takes off. */
static bool put_table_entry(const struct mkimage *m, struct str path, struct blob **table)
{
	unsigned char size[4];
	struct blob *b = NULL;
	int err = m->run->read(m->run, path, &b);

	if (err) {
		mkimage_fail(m, "Can't stat %.*s: %s", STR_ARG(path), strerror(-err));
		return false;
	}
	put_be32(size, (uint32_t)blob_size(b));
	blob_unref(b);
	firmware_join(table, blob_copy(size, 4));
	return true;
}

static void pad_to_4(struct blob **b)
{
	if (blob_size(*b) % 4)
		firmware_join(b, blob_run(0, 4 - blob_size(*b) % 4));
}

/* The table of sizes and the files of A:B:C. */
static struct blob *read_multi(const struct mkimage *m)
{
	struct str rest = m->data, path;
	struct blob *all = NULL;

	while (str_split(&rest, ':', &path)) {
		if (!put_table_entry(m, path, &all))
			goto failed;
	}
	firmware_join(&all, blob_run(0, 4));
	for (rest = m->data; str_split(&rest, ':', &path);) {
		struct blob *part = read_part(m, path);

		if (!part)
			goto failed;
		if (rest.p)
			pad_to_4(&part);
		firmware_join(&all, part);
	}
	return all;
failed:
	blob_unref(all);
	return NULL;
}

static struct blob *read_data(const struct mkimage *m)
{
	struct blob *b;

	if (m->type == UBOOT_TYPE_MULTI || m->type == UBOOT_TYPE_SCRIPT)
		return m->empty ? blob_empty() : read_multi(m);
	if (!m->empty)
		return read_part(m, m->data);
	b = mkimage_read(m, m->data); /* mkimage opens it even then */
	if (!b)
		return NULL;
	blob_unref(b);
	return blob_empty();
}

static void put_header(const struct mkimage *m, const struct blob *data, unsigned char *h)
{
	size_t name = m->name.n < NAME_SIZE ? m->name.n : NAME_SIZE;

	memset(h, 0, UIMAGE_HEADER);
	put_be32(h, m->magic);
	put_be32(h + 8, (uint32_t)mkimage_time(m));
	put_be32(h + 12, (uint32_t)blob_size(data));
	put_be32(h + 16, m->load);
	put_be32(h + 20, m->has_entry ? m->entry : m->load + (m->xip ? UIMAGE_HEADER : 0));
	put_be32(h + 24, digest_crc32_blob(0, data));
	h[28] = (unsigned char)m->os;
	h[29] = (unsigned char)m->arch;
	h[30] = (unsigned char)m->type;
	h[31] = (unsigned char)m->comp;
	if (name)
		memcpy(h + NAME, m->name.p, name);
	put_be32(h + 4, digest_crc32(0, h, UIMAGE_HEADER));
}

int uimage_build(const struct mkimage *m)
{
	unsigned char h[UIMAGE_HEADER];
	struct blob *data = read_data(m), *image = NULL;
	bool done;

	if (!data)
		return 1;
	put_header(m, data, h);
	firmware_join(&image, blob_copy(h, sizeof(h)));
	firmware_join(&image, data);
	done = mkimage_write(m, m->image, image);
	if (done) {
		/* What is printed is all in the header and the table behind it. */
		struct blob *start = blob_slice(image, 0, 4096);

		uimage_print(m->run->out, blob_flat(m->run->mem, start));
		blob_unref(start);
	}
	blob_unref(image);
	return !done;
}

/* --- read --- */

static const unsigned char *at(struct str image, size_t offset)
{
	return (const unsigned char *)image.p + offset;
}

static uint32_t header_crc(struct str image)
{
	unsigned char h[UIMAGE_HEADER];

	memcpy(h, image.p, sizeof(h));
	put_be32(h + 4, 0);
	return digest_crc32(0, h, sizeof(h));
}

/*
 * The size of the header: some vendors' has more behind the usual fields, which its CRC covers
 * (uimage_long.c). 0: no size up to the longest gives the CRC.
 */
static size_t header_size(struct str image)
{
	uint32_t crc = header_crc(image);

	for (size_t n = UIMAGE_HEADER; n <= image.n && n <= LONGEST_HEADER; n++) {
		if (crc == get_be32(at(image, 4)))
			return n;
		if (n < image.n)
			crc = digest_crc32(crc, image.p + n, 1);
	}
	return 0;
}

int uimage_verify(struct str image, uint32_t magic)
{
	enum { WRONG_MAGIC = -9, WRONG_HEADER = -7, WRONG_DATA = -11 };
	uint32_t crc;

	if (image.n < UIMAGE_HEADER || get_be32(at(image, 0)) != magic)
		return WRONG_MAGIC;
	if (get_be32(at(image, 4)) != header_crc(image))
		return WRONG_HEADER;
	crc = digest_crc32(0, image.p + UIMAGE_HEADER, image.n - UIMAGE_HEADER);
	return get_be32(at(image, 24)) == crc ? 0 : WRONG_DATA;
}

static bool has_table(struct str image)
{
	return *at(image, 30) == UBOOT_TYPE_MULTI || *at(image, 30) == UBOOT_TYPE_SCRIPT;
}

/* The size of part I by the table; 0 at its end. */
static uint32_t part_size(struct str image, size_t i)
{
	size_t offset = UIMAGE_HEADER + 4 * i;

	return offset + 4 <= image.n ? get_be32(at(image, offset)) : 0;
}

static void print_parts(struct buf *out, struct str image)
{
	size_t n = 0;
	uint64_t offset;

	while (part_size(image, n))
		n++;
	offset = UIMAGE_HEADER + 4 * ((uint64_t)n + 1);
	buf_z(out, "Contents:\n");
	for (size_t i = 0; i < n; i++) {
		buf_fmt(out, "   Image %zu: ", i);
		uboot_put_size(out, part_size(image, i));
		if (*at(image, 30) == UBOOT_TYPE_SCRIPT && i > 0)
			buf_fmt(out, "    Offset = 0x%08llx\n", (unsigned long long)offset);
		offset += ((uint64_t)part_size(image, i) + 3) & ~UINT64_C(3);
	}
}

static struct str name_of(struct str image)
{
	return (struct str){image.p + NAME, strnlen(image.p + NAME, NAME_SIZE)};
}

void uimage_print(struct buf *out, struct str image)
{
	struct str name = name_of(image);

	buf_fmt(out, "Image Name:   %.*s\n", STR_ARG(name));
	buf_z(out, "Created:      ");
	uboot_put_time(out, get_be32(at(image, 8)));
	buf_fmt(out, "Image Type:   %s %s %s (%s)\n", uboot_title(&uboot_arch, *at(image, 29)),
		uboot_title(&uboot_os, *at(image, 28)), uboot_title(&uboot_type, *at(image, 30)),
		uboot_title(&uboot_comp, *at(image, 31)));
	buf_z(out, "Data Size:    ");
	uboot_put_size(out, get_be32(at(image, 12)));
	buf_fmt(out, "Load Address: %08x\n", get_be32(at(image, 16)));
	buf_fmt(out, "Entry Point:  %08x\n", get_be32(at(image, 20)));
	if (has_table(image))
		print_parts(out, image);
}

static void check_table(struct firmware_view *v, struct str data)
{
	struct str image = firmware_bytes(v);
	uint64_t sum = 0;
	size_t n = 0;

	for (; UIMAGE_HEADER + 4 * n < UIMAGE_HEADER + data.n && part_size(image, n); n++)
		sum += part_size(image, n);
	if (sum + 4 * (n + 1) > data.n)
		firmware_bad(v, "the %zu parts of the table need %llu bytes, there are %zu", n,
			     (unsigned long long)(sum + 4 * (n + 1)), data.n);
	else
		firmware_good(v, "%zu parts", n);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	uint32_t size;
	size_t header = UIMAGE_HEADER;

	if (image.n < UIMAGE_HEADER)
		return false;
	if (get_be32(at(image, 0)) != MAGIC && get_be32(at(image, 4)) != header_crc(image))
		return false;
	if (get_be32(at(image, 0)) == MAGIC && header_size(image))
		header = header_size(image);
	size = get_be32(at(image, 12));
	data = str_sub(image, header, size);
	v->extent = header + (uint64_t)data.n;
	if (header > UIMAGE_HEADER)
		firmware_good(v, "header CRC-32 %08x of %zu bytes", get_be32(at(image, 4)), header);
	else
		firmware_compare32(v, "header CRC-32", get_be32(at(image, 4)), header_crc(image));
	if (data.n < size)
		firmware_bad(v, "the header says %u bytes of data, there are %zu", size, data.n);
	else
		firmware_compare32(v, "data CRC-32", get_be32(at(image, 24)),
				   digest_crc32(0, data.p, data.n));
	if (has_table(image))
		check_table(v, data);
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), name = firmware_text(v, image.p + NAME, NAME_SIZE);
	struct buf time = buf_new(v->mem);

	uboot_put_time(&time, get_be32(at(image, 8)));
	struct str created = str_trim(buf_view(&time));
	firmware_put_field(v, "name", "%.*s", STR_ARG(name));
	if (get_be32(at(image, 0)) != MAGIC)
		firmware_put_field(v, "magic", "0x%08x", get_be32(at(image, 0)));
	firmware_put_field(v, "created", "%.*s", STR_ARG(created));
	firmware_put_field(v, "architecture", "%s", uboot_title(&uboot_arch, *at(image, 29)));
	firmware_put_field(v, "operating system", "%s", uboot_title(&uboot_os, *at(image, 28)));
	firmware_put_field(v, "type", "%s", uboot_title(&uboot_type, *at(image, 30)));
	firmware_put_field(v, "compression", "%s", uboot_title(&uboot_comp, *at(image, 31)));
	firmware_put_field(v, "data size", "%u", get_be32(at(image, 12)));
	firmware_put_field(v, "load address", "0x%08x", get_be32(at(image, 16)));
	firmware_put_field(v, "entry point", "0x%08x", get_be32(at(image, 20)));
	for (size_t i = 0; has_table(image) && part_size(image, i) && i < 32; i++)
		firmware_put_field(v, "part", "%u bytes", part_size(image, i));
}

static void parts(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	uint64_t offset = UIMAGE_HEADER;
	size_t n = 0;

	if (!has_table(image)) {
		size_t header = get_be32(at(image, 0)) == MAGIC ? header_size(image) : 0;

		offset = header ? header : UIMAGE_HEADER;
		firmware_put_part(v, S("data"), offset, get_be32(at(image, 12)));
		return;
	}
	while (part_size(image, n))
		n++;
	offset += 4 * ((uint64_t)n + 1);
	for (size_t i = 0; i < n && offset < image.n; i++) {
		firmware_put_part(v, str_fmt(v->mem, "image %zu", i), offset, part_size(image, i));
		offset += ((uint64_t)part_size(image, i) + 3) & ~UINT64_C(3);
	}
}

const struct firmware firmware_uimage = {
    .name = "uimage",
    .format = "uImage",
    .check = check,
    .show = show,
    .strong = true,
    .magic = "\x27\x05\x19\x56",
    .n_magic = 4,
    .parts = parts,
};
