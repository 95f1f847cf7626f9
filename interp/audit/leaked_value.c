/* SPDX-License-Identifier: GPL-2.0-only */
/* A variable that a device's recipes read has what another device's block left in it. */
#include "audit/internal.h"

/* Where C calls the command that reads NAME, or where C was set. */
static const struct make_span *place_of(const struct chain *c)
{
	return c->setting ? &c->setting->at : &c->steps.p[0].at;
}

/* Do several devices set NAME, all to VALUE? Then it is as good as a default of the target. */
static bool is_common(const struct audit *a, struct str name, struct str value)
{
	int first = NO_DEVICE;
	bool several = false;

	for (size_t i = 0; i < a->model->settings.n; i++) {
		const struct setting *s = a->model->settings.p[i];

		if (s->device == NO_DEVICE || s->initial || !str_eq(s->name, name))
			continue;
		if (!str_eq(str_trim(s->value), str_trim(value)))
			return false;
		several |= first != NO_DEVICE && first != s->device;
		first = s->device;
	}
	return several;
}

static void check_name(struct audit *a, const struct device_model *d, const struct chain *c,
		       struct str name, void *ctx)
{
	const struct setting *s = model_value(a->model, d, name),
			     *base = model_base(a->model, name);
	const struct device_model *from = audit_setter(a, s);
	struct finding *f;

	(void)ctx;
	if (!model_exports(a->model, name) || !from || from == d || !str_trim(s->value).n ||
	    (base && str_eq(str_trim(base->value), str_trim(s->value))))
		return;
	f = audit_say(a, d->define ? &d->define->at : place_of(c), d,
		      "%.*s is not set for this device, its %.*s reads it and gets '%.*s', left "
		      "over from another device (%.*s)",
		      STR_ARG(name), STR_ARG(audit_chain_name(c)), STR_ARG(s->value),
		      STR_ARG(from->id));
	if (is_common(a, name, s->value))
		f->severity = SEVERITY_NOTE;
	audit_rests(a, f, audit_place(a, make_span_place(&s->at)));
	f->instead = str_fmt(a->mem, "%.*s := ... in the device's block, or in Device/Default",
			     STR_ARG(name));
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++)
		audit_each_read(a, a->model->devices.p[i], check_name, NULL);
}

const struct rule rule_leaked_value = {
    .id = "leaked-value",
    .severity = SEVERITY_WARNING,
    .finds = "a variable that the device's recipes read, that its blocks do not set and "
	     "Device/Init does not reset, and "
	     "that holds what an earlier device of the subtarget set; a note where all devices "
	     "that set it set the same",
    .why = "Device variables are global to make. Only those that Device/Init knows are emptied for "
	   "each device; any other one "
	   "keeps the value of the device that stands before in TARGET_DEVICES. The image then "
	   "carries another "
	   "device's id, and changes when the order of the devices does.",
    .bad = "define Device/a\n"
	   "  SERIAL := 1234\n"
	   "  IMAGE/factory.bin := append-kernel | add-serial\n"
	   "endef\n"
	   "define Device/b\n"
	   "  IMAGE/factory.bin := append-kernel | add-serial\n"
	   "endef\n",
    .good = "define Device/b\n"
	    "  SERIAL :=\n"
	    "  IMAGE/factory.bin := append-kernel | add-serial\n"
	    "endef\n",
    .check = check,
};
