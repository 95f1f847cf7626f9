/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is remembered about files is never wrong: random changes through overlays that share a
 * cache, by processes that write in place within one tick of the clock (and put the time back), by
 * streams that became descriptors; each digest is compared with one of the bytes on the disk. Then:
 * what must be remembered is.
 */
#include "blob/internal.h"
#include "digest/digest.h"

#include "check.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 100000, FILES = 5, OVERLAYS = 2, STEPS = 3000, THREADS = 4 };

struct world {
	struct arena *mem;
	struct files_cache *cache;
	struct files *f[OVERLAYS];
	const char *tmp;
	uint64_t seed;
};

static struct str path_of(struct world *w, size_t i)
{
	return str_fmt(w->mem, "%s/%zu", w->tmp, i);
}

static void open_overlays(struct world *w)
{
	for (size_t i = 0; i < OVERLAYS; i++) {
		struct files_options o = {.umask = 022, .cache = w->cache, .link_copies = i & 1};

		w->f[i] = files_new(&o);
	}
}

static struct world world_begin(const char *tmp, uint64_t seed)
{
	struct world w = {.mem = arena_new(), .cache = files_cache_new(), .tmp = tmp, .seed = seed};
	static const char bytes[SIZE];

	open_overlays(&w);
	for (size_t i = 0; i < FILES; i++) {
		int fd = open(path_of(&w, i).p, O_WRONLY | O_CREAT | O_TRUNC, 0644);

		CHECK(write(fd, bytes, SIZE) == SIZE && close(fd) == 0);
	}
	return w;
}

static void world_end(struct world *w)
{
	for (size_t i = 0; i < OVERLAYS; i++)
		files_free(w->f[i]);
	files_cache_free(w->cache);
	for (size_t i = 0; i < FILES; i++)
		CHECK(unlink(path_of(w, i).p) == 0);
	arena_free(w->mem);
}

static void commit(struct files *f)
{
	struct str bad;

	CHECK(files_commit(f, &bad) == 0);
}

/* As another program would: in place; with BACK the modification time is put back. */
static void poke(const char *path, size_t at, char byte, bool back)
{
	struct stat st;
	int fd = open(path, O_WRONLY);

	CHECK(fd >= 0 && fstat(fd, &st) == 0 && pwrite(fd, &byte, 1, (off_t)at) == 1);
	if (back)
		CHECK(futimens(fd, (struct timespec[2]){{.tv_nsec = UTIME_OMIT}, st.st_mtim}) == 0);
	CHECK(close(fd) == 0);
}

static void process_pokes(struct files *f, const char *path, size_t at, char byte, bool back)
{
	commit(f);
	files_process_starts(f);
	poke(path, at, byte, back);
	files_process_ended(f);
}

/* A stream that stands for a descriptor now writes in place. */
static void stream_pokes(struct world *w, struct files *f, struct str path, size_t at, char byte)
{
	struct stream *s;

	commit(f);
	CHECK(stream_open(w->mem, f, path, STREAM_UPDATE, &s) == 0 && stream_descriptor(s) >= 0);
	CHECK(stream_seek(s, at) == 0 && stream_write(s, &byte, 1) == 0);
	stream_close(s);
}

static void copy(struct files *f, struct str from, struct str to, const char *end)
{
	struct blob *b, *more = blob_copy(end, strlen(end)), *all;

	CHECK(files_read(f, from, &b) == 0);
	all = blob_cat(b, more);
	CHECK(files_write(f, to, all) == 0);
	blob_unref(all);
	blob_unref(more);
	blob_unref(b);
	commit(f);
}

static void check_digest(struct world *w, struct files *f, struct str path)
{
	const struct digest *d = check_below(&w->seed, 2) ? &digest_sha256 : &digest_md5;
	unsigned char mine[DIGEST_MOST], want[DIGEST_MOST];
	int fd = open(path.p, O_RDONLY);
	struct stat st;
	struct blob *b;
	char *p;

	CHECK(fd >= 0 && fstat(fd, &st) == 0);
	p = malloc((size_t)st.st_size);
	CHECK(p && read(fd, p, (size_t)st.st_size) == st.st_size && close(fd) == 0);
	digest_bytes(d, p, (size_t)st.st_size, want);
	free(p);
	CHECK(files_read(f, path, &b) == 0 && blob_size(b) == (uint64_t)st.st_size);
	digest_blob(d, b, mine);
	blob_unref(b);
	CHECK(memcmp(mine, want, d->size) == 0);
}

