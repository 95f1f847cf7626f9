/* SPDX-License-Identifier: GPL-2.0-only */
/* Which commands a text names, from its tree alone; nothing is expanded or run. */
#include "shell/foresee.h"

#include "base/path.h"
#include "shell/builtin.h"

struct walk {
	struct arena *mem;
	enum shell_dialect dialect;
	struct foresight *out;
	struct strs names, texts; /* what it assigns that needs no expansion; no text: several */
};

static void node(struct walk *w, const struct node *n);

static void once(struct arena *mem, struct strs *list, struct str s)
{
	if (!strs_have(list, s))
		*vec_push(mem, list) = s;
}

static void word(struct walk *w, const struct word *x);

static void param(struct walk *w, const struct param *p)
{
	word(w, p->index);
	word(w, p->arg);
	word(w, p->arg2);
}

static void word(struct walk *w, const struct word *x)
{
	for (size_t i = 0; x && i < x->n; i++)
		switch (x->parts[i].kind) {
		case PART_PARAM: param(w, x->parts[i].param); break;
		case PART_COMMAND: node(w, x->parts[i].command); break;
		case PART_ARITH: word(w, x->parts[i].arith); break;
		default: break;
		}
}

static void words(struct walk *w, const struct words *list)
{
	for (size_t i = 0; i < list->n; i++)
		word(w, list->p[i]);
}

static void redirs(struct walk *w, const struct redir *r)
{
	for (; r; r = r->next)
		word(w, r->target);
}

static void assign(struct walk *w, const struct assign *a)
{
	word(w, a->index);
	word(w, a->value);
	for (size_t i = 0; i < a->nitems; i++)
		assign(w, &a->items[i]);
}

static bool is_shell_name(struct str name)
{
	return str_is(name, "sh") || str_is(name, "bash") || str_is(name, "dash");
}

/* X's text when there is nothing to expand in it (a pattern counts as text); unset otherwise. */
static struct str literal(struct arena *mem, const struct word *x)
{
	struct buf b = buf_new(mem);

	if (x->plain)
		return x->fixed;
	for (size_t i = 0; i < x->n; i++) {
		if (x->parts[i].kind != PART_TEXT && x->parts[i].kind != PART_QUOTED)
			return (struct str){NULL, 0};
		buf_str(&b, x->parts[i].text);
	}
	return b.n ? buf_view(&b) : S("");
}

/* `NAME=TEXT` as a command of its own. Another text for the same name makes it one of several. */
static void remember(struct walk *w, const struct assign *a)
{
	struct str text = {NULL, 0};

	if (a->value && !a->append && !a->index)
		text = literal(w->mem, a->value);
	for (size_t i = 0; i < w->names.n; i++)
		if (str_eq(w->names.p[i], a->name)) {
			if (!text.p || !str_eq(text, w->texts.p[i]))
				w->texts.p[i] = (struct str){NULL, 0};
			return;
		}
	*vec_push(w->mem, &w->names) = a->name;
	*vec_push(w->mem, &w->texts) = text;
}

/* The name of a command, X: its text, or that of the variable which is all of it. */
static struct str known(struct walk *w, const struct word *x)
{
	const struct param *p = NULL;

	for (size_t i = 0; !x->plain && i < x->n; i++)
		if (x->parts[i].kind == PART_PARAM && !p)
			p = x->parts[i].param;
		else if (x->parts[i].kind > PART_QUOTED || x->parts[i].text.n)
			return literal(w->mem, x);
	for (size_t i = 0; p && p->op == PARAM_PLAIN && !p->indirect && i < w->names.n; i++)
		if (str_eq(w->names.p[i], p->name) && w->texts.p[i].p)
			return str_find(w->texts.p[i], S(" ")) < 0 ? w->texts.p[i]
								   : (struct str){NULL, 0};
	return literal(w->mem, x);
}

/* `. DIR/FILE`, where DIR may be a value: the name of FILE. */
static void sourced(struct walk *w, const struct word *x)
{
	const struct part *last = x->n ? &x->parts[x->n - 1] : NULL;
	struct str name = x->plain			      ? x->fixed
			  : last && last->kind <= PART_QUOTED ? last->text
							      : S("");

	for (size_t i = x->n; !name.n && i > 0; i--) /* the marks of quotes have no text */
		name = x->parts[i - 1].kind <= PART_QUOTED ? x->parts[i - 1].text : S("");
	if (name.n)
		once(w->mem, &w->out->sources, path_base(name));
	else
		once(w->mem, &w->out->values, word_text(w->mem, x));
}

static void command(struct walk *w, const struct words *list, size_t i);

/* Applets that run what is among their arguments: the first that is neither an option nor an
 * assignment. */
static void runs(struct walk *w, struct str name, const struct words *list, size_t i)
{
	bool flock = str_is(name, "flock"), file = flock;

	if (!flock && !str_is(name, "env") && !str_is(name, "xargs"))
		return;
	for (i++; i < list->n; i++) {
		const struct word *x = list->p[i];

		if (str_is(name, "xargs") && x->plain && x->fixed.n == 2 && x->fixed.p[0] == '-' &&
		    strchr("IndPLEas", x->fixed.p[1])) {
			i++; /* its value */
			continue;
		}
		if (flock && x->plain && str_is(x->fixed, "-c") && i + 1 < list->n &&
		    list->p[i + 1]->plain) {
			shell_foresee(w->mem, SHELL_POSIX, list->p[i + 1]->fixed, w->out);
			return;
		}
		if (x->plain &&
		    ((x->fixed.n && x->fixed.p[0] == '-') || str_chr(x->fixed, '=') >= 0))
			continue;
		if (!file) {
			command(w, list, i);
			return;
		}
		file = false;
	}
}

