/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mktplinkfw2: TP-Link image with a v2 or v3 header (512 bytes, numbers big endian but for the
 * version; what is not listed is 0xff).
 *
 * 0x00   4  header version (-T), little endian
 * 0x04  48  image version (-V), always terminated
 * 0x34   4  hardware id (-H)		0x38 4 hardware revision (-W)
 * 0x3c   4  additional hardware version (-w)
 * 0x40  16  MD5 of the whole image with a salt here
 * 0x50   4  0
 * 0x68   4  kernel load address	0x6c 4 kernel entry point (-e: little endian)
 * 0x70   4  size of the flash layout
 * 0x74   4  kernel offset (512)	0x78 4 kernel size
 * 0x7c   4  rootfs offset		0x80 4 rootfs size
 * 0x84   4  boot loader offset		0x88 4 boot loader size
 * 0x8c   2  0x55aa
 * 0x8e   2  second version (-y)	0x90 1 0xa5	0x91 3 version (-v)
 *
 * 0x54  16  another MD5, not used
 *
 * Then kernel and root file system (tplink.c). Images with a boot loader (-b) are not made here.
 * Source: firmware-utils.
 */
#include "firmware/tplink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	VERSION = 0x04, VERSION_SIZE = 48, HARDWARE = 0x34, REVISION = 0x38, REVISION2 = 0x3c,
	BLOCK = 0x40, MARK = 0x8c, SECOND = 0x8e, MARK2 = 0x90, FIRST = 0x91,
};

static const struct tplink_layout layouts[] = {
	{"4Mmtk", 0x3c0000, 0x80000000, 0x80000000, 0x140000},
	{"4MLmtk", 0x3d0000, 0x80000000, 0x80000000, 0x140000},
	{"8Mltq", 0x7a0000, 0x80002000, 0x80002000, 0x140000},
	{"16Mltq", 0xf90000, 0x80002000, 0x800061b0, 0x140000},
	{"8Mmtk", 0x7a0000, 0x80000000, 0x80000000, 0x140000},
	{"16MLmtk", 0xe90000, 0x80000000, 0x80000000, 0x140000},
	{"16Mmtk", 0xfa0000, 0x80000000, 0x80000000, 0x140000},
	{"8MSUmtk", 0x770000, 0x80000000, 0x80000000, 0x140000},
	{"8MLmtk", 0x7b0000, 0x80000000, 0x80000000, 0x140000},
	{"8Mqca", 0x7a0000, 0x80060000, 0x80060000, 0x140000},
	{"16Mqca", 0xf90000, 0x80060000, 0x80060000, 0x140000},
	{NULL, 0, 0, 0, 0},
};

static const struct tplink_format format = {
	.block = BLOCK,
	.salt = {0xdc, 0xd7, 0x3a, 0xa5, 0xc3, 0x95, 0x98, 0xfb,
		 0xdc, 0xf9, 0xe7, 0xf4, 0x0e, 0xae, 0x47, 0x37},
	.boot_salt = {0x8c, 0xef, 0x33, 0x5f, 0xd5, 0xc5, 0xce, 0xfa,
		      0xac, 0x9c, 0x28, 0xda, 0xb2, 0xe9, 0x0f, 0x42},
	.layouts = layouts,
};

