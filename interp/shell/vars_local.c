/* SPDX-License-Identifier: GPL-2.0-only */
/* Variables of functions, and those assigned before a command: what they hide comes back. */
#include "shell/builtin.h"

/* V gets what FROM has, and shares nothing with it that changes. */
static void copy_var(struct shell *sh, struct var *v, const struct var *from)
{
	*v = *from;
	v->room = 0;
	v->cap = 0;
	if (from->n) {
		v->items = arena_array(sh->mem, struct element, from->n);
		memcpy(v->items, from->items, from->n * sizeof(*from->items));
		v->cap = from->n;
	}
}

void var_save(struct shell *sh, struct str name)
{
	struct saved_var *s = arena_make(sh->mem, struct saved_var);
	struct var *v = var_own(sh, name);

	*s = (struct saved_var){
	    .below = sh->saved, .name = str_dup(sh->mem, name), .old = v, .options = sh->options};
	sh->saved = s;
	if (v)
		copy_var(sh, var_put(sh, name), v);
}

/* What S, which is to stay, hid; NULL: nothing. */
static const struct var *hidden(const struct shell *sh, const struct saved_var *s)
{
	return s->old ? s->old : sh->parent ? var_find(sh->parent, s->name) : NULL;
}

/* The value of S, which is to stay, becomes one of what it hid. */
static bool merge(struct shell *sh, const struct saved_var *s)
{
	const struct var *old = s->gone ? NULL : hidden(sh, s);
	struct var *v = old ? var_at(sh, s->name) : NULL;
	unsigned flags = v ? v->flags : 0;
	struct str value = v ? v->value : S("");
	bool good;

	if (!old || !(old->flags & (VAR_INTEGER | VAR_ARRAY)) || (flags & VAR_ARRAY))
		return true;
	*v = *old;
	v->room = 0;
	good = var_set(sh, s->name, value);
	v->flags |= flags & (VAR_EXPORT | VAR_READONLY);
	return good;
}

bool vars_merge_kept(struct shell *sh, struct str who, const struct saved_var *mark)
{
	bool good = true;

	sh->arith_who = str_cz(sh->tmp, who);
	for (const struct saved_var *s = sh->saved; s != mark && good; s = s->below)
		good = !s->kept || merge(sh, s);
	sh->arith_who = NULL;
	return good;
}

void vars_called(struct shell *sh, const struct saved_var *mark)
{
	for (struct saved_var *s = sh->saved; is_bash(sh) && s != mark; s = s->below)
		s->called = true;
}

bool vars_assigned_before(const struct shell *sh, struct str name, bool *spreads)
{
	*spreads = false;
	for (const struct saved_var *s = sh->frame; s && s != sh->frame_temporary; s = s->below) {
		if (s->gone || !str_eq(s->name, name))
			continue;
		*spreads = s->spreads;
		return true;
	}
	return false;
}

void vars_spread(struct shell *sh, struct str name)
{
	struct saved_var *top = sh->saved, *s;

	while (top && (top->gone || !str_eq(top->name, name)))
		top = top->below;
	for (s = top; s && (s->merged || s->gone || !str_eq(s->name, name)); s = s->below)
		;
	if (!s || !s->called)
		return;
	for (; top != s; top = top->below)
		top->kept |= str_eq(top->name, name);
	s->kept = s->spreads = true;
}

/* S is left, and its value stays in the function around it: there as well, when that is left. */
static void spread_further(const struct saved_var *s)
{
	struct saved_var *next = s->below;

	while (next && (next->gone || !str_eq(next->name, s->name)))
		next = next->below;
	if (next && (next->local || next->called))
		next->kept = next->spreads = true;
}

bool vars_is_global(const struct shell *sh, struct str name)
{
	for (; sh; sh = sh->parent)
		for (const struct saved_var *s = sh->saved; s; s = s->below)
			if (!s->gone && str_eq(s->name, name))
				return false;
	return true;
}

struct outermost vars_outermost(struct shell *sh, struct str name)
{
	struct outermost o = {.own = true};
	const struct var *global;

	for (const struct shell *at = sh; at && !o.hides; at = at->parent) {
		for (struct saved_var *s = at->saved; s; s = s->below)
			if (!s->gone && (!s->kept || s->spreads) && str_eq(s->name, name))
				o.hides = s;
		o.own = at == sh;
	}
	if (!o.hides)
		return o;
	global = o.hides->old;
	o.shown = var_own(sh, name);
	if (global)
		copy_var(sh, var_put(sh, name), global);
	else
		*var_put(sh, name) = (struct var){.flags = VAR_UNSET};
	var_came_back(sh, name);
	return o;
}

void vars_outermost_end(struct shell *sh, struct str name, const struct outermost *o)
{
	if (!o->hides)
		return;
	if (o->own)
		o->hides->old = var_own(sh, name);
	if (o->shown)
		*map_at(sh->vars, name) = o->shown;
	else
		map_del(sh->vars, name);
	var_came_back(sh, name);
}

void vars_restore(struct shell *sh, struct saved_var *mark)
{
	struct str bad = {0};

	if (!is_bash(sh) && sh->flow == FLOW_EXIT) /* dash leaves them to the EXIT trap */
		return;
	while (sh->saved != mark) {
		struct saved_var *s = sh->saved;

		if (s->spreads && sh->flow == FLOW_ON)
			merge(sh, s);
		if (s->spreads)
			spread_further(s);
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

	while (s && (s->gone || (s->kept && !s->spreads) || !str_eq(s->name, name)))
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
