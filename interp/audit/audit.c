/* SPDX-License-Identifier: GPL-2.0-only */
/* Runs the rules over a subtarget, and puts what they find together (audit.h). */
#include "audit/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"

const char *severity_name(enum severity s)
{
	static const char *const names[] = {"note", "warning", "error"};

	return names[s];
}

const struct rule *rule_find(struct str id)
{
	for (const struct rule *const *r = rule_rows; *r; r++)
		if (str_is(id, (*r)->id))
			return *r;
	return NULL;
}

/* --- places --- */

struct place audit_place(struct audit *a, struct place at)
{
	struct str top = a->options->tree->path, file = at.file;

	if (!file.n || str_starts(file, S("target/")))
		return at;
	if (file.p[0] != '/')
		file = path_join(a->mem, a->folder, file);
	file = path_clean(a->mem, file);
	if (str_starts(file, top) && file.n > top.n && file.p[top.n] == '/')
		file = str_from(file, top.n + 1);
	return (struct place){file, at.line};
}

struct str audit_file_at(struct audit *a, const struct make_span *at)
{
	return audit_place(a, (struct place){spot_file(make_span_spot(at, at->from)), 0}).file;
}

bool audit_of_tree(struct audit *a, const struct make_span *at)
{
	return str_starts(audit_file_at(a, at), S("target/"));
}

const struct strs *audit_lines(struct audit *a, struct str file)
{
	void **known = map_at(a->files, file);

	if (!*known) {
		struct strs *lines = arena_make(a->mem, struct strs);

		*lines = audit_split(a->mem, audit_file(a->options->tree, a->mem, file));
		*known = lines;
	}
	return *known;
}

struct str audit_line(struct audit *a, struct place at)
{
	const struct strs *lines = at.file.n ? audit_lines(a, at.file) : NULL;

	return lines && at.line && at.line <= lines->n ? lines->p[at.line - 1]
						       : (struct str){NULL, 0};
}

/* --- findings --- */

static void add_steps(struct audit *a, struct finding *f, const struct trail *trail)
{
	for (; trail; trail = trail->up) {
		const struct trail_step *s = trail->step;

		*vec_push(a->mem, &f->steps) = (struct finding_step){
		    str_fmt(a->mem, "%s%.*s", trail_word(s->verb), STR_ARG(*s->what)),
		    audit_place(a, spot_place((struct spot){s->in, s->off}))};
	}
}

static void concerns(struct arena *mem, struct strs *names, struct str name)
{
	if (!strs_have(names, name))
		*vec_push(mem, names) = str_dup(mem, name);
}

static void add_rest(struct audit *a, struct finding *f, struct stretch where)
{
	for (size_t i = f->rests.n; i-- > 0;) {
		const struct stretch *r = &f->rests.p[i];

		if (r->from == where.from && r->to == where.to && str_eq(r->device, where.device) &&
		    str_eq(r->file, where.file))
			return;
		if (!str_eq(r->device, where.device))
			break; /* those of a device come together */
	}
	if (where.file.n)
		*vec_push(a->mem, &f->rests) = where;
}

/* The define that S is, from its first line to its last, for DEVICE. */
static void add_define(struct audit *a, struct finding *f, const struct setting *s,
		       struct str device)
{
	struct place at =
	    s ? audit_place(a, make_span_place(&s->at)) : (struct place){{NULL, 0}, 0};

	if (at.line)
		add_rest(a, f, (struct stretch){at.file, at.line, audit_define_end(a, at), device});
}

/* The blocks of D, and what TRAIL calls. */
static void add_rests(struct audit *a, struct finding *f, const struct trail *trail,
		      const struct device_model *d)
{
	struct str device = d ? str_dup(a->mem, d->id) : (struct str){NULL, 0};

	for (; trail; trail = trail->up) {
		struct place at =
		    audit_place(a, spot_place((struct spot){trail->step->in, trail->step->off}));

		if (at.line)
			add_rest(a, f, (struct stretch){at.file, at.line, at.line, device});
	}
	if (!d)
		return;
	add_define(a, f, d->define, device);
	for (size_t i = 0; i < d->parents.n; i++)
		add_define(a, f, model_last(a->model, d->parents.p[i]), device);
}

