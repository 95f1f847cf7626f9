/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * makeamitbin: image for AMIT's boot loader (Queen boards): parts, each with a header of 80
 * bytes, little endian.
 *
 *  0 14  product (-1)		14 2 checksum of the part
 * 16 12  board (-2)		28 4 kind
 * 32  4  offset in flash, 36 4 room there
 * 40  4  offset of the data, 44 4 their size
 * 64  8  48 42 01 01, 50 0 1 (5: the last part) 1
 * 72  4  offset in flash again	76 2 11, or 22 for kind 0xcb5f06b5
 * 78  2  checksum of the header (0 here), inverted
 *
 * A checksum adds 16-bit words, and 1 for each that goes over. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

enum { HEADER = 80, PRODUCT_SIZE = 14, SUM = 14, BOARD = 16, BOARD_SIZE = 12, KIND = 28, AT = 32,
       ROOM = 36, DATA_AT = 40, SIZE = 44, MAGIC_AT = 64, MAGIC = 0x01014842, LAST_AT = 68,
       MORE = 0x01000050, LAST = 0x01050050, AT_AGAIN = 72, MARK = 76, HEADER_SUM = 78 };
static const uint32_t kind_3g = 0xcb5f06b5;

static const struct part {
	const char *name;
	uint32_t kind, at, size;
	bool top;		/* stands at the end of its room, else 16 bytes behind its start */
} parts[] = {
	{"bios", 0xc76be111, 0x3fa000, 0x6000, true},
	{"recovery", 0xc76be222, 0x3f0000, 0x4000, false},
	{"linux", 0xc76bee9d, 0, 0x100000, false},
	{"ramdisk", 0xc76bee9d, 0x100000, 0x280000, false},
	{"amitconfig", 0xc76bee8b, 0x380000, 0x60000, false},
	{"redboot", 0, 0x3d0000, 0x30000, true},
	{"redbootlow", 0, 0x3e0000, 0x18000, false},
	{"redboothigh", 0, 0x3fa000, 0x6000, false},
	{"linux3g", 0xcb5f06b5, 0, 0x100000, false},
	{"ramdisk3g", 0xcb5f06b5, 0x100000, 0x280000, false},
};

struct names {
	struct str product, board;
};

/* N: even. */
static uint16_t checksum(const unsigned char *p, size_t n)
{
	uint32_t sum = 0;

	for (size_t i = 0; i + 1 < n; i += 2) {
		sum += get_le16(p + i);
		sum = (sum & 0xffff) + (sum >> 16);
	}
	return (uint16_t)sum;
}

static const struct part *find(struct str name)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (str_is(name, parts[i].name))
			return &parts[i];
	}
	return NULL;
}

static void put_header(unsigned char *h, const struct names *names, const struct part *part,
		       struct str data, bool last)
{
	memset(h, 0, HEADER);
	tool_put_text(h, PRODUCT_SIZE, names->product);
	tool_put_text(h + BOARD, BOARD_SIZE, names->board);
	put_le32(h + KIND, part->kind);
	put_le32(h + AT, part->at);
	put_le32(h + ROOM, part->size);
	put_le32(h + DATA_AT, part->top ? part->at + part->size - (uint32_t)data.n : part->at + 16);
	put_le32(h + SIZE, (uint32_t)data.n);
	put_le32(h + MAGIC_AT, MAGIC);
	put_le32(h + LAST_AT, last ? LAST : MORE);
	put_le32(h + AT_AGAIN, part->at);
	put_le16(h + MARK, part->kind == kind_3g ? 22 : 11);
	put_le16(h + SUM, checksum((const unsigned char *)data.p, data.n));
	put_le16(h + HEADER_SUM, (uint16_t)~checksum(h, HEADER));
}

/*
 * One part: 0; 2 for an empty file, behind its header; -1 for what the tool answers with a help
 * text.
 */
