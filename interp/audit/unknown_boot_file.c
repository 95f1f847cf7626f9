/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A recipe takes a boot loader's file from $(STAGING_DIR_IMAGE) that no package of the tree makes.
 */
#include "audit/internal.h"

static bool has_test(const struct recipe_command *c)
{
	for (size_t i = 0; i < c->words.n; i++)
		if (str_is(c->words.p[i].text, "[") || str_is(c->words.p[i].text, "test"))
			return true;
	return false;
}

/* Is it asked for: [ -f FILE ]? Then the recipe knows what to do without it. */
static bool is_tested(const struct recipe_commands *all, struct str file)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct recipe_command *c = &all->p[i];

		for (size_t k = 1; k < c->words.n; k++)
			if (c->words.p[k - 1].text.n == 2 && c->words.p[k - 1].text.p[0] == '-' &&
			    str_chr(S("efrs"), c->words.p[k - 1].text.p[1]) >= 0 &&
			    str_ends(c->words.p[k].text, file) && has_test(c))
				return true;
	}
	return false;
}

/* Does the recipe make it first: the last word of a command, and named again by a later one? */
static bool is_made(const struct recipe_commands *all, struct str file)
{
	for (size_t i = 0; i + 1 < all->n; i++) {
		const struct recipe_command *c = &all->p[i];

		for (size_t k = 0; k < c->words.n; k++)
			if (str_ends(c->words.p[k].text, file))
				return k + 1 == c->words.n && k > 1;
	}
	return false;
}

/* Where the name comes from: a variable that the recipe reads and that has it, else C itself. */
static const struct setting *source(struct audit *a, const struct device_model *d,
				    const struct chain *c, struct str file)
{
	for (size_t i = 0; i < c->reads.n; i++) {
		const struct setting *s = model_value(a->model, d, c->reads.p[i]);

		if (s && s->device == (int)d->index && s != c->setting &&
		    str_find(s->value, file) >= 0)
			return s;
	}
	return c->setting;
}

static void check_word(struct audit *a, const struct device_model *d, const struct chain *c,
		       struct str staging, struct str word)
{
	ptrdiff_t at = str_find(word, staging);
	struct str file;
	const struct setting *s;
	struct finding *f;
	bool such;

	if (at < 0)
		return;
	file = str_from(word, (size_t)at + staging.n);
	for (size_t i = 0; i < file.n; i++)
		if (!audit_is_name(file.p[i]) && file.p[i] != '-' && file.p[i] != '.')
			return; /* in a folder, or not known until the shell has it */
	if (!file.n || boot_files_make(a->options->packages, file, &such) || !such ||
	    is_tested(recipe_commands(a, c), file) || is_made(recipe_commands(a, c), file))
		return;
	s = source(a, d, c, file);
	if (!s || !audit_of_tree(a, &s->at))
		return;
	f = audit_say_of(
	    a, &s->at, d, c,
	    " takes %.*s from $(STAGING_DIR_IMAGE), which no boot loader's package makes",
	    STR_ARG(file));
	f->instead =
	    S("the name that package/boot gives it: its variant, and the end that belongs to it");
}

static void check(struct audit *a)
{
	struct make_text staging;
	struct str folder;

	if (!a->options->packages || !a->options->packages->boot_files.n ||
	    !make_try(a->model->make, a->mem, S("$(STAGING_DIR_IMAGE)"), NULL, &staging) ||
	    !staging.text.n)
		return;
	folder = str_cat(a->mem, staging.text, S("/"));
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->chains.n; k++) {
			const struct chain *c = &d->chains.p[k];
			const struct recipe_commands *all;

			if (str_find(c->recipe.text, folder) < 0)
				continue;
			all = recipe_commands(a, c);
			for (size_t n = 0; n < all->n; n++)
				for (size_t w = 0; w < all->p[n].words.n; w++)
					check_word(a, d, c, folder, all->p[n].words.p[w].text);
		}
	}
}

const struct rule rule_unknown_boot_file = {
    .id = "unknown-boot-file",
    .severity = SEVERITY_WARNING,
    .finds = "a file of $(STAGING_DIR_IMAGE) in a device's recipe, named like a boot loader's "
	     "(-u-boot.fip, -bl2.img ...), that no variant in package/ makes",
    .why = "The recipe finds no such file, and the build of the target's images ends, or the "
	   "artifact is missing. It is not seen until somebody selects "
	   "the device, or the boot loader's variant is renamed.",
    .bad = "# package/boot/uboot-x: define U-Boot/soc_box\n"
	   "  ARTIFACT/bl31-uboot.fip := soc-bl31-uboot box-2\n",
    .good = "  ARTIFACT/bl31-uboot.fip := soc-bl31-uboot box\n",
    .history = "76cda5ddac14 airoha: rfb-emmc-eagle for rfb\ndc0cf0fc509d ramips: "
	       "ravpower_rp-wd009 without mt7628_\n",
    .packages = true,
    .check = check,
};
