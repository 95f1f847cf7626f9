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
 * Then the kernel, and at its offset the root file system (tplink.c). Source: firmware-utils.
 */
#include "firmware/tplink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	VENDOR = 0x04, VENDOR_SIZE = 24, VERSION = 0x1c, VERSION_SIZE = 36,
	HARDWARE = 0x40, REVISION = 0x44, REGION = 0x48, DIGEST = 0x4c, UNKNOWN2 = 0x5c,
	DIGEST2 = 0x60, UNKNOWN3 = 0x70, LOAD = 0x74, ENTRY = 0x78, TOTAL = 0x7c,
	KERNEL_AT = 0x80, KERNEL_SIZE = 0x84, ROOTFS_AT = 0x88, ROOTFS_SIZE = 0x8c,
	BOOT_AT = 0x90, BOOT_SIZE = 0x94, NUMBERS = 0x98, REGION1 = 0x120, REGION2 = 0x140,
};

static const unsigned char salt_normal[16] = {
	0xdc, 0xd7, 0x3a, 0xa5, 0xc3, 0x95, 0x98, 0xfb,
	0xdd, 0xf9, 0xe7, 0xf4, 0x0e, 0xae, 0x47, 0x38,
};
/* Images that carry a boot loader; the tool reads them but makes none. */
static const unsigned char salt_boot[16] = {
	0x8c, 0xef, 0x33, 0x5b, 0xd5, 0xc5, 0xce, 0xfa,
	0xa7, 0x9c, 0x28, 0xda, 0xb2, 0xe9, 0x0f, 0x42,
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
	struct str out, kernel, rootfs, inspect;
	struct str vendor, version, numbers, layout, hardware, revision, country;
	uint32_t load, entry;
	unsigned header_version;
	int number[3];
	const struct region *region;
	bool combined, extract, swap, rootfs_behind_kernel;
};

/* --- options --- */

static void take_text(struct job *j, int id, struct str value)
{
	switch (id) {
	case 'C': j->country = value; break;
	case 'F': j->layout = value; break;
	case 'H': j->hardware = value; break;
	case 'i': j->inspect = value; break;
	case 'k': j->kernel = value; break;
	case 'N': j->vendor = value; break;
	case 'o': j->out = value; break;
	case 'r': j->rootfs = value; break;
	case 'v': j->numbers = value; break;
	case 'V': j->version = value; break;
	case 'W': j->revision = value; break;
	default: break;
	}
}

static void take(struct job *j, int id, struct str value)
{
	struct arena *mem = j->t.run->mem;

	switch (id) {
	case 'a': tplink_hex(mem, value, &j->t.rootfs_align); break;
	case 'c': j->combined = true; break;
	case 'e': j->swap = true; break;
	case 'E': tplink_hex(mem, value, &j->entry); break;
	case 'j': j->t.marks = true; break;
	case 'L': tplink_hex(mem, value, &j->load); break;
	case 'm': sscanf(str_cz(mem, value), "%u", &j->header_version); break;
	case 'O': j->rootfs_behind_kernel = true; break;
	case 'R': tplink_hex(mem, value, &j->t.rootfs_at); break;
	case 's': j->t.strip = true; break;
	case 'x': j->extract = true; break;
	case 'X': tplink_hex(mem, value, &j->t.reserved); break;
	default: take_text(j, id, value);
	}
}

static int find_region(struct job *j)
{
	for (size_t i = 0; i < sizeof(regions) / sizeof(*regions); i++) {
		if (strcasecmp(str_cz(j->t.run->mem, j->country), regions[i].name) == 0) {
			j->region = &regions[i];
			return 0;
		}
	}
	return tplink_fail(j->t.run, "unknown region code \"%.*s\"", STR_ARG(j->country));
}

