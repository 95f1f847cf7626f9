/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkporayfw: image of Poray and its like, little endian.
 *
 *   0  4  hardware id		4 4 size of the input	8 4 0x020e0000	12 16 0
 *  28  .  the input and its checksum (2), each byte xored with a key of 15 that the board has
 *
 * Source: firmware-utils.
 */
#include "firmware/tplink.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEADER = 28, FLAGS = 0x020e0000, SUM = 2, KEY = 15, FAILED = 255 };

enum key { HAME, PORAY1, PORAY2, PORAY3, PORAY4, NEXX1, NEXX2, A5_V11 };

static const unsigned char keys[][KEY] = {
    [HAME] = {0xc8, 0x3c, 0x3a, 0x93, 0xa2, 0x95, 0xc3, 0x63, 0x48, 0x45, 0x58, 0x09, 0x12, 0x03,
	      0x08},
    [PORAY1] = {0x89, 0x6b, 0x5a, 0x93, 0x92, 0x95, 0xc3, 0x63, 0xd0, 0xa3, 0x9c, 0x92, 0x2e, 0xe6,
		0xc7},
    [PORAY2] = {0xc9, 0x1c, 0x3a, 0x93, 0x92, 0x95, 0xc3, 0x63, 0xd0, 0xa3, 0x9c, 0x92, 0x2e, 0xe6,
		0xc7},
    [PORAY3] = {0x19, 0x1b, 0x3a, 0x93, 0x92, 0x95, 0xc3, 0x63, 0xd0, 0xa3, 0x9c, 0x92, 0x2e, 0xe6,
		0xc7},
    [PORAY4] = {0x79, 0x7b, 0x7a, 0x93, 0x92, 0x95, 0xc3, 0x63, 0xd0, 0xa3, 0x9c, 0x92, 0x2e, 0xe6,
		0xc7},
    [NEXX1] = {0x19, 0x1c, 0x4a, 0x93, 0x96, 0x95, 0xc3, 0x63, 0xd0, 0xa3, 0x9c, 0x92, 0x2e, 0x16,
	       0xc6},
    [NEXX2] = {0x39, 0x1c, 0x4a, 0x93, 0x96, 0x95, 0xc3, 0x63, 0xd0, 0xa3, 0x9c, 0x92, 0x2e, 0x16,
	       0xc6},
    [A5_V11] = {0xc8, 0x3c, 0x3a, 0x93, 0xa2, 0x95, 0xc3, 0x63, 0x48, 0x45, 0x58, 0x09, 0x20, 0x11,
		0x08},
};

static const struct board {
	const char *id;
	uint32_t hardware;
	const char *layout;
	enum key key;
} boards[] = {
	{"A5-V11", 0x32473352, "4M", A5_V11},
	{"MPR-A1", 0x32473352, "4M", HAME},
	{"MPR-L8", 0x32473352, "4M", HAME},
	{"R50B", 0x31353033, "4M", PORAY2},
	{"R50D", 0x33353033, "4M", PORAY3},
	{"R50E", 0x34353033, "4M", PORAY4},
	{"M3", 0x31353335, "4M", PORAY1},
	{"M4", 0x32353335, "4M", PORAY1},
	{"Q3", 0x33353335, "4M", PORAY1},
	{"X5 or X6", 0x35353335, "8M", PORAY1},
	{"X5", 0x35353335, "8M", PORAY1},
	{"X6", 0x35353335, "8M", PORAY1},
	{"X8", 0x36353335, "8M", PORAY1},
	{"X1", 0x38353335, "8M", PORAY1},
	{"WT1520", 0x30353332, "4M", NEXX1},
	{"WT3020", 0x30323033, "4M", NEXX2},
	{NULL, 0, NULL, HAME},
};

static const struct layout {
	const char *id;
	uint32_t size;
} layouts[] = {
	{"4M", 0x3c0000},
	{"8M", 0x7c0000},
	{NULL, 0},
};

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD"},
	{'H', NULL, OPT_VALUE, "ID  hardware id, in place of the board"},
	{'F', NULL, OPT_VALUE, "LAYOUT  4M or 8M"},
	{'f', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'i', NULL, OPT_NONE, "describe FILE"},
	{'x', NULL, OPT_NONE, "and take the input out of it"},
	{0, NULL, OPT_NONE, NULL},
};

#define fail(run, ...) firmware_error(run, FAILED, __VA_ARGS__)

