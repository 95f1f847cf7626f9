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

/* Runs of pages with clear ones of up to GAP bytes in between count as one. */
enum { RUNS = 16, GAP = 1 << 20 };

/* What is to be again as it was: the stream, and where its region is not clear. */
struct frozen {
	lzma_stream stream;
	struct {
		size_t from, to;
	} runs[RUNS];
	size_t n;
};

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

static void note_page(struct frozen *f, size_t from, size_t to)
{
	if (f->n == 0 || (from > f->runs[f->n - 1].to + GAP && f->n < RUNS)) {
		f->runs[f->n].from = from;
		f->n++;
	}
	f->runs[f->n - 1].to = to;
}

/* The pages of R that are not clear, in FILE at their places. */
static bool write_pages(int file, const struct region *r, struct frozen *f)
{
	static const unsigned char clear[PAGE];
	const unsigned char *p = (const unsigned char *)r;

	if (ftruncate(file, (off_t)r->size) < 0)
		return false;
	for (size_t at = 0; at < r->used; at += PAGE) {
		size_t n = r->size - at < PAGE ? r->size - at : PAGE;

		if (memcmp(p + at, clear, n) == 0)
			continue;
		if (pwrite(file, p + at, n, (off_t)at) != (ssize_t)n)
			return false;
		note_page(f, at, at + n);
	}
	return true;
}

/* From here on R's pages are changed in copies. */
static bool freeze(struct region *r, struct frozen *f)
{
	size_t size = r->size;
	int file = memfd_create("imagemk-xz", MFD_CLOEXEC);
	bool good = file >= 0 && write_pages(file, r, f) &&
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
	struct frozen *f = calloc(1, sizeof(*f));
	struct sink out = {0};

	(void)room;
	*state = (struct encoder_state){0};
	if (r && f) {
		f->stream = (lzma_stream)LZMA_STREAM_INIT;
		f->stream.allocator = &r->allocator;
		if (xz_begin(&f->stream, &e->xz) == LZMA_OK &&
		    xz_send(&f->stream, &out, in, 0, n) == LZMA_OK && freeze(r, f)) {
			*state =
			    (struct encoder_state){(unsigned char *)r, size, f, n, sink_blob(&out)};
			return true;
		}
	}
	if (r)
		munmap(r, size);
	free(out.p);
	free(f);
	return false;
}

/*
 * Most pages will be written, here and there. All at once they are copied without telling the other
 * processors of each, which a page costs that was read before.
 */
static void copy_pages(const struct encoder_state *state)
{
#ifdef MADV_POPULATE_WRITE
	const struct frozen *f = state->own;

	for (size_t i = 0; i < f->n; i++)
		madvise(state->base + f->runs[i].from, f->runs[i].to - f->runs[i].from,
			MADV_POPULATE_WRITE);
#else
	(void)state;
#endif
}

static struct blob *finish(struct encoder_state *state, const struct encoding *e,
			   const struct blob *in, bool *stands)
{
	lzma_stream s = ((struct frozen *)state->own)->stream;
	struct sink out = {0};
	struct blob *tail, *all = NULL;

	(void)e;
	copy_pages(state);
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
