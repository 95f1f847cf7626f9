/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Evaluating what somebody else wrote: Makefiles may read below some folders, and do nothing. Here
 * is what the program forbids itself: make asks before it opens something (struct make_host's
 * may_open), the overlay before it reads or changes something on the disk (struct files_gate), the
 * shell before it starts a process (struct shell_gate). So
 * $(shell) may do all that needs no process and no change. What is refused is noted with its place,
 * a $(shell) ends there and gives nothing, and evaluation goes on: one run names all that is wrong.
 *
 * Seen from outside the folders are names, whether something is there, and what kind it is
 * ($(wildcard) of a plain name, test -e, a command on PATH); not bytes, nor what a folder holds.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/path.h"
#include "cli/confine_internal.h"
#include "cli/confined.h"
#include "cli/host.h"

enum { SECONDS = 300, MIB = 2048, RESERVE = 4 << 20, TEXT_MOST = 160, REFUSED_MOST = 200 };

static int read_number(struct command_cx *cx, const char *name, struct str value, uint64_t most,
		       unsigned *out)
{
	uint64_t n;

	if (!str_number(value, 10, &n) || n > most)
		return command_usage(cx,
				     str_fmt(cx->mem, "--%s '%.*s' is not a number from 0 to %llu",
					     name, STR_ARG(value), (unsigned long long)most));
	*out = (unsigned)n;
	return EXIT_GOOD;
}

bool confine_option(struct command_cx *cx, struct confine_options *o, int id, struct str value,
		    int *status)
{
	*status = EXIT_GOOD;
	switch (id) {
	case CONFINE_UNCONFINED: o->unconfined = true; return true;
	case CONFINE_READ: *vec_push(cx->mem, &o->reads) = value; return true;
	case CONFINE_TIME:
		*status = read_number(cx, "time-limit", value, 100 * 1000 * 1000, &o->seconds);
		return o->has_seconds = true;
	case CONFINE_MEMORY:
		*status = read_number(cx, "memory-limit", value, 1 << 30, &o->mib);
		return o->has_mib = true;
	default: return false;
	}
}

static int add_root(struct confine *c, struct str path)
{
	char *real = realpath(str_cz(c->mem, path), NULL);

	if (!real)
		return command_usage(c->cx,
				     str_fmt(c->mem, "%.*s: %s", STR_ARG(path), strerror(errno)));
	*vec_push(c->mem, &c->roots) = str_dup(c->mem, str_z(real));
	free(real);
	return EXIT_GOOD;
}

/* Is FOLDER the top of a tree? */
static bool is_top(struct arena *mem, struct str folder)
{
	return access(str_cz(mem, path_join(mem, folder, S("rules.mk"))), F_OK) == 0 &&
	       access(str_cz(mem, path_join(mem, folder, S("include/image.mk"))), F_OK) == 0;
}

/*
 * A tree may be made of links to another one's parts. Those that are make text are read there: a
 * link that leads to the same name at the top of a tree, which what holds secrets is not.
 */
static void add_linked_parts(struct confine *c)
{
	static const char *const parts[] = {"rules.mk", "include", "mk",    "config",
					    "package",	"scripts", "target"};
	struct str root = c->roots.p[0];
	char real[PATH_MAX];

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		struct str part = str_z(parts[i]), path;

		if (!realpath(str_cz(c->mem, path_join(c->mem, root, part)), real))
			continue;
		path = str_dup(c->mem, str_z(real));
		if (!str_eq(path_dir(path), root) && str_eq(path_base(path), part) &&
		    is_top(c->mem, path_dir(path)))
			*vec_push(c->mem, &c->roots) = path;
	}
}

struct confine *confine_new(struct command_cx *cx, const struct confine_options *o, struct str root)
{
	struct str only = env_get(cx->env, S("IMAGEMK_CONFINE"));
	struct arena *mem = arena_new();
	struct confine *c = arena_make(mem, struct confine);

