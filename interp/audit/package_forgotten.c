/* SPDX-License-Identifier: GPL-2.0-only */
/* The tree has a package of a family just for this device (ipq-wifi-ID), and the device does not
 * name it. */
#include "audit/internal.h"

enum { OTHERS = 3 }; /* so many of the target's devices show that the family is for devices */

/* Does the file of the family F put NAME into names, as a word of its own? */
static bool has_name(const struct package_family *f, struct str name)
{
	size_t from = 0;

	for (ptrdiff_t at; (at = str_find(str_from(f->text, from), name)) >= 0;
	     from += (size_t)at + 1) {
		size_t here = from + (size_t)at, end = here + name.n;

		if (here && f->text.p[here - 1] == ',' && end < f->text.n && f->text.p[end] == ',')
			return true;
	}
	return false;
}

/* Does D name a package whose name begins with PREFIX, taken out or not? */
static bool names_one(struct audit *a, const struct device_model *d, struct str prefix)
{
	struct strs words = audit_words(a, model_expanded(d, S("DEVICE_PACKAGES")));

	for (size_t i = 0; i < words.n; i++)
		if (str_starts(words.p[i], prefix) ||
		    (str_starts(words.p[i], S("-")) && str_starts(str_from(words.p[i], 1), prefix)))
			return true;
	return false;
}

static void check_family(struct audit *a, const struct package_family *family)
{
	size_t n = 0;

	for (size_t i = 0; i < a->model->devices.n && n < OTHERS; i++)
		n += names_one(a, a->model->devices.p[i], family->prefix);
	for (size_t i = 0; n >= OTHERS && i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];
		struct finding *f;

		if (!d->define || !has_name(family, d->id) || names_one(a, d, family->prefix))
			continue;
		f = audit_say(
		    a, &d->define->at, d,
		    "the tree has a package %.*s%.*s, and DEVICE_PACKAGES does not name it",
		    STR_ARG(family->prefix), STR_ARG(d->id));
		f->instead = str_fmt(a->mem, "DEVICE_PACKAGES += %.*s%.*s", STR_ARG(family->prefix),
				     STR_ARG(d->id));
	}
}

static void check(struct audit *a)
{
	for (size_t i = 0; a->options->packages && i < a->options->packages->families.n; i++)
		check_family(a, &a->options->packages->families.p[i]);
}

const struct rule rule_package_forgotten = {
    .id = "package-forgotten",
    .severity = SEVERITY_WARNING,
    .finds = "a device that names no package of a family (ipq-wifi-ID) which has one with the "
	     "device's own name, where three others of the subtarget name theirs",
    .why = "Such a package has the board data or firmware of just that device. Without it the "
	   "radio does not come up, or with another board's data.",
    .bad =
	"# package/firmware/ipq-wifi: $(eval $(call generate-ipq-wifi-package,acme_ap,Acme AP))\n"
	"define Device/acme_ap\n"
	"  DEVICE_PACKAGES := kmod-usb3\n"
	"endef\n",
    .good = "define Device/acme_ap\n"
	    "  DEVICE_PACKAGES := kmod-usb3 ipq-wifi-acme_ap\n"
	    "endef\n",
    .history = "d9f4a4280e67 ipq40xx: EnGenius EMD1\n14bd392a1cd0 ipq40xx: EnGenius EMR3500\n",
    .packages = true,
    .check = check,
};
