/* SPDX-License-Identifier: GPL-2.0-only */
/* What the Makefiles of a target and include/ mention, as text: names that nobody refers to,
 * commands that nobody calls. */
#include "audit/internal.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/path.h"

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static struct str text_of(struct audit *a, struct str file)
{
	struct str text = audit_file(a->options->tree, a->mem, file);
	struct strs lines;
	struct buf b = buf_new(a->mem);

	if (str_find(text, S("\r\n")) < 0)
		return text;
	lines = audit_split(a->mem, text);
	for (size_t i = 0; i < lines.n; i++)
		buf_fmt(&b, "%.*s\n", STR_ARG(lines.p[i]));
	return buf_view(&b);
}

/* The Makefiles in FOLDER (below the tree), by name. */
static void add_texts(struct audit *a, struct str folder)
{
	DIR *d = opendir(str_cz(a->mem, path_join(a->mem, a->options->tree->path, folder)));
	struct strs names = {0};

	for (struct dirent *e; d && (e = readdir(d));)
		if (str_ends(str_z(e->d_name), S(".mk")) || str_is(str_z(e->d_name), "Makefile"))
			*vec_push(a->mem, &names) = str_dup(a->mem, str_z(e->d_name));
	if (d)
		closedir(d);
	if (names.n)
		qsort(names.p, names.n, sizeof(*names.p), by_name);
	for (size_t i = 0; i < names.n; i++)
		*vec_push(a->mem, &a->texts) = text_of(a, path_join(a->mem, folder, names.p[i]));
}

static const struct strs *texts_of(struct audit *a)
{
	if (!a->texts.n) {
		add_texts(a, a->folder);
		add_texts(a, S("include"));
		add_texts(a, S("mk"));
	}
	return &a->texts;
}

/* Where the line that byte AT of TEXT is in begins, or, WHOLE, the first one that backslashes
 * continue to it. */
static size_t line_start(struct str text, size_t at, bool whole)
{
	while (at > 0 && (text.p[at - 1] != '\n' || (whole && at > 1 && text.p[at - 2] == '\\')))
		at--;
	return at;
}

/* Does TEXT have a '#' that begins a comment? One within a word is a recipe's: sed's s#a#b#. */
static bool has_comment(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '#' && (i == 0 || text.p[i - 1] == ' ' || text.p[i - 1] == '\t'))
			return true;
	return false;
}

/* Is the name of N bytes at AT of TEXT a reference to it? */
static bool is_reference(struct str text, size_t at, size_t n)
{
	size_t start = line_start(text, at, false), whole = line_start(text, at, true);
	struct str before = str_trim(str_sub(text, start, at - start)),
		   first = str_trim(str_sub(text, whole, at - whole));
	struct str rest = str_from(text, at + n);
	size_t i = 0;

	if (str_chr(first, '#') == 0 || has_comment(before))
		return false;
	if (str_starts(first, S("DEVICE_VARS")) || str_starts(first, S("DEFAULT_DEVICE_VARS")))
		return false;
	while (i < rest.n && (rest.p[i] == ' ' || rest.p[i] == '\t'))
		i++;
	rest = str_sub(rest, i, 3);
	if (!before.n || str_is(before, "define") || str_is(before, "export") ||
	    str_is(before, "override"))
		return !(str_starts(rest, S("=")) || (rest.n > 1 && rest.p[1] == '=') ||
			 str_starts(rest, S("::=")) || str_is(before, "define"));
	return true;
}

bool audit_refers(struct audit *a, struct str name)
{
	const struct strs *texts = texts_of(a);

	for (size_t i = 0; i < texts->n; i++) {
		struct str text = texts->p[i];
		size_t from = 0;

		for (ptrdiff_t at; (at = str_find(str_from(text, from), name)) >= 0;
		     from += (size_t)at + name.n) {
			size_t here = from + (size_t)at, end = here + name.n;

			if ((here && audit_is_name(text.p[here - 1])) ||
			    (end < text.n && audit_is_name(text.p[end])))
				continue;
			if (is_reference(text, here, name.n))
				return true;
		}
	}
	return false;
}

