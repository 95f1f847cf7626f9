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
		lex_check_index(p, param->index);
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

/* False: that is for the real shell. */
static bool transform_op(struct parser *p, struct param *param)
{
	int c = parse_char(p, 1);
	bool at = str_is(param->name, "@"), star = str_is(param->name, "*") || param->all == '*';

	if (c <= 0 || parse_char(p, 2) != '}' || !strchr("QEaAKkUuL", c) || star ||
	    (strchr("AK", c) && param->all) || (strchr("aAKk", c) && (at || param->indirect)))
		return false;
	p->pos += 2;
	param->op = PARAM_TRANSFORM;
	param->letter = (char)c;
	param->arg = empty_word(p);
	return true;
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
	else if ((c == '^' || c == ',') && !(param->name.n == 1 && strchr("?-#", param->name.p[0])))
		trim_op(p, param, c == '^' ? PARAM_UPPER : PARAM_LOWER);
	else if (c == '@' && !transform_op(p, param))
		parse_stop(p, "${x@..}");
	else if (c >= 0 && c != '@')
		parse_stop(p, "bad substitution");
}

/* "#" right behind the brace: a length, or the parameter "#". */
static bool is_length(struct parser *p)
{
	int next = parse_char(p, 1);

	if (parse_char(p, 0) != '#' || next == '}')
		return false;
	/* an operation on "$#" */
	return next < 0 || !strchr("-=?+:%#/^,@", next) || parse_char(p, 2) == '}';
}

/* Does W, the word of "${x-w", end between quotes of its own? */
static bool ends_quoted(const struct word *w)
{
	bool quoted = false;

	for (size_t i = 0; w && i < w->source.n; i++)
		if (w->source.p[i] == '\\')
			i++;
		else
			quoted ^= w->source.p[i] == '"';
	return quoted;
}

static const struct param *parameter(struct parser *p, bool in_double)
{
	struct param *param = arena_make(p->mem, struct param);
	unsigned line = p->line;
	bool length;

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
	if (param->indirect && !param->all &&
	    (parse_char(p, 0) == '*' || (parse_char(p, 0) == '@' && parse_char(p, 1) == '}')))
		parse_stop(p, "${!prefix*}");
	if (parse_char(p, 0) != '}') {
		if (param->indirect && param->all)
			parse_stop(p, "${!x[@]..}");
		if (length)
			parse_stop(p, "bad substitution");
		param_op(p, param, in_double);
	}
	if (parse_char(p, 0) < 0)
		parse_unclosed(p, in_double && ends_quoted(param->arg) ? '"' : '}', line);
	if (parse_char(p, 0) != '}')
		parse_stop(p, "bad substitution");
	p->pos++;
	if (param->indirect)
		*vec_push(p->mem, &p->cited) = param;
	return param;
}

static unsigned newlines(struct str s, size_t from, size_t to)
{
	unsigned n = 0;

	for (; from < to; from++)
		n += s.p[from] == '\n';
	return n;
}

/* Behind the quote C at I in P's text, and all up to the next one. */
static size_t quote_end(struct parser *p, size_t i)
{
	struct str s = p->text;
	size_t start = i;
	char c = s.p[i++];

	for (; i < s.n && s.p[i] != c; i++) {
		if (c == '"' &&
		    (s.p[i] == '`' || (s.p[i] == '$' && i + 1 < s.n && strchr("({[", s.p[i + 1]))))
			parse_stop(p, p->why);
		i += s.p[i] == '\\' && c != '\'';
	}
	if (i >= s.n)
		parse_unclosed(p, c, p->line + newlines(s, p->pos, start));
	return i + 1;
}

/* Behind the "}" of the ${..} that P is within, for which it stopped. What bash says where there is
 * none, or a quote within has no end. */
static size_t bad_end(struct parser *p, bool in_double)
{
	struct str s = p->text;
	size_t i = p->pos;

	for (int open = 1; open && i < s.n;) {
		char c = s.p[i];

		if ((c == '\'' && in_double) || (c == '(' && i && s.p[i - 1] == '$'))
			parse_stop(p, p->why);
		open += c == '{' && i && s.p[i - 1] == '$';
		open -= c == '}';
		i = c == '\'' || c == '"' || c == '`' ? quote_end(p, i) : i + 1 + (c == '\\');
		if (!open)
			return i;
	}
	parse_unclosed(p, '}', p->line);
}

/* What is no ${..} bash tells of once it expands it. */
static const struct param *bad_param(struct parser *p, bool in_double)
{
	struct param *param = arena_make(p->mem, struct param);
	size_t end = bad_end(p, in_double);

	if (strcmp(p->why, "bad substitution") != 0)
		parse_stop(p, p->why);
	param->op = PARAM_BAD;
	p->line += newlines(p->text, p->pos, end);
	p->pos = end;
	*vec_push(p->mem, &p->cited) = param;
	return param;
}

const struct param *lex_param(struct parser *p, bool in_double)
{
	struct parser saved;
	const struct param *param;
	const char *why;

	if (!parse_bash(p))
		return posix_lex_param(p, in_double);
	if (!p->runs || p->here)
		return parameter(p, in_double);
	saved = *p;
	if (setjmp(p->stop) == 0) {
		param = parameter(p, in_double);
		memcpy(p->stop, saved.stop, sizeof(p->stop));
		return param;
	}
	memcpy(p->stop, saved.stop, sizeof(saved.stop));
	if (strcmp(p->why, "syntax error") == 0)
		longjmp(p->stop, 1);
	why = p->why;
	*p = saved;
	p->why = why;
	return bad_param(p, in_double);
}
