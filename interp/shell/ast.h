/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_AST_H
#define SHELL_AST_H

#include "shell/shell.h"

/*
 * The tree that the parser makes of a text. Immutable once made; lives in the arena it was parsed
 * into. Each node shows its syntax.
 */

struct node;
struct word;

enum param_op {
	PARAM_PLAIN,	     /* $x ${x} */
	PARAM_DEFAULT,	     /* ${x-word} ${x:-word} */
	PARAM_ASSIGN,	     /* ${x=word} */
	PARAM_ERROR,	     /* ${x?word} */
	PARAM_ALTERNATE,     /* ${x+word} */
	PARAM_PREFIX,	     /* ${x#pat} */
	PARAM_PREFIX_LONG,   /* ${x##pat} */
	PARAM_SUFFIX,	     /* ${x%pat} */
	PARAM_SUFFIX_LONG,   /* ${x%%pat} */
	PARAM_LENGTH,	     /* ${#x} */
	PARAM_SLICE,	     /* ${x:arg:arg2} */
	PARAM_REPLACE,	     /* ${x/arg/arg2} */
	PARAM_REPLACE_ALL,   /* ${x//arg/arg2} */
	PARAM_REPLACE_START, /* ${x/#arg/arg2} */
	PARAM_REPLACE_END,   /* ${x/%arg/arg2} */
	PARAM_UPPER,	     /* ${x^pat} */
	PARAM_UPPER_ALL,     /* ${x^^pat} */
	PARAM_LOWER,	     /* ${x,pat} */
	PARAM_LOWER_ALL,     /* ${x,,pat} */
	PARAM_TRANSFORM,     /* ${x@Q} and others, by LETTER */
	PARAM_BAD,	     /* ${x!y}: dash says so when it comes to it */
};

struct param {
	struct str name; /* a name, digits, or one of @*#?-$! */
	struct str source; /* bash: of what is indirect or bad the word or quotes around it */
	enum param_op op;
	bool colon;		       /* the empty value counts as unset */
	bool indirect;		       /* ${!x} */
	bool bare;		       /* $x: bash's brace expansion may lengthen the name */
	/* bash: "${*:-x}" without an IFS, where several empty ones are nothing */
	bool joined;
	char letter;		       /* of PARAM_TRANSFORM */
	char all;		       /* '@' or '*' for ${x[@]}, ${x[*]}; else 0 */
	const struct word *index;      /* ${x[index]}; may be NULL */
	const struct word *arg, *arg2; /* may be NULL */
};

enum part_kind {
	PART_TEXT,   /* as written, no quotes */
	PART_QUOTED, /* '..', \c, the literal text within ".." */
	PART_PARAM,
	PART_COMMAND, /* $(..) `..` */
	PART_ARITH,   /* $((..)) */
};

/*
 * Of PART_QUOTED; MARK: dash's alone, no text, one of the two " around what follows or is before.
 */
enum part_quote {
	QUOTED_TEXT /* within ".." */,
	QUOTED_ESCAPE /* \c */,
	QUOTED_SINGLE /* '..' */,
	QUOTED_MARK
};

struct part {
	enum part_kind kind;
	enum part_quote how;
	bool quoted;	 /* stood within ".." */
	size_t quotes;	 /* which: the place of these, from 1 on; 0: none */
	struct str text; /* TEXT, QUOTED; of `..` as written */
	union {
		const struct param *param;
		const struct node *command; /* NULL: $() */
		const struct word *arith;
	};
};

/* Where bash does not keep what was written: a stretch of a word's source that reads otherwise. */
struct rewrite {
	size_t from, to;	 /* within the source */
	struct str text;	 /* instead of it, unless NODE is set */
	const struct node *node; /* $(..): the command, written anew */
};

struct word {
	const struct part *parts;
	size_t n;
	bool braced; /* one of several that braces made */
	bool plain; /* only literal text without tilde and pattern: FIXED is its value */
	struct str fixed;
	struct str source; /* as written */
	const struct rewrite *rewrites;
	size_t nrewrites;
};

struct words {
	const struct word **p;
	size_t n, cap;
};

/* x=word x+=word x[i]=word x=(word [i]=word) */
struct assign {
	struct str name;
	struct str source; /* as written, with what it assigns */
	bool append, array;
	const struct word *index;   /* may be NULL */
	const struct word *value;   /* NULL for an array */
	const struct assign *items; /* of an array: each with name unset */
	size_t nitems;
	const struct word *written; /* the first item that braces made of it: as it was; or NULL */
	bool of_braces;		    /* another item of theirs */
};

enum redir_kind {
	REDIR_READ,
	REDIR_WRITE,
	REDIR_CLOBBER,
	REDIR_APPEND,
	REDIR_UPDATE,
	REDIR_DUP_IN,
	REDIR_DUP_OUT,
	REDIR_HERE,
	REDIR_HERE_STRING,
	REDIR_BOTH,
	REDIR_BOTH_APPEND,
};

struct redir {
	struct redir *next; /* in the order written */
	enum redir_kind kind;
	int fd;			   /* left of the operator; the default one when none is written */
	const struct word *target; /* of HERE: the body */
	struct str delimiter;	   /* of HERE, while parsing */
	bool strip_tabs, literal;  /* <<-, quoted delimiter */
	bool default_fd;	   /* none was written */
	bool several;		   /* bash: braces make more than one word of the target, or none */
	struct str body;	   /* of HERE, as written */
	struct redir *pending;	   /* while parsing */
};

enum cond_kind { COND_NOT, COND_AND, COND_OR, COND_UNARY, COND_BINARY, COND_WORD };

/* Inside [[ ]]. */
struct cond {
	enum cond_kind kind;
	unsigned parens; /* pairs around it */
	struct str op;
	const struct cond *left, *right;
	const struct word *a, *b;
};

