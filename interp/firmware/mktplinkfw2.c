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
	DIGEST = 0x40, UNKNOWN2 = 0x50, DIGEST2 = 0x54, UNKNOWN3 = 0x64, LOAD = 0x68, ENTRY = 0x6c,
	TOTAL = 0x70,
	KERNEL_AT = 0x74, KERNEL_SIZE = 0x78, ROOTFS_AT = 0x7c, ROOTFS_SIZE = 0x80,
	BOOT_AT = 0x84, BOOT_SIZE = 0x88, MARK = 0x8c, SECOND = 0x8e, MARK2 = 0x90, FIRST = 0x91,
};

static const unsigned char salt_normal[16] = {
	0xdc, 0xd7, 0x3a, 0xa5, 0xc3, 0x95, 0x98, 0xfb,
	0xdc, 0xf9, 0xe7, 0xf4, 0x0e, 0xae, 0x47, 0x37,
};
static const unsigned char salt_boot[16] = {
	0x8c, 0xef, 0x33, 0x5f, 0xd5, 0xc5, 0xce, 0xfa,
	0xac, 0x9c, 0x28, 0xda, 0xb2, 0xe9, 0x0f, 0x42,
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
	struct str out, kernel, rootfs, inspect, version, numbers, second, layout;
	struct str hardware, revision, revision2;
	uint32_t load, entry, header_version;
	int number[3], number2[2];
	bool combined, little, extract;
};

static void take_text(struct job *j, int id, struct str value)
{
	switch (id) {
	case 'F': j->layout = value; break;
	case 'H': j->hardware = value; break;
	case 'i': j->inspect = value; break;
	case 'k': j->kernel = value; break;
	case 'o': j->out = value; break;
	case 'r': j->rootfs = value; break;
	case 'v': j->numbers = value; break;
	case 'V': j->version = value; break;
	case 'w': j->revision2 = value; break;
	case 'W': j->revision = value; break;
	case 'y': j->second = value; break;
	default: break;
	}
}

static void take(struct job *j, int id, struct str value)
{
	struct arena *mem = j->t.run->mem;

	switch (id) {
	case 'a': tplink_hex(mem, value, &j->t.rootfs_align); break;
	case 'c': j->combined = true; break;
	case 'e': j->little = true; break;
	case 'E': tplink_hex(mem, value, &j->entry); break;
	case 'j': j->t.marks = true; break;
	case 'L': tplink_hex(mem, value, &j->load); break;
	case 'R': tplink_hex(mem, value, &j->t.rootfs_at); break;
	case 's': j->t.strip = true; break;
	case 'x': j->extract = true; break;
	case 'T': j->header_version = (uint32_t)atoi(str_cz(mem, value)); break;
	default: take_text(j, id, value);
	}
}

static int apply_layout(struct job *j)
{
	j->t.layout = tplink_find_layout(layouts, j->layout);
	if (!j->t.layout)
		return tplink_fail(j->t.run, "unknown flash layout \"%.*s\"", STR_ARG(j->layout));
	if (!j->load)
		j->load = j->t.layout->load;
	if (!j->entry)
		j->entry = j->t.layout->entry;
	if (!j->t.rootfs_at)
		j->t.rootfs_at = j->t.layout->rootfs;
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
	if (j->combined && blob_size(j->t.kernel) > j->t.layout->size - TPLINK_HEADER)
		return tplink_fail(run, "kernel image is too big");
	if (j->combined)
		return 0;
	if (!j->rootfs.p)
		return tplink_fail(run, "no rootfs image specified");
	j->t.rootfs = tplink_read(run, j->rootfs);
	return j->t.rootfs ? tplink_place(&j->t) : TPLINK_ERROR;
}

static int check_options(struct job *j)
{
	struct firmware_run *run = j->t.run;
	int err;

	if (!j->hardware.p)
		return tplink_fail(run, "hardware id must be specified");
	if (!j->layout.p)
		return tplink_fail(run, "flash layout is not specified");
	if ((err = apply_layout(j)) != 0 || (err = read_inputs(j)) != 0)
		return err;
	if (!j->out.p)
		return tplink_fail(run, "no output file specified");
	if (sscanf(str_cz(run->mem, j->numbers), "%d.%d.%d", &j->number[0], &j->number[1],
		   &j->number[2]) != 3)
		return tplink_fail(run, "invalid firmware version '%.*s'", STR_ARG(j->numbers));
	if (sscanf(str_cz(run->mem, j->second), "%d.%d", &j->number2[0], &j->number2[1]) != 2)
		return tplink_fail(run, "invalid secondary version '%.*s'", STR_ARG(j->second));
	return 0;
}

