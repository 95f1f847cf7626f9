/* SPDX-License-Identifier: GPL-2.0-only */
/* Looking through unexpanded text: blanks, references, quoted characters, words of a rule line. */
#include "make/lang.h"

#include <string.h>

bool scan_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool scan_blank(char c)
{
	return c == ' ' || c == '\t';
}

size_t scan_skip_space(struct str s, size_t i)
{
	while (i < s.n && scan_space(s.p[i]))
		i++;
	return i;
}

size_t scan_token_end(struct str s, size_t i)
{
	while (i < s.n && !scan_space(s.p[i]))
		i++;
	return i;
}

size_t scan_reference(struct str s, size_t i)
{
	char open, close;
	unsigned depth = 1;

	if (i + 1 >= s.n)
		return s.n;
	open = s.p[i + 1];
	i += 2;
	if (open != '(' && open != '{')
		return i;
	close = open == '(' ? ')' : '}';
	for (; i < s.n; i++) {
		if (s.p[i] == open)
			depth++;
		else if (s.p[i] == close && --depth == 0)
			return i + 1;
	}
	return i;
}

/* The first C in T from I on, or SIZE_MAX. */
static size_t next_char(const struct tbuf *t, size_t i, char c)
{
	const char *p = i < t->n ? memchr(t->p + i, c, t->n - i) : NULL;

	return p ? (size_t)(p - t->p) : SIZE_MAX;
}

/* Is C among the eight bytes W? */
static bool has_byte(uint64_t w, char c)
{
	const uint64_t each = UINT64_MAX / 255, x = w ^ each * (unsigned char)c;

	return (x - each) & ~x & each << 7;
}

/* The first blank in T from I on. Words are short: looking for each kind of blank to the end would
 * be quadratic. */
static size_t next_blank(const struct tbuf *t, size_t i)
{
	uint64_t w;

	for (; i + sizeof(w) <= t->n; i += sizeof(w)) {
		memcpy(&w, t->p + i, sizeof(w));
		if (has_byte(w, ' ') || has_byte(w, '\t'))
			break;
	}
	while (i < t->n && !scan_blank(t->p[i]))
		i++;
	return i < t->n ? i : SIZE_MAX;
}

/* The first of N bytes, each once looked for from AT[] on, that is not before I. */
static size_t next_of(const struct tbuf *t, size_t i, const char *chars, size_t *at, size_t n)
{
	size_t first = SIZE_MAX;

	if (chars[0] == ' ')
		return next_blank(t, i);
	for (size_t k = 0; k < n; k++) {
		if (at[k] < i)
			at[k] = next_char(t, i, chars[k]);
		if (at[k] < first)
			first = at[k];
	}
	return first;
}

size_t scan_unquoted(struct tbuf *t, size_t from, const char *stops, bool skip)
{
	char chars[3] = {stops[0], stops[1]};
	size_t n = stops[1] ? 2 : 1, at[3], i = from, slashes, drop;

	if (skip)
		chars[n++] = '$';
	for (size_t k = 0; k < n; k++)
		at[k] = chars[0] == ' ' ? SIZE_MAX : next_char(t, from, chars[k]);
	while ((i = next_of(t, i, chars, at, n)) != SIZE_MAX) {
		if (skip && t->p[i] == '$') {
			if (i + 1 >= t->n)
				return SIZE_MAX;
			i = scan_reference(tbuf_view(t), i);
			continue;
		}
		for (slashes = 0; i - slashes > from && t->p[i - slashes - 1] == '\\';)
			slashes++;
		if (!slashes)
			return i;
		/* Half of the backslashes go; an odd one quotes the stop. */
		drop = slashes - slashes / 2;
		tbuf_drop(t, i - slashes, drop);
		i -= drop;
		for (size_t k = 0; k < n; k++)
			at[k] -= at[k] == SIZE_MAX ? 0 : drop;
		if (slashes % 2 == 0)
			return i;
		i++;
	}
	return SIZE_MAX;
}

size_t scan_stop(struct str s, size_t from, const char *stops, bool skip)
{
	struct tbuf t = {.p = (char *)s.p, .n = s.n};

	return scan_unquoted(&t, from, stops, skip);
}

ptrdiff_t scan_percent(struct arena *mem, struct str *s)
{
	ptrdiff_t at = str_chr(*s, '%');
	char *q;
	size_t n, i;

	if (at <= 0 || s->p[at - 1] != '\\')
		return at;
	q = str_cz(mem, *s);
	n = s->n;
	for (i = (size_t)at; i < n; i++) {
		size_t slashes = 0, drop;

		if (q[i] != '%')
			continue;
		while (slashes < i && q[i - slashes - 1] == '\\')
			slashes++;
		drop = slashes - slashes / 2;
		memmove(q + i - drop, q + i, n - i + 1);
		n -= drop;
		i -= drop;
		if (slashes % 2 == 0)
			break;
	}
	*s = (struct str){q, n};
	return i < n ? (ptrdiff_t)i : -1;
}

/* A word that begins with an operator; its length, 0 when it does not. */
static size_t operator_word(struct str s, size_t i, enum scan_word *kind)
{
	char c = s.p[i], d = i + 1 < s.n ? s.p[i + 1] : '\0';

	*kind = WORD_COLON;
	if (c == ';') {
		*kind = WORD_SEMICOLON;
		return 1;
	}
	if (c == '=') {
		*kind = WORD_ASSIGN;
		return 1;
	}
	if (c == ':') {
		if (d == '=')
			*kind = WORD_ASSIGN;
		return d == '=' || d == ':' ? 2 : 1;
	}
	if (c == '&' && d == ':')
		return i + 2 < s.n && s.p[i + 2] == ':' ? 3 : 2;
	if ((c == '+' || c == '?' || c == '!') && d == '=') {
		*kind = WORD_ASSIGN;
		return 2;
	}
	return 0;
}

