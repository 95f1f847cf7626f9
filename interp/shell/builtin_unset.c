/* SPDX-License-Identifier: GPL-2.0-only */
/* Builtins that take away: unset shift. dash's unset is in builtin_posix.c. */
#include <string.h>

#include "shell/builtin.h"

static bool unset_element(struct shell *sh, struct str arg, int *status)
{
	size_t open = subscript_of(arg);
	const struct var *v;
	struct str index;
	int64_t i;

	if (!open)
		return false;
	index = str_sub(arg, open + 1, arg.n - open - 2);
	arg = str_sub(arg, 0, open);
	v = var_find(sh, arg);
	if (v && (v->flags & VAR_READONLY))
		*status = builtin_error(sh, S("unset"), 1, "%.*s: cannot unset: readonly variable",
					STR_ARG(arg));
	else if (v && (v->flags & VAR_ARRAY) && (str_is(index, "@") || str_is(index, "*")))
		var_clear_array(sh, var_at(sh, arg));
	else if (!v && !dynamic_value(sh, arg).p) /* where there is nothing it looks at no index */
		;
	else if (!subscript_text(sh, index, &index) || !index_eval(sh, index, &i))
		*status = 1;
	else if (i < 0 && v && (v->flags & VAR_ARRAY) &&
		 (!v->n || i + v->items[v->n - 1].index + 1 < 0))
		*status =
		    builtin_error(sh, S("unset"), 1, "[%.*s]: bad array subscript", STR_ARG(index));
	else
		var_unset_index(sh, arg, i);
	return true;
}

/* bash's options: the index of the first name, or 0 after a message, with *STATUS. */
static size_t unset_options(struct shell *sh, const struct str *argv, size_t argc, bool *functions,
			    bool *variables, int *status)
{
	size_t i = 1;

	for (; i < argc && argv[i].n > 1 && argv[i].p[0] == '-'; i++) {
		if (str_is(argv[i], "--")) {
			i++;
			break;
		}
		for (size_t k = 1; k < argv[i].n; k++) {
			*functions |= argv[i].p[k] == 'f';
			*variables |= argv[i].p[k] == 'v';
			if (strchr("fvn", argv[i].p[k]))
				continue;
			say(sh, "unset: -%c: invalid option", argv[i].p[k]);
			put_fd(sh, 2, S("unset: usage: unset [-f] [-v] [-n] [name ...]\n"));
			*status = 2;
			return 0;
		}
	}
	if (!*functions || !*variables)
		return i;
	say(sh, "unset: cannot simultaneously unset a function and a variable");
	*status = 1;
	return 0;
}

/* Is there one, if only a function's own that has been unset? */
static bool is_variable(struct shell *sh, struct str name)
{
	const struct var *v = var_find(sh, name);

	return v && (v->flags != VAR_UNSET || builtin_is_local(sh, name));
}

static int run_unset(struct shell *sh, const struct str *argv, size_t argc)
{
	bool functions = false, variables = false;
	int status = 0;
	size_t i;

	if (!is_bash(sh))
		return unset_posix(sh, argv, argc);
	i = unset_options(sh, argv, argc, &functions, &variables, &status);
	for (; i && i < argc; i++) {
		if (functions) {
			function_unset(sh, argv[i]);
		} else if (unset_element(sh, argv[i], &status)) {
			continue;
		} else if (variables && !is_name(argv[i])) {
			status = builtin_error(sh, argv[0], 1, "`%.*s': not a valid identifier",
					       STR_ARG(argv[i]));
		} else if (!variables && !is_variable(sh, argv[i]) &&
			   function_find(sh, argv[i])) {
			function_unset(sh, argv[i]);
		} else if (!var_unset(sh, argv[i])) {
			status =
			    builtin_error(sh, argv[0], 1, "%.*s: cannot unset: readonly variable",
					  STR_ARG(argv[i]));
		}
	}
	return status;
}

static const char *unset_declines(enum shell_dialect dialect, const struct str *argv, size_t argc)
{
	for (size_t i = 1; dialect == SHELL_BASH && i < argc; i++)
		if (str_is(argv[i], "FUNCNAME") || str_is(argv[i], "BASH_SOURCE") ||
		    str_is(argv[i], "BASH_LINENO"))
			return "unset of a variable that the shell makes up";
	return NULL;
}

const struct builtin builtin_unset = {
    .name = S("unset"),
    .run = run_unset,
    .flags = BUILTIN_SPECIAL | BUILTIN_PURE,
    .declines = unset_declines,
};

static int run_shift(struct shell *sh, const struct str *argv, size_t argc)
{
	int64_t n = 1;

	if (is_bash(sh) && argc > 1 && str_is(argv[1], "--")) {
		argv++;
		argc--;
	}
	if (argc > 1 && !builtin_number(sh, argv[1], &n)) {
		if (is_bash(sh))
			return builtin_error(sh, argv[0], 1, "%.*s: numeric argument required",
					     STR_ARG(argv[1]));
		return builtin_error(sh, argv[0], 2, "Illegal number: %.*s", STR_ARG(argv[1]));
	}
	if (too_many(sh, argv, argc, 2))
		return 1;
	if (n < 0) {
		say(sh, "shift: %.*s: shift count out of range", STR_ARG(argv[1]));
		return 1;
	}
	if ((uint64_t)n > sh->nargs)
		return is_bash(sh) ? 1 : builtin_error(sh, argv[0], 1, "can't shift that many");
	sh->args += n;
	sh->nargs -= (size_t)n;
	if (!is_bash(sh)) /* OPTIND itself stays */
		sh->getopts.next = sh->getopts.offset = 0;
	return 0;
}

const struct builtin builtin_shift = {
	.name = S("shift"),
	.run = run_shift,
	.flags = BUILTIN_SPECIAL | BUILTIN_PURE | BUILTIN_DASHES,
};
