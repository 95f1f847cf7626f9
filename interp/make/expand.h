/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_EXPAND_H
#define MAKE_EXPAND_H

#include "make/text.h"

/* Compiled text, what it refers to, and how it becomes text again. */

/* --- names (symbol.c) --- */

/* A value bound by $(call) or $(foreach). */
struct binding {
	struct variable var;
	struct binding *outer;
	struct symbol *symbol;
	unsigned depth;
};

/* A name. It outlives the evaluation (program.h); what one evaluation knows of it is taken off at
 * its end. */
struct symbol {
	struct str name;
	bool scoped;		/* some target has a variable of this name */
	bool touched;		/* listed in lang->touched */
	struct variable *global;
	struct binding *local;
	const struct func *func;
};

/* The scope of a call or foreach (lang.depth) ends; what $(shell) said in it is forgotten. */
void func_leave(struct lang *l);
/* SYM has VALUE, which must last, in a scope that has begun (lang.depth); who ends it sets SYM's
 * local to B->outer. */
void func_bind(struct make *mk, struct binding *b, struct symbol *sym, struct make_text value);
struct symbol *symbol_of(struct make *mk, struct str name);	/* made when missing */
struct symbol *symbol_find(const struct make *mk, struct str name); /* or NULL */
struct symbol *symbol_in_program(struct make_program *p, struct str name); /* made when missing */
/* S gets a meaning in this evaluation. */
void symbol_touch(struct make *mk, struct symbol *s);

/* --- where text being expanded comes from (frame.c) --- */

enum frame_kind { FRAME_TOP, FRAME_VARIABLE, FRAME_CALL, FRAME_FOREACH, FRAME_ARGUMENT };

struct frame {
	const struct make_span *spans;
	size_t n_spans, span;	/* SPAN: the one looked at last; text is mostly read forwards */
	size_t base;		/* of the text that SPANS speak of: where this one begins */
	struct make_span here;	/* when there are no spans */
	struct frame *up;	/* whose text refers to this one, at byte REF */
	size_t ref;
	enum frame_kind kind;
	const struct symbol *symbol; /* VARIABLE, CALL, FOREACH */
	struct str value;	/* FOREACH */
	const struct trail *made; /* built when first needed */
};

/* How evaluation got into FR's text. */
const struct trail *frame_trail(struct make *mk, struct frame *fr);
/* Where byte OFF of FR's text was written, how we got there. */
struct make_span frame_origin(struct make *mk, struct frame *fr, size_t off);
/* The same with the trail of FR's spans. */
struct make_span frame_spot(struct frame *fr, size_t off);
/* What comes now belongs to byte OFF of FR's text. */
void frame_mark(struct make *mk, struct tbuf *out, struct frame *fr, size_t off);
struct frame frame_of(const struct make *mk, struct make_text text);
/* The same as OUT wants it: perhaps without the frames' trails. */
struct make_span frame_origin_for(struct make *mk, const struct tbuf *out, struct frame *fr,
				  size_t off);
/* Which of FR's spans byte OFF lies in. */
size_t frame_span(struct frame *fr, size_t off);

/* --- compiled text (compile.c, expand.c) --- */

enum node_kind { NODE_TEXT, NODE_VARIABLE, NODE_COMPUTED, NODE_SUBST, NODE_FUNC, NODE_UNCLOSED };

struct expr {
	const struct node *first;
	struct str text;	/* the source */
	size_t off;		/* of TEXT in what was compiled */
};

struct node {
	const struct node *next;
	enum node_kind kind : 8;
	char close;		/* UNCLOSED */
	unsigned off;		/* in what was compiled */
	struct str text;	/* TEXT: with one dollar for two; SUBST: the pattern */
	union {
		struct { /* TEXT */
			struct str source;	/* as written */
			/* to point into, when it lasts and is not as written; or NULL */
			struct text_file *file;
		};
		struct { /* VARIABLE, SUBST */
			struct symbol *symbol;
			struct str with;	/* SUBST: the replacement */
		};
		struct { /* FUNC, COMPUTED; UNCLOSED: FUNC or NULL */
			const struct func *func;
			struct expr *args;	/* COMPUTED: the name */
			size_t n_args;
		};
	};
};

