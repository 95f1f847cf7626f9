/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkzynfw: ZyNOS firmware: a header as zynsig's (48 bytes, size 2), the boot extension, filled
 * with 0xff to 16 bytes, a memory map of 1024 bytes, all filled with 0xff to the board's size of
 * it; then other files, each at a multiple of its own; 0xff to 4 bytes; and two bytes that make
 * the checksum of all behind the header the first word of the boot extension. The memory map,
 * big endian:
 *
 *  0 2  number of entries (0)	 2 4 address of the text, 6 4 of its end
 * 10 2  checksum of the text
 * 24 .  text: "Vendor 1 N", "Model 1 N", "HwVerRange 2 0 0", a NUL each
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
	HEADER = 48, MAP = 1024, MAP_ALIGN = 16, MAP_TEXT = 24, SIGNATURE = 6, TYPE = 9, SIZE = 10,
	FLAGS = 18, SUM = 20, MAP_AT = 39, BOOT_EXTENSION = 3, SUM_GOOD = 0x40, FILES_MOST = 8,
	ARG_MOST = 1023, VENDOR_O2 = 10,
};
static const uint64_t most = UINT64_C(1) << 28; /* bytes of padding at once */

/* The kinds of flash: base address and where code starts. */
#define ADM5120 0xbfc00000, 0x80008000
#define AR7 0xb0000000, 0x94008000
#define REALTEK 0xb4000000, 0x80220000

