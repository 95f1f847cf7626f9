/* SPDX-License-Identifier: GPL-2.0-only */
/* The grammar: whole texts, lists, pipelines. What it does not know, the real shell gets. Compound
 * commands: parse_compound.c. */
#include <string.h>

#include "shell/builtin.h"
#include "shell/parse.h"

struct node *parse_make(struct parser *p, enum node_kind kind)
{
	struct node *n = arena_make(p->mem, struct node);

	n->kind = kind;
	n->line = p->line;
	return n;
}

void parse_newlines(struct parser *p)
{
	while (lex_peek(p) == T_NEWLINE)
		lex_take(p, T_NEWLINE);
}

bool parse_take_word(struct parser *p, const char *text)
{
	if (!lex_at_word(p, text))
		return false;
	p->pos += strlen(text);
	return true;
}

bool parse_at_list_end(struct parser *p)
{
	switch (lex_peek(p)) {
	case T_END:
	case T_RPAREN:
	case T_DSEMI:
	case T_SEMI_AMP:
	case T_DSEMI_AMP: return true;
	case T_WORD:
		return reserved_at(p, RESERVED_CLOSES);
	default: return false;
	}
}

/* --- lists --- */

static bool at_command_end(struct parser *p)
{
	enum token t = lex_peek(p);

	return t == T_END || t == T_NEWLINE || t == T_SEMI;
}

/* bash's STAGE |&: STAGE 2>&1 |, behind its other redirections. */
static const struct node *with_errors(struct parser *p, const struct node *stage)
{
	struct node *n = arena_make(p->mem, struct node);
	struct redir *first = NULL, **end = &first;
	struct word *one = arena_make(p->mem, struct word);

	*one = (struct word){.plain = true, .fixed = S("1"), .source = S("1")};
	for (const struct redir *r = stage->redirs; r; r = r->next) {
		if (r->kind == REDIR_HERE) /* whose body is still to be read */
			parse_stop(p, "|& behind a here-document");
		*end = arena_make(p->mem, struct redir);
		**end = *r;
		end = &(*end)->next;
	}
	*end = arena_make(p->mem, struct redir);
	**end = (struct redir){.kind = REDIR_DUP_OUT, .fd = 2, .target = one};
	*n = *stage;
	n->redirs = first;
	return n;
}

static const struct node *pipeline(struct parser *p)
{
	struct node *n = parse_make(p, NODE_PIPELINE);
	VEC(const struct node *) stages = {0};
	unsigned line, behind;

	while (parse_take_word(p, "!")) {
		n->pipeline.negated = !n->pipeline.negated;
		n->pipeline.bangs = true;
		if (!parse_bash(p))
			break;
	}
	if (parse_bash(p) && n->pipeline.bangs && at_command_end(p))
		return n; /* of nothing */
	lex_peek(p);
	for (line = p->line;; line = behind) {
		const struct node *stage = parse_command(p, line);
		enum token t = lex_peek(p);

		if (stages.n && stage_has_no_end(p, stages.p[stages.n - 1], stage))
			parse_stop(p, "a stage without an end");
		*vec_push(p->mem, &stages) = t == T_PIPE_AMP ? with_errors(p, stage) : stage;
		if (t != T_PIPE && t != T_PIPE_AMP)
			break;
		if (stage_is_noise(stage)) /* stages run at once there */
			parse_stop(p, "a pipeline out of /dev/urandom");
		lex_take(p, t);
		behind = p->line;
		parse_newlines(p);
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
		parse_newlines(p);
		n = parse_make(p, t == T_AND ? NODE_AND : NODE_OR);
		n->both.left = left;
		n->both.right = pipeline(p);
		left = n;
	}
}

/* Is what is next special only because a command may begin here? */
static bool needs_place(struct parser *p)
{
	size_t n = lex_name(p, 0);
	const struct builtin *row;
	struct str rest;
	ptrdiff_t end;

	if (reserved_at(p, RESERVED_OPENS))
		return true;
	if (!n)
		return str_starts(str_from(p->text, p->pos), S("(("));
	/* of assignments, behind which is none then, those of arrays */
	rest = str_from(p->text, p->pos);
	end = str_chr(rest, '\n');
	row = builtin_row(p->dialect, str_sub(rest, 0, n));
	return ((parse_char(p, n) > 0 && strchr("=+[", parse_char(p, n))) ||
		(row && row->flags & BUILTIN_DECLARE)) &&
	       str_find(end < 0 ? rest : str_sub(rest, 0, (size_t)end), S("=(")) >= 0;
}

/*
 * "((" with a "&" or "<<" on its line, behind an eval: misread, that is a command in the background
 * or a here-document.
 */
static bool needs_shell(const struct parser *p)
{
	struct str rest = str_from(p->text, p->pos), before = str_sub(p->text, 0, p->pos);
	ptrdiff_t end = str_chr(rest, '\n');

	rest = end < 0 ? rest : str_sub(rest, 0, (size_t)end);
	return str_starts(rest, S("((")) && str_find(before, S("eval")) >= 0 &&
	       (str_chr(rest, '&') >= 0 || str_find(rest, S("<<")) >= 0);
}

