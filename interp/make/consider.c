/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One file of the graph: its prerequisites first, then whether it must be remade, then its recipe.
 * The order of every step is GNU make 4.3's, since recipes and messages show it.
 */
#include "make/job.h"
#include "make/options.h"

/* A file that is being looked at. */
struct visit {
	struct make *mk;
	struct file *file;
	stamp mtime;
	unsigned depth;
	bool missing, must_make;
	bool running;		/* a recipe below is not over */
	bool deps_changed;
	enum outcome status;	/* the worst of the prerequisites */
};

static struct file *root(struct file *f)
{
	return f->double_colon ? f->double_colon : f;
}

static bool in_progress(struct file *f)
{
	for (f = root(f); f; f = f->prev)
		if (f->state == STATE_RUNNING || f->state == STATE_DEPS_RUNNING)
			return true;
	return false;
}

static stamp mtime_of(struct make *mk, struct dep *d)
{
	stamp t;

	d->file = file_real(d->file);
	t = file_mtime(mk, d->file);
	d->file = file_real(d->file);
	return t;
}

void find_recipe(struct make *mk, struct file *f, unsigned depth, const char *called)
{
	if (!f->phony && !f->cmds && !f->tried_implicit) {
		bool hit = implicit_search(mk, f, depth);

		make_debug(mk, DEBUG_IMPLICIT, depth, "%s implicit rule %sfor '%.*s'.\n",
			   hit ? "Found an" : "No", hit ? "" : "found ", STR_ARG(f->name));
		f->tried_implicit = true;
	}
	if (!f->cmds && !f->is_target && mk->g->default_file && mk->g->default_file->cmds) {
		make_debug(mk, DEBUG_IMPLICIT, depth, "Using default %s for '%.*s'.\n", called,
			   STR_ARG(f->name));
		f->cmds = mk->g->default_file->cmds;
	}
}

static enum outcome check_prereq(struct make *mk, struct file *f, unsigned depth, stamp target,
				 bool *must_make);

static void say_circular(struct make *mk, struct file *f, struct dep *d)
{
	make_error(mk, (struct place){0}, "Circular %.*s <- %.*s dependency dropped.",
		   STR_ARG(f->name), STR_ARG(d->file->name));
}

/* The prerequisites of F, which is itself not built now: is one of them newer than TARGET? */
static enum outcome check_below(struct make *mk, struct file *f, unsigned depth, stamp target,
				bool *must_make)
{
	struct dep **at = &f->deps;
	enum outcome status = OUTCOME_SUCCESS;
	bool running = false;

	/* It may have been looked at as an order-only prerequisite and left alone then. */
	if (f->state != STATE_RUNNING) {
		if (f->state == STATE_DEPS_RUNNING)
			f->considered = 0;
		file_set_state(f, STATE_NOT_STARTED);
	}
	while (*at) {
		struct dep *d = *at;
		bool maybe = *must_make;
		enum outcome result;

		if (root(d->file)->updating) {
			say_circular(mk, f, d);
			*at = d->next;
			continue;
		}
		d->file->parent = f;
		result = check_prereq(mk, d->file, depth, target, &maybe);
		if (result > status)
			status = result;
		if (!d->order_only)
			*must_make = maybe;
		d->file = file_real(d->file);
		if (status != OUTCOME_SUCCESS && !mk->o->keep_going)
			break;
		running |= d->file->state == STATE_RUNNING || d->file->state == STATE_DEPS_RUNNING;
		at = &d->next;
	}
	if (running)
		file_set_state(f, STATE_DEPS_RUNNING);
	return status;
}

/*
 * Bring prerequisite F up to date; *MUST_MAKE when the file with time TARGET must be remade for it.
 * An intermediate file is not built for its own sake: what counts are the files below it.
 */
static enum outcome check_prereq(struct make *mk, struct file *f, unsigned depth, stamp target,
				 bool *must_make)
{
	enum outcome status = OUTCOME_SUCCESS;
	struct file *original = f;
	stamp t;

	check_depth(mk, f);
	depth++;
	root(f)->updating = true;
	if (f->phony || !f->intermediate) {
		status = update_file(mk, f, depth);
		f = file_real(f);
		t = file_mtime(mk, f);
		f = file_real(f);
		if (t == STAMP_NONE || t > target)
			*must_make = true;
	} else {
		find_recipe(mk, f, depth, "commands");
		f = file_real(f);
		t = file_mtime(mk, f);
		f = file_real(f);
		if (t != STAMP_NONE && t > target)
			*must_make = true;
		else
			status = check_below(mk, f, depth, target, must_make);
	}
	root(f)->updating = false;
	root(original)->updating = false;
	return status;
}

