/* SPDX-License-Identifier: GPL-2.0-only */
/* The inside of ${...} in bash; of dash: param_posix.c. */
#include <string.h>

#include "shell/parse.h"

static struct str param_name(struct parser *p)
{
	size_t start = p->pos, n = lex_name(p, 0);
	int c = parse_char(p, 0);

	if (n == 0 && c >= '0' && c <= '9')
		while (parse_char(p, n) >= '0' && parse_char(p, n) <= '9')
			n++;
	else if (n == 0 && c > 0 && strchr("@*#?-$!", c))
		n = 1;
	if (n == 0)
		parse_stop(p, "bad substitution");
	p->pos += n;
	return str_sub(p->text, start, n);
}

static void param_index(struct parser *p, struct param *param)
{
	int c = parse_char(p, 1);

	p->pos++;
	if ((c == '@' || c == '*') && parse_char(p, 1) == ']') {
		param->all = (char)c;
		p->pos++;
	} else {
		param->index = lex_word(p, WORD_INDEX);
		if (param->index->n == 0)
			parse_stop(p, "bad substitution");
	}
	if (parse_char(p, 0) != ']')
		parse_stop(p, "bad substitution");
	p->pos++;
}

static void trim_op(struct parser *p, struct param *param, enum param_op one)
{
	int c = parse_char(p, 0);

	p->pos++;
	param->op = one;
	if (parse_char(p, 0) == c) {
		param->op++;
		p->pos++;
	}
	param->arg = lex_word(p, WORD_BRACE);
	if (param->op == one && param->arg->source.n == 0) /* nothing to take away */
		param->op = one == PARAM_PREFIX || one == PARAM_SUFFIX ? PARAM_PLAIN : one;
}

static const struct word *empty_word(struct parser *p)
{
	struct word *w = arena_make(p->mem, struct word);

	*w = (struct word){.plain = true, .fixed = S(""), .source = S("")};
	return w;
}

static void replace_op(struct parser *p, struct param *param, bool in_double)
{
	p->pos++;
	param->op = PARAM_REPLACE;
	switch (parse_char(p, 0)) {
	case '/': param->op = PARAM_REPLACE_ALL; break;
	case '#': param->op = PARAM_REPLACE_START; break;
	case '%': param->op = PARAM_REPLACE_END; break;
	}
	p->pos += param->op != PARAM_REPLACE;
	if ((param->op == PARAM_REPLACE_START || param->op == PARAM_REPLACE_END) &&
	    parse_char(p, 0) == '/')
		param->arg = empty_word(p); /* ${x/#/y} puts y before it all */
	else
		param->arg = lex_word(p, WORD_PATTERN);
	if (parse_char(p, 0) == '/') {
		p->pos++;
		param->arg2 = lex_word(p, WORD_BRACE);
	}
	(void)in_double;
}

static void slice_op(struct parser *p, struct param *param)
{
	p->pos++;
	param->op = PARAM_SLICE;
	param->arg = lex_word(p, WORD_SLICE);
	if (param->arg->source.n == 0 && parse_char(p, 0) == '}')
		parse_stop(p, "bad substitution");
	if (parse_char(p, 0) == ':') {
		p->pos++;
		param->arg2 = lex_word(p, WORD_SLICE);
	}
}

static void value_op(struct parser *p, struct param *param, bool in_double)
{
	size_t start, rewrites = p->rewrites.n;
	unsigned line = p->line;

	switch (parse_char(p, 0)) {
	case '-': param->op = PARAM_DEFAULT; break;
	case '=': param->op = PARAM_ASSIGN; break;
	case '?': param->op = PARAM_ERROR; break;
	default: param->op = PARAM_ALTERNATE; break;
	}
	if (param->op == PARAM_ASSIGN && str_is(param->name, "IFS"))
		parse_stop(p, "${IFS=..}"); /* which splits the word that it stands in */
	p->pos++;
	start = p->pos;
	param->arg = lex_word(p, in_double ? WORD_BRACE_DOUBLE : WORD_BRACE);
	/* bash has forgotten the quotes around when it expands a message */
	if (in_double && param->op == PARAM_ERROR) {
		size_t end = p->pos;

		p->pos = start;
		p->line = line;
		p->rewrites.n = rewrites;
		param->arg = lex_word(p, WORD_BRACE);
		if (p->pos != end)
			parse_stop(p, "quotes within quotes");
	}
}

static void param_op(struct parser *p, struct param *param, bool in_double)
{
	int c = parse_char(p, 0);

	if (c == ':') {
		c = parse_char(p, 1);
		if (c > 0 && strchr("-=?+", c)) {
			param->colon = true;
			p->pos++;
		} else {
			slice_op(p, param);
			return;
		}
	}
	if (c > 0 && strchr("-=?+", c))
		value_op(p, param, in_double);
	else if (c == '#' || c == '%')
		trim_op(p, param, c == '#' ? PARAM_PREFIX : PARAM_SUFFIX);
	else if (c == '/')
		replace_op(p, param, in_double);
	else if ((c == '^' || c == ',') && !str_is(param->name, "?") && !str_is(param->name, "-"))
		trim_op(p, param, c == '^' ? PARAM_UPPER : PARAM_LOWER);
	else if (c >= 0)
		parse_stop(p, "bad substitution");
}

/* "#" right behind the brace: a length, or the parameter "#". */
static bool is_length(struct parser *p)
{
	int next = parse_char(p, 1);

	if (parse_char(p, 0) != '#' || next == '}')
		return false;
	if (next > 0 && strchr("-=?+:%#/^,", next) && parse_char(p, 2) != '}')
		parse_stop(p, "bad substitution");
	return true;
}

const struct param *lex_param(struct parser *p, bool in_double)
{
	struct param *param;
	unsigned line = p->line;
	bool length;

	if (!parse_bash(p))
		return posix_lex_param(p, in_double);
	param = arena_make(p->mem, struct param);
	length = is_length(p);
	if (length) {
		param->op = PARAM_LENGTH;
		p->pos++;
	} else if (parse_char(p, 0) == '!' && parse_char(p, 1) != '}') {
		param->indirect = true;
		p->pos++;
	}
	param->name = param_name(p);
	lex_check_name(p, param->name);
	if (parse_char(p, 0) == '[')
		param_index(p, param);
	if (param->indirect && !param->all && (parse_char(p, 0) == '*' || parse_char(p, 0) == '@'))
		parse_stop(p, "${!prefix*}");
	if (parse_char(p, 0) != '}') {
		if (length || (param->indirect && param->all))
			parse_stop(p, "bad substitution");
		param_op(p, param, in_double);
	}
	if (parse_char(p, 0) < 0)
		parse_unclosed(p, '}', line);
	if (parse_char(p, 0) != '}')
		parse_stop(p, "bad substitution");
	p->pos++;
	return param;
}
