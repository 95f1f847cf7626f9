/* SPDX-License-Identifier: GPL-2.0-only */
/* Strings as pointer and length, and text that grows. */
#include "base/str.h"

#include <stdio.h>
#include <endian.h>
#include <string.h>

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n &&
	       (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

ptrdiff_t str_rchr(struct str s, char c)
{
	const char *q = s.n ? memrchr(s.p, c, s.n) : NULL;

	return q ? q - s.p : -1;
}

ptrdiff_t str_find(struct str s, struct str needle)
{
	const char *q;

	if (needle.n == 0)
		return 0;
	q = s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
	return q ? q - s.p : -1;
}

static bool is_blank(char c)
{
	return (unsigned char)c <= ' ' && (c == ' ' || (c >= '\t' && c <= '\r'));
}

struct str str_trim(struct str s)
{
	while (s.n && is_blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool str_word(struct str *rest, struct str *word)
{
	const char *p = rest->p, *end = p + rest->n, *from;

	while (p < end && is_blank(*p))
		p++;
	from = p;
	while (p < end && !is_blank(*p))
		p++;
	*word = (struct str){from, (size_t)(p - from)};
	*rest = (struct str){p, (size_t)(end - p)};
	return p > from;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The high bits of those of the eight bytes X that are blanks. */
static uint64_t blanks_of(uint64_t x)
{
	uint64_t low = x & EACH(0x7f), space = ~((low ^ EACH(' ')) + EACH(0x7f));
	uint64_t from_tab = low + EACH(0x80 - '\t'), behind_cr = low + EACH(0x80 - '\r' - 1);

	return (space | (from_tab & ~behind_cr)) & ~x & EACH(0x80);
}

size_t str_count_words(struct str s)
{
	uint64_t before = 0x80, sum = 0, x;
	size_t n = 0, i = 0;

	/* Eight bytes at a time: a word begins where a blank, or nothing, is before. */
	for (unsigned rounds = 1; i + 8 <= s.n; i += 8, rounds++) {
		uint64_t blank;

		memcpy(&x, s.p + i, 8);
		blank = blanks_of(le64toh(x));
		sum += (~blank & (blank << 8 | before) & EACH(0x80)) >> 7;
		before = blank >> 56;
		if (rounds % 31 == 0) {
			n += sum * EACH(1) >> 56;
			sum = 0;
		}
	}
	n += sum * EACH(1) >> 56;
	for (; i < s.n; i++) {
		bool blank = is_blank(s.p[i]);

		n += before && !blank;
		before = blank;
	}
	return n;
}

bool str_split(struct str *rest, char sep, struct str *part)
{
	ptrdiff_t at;

	if (!rest->p)
		return false;
	at = str_chr(*rest, sep);
	if (at < 0) {
		*part = *rest;
		*rest = (struct str){NULL, 0};
		return true;
	}
	*part = str_sub(*rest, 0, (size_t)at);
	*rest = str_from(*rest, (size_t)at + 1);
	return true;
}

/* The product's two halves, mixed. */
static uint64_t mix(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Sixteen bytes at a time: names and lines are hashed more often than anything else. */
uint32_t str_hash(struct str s)
{
	uint64_t h = s.n, a = 0, b = 0;

	for (; s.n > 16; s.p += 16, s.n -= 16) {
		memcpy(&a, s.p, 8);
		memcpy(&b, s.p + 8, 8);
		h = mix(a ^ 0x9E3779B97F4A7C15u, b ^ h);
	}
	if (s.n >= 8) {
		memcpy(&a, s.p, 8);
		memcpy(&b, s.p + s.n - 8, 8);
	} else if (s.n >= 4) {
		uint32_t low, high;

		memcpy(&low, s.p, 4);
		memcpy(&high, s.p + s.n - 4, 4);
		a = low;
		b = high;
	} else if (s.n) {
		a = (unsigned char)s.p[0] | (unsigned)(unsigned char)s.p[s.n / 2] << 8;
		b = (unsigned char)s.p[s.n - 1];
	}
	h = mix(a ^ 0x9E3779B97F4A7C15u, b ^ h ^ 0xD6E8FEB86659FD93u);
	return (uint32_t)(h ^ h >> 32);
}

struct str str_dup(struct arena *mem, struct str s)
{
	return (struct str){arena_dup(mem, s.p, s.n), s.n};
}

char *str_cz(struct arena *mem, struct str s)
{
	return arena_dup(mem, s.p, s.n);
}

struct str str_cat(struct arena *mem, struct str a, struct str b)
{
	char *p = arena_alloc(mem, a.n + b.n + 1);

	if (a.n)
		memcpy(p, a.p, a.n);
	if (b.n)
		memcpy(p + a.n, b.p, b.n);
	p[a.n + b.n] = '\0';
	return (struct str){p, a.n + b.n};
}

/* Most texts fit into that, and are formatted once. */
enum { SHORT_TEXT = 256 };

struct str str_vfmt(struct arena *mem, const char *fmt, va_list ap)
{
	char text[SHORT_TEXT], *p;
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(text, sizeof(text), fmt, again);
	va_end(again);
	if (n < 0)
		return S("");
	p = arena_alloc(mem, (size_t)n + 1);
	if ((size_t)n < sizeof(text))
		memcpy(p, text, (size_t)n + 1);
	else
		vsnprintf(p, (size_t)n + 1, fmt, ap);
	return (struct str){p, (size_t)n};
}

struct str str_fmt(struct arena *mem, const char *fmt, ...)
{
	va_list ap;
	struct str s;

	va_start(ap, fmt);
	s = str_vfmt(mem, fmt, ap);
	va_end(ap);
	return s;
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 10;
	return 99;
}

bool str_number(struct str s, int base, uint64_t *out)
{
	uint64_t v = 0;

	if (base == 0) {
		base = 10;
		if (s.n > 1 && s.p[0] == '0') {
			bool hex = s.p[1] == 'x' || s.p[1] == 'X';

			base = hex ? 16 : 8;
			s = str_from(s, hex ? 2 : 1);
		}
	}
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int d = digit_value(s.p[i]);

		if (d >= base || v > (UINT64_MAX - (uint64_t)d) / (uint64_t)base)
			return false;
		v = v * (uint64_t)base + (uint64_t)d;
	}
	*out = v;
	return true;
}

bool str_hex(struct str s, unsigned char *out, size_t n)
{
	uint64_t byte;

	for (size_t i = 0; i < n; i++) {
		if (s.n != 2 * n || !str_number(str_sub(s, 2 * i, 2), 16, &byte))
			return false;
		out[i] = (unsigned char)byte;
	}
	return true;
}

struct buf buf_new(struct arena *mem)
{
	return (struct buf){.mem = mem};
}

char *buf_room(struct buf *b, size_t n)
{
	size_t need = b->n + n + 1;

	if (need > b->cap) {
		size_t cap = b->cap ? b->cap * 2 : 64;

		if (cap < need)
			cap = need;
		b->p = arena_grow(b->mem, b->p, b->cap, cap);
		b->cap = cap;
	}
	return b->p + b->n;
}

void buf_put(struct buf *b, const void *p, size_t n)
{
	char *to = buf_room(b, n);

	if (n)
		memcpy(to, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void buf_str(struct buf *b, struct str s)
{
	buf_put(b, s.p, s.n);
}

void buf_z(struct buf *b, const char *z)
{
	buf_str(b, str_z(z));
}

void buf_char(struct buf *b, char c)
{
	buf_put(b, &c, 1);
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	char text[SHORT_TEXT];
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(text, sizeof(text), fmt, again);
	va_end(again);
	if (n > 0 && (size_t)n < sizeof(text)) {
		buf_put(b, text, (size_t)n);
	} else if (n > 0) {
		vsnprintf(buf_room(b, (size_t)n), (size_t)n + 1, fmt, ap);
		b->n += (size_t)n;
	}
	va_end(ap);
}

void buf_number(struct buf *b, uint64_t n)
{
	char text[20], *p = text + sizeof(text);

	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	buf_put(b, p, (size_t)(text + sizeof(text) - p));
}

void buf_hex(struct buf *b, const unsigned char *p, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *to = buf_room(b, 2 * n);

	for (size_t i = 0; i < n; i++) {
		*to++ = digits[p[i] >> 4];
		*to++ = digits[p[i] & 15];
	}
	*to = '\0';
	b->n += 2 * n;
}

void buf_count(struct buf *b, uint64_t n, const char *noun)
{
	struct str s = str_z(noun);

	buf_fmt(b, "%llu %s%s", (unsigned long long)n, noun,
		n == 1		      ? ""
		: str_ends(s, S("s")) ? "es"
				      : "s");
}

struct str str_count(struct arena *mem, uint64_t n, const char *noun)
{
	struct buf b = buf_new(mem);

	buf_count(&b, n, noun);
	return buf_view(&b);
}

struct str buf_view(const struct buf *b)
{
	return (struct str){b->p ? b->p : "", b->n};
}
