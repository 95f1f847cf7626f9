/* SPDX-License-Identifier: GPL-2.0-only */
/* The grammar: lists, pipelines, compound commands. What it does not know, the real shell gets. */
#include <string.h>

#include "shell/internal.h"
#include "shell/parse.h"

static const char bad_variable[] = "Bad for loop variable";

static const struct node *command(struct parser *p, unsigned line);

static struct node *make(struct parser *p, enum node_kind kind)
{
	struct node *n = arena_make(p->mem, struct node);

	n->kind = kind;
	n->line = p->line;
	return n;
}

static void newlines(struct parser *p)
{
	while (lex_peek(p) == T_NEWLINE)
		lex_take(p, T_NEWLINE);
}

static bool take_word(struct parser *p, const char *text)
{
	if (!lex_at_word(p, text))
		return false;
	p->pos += strlen(text);
	return true;
}

static void need_word(struct parser *p, const char *text)
{
	if (!take_word(p, text))
		parse_expected(p, str_cz(p->mem, str_fmt(p->mem, "\"%s\"", text)));
}

static bool at_list_end(struct parser *p)
{
	static const char *const closers[] = {"then", "else", "elif", "fi",
					      "do",   "done", "esac", "}"};

	switch (lex_peek(p)) {
	case T_END:
	case T_RPAREN:
	case T_DSEMI:
	case T_SEMI_AMP:
	case T_DSEMI_AMP: return true;
	case T_WORD:
		for (size_t i = 0; i < sizeof(closers) / sizeof(closers[0]); i++)
			if (lex_at_word(p, closers[i]))
				return true;
		return false;
	default: return false;
	}
}

/* --- lists --- */

static bool at_command_end(struct parser *p)
{
	enum token t = lex_peek(p);

	return t == T_END || t == T_NEWLINE || t == T_SEMI;
}

static const struct node *pipeline(struct parser *p)
{
	struct node *n = make(p, NODE_PIPELINE);
	VEC(const struct node *) stages = {0};
	unsigned line, behind;

	while (take_word(p, "!")) {
		n->pipeline.negated = !n->pipeline.negated;
		n->pipeline.bangs = true;
		if (!parse_bash(p))
			break;
	}
	if (parse_bash(p) && n->pipeline.bangs && at_command_end(p))
		return n; /* of nothing */
	lex_peek(p);
	for (line = p->line;; line = behind) {
		const struct node *stage = command(p, line);
		enum token t = lex_peek(p);

		if (t == T_PIPE_AMP)
			parse_stop(p, "|&");
		*vec_push(p->mem, &stages) = stage;
		if (t != T_PIPE)
			break;
		lex_take(p, t);
		behind = p->line;
		newlines(p);
	}
	if (stages.n == 1 && !n->pipeline.negated)
		return stages.p[0];
	n->pipeline.stages = stages.p;
	n->pipeline.n = stages.n;
	return n;
}

static const struct node *and_or(struct parser *p)
{
	const struct node *left = pipeline(p);

	for (;;) {
		enum token t = lex_peek(p);
		struct node *n;

		if (t != T_AND && t != T_OR)
			return left;
		lex_take(p, t);
		newlines(p);
		n = make(p, t == T_AND ? NODE_AND : NODE_OR);
		n->both.left = left;
		n->both.right = pipeline(p);
		left = n;
	}
}

/* Is what is next special only because a command may begin here? */
static bool needs_place(struct parser *p)
{
	static const char *const words[] = {"if", "for", "while", "until", "case", "{", "!", "[[", "function"};
	size_t n = lex_name(p, 0);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (lex_at_word(p, words[i]))
			return true;
	return str_starts(str_from(p->text, p->pos), S("((")) || (n && str_starts(str_from(p->text, p->pos + n), S("=("))) ||
	       (n && str_starts(str_from(p->text, p->pos + n), S("+=(")));
}

