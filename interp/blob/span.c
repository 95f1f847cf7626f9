/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading ropes: spans, copies, comparison, writing to a descriptor. How they are made: blob.c. */
#include "blob/rope.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

/* The largest piece of a run: what a reader of NULs gets at once, and of any other byte. */
enum { ZEROS = 64 << 10, FILL_SIZE = 16 << 10 };

static const unsigned char zeros[ZEROS];

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* The leaf that has byte POS of B (POS < size); *AT is the offset inside of it. */
static struct blob *find_leaf(const struct blob *b, uint64_t pos, uint64_t *at)
{
	while (b->kind == BLOB_PAIR) {
		if (pos < b->left->size) {
			b = b->left;
		} else {
			pos -= b->left->size;
			b = b->right;
		}
	}
	*at = pos;
	return (struct blob *)b;
}

/* The first time somebody wants a run's bytes as memory; threads may race for it. */
static const unsigned char *run_fill(struct blob *b)
{
	unsigned char *p = atomic_load(&b->fill), *none = NULL;

	if (p)
		return p;
	p = malloc(FILL_SIZE);
	if (!p)
		blob_die_oom();
	memset(p, b->byte, FILL_SIZE);
	if (atomic_compare_exchange_strong(&b->fill, &none, p))
		return p;
	free(p);
	return none;
}

static struct str run_piece(struct blob *leaf, uint64_t left)
{
	if (leaf->byte == 0)
		return (struct str){(const char *)zeros, least(left, ZEROS)};
	return (struct str){(const char *)run_fill(leaf), least(left, FILL_SIZE)};
}

/* Do the bytes of LEAF, a span, from AT on lie in a hole of a file? *LEFT is cut to those that
 * answer the same. */
static bool in_hole(const struct blob *leaf, uint64_t at, uint64_t *left)
{
	const struct store *s = leaf->store;

	return s->holes && store_hole(s, (uint64_t)(leaf->p - s->p) + at, left);
}

bool blob_next(const struct blob *b, uint64_t *pos, struct str *span)
{
	struct blob *leaf;
	uint64_t at, left;

	if (*pos >= b->size)
		return false;
	leaf = find_leaf(b, *pos, &at);
	left = leaf->size - at;
	if (leaf->kind == BLOB_RUN)
		*span = run_piece(leaf, left);
	else if (in_hole(leaf, at, &left))
		*span = (struct str){(const char *)zeros, least(left, ZEROS)};
	else
		*span = (struct str){(const char *)leaf->p + at, left};
	*pos += span->n;
	return true;
}

bool blob_next_span(const struct blob *b, uint64_t *pos, struct str *span, uint64_t *run)
{
	struct blob *leaf;
	uint64_t at, left;

	if (*pos >= b->size)
		return false;
	leaf = find_leaf(b, *pos, &at);
	left = leaf->size - at;
	*run = leaf->kind == BLOB_RUN || in_hole(leaf, at, &left) ? left : 0;
	if (*run)
		*span = (struct str){
		    leaf->kind == BLOB_RUN ? (const char *)&leaf->byte : (const char *)zeros, 1};
	else
		*span = (struct str){(const char *)leaf->p + at, left};
	*pos += left;
	return true;
}

bool blob_span_origin(const struct blob *b, uint64_t pos, struct str *span,
		      const struct blob_origin **origin, uint64_t *at)
{
	struct blob *leaf;
	uint64_t inside;

	if (!blob_next(b, &pos, span))
		return false;
	leaf = find_leaf(b, pos - span->n, &inside);
	*origin = leaf->kind == BLOB_SPAN ? leaf->store->origin : NULL;
	*at = *origin ? (uint64_t)(leaf->p - leaf->store->p) + inside : 0;
	return true;
}

const struct blob_origin *blob_whole_file(const struct blob *b)
{
	const struct blob_origin *o = b->kind == BLOB_SPAN ? b->store->origin : NULL;

	return o && b->p == b->store->p && b->size == o->size ? o : NULL;
}

size_t blob_read(const struct blob *b, uint64_t offset, void *out, size_t n)
{
	unsigned char *p = out;
	struct str span;
	size_t done = 0;

	while (done < n && blob_next(b, &offset, &span)) {
		size_t piece = least(span.n, n - done);

		memcpy(p + done, span.p, piece);
		done += piece;
	}
	return done;
}

/* The leaf at POS of A and of B hold the same bytes of the same memory: how many, or 0. */
static uint64_t shared_bytes(const struct blob *a, const struct blob *b, uint64_t pos)
{
	uint64_t at_a, at_b;
	const struct blob *l = find_leaf(a, pos, &at_a), *r = find_leaf(b, pos, &at_b);
	uint64_t n = least(l->size - at_a, r->size - at_b);

	if (l->kind != r->kind)
		return 0;
	if (l->kind == BLOB_RUN)
		return l->byte == r->byte ? n : 0;
	return l->p + at_a == r->p + at_b ? n : 0;
}