static const struct board *find_board(struct str id)
{
	const struct board *b = boards;

	while (b->id && (strlen(b->id) != id.n || strncasecmp(b->id, id.p, id.n) != 0))
		b++;
	return b->id ? b : NULL;
}

static const struct board *find_hardware(uint32_t hardware)
{
	const struct board *b = boards;

	while (b->id && b->hardware != hardware)
		b++;
	return b->id ? b : NULL;
}

static const struct layout *find_layout(struct str id)
{
	const struct layout *l = layouts;

	while (l->id && (strlen(l->id) != id.n || strncasecmp(l->id, id.p, id.n) != 0))
		l++;
	return l->id ? l : NULL;
}

static uint16_t checksum(const unsigned char *p, size_t n)
{
	uint32_t sum = 0;
	int32_t s;

	for (; n > 1; n -= 2, p += 2)
		sum += get_le16(p);
	if (n)
		sum += *p;
	/* The sum is a signed number there. */
	s = (int32_t)sum;
	sum += (uint32_t)(s >> 16) + 0xffff;
	s = (int32_t)sum;
	return (uint16_t)~(sum + (uint32_t)(s >> 16));
}

static void crypt_bytes(unsigned char *p, size_t n, const struct board *b)
{
	for (size_t i = 0; i < n; i++)
		p[i] ^= keys[b->key][i % KEY];
}

/* --- make --- */

static struct blob *make(const struct board *b, struct blob *in)
{
	size_t n = blob_size(in);
	unsigned char *p = calloc(1, HEADER + n + SUM);

	if (!p)
		return NULL;
	put_le32(p, b->hardware);
	put_le32(p + 4, (uint32_t)n);
	put_le32(p + 8, FLAGS);
	blob_read(in, 0, p + HEADER, n);
	put_le16(p + HEADER + n, checksum(p + HEADER, n));
	crypt_bytes(p + HEADER, n + SUM, b);
	return blob_adopt(p, HEADER + n + SUM);
}

static int build(struct firmware_run *run, const struct str *v, struct blob *in)
{
	uint32_t hardware = tool_any_number(run, v['H']);
	const struct board *b = v['B'].p ? find_board(v['B']) : find_hardware(hardware);
	struct str name = firmware_name(run), layout = v['F'];
	const struct layout *l;
	struct blob *image;
	int err;

	if (!b)
		return v['B'].p
			   ? fail(run, "unknown/unsupported board id \"%.*s\"", STR_ARG(v['B']))
			   : -1;
	if (!layout.p)
		layout = str_z(b->layout);
	l = find_layout(layout);
	if (!l)
		return fail(run, "unknown flash layout \"%.*s\"", STR_ARG(layout));
	if (blob_size(in) > l->size - HEADER)
		return fail(run, "firmware image is too big");
	if (!v['o'].p)
		return fail(run, "no output file specified");
	image = make(b, in);
	if (!image)
		return -1;
	err = tool_write(run, v['o'], ":", "", image);
	if (err)
		return err;
	return firmware_say(run, "\n", "[%.*s] firmware file \"%.*s\" completed", STR_ARG(name),
			    STR_ARG(v['o'])) - 1;
}

/* --- inspect --- */

static void print_head(struct firmware_run *run, struct str path, struct str image)
{
	const unsigned char *h = (const unsigned char *)image.p;
	const struct board *b = find_hardware(get_le32(h));
	struct buf *out = run->out;

	tplink_print_text(out, "File name", path);
	tplink_print_size(out, "File size", (uint32_t)image.n);
	buf_char(out, '\n');
	tplink_print_size(out, "Header size", HEADER);
	buf_fmt(out, "%-23s: 0x%08x (%s)\n", "Hardware ID", get_le32(h), b->id);
	tplink_print_size(out, "Firmware data length", get_le32(h + 4));
	buf_fmt(out, "%-23s: 0x%08x ", "Flags", get_le32(h + 8));
	if (get_le32(h + 8) == FLAGS)
		buf_z(out, "(ok)\n");
	else
		buf_fmt(out, "(expected: 0x%08x)\n", (unsigned)FLAGS);
	buf_char(out, '\n');
}