	c->cx = cx;
	c->mem = mem;
	c->options = *o;
	if (!o->has_seconds)
		c->options.seconds = o->unconfined ? 0 : SECONDS;
	if (!o->has_mib)
		c->options.mib = o->unconfined ? 0 : MIB;
	c->asks = !o->unconfined && !str_is(only, "kernel");
	c->kernel = !o->unconfined && !str_is(only, "policy");
	pthread_mutex_init(&c->lock, NULL);
	if (add_root(c, root))
		return NULL;
	add_linked_parts(c);
	for (size_t i = 0; i < o->reads.n; i++)
		if (add_root(c, o->reads.p[i]))
			return NULL;
	return c;
}

/* --- what was refused --- */

/* TEXT as part of a line, not too long. */
static struct str one_line(struct arena *mem, struct str text)
{
	struct buf b = buf_new(mem);

	text = str_trim(text);
	for (size_t i = 0; i < text.n && i < TEXT_MOST; i++)
		buf_char(&b, (unsigned char)text.p[i] < ' ' ? ' ' : text.p[i]);
	if (text.n > TEXT_MOST)
		buf_z(&b, "...");
	return buf_view(&b);
}

/* Where MAKE is, seen from the first folder that may be read. */
static struct place place_of(const struct confine *c, struct arena *mem, const struct make *make,
			     struct place at)
{
	struct str path = path_join(mem, make_folder(make), at.file), root = c->roots.p[0];

	if (!at.file.n)
		return (struct place){0};
	if (root.n > 1 && path.n > root.n && str_starts(path, root) && path.p[root.n] == '/')
		path = str_from(path, root.n + 1);
	return (struct place){path, at.line};
}

/* Is it noted already that at AT, in a recipe or not, WHAT was refused? The reason may have a name
 * made by chance. */
static bool is_noted(const struct confine *c, const struct refusal *new)
{
	for (size_t i = 0; i < c->refused.n; i++) {
		const struct refusal *r = &c->refused.p[i];

		if (r->at.line == new->at.line && str_eq(r->at.file, new->at.file) &&
		    str_eq(r->what, new->what) && r->in_recipe == new->in_recipe)
			return true;
	}
	return false;
}

/* Where MAKE is, WHAT was not done, because WHY. Only the first of many are kept. */
static void note_at(struct confine *c, const struct make *make, struct place at, struct str what,
		    struct str why)
{
	struct arena_mark mark;
	struct refusal r;

	pthread_mutex_lock(&c->lock);
	mark = arena_mark(c->mem);
	r = (struct refusal){.at = place_of(c, c->mem, make, at), .what = str_dup(c->mem, what),
			     .why = str_dup(c->mem, why), .in_recipe = make_tries(make)};
	if (c->refused.n >= REFUSED_MOST) {
		c->more = true;
		arena_release(c->mem, mark);
	} else if (is_noted(c, &r)) {
		arena_release(c->mem, mark);
	} else {
		r.at.file = str_dup(c->mem, r.at.file);
		r.text = diag_format(c->mem, r.at, make_trail(make), S(""),
				     str_fmt(c->mem, "%.*s: %.*s", STR_ARG(what), STR_ARG(why)));
		*vec_push(c->mem, &c->refused) = r;
	}
	pthread_mutex_unlock(&c->lock);
}

static void note(struct confine *c, const struct make *make, struct str what, struct str why)
{
	note_at(c, make, make_here(make), what, why);
}

static int by_place(const void *a, const void *b)
{
	const struct refusal *x = a, *y = b;
	int order = str_cmp(x->at.file, y->at.file);

	if (!order)
		order = x->at.line < y->at.line ? -1 : x->at.line > y->at.line;
	if (!order)
		order = str_cmp(x->what, y->what);
	return order ? order : str_cmp(x->why, y->why);
}

/* Say those that are IN_RECIPE or not; how many. */
static size_t say_refused(struct confine *c, bool in_recipe, bool all)
{
	size_t n = 0;

	for (size_t i = 0; i < c->refused.n; i++) {
		if (c->refused.p[i].in_recipe != in_recipe)
			continue;
		n++;
		if (all)
			c->cx->say.put(c->cx->say.ctx, c->refused.p[i].text);
	}
	return n;
}

