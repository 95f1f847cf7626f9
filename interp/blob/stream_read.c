/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading streams: all of what is left or part of it, as bytes or as a blob, and where to go on. */
#include "blob/stream_kinds.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* What the source or file S reads from; the caller drops it. */
static int readable_blob(struct stream *s, struct blob **out)
{
	if (s->kind == FILE_ENTRY && s->readable)
		return files_entry_blob(s->files, s->entry, out);
	if (s->kind != SOURCE && !(s->kind == NOTHING && s->readable))
		return -EBADF;
	if (s->key.p)
		files_follow(s->files, s->key, s->opened.dev, s->opened.ino, &s->blob);
	*out = s->kind == SOURCE ? blob_ref(s->blob) : blob_empty();
	return 0;
}

/* At most N bytes of a regular file by its mapping, else by reading. */
static int take_fd(int fd, uint64_t n, struct blob **out)
{
	off_t at = lseek(fd, 0, SEEK_CUR);
	struct blob *whole = at < 0 ? NULL : blob_file(fd);
	unsigned char *p;
	size_t done = 0, cap = n < BLOB_SMALL ? (size_t)n : BLOB_SMALL;
	ssize_t got = 1;

	if (whole && blob_size(whole) > 0) {
		*out = blob_slice(whole, (uint64_t)at, n);
		blob_unref(whole);
		return lseek(fd, at + (off_t)blob_size(*out), SEEK_SET) < 0 ? -errno : 0;
	}
	blob_unref(whole);
	p = malloc(cap ? cap : 1);
	while (p && done < n && got > 0) {
		if (done == cap) {
			cap = cap * 2 < n ? cap * 2 : (size_t)n;
			p = realloc(p, cap);
			if (!p)
				break;
		}
		got = read(fd, p + done, cap - done);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got < 0)
			break;
		else
			done += (size_t)got;
	}
	if (!p)
		blob_die_oom();
	if (got < 0 && done == 0) {
		free(p);
		return -errno;
	}
	*out = blob_adopt(p, done);
	return 0;
}

int stream_take(struct stream *s, uint64_t n, struct blob **out)
{
	struct blob *b;
	int error;

	if (s->kind == DESCRIPTOR)
		return take_fd(s->fd, n, out);
	error = readable_blob(s, &b);
	if (error)
		return error;
	*out = blob_slice(b, s->offset, n);
	s->left = s->ahead = 0;
	s->offset += blob_size(*out) == BLOB_ENDLESS ? 0 : blob_size(*out);
	blob_unref(b);
	return 0;
}

int stream_rest(struct stream *s, struct blob **out)
{
	return stream_take(s, BLOB_ENDLESS, out);
}

int stream_peek(struct stream *s, struct blob **out)
{
	uint64_t offset = s->offset, left = s->left, ahead = s->ahead;
	off_t at = s->kind == DESCRIPTOR ? lseek(s->fd, 0, SEEK_CUR) : 0;
	int error = stream_rest(s, out);

	if (s->kind != DESCRIPTOR) {
		s->offset = offset;
		s->left = left;
		s->ahead = ahead;
	} else if (at >= 0) {
		lseek(s->fd, at, SEEK_SET);
	} else if (!error) { /* a pipe: read for good, so what was read is the stream from now on */
		if (s->owned)
			close(s->fd);
		*s = (struct stream){.kind = SOURCE, .fd = -1, .blob = blob_ref(*out)};
	}
	return error;
}

ssize_t stream_read(struct stream *s, void *p, size_t n)
{
	struct blob *b;
	ssize_t got;
	int error;

	if (s->kind == DESCRIPTOR) {
		do
			got = read(s->fd, p, n);
		while (got < 0 && errno == EINTR);
		return got < 0 ? -errno : got;
	}
	error = readable_blob(s, &b);
	if (error)
		return error;
	got = (ssize_t)blob_read(b, s->offset, p, n);
	s->left = s->ahead = 0;
	s->offset += (uint64_t)got;
	blob_unref(b);
	return got;
}

int stream_seek(struct stream *s, uint64_t offset)
{
	if (s->kind == DESCRIPTOR)
		return lseek(s->fd, (off_t)offset, SEEK_SET) < 0 ? -errno : 0;
	if (s->kind == CLOSED)
		return -EBADF;
	if (s->kind != SOURCE && s->kind != FILE_ENTRY)
		return -ESPIPE;
	s->offset = offset;
	return 0;
}

int stream_unread(struct stream *s, uint64_t n)
{
	if (s->kind == DESCRIPTOR)
		return lseek(s->fd, -(off_t)n, SEEK_CUR) < 0 ? -errno : 0;
	if (s->kind != FILE_ENTRY && !(s->kind == SOURCE && s->path.p))
		return -ESPIPE;
	s->offset -= n;
	return 0;
}

void stream_leave(struct stream *s, uint64_t n, uint64_t ahead)
{
	if (s->kind != SOURCE || s->path.p)
		return;
	s->left = n;
	s->ahead = ahead;
}

uint64_t stream_left(const struct stream *s)
{
	uint64_t size = s->kind == SOURCE ? blob_size(s->blob) : 0, left;

	if (size == BLOB_ENDLESS)
		return BLOB_ENDLESS;
	left = (s->offset < size ? size - s->offset : 0) + s->left;
	return left > s->ahead ? left - s->ahead : 0;
}
