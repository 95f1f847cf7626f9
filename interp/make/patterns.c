/* SPDX-License-Identifier: GPL-2.0-only */
/* The list of pattern rules: adding, replacing, and what the old suffix rules become. */
#include <string.h>

#include "make/graph.h"

/* Does every target of R start with RULE's? As GNU make sees it: any target of RULE equal to all of
 * R's. */
static bool same_targets(const struct pattern_rule *rule, const struct pattern_rule *r)
{
	for (size_t i = 0; i < rule->n; i++) {
		size_t k = 0;

		while (k < r->n && str_eq(rule->targets[i].text, r->targets[k].text))
			k++;
		if (k == r->n)
			return true;
	}
	return false;
}

static bool same_prereqs(const struct dep *a, const struct dep *b)
{
	while (a && b && str_eq(dep_name(a), dep_name(b))) {
		a = a->next;
		b = b->next;
	}
	return !a && !b;
}

void pattern_add(struct make *mk, struct pattern_rule *rule, bool override)
{
	struct graph *g = mk->g;

	for (size_t i = 0; i < g->rules.n; i++) {
		struct pattern_rule *r = g->rules.p[i];

		if (r->targets[0].text.n != rule->targets[0].text.n && rule->n == 1)
			continue;
		if (!same_targets(rule, r) || !same_prereqs(rule->deps, r->deps))
			continue;
		if (!override)
			return;
		/* The new one takes its place at the end. */
		memmove(g->rules.p + i, g->rules.p + i + 1,
			(g->rules.n - i - 1) * sizeof(g->rules.p[0]));
		g->rules.p[g->rules.n - 1] = rule;
		return;
	}
	*vec_push(mk->mem, &g->rules) = rule;
}

/* TARGET: SOURCE; either may be unset. */
static void add_suffix_rule(struct make *mk, struct str target, struct str source,
			    struct commands *cmds)
{
	struct pattern_rule *rule = arena_make(mk->mem, struct pattern_rule);

	rule->n = 1;
	rule->targets = arena_make(mk->mem, struct pattern_target);
	if (target.p)
		rule->targets[0] = (struct pattern_target){str_cat(mk->mem, S("%"), target), 0,
							   str_chr(target, '/') >= 0};
	else
		rule->targets[0] = (struct pattern_target){S("(%.o)"), 1, false};
	if (source.p) {
		rule->deps = dep_new(mk);
		rule->deps->name = str_cat(mk->mem, S("%"), source);
	}
	rule->cmds = cmds;
	pattern_add(mk, rule, false);
}

/* The rules for FROM together with each other suffix. */
static void pair_suffixes(struct make *mk, struct dep *from)
{
	struct str source = dep_name(from);

	for (struct dep *d = mk->g->suffixes->deps; d; d = d->next) {
		struct str target = dep_name(d);
		struct file *f;

		if (str_eq(source, target))
			continue;
		f = file_lookup(mk, str_cat(mk->mem, source, target));
		if (!f || !f->cmds)
			continue;
		if (f->deps) {
			if (mk->posix)
				continue;
			make_error(mk, f->cmds->recipe->at,
				   "warning: ignoring prerequisites on suffix rule definition");
		}
		if (str_is(target, ".a"))
			add_suffix_rule(mk, (struct str){NULL, 0}, source, f->cmds);
		add_suffix_rule(mk, target, source, f->cmds);
	}
}

void patterns_from_suffixes(struct make *mk)
{
	for (struct dep *d = mk->g->suffixes->deps; d; d = d->next) {
		/* Neither prerequisites nor recipe: it only keeps match-anything rules away. */
		add_suffix_rule(mk, dep_name(d), (struct str){NULL, 0}, NULL);
		if (d->file && d->file->cmds)
			add_suffix_rule(mk, S(""), dep_name(d), d->file->cmds);
		pair_suffixes(mk, d);
	}
}

void patterns_extra_prereqs(struct make *mk)
{
	struct variable *v = var_lookup_in(mk, mk->globals, S(".EXTRA_PREREQS"));
	/* The text as such, of either flavour: what it says of itself has no place. */
	struct str text = v ? expand(mk, mk->mem, v->value.text) : S("");
	struct dep *extra = deps_enter(mk, deps_split(mk, text), NULL);

	for (struct dep *d = extra; d; d = d->next)
		d->no_auto = true;
	for (size_t i = 0; extra && i < mk->g->rules.n; i++) {
		struct dep **at = &mk->g->rules.p[i]->deps;

		while (*at)
			at = &(*at)->next;
		*at = deps_copy(mk, extra);
	}
}
