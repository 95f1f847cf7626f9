/* SPDX-License-Identifier: GPL-2.0-only */
/* Variables of functions, and those assigned before a command: what they hide comes back. */
#include "shell/builtin.h"

void var_save(struct shell *sh, struct str name)
{
	struct saved_var *s = arena_make(sh->mem, struct saved_var);
	struct var *v = var_own(sh, name);

	*s = (struct saved_var){
	    .below = sh->saved, .name = str_dup(sh->mem, name), .old = v, .options = sh->options};
	sh->saved = s;
	if (v) {
		struct var *fresh = var_put(sh, name);

		*fresh = *v;
		fresh->room = 0;
		fresh->cap = 0;
		if (v->n) {
			fresh->items = arena_array(sh->mem, struct element, v->n);
			memcpy(fresh->items, v->items, v->n * sizeof(*v->items));
			fresh->cap = v->n;
		}
	}
}

void vars_restore(struct shell *sh, struct saved_var *mark)
{
	struct str bad = {0};

	if (!is_bash(sh) && sh->flow == FLOW_EXIT) /* dash leaves them to the EXIT trap */
		return;
	while (sh->saved != mark) {
		struct saved_var *s = sh->saved;

		if (s->kept || s->gone)
			;
		else if (str_is(s->name, "-"))
			sh->options = s->options;
		else if (!is_bash(sh) && !is_name(s->name))
			bad = bad.p ? bad : s->name;
		else if (s->old)
			*map_at(sh->vars, s->name) = s->old;
		else if (sh->vars)
			map_del(sh->vars, s->name);
		sh->saved = s->below;
		var_came_back(sh, s->name);
		if (s->getopts)
			sh->getopts = *s->getopts;
	}
	if (bad.p && sh->flow == FLOW_ON)
		fatal(sh, 2, "%.*s: bad variable name", STR_ARG(bad));
}

/* Is S, above MARK, a variable of a function, and was none of its name assigned there? */
static bool outlives(const struct shell *sh, const struct saved_var *s,
		     const struct saved_var *mark)
{
	for (const struct saved_var *i = sh->saved; s->local && i != mark; i = i->below)
		if (!i->local && str_eq(i->name, s->name))
			return false;
	return s->local;
}

void vars_restore_assigned(struct shell *sh, struct saved_var *mark)
{
	VEC(struct saved_var *) kept = {0};
	struct saved_var *below = NULL;

	for (struct saved_var *s = sh->saved; is_bash(sh) && s != mark; s = s->below)
		if (outlives(sh, s, mark))
			*vec_push(sh->tmp, &kept) = s;
	if (!kept.n) {
		vars_restore(sh, mark);
		return;
	}
	for (struct saved_var *s = sh->saved; s != mark; s = below) {
		bool stays = false;

		below = s->below;
		for (size_t i = 0; i < kept.n; i++)
			stays |= kept.p[i] == s;
		sh->saved = s;
		if (!stays)
			vars_restore(sh, below);
	}
	sh->saved = mark;
	while (kept.n) {
		kept.p[--kept.n]->below = sh->saved;
		sh->saved = kept.p[kept.n];
	}
}

/* The innermost of what hides another NAME, of LEVEL itself. */
static struct saved_var *hiding(const struct shell *level, struct str name)
{
	struct saved_var *s = level->saved;

	while (s && (s->gone || s->kept || !str_eq(s->name, name)))
		s = s->below;
	return s;
}

/* Does S belong to the function that runs, in LEVEL? */
static bool of_this_function(const struct shell *level, const struct saved_var *s)
{
	for (const struct saved_var *i = level->saved; i != level->frame; i = i->below)
		if (i == s)
			return s->local;
	return false;
}

bool var_uncover(struct shell *sh, struct str name)
{
	struct shell *level = sh;
	struct saved_var *s = hiding(sh, name);
	const struct var *old;
	struct var *v;

	while (!s && !var_own(level, name) && level->parent) {
		level = level->parent;
		s = hiding(level, name);
	}
	if (!s || (of_this_function(level, s) && level->functions_deep == sh->functions_deep))
		return false;
	if (level == sh) {
		for (; s->merged; s = hiding(sh, name))
			s->gone = true;
		s->gone = true;
		if (s->old)
			*map_at(sh->vars, s->name) = s->old;
		else
			map_del(sh->vars, s->name);
		return true;
	}
	while (s->merged && s->below)
		for (s = s->below; s->below && !str_eq(s->name, name);)
			s = s->below;
	old = s->old ? s->old : level->parent ? var_find(level->parent, name) : NULL;
	v = var_at(sh, name);
	*v = old ? *old : (struct var){.flags = VAR_UNSET};
	v->room = v->cap = 0;
	return true;
}
