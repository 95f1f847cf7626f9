/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The overlay against the system: the same random calls on a folder through the overlay and on
 * another by system calls must give the same results, errors and trees. Then the edges.
 */
#include "blob/files.h"

#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static struct str under(struct arena *mem, const char *root, const char *name)
{
	return str_fmt(mem, "%s/%s", root, name);
}

static int result(int r)
{
	return r < 0 ? -errno : 0;
}

/* Two calls agree: both work, or both fail. Which of several errors comes first may differ for
 * "name/" and for rename. */
static void agree(int mine, int sys, bool exact)
{
	if (mine != sys && (exact || mine == 0 || sys == 0)) {
		fprintf(stderr, "overlay: %d, system: %d\n", mine, sys);
		exit(1);
	}
}

static bool plain(const char *name)
{
	return name[strlen(name) - 1] != '/';
}

/* --- the same by system calls --- */

static int sys_put(const char *path, const void *p, size_t n, int flags)
{
	int fd = open(path, O_WRONLY | O_CREAT | flags, 0666);

	if (fd < 0)
		return -errno;
	CHECK(write(fd, p, n) == (ssize_t)n);
	return result(close(fd));
}

static int sys_get(const char *path, char *p, size_t most, size_t *n)
{
	int fd = open(path, O_RDONLY);
	ssize_t got;

	*n = 0;
	if (fd < 0)
		return -errno;
	while ((got = read(fd, p + *n, most - *n)) > 0)
		*n += (size_t)got;
	if (got < 0)
		got = -errno;
	close(fd);
	return (int)got;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int sys_list(struct arena *mem, const char *path, struct buf *out)
{
	DIR *d = opendir(path);
	char *names[100];
	struct dirent *item;
	size_t n = 0;

	if (!d)
		return -errno;
	while ((item = readdir(d)) != NULL)
		if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0)
			names[n++] = arena_dup(mem, item->d_name, strlen(item->d_name));
	closedir(d);
	qsort(names, n, sizeof(*names), by_text);
	for (size_t i = 0; i < n; i++)
		buf_fmt(out, "%s\n", names[i]);
	return 0;
}

/* --- comparing --- */

static void same_stat(struct files *f, struct str a, const char *b, bool follow)
{
	struct files_stat st;
	struct stat sys;
	int r = follow ? files_stat(f, a, &st) : files_lstat(f, a, &st);

	agree(r, result(follow ? stat(b, &sys) : lstat(b, &sys)), plain(b));
	if (r)
		return;
	CHECK(st.mode == sys.st_mode);
	if (S_ISREG(st.mode))
		CHECK(st.size == (uint64_t)sys.st_size);
}

static void same_bytes(struct files *f, struct str a, const char *b)
{
	static const size_t most = 1 << 20;
	char *p = malloc(most);
	struct blob *got = NULL, *want;
	size_t n;
	int r = files_read(f, a, &got);

	agree(r, sys_get(b, p, most, &n), plain(b));
	if (!r) {
		want = blob_copy(p, n);
		CHECK(blob_equal(got, want));
		blob_unref(want);
	}
	blob_unref(got);
	free(p);
}

static void same_list(struct files *f, struct arena *mem, struct str a, const char *b)
{
	struct buf mine = buf_new(mem), sys = buf_new(mem);
	struct strs names;
	int r = files_list(f, mem, a, &names);

	agree(r, sys_list(mem, b, &sys), plain(b));
	for (size_t i = 0; !r && i < names.n; i++)
		buf_fmt(&mine, "%.*s\n", STR_ARG(names.p[i]));
	CHECK(r || str_eq(buf_view(&mine), buf_view(&sys)));
}

/* --- random calls --- */

static const char *const names[] = {
    "a",   "b",	  "c",	 "d",	   "d/a",    "d/b", "d/e",    "d/e/a", "l",
    "d/l", "l/a", "a/x", "d/../b", "d/./e/", "m",   "d/e/..", "c/",    "d//a",
};

struct world {
	struct files *f;
	struct arena *mem;
	const char *mine, *sys;
	uint64_t seed;
};

