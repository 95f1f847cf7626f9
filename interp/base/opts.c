/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading command lines by table, in getopt_long's manner (pinned by tests/base.bats). */
#include "base/opts.h"

struct opts opts_begin(struct arena *mem, const struct opt *table, const struct str *argv,
		       size_t argc, bool in_order)
{
	return (struct opts){.table = table, .argv = argv, .argc = argc, .next = 1,
			     .in_order = in_order, .mem = mem};
}

static int fail(struct opts *o, struct str why)
{
	o->error = why;
	return OPTS_ERROR;
}

static struct str say_ambiguous(const struct opts *o, struct str arg, struct str name)
{
	struct buf b = buf_new(o->mem);

	buf_fmt(&b, "option '--%.*s' is ambiguous; possibilities:", STR_ARG(arg));
	for (const struct opt *t = o->table; t->id; t++)
		if (t->name && str_starts(str_z(t->name), name))
			buf_fmt(&b, " '--%s'", t->name);
	return buf_view(&b);
}

static int read_long(struct opts *o, struct str arg)
{
	ptrdiff_t eq = str_chr(arg, '=');
	struct str name = eq < 0 ? arg : str_sub(arg, 0, (size_t)eq);
	const struct opt *hit = NULL;
	bool exact = false, several = false;

	for (const struct opt *t = o->table; t->id && !exact; t++) {
		if (!t->name || !str_starts(str_z(t->name), name) ||
		    (o->whole_names && !str_is(name, t->name)))
			continue;
		exact = str_is(name, t->name);
		several = !exact && (several || (hit && hit->id != t->id));
		hit = t;
	}
	if (!hit)
		return fail(o, str_fmt(o->mem, "unrecognized option '--%.*s'", STR_ARG(arg)));
	if (several)
		return fail(o, say_ambiguous(o, arg, name));
	if (eq >= 0 && hit->takes == OPT_NONE)
		return fail(o,
			    str_fmt(o->mem, "option '--%s' doesn't allow an argument", hit->name));
	if (eq >= 0)
		o->value = str_from(arg, (size_t)eq + 1);
	else if (hit->takes == OPT_VALUE && o->next >= o->argc)
		return fail(o, str_fmt(o->mem, "option '--%s' requires an argument", hit->name));
	else if (hit->takes == OPT_VALUE)
		o->value = o->argv[o->next++];
	return hit->id;
}

static int read_letter(struct opts *o)
{
	struct str arg = o->argv[o->next];
	int c = (unsigned char)arg.p[o->in_cluster];
	struct str rest = str_from(arg, o->in_cluster + 1);
	const struct opt *t = o->table;

	while (t->id && t->id != c)
		t++;
	if (rest.n == 0 || (t->id && t->takes != OPT_NONE)) {
		o->next++;
		o->in_cluster = 0;
	} else {
		o->in_cluster++;
	}
	if (!t->id)
		return fail(o, str_fmt(o->mem, "invalid option -- '%c'", c));
	if (t->takes == OPT_NONE)
		return c;
	if (rest.n)
		o->value = rest;
	else if (t->takes == OPT_VALUE && o->next >= o->argc)
		return fail(o, str_fmt(o->mem, "option requires an argument -- '%c'", c));
	else if (t->takes == OPT_VALUE)
		o->value = o->argv[o->next++];
	return c;
}

static int end(struct opts *o)
{
	while (o->next < o->argc)
		*vec_push(o->mem, &o->operands) = o->argv[o->next++];
	return OPTS_END;
}

int opts_next(struct opts *o)
{
	o->value = (struct str){NULL, 0};
	if (o->refused)
		return fail(o, S("not read"));
	if (o->in_cluster)
		return read_letter(o);
	while (o->next < o->argc) {
		struct str arg = o->argv[o->next];

		if (arg.n < 2 || arg.p[0] != '-') {
			if (o->in_order)
				return end(o);
			*vec_push(o->mem, &o->operands) = arg;
			o->next++;
			continue;
		}
		if (str_is(arg, "--")) {
			o->next++;
			return end(o);
		}
		if (arg.p[1] == '-') {
			o->next++;
			return read_long(o, str_from(arg, 2));
		}
		o->in_cluster = 1;
		return read_letter(o);
	}
	return end(o);
}

struct str opts_help(struct arena *mem, const struct opt *table)
{
	struct buf b = buf_new(mem);

	for (const struct opt *t = table; t->id; t++) {
		if (!t->help)
			continue;
		buf_z(&b, "  ");
		if (t->id > 0 && t->id < 128)
			buf_fmt(&b, "-%c%s", t->id, t->name ? ", " : "");
		if (t->name)
			buf_fmt(&b, "--%s", t->name);
		buf_fmt(&b, " %s\n", t->help);
	}
	return buf_view(&b);
}
