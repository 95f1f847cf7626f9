/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc: its files and tokens. Of all that may be a token at a place the longest is one, and which
 * there are depends on those before: names behind { and ; bytes within [ ], numbers elsewhere.
 * Source: dtc's lexer, versions 1.4.4 to 1.8.1.
 */
#include "firmware/dtc.h"

#include <errno.h>

#include "base/dts_expr.h"

enum { IS_SPACE = 1, IS_NAME = 2, IS_LETTER = 4, IS_DIGIT = 8, IS_HEX = 16, IS_PATH = 32 };
enum { FILES_MOST = 200 }; /* dtc counts them all, not only how deep they are */

static void put_class(struct dtc *d, const char *chars, unsigned char class)
{
	for (; *chars; chars++)
		d->class[(unsigned char)*chars] |= class;
}

static void begin_classes(struct dtc *d)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

	put_class(d, " \t\n\v\f\r", IS_SPACE);
	put_class(d, letters, IS_LETTER | IS_NAME | IS_PATH);
	put_class(d, "0123456789", IS_DIGIT | IS_NAME | IS_HEX | IS_PATH);
	put_class(d, "abcdefABCDEF", IS_HEX);
	put_class(d, ",._+*#?@-", IS_NAME | IS_PATH);
	put_class(d, "_", IS_LETTER);
	put_class(d, "/", IS_PATH);
}

static bool is(const struct dtc *d, char c, unsigned char class)
{
	return d->class[(unsigned char)c] & class;
}

/* --- files --- */

static int try_open(struct dtc *d, struct str dir, struct str path, struct str *found,
		    struct blob **out)
{
	*found = path;
	if (dir.p && !str_starts(path, S("/"))) {
		*found = str_ends(dir, S("/")) ? dir : str_cat(d->mem, dir, S("/"));
		*found = str_cat(d->mem, *found, path);
	}
	return d->run->read(d->run, *found, out);
}

struct blob *dtc_open(struct dtc *d, struct str path, struct str *found)
{
	struct blob *b = NULL;
	int err;

	if (!path.n || str_is(path, "-")) {
		dtc_decline(d);
		return NULL;
	}
	err = try_open(d, d->source ? d->source->dir : (struct str){0}, path, found, &b);
	for (size_t i = 0; err == -ENOENT && i < d->folders.n; i++)
		err = try_open(d, d->folders.p[i], path, found, &b);
	if (err) {
		dtc_decline(d);
		return NULL;
	}
	*vec_push(d->mem, &d->blobs) = b;
	return b;
}

static bool begin_source(struct dtc *d, struct blob *b, struct str path)
{
	struct dtc_source *s = arena_make(d->mem, struct dtc_source);
	ptrdiff_t slash = str_rchr(path, '/');

	s->text = blob_flat(d->mem, b);
	s->file = path.n ? path : S("<stdin>");
	s->base = (uint32_t)(d->n_read + 1);
	d->n_read += s->text.n + 1;
	*vec_push(d->mem, &d->sources) = s;
	/* A NUL is a character like any other to dtc, but not to C. */
	if (memchr(s->text.p ? s->text.p : "", 0, s->text.n) || d->sources.n > FILES_MOST ||
	    d->n_read >= UINT32_MAX) {
		dtc_decline(d);
		return false;
	}
	if (slash >= 0)
		s->dir = str_sub(path, 0, (size_t)slash);
	s->up = d->source;
	d->source = s;
	return true;
}

bool dtc_push(struct dtc *d, struct str path)
{
	struct blob *b = NULL;
	struct str found = S("");

	if (!d->class['a'])
		begin_classes(d);
	if (d->source || !str_is(path, "-")) {
		b = dtc_open(d, path, &found);
	} else if (d->run->peek(d->run, &b) == 0 && blob_size(b) < BLOB_ENDLESS) {
		*vec_push(d->mem, &d->blobs) = b;
	} else {
		dtc_decline(d);
		return false;
	}
	return b && begin_source(d, b, found);
}

/* --- what tokens are made of --- */

