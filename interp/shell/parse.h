/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_PARSE_H
#define SHELL_PARSE_H

#include <setjmp.h>

#include "applet/applet.h"
#include "shell/ast.h"

/* Between lex.c (characters to tokens and words), brace.c and parse.c (tokens to the tree). */

enum token {
	T_END,
	T_NEWLINE,
	T_SEMI,
	T_AMP,
	T_AND,
	T_OR,
	T_PIPE,
	T_PIPE_AMP,
	T_LPAREN,
	T_RPAREN,
	T_DSEMI,
	T_SEMI_AMP,
	T_DSEMI_AMP,
	T_REDIR,
	T_WORD,
};

/* Where a word ends and what quotes mean in it. */
enum word_mode {
	WORD_NORMAL,	   /* at a blank or an operator */
	WORD_DOUBLE,	   /* at " */
	WORD_BRACE,	   /* ${x-HERE} without quotes around, and patterns: at } */
	WORD_BRACE_DOUBLE, /* "${x-HERE}": at } */
	WORD_PATTERN,	   /* ${x/HERE/}: at / or } */
	WORD_SLICE,	   /* ${x:HERE:}: at : or } */
	WORD_INDEX,	   /* x[HERE]: at ] */
	WORD_ARITH,	   /* $((HERE)), ((HERE)): at )) */
	WORD_ARITH_PART,   /* for ((HERE;HERE;HERE)): at ; or )) */
	WORD_ARITH_OLD,	   /* $[HERE]: at ] */
	WORD_HERE,	   /* a here-document: at the end */
	WORD_REGEX,	   /* [[ x =~ HERE ]]: as NORMAL, but ( and | are its own */
};

struct parser {
	struct arena *mem;
	struct str text;
	size_t pos;
	unsigned char *no_arith; /* a bit for each byte of TEXT where "((" turned out to be no
				    arithmetic; or NULL */
	size_t no_arith_n;	/* its bytes */
	/* bytes that MEM may have taken at most: some texts are read over and over */
	size_t most;
	size_t braces;		/* characters that brace expansion has put together so far */
	unsigned line, depth;
	enum shell_dialect dialect;
	struct redir *pending, **pending_end; /* here-documents whose body comes after this line */
	jmp_buf stop;
	const char *why;
	VEC(struct rewrite) rewrites; /* of the words being read, positions in TEXT */
	unsigned *late; /* bash: a line number that the here-documents of this line still change */
	unsigned brace_line; /* bash: of the last "{" that began a function */
	unsigned for_line; /* bash: of the last "for ((" */
	bool wants_brace; /* of a function */
	bool here;	  /* a here-document's body */
	unsigned here_within; /* so many substitutions are around it */
	bool marked;	  /* of which the end was found */
	struct str behind; /* dash: what stands behind it, from its mark on */
	/* bash: a word goes on with the next line, which is not there; it counts that once it looks
	 * behind the word */
	bool cut_off;
	bool misread;	  /* bash: it takes nothing for a reserved word at MISREAD_AT */
	size_t misread_at;
	bool starts_anew; /* bash: what is unclosed is parsed by itself */
	bool array_open;  /* bash: the text ended within x=( */
	/* a word of such an array is being read, which this less 1 $(..) are around; else 0 */
	unsigned in_array;
	bool no_newline;  /* bash: a backslash took the last one */
	unsigned substitutions; /* $(..) around */
	unsigned above; /* bash: lines before the one in which the innermost of them begins */
	bool sets_ifs;		/* the text names it */
	/* bash: the end of the text may end a here-document; the one that it did, or NULL */
	bool may_be_unended;
	bool runs; /* bash: the text is one for eval, a trap or `.`: what is wrong may be told late
		    */
	/* bash: a construct that only the real shell has, in a text that RUNS, and so many complete
	 * lines before it: parsing goes on, for what is wrong behind it; or NULL */
	const char *unknown;
	size_t unknown_line;
	/* bash: what is cited by the text of the word that is read */
	VEC(struct param *) cited;
	const struct unended *unended;
	/* bash: what would have ended the text at UNCLOSED_LINE; 0: it was not that */
	int unclosed;
	unsigned unclosed_line;
	size_t index_end; /* bash: before this no blank ends the next word; 0: one may */
	bool wants_word; /* bash: not even a newline may be here */
	bool worded; /* dash: WHY is what it says itself */
	unsigned cond_parens;  /* of [[ around P */
	const char *cond_told; /* what bash says of a wrong one; may be NULL */
	bool in_wrong_cond;    /* LEFT_COND, see ast.h */
	bool unreserved; /* dash: where parsing stopped no word is reserved */
	const struct list_item *done; /* the lines that are complete */
	size_t ndone;
	struct strs endless;  /* functions whose run has no end */
	const char *expected; /* the reserved word that should be where parsing stopped, or NULL */
};

enum { PARSE_DEPTH = 200, PARSE_MEMORY = 64 << 20, PARSE_BYTES = 1024 };

