/* SPDX-License-Identifier: GPL-2.0-only */
/* What export, readonly, local and declare show of variables. */
#include <string.h>

#include "shell/builtin.h"
#include "shell/parse.h"

struct str vars_double_quoted(struct shell *sh, struct str s)
{
	struct buf out = buf_new(sh->tmp);
	struct str shown = quote_printable(sh->tmp, s);

	if (s.n && shown.p != s.p)
		return shown;
	buf_char(&out, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (strchr("\"\\$`", s.p[i]))
			buf_char(&out, '\\');
		buf_char(&out, s.p[i]);
	}
	buf_char(&out, '"');
	return buf_view(&out);
}

void vars_put_array(struct shell *sh, struct buf *out, const struct var *v)
{
	buf_char(out, '(');
	for (size_t i = 0; i < v->n; i++)
		buf_fmt(out, "%s[%lld]=%.*s", i ? " " : "", (long long)v->items[i].index,
			STR_ARG(vars_double_quoted(sh, v->items[i].value)));
	buf_char(out, ')');
}

static void put_declaration(struct shell *sh, struct buf *out, struct str word, struct str name,
			    const struct var *v)
{
	struct str flags;

	if (!is_bash(sh)) {
		buf_fmt(out, "%.*s %.*s", STR_ARG(word), STR_ARG(name));
		if (!(v->flags & VAR_UNSET))
			buf_fmt(out, "=%.*s",
				STR_ARG(quote_single(sh->tmp, sh->dialect, v->value)));
		buf_char(out, '\n');
		return;
	}
	flags = vars_flags(sh, v);
	buf_fmt(out, "declare -%.*s %.*s", STR_ARG(flags.n ? flags : S("-")), STR_ARG(name));
	if (!(v->flags & VAR_UNSET)) {
		buf_char(out, '=');
		if (v->flags & VAR_ARRAY)
			vars_put_array(sh, out, v);
		else
			buf_str(out, vars_double_quoted(sh, v->value));
	}
	buf_char(out, '\n');
}

void declared_own(struct shell *sh, struct str name)
{
	struct str value = dynamic_varies(name) ? (struct str){0} : dynamic_value(sh, name);
	struct strs items = {0};

	if (!value.p)
		return;
	if (!dynamic_items(sh, name, &items))
		var_assign_value(sh, var_at(sh, name), value);
	else if (!var_is_fixed(sh, name))
		return;
	if (items.n)
		var_clear_array(sh, var_at(sh, name));
	for (size_t i = 0; i < items.n; i++)
		var_put_element(sh, var_at(sh, name), (int64_t)i, items.p[i]);
	if (str_is(name, "UID") || str_is(name, "EUID") || str_is(name, "PPID"))
		var_at(sh, name)->flags |= VAR_INTEGER;
	if (var_is_fixed(sh, name))
		var_at(sh, name)->flags |= VAR_READONLY;
}

int declared_list(struct shell *sh, struct str word, unsigned flags)
{
	struct strs names;
	struct buf out = buf_new(sh->tmp);

	for (size_t i = 0; is_bash(sh) && (flags & VAR_READONLY) && var_fixed(i); i++)
		if (!var_find(sh, str_z(var_fixed(i))))
			declared_own(sh, str_z(var_fixed(i)));
	if (is_bash(sh)) /* what was assigned before the command is not shown */
		vars_restore(sh, sh->temporary);
	names = vars_names(sh);
	for (size_t i = 0; i < names.n; i++)
		if ((var_find(sh, names.p[i])->flags & flags) == flags)
			put_declaration(sh, &out, word, names.p[i], var_find(sh, names.p[i]));
	return out.n ? put_out(sh, word, buf_view(&out)) : 0;
}