static int one_name(struct world *w, struct str a, const char *b, size_t kind)
{
	int r;

	switch (kind) {
	case 0:
		r = files_unlink(w->f, a);
		agree(r, result(unlink(b)), plain(b));
		return r;
	case 1:
		r = files_mkdir(w->f, a, 0777);
		agree(r, result(mkdir(b, 0777)), plain(b));
		return r;
	case 2:
		r = files_rmdir(w->f, a);
		agree(r, result(rmdir(b)), plain(b));
		return r;
	default:
		r = files_chmod(w->f, a, 0700 + (mode_t)kind);
		agree(r, result(chmod(b, 0700 + (mode_t)kind)), plain(b));
		return r;
	}
}

static int two_names(struct world *w, const char *x, const char *y, size_t kind)
{
	struct str a = under(w->mem, w->mine, x), c = under(w->mem, w->mine, y);
	struct str b = under(w->mem, w->sys, x), d = under(w->mem, w->sys, y);
	int r;

	if (kind == 0) {
		static const char *const targets[] = {"a", "d", "d/e", "none", "l", "d/../b"};
		const char *target = targets[check_below(&w->seed, 6)];

		r = files_symlink(w->f, str_z(target), a);
		agree(r, result(symlink(target, b.p)), plain(x));
		return r;
	}
	r = files_rename(w->f, a, c);
	agree(r, result(rename(b.p, d.p)), false);
	return r;
}

static int write_some(struct world *w, struct str a, const char *b)
{
	static const size_t sizes[] = {1, 10, 300, 70000};
	size_t n = check_below(&w->seed, sizes[check_below(&w->seed, 4)]);
	char *p = malloc(n + 1);
	bool append = check_below(&w->seed, 2);
	struct blob *piece;
	int r;

	memset(p, 'a' + (int)check_below(&w->seed, 26), n);
	piece = blob_copy(p, n);
	r = append ? files_append(w->f, a, piece) : files_write(w->f, a, piece);
	agree(r, sys_put(b, p, n, append ? O_APPEND : O_TRUNC), plain(b));
	blob_unref(piece);
	free(p);
	return r;
}

static void step(struct world *w)
{
	const size_t n = sizeof(names) / sizeof(*names);
	const char *x = names[check_below(&w->seed, n)], *y = names[check_below(&w->seed, n)];
	struct str a = under(w->mem, w->mine, x), b = under(w->mem, w->sys, x), bad;
	size_t kind = check_below(&w->seed, 40);

	if (kind < 12)
		write_some(w, a, b.p);
	else if (kind < 18)
		two_names(w, x, y, kind == 12 ? 0 : 1);
	else if (kind < 28)
		one_name(w, a, b.p, (size_t[]){0, 0, 0, 1, 1, 1, 2, 3, 4, 5}[kind - 18]);
	else if (kind == 39)
		CHECK(files_commit(w->f, &bad) == 0);
	else {
		same_stat(w->f, a, b.p, true);
		same_stat(w->f, a, b.p, false);
		same_bytes(w->f, a, b.p);
		same_list(w->f, w->mem, a, b.p);
	}
}

static void run(struct arena *mem, const char *format, const char *a, const char *b, int want)
{
	CHECK(system(str_fmt(mem, format, a, b).p) == want);
}

static void test_random(const char *tmp, uint64_t seed)
{
	struct files_options o = {.umask = 022, .link_copies = seed & 1};
	struct arena *mem = arena_new();
	struct world w = {.f = files_new(&o), .mem = mem, .seed = seed * 0x9e3779b97f4a7c15};
	struct str bad;

	w.mine = under(mem, tmp, "mine").p;
	w.sys = under(mem, tmp, "sys").p;
	CHECK(mkdir(w.mine, 0755) == 0 && mkdir(w.sys, 0755) == 0);
	for (int i = 0; i < 600; i++)
		step(&w);
	CHECK(files_commit(w.f, &bad) == 0);
	files_free(w.f);
	run(mem, "diff -r --no-dereference %s %s", w.mine, w.sys, 0);
	run(mem, "cd %s; find . ! -type d -printf '%%P %%m %%s %%l\\n' | sort >../1", w.mine, "",
	    0);
	run(mem, "cd %s; find . ! -type d -printf '%%P %%m %%s %%l\\n' | sort | cmp - ../1", w.sys,
	    "", 0);
	run(mem, "rm -r %s %s", w.mine, w.sys, 0);
	arena_free(mem);
}

