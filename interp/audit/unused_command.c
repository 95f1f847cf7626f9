/* SPDX-License-Identifier: GPL-2.0-only */
/* A Build/ define of the target that no text of it calls. */
#include "audit/internal.h"

static void check(struct audit *a)
{
	struct map *seen = map_new(a->mem);

	for (size_t i = 0; i < a->model->settings.n; i++) {
		const struct setting *s = a->model->settings.p[i];
		struct str name = str_from(s->name, 6);
		void **at;

		if (s->device != NO_DEVICE || !str_starts(s->name, S("Build/")) ||
		    !audit_of_tree(a, &s->at))
			continue;
		at = map_at(seen, s->name);
		if (*at || str_chr(name, '/') >= 0 || str_is(name, "Compile") ||
		    str_is(name, "Clean") || str_is(name, "Prepare"))
			continue; /* image.mk's own */
		*at = a;
		if (!audit_calls(a, name))
			audit_say(a, &s->at, NULL,
				  "Build/%.*s is defined, but no chain of the target's Makefiles "
				  "calls it",
				  STR_ARG(name));
	}
}

const struct rule rule_unused_command = {
    .id = "unused-command",
    .severity = SEVERITY_WARNING,
    .finds = "a Build/ define of a target that none of its image Makefiles calls, for another "
	     "subtarget either",
    .why = "It is left over from a device that went away, or its name is misspelt here or there. "
	   "Nobody notices when it breaks, "
	   "and whoever reads the Makefile takes it for a way to build something.",
    .bad = "define Build/old-header\n"
	   "\techo old >> $@\n"
	   "endef\n",
    .good = "  IMAGE/factory.bin := append-kernel | old-header\n",
    .check = check,
};
