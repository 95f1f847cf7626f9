/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_READ_H
#define MAKE_READ_H

#include "make/text.h"

/* Makefiles line by line: what source.c, read*.c and scan.c share. */

/* --- reading (read*.c) --- */

struct conditionals {
	struct conditionals *outer;
	size_t n, cap;
	unsigned char *ignoring; /* 0: takes lines; 1: not yet; 2: not any more */
	bool *seen_else;
};

struct line;	/* program.h */
struct script;

/* A line of a file that begins with a NUL: its newline in TEXT, and what line GNU make takes it
 * for. */
struct nul_line {
	size_t at;
	unsigned line;
};

/* Text being read: a file, or what $(eval) got. */
struct source {
	struct str text;
	size_t pos, start;	/* where reading goes on; where the logical line began */
	struct place at;	/* of the logical line, as GNU make counts */
	const struct text_file *file; /* TEXT's, or NULL */
	unsigned lines;		/* physical lines of the logical line; 0: none read yet */
	const struct make_span *spans; /* of $(eval) text */
	size_t n_spans;
	/* of SPANS: that of the logical line's first byte, or an earlier one */
	const struct make_span *span;
	const struct trail *trail;
	bool is_file;		/* lines count themselves, and the text stays */
	/* the file as logical lines, or NULL: TEXT is taken apart on the way */
	struct script *script;
	size_t next;		/* of SCRIPT's lines: the one to be read next */
	struct line *last;	/* of $(eval): the kept line before this one, or NULL */
	VEC(struct nul_line) nuls;
	size_t nuls_said;
};

struct reader {
	struct source *src;
	struct conditionals cond;
	struct rule_text rule;	/* whose recipe is being read */
	struct recipe *recipe;	/* of it; NULL: no line yet */
	bool in_rule;
	bool ignoring, in_ignored_define, no_targets;
	unsigned flags;
	/* of the last line that was for a variable of a target, if that is a plain name: all up to
	 * the colon, and the name */
	struct str front, target;
};

/* A line that assigns, its modifiers taken off. */
struct assignment {
	bool assigns, is_export, is_override, is_private, is_define, is_undefine;
	size_t from;		/* where the name begins */
	size_t name_n;		/* bytes of the unexpanded name */
	size_t value;		/* where the value begins */
	enum assign kind;
};

void read_source(struct make *mk, struct source *src, unsigned flags);
/* The warnings about NULs in the lines up to byte TO of SRC's text, with LINE as number, or their
 * own (0). */
void source_say_nuls(struct make *mk, struct source *src, size_t to, unsigned line);
/* The next logical line of SRC; false at the end. */
bool source_line(struct source *src, struct str *raw);
/* RAW, a stretch of SRC's logical line, appended to OUT with its spans. */
void source_put(const struct source *src, struct str raw, struct tbuf *out);
/* All of SRC's text up to the end of the logical line RAW, with the spans of the line. HERE holds a
 * single one. */
struct make_text source_upto(struct make *mk, struct source *src, struct str raw,
			     struct make_span *here);
/* TEXT with its continuations joined. */
void source_join(struct make *mk, struct make_text text, struct tbuf *out);

/* L is a conditional, TEXT its text; do we ignore lines now? -1: bad syntax. */
int read_conditional(struct make *mk, struct reader *r, const struct line *l,
		     struct make_text text);
void conditionals_end(struct make *mk, struct reader *r);
/* Is the line RAW, not looked at yet, for a variable of the same target as the line for one before
 * it, R's, and written so in the same way? Then it is read. */
bool read_same_target(struct make *mk, struct reader *r, struct str raw);
void read_rule(struct make *mk, struct reader *r, struct str raw);
/* Hand the rule that was being read to the graph. */
void flush_rule(struct make *mk, struct reader *r);
void add_recipe_line(struct make *mk, struct reader *r, struct make_text text);

struct assignment scan_assignment(struct str line);
/* NAME OP VALUE from byte FROM of TEXT on? */
bool scan_definition(struct str text, size_t from, struct assignment *a);
/* L assigns, TEXT is its text with spans, from byte SHIFT on. */
void read_assignment(struct make *mk, const struct line *l, struct make_text text, size_t shift);
/* L, a kept and plain line that SRC is at, gives an ordinary global variable another value; false:
 * it is not that simple. */
bool read_plain(struct make *mk, struct source *src, const struct line *l);
void read_undefine(struct make *mk, struct make_text line, const struct assignment *a);
void read_target_assignment(struct make *mk, struct strs targets, struct make_text text,
			    const struct assignment *a);
void read_define(struct make *mk, struct reader *r, struct make_text line,
		 const struct assignment *a);
/* Where byte OFF of a line was written; the line being read when the line has no spans. */
struct make_span text_origin(const struct make *mk, struct make_text text, size_t off);
/* N bytes of TEXT from FROM on, expanded; to be given back. */
struct tbuf *expand_part(struct make *mk, struct make_text text, size_t from, size_t n, bool spans);

/* --- scanning (scan.c) --- */

bool scan_space(char c);		/* isspace */
bool scan_blank(char c);		/* space, tab */
size_t scan_skip_space(struct str s, size_t i);
size_t scan_token_end(struct str s, size_t i);
/* The index behind the reference whose '$' is at I. */
size_t scan_reference(struct str s, size_t i);
/*
 * The first of STOPS (one byte or two) in T from FROM on that no backslash quotes, or SIZE_MAX;
 * quoting backslashes are taken out. SKIP: not inside references.
 */
size_t scan_unquoted(struct tbuf *t, size_t from, const char *stops, bool skip);
/* The same of S, which has no backslash from FROM on. */
size_t scan_stop(struct str s, size_t from, const char *stops, bool skip);
/* The first % that no backslash quotes, its quotes taken out of *S (in MEM); -1: none. */
ptrdiff_t scan_percent(struct arena *mem, struct str *s);
enum scan_word { WORD_END, WORD_TEXT, WORD_COLON, WORD_SEMICOLON, WORD_ASSIGN };
enum scan_word scan_rule_word(struct str s, size_t *from, size_t *n);

#endif