/* A list; WHOLE: of a whole text, a list node also for one command. */
static const struct node *some_list(struct parser *p, bool whole)
{
	VEC(struct list_item) items = {0};
	struct node *n;
	size_t first = 0; /* of this line */
	size_t rewrites = p->rewrites.n;
	bool line_start = true, by_newline = true, directly = false, misreadable;
	struct str rest;
	unsigned line;

	parse_deeper(p);
	for (;;) {
		enum token t;

		if (lex_peek(p) == T_NEWLINE) {
			lex_take(p, T_NEWLINE);
			for (; first < items.n; first++) {
				items.p[first].end = p->line - 1;
				items.p[first].read = whole ? p->line : 0;
			}
			if (whole) {
				p->done = items.p;
				p->ndone = items.n;
			}
			directly = lex_peek(p) != T_NEWLINE;
			newlines(p);
			line_start = true;
			if (whole) {
				p->done = items.p;
				p->ndone = items.n;
			}
		}
		if (at_list_end(p))
			break;
		misreadable = whole && parse_bash(p) && line_start && directly && needs_place(p);
		rest = misreadable ? str_from(p->text, p->pos) : (struct str){0};
		line = p->line;
		*vec_push(p->mem, &items) = (struct list_item){.node = and_or(p),
							       .starts_line = line_start,
							       .by_newline = by_newline,
							       .misreadable = misreadable,
							       .line = line,
							       .rest = rest};
		items.p[items.n - 1].end = p->line;
		line_start = false;
		p->rewrites.n = rewrites;
		t = lex_peek(p);
		by_newline = t == T_NEWLINE;
		if (t == T_AMP)
			parse_stop(p, "background job");
		if (t == T_SEMI)
			lex_take(p, t);
		else if (t != T_NEWLINE)
			break;
	}
	p->depth--;
	for (; first < items.n; first++) {
		items.p[first].end = p->line + p->cut_off;
		items.p[first].read = whole ? p->line : 0;
	}
	if (items.n == 0)
		return NULL;
	if (items.n == 1 && !whole)
		return items.p[0].node;
	n = make(p, NODE_LIST);
	n->list.p = items.p;
	n->list.n = items.n;
	return n;
}

const struct node *parse_list(struct parser *p)
{
	return some_list(p, false);
}

const struct node *parse_whole_list(struct parser *p)
{
	return some_list(p, true);
}

static const struct node *full_list(struct parser *p)
{
	const struct node *n = parse_list(p);

	if (!n && !(lex_peek(p) == T_END && !parse_bash(p))) /* else the word that should follow is missed */
		parse_stop(p, "syntax error");
	return n;
}

/* --- compound commands --- */

static const struct node *brace_group(struct parser *p)
{
	struct node *n = make(p, NODE_GROUP);

	need_word(p, "{");
	if (p->wants_brace)
		p->brace_line = p->line;
	p->wants_brace = false;
	n->group.body = full_list(p);
	need_word(p, "}");
	return n;
}

/* After "((": the expression up to "))"; NULL when it is no such thing, and nothing is consumed. */
static const struct word *double_paren(struct parser *p)
{
	size_t pos = p->pos, rewrites = p->rewrites.n;
	unsigned line = p->line;
	struct word *w;

	if (parse_no_arith(p))
		return NULL;
	p->pos += 2;
	w = lex_word(p, WORD_ARITH);
	if (parse_char(p, 0) == ')' && parse_char(p, 1) == ')') {
		p->pos += 2;
		return w;
	}
	if (parse_char(p, 0) < 0)
		parse_unclosed(p, ')', line);
	p->pos = pos;
	p->line = line;
	p->rewrites.n = rewrites;
	parse_note_no_arith(p);
	return NULL;
}

static const struct node *subshell(struct parser *p)
{
	struct node *n = make(p, NODE_SUBSHELL);

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
	if (parse_bash(p)) /* its line is the one of ")" */
		n->line = p->line;
	return n;
}

static const struct node *if_clause(struct parser *p)
{
	struct node *n = make(p, NODE_IF);

	n->branch.test = full_list(p);
	need_word(p, "then");
	n->branch.yes = full_list(p);
	if (take_word(p, "elif")) {
		n->branch.no = if_clause(p);
		return n;
	}
	if (take_word(p, "else"))
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
	struct node *n = make(p, kind);

	n->branch.test = full_list(p);
	n->branch.yes = do_group(p);
	return n;
}

static const struct word *arith_part(struct parser *p, char end)
{
	const struct word *w = lex_word(p, WORD_ARITH_PART);

	if (parse_char(p, 0) != end)
		parse_stop(p, "syntax error");
	p->pos++;
	return str_trim(w->source).n ? w : NULL;
}

