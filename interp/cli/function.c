/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * $(shell) and != as make/ hands them over: the recipe shell runs the text in a file overlay, its
 * output is collected.
 */
#include <signal.h>

#include "base/fds.h"
#include "cli/confined.h"
#include "cli/guard.h"
#include "cli/host.h"
#include "cli/probes.h"

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
		fds_write(f->err_fd, text);
	return 0;
}

/* The recipe that called this make, or the store, hears of it. */
static bool function_uses(void *ctx, enum shell_use use, const struct str *argv, size_t argc)
{
	struct function_run *f = ctx;
	struct arena *mem = arena_new();
	const char *varies = host_varies(mem, use, argv);

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
		host_say_commit(e, scratch, bad, err);
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
	struct shell_run run = host_prepare(e, shell, host_words(scratch, flags), text);
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

void host_functions(struct make_host *callbacks)
{
	callbacks->shell = run_function;
}