/* `sh -c TEXT`, `sh FILE`. */
static void shell_call(struct walk *w, const struct words *list, size_t i)
{
	bool text = false;

	for (i++; i < list->n; i++) {
		const struct word *x = list->p[i];

		if (x->plain && x->fixed.n > 1 && x->fixed.p[0] == '-') {
			text |= x->fixed.p[x->fixed.n - 1] == 'c';
			continue;
		}
		if (!x->plain)
			once(w->mem, &w->out->values, word_text(w->mem, x));
		else if (text)
			shell_foresee(w->mem, w->dialect, x->fixed, w->out);
		else
			once(w->mem, &w->out->scripts, x->fixed);
		return;
	}
}

/* Does APPLET do the call that begins at word I of LIST? */
static bool does(struct walk *w, const struct applet *applet, const struct words *list, size_t i)
{
	struct strs argv = {0};

	if (!applet->knows)
		return true;
	for (; i < list->n; i++) {
		struct str word = literal(w->mem, list->p[i]);

		*vec_push(w->mem, &argv) = word.p ? word : S("x");
	}
	return applet->knows(w->mem, argv.p, argv.n);
}

/* The command that begins at word I of LIST. */
static void command(struct walk *w, const struct words *list, size_t i)
{
	struct str name, base;
	const struct applet *applet;

	name = known(w, list->p[i]);
	if (!name.p) {
		once(w->mem, &w->out->values, word_text(w->mem, list->p[i]));
		return;
	}
	base = path_base(name);
	if ((str_is(name, ".") || str_is(name, "source")) && i + 1 < list->n)
		sourced(w, list->p[i + 1]);
	if (strs_have(&w->out->functions, name) || str_is(name, "command") ||
	    builtin_find(w->dialect, name))
		return;
	if (is_shell_name(base)) {
		shell_call(w, list, i);
		return;
	}
	applet = applet_find(base);
	if (applet && !applet->stands_for && does(w, applet, list, i) &&
	    (str_chr(name, '/') < 0 || lookup_in_bin(name) || lookup_in_kernel(name))) {
		once(w->mem, &w->out->natives, base);
		runs(w, base, list, i);
		return;
	}
	once(w->mem, &w->out->others, name);
}

static void cond(struct walk *w, const struct cond *c)
{
	if (!c)
		return;
	cond(w, c->left);
	cond(w, c->right);
	word(w, c->a);
	word(w, c->b);
}

static void simple(struct walk *w, const struct node *n)
{
	for (size_t i = 0; i < n->simple.nassigns; i++)
		assign(w, &n->simple.assigns[i]);
	for (size_t i = 0; !n->simple.words.n && i < n->simple.nassigns; i++)
		remember(w, &n->simple.assigns[i]);
	words(w, &n->simple.words);
	if (n->simple.words.n)
		command(w, &n->simple.words, 0);
}

static void loop(struct walk *w, const struct node *n)
{
	words(w, &n->loop.words);
	word(w, n->loop.init);
	word(w, n->loop.test);
	word(w, n->loop.step);
	node(w, n->loop.body);
}

static void node(struct walk *w, const struct node *n)
{
	if (!n)
		return;
	redirs(w, n->redirs);
	switch (n->kind) {
	case NODE_SIMPLE: simple(w, n); break;
	case NODE_PIPELINE:
		for (size_t i = 0; i < n->pipeline.n; i++)
			node(w, n->pipeline.stages[i]);
		break;
	case NODE_AND: case NODE_OR:
		node(w, n->both.left);
		node(w, n->both.right);
		break;
	case NODE_LIST:
		for (size_t i = 0; i < n->list.n; i++)
			node(w, n->list.p[i].node);
		break;
	case NODE_GROUP: case NODE_SUBSHELL: node(w, n->group.body); break;
	case NODE_IF: case NODE_WHILE: case NODE_UNTIL:
		node(w, n->branch.test);
		node(w, n->branch.yes);
		node(w, n->branch.no);
		break;
	case NODE_FOR: case NODE_FOR_ARITH: loop(w, n); break;
	case NODE_CASE:
		word(w, n->select.word);
		for (size_t i = 0; i < n->select.n; i++)
			node(w, n->select.items[i].body);
		break;
	case NODE_FUNCTION:
		once(w->mem, &w->out->functions, n->function.name);
		node(w, n->function.body);
		break;
	case NODE_ARITH: word(w, n->arith); break;
	case NODE_COND: cond(w, n->cond); break;
	case NODE_WRONG: w->out->shell = "syntax error"; break;
	}
}

void shell_foresee(struct arena *mem, enum shell_dialect dialect, struct str text,
		   struct foresight *out)
{
	struct walk w = {.mem = mem, .dialect = dialect, .out = out};
	const struct node *tree = NULL;
	const char *why = parse_text(mem, dialect, text, 1, &tree);

	if (why)
		out->shell = why;
	else
		node(&w, tree);
}
