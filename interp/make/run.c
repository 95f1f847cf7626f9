/* SPDX-License-Identifier: GPL-2.0-only */
/* Running a job's lines, on a worker thread (or, one job at a time, on the main one). */
#include <string.h>
#include <time.h>

#include "make/job.h"
#include "make/options.h"

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

struct str job_status_text(struct arena *mem, int status)
{
	if (status <= STATUS_SIGNAL)
		return str_fmt(mem, "Error %d", status);
	status -= STATUS_SIGNAL;
	return str_fmt(mem, "%s%s", strsignal(status % STATUS_CORE),
		       status > STATUS_CORE ? " (core dumped)" : "");
}

/* "Error 1 (ignored)", for a line that may fail. */
void job_say_ignored(struct job *j, const struct job_line *l, int status)
{
	const struct recipe *r = j->file->cmds->recipe;
	struct str where = S("<builtin>"), prefix = make_prefix(j->mk, j->mem), text;

	if (j->mk->o->run_silent)
		return;
	if (r->at.file.n)
		where =
		    str_fmt(j->mem, "%.*s:%zu", STR_ARG(r->at.file), r->at.line + l->line.index);
	text = job_status_text(j->mem, status);
	text = str_fmt(j->mem, "%.*s[%.*s: %.*s] %.*s (ignored)\n", STR_ARG(prefix), STR_ARG(where),
		       STR_ARG(j->file->name), STR_ARG(text));
	if (j->goal && j->goal->error) {
		struct place at = j->goal->at;

		text =
		    str_fmt(j->mem, "%.*s:%u: %.*s: %s\n%.*s", STR_ARG(at.file), at.line,
			    STR_ARG(j->goal->file->name), strerror(j->goal->error), STR_ARG(text));
		j->goal->error = 0;
	}
	output_put(j->mk, &j->output, true, text);
}

/* Line L's text and a newline, in one piece. */
static void put_echo(struct job *j, const struct job_line *l)
{
	struct str text = l->line.text.text;
	char line[1024];

	if (text.n < sizeof(line)) {
		memcpy(line, text.p, text.n);
		line[text.n] = '\n';
		text = (struct str){line, text.n + 1};
	} else {
		text = str_cat(j->mem, text, S("\n"));
	}
	output_put(j->mk, &j->output, false, text);
}

void job_echo(struct job *j, struct job_line *l)
{
	enum output_sync sync = j->mk->o->sync;

	if (!l->echo && !l->run)
		return;
	/* A line that calls a make is not kept together (but under recurse): that writes for
	 * itself. */
	j->output.sync = sync == SYNC_RECURSE || (sync != SYNC_NONE && !l->line.always);
	if (!j->output.sync)
		output_dump(j->mk, &j->output);
	if (l->echo)
		put_echo(j, l);
	l->echo = false;
}

static void begin(struct job *j)
{
	const struct make_host *host = j->mk->host;
	bool all = j->mk->o->sync == SYNC_RECURSE;

	if (j->open)
		return;
	j->begun = j->open = true;
	j->recipe.out = j->output.out >= 0 ? j->output.out : j->mk->out_fd;
	j->recipe.err = j->output.err >= 0 ? j->output.err : j->mk->err_fd;
	j->recipe.always_out = all ? j->recipe.out : j->mk->out_fd;
	j->recipe.always_err = all ? j->recipe.err : j->mk->err_fd;
	if (host->recipe_begin)
		j->host = host->recipe_begin(host->ctx, &j->recipe);
}

/* The fatal signal that came, or 0. */
static int signal_of(const struct job *j)
{
	const atomic_int *signal = j->mk->setup->interrupted;

	return signal ? *signal : 0;
}

/* A fatal signal came, so nothing of J's counts as done. GNU make tells only what a line made of it
 * itself. */
static void stop_line(struct job *j, const struct job_line *l, int signal, int status)
{
	if (status == 128 + signal)
		status = STATUS_SIGNAL + signal;
	j->unsaid = status == 0 || l->line.ignore;
	j->ignored = l->line.ignore ? status : 0;
	j->status = j->unsaid ? STATUS_SIGNAL + signal : status;
}

/* -Oline: what line I said. What the last line said is written together with what is said of it. */
static void dump_line(struct job *j, size_t i)
{
	if (j->mk->o->sync == SYNC_LINE && i + 1 < j->n)
		output_dump(j->mk, &j->output);
}

/* Run line L. False: the job ends here. */
static bool run_line(struct job *j, size_t i)
{
	const struct make_host *host = j->mk->host;
	struct job_line *l = &j->lines[i];
	int status, signal = signal_of(j);

	if (l->question) {
		j->asked = true;
		return false;
	}
	if (signal) {
		stop_line(j, l, signal, 0);
		return false;
	}
	job_echo(j, l);
	if (!l->run)
		return true;
	begin(j);
	status = host->recipe_line(host->ctx, j->host, &j->recipe.lines[l->given]);
	j->unstarted = status < 0;
	if (j->unstarted)
		status = 127;
	signal = signal_of(j);
	if (signal) {
		stop_line(j, l, signal, status);
		return false;
	}
	if (status && !l->line.ignore) {
		j->status = status;
		j->child_asked = status == 1 && j->mk->o->question && l->line.always;
		return false;
	}
	if (status)
		job_say_ignored(j, l, status);
	dump_line(j, i);
	return true;
}

bool job_starts(struct job *j)
{
	const struct make_host *host = j->mk->host;
	enum make_start start = host->line_starts ? MAKE_STARTS_NOTHING : MAKE_STARTS;
	size_t i = 0;

	for (; i < j->n && start == MAKE_STARTS_NOTHING; i++)
		if (j->lines[i].run)
			start =
			    host->line_starts(host->ctx, &j->recipe, j->lines[i].line.text.text);
	if (start != MAKE_CANNOT_START)
		return true;
	i--;
	for (size_t k = 0; k <= i; k++)
		job_echo(j, &j->lines[k]);
	begin(j);
	host->recipe_line(host->ctx, j->host, &j->recipe.lines[j->lines[i].given]);
	j->tried = j->unstarted = true;
	j->at = i;
	return false;
}

void job_drop(struct job *j)
{
	const struct make_host *host = j->mk->host;

	if (j->open)
		host->recipe_end(host->ctx, j->host, 127);
	pool_give(j->mk, j->mem);
}

/* What became of the line that was tried. True: there is more to run. */
static bool end_tried(struct job *j)
{
	const struct job_line *l = &j->lines[j->at];

	if (!l->line.ignore) {
		j->status = 127;
		return false;
	}
	job_say_ignored(j, l, 127);
	dump_line(j, j->at);
	j->at++;
	return true;
}

void job_end(struct job *j)
{
	const struct make_host *host = j->mk->host;
	int status;

	if (j->open) {
		j->open = false;
		status = host->recipe_end(host->ctx, j->host, j->status);
		if (status && !j->status)
			j->at = j->at && j->at <= j->n ? j->at - 1 : 0;
		j->status = j->status ? j->status : status;
	}
	j->seconds = now() - j->started;
}

void job_run(struct job *j)
{
	bool goes_on = !j->tried || end_tried(j);

	j->tried = false;
	if (!j->started)
		j->started = now();
	while (goes_on && job_is_ready(j) && j->at < j->n && run_line(j, j->at))
		j->at++;
	if (!j->paused)
		job_end(j);
}