static void put_address(const struct job *j, unsigned char *p, uint32_t v)
{
	if (j->little)
		put_le32(p, v);
	else
		put_be32(p, v);
}

static void put_numbers(const struct job *j, unsigned char *h)
{
	struct arena *mem = j->t.run->mem;

	put_le32(h, j->header_version);
	put_be32(h + HARDWARE, tplink_number(mem, j->hardware));
	put_be32(h + REVISION, j->revision.p ? tplink_number(mem, j->revision) : 1);
	put_be32(h + REVISION2, j->revision2.p ? tplink_number(mem, j->revision2) : 0);
	put_be16(h + MARK, 0x55aa);
	h[MARK2] = 0xa5;
	for (size_t i = 0; i < 2; i++)
		h[SECOND + i] = (unsigned char)j->number2[i];
	for (size_t i = 0; i < 3; i++)
		h[FIRST + i] = (unsigned char)j->number[i];
}

static void fill_header(const struct job *j, unsigned char *h)
{
	size_t n = j->version.n < VERSION_SIZE - 1 ? j->version.n : VERSION_SIZE - 1;

	memset(h, 0xff, TPLINK_HEADER);
	put_numbers(j, h);
	if (n)
		memcpy(h + VERSION, j->version.p, n);
	h[VERSION + n] = 0;
	memcpy(h + DIGEST, salt_normal, sizeof(salt_normal));
	put_be32(h + UNKNOWN2, 0);
	put_address(j, h + LOAD, j->load);
	put_address(j, h + ENTRY, j->entry);
	put_be32(h + TOTAL, j->t.layout->size);
	put_be32(h + KERNEL_AT, TPLINK_HEADER);
	put_be32(h + KERNEL_SIZE, (uint32_t)blob_size(j->t.kernel));
	if (!j->combined) {
		put_be32(h + ROOTFS_AT, j->t.rootfs_at);
		put_be32(h + ROOTFS_SIZE, (uint32_t)blob_size(j->t.rootfs));
	}
	put_be32(h + BOOT_AT, 0);
	put_be32(h + BOOT_SIZE, 0);
}

/* --- inspect --- */

static const unsigned char *salt_of(const unsigned char *h)
{
	return get_be32(h + BOOT_SIZE) ? salt_boot : salt_normal;
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

	tplink_print_text(out, "Firmware version", str_z((const char *)h + VERSION));
	tplink_print_hex(out, "Hardware ID", get_be32(h + HARDWARE));
	tplink_print_hex(out, "Hardware Revision", get_be32(h + REVISION));
	tplink_print_hex(out, "Additional HW Version", get_be32(h + REVISION2));
	buf_fmt(out, "%-23s: %d.%d.%d-%d.%d\n\n", "Software version", h[FIRST], h[FIRST + 1],
		h[FIRST + 2], h[SECOND], h[SECOND + 1]);
	for (size_t i = 0; i < sizeof(rest) / sizeof(*rest); i++)
		(rest[i].size ? tplink_print_size : tplink_print_hex)(out, rest[i].label,
								      get_be32(h + rest[i].at));
}

/* What is not as in each image; the tool prints it without turning its bytes round. */
static void print_unknown(struct buf *out, const unsigned char *h)
{
	if (get_be32(h + UNKNOWN3) != UINT32_MAX)
		tplink_print_size(out, "Unknown value 3", get_le32(h + UNKNOWN3));
	if (get_be16(h + MARK) != 0x55aa)
		tplink_print_size(out, "Unknown value 4", get_le16(h + MARK));
	if (h[MARK2] != 0xa5)
		tplink_print_size(out, "Unknown value 5", h[MARK2]);
	buf_char(out, '\n');
}

static void swap_addresses(unsigned char *h)
{
	put_be32(h + LOAD, get_le32(h + LOAD));
	put_be32(h + ENTRY, get_le32(h + ENTRY));
}

static bool has_part(struct str image, const unsigned char *h, size_t at, size_t size)
{
	return get_be32(h + size) && (uint64_t)get_be32(h + at) + get_be32(h + size) <= image.n;
}