static void extract(struct firmware_run *run, const struct str *v, struct str data)
{
	struct str path = v['o'].p ? v['o'] : str_cat(run->mem, v['f'], S("-firmware"));
	int err;

	buf_fmt(run->out, "Extracting firmware to \"%.*s\"...\n", STR_ARG(path));
	err = tool_put(run, path, blob_copy(data.p, data.n));
	if (err)
		fail(run, "error in fopen(): %s:%s", strerror(-err), strerror(-err));
	buf_char(run->out, '\n');
}

static int inspect(struct firmware_run *run, const struct str *v, struct blob *in)
{
	size_t n = blob_size(in);
	unsigned char *p = n ? arena_alloc(run->mem, n) : NULL;
	struct str image = {(char *)p, n};
	const struct board *b;
	uint16_t computed, stored;
	uint32_t size;

	blob_read(in, 0, p, n);
	b = n >= HEADER ? find_hardware(get_le32(p)) : NULL;
	size = n >= HEADER ? get_le32(p + 4) : 0;
	/*
	 * Else the tool reads where nothing is; and where its memory for the file has no room
	 * behind it, the byte too much that it decrypts is the next piece's size.
	 */
	if (!b || !size || size > n - HEADER || size + SUM > n - HEADER ||
	    (size + SUM == n - HEADER && n % 16 == 8))
		return -1;
	print_head(run, v['f'], image);
	/* One byte more than there is, if there is one. */
	crypt_bytes(p + HEADER, size + SUM + (size + SUM < n - HEADER), b);
	computed = checksum(p + HEADER, size);
	stored = get_le16(p + n - SUM);
	buf_fmt(run->out, "%-23s: 0x%04x     ", "Firmware checksum", computed);
	if (computed != stored) {
		buf_fmt(run->out, "(expected: 0x%04x)\n", stored);
		return fail(run, "checksums do not match");
	}
	buf_z(run->out, "(ok)\n\n");
	if (v['x'].p)
		extract(run, v, str_sub(image, HEADER, size));
	return 0;
}

static int mkporayfw_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	struct str *v = o.value;
	struct blob *in = NULL;
	int status;

	if (!tool_options(run, options, &o))
		return -1;
	if (!v['f'].p)
		return fail(run, "no firmware image specified");
	status = tool_read(run, v['f'], ":", "", &in);
	if (status)
		return status > 0 ? FAILED : -1;
	if (v['i'].p || v['x'].p)
		status = inspect(run, v, in);
	else if (!v['B'].p && !v['H'].p)
		status = fail(run, "either board or hardware id must be specified");
	else
		status = build(run, v, in);
	blob_unref(in);
	return status;
}

/* --- read --- */

/* The board whose key fits the data; NULL: none. */
static const struct board *find_key(struct str image, uint32_t n)
{
	const unsigned char *h = (const unsigned char *)image.p;
	unsigned char *p = malloc(n + SUM);
	const struct board *b = boards, *hit = NULL;

	for (; p && b->id && !hit; b++) {
		if (b->hardware != get_le32(h))
			continue;
		memcpy(p, h + HEADER, n + SUM);
		crypt_bytes(p, n + SUM, b);
		if (checksum(p, n) == get_le16(p + n))
			hit = b;
	}
	free(p);
	return hit;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	uint32_t n;

	if (image.n < HEADER + SUM || get_le32(h + 8) != FLAGS || !find_hardware(get_le32(h)))
		return false;
	n = get_le32(h + 4);
	v->extent = image.n;
	if (n > image.n - HEADER - SUM)
		firmware_bad(v, "the header says %u bytes, there are %zu", n,
			     image.n - HEADER - SUM);
	else if (find_key(image, n))
		firmware_good(v, "checksum");
	else
		firmware_bad(v, "the checksum is wrong with each key of such boards");
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	uint32_t n = get_le32(h + 4);
	const struct board *b = n > image.n - HEADER - SUM ? NULL : find_key(image, n);

	if (!b)
		b = find_hardware(get_le32(h));
	firmware_put_field(v, "hardware id", "0x%08x (%s)", get_le32(h), b->id);
	firmware_put_field(v, "data", "%u bytes", n);
}

const struct firmware firmware_mkporayfw = {
    .name = "mkporayfw",
    .format = "Poray image",
    .help = "mkporayfw -B BOARD|-H ID [-F LAYOUT] -f FILE -o FILE: make a Poray image\n"
	    "mkporayfw -i|-x -f FILE [-o FILE]: describe one, take the data out\n",
    .write = mkporayfw_run,
    .named = "BF",
    .check = check,
    .show = show,
    .pure = true,
};
