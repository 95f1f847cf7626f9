/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cpp: lines and tokens, as gcc's preprocessor has them for assembler: comments of both kinds, no
 * trigraphs, digraphs or further letters in names. A line is taken as a whole, with those that a
 * backslash joins to it; where it was joined is remembered, as tokens know their line and column.
 * Source: ISO C11 6.4, and what gcc does.
 */
#include "applet/cpp.h"

enum { DEEPEST = 190, COLUMNS_MOST = 3000 };
/* The real one has some 1.6 thousand million numbers for places, 32 and more for a column. */
enum { PLACES_MOST = 1 << 30, COLUMN_PLACES = 32, LINE_LEAST = 256 };

void cpp_decline(struct cpp *r)
{
	r->declined = true;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct str between(const char *from, const char *to)
{
	return (struct str){from, (size_t)(to - from)};
}

struct cpp_name *cpp_name(struct cpp *r, struct str text)
{
	void **at = map_at_name(r->names, &text, true);
	struct cpp_name *name = *at;

	if (!name) {
		*at = name = arena_make(r->mem, struct cpp_name);
		name->text = text;
		name->is_reserved = str_starts(text, S("__has_")) || str_starts(text, S("__STDC"));
	}
	return name;
}

/* --- lines --- */

/* Is there a backslash before TO, which blanks may follow? 2: they do. */
static int backslash(const char *from, const char *to)
{
	const char *p = to;

	while (p > from && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	return p == from || p[-1] != '\\' ? 0 : p == to ? 1 : 2;
}

static const char *line_end(const char *from, const char *limit)
{
	const char *p = memchr(from, '\n', (size_t)(limit - from));

	return p ? p : limit;
}

/* The line at NEXT ends with a backslash at END: this one and those behind it as one. */
static void join_lines(struct cpp *r, struct cpp_buffer *b, const char *end)
{
	struct buf text = buf_new(r->mem);
	VEC(size_t) at = {0};

	for (;;) {
		int joins = backslash(b->next, end);

		buf_put(&text, b->next, (size_t)(end - b->next) - (joins == 1));
		b->next = end < b->limit ? end + 1 : end;
		b->next_line++;
		/* There is a warning about blanks, and about the end of the file. */
		if (joins == 2 || (joins && b->next == b->limit) || (at.n && end == b->limit))
			cpp_decline(r);
		if (!joins || b->next == b->limit)
			break;
		*vec_push(r->mem, &at) = text.n;
		end = line_end(b->next, b->limit);
	}
	b->at = buf_view(&text).p;
	b->end = b->at + text.n;
	for (size_t i = 0; i < at.n; i++)
		*vec_push(r->mem, &b->joints) = b->at + at.p[i];
}

/* Take the next line of B, which has one. */
static void take_line(struct cpp *r, struct cpp_buffer *b)
{
	const char *end = line_end(b->next, b->limit);

	b->line = b->next_line;
	b->joints.n = b->joint = 0;
	b->need_line = false;
	if (end > b->next && backslash(b->next, end)) {
		join_lines(r, b, end);
	} else {
		b->at = b->next;
		b->end = end;
		b->next = end < b->limit ? end + 1 : end;
		b->next_line++;
	}
	b->start = b->at;
}

/* The longest of the lines that B's one was joined of: columns begin anew in each. */
static size_t widest(const struct cpp_buffer *b)
{
	const char *from = b->at;
	size_t most = 0;

	for (size_t i = 0; i <= b->joints.n; i++) {
		const char *to = i < b->joints.n ? b->joints.p[i] : b->end;

		if ((size_t)(to - from) > most)
			most = (size_t)(to - from);
		from = to;
	}
	return most;
}

/* The places that the real one keeps for the columns of B's line, which is so WIDE. */
static void keep_places(struct cpp *r, const struct cpp_buffer *b, size_t wide)
{
	while (wide >= r->longest)
		r->longest *= 2;
	r->places += r->longest * COLUMN_PLACES * (b->next_line - b->line);
	if (r->places > PLACES_MOST)
		cpp_decline(r);
}

void cpp_enter(struct cpp *r, struct cpp_file *file)
{
	struct cpp_buffer *b = arena_make(r->mem, struct cpp_buffer);

	b->up = r->buffer;
	b->file = file;
	b->next = file->text.n ? file->text.p : "";
	b->limit = b->next + file->text.n;
	b->next_line = 1;
	b->need_line = true;
	if (b->up)
		cpp_to_line(r, b->up->line);
	r->buffer = b;
	r->guarding = true;
	r->guard = NULL;
	if (++r->depth > DEEPEST)
		cpp_decline(r);
	if (b->up)
		cpp_marker(r, 1, file->path, " 1");
}

static void leave(struct cpp *r)
{
	struct cpp_buffer *b = r->buffer;

	if (b->conditions)
		cpp_decline(r);
	if (r->guarding && !b->file->guard)
		b->file->guard = r->guard;
	r->guarding = false;
	r->buffer = b->up;
	r->depth--;
	if (r->buffer)
		cpp_marker(r, r->buffer->next_line, r->buffer->file->path, " 2");
}

/* False: there is no further line, or none that may be taken now. */
static bool fresh_line(struct cpp *r)
{
	while (r->buffer && !r->in_directive && !r->declined) {
		struct cpp_buffer *b = r->buffer;

		if (!b->need_line)
			return true;
		if (b->next < b->limit) {
			take_line(r, b);
			keep_places(r, b, widest(b));
			return true;
		}
		if (r->arguments)
			return false;
		leave(r);
	}
	return false;
}

/* --- blanks --- */

/* The comment at the place, behind its slash and star; it may go on over lines. */
static void skip_comment(struct cpp *r, struct cpp_buffer *b)
{
	b->at += 2;
	for (;;) {
		ptrdiff_t n = str_find(between(b->at, b->end), S("*/"));

		if (n >= 0) {
			b->at += n + 2;
			return;
		}
		if (b->next == b->limit) {
			cpp_decline(r);
			b->at = b->end;
			return;
		}
		take_line(r, b);
		keep_places(r, b, (size_t)(b->end - b->at));
	}
}

/* To the next token of the line; true: there were blanks. */
static bool skip_blanks(struct cpp *r, struct cpp_buffer *b)
{
	bool found = false;

	for (;; found = true) {
		if (b->at == b->end)
			return found;
		if (*b->at == ' ' || *b->at == '\t') {
			b->at++;
		} else if (*b->at == '/' && b->end - b->at > 1 && b->at[1] == '*') {
			skip_comment(r, b);
		} else if (*b->at == '/' && b->end - b->at > 1 && b->at[1] == '/') {
			b->at = b->end;
		} else {
			return found;
		}
	}
}

/* --- tokens --- */

/* Behind the quoted text at P; TO and beyond: it does not end. */
static const char *quoted_end(const char *p, const char *to, bool escapes)
{
	char quote = *p++;

	for (; p < to && *p != quote; p++)
		if (*p == '\\' && escapes)
			p++;
	return p + 1;
}

static size_t name_length(struct str s)
{
	size_t n = 1;

	while (n < s.n && (is_letter(s.p[n]) || is_digit(s.p[n])))
		n++;
	return n;
}

static size_t number_length(struct cpp *r, struct str s)
{
	size_t n = 1;

	for (; n < s.n; n++) {
		char c = s.p[n], e = s.p[n - 1];

		if ((c == '+' || c == '-') && (e == 'p' || e == 'P'))
			cpp_decline(r);
		if (!is_letter(c) && !is_digit(c) && c != '.' &&
		    !((c == '+' || c == '-') && (e == 'e' || e == 'E')))
			break;
	}
	return n;
}

/* Names that are a part of the literal behind them in some language. */
static bool is_prefix(struct str name, struct str rest)
{
	static const char *const prefixes[] = {"L", "u", "U", "u8", "R", "LR", "uR", "UR", "u8R"};

	if (name.n > 3 || !rest.n || (rest.p[0] != '"' && rest.p[0] != '\''))
		return false;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (str_is(name, prefixes[i]))
			return true;
	return false;
}

static size_t punctuator_length(struct str s)
{
	static const char *const longer[] = {"...", "<<=", ">>=", "->", "++", "--", "<<", ">>",
					     "<=",  ">=",  "==",  "!=", "&&", "||", "&=", "|=",
					     "^=",  "+=",  "-=",  "*=", "/=", "%=", "##"};

	if (!s.p[0] || !strchr("()[]{};,?:~@<>=!+-*/%&|^#.", s.p[0]))
		return 0;
	if (s.n > 1 && strchr(".<>-+=!&|^*/%#", s.p[0]))
		for (size_t i = 0; i < sizeof(longer) / sizeof(*longer); i++)
			if (str_starts(s, str_z(longer[i])))
				return strlen(longer[i]);
	return 1;
}

static size_t quoted(struct cpp *r, struct str s, struct cpp_token *t)
{
	const char *end = quoted_end(s.p, s.p + s.n, !r->in_header);

	t->kind = *s.p == '"' ? CPP_STRING : CPP_CHAR;
	if (end <= s.p + s.n)
		return (size_t)(end - s.p);
	/* The real one takes the rest of the line as one. */
	if (!r->skipping)
		cpp_decline(r);
	return s.n;
}

static size_t other(struct cpp *r, struct str s, struct cpp_token *t)
{
	unsigned char c = (unsigned char)s.p[0];
	size_t n = punctuator_length(s);

	t->kind = n ? CPP_PUNCTUATOR : CPP_OTHER;
	/* Names in other letters, characters that are blanks or end lines, C23's :: */
	if (!r->skipping && ((!n && (c == '$' || c < ' ' || c >= 127)) || str_starts(s, S("::")) ||
			     str_starts(s, S("\\u")) || str_starts(s, S("\\U"))))
		cpp_decline(r);
	return n ? n : 1;
}

/* Does NAME, with REST behind it, ask for more than to be replaced? */
static bool is_special(const struct cpp *r, const struct cpp_name *name, struct str rest)
{
	return name->is_reserved || (name == r->variadic && !name->parameter) ||
	       is_prefix(name->text, rest);
}

size_t cpp_scan(struct cpp *r, struct str s, struct cpp_token *t)
{
	size_t n;

	if (!s.n)
		return 0;
	if (is_letter(s.p[0])) {
		n = name_length(s);
		t->kind = CPP_NAME;
		t->name = cpp_name(r, str_sub(s, 0, n));
		if (!r->skipping && is_special(r, t->name, str_from(s, n)))
			cpp_decline(r);
	} else if (is_digit(s.p[0]) || (s.p[0] == '.' && s.n > 1 && is_digit(s.p[1]))) {
		t->kind = CPP_NUMBER;
		n = number_length(r, s);
	} else if (s.p[0] == '"' || s.p[0] == '\'') {
		n = quoted(r, s, t);
	} else {
		n = other(r, s, t);
	}
	t->text = str_sub(s, 0, n);
	/* A letter of another language, or what stands for one, would be a part of it. */
	if (n < s.n && (t->kind == CPP_NAME || t->kind == CPP_NUMBER) && !r->skipping &&
	    (s.p[n] == '$' || s.p[n] == '\\' || s.p[n] & 0x80))
		cpp_decline(r);
	return n;
}

/* <name> behind #include; false: none. */
static bool scan_header(struct cpp_buffer *b, struct cpp_token *t)
{
	const char *end = *b->at == '<' ? memchr(b->at, '>', (size_t)(b->end - b->at)) : NULL;

	if (!end)
		return false;
	t->kind = CPP_HEADER;
	t->text = between(b->at + 1, end);
	b->at = end + 1;
	return true;
}

static void pass_joints(struct cpp_buffer *b)
{
	while (b->joint < b->joints.n && b->at >= b->joints.p[b->joint]) {
		b->start = b->joints.p[b->joint++];
		b->line++;
	}
}

/* To the next token's place, perhaps lines further; false: there is none. */
static bool find_token(struct cpp *r, struct cpp_token *t)
{
	t->flags = 0;
	for (;;) {
		if (!r->buffer || r->buffer->need_line) {
			if (!fresh_line(r))
				return false;
			t->flags = CPP_LINE | (r->arguments == 2 ? CPP_WHITE : 0);
		}
		if (skip_blanks(r, r->buffer))
			t->flags |= CPP_WHITE;
		pass_joints(r->buffer);
		if (r->buffer->at < r->buffer->end)
			return true;
		r->buffer->need_line = true;
	}
}

void cpp_lex(struct cpp *r, struct cpp_token *t)
{
	struct cpp_buffer *b;

	*t = (struct cpp_token){.kind = CPP_END};
	if (!find_token(r, t)) {
		if (!r->in_directive)
			t->flags = CPP_LINE;
		return;
	}
	b = r->buffer;
	t->line = b->line;
	t->column = (uint32_t)(b->at - b->start) + 1;
	if (t->column > COLUMNS_MOST)
		cpp_decline(r);
	if (!r->in_header || !scan_header(b, t))
		b->at += cpp_scan(r, between(b->at, b->end), t);
}

void cpp_skip_line(struct cpp *r, struct cpp_buffer *b)
{
	while (!b->need_line) {
		skip_blanks(r, b);
		if (b->at == b->end) {
			pass_joints(b);
			b->need_line = true;
		} else if (*b->at == '"' || *b->at == '\'') {
			b->at = quoted_end(b->at, b->end, true);
			if (b->at > b->end)
				b->at = b->end;
		} else {
			b->at++;
		}
	}
}
