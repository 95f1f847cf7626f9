/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mktplinkfw: TP-Link image with a v1 header (512 bytes, numbers big endian).
 *
 * 0x000   4  version: 0x01000000 or 0x02000000 (-m)
 * 0x004  24  vendor (-N)
 * 0x01c  36  image version (-V)
 * 0x040   4  hardware id (-H)
 * 0x044   4  hardware revision (-W)
 * 0x048   4  region code (-C)
 * 0x04c  16  MD5 of the whole image with a salt here; NULs in a combined image (-c)
 * 0x05c   4  0
 * 0x060  16  second MD5, 0
 * 0x070   4  0
 * 0x074   4  kernel load address	0x078 4 kernel entry point
 * 0x07c   4  size of the flash layout; 0 in a combined image
 * 0x080   4  kernel offset (512)	0x084 4 kernel size
 * 0x088   4  rootfs offset		0x08c 4 rootfs size
 * 0x090   4  boot loader offset	0x094 4 boot loader size
 * 0x098   6  version: three 16-bit numbers (-v)
 * 0x120  32  region "00000000;55530000;"	0x140 32 "55530000"
 *
 * 0x04c to 0x097 are the block that v2 has, too (tplink.h). Then the kernel, and at its offset the
 * root file system (tplink.c). Source: firmware-utils.
 */
#include "firmware/tplink.h"

#include <stdio.h>
#include <string.h>

enum {
	VENDOR = 0x04, VENDOR_SIZE = 24, VERSION = 0x1c, VERSION_SIZE = 36, HARDWARE = 0x40,
	REVISION = 0x44, REGION = 0x48, BLOCK = 0x4c, NUMBERS = 0x98, REGION1 = 0x120,
	REGION2 = 0x140,
};

static const struct tplink_layout layouts[] = {
	{"4M", 0x3c0000, 0x80060000, 0x80060000, 0x140000},
	{"4Mlzma", 0x3c0000, 0x80060000, 0x80060000, 0x100000},
	{"8M", 0x7c0000, 0x80060000, 0x80060000, 0x140000},
	{"8Mlzma", 0x7c0000, 0x80060000, 0x80060000, 0x100000},
	{"8Mmtk", 0x7c0000, 0x80000000, 0x8000c310, 0x100000},
	{"16M", 0xf80000, 0x80060000, 0x80060000, 0x140000},
	{"16Mlzma", 0xf80000, 0x80060000, 0x80060000, 0x100000},
	{"16Mppc", 0xf80000, 0x00000000, 0xc0000000, 0x2a0000},
	{NULL, 0, 0, 0, 0},
};

static const struct tplink_format format = {
	.block = BLOCK,
	.salt = {0xdc, 0xd7, 0x3a, 0xa5, 0xc3, 0x95, 0x98, 0xfb,
		 0xdd, 0xf9, 0xe7, 0xf4, 0x0e, 0xae, 0x47, 0x38},
	/* Images that carry a boot loader; the tool reads them but makes none. */
	.boot_salt = {0x8c, 0xef, 0x33, 0x5b, 0xd5, 0xc5, 0xce, 0xfa,
		      0xa7, 0x9c, 0x28, 0xda, 0xb2, 0xe9, 0x0f, 0x42},
	.layouts = layouts,
};

static const struct region {
	const char *name;
	uint32_t code;
} regions[] = {{"US", 1}, {"EU", 0}, {"BR", 0}};

