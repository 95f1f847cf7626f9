/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cfe-wfi-tag: a whole flash image for Broadcom's CFE; the tag is at its end, big endian.
 *
 * n+0  4  CRC-32 of the n bytes in front of the tag, not inverted at the end
 * n+4  4  version: 0x5700, 0x5731 (NAND with a data partition of 1 MiB) or 0x5732
 * n+8  4  chip: 0x6328, 0x6362, 0x6368, 0x63268
 * n+12 4  flash: 1 NOR, 2 to 7 NAND by erase block (16, 128, 256, 512 KiB, 1 and 2 MiB)
 * n+16 4  flags: 1 PMC, 2 secure boot
 *
 * Metadata may follow. Source: OpenWrt's scripts/cfe-wfi-tag.py.
 */
#include "digest/digest.h"
#include "firmware/internal.h"

enum { VERSION = 4, CHIP = 8, FLASH = 12, FLAGS = 16, TAG = 20, KINDS = 7 };

static const struct opt options[] = {
	{'i', "input-file", OPT_VALUE, NULL},
	{'o', "output-file", OPT_VALUE, NULL},
	{'v', "version", OPT_VALUE, NULL},
	{'c', "chip-id", OPT_VALUE, NULL},
	{'t', "flash-type", OPT_VALUE, NULL},
	{'f', "flags", OPT_VALUE, NULL},
	{0, NULL, OPT_NONE, NULL},
};

/* An option that may be neither missing nor 0. */
static bool put_option(unsigned char *p, struct str text)
{
	uint64_t n;

	if (!python_number(text, UINT32_MAX, &n) || !n)
		return false;
	put_be32(p, (uint32_t)n);
	return true;
}

static int cfe_wfi_tag_write(struct firmware_run *run)
{
	struct tool_options o = {0};
	unsigned char tag[TAG];
	uint32_t flags = 0;
	struct blob *b;

	if (!python_options(run, options, &o) || o.operands.n ||
	    !put_option(tag + VERSION, o.value['v']) || !put_option(tag + CHIP, o.value['c']) ||
	    !put_option(tag + FLASH, o.value['t']) || !python_option32(o.value['f'], &flags) ||
	    !o.value['o'].n)
		return -1;
	b = python_read(run, o.value['i']);
	if (!b)
		return -1;
	put_be32(tag, ~digest_crc32_blob(0, b));
	put_be32(tag + FLAGS, flags);
	firmware_join(&b, blob_copy(tag, TAG));
	return python_write(run, o.value['o'], b);
}

/* The tag of IMAGE, and what is in front of it; NULL: there is none. */
static const unsigned char *find_tag(struct str image, struct str *data)
{
	size_t end = fwtool_payload(image);
	const unsigned char *tag;
	uint32_t version, flash;

	if (end < TAG)
		return NULL;
	*data = str_sub(image, 0, end - TAG);
	tag = (const unsigned char *)data->p + data->n;
	version = get_be32(tag + VERSION);
	flash = get_be32(tag + FLASH);
	if ((version != 0x5700 && version != 0x5731 && version != 0x5732) || !flash ||
	    flash > KINDS)
		return NULL;
	return tag;
}

static bool check(struct firmware_view *v)
{
	struct str data;
	const unsigned char *tag = find_tag(firmware_bytes(v), &data);

	if (!tag)
		return false;
	firmware_compare32(v, "CRC-32", get_be32(tag), ~digest_crc32(0, data.p, data.n));
	return true;
}

static void show(struct firmware_view *v)
{
	static const char *const kinds[] = {"",
					    "NOR",
					    "NAND, 16 KiB blocks",
					    "NAND, 128 KiB blocks",
					    "NAND, 256 KiB blocks",
					    "NAND, 512 KiB blocks",
					    "NAND, 1 MiB blocks",
					    "NAND, 2 MiB blocks"};
	struct str data;
	const unsigned char *tag = find_tag(firmware_bytes(v), &data);

	firmware_put_field(v, "version", "0x%04x", get_be32(tag + VERSION));
	firmware_put_field(v, "chip", "BCM%x", get_be32(tag + CHIP));
	firmware_put_field(v, "flash", "%s", kinds[get_be32(tag + FLASH)]);
	firmware_put_field(v, "flags", "0x%x", get_be32(tag + FLAGS));
}

static const char *const texts[] = {
	"29b828eeccce5c2678514ce5682c839c9fe11d67d1c276107b23c5eee7e796f0", /* 21.02 */
	/* 22.03 to main of 2026 */
	"5de47173fabed9a822ce9c2b1e0c40650edde170666eb14ba2a0dc4963f5ecff",
	NULL,
};

const struct firmware firmware_cfe_wfi_tag = {
    .name = "cfe-wfi-tag",
    .format = "Broadcom whole flash image",
    .script = "cfe-wfi-tag.py",
    .texts = texts,
    .help =
	"cfe-wfi-tag --input-file FILE --output-file FILE --version N --chip-id N --flash-type N\n"
	"  [--flags N]\n",
    .write = cfe_wfi_tag_write,
    .check = check,
    .show = show,
    .trailer = true,
};