/* A prerequisite takes over whether anybody cares about errors, while makefiles are remade. */
static bool lend_dontcare(struct visit *v, struct file *f)
{
	bool own = f->dontcare;

	if (v->mk->g->remaking_makefiles)
		f->dontcare = v->file->dontcare;
	return own;
}

static void return_dontcare(struct visit *v, struct file *f, bool own)
{
	if (v->mk->g->remaking_makefiles)
		f->dontcare = own;
}

/* True: an error ends the visit. */
static bool visit_prereq(struct visit *v, struct dep *d, stamp before)
{
	bool maybe = v->must_make, own = lend_dontcare(v, d->file);
	struct file *f = d->file;
	enum outcome result;

	f->parent = v->file;
	result = check_prereq(v->mk, f, v->depth, v->mtime, &maybe);
	if (result > v->status)
		v->status = result;
	return_dontcare(v, f, own);
	if (!d->order_only)
		v->must_make = maybe;
	d->file = file_real(d->file);
	v->running |= in_progress(d->file);
	if (v->status != OUTCOME_SUCCESS && !v->mk->o->keep_going)
		return true;
	if (!v->running)
		d->changed = mtime_of(v->mk, d) != before || before == STAMP_NONE;
	return false;
}

/* The prerequisites of OWNER: the file itself, or one that its recipe makes too. */
static void visit_list(struct visit *v, struct file *owner)
{
	struct dep *last = NULL;

	for (struct dep *d = owner->deps; d; d = d->next) {
		stamp before = mtime_of(v->mk, d);

		if (root(d->file)->updating) {
			say_circular(v->mk, v->file, d);
			/* D stays as it is: a caller further up may be standing on it. */
			if (last)
				last->next = d->next;
			else
				v->file->deps = d->next;
			continue;
		}
		if (visit_prereq(v, d, before))
			return;
		last = d;
	}
}

/* The file will be remade: now its intermediate prerequisites are needed in earnest. */
static void visit_intermediates(struct visit *v)
{
	for (struct dep *d = v->file->deps; d; d = d->next) {
		enum outcome result;
		stamp before;
		bool own;

		if (!d->file->intermediate)
			continue;
		before = mtime_of(v->mk, d);
		d->file->parent = v->file;
		own = lend_dontcare(v, d->file);
		d->file->considered = 0;
		result = update_file(v->mk, d->file, v->depth);
		if (result > v->status)
			v->status = result;
		return_dontcare(v, d->file, own);
		d->file = file_real(d->file);
		v->running |= in_progress(d->file);
		if (v->status != OUTCOME_SUCCESS && !v->mk->o->keep_going)
			return;
		if (!v->running)
			d->changed =
			    (v->file->phony && v->file->cmds) || mtime_of(v->mk, d) != before;
	}
}

static void explain(struct visit *v, struct dep *d, stamp t)
{
	struct make *mk = v->mk;
	struct str name = dep_name(d), target = v->file->name;

	if (v->missing)
		return;
	if (d->order_only)
		make_debug(mk, DEBUG_VERBOSE, v->depth,
			   "Prerequisite '%.*s' is order-only for target '%.*s'.\n", STR_ARG(name),
			   STR_ARG(target));
	else if (t == STAMP_NONE)
		make_debug(mk, DEBUG_BASIC, v->depth,
			   "Prerequisite '%.*s' of target '%.*s' does not exist.\n", STR_ARG(name),
			   STR_ARG(target));
	else if (d->changed)
		make_debug(mk, DEBUG_BASIC, v->depth,
			   "Prerequisite '%.*s' is newer than target '%.*s'.\n", STR_ARG(name),
			   STR_ARG(target));
	else
		make_debug(mk, DEBUG_VERBOSE, v->depth,
			   "Prerequisite '%.*s' is older than target '%.*s'.\n", STR_ARG(name),
			   STR_ARG(target));
}

