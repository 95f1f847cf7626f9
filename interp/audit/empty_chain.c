/* SPDX-License-Identifier: GPL-2.0-only */
/* An image whose chain is there, but has no step. */
#include "audit/internal.h"

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->chains.n; k++) {
			const struct chain *c = &d->chains.p[k];
			struct finding *f;

			if (c->kind < CHAIN_IMAGE || !c->setting ||
			    audit_setter(a, c->setting) != d || c->steps.n != 1 ||
			    c->steps.p[0].command.n)
				continue;
			f = audit_say(a, &c->setting->at, d, "%.*s is %s: the file is not made",
				      STR_ARG(audit_chain_name(c)),
				      str_trim(c->setting->value).n ? "empty once it is expanded"
								    : "empty");
			f->instead =
			    str_fmt(a->mem, "a chain, or no %.*s among %s", STR_ARG(c->image),
				    c->kind == CHAIN_IMAGE	? "IMAGES"
				    : c->kind == CHAIN_ARTIFACT ? "ARTIFACTS"
								: "COMPILE");
		}
	}
}

const struct rule rule_empty_chain = {
    .id = "empty-chain",
    .severity = SEVERITY_ERROR,
    .finds = "an image, artifact or compile target that is listed and whose chain is empty for "
	     "this device",
    .why = "make has a rule for the file and nothing to make it by; what wants the file then "
	   "stops, or the image is missing.",
    .bad = "  IMAGES := factory.bin\n"
	   "  IMAGE/factory.bin :=\n",
    .good = "  IMAGES :=\n",
    .check = check,
};
