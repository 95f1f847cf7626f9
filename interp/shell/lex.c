/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Characters to tokens: operators, redirections; not the bodies of here-documents (lex_here.c).
 * There is no token buffer: a peek looks at the characters, so the parser decides what a word means
 * before its inside is read.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "shell/parse.h"

void parse_stop(struct parser *p, const char *why)
{
	if (!parse_bash(p) && strcmp(why, "syntax error") == 0)
		posix_token(p);
	p->why = why;
	longjmp(p->stop, 1);
}

void parse_wrong(struct parser *p, const char *text)
{
	p->worded = true;
	if (p->here && parse_char(p, 0) < 0) /* it has read the mark by then */
		p->line += p->marked;
	parse_stop(p, text);
}

void parse_unclosed(struct parser *p, int c, unsigned line)
{
	p->unclosed = c;
	p->unclosed_line = line;
	if (parse_bash(p))
		parse_stop(p, "syntax error");
	parse_wrong(p, c == '`' ? "EOF in backquote substitution" : "Unterminated quoted string");
}

void parse_expected(struct parser *p, const char *expected)
{
	if (!parse_bash(p))
		posix_token(p);
	p->expected = expected;
	p->why = "syntax error";
	longjmp(p->stop, 1);
}

void parse_close(struct parser *p)
{
	p->unreserved = true;
	if (lex_peek(p) != T_RPAREN)
		parse_expected(p, "\")\"");
	lex_take(p, T_RPAREN);
	p->unreserved = false;
}

void parse_deeper(struct parser *p)
{
	if (++p->depth > PARSE_DEPTH)
		parse_stop(p, "nested too deeply");
	if (arena_footprint(p->mem) > p->most)
		parse_stop(p, "too much to remember");
}

bool lex_is_meta(int c)
{
	return c < 0 || strchr(" \t\n|&;<>()", c) != NULL;
}

/* A backslash at the end of a text given to bash stays open until its reader has asked twice for
 * more. */
static void skip_comment(struct parser *p)
{
	unsigned backslashes = 0;

	for (; parse_char(p, 0) >= 0 && parse_char(p, 0) != '\n'; p->pos++)
		backslashes = parse_char(p, 0) == '\\' ? backslashes + 1 : 0;
	if (parse_bash(p) && backslashes % 2 && parse_char(p, 0) < 0)
		p->line += 2;
}

void lex_blanks(struct parser *p)
{
	for (;;) {
		int c = parse_char(p, 0);

		if (c == ' ' || c == '\t') {
			p->pos++;
		} else if (c == '\\' && parse_char(p, 1) == '\n') {
			p->pos += 2;
			p->line++;
			p->no_newline = parse_char(p, 0) < 0;
		} else if (c == '#') {
			skip_comment(p);
		} else {
			return;
		}
	}
}

static bool at(const struct parser *p, const char *s)
{
	return str_starts(str_from(p->text, p->pos), str_z(s));
}

/* What the N digits at P come to, or more than any descriptor has. */
static int64_t number_at(const struct parser *p, size_t n)
{
	int64_t value = 0;

	for (size_t i = 0; i < n && value <= INT_MAX; i++)
		value = value * 10 + parse_char(p, i) - '0';
	return value;
}

/* For bash the number is what an int holds. */
bool lex_numbered_redir(const struct parser *p)
{
	size_t n = 0;

	while (parse_char(p, n) >= '0' && parse_char(p, n) <= '9')
		n++;
	if (parse_bash(p) && (parse_at_process(p, n) || number_at(p, n) > INT_MAX))
		return false;
	return n && (n == 1 || parse_bash(p)) &&
	       (parse_char(p, n) == '<' || parse_char(p, n) == '>');
}

static enum token peek_amp(const struct parser *p)
{
	if (at(p, "&&"))
		return T_AND;
	return parse_bash(p) && at(p, "&>") ? T_REDIR : T_AMP;
}

static enum token peek_semi(const struct parser *p)
{
	if (parse_bash(p) && at(p, ";;&"))
		return T_DSEMI_AMP;
	if (at(p, ";;"))
		return T_DSEMI;
	return parse_bash(p) && at(p, ";&") ? T_SEMI_AMP : T_SEMI;
}

static enum token peek_pipe(const struct parser *p)
{
	if (at(p, "||"))
		return T_OR;
	return parse_bash(p) && at(p, "|&") ? T_PIPE_AMP : T_PIPE;
}

enum token lex_peek(struct parser *p)
{
	lex_blanks(p);
	switch (parse_char(p, 0)) {
	case -1: return T_END;
	case '\n': return T_NEWLINE;
	case ';': return peek_semi(p);
	case '&': return peek_amp(p);
	case '|': return peek_pipe(p);
	case '(': return T_LPAREN;
	case ')': return T_RPAREN;
	case '<':
	case '>':
		return parse_at_process(p, 0) ? T_WORD : T_REDIR;
	default:
		return lex_numbered_redir(p) ? T_REDIR : T_WORD;
	}
}

void lex_take(struct parser *p, enum token token)
{
	static const unsigned char lengths[] = {
	    [T_NEWLINE] = 1,  [T_SEMI] = 1,	 [T_AMP] = 1,	 [T_AND] = 2,	 [T_OR] = 2,
	    [T_PIPE] = 1,     [T_PIPE_AMP] = 2,	 [T_LPAREN] = 1, [T_RPAREN] = 1, [T_DSEMI] = 2,
	    [T_SEMI_AMP] = 2, [T_DSEMI_AMP] = 3, [T_WORD] = 0,
	};

	p->pos += lengths[token];
	if (token == T_NEWLINE) {
		p->line++;
		lex_here_bodies(p);
		if (p->late)
			*p->late = p->unended ? p->unended->line : p->line - 1;
		p->late = NULL;
	}
}

