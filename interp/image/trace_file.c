/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Traces between runs: one text file, to which each finished recipe adds its lines, and which is
 *written anew when a run ends. Every line ends in its CRC, so what a kill or a full disk left of
 *one is seen, and all from there on is dropped. Nothing in it is believed without a look at the
 *disk.
 *
 *	imagemk-state VERSION BOOT PROGRAM
 *	s WHAT KIND MODE UID GID SIZE MTIME CTIME DEV INO DIGEST PATH	a sight; they are counted
 *from 0 r KEY TAKEN LEFT MADE SIGHT...					a trace, and which sights it
 *has; MADE: its target is one
 *	x KEY REASON							a recipe that always runs
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/fds.h"
#include "base/path.h"
#include "image/trace_inside.h"

enum { FORMAT = 2 };

/* --- lines --- */

void trace_put_trace(struct buf *b, struct str key, const struct kept_trace *t)
{
	size_t from = b->n;

	buf_str(b, S("r "));
	buf_hex(b, (const unsigned char *)key.p, key.n);
	buf_fmt(b, " %zu %zu %d", t->n_taken, t->n - t->n_taken, t->made);
	for (size_t i = 0; i < t->n; i++) {
		buf_char(b, ' ');
		buf_number(b, t->sights[i]->number);
	}
	trace_end_line(b, from);
}

/* --- the file --- */

static bool get_trace(struct trace_store *s, struct str rest, struct kept_sight *const *sights,
		      size_t n_sights)
{
	struct kept_trace *t = arena_make(s->mem, struct kept_trace);
	struct trace_key key;
	struct str word;
	uint64_t taken, left, made, number;

	if (!str_word(&rest, &word) || !trace_get_hex(word, key.p, sizeof(key.p)) ||
	    !trace_get_number(&rest, 10, &taken) || !trace_get_number(&rest, 10, &left) ||
	    !trace_get_number(&rest, 10, &made) || taken > n_sights || left > n_sights)
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
	*map_at(s->traces, trace_key_text(&key)) = t;
	return true;
}

static bool get_spoilt(struct trace_store *s, struct str rest)
{
	struct trace_key key;
	struct str word;

	if (!str_word(&rest, &word) || !trace_get_hex(word, key.p, sizeof(key.p)))
		return false;
	*map_at(s->spoilt, trace_key_text(&key)) = str_cz(s->mem, str_trim(rest));
	return true;
}

static bool get_line(struct trace_store *s, struct str line, struct arena *mem,
		     struct kept_sight ***list, size_t *n, size_t *room)
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
	(*list)[*n] = trace_record(s, &sight, line, &is_new);
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

		if (end < 0 ||
		    !get_line(s, str_sub(text, good, (size_t)end), mem, &list, &n, &room))
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
	if (good < text.n && ftruncate(s->fd, (off_t)good) < 0)
		return false;
	return good || fds_write(s->fd, s->head);
}

static void free_parts(struct trace_store *s)
{
	trace_state_free(s->state);
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
	struct stat now = folder_before(mem, file);

	if (before->st_mode && sight_time_cmp(now.st_mtim, before->st_mtim) != 0)
		utimensat(AT_FDCWD, str_cz(mem, path_dir(file)), times, 0);
}

