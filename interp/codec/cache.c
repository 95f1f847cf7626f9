/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What encoders remember. Whole results: the last inputs with what became of them. Prefixes:
 * an LZMA encoder's state behind the first large file of an input (a kernel, or a loader and a
 * kernel), for the next input that begins with the same bytes. A thread that needs a prefix which
 * another is just encoding waits for it. Inputs are known again by their SHA-256 and not by their
 * blobs: a mapped file may have been changed in place since (what is remembered of it is not,
 * then).
 */
#include "codec/results.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/*
 * Prefixes kept; shorter ones aren't worth it. A state of a prefix takes about 16 times its size,
 * or 7 times and 12 MiB. Two prefixes are enough where they are large: kernels come
 * one behind the other, and their initramfs between them. Of small ones more are kept, a loader
 * stands in front of some: all that fit into SMALL bytes. A prefix that was waited for WAITS times
 * gets one state more, if that is small; to make one takes as long as some tails. TAIL is how much
 * of a file may be its own.
 */
enum { PREFIXES = 2, STATES = 4, WAITS = 16, ROOMS = 2, SUMS = 8 };
enum { CACHED_LEAST = 64 << 10, PREFIX_LEAST = 256 << 10, TAIL = 128 << 10, SMALL = 48 << 20 };

/* Where kernels are large, what their prefixes take is to be there for images once the last kernel
 * is encoded: AGES recipes ago. (No two kernels of a subtarget were seen with more than 56 recipes
 * between them.) */
enum { AGES = 64 };

/* An input that is as large is not left in memory, if it can be read again. */
enum { LARGE = 2 << 20 };

/* So many bytes at a prefix's end tell at once that an input has others. */
enum { EDGE = 64 };

struct prefix {
	struct prefix *next;
	struct encoding e;
	struct sum sum;
	uint64_t size;
	unsigned char edge[EDGE]; /* its last bytes */
	struct encoder_state idle[STATES];
	size_t state_bytes; /* what one of them takes */
	unsigned n_idle, n_states, waits;
	enum { MAKING, READY, FAILED } progress;
	unsigned users, age;
	unsigned long number, used; /* the how manieth it is, from 1 on */
};

struct codec_cache {
	pthread_mutex_t lock;
	pthread_cond_t made;
	struct results results;
	struct prefix *prefixes;
	struct encoder_room rooms[ROOMS]; /* of encoders that are done */
	unsigned long clock, n_made;
};

struct codec_cache *codec_cache_new(void)
{
	struct codec_cache *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->made, NULL);
	return c;
}

/* --- memory of encoders --- */

void encoder_room_drop(struct encoder_room *room)
{
	if (room->base)
		munmap(room->base, room->size);
	*room = (struct encoder_room){0};
}

uint64_t encoder_most(uint64_t n)
{
	return n + (n < 2 << 20 ? 128 << 10 : 4 << 20);
}

/* The rest under the lock. */

static struct encoder_room take_room(struct codec_cache *c)
{
	struct encoder_room room = {0};

	for (size_t i = 0; i < ROOMS && !room.base; i++) {
		room = c->rooms[i];
		c->rooms[i] = (struct encoder_room){0};
	}
	return room;
}

static bool is_small(size_t bytes)
{
	return bytes <= SMALL / 2;
}

/* ROOM, where there is place for it; else it is dropped, as one that is not small is: what to clear
 * one anew takes is nothing to encoding as much. */
static void give_room(struct codec_cache *c, struct encoder_room *room)
{
	for (size_t i = 0; i < ROOMS && room->base && is_small(room->size); i++)
		if (!c->rooms[i].base) {
			c->rooms[i] = *room;
			*room = (struct encoder_room){0};
		}
	encoder_room_drop(room);
}

static void prefix_free(struct codec_cache *c, struct prefix *p)
{
	for (unsigned i = 0; i < p->n_idle; i++) {
		struct encoder_room room;

		p->e.by->drop(&p->idle[i], &room);
		give_room(c, &room);
	}
	free(p);
}

