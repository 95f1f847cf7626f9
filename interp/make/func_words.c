/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions on lists of words: filtering, sorting, picking. */
#include "make/lang.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pattern {
	struct str text, head, tail;
	bool percent;
};

struct patterns {
	VEC(struct pattern) with_percent;
	struct str *words; /* literal ones: a table with free slots */
	size_t slots;	   /* a power of two */
};

static size_t word_slot(const struct patterns *ps, struct str word)
{
	size_t i = str_hash(word) & (ps->slots - 1);

	while (ps->words[i].p && !str_eq(ps->words[i], word))
		i = (i + 1) & (ps->slots - 1);
	return i;
}

static struct patterns parse_patterns(struct arena *mem, struct str text)
{
	struct patterns ps = {.slots = 8};
	struct str rest = text, word;
	size_t n = 0;

	while (str_word(&rest, &word))
		n++;
	while (ps.slots < n * 2)
		ps.slots *= 2;
	ps.words = arena_array(mem, struct str, ps.slots);
	for (rest = text; str_word(&rest, &word);) {
		ptrdiff_t at = scan_percent(mem, &word);

		if (at < 0)
			ps.words[word_slot(&ps, word)] = word;
		else
			*vec_push(mem, &ps.with_percent) =
			    (struct pattern){.head = str_sub(word, 0, (size_t)at),
					     .tail = str_from(word, (size_t)at + 1)};
	}
	return ps;
}

static bool matches(const struct patterns *ps, struct str word)
{
	if (ps->words[word_slot(ps, word)].p)
		return true;
	for (size_t i = 0; i < ps->with_percent.n; i++) {
		const struct pattern *p = &ps->with_percent.p[i];

		if (word.n >= p->head.n + p->tail.n && str_starts(word, p->head) &&
		    str_ends(word, p->tail))
			return true;
	}
	return false;
}

static void filter(struct make *mk, struct tbuf *out, const struct fcall *c, bool keep)
{
	struct patterns ps = parse_patterns(mk->lang->scratch, c->v[0]);
	struct str rest = c->v[1], word;
	bool any = false;

	while (str_word(&rest, &word)) {
		if (matches(&ps, word) != keep)
			continue;
		if (any)
			tbuf_char(out, ' ');
		tbuf_str(out, word);
		any = true;
	}
}

FUNC(filter)
{
	filter(mk, out, c, true);
}

FUNC(filter_out)
{
	filter(mk, out, c, false);
}

/* A word to be sorted: its first eight bytes as a number, so that most comparisons need not look at
 * it. */
struct sorted {
	uint64_t key;
	struct str word;
};

/* GNU make compares the first characters as the machine's char is, signed or not. */
static uint64_t sort_key(struct str word)
{
	uint64_t key = (unsigned char)(word.p[0] ^ ((char)-1 < 0 ? 0x80 : 0));

	for (size_t i = 1; i < 8; i++)
		key = key << 8 | (i < word.n ? (unsigned char)word.p[i] : 0);
	return key;
}

static int compare_words(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->word.n <= 8 && y->word.n <= 8)
		return (x->word.n > y->word.n) - (x->word.n < y->word.n);
	return str_cmp(x->word, y->word);
}

FUNC(sort)
{
	struct str rest, word, last = {NULL, 0};
	struct sorted *words =
	    arena_alloc(mk->lang->scratch, str_count_words(c->v[0]) * sizeof(*words));
	size_t n;

	n = 0;
	for (rest = c->v[0]; str_word(&rest, &word); n++)
		words[n] = (struct sorted){sort_key(word), word};
	if (n > 1)
		qsort(words, n, sizeof(*words), compare_words);
	for (size_t i = 0; i < n; last = words[i++].word) {
		if (i > 0 && str_eq(words[i].word, last))
			continue;
		if (i > 0)
			tbuf_char(out, ' ');
		tbuf_str(out, words[i].word);
	}
}

/* S as a number; anything but digits between blanks is an error that begins with TEXT. */
static int number(struct make *mk, struct str s, const char *text)
{
	char digits[32];
	struct str given = s;

	s = str_trim(s);
	if (!s.n && given.n)
		return 0; /* only blanks are no error */
	for (size_t i = 0; i < s.n || s.n == 0; i++)
		if (s.n == 0 || s.p[i] < '0' || s.p[i] > '9')
			make_fatal(mk, expand_place(mk), "%s: '%.*s'", text, STR_ARG(given));
	if (s.n >= sizeof(digits))
		return -1; /* as atoi makes it of what is too big for a long */
	memcpy(digits, s.p, s.n);
	digits[s.n] = '\0';
	return (int)strtol(digits, NULL, 10);
}

FUNC(word)
{
	struct str rest = c->v[1], word;
	int i = number(mk, c->v[0], "non-numeric first argument to 'word' function");

	if (i == 0)
		make_fatal(mk, expand_place(mk),
			   "first argument to 'word' function must be greater than 0");
	while (str_word(&rest, &word)) {
		if (--i)
			continue;
		tbuf_str(out, word);
		return;
	}
}

FUNC(wordlist)
{
	int start = number(mk, c->v[0], "non-numeric first argument to 'wordlist' function");
	int end = number(mk, c->v[1], "non-numeric second argument to 'wordlist' function");
	int count = (int)((unsigned)end - (unsigned)start + 1); /* wraps, as GNU make's does */
	struct str rest = c->v[2], word, first;

	if (start < 1)
		make_fatal(mk, expand_place(mk),
			   "invalid first argument to 'wordlist' function: '%d'", start);
	for (int i = 1; i < start; i++)
		if (!str_word(&rest, &word))
			return;
	if (count < 1 || !str_word(&rest, &first))
		return;
	word = first;
	while (--count && str_word(&rest, &first))
		word.n = (size_t)(first.p + first.n - word.p);
	tbuf_str(out, word);
}

FUNC(words)
{
	char text[24];

	(void)mk;
	snprintf(text, sizeof(text), "%zu", str_count_words(c->v[0]));
	tbuf_str(out, str_z(text));
}

FUNC(firstword)
{
	struct str rest = c->v[0], word;

	(void)mk;
	if (str_word(&rest, &word))
		tbuf_str(out, word);
}

FUNC(lastword)
{
	struct str s = str_trim(c->v[0]);
	size_t from = s.n;

	(void)mk;
	while (from > 0 && !scan_space(s.p[from - 1]))
		from--;
	tbuf_str(out, str_from(s, from));
}
