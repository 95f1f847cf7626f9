/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CODEC_INTERNAL_H
#define CODEC_INTERNAL_H

#include "codec/codec.h"

/* Output that grows in malloc's memory and becomes a blob. */
struct sink {
	unsigned char *p;
	size_t n, cap;
	size_t most; /* growing past it fails; 0: no limit */
};

/* Room for N bytes more at s->p + s->n; false when that is past the limit or memory is out. */
bool sink_room(struct sink *s, size_t n);
bool sink_put(struct sink *s, const void *p, size_t n);
/* The bytes as a blob; S is empty then. */
struct blob *sink_blob(struct sink *s);
/* HEAD, then BODY, both the caller's no more. */
struct blob *sink_before(struct sink *head, struct blob *body);
/* Free what S holds; NULL, with *WHY set. */
struct blob *sink_fail(struct sink *s, struct str *why, struct str text);

/* What decoders may make of a file: a hostile one must not fill the memory. */
enum { CODEC_OUTPUT_MOST = 1 << 30 };

/* codec_unpack of a .lzma stream into OUT (unlzma.c). */
bool unlzma_stream(struct codec_unpacked *u, struct sink *out, struct str in);
/* The same of an LZO1X block (unlzo.c). */
bool unlzo_block(struct codec_unpacked *u, struct sink *out, struct str in);

/* A member of a gzip file around what is deflated (gzip.c): EFFORT and SYSTEM are its XFL and OS.
 */
bool gzip_put_header(struct sink *out, const struct gzip_options *o, unsigned char effort,
		     unsigned char system);
bool gzip_put_trailer(struct sink *out, const struct blob *in);

/* --- the blocks of gzip's deflate (gzip-block.c); the matches are found in gzip.c --- */

enum {
	BLOCK_TOKENS = 0x8000 - 1, /* a block never has more */
	LITERALS = 286,	/* codes of literals, lengths and the end of a block */
	DISTANCES = 30,
};

struct token {
	uint16_t distance; /* 0: a literal */
	uint8_t value;	   /* the literal, or the length less 3 */
};

struct block {
	struct sink *out;
	uint64_t bits;		/* not written yet, lowest first */
	unsigned n_bits;
	size_t n_tokens, n_matches;
	uint16_t literals[LITERALS], distances[DISTANCES]; /* how often each code is used */
	struct token tokens[BLOCK_TOKENS];
};

void block_begin(struct block *b);
void block_add(struct block *b, struct token t);
/*
 * Write the block, as DATA itself (NULL: not at hand), with fixed or with own codes, whichever is
 * shortest, and begin the next.
 */
void block_end(struct block *b, const unsigned char *data, size_t n, bool last);
/* Bits of the distance code CODE behind the code itself. */
unsigned block_distance_extra(unsigned code);

#endif
