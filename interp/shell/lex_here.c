/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Here-documents: the delimiter behind "<<", and the bodies at the next start of a line. Source:
 * POSIX, "Here-Document"; where the shells differ, tests/shell/heredoc-*.sh.
 */
#include <string.h>

#include "shell/parse.h"

struct str lex_here_delimiter(struct parser *p, bool *literal)
{
	struct buf out = buf_new(p->mem);
	int quote = 0, c;

	buf_put(&out, "", 0);
	lex_blanks(p);
	p->wants_word = true;
	if (lex_is_meta(parse_char(p, 0)) || lex_numbered_redir(p))
		parse_stop(p, "syntax error");
	p->wants_word = false;
	for (; c = parse_char(p, 0), c >= 0 && (quote || !lex_is_meta(c)); p->pos++) {
		if (c == '\n' || ((c == '$' || c == '`') && quote != '\''))
			parse_stop(p, "here-document delimiter");
		if (c == quote) {
			quote = 0;
		} else if (!quote && (c == '\'' || c == '"')) {
			quote = c;
			*literal = true;
		} else if (c == '\\' && quote != '\'') {
			*literal = true;
			int next = parse_char(p, 1);

			if (next < 0 || next == '\n')
				parse_stop(p, "here-document delimiter");
			if (quote && !strchr("$`\"\\", next))
				buf_char(&out, '\\');
			p->pos++;
			buf_char(&out, (char)next);
		} else {
			buf_char(&out, (char)c);
		}
	}
	if (quote)
		parse_stop(p, "syntax error");
	if (parse_at_process(p, 0)) /* which is a part of it */
		parse_stop(p, "here-document delimiter");
	return out.p ? buf_view(&out) : S("");
}

static struct str take_line(struct parser *p)
{
	struct str rest = str_from(p->text, p->pos);
	ptrdiff_t end = str_chr(rest, '\n');
	struct str line = str_sub(rest, 0, end < 0 ? rest.n : (size_t)end);

	p->pos += line.n;
	if (end >= 0) {
		p->pos++;
		p->line++;
	}
	return line;
}

static const struct word *literal_word(struct parser *p, struct str text)
{
	struct part *part = arena_make(p->mem, struct part);
	struct word *w = arena_make(p->mem, struct word);

	*part = (struct part){.kind = PART_QUOTED, .quoted = true, .text = text};
	*w = (struct word){.parts = part, .n = 1, .plain = true, .fixed = text, .source = text};
	return w;
}

/* What is wrong in a body bash tells once it expands that, each thing in its own way, and goes on:
 * that is for the real shell. */
static const struct word *body_word(struct parser *p)
{
	jmp_buf outer;
	struct word *w;

	if (!parse_bash(p))
		return lex_word(p, WORD_HERE);
	memcpy(outer, p->stop, sizeof(outer));
	if (setjmp(p->stop) == 0) {
		w = lex_word(p, WORD_HERE);
		memcpy(p->stop, outer, sizeof(outer));
		return w;
	}
	memcpy(p->stop, outer, sizeof(outer));
	parse_stop(p, strcmp(p->why, "syntax error") == 0 ? "a wrong text in a here-document"
							  : p->why);
}

/* A body in which $, ` and \ count: parsed on its own. */
static const struct word *expanded_body(struct parser *p, struct str body, unsigned line)
{
	struct parser outer = *p;
	const struct word *w;

	p->text = body;
	p->pos = 0;
	p->line = line;
	p->pending = NULL;
	p->pending_end = &p->pending;
	p->rewrites.p = NULL;
	p->rewrites.n = p->rewrites.cap = 0;
	p->here = true;
	p->here_within = p->substitutions;
	p->no_arith = NULL; /* which is of the other text */
	w = body_word(p);
	p->here = outer.here;
	p->here_within = outer.here_within;
	p->no_arith = outer.no_arith;
	p->no_arith_n = outer.no_arith_n;
	p->text = outer.text;
	p->pos = outer.pos;
	p->line = outer.line;
	p->rewrites.p = outer.rewrites.p;
	p->rewrites.n = outer.rewrites.n;
	p->rewrites.cap = outer.rewrites.cap;
	p->pending = outer.pending;
	p->pending_end = outer.pending_end;
	return w;
}

/* Does LINE end in an odd number of backslashes? Then the next line belongs to it. */
static bool line_goes_on(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[line.n - 1 - n] == '\\')
		n++;
	return n % 2 == 1;
}

/* dash: in <<-, only a backslash behind tabs at the start of LINE; it and the newline stay,
 * uncounted. */
