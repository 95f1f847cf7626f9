/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Evaluating what is wanted of a tree, subtarget by subtarget, on several threads (see survey.h).
 */
#include "cli/survey.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

struct worker {
	struct survey *survey;
	pthread_t thread;
	struct host *host;
	struct buf said;
	struct diag err;
	struct make_setup setup;
	struct target_reader reader;
};

/* --- jobs --- */

static void add_job(struct survey *s, size_t board, struct str subtarget, bool asked)
{
	struct survey_job *j;

	for (size_t i = 0; i < s->jobs.n; i++)
		if (s->jobs.p[i].board == board && str_eq(s->jobs.p[i].subtarget, subtarget))
			return;
	j = vec_push(s->mem, &s->jobs);
	*j = (struct survey_job){
	    .board = board, .asked = asked, .subtarget = str_dup(s->mem, subtarget)};
	j->weight = target_weight(&s->boards.p[board], subtarget);
}

static void add_board(struct survey *s, size_t board)
{
	const struct strs *names = &s->boards.p[board].subtargets;

	board_guess(s->mem, &s->boards.p[board]);
	for (size_t i = 0; i < names->n; i++)
		add_job(s, board, names->p[i], false);
	if (!names->n)
		add_job(s, board, S(""), false);
}

/* The heaviest one that waits, or NULL. */
static struct survey_job *next_job(struct survey *s)
{
	struct survey_job *best = NULL;

	for (size_t i = 0; i < s->jobs.n; i++) {
		struct survey_job *j = &s->jobs.p[i];

		if (j->state == SURVEY_WAITING && (!best || j->weight > best->weight))
			best = j;
	}
	return best;
}

/* What T, the result of JOB, says of its board's subtargets may be more than was known. */
static void follow_up(struct survey *s, const struct survey_job *job, const struct target *t)
{
	size_t board = job->board;

	if (t->failed || job->asked)
		return;
	for (size_t i = 0; i < t->subtargets.n; i++)
		add_job(s, board, t->subtargets.p[i], false);
	if (t->unknown && !t->subtargets.n)
		add_job(s, board, S(""), false);
}

/* Called and returns with the lock held. */
static void run_job(struct worker *w, struct survey_job *taken)
{
	struct survey *s = w->survey;
	size_t at = (size_t)(taken - s->jobs.p);
	struct survey_job job = *taken;

	taken->state = SURVEY_RUNNING;
	s->running++;
	pthread_mutex_unlock(&s->lock);
	job.target = target_read(&w->reader, &s->boards.p[job.board], job.subtarget);
	if (!job.target->unknown && s->each)
		job.result = s->each(s, job.target);
	target_close(job.target);
	pthread_mutex_lock(&s->lock);
	s->jobs.p[at].target = job.target;
	s->jobs.p[at].result = job.result;
	s->jobs.p[at].state = SURVEY_DONE;
	s->running--;
	follow_up(s, &job, job.target);
	pthread_cond_broadcast(&s->changed);
}

static void *work(void *ctx)
{
	struct worker *w = ctx;
	struct survey *s = w->survey;
	struct make_program *program = make_program_new();
	struct survey_job *job;

	w->setup.shared = program;
	confine_begin(w->host, &w->setup);
	w->reader.scratch = arena_new();
	pthread_mutex_lock(&s->lock);
	for (;;) {
		job = next_job(s);
		if (job)
			run_job(w, job);
		else if (s->running)
			pthread_cond_wait(&s->changed, &s->lock);
		else
			break;
	}
	pthread_mutex_unlock(&s->lock);
	confine_end(w->host);
	arena_free(w->reader.scratch);
	make_program_free(program);
	return NULL;
}

/* --- workers --- */

static void hear(void *ctx, struct str text)
{
	struct worker *w = ctx;

	buf_str(&w->said, text);
}

/*
 * What include/host.mk would say in tmp/.host.mk is not made here: 15.05's uml is nothing without
 * it. Where that file is, it counts. The locale is what every release's top Makefile exports: in
 * another one grep and find -name would take characters of several bytes, so be processes.
 */
struct env survey_env(struct arena *mem, struct env env)
{
	static const char *const names[] = {"MAKEFLAGS",    "MFLAGS",	     "GNUMAKEFLAGS",
					    "MAKELEVEL",    "MAKEOVERRIDES", "MAKEFILES",
					    "MAKE_TERMOUT", "MAKE_TERMERR",  "HOST_OS",
					    "HOST_ARCH",    "LC_ALL",	     "LANG"};
	struct strs kept = env_without(mem, env, names, sizeof(names) / sizeof(*names));
	struct utsname host;

	*vec_push(mem, &kept) = S("LC_ALL=C");
	*vec_push(mem, &kept) = S("LANG=C");
	if (uname(&host) == 0) {
		*vec_push(mem, &kept) = str_fmt(mem, "HOST_OS=%s", host.sysname);
		*vec_push(mem, &kept) = str_fmt(mem, "HOST_ARCH=%s", host.machine);
	}
	return (struct env){kept.p, kept.n};
}

