/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkmylofw: Compex image for the MyLoader, little endian.
 *
 *   0  4  magic 0x4c594d00	 4 4 CRC-32 of all (0 here)	8 8 0
 *  16  8  vendor, device, sub-vendor, sub-device, 2 bytes each
 *  24  4  revision		28 8 firmware version (0x20000 twice)	36 4 flags
 *
 * Then a descriptor of 16 bytes for each block: type (1), address, bytes of data, size; the last
 * one is 0. The first block is the partition table when there are partitions:
 *
 *   0  4  magic 0x20021103	 4 12 0
 *  16 16  for each of 8 partitions: 2 flags, 2 type (1), 4 address, 4 size, 4 parameter
 * 144 32  for each its name
 *
 * A block with a header starts with 4 bytes size and 4 CRC-32. Behind a file's data come as many
 * bytes 0xff as its size has over a multiple of 4. Telling what is done (-v) is not here.
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum {
	HEADER = 40,
	MAGIC = 0x4c594d00,
	CRC = 4,
	IDS = 16,
	REVISION = 24,
	VERSION = 28,
	FLAGS = 36,
	DESCRIPTOR = 16,
	TABLE_MAGIC = 0x20021103,
	TABLE = 144,
	NAME = 32,
	BLOCKS_MOST = 32,
	PARTS_MOST = 8,
	WORDS = 32,
	ARG_MOST = 1023,
	HAVE_HEADER = 2,
	COMPEX = 0x11f6,
	DEFAULT_DEVICE = 0x0515,
};

static const struct board {
	const char *name;
	uint16_t device;
	uint8_t flash;		/* MiB */
	uint32_t parts_at, parts_size;
} boards[] = {
	{"NP18A", 0x0489, 4, 0x10000, 0x10000},   {"NP26G8M", 0x03e8, 2, 0x10000, 0x10000},
	{"NP26G16M", 0x03e9, 4, 0x10000, 0x10000}, {"NP27G", 0x0078, 4, 0x10000, 0x10000},
	{"NP28G", 0x044c, 4, 0x10000, 0x10000},   {"NP28GHS", 0x044e, 4, 0x10000, 0x10000},
	{"WP18", 0x047e, 4, 0x10000, 0x10000},    {"WP54G", 0x0515, 4, 0x10000, 0x10000},
	{"WP54Gv1C", 0x0514, 2, 0x10000, 0x10000}, {"WP54AG", 0x0546, 4, 0x10000, 0x10000},
	{"WPP54G", 0x0555, 4, 0x10000, 0x10000},  {"WPP54AG", 0x0550, 4, 0x10000, 0x10000},
	{"WP543", 0x0640, 2, 0x20000, 0x8000},    {"WPE72", 0x0672, 8, 0x20000, 0x8000},
	{"NP25G", 0x05e6, 4, 0x10000, 0x10000},   {"WPE53G", 0x05dc, 4, 0x10000, 0x10000},
};

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD"},
	{'i', NULL, OPT_VALUE, "VENDOR:DEVICE[:SUBVENDOR[:SUBDEVICE]]"},
	{'r', NULL, OPT_VALUE, "REVISION"},
	{'s', NULL, OPT_VALUE, "SIZE  of the flash"},
	{'f', NULL, OPT_VALUE, "FLAGS"},
	{'b', NULL, OPT_VALUE, "ADDR:SIZE[:[h]:FILE]  a block"},
	{'p', NULL, OPT_VALUE, "ADDR:SIZE[:[ahlp][:PARAM[:NAME[:FILE]]]]  a partition"},
	{0, NULL, OPT_NONE, NULL},
};

struct block {
	uint32_t addr, size;
	bool header;
	struct str file;	/* unset: none */
	struct blob *data;
};

struct part {
	uint32_t addr, size, param;
	uint16_t flags;
	struct str name;
};

struct job {
	struct firmware_run *run;
	const struct board *board;
	uint16_t ids[4];
	uint32_t revision, flags, flash;
	struct block blocks[BLOCKS_MOST];
	struct part parts[PARTS_MOST];
	size_t n_blocks, n_parts;
};

