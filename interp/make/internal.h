/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_INTERNAL_H
#define MAKE_INTERNAL_H

#include <setjmp.h>
#include <time.h>

#include "base/map.h"
#include "base/path.h"
#include "base/vec.h"
#include "make/make.h"

/*
 * The two halves of the room and what they ask of each other.
 * Language: read*.c (reader), variable.c (sets, flavours, origins), expand.c, frame.c (where text
 * comes from), func_*.c, text.c (spans). Graph:    rules.c (recording), implicit.c, graph.c
 * (update), job.c (running), options.c, main.c, vpath.c, print.c.
 */

/* --- variables (language) --- */

enum var_origin { /* in order of precedence, as GNU make's enum variable_origin */
	ORIGIN_DEFAULT,
	ORIGIN_ENV,
	ORIGIN_FILE,
	ORIGIN_ENV_OVERRIDE, /* -e */
	ORIGIN_COMMAND,
	ORIGIN_OVERRIDE,
	ORIGIN_AUTOMATIC,
};

enum var_export { EXPORT_DEFAULT, EXPORT_YES, EXPORT_NO, EXPORT_IF_SET };

/* Where a person wrote something: what a span says without its FROM. */
struct written {
	const struct text_file *in;
	const struct trail *trail;
	uint32_t off;
	/* a variable's VALUE without spans begins so many bytes behind it */
	uint32_t after;
};

static inline struct written written_at(const struct make_span *s)
{
	return (struct written){s->in, s->trail, s->off, 0};
}

static inline struct make_span written_span(const struct written *w)
{
	return (struct make_span){.in = w->in, .off = w->off, .trail = w->trail};
}

/* There is one for each name and one for each automatic variable of a target being made: every byte
 * counts. */
struct variable {
	struct symbol *symbol;	/* its name, interned (expand.h) */
	/* unexpanded when recursive; spans: where it was written; none: behind WRITTEN */
	struct make_text value;
	/* of the definition as messages name it; file.n == 0 for built-in ones */
	struct place at;
	struct written written; /* where a person wrote the operator; AT is that of the $(eval) */
	const struct expr *code;/* VALUE compiled, or NULL */
	/* VALUE's text, when its compiled form is to be kept for others, or NULL */
	struct shared_text *shared;
	uint32_t number;	/* its place in its set */
	uint32_t room,
	    span_room; /* bytes and spans that VALUE's memory has room for; 0: not ours to write */
	unsigned calls : 15;	/* how often it may still expand itself: inside $(call) */
	enum var_origin origin : 3;
	enum var_export export : 2;
	bool used : 1;		/* expanded before; compiled for good the second time */
	bool expanding : 1;	/* being expanded: recursion check */
	bool recursive : 1;	/* `=` flavour */
	bool append : 1;	/* target-specific += that adds to the outer value when looked up */
	bool conditional : 1;	/* target-specific ?= */
	bool is_private : 1;	/* not inherited by prerequisites */
	bool per_target : 1;
	bool imported : 1;	/* made from the environment that make was given */
	/* has side effects or a computed value (.VARIABLES, MAKEFLAGS, ...) */
	bool special : 1;
	bool is_automatic : 1;	/* set for one recipe: scope_leave takes it off */
	/*
	 * VALUE's spans are those of a longer text, in which it begins at byte WRITTEN.off, and
	 * WRITTEN.after bytes before that the operator ends. var_settle makes it as the others are.
	 */
	bool sliced : 1;
};

/* A scope: the global one, or a target's. */
struct var_set {
	struct variable **variables; /* in order of definition; NULL: undefined since */
	struct symbol **symbols;/* theirs */
	size_t n, cap, live;	/* LIVE: those that are not NULL */
	uint32_t *index;	/* by symbol: number + 1; 0 is free; the global set has none */
	size_t slots;		/* a power of two, or 0 so far */
	struct var_set *up;	/* next outer scope; NULL for the global one */
	/* UP belongs to the target that needs this one: private ones don't show */
	bool up_is_parent;
};

