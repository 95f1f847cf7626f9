/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_OPTIONS_H
#define MAKE_OPTIONS_H

#include <limits.h>

#include "make/internal.h"

enum {
	DEBUG_BASIC = 1,
	DEBUG_VERBOSE = 2,
	DEBUG_JOBS = 4,
	DEBUG_IMPLICIT = 8,
	DEBUG_MAKEFILES = 256,
	DEBUG_ALL = 4095,
};

enum output_sync { SYNC_NONE, SYNC_LINE, SYNC_TARGET, SYNC_RECURSE };

#define JOBS_UNSET UINT_MAX

/* The command line, MAKEFLAGS included. */
struct options {
	bool always_make, debug, env_overrides, usage, ignore_errors, keep_going, check_symlinks;
	bool just_print, print_data_base, question, no_rules, no_variables, silent, touch, version;
	bool print_directory, trace, no_print_directory, warn_undefined;
	unsigned jobs;		/* -j; 0: no limit; JOBS_UNSET */
	double load;		/* -l; -1: none */
	struct strs evals, dirs, makefiles, include_dirs, old_files, new_files, debug_words;
	struct str sync_word, jobserver, sync_mutex;
	/* What follows from them. */
	unsigned debug_level;
	enum output_sync sync;
	/* always_now: -B is in force (not while re-reading makefiles) */
	bool run_silent, always_now;
	bool bad;		/* a word was refused: usage, status 2 */
	struct str stdin_name;	/* the temporary file of -f - */
	/* variables set on the command line, latest first when encoded */
	VEC(struct variable *) overrides;
};

struct options *options_new(struct make *mk);
/* The command line's words (argv[0] is skipped), or those of MAKEFLAGS: ENV, errors silent. */
void options_words(struct make *mk, const struct str *argv, size_t argc, bool env);
/* Decode the value of variable NAME as MAKEFLAGS is. */
void options_from_variable(struct make *mk, const char *name);
/* Set MAKEFLAGS and MFLAGS: with option arguments (ALL), without those that makefiles' remaking
 * ignores. */
struct variable *options_to_makeflags(struct make *mk, bool all, bool makefile);
/* MAKEOVERRIDES and the hidden variable behind it. */
void options_set_overrides(struct make *mk);
/* S as one word of MAKEFLAGS: blanks and backslashes quoted, dollars doubled. */
void options_quote(struct buf *b, struct str s);
/* NAME without ./ in front, ~ expanded; fatal when empty. */
struct str options_file_name(struct make *mk, struct str name);
void options_usage(struct make *mk, bool bad);
/* Copies for the language half. */
void options_mirror(struct make *mk);

#endif
