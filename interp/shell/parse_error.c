/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is wrong with a text, in the words of bash and of dash, and what of it is run before that is
 * said. Not the messages of a run. Source: the two shells' own messages (tests/shell/syntax-*.sh).
 */
#include <setjmp.h>
#include <string.h>

#include "shell/internal.h"
#include "shell/parse.h"

/* The lines that were read before the text went wrong. */
static const struct node *lines_before(struct parser *p)
{
	struct node *n;

	if (p->ndone == 0)
		return NULL;
	n = arena_make(p->mem, struct node);
	n->kind = NODE_LIST;
	n->line = p->line;
	n->list.p = p->done;
	n->list.n = p->ndone;
	return n;
}

/* "syntax error" in dash's words. */
static const char *reason_posix(struct parser *p)
{
	static const unsigned char lengths[] = {
	    [T_SEMI] = 1, [T_AMP] = 1,	  [T_AND] = 2,	  [T_OR] = 2,
	    [T_PIPE] = 1, [T_LPAREN] = 1, [T_RPAREN] = 1, [T_DSEMI] = 2};
	enum token t = lex_peek(p);
	const char *word;
	struct str text = S("word unexpected");

	if (t == T_END)
		text = S("end of file unexpected");
	else if (t == T_NEWLINE)
		text = S("newline unexpected");
	else if (t == T_REDIR)
		text = S("redirection unexpected");
	else if (t != T_WORD)
		text = str_fmt(p->mem, "\"%.*s\" unexpected", (int)lengths[t], p->text.p + p->pos);
	if (t == T_WORD && !p->unreserved && (word = reserved_at(p, 0)))
		text = str_fmt(p->mem, "\"%s\" unexpected", word);
	if (p->expected)
		text = str_fmt(p->mem, "%.*s (expecting %s)", STR_ARG(text), p->expected);
	return str_cz(p->mem, text);
}

void parse_reason_posix(struct parser *p, struct parse_error *error)
{
	bool reason = strcmp(p->why, "syntax error") == 0;

	error->line = p->line;
	error->before = lines_before(p);
	if (reason || p->worded)
		error->message = reason ? reason_posix(p) : p->why;
}

/* What bash calls the token at P; P moves behind it. */
static struct str token_text(struct parser *p)
{
	static const char *const operators[] = {"<<<", "<<-", "&>>", "<<", "<&", "<>", "<",
						">>",  ">&",  ">|",  ">",  "&>", NULL};
	size_t start;
	enum token t = lex_peek(p);

	if (t == T_END || t == T_NEWLINE)
		return S("newline");
	start = p->pos;
	if (t == T_WORD) {
		if (setjmp(p->stop)) {
			p->pos = start;
			while (!lex_is_meta(parse_char(p, 0)))
				p->pos++;
			return str_sub(p->text, start, p->pos - start);
		}
		return quote_printable(p->mem, word_shown(p->mem, lex_word(p, WORD_NORMAL)));
	}
	if (t == T_REDIR) {
		size_t zeros = 0; /* bash shows the number that it is */

		while (parse_char(p, 0) >= '0' && parse_char(p, 0) <= '9')
			p->pos++;
		while (start + zeros + 1 < p->pos && p->text.p[start + zeros] == '0')
			zeros++;
		start += zeros;
		for (const char *const *o = operators; p->pos == start && *o; o++)
			if (str_starts(str_from(p->text, start), str_z(*o)))
				p->pos += strlen(*o);
	} else {
		lex_take(p, t);
	}
	return str_sub(p->text, start, p->pos - start);
}

/* Does TEXT end in a backslash, one of its own behind FROM? */
static bool ends_open(struct str text, size_t from)
{
	size_t n = text.n;

	return n > from && text.p[n - 1] == '\\' && (n < from + 2 || text.p[n - 2] != '\\');
}

/* The line of P's text that its position is in. */
static struct str line_at(const struct parser *p)
{
	size_t from = p->pos, to = p->pos;

	while (from && p->text.p[from - 1] != '\n')
		from--;
	while (to < p->text.n && p->text.p[to] != '\n')
		to++;
	/* bash has closed a backslash at the very end by then */
	if (to == p->text.n && ends_open(p->text, from))
		return str_cat(p->mem, str_sub(p->text, from, to - from), S("\\"));
	return str_sub(p->text, from, to - from);
}

/* What is wrong in a [[ ]]: one line, or only the status. */
static const char *cond_reason(struct parser *p, struct parse_error *error)
{
	bool at_end = lex_peek(p) == T_END, first = strstr(p->cond_told, "in conditional command");
	struct str token;

	if (!strstr(p->cond_told, "%s"))
		return p->cond_told;
	error->line += at_end && first;
	token = at_end && first ? S("EOF") : token_text(p);
	return str_cz(p->mem, str_fmt(p->mem, p->cond_told, str_cz(p->mem, token)));
}

void parse_reason_bash(struct parser *p, struct parse_error *error)
{
	if (strcmp(p->why, "syntax error") != 0)
		return;
	struct str token = S("");
	/* behind a backslash no newline is made up where a word should be */
	bool at_end = lex_peek(p) == T_END && (!p->wants_word || p->no_newline);

	error->before = lines_before(p);
	error->line = p->line + p->above;
	if (p->cond_told) {
		error->message = cond_reason(p, error);
		return;
	}
	error->substitution = p->substitutions && !p->unclosed && !at_end && !p->here;
	if (!p->unclosed && !at_end)
		token = token_text(p);
	if (p->unclosed) { /* the wrong word itself may have no end */
		error->line = p->unclosed_line + p->above;
		error->message =
		    str_cz(p->mem, str_fmt(p->mem, "unexpected EOF while looking for matching `%c'",
					   p->unclosed));
	} else if (at_end) {
		error->line += p->text.n && p->text.p[p->text.n - 1] != '\n';
		error->message = p->substitutions ? "unexpected EOF while looking for matching `)'"
						  : "syntax error: unexpected end of file";
	} else {
		bool closed = p->pos == p->text.n && token.n && token.p[token.n - 1] == '\\' &&
			      ends_open(p->text, 0);

		error->message =
		    str_cz(p->mem, str_fmt(p->mem, "syntax error near unexpected token `%.*s%s'",
					   STR_ARG(token), closed ? "\\" : ""));
		error->line = p->line + p->above;
		error->shown = closed ? S("") : line_at(p);
	}
}