static const struct node *for_arith(struct parser *p, struct node *n)
{
	n->kind = NODE_FOR_ARITH;
	p->pos += 2;
	n->loop.init = arith_part(p, ';');
	n->loop.test = arith_part(p, ';');
	n->loop.step = arith_part(p, ')');
	if (parse_char(p, 0) != ')')
		parse_stop(p, "syntax error");
	p->pos++;
	if (lex_peek(p) == T_SEMI)
		lex_take(p, T_SEMI);
	newlines(p);
	n->loop.body = lex_at_word(p, "{") ? brace_group(p) : do_group(p);
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

static const struct node *for_clause(struct parser *p)
{
	struct node *n = make(p, NODE_FOR);
	size_t length;

	if (parse_bash(p) && lex_peek(p) == T_LPAREN && parse_char(p, 1) == '(')
		return for_arith(p, n);
	p->wants_word = lex_peek(p) == T_END;
	length = lex_name(p, 0);
	if (length == 0 || !lex_is_meta(parse_char(p, length)))
		parse_stop(p, parse_bash(p) ? "syntax error" : bad_variable);
	n->loop.name = str_sub(p->text, p->pos, length);
	n->line = parse_bash(p) ? p->line : n->line;
	p->pos += length;
	if (lex_peek(p) == T_SEMI) {
		lex_take(p, T_SEMI);
		newlines(p);
	} else {
		newlines(p);
		if (take_word(p, "in"))
			for_words(p, n);
	}
	newlines(p);
	n->loop.body = parse_bash(p) && lex_at_word(p, "{") ? brace_group(p) : do_group(p);
	return n;
}

/* bash leaves marks of empty quotes within ${x+..} in what is compared. */
static void check_compared(struct parser *p, const struct word *w)
{
	for (size_t i = 0; parse_bash(p) && w->n > 1 && i < w->n; i++) {
		const struct param *param = w->parts[i].kind == PART_PARAM && !w->parts[i].quoted ? w->parts[i].param : NULL;
		const struct word *arg = param && param->op >= PARAM_DEFAULT && param->op <= PARAM_ALTERNATE ? param->arg : NULL;

		for (size_t k = 0; arg && k < arg->n; k++)
			if (arg->parts[k].quoted && (arg->parts[k].kind != PART_QUOTED || arg->parts[k].text.n == 0))
				parse_stop(p, "quotes in what is compared");
	}
}

static void case_patterns(struct parser *p, struct words *patterns)
{
	const struct word *word;

	if (lex_peek(p) == T_LPAREN)
		lex_take(p, T_LPAREN);
	for (;;) {
		if (lex_peek(p) != T_WORD)
			parse_stop(p, "syntax error");
		word = lex_word(p, WORD_NORMAL);
		check_compared(p, word);
		*vec_push(p->mem, patterns) = word;
		if (lex_peek(p) != T_PIPE)
			break;
		lex_take(p, T_PIPE);
	}
	p->wants_word = lex_peek(p) == T_END;
	if (lex_peek(p) != T_RPAREN)
		parse_expected(p, "\")\"");
	lex_take(p, T_RPAREN);
}

static const struct node *case_clause(struct parser *p)
{
	struct node *n = make(p, NODE_CASE);
	VEC(struct case_item) items = {0};

	p->wants_word = lex_peek(p) == T_END;
	if (lex_peek(p) != T_WORD)
		parse_expected(p, "word");
	n->select.word = lex_word(p, WORD_NORMAL);
	check_compared(p, n->select.word);
	n->line = parse_bash(p) ? p->line : n->line;
	newlines(p);
	need_word(p, "in");
	for (newlines(p); !lex_at_word(p, "esac"); newlines(p)) {
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
	struct node *n = make(p, NODE_COND);

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
	struct node *n = make(p, NODE_FUNCTION);
	size_t pos;
	unsigned line;

	if (lex_peek(p) == T_LPAREN) {
		lex_take(p, T_LPAREN);
		p->wants_word = lex_peek(p) == T_END;
		if (lex_peek(p) != T_RPAREN)
			parse_expected(p, "\")\"");
		lex_take(p, T_RPAREN);
	}
	if (!parse_bash(p) && !good_function_name(name))
		parse_stop(p, "Bad function name");
	line = p->line;
	newlines(p);
	n->function.name = name;
	p->wants_brace = true;
	pos = p->pos;
	n->function.body = command(p, line);
	n->function.line = p->brace_line;
	if (n->function.body->kind == NODE_SIMPLE && parse_bash(p)) {
		p->pos = pos;
		parse_stop(p, "syntax error");
	}
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

static const struct node *reserved(struct parser *p)
{
	static const char *const bash_only[] = {"time", "select", "coproc"};

	if (take_word(p, "if"))
		return if_clause(p);
	if (take_word(p, "for"))
		return for_clause(p);
	if (take_word(p, "while"))
		return while_clause(p, NODE_WHILE);
	if (take_word(p, "until"))
		return while_clause(p, NODE_UNTIL);
	if (take_word(p, "case"))
		return case_clause(p);
	if (lex_at_word(p, "{"))
		return brace_group(p);
	if (lex_at_word(p, "!") || at_list_end(p) || (!parse_bash(p) && lex_at_word(p, "in")))
		parse_stop(p, "syntax error");
	if (!parse_bash(p))
		return NULL;
	if (take_word(p, "[["))
		return cond_command(p);
	if (take_word(p, "function"))
		return function_keyword(p);
	for (size_t i = 0; i < sizeof(bash_only) / sizeof(bash_only[0]); i++)
		if (lex_at_word(p, bash_only[i]))
			parse_stop(p, bash_only[i]);
	return NULL;
}

/* dash forgets the redirections of a subshell that is all there is in braces which have some themselves. */
static const struct node *only_subshell(const struct node *n, unsigned *line)
{
	const struct node *inner = n;

	while (inner->kind == NODE_GROUP && (inner == n || !inner->redirs))
		inner = inner->group.body;
	if (inner->kind != NODE_SUBSHELL)
		return n;
	if (inner != n)
		*line = inner->line;
	return inner;
}

/* LINE: where dash looked for the command. */
static const struct node *with_redirs(struct parser *p, const struct node *inner, unsigned line)
{
	struct node *n = arena_make(p->mem, struct node);
	struct redir *first = NULL, **end = &first;

	while (lex_peek(p) == T_REDIR) {
		*end = lex_redir(p);
		end = &(*end)->next;
	}
	if (!first && (parse_bash(p) || inner->line == line))
		return inner;
	if (!parse_bash(p) && first)
		inner = only_subshell(inner, &line);
	*n = *inner;
	n->redirs = first;
	n->line = parse_bash(p) ? n->line : line;
	return n;
}

static const struct node *command(struct parser *p, unsigned line)
{
	const struct node *n = NULL;
	enum token t = lex_peek(p);
	size_t length;

	parse_deeper(p);
	if (t == T_LPAREN) {
		n = with_redirs(p, subshell(p), line);
	} else if (t == T_WORD) {
		if (lex_at_word(p, "in")) /* reserved, though no command begins with it */
			parse_stop(p, "syntax error");
		n = reserved(p);
		if (n && n->kind != NODE_FUNCTION)
			n = with_redirs(p, n, line);
		length = n ? 0 : function_name(p);
		if (length) {
			p->pos += length;
			n = function(p, str_sub(p->text, p->pos - length, length));
		}
	} else if (t != T_REDIR) {
		parse_stop(p, "syntax error");
	}
	if (!n)
		n = parse_simple(p);
	p->depth--;
	return n;
}

static enum parse_left left_behind(const struct parser *p)
{
	return p->unclosed && !p->starts_anew ? LEFT_LOST : p->no_newline ? LEFT_CUT : LEFT_CLEAN;
}

static const char *parse(struct arena *mem, enum shell_dialect dialect, struct str text, unsigned line,
			 const struct node **out, struct parse_error *error, enum parse_left *left)
{
	struct parser p = {.mem = mem, .text = text, .line = line, .dialect = dialect, .most = parse_most(mem, text)};

	p.pending_end = &p.pending;
	*error = (struct parse_error){0};
	if (str_chr(text, '\0') >= 0)
		return "NUL in the text";
	if (setjmp(p.stop)) {
		const char *why = p.why;


		if (dialect != SHELL_BASH) {
			bool reason = strcmp(why, "syntax error") == 0;

			why = reason ? parse_reason_posix(&p) : why;
			error->before = parse_lines_before(&p);
			/* dash counts a newline when it is read */
			error->line = p.line + ((reason || strcmp(why, bad_variable) == 0) && lex_peek(&p) == T_NEWLINE);
			return why;
		}
		parse_reason_bash(&p, error);
		*left = left_behind(&p);
		return why;
	}
	if (*left != LEFT_CLEAN && dialect == SHELL_BASH) {
		p.misread = lex_peek(&p) != T_NEWLINE;
		p.misread_at = p.pos;
	}
	*out = some_list(&p, true);
	*left = left_behind(&p);
	if (lex_peek(&p) != T_END)
		parse_stop(&p, "syntax error");
	if (p.pending && dialect != SHELL_BASH)
		lex_here_bodies(&p);
	if (p.pending)
		parse_stop(&p, "here-document without its end");
	return NULL;
}

const char *parse_checked(struct arena *mem, enum shell_dialect dialect, struct str text, unsigned line,
			  const struct node **out, struct parse_error *error)
{
	enum parse_left left = LEFT_CLEAN;

	return parse(mem, dialect, text, line, out, error, &left);
}

const char *parse_behind(struct arena *mem, struct str text, unsigned line, const struct node **out,
			 struct parse_error *error, enum parse_left *left)
{
	return parse(mem, SHELL_BASH, text, line, out, error, left);
}

const char *parse_text(struct arena *mem, enum shell_dialect dialect, struct str text,
		       unsigned line, const struct node **out)
{
	struct parse_error error;

	return parse_checked(mem, dialect, text, line, out, &error);
}
