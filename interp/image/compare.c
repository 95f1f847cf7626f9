/* SPDX-License-Identifier: GPL-2.0-only */
/* What devices are, and what two evaluations of them differ in (compare.h). */
#include "image/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "image/device_dts.h"

enum { MOST_STEPS = 16 };

struct taker {
	const struct target *t;
	struct arena *mem;
	struct str tree;
	struct dts_cache *cache;
	struct map *commands;	/* "Build/x" -> struct fact * */
	struct map *globals;	/* address of a setting of files -> struct fact * */
};

const char *fact_kind_name(enum fact_kind kind)
{
	static const char *const names[] = {"title", "value", "command", "packages",
					    "dts",   "image", "recipe"};

	return names[kind];
}

/* --- text and places --- */

/* S with $(TOPDIR) for the tree's folder. */
static struct str movable(const struct taker *k, struct str s)
{
	struct buf b;
	ptrdiff_t at = k->tree.n > 1 ? str_find(s, k->tree) : -1;

	if (at < 0)
		return s;
	b = buf_new(k->mem);
	while (at >= 0) {
		buf_str(&b, str_sub(s, 0, (size_t)at));
		buf_z(&b, "$(TOPDIR)");
		s = str_from(s, (size_t)at + k->tree.n);
		at = str_find(s, k->tree);
	}
	buf_str(&b, s);
	return buf_view(&b);
}

static struct place place_below(const struct taker *k, struct place at)
{
	struct str file = at.file;

	if (!file.n)
		return at;
	if (file.p[0] != '/')
		file = path_join(k->mem, path_join(k->mem, k->t->folder, S("image")), file);
	file = path_clean(k->mem, file);
	if (str_starts(file, k->tree) && file.n > k->tree.n && file.p[k->tree.n] == '/')
		file = str_from(file, k->tree.n + 1);
	return (struct place){str_dup(k->mem, file), at.line};
}

static struct str joined(struct arena *mem, const struct strs *words)
{
	struct buf b = buf_new(mem);

	buf_z(&b, "");
	for (size_t i = 0; i < words->n; i++) {
		buf_z(&b, i ? " " : "");
		buf_str(&b, words->p[i]);
	}
	return buf_view(&b);
}

/* --- taking --- */

static struct fact *add(struct taker *k, struct device_facts *d, enum fact_kind kind,
			struct str name, struct str value)
{
	struct fact *f = vec_push(k->mem, &d->facts);

	*f = (struct fact){.kind = kind, .name = name, .value = value};
	return f;
}

/* How S came about: in this device's block, or the last value before it. */
static void take_steps(struct taker *k, struct fact *f, const struct setting *s)
{
	const struct setting *all[MOST_STEPS];
	size_t n = 0;

	for (const struct setting *b = s; b && n < MOST_STEPS; b = b->before) {
		if (b->initial || b->device != s->device)
			break;
		all[n++] = b;
	}
	if (!n)
		all[n++] = s;
	while (n--) {
		struct fact_step *step = vec_push(k->mem, &f->steps);

		*step = (struct fact_step){str_dup(k->mem, movable(k, all[n]->value)),
					   place_below(k, make_span_place(&all[n]->at)),
					   str_dup(k->mem, setting_block(all[n]))};
	}
}

/* What image.mk sets for its own use, and what nobody set for this device, says nothing. */
static bool is_wanted(const struct taker *k, const struct device_model *d, const struct setting *s)
{
	struct str block = setting_block(s);

	if (str_starts(block, S("Device/Check")) || str_is(block, "Device/Dump") ||
	    str_is(s->name, "DEVICE_DISPLAY"))
		return false;
	if (s->device == NO_DEVICE || s->initial)
		return false;
	return (size_t)s->device == d->index || model_exports(k->t->model, s->name);
}

static void take_values(struct taker *k, const struct device_model *m, struct device_facts *d)
{
	const struct setting *s;
	size_t at = 0;

	while (model_next(k->t->model, m, &at, &s)) {
		struct str value;

		if (!s || !is_wanted(k, m, s))
			continue;
		value = model_expanded(m, s->name);
		take_steps(k,
			   add(k, d, FACT_VALUE, str_dup(k->mem, s->name),
			       str_dup(k->mem, movable(k, str_trim(value.p ? value : s->value)))),
			   s);
	}
}

/* The define of a command, once for a target. */
static const struct fact *command(struct taker *k, struct str name)
{
	struct str variable = str_cat(k->mem, S("Build/"), name);
	void **known = map_at(k->commands, variable);
	struct fact *f = *known;
	struct make_text text;
	struct place at;

	if (f)
		return f;
	f = *known = arena_make(k->mem, struct fact);
	*f = (struct fact){.kind = FACT_COMMAND, .name = variable, .value = S("")};
	if (make_variable(k->t->model->make, variable, &text, &at)) {
		f->value = str_dup(k->mem, movable(k, text.text));
		*vec_push(k->mem, &f->steps) =
		    (struct fact_step){f->value, place_below(k, at), variable};
	}
	return f;
}

