/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_TRACE_H
#define IMAGE_TRACE_H

#include "blob/files.h"
#include "make/make.h"

/*
 * Only what changed: a trace is what one recipe took from the disk and what it left there. When the
 * same recipe (text, shell, environment, folder) comes again, all that it took is as it was and all
 * that it left is still there, running it would give the same bytes, and it is left out. Nothing of
 * it is guessed from prerequisites: what counts is what a run was seen to read. The store keeps
 * traces in one file between runs.
 */
struct trace_store;
struct trace;

/*
 * Open the store in FILE, made when missing. PROGRAM: who makes the files, another one's traces are
 * nothing to it. NULL when there can be none, or another run has it. CACHE: what is known of files'
 * bytes, or NULL.
 */
struct trace_store *trace_store_open(struct str file, struct str program,
				     struct files_cache *cache);
/* WATCHES: can processes be watched here? Asked once, if at all. LOST: a file that counts can't be
 * put back (ERR, an errno), so that nothing right can come of this run. */
void trace_store_ask(struct trace_store *s, bool (*watches)(void),
		     void (*lost)(struct str path, int err));
/* Write down what holds, whole or not at all, and free it. */
void trace_store_close(struct trace_store *s);

/* Would running R change nothing? Then *MADE: it would make its target, with the bytes that are
 * there; if not, *WHY, in MEM. Any thread. */
bool trace_store_holds(struct trace_store *s, const struct make_recipe *r, struct arena *mem,
		       bool *made, struct str *why);

/*
 * The recipe that trace_store_holds has just said yes to is left out, while nothing runs. Where
 * later recipes of the last run changed what it left, the disk is ahead from now on, until they are
 * left out as well; who is about to look at the disk beside recipes says so first
 * (trace_store_looks, or a watch that is not NULL), and where that can't be told (not WATCHES) such
 * recipes run.
 */
void trace_store_leave(struct trace_store *s);
/* WHAT (enum files_look) of NAME is about to be looked at, or is to change. */
void trace_store_looks(struct trace_store *s, struct str name, unsigned what);
/* PATH is about to be changed, by no recipe that has a trace. */
void trace_store_changes(struct trace_store *s, struct str path, enum files_change how);
/* Something on the disk changed: what was found to hold must be looked at anew. */
void trace_store_changed(struct trace_store *s);
/* Make is about to ask for NAME's time; true: it counts as absent. */
bool trace_store_hides(struct trace_store *s, struct str name);
/* For the overlay of a command that has no trace; NULL: no need. */
const struct files_watch *trace_store_watch(struct trace_store *s);

/* R begins; trace_end ends it. Its watch is for the overlay that R runs in. */
struct trace *trace_begin(struct trace_store *s, const struct make_recipe *r);
const struct files_watch *trace_watch(struct trace *t);
/* R does something that is not told of, or gives something else each time: it is not kept. */
void trace_spoil(struct trace *t, const char *why);
/* R's files are on the disk; STATUS as its end. T is gone then. */
void trace_end(struct trace *t, int status);

#endif
