/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A revision of a tree as files (see git.h). No checkout and no archive: those run filters that the
 * repository's configuration names. Files are written before links, so that no link can lead one of
 * them elsewhere.
 */
#include "cli/git.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fds.h"
#include "base/path.h"

enum { MOST_FILES = 200000 };

struct put {
	struct command_cx *cx;
	struct str to;
	struct strs files, modes; /* "100644" */
	struct str made;	/* the folder that was made last: files come by folder */
};

static int fail(struct put *p, struct str path, const char *why)
{
	diag_say(&p->cx->say, (struct place){{NULL, 0}, 0}, NULL, S(""), "imagemk %.*s: %.*s: %s",
		 STR_ARG(p->cx->argv[0]), STR_ARG(path), why);
	return EXIT_USAGE;
}

/* No "..", no empty name, nothing absolute, no repository. */
static bool is_plain(struct str path)
{
	struct str part;

	if (!path.n || path.p[0] == '/' || path.p[path.n - 1] == '/' || str_chr(path, '\n') >= 0)
		return false;
	while (str_split(&path, '/', &part))
		if (!part.n || str_is(part, ".") || str_is(part, "..") || str_is(part, ".git"))
			return false;
	return true;
}

static bool is_below(struct str path, const char *folder)
{
	return str_starts(path, str_z(folder));
}

/* What evaluating image Makefiles may look at. */
static bool is_wanted(struct str path)
{
	struct str base = path_base(path);

	if (str_ends(base, S(".patch")))
		return false;
	if (is_below(path, "package/") || is_below(path, "toolchain/") || is_below(path, "tools/"))
		return str_is(base, "Makefile") || str_ends(base, S(".mk"));
	return str_chr(path, '/') < 0 || is_below(path, "include/") || is_below(path, "target/") ||
	       is_below(path, "scripts/") || is_below(path, "config/") || is_below(path, "mk/");
}

/* "MODE KIND ID\tPATH", a NUL behind each. */
static int take_names(struct put *p, struct str list)
{
	struct str line;

	while (list.n && str_split(&list, 0, &line)) {
		ptrdiff_t tab = str_chr(line, '\t');
		struct str path = str_from(line, (size_t)(tab + 1)), mode = str_sub(line, 0, 6);

		if (tab < 0 || str_starts(mode, S("160000")) || !is_plain(path) || !is_wanted(path))
			continue;
		if (p->files.n >= MOST_FILES)
			return fail(p, path, "one file too many");
		*vec_push(p->cx->mem, &p->files) = path;
		*vec_push(p->cx->mem, &p->modes) = mode;
	}
	return EXIT_GOOD;
}

static bool make_folders(struct put *p, struct str path)
{
	struct str folder = path_dir(path);

	if (str_eq(folder, p->made))
		return true;
	p->made = folder;
	for (size_t i = p->to.n + 1; i < path.n; i++) {
		if (path.p[i] == '/' && mkdir(str_cz(p->cx->mem, str_sub(path, 0, i)), 0755) != 0 &&
		    errno != EEXIST)
			return false;
	}
	return true;
}

static bool put_file(struct put *p, size_t i, struct str text)
{
	struct str path = path_join(p->cx->mem, p->to, p->files.p[i]);
	const char *name = str_cz(p->cx->mem, path);
	bool link = str_is(p->modes.p[i], "120000"), good;
	int fd;

	if (!make_folders(p, path))
		return false;
	if (link)
		return symlink(str_cz(p->cx->mem, text), name) == 0;
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		  str_is(p->modes.p[i], "100755") ? 0755 : 0644);
	good = fd >= 0 && fds_write(fd, text);
	if (fd >= 0 && close(fd) != 0)
		good = false;
	return good;
}

int git_put_tree(struct command_cx *cx, struct str folder, struct str rev, struct str to)
{
	struct put p = {.cx = cx, .to = to};
	struct str list;
	struct strs texts = {0};

	if (git_names(cx, folder, rev, &list) || take_names(&p, list) ||
	    git_texts(cx, folder, rev, &p.files, &texts))
		return EXIT_USAGE;
	if (mkdir(str_cz(cx->mem, to), 0700) != 0)
		return fail(&p, to, strerror(errno));
	for (int links = 0; links < 2; links++) {
		for (size_t i = 0; i < p.files.n; i++) {
			if (str_is(p.modes.p[i], "120000") == (links == 1) && texts.p[i].p &&
			    !put_file(&p, i, texts.p[i]))
				return fail(&p, path_join(cx->mem, to, p.files.p[i]),
					    strerror(errno));
		}
	}
	return EXIT_GOOD;
}

void git_remove_tree(struct arena *mem, struct str folder)
{
	DIR *dir = opendir(str_cz(mem, folder));
	struct dirent *d;

	while (dir && (d = readdir(dir))) {
		struct str name = str_z(d->d_name);
		struct stat st;

		if (str_is(name, ".") || str_is(name, "..") ||
		    fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			git_remove_tree(mem, path_join(mem, folder, name));
		else
			unlinkat(dirfd(dir), d->d_name, 0);
	}
	if (dir)
		closedir(dir);
	rmdir(str_cz(mem, folder));
}