enum assign {
	ASSIGN_RECURSIVE,
	ASSIGN_SIMPLE,
	ASSIGN_APPEND,
	ASSIGN_COND,
	ASSIGN_SHELL,
	ASSIGN_NONE
};

/*
 * Start the language: mk->mem, setup, level are set. Makes mk->lang, mk->globals, mk->scope and the
 * variables that are always there (.VARIABLES, .RECIPEPREFIX, .FEATURES).
 */
void language_begin(struct make *mk);
/* After an error: forget the expansions that it cut short. */
void language_reset(struct make *mk);
/*
 * Define what the environment says, with GNU make's exceptions (SHELL, MAKE_RESTARTS, MAKELEVEL).
 */
void var_import_environment(struct make *mk, struct env env);
/*
 * MAKE_VERSION, MAKE_HOST, SHELL, MAKEFILES, $(@D) and so on: after environment and command line.
 */
void var_define_automatic(struct make *mk);
/* The value of .INCLUDE_DIRS: after mk->include_dirs is complete. */
void var_define_include_dirs(struct make *mk);
/* from mk->scope outwards */
struct variable *var_lookup(struct make *mk, struct str name);
/* this set only */
struct variable *var_lookup_in(struct make *mk, const struct var_set *set, struct str name);
/* SET's variables in order of definition, beginning with *POS 0; NULL at the end. */
struct variable *var_next(const struct var_set *set, size_t *pos);
/* Define by assignment KIND with all of GNU make's precedence rules. VALUE is what stands on the
 * right; WRITTEN may be NULL. */
struct variable *var_assign(struct make *mk, struct var_set *set, struct str name, enum assign kind,
			    struct make_text value, enum var_origin origin, struct place at,
			    const struct make_span *written, bool target_specific);
/* Forget NAME in SET when ORIGIN is strong enough. */
void var_undefine(struct make *mk, struct var_set *set, struct str name, enum var_origin origin);
/* Define outright (built-in, automatic and environment variables). */
struct variable *var_set_simple(struct make *mk, struct var_set *set, struct str name,
				struct str value, enum var_origin origin);
struct variable *var_set_recursive(struct make *mk, struct var_set *set, struct str name,
				   struct str value, enum var_origin origin);
/* An automatic variable of the target whose scope is SET. The value is copied. */
enum automatic {
	AUTO_LESS,
	AUTO_STAR,
	AUTO_AT,
	AUTO_PERCENT,
	AUTO_PLUS,
	AUTO_CARET,
	AUTO_QUESTION,
	AUTO_BAR,
	AUTO_COUNT
};
void var_set_automatic(struct make *mk, struct var_set *set, enum automatic which,
		       struct str value);
/* SET's target has no more use for its automatic variables. True: nothing was left in SET, which is
 * gone. */
bool var_scope_leave(struct make *mk, struct var_set *set);
/* V's value gets spans of its own, and WRITTEN its sense. For those who look at these. */
void var_settle(struct make *mk, struct variable *v);
/* V doesn't show in other targets' scopes; a global one (which ?= may come to) in none. */
void var_set_private(struct variable *v, bool is_private);
struct var_set *var_scope_new(struct make *mk, struct var_set *up);
/* The environment for a child of the target whose scope is SCOPE (exports, MAKELEVEL + 1,
 * MAKEFLAGS). */
struct env var_environment(struct make *mk, struct arena *mem, struct var_set *scope);
/* SET's *N variables as GNU make 4.3 has them in its table (order.c). */
struct variable **variables_in_table_order(struct make *mk, struct arena *mem,
					   const struct var_set *set, size_t *n);
/* Add the names of all global variables in that order, a blank between them. */
void variables_put_names(struct make *mk, struct buf *b);
/* A global variable called NAME came, or is to go. */
void variables_list(struct make *mk, struct symbol *name);
void variables_unlist(struct make *mk, const struct symbol *name);
/* LIST's variables, of SCOPE and the scopes around it, whose Ith ends before index SCOPE_ENDS[I],
 * get the order of a child's environment under GNU make 4.3 (order.c). */
