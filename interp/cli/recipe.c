/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A recipe as make/ hands it over: it gets a file overlay, its lines go to the recipe shell. With
 * traces of earlier runs it may be left out.
 */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fds.h"
#include "base/path.h"
#include "cli/guard.h"
#include "cli/host.h"
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
		fds_write(r->err_fd, text);
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

	fds_write(2, str_fmt(mem, "imagemk: *** %.*s: %s.  Stop.\n", STR_ARG(path),
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
		fds_write(fds_find(e->setup.fds, 2),
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

static bool recipe_uses(void *ctx, enum shell_use use, const struct str *argv, size_t argc)
{
	struct recipe_run *r = ctx;
	const char *varies = host_varies(r->mem, use, argv);

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
	struct shell_run run = host_prepare(ctx, r->recipe->shell,
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

static enum make_start line_starts(void *ctx, const struct make_recipe *recipe, struct str text)
{
	struct evaluation *e = ctx;
	struct arena *mem = arena_new();
	struct files_options options = {.umask = e->umask, .cache = e->host->known};
	struct shell_run run =
	    host_prepare(e, recipe->shell, host_words(mem, recipe->shell_flags), text);
	enum make_start start;

	run.files = files_new(&options);
	run.cwd = recipe->cwd;
	run.env = recipe->env;
	run.out = run.err = run.in = stream_null(mem);
	start = host_text_starts(mem, &run, recipe->one_shell);
	files_free(run.files);
	arena_free(mem);
	return start;
}

static int recipe_end(void *ctx, void *recipe, int status)
{
	struct recipe_run *r = recipe;
	struct str bad = {NULL, 0};
	int err = r->spoiled ? 0 : files_commit(r->files, &bad);

	if (err) {
		host_say_commit(ctx, r->mem, bad, err);
		status = status ? status : 1;
	}
	if (status)
		fds_write(r->recipe->err, buf_view(&r->said));
	files_free(r->files);
	codec_cache_age(r->evaluation->host->codecs);
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

void host_recipes(struct make_host *callbacks)
{
	callbacks->recipe_kept = recipe_kept;
	callbacks->recipe_left_out = recipe_left_out;
	callbacks->recipe_begin = recipe_begin;
	callbacks->recipe_line = recipe_line;
	callbacks->line_starts = line_starts;
	callbacks->recipe_end = recipe_end;
}
