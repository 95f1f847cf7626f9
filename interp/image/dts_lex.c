/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device tree sources: a file's text as tokens and preprocessor directives. Both languages at once:
 * what the C preprocessor would take apart and dtc put together again stays one token ("a-b",
 * "&label", "/bits/"). Directives know where their condition's other branches are. Sources: the
 * Devicetree Specification, chapter 6; ISO C11 6.10.
 */
#include <string.h>

#include "image/dts_tokens.h"

/*
 * What has no end is looked for in vain again and again: it may not cost more than a few readings
 * of the largest file.
 */
enum { CHARACTER_MOST = 16, REFERENCE_MOST = 1024, IN_VAIN_MOST = 16 << 20 };

struct open_condition {
	size_t first, last;	/* directives */
	bool has_else;
};

struct lexer {
	struct dts_cache *c;
	struct dts_file *file;
	const char *start, *p, *end;
	unsigned line;
	VEC(size_t) splices;	/* offsets before which lines were joined */
	size_t next_splice;
	VEC(struct open_condition) open;
	bool bol;		/* nothing but blanks before P on its line */
	bool space;		/* blanks before P */
	size_t in_vain;		/* bytes in which a closing quote was looked for */
};

/* --- blanks --- */

/* TEXT with lines joined where a backslash ends one; joints are noted. */
static struct str join_lines(struct lexer *l, struct str text)
{
	char *copy, *to;
	const char *end = text.p + text.n;

	if (!text.n || str_find(text, S("\\\n")) < 0)
		if (!text.n || str_find(text, S("\\\r\n")) < 0)
			return text;
	copy = to = arena_alloc(l->c->mem, text.n);
	for (const char *p = text.p; p < end;) {
		size_t joint = *p != '\\' ? 0 : end - p > 1 && p[1] == '\n' ? 2
			       : end - p > 2 && p[1] == '\r' && p[2] == '\n' ? 3 : 0;

		if (joint)
			*vec_push(l->c->mem, &l->splices) = (size_t)(to - copy);
		else
			*to++ = *p;
		p += joint ? joint : 1;
	}
	return (struct str){copy, (size_t)(to - copy)};
}

/* The lines that P's bytes up to TO end. */
static void move(struct lexer *l, const char *to)
{
	const char *p = l->p;

	while ((p = memchr(p, '\n', (size_t)(to - p)))) {
		l->line++;
		p++;
	}
	l->p = to;
	while (l->next_splice < l->splices.n &&
	       l->splices.p[l->next_splice] <= (size_t)(to - l->start)) {
		l->line++;
		l->next_splice++;
	}
}

static void put(struct lexer *l, struct dts_tokens *out, unsigned line, enum dts_kind kind,
		struct str text)
{
	struct dts_token *t;

	dts_count(l->c, 1);
	t = vec_push(l->c->mem, out);
	*t = (struct dts_token){
	    .line = line, .kind = (uint16_t)kind, .flags = l->space ? DTS_SPACE : 0};
	if (kind >= DTS_END)
		t->symbol = dts_symbol(l->c, kind, text);
	l->space = false;
}

/* A comment's end; NULL: it has none. P is at its slash. */
static const char *comment_end(const struct lexer *l)
{
	const char *p = l->p + 2;

	if (l->p[1] == '/') {
		p = memchr(p, '\n', (size_t)(l->end - p));
		return p ? p : l->end;
	}
	while ((p = memchr(p, '*', (size_t)(l->end - p)))) {
		p++;
		if (p == l->end)
			return NULL;
		if (*p == '/')
			return p + 1;
	}
	return NULL;
}