/* --- edges --- */

struct edge {
	struct arena *mem;
	struct files *f;
	const char *tmp;
	struct str bad;
};

static struct edge edge_begin(const char *tmp, bool link_copies)
{
	struct files_options o = {.umask = 027, .link_copies = link_copies};

	return (struct edge){.mem = arena_new(), .f = files_new(&o), .tmp = tmp};
}

static void edge_end(struct edge *e)
{
	files_free(e->f);
	run(e->mem, "rm -rf %s/* %s/.[!.]*", e->tmp, e->tmp, 0);
	arena_free(e->mem);
}

static void put(struct edge *e, const char *name, const char *text)
{
	struct blob *b = blob_copy(text, strlen(text));

	CHECK(files_write(e->f, under(e->mem, e->tmp, name), b) == 0);
	blob_unref(b);
}

static struct stat on_disk(struct edge *e, const char *name)
{
	struct stat st = {0};

	if (lstat(under(e->mem, e->tmp, name).p, &st) < 0)
		st.st_nlink = 0;
	return st;
}

static void holds(struct edge *e, const char *name, const char *text)
{
	char p[100];
	size_t n;

	CHECK(sys_get(under(e->mem, e->tmp, name).p, p, sizeof(p), &n) == 0);
	CHECK(n == strlen(text) && memcmp(p, text, n) == 0);
}

static void test_not_before_commit(const char *tmp)
{
	struct edge e = edge_begin(tmp, false);
	struct files_stat st;

	put(&e, "new", "text");
	CHECK(on_disk(&e, "new").st_nlink == 0);
	CHECK(files_stat(e.f, under(e.mem, tmp, "new"), &st) == 0 && st.unwritten);
	CHECK(st.mode == (S_IFREG | 0640) && st.size == 4);
	CHECK(files_touch(e.f, under(e.mem, tmp, "new"), (struct timespec){1234, 0}, true) == 0);
	CHECK(files_chmod(e.f, under(e.mem, tmp, "new"), 0755) == 0);
	CHECK(files_commit(e.f, &e.bad) == 0);
	holds(&e, "new", "text");
	CHECK(on_disk(&e, "new").st_mtime == 1234 && (on_disk(&e, "new").st_mode & 07777) == 0755);
	CHECK(files_stat(e.f, under(e.mem, tmp, "new"), &st) == 0 && !st.unwritten);
	CHECK(files_wrote(e.f));
	edge_end(&e);
}

/* An existing file's mode stays, and its other name keeps the old bytes. */
static void test_other_name(const char *tmp)
{
	struct edge e = edge_begin(tmp, false);

	CHECK(sys_put(under(e.mem, tmp, "a").p, "old", 3, 0) == 0);
	CHECK(chmod(under(e.mem, tmp, "a").p, 0600) == 0);
	CHECK(link(under(e.mem, tmp, "a").p, under(e.mem, tmp, "b").p) == 0);
	put(&e, "a", "new bytes");
	CHECK(files_commit(e.f, &e.bad) == 0);
	holds(&e, "a", "new bytes");
	holds(&e, "b", "old");
	CHECK((on_disk(&e, "a").st_mode & 07777) == 0600 && on_disk(&e, "b").st_nlink == 1);
	edge_end(&e);
}

static void copy(struct edge *e, const char *from, const char *to)
{
	struct blob *b;

	CHECK(files_read(e->f, under(e->mem, e->tmp, from), &b) == 0);
	CHECK(files_write(e->f, under(e->mem, e->tmp, to), b) == 0);
	blob_unref(b);
}

/* Large enough to be mapped; in MEM. */
static const char *large(struct arena *mem, char c)
{
	enum { SIZE = 70000 };
	char *text = arena_alloc(mem, SIZE + 1);

	memset(text, c, SIZE);
	text[SIZE] = '\0';
	return text;
}

