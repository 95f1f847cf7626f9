/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * slugimage: the whole flash (8 MiB) of a Linksys NSLU2, blocks of 128 KiB, big endian.
 *
 *        0  256K  RedBoot: NULs and Sercomm's mark	  0x40000  128K  SysConf: NULs
 *  0x60000   .    Loader, Kernel, Ramdisk: whole blocks each, the last one up to
 * 0x7e0000  128K  FIS directory, at whose end (16 bytes) is another mark
 *
 * Each of the three begins with 4 bytes of its size and 12 of 0; what goes over 0x160000 has there
 * 16 bytes more (4 of 128 KiB, 12 of 0). All is filled with 0xff. An entry of the directory (0xff
 * behind the last one):
 *
 *   0 16  name	 16 4 0x50000000 and the offset	 24 4 size
 * 236 12  "skip", 4 offset, 4 size of what is no data; in front of it the first one of two
 *
 * Made here without files of its own for RedBoot, SysConf, microcode and the mark, and with one
 * ramdisk. Source: OpenWrt's scripts/slugimage.pl.
 */
#include "firmware/internal.h"

#include <string.h>

enum {
	FLASH = 0x800000, BLOCK = 0x20000, INNER = 0x160000, REDBOOT = 0x40000, SYSCONF = 0x20000,
	FIS = 0x7e0000, PARTS = 3, HEAD = 16, ENTRY = 256, ADDRESS = 16, SIZE = 24, SKIP = 236,
	SKIP_SIZE = 12, MARK = 16, START = 0x50000000,
};

static const unsigned char redboot_mark[70] = {
	's', 'E', 'r', 'C', 'o', 'M', 'm', 0, 1, 0, 0, 4, 0x70, 0x31, 0x95, 0x58, 0x10,
	[46] = 1, [54] = 3, [57] = 0x23, 0x63, [62] = 0x20, 's', 'E', 'r', 'C', 'o', 'M', 'm',
};
static const unsigned char flash_mark[MARK] = {
	0, 1, 0, 0, 0x23, 0x63, 0x90, 0xf7, 'e', 'R', 'c', 'O', 'm', 'M', 0, 0xb4,
};

struct part {
	const char *name;
	struct str path;
	struct blob *data;
	uint32_t at, room, size; /* room: whole blocks; size: in the table */
};

struct job {
	struct firmware_run *run;
	struct part parts[PARTS];
	struct str out;
	struct blob *image;
	unsigned char table[(PARTS + 4) * ENTRY];
	size_t n;		/* entries */
};

static bool read_words(struct job *j)
{
	const struct str *argv = j->run->argv;
	size_t argc = j->run->argc, i = 1;
	bool pack = false;

	for (; i < argc; i++) {
		struct str *to = str_is(argv[i], "-L")	 ? &j->parts[0].path
				 : str_is(argv[i], "-k") ? &j->parts[1].path
				 : str_is(argv[i], "-r") ? &j->parts[2].path
				 : str_is(argv[i], "-o") ? &j->out
							 : NULL;

		if (str_is(argv[i], "-p"))
			pack = true;
		else if (!to || ++i == argc || !perl_plain(argv[i]))
			return false;
		else
			*to = argv[i];
	}
	return pack && j->out.p && j->parts[0].path.p && j->parts[1].path.p && j->parts[2].path.p;
}

/* Files that the script would take without being told. */
static bool has_others(struct firmware_run *run)
{
	static const char *const names[] = {"RedBoot", "SysConf", "Trailer", "NPE-B"};
	int64_t time;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (run->mtime(run, str_z(names[i]), &time) == 0)
			return true;
	}
	return false;
}

/* --- what it says --- */

static uint32_t in_blocks(uint32_t n)
{
	return (n + BLOCK - 1) / BLOCK;
}

static struct str amount(struct job *j, uint32_t n, const char *width)
{
	if (n < BLOCK)
		return str_fmt(j->run->mem, "0x%05X bytes", n);
	return str_fmt(j->run->mem, "%s%u blocks", in_blocks(n) < 10 ? width : "", in_blocks(n));
}

static void say_read(struct job *j, struct str path, const char *name, uint32_t n, uint32_t room)
{
	struct str text = amount(j, room, "");

	buf_fmt(j->run->out, "Read 0x%08X bytes from \"%.*s\" into <%s> (%.*s / %.*s)\n", n,
		STR_ARG(path), name, STR_ARG(text), STR_ARG(text));
}

