/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_ENV_H
#define BASE_ENV_H

#include "base/vec.h"

/* An environment: NAME=value strings, immutable once handed on. */
struct env {
	const struct str *p;
	size_t n;
};

/* The value of NAME, or the unset string. */
struct str env_get(struct env env, struct str name);
/* ENV without the N variables NAMES, in MEM, with room for more of the caller's. */
struct strs env_without(struct arena *mem, struct env env, const char *const *names, size_t n);
/* A copy of the process's own environment. */
struct env env_of_process(struct arena *mem);
/* As execve takes it: NUL-terminated strings, NULL at the end. */
char **env_block(struct arena *mem, struct env env);

#endif
