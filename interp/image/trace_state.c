/* SPDX-License-Identifier: GPL-2.0-only */
/* The state that recipes left out would have left: see trace_state.h. */
#include "image/trace_state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/map.h"
#include "base/path.h"
#include "image/trace_store.h"

/* A copy costs time and room: what is larger, or more than so much of the room that is left, is
 * made again. */
enum { ASIDE_MOST = 1 << 30, ASIDE_PART = 8 };

struct counts {
	enum {
		AS_DISK,	/* though a folder above is not */
		ABSENT,		/* with all below */
		EMPTIED,	/* a folder that holds only what has an entry of its own */
		ASIDE,		/* a file with the bytes kept aside */
	} how;
	struct sight sight;	/* ASIDE */
};

struct trace_state {
	struct arena *mem;
	pthread_mutex_t lock;	/* around all below */
	struct str aside;
	struct files *files;	/* to read by, for who asks whether something can count */
	struct map *names;	/* real name -> struct counts */
	struct map *others;	/* of them, those that are not AS_DISK; mostly one */
	atomic_size_t n;	/* how many those are */
	struct map *blobs;	/* what was kept aside and can count: digest -> struct blob */
	trace_lost *lost;
};

struct trace_state *trace_state_new(struct str aside, struct files *files)
{
	struct arena *mem = arena_new();
	struct trace_state *st = arena_make(mem, struct trace_state);

	st->mem = mem;
	st->aside = str_dup(mem, aside);
	st->files = files;
	st->names = map_new(mem);
	st->others = map_new(mem);
	st->blobs = map_new(mem);
	pthread_mutex_init(&st->lock, NULL);
	atomic_init(&st->n, 0);
	return st;
}

void trace_state_tells(struct trace_state *st, trace_lost *lost)
{
	st->lost = lost;
}

void trace_state_free(struct trace_state *st)
{
	void *b;

	for (size_t pos = 0; map_next(st->blobs, &pos, NULL, &b);)
		blob_unref(b);
	pthread_mutex_destroy(&st->lock);
	arena_free(st->mem);
}

bool trace_state_any(const struct trace_state *st)
{
	return atomic_load(&st->n) != 0;
}

/* --- what counts --- */

static void put(struct trace_state *st, struct str name, int how)
{
	void **at = map_at(st->names, name);
	struct counts *c = *at;

	if (!c)
		*at = c = arena_make(st->mem, struct counts);
	c->how = how;
	if (how == AS_DISK)
		map_del(st->others, name);
	else
		*map_at(st->others, name) = c;
	atomic_store(&st->n, map_count(st->others));
}

static bool is_in(struct str name, struct str folder)
{
	return name.n > folder.n && str_starts(name, folder) && name.p[folder.n] == '/';
}

/* May NAME count otherwise than on the disk? Most may not. */
static bool may_differ(const struct trace_state *st, struct str name)
{
	struct str key;

	for (size_t pos = 0; map_next(st->others, &pos, &key, NULL);)
		if (str_eq(key, name) || is_in(name, key))
			return true;
	return false;
}

/* What NAME is: an entry of its own, or absent below one; NULL: as on the disk. */
static const struct counts *find(const struct trace_state *st, struct str name)
{
	static const struct counts absent = {.how = ABSENT};
	const struct counts *c;

	if (!may_differ(st, name))
		return NULL;
	c = map_get(st->names, name);
	if (c)
		return c->how == AS_DISK ? NULL : c;
	while (name.n > 1) {
		name = path_dir(name);
		c = map_get(st->names, name);
		if (c)
			return c->how == ABSENT || c->how == EMPTIED ? &absent : NULL;
	}
	return NULL;
}

/* Does something in the folder NAME, itself as on the disk, count otherwise? */
static bool has_other(const struct trace_state *st, struct str name)
{
	struct str key;

	for (size_t pos = 0; map_next(st->others, &pos, &key, NULL);)
		if (str_eq(path_dir(key), name))
			return true;
	return false;
}

struct listing {
	const struct trace_state *st;
	struct str folder;
	struct arena *mem;
	bool hides;	/* something that the disk has */
};

static bool is_counted(void *ctx, const char *name)
{
	struct listing *l = ctx;
	const struct counts *c;

	if (!strcmp(name, ".") || !strcmp(name, ".."))
		return true;
	c = find(l->st, path_join(l->mem, l->folder, str_z(name)));
	if (c && c->how == ABSENT)
		l->hides = true;
	return !c || c->how != ABSENT;
}

