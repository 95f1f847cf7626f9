/* SPDX-License-Identifier: GPL-2.0-only */
/* Puts together what is shown of a device (show.h). */
#include "image/show.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "blob/files.h"
#include "image/report.h"

const char *shown_source_name(enum shown_source s)
{
	static const char *const names[] = {"own", "inherited", "left over", "file", "reset"};

	return names[s];
}

struct place show_place(const struct shown *s, struct str tree, struct place at)
{
	struct arena *mem = s->target->mem;
	struct str file = at.file;

	if (!file.n)
		return at;
	if (file.p[0] != '/')
		file = path_join(mem, path_join(mem, s->target->folder, S("image")), file);
	file = path_clean(mem, file);
	if (str_starts(file, tree) && file.n > tree.n && file.p[tree.n] == '/')
		file = str_from(file, tree.n + 1);
	return (struct place){file, at.line};
}

static bool is_read(const struct device_model *d, struct str name)
{
	for (size_t i = 0; i < d->chains.n; i++)
		for (size_t k = 0; k < d->chains.p[i].reads.n; k++)
			if (str_eq(d->chains.p[i].reads.p[k], name))
				return true;
	return false;
}

static struct shown_value value_of(const struct shown *s, const struct setting *setting)
{
	const struct model *m = s->target->model;
	struct str own = s->model->block;
	struct shown_value v = {.setting = setting,
				.block = setting_block(setting),
				.expanded = model_expanded(s->model, setting->name),
				.exported = model_exports(m, setting->name),
				.read = is_read(s->model, setting->name)};

	if (setting->device == NO_DEVICE) {
		v.source = SHOWN_FILE;
	} else if ((size_t)setting->device != s->model->index) {
		v.source = SHOWN_LEFT_OVER;
		v.block = (size_t)setting->device < m->devices.n ? m->devices.p[setting->device]->id
								 : S("");
	} else if (setting->initial) {
		v.source = SHOWN_RESET;
	} else {
		v.source = str_eq(v.block, own) ? SHOWN_OWN : SHOWN_INHERITED;
	}
	return v;
}

/* What image.mk sets for its own use says nothing of the device. */
static bool is_wanted(const struct shown *s, const struct shown_value *v, bool all)
{
	if (all)
		return true;
	if (v->source == SHOWN_LEFT_OVER)
		return v->read && v->setting->value.n > 0;
	if (v->source == SHOWN_INHERITED && v->block.n && !strs_have(&s->model->parents, v->block))
		return false;
	return v->source != SHOWN_RESET && v->source != SHOWN_FILE;
}

static int by_source(const void *a, const void *b)
{
	const struct shown_value *x = a, *y = b;

	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	return str_cmp(x->setting->name, y->setting->name);
}

static void take_values(struct shown *s, bool all)
{
	const struct setting *setting;
	size_t at = 0;

	while (model_next(s->target->model, s->model, &at, &setting)) {
		struct shown_value v;

		if (!setting)
			continue;
		v = value_of(s, setting);
		if (is_wanted(s, &v, all))
			*vec_push(s->target->mem, &s->values) = v;
	}
	if (s->values.n)
		qsort(s->values.p, s->values.n, sizeof(*s->values.p), by_source);
}

static void take_dts(struct shown *s, struct dts_cache *cache)
{
	struct device_dtses all = device_dts_read(cache, s->target->mem, s->target, s->model);

	s->dts_name = S("");
	if (!all.n)
		return;
	s->dts_name = all.p[0].name;
	s->source = all.p[0].source;
	s->dts = all.p[0].dts;
	s->dts_said = all.p[0].said;
}

static void take_parts(struct shown *s, const struct report *report)
{
	struct arena *mem = s->target->mem;

	for (size_t i = 0; i < s->device->images.n; i++) {
		struct shown_part p = {.image = &s->device->images.p[i]};

		for (size_t k = 0; report_part(report, s->device->id, p.image->name, k, &p.offset,
					       &p.size, &p.step, &p.number);
		     k++) {
			p.step = str_dup(mem, p.step);
			*vec_push(mem, &s->built) = p;
		}
	}
}

/* What the last build of the target left, where it stands. */
static void take_built(struct shown *s)
{
	struct arena *mem = s->target->mem;
	struct files_options how = {0};
	struct files *files;
	struct report *report = NULL;
	struct blob *b;

	if (!s->target->bin.n)
		return;
	s->built_by = path_join(mem, s->target->bin, S("build-report.json"));
	files = files_new(&how);
	if (files_read(files, s->built_by, &b) == 0) {
		report = report_read(blob_flat(mem, b));
		blob_unref(b);
	}
	files_free(files);
	if (!report)
		return;
	take_parts(s, report);
	report_free(report);
}

struct shown *show_device(const struct target *t, const struct device_model *d,
			  struct dts_cache *cache, bool all)
{
	struct shown *s = arena_make(t->mem, struct shown);

	*s = (struct shown){.target = t, .model = d, .device = &t->devices.p[d->index]};
	take_values(s, all);
	take_dts(s, cache);
	s->image_size = image_bytes(model_expanded(d, S("IMAGE_SIZE")));
	take_built(s);
	return s;
}