/* An overlay that may make COPY a link, and knows what those with CACHE wrote. */
static struct edge edge_linking(const char *tmp, const char *copy_name, struct files_cache *cache)
{
	struct edge e = {.mem = arena_new(), .tmp = tmp};
	struct files_options o = {.umask = 027,
				  .link_copies = true,
				  .copy = under(e.mem, tmp, copy_name),
				  .cache = cache};

	e.f = files_new(&o);
	return e;
}

static void edge_commit(struct edge *e)
{
	CHECK(files_commit(e->f, &e->bad) == 0);
	files_free(e->f);
	arena_free(e->mem);
}

static void test_links(const char *tmp)
{
	struct files_cache *cache = files_cache_new();
	struct edge e = edge_linking(tmp, "b", cache), look = edge_begin(tmp, false);

	put(&e, "a", large(e.mem, 'b'));
	copy(&e, "a", "b");
	copy(&e, "a", "x");
	edge_commit(&e);
	CHECK(on_disk(&look, "a").st_ino == on_disk(&look, "b").st_ino &&
	      on_disk(&look, "a").st_nlink == 2);
	CHECK(on_disk(&look, "x").st_nlink == 1); /* only the copy that was named */
	e = edge_linking(tmp, "c", cache);
	copy(&e, "a", "c");
	put(&e, "a", "other");
	edge_commit(&e);
	CHECK(on_disk(&look, "b").st_ino == on_disk(&look, "c").st_ino);
	holds(&look, "a", "other");
	CHECK(on_disk(&look, "b").st_size == 70000);
	/* another mode: a file of its own */
	e = edge_linking(tmp, "d", cache);
	copy(&e, "b", "d");
	CHECK(files_chmod(e.f, under(e.mem, tmp, "d"), 0600) == 0);
	edge_commit(&e);
	CHECK(on_disk(&look, "d").st_nlink == 1);
	/* somebody else made it, or wrote into it, and may do so again */
	e = edge_linking(tmp, "f", cache);
	CHECK(sys_put(under(e.mem, tmp, "theirs").p, large(e.mem, 't'), 70000, 0) == 0);
	copy(&e, "theirs", "f");
	edge_commit(&e);
	CHECK(on_disk(&look, "theirs").st_nlink == 1);
	e = edge_linking(tmp, "h", cache);
	put(&e, "g", large(e.mem, 'g'));
	CHECK(files_commit(e.f, &e.bad) == 0);
	CHECK(sys_put(under(e.mem, tmp, "g").p, "more", 4, O_APPEND) == 0);
	copy(&e, "g", "h");
	edge_commit(&e);
	CHECK(on_disk(&look, "g").st_nlink == 1);
	files_cache_free(cache);
	edge_end(&look);
	e = edge_begin(tmp, false);
	put(&e, "a", "bytes");
	copy(&e, "a", "b");
	CHECK(files_link(e.f, under(e.mem, tmp, "a"), under(e.mem, tmp, "c")) == 0);
	CHECK(files_link(e.f, under(e.mem, tmp, "a"), under(e.mem, tmp, "c")) == -EEXIST);
	CHECK(files_commit(e.f, &e.bad) == 0);
	CHECK(on_disk(&e, "a").st_ino == on_disk(&e, "c").st_ino && on_disk(&e, "a").st_nlink == 2);
	edge_end(&e);
}

/* What a mapping saw stays, though its name gets other bytes. */
static void test_mapping_stays(const char *tmp)
{
	struct edge e = edge_begin(tmp, false);
	struct blob *big = blob_run('x', 1 << 20), *map, *small = blob_copy("small", 5);
	struct str path = under(e.mem, tmp, "big");

	CHECK(files_write(e.f, path, big) == 0 && files_commit(e.f, &e.bad) == 0);
	CHECK(files_read(e.f, path, &map) == 0);
	CHECK(files_write(e.f, path, small) == 0 && files_commit(e.f, &e.bad) == 0);
	CHECK(blob_equal(map, big));
	blob_unref(map);
	CHECK(files_read(e.f, path, &map) == 0 && blob_equal(map, small));
	blob_unref(map);
	/* changed behind our back */
	CHECK(sys_put(path.p, "changed", 7, O_TRUNC) == 0);
	CHECK(files_read(e.f, path, &map) == 0 && blob_size(map) == 7);
	blob_unref(map);
	blob_unref(big);
	blob_unref(small);
	edge_end(&e);
}