/* Not where the tool reads what is not there, or writes what it has no room for. */
static bool is_sound(const struct job *j, struct str image)
{
	const unsigned char *h = (const unsigned char *)image.p;

	return image.n >= TPLINK_HEADER && memchr(h + VERSION, 0, VERSION_SIZE) &&
	       (!j->extract ||
		(!get_be32(h + BOOT_SIZE) && has_part(image, h, KERNEL_AT, KERNEL_SIZE) &&
		 has_part(image, h, ROOTFS_AT, ROOTFS_SIZE)));
}

static int print_image(struct job *j, struct str image, unsigned char *h)
{
	struct buf *out = j->t.run->out;
	unsigned char digest[16];

	tplink_print_text(out, "File name", j->inspect);
	tplink_print_size(out, "File size", (uint32_t)image.n);
	if (get_le32(h) != 2 && get_le32(h) != 3) {
		tplink_fail(j->t.run, "file does not seem to have V2/V3 header!\n");
		return 0; /* as the tool */
	}
	if (!is_sound(j, image))
		return -1;
	if (j->little)
		swap_addresses(h);
	tplink_print_size(out, "Version 2 Header size", TPLINK_HEADER);
	tplink_digest(j->t.run->mem, image, DIGEST, salt_of(h), digest);
	tplink_print_check(out, h + DIGEST, digest);
	if (get_be32(h + UNKNOWN2))
		tplink_print_size(out, "Unknown value 2", get_le32(h + UNKNOWN2));
	tplink_print_digest(out, "Header MD5Sum2", h + DIGEST2,
			    "(purpose yet unknown, unchecked here)");
	print_unknown(out, h);
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
	struct blob *b = NULL;
	int err = tool_read(j->t.run, j->inspect, ": ", "", &b);
	unsigned char *p;
	size_t n;

	if (err)
		return err > 0 ? TPLINK_ERROR : -1;
	n = blob_size(b);
	/* The addresses may change their bytes. */
	p = arena_alloc(j->t.run->mem, n + 1);
	blob_read(b, 0, p, n);
	blob_unref(b);
	return n < TPLINK_HEADER ? -1 : print_image(j, (struct str){(char *)p, n}, p);
}

static int mktplinkfw2_run(struct firmware_run *run)
{
	struct job j = {.t = {.run = run, .kernel_too_big = "images are",
			      .rootfs_too_big = "images are"},
			.version = S("ver. 1.0"), .numbers = S("0.0.0"), .second = S("1.0"),
			.header_version = 2};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	unsigned char header[TPLINK_HEADER];
	int id, status;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		take(&j, id, o.value);
	}
	if (j.inspect.p)
		return inspect(&j);
	if (j.extract)
		return tplink_fail(run, "no firmware for inspection specified");
	status = check_options(&j);
	if (!status) {
		fill_header(&j, header);
		status = tplink_finish(&j.t, header, DIGEST, j.out);
	}
	tplink_free(&j.t);
	return status;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), payload;
	const unsigned char *h = (const unsigned char *)image.p, *salt;
	unsigned char digest[16];

	if (image.n < TPLINK_HEADER || (get_le32(h) != 2 && get_le32(h) != 3) ||
	    get_be16(h + MARK) != 0x55aa || h[MARK2] != 0xa5)
		return false;
	v->extent = TPLINK_HEADER;
	if ((uint64_t)get_be32(h + KERNEL_AT) + get_be32(h + KERNEL_SIZE) > image.n)
		firmware_bad(v, "kernel at %u of %u bytes reaches out of the file of %zu bytes",
			     get_be32(h + KERNEL_AT), get_be32(h + KERNEL_SIZE), image.n);
	salt = salt_of(h);
	tplink_digest(v->mem, image, DIGEST, salt, digest);
	if (memcmp(digest, h + DIGEST, sizeof(digest)) != 0) {
		payload = str_sub(image, 0, fwtool_payload(image));
		if (payload.n != image.n && payload.n >= TPLINK_HEADER)
			tplink_digest(v->mem, payload, DIGEST, salt, digest);
	}
	firmware_compare(v, "MD5", h + DIGEST, digest, sizeof(digest));
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

const struct firmware firmware_mktplinkfw2 = {
	.name = "mktplinkfw2",
	.format = "TP-Link v2 image",
	.help =
	"mktplinkfw2 -H ID -F LAYOUT -k KERNEL (-r ROOTFS|-c) -o FILE: make a TP-Link v2 image\n"
	"mktplinkfw2 -i FILE [-x]: inspect one, extract its parts\n",
	.write = mktplinkfw2_run,
	.check = check,
	.show = show,
	.pure = true,
	.inner = true,
	.header = true,
	.parts = parts,
};
