/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_BUILTIN_H
#define SHELL_BUILTIN_H

#include "shell/internal.h"

/* The builtins, what they share, and what others ask of them: traps, options, tests, names that
 * they were given. */

/*
 * A builtin: its row stands behind its work, the table is generated from the rows
 * (scripts/make-table). What only the real shell has is a row without run (builtin_real.c).
 */
enum {
	BUILTIN_SPECIAL = 1, /* as POSIX has it */
	BUILTIN_BASH = 2,    /* only there */
	BUILTIN_POSIX = 4,   /* not in bash */
	BUILTIN_DECLARE = 8, /* its arguments may be assignments */
	BUILTIN_EXEC = 16,   /* its redirections stay */
	/* what it gives depends on its arguments, variables and the files it reads only */
	BUILTIN_PURE = 32,
	BUILTIN_DASHES = 64, /* bash: "--" in front of its words says nothing */
	BUILTIN_TEXT = 128,  /* what it is given, or reads, it runs */
};

struct builtin {
	struct str name;
	/* NULL: the real shell is to have the text */
	int (*run)(struct shell *sh, const struct str *argv, size_t argc);
	unsigned flags;
	/* Why the real shell is to have a text with this call, NULL: it need not. A word that is
	 * not known before it is expanded is unset. NULL: all calls are known here. */
	const char *(*declines)(enum shell_dialect dialect, const struct str *argv, size_t argc);
	/* bash: the letters of its options, ':' behind one with a value, and what it says where
	 * there is another; NULL: it looks itself, and at "--". */
	const char *options, *usage;
	const char *elsewhere; /* those of them that only the real shell has; NULL: none */
};

/* The builtin that runs here, or NULL. */
const struct builtin *builtin_find(enum shell_dialect dialect, struct str name);
/* The same with those that only the real shell has. */
const struct builtin *builtin_row(enum shell_dialect dialect, struct str name);

/*
 * "NAME: text"; the status that means: 2 in dash (whose special builtins end the shell), else BASH.
 */
