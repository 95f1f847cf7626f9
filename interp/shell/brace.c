/* SPDX-License-Identifier: GPL-2.0-only */
/* bash's brace expansion: a{b,c}d {1..9} {a..e..2}. It knows no values, so it is done while
 * parsing. */
#include <stdlib.h>
#include <string.h>

#include "shell/parse.h"

enum { MOST_CHARACTERS = 1 << 21, MOST_WORDS = 1 << 16 };

/* A character that counts, or a part as a whole. */
struct atom {
	const struct part *part; /* NULL: the character */
	char c;
};

struct atoms {
	struct atom *p;
	size_t n, cap;
};

struct alternatives {
	struct atoms *p;
	size_t n, cap;
};

static void expand(struct parser *p, struct atom *a, size_t n, struct alternatives *out);

static bool is_char(const struct atom *a, char c)
{
	return !a->part && a->c == c;
}

/* Does a sequence's ".." start at I, with something behind it? */
static bool at_dots(const struct atom *a, size_t n, size_t i)
{
	return i + 2 < n && is_char(&a[i], '.') && is_char(&a[i + 1], '.') &&
	       !is_char(&a[i + 2], '}');
}

/*
 * The index of the brace that closes the one at OPEN; N: none. *COMMA: there is one between. A
 * closing brace before any comma or ".." is text, and so is one that closes nothing.
 */
static size_t closing(const struct atom *a, size_t n, size_t open, bool *comma)
{
	size_t depth = 0;
	bool worth = false;

	*comma = false;
	for (size_t i = open + 1; i < n; i++) {
		*comma |= is_char(&a[i], ',');
		if (is_char(&a[i], '}') && depth == 0 && worth)
			return i;
		if (is_char(&a[i], '{'))
			depth++;
		else if (is_char(&a[i], '}') && depth)
			depth--;
		else if (depth == 0 && (is_char(&a[i], ',') || at_dots(a, n, i)))
			worth = true;
	}
	return n;
}

/* All that a text's braces make, together: what is not run may not fill memory either. */
static void append(struct parser *p, struct atoms *to, const struct atom *from, size_t n)
{
	p->braces += n;
	if (p->braces > MOST_CHARACTERS)
		parse_stop(p, "brace expansion");
	for (size_t i = 0; i < n; i++)
		*vec_push(p->mem, to) = from[i];
}

/* FRONT, each of MIDDLE, each expansion of the N atoms at REST. */
static void combine(struct parser *p, const struct atom *front, size_t nfront,
		    const struct alternatives *middle, struct atom *rest, size_t n,
		    struct alternatives *out)
{
	struct alternatives ends = {0};

	expand(p, rest, n, &ends);
	for (size_t i = 0; i < middle->n; i++) {
		for (size_t k = 0; k < ends.n; k++) {
			struct atoms one = {0};

			append(p, &one, front, nfront);
			append(p, &one, middle->p[i].p, middle->p[i].n);
			append(p, &one, ends.p[k].p, ends.p[k].n);
			if (out->n >= MOST_WORDS)
				parse_stop(p, "brace expansion");
			*vec_push(p->mem, out) = one;
		}
	}
}

static void comma_parts(struct parser *p, struct atom *a, size_t n, struct alternatives *out)
{
	size_t depth = 0, start = 0;

	for (size_t i = 0; i <= n; i++) {
		if (i == n || (is_char(&a[i], ',') && depth == 0)) {
			expand(p, a + start, i - start, out);
			start = i + 1;
		} else {
			depth += is_char(&a[i], '{');
			depth -= is_char(&a[i], '}') && depth;
		}
	}
}

static bool whole_number(struct str s, long *out)
{
	char *end;
	char text[24];

	if (s.n == 0 || s.n > 18)
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	*out = strtol(text, &end, 10);
	return *end == '\0' && text[0] != ' ';
}

static bool zero_padded(struct str s)
{
	size_t sign = s.n && s.p[0] == '-';

	return s.n > sign + 1 && s.p[sign] == '0';
}

