/* SPDX-License-Identifier: GPL-2.0-only */
/* Modes, owners, times in the overlay. What is no unwritten file of ours is the disk's, at once. */
#include "blob/overlay.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* May what is at KEY get another mode, owner, time? 0 or -errno, as for what is not there. */
static int may_change(const struct files *f, struct str key, bool follow)
{
	struct stat st;

	if (!f->options.gate)
		return 0;
	return (follow ? stat(key.p, &st) : lstat(key.p, &st)) < 0 ? -errno
								   : files_may_change(f, key);
}

/*
 * What is at PATH is about to get other attributes, which is told as HOW: *E, our own, or NULL and
 * *KEY, a name on the disk, in MEM. 0 or -errno.
 */
static int find(struct files *f, struct arena *mem, struct str path, bool follow,
		enum files_change how, struct files_entry **e, struct str *key)
{
	int error = files_resolve(f, mem, path, follow, key);

	*e = error ? NULL : files_dirty(f, *key);
	if (error || *e)
		return error;
	error = may_change(f, *key, follow);
	if (!error)
		files_told_kept(f, path, *key, follow ? 0 : FILES_LOOK_NO_FOLLOW, how);
	return error;
}

int files_chmod(struct files *f, struct str path, mode_t mode)
{
	FILES_SCRATCH(mem);
	struct files_entry *e;
	struct str key;
	int error = find(f, mem, path, true, FILES_CHANGE_PART, &e, &key);

	if (error)
		return error;
	if (!e)
		return files_outcome(chmod(key.p, mode));
	e->mode = mode & 07777;
	f->programs |= mode & 0111;
	return 0;
}

int files_chown(struct files *f, struct str path, int uid, int gid)
{
	FILES_SCRATCH(mem);
	struct files_entry *e;
	struct str key;
	int error = find(f, mem, path, true, FILES_CHANGE_PART, &e, &key);

	if (error)
		return error;
	if (!e)
		return files_outcome(chown(key.p, (uid_t)uid, (gid_t)gid));
	if (geteuid() != 0 && ((uid >= 0 && (uid_t)uid != geteuid())))
		return -EPERM;
	e->uid = uid >= 0 ? uid : e->uid;
	e->gid = gid >= 0 ? gid : e->gid;
	return 0;
}

int files_touch(struct files *f, struct str path, struct timespec mtime, bool follow)
{
	FILES_SCRATCH(mem);
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, mtime};
	struct files_entry *e;
	struct str key;
	int error = find(f, mem, path, follow, FILES_CHANGE_TIME, &e, &key);

	if (error)
		return error;
	if (!e)
		return files_outcome(
		    utimensat(AT_FDCWD, key.p, times, follow ? 0 : AT_SYMLINK_NOFOLLOW));
	files_stamp(f);
	if (mtime.tv_nsec == UTIME_NOW)
		mtime = files_now(f);
	if (mtime.tv_nsec != UTIME_OMIT)
		e->mtime = mtime;
	return 0;
}
