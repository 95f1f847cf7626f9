/* SPDX-License-Identifier: GPL-2.0-only */
/* TARGET_DEVICES names a device that nothing defines; a device is defined and nowhere listed. */
#include "audit/internal.h"

static const struct setting *definition(const struct audit *a, struct str device)
{
	return model_last(a->model, str_fmt(a->mem, "Device/%.*s", STR_ARG(device)));
}

/* The names that are defined and not listed, or (LISTED) the other way round. */
static struct strs strangers(struct audit *a, bool listed)
{
	struct strs names = {0};

	for (size_t i = 0; listed && i < a->model->target_devices.n; i++)
		if (!definition(a, a->model->target_devices.p[i]) &&
		    !strs_have(&names, a->model->target_devices.p[i]))
			*vec_push(a->mem, &names) = a->model->target_devices.p[i];
	for (size_t i = 0; !listed && i < a->model->settings.n; i++) {
		const struct setting *s = a->model->settings.p[i];
		struct str name;

		if (s->device != NO_DEVICE || !str_starts(s->name, S("Device/")) ||
		    !audit_of_tree(a, &s->at))
			continue;
		name = str_from(s->name, 7);
		if (!str_is(name, "Default") && str_chr(name, '/') < 0 &&
		    !strs_have(&a->model->target_devices, name) && !strs_have(&names, name))
			*vec_push(a->mem, &names) = name;
	}
	return names;
}

/* Is Device/NAME taken in by a block, or listed, or listed once, by text that was not read? */
static bool is_known(struct audit *a, struct str name)
{
	return audit_mentions(a, str_fmt(a->mem, "(Device/%.*s", STR_ARG(name))) ||
	       audit_mentions(a, str_fmt(a->mem, "call Device/%.*s", STR_ARG(name))) ||
	       /* 15.05's zynq: the profile that is chosen names the device */
	       audit_mentions(a, S("call Device/$(PROFILE")) ||
	       audit_lists(a, S("TARGET_DEVICES"), name);
}

static void check_listed(struct audit *a, struct str name, const struct strs *defined)
{
	const struct setting *last = model_last(a->model, S("TARGET_DEVICES"));
	const struct setting *s = last ? audit_bringer(a, last, name) : NULL;
	struct finding *f;

	if (!s || !audit_of_tree(a, &s->at))
		return;
	f = audit_say(a, &s->at, NULL,
		      "TARGET_DEVICES names %.*s, but there is no define Device/%.*s",
		      STR_ARG(name), STR_ARG(name));
	if (!model_last(a->model, S("DEVICE_TITLE")))
		f->severity = SEVERITY_WARNING; /* 15.05: a device may be all Device/Default */
	f->instead = diag_nearest(a->mem, name, defined->p, defined->n, 2);
	*vec_push(a->mem, &f->devices) = str_dup(a->mem, name);
}

static void check_defined(struct audit *a, struct str name, const struct strs *listed)
{
	const struct setting *s = definition(a, name);
	struct finding *f;

	f = audit_say(a, &s->at, NULL,
		      "Device/%.*s is defined, but neither listed in TARGET_DEVICES nor used by "
		      "another block",
		      STR_ARG(name));
	if (!listed->n)
		f->severity = SEVERITY_WARNING;
	for (size_t i = 0; i < listed->n; i++)
		if (audit_distance(name, listed->p[i], 3) > 3)
			f->severity = SEVERITY_WARNING;
	f->instead = str_fmt(a->mem,
			     "TARGET_DEVICES += %.*s behind it (a comment '#TARGET_DEVICES += "
			     "%.*s' says that it is left out on purpose)",
			     STR_ARG(name), STR_ARG(name));
}

static void check(struct audit *a)
{
	struct strs listed = strangers(a, true), defined = strangers(a, false), lost = {0};

	for (size_t i = 0; i < defined.n; i++)
		if (!is_known(a, defined.p[i]))
			*vec_push(a->mem, &lost) = defined.p[i];
	for (size_t i = 0; i < listed.n; i++)
		check_listed(a, listed.p[i], &lost);
	for (size_t i = 0; i < lost.n; i++)
		check_defined(a, lost.p[i], &listed);
}

const struct rule rule_target_devices = {
    .id = "target-devices",
    .severity = SEVERITY_ERROR,
    .finds = "a name in TARGET_DEVICES without a define Device/NAME, and (a warning) a define that "
	     "is neither listed nor taken in by "
	     "another block; a commented TARGET_DEVICES line is taken as purpose",
    .why = "make says nothing of either: the device has no image, and nobody misses it until "
	   "somebody looks for the file.",
    .bad = "define Device/acme-box\n"
	   "  DEVICE_MODEL := Box\n"
	   "endef\n"
	   "TARGET_DEVICES += acme_box\n",
    .good = "define Device/acme_box\n"
	    "  DEVICE_MODEL := Box\n"
	    "endef\n"
	    "TARGET_DEVICES += acme_box\n",
    .history = "f62fe6fdbae0 define of storlink-sl93512r, listed with an underscore\n"
	       "939ef157da1b two NixcoreX1 profiles listed under other names\n"
	       "775f93e8988c a copied TARGET_DEVICES line; ar670w was never built\n",
    .check = check,
};
