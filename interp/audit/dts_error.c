/* SPDX-License-Identifier: GPL-2.0-only */
/* A device tree source that dtc will refuse. */
#include "audit/internal.h"

/* "FILE:LINE: WHAT" taken apart; false: it is no such line. */
static bool take_apart(struct str line, struct place *at, struct str *what)
{
	ptrdiff_t end = str_find(line, S(": ")), colon = -1;
	uint64_t number;

	for (ptrdiff_t i = 0; i < end; i++)
		if (line.p[i] == ':')
			colon = i;
	if (colon <= 0 ||
	    !str_number(str_sub(line, (size_t)colon + 1, (size_t)(end - colon - 1)), 10, &number))
		return false;
	*at = (struct place){str_sub(line, 0, (size_t)colon), (unsigned)number};
	*what = str_from(line, (size_t)end + 2);
	return true;
}

static void check_source(struct audit *a, const struct device_model *d,
			 const struct device_dts *source)
{
	struct str said = source->said, line, what;
	struct place at;

	while (said.n && str_split(&said, '\n', &line)) {
		if (!take_apart(line, &at, &what))
			continue;
		audit_rests_dts(a,
				audit_say_at(a, audit_dts_place(a, at), d,
					     "device tree source: %.*s", STR_ARG(what)),
				source, at);
	}
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];
		const struct device_dtses *all = audit_dts(a, d);

		for (size_t k = 0; k < all->n; k++)
			check_source(a, d, &all->p[k]);
	}
}

const struct rule rule_dts_error = {
    .id = "dts-error",
    .severity = SEVERITY_ERROR,
    .finds =
	"a device tree source that cannot be read: a label that nothing defines, a syntax error",
    .why = "dtc stops at it, so no image of the device is built; and what other rules want to know "
	   "of the source (partitions, compatible) is not "
	   "known, so they say nothing.",
    .bad = "# aliases { label-mac-device = &eth9; };  and no node eth9\n"
	   "  DEVICE_DTS := acme_box\n",
    .good = "# aliases { label-mac-device = &eth0; };\n"
	    "  DEVICE_DTS := acme_box\n",
    .history = "c186d17fa518 GPIO_ACTIVE_HIGH in lantiq's falcon.dtsi, which includes no file that "
	       "defines it\n",
    .check = check,
};
