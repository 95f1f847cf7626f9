/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One run of make: set up, read the makefiles, remake them and start over where that changed
 * something, bring the goals up to date, clean up. GNU make's main and die, without a process.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "make/finish.h"
#include "make/job.h"
#include "make/main.h"
#include "make/options.h"
#include "make/program.h"

static const struct place nowhere;

static void take_descriptors(struct make *mk)
{
	static const struct fd_at standard[] = {{0, 0}, {1, 1}, {2, 2}};

	mk->fds = mk->setup->fds.p ? mk->setup->fds : (struct fd_table){standard, 3};
	mk->in = fds_find(mk->fds, 0);
	mk->out_fd = fds_find(mk->fds, 1);
	mk->err_fd = fds_find(mk->fds, 2);
}

static struct make *create(const struct make_setup *setup)
{
	struct arena *mem = arena_new();
	struct make *mk = arena_make(mem, struct make);
	struct graph *g = arena_make(mem, struct graph);

	mk->mem = mem;
	mk->setup = setup;
	mk->host = setup->host;
	mk->listener = setup->listener;
	mk->program = path_base(setup->program);
	mk->cwd = setup->cwd;
	take_descriptors(mk);
	mk->g = g;
	mk->o = options_new(mk);
	g->files = map_new(mem);
	g->folders = map_new(mem);
	g->folder_numbers = map_new(mem);
	g->cwd = open(str_cz(mem, mk->cwd), O_PATH | O_DIRECTORY | O_CLOEXEC);
	jobs_open(mk);
	mk->out = setup->out ? *setup->out : output_diag(mk, false);
	mk->err = setup->err ? *setup->err : output_diag(mk, true);
	pool_watch(mk, mem);
	return mk;
}

static void destroy(struct make *mk)
{
	output_close(mk, &mk->g->jobs->own);
	jobs_close(mk);
	if (mk->g->cwd >= 0)
		close(mk->g->cwd);
	language_end(mk);
	pool_end(mk);
	arena_free(mk->mem);
}

/* -O is in force: what is said while reading makefiles is kept together too. */
static void sync_own_output(struct make *mk)
{
	struct jobs *j = mk->g->jobs;
	bool sync = mk->o->sync == SYNC_LINE || mk->o->sync == SYNC_TARGET;

	if (j->own.sync && !sync)
		output_close(mk, &j->own);
	j->own.sync = sync;
	j->context = &j->own;
}

static unsigned read_restarts(struct make *mk)
{
	struct str n = env_get(mk->setup->env, S("MAKE_RESTARTS"));
	uint64_t value = 0;

	mk->g->jobs->traced = mk->setup->directory_said;
	if (n.n && n.p[0] == '-') {
		mk->g->jobs->traced = true;
		n = str_from(n, 1);
	}
	str_number(n, 10, &value);
	return (unsigned)value;
}

/* Known only once the command line is read: errors in that don't name it. */
static void read_level(struct make *mk)
{
	const struct variable *v = var_lookup(mk, S("MAKELEVEL"));
	struct str level = v ? v->value.text : S("");

	mk->level = level.n && level.p[0] != '-' ? (unsigned)atoi(str_cz(mk->mem, level)) : 0;
}

static void set_terminal(struct make *mk, int fd, const char *name)
{
	char tty[256];

	if (!isatty(fd) || var_lookup(mk, str_z(name)))
		return;
	if (ttyname_r(fd, tty, sizeof(tty)) != 0)
		strcpy(tty, "true");
	var_set_simple(mk, mk->globals, str_z(name), str_z(tty), ORIGIN_DEFAULT)->export =
	    EXPORT_YES;
}

