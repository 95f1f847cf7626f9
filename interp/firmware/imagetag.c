/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * imagetag: Broadcom's image for the CFE boot loader of bcm63xx: a tag of 256 bytes, what it tags.
 * Texts end with NUL, numbers in the tag are decimal texts but for the big-endian ones at its end.
 *
 *   0  4 version	  4 20 signature	 24 14 second signature	 38  6 chip	 44 16 board
 *  60  2 "1"		 62 10 size of all	 72 12 address, 84 10 size of the CFE
 *  94 12 address, 106 10 size of the root file system (of the kernel when that comes first)
 * 116 12 address, 128 10 size of the kernel	138  2 second image	140  2 inactive
 * 142 20 RSA signature	162 30 information	192  4 flash layout
 * 196  4 CRC of kernel and rootfs		200 16 more information
 * 216  4 CRC of the image (Pirelli: of the kernel)	220 4 of the rootfs	224 4 of the kernel
 * 232  4 size of the rootfs	236 4 CRC of the tag up to here	240 16 reserved
 *
 * Then a CFE, if any; kernel with a header (load address, entry point, size), rootfs, up to the end
 * of an erase block, 0xdeadc0de; or the rootfs first. CRC-32 without the inversion at its end.
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	TAG = 256, VERSION = 0, SIGNATURE = 4, SIGNATURE2 = 24, CHIP = 38, BOARD = 44, ENDIAN = 60,
	TOTAL = 62, CFE_AT = 72, CFE_SIZE = 84, IMAGE_AT = 94, IMAGE_SIZE = 106, KERNEL_AT = 116,
	KERNEL_SIZE = 128, DUAL = 138, INACTIVE = 140, RSA = 142, INFO = 162, LAYOUT = 192,
	ALL_CRC = 196, INFO2 = 200, IMAGE_CRC = 216, ROOTFS_CRC = 220, KERNEL_CRC = 224,
	ROOTFS_SIZE = 232, TAG_CRC = 236, RESERVED = 240,
	KERNEL_HEADER = 12,
};

/* Options that have no letter. */
enum {
	CFE = 128,
	ALTINFO,
	ROOT_FIRST,
	SECOND_IMAGE,
	IS_INACTIVE,
	RESERVED2,
	HAS_HEADER,
	ALIGN,
	IDS,
};

