/* SPDX-License-Identifier: GPL-2.0-only */
/* Recipes that spell out the file name of another image instead of asking for it. */
#include "audit/internal.h"

/* Does SOURCE, a line of a Makefile, name a file of the images' folders that begins with DIST? */
static bool spells_out(struct audit *a, struct str source, const char *dist)
{
	static const char *const folders[] = {"BIN_DIR)/", "KDIR_TMP)/", "KDIR)/tmp/"};

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (str_find(source, str_fmt(a->mem, "%s%s", folders[i], dist)) >= 0)
			return true;
	return false;
}

/* The setting that C's recipe reads and that spells the name out: the chain's own, or an
 * argument's; NULL: none. */
static const struct setting *argument(struct audit *a, const struct device_model *d,
				      const struct chain *c, const char *dist)
{
	if (c->setting && spells_out(a, recipe_source(a, &c->setting->at), dist))
		return c->setting;
	for (size_t i = 0; i < c->reads.n; i++) {
		const struct setting *s = model_value(a->model, d, c->reads.p[i]);

		if (s && s->device == (int)d->index &&
		    spells_out(a, recipe_source(a, &s->at), dist))
			return s;
	}
	return NULL;
}

static void check_dist(struct audit *a, const struct device_model *d, const struct chain *c,
		       const char *dist)
{
	struct str board = str_sub(a->target->name, 0, (size_t)str_chr(a->target->name, '/'));
	struct str name = str_fmt(a->mem, "/%s%.*s-", dist, STR_ARG(board)), text = c->recipe.text;
	size_t from = 0;

	for (ptrdiff_t at; (at = str_find(str_from(text, from), name)) >= 0;
	     from += (size_t)at + name.n) {
		struct make_span where;

		if (!recipe_span(a, &c->recipe, from + (size_t)at + 1, &where) ||
		    !spells_out(a, recipe_source(a, &where), dist)) {
			const struct setting *s = argument(a, d, c, dist);

			if (!s)
				continue;
			where = s->at; /* the rule has the value, not the text of a file */
		}
		audit_say_of(a, &where, d, c,
			     " spells out an image's file name, %s%.*s-...: a release or a fork "
			     "has no such file",
			     dist, STR_ARG(board))
		    ->instead =
		    S("$(DEVICE_IMG_PREFIX)-..., $(KERNEL_INITRAMFS_IMAGE), or append-image-stage");
		return;
	}
}

static void check_chain(struct audit *a, const struct device_model *d, const struct chain *c)
{
	check_dist(a, d, c, "openwrt-");
	check_dist(a, d, c, "lede-");
}

static void check(struct audit *a)
{
	audit_each_chain(a, check_chain);
}

const struct rule rule_image_name_spelled_out = {
    .id = "image-name-spelled-out",
    .severity = SEVERITY_WARNING,
    .finds = "$(BIN_DIR)/openwrt-$(BOARD)-... or its like in a device's recipe, instead of "
	     "$(DEVICE_IMG_PREFIX) or $(KERNEL_INITRAMFS_IMAGE)",
    .why = "An image is only called so in a snapshot. A release has its version in the name, an "
	   "ImageBuilder may be given EXTRA_IMAGE_NAME, "
	   "and a fork has its own name: there the file is missing, and the image is made without "
	   "it or not at all.",
    .bad = "  IMAGE/recovery.bin := sysupgrade-tar "
	   "kernel=$$$$(BIN_DIR)/openwrt-$$(BOARD)-$$(DEVICE_NAME)-initramfs.itb\n",
    .good =
	"  IMAGE/recovery.bin := sysupgrade-tar kernel=$$$$(BIN_DIR)/$$(KERNEL_INITRAMFS_IMAGE)\n",
    .history = "a9cc3708e0 ZTE MF287's recovery image, corrupt in the release\n",
    .check = check,
};
