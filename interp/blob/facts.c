/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was computed from bytes, kept with them: a digest's state behind the first N bytes, say. A blob
 * never changes, so neither does what is known about it; whether a file still has a blob's bytes is
 * cache.c's question. Lists grow by compare-and-swap; two threads may both add the same.
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
	return facts;
}

struct blob_facts *blob_facts_ref(struct blob_facts *facts)
{
	atomic_fetch_add_explicit(&facts->refs, 1, memory_order_relaxed);
	return facts;
}

void blob_facts_unref(struct blob_facts *facts)
{
	if (!facts || atomic_fetch_sub_explicit(&facts->refs, 1, memory_order_acq_rel) != 1)
		return;
	for (struct fact *f = atomic_load(&facts->first), *next; f; f = next) {
		next = f->next;
		free(f);
	}
	free(facts);
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

static void add(struct blob_facts *facts, const void *kind, uint64_t at, const void *value, size_t n)
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

/* The fact of KIND about the longest beginning, if longer than BEST's. */
static const struct fact *longest(const struct blob *b, const void *kind, const struct fact *best)
{
	struct blob_facts *facts = atomic_load((_Atomic(struct blob_facts *) *)&b->facts);

	for (const struct fact *f = facts ? atomic_load(&facts->first) : NULL; f; f = f->next)
		if (f->kind == kind && (!best || f->at > best->at))
			best = f;
	return best;
}

bool blob_recall(const struct blob *b, const void *kind, uint64_t *at, void *value, size_t n)
{
	const struct fact *best = longest(b, kind, NULL);

	/* What is known about the left part is about the beginning of the whole. */
	while (b->kind == BLOB_PAIR) {
		b = b->left;
		best = longest(b, kind, best);
	}
	*at = best && best->n == n ? best->at : 0;
	if (!*at)
		return false;
	memcpy(value, best->value, n);
	return true;
}

void blob_remember(struct blob *b, const void *kind, uint64_t at, const void *value, size_t n)
{
	uint64_t size = blob_size(b);

	/* Where the left part ends there, others that begin with it can use it too. */
	while (size != at && b->kind == BLOB_PAIR && at <= b->left->size) {
		b = b->left;
		size = b->size;
	}
	add(own_facts(b), kind, at, value, n);
}

void blob_facts_inherit(struct blob *into, const struct blob *from)
{
	struct blob_facts *facts = atomic_load((_Atomic(struct blob_facts *) *)&from->facts);

	for (const struct fact *f = facts ? atomic_load(&facts->first) : NULL; f; f = f->next)
		add(own_facts(into), f->kind, f->at, f->value, f->n);
}

struct blob_facts *blob_facts_of(struct blob *b)
{
	struct blob_facts *facts = own_facts(b);

	for (const struct blob *left = b; left->kind == BLOB_PAIR;) {
		left = left->left;
		blob_facts_inherit(b, left);
	}
	return blob_facts_ref(facts);
}

void blob_facts_set(struct blob *b, struct blob_facts *facts)
{
	blob_facts_unref(atomic_exchange(&b->facts, blob_facts_ref(facts)));
}

bool blob_has_facts(const struct blob *b, const struct blob_facts *facts)
{
	return atomic_load((_Atomic(struct blob_facts *) *)&b->facts) == facts;
}
