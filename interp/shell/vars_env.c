/* SPDX-License-Identifier: GPL-2.0-only */
/* The environment of the commands that a shell starts, in the order that the real one has. */
#include <stdlib.h>

#include "shell/builtin.h"

static bool changed(struct shell *sh, struct str name)
{
	for (; sh; sh = sh->parent)
		if ((sh->vars && map_get(sh->vars, name)))
			return true;
	return false;
}

/* Where dash keeps a variable, so in which order its commands get them. */
static unsigned place_posix(struct str name)
{
	unsigned n = name.n ? (unsigned)(unsigned char)name.p[0] << 4 : 0;

	for (size_t i = 0; i < name.n; i++)
		n += (unsigned char)name.p[i];
	return n % 39;
}

/* Those that dash has from the start stand before others in one place, the last one first. */
static size_t order_posix(struct str name, size_t at)
{
	static const char *const from_start[] = {"OPTIND", "PS4",      "PS2",  "PS1",
						 "PATH",   "MAILPATH", "MAIL", "IFS"};
	enum { N = sizeof(from_start) / sizeof(*from_start) };

	for (size_t i = 0; i < N; i++)
		if (str_is(name, from_start[i]))
			return i;
	return N + at;
}

/* bash's hash of a name. */
static uint32_t hash_bash(struct str name)
{
	uint32_t n = 2166136261u;

	for (size_t i = 0; i < name.n; i++)
		n = n * 16777619u ^ (unsigned char)name.p[i];
	return n;
}

/*
 * Where bash keeps a variable, the newest before others in one place (AT, which comes in as one in
 * a list): first, in tables of four places, what stands before the command and what functions have
 * of their own, then all others.
 */
static unsigned place_bash(const struct shell *sh, struct str name, size_t *at)
{
	enum { TEMPORARY, LOCAL, OUTER, GLOBAL, SMALL = 4, LARGE = 1024 };
	uint32_t n = hash_bash(name);

	for (; sh; sh = sh->parent) {
		const struct var *v = sh->vars ? map_get(sh->vars, name) : NULL;
		bool own = true, within = sh->functions_deep > 0;
		size_t i = 0;

		for (const struct saved_var *s = sh->saved; s; s = s->below, i++) {
			own &= s != sh->frame;
			within &= s != sh->frame_temporary;
			if (!str_eq(s->name, name))
				continue;
			*at = i;
			if (v && (v->flags & VAR_TEMPORARY) && (own || !sh->functions_deep))
				return TEMPORARY * LARGE + n % SMALL;
			return (within ? LOCAL : OUTER) * LARGE + n % SMALL;
		}
	}
	*at = SIZE_MAX - *at;
	return GLOBAL * LARGE + n % LARGE;
}

struct placed {
	struct str e;
	unsigned place;
	size_t at;
};

