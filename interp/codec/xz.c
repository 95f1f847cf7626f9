/* SPDX-License-Identifier: GPL-2.0-only */
/* xz and liblzma's own .lzma encoder, as xz(1) calls them (one thread, one block). */
#include "codec/xz.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { STEP = 256 << 10, PIECE = 64 << 10, LARGE = 1 << 20 };

/*
 * liblzma's memory. At -9 its hash has 64 MiB, which a small input reads and writes here and there:
 * as calloc gives it, each page of it is mapped twice, and in a program with threads the other
 * processors are told each time. So large pieces are pages that are written at once.
 */
union head {
	size_t mapped; /* 0: malloc's */
	max_align_t align;
	char line[64];
};

static void *take_memory(void *opaque, size_t n, size_t size)
{
	union head *h;

	(void)opaque;
	if (__builtin_mul_overflow(n, size, &size) ||
	    __builtin_add_overflow(size, sizeof(*h), &size))
		return NULL;
	if (size < LARGE) {
		h = malloc(size);
		if (h)
			h->mapped = 0;
		return h ? h + 1 : NULL;
	}
	h = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (h == MAP_FAILED)
		return NULL;
	madvise(h, size, MADV_HUGEPAGE);
	h->mapped = size;
	return h + 1;
}

static void give_memory(void *opaque, void *p)
{
	union head *h;

	(void)opaque;
	if (!p)
		return;
	h = (union head *)p - 1;
	if (h->mapped)
		munmap(h, h->mapped);
	else
		free(h);
}

/* With it liblzma clears itself what is to be clear. */
static const lzma_allocator memory = {take_memory, give_memory, NULL};

/* Decoding may take this much; xz -9 needs 65 MiB. */
static const uint64_t memory_most = (uint64_t)512 << 20;

lzma_ret xz_pump(lzma_stream *s, struct sink *out, lzma_action action)
{
	lzma_ret ret;

	do {
		if (!sink_room(out, STEP))
			return LZMA_MEM_ERROR;
		s->next_out = out->p + out->n;
		s->avail_out = out->cap - out->n;
		ret = lzma_code(s, action);
		out->n = (size_t)(s->next_out - out->p);
	} while (ret == LZMA_OK && (s->avail_in || s->avail_out == 0 || action == LZMA_FINISH));
	return ret;
}

/*
 * In pieces of which each becomes less than pump has room for: liblzma encodes what it was given
 * only as long as there is room, the rest of it when it is given more.
 */
lzma_ret xz_send(lzma_stream *s, struct sink *out, const struct blob *in, uint64_t at, uint64_t end)
{
	lzma_ret ret = LZMA_OK;
	struct str span = {NULL, 0};

	while (ret == LZMA_OK && at < end && blob_next(in, &at, &span)) {
		if (at > end)
			span.n -= (size_t)(at - end);
		while (span.n && ret == LZMA_OK) {
			s->next_in = (const uint8_t *)span.p;
			s->avail_in = span.n < PIECE ? span.n : PIECE;
			span = str_from(span, s->avail_in);
			ret = xz_pump(s, out, LZMA_RUN);
		}
	}
	/* Something behind the end of a stream that has no place for it. */
	if (ret == LZMA_STREAM_END && (s->avail_in || span.n || at < end))
		ret = LZMA_DATA_ERROR;
	return ret;
}

/* Send IN through S, which is set up (READY says how that went). */
static lzma_ret run(lzma_stream *s, lzma_ret ready, const struct blob *in, struct sink *out)
{
	if (ready == LZMA_OK)
		ready = xz_send(s, out, in, 0, blob_size(in));
	if (ready == LZMA_OK)
		ready = xz_pump(s, out, LZMA_FINISH);
	lzma_end(s);
	return ready;
}

/* --- encoding --- */

static lzma_check check_named(const char *name)
{
	static const struct {
		const char *name;
		lzma_check check;
	} checks[] = {
		{"none", LZMA_CHECK_NONE}, {"crc32", LZMA_CHECK_CRC32}, {"crc64", LZMA_CHECK_CRC64},
		{"sha256", LZMA_CHECK_SHA256},
	};

	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++)
		if (strcmp(name, checks[i].name) == 0)
			return checks[i].check;
	return (lzma_check)LZMA_CHECK_ID_MAX;
}

/* What O says; NULL, or what is wrong with it. */
static const char *understand(const struct xz_options *o, struct xz_encoding *xz)
{
	lzma_check check = check_named(o->check ? o->check : "crc64");

	*xz = (struct xz_encoding){
	    .preset = (uint32_t)o->preset | (o->extreme ? LZMA_PRESET_EXTREME : 0),
	    .check = (int)check,
	    .alone = o->format && strcmp(o->format, "lzma") == 0,
	};
	if (o->preset < 0 || o->preset > 9 || check == (lzma_check)LZMA_CHECK_ID_MAX)
		return "unsupported preset or integrity check";
	return NULL;
}

lzma_ret xz_begin(lzma_stream *s, const struct xz_encoding *xz)
{
	lzma_options_lzma options;

	if (!xz->alone)
		return lzma_easy_encoder(s, xz->preset, (lzma_check)xz->check);
	return lzma_lzma_preset(&options, xz->preset) ? LZMA_OPTIONS_ERROR
						      : lzma_alone_encoder(s, &options);
}

struct blob *xz_whole(const struct xz_encoding *xz, const struct blob *in)
{
	lzma_stream s = LZMA_STREAM_INIT;
	struct sink out = {0};

	s.allocator = &memory;
	if (run(&s, xz_begin(&s, xz), in, &out) == LZMA_STREAM_END)
		return sink_blob(&out);
	free(out.p);
	return NULL;
}

struct blob *codec_xz_cached(struct codec_cache *c, struct arena *mem, struct blob *in,
			     const struct xz_options *o, struct str *why)
{
	struct encoding e = {.by = &encoder_xz};
	const char *wrong = understand(o, &e.xz);

	(void)mem;
	return encoder_run(c, &e, in, wrong, why);
}

/* Nothing of an input is kept where there is no cache. */
struct blob *codec_xz(struct arena *mem, const struct blob *in, const struct xz_options *o,
		      struct str *why)
{
	return codec_xz_cached(NULL, mem, (struct blob *)in, o, why);
}

/* --- decoding --- */

static struct str reason(lzma_ret ret)
{
	switch (ret) {
	case LZMA_MEM_ERROR:
		return S("the output is larger than 1 GiB");
	case LZMA_MEMLIMIT_ERROR:
		return S("decoding would take more than 512 MiB");
	case LZMA_FORMAT_ERROR:
		return S("file format not recognized");
	case LZMA_BUF_ERROR:
		return S("unexpected end of input");
	case LZMA_OPTIONS_ERROR:
		return S("unsupported options");
	default:
		return S("compressed data is corrupt");
	}
}

struct blob *codec_unxz(struct arena *mem, const struct blob *in, struct str *why)
{
	struct sink out = {.most = CODEC_OUTPUT_MOST};
	lzma_stream s = LZMA_STREAM_INIT;
	lzma_ret ret = run(&s, lzma_auto_decoder(&s, memory_most, LZMA_CONCATENATED), in, &out);

	(void)mem;
	return ret == LZMA_STREAM_END ? sink_blob(&out) : sink_fail(&out, why, reason(ret));
}
