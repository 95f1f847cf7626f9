/* SPDX-License-Identifier: GPL-2.0-only */
/* The grammar of what begins with a reserved word, a parenthesis or a brace, and of functions. */
#include <string.h>

#include "shell/builtin.h"
#include "shell/parse.h"

static void need_word(struct parser *p, const char *text)
{
	if (!parse_take_word(p, text))
		parse_expected(p, str_cz(p->mem, str_fmt(p->mem, "\"%s\"", text)));
}

static const struct node *full_list(struct parser *p)
{
	const struct node *n = parse_list(p);

	/* else the word that should follow is missed */
	if (!n && !(lex_peek(p) == T_END && !parse_bash(p)))
		parse_stop(p, "syntax error");
	return n;
}

static const struct node *brace_group(struct parser *p)
{
	struct node *n = parse_make(p, NODE_GROUP);

	need_word(p, "{");
	if (p->wants_brace)
		p->brace_line = p->line;
	p->wants_brace = false;
	n->group.body = full_list(p);
	need_word(p, "}");
	return n;
}

/*
 * "((" at P's position: does no second parenthesis stand behind the one that closes the second of
 * them? Whoever looks for that knows quotes, but no "${": a parenthesis in it counts.
 */
static bool is_two_subshells(const struct parser *p)
{
	struct str rest = str_from(p->text, p->pos);
	size_t end;

	/* of "case" a parenthesis may be no pair's */
	if (str_find(rest, S("${")) < 0 || str_find(rest, S("case")) >= 0)
		return false;
	end = lex_closing_paren(rest, 1);
	return end && end + 1 < rest.n && rest.p[end + 1] != ')';
}

/* After "((": the expression up to "))"; NULL when it is no such thing, and nothing is consumed. */
static const struct word *double_paren(struct parser *p)
{
	size_t pos = p->pos, rewrites = p->rewrites.n;
	unsigned line = p->line;
	struct word *w;

	if (parse_no_arith(p) || is_two_subshells(p))
		return NULL;
	p->pos += 2;
	w = lex_word(p, WORD_ARITH);
	if (parse_char(p, 0) == ')' && parse_char(p, 1) == ')') {
		lex_check_parens(p, w->source);
		lex_check_arith(p, w);
		p->pos += 2;
		return w;
	}
	if (parse_char(p, 0) < 0)
		parse_unclosed(p, ')', line);
	p->pos = pos;
	p->line = line;
	p->rewrites.n = rewrites;
	parse_note_no_arith(p, w->source);
	return NULL;
}

const struct node *parse_subshell(struct parser *p)
{
	struct node *n = parse_make(p, NODE_SUBSHELL);

	if (parse_bash(p) && parse_char(p, 1) == '(' && !lex_misread(p)) {
		const struct word *w = double_paren(p);

		if (w) {
			n->kind = NODE_ARITH;
			n->arith = w;
			n->line = p->line;
			return n;
		}
	}
	lex_take(p, T_LPAREN);
	n->group.body = full_list(p);
	if (lex_peek(p) != T_RPAREN)
		parse_expected(p, "\")\"");
	lex_take(p, T_RPAREN);
	if (parse_bash(p)) { /* its line is the one of what stands behind ")" */
		n->line = p->line;
		for (size_t i = 0; lex_goes_on(p, i); i += 2)
			n->line++;
	}
	return n;
}

static const struct node *if_clause(struct parser *p)
{
	struct node *n = parse_make(p, NODE_IF);

	n->branch.test = full_list(p);
	need_word(p, "then");
	n->branch.yes = full_list(p);
	if (parse_take_word(p, "elif")) {
		n->branch.no = if_clause(p);
		return n;
	}
	if (parse_take_word(p, "else"))
		n->branch.no = full_list(p);
	need_word(p, "fi");
	return n;
}

static const struct node *do_group(struct parser *p)
{
	const struct node *body;

	need_word(p, "do");
	body = full_list(p);
	need_word(p, "done");
	return body;
}

static const struct node *while_clause(struct parser *p, enum node_kind kind)
{
	struct node *n = parse_make(p, kind);

	n->branch.test = full_list(p);
	n->branch.yes = do_group(p);
	return n;
}

static const struct word *arith_part(struct parser *p, char end)
{
	const struct word *w = lex_word(p, WORD_ARITH_PART);

	lex_check_arith(p, w);
	if (parse_char(p, 0) != end)
		parse_stop(p, "syntax error");
	p->pos++;
	return str_trim(w->source).n ? w : NULL;
}

/* bash looks for the other quote of each in S, beyond its parentheses too. */
static bool has_lone_quote(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\'';
	return n % 2 != 0;
}

