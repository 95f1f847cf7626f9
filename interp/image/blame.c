/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who is to blame for an image: the step of the chain, the lines where the chain and the limit were
 * written, for which device. Listens to assignments while the Makefiles are read: a device's
 * variables are those that are set after DEVICE_NAME was set to its name.
 */
#include <string.h>

#include "base/path.h"
#include "image/devices.h"
#include "image/internal.h"

/* Where a device's variable was set last. */
struct origin {
	struct place at;
	struct str value;
};

static bool matters(struct str name)
{
	return str_starts(name, S("IMAGE")) || str_starts(name, S("KERNEL")) ||
	       str_starts(name, S("ARTIFACT/"));
}

static struct str key_of(struct report *r, struct str device, struct str name)
{
	return str_fmt(r->mem, "%.*s\t%.*s", STR_ARG(device), STR_ARG(name));
}

static void note_origin(struct report *r, struct str key, struct str value,
			const struct make_span *span)
{
	struct origin *o = arena_make(r->mem, struct origin);
	struct place at = make_span_place(span);

	o->at = (struct place){str_dup(r->mem, at.file), at.line};
	o->value = str_dup(r->mem, value);
	*map_at(r->origins, key) = o;
}

void blame_variable(struct report *r, struct str name, struct str value,
		    const struct make_span *span)
{
	struct origin *o;
	struct str key;

	if (str_starts(name, S("Build/"))) {
		note_origin(r, key_of(r, S(""), name), S(""), span);
		return;
	}
	if (str_is(name, "DEVICE_NAME")) {
		r->device = str_dup(r->mem, str_trim(value));
		return;
	}
	if (!matters(name) || !r->device.n || !value.n)
		return;
	key = key_of(r, r->device, name);
	o = map_get(r->origins, key);
	if (o && str_eq(o->value, value))
		return; /* handed on to a target, not set anew */
	note_origin(r, key, value, span);
}

static const struct origin *origin_of(struct report *r, struct str device, struct str name)
{
	return map_get(r->origins, key_of(r, device, name));
}

/* FILE below TOPDIR as a person names it. */
static struct place shorten(struct place at, struct str topdir)
{
	if (topdir.n && str_starts(at.file, topdir) && at.file.n > topdir.n &&
	    at.file.p[topdir.n] == '/')
		at.file = str_from(at.file, topdir.n + 1);
	return at;
}

/* The innermost frame that calls a Build/ command; NULL: none. */
static const struct trail *build_call(const struct trail *t)
{
	while (t && (t->step->verb != TRAIL_CALL || !str_starts(*t->step->what, S("Build/"))))
		t = t->up;
	return t;
}

/* The outermost Build/ call: the step itself, where a step calls another. */
static const struct trail *step_call(const struct trail *t)
{
	const struct trail *outer = build_call(t), *next;

	while (outer && (next = build_call(outer->up)))
		outer = next;
	return outer;
}

static const struct trail *line_trail(const struct make_recipe *recipe, size_t line)
{
	const struct make_text *t = &recipe->lines[line].text;

	return t->n_spans ? t->spans[0].trail : NULL;
}

/* Which step of its chain LINE belongs to, from 1: the steps are told apart by their calls. */
static unsigned step_number(const struct make_recipe *recipe, size_t line)
{
	const struct trail *last = NULL;
	unsigned n = 0;

	for (size_t i = 0; i <= line; i++) {
		const struct trail *step = step_call(line_trail(recipe, i));

		if (step && step != last)
			n++;
		last = step ? step : last;
	}
	return n;
}

struct str blame_step(const struct make_recipe *recipe, size_t line, unsigned *number)
{
	const struct trail *step =
	    line < recipe->n_lines ? step_call(line_trail(recipe, line)) : NULL;

	*number = step ? step_number(recipe, line) : 0;
	return step ? str_from(*step->step->what, S("Build/").n) : S("");
}

