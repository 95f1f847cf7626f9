/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The world as make/ sees it: a recipe gets a file overlay and its lines go to the recipe shell;
 * $(shell) the same, with its output collected.
 */
#include "cli/confined.h"
#include "cli/guard.h"
#include "cli/host.h"
#include "cli/probes.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "codec/codec.h"

/* One recipe on its way; used by one worker thread. */
struct recipe_run {
	struct evaluation *evaluation;
	struct arena *mem;
	const struct make_recipe *recipe;
	struct files *files;
	struct trace *trace;	/* of what it does, for the next run; or NULL */
	struct stream *in, *out, *err, *always_out, *always_err;
	int err_fd;		/* of the line that runs */
	size_t line;
	struct buf said;	/* of a quiet recipe, both descriptors */
	bool spoiled;		/* what it read was no file any more: nothing of it is kept */
};

static void write_all(int fd, struct str text)
{
	while (text.n) {
		ssize_t n = write(fd, text.p, text.n);

		if (n < 0 && errno != EINTR)
			return;
		text = str_from(text, n < 0 ? 0 : (size_t)n);
	}
}

/* What is also written elsewhere. */
static int put_heard(void *ctx, struct str text)
{
	struct recipe_run *r = ctx;

	r->evaluation->listener->said(r->evaluation->listener->ctx, r->recipe->target, r->line,
				      text);
	return 0;
}

static int put_stderr(void *ctx, struct str text)
{
	struct recipe_run *r = ctx;

	put_heard(r, text);
	if (r->evaluation->quiet)
		buf_str(&r->said, text);
	else
		write_all(r->err_fd, text);
	return 0;
}

static int put_stdout(void *ctx, struct str text)
{
	struct recipe_run *r = ctx;

	put_heard(r, text);
	buf_str(&r->said, text);
	return 0;
}

/* What recipes are to find at PATH could not be put there. As after a kill, the next run begins
 * from what is there. */
static void lose(struct str path, int err)
{
	struct arena *mem = arena_new();

	write_all(2, str_fmt(mem, "imagemk: *** %.*s: %s.  Stop.\n", STR_ARG(path),
			     files_error_text(err)));
	_exit(2);
}

/* A recipe is about to run: the Makefiles have been read, so the folder can be named. */
static void open_traces(struct evaluation *e, struct make *make)
{
	struct host *h = e->host;
	struct arena *mem = arena_new();
	struct str folder;
	char *real;

	folder = str_trim(make_value(make, mem, h->traces_in));
	real = folder.n ? realpath(str_cz(mem, path_join(mem, make_value(make, mem, S("$(CURDIR)")),
							 folder)),
				   NULL)
			: NULL;
	h->traces_asked = real || !folder.n; /* a recipe may make it yet */
	if (real)
		h->traces = trace_store_open(
		    path_join(mem, str_z(real), S(".imagemk-state")),
		    str_fmt(mem, "%.*s-%03o", STR_ARG(h->traces_by), (unsigned)h->umask), h->known);
	if (h->traces)
		trace_store_ask(h->traces, shell_can_watch, lose);
	free(real);
	arena_free(mem);
}

static enum make_kept is_kept(struct evaluation *e, const struct make_recipe *recipe)
{
	struct arena *mem = arena_new();
	struct str why;
	bool made, kept = trace_store_holds(e->host->traces, recipe, mem, &made, &why);

	if (!kept && e->host->explain)
		write_all(fds_find(e->setup.fds, 2),
			  str_fmt(mem, "imagemk: %.*s runs: %.*s\n", STR_ARG(recipe->target),
				  STR_ARG(why)));
	arena_free(mem);
	return !kept ? MAKE_RUNS : made ? MAKE_KEPT_NEW : MAKE_KEPT;
}

static enum make_kept recipe_kept(void *ctx, const struct make_recipe *recipe, struct make *make)
{
	struct evaluation *e = ctx;

	if (!recipe && e->host->traces_in.n && !e->host->traces_asked && e == &e->host->top)
		open_traces(e, make);
	/* The recipe that called a make answers for all that happens in it. */
	if (!e->host->traces || e->depth)
		return MAKE_RUNS;
	return recipe ? is_kept(e, recipe) : MAKE_KEPT;
}

static void recipe_left_out(void *ctx, const struct make_recipe *recipe)
{
	struct evaluation *e = ctx;

	(void)recipe;
	trace_store_leave(e->host->traces);
}