int confine_report(struct confine *c, int status)
{
	static const struct place nowhere;
	struct str hint, name;
	size_t n;

	if (!c || !c->refused.n)
		return status;
	name = c->cx->argv[0];
	qsort(c->refused.p, c->refused.n, sizeof(*c->refused.p), by_place);
	n = say_refused(c, true, c->options.verbose);
	if (n)
		diag_say(
		    &c->cx->say, nowhere, NULL,
		    c->options.verbose ? S("") : S("--verbose names them"),
		    "imagemk %.*s: recipes that are only looked at ask for what isn't done: %zu",
		    STR_ARG(name), n);
	if (!say_refused(c, false, true))
		return status;
	hint = c->outside ? S("--read DIR lets Makefiles read below DIR, --unconfined lets them do "
			      "what they like")
			  : S("--unconfined lets Makefiles do what they like");
	diag_say(&c->cx->say, nowhere, NULL, hint, "imagemk %.*s: not all of it was evaluated%s",
		 STR_ARG(name), c->more ? "; the rest is not shown" : "");
	return EXIT_USAGE;
}

/* --- what may be read --- */

static bool below_roots(const struct confine *c, struct str real)
{
	for (size_t i = 0; i < c->roots.n; i++) {
		struct str root = c->roots.p[i];

		if (str_starts(real, root) &&
		    (real.n == root.n || real.p[root.n] == '/' || root.n == 1))
			return true;
	}
	return false;
}

/* /dev/null, /dev/zero, /dev/urandom: to read them tells nothing. */
static bool is_harmless(const struct stat *st, bool only_null)
{
	enum { MEMORY_DEVICES = 1, DEV_NULL = 3, DEV_ZERO = 5, DEV_URANDOM = 9 };
	unsigned n = minor(st->st_rdev);

	return S_ISCHR(st->st_mode) && major(st->st_rdev) == MEMORY_DEVICES &&
	       (n == DEV_NULL || (!only_null && (n == DEV_ZERO || n == DEV_URANDOM)));
}

/* Why what REAL names, and ST describes, may not be read; NULL: it may. */
static const char *why_not(struct confine *c, struct str real, const struct stat *st,
			   bool only_null)
{
	if (is_harmless(st, only_null))
		return NULL;
	if (!S_ISREG(st->st_mode) && !S_ISDIR(st->st_mode))
		return "is no regular file";
	if (below_roots(c, real))
		return NULL;
	c->outside = true;
	return "is outside of what may be read";
}

/* The same for PATH as it is spelt. What is not there may be opened: it fails by itself. */
static const char *why_not_path(struct confine *c, struct str path)
{
	int fd = open(path.p, O_PATH | O_CLOEXEC);
	char link[64], real[PATH_MAX];
	struct stat st;
	ssize_t n = -1;

	if (fd < 0)
		return NULL;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (fstat(fd, &st) == 0)
		n = readlink(link, real, sizeof(real));
	close(fd);
	return n <= 0 ? "can't be told from what is outside"
		      : why_not(c, (struct str){real, (size_t)n}, &st, true);
}

/* --- for make --- */

static int may_open(void *ctx, struct make *make, enum make_access access, struct str path)
{
	static const char *const words[] = {
	    [MAKE_READS_MAKEFILE] = "include",	 [MAKE_READS_FILE] = "read",
	    [MAKE_WRITES_FILE] = "write",	 [MAKE_READS_FOLDER] = "names in",
	    [MAKE_READS_ARCHIVE] = "members of",
	};
	struct evaluation *e = ctx;
	struct confine *c = e->host->confined->c;
	const char *why = access == MAKE_WRITES_FILE ? "is not written" : why_not_path(c, path);
	struct arena *mem;

	if (!why)
		return 0;
	mem = arena_new();
	note(c, make, str_fmt(mem, "%s %.*s", words[access], STR_ARG(one_line(mem, path))),
		     str_fmt(mem, "refused: it %s", why));
	arena_free(mem);
	return EACCES;
}

