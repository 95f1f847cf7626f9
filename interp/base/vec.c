/* SPDX-License-Identifier: GPL-2.0-only */
/* Growing arrays in an arena; lists of strings. */
#include "base/vec.h"

void *vec_reserve(struct arena *mem, void *p, size_t n, size_t *cap, size_t size)
{
	size_t more;

	if (n < *cap)
		return p;
	more = *cap ? *cap * 2 : 8;
	p = arena_grow(mem, p, n * size, more * size);
	*cap = more;
	return p;
}

bool strs_have(const struct strs *names, struct str name)
{
	for (size_t i = 0; i < names->n; i++)
		if (str_eq(names->p[i], name))
			return true;
	return false;
}

void strs_words(struct arena *mem, struct str text, struct strs *out)
{
	struct str word;

	while (str_word(&text, &word))
		*vec_push(mem, out) = word;
}