static void set_up(struct worker *w, struct survey *s)
{
	struct command_cx *cx = s->cx;

	w->survey = s;
	w->said = buf_new(arena_new());
	w->err = (struct diag){hear, w};
	w->host = host_new(cx, NULL);
	host_errors(w->host, &w->err);
	host_keep_probes(w->host, s->probes);
	confine_host(s->confine, w->host);
	w->setup = *host_setup(cx, w->host, S("make"), NULL, 0);
	w->setup.env = survey_env(cx->mem, cx->env);
	w->setup.err = &w->err;
	w->reader = (struct target_reader){.tree = &s->tree,
					   .make = &w->setup,
					   .said = &w->said,
					   .model = s->model,
					   .recipes = s->recipes,
					   .only = s->only};
}

static void run_workers(struct survey *s)
{
	size_t n = s->n_workers < s->jobs.n ? s->n_workers : s->jobs.n, started = 0;
	struct worker *workers = arena_array(s->cx->mem, struct worker, n ? n : 1);

	s->probes = probes_new();
	for (size_t i = 0; i < n; i++)
		set_up(&workers[i], s);
	confine_enter(s->confine, n);
	/* The first one is a thread as well: its stack's end is cheap to find. */
	while (started < n &&
	       pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
		started++;
	if (n && !started)
		work(&workers[0]);
	for (size_t i = 0; i < started; i++)
		pthread_join(workers[i].thread, NULL);
	for (size_t i = 0; i < n; i++) {
		host_free(workers[i].host);
		arena_free(workers[i].said.mem);
	}
	probes_free(s->probes);
}

/* --- what is wanted --- */

static ptrdiff_t find_board(const struct survey *s, struct str name)
{
	for (size_t i = 0; i < s->boards.n; i++)
		if (str_eq(s->boards.p[i].name, name))
			return (ptrdiff_t)i;
	return -1;
}

int survey_unknown(struct survey *s, const char *kind, struct str name, struct str word,
		   const struct strs *names)
{
	struct str nearest = diag_nearest(s->mem, word, names->p, names->n, 3);
	struct str hint = nearest.n ? str_fmt(s->mem, "nearest: %.*s", STR_ARG(nearest)) : nearest;

	diag_say(&s->cx->say, (struct place){{NULL, 0}, 0}, NULL, hint,
		 "imagemk %s: no %s '%.*s' in %.*s", s->command, kind, STR_ARG(name),
		 STR_ARG(s->tree.path));
	return EXIT_USAGE;
}

static void board_names(struct survey *s, struct strs *out)
{
	for (size_t i = 0; i < s->boards.n; i++)
		*vec_push(s->mem, out) = s->boards.p[i].name;
}

int survey_operand(struct survey *s, struct str word)
{
	ptrdiff_t slash = str_chr(word, '/');
	struct str board = slash < 0 ? word : str_sub(word, 0, (size_t)slash);
	struct strs names = {0};

	if (slash < 0 && find_board(s, board) < 0) {
		*vec_push(s->mem, &s->ids) = word;
		return EXIT_GOOD;
	}
	if (find_board(s, board) < 0) {
		board_names(s, &names);
		return survey_unknown(s, "target", board, board, &names);
	}
	*vec_push(s->mem, &s->wanted) =
	    (struct survey_wanted){board, slash < 0 ? S("") : str_from(word, (size_t)slash + 1)};
	return EXIT_GOOD;
}

static void make_jobs(struct survey *s)
{
	if (!s->wanted.n && s->tree.only_board.n && find_board(s, s->tree.only_board) >= 0)
		*vec_push(s->mem, &s->wanted) =
		    (struct survey_wanted){s->tree.only_board, s->tree.only_subtarget};
	for (size_t i = 0; i < s->wanted.n; i++) {
		const struct survey_wanted *w = &s->wanted.p[i];
		size_t board = (size_t)find_board(s, w->board);

		if (w->subtarget.n)
			add_job(s, board, w->subtarget, true);
		else
			add_board(s, board);
	}
	for (size_t i = 0; !s->wanted.n && i < s->boards.n; i++)
		add_board(s, i);
}

/* --- results --- */

static int by_place(const void *a, const void *b)
{
	const struct survey_job *x = a, *y = b;
	const struct target *t = x->target;

	if (x->board != y->board)
		return x->board < y->board ? -1 : 1;
	for (size_t i = 0; i < t->subtargets.n; i++) {
		bool is_x = str_eq(t->subtargets.p[i], x->subtarget);

		if (is_x || str_eq(t->subtargets.p[i], y->subtarget))
			return is_x ? -1 : 1;
	}
	return str_cmp(x->subtarget, y->subtarget);
}

static void drop_unknown(struct survey *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->jobs.n; i++)
		if (!s->jobs.p[i].target->unknown)
			s->jobs.p[n++] = s->jobs.p[i];
		else
			target_free(s->jobs.p[i].target);
	s->jobs.n = n;
}

