/* SPDX-License-Identifier: GPL-2.0-only */
/* GNU make 4.3's command line: the table of options, reading words, usage, MAKEFLAGS and back. */
#include <ctype.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/opts.h"
#include "make/job.h"
#include "make/lang.h"
#include "make/main.h"
#include "make/options.h"

enum kind { FLAG, FLAG_OFF, IGNORED, STRING, LIST, NAMES, INTEGER, NUMBER };

enum {
	OPT_DEBUG = 256,
	OPT_JOBSERVER,
	OPT_TRACE,
	OPT_NO_PRINT_DIRECTORY,
	OPT_WARN_UNDEFINED,
	OPT_SYNC_MUTEX,
	OPT_NO_SILENT,
	OPT_JOBSERVER_FDS,
};

/* One option. The order is that of MAKEFLAGS: letters without argument first. */
static const struct option_row {
	int id;
	enum kind kind;
	size_t field;
	bool from_env;		/* heeded in MAKEFLAGS */
	bool to_env;		/* put into MAKEFLAGS */
	bool not_for_makefiles;	/* left out while makefiles are remade */
	const char *without;	/* the argument when none is given */
	const char *name;
} rows[] = {
#define F(x) offsetof(struct options, x)
	{'b', IGNORED, 0, false, false, false, NULL, NULL},
	{'B', FLAG, F(always_make), true, true, false, NULL, "always-make"},
	{'d', FLAG, F(debug), true, true, false, NULL, NULL},
	{'e', FLAG, F(env_overrides), true, true, false, NULL, "environment-overrides"},
	{'E', LIST, F(evals), true, false, false, NULL, "eval"},
	{'h', FLAG, F(usage), false, false, false, NULL, "help"},
	{'i', FLAG, F(ignore_errors), true, true, false, NULL, "ignore-errors"},
	{'k', FLAG, F(keep_going), true, true, false, NULL, "keep-going"},
	{'L', FLAG, F(check_symlinks), true, true, false, NULL, "check-symlink-times"},
	{'m', IGNORED, 0, false, false, false, NULL, NULL},
	{'n', FLAG, F(just_print), true, true, true, NULL, "just-print"},
	{'p', FLAG, F(print_data_base), true, true, false, NULL, "print-data-base"},
	{'q', FLAG, F(question), true, true, true, NULL, "question"},
	{'r', FLAG, F(no_rules), true, true, false, NULL, "no-builtin-rules"},
	{'R', FLAG, F(no_variables), true, true, false, NULL, "no-builtin-variables"},
	{'s', FLAG, F(silent), true, true, false, NULL, "silent"},
	{'S', FLAG_OFF, F(keep_going), true, false, false, NULL, "no-keep-going"},
	{'t', FLAG, F(touch), true, true, true, NULL, "touch"},
	{'v', FLAG, F(version), true, true, false, NULL, "version"},
	{'w', FLAG, F(print_directory), true, true, false, NULL, "print-directory"},
	{'C', NAMES, F(dirs), false, false, false, NULL, "directory"},
	{'f', NAMES, F(makefiles), false, false, false, NULL, "file"},
	{'I', NAMES, F(include_dirs), true, true, false, NULL, "include-dir"},
	{'j', INTEGER, F(jobs), true, true, false, "", "jobs"},
	{'l', NUMBER, F(load), true, true, false, "", "load-average"},
	{'o', NAMES, F(old_files), false, false, false, NULL, "old-file"},
	{'O', STRING, F(sync_word), true, true, false, "target", "output-sync"},
	{'W', NAMES, F(new_files), false, false, false, NULL, "what-if"},
	{OPT_DEBUG, LIST, F(debug_words), true, true, false, "basic", "debug"},
	{OPT_JOBSERVER, STRING, F(jobserver), true, true, false, NULL, "jobserver-auth"},
	{OPT_TRACE, FLAG, F(trace), true, true, false, NULL, "trace"},
	{OPT_NO_PRINT_DIRECTORY, FLAG, F(no_print_directory), true, true, false, NULL,
	 "no-print-directory"},
	{OPT_WARN_UNDEFINED, FLAG, F(warn_undefined), true, true, false, NULL,
	 "warn-undefined-variables"},
	{OPT_SYNC_MUTEX, STRING, F(sync_mutex), true, true, false, NULL, "sync-mutex"},
	{OPT_NO_SILENT, FLAG_OFF, F(silent), true, false, false, NULL, "no-silent"},
	{OPT_JOBSERVER_FDS, STRING, F(jobserver), true, false, false, NULL, "jobserver-fds"},
#undef F
};

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