static void put_number(struct parser *p, long v, bool letter, int width, struct alternatives *out)
{
	struct str text =
	    letter ? str_fmt(p->mem, "%c", (char)v) : str_fmt(p->mem, "%0*ld", width, v);
	struct atoms one = {0};

	/* bash loses the backslash of {Z..a} when it removes quotes: an empty word */
	static const struct part empty = {.kind = PART_QUOTED, .quoted = true, .text = {"", 0}};

	if (text.p[0] == '\\')
		*vec_push(p->mem, &one) = (struct atom){&empty, 0};
	for (size_t i = 0; i < text.n && text.p[0] != '\\'; i++)
		*vec_push(p->mem, &one) = (struct atom){NULL, text.p[i]};
	*vec_push(p->mem, out) = one;
}

/* {x..y} and {x..y..step}; false when it is none. */
static bool sequence(struct parser *p, const struct atom *a, size_t n, struct alternatives *out)
{
	struct buf text = buf_new(p->mem);
	struct str from, to, step = S("1");
	ptrdiff_t dots;
	long x, y, by = 1;
	bool letter = false;
	int width = 0;

	for (size_t i = 0; i < n; i++) {
		if (a[i].part)
			return false;
		buf_char(&text, a[i].c);
	}
	dots = text.n ? str_find(buf_view(&text), S("..")) : -1;
	if (dots < 0)
		return false;
	from = str_sub(buf_view(&text), 0, (size_t)dots);
	to = str_from(buf_view(&text), (size_t)dots + 2);
	dots = str_find(to, S(".."));
	if (dots >= 0) {
		step = str_from(to, (size_t)dots + 2);
		to = str_sub(to, 0, (size_t)dots);
	}
	if (!whole_number(step, &by))
		return false;
	if (!whole_number(from, &x) || !whole_number(to, &y)) {
		if (from.n != 1 || to.n != 1 || whole_number(from, &x) || whole_number(to, &y))
			return false;
		letter = true;
		x = from.p[0];
		y = to.p[0];
	} else if (zero_padded(from) || zero_padded(to)) {
		width = (int)(from.n > to.n ? from.n : to.n);
	}
	by = by ? labs(by) : 1;
	if (labs(y - x) / by >= MOST_WORDS)
		parse_stop(p, "brace expansion");
	for (long v = x; x <= y ? v <= y : v >= y; v += x <= y ? by : -by)
		put_number(p, v, letter, width, out);
	return true;
}

/* {x..y} that is no sequence after all: as written, and braces within it too. */
static void literal(struct parser *p, const struct atom *a, size_t n, struct alternatives *out)
{
	struct atoms one = {0};

	append(p, &one, a, n);
	*vec_push(p->mem, out) = one;
}

static void expand(struct parser *p, struct atom *a, size_t n, struct alternatives *out)
{
	struct atoms plain = {0};

	parse_deeper(p);
	for (size_t i = 0; i < n; i++) {
		struct alternatives middle = {0};
		bool comma;
		size_t end;

		/* "{}" at the start is text */
		if (!is_char(&a[i], '{') || (i == 0 && n > 1 && is_char(&a[1], '}')))
			continue;
		end = closing(a, n, i, &comma);
		if (end == n)
			continue;
		if (comma)
			comma_parts(p, a + i + 1, end - i - 1, &middle);
		else if (!sequence(p, a + i + 1, end - i - 1, &middle))
			literal(p, a + i, end + 1 - i, &middle);
		combine(p, a, i, &middle, a + end + 1, n - end - 1, out);
		p->depth--;
		return;
	}
	append(p, &plain, a, n);
	*vec_push(p->mem, out) = plain;
	p->depth--;
}

static bool in_name(const struct atom *a)
{
	return !a->part && (a->c == '_' || (a->c >= '0' && a->c <= '9') ||
			    (a->c >= 'a' && a->c <= 'z') || (a->c >= 'A' && a->c <= 'Z'));
}

/* $x{1,2} is $x1 $x2: braces come before everything else. */
static struct part lengthened(struct parser *p, const struct atoms *a, size_t *i)
{
	struct part part = *a->p[*i].part;
	struct param *param;
	struct buf name = buf_new(p->mem);

