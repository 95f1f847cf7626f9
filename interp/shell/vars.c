/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Variables and functions. An environment keeps only what it changed; the rest is looked up in the
 * environments it came from and, last, in the list of NAME=value strings the shell was given, so a
 * subshell costs nothing and a recipe line does not import 150 variables.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shell/builtin.h"

bool is_name(struct str s)
{
	if (s.n == 0 || (s.p[0] >= '0' && s.p[0] <= '9'))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c != '_' && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9'))
			return false;
	}
	return true;
}

struct str posix_name(struct str s)
{
	ptrdiff_t end = str_chr(s, '=');

	return end < 0 ? s : str_sub(s, 0, (size_t)end);
}

struct var *var_own(struct shell *sh, struct str name)
{
	return sh->vars ? map_get(sh->vars, name) : NULL;
}

struct var *var_put(struct shell *sh, struct str name)
{
	struct var *v = arena_make(sh->mem, struct var);

	if (!sh->vars)
		sh->vars = map_new(sh->mem);
	*map_at(sh->vars, name) = v;
	return v;
}

struct str vars_one_deeper(struct shell *sh, struct str level)
{
	int64_t n = 0;

	if (!test_number(sh, level, &n) || n < -1 || n > 998)
		n = n < -1 ? -1 : 0;
	return str_fmt(sh->mem, "%lld", (long long)n + 1);
}

/* What the shell was given as its environment; IFS is not taken from there. */
static struct var *import_var(struct shell *top, struct str name)
{
	struct str value = str_is(name, "IFS") ? (struct str){0} : env_get(top->base, name);
	struct var *v;

	if (is_bash(top) && str_is(name, "SHLVL"))
		value = vars_one_deeper(top, value);
	if (!value.p && !(is_bash(top) && str_is(name, "OLDPWD")))
		return NULL;
	v = var_put(top, name);
	v->value = value;
	/* OLDPWD is to be given on once it has a value */
	v->flags = VAR_EXPORT | (value.p ? 0 : VAR_UNSET | VAR_DECLARED);
	return v;
}

static struct var *any_var(struct shell *sh, struct str name)
{
	for (;; sh = sh->parent) {
		struct var *v = var_own(sh, name);

		if (v)
			return v;
		if (!sh->parent)
			return import_var(sh, name);
	}
}

const struct var *var_find(struct shell *sh, struct str name)
{
	return any_var(sh, name);
}

struct var *var_at(struct shell *sh, struct str name)
{
	struct var *v = var_own(sh, name), *seen;

	sh->session->localised |= chars_named(name);
	if (v)
		return v;
	seen = any_var(sh, name);
	v = var_own(sh, name);
	if (v)
		return v;
	v = var_put(sh, name);
	if (!seen) {
		v->flags = VAR_UNSET;
		return v;
	}
	*v = *seen;
	v->room = 0;
	v->cap = 0;
	if (v->n) {
		v->items = arena_array(sh->mem, struct element, v->n);
		memcpy(v->items, seen->items, v->n * sizeof(*v->items));
		v->cap = v->n;
	}
	return v;
}

/* --- arrays --- */

