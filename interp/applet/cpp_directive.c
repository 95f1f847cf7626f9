/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cpp: directives. In assembler a # that begins none of them is a character like any other. A file
 * that is nothing but "#ifndef GUARD ... #endif" is not entered again while GUARD is a macro, which
 * shows in the markers. Source: ISO C11 6.10, and what gcc does.
 */
#include "applet/cpp.h"

/* What is left of a directive's line must be nothing. */
static void want_end(struct cpp *r)
{
	struct cpp_token t;

	cpp_lex(r, &t);
	if (t.kind != CPP_END)
		cpp_decline(r);
}

/* The macro's name that comes next; NULL: it is none that may be defined or tested. */
static struct cpp_name *macro_name(struct cpp *r)
{
	struct cpp_token t;

	cpp_lex(r, &t);
	if (t.kind == CPP_NAME && t.name != r->defined)
		return t.name;
	cpp_decline(r);
	return NULL;
}

/* --- conditions --- */

static void begin_condition(struct cpp *r, bool skip, struct cpp_name *guard)
{
	struct cpp_condition *c = arena_make(r->mem, struct cpp_condition);

	c->up = r->buffer->conditions;
	c->was_skipping = r->skipping;
	c->skip_elses = r->skipping || !skip;
	if (r->guarding && !r->guard)
		c->guard = guard;
	r->buffer->conditions = c;
	r->skipping = skip;
}

static void do_ifdef(struct cpp *r, bool wanted)
{
	struct cpp_name *name = NULL;
	bool skip = true;

	if (!r->skipping) {
		name = macro_name(r);
		skip = name && (name->macro != NULL) != wanted;
		want_end(r);
	}
	begin_condition(r, skip, wanted ? NULL : name);
}

static void do_if(struct cpp *r)
{
	struct cpp_name *guard = NULL;
	bool skip = r->skipping || !cpp_evaluate(r, &guard);

	begin_condition(r, skip, guard);
}

static void do_elif(struct cpp *r, struct cpp_condition *c)
{
	struct cpp_name *guard;

	if (!c || c->has_else) {
		cpp_decline(r);
		return;
	}
	c->guard = NULL;
	r->skipping = true;
	if (c->skip_elses)
		return;
	r->skipping = false;
	if (cpp_evaluate(r, &guard))
		c->skip_elses = true;
	else
		r->skipping = true;
}

static void do_else(struct cpp *r, struct cpp_condition *c)
{
	if (!c || c->has_else) {
		cpp_decline(r);
		return;
	}
	c->has_else = true;
	r->skipping = c->skip_elses;
	c->skip_elses = true;
	c->guard = NULL;
	if (!c->was_skipping)
		want_end(r);
}

static void do_endif(struct cpp *r, struct cpp_condition *c)
{
	if (!c) {
		cpp_decline(r);
		return;
	}
	if (!c->was_skipping)
		want_end(r);
	if (!c->up && c->guard) {
		r->guarding = true;
		r->guard = c->guard;
	}
	r->buffer->conditions = c->up;
	r->skipping = c->was_skipping;
}

/* --- files --- */

/* "??" and one of nine characters: there is a warning of it, but in a comment. */
static bool has_trigraph(struct str text)
{
	for (ptrdiff_t at; (at = str_find(text, S("??"))) >= 0;) {
		text = str_from(text, (size_t)at + 1);
		if (text.n > 1 && memchr("=/'()!<>-", text.p[1], 9))
			return true;
	}
	return false;
}

/* What is not read by everybody's rules: other line ends, text that runs backwards, trigraphs. */
static bool is_plain(struct str text)
{
	static const char odd[] = "\r\0\v\f";
	static const struct str marks[] = {S("\u200e"), S("\u200f"), S("\u202a"), S("\u202b"),
					   S("\u202c"), S("\u202d"), S("\u202e"), S("\u2066"),
					   S("\u2067"), S("\u2068"), S("\u2069"), S("\u061c")};
	struct str rest;
	ptrdiff_t at;

	if (!text.n)
		return true;
	for (size_t i = 0; i < sizeof(odd) - 1; i++)
		if (memchr(text.p, odd[i], text.n))
			return false;
	if (has_trigraph(text) || str_starts(text, S("\xef\xbb\xbf")))
		return false;
	for (rest = text; (at = str_chr(rest, '\xe2')) >= 0; rest = str_from(rest, (size_t)at + 1))
		for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
			if (str_starts(str_from(rest, (size_t)at), marks[i]))
				return false;
	return str_find(text, marks[11]) < 0;
}

