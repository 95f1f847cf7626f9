/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_LANG_H
#define MAKE_LANG_H

#include "make/internal.h"

/* What the files of the language half share: names, text with spans, compiled text, functions. */

/* --- text that grows and knows where its stretches come from (text.c) --- */

struct tbuf {
	struct arena *mem;
	char *p;
	size_t n, cap;
	VEC(struct make_span) spans;
	bool want;		/* keep spans */
	bool from_colon;	/* only from the first ':' or ';' on */
	bool no_trails;		/* of arguments, which get the trail of the call: spans have that of the line */
	bool mapped, spans_mapped; /* P, SPANS have outgrown the arena and are pages of their own */
	struct tbuf *next;	/* in the pool */
	struct tbuf *older;	/* made before this one */
};

/* An empty text from the program's pool, to be given back. */
struct tbuf *tbuf_take(struct make *mk, bool want_spans);
void tbuf_give(struct make *mk, struct tbuf *t);
/* tbuf_room when there is none. */
void tbuf_enlarge(struct tbuf *t, size_t n);
/* Room for N bytes and one more. */
static inline char *tbuf_room(struct tbuf *t, size_t n)
{
	if (t->cap - t->n <= n)
		tbuf_enlarge(t, n);
	return t->p + t->n;
}
static inline void tbuf_put(struct tbuf *t, const char *p, size_t n)
{
	char *to = tbuf_room(t, n);

	t->n += n;
	if (n)
		memcpy(to, p, n);
}
static inline void tbuf_str(struct tbuf *t, struct str s)
{
	tbuf_put(t, s.p, s.n);
}
static inline void tbuf_char(struct tbuf *t, char c)
{
	*tbuf_room(t, 1) = c;
	t->n++;
}
static inline struct str tbuf_view(const struct tbuf *t)
{
	return (struct str){t->p, t->n};
}
/* What comes now was written where S says (its FROM does not count). */
void tbuf_mark(struct tbuf *t, const struct make_span *s);
/* tbuf_mark_at when there is no room for a span, or the first one is late. */
void tbuf_new_mark(struct tbuf *t, const struct text_file *in, size_t off, const struct trail *trail);
/* Is there no room for another span as things stand? */
static inline bool tbuf_spans_full(const struct tbuf *t)
{
	return t->spans.n == t->spans.cap || t->n >= MAKE_SPAN_FIXED || (!t->spans.n && t->n);
}
/* tbuf_mark_at when there is. */
static inline void tbuf_note(struct tbuf *t, const struct text_file *in, size_t off, const struct trail *trail)
{
	struct make_span *last = t->spans.p + t->spans.n;

	if (!t->spans.n) {
		t->spans.n = 1;
	} else {
		last--;
		if (last->in == in && last->trail == trail &&
		    (!in || off == last->off + (off & MAKE_SPAN_FIXED ? 0 : t->n - last->from)))
			return;
		if (last->from != t->n) {
			last++;
			t->spans.n++;
		}
	}
	*last = (struct make_span){in, trail, (uint32_t)t->n, (uint32_t)off};
}
/* What comes now was written at byte OFF of IN; T wants to know. */
static inline void tbuf_mark_at(struct tbuf *t, const struct text_file *in, size_t off,
				const struct trail *trail)
{
	if (tbuf_spans_full(t))
		tbuf_new_mark(t, in, off, trail);
	else
		tbuf_note(t, in, off, trail);
}
/* Append TEXT, which was written there. */
static inline void tbuf_put_at(struct tbuf *t, struct str text, const struct text_file *in, size_t off,
			       const struct trail *trail)
{
	tbuf_mark_at(t, in, off, trail);
	tbuf_str(t, text);
}
void tbuf_cut(struct tbuf *t, size_t n);		/* back to length N */
void tbuf_drop(struct tbuf *t, size_t from, size_t n);	/* take N bytes out */
/* Append TEXT with its spans; N bytes of it from FROM on. */
void tbuf_text(struct tbuf *t, struct make_text text);
void tbuf_part(struct tbuf *t, struct make_text text, size_t from, size_t n);
/* An empty text with spans in MEM, no pool's. */
struct tbuf tbuf_in(struct arena *mem);
/* From FROM on, N bytes; spans rebased in MEM. The bytes stay in T. */
struct make_text tbuf_slice(struct arena *mem, const struct tbuf *t, size_t from, size_t n);
/* Index of the span of N that holds byte AT. */
size_t span_index(const struct make_span *spans, size_t n, size_t at);
/* The part of TEXT, spans rebased in MEM. */
struct make_text text_slice(struct arena *mem, struct make_text text, size_t from, size_t n);
/* A copy of text and spans in MEM. */
struct make_text text_dup(struct arena *mem, struct make_text text);
/* A text of N spans, which begins at byte BASE of what they speak of, for a span that stands for all of them. */
const struct text_file *text_joined(struct arena *mem, const struct make_span *spans, size_t n, size_t base);
/* TEXT with the spans that were there before any were joined, in MEM. */
struct make_text text_taken_apart(struct arena *mem, struct make_text text);
/* Without spans. */
struct make_text text_plain(struct str s);