/* A text that outlives the evaluation, and its compiled form once that was asked for. */
struct shared_text {
	struct str text;
	size_t off;		/* of TEXT in the frame that it runs in */
	const struct expr *code;/* or NULL */
};

/* T compiled, for good. */
const struct expr *shared_code(struct make *mk, struct shared_text *t);
/* TEXT, whose first byte is byte OFF of the frame it will run in; nodes in MEM, bytes in TEXT. */
struct expr *compile(struct make *mk, struct arena *mem, struct str text, size_t off);
/*
 * TEXT compiled and run piece by piece, when it is to be run once: a long one takes little memory.
 */
void compile_and_run(struct make *mk, struct tbuf *out, struct str text, size_t off,
		     struct frame *fr);
void expand_run(struct make *mk, struct tbuf *out, const struct expr *e, struct frame *fr);
/* Compile and run. */
void expand_into(struct make *mk, struct tbuf *out, struct str text, size_t off, struct frame *fr);
/* A reference to NAME by FR's text at REF, as $(NAME) does. */
void expand_symbol(struct make *mk, struct tbuf *out, struct symbol *sym, struct frame *fr,
		   size_t ref);
void expand_variable(struct make *mk, struct tbuf *out, struct variable *v, struct frame *fr,
		     size_t ref);
/* As expand_variable, but the trail says "call NAME". */
void expand_call(struct make *mk, struct tbuf *out, struct variable *v, struct frame *fr,
		 size_t ref);
/* TEXT unexpanded; FR's spans are set to its. */
void expand_literal(struct make *mk, struct tbuf *out, struct make_text text, struct frame *fr);
/* The place for errors in expansions: of the variable being expanded, else of the line. */
struct place expand_place(const struct make *mk);
/* Stop with an error when WHAT nests so deeply that the stack is about to end. */
void expand_check_stack(struct make *mk, const char *what);
/* Learn where this thread's stack ends. */
void expand_learn_stack(struct make *mk);

/* --- functions (func_*.c) --- */

struct fcall {
	const struct node *node;
	struct frame *fr;
	const struct str *v;	/* expanded arguments; NULL for raw functions */
	size_t n;
	const struct tbuf *args;/* that hold them, with spans */
};

struct func {
	const char *name;
	unsigned min, max;	/* MAX 0: any number */
	bool raw;		/* arguments are expanded by the function */
	bool spans;		/* wants to know where its arguments come from */
	void (*run)(struct make *mk, struct tbuf *out, const struct fcall *c);
};

const struct func *func_find(struct str name);
/* Does F look at its argument I without the blanks around it? Conditions of if, or, and. */
bool func_strips(const struct func *f, size_t i);
/* Call F with arguments that are expanded already: $(call subst,...). */
void func_apply(struct make *mk, struct tbuf *out, const struct func *f, const struct fcall *c);
void func_patsubst_text(struct tbuf *out, struct str text, struct str pattern,
			struct str replacement, struct arena *mem, bool suffixes);

#define FUNC(name) void func_##name(struct make *mk, struct tbuf *out, const struct fcall *c)
FUNC(abspath); FUNC(addprefix); FUNC(addsuffix); FUNC(and); FUNC(basename); FUNC(call); FUNC(dir);
FUNC(error); FUNC(eval); FUNC(file); FUNC(filter); FUNC(filter_out); FUNC(findstring);
FUNC(firstword); FUNC(flavor); FUNC(foreach); FUNC(if); FUNC(info); FUNC(join); FUNC(lastword);
FUNC(notdir); FUNC(or); FUNC(origin); FUNC(patsubst); FUNC(realpath); FUNC(shell); FUNC(sort);
FUNC(strip); FUNC(subst); FUNC(suffix); FUNC(value); FUNC(warning); FUNC(wildcard); FUNC(word);
FUNC(wordlist); FUNC(words);

#endif
