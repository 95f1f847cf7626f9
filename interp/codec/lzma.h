/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CODEC_LZMA_H
#define CODEC_LZMA_H

#include "codec/internal.h"

/*
 * The LZMA encoder behind the first bytes of an input: who has it goes on from there, one at a
 * time, and leaves it as it was. For lzma.c (encoding) and cache.c (keeping) only.
 */
struct lzma_state {
	unsigned char *base;	/* the mapping that it lies in; NULL: none */
	size_t size;		/* of the mapping */
	void *own;		/* the encoder as it is to be again; malloc's */
	uint64_t done;		/* bytes of the input that were read */
	struct blob *out;	/* what is already out */
};

/* Memory that an encoder has had, for the next one: it is not given back, as it would be cleared
 * then. Base NULL: none. */
struct lzma_room {
	unsigned char *base;
	size_t size;
};

void lzma_room_drop(struct lzma_room *room);

/* NULL when O is fine, else what is wrong with it. */
const char *lzma_wrong_options(const struct lzma_options *o);
/* Is an input chunked at the end of a prefix certain to give the same bytes? */
bool lzma_may_split(const struct lzma_options *o);
/* The largest input that can go on behind a prefix of N bytes: few are much larger than that. */
uint64_t lzma_most(uint64_t n);
/* What such a prefix's state takes at the most. */
size_t lzma_state_bytes(uint64_t n, const struct lzma_options *o);
/* Encode the first N bytes of IN, so far as they can be without knowing what follows. It takes ROOM
 * if that is large enough. */
bool lzma_prepare(struct lzma_state *state, const struct blob *in, uint64_t n,
		  const struct lzma_options *o, struct lzma_room *room);
/* One more like STATE, which nobody uses meanwhile; ROOM as above. False: memory is out. */
bool lzma_copy(struct lzma_state *copy, const struct lzma_state *state, struct lzma_room *room);
/* The whole stream of IN, which begins as STATE's input did. NULL when memory is out. Unless it
 * STANDS where it did, nobody can go on from it any more. */
struct blob *lzma_finish(struct lzma_state *state, const struct blob *in,
			 const struct lzma_options *o, bool *stands);
/* The same of an input by itself. It uses ROOM, or leaves there what it has taken. */
struct blob *lzma_whole(const struct blob *in, const struct lzma_options *o,
			struct lzma_room *room);
/* STATE is no more; its memory is ROOM. */
void lzma_state_drop(struct lzma_state *state, struct lzma_room *room);

#endif
