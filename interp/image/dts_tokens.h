/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_DTS_TOKENS_H
#define IMAGE_DTS_TOKENS_H

#include "base/dts_expr.h"
#include "base/map.h"
#include "image/dts.h"

/*
 * Private to dts*.c: files as tokens, spellings, macros, the stream of tokens that the grammar
 * reads.
 *
 * A token is what device tree source takes as one where it can: "linux,code", "0x1000" and
 * "#size-cells" are one run of characters. The C preprocessor sees less: "a-b" is three tokens to
 * it. A run knows its pieces, and comes apart where one of them is a macro.
 */

/* Kinds of tokens; below 256: the character itself. */
enum dts_kind {
	DTS_END = 256,
	DTS_RUN,	/* characters of names and numbers: A-Za-z0-9,._+*#?@- */
	DTS_REF,	/* &label: the spelling is the label's */
	DTS_PATH_REF,	/* &{/path}: the path's */
	DTS_STRING,	/* "text": what is between the quotes, as written */
	DTS_CHAR,	/* 'c': the same */
	DTS_KEYWORD,	/* /bits/: the word between the slashes */
	DTS_DIRECTIVE,	/* of the preprocessor: LINE is an index in the file's directives */
	DTS_BAD,	/* the spelling is an error's text */
	DTS_PARAMETER,	/* in a macro's body: LINE is its index */
	DTS_PASTE,	/* in a macro's body: ## */
	DTS_STRINGIFY,	/* in a macro's body: # before a parameter */
};

/* blanks before it; a macro's name that is not replaced any more */
enum { DTS_SPACE = 1, DTS_PAINTED = 2 };

struct dts_token {
	struct dts_symbol *symbol; /* NULL where the kind says all */
	uint32_t line;
	uint16_t kind;
	uint16_t flags;
};

struct dts_tokens {
	struct dts_token *p;
	size_t n, cap;
};

/*
 * A spelling, one for each kind and text of a cache. What it means in one reading is good while the
 * stamp is that reading's.
 */
struct dts_symbol {
	struct str text;	/* a NUL behind it */
	uint32_t hash;
	uint16_t kind;
	bool is_identifier;	/* a run that is one C identifier, or a label */
	bool is_compound;	/* a run of several C tokens, an identifier among them */
	bool is_wanted;		/* a property of that name is kept */
	uint32_t n_pieces;
	const struct dts_token *pieces; /* its C tokens; NULL: not taken apart yet */

	unsigned macro_stamp, label_stamp, ref_stamp;
	struct dts_macro *macro;
	struct dts_node *label;
	unsigned label_life;	/* LABEL's when it was set */
};

struct dts_macro {
	struct dts_symbol *name;
	const struct dts_token *body;
	size_t n_body, n_parameters;
	bool is_function, is_variadic; /* the last parameter takes the rest */
	bool has_paste;
	bool busy;		/* its expansion is being read */
};

enum dts_verb {
	DTS_IF,
	DTS_IFDEF,
	DTS_IFNDEF,
	DTS_ELIF,
	DTS_ELSE,
	DTS_ENDIF,
	DTS_INCLUDE,
	DTS_DEFINE,
	DTS_UNDEF,
	DTS_ERROR,
	DTS_NOTHING
};

struct dts_directive {
	enum dts_verb verb;
	unsigned line;
	size_t at;		/* index of its token */
	/* of a condition: the directive that follows in its chain, the #endif; indices in
	 * directives */
	size_t next, end;
	struct dts_symbol *name; /* of a macro; NULL: none */
	struct dts_macro *macro; /* #define */
	struct str text;	/* #include: the name; #error: its text */
	bool angle;		/* #include <...> */
	struct dts_tokens line_tokens; /* #if, #elif; #include with a macro */
};

struct dts_file {
	struct str path;
	unsigned char digest[16]; /* MD5 of its bytes; of one that was read */
	int error;		/* errno; 0: read; ENOENT: not there */
	struct str why;		/* not read for a reason of our own; empty: none */
	struct dts_tokens tokens;
	VEC(struct dts_directive) directives;
	/* what is wrong with its conditions as a whole, at BAD_LINE; empty: nothing */
	struct str bad;
	unsigned bad_line;
	unsigned named_stamp;
	struct str named;	/* PATH in the arena of the reading with that stamp */
};

struct dts_cache {
	struct arena *mem;
	struct str root;
	VEC(struct str) allowed; /* real paths of folders that may be read from */
	struct map *folders;	/* as given -> real path allowed already */
	struct map *files;	/* path -> struct dts_file * */
	struct map *boards;	/* dts_find */
	struct dts_symbol **table; /* open addressing */
	size_t n_symbols, n_table;
	size_t n_tokens, n_bytes; /* of all files */
	bool is_full;		/* too many symbols or tokens: whatever is read fails */
	struct dts_symbol *defined, *va_args, *hash, *hash2, *comma, *dot;
	unsigned reading;	/* stamp */
	struct buf text;	/* of the file that is being read */
};