static char at(const struct dtc_source *s, size_t i)
{
	return i < s->text.n ? s->text.p[i] : '\0';
}

/* The place behind the string that begins at I; 0: there is none. */
static size_t end_of_string(const struct dtc_source *s, size_t i)
{
	for (i++; i < s->text.n && s->text.p[i] != '"'; i++) {
		if (s->text.p[i] == '\\' && (++i >= s->text.n || s->text.p[i] == '\n'))
			return 0;
	}
	return i < s->text.n ? i + 1 : 0;
}

/* The same of a character: the longest, as \' need not end it. */
static size_t end_of_character(const struct dtc_source *s, size_t i)
{
	size_t end = 0, from = ++i;

	for (; i < s->text.n; i++) {
		if (s->text.p[i] != '\'')
			continue;
		end = i + 1;
		if (i == from || s->text.p[i - 1] != '\\')
			break;
	}
	return end;
}

static size_t end_of_class(const struct dtc *d, size_t i, unsigned char class)
{
	const struct dtc_source *s = d->source;

	while (i < s->text.n && is(d, s->text.p[i], class))
		i++;
	return i;
}

void dtc_decode(struct dtc *d, struct str text, struct buf *to)
{
	while (text.n) {
		unsigned char c;
		const char *plain = memchr(text.p, '\\', text.n);
		size_t n = plain ? (size_t)(plain - text.p) : text.n;

		buf_put(to, text.p, n);
		text = str_from(text, n);
		if (!text.n)
			return;
		if (text.n < 2 || (text.p[1] == 'x' && (text.n < 3 || !is(d, text.p[2], IS_HEX)))) {
			dtc_decline(d);
			return;
		}
		text = str_from(text, dts_escape(text, &c));
		buf_char(to, (char)c);
	}
}

/* --- what stands between tokens --- */

/* A comment at the place: skip it. */
static bool skip_comment(struct dtc *d)
{
	struct dtc_source *s = d->source;
	struct str rest = str_from(s->text, s->at);
	ptrdiff_t n;

	if (str_starts(rest, S("/*"))) {
		n = str_find(str_from(rest, 2), S("*/"));
		s->at += n >= 0 ? (size_t)n + 4 : 0;
		return n >= 0;
	}
	n = str_starts(rest, S("//")) ? str_chr(rest, '\n') : -1;
	s->at += (size_t)(n + 1);
	return n >= 0;
}

/* Behind END the lines are those from NUMBER on of the file that is called FILE. */
static void take_marker(struct dtc *d, size_t end, struct str number, struct str file)
{
	struct dtc_line *l = vec_push(d->mem, &d->source->lines);
	uint64_t n;

	if (!str_number(number, 10, &n) || n > INT32_MAX || str_chr(file, '\\') >= 0)
		dtc_decline(d);
	*l = (struct dtc_line){.at = end, .line = (int)n - 1, .file = file};
}

/* # 12 "file" 1, as the preprocessor leaves it; it counts in messages only. */
static bool skip_marker(struct dtc *d)
{
	struct dtc_source *s = d->source;
	size_t i = s->at + 1, end, flags = 0;
	struct str line = S("line"), number = {0}, file;

	if (s->at && s->text.p[s->at - 1] != '\n')
		return false;
	if (str_starts(str_from(s->text, i), line))
		i += line.n;
	for (int part = 0; part < 3; part++) {
		end = i;
		while (part != 1 && (at(s, end) == ' ' || at(s, end) == '\t'))
			end++;
		if (part == 1)
			end = end_of_class(d, i, IS_DIGIT);
		if (end == i)
			return false;
		if (part == 1)
			number = str_sub(s->text, i, end - i);
		i = end;
	}
	end = at(s, i) == '"' ? end_of_string(s, i) : 0;
	if (!end)
		return false;
	file = str_sub(s->text, i + 1, end - i - 2);
	for (i = end; at(s, i) == ' ' || at(s, i) == '\t'; flags++) {
		while (at(s, i) == ' ' || at(s, i) == '\t')
			i++;
		if (!is(d, at(s, i), IS_DIGIT))
			break;
		end = i = end_of_class(d, i, IS_DIGIT);
	}
	if (flags > 1 && !dtc_since(d, DTC_MANY_FLAGS))
		dtc_decline(d);
	take_marker(d, end, number, file);
	s->at = end;
	return true;
}

