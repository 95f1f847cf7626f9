/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Listens while a subtarget's image Makefile is evaluated and keeps each setting with what it
 * replaced (model.h). A device's block begins with the first thing that Device/InitProfile or
 * Device/Init sets behind another device's own settings, and ends when Device/DumpInfo is called.
 * What is set behind the last one belongs to no device.
 *
 * Source of the names: OpenWrt's include/image.mk (Device, Device/Init, Device/Export, Device/Build
 * and its parts).
 */
#include "image/model.h"

#include <string.h>

/* What is known of a name. */
struct name_state {
	const struct setting *last, *base;
	size_t in_blocks;	/* number among those that blocks set, from 1; 0: none does */
};

struct model_reader {
	struct model *model;
	struct map *names;	/* name -> struct name_state * */
	VEC(struct name_state *) in_blocks;
	/* whose block is being read, as an index; NO_DEVICE before the first */
	int device;
	size_t first;		/* its first setting */
	bool own;		/* it has set more than Device/Init does */
};

static bool is_initial(struct str block)
{
	return str_is(block, "Device/Init") || str_is(block, "Device/InitProfile");
}

struct str setting_block(const struct setting *s)
{
	for (const struct trail *t = s->at.trail; t; t = t->up)
		if (str_starts(*t->step->what, S("Device/")) ||
		    str_starts(*t->step->what, S("LegacyDevice/")))
			return *t->step->what;
	return S("");
}

static struct name_state *state_of(struct model_reader *r, struct str name)
{
	void **at = map_at_name(r->names, &name, true);

	if (!*at)
		*at = arena_make(r->model->mem, struct name_state);
	return *at;
}

/*
 * S, the next setting, is Device/Init's: a new device's block begins unless one has begun already.
 */
static void begin_block(struct model_reader *r)
{
	if (r->device != NO_DEVICE && !r->own)
		return;
	r->device = (int)r->model->devices.n;
	r->first = r->model->settings.n;
	r->own = false;
}

void model_setting(struct model *m, struct str name, struct make_text value, bool recursive,
		   const struct make_span *at)
{
	struct model_reader *r = m->reader;
	struct setting *s = arena_make(m->mem, struct setting);
	struct name_state *state = state_of(r, name);

	*s = (struct setting){.name = name,
			      .value = value.text.n ? str_dup(m->mem, value.text) : S(""),
			      .at = *at,
			      .before = state->last,
			      .recursive = recursive};
	s->initial = is_initial(setting_block(s));
	if (s->initial)
		begin_block(r);
	else if (r->device != NO_DEVICE)
		r->own = true;
	s->device = r->device;
	if (s->device != NO_DEVICE && !state->in_blocks) {
		state->base = state->last;
		*vec_push(m->mem, &r->in_blocks) = state;
		state->in_blocks = r->in_blocks.n;
	}
	state->last = s;
	*vec_push(m->mem, &m->settings) = s;
}

const struct setting *model_value(const struct model *m, const struct device_model *d,
				  struct str name)
{
	const struct name_state *state = map_get(m->reader->names, name);

	if (!state)
		return NULL;
	if (!state->in_blocks)
		return state->last;
	return state->in_blocks <= d->n_values ? d->values[state->in_blocks - 1] : state->base;
}

const struct setting *model_base(const struct model *m, struct str name)
{
	const struct name_state *state = map_get(m->reader->names, name);

	return !state ? NULL : state->in_blocks ? state->base : state->last;
}

const struct setting *model_last(const struct model *m, struct str name)
{
	const struct name_state *state = map_get(m->reader->names, name);

	return state ? state->last : NULL;
}

struct str model_expanded(const struct device_model *d, struct str name)
{
	const struct str *value = map_get(d->expanded, name);

	return value ? *value : (struct str){NULL, 0};
}

bool model_next(const struct model *m, const struct device_model *d, size_t *at,
		const struct setting **s)
{
	const struct model_reader *r = m->reader;

	if (*at >= r->in_blocks.n)
		return false;
	*s = *at < d->n_values ? d->values[*at] : r->in_blocks.p[*at]->base;
	++*at;
	return true;
}

bool model_exports(const struct model *m, struct str name)
{
	return map_get(m->exported, name) != NULL;
}

void model_begin(struct model *m)
{
	m->reader = arena_make(m->mem, struct model_reader);
	*m->reader =
	    (struct model_reader){.model = m, .names = map_new(m->mem), .device = NO_DEVICE};
	m->exported = map_new(m->mem);
}

