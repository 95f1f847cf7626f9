/* SPDX-License-Identifier: GPL-2.0-only */
/* A variable that devices set and their recipes read, but that is not handed on to the recipes. */
#include "audit/internal.h"

/* What NAME was set to in D's own block or one that it takes in; NULL: not there. */
static const struct setting *own_setting(const struct audit *a, const struct device_model *d,
					 struct str name)
{
	const struct setting *s = model_value(a->model, d, name);

	return s && !s->initial && audit_setter(a, s) == d ? s : NULL;
}

static bool has_reference(const struct audit *a, struct str text, struct str name)
{
	return str_find(text, str_fmt(a->mem, "(%.*s)", STR_ARG(name))) >= 0 ||
	       str_find(text, str_fmt(a->mem, "(%.*s:", STR_ARG(name))) >= 0;
}

/*
 * Does C refer to NAME only by the value of a variable that is handed on? That value is expanded
 * when the device's block ends, and right.
 */
static bool is_in_export(const struct audit *a, const struct device_model *d, const struct chain *c,
			 struct str name)
{
	bool any = false;

	for (size_t i = 0; i < c->reads.n && !any; i++) {
		const struct setting *s = model_value(a->model, d, c->reads.p[i]);

		any = s && s->recursive && model_exports(a->model, s->name) &&
		      has_reference(a, s->value, name);
	}
	if (!any || (c->setting && has_reference(a, c->setting->value, name)))
		return false;
	for (size_t i = 0; i < c->steps.n; i++) {
		const struct setting *s = model_last(
		    a->model, str_fmt(a->mem, "Build/%.*s", STR_ARG(c->steps.p[i].command)));

		if (s && has_reference(a, s->value, name))
			return false;
	}
	return true;
}

static struct str how_to(struct audit *a, struct str name)
{
	return str_fmt(a->mem, "DEVICE_VARS += %.*s at the top of the image Makefile",
		       STR_ARG(name));
}

/* To the last line of the target's that adds to DEVICE_VARS. */
static void add_to_list(struct audit *a, struct finding *f, struct str name)
{
	const struct setting *list = model_last(a->model, S("DEVICE_VARS"));

	f->instead = how_to(a, name);
	if (list && audit_of_tree(a, &list->at)) {
		audit_fix_add(a, f, list, name);
		audit_rests(a, f, audit_place(a, make_span_place(&list->at)));
	}
}

/*
 * Every device has what the last one has: said once for a subtarget. What only blocks set that
 * devices share is as good as set for the target: a note.
 */
static void say_latent(struct audit *a, const struct device_model *d, const struct chain *c,
		       const struct setting *s, struct finding **known)
{
	bool own = d->define && str_eq(setting_block(s), d->define->name);

	if (!*known) {
		*known = audit_say(a, &s->at, d,
				   "%.*s is set for devices and read by their recipes (%.*s), but "
				   "is not in DEVICE_VARS: "
				   "all recipes see what the last device of the subtarget set",
				   STR_ARG(s->name), STR_ARG(audit_chain_name(c)));
		(*known)->severity = SEVERITY_NOTE;
		(*known)->instead = how_to(a, s->name);
	} else {
		audit_concerns(a, *known, d);
	}
	if (own && (*known)->severity == SEVERITY_NOTE) {
		(*known)->severity = SEVERITY_WARNING;
		add_to_list(a, *known, s->name);
	}
}

static void check_name(struct audit *a, const struct device_model *d, const struct chain *c,
		       struct str name, void *latent)
{
	const struct setting *s = own_setting(a, d, name), *last = model_last(a->model, name);
	const struct device_model *from = audit_setter(a, last);
	const struct make_span *at;
	struct finding *f;

	if (model_exports(a->model, name) || !s || str_chr(name, '/') >= 0 ||
	    is_in_export(a, d, c, name))
		return;
	if (str_eq(str_trim(s->value), str_trim(last->value))) {
		/* what image.mk sets for itself it knows how to use */
		if (audit_of_tree(a, &s->at))
			say_latent(a, d, c, s, (struct finding **)map_at(latent, name));
		return;
	}
	at = audit_of_tree(a, &s->at) || !c->setting ? &s->at : &c->setting->at;
	f = audit_say(a, at, d,
		      "%.*s is '%.*s' for this device, but not in DEVICE_VARS: its recipe (%.*s) "
		      "sees '%.*s', set last, for "
		      "%.*s",
		      STR_ARG(name), STR_ARG(s->value), STR_ARG(audit_chain_name(c)),
		      STR_ARG(last->value), STR_ARG(from ? from->id : S("no device")));
	audit_rests(a, f, audit_place(a, make_span_place(&last->at)));
	add_to_list(a, f, name);
}

static void check(struct audit *a)
{
	struct map *latent = map_new(a->mem);

	for (size_t i = 0; i < a->model->devices.n; i++)
		audit_each_read(a, a->model->devices.p[i], check_name, latent);
}

const struct rule rule_missing_device_var = {
    .id = "missing-device-var",
    .severity = SEVERITY_ERROR,
    .finds = "a variable that a device's block sets and its recipes read, and that is not in "
	     "DEVICE_VARS; an error where the "
	     "recipe gets another value than the device has, else a warning; a note where only a "
	     "block sets it that devices share",
    .why = "Recipes run when all devices have been read. A variable that is not in DEVICE_VARS "
	   "then has the value that "
	   "the last device of the subtarget gave it, for every device.",
    .bad = "define Build/add-id\n"
	   "\techo $(NETGEAR_BOARD_ID) >> $@\n"
	   "endef\n"
	   "define Device/a\n"
	   "  NETGEAR_BOARD_ID := R6100\n"
	   "  IMAGE/factory.img := append-kernel | add-id\n"
	   "endef\n",
    .good = "DEVICE_VARS += NETGEAR_BOARD_ID\n",
    .check = check,
};