/* R's bytes hang on something that is not told of files. */
static void spoil(struct recipe_run *r, const char *why)
{
	if (r->trace)
		trace_spoil(r->trace, why);
	else if (r->evaluation->told)
		told_unknown(r->evaluation, why);
}

/* What a run of the shell reaches for that is not told of files, or NULL; in MEM. */
static const char *uses_varying(struct arena *mem, enum shell_use use, const struct str *argv)
{
	if (use == SHELL_USES_VARYING)
		return str_fmt(mem, "'%.*s' gives something else each time", STR_ARG(argv[0])).p;
	if (use == SHELL_USES_VALUE)
		return "a value of the process or the machine, as $$ or RANDOM";
	return NULL;
}

static bool recipe_uses(void *ctx, enum shell_use use, const struct str *argv, size_t argc)
{
	struct recipe_run *r = ctx;
	const char *varies = uses_varying(r->mem, use, argv);

	(void)argc;
	if (varies)
		spoil(r, varies);
	return false;
}

static void *recipe_begin(void *ctx, const struct make_recipe *recipe)
{
	struct evaluation *e = ctx;
	struct arena *mem = arena_new();
	struct recipe_run *r = arena_make(mem, struct recipe_run);
	struct files_options options = {.umask = e->umask, .link_copies = e->host->link_copies,
				       .cache = e->host->known};

	r->evaluation = e;
	r->mem = mem;
	r->recipe = recipe;
	if (e->depth) {
		options.watch = told_watch(e);
	} else if (e->host->traces) {
		r->trace = trace_begin(e->host->traces, recipe);
		options.watch = trace_watch(r->trace);
	}
	if (recipe->in_pieces)
		spoil(r, "SHELL is expanded anew for each of its lines");
	if (options.link_copies)
		options.copy = path_join(mem, recipe->cwd, recipe->target);
	r->files = files_new(&options);
	r->in = recipe->in < 0 ? stream_null(mem) : stream_fd(mem, recipe->in, false);
	r->said = buf_new(mem);
	r->out = e->quiet ? stream_call(mem, put_stdout, r) : stream_fd(mem, recipe->out, false);
	r->err = e->listener ? stream_call(mem, put_stderr, r)
			     : stream_fd(mem, recipe->err, false);
	if (e->listener && !e->quiet)
		stream_hear(r->out, put_heard, r);
	r->always_out = e->quiet ? r->out : stream_fd(mem, recipe->always_out, false);
	r->always_err = e->listener ? r->err : stream_fd(mem, recipe->always_err, false);
	return r;
}

/* What a run of the shell for TEXT looks like, apart from the streams. */
static struct shell_run prepare(struct evaluation *e, struct str shell, struct strs flags,
				struct str text)
{
	struct shell_run run = {.shell = shell, .shell_flags = flags, .text = text};

	run.umask = e->umask;
	run.ladder = stats_ladder(e->host->cx->stats);
	run.parent = getpid();
	run.interrupted = e->setup.interrupted;
	run.programs = &e->programs;
	run.codecs = e->host->codecs;
	run.stack = e->host->cx->stack;
	return run;
}

/* What befell LINE is told as any error, with its place; then make says how the line ended. */
static int say_guard(struct recipe_run *r, const struct make_line *line, const struct guard *g,
		     enum guard_end end)
{
	struct place at = r->recipe->at;
	struct stream *err = line->always ? r->always_err : r->err;
	struct str text = guard_text(g, r->mem, end, r->evaluation->host->timeout, line->text.text);

	const struct trail *trail = NULL;

	at.line += at.file.n ? (unsigned)line->index : 0;
	if (line->text.n_spans && line->text.spans[0].in) {
		at = make_span_place(&line->text.spans[0]);
		trail = line->text.spans[0].trail;
	}
	text = str_fmt(r->mem, "*** %.*s: %.*s", STR_ARG(r->recipe->target), STR_ARG(text));
	text = diag_format(r->mem, at, trail, (struct str){NULL, 0}, text);
	stream_write(err, text.p, text.n);
	r->spoiled |= end == GUARD_LOST;
	return 256 + (end == GUARD_LOST ? SIGBUS : SIGKILL);
}