/* Of a folder that was emptied and perhaps filled again. */
static enum trace_says asks_emptied(const struct trace_state *st, struct str name,
				    const struct sight *s)
{
	struct listing l = {st, name, arena_new(), false};
	unsigned char names[SIGHT_DIGEST];
	bool good = sight_digest_names(name, is_counted, &l, names);

	arena_free(l.mem);
	if (!good || s->kind != 'd' || s->what & FILES_LOOK_REAL)
		return TRACE_DIFFERS;
	if (!l.hides) /* filled again, to the last name */
		return TRACE_AS_DISK;
	if (s->what & FILES_LOOK_TIME ||
	    (s->digested && memcmp(s->digest, names, SIGHT_DIGEST) != 0))
		return TRACE_DIFFERS;
	return sight_is_folder(s) ? TRACE_HOLDS : TRACE_DIFFERS;
}

static enum trace_says asks_aside(const struct counts *c, const struct sight *s)
{
	const struct sight *have = &c->sight;
	bool same = s->kind == 'f' && s->mode == have->mode && s->uid == have->uid &&
		    s->gid == have->gid && s->size == have->size;

	if (same && s->what & FILES_LOOK_REAL)
		same = sight_leads(s);
	else if (same && s->digested)
		same = memcmp(s->digest, have->digest, SIGHT_DIGEST) == 0;
	else if (same)
		same = !(s->what & FILES_LOOK_BYTES);
	if (same && s->what & FILES_LOOK_TIME)
		same = s->mtime.tv_sec == have->mtime.tv_sec &&
		       s->mtime.tv_nsec == have->mtime.tv_nsec;
	return same ? TRACE_HOLDS : TRACE_DIFFERS;
}

static enum trace_says asks(const struct trace_state *st, struct str name, const struct sight *s)
{
	const struct counts *c = find(st, name);
	unsigned all = FILES_LOOK_NAMES | FILES_LOOK_BYTES | FILES_LOOK_TIME;

	if (!c)
		return s->kind == 'd' && s->what & all && has_other(st, name) ? TRACE_DIFFERS
									      : TRACE_AS_DISK;
	if (c->how == ABSENT)
		return s->kind == 'a' && !(s->what & FILES_LOOK_REAL) ? TRACE_HOLDS : TRACE_DIFFERS;
	return c->how == EMPTIED ? asks_emptied(st, name, s) : asks_aside(c, s);
}

enum trace_says trace_state_asks(struct trace_state *st, struct str name, const struct sight *s)
{
	enum trace_says says;

	pthread_mutex_lock(&st->lock);
	says = asks(st, name, s);
	pthread_mutex_unlock(&st->lock);
	return says;
}

bool trace_state_hides(struct trace_state *st, struct str name)
{
	const struct counts *c;
	bool hides;

	pthread_mutex_lock(&st->lock);
	c = find(st, name);
	hides = c && c->how == ABSENT;
	pthread_mutex_unlock(&st->lock);
	return hides;
}

/* --- leaving out --- */

struct str trace_state_aside(struct arena *mem, const struct sight *l)
{
	struct buf b = buf_new(mem);

	buf_hex(&b, l->digest, SIGHT_DIGEST);
	return buf_view(&b);
}

static struct str aside_path(const struct trace_state *st, struct arena *mem, const struct sight *l)
{
	return path_join(mem, st->aside, trace_state_aside(mem, l));
}

static bool is_all(const struct sight *l)
{
	return l->what & SIGHT_ALL && (l->kind == 'a' || l->kind == 'd');
}

bool trace_state_has(const struct trace_state *st, const struct sight *l)
{
	struct arena *mem;
	struct stat now;
	bool has;

	if (is_all(l))
		return true;
	if (l->kind != 'f' || !l->digested)
		return false;
	mem = arena_new();
	has = lstat(aside_path(st, mem, l).p, &now) == 0 && S_ISREG(now.st_mode) &&
	      (uint64_t)now.st_size == l->size;
	arena_free(mem);
	return has;
}

static struct str digest_text(const struct sight *l)
{
	return (struct str){(const char *)l->digest, SIGHT_DIGEST};
}