static const struct node *for_arith(struct parser *p, struct node *n)
{
	size_t start = p->pos + 2;
	struct str head;

	n->kind = NODE_FOR_ARITH;
	p->for_line = p->line;
	p->pos = start;
	n->loop.init = arith_part(p, ';');
	n->loop.test = arith_part(p, ';');
	n->loop.step = arith_part(p, ')');
	if (parse_char(p, 0) != ')')
		parse_stop(p, "syntax error");
	head = str_sub(p->text, start, p->pos - 1 - start);
	if (has_lone_quote(head))
		parse_stop(p, "a quote in the head of a loop");
	lex_check_parens(p, head);
	p->pos++;
	if (lex_peek(p) == T_SEMI)
		lex_take(p, T_SEMI);
	parse_newlines(p);
	n->loop.body = lex_at_word(p, "{") ? brace_group(p) : do_group(p);
	n->line = p->for_line; /* of one in its body, when there is one */
	return n;
}

static void for_words(struct parser *p, struct node *n)
{
	n->loop.has_in = true;
	while (lex_peek(p) == T_WORD)
		brace_expand(p, lex_word(p, WORD_NORMAL), &n->loop.words);
	if (lex_peek(p) != T_SEMI && lex_peek(p) != T_NEWLINE)
		parse_stop(p, "syntax error");
	lex_take(p, lex_peek(p));
}

_Noreturn static void bad_variable(struct parser *p)
{
	if (parse_bash(p))
		parse_stop(p, "syntax error");
	posix_token(p);
	parse_wrong(p, "Bad for loop variable");
}

static const struct node *for_clause(struct parser *p)
{
	struct node *n = parse_make(p, NODE_FOR);
	size_t length;

	if (parse_bash(p) && lex_peek(p) == T_LPAREN && parse_char(p, 1) == '(')
		return for_arith(p, n);
	p->wants_word = lex_peek(p) == T_END;
	length = lex_name(p, 0);
	if (length == 0 || !lex_is_meta(parse_char(p, length)))
		bad_variable(p);
	n->loop.name = str_sub(p->text, p->pos, length);
	n->line = parse_bash(p) ? p->line : n->line;
	p->pos += length;
	if (!parse_bash(p))
		parse_newlines(p);
	if (lex_peek(p) == T_SEMI) {
		lex_take(p, T_SEMI);
		parse_newlines(p);
	} else {
		parse_newlines(p);
		if (parse_take_word(p, "in"))
			for_words(p, n);
	}
	parse_newlines(p);
	n->loop.body = parse_bash(p) && lex_at_word(p, "{") ? brace_group(p) : do_group(p);
	return n;
}

/* bash leaves marks of empty quotes within ${x+..} in what is compared. */
static void check_compared(struct parser *p, const struct word *w)
{
	for (size_t i = 0; parse_bash(p) && w->n > 1 && i < w->n; i++) {
		const struct param *param = w->parts[i].kind == PART_PARAM && !w->parts[i].quoted
						? w->parts[i].param
						: NULL;
		const struct word *arg =
		    param && param->op >= PARAM_DEFAULT && param->op <= PARAM_ALTERNATE ? param->arg
											: NULL;

		for (size_t k = 0; arg && k < arg->n; k++)
			if (arg->parts[k].quoted &&
			    (arg->parts[k].kind != PART_QUOTED || arg->parts[k].text.n == 0))
				parse_stop(p, "quotes in what is compared");
	}
}

/* dash takes any token for the word that should be here, and looks at the next one. */
_Noreturn static void no_pattern(struct parser *p)
{
	enum token t = lex_peek(p);

	if (parse_bash(p))
		parse_stop(p, "syntax error");
	if (t == T_REDIR)
		posix_operator(p);
	else if (t != T_END)
		lex_take(p, t);
	if (lex_peek(p) == T_PIPE || lex_peek(p) == T_RPAREN)
		parse_stop(p, "a pattern that is none");
	parse_expected(p, "\")\"");
}

/* bash splits what has no quotes beside a "$@" in a pattern, and takes the first of it all. */
static void check_pattern(struct parser *p, const struct word *w)
{
	bool at = false, other = false;

	for (size_t i = 0; parse_bash(p) && i < w->n; i++) {
		const struct part *part = &w->parts[i];
		const struct param *param = part->kind == PART_PARAM ? part->param : NULL;

		at |= param && part->quoted && (param->all == '@' || str_is(param->name, "@"));
		other |= part->kind > PART_QUOTED && !part->quoted;
	}
	if (at && other)
		parse_stop(p, "parts beside $@");
}

static void case_patterns(struct parser *p, struct words *patterns)
{
	const struct word *word;

	if (lex_peek(p) == T_LPAREN)
		lex_take(p, T_LPAREN);
	for (;;) {
		if (lex_peek(p) != T_WORD)
			no_pattern(p);
		word = lex_word(p, WORD_NORMAL);
		lex_check_compared(p, word, false);
		check_compared(p, word);
		check_pattern(p, word);
		*vec_push(p->mem, patterns) = word;
		if (lex_peek(p) != T_PIPE)
			break;
		lex_take(p, T_PIPE);
		p->wants_word = lex_peek(p) == T_END;
	}
	p->wants_word = lex_peek(p) == T_END;
	parse_close(p);
}

