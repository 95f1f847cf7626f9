/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pipelines and command substitution. The stages run one after another; what one collected in a
 * sink is the source of the next, so no data is copied. Only a process whose whole stage it is may
 * be left running with a real pipe behind it: then `yes | head` ends, and processes run side by
 * side.
 */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/ignore.h"
#include "shell/builtin.h"

enum { PIPE_HOLDS = 64 << 10 }; /* bytes that nobody has read, in Linux */

struct pipe_state {
	struct shell *sh;
	struct arena *mem; /* streams between stages */
	struct stream *in; /* of the next stage; NULL: the first */
	uint64_t in_size;
	uint64_t wrote;		 /* bash: so far the stage before has written by itself */
	struct running *running; /* per stage */
	int *status;
};

/* dash looks for the command of a stage before the stage is a process of its own. */
static void track_stage(struct shell *sh, const struct node *n)
{
	struct str name;

	if (is_bash(sh) || n->kind != NODE_SIMPLE || !n->simple.words.n)
		return;
	name = n->simple.words.p[0]->source;
	if (is_name(name) && !builtin_find(sh->dialect, name) && !function_find(sh, name))
		lookup_track(sh, name, S(""));
}

/*
 * bash runs no EXIT trap at the end of a stage such as N, but when a message ends it under set -e.
 */
static bool forgets_traps(const struct node *n)
{
	return n->kind != NODE_SIMPLE && n->kind != NODE_GROUP && n->kind != NODE_SUBSHELL;
}

/* A process that ignores SIGPIPE says that it cannot write instead. */
static bool heeds_pipe(struct shell *sh)
{
	return !ignored_from_outside(SIGPIPE) && !(trap_ignored(sh) >> (SIGPIPE - 1) & 1);
}

/*
 * Stage I is at its end: has it left more of what the one before wrote than a pipe holds? Then
 * SIGPIPE would have ended that one. Of less it is chance, and mostly the writer is faster.
 */
static void end_writer(struct pipe_state *p, size_t i)
{
	uint64_t left = stream_left(p->in), taken = left > p->in_size ? 0 : p->in_size - left;

	if (is_bash(p->sh) && p->wrote > taken && p->wrote - taken > PIPE_HOLDS &&
	    heeds_pipe(p->sh))
		p->status[i - 1] = 128 + SIGPIPE;
}

static void run_stage(struct pipe_state *p, const struct node *n, size_t i, bool last)
{
	struct shell *sub = env_subshell(p->sh);
	struct stream *sink = NULL;
	struct blob *b;

	track_stage(p->sh, n);
	sub->whole_stage = n;
	sub->paren = false;
	sub->in_exit_trap &= n->kind == NODE_SIMPLE;
	sub->stage = n->kind == NODE_SIMPLE;
	if (sub->stage) /* no words about a break that has no loop */
		sub->loops = p->sh->loops;
	if (p->in)
		fd_put(sub, 0, (struct fd){p->in, true, p->in_size, true});
	if (!last) {
		sink = stream_sink(p->mem);
		fd_put(sub, 1, (struct fd){.stream = sink});
		sub->pipe = sink;
		if (n->kind == NODE_SIMPLE) {
			p->running[i].sink = sink;
			sub->async = &p->running[i];
		}
	}
	run_node(sub, n);
	if (sub->flow == FLOW_DISCARD && n->kind == NODE_SIMPLE && runs_text(p->sh))
		sub->status = 1; /* bash's process for it jumps to where that text is read */
	if ((n->kind == NODE_SIMPLE || (n->redirs && sub->redir_failed)) && jump_turned(sub, p->sh))
		sub->status = 0;
	if (is_bash(sub) && forgets_traps(n) && !(sub->flow == FLOW_EXIT && sub->exit_indirect))
		sub->traps.n = 0;
	/* but the shell's own where it has not come to the command, unless that is what runs */
	if (is_bash(sub) && !p->sh->in_exit_trap && n->kind == NODE_SIMPLE && sub->unexpanded &&
	    !sub->traps.n && !(p->sh->whole_stage && forgets_traps(p->sh->whole_stage)))
		for (size_t k = 0; k < p->sh->traps.n; k++)
			*vec_push(sub->mem, &sub->traps) = p->sh->traps.p[k];
	p->status[i] = env_end(sub);
	p->running[i].signal = sub->stage_signal;
	p->running[i].dumped = p->sh->session->dumped;
	if (p->in && !p->running[i].pid && !p->running[i].program)
		end_writer(p, i);
	p->wrote = sub->pipe_wrote > sub->pipe_last ? sub->pipe_wrote : sub->pipe_last;
	if (last)
		p->sh->pipe_last = p->wrote;
	arena_free(sub->mem);
	if (p->in)
		stream_close(p->in);
	p->in = NULL;
	if (last)
		return;
	if (p->running[i].pid || p->running[i].program) {
		p->in = stream_fd(p->mem, p->running[i].out, true);
		p->in_size = 0;
	} else {
		b = stream_collected(sink);
		p->in = stream_source(p->mem, b);
		p->in_size = blob_size(b);
		blob_unref(b);
	}
	stream_close(sink);
}

