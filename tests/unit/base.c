/* SPDX-License-Identifier: GPL-2.0-only */
/* Arenas, maps, strings, vectors, options, paths. */
#include "base/map.h"
#include "base/opts.h"
#include "base/path.h"
#include "base/vec.h"

#include "check.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

/* --- arenas --- */

static void jump(void *ctx)
{
	longjmp(*(jmp_buf *)ctx, 1);
}

static void fill(struct arena *a)
{
	struct map *m = map_new(a);
	struct buf b = buf_new(a);
	char key[16];

	for (int i = 0; i < 3000; i++) {
		snprintf(key, sizeof(key), "key %d", i);
		*map_at(m, str_z(key)) = m;
		buf_fmt(&b, "%s\n", key);
	}
	CHECK(map_count(m) == 3000);
}

/* Each chunk's allocation fails once: the handler hears of it, nothing else happens. */
static void test_nth_fails(void)
{
	volatile size_t n = 1;
	volatile bool failed = true;

	for (; failed; n++) {
		struct arena *a = arena_new();
		jmp_buf out;

		arena_on_oom(a, jump, &out);
		arena_fail_at(a, n);
		failed = setjmp(out) != 0;
		if (!failed)
			fill(a);
		arena_free(a);
	}
	CHECK(n > 5);
}

static void test_overflow(void)
{
	struct arena *volatile a = arena_new();
	volatile int failures = 0;
	jmp_buf out;

	arena_on_oom(a, jump, &out);
	if (setjmp(out) == 0)
		arena_zalloc(a, SIZE_MAX / 2, 3);
	else
		failures++;
	if (setjmp(out) == 0)
		arena_alloc(a, SIZE_MAX - 3);
	else
		failures++;
	CHECK(failures == 2);
	arena_free(a);
	arena_free(NULL);
}

static void test_marks(void)
{
	struct arena *a = arena_new();
	struct arena_mark start = arena_mark(a), mark;
	char *kept = arena_dup(a, "kept", 4), *p;
	size_t before;

	mark = arena_mark(a);
	before = arena_footprint(a);
	for (int i = 0; i < 1000; i++)
		memset(arena_alloc(a, 1 + (size_t)i * 7), 0xaa, 1 + (size_t)i * 7);
	CHECK(arena_footprint(a) > before);
	arena_release(a, mark);
	CHECK(arena_footprint(a) == before && strcmp(kept, "kept") == 0);
	p = arena_alloc(a, 10);
	memset(p, 'x', 10);
	p = arena_grow(a, p, 10, 100000);
	CHECK(memcmp(p, "xxxxxxxxxx", 10) == 0);
	CHECK(arena_alloc(a, 0) != arena_alloc(a, 0));
	arena_release(a, start);
	CHECK(arena_footprint(a) == 0);
	arena_free(a);
}

/* --- maps --- */

enum { KEYS = 500 };

static struct str key_of(char *text, size_t n)
{
	snprintf(text, 16, "%zu", n);
	return n == 7 ? S("") : n == 8 ? (struct str){"a\0b", 3} : str_z(text);
}

/* Random puts and deletes against an array, then the order of iteration. */
static void test_map(uint64_t seed)
{
	struct arena *a = arena_new();
	struct map *m = map_new(a);
	char *model[KEYS] = {0}, text[16];
	size_t count = 0, pos = 0, seen = 0;
	struct str key;
	void *value;

	for (int i = 0; i < 20000; i++) {
		size_t n = check_below(&seed, KEYS);

		key = key_of(text, n);
		CHECK(map_get(m, key) == model[n]);
		if (check_below(&seed, 2)) {
			CHECK(map_del(m, key) == (model[n] != NULL));
			count -= model[n] != NULL;
			model[n] = NULL;
		} else {
			void **at = map_at(m, key);

			CHECK(*at == model[n]);
			count += model[n] == NULL;
			*at = model[n] = text + check_below(&seed, 16);
		}
		CHECK(map_count(m) == count);
	}
	while (map_next(m, &pos, &key, &value)) {
		CHECK(map_get(m, key) == value);
		seen++;
	}
	CHECK(seen == count);
	arena_free(a);
}

static void test_map_order(void)
{
	struct arena *a = arena_new();
	struct map *m = map_new(a);
	size_t pos = 0, n = 0;
	char text[16];
	struct str key;

	for (size_t i = 100; i < 200; i++)
		*map_at(m, key_of(text, i)) = a;
	map_del(m, S("150"));
	*map_at(m, S("150")) = a;
	for (; map_next(m, &pos, &key, NULL); n++)
		CHECK(str_eq(key, key_of(text, n < 50 ? 100 + n : n < 99 ? 101 + n : 150)));
	CHECK(n == 100);
	arena_free(a);
}

