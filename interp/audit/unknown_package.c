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

/* May a family of names put NAME together? *OF: it begins as one of them does. */
static bool is_made_up(const struct packages *known, struct str name, bool *of)
{
	for (size_t i = 0; i < known->families.n; i++) {
		const struct package_family *family = &known->families.p[i];
		struct str rest = str_from(name, family->prefix.n);
		size_t from = 0;

		if (!str_starts(name, family->prefix) || !rest.n)
			continue;
		*of = true;
		for (ptrdiff_t at; (at = str_find(str_from(family->text, from), rest)) >= 0;
		     from += (size_t)at + 1) {
			size_t here = from + (size_t)at, end = here + rest.n;

			if (str_chr(S(" \t\n,("), here ? family->text.p[here - 1] : '\n') >= 0 &&
			    (end >= family->text.n ||
			     str_chr(S(" \t\n,)\\"), family->text.p[end]) >= 0))
				return true;
		}
	}
	return false;
}

/* Is the tree's own package/ whole, so that a module of the kernel that is not in it is nowhere? */
static bool is_whole(const struct packages *known)
{
	return map_get(known->names, S("kmod-mac80211")) && map_get(known->names, S("base-files"));
}

/* Do names that begin as NAME does come from the tree itself, and not from a feed? */
static bool is_ours(const struct packages *known, struct str name, bool of_family)
{
	static const char *const ours[] = {"kmod-", "ipq-wifi-", "u-boot-"};

	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++)
		if (str_starts(name, str_z(ours[i])) && (of_family || i != 1) && is_whole(known))
			return true;
	return false;
}

/* The known name that is one slip away from NAME, or of several the one with two letters swapped;
 * unset: none, or several. */
static struct str nearest(struct arena *mem, const struct packages *known, struct str name)
{
	struct str found = {NULL, 0}, swapped = {NULL, 0}, kmod = str_cat(mem, S("kmod-"), name);
	size_t n = 0;

	if (map_get(known->names, kmod))
		return kmod;
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

static void check_word(struct audit *a, const struct device_model *d, const struct setting *s,
		       const struct strs *words, struct str word)
{
	const struct packages *known = a->options->packages;
	/* "-": not this one; "~", since 24.10: made, but not put into the image */
	bool marked = str_starts(word, S("-")) || str_starts(word, S("~"));
	struct str name = marked ? str_from(word, 1) : word, other;
	bool of_family = false;
	struct finding *f;

	(void)words;
	if (name.n < SHORTEST || map_get(known->names, name) || is_made_up(known, name, &of_family))
		return;
	other = nearest(a->mem, known, name);
	if (!other.p && !is_ours(known, name, of_family))
		return; /* of a feed that is not here */
	f = audit_say(a, &audit_bringer(a, s, word)->at, d,
		      "DEVICE_PACKAGES names %.*s, which no package of the tree is called",
		      STR_ARG(name));
	if (!other.p)
		return;
	f->instead = str_dup(a->mem, other);
	audit_fix_text(a, f, f->at, name, f->instead);
}

static void check(struct audit *a)
{
	audit_each_package(a, check_word);
}

const struct rule rule_unknown_package = {
    .id = "unknown-package",
    .severity = SEVERITY_WARNING,
    .finds = "a name in DEVICE_PACKAGES that no package of the tree (package/, feeds/, modules.mk "
	     "of the targets) has: one slip or a kmod- away from "
	     "one that has it, or of a kind that the tree itself has (kmod-, ipq-wifi-, u-boot-)",
    .why = "A package that does not exist is left out without a word in a buildroot, and stops an "
	   "ImageBuilder. Other names that are "
	   "like no other may come from a feed that is not there, so nothing is said of them.",
    .bad = "  DEVICE_PACKAGES := mod-ata-core kmod-crypto-ebc\n",
    .good = "  DEVICE_PACKAGES := kmod-ata-core kmod-crypto-ecb\n",
    .history = "f381cbcb5f4e ramips: mod-mt76x2\nfd94d03ae6ed x86: forcedeth\nc7e9335e4c23 "
	       "ipq40xx: ipq-wifi-plasmacloud-pa2200\n"
	       "e329227f40b8 sunxi: mod-ata-core\n4e28494144d2 x86/geode: kmod-crypto-ebc\n",
    .packages = true,
    .check = check,
};
