/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_MAKE_H
#define MAKE_MAKE_H

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/diag.h"
#include "base/env.h"
#include "base/fds.h"

/*
 * The make language: GNU make 4.3's reader, evaluator and graph. It knows no shell and no file
 * contents beyond Makefiles: recipes and $(shell) go through the host's callbacks.
 * One struct make is one evaluation (one process of GNU make); several may live at once.
 */
struct make;

/*
 * Where a stretch of expanded text comes from: text[from .. next span's from) is a copy of the
 * bytes from OFF on of the file IN, or (FIXED) what became of the one byte at OFF; reached through
 * TRAIL. The line is exact, the byte within it may be a few off.
 */
struct make_span {
	const struct text_file *in; /* NULL: not from a makefile */
	const struct trail *trail;
	/* MAKE_SPAN_FIXED is OFF's highest bit; what is behind 2 GiB is not told apart */
	uint32_t from, off;
};

#define MAKE_SPAN_FIXED ((uint32_t)1 << 31)

/* S, seen from byte AT of the text, which is S's, on. */
static inline size_t make_span_off(const struct make_span *s, size_t at)
{
	return s->off & MAKE_SPAN_FIXED ? s->off : s->off + (at - s->from);
}

/* Where byte AT of the text, which is S's, was written. */
static inline struct spot make_span_spot(const struct make_span *s, size_t at)
{
	if (s->off & MAKE_SPAN_FIXED || at < s->from)
		return (struct spot){s->in, s->off & ~MAKE_SPAN_FIXED};
	return (struct spot){s->in, s->off + (at - s->from)};
}
/* The line of S's first byte. */
static inline struct place make_span_place(const struct make_span *s)
{
	return spot_place(make_span_spot(s, s->from));
}

struct make_text {
	struct str text;
	const struct make_span *spans; /* ascending; spans[0].from == 0 when n_spans > 0 */
	size_t n_spans;
};

/* One line of a recipe, expanded, prefix characters taken off. */
struct make_line {
	struct make_text text;
	bool silent, ignore, always; /* @ - + (and what .SILENT, -s, .IGNORE, -i say) */
	size_t index;		/* which line of the rule's recipe it was */
};

/* A recipe about to run. All lines are expanded before the first one starts. */
struct make_recipe {
	struct make *make;
	struct str target;	/* $@ */
	struct place at;	/* the rule's recipe */
	const struct make_line *lines;
	size_t n_lines;
	struct str shell;	/* value of SHELL */
	struct str shell_flags;	/* value of .SHELLFLAGS */
	struct env env;
	struct str cwd;		/* absolute */
	bool one_shell;		/* .ONESHELL */
	bool in_pieces;		/* it begins and ends for each line; is never left out */
	int in, out, err; /* the lines' descriptors of this process: the evaluation's unless -j (in)
			   * or -O (out, err) says else */
	int always_out, always_err; /* the same for a line that is `always`: -O may leave it out */
	struct fd_table fds;	/* what a line has besides */
	struct fd_table always_fds; /* the same for a line that is `always`: with the jobserver's */
	/* A variable as this target sees it, expanded; for listeners. Only on the main thread, i.e.
	 * in listener callbacks, never in run_line. */
	struct str (*value)(const struct make_recipe *r, struct arena *mem, struct str name);
	const void *file;
};

/* Of a recipe: it runs; it is left out; and, besides, its target counts as made just now. */
enum make_kept { MAKE_RUNS, MAKE_KEPT, MAKE_KEPT_NEW };

/* What make itself wants to know of a name on the disk. */
enum make_look {
	MAKE_LOOKS_TIME,	/* is it there, and when it was modified */
	MAKE_LOOKS_NAME,	/* is it there, be it a link to nothing */
	MAKE_LOOKS_REAL,	/* where all symbolic links lead */
	MAKE_LOOKS_BYTES,
	MAKE_LOOKS_NAMES,	/* all that a folder holds */
	/* the same is read, but a name of it that counts is looked at besides */
	MAKE_LOOKS_LISTING,
};

/* What make itself does to a name on the disk. */
enum make_change { MAKE_CHANGES_PART, MAKE_CHANGES_WHOLE, MAKE_CHANGES_GONE };

/* What becomes of a line that is to run: MAKE_STARTS_NOTHING is as good as run without any process,
 * MAKE_CANNOT_START is a command that is not there. */
enum make_start { MAKE_STARTS, MAKE_STARTS_NOTHING, MAKE_CANNOT_START };

/* What make itself opens, apart from what recipes do: a makefile, $(file), the names in a folder,
 * members of an archive. */
enum make_access {
	MAKE_READS_MAKEFILE,
	MAKE_READS_FILE,
	MAKE_WRITES_FILE,
	MAKE_READS_FOLDER,
	MAKE_READS_ARCHIVE
};

