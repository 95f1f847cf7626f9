/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What may befall a line of a recipe from outside: it takes longer than IMAGEMK_TIMEOUT allows, or
 * a file that it reads becomes shorter (of a mapping there is SIGBUS then). Either ends the line as
 * a signal ends a command, so that make says so and removes what is half made.
 *
 * A thread of its own watches the time. A process keeps our process group, for the terminal's sake;
 * what is killed is found as the descendants of those that the line has started. What has left its
 * parents before (a daemon) is not.
 */
#include "cli/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/sigmask.h"
#include "cli/kin.h"

enum { SLOTS = 256, GRACE_MS = 1000, STEP_MS = 10 };

static _Thread_local struct guard *current;

/* What guards point at: a handler can reach nothing but globals. */
static atomic_bool taken[SLOTS];
static atomic_int slots[SLOTS];

/* around the three below and what a guard says */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static struct guard *watched;
static bool watching;

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* --- a file became shorter --- */

static size_t read_number(const char *p, const char *end, unsigned base, unsigned long *out)
{
	size_t n = 0;

	for (*out = 0; p + n < end; n++) {
		unsigned digit = p[n] >= '0' && p[n] <= '9' ? (unsigned)(p[n] - '0')
				 : p[n] >= 'a' && p[n] <= 'f' ? (unsigned)(p[n] - 'a') + 10
							      : base;

		if (digit >= base)
			break;
		*out = *out * base + digit;
	}
	return n;
}

/* "START-END r--p OFFSET DEVICE INODE   PATH": is AT in there, and a file that is only read? */
static bool is_mapping_of(const char *line, const char *end, unsigned long at, unsigned long *stop,
			  struct str *path)
{
	unsigned long start;
	size_t n = read_number(line, end, 16, &start);
	const char *p = line + n + 1;

	n = read_number(p, end, 16, stop);
	p += n;
	if (at < start || at >= *stop || end - p < 6 || memcmp(p, " r--p ", 6) != 0)
		return false;
	while (p < end && *p != '/')
		p++;
	*path = (struct str){p, (size_t)(end - p)};
	return p < end && !str_starts(*path, S("/memfd:"));
}

/* The mapping of a file at AT: where it ends, its PATH. As a handler may: nothing is allocated. */
static bool find_mapping(unsigned long at, unsigned long *stop, char path[PATH_MAX])
{
	char room[PATH_MAX + 256];
	int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	size_t have = 0;
	ssize_t got;
	bool found = false;

	while (fd >= 0 && !found && (got = read(fd, room + have, sizeof(room) - have)) > 0) {
		char *line = room, *end;

		have += (size_t)got;
		while (!found && (end = memchr(line, '\n', have - (size_t)(line - room))) != NULL) {
			struct str name;

			found = is_mapping_of(line, end, at, stop, &name) && name.n < PATH_MAX;
			if (found) {
				memcpy(path, name.p, name.n);
				path[name.n] = '\0';
			}
			line = end + 1;
		}
		have -= (size_t)(line - room);
		memmove(room, line, have);
	}
	if (fd >= 0)
		close(fd);
	return found;
}

/* The line goes on with NULs where the file has nothing any more; nothing that it makes of them is
 * kept. */
static void on_bus(int number, siginfo_t *info, void *context)
{
	unsigned long at = (unsigned long)info->si_addr, stop;
	unsigned long page = at & ~((unsigned long)sysconf(_SC_PAGESIZE) - 1);
	struct guard *g = current;
	int error = errno;

	(void)context;
	if (g && info->si_code == BUS_ADRERR && find_mapping(at, &stop, g->lost) &&
	    mmap((void *)page, stop - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
		 0) != MAP_FAILED)
		g->is_lost = true;
	else
		signal(number, SIG_DFL);
	errno = error;
}

void guard_catch(void)
{
	struct sigaction act = {.sa_sigaction = on_bus, .sa_flags = SA_SIGINFO | SA_NODEFER};

	sigaction(SIGBUS, &act, NULL);
}

/* --- the time is over --- */

void guard_signal(int number)
{
	for (size_t i = 0; i < SLOTS; i++) {
		int nothing = 0;

		atomic_compare_exchange_strong(&slots[i], &nothing, number);
	}
}

/*
 * Under the lock: how the processes of G get the signal NUMBER. What is in the list already may
 * have lost its parent, so it is kept; what came since is added.
 */
static void strike(struct guard *g, int number)
{
	for (size_t i = 0; i < GUARD_PROCESSES; i++)
		if (g->processes[i])
			g->n_victims =
			    kin_add(g->processes[i], g->victims, g->n_victims, GUARD_VICTIMS);
	for (size_t i = 0; i < g->n_victims; i++)
		kin_kill(&g->victims[i], number);
}

static void name_tool(struct guard *g)
{
	for (size_t i = 0; i < GUARD_PROCESSES && !g->tool[0]; i++)
		if (g->processes[i])
			kin_name(g->processes[i], g->tool, sizeof(g->tool));
}