static int apply_layout(struct job *j)
{
	struct firmware_run *run = j->t.run;

	if (j->combined && (!j->load || !j->entry))
		return tplink_fail(run, "kernel loading address and entry point must be specified"
				   " for combined image");
	if (j->combined)
		return 0;
	j->t.layout = tplink_find_layout(layouts, j->layout);
	if (!j->t.layout)
		return tplink_fail(run, "unknown flash layout \"%.*s\"", STR_ARG(j->layout));
	if (!j->load)
		j->load = j->t.layout->load;
	if (!j->entry)
		j->entry = j->t.layout->entry;
	if (!j->t.rootfs_at)
		j->t.rootfs_at = j->t.layout->rootfs;
	if (j->t.reserved > j->t.layout->size)
		return tplink_fail(run, "reserved space is not valid");
	return 0;
}

static int read_inputs(struct job *j)
{
	struct firmware_run *run = j->t.run;

	if (!j->kernel.p)
		return tplink_fail(run, "no kernel image specified");
	j->t.kernel = tplink_read(run, j->kernel);
	if (!j->t.kernel)
		return TPLINK_ERROR;
	if (j->combined)
		return 0;
	if (!j->rootfs.p)
		return tplink_fail(run, "no rootfs image specified");
	j->t.rootfs = tplink_read(run, j->rootfs);
	return j->t.rootfs ? tplink_place(&j->t) : TPLINK_ERROR;
}

/* In the tool's order, which decides what is complained about. */
static int check_options(struct job *j)
{
	struct firmware_run *run = j->t.run;
	int err;

	if (!j->hardware.p)
		return tplink_fail(run, "hardware id not specified");
	if (!j->combined && !j->layout.p)
		return tplink_fail(run, "flash layout is not specified");
	if (j->country.p && (err = find_region(j)) != 0)
		return err;
	if ((err = apply_layout(j)) != 0 || (err = read_inputs(j)) != 0)
		return err;
	if (!j->out.p)
		return tplink_fail(run, "no output file specified");
	if (sscanf(str_cz(run->mem, j->numbers), "%d.%d.%d", &j->number[0], &j->number[1],
		   &j->number[2]) != 3)
		return tplink_fail(run, "invalid firmware version '%.*s'", STR_ARG(j->numbers));
	if (j->header_version != 1 && j->header_version != 2)
		return tplink_fail(run, "invalid header version '%u'", j->header_version);
	return 0;
}

/* --- write --- */

static void put_text(unsigned char *p, size_t room, struct str text)
{
	if (text.n)
		memcpy(p, text.p, text.n < room ? text.n : room);
}

static void put_address(const struct job *j, unsigned char *p, uint32_t v)
{
	if (j->swap)
		put_le32(p, v);
	else
		put_be32(p, v);
}

static void put_region(const struct job *j, unsigned char *h)
{
	char name[4] = {0}, text[32];

	memcpy(name, j->region->name, strlen(j->region->name));
	put_be32(h + REGION, j->region->code);
	snprintf(text, sizeof(text), "%02X%02X%02X%02X", name[0], name[1], name[2], name[3]);
	put_text(h + REGION2, sizeof(text), str_z(text));
	snprintf(text, sizeof(text), "00000000;%02X%02X%02X%02X;", name[0], name[1], name[2],
		 name[3]);
	put_text(h + REGION1, sizeof(text), str_z(text));
}

static void fill_header(const struct job *j, unsigned char *h)
{
	struct arena *mem = j->t.run->mem;
	uint32_t kernel = (uint32_t)blob_size(j->t.kernel);

	memset(h, 0, TPLINK_HEADER);
	put_be32(h, j->header_version << 24);
	put_text(h + VENDOR, VENDOR_SIZE, j->vendor);
	put_text(h + VERSION, VERSION_SIZE, j->version);
	put_be32(h + HARDWARE, tplink_number(mem, j->hardware));
	put_be32(h + REVISION, j->revision.p ? tplink_number(mem, j->revision) : 1);
	put_address(j, h + LOAD, j->load);
	put_address(j, h + ENTRY, j->entry);
	put_be32(h + KERNEL_AT, TPLINK_HEADER);
	put_be32(h + KERNEL_SIZE, kernel);
	if (!j->combined) {
		memcpy(h + DIGEST, salt_normal, sizeof(salt_normal));
		put_be32(h + TOTAL, j->t.layout->size);
		put_be32(h + ROOTFS_AT, j->t.rootfs_at);
		put_be32(h + ROOTFS_SIZE, (uint32_t)blob_size(j->t.rootfs));
	} else if (j->rootfs_behind_kernel)
		put_be32(h + ROOTFS_AT, TPLINK_HEADER + kernel);
	for (size_t i = 0; i < 3; i++)
		put_be16(h + NUMBERS + 2 * i, (uint16_t)j->number[i]);
	if (j->region)
		put_region(j, h);
}