/* /include/ "file" */
static bool enter_include(struct dtc *d)
{
	struct dtc_source *s = d->source;
	struct str word = S("/include/");
	size_t i, end;

	if (!str_starts(str_from(s->text, s->at), word))
		return false;
	i = end_of_class(d, s->at + word.n, IS_SPACE);
	end = at(s, i) == '"' ? end_of_string(s, i) : 0;
	if (!end)
		return false;
	s->at = end;
	dtc_push(d, str_sub(s->text, i + 1, end - i - 2));
	return true;
}

/* Something at the place that is no token: skip it. */
static bool skip_one(struct dtc *d)
{
	struct dtc_source *s = d->source;
	char c = s->text.p[s->at];

	if (is(d, c, IS_SPACE)) {
		s->at = end_of_class(d, s->at, IS_SPACE);
		return true;
	}
	if (c == '/')
		return skip_comment(d) || enter_include(d);
	return c == '#' && skip_marker(d);
}

/* To the next token; false: there is none any more. */
static bool skip(struct dtc *d)
{
	while (!d->declined) {
		struct dtc_source *s = d->source;

		if (s->at < s->text.n) {
			if (!skip_one(d))
				return true;
		} else if (s->up) {
			d->source = s->up;
		} else {
			return false;
		}
	}
	return false;
}

/* --- tokens --- */

/* The token goes to END; its text is without the first FRONT and the last BACK bytes. */
static void token(struct dtc *d, int kind, size_t end, size_t front, size_t back)
{
	struct dtc_source *s = d->source;

	d->kind = kind;
	d->start = s->at;
	d->text = str_sub(s->text, s->at + front, end - s->at - front - back);
	s->at = end;
}

static bool keyword(struct dtc *d)
{
	static const struct {
		struct str text;
		int kind;
		enum dtc_state state;
	} words[] = {
	    {S("/dts-v1/"), DTC_V1, DTC_VALUES},
	    {S("/plugin/"), DTC_PLUGIN, DTC_INITIAL /* no change */},
	    {S("/memreserve/"), DTC_MEMRESERVE, DTC_VALUES},
	    {S("/bits/"), DTC_BITS, DTC_VALUES},
	    {S("/delete-property/"), DTC_DELETE_PROPERTY, DTC_NAMES},
	    {S("/delete-node/"), DTC_DELETE_NODE, DTC_NAMES},
	    {S("/omit-if-no-ref/"), DTC_OMIT, DTC_NAMES},
	    {S("/incbin/"), DTC_INCBIN, DTC_INITIAL},
	};
	struct str rest = str_from(d->source->text, d->source->at);

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!str_starts(rest, words[i].text))
			continue;
		if (words[i].kind == DTC_INCBIN && d->state > DTC_VALUES)
			return false;
		if (words[i].kind == DTC_OMIT && !dtc_since(d, DTC_OMITS))
			dtc_decline(d);
		if (words[i].state != DTC_INITIAL)
			d->state = words[i].state;
		token(d, words[i].kind, d->source->at + words[i].text.n, 0, 0);
		return true;
	}
	return false;
}

static bool reference(struct dtc *d)
{
	const struct dtc_source *s = d->source;
	size_t i = s->at + 1, end;

	if (at(s, i) == '{') {
		end = end_of_class(d, i + 1, IS_PATH);
		if (at(s, end) != '}')
			return false;
		if (at(s, i + 1) != '/' && !dtc_since(d, DTC_LABEL_PATHS))
			dtc_decline(d);
		token(d, DTC_REF, end + 1, 2, 1);
	} else {
		if (!is(d, at(s, i), IS_LETTER))
			return false;
		token(d, DTC_REF, end_of_class(d, i, IS_LETTER | IS_DIGIT), 1, 0);
	}
	/* There are no nodes without a name. */
	if (!d->text.n)
		dtc_decline(d);
	d->name = dtc_name(d, d->text);
	return true;
}