enum node_kind {
	NODE_SIMPLE,	/* x=1 cmd args */
	NODE_PIPELINE,	/* ! a | b */
	NODE_AND,	/* a && b */
	NODE_OR,	/* a || b */
	NODE_LIST,	/* a; b */
	NODE_GROUP,	/* { a; } */
	NODE_SUBSHELL,	/* ( a ) */
	NODE_IF,	/* if a; then b; else c; fi */
	NODE_WHILE,	/* while a; do b; done */
	NODE_UNTIL,	/* until a; do b; done */
	NODE_FOR,	/* for x in words; do b; done */
	NODE_FOR_ARITH, /* for ((a;b;c)); do d; done */
	NODE_CASE,	/* case word in pat) a;; esac */
	NODE_FUNCTION,	/* f() body */
	NODE_ARITH,	/* ((a)) */
	NODE_COND,	/* [[ a ]] */
	NODE_WRONG,	/* bash: a syntax error that is told when it would run */
};

struct case_item {
	struct words patterns;
	const struct node *body; /* may be NULL */
	enum { CASE_STOP /* ;; */, CASE_FALL /* ;& */, CASE_TEST /* ;;& */ } end;
};

/* A here-document that the text's end has ended. */
struct unended {
	unsigned line, from;	/* where the text ends, where "<<" is */
	struct str delimiter;
};

struct list_item {
	const struct node *node;
	bool starts_line; /* bash goes on here after an expression error */
	bool by_newline;  /* only a newline stands before it */
	unsigned end;	  /* the number of the line that ends it */
	/* bash: on the line right behind the one before, begins with what only its place makes
	 * special */
	bool misreadable;
	bool brackets;	  /* bash: "[[" or "]]" is on the line that this begins */
	unsigned line;	  /* where it begins */
	const struct unended *unended; /* bash: of the line that this begins; or NULL */
	struct str rest;  /* of a whole text: from there on */
	/* of a whole text: the line up to which dash has read when it runs this; else 0 */
	unsigned read;
};

struct node {
	enum node_kind kind;
	unsigned line;
	const struct redir *redirs;
	union {
		struct {
			const struct assign *assigns;
			size_t nassigns;
			struct words words;
			const struct assign *const
			    *word_assigns; /* as words: local x=(..); NULL: none */
		} simple;
		struct {
			const struct node **stages;
			size_t n;
			bool negated, bangs; /* BANGS: there was a "!" at all */
		} pipeline;
		struct {
			const struct node *left, *right;
		} both; /* AND, OR */
		struct {
			const struct list_item *p;
			size_t n;
		} list;
		struct {
			const struct node *body;
		} group; /* GROUP, SUBSHELL */
		struct {
			const struct node *test, *yes, *no; /* NO may be NULL */
		} branch; /* IF; WHILE and UNTIL use test and yes */
		struct {
			struct str name;
			bool has_in;
			struct words words;
			const struct word *init, *test, *step; /* FOR_ARITH; each may be NULL */
			const struct node *body;
		} loop;
		struct {
			const struct word *word;
			const struct case_item *items;
			size_t n;
		} select;
		struct {
			struct str name;
			const struct node *body;
			unsigned line;	   /* bash: where it is while the body begins */
		} function;
		const struct word *arith;
		const struct cond *cond;
		struct str wrong;
	};
};

/*
 * Parse all of TEXT into MEM; LINE is the number of its first line. NULL and *OUT set (NULL: an
 * empty text) on success, else why the real shell must have the text.
 */
const char *parse_text(struct arena *mem, enum shell_dialect dialect, struct str text,
		       unsigned line, const struct node **out);

/* Is S a reserved word? In reserved.c. */
bool reserved_is(enum shell_dialect dialect, struct str s);
/* TEXT as the word that it is; NULL: it is none, or several. *SEVERAL: its braces make more. */
const struct word *parse_word(struct arena *mem, enum shell_dialect dialect, struct str text,
			      bool *several);
/* TEXT as what stands between quotes. NULL and *OUT set, or why not. */
const char *parse_quoted(struct arena *mem, enum shell_dialect dialect, struct str text,
			 const struct word **out);

/* A syntax error. */
struct parse_error {
	/* in the shell's words; NULL: it is none, or none that is known */
	const char *message;
	struct str shown;	   /* the line to show; may be unset */
	unsigned line;
	const struct node *before; /* the lines before the one that is wrong; may be NULL */
	/* no shell takes it; false: it may be that only this one doesn't */
	bool syntax;
	bool array_open; /* bash: the text ended within x=( */
	unsigned array_end; /* bash: where it did, within a word there; else 0 */
	const char *array_message; /* and what is said then */
	bool substitution; /* bash: it is within $(..), which ends the shell */
};

/* bash: is TEXT a list of words, what stands between the parentheses of x=(..)? False: *ERROR. */
bool parse_items(struct arena *mem, struct str text, unsigned line, struct parse_error *error);

/* In which state a text leaves bash's parser: CUT, there was no newline at its end; LOST, not even
 * a token; COND, within a wrong [[ ]], where the next "[[" or "]]" is one token too many. */
enum parse_left { LEFT_CLEAN, LEFT_CUT, LEFT_LOST, LEFT_COND };

/* The same; what is wrong with TEXT, when something is. */
const char *parse_checked(struct arena *mem, enum shell_dialect dialect, struct str text,
			  unsigned line, const struct node **out, struct parse_error *error);
/* The same for bash; LEFT: how the text before left the parser, then how this one does. */
const char *parse_behind(struct arena *mem, struct str text, unsigned line, const struct node **out,
			 struct parse_error *error, enum parse_left *left);

#endif
