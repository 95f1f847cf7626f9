/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkrasimage: ZyXEL image for the web interface, big endian.
 *
 *   0  4  checksum of the root file system	 4 4 its size, padding included
 *   8 32  version with a NUL
 *  40  4  checksum of this header		44 64 board with a NUL
 * 108  8  checksum and size of the kernel; not there without one
 *
 * What is not listed is 0xff, up to the header's length (65536, -l). Then the root file system,
 * filled with NULs to the size of -s, and the kernel. A checksum is System V's sum. The header's is
 * that of its first 2048 bytes with the root file system's checksum in its place.
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOTFS_SIZE = 4, VERSION = 8, VERSION_MOST = 31, BOARD_SUM = 40, BOARD = 44,
       BOARD_MOST = 31, KERNEL = 108, KERNEL_SIZE = 112, FIELDS = 116, SUMMED = 2048,
       LENGTH = 0x10000 };

static const struct opt options[] = {
	{'b', NULL, OPT_VALUE, "NAME  board"},
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{'r', NULL, OPT_VALUE, "FILE  root file system"},
	{'s', NULL, OPT_VALUE, "SIZE  of the root file system, at least"},
	{'v', NULL, OPT_VALUE, "TEXT  version"},
	{'l', NULL, OPT_VALUE, "SIZE  of the header (65536)"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

static uint32_t fold(uint32_t sum)
{
	uint32_t r = (sum & 0xffff) + (sum >> 16);

	return (r & 0xffff) + (r >> 16);
}

static uint32_t checksum(struct str data)
{
	return fold(tool_byte_sum(data.p, data.n));
}

/* As scanf's %u: what is no number leaves it alone. */
static void number(struct firmware_run *run, struct str text, unsigned *out)
{
	if (text.p)
		sscanf(str_cz(run->mem, text), "%u", out);
}

static void put_header(unsigned char *h, const struct str *option, struct str rootfs,
		       uint32_t size, struct str kernel)
{
	size_t version = option['v'].n < VERSION_MOST ? option['v'].n : VERSION_MOST;

	memset(h, 0xff, SUMMED);
	put_be32(h, checksum(rootfs)); /* the padding adds nothing */
	put_be32(h + ROOTFS_SIZE, size);
	memcpy(h + VERSION, option['v'].p, version);
	h[VERSION + version] = 0;
	memcpy(h + BOARD_SUM, h, 4);
	memcpy(h + BOARD, option['b'].p, option['b'].n);
	h[BOARD + option['b'].n] = 0;
	if (option['k'].p) {
		put_be32(h + KERNEL, checksum(kernel));
		put_be32(h + KERNEL_SIZE, (uint32_t)kernel.n);
	}
	put_be32(h + BOARD_SUM, checksum((struct str){(char *)h, SUMMED}));
}

/* 0, or the exit status after a message. */
static int read_file(struct firmware_run *run, struct str path, struct blob **out)
{
	int err = run->read(run, path, out);

	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_error(run, 1, "Error while opening file %.*s.", STR_ARG(path));
	return blob_size(*out) ? 0
			       : firmware_error(run, 1, "Error mapping file %.*s.", STR_ARG(path));
}

static int make(struct firmware_run *run, const struct str *option, unsigned size, unsigned length)
{
	struct blob *kernel = NULL, *rootfs = NULL, *image;
	unsigned char h[SUMMED];
	int status = option['k'].p ? read_file(run, option['k'], &kernel) : 0;

	if (!status)
		status = read_file(run, option['r'], &rootfs);
	if (status) {
		blob_unref(kernel);
		blob_unref(rootfs);
		return status;
	}
	if (size < blob_size(rootfs))
		size = (unsigned)blob_size(rootfs);
	put_header(h, option, blob_flat(run->mem, rootfs), size,
		   kernel ? blob_flat(run->mem, kernel) : S(""));
	image = blob_copy(h, length < SUMMED ? length : SUMMED);
	if (length > SUMMED)
		firmware_join(&image, blob_run(0xff, length - SUMMED));
	size -= (unsigned)blob_size(rootfs);
	firmware_join(&image, rootfs);
	firmware_join(&image, blob_run(0, size));
	if (kernel)
		firmware_join(&image, kernel);
	return tool_put(run, option['o'], image) ? -1 : 0; /* the tool crashes then */
}

/* What is wrong with the options is answered with a usage text: not here. */
static int mkrasimage_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	bool known = tool_options(run, options, &o);
	unsigned size = 0, length = LENGTH;

	if (!known || !o.value['r'].p || !o.value['o'].p || !o.value['b'].p || !o.value['v'].p)
		return -1;
	number(run, o.value['s'], &size);
	number(run, o.value['l'], &length);
	if (!size || size > INT32_MAX || o.value['b'].n > BOARD_MOST || length < FIELDS)
		return -1;
	return make(run, o.value, size, length);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), part;
	unsigned char h[SUMMED];
	uint32_t sum, size, kernel = 0;
	size_t at;

	if (image.n < SUMMED)
		return false;
	memcpy(h, image.p, SUMMED);
	sum = get_be32(h + BOARD_SUM);
	memcpy(h + BOARD_SUM, h, 4);
	if (sum != checksum((struct str){(char *)h, SUMMED}) || get_be32(h) > 0xffff || !sum)
		return false;
	firmware_compare32(v, "header checksum", sum, sum);
	size = get_be32(h + ROOTFS_SIZE);
	if (get_be32(h + KERNEL) != UINT32_MAX)
		kernel = get_be32(h + KERNEL_SIZE);
	/* the length of the header is not written down: what is left is it */
	if ((uint64_t)size + kernel + FIELDS > image.n) {
		firmware_bad(v, "the header says %u and %u bytes, there are %zu", size, kernel,
			     image.n);
		return true;
	}
	at = image.n - size - kernel;
	part = str_sub(image, at, size);
	firmware_compare32(v, "rootfs checksum", get_be32(h), checksum(part));
	part = str_from(image, at + size);
	if (kernel)
		firmware_compare32(v, "kernel checksum", get_be32(h + KERNEL), checksum(part));
	v->extent = at;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str board = firmware_text(v, h + BOARD, 64),
		   version = firmware_text(v, h + VERSION, 32);

	firmware_put_field(v, "board", "%.*s", STR_ARG(board));
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
	firmware_put_field(v, "rootfs", "%u bytes", get_be32(h + ROOTFS_SIZE));
	if (get_be32(h + KERNEL) != UINT32_MAX)
		firmware_put_field(v, "kernel", "%u bytes", get_be32(h + KERNEL_SIZE));
}

const struct firmware firmware_mkrasimage = {
    .name = "mkrasimage",
    .format = "ZyXEL RAS image",
    .help = "mkrasimage -b BOARD -v VERSION -r ROOTFS -s SIZE -o FILE [-k KERNEL] [-l LENGTH]\n",
    .write = mkrasimage_run,
    .check = check,
    .show = show,
    .pure = true,
};
