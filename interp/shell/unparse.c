/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tree written anew, laid out as bash does it: for `type`, and for what it keeps of a command
 * substitution, whose lines are counted in that text.
 */
#include "shell/internal.h"

enum { STEP = 4 };

struct here {
	struct here *next;
	const struct redir *redir;
};

struct writer {
	struct arena *mem;
	struct buf out;
	unsigned indent, skip; /* SKIP: so many commands to come are not indented */
	unsigned functions, joins;
	bool newlines; /* they separate commands, as in $(..) */
	bool was_here;
	bool marks; /* as set -x shows it */
	struct here *late; /* here-documents whose bodies follow the operator to come */
};

static void command(struct writer *w, const struct node *n);

static void indent(struct writer *w)
{
	for (unsigned i = 0; i < w->indent; i++)
		buf_char(&w->out, ' ');
}

static void new_line(struct writer *w, const char *text)
{
	buf_char(&w->out, '\n');
	indent(w);
	buf_z(&w->out, text);
}

static void semicolon(struct writer *w)
{
	if (!w->out.n || (w->out.p[w->out.n - 1] != '&' && w->out.p[w->out.n - 1] != '\n'))
		buf_char(&w->out, ';');
}

/* --- words --- */

static void put_word(struct writer *w, const struct word *word)
{
	buf_str(&w->out, w->marks ? word_shown(w->mem, word) : word_text(w->mem, word));
}

/* Words that braces made of one count once. */
static void put_words(struct writer *w, const struct words *words, const char *between)
{
	for (size_t i = 0; i < words->n; i++) {
		if (i && words->p[i]->source.p == words->p[i - 1]->source.p)
			continue;
		if (i)
			buf_z(&w->out, between);
		put_word(w, words->p[i]);
	}
}

static void put_assign(struct writer *w, const struct assign *a)
{
	struct str items = w->marks ? items_shown(w->mem, a) : items_text(w->mem, a);

	buf_str(&w->out, a->name);
	if (a->index)
		buf_fmt(&w->out, "[%.*s]", STR_ARG(word_text(w->mem, a->index)));
	buf_z(&w->out, a->append ? "+=" : "=");
	if (a->array)
		buf_fmt(&w->out, "(%.*s)", STR_ARG(items));
	else
		put_word(w, a->value);
}

/* --- redirections --- */

static void put_target(struct writer *w, const struct redir *r, const char *op, int fd)
{
	if (r->fd != fd)
		buf_fmt(&w->out, "%d", r->fd);
	buf_z(&w->out, op);
	put_word(w, r->target);
}

static void put_duplicate(struct writer *w, const struct redir *r)
{
	struct str text = word_text(w->mem, r->target), digits = text;
	bool in = r->kind == REDIR_DUP_IN;
	uint64_t n;

	if (str_is(text, "-")) {
		buf_fmt(&w->out, "%d>&-", r->fd);
		return;
	}
	if (text.n > 1 && text.p[text.n - 1] == '-')
		digits = str_sub(text, 0, text.n - 1);
	if (str_number(digits, 10, &n) || r->fd != !in)
		buf_fmt(&w->out, "%d", r->fd);
	buf_fmt(&w->out, "%s%.*s", in ? "<&" : ">&", STR_ARG(text));
}

static void put_redir(struct writer *w, const struct redir *r)
{
	switch (r->kind) {
	case REDIR_READ: put_target(w, r, "< ", 0); break;
	case REDIR_WRITE: put_target(w, r, "> ", 1); break;
	case REDIR_CLOBBER: put_target(w, r, ">| ", 1); break;
	case REDIR_APPEND: put_target(w, r, ">> ", 1); break;
	case REDIR_UPDATE: put_target(w, r, "<> ", 1); break;
	case REDIR_HERE_STRING: put_target(w, r, "<<< ", 0); break;
	case REDIR_BOTH: put_target(w, r, "&> ", 1); break;
	case REDIR_BOTH_APPEND: put_target(w, r, "&>> ", 1); break;
	case REDIR_DUP_IN:
	case REDIR_DUP_OUT: put_duplicate(w, r); break;
	case REDIR_HERE:
		if (r->fd)
			buf_fmt(&w->out, "%d", r->fd);
		buf_fmt(&w->out, "<<%s%.*s", r->strip_tabs ? "-" : "",
			STR_ARG(r->literal ? quote_single(w->mem, SHELL_BASH, r->delimiter)
					   : r->delimiter));
		break;
	}
}

