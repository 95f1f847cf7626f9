/* SPDX-License-Identifier: GPL-2.0-only */
/* set: the shell's options, the positional parameters, the list of all variables. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shell/builtin.h"

/* --- listing --- */

/* They list what they have made themselves, too. */
static struct strs with_own(struct shell *sh, struct strs names)
{
	static const char *const posix[] = {"IFS", "OPTIND", "PPID", "PS1", "PS2", "PS4", NULL};
	static const char *const bash[] = {"BASH",
					   "BASHOPTS",
					   "BASH_ALIASES",
					   "BASH_ARGC",
					   "BASH_ARGV",
					   "BASH_CMDS",
					   "BASH_EXECUTION_STRING",
					   "BASH_LINENO",
					   "BASH_LOADABLES_PATH",
					   "BASH_SOURCE",
					   "BASH_VERSINFO",
					   "BASH_VERSION",
					   "DIRSTACK",
					   "EUID",
					   "FUNCNAME",
					   "GROUPS",
					   "HOSTNAME",
					   "HOSTTYPE",
					   "IFS",
					   "MACHTYPE",
					   "OPTERR",
					   "OPTIND",
					   "OSTYPE",
					   "PIPESTATUS",
					   "PPID",
					   "PS4",
					   "SHELL",
					   "SHELLOPTS",
					   "SHLVL",
					   "TERM",
					   "UID",
					   "_",
					   NULL};
	const char *const *next = is_bash(sh) ? bash : posix;
	struct strs all = {0};

	for (size_t i = 0; i <= names.n; i++) {
		for (; *next && (i == names.n || str_cmp(str_z(*next), names.p[i]) <= 0); next++)
			if (i == names.n || !str_is(names.p[i], *next))
				*vec_push(sh->tmp, &all) = str_z(*next);
		if (i < names.n)
			*vec_push(sh->tmp, &all) = names.p[i];
	}
	return all;
}

/* What bash sets where nobody has. */
static struct str default_value(struct shell *sh, struct str name)
{
	if (str_is(name, "BASH_LOADABLES_PATH"))
		return S("/usr/local/lib/bash:/usr/lib/bash:/opt/local/lib/bash:/usr/pkg/lib/bash:/"
			 "opt/pkg/lib/bash:.");
	if (str_is(name, "OPTERR"))
		return S("1");
	if (str_is(name, "TERM"))
		return S("dumb");
	return str_is(name, "SHELL") ? login_shell(sh) : var_value(sh, name);
}

/*
 * The variable NAME, of which the shell keeps no record, as it would be listed; false: not at all.
 */