/* --- names (symbol.c) --- */

/* A value bound by $(call) or $(foreach). */
struct binding {
	struct variable var;
	struct binding *outer;
	struct symbol *symbol;
	unsigned depth;
};

/* A name. It outlives the evaluation (program.h); what one evaluation knows of it is taken off at its end. */
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
/* SYM has VALUE, which must last, in a scope that has begun (lang.depth); who ends it sets SYM's local to B->outer. */
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
struct make_span frame_origin_for(struct make *mk, const struct tbuf *out, struct frame *fr, size_t off);
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
			struct text_file *file; /* to point into, when it lasts and is not as written; or NULL */
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
/* TEXT compiled and run piece by piece, when it is to be run once: a long one takes little memory. */
void compile_and_run(struct make *mk, struct tbuf *out, struct str text, size_t off, struct frame *fr);
void expand_run(struct make *mk, struct tbuf *out, const struct expr *e, struct frame *fr);
/* Compile and run. */
void expand_into(struct make *mk, struct tbuf *out, struct str text, size_t off, struct frame *fr);
/* A reference to NAME by FR's text at REF, as $(NAME) does. */
void expand_symbol(struct make *mk, struct tbuf *out, struct symbol *sym, struct frame *fr, size_t ref);
void expand_variable(struct make *mk, struct tbuf *out, struct variable *v, struct frame *fr, size_t ref);
/* As expand_variable, but the trail says "call NAME". */
void expand_call(struct make *mk, struct tbuf *out, struct variable *v, struct frame *fr, size_t ref);
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
void func_patsubst_text(struct tbuf *out, struct str text, struct str pattern, struct str replacement,
			struct arena *mem, bool suffixes);

#define FUNC(name) void func_##name(struct make *mk, struct tbuf *out, const struct fcall *c)
FUNC(abspath); FUNC(addprefix); FUNC(addsuffix); FUNC(and); FUNC(basename); FUNC(call); FUNC(dir);
FUNC(error); FUNC(eval); FUNC(file); FUNC(filter); FUNC(filter_out); FUNC(findstring);
FUNC(firstword); FUNC(flavor); FUNC(foreach); FUNC(if); FUNC(info); FUNC(join); FUNC(lastword);
FUNC(notdir); FUNC(or); FUNC(origin); FUNC(patsubst); FUNC(realpath); FUNC(shell); FUNC(sort);
FUNC(strip); FUNC(subst); FUNC(suffix); FUNC(value); FUNC(warning); FUNC(wildcard); FUNC(word);
FUNC(wordlist); FUNC(words);

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
	size_t base;		/* VALUE's spans are those of a longer text, in which it begins there: to be expanded */
	enum assign kind;
	enum var_origin origin;
	struct place at;	/* for messages */
	struct make_span written; /* where a person wrote the line */
	uint32_t after;		/* WRITTEN.after of the variable */
	struct shared_text *shared; /* VALUE's bytes are this one's, or NULL */
	bool target_specific;
	bool stable, stable_spans; /* VALUE's bytes, its spans live as long as the evaluation */
};
struct variable *var_do(struct make *mk, struct var_set *set, struct symbol *sym, const struct definition *d);
void var_warn_undefined(struct make *mk, struct str name);
/* A value that reading it computes, or a side effect of setting it. */
struct variable *special_get(struct make *mk, struct variable *v);
void special_set(struct make *mk, struct variable *v);
/* $(shell TEXT)'s text. TRIM: without any newline at its end, else without one. */
void shell_result(struct make *mk, struct tbuf *out, struct str text, bool trim);