/* What MEM may have taken when TEXT is read. */
static inline size_t parse_most(const struct arena *mem, struct str text)
{
	return arena_footprint(mem) + PARSE_MEMORY + PARSE_BYTES * text.n;
}

/*
 * Is what P is at known to be no arithmetic? Else it is read as such first, and then again as
 * commands: without this memory each level of nesting would double the work.
 */
bool parse_no_arith(const struct parser *p);
/* It is none: P is back where that began. TRIED: what was read as an expression. */
void parse_note_no_arith(struct parser *p, struct str tried);

/* "$((" at P: what stands in it, P behind "))"; NULL, and P where it was: it is none. */
const struct word *lex_arith(struct parser *p);
/* "$[" at P, of bash: the same, P behind "]"; IN_DOUBLE: between ". */
const struct word *lex_arith_old(struct parser *p, bool in_double);
/* "))" at P: so many bytes; dash lets lines go on between. */
size_t lex_arith_end(const struct parser *p);
/* "$(" at P: its commands, NULL for none; P behind it. */
const struct node *lex_command(struct parser *p);
/* "<(" or ">(" at P, of bash: its commands, P behind it. */
const struct node *lex_process(struct parser *p);
/* Does the line end AHEAD of P, and go on with the next one? */
bool lex_goes_on(const struct parser *p, size_t ahead);

/* Give up: the real shell is to have the text. "syntax error": P stands at what is wrong. */
_Noreturn void parse_stop(struct parser *p, const char *why);
/* The same, but of a text that RUNS bash first says what is wrong in what follows. */
void parse_unknown(struct parser *p, const char *why);
/* Give up: dash says TEXT. */
_Noreturn void parse_wrong(struct parser *p, const char *text);
/* The same: the text ended where C would end what began at LINE. */
_Noreturn void parse_unclosed(struct parser *p, int c, unsigned line);
/* A syntax error where EXPECTED should be, as dash writes it. */
_Noreturn void parse_expected(struct parser *p, const char *expected);
/* Take the ")" that is next, where dash knows no reserved words. */
void parse_close(struct parser *p);
void parse_deeper(struct parser *p);

static inline int parse_char(const struct parser *p, size_t ahead)
{
	return p->pos + ahead < p->text.n ? (unsigned char)p->text.p[p->pos + ahead] : -1;
}

static inline bool parse_bash(const struct parser *p)
{
	return p->dialect == SHELL_BASH;
}

/* bash: is "<(" or ">(" AHEAD of P? */
static inline bool parse_at_process(const struct parser *p, size_t ahead)
{
	int c = parse_char(p, ahead);

	return parse_bash(p) && (c == '<' || c == '>') && parse_char(p, ahead + 1) == '(';
}

/* --- lex.c --- */

/* What comes next; only blanks and comments are consumed. */
enum token lex_peek(struct parser *p);
/* Consume an operator that lex_peek returned (not T_REDIR, T_WORD). */
void lex_take(struct parser *p, enum token token);
/* Is the unquoted word TEXT next? */
bool lex_at_word(struct parser *p, const char *text);
/* Is what is next, whatever it is, no reserved word to bash? */
bool lex_misread(const struct parser *p);
/* The length of a name at AHEAD; 0: none. */
size_t lex_name(const struct parser *p, size_t ahead);
/* bash: does only the real shell have the parameter NAME? */
bool lex_only_real(struct str name);
/* bash: does it change what the shell does if NAME is set? */
bool lex_changes_shell(struct str name);
/* Stop at such a one. */
void lex_check_name(struct parser *p, struct str name);
/* The word up to its end in MODE; the end itself is not consumed. */
struct word *lex_word(struct parser *p, enum word_mode mode);
/* bash's expression keeps what quotes of an index but double ones leave: stop if W has such. */
void lex_check_index(struct parser *p, const struct word *w);
/* bash finds an expression's end by all parentheses outside of quotes, those within ${..} and $(..)
 * too: stop if S has not pairs. */
void lex_check_parens(struct parser *p, struct str s);
/* Where the ")" is that closes the "(" at FROM in TEXT, quotes apart; 0: nowhere. */
size_t lex_closing_paren(struct str text, size_t from);
/* Not if W is no expression, whatever is expanded in it: the real shell tells of that. */
void lex_check_arith(struct parser *p, const struct word *w);
/* Pass by blanks, comments, and ends of lines that a backslash hides. */
void lex_blanks(struct parser *p);
/* Is P at digits that number the descriptor of a redirection? For dash it is only one. */
bool lex_numbered_redir(const struct parser *p);
/* "<", ">>", "2>&1" ... with the target. */
struct redir *lex_redir(struct parser *p);
bool lex_is_meta(int c);

/* bash keeps TEXT, or what NODE reads as, for what stands between FROM and the place reached. */
void lex_rewrite(struct parser *p, size_t from, struct str text, const struct node *node);

/* --- lex_here.c --- */

/* The delimiter behind "<<", its quotes removed; *LITERAL: it had some. */
struct str lex_here_delimiter(struct parser *p, bool *literal);
/* At the start of a line: read the bodies of the pending here-documents. */
void lex_here_bodies(struct parser *p);

