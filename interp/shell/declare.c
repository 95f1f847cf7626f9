/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What export, readonly, local and declare do to one name=value, a name or an element of an array.
 * Their options are read in builtin_vars.c.
 */
#include <string.h>

#include "shell/declare.h"

static bool split_assign(struct shell *sh, struct str arg, struct str *name, struct str *value,
			 bool *append)
{
	ptrdiff_t eq = str_chr(arg, '=');

	*append = is_bash(sh) && eq > 0 && arg.p[eq - 1] == '+';
	*name = eq < 0 ? arg : str_sub(arg, 0, (size_t)(eq - *append));
	*value = eq < 0 ? (struct str){0} : str_from(arg, (size_t)eq + 1);
	if (value->p == NULL && eq >= 0)
		*value = S("");
	return is_name(*name);
}

static int bad_name(struct shell *sh, const struct declaration *d, struct str arg, struct str name)
{
	if (is_bash(sh))
		return builtin_error(sh, d->word, 1, "`%.*s': not a valid identifier",
				     STR_ARG(arg));
	return builtin_error(sh, d->word, 1, "%.*s: bad variable name", STR_ARG(name));
}

bool builtin_is_local(struct shell *sh, struct str name)
{
	for (;; sh = sh->parent) {
		for (const struct saved_var *s = sh->saved; s != sh->frame; s = s->below)
			if (!s->gone && str_eq(s->name, name))
				return true;
		if (!sh->parent || sh->functions_deep != sh->parent->functions_deep)
			return false;
	}
}

bool declare_local(struct shell *sh, struct str who, struct str name, bool has_value)
{
	const struct var *before = var_find(sh, name);
	struct var *v;
	unsigned kept;
	bool spreads;

	if (builtin_is_local(sh, name))
		return true;
	if (var_is_fixed(sh, name) ||
	    (is_bash(sh) && before && (before->flags & VAR_READONLY) && vars_is_global(sh, name))) {
		say(sh, "%.*s%s%.*s: readonly variable", STR_ARG(who), who.n ? ": " : "",
		    STR_ARG(name));
		return false;
	}
	if (!is_bash(sh) && !before) /* its value stays */
		declared_own(sh, name);
	kept = vars_assigned_before(sh, name, &spreads) ? VAR_EXPORT | VAR_TEMPORARY : VAR_EXPORT;
	var_save(sh, name);
	sh->saved->local = true;
	sh->saved->merged = kept & VAR_TEMPORARY;
	sh->saved->kept = spreads;
	v = var_at(sh, name);
	if (is_bash(sh) && before && (before->flags & VAR_TEMPORARY)) { /* its value stays */
		v->flags &= kept;
	} else if (is_bash(sh) && !has_value) {
		*v = (struct var){.flags = VAR_UNSET | (before ? before->flags & VAR_EXPORT : 0)};
		var_came_back(sh, name);
	} else if (is_bash(sh)) {
		v->flags &= ~(unsigned)(VAR_ARRAY | VAR_INTEGER | VAR_READONLY);
		v->n = 0;
		v->value = S("");
		v->room = 0;
	}
	return true;
}

bool declare_traces_values(const struct declaration *d)
{
	return str_is(d->word, "export") || str_is(d->word, "readonly");
}

/* "x=1 export x": in bash it stays. */
static bool keep_temporary(struct shell *sh, struct str name)
{
	bool found = false;

	for (struct saved_var *s = sh->saved; s != sh->temporary; s = s->below) {
		found |= str_eq(s->name, name);
		s->kept |= str_eq(s->name, name);
	}
	return found;
}

/* bash: a function's text loses its value when it is declared an array. */
static void become_array(struct var *v)
{
	if (v->flags & (VAR_ARRAY | VAR_UNSET))
		return;
	v->flags |= VAR_ARRAY;
	v->n = 0;
}

/* ARG is "x[i]", "x[i]=value" or "x[i]+=value" of bash: *PLACE is "x[i]", *NAME x; *VALUE may be
 * unset. */
static bool split_element(const struct shell *sh, struct str arg, struct str *place,
			  struct str *name, struct str *value, bool *append)
{
	ptrdiff_t open = str_chr(arg, '['), eq = str_find(arg, S("]="));

