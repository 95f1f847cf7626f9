/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkbootimg: Android boot image, little endian. Everything starts on a page (2048 bytes; from
 * header version 3 on 4096).
 *
 * Header versions 0 to 2:
 *
 *   0   8  "ANDROID!"
 *   8   4  size of the kernel	  12   4 address
 *  16   4  size of the ramdisk	  20   4 address
 *  24   4  size of the second stage  28   4 address
 *  32   4  address of the tags	  36   4 page size
 *  40   4  header version; osm0sis' has the size of a device tree (--dt) there for 0
 *  44   4  version of the system << 11 | year - 2000 << 4 | month
 *  48  16  board	  64 512 command line
 * 576  32  SHA-1 (osm0sis' also SHA-256) of each part with its size behind it
 * 608 1024 the command line's rest
 * 1632 4   version 1: size of the recovery DTBO  1636 8 its offset  1644 4 size of this header
 * 1648 4   version 2: size of the device tree	  1652 8 address
 *
 * Versions 3 and 4:
 *
 *   8   4  size of the kernel	  12 4 size of the ramdisk  16 4 version as above
 *  20   4  size of this header	  40 4 header version	  44 1536 command line
 *
 * Behind it: kernel, ramdisk, second stage, recovery DTBO, device tree, in version 4 a signature.
 * Source: AOSP's script (as Debian has it) and osm0sis' program in C of 2020 and 2021; which of
 * them stands on PATH decides what the options mean. Vendor boot images are not here.
 */
#include "firmware/mkbootimg.h"

#include <errno.h>

enum {
	VERSION = 40,
	OS = 44,
	BOARD = 48,
	CMDLINE = 64,
	ID = 576,
	MORE = 608,
	DTBO_SIZE = 1632,
	DTBO_OFFSET = 1636,
	HEADER_SIZE = 1644,
	DTB_SIZE = 1648,
	DTB_ADDRESS = 1652,
	HEADER = 1660,
	HEADER_1 = 1648,
	BOARD_ROOM = 16,
	CMDLINE_ROOM = 512,
	MORE_ROOM = 1024,
	ID_ROOM = 32,
	CMDLINE_3 = 44,
	HEADER_3 = 1580,
	PAGE_3 = 4096,
	SHA1 = 20,
	LEAST_DT = 40, /* below it is a version, and not the size of a device tree */
};

static const char magic[] = "ANDROID!";

enum { MAGIC_SIZE = sizeof(magic) - 1 };

/* --- making one --- */

struct job {
	struct bootimg o;
	struct blob *part[PARTS]; /* NULL: not there */
	unsigned char header[HEADER];
};

/* The words that messages have for something. */
struct words {
	const char *second, *dtbo, *cmdline;
};

static const struct words *words_of(const struct job *j)
{
	static const struct words of_2020 = {"secondstage", "recovery dtbo", "commandline"};
	static const struct words of_2021 = {"second", "recovery dtbo/acpio", "cmdline"};

	return j->o.kind == BOOTIMG_2020 ? &of_2020 : &of_2021;
}

static uint32_t size_of(const struct job *j, enum bootimg_part part)
{
	return j->part[part] ? (uint32_t)blob_size(j->part[part]) : 0;
}

/* Read PART when it was given: 0, a status after a message, or -1. FULL: the program wants it not
 * empty. */
static int load(struct job *j, enum bootimg_part part, const char *what, bool full)
{
	struct str path = j->o.value[part];
	struct blob *b = NULL;
	int err;

	if (!path.p)
		return 0;
	err = path.n ? j->o.run->read(j->o.run, path, &b) : -ENOENT;
	if (err && (err == -EISDIR || j->o.script))
		return -1;
	j->part[part] = b;
	if (!err && blob_size(b) > INT32_MAX)
		return -1;
	if (!err && (blob_size(b) || !full || j->o.script))
		return 0;
	return firmware_say(j->o.run, "\n", "error: could not load %s '%.*s'", what, STR_ARG(path));
}

/* Versions from 3 on, but to the program that did not know them. */
static bool is_short(const struct bootimg *o)
{
	return o->version >= 3 && o->kind != BOOTIMG_2020;
}

/* Does an image of this version have the part? */
static bool has(const struct bootimg *o, enum bootimg_part part)
{
	switch (part) {
	case SECOND:
		return !is_short(o);
	case DTBO:
		return o->version > 0 && !is_short(o);
	case DTB:
		return o->version > 1 && !is_short(o);
	case DT:
		return o->version == 0;
	default:
		return true;
	}
}

/* All parts: as load. The script opens those that it does not need, too. */
static int load_all(struct job *j)
{
	const char *const what[PARTS] = {"kernel",	    "ramdisk", words_of(j)->second,
					 words_of(j)->dtbo, "dtb",     "dt"};
	int status = 0;

	for (enum bootimg_part i = 0; i < PARTS && status == 0; i++) {
		bool used = has(&j->o, i);

		if (used || j->o.script)
			status = load(j, i, what[i], i >= DTBO);
		if (!used) {
			blob_unref(j->part[i]);
			j->part[i] = NULL;
		}
	}
	return status;
}

/* What the script ends with an error at. */
static bool script_takes(const struct job *j)
{
	const struct bootimg *o = &j->o;

	if (!o->script)
		return true;
	if (j->part[DTBO] && !o->script->dtbo)
		return false;
	if (o->version == 2 && !size_of(j, DTB) && o->script->needs_dtb)
		return false;
	return !(is_short(o) && o->value[O_SECOND].p);
}

static bool put_address(struct job *j, size_t at, enum bootimg_option is, uint32_t otherwise)
{
	uint64_t address;

	if (!bootimg_address(&j->o, is, otherwise, &address) ||
	    (j->o.script && address > UINT32_MAX))
		return false;
	put_le32(j->header + at, (uint32_t)address);
	return true;
}

/* Size and address of a part; most texts of the script have no address of an empty one. */
static bool put_place(struct job *j, enum bootimg_part part, size_t at, enum bootimg_option is,
		      uint32_t otherwise)
{
	uint32_t size = size_of(j, part);

	put_le32(j->header + at, size);
	if (j->o.script && !j->o.script->all_addresses && !size && part != KERNEL)
		return true;
	return put_address(j, at + 4, is, otherwise);
}

/* Each of the parts that every image of this version might have, and its size. */
static void put_id(struct job *j)
{
	struct blob *all = blob_empty();
	unsigned char size[4];

	for (enum bootimg_part i = 0; i < PARTS; i++) {
		if (i >= SECOND + 1 && (!has(&j->o, i) || (i == DT && !j->part[i])))
			continue;
		if (j->part[i])
			firmware_join(&all, blob_ref(j->part[i]));
		put_le32(size, size_of(j, i));
		firmware_join(&all, blob_copy(size, sizeof(size)));
	}
	digest_blob(j->o.hash, all, j->header + ID);
	blob_unref(all);
}

static uint32_t pages(const struct job *j, enum bootimg_part part)
{
	return (size_of(j, part) + j->o.page - 1) / j->o.page;
}

/* The header of versions up to 2; false: to be declined. */
static bool make_header(struct job *j)
{
	struct str text = j->o.value[O_CMDLINE];
	size_t line = j->o.script ? j->o.script->line : CMDLINE_ROOM;
	uint32_t version = j->o.version;
	unsigned char *h = j->header;
	uint64_t address = 0;

	if (!put_place(j, KERNEL, 8, O_KERNEL_OFFSET, 0x8000) ||
	    !put_place(j, RAMDISK, 16, O_RAMDISK_OFFSET, 0x1000000) ||
	    !put_place(j, SECOND, 24, O_SECOND_OFFSET, 0xf00000) ||
	    !put_address(j, 32, O_TAGS_OFFSET, 0x100) ||
	    (version > 1 && !bootimg_address(&j->o, O_DTB_OFFSET, 0x1f00000, &address)))
		return false;
	put_le32(h + 36, j->o.page);
	put_le32(h + VERSION, version ? version : size_of(j, DT));
	put_le32(h + OS, j->o.os);
	tool_put_text(h + BOARD, BOARD_ROOM, j->o.value[O_BOARD]);
	tool_put_text(h + CMDLINE, CMDLINE_ROOM, str_sub(text, 0, line));
	tool_put_text(h + MORE, MORE_ROOM, str_from(text, line));
	put_id(j);
	put_le32(h + DTBO_SIZE, size_of(j, DTBO));
	if (j->part[DTBO])
		put_le64(h + DTBO_OFFSET,
			 j->o.page * (1 + pages(j, KERNEL) + pages(j, RAMDISK) + pages(j, SECOND)));
	if (version)
		put_le32(h + HEADER_SIZE, version == 1 ? HEADER_1 : HEADER);
	put_le32(h + DTB_SIZE, size_of(j, DTB));
	put_le64(h + DTB_ADDRESS, address);
	return true;
}

static void make_short_header(struct job *j)
{
	size_t size = HEADER_3;
	unsigned char *h = j->header;

	if (j->o.script)
		size = j->o.script->short_header + (j->o.version > 3 ? 4 : 0);
	put_le32(h + 8, size_of(j, KERNEL));
	put_le32(h + 12, size_of(j, RAMDISK));
	put_le32(h + 16, j->o.os);
	put_le32(h + 20, (uint32_t)size);
	put_le32(h + VERSION, j->o.version);
	tool_put_text(h + CMDLINE_3, CMDLINE_ROOM + MORE_ROOM, j->o.value[O_CMDLINE]);
	j->o.page = PAGE_3;
}

/* B, which is taken over, up to a page's end behind *TO. */
static void join_pages(struct blob **to, struct blob *b, uint32_t page)
{
	uint64_t over = blob_size(b) % page;

	firmware_join(to, b);
	firmware_join(to, blob_run(0, over ? page - over : 0));
}

static int build(struct job *j)
{
	struct blob *image = NULL;
	struct str output = j->o.value[O_OUTPUT];
	int err;

	memcpy(j->header, magic, MAGIC_SIZE);
	if (is_short(&j->o))
		make_short_header(j);
	else if (!make_header(j))
		return -1;
	join_pages(&image, blob_copy(j->header, HEADER), j->o.page);
	for (enum bootimg_part i = 0; i < PARTS; i++)
		if (j->part[i])
			join_pages(&image, blob_ref(j->part[i]), j->o.page);
	err = tool_put(j->o.run, output, image);
	if (err)
		return j->o.script ? -1
				   : firmware_say(j->o.run, "\n", "error: could not create '%.*s'",
						  STR_ARG(output));
	if (j->o.id && !is_short(&j->o)) {
		buf_z(j->o.run->out, "0x");
		for (size_t i = 0; i < ID_ROOM; i++)
			buf_fmt(j->o.run->out, "%02x", j->header[ID + i]);
		buf_char(j->o.run->out, '\n');
	}
	return 0;
}

/* By the script. */
static bool takes_texts(const struct bootimg *o)
{
	struct str board = o->value[O_BOARD], line = o->value[O_CMDLINE];
	size_t most = is_short(o) ? o->script->short_line_most : o->script->line_most;

	return board.n <= o->script->board_most && line.n <= most &&
	       (!board.n || python_text(board)) && (!line.n || python_text(line));
}

/* Do the texts fit: 0, a status after a message, or -1. */
static int check_texts(struct job *j)
{
	size_t line = j->o.value[O_CMDLINE].n, most = CMDLINE_ROOM + MORE_ROOM;

	if (j->o.script)
		return takes_texts(&j->o) ? 0 : -1;
	if (j->o.value[O_BOARD].n >= BOARD_ROOM && !is_short(&j->o))
		return -1; /* the usage text */
	if (line > most)
		return firmware_say(j->o.run, "\n", "error: kernel %s too large",
				    words_of(j)->cmdline);
	/* it writes a byte over the end of its header */
	return is_short(&j->o) && line == most ? -1 : 0;
}

static int mkbootimg_run(struct firmware_run *run)
{
	struct job j = {.o.run = run};
	int status = bootimg_options(&j.o);

	run->mode = j.o.script ? 0666 : 0644;
	if (!status)
		status = check_texts(&j);
	if (!status)
		status = load_all(&j);
	if (!status)
		status = script_takes(&j) ? build(&j) : -1;
	for (size_t i = 0; i < PARTS; i++)
		blob_unref(j.part[i]);
	return status;
}

/* --- reading one --- */

struct image {
	uint32_t version, page, os;
	size_t cmdline; /* where the command line is */
	struct place {
		const char *name;
		uint64_t at;
		uint32_t size;
	} place[PARTS];
	size_t n;
	uint64_t end;
};

static void add_place(struct image *m, const char *name, uint32_t size)
{
	if (!size)
		return;
	m->place[m->n++] = (struct place){name, m->end, size};
	m->end += ((uint64_t)size + m->page - 1) / m->page * m->page;
}

static void read_short(const unsigned char *h, struct image *m)
{
	m->page = PAGE_3;
	m->end = m->page;
	m->os = get_le32(h + 16);
	m->cmdline = CMDLINE_3;
	add_place(m, "kernel", get_le32(h + 8));
	add_place(m, "ramdisk", get_le32(h + 12));
	if (m->version == 4)
		add_place(m, "signature", get_le32(h + HEADER_3));
}

static bool read_image(struct str file, struct image *m)
{
	const unsigned char *h = (const unsigned char *)file.p;
	uint32_t dt;

	*m = (struct image){0};
	if (file.n < HEADER || memcmp(h, magic, MAGIC_SIZE) != 0)
		return false;
	m->version = get_le32(h + VERSION);
	if (m->version == 3 || m->version == 4) {
		read_short(h, m);
		return true;
	}
	dt = m->version >= LEAST_DT ? m->version : 0;
	if (dt)
		m->version = 0;
	if (m->version > 4)
		return false;
	m->page = get_le32(h + 36);
	if (m->page < 2048 || m->page > 131072 || (m->page & (m->page - 1)))
		return false;
	m->end = m->page;
	m->os = get_le32(h + OS);
	m->cmdline = CMDLINE;
	add_place(m, "kernel", get_le32(h + 8));
	add_place(m, "ramdisk", get_le32(h + 16));
	add_place(m, "second", get_le32(h + 24));
	add_place(m, "dt", dt);
	add_place(m, "recovery dtbo", m->version > 0 ? get_le32(h + DTBO_SIZE) : 0);
	add_place(m, "dtb", m->version > 1 ? get_le32(h + DTB_SIZE) : 0);
	return true;
}

/* What the digest is of: the parts that the version has, in their order, sizes behind them. */
static struct blob *signed_bytes(struct str file, const struct image *m)
{
	static const size_t sizes[] = {8, 16, 24, DTBO_SIZE, DTB_SIZE};
	const unsigned char *h = (const unsigned char *)file.p;
	bool dt = get_le32(h + VERSION) >= LEAST_DT;
	size_t n = dt ? 4 : m->version + 3;
	struct blob *all = blob_empty();

	for (size_t i = 0, next = 0; i < n; i++) {
		size_t at = dt && i == 3 ? VERSION : sizes[i];

		if (get_le32(h + at)) {
			const struct place *p = &m->place[next++];

			firmware_join(&all, blob_copy(file.p + p->at, p->size));
		}
		firmware_join(&all, blob_copy(h + at, 4));
	}
	return all;
}

static void check_id(struct firmware_view *v, struct str file, const struct image *m)
{
	static const unsigned char none[ID_ROOM - SHA1];
	const unsigned char *id = (const unsigned char *)file.p + ID;
	bool sha1 = memcmp(id + SHA1, none, sizeof(none)) == 0;
	struct blob *all = signed_bytes(file, m);
	unsigned char is[ID_ROOM];

	digest_blob(sha1 ? &digest_sha1 : &digest_sha256, all, is);
	firmware_compare(v, sha1 ? "SHA-1" : "SHA-256", id, is, sha1 ? SHA1 : ID_ROOM);
	blob_unref(all);
}

static bool check(struct firmware_view *v)
{
	struct str file = firmware_bytes(v);
	struct image m;
	bool whole = true;

	if (!read_image(file, &m))
		return false;
	for (size_t i = 0; i < m.n; i++) {
		const struct place *p = &m.place[i];

		if (p->at + p->size <= file.n)
			continue;
		whole = false;
		firmware_bad(v, "%s: the header says %u bytes at %llu, the file ends at %zu",
			     p->name, p->size, (unsigned long long)p->at, file.n);
	}
	if (whole && m.version < 3 && firmware_spend(v, m.end))
		check_id(v, file, &m);
	else if (whole)
		firmware_good(v, "%zu parts", m.n);
	v->extent = m.end < file.n ? m.end : file.n;
	return true;
}

static void show(struct firmware_view *v)
{
	const char *h = firmware_bytes(v).p;
	struct str line, more, board;
	struct image m;

	read_image(firmware_bytes(v), &m);
	line = firmware_text(v, h + m.cmdline,
			     m.version < 3 ? CMDLINE_ROOM : CMDLINE_ROOM + MORE_ROOM);
	more =
	    m.version < 3 && line.n == CMDLINE_ROOM ? firmware_text(v, h + MORE, MORE_ROOM) : S("");
	board = m.version < 3 ? firmware_text(v, h + BOARD, BOARD_ROOM) : S("");
	firmware_put_field(v, "header version", "%u", m.version);
	firmware_put_field(v, "page size", "%u", m.page);
	if (m.version < 3)
		firmware_put_field(v, "kernel address", "0x%08x",
				   get_le32((const unsigned char *)h + 12));
	if (board.n)
		firmware_put_field(v, "board", "%.*s", STR_ARG(board));
	if (line.n)
		firmware_put_field(v, "command line", "%.*s%.*s", STR_ARG(line), STR_ARG(more));
	if (m.os)
		firmware_put_field(v, "system", "%u.%u.%u, %u-%02u", m.os >> 25, m.os >> 18 & 127,
				   m.os >> 11 & 127, 2000 + (m.os >> 4 & 127), m.os & 15);
}

static void parts(struct firmware_view *v)
{
	struct image m;

	read_image(firmware_bytes(v), &m);
	for (size_t i = 0; i < m.n; i++)
		firmware_put_part(v, str_z(m.place[i].name), m.place[i].at, m.place[i].size);
}

const struct firmware firmware_mkbootimg = {
    .name = "mkbootimg",
    .format = "Android boot image",
    .help = "mkbootimg --kernel FILE [--ramdisk FILE] [--second FILE] [--dtb FILE]\n"
	    "    [--cmdline TEXT] [--base ADDRESS] [--kernel_offset OFFSET] [--pagesize SIZE]\n"
	    "    [--header_version N] [--id] -o OUTPUT\n",
    .write = mkbootimg_run,
    .check = check,
    .show = show,
    .parts = parts,
    .pure = true,
    .magic = magic,
    .n_magic = MAGIC_SIZE,
};
