/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Programs that the caller of the shell runs in this process. Each gets a thread, and so a stack,
 * of its own, and copies of all that it was given: as with a process, the shell may go on
 * meanwhile.
 */
#include <fcntl.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shell/internal.h"

#define PROGRAM_STACK ((size_t)64 << 20) /* address space; memory only where it is used */

struct program {
	struct arena *mem;
	pthread_t thread;
	const struct shell_programs *programs;
	struct shell_program is;
	struct fd_at *fds;
	int status;
};

static struct str *copy_strings(struct arena *mem, const struct str *from, size_t n)
{
	struct str *to = arena_array(mem, struct str, n + 1);

	for (size_t i = 0; i < n; i++)
		to[i] = str_dup(mem, from[i]);
	return to;
}

static void close_fds(struct program *p)
{
	for (size_t i = 0; i < p->is.fds.n; i++)
		if (p->fds[i].fd > 2)
			close(p->fds[i].fd);
}

/* 0 to 2 of the process are never closed; all others get descriptors of their own. */
static bool copy_fds(struct program *p, struct fd_table from)
{
	p->fds = arena_array(p->mem, struct fd_at, from.n + 1);
	p->is.fds = (struct fd_table){p->fds, 0};
	for (size_t i = 0; i < from.n; i++) {
		struct fd_at at = from.p[i];

		if (at.fd < 0)
			continue;
		if (at.fd > 2)
			at.fd = fcntl(at.fd, F_DUPFD_CLOEXEC, 3);
		if (at.fd < 0) {
			close_fds(p);
			return false;
		}
		p->fds[p->is.fds.n++] = at;
	}
	return true;
}

static void *run(void *arg)
{
	struct program *p = arg;

	p->status = p->programs->run(p->programs->ctx, &p->is);
	close_fds(p);
	return NULL;
}

static bool start_thread(struct program *p)
{
	pthread_attr_t attr;
	bool good;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, PROGRAM_STACK);
	good = pthread_create(&p->thread, &attr, run, p) == 0;
	pthread_attr_destroy(&attr);
	return good;
}

struct program *program_start(const struct shell_programs *programs, const struct shell_program *is)
{
	struct arena *mem = arena_new();
	struct program *p = arena_make(mem, struct program);

	p->mem = mem;
	p->programs = programs;
	p->is = *is;
	p->is.path = str_dup(mem, is->path);
	p->is.cwd = str_dup(mem, is->cwd);
	p->is.argv = copy_strings(mem, is->argv, is->argc);
	p->is.env = (struct env){copy_strings(mem, is->env.p, is->env.n), is->env.n};
	if (copy_fds(p, is->fds)) {
		if (start_thread(p))
			return p;
		close_fds(p);
	}
	arena_free(mem);
	return NULL;
}

int program_wait(struct program *p)
{
	int status;

	pthread_join(p->thread, NULL);
	status = p->status >= 256 ? p->status - 256 : W_EXITCODE(p->status & 255, 0);
	arena_free(p->mem);
	return status;
}
