/* SPDX-License-Identifier: GPL-2.0-only */
/* Counts the processes that the ladder starts, by tool and reason; decides what runs natively. */
#include "cli/host.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"

struct count {
	unsigned n;
	enum shell_rung rung;
};

/* What the machine's /bin/sh is. */
enum { UNKNOWN, DASH, OTHER };

struct stats {
	struct arena *mem;
	pthread_mutex_t lock;	/* around everything below: recipes run on several threads */
	struct map *counts;	/* "TOOL\tREASON" -> struct count * */
	unsigned tools, shells, submakes;
	size_t spared;		/* readings of makefiles that sub-makes knew from earlier ones */
	bool wanted, none_native;
	struct str file;	/* "": standard error */
	int fd;			/* of the file, once stats_open has opened it; else -1 */
	atomic_int other_sh;	/* UNKNOWN until somebody asks */
	struct strs real;	/* names that are to be started as real tools */
	struct shell_ladder ladder;
};

static bool is_native(void *ctx, struct str name)
{
	const struct stats *s = ctx;

	if (s->none_native)
		return false;
	for (size_t i = 0; i < s->real.n; i++)
		if (str_eq(s->real.p[i], name))
			return false;
	return true;
}

/* Dash itself has no text that says so; that of others is in the file. */
static bool is_other_shell(const char *path)
{
	static const char *const texts[] = {"GNU bash", "BusyBox", "KSH_VERSION", "ZSH_VERSION"};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *map = MAP_FAILED;
	bool other = false;

	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0)
		map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (fd >= 0)
		close(fd);
	if (map == MAP_FAILED)
		return false;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && !other; i++)
		other = memmem(map, (size_t)st.st_size, texts[i], strlen(texts[i]));
	munmap(map, (size_t)st.st_size);
	return other;
}

static bool has_other_sh(void *ctx)
{
	struct stats *s = ctx;
	int known = atomic_load(&s->other_sh);

	if (known == UNKNOWN) {
		known = is_other_shell("/bin/sh") ? OTHER : DASH;
		atomic_store(&s->other_sh, known);
	}
	return known == OTHER;
}

static void count_process(void *ctx, enum shell_rung rung, struct str tool, struct str reason)
{
	struct stats *s = ctx;
	struct arena *scratch = arena_new();
	struct str key = str_fmt(scratch, "%.*s\t%.*s", STR_ARG(tool), STR_ARG(reason));
	void **at;

	pthread_mutex_lock(&s->lock);
	at = map_at(s->counts, key);
	if (!*at)
		*at = arena_make(s->mem, struct count);
	((struct count *)*at)->n++;
	((struct count *)*at)->rung = rung;
	if (rung == SHELL_REAL)
		s->shells++;
	else
		s->tools++;
	pthread_mutex_unlock(&s->lock);
	arena_free(scratch);
}

struct stats *stats_new(struct arena *mem, struct env env)
{
	struct stats *s = arena_make(mem, struct stats);
	struct str wanted = env_get(env, S("IMAGEMK_STATS"));

	s->mem = arena_new(); /* its own: other threads allocate from it under the lock */
	s->counts = map_new(s->mem);
	s->fd = -1;
	pthread_mutex_init(&s->lock, NULL);
	s->ladder = (struct shell_ladder){.ctx = s,
					  .native = is_native,
					  .other_sh = has_other_sh,
					  .started = count_process,
					  .process = host_process};
	s->none_native = str_is(env_get(env, S("IMAGEMK_NATIVE")), "0");
	if (wanted.n)
		stats_wanted(s, str_is(wanted, "1") ? S("") : wanted);
	return s;
}

void stats_free(struct stats *s)
{
	if (s->fd >= 0)
		close(s->fd);
	pthread_mutex_destroy(&s->lock);
	arena_free(s->mem);
}

const struct shell_ladder *stats_ladder(struct stats *s)
{
	return &s->ladder;
}

void stats_submake(struct stats *s, size_t spared)
{
	pthread_mutex_lock(&s->lock);
	s->submakes++;
	s->spared += spared;
	pthread_mutex_unlock(&s->lock);
}

bool stats_natives_off(const struct stats *s)
{
	return s->none_native || s->real.n > 0;
}

void stats_no_native(struct stats *s, struct str names)
{
	struct str name;

	while (str_split(&names, ',', &name)) {
		if (str_is(name, "all"))
			s->none_native = true;
		*vec_push(s->mem, &s->real) = name;
	}
}

void stats_wanted(struct stats *s, struct str file)
{
	s->wanted = true;
	s->file = file;
}

static struct str stats_table(struct stats *s)
{
	struct buf b = buf_new(s->mem);
	struct rusage usage;
	size_t pos = 0;
	struct str key;
	void *value;

	getrusage(RUSAGE_SELF, &usage);
	buf_fmt(&b, "imagemk: %u processes started: %u tools, %u shells\n", s->tools + s->shells,
		s->tools, s->shells);
	buf_fmt(&b, "imagemk: %u sub-makes in process, %zu makefiles known from earlier ones\n",
		s->submakes, s->spared);
	buf_fmt(&b, "imagemk: peak memory %ld KiB, mapped files included\n", usage.ru_maxrss);
	while (map_next(s->counts, &pos, &key, &value)) {
		const struct count *c = value;
		ptrdiff_t tab = str_chr(key, '\t');

		buf_fmt(
		    &b, "  %6u  %-5s %.*s: %.*s\n", c->n, c->rung == SHELL_REAL ? "shell" : "tool",
		    STR_ARG(str_sub(key, 0, (size_t)tab)), STR_ARG(str_from(key, (size_t)tab + 1)));
	}
	return buf_view(&b);
}

void stats_open(struct stats *s)
{
	if (s->wanted && s->file.n && s->fd < 0)
		s->fd = open(str_cz(s->mem, s->file), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
			     0666);
}

void stats_print(struct stats *s)
{
	struct str text;
	int fd;

	if (!s->wanted)
		return;
	text = stats_table(s);
	stats_open(s);
	fd = s->file.n ? s->fd : 2;
	if (fd < 0 || write(fd, text.p, text.n) != (ssize_t)text.n)
		fprintf(stderr, "imagemk: %.*s: %s\n", STR_ARG(s->file), strerror(errno));
}