/* --- at the end of a block --- */

#define FIELD "\037"
#define RECORD "\036"

/* What is expanded of each device besides what is handed on to its targets. */
static const char also[] = "TARGET_DEVICES DEVICE_VARS DEFAULT_DEVICE_VARS IMAGES ARTIFACTS "
			   "COMPILE FILESYSTEMS TARGET_FILESYSTEMS IMAGE_SIZE "
			   "KERNEL KERNEL_INITRAMFS KERNEL_NAME KERNEL_PREFIX KERNEL_SUFFIX "
			   "KERNEL_IMAGE KERNEL_INSTALL KERNEL_DEPENDS KERNEL_SIZE "
			   "DEVICE_NAME DEVICE_TITLE DEVICE_DTS DEVICE_DTS_DIR DTS_DIR "
			   "DEVICE_PACKAGES SUPPORTED_DEVICES BROKEN DEFAULT SOC "
			   "BLOCKSIZE PAGESIZE UBOOT_PATH BOARD_NAME DEVICE_COMPAT_VERSION";

static struct str ask(struct make *make, struct arena *mem, struct str text)
{
	struct make_text answer;

	return make_try(make, mem, text, NULL, &answer) ? str_trim(answer.text) : S("");
}

static void expand_values(struct model *m, struct make *make, struct device_model *d)
{
	struct str question =
	    str_fmt(m->mem,
		    "$(foreach imagemk_name,$(sort $(DEVICE_VARS) $(DEFAULT_DEVICE_VARS) %s),"
		    "$(imagemk_name)" FIELD "$($(imagemk_name))" RECORD ")",
		    also);
	struct str answer = ask(make, m->mem, question), record, name;

	d->expanded = map_new(m->mem);
	while (str_split(&answer, RECORD[0], &record)) {
		struct str *value = arena_make(m->mem, struct str);

		if (!str_split(&record, FIELD[0], &name))
			continue;
		*value = str_trim(record);
		*map_at(d->expanded, str_trim(name)) = value;
	}
}

static void note_exports(struct model *m, const struct device_model *d)
{
	static const char *const lists[] = {"DEVICE_VARS", "DEFAULT_DEVICE_VARS"};
	struct strs names = {0};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		strs_words(m->mem, model_expanded(d, str_z(lists[i])), &names);
	if (!model_value(m, d, str_z(lists[1]))) { /* 15.05 */
		*vec_push(m->mem, &names) = S("KERNEL");
		*vec_push(m->mem, &names) = S("KERNEL_INITRAMFS");
	}
	for (size_t i = 0; i < names.n; i++)
		*map_at(m->exported, names.p[i]) = m;
}

/* --- chains --- */

/* Byte AT of T as its span has it. */
static struct make_span span_of(const struct make_text *t, size_t at)
{
	size_t i = 0;
	struct make_span s = {0};

	if (!t->n_spans)
		return s;
	while (i + 1 < t->n_spans && t->spans[i + 1].from <= at)
		i++;
	s = t->spans[i];
	s.off = (uint32_t)make_span_off(&t->spans[i], at);
	s.from = 0;
	return s;
}

/* The steps of LIST, "kernel-bin | append-dtb | lzma". */
static void split_steps(struct model *m, struct make *make, struct chain *c,
			const struct make_text *list)
{
	size_t from = 0;

	while (from <= list->text.n) {
		struct str rest = str_from(list->text, from), step = rest, word;
		struct chain_step *s;
		struct make_text body;
		struct place at;
		ptrdiff_t bar = str_chr(rest, '|');
		size_t blank = 0;

		if (bar >= 0)
			step = str_sub(rest, 0, (size_t)bar);
		while (blank < step.n &&
		       (step.p[blank] == ' ' || step.p[blank] == '\t' || step.p[blank] == '\n'))
			blank++;
		s = vec_push(m->mem, &c->steps);
		*s = (struct chain_step){.command = S(""), .at = span_of(list, from + blank)};
		if (str_word(&step, &word)) {
			s->command = word;
			s->args = str_trim(step);
			s->defined = make_variable(
			    make, str_fmt(m->mem, "Build/%.*s", STR_ARG(word)), &body, &at);
		}
		if (bar < 0)
			break;
		from += (size_t)bar + 1;
	}
}

struct reading {
	struct arena *mem;
	struct map *seen;
	struct strs *names;
};