static bool own_variable(struct shell *sh, struct str name, struct var *out)
{
	static const char *const empty[] = {"BASH_ALIASES", "BASH_ARGC", "BASH_ARGV", "BASH_CMDS",
					    "DIRSTACK",	    "GROUPS",	 NULL};
	struct strs items = {0};

	*out = (struct var){0};
	for (const char *const *p = empty; is_bash(sh) && *p; p++)
		if (str_is(name, *p))
			out->flags = VAR_ARRAY;
	if (out->flags)
		return true;
	if (!dynamic_items(sh, name, &items)) {
		out->value = is_bash(sh) ? default_value(sh, name) : var_value(sh, name);
		return out->value.p || !is_bash(sh) || str_is(name, "_");
	}
	out->flags = VAR_ARRAY;
	out->items = arena_array(sh->tmp, struct element, items.n + 1);
	for (out->n = 0; out->n < items.n; out->n++)
		out->items[out->n] = (struct element){(int64_t)out->n, items.p[out->n]};
	return !str_is(name, "FUNCNAME") || sh->functions_deep;
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void put_functions(struct shell *sh, struct buf *out)
{
	struct strs names = {0};

	for (struct shell *s = sh; s; s = s->parent) {
		struct str name;
		void *value;

		for (size_t pos = 0; s->functions && map_next(s->functions, &pos, &name, &value);)
			if (value && function_find(sh, name) == value)
				*vec_push(sh->tmp, &names) = name;
	}
	if (names.n)
		qsort(names.p, names.n, sizeof(*names.p), by_name);
	for (size_t i = 0; i < names.n; i++)
		buf_fmt(out, "%.*s () \n%.*s\n", STR_ARG(names.p[i]),
			STR_ARG(function_text(sh->tmp, function_find(sh, names.p[i])->body)));
}

int vars_list(struct shell *sh)
{
	struct buf out = buf_new(sh->tmp);
	struct strs names;

	if (is_bash(sh)) /* what was assigned before the command is not shown */
		vars_restore(sh, sh->temporary);
	names = with_own(sh, vars_names(sh));

	for (size_t i = 0; i < names.n; i++) {
		const struct var *v = var_find(sh, names.p[i]);
		struct var made;

		if (!v && !own_variable(sh, names.p[i], &made))
			continue;
		if (!v)
			v = &made;
		if ((v->flags & VAR_UNSET) ||
		    (v == &made && str_is(names.p[i], "PIPESTATUS") && !v->n))
			continue;
		buf_fmt(&out, "%.*s=", STR_ARG(names.p[i]));
		if (v->flags & VAR_ARRAY)
			vars_put_array(sh, &out, v);
		else if (v->value.n || !is_bash(sh))
			buf_str(&out, quote_word(sh->tmp, sh->dialect, v->value));
		buf_char(&out, '\n');
	}
	if (is_bash(sh))
		put_functions(sh, &out);
	return out.n ? put_out(sh, S("set"), buf_view(&out)) : 0;
}

/* --- options --- */

struct option {
	char letter;
	const char *name;
	unsigned flag;
};

static const struct option bash_options[] = {
	{'a', "allexport", OPT_ALLEXPORT},
	{'e', "errexit", OPT_ERREXIT | OPT_ERREXIT_UNHEEDED},
	{'f', "noglob", OPT_NOGLOB},
	{'n', "noexec", OPT_NOEXEC},
	{'u', "nounset", OPT_NOUNSET},
	{'v', "verbose", OPT_VERBOSE},
	{'x', "xtrace", OPT_XTRACE},
	{'C', "noclobber", OPT_NOCLOBBER},
	{0, "pipefail", OPT_PIPEFAIL},
	{'h', "hashall", 0},
	{'B', "braceexpand", 0},
	{'b', "notify", OPT_NOTIFY},
	{0, "ignoreeof", OPT_IGNOREEOF},
	{'k', "keyword", 0},
	{'t', "onecmd", 0},
	{'P', "physical", 0},
	{'p', "privileged", 0},
	{0, "history", 0},
	{'m', "monitor", OPT_MONITOR},
	{'E', "errtrace", OPT_ERRTRACE},
	{'T', "functrace", OPT_FUNCTRACE},
	{'H', "histexpand", OPT_HISTEXPAND},
	{0, "posix", 0},
	{0, "interactive-comments", 0},
	{0, "nolog", OPT_NOLOG},
	{0, "vi", OPT_VI},
	{0, "emacs", OPT_EMACS},
	{0, NULL, 0},
};

/* In the order of `set -o`; $- shows them from the end on. */
static const struct option posix_options[] = {
	{'e', "errexit", OPT_ERREXIT},	 {'f', "noglob", OPT_NOGLOB},
	{'I', "ignoreeof", OPT_IGNOREEOF}, {'i', "interactive", OPT_INTERACTIVE},
	{'m', "monitor", OPT_MONITOR},	 {'n', "noexec", OPT_NOEXEC},
	{'s', "stdin", OPT_STDIN},	 {'x', "xtrace", OPT_XTRACE},
	{'v', "verbose", OPT_VERBOSE},	 {'V', "vi", OPT_VI},
	{'E', "emacs", OPT_EMACS},	 {'C', "noclobber", OPT_NOCLOBBER},
	{'a', "allexport", OPT_ALLEXPORT}, {'b', "notify", OPT_NOTIFY},
	{'u', "nounset", OPT_NOUNSET},	 {'p', "privileged", OPT_PRIVILEGED},
	{0, "nolog", OPT_NOLOG},	 {0, "debug", OPT_DEBUG},
	{0, NULL, 0},
};

static const struct option *options_of(const struct shell *sh)
{
	return is_bash(sh) ? bash_options : posix_options;
}

static void set_flag(struct shell *sh, unsigned flag, bool on)
{
	unsigned not_yet = sh->unheeding ? OPT_ERREXIT : OPT_ERREXIT_UNHEEDED;

	sh->options = on ? sh->options | (flag & ~not_yet) : sh->options & ~flag;
	if (on && (flag & (OPT_VI | OPT_EMACS)))
		sh->options &= flag == OPT_VI ? ~(unsigned)OPT_EMACS : ~(unsigned)OPT_VI;
}

bool option_letter(struct shell *sh, char c, bool on)
{
	for (const struct option *o = options_of(sh); o->name; o++) {
		if (o->letter == c && c) {
			set_flag(sh, o->flag, on);
			return true;
		}
	}
	return false;
}

bool option_name(struct shell *sh, struct str name, bool on)
{
	for (const struct option *o = options_of(sh); o->name; o++) {
		if (str_is(name, o->name)) {
			set_flag(sh, o->flag, on);
			return true;
		}
	}
	return false;
}

bool option_is_set(const struct shell *sh, struct str name)
{
	for (const struct option *o = options_of(sh); o->name; o++)
		if (str_is(name, o->name))
			return (sh->options & o->flag) || str_is(name, "hashall") ||
			       str_is(name, "braceexpand");
	return false;
}

static struct str flags_bash(struct shell *sh)
{
	struct buf out = buf_new(sh->tmp);

	for (const char *c = "abefhkmnptuvxBCEHPT"; *c; c++)
		for (const struct option *o = bash_options; o->name; o++)
			if (o->letter == *c && ((sh->options & o->flag) || strchr("hB", *c)))
				buf_char(&out, *c);
	if (!sh->script)
		buf_char(&out, 'c');
	return buf_view(&out);
}

struct str option_flags(struct shell *sh)
{
	const struct option *list = options_of(sh);
	struct buf out = buf_new(sh->tmp);
	size_t n = 0;

	if (is_bash(sh))
		return flags_bash(sh);

	buf_put(&out, "", 0);
	while (list[n].name)
		n++;
	for (size_t i = 0; i < n; i++) {
		const struct option *o = &list[n - 1 - i];

		if (o->letter && (sh->options & o->flag))
			buf_char(&out, o->letter);
	}
	return out.n ? buf_view(&out) : S("");
}

/* All that bash lists, in order; those that this shell does not have are off. */
static const char *const bash_listed[] = {
    "allexport",
    "braceexpand",
    "emacs",
    "errexit",
    "errtrace",
    "functrace",
    "hashall",
    "histexpand",
    "history",
    "ignoreeof",
    "interactive-comments",
    "keyword",
    "monitor",
    "noclobber",
    "noexec",
    "noglob",
    "nolog",
    "notify",
    "nounset",
    "onecmd",
    "physical",
    "pipefail",
    "posix",
    "privileged",
    "verbose",
    "vi",
    "xtrace",
};

static bool is_on(const struct shell *sh, const char *name)
{
	return strcmp(name, "interactive-comments") == 0 || option_is_set(sh, str_z(name));
}

struct str options_on(struct shell *sh)
{
	struct buf out = buf_new(sh->tmp);

	for (size_t i = 0; i < sizeof(bash_listed) / sizeof(*bash_listed); i++)
		if (is_on(sh, bash_listed[i]))
			buf_fmt(&out, "%s%s", out.n ? ":" : "", bash_listed[i]);
	return buf_view(&out);
}

/* `set -o` and `set +o` alone. */
static int list_bash(struct shell *sh, bool readable)
{
	struct buf out = buf_new(sh->tmp);

	for (size_t i = 0; i < sizeof(bash_listed) / sizeof(*bash_listed); i++) {
		bool on = is_on(sh, bash_listed[i]);

		if (readable)
			buf_fmt(&out, "%-15s\t%s\n", bash_listed[i], on ? "on" : "off");
		else
			buf_fmt(&out, "set %s %s\n", on ? "-o" : "+o", bash_listed[i]);
	}
	return put_out(sh, S("set"), buf_view(&out));
}

static void set_positional(struct shell *sh, const struct str *argv, size_t argc)
{
	struct str *copy = arena_array(sh->mem, struct str, argc + 1);

	for (size_t i = 0; i < argc; i++)
		copy[i] = str_dup(sh->mem, argv[i]);
	sh->args = copy;
	sh->nargs = argc;
	sh->args_set |= !sh->functions_deep;
	if (!is_bash(sh))
		sh->getopts.next = sh->getopts.offset = 0;
}

static int bad_option(struct shell *sh, struct str option)
{
	say(sh, "set: %.*s: invalid option", STR_ARG(option));
	put_fd(sh, 2,
	       S("set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg "
		 "...]\n"));
	return 2;
}

/* --- dash's --- */

static int list_options(struct shell *sh, bool readable)
{
	struct buf out = buf_new(sh->tmp);

	buf_z(&out, readable ? "Current option settings\n" : "");
	for (const struct option *o = posix_options; o->name; o++) {
		bool on = sh->options & o->flag;

		if (readable)
			buf_fmt(&out, "%-16s%s\n", o->name, on ? "on" : "off");
		else
			buf_fmt(&out, "set %s %s\n", on ? "-o" : "+o", o->name);
	}
	return put_out(sh, S("set"), buf_view(&out));
}

/* The letters of ARGV[*I] behind its - or +; *I moves over what -o takes. 0, or the status of an
 * error. */
static int set_letters(struct shell *sh, const struct str *argv, size_t argc, size_t *i)
{
	struct str letters = argv[*i];
	bool on = letters.p[0] == '-';

	for (size_t k = 1; k < letters.n; k++) {
		if (letters.p[k] != 'o') {
			if (!option_letter(sh, letters.p[k], on))
				return builtin_error(sh, argv[0], 2, "Illegal option -%c",
						     letters.p[k]);
		} else if (*i + 1 == argc) {
			int status = list_options(sh, on);

			if (status)
				return status;
		} else if (!option_name(sh, argv[++*i], on)) {
			return builtin_error(sh, argv[0], 2, "Illegal option -o %.*s",
					     STR_ARG(argv[*i]));
		}
	}
	return 0;
}

static int set_posix(struct shell *sh, const struct str *argv, size_t argc)
{
	size_t i = 1;
	int status = 0;

	for (; i < argc && argv[i].n && (argv[i].p[0] == '-' || argv[i].p[0] == '+'); i++) {
		if (str_is(argv[i], "-") || str_is(argv[i], "--")) {
			if (argv[i].n == 1)
				sh->options &= ~(unsigned)(OPT_XTRACE | OPT_VERBOSE);
			else if (i + 1 == argc)
				set_positional(sh, argv, 0);
			i++;
			break;
		}
		status = set_letters(sh, argv, argc, &i);
		if (status)
			return status;
	}
	if (i < argc)
		set_positional(sh, argv + i, argc - i);
	return 0;
}

static bool is_flags(struct str s)
{
	return s.n && (s.p[0] == '-' || s.p[0] == '+');
}

/* Does what follows ARGV[I], which is flags with an "o", go to that as a name? */
static bool takes_name(const struct str *argv, size_t argc, size_t i)
{
	return i + 1 < argc && argv[i + 1].n && !is_flags(argv[i + 1]);
}

/* bash knows of a wrong letter before it sets any, but for those behind an "o": it takes them for a
 * name then. */
static int check_letters(struct shell *sh, const struct str *argv, size_t argc)
{
	for (size_t i = 1; i < argc && is_flags(argv[i]); i++) {
		if (str_is(argv[i], "--") || str_is(argv[i], "-"))
			break;
		for (size_t k = 1; k < argv[i].n; k++) {
			if (argv[i].p[k] == 'o') {
				i += k + 1 == argv[i].n && takes_name(argv, argc, i);
				break;
			}
			if (!strchr("abefhkmnprtuvxBCEHPT", argv[i].p[k]))
				return bad_option(
				    sh, str_fmt(sh->tmp, "%c%c", argv[i].p[0], argv[i].p[k]));
		}
	}
	return 0;
}

/* The letters of ARGV[*I] behind its - or +; *I moves over what each "o" takes. 0, or the status of
 * an error. */
static int set_letters_bash(struct shell *sh, const struct str *argv, size_t argc, size_t *i)
{
	struct str letters = argv[*i];
	bool on = letters.p[0] == '-';

	for (size_t k = 1; k < letters.n; k++) {
		char c = letters.p[k];

		if (c != 'o') {
			if (option_letter(sh, c, on))
				continue;
			bad_option(sh, str_fmt(sh->tmp, "%c%c", letters.p[0], c));
			return 1;
		}
		if (!takes_name(argv, argc, *i))
			list_bash(sh, on);
		else if (!option_name(sh, argv[++*i], on))
			return builtin_error(sh, argv[0], 2, "%.*s: invalid option name",
					     STR_ARG(argv[*i]));
	}
	return 0;
}

/* What bash does otherwise with these options is not here. */
static bool is_unknown_name(struct str name)
{
	static const char *const names[] = {"verbose",	  "keyword", "onecmd", "physical",
					    "privileged", "posix",   "history"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

static const char *set_declines_bash(const struct str *argv, size_t argc)
{
	for (size_t i = 1; i < argc && is_flags(argv[i]); i++) {
		struct str letters = argv[i];
		bool on = letters.p[0] == '-';

		if (str_is(letters, "--") || str_is(letters, "-"))
			break;
		for (size_t k = 1; k < letters.n; k++) {
			if (letters.p[k] != 'o') {
				if (strchr(on ? "vktPpri" : "Bh", letters.p[k]))
					return "set option";
			} else if (takes_name(argv, argc, i)) {
				i++;
				if (on && is_unknown_name(argv[i]))
					return "set option";
			}
		}
	}
	return NULL;
}

/* dash: what shows the text as it is read, prompts, or wants a terminal. */
static const char *set_declines(enum shell_dialect dialect, const struct str *argv, size_t argc)
{
	if (dialect == SHELL_BASH)
		return set_declines_bash(argv, argc);
	for (size_t i = 1; i < argc; i++) {
		struct str s = argv[i];

		if (str_is(s, "--") || str_is(s, "-") || !s.n || !strchr("-+", s.p[0]))
			break;
		if (s.p[0] == '+')
			continue;
		if (str_chr(s, 'v') >= 0 || str_chr(s, 'i') >= 0 || str_chr(s, 'm') >= 0)
			return "set option";
		if (str_chr(s, 'o') >= 0 && ++i < argc &&
		    (str_is(argv[i], "verbose") || str_is(argv[i], "interactive") ||
		     str_is(argv[i], "monitor")))
			return "set option";
	}
	return NULL;
}

static int run_set(struct shell *sh, const struct str *argv, size_t argc)
{
	size_t i = 1;

	if (argc == 1)
		return vars_list(sh);
	if (!is_bash(sh))
		return set_posix(sh, argv, argc);
	if (check_letters(sh, argv, argc))
		return 2;
	for (; i < argc && is_flags(argv[i]); i++) {
		int status;

		if (str_is(argv[i], "--")) {
			set_positional(sh, argv + i + 1, argc - i - 1);
			return 0;
		}
		if (str_is(argv[i], "-")) {
			sh->options &= ~(unsigned)(OPT_XTRACE | OPT_VERBOSE);
			i++;
			break;
		}
		status = set_letters_bash(sh, argv, argc, &i);
		if (status)
			return status;
	}
	if (i < argc)
		set_positional(sh, argv + i, argc - i);
	return 0;
}

const struct builtin builtin_set = {
	.name = S("set"),
	.run = run_set,
	.flags = BUILTIN_SPECIAL | BUILTIN_PURE,
	.declines = set_declines,
};
