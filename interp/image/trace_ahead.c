/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the disk is ahead of what counts (trace_state.h): who is about to look says so here, what a
 * recipe left out leaves is noted, and what a recipe left is kept aside when another of the same
 * run changes it.
 */
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/path.h"
#include "image/trace_inside.h"

/* --- one name for each file --- */

/* FOLDER without symbolic links; itself when it is not there. */
static struct str real_folder(struct trace_store *s, struct arena *mem, struct str folder)
{
	struct str known = trace_store_folder(s, mem, folder);

	if (known.p)
		return known;
	known = files_real(mem, folder);
	if (!known.p)
		known = folder;
	trace_store_keep_folder(s, folder, known);
	return known;
}

struct str trace_store_name(struct trace_store *s, struct arena *mem, struct str path, bool follow)
{
	struct str base = path_base(path), name;
	char real[PATH_MAX];
	struct stat st;

	if (str_is(base, ".") || str_is(base, "..") || str_ends(path, S("/")))
		return realpath(str_cz(mem, path), real) ? str_dup(mem, str_z(real))
							 : path_clean(mem, path);
	name = path_join(mem, real_folder(s, mem, path_dir(path)), base);
	if (follow && lstat(name.p, &st) == 0 && S_ISLNK(st.st_mode) && realpath(name.p, real))
		name = str_dup(mem, str_z(real));
	return name;
}

/* --- what is ahead --- */

static void settle(struct trace_store *s, struct str name, bool holds)
{
	if (!trace_state_settle(s->state, name, holds))
		return;
	trace_store_forget_folders(s);
	trace_store_changed(s);
}

void trace_store_settle(struct trace_store *s)
{
	settle(s, (struct str){NULL, 0}, true);
}

void trace_store_looks(struct trace_store *s, struct str name, unsigned what)
{
	bool holds = what & ~(unsigned)(FILES_LOOK_STATE | FILES_LOOK_NO_FOLLOW | FILES_LOOK_TOOL);
	struct arena *mem;

	/* A process that asks for a folder's time: see trace.c */
	if ((what & FILES_LOOK_TOOL) && !(what & (FILES_LOOK_NAMES | FILES_LOOK_BYTES)))
		holds = false;
	if (!trace_state_any(s->state))
		return;
	mem = arena_new();
	settle(s, trace_store_name(s, mem, name, !(what & FILES_LOOK_NO_FOLLOW)), holds);
	arena_free(mem);
}

bool trace_store_hides(struct trace_store *s, struct str name)
{
	struct arena *mem;
	bool hides;

	if (!trace_state_any(s->state))
		return false;
	mem = arena_new();
	name = trace_store_name(s, mem, name, true);
	hides = trace_state_hides(s->state, name);
	if (!hides)
		settle(s, name, false);
	arena_free(mem);
	return hides;
}

static void watch_peeks(void *ctx, struct str path, unsigned what)
{
	trace_store_looks(ctx, path, what);
}

static void watch_looks(void *ctx, struct str path, struct str key, unsigned what)
{
	(void)key;
	trace_store_looks(ctx, path, what);
}

void trace_store_changes(struct trace_store *s, struct str path, enum files_change how)
{
	bool all = how == FILES_CHANGE_GONE || how == FILES_CHANGE_ALL;

	trace_store_looks(s, path,
			  FILES_LOOK_NO_FOLLOW | (all ? FILES_LOOK_NAMES : FILES_LOOK_STATE));
	if (how == FILES_CHANGE_PART || how == FILES_CHANGE_TIME)
		trace_store_looks(s, path, FILES_LOOK_STATE);
	trace_store_changed(s);
}

static void watch_changes(void *ctx, struct str key, enum files_change how)
{
	trace_store_changes(ctx, key, how);
}

static void watch_unknown(void *ctx, const char *why)
{
	(void)why;
	trace_store_settle(ctx);
	trace_store_changed(ctx);
}

const struct files_watch *trace_store_watch(struct trace_store *s)
{
	return trace_state_any(s->state) ? &s->watch : NULL;
}

void trace_store_ask(struct trace_store *s, bool (*watches)(void),
		     void (*lost)(struct str path, int err))
{
	s->watches = watches;
	trace_state_tells(s->state, lost);
}

bool trace_may_be_ahead(struct trace_store *s)
{
	if (s->watches)
		s->watched = s->watches();
	s->watches = NULL;
	return s->watched;
}

/* --- leaving out --- */

static void put_leaver(struct trace_store *s, struct str key, const struct kept_trace *t)
{
	for (size_t i = t->n_taken; i < t->n; i++) {
		struct leaver *l = arena_make(s->mem, struct leaver);

		*l = (struct leaver){key, t->sights[i]};
		*map_at(s->leavers, t->sights[i]->sight.path) = l;
	}
}

/* T, of KEY, has just run or was left out. */
void trace_see(struct trace_store *s, const struct trace_key *key, struct kept_trace *t)
{
	t->seen = true;
	if (s->leavers)
		put_leaver(s, str_dup(s->mem, trace_key_text(key)), t);
}

void trace_store_leave(struct trace_store *s)
{
	struct kept_trace *t;

	pthread_mutex_lock(&s->lock);
	t = map_get(s->traces, trace_key_text(&s->asked));
	if (t)
		trace_see(s, &s->asked, t);
	/* What was emptied first, then what lies in it. */
	for (int all = 1; all >= 0; all--)
		for (size_t i = 0; i < s->leaving.n; i++)
			if (!(s->leaving.p[i].sight->sight.what & SIGHT_ALL) == !all)
				trace_state_set(s->state, &s->leaving.p[i].sight->sight,
						s->leaving.p[i].as_disk);
	s->leaving.n = 0;
	pthread_mutex_unlock(&s->lock);
}

/* Who left what: noted from the first change on. The order of what was left out before counts for
 * nothing but names that several left, and there the disk, which is compared with what is to be
 * kept aside, has the last one's. */
static void make_leavers(struct trace_store *s)
{
	struct str key;
	void *value;

	s->leavers = map_new(s->mem);
	for (size_t pos = 0; map_next(s->traces, &pos, &key, &value);)
		if (((struct kept_trace *)value)->seen)
			put_leaver(s, str_dup(s->mem, key), value);
}

void trace_store_supersedes(struct trace_store *s, const struct trace_key *key, struct str name)
{
	const struct leaver *l;

	pthread_mutex_lock(&s->lock);
	if (!s->leavers)
		make_leavers(s);
	l = map_get(s->leavers, name);
	if (l && !str_eq(l->key, trace_key_text(key)))
		trace_state_keep(s->state, &l->sight->sight);
	pthread_mutex_unlock(&s->lock);
}

struct files_watch trace_ahead_watch(struct trace_store *s)
{
	return (struct files_watch){s, watch_looks, watch_changes, watch_unknown, watch_peeks};
}
