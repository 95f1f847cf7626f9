/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Characters of several bytes, which bash counts and compares by where its locale is one of UTF-8.
 * While such a shell runs the thread has that locale; dash, applets and all other locales go by
 * bytes. Not the order of characters (LC_COLLATE), nor an IFS of such characters. Source: bash(1),
 * "LC_ALL", "LC_CTYPE", "LANG".
 */
#include <langinfo.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "shell/internal.h"

bool chars_named(struct str name)
{
	return name.n && name.p[0] == 'L' &&
	       (str_is(name, "LC_ALL") || str_is(name, "LC_CTYPE") || str_is(name, "LANG"));
}

static bool is_plain(struct str locale)
{
	return !locale.n || str_is(locale, "C") || str_is(locale, "POSIX");
}

void chars_look(struct shell *sh)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

	for (size_t i = 0; i < 3; i++)
		sh->session->localised |= !is_plain(env_get(sh->base, str_z(names[i])));
}

/* The locale NAME if it is installed and is one of UTF-8, else 0: as C to what runs here. */
static locale_t utf8_locale(const char *name)
{
	locale_t locale = newlocale(LC_CTYPE_MASK, name, (locale_t)0);

	if (locale && strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0)
		return locale;
	if (locale)
		freelocale(locale);
	return (locale_t)0;
}

static struct str wanted(struct shell *sh)
{
	struct str name = var_value(sh, S("LC_ALL"));

	if (!name.n)
		name = var_value(sh, S("LC_CTYPE"));
	return name.n ? name : var_value(sh, S("LANG"));
}

bool chars_switch(struct session *session, bool on)
{
	struct locales *l = &session->locales;
	bool before = l->on;

	if (on == l->on)
		return before;
	if (on)
		l->before = uselocale(l->chars);
	else
		uselocale(l->before);
	l->on = on;
	return before;
}

void chars_follow(struct shell *sh)
{
	struct locales *l = &sh->session->locales;
	struct str name = S("");

	if (!sh->session->localised)
		return;
	if (is_bash(sh))
		name = wanted(sh);
	if (is_plain(name) || name.n >= sizeof(l->name)) {
		chars_switch(sh->session, false);
		return;
	}
	if (!str_is(name, l->name)) {
		chars_end(sh->session);
		memcpy(l->name, name.p, name.n);
		l->name[name.n] = '\0';
		l->chars = utf8_locale(l->name);
	}
	chars_switch(sh->session, l->chars != (locale_t)0);
}

void chars_end(struct session *session)
{
	chars_switch(session, false);
	if (session->locales.chars)
		freelocale(session->locales.chars);
	session->locales = (struct locales){.name = ""};
}

/* --- one character --- */

bool chars_are_bytes(struct str s)
{
	if (MB_CUR_MAX == 1)
		return true;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

size_t char_code(struct str s, wint_t *code)
{
	mbstate_t state = {0};
	wchar_t c;
	size_t n;

	*code = (unsigned char)s.p[0];
	if (*code < 0x80 || MB_CUR_MAX == 1)
		return 1;
	n = mbrtowc(&c, s.p, s.n, &state);
	if (n == (size_t)-1 || n == (size_t)-2 || n == 0)
		return 1;
	*code = (wint_t)c;
	return n;
}

size_t char_bytes(struct str s)
{
	wint_t code;

	return char_code(s, &code);
}

void put_char_code(struct buf *out, wint_t code)
{
	mbstate_t state = {0};
	char room[MB_LEN_MAX];
	size_t n = wcrtomb(room, (wchar_t)code, &state);

	if (n != (size_t)-1)
		buf_put(out, room, n);
}

bool char_printable(struct str s, size_t *n)
{
	wint_t code;

	*n = char_code(s, &code);
	return *n > 1 ? iswprint(code) : code >= 32 && code < 127;
}

bool char_begins(struct str s, size_t i)
{
	return i == 0 || i >= s.n || MB_CUR_MAX == 1 || ((unsigned char)s.p[i] & 0xc0) != 0x80;
}

/* --- several --- */

size_t chars_count(struct str s)
{
	size_t count = 0;

	if (chars_are_bytes(s))
		return s.n;
	for (size_t i = 0; i < s.n; i += char_bytes(str_from(s, i)))
		count++;
	return count;
}

size_t chars_size(struct str s, size_t n)
{
	size_t i = 0;

	if (MB_CUR_MAX == 1)
		return n < s.n ? n : s.n;
	for (; n && i < s.n; n--)
		i += char_bytes(str_from(s, i));
	return i;
}
