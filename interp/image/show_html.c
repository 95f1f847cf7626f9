/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A device as one HTML page that needs no network and no script, and its flash as an SVG drawing to
 * scale: one bar for each flash, a stretch for each partition, with what IMAGE_SIZE leaves of the
 * one that the image goes to.
 */
#include "base/path.h"
#include "image/html.h"
#include "image/show.h"

enum { WIDTH = 960, NARROW = 368, BAR = 44, ROW = 78, LEAST = 3 };

struct page {
	const struct shown *s;
	struct str tree;
	struct buf *out;
	unsigned width;		/* of the drawing */
};

static void put(struct page *p, struct str text)
{
	html_text(p->out, text);
}

static void put_z(struct page *p, const char *html)
{
	buf_z(p->out, html);
}

static void put_place(struct page *p, struct place at)
{
	at = show_place(p->s, p->tree, at);
	if (!at.file.n)
		return;
	put_z(p, "<span class=\"at\">");
	put(p, at.file);
	buf_fmt(p->out, ":%u</span>", at.line);
}

/* --- the drawing --- */

/* The bytes that the bar of flash F stands for. */
static uint64_t flash_end(const struct dts *dts, size_t f)
{
	uint64_t end = 0;

	for (size_t i = 0; i < dts->partitions.n; i++) {
		const struct dts_partition *q = &dts->partitions.p[i];

		if (q->flash == f && q->known && q->offset + q->size > end)
			end = q->offset + q->size;
	}
	return end;
}

static unsigned scaled(const struct page *p, uint64_t at, uint64_t end)
{
	return (unsigned)((double)at / (double)end * p->width);
}

static void put_part(struct page *p, const struct dts_partition *q, uint64_t end, unsigned y)
{
	unsigned x = scaled(p, q->offset, end), w = scaled(p, q->size, end), room;
	unsigned inset = q->parent >= 0 ? BAR / 2 : 0;

	w = w < LEAST ? LEAST : w;
	buf_fmt(p->out, "<g><title>");
	put(p, q->label);
	buf_fmt(p->out,
		": 0x%llx, %llu KiB%s</title><rect class=\"%s\" x=\"%u\" y=\"%u\" width=\"%u\" "
		"height=\"%u\"/>",
		(unsigned long long)q->offset, (unsigned long long)(q->size >> 10),
		q->read_only ? ", read only" : "", q->read_only ? "fixed" : "part", x, y + inset, w,
		BAR - inset);
	if (str_is(q->label, "firmware") && p->s->image_size && p->s->image_size < q->size) {
		room = scaled(p, q->size - p->s->image_size, end);
		buf_fmt(p->out,
			"<rect class=\"room\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%d\"/>",
			x + w - room, y, room, BAR);
	}
	if (w > 7 * q->label.n) {
		buf_fmt(p->out, "<text x=\"%u\" y=\"%u\">", x + 4, y + inset + 16);
		put(p, q->label);
		put_z(p, "</text>");
	}
	if (w > 90 && !inset)
		buf_fmt(p->out, "<text class=\"size\" x=\"%u\" y=\"%u\">%llu KiB</text>", x + 4,
			y + 34, (unsigned long long)(q->size >> 10));
	put_z(p, "</g>\n");
}

/* PATH, or its last part where the drawing is too narrow for it and the size. */
static struct str short_path(const struct page *p, struct str path)
{
	return 7 * (path.n + sizeof(", 1048576 KiB told of")) > p->width ? path_base(path) : path;
}

/* WIDTH wide; KIND: the class it has in a page. */
static void put_svg(struct page *p, unsigned width, const char *kind)
{
	const struct dts *dts = p->s->dts;
	unsigned n = 0, y = 0;

	p->width = width;
	for (size_t f = 0; f < dts->flashes.n; f++)
		n += flash_end(dts, f) > 0;
	buf_fmt(p->out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"%s\" viewBox=\"0 0 %u %u\" "
		"role=\"img\" "
		"aria-label=\"partitions to scale\">\n",
		kind, width, n * ROW);
	put_z(p, "<style>.part{fill:#8fb7e8;stroke:#345}.fixed{fill:#c9c9c9;stroke:#555}.room{fill:"
		 "#fff;fill-opacity:.55}"
		 "text{font:12px "
		 "sans-serif;fill:#111}.size{font-size:11px}.name{fill:currentColor}</style>\n");
	for (size_t f = 0; f < dts->flashes.n; f++) {
		uint64_t end = flash_end(dts, f);

		if (!end)
			continue;
		buf_fmt(p->out, "<text class=\"name\" x=\"0\" y=\"%u\">", y + 14);
		put(p, short_path(p, dts->flashes.p[f].path));
		buf_fmt(p->out, ", %llu KiB told of</text>\n", (unsigned long long)(end >> 10));
		for (size_t i = 0; i < dts->partitions.n; i++)
			if (dts->partitions.p[i].flash == f && dts->partitions.p[i].known)
				put_part(p, &dts->partitions.p[i], end, y + 20);
		y += ROW;
	}
	put_z(p, "</svg>\n");
}

