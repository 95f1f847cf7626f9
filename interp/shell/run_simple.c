/* SPDX-License-Identifier: GPL-2.0-only */
/* Running simple commands: redirections, builtins, the rest. A function's call is in
 * run_function.c, one assignment in assign.c. */
#include "shell/builtin.h"

/* --- assignments --- */

/* bash says that it cannot, and runs the command all the same. */
static bool refuse(struct shell *sh, const struct assign *a)
{
	say(sh, "%.*s: readonly variable", STR_ARG(a->name));
	reported(sh);
	return sh->flow == FLOW_ON;
}

static bool run_assigns(struct shell *sh, const struct node *n, bool temporary)
{
	for (size_t i = 0; i < n->simple.nassigns; i++) {
		const struct assign *a = &n->simple.assigns[i];

		if (temporary && is_bash(sh) && a->index) {
			say(sh, "`%.*s[%.*s]': not a valid identifier", STR_ARG(a->name),
			    STR_ARG(word_text(sh->tmp, a->index)));
			continue;
		}
		if (temporary && is_bash(sh) && assign_refused(sh, a)) {
			if (!refuse(sh, a))
				return false;
			continue;
		}
		if (temporary && !is_bash(sh))
			var_save(sh, a->name);
		if (!(temporary && is_bash(sh) ? assign_before(sh, a) : assign_one(sh, a)))
			return false;
		if (temporary) {
			var_at(sh, a->name)->flags |=
			    VAR_EXPORT | (is_bash(sh) ? VAR_TEMPORARY : 0);
			sh->env_cache.p = NULL;
		}
	}
	return true;
}

/* Does a target or here-document of N's expand something? */
static bool redirs_expand(const struct node *n)
{
	for (const struct redir *r = n->redirs; r; r = r->next)
		if (!r->target->plain)
			return true;
	return false;
}

/* dash's assignments, each expanded once, and the line that its set -x shows of them and ARGV. */
static bool assign_traced(struct shell *sh, const struct node *n, bool temporary,
			  const struct strs *argv, struct fd to)
{
	struct strs shown = {0};
	struct fd now = sh->fds[2];

	for (size_t i = 0; i < n->simple.nassigns; i++) {
		const struct assign *a = &n->simple.assigns[i];
		struct str text;

		if (!expand_assign(sh, a->value, &text))
			return false;
		if (temporary)
			var_save(sh, a->name);
		if (!var_set(sh, a->name, text))
			return false;
		if (temporary) {
			var_at(sh, a->name)->flags |= VAR_EXPORT;
			sh->env_cache.p = NULL;
		}
		if (sh->options & OPT_XTRACE)
			*vec_push(sh->tmp, &shown) =
			    str_fmt(sh->tmp, "%.*s=%.*s", STR_ARG(a->name), STR_ARG(text));
	}
	for (size_t i = 0; i < argv->n && (sh->options & OPT_XTRACE); i++)
		*vec_push(sh->tmp, &shown) = argv->p[i];
	/* to where messages went before the redirections */
	sh->fds[2] = to.stream ? to : now;
	trace_command(sh, &shown);
	sh->fds[2] = now;
	return true;
}

/* bash leaves redirections of the standard input that stand alone to a process of their own. */
static bool in_own_process(const struct shell *sh, const struct node *n)
{
	for (const struct redir *r = n->redirs; r && is_bash(sh); r = r->next)
		if (r->fd == 0 && (r->kind == REDIR_READ || r->kind == REDIR_UPDATE ||
				   ((r->kind == REDIR_DUP_IN || r->kind == REDIR_DUP_OUT) &&
				    (!r->target->plain || str_is(r->target->fixed, "-")))))
			return true;
	return false;
}

static void redirect_apart(struct shell *sh, const struct node *n)
{
	struct shell *sub = env_subshell(sh);
	struct redirs frame = {0};
	int err;

	sub->entering = true;
	sub->loops = sh->loops;
	err = redirs_apply(sub, n->redirs, &frame);
	redirs_keep(sub, &frame);
	sh->status = sub->flow == FLOW_EXIT ? sub->status : err;
	env_end(sub);
	arena_free(sub->mem);
}

