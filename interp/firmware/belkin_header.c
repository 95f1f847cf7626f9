/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * belkin-header: image of Belkin's Linksys switches (LGS3xxC), big endian.
 *
 *  0  4  family: 0x07800001 RTL838x, 0x07600001 RTL93xx	 4 4 CRC of these 64 bytes, with 0
 * here 8  4  time of making, seconds				12 4 size of what follows 16  8
 * "belkin"						24 4 CRC of what follows 28  4  version 1,
 * 1, 2, 2					32 15 "IMG-1.01.02.02", NUL 47 17  model: its first
 * character, then groups of four in three bytes, NULs
 *
 * A character of the model has 6 bits: a blank, digits, capital and small letters, "-". The CRCs
 * are CRC-32 that starts with 0 and is not inverted. Source: OpenWrt's scripts/belkin-header.py,
 * which takes the time of the clock, whatever SOURCE_DATE_EPOCH says.
 */
#include "firmware/internal.h"

enum {
	CRC = 4,
	TIME = 8,
	SIZE = 12,
	COMPANY = 16,
	DATA_CRC = 24,
	VERSION = 28,
	MODULE = 32,
	MODEL = 47,
	HEADER = 64,
	MODEL_MOST = HEADER - MODEL
};

static const char characters[] = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-";
static const struct opt options[] = {{0, NULL, OPT_NONE, NULL}};

/* The number of TEXT's character AT, a blank behind its end; -1: it has none. */
static int code(struct str text, size_t at)
{
	const char *c = at < text.n && text.p[at] ? strchr(characters, text.p[at]) : NULL;

	return at >= text.n ? 0 : c ? (int)(c - characters) : -1;
}

/* False: a character that it can't have, or too many. */
static bool put_model(unsigned char *p, struct str model)
{
	size_t n = 1;

	if (!model.n || code(model, 0) < 0)
		return false;
	p[0] = (unsigned char)code(model, 0);
	/* a last group is always there, of blanks when nothing is left for it */
	for (size_t at = 1; at == 1 || at <= model.n - (model.n - 1) % 4; at += 4, n += 3) {
		uint32_t group = 0;

		for (size_t i = at; i < at + 4; i++) {
			if (code(model, i) < 0)
				return false;
			group = group << 6 | (uint32_t)code(model, i);
		}
		if (n + 3 > MODEL_MOST)
			return false;
		p[n] = (unsigned char)(group >> 16);
		p[n + 1] = (unsigned char)(group >> 8);
		p[n + 2] = (unsigned char)group;
	}
	return true;
}

static int belkin_header_write(struct firmware_run *run)
{
	static const unsigned char version[] = {1, 1, 2, 2};
	unsigned char h[HEADER] = {0};
	struct tool_options o = {0};
	const struct str *arg;
	uint64_t family;
	struct blob *b;

	if (!python_options(run, options, &o) || o.operands.n != 4 || run->now < 0 ||
	    run->now > UINT32_MAX)
		return -1;
	arg = o.operands.p;
	if (!python_number(arg[2], UINT32_MAX, &family) || !put_model(h + MODEL, arg[3]) ||
	    str_eq(arg[0], arg[1]))
		return -1;
	b = python_read(run, arg[0]);
	if (!b)
		return -1;
	put_be32(h, (uint32_t)family);
	put_be32(h + TIME, (uint32_t)run->now);
	put_be32(h + SIZE, (uint32_t)blob_size(b));
	memcpy(h + COMPANY, "belkin", 6);
	put_be32(h + DATA_CRC, tool_crc32_bare_blob(b));
	memcpy(h + VERSION, version, sizeof(version));
	memcpy(h + MODULE, "IMG-1.01.02.02", 14);
	put_be32(h + CRC, tool_crc32_bare(h, HEADER));
	return python_write_behind(run, arg[1], h, HEADER, b);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *p = (const unsigned char *)image.p;
	unsigned char h[HEADER];

	if (image.n < HEADER || memcmp(p + COMPANY, "belkin\0", 8) != 0 ||
	    memcmp(p + MODULE, "IMG-", 4) != 0)
		return false;
	memcpy(h, p, HEADER);
	put_be32(h + CRC, 0);
	firmware_compare32(v, "header CRC-32", get_be32(p + CRC), tool_crc32_bare(h, HEADER));
	data = str_sub(image, HEADER, get_be32(p + SIZE));
	tool_check_size(v, get_be32(p + SIZE), data.n);
	firmware_compare32(v, "CRC-32", get_be32(p + DATA_CRC), tool_crc32_bare(data.p, data.n));
	v->extent = HEADER + data.n;
	return true;
}

static struct str model_of(struct firmware_view *v, const unsigned char *p)
{
	struct buf text = buf_new(v->mem);

	buf_char(&text, p[0] < 64 ? characters[p[0]] : '.');
	for (size_t i = 1; i + 3 <= MODEL_MOST; i += 3) {
		uint32_t group = (uint32_t)p[i] << 16 | (uint32_t)p[i + 1] << 8 | p[i + 2];

		for (int shift = 18; shift >= 0; shift -= 6)
			buf_char(&text, characters[group >> shift & 63]);
	}
	return str_trim(buf_view(&text));
}

static void show(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "family", "0x%08x", get_be32(p));
	firmware_put_field(v, "model", "%.*s", STR_ARG(model_of(v, p + MODEL)));
	firmware_put_field(v, "version", "%u.%u.%u.%u", p[VERSION], p[VERSION + 1], p[VERSION + 2],
			   p[VERSION + 3]);
	firmware_put_field(v, "made", "%u seconds of the epoch", get_be32(p + TIME));
	firmware_put_field(v, "size", "%u bytes", get_be32(p + SIZE));
}

static void parts(struct firmware_view *v)
{
	firmware_put_part(v, S("image"), HEADER,
			  get_be32((const unsigned char *)firmware_bytes(v).p + SIZE));
}

static const char *const texts[] = {
	/* 24.10 to main of 2026 */
	"142c81c1c34c29a0633e0c17f0e2f0db8a9c8d2327989dd17107c1dd699a0031",
	NULL,
};

const struct firmware firmware_belkin_header = {
	.name = "belkin-header",
	.format = "Belkin switch image",
	.script = "belkin-header.py",
	.texts = texts,
	.help = "belkin-header IN OUT FAMILY MODEL\n",
	.write = belkin_header_write,
	.check = check,
	.show = show,
	.parts = parts,
};
