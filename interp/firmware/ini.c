/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Configuration files as iniparser 4.1 reads them, which Debian's ubinize has (mtd-utils 2.3.0 has
 * a later one of its own, mtd-utils before it an older one): [section], key=value, quotes that keep
 * blanks, comments from ; or # on, a backslash at the end joins the next line. Section and key
 * names become lower case; a section or key that comes again replaces the value, not the place.
 */
#include "firmware/ubi.h"

#include <ctype.h>
#include <string.h>

#include "base/map.h"

enum { LINE_MOST = 1024 };

struct ini {
	struct arena *mem;
	struct map *keys;	/* "section:key" -> struct str, "section" -> the name itself */
	struct strs sections;
};

static struct str lower(struct arena *mem, struct str s)
{
	char *p = arena_dup(mem, s.p, s.n);

	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)tolower((unsigned char)p[i]);
	return (struct str){p, s.n};
}

static void add_section(struct ini *ini, struct str name)
{
	void **at = map_at(ini->keys, name);

	if (*at)
		return;
	*at = ini;
	if (str_chr(name, ':') < 0)
		*vec_push(ini->mem, &ini->sections) = name;
}

static void add_value(struct ini *ini, struct str section, struct str key, struct str value)
{
	struct str *kept = arena_make(ini->mem, struct str);

	*kept = str_dup(ini->mem, value);
	*map_at(ini->keys, str_fmt(ini->mem, "%.*s:%.*s", STR_ARG(section), STR_ARG(key))) = kept;
}

/* The text behind "key =": quotes first, then up to a comment. */
static struct str value_of(struct str rest)
{
	size_t end = 0;

	if (rest.n > 1 && (rest.p[0] == '"' || rest.p[0] == '\'') && rest.p[1] != rest.p[0]) {
		ptrdiff_t quote = str_chr(str_from(rest, 1), rest.p[0]);

		return str_sub(rest, 1, quote < 0 ? rest.n : (size_t)quote);
	}
	while (end < rest.n && rest.p[end] != ';' && rest.p[end] != '#')
		end++;
	rest = str_trim(str_sub(rest, 0, end));
	return str_is(rest, "\"\"") || str_is(rest, "''") ? S("") : rest;
}

/* One line without blanks at its ends; false when it is none of the forms. */
static bool add_line(struct ini *ini, struct str line, struct str *section)
{
	ptrdiff_t equals = str_chr(line, '=');

	if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
		return true;
	if (line.p[0] == '[' && line.p[line.n - 1] == ']') {
		struct str name = str_sub(line, 1, (size_t)str_chr(line, ']') - 1);

		if (name.n) /* "[]" leaves the section as it was */
			*section = lower(ini->mem, str_trim(name));
		add_section(ini, *section);
		return true;
	}
	if (equals <= 0)
		return false;
	add_value(ini, *section, lower(ini->mem, str_trim(str_sub(line, 0, (size_t)equals))),
		  value_of(str_trim(str_from(line, (size_t)equals + 1))));
	return true;
}

static struct str right_trim(struct str s)
{
	while (s.n && isspace((unsigned char)s.p[s.n - 1]))
		s.n--;
	return s;
}

struct ini *ini_parse(struct arena *mem, struct str text, struct str path, struct buf *err)
{
	struct ini *ini = arena_make(mem, struct ini);
	struct str section = S(""), line;
	struct buf joined = buf_new(mem);
	unsigned number = 0;
	bool good = true;

	*ini = (struct ini){.mem = mem, .keys = map_new(mem)};
	while (text.n) {
		ptrdiff_t end = str_chr(text, '\n');

		number++;
		if (end < 0)
			end = (ptrdiff_t)text.n;
		if ((size_t)end + joined.n + 2 > LINE_MOST) {
			buf_fmt(err, "iniparser: input line too long in %.*s (%u)\n", STR_ARG(path),
				number);
			return NULL;
		}
		buf_str(&joined, str_sub(text, 0, (size_t)end));
		text = str_from(text, (size_t)end + 1);
		line = right_trim(buf_view(&joined));
		if (line.n && line.p[line.n - 1] == '\\') {
			joined.n = line.n - 1;
			continue;
		}
		if (!add_line(ini, str_trim(str_dup(mem, line)), &section)) {
			buf_fmt(err, "iniparser: syntax error in %.*s (%u):\n-> %.*s\n",
				STR_ARG(path), number, STR_ARG(line));
			good = false;
		}
		joined.n = 0;
	}
	return good ? ini : NULL;
}

size_t ini_sections(const struct ini *ini)
{
	return ini->sections.n;
}

struct str ini_section(const struct ini *ini, size_t i)
{
	return ini->sections.p[i];
}

struct str ini_get(const struct ini *ini, struct str section, const char *key)
{
	struct str name = str_fmt(ini->mem, "%.*s:%s", STR_ARG(section), key);
	const struct str *value = map_get(ini->keys, name);

	return value ? *value : (struct str){NULL, 0};
}
