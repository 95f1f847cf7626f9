/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Results of $(shell), kept for the process: where nothing writes to the tree, the same text with
 * the same SHELL, flags, folder and environment gives the same again, and a tree's Makefiles ask
 * the same hundreds of times. Only what is known to be pure is kept; a run shows what it did
 * (struct shell_run's used, its overlay, its standard error), the text alone is trusted only where
 * the first table below has it.
 */
#include "cli/probes.h"

#include <pthread.h>
#include <string.h>

#include "base/map.h"
#include "base/path.h"

/*
 * The last words of a command whose first word is a path that ends like this: the answer depends
 * neither on the folder nor on the environment it is asked in, so all evaluations share one, and
 * wait for it. scripts/feeds   goes to the tree's folder by itself and reads feeds.conf;
 * include/feeds.mk asks it (OpenWrt since 2014), and it takes longer than the rest of an evaluation
 */
static const struct {
	const char *program, *words;
} sure[] = {
	{"/scripts/feeds", "list -n"},
	{"/scripts/feeds", "list -n 2>/dev/null"},
};

struct answer {
	bool there; /* else a thread is at it */
	int status;
	struct str out;
};

struct probes {
	struct arena *mem;
	pthread_mutex_t lock; /* around all of it */
	pthread_cond_t changed;
	struct map *sure;     /* text -> struct answer * */
	unsigned age;	      /* how often files were changed: what was kept is gone then */
	struct arena *kept_mem;
	struct map *kept;     /* struct probe's key -> struct answer * */
};

struct probes *probes_new(void)
{
	struct arena *mem = arena_new();
	struct probes *p = arena_make(mem, struct probes);

	p->mem = mem;
	p->sure = map_new(mem);
	p->kept_mem = arena_new();
	p->kept = map_new(p->kept_mem);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->changed, NULL);
	return p;
}

void probes_free(struct probes *p)
{
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
	arena_free(p->kept_mem);
	arena_free(p->mem);
}

static bool is_sure(struct str text)
{
	struct str program;

	if (!str_word(&text, &program) || program.p[0] != '/')
		return false;
	text = str_trim(text);
	for (size_t i = 0; i < sizeof(sure) / sizeof(*sure); i++)
		if (str_ends(program, str_z(sure[i].program)) && str_is(text, sure[i].words))
			return true;
	return false;
}

/* Shell, flags, folder, text and the whole environment. */
static struct str key_of(struct arena *mem, const struct shell_run *run)
{
	struct buf key = buf_new(mem);

	buf_str(&key, run->shell);
	for (size_t i = 0; i < run->shell_flags.n; i++) {
		buf_char(&key, ' ');
		buf_str(&key, run->shell_flags.p[i]);
	}
	buf_char(&key, '\0');
	buf_str(&key, run->cwd);
	buf_char(&key, '\0');
	buf_str(&key, run->text);
	for (size_t i = 0; i < run->env.n; i++) {
		buf_char(&key, '\0');
		buf_str(&key, run->env.p[i]);
	}
	return buf_view(&key);
}

/* The answer that Q asks for; NULL: it is ours to give. */
static struct answer *find(struct probes *p, const struct probe *q)
{
	void **slot;
	struct answer *a;

	if (!q->sure)
		return map_get(p->kept, q->key);
	slot = map_at(p->sure, q->key);
	a = *slot;
	if (!a)
		*slot = arena_make(p->mem, struct answer);
	while (a && !a->there)
		pthread_cond_wait(&p->changed, &p->lock);
	return a;
}

bool probes_ask(struct probes *p, struct arena *mem, const struct shell_run *run, struct probe *q,
		struct str *out, int *status)
{
	struct answer *a;

	*q = (struct probe){.sure = is_sure(run->text)};
	q->key = q->sure ? run->text : key_of(mem, run);
	pthread_mutex_lock(&p->lock);
	q->age = p->age;
	a = find(p, q);
	if (a) {
		*out = str_dup(mem, a->out);
		*status = a->status;
	}
	pthread_mutex_unlock(&p->lock);
	return a != NULL;
}

static void answer_sure(struct probes *p, const struct probe *q, struct str out, int status)
{
	struct answer *a = map_get(p->sure, q->key);

	*a = (struct answer){true, status, str_dup(p->mem, out)};
	pthread_cond_broadcast(&p->changed);
}