	*append = false;
	if (eq < 0 && (eq = str_find(arg, S("]+="))) >= 0)
		*append = true;
	if (!is_bash(sh) || open <= 0 || (eq < 0 ? arg.p[arg.n - 1] != ']' : eq < open))
		return false;
	*name = str_sub(arg, 0, (size_t)open);
	*place = eq < 0 ? arg : str_sub(arg, 0, (size_t)eq + 1);
	*value = eq < 0 ? (struct str){0} : str_from(arg, place->n + 1 + *append);
	return is_name(*name);
}

/* Assign to PLACE, which is NAME[INDEX]; false after a message. */
static bool set_element(struct shell *sh, const struct declaration *d, struct str place,
			struct str name, struct str value, bool append)
{
	struct str index = str_sub(place, name.n + 1, place.n - name.n - 2);
	int64_t i;

	if (!value.p && (str_is(index, "@") || str_is(index, "*")))
		return true;
	if (!index.n || str_is(index, "@") || str_is(index, "*")) {
		say(sh, "%.*s: bad array subscript", STR_ARG(place));
		return false;
	}
	if (append) {
		if (!index_eval(sh, index, &i) || index_too_low(sh, place, name, i))
			return false;
		sh->arith_who = str_cz(sh->tmp, d->word);
		value = assign_appended(sh, var_element(var_find(sh, name), i), value,
					var_at(sh, name)->flags);
		sh->arith_who = NULL;
	}
	return sh->flow == FLOW_ON && (!value.p || builtin_set_var(sh, d->word, place, value));
}

/* bash: is NAME read-only, which it stays, or an array that is to be none? Said then, and nothing
 * of it changes. */
static bool refused(struct shell *sh, const struct declaration *d, struct str name,
		    struct str value)
{
	const struct var *v = var_find(sh, name);

	if (v && (v->flags & VAR_READONLY) && (value.p || (d->off & VAR_READONLY)) &&
	    !declare_traces_values(d)) {
		builtin_error(sh, d->word, 1, "%.*s: readonly variable", STR_ARG(name));
		return true;
	}
	if (!v || !(v->flags & VAR_ARRAY) || !(d->off & VAR_ARRAY))
		return false;
	builtin_error(sh, d->word, 1, "%.*s: cannot destroy array variables in this way",
		      STR_ARG(name));
	return true;
}

/* bash: the variable becomes an array, also where the index is none. */
static int declare_element(struct shell *sh, const struct declaration *d, struct str place,
			   struct str name, struct str value, bool append)
{
	struct var *v;
	bool good;

	if (d->local && !declare_local(sh, d->word, name, false))
		return 1;
	if (refused(sh, d, name, value))
		return 1;
	if ((d->on & VAR_READONLY) && value.p) { /* which it is before it gets its value */
		if (d->local && (var_at(sh, name)->flags & VAR_UNSET))
			var_at(sh, name)->flags |= VAR_ARRAY | VAR_DECLARED;
		else
			var_become_array(sh, var_at(sh, name));
		var_at(sh, name)->flags |= d->on;
		say(sh, "%.*s: readonly variable", STR_ARG(name));
		return 0;
	}
	var_at(sh, name)->flags =
	    (var_at(sh, name)->flags | (d->on & VAR_INTEGER)) & ~(d->off & VAR_INTEGER);
	good = set_element(sh, d, place, name, value, append);
	v = var_at(sh, name);
	if (sh->flow != FLOW_ON || (v->flags & VAR_READONLY))
		return 1;
	if (good && !value.p)
		become_array(v);
	if ((v->flags & VAR_UNSET) && !good && !d->local)
		var_clear_array(sh, v);
	else if (v->flags & VAR_UNSET)
		v->flags |= VAR_ARRAY | VAR_DECLARED;
	v->flags = (v->flags | (d->on & ~(unsigned)VAR_ARRAY)) & ~d->off;
	sh->env_cache.p = NULL;
	return !good;
}

/* What is wrong between the parentheses of an array; of quotes that are open bash counts the lines
 * from there, and tells the end, too. */
