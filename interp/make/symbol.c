/* SPDX-License-Identifier: GPL-2.0-only */
/* Names, interned: one struct per name, so that compiled text finds its variable without a hash. */
#include "make/program.h"

#include <string.h>

/* The slot of NAME, or the free one where it would go: the hash in it spares looking at other
 * symbols. */
static struct symbol_slot *find_slot(const struct make_program *p, struct str name, uint32_t hash)
{
	size_t i = hash & (p->n_slots - 1);

	for (;; i = (i + 1) & (p->n_slots - 1)) {
		struct symbol_slot *slot = &p->slots[i];
		const struct symbol *s;

		if (!slot->number)
			return slot;
		if (slot->hash != hash)
			continue;
		s = p->symbols.p[slot->number - 1];
		if (s->name.n == name.n && memcmp(s->name.p, name.p, name.n) == 0)
			return slot;
	}
}

static struct symbol *symbol_at(const struct make_program *p, const struct symbol_slot *slot)
{
	return slot->number ? p->symbols.p[slot->number - 1] : NULL;
}

static void grow(struct make_program *p)
{
	struct symbol_slot *old = p->slots;
	size_t n = p->n_slots;

	p->n_slots = n * 4;
	p->slots = arena_array(p->mem, struct symbol_slot, p->n_slots);
	for (size_t i = 0; i < n; i++) {
		size_t to = old[i].hash & (p->n_slots - 1);

		if (!old[i].number)
			continue;
		while (p->slots[to].number)
			to = (to + 1) & (p->n_slots - 1);
		p->slots[to] = old[i];
	}
}

struct symbol *symbol_find(const struct make *mk, struct str name)
{
	if (name.n == 1 && name.p[0] >= '0' && name.p[0] <= '9')
		return mk->lang->program->digits[name.p[0] - '0'];
	return symbol_at(mk->lang->program,
			 find_slot(mk->lang->program, name.p ? name : S(""), str_hash(name)));
}

struct symbol *symbol_in_program(struct make_program *p, struct str name)
{
	uint32_t hash = str_hash(name);
	struct symbol_slot *slot;
	struct symbol *s;

	if (p->symbols.n * 2 >= p->n_slots)
		grow(p);
	if (!name.p)
		name = S("");
	slot = find_slot(p, name, hash);
	if (slot->number)
		return symbol_at(p, slot);
	s = arena_make(p->mem, struct symbol);
	s->name = str_dup(p->mem, name);
	s->func = func_find(s->name);
	*vec_push(p->mem, &p->symbols) = s;
	*slot = (struct symbol_slot){hash, (uint32_t)p->symbols.n};
	return s;
}

struct symbol *symbol_of(struct make *mk, struct str name)
{
	return symbol_in_program(mk->lang->program, name);
}

void symbol_touch(struct make *mk, struct symbol *s)
{
	if (s->touched)
		return;
	s->touched = true;
	*vec_push(mk->mem, &mk->lang->touched) = s;
}
