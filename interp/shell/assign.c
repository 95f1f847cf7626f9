/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One assignment: x=y x+=y x[i]=y x=(y [i]=z), with what set -x shows of it. Which of them a
 * command makes, and for how long, is in run_simple.c; how a variable keeps its value in vars.c.
 * Source: bash(1), "Arrays".
 */
#include "shell/internal.h"

struct array_item {
	struct str index; /* unset: the next one */
	bool append;
	struct str value;
};
struct array_items {
	struct array_item *p;
	size_t n, cap;
};

/* All values first: they may ask for what the array holds until now. */
static bool expand_items(struct shell *sh, const struct assign *a, struct array_items *out)
{
	for (size_t i = 0; i < a->nitems;) {
		struct words plain = {0};
		struct strs fields = {0};
		struct array_item item = {.append = a->items[i].append};

		for (; i < a->nitems && !a->items[i].index; i++)
			*vec_push(sh->tmp, &plain) = a->items[i].value;
		if (!expand_words(sh, &plain, true, &fields))
			return false;
		for (size_t k = 0; k < fields.n; k++)
			*vec_push(sh->tmp, out) = (struct array_item){.value = fields.p[k]};
		if (i == a->nitems)
			break;
		item.append = a->items[i].append;
		if (!expand_string(sh, a->items[i].index, &item.index) ||
		    !expand_assign(sh, a->items[i].value, &item.value))
			return false;
		*vec_push(sh->tmp, out) = item;
		i++;
	}
	return true;
}

static void trace_items(struct shell *sh, const struct assign *a, const struct array_items *items)
{
	struct buf out = buf_new(sh->tmp);

	buf_fmt(&out, "%.*s%s=(", STR_ARG(a->name), a->append ? "+" : "");
	for (size_t i = 0; i < items->n; i++) {
		const struct array_item *item = &items->p[i];

		if (i)
			buf_char(&out, ' ');
		if (item->index.p)
			buf_fmt(&out, "[%.*s]%s=", STR_ARG(item->index), item->append ? "+" : "");
		buf_str(&out, quote_single(sh->tmp, sh->dialect, item->value));
	}
	buf_char(&out, ')');
	trace(sh, buf_view(&out));
}


/*
 * The index that ITEM's text means in V: *BAD says that it means none. False after an error in it.
 */
static bool item_index(struct shell *sh, const struct var *v, const struct array_item *item,
		       int64_t *out, bool *bad)
{
	struct str text = item->index;
	int64_t i = 0;
	const char *why = "bad array subscript";

	*bad = true;
	if (str_is(text, "@") || str_is(text, "*")) {
		why = "cannot assign to non-numeric index";
		sh->status = 0;
	} else if (text.n) {
		if (!index_eval(sh, text, &i))
			return false;
		if (i < 0 && v->n)
			i += v->items[v->n - 1].index + 1;
		*bad = i < 0;
	}
	*out = *bad ? *out : i;
	if (*bad) {
		say(sh, "[%.*s]%s=%.*s: %s", STR_ARG(item->index), item->append ? "+" : "",
		    STR_ARG(item->value), why);
		reported(sh);
	}
	return sh->flow != FLOW_EXIT;
}

static bool put_items(struct shell *sh, const struct assign *a, const struct array_items *items)
{
	struct var *v = var_at(sh, a->name);
	int64_t next = 0;

	if (!var_may_change(sh, a->name))
		return false;
	if (!a->append)
		var_clear_array(sh, v);
	else
		var_become_array(sh, v);
	next = v->n ? v->items[v->n - 1].index + 1 : 0;
	for (size_t i = 0; i < items->n; i++) {
		struct array_item *item = &items->p[i];
		bool bad = false;

		if (item->index.p && !item_index(sh, v, item, &next, &bad))
			return false;
		if (bad)
			continue;
		if (item->append)
			item->value =
			    assign_appended(sh, var_element(v, next), item->value, v->flags);
		if (sh->flow != FLOW_ON || !var_set_index(sh, a->name, next++, item->value))
			return false;
		v = var_at(sh, a->name);
	}
	return true;
}

bool assign_declared(struct shell *sh, const struct assign *a, unsigned flags)
{
	struct array_items items = {0};

	if (!expand_items(sh, a, &items))
		return false;
	var_at(sh, a->name)->flags |= flags;
	if (sh->options & OPT_XTRACE)
		trace_items(sh, a, &items);
	return put_items(sh, a, &items);
}

/* bash: *I is what INDEX comes to; one before the first element, or none, is said, and the line
 * dropped. */