static int add(struct firmware_run *run, const struct names *names, size_t arg, struct blob **image)
{
	const struct part *part = find(run->argv[arg]);
	struct blob *file = NULL;
	unsigned char h[HEADER];
	struct str data;

	if (!part || arg + 1 >= run->argc || run->read(run, run->argv[arg + 1], &file) != 0)
		return -1;
	if (blob_size(file) % 2) {
		blob_unref(file);
		return -1; /* the tool adds what lies behind its memory */
	}
	data = blob_flat(run->mem, file);
	put_header(h, names, part, data, arg + 2 >= run->argc);
	firmware_join(image, blob_copy(h, HEADER));
	firmware_join(image, file);
	if (data.n)
		return 0;
	buf_z(run->out, "file error\n");
	return 2;
}

static bool read_options(struct firmware_run *run, struct names *names, struct str *out)
{
	for (size_t i = 1; i < run->argc; i++) {
		struct str arg = run->argv[i], value = i + 1 < run->argc ? run->argv[i + 1] : S("");
		bool last = i + 1 == run->argc;

		if (str_is(arg, "-ids") || (last && str_starts(arg, S("-"))))
			return false;
		if (str_is(arg, "-1"))
			names->product = value;
		else if (str_is(arg, "-2"))
			names->board = value;
		else if (str_is(arg, "-o"))
			*out = value;
	}
	return out->p != NULL;
}

static int makeamitbin_run(struct firmware_run *run)
{
	struct names names = {S("DDC_RUS001"), S("Queen")};
	struct str out = {NULL, 0};
	struct blob *image;
	int status = 0;

	if (!read_options(run, &names, &out))
		return -1;
	image = blob_empty();
	for (size_t i = 1; i < run->argc && !status; i += 2) {
		if (!str_starts(run->argv[i], S("-")))
			status = add(run, &names, i, &image);
	}
	if (status == -1) {
		blob_unref(image);
		return -1;
	}
	if (tool_put(run, out, image) == 0)
		return status;
	run->out->n = 0;
	buf_z(run->out, "file error\n");
	return 2;
}

static bool is_header(struct str image, size_t at)
{
	const unsigned char *h = (const unsigned char *)image.p + at;

	return image.n - at >= HEADER && get_le32(h + MAGIC_AT) == MAGIC && get_le32(h + AT) ==
	       get_le32(h + AT_AGAIN);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	size_t at = 0;

	if (!is_header(image, 0))
		return false;
	while (is_header(image, at)) {
		unsigned char h[HEADER], is[2];
		struct str data;

		memcpy(h, image.p + at, HEADER);
		data = str_sub(image, at + HEADER, get_le32(h + SIZE));
		if (data.n < get_le32(h + SIZE))
			firmware_bad(v, "the header at %zu says %u bytes, there are %zu", at,
				     get_le32(h + SIZE), data.n);
		put_le16(is, checksum((const unsigned char *)data.p, data.n));
		if (data.n % 2 == 0)
			firmware_compare(v, "checksum", h + SUM, is, 2);
		memcpy(is, h + HEADER_SUM, 2);
		put_le16(h + HEADER_SUM, 0);
		put_le16(h + HEADER_SUM, (uint16_t)~checksum(h, HEADER));
		firmware_compare(v, "header checksum", is, h + HEADER_SUM, 2);
		at += HEADER + data.n;
	}
	v->extent = at;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), text;
	const unsigned char *h;

	for (size_t at = 0; is_header(image, at);) {
		h = (const unsigned char *)image.p + at;
		text = firmware_text(v, h, PRODUCT_SIZE);
		firmware_put_field(v, "part", "%.*s, %u bytes for 0x%x", STR_ARG(text),
				   get_le32(h + SIZE), get_le32(h + DATA_AT));
		at += HEADER + str_sub(image, at + HEADER, get_le32(h + SIZE)).n;
	}
}

const struct firmware firmware_makeamitbin = {
	.name = "makeamitbin",
	.format = "AMIT image",
	.help = "makeamitbin -o FILE [-1 PRODUCT] [-2 BOARD] [KIND FILE]...\n",
	.write = makeamitbin_run,
	.check = check,
	.show = show,
	.pure = true,
};
