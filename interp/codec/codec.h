/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CODEC_CODEC_H
#define CODEC_CODEC_H

#include "blob/blob.h"

/*
 * Compression as functions over blobs. Each returns a new blob, or NULL with *WHY set to a text
 * (static or in MEM). Same input and options: same bytes, always.
 */

struct gzip_options {
	int level;		/* 1 to 9 */
	struct str name;	/* stored file name; unset: none */
	uint32_t mtime;		/* seconds; 0: none */
};

/*
 * What encoders remember from one call to the next, so that nothing is encoded twice: whole
 * results, and an LZMA encoder's state behind a long prefix. May be shared by threads. The bytes
 * are the same as without; functions that end in _cached take one, or NULL.
 */
struct codec_cache;

struct codec_cache *codec_cache_new(void);
/* After the last call that uses it. NULL is allowed. */
void codec_cache_free(struct codec_cache *cache);
/* Some time has gone by, as a recipe takes: what is large and nobody wanted for long is dropped.
 * NULL is allowed. */
void codec_cache_age(struct codec_cache *cache);

/* GNU gzip's own stream (its deflate, not zlib's, decides the bytes). */
struct blob *codec_gzip(struct arena *mem, const struct blob *in, const struct gzip_options *o,
			struct str *why);
struct blob *codec_gzip_cached(struct codec_cache *cache, struct arena *mem, struct blob *in,
			       const struct gzip_options *o, struct str *why);
/* What Info-ZIP's zip makes of it, LEVEL 1 to 9: deflate alone. */
struct blob *codec_zip_deflate(struct arena *mem, const struct blob *in, int level,
			       struct str *why);
struct blob *codec_gunzip(struct arena *mem, const struct blob *in, struct str *why);
/* The same; only gzip files and NULs may follow the first. */
struct blob *codec_gunzip_all(struct arena *mem, const struct blob *in, struct str *why);
/* "1.14": other releases of libdeflate make other streams of the same level. */
const char *codec_libdeflate_release(void);
/* libdeflate's gzip stream, LEVEL 1 to 12. */
struct blob *codec_libdeflate_gzip(struct arena *mem, const struct blob *in,
				   const struct gzip_options *o, struct str *why);
struct blob *codec_libdeflate_gzip_cached(struct codec_cache *cache, struct arena *mem,
					  struct blob *in, const struct gzip_options *o,
					  struct str *why);

struct lzma_options {
	uint32_t dict;		/* bytes */
	int lc, lp, pb;
	int fast_bytes;		/* -fb */
	int algo;		/* -a: 0 fast, 1 normal */
	int match_finder;	/* 2, 3 or 4 for bt2, bt3, bt4 */
	bool eos;		/* end marker, size field -1 */
};

/* What `lzma e` of the LZMA SDK uses when nothing is said. */
struct lzma_options lzma_defaults(void);

/* LZMA SDK's encoder, 13-byte .lzma header included. */
struct blob *codec_lzma(struct arena *mem, const struct blob *in, const struct lzma_options *o,
			struct str *why);
struct blob *codec_lzma_cached(struct codec_cache *cache, struct arena *mem, struct blob *in,
			       const struct lzma_options *o, struct str *why);
struct blob *codec_unlzma(struct arena *mem, const struct blob *in, struct str *why);

/* xz: FORMAT "xz" or "lzma", CHECK "crc32", "crc64", "sha256" or "none", PRESET 0 to 9, EXTREME. */
struct xz_options {
	const char *format, *check;
	int preset;
	bool extreme;
};
struct blob *codec_xz(struct arena *mem, const struct blob *in, const struct xz_options *o,
		      struct str *why);
struct blob *codec_xz_cached(struct codec_cache *cache, struct arena *mem, struct blob *in,
			     const struct xz_options *o, struct str *why);
struct blob *codec_unxz(struct arena *mem, const struct blob *in, struct str *why);
struct blob *codec_bzip2(struct arena *mem, const struct blob *in, int level, struct str *why);
struct blob *codec_bunzip2(struct arena *mem, const struct blob *in, struct str *why);
struct blob *codec_zstd(struct arena *mem, const struct blob *in, int level, struct str *why);
struct blob *codec_unzstd(struct arena *mem, const struct blob *in, struct str *why);
/* zlib's raw deflate/inflate, WINDOW as deflateInit2 takes it. */
struct blob *codec_deflate(struct arena *mem, const struct blob *in, int level, int window,
			   struct str *why);
struct blob *codec_inflate(struct arena *mem, const struct blob *in, int window, struct str *why);

enum codec_kind {
	CODEC_GZIP,
	CODEC_ZLIB,
	CODEC_DEFLATE,
	CODEC_XZ,
	CODEC_LZMA /* with .lzma's header */,
	CODEC_BZIP2,
	CODEC_ZSTD,
	CODEC_LZ4 /* a frame, or a kernel's form */,
	CODEC_LZ4_BLOCK,
	CODEC_LZO_BLOCK,
};

struct codec_unpacked {
	struct blob *out;	/* the caller's; NULL after false */
	size_t used;		/* bytes of the input that the stream takes */
	size_t made;		/* bytes that came out, of a broken one too */
	bool full;		/* it would become more than MOST */
};

/*
 * The one stream of KIND that IN begins with, when it is whole, its checksums are right and it
 * becomes no more than MOST bytes. What is behind it is not looked at.
 */
bool codec_unpack(enum codec_kind kind, struct str in, size_t most, struct codec_unpacked *u);

#endif
