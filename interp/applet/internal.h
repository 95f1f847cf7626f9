/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_INTERNAL_H
#define APPLET_INTERNAL_H

#include <errno.h>
#include <string.h>
#include <time.h>

#include "applet/applet.h"
#include "base/path.h"
#include "firmware/firmware.h"

/* The generated table, NULL at the end. */
extern const struct applet *const applet_rows[];

/* The row that runs FW's tool. */
const struct applet *applet_of_firmware(const struct firmware *fw);
/* The row that runs the formats' tools that are scripts. */
const struct applet *applet_of_scripts(void);
/* The format whose tool is called NAME, or NULL. */
const struct firmware *applet_firmware_find(struct str name);

/*
 * The SHA-256 of the script that is run, for a row that stands for several; unset: not to be read.
 */
struct str applet_script(struct applet_cx *cx);
/* Is one of the environment variables NAMES (between blanks; NULL: none) set? */
bool applet_is_set(struct applet_cx *cx, const char *names);
/* The variables by which a compressor, or a tool that starts it, does otherwise. (gzip.c) */
extern const char applet_gzip_variables[], applet_bzip2_variables[], applet_xz_variables[];
/* The program NAME on PATH, absolute; unset: there is none. */
struct str applet_on_path(struct applet_cx *cx, struct str name);
/*
 * Is PROGRAM (cx->program: what would be started in the applet's place) set, and no TEXT in it? In
 * another release the text may be another. A script, and this program itself, lack nothing; nor
 * does any where none may be started.
 */
bool applet_program_lacks(struct applet_cx *cx, struct str program, struct str text);
/*
 * Does the file PROGRAM, a compressor that is told nothing but a level, make other bytes than ours?
 * LETTER is tar's: 'z' gzip, 'j' bzip2, 'J' xz; another: it is none. (gzip.c)
 */
bool applet_compressor_is_other(struct applet_cx *cx, struct str program, char letter);

/* --- messages (words.c) --- */

/* NAME as coreutils print it in "NAME: reason": quoted only where a shell would need it. */
struct str applet_name(struct applet_cx *cx, struct str name);
/* NAME in single quotes, as a shell reads them: gnulib's quoteaf(). */
struct str applet_quote(struct applet_cx *cx, struct str name);
/* WORD in the locale's quotation marks: gnulib's quote() (cite.c). */
struct str applet_cite(struct applet_cx *cx, struct str word);
/* "TOOL: 'COMMAND': reason", with those marks; returns 127 or 126. For a row's no_command. */
int applet_no_cited_command(struct applet_cx *cx, struct str command, int err);
/* "TOOL: cannot create directory 'NAME': reason", with those marks; returns 1. */
int applet_no_folder(struct applet_cx *cx, struct str name, int err);
/* "TOOL: cannot VERB 'NAME': reason"; returns 1. */
int applet_cannot(struct applet_cx *cx, const char *verb, struct str name, int err);
/* "TOOL: <why>" and "Try 'TOOL --help' for more information."; returns STATUS. */
int applet_usage(struct applet_cx *cx, int status, struct str why);
/* "missing operand" or "missing operand after 'X'", as a usage error. */
int applet_missing(struct applet_cx *cx, const struct opts *o);
int applet_extra(struct applet_cx *cx, struct str operand);

/*
 * ARGV by TABLE, which need not have all of the real tool's options: a shortened long name may mean
 * another one there, and POSIXLY_CORRECT changes more than the order. Both are OPTS_ERROR, for the
 * applet to decline.
 */
struct opts applet_opts(struct applet_cx *cx, const struct opt *table, const struct str *argv,
			size_t argc, bool in_order);
/* Is POSIXLY_CORRECT set? */
bool applet_posix(struct applet_cx *cx);

/* --- numbers (words.c) --- */

/*
 * TEXT as a size with coreutils' suffixes: b (512), k K M G T (1024), kB KB MB (1000), KiB. False
 * when it isn't one or doesn't fit. LETTERS: which suffixes count, e.g. "bKkMG".
 */
