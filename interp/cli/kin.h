/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_KIN_H
#define CLI_KIN_H

#include "cli/guard.h"

/* Processes and their descendants, as /proc shows them. */

/*
 * Add PID and its descendants to the N of LIST, which has room for MOST; how many there are then.
 */
size_t kin_add(pid_t pid, struct victim *list, size_t n, size_t most);
/* Send NUMBER (0: nothing) to V when it is still that process; is it? */
bool kin_kill(const struct victim *v, int number);
/* The name of the program that PID runs. */
void kin_name(pid_t pid, char *name, size_t room);

/* Does this process descend from PID? */
bool kin_is_ancestor(pid_t pid);

#endif
