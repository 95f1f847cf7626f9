/* SPDX-License-Identifier: GPL-2.0-only */
/* A device as text for people. */
#include "image/show.h"

struct page {
	const struct shown *s;
	struct str tree;
	bool colour;
	struct buf *out;
};

static void put_place(struct page *p, struct place at)
{
	at = show_place(p->s, p->tree, at);
	if (at.file.n)
		buf_fmt(p->out, "%.*s:%u", STR_ARG(at.file), at.line);
}

static void put_title(struct page *p, const char *title)
{
	buf_fmt(p->out, "\n%s%s%s\n", p->colour ? "\033[1m" : "", title,
		p->colour ? "\033[0m" : "");
}

static void put_words(struct page *p, const char *key, const struct strs *words)
{
	if (!words->n)
		return;
	buf_fmt(p->out, "  %-10s", key);
	for (size_t i = 0; i < words->n; i++)
		buf_fmt(p->out, " %.*s", STR_ARG(words->p[i]));
	buf_char(p->out, '\n');
}

static void put_head(struct page *p)
{
	const struct device *d = p->s->device;
	const struct device_model *m = p->s->model;

	buf_fmt(p->out, "%s%.*s %.*s%s", p->colour ? "\033[1m" : "", STR_ARG(p->s->target->name),
		STR_ARG(d->id), p->colour ? "\033[0m" : "");
	for (size_t i = 0; i < d->titles.n; i++)
		buf_fmt(p->out, "%s%.*s", i ? ", " : "  ", STR_ARG(d->titles.p[i].title));
	buf_char(p->out, '\n');
	if (m->define) {
		buf_z(p->out, "  defined    ");
		put_place(p, make_span_place(&m->define->at));
		buf_char(p->out, '\n');
	}
	put_words(p, "takes in", &m->parents);
	put_words(p, "packages", &d->packages);
	put_words(p, "supported", &d->supported);
	if (d->broken || d->off)
		buf_fmt(p->out, "  %s\n",
			d->broken ? "BROKEN is set: not offered"
				  : "DEFAULT is n: not built unless chosen");
}

static void put_recipe(struct page *p, struct str recipe)
{
	struct str line;

	while (recipe.n && str_split(&recipe, '\n', &line)) {
		line = str_trim(line);
		if (line.n)
			buf_fmt(p->out, "        %.*s\n", STR_ARG(line));
	}
}

static void put_names(struct page *p, const char *key, const struct strs *names)
{
	for (size_t i = 0; i < names->n; i++)
		buf_fmt(p->out, "%s%.*s", i ? ", " : key, STR_ARG(names->p[i]));
}

/* "(native: cp, rm)", "(process: usign; native: cat)" */
static void put_runs(struct page *p, const struct chain_step *step)
{
	struct step_runs r;

	if (!p->s->runs || !step->defined || !step->recipe.n)
		return;
	r = p->s->runs(p->s->runs_ctx, step);
	buf_fmt(p->out, "  (%s", r.how);
	put_names(p, ": ", r.needs);
	put_names(p, r.needs->n ? "; native: " : ": ", r.natives);
	buf_char(p->out, ')');
}

static const char *absent(const struct chain_step *step)
{
	return step->command.n ? "  (there is no such command)" : " (nothing)";
}

static void put_chain(struct page *p, const struct chain *c)
{
	buf_fmt(p->out, "  %.*s", STR_ARG(c->variable));
	if (c->setting) {
		buf_z(p->out, "  (");
		put_place(p, make_span_place(&c->setting->at));
		buf_char(p->out, ')');
	}
	buf_char(p->out, '\n');
	for (size_t i = 0; i < c->steps.n; i++) {
		const struct chain_step *step = &c->steps.p[i];

		buf_fmt(p->out, "    %zu %.*s%s%.*s%s", i + 1, STR_ARG(step->command),
			step->args.n ? " " : "", STR_ARG(step->args),
			step->defined ? "" : absent(step));
		put_runs(p, step);
		buf_char(p->out, '\n');
		put_recipe(p, step->recipe);
	}
}

static void put_images(struct page *p)
{
	const struct device *d = p->s->device;

	put_title(p, "files");
	for (size_t i = 0; i < d->images.n; i++) {
		const struct device_image *f = &d->images.p[i];

		buf_fmt(p->out, "  %-24.*s %-10.*s %.*s\n", STR_ARG(f->image),
			STR_ARG(f->filesystem), STR_ARG(f->name));
	}
	put_title(p, "chains");
	for (size_t i = 0; i < p->s->model->chains.n; i++)
		put_chain(p, &p->s->model->chains.p[i]);
}

static void put_before(struct page *p, const struct setting *s)
{
	const struct setting *b = s->before;

	if (!b || !b->value.n)
		return;
	buf_fmt(p->out, "      was %s %.*s  (", b->recursive ? "=" : ":=", STR_ARG(b->value));
	put_place(p, make_span_place(&b->at));
	buf_z(p->out, ")\n");
}

