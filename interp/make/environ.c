/* SPDX-License-Identifier: GPL-2.0-only */
/* What a child's environment says of the variables. */
#include "make/lang.h"

#include <string.h>

/* May NAME be exported without being asked for? A shell must be able to name it. */
static bool exportable(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool letter = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!letter && (i == 0 || c < '0' || c > '9'))
			return false;
	}
	return name.n > 0;
}

static bool is_exported(const struct make *mk, const struct variable *v)
{
	switch (v->export) {
	case EXPORT_YES:
		return true;
	case EXPORT_NO:
		return false;
	case EXPORT_IF_SET:
		return v->origin != ORIGIN_DEFAULT;
	case EXPORT_DEFAULT:
		break;
	}
	/* What was imported is exported by its flag; without it (a target's ?= takes it away), GNU
	 * make looks at the name, where the environment's "=" still stands behind it, and a shell
	 * could not name that. */
	if (v->origin == ORIGIN_DEFAULT || v->origin == ORIGIN_AUTOMATIC || v->imported)
		return false;
	return (mk->export_all || v->origin == ORIGIN_COMMAND || v->origin == ORIGIN_ENV ||
		v->origin == ORIGIN_ENV_OVERRIDE) &&
	       exportable(v->symbol->name);
}

/* V's line of the environment. */
static struct str entry(struct make *mk, struct arena *mem, struct variable *v)
{
	struct frame fr = frame_of(mk, text_plain(S("")));
	struct str name = v->symbol->name, value = v->value.text;
	struct buf line = buf_new(mem);
	struct tbuf *t = NULL;

	if (v->recursive && v->origin != ORIGIN_ENV && v->origin != ORIGIN_ENV_OVERRIDE) {
		t = tbuf_take(mk, false);
		expand_variable(mk, t, v, &fr, 0);
		value = tbuf_view(t);
	}
	buf_room(&line, name.n + 1 + value.n);
	buf_str(&line, name);
	buf_char(&line, '=');
	buf_str(&line, value);
	if (t)
		tbuf_give(mk, t);
	return buf_view(&line);
}

static void take_export_of_global(struct variable *v)
{
	if (v->per_target && v->export == EXPORT_DEFAULT && v->symbol->global)
		v->export = v->symbol->global->export;
}

/* Not exported, but a child has the one that make itself was given. */
static bool is_given_shell(const struct make *mk, const struct variable *v)
{
	return v->export == EXPORT_NO && str_is(v->symbol->name, "SHELL") && mk->lang->env_shell.p;
}

/*
 * All that is exported from SCOPE and the scopes around it, each name once and in GNU make's order.
 */
static struct variable **exported(struct make *mk, struct arena *mem, struct var_set *scope,
				  size_t *n)
{
	struct map *seen = map_new(mem);
	VEC(struct variable *) list = {0};
	VEC(size_t) ends = {0};
	struct variable *v;
	size_t pos;

	for (struct var_set *set = scope; set; set = set->up) {
		for (pos = 0; (v = var_next(set, &pos));) {
			void **at;

			take_export_of_global(v);
			if (!is_exported(mk, v) && !is_given_shell(mk, v))
				continue;
			at = map_at(seen, v->symbol->name);
			if (!*at)
				*vec_push(mem, &list) = v;
			*at = v;
		}
		*vec_push(mem, &ends) = list.n;
	}
	variables_to_table_order(mk, mem, scope, list.p, ends.p);
	*n = list.n;
	return list.p;
}

struct env var_environment(struct make *mk, struct arena *mem, struct var_set *scope)
{
	struct var_set *outer = mk->scope;
	struct strs env = {0};
	struct variable **list;
	size_t n;

	mk->scope = scope;
	list = exported(mk, mem, scope, &n);
	for (size_t i = 0; i < n; i++) {
		if (is_given_shell(mk, list[i]))
			*vec_push(mem, &env) = str_cat(mem, S("SHELL="), mk->lang->env_shell);
		else if (!str_is(list[i]->symbol->name, "MAKELEVEL"))
			*vec_push(mem, &env) = entry(mk, mem, list[i]);
	}
	*vec_push(mem, &env) = str_fmt(mem, "MAKELEVEL=%u", mk->level + 1);
	mk->scope = outer;
	return (struct env){env.p, env.n};
}