/* While iterating: the key just returned goes, new ones come; each is seen once. */
static void test_map_changes_under_iteration(void)
{
	struct arena *a = arena_new();
	struct map *m = map_new(a);
	bool seen[400] = {false};
	size_t pos = 0, total = 0, added = 200;
	char text[16];
	struct str key;
	uint64_t n;

	for (size_t i = 100; i < 200; i++)
		*map_at(m, key_of(text, i)) = a;
	while (map_next(m, &pos, &key, NULL)) {
		CHECK(str_number(key, 10, &n) && n < 400 && !seen[n]);
		seen[n] = true;
		total++;
		CHECK(map_del(m, key));
		if (added < 400)
			*map_at(m, key_of(text, added++)) = a;
	}
	CHECK(total == 300 && map_count(m) == 0);
	arena_free(a);
}

/* Words of all kinds of bytes, counted eight bytes at a time, against those taken one by one. */
static void check_count(void)
{
	static const char kinds[] = "ab\t \n\r\v\f\x80\xa0\x89\x8d\x0e\x08x";
	unsigned state = 1;
	char text[600];

	for (size_t n = 0; n < sizeof(text); n++) {
		struct str rest = {text, n}, word;
		size_t words = 0;

		for (size_t i = 0; i < n; i++) {
			state = state * 1103515245 + 12345;
			text[i] = n % 3 && state >> 30 ? ' ' : kinds[(state >> 16) % sizeof(kinds)];
		}
		while (str_word(&rest, &word))
			words++;
		CHECK(str_count_words((struct str){text, n}) == words);
	}
}

/* --- strings --- */

static void test_str(void)
{
	struct arena *a = arena_new();
	struct str unset = {NULL, 0}, rest, part;
	uint64_t n = 77;

	CHECK(str_eq(unset, S("")) && str_cmp(S("a"), S("ab")) < 0 &&
	      str_cmp(S("\xff"), S("a")) > 0);
	CHECK(str_starts(S("abc"), S("")) && str_ends(S("abc"), S("bc")) &&
	      !str_ends(S("c"), S("bc")));
	CHECK(str_sub(S("abc"), 5, 2).n == 0 && str_sub(S("abc"), 1, 99).n == 2);
	CHECK(str_find(S("aaab"), S("ab")) == 2 && str_find(S("a"), S("ab")) == -1);
	CHECK(str_rchr(S("a/b/c"), '/') == 3 && str_chr(unset, 'x') == -1);
	CHECK(str_eq(str_trim(S(" \t\v a b\r\n")), S("a b")) && str_trim(S("  ")).n == 0);
	rest = S("  one\ttwo ");
	CHECK(str_word(&rest, &part) && str_is(part, "one") && str_word(&rest, &part));
	CHECK(str_is(part, "two") && !str_word(&rest, &part));
	check_count();
	rest = S("a::b:");
	for (int i = 0; i < 4; i++)
		CHECK(str_split(&rest, ':', &part) && str_eq(part, i == 0   ? S("a")
								   : i == 2 ? S("b")
									    : S("")));
	CHECK(!str_split(&rest, ':', &part));
	CHECK(!str_number(S(""), 10, &n) && !str_number(S("1x"), 10, &n) &&
	      !str_number(S("-1"), 10, &n));
	CHECK(!str_number(S("18446744073709551616"), 10, &n) && n == 77);
	CHECK(str_number(S("18446744073709551615"), 10, &n) && n == UINT64_MAX);
	CHECK(str_number(S("0x1F"), 0, &n) && n == 31 && str_number(S("010"), 0, &n) && n == 8);
	CHECK(str_fmt(a, "%s-%d", "x", 5).p[3] == '\0' && str_cat(a, unset, unset).n == 0);
	arena_free(a);
}

static void test_buf(void)
{
	struct arena *a = arena_new();
	struct buf one = buf_new(a), two = buf_new(a);

	for (int i = 0; i < 10000; i++) {
		buf_char(&one, 'a');
		buf_put(&two, "bc", 2);
	}
	CHECK(one.n == 10000 && two.n == 20000 && one.p[10000] == '\0');
	CHECK(strspn(one.p, "a") == 10000 && strspn(two.p, "bc") == 20000);
	CHECK(str_is(str_count(a, 1, "device"), "1 device") &&
	      str_is(str_count(a, 0, "device"), "0 devices"));
	CHECK(str_is(str_count(a, 1, "process"), "1 process") &&
	      str_is(str_count(a, 12, "process"), "12 processes"));
	arena_free(a);
}

