/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ptgen's tables: partitions are placed one behind the other, then written as an MBR (layout:
 * mbr.c) or a GPT (gpt.c). The command line is in ptgen.c.
 */
#include "firmware/ptgen.h"

#include <string.h>

#include "digest/digest.h"

enum {
	ENTRY = 128, TABLE = PTGEN_ENTRIES * ENTRY, GPT_HEADER = 92, NAME = 56, NAME_UNITS = 36,
	SLOT = 16, SLOTS_AT = 446, DISK_ID = 440, BOOT_MARK = 510,
};

static const struct ptgen_guid guid_bios = {{0x48, 0x61, 0x68, 0x21, 0x49, 0x64, 0x6f, 0x6e, 0x74,
					     0x4e, 0x65, 0x65, 0x64, 0x45, 0x46, 0x49}};

int ptgen_fail(struct ptgen *j, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_str(j->run->err, str_vfmt(j->run->mem, fmt, ap));
	va_end(ap);
	buf_char(j->run->err, '\n');
	return 1;
}

static void put_chs(const struct ptgen *j, unsigned char *p, uint64_t sector)
{
	uint64_t s = sector % (unsigned)j->sectors + 1, track = sector / (unsigned)j->sectors;
	uint64_t cylinder = track / (unsigned)j->heads;

	p[0] = (unsigned char)(track % (unsigned)j->heads);
	p[1] = (unsigned char)(s | (cylinder >> 2 & 0xc0));
	p[2] = (unsigned char)cylinder;
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

/* The first sector of part I, at FREE or behind; 0 after a message. */
static uint64_t find_start(struct ptgen *j, unsigned i, uint64_t free)
{
	const struct ptgen_part *p = &j->parts[i];

	if (p->start != 0) {
		if ((uint64_t)p->start * 2 < free) {
			ptgen_fail(j, "Invalid start %lld for partition %u!", (long long)p->start,
				   i);
			return 0;
		}
		return (uint64_t)p->start * 2;
	}
	if (!j->align)
		return free;
	return (uint64_t)(((int64_t)free - 1) / j->align + 1) * (uint64_t)(int64_t)j->align;
}

/* Is part I left out? 1 after a message when that is not allowed. */
static int is_null(struct ptgen *j, unsigned i, bool *skip)
{
	*skip = !j->parts[i].size;
	if (*skip && !j->skip_null)
		return ptgen_fail(j, "Invalid size in partition %u!", i);
	return 0;
}

static void print_part(struct ptgen *j, unsigned i, uint64_t start, uint64_t end)
{
	unsigned long long from = start * PTGEN_SECTOR, to = end * PTGEN_SECTOR,
			   size = (end - start) * PTGEN_SECTOR;

	if (j->verbose)
		buf_fmt(j->run->err, "Partition %u: start=%llu, end=%llu, size=%llu\n", i, from, to,
			size);
	buf_fmt(j->run->out, "%llu\n%llu\n", from, size);
}

/* Write B as the output, or with a name that ends in SUFFIX. Takes over B. */
static int write_file(struct ptgen *j, const char *suffix, struct blob *b)
{
	struct str path = str_cat(j->run->mem, j->out, str_z(suffix));
	int err = j->run->write(j->run, path, b);

	blob_unref(b);
	return err ? ptgen_fail(j, "Can't open output file '%.*s'", STR_ARG(path)) : 0;
}

static void put_boot_sector(const struct ptgen *j, unsigned char *sector,
			    const unsigned char *slots)
{
	memset(sector, 0, PTGEN_SECTOR);
	put_le32(sector + DISK_ID, j->disk_id);
	memcpy(sector + SLOTS_AT, slots, PTGEN_SLOTS * SLOT);
	sector[BOOT_MARK] = 0x55;
	sector[BOOT_MARK + 1] = 0xaa;
}

static void put_slot(const struct ptgen *j, unsigned char *slot, bool active, unsigned type,
		     uint64_t start, uint64_t end)
{
	slot[0] = active ? 0x80 : 0;
	slot[4] = (unsigned char)type;
	put_le32(slot + 8, (uint32_t)start);
	put_le32(slot + 12, (uint32_t)(end - start));
	put_chs(j, slot + 1, start);
	put_chs(j, slot + 5, end - 1);
}

int ptgen_mbr(struct ptgen *j)
{
	unsigned char slots[PTGEN_SLOTS * SLOT] = {0}, sector[PTGEN_SECTOR];
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
		put_slot(j, slots + i * SLOT, (int)i + 1 == j->active, j->parts[i].type, start,
			 end);
		print_part(j, i, start, end);
	}
	put_boot_sector(j, sector, slots);
	return write_file(j, "", blob_copy(sector, PTGEN_SECTOR));
}

