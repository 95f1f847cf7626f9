/* SPDX-License-Identifier: GPL-2.0-only */
/* check-size with nothing to compare with: the limit is 0, and every image is dropped. */
#include "audit/internal.h"

/* NAME as D's recipes see it. */
static struct str at_recipe(struct audit *a, const struct device_model *d, struct str name)
{
	const struct setting *last = model_last(a->model, name);

	return model_exports(a->model, name) ? model_expanded(d, name)
	       : last			     ? str_trim(last->value)
					     : S("");
}

static bool is_check(const struct chain_step *s)
{
	return str_is(s->command, "check-size");
}

/*
 * Is a limit written there that is empty only now: $(NAME) of the configuration, of a command?
 * IMAGE_SIZE itself is no such one.
 */
static bool is_given_elsewhere(struct audit *a, const struct chain *c)
{
	struct str text = c->setting ? audit_written(a, c->setting)->value : S("");
	ptrdiff_t at;

	while ((at = str_find(text, S("check-size"))) >= 0) {
		struct str word;

		text = str_from(text, (size_t)at + 10);
		word = str_trim(text);
		while (word.n && (word.p[0] == '$' || word.p[0] == '(' || word.p[0] == '{'))
			word = str_from(word, 1);
		if (str_trim(text).n && str_trim(text).p[0] == '$' &&
		    !str_starts(word, S("IMAGE_SIZE")))
			return true;
	}
	return false;
}

static void check_empty(struct audit *a, const struct device_model *d, const struct chain *c)
{
	const struct make_span *at = d->define ? &d->define->at : &c->setting->at;

	for (size_t i = 0; i < c->steps.n; i++) {
		struct finding *f;

		if (!is_check(&c->steps.p[i]) || c->steps.p[i].args.n ||
		    at_recipe(a, d, S("IMAGE_SIZE")).n ||
		    (audit_block_sets(a, d, S("IMAGE_SIZE")) &&
		     !model_value(a->model, d, S("IMAGE_SIZE"))->value.n) ||
		    is_given_elsewhere(a, c))
			continue;
		f = audit_say(a, at, d,
			      "%.*s has a check-size, but IMAGE_SIZE is empty: the limit is 0 and "
			      "the image is always dropped",
			      STR_ARG(audit_chain_name(c)));
		f->instead = S("IMAGE_SIZE := ... for the device, or a chain without check-size");
		return;
	}
}

/* A step that makes no image of flash: an archive whose parts go into volumes. */
static bool is_for_ubi(const struct chain_step *s)
{
	return str_starts(s->command, S("sysupgrade-")) ||
	       str_find(s->args, S("external-with-rootfs")) >= 0;
}

/* IMAGE_SIZE of the device, and nothing looks at it. */
static void check_unchecked(struct audit *a, const struct device_model *d, const struct chain *c)
{
	const struct setting *s = model_value(a->model, d, S("IMAGE_SIZE"));
	struct finding *f;

	if (c->kind != CHAIN_IMAGE || !str_starts(c->image, S("sysupgrade")) || !s || s->initial ||
	    !str_trim(s->value).n || strs_have(&c->reads, S("IMAGE_SIZE")))
		return;
	for (size_t i = 0; i < c->steps.n; i++)
		if (is_check(&c->steps.p[i]) || is_for_ubi(&c->steps.p[i]))
			return;
	f = audit_say_of(a, c->setting ? &c->setting->at : &s->at, d, c,
			 " has no check-size, so nothing holds it to IMAGE_SIZE");
	f->severity = SEVERITY_NOTE;
}

static void check_chain(struct audit *a, const struct device_model *d, const struct chain *c)
{
	check_empty(a, d, c);
	check_unchecked(a, d, c);
}

static void check(struct audit *a)
{
	audit_each_chain(a, check_chain);
}

const struct rule rule_no_size_limit = {
    .id = "no-size-limit",
    .severity = SEVERITY_ERROR,
    .finds = "a chain with check-size for a device whose IMAGE_SIZE is empty; a sysupgrade image "
	     "that nothing holds to the IMAGE_SIZE "
	     "that is set (a note)",
    .why = "Without an argument check-size takes IMAGE_SIZE, and nothing at all as 0. The image is "
	   "too big then whatever it "
	   "is, and removed; the build goes on without a word that anybody reads.",
    .bad = "define Device/a\n"
	   "  IMAGE/sysupgrade.bin := append-kernel | append-rootfs | check-size\n"
	   "endef\n",
    .good = "define Device/a\n"
	    "  IMAGE_SIZE := 16064k\n"
	    "  IMAGE/sysupgrade.bin := append-kernel | append-rootfs | check-size\n"
	    "endef\n",
    .history = "872b65ecc882 the ASUS RP-AC66 had check-size and no IMAGE_SIZE\n",
    .check = check,
};
