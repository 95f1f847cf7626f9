/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkrtn56uimg: changes a uImage with a SquashFS behind its kernel, in place, for the Asus RT-N56U.
 *
 * The header's name becomes: 32 4 versions (0), 36 23 "RT-N56U", 59 1 as it was, 60 4 offset of the
 * SquashFS, big endian, when it is 0.
 *
 * For the factory image (-f) the header speaks of all bytes up to the end of the 64 KiB in which
 * the SquashFS and 64 bytes end, and 4 more: between is 0xff, then a second header for the
 * kernel alone with the old name, then JFFS2's end mark. For sysupgrade (-s) it speaks of the
 * kernel alone. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	HEADER = 64,
	MAGIC = 0x27051956,
	HEADER_CRC = 4,
	SIZE = 12,
	DATA_CRC = 24,
	NAME = 32,
	NAME_SIZE = 32,
	PRODUCT = 36,
	PRODUCT_SIZE = 23,
	KERNEL_END = 60,
	USED = 40,
	BLOCK = 0x10000
};

static const struct opt options[] = {
	{'f', NULL, OPT_VALUE, "FILE  make it a factory image"},
	{'s', NULL, OPT_VALUE, "FILE  make it a sysupgrade image"},
	{0, NULL, OPT_NONE, NULL},
};

static void put_crcs(unsigned char *h, const unsigned char *data, size_t n)
{
	put_be32(h + DATA_CRC, digest_crc32(0, data, n));
	put_be32(h + SIZE, (uint32_t)n);
	put_be32(h + HEADER_CRC, 0);
	put_be32(h + HEADER_CRC, digest_crc32(0, h, HEADER));
}

/* The offset of the SquashFS, from the header; 0: out of the file. */
static size_t kernel_end(unsigned char *p, size_t n)
{
	uint32_t end;

	if (!get_be32(p + KERNEL_END))
		put_be32(p + KERNEL_END, get_be32(p + SIZE) + HEADER);
	end = get_be32(p + KERNEL_END);
	return end >= HEADER && (uint64_t)end + USED + 8 <= n ? end : 0;
}

static bool make_sysupgrade(unsigned char *p, size_t n)
{
	size_t end = kernel_end(p, n);

	if (end)
		put_crcs(p, p + HEADER, end - HEADER);
	return end != 0;
}

/* P has room for 4 bytes more. *N: the new size. False: what the tool cannot do either. */
static bool make_factory(unsigned char *p, size_t *n)
{
	unsigned char old[NAME_SIZE], *second;
	size_t end, last;
	uint64_t rootfs;

	tool_put_text(old, NAME_SIZE,
		      (struct str){(char *)p + NAME, strnlen((char *)p + NAME, NAME_SIZE)});
	memset(p + NAME, 0, 4);
	tool_put_text(p + PRODUCT, PRODUCT_SIZE, S("RT-N56U"));
	end = kernel_end(p, *n);
	if (!end)
		return false;
	rootfs = get_le64(p + end + USED);
	if (rootfs > *n)
		return false;
	last = (size_t)(end + rootfs + HEADER) / BLOCK * BLOCK + BLOCK;
	if (last > *n)
		return false;
	memset(p + end + rootfs, 0xff, last - end - rootfs);
	if (last + 4 > *n)
		memcpy(p + last, jffs2_end_mark, 4);
	*n = last + 4;
	second = p + last - HEADER;
	memcpy(second, p, HEADER);
	memcpy(second + NAME, old, NAME_SIZE);
	put_crcs(second, p + HEADER, end - HEADER);
	put_crcs(p, p + HEADER, *n - HEADER);
	return true;
}

static int change(struct firmware_run *run, struct str path, const struct blob *image, bool factory)
{
	size_t n = blob_size(image);
	unsigned char *p = malloc(n + 4);

	if (!p)
		return -1;
	blob_read(image, 0, p, n);
	memset(p + n, 0, 4);
	if (factory ? !make_factory(p, &n) : !make_sysupgrade(p, n)) {
		free(p);
		return -1;
	}
	return tool_put(run, path, blob_adopt(p, n)) ? -1 : 0;
}

static int mkrtn56uimg_run(struct firmware_run *run)
{
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str path = {NULL, 0}, me = run->argc ? run->argv[0] : S("");
	unsigned char magic[4];
	struct blob *image = NULL;
	bool factory = false;
	int id, err, status;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		factory = id == 'f';
		path = o.value;
	}
	if (!path.p)
		return -1;
	err = run->read(run, path, &image);
	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_say(run, "\n", "%.*s: Can't open %.*s: %s", STR_ARG(me),
				    STR_ARG(path), strerror(-err));
	blob_read(image, 0, magic, 4);
	if (blob_size(image) < HEADER)
		status = firmware_say(run, "\n", "%.*s: Bad size: \"%.*s\" is no valid image",
				      STR_ARG(me), STR_ARG(path));
	else if (get_be32(magic) != MAGIC)
		status =
		    firmware_say(run, "\n", "%.*s: Bad Magic Number: \"%.*s\" is no valid image",
				 STR_ARG(me), STR_ARG(path));
	else
		status = change(run, path, image, factory);
	blob_unref(image);
	return status;
}

const struct firmware firmware_mkrtn56uimg = {
	.name = "mkrtn56uimg",
	.help = "mkrtn56uimg -f|-s FILE: change FILE\n",
	.write = mkrtn56uimg_run,
	.pure = true,
};
