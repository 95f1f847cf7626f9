/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a chain's recipe does, as far as its text tells: its simple commands, one after the other,
 * and the files that they write. This is no shell: it takes words apart at blanks, quotes and
 * operators, a command substitution counts as commands of its own, and what the shell would expand
 * stays as it is.
 */
#include "audit/internal.h"

#include <string.h>

#include "base/path.h"

/* What model.h puts for the prerequisites, at TEXT's beginning: its length, or 0. */
static size_t prerequisite(struct str text)
{
	static const char *const names[] = {"<kernel>", "<rootfs>", "<vmlinux>"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_starts(text, str_z(names[i])))
			return strlen(names[i]);
	return 0;
}

static bool is_operator(char c)
{
	return c && strchr("|&;()`{}", c);
}

/* Does TEXT begin with $(, and no arithmetic? */
static bool is_substitution(struct str text)
{
	return str_starts(text, S("$(")) && !str_starts(text, S("$(("));
}

/* How many bytes TEXT begins with that stand for themselves. */
static size_t plain(struct str text, size_t at)
{
	size_t n = 0;

	while (at + n < text.n && !strchr(" \t\n<>|&;()`{}'\"\\$", text.p[at + n]))
		n++;
	return n;
}

/* The end of the word at AT of TEXT, which goes to OUT without its quotes. */
static size_t read_quoted(struct str text, size_t at, struct buf *out)
{
	char quote = 0;

	for (; at < text.n; at++) {
		char c = text.p[at];
		size_t n = c != '<' || quote == '\'' ? 0 : prerequisite(str_from(text, at));

		if (n) {
			buf_str(out, str_sub(text, at, n));
			at += n - 1;
		} else if (quote ? c == quote : (c == '"' || c == '\'')) {
			quote = quote ? 0 : c;
		} else if (c == '\\' && quote != '\'' && at + 1 < text.n) {
			if (text.p[++at] != '\n')
				buf_char(out, text.p[at]);
		} else if (str_starts(str_from(text, at), S("$((")) && quote != '\'') {
			ptrdiff_t end = str_find(str_from(text, at), S("))"));

			buf_char(out, c);
			at = end < 0 ? at : at + (size_t)end + 1;
		} else if (!quote && is_substitution(str_from(text, at))) {
			break;
		} else if (!quote && c == '$' && at + 1 < text.n && text.p[at + 1] == '{') {
			for (; at < text.n && text.p[at] != '}' && text.p[at] != '\n'; at++)
				buf_char(out, text.p[at]);
			at -= at == text.n || text.p[at] == '\n';
		} else if (!quote && (strchr(" \t\n<>", c) || is_operator(c))) {
			break;
		} else {
			buf_char(out, c);
		}
	}
	return at;
}

/* The same: mostly it is a part of TEXT. */
static size_t read_word(struct audit *a, struct str text, size_t at, struct str *word)
{
	size_t n = plain(text, at);
	struct buf b;

	*word = str_sub(text, at, n);
	if (at + n >= text.n || (n && strchr(" \t\n>", text.p[at + n])))
		return at + n;
	b = buf_new(a->mem);
	at = read_quoted(text, at, &b);
	*word = buf_view(&b);
	return at;
}

static size_t skip_blanks(struct str text, size_t at)
{
	while (at < text.n && (strchr(" \t", text.p[at]) ||
			       (text.p[at] == '\\' && at + 1 < text.n && text.p[at + 1] == '\n')))
		at += text.p[at] == '\\' ? 2 : 1;
	return at;
}

/* The redirection at *AT of TEXT. */
static void read_redirection(struct audit *a, struct str text, size_t *at, struct recipe_command *c)
{
	bool writes = text.p[*at] == '>';
	struct str word;
	size_t start;

	while (*at < text.n && strchr("<>&|", text.p[*at]))
		++*at;
	start = *at = skip_blanks(text, *at);
	*at = read_word(a, text, *at, &word);
	if (c->words.n && c->words.p[c->words.n - 1].text.n == 1 && text.p[start - 1] == '>' &&
	    strchr("12", c->words.p[c->words.n - 1].text.p[0]))
		c->words.n--; /* a descriptor's number */
	if (writes && word.n)
		*vec_push(a->mem, &c->writes) = (struct recipe_word){word, start};
	else if (!writes)
		c->reads_input = true;
}