static const struct {
	const char *name;
	int id;
} aliases[] = {
    {"quiet", 's'},	 {"stop", 'S'},	      {"new-file", 'W'},
    {"assume-new", 'W'}, {"assume-old", 'o'}, {"max-load", 'l'},
    {"dry-run", 'n'},	 {"recon", 'n'},      {"makefile", 'f'},
};

#define N_ALIASES (sizeof(aliases) / sizeof(aliases[0]))

static const struct option_row *row_of(int id)
{
	for (size_t i = 0; i < N_ROWS; i++)
		if (rows[i].id == id)
			return &rows[i];
	return NULL;
}

static enum opt_takes takes(const struct option_row *r)
{
	if (r->kind == FLAG || r->kind == FLAG_OFF || r->kind == IGNORED)
		return OPT_NONE;
	return r->without ? OPT_MAYBE : OPT_VALUE;
}

/* The rows as getopt_long would have them. */
static const struct opt *table(struct arena *mem)
{
	struct opt *t = arena_array(mem, struct opt, N_ROWS + N_ALIASES + 1);

	for (size_t i = 0; i < N_ROWS; i++)
		t[i] = (struct opt){rows[i].id, rows[i].name, takes(&rows[i]), NULL};
	for (size_t i = 0; i < N_ALIASES; i++)
		t[N_ROWS + i] = (struct opt){aliases[i].id, aliases[i].name,
					     takes(row_of(aliases[i].id)), NULL};
	return t;
}

struct options *options_new(struct make *mk)
{
	struct options *o = arena_make(mk->mem, struct options);

	o->jobs = JOBS_UNSET;
	o->load = -1;
	return o;
}

struct str options_file_name(struct make *mk, struct str name)
{
	if (!name.n)
		make_fatal(mk, (struct place){0}, "empty string invalid as file name");
	if (name.p[0] == '~')
		name = names_tilde(mk, mk->mem, name);
	while (str_starts(name, S("./"))) {
		name = str_from(name, 2);
		while (name.n && name.p[0] == '/')
			name = str_from(name, 1);
	}
	return name.n ? str_dup(mk->mem, name) : S("./");
}

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!isdigit((unsigned char)s.p[i]))
			return false;
	return true;
}

static void refuse_empty(struct make *mk, const struct option_row *r)
{
	if (r->id < 256)
		make_error(mk, (struct place){0},
			   "the '-%c' option requires a non-empty string argument", r->id);
	else
		make_error(mk, (struct place){0},
			   "the '--%s' option requires a non-empty string argument", r->name);
	mk->o->bad = true;
}

static void set_text(struct make *mk, const struct option_row *r, struct str value)
{
	void *field = (char *)mk->o + r->field;

	if (!value.p)
		value = str_z(r->without);
	if (!value.n) {
		refuse_empty(mk, r);
		return;
	}
	if (r->kind == STRING)
		*(struct str *)field = str_dup(mk->mem, value);
	else if (r->kind == NAMES)
		*vec_push(mk->mem, (struct strs *)field) = options_file_name(mk, value);
	else
		*vec_push(mk->mem, (struct strs *)field) = str_dup(mk->mem, value);
}