int declared_list_local(struct shell *sh, struct str word, const struct str *argv, size_t argc)
{
	struct strs names = argc ? (struct strs){0} : vars_names(sh);
	struct buf out = buf_new(sh->tmp);
	int status = 0;

	if (!argc && builtin_is_local(sh, S("-")))
		buf_z(&out, "local -\n");
	for (size_t i = 0; i < argc; i++) {
		*vec_push(sh->tmp, &names) = argv[i];
		if (!builtin_is_local(sh, argv[i]))
			status = builtin_error(sh, word, 1, "%.*s: not found", STR_ARG(argv[i]));
	}
	for (size_t i = 0; i < names.n; i++)
		if (builtin_is_local(sh, names.p[i]))
			put_declaration(sh, &out, word, names.p[i], var_find(sh, names.p[i]));
	return out.n ? put_out(sh, word, buf_view(&out)) | status : status;
}

static bool is_one_of(struct str name, const char *const *list)
{
	while (*list && !str_is(name, *list))
		list++;
	return *list != NULL;
}

static const char *const calls[] = {"FUNCNAME", "BASH_SOURCE", "BASH_LINENO", NULL};

/* What NAME, which the shell makes up, would be as a variable; NULL: it makes none. */
static const struct var *made_up(struct shell *sh, struct str name)
{
	static const char *const integers[] = {"RANDOM", "SECONDS", "OPTIND", "UID",
					       "EUID",	 "PPID",    NULL};
	struct var *v = arena_make(sh->tmp, struct var);
	struct strs items = {0};

	v->flags |= is_one_of(name, integers) ? VAR_INTEGER : 0;
	v->flags |= var_is_fixed(sh, name) ? VAR_READONLY : 0;
	if (!dynamic_items(sh, name, &items)) {
		v->value = dynamic_value(sh, name);
		return v->value.p ? v : NULL;
	}
	if (!items.n && str_is(name, "PIPESTATUS"))
		return NULL;
	v->flags |= VAR_ARRAY | (!items.n && str_is(name, "FUNCNAME") ? VAR_UNSET : 0);
	v->items = arena_array(sh->tmp, struct element, items.n + 1);
	v->n = items.n;
	for (size_t i = 0; i < items.n; i++)
		v->items[i] = (struct element){(int64_t)i, items.p[i]};
	return v;
}

/* The name that WORD of a declaration begins with. */
static struct str declared_name(struct str word)
{
	size_t n = 0;

	while (n < word.n && word.p[n] != '=' && word.p[n] != '[')
		n++;
	return str_sub(word, 0, n);
}

const char *declared_declines(struct str word, const struct str *argv, size_t argc, bool prints)
{
	static const char *const varying[] = {"RANDOM", "SECONDS", "LINENO", "EPOCHSECONDS", NULL};

	bool local = !str_is(word, "export") && !str_is(word, "readonly");

	for (size_t i = 0; i < argc; i++) {
		struct str name = declared_name(argv[i]);

		if (lex_only_real(name))
			return "declaration of a variable that only the real shell has";
		if (!prints && name.n < argv[i].n && lex_changes_shell(name))
			return "declaration of a variable that changes the shell";
		if (!prints && (str_is(name, "SHELLOPTS") || str_is(name, "BASHOPTS")))
			return "declaration of the shell's options";
		if (!prints && (is_one_of(name, calls) ||
				(local && name.n == argv[i].n && is_one_of(name, varying))))
			return "declaration of a variable that the shell makes up";
	}
	return NULL;
}

int declared_print(struct shell *sh, struct str word, unsigned flags, const struct str *argv,
		   size_t argc)
{
	struct buf out = buf_new(sh->tmp);
	int status = 0;

	if (argc == 0)
		return declared_list(sh, word, flags);
	for (size_t i = 0; i < argc; i++) {
		const struct var *v = var_find(sh, argv[i]);

		if (!v)
			v = made_up(sh, argv[i]);
		if (v && v->flags != VAR_UNSET)
			put_declaration(sh, &out, word, argv[i], v);
		else
			status = builtin_error(sh, word, 1, "%.*s: not found", STR_ARG(argv[i]));
	}
	return out.n ? put_out(sh, word, buf_view(&out)) | status : status;
}