/* Which prerequisites are newer: for $?, and for targets without a recipe. */
static void note_changes(struct visit *v)
{
	for (struct dep *d = v->file->deps; d; d = d->next) {
		stamp t = mtime_of(v->mk, d);

		if (!d->order_only) {
			if (t == STAMP_NONE && !d->file->intermediate)
				v->must_make = true;
			v->deps_changed |= d->changed;
		}
		d->changed |= v->missing || t > v->mtime;
		explain(v, d, t);
	}
}

static void decide(struct visit *v)
{
	struct make *mk = v->mk;
	struct file *f = v->file;

	if (f->double_colon && !f->deps) {
		v->must_make = true;
		make_debug(mk, DEBUG_BASIC, v->depth,
			   "Target '%.*s' is double-colon and has no prerequisites.\n",
			   STR_ARG(f->name));
	} else if (!v->missing && f->is_target && !v->deps_changed && !f->cmds &&
		   !mk->o->always_now) {
		v->must_make = false;
		make_debug(mk, DEBUG_VERBOSE, v->depth,
			   "No recipe for '%.*s' and no prerequisites actually changed.\n",
			   STR_ARG(f->name));
	} else if (!v->must_make && f->cmds && mk->o->always_now) {
		v->must_make = true;
		make_debug(mk, DEBUG_VERBOSE, v->depth, "Making '%.*s' due to always-make flag.\n",
			   STR_ARG(f->name));
	}
}

/* Make do with the file as it is; from now on under the name where it was found. */
static enum outcome leave_alone(struct visit *v)
{
	struct file *f = v->file;

	if (str_eq(f->name, f->hname))
		make_debug(v->mk, DEBUG_VERBOSE, v->depth, "No need to remake target '%.*s'.\n",
			   STR_ARG(f->name));
	else
		make_debug(v->mk, DEBUG_VERBOSE, v->depth,
			   "No need to remake target '%.*s'; using VPATH name '%.*s'.\n",
			   STR_ARG(f->name), STR_ARG(f->hname));
	file_finished(v->mk, f);
	for (; f; f = f->prev)
		f->name = f->hname;
	return OUTCOME_SUCCESS;
}

static enum outcome give_up(struct visit *v)
{
	struct file *f = v->file;

	f->outcome = v->status == OUTCOME_NONE ? OUTCOME_FAILED : v->status;
	file_finished(v->mk, f);
	v->depth--;
	make_debug(v->mk, DEBUG_VERBOSE, v->depth, "Giving up on target file '%.*s'.\n",
		   STR_ARG(f->name));
	if (v->depth == 0 && v->mk->o->keep_going && !v->mk->o->just_print && !v->mk->o->question)
		make_error(v->mk, (struct place){0}, "Target '%.*s' not remade because of errors.",
			   STR_ARG(f->name));
	return v->status;
}

/* Run the recipe, or see what it means that there is none. */
static void remake(struct make *mk, struct file *f)
{
	if (f->cmds) {
		commands_chop(mk, f->cmds);
		if (!mk->o->touch || f->cmds->any_always) {
			job_new(mk, f);
			return;
		}
		f->outcome = OUTCOME_SUCCESS; /* file_finished will touch it */
	} else if (f->phony || f->is_target) {
		f->outcome = OUTCOME_SUCCESS; /* taken as made, though nothing made it */
	} else {
		if (!mk->g->remaking_makefiles || !f->dontcare)
			complain(mk, f);
		f->outcome = OUTCOME_FAILED;
	}
	file_finished(mk, f);
}

static void say_result(struct make *mk, struct file *f, unsigned depth)
{
	if (f->outcome == OUTCOME_FAILED)
		make_debug(mk, DEBUG_BASIC, depth, "Failed to remake target file '%.*s'.\n",
			   STR_ARG(f->name));
	else if (f->outcome == OUTCOME_SUCCESS)
		make_debug(mk, DEBUG_BASIC, depth, "Successfully remade target file '%.*s'.\n",
			   STR_ARG(f->name));
	else if (f->outcome == OUTCOME_QUESTION)
		make_debug(mk, DEBUG_BASIC, depth,
			   "Target file '%.*s' needs to be remade under -q.\n", STR_ARG(f->name));
}

static enum outcome make_it(struct visit *v)
{
	struct make *mk = v->mk;
	struct file *f = v->file;