void codec_cache_free(struct codec_cache *c)
{
	if (!c)
		return;
	results_free(&c->results);
	for (struct prefix *p = c->prefixes, *next; p; p = next) {
		next = p->next;
		prefix_free(c, p);
	}
	for (size_t i = 0; i < ROOMS; i++)
		encoder_room_drop(&c->rooms[i]);
	pthread_mutex_destroy(&c->lock);
	pthread_cond_destroy(&c->made);
	free(c);
}

/* Of the first bytes of an input, as many as each SIZE says; the smaller ones first. */
struct sums {
	uint64_t size[SUMS];
	struct sum sum[SUMS];
	size_t n;
};

static void want_sum(struct sums *s, uint64_t size)
{
	size_t i = 0;

	while (i < s->n && s->size[i] < size)
		i++;
	if (s->n == SUMS || (i < s->n && s->size[i] == size))
		return;
	memmove(s->size + i + 1, s->size + i, (s->n++ - i) * sizeof(*s->size));
	s->size[i] = size;
}

/* What is remembered of a blob, besides its bytes: the state behind the first size that was asked
 * for, which mostly is that of a kernel. */
static const char of_sums;

/* All in one pass. */
static void take_sums(struct sums *s, struct blob *b)
{
	struct sha256_ctx state, copy;
	struct str span = {NULL, 0};
	uint64_t pos, done;

	if (!blob_recall(b, &of_sums, &done, &state, sizeof(state)) || done > s->size[0]) {
		sha256_init(&state);
		done = 0;
	}
	pos = done;
	for (size_t i = 0; i < s->n; i++) {
		bool known = done == s->size[i];

		while (done < s->size[i] && (span.n || blob_next(b, &pos, &span))) {
			uint64_t left = s->size[i] - done;
			size_t n = span.n < left ? span.n : (size_t)left;

			sha256_update(&state, n, (const uint8_t *)span.p);
			span = str_from(span, n);
			done += n;
		}
		if (i == 0 && s->n > 1 && !known)
			blob_remember(b, &of_sums, done, &state, sizeof(state));
		copy = state;
		sha256_digest(&copy, sizeof(s->sum[i].bytes), s->sum[i].bytes);
	}
}

/* Of the first SIZE bytes of B, which S may know. */
static struct sum sum_of(const struct sums *s, struct blob *b, uint64_t size)
{
	struct sums one = {.size = {size}, .n = 1};

	for (size_t i = 0; i < s->n; i++)
		if (s->size[i] == size)
			return s->sum[i];
	take_sums(&one, b);
	return one.sum[0];
}

/* --- prefixes; under the lock --- */

/* What the file in IN from FROM to TO begins with and others may, too; 0: nothing that is large
 * enough. */
static uint64_t shared_part(struct blob *in, uint64_t from, uint64_t to)
{
	struct blob *file = blob_slice(in, from, to - from);
	uint64_t n = blob_shared(file);

	blob_unref(file);
	return n < PREFIX_LEAST || n == to - from ? 0 : n;
}

/* How much of IN is likely to come again: all to the end of its first large file, or of what that
 * was made of, or but an end that may differ. */
static uint64_t likely_prefix(struct blob *in)
{
	struct str span;
	uint64_t pos = 0, before = 0, run, n;

	while (blob_next_span(in, &pos, &span, &run) && (run || pos - before < PREFIX_LEAST))
		before = pos;
	if (pos == before)
		return 0;
	n = shared_part(in, before, pos);
	if (n)
		return before + n;
	n = pos == blob_size(in) ? pos - (pos > TAIL ? TAIL : pos) : pos;
	return n < PREFIX_LEAST ? 0 : n;
}

static void read_edge(const struct blob *in, uint64_t size, unsigned char *edge)
{
	blob_read(in, size - EDGE, edge, EDGE);
}

/* Has IN other bytes than P for certain? */
static bool is_other(const struct prefix *p, const struct blob *in)
{
	unsigned char edge[EDGE];

	if (p->size > blob_size(in))
		return true;
	read_edge(in, p->size, edge);
	return memcmp(edge, p->edge, EDGE) != 0;
}