static const struct opt options[] = {
	{'a', NULL, OPT_VALUE, "SIZE  align the rootfs (0x...)"},
	{'c', NULL, OPT_NONE, "combined kernel image, no rootfs"},
	{'C', NULL, OPT_VALUE, "COUNTRY  region"},
	{'e', NULL, OPT_NONE, "swap load address and entry point"},
	{'E', NULL, OPT_VALUE, "ADDR  kernel entry point (0x...)"},
	{'F', NULL, OPT_VALUE, "LAYOUT  flash layout"},
	{'H', NULL, OPT_VALUE, "ID  hardware id"},
	{'i', NULL, OPT_VALUE, "FILE  inspect an image"},
	{'j', NULL, OPT_NONE, "add JFFS2 end markers"},
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{'L', NULL, OPT_VALUE, "ADDR  kernel load address (0x...)"},
	{'m', NULL, OPT_VALUE, "N  header version 1 or 2"},
	{'N', NULL, OPT_VALUE, "VENDOR  vendor name"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'O', NULL, OPT_NONE, "compute the rootfs offset of a combined image"},
	{'r', NULL, OPT_VALUE, "FILE  rootfs"},
	{'R', NULL, OPT_VALUE, "OFFSET  of the rootfs (0x...)"},
	{'s', NULL, OPT_NONE, "no padding at the end"},
	{'v', NULL, OPT_VALUE, "A.B.C  firmware version"},
	{'V', NULL, OPT_VALUE, "VERSION  image version"},
	{'W', NULL, OPT_VALUE, "REV  hardware revision"},
	{'x', NULL, OPT_NONE, "extract kernel and rootfs (with -i)"},
	{'X', NULL, OPT_VALUE, "SIZE  reserve bytes (0x...)"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct tplink t;
	struct str vendor, country;
	unsigned header_version;
	const struct region *region; /* NULL: none given */
	bool rootfs_behind_kernel;
};

/* --- options --- */

static void take(struct job *j, int id, struct str value)
{
	struct arena *mem = j->t.run->mem;

	switch (id) {
	case 'C': j->country = value; break;
	case 'm': sscanf(str_cz(mem, value), "%u", &j->header_version); break;
	case 'N': j->vendor = value; break;
	case 'O': j->rootfs_behind_kernel = true; break;
	case 'X': tplink_hex(mem, value, &j->t.reserved); break;
	default: tplink_take(&j->t, id, value);
	}
}

static int find_region(struct job *j)
{
	j->region = tool_find(regions, j->country);
	return j->region ? 0 : tplink_fail(j->t.run, "unknown region code \"%.*s\"",
					   STR_ARG(j->country));
}

/* A combined image has no layout. */
static int apply_layout(struct tplink *t)
{
	int err;

	if (t->combined && (!t->load || !t->entry))
		return tplink_fail(t->run, "kernel loading address and entry point must be"
				   " specified for combined image");
	if (t->combined)
		return 0;
	err = tplink_apply_layout(t);
	if (!err && t->reserved > t->layout->size)
		err = tplink_fail(t->run, "reserved space is not valid");
	return err;
}

/* In the tool's order, which decides what is complained about. */
static int check_options(struct job *j)
{
	struct tplink *t = &j->t;
	int err;

	if (!t->hardware.p)
		return tplink_fail(t->run, "hardware id not specified");
	if (!t->combined && !t->layout_id.p)
		return tplink_fail(t->run, "flash layout is not specified");
	if (j->country.p && (err = find_region(j)) != 0)
		return err;
	if ((err = apply_layout(t)) != 0 || (err = tplink_read_inputs(t)) != 0 ||
	    (err = tplink_check_version(t)) != 0)
		return err;
	if (j->header_version != 1 && j->header_version != 2)
		return tplink_fail(t->run, "invalid header version '%u'", j->header_version);
	return 0;
}

/* --- write --- */

static void put_region(const struct job *j, unsigned char *h)
{
	char name[4] = {0}, text[32];

	memcpy(name, j->region->name, strlen(j->region->name));
	put_be32(h + REGION, j->region->code);
	snprintf(text, sizeof(text), "%02X%02X%02X%02X", name[0], name[1], name[2], name[3]);
	tool_put_text(h + REGION2, sizeof(text), str_z(text));
	snprintf(text, sizeof(text), "00000000;%02X%02X%02X%02X;", name[0], name[1], name[2],
		 name[3]);
	tool_put_text(h + REGION1, sizeof(text), str_z(text));
}

static void fill_header(const struct job *j, unsigned char *h)
{
	const struct tplink *t = &j->t;
	struct arena *mem = t->run->mem;

	memset(h, 0, TPLINK_HEADER);
	put_be32(h, j->header_version << 24);
	tool_put_text(h + VENDOR, VENDOR_SIZE, j->vendor);
	tool_put_text(h + VERSION, VERSION_SIZE, t->version);
	put_be32(h + HARDWARE, tplink_number(mem, t->hardware));
	put_be32(h + REVISION, t->revision.p ? tplink_number(mem, t->revision) : 1);
	tplink_put_block(t, h);
	if (t->combined && j->rootfs_behind_kernel)
		put_be32(h + BLOCK + TPLINK_ROOTFS_AT,
			 TPLINK_HEADER + (uint32_t)blob_size(t->kernel));
	for (size_t i = 0; i < 3; i++)
		put_be16(h + NUMBERS + 2 * i, (uint16_t)t->number[i]);
	if (j->region)
		put_region(j, h);
}

/* --- inspect --- */

static struct str header_text(const unsigned char *h, size_t at, size_t room)
{
	return (struct str){(const char *)h + at, strnlen((const char *)h + at, room)};
}

static void print_header(const struct tplink *t, const unsigned char *h)
{
	struct buf *out = t->run->out;

	tplink_print_text(out, "Vendor name", header_text(h, VENDOR, VENDOR_SIZE + VERSION_SIZE));
	tplink_print_text(out, "Firmware version", header_text(h, VERSION, VERSION_SIZE));
	tplink_print_hex(out, "Hardware ID", get_be32(h + HARDWARE));
	tplink_print_hex(out, "Hardware Revision", get_be32(h + REVISION));
	tplink_print_hex(out, "Region code", get_be32(h + REGION));
	buf_char(out, '\n');
	tplink_print_places(t, h);
}

static bool has_version(const unsigned char *h)
{
	return get_be32(h) == 0x01000000 || get_be32(h) == 0x02000000;
}

static int print_image(struct tplink *t, struct str image)
{
	const unsigned char *h = (const unsigned char *)image.p,
			    *unknown3 = h + BLOCK + TPLINK_UNKNOWN3;
	struct buf *out = t->run->out;

	tplink_print_text(out, "File name", t->inspect);
	tplink_print_size(out, "File size", (uint32_t)image.n);
	if (image.n < TPLINK_HEADER || !has_version(h)) {
		tplink_fail(t->run, "file does not seem to have V1/V2 header!\n");
		return 0; /* as the tool */
	}
	tplink_print_size(out, "Version 1 Header size", TPLINK_HEADER);
	tplink_print_digests(t, image);
	/* The tool does not turn its bytes round. */
	if (get_be32(unknown3))
		tplink_print_size(out, "Unknown value 3", get_le32(unknown3));
	buf_char(out, '\n');
	print_header(t, h);
	if (t->extract)
		tplink_extract(t, image);
	return 0;
}

static int inspect(struct tplink *t)
{
	struct blob *b = tplink_read(t->run, t->inspect);
	int status;

	if (!b)
		return TPLINK_ERROR;
	status = print_image(t, blob_flat(t->run->mem, b));
	blob_unref(b);
	return status;
}

static int build(struct job *j)
{
	unsigned char header[TPLINK_HEADER];
	int status = check_options(j);

	if (!status) {
		fill_header(j, header);
		status = tplink_finish(&j->t, header);
	}
	tplink_free(&j->t);
	return status;
}

static int mktplinkfw_run(struct firmware_run *run)
{
	struct job j = {.t = {.run = run, .format = &format, .kernel_too_big = "kernel image is",
			      .rootfs_too_big = "rootfs image is", .version = S("ver. 1.0"),
			      .numbers = S("0.0.0")},
			.vendor = S("TP-LINK Technologies"), .header_version = 1};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		take(&j, id, o.value);
	}
	if (j.t.inspect.p)
		return inspect(&j.t);
	if (j.t.extract)
		return tplink_fail(run, "no firmware for inspection specified");
	return build(&j);
}

