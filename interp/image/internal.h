/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_INTERNAL_H
#define IMAGE_INTERNAL_H

#include <pthread.h>

#include "base/map.h"
#include "base/vec.h"
#include "blob/blob.h"
#include "image/report.h"

/* IGNORED: built, but what was to bring it into BIN_DIR failed and make was told to ignore that
 * (.IGNORE). */
enum verdict { VERDICT_BUILT, VERDICT_DROPPED, VERDICT_FAILED, VERDICT_IGNORED, VERDICTS };

/* A stretch of an image that one step of its chain wrote last; the steps are numbered from 1. */
struct step_part {
	uint64_t offset, size;	/* bytes */
	struct str step;	/* "pad-to" */
	unsigned number;
};

/* One image of one device, as its recipe in KDIR/tmp left it. */
struct image_verdict {
	struct str device;	/* DEVICE_NAME; empty outside a device */
	struct str title, board; /* DEVICE_TITLE; BOARD/SUBTARGET */
	struct str file;	/* name of the image */
	struct str filesystem;	/* may be empty */
	enum verdict verdict;
	/* bytes; of a dropped image what it would have been; 0: not known */
	uint64_t size;
	uint64_t limit;		/* bytes; 0: none known */
	uint64_t over;		/* bytes above the limit; 0: none or not known */
	double seconds;		/* wall clock of the recipe */
	/* its recipe was left out; the file is there, or not, as before */
	enum { KEPT_NOT, KEPT_THERE, KEPT_GONE } kept;
	struct str step;	/* the macro at fault: "Build/check-size"; empty when none */
	struct str place;	/* FILE:LINE of that step, below TOPDIR where it is */
	struct place at;	/* the same */
	/* the step within its chain and the chain's line; NULL when unknown */
	struct trail *trail;
	struct str topdir;	/* of the tree; may be empty */
	/* what the line at fault said, at most SAID_MOST bytes of its end; may be empty */
	struct str message;
	struct str command;	/* the line that failed, verbatim; empty when none */
	VEC(struct step_part) layout; /* who wrote which bytes; none: not known */
};

/* What a recipe said that matters for its verdict: all of one line, the last or the one that told
 * of a size. */
struct said {
	size_t line;		/* index of the recipe line */
	bool too_big;		/* it said so */
	uint64_t size, limit, over; /* what it told of them; 0: nothing */
	struct str text;
	char *room;		/* SAID_MOST bytes, or NULL so far */
	struct said *next;	/* of those that are free */
};

enum { SAID_MOST = 16384 };

/* Line LINE of the recipe said TEXT, too (said.c). */
void said_add(struct said *s, struct arena *mem, size_t line, struct str text);

struct report {
	struct arena *mem;	/* all below; guarded by lock */
	pthread_mutex_t lock;
	struct report_options options;
	struct make_listener listener;
	VEC(struct image_verdict) images;
	/* target -> struct said *: what its recipe said, the telling part */
	struct map *said;
	struct said *spare;	/* of recipes that have ended */
	struct map *layouts;	/* target -> struct layout *, while its recipe runs */
	struct str device;	/* whose block is being read */
	struct map *origins;	/* "DEVICE\tVARIABLE" -> where it was set; blame.c */
	unsigned done;
};

/* A variable was set while the Makefiles are read. */
void blame_variable(struct report *r, struct str name, struct str value,
		    const struct make_span *span);
/* Fill V's place, step, command and trail for line LINE of the recipe. */
void blame_line(struct report *r, struct image_verdict *v, const struct make_recipe *recipe,
		size_t line);
/* The name of the step that LINE of RECIPE belongs to, without "Build/", and its number; empty: to
 * none. */
struct str blame_step(const struct make_recipe *recipe, size_t line, unsigned *number);
/* Where the limit of V comes from, for a hint. */
struct str blame_limit(struct report *r, const struct image_verdict *v);

/* Fill in what OLD, the report of the run before, says of the images whose recipes were left out.
 * DIR: BIN_DIR. */
void report_recall(struct report *r, struct str old, struct str dir);
/* "a.bin is too big: 9 bytes, limit 8 (1 over); the image was dropped" and its like, as far as the
 * numbers are known. */
struct str report_reason(struct arena *mem, const struct image_verdict *v);
/*
 * The report as JSON text (report_version 1), devices by name; what OLD, the last run's text (may
 * be empty), says of images that this run had no need to make is kept.
 */
struct str report_json(struct report *r, struct arena *mem, struct str old, int status);
/* The table for people. COLOUR: escape sequences for a terminal; BRIEF: without what was built. */
struct str report_table(struct report *r, struct arena *mem, bool colour, bool brief);
const char *report_verdict_name(enum verdict v);

/* --- layout.c --- */

/* Bytes of a target, and the last line of its recipe that wrote them. */
struct layout_piece {
	uint64_t offset, size;
	size_t line;
};

struct layout_pieces {
	struct layout_piece *p;
	size_t n, cap;
};

struct layout;
struct layout *layout_new(void);
void layout_free(struct layout *l); /* NULL is allowed */
/* After LINE the target has the bytes NOW (borrowed). */
void layout_wrote(struct layout *l, size_t line, struct blob *now);
const struct layout_pieces *layout_pieces(const struct layout *l);

#endif
