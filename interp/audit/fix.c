/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a machine can mend: changes of single lines, and the unified diff of all of them, as git
 * apply and patch take it. Nothing is written here: whoever audits decides what becomes of it.
 */
#include "audit/internal.h"

#include <stdlib.h>

/* --- for rules --- */

static bool is_word(char c)
{
	return audit_is_name(c) || c == '-' || c == '.';
}

static void set_fix(struct audit *a, struct finding *f, struct place at, struct str line,
		    size_t from, size_t n, struct str text)
{
	/* a name of the model's goes with its evaluation */
	f->fix = (struct fix){.at = at,
			      .line = line,
			      .from = from,
			      .n = n,
			      .text = text.n ? str_dup(a->mem, text) : text};
}

void audit_fix_text(struct audit *a, struct finding *f, struct place at, struct str old,
		    struct str new)
{
	struct str line = audit_line(a, at);
	ptrdiff_t from = str_find(line, old);

	if (from < 0 || str_find(str_from(line, (size_t)from + 1), old) >= 0)
		return;
	if (is_word(old.p[old.n - 1]) && (size_t)from + old.n < line.n &&
	    is_word(line.p[(size_t)from + old.n]))
		return; /* the beginning of another word */
	if (is_word(old.p[0]) && from && is_word(line.p[from - 1]))
		return; /* the end of one */
	set_fix(a, f, at, line, (size_t)from, old.n, new);
}

void audit_fix_drop(struct audit *a, struct finding *f, struct place at)
{
	struct place above = {at.file, at.line - 1};
	struct str line = audit_line(a, at);

	if (!line.n || str_ends(line, S("\\")) ||
	    (above.line && str_ends(audit_line(a, above), S("\\"))))
		return;
	set_fix(a, f, at, line, 0, 0, S(""));
	f->fix.drop = true;
}

void audit_fix_word(struct audit *a, struct finding *f, struct place at, struct str word)
{
	struct strs words = audit_words(a, audit_line(a, at));

	if (words.n == 3 && str_is(words.p[1], "+=") && str_eq(words.p[2], word))
		audit_fix_drop(a, f, at);
	else
		audit_fix_text(a, f, at, str_cat(a->mem, S(" "), word), S(""));
}

void audit_fix_add(struct audit *a, struct finding *f, const struct setting *s, struct str word)
{
	const struct written *w = audit_written(a, s);
	struct place last = {w->at.file, w->last};
	struct str line = audit_line(a, last);

	if (!w->op.n || str_is(w->op, "=") || !str_starts(w->at.file, S("target/")) ||
	    str_chr(line, '#') >= 0)
		return;
	while (line.n && strchr(" \t", line.p[line.n - 1]))
		line.n--;
	set_fix(a, f, last, audit_line(a, last), line.n, 0, str_cat(a->mem, S(" "), word));
}

/* --- the patch --- */

enum { CONTEXT = 3 };

static int by_line(const void *a, const void *b)
{
	const struct fix *x = *(const struct fix *const *)a, *y = *(const struct fix *const *)b;
	int order = str_cmp(x->at.file, y->at.file);

	if (order)
		return order;
	if (x->at.line != y->at.line)
		return x->at.line < y->at.line ? -1 : 1;
	if (x->drop != y->drop)
		return x->drop ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->n != y->n ? (x->n < y->n ? -1 : 1) : str_cmp(x->text, y->text);
}

struct fixes {
	const struct fix **p;
	size_t n, cap;
};

/* The fixes of ALL in order, those that are the same once, those that change what one before
 * changes left out. */
static struct fixes fixes_of(const struct findings *all, struct arena *mem, size_t *mended,
			     size_t *left)
{
	struct fixes sorted = {0}, kept = {0};

	for (size_t i = 0; i < all->n; i++)
		if (all->p[i]->fix.at.file.n)
			*vec_push(mem, &sorted) = &all->p[i]->fix;
	if (sorted.n)
		qsort(sorted.p, sorted.n, sizeof(*sorted.p), by_line);
	*mended = *left = 0;
	for (size_t i = 0; i < sorted.n; i++) {
		const struct fix *f = sorted.p[i], *last = kept.n ? kept.p[kept.n - 1] : NULL;

		if (last && by_line(&last, &f) == 0) {
			++*mended;
		} else if (last && last->at.line == f->at.line &&
			   str_eq(last->at.file, f->at.file) &&
			   (last->drop || f->from < last->from + last->n)) {
			++*left;
		} else {
			++*mended;
			*vec_push(mem, &kept) = f;
		}
	}
	return kept;
}

/* A name as diff headers have it: with a quote, a backslash or a byte that is no letter, as a C
 * string. */