static const struct node *case_clause(struct parser *p)
{
	struct node *n = parse_make(p, NODE_CASE);
	VEC(struct case_item) items = {0};

	p->wants_word = lex_peek(p) == T_END;
	if (lex_peek(p) != T_WORD)
		parse_expected(p, "word");
	n->select.word = lex_word(p, WORD_NORMAL);
	lex_check_compared(p, n->select.word, true);
	check_compared(p, n->select.word);
	n->line = parse_bash(p) ? p->line : n->line;
	parse_newlines(p);
	need_word(p, "in");
	for (parse_newlines(p); !lex_at_word(p, "esac"); parse_newlines(p)) {
		struct case_item item = {0};
		enum token t;

		case_patterns(p, &item.patterns);
		item.body = parse_list(p);
		t = lex_peek(p);
		item.end = t == T_SEMI_AMP ? CASE_FALL : t == T_DSEMI_AMP ? CASE_TEST : CASE_STOP;
		*vec_push(p->mem, &items) = item;
		if (t != T_DSEMI && t != T_SEMI_AMP && t != T_DSEMI_AMP) {
			if (!lex_at_word(p, "esac"))
				parse_expected(p, "\";;\"");
			break;
		}
		lex_take(p, t);
	}
	need_word(p, "esac");
	n->select.items = items.p;
	n->select.n = items.n;
	return n;
}

static const struct node *cond_command(struct parser *p)
{
	struct node *n = parse_make(p, NODE_COND);

	if (p->in_wrong_cond) { /* what is next is no part of it */
		p->wants_word = lex_peek(p) == T_END;
		parse_stop(p, p->substitutions ? "[[ in $(..) behind a wrong one" : "syntax error");
	}
	n->cond = parse_cond(p, &n->line);
	return n;
}

/* dash wants a name like a variable's, and none of its special builtins. */
static bool good_function_name(struct str name)
{
	const struct builtin *b = builtin_find(SHELL_POSIX, name);

	return is_name(name) && !(b && (b->flags & BUILTIN_SPECIAL));
}

/* NAME is read; "(" may be next. */
static const struct node *function(struct parser *p, struct str name)
{
	struct node *n = parse_make(p, NODE_FUNCTION);
	size_t pos;
	unsigned line;

	if (lex_peek(p) == T_LPAREN) {
		lex_take(p, T_LPAREN);
		p->wants_word = lex_peek(p) == T_END;
		parse_close(p);
	}
	if (!parse_bash(p) && !good_function_name(name))
		parse_wrong(p, "Bad function name");
	line = p->line;
	parse_newlines(p);
	n->function.name = name;
	p->wants_brace = true;
	pos = p->pos;
	n->function.body = parse_command(p, line);
	n->function.line = p->brace_line;
	if ((n->function.body->kind == NODE_SIMPLE || n->function.body->kind == NODE_FUNCTION) &&
	    parse_bash(p)) {
		p->pos = pos;
		parse_stop(p, "syntax error");
	}
	stage_note_function(p, name, n->function.body);
	return n;
}

static const struct node *function_keyword(struct parser *p)
{
	const struct word *w;

	p->wants_word = lex_peek(p) == T_END;
	if (lex_peek(p) != T_WORD)
		parse_stop(p, "syntax error");
	w = lex_word(p, WORD_NORMAL);
	if (!w->plain || w->fixed.n == 0)
		parse_stop(p, "syntax error");
	return function(p, w->fixed);
}

/* A function's name is a plain unquoted word with "(" behind it. */
static size_t function_name(struct parser *p)
{
	size_t n = 0, end;

	if (lex_peek(p) != T_WORD)
		return 0;
	while (!lex_is_meta(parse_char(p, n)) && !strchr("'\"\\$`=", parse_char(p, n)))
		n++;
	for (end = n; parse_char(p, end) == ' ' || parse_char(p, end) == '\t'; end++)
		;
	return parse_char(p, end) == '(' ? n : 0;
}

const struct node *parse_function(struct parser *p)
{
	size_t length = function_name(p);

	if (length == 0)
		return NULL;
	p->pos += length;
	return function(p, str_sub(p->text, p->pos - length, length));
}

const struct node *parse_function_named(struct parser *p, struct str name)
{
	return function(p, name);
}

const struct node *parse_compound(struct parser *p)
{
	const char *real;

	if (parse_take_word(p, "if"))
		return if_clause(p);
	if (parse_take_word(p, "for"))
		return for_clause(p);
	if (parse_take_word(p, "while"))
		return while_clause(p, NODE_WHILE);
	if (parse_take_word(p, "until"))
		return while_clause(p, NODE_UNTIL);
	if (parse_take_word(p, "case"))
		return case_clause(p);
	if (lex_at_word(p, "{"))
		return brace_group(p);
	if (lex_at_word(p, "!") || parse_at_list_end(p) || (!parse_bash(p) && lex_at_word(p, "in")))
		parse_stop(p, "syntax error");
	if (!parse_bash(p))
		return NULL;
	if (parse_take_word(p, "[["))
		return cond_command(p);
	if (parse_take_word(p, "function"))
		return function_keyword(p);
	if ((real = reserved_at(p, RESERVED_REAL)))
		parse_stop(p, real);
	return NULL;
}