static void unmade(void *ctx, struct make *make, struct str name, struct place at)
{
	struct evaluation *e = ctx;
	const char *answered = e->host->confined->c->options.answered;
	struct arena *mem;

	if (answered && str_ends(name, str_z(answered)))
		return;
	mem = arena_new();
	note_at(e->host->confined->c, make, at,
		str_fmt(mem, "makefile %.*s", STR_ARG(one_line(mem, name))),
		S("refused: it is not there, and the recipe that would make it is not run"));
	arena_free(mem);
}

/* The reserve is there for the words; what they are about is freed soon. */
static void stopped(void *ctx, struct make *make, struct place at, int number)
{
	struct evaluation *e = ctx;
	struct confine *c = e->host->confined->c;
	struct arena *mem;
	struct str what;

	if (number && number != SIGKILL)
		return; /* a signal that somebody sent: nothing of ours */
	pthread_mutex_lock(&c->lock);
	free(c->reserve);
	c->reserve = NULL;
	pthread_mutex_unlock(&c->lock);
	mem = arena_new();
	what = number ? str_fmt(mem, "stopped after %u s (--time-limit)", c->options.seconds)
		      : str_fmt(mem, "stopped beyond %u MiB (--memory-limit)", c->options.mib);
	note(c, make, S("evaluation"), what);
	if (e->err)
		e->err->put(e->err->ctx, diag_format(mem, at, NULL, S(""), what));
	arena_free(mem);
}

/* --- for the overlay and the shell --- */

/* The $(shell) of D is not to go on: it wants something that WHY, of which NULL is what may be. 0
 * or -ERROR. */
static int refuse(struct confined *d, struct str why, int error)
{
	struct arena *mem;

	if (!atomic_exchange(&d->refused, SIGKILL)) {
		mem = arena_new();
		note(d->c, d->make, str_fmt(mem, "$(shell %.*s)", STR_ARG(one_line(mem, d->text))),
			     str_fmt(mem, "refused: %.*s", STR_ARG(why)));
		arena_free(mem);
	}
	return -error;
}

static int refuse_file(struct confined *d, struct str path, const char *why, int error)
{
	struct arena *mem = arena_new();

	error = refuse(d, str_fmt(mem, "%.*s %s", STR_ARG(one_line(mem, path)), why), error);
	arena_free(mem);
	return error;
}

static int shell_reads(void *ctx, struct str key)
{
	struct confined *d = ctx;
	struct arena *mem = arena_new();
	struct stat st;
	const char *why = stat(str_cz(mem, key), &st) == 0 ? why_not(d->c, key, &st, false) : NULL;

	arena_free(mem);
	return why ? refuse_file(d, key, why, EACCES) : 0;
}

static int shell_changes(void *ctx, struct str key)
{
	struct confined *d = ctx;
	struct arena *mem = arena_new();
	struct stat st;
	bool harmless = stat(str_cz(mem, key), &st) == 0 && is_harmless(&st, true);

	arena_free(mem);
	return harmless ? 0 : refuse_file(d, key, "would be changed", EROFS);
}

static bool shell_refuses(void *ctx, const struct str *argv, size_t argc, const char *reason)
{
	struct confined *d = ctx;
	struct arena *mem = arena_new();

	(void)argc;
	refuse(
	    d,
	    str_fmt(mem, "'%.*s' would be a process (%s)", STR_ARG(one_line(mem, argv[0])), reason),
	    EACCES);
	arena_free(mem);
	return true;
}

void confined_begin(struct confined *d, struct make *make, struct shell_run *run,
		    struct files_options *options)
{
	struct place at = make_here(make);
	struct str text = str_sub(run->text, 0, TEXT_MOST);