/*
 * What the outside does for make. Recipe callbacks come from worker threads: begin, line (in
 * order, until one fails), end, all on one thread for one recipe; several recipes at once under -j.
 */
struct make_host {
	void *ctx;
	/* Would running R, of MAKE, change nothing? Then it counts as run, and its lines are not
	 * shown. R NULL: could that be at all? On the main thread, before recipe_begin; of -B only
	 * the second. NULL: never. */
	enum make_kept (*recipe_kept)(void *ctx, const struct make_recipe *r, struct make *make);
	/* R is left out, as recipe_kept has just said, and nothing runs. */
	void (*recipe_left_out)(void *ctx, const struct make_recipe *r);
	/*
	 * Make itself is about to look at PATH (absolute): where the recipes left out would have
	 * left something else than the disk has now, the disk gets that first, or (MAKE_LOOKS_TIME)
	 * the answer is false: it counts as absent. Told from the first recipe left out on, or
	 * (setup.told) always. Main thread. NULL: the disk is always right.
	 */
	bool (*looks)(void *ctx, struct str path, enum make_look what);
	/* Make itself is about to change PATH (absolute). Main thread. NULL: nobody listens. */
	void (*changes)(void *ctx, struct str path, enum make_change how);
	/* Start a recipe; the result is handed to line and end. */
	void *(*recipe_begin)(void *ctx, const struct make_recipe *r);
	/* Run one line; its exit status, 256 + N when signal N ended it (128 more: and left a
	 * core), -1 when its command could not be started. Output goes to descriptors 1 and 2. */
	int (*recipe_line)(void *ctx, void *recipe, const struct make_line *line);
	/* What would recipe_line make of TEXT, R's first line to run, or the first behind those
	 * that start nothing? On the main thread; before recipe_begin or behind it. NULL: it
	 * starts. */
	enum make_start (*line_starts)(void *ctx, const struct make_recipe *r, struct str text);
	/* The recipe is over, status of the last line; files reach the disk here. A status other
	 * than 0 replaces a good one (a full disk). */
	int (*recipe_end)(void *ctx, void *recipe, int status);
	/* $(shell TEXT) and VAR != TEXT: *OUT is its whole output (in MEM), its errors go to
	 * descriptor ERR; the exit status. */
	int (*shell)(void *ctx, struct make *make, struct arena *mem, struct str shell,
		     struct str shell_flags, struct str text, struct env env, struct str cwd,
		     int err, struct str *out);
	/*
	 * May MAKE do this with the file or folder PATH (absolute)? 0, or an errno: it isn't done
	 * then. What is not there need not be forbidden. NULL: all is allowed.
	 */
	int (*may_open)(void *ctx, struct make *make, enum make_access access, struct str path);
	/* make_open: the makefile NAME is not there, and the recipe at AT, which would make it, is
	 * not run. NULL. */
	void (*unmade)(void *ctx, struct make *make, struct str name, struct place at);
	/* MAKE ends, at AT, before it is done: signal NUMBER came (setup.interrupted), or (0) there
	 * is no more memory. Then this takes none. NULL: nobody wants to know. */
	void (*stopped)(void *ctx, struct make *make, struct place at, int number);
	/* .ONESHELL by /bin/sh: where the first command of TEXT ends, its length when that is all.
	 * NULL: it is. */
	size_t (*one_shell_end)(void *ctx, struct str text);
	/* Does TEXT, a line for /bin/sh, need no shell? NULL: none does. */
	bool (*plain_text)(void *ctx, struct str text);
};

/*
 * What listeners (image/, audit/) hear, on the main thread. Any may be NULL. AT: where a person
 * wrote it and how evaluation got there.
 */
struct make_listener {
	void *ctx;
	/* A variable got a value by an assignment, define or eval; RECURSIVE: it is expanded where
	 * it is used. */
	void (*variable)(void *ctx, struct make *make, struct str name, struct make_text value,
			 bool recursive, const struct make_span *at);
	/* A rule was read: TARGETS, and a recipe or not. */
	void (*rule)(void *ctx, struct make *make, struct str target, const struct make_span *at);
	/*
	 * $(call NAME,...) begins. ARGS[0] is $(1). Told of NAME = CALLED only, unless that is
	 * unset. True: the listener has taken the call, which then gives nothing.
	 */
	struct str called;
	bool (*call)(void *ctx, struct make *make, struct str name, const struct str *args,
		     size_t n, const struct make_span *at);
	void (*recipe_start)(void *ctx, const struct make_recipe *r);
	/* R was left out: the host says that it would change nothing. */
	void (*recipe_kept)(void *ctx, const struct make_recipe *r);
	/* SECONDS of wall clock; LINE: index of the line that failed, n_lines when none did. */
	void (*recipe_done)(void *ctx, const struct make_recipe *r, void *recipe, int status,
			    size_t line, double seconds);
};

