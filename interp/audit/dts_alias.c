/* SPDX-License-Identifier: GPL-2.0-only */
/* An alias of a device tree source for a node that is not there, or that is switched off. */
#include "audit/internal.h"

/* Those that base-files and the kernel look for a device behind. */
static bool wants_device(struct str name)
{
	return str_is(name, "label-mac-device");
}

static void check_alias(struct audit *a, const struct device_model *d,
			const struct device_dts *source, const struct dts_alias *alias)
{
	struct finding *f;

	if (alias->known && (alias->enabled || !wants_device(alias->name)))
		return;
	if (!alias->known)
		f = audit_say_at(a, audit_dts_place(a, alias->at), d,
				 "alias %.*s is %.*s, but there is no such node",
				 STR_ARG(alias->name), STR_ARG(alias->path));
	else
		f = audit_say_at(a, audit_dts_place(a, alias->at), d,
				 "alias %.*s is %.*s, which status switches off",
				 STR_ARG(alias->name), STR_ARG(alias->path));
	f->instead = S("&LABEL of a node that is there and on");
	audit_rests_dts(a, f, source, alias->at);
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];
		const struct device_dtses *all = audit_dts(a, d);

		for (size_t k = 0; k < all->n; k++)
			for (size_t n = 0; all->p[k].dts && n < all->p[k].dts->aliases.n; n++)
				check_alias(a, d, &all->p[k], &all->p[k].dts->aliases.p[n]);
	}
}

const struct rule rule_dts_alias = {
    .id = "dts-alias",
    .severity = SEVERITY_WARNING,
    .finds = "an alias (label-mac-device, led-boot ...) whose path is no node of the device tree "
	     "source, and a label-mac-device whose node is "
	     "switched off",
    .why = "Who asks for the alias finds nothing: the address on the label is not known, no LED "
	   "shows that the device boots. dtc says so of "
	   "labels, but not of paths, and not of a node that is disabled.",
    .bad = "# aliases { label-mac-device = \"/soc/ethernet@1e100000/mac@3\"; };\n"
	   "  DEVICE_DTS := acme_box\n",
    .good = "# aliases { label-mac-device = &gmac0; };\n"
	    "  DEVICE_DTS := acme_box\n",
    .check = check,
};
