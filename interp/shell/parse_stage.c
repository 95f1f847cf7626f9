/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which stages of a pipeline have no end of their own. Stages run one after another here, so such a
 * one is for the real shell, which starts all at once and ends it when its reader is gone. Only
 * what a text shows is seen: loops and functions, `yes`, devices; not what a value or a file holds.
 */
#include <string.h>

#include "shell/builtin.h"
#include "shell/parse.h"

/* Commands that take so many bytes of a device. */
static const struct counter {
	const char *name;
	const char *count; /* of a pipe, too, once a word begins so; NULL: of that they take all */
} counters[] = {{"head", ""}, {"dd", "count="}, {"hexdump", NULL}, {"od", NULL}};

static struct str command_name(const struct node *n)
{
	return n->kind == NODE_SIMPLE && n->simple.words.n ? n->simple.words.p[0]->source : S("");
}

static const struct counter *counter_of(const struct node *n)
{
	struct str name = command_name(n);

	for (size_t i = 0; i < sizeof(counters) / sizeof(*counters); i++)
		if (str_is(name, counters[i].name))
			return &counters[i];
	return NULL;
}

/* --- devices --- */

static bool is_noise(const struct word *w)
{
	return w->plain && applet_is_noise(w->fixed);
}

bool stage_is_noise(const struct node *n)
{
	const struct words *words = &n->simple.words;
	bool reads = false;

	if (n->kind != NODE_SIMPLE || counter_of(n))
		return false;
	for (const struct redir *r = n->redirs; r; r = r->next)
		reads |= r->kind == REDIR_READ && is_noise(r->target);
	for (size_t i = 0; i < words->n; i++)
		reads |= is_noise(words->p[i]);
	return reads;
}

/* --- commands --- */

typedef bool test(const struct parser *p, const struct node *n);

static bool any_of(const struct parser *p, const struct node *const *list, size_t n, test *is)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] && is(p, list[i]))
			return true;
	return false;
}

/* Is what is directly in N, a compound command that runs as one with what is around it, such? */
static bool within(const struct parser *p, const struct node *n, test *is)
{
	const struct node *parts[3] = {0};

	switch (n->kind) {
	case NODE_AND:
	case NODE_OR:
		parts[0] = n->both.left, parts[1] = n->both.right;
		break;
	case NODE_GROUP:
		parts[0] = n->group.body;
		break;
	case NODE_IF:
	case NODE_WHILE:
	case NODE_UNTIL:
		parts[0] = n->branch.test, parts[1] = n->branch.yes, parts[2] = n->branch.no;
		break;
	case NODE_FOR:
	case NODE_FOR_ARITH:
		parts[0] = n->loop.body;
		break;
	case NODE_LIST:
		for (size_t i = 0; i < n->list.n; i++)
			if (is(p, n->list.p[i].node))
				return true;
		return false;
	case NODE_CASE:
		for (size_t i = 0; i < n->select.n; i++)
			if (any_of(p, &n->select.items[i].body, 1, is))
				return true;
		return false;
	default:
		return false;
	}
	return any_of(p, parts, 3, is);
}

static bool is_loop(const struct node *n)
{
	return n->kind == NODE_WHILE || n->kind == NODE_UNTIL || n->kind == NODE_FOR ||
	       n->kind == NODE_FOR_ARITH;
}

/* May N, which is in a loop within another, end both? */
static bool leaves_outer(const struct parser *p, const struct node *n)
{
	struct str name = command_name(n);

	return str_is(name, "exit") || str_is(name, "return") || str_is(name, "exec") ||
	       (str_is(name, "break") && n->simple.words.n > 1) || within(p, n, leaves_outer);
}

/* May N end the loop that it is in? */
static bool leaves(const struct parser *p, const struct node *n)
{
	return str_is(command_name(n), "break") || leaves_outer(p, n) ||
	       (!is_loop(n) && within(p, n, leaves));
}

/* A loop that does not end by itself. */
static bool loops_for_ever(const struct parser *p, const struct node *n)
{
	const struct node *asks =
	    n->kind == NODE_WHILE || n->kind == NODE_UNTIL ? n->branch.test : NULL;
	struct str name;

	if (asks && asks->kind == NODE_LIST && asks->list.n == 1)
		asks = asks->list.p[0].node;
	name = asks ? command_name(asks) : S("");
	if (n->kind == NODE_WHILE   ? !str_is(name, ":") && !str_is(name, "true")
	    : n->kind == NODE_UNTIL ? !str_is(name, "false")
				    : n->kind != NODE_FOR_ARITH || n->loop.test)
		return false;
	return !within(p, n, leaves);
}

static bool has_no_end(const struct parser *p, const struct node *n)
{
	struct str name = command_name(n);

	for (size_t i = 0; name.n && i < p->endless.n; i++)
		if (str_eq(p->endless.p[i], name))
			return true;
	if (n->kind == NODE_SUBSHELL)
		return has_no_end(p, n->group.body);
	return loops_for_ever(p, n) || within(p, n, has_no_end);
}

/* Does N look at all of its input? Any applet does but those that count. */
static bool takes_all(const struct parser *p, const struct node *n)
{
	const struct counter *c = counter_of(n);

	for (size_t i = 1; c && c->count && i < n->simple.words.n; i++)
		if (str_starts(n->simple.words.p[i]->source, str_z(c->count)))
			return false;
	if (n->kind == NODE_SUBSHELL)
		return takes_all(p, n->group.body);
	return (applet_find(command_name(n)) && !builtin_find(p->dialect, command_name(n))) ||
	       within(p, n, takes_all);
}

bool stage_has_no_end(const struct parser *p, const struct node *n, const struct node *reader)
{
	return has_no_end(p, n) || (str_is(command_name(n), "yes") && takes_all(p, reader));
}

void stage_note_function(struct parser *p, struct str name, const struct node *body)
{
	if (has_no_end(p, body))
		*vec_push(p->mem, &p->endless) = name;
}
