/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_SORT_H
#define APPLET_SORT_H

#include "applet/internal.h"

/* How two keys are compared (sort_order.c). */
enum {
	SORT_NUMERIC = 1,
	SORT_REVERSE = 2,
	SORT_FOLD = 4,
	SORT_BLANKS_START = 8,
	SORT_BLANKS_END = 16,
	SORT_DICTIONARY = 32,	/* blanks and alphanumeric bytes count */
	SORT_PRINTING = 64,	/* bytes that print count */
	SORT_GENERAL = 128,
	SORT_HUMAN = 256,
	SORT_MONTH = 512,
	SORT_VERSION = 1024,
	SORT_VALUES = SORT_NUMERIC | SORT_GENERAL | SORT_HUMAN | SORT_MONTH | SORT_VERSION,
	SORT_IGNORES = SORT_DICTIONARY | SORT_PRINTING,
};

/* What the letter of an option or key stands for, less b and r; 0: nothing. */
unsigned sort_flag(char letter);
/* May FLAGS stand together? */
bool sort_flags_agree(unsigned flags);
/* Below 0, 0, above 0. */
int sort_compare(struct arena *mem, unsigned flags, struct str a, struct str b);

#endif
