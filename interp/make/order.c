/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The order in which GNU make 4.3 walks its table of files; "rm" of intermediate files and the second
 * expansion of prerequisites show it. An open table of at least 1024 places, filled to 15/16 and then
 * doubled, probed one by one; the hash is Bob Jenkins' lookup3 (public domain), four bytes at a time.
 */
#include <string.h>

#include "make/graph.h"

struct table {
	struct arena *mem;
	struct file **slots;
	uint32_t size, fill;
};

static uint32_t rotate(uint32_t x, int k)
{
	return x << k | x >> (32 - k);
}

static void mix(uint32_t *s)
{
	static const int turns[6] = {4, 6, 8, 16, 19, 4};

	for (int i = 0; i < 6; i++) {
		uint32_t *x = &s[i % 3], *y = &s[(i + 2) % 3], *z = &s[(i + 1) % 3];

		*x -= *y;
		*x ^= rotate(*y, turns[i]);
		*y += *z;
	}
}

static uint32_t finish(uint32_t *s)
{
	static const int turns[7] = {14, 11, 25, 16, 4, 14, 24};

	for (int i = 0; i < 7; i++) {
		uint32_t *x = &s[(i + 2) % 3], *y = &s[(i + 1) % 3];

		*x ^= *y;
		*x -= rotate(*y, turns[i]);
	}
	return s[2];
}

static uint32_t hash(struct str name)
{
	uint32_t s[3] = {0xdeadbeef, 0xdeadbeef, 0xdeadbeef};
	size_t at = 0;

	for (int i = 0;; i = (i + 1) % 3) {
		unsigned char word[4] = {0};
		struct str part = str_sub(name, at, 4);

		if (part.n)
			memcpy(word, part.p, part.n);
		s[i] += word[0] | (uint32_t)word[1] << 8 | (uint32_t)word[2] << 16 | (uint32_t)word[3] << 24;
		if (part.n < 4)
			return finish(s) + (uint32_t)at;
		at += 4;
		if (i == 2)
			mix(s);
	}
}

static void put(struct table *t, struct file *f)
{
	uint32_t i = hash(f->hname) & (t->size - 1);

	while (t->slots[i])
		i = (i + 1) & (t->size - 1);
	t->slots[i] = f;
}

static void add(struct table *t, struct file *f)
{
	struct table old;

	put(t, f);
	t->fill++;
	if (t->fill < t->size - t->size / 16)
		return;
	old = *t;
	t->size *= 2;
	t->slots = arena_array(t->mem, struct file *, t->size);
	for (uint32_t i = 0; i < old.size; i++)
		if (old.slots[i])
			put(t, old.slots[i]);
}

struct file **files_in_table_order(struct make *mk, struct arena *mem, size_t *n)
{
	struct table t = {.mem = mem, .size = 1024};
	size_t pos = 0;
	void *value;

	t.slots = arena_array(mem, struct file *, t.size);
	while (map_next(mk->g->files, &pos, NULL, &value))
		if (value)
			add(&t, value);
	*n = 0;
	for (uint32_t i = 0; i < t.size; i++)
		if (t.slots[i])
			t.slots[(*n)++] = t.slots[i];
	return t.slots;
}
