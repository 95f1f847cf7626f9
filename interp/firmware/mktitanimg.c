/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mktitanimg: image for Texas Instruments' PSPBoot (AR7 "Titan"), little endian, of a kernel and
 * a root file system, and the same as NAME.non_web.
 *
 *   0  4  magic 0x4d544443	  4 4 offset of the kernel	  8 4 flags
 *  12  4  version of the header	 16 4 its size			 20 4 product
 *  24  4  release		 28 4 version			 32 4 size of the image
 *  36  4  offset of the names	 40 4 of the section table	 44 4 -1
 *  48  4  -1 (not in version 1)
 *   . 64  0, 64 file name	  . 12 number of sections, size of an entry, offset of the first
 *   . 40  each: offset, size, size without padding, flags, sum, type (1, 2), 16 name
 *
 * The header is filled with 0xff to 16 KiB (version 1: 64). The kernel is filled with 0xff to
 * its alignment; the root file system with NULs to the next 64 KiB, then come 64 KiB of NULs
 * with JFFS2's end mark in front and behind, and 0xff to its alignment. At the end 0xc453de23
 * and cksum's CRC of all (not in NAME.non_web, whose byte 11 is 0x17). Describing the image (-v)
 * is not here. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "digest/digest.h"

enum {
	MAGIC = 0x4d544443, FIXED = 48, NAMES = 128, FILE_NAME = 64, TABLE = 12, ENTRY = 40,
	SECTIONS = 2, HEADER_MOST = FIXED + 4 + NAMES + TABLE + SECTIONS * ENTRY, EXTRA = 0x10000,
	ARGS_MOST = 2, NOT_WEB_AT = 11, NOT_WEB = 0x17, FAILED = 255, SUM_SIZE = 8,
};
static const uint32_t sum_magic = 0xc453de23, failback = 0x88000000;

struct job {
	struct firmware_run *run;
	struct str args[26][ARGS_MOST];	/* of each option */
	size_t n[26];
	bool given[26];
	uint32_t version, size;		/* of the header */
	struct blob *body;		/* behind the header */
};

/* --- the command line: options of one letter, what follows belongs to the last --- */

static size_t most_args(int letter)
{
	if (letter == 'a' || letter == 'i')
		return 2;
	return strchr("fhoprs", letter) ? 1 : 0;
}

/* False: what the tool answers with a help text. */
static bool read_args(struct job *j)
{
	int letter = 'a';

	for (size_t i = 1; i < j->run->argc; i++) {
		struct str arg = j->run->argv[i];
		int at;

		if (str_starts(arg, S("-"))) {
			letter = arg.n == 2 ? arg.p[1] : 0;
			if (!letter || !strchr("abfhioprs", letter)) /* -v, too */
				return false;
			j->given[letter - 'a'] = true;
			continue;
		}
		at = letter - 'a';
		if (j->n[at] < most_args(letter)) /* else it is dropped */
			j->args[at][j->n[at]++] = arg;
	}
	for (int c = 'a'; c <= 'z'; c++) {
		if (j->given[c - 'a'] && j->n[c - 'a'] < most_args(c))
			return false;
	}
	return j->given[0] && j->given['i' - 'a'] && j->given['o' - 'a'];
}

static struct str arg(const struct job *j, int letter, size_t i)
{
	return j->args[letter - 'a'][i];
}

static uint32_t number(const struct job *j, int letter, int base, uint32_t otherwise)
{
	if (!j->given[letter - 'a'])
		return otherwise;
	return (uint32_t)strtoul(str_cz(j->run->mem, arg(j, letter, 0)), NULL, base);
}

/* --- the image --- */

static void put_header(const struct job *j, unsigned char *h)
{
	uint32_t flags = j->given['b' - 'a'] ? ~failback : UINT32_MAX;
	uint32_t head = j->size - NAMES - TABLE - SECTIONS * ENTRY;
	struct str name = path_base(arg(j, 'o', 0));

	memset(h, 0, HEADER_MOST);
	memset(h, 0xff, head);
	put_le32(h, MAGIC);
	put_le32(h + 8, number(j, 'f', 16, flags));
	put_le32(h + 12, j->version);
	put_le32(h + 16, j->size);
	put_le32(h + 20, number(j, 'p', 16, 0x4c575943));
	put_le32(h + 24, number(j, 'r', 0, 0x10203040));
	put_le32(h + 28, number(j, 's', 0, 0x0b040000));
	put_le32(h + 36, head);
	put_le32(h + 40, head + NAMES);
	tool_put_text(h + head + FILE_NAME, FILE_NAME, name);
	put_le32(h + head + NAMES, SECTIONS);
	put_le32(h + head + NAMES + 4, ENTRY);
	put_le32(h + head + NAMES + 8, j->size - SECTIONS * ENTRY);
}

static uint32_t to_next(uint64_t n, uint32_t align)
{
	return align && n % align ? (uint32_t)(align - n % align) : 0;
}

static void add_end(struct job *j, uint64_t raw)
{
	firmware_join(&j->body, blob_run(0, EXTRA - raw % EXTRA));
	firmware_join(&j->body, blob_copy(jffs2_end_mark, 4));
	firmware_join(&j->body, blob_run(0, EXTRA - 4));
	firmware_join(&j->body, blob_copy(jffs2_end_mark, 4));
}

