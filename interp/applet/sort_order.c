/* SPDX-License-Identifier: GPL-2.0-only */
/* sort's orders, over bytes: by number, size, month, version, letter. What the orders are is
 * coreutils' documentation. */
#include <math.h>
#include <stdlib.h>

#include "applet/sort.h"

unsigned sort_flag(char letter)
{
	switch (letter) {
	case 'd': return SORT_DICTIONARY;
	case 'f': return SORT_FOLD;
	case 'g': return SORT_GENERAL;
	case 'h': return SORT_HUMAN;
	case 'i': return SORT_PRINTING;
	case 'M': return SORT_MONTH;
	case 'n': return SORT_NUMERIC;
	case 'V': return SORT_VERSION;
	default: return 0;
	}
}

bool sort_flags_agree(unsigned flags)
{
	unsigned values = flags & SORT_VALUES;

	return (values & (values - 1)) == 0 && !(values & ~SORT_VERSION && flags & SORT_IGNORES);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n'; /* newlines: with -z */
}

static char upper(char c)
{
	return (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
}

static struct str past_blanks(struct str s)
{
	while (s.n && is_blank(s.p[0]))
		s = str_from(s, 1);
	return s;
}

static struct str digits_at(struct str s, size_t *i)
{
	size_t from = *i;

	while (*i < s.n && is_digit(s.p[*i]))
		++*i;
	return str_sub(s, from, *i - from);
}

/* --- -n and -h --- */

struct decimal {
	bool minus;
	struct str whole, fraction; /* no zeros in front and behind */
	int unit;		/* of -h: which power of 1000, with the sign */
};

static int unit_of(struct str s)
{
	static const char letters[] = "KMGTPEZY";
	const char *at = s.n && s.p[0] ? strchr(letters, s.p[0] == 'k' ? 'K' : s.p[0]) : NULL;

	return at ? (int)(at - letters) + 1 : 0;
}

static struct decimal parse_decimal(struct str s)
{
	struct decimal d = {0};
	size_t i = 0;

	s = past_blanks(s);
	if (s.n && s.p[0] == '-') {
		d.minus = true;
		i++;
	}
	d.whole = digits_at(s, &i);
	while (d.whole.n && d.whole.p[0] == '0')
		d.whole = str_from(d.whole, 1);
	if (i < s.n && s.p[i] == '.') {
		i++;
		d.fraction = digits_at(s, &i);
	}
	while (d.fraction.n && d.fraction.p[d.fraction.n - 1] == '0')
		d.fraction.n--;
	if (d.whole.n == 0 && d.fraction.n == 0)
		d.minus = false;
	else
		d.unit = d.minus ? -unit_of(str_from(s, i)) : unit_of(str_from(s, i));
	return d;
}

static int compare_decimals(const struct decimal *x, const struct decimal *y)
{
	int c;

	if (x->minus != y->minus)
		return x->minus ? -1 : 1;
	if (x->whole.n != y->whole.n)
		c = x->whole.n < y->whole.n ? -1 : 1;
	else
		c = str_cmp(x->whole, y->whole);
	if (c == 0)
		c = str_cmp(x->fraction, y->fraction);
	return x->minus ? -c : c;
}

/* HUMAN: the unit counts first. */
static int compare_numbers(struct str a, struct str b, bool human)
{
	struct decimal x = parse_decimal(a), y = parse_decimal(b);

	return human && x.unit != y.unit ? x.unit - y.unit : compare_decimals(&x, &y);
}

/* --- -g --- */

/* 0: no number, 1: not a number (nan), 2: a number. */
static int parse_general(struct arena *mem, struct str s, long double *out)
{
	const char *p = str_cz(mem, s);
	char *end;

	*out = strtold(p, &end);
	return end == p ? 0 : isnan(*out) ? 1 : 2;
}

static int compare_general(struct arena *mem, struct str a, struct str b)
{
	long double x, y;
	int kind = parse_general(mem, a, &x), other = parse_general(mem, b, &y);

	if (kind != other || kind < 2)
		return kind - other;
	return (x > y) - (x < y);
}

/* --- -M --- */

static int month_of(struct str s)
{
	static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

	s = past_blanks(s);
	for (int m = 0; s.n >= 3 && m < 12; m++)
		if (upper(s.p[0]) == names[m * 3] && upper(s.p[1]) == names[m * 3 + 1] &&
		    upper(s.p[2]) == names[m * 3 + 2])
			return m + 1;
	return 0;
}

/* --- -V: names with numbers in them --- */

/* Where a byte that is no digit stands among its like; the end comes before all but "~". */
static int rank(struct str s, size_t i)
{
	unsigned char c = i < s.n ? (unsigned char)s.p[i] : 0;

	if (i >= s.n)
		return -1;
	if (is_digit((char)c))
		return 0;
	if (c == '~')
		return -2;
	return is_letter((char)c) ? c : c + 256;
}

static struct str number_at(struct str s, size_t *i)
{
	struct str n = digits_at(s, i);

	while (n.n && n.p[0] == '0')
		n = str_from(n, 1);
	return n;
}

/* Stretches without digits and numbers, in turns. */
static int compare_parts(struct str a, struct str b)
{
	for (size_t i = 0, k = 0; i < a.n || k < b.n;) {
		struct str x, y;

		while ((i < a.n && !is_digit(a.p[i])) || (k < b.n && !is_digit(b.p[k]))) {
			if (rank(a, i) != rank(b, k))
				return rank(a, i) - rank(b, k);
			i++;
			k++;
		}
		x = number_at(a, &i);
		y = number_at(b, &k);
		if (x.n != y.n)
			return x.n < y.n ? -1 : 1;
		if (str_cmp(x, y))
			return str_cmp(x, y);
	}
	return 0;
}

/* Does a suffix such as ".tar.gz" go from I, a dot, to the end? */
static bool is_suffix(struct str s, size_t i)
{
	while (i < s.n) {
		if (s.p[i] != '.' || i + 1 >= s.n || !(is_letter(s.p[i + 1]) || s.p[i + 1] == '~'))
			return false;
		for (i += 2; i < s.n && (is_letter(s.p[i]) || is_digit(s.p[i]) || s.p[i] == '~');)
			i++;
	}
	return true;
}

/* S without suffixes; it may be nothing else. */
static struct str without_suffixes(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '.' && is_suffix(s, i))
			return str_sub(s, 0, i);
	return s;
}

