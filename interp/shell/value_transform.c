/* SPDX-License-Identifier: GPL-2.0-only */
/* ${x@Q} and its like, of bash: a value quoted, with its escapes undone, or what is known of its
 * variable. Not ${x@P} nor ${x[@]@A}, which the parser leaves to the real shell. */
#include <string.h>

#include "shell/builtin.h"

struct str vars_flags(struct shell *sh, const struct var *v)
{
	struct buf out = buf_new(sh->tmp);

	if (v->flags & VAR_ARRAY)
		buf_char(&out, 'a');
	if (v->flags & VAR_INTEGER)
		buf_char(&out, 'i');
	if (v->flags & VAR_READONLY)
		buf_char(&out, 'r');
	if (v->flags & VAR_EXPORT)
		buf_char(&out, 'x');
	return out.n ? buf_view(&out) : S("");
}

/* As a shell would read S again. */
static struct str quoted(struct shell *sh, struct str s)
{
	struct str shown = quote_printable(sh->tmp, s);

	return s.n && shown.p == s.p ? quote_single(sh->tmp, sh->dialect, s) : shown;
}

/* S with its escapes as within $'..', up to a NUL. */
static struct str unescaped(struct shell *sh, struct str s)
{
	struct buf out = buf_new(sh->tmp);

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n)
			i += escape_ansi(&out, str_from(s, i + 1));
		else
			buf_char(&out, s.p[i]);
	}
	return out.n ? str_sub(buf_view(&out), 0, strnlen(out.p, out.n)) : S("");
}

/* The variable P names, with what the shell itself knows of it; NULL: there is none. */
static const struct var *named_var(struct shell *sh, const struct param *p)
{
	if (!var_find(sh, p->name) && is_name(p->name))
		declared_own(sh, p->name);
	return var_find(sh, p->name);
}

/* "declare -x NAME='value'", or less; unset: nothing of it. VALUE may be unset. */
static struct str assignment(struct shell *sh, const struct param *p, struct str value)
{
	const struct var *v = named_var(sh, p);
	struct str flags = v ? vars_flags(sh, v) : S("");
	bool has = v && !(v->flags & VAR_UNSET) && value.p;
	struct buf out = buf_new(sh->tmp);

	if (!v || (!flags.n && !has))
		return (struct str){0};
	if (flags.n)
		buf_fmt(&out, "declare -%.*s ", STR_ARG(flags));
	buf_str(&out, p->name);
	if (has)
		buf_fmt(&out, "=%.*s", STR_ARG(quoted(sh, value)));
	return buf_view(&out);
}

static struct str transform_text(struct shell *sh, const struct param *p, struct str s)
{
	struct str flags;

	switch (p->letter) {
	case 'A':
		return assignment(sh, p, s);
	case 'a':
		flags = named_var(sh, p) ? vars_flags(sh, named_var(sh, p)) : S("");
		return flags.n ? flags : (struct str){0};
	case 'E':
		return s.p ? unescaped(sh, s) : s;
	case 'U':
		return value_apply(sh, PARAM_UPPER_ALL, S(""), S(""), s);
	case 'u':
		return value_apply(sh, PARAM_UPPER, S(""), S(""), s);
	case 'L':
		return value_apply(sh, PARAM_LOWER_ALL, S(""), S(""), s);
	default:
		return s.p ? quoted(sh, s) : s;
	}
}

static void transform_items(struct shell *sh, const struct param *p, const struct var *v,
			    struct value *out)
{
	struct strs items = {0};

	for (size_t i = 0; i < out->items.n; i++) {
		struct str s = out->items.p[i];

		if (p->letter == 'k' && v)
			*vec_push(sh->tmp, &items) =
			    str_fmt(sh->tmp, "%lld", (long long)v->items[i].index);
		if (p->letter != 'k' || !v)
			s = transform_text(sh, p, s);
		*vec_push(sh->tmp, &items) = s.p ? s : S("");
	}
	/* what is no array has no letters: nothing, not even an empty field */
	items.n = p->letter == 'a' && !v && items.n && !items.p[0].n ? 0 : items.n;
	out->items = items;
}

bool value_tells(struct shell *sh, const struct param *p)
{
	const struct var *v = var_find(sh, p->name);

	return p->op == PARAM_TRANSFORM && !p->index && (p->letter == 'a' || p->letter == 'A') &&
	       v && v->n;
}

bool value_transform(struct shell *sh, const struct param *p, struct value *out)
{
	const struct var *v = p->all ? named_var(sh, p) : NULL;
	bool array = v && (v->flags & VAR_ARRAY);

	if (array && p->letter == 'a' && (v->flags & VAR_UNSET)) {
		out->many = false;
		out->text = vars_flags(sh, v);
	} else if (out->many) {
		transform_items(sh, p, array ? v : NULL, out);
	} else {
		out->text = transform_text(sh, p, out->text);
	}
	out->operated = true;
	out->mark = !out->many && out->text.n;
	return sh->flow == FLOW_ON;
}
