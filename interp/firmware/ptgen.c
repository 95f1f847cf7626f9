/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ptgen: writes a partition table (MBR: mbr.c, GPT: gpt.c has the layout) and prints offset and size
 * of each partition in bytes, one number a line. The tool's quirks are kept: partition ids are the disk's
 * with the last byte counted up, and hybrid entries all leave their CHS in the second slot.
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	SECTOR = 512,
	ENTRIES = 128, ENTRY = 128, TABLE = ENTRIES * ENTRY, TABLE_SECTORS = TABLE / SECTOR,
	GPT_HEADER = 92, FIRST_ENTRY = 2,
	SLOTS = 4, SLOT = 16, SLOTS_AT = 446, DISK_ID = 440, BOOT_MARK = 510,
	NAME = 56, NAME_UNITS = 36,
};

struct guid {
	unsigned char b[16];
};

static const struct guid guid_basic = {{0xa2, 0xa0, 0xd0, 0xeb, 0xe5, 0xb9, 0x33, 0x44, 0x87, 0xc0,
					0x68, 0xb6, 0xb7, 0x26, 0x99, 0xc7}};
static const struct guid guid_efi = {{0x28, 0x73, 0x2a, 0xc1, 0x1f, 0xf8, 0xd2, 0x11, 0xba, 0x4b,
				      0x00, 0xa0, 0xc9, 0x3e, 0xc9, 0x3b}};
static const struct guid guid_bios = {{0x48, 0x61, 0x68, 0x21, 0x49, 0x64, 0x6f, 0x6e, 0x74, 0x4e,
				       0x65, 0x65, 0x64, 0x45, 0x46, 0x49}};
static const struct guid guid_linux = {{0xaf, 0x3d, 0xc6, 0x0f, 0x83, 0x84, 0x72, 0x47, 0x8e, 0x79,
					0x3d, 0x69, 0xd8, 0x47, 0x7d, 0xe4}};
static const struct guid guid_fit = {{0x83, 0xbe, 0xe9, 0xca, 0x5f, 0xb1, 0xcc, 0x49, 0x86, 0x3f,
				      0x08, 0x1b, 0x74, 0x4a, 0x2d, 0x93}};

/* Types by name (-T). */
static const struct named_type {
	const char *name;
	struct guid guid;
	uint64_t attributes;
} named_types[] = {
	/* priority 1, successful */
	{"cros_kernel", {{0x5d, 0x2a, 0x3a, 0xfe, 0x32, 0x4f, 0xa7, 0x41, 0xb7, 0x25, 0xac, 0xcc, 0x32,
			  0x85, 0xa3, 0x09}}, UINT64_C(1) << 48 | UINT64_C(1) << 56},
	{"sifiveu_spl", {{0x00, 0x33, 0x19, 0x5b, 0x78, 0xfc, 0xcd, 0x40, 0x80, 0x02, 0xe8, 0x6c, 0x45,
			  0x58, 0x0b, 0x47}}, 0},
	{"sifiveu_uboot", {{0x53, 0xb3, 0x54, 0x2e, 0x71, 0x12, 0x42, 0x48, 0x80, 0x6f, 0xe4, 0x36, 0xd6,
			    0xaf, 0x69, 0x85}}, 0},
};

