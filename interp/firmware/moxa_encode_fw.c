/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * moxa-encode-fw: firmware of MOXA's AWK routers, big endian, all of it under a phrase by XOR.
 *
 *  0 8  magic	 8 4 size of all	12 1 1	13 1 number of files (3)	14 2 0
 * 16 4  hardware	20 4 build	24 4 0	28 4 build	32 4 0x01000000
 * 36 4  where each file is, then CRC-32 of what follows
 * A file:  0 16 name	16 4 size with these 36 bytes	20 4 0x01000000	24 4 build	28 4 0	32
 * 4 CRC-32
 *
 * The input is cut into "kernel" (2 MiB), "root" (9 MiB) and "userdisk" (3076 KiB), what is behind
 * is left out; an empty file has one NUL. The CRCs start with 0 and are not inverted. Source:
 * OpenWrt's scripts/moxa-encode-fw.py.
 */
#include <stdlib.h>

#include "digest/digest.h"
#include "firmware/internal.h"

enum {
	SIZE = 8,
	N_FILES = 13,
	HARDWARE = 16,
	BUILD = 20,
	AT = 36,
	FILES = 3,
	CRC = AT + 4 * FILES,
	HEADER = CRC + 4,
	FILE_SIZE = 16,
	FILE_BUILD = 24,
	FILE_CRC = 32,
	FILE_HEADER = 36,
	MARK = 0x01000000
};

static const char phrase[] = "Seek AGREEMENT for the date of completion."; /* and its NUL */

static const struct {
	const char *name;
	uint32_t size; /* bytes */
} files[FILES] = {{"kernel", 2048 << 10}, {"root", 9216 << 10}, {"userdisk", 3076 << 10}};

static const struct opt options[] = {
    {'i', "input", OPT_VALUE, NULL},   {'o', "output", OPT_VALUE, NULL},
    {'m', "magic", OPT_VALUE, NULL},   {'d', "hwid", OPT_VALUE, NULL},
    {'b', "buildid", OPT_VALUE, NULL}, {0, NULL, OPT_NONE, NULL},
};

/* From OFFSET of the image on. */
static void xor
    (unsigned char *p, size_t n, uint64_t offset) {
	    for (size_t i = 0; i < n; i++)
		    p[i] ^= (unsigned char)phrase[(offset + i) % sizeof(phrase)];
    }

    /* File I of B at P, which is zero; how many bytes. */
    static size_t
    put_file(unsigned char *p, const struct blob *b, uint64_t from, size_t i, uint32_t build)
{
	size_t n = blob_read(b, from, p + FILE_HEADER, files[i].size);

	n = n ? n : 1;
	tool_put_text(p, FILE_SIZE, str_z(files[i].name));
	put_be32(p + FILE_SIZE, (uint32_t)(FILE_HEADER + n));
	put_be32(p + 20, MARK);
	put_be32(p + FILE_BUILD, build);
	put_be32(p + FILE_CRC, tool_crc32_bare(p + FILE_HEADER, n));
	return FILE_HEADER + n;
}

static int moxa_encode_fw_write(struct firmware_run *run)
{
	struct tool_options o = {0};
	uint64_t magic, hardware, build, from = 0;
	size_t n = HEADER;
	unsigned char *p;
	struct blob *b;

	if (!python_options(run, options, &o) || o.operands.n || !o.value['o'].n ||
	    !python_number(o.value['m'], UINT64_MAX, &magic) ||
	    !python_number(o.value['d'], UINT32_MAX, &hardware) ||
	    !python_number(o.value['b'], UINT32_MAX, &build))
		return -1;
	b = python_read(run, o.value['i']);
	p = b ? calloc(1, (size_t)blob_size(b) + HEADER + FILES * (FILE_HEADER + 1)) : NULL;
	if (!p) {
		blob_unref(b);
		return -1;
	}
	for (size_t i = 0; i < FILES; i++) {
		put_be32(p + AT + 4 * i, (uint32_t)n);
		n += put_file(p + n, b, from, i, (uint32_t)build);
		from += files[i].size;
	}
	blob_unref(b);
	put_be64(p, magic);
	put_be32(p + SIZE, (uint32_t)n);
	p[12] = 1;
	p[N_FILES] = FILES;
	put_be32(p + HARDWARE, (uint32_t)hardware);
	put_be32(p + BUILD, (uint32_t)build);
	put_be32(p + 28, (uint32_t)build);
	put_be32(p + 32, MARK);
	put_be32(p + CRC, tool_crc32_bare(p + HEADER, n - HEADER));
	xor(p, n, 0);
	return python_write(run, o.value['o'], blob_adopt(p, n));
}

