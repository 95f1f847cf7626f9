/* SPDX-License-Identifier: GPL-2.0-only */
/* The value of one parameter, and the operations of ${...} as bash has them; those that ask whether
 * it is set are in value_default.c, dash's in value_posix.c. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "shell/builtin.h"
#include "shell/value.h"

/* --- what a name stands for --- */

static bool is_number(struct str s)
{
	return s.n && s.p[0] >= '0' && s.p[0] <= '9';
}

static struct str positional(struct shell *sh, struct str name)
{
	unsigned long n = strtoul(str_cz(sh->tmp, name), NULL, 10);

	if (n == 0)
		return sh->name;
	return n <= sh->nargs ? sh->args[n - 1] : (struct str){0};
}

static struct str special(struct shell *sh, char c)
{
	switch (c) {
	case '?': return str_fmt(sh->tmp, "%d", sh->status);
	case '#': return str_fmt(sh->tmp, "%zu", sh->nargs);
	case '$':
		tell_use(sh, SHELL_USES_VALUE, NULL, 0);
		return str_fmt(sh->tmp, "%ld", process_pid(sh, env_top(sh)->process));
	case '-': return option_flags(sh);
	default: return (struct str){0};
	}
}

static void all_elements(struct shell *sh, const struct param *p, struct value *out)
{
	const struct var *v = var_find(sh, p->name);

	if (!v && dynamic_items(sh, p->name, &out->items)) {
		for (size_t i = 0; p->indirect && i < out->items.n; i++)
			out->items.p[i] = str_fmt(sh->tmp, "%zu", i);
	} else if (v && (v->flags & VAR_ARRAY)) {
		for (size_t i = 0; i < v->n; i++)
			*vec_push(sh->tmp, &out->items) =
			    p->indirect ? str_fmt(sh->tmp, "%lld", (long long)v->items[i].index)
					: v->items[i].value;
	} else if (v && !(v->flags & VAR_UNSET)) {
		*vec_push(sh->tmp, &out->items) = p->indirect ? S("0") : v->value;
	}
}

/* Does the index I, which counts from the end, lie before all elements? */
static bool below_first(const struct var *v, int64_t i)
{
	return !v || !(v->flags & VAR_ARRAY) || !v->n || i + v->items[v->n - 1].index + 1 < 0;
}

bool integer_eval(struct shell *sh, struct str text, int64_t *out)
{
	int before = sh->status;
	bool good = arith_eval(sh, text, out);

	if (good || !is_bash(sh) || sh->flow != FLOW_DISCARD)
		return good;
	drop_whole(sh);
	sh->status = before ? before : 1;
	return false;
}

bool index_eval(struct shell *sh, struct str text, int64_t *out)
{
	const char *who = sh->arith_who;
	bool good;

	sh->arith_who = is_bash(sh) ? NULL : who; /* it speaks for itself */
	good = integer_eval(sh, text, out);
	sh->status = !good && sh->whole ? 1 : sh->status;
	sh->arith_who = who;
	return good;
}

static bool element(struct shell *sh, const struct param *p, struct str *out)
{
	const struct var *v = var_find(sh, p->name);
	struct str text;
	int64_t i;

	if (!expand_string(sh, p->index, &text) || !index_eval(sh, text, &i))
		return false;
	if (!v && dynamic_items(sh, p->name, &(struct strs){0})) {
		*out = dynamic_element(sh, p->name, i);
	} else {
		if (i < 0 && is_bash(sh) && below_first(v, i)) {
			if (p->op == PARAM_LENGTH) {
				say(sh, "%.*s]: bad array subscript", STR_ARG(p->index->source));
				expansion_fatal(sh);
				return false;
			}
			say(sh, "%.*s: bad array subscript", STR_ARG(p->name));
			reported(sh);
			return sh->flow == FLOW_ON;
		}
		if (v)
			*out = var_element(v, i);
	}
	return true;
}

struct str param_text(struct shell *sh, struct str name)
{
	if (is_number(name))
		return positional(sh, name);
	if (name.n == 1 && name.p[0] != '_' && !isalpha((unsigned char)name.p[0]))
		return special(sh, name.p[0]);
	return var_value(sh, name);
}

static void named(struct shell *sh, struct str name, struct value *out)
{
	if (str_is(name, "@") || str_is(name, "*")) {
		out->many = true;
		out->all = name.p[0];
		for (size_t i = 0; i < sh->nargs; i++)
			*vec_push(sh->tmp, &out->items) = sh->args[i];
	} else {
		out->text = param_text(sh, name);
	}
}

