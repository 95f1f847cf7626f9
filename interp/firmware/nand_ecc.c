/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nand_ecc: a file as NAND pages with their spare bytes: behind each page of 2048 bytes (-p) 64
 * (-o), of which from byte 40 on (-e) three are a Hamming code for each 256 bytes, as SmartMedia
 * has it; the others are 0. What is less than a page at the end is left out. The result has no
 * mark.
 *
 * The code, inverted: for each bit of a byte's number, the upper one first, the parity of all
 * bits in bytes whose number has it, then of those without it (2 bytes); the parities of the
 * columns (6 bits), then 00. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 256, CODE = 3, PAGE = 2048, SPARE = 64, CODE_AT = 40, MOST = 1 << 20 };

static const struct opt options[] = {
	{'p', NULL, OPT_VALUE, "SIZE  of a page (2048)"},
	{'o', NULL, OPT_VALUE, "SIZE  of its spare bytes (64)"},
	{'e', NULL, OPT_VALUE, "OFFSET  of the code in them (40)"},
	{0, NULL, OPT_NONE, NULL},
};

struct layout {
	uint32_t page, spare, code_at;
};

static unsigned parity(unsigned char v)
{
	v ^= v >> 4;
	v ^= v >> 2;
	return (v ^ v >> 1) & 1;
}

static void put_code(unsigned char *code, const unsigned char *p)
{
	/* the bits of each column parity, the last one first */
	static const unsigned char columns[6] = {0xf0, 0x0f, 0xcc, 0x33, 0xaa, 0x55};
	unsigned char all = 0, with = 0, without;
	unsigned lines = 0, bits = 0;

	for (unsigned i = 0; i < CHUNK; i++) {
		all ^= p[i];
		if (parity(p[i]))
			with ^= (unsigned char)i;
	}
	without = parity(all) ? (unsigned char)~with : with;
	for (int bit = 7; bit >= 0; bit--)
		lines = lines << 2 | (with >> bit & 1u) << 1 | (without >> bit & 1u);
	for (unsigned i = 0; i < 6; i++)
		bits = bits << 1 | parity(all & columns[i]);
	put_be16(code, (uint16_t)~lines);
	code[2] = (unsigned char)(~bits << 2 | 3);
}

static struct blob *make(const struct blob *data, const struct layout *l)
{
	size_t pages = blob_size(data) / l->page, whole = l->page + l->spare;
	unsigned char *image = calloc(pages ? pages : 1, whole);

	for (size_t i = 0; image && i < pages; i++) {
		unsigned char *page = image + i * whole, *code = page + l->page + l->code_at;

		blob_read(data, (uint64_t)i * l->page, page, l->page);
		for (uint32_t at = 0; at + CHUNK <= l->page; at += CHUNK, code += CODE)
			put_code(code, page + at);
	}
	return image ? blob_adopt(image, pages * whole) : NULL;
}

static void number(struct firmware_run *run, struct str text, uint32_t *out)
{
	if (text.p)
		*out = tool_any_number(run, text);
}

static int nand_ecc_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	struct layout l = {PAGE, SPARE, CODE_AT};
	struct blob *data = NULL, *image;
	int err;

	if (!tool_options(run, options, &o) || o.operands.n < 2)
		return -1;
	number(run, o.value['p'], &l.page);
	number(run, o.value['o'], &l.spare);
	number(run, o.value['e'], &l.code_at);
	if (!l.page || l.page > MOST || l.spare > MOST || l.code_at > MOST ||
	    l.code_at + l.page / CHUNK * CODE > l.spare)
		return -1; /* the tool writes out of its memory */
	err = run->read(run, o.operands.p[0], &data);
	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_say(run, "\n", "open input file: %s", strerror(-err));
	image = make(data, &l);
	blob_unref(data);
	if (!image)
		return -1;
	err = tool_put(run, o.operands.p[1], image);
	return err ? firmware_say(run, "\n", "open output file: %s", strerror(-err)) : 0;
}

const struct firmware firmware_nand_ecc = {
	.name = "nand_ecc",
	.help = "nand_ecc [-p PAGE] [-o SPARE] [-e OFFSET] FILE OUTPUT\n",
	.write = nand_ecc_run,
	.pure = true,
};
