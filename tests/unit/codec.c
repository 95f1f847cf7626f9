/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * test-codec NAME [OPTION...] <IN >OUT: one codec as a filter, for comparison with the tools. The
 * input is made a rope of uneven pieces first. Without arguments: what needs no reference.
 */
#include "codec/codec.h"

#include "check.h"

#include <lzma/LzmaEnc.h>
#include <pthread.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int number(char **argv, int i)
{
	return argv[i] ? atoi(argv[i]) : 0;
}

static struct lzma_options lzma_of(char **argv)
{
	struct lzma_options o = lzma_defaults();

	for (; *argv; argv++) {
		int n = atoi(*argv + 2);

		switch ((*argv)[0] << 8 | (*argv)[1]) {
		case 'l' << 8 | 'c': o.lc = n; break;
		case 'l' << 8 | 'p': o.lp = n; break;
		case 'p' << 8 | 'b': o.pb = n; break;
		case 'f' << 8 | 'b': o.fast_bytes = n; break;
		case 'd' << 8 | '=': o.dict = 1u << n; break;
		case 'a' << 8 | '=': o.algo = n; break;
		case 'b' << 8 | 't': o.match_finder = n; break;
		case 'e' << 8 | 'o': o.eos = true; break;
		default: CHECK(!"unknown option");
		}
	}
	return o;
}

static struct blob *run(struct arena *mem, struct blob *in, char **argv, struct str *why)
{
	struct str name = str_z(argv[0]);
	struct gzip_options gz = {number(argv, 1), {NULL, 0}, 0};
	struct xz_options xz = {argv[1], argv[1] ? argv[2] : NULL, 0, false};
	struct lzma_options lz;

	if (str_is(name, "gzip")) {
		gz.name = str_z(argv[1] ? argv[2] : NULL);
		gz.mtime = gz.name.p ? (uint32_t)number(argv, 3) : 0;
		return codec_gzip(mem, in, &gz, why);
	}
	if (str_is(name, "libdeflate"))
		return codec_libdeflate_gzip(mem, in, &gz, why);
	if (str_is(name, "lzma")) {
		lz = lzma_of(argv + 1);
		return codec_lzma(mem, in, &lz, why);
	}
	if (str_is(name, "xz")) {
		xz.preset = number(argv, 3);
		xz.extreme = argv[4] != NULL;
		return codec_xz(mem, in, &xz, why);
	}
	if (str_is(name, "bzip2"))
		return codec_bzip2(mem, in, number(argv, 1), why);
	if (str_is(name, "zstd"))
		return codec_zstd(mem, in, number(argv, 1), why);
	if (str_is(name, "deflate"))
		return codec_deflate(mem, in, number(argv, 1), number(argv, 2), why);
	if (str_is(name, "inflate"))
		return codec_inflate(mem, in, number(argv, 1), why);
	return str_is(name, "gunzip")    ? codec_gunzip(mem, in, why)
	       : str_is(name, "unlzma")  ? codec_unlzma(mem, in, why)
	       : str_is(name, "unxz")    ? codec_unxz(mem, in, why)
	       : str_is(name, "bunzip2") ? codec_bunzip2(mem, in, why)
					 : codec_unzstd(mem, in, why);
}

static struct blob *append(struct blob *b, struct blob *piece)
{
	struct blob *all = blob_cat(b, piece);

	blob_unref(b);
	blob_unref(piece);
	return all;
}

static struct blob *read_input(void)
{
	struct blob *b = blob_empty();
	uint64_t seed = 99;
	char piece[90000];
	ssize_t n;

	while ((n = read(0, piece, 1 + check_below(&seed, sizeof(piece)))) > 0)
		b = append(b, blob_copy(piece, (size_t)n));
	return b;
}

static int filter(char **argv)
{
	struct arena *mem = arena_new();
	struct blob *in = read_input(), *out;
	struct str why = {NULL, 0};
	int status = 1;

	out = run(mem, in, argv, &why);
	if (out)
		status = blob_write_fd(out, 1) != 0;
	else
		fprintf(stderr, "%.*s\n", STR_ARG(why));
	blob_unref(out);
	blob_unref(in);
	arena_free(mem);
	return status;
}

/* --- prefixes --- */

static struct blob *noise(uint64_t seed, size_t n)
{
	unsigned char *p = malloc(n);

	for (size_t i = 0; i < n; i++)
		p[i] = (unsigned char)(check_random(&seed) % 16 * (i % 7));
	return blob_adopt(p, n);
}

