/* SPDX-License-Identifier: GPL-2.0-only */
/* Shell patterns over characters: * ? [a-z] [!x] [[:alpha:]] and backslash. */
#include <ctype.h>
#include <string.h>
#include <wctype.h>

#include "shell/internal.h"

static const struct {
	const char *name;
	int (*test)(int c);
} classes[] = {
	{"alpha", isalpha}, {"digit", isdigit}, {"alnum", isalnum}, {"upper", isupper},
	{"lower", islower}, {"space", isspace}, {"blank", isblank}, {"punct", ispunct},
	{"print", isprint}, {"graph", isgraph}, {"cntrl", iscntrl}, {"xdigit", isxdigit},
};

enum { NO_CHARACTER = 0x200000 }; /* from here on: bytes that are none */

/* What P begins with, *N bytes of it. */
static wint_t code_at(struct str p, size_t *n)
{
	wint_t c;

	*n = char_code(p, &c);
	return *n == 1 && c >= 128 ? NO_CHARACTER + c : c;
}

/* The length of "[:name:]" at P, 0 when there is none; *IN: C belongs to it. */
static size_t class_match(struct str p, wint_t c, bool *in)
{
	ptrdiff_t end;
	struct str name;

	if (p.n < 4 || p.p[0] != '[' || p.p[1] != ':')
		return 0;
	end = str_find(str_from(p, 2), S(":]"));
	if (end < 0)
		return 0;
	name = str_sub(p, 2, (size_t)end);
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (str_is(name, classes[i].name) &&
		    (c < 128 ? classes[i].test((int)c)
			     : c < NO_CHARACTER && iswctype(c, wctype(classes[i].name))))
			*in = true;
	return (size_t)end + 4;
}

/* The length of "[.x.]" or "[=x=]" at P, 0 when there is none; *C: the character, WEOF: another
 * thing. */
static size_t collating(struct str p, wint_t *c)
{
	char end[] = {p.n > 1 ? p.p[1] : 0, ']', 0};
	struct str name;
	size_t size;
	ptrdiff_t n;

	if (p.n < 5 || p.p[0] != '[' || (p.p[1] != '.' && p.p[1] != '='))
		return 0;
	n = str_find(str_from(p, 3), str_z(end));
	if (n < 0)
		return 0;
	name = str_sub(p, 2, (size_t)n + 1);
	*c = code_at(name, &size);
	if (size < name.n)
		*c = str_is(name, "hyphen") ? '-' : str_is(name, "space") ? ' ' : WEOF;
	return name.n + 4;
}

/* One end of a range at P[*I], which moves behind it; WEOF: nothing that matches. */
static wint_t range_end(struct str p, bool collates, size_t *i)
{
	wint_t c = WEOF;
	size_t n = collates ? collating(str_from(p, *i), &c) : 0;

	if (n) {
		*i += n;
		return c;
	}
	if (p.p[*i] == '\\' && *i + 1 < p.n)
		++*i;
	c = code_at(str_from(p, *i), &n);
	*i += n;
	return c;
}

/* The length of the bracket expression at P ('[' included), 0: none; *IN: C belongs to it. */
static size_t bracket(struct str p, bool collates, wint_t c, bool *in)
{
	size_t i = 1, first;
	bool negated = i < p.n && (p.p[i] == '!' || p.p[i] == '^');

	*in = false;
	i += negated;
	for (first = i; i < p.n && (p.p[i] != ']' || i == first);) {
		size_t n = class_match(str_from(p, i), c, in);
		wint_t lo, hi;

		if (n) {
			i += n;
			continue;
		}
		lo = hi = range_end(p, collates, &i);
		if (i + 1 < p.n && p.p[i] == '-' && p.p[i + 1] != ']') {
			i++;
			hi = range_end(p, collates, &i);
		}
		if (lo != WEOF && hi != WEOF && lo <= c && c <= hi)
			*in = true;
	}
	if (i >= p.n)
		return 0;
	*in ^= negated;
	return i + 1;
}