static size_t element_slot(const struct var *v, int64_t index)
{
	size_t lo = 0, hi = v->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (v->items[mid].index < index)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

struct str var_element(const struct var *v, int64_t index)
{
	size_t i;

	if (!(v->flags & VAR_ARRAY))
		return index == 0 && !(v->flags & VAR_UNSET) ? v->value : (struct str){0};
	if (index < 0 && v->n)
		index += v->items[v->n - 1].index + 1;
	i = element_slot(v, index);
	return i < v->n && v->items[i].index == index ? v->items[i].value : (struct str){0};
}

void var_put_element(struct shell *sh, struct var *v, int64_t index, struct str value)
{
	size_t i;

	if (index < 0 && v->n)
		index += v->items[v->n - 1].index + 1;
	i = element_slot(v, index);
	if (i == v->n || v->items[i].index != index) {
		v->items = vec_reserve(sh->mem, v->items, v->n, &v->cap, sizeof(*v->items));
		memmove(v->items + i + 1, v->items + i, (v->n - i) * sizeof(*v->items));
		v->n++;
	}
	v->items[i] = (struct element){index, str_dup(sh->mem, value)};
	v->flags &= ~(unsigned)VAR_UNSET;
}

void var_clear_array(struct shell *sh, struct var *v)
{
	(void)sh;
	v->flags = (v->flags | VAR_ARRAY) & ~(unsigned)VAR_UNSET;
	v->n = 0;
}

void var_become_array(struct shell *sh, struct var *v)
{
	bool had = !(v->flags & VAR_UNSET);

	if (v->flags & VAR_ARRAY)
		return;
	var_clear_array(sh, v);
	if (had)
		var_put_element(sh, v, 0, v->value);
}

/* --- setting --- */

static bool writable(struct shell *sh, const struct var *v, struct str name);

bool var_may_change(struct shell *sh, struct str name)
{
	const struct var *v = var_find(sh, name);

	return !v || writable(sh, v, name);
}

const char *var_fixed(size_t i)
{
	static const char *const names[] = {"BASHOPTS", "BASH_VERSINFO", "EUID", "PPID",
					    "SHELLOPTS", "UID",		  NULL};

	return names[i];
}

bool var_is_fixed(const struct shell *sh, struct str name)
{
	if (!is_bash(sh) || !name.n || !strchr("BEPSU", name.p[0]))
		return false;
	for (size_t i = 0; var_fixed(i); i++)
		if (str_is(name, var_fixed(i)))
			return true;
	return false;
}

static bool writable(struct shell *sh, const struct var *v, struct str name)
{
	if (!(v->flags & VAR_READONLY) && !var_is_fixed(sh, name))
		return true;
	if (is_bash(sh)) {
		say(sh, "%.*s%s%.*s: readonly variable", STR_ARG(sh->builtin),
		    sh->builtin.n ? ": " : "", STR_ARG(name));
		if (!sh->builtin.n) /* what a builtin says is another matter */
			reported(sh);
		if (sh->flow == FLOW_EXIT)
			return false;
		sh->status = 1;
		sh->flow = FLOW_DISCARD;
	} else {
		fatal(sh, 2, "%.*s%s%.*s: is read only", STR_ARG(sh->builtin),
		      sh->builtin.n ? ": " : "", STR_ARG(name));
	}
	return false;
}

void var_assign_value(struct shell *sh, struct var *v, struct str value)
{
	if (v->flags & VAR_ARRAY) {
		var_put_element(sh, v, 0, value);
	} else if (value.n < v->room) {
		memmove((char *)(uintptr_t)v->value.p, value.p, value.n);
		v->value.n = value.n;
	} else {
		size_t room = v->room ? value.n * 2 + 1 : value.n + 16;
		char *p = arena_alloc(sh->mem, room);

		if (value.n)
			memcpy(p, value.p, value.n);
		v->value = (struct str){p, value.n};
		v->room = room;
	}
	v->flags &= ~(unsigned)VAR_UNSET;
	if (sh->options & OPT_ALLEXPORT)
		v->flags |= VAR_EXPORT;
	if (v->flags & VAR_EXPORT)
		sh->env_cache.p = NULL;
}

/* OPTIND has VALUE: where getopts goes on; bash's is not done with a word for that, but for 1. */
static bool set_progress(struct shell *sh, struct str value)
{
	int64_t n;

	if (is_bash(sh)) {
		n = value.n ? strtoll(str_cz(sh->tmp, value), NULL, 10) : 0;
		sh->getopts.next = n < 2 || n > INT_MAX ? 0 : (size_t)n;
		return true;
	}
	sh->getopts.next = sh->getopts.offset = 0;
	if (!test_number(sh, value, &n) || n < 0 || n > INT_MAX) {
		fatal(sh, 2, "%.*s%sIllegal number: %.*s", STR_ARG(sh->builtin),
		      sh->builtin.n ? ": " : "", STR_ARG(value));
		return false;
	}
	sh->getopts.next = (size_t)n;
	return true;
}

void var_came_back(struct shell *sh, struct str name)
{
	sh->env_cache.p = NULL;
	if (str_is(name, "PATH"))
		lookup_forget(sh);
	if (str_is(name, "OPTIND"))
		set_progress(sh, var_value(sh, name));
}

/* declare -i: the value is an expression. */
static bool integer_value(struct shell *sh, struct str *value)
{
	int64_t n;

	if (!integer_eval(sh, *value, &n))
		return false;
	*value = str_fmt(sh->tmp, "%lld", (long long)n);
	return true;
}

bool var_set(struct shell *sh, struct str name, struct str value)
{
	struct var *v;

	if (is_bash(sh) && !any_var(sh, name)) {
		if (dynamic_assign(sh, name, value))
			return sh->flow == FLOW_ON;
		if (str_is(name, "OPTIND"))
			var_at(sh, name)->flags |= VAR_INTEGER;
	}
	v = var_at(sh, name);
	if (!writable(sh, v, name))
		return false;
	if ((v->flags & VAR_INTEGER || (is_bash(sh) && str_is(name, "OPTIND"))) &&
	    !integer_value(sh, &value))
		return false;
	if (str_is(name, "OPTIND") && !set_progress(sh, value))
		return false;
	var_assign_value(sh, v, value);
	if (str_is(name, "PATH"))
		lookup_forget(sh);
	return true;
}

bool var_set_index(struct shell *sh, struct str name, int64_t index, struct str value)
{
	struct var *v = var_at(sh, name);
	/* all elements; a declared one that has no value counts in bash as one that has */
	int64_t behind = !(v->flags & VAR_UNSET) || (v->flags & VAR_DECLARED);

	if (!writable(sh, v, name))
		return false;
	if ((v->flags & VAR_INTEGER) && !integer_value(sh, &value))
		return false;
	if (v->flags & VAR_ARRAY)
		behind = v->n ? v->items[v->n - 1].index + 1 : 0;
	if (index < 0 && index + behind < 0) { /* nor does it become an array */
		say(sh, "%.*s[%lld]: bad array subscript", STR_ARG(name), (long long)index);
		reported(sh);
		if (sh->flow != FLOW_EXIT)
			sh->status = 1;
		return false;
	}
	var_become_array(sh, v);
	var_put_element(sh, v, index, value);
	return true;
}

/* dash: is NAME one of those that are there from the start, and stay? */
static bool posix_built_in(struct str name)
{
	return str_is(name, "IFS") || str_is(name, "PATH") || str_is(name, "MAIL") ||
	       str_is(name, "MAILPATH") || str_is(name, "PS1") || str_is(name, "PS2") ||
	       str_is(name, "PS4");
}

/* What is left of NAME, which loses its value: bash lists a function's own as one without it, and
 * exports it further if it was assigned before the call; so does dash with all that stay. */
static unsigned left_of(struct shell *sh, struct str name)
{
	unsigned flags = var_at(sh, name)->flags;

	if (!is_bash(sh))
		return posix_built_in(name) || !vars_is_global(sh, name)
			   ? VAR_UNSET | (flags & VAR_EXPORT)
			   : VAR_UNSET;
	if (!builtin_is_local(sh, name))
		return VAR_UNSET;
	return VAR_UNSET | VAR_DECLARED | (flags & VAR_TEMPORARY ? flags & VAR_EXPORT : 0);
}

bool var_unset(struct shell *sh, struct str name)
{
	struct var *v = any_var(sh, name);

	if (!v && !dynamic_value(sh, name).p)
		return true;
	if ((v && (v->flags & VAR_READONLY)) || var_is_fixed(sh, name))
		return false;
	if (!is_bash(sh) || !var_uncover(sh, name))
		*var_at(sh, name) = (struct var){.flags = left_of(sh, name)};
	var_came_back(sh, name);
	return true;
}

void var_unset_index(struct shell *sh, struct str name, int64_t index)
{
	struct var *v = var_at(sh, name);
	size_t i;

	if (!(v->flags & VAR_ARRAY))
		return;
	if (index < 0 && v->n)
		index += v->items[v->n - 1].index + 1;
	i = element_slot(v, index);
	if (i == v->n || v->items[i].index != index)
		return;
	v->n--;
	memmove(v->items + i, v->items + i + 1, (v->n - i) * sizeof(*v->items));
}

/* --- reading --- */

struct str var_value(struct shell *sh, struct str name)
{
	const struct var *v = any_var(sh, name);

	if (str_is(name, "_") && is_bash(sh))
		return sh->last_arg;
	if (!v)
		return dynamic_value(sh, name);
	if (v->flags & VAR_UNSET)
		return (v->flags & VAR_DECLARED) && is_bash(sh) && dynamic_varies(name)
			   ? dynamic_value(sh, name)
			   : (struct str){0};
	return v->flags & VAR_ARRAY ? var_element(v, 0) : v->value;
}

struct str ifs_value(struct shell *sh)
{
	for (struct shell *s = sh; s; s = s->parent) {
		struct var *v = var_own(s, S("IFS"));

		if (v)
			return v->flags & VAR_UNSET ? S(" \t\n") : v->value;
	}
	return S(" \t\n");
}

bool vars_seen_above(struct shell *from, const struct shell *level, struct str name)
{
	for (struct shell *s = from; s != level; s = s->parent)
		if (var_own(s, name))
			return true;
	return false;
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

struct strs vars_names(struct shell *sh)
{
	struct strs out = {0};
	struct shell *top = sh;

	while (top->parent)
		top = top->parent;
	for (size_t i = 0; i < top->base.n; i++) {
		ptrdiff_t eq = str_chr(top->base.p[i], '=');

		if (eq > 0)
			any_var(top, str_sub(top->base.p[i], 0, (size_t)eq));
	}
	if (is_bash(top)) {
		any_var(top, S("SHLVL"));
		any_var(top, S("OLDPWD"));
	}
	for (struct shell *s = sh; s; s = s->parent) {
		struct str name;
		void *value;

		for (size_t pos = 0; s->vars && map_next(s->vars, &pos, &name, &value);)
			if (value && ((struct var *)value)->flags != VAR_UNSET &&
			    !vars_seen_above(sh, s, name))
				*vec_push(sh->tmp, &out) = name;
	}
	if (out.n)
		qsort(out.p, out.n, sizeof(*out.p), by_name);
	return out;
}

/* --- functions --- */

const struct function *function_find(struct shell *sh, struct str name)
{
	for (; sh; sh = sh->parent) {
		const struct function *f = sh->functions ? map_get(sh->functions, name) : NULL;

		if (f)
			return f->body ? f : NULL;
	}
	return NULL;
}

/* N: its definition, or NULL. */
void function_set(struct shell *sh, struct str name, const struct node *n)
{
	struct function *f = arena_make(sh->mem, struct function);

	if (n)
		*f = (struct function){n->function.body, n->function.line + sh->shift, sh->shift,
				       sh->source.n ? str_dup(sh->mem, sh->source)
						    : S("environment")};
	if (!sh->functions)
		sh->functions = map_new(sh->mem);
	*map_at(sh->functions, name) = f;
}

void function_unset(struct shell *sh, struct str name)
{
	if (function_find(sh, name))
		function_set(sh, name, NULL);
}