/* bash assigns before it opens files, dash after. */
static void assign_only(struct shell *sh, const struct node *n, bool stage)
{
	struct redirs frame = {0};
	struct fd messages = sh->fds[2];
	bool good = !is_bash(sh) || run_assigns(sh, n, false);
	int err = 0;

	if (good && in_own_process(sh, n)) {
		redirect_apart(sh, n);
		if (stage && sh->flow == FLOW_ON) /* which ends without waiting for that process */
			sh->status = 0;
		return;
	}
	if (good) {
		err = redirs_apply(sh, n->redirs, &frame);
		sh->status = err && !(is_bash(sh) && sh->flow == FLOW_EXIT) ? err : sh->status;
	}
	if (good && !err && !is_bash(sh))
		good = assign_traced(sh, n, false, &(struct strs){0}, messages);
	redirs_undo(sh, &frame);
	if (good && !err)
		sh->status = sh->subst_status >= 0 ? sh->subst_status : 0;
	else if (!good && sh->flow == FLOW_ON)
		sh->status = 1;
}

/* --- commands --- */

struct call {
	const struct node *node;
	struct strs argv;
	struct lookup found;
	struct running *async;
	struct saved_var *mark; /* before its assignments */
	bool stage; /* of a pipeline */
	bool special; /* dash: errors end the shell, assignments stay */
};

static int call_builtin(struct shell *sh, struct call *c)
{
	struct str blame = sh->blame, builtin = sh->builtin;
	int status;

	builtin_tell(sh, c->found.builtin, c->argv.p, c->argv.n);
	sh->builtin = is_bash(sh) ? S("") : c->argv.p[0];
	if (!str_is(c->argv.p[0], "command")) /* which is none to dash when it runs something */
		sh->blame = (struct str){NULL, 0};
	sh->temporary = c->mark;
	if (sh->functions_deep && c->found.builtin->flags & BUILTIN_TEXT)
		vars_called(sh, c->mark);
	if (c->stage && is_bash(sh)) /* -e counts in what eval and . run there */
		sh->tested = 0;
	status = builtin_run(sh, c->found.builtin, c->argv.p, c->argv.n);
	if (is_bash(sh) && sh->saved != c->mark && sh->flow == FLOW_ON &&
	    !vars_merge_kept(sh, c->found.builtin->name, c->mark))
		status = 1;
	if (sh->flow == FLOW_DISCARD && sh->whole)
		status = sh->status;
	if (c->stage && is_bash(sh) && sh->flow == FLOW_EXIT && sh->by_errexit)
		status = 1; /* of what eval ran */
	else if (is_bash(sh) && sh->flow == FLOW_EXIT &&
		 (sh->exit_indirect || (sh->forced && !c->stage)))
		status = sh->status; /* as its message has left it */
	sh->blame = blame;
	sh->builtin = builtin;
	if (!c->special)
		return builtin_stopped(sh, status);
	return !is_bash(sh) && sh->flow == FLOW_EXIT && sh->raised ? 2 : status;
}

static void remember_last(struct shell *sh, struct str s)
{
	if (!is_bash(sh))
		return;
	if (s.n >= sh->last_room) {
		sh->last_room = s.n * 2 + 32;
		sh->last_arg.p = arena_alloc(sh->mem, sh->last_room);
	}
	for (size_t i = 0; i < s.n; i++)
		((char *)(uintptr_t)sh->last_arg.p)[i] = s.p[i];
	sh->last_arg.n = s.n;
}

/* PATH=... before a command counts for finding it. */
static bool assigns_path(const struct node *n)
{
	for (size_t i = 0; i < n->simple.nassigns; i++)
		if (str_is(n->simple.assigns[i].name, "PATH"))
			return true;
	return false;
}

