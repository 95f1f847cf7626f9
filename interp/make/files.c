/* SPDX-License-Identifier: GPL-2.0-only */
/* The table of files that rules and prerequisites name, and lists of prerequisites. */
#include "make/graph.h"
#include "make/lang.h"

/* NAME without leading "./"; "./" itself when nothing is left. */
static struct str plain_name(struct str name)
{
	while (name.n > 2 && name.p[0] == '.' && name.p[1] == '/') {
		name = str_from(name, 2);
		while (name.n && name.p[0] == '/')
			name = str_from(name, 1);
	}
	return name.n ? name : S("./");
}

struct file *file_lookup(struct make *mk, struct str name)
{
	return map_get(mk->g->files, plain_name(name));
}

static struct file *file_new(struct make *mk, struct str name)
{
	struct file *f = arena_make(mk->mem, struct file);

	f->name = f->hname = name;
	f->outcome = OUTCOME_NONE;
	return f;
}

/* KEPT: NAME's bytes stay as long as the evaluation. */
static struct file *enter(struct make *mk, struct str name, bool kept)
{
	struct file **at = (struct file **)map_at_name(mk->g->files, &name, kept);
	struct file *first = *at, *f;

	if (first && !first->double_colon) {
		first->builtin = false;
		return first;
	}
	f = file_new(mk, name);
	if (!first) {
		f->last = f;
		*at = f;
		return f;
	}
	f->double_colon = first;
	first->last->prev = f;
	first->last = f;
	return f;
}

struct file *file_enter(struct make *mk, struct str name)
{
	return enter(mk, name, false);
}

struct file *file_enter_kept(struct make *mk, struct str name)
{
	return enter(mk, name, true);
}

struct file *file_get(struct make *mk, struct str name)
{
	struct file *f = file_lookup(mk, name);

	return f ? f : enter(mk, name, false);
}

struct file *file_get_kept(struct make *mk, struct str name)
{
	struct file *f = file_lookup(mk, name);

	return f ? f : enter(mk, name, true);
}

/* Two recipes met under one name: the one written for that name wins, with a word about it. */
static void say_two_recipes(struct make *mk, struct file *from, struct file *to, struct str name)
{
	struct place at = from->cmds->recipe->at;

	if (to->cmds->recipe->at.file.n)
		make_error(mk, at, "Recipe was specified for file '%.*s' at %.*s:%u,",
			   STR_ARG(from->name), STR_ARG(to->cmds->recipe->at.file),
			   to->cmds->recipe->at.line);
	else
		make_error(mk, at, "Recipe for file '%.*s' was found by implicit rule search,",
			   STR_ARG(from->name));
	make_error(mk, at, "but '%.*s' is now considered the same file as '%.*s'.",
		   STR_ARG(from->name), STR_ARG(name));
	make_error(mk, at, "Recipe for '%.*s' will be ignored in favor of the one for '%.*s'.",
		   STR_ARG(name), STR_ARG(from->name));
}

/* TO's variables win over FROM's. */
static void merge_scopes(struct make *mk, struct file *from, struct file *to)
{
	struct variable *v;
	size_t pos = 0;

	if (!from->vars)
		return;
	if (!to->vars) {
		to->vars = from->vars;
		return;
	}
	while ((v = var_next(from->vars, &pos)))
		if (!symbol_in(to->vars, v->symbol))
			set_put(mk, to->vars, v);
}

static void merge_flags(struct file *from, struct file *to)
{
	to->precious |= from->precious;
	to->tried_implicit |= from->tried_implicit;
	to->updating |= from->updating;
	to->updated |= from->updated;
	to->is_target |= from->is_target;
	to->is_goal |= from->is_goal;
	to->phony |= from->phony;
	to->ignore_vpath |= from->ignore_vpath;
	to->builtin = false;
}

static void merge(struct make *mk, struct file *from, struct file *to, struct str name)
{
	if (from->cmds && !to->cmds)
		to->cmds = from->cmds;
	else if (from->cmds && from->cmds != to->cmds)
		say_two_recipes(mk, from, to, name);
	file_add_deps(to, from->deps, false);
	merge_scopes(mk, from, to);
	if (to->double_colon && from->is_target && !from->double_colon)
		make_fatal(mk, (struct place){0},
			   "can't rename single-colon '%.*s' to double-colon '%.*s'",
			   STR_ARG(from->name), STR_ARG(name));
	if (!to->double_colon && from->double_colon) {
		if (to->is_target)
			make_fatal(mk, (struct place){0},
				   "can't rename double-colon '%.*s' to single-colon '%.*s'",
				   STR_ARG(from->name), STR_ARG(name));
		to->double_colon = from->double_colon;
	}
	if (from->mtime > to->mtime)
		to->mtime = from->mtime; /* -W wins on a file that is found along VPATH */
	to->mtime_before = from->mtime_before;
	merge_flags(from, to);
	from->renamed = to;
}

