/* SPDX-License-Identifier: GPL-2.0-only */
/* A name that stands twice in a list, and two images whose files have one name. */
#include "audit/internal.h"

static void check_list(struct audit *a, const struct device_model *d, const char *list,
		       enum severity severity)
{
	const struct setting *s = model_value(a->model, d, str_z(list));
	struct strs words = audit_words(a, model_expanded(d, str_z(list)));

	for (size_t i = 1; s && i < words.n; i++) {
		struct strs before = {.p = words.p, .n = i};
		const struct setting *by;
		struct finding *f;

		if (!strs_have(&before, words.p[i]))
			continue;
		by = audit_bringer(a, s, words.p[i]);
		if (!audit_of_tree(a, &by->at))
			continue;
		f = audit_say(a, &by->at, d, "%s names %.*s twice", list, STR_ARG(words.p[i]));
		f->severity = severity;
		if (str_is(audit_written(a, by)->op, "+="))
			audit_fix_word(a, f, f->at, words.p[i]);
		f->instead = str_fmt(a->mem, "%.*s once", STR_ARG(words.p[i]));
	}
}

static void check_targets(struct audit *a)
{
	const struct setting *last = model_last(a->model, S("TARGET_DEVICES"));
	struct map *seen = map_new(a->mem);

	for (size_t i = 0; last && i < a->model->target_devices.n; i++) {
		struct str name = a->model->target_devices.p[i];
		void **at = map_at(seen, name);
		const struct setting *by;
		struct finding *f;

		if (!*at) {
			*at = a;
			continue;
		}
		by = audit_bringer(a, last, name);
		f = audit_say(a, &by->at, audit_device(a, name), "TARGET_DEVICES names %.*s twice",
			      STR_ARG(name));
		f->severity = SEVERITY_ERROR;
		f->instead = str_fmt(a->mem, "%.*s once; was another device meant?", STR_ARG(name));
	}
}

/*
 * Did Device/Init begin D's block? Older trees have devices of another kind, whose IMAGES are none.
 */
static bool is_reset(const struct audit *a, const struct device_model *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (audit_setting(a, d, i)->initial &&
		    str_is(audit_setting(a, d, i)->name, "IMAGES"))
			return true;
	return false;
}

/* Files in the folder of images that two of the target's devices, or two images of one, would
 * write. */
static void check_files(struct audit *a)
{
	struct map *seen = map_new(a->mem), *ids = map_new(a->mem);

	for (size_t i = 0; i < a->target->devices.n; i++) {
		const struct device *d = &a->target->devices.p[i];
		const struct device_model *m = audit_device(a, d->id);
		void **id = map_at(ids, d->id);

		if (*id || !m || !is_reset(a, m))
			continue; /* listed twice: said already */
		*id = a;
		for (size_t k = 0; k < d->images.n; k++) {
			const struct device_image *image = &d->images.p[k];
			void **at = image->name.n ? map_at(seen, image->name) : NULL;
			const struct setting *list = model_value(a->model, m, S("IMAGES"));
			const struct device *other = at ? *at : NULL;

			if (at && !other)
				*at = (void *)d;
			if (!other || other == d)
				continue;
			audit_say(a, m->define ? &m->define->at : &list->at, m,
				  "its %.*s and one of %.*s are one file: %.*s",
				  STR_ARG(image->image), STR_ARG(other->id), STR_ARG(image->name));
		}
	}
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		check_list(a, d, "IMAGES", SEVERITY_ERROR);
		check_list(a, d, "ARTIFACTS", SEVERITY_ERROR);
		check_list(a, d, "SUPPORTED_DEVICES", SEVERITY_WARNING);
		check_list(a, d, "DEVICE_PACKAGES", SEVERITY_NOTE);
	}
	check_targets(a);
	check_files(a);
}

const struct rule rule_listed_twice = {
    .id = "listed-twice",
    .severity = SEVERITY_ERROR,
    .finds = "a name that is twice in IMAGES, ARTIFACTS, TARGET_DEVICES (errors), "
	     "SUPPORTED_DEVICES (a warning) or DEVICE_PACKAGES (a "
	     "note), and devices whose images have the same file name",
    .why = "Of an image that is listed twice make gets two rules for one file, and says so for "
	   "each device. A device that is listed "
	   "twice is often a line that was copied, and the device that was meant is not built.",
    .bad = "define Device/Default\n"
	   "  IMAGES := sysupgrade.bin\n"
	   "endef\n"
	   "define Device/a\n"
	   "  IMAGES += factory.bin sysupgrade.bin\n"
	   "endef\n",
    .good = "define Device/a\n"
	    "  IMAGES += factory.bin\n"
	    "endef\n",
    .history = "2b82c87b1f02 IMAGES += of a list that had sysupgrade.bin, qualcommax\n"
	       "775f93e8988c a TARGET_DEVICES line copied, so that ar670w was never built\n",
    .check = check,
};