/* --- inspect --- */

static const unsigned char *salt_of(const unsigned char *h)
{
	return get_be32(h + BOOT_SIZE) ? salt_boot : salt_normal;
}

static struct str header_text(const unsigned char *h, size_t at, size_t room)
{
	return (struct str){(const char *)h + at, strnlen((const char *)h + at, room)};
}

static void print_header(struct buf *out, const unsigned char *h)
{
	static const struct {
		const char *label;
		size_t at;
		bool size;
	} rest[] = {
		{"Kernel data offset", KERNEL_AT, true},
		{"Kernel data length", KERNEL_SIZE, true},
		{"Kernel load address", LOAD, false},
		{"Kernel entry point", ENTRY, false},
		{"Rootfs data offset", ROOTFS_AT, true},
		{"Rootfs data length", ROOTFS_SIZE, true},
		{"Boot loader data offset", BOOT_AT, true},
		{"Boot loader data length", BOOT_SIZE, true},
		{"Total firmware length", TOTAL, true},
	};

	tplink_print_text(out, "Vendor name", header_text(h, VENDOR, VENDOR_SIZE + VERSION_SIZE));
	tplink_print_text(out, "Firmware version", header_text(h, VERSION, VERSION_SIZE));
	tplink_print_hex(out, "Hardware ID", get_be32(h + HARDWARE));
	tplink_print_hex(out, "Hardware Revision", get_be32(h + REVISION));
	tplink_print_hex(out, "Region code", get_be32(h + REGION));
	buf_char(out, '\n');
	for (size_t i = 0; i < sizeof(rest) / sizeof(*rest); i++)
		(rest[i].size ? tplink_print_size : tplink_print_hex)(out, rest[i].label,
								      get_be32(h + rest[i].at));
}

static int print_image(struct job *j, struct str image)
{
	const unsigned char *h = (const unsigned char *)image.p;
	struct buf *out = j->t.run->out;
	unsigned char digest[16];

	tplink_print_text(out, "File name", j->inspect);
	tplink_print_size(out, "File size", (uint32_t)image.n);
	if (image.n < TPLINK_HEADER ||
	    (get_be32(h) != 0x01000000 && get_be32(h) != 0x02000000)) {
		tplink_fail(j->t.run, "file does not seem to have V1/V2 header!\n");
		return 0; /* as the tool */
	}
	tplink_print_size(out, "Version 1 Header size", TPLINK_HEADER);
	tplink_digest(j->t.run->mem, image, DIGEST, salt_of(h), digest);
	tplink_print_check(out, h + DIGEST, digest);
	/* The tool prints these two without turning their bytes round. */
	if (get_be32(h + UNKNOWN2))
		tplink_print_size(out, "Unknown value 2", get_le32(h + UNKNOWN2));
	tplink_print_digest(out, "Header MD5Sum2", h + DIGEST2,
			    "(purpose yet unknown, unchecked here)");
	if (get_be32(h + UNKNOWN3))
		tplink_print_size(out, "Unknown value 3", get_le32(h + UNKNOWN3));
	buf_char(out, '\n');
	print_header(out, h);
	if (j->extract) {
		buf_char(out, '\n');
		tplink_extract(j->t.run, image, j->inspect, "kernel", get_be32(h + KERNEL_AT),
			       get_be32(h + KERNEL_SIZE));
		tplink_extract(j->t.run, image, j->inspect, "rootfs", get_be32(h + ROOTFS_AT),
			       get_be32(h + ROOTFS_SIZE));
	}
	return 0;
}

static int inspect(struct job *j)
{
	struct blob *b = tplink_read(j->t.run, j->inspect);
	int status;

	if (!b)
		return TPLINK_ERROR;
	status = print_image(j, blob_flat(j->t.run->mem, b));
	blob_unref(b);
	return status;
}