static int recipe_line(void *ctx, void *recipe, const struct make_line *line)
{
	struct recipe_run *r = recipe;
	struct guard guard;
	enum guard_end end;
	struct shell_run run = prepare(ctx, r->recipe->shell,
				       host_words(r->mem, r->recipe->shell_flags), line->text.text);
	int status, signal = 0;
	bool unstarted = false;

	r->line = (size_t)(line - r->recipe->lines);
	run.files = r->files;
	run.cwd = r->recipe->cwd;
	run.env = r->recipe->env;
	run.in = r->in;
	run.out = line->always ? r->always_out : r->out;
	run.err = line->always ? r->always_err : r->err;
	r->err_fd = line->always ? r->recipe->always_err : r->recipe->err;
	run.fds = line->always ? r->recipe->always_fds : r->recipe->fds;
	run.heard = r->evaluation->listener ? put_heard : NULL;
	run.heard_ctx = r;
	run.killed_by = &signal;
	run.unstarted = &unstarted;
	run.caller = make_prefix(r->recipe->make, r->mem);
	if (r->trace || r->evaluation->told) {
		run.used = recipe_uses;
		run.used_ctx = r;
	}
	/*
	 * A line that calls a make takes what that takes; the lines of that one have a limit each.
	 */
	guard_open(&guard, run.interrupted, line->always ? 0 : r->evaluation->host->timeout);
	run.interrupted = guard.stop;
	status = host_run_text(r->mem, &run, r->recipe->shell_flags, false, r->recipe->one_shell);
	end = guard_close(&guard);
	if (end != GUARD_GOOD)
		spoil(r, "it was stopped");
	if (end != GUARD_GOOD)
		return say_guard(r, line, &guard, end);
	if (r->evaluation->listener)
		r->evaluation->listener->ran(r->evaluation->listener->ctx, r->recipe, r->line,
					     r->files);
	return signal ? 256 + signal : unstarted ? -1 : status;
}

static bool line_starts(void *ctx, const struct make_recipe *recipe, struct str text)
{
	struct evaluation *e = ctx;
	struct arena *mem = arena_new();
	struct files_options options = {.umask = e->umask, .cache = e->host->known};
	struct shell_run run =
	    prepare(e, recipe->shell, host_words(mem, recipe->shell_flags), text);
	bool starts;

	run.files = files_new(&options);
	run.cwd = recipe->cwd;
	run.env = recipe->env;
	run.out = run.err = run.in = stream_null(mem);
	starts = host_text_starts(mem, &run, recipe->one_shell);
	files_free(run.files);
	arena_free(mem);
	return starts;
}

static void say_commit(const struct evaluation *e, struct arena *mem, struct str path, int err)
{
	write_all(fds_find(e->setup.fds, 2),
		  str_fmt(mem, "imagemk: %.*s: %s\n", STR_ARG(path), files_error_text(-err)));
}

static int recipe_end(void *ctx, void *recipe, int status)
{
	struct recipe_run *r = recipe;
	struct str bad = {NULL, 0};
	int err = r->spoiled ? 0 : files_commit(r->files, &bad);

	if (err) {
		say_commit(ctx, r->mem, bad, err);
		status = status ? status : 1;
	}
	if (status)
		write_all(r->recipe->err, buf_view(&r->said));
	files_free(r->files);
	if (r->spoiled)
		spoil(r, "a file of it was lost");
	if (r->trace)
		trace_end(r->trace, status);
	if (r->always_out != r->out)
		stream_close(r->always_out);
	if (r->always_err != r->err)
		stream_close(r->always_err);
	stream_close(r->out);
	stream_close(r->err);
	arena_free(r->mem);
	return status;
}

/* A $(shell) on its way. */
struct function_run {
	struct evaluation *evaluation;
	struct make *make;
	int err_fd;
	bool one_shell;
	bool changes;	/* it ran what may have changed files */
	struct probe probe;
};

static int put_function_stderr(void *ctx, struct str text)
{
	struct function_run *f = ctx;
	const struct diag *err = f->evaluation->err;

	f->probe.impure = true; /* a kept result would not say it again */
	if (err)
		err->put(err->ctx, text);
	else
		write_all(f->err_fd, text);
	return 0;
}

/* The recipe that called this make, or the store, hears of it. */
static bool function_uses(void *ctx, enum shell_use use, const struct str *argv, size_t argc)
{
	struct function_run *f = ctx;
	struct arena *mem = arena_new();
	const char *varies = uses_varying(mem, use, argv);

	(void)argc;
	if (varies && f->evaluation->told)
		told_unknown(f->evaluation, varies);
	f->changes |= use == SHELL_USES_PROCESS || use == SHELL_USES_CHANGES;
	arena_free(mem);
	return false;
}