static const struct opt options[] = {
	{'i', "kernel", OPT_VALUE, "FILE  kernel"},
	{'f', "rootfs", OPT_VALUE, "FILE  root file system"},
	{'o', "output", OPT_VALUE, "FILE  output"},
	{CFE, "cfe", OPT_VALUE, "FILE  CFE"},
	{'b', "boardid", OPT_VALUE, "ID  board"},
	{'c', "chipid", OPT_VALUE, "ID  chip"},
	{'s', "flash-start", OPT_VALUE, "ADDR  (0xBFC00000)"},
	{'n', "image-offset", OPT_VALUE, "OFFSET  of the image in the flash (0x10000)"},
	{'v', "tag-version", OPT_VALUE, "VERSION  (6)"},
	{'a', "signature", OPT_VALUE, "TEXT"},
	{'m', "signature2", OPT_VALUE, "TEXT"},
	{'k', "block-size", OPT_VALUE, "SIZE  (0x10000)"},
	{'l', "load-addr", OPT_VALUE, "ADDR  of the kernel"},
	{'e', "entry", OPT_VALUE, "ADDR  entry point"},
	{'y', "layoutver", OPT_VALUE, "VERSION  of the flash layout"},
	{'1', "info1", OPT_VALUE, "TEXT"},
	{ALTINFO, "altinfo", OPT_VALUE, "TEXT  in its place"},
	{'2', "info2", OPT_VALUE, "TEXT"},
	{ROOT_FIRST, "root-first", OPT_NONE, "root file system before the kernel"},
	{'r', "rsa-signature", OPT_VALUE, "TEXT"},
	{SECOND_IMAGE, "second-image-flag", OPT_VALUE, "0|1|2"},
	{IS_INACTIVE, "inactive", OPT_VALUE, "0|1|2"},
	{RESERVED2, "reserved2", OPT_VALUE, "TEXT"},
	{HAS_HEADER, "kernel-file-has-header", OPT_NONE, "the kernel has its header"},
	{'p', "pad", OPT_VALUE, "MIB  pad to this size"},
	{ALIGN, "align-rootfs", OPT_NONE, "root file system at an erase block"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str value[IDS];
	uint32_t flash, block, load, entry;
	struct blob *kernel, *rootfs, *cfe;
	size_t said;		/* bytes of standard error before files are opened */
	/* What the tag says. */
	uint64_t total, kernel_at, kernel_size, image_at, image_size, rootfs_size;
	uint32_t kernel_crc, rootfs_crc, all_crc;
};

/* Texts of the tag: where they go, and what is said when they are too long. */
static const struct text {
	int id;
	size_t at, room;
	bool full;		/* may fill the room, without a NUL */
	const char *said;
} texts[] = {
	{'v', VERSION, 4, false, "Tag Version (tag_version,v)"},
	{'b', BOARD, 16, false, "Board ID (boardid,b)"},
	{'c', CHIP, 6, false, "Chip ID (chipid,c)"},
	{'a', SIGNATURE, 20, false, "Magic string (signature,a)"},
	{'m', SIGNATURE2, 14, false, "Second magic string (signature2,m)"},
	{'y', LAYOUT, 4, true, "Flash layout version (layoutver,y)"},
	{'r', RSA, 20, true, "RSA Signature (rsa_signature,r)"},
	{'1', INFO, 30, false, "Vendor Information 1 (info1)"},
	{'2', INFO2, 16, false, "Vendor Information 2 (info2)"},
	{ALTINFO, INFO, 54, false, "Vendor Information 1 (info1)"},
};

enum { TEXTS = sizeof(texts) / sizeof(*texts) };

static uint32_t crc(struct blob *b, uint64_t at, uint64_t n)
{
	struct blob *part = blob_slice(b, at, n);
	uint32_t sum = ~digest_crc32_blob(0, part);

	blob_unref(part);
	return sum;
}

static uint64_t round_up(uint64_t n, uint64_t to)
{
	return (n + to - 1) / to * to;
}

/* NULs up to the offset AT. */
static void fill_to(struct blob **b, uint64_t at)
{
	if (blob_size(*b) < at)
		firmware_join(b, blob_run(0, at - blob_size(*b)));
}

static void add_kernel(struct job *j, struct blob **body)
{
	unsigned char h[KERNEL_HEADER];

	put_be32(h, j->load);
	put_be32(h + 4, j->entry);
	put_be32(h + 8, (uint32_t)blob_size(j->kernel));
	if (!j->value[HAS_HEADER].p)
		firmware_join(body, blob_copy(h, sizeof(h)));
	firmware_join(body, blob_ref(j->kernel));
}

/* All behind the CFE. */
static struct blob *kernel_first(struct job *j, uint64_t address)
{
	static const unsigned char mark[4] = {0xde, 0xad, 0xc0, 0xde};
	uint64_t rootfs, end, most, pad = 0;
	struct blob *body = blob_empty();

	add_kernel(j, &body);
	rootfs = round_up(address + blob_size(body), j->value[ALIGN].p ? j->block : 4);
	end = round_up(rootfs + blob_size(j->rootfs), j->block);
	fill_to(&body, rootfs - address);
	firmware_join(&body, blob_ref(j->rootfs));
	fill_to(&body, end - address);
	firmware_join(&body, blob_copy(mark, sizeof(mark)));
	buf_fmt(j->run->out, "Data alignment to %dk with 'deadc0de' appended\n",
		(int)(j->block / 1024));
	if (j->value['p'].p) {
		most = (uint32_t)strtol(str_cz(j->run->mem, j->value['p']), NULL, 0) * 1024 * 1024;
		most = (uint32_t)most;
		buf_fmt(j->run->out, "Padding image to %d bytes ...\n", (int)most);
		if (blob_size(body) < most)
			pad = round_up(most - blob_size(body), 4);
	}
	firmware_join(&body, blob_run(0xff, pad));
	j->total = blob_size(body);
	j->kernel_at = j->image_at = address;
	j->kernel_size = rootfs - address;
	j->image_size = end - rootfs + pad + sizeof(mark);
	j->rootfs_size = end - rootfs;
	j->kernel_crc = crc(body, 0, j->kernel_size);
	j->all_crc = crc(body, 0, j->total);
	j->rootfs_crc = crc(body, 0, j->image_size);
	return body;
}

static struct blob *rootfs_first(struct job *j, uint64_t address)
{
	uint64_t size = round_up(blob_size(j->rootfs), j->block);
	struct blob *body = blob_ref(j->rootfs);

	fill_to(&body, size);
	add_kernel(j, &body);
	j->total = size + blob_size(j->kernel) + (j->cfe ? blob_size(j->cfe) : 0);
	j->image_at = address;
	j->kernel_at = address + size;
	j->kernel_size = blob_size(body) - size;
	j->image_size = j->rootfs_size = size;
	j->kernel_crc = crc(body, size, j->kernel_size);
	j->all_crc = crc(body, 0, blob_size(body));
	j->rootfs_crc = crc(body, 0, size);
	return body;
}

/* Its NUL may go to the next field, which is written behind it. */
static void put_number(unsigned char *p, uint64_t v)
{
	char text[24];
	int n = snprintf(text, sizeof(text), "%llu", (unsigned long long)v);

	memcpy(p, text, (size_t)n + 1);
}

static void put_texts(const struct job *j, unsigned char *t)
{
	for (size_t i = 0; i < TEXTS; i++) {
		size_t room = texts[i].id == ALTINFO ? LAYOUT - INFO : texts[i].room;

		if (j->value[texts[i].id].p)
			tool_put_text(t + texts[i].at, room, j->value[texts[i].id]);
	}
	if (j->value[RESERVED2].p)
		tool_put_text(t + RESERVED, TAG - RESERVED, j->value[RESERVED2]);
	if (!str_is(j->value[SECOND_IMAGE], "2"))
		tool_put_text(t + DUAL, 2, j->value[SECOND_IMAGE]);
	/* Not its own value: so does the tool. */
	if (!str_is(j->value[IS_INACTIVE], "2"))
		tool_put_text(t + INACTIVE, 2, j->value[SECOND_IMAGE]);
}

static void fill_tag(const struct job *j, unsigned char *t)
{
	struct str board = j->value['b'];
	bool pirelli = str_is(board, "AGPF-S0") || str_is(board, "DWV-S0");

	t[ENDIAN] = '1';
	put_number(t + TOTAL, j->total);
	put_number(t + CFE_AT, j->value[CFE].p ? j->flash : 0);
	put_number(t + CFE_SIZE, j->cfe ? blob_size(j->cfe) : 0);
	put_number(t + KERNEL_AT, j->kernel_at);
	put_number(t + KERNEL_SIZE, j->kernel_size);
	put_number(t + IMAGE_AT, j->image_at);
	t[KERNEL_AT] = 0;
	put_number(t + IMAGE_SIZE, j->image_size);
	put_number(t + KERNEL_AT, j->kernel_at);
	put_texts(j, t);
	put_be32(t + ROOTFS_SIZE, (uint32_t)j->rootfs_size + 4);
	put_be32(t + IMAGE_CRC, pirelli ? j->kernel_crc : j->all_crc);
	put_be32(t + ROOTFS_CRC, j->rootfs_crc);
	put_be32(t + KERNEL_CRC, j->kernel_crc);
	put_be32(t + ALL_CRC, j->all_crc);
	put_be32(t + TAG_CRC, ~digest_crc32(0, t, TAG_CRC));
}

static int make(struct job *j)
{
	uint32_t offset = (uint32_t)strtoul(str_cz(j->run->mem, j->value['n']), NULL, 16);
	uint64_t address = (uint64_t)(uint32_t)(j->flash + offset) + TAG;
	struct blob *body, *image;
	unsigned char tag[TAG] = {0};
	size_t said = j->run->out->n;

	body = j->value[ROOT_FIRST].p ? rootfs_first(j, address) : kernel_first(j, address);
	fill_tag(j, tag);
	image = blob_copy(tag, sizeof(tag));
	if (j->cfe)
		firmware_join(&image, blob_ref(j->cfe));
	firmware_join(&image, body);
	if (tool_put(j->run, j->value['o'], image) == 0)
		return 0;
	/* The tool opens it first. */
	j->run->out->n = said;
	j->run->err->n = j->said;
	return firmware_say(j->run, "\n", "Unable to open output file \"%.*s\"",
			    STR_ARG(j->value['o']));
}

static int read_file(struct job *j, int id, const char *what, struct blob **out)
{
	int err = j->run->read(j->run, j->value[id], out);

	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_say(j->run, "\n", "Unable to open %s \"%.*s\"", what,
				    STR_ARG(j->value[id]));
	return 0;
}

static int read_and_make(struct job *j)
{
	int status;

	j->said = j->run->err->n;
	status = read_file(j, 'i', "kernel", &j->kernel);
	if (!status)
		status = read_file(j, 'f', "rootfs", &j->rootfs);
	if (!status && j->value[CFE].p && read_file(j, CFE, "CFE file", &j->cfe) < 0)
		status = -1;
	if (!status)
		status = make(j);
	blob_unref(j->kernel);
	blob_unref(j->rootfs);
	blob_unref(j->cfe);
	return status;
}

static int check_texts(struct job *j)
{
	for (size_t i = 0; i < TEXTS; i++) {
		size_t n = j->value[texts[i].id].n;

		if (n > texts[i].room || (n == texts[i].room && !texts[i].full))
			return firmware_say(j->run, "\n", "Error: %s too long.", texts[i].said);
	}
	if (str_starts(j->value['p'], S("-")))
		return firmware_say(j->run, "\r", "Error: pad size must be positive.");
	return 0;
}

static uint32_t hex(struct job *j, int id)
{
	return (uint32_t)strtoul(str_cz(j->run->mem, j->value[id]), NULL, 16);
}

/*
 * Another release's tool that does otherwise: that of 15.05 does not put the rootfs at a multiple
 * of 4 (nor has it the format "%u", of an address), and has more room for --altinfo.
 */
static bool is_old(struct job *j)
{
	return j->value[ALTINFO].n > LAYOUT - INFO || tool_lacks(j->run, S("\0%u"));
}

static int use(struct job *j)
{
	int status;

	buf_z(j->run->out, "Broadcom 63xx image tagger - v2.0.0\n"
			   "Copyright (C) 2008 Axel Gembe\n"
			   "Copyright (C) 2009-2010 Daniel Dickinson\n"
			   "Licensed under the terms of the Gnu General Public License\n");
	status = check_texts(j);
	if (status)
		return status;
	j->flash = hex(j, 's');
	j->block = hex(j, 'k');
	/* Without a header of its own in front of one the tool writes what lies on its stack. */
	if (!j->block || is_old(j) || (j->value[HAS_HEADER].p && !j->value[ROOT_FIRST].p) ||
	    str_eq(j->value['i'], j->value['o']) || str_eq(j->value['f'], j->value['o']))
		return -1;
	if (!j->value[HAS_HEADER].p) {
		j->load = hex(j, 'l');
		j->entry = hex(j, 'e');
		if (!j->load)
			firmware_say(j->run, "\n", "Error: Invalid value for load address");
		if (!j->entry)
			firmware_say(j->run, "\n", "Error: Invalid value for entry");
	}
	return read_and_make(j);
}

/* Are all options there that must be? */
static bool is_complete(struct job *j)
{
	static const int required[] = {'i', 'f', 'o', 'b', 'c', 'l', 'e'};
	bool complete = true;

	for (size_t i = 0; i < sizeof(required) / sizeof(*required); i++) {
		const struct opt *o = options;

		if (j->value[required[i]].p)
			continue;
		while (o->id != required[i])
			o++;
		firmware_say(j->run, "\n", "%.*s: '--%s' ('-%c') option required",
			     STR_ARG(j->run->argv[0]), o->name, o->id);
		complete = false;
	}
	return complete;
}

static bool is_flag(struct str s)
{
	return s.n == 1 && s.p[0] >= '0' && s.p[0] <= '2';
}

static bool is_whole_number(struct firmware_run *run, struct str s)
{
	char *end, *z = str_cz(run->mem, s);

	(void)strtol(z, &end, 0);
	return !*end;
}

static int imagetag_run(struct firmware_run *run)
{
	struct job j = {.run = run};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	static const struct { int id; struct str value; } defaults[] = {
		{'s', S("0xBFC00000")}, {'n', S("0x10000")}, {'v', S("6")}, {'k', S("0x10000")},
		{'a', S("Broadcom Corporatio")}, {'m', S("ver. 2.0")}, {SECOND_IMAGE, S("2")},
		{IS_INACTIVE, S("2")},
	};
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		/* Nor more than once. */
		if (id == OPTS_ERROR || j.value[id].p)
			return -1;
		j.value[id] = o.value.p ? o.value : S("");
	}
	for (size_t i = 0; i < sizeof(defaults) / sizeof(*defaults); i++) {
		if (!j.value[defaults[i].id].p)
			j.value[defaults[i].id] = defaults[i].value;
	}
	if (!is_flag(j.value[SECOND_IMAGE]) || !is_flag(j.value[IS_INACTIVE]) ||
	    (j.value['p'].p && !is_whole_number(run, j.value['p'])) || o.operands.n)
		return -1;
	return is_complete(&j) ? use(&j) : 1;
}