static void set_jobs(struct make *mk, struct str value)
{
	uint64_t n = 0;

	if (!value.p) {
		mk->o->jobs = 0;
		return;
	}
	if (!value.n || !all_digits(value) || !str_number(value, 10, &n) || n < 1 || n > INT_MAX) {
		make_error(mk, (struct place){0},
			   "the '-%c' option requires a positive integer argument", 'j');
		mk->o->bad = true;
		return;
	}
	mk->o->jobs = (unsigned)n;
}

/* The argument of -j or -l may also be the next word, when it looks like a number. */
static struct str optional_number(struct opts *in, enum kind kind)
{
	struct str next;

	if (in->value.p || in->in_cluster || in->next >= in->argc)
		return in->value;
	next = in->argv[in->next];
	if (kind == INTEGER ? !all_digits(next)
			    : !next.n || !(isdigit((unsigned char)next.p[0]) || next.p[0] == '.'))
		return in->value;
	in->next++;
	return next;
}

static void apply(struct make *mk, struct opts *in, int id, bool env)
{
	const struct option_row *r = row_of(id);
	struct str value = in->value;
	bool heed = !env || r->from_env;

	if (r->kind == INTEGER || r->kind == NUMBER)
		value = optional_number(in, r->kind);
	if (!heed)
		return;
	switch (r->kind) {
	case FLAG:
	case FLAG_OFF:
		*(bool *)((char *)mk->o + r->field) = r->kind == FLAG;
		break;
	case STRING:
	case LIST:
	case NAMES:
		set_text(mk, r, value);
		break;
	case INTEGER:
		set_jobs(mk, value);
		break;
	case NUMBER:
		mk->o->load = value.p ? atof(str_cz(mk->mem, value)) : -1;
		break;
	case IGNORED:
		break;
	}
}

static void decode_debug_word(struct make *mk, struct str word)
{
	struct options *o = mk->o;

	while (word.n) {
		switch (tolower((unsigned char)word.p[0])) {
		case 'a': o->debug_level |= DEBUG_ALL; break;
		case 'b': o->debug_level |= DEBUG_BASIC; break;
		case 'i': o->debug_level |= DEBUG_BASIC | DEBUG_IMPLICIT; break;
		case 'j': o->debug_level |= DEBUG_JOBS; break;
		case 'm': o->debug_level |= DEBUG_BASIC | DEBUG_MAKEFILES; break;
		case 'n': o->debug_level = 0; break;
		case 'v': o->debug_level |= DEBUG_BASIC | DEBUG_VERBOSE; break;
		default:
			make_fatal(mk, (struct place){0},
				   "unknown debug level specification '%.*s'", STR_ARG(word));
		}
		while (word.n && word.p[0] != ',' && word.p[0] != ' ')
			word = str_from(word, 1);
		word = str_from(word, 1);
	}
}

static void decode_sync(struct make *mk)
{
	static const char *const words[] = {"none", "line", "target", "recurse"};

	if (!mk->o->sync_word.p)
		return;
	for (size_t i = 0; i < 4; i++) {
		if (str_is(mk->o->sync_word, words[i])) {
			mk->o->sync = (enum output_sync)i;
			return;
		}
	}
	make_fatal(mk, (struct place){0}, "unknown output-sync type '%.*s'",
		   STR_ARG(mk->o->sync_word));
}

static void decode(struct make *mk)
{
	struct options *o = mk->o;

	if (o->debug)
		o->debug_level = DEBUG_ALL;
	for (size_t i = 0; i < o->debug_words.n; i++)
		decode_debug_word(mk, o->debug_words.p[i]);
	if (!o->debug_level)
		o->debug = false;
	decode_sync(mk);
	o->run_silent = o->silent;
	options_mirror(mk);
}

