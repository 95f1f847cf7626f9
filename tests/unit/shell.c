/* SPDX-License-Identifier: GPL-2.0-only */
/* Recipes on several threads at once: each has its own folder, variables, umask, limit and
 * descriptors. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "shell/shell.h"

enum { THREADS = 4, ROUNDS = 60 };

static const char text[] =
    "umask 0$n$n$n; cd /; x=$(echo $n; exit 3); s=$?; f() { local y=in$1; echo $y; }\n"
    "for i in a b; do echo $i$x $s; done | tr a-b A-B; f $n; pwd; umask\n"
    "eval ulimit -n 110$n; /bin/sh -c 'ulimit -n; ulimit -H -n'; (ulimit -n)\n"
    "echo via process $n | /bin/cat; cat <<E\nhere $((n * 7)) $PWD\nE\n"
    "[ $n -lt 9 ] && (cd /usr; /bin/pwd; exit 5) || echo left $?";

/* What the text says when n is N. */
static int expected(char *out, size_t room, int n)
{
	return snprintf(out, room,
			"A%d 3\nB%d 3\nin%d\n/\n0%d%d%d\n110%d\n110%d\n110%d\nvia process %d\nhere "
			"%d /\n/usr\nleft 5\n",
			n, n, n, n, n, n, n, n, n, n, n * 7);
}

static void one_round(int n)
{
	struct arena *mem = arena_new();
	struct files_options options = {.umask = 022};
	struct str env[] = {S("PATH=/usr/bin:/bin"), str_fmt(mem, "n=%d", n)};
	struct shell_run run = {
	    .dialect = n % 2 ? SHELL_BASH : SHELL_POSIX,
	    .shell = S("/bin/sh"),
	    .text = str_z(text),
	    .files = files_new(&options),
	    .cwd = S("/tmp"),
	    .env = {env, 2},
	    .umask = 022,
	    .in = stream_null(mem),
	    .out = stream_sink(mem),
	    .err = stream_sink(mem),
	};
	char want[256];
	int length = expected(want, sizeof(want), n), status = shell_run(&run);
	struct blob *out = stream_collected(run.out), *err = stream_collected(run.err);
	struct str got = blob_flat(mem, out);

	assert(status == 0);
	assert(blob_size(err) == 0);
	assert(got.n == (size_t)length && memcmp(got.p, want, got.n) == 0);
	blob_unref(out);
	blob_unref(err);
	stream_close(run.out);
	stream_close(run.err);
	files_free(run.files);
	arena_free(mem);
}

static void *work(void *n)
{
	for (int i = 0; i < ROUNDS; i++)
		one_round(*(int *)n);
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	int numbers[THREADS];
	char cwd[4096], after[4096];
	mode_t mask = umask(027);
	struct rlimit limit, limit_after;

	assert(getcwd(cwd, sizeof(cwd)));
	getrlimit(RLIMIT_NOFILE, &limit);
	for (int i = 0; i < THREADS; i++) {
		numbers[i] = i + 1;
		assert(pthread_create(&threads[i], NULL, work, &numbers[i]) == 0);
	}
	for (int i = 0; i < THREADS; i++)
		assert(pthread_join(threads[i], NULL) == 0);
	/* nothing of the process was touched */
	assert(umask(mask) == 027);
	getrlimit(RLIMIT_NOFILE, &limit_after);
	assert(limit.rlim_cur == limit_after.rlim_cur && limit.rlim_max == limit_after.rlim_max);
	assert(getcwd(after, sizeof(after)) && strcmp(cwd, after) == 0);
	puts("shell: good");
	return 0;
}
