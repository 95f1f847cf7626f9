/* SPDX-License-Identifier: GPL-2.0-only */
/* Arguments of a chain's steps in which a reference to a variable is left: a '$' too many in front
 * of it. */
#include "audit/internal.h"

/* The reference "$(NAME)" in ARGS to a variable in capitals; unset: none. $((...)) and $(command)
 * are the shell's. */
static struct str left_reference(struct str args)
{
	for (size_t i = 0; i + 2 < args.n; i++) {
		size_t end = i + 2;

		if (args.p[i] != '$' || args.p[i + 1] != '(')
			continue;
		while (end < args.n &&
		       ((args.p[end] >= 'A' && args.p[end] <= 'Z') || args.p[end] == '_' ||
			(end > i + 2 && args.p[end] >= '0' && args.p[end] <= '9')))
			end++;
		if (end > i + 2 && end < args.n && args.p[end] == ')')
			return str_sub(args, i, end + 1 - i);
	}
	return (struct str){NULL, 0};
}

/* The run of dollars in front of "(NAME)" where S was written becomes half as long. */
static void fix_dollars(struct audit *a, struct finding *f, struct str name)
{
	struct str line = audit_line(a, f->at);
	ptrdiff_t at = str_find(line, name);
	size_t n = 0;

	while (at > 0 && n < (size_t)at && line.p[(size_t)at - n - 1] == '$')
		n++;
	if (n >= 4 && n % 2 == 0)
		audit_fix_text(a, f, f->at, str_sub(line, (size_t)at - n, n + name.n),
			       str_sub(line, (size_t)at - n / 2, n / 2 + name.n));
}

static void check_chain(struct audit *a, const struct device_model *d, const struct chain *c)
{
	for (size_t i = 0; i < c->steps.n; i++) {
		const struct chain_step *s = &c->steps.p[i];
		struct str reference = left_reference(s->args);

		struct finding *f;

		if (!reference.n)
			continue;
		f = audit_say(a, &s->at, d,
			      "an argument of %.*s is '%.*s' when all is expanded: a '$' too many",
			      STR_ARG(s->command), STR_ARG(reference));
		f->instead = str_fmt(a->mem, "$%.*s in a Device block", STR_ARG(reference));
		fix_dollars(a, f, str_from(reference, 1));
		if (str_find(c->recipe.text, reference) < 0 && f->severity == SEVERITY_ERROR)
			f->severity = SEVERITY_WARNING; /* the command does not look at it */
	}
}

static void check(struct audit *a)
{
	audit_each_chain(a, check_chain);
}

const struct rule rule_over_escaped = {
    .id = "over-escaped",
    .severity = SEVERITY_ERROR,
    .finds = "an argument of a step in which $(NAME) is left when all is expanded (a warning where "
	     "the command takes no argument)",
    .why = "A Device block is expanded when it is called, and KERNEL once more when it is handed "
	   "on; IMAGE/x is expanded again with the "
	   "recipe. What has a '$' more than that reaches the shell, which looks for a command "
	   "called NAME and takes nothing.",
    .bad = "  KERNEL_INITRAMFS := kernel-bin | check-size $$$$(KERNEL_SIZE)\n",
    .good = "  KERNEL_INITRAMFS := kernel-bin | check-size $$(KERNEL_SIZE)\n",
    .history = "557db5106ce7 $$$$(ZYXEL_VERS) in KERNEL_INITRAMFS\n7de7bd02018b $$$$(KERNEL_SIZE) "
	       "in KERNEL_INITRAMFS\n",
    .check = check,
};