void audit_rests(struct audit *a, struct finding *f, struct place at)
{
	if (a->options->rests)
		add_rest(a, f, (struct stretch){.file = at.file, .from = at.line, .to = at.line});
}

/* SUBJECT and what FMT says of it; with another subject it is the same finding. */
static struct finding *say(struct audit *a, struct place at, const struct trail *trail,
			   const struct device_model *d, struct str subject, const char *fmt,
			   va_list ap)
{
	struct str text = str_vfmt(a->mem, fmt, ap);
	struct str key = str_fmt(a->mem, "%s\n%.*s:%u\n%.*s", a->rule->id, STR_ARG(at.file),
				 at.line, STR_ARG(text));
	void **known = map_at(a->known, key);
	struct finding *f = *known;

	if (!f) {
		*known = f = arena_make(a->mem, struct finding);
		*f = (struct finding){.rule = a->rule, .severity = a->rule->severity, .at = at};
		f->message = str_cat(a->mem, subject, text);
		add_steps(a, f, trail);
		*vec_push(a->mem, &f->targets) = a->target->name;
		*vec_push(a->mem, a->found) = f;
	}
	if (d)
		concerns(a->mem, &f->devices, d->id);
	if (a->options->rests)
		add_rests(a, f, trail, d);
	return f;
}

struct finding *audit_say(struct audit *a, const struct make_span *at, const struct device_model *d,
			  const char *fmt, ...)
{
	struct finding *f;
	va_list ap;

	va_start(ap, fmt);
	f = say(a, audit_place(a, make_span_place(at)), at->trail, d, S(""), fmt, ap);
	va_end(ap);
	return f;
}

struct finding *audit_say_of(struct audit *a, const struct make_span *at,
			     const struct device_model *d, const struct chain *c, const char *fmt,
			     ...)
{
	struct finding *f;
	va_list ap;

	va_start(ap, fmt);
	f = say(a, audit_place(a, make_span_place(at)), at->trail, d, audit_chain_name(c), fmt, ap);
	va_end(ap);
	return f;
}

struct finding *audit_say_at(struct audit *a, struct place at, const struct device_model *d,
			     const char *fmt, ...)
{
	struct finding *f;
	va_list ap;

	va_start(ap, fmt);
	f = say(a, audit_place(a, at), NULL, d, S(""), fmt, ap);
	va_end(ap);
	return f;
}

void audit_concerns(struct audit *a, struct finding *f, const struct device_model *d)
{
	concerns(a->mem, &f->devices, d->id);
	if (a->options->rests)
		add_rests(a, f, NULL, d);
}

/* --- device trees --- */

const struct device_dtses *audit_dts(struct audit *a, const struct device_model *d)
{
	void **known = map_at(a->device_dts, d->id);

	if (!*known) {
		struct device_dtses *all = arena_make(a->mem, struct device_dtses);

		*all = device_dts_read(a->sources, a->mem, a->target, d);
		*known = all;
	}
	return *known;
}

struct place audit_dts_place(struct audit *a, struct place at)
{
	return audit_place(a, (struct place){str_dup(a->mem, at.file), at.line});
}

void audit_rests_dts(struct audit *a, struct finding *f, const struct device_dts *d,
		     struct place at)
{
	struct str source = audit_dts_place(a, (struct place){d->source.path, 0}).file;

	at = audit_dts_place(a, at);
	audit_rests(a, f, at);
	if (!str_eq(source, at.file))
		audit_rests(a, f, (struct place){source, 0});
}

/* --- a subtarget --- */

static bool is_wanted(const struct audit_options *o, const struct rule *rule)
{
	struct str id = str_z(rule->id);

	return (!o->only.n || strs_have(&o->only, id)) && !strs_have(&o->skip, id);
}

bool audit_wants_packages(const struct audit_options *o)
{
	for (const struct rule *const *r = rule_rows; *r; r++)
		if ((*r)->packages && is_wanted(o, *r))
			return true;
	return false;
}

