/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_ENDS_H
#define APPLET_ENDS_H

#include "applet/internal.h"

/* --- ends.c: what head and tail share --- */

struct ends {
	struct applet_cx *cx;
	uint64_t n; /* bytes or lines */
	bool bytes, quiet, verbose;
	bool headed; /* a file was named already */
	char end; /* of a line */
};

/* The options of both; 'n' and 'c' are the applet's to take. */
extern const struct opt ends_options[];
/* Take option ID (q, v, z); false: another one. */
bool ends_take(struct ends *e, int id);
/* DIGITS as the number of -n or -c: 0, APPLET_DECLINE, or 1 after a message that shows SHOWN. */
int ends_take_count(struct ends *e, struct str digits, struct str shown);
/* Is each of OPERANDS named above what is shown of it? */
bool ends_has_headers(const struct ends *e, const struct strs *operands);
/* What messages and headers call the operand NAME. */
struct str ends_shown(struct str name);
/* "cannot open 'NAME' for reading: reason"; returns 1. */
int ends_cannot_open(struct ends *e, struct str name, int err);
/* "error reading 'NAME': reason"; returns 1. */
int ends_cannot_read(struct ends *e, struct str name, int err);
/* Name the operand above what is shown of it, behind an empty line where it is not the first. */
void ends_put_header(struct ends *e, struct str name);

#endif
