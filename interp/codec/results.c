/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The last results of encoders, whole. Those of one kernel with different tails have most of their
 * bytes in common, which count once: so what took seconds is still there when many that took
 * milliseconds came after it.
 */
#include "codec/results.h"

#include <string.h>

/* All that is kept, but for the last one. */
enum { RESULT_BYTES = 16 << 20 };

bool sum_is(const struct sum *a, const struct sum *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

bool encoding_is(const struct encoding *a, const struct encoding *b)
{
	const struct lzma_options *l = &a->sdk, *k = &b->sdk;
	const struct xz_encoding *x = &a->xz, *y = &b->xz;

	return a->by == b->by && l->dict == k->dict && l->lc == k->lc && l->lp == k->lp &&
	       l->pb == k->pb && l->fast_bytes == k->fast_bytes && l->algo == k->algo &&
	       l->match_finder == k->match_finder && l->eos == k->eos && a->level == b->level &&
	       x->preset == y->preset && x->check == y->check && x->alone == y->alone;
}

struct blob *results_find(struct results *r, const struct sum *in, const struct encoding *e)
{
	for (size_t i = 0; i < RESULTS; i++) {
		struct result *one = &r->of[i];

		if (one->out && encoding_is(&one->e, e) && sum_is(&one->in, in)) {
			one->used = ++r->clock;
			return blob_ref(one->out);
		}
	}
	return NULL;
}

static void drop(struct result *one)
{
	blob_unref(one->out);
	*one = (struct result){0};
}

/* Is one of the first N results of the same prefix as ONE? */
static bool has_prefix(const struct results *r, size_t n, const struct result *one)
{
	for (size_t i = 0; i < n; i++)
		if (r->of[i].out && r->of[i].prefix == one->prefix)
			return one->prefix != 0;
	return false;
}

/* What R and ONE more hold. */
static uint64_t held(const struct results *r, const struct result *one)
{
	uint64_t n = blob_size(one->out) - (has_prefix(r, RESULTS, one) ? one->shared : 0);

	for (size_t i = 0; i < RESULTS; i++)
		if (r->of[i].out)
			n += blob_size(r->of[i].out) -
			     (has_prefix(r, i, &r->of[i]) ? r->of[i].shared : 0);
	return n;
}

/* The oldest one, of those that are THERE, or a free place. */
static struct result *oldest(struct results *r, bool there)
{
	struct result *found = NULL;

	for (size_t i = 0; i < RESULTS; i++) {
		struct result *one = &r->of[i];

		if ((one->out || !there) && (!found || one->used < found->used))
			found = one;
	}
	return found;
}

void results_keep(struct results *r, const struct result *new)
{
	struct result *gone;

	while (held(r, new) > RESULT_BYTES && (gone = oldest(r, true)) != NULL)
		drop(gone);
	gone = oldest(r, false);
	drop(gone);
	*gone = *new;
	gone->used = ++r->clock;
	blob_ref(gone->out);
}

void results_free(struct results *r)
{
	for (size_t i = 0; i < RESULTS; i++)
		blob_unref(r->of[i].out);
}
