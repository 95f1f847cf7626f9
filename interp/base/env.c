/* SPDX-License-Identifier: GPL-2.0-only */
/* Environments as lists of NAME=value. */
#include "base/env.h"

extern char **environ;

struct str env_get(struct env env, struct str name)
{
	for (size_t i = 0; i < env.n; i++) {
		struct str e = env.p[i];

		if (e.n > name.n && e.p[name.n] == '=' && str_starts(e, name))
			return str_from(e, name.n + 1);
	}
	return (struct str){NULL, 0};
}

static bool is_one_of(struct str entry, const char *const *names, size_t n)
{
	ptrdiff_t end = str_chr(entry, '=');

	for (size_t i = 0; i < n && end > 0; i++)
		if (str_is(str_sub(entry, 0, (size_t)end), names[i]))
			return true;
	return false;
}

struct strs env_without(struct arena *mem, struct env env, const char *const *names, size_t n)
{
	struct strs kept = {0};

	for (size_t i = 0; i < env.n; i++)
		if (!is_one_of(env.p[i], names, n))
			*vec_push(mem, &kept) = env.p[i];
	return kept;
}

struct env env_of_process(struct arena *mem)
{
	struct strs v = {0};

	for (char **e = environ; *e; e++)
		*vec_push(mem, &v) = str_dup(mem, str_z(*e));
	return (struct env){v.p, v.n};
}

char **env_block(struct arena *mem, struct env env)
{
	char **block = arena_array(mem, char *, env.n + 1);

	for (size_t i = 0; i < env.n; i++)
		block[i] = str_cz(mem, env.p[i]);
	return block;
}