	pthread_mutex_lock(&d->c->lock);
	snprintf(d->doing, sizeof(d->doing), "%.*s:%u: $(shell %.*s)", STR_ARG(at.file), at.line,
		 STR_ARG(text));
	pthread_mutex_unlock(&d->c->lock);
	d->make = make;
	d->text = run->text;
	atomic_store(&d->refused, 0);
	if (!d->c->asks)
		return;
	d->files = (struct files_gate){d, shell_reads, shell_changes};
	d->shell = (struct shell_gate){d, shell_refuses, &d->refused};
	options->gate = &d->files;
	run->gate = &d->shell;
	run->programs = NULL;
	/* what our caller has open besides is not the tree's */
	run->fds = (struct fd_table){NULL, 0};
}

bool confined_refused(const struct confined *d)
{
	return atomic_load(&d->refused);
}

void confined_end(struct confined *d)
{
	pthread_mutex_lock(&d->c->lock);
	d->doing[0] = '\0';
	pthread_mutex_unlock(&d->c->lock);
	d->make = NULL;
}

/* --- hosts and threads --- */

void confine_host(struct confine *c, struct host *h)
{
	struct confined *d = arena_make(c->cx->mem, struct confined);

	d->c = c;
	h->confined = d;
	h->top.callbacks.stopped = stopped;
	if (!c->asks)
		return;
	h->top.callbacks.may_open = may_open;
	h->top.callbacks.unmade = unmade;
}

#if SANITIZED
/* The search for leaks at the end wants to trace this process from another one, which the kernel's
 * layer does not allow. */
static bool no_leak_search;

int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
	return no_leak_search;
}
#endif

void confine_enter(struct confine *c, size_t threads)
{
	struct str missing;

	stats_open(c->cx->stats);
	missing = c->kernel ? confine_kernel(c->mem, &c->roots) : S("");
	if (missing.n && c->options.verbose)
		diag_say(&c->cx->say, (struct place){{NULL, 0}, 0}, NULL,
			 S("what the program forbids itself holds all the same"),
			 "imagemk %.*s: this kernel has no %.*s", STR_ARG(c->cx->argv[0]),
			 STR_ARG(missing));
#if SANITIZED
	no_leak_search = c->kernel;
#endif
	c->reserve = malloc(RESERVE);
	confine_limit_memory(c, threads);
}

/* This thread's, while it evaluates: who has no memory left can reach nothing but globals. */
static _Thread_local struct confined *evaluating;

void memory_exhausted_at(void)
{
	char line[sizeof(evaluating->doing) + 64];
	int n;

	if (!evaluating || !evaluating->c->options.mib)
		return;
	n = snprintf(line, sizeof(line), "%s%sbeyond %u MiB (--memory-limit)\n", evaluating->doing,
		     evaluating->doing[0] ? ": " : "", evaluating->c->options.mib);
	if (write(2, line, (size_t)n) < 0)
		return;
}

/*
 * What does not look whether it is to end (a loop in an applet) ends all. On a thread of guard.c's.
 */
static void overdue(void *ctx)
{
	struct confined *d = ctx;
	struct confine *c = d->c;
	char line[sizeof(d->doing) + 256];
	int n;

	pthread_mutex_lock(&c->lock);
	n = snprintf(line, sizeof(line), "%s%simagemk %.*s: stopped after %u s (--time-limit)\n",
		     d->doing, d->doing[0] ? ": does not end\n" : "", STR_ARG(c->cx->argv[0]),
		     c->options.seconds);
	if (write(2, line, (size_t)n) < 0)
		_exit(EXIT_USAGE);
	_exit(EXIT_USAGE);
}

void confine_begin(struct host *h, struct make_setup *setup)
{
	struct confined *d = h->confined;

	evaluating = d;
	d->interrupted = h->top.setup.interrupted;
	guard_open(&d->guard, d->interrupted, d->c->options.seconds);
	if (d->c->options.seconds)
		guard_overdue(overdue, d);
	h->top.setup.interrupted = setup->interrupted = d->guard.stop;
}

void confine_end(struct host *h)
{
	struct confined *d = h->confined;

	evaluating = NULL;
	guard_close(&d->guard);
	h->top.setup.interrupted = d->interrupted;
}

void confine_free(struct confine *c)
{
	if (!c)
		return;
	free(c->reserve);
	arena_free(c->mem);
}
