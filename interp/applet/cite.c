/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A word as gnulib's quote() shows it, between the locale's quotation marks: ‘x’ where the
 * character set is UTF-8, 'x' elsewhere. File names in most messages are shown otherwise: words.c.
 */
#include <langinfo.h>
#include <locale.h>
#include <wchar.h>
#include <wctype.h>

#include "applet/internal.h"

#define UTF8_OPEN "\xe2\x80\x98"
#define UTF8_CLOSE "\xe2\x80\x99"

struct str applet_character_set(struct applet_cx *cx)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	struct str v = {0};

	for (size_t i = 0; i < 3 && v.n == 0; i++)
		v = env_get(cx->env, str_z(names[i]));
	return v;
}

/* The environment's LC_CTYPE; the C locale's where it is not installed. */
static locale_t character_locale(struct applet_cx *cx)
{
	struct str v = applet_character_set(cx);
	locale_t found;

	found = newlocale(LC_CTYPE_MASK, v.n ? str_cz(cx->mem, v) : "C", (locale_t)0);
	return found ? found : newlocale(LC_CTYPE_MASK, "C", (locale_t)0);
}

static void put_byte(struct buf *b, unsigned char c)
{
	static const char letters[] = "abtnvfr";

	if (c >= 7 && c <= 13)
		buf_fmt(b, "\\%c", letters[c - 7]);
	else
		buf_fmt(b, "\\%03o", c);
}

/* The character at the start of REST, shown; its length in bytes. */
static size_t put_character(struct buf *b, struct str rest, struct str close)
{
	mbstate_t state = {0};
	wchar_t wide;
	size_t n = mbrtowc(&wide, rest.p, rest.n, &state);
	bool whole = n != (size_t)-1 && n != (size_t)-2, shown = whole && iswprint((wint_t)wide);

	if (!whole || n == 0)
		n = 1;
	if (rest.p[0] == '\\' || str_starts(rest, close))
		buf_char(b, '\\');
	for (size_t i = 0; i < n; i++) {
		if (shown)
			buf_char(b, rest.p[i]);
		else
			put_byte(b, (unsigned char)rest.p[i]);
	}
	return n;
}

struct str applet_cite(struct applet_cx *cx, struct str word)
{
	struct buf b = buf_new(cx->mem);
	locale_t mine = character_locale(cx), before = uselocale(mine);
	bool utf8 = str_is(str_z(nl_langinfo_l(CODESET, mine)), "UTF-8");
	struct str close = utf8 ? S(UTF8_CLOSE) : S("'");

	buf_z(&b, utf8 ? UTF8_OPEN : "'");
	while (word.n)
		word = str_from(word, put_character(&b, word, close));
	buf_str(&b, close);
	uselocale(before);
	freelocale(mine);
	return buf_view(&b);
}

int applet_no_folder(struct applet_cx *cx, struct str name, int err)
{
	struct str cited = applet_cite(cx, name);

	applet_say_errno(cx, str_fmt(cx->mem, "cannot create directory %.*s", STR_ARG(cited)), err);
	return 1;
}

int applet_no_cited_command(struct applet_cx *cx, struct str command, int err)
{
	applet_say_errno(cx, applet_cite(cx, command), err);
	return err == -ENOENT ? 127 : 126;
}
