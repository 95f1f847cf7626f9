/* SPDX-License-Identifier: GPL-2.0-only */
/* A switch that is set to 0, n or no, and asked for by $(if), which takes any text as yes. */
#include "audit/internal.h"

static bool means_no(struct str value)
{
	return str_is(value, "0") || str_is(value, "n") || str_is(value, "no") ||
	       str_is(value, "false");
}

/* Is NAME asked for by $(if) and compared with nothing? */
static bool is_switch(struct audit *a, struct str name)
{
	static const char *const compares[] = {"ifeq ($(%.*s)", "ifeq ($$(%.*s)", "ifneq ($(%.*s)",
					       "ifneq ($$(%.*s)"};

	for (size_t i = 0; i < sizeof(compares) / sizeof(*compares); i++) {
		const char *mark = strstr(compares[i], "%.*s");
		struct str text = str_fmt(a->mem, "%.*s%.*s)", (int)(mark - compares[i]),
					  compares[i], STR_ARG(name));

		if (audit_mentions(a, text))
			return false;
	}
	return audit_mentions(a, str_fmt(a->mem, "$(if $(%.*s)", STR_ARG(name))) ||
	       audit_mentions(a, str_fmt(a->mem, "$$(if $$(%.*s)", STR_ARG(name)));
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->n; k++) {
			const struct setting *s = audit_setting(a, d, k);
			struct finding *f;

			if (s->value.n > 5 || !means_no(str_trim(s->value)) ||
			    str_is(s->name, "DEFAULT") || str_is(s->name, "BROKEN") ||
			    !audit_is_own(a, d, s) || !is_switch(a, s->name))
				continue;
			f = audit_say(a, &s->at, d,
				      "%.*s := %.*s means yes: $(if) asks only whether it is empty",
				      STR_ARG(s->name), STR_ARG(str_trim(s->value)));
			f->instead = str_fmt(a->mem, "%.*s :=", STR_ARG(s->name));
			audit_fix_text(a, f, f->at,
				       str_fmt(a->mem, "= %.*s", STR_ARG(str_trim(s->value))),
				       S("="));
		}
	}
}

const struct rule rule_true_for_zero = {
    .id = "true-for-zero",
    .severity = SEVERITY_ERROR,
    .finds = "a variable set to 0, n, no or false that is asked for by $(if $(NAME),...) and "
	     "compared with nothing",
    .why = "$(if) takes any text that is not empty as true, so 0 switches on what it was meant to "
	   "switch off.",
    .bad = "  KERNEL_IN_UBI := 0\n",
    .good = "  KERNEL_IN_UBI :=\n",
    .check = check,
};
