/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The boards of tplink-safeloader: looks one up in tplink_safeloader.boards, and compares with what
 * the tree's own tool has, which may be older or newer.
 */
#include "firmware/tplink_safeloader.h"

#include <strings.h>

enum kind {
	ROW_END, ROW_BOARD, ROW_VENDOR, ROW_SUPPORT, ROW_TRAIL, ROW_NO_TRAIL, ROW_VERSION,
	ROW_VERSION_TEXT, ROW_COMPATIBLE, ROW_RENAMED, ROW_FIRST, ROW_LAST, ROW_EXTRA, ROW_FLASH,
	ROW_FLASH_OF,
};

struct safeloader_row {
	enum kind kind;
	const char *text, *text2;
	uint32_t v[3];
};

#define BOARD(id) {ROW_BOARD, id, NULL, {0}},
#define VENDOR(text) {ROW_VENDOR, text, NULL, {0}},
#define SUPPORT(text) {ROW_SUPPORT, text, NULL, {0}},
#define TRAIL(byte) {ROW_TRAIL, NULL, NULL, {byte}},
#define NO_TRAIL {ROW_NO_TRAIL, NULL, NULL, {0}},
#define VERSION(a, b, c) {ROW_VERSION, NULL, NULL, {a, b, c}},
#define VERSION_TEXT(text) {ROW_VERSION_TEXT, text, NULL, {0}},
#define COMPATIBLE(level) {ROW_COMPATIBLE, NULL, NULL, {level}},
#define RENAMED(name, here) {ROW_RENAMED, name, here, {0}},
#define FIRST(name) {ROW_FIRST, name, NULL, {0}},
#define LAST(name) {ROW_LAST, name, NULL, {0}},
#define EXTRA(a, b) {ROW_EXTRA, NULL, NULL, {a, b}},
#define FLASH(name, base, size) {ROW_FLASH, name, NULL, {base, size}},
#define FLASH_OF(id) {ROW_FLASH_OF, id, NULL, {0}},

static const struct safeloader_row rows[] = {
#include "firmware/tplink_safeloader.boards"
	{ROW_END, NULL, NULL, {0}},
};

/* The rows of the board ID, or NULL. */
static const struct safeloader_row *find_rows(struct str id)
{
	for (const struct safeloader_row *r = rows; r->kind != ROW_END; r++) {
		if (r->kind == ROW_BOARD && strlen(r->text) == id.n &&
		    strncasecmp(r->text, id.p, id.n) == 0)
			return r + 1;
	}
	return NULL;
}

static bool is_of_board(const struct safeloader_row *r)
{
	return r->kind != ROW_BOARD && r->kind != ROW_END;
}

static void take_flash(struct safeloader_table *t, const struct safeloader_row *r)
{
	for (; is_of_board(r); r++) {
		if (r->kind == ROW_FLASH)
			t->p[t->n++] =
			    (struct safeloader_partition){str_z(r->text), r->v[0], r->v[1]};
	}
}

static void take(struct safeloader_board *b, struct buf *support, const struct safeloader_row *r)
{
	switch (r->kind) {
	case ROW_VENDOR: b->vendor = str_z(r->text); break;
	case ROW_SUPPORT: buf_z(support, r->text); break;
	case ROW_TRAIL: b->trail = (int)r->v[0]; break;
	case ROW_NO_TRAIL: b->trail = -1; break;
	case ROW_VERSION: memcpy(b->version, r->v, sizeof(b->version)); break;
	case ROW_VERSION_TEXT: b->version_text = str_z(r->text); break;
	case ROW_COMPATIBLE: b->compatible = r->v[0]; break;
	case ROW_FIRST: b->first = str_z(r->text); break;
	case ROW_LAST: b->last = str_z(r->text); break;
	case ROW_FLASH_OF: take_flash(&b->flash, find_rows(str_z(r->text))); break;
	case ROW_EXTRA:
		b->has_extra = true;
		b->extra[0] = (unsigned char)r->v[0];
		b->extra[1] = (unsigned char)r->v[1];
		break;
	default: break;
	}
}

bool safeloader_find_board(struct arena *mem, struct str id, struct safeloader_board *out)
{
	const struct safeloader_row *r = find_rows(id);
	struct buf support = buf_new(mem);

	*out =
	    (struct safeloader_board){.first = S("os-image"), .last = S("file-system"), .rows = r};
	if (!r)
		return false;
	take_flash(&out->flash, r);
	for (; is_of_board(r); r++)
		take(out, &support, r);
	out->support = buf_view(&support);
	return true;
}

struct str safeloader_name(const struct safeloader_board *board, const char *name)
{
	for (const struct safeloader_row *r = board->rows; is_of_board(r); r++) {
		if (r->kind == ROW_RENAMED && strcmp(r->text, name) == 0)
			return str_z(r->text2);
	}
	return str_z(name);
}

/* --- the tree's own tool --- */

/* TEXT as a C string somewhere in TOOL? */
static bool holds(struct arena *mem, struct str tool, struct str text)
{
	return !text.n || str_find(tool, str_cat(mem, text, S("\0"))) >= 0;
}

/*
 * Are B's numbers in TOOL, in front of the first partition's at AT? With pointers of 8 bytes: trail
 * at -40, kind of version at -32, its numbers at -24, compatibility level at -16. Then the
 * partitions, base and size behind a pointer each.
 */
static bool holds_numbers(const struct safeloader_board *b, struct str tool, size_t at)
{
	const unsigned char *p = (const unsigned char *)tool.p + at;

	if (at < 40 || get_le32(p - 40) != (b->trail < 0 ? 0x100u : (uint32_t)b->trail) ||
	    get_le32(p - 32) != (b->version_text.p != NULL) || get_le32(p - 16) != b->compatible)
		return false;
	for (size_t i = 0; i < 3 && !b->version_text.p; i++) {
		if (*(p - 24 + i) != b->version[i])
			return false;
	}
	if (b->flash.n * 16 > tool.n - at)
		return false;
	for (size_t i = 0; i < b->flash.n; i++) {
		if (get_le32(p + 16 * i) != b->flash.p[i].base ||
		    get_le32(p + 16 * i + 4) != b->flash.p[i].size)
			return false;
	}
	return true;
}

static bool holds_board(const struct safeloader_board *b, struct str tool)
{
	unsigned char number[8];
	ptrdiff_t hit;

	put_le32(number, b->flash.p[0].base);
	put_le32(number + 4, b->flash.p[0].size);
	for (size_t at = 0; at < tool.n; at++) {
		hit = str_find(str_from(tool, at), (struct str){(char *)number, 8});
		if (hit < 0)
			return false;
		at += (size_t)hit;
		if (holds_numbers(b, tool, at))
			return true;
	}
	return false;
}

bool safeloader_is_other(struct arena *mem, const struct safeloader_board *board, struct str tool)
{
	/* Little-endian ELF of 64 bits; of another kind only the texts can be compared. */
	bool numbers = str_starts(tool, S("\177ELF\2\1"));

	if (!tool.p)
		return false;
	/* Those before February 2023 make other images of the same facts; they do not have this
	 * text. */
	return str_find(tool, S("Firmware vendor string:")) < 0 ||
	       !holds(mem, tool, board->vendor) || !holds(mem, tool, board->support) ||
	       !holds(mem, tool, board->version_text) || (numbers && !holds_board(board, tool));
}
