/* SPDX-License-Identifier: GPL-2.0-only */
/* Open file descriptions: offsets, sharing, renames under them, handing them to processes. */
#include "blob/stream.h"

#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct bed {
	struct arena *mem;
	struct files *f;
	const char *tmp;
};

static struct str at(struct bed *b, const char *name)
{
	return str_fmt(b->mem, "%s/%s", b->tmp, name);
}

static struct stream *opened(struct bed *b, const char *name, enum stream_mode mode)
{
	struct stream *s;

	CHECK(stream_open(b->mem, b->f, at(b, name), mode, &s) == 0);
	return s;
}

static void has(struct bed *b, const char *name, const char *text)
{
	struct blob *got, *want = blob_copy(text, strlen(text));

	CHECK(files_read(b->f, at(b, name), &got) == 0);
	CHECK(blob_equal(got, want));
	blob_unref(got);
	blob_unref(want);
}

static void test_offsets(struct bed *b)
{
	struct stream *w = opened(b, "a", STREAM_WRITE), *app, *u, *r;
	struct blob *rest;
	char text[20];

	CHECK(stream_fmt(w, "%s %d\n", "one", 1) == 0 && stream_write(w, "two\n", 4) == 0);
	app = opened(b, "a", STREAM_APPEND);
	CHECK(stream_write(app, "end\n", 4) == 0);
	has(b, "a", "one 1\ntwo\nend\n");
	/* the first writer's offset is behind "two": it overwrites what the other added */
	CHECK(stream_write(w, "TH", 2) == 0);
	has(b, "a", "one 1\ntwo\nTHd\n");
	CHECK(stream_write(app, "!", 1) == 0);
	has(b, "a", "one 1\ntwo\nTHd\n!");
	u = opened(b, "a", STREAM_UPDATE);
	CHECK(stream_read(u, text, 3) == 3 && memcmp(text, "one", 3) == 0);
	CHECK(stream_write(u, "_", 1) == 0);
	CHECK(stream_seek(u, 20) == 0 && stream_write(u, "x", 1) == 0);
	r = opened(b, "a", STREAM_READ);
	CHECK(stream_take(r, 6, &rest) == 0 && blob_size(rest) == 6);
	CHECK(blob_read(rest, 0, text, 6) == 6 && memcmp(text, "one_1\n", 6) == 0);
	blob_unref(rest);
	CHECK(stream_rest(r, &rest) == 0 && blob_size(rest) == 15);
	blob_unref(rest);
	CHECK(stream_read(r, text, 20) == 0 && stream_write(r, "x", 1) == -EBADF);
	CHECK(stream_read(w, text, 1) == -EBADF);
	stream_close(w);
	stream_close(app);
	stream_close(u);
	stream_close(r);
	stream_close(r);
	CHECK(stream_write(w, "x", 1) == -EBADF && stream_is_closed(w));
}

/* A stream follows its file's renames, survives commits, and a removed file stays removed. */
static void test_names_move(struct bed *b)
{
	struct stream *w = opened(b, "b", STREAM_WRITE);
	struct files_stat st;
	struct str bad;

	CHECK(stream_write(w, "1", 1) == 0);
	CHECK(files_rename(b->f, at(b, "b"), at(b, "c")) == 0);
	CHECK(stream_write(w, "2", 1) == 0);
	has(b, "c", "12");
	CHECK(files_commit(b->f, &bad) == 0);
	CHECK(stream_write(w, "3", 1) == 0);
	has(b, "c", "123");
	CHECK(files_commit(b->f, &bad) == 0);
	CHECK(files_rename(b->f, at(b, "c"), at(b, "d")) == 0);
	CHECK(stream_write(w, "4", 1) == 0);
	has(b, "d", "1234");
	CHECK(files_stat(b->f, at(b, "c"), &st) == -ENOENT);
	CHECK(files_unlink(b->f, at(b, "d")) == 0);
	CHECK(stream_write(w, "5", 1) == 0 && files_commit(b->f, &bad) == 0);
	CHECK(files_stat(b->f, at(b, "d"), &st) == -ENOENT);
	stream_close(w);
}

