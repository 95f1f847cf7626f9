/* SPDX-License-Identifier: GPL-2.0-only */
/* bash's [[ ]]: from the word behind "[[" to "]]". */
#include <setjmp.h>
#include <string.h>

#include "shell/internal.h"
#include "shell/parse.h"

static const struct cond *cond_or(struct parser *p);

static void cond_newlines(struct parser *p)
{
	while (lex_peek(p) == T_NEWLINE)
		lex_take(p, T_NEWLINE);
}

/* Is the word TEXT next? It may end in the next line, which a backslash goes on with. */
static bool cond_at_word(struct parser *p, const char *text)
{
	size_t n = strlen(text);

	if (lex_at_word(p, text))
		return true;
	if (lex_peek(p) != T_WORD || !str_starts(str_from(p->text, p->pos), str_z(text)) ||
	    lex_misread(p) || !lex_goes_on(p, n))
		return false;
	while (lex_goes_on(p, n))
		n += 2;
	return lex_is_meta(parse_char(p, n));
}

static struct cond *cond_make(struct parser *p, enum cond_kind kind)
{
	struct cond *c = arena_make(p->mem, struct cond);

	c->kind = kind;
	return c;
}

/*
 * What stands at P is not what may: before anything has run that is left to the real shell. Later
 * bash's words, FMT with the token in it, are said; but where it says more than one thing.
 */
static _Noreturn void cond_wrong(struct parser *p, const char *fmt)
{
	bool redirects = lex_peek(p) == T_REDIR && strchr("0123456789", parse_char(p, 0));

	if (!p->runs || p->cond_parens || redirects || str_chr(p->text, '\n') >= 0)
		parse_stop(p, "[[ wrong");
	p->cond_told = fmt;
	parse_stop(p, "syntax error");
}

/* The first one, or (OF) that of an operator. */
static const struct word *cond_operand(struct parser *p, const char *of)
{
	bool closed = cond_at_word(p, "]]");
	const struct word *w;

	if (lex_peek(p) != T_WORD || closed)
		cond_wrong(p, of       ? of
			      : closed ? ""
				       : "unexpected token `%s' in conditional command");
	w = lex_word(p, WORD_NORMAL);
	lex_check_compared(p, w, false);
	/* extended patterns: x@(a|b) */
	if (parse_char(p, 0) == '(')
		parse_stop(p, "extended pattern");
	return w;
}

/* The binary operator at P. */
static struct str cond_operator(struct parser *p)
{
	static const char *const names[] = {"==",  "=~",  "=",	 "!=",	"-eq", "-ne", "-lt",
					    "-le", "-gt", "-ge", "-nt", "-ot", "-ef", NULL};

	for (const char *const *s = names; *s; s++)
		if (cond_at_word(p, *s))
			return str_z(*s);
	if (lex_peek(p) == T_REDIR && parse_char(p, 1) != '<' && parse_char(p, 1) != '>' &&
	    (parse_char(p, 0) == '<' || parse_char(p, 0) == '>'))
		return str_sub(p->text, p->pos, 1);
	return S("");
}

static bool is_unary(const struct word *w)
{
	return w->plain && w->n == 1 && w->parts[0].kind == PART_TEXT && w->fixed.n == 2 &&
	       w->fixed.p[0] == '-' && strchr("abcdefghknoprstuvwxzGLNORS", w->fixed.p[1]);
}

static size_t brackets(const struct word *w)
{
	size_t n = 0;

	for (size_t i = 0; w && i < w->n; i++) {
		const struct part *part = &w->parts[i];
		bool quoted = part->kind == PART_QUOTED;

		n += quoted && part->quotes && str_chr(part->text, '"') >= 0 ? 2 : 0;
		n += quoted && (str_chr(part->text, '[') >= 0 || str_chr(part->text, ']') >= 0);
		for (size_t k = 0; part->kind <= PART_QUOTED && k < part->text.n; k++)
			n += part->text.p[k] == '[';
		if (part->kind == PART_PARAM) /* a pattern */
			n += brackets(part->param->arg) + brackets(part->param->arg2);
	}
	return n;
}

/* bash puts backslashes before brackets within brackets of an expression here, and of what -v asks
 * for. */