bool survey_has_device(const struct survey_job *j, struct str id)
{
	for (size_t i = 0; i < j->target->devices.n; i++)
		if (str_eq(j->target->devices.p[i].id, id))
			return true;
	return false;
}

static int check_ids(struct survey *s)
{
	struct strs names = {0};

	for (size_t k = 0; k < s->ids.n; k++) {
		bool found = false;

		for (size_t i = 0; i < s->jobs.n && !found; i++)
			found = survey_has_device(&s->jobs.p[i], s->ids.p[k]);
		if (found)
			continue;
		for (size_t i = 0; i < s->jobs.n; i++)
			for (size_t d = 0; d < s->jobs.p[i].target->devices.n; d++)
				*vec_push(s->mem, &names) = s->jobs.p[i].target->devices.p[d].id;
		board_names(s, &names);
		return survey_unknown(s, "device or target", s->ids.p[k], s->ids.p[k], &names);
	}
	return EXIT_GOOD;
}

/* A subtarget that was named must be one. */
static int check_subtargets(struct survey *s)
{
	for (size_t i = 0; i < s->jobs.n; i++) {
		struct survey_job *j = &s->jobs.p[i];
		struct strs names = j->target->subtargets;
		struct str generic = S("generic");

		if (!j->asked || !j->target->unknown)
			continue;
		if (!names.n)
			*vec_push(s->mem, &names) = generic;
		return survey_unknown(s, "subtarget", j->target->name, j->subtarget, &names);
	}
	return EXIT_GOOD;
}

void survey_say(struct survey *s, const struct target *t)
{
	struct buf b = buf_new(s->mem);
	struct str rest = str_trim(t->said), line;

	while (rest.n && str_split(&rest, '\n', &line))
		buf_fmt(&b, "%.*s: %.*s\n", STR_ARG(t->name), STR_ARG(line));
	if (b.n)
		s->cx->say.put(s->cx->say.ctx, buf_view(&b));
}

int survey_jobs_option(struct survey *s, struct str value)
{
	uint64_t n;

	if (!str_number(value, 10, &n) || n == 0 || n > 1024)
		return command_usage(
		    s->cx,
		    str_fmt(s->mem, "-j '%.*s' is not a number from 1 to 1024", STR_ARG(value)));
	s->n_workers = (size_t)n;
	return EXIT_GOOD;
}

int survey_option(struct survey *s, int id, struct str value)
{
	int status;

	if (confine_option(s->cx, &s->confined, id, value, &status))
		return status;
	return survey_jobs_option(s, value);
}

int survey_open(struct survey *s, struct command_cx *cx, const char *command, struct str path)
{
	char *absolute = realpath(str_cz(cx->mem, path), NULL);
	struct str missing;

	s->cx = cx;
	s->command = command;
	s->mem = cx->mem;
	if (!s->n_workers)
		s->n_workers = (size_t)sysconf(_SC_NPROCESSORS_ONLN);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);

	if (!absolute)
		return command_usage(s->cx,
				     str_fmt(s->mem, "%.*s: %s", STR_ARG(path), strerror(errno)));
	missing = tree_open(&s->tree, s->mem, str_dup(s->mem, str_z(absolute)));
	free(absolute);
	if (missing.n)
		return command_usage(
		    s->cx, str_fmt(s->mem, "%.*s is no tree: it has no %.*s; name one with -C",
				   STR_ARG(path), STR_ARG(missing)));
	tree_boards(&s->tree, s->mem, &s->boards);
	s->confined.answered = "/tmp/.host.mk"; /* survey_env */
	s->confine = confine_new(cx, &s->confined, s->tree.path);
	return s->confine ? EXIT_GOOD : EXIT_USAGE;
}

int survey_run(struct survey *s)
{
	int status;

	make_jobs(s);
	run_workers(s);
	if (!s->boards.n)
		return command_usage(s->cx,
				     str_fmt(s->mem,
					     "%.*s has no target: no folder of target/linux has "
					     "Makefile and image/Makefile",
					     STR_ARG(s->tree.path)));
	status = check_subtargets(s);
	if (status)
		return status;
	drop_unknown(s);
	qsort(s->jobs.p, s->jobs.n, sizeof(*s->jobs.p), by_place);
	return check_ids(s);
}

struct apart {
	struct survey *survey;
	int status;
};

static void *run_apart(void *ctx)
{
	struct apart *a = ctx;

	a->status = survey_run(a->survey);
	return NULL;
}

int survey_run_apart(struct survey *s)
{
	struct apart a = {s, EXIT_GOOD};
	pthread_t thread;

	if (pthread_create(&thread, NULL, run_apart, &a) == 0)
		pthread_join(thread, NULL);
	else
		run_apart(&a);
	return a.status;
}

void survey_close(struct survey *s)
{
	for (size_t i = 0; i < s->jobs.n; i++)
		if (s->jobs.p[i].target)
			target_free(s->jobs.p[i].target);
	confine_free(s->confine);
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->lock);
}
