/* SPDX-License-Identifier: GPL-2.0-only */
/* Walking the tree: lists, conditions, case, groups. SH->flow says whether to go on. */
#include "shell/builtin.h"

unsigned loops_at_exit(const struct shell *sh)
{
	return sh->text_loops ? sh->text_loops - 1 : sh->loops;
}

void check_errexit(struct shell *sh)
{
	/* dash does not wait until a return has returned */
	if (sh->status && (sh->options & OPT_ERREXIT) && !sh->tested &&
	    (sh->flow == FLOW_ON ||
	     (is_bash(sh) ? sh->flow == FLOW_BREAK : sh->flow == FLOW_RETURN))) {
		sh->flow = FLOW_EXIT;
		sh->exit_loops = loops_at_exit(sh);
		sh->by_errexit = true;
		sh->left_function = sh->functions_deep;
	}
}

/* bash goes on counting where it was, but behind an error that drops the line: there it stays. */
static void restore_line(struct shell *sh, unsigned line)
{
	if (is_bash(sh) && sh->flow != FLOW_DISCARD)
		sh->line = line;
}

void run_tested(struct shell *sh, const struct node *n)
{
	sh->tested++;
	run_node(sh, n);
	sh->tested--;
}

/* --- lists --- */

static void run_list(struct shell *sh, const struct node *n)
{
	for (size_t i = 0; i < n->list.n && sh->flow == FLOW_ON; i++) {
		if (n->list.p[i].read)
			sh->read = n->list.p[i].read;
		run_node(sh, n->list.p[i].node);
	}
}

static void run_and_or(struct shell *sh, const struct node *n)
{
	run_tested(sh, n->both.left);
	if (sh->flow != FLOW_ON || (sh->status == 0) != (n->kind == NODE_AND))
		return;
	run_node(sh, n->both.right);
}

static void run_if(struct shell *sh, const struct node *n)
{
	unsigned line = sh->line;

	run_tested(sh, n->branch.test);
	restore_line(sh, line);
	if (sh->flow != FLOW_ON)
		return;
	if (sh->status == 0)
		run_node(sh, n->branch.yes);
	else if (n->branch.no)
		run_node(sh, n->branch.no);
	else
		sh->status = 0;
}

/* --- case --- */

static bool case_matches(struct shell *sh, const struct case_item *item, struct str text)
{
	for (size_t i = 0; i < item->patterns.n; i++) {
		struct str pattern;

		if (!expand_compared(sh, item->patterns.p[i], true, &pattern))
			return false;
		if (is_bash(sh) ? pattern_match(pattern, text)
				: pattern_match_posix(pattern, text))
			return true;
	}
	return false;
}

void run_case(struct shell *sh, const struct node *n)
{
	struct str text;
	bool fall = false, matched = false;
	int status = 0; /* a substitution in a later pattern is no command of this one's */

	if ((sh->options & OPT_XTRACE) && is_bash(sh))
		trace(sh, str_fmt(sh->tmp, "case %.*s in",
				  STR_ARG(word_shown(sh->tmp, n->select.word))));
	if (!expand_compared(sh, n->select.word, false, &text))
		return;
	text = str_dup(sh->tmp, text);
	sh->subst_status = -1;
	for (size_t i = 0; i < n->select.n && sh->flow == FLOW_ON; i++) {
		const struct case_item *item = &n->select.items[i];

		if (!fall && !case_matches(sh, item, text))
			continue;
		matched = true;
		if (item->body)
			run_node(sh, item->body);
		else
			sh->status = 0;
		if (item->end == CASE_STOP)
			return;
		status = sh->status;
		fall = item->end == CASE_FALL;
	}
	if (sh->flow == FLOW_ON && (!matched || is_bash(sh)))
		sh->status = status;
}

/* --- the rest --- */

