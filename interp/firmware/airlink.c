/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * airlink: image of AirLink101's AR525W, little endian. Behind an extended header (-e, for the web
 * page), which is
 *
 *   0  4  CRC-32 of all that follows, big endian	 4 4 "ARRN"
 *
 * or at the start:
 *
 *   0  4  "GMTK"
 *   4  4  CRC-32 of all from here on, with these four as 0
 *   8  4  0		 12 4 size of the kernel	 16 4 size of all from here on
 *  20  4  product (5)	 24 4 the boot loader's sum, or 0	 28 4 0
 *  32  .  kernel, NULs up to a multiple of 32 (-j KIB: of as many KiB), file system
 *
 * The boot loader's sum is the CRC-32 of 256 bytes from the start, 256 from the middle and 512 up
 * to the end, with both sums as 0. Source: firmware-utils of OpenWrt up to 15.05.
 */
#include "firmware/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	EXTENDED = 8,
	HEADER = 32,
	ALL_SUM = 4,
	KERNEL_SIZE = 12,
	SIZE = 16,
	PRODUCT = 20,
	BOOT_SUM = 24,
	PIECE = 0x100,
	SUMMED = 0x400,
	LEAST = 0x200,
};

static const char magic[] = "GMTK", extended_magic[] = "ARRN";

