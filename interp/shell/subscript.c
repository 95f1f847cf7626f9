/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bash's indices as they stand in a text that comes late: in the value of a variable that is an
 * expression, or in a name that a builtin is given.
 */
#include <string.h>

#include "shell/internal.h"
#include "shell/parse.h"

enum { DEPTH_MOST = 100 /* of ${..} within each other: deeper ones are plain text */ };

/* Behind what begins with the quote at I of S; S's end where nothing ends it. */
static size_t behind_quotes(struct str s, size_t i)
{
	char quote = s.p[i++];

	while (i < s.n && s.p[i] != quote)
		i += s.p[i] == '\\' && quote != '\'' ? 2 : 1;
	return i < s.n ? i + 1 : s.n;
}

/* Where CLOSE is that ends what begins at I of S, behind OPEN; S's end: nowhere. */
static size_t closing(struct str s, size_t i, char open, char close, unsigned deep)
{
	size_t depth = 0;

	while (i < s.n && (depth || s.p[i] != close)) {
		char c = s.p[i], next = i + 1 < s.n ? s.p[i + 1] : 0;

		if (strchr("'\"`", c) && c) {
			i = behind_quotes(s, i);
		} else if (c == '$' && next == '(') {
			size_t end = lex_closing_paren(s, i + 1);

			i = end ? end + 1 : s.n;
		} else if (c == '$' && next == '{' && deep < DEPTH_MOST) {
			i = closing(s, i + 2, '{', '}', deep + 1) + 1;
		} else {
			depth += c == open ? 1 : c == close ? (size_t)-1 : 0;
			i += c == '\\' ? 2 : 1;
		}
	}
	return i < s.n ? i : s.n;
}

size_t subscript_end(struct str text, size_t from)
{
	return closing(text, from, '[', ']', 0);
}

size_t subscript_of(struct str name)
{
	ptrdiff_t open = str_chr(name, '[');

	return open > 0 && (size_t)open + 2 < name.n &&
		       subscript_end(name, (size_t)open + 1) == name.n - 1
		   ? (size_t)open
		   : 0;
}

bool subscript_text(struct shell *sh, struct str text, struct str *out)
{
	const struct word *w;
	struct buf bare = buf_new(sh->tmp);

	*out = text;
	if (!is_bash(sh) || (str_chr(text, '$') < 0 && str_chr(text, '`') < 0 &&
			     str_chr(text, '"') < 0 && str_chr(text, '\\') < 0))
		return true;
	buf_put(&bare, "", 0);
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i], next = i + 1 < text.n ? text.p[i + 1] : 0;

		if (c == '"')
			continue;
		if (c == '$' && next == '"') /* which begins nothing */
			buf_char(&bare, '\\');
		if (c != '\\' || next != '"')
			buf_char(&bare, c);
		if (c == '\\' && next)
			buf_char(&bare, text.p[++i]);
	}
	if (!bare.n) /* of quotes alone */
		*out = S("");
	if (!bare.n || parse_quoted(sh->tmp, sh->dialect, buf_view(&bare), &w))
		return true;
	return expand_here(sh, w, out);
}
