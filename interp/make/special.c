/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When all makefiles are read: second expansion of prerequisites, special targets, .EXTRA_PREREQS.
 */
#include "make/graph.h"
#include "make/options.h"

/* Static patterns expand their % as $*. */
static struct str stem_references(struct arena *mem, struct str text)
{
	struct buf b = buf_new(mem);

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '%')
			buf_z(&b, "$*");
		else
			buf_char(&b, text.p[i]);
	}
	return buf_view(&b);
}

/* The prerequisites that D's text gives in its second expansion. */
static struct dep *expand_dep(struct make *mk, struct file *f, struct dep *d)
{
	struct arena *mem = pool_take(mk);
	struct str text = d->static_pattern ? stem_references(mem, d->name) : d->name;
	struct str stem = f->stem;
	struct dep *list;

	if (d->stem)
		f->stem = *d->stem;
	scope_automatic(mk, f);
	text = expand_for(mk, mem, text, f);
	if (d->stem)
		f->stem = stem;
	list = deps_enter(mk, deps_split(mk, text), d->stem);
	pool_give(mk, mem);
	return list;
}

static void expand_deps(struct make *mk, struct file *f)
{
	struct dep **at = &f->deps;
	bool scoped = false;

	f->updating = false;
	while (*at) {
		struct dep *d = *at, *list;

		if (!d->name.p || !d->second_expansion) {
			at = &d->next;
			continue;
		}
		if (!scoped)
			scope_init(mk, f, false);
		scoped = true;
		list = expand_dep(mk, f, d);
		*at = list;
		while (*at)
			at = &(*at)->next;
		*at = d->next;
	}
	f->deps_tail = f->deps;
	f->second = scoped;
	if (scoped)
		scope_leave(mk, f);
}

static void expand_all(struct make *mk)
{
	struct arena *mem = pool_take(mk);
	size_t n;
	struct file **files = files_in_table_order(mk, mem, &n);

	for (struct file *f = mk->g->suffixes; f; f = f->prev)
		expand_deps(mk, f);
	/* Files that come in meanwhile have nothing to expand. */
	for (size_t i = 0; i < n; i++)
		for (struct file *f = files[i]; f; f = f->prev)
			if (f != mk->g->suffixes)
				expand_deps(mk, f);
	pool_give(mk, mem);
}

static void mark_precious(struct file *f)
{
	f->precious = true;
}

static void mark_low_resolution(struct file *f)
{
	f->low_resolution = true;
}

static void mark_phony(struct file *f)
{
	f->phony = f->is_target = true;
	f->mtime = f->mtime_before = STAMP_NONE;
}

static void mark_intermediate(struct file *f)
{
	f->intermediate = true;
}

static void mark_secondary(struct file *f)
{
	f->intermediate = f->secondary = true;
}

static void mark_ignore(struct file *f)
{
	f->line_flags |= LINE_IGNORE;
}

static void mark_silent(struct file *f)
{
	f->line_flags |= LINE_SILENT;
}

static const struct special {
	const char *name;
	void (*mark)(struct file *f);
	bool must_be_target;
} specials[] = {
	{".PRECIOUS", mark_precious, false},
	{".LOW_RESOLUTION_TIME", mark_low_resolution, false},
	{".PHONY", mark_phony, false},
	{".INTERMEDIATE", mark_intermediate, false},
	{".SECONDARY", mark_secondary, false},
	{".IGNORE", mark_ignore, true},
	{".SILENT", mark_silent, true},
};

static void mark_prereqs(struct make *mk, const struct special *s)
{
	struct file *special = file_lookup(mk, str_z(s->name));

	if (special && s->must_be_target && !special->is_target)
		return;
	for (struct file *f = special; f; f = f->prev)
		for (struct dep *d = f->deps; d; d = d->next)
			for (struct file *one = d->file; one; one = one->prev)
				s->mark(one);
}

/* Is NAME a target, with (SOME) or without prerequisites? */
static bool is_target(struct make *mk, const char *name, bool some)
{
	struct file *f = file_lookup(mk, str_z(name));

	return f && f->is_target && (some || !f->deps);
}

static void special_targets(struct make *mk)
{
	for (size_t i = 0; i < sizeof(specials) / sizeof(specials[0]); i++)
		mark_prereqs(mk, &specials[i]);
	for (struct file *f = file_lookup(mk, S(".SECONDARY")); f; f = f->prev)
		if (!f->deps)
			mk->g->all_secondary = true;
	if (is_target(mk, ".EXPORT_ALL_VARIABLES", true))
		mk->export_all = true;
	if (is_target(mk, ".IGNORE", false))
		mk->o->ignore_errors = true;
	if (is_target(mk, ".SILENT", false))
		mk->o->run_silent = true;
	if (is_target(mk, ".NOTPARALLEL", true))
		mk->g->not_parallel = true;
}

static struct dep *extra_prereqs(struct make *mk, struct var_set *set)
{
	struct variable *v = var_lookup_in(mk, set, S(".EXTRA_PREREQS"));
	struct arena *mem;
	struct dep *list;

	if (!v)
		return NULL;
	mem = pool_take(mk);
	list = deps_enter(mk, deps_split(mk, expand(mk, mem, v->value.text)), NULL);
	for (struct dep *d = list; d; d = d->next)
		d->no_auto = true;
	pool_give(mk, mem);
	return list;
}

/* Add EXTRA to F unless F is among them. */
static void add_extra(struct file *f, struct dep *extra)
{
	for (struct dep *d = extra; d; d = d->next)
		if (str_eq(dep_name(d), f->name))
			return;
	file_add_deps(f, extra, false);
}

static void snap_file(struct make *mk, struct file *f, struct dep *global)
{
	if (!mk->second_expansion)
		f->updating = false;
	if (mk->g->all_secondary)
		f->intermediate = true;
	if (f->vars)
		add_extra(f, extra_prereqs(mk, f->vars));
	/* the second expansion gave it variables of its own, if none */
	else if (f->is_target && global && !f->second)
		add_extra(f, deps_copy(mk, global));
}

void graph_snap(struct make *mk)
{
	struct dep *global;
	size_t pos = 0;
	void *value;

	mk->g->snapped = true;
	if (mk->second_expansion)
		expand_all(mk);
	special_targets(mk);
	global = extra_prereqs(mk, mk->globals);
	while (map_next(mk->g->files, &pos, NULL, &value))
		snap_file(mk, value, global);
}