static void put_value(struct page *p, const struct shown_value *v)
{
	const struct setting *s = v->setting;

	buf_fmt(p->out, "    %.*s %s %.*s\n", STR_ARG(s->name),
		s->recursive ? "=" : ":=", STR_ARG(s->value));
	if (v->expanded.p && !str_eq(v->expanded, str_trim(s->value)))
		buf_fmt(p->out, "      is %.*s\n", STR_ARG(v->expanded));
	buf_z(p->out, "      at ");
	put_place(p, make_span_place(&s->at));
	if (v->source == SHOWN_LEFT_OVER)
		buf_fmt(p->out, ", for %.*s", STR_ARG(v->block));
	else if (v->block.n)
		buf_fmt(p->out, ", in %.*s", STR_ARG(v->block));
	buf_fmt(p->out, "%s\n",
		v->exported ? ""
		: v->read   ? "; its recipes read it, but it is not in DEVICE_VARS"
			    : "");
	put_before(p, s);
}

static void put_values(struct page *p)
{
	static const char *const titles[] = {
	    "set in its own block", "inherited",
	    "LEFT OVER from other devices, and read by its recipes", "set for all",
	    "reset by Device/Init"};
	int last = -1;

	put_title(p, "values");
	for (size_t i = 0; i < p->s->values.n; i++) {
		const struct shown_value *v = &p->s->values.p[i];

		if ((int)v->source != last)
			buf_fmt(p->out, "  %s\n", titles[v->source]);
		last = (int)v->source;
		put_value(p, v);
	}
}

static void put_partition(struct page *p, const struct dts_partition *part)
{
	uint64_t limit = p->s->image_size;

	if (!part->known) {
		buf_fmt(p->out, "  %21s  %.*s (a macro of a missing file says where)\n", "?",
			STR_ARG(part->label));
		return;
	}
	buf_fmt(p->out, "  0x%08llx %10lluk  %s%.*s%s", (unsigned long long)part->offset,
		(unsigned long long)(part->size >> 10), part->parent >= 0 ? "  " : "",
		STR_ARG(part->label), part->read_only ? " (read only)" : "");
	if (str_is(part->label, "firmware") && limit)
		buf_fmt(p->out, "  IMAGE_SIZE %lluk: %s", (unsigned long long)(limit >> 10),
			limit == part->size  ? "just that"
			: limit < part->size ? "smaller"
					     : "LARGER than the partition");
	buf_char(p->out, '\n');
}

static void put_flash(struct page *p)
{
	const struct dts *dts = p->s->dts;

	put_title(p, "flash");
	if (!p->s->dts_name.n) {
		buf_z(p->out, "  no DEVICE_DTS\n");
		return;
	}
	if (!dts) {
		buf_fmt(p->out, "  %.*s: %s\n%.*s", STR_ARG(p->s->dts_name),
			p->s->source.path.n ? "has errors" : "not in the tree (the kernel's own?)",
			STR_ARG(p->s->dts_said));
		return;
	}
	buf_z(p->out, "  ");
	put_place(p, (struct place){dts->file, 1});
	buf_z(p->out, "\n");
	for (size_t f = 0; f < dts->flashes.n; f++) {
		buf_fmt(p->out, "  %.*s%s\n", STR_ARG(dts->flashes.p[f].path),
			dts->flashes.p[f].enabled ? "" : " (off)");
		for (size_t i = 0; i < dts->partitions.n; i++)
			if (dts->partitions.p[i].flash == f)
				put_partition(p, &dts->partitions.p[i]);
	}
}

static void put_built(struct page *p)
{
	const struct device_image *last = NULL;

	if (!p->s->built.n)
		return;
	put_title(p, "built");
	buf_z(p->out, "  ");
	buf_fmt(p->out, "%.*s\n",
		STR_ARG(show_place(p->s, p->tree, (struct place){p->s->built_by, 1}).file));
	for (size_t i = 0; i < p->s->built.n; i++) {
		const struct shown_part *q = &p->s->built.p[i];

		if (q->image != last)
			buf_fmt(p->out, "  %.*s\n", STR_ARG(q->image->name));
		last = q->image;
		buf_fmt(p->out, "  0x%08llx %10llu  ", (unsigned long long)q->offset,
			(unsigned long long)q->size);
		if (q->number)
			buf_fmt(p->out, "%u %.*s\n", q->number, STR_ARG(q->step));
		else
			buf_z(p->out, "no step of the chain\n");
	}
}

void show_text(const struct shown *s, struct str tree, bool colour, struct buf *out)
{
	struct page p = {s, tree, colour, out};

	put_head(&p);
	put_images(&p);
	put_flash(&p);
	put_built(&p);
	put_values(&p);
}
