/* SPDX-License-Identifier: GPL-2.0-only */
/* Characters to words: quotes, dollars and what they hold. */
#include <string.h>

#include "shell/internal.h"
#include "shell/parse.h"

struct builder {
	struct parser *p;
	enum word_mode mode;
	VEC(struct part) parts;
	struct buf run; /* literal text not yet a part */
	bool run_quoted;
	unsigned parens; /* ARITH, REGEX */
	unsigned questions; /* SLICE: those that wait for a colon */
	size_t index_end; /* of the parser's own */
	bool inner_quotes; /* between the quotes of "${x-"}"}" */
	size_t single_to; /* bash: up to here a pair of ' hides } in "${x-'}'}" */
};

/* At a ' within "${x-..}": bash wants its other half, though both are text there. */
static void hide_to_quote(struct builder *b)
{
	struct parser *p = b->p;
	struct str rest = str_from(p->text, p->pos + 1);
	ptrdiff_t end = str_chr(rest, '\'');

	if (end < 0)
		parse_unclosed(p, '\'', p->line);
	rest = str_sub(rest, 0, (size_t)end);
	if (str_chr(rest, '"') >= 0 || str_chr(rest, '`') >= 0 || str_chr(rest, '\\') >= 0)
		parse_stop(p, "quotes within quotes");
	b->single_to = p->pos + 1 + (size_t)end;
}

static bool is_arith(enum word_mode mode)
{
	return mode == WORD_ARITH || mode == WORD_ARITH_PART || mode == WORD_ARITH_OLD;
}

static bool always_quoted(enum word_mode mode)
{
	return mode == WORD_DOUBLE || mode == WORD_BRACE_DOUBLE || mode == WORD_HERE ||
	       is_arith(mode);
}

static void end_run(struct builder *b)
{
	if (b->run.n) {
		*vec_push(b->p->mem, &b->parts) = (struct part){
		    .kind = b->run_quoted ? PART_QUOTED : PART_TEXT,
		    .quoted = b->run_quoted,
		    .how = always_quoted(b->mode) ? QUOTED_TEXT : QUOTED_ESCAPE,
		    .text = buf_view(&b->run),
		};
	}
	b->run = buf_new(b->p->mem);
}

static void put_char(struct builder *b, int c, bool quoted)
{
	if (quoted != b->run_quoted)
		end_run(b);
	b->run_quoted = quoted;
	buf_char(&b->run, (char)c);
}

static void put_part(struct builder *b, struct part part)
{
	end_run(b);
	*vec_push(b->p->mem, &b->parts) = part;
}

/* An empty '' still makes a field. */
static void put_quoted(struct builder *b, struct str text, enum part_quote how)
{
	put_part(b, (struct part){.kind = PART_QUOTED, .quoted = true, .how = how, .text = text});
}

/* dash's expansion sees where quotes were, but within a here-document's ${..}. */
static void put_mark(struct builder *b)
{
	if (!parse_bash(b->p) && !b->p->here)
		put_quoted(b, S(""), QUOTED_MARK);
}

static void single_quote(struct builder *b)
{
	struct parser *p = b->p;
	struct str rest = str_from(p->text, ++p->pos);
	ptrdiff_t end = str_chr(rest, '\'');

	if (end < 0) {
		unsigned line = p->line;

		for (size_t i = 0; !parse_bash(p) && i < rest.n; i++)
			p->line += rest.p[i] == '\n';
		parse_unclosed(p, '\'', line);
	}
	for (ptrdiff_t i = 0; i < end; i++)
		p->line += rest.p[i] == '\n';
	put_quoted(b, str_sub(rest, 0, (size_t)end), QUOTED_SINGLE);
	p->pos += (size_t)end + 1;
}

/* In bash's arithmetic it must have its other half, though both mean nothing. */
static void single_quote_kept(struct builder *b)
{
	struct parser *p = b->p;
	ptrdiff_t end = str_chr(str_from(p->text, p->pos + 1), '\'');
	struct str held;

	if (end < 0)
		parse_unclosed(p, '\'', p->line);
	held = str_sub(p->text, p->pos + 1, (size_t)end);
	if (str_find(held, S("${")) >= 0 && str_chr(held, '}') < 0)
		parse_stop(p, "${ within the quotes of arithmetic");
	for (ptrdiff_t i = 0; i < end + 2; i++, p->pos++) {
		p->line += p->text.p[p->pos] == '\n';
		put_char(b, p->text.p[p->pos], true);
	}
}

