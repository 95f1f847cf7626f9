/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_APPLET_H
#define APPLET_APPLET_H

#include <stdatomic.h>

#include "base/env.h"
#include "base/opts.h"
#include "blob/stream.h"

/*
 * An applet: one utility that recipes call, run in process. interp/applet/NAME.c holds its help
 * text, its work and, last, its row `const struct applet applet_NAME`. The table of rows is
 * generated from those definitions; adding or deleting the file is the whole change.
 */

struct codec_cache;

/* What one run sees. Nothing else: no global state, no current directory of the process. */
struct applet_cx {
	struct arena *mem;	/* freed after the run */
	struct files *files;
	struct str cwd;		/* absolute */
	struct stream *in, *out, *err;
	struct env env;
	const struct str *argv;	/* argv[0] is the name it was called by */
	size_t argc;
	struct str program; /* the file that is started when it declines; unset: none */
	mode_t umask;
	struct codec_cache *codecs; /* what encoders may reuse; NULL: nothing */
	const atomic_int *interrupted; /* not 0: a signal came, stop waiting; or NULL */
	/* Run another command with our descriptors (xargs, find -exec, env, flock); its exit
	 * status. IN replaces the input when not NULL, ENV ours when env.p is not NULL, CWD when
	 * set. */
	int (*run)(struct applet_cx *cx, const struct str *argv, size_t argc, struct stream *in,
		   struct env env, struct str cwd);
	void *shell;		/* for run; not the applet's business */
	bool no_command;	/* set where run found no such command, or none that can be run */
	int signalled;		/* set by run: the signal that the command died of, or 0 */
	bool replaced;		/* what run ran takes the applet's place: its end is the applet's */
	bool failed;		/* set by the helpers: something could not be written */
	struct buf *pending;	/* output to come in front of the next message; or NULL */
	/* No program may be started: where its releases differ in words only, any will do. */
	bool confined;
};

enum {
	/*
	 * The applet does not know an option or a form: nothing was done yet, start the real tool.
	 */
	APPLET_DECLINE = -1,
};

enum {
	/* What it gives depends on its arguments, environment, input and the files and folders it
	 * reads only (and on a command that it runs); it changes none but those it writes. */
	APPLET_PURE = 1,
	APPLET_SHORT_NAME = 2, /* its messages name it without its folder */
	/* it changes no file, but gives something else each time (clock, owner, machine) */
	APPLET_VARYING = 4,
	APPLET_SHOWS_ENVIRONMENT = 16, /* all of it: its order counts */
	APPLET_METADATA = 8, /* it changes no file, and tells what files are: times, owners */
	/* it stands for a program that is there, as it does what that one's release does */
	APPLET_OF_PROGRAM = 32,
};

struct applet {
	const char *name;
	const char *const *aliases; /* NULL-terminated; NULL: none */
	/* names of cross tools end so: "-cpp" of mips-openwrt-linux-musl-cpp; NULL: there are none
	 */
	const char *cross;
	const char *help;	/* first line "NAME ARGS: what it does", then the options */
	/* The exit status 0 to 255, or APPLET_DECLINE. Called by applet_run. */
	int (*run)(struct applet_cx *cx);
	unsigned flags;
	/* Names, between blanks, of environment variables by which the real tool does otherwise
	 * than run: where one is set, applet_run declines. NULL: there are none. */
	const char *variables;
	/* Is this call one as of an APPLET_VARYING? NULL: as the flags say. */
	bool (*varying)(const struct str *argv, size_t argc);
	/* Is this call one as of an APPLET_PURE? NULL: as the flags say. */
	bool (*pure)(const struct str *argv, size_t argc);
	/* Does it do what these words ask for? They are a text's, those that are not literal are
	 * "x". NULL: as a rule. */
	bool (*knows)(struct arena *mem, const struct str *argv, size_t argc);
	/*
	 * COMMAND, which it was to run, can't be (ERR): say so; the exit status. NULL: as most do.
	 */
	int (*no_command)(struct applet_cx *cx, struct str command, int err);
	/* The exit status where its output cannot be written; 0: 1, as most. */
	int write_status;
	/* Does it stand for the script whose text has this SHA-256? Such an applet runs for a file
	 * of its name with a text that it knows, and for nothing else. NULL: a utility. */
	bool (*stands_for)(struct str sha256);
};

/*
 * The applet called NAME (no directory part), or NULL. A firmware format's tool gives one row that
 * stands for all of them: its run looks at argv[0], its name is not the tool's.
 */
const struct applet *applet_find(struct str name);
/* The applet that stands for the script TEXT in a file called NAME, or NULL. */
const struct applet *applet_of_script(struct arena *mem, struct str name, const struct blob *text);
/* All applets, NULL at the end; the formats' tools are in firmware_all. */
const struct applet *const *applet_all(void);
/* Run A with CX: the exit status, or APPLET_DECLINE. */
int applet_run(const struct applet *a, struct applet_cx *cx);
/* Say for the applet that runs with CX that COMMAND can't be run for -ERR; its exit status. */
int applet_no_command(struct applet_cx *cx, struct str command, int err);
/* The help text of the applet or format's tool NAME, or NULL. */
const char *applet_help(struct str name);

/* --- for applets themselves --- */

/* ARG as an absolute path. */
struct str applet_path(struct applet_cx *cx, struct str arg);
/* Read ARG ("-" is the input); on failure says "NAME: ARG: reason" and returns NULL. */
struct blob *applet_read(struct applet_cx *cx, struct str arg);
/* Write B to ARG ("-": the output); false after saying why not. */
bool applet_write(struct applet_cx *cx, struct str arg, struct blob *b);
/* Put text on the output; a write error is said and makes applet_status fail. */
void applet_out(struct applet_cx *cx, struct str text);
/* "NAME: text\n" on cx->err. */
void applet_say(struct applet_cx *cx, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "NAME: WHAT: strerror\n"; ERR is -errno. */
void applet_say_errno(struct applet_cx *cx, struct str what, int err);
/* STATUS, but at least 1 when something could not be written. */
int applet_status(struct applet_cx *cx, int status);
/* What an unknown option means: APPLET_DECLINE, so that the real tool decides. */
int applet_decline(struct applet_cx *cx);
/* Is the file NAME a device without end that is not the same byte again and again? */
bool applet_is_noise(struct str name);
/* Is one of NAMES? */
bool applet_names_noise(const struct strs *names);

#endif
