/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was computed from bytes, kept with them: a digest's state behind the first N bytes, say. A
 * blob never changes, so neither does what is known about it; whether a file still has a blob's
 * bytes is cache.c's question. Lists grow by compare-and-swap; two threads may both add the same.
 */
#include "blob/rope.h"

#include <stdlib.h>
#include <string.h>

static void *take(size_t n)
{
	void *p = malloc(n);

	if (!p)
		blob_die_oom();
	return p;
}

struct blob_facts *blob_facts_new(void)
{
	struct blob_facts *facts = take(sizeof(*facts));

	atomic_init(&facts->refs, 1);
	atomic_init(&facts->first, NULL);
	atomic_init(&facts->base, NULL);
	atomic_init(&facts->base_size, 0);
	return facts;
}

struct blob_facts *blob_facts_ref(struct blob_facts *facts)
{
	atomic_fetch_add_explicit(&facts->refs, 1, memory_order_relaxed);
	return facts;
}

static void facts_free(struct blob_facts *facts)
{
	for (struct fact *f = atomic_load(&facts->first), *next; f; f = next) {
		next = f->next;
		free(f);
	}
	free(facts);
}

void blob_facts_unref(struct blob_facts *facts)
{
	while (facts && atomic_fetch_sub_explicit(&facts->refs, 1, memory_order_acq_rel) == 1) {
		struct blob_facts *base = atomic_load(&facts->base);

		facts_free(facts);
		facts = base;
	}
}

static struct blob_facts *own_facts(struct blob *b)
{
	struct blob_facts *there = atomic_load(&b->facts), *mine;

	if (there)
		return there;
	mine = blob_facts_new();
	if (atomic_compare_exchange_strong(&b->facts, &there, mine))
		return mine;
	blob_facts_unref(mine);
	return there;
}

static void add(struct blob_facts *facts, const void *kind, uint64_t at, const void *value,
		size_t n)
{
	struct fact *f = take(sizeof(*f) + n), *first = atomic_load(&facts->first);

	f->kind = kind;
	f->at = at;
	f->n = n;
	memcpy(f->value, value, n);
	do
		f->next = first;
	while (!atomic_compare_exchange_weak(&facts->first, &first, f));
}

static struct blob_facts *facts_of(const struct blob *b)
{
	return atomic_load((_Atomic(struct blob_facts *) *)&b->facts);
}

/* The fact of KIND about the longest beginning, if longer than BEST's. */
static const struct fact *longest(struct blob_facts *facts, const void *kind,
				  const struct fact *best)
{
	uint64_t limit = BLOB_ENDLESS;

	while (facts) {
		uint64_t base_size = atomic_load(&facts->base_size);

		for (const struct fact *f = atomic_load(&facts->first); f; f = f->next)
			if (f->kind == kind && f->at <= limit && (!best || f->at > best->at))
				best = f;
		limit = base_size < limit ? base_size : limit;
		facts = atomic_load(&facts->base);
	}
	return best;
}

bool blob_recall(const struct blob *b, const void *kind, uint64_t *at, void *value, size_t n)
{
	const struct fact *best = longest(facts_of(b), kind, NULL);

	/* What is known about the left part is about the beginning of the whole. */
	while (b->kind == BLOB_PAIR) {
		b = b->left;
		best = longest(facts_of(b), kind, best);
	}
	*at = best && best->n == n ? best->at : 0;
	if (!*at)
		return false;
	memcpy(value, best->value, n);
	return true;
}

bool blob_facts_recall(struct blob_facts *facts, const void *kind, uint64_t size, void *value,
		       size_t n)
{
	const struct fact *best = longest(facts, kind, NULL);

	if (!best || best->at != size || best->n != n)
		return false;
	memcpy(value, best->value, n);
	return true;
}

void blob_remember(struct blob *b, const void *kind, uint64_t at, const void *value, size_t n)
{
	struct blob_facts *facts, *base;

	/* Others that begin with the left part can use it, too. */
	while (b->kind == BLOB_PAIR && at <= b->left->size)
		b = b->left;
	facts = own_facts(b);
	while ((base = atomic_load(&facts->base)) != NULL && at <= atomic_load(&facts->base_size))
		facts = base;
	add(facts, kind, at, value, n);
}

/* The first leaf of B, if it isn't all of it. */
static struct blob *first_leaf(const struct blob *b)
{
	struct blob *leaf = b->kind == BLOB_PAIR ? b->left : NULL;

	while (leaf && leaf->kind == BLOB_PAIR)
		leaf = leaf->left;
	return leaf;
}

uint64_t blob_shared(const struct blob *b)
{
	const struct blob *leaf = first_leaf(b);
	struct blob_facts *facts = facts_of(b);

	if (leaf)
		return leaf->kind == BLOB_SPAN ? leaf->size : 0;
	return facts ? atomic_load(&facts->base_size) : 0;
}

void blob_facts_inherit(struct blob *into, const struct blob *from)
{
	struct blob_facts *facts = facts_of(from);

	for (const struct fact *f = facts ? atomic_load(&facts->first) : NULL; f; f = f->next)
		add(own_facts(into), f->kind, f->at, f->value, f->n);
}

struct blob_facts *blob_facts_of(struct blob *b)
{
	struct blob_facts *facts = own_facts(b), *base, *none = NULL;
	struct blob *leaf = first_leaf(b);

	for (const struct blob *left = b; left->kind == BLOB_PAIR && left->left != leaf;) {
		left = left->left;
		blob_facts_inherit(b, left);
	}
	if (leaf && leaf->kind == BLOB_SPAN) {
		base = blob_facts_ref(own_facts(leaf));
		atomic_store(&facts->base_size, leaf->size);
		if (!atomic_compare_exchange_strong(&facts->base, &none, base))
			blob_facts_unref(base);
	}
	return blob_facts_ref(facts);
}

void blob_facts_guess(struct blob_facts *into, struct blob_facts *from)
{
	atomic_store(&into->base_size, atomic_load(&from->base_size));
}

void blob_facts_set(struct blob *b, struct blob_facts *facts)
{
	blob_facts_unref(atomic_exchange(&b->facts, blob_facts_ref(facts)));
}

bool blob_has_facts(const struct blob *b, const struct blob_facts *facts)
{
	return facts_of(b) == facts;
}
