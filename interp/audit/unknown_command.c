/* SPDX-License-Identifier: GPL-2.0-only */
/* A step of a chain that no Build/ define stands for; an empty step. */
#include "audit/internal.h"

/* The Build/ commands that there are, without "Build/". */
static struct strs commands(struct audit *a)
{
	struct strs names = {0};

	for (size_t i = 0; i < a->model->settings.n; i++)
		if (str_starts(a->model->settings.p[i]->name, S("Build/")))
			*vec_push(a->mem, &names) = str_from(a->model->settings.p[i]->name, 6);
	return names;
}

/* The one of NAMES that is at most two letters from WORD; unset: none, or several as near. */
static struct str nearest(struct str word, const struct strs *names)
{
	struct str best = {NULL, 0};
	unsigned least = 3;

	for (size_t i = 0; i < names->n; i++) {
		unsigned d = audit_distance(word, names->p[i], 2);

		if (d < least || (d == least && !str_eq(best, names->p[i])))
			best = d < least ? names->p[i] : (struct str){NULL, 0};
		least = d < least ? d : least;
	}
	return least < 3 ? best : (struct str){NULL, 0};
}

static void check_step(struct audit *a, const struct device_model *d, const struct chain *c,
		       const struct chain_step *s)
{
	struct finding *f;
	struct strs names;
	struct str meant;

	if (s->defined)
		return;
	if (!s->command.n) {
		if (c->steps.n == 1)
			return; /* an empty chain is another matter */
		audit_say_of(a, &s->at, d, c, ": an empty step: a '|' too many");
		return;
	}
	names = commands(a);
	f = audit_say_of(a, &s->at, d, c, " calls %.*s, but there is no Build/%.*s",
			 STR_ARG(s->command), STR_ARG(s->command));
	f->instead = diag_nearest(a->mem, s->command, names.p, names.n, 3);
	meant = nearest(s->command, &names);
	if (meant.n)
		audit_fix_text(a, f, f->at, s->command, meant);
}

static void check(struct audit *a)
{
	audit_each_step(a, check_step);
}

const struct rule rule_unknown_command = {
    .id = "unknown-command",
    .severity = SEVERITY_ERROR,
    .finds = "a step of a chain that no Build/ define stands for, and an empty step",
    .why = "make stops with 'Missing Build/NAME' when the device is built, and with it every other "
	   "device of the subtarget.",
    .bad = "  IMAGE/sysupgrade.bin := append-kernel | checksize | append-metadata\n",
    .good = "  IMAGE/sysupgrade.bin := append-kernel | check-size | append-metadata\n",
    .check = check,
};
