/* SPDX-License-Identifier: GPL-2.0-only */
/* Backslash escapes of $'..', echo and printf, and quoting the other way round. */
#include <stdlib.h>
#include <string.h>

#include "shell/builtin.h"

static int digit(char c, int base)
{
	int v = c >= '0' && c <= '9'   ? c - '0'
		: c >= 'a' && c <= 'f' ? c - 'a' + 10
		: c >= 'A' && c <= 'F' ? c - 'A' + 10
				       : 99;

	return v < base ? v : -1;
}

/* Up to MOST digits of REST from FROM: the value, and in *N how many there were. */
static unsigned long digits(struct str rest, size_t from, size_t most, int base, size_t *n)
{
	unsigned long value = 0;

	for (*n = 0; *n < most && from + *n < rest.n; ++*n) {
		int d = digit(rest.p[from + *n], base);

		if (d < 0)
			break;
		value = value * (unsigned)base + (unsigned)d;
	}
	return value;
}

/* As UTF-8, which bash makes of any number. */
static void put_utf8(struct buf *out, unsigned long c)
{
	static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0, 0xf8, 0xfc};
	unsigned more = c < 0x800 ? 1 : c < 0x10000 ? 2 : c < 0x200000 ? 3 : c < 0x4000000 ? 4 : 5;

	if (c > 0x7fffffff)
		return;
	buf_char(out, (char)(lead[more] | c >> 6 * more));
	while (more--)
		buf_char(out, (char)(0x80 | (c >> 6 * more & 0x3f)));
}

/* The C locale has no such characters. */
static void put_unicode(struct buf *out, unsigned long c)
{
	if (c >= 0x80 && MB_CUR_MAX > 1)
		put_utf8(out, c);
	else if (c < 0x80)
		buf_char(out, (char)c);
	else
		buf_fmt(out, c < 0x10000 ? "\\u%04lX" : "\\U%08lX", c);
}

static const char *simple_escape(char c, bool bash)
{
	static const char from[] = "abfnrtv\\", to[] = "\a\b\f\n\r\t\v\\";
	const char *p = c ? strchr(from, c) : NULL;

	if (p)
		return to + (p - from);
	return c == 'e' || (bash && c == 'E') ? "\033" : NULL;
}

/* \xHH, \uHHHH, \UHHHHHHHH: bytes consumed, 0 when it is none. */
static size_t hex_escape(struct buf *out, struct str rest)
{
	size_t most = rest.p[0] == 'x' ? 2 : rest.p[0] == 'u' ? 4 : rest.p[0] == 'U' ? 8 : 0, n;
	unsigned long value = digits(rest, 1, most, 16, &n);

	if (n == 0)
		return 0;
	if (rest.p[0] == 'x')
		buf_char(out, (char)value);
	else
		put_unicode(out, value);
	return n + 1;
}

size_t escape_ansi(struct buf *out, struct str rest)
{
	char c = rest.p[0];
	const char *simple = simple_escape(c, true);
	size_t n;

	if (simple) {
		buf_char(out, *simple);
		return 1;
	}
	if (c == '\'' || c == '"' || c == '?') {
		buf_char(out, c);
		return 1;
	}
	if (c >= '0' && c <= '7') {
		buf_char(out, (char)digits(rest, 0, 3, 8, &n));
		return n;
	}
	n = hex_escape(out, rest);
	if (n)
		return n;
	if (c == 'c' && rest.n > 1) {
		buf_char(out, (char)(rest.p[1] == '?' ? 127 : rest.p[1] & 31));
		return 2;
	}
	buf_char(out, '\\');
	buf_char(out, c);
	return 1;
}

size_t escape_echo(struct buf *out, struct str rest, enum escape_use use, bool *stop)
{
	bool bash = use != ESCAPE_POSIX;
	char c = rest.n ? rest.p[0] : '\0';
	const char *simple = rest.n ? simple_escape(c, bash) : NULL;
	size_t n;

	if (rest.n == 0) {
		buf_char(out, '\\');
		return 0;
	}
	if (simple) {
		buf_char(out, *simple);
		return 1;
	}
	if (c == 'c') {
		*stop = true;
		return 1;
	}
	if (c == '0') {
		buf_char(out, (char)digits(rest, 1, 3, 8, &n));
		return n + 1;
	}
	if (c >= '1' && c <= '7' && use != ESCAPE_ECHO) {
		buf_char(out, (char)digits(rest, 0, 3, 8, &n));
		return n;
	}
	n = bash ? hex_escape(out, rest) : 0;
	if (n)
		return n;
	buf_char(out, '\\');
	buf_char(out, c);
	return 1;
}