/* The symbol of that spelling; any other when the cache is full. */
struct dts_symbol *dts_symbol(struct dts_cache *c, enum dts_kind kind, struct str text);
/* N tokens more are kept. */
void dts_count(struct dts_cache *c, size_t n);
/* S's C tokens. */
const struct dts_token *dts_pieces(struct dts_cache *c, struct dts_symbol *s, size_t *n);
bool dts_is_run(unsigned char c);
bool dts_is_identifier(struct str s);
/* The file PATH; never NULL. */
struct dts_file *dts_file(struct dts_cache *c, struct str path);
/* Files below FOLDER may be read. */
void dts_allow(struct dts_cache *c, struct str folder);
/* Cut TEXT into FILE's tokens and directives. What is wrong becomes a DTS_BAD token. */
void dts_lex(struct dts_cache *c, struct dts_file *file, struct str text);
/* The macro of a #define's line: NAME has been taken off the N tokens at P. NULL and *WHY: it is
 * none. */
struct dts_macro *dts_macro_read(struct dts_cache *c, struct dts_symbol *name,
				 const struct dts_token *p, size_t n, const char **why);

/* --- one reading --- */

/* Tokens to come: a file's, or a macro's. */
struct dts_stream {
	const struct dts_token *at, *end;
	struct dts_stream *up;
	struct dts_file *file;	/* NULL: of a macro */
	struct dts_macro *macro; /* busy until the end; NULL: none */
	unsigned line;		/* of the last token taken from FILE */
	bool barrier;		/* nothing behind its end is to be seen */
	bool plain;		/* /include/: no macros in it */
	bool inherits;		/* its next token has the blanks (or none) that SPACE tells of */
	bool space;
	struct dts_token one;	/* that was given back */
};

struct dts_reader {
	struct dts_cache *c;
	struct arena *mem;	/* until the end of the reading */
	struct arena *out_mem;
	struct dts *out;
	const struct strs *includes;
	struct dts_stream *top, *spare;
	struct dts_file *file;	/* of the last token from a file */
	unsigned line;
	struct dts_token tok;	/* the grammar's current token */
	struct dts_file *tok_file;
	unsigned tok_line;
	unsigned stamp;
	unsigned depth;		/* of files */
	unsigned nesting;	/* of macros' arguments */
	size_t work, grown;	/* tokens read; tokens made */
	size_t n_macros, n_nodes, n_errors;
	bool failed;
	bool has_header;	/* /dts-v1/ */
	struct buf text;	/* an expression; a name that comes in pieces */
	/* LOOSE: those below labels that nothing defines */
	struct dts_node *root, *loose, **loose_end;
};

/* Tell of an error at the current place of the stream, AT or a token; dts_fail also ends the
 * reading. */
void dts_fail(struct dts_reader *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void dts_fail_at(struct dts_reader *r, struct dts_file *file, unsigned line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void dts_complain(struct dts_reader *r, struct dts_file *file, unsigned line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* S for an error's text: short, printable. */
struct str dts_quote(struct arena *mem, struct str s);

/* The next token, macros replaced; DTS_END at the end and after an error. */
void dts_next(struct dts_reader *r, struct dts_token *t);
/* The next one as it is written; directives are obeyed. */
void dts_raw_next(struct dts_reader *r, struct dts_token *t);
/* Give T back. */
void dts_unread(struct dts_reader *r, const struct dts_token *t);
/* Read the N tokens at P next. */
struct dts_stream *dts_push(struct dts_reader *r, const struct dts_token *p, size_t n);
/* Forget all that is to come. */
void dts_drop(struct dts_reader *r);
/* The N tokens at P with macros replaced, appended to OUT. */
void dts_expand(struct dts_reader *r, const struct dts_token *p, size_t n, struct dts_tokens *out);
/* T names MACRO: true when its expansion comes next, in place of T. */
bool dts_call(struct dts_reader *r, const struct dts_token *t, struct dts_macro *macro);
/* The macro of S, or NULL. */
static inline struct dts_macro *dts_macro_of(const struct dts_reader *r, const struct dts_symbol *s)
{
	return s && s->macro_stamp == r->stamp ? s->macro : NULL;
}
void dts_define(struct dts_reader *r, struct dts_symbol *name, struct dts_macro *macro);
/* Read the file NAME next; false: there is none (noted as missing), or an error. */
bool dts_include(struct dts_reader *r, struct str name, bool angle, bool plain);
/* Count N tokens made; false: too many. */
bool dts_grow(struct dts_reader *r, size_t n);

/* The tokens at P as text for dts_evaluate, appended to B. */
void dts_spell(struct buf *b, const struct dts_token *t);

#endif