static void tell_wrong_array(struct shell *sh, struct parse_error error)
{
	struct parse_error end = {.message = "syntax error: unexpected end of file",
				  .line = error.line + 1};

	if (!error.shown.p)
		error.line -= sh->line - 1;
	run_wrong_bash(sh, S("array assign"), &error);
	if (!error.shown.p && sh->flow == FLOW_ON)
		run_wrong_bash(sh, S("array assign"), &end);
}

/* bash: ARG is "x=(a b)" as one word, of what is an array then; NULL: it is not, or that is no list
 * of words, which is told. */
static const struct assign *compound(struct shell *sh, const struct declaration *d, struct str arg,
				     struct str name, struct str value)
{
	const struct var *v = var_find(sh, name);
	const struct node *n;
	struct parse_error error;

	if (!is_bash(sh) || value.n < 2 || value.p[0] != '(' || value.p[value.n - 1] != ')' ||
	    !((d->on & VAR_ARRAY) ||
	      (!declare_traces_values(d) && v && (v->flags & VAR_ARRAY) && !d->local)))
		return NULL;
	if (!parse_items(sh->tmp, str_sub(value, 1, value.n - 2), sh->line - sh->shift, &error) &&
	    error.message) {
		unsigned line = sh->line;

		tell_wrong_array(sh, error);
		sh->line = line;
		var_clear_array(sh, var_at(sh, name));
		if (sh->flow == FLOW_ON)
			expansion_failed(sh);
		return NULL;
	}
	if (parse_checked(sh->tmp, sh->dialect, arg, sh->line, &n, &error) || !n)
		return NULL;
	n = n->kind == NODE_LIST && n->list.n == 1 ? n->list.p[0].node : n;
	return n->kind == NODE_SIMPLE && n->simple.nassigns == 1 && n->simple.assigns[0].array
		   ? &n->simple.assigns[0]
		   : NULL;
}

/* NAME is "-": the options come back when the function is left. Once more in bash, these do. */
static void save_options(struct shell *sh, struct str name)
{
	for (struct saved_var *s = sh->saved; is_bash(sh) && s != sh->frame; s = s->below) {
		if (str_eq(s->name, name)) {
			s->options = sh->options;
			return;
		}
	}
	var_save(sh, name);
}

/* NAME=VALUE among D's words, or NAME+=VALUE. False: it can't be, which is said. */
static bool declare_value(struct shell *sh, const struct declaration *d, struct str name,
			  struct str value, bool append)
{
	bool set;

	if (is_bash(sh) && (sh->options & OPT_XTRACE) && declare_traces_values(d))
		trace(sh,
		      str_fmt(sh->tmp, "%.*s=%.*s", STR_ARG(name),
			      STR_ARG(value.n ? quote_trace(sh->tmp, sh->dialect, value) : S(""))));
	if (is_bash(sh) &&
	    !(d->on & VAR_READONLY ? str_is(d->word, "readonly") : str_is(d->word, "export")))
		sh->builtin = d->word;
	sh->arith_who = is_bash(sh) ? str_cz(sh->tmp, d->word) : NULL;
	if (append)
		value = assign_appended(sh, var_value(sh, name), value, var_at(sh, name)->flags);
	set = sh->flow != FLOW_ON	     ? false
	      : d->on & VAR_ARRAY && !append ? var_set_index(sh, name, 0, value)
					     : var_set(sh, name, value);
	sh->arith_who = NULL;
	if (is_bash(sh))
		sh->builtin = S("");
	if (set)
		return true;
	if (is_bash(sh))
		var_at(sh, name)->flags |= d->on & VAR_EXPORT;
	if (sh->flow == FLOW_DISCARD &&
	    ((var_at(sh, name)->flags & VAR_READONLY) || var_is_fixed(sh, name)))
		sh->flow = FLOW_ON;
	else if (sh->flow == FLOW_DISCARD && !sh->whole)
		drop_whole(sh);
	return false;
}

