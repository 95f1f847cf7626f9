/* SPDX-License-Identifier: GPL-2.0-only */
/* Where append-metadata stands in a chain: what a sysupgrade image ends with, and what no other
 * image wants. */
#include "audit/internal.h"

/* Steps that may wrap what the metadata is a part of, or that add to it. */
static const char *const wrappers[] = {"gzip", "append-metadata", "sign-image"};

static bool is_wrapper(struct str command)
{
	for (size_t i = 0; i < sizeof(wrappers) / sizeof(*wrappers); i++)
		if (str_is(command, wrappers[i]))
			return true;
	return false;
}

static bool is_sysupgrade(const struct chain *c)
{
	return c->kind == CHAIN_IMAGE && str_starts(c->image, S("sysupgrade."));
}

/* Has C the metadata of a vendor, "append-gl-metadata", or ours? */
static bool has_metadata(const struct chain *c)
{
	for (size_t i = 0; i < c->steps.n; i++)
		if (str_ends(c->steps.p[i].command, S("-metadata")))
			return true;
	return false;
}

static void check_after(struct audit *a, const struct device_model *d, const struct chain *c,
			size_t at)
{
	for (size_t i = at + 1; i < c->steps.n; i++) {
		const struct chain_step *s = &c->steps.p[i];
		struct finding *f;

		if (!is_sysupgrade(c) || is_wrapper(s->command) || !s->command.n)
			continue;
		if (str_is(s->command, "check-size")) {
			f = audit_say_of(a, &s->at, d, c,
					 ": check-size behind append-metadata counts what is not "
					 "written to the flash");
			f->instead = S("... | check-size | append-metadata");
			audit_fix_text(a, f, f->at, S("append-metadata | check-size"),
				       S("check-size | append-metadata"));
		} else {
			f = audit_say_of(a, &s->at, d, c,
					 ": behind append-metadata comes %.*s; sysupgrade looks "
					 "for metadata at the end of the file",
					 STR_ARG(s->command));
			f->instead = S("append-metadata as the last step");
			if (!str_starts(s->command, S("append-")) &&
			    !str_starts(s->command, S("pad-")))
				f->severity = SEVERITY_NOTE; /* it may only change the header */
		}
	}
}

static void check_factory(struct audit *a, const struct device_model *d, const struct chain *c,
			  size_t at)
{
	struct finding *f;

	if (c->kind != CHAIN_IMAGE || !str_starts(c->image, S("factory")))
		return;
	f = audit_say_of(a, &c->steps.p[at].at, d, c,
			 ": metadata in an image for the vendor's firmware");
	f->severity = SEVERITY_NOTE;
}

/* How many sysupgrade images the target has, and how many of them with metadata. */
static void count(const struct audit *a, size_t *all, size_t *with)
{
	*all = *with = 0;
	for (size_t i = 0; i < a->model->devices.n; i++)
		for (size_t k = 0; k < a->model->devices.p[i]->chains.n; k++) {
			const struct chain *c = &a->model->devices.p[i]->chains.p[k];

			if (!is_sysupgrade(c))
				continue;
			++*all;
			*with += has_metadata(c);
		}
}

static void check_missing(struct audit *a, const struct device_model *d, const struct chain *c,
			  size_t all, size_t with)
{
	struct finding *f;

	if (!is_sysupgrade(c) || has_metadata(c) || !c->setting || !c->steps.p[0].command.n ||
	    with * 4 < all * 3 || all < 10)
		return;
	if (!model_expanded(d, S("SUPPORTED_DEVICES")).n)
		return;
	f = audit_say_of(a, &c->setting->at, d, c,
			 " has no append-metadata, as the target's other sysupgrade images have");
	f->instead = S("... | append-metadata");
}

static void check(struct audit *a)
{
	size_t all, with;

	count(a, &all, &with);
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->chains.n; k++) {
			const struct chain *c = &d->chains.p[k];
			ptrdiff_t at = audit_step_at(c, "append-metadata", 0);

			check_missing(a, d, c, all, with);
			if (at < 0)
				continue;
			check_after(a, d, c, (size_t)at);
			check_factory(a, d, c, (size_t)at);
		}
	}
}

const struct rule rule_metadata_order = {
    .id = "metadata-order",
    .severity = SEVERITY_WARNING,
    .finds = "a step other than gzip behind append-metadata in a sysupgrade image; a sysupgrade "
	     "image without "
	     "it where the target's others have it; one in a factory image (a note)",
    .why = "sysupgrade reads the metadata from the end of the file, refuses what has none where "
	   "the target requires it, and cuts "
	   "it off before writing. What is put behind it hides it; a check-size behind it drops "
	   "images that would fit.",
    .bad =
	"  IMAGE/sysupgrade.bin := append-kernel | append-rootfs | append-metadata | check-size\n",
    .good =
	"  IMAGE/sysupgrade.bin := append-kernel | append-rootfs | check-size | append-metadata\n",
    .history = "881fdb811f39 check-size behind append-metadata, D-Link DIR-8xx R1\n"
	       "c2582f58dc9b no append-metadata in lantiq's TP-Link images\n"
	       "cce8d16bf 51 chains with check-size behind append-metadata\n",
    .check = check,
};
