/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_DECLARE_H
#define SHELL_DECLARE_H

#include "shell/builtin.h"

/* Between builtin_vars.c (options of export, readonly, local, declare) and declare.c (what they
 * do). */

struct declaration {
	struct str word;  /* the builtin's name */
	unsigned on, off; /* flags */
	bool local;
	bool global; /* whatever hides it */
};

/* Each of ARGV, "name", "name=value" or, in bash, an element; the status after messages. */
int declare_all(struct shell *sh, const struct declaration *d, const struct str *argv, size_t argc);
/* NAME becomes a variable of the function that runs, empty or unset unless HAS_VALUE; false after a
 * message of WHO: bash makes no local variable over a global one that is read-only. */
bool declare_local(struct shell *sh, struct str who, struct str name, bool has_value);
/* export and readonly: bash shows these as assignments once more. */
bool declare_traces_values(const struct declaration *d);

#endif
