/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_ADOPT_H
#define CLI_ADOPT_H

#include "base/str.h"

/*
 * A tree whose include/image.mk hands over to imagemk. What was done is in TREE/.imagemk-adopted,
 * which is there before anything else is changed and goes last, so that whatever a kill leaves can
 * be finished or undone. The tree's own image.mk keeps its inode, so bytes, mode and times come
 * back as they were. Every change is one rename: a build never meets half of it. An ImageBuilder
 * also gets a GNUmakefile, which make reads in place of Makefile: several profiles in one run.
 */
#define ADOPT_RECORD ".imagemk-adopted"

enum adopt_state {
	ADOPT_NOT,	/* no record */
	ADOPT_STARTED,	/* a record, and the tree's own image.mk still (or again) in its place */
	ADOPT_WHOLE,
	ADOPT_REPLACED,	/* image.mk is neither the hand-over nor what it took the place of */
	ADOPT_EDITED,	/* handed over, but the kept image.mk is missing or was changed */
};

struct adopt {
	struct arena *mem;
	struct str tree;	/* as given */
	struct str include;	/* the folder that holds image.mk */
	enum adopt_state state;
	/* From the record; unset under ADOPT_NOT. */
	struct str program;	/* absolute path of the imagemk that was named */
	struct str version;	/* of the imagemk that adopted */
	struct str upstream;	/* sha256 of the tree's own image.mk */
	struct str handover;	/* sha256 of the file in its place */
	/* what it may still be when adopting again was cut off; or empty */
	struct str handover_before;
	struct str profiles;	/* sha256 of GNUmakefile; empty when the tree is no ImageBuilder */
	struct str profiles_before; /* as handover_before */
	struct str link;	/* include/ was a link out of the tree: where it led; else empty */
	struct str link_mtime;	/* its time, "SECONDS.NANOSECONDS" */
	/* On failure: */
	struct str bad;		/* the path that could not be read or written */
	struct str why;		/* a sentence instead of errno's text; or unset */
};

/* Look at TREE. False with a->bad and a->why, or errno, when it is no tree or can't be read. */
bool adopt_look(struct adopt *a, struct arena *mem, struct str tree);

/* Hand over to PROGRAM. Wants a state other than ADOPT_EDITED. As adopt_look on failure, and
 * nothing is changed. */
bool adopt_do(struct adopt *a, struct str program);

/* Wants ADOPT_STARTED or ADOPT_WHOLE. As adopt_look on failure. */
bool adopt_undo(struct adopt *a);

/* Is TREE an unpacked ImageBuilder? */
bool adopt_is_imagebuilder(struct arena *mem, struct str tree);

/* The make text of several profiles in one run: that of GNUmakefile. PROGRAM: the imagemk to name
 * in it. */
struct str adopt_profiles_text(struct arena *mem, struct str program);

#endif