/* Section I of the file at PATH; E: its entry. 0, or the exit status. */
static int add_section(struct job *j, size_t i, struct str path, unsigned char *e)
{
	uint32_t start = j->size + (uint32_t)blob_size(j->body), whole, pad;
	uint32_t align = (uint32_t)strtoul(str_cz(j->run->mem, arg(j, 'a', i)), NULL, 0);
	struct blob *file = NULL;
	uint64_t raw;
	int err = j->run->read(j->run, path, &file);

	if (err == -EISDIR)
		return -1;
	if (err) {
		buf_fmt(j->run->out, "ERROR: can't open file %.*s for reading.\n", STR_ARG(path));
		return FAILED;
	}
	raw = blob_size(file);
	put_le32(e, start);
	put_le32(e + 8, (uint32_t)raw);
	put_le32(e + 12, UINT32_MAX);
	put_le32(e + 16, digest_cksum_blob(file));
	put_le32(e + 20, (uint32_t)i + 1);
	tool_put_text(e + 24, 16, i ? S("root") : S("kernel"));
	firmware_join(&j->body, file);
	if (i)
		add_end(j, raw);
	whole = j->size + (uint32_t)blob_size(j->body) - start;
	pad = to_next(i ? whole : whole + start, align);
	firmware_join(&j->body, blob_run(0xff, pad));
	put_le32(e + 4, whole + pad);
	buf_fmt(j->run->out, "*****padding is %d\ttotal_size=%d\traw_size=%d\ntotal=0x%x\n",
		(int)pad, (int)(whole + pad), (int)raw, start + whole + pad);
	return 0;
}

static int write_both(struct job *j, const unsigned char *h)
{
	struct blob *image = blob_copy(h, j->size), *other;
	unsigned char sum[SUM_SIZE], mark = NOT_WEB;
	struct blob *patch = blob_copy(&mark, 1);
	struct str name = arg(j, 'o', 0);

	firmware_join(&image, blob_ref(j->body));
	other = blob_patch(image, NOT_WEB_AT, patch);
	blob_unref(patch);
	put_le32(sum, sum_magic);
	put_le32(sum + 4, digest_cksum_blob(image));
	firmware_join(&image, blob_copy(sum, SUM_SIZE));
	if (tool_put(j->run, name, image) != 0) {
		blob_unref(other);
		return -1;
	}
	return tool_put(j->run, str_cat(j->run->mem, name, S(".non_web")), other) ? -1 : 0;
}

static int make(struct job *j)
{
	unsigned char h[HEADER_MOST], *entry = h + j->size - SECTIONS * ENTRY;
	int status = 0;

	if (tool_put(j->run, arg(j, 'o', 0), blob_empty()) != 0) {
		buf_fmt(j->run->out, "ERROR: can't open %.*s for writing.\n",
			STR_ARG(arg(j, 'o', 0)));
		return FAILED;
	}
	put_header(j, h);
	buf_fmt(j->run->out, "total=%x\n", j->size);
	j->body = blob_run(0xff, to_next(j->size, j->version == 1 ? 0x10000 : 0x4000));
	for (size_t i = 0; i < SECTIONS && !status; i++)
		status = add_section(j, i, arg(j, 'i', i), entry + i * ENTRY);
	if (status) {
		struct blob *image = blob_run(0, j->size); /* the header would come last */

		firmware_join(&image, blob_ref(j->body));
		return tool_put(j->run, arg(j, 'o', 0), image) ? -1 : status;
	}
	put_le32(h + 4, get_le32(entry));
	put_le32(h + 32, j->size + (uint32_t)blob_size(j->body));
	return write_both(j, h);
}

static int mktitanimg_run(struct firmware_run *run)
{
	struct job j = {.run = run, .version = 1};
	int status;

	if (!read_args(&j) || path_base(arg(&j, 'o', 0)).n >= FILE_NAME)
		return -1;
	if (j.given['h' - 'a'])
		j.version = (uint32_t)atoi(str_cz(run->mem, arg(&j, 'h', 0)));
	j.size = HEADER_MOST - (j.version == 1 ? 4 : 0);
	status = make(&j);
	blob_unref(j.body);
	return status;
}

/* --- check --- */

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), part;
	const unsigned char *h = (const unsigned char *)image.p, *e;
	uint64_t table;
	struct blob *b;

	if (image.n < HEADER_MOST || get_le32(h) != MAGIC)
		return false;
	table = (uint64_t)get_le32(h + 40) + TABLE;
	v->extent = get_le32(h + 16);
	if (table + SECTIONS * ENTRY > image.n) {
		firmware_bad(v, "the section table is out of the file");
		return true;
	}
	for (size_t i = 0; i < SECTIONS; i++) {
		e = h + table + i * ENTRY;
		part = str_sub(image, get_le32(e), get_le32(e + 8));
		b = blob_copy(part.p, part.n);
		firmware_compare32(v, i ? "sum of the root file system" : "sum of the kernel",
				   get_le32(e + 16), digest_cksum_blob(b));
		blob_unref(b);
	}
	e = h + image.n - SUM_SIZE;
	if (get_le32(e) == sum_magic) {
		b = blob_copy(h, image.n - SUM_SIZE);
		firmware_compare32(v, "sum", get_le32(e + 4), digest_cksum_blob(b));
		blob_unref(b);
	}
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "header version", "%u", get_le32(h + 12));
	firmware_put_field(v, "product", "0x%08x", get_le32(h + 20));
	firmware_put_field(v, "version", "0x%08x", get_le32(h + 28));
	firmware_put_field(v, "image size", "%u", get_le32(h + 32));
}

const struct firmware firmware_mktitanimg = {
	.name = "mktitanimg",
	.format = "TI Titan image",
	.help = "mktitanimg -o FILE -i KERNEL ROOTFS -a ALIGN ALIGN [-h VERSION] [-p PRODUCT] [-r "
		"RELEASE]\n"
		"           [-s VERSION] [-f FLAGS] [-b]\n",
	.write = mktitanimg_run,
	.check = check,
	.show = show,
	.pure = true,
};
