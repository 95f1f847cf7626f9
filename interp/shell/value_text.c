/* SPDX-License-Identifier: GPL-2.0-only */
/* What the operations of ${x#y}, ${x/y/z}, ${x^y} make of one text, as bash has them. */
#include <ctype.h>
#include <string.h>
#include <wctype.h>

#include "shell/internal.h"

/* Is PATTERN, of a PREFIX or a suffix, but all up to or from a byte on: one that most are? */
static bool is_all_to(struct str pattern, bool prefix, char *byte)
{
	if (pattern.n != 2 || pattern.p[!prefix] != '*')
		return false;
	*byte = pattern.p[prefix];
	return !strchr("*?[\\", *byte);
}

static struct str trim(struct str s, struct str pattern, enum param_op op)
{
	bool prefix = op == PARAM_PREFIX || op == PARAM_PREFIX_LONG;
	bool longest = op == PARAM_PREFIX_LONG || op == PARAM_SUFFIX_LONG;
	ptrdiff_t at;
	char byte;

	if (is_all_to(pattern, prefix, &byte)) {
		at = longest == prefix ? str_rchr(s, byte) : str_chr(s, byte);
		if (at < 0)
			return s;
		return prefix ? str_from(s, (size_t)at + 1) : str_sub(s, 0, (size_t)at);
	}
	for (size_t k = 0; k <= s.n; k++) {
		size_t n = longest ? s.n - k : k;
		struct str part = prefix ? str_sub(s, 0, n) : str_from(s, s.n - n);

		if (!char_begins(s, prefix ? n : s.n - n))
			continue;
		if (pattern_match(pattern, part))
			return prefix ? str_from(s, n) : str_sub(s, 0, s.n - n);
	}
	return s;
}

/*
 * Behind the "[" at I: where bash sees its "]", which may be the first thing behind a "!" or "^".
 * PATTERN.n: nowhere.
 */
static size_t bracket_end(struct str pattern, size_t i)
{
	size_t first = ++i;
	char class = 0; /* of [:x:] [.x.] [=x=] */

	for (; i < pattern.n; i++) {
		char c = pattern.p[i], next = i + 1 < pattern.n ? pattern.p[i + 1] : 0;

		if (c == ']' && i > first)
			return i;
		if (c == '\\') {
			i++;
		} else if (c == '[' && next && strchr(":.=", next)) {
			class = next;
			i++;
		} else if (class && c == class && next == ']') {
			class = 0;
			i++;
		}
	}
	return pattern.n;
}

/* What bash holds for the length, in characters, of all that PATTERN matches; -1: of any. */
static ptrdiff_t fixed_length(struct str pattern)
{
	ptrdiff_t n = 0;

	for (size_t i = 0; i < pattern.n; i++, n++) {
		char c = pattern.p[i];
		size_t end;

		if (c == '*' || (strchr("?+@!", c) && i + 1 < pattern.n && pattern.p[i + 1] == '('))
			return -1;
		if (c == '\\')
			i++;
		if (c != '[') {
			i += i < pattern.n ? char_bytes(str_from(pattern, i)) - 1 : 0;
			continue;
		}
		end = bracket_end(pattern, i);
		if (end == pattern.n)
			return n + (ptrdiff_t)(end - i);
		i = end;
	}
	return n;
}

/* The longest match of PATTERN, LENGTH characters long if not -1, at the start of S; -1: none. */
static ptrdiff_t match_at(struct str s, struct str pattern, ptrdiff_t length)
{
	if (length >= 0) {
		size_t n = chars_size(s, (size_t)length);

		return chars_are_bytes(s) && (size_t)length > s.n ? -1
		       : pattern_match(pattern, str_sub(s, 0, n)) ? (ptrdiff_t)n
								  : -1;
	}
	for (size_t n = s.n + 1; n-- > 0;)
		if (char_begins(s, n) && pattern_match(pattern, str_sub(s, 0, n)))
			return (ptrdiff_t)n;
	return -1;
}

/* WITH, where & stands for MATCH (bash 5.2), behind OUT. */
static void put_replacement(struct buf *out, struct str with, struct str match)
{
	for (size_t i = 0; i < with.n; i++) {
		if (with.p[i] == '&') {
			buf_str(out, match);
			continue;
		}
		if (with.p[i] == '\\' && i + 1 < with.n &&
		    (with.p[i + 1] == '&' || with.p[i + 1] == '\\'))
			i++;
		buf_char(out, with.p[i]);
	}
}