static void check_number(struct parser *p, struct str op, const struct word *w)
{
	if (op.p[0] == '-' && brackets(w) > 1)
		parse_stop(p, "[[ brackets");
}

/* bash leaves out what is empty of a $@ there, which its set -x shows. */
static void check_variable(struct parser *p, const struct word *w)
{
	check_number(p, S("-v"), w);
	for (size_t i = 0; i < w->n; i++) {
		const struct param *x = w->parts[i].kind == PART_PARAM ? w->parts[i].param : NULL;

		if (x && !w->parts[i].quoted && (x->all == '@' || str_is(x->name, "@")))
			parse_stop(p, "[[ -v $@");
	}
}

/* Does what stands at P end a condition that is a word alone? A newline does not. */
static bool may_follow(struct parser *p)
{
	enum token t = lex_peek(p);

	return t == T_AND || t == T_OR || t == T_RPAREN || cond_at_word(p, "]]");
}

static const struct cond *cond_primary(struct parser *p)
{
	struct cond *c;
	struct str op;

	cond_newlines(p);
	if (lex_peek(p) == T_LPAREN) {
		const struct cond *inner;

		lex_take(p, T_LPAREN);
		p->cond_parens++;
		inner = cond_or(p);
		p->cond_parens--;
		if (lex_peek(p) != T_RPAREN)
			cond_wrong(p, lex_peek(p) == T_WORD && !cond_at_word(p, "]]")
					  ? "expected `)'"
					  : "unexpected token `%s', expected `)'");
		lex_take(p, T_RPAREN);
		c = arena_make(p->mem, struct cond);
		*c = *inner;
		c->parens++;
		return c;
	}
	if (cond_at_word(p, "!")) {
		p->pos++;
		c = cond_make(p, COND_NOT);
		c->left = cond_primary(p);
		return c;
	}
	c = cond_make(p, COND_WORD);
	c->a = cond_operand(p, NULL);
	if (is_unary(c->a)) { /* it wants an operand, whatever that looks like */
		c->kind = COND_UNARY;
		c->op = c->a->fixed;
		if (c->op.p[1] == 'R' || c->op.p[1] == 'N')
			parse_stop(p, "[[ operator");
		c->a = cond_operand(p, "unexpected argument `%s' to conditional unary operator");
		if (c->op.p[1] == 'v')
			check_variable(p, c->a);
		return c;
	}
	op = cond_operator(p);
	if (op.n) {
		c->kind = COND_BINARY;
		c->op = op;
		p->pos += op.n;
		lex_peek(p);
		check_number(p, op, c->a);
		if (str_is(op, "=~") && lex_peek(p) != T_END && !cond_at_word(p, "]]"))
			c->b = lex_word(p, WORD_REGEX);
		else
			c->b = cond_operand(
			    p, "unexpected argument `%s' to conditional binary operator");
		check_number(p, op, c->b);
	} else if (!may_follow(p)) {
		cond_wrong(p, lex_peek(p) == T_WORD
				  ? "conditional binary operator expected"
				  : "unexpected token `%s', conditional binary operator expected");
	}
	return c;
}

static const struct cond *cond_join(struct parser *p, enum cond_kind kind)
{
	bool is_or = kind == COND_OR;
	const struct cond *left;

	parse_deeper(p);
	left = is_or ? cond_join(p, COND_AND) : cond_primary(p);
	for (;;) {
		struct cond *c;

		cond_newlines(p);
		if (lex_peek(p) != (is_or ? T_OR : T_AND))
			break;
		p->pos += 2;
		c = cond_make(p, kind);
		c->left = left;
		c->right = is_or ? cond_join(p, COND_AND) : cond_primary(p);
		left = c;
	}
	p->depth--;
	return left;
}

static const struct cond *cond_or(struct parser *p)
{
	return cond_join(p, COND_OR);
}

const struct cond *parse_cond(struct parser *p, unsigned *line)
{
	const struct cond *c = cond_or(p);

	*line = p->line;
	if (!cond_at_word(p, "]]"))
		cond_wrong(p, lex_peek(p) == T_WORD  ? "syntax error in conditional expression"
			      : lex_peek(p) == T_END ? "unexpected EOF while looking for `]]'"
						     : "syntax error in conditional expression:"
						       " unexpected token `%s'");
	p->pos += 2;
	return c;
}
