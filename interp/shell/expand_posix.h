/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_EXPAND_POSIX_H
#define SHELL_EXPAND_POSIX_H

#include "shell/internal.h"

/* Between expand_posix.c (words, fields) and value_posix.c (${...}). */

/* Within a string that is being expanded: the next byte was quoted; a quote stood here. */
#define ESCAPE '\x81'
#define MARK '\x88'

enum {
	X_FULL = 1 /* to be split, and patterns */,
	X_CASE = 2 /* a pattern */,
	ESCAPES = X_FULL | X_CASE,
	X_QUOTED = 4,
	X_WORD = 8 /* of ${x-WORD}: unquoted text is split */,
	X_TILDE = 16 /* at the start */,
	X_ASSIGN = 32 /* and behind ':' */
};

struct region {
	size_t from, to;
	bool nul_only; /* of "$@": only the NULs between parameters count */
};

struct posix {
	struct shell *sh;
	struct buf text;
	VEC(struct region) regions;
	bool literal; /* no patterns */
};

/* Each false after a message and a change of flow. */
bool posix_word(struct posix *e, const struct word *w, unsigned flags);
bool posix_param(struct posix *e, const struct param *p, unsigned flags);

/* Is C one that ESCAPE stands before when it was quoted, or anyway? */
bool posix_special(char c, bool quoted);
/* S behind the text, with what FLAGS want before its special bytes. */
void posix_put(struct posix *e, struct str s, unsigned flags);
/* A region from FROM to the end of the text. */
void posix_region(struct posix *e, size_t from, bool nul_only);
/* Forget the regions behind FROM; one that only touches it may stay, as dash has it. */
void posix_drop_regions(struct posix *e, size_t from);
struct str posix_unescape(struct shell *sh, struct str s);
/* With backslashes. */
struct str posix_pattern_of(struct shell *sh, struct str s);
/* Where a tilde and USER lead; unset: nowhere. In expand.c. */
struct str home_of(struct shell *sh, struct str user);
/* [^x] is no negation in dash. */
struct str posix_caret(struct shell *sh, struct str pattern);

/* The whole of a word: as fields, as a string. */
bool posix_fields(struct shell *sh, const struct word *w, struct strs *out);
bool posix_string(struct shell *sh, const struct word *w, unsigned flags, struct str *out);
/* MOST fields of what `read` got; ESCAPED, as long as TEXT, says what a backslash protects. */
void posix_read(struct shell *sh, struct str text, const char *escaped, size_t most,
		struct strs *out);

#endif
