/* SPDX-License-Identifier: GPL-2.0-only */
/* An insertion-ordered hash map: a dense array of entries and an open-addressed index into it. */
#include "base/map.h"

#include <string.h>

struct entry {
	struct str key; /* p is NULL where the key was deleted */
	uint32_t hash;
	uint32_t number; /* in order of insertion, never used again: what an iteration remembers */
	void *value;
};

struct map {
	struct arena *mem;
	struct entry *entries;
	size_t n, cap, live;
	uint32_t numbers;
	uint32_t *index; /* entry number + 1; 0 is free */
	size_t slots;    /* a power of two */
};

struct map *map_new(struct arena *mem)
{
	struct map *m = arena_make(mem, struct map);

	m->mem = mem;
	return m;
}

/* The slot that holds KEY, or the free slot where it would go. Deleted entries keep their slot. */
static size_t find_slot(const struct map *m, struct str key, uint32_t hash)
{
	size_t mask = m->slots - 1, i = hash & mask;

	while (m->index[i]) {
		const struct entry *e = &m->entries[m->index[i] - 1];

		if (e->hash == hash && e->key.p && str_eq(e->key, key))
			return i;
		i = (i + 1) & mask;
	}
	return i;
}

static void index_entry(struct map *m, size_t number)
{
	size_t mask = m->slots - 1, i = m->entries[number].hash & mask;

	while (m->index[i])
		i = (i + 1) & mask;
	m->index[i] = (uint32_t)number + 1;
}

/* Make room for one entry more: drop the deleted ones, grow, and index anew. */
static void make_room(struct map *m)
{
	size_t kept = 0, cap;

	if (m->n < m->cap)
		return;
	cap = m->live * 2 > 8 ? m->live * 2 : 8;
	if (cap > m->cap) {
		struct entry *wider = arena_array(m->mem, struct entry, cap);

		if (m->n)
			memcpy(wider, m->entries, m->n * sizeof(*wider));
		m->entries = wider;
		m->slots = 16;
		while (m->slots < cap * 2)
			m->slots *= 2;
		m->index = arena_array(m->mem, uint32_t, m->slots);
		m->cap = cap;
	} else {
		memset(m->index, 0, m->slots * sizeof(*m->index));
	}
	for (size_t i = 0; i < m->n; i++)
		if (m->entries[i].key.p)
			m->entries[kept++] = m->entries[i];
	m->n = kept;
	for (size_t i = 0; i < kept; i++)
		index_entry(m, i);
}

void *map_get(const struct map *m, struct str key)
{
	size_t i;

	if (!m->slots)
		return NULL;
	i = find_slot(m, key, str_hash(key));
	return m->index[i] ? m->entries[m->index[i] - 1].value : NULL;
}

void **map_at(struct map *m, struct str key)
{
	return map_at_name(m, &key, false);
}

void **map_at_name(struct map *m, struct str *key, bool kept)
{
	uint32_t hash = str_hash(*key);
	struct entry *e;

	if (m->slots) {
		size_t i = find_slot(m, *key, hash);

		if (m->index[i]) {
			e = &m->entries[m->index[i] - 1];
			*key = e->key;
			return &e->value;
		}
	}
	make_room(m);
	e = &m->entries[m->n++];
	if (!kept || !key->p)
		*key = str_dup(m->mem, *key);
	*e = (struct entry){.key = *key, .hash = hash, .number = m->numbers++};
	m->live++;
	index_entry(m, m->n - 1);
	return &e->value;
}

bool map_del(struct map *m, struct str key)
{
	struct entry *e;
	size_t i;

	if (!m->slots)
		return false;
	i = find_slot(m, key, str_hash(key));
	if (!m->index[i])
		return false;
	e = &m->entries[m->index[i] - 1];
	e->key = (struct str){NULL, 0};
	e->value = NULL;
	m->live--;
	return true;
}

size_t map_count(const struct map *m)
{
	return m->live;
}

/* The first entry from NUMBER on. Dropping deleted entries moves the others to the front. */
static size_t find_number(const struct map *m, size_t number)
{
	size_t low = 0, high = m->n < number ? m->n : number;

	if (number < m->n && m->entries[number].number == number)
		return number;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (m->entries[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool map_next(const struct map *m, size_t *pos, struct str *key, void **value)
{
	size_t i = find_number(m, *pos);

	while (i < m->n && !m->entries[i].key.p)
		i++;
	if (i >= m->n)
		return false;
	if (key)
		*key = m->entries[i].key;
	if (value)
		*value = m->entries[i].value;
	*pos = m->entries[i].number + 1;
	return true;
}
