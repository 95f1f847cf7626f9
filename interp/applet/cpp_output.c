/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cpp: the text. Lines stay where they were: a few that are missing are empty ones, for more there
 * is a marker. A line begins in its column; between tokens a blank stands where one stood in the
 * source, and where two that a macro brought together would be read as one.
 */
#include "applet/cpp.h"

enum { EMPTY_MOST = 8 };

void cpp_marker(struct cpp *r, unsigned line, struct str path, const char *flags)
{
	if (r->printed)
		buf_char(&r->text, '\n');
	r->printed = false;
	r->printed_line = line;
	buf_z(&r->text, "# ");
	buf_number(&r->text, line);
	buf_z(&r->text, " \"");
	buf_str(&r->text, path);
	buf_char(&r->text, '"');
	buf_z(&r->text, flags);
	buf_char(&r->text, '\n');
}

void cpp_to_line(struct cpp *r, unsigned line)
{
	if (r->printed) {
		buf_char(&r->text, '\n');
		r->printed_line++;
		r->printed = false;
	}
	if (line < r->printed_line || line >= r->printed_line + EMPTY_MOST)
		cpp_marker(r, line, r->buffer->file->path, "");
	for (; r->printed_line < line; r->printed_line++)
		buf_char(&r->text, '\n');
}

void cpp_line_change(struct cpp *r, const struct cpp_token *t)
{
	size_t n = t->column > 2 ? t->column - 2 : 0;

	if (r->arguments)
		return;
	cpp_to_line(r, t->line);
	r->previous = r->source = NULL;
	r->printed = true;
	memset(buf_room(&r->text, n), ' ', n);
	r->text.n += n;
}

/* Could T, a number, be the end of a name? */
static bool is_word(const struct cpp_token *t)
{
	for (size_t i = 0; i < t->text.n; i++)
		if (strchr("+-.", t->text.p[i]))
			return false;
	return true;
}

/* Would A and B behind it be read as something else? */
static bool runs_together(const struct cpp_token *a, const struct cpp_token *b)
{
	char c = b->kind == CPP_PUNCTUATOR ? b->text.p[0] : '\0';
	char first = a->text.p[0];

	switch (a->kind) {
	case CPP_NAME:
		return b->kind == CPP_NAME || b->kind == CPP_CHAR || b->kind == CPP_STRING ||
		       (b->kind == CPP_NUMBER && is_word(b));
	case CPP_NUMBER:
		return b->kind == CPP_NUMBER || b->kind == CPP_NAME || c == '.' || c == '+' ||
		       c == '-';
	case CPP_OTHER:
		return first == '\\' && b->kind == CPP_NAME;
	case CPP_PUNCTUATOR:
		break;
	default:
		return false;
	}
	if (c == '=' && (a->text.n == 1 ? strchr("=!<>+-*/%&|^", first) != NULL
					: str_is(a->text, ">>") || str_is(a->text, "<<")))
		return true;
	if (str_is(a->text, "->"))
		return c == '*';
	if (str_is(a->text, "<="))
		return c == '>';
	if (a->text.n > 1)
		return false;
	switch (first) {
	case '>':
	case '+':
	case '&':
	case '|':
		return c == first;
	case '<':
		return c == '<' || c == '%' || c == ':';
	case '-':
		return c == '-' || c == '>';
	case '/':
		return c == '/' || c == '*';
	case '%':
		return c == ':' || c == '>';
	case ':':
		return c == ':' || c == '>';
	case '.':
		return c == '.' || c == '%' || b->kind == CPP_NUMBER;
	case '#':
		return c == '#' || c == '%';
	default:
		return false;
	}
}

static bool wants_blank(struct cpp *r, const struct cpp_token *t, bool padded)
{
	const struct cpp_token *source = r->source ? r->source : t;

	if (!padded)
		return t->flags & CPP_WHITE;
	/* Releases differ. */
	if (r->previous && r->previous->kind == CPP_NUMBER && t->kind == CPP_CHAR)
		cpp_decline(r);
	return (source->flags & CPP_WHITE) || (r->previous && runs_together(r->previous, t)) ||
	       (!r->previous && t->kind == CPP_PUNCTUATOR && str_is(t->text, "#"));
}

void cpp_print(struct cpp *r)
{
	const struct cpp_token *t;
	bool padded = false;

	while ((t = cpp_get(r))->kind != CPP_END) {
		if (t->kind == CPP_PADDING) {
			padded = true;
			if (!r->source || (!(r->source->flags & CPP_WHITE) && !t->source))
				r->source = t->source;
			continue;
		}
		if (wants_blank(r, t, padded))
			buf_char(&r->text, ' ');
		padded = false;
		r->source = NULL;
		r->previous = t;
		buf_str(&r->text, t->text);
		r->printed = true;
	}
	if (r->printed)
		buf_char(&r->text, '\n');
}
