/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tplink-safeloader: TP-Link images for the "safe loader", big endian. A factory image:
 *
 * 0x0000    4  size of the image
 * 0x0004   16  MD5 of a salt and all from 0x14 on
 * 0x0014    4  length of the vendor's text	0x18 the text; not there: 0xff
 * 0x1014 2048  lines "fwup-ptn NAME base 0x%05x size 0x%05x\t\r\n", bases from here on; 0xff
 * 0x1814    .  the partitions, one behind the other: partition-table, soft-version, support-list,
 *              os-image, file-system, extra-para
 *
 * partition-table: 00 04 00 00, lines "partition NAME base 0x%05x size 0x%05x\n" of the flash, NUL,
 * 0xff. Lists: size, 0, the bytes, often one byte more (trail). soft-version: a text with its NUL,
 * or
 * 0xff, version (3), date (4, BCD), revision (4), compatibility level (4, not there when 0).
 * A sysupgrade image is the flash between two partitions, 0xff where the image has nothing for it.
 * Boards: tplink_safeloader.boards. Reading: tplink_safeloader_read.c. Source: firmware-utils.
 */
#include "firmware/tplink_safeloader.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>

enum { PARTS = 6, BLOCK = 0x10000 };

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD  make an image for it"},
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{'r', NULL, OPT_VALUE, "FILE  root file system"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'V', NULL, OPT_VALUE, "rN  revision"},
	{'j', NULL, OPT_NONE, "JFFS2 end marker behind the root file system"},
	{'S', NULL, OPT_NONE, "sysupgrade image, not a factory image"},
	{'i', NULL, OPT_VALUE, "FILE  describe an image"},
	{'x', NULL, OPT_VALUE, "FILE  take an image apart"},
	{'d', NULL, OPT_VALUE, "DIR  into this folder"},
	{'z', NULL, OPT_VALUE, "FILE  make a sysupgrade image of the vendor's image"},
	{0, NULL, OPT_NONE, NULL},
};

struct part {
	struct str name;
	struct blob *data;
};

struct job {
	struct firmware_run *run;
	struct str board_id, kernel, rootfs, out, info, extract, folder, convert;
	unsigned revision;
	bool marks, sysupgrade;
	struct safeloader_board board;
	struct part parts[PARTS];
	size_t n;
};

static int fail(struct firmware_run *run, int err, const char *text)
{
	return firmware_say(run, "\n", "%s: %s", text, strerror(err));
}

static int fail_file(struct firmware_run *run, int err, const char *what, struct str path)
{
	return firmware_say(run, "\n", "unable to %s file `%.*s': %s", what, STR_ARG(path),
			    strerror(err));
}

static void add_part(struct job *j, const char *name, struct blob *data)
{
	j->parts[j->n++] = (struct part){safeloader_name(&j->board, name), data};
}

static void add_list(struct job *j, const char *name, const void *p, size_t n)
{
	unsigned char head[SAFELOADER_LIST] = {0};
	struct blob *b;

	put_be32(head, (uint32_t)n);
	b = blob_copy(head, sizeof(head));
	firmware_join(&b, blob_copy(p, n));
	if (j->board.trail >= 0)
		firmware_join(&b, blob_run((unsigned char)j->board.trail, 1));
	add_part(j, name, b);
}

/* --- the flash --- */

static struct safeloader_partition *find_firmware(struct safeloader_table *t)
{
	struct safeloader_partition *hit = NULL;

	for (size_t i = 0; i < t->n; i++) {
		if (str_is(t->p[i].name, "firmware"))
			hit = &t->p[i];
	}
	return hit;
}

static uint32_t align(uint32_t v)
{
	return (v + BLOCK - 1) & ~(uint32_t)(BLOCK - 1);
}

/* Boards with one partition "firmware" get two in its place, as big as the kernel needs it. */
static int split_firmware(struct job *j, struct safeloader_partition *os)
{
	struct safeloader_table *t = &j->board.flash;
	struct safeloader_partition *fs = os + 1;
	struct blob *kernel = NULL;
	uint64_t size;
	int err = j->run->read(j->run, j->kernel, &kernel);

	if (err)
		return err == -EISDIR ? -1 : fail_file(j->run, -err, "stat", j->kernel);
	size = blob_size(kernel);
	blob_unref(kernel);
	if (size > os->size)
		return fail(j->run, 0, "kernel overflowed firmware partition\n");
	memmove(fs + 1, fs, (size_t)(t->p + t->n - fs) * sizeof(*fs));
	t->n++;
	fs->name = safeloader_name(&j->board, "file-system");
	fs->base = os->base + (uint32_t)size;
	if (!j->sysupgrade)
		fs->base = align(fs->base);
	/* Base, not offset: so does the tool. */
	fs->size = os->size - fs->base;
	os->name = safeloader_name(&j->board, "os-image");
	os->size = (uint32_t)size;
	return 0;
}

/* --- the partitions --- */