/* --- quoting --- */

static bool has_control(struct str s)
{
	size_t n;

	for (size_t i = 0; i < s.n; i += n)
		if (!char_printable(str_from(s, i), &n))
			return true;
	return false;
}

struct str quote_ansi(struct arena *mem, struct str s)
{
	static const char from[] = "\a\b\f\n\r\t\v\033\\'", to[] = "abfnrtvE\\'";
	struct buf out = buf_new(mem);

	buf_z(&out, "$'");
	for (size_t i = 0, n; i < s.n; i += n) {
		const char *p = s.p[i] ? strchr(from, s.p[i]) : NULL;
		bool printable = char_printable(str_from(s, i), &n);

		if (p)
			buf_fmt(&out, "\\%c", to[p - from]);
		else if (printable)
			buf_str(&out, str_sub(s, i, n));
		for (size_t k = i; k < i + n && !p && !printable; k++)
			buf_fmt(&out, "\\%03o", (unsigned char)s.p[k]);
	}
	buf_char(&out, '\'');
	return buf_view(&out);
}

static bool has_meta(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (strchr(" \t\n'\"\\|&;()<>!{}*[]?^$`", s.p[i]))
			return true;
		if (s.p[i] == '~' && (i == 0 || s.p[i - 1] == '=' || s.p[i - 1] == ':'))
			return true;
		if (s.p[i] == '#' && i == 0)
			return true;
	}
	return false;
}

struct str quote_single(struct arena *mem, enum shell_dialect dialect, struct str s)
{
	struct buf out = buf_new(mem);
	bool bash = dialect == SHELL_BASH;

	if (bash && str_is(s, "'"))
		return S("\\'");
	buf_char(&out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '\'') {
			buf_char(&out, s.p[i]);
		} else if (bash) {
			buf_z(&out, "'\\''");
		} else { /* so many of them within "" */
			buf_z(&out, "'\"'");
			while (i + 1 < s.n && s.p[i + 1] == '\'')
				buf_char(&out, s.p[i++]);
			buf_char(&out, '"');
			if (i + 1 == s.n)
				return buf_view(&out);
			buf_char(&out, '\'');
		}
	}
	buf_char(&out, '\'');
	return buf_view(&out);
}

struct str quote_word(struct arena *mem, enum shell_dialect dialect, struct str s)
{
	if (s.n == 0)
		return S("''");
	if (dialect == SHELL_BASH && has_control(s))
		return quote_ansi(mem, s);
	return dialect != SHELL_BASH || has_meta(s) ? quote_single(mem, dialect, s) : s;
}

/* As set -x shows a word: $'..' only where single quotes are not needed anyway. */
struct str quote_trace(struct arena *mem, enum shell_dialect dialect, struct str s)
{
	if (has_meta(s))
		return quote_single(mem, dialect, s);
	return dialect == SHELL_BASH ? quote_printable(mem, s) : quote_word(mem, dialect, s);
}

struct str quote_printable(struct arena *mem, struct str s)
{
	if (s.n == 0)
		return S("''");
	return has_control(s) ? quote_ansi(mem, s) : s;
}

struct str quote_backslash(struct arena *mem, struct str s)
{
	struct buf out = buf_new(mem);

	if (s.n == 0)
		return S("''");
	if (has_control(s))
		return quote_ansi(mem, s);
	for (size_t i = 0; i < s.n; i++) {
		if (strchr(" '\"\\|&;()<>!{}*[]?^$`,", s.p[i]) || (s.p[i] == '#' && i == 0) ||
		    (s.p[i] == '~' && (i == 0 || s.p[i - 1] == '=' || s.p[i - 1] == ':')))
			buf_char(&out, '\\');
		buf_char(&out, s.p[i]);
	}
	return buf_view(&out);
}
