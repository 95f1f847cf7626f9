/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Jobs: a recipe that has to run becomes one, gets a slot or a token, is run by a thread and is
 * taken in by the main thread, which alone touches the graph.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "make/finish.h"
#include "make/job.h"
#include "make/options.h"

void jobs_open(struct make *mk)
{
	struct jobs *j = arena_make(mk->mem, struct jobs);

	j->owner = pthread_self();
	pthread_mutex_init(&j->lock, NULL);
	pthread_mutex_init(&j->out_lock, NULL);
	j->wake[0] = j->wake[1] = j->server[0] = j->server[1] = j->bad_stdin = -1;
	j->numbers[0] = j->numbers[1] = j->dropped[0] = j->dropped[1] = -1;
	output_init(&j->own, false);
	j->slots = 1;
	mk->g->jobs = j;
}

void jobs_close(struct make *mk)
{
	struct jobs *j = mk->g->jobs;

	for (int i = 0; i < 2; i++)
		if (j->wake[i] >= 0)
			close(j->wake[i]);
	if (j->bad_stdin >= 0)
		close(j->bad_stdin);
	if (j->server_ours)
		token_clear(mk);
	pthread_mutex_destroy(&j->lock);
	pthread_mutex_destroy(&j->out_lock);
}

/* -l: is the machine too busy for one job more? */
static bool load_too_high(struct make *mk)
{
	double load;

	if (mk->o->load < 0 || getloadavg(&load, 1) != 1)
		return false;
	return load + 0.25 * mk->g->jobs->counter >= mk->o->load;
}

static int bad_stdin(struct jobs *j)
{
	int fds[2];

	/* A pipe nobody writes to: reading fails at once rather than taking another job's input. */
	if (j->bad_stdin < 0 && pipe2(fds, O_CLOEXEC) == 0) {
		close(fds[1]);
		j->bad_stdin = fds[0];
	}
	return j->bad_stdin;
}

static void tell_start(struct make *mk, struct job *job)
{
	const struct make_listener *l = mk->listener;

	if (l && l->recipe_start)
		l->recipe_start(l->ctx, &job->recipe);
}

static void count_commands(struct make *mk, struct job *job, bool *runs, bool *says)
{
	*runs = *says = false;
	for (size_t i = 0; i < job->n && !job->lines[i].question; i++) {
		mk->g->commands_started++;
		*runs |= job->lines[i].run;
		*says |= job->lines[i].run || job->lines[i].echo;
	}
}

static bool needs_wake(struct jobs *j)
{
	return j->wake[0] >= 0 || pipe2(j->wake, O_CLOEXEC) == 0;
}

/* The environment is made when the first line to run was echoed: expanding it may have something to
 * say. */
static void set_environment(struct make *mk, struct job *job, bool echo)
{
	struct output *context = mk->g->jobs->context;
	bool runs = !echo;

	for (size_t i = 0; !runs; i++) {
		job_echo(job, &job->lines[i]);
		runs = job->lines[i].run;
	}
	if (job->recipe.env.p)
		return;
	mk->g->jobs->context = &job->output;
	job->recipe.env = var_environment(mk, job->mem, job->file->vars);
	mk->g->jobs->context = context;
}

static enum make_kept ask_kept(struct make *mk, struct job *job)
{
	struct jobs *j = mk->g->jobs;
	const struct make_host *host = mk->host;
	enum make_kept kept;

	/* A makefile that counted as new without being it would be read again for ever. */
	if (mk->g->updating_makefiles || mk->o->question || !jobs_may_keep(mk) ||
	    mk->o->always_make)
		return MAKE_RUNS;
	set_environment(mk, job, false);
	kept = host->recipe_kept(host->ctx, &job->recipe, mk);
	if (!kept || !j->used)
		return kept;
	/* A recipe takes its time, and what was started before it is mostly done by then, whatever
	 * the graph says of their order; the answer must not be quicker than that. */
	while (j->used)
		jobs_reap(mk, true, false);
	return host->recipe_kept(host->ctx, &job->recipe, mk);
}

