/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A job's SHELL, .SHELLFLAGS and IFS. GNU make expands them for each command anew. That is done
 * once here, but where it shows: where a function in them writes, reads or defines something
 * (SHELL = $(warning $@)/bin/sh). Expanding is the main thread's, so such a job's worker pauses
 * behind each command.
 */
#include <setjmp.h>

#include "make/job.h"
#include "make/lang.h"

/* What J's commands are started with, as messages about its recipe's line INDEX. */
static void expand_shell(struct make *mk, struct job *j, size_t index)
{
	struct place at = j->file->cmds->recipe->at, saved = mk->at;
	struct make_recipe *r = &j->recipe;
	struct var_set *scope = mk->scope;
	bool warn = mk->warn_undefined;

	if (at.file.n)
		at.line += (unsigned)index;
	mk->warn_undefined = false;
	mk->scope = j->file->vars;
	mk->at = at.file.n ? at : (struct place){0};
	mk->recipe_line = (unsigned)index;
	r->shell = expand(mk, j->mem, S("$(SHELL)"));
	r->shell_flags = expand(mk, j->mem, S("$(.SHELLFLAGS)"));
	expand(mk, j->mem, S("$(IFS)"));
	mk->recipe_line = 0;
	mk->at = saved;
	mk->scope = scope;
	mk->warn_undefined = warn;
}

/* How many commands of J's may be begun before its line AT. */
static size_t commands_before(const struct job *j)
{
	return j->at < j->n ? j->lines[j->at].command + 1 : j->commands.n;
}

static void expand_more(struct make *mk, struct job *j)
{
	while (j->begins < commands_before(j))
		expand_shell(mk, j, j->commands.p[j->begins++]);
}

void job_shell(struct make *mk, struct job *j, const struct make_text *texts)
{
	struct output *context = mk->g->jobs->context;

	mk->g->jobs->context = &j->output;
	mk->lang->acted = false;
	expand_shell(mk, j, job_first_command(j, texts));
	j->recipe.in_pieces = mk->lang->acted;
	job_lines(mk, j, texts);
	j->begins = 1;
	if (j->recipe.in_pieces)
		expand_more(mk, j);
	mk->g->jobs->context = context;
}

bool job_is_ready(struct job *j)
{
	struct make *mk = j->mk;
	jmp_buf *outer = mk->fail, fail;

	if (!j->recipe.in_pieces || j->begins >= commands_before(j))
		return true;
	job_end(j); /* what its lines wrote so far is to be seen on the disk */
	if (j->status)
		return false;
	j->paused = !pthread_equal(mk->g->jobs->owner, pthread_self());
	if (j->paused)
		return false;
	mk->fail = &fail;
	if (setjmp(fail) == 0) {
		expand_more(mk, j);
		mk->fail = outer;
		return true;
	}
	/* GNU make has its child no more, and waits for it. */
	mk->g->jobs->lost = true;
	mk->g->jobs->used -= j->slot;
	longjmp(*outer, 1);
}
