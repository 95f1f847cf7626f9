/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Traces in memory: what a recipe is, whether what is known of it holds, what is to be kept of it.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "image/trace_inside.h"

/* --- what a recipe is --- */

static void add(struct buf *b, struct str s)
{
	buf_number(b, s.n);
	buf_char(b, ':');
	buf_str(b, s);
}

/* What a terminal, a login or another make brings along does not reach an image. */
static bool is_passing(struct str variable)
{
	static const char *const names[] = {
	    "MAKEFLAGS=",    "MFLAGS=",	 "MAKELEVEL=", "MAKE_TERMOUT=", "MAKE_TERMERR=",
	    "GNUMAKEFLAGS=", "IMAGEMK_", "TERM=",      "COLUMNS=",	"LINES=",
	    "SHLVL=",	     "OLDPWD=",	 "_=",	       "DISPLAY=",	"WINDOWID=",
	    "XAUTHORITY=",   "SSH_",	 "XDG_",       "DBUS_",		"LS_COLORS=",
	    "BASH_FUNC_",    "STRICT=",
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
struct kept_sight *trace_record(struct trace_store *st, const struct sight *s, struct str line,
				bool *is_new)
{
	void **at = map_at_name(st->sights, &line, false);
	struct kept_sight *k;

	*is_new = !*at;
	if (!*at) {
		k = arena_make(st->mem, struct kept_sight);
		k->sight = *s;
		/* the line ends with it, mostly as it is */
		k->sight.path = str_ends(line, s->path) ? str_from(line, line.n - s->path.n)
							: str_dup(st->mem, s->path);
		*at = k;
	}
	return *at;
}

struct str trace_key_text(const struct trace_key *key)
{
	return (struct str){(const char *)key->p, sizeof(key->p)};
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
	atomic_fetch_add(&s->n_forgotten, 1);
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

/* --- holding --- */

bool trace_holds_on_disk(struct trace_store *s, struct kept_sight *k)
{
	unsigned long now = atomic_load(&s->changes);
	struct timespec before = k->sight.ctime;

	if (k->held == now)
		return true;
	/* What was found in this run was looked at by this boot. */
	if (!sight_holds(&k->sight, s->files, s->trusted || k->fresh))
		return false;
	/* a folder's names are read again in no time, and to write this down changes one */
	s->news |= k->sight.kind != 'd' && sight_time_cmp(before, k->sight.ctime) != 0;
	k->held = now;
	return true;
}

static struct str real_name(struct trace_store *s, struct kept_sight *k)
{
	unsigned long now = atomic_load(&s->n_forgotten);
	struct arena *mem;

	if (k->name.p && k->forgotten == now)
		return k->name;
	mem = arena_new();
	k->name = str_dup(s->mem, trace_store_name(s, mem, k->sight.path,
						   !(k->sight.what & FILES_LOOK_NO_FOLLOW)));
	k->forgotten = now;
	arena_free(mem);
	return k->name;
}

static enum trace_says asks(struct trace_store *s, struct kept_sight *k, bool left)
{
	if (!trace_state_any(s->state))
		return TRACE_AS_DISK;
	return trace_state_asks(s->state, left ? k->sight.path : real_name(s, k), &k->sight);
}

static bool holds(struct trace_store *s, struct kept_sight *k)
{
	enum trace_says says = asks(s, k, false);

	return says == TRACE_AS_DISK ? trace_holds_on_disk(s, k) : says == TRACE_HOLDS;
}

/* Is what a recipe left there, or can it count as being there? */
static bool stays(struct trace_store *s, struct kept_sight *k)
{
	enum trace_says says = asks(s, k, true);
	bool on_disk = says != TRACE_HOLDS && trace_holds_on_disk(s, k);

	if (says == TRACE_HOLDS || (says == TRACE_AS_DISK && on_disk))
		return true;
	if (!on_disk && !(trace_state_can(s->state, &k->sight) && trace_may_be_ahead(s)))
		return false;
	*vec_push(s->mem, &s->leaving) = (struct leaving){k, on_disk};
	return true;
}

static bool leaves_folder(const struct kept_trace *t, struct str folder)
{
	for (size_t i = t->n_taken; i < t->n; i++)
		if (t->sights[i]->sight.kind == 'd' && str_eq(t->sights[i]->sight.path, folder))
			return true;
	return false;
}

/* What T is to have left lies in folders that are there, or that it made. */
static bool folders_stay(struct trace_store *s, const struct kept_trace *t)
{
	for (size_t i = 0; i < s->leaving.n; i++) {
		const struct sight *l = &s->leaving.p[i].sight->sight;

		if (l->kind != 'a' && trace_state_hides(s->state, path_dir(l->path)) &&
		    !leaves_folder(t, path_dir(l->path)))
			return false;
	}
	return true;
}

bool trace_store_holds(struct trace_store *s, const struct make_recipe *r, struct arena *mem,
		       bool *made, struct str *why)
{
	struct trace_key key = trace_key(r);
	const struct kept_trace *t;
	const char *spoilt;
	bool good;

	pthread_mutex_lock(&s->lock);
	t = map_get(s->traces, trace_key_text(&key));
	spoilt = map_get(s->spoilt, trace_key_text(&key));
	good = t != NULL;
	s->leaving.n = 0;
	s->asked = key;
	*made = t && t->made;
	if (!good)
		*why = spoilt ? str_fmt(mem, "it always does: %s", spoilt)
			      : S("its text or environment is new");
	for (size_t i = 0; good && i < t->n; i++) {
		good = i < t->n_taken ? holds(s, t->sights[i]) : stays(s, t->sights[i]);
		if (!good)
			*why =
			    str_fmt(mem, "%.*s is not as it %s", STR_ARG(t->sights[i]->sight.path),
				    i < t->n_taken ? "was" : "was left");
	}
	if (good && !folders_stay(s, t)) {
		good = false;
		*why = S("a folder that it wants is not there yet");
	}
	pthread_mutex_unlock(&s->lock);
	return good;
}

/* --- keeping --- */

static void take_sights(struct trace_store *s, struct kept_trace *t, const struct sights *from,
			struct buf *news)
{
	for (size_t i = 0; i < from->n; i++) {
		bool is_new;
		struct kept_sight *k;
		size_t at = news->n;

		trace_put_sight(news, &from->p[i]);
		k = trace_record(s, &from->p[i], str_from(buf_view(news), at), &is_new);
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

void trace_store_spoilt(struct trace_store *s, const struct trace_key *key, const char *why)
{
	struct arena *mem = arena_new();
	struct buf news = buf_new(mem);
	struct str id = trace_key_text(key);
	const char *known;

	pthread_mutex_lock(&s->lock);
	known = map_get(s->spoilt, id);
	if (!known || strcmp(known, why) != 0 || map_get(s->traces, id)) {
		trace_put_spoilt(&news, id, why);
		*map_at(s->spoilt, id) = str_cz(s->mem, str_z(why));
		map_del(s->traces, id);
		trace_add_lines(s, buf_view(&news));
	}
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
	trace_put_trace(&news, trace_key_text(key), t);
	*map_at(s->traces, trace_key_text(key)) = t;
	trace_see(s, key, t);
	map_del(s->spoilt, trace_key_text(key));
	trace_add_lines(s, buf_view(&news));
	pthread_mutex_unlock(&s->lock);
	arena_free(mem);
}
