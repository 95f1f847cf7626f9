/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * $(shell) texts that print the same whoever asks within one run, because they look at nothing but the tree:
 * the first evaluation that asks starts the process, all others get what it printed. The table has only what
 * is known to cost; whatever is not in it runs each time, as under GNU make.
 */
#include "cli/host.h"

#include "base/map.h"

/*
 * The last words of a command whose first word is a path that ends like this.
 *   scripts/feeds   goes to the tree's folder by itself and reads feeds.conf; include/feeds.mk asks it
 *                   (OpenWrt since 2014), and it takes longer than the rest of an evaluation
 */
static const struct {
	const char *program, *words;
} known[] = {
	{"/scripts/feeds", "list -n"},
	{"/scripts/feeds", "list -n 2>/dev/null"},
};

struct answer {
	bool there;		/* else a thread is at it */
	int status;
	struct str out;
};

struct probes {
	struct arena *mem;
	pthread_mutex_t lock;	/* around all of it */
	pthread_cond_t changed;
	struct map *answers;	/* text -> struct answer * */
};

struct probes *probes_new(void)
{
	struct arena *mem = arena_new();
	struct probes *p = arena_make(mem, struct probes);

	p->mem = mem;
	p->answers = map_new(mem);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->changed, NULL);
	return p;
}

void probes_free(struct probes *p)
{
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
	arena_free(p->mem);
}

static bool is_probe(struct str text)
{
	struct str program;

	if (!str_word(&text, &program) || program.p[0] != '/')
		return false;
	text = str_trim(text);
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_ends(program, str_z(known[i].program)) && str_is(text, known[i].words))
			return true;
	return false;
}

enum probe probes_ask(struct probes *p, struct arena *mem, struct str text, struct str *out, int *status)
{
	struct answer *a;
	void **slot;

	if (!p || !is_probe(text))
		return PROBE_NONE;
	pthread_mutex_lock(&p->lock);
	slot = map_at(p->answers, text);
	a = *slot;
	if (!a) {
		*slot = arena_make(p->mem, struct answer);
		pthread_mutex_unlock(&p->lock);
		return PROBE_OURS;
	}
	while (!a->there)
		pthread_cond_wait(&p->changed, &p->lock);
	*out = str_dup(mem, a->out);
	*status = a->status;
	pthread_mutex_unlock(&p->lock);
	return PROBE_KNOWN;
}

void probes_tell(struct probes *p, struct str text, struct str out, int status)
{
	struct answer *a;

	pthread_mutex_lock(&p->lock);
	a = map_get(p->answers, text);
	a->out = str_dup(p->mem, out);
	a->status = status;
	a->there = true;
	pthread_cond_broadcast(&p->changed);
	pthread_mutex_unlock(&p->lock);
}
