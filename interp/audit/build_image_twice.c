/* SPDX-License-Identifier: GPL-2.0-only */
/* BuildImage is evaluated once more behind the first time. */
#include "audit/internal.h"

/* Does LINE evaluate BuildImage? */
static bool evaluates(struct str line)
{
	return str_starts(str_trim(line), S("$(eval $(call BuildImage"));
}

/* The image Makefile, and the files below the target that the evaluation met. */
static struct strs files_read(struct audit *a)
{
	struct map *seen = map_new(a->mem);
	struct strs files = {0};
	struct str own = audit_place(a, (struct place){S("Makefile"), 1}).file;
	const struct text_file *last = NULL;

	*map_at(seen, own) = a;
	*vec_push(a->mem, &files) = own;
	for (size_t i = 0; i < a->model->settings.n; i++) {
		const struct make_span *at = &a->model->settings.p[i]->at;
		struct str file;

		if (at->in == last || a->model->settings.p[i]->device != NO_DEVICE)
			continue; /* a device's come from defines, which are settings as well */
		last = at->in;
		file = audit_file_at(a, at);
		if (!str_starts(file, S("target/")) || map_get(seen, file))
			continue;
		*map_at(seen, file) = a;
		*vec_push(a->mem, &files) = file;
	}
	return files;
}

static void check(struct audit *a)
{
	struct strs files = files_read(a);
	struct place first = {{NULL, 0}, 0};

	for (size_t i = 0; i < files.n; i++) {
		const struct strs *lines = audit_lines(a, files.p[i]);

		for (size_t k = 0; k < lines->n; k++) {
			struct place at = {files.p[i], (unsigned)k + 1};

			if (!evaluates(lines->p[k]) || audit_conditionals(a, at).n)
				continue;
			if (first.line)
				audit_say_at(a, at, NULL,
					     "BuildImage is evaluated here and at %.*s:%u: every "
					     "rule is made twice",
					     STR_ARG(first.file), first.line)
				    ->instead = S("no such line");
			else
				first = at;
		}
	}
}

const struct rule rule_build_image_twice = {
    .id = "build-image-twice",
    .severity = SEVERITY_ERROR,
    .finds = "two lines $(eval $(call BuildImage)) in the files of one image Makefile",
    .why = "All devices are gone through again: menus and lists show each one twice, and make "
	   "warns of each rule that it overrides.",
    .bad = "# generic.mk, which the Makefile includes\n"
	   "$(eval $(call BuildImage))\n",
    .good = "# only the Makefile, at its end\n"
	    "$(eval $(call BuildImage))\n",
    .history = "36347d003a93 ipq40xx: generic.mk ended with it, too\n",
    .check = check,
};
