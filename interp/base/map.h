/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

/* A hash map from strings to pointers; keys are copied into its arena. Iterates in the order of
 * first insertion. */
struct map;

struct map *map_new(struct arena *mem);

/* The value of KEY, or NULL. */
void *map_get(const struct map *m, struct str key);

/* Where KEY's value is kept; a new key starts as NULL. Valid until the next map_at or map_del. */
void **map_at(struct map *m, struct str key);

/* The same; a new key that is KEPT stays where it is (NUL or not behind it), else it is copied.
 * *KEY becomes the map's. */
void **map_at_name(struct map *m, struct str *key, bool kept);

/* Forget KEY; false when it was not there. */
bool map_del(struct map *m, struct str key);

/* How many keys there are. */
size_t map_count(const struct map *m);

/*
 * Iterate: start with *POS = 0; false at the end. KEY and VALUE may be NULL. Deleting the key just
 * returned is allowed; adding keys is too, and they come last.
 */
bool map_next(const struct map *m, size_t *pos, struct str *key, void **value);

#endif