static void say_function_guard(const struct shell_run *run, struct arena *mem,
			       const struct guard *g, enum guard_end end, unsigned timeout)
{
	struct str text = guard_text(g, mem, end, timeout, run->text);

	text = str_fmt(mem, "%.*s$(shell %.*s): %.*s\n", STR_ARG(run->caller), STR_ARG(run->text),
		       STR_ARG(text));
	stream_write(run->err, text.p, text.n);
}

static int collect(struct function_run *f, struct arena *scratch, struct shell_run *run,
		   struct str flags, struct str *out)
{
	struct evaluation *e = f->evaluation;
	struct guard guard;
	enum guard_end end;
	struct files_options options = {.umask = e->umask, .cache = e->host->known};
	struct str bad = {NULL, 0};
	struct blob *b;
	bool refused;
	int status, err;

	if (e->depth)
		options.watch = told_watch(e);
	else if (e->host->traces)
		options.watch = trace_store_watch(e->host->traces);
	if (e->host->confined)
		confined_begin(e->host->confined, f->make, run, &options);
	run->files = files_new(&options);
	run->out = stream_sink(scratch);
	run->err = e->err || e->host->probes ? stream_call(scratch, put_function_stderr, f)
				       : stream_fd(scratch, f->err_fd, false);
	guard_open(&guard, run->interrupted, e->host->timeout);
	run->interrupted = guard.stop;
	status = host_run_text(scratch, run, flags, true, f->one_shell);
	end = guard_close(&guard);
	if (end != GUARD_GOOD) {
		say_function_guard(run, scratch, &guard, end, e->host->timeout);
		status = 128 + (end == GUARD_LOST ? SIGBUS : SIGKILL);
	}
	f->probe.writes |= e->host->probes && files_wrote(run->files);
	f->changes |= files_wrote(run->files);
	err = end == GUARD_LOST ? 0 : files_commit(run->files, &bad);
	if (err)
		say_commit(e, scratch, bad, err);
	files_free(run->files);
	if (f->changes && e->host->traces)
		trace_store_changed(e->host->traces);
	b = stream_collected(run->out);
	refused = e->host->confined && confined_refused(e->host->confined);
	f->probe.impure |= refused; /* the next one that asks is to be named as well */
	*out = end == GUARD_LOST || refused ? S("") : str_dup(scratch, blob_flat(scratch, b));
	blob_unref(b);
	stream_close(run->out);
	stream_close(run->err);
	return status;
}

static int run_function(void *ctx, struct make *make, struct arena *mem, struct str shell,
			struct str flags, struct str text, struct env env, struct str cwd,
			int err_fd, struct str *out)
{
	struct function_run f = {
	    .evaluation = ctx, .make = make, .err_fd = err_fd, .one_shell = make_one_shell(make)};
	struct evaluation *e = f.evaluation;
	struct arena *scratch = arena_new();
	struct shell_run run = prepare(e, shell, host_words(scratch, flags), text);
	struct probes *probes = e->host->probes;
	struct str result;
	int status;

	run.cwd = cwd;
	run.env = env;
	if (probes) {
		if (probes_ask(probes, scratch, &run, &f.probe, out, &status)) {
			*out = str_dup(mem, *out);
			arena_free(scratch);
			return status;
		}
		run.used = probes_used;
		run.used_ctx = &f.probe;
	} else if (e->host->traces) {
		run.used = function_uses;
		run.used_ctx = &f;
	}
	run.caller = make_prefix(make, scratch);
	run.in =
	    probes ? stream_null(scratch) : stream_fd(scratch, fds_find(e->setup.fds, 0), false);
	run.fds = make_function_fds(make, scratch);
	status = collect(&f, scratch, &run, flags, &result);
	if (probes)
		probes_tell(probes, &f.probe, result, status);
	*out = str_dup(mem, result);
	if (e->host->confined)
		confined_end(e->host->confined);
	arena_free(scratch);
	return status;
}

static size_t one_shell_end(void *ctx, struct str text)
{
	(void)ctx;
	return plain_line_break(text);
}

static bool plain_text(void *ctx, struct str text)
{
	struct arena *mem = arena_new();
	struct strs argv = {0};
	bool plain = plain_line(mem, text, false, &argv);

	(void)ctx;
	arena_free(mem);
	return plain;
}