const struct node *last_command(const struct node *n, bool redirected)
{
	while (n && (redirected || !n->redirs)) {
		if (n->kind == NODE_SIMPLE)
			return n;
		if (n->kind == NODE_LIST && n->list.n)
			n = n->list.p[n->list.n - 1].node;
		else if (n->kind == NODE_AND || n->kind == NODE_OR)
			n = n->both.right;
		else
			break;
	}
	return NULL;
}

/* Did an error or set -e end SH? bash jumps there. */
static bool ended_by_jump(const struct shell *sh)
{
	return sh->flow == FLOW_DISCARD ||
	       (sh->flow == FLOW_EXIT && (sh->forced || sh->by_errexit));
}

static bool turns_around(const struct node *body)
{
	return body && body->kind == NODE_PIPELINE && body->pipeline.negated;
}

/* bash: in "( ! command )" the subshell turns the status around, also that of what ends it but by
 * an exit. */
static bool turned_around(const struct shell *sub, const struct node *body)
{
	return is_bash(sub) && turns_around(body) &&
	       (sub->flow == FLOW_RETURN || ended_by_jump(sub));
}

bool jump_turned(const struct shell *sub, const struct shell *around)
{
	/* what drops all texts passes by the builtins in them; others these stop */
	bool caught = sub->catches, text = false;

	if (!is_bash(sub) || !ended_by_jump(sub))
		return false;
	for (; around->whole_stage && around->whole_stage->kind == NODE_SIMPLE;
	     around = around->parent) {
		caught |= around->catches;
		text = !around->catches && (text || runs_text(around));
	}
	text |= runs_text(around);
	return turns_around(around->paren_body) && (!caught || (sub->whole && text));
}

static void run_subshell(struct shell *sh, const struct node *n)
{
	struct shell *sub = env_subshell(sh);
	struct redirs frame = {0};
	int err = 0;

	sub->last = last_command(n->group.body, is_bash(sh));
	sub->paren = true;
	sub->substitution = false;
	sub->paren_body = n->group.body;
	sub->in_exit_trap = false;
	sub->trap_status = is_bash(sh) ? -1 : sub->trap_status;
	if (is_bash(sh)) { /* it expands and opens within */
		sub->entering = true;
		err = redirs_apply(sub, n->redirs, &frame);
		sub->entering = false;
	} else if (n->redirs) { /* what follows << is expanded within, too */
		const struct str *names = redirs_targets(sh, n->redirs);

		frame.within = true;
		err = names ? redirs_open(sub, n->redirs, names, &frame) : 2;
	}
	redirs_keep(sub, &frame);
	if (err)
		sub->status = jump_turned(sub, sh->whole_stage == n ? sh->parent : sh) ? 0
			      : sub->flow == FLOW_EXIT				       ? sub->status
										       : err;
	else if (is_bash(sh) && n->group.body->kind == NODE_SUBSHELL)
		run_subshell(sub, n->group.body); /* without its line */
	else
		run_node(sub, n->group.body);
	sh->redir_failed = err && sub->flow == FLOW_ON;
	if (!err && turned_around(sub, n->group.body))
		sub->status = !sub->status; /* before its EXIT trap */
	sh->status = signals_take(sh, env_end(sub));
	sh->pipe_last = sub->pipe_wrote > sub->pipe_last ? sub->pipe_wrote : sub->pipe_last;
	arena_free(sub->mem);
	pipe_status_set(sh, sh->status);
	check_errexit(sh);
}

static void run_arith(struct shell *sh, const struct node *n)
{
	struct str text;
	int64_t value;
	bool good;

	sh->arith_who = "((";
	good = expand_string(sh, n->arith, &text);
	if (good && (sh->options & OPT_XTRACE))
		trace(sh, str_fmt(sh->tmp, "(( %.*s ))", STR_ARG(text)));
	if (!good || !arith_eval(sh, text, &value)) {
		if (sh->flow == FLOW_DISCARD && !sh->whole)
			sh->flow = FLOW_ON;
		if (sh->flow != FLOW_ON) {
			sh->arith_who = NULL;
			return;
		}
		value = 0;
	}
	sh->arith_who = NULL;
	sh->status = value == 0;
	pipe_status_set(sh, sh->status);
	check_errexit(sh);
}