/* --- reading (read*.c) --- */

struct conditionals {
	struct conditionals *outer;
	size_t n, cap;
	unsigned char *ignoring; /* 0: takes lines; 1: not yet; 2: not any more */
	bool *seen_else;
};

struct line;	/* program.h */
struct script;

/* A line of a file that begins with a NUL: its newline in TEXT, and what line GNU make takes it for. */
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
	const struct make_span *span; /* of SPANS: that of the logical line's first byte, or an earlier one */
	const struct trail *trail;
	bool is_file;		/* lines count themselves, and the text stays */
	struct script *script;	/* the file as logical lines, or NULL: TEXT is taken apart on the way */
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
/* The warnings about NULs in the lines up to byte TO of SRC's text. */
void source_say_nuls(struct make *mk, struct source *src, size_t to);
/* The next logical line of SRC; false at the end. */
bool source_line(struct source *src, struct str *raw);
/* RAW, a stretch of SRC's logical line, appended to OUT with its spans. */
void source_put(const struct source *src, struct str raw, struct tbuf *out);
/* All of SRC's text up to the end of the logical line RAW, with the spans of the line. HERE holds a single one. */
struct make_text source_upto(struct make *mk, struct source *src, struct str raw, struct make_span *here);
/* TEXT with its continuations joined. */
void source_join(struct make *mk, struct make_text text, struct tbuf *out);

/* L is a conditional, TEXT its text; do we ignore lines now? -1: bad syntax. */
int read_conditional(struct make *mk, struct reader *r, const struct line *l, struct make_text text);
void conditionals_end(struct make *mk, struct reader *r);
void read_rule(struct make *mk, struct reader *r, struct str raw);
/* Hand the rule that was being read to the graph. */
void flush_rule(struct make *mk, struct reader *r);
void add_recipe_line(struct make *mk, struct reader *r, struct make_text text);

struct assignment scan_assignment(struct str line);
/* NAME OP VALUE from byte FROM of TEXT on? */
bool scan_definition(struct str text, size_t from, struct assignment *a);
/* L assigns, TEXT is its text with spans, from byte SHIFT on. */
void read_assignment(struct make *mk, const struct line *l, struct make_text text, size_t shift);
/* L, a kept and plain line that SRC is at, gives an ordinary global variable another value; false: it is not that
 * simple. */
bool read_plain(struct make *mk, struct source *src, const struct line *l);
void read_undefine(struct make *mk, struct make_text line, const struct assignment *a);
void read_target_assignment(struct make *mk, struct strs targets, struct make_text text,
			    const struct assignment *a);
void read_define(struct make *mk, struct reader *r, struct make_text line, const struct assignment *a);
/* Where byte OFF of a line was written; the line being read when the line has no spans. */
struct make_span text_origin(const struct make *mk, struct make_text text, size_t off);
/* N bytes of TEXT from FROM on, expanded; to be given back. */
struct tbuf *expand_part(struct make *mk, struct make_text text, size_t from, size_t n, bool spans);

/* --- lists of names (names.c) --- */

enum { NAMES_GLOB = 1, NAMES_EXIST = 2 /* drop what isn't there */, NAMES_KEEP_DOT = 4, NAMES_NO_ARCHIVE = 8,
       NAMES_ONE_WORD = 16 };

