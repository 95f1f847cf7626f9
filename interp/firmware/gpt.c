/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * GPT disk, little endian. Sector 0 is a protective MBR (mbr.c); the header in sector 1 (92 bytes):
 *
 *   0  8  "EFI PART"	8 4 revision 1.0	12 4 size	16 4 CRC-32 with this field 0
 *  24  8  its sector	32 8 the other header's	40 8 first, 48 8 last usable sector
 *  56 16  disk's GUID	72 8 sector of the entries, 80 4 their number, 84 4 size, 88 4 CRC-32
 *
 * An entry: 0 type GUID, 16 GUID, 32 first, 40 last sector, 48 attributes, 56 name (72, UTF-16).
 * Source: UEFI Specification, chapter 5. Written by ptgen.c.
 */
#include "firmware/internal.h"

#include <string.h>

#include "digest/digest.h"

enum { SECTOR = 512, HEADER = 92, ENTRY = 128, NAME_UNITS = 36, MOST_ENTRIES = 1024 };

struct gpt {
	struct str image;
	const unsigned char *h;
	struct str table;	/* unset: it reaches out of the file */
	size_t entry;
};

static bool open_gpt(struct firmware_view *v, struct gpt *g)
{
	uint64_t at, size;

	g->image = firmware_bytes(v);
	if (g->image.n < SECTOR + HEADER || memcmp(g->image.p + SECTOR, "EFI PART", 8) != 0)
		return false;
	g->h = (const unsigned char *)g->image.p + SECTOR;
	g->entry = get_le32(g->h + 84);
	at = get_le64(g->h + 72);
	size = (uint64_t)get_le32(g->h + 80) * g->entry;
	g->table = (struct str){NULL, 0};
	if (g->entry >= ENTRY && get_le32(g->h + 80) <= MOST_ENTRIES && at < g->image.n / SECTOR &&
	    size <= g->image.n - at * SECTOR)
		g->table = str_sub(g->image, at * SECTOR, size);
	return true;
}

static uint32_t header_crc(const unsigned char *p)
{
	unsigned char h[HEADER];

	memcpy(h, p, HEADER);
	put_le32(h + 16, 0);
	return digest_crc32(0, h, HEADER);
}

static void check_second(struct firmware_view *v, const struct gpt *g)
{
	uint64_t at = get_le64(g->h + 32);
	const unsigned char *h;

	if (at >= g->image.n / SECTOR)
		return; /* tables are often written without it */
	h = (const unsigned char *)g->image.p + at * SECTOR;
	if (memcmp(h, "EFI PART", 8) == 0)
		firmware_compare32(v, "second header CRC-32", get_le32(h + 16), header_crc(h));
}

static bool check(struct firmware_view *v)
{
	struct gpt g;

	if (!open_gpt(v, &g))
		return false;
	v->extent = SECTOR * 2;
	if (get_le32(g.h + 12) == HEADER)
		firmware_compare32(v, "header CRC-32", get_le32(g.h + 16), header_crc(g.h));
	else
		firmware_bad(v, "header size is %u, not %d", get_le32(g.h + 12), HEADER);
	if (g.table.p)
		firmware_compare32(v, "entries CRC-32", get_le32(g.h + 88),
				   digest_crc32(0, g.table.p, g.table.n));
	else
		firmware_bad(v, "the entries reach out of the file");
	check_second(v, &g);
	return true;
}

static void show_entry(struct firmware_view *v, size_t i, const unsigned char *e)
{
	char name[NAME_UNITS];
	struct str text;

	if (!get_le64(e + 32) && !get_le64(e + 40))
		return;
	for (int u = 0; u < NAME_UNITS; u++) {
		unsigned c = get_le16(e + 56 + 2 * u);

		name[u] = c < 0x80 ? (char)c : '?';
	}
	text = firmware_text(v, name, sizeof(name));
	firmware_put_field(v, "partition", "%zu: sectors %llu to %llu %.*s", i + 1,
			   (unsigned long long)get_le64(e + 32),
			   (unsigned long long)get_le64(e + 40), STR_ARG(text));
}

static void show(struct firmware_view *v)
{
	struct gpt g;

	if (!open_gpt(v, &g))
		return;
	firmware_put_field(v, "usable sectors", "%llu to %llu",
			   (unsigned long long)get_le64(g.h + 40),
			   (unsigned long long)get_le64(g.h + 48));
	for (size_t i = 0; g.table.p && (i + 1) * g.entry <= g.table.n; i++)
		show_entry(v, i, (const unsigned char *)g.table.p + i * g.entry);
}

static void parts(struct firmware_view *v)
{
	struct gpt g;

	if (!open_gpt(v, &g))
		return;
	for (size_t i = 0; g.table.p && (i + 1) * g.entry <= g.table.n; i++) {
		const unsigned char *e = (const unsigned char *)g.table.p + i * g.entry;
		uint64_t first = get_le64(e + 32), last = get_le64(e + 40);

		if (first && last >= first && last < UINT64_MAX / SECTOR)
			firmware_put_part(v, str_fmt(v->mem, "partition %zu", i + 1),
					  first * SECTOR, (last - first + 1) * SECTOR);
	}
}

const struct firmware firmware_gpt = {
	.name = "gpt",
	.format = "GPT disk",
	.check = check,
	.show = show,
	.header = true,
	.parts = parts,
};
