/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Traces between runs: one text file, to which each finished recipe adds its lines, and which is written anew
 * when a run ends. Every line ends in its CRC, so what a kill or a full disk left of one is seen, and all from
 * there on is dropped. Nothing in it is believed without a look at the disk.
 *
 *	imagemk-state VERSION BOOT PROGRAM
 *	s WHAT KIND MODE UID GID SIZE MTIME CTIME DEV INO DIGEST PATH	a sight; they are counted from 0
 *	r KEY TAKEN LEFT MADE SIGHT...					a trace, and which sights it has; MADE: its target is one
 *	x KEY REASON							a recipe that always runs
 */
#include "image/trace_store.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/map.h"
#include "base/path.h"

enum { FORMAT = 1 };

struct kept_sight {
	struct sight sight;
	unsigned long held;	/* it held when the store's CHANGES were these; 0: not looked at */
	uint32_t number;	/* in the file that is being written */
	bool fresh;		/* seen in this run */
};

struct kept_trace {
	struct kept_sight **sights;
	size_t n_taken, n;
	bool made;		/* its target is among what it left */
};

struct trace_store {
	struct arena *mem;
	pthread_mutex_t lock;	/* around all below */
	struct str file, head;
	struct files_cache *cache;
	struct files *files;	/* to read by */
	struct map *sights;	/* its line -> struct kept_sight */
	struct map *traces;	/* key -> struct kept_trace */
	struct map *spoilt;	/* key -> why there is no trace of it, as a C string */
	pthread_mutex_t folders_lock; /* around the next two */
	struct arena *folders_mem;
	struct map *folders;	/* as spelt -> real path, a C string */
	size_t n_sights;	/* lines of sights in the file */
	int fd;			/* -1: nothing more can be added */
	bool trusted;		/* same boot: what the file says of inodes and times was not made up after a crash */
	bool news;
	atomic_ulong changes;	/* how often something changed, from 1 on */
};

/* --- what a recipe is --- */

static void add(struct buf *b, struct str s)
{
	buf_fmt(b, "%zu:", s.n);
	buf_str(b, s);
}

/* What a terminal, a login or another make brings along does not reach an image. */
static bool is_passing(struct str variable)
{
	static const char *const names[] = {
		"MAKEFLAGS=", "MFLAGS=", "MAKELEVEL=", "MAKE_TERMOUT=", "MAKE_TERMERR=", "GNUMAKEFLAGS=", "IMAGEMK_",
		"TERM=", "COLUMNS=", "LINES=", "SHLVL=", "OLDPWD=", "_=", "DISPLAY=", "WINDOWID=", "XAUTHORITY=",
		"SSH_", "XDG_", "DBUS_", "LS_COLORS=", "BASH_FUNC_", "STRICT=",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_starts(variable, str_z(names[i])))
			return true;
	return false;
}

struct trace_key trace_key(const struct make_recipe *r)
{
	struct arena *mem = arena_new();
	struct buf b = buf_new(mem);
	struct trace_key key;

	add(&b, r->cwd);
	add(&b, r->target);
	add(&b, r->shell);
	add(&b, r->shell_flags);
	buf_fmt(&b, "%d %u %u:", r->one_shell, (unsigned)geteuid(), (unsigned)getegid());
	for (size_t i = 0; i < r->n_lines; i++) {
		buf_char(&b, r->lines[i].ignore ? '-' : '.');
		add(&b, r->lines[i].text.text);
	}
	for (size_t i = 0; i < r->env.n; i++)
		if (!is_passing(r->env.p[i]))
			add(&b, r->env.p[i]);
	digest_bytes(&digest_sha256, b.p, b.n, key.p);
	arena_free(mem);
	return key;
}

/* --- in memory --- */

/* The one record of S, whose line is LINE; what is new about it is kept. */
static struct kept_sight *sight_record(struct trace_store *st, const struct sight *s, struct str line, bool *is_new)
{
	struct kept_sight *k;
	void **at;

