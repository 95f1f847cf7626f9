/* SPDX-License-Identifier: GPL-2.0-only */
/* Names, interned: one struct per name, so that compiled text finds its variable without a hash. */
#include "make/lang.h"

#include <string.h>

static void grow(struct make *mk)
{
	struct lang *l = mk->lang;
	size_t n = l->n_slots ? l->n_slots * 4 : 2048;
	struct symbol **slots = arena_array(mk->mem, struct symbol *, n);

	for (size_t i = 0; i < l->n_slots; i++) {
		for (struct symbol *s = l->slots[i], *next; s; s = next) {
			next = s->next;
			s->next = slots[s->hash & (n - 1)];
			slots[s->hash & (n - 1)] = s;
		}
	}
	l->slots = slots;
	l->n_slots = n;
}

static struct symbol *find(const struct lang *l, struct str name, uint32_t hash)
{
	struct symbol *s = l->slots[hash & (l->n_slots - 1)];

	while (s && (s->hash != hash || s->name.n != name.n || memcmp(s->name.p, name.p, name.n) != 0))
		s = s->next;
	return s;
}

struct symbol *symbol_find(const struct make *mk, struct str name)
{
	if (name.n == 1 && name.p[0] >= '0' && name.p[0] <= '9' && mk->lang->digits[name.p[0] - '0'])
		return mk->lang->digits[name.p[0] - '0'];
	return name.n ? find(mk->lang, name, str_hash(name)) : find(mk->lang, S(""), str_hash(S("")));
}

struct symbol *symbol_of(struct make *mk, struct str name)
{
	struct lang *l = mk->lang;
	uint32_t hash = str_hash(name);
	struct symbol *s;

	if (l->n_symbols >= l->n_slots)
		grow(mk);
	if (!name.p)
		name = S("");
	s = find(l, name, hash);
	if (s)
		return s;
	s = arena_make(mk->mem, struct symbol);
	s->name = str_dup(mk->mem, name);
	s->hash = hash;
	s->func = func_find(s->name);
	s->next = l->slots[hash & (l->n_slots - 1)];
	l->slots[hash & (l->n_slots - 1)] = s;
	l->n_symbols++;
	return s;
}
