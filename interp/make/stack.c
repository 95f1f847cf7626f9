/* SPDX-License-Identifier: GPL-2.0-only */
/* How far the stack goes: recursion of references, calls and prerequisites ends by a message, not
 * by a crash. */
#include <pthread.h>
#include <sys/auxv.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "make/lang.h"

/*
 * The main thread's stack ends where the kernel put the program's name, and may grow as the limit
 * says. The C library would read /proc/self/maps for it, which takes as long as a small makefile;
 * where that much may be in the way it does.
 */
static bool main_stack(uintptr_t *low, size_t *size)
{
	uintptr_t top = getauxval(AT_EXECFN);
	struct rlimit limit;

	if (!top || syscall(SYS_gettid) != getpid() || getrlimit(RLIMIT_STACK, &limit) < 0 ||
	    limit.rlim_cur > 100 << 20)
		return false;
	*size = limit.rlim_cur;
	*low = top - *size;
	return true;
}

static bool thread_stack(uintptr_t *low, size_t *size)
{
	pthread_attr_t attr;
	void *start;
	bool good;

	if (pthread_getattr_np(pthread_self(), &attr) != 0)
		return false;
	good = pthread_attr_getstack(&attr, &start, size) == 0;
	*low = (uintptr_t)start;
	pthread_attr_destroy(&attr);
	return good;
}

void expand_learn_stack(struct make *mk)
{
	uintptr_t low;
	size_t size;

	if (!main_stack(&low, &size) && !thread_stack(&low, &size))
		return;
	mk->lang->stack_floor = low + (size > 2 * STACK_SPARE ? STACK_SPARE : 0);
	mk->lang->stack_graph = low + size / 5 * 3;
}

bool stack_low_for_graph(const struct make *mk)
{
	char here;

	return (uintptr_t)&here < mk->lang->stack_graph;
}

void expand_check_stack(struct make *mk, const char *what)
{
	char here;

	if ((uintptr_t)&here < mk->lang->stack_floor)
		make_fatal(mk, expand_place(mk), "%s nests too deeply", what);
}