static bool has(const struct device_facts *d, enum fact_kind kind, struct str name)
{
	for (size_t i = 0; i < d->facts.n; i++)
		if (d->facts.p[i].kind == kind && str_eq(d->facts.p[i].name, name))
			return true;
	return false;
}

/* What recipes refer to that is set for all devices: "VERSION_DIST", "concat_cmd". */
static void take_read(struct taker *k, const struct device_model *m, struct str name,
		      struct device_facts *d)
{
	const struct setting *s =
	    str_starts(name, S("Build/")) ? NULL : model_value(k->t->model, m, name);
	void **known;
	struct fact *f;

	if (!s || s->device != NO_DEVICE || has(d, FACT_VALUE, name))
		return;
	known = map_at(k->globals, (struct str){(const char *)&s, sizeof(s)});
	f = *known;
	if (!f) {
		f = *known = arena_make(k->mem, struct fact);
		*f = (struct fact){.kind = FACT_VALUE,
				   .name = str_dup(k->mem, name),
				   .value = str_dup(k->mem, movable(k, s->value)),
				   .common = true};
		take_steps(k, f, s);
	}
	*vec_push(k->mem, &d->facts) = *f;
}

static void take_chains(struct taker *k, const struct device_model *m, struct device_facts *d)
{
	for (size_t i = 0; i < m->chains.n; i++) {
		const struct chain *c = &m->chains.p[i];
		struct str name =
		    c->filesystem.n
			? str_fmt(k->mem, "%.*s %.*s", STR_ARG(c->variable), STR_ARG(c->filesystem))
			: str_dup(k->mem, c->variable);

		add(k, d, FACT_RECIPE, name, str_dup(k->mem, movable(k, c->recipe.text)));
		for (size_t r = 0; r < c->reads.n; r++)
			take_read(k, m, c->reads.p[r], d);
		for (size_t s = 0; s < c->steps.n; s++) {
			const struct fact *f = command(k, c->steps.p[s].command);

			if (!has(d, FACT_COMMAND, f->name))
				*vec_push(k->mem, &d->facts) = *f;
		}
	}
}

static void take_dts(struct taker *k, const struct device_model *m, struct device_facts *d)
{
	struct device_dtses all = device_dts_read(k->cache, k->mem, k->t, m);

	for (size_t i = 0; i < all.n; i++) {
		struct buf sum = buf_new(k->mem);
		struct fact *f;

		if (!all.p[i].dts)
			continue;
		f = add(k, d, FACT_DTS, str_dup(k->mem, all.p[i].name), S(""));
		for (size_t n = 0; n < all.p[i].dts->files.n; n++) {
			const struct dts_text *text = &all.p[i].dts->files.p[n];
			struct buf hex = buf_new(k->mem);

			for (size_t b = 0; b < sizeof(text->digest); b++)
				buf_fmt(&hex, "%02x", text->digest[b]);
			*vec_push(k->mem, &f->steps) = (struct fact_step){
			    buf_view(&hex), place_below(k, (struct place){text->path, 0}), S("")};
			buf_fmt(&sum, "%s%.*s", n ? " " : "", STR_ARG(buf_view(&hex)));
		}
		f->value = sum.n ? buf_view(&sum) : S("");
	}
}

static void take_listed(struct taker *k, const struct device *device, struct device_facts *d)
{
	struct buf packages = buf_new(k->mem), titles = buf_new(k->mem);
	struct str defaults = joined(k->mem, &k->t->default_packages),
		   own = joined(k->mem, &device->packages);

	for (size_t i = 0; i < device->titles.n; i++)
		buf_fmt(&titles, "%s%.*s", i ? "; " : "", STR_ARG(device->titles.p[i].title));
	buf_fmt(&packages, "%.*s", STR_ARG(own));
	add(k, d, FACT_TITLE, S(""), titles.n ? buf_view(&titles) : S(""));
	add(k, d, FACT_PACKAGES, S("of the device"), packages.n ? buf_view(&packages) : S(""));
	add(k, d, FACT_PACKAGES, S("of the target"), defaults.p ? defaults : S(""));
	for (size_t i = 0; i < device->images.n; i++) {
		const struct device_image *image = &device->images.p[i];

		add(k, d, FACT_IMAGE,
		    str_fmt(k->mem, "%.*s %.*s", STR_ARG(image->image), STR_ARG(image->filesystem)),
		    image->name);
	}
}

static int by_kind(const void *a, const void *b)
{
	const struct fact *x = a, *y = b;

	return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : str_cmp(x->name, y->name);
}

static int by_id(const void *a, const void *b)
{
	return str_cmp(((const struct device_facts *)a)->id, ((const struct device_facts *)b)->id);
}

