/* SPDX-License-Identifier: GPL-2.0-only */
/* A size with a unit that its reader does not know, without one, or 0. */
#include "audit/internal.h"

/* Who reads a size: exp_units and the shell's arithmetic; ubinize; dd. */
enum reader { BY_EXP_UNITS, BY_UBINIZE, BY_DD };

static const struct size_variable {
	const char *name;
	enum reader reader;
} variables[] = {{"IMAGE_SIZE", BY_EXP_UNITS}, {"KERNEL_SIZE", BY_EXP_UNITS},
		 {"NAND_SIZE", BY_EXP_UNITS},  {"FACTORY_SIZE", BY_EXP_UNITS},
		 {"BLOCKSIZE", BY_UBINIZE},    {"PAGESIZE", BY_UBINIZE}};

static const struct size_command {
	const char *name;
	enum reader reader;
} commands[] = {{"check-size", BY_EXP_UNITS}, {"pad-to", BY_DD}, {"pad-extra", BY_DD}};

static const char *const units[] = {" k m g ", " k KiB MiB ",
				    " c w b k K kB KB KiB M MB MiB G GB GiB "};
static const char *const wanted[] = {"k, m or g", "k or KiB", "k, K, M or G"};

/* What is behind the digits that SIZE begins with; unset: it is no plain number with a unit, and
 * none of our business. */
static struct str unit_of(struct str size)
{
	size_t i = 0;

	while (i < size.n && size.p[i] >= '0' && size.p[i] <= '9')
		i++;
	if (!i || str_starts(size, S("0x")) || str_starts(size, S("0X")))
		return (struct str){NULL, 0};
	for (size_t k = i; k < size.n; k++)
		if (strchr(" \t$()*+-/<>`", size.p[k]))
			return (struct str){NULL, 0};
	return str_from(size, i);
}

static bool is_unit(struct audit *a, struct str unit, enum reader reader)
{
	return !unit.n || strstr(units[reader],
				 str_cz(a->mem, str_fmt(a->mem, " %.*s ", STR_ARG(unit)))) != NULL;
}

static bool is_zero(struct str size)
{
	for (size_t i = 0; i < size.n; i++)
		if (size.p[i] != '0' && !(i && strchr("xXkmg", size.p[i])))
			return false;
	return size.n > 0;
}

/* SIZE, which WHAT of D is, at AT. */
static void check_size(struct audit *a, const struct device_model *d, const struct make_span *at,
		       struct str what, struct str size, enum reader reader)
{
	struct str unit = unit_of(size);
	struct finding *f;
	uint64_t bytes;

	if (is_zero(size)) {
		f = audit_say(a, at, d, "%.*s is %.*s: a limit of no bytes", STR_ARG(what),
			      STR_ARG(size));
		f->severity = SEVERITY_WARNING;
		f->instead = S("a size, or nothing at all");
		return;
	}
	if (!unit.p)
		return;
	if (!is_unit(a, unit, reader)) {
		f = audit_say(a, at, d, "%.*s is %.*s, but what reads it knows no unit '%.*s'",
			      STR_ARG(what), STR_ARG(size), STR_ARG(unit));
		f->instead = str_fmt(a->mem, "%.*s and one of %s", (int)(size.n - unit.n), size.p,
				     wanted[reader]);
		if (str_is(unit, reader == BY_DD ? "m" : "K"))
			audit_fix_text(a, f, f->at, size,
				       str_fmt(a->mem, "%.*s%s", (int)(size.n - unit.n), size.p,
					       reader == BY_DD ? "M" : "k"));
	} else if (reader == BY_EXP_UNITS && !unit.n && str_number(size, 10, &bytes) &&
		   bytes < 65536) {
		f = audit_say(a, at, d, "%.*s is %.*s bytes; a unit is missing", STR_ARG(what),
			      STR_ARG(size));
		f->instead = str_fmt(a->mem, "%.*sk", STR_ARG(size));
	}
}

/* SIZE in bytes; 0: it is no plain size. */
static uint64_t bytes_of(struct str size)
{
	struct str unit = unit_of(size);
	uint64_t n;

	if (str_starts(size, S("0x")) && str_number(size, 0, &n))
		return n;
	if (!unit.p || !str_number(str_sub(size, 0, size.n - unit.n), 10, &n))
		return 0;
	return !unit.n					  ? n
	       : str_is(unit, "k") || str_is(unit, "KiB") ? n << 10
	       : str_is(unit, "m") || str_is(unit, "MiB") ? n << 20
	       : str_is(unit, "g")			  ? n << 30
							  : 0;
}

/* Sizes that flash does not have, and a kernel that is larger than the image. */
static void check_value(struct audit *a, const struct device_model *d,
			const struct size_variable *v, const struct setting *s, struct str size)
{
	uint64_t n = bytes_of(size), image;

	if (v->reader == BY_UBINIZE && n & (n - 1))
		audit_say(a, &s->at, d, "%s is %.*s, which is no power of two", v->name,
			  STR_ARG(size))
		    ->severity = SEVERITY_NOTE;
	if (!str_is(s->name, "KERNEL_SIZE"))
		return;
	image = bytes_of(model_expanded(d, S("IMAGE_SIZE")));
	if (image && n > image)
		audit_say(a, &s->at, d, "KERNEL_SIZE is %.*s, IMAGE_SIZE only %.*s", STR_ARG(size),
			  STR_ARG(model_expanded(d, S("IMAGE_SIZE"))))
		    ->severity = SEVERITY_WARNING;
}