void variables_to_table_order(struct make *mk, struct arena *mem, const struct var_set *scope,
			      struct variable **list, const size_t *scope_ends);

/* --- expansion (language) --- */

/* Expand TEXT in mk->scope. Results live in MEM. Errors longjmp to mk->fail (see make_fatal). */
struct str expand(struct make *mk, struct arena *mem, struct str text);
/* SPANS: the result has them. Without, what $(eval) reads on the way still has. */
struct make_text expand_text(struct make *mk, struct arena *mem, struct make_text text,
			     struct place at, bool spans);
/* Are two fifths of this thread's stack used? There the graph has to stop, with an error: the rest
 * is for expansion. */
bool stack_low_for_graph(const struct make *mk);
/* Value of a variable, expanded; empty when undefined. */
struct str expand_var(struct make *mk, struct arena *mem, const char *name);
/* Parse and run TEXT as makefile text (eval). */
void read_eval(struct make *mk, struct make_text text, struct place at, const struct trail *trail);
/* Read makefile NAME; flags as in GNU make's eval_makefile. */
enum {
	READ_NO_ERROR = 1 /* -include */,
	READ_SEARCH = 2 /* along -I */,
	READ_DEFAULT = 4 /* does not set default goal */
};
/* FROM: the include that asks for it, or NULL. */
void read_makefile(struct make *mk, struct str name, unsigned flags, struct place at,
		   const struct make_span *from);
/* A file that can't be opened is only told to rules_makefile; the graph words the error. */
/*
 * Expand lists of names: globs (sorted as glob(3)), ~ ; "./" stripped as GNU make's PARSEFS does.
 */
struct strs name_list(struct make *mk, struct arena *mem, struct str text, bool globs);
/* The same for a single name, which may have blanks in it. */
struct strs name_globs(struct make *mk, struct arena *mem, struct str name);

/* --- messages (graph: message.c) --- */

