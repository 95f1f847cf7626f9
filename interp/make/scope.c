/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A target's variables: its scope among those of the targets that need it, and $@ $< $^ and so on.
 */
#include "make/graph.h"
#include "make/options.h"

enum { FEW = 8 }; /* so many prerequisites are compared with each other */

/* Replay the pattern-specific assignments that match F's name. What they expand or look up they
 * find there and where make is now, not among the variables of the targets that need F. */
static void apply_pattern_vars(struct make *mk, struct file *f)
{
	struct var_set *saved = mk->scope;

	f->pattern_vars_searched = true;
	rules_order_pattern_vars(mk);
	for (size_t i = 0; i < mk->g->pattern_vars.n; i++) {
		struct pattern_var *p = mk->g->pattern_vars.p[i];
		struct variable *v;

		if (f->name.n <= p->target.n - 1 ||
		    !percent_match(p->target, (ptrdiff_t)p->percent, f->name))
			continue;
		if (!f->pattern_vars)
			f->pattern_vars = var_scope_new(mk, saved);
		mk->scope = f->pattern_vars;
		if (p->kind == ASSIGN_SIMPLE) {
			v = var_set_simple(mk, f->pattern_vars, p->name, p->value.text,
					   p->origin);
			if (v->origin == p->origin) { /* else a stronger one stands */
				v->value = p->value;
				v->at = p->at;
				v->written = written_at(&p->written);
			}
		} else {
			v = var_assign(mk, f->pattern_vars, p->name, p->kind, p->value,
				       p->origin, p->at, &p->written, true);
		}
		if (!v)
			continue;
		v->per_target = true;
		var_set_private(v, p->is_private);
		v->export = p->export;
	}
	mk->scope = saved;
}

void scope_init(struct make *mk, struct file *f, bool reading)
{
	check_depth(mk, f);
	if (!f->vars)
		f->vars = var_scope_new(mk, mk->globals);
	if (f->double_colon && f->double_colon != f) {
		scope_init(mk, f->double_colon, reading);
		f->vars->up = f->double_colon->vars;
		f->vars->up_is_parent = false;
		return;
	}
	f->vars->up = mk->globals;
	if (f->parent) {
		scope_init(mk, f->parent, reading);
		f->vars->up = f->parent->vars;
	}
	f->vars->up_is_parent = true;
	if (!reading && !f->pattern_vars_searched)
		apply_pattern_vars(mk, f);
	if (f->pattern_vars) {
		f->pattern_vars->up = f->vars->up;
		f->pattern_vars->up_is_parent = f->vars->up_is_parent;
		f->vars->up = f->pattern_vars;
		f->vars->up_is_parent = false;
	}
}

struct str expand_for(struct make *mk, struct arena *mem, struct str text, struct file *f)
{
	struct var_set *saved = mk->scope;
	struct place at = mk->at;
	struct str value;

	/* Messages speak of the recipe, if there is one. */
	mk->scope = f->vars;
	mk->at = f->cmds && f->cmds->recipe && f->cmds->recipe->at.file.n ? f->cmds->recipe->at
									  : (struct place){0};
	value = expand(mk, mem, text);
	mk->scope = saved;
	mk->at = at;
	return value;
}

/* For $* of an explicit rule: NAME without a suffix of the .SUFFIXES list. */
static struct str suffix_stem(struct make *mk, struct str name)
{
	/*
	 * Entered anew, as GNU make does, which shows in the database: it is no builtin rule then.
	 */
	for (struct dep *d = file_enter(mk, S(".SUFFIXES"))->deps; d; d = d->next)
		if (name.n > dep_name(d).n && str_ends(name, dep_name(d)))
			return str_sub(name, 0, name.n - dep_name(d).n);
	return S("");
}

static void set_names(struct make *mk, struct file *f)
{
	struct str at = f->name, member = S(""), less = S(""), base = f->name;

	if (archive_name(f->name, &at, &member))
		base = member;
	if (!f->stem.p)
		f->stem = suffix_stem(mk, base);
	for (struct dep *d = f->deps; d; d = d->next) {
		if (d->order_only || d->no_auto)
			continue;
		if (!d->second_expansion)
			less = dep_name(d);
		break;
	}
	if (f->cmds && f->cmds == mk->g->default_file->cmds)
		less = at;
	var_set_automatic(mk, f->vars, AUTO_LESS, less);
	var_set_automatic(mk, f->vars, AUTO_STAR, f->stem);
	var_set_automatic(mk, f->vars, AUTO_AT, at);
	var_set_automatic(mk, f->vars, AUTO_PERCENT, member);
}

/* A prerequisite as the lists name it: a member of an archive without the archive. */
static struct str listed_name(const struct dep *d)
{
	struct str archive, member, name = dep_name(d);

	return archive_name(name, &archive, &member) ? member : name;
}

static void put_word(struct buf *b, struct str word)
{
	if (b->n)
		buf_char(b, ' ');
	buf_str(b, word);
}

static bool is_listed(const struct dep *d)
{
	return !d->second_expansion && !d->no_auto;
}

/* The first of F's prerequisites that has D's name; SEEN has them by name, or is NULL when they are
 * few. */
static struct dep *first_of_name(struct file *f, struct map *seen, struct dep *d)
{
	struct str name = dep_name(d);
	void **at;

	if (seen) {
		at = map_at_name(seen, &name, true);
		return *at = *at ? *at : d;
	}
	for (struct dep *e = f->deps; e != d; e = e->next)
		if (is_listed(e) && str_eq(dep_name(e), name))
			return e;
	return d;
}

static struct map *names_seen(struct file *f, struct arena *mem)
{
	size_t n = 0;

	for (struct dep *d = f->deps; d; d = d->next)
		n++;
	return n > FEW ? map_new(mem) : NULL;
}

/* $^ $? $|: each name once; order-only only when no normal prerequisite has the name. */
static void set_unique(struct make *mk, struct file *f, struct arena *mem)
{
	struct buf caret = buf_new(mem), question = buf_new(mem), bar = buf_new(mem);
	struct map *seen = names_seen(f, mem);

	for (struct dep *d = f->deps; d; d = d->next) {
		struct dep *first = is_listed(d) ? first_of_name(f, seen, d) : d;

		if (d->order_only != first->order_only)
			d->order_only = first->order_only = false;
	}
	for (struct dep *d = f->deps; d; d = d->next) {
		if (!is_listed(d) || first_of_name(f, seen, d) != d)
			continue;
		put_word(d->order_only ? &bar : &caret, listed_name(d));
		if (!d->order_only && (d->changed || mk->o->always_now))
			put_word(&question, listed_name(d));
	}
	var_set_automatic(mk, f->vars, AUTO_CARET, buf_view(&caret));
	var_set_automatic(mk, f->vars, AUTO_QUESTION, buf_view(&question));
	var_set_automatic(mk, f->vars, AUTO_BAR, buf_view(&bar));
}

void scope_automatic(struct make *mk, struct file *f)
{
	struct arena *mem = pool_take(mk);
	struct buf plus = buf_new(mem);

	set_names(mk, f);
	for (struct dep *d = f->deps; d; d = d->next)
		if (!d->order_only && is_listed(d))
			put_word(&plus, listed_name(d));
	var_set_automatic(mk, f->vars, AUTO_PLUS, buf_view(&plus));
	set_unique(mk, f, mem);
	pool_give(mk, mem);
}

void scope_leave(struct make *mk, struct file *f)
{
	if (f->vars && !mk->o->print_data_base && var_scope_leave(mk, f->vars))
		f->vars = NULL;
}