bool audit_mentions(struct audit *a, struct str needle)
{
	const struct strs *texts = texts_of(a);

	for (size_t i = 0; i < texts->n; i++) {
		struct str text = texts->p[i];
		size_t from = 0;

		for (ptrdiff_t at; (at = str_find(str_from(text, from), needle)) >= 0;
		     from += (size_t)at + needle.n) {
			size_t end = from + (size_t)at + needle.n;

			if (end >= text.n || (!audit_is_name(text.p[end]) && text.p[end] != '-' &&
					      text.p[end] != '.'))
				return true;
		}
	}
	return false;
}

/* Is TEXT in them, as it is? */
static bool has_text(struct audit *a, struct str text)
{
	const struct strs *texts = texts_of(a);

	for (size_t i = 0; i < texts->n; i++)
		if (str_find(texts->p[i], text) >= 0)
			return true;
	return false;
}

bool audit_makes_up(struct audit *a, struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '_' &&
		    (has_text(a, str_cat(a->mem, str_sub(name, 0, i + 1), S("$("))) ||
		     has_text(a, str_cat(a->mem, S(")"), str_from(name, i)))))
			return true;
	return false;
}

static bool is_command(char c)
{
	return audit_is_name(c) || c == '-' || c == '.' || c == '/';
}

/* Is the line that byte AT of TEXT is in no more than a heading: "# command"? */
static bool is_heading(struct str text, size_t at)
{
	struct str line = str_from(text, line_start(text, at, false)), rest;
	size_t n = 0;

	str_split(&line, '\n', &rest);
	rest = str_trim(rest);
	while (n < rest.n && rest.p[n] == '#')
		n++;
	return n > 0 && str_count_words(str_from(rest, n)) == 1;
}

bool audit_calls(struct audit *a, struct str command)
{
	const struct strs *texts = texts_of(a);

	for (size_t i = 0; i < texts->n; i++) {
		struct str text = texts->p[i];
		size_t from = 0;

		for (ptrdiff_t at; (at = str_find(str_from(text, from), command)) >= 0;
		     from += (size_t)at + command.n) {
			size_t here = from + (size_t)at, end = here + command.n;
			struct str before = str_sub(text, 0, here);

			if (end < text.n && is_command(text.p[end]))
				continue;
			/* $(call Build/x), $(Build/x): but for its define */
			if (str_ends(before, S("Build/"))) {
				before = str_trim(str_sub(before, 0, before.n - 6));
				if (!str_ends(before, S("define")))
					return true;
			} else if ((!here || !is_command(text.p[here - 1])) &&
				   !is_heading(text, here)) {
				return true;
			}
		}
	}
	return false;
}

bool audit_lists(struct audit *a, struct str list, struct str word)
{
	const struct strs *texts = texts_of(a);

	for (size_t i = 0; i < texts->n; i++) {
		struct str text = texts->p[i];
		size_t from = 0;

		for (ptrdiff_t at; (at = str_find(str_from(text, from), word)) >= 0;
		     from += (size_t)at + word.n) {
			size_t here = from + (size_t)at, end = here + word.n,
			       start = line_start(text, here, true);
			struct str line = str_trim(str_sub(text, start, here - start));

			if (end < text.n && !strchr(" \t\n\\", text.p[end]))
				continue;
			if (!line.n || !strchr(" \t=", text.p[here - 1]))
				continue;
			while (line.n &&
			       (line.p[0] == '#' || line.p[0] == ' ' || line.p[0] == '\t'))
				line = str_from(line, 1);
			if (str_starts(line, list))
				return true;
		}
	}
	return false;
}

bool audit_sets(struct audit *a, struct str name)
{
	const struct strs *texts = texts_of(a);

	for (size_t i = 0; i < texts->n; i++)
		if (str_find(texts->p[i], name) >= 0 && audit_text_sets(texts->p[i], name))
			return true;
	return false;
}