/*
 * Would JOB, whose lines run, change nothing? Then it has none any more. What depends on its target
 * is to be decided as if it had run, so the target is new where the recipe would make it.
 */
static bool is_kept(struct make *mk, struct job *job)
{
	const struct make_listener *l = mk->listener;
	enum make_kept kept = ask_kept(mk, job);

	if (kept == MAKE_RUNS)
		return false;
	if (mk->host->recipe_left_out)
		mk->host->recipe_left_out(mk->host->ctx, &job->recipe);
	mk->left_out = true;
	if (l && l->recipe_kept)
		l->recipe_kept(l->ctx, &job->recipe);
	job->n = 0;
	job->file->kept = kept == MAKE_KEPT_NEW;
	return true;
}

/* Start JOB; false: the load is too high, it waits. */
static bool start_job(struct make *mk, struct job *job)
{
	struct jobs *j = mk->g->jobs;
	bool runs, says;

	if (j->used && load_too_high(mk)) {
		file_set_state(job->file, STATE_RUNNING);
		job->next = j->waiting;
		j->waiting = job;
		return false;
	}
	job_shell(mk, job, job->texts);
	count_commands(mk, job, &runs, &says);
	if (runs && !job->recipe.in_pieces && is_kept(mk, job))
		runs = says = false;
	if (says)
		output_start(mk, &job->output);
	if (runs) {
		set_environment(mk, job, true);
		j->counter++;
		job->good_stdin = !j->stdin_used;
		j->stdin_used = true;
		job->recipe.in = job->good_stdin ? mk->in : bad_stdin(j);
		tell_start(mk, job);
	}
	if (runs && j->slots != 1 && !mk->g->not_parallel && needs_wake(j)) {
		file_set_state(job->file, STATE_RUNNING);
		if (!job_starts(job)) {
			job->next = j->unstarted;
			j->unstarted = job;
			return true;
		}
		job_go_on(mk, job);
		return true;
	}
	job->slot = runs;
	j->used += job->slot;
	job_run_here(mk, job);
	return true;
}

void jobs_start_waiting(struct make *mk)
{
	struct jobs *j = mk->g->jobs;

	while (j->waiting) {
		struct job *job = j->waiting;

		jobs_reap(mk, false, false);
		j->waiting = job->next;
		if (!start_job(mk, job))
			return;
	}
}

static bool only_prefixes(const struct recipe *r)
{
	for (size_t i = 0; i < r->lines.n; i++) {
		struct str line = r->lines.p[i].text;

		for (size_t k = 0; k < line.n; k++)
			if (!strchr(" \t\n\v\f\r-@+", line.p[k]) || !line.p[k])
				return false;
	}
	return true;
}

/* Expand all lines in F's scope; messages name the recipe's first line plus the line's number. */
static struct make_text *expand_lines(struct make *mk, struct job *job)
{
	struct commands *c = job->file->cmds;
	struct make_text *texts = arena_array(job->mem, struct make_text, c->n + 1);
	struct var_set *scope = mk->scope;
	struct place saved = mk->at;
	/* who else looks? */
	bool spans = mk->listener && (mk->listener->recipe_start || mk->listener->recipe_done);

	mk->scope = job->file->vars;
	for (size_t i = 0; i < c->n; i++) {
		struct place at = c->recipe->at;

		at.line += (unsigned)i;
		mk->at = at;
		mk->recipe_line = (unsigned)i;
		texts[i] =
		    expand_text(mk, job->mem, commands_collapse(job->mem, c->lines[i]), at, spans);
	}
	mk->at = saved;
	mk->recipe_line = 0;
	mk->scope = scope;
	return texts;
}

static struct str recipe_value(const struct make_recipe *r, struct arena *mem, struct str name)
{
	const struct job *job = r->file;

