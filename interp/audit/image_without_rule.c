/* SPDX-License-Identifier: GPL-2.0-only */
/* An image, artifact or compile target that is listed and has no chain of its own device. */
#include "audit/internal.h"

static const char *list_of(enum chain_kind kind)
{
	return kind == CHAIN_IMAGE ? "IMAGES" : kind == CHAIN_ARTIFACT ? "ARTIFACTS" : "COMPILE";
}

static void check_chain(struct audit *a, const struct device_model *d, const struct chain *c)
{
	const struct setting *list = model_value(a->model, d, str_z(list_of(c->kind)));
	const struct device_model *from = audit_setter(a, c->setting);
	const struct make_span *at = list ? &list->at : d->define ? &d->define->at : NULL;
	struct finding *f;

	if (!at)
		return;
	if (!c->setting || (!c->setting->value.n && !from)) {
		f = audit_say(a, at, d, "%s lists %.*s, but there is no %.*s", list_of(c->kind),
			      STR_ARG(c->image), STR_ARG(c->variable));
	} else if (from && from != d) {
		f = audit_say(
		    a, at, d,
		    "%s lists %.*s, and %.*s is not set for this device: the one of %.*s is used",
		    list_of(c->kind), STR_ARG(c->image), STR_ARG(c->variable), STR_ARG(from->id));
		if (c->kind == CHAIN_COMPILE)
			f->severity = SEVERITY_WARNING;
	} else {
		return;
	}
	f->instead = str_fmt(a->mem, "%.*s := ... for this device, or take %.*s out of %s",
			     STR_ARG(c->variable), STR_ARG(c->image), list_of(c->kind));
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->chains.n; k++)
			if (d->chains.p[k].kind >= CHAIN_IMAGE)
				check_chain(a, d, &d->chains.p[k]);
	}
}

const struct rule rule_image_without_rule = {
    .id = "image-without-rule",
    .severity = SEVERITY_ERROR,
    .finds = "a name in IMAGES, ARTIFACTS or COMPILE whose IMAGE/, ARTIFACT/ or COMPILE/ variable "
	     "the device does not have, or "
	     "has from an earlier device only",
    .why = "Nothing resets IMAGE/x and its kin. The image is built by the rule of whichever device "
	   "came before, or is an "
	   "empty file when none has one.",
    .bad = "define Device/a\n"
	   "  IMAGES += factory.bin\n"
	   "endef\n",
    .good = "define Device/a\n"
	    "  IMAGES += factory.bin\n"
	    "  IMAGE/factory.bin := append-kernel | pad-to 64k | append-rootfs\n"
	    "endef\n",
    .check = check,
};