/* --- GPT --- */

struct gpt {
	unsigned char slots[PTGEN_SLOTS * SLOT];
	unsigned char *table;	/* TABLE bytes */
	uint64_t behind, last;	/* sector behind the last partition; of the second header */
	unsigned hybrids;
};

static void put_entry(struct ptgen *j, struct gpt *g, unsigned i, uint64_t start, uint64_t end)
{
	const struct ptgen_part *p = &j->parts[i];
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

static void put_hybrid(struct ptgen *j, struct gpt *g, unsigned i, uint64_t start, uint64_t end)
{
	unsigned char kept[SLOT], *slot = g->slots + (g->hybrids + 1) * SLOT;

	if (g->hybrids + 1 >= PTGEN_SLOTS)
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

static int place_all(struct ptgen *j, struct gpt *g)
{
	g->behind = PTGEN_TABLE_SECTORS + j->first_entry;
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
			return ptgen_fail(j, "Partition %u ends after last usable sector %lld", i,
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
static void put_stub(struct ptgen *j, struct gpt *g)
{
	uint64_t first = j->first_entry + PTGEN_TABLE_SECTORS;
	unsigned char *e = g->table + (PTGEN_ENTRIES - 1) * ENTRY;

	if (j->parts[0].at <= first || j->no_stub || j->used[PTGEN_ENTRIES - 1])
		return;
	memcpy(e, guid_bios.b, 16);
	memcpy(e + 16, j->guid.b, 16);
	e[31] = (unsigned char)(e[31] + PTGEN_ENTRIES);
	put_le64(e + 32, first);
	put_le64(e + 40, j->parts[0].at - 1);
}

static void put_gpt_header(struct ptgen *j, const struct gpt *g, unsigned char *h, bool second)
{
	memset(h, 0, GPT_HEADER);
	memcpy(h, "EFI PART", 8);
	put_le32(h + 8, 0x00010000);
	put_le32(h + 12, GPT_HEADER);
	put_le64(h + 24, second ? g->last : 1);
	put_le64(h + 32, second ? 1 : g->last);
	put_le64(h + 40, j->first_entry + PTGEN_TABLE_SECTORS);
	put_le64(h + 48, j->last_usable);
	memcpy(h + 56, j->guid.b, 16);
	put_le64(h + 72, second ? g->last - PTGEN_TABLE_SECTORS : j->first_entry);
	put_le32(h + 80, PTGEN_ENTRIES);
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
static void join_second(struct ptgen *j, const struct gpt *g, struct blob **b)
{
	unsigned char header[PTGEN_SECTOR] = {0};

	put_gpt_header(j, g, header, true);
	firmware_join(b, blob_copy(g->table, TABLE));
	firmware_join(b, blob_copy(header, PTGEN_SECTOR));
}

static int write_gpt(struct ptgen *j, const struct gpt *g)
{
	unsigned char start[2 * PTGEN_SECTOR] = {0};
	struct blob *b, *entries = blob_copy(g->table, TABLE);

	put_boot_sector(j, start, g->slots);
	put_gpt_header(j, g, start + PTGEN_SECTOR, false);
	b = blob_copy(start, sizeof(start));
	if (j->split && j->first_entry != PTGEN_FIRST_ENTRY) {
		if (write_file(j, ".start", b) || write_file(j, ".entry", entries))
			return 1;
	} else {
		pad_to(&b, j->first_entry * PTGEN_SECTOR);
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
		pad_to(&b, (g->last - PTGEN_TABLE_SECTORS) * PTGEN_SECTOR);
		join_second(j, g, &b);
	}
	return write_file(j, "", b);
}

int ptgen_gpt(struct ptgen *j)
{
	struct gpt g = {.table = arena_zalloc(j->run->mem, PTGEN_ENTRIES, ENTRY)};

	j->heads = 254;
	j->sectors = 63;
	if (place_all(j, &g))
		return 1;
	put_stub(j, &g);
	if (!j->last_usable)
		j->last_usable = g.behind - 1;
	g.last = j->last_usable + PTGEN_TABLE_SECTORS + 1;
	put_slot(j, g.slots, false, 0xee, 1, g.last + 1);
	if (j->release == PTGEN_2021) /* one sector too few */
		put_le32(g.slots + 12, (uint32_t)g.last - 1);
	else if (j->verbose)
		buf_fmt(j->run->err,
			"PartitionEntryLBA=%llu, FirstUsableLBA=%llu, LastUsableLBA=%llu\n",
			(unsigned long long)j->first_entry,
			(unsigned long long)j->first_entry + PTGEN_TABLE_SECTORS,
			(unsigned long long)j->last_usable);
	return write_gpt(j, &g);
}