static bool tab_and_backslash(const struct parser *p, const struct redir *r, struct str line,
			      bool joined)
{
	if (parse_bash(p) || r->literal || !r->strip_tabs || joined || line.n < 2 ||
	    line.p[line.n - 1] != '\\')
		return false;
	for (size_t i = 0; i + 1 < line.n; i++)
		if (line.p[i] != '\t')
			return false;
	return true;
}

/* Does S end within $(..) or backquotes? dash takes no tabs away there. */
static bool open_substitution(struct str s)
{
	unsigned open = 0, quotes = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '`')
			quotes++;
		else if (s.p[i] == '(' && (open || (i && s.p[i - 1] == '$')))
			open++;
		else if (s.p[i] == ')' && open)
			open--;
	}
	return open || quotes % 2;
}

/* Is BEFORE and LINE, which is joined to it, the MARK? */
static bool here_mark(struct str before, struct str line, struct str mark)
{
	return before.n + line.n == mark.n && str_starts(mark, before) &&
	       str_eq(str_from(mark, before.n), line);
}

/* bash says so when it reads the line, and goes on. */
static void note_unended(struct parser *p, const struct redir *r, bool joined, unsigned from)
{
	struct unended *u = arena_make(p->mem, struct unended);
	bool newline = p->pos && p->text.p[p->pos - 1] == '\n';

	if (!p->may_be_unended || p->unended || p->substitutions || joined || r->pending)
		parse_stop(p, "here-document without its end");
	*u = (struct unended){p->line - newline, from, r->delimiter};
	p->unended = u;
}

static void read_body(struct parser *p, struct redir *r)
{
	struct buf body = buf_new(p->mem);
	unsigned first = p->line;
	unsigned from = first - (p->pos && p->text.p[p->pos - 1] == '\n');
	/* START: of this line, which may be joined of several, in BODY */
	size_t last = p->pos, start = 0;
	bool joined = false, ended = false, uncounted = false, marked = false;

	buf_put(&body, "", 0);
	while (!ended) {
		struct str line;

		/* the end of the text ends it as well */
		if (parse_char(p, 0) < 0 && !parse_bash(p))
			break;
		if (parse_char(p, 0) < 0) {
			note_unended(p, r, joined, from);
			break;
		}
		last = p->pos;
		line = take_line(p);
		/* dash: \ alone leaves what follows the start of a line; behind a tab that goes, it
		 * is text */
		if (!parse_bash(p) && !r->literal && !joined && str_is(line, "\\")) {
			buf_z(&body, "\\\n");
			continue;
		}
		if (tab_and_backslash(p, r, line, joined)) {
			buf_z(&body, "\\\\\n");
			p->line--;
			joined = uncounted = true;
			continue;
		}
		ended = !parse_bash(p) && p->text.p[p->pos - 1] != '\n';
		if (!parse_bash(p) && r->strip_tabs && !r->literal && line.n && line.p[0] == '\t' &&
		    open_substitution(buf_view(&body)))
			parse_stop(p, "tabs within a substitution of a here-document");
		/* bash joins first */
		while (r->strip_tabs && (!joined || (parse_bash(p) && body.n == start)) && line.n &&
		       line.p[0] == '\t')
			line = str_from(line, 1);
		start = joined ? start : body.n;
		if (parse_bash(p) && !r->literal && line_goes_on(line)) { /* joined as it is read */
			buf_str(&body, str_sub(line, 0, line.n - 1));
			joined = true;
			continue;
		}
		marked = (!joined || parse_bash(p)) &&
			 here_mark(str_from(buf_view(&body), start), line, r->delimiter);
		if (marked) {
			body.n = start;
			break;
		}
		buf_str(&body, line);
		if (!ended)
			buf_char(&body, '\n');
		joined = !r->literal && line_goes_on(line);
	}
	r->body = body.n ? buf_view(&body) : S("");
	if (uncounted && (str_chr(r->body, '`') >= 0 || str_find(r->body, S("$(")) >= 0))
		parse_stop(p, "commands behind a line that is not counted");
	p->marked = marked;
	p->behind = str_from(p->text, marked ? last : p->pos);
	r->target = r->literal ? literal_word(p, body.n ? buf_view(&body) : S(""))
			       : expanded_body(p, body.n ? buf_view(&body) : S(""), first);
}

void lex_here_bodies(struct parser *p)
{
	struct redir *r = p->pending;

	p->pending = NULL;
	p->pending_end = &p->pending;
	for (; r; r = r->pending)
		read_body(p, r);
}
