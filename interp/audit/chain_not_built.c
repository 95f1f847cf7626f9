/* SPDX-License-Identifier: GPL-2.0-only */
/* A device has a chain for an image that it does not list. */
#include "audit/internal.h"

static const struct kind {
	const char *prefix, *list;
} kinds[] = {{"IMAGE/", "IMAGES"}, {"ARTIFACT/", "ARTIFACTS"}, {"COMPILE/", "COMPILE"}};

/* Does an arm of a conditional in TEXT put WORD into LIST, or a line that is a comment now? */
static bool text_lists(struct audit *a, struct str text, const char *list, struct str word)
{
	struct str line;
	bool of_list = false, goes_on = false;

	while (text.n && str_split(&text, '\n', &line)) {
		struct strs words;

		while (line.n && strchr("# \t", line.p[0]))
			line = str_from(line, 1);
		words = audit_words(a, line);
		if (!goes_on)
			of_list = words.n && str_starts(words.p[0], str_z(list));
		if (of_list && strs_have(&words, word))
			return true;
		goes_on = str_ends(line, S("\\"));
	}
	return false;
}

static bool may_list(struct audit *a, const struct device_model *d, const char *list,
		     struct str word)
{
	if (d->define && text_lists(a, d->define->value, list, word))
		return true;
	for (size_t i = 0; i < d->parents.n; i++) {
		const struct setting *s = model_last(a->model, d->parents.p[i]);

		if (s && text_lists(a, s->value, list, word))
			return true;
	}
	return false;
}

/* Does another device take in D's block? */
static bool is_parent(const struct audit *a, const struct device_model *d)
{
	for (size_t i = 0; d->define && i < a->model->devices.n; i++)
		if (strs_have(&a->model->devices.p[i]->parents, d->define->name))
			return true;
	return false;
}

static void check_setting(struct audit *a, const struct device_model *d, const struct setting *s)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		struct str image = str_from(s->name, strlen(kinds[i].prefix)), file;
		struct strs list;
		struct finding *f;

		if (!str_starts(s->name, str_z(kinds[i].prefix)) || !str_trim(s->value).n ||
		    !d->define || !str_eq(setting_block(s), d->define->name) ||
		    !audit_is_own(a, d, s))
			continue;
		list = audit_words(a, model_expanded(d, str_z(kinds[i].list)));
		file = str_sub(image, 0,
			       str_chr(image, '/') < 0 ? image.n : (size_t)str_chr(image, '/'));
		if (strs_have(&list, image) || strs_have(&list, file) || is_parent(a, d) ||
		    may_list(a, d, kinds[i].list, file))
			continue;
		if (audit_mentions(a, str_fmt(a->mem, "(%.*s)", STR_ARG(s->name))))
			continue; /* a part of another chain */
		f = audit_say(
		    a, &s->at, d, "%s (%.*s) does not name %.*s, so this chain is never used",
		    kinds[i].list, STR_ARG(model_expanded(d, str_z(kinds[i].list))), STR_ARG(file));
		f->instead =
		    str_fmt(a->mem, "%s += %.*s, or no such line", kinds[i].list, STR_ARG(file));
	}
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->n; k++)
			check_setting(a, d, audit_setting(a, d, k));
	}
}

const struct rule rule_chain_not_built = {
    .id = "chain-not-built",
    .severity = SEVERITY_WARNING,
    .finds = "IMAGE/x, ARTIFACT/x or COMPILE/x in a device's own block, where its IMAGES, "
	     "ARTIFACTS or COMPILE does not name x",
    .why = "The image is not built, and nothing says so: the list was forgotten, or names it "
	   "otherwise. Where it was meant, the chain is "
	   "still there for the next device whose list does name it.",
    .bad = "define Device/a\n"
	   "  IMAGES := sysupgrade.bin\n"
	   "  IMAGE/factory.bin := append-kernel | append-rootfs\n"
	   "endef\n",
    .good = "define Device/a\n"
	    "  IMAGES := sysupgrade.bin factory.bin\n"
	    "  IMAGE/factory.bin := append-kernel | append-rootfs\n"
	    "endef\n",
    .history = "1d3b57dbeeae mvebu: sdcard.img.gz of two devices that list none\n",
    .check = check,
};