static void say_wrote(struct job *j, const char *name, uint32_t at, uint32_t n)
{
	struct str text = amount(j, n, " ");

	buf_fmt(j->run->out, "Wrote %.*s (0x%08X to 0x%08X) from <%s> into \"%.*s\"\n",
		STR_ARG(text), at, at + n, name, STR_ARG(j->out));
}

/* --- the image --- */

static bool goes_over(const struct part *p, uint32_t n)
{
	return p->at < INNER && p->at + n > INNER;
}

/* Where the parts are; false: they do not fit. */
static bool lay_out(struct job *j)
{
	uint32_t at = REDBOOT + SYSCONF;

	for (size_t i = 0; i < PARTS; i++) {
		struct part *p = &j->parts[i];
		uint32_t n = (uint32_t)blob_size(p->data) + HEAD;

		p->at = at;
		p->room = p->size = in_blocks(n) * BLOCK;
		n += goes_over(p, n) ? HEAD : 0;
		if (i + 1 == PARTS)
			p->size = at < FIS ? FIS - at : 0;
		else if (n > p->size)
			p->size = n;
		if (n > p->size || at + p->size > FIS)
			return false;
		at += in_blocks(p->size) * BLOCK;
	}
	return true;
}

static void add_entry(struct job *j, const char *name, uint32_t at, uint32_t size)
{
	unsigned char *e = j->table + j->n++ * ENTRY;

	tool_put_text(e, ADDRESS, str_z(name));
	put_be32(e + ADDRESS, START + at);
	put_be32(e + SIZE, size);
}

static void put_skip(unsigned char *at, uint32_t offset)
{
	memcpy(at, "skip", 4);
	put_be32(at + 4, offset);
	put_be32(at + 8, HEAD);
}

static struct blob *head(uint32_t n)
{
	unsigned char h[HEAD] = {0};

	put_be32(h, n);
	return blob_copy(h, HEAD);
}

static void add_part(struct job *j, const struct part *p)
{
	unsigned char *e = j->table + j->n * ENTRY + SKIP;
	uint32_t n = (uint32_t)blob_size(p->data), first = INNER - p->at - HEAD;
	uint64_t before = blob_size(j->image);

	add_entry(j, p->name, p->at, p->size);
	if (before < p->at) {
		struct str text = amount(j, p->at - (uint32_t)before, "");

		firmware_join(&j->image, blob_run(0xff, p->at - before));
		buf_fmt(j->run->out, "Padded %.*s before <%s> in \"%.*s\"\n", STR_ARG(text),
			p->name, STR_ARG(j->out));
	}
	if (goes_over(p, n + HEAD)) {
		put_skip(e - SKIP_SIZE, 0);
		put_skip(e, INNER - p->at);
		firmware_join(&j->image, head(n + HEAD));
		firmware_join(&j->image, blob_slice(p->data, 0, first));
		firmware_join(&j->image, head(BLOCK));
		firmware_join(&j->image, blob_slice(p->data, first, n - first));
	} else {
		put_skip(e, 0);
		firmware_join(&j->image, head(n));
		firmware_join(&j->image, blob_ref(p->data));
	}
	firmware_join(&j->image, blob_run(0xff, p->at + p->size - blob_size(j->image)));
	say_wrote(j, p->name, p->at, p->size);
}

/* The script reads three temporary files, which it calls by where a handle is in its memory. */
static void say_what_is_read(struct job *j)
{
	struct str temporary = S("GLOB(0x0)");

	say_read(j, temporary, "RedBoot", REDBOOT, REDBOOT);
	say_read(j, temporary, "SysConf", SYSCONF, SYSCONF);
	for (size_t i = 0; i < PARTS; i++) {
		const struct part *p = &j->parts[i];

		say_read(j, p->path, p->name, (uint32_t)blob_size(p->data), p->room);
	}
	say_read(j, temporary, "Trailer", MARK, MARK);
	for (size_t i = 0; i + 1 < PARTS; i++) {
		if (j->parts[i].size > j->parts[i].room)
			buf_fmt(j->run->out, "Extending partition <%s> to 0x%08X bytes\n",
				j->parts[i].name, j->parts[i].size);
	}
}

