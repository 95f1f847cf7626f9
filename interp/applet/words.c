/* SPDX-License-Identifier: GPL-2.0-only */
/* What applets share about words: messages, quoting, sizes, lines. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "applet/internal.h"

static struct str locale_of(struct applet_cx *cx, struct str category)
{
	struct str v = env_get(cx->env, S("LC_ALL"));

	if (v.n == 0)
		v = env_get(cx->env, category);
	return v.n ? v : env_get(cx->env, S("LANG"));
}

/* Has the locale no characters beyond ASCII? */
static bool bytes_only(struct applet_cx *cx)
{
	struct str v = locale_of(cx, S("LC_CTYPE"));

	return v.n == 0 || str_is(v, "C") || str_is(v, "POSIX");
}

/* Is C shown as an escape? Bytes from 128 on are, where they are no characters. */
static bool is_control(struct applet_cx *cx, char c)
{
	unsigned char u = (unsigned char)c;

	return u < ' ' || u == 127 || (u > 127 && bytes_only(cx));
}

static bool needs_quotes(struct applet_cx *cx, struct str name)
{
	if (name.n == 0 || name.p[0] == '#' || name.p[0] == '~')
		return true;
	for (size_t i = 0; i < name.n; i++)
		if (is_control(cx, name.p[i]) || strchr(" !\"$&'()*:;<=>?[\\^`|", name.p[i]))
			return true;
	return name.n == 1 && (name.p[0] == '{' || name.p[0] == '}');
}

static void put_control(struct buf *b, unsigned char c)
{
	static const char letters[] = "abtnvfr";

	if (c >= 7 && c <= 13)
		buf_fmt(b, "\\%c", letters[c - 7]);
	else
		buf_fmt(b, "\\%03o", c);
}

struct str applet_quote(struct applet_cx *cx, struct str name)
{
	struct buf b = buf_new(cx->mem);
	bool plain = true, escapes; /* the latter: within $'..' */

	for (size_t i = 0; i < name.n; i++)
		plain &=
		    !is_control(cx, name.p[i]) && (!strchr("!\"#$&()*;<=>?[\\^`{|}~", name.p[i]) ||
						   (i == 0 && strchr("#~", name.p[i])));
	if (plain && str_chr(name, '\'') >= 0)
		return str_fmt(cx->mem, "\"%.*s\"", STR_ARG(name));
	buf_char(&b, '\'');
	/* gnulib looks at one with a quote twice, and the first time's end is still open then */
	escapes = str_chr(name, '\'') >= 0 && is_control(cx, name.p[name.n - 1]);
	for (size_t i = 0; i < name.n; i++) {
		bool control = is_control(cx, name.p[i]);

		if (control && !escapes)
			buf_z(&b, "'$'");
		else if (!control && escapes && name.p[i] != '\'')
			buf_z(&b, "''");
		escapes = control;
		if (control)
			put_control(&b, (unsigned char)name.p[i]);
		else if (name.p[i] == '\'')
			buf_z(&b, "'\\''");
		else
			buf_char(&b, name.p[i]);
	}
	buf_char(&b, '\'');
	return buf_view(&b);
}

struct str applet_name(struct applet_cx *cx, struct str name)
{
	return needs_quotes(cx, name) ? applet_quote(cx, name) : name;
}

int applet_cannot(struct applet_cx *cx, const char *verb, struct str name, int err)
{
	struct str quoted = applet_quote(cx, name);

	applet_say_errno(cx, str_fmt(cx->mem, "cannot %s %.*s", verb, STR_ARG(quoted)), err);
	return 1;
}

int applet_usage(struct applet_cx *cx, int status, struct str why)
{
	struct str text;

	applet_say(cx, "%.*s", STR_ARG(why));
	text = str_fmt(cx->mem, "Try '%.*s --help' for more information.\n", STR_ARG(cx->argv[0]));
	stream_write(cx->err, text.p, text.n);
	return status;
}

int applet_missing(struct applet_cx *cx, const struct opts *o)
{
	struct str after;

	if (o->operands.n == 0)
		return applet_usage(cx, 1, S("missing operand"));
	after = o->operands.p[o->operands.n - 1];
	after = applet_cite(cx, after);
	return applet_usage(cx, 1, str_fmt(cx->mem, "missing operand after %.*s", STR_ARG(after)));
}

int applet_extra(struct applet_cx *cx, struct str operand)
{
	operand = applet_cite(cx, operand);
	return applet_usage(cx, 1, str_fmt(cx->mem, "extra operand %.*s", STR_ARG(operand)));
}

