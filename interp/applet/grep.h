/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_GREP_H
#define APPLET_GREP_H

/* A run of grep: what grep.c (its words), grep_match.c and grep_search.c share. */

#include "applet/regex.h"

struct pattern {
	struct str text;
	struct regex *re;	/* NULL: fixed */
	bool alone;		/* for -w: fixed, or it refers back to a part of its match */
};

struct grep {
	struct applet_cx *cx;
	VEC(struct pattern) patterns;
	bool extended, fixed, any_case, invert, words, whole;
	bool count, only, quiet, silent, list, list_others, numbers, offsets, text;
	bool unseen; /* what is found goes to /dev/null: the first of each file is enough */
	int names;		/* 'H', 'h', or 0: when there are several files */
	uint64_t most;
	char end;
	uint64_t before, after;
	bool loose;		/* -w: is there a whole word at all, not by longest matches only */
	bool around, parted;	/* lines around are asked for; there was such a group */
	bool skip_binary, nul_names;
	struct str label;
	struct buf out;
	size_t rest;		/* bytes behind the last line that was selected */
	bool found, failed;
	bool has_pattern;
};

/* --- grep_match.c --- */

/* The patterns' texts as what is looked for; false: the real tool is to run. */
bool grep_compile(struct grep *g);
/* The leftmost match from FROM on, the longest of those. */
bool grep_find(struct grep *g, struct str line, size_t from, size_t *so, size_t *eo);

/* --- grep_search.c --- */

/* Is there a NUL not near the start? GNU grep takes what is in front of it for text. */
bool grep_late_nul(struct grep *g, const struct strs *names);
/* The lines of NAME ("-": the input), into the output or its buffer. */
void grep_file(struct grep *g, struct str name, bool show_name);

#endif
