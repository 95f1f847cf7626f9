/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions on text: replacing, and searching. */
#include "make/lang.h"

#include <string.h>

/* With an empty NEEDLE the replacement goes behind the text. */
static void substitute(struct tbuf *out, struct str text, struct str needle, struct str with)
{
	ptrdiff_t at;

	if (!needle.n) {
		tbuf_str(out, text);
		tbuf_str(out, with);
		return;
	}
	while ((at = str_find(text, needle)) >= 0) {
		tbuf_put(out, text.p, (size_t)at);
		tbuf_str(out, with);
		text = str_from(text, (size_t)at + needle.n);
	}
	tbuf_str(out, text);
}

static bool at_word_end(struct str text, size_t i)
{
	return i >= text.n || scan_space(text.p[i]);
}

/* Whole words that equal NEEDLE; blanks stay. An empty NEEDLE stands at the end of each word. */
static void substitute_words(struct tbuf *out, struct str text, struct str needle, struct str with)
{
	size_t t = 0;

	do {
		size_t p;

		if (!needle.n) {
			p = scan_token_end(text, scan_skip_space(text, t));
		} else {
			ptrdiff_t at = str_find(str_from(text, t), needle);

			if (at < 0)
				break;
			p = t + (size_t)at;
		}
		tbuf_put(out, text.p + t, p - t);
		if ((p > 0 && !scan_space(text.p[p - 1])) || !at_word_end(text, p + needle.n))
			tbuf_str(out, needle);
		else
			tbuf_str(out, with);
		t = p + needle.n;
	} while (t < text.n);
	if (t < text.n)
		tbuf_put(out, text.p + t, text.n - t);
}

FUNC(subst)
{
	(void)mk;
	substitute(out, c->v[2], c->v[0], c->v[1]);
}

/* One word of a patsubst that has a % in its pattern; false: nothing was put, not even a blank. */
static bool replace_word(struct tbuf *out, struct str word, struct str head, struct str tail,
			 struct str with, ptrdiff_t with_percent)
{
	if (word.n < head.n + tail.n || !str_starts(word, head) || !str_ends(word, tail)) {
		tbuf_str(out, word);
		return true;
	}
	if (with_percent < 0) {
		tbuf_str(out, with);
		return with.n > 0;
	}
	tbuf_put(out, with.p, (size_t)with_percent);
	tbuf_put(out, word.p + head.n, word.n - head.n - tail.n);
	tbuf_str(out, str_from(with, (size_t)with_percent + 1));
	return true;
}

void func_patsubst_text(struct tbuf *out, struct str text, struct str pattern,
			struct str replacement, struct arena *mem, bool suffixes)
{
	ptrdiff_t percent = scan_percent(mem, &pattern), with_percent;
	struct str head = S(""), tail = pattern, word;
	bool any = false;

	if (percent < 0 && suffixes) {
		struct buf with = buf_new(mem);

		buf_char(&with, '%');
		buf_str(&with, replacement);
		replacement = buf_view(&with);
		with_percent = 0;
	} else {
		with_percent = scan_percent(mem, &replacement);
		if (percent < 0) {
			substitute_words(out, text, pattern, replacement);
			return;
		}
		head = str_sub(pattern, 0, (size_t)percent);
		tail = str_from(pattern, (size_t)percent + 1);
	}
	while (str_word(&text, &word)) {
		if (replace_word(out, word, head, tail, replacement, with_percent)) {
			tbuf_char(out, ' ');
			any = true;
		}
	}
	if (any)
		out->n--;
}

FUNC(patsubst)
{
	func_patsubst_text(out, c->v[2], c->v[0], c->v[1], mk->lang->scratch, false);
}

FUNC(strip)
{
	struct str rest = c->v[0], word;
	bool any = false;

	(void)mk;
	while (str_word(&rest, &word)) {
		if (any)
			tbuf_char(out, ' ');
		tbuf_str(out, word);
		any = true;
	}
}

FUNC(findstring)
{
	(void)mk;
	if (str_find(c->v[1], c->v[0]) >= 0)
		tbuf_str(out, c->v[0]);
}