/* --- param.c --- */

/* After "${". */
const struct param *lex_param(struct parser *p, bool in_double);

/* --- param_posix.c --- */

/* What P stands at, a backslash and newline before it passed by, as dash does nearly everywhere;
 * -1: the end. */
int posix_char(struct parser *p);
/* The same at the byte behind it. */
int posix_next(struct parser *p);
/* The name at P, of dash; its bytes may stand on several lines. Unset: there is none. */
struct str posix_name_at(struct parser *p);
/* dash: read the next token before something is said of it, which it may itself be wrong for. Only
 * its line is counted. */
void posix_token(struct parser *p);
/* Pass by the operator of the redirection at P. */
void posix_operator(struct parser *p);
/* After "${". */
const struct param *posix_lex_param(struct parser *p, bool in_double);

/* --- quote.c --- */

/* After "$'": the text to the closing quote. */
struct str lex_ansi_quote(struct parser *p);
/* Parse TEXT on its own, as part of what P parses; WHOLE: a list node also for one command. */
const struct node *parse_inner(struct parser *p, struct str text, unsigned line, bool whole);
/* After "`": the command between, parsed. */
const struct node *lex_backquote(struct parser *p, bool in_double);

/* --- word_check.c --- */

/* Stop at W, between double quotes, if its parts beside a $@ are split in bash's own way. */
void word_check_beside_at(struct parser *p, const struct word *w);
/* The same of a ${IFS=..} in W, by which bash splits all of it: we what follows. */
void word_check_ifs(struct parser *p, const struct word *w);
/* bash takes the text of "$x" in ~:$x, which is no value, for a part of the path, as it stands:
 * stop if W is such. */
void lex_check_tilde(struct parser *p, const struct word *w);
/* bash: what "${x-$*}" and ${@#x} come to in W, of [[ ]] or `case`, depends on IFS; OF_CASE: it is
 * the word of one, where the first does in any case. */
void lex_check_compared(struct parser *p, const struct word *w, bool of_case);

/* --- word.c --- */

/* Fill in what follows from the parts. */
void word_finish(struct parser *p, struct word *w);

/* --- reserved.c --- */

enum reserved_use {
	RESERVED_OPENS = 1,  /* only where a command may begin */
	RESERVED_CLOSES = 2, /* no command begins with it, but it may follow a list */
	RESERVED_REAL = 4,   /* what it begins only the real shell has */
};
/* The reserved word that is next, if it has one of USES (0: any); NULL: it is none. */
const char *reserved_at(struct parser *p, unsigned uses);

/* --- brace.c --- */

/* W, with its braces expanded, behind OUT. */
void brace_expand(struct parser *p, const struct word *w, struct words *out);

/* --- parse.c --- */

struct node *parse_make(struct parser *p, enum node_kind kind);
void parse_newlines(struct parser *p);
/* The reserved word TEXT is next, and is taken. */
bool parse_take_word(struct parser *p, const char *text);
/* Is something next that no command begins with, but that may follow a list? */
bool parse_at_list_end(struct parser *p);
/* A command; LINE: where dash looked for it. */
const struct node *parse_command(struct parser *p, unsigned line);
/* A list up to something that cannot start a command; NULL when it is empty. */
const struct node *parse_list(struct parser *p);
/* The same; a list node also for one command. */
const struct node *parse_whole_list(struct parser *p);

/* --- parse_check.c --- */

/* Stop at a simple command of WORDS that is for the real shell. */
void parse_check_command(struct parser *p, const struct words *words);

/* --- parse_compound.c --- */

/* What begins with a reserved word; NULL: there is none. */
const struct node *parse_compound(struct parser *p);
/* "name() command"; NULL: it is none. */
const struct node *parse_function(struct parser *p);
/* bash: the same once NAME, any word, is read and "(" is next. */
const struct node *parse_function_named(struct parser *p, struct str name);
/* "( list )"; of bash "((expression))" too. */
const struct node *parse_subshell(struct parser *p);

/* --- parse_error.c --- */

/* What dash says of the text that P stopped in. */
void parse_reason_posix(struct parser *p, struct parse_error *error);
/* What bash says of the text that P stopped in. */
void parse_reason_bash(struct parser *p, struct parse_error *error);

/* --- parse_stage.c --- */

/* Does the stage N read a device without end, and leave it to another how many bytes it takes? */
bool stage_is_noise(const struct node *n);
/* Does N go on as long as there is somebody who reads, if READER is the stage behind it? */
bool stage_has_no_end(const struct parser *p, const struct node *n, const struct node *reader);
/* Remember the function NAME, if its BODY is such. */
void stage_note_function(struct parser *p, struct str name, const struct node *body);

/* --- parse_simple.c --- */

const struct node *parse_simple(struct parser *p);
/* After "[[", up to and with "]]"; *LINE: the number that bash gives it. */
const struct cond *parse_cond(struct parser *p, unsigned *line);

#endif
