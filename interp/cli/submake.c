/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * $(MAKE) in process: which calls of make in a recipe are ours to run here, and running them. What
 * such a make may see of the process is told to it (folder, environment, descriptors, umask); a
 * call that asks for something else of a process is one.
 */
#include "cli/host.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"

/* Deeper than this nobody means it. Each make needs a dozen descriptors at most. */
enum { DEPTH_MOST = 64, DESCRIPTORS_EACH = 12 };

void submake_limits(struct host *h)
{
	struct rlimit files = {.rlim_cur = 1024};
	struct stat st;

	if (stat("/proc/self/exe", &st) == 0) {
		h->dev = st.st_dev;
		h->ino = st.st_ino;
	}
	getrlimit(RLIMIT_NOFILE, &files);
	h->running_most = files.rlim_cur > UINT_MAX ? UINT_MAX : (unsigned)files.rlim_cur;
	h->running_most = h->running_most / DESCRIPTORS_EACH;
	h->depth_most = h->running_most < DEPTH_MOST ? h->running_most : DEPTH_MOST;
}

/* The arguments behind "make" in the words of P; false: it is no call of make. */
static bool make_args(const struct shell_program *p, const struct str **args, size_t *n)
{
	struct str name = path_base(p->argv[0]);
	size_t skip = str_is(name, "make") || str_is(name, "gmake") ? 1 : 2;

	if (skip == 2 &&
	    (!str_starts(name, S("imagemk")) || p->argc < 2 || !str_is(p->argv[1], "make")))
		return false;
	*args = p->argv + skip;
	*n = p->argc - skip;
	return true;
}

static bool is_ourselves(const struct host *h, struct arena *mem, struct str path)
{
	struct stat st;

	return stat(str_cz(mem, path), &st) == 0 && st.st_dev == h->dev && st.st_ino == h->ino;
}

/* Variables that say how a process is loaded or what this program is to do. */
static bool is_special(struct str entry)
{
	static const char *const names[] = {"IMAGEMK_", "LD_", "GLIBC_TUNABLES=", "MALLOC_"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_starts(entry, str_z(names[i])))
			return true;
	return false;
}

/* Such variables of A that B has not with the same value. */
static bool special_differ(struct env a, struct env b)
{
	for (size_t i = 0; i < a.n; i++) {
		bool same = false;

		if (!is_special(a.p[i]))
			continue;
		for (size_t k = 0; k < b.n && !same; k++)
			same = str_eq(a.p[i], b.p[k]);
		if (!same)
			return true;
	}
	return false;
}

static const char *why_not(const struct evaluation *e, const struct shell_program *p)
{
	const struct host *h = e->host;
	const struct shell_ladder *l = stats_ladder(h->cx->stats);

	if (!l->native(l->ctx, S("make")))
		return "not native";
	if (special_differ(p->env, h->top.setup.env) || special_differ(h->top.setup.env, p->env))
		return "another environment of the program";
	if (e->depth < h->depth_most && atomic_load(&h->running) >= h->running_most)
		return "too many makes at once";
	return NULL;
}

static bool takes(void *ctx, const struct shell_program *p, const char **reason)
{
	const struct evaluation *e = ctx;
	struct arena *mem;
	const struct str *args;
	const char *why;
	size_t n;
	bool ours;

	if (!make_args(p, &args, &n))
		return false;
	mem = arena_new();
	ours = is_ourselves(e->host, mem, p->path);
	arena_free(mem);
	why = ours ? why_not(e, p) : NULL;
	if (why)
		*reason = why;
	return ours && !why;
}

/* make's own words for an error before there is an evaluation. */
static int refuse(const struct shell_program *p, struct arena *mem, struct str text)
{
	struct str level = env_get(p->env, S("MAKELEVEL")), line;

	level = level.n && !str_is(level, "0") ? str_fmt(mem, "[%.*s]", STR_ARG(level)) : S("");
	line = str_fmt(mem, "make%.*s: *** %.*s.  Stop.\n", STR_ARG(level), STR_ARG(text));
	if (write(fds_find(p->fds, 2), line.p, line.n) < 0)
		return 2;
	return 2;
}

/* E's make, which goes on from what an earlier one has read. */
static int run_shared(struct evaluation *e)
{
	struct make_program *program = idle_take(e->host->idle);
	size_t spared = make_program_spared(program);
	int status;

	e->setup.shared = program;
	status = make_run(&e->setup);
	stats_submake(e->host->cx->stats, make_program_spared(program) - spared);
	idle_give(e->host->idle, program);
	return status;
}

static int evaluate(struct evaluation *parent, const struct shell_program *p, struct arena *mem)
{
	struct evaluation e = {.host = parent->host, .umask = p->umask, .depth = parent->depth + 1,
			       .setup = parent->setup, .pid = gettid()};
	char cwd[PATH_MAX];
	const struct str *args;
	size_t n;
	int status;

	if (e.depth > e.host->depth_most)
		return refuse(p, mem, str_fmt(mem, "more than %u makes inside one another",
					      e.host->depth_most));
	if (!realpath(str_cz(mem, p->cwd), cwd))
		return refuse(p, mem, str_fmt(mem, "getcwd: %s", strerror(errno)));
	make_args(p, &args, &n);
	e.setup.args = (struct strs){0};
	for (size_t i = 0; i < n; i++)
		*vec_push(mem, &e.setup.args) = args[i];
	e.setup.program =
	    str_starts(path_base(p->argv[0]), S("imagemk")) ? S("make") : path_base(p->argv[0]);
	e.setup.cwd = str_z(cwd);
	e.setup.make_command = host_make_command(e.host, mem, p->argv[0], e.setup.cwd);
	e.setup.env = p->env;
	e.setup.fds = p->fds;
	e.setup.umask = p->umask == e.host->umask ? NULL : &e.umask;
	e.setup.directory_said = false;
	e.setup.listener = NULL;
	e.setup.out = e.setup.err = NULL;
	e.setup.trails = e.setup.origins;
	e.setup.no_spans = !e.setup.origins;
	e.setup.sigpipe = MAKE_SIGPIPE_ENDS_MAKE;
	told_begin(&e, p->watch);
	told_looks(&e, p->path, MAKE_LOOKS_BYTES);
	told_looks(&e, p->cwd, MAKE_LOOKS_REAL);
	evaluation_begin(&e);
	status = run_shared(&e);
	if (status <= 256)
		return status;
	return status == 256 + SIGQUIT ? 1 : status - 128; /* as one that ended by the signal */
}

static int run(void *ctx, const struct shell_program *p)
{
	struct evaluation *parent = ctx;
	struct arena *mem = arena_new();
	int status;

	atomic_fetch_add(&parent->host->running, 1);
	status = evaluate(parent, p, mem);
	atomic_fetch_sub(&parent->host->running, 1);
	arena_free(mem);
	return status;
}

struct shell_programs submake_programs(struct evaluation *e)
{
	return (struct shell_programs){e, takes, run};
}