/* Nothing, ".", "..", other names that begin with a dot, the rest. */
static int name_class(struct str s)
{
	if (s.n == 0 || s.p[0] != '.')
		return s.n ? 4 : 0;
	return s.n == 1 ? 1 : s.n == 2 && s.p[1] == '.' ? 2 : 3;
}

static int compare_versions(struct str a, struct str b)
{
	int c = name_class(a) - name_class(b);

	if (c || name_class(a) < 3)
		return c;
	c = compare_parts(without_suffixes(a), without_suffixes(b));
	return c ? c : compare_parts(a, b);
}

/* --- text --- */

/* -d says more than -i does. */
static bool is_ignored(unsigned flags, char c)
{
	if (flags & SORT_DICTIONARY)
		return !is_letter(c) && !is_digit(c) && !is_blank(c);
	return flags & SORT_PRINTING && (c < ' ' || c > '~');
}

static struct str changed(struct arena *mem, unsigned flags, struct str s)
{
	char *p = arena_alloc(mem, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		if (!is_ignored(flags, s.p[i]))
			p[n++] = flags & SORT_FOLD ? upper(s.p[i]) : s.p[i];
	return (struct str){p, n};
}

int sort_compare(struct arena *mem, unsigned flags, struct str a, struct str b)
{
	int c;

	if (flags & (SORT_FOLD | SORT_IGNORES)) {
		a = changed(mem, flags, a);
		b = changed(mem, flags, b);
	}
	if (flags & (SORT_NUMERIC | SORT_HUMAN))
		c = compare_numbers(a, b, flags & SORT_HUMAN);
	else if (flags & SORT_GENERAL)
		c = compare_general(mem, a, b);
	else if (flags & SORT_MONTH)
		c = month_of(a) - month_of(b);
	else if (flags & SORT_VERSION)
		c = compare_versions(a, b);
	else
		c = str_cmp(a, b);
	return flags & SORT_REVERSE ? -c : c;
}