void show_svg(const struct shown *s, struct buf *out)
{
	struct page p = {s, S(""), out, 0};

	if (s->dts)
		put_svg(&p, WIDTH, "wide");
}

/* --- the page --- */

static void put_words(struct page *p, const char *key, const struct strs *words)
{
	if (!words->n)
		return;
	buf_fmt(p->out, "<tr><th>%s</th><td>", key);
	for (size_t i = 0; i < words->n; i++) {
		put_z(p, i ? " <code>" : "<code>");
		put(p, words->p[i]);
		put_z(p, "</code>");
	}
	put_z(p, "</td></tr>\n");
}

static void put_head(struct page *p)
{
	const struct device *d = p->s->device;

	put_z(p, "<h1>");
	for (size_t i = 0; i < d->titles.n; i++) {
		put_z(p, i ? ", " : "");
		put(p, d->titles.p[i].title);
	}
	put_z(p, "</h1>\n<table>\n<tr><th>device</th><td><code>");
	put(p, p->s->target->name);
	put_z(p, " ");
	put(p, d->id);
	put_z(p, "</code> ");
	if (p->s->model->define)
		put_place(p, make_span_place(&p->s->model->define->at));
	put_z(p, "</td></tr>\n");
	put_words(p, "takes in", &p->s->model->parents);
	put_words(p, "packages", &d->packages);
	put_words(p, "supported", &d->supported);
	put_z(p, "</table>\n");
}

/* The drawing's numbers, for who cannot see it, or has a small screen. */
static void put_partitions(struct page *p)
{
	const struct dts *dts = p->s->dts;

	put_z(p, "<details open><summary>partitions</summary><div "
		 "class=\"scroll\"><table><thead><tr><th>label</th><th>offset</th>"
		 "<th>size</th><th>flash</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < dts->partitions.n; i++) {
		const struct dts_partition *q = &dts->partitions.p[i];

		put_z(p, "<tr><td><code>");
		put(p, q->label);
		buf_fmt(p->out, "</code>%s</td><td>", q->read_only ? " (read only)" : "");
		if (q->known)
			buf_fmt(p->out, "0x%llx</td><td>%llu KiB</td><td>",
				(unsigned long long)q->offset, (unsigned long long)(q->size >> 10));
		else
			put_z(p, "not known</td><td></td><td>");
		put(p, dts->flashes.p[q->flash].path);
		put_z(p, "</td></tr>\n");
	}
	put_z(p, "</tbody></table></div></details>\n");
}

static void put_recipe(struct page *p, struct str recipe)
{
	struct str line;

	put_z(p, "<pre>");
	while (recipe.n && str_split(&recipe, '\n', &line)) {
		line = str_trim(line);
		put(p, line);
		put_z(p, line.n ? "\n" : "");
	}
	put_z(p, "</pre>");
}

static void put_runs(struct page *p, const struct chain_step *step)
{
	struct step_runs r;

	if (!p->s->runs || !step->defined || !step->recipe.n)
		return;
	r = p->s->runs(p->s->runs_ctx, step);
	buf_fmt(p->out, " <small>%s", r.how);
	for (size_t i = 0; i < r.needs->n; i++) {
		put_z(p, i ? ", " : ": ");
		put(p, r.needs->p[i]);
	}
	for (size_t i = 0; i < r.natives->n; i++) {
		put_z(p, i ? ", " : r.needs->n ? "; native: " : ": ");
		put(p, r.natives->p[i]);
	}
	put_z(p, "</small>");
}

