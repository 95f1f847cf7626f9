/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * hcsmakeimage: image of Broadcom's cable modems, big endian.
 *
 *  0  2  magic	 2 2 how it is packed (0: not)	 4 2, 6 2 revision
 *  8  4  time	12 4 size of the payload	16 4 load address	20 64 file name
 * 84  2  CRC-16 of all in front of it, begun with all bits set and inverted	86 2 0
 * 88  4  CRC-32 of the payload, highest bit first, begun and ended so too
 *
 * The payload is behind it. The tool leaves in the name's field, behind its NUL, and at 86 what its
 * memory held, other bytes at each run; here they are 0. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/path.h"

enum {
	HEADER = 92, TIME = 8, SIZE = 12, ADDRESS = 16, NAME = 20, NAME_ROOM = 64, HCS = 84,
	CRC = 88, POLYNOMIAL = 0x04c11db7, SA2100 = 0x2100, SA3349 = 0x3349,
	LOAD = 'l' + 256, /* has no letter */
};

static const char *const packings[] = {
	"Uncompressed", "LZRW1/KH", "mini-LZO", "Uncompressed", "NRV2D99 [Bootloader?]",
	"(non-standard) LZMA", "Uncompressed", "Uncompressed",
};
enum { PACKINGS = sizeof(packings) / sizeof(*packings) };

static const struct opt options[] = {
	{'m', "magic_bytes", OPT_VALUE, "sa2100, sa3349 or 0xHHHH"},
	{'j', "rev_maj", OPT_VALUE, "N"},
	{'n', "rev_min", OPT_VALUE, "N"},
	{LOAD, "ldaddress", OPT_VALUE, "0xHHHHHHHH"},
	{'f', "filename", OPT_VALUE, "NAME"},
	{'i', "input_file", OPT_VALUE, "FILE"},
	{'o', "output_file", OPT_VALUE, "FILE"},
	{0, NULL, OPT_NONE, NULL},
};

static uint32_t crc32_of(struct str data)
{
	uint32_t table[256], crc = UINT32_MAX;

	for (uint32_t i = 0; i < 256; i++) {
		table[i] = i << 24;
		for (int bit = 0; bit < 8; bit++)
			table[i] = table[i] << 1 ^ (table[i] >> 31 ? POLYNOMIAL : 0);
	}
	for (size_t i = 0; i < data.n; i++)
		crc = crc << 8 ^ table[crc >> 24 ^ (unsigned char)data.p[i]];
	return ~crc;
}

static uint16_t hcs_of(const unsigned char *h)
{
	return (uint16_t)~tool_crc16(0xffff, h, HCS);
}

static uint32_t scanned(struct firmware_run *run, struct str text, const char *format,
			uint32_t otherwise)
{
	unsigned value;

	if (text.p && sscanf(str_cz(run->mem, text), format, &value) == 1)
		return value;
	return otherwise;
}

static uint32_t magic_of(struct firmware_run *run, struct str text)
{
	if (str_is(text, "sa3349"))
		return SA3349;
	return str_is(text, "sa2100") ? SA2100 : scanned(run, text, "0x%04X", SA2100);
}

/* What the tool shows of the header; the byte behind it, too. */
static void tell(struct buf *out, const unsigned char *h)
{
	buf_fmt(out, "=== Header Information ===\nHeader magic:\t0x%04X\n", get_be16(h));
	buf_fmt(out, "Control:\t0x%04X (%s)\n", 0, packings[0]);
	buf_fmt(out, "Major rev. :\t0x%04X\nMinor rev. :\t0x%04X\n", get_be16(h + 4),
		get_be16(h + 6));
	buf_fmt(out, "File name :\t%s\nFile length:\t%d bytes\n", (const char *)h + NAME,
		(int)get_be32(h + SIZE));
	buf_fmt(out, "Build time:\t0x%08X //FixMe: print in human-readable form\n",
		get_be32(h + TIME));
	buf_fmt(out, "HCS:\t\t0x%04X  (OK!)\nLoad address:\t0x%08X\n", get_be16(h + HCS),
		get_be32(h + ADDRESS));
	buf_fmt(out, "HNW:\t\t0x%04X\nCRC:\t\t0x%08X\n=== Binary Header Dump===\n", 0,
		get_be32(h + CRC));
	for (size_t i = 0; i <= HEADER; i++)
		buf_fmt(out, "%s0x%02x   ", i % 8 ? "" : "\n", i < HEADER ? h[i] : 0);
	buf_z(out, "\n\n== End Of Header dump ==\n");
}

