/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BLOB_BLOB_H
#define BLOB_BLOB_H

#include <stdint.h>

#include "base/str.h"

/*
 * Immutable bytes as a rope of spans: a mapped file, memory, a run of one byte. Reference counted
 * (atomically: blobs cross threads), the only thing in the program that is. Every function that
 * returns a blob returns a reference that the caller drops; functions taking one borrow it.
 */
struct blob;

/* Sizes and offsets are bytes. A run may be endless (/dev/zero). */
#define BLOB_ENDLESS ((uint64_t)1 << 62)

struct blob *blob_ref(struct blob *b);
void blob_unref(struct blob *b); /* NULL is allowed */

struct blob *blob_empty(void);
/* A copy of the N bytes at P. */
struct blob *blob_copy(const void *p, size_t n);
/* Take over N bytes that came from malloc; they are freed with the blob. */
struct blob *blob_adopt(void *p, size_t n);
/* N times BYTE, without memory. */
struct blob *blob_run(unsigned char byte, uint64_t n);
/* The regular file open on FD (mapped, or read when small). NULL with errno set. FD stays the
 * caller's. */
struct blob *blob_file(int fd);
/* All of A, then all of B. Shares both. */
struct blob *blob_cat(struct blob *a, struct blob *b);
/* At most N bytes of B from OFFSET; clamped to B. Shares B. */
struct blob *blob_slice(struct blob *b, uint64_t offset, uint64_t n);
/*
 * B with the bytes of PATCH from OFFSET on; grows B (with NULs for a gap) where PATCH reaches out.
 */
struct blob *blob_patch(struct blob *b, uint64_t offset, struct blob *patch);
/* B cut or extended with NULs to N bytes. */
struct blob *blob_resize(struct blob *b, uint64_t n);

uint64_t blob_size(const struct blob *b);
/* Copy up to N bytes from OFFSET to OUT; how many there were. */
size_t blob_read(const struct blob *b, uint64_t offset, void *out, size_t n);
/* The bytes from FROM to TO were read, and are not soon to be again: what of them is in mapped
 * files takes no memory of this process until then. */
void blob_let_go(const struct blob *b, uint64_t from, uint64_t to);
/* Is it the same bytes? */
bool blob_equal(const struct blob *a, const struct blob *b);

/*
 * Go over the spans: start with *POS = 0. False at the end. SPAN points into the blob and lives as
 * long as it does; a run comes in pieces of at most 64 KiB (an endless one never ends).
 */
bool blob_next(const struct blob *b, uint64_t *pos, struct str *span);
/* As above, but a run comes whole: span.p NULL-free single byte at span.p[0], *RUN its length; else
 * *RUN 0. */
bool blob_next_span(const struct blob *b, uint64_t *pos, struct str *span, uint64_t *run);

/* All bytes in one piece: B's own memory when it is one span, else a copy in MEM. */
struct str blob_flat(struct arena *mem, const struct blob *b);
/* The bytes of B, not endless, as one span; pages of NULs take no memory where it is a copy. NULL:
 * no memory. */
struct blob *blob_joined(struct blob *b);

/*
 * What was computed from the first *AT bytes of B, of a KIND (any address that stands for it): the
 * N bytes at VALUE, of the longest beginning that is known. Kept as long as B, and with the file
 * that holds the same bytes (files.h). False, *AT 0: nothing is known.
 */
bool blob_recall(const struct blob *b, const void *kind, uint64_t *at, void *value, size_t n);
void blob_remember(struct blob *b, const void *kind, uint64_t at, const void *value, size_t n);
/*
 * How many of B's first bytes are all of something that others may begin with, too; 0: none known.
 * A guess: nothing but time must hang on it.
 */
uint64_t blob_shared(const struct blob *b);

/* Write all of B to FD. 0 or -errno. */
int blob_write_fd(const struct blob *b, int fd);

#endif
