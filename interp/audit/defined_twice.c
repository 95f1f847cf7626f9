/* SPDX-License-Identifier: GPL-2.0-only */
/* Two defines of one Device/ or Build/ name: the second replaces the first. */
#include "audit/internal.h"

#include "base/path.h"

/* Was S made by "define NAME"? */
static bool is_define(struct audit *a, const struct setting *s)
{
	struct str line = audit_line(a, audit_place(a, make_span_place(&s->at))), word;

	return str_word(&line, &word) && str_is(word, "define");
}

static void check_setting(struct audit *a, const struct setting *s)
{
	struct place at = audit_place(a, make_span_place(&s->at)),
		     old = audit_place(a, make_span_place(&s->before->at));
	struct finding *f;
	bool same;

	if (!str_eq(path_dir(at.file), path_dir(old.file)) ||
	    (str_eq(at.file, old.file) && at.line == old.line))
		/* a target's own in place of include/'s is meant; a file that is read twice */
		return;
	if (!is_define(a, s) || !is_define(a, s->before) ||
	    (str_eq(at.file, old.file) &&
	     audit_has_conditional(a, at.file, old.line < at.line ? old.line : at.line,
				   old.line < at.line ? at.line : old.line)))
		return;
	same = str_eq(s->value, s->before->value);
	f = audit_say(a, &s->at, NULL, "%.*s is defined already, in line %u of %.*s%s",
		      STR_ARG(s->name), old.line, STR_ARG(old.file), same ? ", to the same" : "");
	if (!same && !str_eq(at.file, old.file))
		f->severity = SEVERITY_NOTE; /* a subtarget's own may be meant */
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->settings.n; i++) {
		const struct setting *s = a->model->settings.p[i];

		if (s->device == NO_DEVICE && s->before &&
		    (str_starts(s->name, S("Device/")) || str_starts(s->name, S("Build/"))))
			check_setting(a, s);
	}
}

const struct rule rule_defined_twice = {
    .id = "defined-twice",
    .severity = SEVERITY_WARNING,
    .finds = "a Device/ or Build/ name that is defined twice for one subtarget, in one file or, as "
	     "a note "
	     "unless the texts are the same, in files of one folder",
    .why =
	"make takes the last one and says nothing. Whoever changes the first one changes nothing.",
    .bad = "define Build/header\n"
	   "\techo 1 >> $@\n"
	   "endef\n"
	   "define Build/header\n"
	   "\techo 2 >> $@\n"
	   "endef\n",
    .good = "define Build/header\n"
	    "\techo 2 >> $@\n"
	    "endef\n",
    .history = "b8271e9da041 Build/cameo-factory twice in image-commands.mk\n",
    .check = check,
};
