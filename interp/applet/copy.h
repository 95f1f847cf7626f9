/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_COPY_H
#define APPLET_COPY_H

#include "applet/internal.h"
#include "base/map.h"

/* Copying files and trees, for cp, mv across file systems, and install. */

enum copy_follow { FOLLOW_NEVER, FOLLOW_OPERANDS, FOLLOW_ALWAYS };

struct copy {
	struct applet_cx *cx;
	enum copy_follow follow;
	bool recursive, force, no_clobber, update, verbose;
	bool keep_mode, keep_times, keep_owner, keep_links;
	/* a folder and its copy inside itself, which is not copied again */
	struct str operand, top;
	struct map *links;	/* "dev:ino" of what has several names -> struct str, its copy */
};

/* Copy FROM to TO (both as the user wrote them); 0, or 1 after saying why not. */
int copy_path(struct copy *c, struct str from, struct str to);
/* Are the two the same file? */
bool copy_same(const struct files_stat *a, const struct files_stat *b);
/* The target folder and sources of cp, mv, ln, install from their operands. */
struct copy_targets {
	struct str folder;	/* -t FOLDER, or the last operand if that is a folder; else unset */
	struct str last;	/* the target when there is no folder */
	size_t sources;		/* how many of the operands are sources */
};
/* False (said, exit status 1) when the operands make no sense. PLAIN: -T. */
bool copy_targets(struct applet_cx *cx, const struct opts *o, struct str folder, bool plain,
		  struct copy_targets *out);
/* Where SOURCE goes: into the folder under its own name, or to the target. */
struct str copy_target(struct applet_cx *cx, const struct copy_targets *t, struct str source);
/* Are two SOURCES of one name going into the folder? The real tool watches over that. */
bool copy_twice(struct applet_cx *cx, const struct strs *names, const struct copy_targets *t);

#endif
