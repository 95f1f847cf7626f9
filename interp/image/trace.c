/* SPDX-License-Identifier: GPL-2.0-only */
/* Collecting a trace while its recipe runs: see trace.h. */
#include "image/trace_store.h"

#include <dirent.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/map.h"
#include "base/path.h"

/* A name that was looked at. */
struct taken {
	struct sight sight;
	bool by_tool;		/* by processes only */
	struct taken *same;	/* another spelling of the same name */
};

/* A name that was changed. */
struct left {
	bool made, whole, gone, timed;
	bool all;	/* removed with all in it, whatever that was */
};

struct trace {
	struct arena *mem;
	struct trace_store *store;
	pthread_mutex_t lock;	/* around all below */
	struct files *files;	/* to read by */
	struct files_watch watch;
	/* path, "/" behind it when it is not followed, "//" when its real path counts -> struct
	 * taken */
	struct map *taken;
	struct map *by_key;	/* the name on the disk -> the first struct taken of it */
	struct map *left;	/* the name on the disk -> struct left */
	struct trace_key key;
	struct str stats;	/* where --stats goes */
	struct str target;
	const char *spoilt;	/* why it is not to be kept; NULL: it is */
};

static const char moved[] = "a file that changed while the recipe ran";

/* --- one name for each file --- */

/* The name that PATH has on the disk: its last part is not followed. */
static struct str name_of(struct trace *t, struct str path)
{
	return trace_store_name(t->store, t->mem, path, false);
}

/* What there is of PATH itself, a link not followed: its mode, 0 when it is not there. */
static void see(struct trace *t, struct str path, struct stat *st)
{
	if (lstat(str_cz(t->mem, path), st) < 0)
		*st = (struct stat){0};
}

/* Where the link PATH leads; PATH itself when it leads nowhere. */
static struct str followed(struct trace *t, struct str path)
{
	struct str real = files_real(t->mem, path);

	return real.p ? real : path;
}

/* Is NAME, or a folder it lies in, this recipe's own work? */
static bool is_own(const struct trace *t, struct str name)
{
	const struct left *l = map_get(t->left, name);

	if (l)
		return true;
	for (name = path_dir(name); name.n > 1; name = path_dir(name)) {
		l = map_get(t->left, name);
		if (l && l->made)
			return true;
	}
	return false;
}

/* --- looks --- */

/* More is asked about a name than before. */
static void extend(struct trace *t, struct taken *e, unsigned what)
{
	unsigned more = what & ~e->sight.what;

	e->sight.what |= what;
	if (more & (FILES_LOOK_NAMES | FILES_LOOK_TARGET | FILES_LOOK_REAL | FILES_LOOK_BYTES)) {
		struct sight now = e->sight;

		sight_take(&now);
		if (now.kind != e->sight.kind)
			t->spoilt = moved;
		else if (now.digested)
			e->sight = now;
	}
}

/* ST: of PATH itself. */
static void take(struct trace *t, struct str path, struct str name, unsigned what,
		 const struct stat *st)
{
	bool tool = what & FILES_LOOK_TOOL;
	bool itself = what & FILES_LOOK_NO_FOLLOW && S_ISLNK(st->st_mode);
	/* its digest is of something else than bytes or names */
	bool real = what & FILES_LOOK_REAL;
	struct str id = itself ? str_cat(t->mem, path, S("/"))
			: real ? str_cat(t->mem, path, S("//"))
			       : path;
	void **at = map_at(t->taken, id);
	struct taken *e = *at, *first;

	what &= ~(unsigned)FILES_LOOK_TOOL;
	if (e) {
		e->by_tool = e->by_tool && tool;
		extend(t, e, what);
		return;
	}
	*at = e = arena_make(t->mem, struct taken);
	e->sight = (struct sight){.path = str_dup(t->mem, path), .what = what};
	e->by_tool = tool;
	if (itself || !S_ISLNK(st->st_mode))
		sight_take_seen(&e->sight, st);
	else
		sight_take(&e->sight);
	at = map_at(t->by_key, name);
	first = *at;
	e->same = first;
	*at = e;
}

/* Devices are what they always are; what is told of this run itself is nobody's input. */
static bool is_outside(const struct trace *t, struct str path)
{
	return path_is_virtual(path) || (t->stats.n && str_eq(path, t->stats));
}

