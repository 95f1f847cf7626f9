/* SPDX-License-Identifier: GPL-2.0-only */
/* Patterns with %: finding the % that no backslash quotes, matching, putting a stem in. */
#include <string.h>

#include "make/graph.h"

ptrdiff_t percent_find(struct arena *mem, struct str *text)
{
	struct str s = *text;
	ptrdiff_t i = str_chr(s, '%');
	char *copy;
	size_t n;

	if (i < 0 || i == 0 || s.p[i - 1] != '\\')
		return i;
	copy = str_cz(mem, s);
	n = s.n;
	while (i >= 0) {
		size_t at = (size_t)i, slashes = 0;

		while (slashes < at && copy[at - 1 - slashes] == '\\')
			slashes++;
		memmove(copy + at - slashes + slashes / 2, copy + at, n - at + 1);
		at -= slashes - slashes / 2;
		n -= slashes - slashes / 2;
		if (slashes % 2 == 0) {
			*text = (struct str){copy, n};
			return (ptrdiff_t)at;
		}
		i = str_chr(str_from((struct str){copy, n}, at + 1), '%');
		i = i < 0 ? -1 : i + (ptrdiff_t)at + 1;
	}
	*text = (struct str){copy, n};
	return -1;
}

bool percent_match(struct str pattern, ptrdiff_t percent, struct str name)
{
	struct str before, after;

	if (percent < 0)
		return str_eq(pattern, name);
	before = str_sub(pattern, 0, (size_t)percent);
	after = str_from(pattern, (size_t)percent + 1);
	return name.n >= before.n + after.n && str_starts(name, before) && str_ends(name, after);
}

struct str percent_put(struct arena *mem, struct str pattern, size_t percent, struct str stem)
{
	struct str after = str_from(pattern, percent + 1);
	size_t n = percent + stem.n + after.n;
	char *p = arena_alloc(mem, n + 1);

	memcpy(p, pattern.p, percent);
	if (stem.n)
		memcpy(p + percent, stem.p, stem.n);
	memcpy(p + percent + stem.n, after.p, after.n);
	p[n] = '\0';
	return (struct str){p, n};
}

struct str percent_words(struct arena *mem, struct str text, struct str pattern, size_t percent,
			 struct str with, size_t with_percent)
{
	struct buf b = buf_new(mem);
	struct str word;

	for (size_t i = 0; str_word(&text, &word); i++) {
		if (percent_match(pattern, (ptrdiff_t)percent, word)) {
			word = str_sub(word, percent, word.n - (pattern.n - 1));
			word = percent_put(mem, with, with_percent, word);
		}
		if (i)
			buf_char(&b, ' ');
		buf_str(&b, word);
	}
	return buf_view(&b);
}