int builtin_error(struct shell *sh, struct str name, int bash, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* S as a number that a builtin takes: dash has none below zero. */
bool builtin_number(struct shell *sh, struct str s, int64_t *out);

/* --- options_posix.c --- */

/*
 * What dash takes for a number where none below zero will do: blanks around it, a sign before it.
 */
bool posix_number(struct str s, uint64_t *out);
/* Where reading options is; begin with argv and argc alone. */
struct posix_options {
	const struct str *argv;
	size_t argc;
	size_t at;	    /* the next word; 0 before the first call */
	struct str letters; /* left in the word before; may be empty */
	struct str value;   /* what an option with an argument was given */
};
/* The next option of SPEC ("p:r": p has an argument); 0: there is no more; -1 after a message. */
int posix_option(struct shell *sh, struct posix_options *o, const char *spec);
/* For a builtin without options: its first operand's index, or -1 after a message. */
int posix_no_options(struct shell *sh, const struct str *argv, size_t argc);

/* dash: JOB ("%1") means none, for there is none; the status after WHO said that. */
int posix_no_job(struct shell *sh, struct str who, struct str job);

/* --- builtin_posix.c: as dash has them --- */

int cd_posix(struct shell *sh, const struct str *argv, size_t argc);
int pwd_posix(struct shell *sh, const struct str *argv, size_t argc);
int umask_posix(struct shell *sh, const struct str *argv, size_t argc);
int unset_posix(struct shell *sh, const struct str *argv, size_t argc);
/* In builtin_io.c: the mask of what is made from now on. */
void set_umask(struct shell *sh, mode_t mask);
/* "u=rwx,g=rx,o=" of what MASK lets through. */
/* NAME, which bash makes itself, becomes a variable like any other. */
void declared_own(struct shell *sh, struct str name);
/* The variables with FLAGS, as WORD declares them; its status. */
int declared_list(struct shell *sh, struct str word, unsigned flags);
/* bash: what is local to the function that runs: all of it, or those of the ARGC names. */
int declared_list_local(struct shell *sh, struct str word, const struct str *argv, size_t argc);
/* bash's declare -p of ARGV, or of all with FLAGS. */
int declared_print(struct shell *sh, struct str word, unsigned flags, const struct str *argv,
		   size_t argc);
/* bash: why the real shell is to run WORD ("local") of ARGV, with -p (PRINTS) or without; NULL: it
 * need not. */
const char *declared_declines(struct str word, const struct str *argv, size_t argc, bool prints);
/* The path of DIR without "." and ".."; two slashes before it stay two. */
struct str folder_logical(struct shell *sh, struct str dir);
void put_symbolic(struct buf *out, mode_t mask);

/* In builtin_options.c: run B with these words; its status. */
int builtin_run(struct shell *sh, const struct builtin *b, const struct str *argv, size_t argc);

/* bash: more than MOST words? Said then, and the line is dropped. */
bool too_many(struct shell *sh, const struct str *argv, size_t argc, size_t most);

/* dash: an error ended a builtin that is not special: go on; the status. */
int builtin_stopped(struct shell *sh, int status);
/* Tell who listens that B runs with these words. */
void builtin_tell(const struct shell *sh, const struct builtin *b, const struct str *argv,
		  size_t argc);

/* May NAME, maybe with an index in bash, be set? */
bool builtin_good_var(const struct shell *sh, struct str name);
/* As var_set, for a variable that the builtin WHO was given the name of. */
bool builtin_set_var(struct shell *sh, struct str who, struct str name, struct str value);
/* bash: is I an index before the first element of ARRAY? Said then, of NAME as it was written. */
bool index_too_low(struct shell *sh, struct str name, struct str array, int64_t i);
/* bash: what A, an array among the words of the declaration ARGV, assigns, when these are expanded;
 * false after an error. */
bool declare_array(struct shell *sh, const struct assign *a, const struct str *argv, size_t argc);
/* Is NAME a variable of the function that runs? */
bool builtin_is_local(struct shell *sh, struct str name);
/* S, in single quotes where it needs some. */
struct str quote_word(struct arena *mem, enum shell_dialect dialect, struct str s);
/* Run the action for NAME ("EXIT"). */
void trap_run(struct shell *sh, const char *name);
/* The signals that what SH starts ignores, by a trap of nothing: bit N - 1 for signal N. */
uint64_t trap_ignored(struct shell *sh);
/*
 * The signal that ends the whole run came. False: no trap for it. Else SH did what is to be done.
 */
bool trap_signal(struct shell *sh, int sig);
/* Of signals, in builtin_signal.c. The name without SIG. */
struct str signal_name(int n);
/* The same as this dialect shows it. */
struct str signal_shown(const struct shell *sh, int n);
/* The signal that S names for bash ("INT", "sigint", "2"; EXIT is 0); -1: none. */
int signal_number(struct str s);
/* The same for dash's trap, in any case of letters and without SIG; and only by digits. */
int trap_number(struct str s);
int signal_of_digits(struct str s);
/* bash's table of all. */
void put_signals(struct buf *out);
/*
 * A signal to the shell SH itself: its trap, or its end. BEFORE: the status that a trap sees.
 */
void signal_self(struct shell *sh, int sig, int before);
/* Does a trap of SH's run when SIG comes? */
bool trap_catches(struct shell *sh, int sig);
/* Has the shell around the subshell SH a trap for SIG, which runs when SH has ended? */
bool trap_waits(struct shell *sh, int sig);
/* NAME=VALUE of all variables, as `set` shows them; its status. */
int vars_list(struct shell *sh);
/* ([0]="x" [1]="y") */
struct str vars_double_quoted(struct shell *sh, struct str s);
void vars_put_array(struct shell *sh, struct buf *out, const struct var *v);
/* `set` and the shell's own command line: one letter or name; false when unknown. */
bool option_letter(struct shell *sh, char c, bool on);
bool option_name(struct shell *sh, struct str name, bool on);
/* Is the option of this long name on? */
bool option_is_set(const struct shell *sh, struct str name);
struct str option_flags(struct shell *sh);
/* bash: the names of those that are on, with colons between. */
struct str options_on(struct shell *sh);
/* [[ and test share these; see test.c */
int run_test(struct shell *sh, const struct str *argv, size_t argc);
bool test_unary(struct shell *sh, char op, struct str arg);
bool test_number(struct shell *sh, struct str s, int64_t *out);
bool test_is_numeric(struct str op);
/* The other binary operators. */
bool test_words(struct shell *sh, struct str a, struct str op, struct str b);
/* test_posix.c: dash's whole command; its status. */
int test_posix(struct shell *sh, const struct str *argv, size_t argc);
/* OP is one of -eq -ne -lt -le -gt -ge. */
bool test_compare(struct str op, int64_t x, int64_t y);

#endif
