/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_SURVEY_H
#define CLI_SURVEY_H

#include <pthread.h>

#include "cli/confine.h"
#include "image/devices.h"

/*
 * Every subtarget of a tree that is wanted, evaluated in this process by some threads: what list,
 * show and audit stand on. Each worker thread has its own program (files are taken apart once per
 * worker), its own host and its own evaluations; what one does is invisible to another.
 */

enum survey_state { SURVEY_WAITING, SURVEY_RUNNING, SURVEY_DONE };

/* A subtarget; empty: find out what there is. */
struct survey_job {
	size_t board;
	struct str subtarget;
	size_t weight;
	bool asked;		/* by name: it is an error when there is none */
	enum survey_state state;
	struct target *target;
	void *result;		/* what the survey's EACH gave */
};

struct survey_wanted {
	struct str board, subtarget; /* no subtarget: all */
};

struct survey {
	struct command_cx *cx;
	const char *command;	/* for messages: "list" */
	struct arena *mem;
	struct tree tree;
	struct boards boards;
	struct probes *probes;
	/* what evaluations may do; verbose: say what the kernel has not */
	struct confine_options confined;
	struct confine *confine; /* NULL until survey_open has ended */
	VEC(struct survey_wanted) wanted; /* none: everything */
	struct strs ids;	/* operands that are no target: devices */
	size_t n_workers;
	bool model;		/* keep models, of all devices or ONLY */
	bool recipes;		/* ... with the recipe of each step */
	struct str only;
	/* On a worker, as soon as T is read. What is made in T's memory lasts as long as T. */
	void *(*each)(const struct survey *s, struct target *t);
	void *ctx;		/* EACH's */

	pthread_mutex_t lock;	/* around what follows, and mem, while workers run */
	pthread_cond_t changed;
	VEC(struct survey_job) jobs; /* in the tree's order once survey_run has ended */
	size_t running;
};

/* What a tree's top Makefile would make of ENV, where no make is above us; in MEM. */
struct env survey_env(struct arena *mem, struct env env);
/* A survey of the tree at PATH. EXIT_USAGE after saying why not. */
int survey_open(struct survey *s, struct command_cx *cx, const char *command, struct str path);
/* -j VALUE; EXIT_USAGE after saying that it is no number. */
int survey_jobs_option(struct survey *s, struct str value);
/* Option ID, with VALUE: -j, or one of CONFINE_OPTIONS. */
int survey_option(struct survey *s, int id, struct str value);
/* BOARD/SUBTARGET or BOARD; what is neither is taken for a device (IDS). EXIT_USAGE after saying
 * that there is none. */
int survey_operand(struct survey *s, struct str word);
/* Evaluate. From here on the process opens no file for writing. EXIT_USAGE after saying that a
 * subtarget or a device that was named is not there. */
int survey_run(struct survey *s);
/* The same on a thread of its own: what confines it does not keep the caller from writing files and
 * starting a process. */
int survey_run_apart(struct survey *s);
/* What the Makefiles said, each line with the target's name in front. */
void survey_say(struct survey *s, const struct target *t);
/* "imagemk list: no KIND 'NAME'" with those of NAMES that are nearest to WORD, a part of it;
 * EXIT_USAGE. */
int survey_unknown(struct survey *s, const char *kind, struct str name, struct str word,
		   const struct strs *names);
bool survey_has_device(const struct survey_job *j, struct str id);
void survey_close(struct survey *s);

#endif
