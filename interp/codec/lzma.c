/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The LZMA SDK's encoder as Debian's lzma-dev ships it (in the public domain), with the .lzma
 * header of its `lzma e`. xz's encoder (liblzma) makes other bytes of the same options.
 *
 * The encoder can be stopped between two of its decisions (nothing of it on the C stack then) as
 * long as it hasn't asked for what follows the prefix. All of its memory comes from one mapping, so
 * that is the whole state. Who goes on encodes in it, and takes back what has changed: little of
 * the tables and the tree, and all of the encoder itself, of which there is a copy. (Copying the
 * tables as well, or sharing their pages and copying those that change, takes several times as
 * long.)
 */
#include "codec/encoder.h"
#include "codec/lzma_find.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define _7ZIP_ST
#include <lzma/LzmaEnc.c>

/*
 * A decision looks at up to 4096 places, mostly at a few; from each at a match of up to 273 bytes
 * and, behind one more, at the fast bytes, of which there are as many at the most. It may skip a
 * match's places, and the fast bytes and 273 beyond a place are asked for early. So with SEES bytes
 * to encode a place knows nothing of the prefix's end, and from REST on there is some place between
 * two decisions.
 */
enum { REST = 6 << 10, SEES = 1 << 10 };

enum { ALIGN = 64, PROPERTIES = 5, HEADER = 13 };

/* What our own finder takes. */
enum { FIND_MOST = 1 << 30, LARGE_PAGE = 2 << 20 };

struct lzma_options lzma_defaults(void)
{
	return (struct lzma_options){
		.dict = 1 << 23, .lc = 3, .lp = 0, .pb = 2, .fast_bytes = 128, .algo = 1,
		.match_finder = 4,
	};
}

static const char *wrong_options(const struct lzma_options *o)
{
	if (o->lc < 0 || o->lc > 8 || o->lp < 0 || o->lp > 4 || o->pb < 0 || o->pb > 4)
		return "lc, lp or pb is out of range";
	if (o->fast_bytes < 5 || o->fast_bytes > 273)
		return "the number of fast bytes is not 5 to 273";
	if (o->match_finder < 2 || o->match_finder > 4)
		return "unknown match finder";
	if (o->dict > 1u << 30)
		return "the dictionary is larger than 1 GiB";
	return NULL;
}

static bool may_split(const struct encoding *e)
{
	const struct lzma_options *o = &e->sdk;

	/* A try for a longer match looks up to 2 * fast_bytes + 1 bytes ahead; fast_bytes + 273 are
	 * there for certain at the end of a chunk. */
	return 2 * o->fast_bytes + 1 < o->fast_bytes + 273 && o->match_finder == 4;
}

/* --- memory: one mapping, never freed in parts --- */

struct region {
	ISzAlloc vtable; /* first: the SDK hands this pointer back */
	unsigned char *base;
	size_t used, size;
	bool clear; /* it is all NULs, as the kernel gave it */
};

/* What the SDK's match finder asks for: its window, then its tables. It is given what is used of
 * them. */
struct region_big {
	ISzAlloc vtable;
	struct region *region;
	uint64_t most[2];
	unsigned calls;
};

static void *region_alloc(void *self, size_t n)
{
	struct region *r = self;
	void *p = r->base + r->used;

	n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (n > r->size - r->used)
		return NULL;
	r->used += n;
	return p;
}

static void *region_alloc_big(void *self, size_t n)
{
	struct region_big *b = self;
	uint64_t most = b->calls < 2 ? b->most[b->calls++] : 0;

	return region_alloc(b->region, n < most ? n : (size_t)most);
}

static void region_free(void *self, void *p)
{
	(void)self;
	(void)p;
}