/* Where a person wrote the line: the first piece from the file of the Build/ command that it is of,
 * not one from a variable that the line begins with ($(STAGING_DIR_HOST)/bin/tool). */
static struct place line_place(struct report *r, const struct make_text *t)
{
	const struct trail *call = build_call(t->spans[0].trail);
	const struct origin *command = call ? origin_of(r, S(""), *call->step->what) : NULL;

	for (size_t i = 0; command && i < t->n_spans; i++) {
		struct place at = make_span_place(&t->spans[i]);

		if (str_eq(at.file, command->at.file) && build_call(t->spans[i].trail) == call)
			return at;
	}
	return make_span_place(&t->spans[0]);
}

/* The variable that holds the chain of FILE: IMAGE/x where FILE ends in "-x", the longest such. */
static struct str chain_name(struct report *r, struct str device, struct str file)
{
	struct str prefix = str_fmt(r->mem, "%.*s\t", STR_ARG(device)), key, best = {NULL, 0};
	size_t pos = 0, longest = 0;

	while (map_next(r->origins, &pos, &key, NULL)) {
		struct str name = str_starts(key, prefix) ? str_from(key, prefix.n) : S("");
		ptrdiff_t slash = str_chr(name, '/');
		struct str x = slash < 0 ? S("") : str_from(name, (size_t)slash + 1);

		if (x.n > longest && file.n > x.n && str_ends(file, x) &&
		    file.p[file.n - x.n - 1] == '-') {
			longest = x.n;
			best = name;
		}
	}
	return best;
}

/* What stands for AT when its file is not there to count in. */
static const struct text_file *file_of(struct arena *mem, struct place at)
{
	struct text_file *f = arena_make(mem, struct text_file);

	*f = (struct text_file){.name = str_dup(mem, at.file), .line = at.line};
	return f;
}

void blame_line(struct report *r, struct image_verdict *v, const struct make_recipe *recipe,
		size_t line)
{
	struct trail_step *step;
	const struct trail *call;
	const struct make_text *t;
	const struct origin *o;
	struct str chain, what;

	v->at = recipe->at;
	if (line >= recipe->n_lines)
		return;
	t = &recipe->lines[line].text;
	v->command = str_dup(r->mem, t->text);
	if (t->n_spans)
		v->at = line_place(r, t);
	v->at = shorten(v->at, v->topdir);
	v->place = str_fmt(r->mem, "%.*s:%u", STR_ARG(v->at.file), v->at.line);
	call = build_call(line_trail(recipe, line));
	if (!call)
		return;
	v->step = str_dup(r->mem, *call->step->what);
	chain = chain_name(r, v->device, v->file);
	o = chain.n ? origin_of(r, v->device, chain) : NULL;
	what = chain.n ? str_fmt(r->mem, "%.*s, step %u of %.*s of Device/%.*s", STR_ARG(v->step),
				 step_number(recipe, line), STR_ARG(chain), STR_ARG(v->device))
		       : v->step;
	step = arena_make(r->mem, struct trail_step);
	step->what = memcpy(arena_alloc(r->mem, sizeof(what)), &what, sizeof(what));
	step->in = file_of(
	    r->mem, shorten(o ? o->at : spot_place((struct spot){call->step->in, call->step->off}),
			    v->topdir));
	v->trail = arena_make(r->mem, struct trail);
	v->trail->step = step;
}

struct str blame_limit(struct report *r, const struct image_verdict *v)
{
	static const struct str names[] = {{"IMAGE_SIZE", 10}, {"KERNEL_SIZE", 11}};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct origin *o = origin_of(r, v->device, names[i]);
		struct place at;

		if (!o || image_bytes(o->value) != v->limit)
			continue;
		at = shorten(o->at, v->topdir);
		return str_fmt(r->mem, "%s is set at %.*s:%u", names[i].p, STR_ARG(at.file),
			       at.line);
	}
	return S("the limit is the command's argument");
}
