/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * brcmImage: image for old CFE boot loaders of bcm63xx, which want the root file system first.
 *
 * A tag of 256 bytes, of which imagetag.c has the map: version "6", "LinuxInside", "ver. 2.0",
 * chip, board, sizes and addresses as decimal texts, "0" for the CFE, "1" in dual images. At 216
 * the CRC of all that follows, at 236 that of the tag; both without the inversion at the end. There
 * are no CRCs of the parts. Then the root file system and the kernel.
 *
 * -t: the kernel begins with load address, entry point and its size, big endian. -p: in the place
 * of the root file system stand 12 bytes, "gOtO", the size of the kernel with them and that of the
 * root file system, both up to the end of an erase block; the kernel is filled up to one with 0xff,
 * and the root file system is behind it.
 *
 * An address that is given counts as the number that Perl makes of its text: 0x80010000 is 0.
 * Source: OpenWrt's scripts/brcmImage.pl. imagetag's row recognises what it makes.
 */
#include "digest/digest.h"
#include "firmware/internal.h"

#include <inttypes.h>

enum { TAG = 256, IMAGE_CRC = 216, TAG_CRC = 236, CFE = 0x10000, GOTO = 12, KERNEL_HEAD = 12 };

struct job {
	struct firmware_run *run;
	struct tool_options o;
	struct blob *kernel, *rootfs;
	uint64_t load, entry, flash, dual, block; /* block: of the flash, bytes */
};

static uint64_t to_block(const struct job *j, uint64_t n)
{
	return (j->block - n % j->block) % j->block;
}

static void put_kernel_head(struct job *j)
{
	struct blob *all;
	unsigned char h[KERNEL_HEAD];

	put_be32(h, (uint32_t)j->load);
	put_be32(h + 4, (uint32_t)j->entry);
	put_be32(h + 8, (uint32_t)blob_size(j->kernel));
	all = blob_copy(h, KERNEL_HEAD);
	firmware_join(&all, j->kernel);
	j->kernel = all;
}

static void kernel_first(struct job *j)
{
	uint64_t root = blob_size(j->rootfs);
	unsigned char h[GOTO] = "gOtO";

	firmware_join(&j->kernel,
		      blob_run(0xff, to_block(j, blob_size(j->kernel) + TAG + GOTO)));
	put_be32(h + 4, (uint32_t)blob_size(j->kernel) + GOTO);
	put_be32(h + 8, (uint32_t)(root + to_block(j, root)));
	firmware_join(&j->kernel, j->rootfs);
	j->rootfs = blob_copy(h, GOTO);
}

static struct str number(struct job *j, uint64_t n)
{
	return str_fmt(j->run->mem, "%" PRIu64, n);
}

static void put_tag(struct job *j, unsigned char *h, uint64_t root_at, const struct blob *image)
{
	uint64_t root = blob_size(j->rootfs);
	const struct { size_t at, room; struct str text; } fields[] = {
		{0, 4, S("6")}, {4, 20, S("LinuxInside")}, {24, 14, S("ver. 2.0")},
		{38, 6, j->o.value['c']}, {44, 16, j->o.value['b']},
		{60, 2, j->o.value['l'].p ? S("0") : S("1")},
		{62, 10, number(j, blob_size(image))}, {72, 12, S("0")}, {84, 10, S("0")},
		{94, 12, number(j, root ? root_at : 0)}, {106, 10, number(j, root)},
		{116, 12, number(j, root_at + root)}, {128, 10, number(j, blob_size(j->kernel))},
		{138, 2, j->dual == 2 ? S("1") : S("0")},
	};

	memset(h, 0, TAG);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		tool_put_text(h + fields[i].at, fields[i].room, fields[i].text);
	put_be32(h + IMAGE_CRC, ~digest_crc32_blob(0, image));
	put_be32(h + TAG_CRC, ~digest_crc32(0, h, TAG_CRC));
}

static void say(struct job *j, const char *name, uint64_t at, uint64_t n)
{
	buf_fmt(j->run->out, "%s at 0x%" PRIx64 " length 0x%" PRIx64 "(%" PRIu64 ")\n", name, at, n,
		n);
}

static int make(struct job *j)
{
	uint64_t at = CFE + TAG + j->flash, root = blob_size(j->rootfs);
	struct blob *image = blob_ref(j->rootfs);
	unsigned char h[TAG];

	firmware_join(&image, blob_ref(j->kernel));
	put_tag(j, h, at, image);
	if (python_write_behind(j->run, j->o.value['o'], h, TAG, image) != 0)
		return -1;
	if (j->o.value['v'].p) {
		say(j, "kernel", at + root, blob_size(j->kernel));
		say(j, "rootfs", root ? at : 0, root);
	}
	return 0;
}

static bool take(struct job *j, char letter, uint64_t otherwise, uint64_t *to)
{
	struct str text = j->o.value[(unsigned char)letter];

	*to = otherwise;
	return !text.p || perl_number(text, to);
}

static bool read_words(struct job *j)
{
	struct str *value = j->o.value;

	if (!perl_options(j->run, "r:k:o:lc:b:s:f:i:a:e:tpv", &j->o))
		return false;
	if (!value['o'].p)
		value['o'] = S("bcm963xx_fs_kernel");
	if (!value['b'].p)
		value['b'] = S("OpenWrt");
	if (!value['c'].p)
		value['c'] = S("6348");
	/* no value is a usage text, and so is the text of a number that is 0 */
	if (!perl_plain(value['k']) || !perl_plain(value['r']) || !perl_plain(value['o']) ||
	    str_is(value['k'], "0") || str_is(value['r'], "0"))
		return false;
	if (!take(j, 'a', 0x80010000, &j->load) || !take(j, 'e', 0x80010000, &j->entry) ||
	    !take(j, 'f', 0xbfc00000, &j->flash) || !take(j, 'i', 2, &j->dual) ||
	    !take(j, 's', 64, &j->block))
		return false;
	j->block *= 1024;
	return j->block || !value['p'].p;
}

static int brcm_image_write(struct firmware_run *run)
{
	struct job j = {.run = run};
	int status = -1;

	if (!read_words(&j))
		return -1;
	j.kernel = python_read(run, j.o.value['k']);
	j.rootfs = j.kernel ? python_read(run, j.o.value['r']) : NULL;
	if (j.kernel && j.rootfs) {
		if (j.o.value['t'].p)
			put_kernel_head(&j);
		if (j.o.value['p'].p)
			kernel_first(&j);
		status = make(&j);
	}
	blob_unref(j.kernel);
	blob_unref(j.rootfs);
	return status;
}

static const char *const texts[] = {
	/* 18.06 to main of 2026 */
	"b8823d9c998ccfee57abc300cbb57c8ac7c4d19d2b47080a0f0a28ad5a051590",
	"613d47a09da6ed1044a9520922df5d6ac596214f558387c8a7500b79c81d8eca", /* 12.09 to 15.05 */
	NULL,
};

const struct firmware firmware_brcm_image = {
	.name = "brcmImage",
	.script = "brcmImage.pl",
	.texts = texts,
	.help = "brcmImage -k KERNEL -r ROOTFS [-o FILE] [-b BOARD] [-c CHIP] [-tplv]\n"
		"  [-s KIB] [-f FLASH] [-i 1|2] [-a LOAD] [-e ENTRY]\n",
	.write = brcm_image_write,
};
