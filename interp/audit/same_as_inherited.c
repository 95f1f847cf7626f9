/* SPDX-License-Identifier: GPL-2.0-only */
/* A block gives a variable the value that it has already, from Device/Init or a block taken in
 * above. */
#include "audit/internal.h"

static bool is_plain(const struct written *w)
{
	return str_is(w->op, ":=") || str_is(w->op, "=");
}

/* Did the configuration make S what it is: FILESYSTEMS := $(TARGET_FILESYSTEMS)? */
static bool is_configured(struct audit *a, const struct setting *s)
{
	struct str line = audit_line(a, audit_place(a, make_span_place(&s->at)));

	return str_find(line, S("(TARGET_")) >= 0 || str_find(line, S("(CONFIG_")) >= 0;
}

/* May S, of a device's block, change nothing? */
static bool may_be_idle(const struct setting *s)
{
	const struct setting *old = s->before;

	return old && old->device == s->device && old->recursive == s->recursive && !s->initial &&
	       str_eq(str_trim(old->value), str_trim(s->value)) && str_trim(s->value).n;
}

static bool is_idle(struct audit *a, const struct setting *s)
{
	return may_be_idle(s) && !str_eq(setting_block(s->before), setting_block(s)) &&
	       !strs_have(&audit_written(a, s)->reads, s->name) && !is_configured(a, s->before) &&
	       !is_configured(a, s);
}

/*
 * Is S in a text that all subtargets of the target share, and what it changes in one of theirs?
 * There it may be needed.
 */
static bool is_shared(struct audit *a, const struct setting *s)
{
	return audit_is_shared(a, s) && s->before && !s->before->initial &&
	       !str_eq(audit_written(a, s->before)->at.file, audit_written(a, s)->at.file);
}

static void note_line(struct audit *a, struct own_lines *lines, const struct device_model *d,
		      const struct setting *s)
{
	const struct written *w = audit_written(a, s);
	struct own_line *line;
	size_t n = lines->n;

	if (!is_plain(w) || !str_starts(w->at.file, S("target/")))
		return;
	line = audit_own_line(a, lines, d, s);
	if (lines->n > n)
		line->needed = !audit_is_own(a, d, s) || is_shared(a, s);
	line->needed = line->needed || !is_idle(a, s);
}

static void check(struct audit *a)
{
	struct map *names = map_new(a->mem);
	struct own_lines lines = {0};

	for (size_t i = 0; i < a->model->settings.n; i++)
		if (a->model->settings.p[i]->device != NO_DEVICE &&
		    may_be_idle(a->model->settings.p[i]))
			*map_at(names, a->model->settings.p[i]->name) = a;
	for (size_t i = 0; i < a->model->devices.n; i++)
		for (size_t k = 0; k < a->model->devices.p[i]->n; k++) {
			const struct setting *s = audit_setting(a, a->model->devices.p[i], k);

			if (!s->initial && map_get(names, s->name))
				note_line(a, &lines, a->model->devices.p[i], s);
		}
	for (size_t i = 0; i < lines.n; i++) {
		const struct own_line *line = lines.p[i];
		const struct written *w = audit_written(a, line->s);
		struct finding *f;

		if (line->needed || audit_conditionals(a, w->at).n > 0)
			continue;
		f = audit_say(a, &line->s->at, line->d, "%.*s is '%.*s' already, from %.*s",
			      STR_ARG(line->s->name), STR_ARG(str_trim(line->s->value)),
			      STR_ARG(setting_block(line->s->before)));
		f->instead = S("no such line");
		if (w->last == w->at.line)
			audit_fix_drop(a, f, f->at);
	}
}

const struct rule rule_same_as_inherited = {
    .id = "same-as-inherited",
    .severity = SEVERITY_NOTE,
    .finds = "a variable that a block sets to what Device/Init, Device/Default or a template that "
	     "it takes in has set already",
    .why = "The line does nothing today, and hides tomorrow's change of the default: the next one "
	   "who mends the template does not reach this device.",
    .bad = "define Device/a\n"
	   "  $(Device/base) # IMAGES := sysupgrade.bin factory.bin\n"
	   "  IMAGES := sysupgrade.bin factory.bin\n"
	   "endef\n",
    .good = "define Device/a\n"
	    "  $(Device/base)\n"
	    "endef\n",
    .history =
	"dacd962cfd2e ath79: IMAGES and IMAGE/sysupgrade.bin\nd37125b3f390 ath79: BLOCKSIZE := "
	"64k\ne670a939cd23 qualcommax: sysupgrade images\n",
    .check = check,
};