static int make(struct job *j)
{
	const size_t mark = sizeof(redboot_mark);

	say_what_is_read(j);
	j->image = blob_run(0, REDBOOT - mark);
	firmware_join(&j->image, blob_copy(redboot_mark, mark));
	add_entry(j, "RedBoot", 0, REDBOOT);
	say_wrote(j, "RedBoot", 0, REDBOOT);
	firmware_join(&j->image, blob_run(0, SYSCONF));
	add_entry(j, "SysConf", REDBOOT, SYSCONF);
	say_wrote(j, "SysConf", REDBOOT, SYSCONF);
	for (size_t i = 0; i < PARTS; i++)
		add_part(j, &j->parts[i]);
	add_entry(j, "FIS directory", FIS, BLOCK);
	say_wrote(j, "FIS directory", FIS, BLOCK);
	firmware_join(&j->image, blob_copy(j->table, j->n * ENTRY));
	firmware_join(&j->image, blob_run(0xff, BLOCK - j->n * ENTRY - MARK));
	firmware_join(&j->image, blob_copy(flash_mark, MARK));
	say_wrote(j, "Trailer", FLASH - MARK, MARK);
	return tool_put(j->run, j->out, j->image) ? -1 : 0;
}

static int slugimage_write(struct firmware_run *run)
{
	struct job j = {.run = run, .parts = {{.name = "Loader"}, {.name = "Kernel"},
					      {.name = "Ramdisk"}}};
	int status = -1;
	size_t i;

	if (!read_words(&j) || has_others(run))
		return -1;
	for (i = 0; i < PARTS; i++) {
		if (run->read(run, j.parts[i].path, &j.parts[i].data) != 0 ||
		    blob_size(j.parts[i].data) > FLASH)
			break;
	}
	if (i == PARTS && lay_out(&j))
		status = make(&j);
	if (status)
		run->out->n = 0;
	for (i = 0; i < PARTS; i++)
		blob_unref(j.parts[i].data);
	return status;
}

/* --- check --- */

/* Entry I; false behind the last one. */
static bool read_entry(struct str image, size_t i, struct str *name, uint32_t *at, uint32_t *size)
{
	struct str e = str_sub(str_sub(image, FIS, BLOCK), i * ENTRY, ENTRY);
	const unsigned char *p = (const unsigned char *)e.p;

	if (e.n < ENTRY || *p == 0xff)
		return false;
	*name = str_sub(e, 0, strnlen(e.p, ADDRESS));
	*at = get_be32(p + ADDRESS) - START;
	*size = get_be32(p + SIZE);
	return true;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), name;
	uint32_t at, size;

	if (image.n != FLASH || !str_starts(str_from(image, FIS), S("RedBoot\0")) ||
	    memcmp(image.p + FLASH - MARK, flash_mark, MARK) != 0)
		return false;
	for (size_t i = 0; read_entry(image, i, &name, &at, &size); i++) {
		struct str text = firmware_text(v, name.p, name.n);

		if (at > FLASH || size > FLASH - at)
			firmware_bad(v, "%.*s is out of the flash", STR_ARG(text));
	}
	v->extent = FLASH;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), name;
	uint32_t at, size;

	for (size_t i = 0; read_entry(image, i, &name, &at, &size); i++) {
		struct str text = firmware_text(v, name.p, name.n);

		firmware_put_field(v, "partition", "%.*s, %u bytes at 0x%x", STR_ARG(text), size,
				   at);
	}
}

static void parts(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), name;
	uint32_t at, size;

	for (size_t i = 0; read_entry(image, i, &name, &at, &size); i++) {
		if (at < FIS)
			firmware_put_part(v, firmware_text(v, name.p, name.n), at, size);
	}
}

static const char *const texts[] = {
	/* 21.02 to main of 2026 */
	"436290ab668b91bbb42364a30d0ebd022697f86ac75ee93427bb62e4405889ab",
	"43e29fc74b92f6a75c7aad1030f7ca81fa3bda0a170a25cf74b534ba5e766bd3", /* forks of 19.07 */
	"ec90804df8d9c2f97ccc4d995aee4d1e70fdd3a4414ba52ec2f14f29d12de5e8", /* 15.05 */
	NULL,
};

const struct firmware firmware_slugimage = {
	.name = "slugimage",
	.format = "NSLU2 flash image",
	.script = "slugimage.pl",
	.texts = texts,
	.help = "slugimage -L LOADER -k KERNEL -r RAMDISK -p -o FILE\n",
	.write = slugimage_write,
	.check = check,
	.show = show,
	.parts = parts,
};
