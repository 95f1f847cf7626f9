/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The end of jobs: what became of a recipe is taken in by the main thread, which says so, tells its
 * file, and goes on with the next line where GNU make begins that only now. Starting them is
 * job.c's.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "make/finish.h"
#include "make/job.h"
#include "make/options.h"

#define WORKER_STACK ((size_t)64 << 20) /* a sub-make or a deep shell script may run on it */

static const struct place nowhere;

static void job_free(struct make *mk, struct job *job)
{
	struct jobs *j = mk->g->jobs;

	output_close(mk, &job->output);
	if (token_enabled(mk) && j->tokens > 1) {
		token_release(mk);
		make_debug(mk, DEBUG_JOBS, 0, "Released token for child %p (%.*s).\n", (void *)job,
			   STR_ARG(job->file->name));
	}
	j->tokens--;
	scope_leave(mk, job->file);
	pool_give(mk, job->mem);
}

/* "[Makefile:3: all] Error 1" and what goes with it. */
static void say_failed(struct make *mk, struct job *job, size_t line)
{
	const struct recipe *r = job->file->cmds->recipe;
	struct str where = S("<builtin>"), name = job->file->name;
	struct str what = job_status_text(job->mem, job->status);

	if (r->at.file.n)
		where = str_fmt(job->mem, "%.*s:%zu", STR_ARG(r->at.file), r->at.line + line);
	goal_error(mk);
	make_error(mk, nowhere, "*** [%.*s: %.*s] %.*s", STR_ARG(where), STR_ARG(name),
		   STR_ARG(what));
}

static bool interrupted(const struct make *mk)
{
	return mk->setup->interrupted && *mk->setup->interrupted;
}

static bool delete_on_error(struct make *mk)
{
	struct file *f = file_lookup(mk, S(".DELETE_ON_ERROR"));

	return f && f->is_target;
}

static size_t given_line(const struct job *job)
{
	if (job->status == 0 || job->at >= job->n)
		return job->recipe.n_lines;
	return job->lines[job->at].given;
}

static void tell_listener(struct make *mk, struct job *job)
{
	const struct make_listener *l = mk->listener;

	if (l && l->recipe_done && job->begun)
		l->recipe_done(l->ctx, &job->recipe, job->host, job->status, given_line(job),
			       job->seconds);
}

bool jobs_may_keep(struct make *mk)
{
	const struct make_host *host = mk->host;

	return host->recipe_kept && host->recipe_kept(host->ctx, NULL, mk);
}

/* F's recipe ran: is F another file than before? Then it is new, also where the clock went back
 * meanwhile. */
static bool is_rewritten(struct make *mk, const struct file *f)
{
	stamp now = f->phony ? STAMP_NONE : name_mtime(mk, f->name);

	return now != STAMP_NONE && now != f->mtime;
}

static void delete_targets(struct make *mk, struct job *job)
{
	if (!job->unstarted)
		file_delete_targets(mk, job->file);
}

/*
 * The words about a line that failed go where the job's output goes; all others of make's do not.
 */
static void say_status(struct make *mk, struct job *job)
{
	struct jobs *j = mk->g->jobs;
	struct output *saved = j->context;

	j->context = &job->output;
	if (job->ignored)
		job_say_ignored(job, &job->lines[job->at], job->ignored);
	if (job->status && !job->dontcare && !job->child_asked && !job->unsaid)
		say_failed(mk, job, job->at < job->n ? job->lines[job->at].line.index : 0);
	j->context = saved;
}

/*
 * A line behind one that ran was left out: by -q, there is something to do; by -t, as the last one.
 * For GNU make the recipe ends in the middle of starting that line: what is not made then counts as
 * half made.
 */