/* "[NAME] Error: text"; false. */
static bool fail(struct job *j, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static bool fail(struct job *j, const char *fmt, ...)
{
	struct str name = firmware_name(j->run);
	va_list ap;

	va_start(ap, fmt);
	struct str text = str_vfmt(j->run->mem, fmt, ap);
	va_end(ap);
	buf_fmt(j->run->err, "[%.*s] Error: ", STR_ARG(name));
	buf_str(j->run->err, text);
	buf_char(j->run->err, '\n');
	return false;
}

/* --- options: a list of words with ':' between --- */

static void split(struct str value, struct str *words)
{
	struct str rest = str_sub(value, 0, ARG_MOST);

	for (size_t i = 0; i < WORDS; i++) {
		words[i] = (struct str){NULL, 0};
		str_split(&rest, ':', &words[i]);
	}
}

/* WORD as an id; *OTHERWISE when there is none. */
static bool read_id(struct job *j, struct str word, const char *what, const uint16_t *otherwise,
		    uint16_t *out)
{
	uint32_t v;

	if (!word.n) {
		*out = *otherwise;
		return true;
	}
	if (!tool_number(j->run, word, &v) || v > 0xffff)
		return fail(j, "invalid %s: %.*s", what, STR_ARG(word));
	*out = (uint16_t)v;
	return true;
}

static bool take_ids(struct job *j, struct str value, const struct str *w)
{
	if (!w[0].n)
		return fail(j, "vendor id is missing from -i %.*s", STR_ARG(value));
	if (!read_id(j, w[0], "vendor id", NULL, &j->ids[0]))
		return false;
	if (!w[1].n)
		return fail(j, "device id is missing from -i %.*s", STR_ARG(value));
	if (!read_id(j, w[1], "device id", NULL, &j->ids[1]) ||
	    !read_id(j, w[2], "sub vendor id", &j->ids[0], &j->ids[2]) ||
	    !read_id(j, w[3], "sub device id", &j->ids[1], &j->ids[3]))
		return false;
	j->revision = 0;
	/* the tool reads a revision from the whole value, which is never one */
	return !w[4].n || fail(j, "invalid revision number: %.*s", STR_ARG(w[4]));
}

static bool take_block(struct job *j, struct str value, const struct str *w)
{
	struct block *b = &j->blocks[j->n_blocks];

	if (j->n_blocks == BLOCKS_MOST)
		return fail(j, "too many blocks specified");
	j->n_blocks++;
	if (!w[0].n)
		return fail(j, "no block address specified in %.*s", STR_ARG(value));
	if (!tool_number(j->run, w[0], &b->addr))
		return fail(j, "invalid block address: %.*s", STR_ARG(w[0]));
	if (!w[1].n)
		return fail(j, "no block length specified in %.*s", STR_ARG(value));
	if (!tool_number(j->run, w[1], &b->size))
		return fail(j, "invalid block length: %.*s", STR_ARG(w[1]));
	if (!w[2].p)
		return true;
	for (size_t i = 0; i < w[2].n; i++) {
		if (w[2].p[i] != 'h')
			return fail(j, "invalid block flag \"%c\"", w[2].p[i]);
		b->header = true;
	}
	if (!w[3].n)
		return fail(j, "file name missing in %.*s", STR_ARG(value));
	b->file = w[3];
	return true;
}

static bool take_part_flags(struct job *j, struct part *p, struct str flags)
{
	for (size_t i = 0; i < flags.n; i++) {
		switch (flags.p[i]) {
		case 'a': p->flags |= 0x8000; break;
		case 'p': p->flags |= 0x0800; break;
		case 'l': p->flags |= 0x0100; break;
		case 'h': p->flags |= HAVE_HEADER; break;
		default: return fail(j, "invalid partition flag \"%c\"", flags.p[i]);
		}
	}
	return true;
}

static bool take_part(struct job *j, struct str value, const struct str *w)
{
	struct part *p = &j->parts[j->n_parts];

	if (j->n_parts == PARTS_MOST)
		return fail(j, "too many partitions specified");
	j->n_parts++;
	if (!w[0].n)
		return fail(j, "partition address missing in -p %.*s", STR_ARG(value));
	if (!tool_number(j->run, w[0], &p->addr))
		return fail(j, "invalid partition address: %.*s", STR_ARG(w[0]));
	if (!w[1].n)
		return fail(j, "partition size missing in -p %.*s", STR_ARG(value));
	if (!tool_number(j->run, w[1], &p->size))
		return fail(j, "invalid partition size: %.*s", STR_ARG(w[1]));
	if (!take_part_flags(j, p, w[2]))
		return false;
	if (w[3].n && !tool_number(j->run, w[3], &p->param))
		return fail(j, "invalid partition parameter: %.*s", STR_ARG(w[3]));
	p->name = w[4];
	if (!p->size)
		p->size = j->flash - p->addr;
	if (!w[5].n)
		return true;
	if (j->n_blocks == BLOCKS_MOST)
		return fail(j, "too many blocks specified");
	j->blocks[j->n_blocks++] = (struct block){.addr = p->addr, .size = p->size, .file = w[5],
						  .header = p->flags & HAVE_HEADER};
	return true;
}

static bool take_board(struct job *j, struct str value)
{
	const struct board *board = tool_find(boards, value);

	if (!board)
		return fail(j, "invalid/unknown board specified: %.*s", STR_ARG(value));
	j->board = board;
	j->ids[0] = j->ids[2] = COMPEX;
	j->ids[1] = j->ids[3] = board->device;
	j->flash = (uint32_t)board->flash << 20;
	return true;
}

static bool take_number(struct job *j, struct str value, const char *what, uint32_t *out)
{
	return tool_number(j->run, value, out) || fail(j, "invalid %s: %.*s", what, STR_ARG(value));
}

static bool take(struct job *j, int id, struct str value)
{
	struct str words[WORDS];

	if (value.p[0] == '-')
		return fail(j, "option %c requires an argument\n", id);
	split(value, words);
	switch (id) {
	case 'B': return take_board(j, value);
	case 'i': return take_ids(j, value, words);
	case 'r': return take_number(j, value, "revision number", &j->revision);
	case 's': return take_number(j, value, "flash size", &j->flash);
	case 'f': return take_number(j, value, "firmware flags", &j->flags);
	case 'b': return take_block(j, value, words);
	default: return take_part(j, value, words);
	}
}

/* --- the image --- */

/* 0, or the exit status. */
static int read_block(struct job *j, struct block *b)
{
	int err;

	if ((uint32_t)(b->addr + b->size) > j->flash)
		return !fail(j, "block at 0x%08X is too big", b->addr);
	if (!b->file.p)
		return 0;
	err = j->run->read(j->run, b->file, &b->data);
	if (err == -ENOENT || err == -ENOTDIR)
		return !fail(j, "stat failed on %.*s", STR_ARG(b->file));
	if (err)
		return -1;
	if (!b->size)
		b->size = j->flash - b->addr;
	return blob_size(b->data) <= b->size ? 0
					     : !fail(j, "file %.*s is too big", STR_ARG(b->file));
}

static int read_all(struct job *j)
{
	int status = 0;

	for (size_t i = 0; i < j->n_blocks && !status; i++)
		status = read_block(j, &j->blocks[i]);
	for (size_t i = 0; i < j->n_parts && !status; i++) {
		const struct part *p = &j->parts[i];

		if (p->addr > j->flash)
			status = !fail(j, "invalid partition at 0x%08X", p->addr);
		else if ((uint32_t)(p->addr + p->size) > j->flash)
			status = !fail(j, "partition at 0x%08X is too big", p->addr);
	}
	return status;
}

static void add_descriptor(struct blob **image, uint32_t type, uint32_t addr, uint32_t data,
			   uint32_t size)
{
	unsigned char d[DESCRIPTOR];

	put_le32(d, type);
	put_le32(d + 4, addr);
	put_le32(d + 8, data);
	put_le32(d + 12, size);
	firmware_join(image, blob_copy(d, DESCRIPTOR));
}

static void add_descriptors(const struct job *j, struct blob **image)
{
	if (j->n_parts)
		add_descriptor(image, 1, j->board->parts_at, TABLE + PARTS_MOST * NAME,
			       j->board->parts_size);
	for (size_t i = 0; i < j->n_blocks; i++) {
		const struct block *b = &j->blocks[i];
		uint32_t n = b->data ? (uint32_t)blob_size(b->data) : 0;

		n += b->header ? 8 : 0;
		add_descriptor(image, 1, b->addr, (n + 3) & ~3u, b->size);
	}
	add_descriptor(image, 0, 0, 0, 0);
}

static void add_table(const struct job *j, struct blob **image)
{
	unsigned char t[TABLE + PARTS_MOST * NAME] = {0};

	put_le32(t, TABLE_MAGIC);
	for (size_t i = 0; i < j->n_parts; i++) {
		const struct part *p = &j->parts[i];
		unsigned char *e = t + 16 + 16 * i;

		put_le16(e, p->flags);
		put_le16(e + 2, 1);
		put_le32(e + 4, p->addr);
		put_le32(e + 8, p->size);
		put_le32(e + 12, p->param);
		tool_put_text(t + TABLE + NAME * i, NAME, p->name);
	}
	firmware_join(image, blob_copy(t, sizeof(t)));
}

static void add_data(struct block *b, struct blob **image)
{
	uint32_t n = (uint32_t)blob_size(b->data);
	unsigned char h[8];

	if (b->header) {
		put_le32(h, n);
		put_le32(h + 4, digest_crc32_blob(0, b->data));
		firmware_join(image, blob_copy(h, sizeof(h)));
	}
	firmware_join(image, blob_ref(b->data));
	firmware_join(image, blob_run(0xff, n % 4));
}

static int write_image(struct job *j, struct str path)
{
	unsigned char h[HEADER] = {0};
	struct blob *body = NULL, *image;
	int err;

	put_le32(h, MAGIC);
	for (size_t i = 0; i < 4; i++)
		put_le16(h + IDS + 2 * i, j->ids[i]);
	put_le32(h + REVISION, j->revision);
	put_le32(h + VERSION, 0x20000);
	put_le32(h + VERSION + 4, 0x20000);
	put_le32(h + FLAGS, j->flags);
	add_descriptors(j, &body);
	if (j->n_parts)
		add_table(j, &body);
	for (size_t i = 0; i < j->n_blocks; i++) {
		if (j->blocks[i].data)
			add_data(&j->blocks[i], &body);
	}
	put_le32(h + CRC, digest_crc32_blob(digest_crc32(0, h, HEADER), body));
	image = blob_copy(h, HEADER);
	firmware_join(&image, body);
	err = tool_put(j->run, path, image);
	if (err)
		fail(j, "could not open \"%.*s\" for writing: %s", STR_ARG(path), strerror(-err));
	return err ? 1 : 0;
}

static int check_and_write(struct job *j, const struct strs *operands)
{
	int status;

	if (!operands->n)
		return !fail(j, "no output file specified");
	if (operands->n > 1)
		return !fail(j, "invalid option: %.*s", STR_ARG(operands->p[1]));
	if (!j->board)
		return !fail(j, "no board specified");
	if (!j->flash)
		return !fail(j, "no flash size specified");
	status = read_all(j);
	return status ? status : write_image(j, operands->p[0]);
}

static int mkmylofw_run(struct firmware_run *run)
{
	struct job j = {.run = run, .ids = {COMPEX, DEFAULT_DEVICE, COMPEX, DEFAULT_DEVICE}};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status = 0;

	while (!status && (id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR || !o.value.n)
			status = -1;
		else if (!take(&j, id, o.value))
			status =
			    !fail(&j, "invalid option: -%c", 0); /* getopt has no letter for it */
	}
	if (!status)
		status = check_and_write(&j, &o.operands);
	for (size_t i = 0; i < j.n_blocks; i++)
		blob_unref(j.blocks[i].data);
	return status;
}

/* --- check --- */

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	unsigned char h[HEADER];
	uint32_t crc, at;

	if (image.n < HEADER || get_le32((const unsigned char *)image.p) != MAGIC)
		return false;
	memcpy(h, image.p, HEADER);
	crc = get_le32(h + CRC);
	put_le32(h + CRC, 0);
	at = digest_crc32(0, h, HEADER);
	image.n = fwtool_payload(image) < HEADER ? image.n : fwtool_payload(image);
	firmware_compare32(v, "CRC", crc, digest_crc32(at, image.p + HEADER, image.n - HEADER));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p, *d;

	firmware_put_field(v, "device", "%04x:%04x:%04x:%04x, revision %u", get_le16(h + IDS),
			   get_le16(h + IDS + 2), get_le16(h + IDS + 4), get_le16(h + IDS + 6),
			   get_le32(h + REVISION));
	for (size_t at = HEADER; image.n - at >= DESCRIPTOR && at < HEADER + DESCRIPTOR * 64;
	     at += DESCRIPTOR) {
		d = h + at;
		if (!get_le32(d))
			break;
		firmware_put_field(v, "block", "%u bytes for 0x%08x, room for %u", get_le32(d + 8),
				   get_le32(d + 4), get_le32(d + 12));
	}
}

/* Until April 2021 blocks were padded otherwise. */
static const struct firmware_mark since[] = {
    {.beside = "zytrx"},
    {0},
};

const struct firmware firmware_mkmylofw = {
    .name = "mkmylofw",
    .format = "MyLoader image",
    .help = "mkmylofw -B BOARD [-i IDS] [-r REVISION] [-s SIZE] [-f FLAGS] [-b BLOCK]... [-p "
	    "PART]... FILE\n",
    .write = mkmylofw_run,
    .since = since,
    .named = "B",
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
