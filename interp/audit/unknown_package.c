/* SPDX-License-Identifier: GPL-2.0-only */
/* A package in DEVICE_PACKAGES that the tree does not have, but one that is called nearly so. */
#include "audit/internal.h"

enum { SHORTEST = 6 };

/* Do A and B differ by two letters that changed places? */
static bool is_swapped(struct str a, struct str b)
{
	size_t i = 0;

	while (i < a.n && i < b.n && a.p[i] == b.p[i])
		i++;
	return a.n == b.n && i + 1 < a.n && a.p[i] == b.p[i + 1] && a.p[i + 1] == b.p[i] &&
	       str_eq(str_from(a, i + 2), str_from(b, i + 2));
}

/* The known name that is one slip away from NAME, or of several the one with two letters swapped; unset: none, or several. */
static struct str nearest(const struct packages *known, struct str name)
{
	struct str found = {NULL, 0}, swapped = {NULL, 0};
	size_t n = 0;

	for (size_t i = 0; i < known->list.n; i++) {
		bool swap = is_swapped(name, known->list.p[i]);

		if (!swap && audit_distance(name, known->list.p[i], 1) > 1)
			continue;
		found = known->list.p[i];
		n++;
		if (swap)
			swapped = found;
	}
	return n == 1 ? found : swapped;
}

static void check_word(struct audit *a, const struct device_model *d, const struct setting *s, struct str word)
{
	const struct packages *known = a->options->packages;
	struct str name = str_starts(word, S("-")) ? str_from(word, 1) : word, other;
	struct finding *f;

	if (name.n < SHORTEST || map_get(known->names, name))
		return;
	other = nearest(known, name);
	if (!other.p)
		return; /* of a feed that is not here, or put together by make */
	f = audit_say(a, &audit_bringer(a, s, word)->at, d, "DEVICE_PACKAGES names %.*s, which no package of the tree is called",
		      STR_ARG(name));
	f->instead = str_dup(a->mem, other);
	audit_fix_text(a, f, f->at, name, f->instead);
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];
		const struct setting *s = model_value(a->model, d, S("DEVICE_PACKAGES"));
		struct strs words = audit_words(a, model_expanded(d, S("DEVICE_PACKAGES")));

		for (size_t k = 0; s && k < words.n; k++)
			check_word(a, d, s, words.p[k]);
	}
}

const struct rule rule_unknown_package = {
	.id = "unknown-package",
	.severity = SEVERITY_WARNING,
	.finds = "a name in DEVICE_PACKAGES that no package of the tree (package/, feeds/, modules.mk of the targets) has, one slip away from one that has it",
	.why = "A package that does not exist is left out without a word in a buildroot, and stops an ImageBuilder. Names that are "
	       "like no other may come from a feed that is not there, so nothing is said of them.",
	.bad = "  DEVICE_PACKAGES := mod-ata-core kmod-crypto-ebc\n",
	.good = "  DEVICE_PACKAGES := kmod-ata-core kmod-crypto-ecb\n",
	.history = "e329227f40b8 sunxi: mod-ata-core\n4e28494144d2 x86/geode: kmod-crypto-ebc\n",
	.packages = true,
	.check = check,
};
