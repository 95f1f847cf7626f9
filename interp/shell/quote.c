/* SPDX-License-Identifier: GPL-2.0-only */
/* $'..' and `..`. */
#include <string.h>

#include "shell/internal.h"
#include "shell/parse.h"

/* Does TEXT name a variable by which bash, which reads line by line, takes another locale? */
static bool sets_locale(struct str text)
{
	return str_find(text, S("LC_ALL=")) >= 0 || str_find(text, S("LC_CTYPE=")) >= 0 ||
	       str_find(text, S("LANG=")) >= 0;
}

struct str lex_ansi_quote(struct parser *p)
{
	struct buf out = buf_new(p->mem);
	unsigned line = p->line;

	buf_put(&out, "", 0);
	for (;;) {
		int c = parse_char(p, 0);

		if (c < 0)
			parse_unclosed(p, '\'', line);
		if (c == '\'')
			break;
		p->line += c == '\n';
		if (c == '\\' && parse_char(p, 1) >= 0) {
			struct str rest = str_from(p->text, p->pos + 1);

			if ((rest.p[0] == 'u' || rest.p[0] == 'U') && sets_locale(p->text))
				parse_stop(p, "a character of a locale that the text sets");
			p->pos += 1 + escape_ansi(&out, rest);
		} else {
			buf_char(&out, (char)c);
			p->pos++;
		}
	}
	p->pos++;
	return out.n ? str_sub(buf_view(&out), 0, strnlen(out.p, out.n)) : S("");
}

const struct node *parse_inner(struct parser *p, struct str text, unsigned line, bool whole)
{
	struct parser inner = {.mem = p->mem,
			       .text = text,
			       .line = line,
			       .depth = p->depth,
			       .dialect = p->dialect,
			       .runs = p->runs,
			       .endless = p->endless,
			       .most = p->most};
	const struct node *node;

	inner.pending_end = &inner.pending;
	if (setjmp(inner.stop)) { /* the error is told of where the inner text stopped */
		p->text = inner.text;
		p->pos = inner.pos;
		p->line = inner.line;
		p->expected = inner.expected;
		p->worded = inner.worded;
		p->why = inner.why;
		longjmp(p->stop, 1);
	}
	parse_deeper(&inner);
	node = whole ? parse_whole_list(&inner) : parse_list(&inner);
	if (lex_peek(&inner) != T_END && parse_bash(p))
		parse_stop(&inner, "syntax error");
	if (inner.pending && lex_peek(&inner) != T_END)
		parse_stop(&inner, "here-document before a wrong token");
	if (!parse_bash(p)) /* what stands behind the list is not asked for */
		posix_token(&inner);
	if (inner.pending && !parse_bash(p))
		lex_here_bodies(&inner);
	if (inner.pending)
		parse_stop(&inner, "here-document without its end");
	if (inner.unknown)
		parse_unknown(p, inner.unknown);
	return node;
}

const char *parse_quoted(struct arena *mem, enum shell_dialect dialect, struct str text,
			 const struct word **out)
{
	struct parser p = {.mem = mem,
			   .text = text,
			   .line = 1,
			   .dialect = dialect,
			   .here = true,
			   .most = parse_most(mem, text)};

	p.pending_end = &p.pending;
	if (setjmp(p.stop))
		return p.why;
	*out = lex_word(&p, WORD_HERE);
	return NULL;
}

bool parse_items(struct arena *mem, struct str text, unsigned line, struct parse_error *error)
{
	struct parser p = {.mem = mem,
			   .text = text,
			   .line = line,
			   .dialect = SHELL_BASH,
			   .runs = true,
			   .most = parse_most(mem, text)};

	p.pending_end = &p.pending;
	*error = (struct parse_error){0};
	if (setjmp(p.stop)) {
		parse_reason_bash(&p, error);
		return false;
	}
	for (enum token t; (t = lex_peek(&p)) != T_END;) {
		if (t == T_NEWLINE)
			lex_take(&p, t);
		else if (t == T_WORD)
			lex_word(&p, WORD_NORMAL);
		else
			parse_stop(&p, "syntax error");
	}
	return true;
}

const struct word *parse_word(struct arena *mem, enum shell_dialect dialect, struct str text,
			      bool *several)
{
	struct words words = {0};
	struct parser p = {
	    .mem = mem, .text = text, .line = 1, .dialect = dialect, .most = parse_most(mem, text)};
	const struct word *w;

	p.pending_end = &p.pending;
	if (setjmp(p.stop))
		return NULL;
	w = lex_word(&p, WORD_NORMAL);
	brace_expand(&p, w, &words);
	*several = words.n > 1;
	return p.pos == text.n ? w : NULL;
}

/* dash does not ask for the end of a here-document within backquotes. */
static void unclosed(struct parser *p, unsigned line)
{
	if (p->here && !parse_bash(p)) {
		if (str_chr(p->behind, '`') >= 0)
			parse_stop(p, "backquotes beyond a here-document");
		p->marked = false;
		for (size_t i = 0; i < p->behind.n; i++)
			p->line += p->behind.p[i] == '\n';
	}
	parse_unclosed(p, '`', line);
}

/* TEXT between backquotes. What is wrong in it bash tells when it would run. */
static const struct node *quoted_list(struct parser *p, struct str text)
{
	struct parser saved;
	struct node *n;

	if (!parse_bash(p))
		return parse_inner(p, text, 1, false);
	saved = *p;
	if (setjmp(p->stop) == 0) {
		const struct node *list = parse_inner(p, text, 1, true);

		memcpy(p->stop, saved.stop, sizeof(p->stop));
		return list;
	}
	if (strcmp(p->why, "syntax error") != 0) {
		memcpy(p->stop, saved.stop, sizeof(saved.stop));
		longjmp(p->stop, 1);
	}
	*p = saved;
	if (!p->runs)
		parse_stop(p, "wrong commands between backquotes");
	n = parse_make(p, NODE_WRONG);
	n->wrong = text;
	return n;
}

const struct node *lex_backquote(struct parser *p, bool in_double)
{
	struct buf text = buf_new(p->mem);
	unsigned line = p->line;
	int c;

	buf_put(&text, "", 0);
	for (; c = parse_char(p, 0), c != '`'; p->pos++) {
		if (c < 0)
			unclosed(p, line);
		if (c == '\\') {
			int next = parse_char(p, 1);

			if (next == '\n') {
				p->line++;
				p->pos++;
				continue;
			}
			if (next == '`' || next == '$' || next == '\\' ||
			    (in_double && next == '"')) {
				c = next;
				p->pos++;
			}
		}
		p->line += c == '\n';
		buf_char(&text, (char)c);
	}
	p->pos++;
	return quoted_list(p, text.n ? buf_view(&text) : S(""));
}