struct strs names_parse(struct make *mk, struct arena *mem, struct str text, unsigned flags);
void names_glob(struct make *mk, struct arena *mem, struct str name, unsigned flags, struct strs *out);
struct str names_tilde(struct make *mk, struct arena *mem, struct str name);
/* Free what is not in mk->mem. */
void language_end(struct make *mk);
/* NAME for the system: as seen from mk->cwd, NUL behind it. */
struct str names_at(struct make *mk, struct arena *mem, struct str name);

/* --- scanning (scan.c) --- */

bool scan_space(char c);		/* isspace */
bool scan_blank(char c);		/* space, tab */
size_t scan_skip_space(struct str s, size_t i);
size_t scan_token_end(struct str s, size_t i);
/* The index behind the reference whose '$' is at I. */
size_t scan_reference(struct str s, size_t i);
/*
 * The first of STOPS (one byte or two) in T from FROM on that no backslash quotes, or SIZE_MAX; quoting backslashes are
 * taken out. SKIP: not inside references.
 */
size_t scan_unquoted(struct tbuf *t, size_t from, const char *stops, bool skip);
/* The same of S, which has no backslash from FROM on. */
size_t scan_stop(struct str s, size_t from, const char *stops, bool skip);
/* The first % that no backslash quotes, its quotes taken out of *S (in MEM); -1: none. */
ptrdiff_t scan_percent(struct arena *mem, struct str *s);
enum scan_word { WORD_END, WORD_TEXT, WORD_COLON, WORD_SEMICOLON, WORD_ASSIGN };
enum scan_word scan_rule_word(struct str s, size_t *from, size_t *n);

/* --- the language's own state --- */

enum { CALLS_MOST = 32767, STACK_SPARE = 256 << 10, TRAIL_BITS = 10, STEP_BITS = 12, FOREACH_WORDS = 1024 };

/* Some of the trails and steps that were made, by what they say. */
struct trails {
	const struct trail *made[1 << TRAIL_BITS];
	const struct trail_step *steps[1 << STEP_BITS];
	const struct str *words[FOREACH_WORDS]; /* what steps of $(foreach) say: "var=word", by the word */
};

struct lang {
	struct make_program *program;
	VEC(struct symbol *) touched; /* that this evaluation has given a meaning */
	struct arena *scratch;	/* released after each statement */
	unsigned depth;		/* of bindings */
	unsigned base, hidden;	/* those at or below BASE come behind targets' variables, HIDDEN: don't show */
	uintptr_t stack_floor;	/* below it expansion must not go */
	uintptr_t stack_graph;	/* nor the graph below this */
	VEC(struct variable *) running; /* recursive variables being expanded */
	struct symbol *automatic[AUTO_COUNT]; /* $@ and so on */
	VEC(struct variable *) free_automatic; /* with their values' memory */
	struct var_set *free_sets; /* empty ones, linked by UP */
	struct make_span asked;	/* where a function stands that the host is asked about; IN NULL: none, or not known */
	struct symbol *status;	/* .SHELLSTATUS, once $(shell) ran in a $(call) or $(foreach) */
	size_t call_args;	/* most arguments of the calls around */
	struct trails *trails;	/* NULL so far */
	const struct place *expanding; /* of the innermost variable being expanded that has one, or NULL; it
					* may get another meanwhile, by $(eval) */
	const struct make_trial *trial; /* somebody hears what is referred to; or NULL */
	bool reading;		/* mk->at is set */
	bool trying;		/* within make_try: $(file) writes nothing */
	bool spans;
	bool trace_args;	/* arguments of $(call) know where they come from, even if nobody asks: for an $(eval) */
	char prefix;		/* .RECIPEPREFIX */
	unsigned globals_changed, variables_made; /* for .VARIABLES */
	struct var_table *table; /* the same, see order.c; or NULL */
	struct buf variables;	/* its value */
	struct str env_shell;	/* SHELL of the environment, or unset */
};

#endif
