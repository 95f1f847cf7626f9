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
	if (v->origin == ORIGIN_DEFAULT || v->origin == ORIGIN_AUTOMATIC || !exportable(v->name))
		return false;
	return mk->export_all || v->origin == ORIGIN_COMMAND || v->origin == ORIGIN_ENV ||
	       v->origin == ORIGIN_ENV_OVERRIDE;
}

/* V's line of the environment. */
static struct str entry(struct make *mk, struct arena *mem, struct variable *v)
{
	struct frame fr = frame_of(mk, text_plain(S("")));
	struct str value = v->value.text, line;
	struct tbuf *t = NULL;

	if (v->recursive && v->origin != ORIGIN_ENV && v->origin != ORIGIN_ENV_OVERRIDE) {
		t = tbuf_take(mk, false);
		expand_variable(mk, t, v, &fr, 0);
		value = tbuf_view(t);
	}
	line = str_fmt(mem, "%.*s=%.*s", STR_ARG(v->name), STR_ARG(value));
	if (t)
		tbuf_give(mk, t);
	return line;
}

static void take_export_of_global(struct variable *v)
{
	if (v->per_target && v->export == EXPORT_DEFAULT && v->symbol->global)
		v->export = v->symbol->global->export;
}

struct env var_environment(struct make *mk, struct arena *mem, struct var_set *scope)
{
	struct map *seen = map_new(mem);
	struct strs env = {0};
	struct var_set *outer = mk->scope;
	struct variable *v;
	size_t pos;

	mk->scope = scope;
	*map_at(seen, S("MAKELEVEL")) = seen;
	for (struct var_set *set = scope; set; set = set->up) {
		for (pos = 0; (v = var_next(set, &pos));) {
			take_export_of_global(v);
			if (v->export == EXPORT_NO && str_is(v->name, "SHELL") &&
			    mk->lang->env_shell.p && !map_get(seen, v->name)) {
				*map_at(seen, v->name) = v;
				*vec_push(mem, &env) =
				    str_cat(mem, S("SHELL="), mk->lang->env_shell);
			}
			if (!is_exported(mk, v) || map_get(seen, v->name))
				continue;
			*map_at(seen, v->name) = v;
			*vec_push(mem, &env) = entry(mk, mem, v);
		}
	}
	*vec_push(mem, &env) = str_fmt(mem, "MAKELEVEL=%u", mk->level + 1);
	mk->scope = outer;
	return (struct env){env.p, env.n};
}