	at = map_at(st->sights, line);
	*is_new = !*at;
	if (!*at) {
		k = arena_make(st->mem, struct kept_sight);
		k->sight = *s;
		k->sight.path = str_dup(st->mem, s->path);
		*at = k;
	}
	k = *at;
	return k;
}

static struct str key_text(const struct trace_key *key)
{
	return (struct str){(const char *)key->p, sizeof(key->p)};
}

static void put_trace(struct buf *b, struct str key, const struct kept_trace *t)
{
	size_t from = b->n;

	buf_str(b, S("r "));
	trace_put_hex(b, (const unsigned char *)key.p, key.n);
	buf_fmt(b, " %zu %zu %d", t->n_taken, t->n - t->n_taken, t->made);
	for (size_t i = 0; i < t->n; i++)
		buf_fmt(b, " %u", t->sights[i]->number);
	trace_end_line(b, from);
}

/* --- the file --- */

static bool get_trace(struct trace_store *s, struct str rest, struct kept_sight *const *sights, size_t n_sights)
{
	struct kept_trace *t = arena_make(s->mem, struct kept_trace);
	struct trace_key key;
	struct str word;
	uint64_t taken, left, made, number;

	if (!str_word(&rest, &word) || !trace_get_hex(word, key.p, sizeof(key.p)) || !trace_get_number(&rest, 10, &taken) ||
	    !trace_get_number(&rest, 10, &left) || !trace_get_number(&rest, 10, &made) || taken > n_sights || left > n_sights)
		return false;
	t->n_taken = taken;
	t->n = taken + left;
	t->made = made != 0;
	t->sights = arena_array(s->mem, struct kept_sight *, t->n + 1);
	for (size_t i = 0; i < t->n; i++) {
		if (!trace_get_number(&rest, 10, &number) || number >= n_sights)
			return false;
		t->sights[i] = sights[number];
	}
	*map_at(s->traces, key_text(&key)) = t;
	return true;
}

static bool get_spoilt(struct trace_store *s, struct str rest)
{
	struct trace_key key;
	struct str word;

	if (!str_word(&rest, &word) || !trace_get_hex(word, key.p, sizeof(key.p)))
		return false;
	*map_at(s->spoilt, key_text(&key)) = str_cz(s->mem, str_trim(rest));
	return true;
}

static bool get_line(struct trace_store *s, struct str line, struct arena *mem, struct kept_sight ***list,
		     size_t *n, size_t *room)
{
	struct sight sight = {0};
	bool is_new;

	if (!trace_line_is_whole(&line) || line.n < 2)
		return false;
	if (line.p[0] == 'r')
		return get_trace(s, str_from(line, 2), *list, *n);
	if (line.p[0] == 'x')
		return get_spoilt(s, str_from(line, 2));
	if (line.p[0] != 's' || !trace_get_sight(mem, str_from(line, 2), &sight))
		return false;
	*list = vec_reserve(mem, *list, *n, room, sizeof(**list));
	(*list)[*n] = sight_record(s, &sight, line, &is_new);
	(*list)[*n]->number = (uint32_t)*n;
	++*n;
	return true;
}

/* Read TEXT, as far as it is whole; how many of its bytes are. */
static size_t read_lines(struct trace_store *s, struct str text)
{
	struct arena *mem = arena_new();
	struct kept_sight **list = NULL;
	size_t n = 0, room = 0, good = 0;

	while (good < text.n) {
		ptrdiff_t end = str_chr(str_from(text, good), '\n');

		if (end < 0 || !get_line(s, str_sub(text, good, (size_t)end), mem, &list, &n, &room))
			break;
		good += (size_t)end + 1;
	}
	s->n_sights = n;
	arena_free(mem);
	return good;
}

static struct str boot_of(struct arena *mem)
{
	char id[64] = "";
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, id, sizeof(id) - 1);

	if (fd >= 0)
		close(fd);
	return n > 0 ? str_trim(str_dup(mem, (struct str){id, (size_t)n})) : S("unknown");
}

