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
 * DIR by a path that whoever watches us does not take for the tree's: it is told of what we want to
 * know of a folder, a name or all, rather than of how we find out.
 */
static struct str unwatched(struct make *mk, struct str dir)
{
	if (dir.n && dir.p[0] == '/')
		return str_cat(mk->mem, S("/proc/self/root"), dir);
	return str_fmt(mk->mem, "/proc/self/fd/%d/%.*s", mk->g->cwd, STR_ARG(dir));
}

/*
 * A folder, known by its number too: what is said of one name of it counts for all. GNU make keeps
 * the names that no rule can make in the same table as those that are there.
 */
struct folder {
	/* name -> the folder: it is there, -> the make: no rule makes it; NULL: cannot be read */
	struct map *names;
	bool listed, absent;
};

/* DIR where make works; NULL: it was not there when it was first asked for. */
static struct folder *folder_by_number(struct make *mk, struct str dir)
{
	struct str path = mk->setup->watched ? unwatched(mk, dir) : dir;
	struct folder **at;
	struct stat st;
	uint64_t number[2];

	if (fstatat(mk->g->cwd, str_cz(mk->mem, path), &st, 0) < 0)
		return NULL;
	number[0] = st.st_dev;
	number[1] = st.st_ino;
	at = (struct folder **)map_at(mk->g->folder_numbers,
				      (struct str){(char *)number, sizeof(number)});
	if (!*at)
		*at = arena_make(mk->mem, struct folder);
	return *at;
}

static struct folder *folder_get(struct make *mk, struct str dir)
{
	struct folder **at = (struct folder **)map_at(mk->g->folders, dir), *d = *at;

	if (d)
		return d;
	d = folder_by_number(mk, dir);
	if (!d) {
		d = arena_make(mk->mem, struct folder);
		d->listed = d->absent = true;
	}
	return *at = d;
}

/* Folder D, called DIR, with its names; without when it cannot be read. */
static struct folder *list(struct make *mk, struct folder *d, struct str dir)
{
	struct dirent *e;
	DIR *stream = NULL;
	int fd;

	if (d->listed)
		return d;
	if (name_forbidden(mk, MAKE_READS_FOLDER, dir))
		return d; /* asked again the next time: each place is to be heard of */
	d->listed = true;
	if (mk->setup->watched)
		stream = opendir(str_cz(mk->mem, unwatched(mk, dir)));
	fd = stream ? -1
		    : openat(mk->g->cwd, str_cz(mk->mem, dir), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		stream = fdopendir(fd);
	if (!stream && fd >= 0)
		close(fd);
	if (!stream)
		return d;
	d->names = map_new(mk->mem);
	while ((e = readdir(stream)))
		*map_at(d->names, str_z(e->d_name)) = d;
	closedir(stream);
	return d;
}

void name_keep_folder(struct make *mk, struct str dir)
{
	name_counts(mk, dir, MAKE_LOOKS_NAME);
	folder_get(mk, dir);
}

static struct folder *listing(struct make *mk, struct str dir)
{
	return list(mk, folder_get(mk, dir), dir);
}

/* The folder that NAME is in, and its name within. */
static struct str name_within(struct str name, struct str *base)
{
	ptrdiff_t slash = str_rchr(name, '/');

	*base = str_from(name, (size_t)(slash + 1));
	return slash < 0 ? S(".") : slash == 0 ? S("/") : str_sub(name, 0, (size_t)slash);
}

bool name_is_impossible(struct make *mk, struct str name)
{
	struct str base, dir = name_within(name, &base);
	struct folder *d = folder_get(mk, dir);

	return d->names && map_get(d->names, base) == mk;
}

void name_set_impossible(struct make *mk, struct str name)
{
	struct str base, dir = name_within(name, &base);
	struct folder *d = listing(mk, dir);

	/* From now on what could not be read passes for an empty folder. */
	if (!d->names)
		d->names = map_new(mk->mem);
	*map_at(d->names, base) = mk;
}

/* The whole of DIR is of interest: so that whoever watches us hears of it. */
static void tell_all(struct make *mk, struct str dir)
{
	struct arena *mem = pool_take(mk);
	int fd = mk->setup->watched ? openat(mk->g->cwd, str_cz(mem, dir),
					     O_RDONLY | O_DIRECTORY | O_CLOEXEC)
				    : -1;

	pool_give(mk, mem);
	name_counts(mk, dir, MAKE_LOOKS_NAMES);
	if (fd >= 0)
		close(fd);
}

bool name_is_listed(struct make *mk, struct str name)
{
	struct str base, dir = name_within(name, &base), told;
	struct folder *d = listing(mk, dir);

	/* There are many names that RCS and SCCS might have, but mostly no such folders. */
	told = d->absent ? dir : name;
	if (mk->setup->watched)
		name_is_there(mk, mk->mem, told);
	else
		name_counts(mk, told, MAKE_LOOKS_NAME);
	return d->names && (base.n == 0 || map_get(d->names, base) == d);
}

bool name_exists(struct make *mk, struct str name)
{
	struct str archive, member;

	return archive_name(name, &archive, &member) ? archive_date(mk, archive, member) > 0
						     : name_is_listed(mk, name);
}

bool name_is_there(struct make *mk, struct arena *mem, struct str name)
{
	struct stat st;

	name_counts(mk, name, MAKE_LOOKS_NAME);
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

	if (!rest.p)
		name_counts(g->mk, path, MAKE_LOOKS_NAME);
	if (rest.p) {
		match(g, str_cat(g->mem, path, S("/")), rest);
		return;
	}
	if (part.n || path.n < 2) {
		if (path.n && fstatat(g->mk->g->cwd, path.p, &st, AT_SYMLINK_NOFOLLOW) == 0)
			*vec_push(g->mem, g->out) = path;
		return;
	}
	/* "name/": glob(3) finds folders with their slash, and a file without it unless by a
	 * pattern. */
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
	struct folder *d;
	const char *pattern;
	size_t pos = 0;
	void *what;

	make_poll(g->mk);
	str_split(&rest, '/', &part);
	if (!has_magic(part)) {
		go_on(g, done, without_backslashes(g->mem, part), rest);
		return;
	}
	while (dir.n > 1 && dir.p[dir.n - 1] == '/')
		dir.n--;
	d = listing(g->mk, dir.n ? dir : S("."));
	if (g->mk->setup->watched || g->mk->setup->told)
		tell_all(g->mk, dir.n ? dir : S("."));
	pattern = str_cz(g->mem, part);
	while (d->names && map_next(d->names, &pos, &name, &what)) {
		/* a listing's names end in NUL */
		if (what != d || fnmatch(pattern, name.p, FNM_PERIOD) != 0)
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
 * glob(3) takes the last slash off as long as two bytes are before it, and puts one behind what it
 * finds: of many slashes one is left, two behind a name of one letter. "//NAME" is a file of the
 * root's, when it looks there.
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
