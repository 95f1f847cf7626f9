/* SPDX-License-Identifier: GPL-2.0-only */
/* Device tree sources: the values of properties, as bytes; where files are missing, as far as they
 * are known. */
#include "image/dts_tree.h"

static void put_number(struct dts_bytes *v, uint64_t n, unsigned bits)
{
	for (unsigned at = bits; v && at; at -= 8)
		buf_char(&v->bytes, (char)(n >> (at - 8)));
}

/* A name in a value, or behind it: a label, or a macro of a file that is missing, perhaps with
 * arguments. */
static void name_in_value(struct dts_reader *r, struct dts_bytes *v, bool behind)
{
	struct dts_symbol *s = r->tok.symbol;
	struct dts_file *file = r->tok_file;
	unsigned line = r->tok_line;

	if (!s->is_identifier && !dts_has_missing(r)) {
		dts_unexpected(r, "a value");
		return;
	}
	dts_advance(r);
	if (r->tok.kind == ':' && s->is_identifier) {
		dts_advance(r);
		return;
	}
	if (!dts_has_missing(r))
		dts_fail_at(r, file, line,
			    behind ? "%.*s where ; is expected" : "%.*s: no macro of that name",
			    STR_ARG(dts_quote(r->mem, s->text)));
	if (v)
		v->known = false;
	if (r->tok.kind == '(' && !(r->tok.flags & DTS_SPACE))
		dts_skip_arguments(r);
}

/* "(1 << 3)"; the current token is the parenthesis. */
static uint64_t parenthesised(struct dts_reader *r, struct dts_bytes *v)
{
	struct dts_file *file = r->tok_file;
	unsigned line = r->tok_line, depth = 0;
	struct dts_value n;

	r->text.n = 0;
	do {
		depth += r->tok.kind == '(' ? 1 : r->tok.kind == ')' ? -1U : 0;
		if (r->tok.kind == DTS_END || r->tok.kind == ';' || r->tok.kind == DTS_STRING) {
			dts_unexpected(r, ")");
			return 0;
		}
		dts_spell(&r->text, &r->tok);
		dts_grow(r, 1 + (r->tok.symbol ? r->tok.symbol->text.n / 16 : 0));
		dts_advance(r);
	} while (depth);
	n = dts_evaluate(buf_view(&r->text), false);
	if (n.error || (!n.known && !dts_has_missing(r)))
		dts_fail_at(r, file, line, "expression %.*s: %s",
			    STR_ARG(dts_quote(r->mem, buf_view(&r->text))),
			    n.error ? n.error : "a name that nothing defines");
	if (v && !n.known)
		v->known = false;
	return n.n;
}