static void put_chains(struct page *p)
{
	put_z(p, "<h2 id=\"chains\">Chains</h2>\n");
	for (size_t i = 0; i < p->s->model->chains.n; i++) {
		const struct chain *c = &p->s->model->chains.p[i];

		put_z(p, "<details open><summary><code>");
		put(p, c->variable);
		put_z(p, "</code> ");
		if (c->setting)
			put_place(p, make_span_place(&c->setting->at));
		put_z(p, "</summary>\n<ol>\n");
		for (size_t k = 0; k < c->steps.n; k++) {
			put_z(p, "<li><code>");
			put(p, c->steps.p[k].command);
			put_z(p, " ");
			put(p, c->steps.p[k].args);
			put_z(p,
			      c->steps.p[k].defined
				  ? "</code>"
				  : "</code> <span class=\"left\">there is no such command</span>");
			put_runs(p, &c->steps.p[k]);
			if (c->steps.p[k].recipe.n)
				put_recipe(p, c->steps.p[k].recipe);
			put_z(p, "</li>\n");
		}
		put_z(p, "</ol></details>\n");
	}
}

static void put_value(struct page *p, const struct shown_value *v)
{
	const struct setting *s = v->setting;

	put_z(p, "<tr><td><code>");
	put(p, s->name);
	buf_fmt(p->out, "</code></td><td><code>%s ", s->recursive ? "=" : ":=");
	put(p, s->value);
	put_z(p, "</code>");
	if (v->expanded.p && !str_eq(v->expanded, str_trim(s->value))) {
		put_z(p, "<br>is <code>");
		put(p, v->expanded);
		put_z(p, "</code>");
	}
	put_z(p, "</td><td>");
	put_place(p, make_span_place(&s->at));
	buf_fmt(p->out, "<br><span%s>%s", v->source == SHOWN_LEFT_OVER ? " class=\"left\"" : "",
		shown_source_name(v->source));
	if (v->block.n) {
		put_z(p, v->source == SHOWN_LEFT_OVER ? " from " : ", ");
		put(p, v->block);
	}
	put_z(p, "</span>");
	if (s->before && s->before->value.n) {
		put_z(p, "<br>was <code>");
		put(p, s->before->value);
		put_z(p, "</code> ");
		put_place(p, make_span_place(&s->before->at));
	}
	put_z(p, "</td></tr>\n");
}

/* What each step wrote, of images that were built. */
static void put_built(struct page *p)
{
	const struct device_image *last = NULL;

	put_z(p, "<h2 id=\"built\">Built</h2>\n");
	for (size_t i = 0; i < p->s->built.n; i++) {
		const struct shown_part *q = &p->s->built.p[i];

		if (q->image != last) {
			put_z(p, last ? "</tbody></table></div></details>\n" : "");
			put_z(p, "<details open><summary><code>");
			put(p, q->image->name);
			put_z(p, "</code></summary><div "
				 "class=\"scroll\"><table><thead><tr><th>offset</th><th>bytes</th>"
				 "<th>step</th></tr></thead><tbody>\n");
		}
		last = q->image;
		buf_fmt(p->out, "<tr><td>0x%llx</td><td>%llu</td><td>",
			(unsigned long long)q->offset, (unsigned long long)q->size);
		if (q->number)
			buf_fmt(p->out, "%u ", q->number);
		put_z(p, "<code>");
		put(p, q->step);
		put_z(p, "</code></td></tr>\n");
	}
	put_z(p, "</tbody></table></div></details>\n");
}

void show_html(const struct shown *s, struct str tree, struct buf *out)
{
	struct page p = {s, tree, out, 0};

	html_begin(out, s->device->id, "");
	put_head(&p);
	put_z(&p, "<h2 id=\"flash\">Flash</h2>\n");
	if (s->dts && s->dts->partitions.n) {
		put_svg(&p, WIDTH, "wide");
		put_svg(&p, NARROW, "narrow");
		put_partitions(&p);
	} else {
		put_z(&p, "<p>The tree has no device tree source with partitions for it.</p>\n");
	}
	if (s->image_size)
		buf_fmt(out, "<p>IMAGE_SIZE: %llu KiB.</p>\n",
			(unsigned long long)(s->image_size >> 10));
	if (s->built.n)
		put_built(&p);
	put_chains(&p);
	put_z(&p, "<h2 id=\"values\">Values</h2>\n<div "
		  "class=\"scroll\"><table><thead><tr><th>name</th><th>value</th><th>from</th></"
		  "tr></thead><tbody>\n");
	for (size_t i = 0; i < s->values.n; i++)
		put_value(&p, &s->values.p[i]);
	put_z(&p, "</tbody></table></div>\n");
	html_end(out);
}
