/* SPDX-License-Identifier: GPL-2.0-only */
/* The file that is called as the subtarget is lies in the image folder, and is not read. */
#include "audit/internal.h"

/* Is something of FILE (below the tree) among what the evaluation met? */
static bool was_read(struct audit *a, struct str file)
{
	const struct text_file *last = NULL;

	for (size_t i = a->model->settings.n; i-- > 0;) {
		const struct setting *s = a->model->settings.p[i];

		if (s->device != NO_DEVICE || s->at.in == last)
			continue;
		last = s->at.in;
		if (str_eq(audit_file_at(a, &s->at), file))
			return true;
	}
	return false;
}

/* Where another file would be included: the image Makefile's last include of a file beside it, or
 * its first line. */
static struct place include_place(struct audit *a)
{
	struct place at = {audit_place(a, (struct place){S("Makefile"), 1}).file, 1};
	const struct strs *lines = audit_lines(a, at.file);

	for (size_t i = 0; i < lines->n; i++) {
		struct str rest = lines->p[i], word, file;

		if (str_word(&rest, &word) &&
		    (str_is(word, "include") || str_is(word, "-include")) &&
		    str_word(&rest, &file) && str_ends(file, S(".mk")) &&
		    str_find(file, S("INCLUDE_DIR")) < 0 && str_find(file, S("TOPDIR")) < 0)
			at.line = (unsigned)i + 1;
	}
	return at;
}

static void check(struct audit *a)
{
	ptrdiff_t slash = str_chr(a->target->name, '/');
	struct str sub = slash >= 0 ? str_from(a->target->name, (size_t)slash + 1) : S("");
	struct str file =
	    audit_place(a, (struct place){str_fmt(a->mem, "%.*s.mk", STR_ARG(sub)), 1}).file;
	const struct strs *lines = sub.n ? audit_lines(a, file) : NULL;
	struct finding *f;

	for (size_t i = 0; lines && i < lines->n; i++) {
		if (!str_starts(lines->p[i], S("define Device/")) &&
		    !str_starts(lines->p[i], S("TARGET_DEVICES")))
			continue;
		if (was_read(a, file))
			return;
		f = audit_say_at(a, include_place(a), NULL,
				 "%.*s.mk is not read for %.*s: none of its devices is built",
				 STR_ARG(sub), STR_ARG(a->target->name));
		f->instead = str_fmt(a->mem, "include %.*s.mk, for that subtarget", STR_ARG(sub));
		audit_rests(a, f, (struct place){file, (unsigned)i + 1});
		return;
	}
}

const struct rule rule_file_not_read = {
    .id = "file-not-read",
    .severity = SEVERITY_ERROR,
    .finds = "image/SUBTARGET.mk with devices, which the image Makefile does not include for that "
	     "subtarget",
    .why = "The subtarget builds none of the devices in it, and says nothing.",
    .bad = "# image/geode.mk is there\n"
	   "ifeq ($(SUBTARGET),generic)\n"
	   "  include generic.mk\n"
	   "endif\n",
    .good = "include $(SUBTARGET).mk\n",
    .history = "3f3a754c6800 x86/geode: lost in a rebase\n",
    .check = check,
};
