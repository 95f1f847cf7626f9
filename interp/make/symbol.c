/* SPDX-License-Identifier: GPL-2.0-only */
/* Names, interned: one struct per name, so that compiled text finds its variable without a hash. */
#include "make/lang.h"

#include <string.h>

/* Eight bytes at a time: names are hashed more often than anything else. */
static uint32_t hash_name(struct str s)
{
	uint64_t h = s.n * 0x9E3779B97F4A7C15u, w;

	for (; s.n >= 8; s.p += 8, s.n -= 8) {
		memcpy(&w, s.p, 8);
		h = (h ^ w) * 0x9E3779B97F4A7C15u;
		h ^= h >> 29;
	}
	w = 0;
	if (s.n)
		memcpy(&w, s.p, s.n);
	h = (h ^ w) * 0x9E3779B97F4A7C15u;
	return (uint32_t)(h >> 32);
}

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

	while (s &&
	       (s->hash != hash || s->name.n != name.n || memcmp(s->name.p, name.p, name.n) != 0))
		s = s->next;
	return s;
}

struct symbol *symbol_find(const struct make *mk, struct str name)
{
	if (name.n == 1 && name.p[0] >= '0' && name.p[0] <= '9' &&
	    mk->lang->digits[name.p[0] - '0'])
		return mk->lang->digits[name.p[0] - '0'];
	return find(mk->lang, name.p ? name : S(""), hash_name(name));
}

struct symbol *symbol_of(struct make *mk, struct str name)
{
	struct lang *l = mk->lang;
	uint32_t hash = hash_name(name);
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
