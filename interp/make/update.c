/* SPDX-License-Identifier: GPL-2.0-only */
/* Bringing goals up to date: passes over the graph until no recipe is left running. */
#include <string.h>

#include "make/job.h"
#include "make/options.h"

/*
 * -t, -q, -n as the command line has them; makefiles are remade without, unless they are goals too.
 */
struct dry {
	bool touch, question, just_print;
};

static void set_dry(struct make *mk, struct dry dry)
{
	mk->o->touch = dry.touch;
	mk->o->question = dry.question;
	mk->o->just_print = mk->just_print = dry.just_print;
}

/* Goal G with entry F was updated (or needed not be): what that means for the whole STATUS. True:
 * stop. */
static bool note_result(struct make *mk, struct goal *g, struct file *f, enum outcome *status)
{
	bool making = mk->g->remaking_makefiles;
	stamp t;

	if (f->outcome != OUTCOME_SUCCESS) {
		*status = f->outcome;
		return mk->o->question && !mk->o->keep_going && !making;
	}
	t = making ? file_mtime_no_search(mk, f) : file_mtime(mk, f);
	f = file_real(f);
	if (!f->updated || !g->changed || t == f->mtime_before)
		return false;
	/* With -n or -q a makefile that is a goal was not really remade: reading anew would never
	 * end. */
	if (!making || (!mk->o->just_print && !mk->o->question))
		*status = OUTCOME_SUCCESS;
	return making && f->dontcare;
}

/* One entry of a goal. True: stop. */
static bool update_entry(struct make *mk, struct goal *g, struct file **entry, struct dry dry,
			 enum outcome *status)
{
	struct file *f = *entry;
	unsigned before;
	enum outcome result;
	bool stop = false;

	f->dontcare = g->flags & READ_NO_ERROR;
	f = file_real(f);
	if (mk->g->remaking_makefiles)
		set_dry(mk, f->is_goal ? dry : (struct dry){false, false, false});
	before = mk->g->commands_started;
	result = update_file(mk, f, mk->g->remaking_makefiles ? 1 : 0);
	f = file_real(f);
	if (mk->g->commands_started > before)
		g->changed = true;
	if ((result != OUTCOME_SUCCESS || f->updated) && *status < OUTCOME_QUESTION)
		stop = note_result(mk, g, f, status);
	f->dontcare = false;
	*entry = f;
	return stop;
}

static void say_nothing_done(struct make *mk, struct goal *g)
{
	struct file *f = g->file;

	/* One that became another file has no outcome of its own. */
	if (mk->g->remaking_makefiles || f->outcome != OUTCOME_SUCCESS || g->changed ||
	    mk->o->run_silent || mk->o->question)
		return;
	if (f->phony || !f->cmds)
		make_message(mk, "Nothing to be done for '%.*s'.", STR_ARG(f->name));
	else
		make_message(mk, "'%.*s' is up to date.", STR_ARG(f->name));
}

/* All entries of goal G. True: stop. */
static bool update_goal(struct make *mk, struct goal *g, struct dry dry, enum outcome *status)
{
	struct file *f = g->file->double_colon ? g->file->double_colon : g->file;
	bool stop = false, unfinished = false;

	mk->g->goal = g;
	for (; f && !stop; f = f->prev) {
		stop = update_entry(mk, g, &f, dry, status);
		unfinished |= !f->updated;
	}
	if (!stop && unfinished)
		return false;
	say_nothing_done(mk, g);
	g->done = true;
	return stop;
}

enum outcome graph_update(struct make *mk, struct goal *goals, size_t n)
{
	struct dry dry = {mk->o->touch, mk->o->question, mk->o->just_print};
	enum outcome status = OUTCOME_NONE;
	size_t left = n;
	bool stop;

