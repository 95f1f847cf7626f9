/* SPDX-License-Identifier: GPL-2.0-only */
/* A variable that a device's block sets and nothing refers to: misspelt, renamed or left over. */
#include "audit/internal.h"

/* The names that this target's devices know: what Device/Init resets, what is handed on, what
 * recipes read. */
static struct strs known_names(struct audit *a)
{
	struct map *seen = map_new(a->mem);
	struct strs names = {0};
	struct str name;

	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->n; k++)
			if (audit_setting(a, d, k)->initial)
				*map_at(seen, audit_setting(a, d, k)->name) = a;
		for (size_t k = 0; k < d->chains.n; k++)
			for (size_t n = 0; n < d->chains.p[k].reads.n; n++)
				*map_at(seen, d->chains.p[k].reads.p[n]) = a;
	}
	for (size_t pos = 0; map_next(a->model->exported, &pos, &name, NULL);)
		*map_at(seen, name) = a;
	for (size_t pos = 0; map_next(seen, &pos, &name, NULL);)
		*vec_push(a->mem, &names) = name;
	return names;
}

/* The known name, other than NAME itself, that NAME is at most two letters from; unset: none. */
static struct str nearest(struct audit *a, struct str name, const struct strs *known)
{
	struct str best = {NULL, 0};
	unsigned least = name.n < 8 ? 2 : 3;

	for (size_t i = 0; i < known->n; i++) {
		unsigned d = audit_distance(name, known->p[i], 2);

		if (d && d < least && audit_refers(a, known->p[i])) {
			least = d;
			best = known->p[i];
		}
	}
	return best;
}

static void say(struct audit *a, const struct device_model *d, const struct setting *s,
		const struct strs *known)
{
	struct str meant = nearest(a, s->name, known);
	const struct written *w = audit_written(a, s);
	struct finding *f;

	if (!meant.n) {
		audit_say(a, &s->at, d, "%.*s is set, but nothing refers to it", STR_ARG(s->name));
		return;
	}
	f = audit_say(a, &s->at, d, "nothing refers to %.*s; did you mean %.*s?", STR_ARG(s->name),
		      STR_ARG(meant));
	f->severity = SEVERITY_ERROR;
	f->instead =
	    str_fmt(a->mem, "%.*s %.*s %.*s", STR_ARG(meant), STR_ARG(w->op), STR_ARG(w->value));
	audit_fix_text(a, f, f->at, s->name, meant);
}

static void check(struct audit *a)
{
	struct strs known = known_names(a);
	struct map *fine = map_new(a->mem), *read = map_new(a->mem);

	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->n; k++)
			if (audit_setting(a, d, k)->initial)
				*map_at(fine, audit_setting(a, d, k)->name) = a;
		for (size_t k = 0; k < d->chains.n; k++)
			for (size_t n = 0; n < d->chains.p[k].reads.n; n++)
				*map_at(fine, d->chains.p[k].reads.p[n]) = a;
	}
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->n; k++) {
			const struct setting *s = audit_setting(a, d, k);
			void **refers;

			if (map_get(fine, s->name) || str_chr(s->name, '/') >= 0 ||
			    !audit_is_own(a, d, s) || !audit_written(a, s)->op.n)
				continue;
			refers = map_at(read, s->name);
			if (!*refers)
				*refers = audit_refers(a, s->name) ? (void *)a : (void *)s;
			if (*refers == (void *)a)
				*map_at(fine, s->name) = a;
			else
				say(a, d, s, &known);
		}
	}
}

const struct rule rule_unknown_variable = {
    .id = "unknown-variable",
    .severity = SEVERITY_WARNING,
    .finds = "a variable that a device's block sets and that no text of the target's image "
	     "Makefiles or of include/ refers to; an "
	     "error where it is at most two letters from a known one",
    .why = "make takes any name. A misspelt one is set and never read: the device silently has no "
	   "packages, no size limit, "
	   "no vendor. One that was renamed, or whose reader went away, misleads whoever copies "
	   "the block.",
    .bad = "define Device/a\n"
	   "  DEVICE_VENODR := Acme\n"
	   "endef\n",
    .good = "define Device/a\n"
	    "  DEVICE_VENDOR := Acme\n"
	    "endef\n",
    .history = "7cc0d8b3bdea SUPPORTED_DEVCES of two mvebu devices\n",
    .check = check,
};