	return expand_for(job->mk, mem, str_fmt(mem, "$(%.*s)", STR_ARG(name)), job->file);
}

static void fill_recipe(struct make *mk, struct job *job)
{
	struct make_recipe *r = &job->recipe;

	r->make = mk;
	r->target = job->file->name;
	r->at = job->file->cmds->recipe->at;
	r->cwd = mk->cwd;
	r->one_shell = mk->one_shell;
	r->out = mk->out_fd;
	r->err = mk->err_fd;
	r->fds = job_descriptors(mk, job->mem, false);
	r->always_fds = job_descriptors(mk, job->mem, true);
	r->value = recipe_value;
	r->file = job;
}

static void trace(struct make *mk, struct job *job)
{
	const struct recipe *r = job->file->cmds->recipe;
	struct str newer, where = S("<builtin>");

	if (!mk->o->trace)
		return;
	newer = expand_for(mk, job->mem, S("$?"), job->file);
	if (r->at.file.n)
		where = str_fmt(job->mem, "%.*s:%u", STR_ARG(r->at.file), r->at.line);
	if (newer.n)
		make_print(mk, "%.*s: update target '%.*s' due to: %.*s\n", STR_ARG(where),
			   STR_ARG(job->file->name), STR_ARG(newer));
	else
		make_print(mk, "%.*s: target '%.*s' does not exist\n", STR_ARG(where),
			   STR_ARG(job->file->name));
	if (r->lines.n && r->lines.p[0].n_spans)
		make_print(mk, "%.*s",
			   STR_ARG(make_origin_lines(mk, job->mem, r->lines.p[0].spans, "")));
}

/* Wait for a free slot or a token. */
static void get_slot(struct make *mk, struct job *job)
{
	struct jobs *j = mk->g->jobs;

	if (j->slots) {
		while (j->used >= j->slots)
			jobs_reap(mk, true, false);
	} else if (token_enabled(mk)) {
		for (;;) {
			make_debug(mk, DEBUG_JOBS, 0, "Need a job token; we %shave children\n",
				   j->used ? "" : "don't ");
			if (!j->tokens)
				break;
			jobs_reap(mk, false, false);
			jobs_start_waiting(mk);
			if (!j->tokens)
				break;
			if (token_acquire(mk, j->waiting != NULL)) {
				make_debug(mk, DEBUG_JOBS, 0,
					   "Obtained token for child %p (%.*s).\n", (void *)job,
					   STR_ARG(job->file->name));
				break;
			}
			jobs_check_interrupt(mk);
		}
	}
	j->tokens++;
}

static void prepare(struct make *mk, struct file *f)
{
	struct jobs *j = mk->g->jobs;
	struct arena *mem = pool_take(mk);
	struct job *job = arena_make(mem, struct job);

	job->mk = mk;
	job->mem = mem;
	job->file = f;
	job->dontcare = f->dontcare;
	job->goal = goal_in_error(mk);
	output_init(&job->output, mk->o->sync != SYNC_NONE);
	j->context = &job->output;
	fill_recipe(mk, job);
	job->texts = expand_lines(mk, job);
	get_slot(mk, job);
	trace(mk, job);
	j->context = NULL;
	start_job(mk, job);
}

void job_new(struct make *mk, struct file *f)
{
	if (only_prefixes(f->cmds->recipe)) {
		file_set_state(f, STATE_RUNNING);
		f->outcome = OUTCOME_SUCCESS;
		file_finished(mk, f);
		return;
	}
	scope_init(mk, f, false);
	scope_automatic(mk, f);
	jobs_start_waiting(mk);
	jobs_reap(mk, false, false);
	commands_chop(mk, f->cmds);
	prepare(mk, f);
}

void make_die(struct make *mk, int status)
{
	mk->status = status;
	longjmp(*mk->fail, 1);
}
