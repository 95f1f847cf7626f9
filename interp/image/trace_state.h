/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_TRACE_STATE_H
#define IMAGE_TRACE_STATE_H

#include "base/vec.h"
#include "image/sight.h"

/*
 * What names would look like at this point of the run, had the recipes that were left out run,
 * where a later recipe of the last run changed that since: a file whose bytes were other ones then,
 * and which was kept aside before it was changed; a name that was not there yet. The disk has what
 * the later recipe left. While that one is left out too, the disk is right again behind it. Whoever
 * is about to look otherwise must say so first: settling puts the disk into the state that counts.
 * Any thread.
 */
struct trace_state;

/* Settling could not be done at PATH, for ERR (an errno): nothing may go on from here. */
typedef void trace_lost(struct str path, int err);

/* ASIDE: the folder with the files kept aside, made when there is one. FILES: to read by. */
struct trace_state *trace_state_new(struct str aside, struct files *files);
void trace_state_tells(struct trace_state *st, trace_lost *lost);
/* The disk must be settled. */
void trace_state_free(struct trace_state *st);

/* Does anything count otherwise than the disk has it? Costs nothing. */
bool trace_state_any(const struct trace_state *st);

enum trace_says {
	TRACE_AS_DISK,	/* the disk has it */
	TRACE_HOLDS,	/* what counts is as the sight says */
	TRACE_DIFFERS,	/* it is not */
};
/* NAME is the real one of S->path. */
enum trace_says trace_state_asks(struct trace_state *st, struct str name, const struct sight *s);
/* Could L, which a recipe left once, count, although the disk has something else? */
bool trace_state_can(struct trace_state *st, const struct sight *l);
/* From now on L counts; AS_DISK: the disk has it. */
void trace_state_set(struct trace_state *st, const struct sight *l, bool as_disk);
/* Make does not look at NAME but asks when it was modified: true when it counts as absent. */
bool trace_state_hides(struct trace_state *st, struct str name);
/* NAME (unset: anything) is about to be looked at or changed, also what it HOLDS as a folder: if it
 * counts otherwise than the disk has it, the disk gets the state that counts, all of it. True when
 * it did. */
bool trace_state_settle(struct trace_state *st, struct str name, bool holds);

/* Keep the bytes of L's file aside, as long as it has them. */
void trace_state_keep(struct trace_state *st, const struct sight *l);
/* Is L kept aside, or nothing that must be? */
bool trace_state_has(const struct trace_state *st, const struct sight *l);
/* Remove what is kept aside for none of WANTED (digests in hexadecimal). */
struct map;
void trace_state_sweep(struct trace_state *st, const struct map *wanted);
/* The name that L's bytes are kept by. */
struct str trace_state_aside(struct arena *mem, const struct sight *l);

#endif