/* Programs look at the same names over and over. */
static bool is_known(const struct trace *t, struct str path, unsigned what)
{
	const struct taken *e = map_get(t->taken, path);

	return e && !(what & ~(e->sight.what | FILES_LOOK_TOOL)) &&
	       (what & FILES_LOOK_TOOL || !e->by_tool);
}

/* KEY: what the overlay knows PATH as; unset: not known. */
static void note_look(struct trace *t, struct str path, struct str key, unsigned what)
{
	struct str name = name_of(t, path);
	bool own = is_own(t, name), through;
	struct stat st;

	if (own && what & FILES_LOOK_NO_FOLLOW)
		return;
	see(t, path, &st);
	through = !(what & FILES_LOOK_NO_FOLLOW) && S_ISLNK(st.st_mode);
	if (own) {
		if (!through)
			return;
		path = name = followed(t, path); /* a link of its own, to what may not be */
		see(t, path, &st);
	} else if (through) {
		name = key.p ? key : followed(t, path);
	}
	if (!is_own(t, name))
		take(t, path, name, what, &st);
}

static void looks(void *ctx, struct str path, struct str key, unsigned what)
{
	struct trace *t = ctx;

	if (is_outside(t, path))
		return;
	trace_store_looks(t->store, path, what);
	pthread_mutex_lock(&t->lock);
	if (!t->spoilt && !is_known(t, path, what))
		note_look(t, path, key, what);
	pthread_mutex_unlock(&t->lock);
}

/* What is seen of PATH goes away, but it must be what counts. */
static void peeks(void *ctx, struct str path, unsigned what)
{
	struct trace *t = ctx;

	if (!is_outside(t, path))
		trace_store_looks(t->store, path, what);
}

/* --- changes --- */

/* What was seen of NAME must be digested before it is changed. */
static void digest_before(struct trace *t, struct str name)
{
	struct taken *e;

	for (e = map_get(t->by_key, name); e; e = e->same)
		if (!sight_digest(&e->sight, t->files))
			t->spoilt = moved;
}

static void changes(void *ctx, struct str path, enum files_change how)
{
	struct trace *t = ctx;
	struct str name;
	struct stat st;
	struct left *l;
	void **at;

	if (!is_outside(t, path))
		trace_store_changes(t->store, path, how);
	pthread_mutex_lock(&t->lock);
	if (!is_outside(t, path)) {
		name = name_of(t, path);
		see(t, name, &st);
		if ((how == FILES_CHANGE_PART || how == FILES_CHANGE_TIME) && S_ISLNK(st.st_mode)) {
			name = followed(t, name);
			see(t, name, &st);
		}
		digest_before(t, name);
		trace_store_supersedes(t->store, &t->key, name);
		at = map_at(t->left, name);
		if (!*at)
			*at = arena_make(t->mem, struct left);
		l = *at;
		l->made |= !st.st_mode;
		if (S_ISLNK(st.st_mode) || S_ISDIR(st.st_mode))
			trace_store_forget_folders(t->store);
		l->all |= how == FILES_CHANGE_ALL;
		l->gone |= how == FILES_CHANGE_GONE || l->all;
		l->whole |= how == FILES_CHANGE_WHOLE || l->gone;
		l->timed |= how == FILES_CHANGE_TIME;
	}
	pthread_mutex_unlock(&t->lock);
}

static void unknown(void *ctx, const char *why)
{
	struct trace *t = ctx;

	trace_store_settle(t->store);
	trace_store_changed(t->store);
	trace_spoil(t, why);
}

void trace_spoil(struct trace *t, const char *why)
{
	pthread_mutex_lock(&t->lock);
	if (!t->spoilt)
		t->spoilt = str_cz(t->mem, str_z(why));
	pthread_mutex_unlock(&t->lock);
}

/* --- begin and end --- */

struct trace *trace_begin(struct trace_store *s, const struct make_recipe *r)
{
	struct arena *mem = arena_new();
	struct trace *t = arena_make(mem, struct trace);
	struct files_options options = {.cache = trace_store_cache(s), .read_once = true};

	*t = (struct trace){.mem = mem, .store = s};
	pthread_mutex_init(&t->lock, NULL);
	t->files = files_new(&options);
	t->watch = (struct files_watch){t, looks, changes, unknown, peeks};
	t->taken = map_new(mem);
	t->by_key = map_new(mem);
	t->left = map_new(mem);
	t->key = trace_key(r);
	t->target = path_join(mem, r->cwd, r->target);
	t->stats = str_dup(mem, env_get(r->env, S("IMAGEMK_STATS")));
	return t;
}

