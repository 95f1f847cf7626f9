/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BLOB_ROPE_H
#define BLOB_ROPE_H

#include <stdatomic.h>

#include "blob/internal.h"

/* The shape of a rope, for blob.c (making) and span.c (reading) only. */

/* Memory behind leaves. Bytes below `used` belong to some leaf and never change. */
struct store {
	atomic_size_t refs, used;
	unsigned char *p;
	size_t cap;
	bool mapped;			/* by mmap, else by malloc */
	struct blob_origin *origin;	/* the file it holds from byte 0 to cap, or NULL */
	/* where that file has none of its NULs on the disk, in order; or NULL */
	struct hole *holes;
	size_t n_holes;
};

struct hole {
	uint64_t from, to; /* offsets in the store */
};

/* Note the holes of the N bytes of the file open on FD, whose offset moves, in S. Small ones do not
 * count. */
void store_find_holes(struct store *s, int fd);
/* Is byte AT of S in a hole? *N, at least 1, is cut to the bytes from there on that answer the
 * same. */
bool store_hole(const struct store *s, uint64_t at, uint64_t *n);

/* Something known about the first AT bytes of a blob; see blob_recall. */
struct fact {
	struct fact *next;
	const void *kind;
	uint64_t at;
	size_t n;
	unsigned char value[];
};

/* Facts about the same bytes, which may be in several blobs and files. The list only grows. */
struct blob_facts {
	atomic_size_t refs;
	_Atomic(struct fact *) first;
	/* of what the first BASE_SIZE bytes are all of; or NULL */
	_Atomic(struct blob_facts *) base;
	_Atomic uint64_t base_size;
};

enum blob_kind { BLOB_PAIR, BLOB_SPAN, BLOB_RUN };

struct blob {
	atomic_size_t refs;
	unsigned char kind, height, byte; /* height: 0 for a leaf */
	uint64_t size;
	_Atomic(struct blob_facts *) facts; /* NULL: none so far */
	union {
		struct {
			struct blob *left, *right;
		};
		struct {
			struct store *store;
			const unsigned char *p;
		};
		/* of a run that was iterated: FILL_SIZE times byte */
		_Atomic(unsigned char *) fill;
	};
};

#endif