/* The longest one. */
static struct prefix *find_prefix(struct codec_cache *c, struct blob *in, const struct sums *sums,
				  const struct encoding *e)
{
	struct prefix *found = NULL;

	for (struct prefix *p = c->prefixes; p; p = p->next) {
		struct sum front;

		if (p->progress == FAILED || !encoding_is(&p->e, e) || is_other(p, in) ||
		    encoder_most(p->size) < blob_size(in) || (found && p->size <= found->size))
			continue;
		front = sum_of(sums, in, p->size);
		if (sum_is(&front, &p->sum))
			found = p;
	}
	return found;
}

/* Let go of prefixes that nobody uses, the longest unused first, until there is room for one that
 * takes BYTES. */
static void drop_prefixes(struct codec_cache *c, size_t bytes)
{
	for (;;) {
		struct prefix **oldest = NULL, *gone;
		size_t count = 0, taken = 0;

		for (struct prefix **at = &c->prefixes; *at; at = &(*at)->next, count++) {
			taken += (*at)->state_bytes *
				 ((*at)->n_states + ((*at)->progress == MAKING));
			if ((*at)->users == 0 && (!oldest || (*at)->used < (*oldest)->used))
				oldest = at;
		}
		if (count < PREFIXES || taken + bytes <= SMALL || !oldest)
			return;
		gone = *oldest;
		*oldest = gone->next;
		prefix_free(c, gone);
	}
}

void codec_cache_age(struct codec_cache *c)
{
	if (!c)
		return;
	pthread_mutex_lock(&c->lock);
	for (struct prefix **at = &c->prefixes, *p; (p = *at) != NULL;) {
		if (p->users || is_small(p->state_bytes) || ++p->age < AGES) {
			at = &p->next;
			continue;
		}
		*at = p->next;
		prefix_free(c, p);
	}
	pthread_mutex_unlock(&c->lock);
}

static struct prefix *add_prefix(struct codec_cache *c, struct blob *in, const struct sums *sums,
				 const struct encoding *e)
{
	uint64_t n = likely_prefix(in);
	struct prefix *p = n && blob_size(in) <= encoder_most(n) ? calloc(1, sizeof(*p)) : NULL;

	if (!p)
		return NULL;
	p->state_bytes = e->by->state_bytes(e, n);
	drop_prefixes(c, p->state_bytes);
	p->e = *e;
	p->sum = sum_of(sums, in, n);
	p->size = n;
	p->number = ++c->n_made;
	read_edge(in, n, p->edge);
	p->next = c->prefixes;
	c->prefixes = p;
	return p;
}

/* STATE is P's to hand out again, if it STANDS. */
static void give_state(struct codec_cache *c, struct prefix *p, struct encoder_state *state,
		       bool stands)
{
	struct encoder_room room = {0};

	if (stands) {
		p->idle[p->n_idle++] = *state;
	} else {
		p->e.by->drop(state, &room);
		give_room(c, &room);
		if (--p->n_states == 0)
			p->progress = FAILED;
	}
	pthread_cond_broadcast(&c->made);
}

/* Encode P, the beginning of IN. */
static void make_prefix(struct codec_cache *c, struct prefix *p, struct blob *in)
{
	struct encoder_room room = take_room(c);
	bool made;

	pthread_mutex_unlock(&c->lock);
	made = p->e.by->prepare(&p->idle[0], &p->e, in, p->size, &room);
	pthread_mutex_lock(&c->lock);
	give_room(c, &room);
	p->n_idle = p->n_states = made;
	p->progress = made ? READY : FAILED;
	pthread_cond_broadcast(&c->made);
}

/* The prefix to go on from, in use by the caller, or NULL. Waits, or encodes it. */
static struct prefix *use_prefix(struct codec_cache *c, struct blob *in, const struct sums *sums,
				 const struct encoding *e)
{
	bool may = e->by->may_split && e->by->may_split(e);
	struct prefix *p = may ? find_prefix(c, in, sums, e) : NULL;
	bool make = may && !p;

	if (make)
		p = add_prefix(c, in, sums, e);
	if (!p)
		return NULL;
	p->users++;
	p->age = 0;
	p->used = ++c->clock;
	if (make)
		make_prefix(c, p, in);
	while (p->progress == MAKING)
		pthread_cond_wait(&c->made, &c->lock);
	return p;
}