/* --- read --- */

/* The decimal number of a field; false when it is none. */
static bool get_number(const unsigned char *p, size_t room, uint64_t *v)
{
	const unsigned char *nul = memchr(p, 0, room);

	return str_number((struct str){(const char *)p, nul ? (size_t)(nul - p) : room}, 10, v);
}

/* brcmImage's tag has one CRC, of as much as the tag says. */
static void check_whole(struct firmware_view *v, struct str image, const unsigned char *t)
{
	uint64_t size;

	if (!get_number(t + TOTAL, 10, &size))
		return;
	image = str_sub(image, TAG, size);
	tool_check_size(v, size, image.n);
	firmware_compare32(v, "image CRC", get_be32(t + IMAGE_CRC),
			   ~digest_crc32(0, image.p, image.n));
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *t = (const unsigned char *)image.p;
	uint64_t kernel_at, kernel_size, image_at, start, cfe;

	if (image.n < TAG || t[ENDIAN] != '1' || t[ENDIAN + 1] ||
	    !get_number(t + KERNEL_AT, 12, &kernel_at) ||
	    !get_number(t + KERNEL_SIZE, 10, &kernel_size) ||
	    !get_number(t + IMAGE_AT, 12, &image_at) || !get_number(t + CFE_SIZE, 10, &cfe))
		return false;
	firmware_compare32(v, "tag CRC", get_be32(t + TAG_CRC), ~digest_crc32(0, t, TAG_CRC));
	start = TAG + cfe + (kernel_at - image_at);
	v->extent = TAG;
	if (kernel_at < image_at || cfe > image.n || start > image.n ||
	    kernel_size > image.n - start) {
		firmware_bad(v, "the kernel reaches out of the file of %zu bytes", image.n);
		return true;
	}
	image = str_sub(image, 0, fwtool_payload(image));
	if (!get_be32(t + KERNEL_CRC) && !get_be32(t + ALL_CRC)) {
		check_whole(v, image, t);
		return true;
	}
	firmware_compare32(v, "kernel CRC", get_be32(t + KERNEL_CRC),
			   ~digest_crc32(0, image.p + start, kernel_size));
	if (image.n >= TAG + cfe)
		firmware_compare32(v, "image CRC", get_be32(t + ALL_CRC),
				   ~digest_crc32(0, image.p + TAG + cfe, image.n - TAG - cfe));
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *t = (const unsigned char *)firmware_bytes(v).p;
	static const struct tool_text fields[] = {
		{"tag version", VERSION, 4}, {"signature", SIGNATURE, 20},
		{"second signature", SIGNATURE2, 14}, {"chip", CHIP, 6}, {"board", BOARD, 16},
		{"size", TOTAL, 10}, {"kernel address", KERNEL_AT, 12},
		{"kernel size", KERNEL_SIZE, 10}, {"information", INFO, 30},
		{"more information", INFO2, 16},
	};

	tool_show_texts(v, t, fields, sizeof(fields) / sizeof(*fields));
}

const struct firmware firmware_imagetag = {
    .name = "imagetag",
    .format = "Broadcom CFE image",
    .help = "imagetag -i KERNEL -f ROOTFS -o FILE -b BOARD -c CHIP -l ADDR -e ADDR: make an image "
	    "for CFE\n",
    .write = imagetag_run,
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