static const struct opt options[] = {
    {'b', NULL, OPT_VALUE, "1  with the boot loader's sum"},
    {'e', NULL, OPT_NONE, "with the extended header"},
    {'j', NULL, OPT_VALUE, "KIB  of an erase block, for JFFS2"},
    {0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	bool extended, boot_sum;
	uint32_t align;
	struct strs names; /* kernel, file system (or not), image; or just the image */
};

/* False: to be declined. */
static bool take_options(struct job *j)
{
	struct firmware_run *run = j->run;
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, kib = 0;

	while ((id = opts_next(&o)) != OPTS_END) {
		switch (id) {
		case 'b':
			j->boot_sum |= str_starts(o.value, S("1"));
			break;
		case 'e':
			j->extended = true;
			break;
		case 'j':
			if (sscanf(str_cz(run->mem, o.value), "%i", &kib) != 1 || kib < 0 ||
			    kib > 1 << 16)
				return false;
			j->align = (uint32_t)kib * 1024;
			break;
		default:
			return false;
		}
	}
	j->names = o.operands;
	return j->names.n >= 1 && j->names.n <= 3;
}

/* The image without its sums; NULL: to be declined. */
static struct blob *put_together(struct job *j)
{
	unsigned char h[EXTENDED + HEADER] = {0}, *standard = h + EXTENDED;
	size_t head = j->extended ? EXTENDED + HEADER : HEADER;
	struct blob *kernel = NULL, *root = NULL, *image;
	uint32_t size, end;

	if (j->run->read(j->run, j->names.p[0], &kernel) != 0 || !blob_size(kernel) ||
	    (j->names.n == 3 &&
	     (j->run->read(j->run, j->names.p[1], &root) != 0 || !blob_size(root))) ||
	    blob_size(kernel) + (root ? blob_size(root) : 0) > INT32_MAX - j->align - HEADER) {
		blob_unref(kernel);
		blob_unref(root);
		return NULL;
	}
	size = HEADER + (uint32_t)blob_size(kernel);
	end = (size - 1 + j->align) / j->align * j->align;
	memcpy(h + 4, extended_magic, 4);
	memcpy(standard, magic, 4);
	put_le32(standard + KERNEL_SIZE, size - HEADER);
	put_le32(standard + PRODUCT, 5);
	image = blob_copy(h + sizeof(h) - head, head);
	firmware_join(&image, kernel);
	firmware_join(&image, blob_run(0, end - size));
	if (root)
		firmware_join(&image, root);
	buf_fmt(j->run->out, "Padding header+kernel - 0x%x +  0x%x = 0x%x\n", size, end - size,
		end);
	return image;
}

/* Where the standard header is; false: nowhere. */
static bool find_header(struct str image, size_t *at)
{
	*at = 0;
	if (image.n >= HEADER && memcmp(image.p, magic, 4) == 0)
		return true;
	*at = EXTENDED;
	return image.n >= EXTENDED + HEADER && memcmp(image.p + 4, extended_magic, 4) == 0 &&
	       memcmp(image.p + EXTENDED, magic, 4) == 0;
}

/* Of the N bytes at P, of which there are LEAST or more. */
static uint32_t boot_sum(const char *p, uint32_t n)
{
	char b[SUMMED];

	memcpy(b, p, PIECE);
	memcpy(b + PIECE, p + ((n >> 1) - ((n & 6) >> 1)), PIECE);
	memcpy(b + 2 * PIECE, p + (n - 2 * PIECE), 2 * PIECE);
	memset(b + ALL_SUM, 0, 4);
	memset(b + BOOT_SUM, 0, 4);
	return digest_crc32(0, b, SUMMED);
}

/* Size and sums into the N bytes of an image at P, whose header is at AT. */
static void put_sums(const struct job *j, unsigned char *p, size_t n, size_t at)
{
	struct buf *out = j->run->out;
	unsigned char *h = p + at;
	uint32_t size = (uint32_t)(n - at), sum, was = get_le32(h + ALL_SUM), boot = 0;

	put_le32(h + SIZE, size);
	put_le32(h + ALL_SUM, 0);
	if (j->boot_sum)
		boot = get_le32(h + BOOT_SUM);
	else
		put_le32(h + BOOT_SUM, 0);
	sum = boot_sum((const char *)h, size);
	buf_fmt(out, "CRC32 sum0 - (%x, %x, %x)\n", sum, boot, SUMMED);
	put_le32(h + BOOT_SUM, j->boot_sum ? sum : 0);
	sum = digest_crc32(0, h, size);
	buf_fmt(out, "CRC32 sum1 - (%x, %x, %x)\n", sum, was, size);
	put_le32(h + ALL_SUM, sum);
	if (!at)
		return;
	sum = digest_crc32(0, p + 4, n - 4);
	buf_fmt(out, "CRC32 sum2 - (%x, %x, %zx)\n", sum, get_le32(p), n - 4);
	put_be32(p, sum);
}

/* The sums of IMAGE, which is taken over, into it; NULL: to be declined. */
static struct blob *finish(const struct job *j, struct blob *image)
{
	size_t n = (size_t)blob_size(image), at;
	unsigned char *p = malloc(n ? n : 1);
	struct str bytes = {(const char *)p, n};

	if (!p || n > INT32_MAX) {
		free(p);
		blob_unref(image);
		return NULL;
	}
	blob_read(image, 0, p, n);
	blob_unref(image);
	/* one without magics may be anything to the tool, and below a size it reads out of it */
	if (!find_header(bytes, &at) || n - at < LEAST) {
		free(p);
		return NULL;
	}
	firmware_say(j->run, "\n", "Image with%s extra 8 bytes - %s header", at ? "" : "out",
		     at ? "Extended" : "Standard");
	put_sums(j, p, n, at);
	return blob_adopt(p, n);
}

static int airlink_run(struct firmware_run *run)
{
	struct job j = {.run = run};
	struct blob *image = NULL;
	struct str name;

	if (!take_options(&j))
		return -1;
	if (!j.align)
		j.align = HEADER;
	name = j.names.p[j.names.n - 1];
	for (size_t i = 0; i + 1 < j.names.n; i++)
		if (str_eq(j.names.p[i], name))
			return -1; /* it empties the image first */
	if (j.names.n > 1)
		image = put_together(&j);
	else if (run->read(run, name, &image) != 0)
		return -1; /* the usage text */
	if (image)
		image = finish(&j, image);
	return image && tool_put(run, name, image) == 0 ? 0 : -1;
}

/* Gemtek has other headers under that magic. */
static bool is_ours(const unsigned char *h)
{
	return get_le32(h + PRODUCT) == 5 && !get_le32(h + 8) && !get_le32(h + 28);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	unsigned char h[HEADER];
	uint32_t crc, size;
	size_t at;

	if (!find_header(image, &at) || !is_ours((const unsigned char *)image.p + at))
		return false;
	memcpy(h, image.p + at, HEADER);
	size = get_le32(h + SIZE);
	data = str_sub(image, at, size);
	tool_check_size(v, size, data.n);
	put_le32(h + ALL_SUM, 0);
	crc = digest_crc32(0, h, data.n < HEADER ? data.n : HEADER);
	data = str_from(data, HEADER);
	firmware_compare32(v, "CRC", get_le32((const unsigned char *)image.p + at + ALL_SUM),
			   digest_crc32(crc, data.p, data.n));
	/* below that it is a sum of itself */
	if (get_le32(h + BOOT_SUM) && image.n - at >= size && size >= LEAST + HEADER)
		firmware_compare32(v, "boot loader's sum", get_le32(h + BOOT_SUM),
				   boot_sum(image.p + at, size));
	if (at)
		firmware_compare32(
		    v, "extended CRC", get_be32((const unsigned char *)image.p),
		    digest_crc32(0, image.p + 4, str_sub(image, 4, 4 + (size_t)size).n));
	v->extent = at + HEADER + data.n;
	return true;
}

static uint32_t kernel_size(struct str image, size_t *at)
{
	find_header(image, at);
	return get_le32((const unsigned char *)image.p + *at + KERNEL_SIZE);
}

static void show(struct firmware_view *v)
{
	size_t at;
	uint32_t size = kernel_size(firmware_bytes(v), &at);

	firmware_put_field(v, "header", "%s", at ? "extended" : "standard");
	firmware_put_field(v, "kernel", "%u bytes", size);
}

static void parts(struct firmware_view *v)
{
	size_t at;
	uint32_t size = kernel_size(firmware_bytes(v), &at);

	firmware_put_part(v, S("kernel"), at + HEADER, size);
}

const struct firmware firmware_airlink = {
    .name = "airlink",
    .format = "AirLink101 AR525W image",
    .help = "airlink [-e] [-b 1] [-j KIB] [KERNEL [FILE-SYSTEM]] IMAGE\n",
    .write = airlink_run,
    .check = check,
    .show = show,
    .parts = parts,
    .mode = 0644,
    .pure = true,
};