void options_mirror(struct make *mk)
{
	mk->warn_undefined = mk->o->warn_undefined;
	mk->env_overrides = mk->o->env_overrides;
	mk->just_print = mk->o->just_print;
	mk->silent = mk->o->run_silent;
}

/* Is WORD "NAME=value"? Then make the assignment. */
static bool assign(struct make *mk, struct str word)
{
	struct assignment a;
	struct variable *v;
	struct str name;

	if (!scan_definition(word, 0, &a))
		return false;
	name = expand(mk, mk->mem, str_sub(word, a.from, a.name_n));
	if (!name.n)
		make_fatal(mk, (struct place){0}, "empty variable name");
	word = str_dup(mk->mem, str_from(word, a.value));
	v = var_assign(mk, mk->globals, name, a.kind, (struct make_text){.text = word},
		       ORIGIN_COMMAND, (struct place){0}, NULL, false);
	for (size_t i = 0; v && i < mk->o->overrides.n; i++)
		if (mk->o->overrides.p[i] == v)
			return true;
	if (v)
		*vec_push(mk->mem, &mk->o->overrides) = v;
	return true;
}

/* A word that is no option, in its turn. */
static void operand(struct make *mk, struct str word, bool env)
{
	mk->warn_undefined = mk->o->warn_undefined; /* as said so far */
	mk->env_overrides = mk->o->env_overrides;
	if (!str_is(word, "-") && !assign(mk, word) && !env)
		goal_enter(mk, word);
}

void options_words(struct make *mk, const struct str *argv, size_t argc, bool env)
{
	struct opts in = opts_begin(mk->mem, table(mk->mem), argv, argc, false);
	size_t taken = 0;
	int id;

	mk->o->bad = false; /* what was bad in the environment doesn't count */
	for (;;) {
		id = opts_next(&in);
		while (taken < in.operands.n)
			operand(mk, in.operands.p[taken++], env);
		if (id == OPTS_END)
			break;
		if (id != OPTS_ERROR) {
			apply(mk, &in, id, env);
			continue;
		}
		if (!env) {
			mk->o->bad = true;
			output_raw(mk, true, str_fmt(mk->mem, "%.*s: %.*s\n", STR_ARG(argv[0]),
						     STR_ARG(in.error)));
		}
	}
	if (!env && (mk->o->bad || mk->o->usage)) {
		options_usage(mk, mk->o->bad);
		make_die(mk, mk->o->bad ? 2 : 0);
	}
	decode(mk);
}

/* VALUE's words: blanks part them, and behind the last ones there is an empty word; a backslash
 * takes what follows as it is, newlines are nothing special. */
static struct strs variable_words(struct make *mk, struct str value)
{
	struct strs words = {0};
	struct buf b = buf_new(mk->mem);

	*vec_push(mk->mem, &words) = mk->program;
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (c == '\\' && i + 1 < value.n) {
			buf_char(&b, value.p[++i]);
		} else if (c == ' ' || c == '\t') {
			*vec_push(mk->mem, &words) = buf_view(&b);
			b = buf_new(mk->mem);
			while (i + 1 < value.n && (value.p[i + 1] == ' ' || value.p[i + 1] == '\t'))
				i++;
		} else {
			buf_char(&b, c);
		}
	}
	*vec_push(mk->mem, &words) = buf_view(&b);
	return words;
}

void options_from_variable(struct make *mk, const char *name)
{
	struct str value = expand_var(mk, mk->mem, name);
	struct strs words;

	if (!var_lookup(mk, str_z(name)))
		var_warn_undefined(mk, str_z(name));
	value = str_from(value, scan_skip_space(value, 0));
	if (!value.n)
		return;
	words = variable_words(mk, value);
	if (words.p[1].p[0] != '-' && str_chr(words.p[1], '=') < 0)
		words.p[1] = str_cat(mk->mem, S("-"), words.p[1]);
	options_words(mk, words.p, words.n, true);
}

