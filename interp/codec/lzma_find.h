/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CODEC_LZMA_FIND_H
#define CODEC_LZMA_FIND_H

#include <lzma/LzFind.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place of the tables, in entries (in bytes, where they are packed), and what was there. */
struct lzma_change {
	uint32_t at, old;
};

/*
 * The SDK's match finder BT4, with its results, over the SDK's own CMatchFinder. It takes memory
 * for as many bytes as there are, not for the dictionary; asks for memory ahead; and can go back to
 * where it was. For lzma.c only.
 */
struct lzma_find {
	CMatchFinder *m;
	Byte *heads;		/* the last place of each hash of four bytes */
	unsigned bits;		/* log2 of how many heads there are */
	bool sparse;		/* a head lies at or behind its hash's place (lzma_find.c) */
	bool packed;		/* entries of heads and tree take three bytes, not four */
	bool wraps;		/* the ring of pairs may go round */
	bool clear;		/* the tables are, as they are to be when it starts */
	/* What changed since find_mark; malloc's. LOST: not all of it is known. */
	struct lzma_change *changes;
	size_t n_changes, room;
	bool lost;
};

/* What a finder takes. */
struct lzma_find_size {
	uint64_t bytes; /* of tables and tree */
	unsigned bits;
	bool sparse, packed, wraps;
};

/* For a dictionary of DICT bytes and at most MOST bytes of input. */
struct lzma_find_size lzma_find_size(uint32_t dict, uint64_t most);
/* Let F stand for M, which has its window; REFS has room as SIZE says. VTABLE becomes F's. False:
 * the SDK's M has other heads. */
bool lzma_find_init(struct lzma_find *f, CMatchFinder *m, UInt32 *refs,
		    const struct lzma_find_size *size, IMatchFinder *vtable);
/* Where the pairs of the first PLACES places of F's ring end. */
const unsigned char *lzma_find_end(const struct lzma_find *f, size_t places);
/* From here on, remember what changes. */
void lzma_find_mark(struct lzma_find *f, IMatchFinder *vtable);
/* Tables and tree as they were at the mark; false: that is not known. */
bool lzma_find_undo(struct lzma_find *f);
/* F is a copy, and what has changed is the other's. */
void lzma_find_forget(struct lzma_find *f);
void lzma_find_free(struct lzma_find *f);

#endif
