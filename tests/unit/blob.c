/* SPDX-License-Identifier: GPL-2.0-only */
/* Ropes against an array of bytes. */
#include "blob/blob.h"

#include "check.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* --- a rope and what it should hold --- */

enum { MODEL_MOST = 300000 };

struct model {
	struct blob *b;
	unsigned char *p;
	size_t n;
};

static void same(const struct model *m)
{
	struct str span;
	uint64_t pos = 0, run, before;
	size_t n = 0;

	CHECK(blob_size(m->b) == m->n);
	for (; blob_next(m->b, &pos, &span); n += span.n) {
		CHECK(span.n > 0 && span.n <= m->n - n);
		CHECK(memcmp(m->p + n, span.p, span.n) == 0);
	}
	CHECK(n == m->n && pos == m->n);
	for (pos = before = 0; blob_next_span(m->b, &pos, &span, &run); before = pos) {
		CHECK(pos - before == (run ? run : span.n));
		for (size_t i = before; run && i < pos; i++)
			CHECK(m->p[i] == (unsigned char)span.p[0]);
	}
	CHECK(before == m->n);
}

static struct blob *random_piece(uint64_t *seed, unsigned char *bytes, size_t *n)
{
	static const size_t sizes[] = {1, 3, 40, 600, 5000, 70000};
	size_t kind = check_below(seed, 4);

	*n = check_below(seed, sizes[check_below(seed, 6)] + 1);
	if (kind == 0) {
		memset(bytes, (int)check_below(seed, 3) - 1, *n);
		return blob_run(*n ? bytes[0] : 0, *n);
	}
	for (size_t i = 0; i < *n; i++)
		bytes[i] = (unsigned char)check_random(seed);
	return blob_copy(bytes, *n);
}

static void model_set(struct model *m, struct blob *b)
{
	blob_unref(m->b);
	m->b = b;
}

static void model_patch(struct model *m, uint64_t *seed, unsigned char *bytes)
{
	size_t n, at = check_below(seed, m->n + 1000);
	struct blob *piece = random_piece(seed, bytes, &n);

	if (at + n <= MODEL_MOST) {
		model_set(m, blob_patch(m->b, at, piece));
		if (n && at > m->n)
			memset(m->p + m->n, 0, at - m->n);
		memcpy(m->p + at, bytes, n);
		m->n = n && at + n > m->n ? at + n : m->n;
	}
	blob_unref(piece);
}

static void model_cat(struct model *m, uint64_t *seed, unsigned char *bytes, bool front)
{
	size_t n;
	struct blob *piece = random_piece(seed, bytes, &n);

	if (m->n + n <= MODEL_MOST) {
		model_set(m, front ? blob_cat(piece, m->b) : blob_cat(m->b, piece));
		memmove(m->p + (front ? n : 0), m->p, front ? m->n : 0);
		memcpy(m->p + (front ? 0 : m->n), bytes, n);
		m->n += n;
	}
	blob_unref(piece);
}

static void model_slice(struct model *m, uint64_t *seed)
{
	size_t at = check_below(seed, m->n / 8 + 2), n = check_below(seed, m->n + 2);

	model_set(m, blob_slice(m->b, at, n));
	at = at < m->n ? at : m->n;
	n = n < m->n - at ? n : m->n - at;
	memmove(m->p, m->p + at, n);
	m->n = n;
}

static void model_double(struct model *m)
{
	if (m->n * 2 > MODEL_MOST)
		return;
	model_set(m, blob_cat(m->b, m->b));
	memcpy(m->p + m->n, m->p, m->n);
	m->n *= 2;
}

static void model_resize(struct model *m, uint64_t *seed)
{
	size_t n = check_below(seed, m->n + 500);

	if (n > MODEL_MOST)
		return;
	model_set(m, blob_resize(m->b, n));
	if (n > m->n)
		memset(m->p + m->n, 0, n - m->n);
	m->n = n;
}

