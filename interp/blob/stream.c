/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Open file descriptions of the recipe shell. A file opened for reading is a snapshot of its bytes,
 * with what the shell writes to it since; one for writing the overlay's entry, through renames.
 */
#include "blob/stream_kinds.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static struct stream *stream_new(struct arena *mem, enum kind kind)
{
	struct stream *s = arena_make(mem, struct stream);

	s->kind = kind;
	s->fd = -1;
	return s;
}

struct stream *stream_closed(struct arena *mem)
{
	return stream_new(mem, CLOSED);
}

struct stream *stream_null(struct arena *mem)
{
	struct stream *s = stream_new(mem, NOTHING);

	s->readable = s->writable = true;
	return s;
}

struct stream *stream_fd(struct arena *mem, int fd, bool owned)
{
	struct stream *s = stream_new(mem, DESCRIPTOR);

	s->fd = fd;
	s->owned = owned;
	return s;
}

void stream_hear(struct stream *s, int (*put)(void *ctx, struct str text), void *ctx)
{
	s->put = put;
	s->ctx = ctx;
}

struct stream *stream_source(struct arena *mem, struct blob *b)
{
	struct stream *s = stream_new(mem, SOURCE);

	s->blob = blob_ref(b);
	return s;
}

struct stream *stream_sink(struct arena *mem)
{
	struct stream *s = stream_new(mem, SINK);

	s->blob = blob_empty();
	return s;
}

struct stream *stream_call(struct arena *mem, int (*put)(void *ctx, struct str text), void *ctx)
{
	struct stream *s = stream_new(mem, CALL);

	stream_hear(s, put, ctx);
	return s;
}

/* --- open and close --- */

static int open_as_descriptor(struct arena *mem, struct files *files, struct str path, int flags,
			      struct stream **out)
{
	int fd = files_open_disk(files, path, flags);

	if (fd < 0)
		return fd;
	*out = stream_fd(mem, fd, true);
	return 0;
}

/* Descriptors and kernel files aren't the overlay's, and may have no end. ST: a regular file's. */
static bool is_special(struct files *files, struct str path, struct files_stat *st)
{
	return str_starts(path, S("/dev/std")) || str_starts(path, S("/dev/fd/")) ||
	       str_starts(path, S("/proc/")) ||
	       (files_stat(files, path, st) == 0 && !S_ISREG(st->mode));
}

static bool become_fd(struct stream *s, int fd);

static int open_reading(struct arena *mem, struct files *files, struct str path,
			struct stream **out)
{
	struct files_stat st = {0};
	struct blob *b;
	int error;

	if (is_special(files, path, &st) && !str_is(path, "/dev/zero"))
		return open_as_descriptor(mem, files, path, O_RDONLY, out);
	error = files_read(files, path, &b);
	if (error)
		return error;
	*out = stream_new(mem, SOURCE);
	(*out)->blob = b;
	(*out)->files = files;
	(*out)->path = str_dup(mem, path);
	(*out)->opened = st;
	(*out)->key = files_key(files, mem, path);
	files_reads(files, 1);
	become_fd(*out, files_shared_descriptor(files, (*out)->key));
	return 0;
}

int stream_open(struct arena *mem, struct files *files, struct str path, enum stream_mode mode,
		struct stream **out)
{
	static const int flags[] = {
		[STREAM_READ] = O_RDONLY,
		[STREAM_WRITE] = O_WRONLY | O_TRUNC,
		[STREAM_APPEND] = O_WRONLY | O_APPEND,
		[STREAM_UPDATE] = O_RDWR,
	};
	struct files_entry *e;
	int error;

	if (str_is(path, "/dev/null")) {
		*out = stream_null(mem);
		(*out)->readable = mode == STREAM_READ || mode == STREAM_UPDATE;
		(*out)->writable = mode != STREAM_READ;
		return 0;
	}
	if (mode == STREAM_READ)
		return open_reading(mem, files, path, out);
	error = files_open_entry(files, path, mode == STREAM_WRITE, &e);
	if (error == -ENXIO)
		return open_as_descriptor(mem, files, path, flags[mode], out);
	if (error)
		return error;
	*out = stream_new(mem, FILE_ENTRY);
	(*out)->files = files;
	(*out)->entry = e;
	(*out)->append = mode == STREAM_APPEND;
	(*out)->readable = mode == STREAM_UPDATE;
	return 0;
}