/* To the next token; in a directive (WITHIN) to the end of its line at most. */
static void skip_blanks(struct lexer *l, bool within)
{
	for (;;) {
		const char *p = l->p, *end;

		while (p < l->end &&
		       (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\v' || *p == '\f'))
			p++;
		l->space |= p > l->p;
		l->p = p;
		if (p < l->end && *p == '\n' && !within) {
			move(l, p + 1);
			l->bol = l->space = true;
		} else if (l->end - p > 1 && *p == '/' && (p[1] == '*' || p[1] == '/')) {
			unsigned line = l->line;

			end = comment_end(l);
			move(l, end ? end : l->end);
			l->space = true;
			if (!end)
				put(l, &l->file->tokens, line, DTS_BAD, S("unterminated comment"));
		} else {
			break;
		}
	}
	move(l, l->p);
}

/* --- tokens --- */

static const char *run_end(const struct lexer *l, const char *p)
{
	while (p < l->end && dts_is_run((unsigned char)*p))
		p++;
	return p;
}

/*
 * The closing QUOTE of the text that begins behind P; NULL: none (on this line, if WITHIN). dtc's
 * strings go over lines; the preprocessor, which comes first, obeys what looks like a directive all
 * the same.
 */
static const char *quote_end(struct lexer *l, char quote, bool within)
{
	const char *end =
	    quote == '\'' && l->end - l->p > CHARACTER_MOST ? l->p + CHARACTER_MOST : l->end;
	bool bol = false;

	for (const char *p = l->p + 1; p < end; p++) {
		if (*p == quote)
			return p;
		if (l->in_vain > IN_VAIN_MOST)
			return NULL;
		l->in_vain++;
		if ((*p == '\n' && within) || (*p == '#' && bol))
			return NULL;
		bol = *p == '\n' || (bol && (*p == ' ' || *p == '\t'));
		if (*p == '\\' && p + 1 < l->end)
			p++;
	}
	return NULL;
}

static struct str between(const char *from, const char *to)
{
	return (struct str){from, (size_t)(to - from)};
}

static bool is_word(struct str word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(word, words[i]))
			return true;
	return false;
}

/* "/bits/" and its like at P; its end, or NULL. */
static const char *keyword_end(const struct lexer *l)
{
	static const char *const keywords[] = {"bits",	     "delete-node",    "delete-property",
					       "dts-v1",     "incbin",	       "include",
					       "memreserve", "omit-if-no-ref", "plugin"};
	const char *p = l->p + 1;

	while (p < l->end && ((*p >= 'a' && *p <= 'z') || *p == '-' || *p == '1'))
		p++;
	if (p == l->end || *p != '/' ||
	    !is_word(between(l->p + 1, p), keywords, sizeof(keywords) / sizeof(*keywords)))
		return NULL;
	return p;
}

static void lex_quoted(struct lexer *l, struct dts_tokens *out, bool within)
{
	char quote = *l->p;
	const char *end = quote_end(l, quote, within || quote == '\'');
	unsigned line = l->line;

	if (end) {
		put(l, out, line, quote == '"' ? DTS_STRING : DTS_CHAR, between(l->p + 1, end));
		move(l, end + 1);
	} else {
		put(l, out, line, (enum dts_kind)(unsigned char)quote, S(""));
		move(l, l->p + 1);
	}
}

/* &label, &{/path}, & */
static void lex_reference(struct lexer *l, struct dts_tokens *out)
{
	const char *p = l->p + 1, *end = p;

	if (p < l->end && *p == '{') {
		while (end < l->end && *end != '}' && *end != '\n' && end - p < REFERENCE_MOST)
			end++;
		if (end < l->end && *end == '}') {
			put(l, out, l->line, DTS_PATH_REF, between(p + 1, end));
			move(l, end + 1);
			return;
		}
	}
	while (end < l->end && (dts_is_identifier(between(end, end + 1)) ||
				(end > p && *end >= '0' && *end <= '9')))
		end++;
	if (end > p) {
		put(l, out, l->line, DTS_REF, between(p, end));
	} else {
		/* && is an operator, whatever follows */
		put(l, out, l->line, '&', S(""));
		if (p < l->end && *p == '&')
			put(l, out, l->line, '&', S(""));
		end = p < l->end && *p == '&' ? p + 1 : p;
	}
	move(l, end);
}

/* The token at P, which is not blank, onto OUT. */
static void lex_token(struct lexer *l, struct dts_tokens *out, bool within)
{
	const char *end;

	l->bol = false;
	if (dts_is_run((unsigned char)*l->p)) {
		end = run_end(l, l->p);
		put(l, out, l->line, DTS_RUN, between(l->p, end));
		move(l, end);
	} else if (*l->p == '"' || *l->p == '\'') {
		lex_quoted(l, out, within);
	} else if (*l->p == '&') {
		lex_reference(l, out);
	} else if (*l->p == '/' && (end = keyword_end(l))) {
		put(l, out, l->line, DTS_KEYWORD, between(l->p + 1, end));
		move(l, end + 1);
	} else {
		put(l, out, l->line, (enum dts_kind)(unsigned char)*l->p, S(""));
		move(l, l->p + 1);
	}
}

/* --- directives --- */

static const struct {
	const char *name;
	enum dts_verb verb;
} verbs[] = {
    {"if", DTS_IF},	      {"ifdef", DTS_IFDEF},    {"ifndef", DTS_IFNDEF},
    {"elif", DTS_ELIF},	      {"else", DTS_ELSE},      {"endif", DTS_ENDIF},
    {"include", DTS_INCLUDE}, {"import", DTS_INCLUDE}, {"define", DTS_DEFINE},
    {"undef", DTS_UNDEF},     {"error", DTS_ERROR},    {"warning", DTS_NOTHING},
    {"pragma", DTS_NOTHING},  {"line", DTS_NOTHING},   {"ident", DTS_NOTHING},
    {"", DTS_NOTHING},
};

static void bad(struct lexer *l, unsigned line, const char *text)
{
	put(l, &l->file->tokens, line, DTS_BAD, str_z(text));
}

/* What makes the file wrong even where it is in a part that is left out. */
static void bad_anywhere(struct lexer *l, unsigned line, const char *text)
{
	if (l->file->bad.n)
		return;
	l->file->bad = str_z(text);
	l->file->bad_line = line;
}

/* The rest of the line as tokens. */
static struct dts_tokens rest_of_line(struct lexer *l)
{
	struct dts_tokens v = {0};

	for (skip_blanks(l, true); l->p < l->end && *l->p != '\n'; skip_blanks(l, true))
		lex_token(l, &v, true);
	return v;
}

static struct str rest_as_text(struct lexer *l)
{
	const char *end = memchr(l->p, '\n', (size_t)(l->end - l->p));

	return str_trim(between(l->p, end ? end : l->end));
}

/* "name" or <name>; with a macro it is left to be expanded. */
static void lex_include(struct lexer *l, struct dts_directive *d)
{
	struct str rest;
	ptrdiff_t end;

	skip_blanks(l, true);
	rest = rest_as_text(l);
	if (rest.n && (rest.p[0] == '"' || rest.p[0] == '<')) {
		d->angle = rest.p[0] == '<';
		end = str_chr(str_from(rest, 1), d->angle ? '>' : '"');
		if (end > 0 && str_chr(rest, '\0') < 0)
			d->text = str_dup(l->c->mem, str_sub(rest, 1, (size_t)end));
	} else {
		d->line_tokens = rest_of_line(l);
	}
	if (!d->text.n && !d->line_tokens.n)
		bad(l, d->line, "#include expects \"FILE\" or <FILE>");
}

/* The name that #define, #undef and #ifdef want; what follows it is in OUT. */
static struct dts_symbol *lex_name(struct lexer *l, struct dts_directive *d, struct dts_tokens *out)
{
	struct dts_token first;
	const struct dts_token *pieces;
	struct dts_tokens v = rest_of_line(l);
	size_t n = 1;

	*out = (struct dts_tokens){0};
	if (v.n == 0 || v.p[0].kind != DTS_RUN) {
		bad(l, d->line, "no macro name");
		return NULL;
	}
	/* "NAME-x": the name, and the rest of the run */
	first = v.p[0];
	pieces = first.symbol->is_identifier ? &first : dts_pieces(l->c, first.symbol, &n);
	if (!pieces[0].symbol->is_identifier || pieces[0].symbol == l->c->defined) {
		bad(l, d->line, "macro names must be identifiers");
		return NULL;
	}
	for (size_t i = 1; i < n; i++)
		*vec_push(l->c->mem, out) = pieces[i];
	for (size_t i = 1; i < v.n; i++)
		*vec_push(l->c->mem, out) = v.p[i];
	return pieces[0].symbol;
}

static void lex_define(struct lexer *l, struct dts_directive *d)
{
	struct dts_tokens v;
	const char *why = NULL;

	d->name = lex_name(l, d, &v);
	if (d->name)
		d->macro = dts_macro_read(l->c, d->name, v.p, v.n, &why);
	if (why)
		bad(l, d->line, why);
}

/* Directive number N is the next of its chain; the #endif closes it. */
static void chain(struct lexer *l, size_t n)
{
	struct dts_directive *all = l->file->directives.p;
	struct open_condition *o = &l->open.p[l->open.n - 1];

	all[o->last].next = n;
	o->last = n;
	if (all[n].verb == DTS_ELSE)
		o->has_else = true;
	if (all[n].verb != DTS_ENDIF)
		return;
	for (size_t i = o->first; i != n; i = all[i].next)
		all[i].end = n;
	l->open.n--;
}

static void lex_condition(struct lexer *l, struct dts_directive *d, size_t n)
{
	struct dts_tokens rest;

	if (d->verb == DTS_IFDEF || d->verb == DTS_IFNDEF)
		d->name = lex_name(l, d, &rest);
	else if (d->verb == DTS_IF || d->verb == DTS_ELIF)
		d->line_tokens = rest_of_line(l);
	if (d->verb == DTS_IF || d->verb == DTS_IFDEF || d->verb == DTS_IFNDEF) {
		*vec_push(l->c->mem, &l->open) = (struct open_condition){n, n, false};
	} else if (!l->open.n) {
		d->verb = DTS_NOTHING;
		bad_anywhere(l, d->line, "#elif, #else or #endif without #if");
	} else if (d->verb != DTS_ENDIF && l->open.p[l->open.n - 1].has_else) {
		d->verb = DTS_NOTHING;
		bad_anywhere(l, d->line, "#elif or #else after #else");
	} else {
		chain(l, n);
	}
}

/* The directive that the # at P begins, if it is one: "#size-cells" is none. */
static bool lex_directive(struct lexer *l)
{
	const char *p = l->p + 1, *word;
	size_t k = 0, n = l->file->directives.n;
	struct dts_directive *d;

	while (p < l->end && (*p == ' ' || *p == '\t'))
		p++;
	word = p;
	while (p < l->end && *p >= 'a' && *p <= 'z')
		p++;
	/* "# 1 "file"" and a lone # are nothing */
	if (p == word && p < l->end && *p != '\n' && *p != '\r' && !(*p >= '0' && *p <= '9'))
		return false;
	while (k < sizeof(verbs) / sizeof(*verbs) && !str_is(between(word, p), verbs[k].name))
		k++;
	if (k == sizeof(verbs) / sizeof(*verbs))
		return false;
	d = vec_push(l->c->mem, &l->file->directives);
	*d = (struct dts_directive){
	    .verb = verbs[k].verb, .line = l->line, .at = l->file->tokens.n, .next = n, .end = n};
	put(l, &l->file->tokens, (unsigned)n, '#', S(""));
	l->file->tokens.p[d->at].kind = DTS_DIRECTIVE;
	move(l, p);
	if (d->verb == DTS_INCLUDE)
		lex_include(l, d);
	else if (d->verb == DTS_DEFINE)
		lex_define(l, d);
	else if (d->verb == DTS_UNDEF)
		d->name = lex_name(l, d, &(struct dts_tokens){0});
	else if (d->verb == DTS_ERROR)
		d->text = str_dup(l->c->mem, rest_as_text(l));
	else if (d->verb <= DTS_ENDIF)
		lex_condition(l, d, n);
	rest_of_line(l);
	return true;
}

void dts_lex(struct dts_cache *c, struct dts_file *file, struct str text)
{
	struct lexer l = {.c = c, .file = file, .line = 1, .bol = true, .space = true};

	text = join_lines(&l, text);
	l.start = l.p = text.p;
	l.end = text.p + text.n;
	for (skip_blanks(&l, false); l.p < l.end && !c->is_full; skip_blanks(&l, false))
		if (!l.bol || *l.p != '#' || !lex_directive(&l))
			lex_token(&l, &file->tokens, false);
	if (l.open.n)
		bad_anywhere(&l, file->directives.p[l.open.p[l.open.n - 1].first].line,
			     "unterminated condition");
}