static void run_cond(struct shell *sh, const struct node *n)
{
	int status = 0;
	bool yes;

	sh->arith_who = "[[";
	yes = cond_true(sh, n->cond, &status);
	sh->arith_who = NULL;
	if (sh->flow != FLOW_ON)
		return;
	sh->status = status ? status : !yes;
	pipe_status_set(sh, sh->status);
	check_errexit(sh);
}

/* A simple command; the last one of all, when nothing is trapped, dies as the shell. */
static void run_alone(struct shell *sh, const struct node *n)
{
	struct session *s = sh->session;
	bool before = s->at_last;

	s->signalled = 0;
	s->at_last = n == s->last && !sh->parent && !sh->traps.n;
	sh->no_fork = n == sh->last && !sh->traps.n;
	run_simple(sh, n);
	if (sh->no_fork && !sh->parent)
		sh->died = s->signalled;
	sh->no_fork = false;
	if (s->at_last && s->died && s->run->killed_by) {
		s->killed = s->died;
		sh->flow = FLOW_EXIT;
	}
	s->at_last = before;
}

/* bash takes any word for a function's name, and says here that it is none. */
static void define_function(struct shell *sh, const struct node *n)
{
	struct str name = n->function.name;

	for (size_t i = 0; i < name.n; i++) {
		if (!strchr("'\"\\$`", name.p[i]))
			continue;
		say(sh, "`%.*s': not a valid identifier", STR_ARG(name));
		sh->status = 1;
		return;
	}
	function_set(sh, name, n);
	sh->status = 0;
}

static void run_kind(struct shell *sh, const struct node *n)
{
	if (is_bash(sh) && n->kind != NODE_SIMPLE) /* what is said within has a status of its own */
		sh->subst_status = -1;
	/* bash opens a group's files before it looks at the line; lists and loops have none */
	if (n->kind == NODE_CASE || n->kind == NODE_ARITH || n->kind == NODE_COND ||
	    n->kind == NODE_FOR)
		sh->line = n->line + sh->shift;
	switch (n->kind) {
	case NODE_SIMPLE: run_alone(sh, n); break;
	case NODE_PIPELINE: run_pipeline(sh, n); break;
	case NODE_AND:
	case NODE_OR: run_and_or(sh, n); break;
	case NODE_LIST: run_list(sh, n); break;
	case NODE_GROUP: run_node(sh, n->group.body); break;
	case NODE_SUBSHELL: run_subshell(sh, n); break;
	case NODE_IF: run_if(sh, n); break;
	case NODE_WHILE:
	case NODE_UNTIL: run_while(sh, n); break;
	case NODE_FOR: run_for(sh, n); break;
	case NODE_FOR_ARITH: run_for_arith(sh, n); break;
	case NODE_CASE: run_case(sh, n); break;
	case NODE_ARITH: run_arith(sh, n); break;
	case NODE_COND: run_cond(sh, n); break;
	case NODE_WRONG: run_text(sh, n->wrong, S("command substitution"), sh->line); break;
	case NODE_FUNCTION: define_function(sh, n); break;
	}
}

/* A signal came that ends the whole run: nothing more is started, unless the shell has a trap for
 * it. */
bool interrupted(struct shell *sh)
{
	const struct shell_gate *gate = sh->session->run->gate;
	const atomic_int *signal = sh->session->run->interrupted;

	if (gate && *gate->refused)
		signal = gate->refused;
	if (!signal || !*signal || sh->session->trapped)
		return false;
	if (trap_signal(sh, *signal))
		return sh->flow != FLOW_ON;
	sh->session->killed = *signal;
	sh->status = 128 + *signal;
	sh->flow = FLOW_EXIT;
	return true;
}

/* Those that have a line number of their own, in bash. */
static bool has_line(enum node_kind kind)
{
	return kind != NODE_GROUP && kind != NODE_IF && kind != NODE_WHILE && kind != NODE_UNTIL &&
	       kind != NODE_LIST && kind != NODE_AND && kind != NODE_OR && kind != NODE_PIPELINE;
}