/* The file NAME in FOLDER, which is one of KIND; NULL: not there. */
static struct cpp_file *open_file(struct cpp *r, char kind, struct str folder, struct str name)
{
	bool slash = !folder.n || str_ends(folder, S("/"));
	struct str path =
	    str_fmt(r->mem, "%.*s%s%.*s", STR_ARG(folder), slash ? "" : "/", STR_ARG(name));
	struct str key = str_fmt(r->mem, "%c%.*s%c%.*s", kind, STR_ARG(folder), 0, STR_ARG(name));
	void **at = map_at(r->files, key);
	struct cpp_file *file = *at;
	struct blob *b = NULL;
	struct files_stat st;
	int err;

	if (file)
		return file;
	err = files_stat(r->cx->files, applet_path(r->cx, path), &st);
	if (err == -ENOENT || err == -ENOTDIR || (!err && S_ISDIR(st.mode)))
		return NULL;
	if (err || !S_ISREG(st.mode) ||
	    files_read(r->cx->files, applet_path(r->cx, path), &b) != 0) {
		cpp_decline(r);
		return NULL;
	}
	*vec_push(r->mem, &r->blobs) = b;
	*at = file = arena_make(r->mem, struct cpp_file);
	file->path = path;
	file->text = blob_flat(r->mem, b);
	/* It is emptied first where it is the result, too. */
	if (!is_plain(file->text) || str_eq(path_clean(r->mem, applet_path(r->cx, path)), r->out))
		cpp_decline(r);
	return file;
}

struct cpp_file *cpp_open(struct cpp *r, struct str name)
{
	return open_file(r, '=', S(""), name);
}

/* The header NAME: beside the file that asks, unless it is in angle brackets, and along -I. */
static struct cpp_file *find_header(struct cpp *r, struct str name, bool angle)
{
	struct str from = r->buffer->file->path;
	struct cpp_file *file = NULL;

	if (str_starts(name, S("/")))
		return open_file(r, '/', S(""), name);
	if (!angle)
		file = open_file(r, '"', str_sub(from, 0, (size_t)(str_rchr(from, '/') + 1)), name);
	for (size_t i = 0; !file && i < r->folders.n; i++)
		file = open_file(r, 'I', r->folders.p[i], name);
	return file;
}

static void do_include(struct cpp *r)
{
	struct cpp_token t;
	struct cpp_file *file;
	struct str name;
	bool angle;

	r->in_header = true;
	cpp_lex(r, &t);
	r->in_header = false;
	want_end(r);
	angle = t.kind == CPP_HEADER;
	name = angle ? t.text : str_sub(t.text, 1, t.text.n - 2);
	/* A name out of macros; one that markers show in another way. */
	if ((!angle && t.kind != CPP_STRING) || !name.n || str_chr(name, '\\') >= 0 ||
	    str_chr(name, '"') >= 0)
		cpp_decline(r);
	if (r->declined)
		return;
	file = find_header(r, name, angle);
	if (!file) {
		cpp_decline(r);
	} else if (!file->guard || !file->guard->macro) {
		r->in_directive = false;
		cpp_enter(r, file);
	}
}

/* --- macros --- */

static void do_undef(struct cpp *r)
{
	struct cpp_name *name = macro_name(r);

	want_end(r);
	if (!name || name->is_fixed || name->is_reserved)
		cpp_decline(r);
	else
		name->macro = NULL;
}

static void do_define(struct cpp *r)
{
	struct cpp_name *name = macro_name(r);

	if (name)
		cpp_define(r, name);
}

