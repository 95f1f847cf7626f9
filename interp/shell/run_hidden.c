/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bash: assignments before a command are made before its redirections, which do not see them: they
 * are taken back meanwhile. But behind a $(<file) the rest of a redirection sees them.
 */
#include "shell/builtin.h"

bool assign_refused(struct shell *sh, const struct assign *a)
{
	const struct var *v = var_find(sh, a->name);

	return a->value && ((v && (v->flags & VAR_READONLY)) || var_is_fixed(sh, a->name));
}

const struct str *take_assigned(struct shell *sh, const struct node *n, struct saved_var *mark)
{
	struct str *values = arena_array(sh->tmp, struct str, n->simple.nassigns + 1);

	for (size_t i = 0; i < n->simple.nassigns; i++)
		values[i] = str_dup(sh->tmp, var_value(sh, n->simple.assigns[i].name));
	vars_restore(sh, mark);
	return values;
}

/* For the redirections of a function IFS only. */
static void assign_some(struct shell *sh, const struct node *n, const struct str *values,
			bool ifs_only)
{
	for (size_t i = 0; i < n->simple.nassigns; i++) {
		const struct assign *a = &n->simple.assigns[i];

		if (assign_refused(sh, a) || (ifs_only && !str_is(a->name, "IFS")))
			continue;
		var_save(sh, a->name);
		var_set(sh, a->name, values[i]);
		var_at(sh, a->name)->flags |= VAR_EXPORT | VAR_TEMPORARY;
		sh->env_cache.p = NULL;
	}
}

void assign_again(struct shell *sh, const struct node *n, const struct str *values)
{
	assign_some(sh, n, values, false);
}

/* What is assigned before a command, and taken back while its redirections are made. */
struct hidden {
	const struct node *command;
	const struct str *values;
	struct saved_var *mark;
	bool ifs_only; /* is seen: the command is a function */
	bool seen;
};

void hidden_see(struct shell *sh)
{
	if (sh->hidden && !sh->hidden->seen)
		assign_some(sh, sh->hidden->command, sh->hidden->values, sh->hidden->ifs_only);
	if (sh->hidden)
		sh->hidden->seen = true;
}

void hidden_hide(struct shell *sh)
{
	if (!sh->hidden || !sh->hidden->seen)
		return;
	vars_restore(sh, sh->hidden->mark);
	sh->hidden->seen = false;
}

int redirs_apply_hidden(struct shell *sh, const struct node *n, struct saved_var *mark,
			bool function, struct redirs *frame)
{
	struct hidden hidden = {
	    .command = n, .values = take_assigned(sh, n, mark), .mark = mark, .ifs_only = function};
	int err;

	sh->hidden = &hidden;
	err = redirs_apply(sh, n->redirs, frame);
	hidden_hide(sh);
	sh->hidden = NULL;
	if (!err)
		assign_again(sh, n, hidden.values);
	return err;
}
