/* SPDX-License-Identifier: GPL-2.0-only */
/* The makefiles themselves: which are read, bringing them up to date, starting over. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "make/finish.h"
#include "make/graph.h"
#include "make/job.h"
#include "make/main.h"
#include "make/options.h"

static const struct place nowhere;

/* Copy standard input into a new file; its name. */
static struct str save_stdin(struct make *mk)
{
	struct str dir = env_get(mk->setup->env, S("TMPDIR"));
	char *name =
	    str_cz(mk->mem, str_fmt(mk->mem, "%.*s/GmXXXXXX", STR_ARG(dir.n ? dir : S("/tmp"))));
	char block[65536];
	int fd = mkstemp(name);
	ssize_t n;

	if (fd < 0)
		make_fatal(mk, nowhere, "fopen (temporary file): %s", strerror(errno));
	name_changes(mk, str_z(name), MAKE_CHANGES_WHOLE);
	while ((n = read(mk->in, block, sizeof(block))) > 0)
		if (write(fd, block, (size_t)n) != n)
			make_fatal(mk, nowhere, "fwrite (temporary file): %s", strerror(errno));
	close(fd);
	return str_z(name);
}

void stdin_makefiles(struct make *mk)
{
	struct strs *names = &mk->o->makefiles;

	for (size_t i = 0; i < names->n; i++) {
		struct file *f;

		if (!str_is(names->p[i], "-"))
			continue;
		if (mk->o->stdin_name.p)
			make_fatal(mk, nowhere, "Makefile from standard input specified twice.");
		mk->o->stdin_name = names->p[i] = save_stdin(mk);
		f = file_enter(mk, names->p[i]);
		f->updated = true;
		f->outcome = OUTCOME_SUCCESS;
		f->state = STATE_FINISHED;
	}
}

void stdin_makefiles_remove(struct make *mk)
{
	if (mk->o->stdin_name.p && unlink(str_cz(mk->mem, mk->o->stdin_name)) < 0 &&
	    errno != ENOENT)
		make_perror(mk, "unlink (temporary file): ", mk->o->stdin_name);
	mk->o->stdin_name = (struct str){NULL, 0};
}

static void read_one(struct make *mk, struct str name)
{
	size_t before = mk->g->makefiles.n;
	struct goal *g;

	read_makefile(mk, name, 0, nowhere, NULL);
	if (mk->g->makefiles.n == before)
		return;
	g = &mk->g->makefiles.p[before];
	if (g->error) {
		errno = g->error;
		make_perror(mk, "", name);
	}
}

static const char *const default_names[] = {"GNUmakefile", "makefile", "Makefile"};

/* False: none is there. */
static bool read_default(struct make *mk)
{
	for (size_t i = 0; i < 3; i++) {
		if (name_exists(mk, str_z(default_names[i]))) {
			read_one(mk, str_z(default_names[i]));
			return true;
		}
	}
	return false;
}

/* GNU make looks at the one that was read last first. */
static void reverse(struct make *mk)
{
	struct goal *list = mk->g->makefiles.p;

	for (size_t i = 0, n = mk->g->makefiles.n; i < n / 2; i++) {
		struct goal g = list[i];

		list[i] = list[n - 1 - i];
		list[n - 1 - i] = g;
	}
}

void read_makefiles(struct make *mk)
{
	bool warn = mk->warn_undefined, found;
	struct str list, word;

	/* not there yet for --eval */
	var_set_simple(mk, mk->globals, S("MAKEFILE_LIST"), S(""), ORIGIN_FILE);
	make_debug(mk, DEBUG_BASIC, 0, "Reading makefiles...\n");
	mk->warn_undefined = false;
	list = expand_var(mk, mk->mem, "MAKEFILES");
	mk->warn_undefined = warn;
	while (str_word(&list, &word))
		read_makefile(mk, word, READ_DEFAULT | READ_SEARCH | READ_NO_ERROR, nowhere, NULL);
	for (size_t i = 0; i < mk->o->makefiles.n; i++)
		read_one(mk, mk->o->makefiles.p[i]);
	found = mk->o->makefiles.n || read_default(mk);
	reverse(mk);
	/* None is there: perhaps there is a rule for one. */
	for (size_t i = 0; !found && i < 3; i++)
		*vec_push(mk->mem, &mk->g->makefiles) = (struct goal){
			.file = file_get(mk, str_z(default_names[i])), .flags = READ_NO_ERROR};
	mk->g->makefiles_known = true;
}

bool makefiles_named_missing(struct make *mk)
{
	for (size_t i = 0; i < mk->o->makefiles.n; i++) {
		struct file *f = file_lookup(mk, options_file_name(mk, mk->o->makefiles.p[i]));

		for (size_t j = 0; f && j < mk->g->makefiles.n; j++)
			if (mk->g->makefiles.p[j].file == f && mk->g->makefiles.p[j].error)
				return true;
	}
	return false;
}

void makefiles_tell_unmade(struct make *mk)
{
	for (size_t i = 0; mk->host->unmade && i < mk->g->makefiles.n; i++) {
		const struct goal *g = &mk->g->makefiles.p[i];

		if (g->error && g->file->cmds)
			mk->host->unmade(mk->host->ctx, mk, g->file->name,
					 g->file->cmds->recipe->at);
	}
}

