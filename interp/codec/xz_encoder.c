/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * liblzma's encoder behind a prefix. All of its memory comes from one mapping. Behind the prefix
 * that becomes a private mapping of a file in memory with the same bytes: who goes on changes pages
 * of its own, and to let go of those brings the state back. liblzma decides nothing before it has
 * all that the decision may look at (a chunk's end is none), so its bytes are the same.
 */
#include "codec/xz.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ALIGN = 64, PAGE = 4096, HEADS_MOST = 64 << 20, MARGIN = 4 << 20 };

/* First in its mapping, so that it comes back with it. */
struct region {
	lzma_allocator allocator;
	size_t used, size;
};

static void *region_alloc(void *self, size_t n, size_t size)
{
	struct region *r = self;
	void *p = (unsigned char *)r + r->used;

	if (__builtin_mul_overflow(n, size, &size) || size > r->size - r->used - ALIGN)
		return NULL;
	r->used += (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	return p;
}

static void region_free(void *self, void *p)
{
	(void)self;
	(void)p;
}

static struct region *region_map(const struct xz_encoding *xz)
{
	uint64_t n = lzma_easy_encoder_memusage(xz->preset);
	size_t size = (size_t)n + MARGIN;
	struct region *r;

	if (n > SIZE_MAX - MARGIN)
		return NULL;
	r = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
		 -1, 0);
	if (r == MAP_FAILED)
		return NULL;
	madvise(r, size, MADV_HUGEPAGE);
	*r = (struct region){
	    {region_alloc, region_free, r}, (sizeof(*r) + ALIGN - 1) & ~(size_t)(ALIGN - 1), size};
	return r;
}

/* The pages of R that are not clear, in FILE at their places. */
static bool write_pages(int file, const struct region *r)
{
	static const unsigned char clear[PAGE];
	const unsigned char *p = (const unsigned char *)r;

	if (ftruncate(file, (off_t)r->size) < 0)
		return false;
	for (size_t at = 0; at < r->used; at += PAGE) {
		size_t n = r->size - at < PAGE ? r->size - at : PAGE;

		if (memcmp(p + at, clear, n) != 0 &&
		    pwrite(file, p + at, n, (off_t)at) != (ssize_t)n)
			return false;
	}
	return true;
}

/* From here on R's pages are changed in copies. */
static bool freeze(struct region *r)
{
	size_t size = r->size;
	int file = memfd_create("imagemk-xz", MFD_CLOEXEC);
	bool good = file >= 0 && write_pages(file, r) &&
		    mmap(r, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE,
			 file, 0) == (void *)r;

	if (file >= 0)
		close(file);
	return good;
}

static bool may_split(const struct encoding *e)
{
	(void)e;
	return true;
}

/* The window, a tree of as many places, and the heads of a dictionary of up to 64 MiB. */
static size_t state_bytes(const struct encoding *e, uint64_t n)
{
	uint64_t dict = lzma_easy_encoder_memusage(e->xz.preset) / 10;

	return (size_t)(9 * n) + (dict < HEADS_MOST / 2 ? (size_t)dict * 2 : HEADS_MOST);
}

static bool prepare(struct encoder_state *state, const struct encoding *e, const struct blob *in,
		    uint64_t n, struct encoder_room *room)
{
	struct region *r = region_map(&e->xz);
	size_t size = r ? r->size : 0;
	lzma_stream *s = malloc(sizeof(*s));
	struct sink out = {0};

	(void)room;
	*state = (struct encoder_state){0};
	if (r && s) {
		*s = (lzma_stream)LZMA_STREAM_INIT;
		s->allocator = &r->allocator;
		if (xz_begin(s, &e->xz) == LZMA_OK && xz_send(s, &out, in, 0, n) == LZMA_OK &&
		    freeze(r)) {
			*state =
			    (struct encoder_state){(unsigned char *)r, size, s, n, sink_blob(&out)};
			return true;
		}
	}
	if (r)
		munmap(r, size);
	free(out.p);
	free(s);
	return false;
}

static struct blob *finish(struct encoder_state *state, const struct encoding *e,
			   const struct blob *in, bool *stands)
{
	lzma_stream s = *(lzma_stream *)state->own;
	struct sink out = {0};
	struct blob *tail, *all = NULL;

	(void)e;
	if (xz_send(&s, &out, in, state->done, blob_size(in)) == LZMA_OK &&
	    xz_pump(&s, &out, LZMA_FINISH) == LZMA_STREAM_END) {
		tail = sink_blob(&out);
		all = blob_cat(state->out, tail);
		blob_unref(tail);
	}
	free(out.p);
	*stands = madvise(state->base, state->size, MADV_DONTNEED) == 0;
	return all;
}

static struct blob *whole(const struct encoding *e, const struct blob *in,
			  struct encoder_room *room)
{
	(void)room;
	return xz_whole(&e->xz, in);
}

static void drop(struct encoder_state *state, struct encoder_room *room)
{
	if (state->base)
		munmap(state->base, state->size);
	free(state->own);
	blob_unref(state->out);
	*state = (struct encoder_state){0};
	*room = (struct encoder_room){0};
}

const struct encoder encoder_xz = {
    .may_split = may_split,
    .state_bytes = state_bytes,
    .prepare = prepare,
    .finish = finish,
    .whole = whole,
    .drop = drop,
};
