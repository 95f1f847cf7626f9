/* SPDX-License-Identifier: GPL-2.0-only */
/* Recipes that change the kernel or the root file system they were given. */
#include "audit/internal.h"

static void check_chain(struct audit *a, const struct device_model *d, const struct chain *c)
{
	const struct recipe_commands *all = recipe_commands(a, c);

	for (size_t k = 0; k < all->n; k++) {
		const struct recipe_command *cmd = &all->p[k];
		struct recipe_words files = cmd->files;

		for (size_t i = 0; i < files.n; i++) {
			struct str file = files.p[i].text;
			struct make_span where;

			if (!str_is(file, "<kernel>") && !str_is(file, "<rootfs>") &&
			    !str_is(file, "<vmlinux>"))
				continue;
			if (!recipe_span(a, &c->recipe,
					 cmd->words.n ? cmd->words.p[0].at : files.p[i].at, &where))
				continue;
			audit_say(a, &where, d,
				  "this recipe changes its prerequisite, the %.*s, which other "
				  "images are made of, too",
				  STR_ARG(str_is(file, "<rootfs>") ? S("root file system")
								   : S("kernel")));
		}
	}
}

static void check(struct audit *a)
{
	audit_each_chain(a, check_chain);
}

const struct rule rule_recipe_writes_prerequisite = {
    .id = "recipe-writes-prerequisite",
    .severity = SEVERITY_WARNING,
    .finds = "a recipe that appends to, edits, moves or removes $<, $^, $(IMAGE_KERNEL) or "
	     "$(IMAGE_ROOTFS)",
    .why = "The file is made once, and all images of the device (the root file system: of all "
	   "devices) are made of it, at the same "
	   "time: the others get it changed, half changed or not, and after a second build it is "
	   "changed twice.",
    .bad = "\techo mark >> $(IMAGE_KERNEL)\n\tcat $(IMAGE_KERNEL) >> $@\n",
    .good = "\tcat $(IMAGE_KERNEL) >> $@\n\techo mark >> $@\n",
    .check = check,
};