/* LINE as the rest of a directive. */
static void obey_text(struct cpp *r, struct str line, void (*obey_line)(struct cpp *r))
{
	struct cpp_file file = {.path = S("<command-line>")};
	struct cpp_buffer b = {.file = &file, .line = 1};

	if (!is_plain(line) || str_chr(line, '\n') >= 0 || str_ends(line, S("\\"))) {
		cpp_decline(r);
		return;
	}
	b.at = b.start = line.p;
	b.end = b.next = b.limit = line.p + line.n;
	r->buffer = &b;
	r->in_directive = true;
	obey_line(r);
	r->in_directive = false;
	r->buffer = NULL;
}

void cpp_define_text(struct cpp *r, struct str text)
{
	ptrdiff_t sign = str_chr(text, '=');

	if (sign < 0)
		text = str_cat(r->mem, text, S(" 1"));
	else
		text = str_fmt(r->mem, "%.*s %.*s", (int)sign, text.p,
			       STR_ARG(str_from(text, (size_t)sign + 1)));
	obey_text(r, text, do_define);
}

void cpp_undefine_text(struct cpp *r, struct str text)
{
	obey_text(r, str_dup(r->mem, text), do_undef);
}

/* --- which --- */

static void obey(struct cpp *r, enum cpp_verb verb)
{
	struct cpp_condition *c = r->buffer->conditions;

	/* What follows a guard's condition is not the file's beginning any more. */
	if (verb != CPP_IF && verb != CPP_IFDEF && verb != CPP_IFNDEF)
		r->guarding = false;
	switch (verb) {
	case CPP_IF:
		do_if(r);
		break;
	case CPP_IFDEF:
		do_ifdef(r, true);
		break;
	case CPP_IFNDEF:
		do_ifdef(r, false);
		break;
	case CPP_ELIF:
		do_elif(r, c);
		break;
	case CPP_ELSE:
		do_else(r, c);
		break;
	case CPP_ENDIF:
		do_endif(r, c);
		break;
	case CPP_INCLUDE:
		do_include(r);
		break;
	case CPP_DEFINE:
		do_define(r);
		break;
	case CPP_UNDEF:
		do_undef(r);
		break;
	default:
		cpp_decline(r);
	}
}

bool cpp_directive(struct cpp *r)
{
	struct cpp_token *t = arena_alloc(r->mem, sizeof(*t));
	struct cpp_buffer *b = r->buffer;
	enum cpp_verb verb;

	if (r->arguments == 2 && !r->skipping)
		cpp_decline(r);
	r->in_directive = true;
	cpp_lex(r, t);
	verb = t->kind == CPP_NAME ? t->name->verb : CPP_NO_VERB;
	if (r->skipping && (verb == CPP_INCLUDE || verb == CPP_DEFINE || verb == CPP_UNDEF ||
			    verb == CPP_REFUSED)) {
		r->guarding = false;
		verb = CPP_NO_VERB;
	} else if (verb) {
		obey(r, verb);
	} else if (t->kind != CPP_END && !r->skipping) {
		r->ahead = t;
		r->in_directive = false;
		return false;
	}
	r->in_directive = true;
	cpp_skip_line(r, b);
	r->in_directive = false;
	return true;
}

const struct cpp_token *cpp_raw(struct cpp *r)
{
	struct cpp_token *fresh = NULL;

	for (;;) {
		const struct cpp_token *t = r->ahead;

		if (!t) {
			if (!fresh)
				fresh = arena_alloc(r->mem, sizeof(*fresh));
			cpp_lex(r, fresh);
			t = fresh;
		}
		r->ahead = NULL;
		if ((t->flags & CPP_LINE) && t->kind != CPP_END) {
			bool hash = t->kind == CPP_PUNCTUATOR && str_is(t->text, "#");

			if (hash && r->arguments != 1 && cpp_directive(r))
				continue;
			if (!r->skipping)
				cpp_line_change(r, t);
		}
		if (r->in_directive)
			return t;
		r->guarding = false;
		if (!r->skipping || t->kind == CPP_END)
			return t;
		cpp_skip_line(r, r->buffer);
	}
}
