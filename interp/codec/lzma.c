/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The LZMA SDK's encoder as Debian's lzma-dev ships it (in the public domain), with the .lzma
 * header of its `lzma e`. xz's encoder (liblzma) makes other bytes of the same options.
 *
 * The encoder can be stopped between two of its decisions (nothing of it on the C stack then) as
 * long as it hasn't asked for what follows the prefix. All of its memory comes from one mapping, so
 * that is the whole state; who goes on copies what is in use of it and moves the pointers. (Sharing
 * the pages and copying those that change takes longer: the encoder writes all over its tables, and
 * a fault costs more than its page.)
 */
#include "codec/lzma.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define _7ZIP_ST
#include <lzma/LzmaEnc.c>
#include <lzma/LzFind.c>

/*
 * With more than that to encode a decision looks at nothing behind the prefix, and leaves something
 * of it for the next one: it looks at 4096 places and a match of 273 bytes, and the fast bytes and
 * 273 beyond are asked for early. If that were wrong, the state would not be kept.
 */
enum { STOP_BEFORE = 6 << 10, ALIGN = 64, PROPERTIES = 5, HEADER = 13 };

struct lzma_options lzma_defaults(void)
{
	return (struct lzma_options){
		.dict = 1 << 23, .lc = 3, .lp = 0, .pb = 2, .fast_bytes = 128, .algo = 1,
		.match_finder = 4,
	};
}

const char *lzma_wrong_options(const struct lzma_options *o)
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

bool lzma_may_split(const struct lzma_options *o)
{
	/* A try for a longer match looks up to 2 * fast_bytes + 1 bytes ahead; fast_bytes + 273 are
	 * there for certain at the end of a chunk. */
	return 2 * o->fast_bytes + 1 < o->fast_bytes + 273;
}

/* --- memory: one mapping, never freed in parts --- */

struct region {
	ISzAlloc vtable; /* first: the SDK hands this pointer back */
	unsigned char *base;
	size_t used, size;
	bool grown_out;
};

static void *region_alloc(void *self, size_t n)
{
	struct region *r = self;
	void *p = r->base + r->used;

	n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (n > r->size - r->used) {
		r->grown_out = true;
		return NULL;
	}
	r->used += n;
	return p;
}

static void region_free(void *self, void *p)
{
	(void)self;
	(void)p;
}