/* What `command` runs; in dash, words that are not expanded yet do not count. */
static const struct builtin *builtin_behind(enum shell_dialect dialect, const struct strs *argv)
{
	const struct builtin *b = builtin_find(dialect, argv->n ? argv->p[0] : S(""));
	size_t i = 0;

	while (b && str_is(b->name, "command")) {
		for (i++; i < argv->n && str_starts(argv->p[i], S("-p")); i++)
			;
		i += i < argv->n && str_is(argv->p[i], "--");
		b = i < argv->n ? builtin_find(dialect, argv->p[i]) : NULL;
	}
	return b;
}

static bool is_exec(const struct shell *sh, const struct call *c)
{
	const struct builtin *b = c->found.builtin;

	if (c->found.kind != FOUND_BUILTIN)
		return false;
	b = builtin_behind(sh->dialect, &c->argv);
	return b && (b->flags & BUILTIN_EXEC);
}

/*
 * Assignments before a special builtin stay; those before exec reach what takes the shell's place.
 */
static void export_for_exec(struct shell *sh, const struct call *c)
{
	if (!is_exec(sh, c) || c->argv.n < 2)
		return;
	for (size_t i = 0; i < c->node->simple.nassigns; i++)
		var_at(sh, c->node->simple.assigns[i].name)->flags |= VAR_EXPORT;
	sh->env_cache.p = NULL;
}

/* Does bash remember where the command is? */
static bool tracks(const struct call *c)
{
	return c->found.kind != FOUND_FUNCTION && c->found.kind != FOUND_BUILTIN &&
	       c->found.kind != FOUND_NOTHING && !assigns_path(c->node);
}

/* Run what is neither function nor builtin. */
static int call_process(struct shell *sh, struct call *c)
{
	uint64_t before = sh->pipe ? stream_size(sh->pipe) : 0;
	int status;

	if (!is_bash(sh) || tracks(c))
		lookup_track(sh, c->argv.p[0], c->found.path);
	sh->async = c->async;
	sh->gives_way |= c->stage;
	status = command_run(sh, &c->found, c->argv.p, c->argv.n);
	sh->async = NULL;
	if (sh->pipe && stream_size(sh->pipe) > before)
		sh->pipe_last = stream_size(sh->pipe);
	return status;
}

/* MESSAGES: what descriptor 2 was before the redirections. */
static void call_with_redirs(struct shell *sh, struct call *c, struct fd messages)
{
	int status;

	if (!is_bash(sh) && !assign_traced(sh, c->node, !c->special, &c->argv, messages)) {
		if (sh->flow == FLOW_ON)
			sh->status = 1;
		return;
	}
	if (c->special)
		export_for_exec(sh, c);
	if (!is_bash(sh) && assigns_path(c->node) && c->found.kind != FOUND_FUNCTION &&
	    c->found.kind != FOUND_BUILTIN)
		lookup_command(sh, c->argv.p[0], true, &c->found);
	sh->catches |= c->stage && c->found.kind != FOUND_FUNCTION;
	sh->command = c->node;
	sh->pipe_last = 0;
	if (c->node->simple.nassigns)
		chars_follow(sh);
	if (c->found.kind == FOUND_FUNCTION) {
		sh->temporary = c->mark;
		status = run_function(sh, c->found.function, c->argv.p, c->argv.n, c->stage);
	} else if (c->found.kind == FOUND_BUILTIN) {
		status = call_builtin(sh, c);
	} else {
		status = call_process(sh, c);
	}
	sh->status = status;
}

/* bash: "%1" means "fg %1", before it looks at redirections, and there is no job control. */
static int foreground(struct shell *sh)
{
	say(sh, "fg: no job control");
	return 1;
}

/* May the expansion of W change a variable? */
static bool may_assign(const struct word *w)
{
	for (size_t i = 0; w && i < w->n; i++) {
		const struct param *p = w->parts[i].kind == PART_PARAM ? w->parts[i].param : NULL;

		if (w->parts[i].kind == PART_ARITH ||
		    (p && (p->op == PARAM_ASSIGN || p->op == PARAM_SLICE || p->index ||
			   p->indirect || may_assign(p->arg) || may_assign(p->arg2))))
			return true;
	}
	return false;
}

