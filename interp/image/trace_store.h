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
/* Anything may be looked at: the disk is to have what counts; see trace_state.h. */
void trace_store_settle(struct trace_store *s);
/* The recipe of KEY is about to change NAME, a real one: what another left there in this run is
 * kept aside. */
void trace_store_supersedes(struct trace_store *s, const struct trace_key *key, struct str name);
/* The name that PATH has on the disk, in MEM: its last part is followed or not. */
struct str trace_store_name(struct trace_store *s, struct arena *mem, struct str path, bool follow);
/*
 * The real path of FOLDER (in MEM), for all traces; itself when it was not there; unset: not known.
 * What was known may be wrong once a link or a folder has changed.
 */
struct str trace_store_folder(struct trace_store *s, struct arena *mem, struct str folder);
void trace_store_keep_folder(struct trace_store *s, struct str folder, struct str real);
void trace_store_forget_folders(struct trace_store *s);
struct files_cache *trace_store_cache(const struct trace_store *s);

/* --- trace_lines.c: the words of a line --- */

/* The N bytes that S, two letters each, says; false when it is no such text. */
bool trace_get_hex(struct str s, unsigned char *out, size_t n);
/* A name as one word. */
void trace_put_path(struct buf *b, struct str path);
/*
 * The line of S, without its CRC; and what follows the "s" of such a line, false when it is none.
 */
void trace_put_sight(struct buf *b, const struct sight *s);
bool trace_get_sight(struct arena *mem, struct str rest, struct sight *s);
/* Take a number off REST. */
bool trace_get_number(struct str *rest, int base, uint64_t *out);
/* Put the CRC behind what B has from FROM on, and end the line. */
void trace_end_line(struct buf *b, size_t from);
/* Has LINE its CRC? It is taken off then. */
bool trace_line_is_whole(struct str *line);

#endif
