/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BLOB_STREAM_H
#define BLOB_STREAM_H

#include <sys/types.h>

#include "blob/files.h"

/*
 * What a descriptor of the recipe shell stands for: one open file description with its offset.
 * Duplicating a descriptor (2>&1) shares the pointer. Lives in an arena; stream_close ends it.
 */
struct stream;

/* Every operation fails with -EBADF. */
struct stream *stream_closed(struct arena *mem);
/* Reads nothing, swallows writes: /dev/null. */
struct stream *stream_null(struct arena *mem);
/* A descriptor of the process. It is closed with the stream only when OWNED. */
struct stream *stream_fd(struct arena *mem, int fd, bool owned);
/*
 * PUT hears what is written to S, a descriptor, from here: not what processes write that have it.
 */
void stream_hear(struct stream *s, int (*put)(void *ctx, struct str text), void *ctx);
/* Reads B from its start (a pipe's or here-document's content). Takes a reference of its own. */
struct stream *stream_source(struct arena *mem, struct blob *b);
/* Collects what is written; see stream_collected. */
struct stream *stream_sink(struct arena *mem);
/* Hands each written piece to PUT (for a log, a terminal); PUT returns 0 or -errno. */
struct stream *stream_call(struct arena *mem, int (*put)(void *ctx, struct str text), void *ctx);

enum stream_mode {
	STREAM_READ,
	STREAM_WRITE /* truncates */,
	STREAM_APPEND,
	STREAM_UPDATE /* <> */
};

/*
 * Open PATH (absolute) as a redirection does. /dev/null, /dev/zero (endless) and other devices work
 * as themselves. 0 or -errno.
 */
int stream_open(struct arena *mem, struct files *files, struct str path, enum stream_mode mode,
		struct stream **out);
void stream_close(struct stream *s);

/* 0 or -errno. */
int stream_write(struct stream *s, const void *p, size_t n);
int stream_put(struct stream *s, struct blob *b); /* moves no data into overlay files and sinks */
int stream_fmt(struct stream *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* All that is left to read; *OUT is the caller's. A descriptor is read to its end. */
int stream_rest(struct stream *s, struct blob **out);
/* The same, and it stays to be read. */
int stream_peek(struct stream *s, struct blob **out);
/* Up to N bytes; how many (0: end), or -errno. */
ssize_t stream_read(struct stream *s, void *p, size_t n);
/* At most N bytes as a blob, the offset moved on. */
int stream_take(struct stream *s, uint64_t n, struct blob **out);
/* Give back the last N bytes that were taken, where S is a file; -ESPIPE elsewhere. */
int stream_unread(struct stream *s, uint64_t n);
/* Nobody has looked at the last N bytes that were taken of S, a pipe: a process would have taken
 * AHEAD more of it, at most, than what is before them. Else nothing. */
void stream_leave(struct stream *s, uint64_t n, uint64_t ahead);
/* So many bytes of S, a pipe, a process that did the same would have left to who writes, at least.
 */
uint64_t stream_left(const struct stream *s);
/* Move the offset where that is possible (files and sources); -ESPIPE elsewhere. */
int stream_seek(struct stream *s, uint64_t offset);
/* What a sink holds; the caller drops it. */
struct blob *stream_collected(struct stream *s);
/* How much that is. */
uint64_t stream_size(const struct stream *s);

/*
 * For starting a process with S as one of its descriptors: a descriptor of the process to dup2 from
 * (close-on-exec, S keeps it), or -1 when S must be fed or drained by the caller (source, sink,
 * call, a file that lost its name) or is closed. A file of the overlay is committed for this, and S
 * is that descriptor from then on: what the process reads or writes moves S's offset.
 */
int stream_descriptor(struct stream *s);
bool stream_is_closed(const struct stream *s);
/* Is it /dev/null, or as good as that? */
bool stream_is_null(const struct stream *s);
bool stream_is_tty(struct stream *s);
/* The regular file that S is; false: it is none. */
bool stream_stat(const struct stream *s, struct files *files, struct files_stat *out);
/* Is S the regular file that PATH (absolute) of FILES leads to, and is that one not empty? */
bool stream_is_file(const struct stream *s, struct files *files, struct str path);
/* Are IN and OUT one regular file, of which IN has something left to read? */
bool stream_reads_own(const struct stream *in, const struct stream *out, struct files *files);

#endif