void stream_close(struct stream *s)
{
	if (s->kind == FILE_ENTRY)
		files_close_entry(s->files, s->entry);
	/* A process had it: it may have locked the file for us (flock 9), and who waits for the
	 * lock must see what was written under it. An error is told when the files are committed
	 * for good. */
	if (s->shared)
		files_fd_closed(s->files, s->fd);
	s->shared = false;
	if (s->kind == SOURCE && s->files)
		files_reads(s->files, -1);
	if (s->kind == DESCRIPTOR && s->owned && s->files)
		files_commit(s->files, NULL);
	if (s->kind == DESCRIPTOR && s->owned)
		close(s->fd);
	blob_unref(s->blob);
	s->blob = NULL;
	s->kind = CLOSED;
}

bool stream_stat(const struct stream *s, struct files *files, struct files_stat *out)
{
	struct stat st;
	struct str path = s->kind == SOURCE	  ? s->path
			  : s->kind == FILE_ENTRY ? s->entry->key
						  : (struct str){0};

	if (s->kind == DESCRIPTOR && fstat(s->fd, &st) == 0) {
		*out = (struct files_stat){.mode = st.st_mode, .dev = st.st_dev, .ino = st.st_ino,
					   .size = (uint64_t)st.st_size};
		return S_ISREG(st.st_mode);
	}
	return path.p && files_stat(files, path, out) == 0 && S_ISREG(out->mode);
}

bool stream_is_file(const struct stream *s, struct files *files, struct str path)
{
	struct files_stat a, b;

	if (files_stat(files, path, &b) != 0 || !S_ISREG(b.mode) || b.size == 0)
		return false;
	return s->kind != SOURCE && stream_stat(s, files, &a) && a.dev == b.dev && a.ino == b.ino;
}

bool stream_reads_own(const struct stream *in, const struct stream *out, struct files *files)
{
	struct files_stat a, b;
	off_t at = in->kind == DESCRIPTOR ? lseek(in->fd, 0, SEEK_CUR) : (off_t)in->offset;

	return stream_stat(out, files, &b) && stream_stat(in, files, &a) && a.dev == b.dev &&
	       a.ino == b.ino && at >= 0 && (uint64_t)at < b.size;
}

bool stream_is_closed(const struct stream *s)
{
	return s->kind == CLOSED;
}

bool stream_is_null(const struct stream *s)
{
	struct stat st;

	return s->kind == NOTHING || (s->kind == DESCRIPTOR && fstat(s->fd, &st) == 0 &&
				      S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3));
}

/* --- writing --- */

static int write_fd(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && blob_write_again(fd))
			continue;
		if (done < 0)
			return -errno;
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

int stream_write(struct stream *s, const void *p, size_t n)
{
	struct blob *b;
	int error;

	if (s->kind == DESCRIPTOR) {
		if (s->put && n)
			s->put(s->ctx, (struct str){p, n});
		error = write_fd(s->fd, p, n);
		if (s->files)
			files_disturb(s->files);
		return error;
	}
	if (s->kind == CALL)
		return n ? s->put(s->ctx, (struct str){p, n}) : 0;
	if (s->kind == NOTHING)
		return s->writable ? 0 : -EBADF;
	b = blob_copy(p, n);
	error = stream_put(s, b);
	blob_unref(b);
	return error;
}

/* What is written in place may have the size and the tick of what was there. */
static int put_fd(struct stream *s, const struct blob *b)
{
	int error = blob_write_fd(b, s->fd);

	if (s->files)
		files_disturb(s->files);
	return error;
}

static int put_file(struct stream *s, struct blob *b)
{
	struct blob *old, *all;
	int error;

	if (blob_size(b) == 0)
		return 0;
	error = s->append ? 0 : files_entry_blob(s->files, s->entry, &old);
	if (error)
		return error;
	if (s->append || blob_size(old) == s->offset) {
		error = files_entry_append(s->files, s->entry, b);
	} else {
		all = blob_patch(old, s->offset, b);
		error = files_entry_set(s->files, s->entry, all);
		blob_unref(all);
	}
	if (!s->append)
		blob_unref(old);
	s->offset += error ? 0 : blob_size(b);
	return error;
}

static int put_pieces(struct stream *s, const struct blob *b)
{
	struct str span;
	int error = blob_size(b) == BLOB_ENDLESS ? -EFBIG : 0;

	for (uint64_t pos = 0; !error && blob_next(b, &pos, &span);)
		error = s->put(s->ctx, span);
	return error;
}