/* Folders that appear, go, move and are reached through a link. */
static void test_folders(const char *tmp)
{
	struct edge e = edge_begin(tmp, false);
	struct blob *b = blob_copy("x", 1);

	CHECK(files_write(e.f, under(e.mem, tmp, "d/a"), b) == -ENOENT);
	CHECK(files_mkdir(e.f, under(e.mem, tmp, "d"), 0777) == 0);
	CHECK((on_disk(&e, "d").st_mode & 07777) == 0750);
	put(&e, "d/a", "in d");
	CHECK(files_symlink(e.f, S("d"), under(e.mem, tmp, "l")) == 0);
	put(&e, "l/a", "by link");
	CHECK(files_rmdir(e.f, under(e.mem, tmp, "d")) == -ENOTEMPTY);
	CHECK(files_rename(e.f, under(e.mem, tmp, "d"), under(e.mem, tmp, "moved")) == 0);
	holds(&e, "moved/a", "by link");
	CHECK(files_write(e.f, under(e.mem, tmp, "l/b"), b) == -ENOENT);
	CHECK(files_mkdir(e.f, under(e.mem, tmp, "d"), 0777) == 0);
	CHECK(files_write(e.f, under(e.mem, tmp, "l/b"), b) == 0);
	CHECK(files_unlink(e.f, under(e.mem, tmp, "l")) == 0);
	CHECK(files_symlink(e.f, S("moved"), under(e.mem, tmp, "l")) == 0);
	put(&e, "l/c", "c");
	CHECK(files_commit(e.f, &e.bad) == 0);
	holds(&e, "moved/c", "c");
	holds(&e, "d/b", "x");
	CHECK(files_write(e.f, under(e.mem, tmp, "d/b/c"), b) == -ENOTDIR);
	CHECK(files_write(e.f, under(e.mem, tmp, "d"), b) == -EISDIR);
	CHECK(files_write(e.f, S("relative"), b) == -EINVAL &&
	      files_write(e.f, S(""), b) == -ENOENT);
	blob_unref(b);
	edge_end(&e);
}

static void test_special(const char *tmp)
{
	struct edge e = edge_begin(tmp, false);
	struct blob *b = blob_copy("x", 1), *got;
	struct stat before, after;

	CHECK(stat("/dev/null", &before) == 0);
	CHECK(files_write(e.f, S("/dev/null"), b) == 0 &&
	      files_append(e.f, S("/dev/null"), b) == 0);
	CHECK(files_read(e.f, S("/dev/null"), &got) == 0 && blob_size(got) == 0);
	blob_unref(got);
	CHECK(files_read(e.f, S("/dev/zero"), &got) == 0 && blob_size(got) == BLOB_ENDLESS);
	CHECK(files_write(e.f, under(e.mem, tmp, "endless"), got) == 0);
	CHECK(files_commit(e.f, &e.bad) == -ENOSPC && str_ends(e.bad, S("/endless")));
	blob_unref(got);
	CHECK(files_unlink(e.f, under(e.mem, tmp, "endless")) == 0);
	CHECK(files_write(e.f, S("/dev/full"), b) == -ENOSPC);
	CHECK(files_read(e.f, S("/proc/self/status"), &got) == 0 && blob_size(got) > 100);
	blob_unref(got);
	CHECK(files_commit(e.f, &e.bad) == 0);
	CHECK(stat("/dev/null", &after) == 0 && S_ISCHR(after.st_mode) &&
	      after.st_ino == before.st_ino);
	blob_unref(b);
	edge_end(&e);
}

