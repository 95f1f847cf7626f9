/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * MBR disk, little endian: 440 disk id (4), 446 four partitions of 16 bytes (0 flag 0 or 0x80, 1
 * first sector as CHS (3), 4 type, 5 last sector as CHS (3), 8 first sector (4), 12 sectors (4)),
 * 510 55 aa. Written by ptgen.c. A disk with a protective partition (type 0xee) and a GPT header
 * is gpt.c's.
 */
#include "firmware/internal.h"

enum { SECTOR = 512, SLOTS_AT = 446, SLOT = 16, SLOTS = 4 };

static const unsigned char *slot(struct firmware_view *v, int i)
{
	return (const unsigned char *)firmware_bytes(v).p + SLOTS_AT + i * SLOT;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;
	int used = 0;
	uint64_t end = 0;

	if (image.n < SECTOR || p[510] != 0x55 || p[511] != 0xaa)
		return false;
	for (int i = 0; i < SLOTS; i++) {
		if (*slot(v, i) & 0x7f)
			return false;
		used += slot(v, i)[4] && get_le32(slot(v, i) + 12);
	}
	if (!used)
		return false;
	v->extent = SECTOR;
	for (int i = 0; i < SLOTS; i++) {
		uint64_t start = get_le32(slot(v, i) + 8), n = get_le32(slot(v, i) + 12);

		if (!slot(v, i)[4])
			continue;
		if (start < end)
			firmware_bad(v, "partition %d starts inside the one before", i + 1);
		end = start + n;
	}
	firmware_good(v, "%d partitions", used);
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "disk id", "0x%08x", get_le32(p + 440));
	for (int i = 0; i < SLOTS; i++) {
		const unsigned char *s = slot(v, i);

		if (s[4])
			firmware_put_field(v, "partition", "%d: type 0x%02x, %u sectors from %u%s",
					   i + 1, s[4], get_le32(s + 12), get_le32(s + 8),
					   s[0] ? ", active" : "");
	}
}

static void parts(struct firmware_view *v)
{
	for (int i = 0; i < SLOTS; i++) {
		const unsigned char *s = slot(v, i);

		if (s[4] && get_le32(s + 8))
			firmware_put_part(v, str_fmt(v->mem, "partition %d", i + 1),
					  (uint64_t)get_le32(s + 8) * SECTOR,
					  (uint64_t)get_le32(s + 12) * SECTOR);
	}
}

const struct firmware firmware_mbr = {
	.name = "mbr",
	.format = "MBR disk",
	.check = check,
	.show = show,
	.header = true,
	.parts = parts,
};