	make_debug(mk, DEBUG_BASIC, v->depth, "Must remake target '%.*s'.\n", STR_ARG(f->name));
	if (!str_eq(f->name, f->hname)) {
		make_debug(mk, DEBUG_BASIC, 0, "  Ignoring VPATH name '%.*s'.\n",
			   STR_ARG(f->hname));
		f->ignore_vpath = true;
	}
	remake(mk, f);
	if (f->state != STATE_FINISHED) {
		make_debug(mk, DEBUG_VERBOSE, v->depth, "Recipe of '%.*s' is being run.\n",
			   STR_ARG(f->name));
		return OUTCOME_SUCCESS;
	}
	say_result(mk, f, v->depth);
	f->updated = true;
	return f->outcome;
}

/* Settled earlier? Then *RESULT. */
static bool settled(struct make *mk, struct file *f, unsigned depth, enum outcome *result)
{
	*result = OUTCOME_SUCCESS;
	if (f->updated && f->outcome > OUTCOME_NONE) {
		make_debug(mk, DEBUG_VERBOSE, depth,
			   "Recently tried and failed to update file '%.*s'.\n", STR_ARG(f->name));
		if (f->no_diag && !f->dontcare)
			complain(mk, f);
		*result = f->outcome;
		return true;
	}
	if (f->updated) {
		make_debug(mk, DEBUG_VERBOSE, depth, "File '%.*s' was considered already.\n",
			   STR_ARG(f->name));
		return true;
	}
	if (f->state == STATE_RUNNING) {
		make_debug(mk, DEBUG_VERBOSE, depth, "Still updating file '%.*s'.\n",
			   STR_ARG(f->name));
		return true;
	}
	if (f->state != STATE_FINISHED)
		return false;
	make_debug(mk, DEBUG_VERBOSE, depth, "Finished updating file '%.*s'.\n", STR_ARG(f->name));
	*result = f->outcome;
	return true;
}

/* The time of V's file, and with it whether VPATH gives it another name. */
static void look(struct visit *v)
{
	struct make *mk = v->mk;
	struct file *f;

	v->mtime = file_mtime(mk, v->file);
	f = v->file = file_real(v->file);
	v->missing = v->must_make = v->mtime == STAMP_NONE;
	if (v->missing) {
		make_debug(mk, DEBUG_BASIC, v->depth, "File '%.*s' does not exist.\n",
			   STR_ARG(f->name));
	} else if (v->mtime >= STAMP_FIRST && v->mtime != STAMP_NEW && f->low_resolution) {
		stamp ns = (v->mtime - STAMP_FIRST) & (((stamp)1 << 30) - 1);

		if (ns)
			make_error(mk, (struct place){0},
				   "*** Warning: .LOW_RESOLUTION_TIME file '%.*s' has a high "
				   "resolution time stamp",
				   STR_ARG(f->name));
		v->mtime += 999999999 - ns;
	}
}

enum outcome consider_file(struct make *mk, struct file *f, unsigned depth)
{
	struct visit v = {.mk = mk, .file = f, .depth = depth + 1, .status = OUTCOME_SUCCESS};
	enum outcome result;

	make_debug(mk, DEBUG_VERBOSE, depth, "Considering target file '%.*s'.\n", STR_ARG(f->name));
	if (settled(mk, f, depth, &result))
		return result;
	f->no_diag = f->dontcare;
	root(f)->updating = true;
	look(&v);
	find_recipe(mk, v.file, v.depth, "recipe");
	visit_list(&v, v.file);
	for (struct dep *d = v.file->also_make; d; d = d->next)
		visit_list(&v, d->file);
	if (v.must_make || mk->o->always_now)
		visit_intermediates(&v);
	root(v.file)->updating = false;
	root(f)->updating = false;
	make_debug(mk, DEBUG_VERBOSE, v.depth, "Finished prerequisites of target file '%.*s'.\n",
		   STR_ARG(v.file->name));
	if (v.running) {
		file_set_state(v.file, STATE_DEPS_RUNNING);
		make_debug(mk, DEBUG_VERBOSE, depth,
			   "The prerequisites of '%.*s' are being made.\n", STR_ARG(v.file->name));
		return OUTCOME_SUCCESS;
	}
	if (v.status != OUTCOME_SUCCESS)
		return give_up(&v);
	if (v.file->state == STATE_DEPS_RUNNING)
		file_set_state(v.file, STATE_NOT_STARTED);
	note_changes(&v);
	v.depth--;
	decide(&v);
	return v.must_make ? make_it(&v) : leave_alone(&v);
}