static void note_read(void *ctx, struct str name)
{
	struct reading *r = ctx;
	void **at = map_at(r->seen, name);

	if (!*at) {
		*at = r;
		*vec_push(r->mem, r->names) = name;
	}
}

/* What a recipe's automatic variables stand for, for people. */
static struct make_trial trial_of(const struct chain *c)
{
	struct make_trial t = {.bound = {{S("@"), S("$@")},
					 {S("<"), S("<kernel>")},
					 {S("^"), S("<kernel> <rootfs>")}}};

	if (c->kind == CHAIN_KERNEL || c->kind == CHAIN_INITRAMFS || c->kind == CHAIN_COMPILE)
		t.bound[2].value = t.bound[1].value = S("<vmlinux>");
	else if (c->kind == CHAIN_ARTIFACT)
		t.bound[2].value = S("<kernel>");
	return t;
}

/* LIST as the rule's recipe has it, run through the tree's own concat_cmd. */
static void expand_recipe(struct model *m, struct make *make, struct chain *c, struct str list)
{
	struct reading reading = {m->mem, map_new(m->mem), &c->reads};
	struct make_trial trial = trial_of(c);

	trial.refer = note_read;
	trial.ctx = &reading;
	c->failed =
	    !make_try(make, m->mem, str_fmt(m->mem, "$(call concat_cmd,%.*s)", STR_ARG(list)),
		      &trial, &c->recipe);
}

static struct str step_recipe(struct model *m, struct make *make, const struct chain *c,
			      const struct chain_step *s)
{
	struct make_trial trial = trial_of(c);
	struct make_text lines;

	/* what is left of a $ in it is the recipe's, not to be expanded again */
	trial.bound[3].name = S("imagemk_step");
	trial.bound[3].value = str_fmt(m->mem, "%.*s %.*s", STR_ARG(s->command), STR_ARG(s->args));
	return s->defined && make_try(make, m->mem, S("$(call concat_cmd,$(imagemk_step))"), &trial,
				      &lines)
		   ? lines.text
		   : S("");
}

/* What gives the value of the variable called NAME; a '$' in the name is one. */
static struct str reference_to(struct arena *mem, struct str name)
{
	struct buf b = buf_new(mem);

	buf_z(&b, "$(");
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '$')
			buf_char(&b, '$');
		buf_char(&b, name.p[i]);
	}
	buf_char(&b, ')');
	return buf_view(&b);
}

/* The chain that VARIABLE holds. LATER: its text is put into the rule, and expanded with the
 * recipe. */
static void add_chain(struct model *m, struct make *make, struct device_model *d,
		      enum chain_kind kind, struct str image, struct str filesystem,
		      struct str variable, bool later)
{
	struct str reference = reference_to(m->mem, variable);
	struct chain sort = {.kind = kind};
	struct make_trial trial = trial_of(&sort); /* an argument may be $@ */
	struct make_text list, expanded;
	struct chain *c;

	if (!make_try(make, m->mem, reference, later ? NULL : &trial, &list) ||
	    (!str_trim(list.text).n && kind < CHAIN_IMAGE))
		return;
	c = vec_push(m->mem, &d->chains);
	*c = (struct chain){
	    .kind = kind, .image = image, .filesystem = filesystem, .variable = variable};
	c->setting = model_value(m, d, variable);
	if (later && str_chr(list.text, '$') >= 0 &&
	    make_try(make, m->mem, list.text, &trial, &expanded)) {
		/* the text stands in the value, not in a file */
		for (size_t i = 0; i < expanded.n_spans; i++)
			((struct make_span *)expanded.spans)[i] =
			    (struct make_span){.from = expanded.spans[i].from};
		split_steps(m, make, c, &expanded);
	} else {
		split_steps(m, make, c, &list);
	}
	for (size_t i = 0; c->setting && i < c->steps.n; i++)
		if (!c->steps.p[i].at.in)
			c->steps.p[i].at = c->setting->at;
	for (size_t i = 0; (m->only.n || m->recipes) && i < c->steps.n; i++)
		c->steps.p[i].recipe = step_recipe(m, make, c, &c->steps.p[i]);
	expand_recipe(m, make, c, later ? list.text : reference);
}

/* IMAGE, once for each file system that has a chain of its own. */
static void add_image_chains(struct model *m, struct make *make, struct device_model *d,
			     struct str image, const struct strs *filesystems)
{
	struct str plain = str_fmt(m->mem, "IMAGE/%.*s", STR_ARG(image));
	bool any = false;

