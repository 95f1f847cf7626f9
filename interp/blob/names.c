/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names in the overlay: stat, lists, removing, renaming, links, folders. What isn't an
 * unwritten file of ours is the disk's, at once.
 */
#include "blob/overlay.h"

#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int files_outcome(int result)
{
	return result < 0 ? -errno : 0;
}

/* Does PATH end in "." or ".."? */
static bool is_dots(struct str path)
{
	return str_is(path_base(path), ".") || str_is(path_base(path), "..");
}

/* --- stat --- */

static void stat_of_disk(const struct stat *st, struct files_stat *out)
{
	*out = (struct files_stat){
		.mode = st->st_mode,
		.size = (uint64_t)st->st_size,
		.changed = st->st_mtim,
		.dev = st->st_dev,
		.ino = st->st_ino,
		.uid = st->st_uid,
		.gid = st->st_gid,
		.nlink = (uint32_t)st->st_nlink,
	};
}

static void stat_of_entry(const struct files_entry *e, struct files_stat *out)
{
	*out = (struct files_stat){
		.mode = S_IFREG | e->mode,
		.size = blob_size(e->blob),
		.changed = e->mtime,
		.ino = e->ino,
		.uid = e->uid < 0 ? geteuid() : (uint32_t)e->uid,
		.gid = e->gid < 0 ? getegid() : (uint32_t)e->gid,
		.nlink = 1,
		.unwritten = true,
	};
}

static int look(struct files *f, struct str path, bool follow, struct files_stat *out)
{
	FILES_SCRATCH(mem);
	const struct files_entry *e;
	struct str key;
	struct stat st;
	int error;

	error = files_resolve(f, mem, path, follow, &key);
	if (error)
		return error;
	e = files_dirty(f, key);
	if (e) {
		files_stamp(f);
		stat_of_entry(e, out);
		return 0;
	}
	/* A resolved key has no link to follow any more; the given text may mean a descriptor. */
	if (path_is_virtual(path))
		key = str_dup(mem, path);
	files_told_look(f, path, key, FILES_LOOK_STATE | (follow ? 0 : FILES_LOOK_NO_FOLLOW));
	error = files_outcome(follow ? stat(key.p, &st) : lstat(key.p, &st));
	if (!error)
		stat_of_disk(&st, out);
	return error;
}

int files_stat(struct files *f, struct str path, struct files_stat *out)
{
	return look(f, path, true, out);
}

int files_lstat(struct files *f, struct str path, struct files_stat *out)
{
	int error = look(f, path, str_ends(path, S("/")), out);

	out->link_itself = true;
	return error;
}

int files_peek(struct files *f, struct str path, bool follow, struct files_stat *out)
{
	bool quiet = f->quiet;
	int error;

	f->quiet = true;
	error = follow ? files_stat(f, path, out) : files_lstat(f, path, out);
	f->quiet = quiet;
	return error;
}

struct timespec files_mtime(struct files *f, struct str path, const struct files_stat *st)
{
	FILES_SCRATCH(mem);
	unsigned what =
	    FILES_LOOK_STATE | FILES_LOOK_TIME | (st->link_itself ? FILES_LOOK_NO_FOLLOW : 0);
	struct str key;

	if (f->options.watch && st->mode && !st->unwritten &&
	    files_resolve(f, mem, path, !st->link_itself, &key) == 0)
		files_told_look(f, path, key, what);
	return st->changed;
}

/* --- lists --- */

/* The temporary name of a commit under way on some thread: ".NAME.imagemk-PID-N". */
static bool is_temporary(const char *name)
{
	const char *mark = name[0] == '.' ? strstr(name, ".imagemk-") : NULL;

	return mark && mark[strspn(mark + 9, "0123456789-") + 9] == '\0';
}

