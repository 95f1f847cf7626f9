/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ropes: immutable byte strings as height-balanced trees whose leaves are spans (a part of a mapped
 * file, a part of memory, a run of one byte). Concatenation and slicing take logarithmic time; the
 * height is below 1.5 log2(leaves), so recursion over a tree is bounded. Reading is in span.c.
 *
 * Appending small pieces one by one doesn't make a leaf of each: memory behind a leaf may have
 * unused room, and whoever extends the leaf that ends where the use ends (`used`, one atomic
 * compare-and-swap) may put its bytes there. Nobody sees bytes outside of his own leaf.
 */
#include "blob/rope.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Runs up to this are copied beside neighbouring memory; a smaller slice lets go of its store. */
enum { RUN_SMALL = 4096, SLICE_SMALL = 512 };

_Noreturn void blob_die_oom(void)
{
	memory_exhausted();
}

static void *take(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (!p)
		blob_die_oom();
	return p;
}

/* --- stores --- */

static struct store *store_new(unsigned char *p, size_t cap, size_t used)
{
	struct store *s = take(sizeof(*s));

	s->p = p;
	s->cap = cap;
	s->mapped = false;
	s->origin = NULL;
	s->holes = NULL;
	s->n_holes = 0;
	atomic_init(&s->refs, 1);
	atomic_init(&s->used, used);
	return s;
}

static struct store *store_ref(struct store *s)
{
	atomic_fetch_add_explicit(&s->refs, 1, memory_order_relaxed);
	return s;
}

static void store_unref(struct store *s)
{
	if (atomic_fetch_sub_explicit(&s->refs, 1, memory_order_acq_rel) != 1)
		return;
	if (s->mapped)
		munmap(s->p, s->cap);
	else
		free(s->p);
	free(s->origin);
	free(s->holes);
	free(s);
}

/* --- nodes --- */

static struct blob *node_new(enum blob_kind kind, uint64_t size)
{
	struct blob *b = take(sizeof(*b));

	*b = (struct blob){.kind = kind, .size = size};
	atomic_init(&b->refs, 1);
	return b;
}

struct blob *blob_ref(struct blob *b)
{
	atomic_fetch_add_explicit(&b->refs, 1, memory_order_relaxed);
	return b;
}

void blob_unref(struct blob *b)
{
	while (b && atomic_fetch_sub_explicit(&b->refs, 1, memory_order_acq_rel) == 1) {
		struct blob *next = NULL;

		if (b->kind == BLOB_PAIR) {
			blob_unref(b->left);
			next = b->right;
		} else if (b->kind == BLOB_SPAN) {
			store_unref(b->store);
		} else {
			free(atomic_load(&b->fill));
		}
		blob_facts_unref(atomic_load(&b->facts));
		free(b);
		b = next;
	}
}

/* A leaf over SIZE bytes at P in STORE; takes over the caller's reference of STORE. */
static struct blob *leaf_new(struct store *store, const unsigned char *p, size_t size)
{
	struct blob *b = node_new(BLOB_SPAN, size);

	b->store = store;
	b->p = p;
	return b;
}

struct blob *blob_empty(void)
{
	return blob_run(0, 0);
}

struct blob *blob_run(unsigned char byte, uint64_t n)
{
	struct blob *b = node_new(BLOB_RUN, n < BLOB_ENDLESS ? n : BLOB_ENDLESS);

	b->byte = byte;
	atomic_init(&b->fill, NULL);
	return b;
}

struct blob *blob_adopt(void *p, size_t n)
{
	if (n)
		return leaf_new(store_new(p, n, n), p, n);
	free(p);
	return blob_empty();
}

struct blob *blob_copy(const void *p, size_t n)
{
	void *q;

	if (!n)
		return blob_empty();
	q = take(n);
	memcpy(q, p, n);
	return blob_adopt(q, n);
}

/* --- files --- */

/*
 * Up to N bytes of FD to P, from OFFSET on, or from where it stands and moving it (-1): how many,
 * less than N only at the end; -1 with errno.
 */
static ssize_t fill(int fd, unsigned char *p, size_t n, off_t offset)
{
	size_t is = 0;

	while (is < n) {
		ssize_t got = offset < 0 ? read(fd, p + is, n - is)
					 : pread(fd, p + is, n - is, offset + (off_t)is);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		is += (size_t)got;
	}
	return (ssize_t)is;
}

/* P is not needed; returns NULL with errno as it was. */
static struct blob *drop(unsigned char *p)
{
	int saved = errno;

	free(p);
	errno = saved;
	return NULL;
}

struct blob *blob_read_fd(int fd)
{
	size_t n = 0, cap = BLOB_SMALL;
	unsigned char *p = take(cap), *fit;

	for (;;) {
		ssize_t got = fill(fd, p + n, cap - n, -1);

		if (got < 0)
			return drop(p);
		n += (size_t)got;
		if (n < cap)
			break;
		if (!(p = realloc(p, cap *= 2)))
			blob_die_oom();
	}
	fit = n ? realloc(p, n) : NULL;
	return blob_adopt(fit ? fit : p, n);
}

