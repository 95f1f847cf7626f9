/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which names exist, by listings of folders that are read once and kept: GNU make sees what a
 * recipe or $(shell) made later neither in implicit search nor in globs, and so do we.
 */
#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "make/graph.h"

/*
 * DIR by a path that whoever watches us does not take for the tree's: it is told of what we want to know of a folder,
 * a name or all, rather than of how we find out.
 */
static struct str unwatched(struct make *mk, struct str dir)
{
	if (dir.n && dir.p[0] == '/')
		return str_cat(mk->mem, S("/proc/self/root"), dir);
	return str_fmt(mk->mem, "/proc/self/fd/%d/%.*s", mk->g->cwd, STR_ARG(dir));
}

/* The names in folder DIR; empty when it can't be read. */
static struct map *listing(struct make *mk, struct str dir)
{
	struct map **at = (struct map **)map_at(mk->g->folders, dir), *names = *at;
	struct dirent *e;
	DIR *d = NULL;
	int fd;

	if (names)
		return names;
	names = *at = map_new(mk->mem);
	if (mk->setup->watched)
		d = opendir(str_cz(mk->mem, unwatched(mk, dir)));
	fd = d ? -1 : openat(mk->g->cwd, str_cz(mk->mem, dir), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		d = fdopendir(fd);
	if (!d && fd >= 0)
		close(fd);
	while (d && (e = readdir(d)))
		*map_at(names, str_z(e->d_name)) = mk;
	if (d)
		closedir(d);
	return names;
}

/* A folder that cannot be read is none. */
static bool can_be_read(struct make *mk, struct str dir)
{
	struct arena *mem = pool_take(mk);
	int fd = openat(mk->g->cwd, str_cz(mem, dir), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	pool_give(mk, mem);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static void tell_all(struct make *mk, struct str dir)
{
	can_be_read(mk, dir);
}

bool name_exists(struct make *mk, struct str name)
{
	ptrdiff_t slash = str_rchr(name, '/');
	struct str dir = S("."), base = name, archive, member;

	if (archive_name(name, &archive, &member))
		return archive_date(mk, archive, member) > 0;
	if (slash >= 0) {
		dir = slash == 0 ? S("/") : str_sub(name, 0, (size_t)slash);
		base = str_from(name, (size_t)slash + 1);
	}
	if (mk->setup->watched)
		name_is_there(mk, mk->mem, name);
	return base.n == 0 ? can_be_read(mk, dir) : map_get(listing(mk, dir), base) != NULL;
}

bool name_is_there(struct make *mk, struct arena *mem, struct str name)
{
	struct stat st;

	return fstatat(mk->g->cwd, str_cz(mem, name), &st, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool has_magic(struct str s)
{
	return str_chr(s, '*') >= 0 || str_chr(s, '?') >= 0 || str_chr(s, '[') >= 0;
}

static struct str without_backslashes(struct arena *mem, struct str s)
{
	struct buf b = buf_new(mem);

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n)
			i++;
		buf_char(&b, s.p[i]);
	}
	return buf_view(&b);
}

struct globbing {
	struct make *mk;
	struct arena *mem;
	struct strs *out;
	bool magic;	/* the pattern has a part with * ? or [ */
};

static void match(struct globbing *g, struct str done, struct str rest);

/* One more part, PART, is settled behind DONE; REST is unset at the end. */
static void go_on(struct globbing *g, struct str done, struct str part, struct str rest)
{
	struct str path = str_cat(g->mem, done, part);
	struct stat st;

	if (rest.p) {
		match(g, str_cat(g->mem, path, S("/")), rest);
		return;
	}
	if (part.n || path.n < 2) {
		if (path.n && fstatat(g->mk->g->cwd, path.p, &st, AT_SYMLINK_NOFOLLOW) == 0)
			*vec_push(g->mem, g->out) = path;
		return;
	}
	/* "name/": glob(3) finds folders with their slash, and a file without it unless by a pattern. */
	path = str_dup(g->mem, str_sub(path, 0, path.n - 1));
	if (fstatat(g->mk->g->cwd, path.p, &st, 0) < 0 &&
	    fstatat(g->mk->g->cwd, path.p, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return;
	if (S_ISDIR(st.st_mode))
		*vec_push(g->mem, g->out) = str_cat(g->mem, path, S("/"));
	else if (!g->magic && path.n > 1)
		*vec_push(g->mem, g->out) = path;
}

/* Match the parts of pattern REST below the folder DONE ("" or ending in a slash). */
static void match(struct globbing *g, struct str done, struct str rest)
{
	struct str part, name, dir = done;
	struct map *names;
	const char *pattern;
	size_t pos = 0;

	str_split(&rest, '/', &part);
	if (!has_magic(part)) {
		go_on(g, done, without_backslashes(g->mem, part), rest);
		return;
	}
	while (dir.n > 1 && dir.p[dir.n - 1] == '/')
		dir.n--;
	names = listing(g->mk, dir.n ? dir : S("."));
	if (g->mk->setup->watched)
		tell_all(g->mk, dir.n ? dir : S("."));
	pattern = str_cz(g->mem, part);
	while (map_next(names, &pos, &name, NULL)) {
		if (fnmatch(pattern, name.p, FNM_PERIOD) != 0) /* a listing's names end in NUL */
			continue;
		if (rest.p)
			go_on(g, done, name, rest);
		else /* glob(3) doesn't look at them, and a listing is old */
			*vec_push(g->mem, g->out) = str_cat(g->mem, done, name);
	}
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/*
 * glob(3) takes the last slash off as long as two bytes are before it, and puts one behind what it finds: of many
 * slashes one is left, two behind a name of one letter. "//NAME" is a file of the root's, when it looks there.
 */
static struct str as_glob_sees(struct str pattern)
{
	size_t n = pattern.n, least = 0;
	struct str first;

	while (n && pattern.p[n - 1] == '/')
		n--;
	if (pattern.n > n)
		least = n > 1 ? n + 1 : n == 1 ? 3 : pattern.n > 2 ? 2 : 1;
	if (least && pattern.n > least)
		pattern.n = least;
	if (n < 3 || !str_starts(pattern, S("//")) || pattern.p[2] == '/')
		return pattern;
	first = str_sub(pattern, 2, n - 2);
	if (str_chr(first, '/') >= 0 && !has_magic(str_sub(first, 0, (size_t)str_chr(first, '/'))))
		return pattern;
	return str_from(pattern, 1);
}

bool folder_glob(struct make *mk, struct arena *mem, struct str pattern, struct strs *out)
{
	struct globbing g = {mk, mem, out, has_magic(pattern)};
	size_t before = out->n;

	match(&g, S(""), as_glob_sees(pattern));
	if (out->n > before + 1)
		qsort(out->p + before, out->n - before, sizeof(struct str), by_name);
	return out->n > before;
}