static int compare_names(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int list_disk(const struct files *f, struct arena *mem, struct str folder,
		     struct strs *names)
{
	struct dirent *item;
	int error = files_may_read(f, folder);
	DIR *d = error ? NULL : opendir(folder.p);

	if (error)
		return error;
	if (!d)
		return -errno;
	while ((void)(errno = 0), (item = readdir(d)) != NULL) {
		struct str name = str_z(item->d_name);

		if (str_is(name, ".") || str_is(name, "..") || is_temporary(item->d_name) ||
		    files_dirty(f, path_join(mem, folder, name)))
			continue;
		*vec_push(mem, names) = str_dup(mem, name);
	}
	error = -errno;
	closedir(d);
	return error;
}

int files_list(struct files *f, struct arena *mem, struct str path, struct strs *names)
{
	struct str folder, key;
	int error;
	void *e;

	*names = (struct strs){0};
	error = files_resolve(f, mem, path, true, &folder);
	if (error)
		return error;
	if (files_dirty(f, folder))
		return -ENOTDIR;
	files_told_look(f, path, folder, FILES_LOOK_NAMES);
	error = list_disk(f, mem, folder, names);
	for (size_t pos = 0; !error && map_next(f->entries, &pos, &key, &e);)
		if (((struct files_entry *)e)->blob && str_eq(path_dir(key), folder))
			*vec_push(mem, names) = str_dup(mem, path_base(key));
	if (names->n)
		qsort(names->p, names->n, sizeof(*names->p), compare_names);
	return error;
}

/* Does an unwritten file lie below FOLDER? */
static bool has_unwritten(const struct files *f, struct str folder)
{
	struct str key;
	void *e;

	for (size_t pos = 0; map_next(f->entries, &pos, &key, &e);)
		if (((struct files_entry *)e)->blob && files_below(key, folder))
			return true;
	return false;
}

/* --- removing --- */

int files_unlink(struct files *f, struct str path)
{
	FILES_SCRATCH(mem);
	struct files_entry *e;
	struct str key;
	struct stat st;
	int error;

	error = files_resolve(f, mem, path, false, &key);
	if (error)
		return error;
	if (str_ends(path, S("/")) && lstat(key.p, &st) < 0)
		return -errno;
	if (str_ends(path, S("/")))
		return S_ISDIR(st.st_mode) ? -EISDIR : -ENOTDIR;
	e = files_entry(f, key);
	files_told_change(f, key, FILES_CHANGE_GONE);
	if (lstat(key.p, &st) == 0) {
		error = files_may_change(f, key);
		if (!error)
			error = files_outcome(unlink(key.p));
		if (!error)
			files_note_gone(f, &st);
		if (!error && S_ISLNK(st.st_mode))
			files_forget_folders(f);
	} else {
		error = -errno;
	}
	if (error == -ENOENT && e && e->blob)
		error = 0;
	if (!error && e)
		files_entry_forget(f, e);
	if (!error)
		files_forget_mapping(f, key);
	return error;
}

int files_rmdir(struct files *f, struct str path)
{
	FILES_SCRATCH(mem);
	struct str key;
	struct stat st;
	int error;

	error = files_resolve(f, mem, path, false, &key);
	if (error)
		return error;
	if (is_dots(path))
		return str_is(path_base(path), ".") ? -EINVAL : -ENOTEMPTY;
	if (files_dirty(f, key))
		return -ENOTDIR;
	if (has_unwritten(f, key))
		return -ENOTEMPTY;
	files_told_change(f, key, FILES_CHANGE_GONE);
	error = lstat(key.p, &st) < 0 ? -errno : files_may_change(f, key);
	if (!error)
		error = files_outcome(rmdir(key.p));
	if (!error)
		files_forget_folders(f);
	return error;
}

/* --- renaming --- */

/* What of the disk is in the way of an entry that gets the name KEY. A regular file stays until
 * the commit renames over it. */
static int clear_way(struct files *f, struct arena *mem, struct str key)
{
	struct stat st;
	int error = files_may_make(mem, key);

	if (error || lstat(key.p, &st) < 0)
		return error ? error : errno == ENOENT ? 0 : -errno;
	if (S_ISDIR(st.st_mode))
		return -EISDIR;
	if (S_ISREG(st.st_mode))
		return 0;
	files_forget_folders(f);
	return files_outcome(unlink(key.p));
}

static int rename_entry(struct files *f, struct arena *mem, struct files_entry *e, struct str to)
{
	int error = clear_way(f, mem, to);

	if (!error)
		files_told_change(f, e->key, FILES_CHANGE_GONE);
	if (!error && unlink(e->key.p) < 0 && errno != ENOENT)
		error = -errno;
	if (error)
		return error;
	e->appended = false;
	files_entry_move(f, e, to);
	return 0;
}

/* Entries below a folder that is about to move: unwritten ones go to the disk first. */
static int commit_below(struct files *f, struct str folder)
{
	struct str key;
	void *e;
	int error = 0;

	for (size_t pos = 0; !error && map_next(f->entries, &pos, &key, &e);)
		if (((struct files_entry *)e)->blob && files_below(key, folder))
			error = files_commit_entry(f, e);
	return error;
}

/* Streams that hold files below a folder that moved write to the new place. */
static void move_below(struct files *f, struct arena *mem, struct str from, struct str to)
{
	VEC(struct files_entry *) moved = {0};
	struct str key;
	void *e;

	for (size_t pos = 0; map_next(f->entries, &pos, &key, &e);)
		if (files_below(key, from))
			*vec_push(mem, &moved) = e;
	for (size_t i = 0; i < moved.n; i++)
		files_entry_move(f, moved.p[i],
				 str_cat(mem, to, str_from(moved.p[i]->key, from.n)));
	files_forget_folders(f);
	for (size_t pos = 0; map_next(f->mappings, &pos, &key, NULL);)
		if (files_below(key, from) || files_below(key, to))
			files_forget_mapping(f, key);
}

/* FROM is the disk's. */
static int rename_disk(struct files *f, struct arena *mem, struct str from, struct str to)
{
	struct files_entry *e = files_entry(f, to), *moving = files_entry(f, from);
	struct stat st, there = {0};
	int error;

	if (lstat(from.p, &st) < 0)
		return -errno;
	lstat(to.p, &there);
	if (S_ISDIR(st.st_mode)) {
		if (e && e->blob)
			return -ENOTDIR;
		if (has_unwritten(f, to) && !files_below(from, to))
			return -ENOTEMPTY;
		error = commit_below(f, from);
		if (error)
			return error;
	}
	/* Two names of one inode: rename(2) would do nothing, but the unwritten one isn't that
	 * inode. */
	if (e && e->blob && there.st_mode && there.st_ino == st.st_ino &&
	    there.st_dev == st.st_dev && unlink(to.p) < 0)
		return -errno;
	files_told_kept(f, from, from, FILES_LOOK_NO_FOLLOW, FILES_CHANGE_GONE);
	files_told_change(f, to, FILES_CHANGE_WHOLE);
	if (S_ISDIR(st.st_mode))
		files_unknown(f, "a folder was renamed");
	if (rename(from.p, to.p) < 0)
		return -errno;
	if (e && e != moving)
		files_entry_forget(f, e);
	if (moving && moving != e)
		files_entry_move(f, moving, to);
	files_forget_mapping(f, from);
	files_forget_mapping(f, to);
	if (!S_ISREG(st.st_mode))
		move_below(f, mem, from, to);
	else if (S_ISLNK(there.st_mode))
		files_forget_folders(f);
	return 0;
}

int files_rename(struct files *f, struct str from, struct str to)
{
	FILES_SCRATCH(mem);
	struct files_entry *e;
	struct str key, new_key;
	struct stat st;
	int error;

	error = files_resolve(f, mem, from, false, &key);
	if (!error)
		error = files_resolve(f, mem, to, false, &new_key);
	if (!error) {
		files_told_peek(f, key, FILES_LOOK_STATE);
		files_told_peek(f, new_key, FILES_LOOK_STATE);
	}
	if (error)
		return error;
	if (is_dots(from) || is_dots(to))
		return -EBUSY;
	e = files_dirty(f, key);
	if ((e || (lstat(key.p, &st) == 0 && !S_ISDIR(st.st_mode))) &&
	    (str_ends(from, S("/")) || str_ends(to, S("/"))))
		return -ENOTDIR;
	if (str_eq(key, new_key))
		return e ? 0 : files_outcome(lstat(key.p, &st));
	error = e || lstat(key.p, &st) == 0 ? files_may_change(f, key) : -errno;
	if (!error)
		error = files_may_change(f, new_key);
	if (error)
		return error;
	return e ? rename_entry(f, mem, e, new_key) : rename_disk(f, mem, key, new_key);
}

/* --- making --- */

/* Is there an unwritten file at PATH, or why can't there be anything? *KEY for the disk. */
static int free_name(struct files *f, struct arena *mem, struct str path, struct str *key)
{
	int error;

	if (str_ends(path, S("/")) && path.n > 1)
		path = path_join(mem, path_dir(path), path_base(path));
	error = files_resolve(f, mem, path, false, key);
	return error ? error : files_dirty(f, *key) ? -EEXIST : 0;
}

int files_link(struct files *f, struct str from, struct str to)
{
	FILES_SCRATCH(mem);
	struct files_entry *e;
	struct str key, new_key;
	int error;

	error = files_resolve(f, mem, from, false, &key);
	if (!error)
		error = free_name(f, mem, to, &new_key);
	if (!error)
		error = files_may_change(f, new_key);
	if (error)
		return error;
	e = files_dirty(f, key);
	if (!e)
		files_told_look(f, from, key,
				FILES_LOOK_STATE | FILES_LOOK_BYTES | FILES_LOOK_NO_FOLLOW);
	/* one file with two names is on the disk: -ef, stat and ls -i ask for its inode */
	if (e && faccessat(AT_FDCWD, new_key.p, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		error = files_commit_entry(f, e);
	if (error)
		return error;
	files_told_change(f, new_key, FILES_CHANGE_WHOLE);
	return files_outcome(link(key.p, new_key.p));
}

int files_symlink(struct files *f, struct str target, struct str path)
{
	FILES_SCRATCH(mem);
	struct str key;
	struct stat st;
	int error = free_name(f, mem, path, &key);

	if (!error && str_ends(path, S("/")))
		return lstat(key.p, &st) == 0 ? -EEXIST : -ENOENT;
	if (!error && f->options.gate)
		error = lstat(key.p, &st) == 0 ? -EEXIST : files_may_change(f, key);
	if (!error)
		files_told_change(f, key, FILES_CHANGE_WHOLE);
	return error ? error : files_outcome(symlink(str_cz(mem, target), key.p));
}

int files_readlink(struct files *f, struct arena *mem, struct str path, struct str *target)
{
	struct str key;
	char text[4096];
	ssize_t n;
	int error = files_resolve(f, mem, path, false, &key);

	if (error)
		return error;
	if (files_dirty(f, key))
		return -EINVAL;
	files_told_look(f, path, key, FILES_LOOK_STATE | FILES_LOOK_TARGET | FILES_LOOK_NO_FOLLOW);
	n = readlink(key.p, text, sizeof(text));
	if (n < 0)
		return -errno;
	*target = str_dup(mem, (struct str){text, (size_t)n});
	return 0;
}

int files_mkdir(struct files *f, struct str path, mode_t mode)
{
	FILES_SCRATCH(mem);
	mode_t want = mode & 07777 & ~f->options.umask;
	struct str key;
	struct stat st;
	int error = free_name(f, mem, path, &key);

	if (!error && f->options.gate)
		error = lstat(key.p, &st) == 0 ? -EEXIST : files_may_change(f, key);
	if (error)
		return error;
	files_told_change(f, key, FILES_CHANGE_WHOLE);
	if (mkdir(key.p, want) < 0)
		return -errno;
	/* The process's own umask took its share; what the folder inherits (set-group-ID) stays. */
	if (stat(key.p, &st) == 0 && (st.st_mode & 0777) != (want & 0777))
		return files_outcome(chmod(key.p, (st.st_mode & 07000) | want));
	return 0;
}