static uint64_t character(struct dts_reader *r)
{
	struct str text = r->tok.symbol->text;
	unsigned char c = 0;

	if (!text.n || dts_escape(text, &c) != text.n)
		dts_unexpected(r, "a character constant of one character");
	dts_advance(r);
	return c;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A number in <>, which the current token is to be. */
uint64_t dts_read_number(struct dts_reader *r, struct dts_bytes *v)
{
	struct str text;
	uint64_t n = 0;

	if (r->tok.kind == DTS_CHAR)
		return character(r);
	if (r->tok.kind == '(')
		return parenthesised(r, v);
	text = r->tok.kind == DTS_RUN ? r->tok.symbol->text : S(" ");
	if (!is_digit(text.p[0])) {
		dts_unexpected(r, "a value");
	} else if (dts_number(text, &n)) {
		dts_advance(r);
	} else {
		dts_unexpected(r, "a number");
	}
	return n;
}

/* Note that something refers to the node (for /omit-if-no-ref/). */
static void refer(struct dts_reader *r)
{
	r->tok.symbol->ref_stamp = r->stamp;
}

/* <1 &label (2 + 3)>, after the <. */
static void cells(struct dts_reader *r, struct dts_bytes *v, unsigned bits)
{
	uint64_t most = bits < 64 ? (1ULL << bits) - 1 : UINT64_MAX, n;

	while (r->tok.kind != '>' && r->tok.kind != DTS_END) {
		if (r->tok.kind == DTS_REF || r->tok.kind == DTS_PATH_REF) {
			refer(r);
			put_number(v, 0, bits);
			dts_advance(r);
			continue;
		}
		if (r->tok.kind == DTS_RUN && !is_digit(r->tok.symbol->text.p[0])) {
			name_in_value(r, v, false);
			continue;
		}
		n = dts_read_number(r, v);
		if (n > most && (n | most) != UINT64_MAX)
			dts_fail(r, "a value of more than %u bits", bits);
		put_number(v, n, bits);
	}
	dts_expect(r, '>', ">");
}

static int hex(char c)
{
	return is_digit(c)				? c - '0'
	       : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
							: -1;
}

/* [00 1f 3344], after the [. */
static void bytes(struct dts_reader *r, struct dts_bytes *v)
{
	while (r->tok.kind == DTS_RUN) {
		struct str s = r->tok.symbol->text;

		for (size_t i = 0; i < s.n; i += 2) {
			if (i + 1 == s.n || hex(s.p[i]) < 0 || hex(s.p[i + 1]) < 0) {
				dts_unexpected(r, "bytes as two hexadecimal digits each");
				return;
			}
			put_number(v, (uint64_t)(hex(s.p[i]) * 16 + hex(s.p[i + 1])), 8);
		}
		dts_advance(r);
	}
	dts_expect(r, ']', "]");
}

static void string(struct dts_reader *r, struct dts_bytes *v)
{
	struct str s = r->tok.symbol->text;
	unsigned char c;

	dts_grow(r, 1 + s.n / 16);
	if (v && str_chr(s, '\\') < 0) {
		buf_str(&v->bytes, s);
	} else if (v) {
		while (s.n) {
			s = str_from(s, dts_escape(s, &c));
			buf_char(&v->bytes, (char)c);
		}
	}
	if (v)
		buf_char(&v->bytes, '\0');
	dts_advance(r);
}

/* /bits/ 8 <1 2> */
static void sized_cells(struct dts_reader *r, struct dts_bytes *v)
{
	uint64_t bits;

	dts_advance(r);
	bits = dts_read_number(r, v);
	if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
		dts_unexpected(r, "/bits/ 8, 16, 32 or 64");
		return;
	}
	if (dts_expect(r, '<', "<"))
		cells(r, v, (unsigned)bits);
}

/* One part of a value. False: there is none. */
static bool part(struct dts_reader *r, struct dts_bytes *v)
{
	switch (r->tok.kind) {
	case DTS_STRING:
		string(r, v);
		return true;
	case '<':
		dts_advance(r);
		cells(r, v, 32);
		return true;
	case '[':
		dts_advance(r);
		bytes(r, v);
		return true;
	case DTS_REF:
	case DTS_PATH_REF:
		refer(r);
		if (v)
			v->ref = r->tok;
		dts_advance(r);
		return true;
	case DTS_KEYWORD:
		if (dts_is_keyword(r, "bits")) {
			sized_cells(r, v);
			return true;
		}
		if (!dts_is_keyword(r, "incbin"))
			return false;
		if (v)
			v->known = false;
		dts_advance(r);
		if (r->tok.kind != '(')
			return false;
		dts_skip_arguments(r);
		return true;
	default:
		return false;
	}
}

void dts_read_value(struct dts_reader *r, struct dts_bytes *v)
{
	bool more = true;

	while (more && !r->failed) {
		bool named = false, comma = false;

		while (r->tok.kind == DTS_RUN && !comma) {
			/* "FOO, <1>": it is in the run */
			comma = str_ends(r->tok.symbol->text, S(","));
			name_in_value(r, v, false);
			named = true;
		}
		if (!comma && !part(r, v) && !(named && dts_has_missing(r))) {
			dts_unexpected(r, "a value");
			return;
		}
		while (!comma && r->tok.kind == DTS_RUN && r->tok.symbol->is_identifier)
			name_in_value(r, v, true);
		more = comma || (r->tok.kind == DTS_RUN && r->tok.symbol == r->c->comma);
		if (more && !comma)
			dts_advance(r);
	}
}