/* Is it neither function nor builtin? Nor is for bash what `command` runs, which may have -p. */
static bool is_process(const struct shell *sh, const struct call *c)
{
	const struct str *argv = c->argv.p;
	size_t i = 1, n = c->argv.n;

	if (c->found.kind != FOUND_BUILTIN || !is_bash(sh) ||
	    !str_is(c->found.builtin->name, "command"))
		return c->found.kind != FOUND_FUNCTION && c->found.kind != FOUND_BUILTIN;
	i += i < n && str_is(argv[i], "-p");
	if (i < n && str_is(argv[i], "--"))
		i++;
	else if (i < n && str_starts(argv[i], S("-")))
		return false;
	return i < n &&
	       !builtin_behind(sh->dialect, &(struct strs){.p = c->argv.p + i, .n = n - i});
}

/* bash opens the files of what is no builtin or function in the process that it becomes: what they
 * assign is lost. */
static bool is_apart(const struct shell *sh, const struct call *c)
{
	if (!is_bash(sh) || c->stage || !is_process(sh, c))
		return false;
	for (const struct redir *r = c->node->redirs; r; r = r->next)
		if (may_assign(r->target))
			return true;
	return false;
}

static void run_apart(struct shell *sh, struct call *c)
{
	const struct str *values = take_assigned(sh, c->node, c->mark);
	struct shell *sub = env_subshell(sh);
	struct redirs frame = {0};
	int err;

	sub->loops = sh->loops;
	err = redirs_apply(sub, c->node->redirs, &frame);
	if (!err)
		assign_again(sub, c->node, values);
	if (!err)
		call_with_redirs(sub, c, sh->fds[2]);
	else if (jump_turned(sub, sh))
		sub->status = 0;
	else if (sub->flow != FLOW_EXIT)
		sub->status = err;
	redirs_undo(sub, &frame);
	sh->status = env_end(sub);
	arena_free(sub->mem);
}

/* bash: the EXIT trap of a stage of a pipeline sees its redirections as well, and that of `exit`
 * those of what was left: not a builtin's where the text is no script. */
static bool keeps_redirs(const struct shell *sh, const struct call *c)
{
	if (!is_bash(sh) || !sh->traps.n)
		return false;
	return c->stage || exit_keeps(sh);
}

static void run_redirected(struct shell *sh, struct call *c)
{
	struct redirs frame = {0};
	struct fd messages = sh->fds[2];
	struct saved_var *mark = sh->saved;
	int err;

	/* bash expands, and traces, assignments first; dash opens files first */
	if (is_bash(sh) && !run_assigns(sh, c->node, true)) {
		sh->unexpanded |= c->stage;
		if (sh->flow == FLOW_ON)
			sh->status = 1;
		return;
	}
	if (is_bash(sh) && c->argv.p[0].n && c->argv.p[0].p[0] == '%' && !c->stage) {
		trace_command(sh, &c->argv);
		sh->status = foreground(sh);
		return;
	}
	lookup_command(sh, c->argv.p[0], true, &c->found);
	c->special = !is_bash(sh) && c->found.kind == FOUND_BUILTIN &&
		     (c->found.builtin->flags & BUILTIN_SPECIAL);
	sh->may_local |= !is_bash(sh) && !c->special;
	if (is_bash(sh))
		trace_command(sh, &c->argv);
	if (is_apart(sh, c)) {
		run_apart(sh, c);
		return;
	}
	frame.apart = is_process(sh, c);
	if (is_bash(sh) && c->node->simple.nassigns && redirs_expand(c->node))
		err =
		    redirs_apply_hidden(sh, c->node, mark, c->found.kind == FOUND_FUNCTION, &frame);
	else
		err = redirs_apply(sh, c->node->redirs, &frame);
	if (err) {
		if (!is_bash(sh) || sh->flow == FLOW_ON)
			sh->status = err;
		if (is_bash(sh) && tracks(c)) /* it was looked for before */
			lookup_track(sh, c->argv.p[0], c->found.path);
		/* bash: only the process that was to be the command dies of a bad ${x?} in its
		 * here-document */
		if (is_bash(sh) && frame.apart) {
			sh->status = jump_turned(sh, sh) ? 0 : sh->status;
			sh->flow = FLOW_ON;
			sh->catches |= c->stage;
		}
		if (c->special && sh->flow == FLOW_ON) {
			sh->flow = FLOW_EXIT;
			sh->raised = true;
		}
		redirs_undo(sh, &frame);
		return;
	}
	frame.outer = sh->redirected;
	frame.simple = c->node->redirs != NULL;
	frame.in_function = sh->functions_deep;
	sh->redirected = &frame;
	call_with_redirs(sh, c, messages);
	sh->redirected = frame.outer;
	if (is_exec(sh, c) || keeps_redirs(sh, c))
		redirs_keep(sh, &frame);
	sh->left_to = sh->left_to == &frame ? NULL : sh->left_to;
	redirs_undo(sh, &frame);
}

