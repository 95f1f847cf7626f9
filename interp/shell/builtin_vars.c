/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Builtins about variables: export readonly local declare, their options; declare.c does what these
 * say, unset and shift are in builtin_unset.c.
 */
#include <string.h>

#include "shell/declare.h"

/* -x -r ... at the front; how many words that took. */
static size_t flags_of(struct declaration *d, const struct str *argv, size_t argc, bool *print,
		       bool *global)
{
	size_t i = 1;

	for (; i < argc && argv[i].n > 1 && (argv[i].p[0] == '-' || argv[i].p[0] == '+'); i++) {
		unsigned *to = argv[i].p[0] == '-' ? &d->on : &d->off;

		if (str_is(argv[i], "--"))
			return i + 1;
		for (size_t k = 1; k < argv[i].n; k++) {
			switch (argv[i].p[k]) {
			case 'x': *to |= VAR_EXPORT; break;
			case 'n':
				d->on = 0;
				d->off |= VAR_EXPORT;
				break;
			case 'r': *to |= VAR_READONLY; break;
			case 'i': *to |= VAR_INTEGER; break;
			case 'a': *to |= VAR_ARRAY; break;
			case 'p': *print = true; break;
			case 'g': *global = true; break;
			}
		}
	}
	return i;
}

/* Options that would need what we have not (associative arrays, name references, ...). */
static const char *declare_declines(enum shell_dialect dialect, const struct str *argv, size_t argc)
{
	const char *known = str_is(argv[0], "export") ? "npa-" : "aixrgp-";
	bool lists = false, exports = false, unmakes = false, prints = false;
	size_t i = 1;

	for (; dialect == SHELL_BASH && i < argc; i++) {
		struct str s = argv[i];

		if (s.n < 2 || (s.p[0] != '-' && s.p[0] != '+'))
			break;
		unmakes |= s.p[0] == '+' && str_chr(s, 'a') >= 0;
		for (size_t k = 1; k < s.n; k++) {
			if (!strchr(known, s.p[k]))
				return "declare option";
			lists |= strchr("aip", s.p[k]) != NULL;
			exports |= strchr("xr", s.p[k]) != NULL;
			prints |= s.p[k] == 'p';
		}
	}
	for (size_t k = i; unmakes && k < argc; k++) /* maybe with an index: it makes an array */
		if (!argv[k].p)
			return "declare +a";
	/* all that the shell has from the start */
	if (i == argc && lists && !exports && !str_is(argv[0], "export") &&
	    !str_is(argv[0], "local") && !(str_is(argv[0], "readonly") && str_is(argv[1], "-p")))
		return "declare list";
	return dialect == SHELL_BASH ? declared_declines(argv[0], argv + i, argc - i, prints)
				     : NULL;
}

/* bash: the first option that there is not, said with the usage; false: all are known. */
static bool unknown_option(struct shell *sh, const struct str *argv, size_t argc)
{
	const char *usage =
	    str_is(argv[0], "export")	  ? "[-fn] [name[=value] ...] or export -p"
	    : str_is(argv[0], "readonly") ? "[-aAf] [name[=value] ...] or readonly -p"
	    : str_is(argv[0], "local")	  ? "[option] name[=value] ..."
	    : str_is(argv[0], "typeset")
		? "[-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]"
		: "[-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]";
	bool attributes = str_is(argv[0], "export") || str_is(argv[0], "readonly");

	for (size_t i = 1;
	     i < argc && argv[i].n > 1 && strchr("-+", argv[i].p[0]) && !str_is(argv[i], "--");
	     i++) {
		for (size_t k = 1; k < argv[i].n; k++) {
			if (strchr(attributes ? "aAfnp" : "acfgilnprtuxAFGI", argv[i].p[k]))
				continue;
			say(sh, "%.*s: %c%c: invalid option", STR_ARG(argv[0]), argv[i].p[0],
			    argv[i].p[k]);
			put_fd(sh, 2,
			       str_fmt(sh->tmp, "%.*s: usage: %.*s %s\n", STR_ARG(argv[0]),
				       STR_ARG(argv[0]), usage));
			return true;
		}
	}
	return false;
}

/* dash's export and readonly know -p only. */
static int declare_posix(struct shell *sh, const struct declaration *d, const struct str *argv,
			 size_t argc)
{
	struct posix_options o = {.argv = argv, .argc = argc};
	int c = posix_option(sh, &o, "p");

	if (c < 0)
		return 2;
	if (c == 'p' || o.at >= argc)
		return declared_list(sh, argv[0], d->on);
	return declare_all(sh, d, argv + o.at, argc - o.at);
}