/* Have L's bytes at hand; whoever removes the file from now on changes nothing. */
static bool read_aside(struct trace_state *st, const struct sight *l)
{
	struct arena *mem = arena_new();
	unsigned char digest[SIGHT_DIGEST];
	struct blob *b = NULL;
	bool good = map_get(st->blobs, digest_text(l)) != NULL;

	if (!good && files_read(st->files, aside_path(st, mem, l), &b) == 0) {
		digest_blob(&digest_sha256, b, digest);
		good = memcmp(digest, l->digest, SIGHT_DIGEST) == 0;
		if (good)
			*map_at(st->blobs, digest_text(l)) = b;
		else
			blob_unref(b);
	}
	arena_free(mem);
	return good;
}

/* Would a run put L's bytes into the very file that is there, as the last one did? */
static bool can_aside(struct trace_state *st, const struct sight *l)
{
	struct stat now;

	return trace_state_has(st, l) && lstat(l->path.p, &now) == 0 && S_ISREG(now.st_mode) &&
	       now.st_nlink == 1 && (now.st_mode & 07777) == l->mode && now.st_uid == l->uid &&
	       now.st_gid == l->gid && read_aside(st, l);
}

bool trace_state_can(struct trace_state *st, const struct sight *l)
{
	bool can;

	pthread_mutex_lock(&st->lock);
	can =
	    l->kind == 'f' ? can_aside(st, l) : is_all(l) && (l->kind == 'a' || sight_is_folder(l));
	pthread_mutex_unlock(&st->lock);
	return can;
}

/* What was said of names below FOLDER counts no more. */
static void forget_below(struct trace_state *st, struct str folder)
{
	struct str key;

	for (size_t pos = 0; map_next(st->names, &pos, &key, NULL);)
		if (is_in(key, folder)) {
			map_del(st->others, key);
			map_del(st->names, key);
		}
}

static bool is_below(const struct trace_state *st, struct str name)
{
	for (name = path_dir(name); name.n > 1; name = path_dir(name)) {
		const struct counts *c = map_get(st->names, name);

		if (c)
			return c->how == ABSENT || c->how == EMPTIED;
	}
	return false;
}

static void set(struct trace_state *st, const struct sight *l, bool as_disk)
{
	const struct counts *c = find(st, l->path);

	if (!as_disk && is_all(l)) {
		forget_below(st, l->path);
		put(st, l->path, l->kind == 'a' ? ABSENT : EMPTIED);
	} else if (!as_disk) {
		put(st, l->path, ASIDE);
		((struct counts *)map_get(st->names, l->path))->sight = *l;
	} else if (l->kind == 'd' && c && c->how != ASIDE) {
		put(st, l->path, EMPTIED); /* made, and nothing is in it yet */
	} else if (c || is_below(st, l->path)) {
		put(st, l->path, AS_DISK);
	}
}

void trace_state_set(struct trace_state *st, const struct sight *l, bool as_disk)
{
	pthread_mutex_lock(&st->lock);
	set(st, l, as_disk);
	pthread_mutex_unlock(&st->lock);
}

/* --- settling --- */

struct settling {
	struct trace_state *st;
	struct arena *mem;
	struct str bad;	/* where something could not be done, and why; unset: nowhere */
	int err;
};

static void fails(struct settling *s, struct str path, int err)
{
	if (!s->bad.p)
		s->bad = path;
	s->err = err;
}

/* The names in the folder PATH, with it. */
static struct strs list(struct settling *s, struct str path)
{
	struct strs names = {0};
	struct dirent *item;
	DIR *d = opendir(path.p);

	if (!d && errno != ENOENT)
		fails(s, path, errno);
	while (d && (item = readdir(d)) != NULL)
		if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0)
			*vec_push(s->mem, &names) = path_join(s->mem, path, str_z(item->d_name));
	if (d)
		closedir(d);
	return names;
}

/* Remove what is at NAME (ITSELF) and, of a folder, all in it but what counts. True when it is
 * gone. */
static bool remove_absent(struct settling *s, struct str name, bool itself)
{
	struct str path = str_dup(s->mem, name);
	struct strs below;
	bool empty = true;

	if (itself && (unlink(path.p) == 0 || errno == ENOENT || errno == ENOTDIR))
		return true;
	below = list(s, path);
	for (size_t i = 0; i < below.n; i++) {
		const struct counts *c = find(s->st, below.p[i]);

		empty = c && c->how == ABSENT && remove_absent(s, below.p[i], true) && empty;
	}
	if (!itself || !empty)
		return false;
	if (rmdir(path.p) < 0)
		fails(s, path, errno);
	return true;
}

