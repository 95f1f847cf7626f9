/* SPDX-License-Identifier: GPL-2.0-only */
/* Ignored signals are inherited, without their flags; those of our own are told by one. */
#include "base/ignore.h"

#include <signal.h>
#include <stddef.h>

bool ignore_signal(int sig)
{
	struct sigaction own = {.sa_handler = SIG_IGN, .sa_flags = SA_RESTART};

	if (ignored_from_outside(sig))
		return true;
	sigaction(sig, &own, NULL);
	return false;
}

bool ignored_by_us(int sig)
{
	struct sigaction now;

	return sigaction(sig, NULL, &now) == 0 && now.sa_handler == SIG_IGN &&
	       now.sa_flags & SA_RESTART;
}

bool ignored_from_outside(int sig)
{
	struct sigaction now;

	return sigaction(sig, NULL, &now) == 0 && now.sa_handler == SIG_IGN &&
	       !(now.sa_flags & SA_RESTART);
}
