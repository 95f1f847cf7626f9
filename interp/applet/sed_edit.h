/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_SED_EDIT_H
#define APPLET_SED_EDIT_H

/* A sed script that runs: what sed.c and sed_io.c share. */

#include "applet/sed.h"

/* A line: its text, and whether it had its end. */
struct space {
	struct buf text;
	bool ended;
};

/* Text to put out when the cycle ends: a's text, or r's file. */
struct appended {
	struct str text, file;
};

struct edit {
	struct sed *s;
	struct applet_cx *cx;
	const struct strs *names;
	size_t name;		/* the next file */
	struct str input;	/* what is left of this one */
	struct blob *blob;
	struct str editing;	/* -i: the file under way; unset: none */
	uint64_t line;
	struct space pattern, hold;
	bool replaced;
	struct regex *last_re;
	VEC(struct appended) appended;
	struct sed_output out;
	int status;
};

/* Before more comes: the end that O's last line has not. */
void sed_end_missing(struct edit *e, struct sed_output *o);
/* TEXT to O; ENDED: with the end of a line. */
void sed_put_line(struct edit *e, struct sed_output *o, struct str text, bool ended);
/* TEXT as it is, on the output. */
void sed_put_text(struct edit *e, struct str text);
/* The pattern space, on the output. */
void sed_put_pattern(struct edit *e);
/* What a and r left for the end of the cycle. */
void sed_put_appended(struct edit *e);
/* Carry on what the present file gave: to itself with -i, else to the output. */
void sed_flush(struct edit *e);
void sed_close_file(struct edit *e);
/* The next file; false after a message. */
bool sed_open_next(struct edit *e);
/* What is behind the last line stays to be read, where standard input is a file. */
void sed_give_back(struct edit *e);
/* Is there another line? Within this file only when files are separate. */
bool sed_has_more(struct edit *e);
/* The next line becomes the pattern space, or (APPEND) goes behind it; false: there is none. */
bool sed_read_line(struct edit *e, bool append);

#endif