/* The second file is too large for the limit: it isn't there at all, not even in part. */
static void test_too_large(const char *tmp)
{
	struct rlimit limit, small = {.rlim_cur = 100000};
	struct edge e = edge_begin(tmp, false);
	struct blob *big = blob_run('x', 200000);
	struct strs left;

	signal(SIGXFSZ, SIG_IGN);
	CHECK(getrlimit(RLIMIT_FSIZE, &limit) == 0);
	small.rlim_max = limit.rlim_max;
	put(&e, "a", "fits");
	CHECK(files_write(e.f, under(e.mem, tmp, "b"), big) == 0);
	put(&e, "c", "later");
	CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
	CHECK(files_commit(e.f, &e.bad) == -EFBIG && str_ends(e.bad, S("/b")));
	holds(&e, "a", "fits");
	CHECK(on_disk(&e, "b").st_nlink == 0 && on_disk(&e, "c").st_nlink == 0);
	run(e.mem, "test \"$(ls -A %s)\" = a", tmp, "", 0);
	/* what wasn't written is still there to be */
	CHECK(files_list(e.f, e.mem, str_z(tmp), &left) == 0 && left.n == 3);
	CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
	CHECK(files_commit(e.f, &e.bad) == 0 && on_disk(&e, "b").st_size == 200000);
	holds(&e, "c", "later");
	blob_unref(big);
	edge_end(&e);
}

/* A file of holes with a few bytes between them; BYTES gets what it holds. */
enum { SPARSE_SIZE = 6000000 };

static struct str make_sparse(struct edge *e, char *bytes)
{
	static const int at[] = {1000000, 1100000, 1170000, 3500000, 4900000};
	struct str path = under(e->mem, e->tmp, "sparse");
	int fd = open(path.p, O_WRONLY | O_CREAT, 0644);

	memset(bytes, 0, SPARSE_SIZE);
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		memset(bytes + at[i], at[i] / 100000, 5000);
		CHECK(pwrite(fd, bytes + at[i], 5000, at[i]) == 5000);
	}
	CHECK(ftruncate(fd, SPARSE_SIZE) == 0 && close(fd) == 0);
	return path;
}

/* Does B hold the N bytes at P, whichever way it is read? */
static void same_all_ways(struct arena *mem, struct blob *b, const char *p, size_t n)
{
	struct blob *joined = blob_joined(b), *model = blob_copy(p, n);
	uint64_t pos = 0, run, before;
	char *out = arena_alloc(mem, n);
	struct str span;

	CHECK(blob_size(b) == n && blob_read(b, 0, out, n) == n && memcmp(out, p, n) == 0);
	CHECK(blob_size(joined) == n && memcmp(blob_flat(NULL, joined).p, p, n) == 0);
	CHECK(blob_equal(b, model) && blob_equal(model, joined));
	for (before = 0; blob_next_span(b, &pos, &span, &run); before = pos)
		for (uint64_t i = before; i < pos; i++)
			CHECK(p[i] == span.p[run ? 0 : i - before]);
	CHECK(before == n);
	blob_unref(joined);
	blob_unref(model);
}

/* Holes are runs of NULs; a copy has some too, where the file system knows them. */
static void test_holes(const char *tmp)
{
	struct edge e = edge_begin(tmp, false);
	char *bytes = arena_alloc(e.mem, 2 * SPARSE_SIZE);
	struct str path = make_sparse(&e, bytes), copy = under(e.mem, tmp, "copy");
	struct blob *b, *part, *twice, *again;

	CHECK(files_read(e.f, path, &b) == 0);
	same_all_ways(e.mem, b, bytes, SPARSE_SIZE);
	for (size_t at = 0; at < SPARSE_SIZE - 1500000; at += 333333) {
		part = blob_slice(b, at, 1500000);
		same_all_ways(e.mem, part, bytes + at, 1500000);
		blob_unref(part);
	}
	twice = blob_cat(b, b);
	memcpy(bytes + SPARSE_SIZE, bytes, SPARSE_SIZE);
	CHECK(files_write(e.f, copy, twice) == 0 && files_commit(e.f, &e.bad) == 0);
	CHECK(files_read(e.f, copy, &again) == 0);
	same_all_ways(e.mem, again, bytes, 2 * SPARSE_SIZE);
	CHECK(on_disk(&e, "sparse").st_blocks > 10000 || on_disk(&e, "copy").st_blocks < 10000);
	blob_unref(again);
	blob_unref(twice);
	blob_unref(b);
	edge_end(&e);
}

