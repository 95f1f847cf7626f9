/* SPDX-License-Identifier: GPL-2.0-only */
/* grep's patterns: which are known here, and where a line matches. */
#include "applet/grep.h"

enum { PATTERNS_MOST = 64 };

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static int lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool fixed_at(const struct grep *g, struct str p, struct str line, size_t at)
{
	if (p.n > line.n - at)
		return false;
	if (!g->any_case)
		return p.n == 0 || memcmp(line.p + at, p.p, p.n) == 0;
	for (size_t i = 0; i < p.n; i++)
		if (lower(line.p[at + i]) != lower(p.p[i]))
			return false;
	return true;
}

static bool fixed_match(const struct grep *g, struct str p, struct str line, size_t from,
			regmatch_t *m)
{
	for (size_t at = from; at + p.n <= line.n; at++)
		if (fixed_at(g, p, line, at)) {
			m->rm_so = (regoff_t)at;
			m->rm_eo = (regoff_t)(at + p.n);
			return true;
		}
	return false;
}

static bool one_match(struct grep *g, const struct pattern *p, struct str line, size_t from,
		      regmatch_t *m)
{
	return p->re ? regex_match(p->re, g->cx->mem, line, from, m)
		     : fixed_match(g, p->text, line, from, m);
}

static bool is_word(struct str line, const regmatch_t *m)
{
	size_t a = (size_t)m->rm_so, b = (size_t)m->rm_eo;

	return !(a > 0 && is_word_byte(line.p[a - 1])) && !(b < line.n && is_word_byte(line.p[b]));
}

/* As one_match; P NULL: of all that are not alone, as of one pattern with alternatives. */
static bool some_match(struct grep *g, const struct pattern *p, struct str line, size_t from,
		       regmatch_t *m)
{
	regmatch_t other[REGEX_GROUPS];
	bool any = false;

	if (p)
		return one_match(g, p, line, from, m);
	for (p = g->patterns.p; p < g->patterns.p + g->patterns.n; p++) {
		if (p->alone || !one_match(g, p, line, from, other))
			continue;
		if (!any || other->rm_so < m->rm_so ||
		    (other->rm_so == m->rm_so && other->rm_eo > m->rm_eo))
			*m = *other;
		any = true;
	}
	return any;
}

/*
 * -w: shorter matches at the same place, then later ones, until one is a whole word. Nothing at all
 * is no shorter match of a regular expression where GNU grep asks its slower matcher.
 */
static bool word_match(struct grep *g, const struct pattern *p, struct str line, size_t from,
		       regmatch_t *m)
{
	while (some_match(g, p, line, from, m)) {
		size_t start = (size_t)m->rm_so;

		for (;;) {
			size_t end = (size_t)m->rm_eo;

			if (is_word(line, m))
				return true;
			if (end == start ||
			    !some_match(g, p, str_sub(line, 0, end - 1), start, m) ||
			    (size_t)m->rm_so != start || (m->rm_eo == m->rm_so && !g->loose))
				break;
		}
		if (start >= line.n)
			return false;
		from = start + 1;
	}
	return false;
}

bool grep_find(struct grep *g, struct str line, size_t from, size_t *so, size_t *eo)
{
	regmatch_t m[REGEX_GROUPS];
	bool any = false;

	for (size_t i = 0; i < g->patterns.n + g->words; i++) {
		const struct pattern *p = i < g->patterns.n ? &g->patterns.p[i] : NULL;
		bool hit;

		if (g->words && p && !p->alone)
			continue;
		hit = g->words ? word_match(g, p, line, from, m) : one_match(g, p, line, from, m);
		if (hit && g->whole)
			hit = m[0].rm_so == 0 && (size_t)m[0].rm_eo == line.n;
		if (!hit || (any && ((size_t)m[0].rm_so > *so ||
				     ((size_t)m[0].rm_so == *so && (size_t)m[0].rm_eo <= *eo))))
			continue;
		*so = (size_t)m[0].rm_so;
		*eo = (size_t)m[0].rm_eo;
		any = true;
	}
	return any;
}

/*
 * A letter behind a backslash that means nothing, a border of a word more than once (\b*): what
 * comes of it is another matter in each matcher.
 */
static bool stray_escape(struct str text)
{
	for (size_t i = 0; i + 1 < text.n; i++)
		if (text.p[i] == '\\') {
			char next;

			i++;
			if (((text.p[i] | 32) >= 'a' && (text.p[i] | 32) <= 'z') &&
			    !strchr("wWsSbB", text.p[i]))
				return true;
			next = i + 1 < text.n ? text.p[i + 1] : 'x';
			if (text.p[i] && strchr("bB<>", text.p[i]) && next &&
			    strchr("*+?{\\", next) &&
			    (next != '\\' ||
			     (i + 2 < text.n && text.p[i + 2] && strchr("+?{", text.p[i + 2]))))
				return true;
		}
	return false;
}

static bool refers_back(struct str text)
{
	for (size_t i = 0; i + 1 < text.n; i++)
		if (text.p[i] == '\\' && text.p[++i] >= '1' && text.p[i] <= '9')
			return true;
	return false;
}

bool grep_compile(struct grep *g)
{
	bool back = false;

	/* GNU grep's matcher takes them all at once. */
	if (g->patterns.n > PATTERNS_MOST)
		return false;
	for (size_t i = 0; i < g->patterns.n; i++) {
		struct pattern *p = &g->patterns.p[i];
		struct regex *re;

		back |= refers_back(p->text);
		p->alone = g->fixed || refers_back(p->text);
		if (g->fixed)
			continue;
		if (stray_escape(p->text))
			return false;
		re = arena_make(g->cx->mem, struct regex);
		if (!regex_compile(g->cx->mem, p->text, g->extended, g->any_case, re))
			return false;
		p->re = re;
	}
	g->loose = g->fixed || (!back && applet_bytes(g->cx, S("\377")));
	return true;
}