static struct blob *read_small(int fd)
{
	/* The descriptor's offset is the caller's business and stays. */
	unsigned char *p = take(BLOB_SMALL), *fit;
	ssize_t n = fill(fd, p, BLOB_SMALL, 0);

	if (n < 0)
		return drop(p);
	fit = n ? realloc(p, (size_t)n) : NULL;
	return blob_adopt(fit ? fit : p, (size_t)n);
}

static struct blob_origin *origin_new(const struct stat *st, const char *path)
{
	size_t n = path ? strlen(path) : 0;
	struct blob_origin *o = take(sizeof(*o) + n + 1);

	o->dev = st->st_dev;
	o->ino = st->st_ino;
	o->size = (uint64_t)st->st_size;
	o->mtime = st->st_mtim;
	memcpy(o->path, path ? path : "", n + 1);
	return o;
}

struct blob *blob_file_at(int fd, const char *path)
{
	struct stat st;
	struct blob *b;

	if (fstat(fd, &st) < 0)
		return NULL;
	if (!S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		return NULL;
	}
	if (st.st_size < BLOB_SMALL) {
		b = read_small(fd);
		/* What says size 0 and has bytes (/proc) isn't a file to link or clone. */
		if (!b || b->kind != BLOB_SPAN || b->size != (uint64_t)st.st_size)
			return b;
	} else {
		size_t n = (size_t)st.st_size;
		void *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);

		if (p == MAP_FAILED)
			return NULL;
		b = leaf_new(store_new(p, n, n), p, n);
		b->store->mapped = true;
		/* Only of a descriptor that is our caller's own: its offset moves. */
		if (path && (uint64_t)st.st_blocks * 512 < n)
			store_find_holes(b->store, fd);
	}
	b->store->origin = origin_new(&st, path);
	return b;
}

struct blob *blob_file(int fd)
{
	return blob_file_at(fd, NULL);
}

bool blob_origin_is(const struct blob_origin *o, const struct stat *st)
{
	return S_ISREG(st->st_mode) && o->dev == st->st_dev && o->ino == st->st_ino &&
	       o->size == (uint64_t)st->st_size && o->mtime.tv_sec == st->st_mtim.tv_sec &&
	       o->mtime.tv_nsec == st->st_mtim.tv_nsec;
}

/* --- concatenation: a join of two balanced trees. These take over their arguments. --- */

static struct blob *pair(struct blob *l, struct blob *r)
{
	struct blob *b = node_new(BLOB_PAIR, l->size + r->size);

	b->left = l;
	b->right = r;
	b->height = (unsigned char)((l->height > r->height ? l->height : r->height) + 1);
	return b;
}

/* The children of B, B itself let go. */
static void split_pair(struct blob *b, struct blob **l, struct blob **r)
{
	*l = blob_ref(b->left);
	*r = blob_ref(b->right);
	blob_unref(b);
}

/* L and R, whose heights differ by two at most, as one balanced tree. */
static struct blob *balance(struct blob *l, struct blob *r)
{
	struct blob *a, *b, *c, *d;

	if (l->height > r->height + 1) {
		split_pair(l, &a, &b);
		if (a->height >= b->height)
			return pair(a, pair(b, r));
		split_pair(b, &c, &d);
		return pair(pair(a, c), pair(d, r));
	}
	if (r->height > l->height + 1) {
		split_pair(r, &a, &b);
		if (b->height >= a->height)
			return pair(pair(l, a), b);
		split_pair(a, &c, &d);
		return pair(pair(l, c), pair(d, b));
	}
	return pair(l, r);
}

static struct blob *join(struct blob *l, struct blob *r)
{
	struct blob *a, *b;

	if (l->height > r->height + 1) {
		split_pair(l, &a, &b);
		return balance(a, join(b, r));
	}
	if (r->height > l->height + 1) {
		split_pair(r, &a, &b);
		return balance(join(l, a), b);
	}
	return pair(l, r);
}

/* --- growing the last leaf --- */

static const struct blob *last_leaf(const struct blob *b)
{
	while (b->kind == BLOB_PAIR)
		b = b->right;
	return b;
}

/* B with LEAF (taken over) instead of its last leaf. */
static struct blob *replace_last(const struct blob *b, struct blob *leaf)
{
	if (b->kind != BLOB_PAIR)
		return leaf;
	return pair(blob_ref(b->left), replace_last(b->right, leaf));
}

static bool is_small(const struct blob *leaf)
{
	return leaf->kind == BLOB_RUN ? leaf->size <= RUN_SMALL
				      : leaf->kind == BLOB_SPAN && leaf->size < BLOB_SMALL;
}

static void fill_in(unsigned char *out, const struct blob *leaf)
{
	if (leaf->kind == BLOB_RUN)
		memset(out, leaf->byte, leaf->size);
	else
		memcpy(out, leaf->p, leaf->size);
}

