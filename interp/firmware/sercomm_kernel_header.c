/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sercomm-kernel-header: 256 bytes in front of the kernel of Sercomm's MT7621 devices, little
 * endian, 0xff where nothing is said.
 *
 *  0x00 "Ser\0"		0x04 where the kernel ends in flash	0x08 CRC-32 of the header
 *  0x0c 0xffffff02		0x10 where the kernel is		0x14 its size
 *  0x18 its CRC-32		0x1c 0
 *  0x28 where the rootfs is	0x2c its size				0x30 CRC-32 of so many bytes
 * 0x34 0
 *
 * The header's CRC is taken with all bits set in the first field and its own. Without a rootfs it
 * is the four bytes "UBI#". Source: OpenWrt's scripts/sercomm-kernel-header.py. In its first text
 * 0x04 is where the rootfs ends.
 */
#include "digest/digest.h"
#include "firmware/internal.h"

enum {
	END = 0x04,
	CRC = 0x08,
	MARK = 0x0c,
	KERNEL = 0x10,
	KERNEL_SIZE = 0x14,
	KERNEL_CRC = 0x18,
	ROOTFS = 0x28,
	ROOTFS_SIZE = 0x2c,
	ROOTFS_CRC = 0x30,
	HEADER = 0x100
};

static const struct opt options[] = {
	{'k', "kernel-image", OPT_VALUE, NULL},
	{'a', "kernel-offset", OPT_VALUE, NULL},
	{'b', "rootfs-offset", OPT_VALUE, NULL},
	{'o', "output-header", OPT_VALUE, NULL},
	{'r', "rootfs-image", OPT_VALUE, NULL},
	{'n', "rootfs-checking-size", OPT_VALUE, NULL},
	{0, NULL, OPT_NONE, NULL},
};

/* The rootfs' size and CRC; false: to be declined. */
static bool put_rootfs(struct firmware_run *run, const struct tool_options *o, unsigned char *h)
{
	uint32_t asked = 0;
	struct blob *b, *part;

	if (!python_option32(o->value['n'], &asked))
		return false;
	b = o->value['r'].n ? python_read(run, o->value['r']) : blob_copy("UBI#", 4);
	if (!b)
		return false;
	if (!o->value['r'].n)
		asked = 0;
	part = blob_slice(b, 0, asked ? asked : BLOB_ENDLESS);
	put_le32(h + ROOTFS_SIZE, asked ? asked : (uint32_t)blob_size(b));
	put_le32(h + ROOTFS_CRC, digest_crc32_blob(0, part));
	blob_unref(part);
	blob_unref(b);
	return true;
}

static bool put_kernel(struct firmware_run *run, const struct tool_options *o, unsigned char *h)
{
	struct blob *b = python_read(run, o->value['k']);

	if (!b)
		return false;
	put_le32(h + KERNEL_SIZE, (uint32_t)blob_size(b));
	put_le32(h + KERNEL_CRC, digest_crc32_blob(0, b));
	blob_unref(b);
	return true;
}

/* The sum of what is at AT and at SIZE into the field of the end; false: it is too big. */
static bool put_end(unsigned char *h, size_t at, size_t size)
{
	uint64_t end = (uint64_t)get_le32(h + at) + get_le32(h + size);

	put_le32(h + END, (uint32_t)end);
	return end <= UINT32_MAX;
}

static int kernel_header(struct firmware_run *run, bool ends_at_rootfs)
{
	struct tool_options o = {0};
	unsigned char h[HEADER];
	uint64_t kernel, rootfs;

	if (!python_options(run, options, &o) || o.operands.n || !o.value['o'].n ||
	    !python_number(o.value['a'], UINT32_MAX, &kernel) || !kernel ||
	    !python_number(o.value['b'], UINT32_MAX, &rootfs) || !rootfs)
		return -1;
	memset(h, 0xff, HEADER);
	put_le32(h + MARK, 0xffffff02);
	put_le32(h + 0x1c, 0);
	put_le32(h + 0x34, 0);
	put_le32(h + KERNEL, (uint32_t)kernel);
	put_le32(h + ROOTFS, (uint32_t)rootfs);
	if (!put_rootfs(run, &o, h) || !put_kernel(run, &o, h) ||
	    !(ends_at_rootfs ? put_end(h, ROOTFS, ROOTFS_SIZE) : put_end(h, KERNEL, KERNEL_SIZE)))
		return -1;
	put_le32(h + CRC, digest_crc32(0, h, HEADER));
	memcpy(h, "Ser", 4);
	return python_write(run, o.value['o'], blob_copy(h, HEADER));
}

static int sercomm_kernel_header_write(struct firmware_run *run)
{
	return kernel_header(run, false);
}

static int sercomm_kernel_header_old_write(struct firmware_run *run)
{
	return kernel_header(run, true);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), kernel;
	const unsigned char *p = (const unsigned char *)image.p;
	unsigned char h[HEADER];

	if (image.n < HEADER || memcmp(p, "Ser", 4) != 0 || get_le32(p + MARK) != 0xffffff02)
		return false;
	memcpy(h, p, HEADER);
	memset(h, 0xff, 4);
	memset(h + CRC, 0xff, 4);
	firmware_compare32(v, "header CRC-32", get_le32(p + CRC), digest_crc32(0, h, HEADER));
	kernel = str_sub(image, HEADER, get_le32(p + KERNEL_SIZE));
	v->extent = HEADER + kernel.n;
	if (image.n > HEADER) {
		tool_check_size(v, get_le32(p + KERNEL_SIZE), kernel.n);
		firmware_compare32(v, "kernel CRC-32", get_le32(p + KERNEL_CRC),
				   digest_crc32(0, kernel.p, kernel.n));
	}
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "kernel", "%u bytes for 0x%x in flash", get_le32(p + KERNEL_SIZE),
			   get_le32(p + KERNEL));
	firmware_put_field(v, "rootfs", "%u bytes at 0x%x in flash, CRC-32 %08x",
			   get_le32(p + ROOTFS_SIZE), get_le32(p + ROOTFS),
			   get_le32(p + ROOTFS_CRC));
}

static void parts(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_part(v, S("kernel"), HEADER, get_le32(p + KERNEL_SIZE));
}

static const char *const texts[] = {
	/* 23.05 to main of 2026 */
	"f0a485d1b7d63e2b1ee9dfa5d77dea43a9f84d5febbbafeb72ac8208c1c0f3fc",
	NULL,
};

static const char *const old_texts[] = {
	"d8e5d1f4fb138ed6e3d9532a5ee84e0b61f15b55bde076cdce7108aab32c04bf", /* some forks */
	NULL,
};

const struct firmware firmware_sercomm_kernel_header = {
    .name = "sercomm-kernel-header",
    .format = "Sercomm kernel header",
    .script = "sercomm-kernel-header.py",
    .texts = texts,
    .help = "sercomm-kernel-header --kernel-image FILE --kernel-offset N --rootfs-offset N "
	    "--output-header FILE\n"
	    "  [--rootfs-image FILE [--rootfs-checking-size N]]\n",
    .write = sercomm_kernel_header_write,
    .check = check,
    .show = show,
    .parts = parts,
    .magic = "Ser\0",
    .n_magic = 4,
};

const struct firmware firmware_sercomm_kernel_header_old = {
    .name = "sercomm-kernel-header-old",
    .script = "sercomm-kernel-header.py",
    .texts = old_texts,
    .help = "sercomm-kernel-header-old: sercomm-kernel-header as it was at first: the end is the "
	    "rootfs' end\n",
    .write = sercomm_kernel_header_old_write,
};
