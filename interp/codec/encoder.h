/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CODEC_ENCODER_H
#define CODEC_ENCODER_H

#include "codec/internal.h"

/*
 * Encoders that can stop behind the first bytes of an input and go on from there more than once:
 * the LZMA SDK's (lzma.c) and liblzma's (xz_encoder.c). cache.c keeps what they have.
 */
struct encoder;

/* What liblzma is told. */
struct xz_encoding {
	uint32_t preset; /* with LZMA_PRESET_EXTREME */
	int check;	 /* an lzma_check */
	bool alone;	 /* .lzma, else .xz */
};

/* How an input is encoded; what is not BY's is 0. */
struct encoding {
	const struct encoder *by;
	struct lzma_options sdk;
	struct xz_encoding xz;
	int level; /* gzip's, libdeflate's */
};

/* Who has it goes on behind a prefix, one at a time, and leaves it as it was. */
struct encoder_state {
	unsigned char *base; /* the mapping that it lies in; NULL: none */
	size_t size;	     /* of the mapping */
	void *own;	     /* the encoder as it is to be again; malloc's */
	uint64_t done;	     /* bytes of the input that were read */
	struct blob *out;    /* what is already out */
};

/* Memory that an encoder has had, for the next one: it is not given back, as it would be cleared
 * then. Base NULL: none. */
struct encoder_room {
	unsigned char *base;
	size_t size;
};

void encoder_room_drop(struct encoder_room *room);

/* Those that have no prefixes have only WHOLE. */
struct encoder {
	/* Is an input chunked at the end of a prefix certain to give the same bytes? */
	bool (*may_split)(const struct encoding *e);
	/* What the state of a prefix of N bytes takes at the most. */
	size_t (*state_bytes)(const struct encoding *e, uint64_t n);
	/* Encode the first N bytes of IN, so far as they can be without knowing what follows. It
	 * takes ROOM if that is large enough. */
	bool (*prepare)(struct encoder_state *state, const struct encoding *e,
			const struct blob *in, uint64_t n, struct encoder_room *room);
	/* One more like STATE, which nobody uses meanwhile; ROOM as above. False: memory is out.
	 * NULL: there is but one of each. */
	bool (*copy)(struct encoder_state *copy, const struct encoder_state *state,
		     struct encoder_room *room);
	/* The whole stream of IN, which begins as STATE's input did. NULL when memory is out.
	 * Unless it STANDS where it did, nobody can go on from it any more. */
	struct blob *(*finish)(struct encoder_state *state, const struct encoding *e,
			       const struct blob *in, bool *stands);
	/* The same of an input by itself. It uses ROOM, or leaves there what it has taken. */
	struct blob *(*whole)(const struct encoding *e, const struct blob *in,
			      struct encoder_room *room);
	/* STATE is no more; its memory is ROOM. */
	void (*drop)(struct encoder_state *state, struct encoder_room *room);
};

extern const struct encoder encoder_lzma, encoder_xz;

/* The largest input that can go on behind a prefix of N bytes: few are much larger than that. */
uint64_t encoder_most(uint64_t n);

/* IN as E says, or as C (or NULL) knows it. WRONG: what is wrong with E, or NULL. */
struct blob *encoder_run(struct codec_cache *c, const struct encoding *e, struct blob *in,
			 const char *wrong, struct str *why);

#endif
