/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tar archive (sysupgrade-tar): per entry a block of 512 bytes: 0 name (100), 124 size (12, octal),
 * 148 sum of the block with this field blank (8, octal), 156 type, 257 "ustar"; then the data,
 * padded to 512. Two blocks of NULs end it. Source: POSIX pax. Here: check and show.
 */
#include "firmware/internal.h"

#include <string.h>

enum {
	BLOCK = 512,
	NAME_SIZE = 100,
	SIZE = 124,
	SUM = 148,
	TYPE = 156,
	MAGIC = 257,
	PREFIX = 345,
	PREFIX_SIZE = 155,
	MOST_SHOWN = 32
};

struct entry {
	const char *head;
	uint64_t size;
	bool right;		/* the sum */
	size_t end;
};

static bool octal(const char *p, size_t n, uint64_t *out)
{
	struct str s = str_trim((struct str){p, strnlen(p, n)});

	return str_number(s, 8, out);
}

static uint32_t sum_of(const char *block)
{
	uint32_t sum = 0;

	for (int i = 0; i < BLOCK; i++)
		sum += i >= SUM && i < SUM + 8 ? ' ' : (unsigned char)block[i];
	return sum;
}

static bool read_entry(struct str image, size_t at, struct entry *e)
{
	uint64_t sum;
	size_t data = at + BLOCK;

	if (at > image.n || image.n - at < BLOCK)
		return false;
	e->head = image.p + at;
	if (memcmp(e->head + MAGIC, "ustar", 5) != 0 || !octal(e->head + SIZE, 12, &e->size) ||
	    !octal(e->head + SUM, 8, &sum) || e->size > image.n - data)
		return false;
	e->right = sum == sum_of(e->head);
	e->end = data + (size_t)((e->size + BLOCK - 1) / BLOCK * BLOCK);
	return true;
}

static bool is_end(struct str image, size_t at)
{
	struct str block = str_sub(image, at, BLOCK);

	for (size_t i = 0; i < block.n; i++) {
		if (block.p[i])
			return false;
	}
	return block.n == BLOCK;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	struct entry e;
	size_t at = 0, count = 0;

	if (!read_entry(image, 0, &e))
		return false;
	for (; read_entry(image, at, &e); at = e.end, count++) {
		if (!e.right)
			firmware_bad(v, "entry %zu: wrong header sum", count);
	}
	if (is_end(image, at))
		firmware_good(v, "%zu entries", count);
	else
		firmware_bad(v, "the archive breaks off at %zu, behind %zu entries", at, count);
	v->extent = at + (is_end(image, at) ? BLOCK : 0) +
		    (is_end(image, at) && is_end(image, at + BLOCK) ? BLOCK : 0);
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	struct entry e;
	size_t at = 0;

	for (int i = 0; i < MOST_SHOWN && read_entry(image, at, &e); i++, at = e.end) {
		struct str name = firmware_text(v, e.head, NAME_SIZE);

		firmware_put_field(v, "entry", "%.*s, %llu bytes", STR_ARG(name),
				   (unsigned long long)e.size);
	}
}

static struct str behind_prefix(struct firmware_view *v, const char *p, struct str name)
{
	struct str prefix = firmware_text(v, p, PREFIX_SIZE);

	return str_fmt(v->mem, "%.*s/%.*s", STR_ARG(prefix), STR_ARG(name));
}

/* Names in pax headers are not read: the short one stands behind them. */
static void parts(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), name, longer = {NULL, 0};
	struct entry e;

	for (size_t at = 0; read_entry(image, at, &e); at = e.end) {
		char type = e.head[TYPE];

		if (type == 'L') {
			longer = firmware_text(v, image.p + at + BLOCK, (size_t)e.size);
			continue;
		}
		name = firmware_text(v, e.head, NAME_SIZE);
		if (longer.p)
			name = longer;
		else if (e.head[MAGIC + 5] == 0 && e.head[PREFIX])
			name = behind_prefix(v, e.head + PREFIX, name);
		longer = (struct str){NULL, 0};
		if (type == '0' || type == 0)
			firmware_put_part(v, name, at + BLOCK, e.size);
	}
}

const struct firmware firmware_tar = {
	.name = "tar",
	.format = "tar archive",
	.check = check,
	.show = show,
	.parts = parts,
};