/* "FILE:LINE: *** TEXT.  Stop." (or "make: *** ...") then unwinds to mk->fail with status 2. */
_Noreturn void make_fatal(struct make *mk, struct place at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* As GNU make's error(): "FILE:LINE: TEXT" or "make: TEXT" / "make[N]: TEXT" on stderr. */
void make_error(struct make *mk, struct place at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* For those who asked (setup->origins): "PREFIX  written at FILE:LINE" and the calls that led
 * there, a line each; else empty. */
struct str make_origin_lines(struct make *mk, struct arena *mem, const struct make_span *s,
			     const char *prefix);
/* The same on stdout (message()). */
void make_message(struct make *mk, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Where the errors of a process go that is started now: 2, or -O's file. */
int output_err(struct make *mk);

/* --- rules (graph), called by the reader --- */

/* Recipe text as read: lines with continuations kept, each with its place and spans. */
struct recipe {
	VEC(struct make_text) lines; /* unexpanded; includes prefix characters */
	struct place at;
	char prefix;		/* .RECIPEPREFIX in force */
};

struct rule_text {
	struct strs targets;	/* expanded, globbed; archive members split up */
	struct str static_pattern; /* target pattern of a static pattern rule, or unset */
	/* expanded once; order-only after a bare '|' ; second expansion is the graph's */
	struct str prereqs;
	bool double_colon, grouped, pattern; /* pattern: every target has % */
	bool no_default_goal;	/* from a makefile read with READ_DEFAULT */
	const struct recipe *recipe; /* NULL: none (not even an empty one) */
	struct place at;	/* for messages */
	struct make_span written;/* the line a person wrote, and how evaluation got there */
};

void rules_record(struct make *mk, const struct rule_text *r);
/* The line of R was read; its recipe not yet. Here a default goal is chosen, as lines between
 * recipes may ask. */
void rules_choose_goal(struct make *mk, const struct rule_text *r);
/* A makefile is about to be read (ERROR 0) or could not be opened (ERROR: errno). NAME: as found
 * along -I; AT: the include line. Call it before the first line of the makefile is evaluated: the
 * graph remakes what was told here. */
void rules_makefile(struct make *mk, struct str name, unsigned flags, int error, struct place at);
/* An object that -load named: it is remade as makefiles are. */
void rules_object(struct make *mk, struct str name);
/* The scope for `TARGET: VAR = value`, or for a pattern with %; the reader then calls var_assign.
 * For a pattern the graph keeps the assignment to replay it: rules_pattern_var, whose name, value
 * and the rest the reader fills in. */
struct var_set *rules_target_scope(struct make *mk, struct str target);
struct pattern_var *rules_pattern_var(struct make *mk, struct str pattern, enum assign kind,
				      struct make_text value, struct place at,
				      const struct make_span *written);
/* Those assignments get the order in which they are applied: shorter patterns first, so that the
 * more specific one is the last and wins. */
void rules_order_pattern_vars(struct make *mk);
/* The names that PATTERN (*, ?, [) matches in mk->cwd, sorted, by listings that are read once per
 * evaluation as GNU make keeps them; false: none. */
/* The members of ARCHIVE that PATTERN matches, as "ARCHIVE(MEMBER)", sorted; false: none. */
bool archive_glob(struct make *mk, struct arena *mem, struct str archive, struct str pattern,
		  struct strs *out);
/* Is NAME "ARCHIVE(MEMBER)"? Then both parts. */
bool archive_name(struct str name, struct str *archive, struct str *member);
bool folder_glob(struct make *mk, struct arena *mem, struct str pattern, struct strs *out);
/* Is there a NAME now? */
bool name_is_there(struct make *mk, struct arena *mem, struct str name);
/* both unset: clear all */
void vpath_directive(struct make *mk, struct str pattern, struct str dirs);

/* Leave, as make_die does, when a fatal signal came. */
void jobs_check_interrupt(struct make *mk);
/* Open NAME with FLAGS, made where it is not there, by the evaluation's umask; -1 and errno. */
int name_create(struct make *mk, struct arena *mem, struct str name, int flags);

/* --- the evaluation --- */

struct options; /* options.c */
struct lang;	/* lang.h */
struct graph;	/* rules.c */

struct make {
	struct arena *mem;		/* the evaluation's */
	const struct make_setup *setup;
	const struct make_host *host;
	const struct make_listener *listener;
	struct str program;		/* "make" */
	unsigned level;			/* MAKELEVEL */
	struct str cwd;
	struct fd_table fds;		/* all its descriptors; of them, as the process has them: */
	int in, out_fd, err_fd;
	bool version_said;
	bool cwd_known;			/* the command line was read, so -C is done */
	struct var_set *globals, *scope;/* scope: where lookups start now */
	struct place at;		/* line being read or expanded, for messages */
	/* of the recipe line being expanded, from 0; AT counts it in */
	unsigned recipe_line;
	const struct trail *trail;
	struct lang *lang;
	struct options *o;
	struct graph *g;
	struct strs include_dirs;
	struct str default_goal;
	bool posix, second_expansion, one_shell, export_all;
	/* mirrors of options that the language reads */
	bool warn_undefined, env_overrides, just_print, silent;
	jmp_buf *fail;			/* where make_fatal goes */
	bool left_out;			/* a recipe was: host->looks has something to say */
	bool exhausted;			/* it ended because there was no more memory */
	int status;			/* exit status of a fatal */
	struct diag out, err;		/* descriptors 1 and 2, whole lines */
};

/* Leave, as jobs_check_interrupt does; where a program may go round and round. */
static inline void make_poll(struct make *mk)
{
	if (mk->setup->interrupted &&
	    atomic_load_explicit(mk->setup->interrupted, memory_order_relaxed))
		jobs_check_interrupt(mk);
}

/* Make is about to look at NAME, to change it: see make_host. */
bool name_counts(struct make *mk, struct str name, enum make_look what);
void name_changes(struct make *mk, struct str name, enum make_change how);
/* Does the host forbid to open NAME for ACCESS? The errno, or 0. */
int name_forbidden(struct make *mk, enum make_access access, struct str name);

#endif
