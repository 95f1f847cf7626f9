/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_EXPAND_H
#define SHELL_EXPAND_H

#include "shell/internal.h"

/* Between expand.c, expand_many.c and expand_ways.c: a word on its way to fields. */

enum expand_mode {
	EXPAND_FIELDS,
	EXPAND_STRING,
	EXPAND_HERE,
	EXPAND_ASSIGN,
	EXPAND_PATTERN,
	EXPAND_REGEX,
	EXPAND_REPLACE
};

struct expander {
	struct shell *sh;
	enum expand_mode mode;
	struct strs *out;
	struct buf text;    /* the field so far */
	struct buf pattern; /* the same with backslashes, once an active * ? [ was seen */
	bool has_pattern, started;
	bool after_blank; /* the last field was ended by IFS white space */
	/* bash: "x=" at the start of the word, so many bytes; tildes count behind it */
	size_t name;
	struct str ifs;
	bool failed;
	bool mark; /* of bash's case: the quotes at work are marked if they hold nothing */
	bool inside; /* ${x-HERE}, unquoted */
	/* bash, in there, where a $* is and no IFS: is it so? and a field ended, if something
	 * follows it in there */
	bool parts_late, parted;
	bool resplit; /* bash: "${x-HERE}$@" */
	bool whole;   /* bash: nothing is split */
	bool declared; /* bash: the value in a declaration */
	bool of_default; /* the value that ${x=HERE} assigns */
	/* bash: a pattern of case, of whose "$@" only the first counts: nothing that follows it */
	bool first_only, cut;
	const struct word *word; /* at work */
	/* bash: separators to be split at, if something follows in the same quotes */
	struct buf held;
	size_t first;		 /* of OUT, where this word began */
	bool separated;		 /* a separator was passed by that ended nothing */
	/* how many there were, and how long the text was, where these quotes began */
	size_t fields, length;
	bool begun;		 /* whether there was a field, not even an empty one, there */
	bool without;		 /* bash: a "$@" of nothing stood in these quotes */
	bool kept;		 /* ... but one within ${x-..}, which is a field all the same */
};

/* --- expand.c --- */

/* Quoted text: nothing in it is split at or a pattern; empty it begins a field all the same. */
void expand_put_quoted(struct expander *e, struct str s);
/* Unquoted text in which * ? [ are active. */
void expand_put_active(struct expander *e, struct str s);
/* What an unquoted expansion gave: split it. */
void expand_put_expanded(struct expander *e, struct str s);
void expand_end_field(struct expander *e);

/* W, behind what there is; SPLIT_TEXT: its text without quotes is split as well. */
void expand_put_word(struct expander *e, const struct word *w, bool split_text);
/* Part I of W; false after a message. */
bool expand_put_part(struct expander *e, const struct word *w, size_t i, bool split_text);
/* Does a $@, a $* without quotes or a ${x[@]} stand in W, in a ${x-..} as well? */
bool expand_has_many(const struct word *w);

/* --- expand_many.c --- */

/* Does P give one field for each of several values, between quotes? */
bool expand_is_at(const struct param *p);
/* Do the values of P, "$@" or its like, stand there themselves, and not the word of ${@-word}? */
bool expand_stands_for_all(struct shell *sh, const struct param *p);
/* bash: is IFS one that begins with something else than a blank? Then $@ within ${x-..} is parted
 * by blanks. */
bool expand_by_blanks(struct shell *sh);
/* bash: do $* and $@ give no empty fields in W, the word of a ${x-..} without quotes? */
bool expand_parts_late(const struct expander *e, const struct word *w);
/* Split at what was held back. */
void expand_put_held(struct expander *e);
/* The quotes end: the last separator counts no more, of blanks none. */
void expand_drop_held(struct expander *e);
/* The values of PART, which are several or none. */
void expand_put_many(struct expander *e, const struct value *v, const struct part *part);
/* Text within ${x-..} that stands in the quotes of a "$@". */
void expand_put_resplit(struct expander *e, const struct part *part);
/* Is there a "$@" that comes to something in W, in ${..} as well? QUOTES: only between these; 0: in
 * any. */
bool expand_holds_at(struct expander *e, const struct word *w, size_t quotes);

#endif
