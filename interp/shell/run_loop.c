/* SPDX-License-Identifier: GPL-2.0-only */
/* Walking the tree: while, until, for and for ((..)); how break and continue end a round. */
#include "shell/builtin.h"

/* bash does not notice that an error that drops the line has left the loop. */
static void loop_ended(struct shell *sh)
{
	sh->loops -= !is_bash(sh) || sh->flow != FLOW_DISCARD;
}

/* After a round of a loop: does the loop go on? */
static bool next_round(struct shell *sh)
{
	if (sh->flow == FLOW_ON)
		return true;
	if (sh->flow != FLOW_BREAK && sh->flow != FLOW_CONTINUE)
		return false;
	if (sh->flow_levels > 1) {
		sh->flow_levels--;
		return false;
	}
	if (sh->flow == FLOW_CONTINUE) {
		sh->flow = FLOW_ON;
		return true;
	}
	sh->flow = FLOW_ON;
	return false;
}

/*
 * bash, behind a break or continue in a loop's condition: where that ends the loop, this one is
 * left; else the body, of which nothing runs, gets the condition's status.
 */
static bool left_in_test(struct shell *sh, const struct node *n, int *status)
{
	if (sh->flow != FLOW_BREAK && sh->flow != FLOW_CONTINUE)
		return false;
	if ((sh->status == 0) == (n->kind == NODE_UNTIL)) {
		if (--sh->flow_levels == 0)
			sh->flow = FLOW_ON;
		return true;
	}
	*status = sh->status;
	return false;
}

void run_while(struct shell *sh, const struct node *n)
{
	int status = 0;

	sh->loops++;
	for (;;) {
		run_tested(sh, n->branch.test);
		if (sh->flow != FLOW_ON && is_bash(sh) && left_in_test(sh, n, &status))
			break;
		if (sh->flow != FLOW_ON) {
			if (!next_round(sh))
				break;
			continue;
		}
		if ((sh->status == 0) == (n->kind == NODE_UNTIL))
			break;
		run_node(sh, n->branch.yes);
		status = sh->status;
		if (!next_round(sh))
			break;
	}
	loop_ended(sh);
	if (sh->flow == FLOW_ON || sh->flow == FLOW_BREAK || sh->flow == FLOW_CONTINUE ||
	    (sh->flow == FLOW_RETURN && sh->bare_return && !is_bash(sh)))
		sh->status = status;
}

static void trace_for(struct shell *sh, const struct node *n)
{
	struct buf out = buf_new(sh->tmp);

	if (!(sh->options & OPT_XTRACE) || !is_bash(sh))
		return;
	buf_fmt(&out, "for %.*s in", STR_ARG(n->loop.name));
	if (!n->loop.has_in)
		buf_z(&out, " \"$@\"");
	for (size_t i = 0; i < n->loop.words.n; i++)
		/* what braces made of one word counts once */
		if (i == 0 || n->loop.words.p[i]->source.p != n->loop.words.p[i - 1]->source.p)
			buf_fmt(&out, " %.*s", STR_ARG(word_shown(sh->tmp, n->loop.words.p[i])));
	trace(sh, buf_view(&out));
}

void run_for(struct shell *sh, const struct node *n)
{
	struct strs items = {0};

	if (!n->loop.has_in)
		for (size_t i = 0; i < sh->nargs; i++)
			*vec_push(sh->tmp, &items) = sh->args[i];
	/* dash counts the loop from behind its words on: a break in a $(..) there leaves none */
	sh->loops += is_bash(sh);
	if (!expand_words(sh, &n->loop.words, false, &items)) {
		if (is_bash(sh))
			loop_ended(sh);
		return;
	}
	sh->loops += !is_bash(sh);
	if (items.n == 0)
		sh->status = 0;
	for (size_t i = 0; i < items.n; i++) {
		sh->line = is_bash(sh) ? n->line + sh->shift : sh->line;
		trace_for(sh, n);
		if (!var_set(sh, n->loop.name, items.p[i])) {
			if (sh->flow == FLOW_DISCARD && !sh->whole) {
				sh->flow = FLOW_ON;
				sh->status = 1;
			}
			break;
		}
		run_node(sh, n->loop.body);
		if (!next_round(sh))
			break;
	}
	loop_ended(sh);
}

static bool arith_step(struct shell *sh, const struct word *w, int64_t *out)
{
	struct str text = S("1");
	bool good;

	*out = 1;
	sh->arith_who = "((";
	good = !w || expand_string(sh, w, &text);
	while (text.n && (text.p[0] == ' ' || text.p[0] == '\t'))
		text = str_from(text, 1);
	if (good && (sh->options & OPT_XTRACE))
		trace(sh, str_fmt(sh->tmp, "(( %.*s ))", STR_ARG(text)));
	if (good && w && !arith_eval(sh, text, out)) {
		good = false;
		sh->flow = sh->flow == FLOW_DISCARD && !sh->whole ? FLOW_ON : sh->flow;
	}
	sh->arith_who = NULL;
	return good;
}

void run_for_arith(struct shell *sh, const struct node *n)
{
	int64_t value;
	int status = 0;
	unsigned around = sh->line, line = n->line + sh->shift;

	sh->line = line;
	if (!arith_step(sh, n->loop.init, &value)) {
		sh->status = sh->flow == FLOW_ON ? 1 : sh->status;
		return;
	}
	sh->loops++;
	for (;;) {
		sh->line = line;
		if (!arith_step(sh, n->loop.test, &value)) {
			status = 1;
			break;
		}
		if (value == 0)
			break;
		sh->line = around;
		run_node(sh, n->loop.body);
		status = sh->status;
		sh->line = sh->flow == FLOW_DISCARD ? sh->line : line;
		if (!next_round(sh))
			break;
		if (!arith_step(sh, n->loop.step, &value)) {
			status = 1;
			break;
		}
	}
	loop_ended(sh);
	if (sh->flow == FLOW_ON)
		sh->status = status;
}
