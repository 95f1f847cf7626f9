/* SPDX-License-Identifier: GPL-2.0-only */
/* Variables that are always there, and those whose value is computed or has effects. */
#include "make/program.h"

#include <string.h>

static struct variable *set_default(struct make *mk, const char *name, const char *value,
				    enum var_origin origin)
{
	return var_set_simple(mk, mk->globals, str_z(name), str_z(value), origin);
}

void language_begin(struct make *mk)
{
	struct variable *v;

	if (mk->lang)
		return;
	mk->lang = arena_make(mk->mem, struct lang);
	mk->lang->scratch = arena_new();
	mk->lang->prefix = '\t';
	mk->lang->spans = !mk->setup->no_spans;
	program_begin(mk);
	expand_learn_stack(mk);
	for (int i = 0; i < AUTO_COUNT; i++)
		mk->lang->automatic[i] = symbol_of(mk, (struct str){&"<*@%+^?|"[i], 1});
	mk->globals = mk->scope = var_scope_new(mk, NULL);
	v = set_default(mk, ".VARIABLES", "", ORIGIN_DEFAULT);
	v->special = true;
	v = set_default(mk, ".RECIPEPREFIX", "", ORIGIN_DEFAULT);
	v->special = true;
	set_default(mk, ".SHELLFLAGS", "-c", ORIGIN_DEFAULT);
	set_default(mk, ".LOADED", "", ORIGIN_DEFAULT);
	set_default(
	    mk, ".FEATURES",
	    "target-specific order-only second-expansion else-if shortest-stem undefine oneshell "
	    "nocomment grouped-target extra-prereqs archives jobserver output-sync check-symlink "
	    "load",
	    ORIGIN_DEFAULT);
}

void language_end(struct make *mk)
{
	if (!mk->lang)
		return;
	arena_on_oom(mk->lang->program->mem, NULL, NULL);
	if (mk->exhausted)
		texts_shrink(mk->lang->program);
	program_end(mk, mk->lang->depth > 0);
	arena_free(mk->lang->scratch);
}

void language_unwind(struct make *mk, const struct lang *to, const struct bound *bound)
{
	struct lang *l = mk->lang;

	while (l->running.n > to->running.n) {
		struct variable *v = l->running.p[--l->running.n];

		v->expanding = false;
		v->calls = 0;
	}
	program_rebind(l->program, bound);
	l->depth = to->depth;
	l->base = to->base;
	l->hidden = to->hidden;
	l->call_args = to->call_args;
	l->expanding = to->expanding;
	l->trace_args = to->trace_args;
}

void language_reset(struct make *mk)
{
	struct lang *l = mk->lang;

	for (size_t i = 0; i < l->running.n; i++) {
		l->running.p[i]->expanding = false;
		l->running.p[i]->calls = 0;
	}
	program_unbind(l->program);
	texts_reclaim(l->program);
	l->running.n = 0;
	l->depth = l->base = l->hidden = 0;
	l->call_args = 0;
	l->expanding = NULL;
	l->trace_args = false;
	mk->recipe_line = 0;
	mk->scope = mk->globals;
	mk->at = (struct place){0};
	mk->trail = NULL;
}

void var_import_environment(struct make *mk, struct env env)
{
	for (size_t i = 0; i < env.n; i++) {
		ptrdiff_t equal = str_chr(env.p[i], '=');
		struct str name = str_sub(env.p[i], 0, (size_t)equal), value;
		struct variable *v;

		if (equal < 0)
			continue;
		value = str_from(env.p[i], (size_t)equal + 1);
		if (str_is(name, "MAKE_RESTARTS"))
			continue;
		v = var_set_recursive(mk, mk->globals, name, value, ORIGIN_ENV);
		v->export = EXPORT_YES;
		v->imported = true;
		if (str_is(name, "SHELL")) {
			v->export = EXPORT_NO;
			mk->lang->env_shell = str_dup(mk->mem, value);
		}
	}
}

/* $(@D) and $(@F) and their like, of automatic variable C. */
static void define_parts(struct make *mk, const char *c)
{
	struct arena *mem = mk->mem;

	var_set_recursive(mk, mk->globals, str_fmt(mem, "%sD", c),
			  str_fmt(mem, "$(patsubst %%/,%%,$(dir $%s))", c), ORIGIN_AUTOMATIC);
	var_set_recursive(mk, mk->globals, str_fmt(mem, "%sF", c), str_fmt(mem, "$(notdir $%s)", c),
			  ORIGIN_AUTOMATIC);
}

void var_define_automatic(struct make *mk)
{
	static const char *const automatic[] = {"@", "%", "*", "<", "?", "^", "+"};
	struct variable *v;

	set_default(mk, "MAKELEVEL", str_fmt(mk->mem, "%u", mk->level).p, ORIGIN_ENV);
	set_default(mk, "MAKE_VERSION", "4.3", ORIGIN_DEFAULT);
	set_default(mk, "MAKE_HOST", "x86_64-pc-linux-gnu", ORIGIN_DEFAULT);
	v = set_default(mk, "SHELL", "/bin/sh", ORIGIN_DEFAULT);
	if (!v->value.text.n || v->origin == ORIGIN_ENV || v->origin == ORIGIN_ENV_OVERRIDE) {
		v->value = text_plain(S("/bin/sh"));
		v->origin = ORIGIN_FILE;
	}
	v = set_default(mk, "MAKEFILES", "", ORIGIN_DEFAULT);
	v->export = EXPORT_IF_SET;
	for (size_t i = 0; i < sizeof(automatic) / sizeof(*automatic); i++)
		define_parts(mk, automatic[i]);
}

void var_define_include_dirs(struct make *mk)
{
	struct buf b = buf_new(mk->mem);

	for (size_t i = 0; i < mk->include_dirs.n; i++) {
		if (i > 0)
			buf_char(&b, ' ');
		buf_str(&b, mk->include_dirs.p[i]);
	}
	var_set_recursive(mk, mk->globals, S(".INCLUDE_DIRS"), buf_view(&b), ORIGIN_DEFAULT);
}

struct variable *special_get(struct make *mk, struct variable *v)
{
	struct buf b = mk->lang->variables;

	if (!str_is(v->symbol->name, ".VARIABLES") ||
	    mk->lang->variables_made == mk->lang->globals_changed)
		return v;
	b.mem = mk->mem;
	b.n = 0; /* who saw the list before has copied it */
	variables_put_names(mk, &b);
	mk->lang->variables = b;
	v->value = text_plain(buf_view(&b));
	v->code = NULL;
	mk->lang->variables_made = mk->lang->globals_changed;
	return v;
}

void special_set(struct make *mk, struct variable *v)
{
	if (str_is(v->symbol->name, ".RECIPEPREFIX"))
		mk->lang->prefix = v->value.text.n ? v->value.text.p[0] : '\t';
}
