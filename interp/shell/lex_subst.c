/* SPDX-License-Identifier: GPL-2.0-only */
/* $(..) and $((..)): which of the two one is, and where it ends. */
#include <setjmp.h>
#include <string.h>

#include "shell/internal.h"
#include "shell/parse.h"

bool parse_no_arith(const struct parser *p)
{
	return p->no_arith && p->pos / 8 < p->no_arith_n &&
	       p->no_arith[p->pos / 8] & 1 << p->pos % 8;
}

void parse_note_no_arith(struct parser *p, struct str tried)
{
	/* bash looks for the end of such a here-document when it runs the command */
	if (!p->runs && str_find(tried, S("<<")) >= 0)
		parse_stop(p, "a shift that begins a here-document");
	if (!p->no_arith) {
		p->no_arith_n = p->text.n / 8 + 1;
		p->no_arith = arena_zalloc(p->mem, p->no_arith_n, 1);
	}
	if (p->pos / 8 < p->no_arith_n)
		p->no_arith[p->pos / 8] |= (unsigned char)(1 << p->pos % 8);
}

bool lex_goes_on(const struct parser *p, size_t ahead)
{
	return parse_char(p, ahead) == '\\' && parse_char(p, ahead + 1) == '\n';
}

size_t lex_arith_end(const struct parser *p)
{
	size_t n = 1;

	while (!parse_bash(p) && lex_goes_on(p, n))
		n += 2;
	return parse_char(p, 0) == ')' && parse_char(p, n) == ')' ? n + 1 : 0;
}

/* Parentheses of a text outside of quotes, or BRACKETS. */
struct parens {
	int quote, open;
	bool brackets;
};

/* The byte of S at *I, and what it quotes; *I is behind them. */
static void step(struct parens *n, struct str s, size_t *i)
{
	int c = s.p[(*i)++];

	if (c == '\\' && n->quote != '\'')
		++*i;
	else if (n->quote)
		n->quote = c == n->quote ? 0 : n->quote;
	else if (c == '\'' || c == '"' || c == '`')
		n->quote = c;
	else
		n->open += c == (n->brackets ? '[' : '(')   ? 1
			   : c == (n->brackets ? ']' : ')') ? -1
							    : 0;
}

void lex_check_index(struct parser *p, const struct word *w)
{
	for (size_t i = 0; parse_bash(p) && i < w->n; i++) {
		const struct part *part = &w->parts[i];

		if (part->kind == PART_QUOTED &&
		    (part->how == QUOTED_SINGLE || part->how == QUOTED_ESCAPE ||
		     str_chr(part->text, ']') >= 0 || str_is(part->text, "@") ||
		     str_is(part->text, "*")))
			parse_stop(p, "quotes in an index");
	}
}

void lex_check_parens(struct parser *p, struct str s)
{
	struct parens n = {0};

	for (size_t i = 0; i < s.n && n.open >= 0;)
		step(&n, s, &i);
	if (n.open || str_find(s, S("esac")) >= 0)
		parse_stop(p, "parentheses within an expression's braces");
}

void lex_check_arith(struct parser *p, const struct word *w)
{
	struct str first = w->n && w->parts[0].kind <= PART_QUOTED ? w->parts[0].text : S("");

	if (!parse_bash(p) || p->runs)
		return;
	for (size_t i = 0; i < first.n; i++)
		if (strchr("\"'\\", first.p[i]))
			return;
	if (arith_is_wrong(first, w->n == 1))
		parse_stop(p, "no expression");
}

const struct word *lex_arith(struct parser *p)
{
	size_t pos = p->pos, rewrites = p->rewrites.n;
	unsigned line = p->line;
	struct word *w;

	if (parse_no_arith(p))
		return NULL;
	p->pos += 3;
	w = lex_word(p, WORD_ARITH);
	if (lex_arith_end(p)) {
		if (parse_bash(p))
			lex_check_parens(p, w->source);
		lex_check_arith(p, w);
		for (size_t n = lex_arith_end(p); n; n--)
			p->line += p->text.p[p->pos++] == '\n';
		return w;
	}
	if (parse_char(p, 0) < 0 && parse_bash(p))
		parse_unclosed(p, ')', line);
	if (!parse_bash(p)) /* it takes $(( for nothing else */
		parse_wrong(p, "Missing '))'");
	p->pos = pos;
	p->line = line;
	p->rewrites.n = rewrites;
	parse_note_no_arith(p, w->source);
	return NULL;
}

const struct word *lex_arith_old(struct parser *p, bool in_double)
{
	struct parens n = {.brackets = true};
	unsigned line = p->line;
	struct word *w;

	p->pos += 2;
	w = lex_word(p, WORD_ARITH_OLD);
	if (parse_char(p, 0) < 0)
		parse_unclosed(p, ']', line);
	p->pos++;
	/* it finds the end once more when it expands that, by the brackets alone, and between
	 * quotes not behind the next one */
	for (size_t i = 0; i < w->source.n && n.open >= 0;)
		step(&n, w->source, &i);
	if (n.open || (in_double && str_chr(w->source, '"') >= 0))
		parse_stop(p, "$[ that ends elsewhere");
	return w;
}

/* bash runs what it writes anew, and counts lines there; with one line nothing changes, if that
 * ends behind it. */
static const struct node *as_written_anew(struct parser *p, const struct node *node,
					  struct str source)
{
	bool lines = str_chr(source, '\n') >= 0 || lex_goes_on(p, 0);
	struct str text;

