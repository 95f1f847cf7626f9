/* SPDX-License-Identifier: GPL-2.0-only */
/* A device's block that gives DEVICE_NAME another value than the device's id. */
#include "audit/internal.h"

/* Before 19.07 there is no profiles.json. */
static bool has_profiles_json(struct audit *a)
{
	const struct strs *lines = audit_lines(a, S("include/image.mk"));

	for (size_t i = 0; i < lines->n; i++)
		if (str_find(lines->p[i], S("json")) >= 0)
			return true;
	return false;
}

static void check(struct audit *a)
{
	if (!has_profiles_json(a))
		return;
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];
		const struct setting *s = model_value(a->model, d, S("DEVICE_NAME"));
		struct finding *f;

		if (!s || !audit_is_own(a, d, s) || !audit_of_tree(a, &s->at) ||
		    str_eq(str_trim(s->value), d->id))
			continue;
		f = audit_say(a, &s->at, d,
			      "DEVICE_NAME is '%.*s', but the device is %.*s: profiles.json lists "
			      "it under a name that no profile has",
			      STR_ARG(str_trim(s->value)), STR_ARG(d->id));
		f->instead = S("BOARD_NAME, or a variable of its own in DEVICE_VARS, for what the "
			       "recipe calls the board");
	}
}

const struct rule rule_device_name = {
    .id = "device-name",
    .severity = SEVERITY_WARNING,
    .finds = "a Device block that sets DEVICE_NAME to something else than the device's id",
    .why = "image.mk sets DEVICE_NAME to the id, and names by it what it writes for the device: "
	   "the entry in profiles.json, the files in between, "
	   "the root file system of its own. Whoever asks for PROFILE=ID by what profiles.json "
	   "lists (ImageBuilder, a server that "
	   "builds on demand) does not find the device.",
    .bad = "define Device/acme_box\n"
	   "  DEVICE_NAME := box\n"
	   "endef\n",
    .good = "define Device/acme_box\n"
	    "  BOARD_NAME := box\n"
	    "endef\n",
    .history = "0d21956ecdad imx: ventana\n908c82925cda layerscape: ten64-mtd, which no server "
	       "that builds on demand found\n",
    .check = check,
};