static int declare_one(struct shell *sh, const struct declaration *d, struct str arg)
{
	const struct assign *array;
	struct str place;
	struct str name, value;
	struct var *v;
	bool append, stays;

	if (d->local && str_is(arg, "-") && (!is_bash(sh) || str_is(d->word, "local"))) {
		save_options(sh, arg);
		return 0;
	}
	if (split_element(sh, arg, &place, &name, &value, &append) &&
	    (value.p || place.n > name.n + 2))
		return declare_traces_values(d)
			   ? bad_name(sh, d, place, name)
			   : declare_element(sh, d, place, name, value, append);
	if (!split_assign(sh, arg, &name, &value, &append)) {
		if (is_bash(sh) || !d->local || !value.p)
			return bad_name(sh, d, arg, name);
		var_save(sh, name); /* dash finds out when the function is left */
		return 0;
	}
	stays = is_bash(sh) && !d->local && !(declare_traces_values(d) && d->off) &&
		keep_temporary(sh, name);
	if (d->local && !declare_local(sh, d->word, name, value.p != NULL))
		return 1;
	if (is_bash(sh) && !stays && !d->global && (d->on & (VAR_EXPORT | VAR_READONLY)))
		vars_spread(sh, name);
	if (is_bash(sh) && refused(sh, d, name, value))
		return 1;
	if (is_bash(sh) && d->local && (d->on & VAR_ARRAY))
		become_array(var_at(sh, name));
	if (d->on & VAR_INTEGER)
		var_at(sh, name)->flags |= VAR_INTEGER;
	if (d->off & VAR_INTEGER)
		var_at(sh, name)->flags &= ~(unsigned)VAR_INTEGER;
	array = value.p ? compound(sh, d, arg, name, value) : NULL;
	if (sh->flow != FLOW_ON)
		return 1;
	if (array && !assign_declared(sh, array, d->on & VAR_INTEGER))
		return 1;
	if (value.p && !array && !declare_value(sh, d, name, value, append))
		return 1;
	if (!value.p && !d->local && !var_find(sh, name))
		declared_own(sh, name);
	v = var_at(sh, name);
	if ((d->on & VAR_ARRAY) && !declare_traces_values(d)) {
		if (!(v->flags & VAR_UNSET))
			var_become_array(sh, v);
		v->flags |= VAR_ARRAY;
	} else if ((d->on & VAR_ARRAY) && (v->flags & VAR_UNSET)) {
		v->flags |= VAR_ARRAY;
	}
	v->flags = (v->flags | (d->on & ~(unsigned)VAR_ARRAY)) & ~d->off;
	v->flags |= v->flags & VAR_UNSET ? VAR_DECLARED : 0;
	sh->env_cache.p = NULL;
	return 0;
}

/* bash: "declare -g x[i]=value" makes an array of the hidden x, and the element is the other's. */
static int declare_hidden(struct shell *sh, const struct declaration *d, struct str arg,
			  const struct outermost *o)
{
	struct str place, name, value;
	struct var *v;
	bool append;

	split_element(sh, arg, &place, &name, &value, &append);
	v = var_at(sh, name);
	if (v->flags & VAR_UNSET)
		var_clear_array(sh, v);
	else
		var_become_array(sh, v);
	v->flags = (v->flags | d->on) & ~d->off;
	vars_outermost_end(sh, name, o);
	return !set_element(sh, d, place, name, value, append);
}

/* The same under -g: ARG's variable that functions may hide. */
static int declare_global(struct shell *sh, const struct declaration *d, struct str arg)
{
	size_t n = 0;
	struct outermost o;
	struct str place, name, value;
	bool append;
	int status;

	while (n < arg.n && arg.p[n] != '=' && arg.p[n] != '[' && arg.p[n] != '+')
		n++;
	o = vars_outermost(sh, str_sub(arg, 0, n));
	if (o.hides && !(var_at(sh, str_sub(arg, 0, n))->flags & VAR_READONLY) &&
	    split_element(sh, arg, &place, &name, &value, &append) && value.p)
		return declare_hidden(sh, d, arg, &o);
	status = declare_one(sh, d, arg);
	vars_outermost_end(sh, str_sub(arg, 0, n), &o);
	return status;
}

int declare_all(struct shell *sh, const struct declaration *d, const struct str *argv, size_t argc)
{
	int status = 0;

	for (size_t i = 0; i < argc && sh->flow == FLOW_ON; i++)
		status |= (d->global ? declare_global : declare_one)(sh, d, argv[i]);
	return status;
}