	for (size_t i = 0; i < filesystems->n; i++) {
		struct str own =
		    str_fmt(m->mem, "%.*s/%.*s", STR_ARG(plain), STR_ARG(filesystems->p[i]));
		const struct setting *s = model_value(m, d, own);

		if (s && s->value.n)
			add_chain(m, make, d, CHAIN_IMAGE, image, filesystems->p[i], own, true);
		else
			any = true;
	}
	if (any || !filesystems->n)
		add_chain(m, make, d, CHAIN_IMAGE, image, S(""), plain, true);
}

static void add_chains(struct model *m, struct make *make, struct device_model *d)
{
	struct strs images = {0}, filesystems = {0}, all = {0}, artifacts = {0}, compile = {0};

	strs_words(m->mem, model_expanded(d, S("IMAGES")), &images);
	strs_words(m->mem, model_expanded(d, S("FILESYSTEMS")), &all);
	strs_words(m->mem, model_expanded(d, S("ARTIFACTS")), &artifacts);
	strs_words(m->mem, model_expanded(d, S("COMPILE")), &compile);
	for (size_t i = 0; i < all.n; i++)
		if (!strs_have(&filesystems, all.p[i]))
			*vec_push(m->mem, &filesystems) = all.p[i];
	add_chain(m, make, d, CHAIN_KERNEL, S(""), S(""), S("KERNEL"), false);
	add_chain(m, make, d, CHAIN_INITRAMFS, S(""), S(""), S("KERNEL_INITRAMFS"), false);
	for (size_t i = 0; i < images.n; i++)
		add_image_chains(m, make, d, images.p[i], &filesystems);
	for (size_t i = 0; i < artifacts.n; i++)
		add_chain(m, make, d, CHAIN_ARTIFACT, artifacts.p[i], S(""),
			  str_fmt(m->mem, "ARTIFACT/%.*s", STR_ARG(artifacts.p[i])), true);
	for (size_t i = 0; i < compile.n; i++)
		add_chain(m, make, d, CHAIN_COMPILE, compile.p[i], S(""),
			  str_fmt(m->mem, "COMPILE/%.*s", STR_ARG(compile.p[i])), true);
}

/* --- a device --- */

/* Was S set on a way that led through BLOCK? */
static bool is_through(const struct setting *s, struct str block)
{
	for (const struct trail *t = s->at.trail; t; t = t->up)
		if (str_eq(*t->step->what, block))
			return true;
	return false;
}

/* What follows the device's own block are the checks and dumps of image.mk. */
static void note_parents(struct model *m, struct device_model *d)
{
	struct str own = d->block;
	size_t end = d->first + d->n;

	while (end > d->first && !is_through(m->settings.p[end - 1], own))
		end--;
	for (size_t i = d->first; i < end; i++) {
		struct str block = setting_block(m->settings.p[i]);

		if (block.n && !m->settings.p[i]->initial && !str_eq(block, own) &&
		    !strs_have(&d->parents, block))
			*vec_push(m->mem, &d->parents) = block;
	}
}

static void take_values(struct model *m, struct device_model *d)
{
	const struct model_reader *r = m->reader;
	const struct setting **values = arena_array(m->mem, const struct setting *, r->in_blocks.n);

	for (size_t i = 0; i < r->in_blocks.n; i++)
		values[i] = r->in_blocks.p[i]->last;
	d->values = values;
	d->n_values = r->in_blocks.n;
}

void model_device_done(struct model *m, struct make *make, struct str id, bool legacy)
{
	struct model_reader *r = m->reader;
	struct device_model *d = arena_make(m->mem, struct device_model);

	d->id = id;
	d->index = m->devices.n;
	d->first = r->first;
	d->n = m->settings.n - r->first;
	d->block = str_fmt(m->mem, "%s/%.*s", legacy ? "LegacyDevice" : "Device", STR_ARG(d->id));
	d->define = model_last(m, d->block);
	take_values(m, d);
	note_parents(m, d);
	if (m->only.n && !str_eq(m->only, d->id)) {
		d->expanded = map_new(m->mem);
	} else {
		expand_values(m, make, d);
		note_exports(m, d);
		if (!legacy)
			add_chains(m, make, d);
	}
	*vec_push(m->mem, &m->devices) = d;
	r->own = true;
}

void model_done(struct model *m, struct make *make)
{
	m->make = make;
	strs_words(m->mem, ask(make, m->mem, S("$(TARGET_DEVICES)")), &m->target_devices);
}