static void end_left_out(struct make *mk, struct job *job)
{
	struct jobs *j = mk->g->jobs;
	struct output *saved = j->context;

	/* Where the lines were expanded when none ran; behind a line that was only shown, where
	 * that was shown. */
	if (!job->begun ||
	    (job->n && !job->lines[job->n - 1].run && !job->lines[job->n - 1].question))
		j->context = &job->output;
	file_finished(mk, job->file);
	j->context = saved;
	if (job->file->outcome != OUTCOME_SUCCESS && job->recipe.n_lines)
		delete_targets(mk, job);
}

/*
 * A job came to its end: what that means for its file. Not 0: the whole run ends with that status.
 */
static int take_in(struct make *mk, struct job *job)
{
	struct jobs *j = mk->g->jobs;
	struct file *f = job->file;
	bool failed = job->status != 0, stopped = failed && interrupted(mk);

	if (job->good_stdin)
		j->stdin_used = false;
	if (stopped && !job->deleted)
		delete_targets(mk, job);
	say_status(mk, job);
	if (failed) {
		f->outcome = job->child_asked ? OUTCOME_QUESTION : OUTCOME_FAILED;
		if (!stopped && (job->status > STATUS_SIGNAL || delete_on_error(mk)))
			delete_targets(mk, job);
	} else {
		f->outcome = job->asked ? OUTCOME_QUESTION : OUTCOME_SUCCESS;
		if (job->begun && jobs_may_keep(mk))
			f->kept = is_rewritten(mk, f);
		if (job->tail_skipped || (job->asked && job->begun))
			end_left_out(mk, job);
	}
	tell_listener(mk, job);
	/* Of a job whose lines were only shown GNU make tells last. */
	if (job->begun)
		output_dump(mk, &job->output);
	file_finished(mk, f);
	output_dump(mk, &job->output);
	j->used -= job->slot;
	if (interrupted(mk))
		return STATUS_SIGNAL + *mk->setup->interrupted;
	if (!failed || job->dontcare || mk->o->keep_going)
		return 0;
	return job->child_asked ? 1 : 2;
}

static void *work(void *arg)
{
	struct job *job = arg;
	struct jobs *j = job->mk->g->jobs;

	job_run(job);
	pthread_mutex_lock(&j->lock);
	job->next = j->done;
	j->done = job;
	pthread_mutex_unlock(&j->lock);
	while (write(j->wake[1], "", 1) < 0 && errno == EINTR)
		;
	return NULL;
}

static bool start_thread(struct job *job)
{
	pthread_attr_t attr;
	pthread_t thread;
	bool good;

	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attr, WORKER_STACK);
	good = pthread_create(&thread, &attr, work, job) == 0;
	pthread_attr_destroy(&attr);
	return good;
}

/* The oldest finished job, or NULL. */
static struct job *next_done(struct jobs *j)
{
	struct job **at, *job = NULL;
	char byte;

	pthread_mutex_lock(&j->lock);
	if (j->done) {
		at = &j->done;
		while ((*at)->next)
			at = &(*at)->next;
		job = *at;
		*at = NULL;
		if (j->wake[0] >= 0 && read(j->wake[0], &byte, 1) < 0)
			job = *at = job; /* the byte comes only after the job: never here */
	}
	pthread_mutex_unlock(&j->lock);
	return job;
}

void jobs_check_interrupt(struct make *mk)
{
	if (interrupted(mk) && !mk->g->jobs->dying) {
		if (mk->host->stopped)
			mk->host->stopped(mk->host->ctx, mk, make_here(mk),
					  *mk->setup->interrupted);
		make_die(mk, STATUS_SIGNAL + *mk->setup->interrupted);
	}
	if (mk->g->jobs->pipe_broken && !mk->g->jobs->dying)
		make_die(mk, STATUS_SIGNAL + SIGPIPE);
}

static void wait_done(struct make *mk)
{
	struct pollfd fd = {mk->g->jobs->wake[0], POLLIN, 0};

	while (poll(&fd, 1, 1000) <= 0)
		jobs_check_interrupt(mk);
}

/*
 * As GNU make's handler: when the last job has stopped, their files go first, then each is told of.
 */