static void double_quote(struct builder *b)
{
	struct parser *p = b->p;
	struct word *w;
	size_t start = p->pos;
	unsigned line = p->line;

	p->pos++;
	w = lex_word(p, WORD_DOUBLE);
	if (parse_char(p, 0) != '"')
		parse_unclosed(p, '"', line);
	p->pos++;
	end_run(b);
	put_mark(b);
	if (w->n == 0)
		put_quoted(b, S(""), QUOTED_TEXT);
	word_check_beside_at(p, w);
	for (size_t i = 0; i < w->n; i++) {
		struct part part = w->parts[i];

		part.quotes = start + 1;
		put_part(b, part);
	}
	put_mark(b);
}

static void backslash(struct builder *b, bool in_double)
{
	struct parser *p = b->p;
	int c = parse_char(p, 1);

	if (c == '\n') {
		p->pos += 2;
		p->line++;
		p->cut_off = p->no_newline = parse_bash(p) && parse_char(p, 0) < 0;
		lex_rewrite(p, p->pos - 2, S(""), NULL);
		return;
	}
	if (c < 0) {
		put_char(b, '\\', true);
		p->line += parse_bash(p);
		p->cut_off = p->no_newline = parse_bash(p);
		p->pos++;
		return;
	}
	if (in_double && !strchr("$`\\", c) && !(c == '"' && b->mode != WORD_HERE) &&
	    !(c == '}' && b->mode == WORD_BRACE_DOUBLE))
		put_char(b, '\\', true);
	put_char(b, c, true);
	p->pos += 2;
}

/* --- after a dollar --- */

static const struct param *short_param(struct parser *p, size_t n)
{
	struct param *param = arena_make(p->mem, struct param);

	param->name = str_sub(p->text, p->pos + 1, n);
	lex_check_name(p, param->name);
	param->bare = true;
	p->pos += 1 + n;
	return param;
}

/*
 * dash passes by a backslash and newline also within "$(", "$((" and names: what follows the dollar
 * at P is put together in a text of its own. What stands behind the dollar then.
 */
static int join_dollar(struct parser *p)
{
	struct buf out = buf_new(p->mem);
	size_t start = p->pos;
	int c;

	buf_str(&out, str_sub(p->text, 0, start + 1));
	c = posix_next(p);
	if (c == '(') {
		buf_char(&out, '(');
		posix_next(p);
	} else {
		buf_str(&out, posix_name_at(p));
	}
	buf_str(&out, str_from(p->text, p->pos));
	p->text = buf_view(&out);
	p->pos = start;
	return parse_char(p, 1);
}

/* bash: is the dollar at P that of something behind a backslash and newline, or does its name go on
 * there? */
static bool goes_on_below(const struct parser *p)
{
	size_t n = 1 + lex_name(p, 1), name = n;
	int c;

	while (lex_goes_on(p, n))
		n += 2;
	c = parse_char(p, n);
	if (name > 1)
		return n > name && (lex_name(p, n) || (c >= '0' && c <= '9'));
	return n > 1 && (lex_name(p, n) || (c > 0 && strchr("@*#?-$!0123456789{('\"[", c)));
}

static void dollar(struct builder *b, bool in_double)
{
	struct parser *p = b->p;
	struct part part = {.kind = PART_PARAM, .quoted = in_double};
	int c = parse_char(p, 1);
	size_t n = lex_name(p, 1);

	if (parse_bash(p) && goes_on_below(p))
		parse_stop(p, "a dollar at a line's end");
	/* bash looks for the end of a substitution all the same */
	if (parse_bash(p) && in_double && c == '$' &&
	    (parse_char(p, 2) == '(' || parse_char(p, 2) == '{'))
		parse_stop(p, "$$ and a substitution's start");
	if (!parse_bash(p) && (lex_goes_on(p, 1) || lex_goes_on(p, 1 + (c == '(') + n))) {
		c = join_dollar(p);
		n = lex_name(p, 1);
	}
	if (n) {
		part.param = short_param(p, n);
	} else if (c > 0 && strchr("@*#?-$!0123456789", c)) {
		part.param = short_param(p, 1);
	} else if (c == '{') {
		p->pos += 2;
		part.param = lex_param(p, in_double);
	} else if (c == '(') {
		part.arith = parse_char(p, 2) == '(' ? lex_arith(p) : NULL;
		part.kind = part.arith ? PART_ARITH : PART_COMMAND;
		if (!part.arith)
			part.command = lex_command(p);
	} else if (c == '[' && parse_bash(p)) {
		part.kind = PART_ARITH;
		part.arith =
		    lex_arith_old(p, b->mode == WORD_DOUBLE || b->mode == WORD_BRACE_DOUBLE);
	} else if ((c == '\'' || c == '"') && parse_bash(p) && is_arith(b->mode)) {
		parse_stop(p, "$'..' in an expression");
	} else if (c == '\'' && !in_double && parse_bash(p)) {
		size_t from = p->pos;
		struct str text;

		p->pos += 2;
		text = lex_ansi_quote(p);
		put_quoted(b, text, QUOTED_SINGLE);
		lex_rewrite(p, from, quote_single(p->mem, p->dialect, text), NULL);
		return;
	} else if (c == '"' && !in_double && parse_bash(p)) {
		p->pos++;
		lex_rewrite(p, p->pos - 1, S(""), NULL);
		return;
	} else {
		put_char(b, '$', in_double);
		p->pos++;
		return;
	}
	put_part(b, part);
}