static struct str replace(struct shell *sh, struct str s, struct str pattern, struct str with,
			  enum param_op op)
{
	struct buf out = buf_new(sh->tmp);
	ptrdiff_t length;
	size_t i = 0;

	if (op == PARAM_REPLACE && pattern.n && strchr("#%", pattern.p[0])) { /* of a value */
		op = pattern.p[0] == '#' ? PARAM_REPLACE_START : PARAM_REPLACE_END;
		pattern = str_from(pattern, 1);
	}
	length = fixed_length(pattern);
	if (pattern.n == 0 && op != PARAM_REPLACE_START && op != PARAM_REPLACE_END)
		return s;
	/* it looks for PATTERN with a * behind it first */
	if (pattern_ends_open(pattern) && (op != PARAM_REPLACE_END || pattern.n == 1))
		return s;
	buf_put(&out, "", 0);
	if (s.n == 0) {
		if (pattern_match(pattern, s))
			put_replacement(&out, with, s);
		return out.n ? buf_view(&out) : s;
	}
	if (op == PARAM_REPLACE_END) {
		size_t count = chars_count(s);

		for (i = length < 0		  ? 0
			 : (size_t)length > count ? s.n + 1
						  : chars_size(s, count - (size_t)length);
		     i <= s.n && !(char_begins(s, i) && pattern_match(pattern, str_from(s, i)));
		     i++)
			if (length >= 0)
				return s;
		if (i > s.n)
			return s;
		buf_str(&out, str_sub(s, 0, i));
		put_replacement(&out, with, str_from(s, i));
		return out.n ? buf_view(&out) : S("");
	}
	while (i < s.n || (i == 0 && op == PARAM_REPLACE_START)) {
		ptrdiff_t n = match_at(str_from(s, i), pattern, length);

		if (n < 0 || (n == 0 && op != PARAM_REPLACE_START)) {
			if (op == PARAM_REPLACE_START)
				break;
			size_t step = char_bytes(str_from(s, i));

			buf_str(&out, str_sub(s, i, step));
			i += step;
			continue;
		}
		put_replacement(&out, with, str_sub(s, i, (size_t)n));
		i += (size_t)n;
		if (op != PARAM_REPLACE_ALL)
			break;
	}
	buf_str(&out, str_from(s, i));
	return out.n ? buf_view(&out) : S("");
}

/* The same of S, whose characters are not all bytes. */
static struct str change_chars(struct shell *sh, struct str s, struct str pattern, enum param_op op)
{
	bool upper = op == PARAM_UPPER || op == PARAM_UPPER_ALL;
	bool first = op == PARAM_UPPER || op == PARAM_LOWER;
	struct buf out = buf_new(sh->tmp);
	size_t n;

	for (size_t i = 0; i < s.n; i += n) {
		struct str c;
		wint_t code;

		n = char_code(str_from(s, i), &code);
		c = str_sub(s, i, n);
		if ((n > 1 || code < 0x80) && !(first && i) &&
		    (pattern.n == 0 || pattern_match(pattern, c)))
			put_char_code(&out, upper ? towupper(code) : towlower(code));
		else
			buf_str(&out, c);
	}
	return buf_view(&out);
}

static struct str change_case(struct shell *sh, struct str s, struct str pattern, enum param_op op)
{
	if (!chars_are_bytes(s))
		return change_chars(sh, s, pattern, op);
	char *p = arena_dup(sh->tmp, s.p ? s.p : "", s.n);
	bool upper = op == PARAM_UPPER || op == PARAM_UPPER_ALL;
	size_t n = op == PARAM_UPPER || op == PARAM_LOWER ? (s.n ? 1 : 0) : s.n;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];

		if (c < 128 && (pattern.n == 0 || pattern_match(pattern, str_sub(s, i, 1))))
			p[i] = (char)(upper ? toupper(c) : tolower(c));
	}
	return (struct str){p, s.n};
}

struct str value_apply(struct shell *sh, enum param_op op, struct str pattern, struct str with,
		       struct str s)
{
	switch (op) {
	case PARAM_PREFIX:
	case PARAM_PREFIX_LONG:
	case PARAM_SUFFIX:
	case PARAM_SUFFIX_LONG: return trim(s, pattern, op);
	case PARAM_REPLACE:
	case PARAM_REPLACE_ALL:
	case PARAM_REPLACE_START:
	case PARAM_REPLACE_END: return replace(sh, s, pattern, with, op);
	case PARAM_UPPER:
	case PARAM_UPPER_ALL:
	case PARAM_LOWER:
	case PARAM_LOWER_ALL: return change_case(sh, s, pattern, op);
	default: return s;
	}
}