static void keep(struct probes *p, const struct probe *q, struct str out, int status)
{
	void **at = map_at(p->kept, q->key);
	struct answer *a = arena_make(p->kept_mem, struct answer);

	*a = (struct answer){true, status, str_dup(p->kept_mem, out)};
	*at = a;
}

static void forget(struct probes *p)
{
	arena_free(p->kept_mem);
	p->kept_mem = arena_new();
	p->kept = map_new(p->kept_mem);
	p->age++;
}

void probes_tell(struct probes *p, const struct probe *q, struct str out, int status)
{
	pthread_mutex_lock(&p->lock);
	if (q->sure)
		answer_sure(p, q, out, status);
	else if (q->writes)
		forget(p);
	else if (!q->impure && q->age == p->age)
		keep(p, q, out, status);
	pthread_mutex_unlock(&p->lock);
}

/* --- what is pure --- */

static bool one_of(struct str s, const char *const *names)
{
	for (; *names; names++)
		if (str_is(s, *names))
			return true;
	return false;
}

/* perl -e 'print scalar gmtime(N)': prints a second that its text names. */
static bool perl_gmtime(const struct str *argv, size_t argc)
{
	struct str s = argc == 3 && str_is(argv[1], "-e") ? str_trim(argv[2]) : S("");

	if (!str_starts(s, S("print scalar gmtime(")))
		return false;
	s = str_from(s, strlen("print scalar gmtime("));
	while (s.n && ((s.p[0] >= '0' && s.p[0] <= '9') || s.p[0] == ' '))
		s = str_from(s, 1);
	return str_is(s, ")") || str_is(s, ");");
}

/* git that tells of the tree it is in. */
static bool git_reads(const struct str *argv, size_t argc)
{
	static const char *const verbs[] = {"log",	  "rev-parse",	  "rev-list", "describe",
					    "merge-base", "show",	  "ls-files", "ls-tree",
					    "cat-file",	  "symbolic-ref", "name-rev", NULL};
	size_t i = 1;

	while (i + 1 < argc && str_is(argv[i], "-C"))
		i += 2;
	return i < argc && one_of(argv[i], verbs);
}

/* A feed's list, as the tree's own files say it. */
static bool feeds_list(const struct str *argv, size_t argc)
{
	return argc > 1 && str_is(argv[1], "list");
}

static bool always(const struct str *argv, size_t argc)
{
	(void)argv, (void)argc;
	return true;
}

/*
 * The commands that may be started as processes and still be kept, and why. A name with a slash is
 * the end of a path. What they read are files of the tree, which nobody writes while probes are
 * kept.
 */
static const struct declared {
	const char *name;
	bool (*pure)(const struct str *argv, size_t argc);
	const char *reason;
} declared[] = {
    {"perl", perl_gmtime, "a fixed second in words"},
    {"git", git_reads, "reads the repository"},
    {"scripts/feeds", feeds_list, "reads feeds.conf and the feeds' indexes"},
    {"scripts/getver.sh", always, "reads version files, else the repository's log"},
    {"scripts/get_source_date_epoch.sh", always, "reads version.date, else the repository's log"},
};

static bool ends_in(struct str path, const char *name)
{
	struct str end = str_z(name);

	if (!strchr(name, '/'))
		return str_eq(path_base(path), end);
	return path.n >= end.n && str_eq(str_from(path, path.n - end.n), end) &&
	       (path.n == end.n || path.p[path.n - end.n - 1] == '/');
}

static bool pure_process(const struct str *argv, size_t argc)
{
	for (size_t i = 0; i < sizeof(declared) / sizeof(declared[0]); i++)
		if (ends_in(argv[0], declared[i].name) && declared[i].pure(argv, argc))
			return true;
	return false;
}

bool probes_used(void *ctx, enum shell_use use, const struct str *argv, size_t argc)
{
	struct probe *u = ctx;

	switch (use) {
	case SHELL_USES_SCRIPT: return pure_process(argv, argc);
	case SHELL_USES_PURE: return false;
	case SHELL_USES_PROCESS: u->impure |= !pure_process(argv, argc); return false;
	case SHELL_USES_CHANGES: u->writes = true; break;
	case SHELL_USES_METADATA:
	case SHELL_USES_VARYING:
	case SHELL_USES_VALUE: break;
	}
	u->impure = true;
	return false;
}