/* --- words --- */

static bool ends_here(struct builder *b, int c)
{
	switch (b->mode) {
	case WORD_NORMAL: return lex_is_meta(c) && b->p->pos >= b->index_end;
	case WORD_DOUBLE: return c == '"';
	case WORD_BRACE: return c == '}';
	case WORD_BRACE_DOUBLE: return c == '}' && !b->inner_quotes;
	case WORD_PATTERN: return c == '}' || (c == '/' && (b->run.n || b->parts.n));
	case WORD_SLICE: return c == '}' || (c == ':' && b->parens == 0 && b->questions == 0);
	case WORD_INDEX: return c == ']' && b->parens == 0;
	case WORD_ARITH: /* bash looks for the end of quotes first */
		return c == ')' && b->parens == 0 &&
		       (parse_bash(b->p) ? !b->inner_quotes : lex_arith_end(b->p) > 0);
	case WORD_ARITH_PART: return (c == ')' || c == ';') && b->parens == 0 && !b->inner_quotes;
	case WORD_ARITH_OLD: return c == ']' && b->parens == 0 && !b->inner_quotes;
	case WORD_REGEX:
		return lex_is_meta(c) && c != '(' && c != '|' && b->parens == 0;
	case WORD_HERE: return false;
	}
	return true;
}

static void count_nesting(struct builder *b, int c)
{
	bool brackets = b->mode == WORD_INDEX || b->mode == WORD_ARITH_OLD;
	bool open = c == (brackets ? '[' : '(');
	bool close = c == (brackets ? ']' : ')');

	if (b->mode < WORD_SLICE || b->mode == WORD_HERE)
		return;
	if (b->inner_quotes && is_arith(b->mode))
		return;
	if (b->mode == WORD_SLICE && b->parens == 0)
		b->questions += c == '?' ? 1 : c == ':' ? -1u : 0;
	if (open)
		b->parens++;
	else if (close && b->parens)
		b->parens--;
}

static void put_backquote(struct builder *b, bool in_double)
{
	struct part part = {.kind = PART_COMMAND, .quoted = in_double};
	size_t from = b->p->pos++;

	/* to bash a \" is one only right between quotes */
	part.command =
	    lex_backquote(b->p, in_double && (!parse_bash(b->p) || b->mode == WORD_DOUBLE));
	part.text = str_sub(b->p->text, from, b->p->pos - from);
	put_part(b, part);
}