/* *CWD becomes the folder DIR in it. */
static void enter_folder(struct make *mk, struct str *cwd, struct str dir)
{
	struct str path = path_join(mk->mem, *cwd, dir);
	char real[4096];
	int fd;

	name_counts(mk, path, MAKE_LOOKS_REAL);
	fd = openat(mk->g->cwd, str_cz(mk->mem, dir), O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || faccessat(fd, ".", X_OK, 0) < 0)
		make_fatal(mk, nowhere, "%.*s: %s", STR_ARG(dir), strerror(errno));
	close(mk->g->cwd);
	mk->g->cwd = fd;
	*cwd = realpath(str_cz(mk->mem, path), real) ? str_dup(mk->mem, str_z(real)) : path;
}

static bool is_folder(struct make *mk, const char *dir)
{
	struct stat st;

	name_counts(mk, str_z(dir), MAKE_LOOKS_TIME);
	return fstatat(mk->g->cwd, dir, &st, 0) == 0 && S_ISDIR(st.st_mode);
}

static void include_path(struct make *mk)
{
	static const char *const standard[] = {"/usr/gnu/include", "/usr/local/include",
					       "/usr/include", "/usr/include"};
	struct strs words = mk->o->include_dirs;

	for (size_t i = 0; i < words.n; i++) {
		struct str dir = words.p[i];
		bool good = is_folder(mk, str_cz(mk->mem, dir));

		while (dir.n > 1 && dir.p[dir.n - 1] == '/')
			dir.n--;
		if (good)
			*vec_push(mk->mem, &mk->include_dirs) = str_dup(mk->mem, dir);
	}
	for (size_t i = 0; i < sizeof(standard) / sizeof(standard[0]); i++)
		if (is_folder(mk, standard[i]))
			*vec_push(mk->mem, &mk->include_dirs) = str_z(standard[i]);
	var_define_include_dirs(mk);
}

void goal_enter(struct make *mk, struct str word)
{
	struct str name = options_file_name(mk, word);
	struct variable *v = var_lookup(mk, S("MAKECMDGOALS"));
	struct file *f = file_enter(mk, name);

	f->is_goal = true;
	*vec_push(mk->mem, &mk->g->goals) = (struct goal){.file = f};
	name = f->name;
	if (v)
		var_assign(mk, mk->globals, S("MAKECMDGOALS"), ASSIGN_NONE,
			   (struct make_text){.text = name}, ORIGIN_DEFAULT, nowhere, NULL, false);
	else
		var_set_simple(mk, mk->globals, S("MAKECMDGOALS"), name, ORIGIN_DEFAULT);
}

/* As a client we need the parent's descriptors; -j of our own starts a group of our own. */
static void check_jobserver(struct make *mk, unsigned argv_jobs, unsigned restarts)
{
	if (!mk->o->jobserver.p)
		return;
	if (argv_jobs == JOBS_UNSET) {
		if (token_parse(mk, mk->o->jobserver))
			return;
		make_error(
		    mk, nowhere,
		    "warning: jobserver unavailable: using -j1.  Add '+' to parent make rule.");
		mk->o->jobs = 1;
	} else if (!restarts) {
		make_error(mk, nowhere,
			   "warning: -j%d forced in submake: resetting jobserver mode.",
			   (int)argv_jobs);
	}
	token_clear(mk);
}

static unsigned read_command_line(struct make *mk)
{
	struct strs argv = {0};
	unsigned env_jobs = mk->o->jobs, argv_jobs;

	*vec_push(mk->mem, &argv) = mk->setup->program;
	for (size_t i = 0; i < mk->setup->args.n; i++)
		*vec_push(mk->mem, &argv) = mk->setup->args.p[i];
	mk->o->jobs = JOBS_UNSET;
	options_words(mk, argv.p, argv.n, false);
	argv_jobs = mk->o->jobs;
	if (argv_jobs == JOBS_UNSET)
		mk->o->jobs = env_jobs;
	return argv_jobs;
}

static void set_directory_options(struct make *mk)
{
	struct options *o = mk->o;
	struct str cwd = mk->cwd; /* messages speak of where make was until all is entered */

	for (size_t i = 0; i < o->dirs.n; i++)
		enter_folder(mk, &cwd, o->dirs.p[i]);
	mk->cwd = cwd;
	if (!o->silent && (o->dirs.n || mk->level > 0))
		o->print_directory = true;
	if (o->no_print_directory)
		o->print_directory = false;
	if (o->no_variables)
		o->no_rules = true;
}