bool lex_misread(const struct parser *p)
{
	return p->misread && p->pos == p->misread_at;
}

bool lex_at_word(struct parser *p, const char *text)
{
	size_t n = strlen(text);

	if (lex_peek(p) != T_WORD || !at(p, text) || lex_misread(p))
		return false;
	while (parse_bash(p) && lex_goes_on(p, n))
		n += 2;
	return lex_is_meta(parse_char(p, n)) && !parse_at_process(p, n);
}

size_t lex_name(const struct parser *p, size_t ahead)
{
	size_t n = 0;

	for (;; n++) {
		int c = parse_char(p, ahead + n);
		bool letter = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!letter && !(n && c >= '0' && c <= '9'))
			return n;
	}
}

bool lex_only_real(struct str name)
{
	/* a subshell here is no process, and the rest is of no use to a recipe */
	static const char *const real[] = {
	    "BASHPID",	 "BASH_SUBSHELL", "BASH_COMMAND",  "BASH_ARGV0",	 "BASH_ARGC",
	    "BASH_ARGV", "SRANDOM",	  "EPOCHREALTIME", "COMP_WORDBREAKS",	 "HISTCMD",
	    "GROUPS",	 "DIRSTACK",	  "OPTERR",	   "BASH_LOADABLES_PATH"};

	for (size_t i = 0; i < sizeof(real) / sizeof(*real); i++)
		if (str_is(name, real[i]))
			return true;
	return false;
}

bool lex_changes_shell(struct str name)
{
	static const char *const names[] = {"GLOBIGNORE", "FUNCNEST",	"POSIXLY_CORRECT",
					    "TMOUT",	  "BASH_COMPAT", "BASH_XTRACEFD",
					    "EXECIGNORE"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

void lex_check_name(struct parser *p, struct str name)
{
	if (parse_bash(p) && lex_only_real(name))
		parse_stop(p, str_cz(p->mem, name));
}

/* --- redirections --- */

static const struct redir_form {
	const char *text;
	enum redir_kind kind;
	int fd;
	bool bash;
} forms[] = {
	{"<<<", REDIR_HERE_STRING, 0, true}, {"<<-", REDIR_HERE, 0, false},
	{"<<", REDIR_HERE, 0, false},	 {"<&", REDIR_DUP_IN, 0, false},
	{"<>", REDIR_UPDATE, 0, false},	 {"<", REDIR_READ, 0, false},
	{">>", REDIR_APPEND, 1, false},	 {">&", REDIR_DUP_OUT, 1, false},
	{">|", REDIR_CLOBBER, 1, false},	 {">", REDIR_WRITE, 1, false},
	{"&>>", REDIR_BOTH_APPEND, 1, true}, {"&>", REDIR_BOTH, 1, true},
};

static const struct redir_form *redir_form(struct parser *p)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (at(p, forms[i].text) && (!forms[i].bash || parse_bash(p)))
			return &forms[i];
	parse_stop(p, "syntax error");
}

static int redir_number(struct parser *p)
{
	int fd = -1;

	while (parse_char(p, 0) >= '0' && parse_char(p, 0) <= '9') {
		fd = (fd < 0 ? 0 : fd) * 10 + parse_char(p, 0) - '0';
		if (fd > 255)
			parse_stop(p, "descriptor number");
		p->pos++;
	}
	return fd;
}

/* In bash a minus behind >& or <& is a word of its own. */
static struct word *redir_target(struct parser *p, const struct redir *r)
{
	bool dup = r->kind == REDIR_DUP_IN || r->kind == REDIR_DUP_OUT;
	struct str text = p->text;
	struct word *w;

	if (dup && parse_bash(p) && parse_char(p, 0) == '-')
		p->text.n = p->pos + 1;
	w = lex_word(p, WORD_NORMAL);
	p->text = text;
	return w;
}

/* Does P's text end in lines that go on from AT on, and nothing in them? bash counts one more
 * there. */
static bool joined_to_end(const struct parser *p, size_t at)
{
	bool some = at < p->text.n;

	while (str_starts(str_from(p->text, at), S("\\\n")))
		at += 2;
	return some && at == p->text.n;
}

struct redir *lex_redir(struct parser *p)
{
	struct redir *r = arena_make(p->mem, struct redir);
	const struct redir_form *form;
	int fd = redir_number(p);
	size_t behind; /* a lone < or > and its number */

	form = redir_form(p);
	r->kind = form->kind;
	r->fd = fd < 0 ? form->fd : fd;
	r->default_fd = fd < 0;
	r->strip_tabs = str_is(str_z(form->text), "<<-");
	p->pos += strlen(form->text);
	if (r->kind == REDIR_HERE) {
		r->delimiter = lex_here_delimiter(p, &r->literal);
		*p->pending_end = r;
		p->pending_end = &r->pending;
		return r;
	}
	p->wants_word = true;
	behind = fd >= 0 && !form->text[1] && parse_bash(p) ? p->pos : p->text.n;
	if (lex_peek(p) != T_WORD) {
		p->line += joined_to_end(p, behind);
		parse_stop(p, "syntax error");
	}
	p->wants_word = false;
	r->target = redir_target(p, r);
	if (parse_bash(p) && r->kind != REDIR_HERE_STRING) {
		struct words words = {0};

		brace_expand(p, r->target, &words);
		r->several = words.n != 1;
		r->target = words.n == 1 ? words.p[0] : r->target;
	}
	return r;
}