/* The first line, and what of it the file must begin with to be ours at all. */
static void make_head(struct trace_store *s, struct str program)
{
	struct buf b = buf_new(s->mem);

	buf_fmt(&b, "imagemk-state %d %.*s ", FORMAT, STR_ARG(boot_of(s->mem)));
	trace_put_path(&b, program);
	trace_end_line(&b, 0);
	s->head = buf_view(&b);
}

/* Does HEAD say the same program as ours? *SAME_BOOT: and the same start of the machine. */
static bool is_ours(const struct trace_store *s, struct str head, bool *same_boot)
{
	struct str ours = str_trim(s->head), a, b;
	bool same = trace_line_is_whole(&head) && trace_line_is_whole(&ours);

	*same_boot = false;
	for (int i = 0; same && i < 4; i++) {
		if (!str_word(&head, &a) || !str_word(&ours, &b))
			return false;
		if (i == 2)
			*same_boot = str_eq(a, b) && !str_is(a, "unknown");
		else
			same = str_eq(a, b);
	}
	return same;
}

static bool write_all(int fd, struct str text)
{
	while (text.n) {
		ssize_t n = write(fd, text.p, text.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		text = str_from(text, (size_t)n);
	}
	return true;
}

static bool load(struct trace_store *s)
{
	struct blob *b = NULL;
	struct arena *mem = arena_new();
	struct str text, head;
	size_t good = 0;
	ptrdiff_t end;
	bool ours;

	if (files_read(s->files, s->file, &b) != 0)
		b = blob_empty();
	text = blob_flat(mem, b);
	end = str_chr(text, '\n');
	head = str_sub(text, 0, end < 0 ? 0 : (size_t)end);
	ours = is_ours(s, head, &s->trusted);
	if (ours)
		good = (size_t)end + 1 + read_lines(s, str_from(text, (size_t)end + 1));
	if (good < text.n || !ours || !s->trusted)
		s->news = true; /* to be written anew */
	blob_unref(b);
	arena_free(mem);
	if (ftruncate(s->fd, (off_t)good) < 0)
		return false;
	return good || write_all(s->fd, s->head);
}

static void free_parts(struct trace_store *s)
{
	files_free(s->files);
	pthread_mutex_destroy(&s->lock);
	pthread_mutex_destroy(&s->folders_lock);
	arena_free(s->folders_mem);
	arena_free(s->mem);
}

/* Our own file's coming and going is nothing that happened to FILE's folder. */
static struct stat folder_before(struct arena *mem, struct str file)
{
	struct stat st;

	if (stat(str_cz(mem, path_dir(file)), &st) < 0)
		st.st_mode = 0;
	return st;
}

static void folder_after(struct arena *mem, struct str file, const struct stat *before)
{
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, before->st_mtim};

	if (before->st_mode)
		utimensat(AT_FDCWD, str_cz(mem, path_dir(file)), times, 0);
}

struct trace_store *trace_store_open(struct str file, struct str program, struct files_cache *cache)
{
	struct arena *mem = arena_new();
	struct trace_store *s = arena_make(mem, struct trace_store);
	struct files_options options = {.cache = cache};
	struct stat before;

	before = folder_before(mem, file);
	s->mem = mem;
	s->file = str_dup(mem, file);
	s->cache = cache;
	s->fd = open(s->file.p, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	folder_after(mem, file, &before);
	s->sights = map_new(mem);
	s->traces = map_new(mem);
	s->spoilt = map_new(mem);
	s->files = files_new(&options);
	atomic_init(&s->changes, 1);
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->folders_lock, NULL);
	s->folders_mem = arena_new();
	s->folders = map_new(s->folders_mem);
	make_head(s, program);
	if (s->fd >= 0 && flock(s->fd, LOCK_EX | LOCK_NB) == 0 && load(s))
		return s;
	if (s->fd >= 0)
		close(s->fd);
	free_parts(s);
	return NULL;
}