static int by_place(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static void sort_env(struct shell *sh, struct strs *list)
{
	struct placed *all = arena_array(sh->tmp, struct placed, list->n + 1);

	for (size_t i = 0; i < list->n; i++) {
		struct str name = posix_name(list->p[i]);

		all[i] = (struct placed){list->p[i], place_posix(name), order_posix(name, i)};
		if (is_bash(sh)) {
			all[i].at = i;
			all[i].place = place_bash(sh, name, &all[i].at);
		}
	}
	qsort(all, list->n, sizeof(*all), by_place);
	for (size_t i = 0; i < list->n; i++)
		list->p[i] = all[i].e;
}

static bool is_exported(const struct var *v)
{
	return (v->flags & VAR_EXPORT) && !(v->flags & (VAR_UNSET | VAR_ARRAY));
}

/* bash: an array that is exported, which no command gets, hides what it stands over. */
static bool hides_all(const struct var *v)
{
	return (v->flags & VAR_EXPORT) && (v->flags & VAR_ARRAY) && !(v->flags & VAR_UNSET);
}

/* bash: NAME's value where a function's variable of that name, which is not exported, or has none,
 * hides one that is; p NULL: none. */
static struct str exported_around(const struct shell *sh, struct str name)
{
	for (; sh; sh = sh->parent) {
		const struct saved_var *last = NULL;
		const struct var *own;

		for (const struct saved_var *s = sh->saved; s; s = s->below) {
			last = str_eq(s->name, name) ? s : last;
			if (last == s && !s->merged && s->old && is_exported(s->old))
				return s->old->value;
			if (last == s && s->old && hides_all(s->old))
				return (struct str){0};
		}
		if (last && !last->old && !sh->parent)
			return env_get(sh->base, name);
		own =
		    last && !last->old && sh->parent->vars ? map_get(sh->parent->vars, name) : NULL;
		if (own && is_exported(own))
			return own->value;
		if (own && hides_all(own))
			break;
	}
	return (struct str){0};
}

struct env vars_env(struct shell *sh)
{
	struct strs out = {0};
	struct shell *top = sh;

	if (sh->env_cache.p)
		return sh->env_cache;
	while (top->parent)
		top = top->parent;
	for (size_t i = 0; i < top->base.n; i++) {
		struct str e = top->base.p[i];
		ptrdiff_t eq = str_chr(e, '=');

		if (eq > 0 && !changed(sh, str_sub(e, 0, (size_t)eq)))
			*vec_push(sh->mem, &out) = e;
	}
	for (struct shell *s = sh; s; s = s->parent) {
		struct str name;
		void *value;

		for (size_t pos = 0; s->vars && map_next(s->vars, &pos, &name, &value);) {
			const struct var *v = value;
			struct str text = v && is_exported(v) ? v->value : (struct str){0};

			if (!v || vars_seen_above(sh, s, name))
				continue;
			if (!text.p && is_bash(sh) && !hides_all(v))
				text = exported_around(sh, name);
			if (text.p)
				*vec_push(sh->mem, &out) =
				    str_cat(sh->mem, name, str_cat(sh->mem, S("="), text));
		}
	}
	sh->env_cache = (struct env){out.n ? out.p : arena_array(sh->mem, struct str, 1), out.n};
	return sh->env_cache;
}

/* SHLVL for a command of bash; one less where it takes the shell's place. */
static struct str level_of(struct shell *sh)
{
	struct shell *top = sh;
	struct str said;
	int64_t n = 0;

	while (top->parent)
		top = top->parent;
	said = changed(sh, S("SHLVL")) ? var_value(sh, S("SHLVL"))
				       : vars_one_deeper(sh, env_get(top->base, S("SHLVL")));
	if (sh->no_fork && sh->execs && (!test_number(sh, said, &n) || n < 1))
		return S("0");
	if (!sh->no_fork || !test_number(sh, said, &n))
		return said;
	return str_fmt(sh->tmp, "%lld", (long long)n - 1);
}

/* The environment as dash hands it on, which has no variable whose name it cannot read. */
static struct env env_posix(struct shell *sh)
{
	struct env env = vars_env(sh);
	struct strs out = {0};

	if (!sh->orders_env)
		return env;
	if (sh->env_ordered_of == env.p)
		return sh->env_ordered;
	for (size_t i = 0; i < env.n; i++) {
		ptrdiff_t eq = str_chr(env.p[i], '=');

		if (eq > 0 && is_name(str_sub(env.p[i], 0, (size_t)eq)))
			*vec_push(sh->mem, &out) = env.p[i];
	}
	sort_env(sh, &out);
	sh->env_ordered_of = env.p;
	sh->env_ordered = (struct env){out.n ? out.p : arena_array(sh->mem, struct str, 1), out.n};
	return sh->env_ordered;
}

struct env vars_env_of(struct shell *sh, struct str path)
{
	struct env env = is_bash(sh) ? vars_env(sh) : env_posix(sh);
	struct strs out = {0};
	bool unset;

	if (!is_bash(sh) || sh->as_given)
		return env;
	unset = changed(sh, S("SHLVL")) && !var_value(sh, S("SHLVL")).p;
	for (size_t i = 0; i < env.n; i++)
		if (!str_starts(env.p[i], S("_=")) && !str_starts(env.p[i], S("SHLVL=")))
			*vec_push(sh->tmp, &out) = env.p[i];
	if (!unset || (sh->no_fork && sh->execs))
		*vec_push(sh->tmp, &out) = str_cat(sh->tmp, S("SHLVL="), level_of(sh));
	sort_env(sh, &out);
	if (!sh->execs) /* which leaves that to who comes */
		*vec_push(sh->tmp, &out) = str_cat(sh->tmp, S("_="), path);
	return (struct env){out.p, out.n};
}
