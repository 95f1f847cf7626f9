/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The limit of memory: what the process may write to. Mapped files and the main thread's stack
 * don't count, the stacks of threads do. Where it ends, make ends the evaluation (make/pool.c),
 * anything else the process.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "cli/confine_internal.h"

/* What the process has taken of it already, in bytes. */
static uint64_t taken(void)
{
	FILE *f = fopen("/proc/self/status", "re");
	unsigned long long kib = 0;
	char line[256];

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "VmData: %llu", &kib) == 1)
			break;
	if (f)
		fclose(f);
	return kib << 10;
}

void confine_limit_memory(struct confine *c, size_t threads)
{
	uint64_t most = taken() + ((uint64_t)c->options.mib << 20);
	struct rlimit limit;
	pthread_attr_t attr;
	size_t stack = 0;

	if (SANITIZED || !c->options.mib || getrlimit(RLIMIT_DATA, &limit) < 0)
		return;
	pthread_attr_init(&attr);
	pthread_attr_getstacksize(&attr, &stack);
	pthread_attr_destroy(&attr);
	most += (threads + 1) * stack; /* one more watches the time */
	if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > most)
		limit.rlim_cur = most;
	setrlimit(RLIMIT_DATA, &limit);
}
