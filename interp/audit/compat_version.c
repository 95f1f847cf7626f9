/* SPDX-License-Identifier: GPL-2.0-only */
/* DEVICE_COMPAT_VERSION that is no version, or that asks for a step that nobody is told of. */
#include "audit/internal.h"

/* "2.0": two numbers and a dot. */
static bool is_version(struct str text)
{
	ptrdiff_t dot = str_chr(text, '.');
	uint64_t n;

	return dot > 0 && str_number(str_sub(text, 0, (size_t)dot), 10, &n) &&
	       str_number(str_from(text, (size_t)dot + 1), 10, &n);
}

static void check_device(struct audit *a, const struct device_model *d)
{
	const struct setting *s = model_value(a->model, d, S("DEVICE_COMPAT_VERSION"));
	const struct setting *message = model_value(a->model, d, S("DEVICE_COMPAT_MESSAGE"));
	struct str version = model_expanded(d, S("DEVICE_COMPAT_VERSION"));
	struct finding *f;

	if (!s || s->initial || !version.n || !audit_of_tree(a, &s->at))
		return;
	if (!is_version(version)) {
		f = audit_say(a, &s->at, d,
			      "DEVICE_COMPAT_VERSION is '%.*s', not two numbers with a dot "
			      "between: sysupgrade compares them one by one",
			      STR_ARG(version));
		f->severity = SEVERITY_ERROR;
		f->instead = S("DEVICE_COMPAT_VERSION := 2.0");
	} else if (!str_starts(version, S("1.0")) &&
		   (!message || message->initial || !str_trim(message->value).n)) {
		f = audit_say(a, &s->at, d,
			      "DEVICE_COMPAT_VERSION is %.*s, but no DEVICE_COMPAT_MESSAGE says "
			      "what is to be done",
			      STR_ARG(version));
		f->instead = S(
		    "DEVICE_COMPAT_MESSAGE := what the owner of an older version has to do first");
	}
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++)
		check_device(a, a->model->devices.p[i]);
}

const struct rule rule_compat_version = {
    .id = "compat-version",
    .severity = SEVERITY_WARNING,
    .finds = "a DEVICE_COMPAT_VERSION above 1.0 without DEVICE_COMPAT_MESSAGE; an error where it "
	     "is not two numbers with a dot between",
    .why = "sysupgrade refuses an image of a higher version and shows the message. Without one the "
	   "owner reads that the image is not compatible, "
	   "and not that the settings must go or the boot loader be changed first, and forces it.",
    .bad = "  DEVICE_COMPAT_VERSION := 2.0\n",
    .good = "  DEVICE_COMPAT_VERSION := 2.0\n"
	    "  DEVICE_COMPAT_MESSAGE := Partition design has changed. Upgrade without keeping the "
	    "settings.\n",
    .history = "70c371d91cda mt7621: a message for the compat version of the EdgeRouter X\n",
    .check = check,
};
