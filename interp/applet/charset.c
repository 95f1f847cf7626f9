/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Applets go by bytes. In a locale whose characters may be several bytes that is the same as long
 * as all text is ASCII; where it is not, the real tool is to run.
 */
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>

#include "applet/internal.h"

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static bool blob_is_ascii(struct blob *b)
{
	struct str span;
	uint64_t pos = 0;

	while (blob_size(b) != BLOB_ENDLESS && blob_next(b, &pos, &span))
		if (!is_ascii(span))
			return false;
	return true;
}

static bool asks_for_bytes(struct applet_cx *cx)
{
	struct str v = applet_character_set(cx);

	return v.n == 0 || str_is(v, "C") || str_is(v, "POSIX");
}

/* Are the environment's characters bytes? A locale that is not installed is C to the real tools. */
static bool single_bytes(struct applet_cx *cx)
{
	locale_t mine = newlocale(LC_CTYPE_MASK, str_cz(cx->mem, applet_character_set(cx)),
				  (locale_t)0),
		 before;
	bool single = true;

	if (!mine)
		return true;
	before = uselocale(mine);
	single = MB_CUR_MAX == 1;
	uselocale(before);
	freelocale(mine);
	return single;
}

bool applet_bytes(struct applet_cx *cx, struct str text)
{
	return is_ascii(text) || asks_for_bytes(cx) || single_bytes(cx);
}

static bool input_is_ascii(struct applet_cx *cx, struct str name)
{
	struct blob *b = NULL;
	bool ascii;

	if (str_is(name, "-") ? stream_peek(cx->in, &b) != 0
			      : files_read(cx->files, applet_path(cx, name), &b) != 0)
		return true;
	ascii = blob_is_ascii(b);
	blob_unref(b);
	return ascii;
}

bool applet_bytes_in(struct applet_cx *cx, const struct strs *files)
{
	bool ascii = true;

	if (asks_for_bytes(cx))
		return true;
	for (size_t i = 0; i < files->n && ascii; i++)
		ascii = input_is_ascii(cx, files->p[i]);
	if (files->n == 0)
		ascii = input_is_ascii(cx, S("-"));
	return ascii || single_bytes(cx);
}

bool applet_utf8(struct applet_cx *cx)
{
	struct str name = applet_character_set(cx);
	locale_t theirs =
	    newlocale(LC_CTYPE_MASK, name.n ? str_cz(cx->mem, name) : "C", (locale_t)0);
	struct str set = str_dup(cx->mem, str_z(theirs ? nl_langinfo_l(CODESET, theirs) : "UTF-8"));

	if (theirs)
		freelocale(theirs);
	return (str_is(set, "UTF-8") || str_is(set, "ANSI_X3.4-1968")) &&
	       !env_get(cx->env, S("PYTHONUTF8")).p &&
	       !env_get(cx->env, S("PYTHONCOERCECLOCALE")).p;
}