/* R in ROOM, if that is large enough, or in a mapping in large pages, where the kernel has them. */
static bool region_map(struct region *r, struct encoder_room *room)
{
	if (room->size >= r->size) {
		r->base = room->base;
		r->size = room->size;
		*room = (struct encoder_room){0};
		return true;
	}
	r->base = mmap(NULL, r->size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (r->base == MAP_FAILED)
		return false;
	madvise(r->base, r->size, MADV_HUGEPAGE);
	r->clear = true;
	return true;
}

static void region_leave(struct region *r, struct encoder_room *room)
{
	encoder_room_drop(room);
	*room = (struct encoder_room){r->base, r->size};
}

/* --- input and output --- */

struct ends {
	ISeqInStream in; /* first: the SDK hands this pointer back */
	const struct blob *blob;
	uint64_t at, end;
	bool past;		/* it asked for more than there is */
	struct rest *rest;	/* where to leave the encoder when little is left; or NULL */
};

struct out_end {
	ISeqOutStream out;
	struct sink sink;
	bool failed;
};

static SRes read_input(void *self, void *buf, size_t *n)
{
	struct ends *e = self;

	e->past |= e->at == e->end && *n;
	if (*n > e->end - e->at)
		*n = (size_t)(e->end - e->at);
	*n = blob_read(e->blob, e->at, buf, *n);
	if (*n >= LARGE_PAGE)
		blob_let_go(e->blob, e->at, e->at + *n);
	e->at += *n;
	return SZ_OK;
}

static size_t write_output(void *self, const void *buf, size_t n)
{
	struct out_end *e = self;

	if (!sink_put(&e->sink, buf, n)) {
		e->failed = true;
		return 0;
	}
	return n;
}

/* --- the encoder --- */

static bool set_options(CLzmaEnc *p, const struct lzma_options *o)
{
	CLzmaEncProps props;

	LzmaEncProps_Init(&props);
	props.dictSize = o->dict;
	props.lc = o->lc;
	props.lp = o->lp;
	props.pb = o->pb;
	props.algo = o->algo;
	props.fb = o->fast_bytes;
	props.btMode = 1;
	props.numHashBytes = o->match_finder;
	props.writeEndMark = o->eos;
	props.numThreads = 1;
	return LzmaEnc_SetProps(p, &props) == SZ_OK;
}

/* An encoder, at the start of its region. Without FIND the SDK's own match finder is in use. */
struct sdk_encoder {
	struct lzma_find find;
	CLzmaEnc *sdk;
	size_t own, window; /* where it begins itself, and where what it encodes does */
};

/* Our match finder is for what gets it by default, and knows no place beyond 32 bits. */
static bool finds(const struct lzma_options *o, uint64_t most)
{
	return o->match_finder == 4 && most <= FIND_MOST;
}

static struct lzma_find_size find_size(const struct lzma_options *o, uint64_t most)
{
	CLzmaEncProps props;

	LzmaEncProps_Init(&props);
	props.dictSize = o->dict; /* 0 is the SDK's default */
	LzmaEncProps_Normalize(&props);
	return lzma_find_size(props.dictSize, most);
}

/* The most that O's encoder takes for MOST bytes. */
static size_t region_size(const struct lzma_options *o, uint64_t most)
{
	size_t n = sizeof(struct sdk_encoder) + sizeof(CLzmaEnc) + (1 << 20) +
		   (sizeof(CLzmaProb) * 2 * 0x300 << (o->lc + o->lp));

	if (finds(o, most))
		n += (size_t)(most + find_size(o, most).bytes);
	else
		n += (size_t)o->dict * 12 + (160 << 20); /* the tree, the window and the hashes */
	return (n + LARGE_PAGE - 1) & ~(size_t)(LARGE_PAGE - 1);
}

/* An encoder of at most MOST bytes in R. */
static struct sdk_encoder *start(struct region *r, struct ends *in, struct out_end *out,
				 const struct lzma_options *o, uint64_t most)
{
	struct region_big big = {{region_alloc_big, region_free}, r, {SIZE_MAX, SIZE_MAX}, 0};
	struct lzma_find_size size = find_size(o, most);
	struct sdk_encoder *e;

	r->vtable = (ISzAlloc){region_alloc, region_free};
	e = region_alloc(r, sizeof(*e));
	if (!e)
		return NULL;
	*e = (struct sdk_encoder){.own = r->used};
	if (finds(o, most)) {
		big.most[0] = most;
		big.most[1] = size.bytes;
	}
	e->sdk = LzmaEnc_Create(&r->vtable);
	if (!e->sdk || !set_options(e->sdk, o) ||
	    LzmaEnc_Prepare(e->sdk, &out->out, &in->in, &r->vtable, &big.vtable) != SZ_OK)
		return NULL;
	e->window = (size_t)(e->sdk->matchFinderBase.bufferBase - r->base);
	if (!finds(o, most))
		return e;
	e->sdk->matchFinderObj = &e->find;
	if (!lzma_find_init(&e->find, &e->sdk->matchFinderBase, e->sdk->matchFinderBase.hash, &size,
			    &e->sdk->matchFinder))
		return NULL;
	e->find.clear = r->clear;
	return e;
}

/* Pointers of E, which lay at E - DELTA before, into its own region. */
static void move_pointers(struct sdk_encoder *e, ptrdiff_t delta)
{
	CLzmaEnc *p;
	CMatchFinder *m;

#define MOVE(pointer) ((pointer) = (void *)((uintptr_t)(pointer) + (uintptr_t)delta))
	MOVE(e->sdk);
	MOVE(e->find.m);
	MOVE(e->find.heads);
	p = e->sdk;
	m = e->find.m;
	MOVE(p->matchFinderObj);
	MOVE(p->litProbs);
	MOVE(p->saveState.litProbs);
	MOVE(p->rc.buf);
	MOVE(p->rc.bufLim);
	MOVE(p->rc.bufBase);
	MOVE(m->buffer);
	MOVE(m->bufferBase);
	MOVE(m->hash);
	MOVE(m->son);
#undef MOVE
}

static bool run_to_end(CLzmaEnc *p)
{
	SRes result;

	do
		result = LzmaEnc_CodeOneBlock(p, False, 0, 0);
	while (result == SZ_OK && !p->finished);
	return result == SZ_OK;
}

static bool put_header(struct sink *s, CLzmaEnc *p, uint64_t size, bool eos)
{
	unsigned char head[HEADER];
	SizeT n = PROPERTIES;

	if (LzmaEnc_WriteProperties(p, head, &n) != SZ_OK || n != PROPERTIES)
		return false;
	for (int i = 0; i < 8; i++)
		head[PROPERTIES + i] = eos ? 0xff : (unsigned char)(size >> 8 * i);
	return sink_put(s, head, HEADER);
}

/* --- with a prefix --- */

/* Where an encoder may be left, and gone on from more than once. */
struct rest {
	jmp_buf leave;
	unsigned char *own; /* itself as it was there, malloc's; NULL: nowhere so far */
	const struct out_end *to;
	size_t n_out; /* what was out */
	UInt32 next;  /* with so many bytes left, the next one is worth keeping */
};

/* What encoding changes of E itself. */
static unsigned char *own_bytes(struct sdk_encoder *e)
{
	return (unsigned char *)e + e->own;
}

static size_t own_size(const struct sdk_encoder *e)
{
	return e->window - e->own;
}

/* E is between two decisions, N bytes before FROM's end: as at the end of one of its blocks, once
 * it is written down where it is. */
static void keep_rest(struct sdk_encoder *e, const struct ends *from, UInt32 n)
{
	CLzmaEnc *p = e->sdk;
	struct rest *r = from->rest;
	IMatchFinder asks = p->matchFinder;
	UInt64 at = p->nowPos64;

	if (!r->own && !(r->own = malloc(own_size(e))))
		return;
	lzma_find_mark(&e->find, &p->matchFinder);
	p->nowPos64 = from->at - n;
	memcpy(r->own, own_bytes(e), own_size(e));
	p->nowPos64 = at;
	p->matchFinder.GetNumAvailableBytes = asks.GetNumAvailableBytes;
	r->n_out = r->to->sink.n;
	r->next = SEES + (n - SEES) / 2;
}

/*
 * How many bytes there are to encode. The encoder asks that at each place, and between two
 * decisions, where no byte of the window is looked at ahead.
 */
static UInt32 bytes_left(void *self)
{
	const struct lzma_find *f = self; /* the first thing in an encoder */
	struct sdk_encoder *e = self;
	const struct ends *from = (const struct ends *)(const void *)f->m->stream;
	UInt32 n = f->m->streamPos - f->m->pos;

	if (n > REST || from->at < from->end)
		return n;
	if (n < SEES && from->rest->own)
		longjmp(from->rest->leave, 1);
	if (e->sdk->additionalOffset == 0 && n <= from->rest->next && n >= SEES)
		keep_rest(e, from, n);
	return n;
}

/* Let E encode until little is left, and take back what it did since it could be left last. False:
 * it came to an end. */
static bool run_until_left(struct sdk_encoder *e, struct ends *from, struct out_end *to)
{
	struct rest *r = from->rest;

	e->sdk->matchFinder.GetNumAvailableBytes = bytes_left;
	if (setjmp(r->leave) == 0) {
		while (LzmaEnc_CodeOneBlock(e->sdk, False, 0, 0) == SZ_OK && !e->sdk->finished)
			;
		return false;
	}
	memcpy(own_bytes(e), r->own, own_size(e));
	to->sink.n = r->n_out;
	return lzma_find_undo(&e->find);
}

static bool prepare_in(struct encoder_state *state, struct region *r, const struct blob *in,
		       uint64_t n, const struct lzma_options *o)
{
	struct out_end to = {.out = {write_output}};
	struct rest rest = {.to = &to, .next = REST};
	struct ends from = {.in = {read_input}, .blob = in, .end = n, .rest = &rest};
	struct sdk_encoder *e = start(r, &from, &to, o, encoder_most(n));

	if (!e || !run_until_left(e, &from, &to) || to.failed || from.past) {
		free(rest.own);
		free(to.sink.p);
		return false;
	}
	state->base = r->base;
	state->size = r->size;
	state->done = from.at;
	state->own = rest.own;
	state->out = sink_blob(&to.sink);
	return true;
}

static size_t state_bytes(const struct encoding *e, uint64_t n)
{
	return region_size(&e->sdk, encoder_most(n));
}

static bool prepare(struct encoder_state *state, const struct encoding *e, const struct blob *in,
		    uint64_t n, struct encoder_room *room)
{
	struct region r = {.size = state_bytes(e, n)};

	*state = (struct encoder_state){0};
	if (!finds(&e->sdk, encoder_most(n)) || !region_map(&r, room))
		return false;
	if (prepare_in(state, &r, in, n, &e->sdk))
		return true;
	*state = (struct encoder_state){0};
	region_leave(&r, room);
	return false;
}

static void drop(struct encoder_state *state, struct encoder_room *room)
{
	*room = (struct encoder_room){state->base, state->size};
	if (state->base)
		lzma_find_free(&((struct sdk_encoder *)(void *)state->base)->find);
	free(state->own);
	blob_unref(state->out);
	*state = (struct encoder_state){0};
}

/* Keep what encoding changes of E itself. */
static bool keep_own(struct encoder_state *state, struct sdk_encoder *e)
{
	state->own = malloc(own_size(e));
	if (state->own)
		memcpy(state->own, own_bytes(e), own_size(e));
	return state->own != NULL;
}

/* Its window and its tree, the last two things in it, as far as they are in use. */
static bool copy_state(struct encoder_state *copy, const struct encoder_state *state,
		       struct encoder_room *room)
{
	const struct sdk_encoder *from = (const struct sdk_encoder *)(const void *)state->base;
	const CMatchFinder *m = &from->sdk->matchFinderBase;
	const unsigned char *tables = (const unsigned char *)m->hash;
	const unsigned char *read = m->buffer + (m->streamPos - m->pos);
	size_t places =
	    state->done < m->cyclicBufferSize ? m->cyclicBufferPos + 1 : m->cyclicBufferSize;
	struct region r = {.size = state->size};
	struct sdk_encoder *e;

	if (!region_map(&r, room))
		return false;
	memcpy(r.base, state->base, (size_t)(read - state->base));
	memcpy(r.base + (tables - state->base), tables,
	       (size_t)(lzma_find_end(&from->find, places) - tables));
	e = (struct sdk_encoder *)(void *)r.base;
	move_pointers(e, r.base - state->base);
	lzma_find_forget(&e->find);
	*copy = *state;
	copy->base = r.base;
	copy->size = r.size;
	if (keep_own(copy, e)) {
		blob_ref(copy->out);
		return true;
	}
	*copy = (struct encoder_state){0};
	region_leave(&r, room);
	return false;
}

/* HEAD, then MIDDLE (or nothing), then what TAIL holds. */
static struct blob *put_together(struct sink *head, struct blob *middle, struct sink *tail)
{
	struct blob *a = sink_blob(head), *b, *c = sink_blob(tail);

	b = middle ? blob_cat(a, middle) : blob_ref(a);
	blob_unref(a);
	a = blob_cat(b, c);
	blob_unref(b);
	blob_unref(c);
	return a;
}

/* The stream of IN by P, which is about to begin or has MIDDLE behind it. */
static struct blob *encode(CLzmaEnc *p, const struct blob *in, struct blob *middle,
			   struct out_end *to, bool eos)
{
	struct sink head = {0};

	if (run_to_end(p) && !to->failed && put_header(&head, p, blob_size(in), eos))
		return put_together(&head, middle, &to->sink);
	free(head.p);
	free(to->sink.p);
	return NULL;
}

static struct blob *whole(const struct encoding *how, const struct blob *in,
			  struct encoder_room *room)
{
	const struct lzma_options *o = &how->sdk;
	struct region r = {.size = region_size(o, blob_size(in))};
	struct ends from = {.in = {read_input}, .blob = in, .end = blob_size(in)};
	struct out_end to = {.out = {write_output}};
	struct blob *out;
	struct sdk_encoder *e;

	if (!region_map(&r, room))
		return NULL;
	e = start(&r, &from, &to, o, blob_size(in));
	out = e ? encode(e->sdk, in, NULL, &to, o->eos) : NULL;
	region_leave(&r, room);
	return out;
}

static struct blob *finish(struct encoder_state *state, const struct encoding *how,
			   const struct blob *in, bool *stands)
{
	struct sdk_encoder *e = (struct sdk_encoder *)(void *)state->base;
	CMatchFinder *m = &e->sdk->matchFinderBase;
	struct ends from = {
	    .in = {read_input}, .blob = in, .at = state->done, .end = blob_size(in)};
	struct out_end to = {.out = {write_output}};
	const Byte *start = m->buffer - m->pos;
	struct blob *out;

	m->stream = &from.in;
	e->sdk->rc.outStream = &to.out;
	out = encode(e->sdk, in, state->out, &to, how->sdk.eos);
	/* A window that was moved on has lost its beginning. */
	*stands = m->buffer - m->pos == start && lzma_find_undo(&e->find);
	memcpy(own_bytes(e), state->own, own_size(e));
	return out;
}

const struct encoder encoder_lzma = {
    .may_split = may_split,
    .state_bytes = state_bytes,
    .prepare = prepare,
    .copy = copy_state,
    .finish = finish,
    .whole = whole,
    .drop = drop,
};

struct blob *codec_lzma_cached(struct codec_cache *c, struct arena *mem, struct blob *in,
			       const struct lzma_options *o, struct str *why)
{
	struct encoding e = {.by = &encoder_lzma, .sdk = *o};

	(void)mem;
	return encoder_run(c, &e, in, wrong_options(o), why);
}

/* Nothing of an input is kept where there is no cache. */
struct blob *codec_lzma(struct arena *mem, const struct blob *in, const struct lzma_options *o,
			struct str *why)
{
	return codec_lzma_cached(NULL, mem, (struct blob *)in, o, why);
}