static void step(struct world *w)
{
	struct files *f = w->f[check_below(&w->seed, OVERLAYS)];
	struct str path = path_of(w, check_below(&w->seed, FILES));
	struct str other = path_of(w, check_below(&w->seed, FILES));
	size_t at = check_below(&w->seed, SIZE);
	char byte = (char)check_random(&w->seed);

	switch (check_below(&w->seed, 9)) {
	case 0: process_pokes(f, path.p, at, byte, false); break;
	case 1: process_pokes(f, path.p, at, byte, true); break;
	case 2: stream_pokes(w, f, path, at, byte); break;
	case 3: copy(f, path, other, ""); break;
	case 4: copy(f, path, other, "more"); break;
	case 5: CHECK(files_touch(f, path, (struct timespec){1700000000, 0}, true) == 0); break;
	default: check_digest(w, f, path); break;
	}
	if (check_below(&w->seed, 500) == 0)
		usleep(60000);
	arena_free(w->mem);
	w->mem = arena_new();
}

static void test_random(const char *tmp)
{
	struct world w = world_begin(tmp, 0x9e3779b97f4a7c15);

	for (int i = 0; i < STEPS; i++)
		step(&w);
	world_end(&w);
}

/* --- what must be remembered --- */

static const char kind;

/* The longest beginning of PATH that overlay F has a fact about. */
static uint64_t known(struct files *f, struct str path)
{
	struct blob *b;
	uint64_t at;
	char fact;

	CHECK(files_read(f, path, &b) == 0);
	CHECK(!blob_recall(b, &kind, &at, &fact, 1) || fact == 'x');
	blob_unref(b);
	return at;
}

static void learn(struct files *f, struct str path)
{
	struct blob *b;

	CHECK(files_read(f, path, &b) == 0);
	blob_remember(b, &kind, blob_size(b), "x", 1);
	blob_unref(b);
}

static void test_remembered(const char *tmp)
{
	struct world w = world_begin(tmp, 1);
	struct str a = path_of(&w, 0), b = path_of(&w, 1), c = path_of(&w, 2);

	CHECK(known(w.f[0], a) == 0);
	learn(w.f[0], a);
	CHECK(known(w.f[0], a) == SIZE && known(w.f[1], a) == SIZE && known(w.f[1], b) == 0);
	copy(w.f[0], a, b, "");
	copy(w.f[1], a, c, "");	/* a hard link: the time of both changes */
	CHECK(known(w.f[1], a) == SIZE && known(w.f[0], b) == SIZE && known(w.f[0], c) == SIZE);
	copy(w.f[0], b, b, "more");
	CHECK(known(w.f[1], b) == SIZE);
	learn(w.f[1], b);
	CHECK(known(w.f[0], b) == SIZE + 4);
	files_process_starts(w.f[0]);
	CHECK(known(w.f[0], b) == 0); /* it may have been changed just now */
	learn(w.f[0], b);
	CHECK(known(w.f[0], b) == 0);
	usleep(60000);
	learn(w.f[0], b);
	CHECK(known(w.f[1], b) == SIZE + 4);
	files_process_ended(w.f[0]);
	CHECK(known(w.f[1], b) == SIZE + 4); /* a change after all that time would show */
	world_end(&w);
}

