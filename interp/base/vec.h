/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"
#include "base/str.h"

/*
 * A growing array in an arena: VEC(int) v = {0}; *vec_push(mem, &v) = 7; v.p[0]; v.n.
 * Growing may move the items; the old place stays allocated until the arena goes.
 */
#define VEC(type)                                                                                  \
	struct {                                                                                   \
		type *p;                                                                           \
		size_t n, cap;                                                                     \
	}

#define vec_push(mem, v)                                                                           \
	((v)->p = vec_reserve((mem), (v)->p, (v)->n, &(v)->cap, sizeof(*(v)->p)), &(v)->p[(v)->n++])

/* Room for item N+1 of SIZE bytes behind the N items at P; the items' (new) place. */
void *vec_reserve(struct arena *mem, void *p, size_t n, size_t *cap, size_t size);

/* A list of strings: the commonest vector. */
struct strs {
	struct str *p;
	size_t n, cap;
};

/* Is NAME among NAMES? */
bool strs_have(const struct strs *names, struct str name);
/* The words of TEXT, as str_word has them, behind those that are in OUT. */
void strs_words(struct arena *mem, struct str text, struct strs *out);

#endif