int stream_put(struct stream *s, struct blob *b)
{
	struct blob *all;

	switch (s->kind) {
	case NOTHING:
		return s->writable ? 0 : -EBADF;
	case DESCRIPTOR:
		if (s->put && blob_size(b) != BLOB_ENDLESS)
			put_pieces(s, b);
		return put_fd(s, b);
	case SINK:
		all = blob_cat(s->blob, b);
		blob_unref(s->blob);
		s->blob = all;
		return 0;
	case CALL:
		return put_pieces(s, b);
	case FILE_ENTRY:
		return put_file(s, b);
	default:
		return -EBADF;
	}
}

int stream_fmt(struct stream *s, const char *fmt, ...)
{
	struct arena *mem = arena_new();
	struct str text;
	va_list ap;
	int error;

	va_start(ap, fmt);
	text = str_vfmt(mem, fmt, ap);
	va_end(ap);
	error = stream_write(s, text.p, text.n);
	arena_free(mem);
	return error;
}

struct blob *stream_collected(struct stream *s)
{
	return s->kind == SINK ? blob_ref(s->blob) : blob_empty();
}

uint64_t stream_size(const struct stream *s)
{
	return s->kind == SINK ? blob_size(s->blob) : 0;
}

/* --- for processes --- */

/* S becomes the descriptor FD, which it owns; false when FD is none. */
static bool become_fd(struct stream *s, int fd)
{
	if (fd < 0)
		return false;
	if (s->kind == FILE_ENTRY)
		files_close_entry(s->files, s->entry);
	if (s->kind == SOURCE && s->files)
		files_reads(s->files, -1);
	if (s->kind == FILE_ENTRY || (s->kind == SOURCE && s->files)) {
		files_fd_opened(s->files, fd);
		s->shared = true;
	}
	blob_unref(s->blob);
	s->blob = NULL;
	s->kind = DESCRIPTOR;
	s->owned = true;
	s->fd = fd;
	return true;
}

/* FD, a memory file, once more, for reading only; FD is closed. */
static int only_to_read(int fd)
{
	char path[32];
	int other;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	other = open(path, O_RDONLY | O_CLOEXEC);
	if (other < 0)
		return fd;
	lseek(other, lseek(fd, 0, SEEK_CUR), SEEK_SET);
	close(fd);
	return other;
}

/* The bytes of a file opened for reading, which may have another name or none by now. */
static int source_descriptor(struct stream *s)
{
	int fd = s->key.p ? files_reader_descriptor(s->files, s->key, &s->opened) : -1;
	const struct blob_origin *o;
	struct stat st;

	if (fd >= 0 && lseek(fd, (off_t)s->offset, SEEK_SET) >= 0)
		return fd;
	if (fd >= 0)
		close(fd);
	if (s->key.p)
		files_follow(s->files, s->key, s->opened.dev, s->opened.ino, &s->blob);
	o = blob_whole_file(s->blob);
	fd = o && o->path[0] ? open(o->path, O_RDONLY | O_CLOEXEC) : -1;

	if (fd >= 0 && fstat(fd, &st) == 0 && blob_origin_is(o, &st) &&
	    lseek(fd, (off_t)s->offset, SEEK_SET) >= 0)
		return fd;
	if (fd >= 0)
		close(fd);
	if (blob_size(s->blob) == BLOB_ENDLESS)
		return open("/dev/zero", O_RDONLY | O_CLOEXEC);
	fd = memfd_create("imagemk", MFD_CLOEXEC);
	if (fd >= 0 &&
	    (blob_write_fd(s->blob, fd) != 0 || lseek(fd, (off_t)s->offset, SEEK_SET) < 0)) {
		close(fd);
		fd = -1;
	}
	return fd < 0 ? fd : only_to_read(fd);
}

static int null_descriptor(const struct stream *s)
{
	int flags = !s->readable ? O_WRONLY : s->writable ? O_RDWR : O_RDONLY;

	return open("/dev/null", flags | O_CLOEXEC);
}

static int entry_descriptor(struct stream *s)
{
	int flags = (s->readable ? O_RDWR : O_WRONLY) | (s->append ? O_APPEND : 0);
	int fd = files_entry_descriptor(s->files, s->entry, flags);

	if (fd >= 0 && !s->append && lseek(fd, (off_t)s->offset, SEEK_SET) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

int stream_descriptor(struct stream *s)
{
	bool ok = s->kind == DESCRIPTOR;

	if (s->kind == NOTHING)
		ok = become_fd(s, null_descriptor(s));
	else if (s->kind == SOURCE && s->path.p)
		ok = become_fd(s, source_descriptor(s));
	else if (s->kind == FILE_ENTRY)
		ok = become_fd(s, entry_descriptor(s));
	return ok ? s->fd : -1;
}

bool stream_is_tty(struct stream *s)
{
	return s->kind == DESCRIPTOR && isatty(s->fd);
}
