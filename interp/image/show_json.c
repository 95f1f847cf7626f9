/* SPDX-License-Identifier: GPL-2.0-only */
/* A device as JSON. */
#include "image/show.h"

struct page {
	const struct shown *s;
	struct str tree;
	struct buf *out;
};

static void put_key(struct page *p, const char *key, struct str value)
{
	buf_fmt(p->out, "\"%s\": ", key);
	json_string(p->out, value);
}

static void put_place(struct page *p, const char *key, struct place at)
{
	at = show_place(p->s, p->tree, at);
	buf_fmt(p->out, "\"%s\": ", key);
	if (!at.file.n) {
		buf_z(p->out, "null");
		return;
	}
	buf_char(p->out, '{');
	put_key(p, "file", at.file);
	buf_fmt(p->out, ", \"line\": %u}", at.line);
}

static void put_strings(struct page *p, const char *key, const struct strs *words)
{
	buf_fmt(p->out, "\"%s\": [", key);
	for (size_t i = 0; i < words->n; i++) {
		if (i)
			buf_z(p->out, ", ");
		json_string(p->out, words->p[i]);
	}
	buf_char(p->out, ']');
}

static void put_calls(struct page *p, const struct trail *t)
{
	bool any = false;

	buf_z(p->out, "\"calls\": [");
	for (; t; t = t->up) {
		buf_z(p->out, any ? ", {" : "{");
		put_key(p, "what",
			str_fmt(p->s->target->mem, "%s%.*s", trail_word(t->step->verb),
				STR_ARG(*t->step->what)));
		buf_z(p->out, ", ");
		put_place(p, "place", spot_place((struct spot){t->step->in, t->step->off}));
		buf_char(p->out, '}');
		any = true;
	}
	buf_char(p->out, ']');
}

static void put_setting(struct page *p, const struct setting *s)
{
	put_key(p, "value", s->value);
	buf_fmt(p->out, ", \"flavour\": \"%s\", ", s->recursive ? "recursive" : "simple");
	put_place(p, "place", make_span_place(&s->at));
}

static void put_value(struct page *p, const struct shown_value *v)
{
	buf_z(p->out, "    {");
	put_key(p, "name", v->setting->name);
	buf_fmt(p->out, ", \"source\": \"%s\", ", shown_source_name(v->source));
	put_key(p, v->source == SHOWN_LEFT_OVER ? "device" : "block", v->block);
	buf_z(p->out, ",\n     ");
	put_setting(p, v->setting);
	if (v->expanded.p) {
		buf_z(p->out, ",\n     ");
		put_key(p, "expanded", v->expanded);
	}
	buf_fmt(p->out, ",\n     \"exported\": %s, \"read\": %s,\n     ",
		v->exported ? "true" : "false", v->read ? "true" : "false");
	put_calls(p, v->setting->at.trail);
	buf_z(p->out, ",\n     \"overrides\": [");
	for (const struct setting *b = v->setting->before; b; b = b->before) {
		buf_z(p->out, b == v->setting->before ? "{" : ", {");
		put_setting(p, b);
		buf_char(p->out, '}');
		if (b->device != v->setting->device)
			break; /* what was before this device's block is enough */
	}
	buf_z(p->out, "]}");
}

static void put_runs(struct page *p, const struct chain_step *step)
{
	struct step_runs r;

	if (!p->s->runs)
		return;
	r = p->s->runs(p->s->runs_ctx, step);
	buf_fmt(p->out, ", \"runs\": \"%s\", ", r.how);
	put_strings(p, "needs", r.needs);
	buf_z(p->out, ", ");
	put_strings(p, "tools", r.natives);
}

static void put_chain(struct page *p, const struct chain *c)
{
	static const char *const kinds[] = {"kernel", "initramfs", "image", "artifact", "compile"};

	buf_fmt(p->out, "    {\"kind\": \"%s\", ", kinds[c->kind]);
	put_key(p, "variable", c->variable);
	buf_z(p->out, ", ");
	put_key(p, "image", c->image);
	buf_z(p->out, ", ");
	put_key(p, "filesystem", c->filesystem);
	buf_z(p->out, ", ");
	put_place(p, "place",
		  c->setting ? make_span_place(&c->setting->at) : (struct place){{NULL, 0}, 0});
	buf_z(p->out, ",\n     \"steps\": [");
	for (size_t i = 0; i < c->steps.n; i++) {
		const struct chain_step *s = &c->steps.p[i];

		buf_z(p->out, i ? ",\n       {" : "\n       {");
		put_key(p, "command", s->command);
		buf_z(p->out, ", ");
		put_key(p, "args", s->args);
		buf_fmt(p->out, ", \"defined\": %s, ", s->defined ? "true" : "false");
		put_place(p, "place", make_span_place(&s->at));
		buf_z(p->out, ", ");
		put_key(p, "recipe", s->recipe);
		put_runs(p, s);
		buf_char(p->out, '}');
	}
	buf_z(p->out, "],\n     ");
	put_strings(p, "reads", &c->reads);
	buf_char(p->out, '}');
}

