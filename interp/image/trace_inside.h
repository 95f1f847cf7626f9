/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_TRACE_INSIDE_H
#define IMAGE_TRACE_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/map.h"
#include "image/trace_state.h"
#include "image/trace_store.h"

/* What a store is, for the files that it is made of: trace_store.c, trace_file.c, trace_ahead.c. */

struct kept_sight {
	struct sight sight;
	unsigned long held;	/* it held when the store's CHANGES were these; 0: not looked at */
	uint32_t number;	/* in the file that is being written */
	bool fresh;		/* seen in this run */
	/*
	 * the real one of its path, as found when the store's N_FORGOTTEN was FORGOTTEN; or unset
	 */
	struct str name;
	unsigned long forgotten;
};

struct kept_trace {
	struct kept_sight **sights;
	size_t n_taken, n;
	bool made;		/* its target is among what it left */
	bool seen;		/* it ran or was left out in this run */
};

/* Who left a name last in this run. */
struct leaver {
	struct str key;
	const struct kept_sight *sight;
};

/* What is to be said of the recipe that was found to hold last, once it is left out. */
struct leaving {
	struct kept_sight *sight;
	bool as_disk;
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
	struct map *leavers;	/* real name -> struct leaver; NULL: nobody asked yet */
	struct trace_state *state;
	struct files_watch watch; /* that settles */
	VEC(struct leaving) leaving;
	struct trace_key asked;	/* for which that is */
	bool (*watches)(void);
	bool watched;		/* it said yes */
	pthread_mutex_t folders_lock; /* around the next two */
	struct arena *folders_mem;
	struct map *folders;	/* as spelt -> real path, a C string */
	size_t n_sights;	/* lines of sights in the file */
	int fd;			/* -1: nothing more can be added */
	/* same boot: what the file says of inodes and times was not made up after a crash */
	bool trusted;
	bool news;
	atomic_ulong changes;	/* how often something changed, from 1 on */
	atomic_ulong n_forgotten; /* how often FOLDERS was */
};

/* --- trace_store.c --- */

struct str trace_key_text(const struct trace_key *key);
/* Is K the same on the disk? With S's lock. */
bool trace_holds_on_disk(struct trace_store *s, struct kept_sight *k);
/* The one record of S, whose line is LINE; what is new about it is kept. */
struct kept_sight *trace_record(struct trace_store *st, const struct sight *s, struct str line,
				bool *is_new);

/* --- trace_file.c: the file --- */

void trace_put_trace(struct buf *b, struct str key, const struct kept_trace *t);
void trace_put_spoilt(struct buf *b, struct str key, const char *why);
void trace_add_lines(struct trace_store *s, struct str lines);

/* --- trace_ahead.c: the state that counts, where it is not the disk's --- */

/* What settles; for trace_store_watch. */
struct files_watch trace_ahead_watch(struct trace_store *s);
/* Can the disk be ahead of what counts, as processes that look can be told of? */
bool trace_may_be_ahead(struct trace_store *s);
/* T, of KEY, has just run or was left out. With S's lock. */
void trace_see(struct trace_store *s, const struct trace_key *key, struct kept_trace *t);

#endif