static int build(struct job *j)
{
	unsigned char header[TPLINK_HEADER];
	int status = check_options(j);

	if (!status) {
		fill_header(j, header);
		status = tplink_finish(&j->t, header, j->combined ? 0 : DIGEST, j->out);
	}
	tplink_free(&j->t);
	return status;
}

static int mktplinkfw_run(struct firmware_run *run)
{
	struct job j = {.t = {.run = run, .kernel_too_big = "kernel image is",
			      .rootfs_too_big = "rootfs image is"},
			.vendor = S("TP-LINK Technologies"), .version = S("ver. 1.0"),
			.numbers = S("0.0.0"), .header_version = 1};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		take(&j, id, o.value);
	}
	if (j.inspect.p)
		return inspect(&j);
	if (j.extract)
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

static void check_range(struct firmware_view *v, const char *what, uint32_t at, uint32_t size)
{
	size_t n = firmware_bytes(v).n;

	if ((uint64_t)at + size > n)
		firmware_bad(v, "%s at %u of %u bytes reaches out of the file of %zu bytes", what,
			     at, size, n);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), payload;
	const unsigned char *h = (const unsigned char *)image.p;
	unsigned char digest[16];

	if (image.n < TPLINK_HEADER || (get_be32(h) != 0x01000000 && get_be32(h) != 0x02000000) ||
	    get_be32(h + KERNEL_AT) != TPLINK_HEADER)
		return false;
	v->extent = TPLINK_HEADER;
	check_range(v, "kernel", get_be32(h + KERNEL_AT), get_be32(h + KERNEL_SIZE));
	check_range(v, "rootfs", get_be32(h + ROOTFS_AT), get_be32(h + ROOTFS_SIZE));
	if (is_zero(h + DIGEST, sizeof(digest))) {
		firmware_good(v, "kernel header, without a digest");
		return true;
	}
	tplink_digest(v->mem, image, DIGEST, salt_of(h), digest);
	if (memcmp(digest, h + DIGEST, sizeof(digest)) != 0) {
		/* Metadata comes behind the finished image. */
		payload = str_sub(image, 0, fwtool_payload(image));
		if (payload.n != image.n && payload.n >= TPLINK_HEADER)
			tplink_digest(v->mem, payload, DIGEST, salt_of(h), digest);
	}
	firmware_compare(v, "MD5", h + DIGEST, digest, sizeof(digest));
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
	firmware_put_field(v, "load address", "0x%08x", get_be32(h + LOAD));
	firmware_put_field(v, "entry point", "0x%08x", get_be32(h + ENTRY));
	firmware_put_field(v, "kernel", "%u bytes at %u", get_be32(h + KERNEL_SIZE),
			   get_be32(h + KERNEL_AT));
	firmware_put_field(v, "rootfs", "%u bytes at %u", get_be32(h + ROOTFS_SIZE),
			   get_be32(h + ROOTFS_AT));
	firmware_put_field(v, "image size", "%u", get_be32(h + TOTAL));
}

static void parts(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_part(v, S("kernel"), get_be32(h + KERNEL_AT), get_be32(h + KERNEL_SIZE));
	if (get_be32(h + ROOTFS_AT) >= TPLINK_HEADER)
		firmware_put_part(v, S("rootfs"), get_be32(h + ROOTFS_AT),
				  get_be32(h + ROOTFS_SIZE));
}

const struct firmware firmware_mktplinkfw = {
	.name = "mktplinkfw",
	.format = "TP-Link v1 image",
	.help = "mktplinkfw -H ID -F LAYOUT -k KERNEL -r ROOTFS -o FILE: make a TP-Link v1 image\n"
		"mktplinkfw -c -H ID -L ADDR -E ADDR -k KERNEL -o FILE: put a header on a kernel\n"
		"mktplinkfw -i FILE [-x]: inspect an image\n",
	.write = mktplinkfw_run,
	.check = check,
	.show = show,
	.pure = true,
	.inner = true,
	.header = true,
	.parts = parts,
};