static void add_table(struct job *j)
{
	struct buf b = buf_new(j->run->mem);

	buf_put(&b, "\0\4\0\0", 4);
	for (size_t i = 0; i < j->board.flash.n; i++) {
		const struct safeloader_partition *p = &j->board.flash.p[i];

		buf_fmt(&b, "partition %.*s base 0x%05x size 0x%05x\n", STR_ARG(p->name), p->base,
			p->size);
	}
	buf_char(&b, 0);
	while (b.n < SAFELOADER_TABLE)
		buf_char(&b, '\xff');
	add_part(j, "partition-table", blob_copy(b.p, SAFELOADER_TABLE));
}

static unsigned char bcd(int v)
{
	return (unsigned char)(v / 10 * 16 + v % 10);
}

static void add_version(struct job *j)
{
	const struct safeloader_board *b = &j->board;
	unsigned char v[16] = {0xff};
	time_t t = (time_t)j->run->epoch;
	struct tm tm;

	if (b->version_text.p) {
		add_list(j, "soft-version", b->version_text.p, b->version_text.n + 1);
		return;
	}
	gmtime_r(&t, &tm);
	for (size_t i = 0; i < 3; i++)
		v[1 + i] = (unsigned char)b->version[i];
	v[4] = bcd((1900 + tm.tm_year) / 100);
	v[5] = bcd(tm.tm_year % 100);
	v[6] = bcd(tm.tm_mon + 1);
	v[7] = bcd(tm.tm_mday);
	put_be32(v + 8, j->revision);
	put_be32(v + 12, b->compatible);
	add_list(j, "soft-version", v, b->compatible ? 16 : 12);
}

static struct blob *read_part(struct job *j, struct str path)
{
	struct blob *b = NULL;
	int err = j->run->read(j->run, path, &b);

	if (err == -ENOENT || err == -ENOTDIR)
		fail_file(j->run, -err, "stat", path);
	else if (err)
		fail_file(j->run, -err, err == -EISDIR ? "read" : "open", path);
	else if (blob_size(b) == 0)
		fail_file(j->run, 0, "read", path);
	else
		return b;
	blob_unref(b);
	return NULL;
}

/* 0xff up to the end of an erase block (of the flash where the place is known), and the marker. */
static void add_mark(struct blob **b, uint32_t base)
{
	uint64_t at = base + blob_size(*b), end = (at + BLOCK - 1) / BLOCK * BLOCK;

	firmware_join(b, blob_run(0xff, end - at));
	firmware_join(b, blob_copy(jffs2_end_mark, sizeof(jffs2_end_mark)));
}

static int make_parts(struct job *j)
{
	struct safeloader_partition *firmware = find_firmware(&j->board.flash);
	int status = firmware ? split_firmware(j, firmware) : 0;
	struct blob *b;

	if (status)
		return status;
	add_table(j);
	add_version(j);
	add_list(j, "support-list", j->board.support.p, j->board.support.n);
	if (!(b = read_part(j, j->kernel)))
		return 1;
	add_part(j, "os-image", b);
	if (!(b = read_part(j, j->rootfs)))
		return 1;
	if (j->marks)
		add_mark(&b, firmware ? firmware[1].base : 0);
	add_part(j, "file-system", b);
	if (j->board.has_extra)
		add_list(j, "extra-para", j->board.extra, sizeof(j->board.extra));
	return 0;
}

static int too_big(struct job *j, const struct safeloader_partition *p)
{
	return firmware_say(j->run, "\n", "%.*s partition too big (more than %u bytes): %s",
			    STR_ARG(p->name), p->size, strerror(0));
}

/* --- the images --- */

static size_t find_index(const struct safeloader_table *t, struct str name)
{
	size_t i = 0;

	while (i < t->n && !str_eq(t->p[i].name, name))
		i++;
	return i;
}

/* The image's partition table and the partitions; NULL after a message. */
static struct blob *make_payload(struct job *j)
{
	struct buf table = buf_new(j->run->mem);
	struct blob *all = NULL, *image;
	uint64_t base = SAFELOADER_TABLE;

	for (size_t i = 0; i < j->n; i++) {
		const struct part *p = &j->parts[i];
		size_t at = find_index(&j->board.flash, p->name);
		uint64_t size = blob_size(p->data);

		if (at < j->board.flash.n && size > j->board.flash.p[at].size) {
			too_big(j, &j->board.flash.p[at]);
			blob_unref(all);
			return NULL;
		}
		buf_fmt(&table, "fwup-ptn %.*s base 0x%05x size 0x%05x\t\r\n", STR_ARG(p->name),
			(unsigned)base, (unsigned)size);
		base += size;
		firmware_join(&all, blob_ref(p->data));
	}
	/* The table's end is a NUL, as printf leaves it. */
	image = blob_copy(table.p, table.n + 1);
	firmware_join(&image, blob_run(0xff, SAFELOADER_TABLE - table.n - 1));
	firmware_join(&image, all);
	return image;
}