/* Two recipes add to one file: nobody's bytes are lost. */
static void test_two_overlays(const char *tmp)
{
	struct edge e = edge_begin(tmp, false), g = edge_begin(tmp, false);
	struct blob *one = blob_copy("one\n", 4), *two = blob_copy("two\n", 4);
	struct str path = under(e.mem, tmp, "log");

	CHECK(sys_put(path.p, "zero\n", 5, 0) == 0);
	CHECK(files_append(e.f, path, one) == 0 && files_append(g.f, path, two) == 0);
	CHECK(files_commit(e.f, &e.bad) == 0 && files_commit(g.f, &g.bad) == 0);
	holds(&e, "log", "zero\none\ntwo\n");
	blob_unref(one);
	blob_unref(two);
	files_free(g.f);
	arena_free(g.mem);
	edge_end(&e);
}

/* As somebody else than root: a folder or file that may not be written. */
static void test_permission(const char *tmp)
{
	struct edge e = edge_begin(tmp, false);
	struct blob *b = blob_copy("x", 1), *none;

	CHECK(mkdir(under(e.mem, tmp, "ro").p, 0755) == 0);
	CHECK(sys_put(under(e.mem, tmp, "ro/file").p, "old", 3, 0) == 0);
	CHECK(sys_put(under(e.mem, tmp, "ro/open").p, "old and long", 12, 0) == 0);
	CHECK(chmod(under(e.mem, tmp, "ro/open").p, 0666) == 0);
	CHECK(chmod(under(e.mem, tmp, "ro").p, 0555) == 0);
	if (geteuid() == 0 && (chmod(tmp, 0777) < 0 || seteuid(65534) < 0)) {
		puts("skipped: can't become another user");
	} else {
		CHECK(files_write(e.f, under(e.mem, tmp, "ro/new"), b) == -EACCES);
		CHECK(files_write(e.f, under(e.mem, tmp, "ro/file"), b) == -EACCES);
		CHECK(files_write(e.f, under(e.mem, tmp, "ro/open"), b) == 0);
		CHECK(files_append(e.f, under(e.mem, tmp, "ro/open"), b) == 0);
		CHECK(files_unlink(e.f, under(e.mem, tmp, "ro/file")) == -EACCES);
		CHECK(files_mkdir(e.f, under(e.mem, tmp, "ro/d"), 0777) == -EACCES);
		CHECK(files_write(e.f, under(e.mem, tmp, "mine"), b) == 0);
		CHECK(files_chmod(e.f, under(e.mem, tmp, "mine"), 0444) == 0);
		CHECK(files_write(e.f, under(e.mem, tmp, "mine"), b) == -EACCES);
		CHECK(files_chmod(e.f, under(e.mem, tmp, "mine"), 0222) == 0);
		CHECK(files_read(e.f, under(e.mem, tmp, "mine"), &none) == -EACCES);
		CHECK(files_commit(e.f, &e.bad) == 0);
		CHECK(getuid() != 0 || seteuid(0) == 0);
	}
	CHECK(chmod(under(e.mem, tmp, "ro").p, 0755) == 0);
	holds(&e, "ro/file", "old");
	holds(&e, "ro/open", "xx");
	blob_unref(b);
	edge_end(&e);
}

int main(void)
{
	char tmp[] = "/tmp/test-files-XXXXXX";

	CHECK(mkdtemp(tmp));
	umask(022);
	for (uint64_t seed = 1; seed <= 60; seed++)
		test_random(tmp, seed);
	test_not_before_commit(tmp);
	test_other_name(tmp);
	test_links(tmp);
	test_mapping_stays(tmp);
	test_folders(tmp);
	test_special(tmp);
	test_too_large(tmp);
	test_holes(tmp);
	test_two_overlays(tmp);
	test_permission(tmp);
	CHECK(rmdir(tmp) == 0);
	return 0;
}