/* R in ROOM, if that is of its size, or in a mapping in large pages, where the kernel has them. */
static bool region_map(struct region *r, struct lzma_room *room)
{
	if (room->size == r->size) {
		r->base = room->base;
		*room = (struct lzma_room){0};
		return true;
	}
	r->base = mmap(NULL, r->size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (r->base == MAP_FAILED)
		return false;
	madvise(r->base, r->size, MADV_HUGEPAGE);
	return true;
}

static void region_leave(struct region *r, struct lzma_room *room)
{
	lzma_room_drop(room);
	*room = (struct lzma_room){r->base, r->size};
}

/* 8 bytes a place for the tree, the window and the hashes. */
size_t lzma_room_size(const struct lzma_options *o)
{
	return (size_t)o->dict * 12 + (160 << 20);
}

void lzma_room_drop(struct lzma_room *room)
{
	if (room->base)
		munmap(room->base, room->size);
	*room = (struct lzma_room){0};
}

/* --- input and output --- */

struct ends {
	ISeqInStream in; /* first: the SDK hands this pointer back */
	const struct blob *blob;
	uint64_t at, end;
	bool past;		/* it asked for more than there is */
	jmp_buf *left;		/* where to leave the encoder when little is left; or NULL */
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

static bool start(CLzmaEnc **p, struct region *r, struct ends *in, struct out_end *out,
		  const struct lzma_options *o)
{
	*p = LzmaEnc_Create(&r->vtable);
	return *p && set_options(*p, o) &&
	       LzmaEnc_Prepare(*p, &out->out, &in->in, &r->vtable, &r->vtable) == SZ_OK;
}

/* Pointers of P, which lay at P - DELTA before, into its own region. */
static void move_pointers(CLzmaEnc *p, ptrdiff_t delta)
{
	CMatchFinder *m = &p->matchFinderBase;

#define MOVE(pointer) ((pointer) = (void *)((uintptr_t)(pointer) + (uintptr_t)delta))
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

/*
 * How many bytes there are to encode. The encoder asks that between two decisions too, where no
 * byte of the window is looked at ahead: there it may be left, as at the end of one of its blocks,
 * once it is written down where it is.
 */
static UInt32 bytes_left(void *self)
{
	CMatchFinder *m = self;
	struct ends *e = (struct ends *)(void *)m->stream;
	unsigned char *base = (unsigned char *)m - offsetof(CLzmaEnc, matchFinderBase);
	CLzmaEnc *p = (CLzmaEnc *)(void *)base;
	UInt32 n = MatchFinder_GetNumAvailableBytes(m);

	if (p->additionalOffset == 0 && n <= STOP_BEFORE) {
		p->nowPos64 = e->at - n;
		longjmp(*e->left, 1);
	}
	return n;
}

/* Let P encode until little is left. False: it came to an end. */
static bool run_until_left(CLzmaEnc *p, struct ends *from)
{
	jmp_buf left;

	from->left = &left;
	p->matchFinder.GetNumAvailableBytes = bytes_left;
	if (setjmp(left) == 0) {
		while (LzmaEnc_CodeOneBlock(p, False, 0, 0) == SZ_OK && !p->finished)
			;
		return false;
	}
	p->matchFinder.GetNumAvailableBytes =
	    (Mf_GetNumAvailableBytes_Func)MatchFinder_GetNumAvailableBytes;
	return true;
}

static bool prepare_in(struct lzma_state *state, struct region *r, const struct blob *in,
		       uint64_t n, const struct lzma_options *o)
{
	struct ends from = {.in = {read_input}, .blob = in, .end = n};
	struct out_end to = {.out = {write_output}};
	CLzmaEnc *p;
	bool ok = start(&p, r, &from, &to, o) && run_until_left(p, &from);

	if (!ok || to.failed || from.past) {
		free(to.sink.p);
		return false;
	}
	state->encoder = (size_t)((unsigned char *)p - r->base);
	state->done = from.at;
	state->out = sink_blob(&to.sink);
	return true;
}

bool lzma_prepare(struct lzma_state *state, const struct blob *in, uint64_t n,
		  const struct lzma_options *o, struct lzma_room *room)
{
	struct region r = {.vtable = {region_alloc, region_free}, .size = lzma_room_size(o)};

	*state = (struct lzma_state){0};
	if (!region_map(&r, room))
		return false;
	if (!prepare_in(state, &r, in, n, o)) {
		region_leave(&r, room);
		return false;
	}
	state->base = r.base;
	state->size = r.size;
	return true;
}

void lzma_state_drop(struct lzma_state *state, struct lzma_room *room)
{
	*room = (struct lzma_room){state->base, state->size};
	blob_unref(state->out);
	*state = (struct lzma_state){0};
}

/* STATE's encoder, copied into R; its window and its tree, the last two things in it, as far as
 * they are in use. */
static CLzmaEnc *copy_state(struct region *r, const struct lzma_state *state)
{
	const CLzmaEnc *p = (const CLzmaEnc *)(const void *)(state->base + state->encoder);
	const CMatchFinder *m = &p->matchFinderBase;
	const unsigned char *tables = (const unsigned char *)m->hash;
	const unsigned char *read = m->buffer + (m->streamPos - m->pos);
	size_t places =
	    state->done < m->cyclicBufferSize ? m->cyclicBufferPos + 1 : m->cyclicBufferSize;
	CLzmaEnc *copy = (CLzmaEnc *)(void *)(r->base + state->encoder);

	memcpy(r->base, state->base, (size_t)(read - state->base));
	memcpy(r->base + (tables - state->base), tables,
	       (size_t)((const unsigned char *)(m->son + 2 * places) - tables));
	move_pointers(copy, r->base - state->base);
	return copy;
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

struct blob *lzma_finish(const struct lzma_state *state, const struct blob *in,
			 const struct lzma_options *o, struct lzma_room *room)
{
	bool resume = state && state->base;
	struct region r = {.vtable = {region_alloc, region_free}, .size = lzma_room_size(o)};
	struct ends from = {
	    .in = {read_input}, .blob = in, .at = resume ? state->done : 0, .end = blob_size(in)};
	struct out_end to = {.out = {write_output}};
	struct sink head = {0};
	CLzmaEnc *p;
	bool ok;

	if (!region_map(&r, room))
		return NULL;
	if (resume) {
		p = copy_state(&r, state);
		p->matchFinderBase.stream = &from.in;
		p->rc.outStream = &to.out;
		ok = true;
	} else {
		ok = start(&p, &r, &from, &to, o);
	}
	ok = ok && run_to_end(p) && !to.failed && put_header(&head, p, blob_size(in), o->eos);
	region_leave(&r, room);
	if (ok)
		return put_together(&head, resume ? state->out : NULL, &to.sink);
	free(head.p);
	free(to.sink.p);
	return NULL;
}