bool applet_size(struct str text, const char *letters, uint64_t *out);
/* Did applet_size refuse TEXT, which starts with digits, for its size? */
bool applet_too_big(struct str text);
/* A decimal number with a sign; false when it isn't one or does not fit. */
bool applet_integer(struct str text, int64_t *out);
/* "@E", "@E.FRACTION", "now", "2020-01-02 03:04:05 +0200" and shorter, as a time (times.c); UTC:
 * where it names no zone. */
bool applet_time(struct applet_cx *cx, struct str text, bool utc, struct timespec *out);

/* SECONDS as the environment's TZ shows it; false when this is a zone we can't tell. */
bool applet_local(struct applet_cx *cx, int64_t seconds, bool utc, struct tm *out);
/* Does the environment ask for bytes (C, POSIX, C.UTF-8) in CATEGORY, e.g. LC_COLLATE? */
bool applet_plain_locale(struct applet_cx *cx, struct str category);

/* The locale that the environment names for LC_CTYPE; may be empty (cite.c). */
struct str applet_character_set(struct applet_cx *cx);

/* --- characters (charset.c): false means that the real tool is to run, for characters of several
 * bytes --- */

/* May TEXT (a pattern, a script, words) be taken by bytes? */
bool applet_bytes(struct applet_cx *cx, struct str text);
/* May what FILES hold ("-" or none: the input, which is not consumed)? */
bool applet_bytes_in(struct applet_cx *cx, const struct strs *files);
/* Does a Python that has our environment take it as UTF-8? True in the C locale. */
bool applet_utf8(struct applet_cx *cx);

/* --- text (words.c) --- */

/* How echo -e and printf's %b read escapes. */
struct applet_escapes {
	bool bare_octal;	/* \123 as well as \0123 */
	bool format;		/* printf's FORMAT: \NNN, no \0NNN */
};
/* TEXT with its escapes resolved at the end of OUT; false after \c. */
bool applet_unescape(struct buf *out, struct str text, const struct applet_escapes *how);

/* Take the next line off REST, its END included where there is one; false at the end. */
bool applet_line(struct str *rest, char end, struct str *line);
/* LINE without its END. */
struct str applet_chomp(struct str line, char end);
/* All of B in one piece; false (said) when it is endless. */
bool applet_flat(struct applet_cx *cx, const struct blob *b, struct str *out);
/* Read ARG in one piece; false after saying why not. */
bool applet_read_text(struct applet_cx *cx, struct str arg, struct str *out);
/* Put B on the output; false after saying "write error". */
bool applet_put(struct applet_cx *cx, struct blob *b);

/* --- files (tree.c) --- */

/* Apply chmod's MODE (octal or symbolic) to OLD; false when it is not a mode. */
bool applet_mode(struct str mode, mode_t old, bool folder, mode_t umask, mode_t *out);
/* Is it a folder (a link to one counts)? */
bool applet_is_folder(struct applet_cx *cx, struct str arg);
/* Can it be looked at? "-": always. */
bool applet_is_there(struct applet_cx *cx, struct str arg);
/* Where SOURCE goes: TARGET itself, or TARGET/base when TARGET is a folder. */
struct str applet_into(struct applet_cx *cx, struct str folder, struct str source);
/* NAME in FOLDER as messages and lists show it: "./a" for "a" in ".". */
struct str applet_child(struct applet_cx *cx, struct str folder, struct str name);
/* 0, or the -errno with which ARG can't be opened for writing: no such folder, or it is one. */
int applet_creatable(struct applet_cx *cx, struct str arg);
/* mkdir -p; 0 or -errno, *BAD the part that failed. MODE: of what is made; 0: by the umask. */
int applet_mkdir_parents(struct applet_cx *cx, struct str path, mode_t mode, struct str *bad);
/* Does NAME match the shell pattern PATTERN (fnmatch without flags)? */
bool applet_glob(struct applet_cx *cx, struct str pattern, struct str name);
/* MODE, with the file's type, as "ls -l" shows it. */
struct str applet_mode_text(struct arena *mem, mode_t mode);
/* The name of a user, of a group; unset where the system has none. */
struct str applet_user(struct arena *mem, uint32_t uid);
struct str applet_group(struct arena *mem, uint32_t gid);
/* rm -rf of an absolute path; 0 or the first -errno. */
int applet_remove_tree(struct applet_cx *cx, struct str path);

#endif