static void time_over(struct guard *g, double at)
{
	if (!g->late)
		name_tool(g);
	if (g->late && g->overdue)
		g->overdue(g->overdue_ctx);
	strike(g, g->late ? SIGKILL : SIGTERM);
	g->late = true;
	g->deadline = at + GRACE_MS / 1e3;
	atomic_store(&slots[g->slot], SIGKILL);
}

static void *watch(void *arg)
{
	pthread_mutex_lock(&lock);
	for (;;) {
		double at = now(), next = at + 3600;
		struct timespec until;

		for (struct guard *g = watched; g; g = g->next) {
			if (g->deadline <= at)
				time_over(g, at);
			next = g->deadline < next ? g->deadline : next;
		}
		until.tv_sec = (time_t)next;
		until.tv_nsec = (long)((next - (double)until.tv_sec) * 1e9);
		pthread_cond_timedwait(&changed, &lock, &until);
	}
	return arg;
}

/* Under the lock: the thread that watches, from the first line on that has a limit. */
static bool start_watching(void)
{
	pthread_condattr_t attr;
	pthread_t thread;
	sigset_t before;

	if (watching)
		return true;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&changed, &attr);
	pthread_condattr_destroy(&attr);
	sigmask_block(&before);
	watching = pthread_create(&thread, NULL, watch, NULL) == 0;
	sigmask_restore(&before);
	if (watching)
		pthread_detach(thread);
	return watching;
}

/* A signal may come before this one is known to the handler. */
static int take_slot(const atomic_int *interrupted)
{
	for (int i = 0; i < SLOTS; i++) {
		bool free_one = false;

		if (atomic_compare_exchange_strong(&taken[i], &free_one, true)) {
			atomic_store(&slots[i], 0);
			if (interrupted && *interrupted)
				atomic_store(&slots[i], *interrupted);
			return i;
		}
	}
	return -1;
}

void guard_open(struct guard *g, const atomic_int *interrupted, unsigned seconds)
{
	g->stop = interrupted;
	g->is_lost = g->late = false;
	g->slot = -1;
	g->outer = current;
	current = g;
	if (!seconds)
		return;
	pthread_mutex_lock(&lock);
	if (start_watching() && (g->slot = take_slot(interrupted)) >= 0) {
		g->stop = &slots[g->slot];
		g->n_victims = 0;
		g->overdue = NULL;
		g->tool[0] = '\0';
		memset(g->processes, 0, sizeof(g->processes));
		g->deadline = now() + seconds;
		g->next = watched;
		watched = g;
		pthread_cond_signal(&changed);
	}
	pthread_mutex_unlock(&lock);
}

void guard_overdue(void (*overdue)(void *ctx), void *ctx)
{
	pthread_mutex_lock(&lock);
	current->overdue = overdue;
	current->overdue_ctx = ctx;
	pthread_mutex_unlock(&lock);
}

static void forget(struct guard *g)
{
	struct guard **at = &watched;

	pthread_mutex_lock(&lock);
	while (*at != g)
		at = &(*at)->next;
	*at = g->next;
	pthread_mutex_unlock(&lock);
	atomic_store(&taken[g->slot], false);
}

/* Those that the first signal did not end, and whose parents have. */
static void end_victims(struct guard *g)
{
	bool alive = true;

	for (int ms = 0; alive && ms <= 2 * GRACE_MS; ms += STEP_MS) {
		alive = false;
		for (size_t i = 0; i < g->n_victims; i++)
			alive |= kin_kill(&g->victims[i], ms < GRACE_MS ? 0 : SIGKILL);
		if (alive)
			nanosleep(&(struct timespec){.tv_nsec = STEP_MS * 1000L * 1000}, NULL);
	}
}

enum guard_end guard_close(struct guard *g)
{
	current = g->outer;
	if (g->slot >= 0) {
		forget(g);
		if (g->late)
			end_victims(g);
	}
	return g->late ? GUARD_LATE : g->is_lost ? GUARD_LOST : GUARD_GOOD;
}

void guard_process(pid_t pid, bool runs)
{
	struct guard *g = current;

	if (!g || g->slot < 0)
		return;
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < GUARD_PROCESSES; i++)
		if (g->processes[i] == (runs ? 0 : pid)) {
			g->processes[i] = runs ? pid : 0;
			break;
		}
	if (runs && g->late)
		strike(g, SIGKILL);
	pthread_mutex_unlock(&lock);
}

struct str guard_text(const struct guard *g, struct arena *mem, enum guard_end end,
		      unsigned seconds, struct str text)
{
	struct str what = str_sub(text, 0, 60);

	if (end == GUARD_LOST)
		return str_fmt(mem, "%s became shorter while it was read", g->lost);
	what = g->tool[0] ? str_z(g->tool)
			  : str_fmt(mem, "'%.*s%s'", STR_ARG(what), what.n < text.n ? "..." : "");
	return str_fmt(mem, "%.*s did not end within %.*s (IMAGEMK_TIMEOUT) and was stopped",
		       STR_ARG(what), STR_ARG(str_count(mem, seconds, "second")));
}