void file_rehash(struct make *mk, struct file *from, struct str name)
{
	struct file **at;

	from->builtin = false;
	if (str_eq(from->hname, name))
		return;
	from = file_real(from);
	map_del(mk->g->files, from->hname);
	at = (struct file **)map_at(mk->g->files, name);
	from->hname = str_dup(mk->mem, name);
	for (struct file *f = from->double_colon; f; f = f->prev)
		f->hname = from->hname;
	if (*at)
		merge(mk, from, *at, from->hname);
	else
		*at = from;
}

void file_rename(struct make *mk, struct file *from, struct str name)
{
	file_rehash(mk, from, name);
	for (struct file *f = from; f; f = f->prev)
		f->name = f->hname;
}

void file_set_state(struct file *f, enum file_state state)
{
	f->state = state;
	for (struct dep *d = f->also_make; d; d = d->next)
		if (state > d->file->state)
			d->file->state = state;
}

void file_add_deps(struct file *f, struct dep *list, bool first)
{
	struct dep *end = list;

	if (!list)
		return;
	while (end->next)
		end = end->next;
	if (!f->deps) {
		f->deps = list;
		f->deps_tail = end;
	} else if (first) {
		end->next = f->deps;
		f->deps = list;
	} else {
		/* The tail may have been dropped or have grown behind our back: walk the rest. */
		while (f->deps_tail->next)
			f->deps_tail = f->deps_tail->next;
		f->deps_tail->next = list;
		f->deps_tail = end;
	}
}

struct dep *dep_new(struct make *mk)
{
	return arena_make(mk->mem, struct dep);
}

struct dep *deps_copy(struct make *mk, const struct dep *list)
{
	struct dep *first = NULL, **to = &first;

	for (; list; list = list->next, to = &(*to)->next) {
		*to = dep_new(mk);
		**to = *list;
		(*to)->next = NULL;
	}
	return first;
}

/* Where an unquoted | stands in TEXT, -1: nowhere. */
static ptrdiff_t find_bar(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		size_t slashes = 0;

		if (text.p[i] != '|')
			continue;
		while (slashes < i && text.p[i - 1 - slashes] == '\\')
			slashes++;
		if (slashes % 2 == 0)
			return (ptrdiff_t)i;
	}
	return -1;
}

/* TEXT with half the backslashes in front of each |, and at its END where one follows. */
static struct str unquote_bars(struct make *mk, struct str text, bool end)
{
	struct buf b;
	size_t slashes = 0;

	if (str_chr(text, '|') < 0 && !(end && str_ends(text, S("\\"))))
		return text;
	b = buf_new(mk->mem);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '|')
			b.n -= (slashes + 1) / 2;
		slashes = text.p[i] == '\\' ? slashes + 1 : 0;
		buf_char(&b, text.p[i]);
	}
	if (end)
		b.n -= slashes / 2;
	return buf_view(&b);
}

static struct dep **add_names(struct make *mk, struct dep **to, struct str text, bool order_only)
{
	struct strs names = name_list(mk, mk->mem, text, true);
	struct dep *deps = arena_array(mk->mem, struct dep, names.n);

	for (size_t i = 0; i < names.n; i++, to = &(*to)->next) {
		*to = &deps[i];
		(*to)->name = names.p[i];
		(*to)->order_only = order_only;
	}
	return to;
}

struct dep *deps_split(struct make *mk, struct str text)
{
	struct dep *first = NULL, **to = &first;
	ptrdiff_t bar = find_bar(text);

	to = add_names(mk, to,
		       unquote_bars(mk, bar < 0 ? text : str_sub(text, 0, (size_t)bar), bar >= 0),
		       false);
	if (bar >= 0)
		add_names(mk, to, str_from(text, (size_t)bar + 1), true);
	return first;
}

/* D's name with STEM for its %. False: nothing is left of it. */
static bool put_stem(struct make *mk, struct dep *d, const struct str *stem)
{
	struct str name = d->name;
	ptrdiff_t percent = percent_find(mk->mem, &name);

	if (percent >= 0) {
		d->name = stem->n ? percent_words(mk->mem, *stem, S("%"), 0, name, (size_t)percent)
				  : percent_put(mk->mem, name, (size_t)percent, *stem);
		if (!d->name.n)
			return false;
	}
	d->stem = stem;
	d->static_pattern = true;
	return true;
}

struct dep *deps_enter(struct make *mk, struct dep *list, const struct str *stem)
{
	struct dep **at = &list;

	while (*at) {
		struct dep *d = *at;

		if (stem && !put_stem(mk, d, stem)) {
			*at = d->next;
			continue;
		}
		if (!d->second_expansion) {
			d->file = file_get_kept(mk, d->name);
			d->static_pattern = false;
			d->name = (struct str){NULL, 0};
		}
		at = &d->next;
	}
	return list;
}
