/* SPDX-License-Identifier: GPL-2.0-only */
/* -p: the database of variables, rules and files. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "make/lang.h"
#include "make/finish.h"
#include "make/graph.h"
#include "make/job.h"
#include "make/lang.h"
#include "make/options.h"

static const char *origin_words(const struct variable *v)
{
	switch (v->origin) {
	case ORIGIN_DEFAULT: return "default";
	case ORIGIN_ENV: return "environment";
	case ORIGIN_FILE: return "makefile";
	case ORIGIN_ENV_OVERRIDE: return "environment under -e";
	case ORIGIN_COMMAND: return "command line";
	case ORIGIN_OVERRIDE: return "'override' directive";
	case ORIGIN_AUTOMATIC: return "automatic";
	}
	return "";
}

/* Could VALUE not be read back because it is only blanks? */
static bool is_blank(struct str value)
{
	return value.n && str_trim(value).n == 0;
}

/* VALUE with dollars doubled, so that it reads back as it is. */
static void put_simple_value(struct buf *b, struct str value)
{
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == '$')
			buf_char(b, '$');
		buf_char(b, value.p[i]);
	}
}

static void put_variable(struct make *mk, struct buf *b, struct variable *v, const char *prefix)
{
	struct str value = v->value.text;
	struct make_span written;
	const char *sign = v->recursive ? v->append ? "+=" : "=" : ":=";

	var_settle(mk, v);
	written = written_span(&v->written);
	buf_fmt(b, "# %s%s", origin_words(v), v->is_private ? " private" : "");
	if (v->at.file.n)
		buf_fmt(b, " (from '%.*s', line %u)", STR_ARG(v->at.file), v->at.line);
	buf_char(b, '\n');
	buf_str(b, make_origin_lines(mk, b->mem, &written, "#"));
	buf_z(b, prefix);
	if (v->recursive && str_chr(value, '\n') >= 0) {
		buf_fmt(b, "define %.*s\n%.*s\nendef\n", STR_ARG(v->symbol->name), STR_ARG(value));
		return;
	}
	buf_fmt(b, "%.*s %s ", STR_ARG(v->symbol->name), sign);
	if (is_blank(value))
		buf_fmt(b, "$(subst ,,%.*s)", STR_ARG(value));
	else if (v->recursive)
		buf_str(b, value);
	else
		put_simple_value(b, value);
	buf_char(b, '\n');
}

enum which { ALL, ONLY_AUTOMATIC, NO_AUTOMATIC };

static void put_set(struct make *mk, struct buf *b, const struct var_set *set, const char *prefix,
		    enum which which)
{
	size_t n;
	struct variable **list = variables_in_table_order(mk, mk->mem, set, &n);

	for (size_t i = 0; i < n; i++) {
		struct variable *v = list[i];

		if ((which == ALL || (v->origin == ORIGIN_AUTOMATIC) == (which == ONLY_AUTOMATIC)))
			put_variable(mk, b, v, prefix);
	}
}

static void put_prereqs(struct buf *b, const struct dep *deps)
{
	const char *before = " | ";

	for (const struct dep *d = deps; d; d = d->next)
		if (!d->order_only)
			buf_fmt(b, " %.*s", STR_ARG(dep_name(d)));
	for (const struct dep *d = deps; d; d = d->next) {
		if (!d->order_only)
			continue;
		buf_fmt(b, "%s%.*s", before, STR_ARG(dep_name(d)));
		before = " ";
	}
	buf_char(b, '\n');
}

static void put_recipe(struct make *mk, struct buf *b, const struct commands *c)
{
	const struct recipe *r = c->recipe;

	buf_z(b, "#  recipe to execute");
	if (!r->at.file.n)
		buf_z(b, " (built-in):\n");
	else
		buf_fmt(b, " (from '%.*s', line %u):\n", STR_ARG(r->at.file), r->at.line);
	for (size_t i = 0; i < r->lines.n; i++)
		buf_fmt(b, "%c%.*s\n", mk->lang->prefix, STR_ARG(r->lines.p[i].text));
}