/* STATE of P and one more like it, if there is memory. */
static void add_state(struct codec_cache *c, struct prefix *p, const struct encoder_state *state)
{
	struct encoder_room room = take_room(c);
	struct encoder_state more;
	bool made;

	p->n_states++;
	p->waits = 0;
	pthread_mutex_unlock(&c->lock);
	made = p->e.by->copy(&more, state, &room);
	pthread_mutex_lock(&c->lock);
	give_room(c, &room);
	give_state(c, p, &more, made);
}

/* A state of P for the caller alone, if there are any. */
static bool take_state(struct codec_cache *c, struct prefix *p, struct encoder_state *state)
{
	p->waits += p->n_states && !p->n_idle;
	while (p->n_states && !p->n_idle)
		pthread_cond_wait(&c->made, &c->lock);
	if (!p->n_states)
		return false;
	*state = p->idle[--p->n_idle];
	if (p->waits >= WAITS && p->n_states < STATES && is_small(p->state_bytes) && p->e.by->copy)
		add_state(c, p, state);
	return true;
}

/* --- encoding --- */

/* IN's stream to R->OUT, from a prefix on if there is one; under the lock, which is left meanwhile.
 */
static void encode(struct codec_cache *c, struct blob *in, const struct sums *sums,
		   struct result *r)
{
	const struct encoding *e = &r->e;
	struct prefix *p = use_prefix(c, in, sums, e);
	struct encoder_state state;
	struct encoder_room room;
	bool stands;

	if (p && take_state(c, p, &state)) {
		r->prefix = p->number;
		r->shared = state.out ? blob_size(state.out) : 0;
		pthread_mutex_unlock(&c->lock);
		r->out = e->by->finish(&state, e, in, &stands);
		pthread_mutex_lock(&c->lock);
		give_state(c, p, &state, stands);
	}
	if (p)
		p->users--;
	if (r->out)
		return;
	r->prefix = 0;
	room = take_room(c);
	pthread_mutex_unlock(&c->lock);
	r->out = e->by->whole(e, in, &room);
	pthread_mutex_lock(&c->lock);
	give_room(c, &room);
}

/* What IN is looked for by. */
static void sums_for(struct codec_cache *c, struct sums *s, struct blob *in)
{
	uint64_t n = likely_prefix(in);

	want_sum(s, blob_size(in));
	if (n)
		want_sum(s, n);
	pthread_mutex_lock(&c->lock);
	for (const struct prefix *p = c->prefixes; p; p = p->next)
		if (!is_other(p, in))
			want_sum(s, p->size);
	pthread_mutex_unlock(&c->lock);
	take_sums(s, in);
}

static struct blob *encode_alone(const struct encoding *e, const struct blob *in)
{
	struct encoder_room room = {0};
	struct blob *out = e->by->whole(e, in, &room);

	encoder_room_drop(&room);
	return out;
}

static struct blob *encode_cached(struct codec_cache *c, const struct encoding *e, struct blob *in)
{
	struct result r = {.e = *e};
	struct sums sums = {.n = 0};

	sums_for(c, &sums, in);
	r.in = sum_of(&sums, in, blob_size(in));
	pthread_mutex_lock(&c->lock);
	r.out = results_find(&c->results, &r.in, e);
	if (!r.out) {
		encode(c, in, &sums, &r);
		if (r.out)
			results_keep(&c->results, &r);
	}
	pthread_mutex_unlock(&c->lock);
	if (blob_size(in) >= LARGE)
		blob_let_go(in, 0, blob_size(in));
	return r.out;
}

struct blob *encoder_run(struct codec_cache *c, const struct encoding *e, struct blob *in,
			 const char *wrong, struct str *why)
{
	struct blob *out;

	if (!wrong && blob_size(in) == BLOB_ENDLESS)
		wrong = "endless input";
	if (wrong) {
		*why = str_z(wrong);
		return NULL;
	}
	out = c && blob_size(in) >= CACHED_LEAST ? encode_cached(c, e, in) : encode_alone(e, in);
	if (!out)
		*why = S("memory exhausted");
	return out;
}
