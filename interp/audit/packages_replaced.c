/* SPDX-License-Identifier: GPL-2.0-only */
/* A device's DEVICE_PACKAGES := drops what a template gives it, where the template's other devices
 * add to that. */
#include "audit/internal.h"

enum { ADDERS = 3 }; /* so many others show what is meant */

/* Is S an assignment of D's own block that drops what one of another block had put down? */
static bool drops(struct audit *a, const struct device_model *d, const struct setting *s)
{
	const struct setting *old = s->before;
	const struct written *w = audit_written(a, s);

	return old && !old->initial && old->device == s->device && str_trim(old->value).n &&
	       str_trim(s->value).n && d->define && str_eq(setting_block(s), d->define->name) &&
	       !str_eq(setting_block(old), d->define->name) && str_is(w->op, ":=") &&
	       !strs_have(&w->reads, s->name) && audit_of_tree(a, &s->at) &&
	       audit_of_tree(a, &old->at);
}

/* Of the devices that have what OLD gives: how many add to it, and how many drop it. */
static void count(struct audit *a, const struct setting *old, size_t *adders, size_t *droppers)
{
	const struct place at = audit_written(a, old)->at;

	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];
		const struct setting *s = model_value(a->model, d, old->name);
		bool has = false, dropped = false, added = false;

		for (; s && s->device == (int)i && !has; s = s->before) {
			const struct written *w = audit_written(a, s);

			has = w->at.line == at.line && str_eq(w->at.file, at.file);
			dropped |= !has && str_is(w->op, ":=") && !strs_have(&w->reads, s->name);
			added |= !has && str_is(w->op, "+=");
		}
		*adders += has && added && !dropped;
		*droppers += has && dropped;
	}
}

/* Is there none of OLD's words in S, and are all of S's such as take a package out? Then nothing
 * stands for the old ones. */
static bool only_takes_out(struct audit *a, const struct setting *s)
{
	struct strs words = audit_words(a, s->value);

	for (size_t i = 0; i < words.n; i++)
		if (!str_starts(words.p[i], S("-")) || strs_have(&words, str_from(words.p[i], 1)))
			return false;
	return words.n > 0;
}

/* The words of OLD that S has not, and does not take out. */
static struct str lost(struct audit *a, const struct setting *old, const struct setting *s)
{
	struct strs had = audit_words(a, old->value), has = audit_words(a, s->value);
	struct buf out = buf_new(a->mem);

	for (size_t i = 0; i < had.n; i++) {
		struct str other = str_starts(had.p[i], S("-")) ? str_from(had.p[i], 1)
								: str_cat(a->mem, S("-"), had.p[i]);

		if (strs_have(&has, had.p[i]) || strs_have(&has, other))
			continue;
		buf_fmt(&out, "%s%.*s", out.n ? " " : "", STR_ARG(had.p[i]));
	}
	return buf_view(&out);
}

static void check_setting(struct audit *a, const struct device_model *d, const struct setting *s)
{
	size_t adders = 0, droppers = 0;
	struct str words;
	struct finding *f;

	if (!str_is(s->name, "DEVICE_PACKAGES") || !drops(a, d, s) ||
	    !(words = lost(a, s->before, s)).n)
		return;
	count(a, s->before, &adders, &droppers);
	if (!only_takes_out(a, s) && (adders < ADDERS || adders < 3 * droppers))
		return;
	f = audit_say(a, &s->at, d, "DEVICE_PACKAGES drops what %.*s gives (%.*s): %s",
		      STR_ARG(setting_block(s->before)), STR_ARG(words),
		      only_takes_out(a, s) ? "only words that take packages out are left"
					   : "its other devices add to it");
	f->severity = only_takes_out(a, s) ? SEVERITY_WARNING : SEVERITY_NOTE;
	f->instead = S("DEVICE_PACKAGES +=");
	audit_rests(a, f, audit_place(a, make_span_place(&s->before->at)));
	audit_fix_text(a, f, f->at, S("DEVICE_PACKAGES :="), S("DEVICE_PACKAGES +="));
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->n; k++)
			check_setting(a, d, audit_setting(a, d, k));
	}
}

const struct rule rule_packages_replaced = {
    .id = "packages-replaced",
    .severity = SEVERITY_WARNING,
    .finds = "a device's DEVICE_PACKAGES := that drops its template's packages and has only -NAMEs "
	     "itself; a note where it has packages, but three "
	     "times as many devices add to the template's by +=",
    .why = "The template's packages are those that its devices have in common: the driver of the "
	   "flash, of the beeper, of the radio. := takes them away "
	   "with the ones that were meant to go.",
    .bad = "define Device/a\n"
	   "  $(Device/base) # DEVICE_PACKAGES := kmod-leds-x nand-utils\n"
	   "  DEVICE_PACKAGES := -kmod-ath9k\n"
	   "endef\n",
    .good = "define Device/a\n"
	    "  $(Device/base)\n"
	    "  DEVICE_PACKAGES += -kmod-ath9k\n"
	    "endef\n",
    .history = "dfbaf846501b ath79: rbextract lost on the RouterBOARD 750 r2\n9ec117c5be83 ar71xx: "
	       "fritz-tffs lost on two AVM devices\n",
    .check = check,
};
