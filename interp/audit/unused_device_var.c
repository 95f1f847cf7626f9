/* SPDX-License-Identifier: GPL-2.0-only */
/* DEVICE_VARS lists a name that nothing sets and nothing reads. */
#include "audit/internal.h"

static void check(struct audit *a)
{
	const struct setting *list = model_last(a->model, S("DEVICE_VARS"));
	const struct device_model *d = a->model->devices.n ? a->model->devices.p[0] : NULL;
	struct strs names = {0};

	if (d && list)
		names = audit_words(a, model_expanded(d, S("DEVICE_VARS")));
	for (size_t i = 0; i < names.n; i++) {
		const struct setting *by;

		if (model_last(a->model, names.p[i]) || audit_refers(a, names.p[i]) ||
		    audit_sets(a, names.p[i]))
			continue;
		by = audit_bringer(a, list, names.p[i]);
		if (audit_of_tree(a, &by->at)) {
			struct finding *f = audit_say(
			    a, &by->at, NULL, "DEVICE_VARS lists %.*s, which nothing sets or reads",
			    STR_ARG(names.p[i]));

			audit_fix_word(a, f, f->at, names.p[i]);
		}
	}
}

const struct rule rule_unused_device_var = {
    .id = "unused-device-var",
    .severity = SEVERITY_WARNING,
    .finds = "a name in DEVICE_VARS that no text of the target's image Makefiles or of include/ "
	     "sets or refers to",
    .why = "It is left over from a recipe that went away, or misspelt: then the variable that is "
	   "meant is not handed on to the "
	   "recipes, and they see the last device's value.",
    .bad = "DEVICE_VARS += TPLINK_BOARD_NAME\n",
    .good = "DEVICE_VARS += TPLINK_BOARD_ID\n",
    .history = "111a7a3d01c2 TPLINK_BOARD_NAME of ath79\n",
    .check = check,
};
