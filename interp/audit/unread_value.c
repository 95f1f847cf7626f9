/* SPDX-License-Identifier: GPL-2.0-only */
/* A block sets a variable of the target's recipes that no recipe of its own devices reads. */
#include "audit/internal.h"

/* Those that only recipes read: what the target adds to DEVICE_VARS, without image.mk's own. */
static struct strs recipe_variables(struct audit *a)
{
	struct make_text all, own;
	struct strs known, names, out = {0};

	if (!make_try(a->model->make, a->mem, S("$(DEVICE_VARS)"), NULL, &all) ||
	    !make_try(a->model->make, a->mem, S("$(DEFAULT_DEVICE_VARS)"), NULL, &own))
		return out;
	known = audit_words(a, own.text);
	names = audit_words(a, all.text);
	for (size_t i = 0; i < names.n; i++)
		if (!strs_have(&known, names.p[i]) && !strs_have(&out, names.p[i]))
			*vec_push(a->mem, &out) = names.p[i];
	return out;
}

/* Does something that D's block sets, or hands on, refer to NAME? */
static bool is_used(struct audit *a, const struct device_model *d, struct str name)
{
	struct str reference = str_fmt(a->mem, "(%.*s", STR_ARG(name));

	if (audit_reader(d, name))
		return true;
	for (size_t i = 0; i < d->n; i++) {
		const struct setting *s = audit_setting(a, d, i);

		if (!str_eq(s->name, name) && (strs_have(&audit_written(a, s)->reads, name) ||
					       str_find(s->value, reference) >= 0))
			return true;
	}
	return false;
}

static void note_device(struct audit *a, struct own_lines *lines, const struct strs *names,
			const struct device_model *d)
{
	for (size_t i = 0; i < names->n; i++) {
		const struct setting *s = model_value(a->model, d, names->p[i]);
		struct own_line *line;

		if (!s || !audit_is_own(a, d, s) || !audit_of_tree(a, &s->at) ||
		    !str_trim(s->value).n)
			continue;
		if (audit_is_shared(a, s) &&
		    !(d->define && str_eq(setting_block(s), d->define->name)))
			continue; /* another subtarget's recipes may read it */
		line = audit_own_line(a, lines, d, s);
		line->needed = line->needed || is_used(a, d, s->name);
	}
}

static void check(struct audit *a)
{
	struct strs names = recipe_variables(a);
	struct own_lines lines = {0};

	for (size_t i = 0; i < a->model->devices.n; i++)
		note_device(a, &lines, &names, a->model->devices.p[i]);
	for (size_t i = 0; i < lines.n; i++) {
		const struct own_line *line = lines.p[i];
		struct finding *f;

		if (line->needed || !audit_refers(a, line->s->name))
			continue; /* what nothing refers to is unknown-variable's */
		f = audit_say(a, &line->s->at, line->d,
			      "%.*s is set, but no recipe of the device reads it",
			      STR_ARG(line->s->name));
		f->instead = S("no such line; or is a step missing?");
	}
}

const struct rule rule_unread_value = {
    .id = "unread-value",
    .severity = SEVERITY_NOTE,
    .finds = "a variable that the target adds to DEVICE_VARS, set for devices none of whose "
	     "recipes reads it",
    .why = "The line came with a template or a neighbour and does nothing here, or the command "
	   "that needs it is missing from the chain.",
    .bad = "  LOADER_TYPE := elf\n"
	   "  KERNEL := kernel-bin | append-dtb | lzma | uImage lzma\n",
    .good = "  LOADER_TYPE := elf\n"
	    "  KERNEL := kernel-bin | append-dtb | lzma | loader-kernel | uImage none\n",
    .history = "b908c82f49c5 ar71xx: LOADER_TYPE of eight devices without a loader\n",
    .check = check,
};
