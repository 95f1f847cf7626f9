/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the overlay to the disk. A file is written whole under no name (O_TMPFILE, so that a kill
 * leaves nothing behind) or, where the file system has no such files, as `.NAME.imagemk-PID-N` in
 * the same folder, gets its mode, owner and time, and then its name by link or rename. Other hard
 * links of what was there, and mappings of it, keep the old bytes. A file that was only added to
 * (>>) is added to in place.
 */
#include "blob/overlay.h"

#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Spans of a file from this size on are cloned or copied by the kernel; of a whole file a clone is
 * asked for from the second on. */
enum { CLONE_LEAST = 256 << 10, CLONE_FILE_LEAST = 16 << 10, TRIES_MOST = 10000 };
/* Runs of NULs from this length on become holes. */
enum { HOLE_LEAST = 1 << 20 };

/* --- bytes --- */

/* The file of O open for reading, when it is unchanged; else -1. */
static int open_origin(const struct blob_origin *o)
{
	struct stat st;
	int fd;

	if (!o || !o->path[0])
		return -1;
	fd = open(o->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd >= 0 && (fstat(fd, &st) < 0 || !blob_origin_is(o, &st))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* Let the kernel copy N bytes from AT of FROM to the end of FD; how many it did. */
static uint64_t kernel_copy(int from, uint64_t at, int fd, uint64_t n)
{
	loff_t offset = (loff_t)at;
	uint64_t done = 0;

	while (done < n) {
		ssize_t got = copy_file_range(from, &offset, fd, NULL, n - done, 0);

		if (got <= 0 && !(got < 0 && errno == EINTR))
			break;
		done += got > 0 ? (uint64_t)got : 0;
	}
	return done;
}

static int write_slice(const struct blob *b, uint64_t pos, uint64_t n, int fd)
{
	struct blob *part = n ? blob_slice((struct blob *)b, pos, n) : NULL;
	int error = part ? blob_write_fd(part, fd) : 0;

	blob_unref(part);
	return error;
}

/* Write the N bytes of B from POS on to a new file, less long runs of NULs; 0 or -errno. */
static int write_part(const struct blob *b, uint64_t pos, uint64_t n, int fd)
{
	uint64_t end = pos + n, from = pos, next = pos, run;
	struct str span;
	int error = 0;

	while (!error && pos < end && blob_next_span(b, &next, &span, &run)) {
		next = next < end ? next : end;
		if (run && !span.p[0] && next - pos >= HOLE_LEAST) {
			error = write_slice(b, from, pos - from, fd);
			if (!error && lseek(fd, (off_t)(next - pos), SEEK_CUR) < 0)
				error = -errno;
			from = next;
		}
		pos = next;
	}
	return error ? error : write_slice(b, from, end - from, fd);
}

/* The next span that is worth cloning from POS on: its start (or the end of B), N, origin, AT. */
static uint64_t find_clone(const struct blob *b, uint64_t pos, uint64_t *n,
			   const struct blob_origin **origin, uint64_t *at)
{
	struct str span;

	*n = 0;
	for (; blob_span_origin(b, pos, &span, origin, at); pos += span.n)
		if (*origin && (*origin)->path[0] && span.n >= CLONE_LEAST) {
			*n = span.n;
			break;
		}
	return pos;
}

static int write_bytes(const struct blob *b, int fd)
{
	const struct blob_origin *origin = blob_whole_file(b);
	uint64_t pos = 0, n, at, clone;
	bool whole = blob_size(b) >= CLONE_FILE_LEAST;
	int from = whole ? open_origin(origin) : -1, error = 0;

	if (from >= 0) {
		bool cloned = ioctl(fd, FICLONE, from) == 0;

		close(from);
		if (cloned)
			return 0;
	}
	while (!error && pos < blob_size(b)) {
		clone = find_clone(b, pos, &n, &origin, &at);
		error = write_part(b, pos, clone - pos, fd);
		pos = clone;
		if (error || !n)
			break;
		from = open_origin(origin);
		at = from < 0 ? 0 : kernel_copy(from, at, fd, n);
		if (from >= 0)
			close(from);
		if (at < n)
			error = write_part(b, pos + at, n - at, fd);
		pos += n;
	}
	/* The end may be a hole. */
	return error || blob_size(b) < HOLE_LEAST || ftruncate(fd, (off_t)blob_size(b)) == 0
		   ? error
		   : -errno;
}

/* --- a file without its name --- */

/* A name beside KEY, no longer than a name may be; the thread's id (one of the process's ids, as
 * the kernel counts) keeps threads apart. */
static char *temporary_name(struct files *f, struct arena *mem, struct str key)
{
	struct str base = str_sub(path_base(key), 0, NAME_MAX - 64);
	struct str folder = path_dir(key);

	return str_cz(mem, str_fmt(mem, "%.*s%s.%.*s.imagemk-%ld-%lu", STR_ARG(folder),
				   str_is(folder, "/") ? "" : "/", STR_ARG(base), (long)gettid(),
				   f->temp++));
}

struct draft {
	int fd;
	char *name; /* NULL: it has none */
};

static int draft_open(struct files *f, struct arena *mem, struct str key, struct draft *d)
{
	d->name = NULL;
	d->fd = open(str_cz(mem, path_dir(key)), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	if (d->fd >= 0)
		return 0;
	for (int i = 0; i < TRIES_MOST; i++) {
		d->name = temporary_name(f, mem, key);
		d->fd = open(d->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (d->fd >= 0 || errno != EEXIST)
			break;
	}
	return d->fd < 0 ? -errno : 0;
}

static int draft_fill(const struct draft *d, const struct files_entry *e)
{
	struct timespec times[2] = {e->mtime, e->mtime};
	int error = write_bytes(e->blob, d->fd);

	if (error)
		return error;
	/*
	 * Who isn't root can't give files away; the file is then his, as with any program's copy.
	 */
	if ((e->uid >= 0 || e->gid >= 0) && fchown(d->fd, (uid_t)e->uid, (gid_t)e->gid) < 0 &&
	    errno != EPERM)
		return -errno;
	if (fchmod(d->fd, e->mode) < 0 || futimens(d->fd, times) < 0)
		return -errno;
	return 0;
}

/* A temporary name for FROM (a path that linkat follows); NULL with errno set. */
static char *link_beside(struct files *f, struct arena *mem, struct str key, const char *from)
{
	for (int i = 0; i < TRIES_MOST; i++) {
		char *name = temporary_name(f, mem, key);

		if (linkat(AT_FDCWD, from, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0)
			return name;
		if (errno != EEXIST)
			break;
	}
	return NULL;
}

static int rename_over(const char *name, struct str key)
{
	int error = rename(name, key.p) < 0 ? -errno : 0;

	/* When both are the same inode rename succeeds and leaves the first name. */
	unlink(name);
	return error;
}

/* D becomes KEY. FRESH: -EEXIST when that is there already; else it is replaced. */
static int draft_becomes(struct files *f, struct arena *mem, struct str key, struct draft *d,
			 bool fresh)
{
	char path[64];
	int error;

	if (!d->name) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", d->fd);
		if (linkat(AT_FDCWD, path, AT_FDCWD, key.p, AT_SYMLINK_FOLLOW) == 0)
			return 0;
		if (errno != EEXIST || fresh)
			return -errno;
		d->name = link_beside(f, mem, key, path);
		if (!d->name)
			return -errno;
	}
	error = (fresh ? link(d->name, key.p) : rename(d->name, key.p)) < 0 ? -errno : 0;
	if (fresh || error)
		unlink(d->name);
	return error;
}

/* KEY, as ST, has the bytes of B now: what is known about B is known about it. */
static void know(struct files *f, const struct stat *st, unsigned long when, struct blob *b)
{
	struct blob_facts *facts;

	if (blob_size(b) < BLOB_SMALL || (uint64_t)st->st_size != blob_size(b))
		return;
	facts = blob_facts_of(b);
	files_cache_put(f->cache, st, when, facts);
	blob_facts_unref(facts);
}

/* FRESH: -EEXIST when the file is there by now. */
static int write_entry(struct files *f, struct arena *mem, const struct files_entry *e, bool fresh)
{
	unsigned long when = files_cache_now(f->cache);
	struct draft d;
	struct stat st;
	int error = draft_open(f, mem, e->key, &d);

	if (error)
		return error;
	error = draft_fill(&d, e);
	if (!error)
		error = draft_becomes(f, mem, e->key, &d, fresh);
	else if (d.name)
		unlink(d.name);
	if (!error && blob_size(e->blob) >= BLOB_SMALL && fstat(d.fd, &st) == 0)
		know(f, &st, when, e->blob);
	if (close(d.fd) < 0 && !error)
		error = -errno;
	return error;
}

/* --- hard links instead of copies --- */

static bool same_owner(const struct files_entry *e, const struct stat *st)
{
	return st->st_uid == (e->uid < 0 ? geteuid() : (uid_t)e->uid) &&
	       st->st_gid == (e->gid < 0 ? getegid() : (gid_t)e->gid);
}

/* Are B's bytes still those of the file that ST describes? */
static bool is_known(struct files *f, const struct stat *st, const struct blob *b)
{
	struct blob_facts *facts = files_cache_known(f->cache, st);
	bool same = facts && blob_has_facts(b, facts);

	blob_facts_unref(facts);
	return same;
}

/* May E become one more name of a file that has its bytes? */
static bool may_link(struct files *f, struct arena *mem, const struct files_entry *e)
{
	struct str copy;

	return f->options.link_copies && f->options.copy.n &&
	       files_resolve(f, mem, f->options.copy, true, &copy) == 0 && str_eq(copy, e->key);
}

/* E holds just the bytes of a file on the disk: make its name one more of that file. */
static bool link_entry(struct files *f, struct arena *mem, const struct files_entry *e)
{
	const struct blob_origin *o = blob_whole_file(e->blob);
	unsigned long when = files_cache_now(f->cache);
	struct stat st;
	char *name;
	bool known;

	if (!o || !o->path[0] || str_is(e->key, o->path) || !may_link(f, mem, e))
		return false;
	if (lstat(o->path, &st) < 0 || !blob_origin_is(o, &st) || (st.st_mode & 07777) != e->mode ||
	    !same_owner(e, &st))
		return false;
	/* A tool that wrote it will write it anew in place, one day, and its other name would
	 * change with it. */
	if (!files_cache_wrote(f->cache, &st))
		return false;
	known = is_known(f, &st, e->blob);
	name = link_beside(f, mem, e->key, o->path);
	if (!name || rename_over(name, e->key) != 0)
		return false;
	/* One name more changes the inode's time, not its bytes. */
	if (known && lstat(e->key.p, &st) == 0 && blob_origin_is(o, &st))
		know(f, &st, when, e->blob);
	return true;
}

/* --- commit --- */

/* Somebody else changed the file that E was only added to: add to what is there now. */
static void catch_up(struct files_entry *e)
{
	struct blob *b, *added, *all;
	struct stat st;
	int fd;

	if (!e->appended || lstat(e->key.p, &st) < 0 ||
	    (st.st_ino == e->base_st.st_ino && st.st_size == e->base_st.st_size &&
	     st.st_mtim.tv_sec == e->base_st.st_mtim.tv_sec &&
	     st.st_mtim.tv_nsec == e->base_st.st_mtim.tv_nsec))
		return;
	fd = open(e->key.p, O_RDONLY | O_CLOEXEC);
	b = fd < 0 ? NULL : blob_file(fd);
	if (fd >= 0)
		close(fd);
	if (!b)
		return;
	added = blob_slice(e->blob, e->base, BLOB_ENDLESS);
	all = blob_cat(b, added);
	blob_unref(e->blob);
	e->blob = all;
	blob_unref(added);
	blob_unref(b);
}

/* E was opened to be added to (>>), and nothing was: it is only to be there. */
static bool is_untouched(const struct files_entry *e)
{
	return e->appended && blob_size(e->blob) == e->base && e->uid < 0 && e->gid < 0 &&
	       e->mtime.tv_sec == e->opened.tv_sec && e->mtime.tv_nsec == e->opened.tv_nsec &&
	       (!e->base_st.st_mode || e->mode == (e->base_st.st_mode & 07777));
}

/* Whoever else opened the file at the same time, or writes to it by now, keeps it. */
static int make_sure_of(const struct files_entry *e)
{
	int fd = open(e->key.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600), error;

	if (fd < 0)
		return errno == EEXIST ? 0 : -errno;
	error = fchmod(fd, e->mode) < 0 ? -errno : 0;
	close(fd);
	return error;
}

/* Was E only added to, or is it empty? An empty file that stays so is the same one: it may be a
 * lock (9>lock). */
static bool is_added(const struct files_entry *e)
{
	return e->appended || blob_size(e->blob) == 0;
}

/*
 * Can what E adds be added to the file as it is now (ST)? Others may be adding too, and only the
 * kernel's O_APPEND loses nobody's bytes. A copy that is a link must not grow with its like.
 */
static bool may_add(const struct files *f, const struct files_entry *e, struct stat *st)
{
	return is_added(e) && lstat(e->key.p, st) == 0 && S_ISREG(st->st_mode) &&
	       (e->appended || st->st_size == 0) &&
	       (st->st_nlink == 1 || !f->options.link_copies) &&
	       (e->uid < 0 || (uid_t)e->uid == st->st_uid) &&
	       (e->gid < 0 || (gid_t)e->gid == st->st_gid);
}

static bool is_later(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec > b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec > b->tv_nsec);
}

/*
 * E's time, or the file's when somebody added to it later; a time that was given (touch -d) stays.
 */
static int add_time(const struct files_entry *e, const struct stat *st, int fd)
{
	struct timespec times[2] = {e->mtime, e->mtime};

	if (e->appended && is_later(&st->st_mtim, &e->mtime) &&
	    !is_later(&e->base_st.st_mtim, &e->mtime))
		return 0;
	return futimens(fd, times) < 0 ? -errno : 0;
}

/* In one write, as far as that is sensible: what two programs add must not be mixed. */
static int add_bytes(struct arena *mem, const struct files_entry *e, int fd)
{
	enum { ONE_WRITE_MOST = 1 << 20 };
	struct blob *b = blob_slice(e->blob, e->appended ? e->base : 0, BLOB_ENDLESS), *flat = NULL;
	struct str text;
	int error;

	if (blob_size(b) <= ONE_WRITE_MOST) {
		text = blob_flat(mem, b);
		flat = blob_copy(text.p, text.n);
	}
	error = blob_write_fd(flat ? flat : b, fd);
	blob_unref(flat);
	blob_unref(b);
	return error;
}

static int add_to_file(struct arena *mem, const struct files_entry *e, const struct stat *st)
{
	int fd = open(e->key.p, O_WRONLY | O_APPEND | O_CLOEXEC), error;

	if (fd < 0)
		return -errno;
	error = add_bytes(mem, e, fd);
	if (!error && e->mode != (st->st_mode & 07777) && fchmod(fd, e->mode) < 0)
		error = -errno;
	if (!error)
		error = add_time(e, st, fd);
	if (close(fd) < 0 && !error)
		error = -errno;
	return error;
}

static int bring_to_disk(struct files *f, struct arena *mem, struct files_entry *e)
{
	struct stat st;
	bool fresh;
	int error;

	if (is_untouched(e))
		return make_sure_of(e);
	if (blob_size(e->blob) == BLOB_ENDLESS)
		return -ENOSPC;
	if (may_add(f, e, &st))
		return add_to_file(mem, e, &st);
	fresh = is_added(e) && lstat(e->key.p, &st) < 0;
	catch_up(e);
	if (link_entry(f, mem, e))
		return 0;
	error = write_entry(f, mem, e, fresh);
	if (error != -EEXIST)
		return error;
	/* somebody else made it meanwhile, and perhaps filled it */
	if (may_add(f, e, &st))
		return add_to_file(mem, e, &st);
	catch_up(e);
	return write_entry(f, mem, e, false);
}

/* The other names of E's bytes read them from E's file from now on, and can be linked to it. */
static void share_written(struct files *f, const struct files_entry *e)
{
	int fd = -1;
	struct blob *disk = NULL;
	void *other;

	for (size_t pos = 0; map_next(f->entries, &pos, NULL, &other);) {
		struct files_entry *o = other;

		if (o == e || o->blob != e->blob)
			continue;
		if (!disk) {
			fd = open(e->key.p, O_RDONLY | O_CLOEXEC);
			disk = fd < 0 ? NULL : blob_file_at(fd, e->key.p);
			if (fd >= 0)
				close(fd);
			if (!disk || blob_size(disk) != blob_size(e->blob))
				break;
		}
		blob_unref(o->blob);
		o->blob = blob_ref(disk);
	}
	blob_unref(disk);
}

int files_commit_entry(struct files *f, struct files_entry *e)
{
	FILES_SCRATCH(mem);
	int error;

	files_stamp(f);
	error = bring_to_disk(f, mem, e);
	if (error)
		return error;
	if (f->options.link_copies)
		share_written(f, e);
	files_note_moved(f, e);
	blob_unref(e->blob);
	e->blob = NULL;
	e->appended = false;
	files_forget_mapping(f, e->key);
	if (e->open == 0)
		files_entry_forget(f, e);
	return 0;
}

/* The kernel can't read a mapping behind the end that its file has by now. */
const char *files_error_text(int err)
{
	return err == EFAULT ? "A file that it is made of became shorter meanwhile" : strerror(err);
}

bool files_has_program(const struct files *f, struct str name)
{
	struct str key;
	void *value;

	for (size_t pos = 0; f->programs && map_next(f->entries, &pos, &key, &value);) {
		const struct files_entry *e = value;

		if (e->blob && (e->mode & 0111) && str_eq(path_base(key), name))
			return true;
	}
	return false;
}

int files_commit(struct files *f, struct str *bad)
{
	struct str key;
	void *value;

	files_forget_folders(f);
	for (size_t pos = 0; map_next(f->entries, &pos, &key, &value);) {
		struct files_entry *e = value;
		int error = e->blob ? files_commit_entry(f, e) : 0;

		if (error && bad)
			*bad = str_dup(f->mem, key);
		if (error)
			return error;
	}
	f->programs = false;
	return 0;
}
