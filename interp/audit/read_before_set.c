/* SPDX-License-Identifier: GPL-2.0-only */
/* A value is put together from a variable that the device sets only later: it has what was there
 * before. */
#include "audit/internal.h"

/* Is what S set still what D has, perhaps with something added? */
static bool is_final(struct audit *a, const struct device_model *d, const struct setting *s)
{
	const struct setting *v = model_value(a->model, d, s->name);

	while (v && v != s && v->device == s->device && str_is(audit_written(a, v)->op, "+="))
		v = v->before;
	return v == s;
}

/* An image's chain that the device does not build. */
static bool is_idle(const struct device_model *d, const struct setting *s)
{
	if (str_chr(s->name, '/') < 0)
		return false;
	for (size_t i = 0; i < d->chains.n; i++)
		if (str_eq(d->chains.p[i].variable, s->name))
			return false;
	return true;
}

/* The last setting of NAME among the first N of D's block, or what there was before it. */
static struct str value_then(struct audit *a, const struct device_model *d,
			     const struct setting *last, size_t n)
{
	for (const struct setting *s = last; s; s = s->before) {
		bool later = false;

		for (size_t i = n; i < d->n && !later; i++)
			later = audit_setting(a, d, i) == s;
		if (!later)
			return str_trim(s->value);
	}
	return S("");
}

static void check_read(struct audit *a, const struct device_model *d, size_t at, struct str name)
{
	const struct setting *s = audit_setting(a, d, at), *last = model_value(a->model, d, name);
	struct finding *f;
	struct str then;

	if (!last || last->device != s->device || last->initial || str_eq(name, s->name))
		return;
	then = value_then(a, d, last, at);
	if (str_eq(then, str_trim(last->value)) || !audit_is_own(a, d, last))
		return;
	f = audit_say(
	    a, &last->at, d,
	    "%.*s is set here, behind the place where %.*s took its value '%.*s' (line %u of %.*s)",
	    STR_ARG(name), STR_ARG(s->name), STR_ARG(then), audit_written(a, s)->at.line,
	    STR_ARG(audit_written(a, s)->at.file));
	f->instead = str_fmt(
	    a->mem,
	    "%.*s before that block is taken in, or $$$$(%.*s) there where a recipe reads it",
	    STR_ARG(name), STR_ARG(name));
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->n; k++) {
			const struct setting *s = audit_setting(a, d, k);
			const struct written *w;

			if (s->initial || s->recursive || !audit_is_own(a, d, s))
				continue;
			w = audit_written(a, s);
			for (size_t n = 0; n < w->reads.n; n++)
				if (is_final(a, d, s) && !is_idle(d, s))
					check_read(a, d, k, w->reads.p[n]);
		}
	}
}

const struct rule rule_read_before_set = {
    .id = "read-before-set",
    .severity = SEVERITY_WARNING,
    .finds = "a variable that a device sets after a block has put its earlier value into another "
	     "one by $$(NAME)",
    .why = "In a block $$(NAME) is what NAME is when that line is read. A template that uses it so "
	   "has the template's value, or "
	   "none, whatever the device says below the line that takes the template in.",
    .bad = "define Device/base\n"
	   "  IMAGE/a.bin := append-rootfs | pad-to $$(BLOCKSIZE)\n"
	   "endef\n"
	   "define Device/a\n"
	   "  $(Device/base)\n"
	   "  BLOCKSIZE := 128k\n"
	   "endef\n",
    .good = "define Device/base\n"
	    "  IMAGE/a.bin := append-rootfs | pad-to $$$$(BLOCKSIZE)\n"
	    "endef\n",
    .check = check,
};
