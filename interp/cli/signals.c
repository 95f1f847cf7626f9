/* SPDX-License-Identifier: GPL-2.0-only */
/* Signals that end the run, and the processes that must hear of them. */
#include <errno.h>
#include <signal.h>

#include "cli/guard.h"
#include "cli/host.h"

/* The number of the signal that asked us to stop. A handler can reach nothing but a global. */
static atomic_int interrupted;

/* The processes that run now, for the same reason; 0: a free place. What finds none is not told. */
static atomic_int processes[256];

enum { PROCESSES = sizeof(processes) / sizeof(processes[0]) };

/* As GNU make: the terminal sends SIGINT to all processes by itself, SIGTERM came to us alone. */
static void on_signal(int number)
{
	int error = errno;

	interrupted = number;
	guard_signal(number);
	for (size_t i = 0; number == SIGTERM && i < PROCESSES; i++) {
		int pid = atomic_load(&processes[i]);

		if (pid > 0)
			kill(pid, SIGTERM);
	}
	errno = error;
}

void host_process(void *ctx, int pid, bool runs)
{
	int from = runs ? 0 : pid, to = runs ? pid : 0;

	(void)ctx;
	guard_process(pid, runs);
	for (size_t i = 0; i < PROCESSES; i++) {
		int expected = from;

		if (atomic_compare_exchange_strong(&processes[i], &expected, to))
			break;
	}
	if (runs && interrupted == SIGTERM)
		kill(pid, SIGTERM); /* it came before the handler could know */
}

const atomic_int *signals_catch(void)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	/* The second one ends the process at once; what we were started to ignore stays ignored
	 * (nohup). */
	struct sigaction act = {.sa_handler = on_signal, .sa_flags = SA_RESETHAND}, old;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &act, NULL);
	guard_catch();
	return &interrupted;
}
