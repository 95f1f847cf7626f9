/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_CPP_H
#define APPLET_CPP_H

#include "applet/internal.h"
#include "base/map.h"

/*
 * Private to cpp*.c: the C preprocessor of one run. Whatever the real one would say something
 * about, or that is not done here exactly, sets `declined`; the run goes on to its end as if it
 * were right, what it made is dropped, and the real one starts.
 */

enum cpp_kind {
	CPP_END,
	CPP_NAME,
	CPP_NUMBER,
	CPP_STRING,
	CPP_CHAR,
	CPP_HEADER, /* <...> behind #include: the text is without the brackets */
	CPP_OTHER,
	CPP_PUNCTUATOR,
	CPP_PADDING,   /* no token: a place where two must not run together */
	CPP_PARAMETER, /* in a macro's body */
};

enum {
	CPP_WHITE = 1,	    /* blanks before it */
	CPP_LINE = 2,	    /* the first of its line */
	CPP_PASTE = 4,	    /* ## behind it */
	CPP_PAINTED = 8,    /* a macro's name that is not replaced any more */
	CPP_STRINGIFY = 16, /* # before it */
	CPP_SPACED = 32,    /* blanks before the ## */
};

struct cpp_token {
	uint8_t kind, flags;
	uint16_t parameter;    /* its index */
	uint32_t line, column; /* from 1 */
	struct str text;
	union {
		struct cpp_name *name; /* of a name */
		/* of a padding: the token whose blanks count here; NULL: the next one */
		const struct cpp_token *source;
	};
};

/* A list of tokens that stay where they are. */
struct cpp_list {
	const struct cpp_token **p;
	size_t n, cap;
};

enum cpp_verb {
	CPP_NO_VERB,
	CPP_IF,
	CPP_IFDEF,
	CPP_IFNDEF,
	CPP_ELIF,
	CPP_ELSE,
	CPP_ENDIF,
	CPP_INCLUDE,
	CPP_DEFINE,
	CPP_UNDEF,
	CPP_REFUSED,	       /* a directive that only the real one obeys */
	CPP_REFUSED_CONDITION, /* the same where lines are skipped */
};

/* An identifier. */
struct cpp_name {
	struct str text;
	struct cpp_macro *macro; /* NULL: none */
	enum cpp_verb verb;
	bool is_reserved;   /* what it stands for only the real one knows */
	bool is_fixed;	    /* a macro that is not to be changed */
	bool is_busy;	    /* its expansion is being read */
	unsigned parameter; /* 1 + index, while a #define with it is read */
};

struct cpp_macro {
	struct cpp_token *body;
	struct cpp_list list; /* BODY, as lists have it */
	struct strs parameters;
	bool is_function, is_variadic; /* the last parameter takes the rest */
};

/* -D or (IS_GONE) -U. */
struct cpp_define {
	struct str text;
	bool is_gone;
};

struct cpp_condition {
	struct cpp_condition *up;
	bool was_skipping, skip_elses, has_else;
	struct cpp_name *guard; /* #ifndef GUARD is what its file begins with; or NULL */
};

/* A header by the name that was asked for and the folder that it was found in. */
struct cpp_file {
	struct str path; /* as it stands in markers */
	struct str text;
	struct cpp_name *guard; /* while this is a macro there is nothing in it; or NULL */
};

/* A file that is being read. */
struct cpp_buffer {
	struct cpp_buffer *up;
	struct cpp_file *file;
	struct cpp_condition *conditions;
	const char *next, *limit; /* the line after this one; the end of the file */
	unsigned next_line;	  /* the number of the line at NEXT */
	bool need_line;		  /* the line is over */
	/* The rest of this line, joined with those that a backslash adds to it. */
	const char *at, *end;
	const char *start; /* column 1 */
	unsigned line;
	VEC(const char *) joints; /* where lines were joined */
	size_t joint;
};

struct cpp_context {
	struct cpp_context *up;
	const struct cpp_token *const *at, *const *end;
	struct cpp_name *name; /* the macro; NULL: none */
};

struct cpp {
	struct applet_cx *cx;
	struct arena *mem;
	bool declined;
	struct str out;	     /* the whole name of the result; empty: standard output */
	struct strs folders; /* -I, those that are there */
	struct map *names, *files;
	VEC(struct blob *) blobs;
	struct cpp_name *defined, *variadic;
	struct cpp_buffer *buffer;
	unsigned depth;	 /* of buffers */
	uint64_t places; /* lines by their lengths, which the real one has so many numbers for */
	size_t longest;

	struct cpp_context *context;
	const struct cpp_token *ahead; /* read already; NULL: none */
	unsigned nesting;
	size_t work;   /* tokens in lists */
	unsigned held; /* macros' names stay as they are */
	int arguments; /* 1: a ( is looked for, 2: a call's arguments are read */
	bool in_directive, in_header, skipping;
	/* Nothing of the file was read yet but the condition GUARD, which is over. */
	bool guarding;
	struct cpp_name *guard;

	struct buf text;       /* the result */
	bool printed;	       /* something on its last line */
	unsigned printed_line; /* the number of that line */
	const struct cpp_token *previous, *source;
};

/* --- cpp_program.c --- */

/* Is the program that would be started one whose work is known? *SYSTEM: the folder that it
 * searches behind those of the command line; unset: none. */
bool cpp_program(struct applet_cx *cx, struct str *system);

/* --- cpp_lex.c --- */

void cpp_decline(struct cpp *r);
/* The table's entry of an identifier; TEXT stays. */
struct cpp_name *cpp_name(struct cpp *r, struct str text);
/* The next token as it is written; END at the end of all, of a directive and of a file in which a
 * call isn't complete. */
void cpp_lex(struct cpp *r, struct cpp_token *t);
/* The one token that TEXT begins with into T; how many bytes it takes, 0: none. */
size_t cpp_scan(struct cpp *r, struct str text, struct cpp_token *t);
/* Forget what is left of B's line, comments that it begins included. */
void cpp_skip_line(struct cpp *r, struct cpp_buffer *b);
/* Read FILE next. */
void cpp_enter(struct cpp *r, struct cpp_file *file);

/* --- cpp_directive.c --- */

/* Obey the directive whose # has been read. False: it is none, the # is a character. */
bool cpp_directive(struct cpp *r);
/* The next token outside of what is skipped, directives obeyed. */
const struct cpp_token *cpp_raw(struct cpp *r);
/* -D TEXT and -U TEXT. */
void cpp_define_text(struct cpp *r, struct str text);
void cpp_undefine_text(struct cpp *r, struct str text);
/* The file NAME of the command line; NULL: not there. */
struct cpp_file *cpp_open(struct cpp *r, struct str name);

/* --- cpp_macro.c --- */

/* The next token, macros replaced. */
const struct cpp_token *cpp_get(struct cpp *r);
/* The rest of a #define: its name has been read. */
void cpp_define(struct cpp *r, struct cpp_name *name);

/* --- cpp_expr.c --- */

/* The value of the rest of an #if. *GUARD: the name, if all it says is "!defined NAME". */
bool cpp_evaluate(struct cpp *r, struct cpp_name **guard);

/* --- cpp_output.c --- */

/* # LINE "PATH" FLAGS */
void cpp_marker(struct cpp *r, unsigned line, struct str path, const char *flags);
/* Go to the LINE of the file that is read. */
void cpp_to_line(struct cpp *r, unsigned line);
/* T begins a line of the source. */
void cpp_line_change(struct cpp *r, const struct cpp_token *t);
/* Put down all there is. */
void cpp_print(struct cpp *r);

#endif