bool recipe_next(struct audit *a, struct str text, size_t *at, struct recipe_command *c)
{
	*c = (struct recipe_command){.after = '\n'};
	while (*at < text.n) {
		struct str word;
		size_t start = *at = skip_blanks(text, *at);
		char ch = start < text.n ? text.p[start] : '\n';

		if (start >= text.n)
			break;
		if (ch == '\n' || is_operator(ch) || is_substitution(str_from(text, *at))) {
			bool pipe = ch == '|' && (*at + 1 >= text.n || text.p[*at + 1] != '|');

			*at += (ch == '|' || ch == '&') && *at + 1 < text.n && text.p[*at + 1] == ch
				   ? 2
				   : 1;
			if (c->words.n || c->writes.n) {
				c->piped = pipe;
				c->after = ch == '|' && !pipe ? 'o' : ch;
				break;
			}
			continue;
		}
		if (ch == '#') {
			while (*at < text.n && text.p[*at] != '\n')
				++*at;
			continue;
		}
		if ((ch == '>' || ch == '<') && !prerequisite(str_from(text, *at))) {
			read_redirection(a, text, at, c);
			continue;
		}
		*at = read_word(a, text, *at, &word);
		if (*at == start)
			++*at;
		else if (!c->words.n && ((ch == '@' || ch == '-' || ch == '+') && word.n > 1))
			*vec_push(a->mem, &c->words) =
			    (struct recipe_word){str_from(word, 1), start};
		else if (c->words.n || str_chr(word, '=') <= 0) /* X=y in front of a command */
			*vec_push(a->mem, &c->words) = (struct recipe_word){word, start};
	}
	c->end = *at;
	return c->words.n || c->writes.n;
}

struct str recipe_name(const struct recipe_command *c)
{
	return c->words.n ? path_base(c->words.p[0].text) : S("");
}

bool recipe_option(const struct recipe_command *c, char letter, const char *name)
{
	for (size_t i = 1; i < c->words.n; i++) {
		struct str word = c->words.p[i].text;

		if (str_starts(word, S("--"))
			? name && str_starts(str_from(word, 2), str_z(name))
			: word.n > 1 && word.p[0] == '-' && letter && str_chr(word, letter) > 0)
			return true;
	}
	return false;
}

bool recipe_span(struct audit *a, const struct make_text *text, size_t at, struct make_span *out)
{
	for (size_t i = 0; i < text->n_spans; i++) {
		struct make_span s = text->spans[i];
		size_t end = i + 1 < text->n_spans ? text->spans[i + 1].from : text->text.n;
		struct str file;

		if (end <= at || !s.in)
			continue;
		if (s.from < at) {
			s.off = (s.off & MAKE_SPAN_FIXED) ? s.off : s.off + (uint32_t)(at - s.from);
			s.from = (uint32_t)at;
		}
		file = audit_file_at(a, &s);
		if (str_starts(file, S("target/")) || str_starts(file, S("include/image-"))) {
			*out = s;
			return true;
		}
	}
	return false;
}

struct str recipe_source(struct audit *a, const struct make_span *at)
{
	struct place place = audit_place(a, make_span_place(at));
	const struct strs *lines = audit_lines(a, place.file);
	size_t first = place.line ? place.line - 1 : 0, last = first;
	struct buf b = buf_new(a->mem);

	while (first > 0 && first <= lines->n && str_ends(lines->p[first - 1], S("\\")))
		first--;
	while (last + 1 < lines->n && str_ends(lines->p[last], S("\\")))
		last++;
	for (size_t i = first; i <= last && i < lines->n; i++) {
		buf_str(&b, lines->p[i]);
		buf_char(&b, '\n');
	}
	return buf_view(&b);
}
