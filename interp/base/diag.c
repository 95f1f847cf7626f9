/* SPDX-License-Identifier: GPL-2.0-only */
/* The one mouth: what a diagnostic looks like. */
#include "base/diag.h"

#include <string.h>

#include "base/fds.h"

enum { MARK_EACH = 1024 }; /* bytes */

static void put_place(struct buf *b, struct place at)
{
	buf_str(b, at.file);
	if (at.line)
		buf_fmt(b, ":%u", at.line);
}

const struct text_part *spot_part(struct spot s)
{
	size_t low = 0, high = s.in->n_parts;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (s.in->parts[middle].from <= s.off)
			low = middle;
		else
			high = middle;
	}
	return &s.in->parts[low];
}

struct spot spot_original(struct spot s)
{
	while (s.in && s.in->n_parts) {
		const struct text_part *p = spot_part(s);

		s = (struct spot){p->at.in, p->at.off + (p->fixed ? 0 : s.off - p->from)};
	}
	return s;
}

static unsigned count_lines(const char *p, const char *end)
{
	unsigned n = 0;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		n++;
		p++;
	}
	return n;
}

void text_file_mark(struct text_file *f, struct arena *mem)
{
	size_t n = f->text.n / MARK_EACH;
	uint32_t *marks = n ? arena_array(mem, uint32_t, n) : NULL, lines = 0;
	const char *p = f->text.p;

	for (size_t i = 0; i < n; i++, p += MARK_EACH)
		marks[i] = lines += count_lines(p, p + MARK_EACH);
	f->marks = marks;
}

struct place spot_place(struct spot s)
{
	struct place at = {{NULL, 0}, 0};
	size_t from = 0, to;

	s = spot_original(s);
	if (!s.in)
		return at;
	at = s.in->of ? spot_place((struct spot){s.in->of, s.in->of_off})
		      : (struct place){s.in->name, s.in->line};
	to = s.off < s.in->text.n ? s.off : s.in->text.n;
	if (s.in->marks && to >= MARK_EACH) {
		from = to - to % MARK_EACH;
		at.line += s.in->marks[from / MARK_EACH - 1];
	}
	if (to)
		at.line += count_lines(s.in->text.p + from, s.in->text.p + to);
	return at;
}

struct str spot_file(struct spot s)
{
	s = spot_original(s);
	while (s.in && s.in->of)
		s = spot_original((struct spot){s.in->of, s.in->of_off});
	return s.in ? s.in->name : (struct str){NULL, 0};
}

const char *trail_word(enum trail_verb verb)
{
	static const char *const words[] = {[TRAIL_VARIABLE] = "",
					    [TRAIL_CALL] = "call ",
					    [TRAIL_FOREACH] = "foreach ",
					    [TRAIL_INCLUDE] = "include "};

	return words[verb];
}

static void put_step(struct buf *b, const struct trail_step *t)
{
	struct place at = spot_place((struct spot){t->in, t->off});

	buf_fmt(b, "  in %s%.*s", trail_word(t->verb), STR_ARG(*t->what));
	if (at.file.n) {
		buf_z(b, " (");
		put_place(b, at);
		buf_char(b, ')');
	}
	buf_char(b, '\n');
}

struct str diag_format(struct arena *mem, struct place at, const struct trail *trail,
		       struct str hint, struct str text)
{
	struct buf b = buf_new(mem);

	if (at.file.n) {
		put_place(&b, at);
		buf_z(&b, ": ");
	}
	buf_str(&b, text);
	buf_char(&b, '\n');
	for (; trail; trail = trail->up)
		put_step(&b, trail->step);
	if (hint.n)
		buf_fmt(&b, "  hint: %.*s\n", STR_ARG(hint));
	return buf_view(&b);
}

void diag_say(struct diag *d, struct place at, const struct trail *trail, struct str hint,
	      const char *fmt, ...)
{
	struct arena *mem = arena_new();
	va_list ap;

	va_start(ap, fmt);
	d->put(d->ctx, diag_format(mem, at, trail, hint, str_vfmt(mem, fmt, ap)));
	va_end(ap);
	arena_free(mem);
}

static void put_stderr(void *ctx, struct str text)
{
	(void)ctx;
	fds_write(2, text);
}

struct diag diag_stderr(void)
{
	return (struct diag){put_stderr, NULL};
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Levenshtein distance, one row at a time. */
static size_t edit_distance(struct arena *mem, struct str a, struct str b)
{
	size_t *row = arena_array(mem, size_t, b.n + 1);

	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t changed = diagonal + (a.p[i - 1] != b.p[j - 1]);

			diagonal = row[j];
			row[j] = least(changed, least(row[j], row[j - 1]) + 1);
		}
	}
	return row[b.n];
}

struct str diag_nearest(struct arena *mem, struct str word, const struct str *choices, size_t n,
			size_t most)
{
	struct arena *scratch = arena_new();
	size_t *far = arena_array(scratch, size_t, n);
	struct buf out = buf_new(mem);
	size_t best[16], k = 0;

	for (size_t i = 0; i < n; i++)
		far[i] = edit_distance(scratch, word, choices[i]);
	for (; k < most && k < sizeof(best) / sizeof(*best); k++) {
		size_t pick = n;

		for (size_t i = 0; i < n; i++)
			if (far[i] <= (word.n + 1) / 2 && (pick == n || far[i] < far[pick]))
				pick = i;
		if (pick == n)
			break;
		best[k] = pick;
		far[pick] = (size_t)-1;
	}
	for (size_t i = 0; i < k; i++) {
		buf_z(&out, i == 0 ? "" : i + 1 == k ? " or " : ", ");
		buf_str(&out, choices[best[i]]);
	}
	arena_free(scratch);
	return buf_view(&out);
}
