/* SPDX-License-Identifier: GPL-2.0-only */
/* A command that only reads files and evaluates nothing, held to that by the kernel, with an end in
 * time and memory. */
#include "cli/confine.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { SECONDS = 300 };

/* What the handler says; a process runs one command. */
static char stopped[64];

static void overdue(int number)
{
	(void)number;
	if (write(2, stopped, strlen(stopped)) < 0)
		_exit(EXIT_USAGE);
	_exit(EXIT_USAGE);
}

int confine_files(struct command_cx *cx, struct confine_options *o, const struct strs *paths)
{
	struct confine *c;

	if (!paths->n)
		return EXIT_GOOD;
	for (size_t i = 1; i < paths->n; i++)
		*vec_push(cx->mem, &o->reads) = paths->p[i];
	c = confine_new(cx, o, paths->p[0]);
	if (!c)
		return EXIT_USAGE;
	if (!o->has_seconds && !o->unconfined)
		o->seconds = SECONDS;
	if (o->seconds) {
		struct str said = str_fmt(cx->mem, "imagemk %.*s: stopped (--time-limit)\n",
					  STR_ARG(cx->argv[0]));

		memcpy(stopped, said.p, said.n < sizeof(stopped) ? said.n : sizeof(stopped) - 1);
		signal(SIGALRM, overdue);
		alarm(o->seconds);
	}
	confine_enter(c, 1);
	return EXIT_GOOD;
}