static void put_rules(struct make *mk, struct buf *b)
{
	size_t terminal = 0, n = mk->g->rules.n;

	buf_z(b, "\n# Implicit Rules\n");
	for (size_t i = 0; i < n; i++) {
		const struct pattern_rule *r = mk->g->rules.p[i];

		buf_char(b, '\n');
		for (size_t k = 0; k < r->n; k++)
			buf_fmt(b, "%.*s%c", STR_ARG(r->targets[k].text),
				k + 1 == r->n ? ':' : ' ');
		if (r->terminal)
			buf_char(b, ':');
		terminal += r->terminal;
		put_prereqs(b, r->deps);
		if (r->cmds)
			put_recipe(mk, b, r->cmds);
	}
	if (n)
		buf_fmt(b, "\n# %zu implicit rules, %zu (%.1f%%) terminal.", n, terminal,
			(double)terminal / (double)n * 100.0);
	else
		buf_z(b, "\n# No implicit rules.\n");
}

static void put_time(struct buf *b, const struct file *f)
{
	time_t seconds = (time_t)((f->mtime - STAMP_FIRST) >> 30);
	unsigned long ns = (unsigned long)((f->mtime - STAMP_FIRST) & ((1u << 30) - 1));
	char text[64], fraction[16];
	struct tm tm;

	if (f->mtime == STAMP_UNKNOWN) {
		buf_z(b, "#  Modification time never checked.\n");
	} else if (f->mtime == STAMP_NONE) {
		buf_z(b, "#  File does not exist.\n");
	} else if (f->mtime == STAMP_OLD) {
		buf_z(b, "#  File is very old.\n");
	} else {
		localtime_r(&seconds, &tm);
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
		snprintf(fraction, sizeof(fraction), ".%09lu", ns);
		for (size_t n = strlen(fraction); n && (fraction[n - 1] == '0' || n == 1); n--)
			fraction[n - 1] = '\0';
		buf_fmt(b, "#  Last modified %s%s\n", text, fraction);
	}
}

static void put_state(struct buf *b, const struct file *f)
{
	static const char *const ends[] = {
		[OUTCOME_SUCCESS] = "#  Successfully updated.\n",
		[OUTCOME_QUESTION] = "#  Needs to be updated (-q is set).\n",
		[OUTCOME_FAILED] = "#  Failed to be updated.\n",
	};

	buf_z(b, f->updated ? "#  File has been updated.\n" : "#  File has not been updated.\n");
	if (f->state == STATE_RUNNING)
		buf_z(b, "#  Recipe currently running (THIS IS A BUG).\n");
	else if (f->state == STATE_DEPS_RUNNING)
		buf_z(b, "#  Dependencies recipe running (THIS IS A BUG).\n");
	else if (ends[f->outcome])
		buf_z(b, ends[f->outcome]);
}

static void put_flags(struct buf *b, const struct file *f)
{
	if (f->precious)
		buf_z(b, "#  Precious file (prerequisite of .PRECIOUS).\n");
	if (f->phony)
		buf_z(b, "#  Phony target (prerequisite of .PHONY).\n");
	if (f->is_goal)
		buf_z(b, "#  Command line target.\n");
	if (f->dontcare)
		buf_z(b, "#  A default, MAKEFILES, or -include/sinclude makefile.\n");
	if (f->builtin)
		buf_z(b, "#  Builtin rule\n");
	buf_z(b, f->tried_implicit ? "#  Implicit rule search has been done.\n"
				   : "#  Implicit rule search has not been done.\n");
	if (f->stem.p)
		buf_fmt(b, "#  Implicit/static pattern stem: '%.*s'\n", STR_ARG(f->stem));
	if (f->intermediate)
		buf_z(b, "#  File is an intermediate prerequisite.\n");
	if (f->also_make) {
		buf_z(b, "#  Also makes:");
		for (const struct dep *d = f->also_make; d; d = d->next)
			buf_fmt(b, " %.*s", STR_ARG(dep_name(d)));
		buf_char(b, '\n');
	}
}

/* From here on recipes are shown with R's prefix. */
static void put_prefix(struct make *mk, struct buf *b, const struct recipe *r)
{
	char prefix = r->prefix ? r->prefix : '\t';

	if (prefix == mk->lang->prefix)
		return;
	mk->lang->prefix = prefix;
	buf_z(b, ".RECIPEPREFIX = ");
	if (prefix != '\t')
		buf_char(b, prefix);
	buf_char(b, '\n');
}