static bool may_be_named(struct str s)
{
	ptrdiff_t open = str_chr(s, '[');

	if (open > 0 && s.p[s.n - 1] == ']')
		return is_name(str_sub(s, 0, (size_t)open));
	for (size_t i = 0; i < s.n && is_number(s); i++)
		if (!isdigit((unsigned char)s.p[i]))
			return false;
	return is_name(s) || is_number(s) || (s.n == 1 && strchr("@*#?-$!", s.p[0]));
}

static bool is_declared(struct shell *sh, struct str name)
{
	const struct var *v = var_find(sh, name);

	return v && (v->flags & VAR_DECLARED);
}

struct str param_written(struct shell *sh, const struct param *p)
{
	struct str index;

	if (p->all)
		return str_fmt(sh->tmp, "%.*s[%c]", STR_ARG(p->name), p->all);
	if (p->index) {
		index = p->index->source;
		return str_fmt(sh->tmp, "%.*s[%.*s]", STR_ARG(p->name), STR_ARG(index));
	}
	if (p->bare && !is_name(p->name))
		return str_fmt(sh->tmp, "$%.*s", STR_ARG(p->name));
	return p->name;
}

/* ${!x} of an x that names $!, which is none yet, under set -u: bash says both. */
static bool no_process(struct shell *sh, const struct param *p)
{
	say(sh, "$!: unbound variable");
	if (!(sh->options & OPT_ERREXIT))
		say(sh, "%.*s: bad substitution", STR_ARG(p->source));
	expansion_fatal(sh);
	return false;
}

/* Is NAME an array, if one without elements? One that is only declared is none yet. */
static bool is_array(struct shell *sh, struct str name)
{
	const struct var *v = var_find(sh, name);

	return v ? (v->flags & VAR_ARRAY) && !(v->flags & VAR_UNSET)
		 : dynamic_items(sh, name, &(struct strs){0});
}

/* ${!x}: the parameter that x names, maybe with an index. */
static bool indirect(struct shell *sh, const struct param *p, struct value *out)
{
	struct value name = {0};
	struct param target = *p;
	ptrdiff_t open;

	named(sh, p->name, &name);
	if (p->index && !element(sh, p, &name.text))
		return false;
	/* of one that is declared and has no value, or not this one, nothing is said */
	if (!name.text.p &&
	    (is_number(p->name) || is_declared(sh, p->name) ||
	     (p->index && var_find(sh, p->name) && var_find(sh, p->name)->flags != VAR_UNSET)))
		return true;
	if (!name.text.p) {
		say(sh, "%.*s: invalid indirect expansion", STR_ARG(param_written(sh, p)));
		expansion_fatal(sh);
		return false;
	}
	if (!may_be_named(name.text)) {
		say(sh, "%.*s: invalid variable name", STR_ARG(name.text));
		expansion_fatal(sh);
		return false;
	}
	if (str_is(name.text, "!") && (sh->options & OPT_NOUNSET)) {
		struct value pid = {0};

		named(sh, S("!"), &pid);
		if (!pid.text.p)
			return no_process(sh, p);
	}
	target.indirect = false;
	target.index = NULL;
	target.name = str_dup(sh->tmp, name.text);
	open = str_chr(target.name, '[');
	if (open > 0 && target.name.p[target.name.n - 1] == ']') {
		struct str index =
		    str_sub(target.name, (size_t)open + 1, target.name.n - (size_t)open - 2);
		int64_t i;

		target.name = str_sub(target.name, 0, (size_t)open);
		if (str_is(index, "@") || str_is(index, "*")) {
			out->many = true;
			out->all = index.p[0];
			all_elements(sh, &target, out);
			return true;
		}
		if (!arith_eval(sh, index, &i))
			return false;
		if (var_find(sh, target.name))
			out->text = var_element(var_find(sh, target.name), i);
		return true;
	}
	named(sh, target.name, out);
	return true;
}

/* bash cuts the text of a variable that is no array, whatever its index says. */
static bool is_scalar_slice(struct shell *sh, const struct param *p)
{
	const struct var *v = p->op == PARAM_SLICE && !p->indirect ? var_find(sh, p->name) : NULL;

	return v && !(v->flags & (VAR_ARRAY | VAR_UNSET));
}

