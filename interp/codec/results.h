/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CODEC_RESULTS_H
#define CODEC_RESULTS_H

#include "codec/encoder.h"

#include <nettle/sha2.h>

/* What an input, or the beginning of one, is known again by. */
struct sum {
	uint8_t bytes[SHA256_DIGEST_SIZE];
};

bool sum_is(const struct sum *a, const struct sum *b);
bool encoding_is(const struct encoding *a, const struct encoding *b);

enum { RESULTS = 64 };

/* Of the bytes of OUT, as many as SHARED are those of all that went on behind the same prefix, the
 * PREFIX-th one (0: none). */
struct result {
	struct encoding e;
	struct sum in;
	struct blob *out; /* NULL: free */
	unsigned long prefix, used;
	uint64_t shared;
};

/* The last results; all 0: none. For one thread at a time. */
struct results {
	struct result of[RESULTS];
	unsigned long clock;
};

/* What became of IN as E says, the caller's to let go; NULL: that is not known. */
struct blob *results_find(struct results *r, const struct sum *in, const struct encoding *e);
/* Remember NEW, whose OUT stays the caller's, in place of what was not asked for longest. */
void results_keep(struct results *r, const struct result *new);
void results_free(struct results *r);

#endif
