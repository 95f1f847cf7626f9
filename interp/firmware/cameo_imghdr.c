/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cameo-imghdr: update of D-Link's DGS-1210 and APRESIA's LightGS switches, big endian.
 *
 *  0  4  sum of the bytes that follow the header	 4 20  model	24 16  what it is: "os",
 * "squashfs" 40  1  partition	41  1  64	42  1  0	43  1  customer 44  4  board
 * 48  4  size of what follows	52 10  load address as text, for "os"	62 2 0
 *
 * Several of these may follow one another. Source: OpenWrt's scripts/cameo-imghdr.py.
 */
#include "firmware/internal.h"

enum {
	MODEL = 4,
	MODEL_SIZE = 20,
	KIND = 24,
	KIND_SIZE = 16,
	PARTITION = 40,
	SIZE_OF_HEADER = 41,
	CUSTOMER = 43,
	BOARD = 44,
	SIZE = 48,
	ADDRESS = 52,
	ADDRESS_SIZE = 10,
	HEADER = 64,
	MOST = 16 /* parts of one image, by us */
};

static const struct opt options[] = {{0, NULL, OPT_NONE, NULL}};

/* "0x" and digits, as many as there is room for. */
static bool is_address(struct str text)
{
	uint64_t n;

	return str_starts(text, S("0x")) && text.n <= ADDRESS_SIZE &&
	       str_number(str_from(text, 2), 16, &n);
}

/* SOURCE DEST MODEL KIND PARTITION CUSTOMER BOARD [ADDRESS]; false: to be declined. */
static bool take(const struct str *arg, size_t n, unsigned char *h)
{
	uint64_t partition, customer, board;
	bool os = n >= 7 && str_is(arg[3], "os");

	if ((n != 7 && n != 8) || str_eq(arg[0], arg[1]) || !arg[1].n)
		return false;
	for (size_t i = 2; i < 4; i++)
		if ((arg[i].n && !python_text(arg[i])) ||
		    arg[i].n > (i == 2 ? MODEL_SIZE : KIND_SIZE))
			return false;
	if (!python_number(arg[4], 9, &partition) || !python_number(arg[5], 9, &customer) ||
	    !python_number(arg[6], UINT32_MAX, &board) || (os && (n != 8 || !is_address(arg[7]))))
		return false;
	for (size_t i = 4; i < 7; i++)
		if (str_chr(arg[i], 'x') >= 0 || str_chr(arg[i], 'X') >= 0)
			return false;
	tool_put_text(h + MODEL, MODEL_SIZE, arg[2]);
	tool_put_text(h + KIND, KIND_SIZE, arg[3]);
	h[PARTITION] = (unsigned char)partition;
	h[SIZE_OF_HEADER] = HEADER;
	h[CUSTOMER] = (unsigned char)customer;
	put_be32(h + BOARD, (uint32_t)board);
	if (os)
		tool_put_text(h + ADDRESS, ADDRESS_SIZE, arg[7]);
	return true;
}

static int cameo_imghdr_write(struct firmware_run *run)
{
	struct tool_options o = {0};
	unsigned char h[HEADER] = {0};
	struct blob *b;

	if (!python_options(run, options, &o) || !take(o.operands.p, o.operands.n, h))
		return -1;
	b = python_read(run, o.operands.p[0]);
	if (!b)
		return -1;
	put_be32(h, tool_byte_sum_blob(b, 0));
	put_be32(h + SIZE, (uint32_t)blob_size(b));
	return python_write_behind(run, o.operands.p[1], h, HEADER, b);
}

/* Part I, which starts at AT, or NULL. */
static const unsigned char *part_at(struct str image, size_t i, size_t at)
{
	const unsigned char *h = (const unsigned char *)image.p + at;
	struct str field, rest = str_sub(image, at, HEADER);

	if (i >= MOST || rest.n < HEADER || h[SIZE_OF_HEADER] != HEADER || h[42] || h[62] ||
	    h[63] || h[PARTITION] > 9 || h[CUSTOMER] > 9)
		return NULL;
	if (!tool_field(str_sub(rest, MODEL, MODEL_SIZE), &field) ||
	    !tool_field(str_sub(rest, KIND, KIND_SIZE), &field) || !field.n ||
	    !tool_field(str_sub(rest, ADDRESS, ADDRESS_SIZE), &field) ||
	    (field.n && !is_address(field)))
		return NULL;
	return h;
}

static size_t end_of(struct str image, size_t at, const unsigned char *h)
{
	return at + HEADER + str_sub(image, at + HEADER, get_be32(h + SIZE)).n;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h;
	size_t at = 0, end;

	if (!part_at(image, 0, 0))
		return false;
	for (size_t i = 0; (h = part_at(image, i, at)) != NULL; at = end, i++) {
		end = end_of(image, at, h);
		tool_check_size(v, get_be32(h + SIZE), end - at - HEADER);
		firmware_compare32(v, "sum", get_be32(h),
				   tool_byte_sum(h + HEADER, end - at - HEADER));
	}
	v->extent = at;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h;

	for (size_t i = 0, at = 0; (h = part_at(image, i, at)) != NULL;
	     at = end_of(image, at, h), i++) {
		firmware_put_field(v, "model", "%.*s",
				   STR_ARG(firmware_text(v, h + MODEL, MODEL_SIZE)));
		firmware_put_field(v, "kind", "%.*s, %u bytes for partition %u",
				   STR_ARG(firmware_text(v, h + KIND, KIND_SIZE)),
				   get_be32(h + SIZE), h[PARTITION]);
		firmware_put_field(v, "customer", "%u", h[CUSTOMER]);
		firmware_put_field(v, "board", "%u", get_be32(h + BOARD));
		if (h[ADDRESS])
			firmware_put_field(v, "load address", "%.*s",
					   STR_ARG(firmware_text(v, h + ADDRESS, ADDRESS_SIZE)));
	}
}

static void parts(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h;

	for (size_t i = 0, at = 0; (h = part_at(image, i, at)) != NULL;
	     at = end_of(image, at, h), i++)
		firmware_put_part(v, firmware_text(v, h + KIND, KIND_SIZE), at + HEADER,
				  get_be32(h + SIZE));
}

static const char *const texts[] = {
	/* 22.03 to main of 2026 */
	"3b0e37a91d90d7811f1ebdd12a3cd00de25f45b0d301287c967ce2842ed79134",
	NULL,
};

const struct firmware firmware_cameo_imghdr = {
	.name = "cameo-imghdr",
	.format = "Cameo switch update",
	.script = "cameo-imghdr.py",
	.texts = texts,
	.help = "cameo-imghdr IN OUT MODEL KIND PARTITION CUSTOMER BOARD [LOAD-ADDRESS]\n",
	.write = cameo_imghdr_write,
	.check = check,
	.show = show,
	.parts = parts,
};