static void put_bodies(struct writer *w, const struct here *h)
{
	buf_char(&w->out, '\n');
	for (; h; h = h->next)
		buf_fmt(&w->out, "%.*s%.*s\n", STR_ARG(h->redir->body),
			STR_ARG(h->redir->delimiter));
	w->was_here = true;
}

/* OP, then the bodies that had to wait for it; a ';' is not written. */
static void put_late(struct writer *w, const char *op)
{
	bool shown = *op && !(op[0] == ';' && !op[1]);

	if (shown)
		buf_z(&w->out, op);
	if (w->late) {
		put_bodies(w, w->late);
		if (shown)
			buf_char(&w->out, ' ');
	}
	w->late = NULL;
}

static void put_late_if(struct writer *w)
{
	if (w->late)
		put_late(w, "");
}

static void put_redirs(struct writer *w, const struct redir *list)
{
	struct here *first = NULL, **end = &first;

	w->was_here = false;
	for (const struct redir *r = list; r; r = r->next) {
		put_redir(w, r);
		if (r->kind == REDIR_HERE) {
			*end = arena_make(w->mem, struct here);
			(*end)->redir = r;
			end = &(*end)->next;
		}
		if (r->next)
			buf_char(&w->out, ' ');
	}
	if (first && w->joins)
		w->late = first;
	else if (first)
		put_bodies(w, first);
}

/* --- commands --- */

/* What stands between two commands. */
static void put_joint(struct writer *w, bool newline)
{
	bool was_newline = !w->late && !w->was_here && newline;

	if (w->late)
		put_late(w, w->functions ? "" : ";");
	else if (w->was_here)
		w->was_here = false;
	else
		buf_z(&w->out, newline && w->newlines ? "\n" : ";");
	if (w->functions || (w->newlines && newline && !was_newline)) {
		buf_char(&w->out, '\n');
		return;
	}
	if (!newline)
		buf_char(&w->out, ' ');
	w->skip++;
}

static void put_list(struct writer *w, const struct node *n)
{
	w->joins += (unsigned)n->list.n - 1;
	w->skip++;
	for (size_t i = 0; i < n->list.n; i++) {
		if (i)
			put_joint(w, n->list.p[i].by_newline && w->newlines);
		command(w, n->list.p[i].node);
		if (i) {
			put_late_if(w);
			w->joins--;
		}
	}
}

static void put_pair(struct writer *w, const struct node *left, const char *op,
		     const struct node *right)
{
	w->skip++;
	w->joins++;
	command(w, left);
	put_late(w, op);
	w->skip++;
	command(w, right);
	put_late_if(w);
	w->joins--;
}

static void put_pipeline(struct writer *w, const struct node *n)
{
	w->joins += (unsigned)n->pipeline.n - 1;
	w->skip++;
	for (size_t i = 0; i < n->pipeline.n; i++) {
		if (i) {
			put_late(w, " |");
			buf_char(&w->out, ' ');
			w->skip++;
		}
		command(w, n->pipeline.stages[i]);
		if (i) {
			put_late_if(w);
			w->joins--;
		}
	}
}

static void put_simple(struct writer *w, const struct node *n)
{
	bool any = false;

	for (size_t i = 0; i < n->simple.nassigns; i++, any = true) {
		if (any)
			buf_char(&w->out, ' ');
		put_assign(w, &n->simple.assigns[i]);
	}
	for (size_t i = 0; i < n->simple.words.n; i++) {
		const struct word *word = n->simple.words.p[i];

		if (i && word->source.p == n->simple.words.p[i - 1]->source.p)
			continue;
		if (any)
			buf_char(&w->out, ' ');
		any = true;
		if (n->simple.word_assigns && n->simple.word_assigns[i])
			put_assign(w, n->simple.word_assigns[i]);
		else
			put_word(w, word);
	}
	if (n->redirs) {
		if (any)
			buf_char(&w->out, ' ');
		put_redirs(w, n->redirs);
	}
}

