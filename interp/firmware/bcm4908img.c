/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bcm4908img: bootfs and root file system for Broadcom's CFE on BCM4908; the tail is at their end,
 * little endian.
 *
 * n+0  4  CRC-32, not inverted at the end, of the n bytes in front of the tail; the tool leaves out
 * zeros that it adds itself n+4  4  version, 0x5732	n+8  4  chip, 0x4908 n+12 4  flash, 3: NAND
 * with blocks of 128 KiB	n+16 4  flags, 2: secure boot
 *
 * Source: OpenWrt's package/utils/bcm4908img.
 */
#include <stdlib.h>

#include "digest/digest.h"
#include "firmware/internal.h"

enum {
	VERSION = 4,
	CHIP = 8,
	FLASH = 12,
	FLAGS = 16,
	TAIL = 20,
	IS_VERSION = 0x5732,
	IS_CHIP = 0x4908,
	NAND128 = 3,
	SECURE = 2
};

struct image {
	struct blob *bytes;
	uint32_t crc;		/* of what came from files */
};

static void add_file(struct firmware_run *run, struct image *image, struct str path)
{
	struct blob *b = NULL;

	if (run->read(run, path, &b) != 0) {
		firmware_say(run, "\n", "Failed to open %.*s", STR_ARG(path));
		firmware_say(run, "\n", "Failed to append file %.*s", STR_ARG(path));
		return;
	}
	image->crc = digest_crc32_blob(image->crc, b);
	firmware_join(&image->bytes, b);
}

/* Zeros up to a multiple of TEXT. False: that is no number to divide by. */
static bool align(struct firmware_run *run, struct image *image, struct str text)
{
	int64_t alignment = strtol(str_cz(run->mem, text), NULL, 0);
	uint64_t n = blob_size(image->bytes);

	if (alignment <= 0)
		return false;
	if (n & (uint64_t)(alignment - 1))
		firmware_join(&image->bytes,
			      blob_run(0, (uint64_t)alignment - n % (uint64_t)alignment));
	return true;
}

/* Zeros up to offset TEXT. */
static void pad(struct firmware_run *run, struct image *image, struct str text)
{
	int64_t to = strtol(str_cz(run->mem, text), NULL, 0), n = (int64_t)blob_size(image->bytes);

	if (to < n)
		firmware_say(
		    run, "\n",
		    "Current BCM4908 image length is 0x%llx, can't pad it with zeros to 0x%lx",
		    (long long)n, (long)to);
	else
		firmware_join(&image->bytes, blob_run(0, (uint64_t)(to - n)));
}

/* The options, in their order; false: one that is not known here. */
static bool put_together(struct firmware_run *run, struct image *image)
{
	static const struct opt options[] = {
	    {'f', NULL, OPT_VALUE, NULL},
	    {'a', NULL, OPT_VALUE, NULL},
	    {'A', NULL, OPT_VALUE, NULL},
	    {0, NULL, OPT_NONE, NULL},
	};
	struct opts o = opts_begin(run->mem, options, run->argv + 2, run->argc - 2, false);
	bool known = true;
	int id;

	while (known && (id = opts_next(&o)) != OPTS_END) {
		if (id == 'f' && str_eq(o.value, run->argv[2]))
			known = false; /* of itself it reads what has come to the disk by then */
		else if (id == 'f')
			add_file(run, image, o.value);
		else if (id == 'A')
			pad(run, image, o.value);
		else
			known = id == 'a' && align(run, image, o.value);
	}
	return known;
}

static int bcm4908img_run(struct firmware_run *run)
{
	struct image image = {blob_empty(), 0};
	unsigned char tail[TAIL];
	size_t said = run->err->n;

	if (run->argc < 3 || !str_is(run->argv[1], "create") || !put_together(run, &image)) {
		run->err->n = said;
		blob_unref(image.bytes);
		return -1;
	}
	put_le32(tail, ~image.crc);
	put_le32(tail + VERSION, IS_VERSION);
	put_le32(tail + CHIP, IS_CHIP);
	put_le32(tail + FLASH, NAND128);
	put_le32(tail + FLAGS, SECURE);
	firmware_join(&image.bytes, blob_copy(tail, TAIL));
	if (tool_put(run, run->argv[2], image.bytes) == 0)
		return 0;
	run->err->n = said; /* it opens the output first */
	firmware_say(run, "\n", "Failed to open %.*s", STR_ARG(run->argv[2]));
	return 256 - 13;
}

/* The tail of IMAGE, and what is in front of it; NULL: there is none. */
static const unsigned char *find_tail(struct str image, struct str *data)
{
	size_t end = fwtool_payload(image);
	const unsigned char *tail;

	if (end < TAIL)
		return NULL;
	*data = str_sub(image, 0, end - TAIL);
	tail = (const unsigned char *)data->p + data->n;
	return get_le32(tail + VERSION) == IS_VERSION && get_le32(tail + FLASH) - 1 < 7 ? tail
											: NULL;
}

static bool check(struct firmware_view *v)
{
	struct str data;
	const unsigned char *tail = find_tail(firmware_bytes(v), &data);

	if (!tail)
		return false;
	firmware_compare32(v, "CRC-32", get_le32(tail), ~digest_crc32(0, data.p, data.n));
	return true;
}

static void show(struct firmware_view *v)
{
	struct str data;
	const unsigned char *tail = find_tail(firmware_bytes(v), &data);

	firmware_put_field(v, "chip", "BCM%x", get_le32(tail + CHIP));
	firmware_put_field(v, "flash", "kind %u", get_le32(tail + FLASH));
	firmware_put_field(v, "flags", "0x%x", get_le32(tail + FLAGS));
}

const struct firmware firmware_bcm4908img = {
	.name = "bcm4908img",
	.format = "Broadcom BCM4908 image",
	.help = "bcm4908img create OUTPUT [-f FILE] [-a ALIGNMENT] [-A OFFSET]...\n",
	.write = bcm4908img_run,
	.check = check,
	.show = show,
	.trailer = true,
	.pure = true,
};