static const struct board {
	const char *name;
	uint16_t vendor, model;
	uint32_t base, code;
	uint8_t flash;		/* MiB */
	uint32_t at, room;	/* offset in the flash; bytes for the boot extension */
} boards[] = {
	{"ES-2024A", 0, 221, ADM5120, 4, 0x10000, 0x18000},
	{"ES-2024PWR", 0, 4097, ADM5120, 4, 0x10000, 0x18000},
	{"ES-2108", 0, 61952, ADM5120, 4, 0x10000, 0x18000},
	{"ES-2108-F", 0, 44801, ADM5120, 4, 0x10000, 0x18000},
	{"ES-2108-G", 0, 62208, ADM5120, 4, 0x10000, 0x18000},
	{"ES-2108-LC", 0, 64512, ADM5120, 4, 0x10000, 0x18000},
	{"ES-2108PWR", 0, 62464, ADM5120, 4, 0x10000, 0x18000},
	{"HS-100", 0, 61855, ADM5120, 2, 0x8000, 0x18000},
	{"HS-100W", 0, 61855, ADM5120, 2, 0x8000, 0x18000},
	{"P-334", 0, 62879, ADM5120, 2, 0x8000, 0x18000},
	{"P-334U", 0, 56735, ADM5120, 4, 0x8000, 0x18000},
	{"P-334W", 0, 62367, ADM5120, 2, 0x8000, 0x18000},
	{"P-334WH", 0, 57344, ADM5120, 4, 0x8000, 0x18000},
	{"P-334WHD", 0, 57600, ADM5120, 4, 0x8000, 0x18000},
	{"P-334WT", 0, 61343, ADM5120, 4, 0x8000, 0x18000},
	{"P-335", 0, 60831, ADM5120, 4, 0x8000, 0x18000},
	{"P-335Plus", 0, 9472, ADM5120, 4, 0x8000, 0x18000},
	{"P-335U", 0, 56479, ADM5120, 4, 0x8000, 0x18000},
	{"P-335WT", 0, 60831, ADM5120, 4, 0x8000, 0x18000},
	{"P-2602HW-D1A", 0, 6301, AR7, 4, 0x20000, 0x18000},
	{"O2SURF", VENDOR_O2, 30464, 0xb0000000, 0x94014000, 8, 0x40000, 0x18000},
	{"NBG-318S", 0, 59392, 0xbfc00000, 0x80e00000, 4, 0x30000, 0x18000},
	{"NBG-460N", 0, 61441, 0xbfc00000, 0x81e00000, 4, 0x40000, 0x30000},
	{"XS1930-10", 0, 29698, REALTEK, 32, 0x280000, 0x10000},
	{"XS1930-12F", 0, 33026, REALTEK, 32, 0x280000, 0x10000},
	{"XS1930-12HP", 0, 29954, REALTEK, 32, 0x280000, 0x10000},
	{"XMG1930-30", 0, 33794, REALTEK, 32, 0x280000, 0x10000},
	{"XMG1930-30HP", 0, 34050, REALTEK, 32, 0x280000, 0x10000},
};

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD"},
	{'b', NULL, OPT_VALUE, "FILE  boot extension"},
	{'r', NULL, OPT_VALUE, "FILE:ALIGN  a file at a multiple of ALIGN"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

struct part {
	struct str path;
	struct blob *data;
	uint32_t align;
	bool raw;		/* else a boot extension */
};

struct job {
	struct firmware_run *run;
	const struct board *board;
	struct str out;
	struct part parts[FILES_MOST];
	size_t n, boot;		/* boot: which part is the boot extension; FILES_MOST: none */
	struct blob *body;	/* behind the header */
};

/* --- options: 0, or the exit status --- */

static int take_board(struct job *j, struct str value)
{
	if (j->board)
		return firmware_error(j->run, 1, "only one board option allowed");
	j->board = tool_find(boards, value);
	return j->board ? 0 : firmware_error(j->run, 1, "invalid/unknown board specified: %.*s",
					     STR_ARG(value));
}

static int take_file(struct job *j, bool raw, struct str value)
{
	struct str rest = str_sub(value, 0, ARG_MOST), align = {NULL, 0};
	struct part *p = &j->parts[j->n];

	if (j->n == FILES_MOST)
		return firmware_error(j->run, 1, "too many blocks specified");
	if (!raw && j->boot != FILES_MOST)
		firmware_error(j->run, 1, "only one boot extension block allowed");
	else if (!raw)
		j->boot = j->n;
	j->n++;
	p->raw = raw;
	str_split(&rest, ':', &p->path);
	if (!p->path.n)
		return firmware_error(j->run, 1, "no file specified in %.*s", STR_ARG(value));
	str_split(&rest, ':', &align);
	if (raw && align.n && !tool_number(j->run, align, &p->align))
		return firmware_error(j->run, 1, "invalid block align in %.*s", STR_ARG(value));
	return 0;
}

static int take(struct job *j, int id, struct str value)
{
	if (id == 'b' || id == 'r')
		return take_file(j, id == 'r', value);
	if (id == 'o' && j->out.p)
		return firmware_error(j->run, 1, "only one output file allowed");
	if (str_starts(value, S("-")) && !(id == 'B' && j->board))
		return firmware_error(j->run, 1, "option -%c requires an argument\n", id);
	if (id == 'B')
		return take_board(j, value);
	j->out = value;
	return 0;
}

/* --- the image --- */

/* As the tool aligns, whatever ALIGN is. */
static uint32_t aligned(uint32_t at, uint32_t align)
{
	return (at + align - 1) & ~(align - 1);
}

/* Do the files fit? They are counted one behind the other without what is put between. */
static int check_sizes(struct job *j)
{
	uint32_t at = j->board->at + (uint32_t)blob_size(j->parts[j->boot].data);

	for (size_t i = 0; i < j->n; i++) {
		const struct part *p = &j->parts[i];
		uint32_t start = aligned(at, p->align),
			 room = ((uint32_t)j->board->flash << 20) - start;

		if (!p->raw)
			continue;
		if (blob_size(p->data) > room)
			return firmware_error(
			    j->run, 1,
			    "file %.*s is too big, offset = %u, size=%u, avail = %u, align = %u",
			    STR_ARG(p->path), start, (uint32_t)blob_size(p->data), room, p->align);
		at += (uint32_t)blob_size(p->data);
	}
	return 0;
}

static int read_all(struct job *j)
{
	int status = 0;

	for (size_t i = 0; i < j->n && !status; i++)
		status = tool_read(j->run, j->parts[i].path, ", ", "", &j->parts[i].data);
	if (!status && j->boot == FILES_MOST)
		status = -1; /* the tool crashes */
	return status ? status : check_sizes(j);
}

/* Where the next byte of the body goes in the flash. */
static uint32_t now(const struct job *j)
{
	return (uint32_t)(j->board->at + HEADER + blob_size(j->body));
}

/* 0xff up to TO; false for what only makes sense to the tool. */
static bool fill(struct job *j, uint32_t to)
{
	uint32_t n = to - now(j);

	if (n > most)
		return false;
	firmware_join(&j->body, blob_run(0xff, n));
	return true;
}

static void add_map(struct job *j)
{
	unsigned char m[MAP] = {0};
	char *text = (char *)m + MAP_TEXT;
	uint32_t address = j->board->base + now(j), n = MAP_TEXT;

	n += (uint32_t)sprintf(text, "Vendor 1 %d", j->board->vendor) + 1;
	n += (uint32_t)sprintf((char *)m + n, "Model 1 %d", j->board->model) + 1;
	n += (uint32_t)sprintf((char *)m + n, "HwVerRange 2 %d %d", 0, 0) + 1;
	put_be32(m + 2, address + MAP_TEXT);
	put_be32(m + 6, address + n);
	put_be16(m + 10, zynos_checksum(m + MAP_TEXT, n));
	firmware_join(&j->body, blob_copy(m, MAP));
}

static bool add_raw(struct job *j)
{
	for (size_t i = 0; i < j->n; i++) {
		const struct part *p = &j->parts[i];

		if (!p->raw)
			continue;
		if (!fill(j, aligned(now(j), p->align)))
			return false;
		firmware_join(&j->body, blob_ref(p->data));
	}
	return true;
}

/* The two bytes behind all, and the header in front of it. MAP_ADDRESS: of the memory map. */
static struct blob *finish(struct job *j, uint32_t map_address)
{
	unsigned char h[HEADER] = {0}, first[2] = {0}, fix[2];
	struct str body = blob_flat(j->run->mem, j->body);
	uint16_t is = zynos_checksum(body.p, body.n), want;
	struct blob *image;

	blob_read(j->body, 0, first, blob_size(j->parts[j->boot].data) < 2
		  ? blob_size(j->parts[j->boot].data) : 2);
	want = get_be16(first);
	put_be16(fix, (uint16_t)(is <= want ? want - is : want - is - 1));
	firmware_join(&j->body, blob_copy(fix, 2));
	put_be32(h, j->board->code);
	memcpy(h + SIGNATURE, "SIG", 3);
	h[TYPE] = BOOT_EXTENSION;
	put_be32(h + SIZE, 2);
	h[FLAGS] = SUM_GOOD;
	put_be16(h + SUM, want);
	put_be32(h + MAP_AT, map_address);
	image = blob_copy(h, HEADER);
	firmware_join(&image, blob_ref(j->body));
	return image;
}

/* The tool removes an output that it cannot finish. */
static int too_big(struct job *j)
{
	int status = tool_write(j->run, j->out, ", ", "", blob_empty());

	if (!status && j->run->remove)
		j->run->remove(j->run, j->out);
	return status ? status : firmware_error(j->run, 1, "bootext file '%.*s' is too big",
						STR_ARG(j->parts[j->boot].path));
}

static int make(struct job *j)
{
	uint32_t end = j->board->at + j->board->room, map;

	j->body = blob_ref(j->parts[j->boot].data);
	if (now(j) > end)
		return too_big(j);
	fill(j, aligned(now(j), MAP_ALIGN));
	map = j->board->base + now(j);
	add_map(j);
	if (now(j) < end)
		fill(j, end);
	if (!add_raw(j))
		return -1;
	fill(j, aligned(now(j), 4));
	return tool_write(j->run, j->out, ", ", "", finish(j, map));
}

static int check_and_make(struct job *j, struct strs operands)
{
	int status;

	if (!j->board)
		return firmware_error(j->run, 1, "no board specified");
	if (!j->out.p)
		return firmware_error(j->run, 1, "no output file specified");
	if (operands.n)
		return firmware_error(j->run, 1, "invalid option: %.*s", STR_ARG(operands.p[0]));
	status = read_all(j);
	return status ? status : make(j);
}

static int mkzynfw_run(struct firmware_run *run)
{
	struct job j = {.run = run, .boot = FILES_MOST};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status = 0;

	while (!status && (id = opts_next(&o)) != OPTS_END) {
		status = id == OPTS_ERROR ? -1 : take(&j, id, o.value);
		if (status > 0) { /* getopt has no letter for it */
			firmware_error(run, 1, "invalid option: -");
			run->err->n--;
			buf_put(run->err, "\0\n", 2);
		}
	}
	if (!status)
		status = check_and_make(&j, o.operands);
	for (size_t i = 0; i < j.n; i++)
		blob_unref(j.parts[i].data);
	blob_unref(j.body);
	return status;
}

/* --- check --- */

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	unsigned char is[2];

	if (image.n < HEADER + MAP || memcmp(h + SIGNATURE, "SIG", 3) != 0 ||
	    h[TYPE] != BOOT_EXTENSION || h[FLAGS] != SUM_GOOD || get_be32(h + SIZE) != 2)
		return false;
	v->extent = HEADER;
	if (fwtool_payload(image) >= HEADER)
		image.n = fwtool_payload(image);
	put_be16(is, zynos_checksum(h + HEADER, image.n - HEADER));
	firmware_compare(v, "checksum", h + SUM, is, 2);
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "load address", "0x%08x", get_be32(h));
	firmware_put_field(v, "memory map", "at 0x%08x", get_be32(h + MAP_AT));
}

const struct firmware firmware_mkzynfw = {
    .name = "mkzynfw",
    .format = "ZyNOS firmware",
    .help = "mkzynfw -B BOARD -b BOOTEXT [-r FILE:ALIGN]... -o FILE\n",
    .write = mkzynfw_run,
    .named = "B",
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
