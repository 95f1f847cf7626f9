/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_REPORT_H
#define IMAGE_REPORT_H

#include "blob/files.h"
#include "make/make.h"

/*
 * What became of every image of a run: a listener of make/ that collects, for each device and
 * image, whether it was built, dropped (too big) or failed, with limit, size, time and the line at
 * fault. Writes build-report.json and prints the table. Knows image.mk's names in order to report,
 * not in order to build.
 */
struct report;

struct report_options {
	bool strict;	/* a dropped image makes report_finish return 1 */
	bool progress;	/* a line on the terminal that says what is being built */
	bool quiet;	/* no table */
	/* where what is not shown on descriptor 1 goes: only what was not built, and the count; 0:
	 * nowhere */
	int others;
};

struct report *report_new(const struct report_options *options);
void report_free(struct report *r);

/* The callbacks to give to make_run; valid as long as R. */
const struct make_listener *report_listener(struct report *r);

/* A recipe wrote TEXT on standard error while running line LINE. Any thread. */
void report_said(struct report *r, struct str target, size_t line, struct str text);

/* RECIPE's line LINE has run; what its target is by now is in FILES, or on the disk. Any thread. */
void report_wrote(struct report *r, const struct make_recipe *recipe, size_t line,
		  struct files *files);

/*
 * The run is over with make's STATUS: print the table on descriptor 1, or its end on `others` (when
 * there is an image) and write DIR/build-report.json, whole or not at all, if DIR exists. The exit
 * status of the run: STATUS, or 1 for a dropped image under strict, or 1 when the report can't be
 * written.
 */
int report_finish(struct report *r, struct str dir, int status);

/* Did the run make images? */
bool report_has_images(const struct report *r);
/* Was one of them dropped? */
bool report_has_dropped(const struct report *r);

/* The report that report_finish wrote as JSON; NULL when it is none of this version. report_free
 * it. */
struct report *report_read(struct str json);

/*
 * Of the image FILE of DEVICE: the Ith stretch of its bytes, and the step of its chain, numbered
 * from 1, that wrote it. False: there are not so many, or it is not known.
 */
bool report_part(const struct report *r, struct str device, struct str file, size_t i,
		 uint64_t *offset, uint64_t *size, struct str *step, unsigned *number);

/* For people: the table and, for each image that was not built, where, by which command and why. In
 * MEM. */
struct str report_show(struct report *r, struct arena *mem, bool colour);

#endif
