/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The order in which GNU make 4.3 walks its tables: of files ("rm" of intermediate files and the
 * second expansion of prerequisites show it), of variables (.VARIABLES) and of a child's variables
 * (the environment is in that order, and expanded in it). An open table of so many places, filled
 * to 15/16 and then doubled, probed one by one; the hash is Bob Jenkins' lookup3 (public domain),
 * four bytes at a time.
 */
#include <stdlib.h>
#include <string.h>

#include "make/lang.h"
#include "make/graph.h"

#define FIRST_SIZE 1024
#define FIRST_SIZE_TARGET 32 /* a target's variables */

struct entry {
	uint32_t hash;
	const void *what;	/* NULL: a free place */
};

struct table {
	struct arena *mem;
	struct entry *slots;
	/* places: all, those that are or were taken, those that are */
	uint32_t size, fill, live;
};

static const char gone;	/* what is in the place of an entry that was taken out */

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

/* The four bytes of NAME from AT on; behind its end they are zero. */
static uint32_t word_at(struct str name, size_t at)
{
	unsigned char w[4] = {0};
	struct str part = str_sub(name, at, 4);

	if (part.n)
		memcpy(w, part.p, part.n);
	return w[0] | (uint32_t)w[1] << 8 | (uint32_t)w[2] << 16 | (uint32_t)w[3] << 24;
}

/* Of a name that ends where a NUL is. */
static uint32_t hash_file(struct str name)
{
	uint32_t s[3] = {0xdeadbeef, 0xdeadbeef, 0xdeadbeef};
	size_t at = 0;

	for (int i = 0;; i = (i + 1) % 3, at += 4) {
		s[i] += word_at(name, at);
		if (name.n - at < 4)
			return finish(s) + (uint32_t)at;
		if (i == 2)
			mix(s);
	}
}

/* Of a name whose length is known. */
static uint32_t hash_variable(struct str name)
{
	uint32_t first = 0xdeadbeef + (uint32_t)name.n, s[3] = {first, first, first};
	size_t at = 0;

	for (; name.n - at > 12; at += 12) {
		for (int i = 0; i < 3; i++)
			s[i] += word_at(name, at + 4 * (size_t)i);
		mix(s);
	}
	/* The last word goes to the last of the three, one before it to the second. */
	for (int i = name.n - at > 8 ? 0 : 1; name.n - at > 4; i++, at += 4)
		s[i] += word_at(name, at);
	s[2] += word_at(name, at);
	return name.n ? finish(s) : s[2];
}

static struct table table_new(struct arena *mem, uint32_t size)
{
	return (struct table){mem, arena_array(mem, struct entry, size), size, 0, 0};
}

/*
 * E, which is not there, goes where the first one was taken out on its way, or to the end of that.
 */
static void put(struct table *t, struct entry e)
{
	uint32_t i = e.hash & (t->size - 1), hole = UINT32_MAX;

	while (t->slots[i].what) {
		if (t->slots[i].what == &gone && hole == UINT32_MAX)
			hole = i;
		i = (i + 1) & (t->size - 1);
	}
	if (hole != UINT32_MAX)
		i = hole;
	else
		t->fill++;
	t->slots[i] = e;
	t->live++;
}

static void add(struct table *t, struct entry e)
{
	struct table old;

	put(t, e);
	if (t->size - t->fill >= t->size / 16)
		return;
	old = *t;
	*t = table_new(t->mem, t->live >= t->size - t->size / 16 ? t->size * 2 : t->size);
	for (uint32_t i = 0; i < old.size; i++)
		if (old.slots[i].what && old.slots[i].what != &gone)
			put(t, old.slots[i]);
}

/* Where WHAT is, which is there. */
static uint32_t place_of(const struct table *t, uint32_t hash, const void *what)
{
	uint32_t i = hash & (t->size - 1);

	while (t->slots[i].what != what)
		i = (i + 1) & (t->size - 1);
	return i;
}

struct file **files_in_table_order(struct make *mk, struct arena *mem, size_t *n)
{
	struct table t = table_new(mem, FIRST_SIZE);
	struct file **files;
	size_t pos = 0;
	void *value;

	while (map_next(mk->g->files, &pos, NULL, &value))
		if (value)
			add(&t, (struct entry){hash_file(((struct file *)value)->hname), value});
	files = arena_array(mem, struct file *, t.live);
	*n = 0;
	for (uint32_t i = 0; i < t.size; i++)
		if (t.slots[i].what)
			files[(*n)++] = (struct file *)t.slots[i].what;
	return files;
}