/* The factor that the suffix S stands for, 0 when it is none. */
static uint64_t suffix_factor(struct str s, const char *letters)
{
	static const char powers[] = "KMGTPE";
	uint64_t factor = 1, base = 1024;
	const char *at;
	char c;

	if (s.n == 0)
		return 1;
	if (!strchr(letters, s.p[0]) || s.p[0] == '\0')
		return 0;
	c = s.p[0];
	if (s.n == 1 && c == 'b')
		return 512;
	if (s.n == 1 && c == 'c')
		return 1;
	if (s.n == 1 && c == 'w')
		return 2;
	c = c == 'k' || c == 'm' || c == 'g' || c == 't' ? (char)(c - 'a' + 'A') : c;
	at = strchr(powers, c);
	if (!at)
		return 0;
	if (s.n == 2 && s.p[1] == 'B')
		base = 1000;
	else if (s.n != 1 && !(s.n == 3 && s.p[1] == 'i' && s.p[2] == 'B'))
		return 0;
	for (ptrdiff_t i = 0; i <= at - powers; i++)
		factor *= base;
	return factor;
}

bool applet_size(struct str text, const char *letters, uint64_t *out)
{
	uint64_t n = 1, factor;
	size_t digits = 0;

	while (digits < text.n && text.p[digits] >= '0' && text.p[digits] <= '9')
		digits++;
	if (digits && !str_number(str_sub(text, 0, digits), 10, &n))
		return false;
	factor = suffix_factor(str_from(text, digits), letters);
	if (text.n == 0 || factor == 0 || (n && factor > UINT64_MAX / n))
		return false;
	*out = n * factor;
	return true;
}

bool applet_too_big(struct str text)
{
	size_t digits = 0;
	uint64_t n;

	while (digits < text.n && text.p[digits] >= '0' && text.p[digits] <= '9')
		digits++;
	return digits && !str_number(str_sub(text, 0, digits), 10, &n);
}

bool applet_integer(struct str text, int64_t *out)
{
	bool minus = text.n && text.p[0] == '-';
	uint64_t v;

	if (text.n && (minus || text.p[0] == '+'))
		text = str_from(text, 1);
	if (!str_number(text, 10, &v) || v > (uint64_t)INT64_MAX + minus)
		return false;
	*out = minus ? (int64_t)(0 - v) : (int64_t)v;
	return true;
}

bool applet_plain_locale(struct applet_cx *cx, struct str category)
{
	struct str v = locale_of(cx, category);

	return v.n == 0 || str_is(v, "C") || str_is(v, "POSIX") || str_is(v, "C.UTF-8") ||
	       str_is(v, "C.utf8");
}

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Up to MOST octal digits at I as a byte. */
static void put_octal(struct buf *out, struct str s, size_t *i, int most)
{
	int v = 0;

	while (most-- > 0 && *i < s.n && is_octal(s.p[*i]))
		v = v * 8 + (s.p[(*i)++] - '0');
	buf_char(out, (char)v);
}

static void put_hex(struct buf *out, struct str s, size_t *i)
{
	int v = 0, digits = 0;

	while (digits < 2 && *i < s.n && hex_digit(s.p[*i]) >= 0) {
		v = v * 16 + hex_digit(s.p[(*i)++]);
		digits++;
	}
	if (digits)
		buf_char(out, (char)v);
	else
		buf_z(out, "\\x");
}

bool applet_unescape(struct buf *out, struct str s, const struct applet_escapes *how)
{
	static const char letters[] = "abefnrtv\\", values[] = "\a\b\033\f\n\r\t\v\\";

	for (size_t i = 0; i < s.n;) {
		char c = s.p[i++];
		const char *at;

		if (c != '\\' || i == s.n) {
			buf_char(out, c);
			continue;
		}
		c = s.p[i++];
		if (c == 'c')
			return false;
		at = c ? strchr(letters, c) : NULL;
		if (at)
			buf_char(out, values[at - letters]);
		else if (c == '"' && how->format)
			buf_char(out, c);
		else if (c == 'x')
			put_hex(out, s, &i);
		else if (c == '0' && !how->format)
			put_octal(out, s, &i, 3);
		else if (is_octal(c) && (how->format || how->bare_octal)) {
			i--;
			put_octal(out, s, &i, 3);
		} else {
			buf_char(out, '\\');
			buf_char(out, c);
		}
	}
	return true;
}

bool applet_line(struct str *rest, char end, struct str *line)
{
	ptrdiff_t at = str_chr(*rest, end);

	if (rest->n == 0)
		return false;
	*line = at < 0 ? *rest : str_sub(*rest, 0, (size_t)at + 1);
	*rest = str_from(*rest, line->n);
	return true;
}

struct str applet_chomp(struct str line, char end)
{
	if (line.n && line.p[line.n - 1] == end)
		line.n--;
	return line;
}

bool applet_flat(struct applet_cx *cx, const struct blob *b, struct str *out)
{
	if (blob_size(b) >= BLOB_ENDLESS) {
		applet_say(cx, "memory exhausted");
		return false;
	}
	*out = blob_flat(cx->mem, b);
	return true;
}

bool applet_read_text(struct applet_cx *cx, struct str arg, struct str *out)
{
	struct blob *b = applet_read(cx, arg);
	bool ok;

	if (!b)
		return false;
	ok = applet_flat(cx, b, out);
	if (ok)
		*out = str_dup(cx->mem, *out);
	blob_unref(b);
	return ok;
}
