/* SPDX-License-Identifier: GPL-2.0-only */
/* A step has an argument that its command does not look at. */
#include "audit/internal.h"

/* Does the text of a command refer to its first argument? */
static bool takes_argument(struct str text)
{
	static const char *const ways[] = {"$(1)", "$1", "${1}", "$(1:"};

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (str_find(text, str_z(ways[i])) >= 0)
			return true;
	return false;
}

static void check_step(struct audit *a, const struct device_model *d, const struct chain *c,
		       const struct chain_step *s)
{
	const struct setting *define;
	struct finding *f;

	if (!s->defined || !s->args.n)
		return;
	define = model_last(a->model, str_fmt(a->mem, "Build/%.*s", STR_ARG(s->command)));
	if (!define || takes_argument(define->value))
		return;
	f = audit_say_of(a, &s->at, d, c,
			 " gives %.*s the argument '%.*s', which it does not look at",
			 STR_ARG(s->command), STR_ARG(s->args));
	f->instead = str_fmt(a->mem, "%.*s alone; was a '|' meant behind it?", STR_ARG(s->command));
	audit_rests(a, f, audit_place(a, make_span_place(&define->at)));
}

static void check(struct audit *a)
{
	audit_each_step(a, check_step);
}

const struct rule rule_argument_ignored = {
    .id = "argument-ignored",
    .severity = SEVERITY_WARNING,
    .finds = "a step with an argument whose Build/ command refers to none",
    .why = "Whoever wrote it expects something of it that does not happen. Where a '|' is missing "
	   "between two steps, the second one is the "
	   "argument, and is left out without a word.",
    .bad = "  IMAGE/a.bin := append-kernel | pad-rootfs append-metadata\n",
    .good = "  IMAGE/a.bin := append-kernel | pad-rootfs | append-metadata\n",
    .history = "557db5106ce7 zyxel-vers $(ZYXEL_VERS) in realtek\n",
    .check = check,
};
