/* SPDX-License-Identifier: GPL-2.0-only */
/* Texts that the shell is given while it runs: line by line, what is wrong in them, and in which
 * state one leaves bash's reader. */
#include <string.h>

#include "shell/internal.h"

/* bash goes on with the next line after an expression error, unless that was in a subshell. */
static bool take_discard(struct shell *sh, bool nested)
{
	if (sh->flow != FLOW_DISCARD || (sh->whole && nested))
		return false;
	sh->joins &= sh->whole;
	sh->flow = sh->whole && !sh->script ? FLOW_EXIT : FLOW_ON;
	sh->whole = false;
	if (sh->script && !nested) /* what -c is given goes on as if it were within the loop */
		sh->loops = 0;
	else
		sh->status = 1; /* only what reads a script keeps another one */
	pipe_status_set(sh, sh->status);
	return true;
}

void say_unended(struct shell *sh, const struct list_item *item)
{
	const struct unended *u = item->unended;
	unsigned line = sh->line;

	if (!u)
		return;
	sh->line = u->line + sh->shift;
	say(sh, "warning: here-document at line %u delimited by end-of-file (wanted `%.*s')",
	    u->from + sh->shift, STR_ARG(u->delimiter));
	sh->line = line;
}

void run_lines(struct shell *sh, const struct node *n, bool nested)
{
	bool skip = false;

	if (!n || n->kind != NODE_LIST || n->redirs) {
		run_node(sh, n);
		take_discard(sh, nested);
		return;
	}
	for (size_t i = 0; i < n->list.n && sh->flow == FLOW_ON; i++) {
		if (skip && !n->list.p[i].starts_line)
			continue;
		if (i && is_bash(sh) && run_misread(sh, &n->list.p[i]))
			return;
		sh->read = n->list.p[i].read;
		sh->text_ran &= !n->list.p[i].starts_line;
		if (n->list.p[i].starts_line && is_bash(sh))
			sh->line = n->list.p[i].end + sh->shift;
		say_unended(sh, &n->list.p[i]);
		run_node(sh, n->list.p[i].node);
		skip = take_discard(sh, nested);
		/* it goes on counting from the line that it has in mind */
		if (is_bash(sh) && (skip || i + 1 == n->list.n || n->list.p[i + 1].starts_line))
			sh->shift = sh->line - n->list.p[i].end;
	}
}

bool runs_text(const struct shell *sh)
{
	if (sh->parent)
		return sh->indirect > sh->parent->indirect;
	return !sh->script || sh->reading.p;
}

bool within_text(const struct shell *sh)
{
	while (sh && !runs_text(sh))
		sh = sh->parent;
	return sh != NULL;
}

static bool is_trap(struct str what)
{
	return str_is(what, "trap") || str_is(what, "exit trap");
}

/* bash's parser says where the text came from. */
static void say_syntax(struct shell *sh, struct str what, const char *text)
{
	struct str name = name_said(sh),
		   from = str_eq(what, name) ? S("") : str_cat(sh->tmp, what, S(": "));

	put_fd(sh, 2,
	       str_fmt(sh->tmp, "%.*s: %.*sline %u: %s\n", STR_ARG(name), STR_ARG(from), sh->line,
		       text));
}

void run_wrong_bash(struct shell *sh, struct str what, const struct parse_error *error)
{
	sh->line = error->line + sh->shift;
	if (*error->message)
		say_syntax(sh, what, error->message);
	sh->status = 2;
	reported(sh);
	if (error->shown.p && sh->flow == FLOW_ON)
		say_syntax(sh, what,
			   str_cz(sh->tmp, str_fmt(sh->tmp, "`%.*s'", STR_ARG(error->shown))));
	sh->status = 2;
}

bool run_misread(struct shell *sh, const struct list_item *item)
{
	enum parse_left left = sh->left;
	struct parse_error error;
	const struct node *n;
	const char *why;

	if (!item->starts_line || left == LEFT_CLEAN || (left == LEFT_COND && !item->brackets))
		return false;
	sh->left = LEFT_CLEAN;
	if (left != LEFT_COND && !item->misreadable)
		return false;
	why = parse_behind(sh->mem, item->rest, item->line, &n, &error, &left);
	if (why && !error.message) {
		say(sh, "%s", why);
		sh->status = 2;
		sh->flow = sh->reading.p ? FLOW_ON : FLOW_EXIT;
		return true;
	}
	n = why ? error.before : n;
	if (sh->parent)
		run_body(sh, n);
	else
		run_lines(sh, n, sh->reading.p != NULL);
	if (why && sh->flow == FLOW_ON) {
		run_wrong_bash(sh,
			       sh->reading.p ? sh->reading
			       : sh->script  ? name_said(sh)
					     : S("-c"),
			       &error);
		sh->flow = sh->flow == FLOW_ON && !sh->reading.p ? FLOW_EXIT : sh->flow;
	}
	sh->left = left;
	return true;
}