static bool base_value(struct shell *sh, const struct param *p, struct value *out)
{
	if (p->all && is_scalar_slice(sh, p)) {
		named(sh, p->name, out);
		return true;
	}
	if (p->all) {
		out->many = true;
		out->all = p->all;
		out->keys = p->indirect;
		all_elements(sh, p, out);
		return true;
	}
	if (p->indirect)
		return indirect(sh, p, out);
	if (p->index && p->op == PARAM_LENGTH && !var_value(sh, p->name).p &&
	    !is_array(sh, p->name))
		return true; /* nor does the index */
	if (p->index)
		return element(sh, p, &out->text);
	named(sh, p->name, out);
	return true;
}

/* --- operations with operands --- */

struct operands {
	struct str pattern, with;
	int64_t offset, length; /* LENGTH: once slice_bounds has asked for it */
	struct str length_text; /* as bash blames it */
};

static bool number_of(struct shell *sh, const struct word *w, struct str *text, int64_t *out)
{
	return expand_string(sh, w, text) && arith_eval(sh, *text, out);
}

static bool slice_number(struct shell *sh, const struct param *p, const struct word *w,
			 struct str *text, int64_t *out)
{
	const char *who = sh->arith_who;
	bool good;

	sh->arith_who = str_cz(sh->tmp, p->bare ? p->name : param_written(sh, p));
	good = number_of(sh, w, text, out);
	*text = w->source;
	sh->arith_who = who;
	return good;
}

bool value_operand(struct shell *sh,
		   bool (*expand)(struct shell *, const struct word *, struct str *),
		   const struct word *w, struct str *out)
{
	bool unsplit = sh->unsplit, joins = sh->joins, good;

	good = expand_unsplit(sh, expand, w, out);
	unsplit_end(sh, unsplit, joins);
	return good;
}

static bool read_operands(struct shell *sh, const struct param *p, struct operands *o)
{
	bool unsplit = sh->unsplit, joins = sh->joins, good;

	if (p->op == PARAM_SLICE) {
		return slice_number(sh, p, p->arg, &o->length_text, &o->offset);
	}
	sh->unsplit = is_bash(sh);
	good = !p->arg || expand_pattern(sh, p->arg, &o->pattern);
	unsplit_end(sh, unsplit, joins);
	if (!good)
		return false;
	o->with = S("");
	return !p->arg2 || value_operand(sh, expand_replacement, p->arg2, &o->with);
}

/* Offset and length within SIZE items; false when there is nothing, and then bash has no look at
 * the length. */
static bool slice_bounds(struct shell *sh, const struct param *p, struct operands *o, int64_t size,
			 bool items, int64_t *from, int64_t *to)
{
	*from = o->offset < 0 ? size + o->offset : o->offset;
	*to = size;
	if (*from < 0 || *from > size)
		return false;
	if (p->arg2) {
		if (!slice_number(sh, p, p->arg2, &o->length_text, &o->length))
			return false;
		*to = o->length < 0		 ? size + o->length
		      : o->length < size - *from ? *from + o->length
						 : size;
		if (items && !p->all && o->length > INT64_MAX - *from) /* bash counts over */
			*to = *from < size ? *from + 1 : size;
		if (o->length < 0 && (*to < *from || items)) {
			say(sh, "%.*s: substring expression < 0", STR_ARG(o->length_text));
			expansion_failed(sh);
			return false;
		}
	}
	return true;
}

/* The offset counts indices, the length elements: which of them these are. */
static void elements_between(const struct var *array, int64_t length, int64_t *from, int64_t *to)
{
	int64_t first = 0, n = (int64_t)array->n;

	while (first < n && array->items[first].index < *from)
		first++;
	*from = first;
	*to = length < n - first ? first + length : n;
}

static bool slice(struct shell *sh, const struct param *p, struct operands *o,
		  struct value *v)
{
	const struct var *array;
	int64_t from, to, size;

	if (v->many && !p->all) { /* ${@:0} starts with $0 */
		struct strs with = {0};

		*vec_push(sh->tmp, &with) = sh->name;
		for (size_t i = 0; i < v->items.n; i++)
			*vec_push(sh->tmp, &with) = v->items.p[i];
		v->items = with;
	}
	size = (int64_t)(v->many ? v->items.n : chars_count(v->text));
	array = v->many && p->all ? var_find(sh, p->name) : NULL;
	if (array && (array->flags & VAR_ARRAY) && array->n)
		size = array->items[array->n - 1].index + 1;
	else
		array = NULL;
	/* one that is behind all indices gives nothing, whatever its length */
	if ((array && o->offset >= size) || !slice_bounds(sh, p, o, size, v->many, &from, &to)) {
		v->items.n = 0;
		v->text = S("");
		if (p->all == '@') {
			v->many = true;
			v->all = '@';
		}
		v->mark = false;
		return sh->flow == FLOW_ON;
	}
	if (array)
		elements_between(array, p->arg2 ? o->length : INT64_MAX, &from, &to);
	if (v->many) {
		v->items.p += from;
		v->items.n = (size_t)(to - from);
	} else {
		v->text = str_from(v->text, chars_size(v->text, (size_t)from));
		v->text = str_sub(v->text, 0, chars_size(v->text, (size_t)(to - from)));
	}
	return true;
}

