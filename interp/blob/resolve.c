/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From a path as written to the one name of a file. Folders are resolved by realpath(3) and
 * remembered until one goes away, moves, or an outside process may have run (a commit); a folder
 * that isn't there is never remembered.
 */
#include "blob/overlay.h"

#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { LINKS_MOST = 40 };

void files_drop_scratch(struct arena **mem)
{
	arena_free(*mem);
}

void files_forget_folders(struct files *f)
{
	arena_free(f->folders_mem);
	f->folders_mem = arena_new();
	f->folders = map_new(f->folders_mem);
}

static bool names_folder(struct str path)
{
	struct str last = path_base(path);

	return str_ends(path, S("/")) || str_is(last, ".") || str_is(last, "..");
}

/* Why realpath failed: a file of ours that is not on the disk is in the way, too. */
static int folder_error(struct files *f, struct arena *mem, struct str folder)
{
	int error = errno;
	struct str key;

	if (names_folder(folder))
		folder = path_dir(folder);
	if (error == ENOENT && folder.n > 1) {
		int found = files_resolve(f, mem, folder, true, &key);

		if (found == -ENOTDIR || (found == 0 && files_dirty(f, key)))
			return -ENOTDIR;
	}
	return -error;
}

/* realpath(3) asks the kernel about each part of a path; it knows the answer for what is open. */
static bool find_real(const char *path, char real[PATH_MAX])
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	char link[64];
	ssize_t n;

	if (fd < 0)
		return false;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, real, PATH_MAX - 1);
	close(fd);
	real[n < 0 ? 0 : n] = '\0';
	/* no /proc, or a folder that was removed meanwhile */
	return (real[0] == '/' && !str_ends(str_z(real), S(" (deleted)"))) || realpath(path, real);
}

struct str files_real(struct arena *mem, struct str path)
{
	char real[PATH_MAX];

	return find_real(str_cz(mem, path), real) ? str_dup(mem, str_z(real))
						  : (struct str){NULL, 0};
}

static int real_folder(struct files *f, struct arena *mem, struct str folder, struct str *out)
{
	const char *known = map_get(f->folders, folder);
	char real[PATH_MAX];
	struct stat st;

	if (!known) {
		if (!find_real(str_cz(mem, folder), real))
			return folder_error(f, mem, folder);
		if (stat(real, &st) == 0 && !S_ISDIR(st.st_mode))
			return -ENOTDIR;
		known = arena_dup(f->folders_mem, real, strlen(real));
		*map_at(f->folders, folder) = (void *)known;
	}
	*out = str_z(known);
	return 0;
}

/* Where the link at KEY points, seen from its folder; unset when it isn't a link. */
static struct str link_target(struct arena *mem, struct str key)
{
	char target[PATH_MAX];
	ssize_t n = readlink(str_cz(mem, key), target, sizeof(target));

	if (n < 0)
		return (struct str){NULL, 0};
	return path_join(mem, path_dir(key), (struct str){target, (size_t)n});
}

/* PATH without symbolic links but perhaps its last part. */
static int resolve_parent(struct files *f, struct arena *mem, struct str path, struct str *key)
{
	struct str folder;
	int error;

	if (names_folder(path)) {
		error = real_folder(f, mem, path, key);
		/* "new/" names a folder to be made; "file/" is no folder. */
		if (error != -ENOENT || !str_ends(path, S("/")))
			return error;
	}
	error = real_folder(f, mem, path_dir(path), &folder);
	if (!error)
		*key = path_join(mem, folder, path_base(path));
	return error;
}

int files_resolve(struct files *f, struct arena *mem, struct str path, bool follow, struct str *key)
{
	bool as_folder = str_ends(path, S("/"));

	for (int links = 0; links <= LINKS_MOST; links++) {
		int error = path.n == 0 ? -ENOENT : path.p[0] != '/' ? -EINVAL : 0;

		if (error || (error = resolve_parent(f, mem, path, key)) != 0)
			return error;
		if (files_dirty(f, *key))
			return as_folder ? -ENOTDIR : 0;
		if (!follow)
			return 0;
		path = link_target(mem, *key);
		if (!path.p)
			return 0;
	}
	return -ELOOP;
}

int files_realpath(struct files *f, struct arena *mem, struct str path, struct str *out)
{
	files_told_look(f, path, path, FILES_LOOK_REAL);
	return files_resolve(f, mem, path, true, out);
}

bool files_is_copy(struct files *f, struct str a, struct str b)
{
	FILES_SCRATCH(mem);
	struct str key, other;

	return f->options.link_copies && files_resolve(f, mem, a, true, &key) == 0 &&
	       files_resolve(f, mem, b, true, &other) == 0 && !str_eq(key, other);
}

bool files_read_only(const char *path)
{
	struct statvfs fs;

	return statvfs(path, &fs) == 0 && (fs.f_flag & ST_RDONLY);
}

int files_may_make(struct arena *mem, struct str key)
{
	const char *folder = str_cz(mem, path_dir(key));

	if (faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0)
		return 0;
	if (errno == EACCES && faccessat(AT_FDCWD, folder, X_OK, AT_EACCESS) == 0)
		return files_read_only(folder) ? -EROFS : -EACCES;
	return -errno;
}

bool files_below(struct str key, struct str folder)
{
	return key.n > folder.n && str_starts(key, folder) &&
	       (key.p[folder.n] == '/' || str_is(folder, "/"));
}
