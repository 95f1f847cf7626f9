/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * imagemk list: the devices of a tree and their images, from evaluating every target and subtarget in
 * this process. Each worker thread has its own program (files are taken apart once per worker), its own
 * host and its own evaluations; what one does is invisible to another.
 */
#include "cli/cli.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "image/devices.h"

static const struct opt options[] = {
	{'C', "directory", OPT_VALUE, "TREE  the tree (default: the current folder)"},
	{'j', "jobs", OPT_VALUE, "N  evaluations at once (default: one per processor)"},
	{'J', "json", OPT_NONE, " as JSON"},
	{'v', "verbose", OPT_NONE, " show warnings too"},
	{0, NULL, OPT_NONE, NULL},
};

enum job_state { JOB_WAITING, JOB_RUNNING, JOB_DONE };

/* A subtarget to be evaluated; empty: find out what there is. */
struct job {
	size_t board;
	struct str subtarget;
	size_t weight;
	bool asked;		/* by name: it is an error when there is none */
	enum job_state state;
	struct target *target;
	struct str text;	/* as printed, in the target's memory */
};

struct wanted {
	struct str board, subtarget; /* no subtarget: all */
};

struct list {
	struct command_cx *cx;
	struct arena *mem;
	struct tree tree;
	struct boards boards;
	struct probes *probes;
	VEC(struct wanted) wanted; /* none: everything */
	struct strs ids;	/* none: every device */
	bool json, verbose, colour;
	size_t n_workers;

	pthread_mutex_t lock;	/* around what follows, and mem once workers run */
	pthread_cond_t changed;
	VEC(struct job) jobs;
	size_t running;
};

struct worker {
	struct list *list;
	pthread_t thread;
	struct host *host;
	struct buf said;
	struct diag err;
	struct make_setup setup;
	struct target_reader reader;
};

/* --- jobs --- */

static void add_job(struct list *l, size_t board, struct str subtarget, bool asked)
{
	struct job *j;

	for (size_t i = 0; i < l->jobs.n; i++)
		if (l->jobs.p[i].board == board && str_eq(l->jobs.p[i].subtarget, subtarget))
			return;
	j = vec_push(l->mem, &l->jobs);
	*j = (struct job){.board = board, .asked = asked, .subtarget = str_dup(l->mem, subtarget)};
	j->weight = target_weight(&l->boards.p[board], subtarget);
}

static void add_board(struct list *l, size_t board)
{
	const struct strs *names = &l->boards.p[board].subtargets;

	board_guess(l->mem, &l->boards.p[board]);
	for (size_t i = 0; i < names->n; i++)
		add_job(l, board, names->p[i], false);
	if (!names->n)
		add_job(l, board, S(""), false);
}

/* The heaviest one that waits, or NULL. */
static struct job *next_job(struct list *l)
{
	struct job *best = NULL;

	for (size_t i = 0; i < l->jobs.n; i++) {
		struct job *j = &l->jobs.p[i];

		if (j->state == JOB_WAITING && (!best || j->weight > best->weight))
			best = j;
	}
	return best;
}

/* What T, the result of JOB, says of its board's subtargets may be more than was known. */
static void follow_up(struct list *l, const struct job *job, const struct target *t)
{
	size_t board = job->board;

	if (t->failed || job->asked)
		return;
	for (size_t i = 0; i < t->subtargets.n; i++)
		add_job(l, board, t->subtargets.p[i], false);
	if (t->unknown && !t->subtargets.n)
		add_job(l, board, S(""), false);
}

static void render(const struct list *l, struct job *j)
{
	struct buf out = buf_new(j->target->mem);

	if (j->target->unknown)
		return;
	if (l->json)
		target_json(j->target, &l->ids, &out);
	else
		target_table(j->target, &l->ids, l->colour, &out);
	j->text = buf_view(&out);
}