/*
 * What is known of texts whoever evaluates them: names, files taken apart, compiled values. It
 * serves one evaluation at a time (another that comes meanwhile makes its own), and any number one
 * after the other.
 */
struct make_program;
struct make_program *make_program_new(void);
void make_program_free(struct make_program *program);
/* Bytes that PROGRAM, which serves nobody now, has taken. */
size_t make_program_size(const struct make_program *program);
/* How many readings of makefiles it has spared. */
size_t make_program_spared(const struct make_program *program);

/* It ends GNU make, unless who started that had the signal ignored. */
enum make_sigpipe { MAKE_SIGPIPE_IGNORED, MAKE_SIGPIPE_ENDS_PROCESS, MAKE_SIGPIPE_ENDS_MAKE };

struct make_setup {
	struct str program;	/* argv[0] for messages and $(MAKE): "make" */
	struct str make_command;/* the value of $(MAKE) */
	struct strs args;	/* the command line behind argv[0] */
	struct env env;
	struct str cwd;		/* absolute; -C changes it for this evaluation only */
	struct fd_table fds;	/* its descriptors; p NULL: the process's 0, 1, 2 */
	const mode_t *umask;	/* of the files that it makes itself; NULL: the process's own */
	const struct make_host *host;
	const struct make_listener *listener; /* or NULL */
	struct make_program *shared; /* with other evaluations, or NULL */
	/* "Entering" and "Leaving directory" are said by the caller, or not wanted */
	bool directory_said;
	/* somebody sees what the process looks at, to know what the run depends on: look at no more
	 * than that takes */
	bool watched;
	bool told;		/* the same, but by host->looks, which hears of each look */
	bool no_spans;		/* don't keep where text was written: a little faster */
	bool trails;		/* name the calls that led to a fatal error (GNU make does not) */
	/* --trace and -p say where a person wrote it and how evaluation got there */
	bool origins;
	enum make_sigpipe sigpipe; /* what writing into a closed pipe does */
	const atomic_int *interrupted; /* becomes the number of a fatal signal; or NULL */
	const struct diag *out, *err; /* where make's own words go; NULL: descriptors 1 and 2 */
};

/*
 * Read the Makefiles and bring the goals up to date: GNU make as a function. Exit status 0, 1, 2,
 * or 256 + N when signal N ended it.
 */
int make_run(const struct make_setup *setup);

/*
 * Where evaluation is, seen from the folder of MAKE: the line of the function that is asked about
 * where spans are kept, and how it got there; else as an error would name it.
 */
struct place make_here(const struct make *make);
const struct trail *make_trail(const struct make *make);
struct str make_folder(const struct make *make);
/* Is it make_try that expands? Then that may be a recipe, which is only looked at. */
bool make_tries(const struct make *make);
/* What MAKE's messages begin with: "make: " or "make[2]: ". */
struct str make_prefix(struct make *make, struct arena *mem);
/* Is SHELL, by its last name, one that a lone ":" need not be given? */
bool make_is_bourne(struct str shell);
/* .ONESHELL with such a shell: TEXT without the prefixes of its lines, which mean nothing there. In
 * MEM. */
struct str make_drop_prefixes(struct arena *mem, struct str text);
/* Has .ONESHELL been seen? */
bool make_one_shell(const struct make *make);
/* For the host's shell(): what a $(shell) has besides 0, 1, 2. In MEM. */
struct fd_table make_function_fds(struct make *make, struct arena *mem);

/* Read the Makefiles only. NULL after saying why not. make_close ends it. */
struct make *make_open(const struct make_setup *setup);
void make_close(struct make *make);
/* Expand TEXT in MAKE's global scope. Result and spans in MEM. False after an error was said. */
bool make_expand(struct make *make, struct arena *mem, struct str text, struct make_text *out);
/*
 * The same within a listener's call, in the scope that evaluation is in. An error ends the
 * evaluation: it does not return then. TEXT is compiled once per program.
 */
struct str make_value(struct make *make, struct arena *mem, struct str text);
/* What goes with an expansion that is only tried. */
struct make_trial {
	/* Variable NAME is referred to, or called; NULL: nobody listens. */
	void (*refer)(void *ctx, struct str name);
	void *ctx;
	/* Meanwhile NAME ("@") has VALUE; up to MAKE_TRIAL_BOUND of them, the rest unset. */
	struct { struct str name, value; } bound[4];
};
enum { MAKE_TRIAL_BOUND = 4 };
/*
 * The same of a TEXT that is not kept, with its spans. An error in it is said and leaves the
 * evaluation as it was: false. TRIAL may be NULL. $(file) writes nothing meanwhile.
 */
bool make_try(struct make *make, struct arena *mem, struct str text, const struct make_trial *trial,
	      struct make_text *out);
/* The value of variable NAME, unexpanded, and where it was set; false: undefined. */
bool make_variable(struct make *make, struct str name, struct make_text *value, struct place *at);

#endif
