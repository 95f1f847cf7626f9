/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_TRACE_STORE_H
#define IMAGE_TRACE_STORE_H

#include "base/vec.h"
#include "digest/digest.h"
#include "image/sight.h"
#include "image/trace.h"

/* Between trace.c, which collects, and trace_store.c, which keeps. */

struct trace_key {
	unsigned char p[SIGHT_DIGEST];
};

struct sights {
	struct sight *p;
	size_t n, cap;
};

/* What R is: all that its run depends on besides the disk. */
struct trace_key trace_key(const struct make_recipe *r);
/* Keep that a run of KEY took TAKEN and left LEFT, its target there (MADE) or not. Copies. */
void trace_store_put(struct trace_store *s, const struct trace_key *key, const struct sights *taken,
		     const struct sights *left, bool made);
/* That a run of KEY is not to be kept, and why. */
void trace_store_spoilt(struct trace_store *s, const struct trace_key *key, const char *why);
/* Something on the disk changes: what was found to hold must be looked at anew. */
void trace_store_changed(struct trace_store *s);
struct files_cache *trace_store_cache(const struct trace_store *s);

#endif
