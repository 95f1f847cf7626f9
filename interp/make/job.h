/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_JOB_H
#define MAKE_JOB_H

#include <pthread.h>
#include <stdatomic.h>

#include "make/graph.h"

/* Running recipes: jobs, their output, the tokens of the jobserver. */

#define STATUS_SIGNAL                                                                              \
	256 /* a host's status: this plus the number of the signal that ended a line */
#define STATUS_CORE 128	  /* ... plus this when it left a core */

/* Where a recipe's and make's own output goes: straight out, or (sync) into temporary files. */
struct output {
	int out, err;		/* -1: no file yet */
	bool sync;
};

/* One line of a job. */
struct job_line {
	struct make_line line;
	bool echo;		/* it is shown before */
	bool run;
	bool question;		/* under -q: stop here, there is something to do */
	size_t given;		/* index among the lines that the host gets */
	size_t command;		/* index among the job's commands */
};

struct job {
	struct job *next;
	struct make *mk;
	struct arena *mem;
	struct file *file;
	struct make_recipe recipe;
	struct make_text *texts; /* the recipe's lines, expanded */
	struct job_line *lines;
	size_t n;
	/* GNU make's commands, of which the empty ones are no lines: the index of each one's line
	 * in the recipe. Of a recipe in pieces: so many of them SHELL was expanded for
	 * (job_shell.c). */
	VEC(size_t) commands;
	size_t begins;
	bool paused;
	struct output output;
	bool dontcare, good_stdin, slot;
	bool tail_skipped;	/* under -t the last line was left out */
	void *host;		/* what recipe_begin gave */
	bool begun, open;	/* the host had, has the recipe */
	bool deleted;		/* its targets, because of a signal */
	double started, seconds;
	/* the missing makefile it is run for, to be told with the first error; or NULL */
	struct goal *goal;
	/* Results. */
	int status;		/* 0, exit status, STATUS_SIGNAL + signal */
	/* the last line's command could not be started: GNU make deletes nothing then */
	bool unstarted;
	/* the line AT is such a one, and was run before the job had a thread */
	bool tried;
	/* the status is a signal's, but no line failed by it: nothing to tell */
	bool unsaid;
	/* the status of a line that may fail, to be told at the job's end; or 0 */
	int ignored;
	bool asked;		/* ended by a question line */
	bool child_asked;	/* -q: a sub-make ended with 1 */
	size_t at;		/* line that failed, index into lines */
};

struct jobs {
	pthread_t owner;		/* the thread that evaluates: what MK's own memory is for */
	struct job *waiting;		/* for the load to go down */
	/* several at once: whose first command could not be started, not taken in; latest first */
	struct job *unstarted;
	struct job *done;		/* finished, not reaped; under LOCK */
	pthread_mutex_t lock;
	int wake[2];			/* written by a finishing thread */
	unsigned slots;			/* 0: no limit, or the jobserver's */
	unsigned used, tokens, master;
	int server[2];			/* the jobserver's pipe; -1 */
	int numbers[2];			/* its ends as children see them; -1 */
	int dropped[2];			/* those of a parent's jobserver that is not used; -1 */
	bool server_ours;
	bool stdin_used, waiting_said, dying;
	/* jobs were taken in, without waiting, while the goals were looked at */
	bool passing;
	bool lost;			/* the job that a fatal error ended counts as running */
	unsigned counter;
	int bad_stdin;
	/* Output. */
	struct output *context;		/* the main thread's */
	struct output own;		/* -O: what is said while reading makefiles */
	bool traced;			/* "Entering directory" was said */
	atomic_bool write_failed;	/* standard output took no more */
	/* ... because it is a pipe that nobody reads: the make is to end */
	atomic_bool pipe_broken;
	pthread_mutex_t out_lock;
};

/* --- output.c --- */
/* Do standard output and error lead to the same file? */
bool output_combined(const struct make *mk);
void output_init(struct output *o, bool sync);
/* Write TEXT where O says (NULL: directly). */
void output_put(struct make *mk, struct output *o, bool err, struct str text);
/* Say where we are, open O's files: before the first output. */
void output_start(struct make *mk, struct output *o);
/* Write TEXT to descriptor 1 or 2 whatever -O and -w say: what GNU make prints behind its output's
 * back. */