static bool bad_index(struct shell *sh, const struct assign *a, struct str index, int64_t *i)
{
	const struct var *v = var_find(sh, a->name);
	int64_t last;

	if (a->index->source.n && !str_is(index, "@") && !str_is(index, "*")) {
		if (!index_eval(sh, index, i))
			return true;
		v = var_find(sh, a->name);
		last = !v || (v->flags & VAR_UNSET) ? -1
		       : !(v->flags & VAR_ARRAY)    ? 0
		       : v->n			    ? v->items[v->n - 1].index
						    : -1;
		if (*i >= 0 || *i + last + 1 >= 0)
			return false;
	}
	say(sh, "%.*s[%.*s]: bad array subscript", STR_ARG(a->name),
	    STR_ARG(word_text(sh->tmp, a->index)));
	reported(sh);
	if (sh->flow == FLOW_ON)
		expansion_failed(sh);
	return true;
}

struct str assign_appended(struct shell *sh, struct str old, struct str value, unsigned flags)
{
	int64_t x, y;

	if (!(flags & VAR_INTEGER))
		return str_cat(sh->tmp, old.p ? old : S(""), value);
	if (!integer_eval(sh, old.p ? old : S("0"), &x) || !integer_eval(sh, value, &y))
		return value;
	return str_fmt(sh->tmp, "%lld", (long long)(x + y));
}

/* APPENDS: what VALUE is put behind is not in it. */
static void trace_assign(struct shell *sh, const struct assign *a, struct str value, bool appends)
{
	struct str index =
	    a->index ? str_fmt(sh->tmp, "[%.*s]", STR_ARG(word_text(sh->tmp, a->index))) : S("");

	trace(sh, str_fmt(sh->tmp, "%.*s%.*s%s%.*s", STR_ARG(a->name), STR_ARG(index),
			  appends ? "+=" : "=",
			  STR_ARG(value.n ? quote_trace(sh->tmp, sh->dialect, value) : S(""))));
}

bool assign_one(struct shell *sh, const struct assign *a)
{
	const struct var *v = a->append ? var_find(sh, a->name) : NULL;
	struct array_items items = {0};
	struct str text, index;
	int64_t i;

	if (a->array) {
		if ((sh->options & OPT_XTRACE) && is_bash(sh))
			trace(sh, str_fmt(sh->tmp, "%.*s%s=(%.*s)", STR_ARG(a->name),
					  a->append ? "+" : "", STR_ARG(items_shown(sh->tmp, a))));
		/* bash looks before it expands */
		if (!sh->builtin.n && !var_may_change(sh, a->name))
			return false;
		if (is_bash(sh)) /* and it is an array by then */
			var_become_array(sh, var_at(sh, a->name));
		return expand_items(sh, a, &items) && put_items(sh, a, &items);
	}
	if (!(a->value->plain ? expand_assign(sh, a->value, &text)
			      : expand_unsplit(sh, expand_assign, a->value, &text)))
		return false;
	if (sh->options & OPT_XTRACE && is_bash(sh))
		trace_assign(sh, a, text, a->append);
	if (a->index) {
		if (!expand_string(sh, a->index, &index) || bad_index(sh, a, index, &i))
			return false;
		if (v)
			text = assign_appended(sh, var_element(v, i), text, v->flags);
		if (sh->flow != FLOW_ON)
			return false;
		return var_set_index(sh, a->name, i, text);
	}
	if (a->append)
		text = assign_appended(sh, var_value(sh, a->name), text, v ? v->flags : 0);
	if (sh->flow != FLOW_ON)
		return false;
	return var_set(sh, a->name, text);
}

/* What stands before a command is a text, whatever the variable is of that name. */
static void become_text(struct var *v, bool append)
{
	struct str first = var_element(v, 0);

	if (v->flags & VAR_ARRAY)
		v->room = 0;
	v->value = v->flags & VAR_ARRAY ? first : v->value;
	v->flags &= append ? ~(unsigned)VAR_ARRAY : ~(unsigned)(VAR_ARRAY | VAR_INTEGER);
	v->n = 0;
}

bool assign_before(struct shell *sh, const struct assign *a)
{
	struct str text;

	if (!(a->value->plain ? expand_assign(sh, a->value, &text)
			      : expand_unsplit(sh, expand_assign, a->value, &text)))
		return false;
	var_save(sh, a->name);
	become_text(var_at(sh, a->name), a->append);
	if (a->append)
		text =
		    assign_appended(sh, var_value(sh, a->name), text, var_at(sh, a->name)->flags);
	var_at(sh, a->name)->flags &= ~(unsigned)VAR_INTEGER; /* but for what it was appended to */
	if ((sh->options & OPT_XTRACE) && sh->flow == FLOW_ON)
		trace_assign(sh, a, text, false);
	return sh->flow == FLOW_ON && var_set(sh, a->name, text);
}
