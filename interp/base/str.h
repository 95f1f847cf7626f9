/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

/* Bytes with a length; not NUL-terminated, may hold NULs; P is not owned. {NULL, 0} is "unset". */
struct str {
	const char *p;
	size_t n;
};

#define S(literal) ((struct str){(literal), sizeof(literal) - 1})
/* For printf: "%.*s" takes STR_ARG(s). */
#define STR_ARG(s) ((int)(s).n), ((s).p ? (s).p : "")

/* The C string Z (NULL gives the unset string). */
static inline struct str str_z(const char *z)
{
	return (struct str){z, z ? strlen(z) : 0};
}
static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
/* Equal to the C string Z? */
static inline bool str_is(struct str a, const char *z)
{
	return str_eq(a, str_z(z));
}
/* Byte order, as strcmp in the C locale: <0, 0, >0. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* The part of S from FROM on, at most N bytes; both are clamped to S. */
static inline struct str str_sub(struct str s, size_t from, size_t n)
{
	if (from > s.n)
		from = s.n;
	if (n > s.n - from)
		n = s.n - from;
	return (struct str){s.p ? s.p + from : NULL, n};
}
/* S from FROM to its end. */
static inline struct str str_from(struct str s, size_t from)
{
	return str_sub(s, from, s.n);
}
/* Index of the first or last byte C, or of the first NEEDLE; -1 when absent. */
static inline ptrdiff_t str_chr(struct str s, char c)
{
	const char *q = s.n ? (const char *)memchr(s.p, c, s.n) : NULL;

	return q ? q - s.p : -1;
}
ptrdiff_t str_rchr(struct str s, char c);
ptrdiff_t str_find(struct str s, struct str needle);
/* S without blanks (space, tab, CR, LF, VT, FF) at both ends. */
struct str str_trim(struct str s);
/* Take the next run of non-blanks off REST into WORD; false when only blanks are left. */
bool str_word(struct str *rest, struct str *word);
/* How many words S has. */
size_t str_count_words(struct str s);
/*
 * Take the text up to SEP (or the end) off REST; false when REST is unset. SEP itself is dropped.
 */
bool str_split(struct str *rest, char sep, struct str *part);
/* For tables: the same on one kind of machine, good in its low bits. */
uint32_t str_hash(struct str s);

/* Copies; each has a NUL behind it. */
struct str str_dup(struct arena *mem, struct str s);
char *str_cz(struct arena *mem, struct str s);
struct str str_cat(struct arena *mem, struct str a, struct str b);
struct str str_fmt(struct arena *mem, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "1 device", "2 devices", "2 processes". */
struct str str_count(struct arena *mem, uint64_t n, const char *noun);
struct str str_vfmt(struct arena *mem, const char *fmt, va_list ap);

/*
 * Parse S as an unsigned number in BASE (0: C's prefixes 0x and 0). False, and *OUT untouched, when
 * S is empty, has another byte in it, or does not fit.
 */
bool str_number(struct str s, int base, uint64_t *out);
/* S as the N bytes that its 2 * N hexadecimal digits say. False when S is anything else; OUT may be
 * written to then. */
bool str_hex(struct str s, unsigned char *out, size_t n);

/* Text that grows inside an arena. P is NUL-terminated after every call once it is not NULL. */
struct buf {
	struct arena *mem;
	char *p;
	size_t n, cap;
};

struct buf buf_new(struct arena *mem);
/* Room for N bytes more (and a NUL); the place to write them at. Add to b->n what was written. */
char *buf_room(struct buf *b, size_t n);
void buf_put(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_z(struct buf *b, const char *z);
void buf_char(struct buf *b, char c);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* N in decimal. */
void buf_number(struct buf *b, uint64_t n);
/* The N bytes at P, two letters each. */
void buf_hex(struct buf *b, const unsigned char *p, size_t n);
/* As str_count. */
void buf_count(struct buf *b, uint64_t n, const char *noun);
/* The text so far; valid until B grows. */
struct str buf_view(const struct buf *b);

#endif
