/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where output goes: straight to standard output and error, or under -O into temporary files that
 * are written out as a whole. Also "Entering directory", which comes before the first output.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fds.h"
#include "make/job.h"
#include "make/options.h"

static void write_all(struct make *mk, int fd, struct str text)
{
	if (fds_write(fd, text))
		return;
	if (errno == EPIPE && mk->setup->sigpipe == MAKE_SIGPIPE_ENDS_PROCESS) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	if (errno == EPIPE && mk->setup->sigpipe == MAKE_SIGPIPE_ENDS_MAKE)
		mk->g->jobs->pipe_broken = true;
	if (fd == mk->out_fd)
		mk->g->jobs->write_failed = true;
}

void output_init(struct output *o, bool sync)
{
	*o = (struct output){-1, -1, sync};
}

void output_log_directory(struct make *mk, bool entering)
{
	struct arena *mem = arena_new();
	struct str prefix = make_prefix(mk, mem);
	struct str where = S(" an unknown directory");

	if (mk->cwd_known)
		where = str_fmt(mem, " directory '%.*s'", STR_ARG(mk->cwd));
	write_all(mk, mk->out_fd, str_fmt(mem, "%s%.*s%s%.*s\n", mk->o->print_data_base ? "# " : "",
			     STR_ARG(prefix), entering ? "Entering" : "Leaving", STR_ARG(where)));
	arena_free(mem);
}

bool output_combined(const struct make *mk)
{
	struct stat out, err;

	return fstat(mk->out_fd, &out) == 0 && fstat(mk->err_fd, &err) == 0 &&
	       out.st_dev == err.st_dev && out.st_ino == err.st_ino;
}

static void open_files(const struct make *mk, struct output *o)
{
	o->out = memfd_create("output", MFD_CLOEXEC);
	if (o->out >= 0)
		fcntl(o->out, F_SETFL, O_APPEND);
	o->err = o->out;
	if (!output_combined(mk)) {
		o->err = memfd_create("output", MFD_CLOEXEC);
		if (o->err >= 0)
			fcntl(o->err, F_SETFL, O_APPEND);
	}
	o->sync = o->out >= 0 && o->err >= 0;
}

void output_start(struct make *mk, struct output *o)
{
	if (o && o->sync && o->out < 0)
		open_files(mk, o);
	if (mk->o->sync != SYNC_NONE && mk->o->sync != SYNC_RECURSE)
		return;
	if (mk->g->jobs->traced || !mk->o->print_directory)
		return;
	mk->g->jobs->traced = true;
	output_log_directory(mk, true);
}

void output_put(struct make *mk, struct output *o, bool err, struct str text)
{
	if (!text.n)
		return;
	pthread_mutex_lock(&mk->g->jobs->out_lock);
	output_start(mk, o);
	if (o && o->sync)
		write_all(mk, err ? o->err : o->out, text);
	else
		write_all(mk, err ? mk->err_fd : mk->out_fd, text);
	pthread_mutex_unlock(&mk->g->jobs->out_lock);
}

void output_raw(struct make *mk, bool err, struct str text)
{
	pthread_mutex_lock(&mk->g->jobs->out_lock);
	write_all(mk, err ? mk->err_fd : mk->out_fd, text);
	pthread_mutex_unlock(&mk->g->jobs->out_lock);
}

int output_err(struct make *mk)
{
	struct output *o = mk->g->jobs->context;

	pthread_mutex_lock(&mk->g->jobs->out_lock);
	output_start(mk, o);
	pthread_mutex_unlock(&mk->g->jobs->out_lock);
	return o && o->err >= 0 ? o->err : mk->err_fd;
}

static void put_out(void *ctx, struct str text)
{
	struct make *mk = ctx;

	output_put(mk, mk->g->jobs->context, false, text);
}

static void put_err(void *ctx, struct str text)
{
	struct make *mk = ctx;

	output_put(mk, mk->g->jobs->context, true, text);
}

struct diag output_diag(struct make *mk, bool err)
{
	return (struct diag){err ? put_err : put_out, mk};
}

/* Copy the file FROM to descriptor TO and empty it. */
static void pump(struct make *mk, int from, int to)
{
	char block[65536];
	off_t at = 0;
	ssize_t n;

	while ((n = pread(from, block, sizeof(block), at)) > 0) {
		write_all(mk, to, (struct str){block, (size_t)n});
		at += n;
	}
	if (ftruncate(from, 0) < 0)
		return;
}

static bool has_text(int fd)
{
	struct stat st;

	return fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0;
}

/*
 * Wait for our turn at standard output; -1: it can't be locked. As GNU make's lock, it is the
 * file's: makes that write elsewhere don't wait. An open file of its own makes it hold between
 * threads too.
 */
static int lock_output(struct make *mk)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", mk->out_fd);
	fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	while (fd >= 0 && fcntl(fd, F_OFD_SETLKW, &lock) < 0) {
		if (errno == EINTR)
			continue;
		close(fd);
		fd = -1;
	}
	return fd;
}

void output_dump(struct make *mk, struct output *o)
{
	bool out = has_text(o->out), err = o->err != o->out && has_text(o->err);
	int lock;

	if (!out && !err)
		return;
	lock = lock_output(mk);
	if (mk->o->print_directory && mk->o->sync != SYNC_RECURSE)
		output_log_directory(mk, true);
	if (out)
		pump(mk, o->out, mk->out_fd);
	if (err)
		pump(mk, o->err, mk->err_fd);
	if (mk->o->print_directory && mk->o->sync != SYNC_RECURSE)
		output_log_directory(mk, false);
	if (lock >= 0)
		close(lock);
}

void output_close(struct make *mk, struct output *o)
{
	output_dump(mk, o);
	if (o->err >= 0 && o->err != o->out)
		close(o->err);
	if (o->out >= 0)
		close(o->out);
	output_init(o, o->sync);
}