static void check_variable(struct audit *a, const struct device_model *d,
			   const struct size_variable *v)
{
	const struct setting *s = model_value(a->model, d, str_z(v->name));
	struct str size = model_expanded(d, str_z(v->name));

	if (!s || !size.n || s->initial || !audit_of_tree(a, &s->at))
		return;
	check_size(a, d, &s->at, s->name, size, v->reader);
	check_value(a, d, v, s, size);
}

/* Does COMMAND hand its argument to dd as it is? Another tree's may put the unit right. */
static bool is_plain_dd(const struct audit *a, const char *command)
{
	const struct setting *s = model_last(
	    a->model, str_is(str_z(command), "pad-to") ? S("Image/pad-to") : S("Build/pad-extra"));

	return s &&
	       (str_find(s->value, S("bs=$(2)")) >= 0 || str_find(s->value, S("bs=$(1)")) >= 0);
}

static void say_empty(struct audit *a, const struct device_model *d, const struct chain *c,
		      const struct chain_step *s)
{
	struct finding *f = audit_say(a, d->define ? &d->define->at : &s->at, d,
				      "%.*s calls %.*s with a size that is empty for this device",
				      STR_ARG(audit_chain_name(c)), STR_ARG(s->command));

	f->instead = S("the variable, set in the device's block (before the template is taken in "
		       "where that reads it by $$)");
}

/* Did a person write a variable of devices behind COMMAND, which is empty? Not one of the
 * configuration, a function ... */
static bool is_empty_variable(struct audit *a, const struct chain *c, const char *command)
{
	struct str text = c->setting ? audit_written(a, c->setting)->value : S(""),
		   mark = str_fmt(a->mem, "%s $", command);
	ptrdiff_t at;

	while ((at = str_find(text, mark)) >= 0) {
		struct str rest = str_from(text, (size_t)at + mark.n);
		size_t dollars = 1, n = 0;

		while (rest.n && rest.p[0] == '$') {
			rest = str_from(rest, 1);
			dollars++;
		}
		text = rest;
		rest = str_from(rest, 1);
		while (n < rest.n && ((rest.p[n] >= 'A' && rest.p[n] <= 'Z') || rest.p[n] == '_'))
			n++;
		if (dollars > 1 && n && n < rest.n && rest.p[n] == ')' &&
		    !str_starts(rest, S("CONFIG_")))
			return true;
	}
	return false;
}

static void check_step(struct audit *a, const struct device_model *d, const struct chain *c,
		       const struct chain_step *s)
{
	struct str args = s->args, size;

	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		if (!str_is(s->command, commands[i].name))
			continue;
		if (!str_word(&args, &size)) {
			if (commands[i].reader == BY_DD &&
			    is_empty_variable(a, c, commands[i].name))
				say_empty(a, d, c, s);
			continue;
		}
		if (commands[i].reader == BY_DD && !is_plain_dd(a, commands[i].name))
			continue;
		for (size_t k = 0; k < sizeof(variables) / sizeof(*variables); k++)
			if (str_eq(size, model_expanded(d, str_z(variables[k].name))) &&
			    variables[k].reader == commands[i].reader)
				return; /* said of the variable */
		check_size(a, d, &s->at, str_fmt(a->mem, "%s's argument", commands[i].name), size,
			   commands[i].reader);
	}
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->devices.n; i++)
		for (size_t k = 0; k < sizeof(variables) / sizeof(*variables); k++)
			check_variable(a, a->model->devices.p[i], &variables[k]);
	audit_each_step(a, check_step);
}

const struct rule rule_size_unit = {
    .id = "size-unit",
    .severity = SEVERITY_ERROR,
    .finds = "IMAGE_SIZE, KERNEL_SIZE, BLOCKSIZE and their like, and arguments of check-size and "
	     "pad-to, with a unit that their "
	     "reader does not know or with none where one is meant; a pad-to whose size is an "
	     "empty variable; a size of 0 and a KERNEL_SIZE above "
	     "IMAGE_SIZE (warnings); a BLOCKSIZE or PAGESIZE that is no power of two (a note)",
    .why = "check-size puts 1024 in for k, m and g only, and the shell counts: 75776K is an error "
	   "there. dd, behind "
	   "pad-to, knows K and M but no m; ubinize knows KiB. A limit of 16064 bytes drops every "
	   "image.",
    .bad = "  IMAGE_SIZE := 75776K\n"
	   "  IMAGE/factory.bin := append-kernel | pad-to 4m\n",
    .good = "  IMAGE_SIZE := 75776k\n"
	    "  IMAGE/factory.bin := append-kernel | pad-to 4M\n",
    .check = check,
};