static void spawn(const char *command, int in, int out)
{
	pid_t pid = fork();
	int status;

	CHECK(pid >= 0);
	if (pid == 0) {
		if (dup2(in, 0) < 0 || dup2(out, 1) < 0)
			_exit(126);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
}

static void test_process(struct bed *b)
{
	struct stream *w = opened(b, "e", STREAM_WRITE), *r, *null = stream_null(b->mem);
	char text[20];

	CHECK(stream_write(w, "before\n", 7) == 0);
	spawn("echo during", 0, stream_descriptor(w));
	CHECK(stream_write(w, "after\n", 6) == 0);
	stream_close(w);
	has(b, "e", "before\nduring\nafter\n");
	r = opened(b, "e", STREAM_READ);
	CHECK(stream_read(r, text, 7) == 7);
	spawn("read -r line; test \"$line\" = during", stream_descriptor(r),
	      stream_descriptor(null));
	CHECK(stream_read(r, text, 20) == 6 && memcmp(text, "after\n", 6) == 0);
	stream_close(r);
	/* bytes that never were on the disk */
	w = opened(b, "f", STREAM_WRITE);
	CHECK(stream_write(w, "unwritten\n", 10) == 0);
	r = opened(b, "f", STREAM_READ);
	spawn("read -r line; test \"$line\" = unwritten", stream_descriptor(r), 1);
	stream_close(r);
	stream_close(w);
	stream_close(null);
}

static int collect(void *ctx, struct str text)
{
	buf_str(ctx, text);
	return text.p[0] == '!' ? -EIO : 0;
}

static void test_kinds(struct bed *b)
{
	struct blob *text = blob_copy("text", 4), *got, *endless = blob_run(0, BLOB_ENDLESS);
	struct stream *sink = stream_sink(b->mem), *source = stream_source(b->mem, text), *s;
	struct buf heard = buf_new(b->mem);
	int fd[2];

	CHECK(stream_put(sink, text) == 0 && stream_put(sink, text) == 0);
	got = stream_collected(sink);
	CHECK(blob_size(got) == 8);
	blob_unref(got);
	CHECK(stream_seek(source, 2) == 0 && stream_rest(source, &got) == 0 && blob_size(got) == 2);
	blob_unref(got);
	CHECK(stream_descriptor(sink) == -1 && stream_descriptor(source) == -1);
	CHECK(stream_seek(sink, 0) == -ESPIPE && stream_put(source, text) == -EBADF);
	s = stream_call(b->mem, collect, &heard);
	CHECK(stream_put(s, text) == 0 && stream_fmt(s, "!") == -EIO &&
	      str_is(buf_view(&heard), "text!"));
	CHECK(stream_put(s, endless) == -EFBIG);
	CHECK(stream_open(b->mem, b->f, S("/dev/zero"), STREAM_READ, &s) == 0);
	CHECK(stream_take(s, 1000, &got) == 0 && blob_size(got) == 1000);
	blob_unref(got);
	stream_close(s);
	CHECK(stream_open(b->mem, b->f, S("/dev/full"), STREAM_WRITE, &s) == 0);
	CHECK(stream_put(s, endless) == -ENOSPC);
	stream_close(s);
	CHECK(pipe(fd) == 0 && write(fd[1], "0123456789", 10) == 10 && close(fd[1]) == 0);
	s = stream_fd(b->mem, fd[0], true);
	CHECK(stream_take(s, 4, &got) == 0 && blob_size(got) == 4);
	blob_unref(got);
	CHECK(stream_rest(s, &got) == 0 && blob_size(got) == 6 && stream_seek(s, 0) == -ESPIPE);
	blob_unref(got);
	stream_close(s);
	CHECK(fcntl(fd[0], F_GETFD) < 0);
	CHECK(stream_open(b->mem, b->f, at(b, "none"), STREAM_READ, &s) == -ENOENT);
	CHECK(stream_open(b->mem, b->f, at(b, "no/ne"), STREAM_WRITE, &s) == -ENOENT);
	CHECK(stream_open(b->mem, b->f, str_z(b->tmp), STREAM_APPEND, &s) == -EISDIR);
	CHECK(stream_write(stream_closed(b->mem), "x", 1) == -EBADF);
	stream_close(sink);
	stream_close(source);
	blob_unref(text);
	blob_unref(endless);
}

static void test_many(struct bed *b)
{
	struct blob *got;
	struct str bad;

	for (int i = 0; i < 100000; i++) {
		struct arena_mark mark = arena_mark(b->mem);
		struct stream *s = opened(b, "log", STREAM_APPEND);

		CHECK(stream_write(s, "line\n", 5) == 0);
		stream_close(s);
		arena_release(b->mem, mark);
	}
	CHECK(files_commit(b->f, &bad) == 0);
	CHECK(files_read(b->f, at(b, "log"), &got) == 0 && blob_size(got) == 500000);
	blob_unref(got);
}

int main(void)
{
	struct files_options o = {.umask = 022};
	char tmp[] = "/tmp/test-stream-XXXXXX";
	struct bed b = {.mem = arena_new(), .f = files_new(&o), .tmp = tmp};

	CHECK(mkdtemp(tmp));
	test_offsets(&b);
	test_names_move(&b);
	test_process(&b);
	test_kinds(&b);
	test_many(&b);
	files_free(b.f);
	CHECK(system(str_fmt(b.mem, "rm -r %s", tmp).p) == 0);
	arena_free(b.mem);
	return 0;
}