/* Everything before the first makefile. Returns -j as the command line gave it. */
static unsigned begin(struct make *mk, unsigned restarts)
{
	struct options *o = mk->o;
	unsigned argv_jobs;

	language_begin(mk);
	pool_watch(mk, mk->lang->scratch);
	pool_watch(mk, mk->lang->program->mem);
	var_import_environment(mk, mk->setup->env);
	if (restarts)
		var_set_recursive(mk, mk->globals, S("MAKE_RESTARTS"),
				  str_fmt(mk->mem, "%u", restarts), ORIGIN_ENV)
		    ->export = EXPORT_NO;
	options_from_variable(mk, "GNUMAKEFLAGS");
	var_set_simple(mk, mk->globals, S("GNUMAKEFLAGS"), S(""), ORIGIN_ENV);
	options_from_variable(mk, "MAKEFLAGS");
	sync_own_output(mk);
	argv_jobs = read_command_line(mk);
	set_terminal(mk, mk->out_fd, "MAKE_TERMOUT");
	set_terminal(mk, mk->err_fd, "MAKE_TERMERR");
	sync_own_output(mk);
	read_level(mk);
	o->always_now = o->always_make && restarts == 0;
	if (o->version || (o->debug_level & DEBUG_BASIC))
		print_version(mk);
	if (o->version)
		make_die(mk, 0);
	mk->cwd_known = true;
	check_jobserver(mk, argv_jobs, restarts);
	var_set_simple(mk, mk->globals, S("MAKE_COMMAND"), mk->setup->make_command, ORIGIN_DEFAULT);
	var_set_recursive(mk, mk->globals, S("MAKE"), S("$(MAKE_COMMAND)"), ORIGIN_DEFAULT);
	options_set_overrides(mk);
	set_directory_options(mk);
	include_path(mk);
	var_set_simple(mk, mk->globals, S("CURDIR"), mk->cwd, ORIGIN_FILE);
	return argv_jobs;
}

static void define_all(struct make *mk)
{
	stdin_makefiles(mk);
	builtin_suffixes(mk);
	var_define_automatic(mk);
	options_to_makeflags(mk, false, false)->export = EXPORT_YES;
	builtin_variables(mk);
	mk->g->default_file = file_enter(mk, S(".DEFAULT"));
	var_set_simple(mk, mk->globals, S(".DEFAULT_GOAL"), S(""), ORIGIN_FILE);
}

static void eval_strings(struct make *mk)
{
	struct buf b = buf_new(mk->mem);

	for (size_t i = 0; i < mk->o->evals.n; i++) {
		read_eval(mk, (struct make_text){.text = mk->o->evals.p[i]}, nowhere, NULL);
		buf_z(&b, i ? " --eval=" : "--eval=");
		options_quote(&b, mk->o->evals.p[i]);
	}
	if (mk->o->evals.n)
		var_set_simple(mk, mk->globals, S("-*-eval-flags-*-"), buf_view(&b),
			       ORIGIN_AUTOMATIC);
}

/* MAKEFLAGS as the makefiles left it counts too. */
static void options_again(struct make *mk, unsigned argv_jobs, unsigned restarts)
{
	struct options *o = mk->o;
	bool had_rules = !o->no_rules, had_variables = !o->no_variables;
	unsigned jobs = o->jobs;

	o->jobs = JOBS_UNSET;
	options_from_variable(mk, "GNUMAKEFLAGS");
	var_set_simple(mk, mk->globals, S("GNUMAKEFLAGS"), S(""), ORIGIN_OVERRIDE);
	options_from_variable(mk, "MAKEFLAGS");
	if (o->jobs == JOBS_UNSET || argv_jobs != JOBS_UNSET) {
		o->jobs = jobs;
	} else if (o->jobserver.p) {
		if (!restarts)
			make_error(mk, nowhere,
				   "warning: -j%d forced in makefile: resetting jobserver mode.",
				   (int)o->jobs);
		token_clear(mk);
	}
	sync_own_output(mk);
	if (o->no_rules && had_rules) {
		if (mk->g->suffixes->builtin)
			mk->g->suffixes->deps = mk->g->suffixes->deps_tail = NULL;
		var_set_simple(mk, mk->globals, S("SUFFIXES"), S(""), ORIGIN_DEFAULT);
	}
	if (o->no_variables && had_variables)
		builtin_variables_drop(mk);
}