	++*i;
	if (part.kind != PART_PARAM || !part.param->bare || part.quoted || *i == a->n ||
	    !in_name(&a->p[*i]) ||
	    !(part.param->name.p[0] == '_' || (part.param->name.p[0] | 32) >= 'a'))
		return part;
	param = arena_make(p->mem, struct param);
	*param = *part.param;
	buf_str(&name, param->name);
	for (; *i < a->n && in_name(&a->p[*i]); ++*i)
		buf_char(&name, a->p[*i].c);
	param->name = buf_view(&name);
	part.param = param;
	return part;
}

/* Does a lone dollar at I come to stand where bash, which reads the word once more, finds more? */
static bool begins_parameter(const struct atoms *a, size_t i)
{
	const struct part *next = i + 1 < a->n ? a->p[i + 1].part : NULL;

	if (next && next->kind == PART_QUOTED && next->how == QUOTED_ESCAPE)
		return false;
	return a->p[i].c == '$' && i + 1 < a->n &&
	       (next || in_name(&a->p[i + 1]) || strchr("@*#?-$!{([", a->p[i + 1].c));
}

static const struct word *to_word(struct parser *p, const struct atoms *a, const struct word *from,
				  bool braced)
{
	struct word *w = arena_make(p->mem, struct word);
	VEC(struct part) parts = {0};

	for (size_t i = 0; i < a->n;) {
		struct buf text = buf_new(p->mem);

		if (a->p[i].part) {
			*vec_push(p->mem, &parts) = lengthened(p, a, &i);
			continue;
		}
		for (; i < a->n && !a->p[i].part; i++) {
			/* of {Z..a}: bash wants its other half */
			if ((a->p[i].c == '`' && i + 1 < a->n) || begins_parameter(a, i))
				parse_stop(p, "brace expansion");
			buf_char(&text, a->p[i].c);
		}
		*vec_push(p->mem, &parts) =
		    (struct part){.kind = PART_TEXT, .text = buf_view(&text)};
	}
	w->parts = parts.p;
	w->n = parts.n;
	w->braced = braced;
	w->source = from->source;
	w->rewrites = from->rewrites;
	w->nrewrites = from->nrewrites;
	word_finish(p, w);
	return w;
}

static bool has_brace(const struct word *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->parts[i].kind == PART_TEXT && str_chr(w->parts[i].text, '{') >= 0)
			return true;
	return false;
}

/* Would bash, which reads an expression beside braces as commands, find a comment in it? */
static bool has_comment(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '#' && (i == 0 || strchr(" \t\n;|&()", s.p[i - 1])))
			return true;
	return false;
}

static void check_comments(struct parser *p, const struct word *w)
{
	for (size_t i = 0; parse_bash(p) && i < w->n; i++)
		if (w->parts[i].kind == PART_ARITH && has_comment(w->parts[i].arith->source) &&
		    str_chr(w->source, '{') >= 0)
			parse_stop(p, "a # in an expression beside braces");
}

/* bash finds the ends by all braces, those of ${..} too: do W's leave one over? */
static bool has_lone_brace(const struct word *w)
{
	ptrdiff_t open = 0;

	for (size_t i = 0; w && i < w->source.n; i++)
		open += w->source.p[i] == '{' ? 1 : w->source.p[i] == '}' ? -1 : 0;
	return open != 0;
}

void brace_expand(struct parser *p, const struct word *w, struct words *out)
{
	struct atoms atoms = {0};
	struct alternatives all = {0};

	check_comments(p, w);
	lex_check_tilde(p, w);
	if (!parse_bash(p) || !has_brace(w)) {
		*vec_push(p->mem, out) = w;
		return;
	}
	for (size_t i = 0; i < w->n; i++) {
		const struct part *part = &w->parts[i];

		if (part->kind == PART_PARAM &&
		    (has_lone_brace(part->param->arg) || has_lone_brace(part->param->arg2)))
			parse_stop(p, "a brace within ${..} beside braces");
		if (part->kind != PART_TEXT)
			*vec_push(p->mem, &atoms) = (struct atom){part, 0};
		else
			for (size_t k = 0; k < part->text.n; k++)
				*vec_push(p->mem, &atoms) = (struct atom){NULL, part->text.p[k]};
	}
	expand(p, atoms.p, atoms.n, &all);
	for (size_t i = 0; i < all.n; i++)
		if (all.p[i].n)
			*vec_push(p->mem, out) = to_word(p, &all.p[i], w, all.n > 1);
}