void output_raw(struct make *mk, bool err, struct str text);
void output_dump(struct make *mk, struct output *o);
void output_close(struct make *mk, struct output *o);
void output_log_directory(struct make *mk, bool entering);
struct diag output_diag(struct make *mk, bool err);
/* Raw text on stdout through the present context. */
void make_print(struct make *mk, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "STR NAME: errno's text" as make_error. */
void make_perror(struct make *mk, const char *what, struct str name);
/* With debug level LEVEL: DEPTH blanks and the text, on stdout. */
void make_debug(struct make *mk, unsigned level, unsigned depth, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* --- job.c, reap.c, run.c --- */
void jobs_open(struct make *mk);
void jobs_close(struct make *mk);
/* Run F's recipe (all lines expanded now). On return F may be running or finished. */
void job_new(struct make *mk, struct file *f);
/* Take in finished jobs; BLOCK: wait for one; ERR: say once that we wait. May leave by jobs_die. */
void jobs_reap(struct make *mk, bool block, bool err);
/* May recipes be left out? What the disk says of times is not enough then. */
bool jobs_may_keep(struct make *mk);
/* JOB's lines from where it is get a thread of their own. */
void job_go_on(struct make *mk, struct job *job);
/* Run JOB here and now: nothing of it needs a thread, or there is only one slot. */
void job_run_here(struct make *mk, struct job *job);
/* The end is near: nobody hears any more of jobs that could not be started. */
void jobs_drop_unstarted(struct make *mk);
/* GNU make waits for the child that is lost, and there is none. */
_Noreturn void jobs_miss_lost(struct make *mk);
/* A fatal signal came: wait for all jobs. */
void jobs_stop(struct make *mk);
void jobs_start_waiting(struct make *mk);
/* A fatal error: unwinds to mk->fail with STATUS. */
_Noreturn void make_die(struct make *mk, int status);
void commands_chop(struct make *mk, struct commands *c);
/* T with backslash-newline inside references made one blank. */
struct make_text commands_collapse(struct arena *mem, struct make_text t);
/* The lines of J from the expanded TEXTS of its recipe. */
void job_lines(struct make *mk, struct job *j, const struct make_text *texts);
/* The recipe line of the first command of TEXTS, J's expanded recipe. */
size_t job_first_command(const struct job *j, const struct make_text *texts);
/* Run J's lines; on any thread. It may pause (job_is_ready). */
void job_run(struct job *j);
/* J is over as far as the host goes. */
void job_end(struct job *j);
/* Can the first line that J runs be started? If not it has been tried by that, and J waits to be
 * taken in. */
bool job_starts(struct job *j);
/* J, which is none of those running, is of no interest any more, nor what it said. */
void job_drop(struct job *j);
/* "[Makefile:3: all] Error 1 (ignored)" of line L. */
/* Print line L's text, where its output goes too. */
void job_echo(struct job *j, struct job_line *l);
void job_say_ignored(struct job *j, const struct job_line *l, int status);
/* STATUS in words: "Error 1", "Killed". */
struct str job_status_text(struct arena *mem, int status);

/* --- job_shell.c --- */
/* J's shell and its lines from TEXTS, its expanded recipe; what its first line begins with. */
void job_shell(struct make *mk, struct job *j, const struct make_text *texts);
/* May J go on at its line AT? False: it is PAUSED, only the main thread can tell. */
bool job_is_ready(struct job *j);

/* --- token.c --- */
/* Take over the parent's jobserver: false when its descriptors are not there. */
bool token_parse(struct make *mk, struct str auth);
bool token_setup(struct make *mk, unsigned n);
/* What a recipe's line has besides 0, 1, 2; ALWAYS: a line that may call a make, which gets the
 * jobserver. */
struct fd_table job_descriptors(struct make *mk, struct arena *mem, bool always);
struct str token_auth(struct make *mk);
bool token_enabled(const struct make *mk);
void token_release(struct make *mk);
/* Wait for a token (true) or for a finished job (false). */
bool token_acquire(struct make *mk, bool timeout);
unsigned token_acquire_all(struct make *mk);
void token_clear(struct make *mk);

#endif