static const struct opt options[] = {
	{'a', NULL, OPT_VALUE, "SIZE  align the rootfs (0x...)"},
	{'c', NULL, OPT_NONE, "combined kernel image, no rootfs"},
	{'e', NULL, OPT_NONE, "little-endian load address and entry point"},
	{'E', NULL, OPT_VALUE, "ADDR  kernel entry point (0x...)"},
	{'F', NULL, OPT_VALUE, "LAYOUT  flash layout"},
	{'H', NULL, OPT_VALUE, "ID  hardware id"},
	{'i', NULL, OPT_VALUE, "FILE  inspect an image"},
	{'j', NULL, OPT_NONE, "add JFFS2 end markers"},
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{'L', NULL, OPT_VALUE, "ADDR  kernel load address (0x...)"},
	{'N', NULL, OPT_VALUE, "VENDOR  not used"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'r', NULL, OPT_VALUE, "FILE  rootfs"},
	{'R', NULL, OPT_VALUE, "OFFSET  of the rootfs (0x...)"},
	{'s', NULL, OPT_NONE, "no padding at the end"},
	{'T', NULL, OPT_VALUE, "N  header version (2)"},
	{'v', NULL, OPT_VALUE, "A.B.C  firmware version"},
	{'V', NULL, OPT_VALUE, "VERSION  image version"},
	{'w', NULL, OPT_VALUE, "N  additional hardware version"},
	{'W', NULL, OPT_VALUE, "REV  hardware revision"},
	{'x', NULL, OPT_NONE, "extract kernel and rootfs (with -i)"},
	{'y', NULL, OPT_VALUE, "A.B  second version"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct tplink t;
	struct str second, revision2;
	uint32_t header_version;
	int number2[2];
};

static void take(struct job *j, int id, struct str value)
{
	switch (id) {
	case 'T': j->header_version = (uint32_t)atoi(str_cz(j->t.run->mem, value)); break;
	case 'w': j->revision2 = value; break;
	case 'y': j->second = value; break;
	default: tplink_take(&j->t, id, value);
	}
}

/* In the tool's order, which decides what is complained about. */
static int check_options(struct job *j)
{
	struct tplink *t = &j->t;
	int err;

	if (!t->hardware.p)
		return tplink_fail(t->run, "hardware id must be specified");
	if (!t->layout_id.p)
		return tplink_fail(t->run, "flash layout is not specified");
	if ((err = tplink_apply_layout(t)) != 0 || (err = tplink_read_inputs(t)) != 0 ||
	    (err = tplink_check_version(t)) != 0)
		return err;
	if (sscanf(str_cz(t->run->mem, j->second), "%d.%d", &j->number2[0], &j->number2[1]) != 2)
		return tplink_fail(t->run, "invalid secondary version '%.*s'", STR_ARG(j->second));
	return 0;
}

static void put_numbers(const struct job *j, unsigned char *h)
{
	const struct tplink *t = &j->t;
	struct arena *mem = t->run->mem;

	put_le32(h, j->header_version);
	put_be32(h + HARDWARE, tplink_number(mem, t->hardware));
	put_be32(h + REVISION, t->revision.p ? tplink_number(mem, t->revision) : 1);
	put_be32(h + REVISION2, j->revision2.p ? tplink_number(mem, j->revision2) : 0);
	put_be16(h + MARK, 0x55aa);
	h[MARK2] = 0xa5;
	for (size_t i = 0; i < 2; i++)
		h[SECOND + i] = (unsigned char)j->number2[i];
	for (size_t i = 0; i < 3; i++)
		h[FIRST + i] = (unsigned char)t->number[i];
}

static void fill_header(const struct job *j, unsigned char *h)
{
	struct str version = str_sub(j->t.version, 0, VERSION_SIZE - 1);

	memset(h, 0xff, TPLINK_HEADER);
	put_numbers(j, h);
	/* The rest of the field stays 0xff. */
	tool_put_text(h + VERSION, version.n + 1, version);
	tplink_put_block(&j->t, h);
}

/* --- inspect --- */

static void print_header(const struct tplink *t, const unsigned char *h)
{
	struct buf *out = t->run->out;

	tplink_print_text(out, "Firmware version", str_z((const char *)h + VERSION));
	tplink_print_hex(out, "Hardware ID", get_be32(h + HARDWARE));
	tplink_print_hex(out, "Hardware Revision", get_be32(h + REVISION));
	tplink_print_hex(out, "Additional HW Version", get_be32(h + REVISION2));
	buf_fmt(out, "%-23s: %d.%d.%d-%d.%d\n\n", "Software version", h[FIRST], h[FIRST + 1],
		h[FIRST + 2], h[SECOND], h[SECOND + 1]);
	tplink_print_places(t, h);
}

/* What is not as in each image; the tool prints it without turning its bytes round. */
static void print_unknown(struct buf *out, const unsigned char *h)
{
	const unsigned char *unknown3 = h + BLOCK + TPLINK_UNKNOWN3;

	if (get_be32(unknown3) != UINT32_MAX)
		tplink_print_size(out, "Unknown value 3", get_le32(unknown3));
	if (get_be16(h + MARK) != 0x55aa)
		tplink_print_size(out, "Unknown value 4", get_le16(h + MARK));
	if (h[MARK2] != 0xa5)
		tplink_print_size(out, "Unknown value 5", h[MARK2]);
	buf_char(out, '\n');
}

static void swap_addresses(unsigned char *h)
{
	unsigned char *p = h + BLOCK;

	put_be32(p + TPLINK_LOAD, get_le32(p + TPLINK_LOAD));
	put_be32(p + TPLINK_ENTRY, get_le32(p + TPLINK_ENTRY));
}

/* Is there a part, of the place and then the size at P, all in IMAGE? */
static bool has_part(struct str image, const unsigned char *p)
{
	return get_be32(p + 4) && (uint64_t)get_be32(p) + get_be32(p + 4) <= image.n;
}

/* Not where the tool reads what is not there, or writes what it has no room for. */
static bool is_sound(const struct tplink *t, struct str image)
{
	const unsigned char *h = (const unsigned char *)image.p, *p = h + BLOCK;

	return image.n >= TPLINK_HEADER && memchr(h + VERSION, 0, VERSION_SIZE) &&
	       (!t->extract ||
		(!get_be32(p + TPLINK_BOOT_SIZE) && has_part(image, p + TPLINK_KERNEL_AT) &&
		 has_part(image, p + TPLINK_ROOTFS_AT)));
}

static bool has_version(const unsigned char *h)
{
	return get_le32(h) == 2 || get_le32(h) == 3;
}

/* H: IMAGE's bytes, which -e changes. */
static int print_image(struct tplink *t, struct str image, unsigned char *h)
{
	struct buf *out = t->run->out;

	tplink_print_text(out, "File name", t->inspect);
	tplink_print_size(out, "File size", (uint32_t)image.n);
	if (!has_version(h)) {
		tplink_fail(t->run, "file does not seem to have V2/V3 header!\n");
		return 0; /* as the tool */
	}
	if (!is_sound(t, image))
		return -1;
	if (t->little)
		swap_addresses(h);
	tplink_print_size(out, "Version 2 Header size", TPLINK_HEADER);
	tplink_print_digests(t, image);
	print_unknown(out, h);
	print_header(t, h);
	if (t->extract)
		tplink_extract(t, image);
	return 0;
}

static int inspect(struct tplink *t)
{
	struct blob *b = NULL;
	int err = tool_read(t->run, t->inspect, ": ", "", &b);
	unsigned char *p;
	size_t n;

	if (err)
		return err > 0 ? TPLINK_ERROR : -1;
	n = blob_size(b);
	/* The addresses may change their bytes. */
	p = arena_alloc(t->run->mem, n + 1);
	blob_read(b, 0, p, n);
	blob_unref(b);
	return n < TPLINK_HEADER ? -1 : print_image(t, (struct str){(char *)p, n}, p);
}

static int mktplinkfw2_run(struct firmware_run *run)
{
	struct job j = {.t = {.run = run, .format = &format, .kernel_too_big = "images are",
			      .rootfs_too_big = "images are", .version = S("ver. 1.0"),
			      .numbers = S("0.0.0")},
			.second = S("1.0"), .header_version = 2};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	unsigned char header[TPLINK_HEADER];
	int id, status;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		take(&j, id, o.value);
	}
	if (j.t.inspect.p)
		return inspect(&j.t);
	if (j.t.extract)
		return tplink_fail(run, "no firmware for inspection specified");
	status = check_options(&j);
	if (!status) {
		fill_header(&j, header);
		status = tplink_finish(&j.t, header);
	}
	tplink_free(&j.t);
	return status;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;

	if (image.n < TPLINK_HEADER || !has_version(h) || get_be16(h + MARK) != 0x55aa ||
	    h[MARK2] != 0xa5)
		return false;
	v->extent = TPLINK_HEADER;
	tplink_check_place(v, "kernel", h + BLOCK + TPLINK_KERNEL_AT);
	tplink_check_digest(v, &format);
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str version = firmware_text(v, h + VERSION, VERSION_SIZE);

	firmware_put_field(v, "header version", "%u", get_le32(h));
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
	firmware_put_field(v, "software version", "%d.%d.%d-%d.%d", h[FIRST], h[FIRST + 1],
			   h[FIRST + 2], h[SECOND], h[SECOND + 1]);
	firmware_put_field(v, "hardware id", "0x%08x", get_be32(h + HARDWARE));
	firmware_put_field(v, "hardware revision", "0x%08x", get_be32(h + REVISION));
	tplink_show_places(v, h + BLOCK);
}

static void parts(struct firmware_view *v)
{
	tplink_put_parts(v, (const unsigned char *)firmware_bytes(v).p + BLOCK);
}

/* Until December 2017 the root file system and JFFS2's marks had other places. */
static const struct firmware_mark since[] = {
    {.text = "rootfs offset aligned to 0x"},
    {.beside = "mkdlinkfw"},
    {0},
};

const struct firmware firmware_mktplinkfw2 = {
    .name = "mktplinkfw2",
    .format = "TP-Link v2 image",
    .help =
	"mktplinkfw2 -H ID -F LAYOUT -k KERNEL (-r ROOTFS|-c) -o FILE: make a TP-Link v2 image\n"
	"mktplinkfw2 -i FILE [-x]: inspect one, extract its parts\n",
    .write = mktplinkfw2_run,
    .since = since,
    .named = "F",
    .check = check,
    .show = show,
    .pure = true,
    .strong = true,
    .header = true,
    .parts = parts,
};
