/* SPDX-License-Identifier: GPL-2.0-only */
/* The world as make/ sees it: the process, and what its evaluations are wired to. */
#include "cli/host.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "codec/codec.h"

void host_say_commit(const struct evaluation *e, struct arena *mem, struct str path, int err)
{
	fds_write(fds_find(e->setup.fds, 2),
		  str_fmt(mem, "imagemk: %.*s: %s\n", STR_ARG(path), files_error_text(-err)));
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
		.looks = told_looks,
		.changes = told_changes,
		.one_shell_end = one_shell_end,
		.plain_text = plain_text,
	};
	host_recipes(&e->callbacks);
	host_functions(&e->callbacks);
	e->programs = submake_programs(e);
	e->setup.host = &e->callbacks;
}

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
	setup->cwd = str_dup(cx->mem, str_z(cwd ? cwd : "/proc/self/cwd") /* it is gone */);
	setup->make_command = host_make_command(h, cx->mem, cx->program, setup->cwd);
	setup->interrupted = signals_catch();
	setup->watched = str_is(env_get(cx->env, S("IMAGEMK_WATCHED")), "1");
	free(cwd);
	return setup;
}
