/* SPDX-License-Identifier: GPL-2.0-only */
/* What is done when a file is finished: -t, its time and that of its group, removing files. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "make/finish.h"
#include "make/job.h"
#include "make/options.h"

static enum outcome touch(struct make *mk, struct file *f)
{
	struct str archive, member;
	bool good;

	if (!mk->o->run_silent)
		make_print(mk, "touch %.*s\n", STR_ARG(f->name));
	if (mk->o->just_print)
		return OUTCOME_SUCCESS;
	if (archive_name(f->name, &archive, &member)) {
		file_mtime_again(mk, file_enter(mk, archive), false); /* as it was before */
		good = archive_touch(mk, archive, member);
	} else {
		good = name_touch(mk, f->name);
	}
	return good ? OUTCOME_SUCCESS : OUTCOME_FAILED;
}

static bool all_always(const struct commands *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (!(c->flags[i] & LINE_ALWAYS))
			return false;
	return true;
}

/* Under -t: touch F when its recipe (or the rest of it) was left out. */
static bool touch_instead(struct make *mk, struct file *f)
{
	if (!mk->o->touch || f->outcome != OUTCOME_SUCCESS)
		return false;
	if (f->cmds && f->cmds->any_always && all_always(f->cmds))
		return false;
	if (f->phony || !f->cmds)
		return false;
	f->outcome = touch(mk, f);
	mk->g->commands_started++; /* no "is up to date" after it */
	return true;
}

/* After its recipe F's time is unknown; new when nothing really ran or it has no recipe at all. */
static void forget_time(struct make *mk, struct file *f)
{
	bool pretend = false;

	if ((mk->o->question || mk->o->just_print || mk->o->touch) && f->cmds)
		pretend = !all_always(f->cmds);
	else if (f->is_target && !f->cmds)
		pretend = true;
	f->mtime = pretend || f->kept ? STAMP_NEW : STAMP_UNKNOWN;
}

/* When the last double-colon rule of F's name is done all of them get the latest time. */
static void spread_time(struct file *f)
{
	stamp latest = f->mtime;
	struct file *one, *last = f->double_colon->last;

	/* They are done in turn: most calls need no walk. */
	if (last && !last->updated)
		return;
	for (one = f->double_colon; one && one->updated; one = one->prev)
		if (latest != STAMP_UNKNOWN && (one->mtime == STAMP_UNKNOWN || one->mtime > latest))
			latest = one->mtime;
	if (one)
		return;
	for (one = f->double_colon; one; one = one->prev)
		one->mtime = latest;
}

void file_finished(struct make *mk, struct file *f)
{
	bool ran = f->state == STATE_RUNNING, touched;

	f->state = STATE_FINISHED;
	f->updated = true;
	touched = touch_instead(mk, f);
	if (f->mtime_before == STAMP_UNKNOWN)
		f->mtime_before = f->mtime;
	if ((ran && !f->phony) || touched)
		forget_time(mk, f);
	if (f->double_colon)
		spread_time(f);
	if (ran && f->outcome != OUTCOME_NONE) {
		for (struct dep *d = f->also_make; d; d = d->next) {
			d->file->state = STATE_FINISHED;
			d->file->updated = true;
			d->file->outcome = f->outcome;
			/* Looked at now, or no VPATH search would ever be made for it. */
			if (!d->file->phony)
				file_mtime_again(mk, d->file, false);
			if (!d->file->phony && f->kept)
				d->file->mtime = STAMP_NEW;
		}
	} else if (f->outcome == OUTCOME_NONE) {
		f->outcome = OUTCOME_SUCCESS;
	}
}

/* Delete F, half made, for TARGET (unset: itself), if it changed since we looked. */
static void delete_target(struct make *mk, struct file *f, struct str target)
{
	static const struct place nowhere;
	struct str archive, member;
	struct stat st;

	if (f->precious || f->phony)
		return;
	if (archive_name(f->name, &archive, &member)) {
		int64_t date = archive_date(mk, archive, member);

		if ((date <= 0 ? STAMP_NONE : stamp_of(date, 0)) == f->mtime)
			return;
		if (target.p)
			make_error(mk, nowhere,
				   "*** [%.*s] Archive member '%.*s' may be bogus; not deleted",
				   STR_ARG(target), STR_ARG(f->name));
		else
			make_error(mk, nowhere,
				   "*** Archive member '%.*s' may be bogus; not deleted",
				   STR_ARG(f->name));
		return;
	}
	name_counts(mk, f->name, MAKE_LOOKS_TIME);
	if (fstatat(mk->g->cwd, str_cz(mk->mem, f->name), &st, 0) < 0 || !S_ISREG(st.st_mode) ||
	    stamp_of(st.st_mtim.tv_sec, st.st_mtim.tv_nsec) == f->mtime)
		return;
	if (target.p)
		make_error(mk, nowhere, "*** [%.*s] Deleting file '%.*s'", STR_ARG(target),
			   STR_ARG(f->name));
	else
		make_error(mk, nowhere, "*** Deleting file '%.*s'", STR_ARG(f->name));
	name_changes(mk, f->name, MAKE_CHANGES_GONE);
	if (unlinkat(mk->g->cwd, str_cz(mk->mem, f->name), 0) < 0 && errno != ENOENT)
		make_perror(mk, "unlink: ", f->name);
}

void file_delete_targets(struct make *mk, struct file *f)
{
	delete_target(mk, f, (struct str){NULL, 0});
	for (struct dep *d = f->also_make; d; d = d->next)
		delete_target(mk, d->file, f->name);
}

static bool is_removable(const struct file *f)
{
	return f->intermediate && (f->dontcare || !f->precious) && !f->secondary && !f->is_goal &&
	       f->outcome != OUTCOME_NONE;
}

/* Remove F; false when it wasn't there. Under -n nothing is. */
static bool remove_one(struct make *mk, struct file *f, int *error)
{
	*error = 0;
	if (mk->o->just_print)
		return true;
	name_changes(mk, f->name, MAKE_CHANGES_GONE);
	if (unlinkat(mk->g->cwd, str_cz(mk->mem, f->name), 0) == 0)
		return true;
	*error = errno;
	return errno != ENOENT;
}

void files_remove_intermediates(struct make *mk, bool signal)
{
	struct arena *mem = pool_take(mk);
	struct buf b = buf_new(mem);
	bool said = false; /* some of it */
	size_t n;
	struct file **all = files_in_table_order(mk, mem, &n);

	for (size_t i = 0; i < n && !(signal && mk->o->just_print); i++) {
		struct file *f = all[i];
		int error;

		if (mk->o->question || mk->o->touch || mk->g->all_secondary || !is_removable(f) ||
		    !remove_one(mk, f, &error) || f->dontcare)
			continue;
		if (signal) {
			make_error(mk, (struct place){0}, "*** Deleting intermediate file '%.*s'",
				   STR_ARG(f->name));
		} else if (!b.n && !said) { /* under -s said of each */
			make_debug(mk, DEBUG_BASIC, 0, "Removing intermediate files...\n");
		}
		if (!signal && !mk->o->run_silent) {
			buf_z(&b, b.n || said ? " " : "rm ");
			buf_str(&b, f->name);
		}
		if (error) {
			output_put(mk, NULL, false, buf_view(&b));
			said |= b.n > 0;
			b.n = 0;
			errno = error;
			make_perror(mk, "unlink: ", f->name);
		}
	}
	if (b.n || said) {
		buf_char(&b, '\n');
		output_put(mk, NULL, false, buf_view(&b));
	}
	pool_give(mk, mem);
}