/* ITEM begins the line that ends at P. */
static void note_brackets(const struct parser *p, struct list_item *item)
{
	struct str line = str_sub(item->rest, 0, item->rest.n - (p->text.n - p->pos));

	item->brackets = str_find(line, S("[[")) >= 0 || str_find(line, S("]]")) >= 0;
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
			if (whole && p->unended && first < items.n)
				items.p[first].unended = p->unended;
			if (first < items.n)
				note_brackets(p, &items.p[first]);
			for (; first < items.n; first++) {
				items.p[first].end = p->line - 1;
				items.p[first].read = whole ? p->line : 0;
			}
			if (whole) {
				p->done = items.p;
				p->ndone = items.n;
			}
			directly = lex_peek(p) != T_NEWLINE;
			parse_newlines(p);
			line_start = true;
			if (whole) {
				p->done = items.p;
				p->ndone = items.n;
			}
		}
		if (parse_at_list_end(p))
			break;
		misreadable = whole && parse_bash(p) && line_start && directly && needs_place(p);
		if (misreadable && needs_shell(p))
			parse_stop(p, "(( behind an eval");
		rest = whole && parse_bash(p) && line_start ? str_from(p->text, p->pos)
							    : (struct str){0};
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
			parse_unknown(p, "background job");
		if (t == T_SEMI || t == T_AMP)
			lex_take(p, t);
		else if (t != T_NEWLINE)
			break;
	}
	p->depth--;
	if (whole && p->may_be_unended && lex_peek(p) == T_END) {
		unsigned end = p->line;

		lex_here_bodies(p);
		p->line = end;
		if (p->unended && first < items.n)
			items.p[first].unended = p->unended;
	}
	if (first < items.n)
		note_brackets(p, &items.p[first]);
	for (; first < items.n; first++) {
		items.p[first].end = p->line + p->cut_off;
		items.p[first].read = whole ? p->line : 0;
	}
	if (items.n == 0)
		return NULL;
	if (items.n == 1 && !whole)
		return items.p[0].node;
	n = parse_make(p, NODE_LIST);
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

/* dash forgets the redirections of a subshell that is all there is in braces which have some
 * themselves. */
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
	/* behind a redirection nothing is taken for a reserved word, but dash's esac */
	if (first && lex_peek(p) == T_WORD && (parse_bash(p) || !lex_at_word(p, "esac"))) {
		p->misread = true;
		p->misread_at = p->pos;
	}
	if (!parse_bash(p) && first)
		inner = only_subshell(inner, &line);
	*n = *inner;
	n->redirs = first;
	n->line = parse_bash(p) ? n->line : line;
	return n;
}

const struct node *parse_command(struct parser *p, unsigned line)
{
	const struct node *n = NULL;
	enum token t = lex_peek(p);

	parse_deeper(p);
	if (t == T_LPAREN) {
		n = with_redirs(p, parse_subshell(p), line);
	} else if (t == T_WORD) {
		/* reserved, though no command begins with it */
		if (lex_at_word(p, "in") || (parse_bash(p) && lex_at_word(p, "]]")))
			parse_stop(p, "syntax error");
		n = parse_compound(p);
		if (n && n->kind != NODE_FUNCTION)
			n = with_redirs(p, n, line);
		n = n ? n : parse_function(p);
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
	if (p->in_wrong_cond)
		return LEFT_COND;
	return p->unclosed && !p->starts_anew ? LEFT_LOST : p->no_newline ? LEFT_CUT : LEFT_CLEAN;
}

/* The line behind TEXT, which begins in LINE. */
static unsigned end_line(struct str text, unsigned line)
{
	for (size_t i = 0; i < text.n; i++)
		line += text.p[i] == '\n';
	return line + !str_ends(text, S("\n"));
}

static const char *parse(struct arena *mem, enum shell_dialect dialect, struct str text,
			 unsigned line, const struct node **out, struct parse_error *error,
			 bool behind, enum parse_left *left)
{
	struct parser p = {.mem = mem,
			   .text = text,
			   .line = line,
			   .dialect = dialect,
			   .may_be_unended = behind,
			   .runs = behind,
			   .in_wrong_cond = *left == LEFT_COND,
			   .sets_ifs = str_find(text, S("IFS")) >= 0,
			   .most = parse_most(mem, text)};

	p.pending_end = &p.pending;
	*error = (struct parse_error){0};
	if (str_chr(text, '\0') >= 0)
		return "NUL in the text";
	if (setjmp(p.stop)) {
		if (p.unended)
			return "here-document without its end";
		error->syntax = strcmp(p.why, "syntax error") == 0;
		p.in_wrong_cond = false; /* the token that is told of is read again */
		if (dialect != SHELL_BASH) {
			parse_reason_posix(&p, error);
			return p.why;
		}
		parse_reason_bash(&p, error);
		if (p.unknown && p.unknown_line < p.ndone) { /* bash has run it by then */
			error->message = NULL;
			return p.unknown;
		}
		/* it looks for the ")" of an array, too */
		if (p.unclosed && p.in_array && !p.array_open) {
			error->array_end =
			    end_line(text, line) +
			    (p.substitutions >= p.in_array && p.unclosed != ')');
			error->array_message =
			    p.in_array > 1 ? "unexpected EOF while looking for matching `)'"
					   : "syntax error: unexpected end of file";
			p.array_open = p.starts_anew = true;
		}
		error->array_open = p.array_open;
		p.in_wrong_cond = p.cond_told != NULL;
		*left = left_behind(&p);
		return p.why;
	}
	if (*left != LEFT_CLEAN && *left != LEFT_COND && dialect == SHELL_BASH) {
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
	return p.unknown;
}

const char *parse_checked(struct arena *mem, enum shell_dialect dialect, struct str text,
			  unsigned line, const struct node **out, struct parse_error *error)
{
	enum parse_left left = LEFT_CLEAN;

	return parse(mem, dialect, text, line, out, error, false, &left);
}

const char *parse_behind(struct arena *mem, struct str text, unsigned line, const struct node **out,
			 struct parse_error *error, enum parse_left *left)
{
	return parse(mem, SHELL_BASH, text, line, out, error, true, left);
}

const char *parse_text(struct arena *mem, enum shell_dialect dialect, struct str text,
		       unsigned line, const struct node **out)
{
	struct parse_error error;

	return parse_checked(mem, dialect, text, line, out, &error);
}