static void put_name(struct firmware_run *run, unsigned char *h, struct str name)
{
	buf_fmt(run->out, "Creating header for %.*s...\n", STR_ARG(name));
	if (name.n >= NAME_ROOM)
		buf_z(run->out, "[!] Filename too long - stripping it to 63 bytes.\n");
	tool_put_text(h + NAME, NAME_ROOM, str_sub(name, 0, NAME_ROOM - 1));
}

/* The file names and numbers; false: an option that is not known here, or no output (undefined). */
static bool read_options(struct firmware_run *run, unsigned char *h, struct str *in,
			 struct str *out, struct str *name)
{
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str value[128] = {{NULL, 0}}, address = {NULL, 0};
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return false;
		*(id == LOAD ? &address : &value[id]) = o.value;
	}
	put_be16(h, (uint16_t)magic_of(run, value['m']));
	put_be16(h + 4, (uint16_t)scanned(run, value['j'], "%d", 0));
	put_be16(h + 6, (uint16_t)scanned(run, value['n'], "%d", 0));
	put_be32(h + TIME, (uint32_t)run->epoch);
	put_be32(h + ADDRESS, scanned(run, address, "0x%08X", 0x80010000));
	*in = value['i'];
	*out = value['o'];
	*name = value['f'].p ? value['f'] : path_base(value['i']);
	return run->argc > 1 && (out->p || !in->p);
}

static int hcsmakeimage_run(struct firmware_run *run)
{
	unsigned char h[HEADER] = {0};
	struct str in, out, name, data;
	struct blob *b = NULL, *image;
	int err;

	if (!read_options(run, h, &in, &out, &name))
		return -1;
	if (!in.p) {
		buf_z(run->out, "Telepaths are still on holidays. I guess you should tell me what "
				"file should I process.\n\n");
		return 1;
	}
	err = run->read(run, in, &b);
	if (err == -EISDIR)
		return -1;
	if (err) {
		buf_fmt(run->out, "I cannot access the file %.*s. Is it there? Am I allowed?\n\n",
			STR_ARG(in));
		return 1;
	}
	data = blob_flat(run->mem, b);
	put_be32(h + SIZE, (uint32_t)data.n);
	put_name(run, h, name);
	put_be32(h + CRC, crc32_of(data));
	put_be16(h + HCS, hcs_of(h));
	tell(run->out, h);
	image = blob_copy(h, HEADER);
	firmware_join(&image, b);
	if (tool_put(run, out, image) != 0)
		return firmware_say(run, "\n", "Failed to open output file: %.*s", STR_ARG(out));
	buf_fmt(run->out, "Firmware image %.*s is ready\n", STR_ARG(out));
	return 0;
}

/* There is no mark: the size and the header's CRC are one. */
static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;

	if (image.n < HEADER || get_be32(h + SIZE) != image.n - HEADER ||
	    get_be16(h + 2) >= PACKINGS || get_be16(h + HCS) != hcs_of(h))
		return false;
	firmware_compare32(v, "CRC-32", get_be32(h + CRC), crc32_of(str_from(image, HEADER)));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str name = firmware_text(v, h + NAME, NAME_ROOM);

	firmware_put_field(v, "name", "%.*s", STR_ARG(name));
	firmware_put_field(v, "magic", "0x%04x", get_be16(h));
	firmware_put_field(v, "revision", "%u.%u", get_be16(h + 4), get_be16(h + 6));
	firmware_put_field(v, "payload", "%u bytes, %s", get_be32(h + SIZE),
			   packings[get_be16(h + 2)]);
	firmware_put_field(v, "load address", "0x%08x", get_be32(h + ADDRESS));
}

/* Until June 2017 the time was that of the run. */
static const struct firmware_mark since[] = {
    {.text = "SOURCE_DATE_EPOCH"},
    {0},
};

const struct firmware firmware_hcsmakeimage = {
    .name = "hcsmakeimage",
    .format = "Broadcom cable modem image",
    .help = "hcsmakeimage --magic_bytes=sa2100|sa3349|0xHHHH --rev_maj=N --rev_min=N\n"
	    "             --ldaddress=0xHHHHHHHH [--filename=NAME] --input_file=FILE "
	    "--output_file=FILE\n",
    .write = hcsmakeimage_run,
    .since = since,
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
