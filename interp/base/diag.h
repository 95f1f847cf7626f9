/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/str.h"

/* A line that a person wrote. file.n == 0: unknown; line 0: the file as a whole. */
struct place {
	struct str file;
	unsigned line;
};

/* A file that a person wrote, or a part of it. */
struct text_file {
	struct str name, text;
	unsigned line;		/* of TEXT's first byte, when OF is NULL */
	const struct text_file *of; /* the file that TEXT is a part of, from byte OF_OFF on */
	size_t of_off;
	const uint32_t *marks;	/* of TEXT, see text_file_mark; or NULL */
	/* of a text that was put together: where each stretch of it was written; no TEXT */
	const struct text_part *parts;
	size_t n_parts;
};

/* One byte of it; IN NULL: unknown. The line is counted only when somebody asks. */
struct spot {
	const struct text_file *in;
	size_t off;
};

/* From byte FROM of a text on (the first: 0): AT and what follows it, or (FIXED) AT alone. */
struct text_part {
	size_t from;
	struct spot at;
	bool fixed;
};

struct place spot_place(struct spot s);
/* Count F's lines once, so that spot_place finds one in it without going through all before. */
void text_file_mark(struct text_file *f, struct arena *mem);
/* The name of the file that S is in; unset: unknown. */
struct str spot_file(struct spot s);
/* Where what S points at was written; S itself unless its text was put together. */
struct spot spot_original(struct spot s);
/* The part of S's text that S is in; the text has parts. */
const struct text_part *spot_part(struct spot s);

/* How evaluation got to a place: innermost first; NULL ends it. */
enum trail_verb { TRAIL_VARIABLE, TRAIL_CALL, TRAIL_FOREACH, TRAIL_INCLUDE };
/* What is called where: the same for all who come by. */
struct trail_step {
	const struct str *what;	/* "Build/check-size", "IMAGE_SIZE" ... */
	const struct text_file *in; /* where that is called: byte OFF of IN; NULL: not known */
	uint32_t off;
	enum trail_verb verb;
};
/* There may be millions. */
struct trail {
	const struct trail *up;
	const struct trail_step *step;
};

/* "call " for TRAIL_CALL and so on. */
const char *trail_word(enum trail_verb verb);

/* Where diagnostics go. One text is one whole diagnostic, newline included. */
struct diag {
	void (*put)(void *ctx, struct str text);
	void *ctx;
};

/*
 * The house form, the only one:
 *   FILE:LINE: TEXT            (just TEXT when the place is unknown)
 *     in WHAT (FILE:LINE)      one line per step of TRAIL
 *     hint: HINT               when HINT is not empty
 */
struct str diag_format(struct arena *mem, struct place at, const struct trail *trail,
		       struct str hint, struct str text);

/* Format and put; MEM holds the text while it is put. */
void diag_say(struct diag *d, struct place at, const struct trail *trail, struct str hint,
	      const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* Write whole texts to descriptor 2. */
struct diag diag_stderr(void);

/*
 * The names of CHOICES (at most MOST, nearest first by edit distance, none farther than half of
 * WORD's length) as "a, b or c"; empty when none is near. For "unknown X; did you mean ...?".
 */
struct str diag_nearest(struct arena *mem, struct str word, const struct str *choices, size_t n,
			size_t most);

#endif