void jobs_stop(struct make *mk)
{
	struct jobs *j = mk->g->jobs;
	struct job *job, *first = NULL, **end = &first;
	unsigned n = 0;

	while (n < j->used) {
		job = next_done(j);
		if (!job) {
			wait_done(mk);
			continue;
		}
		*end = job;
		end = &job->next;
		*end = NULL;
		n++;
		if (job->paused) { /* its next command is not begun any more */
			job->status = STATUS_SIGNAL + *mk->setup->interrupted;
			job->unsaid = true;
			job_end(job);
		}
	}
	for (job = first; job; job = job->next) {
		job->deleted = job->status != 0;
		if (job->deleted)
			delete_targets(mk, job);
	}
	while (first) {
		job = first;
		first = job->next;
		take_in(mk, job);
		job_free(mk, job);
	}
}

void job_run_here(struct make *mk, struct job *job)
{
	int die;

	job_run(job);
	if (!job->asked || job->begun)
		file_set_state(job->file, STATE_RUNNING);
	die = take_in(mk, job);
	job_free(mk, job);
	if (die && !mk->g->jobs->dying)
		make_die(mk, die);
}

void job_go_on(struct make *mk, struct job *job)
{
	job->slot = true;
	mk->g->jobs->used++;
	if (!start_thread(job))
		job_run_here(mk, job);
}

/* What JOB's next command begins with, which its worker could not tell; then it goes on. */
static void go_on_paused(struct make *mk, struct job *job)
{
	job->paused = false;
	if (job_is_ready(job) && start_thread(job))
		return;
	mk->g->jobs->used--;
	job->slot = false;
	job_run_here(mk, job);
}

/* Take in the latest job that could not be started, *DIE as of take_in. False: its next lines begin
 * only now, it goes on. */
static bool take_unstarted(struct make *mk, int *die)
{
	struct job *job = mk->g->jobs->unstarted;

	mk->g->jobs->unstarted = job->next;
	if (job->lines[job->at].line.ignore && job->at + 1 < job->n) {
		job_go_on(mk, job);
		return false;
	}
	job_run(job);
	*die = take_in(mk, job);
	job_free(mk, job);
	return true;
}

static void say_waiting(struct make *mk)
{
	struct jobs *j = mk->g->jobs;

	if (!j->waiting_said)
		make_error(mk, nowhere, "*** Waiting for unfinished jobs....");
	j->waiting_said = true;
}

void jobs_miss_lost(struct make *mk)
{
	mk->g->jobs->lost = false;
	say_waiting(mk);
	make_fatal(mk, nowhere, "wait: No child processes");
}

void jobs_reap(struct make *mk, bool block, bool err)
{
	struct jobs *j = mk->g->jobs;
	bool waits = block;

	for (;;) {
		struct job *job;
		int die;

		jobs_check_interrupt(mk);
		if (!j->used && !j->unstarted)
			return;
		if (err && block)
			say_waiting(mk);
		if (j->unstarted) {
			if (!take_unstarted(mk, &die))
				continue;
			j->passing |= !waits;
			if (die && !err && !j->dying)
				make_die(mk, die);
			block = false;
			continue;
		}
		job = next_done(j);
		if (!job && !block)
			return;
		if (!job) {
			wait_done(mk);
			continue;
		}
		if (job->paused) {
			go_on_paused(mk, job);
			continue;
		}
		make_debug(mk, DEBUG_JOBS, 0, job->status ? "Reaping losing child %p PID %d \n"
							  : "Reaping winning child %p PID %d \n",
			   (void *)job, 0);
		die = take_in(mk, job);
		job_free(mk, job);
		j->passing |= !waits;
		if (die && !err && !j->dying)
			make_die(mk, die);
		block = false;
	}
}

void jobs_drop_unstarted(struct make *mk)
{
	struct jobs *j = mk->g->jobs;

	while (j->unstarted) {
		struct job *job = j->unstarted;

		j->unstarted = job->next;
		job_drop(job);
	}
}