void options_quote(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '$')
			buf_char(b, '$');
		else if (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\\')
			buf_char(b, '\\');
		buf_char(b, s.p[i]);
	}
}

void options_set_overrides(struct make *mk)
{
	struct buf b = buf_new(mk->mem);

	if (!mk->o->overrides.n)
		return;
	for (size_t i = mk->o->overrides.n; i-- > 0;) {
		struct variable *v = mk->o->overrides.p[i];

		options_quote(&b, v->symbol->name);
		buf_z(&b, v->recursive ? "=" : ":=");
		options_quote(&b, v->value.text);
		if (i)
			buf_char(&b, ' ');
	}
	var_set_simple(mk, mk->globals, S("-*-command-variables-*-"), buf_view(&b),
		       ORIGIN_AUTOMATIC);
	var_set_recursive(mk, mk->globals, S("MAKEOVERRIDES"), S("${-*-command-variables-*-}"),
			  ORIGIN_ENV);
}

static void put_option(struct buf *b, const struct option_row *r, struct str value)
{
	if (r->id < 256)
		buf_fmt(b, " -%c", r->id);
	else
		buf_fmt(b, " --%s%s", r->name, value.n ? "=" : "");
	options_quote(b, value);
}

/* R's value, when MAKEFLAGS has to say it, as an option with an argument. */
static void put_value(struct make *mk, struct buf *b, const struct option_row *r)
{
	void *field = (char *)mk->o + r->field;
	struct strs *list = field;

	if (r->kind == STRING && ((struct str *)field)->p) {
		put_option(b, r, *(struct str *)field);
	} else if (r->kind == LIST || r->kind == NAMES) {
		for (size_t i = 0; i < list->n; i++)
			put_option(b, r, list->p[i]);
	} else if (r->kind == INTEGER && mk->o->jobs != JOBS_UNSET) {
		put_option(b, r, mk->o->jobs ? str_fmt(mk->mem, "%u", mk->o->jobs) : S(""));
	} else if (r->kind == NUMBER && mk->o->load >= 0) {
		put_option(b, r, str_fmt(mk->mem, "%g", mk->o->load));
	}
}

struct variable *options_to_makeflags(struct make *mk, bool all, bool makefile)
{
	const char *overrides = mk->posix ? "-*-command-variables-*-" : "MAKEOVERRIDES";
	struct buf b = buf_new(mk->mem);
	struct variable *v;
	struct str flags;

	buf_char(&b, '-');
	for (size_t pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < N_ROWS; i++) {
			const struct option_row *r = &rows[i];

			if (!r->to_env || (makefile && r->not_for_makefiles))
				continue;
			if (r->kind == FLAG && (r->id >= 256) == (pass == 1)) {
				if (!*(bool *)((char *)mk->o + r->field))
					continue;
				if (pass)
					put_option(&b, r, S(""));
				else
					buf_char(&b, (char)r->id);
			} else if (r->kind != FLAG && pass && all) {
				put_value(mk, &b, r);
			}
		}
	}
	flags = b.n == 1 ? S("") : str_dup(mk->mem, buf_view(&b));
	var_set_recursive(mk, mk->globals, S("MFLAGS"),
			  str_starts(flags, S("- ")) ? str_from(flags, 2) : flags, ORIGIN_ENV);
	if (!flags.n)
		b = buf_new(mk->mem);
	if (mk->o->evals.n)
		buf_z(&b, " $(-*-eval-flags-*-)");
	v = var_lookup_in(mk, mk->globals, str_z(overrides));
	if (all && v && v->value.text.n)
		buf_fmt(&b, " -- $(%s)", overrides);
	flags = buf_view(&b);
	if (str_starts(flags, S("-")))
		flags = str_from(flags, 1);
	return var_set_recursive(mk, mk->globals, S("MAKEFLAGS"), flags,
				 mk->o->env_overrides ? ORIGIN_ENV_OVERRIDE : ORIGIN_FILE);
}