struct job {
	struct codec_cache *cache;
	struct blob *in, *want;
	const struct lzma_options *o; /* NULL: XZ */
	const struct xz_options *xz;
};

/* What J's options make of its input, from CACHE on. */
static struct blob *encoded(const struct job *j, struct codec_cache *cache, struct arena *mem)
{
	struct str why;

	return j->o ? codec_lzma_cached(cache, mem, j->in, j->o, &why)
		    : codec_xz_cached(cache, mem, j->in, j->xz, &why);
}

static void *encode(void *ctx)
{
	struct job *j = ctx;
	struct arena *mem = arena_new();
	struct blob *got = encoded(j, j->cache, mem);

	CHECK(got && blob_equal(got, j->want));
	blob_unref(got);
	arena_free(mem);
	return NULL;
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A kernel behind a loader of FRONT bytes: two threads at once, then one more tail, an empty one,
 * and what comes again. */
static void test_prefix(const struct lzma_options *o, const struct xz_options *xz, size_t front)
{
	struct codec_cache *cache = codec_cache_new();
	struct blob *loader = noise(9, front), *alone = noise(1, 1300000),
		    *kernel = blob_cat(loader, alone);
	struct arena *mem = arena_new();
	struct job jobs[4];
	pthread_t threads[2];
	double plain = 0, cached;

	for (int i = 0; i < 4; i++) {
		struct blob *tail =
		    i == 3 ? blob_empty() : noise((uint64_t)i + 2, 3000 * (size_t)(i + 1));

		jobs[i] = (struct job){cache, blob_cat(kernel, tail), NULL, o, xz};
		plain = seconds();
		jobs[i].want = encoded(&jobs[i], NULL, mem);
		plain = seconds() - plain;
		CHECK(jobs[i].want);
		blob_unref(tail);
	}
	for (int i = 0; i < 2; i++)
		CHECK(pthread_create(&threads[i], NULL, encode, &jobs[i]) == 0);
	for (int i = 0; i < 2; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	cached = seconds();
	encode(&jobs[2]);
	cached = seconds() - cached;
	encode(&jobs[3]);
	encode(&jobs[0]);
	if ((!o || o->fast_bytes < 200) && cached > plain / 2)
		fprintf(stderr, "a known prefix saved little: %.3f s, without %.3f s\n", cached,
			plain);
	for (int i = 0; i < 4; i++) {
		blob_unref(jobs[i].in);
		blob_unref(jobs[i].want);
	}
	blob_unref(kernel);
	blob_unref(alone);
	blob_unref(loader);
	codec_cache_free(cache);
	codec_cache_free(NULL);
	arena_free(mem);
}

/* N bytes, of which the last LAST come again every PERIOD bytes. */
static struct blob *ends_in(size_t n, size_t period, size_t last)
{
	uint64_t seed = 5;
	unsigned char *p = malloc(n);

	for (size_t i = 0; i < n; i++)
		p[i] = i < n - last + period ? (unsigned char)(check_random(&seed) % 16 * (i % 7))
					     : p[i - period];
	return blob_adopt(p, n);
}

/* KERNEL, known to CACHE or not, and TAIL. */
static void test_tail(struct codec_cache *cache, struct blob *kernel, struct blob *tail,
		      const struct lzma_options *o)
{
	struct arena *mem = arena_new();
	struct blob *in = blob_cat(kernel, tail), *got, *want;
	struct str why;

	got = codec_lzma_cached(cache, mem, in, o, &why);
	want = codec_lzma(mem, in, o, &why);
	CHECK(got && want && blob_equal(got, want));
	blob_unref(got);
	blob_unref(want);
	blob_unref(in);
	arena_free(mem);
}

/* What stands where the encoder is left decides how far a decision looks: it may reach the end of
 * the prefix, or long matches may go beyond. */
static void test_prefix_end(size_t period, size_t last, const struct lzma_options *o)
{
	struct codec_cache *cache = codec_cache_new();
	struct blob *kernel = ends_in(270000, period, last), *more = ends_in(5000, period, 5000),
		    *other = noise(3, 200);

	test_tail(cache, kernel, other, o);
	test_tail(cache, kernel, more, o);
	test_tail(cache, kernel, other, o);
	blob_unref(kernel);
	blob_unref(more);
	blob_unref(other);
	codec_cache_free(cache);
}

static void test_prefix_ends(void)
{
	struct lzma_options o = lzma_defaults();

	for (int i = 0; i < 4; i++) {
		o.fast_bytes = i == 0 ? 5 : i == 1 ? 128 : 271;
		o.algo = i < 3;
		test_prefix_end(1, 9000, &o);
		test_prefix_end(1, 1200, &o);
		test_prefix_end(300, 7000, &o);
		test_prefix_end(37, 2000, &o);
		test_prefix_end(4096, 12000, &o);
	}
}

/* Kernels of one size that end alike, in either order, with tails and without. */
static void test_prefix_alike(void)
{
	struct lzma_options o = lzma_defaults();
	struct codec_cache *cache = codec_cache_new();
	struct blob *end = ends_in(100, 10, 90), *tail = noise(3, 200), *none = blob_empty();

	for (uint64_t i = 0; i < 6; i++) {
		struct blob *front = noise(20 + i % 3, 270000), *kernel = blob_cat(front, end),
			    *flat = blob_joined(kernel);

		test_tail(cache, flat, i % 2 ? tail : none, &o);
		test_tail(cache, flat, i % 2 ? none : tail, &o);
		test_tail(cache, kernel, tail, &o);
		blob_unref(flat);
		blob_unref(kernel);
		blob_unref(front);
	}
	blob_unref(end);
	blob_unref(tail);
	blob_unref(none);
	codec_cache_free(cache);
}

/* A large prefix that nobody wanted for long is gone, and is made anew when somebody does. */
static void test_prefix_aged(uint32_t dict)
{
	struct lzma_options o = lzma_defaults();
	struct codec_cache *cache = codec_cache_new();
	struct blob *kernel = ends_in(2300000, 4096, 2000000), *tail = noise(3, 200),
		    *other = noise(4, 300);

	o.algo = 0;
	o.dict = dict;
	test_tail(cache, kernel, tail, &o);
	for (int i = 0; i < 1000; i++)
		codec_cache_age(cache);
	test_tail(cache, kernel, other, &o);
	codec_cache_age(cache);
	test_tail(cache, kernel, tail, &o);
	codec_cache_age(NULL);
	blob_unref(kernel);
	blob_unref(tail);
	blob_unref(other);
	codec_cache_free(cache);
}

static void *sdk_alloc(void *self, size_t n)
{
	(void)self;
	return malloc(n);
}

static void sdk_free(void *self, void *p)
{
	(void)self;
	free(p);
}

/* Does the SDK by itself, with its own match finder and memory, make these bytes? */
static bool sdk_agrees(struct blob *in, const struct lzma_options *o)
{
	ISzAlloc alloc = {sdk_alloc, sdk_free};
	struct arena *mem = arena_new();
	struct str why, text = blob_flat(mem, in), got;
	struct blob *own = codec_lzma(mem, in, o, &why);
	size_t n = 2 * text.n + 1000, n_props = 5;
	unsigned char *want = malloc(n), props[5];
	CLzmaEncProps p;
	bool same;

	LzmaEncProps_Init(&p);
	p.dictSize = o->dict;
	p.lc = o->lc;
	p.lp = o->lp;
	p.pb = o->pb;
	p.algo = o->algo;
	p.fb = o->fast_bytes;
	p.btMode = 1;
	p.numHashBytes = o->match_finder;
	p.numThreads = 1;
	CHECK(LzmaEncode(want, &n, (const unsigned char *)text.p, text.n, &p, props, &n_props,
			 o->eos, NULL, &alloc, &alloc) == SZ_OK);
	got = blob_flat(mem, own);
	same = got.n == n + 13 && memcmp(got.p + 13, want, n) == 0;
	blob_unref(own);
	free(want);
	arena_free(mem);
	return same;
}

/* Bytes of few kinds, with copies of what came before and runs among them. */
static struct blob *repeats(uint64_t seed, size_t n)
{
	unsigned char *p = malloc(n);
	uint64_t kinds = 1 + check_below(&seed, 255);

	for (size_t i = 0, run; i < n; i += run) {
		size_t most = i > 50 && check_below(&seed, 2) ? 50 : i;
		size_t back = i ? 1 + check_below(&seed, most) : 0;
		bool copy = back && check_below(&seed, 3);

		run = 1 + check_below(&seed, check_below(&seed, 20) ? 40 : 3000);
		run = run < n - i ? run : n - i;
		for (size_t k = i; k < i + run; k++)
			p[k] = copy ? p[k - back] : (unsigned char)check_below(&seed, kinds);
	}
	return blob_adopt(p, n);
}

/* Heads in a hash table and as the SDK has them, a dictionary that is smaller than the input. */
static void test_finder(void)
{
	uint64_t seed = 3;

	for (int i = 0; i < 24; i++) {
		struct blob *in = repeats(seed, check_below(&seed, i % 4 ? 20000 : 100000));
		struct lzma_options o = lzma_defaults();

		o.dict = i % 3 ? 1u << (12 + check_below(&seed, 12)) : o.dict;
		o.fast_bytes = i % 2 ? o.fast_bytes : 5 + (int)check_below(&seed, 269);
		o.algo = i % 8 != 7;
		CHECK(sdk_agrees(in, &o));
		blob_unref(in);
	}
}

/* Tables of three bytes an entry, with a dictionary that is larger than the input or not. */
static void test_finder_packed(void)
{
	uint64_t seed = 8;

	for (int i = 0; i < 2; i++) {
		struct blob *in = repeats(seed, (2 << 20) + check_below(&seed, 100000));
		struct lzma_options o = lzma_defaults();

		o.dict = i ? 1 << 20 : o.dict;
		o.algo = 0;
		CHECK(sdk_agrees(in, &o));
		blob_unref(in);
	}
}

/* A file cut short, changed, or claiming what it has not, is an error and no more. */
static void test_hostile(const char *encoder, const char *decoder)
{
	char *encode_argv[] = {(char *)encoder, (char *)"6", NULL, NULL, NULL, NULL};
	char *decode_argv[] = {(char *)decoder, NULL};
	struct arena *mem = arena_new();
	struct blob *in = noise(5, 50000), *packed, *cut, *got;
	struct str why = {NULL, 0};
	uint64_t seed = 17;

	if (strcmp(encoder, "lzma") == 0)
		encode_argv[1] = (char *)"lc3";
	if (strcmp(encoder, "xz") == 0)
		encode_argv[1] = NULL;
	packed = run(mem, in, encode_argv, &why);
	CHECK(packed);
	got = run(mem, packed, decode_argv, &why);
	CHECK(got && blob_equal(got, in));
	blob_unref(got);
	for (int i = 0; i < 100; i++) {
		cut = blob_slice(packed, 0, check_below(&seed, blob_size(packed)));
		why = (struct str){NULL, 0};
		got = run(mem, cut, decode_argv, &why);
		CHECK(!got && why.n);
		blob_unref(cut);
	}
	for (int i = 0; i < 200; i++) {
		struct blob *bad = noise(seed, 1 + check_below(&seed, 40));

		cut = blob_patch(packed, check_below(&seed, blob_size(packed)), bad);
		got = run(mem, cut, decode_argv, &why);
		blob_unref(got);
		blob_unref(cut);
		blob_unref(bad);
	}
	blob_unref(packed);
	blob_unref(in);
	arena_free(mem);
}

int main(int argc, char **argv)
{
	static const struct xz_options xz[] = {
	    {"lzma", "none", 9, false},
	    {"xz", "crc64", 6, false},
	    {"xz", "sha256", 1, true},
	};
	struct lzma_options o = lzma_defaults();
	struct gzip_options bad = {10, {NULL, 0}, 0};
	struct blob *empty = blob_empty();
	struct str why;

	if (argc > 1)
		return filter(argv + 1);
	test_prefix(&o, NULL, 0);
	test_prefix(&o, NULL, 2600);
	o = (struct lzma_options){1 << 16, 1, 2, 2, 64, 0, 4, true};
	test_prefix(&o, NULL, 0);
	o.fast_bytes = 273;
	test_prefix(&o, NULL, 0);
	test_prefix_ends();
	test_prefix_aged(1 << 23);
	test_prefix_aged(1 << 20);
	test_prefix_alike();
	for (size_t i = 0; i < sizeof(xz) / sizeof(*xz); i++)
		test_prefix(NULL, &xz[i], 2600 * i);
	o.fast_bytes = 1000;
	CHECK(!codec_lzma(NULL, empty, &o, &why) && why.n);
	CHECK(!codec_gzip(NULL, empty, &bad, &why) && why.n);
	blob_unref(empty);
	test_finder();
	test_finder_packed();
	test_hostile("gzip", "gunzip");
	test_hostile("lzma", "unlzma");
	test_hostile("xz", "unxz");
	test_hostile("bzip2", "bunzip2");
	test_hostile("zstd", "unzstd");
	return 0;
}
