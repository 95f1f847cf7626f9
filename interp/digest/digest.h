/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef DIGEST_DIGEST_H
#define DIGEST_DIGEST_H

#include "blob/blob.h"

enum { DIGEST_MOST = 64 };

/* One digest algorithm; the rows are digest_md5, digest_sha1, ... and digest_find. */
struct digest {
	const char *name;	/* "md5", "sha256" */
	size_t size;		/* bytes of the result */
	size_t state;		/* bytes of the working state */
	void (*begin)(void *state);
	void (*update)(void *state, const void *p, size_t n);
	void (*end)(void *state, unsigned char *out);
};

extern const struct digest digest_md5, digest_sha1, digest_sha224, digest_sha256, digest_sha384,
	digest_sha512;

/* By name, or NULL. */
const struct digest *digest_find(struct str name);
/* OUT gets d->size bytes. */
void digest_blob(const struct digest *d, const struct blob *b, unsigned char *out);
void digest_bytes(const struct digest *d, const void *p, size_t n, unsigned char *out);
/* In lower-case hex. */
struct str digest_hex(struct arena *mem, const struct digest *d, const struct blob *b);

/* The usual CRC-32 (zlib's: reflected 0xedb88320, inverted in and out); start with CRC 0. */
uint32_t digest_crc32(uint32_t crc, const void *p, size_t n);
uint32_t digest_crc32_blob(uint32_t crc, const struct blob *b);
/* POSIX cksum's CRC over the bytes and their count. */
uint32_t digest_cksum_blob(const struct blob *b);
uint32_t digest_adler32_blob(const struct blob *b);

#endif
