/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nec-usbatermfw: NEC Aterm image for loading from USB, big endian.
 *
 *   0 16  "USB ATERMWL3050"	16 16 0xff
 *
 * Then blocks, the first with version text, the last one of size 0; then 32 bytes of text at the
 * end ("Binary TypeTYPE File END \r\n", in front of it 0xff). A block:
 *
 *   0  2  flags		 2 2 the same inverted
 *   4  4  size with header	 8 4 size of the header (24)
 *  12  4  checksum, little endian
 *  16  4  load address		20 4 entry point
 *  24  n  data, padded with NULs to 4 bytes
 *
 * Checksum: 0xffff less the sum, modulo 0xffff, of the little-endian 16-bit words of the data
 * and of the header from byte 4 on. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	HEAD = 32, BLOCK = 24, END_TEXT = 32, EXEC = 2, LAST = 1, BLOCKS_MOST = 2,
	CANNOT_OPEN = 256 - EACCES,
};
static const uint32_t load_default = 0x80040000;
static const char version[] = "VERSION: 9.99.99\nOEM1 VERSION: 9.9.99\n";

static const struct opt options[] = {
	{'f', NULL, OPT_VALUE, "FLAGS  of the next block"},
	{'a', NULL, OPT_VALUE, "ADDR  load address of the next block"},
	{'e', NULL, OPT_VALUE, "ADDR  entry point of the next block"},
	{'d', NULL, OPT_VALUE, "FILE  a block (two at most)"},
	{'t', NULL, OPT_VALUE, "TYPE  for the text at the end"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct blob *image;
	uint32_t flags, load, entry;
	unsigned n;		/* blocks so far */
	struct str end;
};

/* An odd last byte counts as a signed one. */
static uint32_t add_words(uint32_t sum, struct str data)
{
	const unsigned char *p = (const unsigned char *)data.p;

	for (size_t i = 0; i + 1 < data.n; i += 2)
		sum += get_le16(p + i);
	if (data.n % 2)
		sum += (uint16_t)(int16_t)(signed char)p[data.n - 1];
	return sum;
}

static uint32_t checksum(const unsigned char *h, struct str data)
{
	uint32_t sum = add_words(0, data);

	sum = add_words(sum, (struct str){(const char *)h + 4, 8});
	sum = add_words(sum, (struct str){(const char *)h + 16, 8});
	return 0xffff ^ sum % 0xffff;
}

static void put_block(struct job *j, uint32_t flags, uint32_t load, uint32_t entry,
		      struct blob *data)
{
	unsigned char h[BLOCK] = {0};
	struct str bytes = blob_flat(j->run->mem, data);

	put_be16(h, (uint16_t)flags);
	put_be16(h + 2, (uint16_t)~flags);
	put_be32(h + 4, (uint32_t)(BLOCK + bytes.n));
	put_be32(h + 8, BLOCK);
	put_be32(h + 16, load);
	put_be32(h + 20, entry);
	put_le32(h + 12, checksum(h, bytes));
	firmware_join(&j->image, blob_copy(h, BLOCK));
	firmware_join(&j->image, blob_ref(data));
	firmware_join(&j->image, blob_run(0, (4 - bytes.n % 4) % 4));
	buf_fmt(j->run->out, "%u:\t0x%04x,\t0x%08zx,\t0x%08x,\t0x%08x,\t0x%08x\n", ++j->n,
		flags & 0xffff, BLOCK + bytes.n, load, entry, get_le32(h + 12));
}

/* As the tool reads one: nothing at all is 0. */
static bool number(struct job *j, struct str text, uint32_t *out)
{
	*out = 0;
	return text.n == 0 || tool_number(j->run, text, out);
}

static int add_file(struct job *j, struct str path)
{
	struct blob *data = NULL;
	int err;

	if (j->n > BLOCKS_MOST) {
		firmware_say(j->run, "\n",
			     "data block count exceeds maximum count (%d), skipping...",
			     BLOCKS_MOST);
		return 0;
	}
	err = j->run->read(j->run, path, &data);
	if (err == -EISDIR)
		return -1;
	if (err) {
		firmware_say(j->run, "\n", "couldn't open %.*s", STR_ARG(path));
		return CANNOT_OPEN;
	}
	if (!blob_size(data)) /* the tool goes forward by a header, not back again */
		firmware_join(&j->image, blob_run(0, BLOCK));
	put_block(j, j->flags, j->load, j->entry, data);
	blob_unref(data);
	j->flags = EXEC;
	j->load = j->entry = load_default;
	return 0;
}

static int take(struct job *j, int id, struct str value)
{
	switch (id) {
	case 'f': return number(j, value, &j->flags) ? 0 : -1;
	case 'a': return number(j, value, &j->load) ? 0 : -1;
	case 'e': return number(j, value, &j->entry) ? 0 : -1;
	case 'd': return add_file(j, value);
	default: break;
	}
	j->end = str_fmt(j->run->mem, "Binary Type%.*s File END \r\n", STR_ARG(value));
	return j->end.n <= END_TEXT ? 0 : -1;
}

static void begin(struct job *j)
{
	unsigned char head[HEAD] = "USB ATERMWL3050";
	struct blob *text = blob_copy(version, sizeof(version) - 1);

	memset(head + 16, 0xff, 16);
	j->image = blob_copy(head, HEAD);
	buf_z(j->run->out, "\tFlags\tTotal Len.\tLoad Addr\tEntry Point\tChecksum\n");
	put_block(j, 0, 0, 0, text);
	blob_unref(text);
}

static void end(struct job *j)
{
	unsigned char text[END_TEXT];
	struct blob *none = blob_empty();

	put_block(j, LAST, 0, 0, none);
	blob_unref(none);
	memset(text, 0xff, END_TEXT);
	memcpy(text + END_TEXT - j->end.n, j->end.p, j->end.n);
	firmware_join(&j->image, blob_copy(text, END_TEXT));
}

/* What is wrong with the options is answered with a usage text: not here. */
static int nec_usbatermfw_run(struct firmware_run *run)
{
	struct job j = {.run = run, .flags = EXEC, .load = load_default, .entry = load_default};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status = 0;

	if (run->argc < 2 || str_starts(run->argv[1], S("-")))
		return -1;
	begin(&j);
	while (!status && (id = opts_next(&o)) != OPTS_END)
		status = id == OPTS_ERROR ? -1 : take(&j, id, o.value);
	if (!status && !j.end.n)
		status = -1;
	if (!status)
		end(&j);
	if (status == -1)
		blob_unref(j.image);
	else if (tool_put(run, run->argv[1], j.image) != 0) {
		run->out->n = run->err->n = 0;
		firmware_say(run, "\n", "Couldn't open %.*s", STR_ARG(run->argv[1]));
		return CANNOT_OPEN;
	}
	return status;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;
	size_t at = HEAD, size;

	if (image.n < HEAD + BLOCK || memcmp(p, "USB ATERMWL3050", 16) != 0)
		return false;
	for (;; at += (size + 3) / 4 * 4) {
		size = image.n - at >= BLOCK ? get_be32(p + at + 4) : 0;
		if (size < BLOCK || size > image.n - at || get_be32(p + at + 8) != BLOCK) {
			firmware_bad(v, "no whole block at %zu", at);
			return true;
		}
		firmware_compare32(v, "block checksum", get_le32(p + at + 12),
				   checksum(p + at, str_sub(image, at + BLOCK, size - BLOCK)));
		if (get_be16(p + at) == LAST)
			break;
		if (image.n - at < (size + 3) / 4 * 4)
			return true;
	}
	v->extent = at + BLOCK + END_TEXT;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), text;
	const unsigned char *p = (const unsigned char *)image.p;
	size_t at = HEAD, size;

	for (; image.n - at >= BLOCK; at += (size + 3) / 4 * 4) {
		size = get_be32(p + at + 4);
		if (size < BLOCK || size > image.n - at || get_be16(p + at) == LAST ||
		    (size + 3) / 4 * 4 > image.n - at)
			break;
		firmware_put_field(v, "block", "%zu bytes, load 0x%08x, entry 0x%08x",
				   size - BLOCK, get_be32(p + at + 16), get_be32(p + at + 20));
	}
	at = image.n > END_TEXT ? image.n - END_TEXT : 0;
	while (at < image.n && p[at] == 0xff)
		at++;
	text = firmware_text(v, image.p + at, image.n - at);
	firmware_put_field(v, "end", "%.*s", STR_ARG(text));
}

const struct firmware firmware_nec_usbatermfw = {
	.name = "nec-usbatermfw",
	.format = "NEC Aterm USB image",
	.help = "nec-usbatermfw FILE -t TYPE [[-f FLAGS] [-a LOAD] [-e ENTRY] -d DATA]...\n",
	.write = nec_usbatermfw_run,
	.check = check,
	.show = show,
	.pure = true,
};