/* --- asking --- */

void trace_store_changed(struct trace_store *s)
{
	atomic_fetch_add(&s->changes, 1);
}

struct str trace_store_folder(struct trace_store *s, struct arena *mem, struct str folder)
{
	struct str real;

	pthread_mutex_lock(&s->folders_lock);
	real = str_z(map_get(s->folders, folder));
	if (real.p)
		real = str_dup(mem, real);
	pthread_mutex_unlock(&s->folders_lock);
	return real;
}

void trace_store_keep_folder(struct trace_store *s, struct str folder, struct str real)
{
	pthread_mutex_lock(&s->folders_lock);
	*map_at(s->folders, folder) = str_cz(s->folders_mem, real);
	pthread_mutex_unlock(&s->folders_lock);
}

void trace_store_forget_folders(struct trace_store *s)
{
	pthread_mutex_lock(&s->folders_lock);
	if (map_count(s->folders)) {
		arena_free(s->folders_mem);
		s->folders_mem = arena_new();
		s->folders = map_new(s->folders_mem);
	}
	pthread_mutex_unlock(&s->folders_lock);
}

struct files_cache *trace_store_cache(const struct trace_store *s)
{
	return s->cache;
}

static bool holds(struct trace_store *s, struct kept_sight *k)
{
	unsigned long now = atomic_load(&s->changes);
	struct timespec before = k->sight.ctime;

	if (k->held == now)
		return true;
	/* What was found in this run was looked at by this boot. */
	if (!sight_holds(&k->sight, s->files, s->trusted || k->fresh))
		return false;
	s->news |= before.tv_sec != k->sight.ctime.tv_sec || before.tv_nsec != k->sight.ctime.tv_nsec;
	k->held = now;
	return true;
}

bool trace_store_holds(struct trace_store *s, const struct make_recipe *r, struct arena *mem, bool *made,
		       struct str *why)
{
	struct trace_key key = trace_key(r);
	const struct kept_trace *t;
	const char *spoilt;
	bool good;

	pthread_mutex_lock(&s->lock);
	t = map_get(s->traces, key_text(&key));
	spoilt = map_get(s->spoilt, key_text(&key));
	good = t != NULL;
	*made = t && t->made;
	if (!good)
		*why = spoilt ? str_fmt(mem, "it always does: %s", spoilt) : S("its text or environment is new");
	for (size_t i = 0; good && i < t->n; i++) {
		good = holds(s, t->sights[i]);
		if (!good)
			*why = str_fmt(mem, "%.*s is not as it %s", STR_ARG(t->sights[i]->sight.path),
				       i < t->n_taken ? "was" : "was left");
	}
	pthread_mutex_unlock(&s->lock);
	return good;
}

/* --- keeping --- */

static void take_sights(struct trace_store *s, struct kept_trace *t, const struct sights *from, struct buf *news)
{
	for (size_t i = 0; i < from->n; i++) {
		bool is_new;
		struct kept_sight *k;
		size_t at = news->n;

		trace_put_sight(news, &from->p[i]);
		k = sight_record(s, &from->p[i], str_from(buf_view(news), at), &is_new);
		k->fresh = true;
		if (is_new) {
			k->number = (uint32_t)s->n_sights++;
			trace_end_line(news, at);
		} else {
			news->n = at;
		}
		t->sights[t->n++] = k;
	}
}

static void add_lines(struct trace_store *s, struct str lines)
{
	s->news = true;
	if (s->fd >= 0 && !write_all(s->fd, lines)) {
		close(s->fd); /* a full disk: the next run does it again */
		s->fd = -1;
	}
}

static void put_spoilt(struct buf *b, struct str key, const char *why)
{
	size_t from = b->n;

	buf_str(b, S("x "));
	trace_put_hex(b, (const unsigned char *)key.p, key.n);
	buf_fmt(b, " %s", why);
	trace_end_line(b, from);
}