void evaluation_begin(struct evaluation *e)
{
	e->callbacks = (struct make_host){
		.ctx = e,
		.recipe_kept = recipe_kept,
		.recipe_left_out = recipe_left_out,
		.looks = told_looks,
		.changes = told_changes,
		.recipe_begin = recipe_begin,
		.recipe_line = recipe_line,
		.line_starts = line_starts,
		.recipe_end = recipe_end,
		.shell = run_function,
		.one_shell_end = one_shell_end,
		.plain_text = plain_text,
	};
	e->programs = submake_programs(e);
	e->setup.host = &e->callbacks;
}

/* --- the process --- */

/*
 * The descriptors that we were started with. Those above 2 are handed on from evaluation to recipe
 * as far as each is to have them, so no process may inherit them by itself.
 */
static struct fd_table inherited(struct arena *mem)
{
	/* a child's copies are above it while it sorts them; see shell/spawn.c */
	enum { NUMBER_MOST = 63 };
	VEC(struct fd_at) list = {0};

	for (int fd = 0; fd <= NUMBER_MOST; fd++) {
		int flags = fcntl(fd, F_GETFD);

		if (flags < 0 || (flags & FD_CLOEXEC))
			continue;
		if (fd > 2)
			fcntl(fd, F_SETFD, FD_CLOEXEC);
		*vec_push(mem, &list) = (struct fd_at){fd, fd};
	}
	return (struct fd_table){list.p, list.n};
}

struct host *host_new(struct command_cx *cx, const struct host_listener *listener)
{
	struct host *h = arena_make(cx->mem, struct host);

	h->cx = cx;
	h->codecs = codec_cache_new();
	h->known = files_cache_new();
	h->idle = idle_new(cx->mem);
	h->timeout = cx->timeout;
	h->link_copies = str_is(env_get(cx->env, S("IMAGEMK_LINKS")), "1");
	h->explain = str_is(env_get(cx->env, S("IMAGEMK_EXPLAIN")), "1");
	h->umask = umask(022);
	umask(h->umask);
	submake_limits(h);
	h->top = (struct evaluation){.host = h, .listener = listener, .umask = h->umask};
	h->top.quiet = listener && str_is(env_get(cx->env, S("IMAGEMK_QUIET")), "1");
	h->top.setup.fds = inherited(cx->mem);
	evaluation_begin(&h->top);
	return h;
}

void host_errors(struct host *h, const struct diag *err)
{
	h->top.err = err;
}

void host_keep_probes(struct host *h, struct probes *p)
{
	h->probes = p;
}

void host_keep_traces(struct host *h, struct str folder, struct str program)
{
	h->traces_in = folder;
	h->traces_by = program;
}

void host_free(struct host *h)
{
	if (h->traces)
		trace_store_close(h->traces);
	codec_cache_free(h->codecs);
	files_cache_free(h->known);
	idle_free(h->idle);
}

/* What $(MAKE) stands for in a make that was called CALLED: that link, as GNU make has it. */
struct str host_make_command(const struct host *h, struct arena *mem, struct str called,
			     struct str cwd)
{
	struct str self = h->cx->self, tool;

	if (!str_starts(path_base(called), S("imagemk")))
		return str_chr(called, '/') < 0 ? called : path_join(mem, cwd, called);
	/* A link called make beside the program names it as one word; see interp/build.mk. */
	tool = str_fmt(mem, "%.*s/tools/make", STR_ARG(path_dir(self)));
	return access(str_cz(mem, tool), X_OK) == 0 ? tool
						    : str_fmt(mem, "%.*s make", STR_ARG(self));
}

struct make_setup *host_setup(struct command_cx *cx, struct host *h, struct str program,
			     const struct str *args, size_t n)
{
	struct make_setup *setup = &h->top.setup;
	char *cwd = getcwd(NULL, 0);

	setup->program = program;
	setup->env = cx->env;
	for (size_t i = 0; i < n; i++)
		*vec_push(cx->mem, &setup->args) = args[i];
	setup->cwd = str_dup(cx->mem, str_z(cwd ? cwd : "/"));
	setup->make_command = host_make_command(h, cx->mem, cx->program, setup->cwd);
	setup->interrupted = signals_catch();
	setup->watched = str_is(env_get(cx->env, S("IMAGEMK_WATCHED")), "1");
	free(cwd);
	return setup;
}