	/* not there, nor where it took it for arithmetic */
	if ((p->here && p->substitutions == p->here_within) || source.p[2] == '(')
		return !lines ? node : parse_inner(p, str_sub(source, 2, source.n - 3), 1, true);
	/* of "1<>" it forgets the number */
	if (str_find(source, S("1<>")) >= 0)
		return parse_inner(p, command_text(p->mem, node), 1, true);
	if (node->kind == NODE_SIMPLE && !lines && str_find(source, S("$'")) < 0 &&
	    str_find(str_from(source, 2), S("$(")) < 0)
		return node;
	text = command_text(p->mem, node);
	return str_chr(text, '\n') >= 0 || lines ? parse_inner(p, text, 1, true) : node;
}

/* dash: here-documents whose body would come behind $(..) have none. */
static void empty_bodies(struct parser *p)
{
	struct str text = p->text;

	p->text = str_sub(text, 0, p->pos);
	lex_here_bodies(p);
	p->text = text;
}

static const struct node *command_substitution(struct parser *p)
{
	struct redir *pending = p->pending, **end = p->pending_end;
	size_t from = p->pos, rewrites = p->rewrites.n;
	unsigned line = p->line, for_line = p->for_line, above = p->above, *late = p->late;
	unsigned brace_line = p->brace_line;
	const struct node *node;
	bool here = p->here;

	p->pos += 2;
	p->brace_line = 0;
	p->here = here && parse_bash(p);
	p->pending = NULL;
	p->pending_end = &p->pending;
	p->late = NULL;
	p->line = parse_bash(p) ? 1 : p->line;
	p->above += parse_bash(p) ? line - 1 : 0;
	p->substitutions++;
	node = parse_list(p);
	p->starts_anew = lex_peek(p) == T_END;
	if (p->starts_anew && parse_bash(p))
		parse_unclosed(p, ')',
			       parse_char(&(struct parser){.text = p->text, .pos = from}, 2) == '('
				   ? 1
				   : p->line + !str_ends(p->text, S("\n")));
	if (here && p->starts_anew)
		parse_stop(p, "a substitution beyond a here-document");
	if (lex_peek(p) != T_RPAREN)
		parse_expected(p, "\")\"");
	p->substitutions--;
	if (p->pending && !parse_bash(p))
		empty_bodies(p);
	if (p->pending)
		parse_stop(p, "syntax error");
	p->pos++;
	p->above = above;
	p->here = here;
	p->pending = pending;
	p->pending_end = pending ? end : &p->pending;
	p->late = late;
	p->brace_line = p->brace_line ? p->brace_line + (parse_bash(p) ? line - 1 : 0) : brace_line;
	if (parse_bash(p)) {
		p->for_line += p->for_line != for_line ? line - 1 : 0;
		p->line += line - 1;
		p->rewrites.n = rewrites;
		lex_rewrite(p, from, S("$()"), node);
		if (node)
			node = as_written_anew(p, node, str_sub(p->text, from, p->pos - from));
	}
	return node;
}

void parse_unknown(struct parser *p, const char *why)
{
	if (!p->runs)
		parse_stop(p, why);
	if (!p->unknown)
		p->unknown_line = p->ndone;
	p->unknown = why;
}

const struct node *lex_process(struct parser *p)
{
	struct str begin = str_sub(p->text, p->pos, 2);
	const struct node *node;

	parse_unknown(p, "process substitution");
	node = command_substitution(p);
	p->rewrites.p[p->rewrites.n - 1].text =
	    str_fmt(p->mem, "%.*s%.*s)", STR_ARG(begin),
		    STR_ARG(node ? command_text(p->mem, node) : S("")));
	p->rewrites.p[p->rewrites.n - 1].node = NULL;
	return node;
}

size_t lex_closing_paren(struct str text, size_t from)
{
	struct parens n = {0};

	for (size_t i = from; i < text.n;) {
		size_t at = i;

		step(&n, text, &i);
		if (!n.quote && !n.open && text.p[at] == ')')
			return at;
	}
	return 0;
}

/* The command substitution at P, which is wrong. */
static const struct node *wrong_substitution(struct parser *p)
{
	size_t end = lex_closing_paren(p->text, p->pos + 1);
	struct node *n = parse_make(p, NODE_WRONG);

	if (!end)
		parse_unclosed(p, ')', p->line);
	n->wrong = str_sub(p->text, p->pos + 2, end - p->pos - 2);
	for (; p->pos <= end; p->pos++)
		p->line += p->text.p[p->pos] == '\n';
	return n;
}

const struct node *lex_command(struct parser *p)
{
	struct parser saved = *p;
	const struct node *n;
	bool wrong;

	if (!parse_bash(p) || parse_char(p, 2) != '(')
		return command_substitution(p);
	/* a "$((" that turned out to be no arithmetic is parsed once it runs, and what is wrong is
	 * told then, with as much of the line as bash has read by that time */
	if (setjmp(p->stop) == 0) {
		n = command_substitution(p);
		memcpy(p->stop, saved.stop, sizeof(p->stop));
		/* bash has found its end by the parentheses alone */
		if (lex_closing_paren(p->text, saved.pos + 1) + 1 != p->pos)
			parse_stop(p, "$(( with a parenthesis of its own");
		if (!p->runs &&
		    str_find(str_sub(p->text, saved.pos, p->pos - saved.pos), S("\\\n")) >= 0)
			parse_stop(p, "lines that go on within $(( for commands");
		return n;
	}
	wrong = strcmp(p->why, "syntax error") == 0 && !p->unclosed;
	if (wrong && !p->runs)
		p->why = "no arithmetic, and no commands";
	if (!wrong || !p->runs) {
		memcpy(p->stop, saved.stop, sizeof(saved.stop));
		longjmp(p->stop, 1);
	}
	*p = saved;
	return wrong_substitution(p);
}