/* The N bytes at OFFSET of the image without the phrase. */
static bool plain(struct str image, uint64_t offset, unsigned char *out, size_t n)
{
	struct str from = str_sub(image, (size_t)offset, n);

	if (from.n < n)
		return false;
	memcpy(out, from.p, n);
	xor(out, n, offset);
	return true;
}

static bool read_header(struct str image, unsigned char *h)
{
	return plain(image, 0, h, HEADER) && h[12] == 1 && h[N_FILES] == FILES && !h[14] &&
	       !h[15] && get_be32(h + 24) == 0 && get_be32(h + 32) == MARK &&
	       get_be32(h + BUILD) == get_be32(h + 28);
}

/* Of what is from OFFSET to END. */
static uint32_t crc_of(struct str image, uint64_t offset, uint64_t end)
{
	unsigned char piece[4096];
	uint32_t crc = UINT32_MAX;

	while (offset < end) {
		size_t n = end - offset < sizeof(piece) ? (size_t)(end - offset) : sizeof(piece);

		if (!plain(image, offset, piece, n))
			break;
		crc = digest_crc32(crc, piece, n);
		offset += n;
	}
	return ~crc;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	unsigned char h[HEADER];
	size_t n;

	if (!read_header(image, h))
		return false;
	n = get_be32(h + SIZE);
	tool_check_size(v, n, image.n);
	n = n < image.n ? n : image.n;
	v->extent = n;
	if (n >= HEADER)
		firmware_compare32(v, "CRC-32", get_be32(h + CRC), crc_of(image, HEADER, n));
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	unsigned char h[HEADER], f[FILE_HEADER];

	if (!read_header(image, h))
		return;
	firmware_put_field(v, "magic", "0x%016llx", (unsigned long long)get_be64(h));
	firmware_put_field(v, "hardware", "0x%x", get_be32(h + HARDWARE));
	firmware_put_field(v, "build", "%u", get_be32(h + BUILD));
	for (size_t i = 0; i < FILES; i++)
		if (plain(image, get_be32(h + AT + 4 * i), f, FILE_HEADER))
			firmware_put_field(v, "file", "%.*s, %u bytes",
					   STR_ARG(firmware_text(v, f, FILE_SIZE)),
					   get_be32(f + FILE_SIZE) - FILE_HEADER);
}

static void parts(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	unsigned char h[HEADER], f[FILE_HEADER], *p;

	if (!read_header(image, h))
		return;
	for (size_t i = 0; i < FILES; i++) {
		uint64_t at = get_be32(h + AT + 4 * i);
		size_t n;

		if (!plain(image, at, f, FILE_HEADER) || get_be32(f + FILE_SIZE) <= FILE_HEADER)
			continue;
		n = get_be32(f + FILE_SIZE) - FILE_HEADER;
		if (n > firmware_room(v) || n > image.n)
			continue;
		p = malloc(n);
		if (p && plain(image, at + FILE_HEADER, p, n))
			firmware_put_made(v, firmware_text(v, f, FILE_SIZE), blob_adopt(p, n));
		else
			free(p);
	}
}

static const char *const texts[] = {
	/* 24.10 to main of 2026 */
	"73dbfc63644910fc60c595e4ecc02a09e70034bba65dfdba86c3003c04dfc309",
	NULL,
};

const struct firmware firmware_moxa_encode_fw = {
	.name = "moxa-encode-fw",
	.format = "MOXA firmware",
	.script = "moxa-encode-fw.py",
	.texts = texts,
	.help = "moxa-encode-fw --input FILE --output FILE --magic N --hwid N --buildid N\n",
	.write = moxa_encode_fw_write,
	.check = check,
	.show = show,
	.parts = parts,
};