	mk->g->considered++;
	while (left) {
		jobs_start_waiting(mk);
		/* A process is hardly ever over within a pass, a job in process often is: what
		 * waits for it was perhaps looked at before, so go on without waiting for the next
		 * one. */
		jobs_reap(mk, !mk->g->jobs->passing, false);
		mk->g->jobs->passing = stop = false;
		/* What stops a pass doesn't stop the next: the other goals are still looked at. */
		for (size_t i = 0; i < n && !stop; i++) {
			if (goals[i].done)
				continue;
			stop = update_goal(mk, &goals[i], dry, &status);
			left -= goals[i].done;
		}
		if (!stop)
			mk->g->considered++;
	}
	if (mk->g->remaking_makefiles)
		set_dry(mk, dry);
	return status;
}

enum outcome update_file(struct make *mk, struct file *f, unsigned depth)
{
	enum outcome status = OUTCOME_SUCCESS;

	if (f->double_colon)
		f = f->double_colon;
	/* Been here in this pass: nothing below can have changed, unless an error has still to be
	 * told. */
	if (f->considered == mk->g->considered &&
	    !(f->updated && f->outcome > OUTCOME_NONE && !f->dontcare && f->no_diag)) {
		make_debug(mk, DEBUG_VERBOSE, depth, "Pruning file '%.*s'.\n", STR_ARG(f->name));
		return f->state == STATE_FINISHED ? f->outcome : OUTCOME_SUCCESS;
	}
	for (; f; f = f->prev) {
		enum outcome result;

		f->considered = mk->g->considered;
		result = consider_file(mk, f, depth);
		f = file_real(f);
		if (result != OUTCOME_SUCCESS && !mk->o->keep_going)
			return result;
		/* The next double-colon rule waits for this one. */
		if (f->state == STATE_RUNNING || f->state == STATE_DEPS_RUNNING)
			return OUTCOME_SUCCESS;
		if (result > status)
			status = result;
	}
	return status;
}

struct goal *goal_in_error(struct make *mk)
{
	struct goal *g = mk->g->goal;

	if (!g || !mk->g->remaking_makefiles || !g->included || (g->flags & READ_NO_ERROR))
		return NULL;
	for (size_t i = 0; i < mk->g->makefiles.n; i++)
		if (mk->g->makefiles.p[i].file == g->file)
			return mk->g->makefiles.p[i].error ? &mk->g->makefiles.p[i] : NULL;
	return NULL;
}

void check_depth(struct make *mk, const struct file *f)
{
	static const struct place nowhere;

	if (stack_low_for_graph(mk))
		make_fatal(mk, f->cmds ? f->cmds->recipe->at : nowhere,
			   "prerequisites nest too deeply at target '%.*s'", STR_ARG(f->name));
}

void goal_error(struct make *mk)
{
	struct goal *g = goal_in_error(mk);

	if (!g)
		return;
	make_error(mk, g->at, "%.*s: %s", STR_ARG(g->file->name), strerror(g->error));
	g->error = 0;
}

void complain(struct make *mk, struct file *f)
{
	static const struct place nowhere;
	bool go_on = mk->o->keep_going;

	/* A failure that was kept quiet while makefiles were remade: find who really failed. */
	for (struct dep *d = f->deps; d; d = d->next) {
		if (d->file->updated && d->file->outcome > OUTCOME_NONE && f->no_diag) {
			complain(mk, d->file);
			return;
		}
	}
	goal_error(mk);
	if (f->parent && !go_on)
		make_fatal(mk, nowhere, "No rule to make target '%.*s', needed by '%.*s'",
			   STR_ARG(f->name), STR_ARG(f->parent->name));
	if (f->parent)
		make_error(mk, nowhere, "*** No rule to make target '%.*s', needed by '%.*s'.",
			   STR_ARG(f->name), STR_ARG(f->parent->name));
	else if (!go_on)
		make_fatal(mk, nowhere, "No rule to make target '%.*s'", STR_ARG(f->name));
	else
		make_error(mk, nowhere, "*** No rule to make target '%.*s'.", STR_ARG(f->name));
	f->no_diag = false;
}