/* 12, 0x1f, with U, L, UL, LL or ULL, and no letter behind it. */
static void number(struct dtc *d)
{
	const struct dtc_source *s = d->source;
	size_t end = end_of_class(d, s->at, IS_LETTER | IS_DIGIT), n = end;
	unsigned longs = 0;

	while (longs < 2 && s->text.p[n - 1] == 'L') {
		n--;
		longs++;
	}
	if (s->text.p[n - 1] == 'U')
		n--;
	if (!str_number(str_sub(s->text, s->at, n - s->at), 0, &d->number))
		dtc_decline(d);
	token(d, DTC_NUMBER, end, 0, 0);
}

static void character(struct dtc *d, size_t end)
{
	struct buf *b = &d->expression;
	size_t was = b->n;

	token(d, DTC_NUMBER, end, 1, 1);
	dtc_decode(d, d->text, b);
	if (b->n != was + 1) {
		dtc_decline(d);
		return;
	}
	d->number = (unsigned char)b->p[was];
	b->n = was;
}

/* What begins with a letter, a digit or another character of names, by the state. */
static bool word(struct dtc *d)
{
	const struct dtc_source *s = d->source;
	size_t end = s->at;
	bool escaped = at(s, end) == '\\';

	if (is(d, at(s, end), IS_LETTER)) {
		end = end_of_class(d, end, IS_LETTER | IS_DIGIT);
		if (at(s, end) == ':') {
			token(d, DTC_LABEL, end + 1, 0, 1);
			d->name = dtc_name(d, d->text);
			return true;
		}
	}
	if (d->state == DTC_NAMES && is(d, at(s, s->at + escaped), IS_NAME)) {
		token(d, DTC_NAME, end_of_class(d, s->at + escaped, IS_NAME), escaped, 0);
		d->name = dtc_name(d, d->text);
		d->state = DTC_VALUES;
		return true;
	}
	if (d->state == DTC_BYTES && is(d, at(s, s->at), IS_HEX) &&
	    is(d, at(s, s->at + 1), IS_HEX)) {
		token(d, DTC_BYTE, s->at + 2, 0, 0);
		return true;
	}
	if (d->state != DTC_VALUES || !is(d, at(s, s->at), IS_DIGIT))
		return false;
	number(d);
	return true;
}

static bool operator(struct dtc *d)
{
	static const char two[][3] = {"<<", ">>", "<=", ">=", "==", "!=", "&&", "||"};
	struct str rest = str_from(d->source->text, d->source->at);

	for (size_t i = 0; i < sizeof(two) / sizeof(*two); i++) {
		if (!str_starts(rest, (struct str){two[i], 2}))
			continue;
		token(d, DTC_OPERATOR, d->source->at + 2, 0, 0);
		return true;
	}
	return false;
}

static void single(struct dtc *d, char c)
{
	token(d, (unsigned char)c, d->source->at + 1, 0, 0);
	if (c == '[')
		d->state = DTC_BYTES;
	else if (c == ']' && d->state == DTC_BYTES)
		d->state = DTC_VALUES;
	else if (c == '{' || c == ';')
		d->state = DTC_NAMES;
}

void dtc_next(struct dtc *d)
{
	size_t end;
	char c;

	d->kind = DTC_END;
	if (!skip(d))
		return;
	c = d->source->text.p[d->source->at];
	if (is(d, c, IS_NAME | IS_LETTER) || c == '\\') {
		if (word(d))
			return;
	} else if (c == '"') {
		end = end_of_string(d->source, d->source->at);
		if (end) {
			token(d, DTC_STRING, end, 1, 1);
			return;
		}
	} else if (c == '\'') {
		end = end_of_character(d->source, d->source->at);
		if (end) {
			character(d, end);
			return;
		}
	} else if (c == '/' ? keyword(d) : c == '&' && reference(d)) {
		return;
	}
	if (!strchr("<>=!&|", c) || !operator(d))
		single(d, c);
}