/* Called and returns with the lock held. */
static void run_job(struct worker *w, struct job *taken)
{
	struct list *l = w->list;
	size_t at = (size_t)(taken - l->jobs.p);
	struct job job = *taken;

	taken->state = JOB_RUNNING;
	l->running++;
	pthread_mutex_unlock(&l->lock);
	job.target = target_read(&w->reader, &l->boards.p[job.board], job.subtarget);
	render(l, &job);
	pthread_mutex_lock(&l->lock);
	l->jobs.p[at].target = job.target;
	l->jobs.p[at].text = job.text;
	l->jobs.p[at].state = JOB_DONE;
	l->running--;
	follow_up(l, &job, job.target);
	pthread_cond_broadcast(&l->changed);
}

static void *work(void *ctx)
{
	struct worker *w = ctx;
	struct list *l = w->list;
	struct make_program *program = make_program_new();
	struct job *job;

	w->setup.shared = program;
	w->reader.scratch = arena_new();
	pthread_mutex_lock(&l->lock);
	for (;;) {
		job = next_job(l);
		if (job)
			run_job(w, job);
		else if (l->running)
			pthread_cond_wait(&l->changed, &l->lock);
		else
			break;
	}
	pthread_mutex_unlock(&l->lock);
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
 * The environment without what a make above us left for its own children, and with what include/host.mk would say
 * in tmp/.host.mk, which is not made here: 15.05's uml is nothing without it. Where that file is, it counts.
 */
static struct env own_env(struct arena *mem, struct env env)
{
	static const char *const names[] = {"MAKEFLAGS", "MFLAGS", "GNUMAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES",
					    "MAKEFILES", "MAKE_TERMOUT", "MAKE_TERMERR", "HOST_OS", "HOST_ARCH"};
	struct strs kept = env_without(mem, env, names, sizeof(names) / sizeof(*names));
	struct utsname host;

	if (uname(&host) == 0) {
		*vec_push(mem, &kept) = str_fmt(mem, "HOST_OS=%s", host.sysname);
		*vec_push(mem, &kept) = str_fmt(mem, "HOST_ARCH=%s", host.machine);
	}
	return (struct env){kept.p, kept.n};
}

static void set_up(struct worker *w, struct list *l)
{
	struct command_cx *cx = l->cx;

	w->list = l;
	w->said = buf_new(arena_new());
	w->err = (struct diag){hear, w};
	w->host = host_new(cx, NULL);
	host_errors(w->host, &w->err);
	host_keep_probes(w->host, l->probes);
	w->setup = *host_setup(cx, w->host, S("make"), NULL, 0);
	w->setup.env = own_env(cx->mem, cx->env);
	w->setup.err = &w->err;
	w->reader = (struct target_reader){.tree = &l->tree, .make = &w->setup, .said = &w->said};
}

static void run_workers(struct list *l)
{
	size_t n = l->n_workers < l->jobs.n ? l->n_workers : l->jobs.n, started = 0;
	struct worker *workers = arena_array(l->cx->mem, struct worker, n ? n : 1);

	l->probes = probes_new();
	for (size_t i = 0; i < n; i++)
		set_up(&workers[i], l);
	/* The first one is a thread as well: its stack's end is cheap to find. */
	while (started < n && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
		started++;
	if (n && !started)
		work(&workers[0]);
	for (size_t i = 0; i < started; i++)
		pthread_join(workers[i].thread, NULL);
	for (size_t i = 0; i < n; i++) {
		host_free(workers[i].host);
		arena_free(workers[i].said.mem);
	}
	probes_free(l->probes);
}

/* --- what is wanted --- */

static ptrdiff_t find_board(const struct list *l, struct str name)
{
	for (size_t i = 0; i < l->boards.n; i++)
		if (str_eq(l->boards.p[i].name, name))
			return (ptrdiff_t)i;
	return -1;
}

/* "imagemk list: no KIND 'NAME'" with those of NAMES that are nearest to WORD, a part of it; EXIT_USAGE. */
static int unknown(struct list *l, const char *kind, struct str name, struct str word, const struct strs *names)
{
	struct str nearest = diag_nearest(l->mem, word, names->p, names->n, 3);
	struct str hint = nearest.n ? str_fmt(l->mem, "nearest: %.*s", STR_ARG(nearest)) : nearest;

	diag_say(&l->cx->say, (struct place){{NULL, 0}, 0}, NULL, hint, "imagemk list: no %s '%.*s' in %.*s", kind,
		 STR_ARG(name), STR_ARG(l->tree.path));
	return EXIT_USAGE;
}

static void board_names(struct list *l, struct strs *out)
{
	for (size_t i = 0; i < l->boards.n; i++)
		*vec_push(l->mem, out) = l->boards.p[i].name;
}

/* BOARD/SUBTARGET, BOARD; what is neither is a device. */
static int read_operand(struct list *l, struct str word)
{
	ptrdiff_t slash = str_chr(word, '/');
	struct str board = slash < 0 ? word : str_sub(word, 0, (size_t)slash);
	struct strs names = {0};

	if (slash < 0 && find_board(l, board) < 0) {
		*vec_push(l->mem, &l->ids) = word;
		return EXIT_GOOD;
	}
	if (find_board(l, board) < 0) {
		board_names(l, &names);
		return unknown(l, "target", board, board, &names);
	}
	*vec_push(l->mem, &l->wanted) =
	    (struct wanted){board, slash < 0 ? S("") : str_from(word, (size_t)slash + 1)};
	return EXIT_GOOD;
}

static void make_jobs(struct list *l)
{
	if (!l->wanted.n && l->tree.only_board.n && find_board(l, l->tree.only_board) >= 0)
		*vec_push(l->mem, &l->wanted) =
		    (struct wanted){l->tree.only_board, l->tree.only_subtarget};
	for (size_t i = 0; i < l->wanted.n; i++) {
		const struct wanted *w = &l->wanted.p[i];
		size_t board = (size_t)find_board(l, w->board);

		if (w->subtarget.n)
			add_job(l, board, w->subtarget, true);
		else
			add_board(l, board);
	}
	for (size_t i = 0; !l->wanted.n && i < l->boards.n; i++)
		add_board(l, i);
}

/* --- results --- */

static int by_place(const void *a, const void *b)
{
	const struct job *x = a, *y = b;
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

static void drop_unknown(struct list *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->jobs.n; i++)
		if (!l->jobs.p[i].target->unknown)
			l->jobs.p[n++] = l->jobs.p[i];
		else
			target_free(l->jobs.p[i].target);
	l->jobs.n = n;
}

static bool has_device(const struct job *j, struct str id)
{
	for (size_t i = 0; i < j->target->devices.n; i++)
		if (str_eq(j->target->devices.p[i].id, id))
			return true;
	return false;
}

static int check_ids(struct list *l)
{
	struct strs names = {0};

	for (size_t k = 0; k < l->ids.n; k++) {
		bool found = false;

		for (size_t i = 0; i < l->jobs.n && !found; i++)
			found = has_device(&l->jobs.p[i], l->ids.p[k]);
		if (found)
			continue;
		for (size_t i = 0; i < l->jobs.n; i++)
			for (size_t d = 0; d < l->jobs.p[i].target->devices.n; d++)
				*vec_push(l->mem, &names) = l->jobs.p[i].target->devices.p[d].id;
		board_names(l, &names);
		return unknown(l, "device or target", l->ids.p[k], l->ids.p[k], &names);
	}
	return EXIT_GOOD;
}

/* A subtarget that was named must be one. */
static int check_subtargets(struct list *l)
{
	for (size_t i = 0; i < l->jobs.n; i++) {
		struct job *j = &l->jobs.p[i];
		struct strs names = j->target->subtargets;
		struct str generic = S("generic");

		if (!j->asked || !j->target->unknown)
			continue;
		if (!names.n)
			*vec_push(l->mem, &names) = generic;
		return unknown(l, "subtarget", j->target->name, j->subtarget, &names);
	}
	return EXIT_GOOD;
}

static void say_lines(struct list *l, const struct target *t)
{
	struct buf b = buf_new(l->mem);
	struct str rest = str_trim(t->said), line;

	while (rest.n && str_split(&rest, '\n', &line))
		buf_fmt(&b, "%.*s: %.*s\n", STR_ARG(t->name), STR_ARG(line));
	if (b.n)
		l->cx->say.put(l->cx->say.ctx, buf_view(&b));
}

static void put(struct str s)
{
	fwrite(s.p, 1, s.n, stdout);
}

static bool has_any(const struct list *l, const struct job *j)
{
	for (size_t k = 0; k < l->ids.n; k++)
		if (has_device(j, l->ids.p[k]))
			return true;
	return !l->ids.n || j->target->failed;
}

static int print(struct list *l)
{
	const char *between = "\n";
	int status = EXIT_GOOD;

	if (l->json) {
		struct buf b = buf_new(l->mem);

		buf_z(&b, "{\n  \"list_version\": 1,\n  \"tree\": ");
		json_string(&b, l->tree.path);
		buf_z(&b, ",\n  \"targets\": [");
		put(buf_view(&b));
	}
	for (size_t i = 0; i < l->jobs.n; i++) {
		const struct job *j = &l->jobs.p[i];

		if (j->target->failed)
			status = EXIT_PROBLEM;
		if (j->target->failed || l->verbose)
			say_lines(l, j->target);
		if (!has_any(l, j))
			continue;
		if (l->json || *between == ',')
			put(str_z(between));
		put(j->text);
		between = l->json ? ",\n" : ",\n" + 1;
	}
	if (l->json)
		put(*between == ',' ? S("\n  ]\n}\n") : S("]\n}\n"));
	return status;
}

static int list(struct list *l)
{
	int status = EXIT_GOOD;

	make_jobs(l);
	run_workers(l);
	status = check_subtargets(l);
	if (status)
		return status;
	drop_unknown(l);
	qsort(l->jobs.p, l->jobs.n, sizeof(*l->jobs.p), by_place);
	status = check_ids(l);
	if (status)
		return status;
	status = print(l);
	for (size_t i = 0; i < l->jobs.n; i++)
		target_free(l->jobs.p[i].target);
	return status;
}

static int open_tree(struct list *l, struct str path)
{
	char *absolute = realpath(str_cz(l->mem, path), NULL);
	struct str missing;

	if (!absolute)
		return command_usage(l->cx, str_fmt(l->mem, "%.*s: %s", STR_ARG(path), strerror(errno)));
	missing = tree_open(&l->tree, l->mem, str_dup(l->mem, str_z(absolute)));
	free(absolute);
	if (missing.n)
		return command_usage(l->cx, str_fmt(l->mem, "%.*s is no tree: it has no %.*s; name one with -C",
						    STR_ARG(path), STR_ARG(missing)));
	tree_boards(&l->tree, l->mem, &l->boards);
	return EXIT_GOOD;
}

static int run(struct command_cx *cx)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct list l = {.cx = cx, .mem = cx->mem, .n_workers = (size_t)sysconf(_SC_NPROCESSORS_ONLN)};
	struct str tree = S(".");
	uint64_t n;
	int id, status;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return command_usage(cx, o.error);
		if (id == 'C')
			tree = o.value;
		else if (id == 'J')
			l.json = true;
		else if (id == 'v')
			l.verbose = true;
		else if (str_number(o.value, 10, &n) && n > 0 && n <= 1024)
			l.n_workers = (size_t)n;
		else
			return command_usage(cx, str_fmt(cx->mem, "-j '%.*s' is not a number from 1 to 1024",
							 STR_ARG(o.value)));
	}
	status = open_tree(&l, tree);
	for (size_t i = 0; !status && i < o.operands.n; i++)
		status = read_operand(&l, o.operands.p[i]);
	if (status)
		return status;
	l.colour = isatty(1) && !env_get(cx->env, S("NO_COLOR")).n;
	pthread_mutex_init(&l.lock, NULL);
	pthread_cond_init(&l.changed, NULL);
	status = list(&l);
	pthread_cond_destroy(&l.changed);
	pthread_mutex_destroy(&l.lock);
	return status;
}

const struct command cmd_list = {
	.name = "list",
	.help = "[-C TREE] [-j N] [--json] [BOARD[/SUBTARGET]]... [DEVICE]...: the devices of a tree and their images\n"
		"  -C, --directory TREE   the tree (default: the current folder)\n"
		"  -j, --jobs N           evaluations at once (default: one per processor)\n"
		"      --json             as JSON; imagemk(1) has the schema\n"
		"  -v, --verbose          show what the Makefiles warn about, too",
	.run = run,
};