/* bash ends where a $(..) is wrong, with its own number for that. */
static void leave_wrong(struct shell *sh)
{
	sh->status = sh->script || sh->parent ? 257 : 127;
	sh->flow = FLOW_EXIT;
	sh->exit_loops = loops_at_exit(sh);
	sh->forced = sh->in_exit_trap;
}

/* What is wrong in the text of WHAT, once what is before it ran: dash too runs each line before it
 * reads the next one. */
static void tell_wrong(struct shell *sh, struct str what, const struct parse_error *error)
{
	if (!is_bash(sh)) {
		sh->line = error->line;
		fatal(sh, 2, "Syntax error: %s", error->message);
		return;
	}
	run_wrong_bash(sh, what, error);
	if (error->array_end && sh->flow == FLOW_ON) {
		sh->line = error->array_end + sh->shift;
		say_syntax(sh, what, error->array_message);
	}
	if (error->substitution && sh->flow == FLOW_ON)
		leave_wrong(sh);
	if (error->array_open && sh->flow == FLOW_ON) { /* which ends a subshell */
		drop_whole(sh);
		sh->flow = sh->parent ? FLOW_DISCARD : FLOW_ON;
		sh->whole = sh->parent != NULL;
	}
}

int run_text(struct shell *sh, struct str text, struct str what, unsigned line)
{
	struct str kept = str_dup(sh->mem, text);
	unsigned before = sh->line, read = sh->read, shift = sh->shift, loops = sh->loops, errexit;
	unsigned text_loops = sh->text_loops, around = sh->tested;
	struct str reading = sh->reading, blame = sh->blame;
	/* an unclosed text before is of no account to this one */
	enum parse_left found = sh->left;
	enum parse_left left = found == LEFT_COND && !is_trap(what) ? LEFT_COND : LEFT_CLEAN;
	struct parse_error error;
	const struct node *n;
	const char *why;
	bool tested;

	if (sh->session->depth >= NESTED_MOST) {
		fatal(sh, 2, "%.*s: nested too deeply", STR_ARG(what));
		return sh->status;
	}
	why = is_bash(sh) ? parse_behind(sh->mem, kept, line, &n, &error, &left)
			  : parse_checked(sh->mem, sh->dialect, kept, line, &n, &error);
	if (why && !error.message) {
		if (is_bash(sh))
			say(sh, "%.*s: %s", STR_ARG(what), why);
		else
			fatal(sh, 2, "%s: not known here", why);
		return sh->status = 2;
	}
	if (why)
		n = error.before;
	if (!n && !why)
		sh->status = 0;
	sh->left = !why && left == LEFT_COND ? LEFT_COND : LEFT_CLEAN;
	sh->text_ran = false;
	sh->reading = what;
	if (!sh->text_loops && is_bash(sh)) /* it is left with all texts around */
		sh->text_loops = sh->loops + 1;
	sh->indirect += !is_trap(what); /* for bash's trace */
	sh->session->depth++;
	sh->blame = is_trap(what) ? blame : what; /* a trap is the part of whatever runs */
	sh->builtin = (struct str){0};
	sh->shift = 0;
	/* bash has no -e at all in what it tests */
	errexit = is_bash(sh) && sh->tested && !is_trap(what) ? sh->options & OPT_ERREXIT : 0;
	tested = is_bash(sh) && sh->tested && !is_trap(what) && !sh->unheeding;
	sh->unheeding |= tested;
	sh->tested = tested ? 0 : around;
	if (errexit)
		sh->options ^= OPT_ERREXIT | OPT_ERREXIT_UNHEEDED;
	if (is_bash(sh))
		sh->line = line;
	if (is_bash(sh) && !sh->parent)
		run_lines(sh, n, true);
	else
		run_body(sh, n);
	if (why && sh->flow == FLOW_ON)
		tell_wrong(sh, what, &error);
	if (!why && sh->text_ran) /* an eval on its last line: nothing was read since */
		left = sh->left;
	sh->text_ran = true;
	if (sh->by_errexit && !sh->left_to) /* it has left the function's variables by then */
		sh->left_function = false;
	if (is_trap(what))
		sh->left = found == LEFT_COND ? LEFT_COND : LEFT_CLEAN;
	else
		sh->left = str_is(what, "eval") || left == LEFT_COND ? left : LEFT_CLEAN;
	sh->reading = reading;
	sh->unheeding &= !tested;
	sh->tested = around;
	sh->dropped_text |= sh->flow == FLOW_DISCARD;
	if (tested && (sh->options & OPT_ERREXIT_UNHEEDED))
		sh->options = (sh->options | OPT_ERREXIT) & ~(unsigned)OPT_ERREXIT_UNHEEDED;
	sh->shift = shift;
	sh->blame = is_trap(what) ? blame : (struct str){NULL, 0};
	sh->session->depth--;
	sh->indirect -= !is_trap(what);
	if (is_bash(sh))
		sh->loops = loops;
	sh->text_loops = text_loops;
	sh->line = before;
	sh->read = read;
	if (sh->by_errexit && sh->functions_deep) {
		sh->out_of_text = true;
		sh->unwinds |= runs_text(sh);
	}
	return sh->status;
}
