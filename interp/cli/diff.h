/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_DIFF_H
#define CLI_DIFF_H

#include "cli/survey.h"
#include "firmware/differ.h"

/* One run of imagemk diff. Text or JSON goes to OUT; nothing is printed before the end. */
struct diff_run {
	struct command_cx *cx;
	struct arena *mem;
	struct confine_options confined;
	struct str jobs;	/* -j's value; unset: not given */
	bool json, verbose;
	struct strs wanted;	/* operands behind OLD and NEW: targets and devices */
	struct buf out;
};

/* OLD or NEW as given. */
struct diff_side {
	struct str given;
	struct str path;	/* without "@REV" */
	struct str rev;		/* unset: what is on the disk */
	bool folder;
};

/* Exit statuses, as diff(1)'s: 0 the same, 1 not, 2 trouble. */
int diff_images(struct diff_run *r, const struct diff_side *old, const struct diff_side *new);
int diff_folders(struct diff_run *r, const struct diff_side *old, const struct diff_side *new);
int diff_trees(struct diff_run *r, const struct diff_side *old, const struct diff_side *new);

/* --- diff_lines.c --- */

/* Differences as lines, each INDENT deep. */
void diff_text(struct buf *out, const struct firmware_differences *d, int indent);
/* The same as a JSON list. */
void diff_json(struct buf *out, const struct firmware_differences *d);
/* "KEY": S, or null when it is unset. */
void diff_json_key(struct buf *out, const char *key, struct str s);

#endif