const struct files_watch *trace_watch(struct trace *t)
{
	return &t->watch;
}

/*
 * Programs look at the file that they are about to replace, whatever it is; that it was not there
 * the first time is no reason to make it a second time.
 */
static bool is_replaced(const struct trace *t, const struct taken *e, struct str name)
{
	const struct left *l = map_get(t->left, name);
	unsigned more = FILES_LOOK_BYTES | FILES_LOOK_NAMES | FILES_LOOK_TARGET | FILES_LOOK_REAL;

	return e->by_tool && l && l->whole && !(e->sight.what & more);
}

static void collect_taken(struct trace *t, struct sights *out)
{
	struct str name;
	void *first;

	for (size_t pos = 0; map_next(t->by_key, &pos, &name, &first);)
		for (struct taken *e = first; e; e = e->same) {
			if (is_replaced(t, e, name))
				continue;
			/* a folder's time goes with its names; alone it tells of anybody's work in
			 * it */
			if (e->sight.kind == 'd' && e->by_tool &&
			    !(e->sight.what & FILES_LOOK_NAMES))
				e->sight.what &= ~(unsigned)FILES_LOOK_TIME;
			if (!sight_digest(&e->sight, t->files))
				t->spoilt = moved;
			*vec_push(t->mem, out) = e->sight;
		}
}

/* Was a folder removed, with all in it, that NAME lay in? */
static bool is_below_all(const struct trace *t, struct str name)
{
	const struct left *l;

	while (name.n > 1) {
		name = path_dir(name);
		l = map_get(t->left, name);
		if (l && l->all)
			return true;
	}
	return false;
}

/* Is all in the folder NAME this recipe's own? */
static bool is_all_own(const struct trace *t, struct str name)
{
	DIR *d = opendir(str_cz(t->mem, name));
	struct dirent *item;
	bool own = d != NULL;

	while (own && (item = readdir(d)) != NULL)
		own = !strcmp(item->d_name, ".") || !strcmp(item->d_name, "..") ||
		      map_get(t->left, path_join(t->mem, name, str_z(item->d_name)));
	if (d)
		closedir(d);
	return own;
}

/* True when the target is among it. A recipe that leaves nothing is there for what it says, so it
 * must say it. */
static bool collect_left(struct trace *t, struct sights *out)
{
	struct str name, target = name_of(t, t->target);
	bool made = false, any = false;
	void *value;

	for (size_t pos = 0; map_next(t->left, &pos, &name, &value);) {
		const struct left *l = value;
		struct sight s = {.path = str_dup(t->mem, name),
				  .what =
				      FILES_LOOK_STATE | FILES_LOOK_BYTES | FILES_LOOK_NO_FOLLOW};

		/* Several recipes may write the same bytes to one name that is nobody's target,
		 * whoever was the last. */
		if (l->timed || str_eq(name, target))
			s.what |= FILES_LOOK_TIME;
		sight_take(&s);
		if (s.kind == 'a' && is_below_all(t, name))
			continue;
		if (l->all && (s.kind == 'a' || (s.kind == 'd' && is_all_own(t, name))))
			s.what |= SIGHT_ALL;
		if (s.kind == 'd') {
			s.what &= ~(unsigned)FILES_LOOK_BYTES;
			if (l->gone)
				s.what |= FILES_LOOK_NAMES;
			s.digested = false;
			sight_take(&s);
		}
		if (!sight_digest(&s, t->files))
			t->spoilt = moved;
		*vec_push(t->mem, out) = s;
		made |= s.kind != 'a' && str_eq(name, target);
		any |= s.kind != 'a';
	}
	if (path_is_virtual(target))
		t->spoilt = "its file is below /dev, /proc or /sys";
	else if (!any)
		t->spoilt = "it leaves no file";
	return made;
}

void trace_end(struct trace *t, int status)
{
	struct sights taken = {0}, left = {0};
	bool made = false;

	if (!status && !t->spoilt) {
		collect_taken(t, &taken);
		made = collect_left(t, &left);
	}
	if (status || t->spoilt)
		trace_store_spoilt(t->store, &t->key, status ? "it failed" : t->spoilt);
	else
		trace_store_put(t->store, &t->key, &taken, &left, made);
	files_free(t->files);
	pthread_mutex_destroy(&t->lock);
	arena_free(t->mem);
}