static void run_call(struct shell *sh, struct call *c)
{
	struct saved_var *mark = sh->saved;
	bool may_local = sh->may_local;

	c->mark = mark;
	run_redirected(sh, c);
	if (sh->flow != FLOW_EXIT) /* dash's EXIT trap is still within */
		sh->may_local = may_local;
	if (c->node->simple.nassigns && !c->special &&
	    !(c->found.kind == FOUND_FUNCTION && function_stays(sh, c->stage)))
		vars_restore_assigned(sh, mark);
	remember_last(sh, c->argv.p[c->argv.n - 1]);
}

static bool expand_arguments(struct shell *sh, const struct node *n, struct strs *argv)
{
	bool declares = false, good = true;
	struct later_globs later;

	globs_begin(sh, &later);
	for (size_t i = 0; i < n->simple.words.n && good; i++) {
		const struct word *w = n->simple.words.p[i];

		if (i == 1 || (i > 1 && !is_bash(sh))) {
			/* bash goes by the word as it is written */
			const struct builtin *b =
			    is_bash(sh) ? builtin_find(sh->dialect, n->simple.words.p[0]->source)
					: builtin_behind(sh->dialect, argv);

			declares = b && (b->flags & BUILTIN_DECLARE);
		}
		good = declares ? expand_declared(sh, w, argv) : expand_word(sh, w, argv);
		if (good && n->simple.word_assigns && n->simple.word_assigns[i])
			good = declare_array(sh, n->simple.word_assigns[i], argv->p, argv->n);
	}
	globs_end(sh, &later, argv);
	return good;
}

/* bash: where set -e ends a shell with an EXIT trap behind a simple command, it leaves the
 * innermost one around that has redirections. */
static void leave_simple(struct shell *sh)
{
	const struct redirs *r = sh->redirected;

	while (r && !r->simple)
		r = r->outer;
	if (!r || !is_bash(sh) || !sh->traps.n)
		return;
	sh->left_to = r;
	sh->left_function = r->in_function;
}

void run_simple(struct shell *sh, const struct node *n)
{
	struct call c = {.node = n, .async = sh->async, .stage = sh->stage};
	bool ends;

	sh->async = NULL;
	sh->stage = false;
	sh->subst_status = -1;
	if (!expand_arguments(sh, n, &c.argv)) {
		if (sh->flow == FLOW_ON)
			expansion_failed(sh);
		sh->unexpanded |= c.stage;
		return;
	}
	if (c.argv.n == 0) {
		assign_only(sh, n, c.stage);
		sh->session->signalled = 0; /* that was a command of a $(..) */
		if (is_bash(sh))
			remember_last(sh, S(""));
		sh->unexpanded |= c.stage && sh->flow != FLOW_ON;
	} else {
		run_call(sh, &c);
	}
	sh->just_called = (struct str){0};
	/* bash has jumped away by then, or its process for a stage is at its end */
	if (sh->flow != FLOW_EXIT && sh->flow != FLOW_DISCARD && sh->flow != FLOW_RETURN &&
	    !c.stage)
		pipe_status_set(sh, sh->status);
	ends = sh->flow == FLOW_EXIT;
	check_errexit(sh);
	if (sh->flow == FLOW_EXIT && !ends)
		leave_simple(sh);
}
