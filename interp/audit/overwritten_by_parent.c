/* SPDX-License-Identifier: GPL-2.0-only */
/* A block sets a variable and takes in a template behind it that sets it anew: the block's own
 * value is lost. */
#include "audit/internal.h"

/* Is S's assignment in a block that the block OUTER took in? */
static bool is_within(const struct setting *s, struct str outer)
{
	bool inner = true;

	for (const struct trail *t = s->at.trail; t; t = t->up) {
		if (!str_starts(*t->step->what, S("Device/")))
			continue;
		if (!inner && str_eq(*t->step->what, outer))
			return true;
		inner = false;
	}
	return false;
}

/* Does something that D's block set between OLD and S refer to NAME? */
static bool is_used_between(struct audit *a, const struct device_model *d, size_t old, size_t s,
			    struct str name)
{
	for (size_t i = old + 1; i <= s; i++)
		if (strs_have(&audit_written(a, audit_setting(a, d, i))->reads, name))
			return true;
	return false;
}

static size_t index_of(struct audit *a, const struct device_model *d, const struct setting *s,
		       size_t before)
{
	while (before > 0 && audit_setting(a, d, before) != s)
		before--;
	return before;
}

static void check_setting(struct audit *a, const struct device_model *d, size_t at)
{
	const struct setting *s = audit_setting(a, d, at), *old = s->before;
	const struct written *w, *b;
	struct finding *f;

	if (!old || old->initial || old->device != s->device || !audit_is_own(a, d, s) ||
	    !audit_is_own(a, d, old))
		return;
	w = audit_written(a, s);
	b = audit_written(a, old);
	if (!w->op.n || !b->op.n || str_is(w->op, "+=") || str_is(w->op, "?=") ||
	    str_eq(str_trim(s->value), str_trim(old->value)))
		return;
	if (!is_within(s, setting_block(old)) ||
	    is_used_between(a, d, index_of(a, d, old, at), at, s->name))
		return;
	if (model_value(a->model, d, s->name) != s)
		return; /* set once more by the block */
	f = audit_say(a, &old->at, d,
		      "%.*s is set to '%.*s', but %.*s, taken in behind it, makes it '%.*s'",
		      STR_ARG(s->name), STR_ARG(str_trim(old->value)), STR_ARG(setting_block(s)),
		      STR_ARG(str_trim(s->value)));
	f->instead = str_fmt(a->mem, "this line behind $(%.*s)", STR_ARG(setting_block(s)));
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->n; k++)
			check_setting(a, d, k);
	}
}

const struct rule rule_overwritten_by_parent = {
    .id = "overwritten-by-parent",
    .severity = SEVERITY_WARNING,
    .finds = "a variable that a block sets before it takes in a template ($(Device/x)) that "
	     "assigns the same variable",
    .why = "A block is read from top to bottom, templates where they are called: what stands above "
	   "the call is only what the "
	   "template starts from, and its own assignments win.",
    .bad = "define Device/a\n"
	   "  IMAGE_SIZE := 16064k\n"
	   "  $(Device/8m)\n"
	   "endef\n",
    .good = "define Device/a\n"
	    "  $(Device/8m)\n"
	    "  IMAGE_SIZE := 16064k\n"
	    "endef\n",
    .check = check,
};