void pipe_status_set(struct shell *sh, int status)
{
	if (!is_bash(sh))
		return;
	sh->pipe_status.n = 0;
	*vec_push(sh->mem, &sh->pipe_status) = status;
}

void run_pipeline(struct shell *sh, const struct node *n)
{
	struct pipe_state p = {.sh = sh};
	size_t count = n->pipeline.n;
	/* bash: a set -e within what "!" turns around counts; and in "( ! command )", where the
	 * subshell turns it around, one before it too */
	bool tests = n->pipeline.negated &&
		     (!is_bash(sh) || ((sh->options & OPT_ERREXIT) && n != sh->paren_body));

	sh->tested += tests;
	sh->redir_failed = false;
	if (count == 0) {
		sh->status = 0;
	} else if (count == 1) {
		run_node(sh, n->pipeline.stages[0]);
		/* bash turns the status of (( )) and [[ ]] around before it keeps it */
		if (n->pipeline.negated && sh->flow == FLOW_ON &&
		    (n->pipeline.stages[0]->kind == NODE_ARITH ||
		     n->pipeline.stages[0]->kind == NODE_COND))
			pipe_status_set(sh, !sh->status);
		if (!n->pipeline.stages[0]->redirs || n->pipeline.stages[0]->kind == NODE_SIMPLE)
			sh->redir_failed = false;
	} else {
		p.mem = arena_new();
		p.running = arena_array(p.mem, struct running, count);
		p.status = arena_array(p.mem, int, count);
		for (size_t i = 0; i < count; i++) {
			run_stage(&p, n->pipeline.stages[i], i, i + 1 == count);
			/* bash does not go back from the line of a subshell that others follow */
			if (is_bash(sh) && i + 1 < count &&
			    n->pipeline.stages[i]->kind == NODE_SUBSHELL)
				sh->line = n->pipeline.stages[i]->line + sh->shift;
		}
		sh->pipe_status.n = 0;
		sh->status = 0;
		for (size_t i = 0; i < count; i++) {
			if (p.running[i].pid || p.running[i].program)
				p.status[i] = running_finish(sh, &p.running[i]);
			*vec_push(sh->mem, &sh->pipe_status) = p.status[i];
			if (i + 1 == count || ((sh->options & OPT_PIPEFAIL) && p.status[i]))
				sh->status = p.status[i] || !(sh->options & OPT_PIPEFAIL)
						 ? p.status[i]
						 : sh->status;
		}
		if (is_bash(sh) && p.running[count - 1].signal)
			pipeline_died(sh, n, p.running, p.status);
		arena_free(p.mem);
		sh->status = signals_take(sh, sh->status);
	}
	sh->tested -= tests;
	if (n->pipeline.negated) {
		if (sh->flow == FLOW_ON ||
		    (is_bash(sh) && (sh->flow == FLOW_BREAK || sh->flow == FLOW_CONTINUE)))
			sh->status = is_bash(sh) && sh->redir_failed && n != sh->paren_body
					 ? 1
					 : !sh->status;
		sh->redir_failed = false;
	} else {
		check_errexit(sh);
	}
}

/* --- $(...) --- */

/* $(<file) */
static const struct redir *only_read(const struct shell *sh, const struct node *n)
{
	const struct redir *r = n->redirs;

	if (!is_bash(sh) || n->kind != NODE_SIMPLE || n->simple.words.n || n->simple.nassigns)
		return NULL;
	return r && !r->next && r->kind == REDIR_READ && r->fd == 0 ? r : NULL;
}

/* Of $(<file) that cannot be read, the message ends the shell under set -e. */
static bool run_substitution(struct shell *sub, const struct node *n)
{
	const struct redir *read =
	    only_read(sub, n->kind == NODE_LIST && n->list.n == 1 ? n->list.p[0].node : n);
	struct redirs frame = {0};
	struct blob *b;

	if (!read) {
		run_body(sub, n);
		if (sub->flow == FLOW_DISCARD)
			sub->status = 1; /* whatever the error was */
		return true;
	}
	sub->status = redirs_apply(sub, read, &frame);
	if (sub->status == 0 && stream_rest(sub->fds[0].stream, &b) == 0) {
		stream_put(sub->fds[1].stream, b);
		blob_unref(b);
	}
	redirs_undo(sub, &frame);
	return sub->status == 0 || !is_bash(sub);
}

