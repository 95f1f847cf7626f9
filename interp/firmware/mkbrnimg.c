/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkbrnimg: image for Arcadyan's BRN boot loader: files, and a signature with a NUL. Each file is
 * filled with 0xff so that these 12 bytes end a block of 1024 bytes (little endian):
 *
 *   0 4  size of the file	4 4 magic	8 4 CRC-32 of the file
 *
 * The first file is a kernel in .lzma form. The polynomial may be another (-p, bytes in reverse).
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum { BLOCK = 1024, FOOTER = 12, USUAL = 0x2083b8ed, ALSO = 0x04c11db7, SIGNATURE_MOST = 64 };
static const unsigned char lzma_start[4] = {0x5d, 0, 0, 0x80};

static const struct opt options[] = {
	{'o', NULL, OPT_VALUE, "FILE  output (default-brnImage)"},
	{'m', NULL, OPT_VALUE, "MAGIC  (0x12345678)"},
	{'s', NULL, OPT_VALUE, "TEXT  signature (BRNDTW502)"},
	{'p', NULL, OPT_VALUE, "POLY  of the CRC (0x2083b8ed)"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct blob *image;
	uint32_t magic, poly;
};

static uint32_t crc_by(uint32_t swapped, struct str data)
{
	uint32_t poly = swapped >> 24 | (swapped >> 8 & 0xff00) | (swapped & 0xff00) << 8 |
			swapped << 24;
	uint32_t table[256], crc = UINT32_MAX;

	if (swapped == USUAL)
		return digest_crc32(0, data.p, data.n);
	for (uint32_t i = 0; i < 256; i++) {
		table[i] = i;
		for (int bit = 0; bit < 8; bit++)
			table[i] = table[i] >> 1 ^ (table[i] & 1 ? poly : 0);
	}
	for (size_t i = 0; i < data.n; i++)
		crc = table[(crc ^ (unsigned char)data.p[i]) & 0xff] ^ crc >> 8;
	return ~crc;
}

/* How many bytes a file of N bytes has in front of its footer. */
static uint64_t padded(uint64_t n)
{
	return (n + FOOTER + BLOCK - 1) / BLOCK * BLOCK - FOOTER;
}

static bool is_lzma(struct str data)
{
	return data.n >= 4 && memcmp(data.p, lzma_start, 4) == 0;
}

/* 0, or the exit status. */
static int add(struct job *j, struct str path, bool kernel)
{
	struct blob *file = NULL;
	int err = j->run->read(j->run, path, &file);
	unsigned char footer[FOOTER];
	struct str data;

	if (err == -EISDIR)
		return -1;
	if (!err && !blob_size(file))
		err = -EINVAL; /* nothing cannot be mapped */
	data = err ? S("") : blob_flat(j->run->mem, file);
	if (err || (kernel && !is_lzma(data))) {
		blob_unref(file);
		return err ? firmware_say(j->run, "\n", "Error mapping file '%.*s': %s",
					  STR_ARG(path), strerror(-err))
			   : firmware_say(j->run, "\n",
					  "lzma signature not found on kernel image.");
	}
	put_le32(footer, (uint32_t)data.n);
	put_le32(footer + 4, j->magic);
	put_le32(footer + 8, crc_by(j->poly, data));
	firmware_join(&j->image, file);
	firmware_join(&j->image, blob_run(0xff, padded(data.n) - data.n));
	firmware_join(&j->image, blob_copy(footer, FOOTER));
	buf_fmt(j->run->err, "crc32 for '%.*s' is %08x.\nlen=%08zx padded_len=%08llx\n",
		STR_ARG(path), get_le32(footer + 8), data.n, (unsigned long long)padded(data.n));
	return 0;
}

static int mkbrnimg_run(struct firmware_run *run)
{
	struct tool_options o = {.value = {['o'] = S("default-brnImage"), ['s'] = S("BRNDTW502")}};
	bool known = tool_options(run, options, &o);
	struct job j = {.run = run, .magic = 0x12345678, .poly = USUAL};
	int err, status = 0;

	if (!known || !o.operands.n ||
	    (o.value['m'].p && !tool_any_whole(run, o.value['m'], &j.magic)) ||
	    (o.value['p'].p && !tool_any_whole(run, o.value['p'], &j.poly)))
		return -1;
	j.image = blob_empty();
	for (size_t i = 0; i < o.operands.n && !status; i++)
		status = add(&j, o.operands.p[i], i == 0);
	if (!status)
		firmware_join(&j.image,
			      blob_copy(str_cz(run->mem, o.value['s']), o.value['s'].n + 1));
	if (status == -1) {
		blob_unref(j.image);
		return -1;
	}
	err = tool_put(run, o.value['o'], j.image);
	if (!err)
		return status;
	run->err->n = 0;
	return firmware_say(run, "\n", "Error opening '%.*s' for writing: %s",
			    STR_ARG(o.value['o']), strerror(-err));
}

/* Where the file begins whose footer ends at END; SIZE_MAX: there is none. */
static size_t file_start(struct str image, size_t end, struct str *data)
{
	const unsigned char *footer = (const unsigned char *)image.p + end - FOOTER;
	uint64_t n = get_le32(footer), whole = padded(n) + FOOTER;

	if (n == 0 || whole > end)
		return SIZE_MAX;
	*data = str_sub(image, end - whole, n);
	for (const unsigned char *p = footer - (padded(n) - n); p < footer; p++) {
		if (*p != 0xff)
			return SIZE_MAX;
	}
	return end - whole;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data = {NULL, 0};
	size_t end = image.n / BLOCK * BLOCK, sign = image.n - end, at, first;
	bool good = true;

	if (!end || sign < 2 || sign > SIGNATURE_MOST || image.p[image.n - 1] || !is_lzma(image) ||
	    strnlen(image.p + end, sign) != sign - 1)
		return false;
	for (at = end; at; at = first) {
		first = file_start(image, at, &data);
		if (first == SIZE_MAX)
			return false;
	}
	for (at = end; at; at = first) {
		uint32_t crc = get_le32((const unsigned char *)image.p + at - 4);

		first = file_start(image, at, &data);
		if (crc == crc_by(USUAL, data) || crc == crc_by(ALSO, data))
			continue;
		good = false;
		firmware_bad(v, "CRC of the file at %zu is %08x, but the data gives %08x", first,
			     crc, crc_by(USUAL, data));
	}
	if (good)
		firmware_good(v, "CRC of all files");
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data, text;
	size_t end = image.n / BLOCK * BLOCK;

	text = firmware_text(v, image.p + end, image.n - end);
	firmware_put_field(v, "signature", "%.*s", STR_ARG(text));
	firmware_put_field(v, "magic", "0x%08x",
			   get_le32((const unsigned char *)image.p + end - FOOTER + 4));
	for (size_t at = end; at;) {
		at = file_start(image, at, &data);
		firmware_put_field(v, "file", "%zu bytes at %zu", data.n, at);
	}
}

/* Until 2015 there was no -p. */
static const struct firmware_mark since[] = {
    {.text = "[-p crc32 poly]"},
    {0},
};

const struct firmware firmware_mkbrnimg = {
    .name = "mkbrnimg",
    .format = "Arcadyan BRN image",
    .help = "mkbrnimg [-o FILE] [-m MAGIC] [-s SIGNATURE] [-p POLY] KERNEL [FILE]...\n",
    .write = mkbrnimg_run,
    .since = since,
    .check = check,
    .show = show,
    .pure = true,
    .trailer = true,
};
