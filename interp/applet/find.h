/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_FIND_H
#define APPLET_FIND_H

/* find's expression: find_parse.c reads it, find.c evaluates it. */

#include "applet/internal.h"

enum kind {
	AND,
	OR,
	NOT,
	TRUE,
	FALSE,
	NAME,
	INAME,
	PATH,
	IPATH,
	LNAME,
	TYPE,
	XTYPE,
	PERM,
	NEWER,
	EMPTY,
	SIZE,
	LINKS,
	PRINT,
	PRINT0,
	PRINTF,
	DELETE,
	PRUNE,
	EXEC,
	EXEC_MANY,
};

struct node {
	enum kind kind;
	struct node *a, *b;
	struct str text;
	char how;		/* - / + or 0 */
	uint64_t n, unit;
	mode_t mode;
	struct timespec when;
	struct strs argv, batch;
};

struct find {
	struct applet_cx *cx;
	size_t at;
	bool unknown, acts, depth, prunes, deletes, shows_folder;
	char links;		/* H: those that PATHs are, are followed, L: all, P: none */
	uint64_t least, most;
	VEC(struct node *) many;	/* -exec ... + */
	struct buf out;
	struct str root;		/* the PATH that is walked */
	int status;
};

/* Is there another word? */
bool find_more(const struct find *f);
/* The words from F's AT on, to the end or to what is none of it; F's UNKNOWN: not known, or not
 * done here. */
struct node *find_expression(struct find *f);

#endif