struct findings *audit_target(const struct audit_options *o, const struct target *t)
{
	struct audit a = {.mem = t->mem, .options = o, .target = t, .model = t->model};

	a.found = arena_make(t->mem, struct findings);
	if (!t->model)
		return a.found;
	a.known = map_new(t->mem);
	a.files = map_new(t->mem);
	a.written = map_new(t->mem);
	a.folder = path_join(t->mem, t->folder, S("image"));
	a.sources = dts_cache_new(o->tree->path);
	a.device_dts = map_new(t->mem);
	a.commands = map_new(t->mem);
	for (const struct rule *const *r = rule_rows; *r; r++) {
		a.rule = *r;
		if (is_wanted(o, *r))
			a.rule->check(&a);
	}
	dts_cache_free(a.sources);
	return a.found;
}

/* --- several subtargets --- */

static bool is_same(const struct finding *a, const struct finding *b)
{
	return a->rule == b->rule && a->at.line == b->at.line && str_eq(a->at.file, b->at.file) &&
	       str_eq(a->message, b->message);
}

void findings_add(struct findings *all, struct arena *mem, const struct findings *from)
{
	for (size_t i = 0; i < from->n; i++) {
		struct finding *f = from->p[i], *old = NULL;

		for (size_t k = 0; k < all->n && !old; k++)
			if (is_same(all->p[k], f))
				old = all->p[k];
		if (!old) {
			*vec_push(mem, all) = f;
			continue;
		}
		for (size_t k = 0; k < f->targets.n; k++)
			concerns(mem, &old->targets, f->targets.p[k]);
		for (size_t k = 0; k < f->devices.n; k++)
			concerns(mem, &old->devices, f->devices.p[k]);
		for (size_t k = 0; k < f->rests.n; k++)
			*vec_push(mem, &old->rests) = f->rests.p[k];
		if (f->severity > old->severity)
			old->severity = f->severity;
	}
}

static int by_place(const void *a, const void *b)
{
	const struct finding *x = *(struct finding *const *)a, *y = *(struct finding *const *)b;
	int order = str_cmp(x->at.file, y->at.file);

	if (order)
		return order;
	if (x->at.line != y->at.line)
		return x->at.line < y->at.line ? -1 : 1;
	order = strcmp(x->rule->id, y->rule->id);
	return order ? order : str_cmp(x->message, y->message);
}

void findings_sort(struct findings *all)
{
	if (all->n)
		qsort(all->p, all->n, sizeof(*all->p), by_place);
}

/* --- what rules ask --- */

void audit_each_package(struct audit *a,
			void (*check)(struct audit *a, const struct device_model *d,
				      const struct setting *s, const struct strs *words,
				      struct str word))
{
	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];
		const struct setting *s = model_value(a->model, d, S("DEVICE_PACKAGES"));
		struct strs words = audit_words(a, model_expanded(d, S("DEVICE_PACKAGES")));

		for (size_t k = 0; s && k < words.n; k++)
			check(a, d, s, &words, words.p[k]);
	}
}

const struct device_model *audit_setter(const struct audit *a, const struct setting *s)
{
	return s && s->device != NO_DEVICE && (size_t)s->device < a->model->devices.n
		   ? a->model->devices.p[s->device]
		   : NULL;
}

bool audit_is_own(struct audit *a, const struct device_model *d, const struct setting *s)
{
	struct str block;

	if (s->initial || s->device != (int)d->index)
		return false;
	block = setting_block(s);
	return block.n && str_starts(audit_written(a, s)->at.file, S("target/"));
}

struct strs audit_words(struct audit *a, struct str text)
{
	struct strs words = {0};

	strs_words(a->mem, text, &words);
	return words;
}

const struct device_model *audit_device(const struct audit *a, struct str id)
{
	for (size_t i = 0; i < a->model->devices.n; i++)
		if (str_eq(a->model->devices.p[i]->id, id))
			return a->model->devices.p[i];
	return NULL;
}
