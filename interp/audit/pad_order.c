/* SPDX-License-Identifier: GPL-2.0-only */
/* The order of what a chain appends, pads and checks. */
#include "audit/internal.h"

static void check_padding(struct audit *a, const struct device_model *d, const struct chain *c)
{
	ptrdiff_t pad = audit_step_at(c, "pad-rootfs", 0),
		  root = audit_step_at(c, "append-rootfs", 0), again;
	struct finding *f;

	if (pad >= 0 && root > pad) {
		f = audit_say_of(
		    a, &c->steps.p[pad].at, d, c,
		    ": pad-rootfs comes before append-rootfs and pads what is not there yet");
		f->instead = S("append-rootfs | pad-rootfs");
	}
	again = root < 0 ? -1 : audit_step_at(c, "append-rootfs", (size_t)root + 1);
	if (again >= 0)
		audit_say_of(a, &c->steps.p[again].at, d, c, " appends the root file system twice");
}

/* Is S held to the size of the whole image, not of a part? */
static bool is_whole(const struct device_model *d, const struct chain_step *s)
{
	return !s->args.n || str_eq(s->args, model_expanded(d, S("IMAGE_SIZE")));
}

static void check_limit(struct audit *a, const struct device_model *d, const struct chain *c)
{
	ptrdiff_t at = -1, next;

	while ((next = audit_step_at(c, "check-size", (size_t)(at + 1))) >= 0)
		at = next;
	if (at < 0 || !is_whole(d, &c->steps.p[at]))
		return;
	for (size_t i = (size_t)(at + 1); i < c->steps.n; i++) {
		struct finding *f;

		if (!audit_appends_data(c->steps.p[i].command))
			continue;
		f = audit_say_of(a, &c->steps.p[at].at, d, c,
				 ": %.*s comes behind check-size and is not counted",
				 STR_ARG(c->steps.p[i].command));
		f->instead = S("check-size behind what is written to the flash");
		return;
	}
}

static void check_chain(struct audit *a, const struct device_model *d, const struct chain *c)
{
	if (c->kind != CHAIN_IMAGE)
		return;
	check_padding(a, d, c);
	check_limit(a, d, c);
}

static void check(struct audit *a)
{
	audit_each_chain(a, check_chain);
}

const struct rule rule_pad_order = {
    .id = "pad-order",
    .severity = SEVERITY_WARNING,
    .finds = "pad-rootfs before append-rootfs, append-rootfs twice, and kernel or root file system "
	     "appended behind the last "
	     "check-size",
    .why = "A chain runs from left to right on one file. Padding that comes first leaves the root "
	   "file system without the end "
	   "marker that the overlay needs; a limit that is checked early lets an image pass that "
	   "does not fit.",
    .bad = "  IMAGE/sysupgrade.bin := append-kernel | pad-rootfs | append-rootfs\n",
    .good = "  IMAGE/sysupgrade.bin := append-kernel | append-rootfs | pad-rootfs\n",
    .check = check,
};