static const struct opt options[] = {
	{'v', "verbose", OPT_NONE, "say where partitions lie"},
	{'l', "kb_alignment", OPT_VALUE, "KIB  align partitions"},
	{'n', "ignore-null-sized-parts", OPT_NONE, "leave out partitions of size 0"},
	{'D', "disable-gpt-stub-part", OPT_NONE, "no partition in the gap before the first"},
	{'o', "output", OPT_VALUE, "FILE  output"},
	{'h', "heads", OPT_VALUE, "N  heads"},
	{'s', "sectors", OPT_VALUE, "N  sectors per track"},
	{'S', "mbr-disk-signature", OPT_VALUE, "N  disk signature (0x5452574f)"},
	{'a', "active-part", OPT_VALUE, "N  active partition (1)"},
	{'g', "gpt", OPT_NONE, "GPT instead of MBR"},
	{'G', "gpt-guid", OPT_VALUE, "GUID  of the disk"},
	{'e', "gpt-entry-offset", OPT_VALUE, "SIZE  where the entries lie (1K)"},
	{'d', "gpt-disk-size", OPT_VALUE, "SIZE  of the disk; writes the second table"},
	{'b', "gpt-split-images", OPT_NONE, "2 or 3 files"},
	{'p', "part", OPT_VALUE, "SIZE[@START]  a partition"},
	{'t', "mbr-part-type", OPT_VALUE, "HEX  type of the partitions that follow"},
	{'T', "gpt-part-type", OPT_VALUE, "NAME  type of the next partition"},
	{'N', "gpt-part-name", OPT_VALUE, "NAME  of the next partition"},
	{'r', "gpt-part-attr-required", OPT_NONE, "the next partition is required"},
	{'B', "gpt-part-attr-bootable", OPT_NONE, "the next partition is bootable"},
	{'H', "gpt-part-hybrid", OPT_NONE, "the next partition is in the MBR too"},
	{'i', "gpt-part-index", OPT_VALUE, "N  entry of the next partition"},
	{0, NULL, OPT_NONE, NULL},
};

struct part {
	uint64_t at;		/* sector, once placed */
	int64_t start, size;	/* KiB; start 0: behind the one before */
	unsigned char type;
	bool hybrid, required, bootable, has_guid;
	struct guid guid;
	uint64_t attributes;
	unsigned index;
	const char *name;	/* NULL: none */
};

struct job {
	struct firmware_run *run;
	struct str out;
	struct part *parts;	/* ENTRIES of them and one more for options behind the last */
	unsigned n, index, type;
	bool used[ENTRIES];
	struct part next;	/* name, hybrid, required and bootable of the next partition */
	int heads, sectors, active, align;
	bool verbose, skip_null, gpt, no_stub, split, alternate;
	uint32_t disk_id;
	struct guid guid;
	uint64_t first_entry, last_usable; /* sectors; last_usable 0: behind the last partition */
};

enum { GO_ON = -2 };

/* --- numbers --- */

static int64_t to_kib(struct job *j, struct str text)
{
	char *end;
	int64_t n = (int64_t)strtoull(str_cz(j->run->mem, text), &end, 0);
	int c = tolower((unsigned char)*end), shift = c == 'm' ? 10 : c == 'g' ? 20 : 0;

	if (c && !strchr("kmg", c))
		return 0;
	if (*end && end[1]) {
		buf_z(j->run->err, "garbage after end of number\n");
		return 0;
	}
	return (int64_t)((uint64_t)n << shift);
}

static void put_chs(const struct job *j, unsigned char *p, uint64_t sector)
{
	uint64_t s = sector % (unsigned)j->sectors + 1, track = sector / (unsigned)j->sectors;
	uint64_t cylinder = track / (unsigned)j->heads;

	p[0] = (unsigned char)(track % (unsigned)j->heads);
	p[1] = (unsigned char)(s | (cylinder >> 2 & 0xc0));
	p[2] = (unsigned char)cylinder;
}

static bool parse_guid(struct str text, struct guid *out)
{
	static const unsigned char order[16] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
	size_t at = 0;

	if (text.n < 36)
		return false;
	for (int i = 0; i < 16; i++) {
		char two[3] = {0};

		if (at < text.n && text.p[at] == '-')
			at++;
		if (at >= text.n)
			return false;
		memcpy(two, text.p + at, at + 2 <= text.n ? 2 : 1);
		out->b[order[i]] = (unsigned char)strtol(two, NULL, 16);
		at += 2;
	}
	return true;
}

/* UTF-8 as UTF-16, at most NAME_UNITS; what is longer than three bytes becomes a '?' a byte. */
static void put_name(unsigned char *p, const char *name)
{
	const unsigned char *s = (const unsigned char *)name;

	for (int i = 0; i < NAME_UNITS && *s; i++) {
		if (!(*s & 0x80))
			put_le16(p + 2 * i, *s++);
		else if ((*s & 0xe0) == 0xc0 && s[1]) {
			put_le16(p + 2 * i, (uint16_t)((*s & 0x1f) << 6 | (s[1] & 0x3f)));
			s += 2;
		} else if ((*s & 0xf0) == 0xe0 && s[1] && s[2]) {
			put_le16(p + 2 * i, (uint16_t)((*s & 0x0f) << 12 | (s[1] & 0x3f) << 6 |
						       (s[2] & 0x3f)));
			s += 3;
		} else {
			put_le16(p + 2 * i, '?');
			s++;
		}
	}
}