static void put_dts(struct page *p)
{
	const struct dts *dts = p->s->dts;

	buf_z(p->out, "  \"dts\": ");
	if (!dts) {
		buf_z(p->out, "null");
		return;
	}
	buf_char(p->out, '{');
	put_place(p, "place", (struct place){dts->file, 1});
	buf_z(p->out, ", ");
	put_strings(p, "compatible", &dts->compatible);
	buf_z(p->out, ", ");
	put_strings(p, "missing", &dts->missing);
	buf_z(p->out, ",\n    \"partitions\": [");
	for (size_t i = 0; i < dts->partitions.n; i++) {
		const struct dts_partition *part = &dts->partitions.p[i];

		buf_z(p->out, i ? ",\n      {" : "\n      {");
		put_key(p, "label", part->label);
		buf_z(p->out, ", ");
		put_key(p, "flash", dts->flashes.p[part->flash].path);
		if (part->known)
			buf_fmt(p->out, ", \"offset\": %llu, \"size\": %llu",
				(unsigned long long)part->offset, (unsigned long long)part->size);
		buf_fmt(p->out, ", \"parent\": %td, \"read_only\": %s}", part->parent,
			part->read_only ? "true" : "false");
	}
	buf_z(p->out, "]}");
}

static void put_built(struct page *p)
{
	buf_z(p->out, "  \"built\": [");
	for (size_t i = 0; i < p->s->built.n; i++) {
		const struct shown_part *q = &p->s->built.p[i];

		buf_z(p->out, i ? ",\n    {" : "\n    {");
		put_key(p, "name", q->image->name);
		buf_fmt(p->out, ", \"offset\": %llu, \"size\": %llu, \"number\": %u, ",
			(unsigned long long)q->offset, (unsigned long long)q->size, q->number);
		put_key(p, "step", q->step);
		buf_char(p->out, '}');
	}
	buf_z(p->out, "],\n");
}

void show_json(const struct shown *s, struct str tree, struct buf *out)
{
	struct page p = {s, tree, out};
	const struct device *d = s->device;

	buf_z(out, "{\n  \"show_version\": 1,\n  ");
	put_key(&p, "target", s->target->name);
	buf_z(out, ",\n  ");
	put_key(&p, "id", d->id);
	buf_z(out, ",\n  \"titles\": [");
	for (size_t i = 0; i < d->titles.n; i++) {
		buf_z(out, i ? ", " : "");
		json_string(out, d->titles.p[i].title);
	}
	buf_z(out, "],\n  ");
	put_place(&p, "define",
		  s->model->define ? make_span_place(&s->model->define->at)
				   : (struct place){{NULL, 0}, 0});
	buf_z(out, ",\n  ");
	put_strings(&p, "blocks", &s->model->parents);
	buf_z(out, ",\n  ");
	put_strings(&p, "packages", &d->packages);
	buf_z(out, ",\n  ");
	put_strings(&p, "supported_devices", &d->supported);
	buf_z(out, ",\n  \"files\": [");
	for (size_t i = 0; i < d->images.n; i++) {
		buf_z(out, i ? ",\n    {" : "\n    {");
		put_key(&p, "image", d->images.p[i].image);
		buf_z(out, ", ");
		put_key(&p, "type", d->images.p[i].type);
		buf_z(out, ", ");
		put_key(&p, "filesystem", d->images.p[i].filesystem);
		buf_z(out, ", ");
		put_key(&p, "name", d->images.p[i].name);
		buf_char(out, '}');
	}
	buf_z(out, "],\n  \"chains\": [");
	for (size_t i = 0; i < s->model->chains.n; i++) {
		buf_z(out, i ? ",\n" : "\n");
		put_chain(&p, &s->model->chains.p[i]);
	}
	buf_z(out, "],\n  \"values\": [");
	for (size_t i = 0; i < s->values.n; i++) {
		buf_z(out, i ? ",\n" : "\n");
		put_value(&p, &s->values.p[i]);
	}
	buf_z(out, "],\n");
	put_built(&p);
	put_dts(&p);
	buf_z(out, "\n}\n");
}