/* Files that begin with the same file share what is found out about it, later too. */
static void test_shared(const char *tmp)
{
	struct world w = world_begin(tmp, 1);
	struct str a = path_of(&w, 0), b = path_of(&w, 1), c = path_of(&w, 2), d = path_of(&w, 3);
	struct blob *of_c;

	copy(w.f[0], a, b, "more");
	copy(w.f[0], a, c, "other");
	copy(w.f[0], c, d, "again");
	CHECK(known(w.f[1], c) == 0 && files_read(w.f[1], c, &of_c) == 0);
	CHECK(blob_shared(of_c) == SIZE);
	blob_remember(of_c, &kind, SIZE, "x", 1);
	CHECK(known(w.f[0], a) == SIZE && known(w.f[0], b) == SIZE && known(w.f[0], d) == SIZE);
	blob_remember(of_c, &kind, SIZE + 1, "x", 1);
	CHECK(known(w.f[0], a) == SIZE && known(w.f[0], b) == SIZE && known(w.f[0], d) == SIZE + 1);
	process_pokes(w.f[0], a.p, 5, 'y', true);
	CHECK(known(w.f[1], a) == 0);
	blob_unref(of_c);
	/* Who may have been changed just now is asked anew, but where to cut it may be guessed. */
	copy(w.f[0], a, b, "anew");
	files_process_starts(w.f[0]);
	files_process_ended(w.f[0]);
	CHECK(files_read(w.f[1], b, &of_c) == 0 && blob_shared(of_c) == SIZE);
	blob_unref(of_c);
	world_end(&w);
}

/* --- a model of a file system whose clock ticks seldom --- */

/* A file that is only a stat and the number of its present content. */
struct model {
	struct stat st;
	size_t version;
};

/*
 * As the kernel does it: the coarse clock. Newer kernels tell more times apart, but not everywhere.
 */
static void model_change(struct model *m)
{
	clock_gettime(CLOCK_REALTIME_COARSE, &m->st.st_ctim);
	m->version++;
}

/* What the cache says about M must be about its present content. How often it says anything. */
static size_t model_read(struct files_cache *c, struct model *m, struct blob_facts **facts)
{
	unsigned long when = files_cache_now(c);
	struct blob_facts *found = files_cache_known(c, &m->st);

	CHECK(!found || found == facts[m->version]);
	if (!found && !facts[m->version])
		facts[m->version] = blob_facts_new();
	if (!found)
		files_cache_put(c, &m->st, when, facts[m->version]);
	blob_facts_unref(found);
	return found != NULL;
}

static void test_model(void)
{
	struct files_cache *c = files_cache_new();
	struct model m = {.st = {.st_ino = 1, .st_size = SIZE}};
	struct blob_facts *facts[STEPS + 1] = {0};
	uint64_t seed = 77;
	size_t running = 0, hits = 0;

	for (int i = 0; i < STEPS; i++) {
		switch (check_below(&seed, 8)) {
		case 0: files_cache_process(c, true); running++; break;
		case 1:
			if (running)
				model_change(&m);
			break;
		case 2:
		case 3:
			if (running && running--)
				files_cache_process(c, false);
			break;
		case 4:
			model_change(&m);
			files_cache_disturb(c);
			break;
		default: hits += model_read(c, &m, facts); break;
		}
		if (check_below(&seed, 200) == 0)
			usleep(check_below(&seed, 2) ? 1000 : 60000);
	}
	CHECK(hits > STEPS / 20);
	files_cache_free(c);
	for (size_t i = 0; i <= STEPS; i++)
		blob_facts_unref(facts[i]);
}

/* --- threads --- */

static void *read_often(void *arg)
{
	struct world *from = arg, w = *from;
	struct files_options o = {.umask = 022, .cache = from->cache};

	w.mem = arena_new();
	for (int i = 0; i < 50; i++) {
		struct files *f = files_new(&o);

		w.seed = (uint64_t)i * 7 + 1;
		for (size_t k = 0; k < FILES; k++)
			check_digest(&w, f, path_of(&w, k));
		files_process_starts(f);
		files_process_ended(f);
		files_free(f);
	}
	arena_free(w.mem);
	return NULL;
}

static void test_threads(const char *tmp)
{
	struct world w = world_begin(tmp, 5);
	pthread_t threads[THREADS];

	for (size_t i = 0; i < FILES; i++)
		poke(path_of(&w, i).p, i, 'a', false);
	for (size_t i = 0; i < THREADS; i++)
		CHECK(pthread_create(&threads[i], NULL, read_often, &w) == 0);
	for (size_t i = 0; i < THREADS; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	world_end(&w);
}

int main(void)
{
	char tmp[] = "/tmp/test-cache-XXXXXX";

	CHECK(mkdtemp(tmp));
	umask(022);
	test_random(tmp);
	test_model();
	test_remembered(tmp);
	test_shared(tmp);
	test_threads(tmp);
	CHECK(rmdir(tmp) == 0);
	return 0;
}