/* Without NULs and the newlines at the end. */
static struct str cleaned(struct shell *sh, struct str s)
{
	size_t n = 0;
	char *p;

	while (s.n && s.p[s.n - 1] == '\n')
		s.n--;
	if (str_chr(s, '\0') < 0)
		return s.n ? s : S("");
	if (is_bash(sh))
		say(sh, "warning: command substitution: ignored null byte in input");
	p = arena_alloc(sh->tmp, s.n);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i])
			p[n++] = s.p[i];
	while (n && p[n - 1] == '\n')
		n--;
	return (struct str){p, n};
}

/* bash: a closed standard input is the other end of the pipe which $(..) writes to. */
static void fill_input(struct shell *sub)
{
	struct blob *b;

	if (!is_bash(sub) || fd_stream(sub, 0))
		return;
	b = blob_empty();
	fd_put(sub, 0,
	       (struct fd){.stream = stream_source(sub->mem, b), .reads = true, .sealed = true});
	*vec_push(sub->mem, &sub->owned) = sub->fds[0].stream;
	blob_unref(b);
}

/* bash looks into `<file` itself, and what is wrong there is so for the whole command. */
static bool wrong_file(const struct shell *sh, const struct node *node)
{
	struct str s = node->kind == NODE_WRONG && is_bash(sh) ? node->wrong : S("");

	while (s.n && strchr(" \t\n", s.p[0]))
		s = str_from(s, 1);
	return s.n && s.p[0] == '<' && (s.n == 1 || !strchr("<>&", s.p[1]));
}

bool command_value(struct shell *sh, const struct node *node, struct str *out)
{
	struct shell *sub;
	struct stream *sink;
	struct blob *b;
	struct str text;
	bool good, reads;

	*out = S("");
	if (sh->subst_status < 0)
		sh->subst_status = 0;
	if (!node) /* the status of one before stands */
		return true;
	sub = env_subshell(sh);
	sub->indirect++;
	sub->substitution = true;
	sub->last = is_bash(sh) && sh->parent ? NULL : last_command(node, false);
	sub->loops = sh->loops;
	sub->text_loops = is_bash(sh) ? sh->loops + 1 : 0;
	sub->joins = sh->joins || sh->unsplit;
	sub->unsplit = false;
	sub->shift = is_bash(sh) ? (sh->line_under ? sh->line_under : sh->line) - 1 : sh->shift;
	if (is_bash(sh) && sh->line_under)
		sub->line = sh->line_under;
	sub->line_under = 0;
	sub->unheeding = false;
	if (is_bash(sh) && !wrong_file(sh, node))
		sub->options &= ~(unsigned)(OPT_ERREXIT | OPT_ERREXIT_UNHEEDED);
	else
		sub->tested = 0;
	sink = stream_sink(sub->mem);
	fd_put(sub, 1, (struct fd){.stream = sink});
	fill_input(sub);
	sub->line += wrong_file(sh, node);
	good = run_substitution(sub, node);
	sh->subst_status = signals_take(sh, env_end(sub));
	if (!good)
		reported(sh);
	reads = only_read(sh, node->kind == NODE_LIST && node->list.n == 1 ? node->list.p[0].node
									   : node);
	if (reads) { /* bash's own reader has looked into it */
		hidden_see(sh);
		sh->left = sh->left == LEFT_COND ? LEFT_COND : LEFT_CLEAN;
	}
	if (is_bash(sh) && sh->flow != FLOW_EXIT)
		sh->status = sh->subst_status;
	b = stream_collected(sink);
	text = cleaned(sh, blob_flat(sub->mem, b));
	*out = text.n ? str_dup(sh->tmp, text) : S("");
	blob_unref(b);
	stream_close(sink);
	arena_free(sub->mem);
	chars_follow(sh);
	if (wrong_file(sh, node) && sh->flow == FLOW_ON) {
		expansion_fatal(sh);
		sh->status = sh->options & OPT_ERREXIT ? 2 : 1;
		sh->flow = sh->options & OPT_ERREXIT ? FLOW_EXIT : sh->flow;
		return false;
	}
	return good || sh->flow != FLOW_EXIT;
}