static void put_name(struct buf *out, const char *side, struct str name)
{
	bool plain = true;

	for (size_t i = 0; i < name.n; i++)
		plain = plain && name.p[i] > ' ' && name.p[i] < 0x7f && name.p[i] != '"' &&
			name.p[i] != '\\';
	if (plain) {
		buf_fmt(out, "%s/%.*s", side, STR_ARG(name));
		return;
	}
	buf_fmt(out, "\"%s/", side);
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];

		if (c < ' ' || c >= 0x7f)
			buf_fmt(out, "\\%03o", c);
		else
			buf_fmt(out, "%s%c", c == '"' || c == '\\' ? "\\" : "", c);
	}
	buf_char(out, '"');
}

/* A file whose lines are patched. */
struct patched {
	struct str name;
	struct strs lines;	/* without their newlines */
	bool open_end;		/* the last one has none */
	const struct fix *const *fixes; /* of it */
	size_t n_fixes;
};

static void put_line(struct buf *out, const struct patched *p, char mark, struct str line,
		     size_t at)
{
	buf_fmt(out, "%c%.*s\n", mark, STR_ARG(line));
	if (p->open_end && at + 1 == p->lines.n)
		buf_z(out, "\\ No newline at end of file\n");
}

/* LINE when the N fixes at FIX, which are of it, are made; its CR stays. */
static struct str mended_line(struct arena *mem, struct str line, const struct fix *const *fix,
			      size_t n)
{
	struct buf b = buf_new(mem);
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		buf_str(&b, str_sub(fix[i]->line, at, fix[i]->from - at));
		buf_str(&b, fix[i]->text);
		at = fix[i]->from + fix[i]->n;
	}
	buf_str(&b, str_from(line, at));
	return buf_view(&b);
}

/* How many of P's fixes, from I on, are of one line. */
static size_t of_one_line(const struct patched *p, size_t i)
{
	size_t n = 1;

	while (i + n < p->n_fixes && p->fixes[i + n]->at.line == p->fixes[i]->at.line)
		n++;
	return n;
}

/*
 * One hunk, of the fixes FIRST up to END; FEWER: lines that the file has less by the hunks before.
 */
static void put_hunk(struct buf *out, const struct patched *p, size_t first, size_t end,
		     size_t *fewer)
{
	size_t from = p->fixes[first]->at.line - 1, to = p->fixes[end - 1]->at.line + CONTEXT,
	       dropped = 0;
	struct buf body = buf_new(out->mem);

	from = from > CONTEXT ? from - CONTEXT : 0;
	to = to < p->lines.n ? to : p->lines.n;
	for (size_t at = from, i = first; at < to; at++) {
		size_t n;

		if (i >= end || p->fixes[i]->at.line != at + 1) {
			put_line(&body, p, ' ', p->lines.p[at], at);
			continue;
		}
		n = of_one_line(p, i);
		put_line(&body, p, '-', p->lines.p[at], at);
		if (p->fixes[i]->drop)
			dropped++;
		else
			put_line(&body, p, '+',
				 mended_line(out->mem, p->lines.p[at], p->fixes + i, n), at);
		i += n;
	}
	buf_fmt(out, "@@ -%zu,%zu +%zu,%zu @@\n%.*s", from + 1, to - from,
		from + 1 - *fewer - (to - from == dropped), to - from - dropped,
		STR_ARG(buf_view(&body)));
	*fewer += dropped;
}

static void put_file(struct buf *out, const struct patched *p)
{
	size_t fewer = 0;

	buf_z(out, "--- ");
	put_name(out, "a", p->name);
	buf_z(out, "\n+++ ");
	put_name(out, "b", p->name);
	buf_char(out, '\n');
	for (size_t i = 0, end; i < p->n_fixes; i = end) {
		end = i + 1;
		while (end < p->n_fixes &&
		       p->fixes[end]->at.line - p->fixes[end - 1]->at.line <= 2 * CONTEXT)
			end++;
		put_hunk(out, p, i, end, &fewer);
	}
}

size_t findings_patch(const struct findings *all, struct arena *mem, const struct tree *tree,
		      struct buf *out, size_t *left)
{
	size_t mended;
	struct fixes fixes = fixes_of(all, mem, &mended, left);

	for (size_t i = 0; i < fixes.n;) {
		struct patched p = {.name = fixes.p[i]->at.file, .fixes = fixes.p + i};
		struct str text = audit_file(tree, mem, p.name), line;

		while (i + p.n_fixes < fixes.n && str_eq(fixes.p[i + p.n_fixes]->at.file, p.name))
			p.n_fixes++;
		p.open_end = text.n && text.p[text.n - 1] != '\n';
		while (text.n && str_split(&text, '\n', &line))
			*vec_push(mem, &p.lines) = line;
		put_file(out, &p);
		i += p.n_fixes;
	}
	return mended;
}