static struct str length_of(struct shell *sh, const struct value *v)
{
	return str_fmt(sh->tmp, "%zu", v->many ? v->items.n : chars_count(v->text));
}

static bool is_set(const struct param *p, const struct value *v)
{
	for (size_t i = 0; p->joined && v->many && i < v->items.n; i++)
		if (v->items.p[i].n)
			return true;
	if (v->many)
		return v->items.n && !p->joined &&
		       (!p->colon || v->items.n > 1 || v->items.p[0].n);
	return v->text.p && (!p->colon || v->text.n);
}

/* A mark of bash's before each character. */
static struct str marked(struct shell *sh, struct str s)
{
	struct buf out = buf_new(sh->tmp);

	for (size_t i = 0; i < s.n; i++) {
		buf_char(&out, 1);
		buf_char(&out, s.p[i]);
	}
	return s.n ? buf_view(&out) : s;
}

bool param_value(struct shell *sh, const struct param *p, struct value *v)
{
	struct operands o = {0};
	bool set, marks;

	if (p->op == PARAM_BAD) {
		say(sh, "%.*s: bad substitution", STR_ARG(p->source));
		expansion_failed(sh);
		return false;
	}
	/* before it looks at the index */
	if (p->op == PARAM_LENGTH && (p->index || p->all) && (sh->options & OPT_NOUNSET) &&
	    !is_array(sh, p->name)) {
		say(sh, "%.*s: unbound variable", STR_ARG(p->name));
		expansion_failed(sh);
		sh->flow = sh->options & OPT_ERREXIT ? FLOW_EXIT : sh->flow;
		return false;
	}
	marks = sh->marks && p->all == '@' && p->op > PARAM_ALTERNATE && p->op != PARAM_LENGTH &&
		!p->indirect;
	sh->marks = false;
	if (!base_value(sh, p, v))
		return false;
	marks &= !is_array(sh, p->name);
	if (marks && v->many && v->items.n)
		v->items.p[0] = marked(sh, v->items.p[0]);
	else if (marks && v->text.p)
		v->text = marked(sh, v->text);
	set = is_set(p, v);
	switch (p->op) {
	case PARAM_DEFAULT:
	case PARAM_ASSIGN:
	case PARAM_ERROR:
	case PARAM_ALTERNATE: return value_conditional(sh, p, set, v);
	default: break;
	}
	if (!set && !v->many && (sh->options & OPT_NOUNSET) &&
	    !(p->index && p->op == PARAM_LENGTH) && !value_tells(sh, p))
		return value_unset(sh, p);
	if (p->op == PARAM_PLAIN)
		return true;
	if (p->op == PARAM_LENGTH) {
		*v = (struct value){.text = length_of(sh, v)};
		return true;
	}
	if (p->op == PARAM_TRANSFORM)
		return value_transform(sh, p, v);
	if (!set && !v->text.p && (p->all || !v->many))
		return true; /* the operands do not count */
	v->operated = is_bash(sh) && p->op >= PARAM_PREFIX && p->op <= PARAM_SUFFIX_LONG;
	if (v->operated && !(v->many ? v->items.n : v->text.n))
		return true; /* there is nothing to take away from */
	if (v->text.p) /* an operand may change the variable */
		v->text = str_dup(sh->tmp, v->text);
	if (!read_operands(sh, p, &o))
		return false;
	v->operated = true;
	v->mark = !v->many && (v->text.n || p->op < PARAM_PREFIX || p->op > PARAM_SUFFIX_LONG);
	if (p->op == PARAM_SLICE && !slice(sh, p, &o, v))
		return false;
	if (p->op == PARAM_SLICE && marks && !v->many) { /* it counts as several all the same */
		v->many = true;
		v->all = '@';
		*vec_push(sh->tmp, &v->items) = v->text;
	}
	if (p->op == PARAM_SLICE)
		return true;
	for (size_t i = 0; i < v->items.n; i++)
		v->items.p[i] = value_apply(sh, p->op, o.pattern, o.with, v->items.p[i]);
	if (!v->many && v->text.p)
		v->text = value_apply(sh, p->op, o.pattern, o.with, v->text);
	return true;
}
