/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * wrt400n: Linksys WRT400N (Gemtek) image, big endian.
 *
 *   0  4  CRC-32 of kernel and root file system
 *   4 11  "GMTKRT400N" and a NUL	15 1 0xff
 *  16  4  kernel's size		20 4 1: to be written
 *  24  4  root file system's size	28 4 1: to be written
 *  32  4  CRC of the kernel, padded with 0xff to 0x100000 bytes
 *  36  4  CRC of the root file system, padded to 0x2fffc4
 *  40  4  size of all			44 16 0xff
 *  60  .  kernel, root file system; of longer ones only as much as their place holds
 *
 * The two CRCs at 32 and 36 are not inverted. All it says goes to standard output, and its exit
 * status is 0 also when there is no such file. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum {
	HEADER = 60,
	MAGIC = 4,
	KERNEL_SIZE = 16,
	ROOTFS_SIZE = 24,
	KERNEL_CRC = 32,
	ROOTFS_CRC = 36,
	TOTAL = 40
};
enum { KERNEL_MOST = 0x100000, ROOTFS_MOST = 0x2fffc4 };
static const char magic[] = "GMTKRT400N";

static uint32_t padded_crc(struct str data, size_t room)
{
	unsigned char pad[4096];
	uint32_t crc = digest_crc32(~(uint32_t)0, data.p, data.n);

	memset(pad, 0xff, sizeof(pad));
	for (size_t left = room - data.n; left;) {
		size_t n = left < sizeof(pad) ? left : sizeof(pad);

		crc = digest_crc32(crc, pad, n);
		left -= n;
	}
	return ~crc;
}

/* One input, cut to MOST; false after saying that there is none. */
static bool take(struct firmware_run *run, struct str path, size_t most, struct str *data,
		 uint32_t *crc)
{
	struct blob *b = NULL;
	int err = run->read(run, path, &b);

	if (err) {
		buf_fmt(run->out, "Error: %s '%.*s'\n", err == -EISDIR ? "reading" : "opening",
			STR_ARG(path));
		return false;
	}
	*data = str_sub(str_dup(run->mem, blob_flat(run->mem, b)), 0, most);
	blob_unref(b);
	*crc = padded_crc(*data, most);
	buf_fmt(run->out, "%.*s: size %zu (0x%zx), crc32 = 0x%x\n", STR_ARG(path), data->n, data->n,
		*crc);
	return true;
}

static int wrt400n_run(struct firmware_run *run)
{
	unsigned char h[HEADER];
	struct str kernel, rootfs;
	uint32_t kernel_crc, rootfs_crc;
	struct blob *image;

	if (run->argc != 4) {
		buf_fmt(run->out, "Usage:\n\t%.*s <kernel file> <rootfs file> <output file>\n",
			STR_ARG(run->argv[0]));
		return 1;
	}
	if (!take(run, run->argv[1], KERNEL_MOST, &kernel, &kernel_crc) ||
	    !take(run, run->argv[2], ROOTFS_MOST, &rootfs, &rootfs_crc))
		return 0;
	memset(h, 0xff, HEADER);
	put_be32(h, digest_crc32(digest_crc32(0, kernel.p, kernel.n), rootfs.p, rootfs.n));
	memcpy(h + MAGIC, magic, sizeof(magic));
	put_be32(h + KERNEL_SIZE, (uint32_t)kernel.n);
	put_be32(h + KERNEL_SIZE + 4, 1);
	put_be32(h + ROOTFS_SIZE, (uint32_t)rootfs.n);
	put_be32(h + ROOTFS_SIZE + 4, 1);
	put_be32(h + KERNEL_CRC, kernel_crc);
	put_be32(h + ROOTFS_CRC, rootfs_crc);
	put_be32(h + TOTAL, (uint32_t)(HEADER + kernel.n + rootfs.n));
	buf_fmt(run->out, "crc = 0x%x, total size = %u (0x%x)\n", get_be32(h), get_be32(h + TOTAL),
		get_be32(h + TOTAL));
	image = blob_copy(h, HEADER);
	firmware_join(&image, blob_copy(kernel.p, kernel.n));
	firmware_join(&image, blob_copy(rootfs.p, rootfs.n));
	if (tool_put(run, run->argv[3], image) != 0)
		buf_fmt(run->out, "ERROR: opening '%.*s' for write\n", STR_ARG(run->argv[3]));
	return 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;
	uint64_t kernel, rootfs;

	if (image.n < HEADER || memcmp(p + MAGIC, magic, sizeof(magic)) != 0)
		return false;
	kernel = get_be32(p + KERNEL_SIZE);
	rootfs = get_be32(p + ROOTFS_SIZE);
	if (kernel > KERNEL_MOST || rootfs > ROOTFS_MOST || HEADER + kernel + rootfs > image.n) {
		firmware_bad(
		    v, "kernel of %llu and root file system of %llu bytes are not there or too big",
		    (unsigned long long)kernel, (unsigned long long)rootfs);
		return true;
	}
	tool_check_size(v, get_be32(p + TOTAL), image.n);
	firmware_compare32(v, "CRC", get_be32(p),
			   digest_crc32(0, p + HEADER, (size_t)(kernel + rootfs)));
	firmware_compare32(v, "kernel CRC", get_be32(p + KERNEL_CRC),
			   padded_crc(str_sub(image, HEADER, (size_t)kernel), KERNEL_MOST));
	firmware_compare32(
	    v, "rootfs CRC", get_be32(p + ROOTFS_CRC),
	    padded_crc(str_sub(image, HEADER + (size_t)kernel, (size_t)rootfs), ROOTFS_MOST));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "kernel", "%u bytes", get_be32(p + KERNEL_SIZE));
	firmware_put_field(v, "rootfs", "%u bytes", get_be32(p + ROOTFS_SIZE));
}

const struct firmware firmware_wrt400n = {
	.name = "wrt400n",
	.format = "Linksys WRT400N image",
	.help = "wrt400n KERNEL ROOTFS OUTPUT\n",
	.write = wrt400n_run,
	.check = check,
	.show = show,
	.mode = 0644,
	.pure = true,
	.header = true,
};