/* The first byte of S from I on that STOPS has, or the end. Names of files are long. */
static size_t skip_to(struct str s, size_t i, const bool *stops)
{
	const unsigned char *p = (const unsigned char *)s.p;

	for (; i + 4 <= s.n; i += 4)
		if (stops[p[i]] | stops[p[i + 1]] | stops[p[i + 2]] | stops[p[i + 3]])
			break;
	while (i < s.n && !stops[p[i]])
		i++;
	return i;
}

/* The bytes of a rule line's words that may be no part of them. */
static const bool may_end[256] = {
    [' '] = true, ['\t'] = true, ['='] = true, [':'] = true, ['?'] = true,
    ['+'] = true, ['&'] = true,	 ['$'] = true, ['\\'] = true};

static bool ends_word(struct str s, size_t i)
{
	char c = s.p[i], d = i + 1 < s.n ? s.p[i + 1] : '\0';

	return scan_blank(c) || c == '=' || c == ':' || ((c == '?' || c == '+') && d == '=') ||
	       (c == '&' && d == ':');
}

enum scan_word scan_rule_word(struct str s, size_t *from, size_t *n)
{
	enum scan_word kind;
	size_t i = *from;

	while (i < s.n && scan_blank(s.p[i]))
		i++;
	*from = i;
	*n = 0;
	if (i >= s.n)
		return WORD_END;
	*n = operator_word(s, i, &kind);
	if (*n)
		return kind;
	for (;;) {
		i = skip_to(s, i, may_end);
		if (i >= s.n || ends_word(s, i))
			break;
		if (s.p[i] == '$')
			i = scan_reference(s, i);
		else if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] && strchr(":;=\\", s.p[i + 1]))
			i += 2;
		else
			i++;
	}
	*n = i - *from;
	return WORD_TEXT;
}

/* The bytes that decide whether a line assigns. */
static const bool decides[256] = {
    ['#'] = true, ['$'] = true, [' '] = true, ['\t'] = true, ['='] = true, [':'] = true};

/* The operator at I, one of = := += ?= != ::= ; its length, 0 when there is none. */
static size_t assign_operator(struct str s, size_t i, enum assign *kind)
{
	char c = s.p[i], d = i + 1 < s.n ? s.p[i + 1] : '\0';

	*kind = c == '='   ? ASSIGN_RECURSIVE
		: c == ':' ? ASSIGN_SIMPLE
		: c == '+' ? ASSIGN_APPEND
		: c == '?' ? ASSIGN_COND
		: c == '!' ? ASSIGN_SHELL
			   : ASSIGN_NONE;
	if (*kind == ASSIGN_RECURSIVE)
		return 1;
	if (*kind == ASSIGN_NONE)
		return 0;
	if (c == ':' && d == ':' && i + 2 < s.n && s.p[i + 2] == '=')
		return 3;
	return d == '=' ? 2 : 0;
}

static bool defined_at(struct str text, size_t end, size_t at, size_t n, struct assignment *a)
{
	a->name_n = end - a->from;
	a->value = scan_skip_space(text, at + n);
	return true;
}

bool scan_definition(struct str text, size_t from, struct assignment *a)
{
	size_t i = scan_skip_space(text, from), plain = i, n; /* PLAIN: behind the last reference */

	a->from = i;
	for (;;) {
		i = skip_to(text, i, decides);
		if (i >= text.n || text.p[i] == '#')
			return false;
		if (text.p[i] == '$') {
			if (i + 1 >= text.n)
				return false;
			plain = i = scan_reference(text, i);
		} else if (scan_blank(text.p[i])) {
			size_t end = i;

			i = scan_skip_space(text, i);
			n = i < text.n ? assign_operator(text, i, &a->kind) : 0;
			return n && defined_at(text, end, i, n, a);
		} else if (text.p[i] == ':') {
			n = assign_operator(text, i, &a->kind);
			return n && defined_at(text, i, i, n, a);
		} else {
			if (i > plain && assign_operator(text, i - 1, &a->kind) == 2)
				i--;
			n = assign_operator(text, i, &a->kind);
			return defined_at(text, i, i, n, a);
		}
	}
}

static bool word_is(struct str line, size_t from, size_t to, const char *word)
{
	return str_is(str_sub(line, from, to - from), word);
}

/* May a keyword in front of an assignment begin with C? Rules have long names there. */
static bool begins_keyword(char c)
{
	return c == 'e' || c == 'o' || c == 'p' || c == 'd' || c == 'u';
}

struct assignment scan_assignment(struct str line)
{
	struct assignment a = {0};
	size_t i = scan_skip_space(line, 0), end;

	while (i < line.n) {
		if (scan_definition(line, i, &a)) {
			a.assigns = true;
			break;
		}
		if (!begins_keyword(line.p[i]))
			break;
		end = scan_token_end(line, i);
		if (word_is(line, i, end, "export"))
			a.is_export = true;
		else if (word_is(line, i, end, "override"))
			a.is_override = true;
		else if (word_is(line, i, end, "private"))
			a.is_private = true;
		else if (word_is(line, i, end, "define"))
			a.is_define = true;
		else if (word_is(line, i, end, "undefine"))
			a.is_undefine = true;
		else
			break;
		i = scan_skip_space(line, end);
		if (a.is_define || a.is_undefine) {
			a.assigns = true;
			a.from = i;
			break;
		}
	}
	return a;
}
