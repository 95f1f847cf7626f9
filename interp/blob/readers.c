/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that streams have open for reading. A commit gives a file a new inode, where for a real one
 * that is written to it would stay: who reads it goes on with the new one.
 */
#include "blob/overlay.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

void files_note_moved(struct files *f, const struct files_entry *e)
{
	struct files_shared from[] = {{0, e->ino}, {e->base_st.st_dev, e->base_st.st_ino}};
	struct stat st;

	if (!f->readers || lstat(e->key.p, &st) < 0)
		return;
	for (size_t i = 0; i < 2; i++)
		if (from[i].dev != st.st_dev || from[i].ino != st.st_ino)
			*vec_push(f->mem, &f->moved) =
			    (struct files_moved){from[i], {st.st_dev, st.st_ino}};
}

void files_note_gone(struct files *f, const struct stat *st)
{
	if (f->readers && st->st_nlink == 1)
		*vec_push(f->mem, &f->moved) =
		    (struct files_moved){{st->st_dev, st->st_ino}, {0, 0}};
}

void files_reads(struct files *f, int more)
{
	f->readers += (unsigned)more;
	if (!f->readers)
		f->moved.n = 0;
}

/* What a reader knows as DEV and INO is by now. */
static struct files_shared moved_to(const struct files *f, uint64_t dev, uint64_t ino)
{
	struct files_shared is = {dev, ino};

	for (size_t i = 0; i < f->moved.n; i++)
		if (f->moved.p[i].from.ino == is.ino && f->moved.p[i].from.dev == is.dev)
			is = f->moved.p[i].to;
	return is;
}

/* Has E the bytes of that file? */
static bool is_entry(const struct files_entry *e, struct files_shared file)
{
	return e->ino == file.ino ||
	       (e->base_st.st_ino == file.ino && e->base_st.st_dev == file.dev);
}

/* Is ST what OPENED was, and not another file that the kernel gave its inode since? */
static bool is_unchanged(const struct files_stat *opened, const struct stat *st)
{
	return opened->dev == st->st_dev && opened->ino == st->st_ino &&
	       opened->size == (uint64_t)st->st_size &&
	       opened->changed.tv_sec == st->st_mtim.tv_sec &&
	       opened->changed.tv_nsec == st->st_mtim.tv_nsec;
}

int files_reader_descriptor(struct files *f, struct str key, const struct files_stat *opened)
{
	struct files_entry *e = files_dirty(f, key);
	struct files_shared is;
	struct stat st;
	int fd;

	if (e && is_entry(e, moved_to(f, opened->dev, opened->ino)) &&
	    files_commit_entry(f, e) != 0)
		return -1;
	is = moved_to(f, opened->dev, opened->ino);
	fd = open(key.p, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, &st) == 0 &&
	    (is.ino == opened->ino ? is_unchanged(opened, &st)
				   : st.st_dev == is.dev && st.st_ino == is.ino))
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

void files_follow(struct files *f, struct str key, uint64_t dev, uint64_t ino, struct blob **b)
{
	const struct files_entry *e = files_dirty(f, key);

	if (!e || e->blob == *b || !is_entry(e, moved_to(f, dev, ino)))
		return;
	blob_unref(*b);
	*b = blob_ref(e->blob);
}
