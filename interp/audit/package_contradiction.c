/* SPDX-License-Identifier: GPL-2.0-only */
/* DEVICE_PACKAGES takes a package in and out, or takes one out that would not be in. */
#include "audit/internal.h"

/* The word of WORDS that is NAME, or "-NAME" (OUT). */
static bool has(struct audit *a, const struct strs *words, struct str name, bool out)
{
	return strs_have(words, out ? str_cat(a->mem, S("-"), name) : name);
}

static void check_word(struct audit *a, const struct device_model *d, const struct setting *s,
		       const struct strs *words, struct str word)
{
	struct str name = str_from(word, 1);
	const struct setting *by;
	struct finding *f;

	if (!str_starts(word, S("-")) || word.n < 3)
		return;
	by = audit_bringer(a, s, word);
	if (!audit_of_tree(a, &by->at))
		return;
	if (has(a, words, name, false)) {
		const struct setting *in = audit_bringer(a, s, name);

		if (!str_eq(setting_block(in), setting_block(by)))
			return; /* a template's package that the device does not want */
		f = audit_say(a, &by->at, d,
			      "DEVICE_PACKAGES of one block names both %.*s and -%.*s",
			      STR_ARG(name), STR_ARG(name));
		f->instead = str_fmt(a->mem, "one of the two; %.*s is left out", STR_ARG(name));
	} else if (a->target->default_packages.n &&
		   !strs_have(&a->target->default_packages, name)) {
		f = audit_say(a, &by->at, d,
			      "DEVICE_PACKAGES takes out %.*s, which is none of the target's "
			      "default packages",
			      STR_ARG(name));
		f->severity = SEVERITY_NOTE;
		f->instead = S("no such word");
	}
}

static void check(struct audit *a)
{
	audit_each_package(a, check_word);
}

const struct rule rule_package_contradiction = {
    .id = "package-contradiction",
    .severity = SEVERITY_WARNING,
    .finds = "DEVICE_PACKAGES of one block with both NAME and -NAME; a note for a -NAME that is "
	     "none of the target's default packages",
    .why = "Of the two the -NAME wins, whatever the order, so the package is not in the image. A "
	   "-NAME of what would not be there is left over from "
	   "another target or an older default, and hides what the device really needs.",
    .bad = "  DEVICE_PACKAGES := kmod-usb2 -kmod-usb2\n",
    .good = "  DEVICE_PACKAGES := kmod-usb2\n",
    .check = check,
};