static int make_factory(struct job *j, struct blob **out)
{
	struct blob *payload = make_payload(j), *head;
	unsigned char preamble[SAFELOADER_PREAMBLE], size[4];

	if (!payload)
		return 1;
	put_be32(size, (uint32_t)j->board.vendor.n);
	head = blob_copy(size, j->board.vendor.p ? 4 : 0);
	firmware_join(&head, blob_copy(j->board.vendor.p, j->board.vendor.n));
	firmware_join(&head,
		      blob_run(0xff, SAFELOADER_PAYLOAD - SAFELOADER_PREAMBLE - blob_size(head)));
	firmware_join(&head, payload);
	put_be32(preamble, (uint32_t)blob_size(head) + SAFELOADER_PREAMBLE);
	safeloader_digest(j->run->mem, head, preamble + 4);
	*out = blob_copy(preamble, sizeof(preamble));
	firmware_join(out, head);
	return 0;
}

static const struct part *find_part(const struct job *j, struct str name)
{
	for (size_t i = 0; i < j->n; i++) {
		if (str_eq(j->parts[i].name, name))
			return &j->parts[i];
	}
	return NULL;
}

static int make_sysupgrade(struct job *j, struct blob **out)
{
	const struct safeloader_table *t = &j->board.flash;
	size_t first = find_index(t, j->board.first), last = find_index(t, j->board.last);
	const struct part *end = find_part(j, j->board.last);
	struct blob *image, *patched;

	if (last >= t->n || first >= last || !end)
		return -1;
	image = blob_run(0xff, t->p[last].base - t->p[first].base + blob_size(end->data));
	for (size_t i = first; i <= last; i++) {
		const struct part *p = find_part(j, t->p[i].name);

		if (p && blob_size(p->data) > t->p[i].size) {
			blob_unref(image);
			return too_big(j, &t->p[i]);
		}
		if (!p)
			continue;
		patched = blob_patch(image, t->p[i].base - t->p[first].base, p->data);
		blob_unref(image);
		image = patched;
	}
	*out = image;
	return 0;
}

static int build(struct job *j)
{
	struct blob *image = NULL;
	int err, status = make_parts(j);

	if (!status)
		status = j->sysupgrade ? make_sysupgrade(j, &image) : make_factory(j, &image);
	for (size_t i = 0; i < j->n; i++)
		blob_unref(j->parts[i].data);
	if (status)
		return status;
	err = j->run->write(j->run, j->out, image);
	blob_unref(image);
	return err ? fail(j->run, -err, "unable to open output file") : 0;
}

static int make_image(struct job *j)
{
	if (!j->board_id.p)
		return fail(j->run, 0, "no board has been specified");
	if (!j->kernel.p)
		return fail(j->run, 0, "no kernel image has been specified");
	if (!j->rootfs.p)
		return fail(j->run, 0, "no rootfs image has been specified");
	if (!j->out.p)
		return fail(j->run, 0, "no output filename has been specified");
	if (!safeloader_find_board(j->run->mem, j->board_id, &j->board) ||
	    safeloader_is_other(j->run->mem, &j->board, tool_program(j->run)))
		return -1;
	return build(j);
}

static int take_apart(struct job *j)
{
	if (!j->extract.p)
		return fail(j->run, 0, "No factory/oem image given via -x <file>. "
				       "Output directory is only valid with -x");
	if (!j->folder.p)
		return fail(j->run, 0,
			    "Can not extract an image without output directory. Use -d <dir>");
	return safeloader_extract(j->run, j->extract, j->folder);
}

static void take(struct job *j, int id, struct str value)
{
	switch (id) {
	case 'B': j->board_id = value; break;
	case 'k': j->kernel = value; break;
	case 'r': j->rootfs = value; break;
	case 'o': j->out = value; break;
	case 'V': sscanf(str_cz(j->run->mem, value), "r%u", &j->revision); break;
	case 'j': j->marks = true; break;
	case 'S': j->sysupgrade = true; break;
	case 'i': j->info = value; break;
	case 'x': j->extract = value; break;
	case 'd': j->folder = value; break;
	default: j->convert = value;
	}
}

static int tplink_safeloader_run(struct firmware_run *run)
{
	struct job j = {.run = run};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		take(&j, id, o.value);
	}
	if (j.info.p)
		return safeloader_info(run, j.info);
	if (j.extract.p || j.folder.p)
		return take_apart(&j);
	if (!j.convert.p)
		return make_image(&j);
	if (!j.out.p)
		return fail(run, 0, "Can not convert a factory/oem image into sysupgrade image "
				    "without output file. Use -o <file>");
	return safeloader_convert(run, j.convert, j.out);
}

const struct firmware firmware_tplink_safeloader = {
    .name = "tplink-safeloader",
    .format = "TP-Link safe loader image",
    .help =
	"tplink-safeloader -B BOARD -k KERNEL -r ROOTFS -o FILE [-V rN] [-j] [-S]: make an image\n"
	"tplink-safeloader -i FILE; -x FILE -d DIR; -z FILE -o FILE: describe, take apart, "
	"convert\n",
    .write = tplink_safeloader_run,
    .check = safeloader_check,
    .show = safeloader_show,
    .pure = false, /* today's date is in the version */
    .header = true,
    .parts = safeloader_parts,
};