/* A :: rule with a recipe and no prerequisites would be run for ever. */
static bool might_loop(struct make *mk, const struct goal *g)
{
	for (struct file *f = g->file->double_colon; f; f = f->prev) {
		if (f->deps || !f->cmds)
			continue;
		make_debug(mk, DEBUG_VERBOSE, 0, "Makefile '%.*s' might loop; not remaking it.\n",
			   STR_ARG(f->name));
		return true;
	}
	return false;
}

/* What is to be said and done about makefile G, whose time was BEFORE, after a failure. */
static void judge(struct make *mk, struct goal *g, stamp before, bool *remade, bool *failed,
		  int *status)
{
	struct file *f = file_real(g->file);
	stamp t;

	if (f->updated && f->outcome == OUTCOME_SUCCESS) {
		*remade |= file_mtime_no_search(mk, f) != before;
	} else if (g->flags & READ_NO_ERROR) {
		return;
	} else if (f->updated) {
		make_error(mk, nowhere, "Failed to remake makefile '%.*s'.", STR_ARG(f->name));
		t = file_mtime_no_search(mk, f);
		*remade |= t != STAMP_NONE && t != before;
		*status = 2;
	} else if (g->included) {
		make_error(mk, nowhere, "Included makefile '%.*s' was not found.",
			   STR_ARG(f->name));
	} else {
		make_error(mk, nowhere, "Makefile '%.*s' was not found", STR_ARG(f->name));
		*failed = true;
	}
}

static enum outcome update(struct make *mk)
{
	unsigned level = mk->o->debug_level;
	enum outcome status;

	options_to_makeflags(mk, true, true);
	if (!(level & DEBUG_MAKEFILES))
		mk->o->debug_level = 0;
	mk->g->remaking_makefiles = true;
	status = graph_update(mk, mk->g->makefiles.p, mk->g->makefiles.n);
	mk->g->remaking_makefiles = false;
	mk->o->debug_level = level;
	return status;
}

bool remake_makefiles(struct make *mk, int *status)
{
	struct goal *list = mk->g->makefiles.p;
	bool remade = false, failed = false;
	stamp *before;
	size_t kept = 0;
	enum outcome outcome;

	if (!mk->g->makefiles.n)
		return false;
	make_debug(mk, DEBUG_BASIC, 0, "Updating makefiles....\n");
	before = arena_array(mk->mem, stamp, mk->g->makefiles.n);
	for (size_t i = 0; i < mk->g->makefiles.n; i++) {
		if (might_loop(mk, &list[i]))
			continue;
		before[kept] = file_mtime_no_search(mk, list[i].file);
		list[kept++] = list[i];
	}
	mk->g->makefiles.n = kept;
	mk->g->updating_makefiles = true;
	outcome = update(mk);
	mk->g->updating_makefiles = false;
	if (outcome == OUTCOME_SUCCESS)
		return true;
	for (size_t i = 0; i < kept && outcome == OUTCOME_FAILED; i++)
		judge(mk, &list[i], before[i], &remade, &failed, status);
	if (failed && !remade)
		make_die(mk, 2);
	return remade;
}

/* -f NAME and -fNAME of ARGS name the files as they were read; -o keeps standard input's file. */
static struct strs restart_args(struct make *mk, struct arena *mem, struct strs args)
{
	struct strs out = {0};
	size_t k = 0;

	for (size_t i = 0; i < args.n; i++) {
		struct str word = args.p[i];
		bool makefile = str_starts(word, S("-f")) && k < mk->o->makefiles.n;

		if (makefile && word.n == 2 && i + 1 < args.n) {
			*vec_push(mem, &out) = word;
			i++;
			word = str_dup(mem, mk->o->makefiles.p[k++]);
		} else if (makefile && word.n > 2) {
			word = str_cat(mem, S("-f"), mk->o->makefiles.p[k++]);
		}
		*vec_push(mem, &out) = word;
	}
	if (mk->o->stdin_name.p)
		*vec_push(mem, &out) = str_cat(mem, S("-o"), mk->o->stdin_name);
	return out;
}

/* As if a process were started anew. */
static void say_restart(struct make *mk, struct arena *mem, const struct make_setup *setup,
			unsigned n)
{
	struct buf b = buf_new(mem);

	if (!(mk->o->debug_level & DEBUG_BASIC))
		return;
	buf_fmt(&b, "Re-executing[%u]: %.*s", n, STR_ARG(setup->program));
	for (size_t i = 0; i < setup->args.n; i++)
		buf_fmt(&b, " %.*s", STR_ARG(setup->args.p[i]));
	buf_char(&b, '\n');
	output_raw(mk, false, buf_view(&b));
}

void prepare_restart(struct make *mk, struct arena *mem, struct make_setup *setup,
		     struct str *temporary)
{
	unsigned n = 0;
	struct strs env = {0};
	struct str old = env_get(setup->env, S("MAKE_RESTARTS"));
	uint64_t value = 0;

	str_number(old.n && old.p[0] == '-' ? str_from(old, 1) : old, 10, &value);
	n = (unsigned)value + 1;
	for (size_t i = 0; i < setup->env.n; i++)
		if (!str_starts(setup->env.p[i], S("MAKE_RESTARTS=")))
			*vec_push(mem, &env) = setup->env.p[i];
	*vec_push(mem, &env) =
	    str_fmt(mem, "MAKE_RESTARTS=%s%u", mk->g->jobs->traced ? "-" : "", n);
	setup->env = (struct env){env.p, env.n};
	setup->args = restart_args(mk, mem, setup->args);
	say_restart(mk, mem, setup, n);
	if (mk->o->stdin_name.p)
		*temporary = str_dup(mem, mk->o->stdin_name);
}