struct target_facts *facts_take(const struct target *t, struct str tree)
{
	struct taker k = {.t = t,
			  .mem = t->mem,
			  .tree = tree,
			  .cache = dts_cache_new(tree),
			  .commands = map_new(t->mem),
			  .globals = map_new(t->mem)};
	struct target_facts *all = arena_make(t->mem, struct target_facts);

	all->name = t->name;
	for (size_t i = 0; t->model && i < t->model->devices.n; i++) {
		const struct device_model *m = t->model->devices.p[i];
		struct device_facts *d = vec_push(t->mem, &all->devices);

		*d = (struct device_facts){.id = str_dup(t->mem, m->id)};
		if (m->index < t->devices.n)
			take_listed(&k, &t->devices.p[m->index], d);
		take_values(&k, m, d);
		take_chains(&k, m, d);
		take_dts(&k, m, d);
		qsort(d->facts.p, d->facts.n, sizeof(*d->facts.p), by_kind);
	}
	if (all->devices.n)
		qsort(all->devices.p, all->devices.n, sizeof(*all->devices.p), by_id);
	dts_cache_free(k.cache);
	return all;
}

/* --- comparing --- */

static bool same_step(const struct fact_step *a, const struct fact_step *b)
{
	return str_eq(a->value, b->value);
}

static bool in_steps(const struct fact *f, const struct fact_step *step)
{
	for (size_t i = 0; i < f->steps.n; i++)
		if (same_step(&f->steps.p[i], step))
			return true;
	return false;
}

/* The first step of NEW that OLD has not, else of OLD that NEW has not. Of one that came or went:
 * its last. */
static const struct fact_step *cause(const struct fact *old, const struct fact *new)
{
	if (!old || !new) {
		const struct fact *one = new ? new : old;

		return one->steps.n ? &one->steps.p[one->steps.n - 1] : NULL;
	}
	for (size_t i = 0; i < new->steps.n; i++)
		if (!in_steps(old, &new->steps.p[i]))
			return &new->steps.p[i];
	for (size_t i = 0; i < old->steps.n; i++)
		if (!in_steps(new, &old->steps.p[i]))
			return &old->steps.p[i];
	return NULL;
}

/* Do images come out otherwise by that? What a value does shows in recipes, in packages and in
 * images. */
static bool in_bytes(enum fact_kind kind)
{
	return kind == FACT_RECIPE || kind == FACT_PACKAGES || kind == FACT_DTS ||
	       kind == FACT_IMAGE;
}

static void compare_facts(struct arena *mem, const struct device_facts *old,
			  const struct device_facts *new, struct device_change *c)
{
	size_t i = 0, j = 0;

	while (i < old->facts.n || j < new->facts.n) {
		const struct fact *a = i < old->facts.n ? &old->facts.p[i] : NULL,
				  *b = j < new->facts.n ? &new->facts.p[j] : NULL;
		int order = !a ? 1 : !b ? -1 : by_kind(a, b);
		struct fact_change one = {order <= 0 ? a : NULL, order >= 0 ? b : NULL, NULL,
					  false};

		i += order <= 0;
		j += order >= 0;
		if (order == 0 ? str_eq(a->value, b->value) : (one.old ? one.old : one.new)->common)
			continue;
		one.cause = cause(one.old, one.new);
		one.bytes = in_bytes((a && order <= 0 ? a : b)->kind);
		c->bytes |= one.bytes;
		*vec_push(mem, &c->changes) = one;
	}
}

static void compare_device(struct arena *mem, const struct device_facts *old,
			   const struct device_facts *new, struct str target,
			   struct device_changes *out)
{
	struct device_change c = {
	    .target = target, .id = (new ? new : old)->id, .added = !old, .removed = !new};

	if (old && new) {
		compare_facts(mem, old, new, &c);
		if (!c.changes.n)
			return;
	}
	*vec_push(mem, out) = c;
}

void facts_compare(struct arena *mem, const struct target_facts *old,
		   const struct target_facts *new, const struct strs *ids,
		   struct device_changes *out)
{
	struct str target = (new ? new : old)->name;
	size_t i = 0, j = 0, n_old = old ? old->devices.n : 0, n_new = new ? new->devices.n : 0;

	while (i < n_old || j < n_new) {
		const struct device_facts *a = i < n_old ? &old->devices.p[i] : NULL,
					  *b = j < n_new ? &new->devices.p[j] : NULL;
		int order = !a ? 1 : !b ? -1 : str_cmp(a->id, b->id);
		struct str id = (order <= 0 ? a : b)->id;

		if (!ids->n || strs_have(ids, id))
			compare_device(mem, order <= 0 ? a : NULL, order >= 0 ? b : NULL, target,
				       out);
		i += order <= 0;
		j += order >= 0;
	}
}
