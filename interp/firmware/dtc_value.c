/* SPDX-License-Identifier: GPL-2.0-only */
/* dtc: the values of properties: strings, cells, bytes, references, included files. */
#include "firmware/dtc.h"

#include "base/dts_expr.h"

enum { FILE_MOST = 1 << 30, EXPRESSION_MOST = 1 << 16 };

/* --- numbers --- */

/* "(1 << 3)": its tokens as text, evaluated; the current token is the parenthesis. */
static uint64_t parenthesised(struct dtc *d)
{
	struct buf *b = &d->expression;
	struct dts_value value;
	unsigned depth = 0;

	b->n = 0;
	do {
		depth += d->kind == '(' ? 1 : d->kind == ')' ? -1U : 0;
		if (d->kind == DTC_NUMBER)
			buf_number(b, d->number);
		else if (d->kind < DTC_END || d->kind == DTC_OPERATOR)
			buf_str(b, d->text);
		else
			dtc_decline(d);
		buf_char(b, ' ');
		if (b->n > EXPRESSION_MOST)
			dtc_decline(d);
		dtc_next(d);
	} while (depth && !d->declined);
	if (d->declined)
		return 0;
	value = dts_evaluate(buf_view(b), false);
	if (!value.known || value.error || (value.far_shift && !dtc_since(d, DTC_MANY_FLAGS)))
		dtc_decline(d);
	return value.n;
}

uint64_t dtc_integer(struct dtc *d)
{
	uint64_t n = d->number;

	if (d->kind == '(')
		return parenthesised(d);
	dtc_expect(d, DTC_NUMBER);
	return n;
}

/* --- pieces and marks --- */

/* What was read since the last piece becomes PIECE, which was put there before. */
static void fill(struct dtc *d, struct dtc_piece *piece)
{
	piece->n = d->bytes.n;
	piece->p = arena_alloc(d->mem, piece->n);
	memcpy(piece->p, d->bytes.p ? d->bytes.p : "", piece->n);
	d->bytes.n = 0;
}

static void mark(struct dtc *d, struct dtc_property *p, enum dtc_mark kind, struct dtc_piece *piece)
{
	struct dtc_marker *m = arena_make(d->mem, struct dtc_marker), **end = &p->markers;

	while (*end)
		end = &(*end)->next;
	*m = (struct dtc_marker){.kind = kind, .piece = piece, .at = d->bytes.n, .ref = d->name};
	*end = m;
}

/* Labels at the place. */
static void labels(struct dtc *d, struct dtc_property *p, struct dtc_piece *piece)
{
	while (d->kind == DTC_LABEL) {
		mark(d, p, DTC_MARK_LABEL, piece);
		dtc_next(d);
	}
}

/* --- the kinds of values --- */

static void put_number(struct dtc *d, uint64_t n, unsigned bits)
{
	unsigned char bytes[8];

	put_be64(bytes, n);
	buf_put(&d->bytes, bytes + 8 - bits / 8, bits / 8);
}

static void cell(struct dtc *d, struct dtc_property *p, struct dtc_piece *piece, unsigned bits)
{
	uint64_t mask = bits < 64 ? ((uint64_t)1 << bits) - 1 : UINT64_MAX, n;

	if (d->kind == DTC_REF) {
		if (bits != 32)
			dtc_decline(d);
		mark(d, p, DTC_MARK_PHANDLE, piece);
		put_number(d, UINT64_MAX, bits);
		dtc_next(d);
		return;
	}
	n = dtc_integer(d);
	if (n > mask && (n | mask) != UINT64_MAX)
		dtc_decline(d);
	put_number(d, n, bits);
}

/* /bits/ 8 <1 2> */
static void array(struct dtc *d, struct dtc_property *p, struct dtc_piece *piece)
{
	uint64_t bits = 32;

	if (d->kind == DTC_BITS) {
		dtc_next(d);
		bits = d->number;
		/* A character is no literal here. */
		if (d->kind != DTC_NUMBER || d->source->text.p[d->source->at - 1] == '\'' ||
		    (bits != 8 && bits != 16 && bits != 32 && bits != 64)) {
			dtc_decline(d);
			return;
		}
		dtc_next(d);
	}
	dtc_expect(d, '<');
	while (d->kind != '>' && !d->declined) {
		if (d->kind == DTC_LABEL)
			labels(d, p, piece);
		else
			cell(d, p, piece, (unsigned)bits);
	}
	dtc_expect(d, '>');
}