void trace_store_spoilt(struct trace_store *s, const struct trace_key *key, const char *why)
{
	struct arena *mem = arena_new();
	struct buf news = buf_new(mem);

	pthread_mutex_lock(&s->lock);
	put_spoilt(&news, key_text(key), why);
	*map_at(s->spoilt, key_text(key)) = str_cz(s->mem, str_z(why));
	map_del(s->traces, key_text(key));
	add_lines(s, buf_view(&news));
	pthread_mutex_unlock(&s->lock);
	arena_free(mem);
}

void trace_store_put(struct trace_store *s, const struct trace_key *key, const struct sights *taken,
		     const struct sights *left, bool made)
{
	struct arena *mem = arena_new();
	struct buf news = buf_new(mem);
	struct kept_trace *t;

	pthread_mutex_lock(&s->lock);
	t = arena_make(s->mem, struct kept_trace);
	t->sights = arena_array(s->mem, struct kept_sight *, taken->n + left->n + 1);
	take_sights(s, t, taken, &news);
	t->n_taken = t->n;
	t->made = made;
	take_sights(s, t, left, &news);
	put_trace(&news, key_text(key), t);
	*map_at(s->traces, key_text(key)) = t;
	map_del(s->spoilt, key_text(key));
	add_lines(s, buf_view(&news));
	pthread_mutex_unlock(&s->lock);
	arena_free(mem);
}

/* A trace is written down again while what it left is there. */
static bool is_worth(struct trace_store *s, struct str key, const struct kept_trace *t)
{
	for (size_t i = t->n_taken; i < t->n; i++) {
		if (holds(s, t->sights[i]))
			continue;
		*map_at(s->spoilt, key) = (void *)str_fmt(s->mem, "%.*s was changed after it",
							  STR_ARG(t->sights[i]->sight.path)).p;
		return false;
	}
	return true;
}

/* All that is still true, as text; the sights are numbered anew. */
static struct str written_anew(struct trace_store *s, struct arena *mem)
{
	struct buf lines = buf_new(mem), traces = buf_new(mem);
	struct str key;
	void *value;
	uint32_t n = 0;

	for (size_t pos = 0; map_next(s->sights, &pos, NULL, &value);)
		((struct kept_sight *)value)->number = UINT32_MAX;
	buf_str(&lines, s->head);
	for (size_t pos = 0; map_next(s->traces, &pos, &key, &value);) {
		struct kept_trace *t = value;

		if (!is_worth(s, key, t))
			continue;
		for (size_t i = 0; i < t->n; i++) {
			size_t from = lines.n;

			if (t->sights[i]->number != UINT32_MAX)
				continue;
			t->sights[i]->number = n++;
			trace_put_sight(&lines, &t->sights[i]->sight);
			trace_end_line(&lines, from);
		}
		put_trace(&traces, key, t);
	}
	buf_str(&lines, buf_view(&traces));
	for (size_t pos = 0; map_next(s->spoilt, &pos, &key, &value);)
		put_spoilt(&lines, key, value);
	return buf_view(&lines);
}

/* What is changed from now on must show in its time: wait until the clock for files has moved on. */
static void let_clock_tick(void)
{
	enum { TICK_NS = 10 * 1000 * 1000 };

	nanosleep(&(struct timespec){.tv_nsec = TICK_NS}, NULL);
}

void trace_store_close(struct trace_store *s)
{
	struct arena *mem = arena_new();
	struct str text, bad;
	struct stat before = folder_before(mem, s->file);
	struct blob *b;

	if (s->news) {
		trace_store_changed(s);
		text = written_anew(s, mem);
		b = blob_copy(text.p, text.n);
		if (files_write(s->files, s->file, b) == 0)
			files_commit(s->files, &bad); /* if not, what was added as we went is there */
		blob_unref(b);
		folder_after(mem, s->file, &before);
		let_clock_tick();
	}
	if (s->fd >= 0)
		close(s->fd);
	arena_free(mem);
	free_parts(s);
}
