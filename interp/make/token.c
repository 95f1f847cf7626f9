/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The jobserver: a pipe with one byte per job that may run besides each make's own first one
 * (GNU make 4.3's --jobserver-auth=R,W). As a client we take bytes from the parent's pipe.
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

bool token_parse(struct make *mk, struct str auth)
{
	struct jobs *j = mk->g->jobs;
	struct str rest = auth, r, w;
	uint64_t fds[2];

	if (!str_split(&rest, ',', &r) || !str_split(&rest, ',', &w) || !str_number(r, 10, &fds[0]) ||
	    !str_number(w, 10, &fds[1]))
		make_fatal(mk, nowhere, "internal error: invalid --jobserver-auth string '%.*s'",
			   STR_ARG(auth));
	make_debug(mk, DEBUG_JOBS, 0, "Jobserver client (fds %u,%u)\n", (unsigned)fds[0],
		   (unsigned)fds[1]);
	if (fcntl((int)fds[0], F_GETFD) < 0 || fcntl((int)fds[1], F_GETFD) < 0)
		return false;
	j->server[0] = (int)fds[0];
	j->server[1] = (int)fds[1];
	j->server_ours = false;
	set_blocking(j->server[0], false);
	return true;
}

bool token_setup(struct make *mk, unsigned n)
{
	struct jobs *j = mk->g->jobs;

	/* Not close-on-exec: a make among the children is to find them. */
	if (pipe(j->server) < 0)
		make_fatal(mk, nowhere, "creating jobs pipe: error %d", errno);
	j->server_ours = true;
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
	return str_fmt(mk->mem, "%d,%d", mk->g->jobs->server[0], mk->g->jobs->server[1]);
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

	for (;;) {
		struct pollfd fds[2] = {{j->server[0], POLLIN, 0}, {j->wake[0], POLLIN, 0}};
		char byte;
		ssize_t n;

		if (poll(fds, 2, timeout ? 1000 : -1) <= 0 || fds[1].revents)
			return false;
		n = read(j->server[0], &byte, 1);
		if (n > 0)
			return true;
		if (n == 0 || (errno != EAGAIN && errno != EINTR))
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

	/* A parent's descriptors may be in use elsewhere in this process. */
	if (j->server_ours) {
		close(j->server[0]);
		close(j->server[1]);
	}
	j->server[0] = j->server[1] = -1;
	j->server_ours = false;
	mk->o->jobserver = (struct str){NULL, 0};
}
