/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sets of variables: in order of definition, found by their symbol. The global set needs no index,
 * a symbol knows its global variable; a target's has one by the symbol's address (a device tree has
 * sixty variables for each image).
 */
#include "make/lang.h"

#include <string.h>

struct var_set *var_scope_new(struct make *mk, struct var_set *up)
{
	struct lang *l = mk->lang;
	struct var_set *set = l->free_sets;

	if (set)
		l->free_sets = set->up;
	else
		set = arena_make(mk->mem, struct var_set);
	set->up = up;
	set->up_is_parent = false;
	return set;
}

static size_t slot_of(const struct var_set *set, const struct symbol *sym)
{
	return ((uintptr_t)sym >> 4) * 0x9E3779B97F4A7C15u >> 32 & (set->slots - 1);
}

/* The slot that holds SYM, or the free one where it would go. */
static size_t find_slot(const struct var_set *set, const struct symbol *sym)
{
	size_t i = slot_of(set, sym);

	while (set->index[i] && set->symbols[set->index[i] - 1] != sym)
		i = (i + 1) & (set->slots - 1);
	return i;
}

struct variable *symbol_in(const struct var_set *set, const struct symbol *sym)
{
	uint32_t at;

	if (!set->up)
		return sym->global;
	if (!set->slots)
		return NULL;
	at = set->index[find_slot(set, sym)];
	return at ? set->variables[at - 1] : NULL;
}

/* Room for one more; undefined variables lose their places. */
static void make_room(struct make *mk, struct var_set *set)
{
	size_t kept = 0, cap = set->live * 2 > 8 ? set->live * 2 : 8;
	struct variable **variables = arena_alloc(mk->mem, cap * sizeof(*variables));
	struct symbol **symbols = arena_alloc(mk->mem, cap * sizeof(*symbols));

	for (size_t i = 0; i < set->n; i++) {
		if (!set->variables[i])
			continue;
		variables[kept] = set->variables[i];
		variables[kept]->number = (uint32_t)kept;
		symbols[kept++] = set->symbols[i];
	}
	set->variables = variables;
	set->symbols = symbols;
	set->n = kept;
	set->cap = cap;
	if (!set->up)
		return;
	set->slots = cap * 2;
	while (set->slots & (set->slots - 1))
		set->slots += set->slots & -set->slots;
	set->index = arena_array(mk->mem, uint32_t, set->slots);
	for (size_t i = 0; i < kept; i++)
		set->index[find_slot(set, symbols[i])] = (uint32_t)i + 1;
}

void set_put(struct make *mk, struct var_set *set, struct variable *v)
{
	struct symbol *sym = v->symbol;
	uint32_t *at = NULL;

	symbol_touch(mk, sym);
	if (set->up) {
		sym->scoped = true;
		at = set->slots ? &set->index[find_slot(set, sym)] : NULL;
	} else {
		sym->global = v;
		mk->lang->globals_changed++;
		variables_list(mk, sym);
	}
	if (set->n == set->cap || (at && *at)) {
		make_room(mk, set);
		at = NULL;
	}
	v->number = (uint32_t)set->n;
	set->variables[set->n] = v;
	set->symbols[set->n++] = sym;
	set->live++;
	if (set->up)
		set->index[find_slot(set, sym)] = (uint32_t)set->n;
}

/* In the reverse order, so that the index becomes what it was before they came. */
bool var_scope_leave(struct make *mk, struct var_set *set)
{
	struct lang *l = mk->lang;

	while (set->n && set->variables[set->n - 1] && set->variables[set->n - 1]->is_automatic) {
		set->index[find_slot(set, set->symbols[set->n - 1])] = 0;
		*vec_push(mk->mem, &l->free_automatic) = set->variables[--set->n];
		set->live--;
	}
	if (set->n)
		return false;
	set->up = l->free_sets;
	l->free_sets = set;
	return true;
}

void set_remove(struct make *mk, struct var_set *set, struct variable *v)
{
	if (!set->up) {
		variables_unlist(mk, v->symbol);
		v->symbol->global = NULL;
		mk->lang->globals_changed++;
	}
	set->variables[v->number] = NULL;
	set->live--;
}

struct variable *var_next(const struct var_set *set, size_t *pos)
{
	while (*pos < set->n) {
		struct variable *v = set->variables[(*pos)++];

		if (v)
			return v;
	}
	return NULL;
}