static void test_random(uint64_t seed)
{
	unsigned char *bytes = malloc(70001), *p = malloc(MODEL_MOST), *old_p = malloc(MODEL_MOST);
	struct model m = {blob_empty(), p, 0}, old = {blob_empty(), old_p, 0};

	for (int i = 0; i < 1500; i++) {
		switch (check_below(&seed, 16)) {
		case 0: model_patch(&m, &seed, bytes); break;
		case 1: model_cat(&m, &seed, bytes, true); break;
		case 2: model_slice(&m, &seed); break;
		case 3: model_double(&m); break;
		case 4: model_resize(&m, &seed); break;
		case 5: /* what was kept must not have changed since */
			same(&old);
			model_set(&old, blob_ref(m.b));
			memcpy(old.p, m.p, m.n);
			old.n = m.n;
			break;
		case 6: /* two continuations of one rope */
			model_set(&m, blob_ref(old.b));
			memcpy(m.p, old.p, old.n);
			m.n = old.n;
			break;
		default: model_cat(&m, &seed, bytes, false);
		}
		if (i % 16 == 0)
			same(&m);
	}
	same(&m);
	same(&old);
	blob_unref(m.b);
	blob_unref(old.b);
	free(bytes);
	free(p);
	free(old_p);
}

/* --- many small pieces --- */

static size_t leaves(const struct blob *b)
{
	struct str span;
	uint64_t pos = 0, run;
	size_t n = 0;

	while (blob_next_span(b, &pos, &span, &run))
		n++;
	return n;
}

static struct blob *append(struct blob *b, struct blob *piece)
{
	struct blob *all = blob_cat(b, piece);

	blob_unref(b);
	blob_unref(piece);
	return all;
}

