/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_PROGRAM_H
#define MAKE_PROGRAM_H

#include <sys/stat.h>

#include "make/lang.h"

/*
 * What is known of text whoever evaluates it: names, logical lines, files taken apart, compiled
 * values. A program serves one evaluation at a time, and any number one after the other.
 */

enum line_kind {
	LINE_BLANK,
	LINE_ASSIGN,
	LINE_DEFINE,
	LINE_UNDEFINE,
	LINE_CONDITIONAL,
	LINE_EXPORT,
	LINE_UNEXPORT,
	LINE_VPATH,
	LINE_INCLUDE,
	LINE_MAY_INCLUDE,	/* -include, sinclude */
	LINE_LOAD,
	LINE_MAY_LOAD,
	LINE_RULE,		/* or what is no line at all */
};

enum cond { COND_IFDEF, COND_IFNDEF, COND_IFEQ, COND_IFNEQ, COND_ELSE, COND_ENDIF, COND_NONE };

/* The conditional that a line begins, or the one behind its `else`. */
struct condition {
	enum cond kind;
	bool bad, bad_second;	/* no first text; no second one */
	bool extra;		/* something stands behind it */
	struct shared_text first, second; /* ifdef: the name; ifeq: what is compared */
};

/* A logical line, as far as it is understood before anything is expanded. */
struct line {
	struct line *next;	/* in its slot */
	struct line *then;	/* the kept line that came behind it the last time, or NULL */
	uint32_t hash;
	enum line_kind kind;
	struct str raw;		/* as written, on N_LINES physical lines */
	unsigned n_lines;
	struct str text;	/* continuations joined, comment off */
	bool rewritten;		/* TEXT is not just RAW's beginning */
	struct make_span
	    *spans; /* a file's line that is rewritten: where TEXT was written, or NULL so far */
	size_t n_spans;
	bool stable;		/* lives as long as the program */
	bool text_stays;	/* TEXT lives as long as the evaluation */
	bool is_endef;		/* ends a define that is ignored */
	struct assignment a;	/* ASSIGN, DEFINE, UNDEFINE */
	struct symbol *symbol;	/* ASSIGN: the name when it is plain, or NULL */
	bool plain;		/* ASSIGN: no modifiers, and a value that is taken as it stands */
	struct shared_text value; /* ASSIGN */
	size_t rest;		/* EXPORT ... MAY_LOAD: behind the first word */
	enum cond word;		/* CONDITIONAL: what it begins with */
	struct condition *cond;	/* CONDITIONAL */
};

/* The lines of a `define` up to its endef. */
struct body {
	struct make_text value;	/* spans without a trail: that of the definition */
	struct shared_text shared;
	size_t next;		/* the script's line behind the endef */
};

/* A logical line of a file. */
struct script_line {
	size_t from, n;		/* in the file's text */
	unsigned number, lines;	/* its first physical line; how many there are */
	struct line *parsed;	/* or NULL so far */
	struct body *body;	/* of the define that begins here, or NULL so far */
};

struct script {
	struct text_file file;	/* as evaluations name it */
	struct str path;	/* from / */
	struct stat seen;
	VEC(struct script_line) lines;
	struct script *older;	/* of the same name, or another one in the slot */
};

enum { SEEN_SLOTS = 1 << 14, READ_SLOTS = 1 << 10 };

struct symbol_slot {
	uint32_t hash;
	uint32_t number;	/* of the symbol, from 1; 0: free */
};

struct make_program {
	struct arena *mem;
	struct symbol_slot *slots; /* open, at most half full */
	size_t n_slots;
	VEC(struct symbol *) symbols;
	struct symbol *digits[10];
	struct line **lines;	/* of $(eval), by text */
	size_t n_line_slots, n_lines, line_bytes;
	uint32_t *seen;		/* hashes of lines that came once */
	struct map *scripts;	/* path -> struct script * */
	uint32_t *read;		/* hashes of the paths of files that were read once */
	struct map *values;	/* text -> struct shared_text *: what listeners ask */
	struct tbuf *pool, *texts; /* to be taken; all there are */
	size_t spared;		/* readings of files that were known */
	bool keeps_files;	/* more evaluations will come */
	bool busy;		/* serves an evaluation */
};

/*
 * A table of SLOTS (*N of them, TYPE *: chained by next, by hash) gets four times as many, in MEM.
 */
#define CHAINS_GROW(mem, type, slots, n)                                           \
	do {                                                                       \
		size_t more = *(n) * 4;                                            \
		type **new_slots = arena_array(mem, type *, more), *link, *behind; \
                                                                                   \
		for (size_t i = 0; i < *(n); i++) {                                \
			for (link = (*(slots))[i]; link; link = behind) {          \
				behind = link->next;                               \
				link->next = new_slots[link->hash & (more - 1)];   \
				new_slots[link->hash & (more - 1)] = link;         \
			}                                                          \
		}                                                                  \
		*(slots) = new_slots;                                              \
		*(n) = more;                                                       \
	} while (0)

/* The program that MK's evaluation uses: SETUP's, or one of its own. */
void program_begin(struct make *mk);
/* Take off what MK's evaluation knows; FAILED: it was cut short. */
void program_end(struct make *mk, bool failed);
/* All texts are free again: after an error, between evaluations. */
void texts_reclaim(struct make_program *p);
/* Give back the memory of large ones; nobody uses any text of P's. */
void texts_shrink(struct make_program *p);
/* Unmap what they hold; how many bytes those are. */
void texts_free(struct make_program *p);
size_t texts_mapped(const struct make_program *p);
/* Forget what $(call) and $(foreach) have bound. */
void program_unbind(struct make_program *p);
/* What $(call) and $(foreach) have bound as things stand. */
struct bound_symbol {
	struct symbol *symbol;
	struct binding *to;
};
struct bound {
	struct bound_symbol *p;
	size_t n, cap;
};
/* After an error in make_try: as things stood when LANG was TO and these names were BOUND. */
void language_unwind(struct make *mk, const struct lang *to, const struct bound *bound);
struct bound program_bound(const struct make_program *p, struct arena *mem);
/* Just that is bound again. */
void program_rebind(struct make_program *p, const struct bound *all);
/* The script of the file that ST describes, or NULL. NAME: as the evaluation calls it. */
struct script *program_script(struct make *mk, struct str name, struct str path,
			      const struct stat *st);
/* Was the file at PATH read before? From now on it was. One that is read once only is not worth
 * keeping. */
bool program_reads_again(struct make *mk, struct str path);
/* Is there one of a file at PATH, as it is or was? */
bool program_has_script(struct make *mk, struct str path);
/* Keep TEXT (in the program's memory) as that of a file. */
struct script *program_add_script(struct make *mk, struct str name, struct str path,
				  const struct stat *st, struct str text);

/* TEXT compiled, for good. */
const struct expr *program_code(struct make *mk, struct str text);

/*
 * The next logical line of SRC into RAW; false at the end. L becomes what it is known to be, or
 * NULL: line_of tells. What $(eval) reads mostly comes in the order in which it came before.
 */
bool line_next(struct make *mk, struct source *src, struct str *raw, struct line **l);
/*
 * RAW, the logical line that SRC is at, understood. In scratch memory unless it is worth keeping.
 */
struct line *line_of(struct make *mk, struct source *src, struct str raw);

/* The condition, in MEM, of L, whose first word FROM..END is l->word. */
void condition_parse(struct arena *mem, struct line *l, size_t from, size_t end);
/* ifdef ... endif; COND_NONE: another word. */
enum cond condition_word(struct str word);

#endif