/* --- command line --- */

static int fail(struct job *j, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static int fail(struct job *j, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_str(j->run->err, str_vfmt(j->run->mem, fmt, ap));
	va_end(ap);
	buf_char(j->run->err, '\n');
	return 1;
}

static struct guid guid_of_type(unsigned type, const char **name)
{
	if (type == 0xef && !*name)
		*name = "EFI System Partition";
	return type == 0xef ? guid_efi : type == 0x83 ? guid_linux : type == 0x2e ? guid_fit
										  : guid_basic;
}

static unsigned most_parts(const struct job *j)
{
	return j->gpt ? ENTRIES : SLOTS;
}

static int add_part(struct job *j, struct str value)
{
	struct part *p = &j->parts[j->n];
	ptrdiff_t at = str_chr(value, '@');

	if (j->n >= most_parts(j))
		return fail(j, "Too many partitions");
	if (j->used[j->index])
		return fail(j, "Partition entry with index %u already defined", j->index);
	if (at >= 0) {
		p->start = to_kib(j, str_from(value, (size_t)at + 1));
		value = str_sub(value, 0, (size_t)at);
	}
	if (!p->has_guid)
		p->guid = guid_of_type(j->type, &j->next.name);
	p->size = to_kib(j, value);
	p->required = j->next.required;
	p->bootable = j->next.bootable;
	p->name = j->next.name;
	p->hybrid = j->next.hybrid;
	p->index = j->index;
	p->type = (unsigned char)j->type; /* the next one inherits it */
	buf_fmt(j->run->err, "part %lld %lld\n", (long long)p->start, (long long)p->size);
	j->n++;
	j->next = (struct part){0};
	j->used[j->index++] = true;
	if (j->index >= most_parts(j))
		j->index = 0;
	return GO_ON;
}

static int set_named_type(struct job *j, struct str name)
{
	for (size_t i = 0; i < sizeof(named_types) / sizeof(*named_types); i++) {
		struct part *p = &j->parts[j->n];

		if (!str_is(name, named_types[i].name))
			continue;
		p->has_guid = true;
		p->guid = named_types[i].guid;
		if (named_types[i].attributes)
			p->attributes = named_types[i].attributes;
		return GO_ON;
	}
	return fail(j, "Invalid GPT partition type \"%.*s\"", STR_ARG(name));
}

static int set_disk_size(struct job *j, struct str value)
{
	uint64_t total = 2 * (uint64_t)to_kib(j, value);

	j->alternate = true;
	if (total == 0)
		return GO_ON;
	if (total <= 2 * TABLE_SECTORS + 3)
		return fail(j, "GPT disk size must be larger than %d KBytes",
			    (2 * TABLE_SECTORS + 3) * SECTOR / 1024);
	j->last_usable = total - TABLE_SECTORS - 2;
	return GO_ON;
}

static int set_entry_offset(struct job *j, struct str value)
{
	j->first_entry = 2 * (uint64_t)to_kib(j, value);
	if (j->first_entry < FIRST_ENTRY)
		return fail(j, "GPT First Entry offset must not be smaller than %d KBytes",
			    FIRST_ENTRY / 2);
	return GO_ON;
}

static int set_index(struct job *j, uint32_t n)
{
	j->index = n;
	if (n >= most_parts(j))
		return fail(j, "Too big GPT/MBR entry index %d", (int)n);
	return GO_ON;
}

static void take_switch(struct job *j, int id)
{
	switch (id) {
	case 'v': j->verbose = true; break;
	case 'D': j->no_stub = true; break;
	case 'n': j->skip_null = true; break;
	case 'g': j->gpt = true; break;
	case 'b': j->alternate = j->split = true; break;
	case 'H': j->next.hybrid = true; break;
	case 'r': j->next.required = true; break;
	case 'B': j->next.bootable = true; break;
	default: break;
	}
}

static int take(struct job *j, int id, struct str value)
{
	const char *z = value.p ? str_cz(j->run->mem, value) : "";

	switch (id) {
	case 'o': j->out = value; break;
	case 'l': j->align = (int)strtoul(z, NULL, 0) * 2; break;
	case 'h': j->heads = (int)strtoul(z, NULL, 0); break;
	case 's': j->sectors = (int)strtoul(z, NULL, 0); break;
	case 'S': j->disk_id = (uint32_t)strtoul(z, NULL, 0); break;
	case 'a': j->active = (int)strtoul(z, NULL, 0); break;
	case 't': j->type = (unsigned char)strtoul(z, NULL, 16); break;
	case 'N': j->next.name = z; break;
	case 'e': return set_entry_offset(j, value);
	case 'd': return set_disk_size(j, value);
	case 'p': return add_part(j, value);
	case 'T': return set_named_type(j, value);
	case 'i': return set_index(j, (uint32_t)strtoul(z, NULL, 0));
	case 'G':
		if (!parse_guid(value, &j->guid))
			return fail(j, "Invalid guid string");
		break;
	default: take_switch(j, id);
	}
	return GO_ON;
}

/* --- placing --- */

/* The first sector of part I, at FREE or behind; 0 after a message. */
static uint64_t find_start(struct job *j, unsigned i, uint64_t free)
{
	const struct part *p = &j->parts[i];

	if (p->start != 0) {
		if ((uint64_t)p->start * 2 < free) {
			fail(j, "Invalid start %lld for partition %u!", (long long)p->start, i);
			return 0;
		}
		return (uint64_t)p->start * 2;
	}
	if (!j->align)
		return free;
	return (uint64_t)(((int64_t)free - 1) / j->align + 1) * (uint64_t)(int64_t)j->align;
}

/* Is part I left out? 1 after a message when that is not allowed. */
static int is_null(struct job *j, unsigned i, bool *skip)
{
	*skip = !j->parts[i].size;
	if (*skip && !j->skip_null)
		return fail(j, "Invalid size in partition %u!", i);
	return 0;
}

static void print_part(struct job *j, unsigned i, uint64_t start, uint64_t end)
{
	unsigned long long from = start * SECTOR, to = end * SECTOR, size = (end - start) * SECTOR;

	if (j->verbose)
		buf_fmt(j->run->err, "Partition %u: start=%llu, end=%llu, size=%llu\n", i, from, to,
			size);
	buf_fmt(j->run->out, "%llu\n%llu\n", from, size);
}

/* Write B as the output, or with a name that ends in SUFFIX. Takes over B. */
static int write_file(struct job *j, const char *suffix, struct blob *b)
{
	struct str path = str_cat(j->run->mem, j->out, str_z(suffix));
	int err = j->run->write(j->run, path, b);

	blob_unref(b);
	return err ? fail(j, "Can't open output file '%.*s'", STR_ARG(path)) : 0;
}

static void put_boot_sector(const struct job *j, unsigned char *sector, const unsigned char *slots)
{
	memset(sector, 0, SECTOR);
	put_le32(sector + DISK_ID, j->disk_id);
	memcpy(sector + SLOTS_AT, slots, SLOTS * SLOT);
	sector[BOOT_MARK] = 0x55;
	sector[BOOT_MARK + 1] = 0xaa;
}

static void put_slot(const struct job *j, unsigned char *slot, bool active, unsigned type,
		     uint64_t start, uint64_t end)
{
	slot[0] = active ? 0x80 : 0;
	slot[4] = (unsigned char)type;
	put_le32(slot + 8, (uint32_t)start);
	put_le32(slot + 12, (uint32_t)(end - start));
	put_chs(j, slot + 1, start);
	put_chs(j, slot + 5, end - 1);
}

static int make_mbr(struct job *j)
{
	unsigned char slots[SLOTS * SLOT] = {0}, sector[SECTOR];
	uint64_t end = 0, cylinder = (uint64_t)(unsigned)(j->heads * j->sectors);

	for (unsigned i = 0; i < j->n; i++) {
		uint64_t start;
		bool skip;

		if (is_null(j, i, &skip))
			return 1;
		if (skip)
			continue;
		start = find_start(j, i, end + (unsigned)j->sectors);
		if (!start)
			return 1;
		end = start + (uint64_t)j->parts[i].size * 2;
		if (!j->align)
			end += cylinder - end % cylinder;
		put_slot(j, slots + i * SLOT, (int)i + 1 == j->active, j->parts[i].type, start, end);
		print_part(j, i, start, end);
	}
	put_boot_sector(j, sector, slots);
	return write_file(j, "", blob_copy(sector, SECTOR));
}

/* --- GPT --- */

struct gpt {
	unsigned char slots[SLOTS * SLOT];
	unsigned char *table;	/* TABLE bytes */
	uint64_t behind, last;	/* sector behind the last partition; of the second header */
	unsigned hybrids;
};

static void put_entry(struct job *j, struct gpt *g, unsigned i, uint64_t start, uint64_t end)
{
	const struct part *p = &j->parts[i];
	unsigned char *e = g->table + p->index * ENTRY;
	bool bootable = (int)i + 1 == j->active || p->bootable;

	memcpy(e, p->guid.b, 16);
	memcpy(e + 16, j->guid.b, 16);
	e[31] = (unsigned char)(e[31] + i + 1);
	put_le64(e + 32, start);
	put_le64(e + 40, end - 1);
	put_le64(e + 48, p->attributes | (bootable ? 4 : 0) | (p->required ? 1 : 0));
	if (p->name)
		put_name(e + NAME, p->name);
}

static void put_hybrid(struct job *j, struct gpt *g, unsigned i, uint64_t start, uint64_t end)
{
	unsigned char kept[SLOT], *slot = g->slots + (g->hybrids + 1) * SLOT;

	if (g->hybrids + 1 >= SLOTS)
		return;
	put_slot(j, slot, (int)i + 1 == j->active, j->parts[i].type, start, end);
	if (g->hybrids++) {
		/* CHS goes to the second slot, whichever slot it is. */
		memcpy(kept, slot, SLOT);
		memset(slot + 1, 0, 3);
		memset(slot + 5, 0, 3);
		memcpy(g->slots + SLOT + 1, kept + 1, 3);
		memcpy(g->slots + SLOT + 5, kept + 5, 3);
	}
}

static int place_all(struct job *j, struct gpt *g)
{
	g->behind = TABLE_SECTORS + j->first_entry;
	for (unsigned i = 0; i < j->n; i++) {
		uint64_t start, end;
		bool skip;

		if (is_null(j, i, &skip))
			return 1;
		if (skip)
			continue;
		start = find_start(j, i, g->behind);
		if (!start)
			return 1;
		end = start + (uint64_t)j->parts[i].size * 2;
		if (j->last_usable && end > j->last_usable + 1)
			return fail(j, "Partition %u ends after last usable sector %lld", i,
				    (long long)j->last_usable);
		j->parts[i].at = start;
		g->behind = end;
		put_entry(j, g, i, start, end);
		if (j->parts[i].hybrid)
			put_hybrid(j, g, i, start, end);
		print_part(j, i, start, end);
	}
	return 0;
}

/* The gap in front of the first partition becomes one for GRUB. */
static void put_stub(struct job *j, struct gpt *g)
{
	uint64_t first = j->first_entry + TABLE_SECTORS;
	unsigned char *e = g->table + (ENTRIES - 1) * ENTRY;

	if (j->parts[0].at <= first || j->no_stub || j->used[ENTRIES - 1])
		return;
	memcpy(e, guid_bios.b, 16);
	memcpy(e + 16, j->guid.b, 16);
	e[31] = (unsigned char)(e[31] + ENTRIES);
	put_le64(e + 32, first);
	put_le64(e + 40, j->parts[0].at - 1);
}

static void put_gpt_header(struct job *j, const struct gpt *g, unsigned char *h, bool second)
{
	memset(h, 0, GPT_HEADER);
	memcpy(h, "EFI PART", 8);
	put_le32(h + 8, 0x00010000);
	put_le32(h + 12, GPT_HEADER);
	put_le64(h + 24, second ? g->last : 1);
	put_le64(h + 32, second ? 1 : g->last);
	put_le64(h + 40, j->first_entry + TABLE_SECTORS);
	put_le64(h + 48, j->last_usable);
	memcpy(h + 56, j->guid.b, 16);
	put_le64(h + 72, second ? g->last - TABLE_SECTORS : j->first_entry);
	put_le32(h + 80, ENTRIES);
	put_le32(h + 84, ENTRY);
	put_le32(h + 88, digest_crc32(0, g->table, TABLE));
	put_le32(h + 16, digest_crc32(0, h, GPT_HEADER));
}

static void pad_to(struct blob **b, uint64_t size)
{
	if (blob_size(*b) < size)
		firmware_join(b, blob_run(0, size - blob_size(*b)));
}

/* The second table: entries, then the header's sector. */
static void join_second(struct job *j, const struct gpt *g, struct blob **b)
{
	unsigned char header[SECTOR] = {0};

	put_gpt_header(j, g, header, true);
	firmware_join(b, blob_copy(g->table, TABLE));
	firmware_join(b, blob_copy(header, SECTOR));
}

static int write_gpt(struct job *j, const struct gpt *g)
{
	unsigned char start[2 * SECTOR] = {0};
	struct blob *b, *entries = blob_copy(g->table, TABLE);

	put_boot_sector(j, start, g->slots);
	put_gpt_header(j, g, start + SECTOR, false);
	b = blob_copy(start, sizeof(start));
	if (j->split && j->first_entry != FIRST_ENTRY) {
		if (write_file(j, ".start", b) || write_file(j, ".entry", entries))
			return 1;
	} else {
		pad_to(&b, j->first_entry * SECTOR);
		firmware_join(&b, entries);
		if (j->split && write_file(j, ".start", b))
			return 1;
	}
	if (j->split) {
		b = blob_empty();
		join_second(j, g, &b);
		return write_file(j, ".end", b);
	}
	if (j->alternate) {
		pad_to(&b, (g->last - TABLE_SECTORS) * SECTOR);
		join_second(j, g, &b);
	}
	return write_file(j, "", b);
}

static int make_gpt(struct job *j)
{
	struct gpt g = {.table = arena_zalloc(j->run->mem, ENTRIES, ENTRY)};

	j->heads = 254;
	j->sectors = 63;
	if (place_all(j, &g))
		return 1;
	put_stub(j, &g);
	if (!j->last_usable)
		j->last_usable = g.behind - 1;
	g.last = j->last_usable + TABLE_SECTORS + 1;
	put_slot(j, g.slots, false, 0xee, 1, g.last + 1);
	if (j->verbose)
		buf_fmt(j->run->err, "PartitionEntryLBA=%llu, FirstUsableLBA=%llu, LastUsableLBA=%llu\n",
			(unsigned long long)j->first_entry,
			(unsigned long long)j->first_entry + TABLE_SECTORS,
			(unsigned long long)j->last_usable);
	return write_gpt(j, &g);
}

static int usage(struct job *j)
{
	buf_fmt(j->run->err, "Usage: %.*s [OPTION]...\n"
		"Generate hard drive image with predefined partitions\n\n", STR_ARG(j->run->argv[0]));
	buf_str(j->run->err, opts_help(j->run->mem, options));
	return 1;
}

static int ptgen_run(struct firmware_run *run)
{
	struct job j = {.run = run, .type = 0x83, .heads = -1, .sectors = -1, .active = 1,
			.disk_id = 0x5452574f, .first_entry = FIRST_ENTRY,
			.guid = {{0x4f, 0x57, 0x52, 0x54, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
				  0x88, 0x99, 0xaa, 0xbb, 0x00}}};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status;

	j.parts = arena_array(run->mem, struct part, ENTRIES + 1);
	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		status = take(&j, id, o.value);
		if (status != GO_ON)
			return status;
	}
	if (o.operands.n || (!j.gpt && (j.heads <= 0 || j.sectors <= 0)) || !j.out.p)
		return usage(&j);
	if (j.active < 0 || j.active > (int)most_parts(&j))
		j.active = 0;
	return j.gpt ? make_gpt(&j) : make_mbr(&j);
}

const struct firmware firmware_ptgen = {
	.name = "ptgen",
	.help = "ptgen -o FILE -h HEADS -s SECTORS [-l KIB] [-t TYPE] -p SIZE[@START]...: make an MBR\n"
		"ptgen -g -o FILE [-l KIB] [-G GUID] [-t TYPE] [-N NAME] -p SIZE[@START]...: make a GPT\n",
	.write = ptgen_run,
	.pure = true,
};