/* export and readonly, which set the flag ON. */
static int declare_flag(struct shell *sh, unsigned on, const struct str *argv, size_t argc)
{
	struct declaration d = {.word = argv[0], .on = on};
	bool print = false, global = false;
	size_t i;

	if (!is_bash(sh))
		return declare_posix(sh, &d, argv, argc);
	if (unknown_option(sh, argv, argc))
		return 2;
	i = flags_of(&d, argv, argc, &print, &global);
	if (i == argc)
		return declared_list(sh, argv[0], on);
	return declare_all(sh, &d, argv + i, argc - i);
}

static int run_export(struct shell *sh, const struct str *argv, size_t argc)
{
	return declare_flag(sh, VAR_EXPORT, argv, argc);
}

const struct builtin builtin_export = {
	.name = S("export"),
	.run = run_export,
	.flags = BUILTIN_SPECIAL | BUILTIN_DECLARE | BUILTIN_PURE,
	.declines = declare_declines,
};

static int run_readonly(struct shell *sh, const struct str *argv, size_t argc)
{
	return declare_flag(sh, VAR_READONLY, argv, argc);
}

const struct builtin builtin_readonly = {
	.name = S("readonly"),
	.run = run_readonly,
	.flags = BUILTIN_SPECIAL | BUILTIN_DECLARE | BUILTIN_PURE,
	.declines = declare_declines,
};

static int run_local(struct shell *sh, const struct str *argv, size_t argc)
{
	struct declaration d = {.word = argv[0], .local = true};
	bool print = false, global = false;
	size_t i = is_bash(sh) ? flags_of(&d, argv, argc, &print, &global) : 1;

	if (sh->functions_deep == 0 && !sh->may_local) {
		int status = builtin_error(sh, argv[0], 1, "%s",
					   is_bash(sh) ? "can only be used in a function"
						       : "not in a function");
		if (!is_bash(sh))
			sh->flow = FLOW_EXIT;
		return status;
	}
	if (is_bash(sh) && unknown_option(sh, argv, argc))
		return 2;
	if (is_bash(sh) && (i == argc || print))
		return declared_list_local(sh, argv[0], argv + i, argc - i);
	d.local = !global;
	d.global = global;
	return declare_all(sh, &d, argv + i, argc - i);
}

const struct builtin builtin_local = {
	.name = S("local"),
	.run = run_local,
	.flags = BUILTIN_SPECIAL | BUILTIN_DECLARE | BUILTIN_PURE,
	.declines = declare_declines,
};

static int run_declare(struct shell *sh, const struct str *argv, size_t argc)
{
	struct declaration d = {.word = argv[0]};
	bool print = false, global = false;
	size_t i = flags_of(&d, argv, argc, &print, &global);

	if (unknown_option(sh, argv, argc))
		return 2;
	if (print || (i == argc && d.on))
		return declared_print(sh, d.word, d.on, argv + i, argc - i);
	if (i == argc)
		return vars_list(sh);
	d.local = sh->functions_deep && !global;
	d.global = global;
	return declare_all(sh, &d, argv + i, argc - i);
}

const struct builtin builtin_declare = {
	.name = S("declare"),
	.run = run_declare,
	.flags = BUILTIN_BASH | BUILTIN_DECLARE | BUILTIN_PURE,
	.declines = declare_declines,
};

const struct builtin builtin_typeset = {
	.name = S("typeset"),
	.run = run_declare,
	.flags = BUILTIN_BASH | BUILTIN_DECLARE | BUILTIN_PURE,
	.declines = declare_declines,
};

bool declare_array(struct shell *sh, const struct assign *a, const struct str *argv, size_t argc)
{
	struct declaration d = {.word = argv[0]};
	bool print, global = false, local, good;
	struct outermost o = {0};

	flags_of(&d, argv, argc, &print, &global);
	local = sh->functions_deep && !global && !declare_traces_values(&d);
	if (local && !declare_local(sh, sh->just_called, a->name, false))
		return true; /* the builtin says it once more, as its own word */
	if (global)
		o = vars_outermost(sh, a->name);
	good = assign_declared(sh, a, d.on & VAR_INTEGER);
	vars_outermost_end(sh, a->name, &o);
	if (good)
		return true;
	if (sh->flow == FLOW_ON)
		expansion_failed(sh);
	return false;
}