/* --- paths --- */

static void test_path(void)
{
	static const char *const cleaned[][2] = {
		{"", "."}, {"/", "/"}, {"//", "/"}, {"a/..", "."}, {"/..", "/"}, {"../a/..", ".."},
		{"../../a", "../../a"}, {"/a/./b//c/", "/a/b/c"}, {"a/../../b", "../b"}, {".", "."},
		{"/../..", "/"}, {"a/b/../../../..", "../.."},
	};
	static const char *const parts[][3] = {
	    {"a", ".", "a"},	{"/a", "/", "a"},   {"/", "/", "/"},
	    {"a/b/", "a", "b"}, {"a//b", "a", "b"}, {"///", "/", "/"},
	};
	struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cleaned) / sizeof(*cleaned); i++)
		CHECK(str_is(path_clean(a, str_z(cleaned[i][0])), cleaned[i][1]));
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		CHECK(str_is(path_dir(str_z(parts[i][0])), parts[i][1]));
		CHECK(str_is(path_base(str_z(parts[i][0])), parts[i][2]));
	}
	CHECK(path_is_virtual(S("/dev/null")) && path_is_virtual(S("/sys/x")));
	CHECK(!path_is_virtual(S("/dev/shm/a")) && !path_is_virtual(S("/device")));
	CHECK(str_is(path_join(a, S("/d"), S("/a")), "/a") &&
	      str_is(path_join(a, S("/"), S("a")), "/a"));
	CHECK(str_is(path_join(a, S("d"), S("a/b")), "d/a/b"));
	arena_free(a);
}

/* --- options --- */

static const struct opt table[] = {
	{.id = 'a', .name = "all"},
	{.id = 'o', .name = "output", .takes = OPT_VALUE},
	{.id = 'm', .name = "maybe", .takes = OPT_MAYBE},
	{.id = 300, .name = "outer"},
	{0},
};

/* The options of LINE (split at blanks) as text: "a o=x | operands" or the error. */
static struct str parsed(struct arena *a, const char *line, bool in_order)
{
	struct str rest = str_z(line), word;
	struct strs argv = {0};
	struct buf b = buf_new(a);
	struct opts o;
	int id;

	*vec_push(a, &argv) = S("name");
	while (str_word(&rest, &word))
		*vec_push(a, &argv) = word;
	o = opts_begin(a, table, argv.p, argv.n, in_order);
	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return o.error;
		if (id < 256)
			buf_char(&b, (char)id);
		else
			buf_fmt(&b, "%d", id);
		if (o.value.p)
			buf_fmt(&b, "=%.*s", STR_ARG(o.value));
		buf_char(&b, ' ');
	}
	buf_char(&b, '|');
	for (size_t i = 0; i < o.operands.n; i++)
		buf_fmt(&b, " %.*s", STR_ARG(o.operands.p[i]));
	return buf_view(&b);
}

static void test_opts(void)
{
	static const char *const cases[][2] = {
	    {"", "|"},
	    {"-a x -o y z", "a o=y | x z"},
	    {"-aoy", "a o=y |"},
	    {"-ao y", "a o=y |"},
	    {"--output=y --all", "o=y a |"},
	    {"--output y", "o=y |"},
	    {"-a -- -a", "a | -a"},
	    {"-m -mx --maybe --maybe=", "m m=x m m= |"},
	    {"- -a", "a | -"},
	    {"--oute", "300 |"},
	    {"--al", "a |"},
	    {"-x", "invalid option -- 'x'"},
	    {"-o", "option requires an argument -- 'o'"},
	    {"--output", "option '--output' requires an argument"},
	    {"--all=x", "option '--all' doesn't allow an argument"},
	    {"--none", "unrecognized option '--none'"},
	    {"--out", "option '--out' is ambiguous; possibilities: '--output' '--outer'"},
	};
	struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str got = parsed(a, cases[i][0], false);

		if (!str_is(got, cases[i][1]))
			fprintf(stderr, "%s: %.*s\n", cases[i][0], STR_ARG(got));
		CHECK(str_is(got, cases[i][1]));
	}
	CHECK(str_is(parsed(a, "-a x -a", true), "a | x -a"));
	arena_free(a);
}

int main(void)
{
	test_nth_fails();
	test_overflow();
	test_marks();
	for (uint64_t seed = 1; seed < 10; seed++)
		test_map(seed * 0x9e3779b97f4a7c15);
	test_map_order();
	test_map_changes_under_iteration();
	test_str();
	test_buf();
	test_path();
	test_opts();
	return 0;
}