bool blob_equal(const struct blob *a, const struct blob *b)
{
	uint64_t pos = 0;

	if (a->size != b->size)
		return false;
	while (a != b && pos < a->size) {
		uint64_t n = shared_bytes(a, b, pos), pos_a = pos, pos_b = pos;
		struct str x, y;

		if (n == 0) {
			blob_next(a, &pos_a, &x);
			blob_next(b, &pos_b, &y);
			n = least(x.n, y.n);
			if (memcmp(x.p, y.p, n) != 0)
				return false;
		}
		pos += n;
	}
	return true;
}

struct str blob_flat(struct arena *mem, const struct blob *b)
{
	char *p;

	if (b->kind == BLOB_SPAN)
		return (struct str){(const char *)b->p, b->size};
	if (b->size == 0)
		return S("");
	p = arena_alloc(mem, b->size);
	return (struct str){p, blob_read(b, 0, p, b->size)};
}

/* The N bytes at P of a mapped file are not wanted for the time being: the kernel reads them anew
 * when they are. */
static void let_go(const char *p, size_t n)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), front = -(uintptr_t)p & (page - 1);

	if (n > front + page)
		madvise((void *)(p + front), (n - front) & ~(page - 1), MADV_DONTNEED);
}

void blob_let_go(const struct blob *b, uint64_t from, uint64_t to)
{
	uint64_t pos = from, run, at;
	struct str span;

	for (uint64_t start = pos; start < to && blob_next_span(b, &pos, &span, &run); start = pos)
		if (!run && find_leaf(b, start, &at)->store->mapped)
			let_go(span.p, least(span.n, to - start));
}

/* Copy N bytes to OUT, which are NULs so far and stay untouched where pages of P, perhaps of a
 * MAPPED file, are too. */
static void copy_thinly(unsigned char *out, const char *p, size_t n, bool mapped)
{
	enum { PAGE = 4096, PIECE = 4 << 20 };

	for (size_t at = 0, done = 0; at < n; at += PAGE) {
		size_t piece = least(PAGE, n - at);

		if (memcmp(p + at, zeros, piece) != 0)
			memcpy(out + at, p + at, piece);
		if (mapped && (at + piece - done >= PIECE || at + piece == n)) {
			let_go(p + done, at + piece - done);
			done = at + piece;
		}
	}
}

struct blob *blob_joined(struct blob *b)
{
	uint64_t pos = 0, run, at, start;
	unsigned char *out;
	struct str span;

	if (b->kind == BLOB_SPAN && !b->store->holes)
		return blob_ref(b);
	out = calloc(b->size ? b->size : 1, 1);
	if (!out)
		return NULL;
	for (start = 0; blob_next_span(b, &pos, &span, &run); start = pos) {
		const struct blob *leaf = find_leaf(b, start, &at);

		if (run && span.p[0])
			memset(out + start, span.p[0], run);
		else if (!run)
			copy_thinly(out + start, span.p, span.n, leaf->store->mapped);
	}
	return blob_adopt(out, b->size);
}

/* Fill at most IOV_MOST vectors with the spans from POS on. */
enum { IOV_MOST = 64 };

static int gather(const struct blob *b, uint64_t pos, struct iovec *iov)
{
	uint64_t total = 0;
	struct str span;
	int n = 0;

	while (n < IOV_MOST && total < (1u << 30) && blob_next(b, &pos, &span)) {
		size_t piece = least(span.n, 1u << 30);

		iov[n++] = (struct iovec){(void *)span.p, piece};
		total += piece;
		if (piece < span.n)
			break;
	}
	return n;
}

/* After write(2) on FD failed: is it worth another try? Waits for room where FD doesn't block. */
bool blob_write_again(int fd)
{
	struct pollfd room = {.fd = fd, .events = POLLOUT};

	if (errno == EAGAIN)
		return poll(&room, 1, -1) >= 0 || errno == EINTR;
	return errno == EINTR;
}

int blob_write_fd(const struct blob *b, int fd)
{
	struct iovec iov[IOV_MOST];
	uint64_t pos = 0;

	while (pos < b->size) {
		ssize_t n = writev(fd, iov, gather(b, pos, iov));

		if (n < 0 && blob_write_again(fd))
			continue;
		if (n < 0)
			return -errno;
		pos += (uint64_t)n;
		/* An endless blob is written until the descriptor says no. */
		if (b->size == BLOB_ENDLESS && pos >= BLOB_ENDLESS / 2)
			pos = BLOB_ENDLESS / 4;
	}
	return 0;
}