struct trace_store *trace_store_open(struct str file, struct str program, struct files_cache *cache)
{
	struct arena *mem = arena_new();
	struct trace_store *s = arena_make(mem, struct trace_store);
	struct files_options options = {.cache = cache, .read_once = true};
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
	s->state = trace_state_new(path_join(mem, path_dir(file), S(".imagemk-aside")), s->files);
	s->watch = trace_ahead_watch(s);
	atomic_init(&s->n_forgotten, 1);
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

/* --- writing --- */

void trace_add_lines(struct trace_store *s, struct str lines)
{
	s->news = true;
	if (s->fd >= 0 && !fds_write(s->fd, lines)) {
		close(s->fd); /* a full disk: the next run does it again */
		s->fd = -1;
	}
}

void trace_put_spoilt(struct buf *b, struct str key, const char *why)
{
	size_t from = b->n;

	buf_str(b, S("x "));
	buf_hex(b, (const unsigned char *)key.p, key.n);
	buf_fmt(b, " %s", why);
	trace_end_line(b, from);
}

/* Can L, which is not there any more, count as being there in the next run? Bytes only where a file
 * is. */
static bool may_count(struct trace_store *s, const struct sight *l)
{
	struct stat st;

	return trace_state_has(s->state, l) &&
	       (l->kind != 'f' || (lstat(l->path.p, &st) == 0 && S_ISREG(st.st_mode)));
}

/* A trace is written down again while what it left is there, or will count as being there (its
 * bytes are WANTED then). */
static bool is_worth(struct trace_store *s, struct str key, const struct kept_trace *t,
		     struct map *wanted)
{
	for (size_t i = t->n_taken; i < t->n; i++) {
		const struct sight *l = &t->sights[i]->sight;

		if (trace_holds_on_disk(s, t->sights[i]))
			continue;
		if (t->seen && may_count(s, l)) {
			if (l->kind == 'f')
				*map_at(wanted, trace_state_aside(s->mem, l)) = t->sights[i];
			continue;
		}
		*map_at(s->spoilt, key) =
		    (void *)str_fmt(s->mem, "%.*s was changed after it", STR_ARG(l->path)).p;
		return false;
	}
	return true;
}

/* What T took is known by the inode that has it now: a hard link that this run made of a file gave
 * it another time, which the next run would read all of it for. */
static void look_again(struct trace_store *s, const struct kept_trace *t)
{
	for (size_t i = 0; t->seen && i < t->n_taken; i++)
		if (t->sights[i]->sight.kind == 'f')
			trace_holds_on_disk(s, t->sights[i]);
}

/* All that is still true, as text; the sights are numbered anew. NEWEST: when the last of what they
 * are of was changed. */
static struct str written_anew(struct trace_store *s, struct arena *mem, struct timespec *newest)
{
	struct buf lines = buf_new(mem), traces = buf_new(mem);
	struct map *wanted = map_new(mem);
	struct str key;
	void *value;
	uint32_t n = 0;

	for (size_t pos = 0; map_next(s->sights, &pos, NULL, &value);)
		((struct kept_sight *)value)->number = UINT32_MAX;
	buf_str(&lines, s->head);
	for (size_t pos = 0; map_next(s->traces, &pos, &key, &value);) {
		struct kept_trace *t = value;

		if (!is_worth(s, key, t, wanted))
			continue;
		look_again(s, t);
		for (size_t i = 0; i < t->n; i++) {
			struct kept_sight *k = t->sights[i];
			size_t from = lines.n;

			if (k->number != UINT32_MAX)
				continue;
			k->number = n++;
			trace_put_sight(&lines, &k->sight);
			trace_end_line(&lines, from);
			if (sight_time_cmp(k->sight.ctime, *newest) > 0)
				*newest = k->sight.ctime;
		}
		trace_put_trace(&traces, key, t);
	}
	buf_str(&lines, buf_view(&traces));
	for (size_t pos = 0; map_next(s->spoilt, &pos, &key, &value);)
		trace_put_spoilt(&lines, key, value);
	trace_state_sweep(s->state, wanted);
	return buf_view(&lines);
}

/*
 * What is changed from now on must show in its time: wait until the clock for files has moved on
 * from NEWEST. Where another clock gave that, no longer than a tick.
 */
static void let_clock_tick(struct timespec newest)
{
	enum { TICKS = 10, TICK_NS = 1000 * 1000 };
	struct timespec now;

	for (int i = 0; i < TICKS; i++) {
		clock_gettime(CLOCK_REALTIME_COARSE, &now);
		if (sight_time_cmp(now, newest) > 0)
			return;
		nanosleep(&(struct timespec){.tv_nsec = TICK_NS}, NULL);
	}
}

void trace_store_close(struct trace_store *s)
{
	struct arena *mem = arena_new();
	struct timespec newest = {0};
	struct str text, bad;
	struct stat before;
	struct blob *b;

	trace_store_settle(s);
	before = folder_before(mem, s->file);
	if (s->news) {
		trace_store_changed(s);
		text = written_anew(s, mem, &newest);
		b = blob_copy(text.p, text.n);
		if (files_write(s->files, s->file, b) == 0)
			/* if not, what was added as we went is there */
			files_commit(s->files, &bad);
		blob_unref(b);
		folder_after(mem, s->file, &before);
		let_clock_tick(newest);
	}
	if (s->fd >= 0)
		close(s->fd);
	arena_free(mem);
	free_parts(s);
}
