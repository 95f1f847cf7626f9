/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A block refers to a variable of devices with one '$': it gets what stands at the level of files.
 */
#include "audit/internal.h"

/* The names that LINE refers to by exactly one dollar, $(NAME) and $(NAME:a=b). */
static struct strs names_read(struct audit *a, struct str line)
{
	struct strs names = {0};

	for (size_t i = 0; i + 2 < line.n; i++) {
		size_t end = i + 2;

		if (line.p[i] != '$')
			continue;
		if (line.p[i + 1] == '$') {
			while (i + 1 < line.n && line.p[i + 1] == '$')
				i++;
			continue;
		}
		if (line.p[i + 1] != '(' && line.p[i + 1] != '{')
			continue;
		while (end < line.n && audit_is_name(line.p[end]))
			end++;
		if (end > i + 2 && end < line.n &&
		    (line.p[end] == ')' || line.p[end] == '}' || line.p[end] == ':'))
			*vec_push(a->mem, &names) = str_sub(line, i + 2, end - i - 2);
	}
	return names;
}

/* NAME as the block, called before any device is read, sees it. */
static struct str value_then(const struct audit *a, struct str name)
{
	const struct setting *s = model_base(a->model, name);

	return s ? str_trim(s->value) : S("");
}

/* Does LINE give NAME a value, of which what the file says is a part: X := 42.$(X)? */
static bool adds_to_file(const struct audit *a, struct str line, struct str name)
{
	struct str rest = line, first;

	return str_word(&rest, &first) && str_eq(first, name) && value_then(a, name).n;
}

static void check_line(struct audit *a, const struct device_model *d, struct place at,
		       struct str line)
{
	struct strs names = names_read(a, line);

	for (size_t i = 0; i < names.n; i++) {
		const struct setting *s = model_value(a->model, d, names.p[i]);
		struct finding *f;

		if (!s || s->initial || s->device != (int)d->index || !audit_is_own(a, d, s) ||
		    !str_trim(s->value).n ||
		    str_eq(value_then(a, names.p[i]), str_trim(s->value)) ||
		    adds_to_file(a, line, names.p[i]))
			continue;
		f = audit_say_at(a, at, d,
				 "$(%.*s) is expanded when the block is called, before any device "
				 "has set it: it is '%.*s' here, "
				 "not '%.*s'",
				 STR_ARG(names.p[i]), STR_ARG(value_then(a, names.p[i])),
				 STR_ARG(str_trim(s->value)));
		f->instead =
		    str_fmt(a->mem, "$$(%.*s), or $$$$(%.*s) where only the recipe knows it",
			    STR_ARG(names.p[i]), STR_ARG(names.p[i]));
	}
}

/* The lines of DEFINE, a block that D has or takes in, which assign. */
static void check_define(struct audit *a, const struct device_model *d,
			 const struct setting *define)
{
	struct place at =
	    define ? audit_place(a, make_span_place(&define->at)) : (struct place){{NULL, 0}, 0};
	bool assigns = false, goes_on = false;
	unsigned end;

	if (!str_starts(at.file, S("target/")))
		return;
	end = audit_define_end(a, at);
	for (at.line++; at.line < end; at.line++) {
		struct str line = audit_line(a, at), first = str_trim(line);

		if (!goes_on)
			assigns = first.n && first.p[0] != '#' && first.p[0] != '$' &&
				  str_chr(first, '=') > 0 && !str_starts(first, S("if"));
		if (assigns && str_chr(line, '$') >= 0)
			check_line(a, d, at, line);
		goes_on = str_ends(line, S("\\"));
	}
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		check_define(a, d, d->define);
		for (size_t k = 0; k < d->parents.n; k++)
			check_define(a, d, model_last(a->model, d->parents.p[k]));
	}
}

const struct rule rule_read_at_call = {
    .id = "read-at-call",
    .severity = SEVERITY_WARNING,
    .finds = "$(NAME) in a Device block, of a variable that the device sets to something else than "
	     "it is at the level of files",
    .why = "A block is the argument of $(eval): what has one '$' is expanded when the block is "
	   "called, before a line of it is read. So "
	   "it is what a file set, mostly nothing, whatever the device or a template says.",
    .bad = "define Device/a\n"
	   "  IMAGE_SIZE := 16064k\n"
	   "  IMAGE/a.bin := append-kernel | check-size $(IMAGE_SIZE)\n"
	   "endef\n",
    .good = "define Device/a\n"
	    "  IMAGE_SIZE := 16064k\n"
	    "  IMAGE/a.bin := append-kernel | check-size $$(IMAGE_SIZE)\n"
	    "endef\n",
    .check = check,
};
