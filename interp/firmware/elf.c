/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ELF file: 0 "\177ELF", 4 class (1: 32 bits, 2: 64), 5 byte order (1: little, 2: big), 16 type
 * (2), 18 machine (2), 24 entry point (4 or 8), then the places of the program and section
 * headers. Source: System V ABI. Here: check and show.
 */
#include "firmware/internal.h"

#include <string.h>

enum { SMALLEST = 52, SMALLEST64 = 64 };

struct elf {
	const unsigned char *p;
	bool wide, big;
};

static uint64_t number(const struct elf *e, size_t at, int size)
{
	switch (size) {
	case 2: return e->big ? get_be16(e->p + at) : get_le16(e->p + at);
	case 4: return e->big ? get_be32(e->p + at) : get_le32(e->p + at);
	default: return e->big ? get_be64(e->p + at) : get_le64(e->p + at);
	}
}

static bool open_elf(struct firmware_view *v, struct elf *e)
{
	struct str image = firmware_bytes(v);

	e->p = (const unsigned char *)image.p;
	if (image.n < SMALLEST || memcmp(e->p, "\177ELF", 4) != 0)
		return false;
	e->wide = e->p[4] == 2;
	e->big = e->p[5] == 2;
	return e->p[4] - 1u < 2 && e->p[5] - 1u < 2 && (!e->wide || image.n >= SMALLEST64);
}

/* Behind the section headers, or where there are none, behind all segments; 0 when that reaches out
 * of MOST bytes. */
static uint64_t end_of(const struct elf *e, uint64_t most)
{
	uint64_t sections = number(e, e->wide ? 40 : 32, e->wide ? 8 : 4), end = 0;
	uint64_t program = number(e, e->wide ? 32 : 28, e->wide ? 8 : 4),
		 size = number(e, e->wide ? 54 : 42, 2);
	uint64_t count = number(e, e->wide ? 56 : 44, 2);

	if (sections && sections < most)
		end = sections + number(e, e->wide ? 58 : 46, 2) * number(e, e->wide ? 60 : 48, 2);
	if (size < (e->wide ? 56u : 32u) || program > most || size * count > most - program)
		return end <= most ? end : 0;
	for (uint64_t i = 0; i < count; i++) {
		size_t at = (size_t)(program + i * size);
		uint64_t offset = number(e, at + (e->wide ? 8 : 4), e->wide ? 8 : 4);
		uint64_t n = number(e, at + (e->wide ? 32 : 16), e->wide ? 8 : 4);

		if (offset > most || n > most - offset)
			return 0;
		if (offset + n > end)
			end = offset + n;
	}
	return end <= most ? end : 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	struct elf e;
	uint64_t program, count, size;

	if (!open_elf(v, &e))
		return false;
	program = number(&e, e.wide ? 32 : 28, e.wide ? 8 : 4);
	size = number(&e, e.wide ? 54 : 42, 2);
	count = number(&e, e.wide ? 56 : 44, 2);
	v->extent = end_of(&e, image.n);
	if (program > image.n || size * count > image.n - program)
		firmware_bad(v, "the program headers reach out of the file");
	else
		firmware_good(v, "%llu program headers", (unsigned long long)count);
	return true;
}

static const char *machine_name(uint64_t machine)
{
	static const struct {
		unsigned id;
		const char *name;
	} names[] = {{3, "x86"},      {8, "MIPS"},	 {20, "PowerPC"},  {21, "PowerPC 64"},
		     {40, "ARM"},     {62, "x86-64"},	 {183, "AArch64"}, {195, "ARC"},
		     {243, "RISC-V"}, {258, "LoongArch"}};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (names[i].id == machine)
			return names[i].name;
	}
	return "other";
}

static void show(struct firmware_view *v)
{
	struct elf e;

	if (!open_elf(v, &e))
		return;
	firmware_put_field(v, "machine", "%s (%u), %d bits, %s endian",
			   machine_name(number(&e, 18, 2)), (unsigned)number(&e, 18, 2),
			   e.wide ? 64 : 32, e.big ? "big" : "little");
	firmware_put_field(v, "entry point", "0x%llx",
			   (unsigned long long)number(&e, 24, e.wide ? 8 : 4));
}

const struct firmware firmware_elf = {
	.name = "elf",
	.format = "ELF file",
	.check = check,
	.show = show,
};
