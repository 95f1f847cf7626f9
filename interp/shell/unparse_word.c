/* SPDX-License-Identifier: GPL-2.0-only */
/* The text of words, as bash keeps it and as its set -x shows it; of commands: unparse.c. */
#include "shell/internal.h"

/* bash keeps the characters that it marks others with twice. */
static struct str with_marks(struct arena *mem, struct str s)
{
	struct buf out = buf_new(mem);

	if (str_chr(s, 1) < 0 && str_chr(s, 127) < 0)
		return s;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == 1 || s.p[i] == 127)
			buf_char(&out, 1);
		buf_char(&out, s.p[i]);
	}
	return buf_view(&out);
}

/* MARKS: as set -x shows it. */
static struct str text_of(struct arena *mem, const struct word *w, bool marks)
{
	struct buf out = buf_new(mem);
	struct str between;
	size_t at = 0;

	if (w->nrewrites == 0)
		return marks ? with_marks(mem, w->source) : w->source;
	buf_put(&out, "", 0);
	for (size_t i = 0; i < w->nrewrites; i++) {
		const struct rewrite *r = &w->rewrites[i];

		between = str_sub(w->source, at, r->from - at);
		buf_str(&out, marks ? with_marks(mem, between) : between);
		if (r->node)
			buf_str(&out, marks ? substitution_shown(mem, r->node)
					    : substitution_text(mem, r->node));
		else
			buf_str(&out, marks ? with_marks(mem, r->text) : r->text);
		at = r->to;
	}
	between = str_from(w->source, at);
	buf_str(&out, marks ? with_marks(mem, between) : between);
	return out.n ? buf_view(&out) : S("");
}

struct str word_text(struct arena *mem, const struct word *w)
{
	return text_of(mem, w, false);
}

struct str word_shown(struct arena *mem, const struct word *w)
{
	return text_of(mem, w, true);
}

static struct str items_of(struct arena *mem, const struct assign *a, bool marks)
{
	struct buf out = buf_new(mem);
	const char *last = NULL;

	buf_put(&out, "", 0);
	for (size_t i = 0; i < a->nitems; i++) {
		const struct assign *item = &a->items[i];

		if (item->value->source.p == last && last)
			continue;
		last = item->value->source.p;
		if (i)
			buf_char(&out, ' ');
		if (item->index)
			buf_fmt(&out, "[%.*s]%s=", STR_ARG(word_text(mem, item->index)),
				item->append ? "+" : "");
		buf_str(&out, text_of(mem, item->value, marks));
	}
	return out.n ? buf_view(&out) : S("");
}

struct str items_shown(struct arena *mem, const struct assign *a)
{
	return items_of(mem, a, true);
}

struct str items_text(struct arena *mem, const struct assign *a)
{
	return items_of(mem, a, false);
}