static void put_back(struct settling *s, const struct sight *l)
{
	struct files_options options = {.umask = 022};
	struct files *own = files_new(&options);
	struct blob *b = map_get(s->st->blobs, digest_text(l));
	struct str bad;
	int err = b ? files_write(own, l->path, b) : -ENOENT;

	if (!err)
		err = files_touch(own, l->path, l->mtime, false);
	if (!err)
		err = files_commit(own, &bad);
	if (err)
		fails(s, l->path, -err);
	files_free(own);
}

static void settle_one(struct settling *s, struct str name, struct counts *c)
{
	if (c->how == ASIDE)
		put_back(s, &c->sight);
	else if (c->how == ABSENT || c->how == EMPTIED)
		remove_absent(s, name, c->how == ABSENT);
}

/* One thing may hang on the other, so all of it. */
static void settle(struct trace_state *st)
{
	struct settling s = {.st = st, .mem = arena_new()};
	struct str key;
	void *value;

	for (size_t pos = 0; map_next(st->names, &pos, &key, &value);)
		settle_one(&s, key, value);
	st->names = map_new(st->mem);
	st->others = map_new(st->mem);
	atomic_store(&st->n, 0);
	if (s.bad.p && st->lost)
		st->lost(s.bad, s.err);
	arena_free(s.mem);
}

bool trace_state_settle(struct trace_state *st, struct str name, bool holds)
{
	bool settles;

	if (!trace_state_any(st))
		return false;
	pthread_mutex_lock(&st->lock);
	settles =
	    trace_state_any(st) && (!name.p || find(st, name) || (holds && has_other(st, name)));
	if (settles)
		settle(st);
	pthread_mutex_unlock(&st->lock);
	return settles;
}

/* --- keeping aside --- */

/* A folder of ours is nothing that happened to the one it is made in. */
static void make_aside(const struct trace_state *st)
{
	struct arena *mem = arena_new();
	struct str above = path_dir(st->aside);
	struct stat before;

	above = str_dup(mem, above);
	if (stat(above.p, &before) == 0 && mkdir(st->aside.p, 0777) == 0)
		utimensat(AT_FDCWD, above.p,
			  (struct timespec[2]){{.tv_nsec = UTIME_OMIT}, before.st_mtim}, 0);
	arena_free(mem);
}

static bool room_aside(const struct trace_state *st, struct arena *mem, uint64_t size)
{
	struct statvfs v;

	return size <= ASIDE_MOST && statvfs(str_cz(mem, path_dir(st->aside)), &v) == 0 &&
	       size <= (uint64_t)v.f_bavail * v.f_frsize / ASIDE_PART;
}

void trace_state_keep(struct trace_state *st, const struct sight *l)
{
	struct files_options options = {.umask = 077};
	struct arena *mem = arena_new();
	struct str path = aside_path(st, mem, l), bad;
	unsigned char digest[SIGHT_DIGEST];
	struct files *own = files_new(&options);
	struct blob *b = NULL;

	pthread_mutex_lock(&st->lock);
	if (l->kind == 'f' && l->digested && !trace_state_has(st, l) &&
	    room_aside(st, mem, l->size) && files_read(own, l->path, &b) == 0 &&
	    blob_size(b) == l->size) {
		digest_blob(&digest_sha256, b, digest);
		make_aside(st);
		if (memcmp(digest, l->digest, SIGHT_DIGEST) == 0 && files_write(own, path, b) == 0)
			files_commit(own, &bad); /* if not, the recipe runs the next time */
	}
	pthread_mutex_unlock(&st->lock);
	if (b)
		blob_unref(b);
	files_free(own);
	arena_free(mem);
}

void trace_state_sweep(struct trace_state *st, const struct map *wanted)
{
	struct arena *mem = arena_new();
	DIR *d = opendir(st->aside.p);
	struct dirent *item;

	while (d && (item = readdir(d)) != NULL)
		if (item->d_name[0] != '.' && !map_get(wanted, str_z(item->d_name)))
			unlink(path_join(mem, st->aside, str_z(item->d_name)).p);
	if (d)
		closedir(d);
	if (d && map_count(wanted) == 0)
		rmdir(st->aside.p);
	arena_free(mem);
}
