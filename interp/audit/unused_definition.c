/* SPDX-License-Identifier: GPL-2.0-only */
/* A variable or define of a target's image Makefiles, outside of devices, that no text of it refers
 * to. */
#include "audit/internal.h"

/* A name whose reader may not spell it: put together by make (loadaddr-$(X)), a hook that image.mk
 * calls, the shell's. */
static bool is_hidden(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!audit_is_name(name.p[i]))
			return true;
	return str_starts(name, S("CONFIG_"));
}

/* What others read without a text of ours: make, image.mk by a name that it makes up, what is
 * started. */
static bool is_known(struct audit *a, struct str name)
{
	static const char *const names[] = {"SHELL",	       "MAKEFLAGS",	 "DEFAULT_PACKAGES",
					    "KERNEL_LOADADDR", "TARGET_DEVICES", "DEVICE_VARS"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(name, names[i]))
			return true;
	return model_exports(a->model, name);
}

/* Is the line AT an assignment or define, and none that is handed on to programs? */
static bool is_plain(struct audit *a, struct place at, struct str name)
{
	struct str line = str_trim(audit_line(a, at)), word;

	if (str_starts(line, S("define ")))
		return true;
	return str_word(&line, &word) && str_starts(word, name) &&
	       (word.n == name.n || (word.n > name.n && strchr(":+?!=", word.p[name.n])));
}

static void check(struct audit *a)
{
	struct str folder = audit_place(a, (struct place){a->folder, 0}).file;
	struct map *seen = map_new(a->mem);

	for (size_t i = 0; i < a->model->settings.n; i++) {
		const struct setting *s = a->model->settings.p[i];
		struct place at;
		void **known;
		bool define;

		if (s->device != NO_DEVICE || is_hidden(s->name) || !audit_of_tree(a, &s->at) ||
		    setting_block(s).n)
			continue;
		known = map_at(seen, s->name);
		if (*known)
			continue;
		*known = a;
		at = audit_place(a, make_span_place(&s->at));
		if (!str_starts(at.file, folder) || is_known(a, s->name) ||
		    !is_plain(a, at, s->name) || audit_refers(a, s->name) ||
		    audit_makes_up(a, s->name))
			continue;
		define = str_starts(str_trim(audit_line(a, at)), S("define "));
		if (define || audit_written(a, s)->op.n)
			audit_say(a, &s->at, NULL,
				  "%s%.*s is set, but nothing in the image Makefiles refers to it",
				  define ? "define " : "", STR_ARG(s->name));
	}
}

const struct rule rule_unused_definition = {
    .id = "unused-definition",
    .severity = SEVERITY_WARNING,
    .finds = "a variable or a define at the level of a target's image Makefiles that no text of "
	     "them or of include/ refers to",
    .why = "It is left over from a recipe that went away, or its name or that of its reader is "
	   "misspelt. Whoever changes it waits for an "
	   "effect that does not come.",
    .bad = "FLASH_START := 0x9f000000\n",
    .good = "# no such line, or a recipe with $(FLASH_START)\n",
    .check = check,
};