/* [ab cd] */
static void bytes(struct dtc *d, struct dtc_property *p, struct dtc_piece *piece)
{
	unsigned char byte;

	dtc_next(d);
	while (d->kind != ']' && !d->declined) {
		if (d->kind == DTC_LABEL) {
			labels(d, p, piece);
			continue;
		}
		if (d->kind != DTC_BYTE || !str_hex(d->text, &byte, 1)) {
			dtc_decline(d);
			return;
		}
		buf_char(&d->bytes, (char)byte);
		dtc_next(d);
	}
	dtc_expect(d, ']');
}

static void string(struct dtc *d)
{
	dtc_decode(d, d->text, &d->bytes);
	buf_char(&d->bytes, '\0');
	dtc_next(d);
}

/* The file NAME, or SIZE bytes of it from OFFSET on. */
static struct dtc_piece *included(struct dtc *d, struct dtc_property *p, struct str name,
				  uint64_t offset, uint64_t size)
{
	struct dtc_piece *piece;
	struct str found;
	struct blob *b = dtc_open(d, name, &found);

	if (!b)
		return NULL;
	if (offset > INT32_MAX || (size > FILE_MOST && size != UINT64_MAX) ||
	    blob_size(b) > FILE_MOST) {
		dtc_decline(d);
		return NULL;
	}
	b = blob_slice(b, offset, size);
	*vec_push(d->mem, &d->blobs) = b;
	piece = dtc_add_piece(d, p, NULL, 0);
	piece->blob = b;
	piece->n = blob_size(b);
	return piece;
}

/* /incbin/("file", 0, 16) */
static void include(struct dtc *d, struct dtc_property *p)
{
	uint64_t offset = 0, size = UINT64_MAX;
	size_t was = d->bytes.n;
	struct str name;

	dtc_next(d);
	dtc_expect(d, '(');
	if (d->kind != DTC_STRING) {
		dtc_decline(d);
		return;
	}
	dtc_decode(d, d->text, &d->bytes);
	name = str_dup(d->mem, str_from(buf_view(&d->bytes), was));
	d->bytes.n = was;
	if (memchr(name.p, '\0', name.n))
		dtc_decline(d);
	dtc_next(d);
	if (d->kind == ',') {
		dtc_next(d);
		offset = dtc_integer(d);
		dtc_expect(d, ',');
		size = dtc_integer(d);
	}
	/* It is looked for beside the file that has the parenthesis. */
	if (d->kind == ')' && !d->declined)
		included(d, p, name, offset, size);
	dtc_expect(d, ')');
}

/* &label, &{/path}: the path, which is put in when it is known. */
static void path(struct dtc *d, struct dtc_property *p)
{
	mark(d, p, DTC_MARK_PATH, dtc_add_piece(d, p, NULL, 0));
	dtc_next(d);
}

void dtc_value(struct dtc *d, struct dtc_property *p)
{
	struct dtc_piece *piece = dtc_add_piece(d, p, NULL, 0);

	d->bytes.n = 0;
	do {
		if (d->kind == ',')
			dtc_next(d);
		labels(d, p, piece);
		if (d->kind == DTC_STRING) {
			string(d);
		} else if (d->kind == '<' || d->kind == DTC_BITS) {
			array(d, p, piece);
		} else if (d->kind == '[') {
			bytes(d, p, piece);
		} else if (d->kind == DTC_REF || d->kind == DTC_INCBIN) {
			fill(d, piece);
			if (d->kind == DTC_REF)
				path(d, p);
			else
				include(d, p);
			piece = dtc_add_piece(d, p, NULL, 0);
		} else {
			dtc_decline(d);
		}
		labels(d, p, piece);
	} while (d->kind == ',' && !d->declined);
	fill(d, piece);
}
