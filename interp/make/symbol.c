/* SPDX-License-Identifier: GPL-2.0-only */
/* Names, interned: one struct per name, so that compiled text finds its variable without a hash. */
#include "make/program.h"

#include <string.h>

static struct symbol *find(const struct make_program *p, struct str name, uint32_t hash)
{
	struct symbol *s = p->slots[hash & (p->n_slots - 1)];

	while (s &&
	       (s->hash != hash || s->name.n != name.n || memcmp(s->name.p, name.p, name.n) != 0))
		s = s->next;
	return s;
}

struct symbol *symbol_find(const struct make *mk, struct str name)
{
	if (name.n == 1 && name.p[0] >= '0' && name.p[0] <= '9')
		return mk->lang->program->digits[name.p[0] - '0'];
	return find(mk->lang->program, name.p ? name : S(""), str_hash(name));
}

struct symbol *symbol_in_program(struct make_program *p, struct str name)
{
	uint32_t hash = str_hash(name);
	struct symbol *s;

	if (p->n_symbols >= p->n_slots)
		CHAINS_GROW(p->mem, struct symbol, &p->slots, &p->n_slots);
	if (!name.p)
		name = S("");
	s = find(p, name, hash);
	if (s)
		return s;
	s = arena_make(p->mem, struct symbol);
	s->name = str_dup(p->mem, name);
	s->hash = hash;
	s->func = func_find(s->name);
	s->next = p->slots[hash & (p->n_slots - 1)];
	p->slots[hash & (p->n_slots - 1)] = s;
	p->n_symbols++;
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
