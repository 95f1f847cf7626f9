/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_DIFFER_H
#define FIRMWARE_DIFFER_H

#include "firmware/parts.h"

/* What two files differ in, piece by piece (parts.h). */

enum firmware_differs {
	DIFFERS_ADDED, DIFFERS_REMOVED,	/* a piece; NEW or OLD: its size and format */
	DIFFERS_FORMAT,
	DIFFERS_SIZE,		/* bytes */
	DIFFERS_FIELD,		/* NAME */
	DIFFERS_CHECK,		/* what is wrong in one of them */
	DIFFERS_BYTES,		/* NEW: how many of how many, and the first */
	DIFFERS_FILE_ADDED, DIFFERS_FILE_REMOVED, DIFFERS_FILE, /* NAME; what of it: OLD and NEW */
	DIFFERS_LINE_ADDED, DIFFERS_LINE_REMOVED, /* of a text */
	DIFFERS_UNREAD,		/* something could not be compared; NEW: why */
};

struct firmware_difference {
	enum firmware_differs kind;
	struct str where;	/* "kernel > data > unpacked"; empty: the file itself */
	struct str name, old, new; /* may be empty */
};

struct firmware_differences {
	struct firmware_difference *p;
	size_t n, cap;
};

/* What OLD and NEW differ in, behind what is in OUT; in MEM. Nothing is added when all bytes are
 * the same. */
void firmware_differ(struct arena *mem, const struct firmware_piece *old,
		     const struct firmware_piece *new, struct firmware_differences *out);
/* "field", "bytes": the word in JSON. */
const char *firmware_differs_name(enum firmware_differs kind);

#endif