static void put_group(struct writer *w, const struct node *n)
{
	buf_z(&w->out, "{ ");
	if (w->functions) {
		buf_char(&w->out, '\n');
		w->indent += STEP;
	} else {
		w->skip++;
	}
	command(w, n->group.body);
	put_late_if(w);
	if (w->functions) {
		w->indent -= STEP;
		new_line(w, "");
	} else {
		semicolon(w);
		buf_char(&w->out, ' ');
	}
	buf_char(&w->out, '}');
}

static void inside(struct writer *w, const struct node *body)
{
	w->indent += STEP;
	command(w, body);
	put_late_if(w);
	w->indent -= STEP;
}

static void put_if(struct writer *w, const struct node *n)
{
	buf_z(&w->out, "if ");
	w->skip++;
	command(w, n->branch.test);
	semicolon(w);
	buf_z(&w->out, " then\n");
	inside(w, n->branch.yes);
	if (n->branch.no) {
		semicolon(w);
		new_line(w, "else\n");
		inside(w, n->branch.no);
	}
	semicolon(w);
	new_line(w, "fi");
}

static void put_while(struct writer *w, const struct node *n)
{
	buf_z(&w->out, n->kind == NODE_WHILE ? "while " : "until ");
	w->skip++;
	command(w, n->branch.test);
	put_late_if(w);
	semicolon(w);
	buf_z(&w->out, " do\n");
	inside(w, n->branch.yes);
	semicolon(w);
	new_line(w, "done");
}

static void put_done(struct writer *w, const struct node *body)
{
	new_line(w, "do\n");
	w->indent += STEP;
	command(w, body);
	put_late_if(w);
	semicolon(w);
	w->indent -= STEP;
	new_line(w, "done");
}

static void put_for(struct writer *w, const struct node *n)
{
	if (n->kind == NODE_FOR_ARITH) {
		const struct word *parts[] = {n->loop.init, n->loop.test, n->loop.step};

		buf_z(&w->out, "for ((");
		for (size_t i = 0; i < 3; i++)
			buf_fmt(&w->out, "%s%.*s", i ? "; " : "",
				STR_ARG(parts[i] ? str_trim(word_text(w->mem, parts[i])) : S("1")));
		buf_z(&w->out, "))");
	} else {
		buf_fmt(&w->out, "for %.*s in ", STR_ARG(n->loop.name));
		if (n->loop.has_in)
			put_words(w, &n->loop.words, " ");
		else
			buf_z(&w->out, "\"$@\"");
		buf_char(&w->out, ';');
	}
	put_done(w, n->loop.body);
}

static void put_case(struct writer *w, const struct node *n)
{
	static const char *const ends[] = {";;", ";&", ";;&"};

	buf_z(&w->out, "case ");
	put_word(w, n->select.word);
	buf_z(&w->out, " in ");
	w->indent += STEP;
	for (size_t i = 0; i < n->select.n; i++) {
		new_line(w, "");
		put_words(w, &n->select.items[i].patterns, " | ");
		buf_z(&w->out, ")\n");
		inside(w, n->select.items[i].body);
		new_line(w, ends[n->select.items[i].end]);
	}
	w->indent -= STEP;
	new_line(w, "esac");
}

static void put_cond(struct writer *w, const struct cond *c)
{
	for (unsigned i = 0; i < c->parens; i++)
		buf_z(&w->out, "( ");
	switch (c->kind) {
	case COND_NOT: /* two of them are none */
		if (c->left->kind == COND_NOT && !c->left->parens) {
			put_cond(w, c->left->left);
			break;
		}
		buf_z(&w->out, "! ");
		put_cond(w, c->left);
		break;
	case COND_AND:
	case COND_OR:
		put_cond(w, c->left);
		buf_z(&w->out, c->kind == COND_AND ? " && " : " || ");
		put_cond(w, c->right);
		break;
	case COND_BINARY:
		put_word(w, c->a);
		buf_fmt(&w->out, " %.*s ", STR_ARG(c->op));
		put_word(w, c->b);
		break;
	default:
		buf_fmt(&w->out, "%.*s ", STR_ARG(c->kind == COND_WORD ? S("-n") : c->op));
		put_word(w, c->a);
	}
	for (unsigned i = 0; i < c->parens; i++)
		buf_z(&w->out, " )");
}

