/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_HOST_H
#define CLI_HOST_H

#include <stdatomic.h>

#include "cli/cli.h"
#include "image/trace.h"

/* The process, and the evaluations that run in it. */

/* One make: the one that the command line asked for, or one that a recipe called. */
struct evaluation {
	struct host *host;
	const struct host_listener *listener; /* or NULL */
	/* IMAGEMK_QUIET=1: what a recipe says is shown only when it fails */
	bool quiet;
	const struct diag *err;	/* where $(shell)'s standard error goes; NULL: as make says */
	mode_t umask;
	unsigned depth;		/* makes around it in this process */
	pid_t pid;		/* what its recipes have for their parent's */
	/* who hears what it does to files: the recipe that called it; NULL: nobody */
	const struct files_watch *told;
	struct files_watch watch; /* and how its own recipes tell it */
	struct make_setup setup;
	struct make_host callbacks;
	struct shell_programs programs;
};

struct host {
	struct command_cx *cx;
	struct confined *confined; /* what its evaluations may do; NULL: everything */
	mode_t umask;
	/* seconds that a line of a recipe may take; 0: as long as it likes */
	unsigned timeout;
	/* IMAGEMK_LINKS=1: finished images may be hard links of each other */
	bool link_copies;
	struct codec_cache *codecs; /* shared by all recipes of the run */
	struct files_cache *known; /* the same */
	struct probes *probes;	/* answers that hosts share, or NULL */
	struct trace_store *traces; /* of earlier runs' recipes; NULL: all run */
	struct str traces_in, traces_by; /* the folder for them, as make text; who writes them */
	bool traces_asked, explain; /* IMAGEMK_EXPLAIN=1: say why a recipe runs */
	struct idle *idle;	/* what sub-makes have read */
	struct evaluation top;
	/* submake.c */
	dev_t dev;		/* of our own executable */
	ino_t ino;
	atomic_uint running;	/* makes in this process besides the top one */
	unsigned running_most, depth_most;
};

/* Wire E, whose other fields are set, to the recipe shell. */
void evaluation_begin(struct evaluation *e);

/* The value of $(MAKE) for a make that was called CALLED in CWD. */
struct str host_make_command(const struct host *h, struct arena *mem, struct str called,
			     struct str cwd);
/* For the ladder: the process PID runs now, or is over. */
void host_process(void *ctx, int pid, bool runs);

/* A file of a recipe or a $(shell) of E could not be put at PATH. ERR as files_commit() has it. */
void host_say_commit(const struct evaluation *e, struct arena *mem, struct str path, int err);

/* --- recipe.c, function.c: what make/ asks for of recipes, and of $(shell) --- */
void host_recipes(struct make_host *callbacks);
void host_functions(struct make_host *callbacks);

/* --- run_text.c --- */
/* What a run of the shell for TEXT looks like, apart from the streams. */
struct shell_run host_prepare(struct evaluation *e, struct str shell, struct strs flags,
			      struct str text);
/* What a run of the shell reaches for that is not told of files, or NULL; in MEM. */
const char *host_varies(struct arena *mem, enum shell_use use, const struct str *argv);
/* The words of TEXT, in MEM, between blanks and tabs: a newline is as any other byte, as in a line
 * that GNU make starts. */
struct strs host_words(struct arena *mem, struct str text);
/*
 * Run RUN's text by RUN's shell with FLAGS (.SHELLFLAGS): a line of a recipe, or of $(shell)
 * (FUNCTION). Its exit status.
 */
int host_run_text(struct arena *mem, struct shell_run *run, struct str flags, bool function,
		  bool one_shell);
/* Would that be able to start RUN's text, a line of a recipe? In doubt MAKE_STARTS. RUN has files
 * of its own. */
enum make_start host_text_starts(struct arena *mem, const struct shell_run *run, bool one_shell);

/* --- signals.c --- */
/* From now on the fatal signals are caught: the number of the one that came, or 0. */
const atomic_int *signals_catch(void);

/* --- submake.c --- */
void submake_limits(struct host *h);
/* How the shell runs a make that a recipe of E calls. */
struct shell_programs submake_programs(struct evaluation *e);

/* --- told.c: what a make looks at and changes --- */
/* All that E does to files is told to WATCH, which may be NULL. */
void told_begin(struct evaluation *e, const struct files_watch *watch);
/* For the overlay of a recipe or a $(shell) of E. */
const struct files_watch *told_watch(const struct evaluation *e);
/* E, which is told of, hangs on something that is not, because of WHY. */
void told_unknown(const struct evaluation *e, const char *why);
/* For make_host: of an evaluation. */
bool told_looks(void *ctx, struct str path, enum make_look what);
void told_changes(void *ctx, struct str path, enum make_change how);

/* --- turn.c --- */
/* Wait until no other image stage runs in this folder; the descriptor that holds the turn until it
 * is closed, or -1. */
int turn_take(struct command_cx *cx, const atomic_int *interrupted);

/* Take away what one that was killed left in FOLDER, when it was just giving a file its name
 * (blob/commit.c). */
void turn_sweep(struct arena *mem, struct str folder);

/* --- idle.c --- */
struct idle *idle_new(struct arena *mem);
void idle_free(struct idle *idle);
/* The program that was given back last, or a new one; the caller's until it gives it back. */
struct make_program *idle_take(struct idle *idle);
void idle_give(struct idle *idle, struct make_program *program);

#endif
