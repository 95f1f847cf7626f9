/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The jobserver: a pipe with one byte per job that may run besides each make's own first one
 * (GNU make 4.3's --jobserver-auth=R,W). As a client we take bytes from the parent's pipe. R and W
 * are numbers as the children see them; which descriptors of this process they are says the
 * evaluation's table.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "make/job.h"
#include "make/options.h"

static const struct place nowhere;

static void set_blocking(int fd, bool blocking)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags >= 0)
		fcntl(fd, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
}

bool token_enabled(const struct make *mk)
{
	return mk->g->jobs->server[0] >= 0;
}

/* Is NUMBER an end of the parent's jobserver? Then only lines that may call a make have it. */
static bool is_server(const struct jobs *j, int number)
{
	return number == j->numbers[0] || number == j->numbers[1] || number == j->dropped[0] ||
	       number == j->dropped[1];
}

struct fd_table job_descriptors(struct make *mk, struct arena *mem, bool always)
{
	struct jobs *j = mk->g->jobs;
	VEC(struct fd_at) list = {0};

	for (size_t i = 0; i < mk->fds.n; i++)
		if (mk->fds.p[i].number > 2 && !is_server(j, mk->fds.p[i].number))
			*vec_push(mem, &list) = mk->fds.p[i];
	for (size_t i = 0; always && token_enabled(mk) && i < 2; i++)
		*vec_push(mem, &list) = (struct fd_at){j->numbers[i], j->server[i]};
	return (struct fd_table){list.p, list.n};
}

/* GNU make gives the jobserver to recipes only. */
struct fd_table make_function_fds(struct make *mk, struct arena *mem)
{
	return job_descriptors(mk, mem, false);
}

bool token_parse(struct make *mk, struct str auth)
{
	struct jobs *j = mk->g->jobs;
	struct str rest = auth, r, w;
	uint64_t number[2];

	if (!str_split(&rest, ',', &r) || !str_split(&rest, ',', &w) ||
	    !str_number(r, 10, &number[0]) || !str_number(w, 10, &number[1]))
		make_fatal(mk, nowhere, "internal error: invalid --jobserver-auth string '%.*s'",
			   STR_ARG(auth));
	make_debug(mk, DEBUG_JOBS, 0, "Jobserver client (fds %u,%u)\n", (unsigned)number[0],
		   (unsigned)number[1]);
	for (size_t i = 0; i < 2; i++) {
		int fd = fds_find(mk->fds, (int)number[i]);

		if (fd < 0 || fcntl(fd, F_GETFD) < 0)
			return false;
		j->server[i] = fd;
		j->numbers[i] = (int)number[i];
	}
	j->server_ours = false;
	set_blocking(j->server[0], false);
	return true;
}

/* The lowest number from FROM on that a process in our place would get. */
static int free_number(struct make *mk, int from)
{
	while (fds_find(mk->fds, from) >= 0 && !is_server(mk->g->jobs, from))
		from++;
	return from;
}

bool token_setup(struct make *mk, unsigned n)
{
	struct jobs *j = mk->g->jobs;

	if (pipe2(j->server, O_CLOEXEC) < 0)
		make_fatal(mk, nowhere, "creating jobs pipe: error %d", errno);
	j->server_ours = true;
	j->numbers[0] = free_number(mk, 3);
	j->numbers[1] = free_number(mk, j->numbers[0] + 1);
	set_blocking(j->server[1], false);
	while (n--)
		if (write(j->server[1], "+", 1) != 1)
			break;
	set_blocking(j->server[1], true);
	set_blocking(j->server[0], false);
	return true;
}

struct str token_auth(struct make *mk)
{
	return str_fmt(mk->mem, "%d,%d", mk->g->jobs->numbers[0], mk->g->jobs->numbers[1]);
}

void token_release(struct make *mk)
{
	ssize_t n;

	do
		n = write(mk->g->jobs->server[1], "+", 1);
	while (n < 0 && errno == EINTR);
	if (n != 1)
		make_perror(mk, "write jobserver", S(""));
}

bool token_acquire(struct make *mk, bool timeout)
{
	struct jobs *j = mk->g->jobs;
	bool closed = false;

	for (;;) {
		struct pollfd fds[2] = {{closed ? -1 : j->server[0], POLLIN, 0},
					{j->wake[0], POLLIN, 0}};
		char byte;
		ssize_t n;

		if (poll(fds, 2, timeout ? 1000 : -1) <= 0 || fds[1].revents)
			return false;
		n = read(j->server[0], &byte, 1);
		if (n > 0)
			return true;
		closed = n == 0; /* no token comes any more: one job after the other */
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			make_fatal(mk, nowhere, "read jobs pipe");
	}
}

unsigned token_acquire_all(struct make *mk)
{
	struct jobs *j = mk->g->jobs;
	unsigned n = 0;
	char byte;

	while (read(j->server[0], &byte, 1) == 1)
		n++;
	return n;
}

void token_clear(struct make *mk)
{
	struct jobs *j = mk->g->jobs;

	for (size_t i = 0; i < 2; i++) {
		/* A parent's descriptors may be in use elsewhere in this process. */
		if (j->server_ours && j->server[i] >= 0)
			close(j->server[i]);
		if (!j->server_ours && j->numbers[i] >= 0)
			j->dropped[i] = j->numbers[i];
		j->server[i] = j->numbers[i] = -1;
	}
	j->server_ours = false;
	mk->o->jobserver = (struct str){NULL, 0};
}
