/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_LANG_H
#define MAKE_LANG_H

#include "make/expand.h"
#include "make/read.h"

/* What the files of the language half share: text.h, expand.h, read.h, and what follows. */

/* --- variables (variable.c, language.c, environ.c) --- */

struct variable *symbol_lookup(struct make *mk, struct symbol *sym);
struct variable *symbol_in(const struct var_set *set, const struct symbol *sym); /* or NULL */
/* V is SET's from now on; the set has none of its name. */
void set_put(struct make *mk, struct var_set *set, struct variable *v);
/* Undefine V of SET. */
void set_remove(struct make *mk, struct var_set *set, struct variable *v);
/* What assignment does once the name is known. STABLE: VALUE outlives the evaluation. */
struct definition {
	struct make_text value;
	/* VALUE's spans are those of a longer text, in which it begins there: to be expanded */
	size_t base;
	enum assign kind;
	enum var_origin origin;
	struct place at;	/* for messages */
	struct make_span written; /* where a person wrote the line */
	uint32_t after;		/* WRITTEN.after of the variable */
	struct shared_text *shared; /* VALUE's bytes are this one's, or NULL */
	bool target_specific;
	bool stable, stable_spans; /* VALUE's bytes, its spans live as long as the evaluation */
};
struct variable *var_do(struct make *mk, struct var_set *set, struct symbol *sym,
			const struct definition *d);
void var_warn_undefined(struct make *mk, struct str name);
/* A value that reading it computes, or a side effect of setting it. */
struct variable *special_get(struct make *mk, struct variable *v);
void special_set(struct make *mk, struct variable *v);
/* $(shell TEXT)'s text. TRIM: without any newline at its end, else without one. */
void shell_result(struct make *mk, struct tbuf *out, struct str text, bool trim);

/* --- lists of names (names.c) --- */

enum {
	NAMES_GLOB = 1,
	NAMES_EXIST = 2 /* drop what isn't there */,
	NAMES_KEEP_DOT = 4,
	NAMES_NO_ARCHIVE = 8,
	NAMES_ONE_WORD = 16
};

struct strs names_parse(struct make *mk, struct arena *mem, struct str text, unsigned flags);
void names_glob(struct make *mk, struct arena *mem, struct str name, unsigned flags,
		struct strs *out);
struct str names_tilde(struct make *mk, struct arena *mem, struct str name);
/* Free what is not in mk->mem. */
void language_end(struct make *mk);
/* NAME for the system: as seen from mk->cwd, NUL behind it. */
struct str names_at(struct make *mk, struct arena *mem, struct str name);

/* --- the language's own state --- */

enum {
	CALLS_MOST = 32767,
	STACK_SPARE = 256 << 10,
	TRAIL_BITS = 10,
	STEP_BITS = 12,
	FOREACH_WORDS = 1024
};

/* Some of the trails and steps that were made, by what they say. */
struct trails {
	struct trail_slot {
		const struct trail *up;
		const struct trail_step *step;
		const struct trail *trail; /* of these two, which it need not be asked for */
	} made[1 << TRAIL_BITS];
	const struct trail_step *steps[1 << STEP_BITS];
	/* what steps of $(foreach) say: "var=word", by the word */
	const struct str *words[FOREACH_WORDS];
};

struct lang {
	struct make_program *program;
	VEC(struct symbol *) touched; /* that this evaluation has given a meaning */
	struct arena *scratch;	/* released after each statement */
	unsigned depth;		/* of bindings */
	unsigned within;	/* makefiles, one in the other */
	unsigned within_most;	/* as many as GNU make can open; 0: not looked yet */
	/* those at or below BASE come behind targets' variables, HIDDEN: don't show */
	unsigned base, hidden;
	uintptr_t stack_floor;	/* below it expansion must not go */
	uintptr_t stack_graph;	/* nor the graph below this */
	VEC(struct variable *) running; /* recursive variables being expanded */
	struct symbol *automatic[AUTO_COUNT]; /* $@ and so on */
	VEC(struct variable *) free_automatic; /* with their values' memory */
	struct var_set *free_sets; /* empty ones, linked by UP */
	/* where a function stands that the host is asked about; IN NULL: none, or not known */
	struct make_span asked;
	struct symbol *status;	/* .SHELLSTATUS, once $(shell) ran in a $(call) or $(foreach) */
	size_t call_args;	/* most arguments of the calls around */
	struct trails *trails;	/* NULL so far */
	const struct place *expanding;	/* of the innermost variable being expanded that has one, or
					 * NULL; it  may get another meanwhile, by $(eval) */
	const struct make_trial *trial; /* somebody hears what is referred to; or NULL */
	/* a function did something else than give a text, or asked for what may change */
	bool acted;
	bool reading;		/* mk->at is set */
	bool trying;		/* within make_try: $(file) writes nothing */
	bool spans;
	/* arguments of $(call) know where they come from, even if nobody asks: for an $(eval) */
	bool trace_args;
	char prefix;		/* .RECIPEPREFIX */
	unsigned globals_changed, variables_made; /* for .VARIABLES */
	struct var_table *table; /* the same, see order.c; or NULL */
	struct buf variables;	/* its value */
	struct str env_shell;	/* SHELL of the environment, or unset */
};

#endif