static void final_jobs(struct make *mk)
{
	struct jobs *j = mk->g->jobs;
	struct options *o = mk->o;

	j->slots = o->jobserver.p ? 0 : o->jobs == JOBS_UNSET ? 1 : o->jobs;
	if (j->slots > 1 && token_setup(mk, j->slots - 1)) {
		o->jobserver = token_auth(mk);
		j->master = j->slots;
		j->slots = 0;
	}
	if (j->own.sync && j->slots == 1) {
		j->context = NULL;
		output_close(mk, &j->own);
		j->own.sync = false;
		o->sync = SYNC_NONE;
	}
}

static void mark_new(struct make *mk)
{
	for (size_t i = 0; i < mk->o->new_files.n; i++) {
		struct file *f = file_enter(mk, mk->o->new_files.p[i]);

		f->mtime = f->mtime_before = STAMP_NEW;
	}
}

static void mark_old(struct make *mk)
{
	for (size_t i = 0; i < mk->o->old_files.n; i++) {
		struct file *f = file_enter(mk, mk->o->old_files.p[i]);

		f->mtime = f->mtime_before = STAMP_OLD;
		f->updated = true;
		f->outcome = OUTCOME_SUCCESS;
		f->state = STATE_FINISHED;
	}
}

/* All makefiles are read: make the graph of what they said. */
static void complete(struct make *mk, unsigned restarts)
{
	options_to_makeflags(mk, true, false);
	graph_snap(mk);
	patterns_from_suffixes(mk);
	builtin_patterns(mk);
	patterns_extra_prereqs(mk);
	vpath_build(mk);
	mark_old(mk);
	if (!restarts)
		mark_new(mk);
	mk->g->jobs->context = NULL;
	output_close(mk, &mk->g->jobs->own);
}

static void default_goal(struct make *mk)
{
	struct variable *v = var_lookup_in(mk, mk->globals, S(".DEFAULT_GOAL"));
	struct str name = v ? v->value.text : S("");
	struct file *f = NULL;
	struct strs names;

	if (mk->g->goals.n)
		return;
	if (v && v->recursive)
		name = expand(mk, mk->mem, name);
	if (name.n)
		f = file_lookup(mk, name);
	if (name.n && !f) {
		names = name_list(mk, mk->mem, name, true);
		if (names.n > 1)
			make_fatal(mk, nowhere, ".DEFAULT_GOAL contains more than one target");
		if (names.n)
			f = file_enter(mk, names.p[0]);
	}
	if (f)
		*vec_push(mk->mem, &mk->g->goals) = (struct goal){.file = f};
}

static void require_goal(struct make *mk)
{
	struct variable *v;

	if (mk->g->goals.n)
		return;
	v = var_lookup_in(mk, mk->globals, S("MAKEFILE_LIST"));
	if (v && v->value.text.n)
		make_fatal(mk, nowhere, "No targets");
	make_fatal(mk, nowhere, "No targets specified and no makefile found");
}

static int update_goals(struct make *mk, int status)
{
	default_goal(mk);
	require_goal(mk);
	make_debug(mk, DEBUG_BASIC, 0, "Updating goal targets....\n");
	switch (graph_update(mk, mk->g->goals.p, mk->g->goals.n)) {
	case OUTCOME_QUESTION:
		status = 1;
		break;
	case OUTCOME_FAILED:
		status = 2;
		break;
	default:
		break;
	}
	if (mk->g->skew_seen)
		make_error(mk, nowhere,
			   "warning:  Clock skew detected.  Your build may be incomplete.");
	return status;
}

