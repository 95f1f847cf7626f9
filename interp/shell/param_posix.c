/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inside of ${...} as dash reads it: byte by byte, without looking ahead, so that what is none
 * is told by how far it got. What the forms mean is in value_posix.c.
 */
#include <string.h>

#include "shell/parse.h"

int posix_char(struct parser *p)
{
	while (parse_char(p, 0) == '\\' && parse_char(p, 1) == '\n') {
		p->pos += 2;
		p->line++;
	}
	return parse_char(p, 0);
}

int posix_next(struct parser *p)
{
	if (parse_char(p, 0) >= 0)
		p->pos++;
	return posix_char(p);
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool starts_name(int c)
{
	return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_special(int c)
{
	return is_digit(c) || (c > 0 && strchr("@*#?-$!", c));
}

/* From P on, as long as C is a digit, or one that may be in a name. */
static struct str take(struct parser *p, bool digits)
{
	struct buf out = buf_new(p->mem);
	size_t start = p->pos, end = start;

	for (int c = posix_char(p); is_digit(c) || (!digits && starts_name(c)); c = posix_next(p)) {
		buf_char(&out, (char)c);
		end = p->pos + 1;
	}
	return out.n == end - start ? str_sub(p->text, start, end - start) : buf_view(&out);
}

struct str posix_name_at(struct parser *p)
{
	return starts_name(posix_char(p)) ? take(p, false) : (struct str){0};
}

void posix_token(struct parser *p)
{
	enum token t = lex_peek(p);
	size_t start;

	start = p->pos;
	p->line += t == T_NEWLINE;
	if (t == T_WORD)
		lex_word(p, WORD_NORMAL);
	p->pos = start;
}

void posix_operator(struct parser *p)
{
	int c, first;

	while (is_digit(posix_char(p)))
		p->pos++;
	first = posix_char(p);
	c = posix_next(p);
	if (c == first || c == '&' || (first == '<' && c == '>') || (first == '>' && c == '|'))
		p->pos++;
	if (first == '<' && c == '<' && posix_char(p) == '-')
		p->pos++;
}

/* The text ends within the braces. */
static void no_end(struct parser *p, bool in_double)
{
	parse_wrong(p, in_double && !p->here ? "Unterminated quoted string" : "Missing '}'");
}

/* Behind "#": a length, whose parameter is taken, else "#" itself; false: neither. */
static bool hash(struct parser *p, struct param *param)
{
	int c = posix_char(p), behind;
	struct parser here = *p;

	param->op = PARAM_LENGTH;
	if (starts_name(c) || is_digit(c)) {
		param->name = take(p, !starts_name(c));
		return posix_char(p) == '}';
	}
	param->name = str_sub(p->text, p->pos, c >= 0);
	behind = posix_next(p);
	if (c != '}' && behind == '}')
		return is_special(c);
	p->pos = here.pos;
	p->line = here.line;
	param->name = S("#");
	param->op = PARAM_PLAIN;
	return true;
}

/* The parameter at P, which is taken; false: what stands there is none. */
static bool parameter(struct parser *p, struct param *param)
{
	int c = posix_char(p);

	param->name = str_sub(p->text, p->pos, c >= 0);
	if (starts_name(c) || is_digit(c)) {
		param->name = take(p, !starts_name(c));
		return true;
	}
	if (c == '}')
		return false;
	posix_next(p);
	return c == '#' ? hash(p, param) : is_special(c);
}

/* The operator at P, which is taken; false: it is none, and is passed by. */
static bool operation(struct parser *p, struct param *param)
{
	static const char letters[] = "-+?=";
	static const enum param_op ops[] = {PARAM_DEFAULT, PARAM_ALTERNATE, PARAM_ERROR,
					    PARAM_ASSIGN};
	int c = posix_char(p), first = c;
	const char *found;

	if (c == '}')
		return true;
	if (c == '%' || c == '#') {
		param->op = c == '#' ? PARAM_PREFIX : PARAM_SUFFIX;
		if (posix_next(p) == first) {
			param->op++;
			posix_next(p);
		}
		return true;
	}
	param->colon = c == ':';
	if (param->colon)
		c = posix_next(p);
	if (param->colon && c == '}')
		parse_stop(p, "${x:}");
	found = c > 0 ? strchr(letters, c) : NULL;
	if (found)
		param->op = ops[found - letters];
	if (p->here && c == '\n')
		parse_stop(p, "a here-document whose end is passed by");
	p->pos += c >= 0; /* a newline is not counted there */
	return found;
}

/* In a here-document quotes of nothing leave nothing: ${x?""} has no message. */
static bool only_marks(const struct word *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->parts[i].kind != PART_QUOTED || w->parts[i].text.n)
			return false;
	return true;
}

const struct param *posix_lex_param(struct parser *p, bool in_double)
{
	struct param *param = arena_make(p->mem, struct param);
	bool good = parameter(p, param) && (param->op == PARAM_LENGTH || operation(p, param));
	bool trims = param->op >= PARAM_PREFIX && param->op <= PARAM_SUFFIX_LONG;

	if (!good)
		param->op = PARAM_BAD;
	if (param->op != PARAM_PLAIN && param->op != PARAM_LENGTH)
		param->arg = lex_word(p, in_double && !trims ? WORD_BRACE_DOUBLE : WORD_BRACE);
	if (p->here && param->op == PARAM_ERROR && only_marks(param->arg))
		param->arg = arena_make(p->mem, struct word);
	if (posix_char(p) != '}')
		no_end(p, in_double && !trims);
	p->pos++;
	return param;
}