/* One item of a word; false at its end. */
static bool word_item(struct builder *b)
{
	struct parser *p = b->p;
	bool in_double = always_quoted(b->mode);
	int c = parse_char(p, 0);

	if (b->mode == WORD_NORMAL && parse_at_process(p, 0)) {
		put_part(b, (struct part){.kind = PART_COMMAND, .command = lex_process(p)});
		return true;
	}
	if (c < 0 || (p->pos >= b->single_to && ends_here(b, c)))
		return false;
	if (c == '\'' && b->mode == WORD_BRACE_DOUBLE && parse_bash(p) && p->pos >= b->single_to) {
		if (b->single_to == 0 || p->pos > b->single_to)
			hide_to_quote(b);
	}
	if (b->mode == WORD_BRACE && parse_at_process(p, 0))
		parse_unknown(p, "process substitution");
	/* there both stay what they are, and are an error unless nothing is worked out */
	if (b->mode == WORD_SLICE && (c == '\'' || c == '\\') && parse_bash(p))
		parse_unknown(p, "quoting in ${x:..}");
	if (c == '\\') {
		backslash(b, in_double);
	} else if (c == '$') {
		size_t start = p->pos;

		dollar(b, in_double);
		/* bash finds no substitution there */
		if (start < b->single_to && p->pos > b->single_to)
			parse_stop(p, "quotes within quotes");
	} else if (c == '`') {
		put_backquote(b, in_double);
	} else if (c == '\'' && !in_double) {
		single_quote(b);
	} else if (c == '"' && b->mode == WORD_BRACE_DOUBLE) {
		/*
		 * "${x-"y"}": the inner quotes vanish; what is between stays quoted in both shells
		 */
		put_mark(b);
		b->inner_quotes = !b->inner_quotes;
		p->pos++;
	} else if (c == '\'' && parse_bash(p) &&
		   (b->mode == WORD_ARITH || b->mode == WORD_ARITH_OLD)) {
		single_quote_kept(b);
	} else if (c == '"' && b->mode != WORD_HERE && parse_bash(p) && in_double) {
		b->inner_quotes = !b->inner_quotes;
		p->pos++;
		if (b->inner_quotes && str_chr(str_from(p->text, p->pos), '"') < 0) {
			unsigned line = p->line;

			lex_word(p, WORD_DOUBLE); /* or it is something in there */
			parse_unclosed(p, '"', line);
		}
	} else if (c == '"' && !in_double) {
		double_quote(b);
	} else {
		count_nesting(b, c);
		p->line += c == '\n';
		put_char(b, c, in_double);
		p->pos++;
	}
	return true;
}

void lex_rewrite(struct parser *p, size_t from, struct str text, const struct node *node)
{
	if (parse_bash(p))
		*vec_push(p->mem, &p->rewrites) = (struct rewrite){from, p->pos, text, node};
}

/* Those from FIRST on are in W, which starts at START. */
static void keep_rewrites(struct parser *p, struct word *w, size_t first, size_t start)
{
	struct rewrite *own = arena_array(p->mem, struct rewrite, p->rewrites.n - first);

	for (size_t i = first; i < p->rewrites.n; i++) {
		own[i - first] = p->rewrites.p[i];
		own[i - first].from -= start;
		own[i - first].to -= start;
	}
	w->rewrites = own;
	w->nrewrites = p->rewrites.n - first;
}

struct word *lex_word(struct parser *p, enum word_mode mode)
{
	struct builder b = {.p = p, .mode = mode, .index_end = p->index_end};
	struct word *w = arena_make(p->mem, struct word);
	size_t start = p->pos, rewrites = p->rewrites.n, cited = p->cited.n;

	if (p->in_wrong_cond && mode == WORD_NORMAL && lex_at_word(p, "]]"))
		parse_stop(p, "syntax error");
	p->index_end = 0;
	parse_deeper(p);
	b.run = buf_new(p->mem);
	b.run_quoted = always_quoted(mode);
	while (word_item(&b))
		;
	end_run(&b);
	if (mode == WORD_SLICE && b.parens)
		parse_stop(p, "unbalanced slice");
	p->depth--;
	w->parts = b.parts.p;
	w->n = b.parts.n;
	w->source = str_sub(p->text, start, p->pos - start);
	while (p->cited.n > cited)
		p->cited.p[--p->cited.n]->source = w->source;
	if (p->rewrites.n > rewrites)
		keep_rewrites(p, w, rewrites, start);
	word_finish(p, w);
	if (mode == WORD_BRACE || mode == WORD_PATTERN)
		lex_check_tilde(p, w);
	return w;
}

void word_finish(struct parser *p, struct word *w)
{
	struct buf fixed = buf_new(p->mem);

	if (p->sets_ifs)
		word_check_ifs(p, w);
	w->plain = true;
	for (size_t i = 0; i < w->n && w->plain; i++) {
		const struct part *part = &w->parts[i];

		if (part->kind == PART_TEXT) {
			for (size_t k = 0; k < part->text.n; k++)
				w->plain &= !strchr("~*?[\\", part->text.p[k]) || !part->text.p[k];
		} else {
			w->plain = part->kind == PART_QUOTED;
		}
	}
	if (!w->plain)
		return;
	if (w->n == 1) {
		w->fixed = w->parts[0].text;
	} else {
		buf_put(&fixed, "", 0);
		for (size_t i = 0; i < w->n; i++)
			buf_str(&fixed, w->parts[i].text);
		w->fixed = fixed.n ? buf_view(&fixed) : S("");
	}
	if (!w->fixed.p)
		w->fixed = S("");
}