void run_body(struct shell *sh, const struct node *n)
{
	if (!n || n->kind != NODE_LIST || n->redirs || !is_bash(sh)) {
		run_node(sh, n);
		return;
	}
	for (size_t i = 0; i < n->list.n && sh->flow == FLOW_ON; i++) {
		if (i && run_misread(sh, &n->list.p[i]))
			return;
		sh->text_ran &= !n->list.p[i].starts_line;
		if (n->list.p[i].starts_line)
			sh->line = n->list.p[i].end + sh->shift;
		say_unended(sh, &n->list.p[i]);
		run_node(sh, n->list.p[i].node);
		if (i + 1 < n->list.n && n->list.p[i + 1].starts_line)
			sh->shift = sh->line - n->list.p[i].end;
	}
}

/* bash: does an error jump out of the process that SH is, to where one around it reads its text?
 * Also from a text of its own. */
static bool jumps_out(const struct shell *sh)
{
	return sh->parent && sh->flow == FLOW_DISCARD && !sh->whole && !runs_text(sh) &&
	       (sh->dropped_text || within_text(sh->parent));
}

/* A text that runs undoes its own, unless a function of it was left. */
bool exit_keeps(const struct shell *sh)
{
	if (sh->flow == FLOW_RETURN) /* of a subshell within a function */
		return sh->parent && sh->functions_deep == sh->parent->functions_deep &&
		       sh->dots == sh->parent->dots;
	if (sh->flow != FLOW_EXIT)
		return jumps_out(sh);
	if (sh->exit_indirect) /* where the message was */
		return true;
	if (sh->left_to)
		return false;
	if (sh->forced)
		return !sh->unwound && !runs_text(sh);
	return sh->left_function || !runs_text(sh);
}

void run_node(struct shell *sh, const struct node *n)
{
	struct redirs frame = {0};
	struct arena_mark mark;
	unsigned line = sh->line;
	int err;

	if (!n || sh->flow != FLOW_ON || (sh->options & OPT_NOEXEC) || interrupted(sh))
		return;
	if (n->kind == NODE_SIMPLE || n->kind == NODE_SUBSHELL || (n->redirs && !is_bash(sh)))
		sh->line = n->line + sh->shift;
	chars_follow(sh);
	mark = arena_mark(sh->tmp);
	if (!n->redirs || n->kind == NODE_SIMPLE || n->kind == NODE_SUBSHELL) {
		run_kind(sh, n);
		if (has_line(n->kind))
			restore_line(sh, line);
		arena_release(sh->tmp, mark);
		return;
	}
	if (is_bash(sh) &&
	    (n->kind == NODE_ARITH || n->kind == NODE_COND || n->kind == NODE_FOR_ARITH)) {
		sh->line_under = line;
		sh->line = n->line + sh->shift; /* these are asked for it */
	}
	err = redirs_apply(sh, n->redirs, &frame);
	sh->line_under = 0;
	if (is_bash(sh))
		sh->line = line;
	if (err) {
		sh->status = sh->flow == FLOW_ON ? err : sh->status;
		sh->redir_failed = true;
		if (sh->flow == FLOW_ON)
			check_errexit(sh);
	} else {
		frame.outer = sh->redirected;
		/* what the process of a stage opens it does not undo */
		sh->redirected = n == sh->whole_stage ? sh->redirected : &frame;
		run_kind(sh, n);
		sh->redirected = frame.outer;
		sh->redir_failed = false; /* which was another's, within */
	}
	if (err || has_line(n->kind))
		restore_line(sh, line);
	/* nor does the end of a stage undo them */
	if (is_bash(sh) && sh->traps.n && (exit_keeps(sh) || n == sh->whole_stage))
		redirs_keep(sh, &frame);
	redirs_undo(sh, &frame);
	arena_release(sh->tmp, mark);
}