/* --- check --- */

static bool is_zero(const unsigned char *p, size_t n)
{
	while (n--) {
		if (*p++)
			return false;
	}
	return true;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p, *p = h + BLOCK;

	if (image.n < TPLINK_HEADER || !has_version(h) ||
	    get_be32(p + TPLINK_KERNEL_AT) != TPLINK_HEADER)
		return false;
	v->extent = TPLINK_HEADER;
	tplink_check_place(v, "kernel", p + TPLINK_KERNEL_AT);
	tplink_check_place(v, "rootfs", p + TPLINK_ROOTFS_AT);
	if (is_zero(p + TPLINK_DIGEST, 16))
		firmware_good(v, "kernel header, without a digest");
	else
		tplink_check_digest(v, &format);
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str vendor = firmware_text(v, h + VENDOR, VENDOR_SIZE);
	struct str version = firmware_text(v, h + VERSION, VERSION_SIZE);
	struct str region = firmware_text(v, h + REGION1, 32);

	firmware_put_field(v, "vendor", "%.*s", STR_ARG(vendor));
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
	firmware_put_field(v, "hardware id", "0x%08x", get_be32(h + HARDWARE));
	firmware_put_field(v, "hardware revision", "0x%08x", get_be32(h + REVISION));
	firmware_put_field(v, "region", "%u %.*s", get_be32(h + REGION), STR_ARG(region));
	tplink_show_places(v, h + BLOCK);
}

static void parts(struct firmware_view *v)
{
	tplink_put_parts(v, (const unsigned char *)firmware_bytes(v).p + BLOCK);
}

/* Until June 2018 the root file system and JFFS2's marks had other places. */
static const struct firmware_mark since[] = {
    {.text = "calculate rootfs offset for combined images"},
    {0},
};

const struct firmware firmware_mktplinkfw = {
    .name = "mktplinkfw",
    .format = "TP-Link v1 image",
    .help = "mktplinkfw -H ID -F LAYOUT -k KERNEL -r ROOTFS -o FILE: make a TP-Link v1 image\n"
	    "mktplinkfw -c -H ID -L ADDR -E ADDR -k KERNEL -o FILE: put a header on a kernel\n"
	    "mktplinkfw -i FILE [-x]: inspect an image\n",
    .write = mktplinkfw_run,
    .since = since,
    .named = "FC",
    .check = check,
    .show = show,
    .pure = true,
    .strong = true,
    .header = true,
    .parts = parts,
};
