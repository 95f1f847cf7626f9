/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_IGNORE_H
#define BASE_IGNORE_H

#include <stdbool.h>

/* Ignore SIG from now on. True: it was before, by whoever started us; it is left as it is. */
bool ignore_signal(int sig);
/* Is SIG ignored, and not from outside? */
bool ignored_by_us(int sig);
/* Is SIG ignored, by whoever started us? */
bool ignored_from_outside(int sig);

#endif