/* Read and complete; then update. The status, or RESTART. */
static int run(struct make *mk, bool read_only)
{
	unsigned restarts = read_restarts(mk), argv_jobs = begin(mk, restarts);
	int status = 0;

	define_all(mk);
	eval_strings(mk);
	read_makefiles(mk);
	options_again(mk, argv_jobs, restarts);
	final_jobs(mk);
	if (read_only) {
		complete(mk, restarts);
		makefiles_tell_unmade(mk);
		return makefiles_named_missing(mk) ? 2 : 0;
	}
	complete(mk, restarts);
	if (remake_makefiles(mk, &status))
		return STATUS_RESTART;
	options_to_makeflags(mk, true, false);
	mk->o->always_now = mk->o->always_make;
	if (restarts)
		mark_new(mk);
	stdin_makefiles_remove(mk);
	return update_goals(mk, status);
}

/* Wait for what runs, remove intermediate files, -p. */
static void wind_up(struct make *mk, int status)
{
	bool signalled = status > STATUS_SIGNAL;

	if (signalled)
		jobs_stop(mk);
	for (bool first = status > 0; mk->g->jobs->used; first = false)
		jobs_reap(mk, true, first);
	if (mk->g->jobs->lost)
		jobs_miss_lost(mk);
	jobs_drop_unstarted(mk);
	files_remove_intermediates(mk, signalled);
	if (mk->o->print_data_base && !signalled)
		print_data_base(mk);
}

/* GNU make's last words: those, and "Leaving directory". */
static int finish(struct make *mk, int ended)
{
	struct jobs *j = mk->g->jobs;
	volatile int status = ended; /* over a longjmp */
	jmp_buf again;
	bool signalled = ended > STATUS_SIGNAL;

	mk->fail = &again;
	j->dying = true;
	if (setjmp(again) == 0)
		wind_up(mk, status);
	if (j->context)
		output_close(mk, j->context);
	j->context = NULL;
	output_close(mk, &j->own);
	if (status != STATUS_RESTART)
		stdin_makefiles_remove(mk);
	if (token_enabled(mk) && j->tokens > 1)
		while (--j->tokens)
			token_release(mk);
	if (j->traced && !mk->setup->directory_said && status != STATUS_RESTART && !signalled)
		output_log_directory(mk, false);
	if (j->write_failed && status != STATUS_RESTART && !signalled) {
		make_error(mk, nowhere, "write error: stdout");
		return 1;
	}
	return status;
}

/* Run MK to its end, fatal errors included. */
static int run_guarded(struct make *mk, bool read_only)
{
	jmp_buf fail;
	volatile int status = 2;

	mk->fail = &fail;
	if (setjmp(fail) == 0)
		status = run(mk, read_only);
	else
		status = mk->status;
	return status;
}

int make_run(const struct make_setup *setup)
{
	struct arena *mem = arena_new();
	struct make_setup now = *setup;
	struct str temporary = {NULL, 0}; /* what -f - became */
	int status;

	do {
		struct make *mk = create(&now);

		status = finish(mk, run_guarded(mk, false));
		if (status == STATUS_RESTART)
			prepare_restart(mk, mem, &now, &temporary);
		destroy(mk);
	} while (status == STATUS_RESTART);
	if (temporary.p)
		unlink(temporary.p);
	arena_free(mem);
	return status;
}

struct make *make_open(const struct make_setup *setup)
{
	struct make *mk = create(setup);
	int status = run_guarded(mk, true);

	if (status == 0)
		return mk;
	finish(mk, status);
	destroy(mk);
	return NULL;
}

void make_close(struct make *mk)
{
	finish(mk, 0);
	destroy(mk);
}
