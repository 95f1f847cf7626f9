/* SPDX-License-Identifier: GPL-2.0-only */
/* DEVICE_PACKAGES names what every device of the target has. */
#include "audit/internal.h"

static void check_word(struct audit *a, const struct device_model *d, const struct setting *s,
		       const struct strs *words, struct str word)
{
	const struct setting *by;
	struct finding *f;

	if (str_starts(word, S("-")) || !strs_have(&a->target->default_packages, word) ||
	    strs_have(words, str_cat(a->mem, S("-"), word)))
		return;
	by = audit_bringer(a, s, word);
	if (!audit_of_tree(a, &by->at))
		return;
	f = audit_say(a, &by->at, d,
		      "DEVICE_PACKAGES names %.*s, which is one of the target's default packages",
		      STR_ARG(word));
	f->instead = S("no such word");
	audit_fix_word(a, f, f->at, word);
}

static void check(struct audit *a)
{
	audit_each_package(a, check_word);
}

const struct rule rule_package_default = {
    .id = "package-default",
    .severity = SEVERITY_NOTE,
    .finds = "a package in DEVICE_PACKAGES that is among the target's default packages",
    .why = "Every image of the target has it. The word does nothing until the default changes, and "
	   "then this device keeps what the others lose.",
    .bad = "# DEFAULT_PACKAGES += kmod-leds-gpio\n"
	   "  DEVICE_PACKAGES := kmod-leds-gpio kmod-usb2\n",
    .good = "  DEVICE_PACKAGES := kmod-usb2\n",
    .history = "4f1a51f438c4 ath79: kmod-leds-gpio of some ten devices\nc17b1dca6060 mediatek: "
	       "kmod-mt7615e and two more\n",
    .check = check,
};
