/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A block assigns a variable twice, and the second assignment drops the first. Not meant: another
 * arm of a conditional, a value that refers to itself, a template's value that the device replaces,
 * an empty one.
 */
#include "audit/internal.h"

static bool drops(const struct written *w)
{
	return w->op.n && !str_is(w->op, "+=") && !str_is(w->op, "?=");
}

/* Do the lines between B and W, or W itself, make use of NAME? */
static bool is_used_between(struct audit *a, const struct written *b, const struct written *w,
			    struct str name)
{
	struct str paren = str_fmt(a->mem, "$(%.*s)", STR_ARG(name)),
		   subst = str_fmt(a->mem, "$(%.*s:", STR_ARG(name));
	struct place at = b->at;

	for (at.line = b->last + 1; at.line <= w->last; at.line++) {
		struct str line = audit_line(a, at);

		if (str_find(line, paren) >= 0 || str_find(line, subst) >= 0)
			return true;
		if (at.line < w->at.line && str_find(line, S("(Device/")) >= 0)
			return true; /* a template may: or it sets NAME, which is another matter */
		if (at.line < w->at.line && str_starts(str_trim(line), S("endef")))
			return true;
	}
	return false;
}

static void check_setting(struct audit *a, const struct device_model *d, const struct setting *s)
{
	const struct written *w, *b;
	const struct setting *old = s->before;
	struct finding *f;

	if (!old || old->initial || old->device != s->device || !audit_is_own(a, d, s) ||
	    !audit_is_own(a, d, old))
		return;
	w = audit_written(a, s);
	b = audit_written(a, old);
	if (!drops(w) || !b->op.n || !b->value.n || !str_eq(w->at.file, b->at.file) ||
	    b->last >= w->at.line)
		return;
	if (!str_eq(setting_block(s), setting_block(old)) ||
	    audit_has_conditional(a, w->at.file, b->at.line, w->last) ||
	    is_used_between(a, b, w, s->name))
		return;
	if (str_eq(b->value, w->value)) {
		f = audit_say(a, &s->at, d, "%.*s has the same value since line %u already",
			      STR_ARG(s->name), b->at.line);
		audit_fix_drop(a, f, f->at);
	} else {
		f = audit_say(
		    a, &s->at, d,
		    "%.*s is assigned a second time in the block: '%.*s' of line %u is lost",
		    STR_ARG(s->name), STR_ARG(str_trim(old->value)), b->at.line);
	}
	f->instead = str_fmt(a->mem, "one of the two lines, or %.*s +=", STR_ARG(s->name));
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->n; k++)
			check_setting(a, d, audit_setting(a, d, k));
	}
}

const struct rule rule_assigned_twice = {
    .id = "assigned-twice",
    .severity = SEVERITY_WARNING,
    .finds = "a variable that one block assigns twice, where the second assignment drops the value "
	     "of the first",
    .why = "Only the last one counts. Mostly a line was copied or merged twice, and the values "
	   "that somebody added to the first "
	   "one are not in the image.",
    .bad = "define Device/a\n"
	   "  DEVICE_PACKAGES := kmod-usb2\n"
	   "  DEVICE_PACKAGES := kmod-mt76\n"
	   "endef\n",
    .good = "define Device/a\n"
	    "  DEVICE_PACKAGES := kmod-usb2 kmod-mt76\n"
	    "endef\n",
    .history = "4ecd6510bf88 DEVICE_PACKAGES of the TP-Link Archer C20i\n"
	       "e4d1163de46e IMAGE_NAME of imx6's ventana\n",
    .check = check,
};