static void test_many_appends(void)
{
	struct timespec start, end;
	struct blob *b = blob_empty();
	char text[16];

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (int i = 0; i < 100000; i++) {
		snprintf(text, sizeof(text), "%06d\n", i);
		b = append(b, i % 3 == 2 ? blob_run('x', 7) : blob_copy(text, 7));
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	CHECK(end.tv_sec - start.tv_sec < 5);
	CHECK(blob_size(b) == 700000);
	CHECK(leaves(b) < 30);
	CHECK(blob_read(b, 7 * 99999, text, 16) == 7 && memcmp(text, "099999\n", 7) == 0);
	CHECK(blob_read(b, 7 * 99998, text, 7) == 7 && memcmp(text, "xxxxxxx", 7) == 0);
	blob_unref(b);
}

/* Leaves that can't be joined: the tree stays flat enough for a small stack. */
static void *many_leaves(void *unused)
{
	struct blob *b = blob_empty(), *half;

	(void)unused;
	for (int i = 0; i < 200000; i++)
		b = append(b, blob_run((unsigned char)(i & 1), 5000));
	CHECK(leaves(b) == 200000);
	for (int i = 0; i < 100; i++) {
		half = blob_slice(b, 2500, blob_size(b) - 5000);
		blob_unref(b);
		b = half;
	}
	CHECK(blob_size(b) == 200000ull * 5000 - 100 * 5000);
	blob_unref(b);
	return NULL;
}

static void test_small_stack(void)
{
	pthread_attr_t attr;
	pthread_t thread;

	CHECK(pthread_attr_init(&attr) == 0);
	CHECK(pthread_attr_setstacksize(&attr, 64 << 10) == 0);
	CHECK(pthread_create(&thread, &attr, many_leaves, NULL) == 0);
	CHECK(pthread_join(thread, NULL) == 0);
	pthread_attr_destroy(&attr);
}

/* --- sharing between threads: both extend the same leaf --- */

static void *extend(void *shared)
{
	for (int i = 0; i < 20000; i++) {
		struct blob *b = blob_cat(shared, shared), *c;
		char out[40];

		c = append(blob_ref(b), blob_copy("0123456789", 10));
		CHECK(blob_read(c, 0, out, 40) == 22);
		CHECK(memcmp(out, "sharedshared0123456789", 22) == 0);
		blob_unref(b);
		blob_unref(c);
	}
	return NULL;
}

static void test_threads(void)
{
	struct blob *b = append(blob_copy("sha", 3), blob_copy("red", 3));
	pthread_t threads[4];

	for (int i = 0; i < 4; i++)
		CHECK(pthread_create(&threads[i], NULL, extend, b) == 0);
	for (int i = 0; i < 4; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	blob_unref(b);
}

/* --- edges --- */

static void test_endless(void)
{
	struct blob *zero = blob_run(0, BLOB_ENDLESS), *head = blob_copy("head", 4), *b, *c;
	char out[8];

	b = blob_cat(head, zero);
	CHECK(blob_size(b) == BLOB_ENDLESS);
	c = blob_slice(b, 2, BLOB_ENDLESS);
	CHECK(blob_size(c) == BLOB_ENDLESS);
	CHECK(blob_read(c, 0, out, 8) == 8 && memcmp(out, "ad\0\0\0\0\0\0", 8) == 0);
	blob_unref(c);
	c = blob_slice(b, 2, 4);
	CHECK(blob_size(c) == 4 && blob_read(c, 0, out, 8) == 4 && memcmp(out, "ad\0\0", 4) == 0);
	blob_unref(c);
	c = blob_cat(b, head);
	CHECK(blob_size(c) == BLOB_ENDLESS);
	blob_unref(c);
	blob_unref(b);
	blob_unref(zero);
	blob_unref(head);
}

static void test_equal(void)
{
	struct blob *a = append(blob_copy("aaa", 3), blob_run('a', 100000)),
		    *b = blob_run('a', 100003);
	struct blob *c = append(blob_run('a', 100002), blob_copy("b", 1)), *e = blob_empty();

	CHECK(blob_equal(a, b) && blob_equal(b, a) && blob_equal(a, a));
	CHECK(!blob_equal(a, c) && !blob_equal(c, b) && !blob_equal(a, e) && blob_equal(e, e));
	blob_unref(a);
	blob_unref(b);
	blob_unref(c);
	blob_unref(e);
}

static void test_empty(void)
{
	struct arena *mem = arena_new();
	struct blob *e = blob_empty(), *r = blob_run(7, 0), *n = blob_copy(NULL, 0), *both;
	uint64_t pos = 0;
	struct str span;

	both = blob_cat(e, r);
	CHECK(blob_size(both) == 0 && !blob_next(both, &pos, &span) && blob_flat(mem, n).n == 0);
	CHECK(blob_write_fd(both, -1) == 0);
	blob_unref(both);
	both = blob_patch(e, 3, n);
	CHECK(blob_size(both) == 0);
	blob_unref(both);
	blob_unref(NULL);
	blob_unref(e);
	blob_unref(r);
	blob_unref(n);
	arena_free(mem);
}

static int temp_file(void)
{
	char name[] = "/tmp/test-blob-XXXXXX";
	int fd = mkstemp(name);

	CHECK(fd >= 0);
	unlink(name);
	return fd;
}

static void test_file(size_t n)
{
	uint64_t seed = n + 1;
	unsigned char *bytes = malloc(n + 1);
	int fd = temp_file();
	struct blob *b, *copy;

	for (size_t i = 0; i < n; i++)
		bytes[i] = (unsigned char)check_random(&seed);
	CHECK(write(fd, bytes, n) == (ssize_t)n);
	b = blob_file(fd);
	close(fd);
	copy = blob_copy(bytes, n);
	CHECK(b && blob_equal(b, copy));
	blob_unref(copy);
	b = append(b, blob_run(0xff, 1000));
	CHECK(blob_size(b) == n + 1000);
	blob_unref(b);
	free(bytes);
}

/* A pipe takes the bytes in pieces; a file too large for the limit says so. */
static void *drain(void *ctx)
{
	int fd = *(int *)ctx;
	size_t total = 0;
	char out[777];
	ssize_t n;

	while ((n = read(fd, out, sizeof(out))) > 0)
		total += (size_t)n;
	*(size_t *)((int *)ctx + 2) = total;
	return NULL;
}

static void test_short_writes(void)
{
	struct { int fd[2]; size_t total; } pipes = {.total = 0};
	struct blob *b = append(blob_run(1, 1 << 20), blob_run(2, 1 << 20));
	pthread_t thread;

	for (int i = 0; i < 100; i++)
		b = append(b, blob_run((unsigned char)i, 5000));
	CHECK(pipe(pipes.fd) == 0);
	CHECK(pthread_create(&thread, NULL, drain, &pipes) == 0);
	CHECK(blob_write_fd(b, pipes.fd[1]) == 0);
	close(pipes.fd[1]);
	CHECK(pthread_join(thread, NULL) == 0);
	CHECK(pipes.total == blob_size(b));
	close(pipes.fd[0]);
	CHECK(blob_write_fd(b, pipes.fd[0]) == -9 /* EBADF */);
	blob_unref(b);
}

int main(void)
{
	for (uint64_t seed = 1; seed < 12; seed++)
		test_random(seed * 0x9e3779b97f4a7c15);
	test_many_appends();
	test_small_stack();
	test_threads();
	test_endless();
	test_equal();
	test_empty();
	test_file(0);
	test_file(1);
	test_file(65535);
	test_file(65536);
	test_file(3 << 20);
	test_short_writes();
	return 0;
}