/* The table of the global variables: kept from the first time that it shows, or that one goes. */
struct var_table {
	struct table table;	/* of symbols */
	size_t bytes;		/* of their names, with a blank each */
};

static void list(struct var_table *t, struct symbol *name)
{
	add(&t->table, (struct entry){hash_variable(name->name), name});
	t->bytes += name->name.n + 1;
}

static struct var_table *globals_table(struct make *mk)
{
	struct var_table *t = mk->lang->table;
	struct variable *v;
	size_t pos = 0;

	if (t)
		return t;
	t = mk->lang->table = arena_make(mk->mem, struct var_table);
	t->table = table_new(mk->mem, FIRST_SIZE);
	while ((v = var_next(mk->globals, &pos)))
		list(t, v->symbol);
	return t;
}

void variables_list(struct make *mk, struct symbol *name)
{
	if (mk->lang->table)
		list(mk->lang->table, name);
}

void variables_unlist(struct make *mk, const struct symbol *name)
{
	struct var_table *t = globals_table(mk);

	t->table.slots[place_of(&t->table, hash_variable(name->name), name)].what = &gone;
	t->table.live--;
	t->bytes -= name->name.n + 1;
}

static struct table set_table(struct arena *mem, const struct var_set *set)
{
	struct table t = table_new(mem, FIRST_SIZE_TARGET);
	struct variable *v;
	size_t pos = 0;

	while ((v = var_next(set, &pos)))
		add(&t, (struct entry){hash_variable(v->symbol->name), v->symbol});
	return t;
}

struct variable **variables_in_table_order(struct make *mk, struct arena *mem,
					   const struct var_set *set, size_t *n)
{
	struct table t = set == mk->globals ? globals_table(mk)->table : set_table(mem, set);
	struct variable **list = arena_array(mem, struct variable *, t.live + 1);

	*n = 0;
	for (uint32_t i = 0; i < t.size; i++)
		if (t.slots[i].what && t.slots[i].what != &gone)
			list[(*n)++] = symbol_in(set, t.slots[i].what);
	return list;
}

void variables_put_names(struct make *mk, struct buf *b)
{
	const struct var_table *t = globals_table(mk);
	char *start = buf_room(b, t->bytes), *to = start;

	for (uint32_t i = 0; i < t->table.size; i++) {
		const struct symbol *name = t->table.slots[i].what;

		if (!name || t->table.slots[i].what == &gone)
			continue;
		if (to != start)
			*to++ = ' ';
		memcpy(to, name->name.p, name->name.n);
		to += name->name.n;
	}
	b->n += (size_t)(to - start);
}

struct placed {
	uint32_t place;
	struct entry e;
};

static int by_place(const void *a, const void *b)
{
	uint32_t x = ((const struct placed *)a)->place, y = ((const struct placed *)b)->place;

	return x < y ? -1 : x > y;
}

/* The N variables at LIST, of SET, go into T in the order in which they are in SET's table. */
static void add_scope(struct make *mk, struct table *t, const struct var_set *set,
		      struct variable **list, size_t n)
{
	struct table of = set == mk->globals ? globals_table(mk)->table : set_table(t->mem, set);
	struct placed *placed = arena_array(t->mem, struct placed, n);

	for (size_t i = 0; i < n; i++) {
		uint32_t hash = hash_variable(list[i]->symbol->name);

		placed[i].place = place_of(&of, hash, list[i]->symbol);
		placed[i].e = (struct entry){hash, list[i]};
	}
	qsort(placed, n, sizeof(*placed), by_place);
	for (size_t i = 0; i < n; i++)
		add(t, placed[i].e);
}

void variables_to_table_order(struct make *mk, struct arena *mem, const struct var_set *scope,
			      struct variable **list, const size_t *scope_ends)
{
	struct table t = table_new(mem, FIRST_SIZE);
	size_t from = 0, n = 0;

	for (; scope; scope = scope->up, from = *scope_ends++)
		if (*scope_ends > from)
			add_scope(mk, &t, scope, list + from, *scope_ends - from);
	for (uint32_t i = 0; i < t.size; i++)
		if (t.slots[i].what)
			list[n++] = (struct variable *)t.slots[i].what;
}