/* Match one item of P other than '*' against what T, not empty, begins with: how long the item is,
 * 0 when it does not match; *TAKES: so many bytes of T. */
static size_t one(struct str p, bool collates, struct str t, size_t *takes)
{
	bool in;
	size_t n;

	*takes = 1;
	if (p.p[0] == '?') {
		*takes = char_bytes(t);
		return 1;
	}
	if (p.p[0] == '[') {
		wint_t c = code_at(t, takes);

		n = bracket(p, collates, c, &in);
		if (n)
			return in ? n : 0;
		*takes = 1;
	}
	if (p.p[0] == '\\' && p.n > 1)
		return p.p[1] == t.p[0] ? 2 : 0;
	return p.p[0] == t.p[0] ? 1 : 0;
}

static bool match(struct str p, bool collates, struct str t)
{
	size_t i = 0, k = 0, star = SIZE_MAX, resume = 0;
	char last = p.n ? p.p[p.n - 1] : '*';

	/* It ends in a letter: most texts that are tried end in another one. */
	if (!strchr("*?]\\", last) && (!t.n || t.p[t.n - 1] != last))
		return false;
	while (k < t.n) {
		size_t n, takes = 1;

		if (i < p.n && p.p[i] == '*') {
			star = ++i;
			resume = k;
			continue;
		}
		n = i < p.n ? one(str_from(p, i), collates, str_from(t, k), &takes) : 0;
		if (n) {
			i += n;
			k += takes;
		} else if (star != SIZE_MAX) {
			i = star;
			resume += char_bytes(str_from(t, resume));
			k = resume;
		} else {
			return false;
		}
	}
	while (i < p.n && p.p[i] == '*')
		i++;
	return i == p.n;
}

/* Is there a "[" in P that no "]" closes? */
static bool leaves_bracket(struct str p)
{
	bool in;

	for (size_t i = 0, n; i < p.n; i += n) {
		n = p.p[i] == '[' ? bracket(str_from(p, i), true, 0, &in) : p.p[i] == '\\' ? 2 : 1;
		if (!n)
			return true;
	}
	return false;
}

/* bash: * does not find the backslash that ends a pattern, "*\\", also beyond further * and ?, and
 * nothing does behind a "[" that is open. */
static bool finds_nothing(struct str p)
{
	bool star = false;
	size_t n = p.n;

	if (!n || !pattern_ends_open(p))
		return false;
	if (leaves_bracket(p))
		return true;
	for (n--; n && (p.p[n - 1] == '*' || p.p[n - 1] == '?'); n--)
		star |= p.p[n - 1] == '*' && !(n > 1 && p.p[n - 2] == '\\');
	return star;
}

bool pattern_match(struct str pattern, struct str text)
{
	return match(pattern, true, text) && !finds_nothing(pattern);
}

bool pattern_match_posix(struct str pattern, struct str text)
{
	return match(pattern, false, text);
}

bool pattern_special(struct str pattern)
{
	for (size_t i = 0; i < pattern.n; i++) {
		char c = pattern.p[i];

		if (c == '\\')
			i++;
		else if (c == '*' || c == '?')
			return true;
		/* the command "[" is none, and many folders would be read for it */
		else if (c == '[' && str_chr(str_from(pattern, i + 2), ']') >= 0)
			return true;
	}
	return false;
}

bool pattern_ends_open(struct str pattern)
{
	size_t n = 0;

	while (n < pattern.n && pattern.p[pattern.n - 1 - n] == '\\')
		n++;
	return n & 1;
}

struct str pattern_unescape(struct arena *mem, struct str pattern)
{
	struct buf out = buf_new(mem);

	buf_put(&out, "", 0);
	for (size_t i = 0; i < pattern.n; i++) {
		if (pattern.p[i] == '\\' && i + 1 < pattern.n)
			i++;
		buf_char(&out, pattern.p[i]);
	}
	return out.n ? buf_view(&out) : S("");
}