/*
 * A leaf of A's bytes and B's where B follows in the same memory, or fits into the room behind A.
 */
static struct blob *extend_leaf(const struct blob *a, const struct blob *b)
{
	size_t end;

	if (a->kind != BLOB_SPAN)
		return NULL;
	if (b->kind == BLOB_SPAN && b->store == a->store && b->p == a->p + a->size)
		return leaf_new(store_ref(a->store), a->p, a->size + b->size);
	if (!is_small(b) || a->store->mapped)
		return NULL;
	end = (size_t)(a->p - a->store->p) + a->size;
	if (b->size > a->store->cap - end ||
	    !atomic_compare_exchange_strong(&a->store->used, &end, end + b->size))
		return NULL;
	fill_in(a->store->p + end, b);
	return leaf_new(store_ref(a->store), a->p, a->size + b->size);
}

/* A leaf of both, or NULL when they are better kept apart. */
static struct blob *merge_leaves(const struct blob *a, const struct blob *b)
{
	struct blob *leaf;
	unsigned char *p;
	size_t n, cap;

	if (a->kind == BLOB_RUN && b->kind == BLOB_RUN && a->byte == b->byte)
		return blob_run(a->byte, a->size + b->size);
	leaf = extend_leaf(a, b);
	if (leaf || !is_small(a) || !is_small(b) || a->size + b->size > BLOB_SMALL)
		return leaf;
	n = a->size + b->size;
	cap = n < 128 ? 256 : n * 2 < BLOB_SMALL ? n * 2 : BLOB_SMALL;
	p = take(cap);
	fill_in(p, a);
	fill_in(p + a->size, b);
	return leaf_new(store_new(p, cap, n), p, n);
}

struct blob *blob_cat(struct blob *a, struct blob *b)
{
	struct blob *merged, *cut;

	if (b->size == 0 || a->size == BLOB_ENDLESS)
		return blob_ref(a);
	if (a->size == 0)
		return blob_ref(b);
	if (b->size > BLOB_ENDLESS - a->size) {
		/* An endless end stays endless: sizes stop at BLOB_ENDLESS. */
		cut = blob_slice(b, 0, BLOB_ENDLESS - a->size);
		merged = blob_cat(a, cut);
		blob_unref(cut);
		return merged;
	}
	merged = b->kind == BLOB_PAIR ? NULL : merge_leaves(last_leaf(a), b);
	merged = merged ? replace_last(a, merged) : join(blob_ref(a), blob_ref(b));
	blob_facts_inherit(merged, a);
	return merged;
}

/* --- slices --- */

static struct blob *slice_leaf(struct blob *b, uint64_t offset, uint64_t n)
{
	if (b->kind == BLOB_RUN)
		return blob_run(b->byte, n);
	if (n <= SLICE_SMALL && !b->store->mapped)
		return blob_copy(b->p + offset, n);
	return leaf_new(store_ref(b->store), b->p + offset, n);
}

static struct blob *slice_within(struct blob *b, uint64_t offset, uint64_t n)
{
	struct blob *l, *r;
	uint64_t in_left;

	if (offset == 0 && n == b->size)
		return blob_ref(b);
	if (b->kind != BLOB_PAIR)
		return slice_leaf(b, offset, n);
	in_left = b->left->size;
	if (offset >= in_left)
		return slice_within(b->right, offset - in_left, n);
	if (offset + n <= in_left)
		return slice_within(b->left, offset, n);
	l = slice_within(b->left, offset, in_left - offset);
	r = slice_within(b->right, 0, offset + n - in_left);
	return join(l, r);
}

struct blob *blob_slice(struct blob *b, uint64_t offset, uint64_t n)
{
	struct blob *part, *more, *all;

	if (offset >= b->size)
		return blob_empty();
	if (n < b->size - offset)
		return n ? slice_within(b, offset, n) : blob_empty();
	part = slice_within(b, offset, b->size - offset);
	if (b->size < BLOB_ENDLESS || offset == 0 || n < BLOB_ENDLESS)
		return part;
	more = blob_run(last_leaf(b)->byte, BLOB_ENDLESS);
	all = blob_cat(part, more);
	blob_unref(more);
	blob_unref(part);
	return all;
}

/* A and B as one; both are let go. */
static struct blob *cat_both(struct blob *a, struct blob *b)
{
	struct blob *all = blob_cat(a, b);

	blob_unref(a);
	blob_unref(b);
	return all;
}

struct blob *blob_resize(struct blob *b, uint64_t n)
{
	if (n <= b->size)
		return blob_slice(b, 0, n);
	return cat_both(blob_ref(b), blob_run(0, n - b->size));
}

struct blob *blob_patch(struct blob *b, uint64_t offset, struct blob *patch)
{
	struct blob *front;

	if (patch->size == 0)
		return blob_ref(b);
	front = cat_both(blob_resize(b, offset), blob_ref(patch));
	return cat_both(front, blob_slice(b, offset + patch->size, BLOB_ENDLESS));
}

uint64_t blob_size(const struct blob *b)
{
	return b->size;
}