/* From "{" on. */
static void put_body(struct writer *w, const struct node *body)
{
	bool group = body->kind == NODE_GROUP;
	struct node bare = *body;

	indent(w);
	buf_z(&w->out, "{ \n");
	w->functions++;
	w->indent += STEP;
	bare.redirs = group ? NULL : body->redirs;
	command(w, group ? body->group.body : &bare);
	put_late_if(w);
	w->indent -= STEP;
	w->functions--;
	new_line(w, "}");
	w->was_here = false;
	if (group && body->redirs) {
		buf_char(&w->out, ' ');
		put_redirs(w, body->redirs);
	}
}

static void put_kind(struct writer *w, const struct node *n)
{
	switch (n->kind) {
	case NODE_SIMPLE: put_simple(w, n); return;
	case NODE_PIPELINE: put_pipeline(w, n); return;
	case NODE_AND: put_pair(w, n->both.left, " && ", n->both.right); return;
	case NODE_OR: put_pair(w, n->both.left, " || ", n->both.right); return;
	case NODE_LIST: put_list(w, n); return;
	case NODE_GROUP: put_group(w, n); return;
	case NODE_SUBSHELL:
		buf_z(&w->out, "( ");
		w->skip++;
		command(w, n->group.body);
		put_late_if(w);
		buf_z(&w->out, " )");
		return;
	case NODE_IF: put_if(w, n); return;
	case NODE_WHILE:
	case NODE_UNTIL: put_while(w, n); return;
	case NODE_FOR:
	case NODE_FOR_ARITH: put_for(w, n); return;
	case NODE_CASE: put_case(w, n); return;
	case NODE_ARITH: buf_fmt(&w->out, "((%.*s))", STR_ARG(word_text(w->mem, n->arith))); return;
	case NODE_COND:
		buf_z(&w->out, "[[ ");
		put_cond(w, n->cond);
		buf_z(&w->out, " ]]");
		return;
	case NODE_WRONG: buf_str(&w->out, n->wrong); return;
	case NODE_FUNCTION:
		buf_fmt(&w->out, "function %.*s () \n", STR_ARG(n->function.name));
		put_body(w, n->function.body);
		return;
	}
}

static void command(struct writer *w, const struct node *n)
{
	if (!n)
		return;
	if (n->kind == NODE_LIST && n->list.n == 1) {
		command(w, n->list.p[0].node);
		return;
	}
	if (w->skip)
		w->skip--;
	else
		indent(w);
	if (n->kind == NODE_PIPELINE && n->pipeline.negated) {
		buf_z(&w->out, "! ");
		if (n->pipeline.n == 1) {
			w->skip++;
			command(w, n->pipeline.stages[0]);
			return;
		}
	}
	put_kind(w, n);
	if (n->redirs && n->kind != NODE_SIMPLE) {
		buf_char(&w->out, ' ');
		put_redirs(w, n->redirs);
	}
}

struct str command_text(struct arena *mem, const struct node *n)
{
	struct writer w = {.mem = mem, .out = buf_new(mem), .newlines = true};

	buf_put(&w.out, "", 0);
	command(&w, n);
	return w.out.n ? buf_view(&w.out) : S("");
}

struct str substitution_shown(struct arena *mem, const struct node *n)
{
	struct writer w = {.mem = mem, .out = buf_new(mem), .newlines = true, .marks = true};

	buf_put(&w.out, "", 0);
	command(&w, n);
	return str_fmt(mem, "$(%s%.*s)", w.out.n && w.out.p[0] == '(' ? " " : "", (int)w.out.n,
		       w.out.p);
}

struct str substitution_text(struct arena *mem, const struct node *n)
{
	struct str text = command_text(mem, n);

	return str_fmt(mem, "$(%s%.*s)", text.n && text.p[0] == '(' ? " " : "", STR_ARG(text));
}

struct str function_text(struct arena *mem, const struct node *body)
{
	struct writer w = {.mem = mem, .out = buf_new(mem)};

	buf_put(&w.out, "", 0);
	put_body(&w, body);
	return buf_view(&w.out);
}