static void put_file(struct make *mk, struct buf *b, const struct file *f)
{
	struct str prefix;

	for (; f; f = f->prev) {
		if (mk->o->no_rules && f->builtin)
			continue;
		buf_char(b, '\n');
		if (f->cmds)
			put_prefix(mk, b, f->cmds->recipe);
		prefix = str_fmt(mk->mem, "%.*s: ", STR_ARG(f->name));
		if (f->vars)
			put_set(mk, b, f->vars, prefix.p, NO_AUTOMATIC);
		if (!f->is_target)
			buf_z(b, "# Not a target:\n");
		buf_fmt(b, "%.*s:%s", STR_ARG(f->name), f->double_colon ? ":" : "");
		put_prereqs(b, f->deps);
		put_flags(b, f);
		put_time(b, f);
		put_state(b, f);
		if (f->vars)
			put_set(mk, b, f->vars, "# ", ONLY_AUTOMATIC);
		if (f->cmds)
			put_recipe(mk, b, f->cmds);
	}
}

static void put_vpaths(struct make *mk, struct buf *b)
{
	const struct vpath *v;

	buf_z(b, "\n# VPATH Search Paths\n\n");
	for (size_t i = 0; i < mk->g->vpaths.n; i++) {
		v = &mk->g->vpaths.p[i];
		buf_fmt(b, "vpath %.*s ", STR_ARG(v->pattern));
		for (size_t k = 0; k < v->dirs.n; k++)
			buf_fmt(b, "%.*s%c", STR_ARG(v->dirs.p[k]),
				k + 1 == v->dirs.n ? '\n' : ':');
	}
	if (!mk->g->vpaths.n)
		buf_z(b, "# No 'vpath' search paths.\n");
	else
		buf_fmt(b, "\n# %zu 'vpath' search paths.\n", mk->g->vpaths.n);
	v = mk->g->general_vpath;
	buf_z(b, v ? "\n# General ('VPATH' variable) search path:\n# "
		   : "\n# No general ('VPATH' variable) search path.\n");
	for (size_t k = 0; v && k < v->dirs.n; k++)
		buf_fmt(b, "%.*s%c", STR_ARG(v->dirs.p[k]), k + 1 == v->dirs.n ? '\n' : ':');
}

static void put_now(struct buf *b, const char *what)
{
	time_t t = time(NULL);
	char text[64];
	struct tm tm;

	localtime_r(&t, &tm);
	strftime(text, sizeof(text), "%a %b %e %H:%M:%S %Y", &tm);
	buf_fmt(b, "\n# %s on %s\n", what, text);
}

static const char *pattern_origin(enum var_origin origin)
{
	const struct variable v = {.origin = origin};

	return origin_words(&v);
}

static void put_pattern_vars(struct make *mk, struct buf *b)
{
	size_t n = mk->g->pattern_vars.n;

	rules_order_pattern_vars(mk);
	buf_z(b, "\n# Pattern-specific Variable Values\n");
	for (size_t i = 0; i < n; i++) {
		const struct pattern_var *p = mk->g->pattern_vars.p[i];

		/* Whatever the assignment was, GNU make shows it as a simple one, but for a command
		 * line's value. */
		buf_fmt(b, "\n%.*s :\n# %s%s (from '%.*s', line %u)\n# %.*s %s ",
			STR_ARG(p->target), pattern_origin(p->origin),
			p->is_private ? " private" : "", STR_ARG(p->at.file), p->at.line,
			STR_ARG(p->name), p->recursive ? "=" : ":=");
		if (is_blank(p->value.text))
			buf_fmt(b, "$(subst ,,%.*s)", STR_ARG(p->value.text));
		else if (p->recursive)
			buf_str(b, p->value.text);
		else
			put_simple_value(b, p->value.text);
		buf_char(b, '\n');
	}
	if (n)
		buf_fmt(b, "\n# %zu pattern-specific variable values", n);
	else
		buf_z(b, "\n# No pattern-specific variable values.\n");
}

void print_data_base(struct make *mk)
{
	struct arena *mem = arena_new();
	struct buf b = buf_new(mem);
	struct file **files;
	size_t n;

	print_version(mk);
	put_now(&b, "Make data base, printed");
	buf_z(&b, "\n# Variables\n\n");
	put_set(mk, &b, mk->globals, "", ALL);
	put_pattern_vars(mk, &b);
	put_rules(mk, &b);
	buf_z(&b, "\n# Files\n");
	files = files_in_table_order(mk, mem, &n);
	for (size_t i = 0; i < n; i++)
		put_file(mk, &b, files[i]);
	put_vpaths(mk, &b);
	put_now(&b, "Finished Make data base");
	buf_char(&b, '\n');
	output_raw(mk, false, buf_view(&b));
	arena_free(mem);
}
