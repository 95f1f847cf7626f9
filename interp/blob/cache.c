/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known about the bytes of files on the disk, for all overlays of a run. A file is known by
 * device, inode, size and both times. That isn't enough by itself: a file changed in place within
 * one tick of the kernel's clock looks the same. So a record counts only when the file's last
 * change was a while ago when it was made (a later one will show), or when no process but ours can
 * have changed it since: none was started, and none was running, since the record was made.
 */
#include "blob/internal.h"

#include "base/map.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* RECORDS_MOST bounds the memory. The kernel's clock for files ticks at least every 10 ms. */
enum { RECORDS_MOST = 1 << 14, SETTLED_NS = 50 * 1000 * 1000 };

struct record {
	struct stat st;
	unsigned long when;	/* files_cache_now then */
	bool settled;		/* whatever happens to it from then on will show in ST */
	bool ours;		/* a commit of this run made the file */
	struct blob_facts *facts;
};

struct files_cache {
	pthread_mutex_t lock;
	struct arena *mem;
	struct map *records;	/* device and inode -> struct record */
	/* times that a process was started or ended, or we wrote in place */
	atomic_ulong disturbed;
	atomic_long running;
	int clock;		/* a memory file; -1: none */
};

struct files_cache *files_cache_new(void)
{
	struct files_cache *c = calloc(1, sizeof(*c));

	if (!c)
		blob_die_oom();
	pthread_mutex_init(&c->lock, NULL);
	c->mem = arena_new();
	c->records = map_new(c->mem);
	c->clock = memfd_create("clock", MFD_CLOEXEC);
	return c;
}

static void forget_all(struct files_cache *c)
{
	void *r;

	for (size_t pos = 0; map_next(c->records, &pos, NULL, &r);)
		blob_facts_unref(((struct record *)r)->facts);
	arena_free(c->mem);
}

void files_cache_free(struct files_cache *c)
{
	if (!c)
		return;
	forget_all(c);
	if (c->clock >= 0)
		close(c->clock);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

void files_cache_process(struct files_cache *c, bool starts)
{
	if (starts)
		atomic_fetch_add(&c->running, 1);
	atomic_fetch_add(&c->disturbed, 1);
	if (!starts)
		atomic_fetch_sub(&c->running, 1);
}

void files_cache_disturb(struct files_cache *c)
{
	atomic_fetch_add(&c->disturbed, 1);
}

/*
 * From Linux 6.13 on a file whose time was looked at gets a finer one the next time, ahead of the
 * coarse clock that a program can read; a target with that clock's time could then be older than
 * what it was made of a moment ago. Setting a file's time and looking at it gives the kernel's own
 * next one.
 */
struct timespec files_cache_clock(struct files_cache *c)
{
	struct timespec now;
	struct stat st;

	if (c->clock >= 0 && futimens(c->clock, NULL) == 0 && fstat(c->clock, &st) == 0)
		return st.st_mtim;
	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	return now;
}

/* --- which file, when --- */

static bool same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

static bool is_settled(const struct stat *st)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	return (now.tv_sec - st->st_ctim.tv_sec) * 1000000000LL + now.tv_nsec -
		   st->st_ctim.tv_nsec >
	       SETTLED_NS;
}

unsigned long files_cache_now(struct files_cache *c)
{
	unsigned long now = atomic_load(&c->disturbed);

	/* 0 is never now: what is running may change a file at any time. */
	return atomic_load(&c->running) ? 0 : now + 1;
}

/* The same but for names: one more changes an inode's time. */
static bool same_bytes(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       same_time(&a->st_mtim, &b->st_mtim);
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return same_bytes(a, b) && same_time(&a->st_ctim, &b->st_ctim);
}

/* Has the file that ST describes still the bytes that R is about? */
static bool still(struct files_cache *c, struct record *r, const struct stat *st)
{
	bool undisturbed = r->when && r->when == files_cache_now(c);

	if (!same_file(&r->st, st))
		return false;
	/* Nobody changed it up to now, and who does later shows. */
	if (undisturbed && is_settled(st))
		r->settled = true;
	return undisturbed || r->settled;
}

/* --- records --- */

/* The key of the file that ST describes; it points into ID. */
static struct str key_of(const struct stat *st, uint64_t id[2])
{
	id[0] = st->st_dev;
	id[1] = st->st_ino;
	return (struct str){(const char *)id, 2 * sizeof(*id)};
}

/* The record of the file that ST describes, if it still counts. */
static struct record *find_record(struct files_cache *c, const struct stat *st)
{
	uint64_t id[2];
	struct record *r = map_get(c->records, key_of(st, id));

	return r && still(c, r, st) ? r : NULL;
}

static struct record *put_record(struct files_cache *c, const struct stat *st, unsigned long when,
				 struct blob_facts *facts)
{
	uint64_t id[2];
	struct record *r;
	void **at;

	if (map_count(c->records) >= RECORDS_MOST) {
		forget_all(c);
		c->mem = arena_new();
		c->records = map_new(c->mem);
	}
	at = map_at(c->records, key_of(st, id));
	r = *at ? *at : arena_make(c->mem, struct record);
	*at = r;
	r->ours = r->ours && same_bytes(&r->st, st);
	blob_facts_ref(facts);
	blob_facts_unref(r->facts);
	r->facts = facts;
	r->st = *st;
	r->when = when;
	r->settled = is_settled(st);
	return r;
}

struct blob_facts *files_cache_known(struct files_cache *c, const struct stat *st)
{
	struct blob_facts *facts = NULL;
	struct record *r;

	pthread_mutex_lock(&c->lock);
	r = find_record(c, st);
	if (r)
		facts = blob_facts_ref(r->facts);
	pthread_mutex_unlock(&c->lock);
	return facts;
}

void files_cache_put(struct files_cache *c, const struct stat *st, unsigned long when,
		     struct blob_facts *facts)
{
	pthread_mutex_lock(&c->lock);
	put_record(c, st, when, facts)->ours = true;
	pthread_mutex_unlock(&c->lock);
}

bool files_cache_wrote(struct files_cache *c, const struct stat *st)
{
	uint64_t id[2];
	struct record *r;
	bool ours;

	pthread_mutex_lock(&c->lock);
	r = map_get(c->records, key_of(st, id));
	ours = r && r->ours && same_bytes(&r->st, st);
	pthread_mutex_unlock(&c->lock);
	return ours;
}

struct blob_facts *files_cache_facts(struct files_cache *c, const struct stat *st,
				     unsigned long when)
{
	struct blob_facts *facts = NULL;
	uint64_t id[2];
	struct record *r;

	pthread_mutex_lock(&c->lock);
	r = map_get(c->records, key_of(st, id));
	if (r && still(c, r, st)) {
		facts = blob_facts_ref(r->facts);
	} else {
		facts = blob_facts_new();
		if (r && same_file(&r->st, st))
			blob_facts_guess(facts, r->facts);
		put_record(c, st, when, facts);
	}
	pthread_mutex_unlock(&c->lock);
	return facts;
}
