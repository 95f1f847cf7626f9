/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions on names of files as text. */
#include "make/lang.h"

/* A blank between the results; *ANY is set by the first. */
static void separate(struct tbuf *out, bool *any)
{
	if (*any)
		tbuf_char(out, ' ');
	*any = true;
}

/* Where the last component of NAME begins. */
static size_t component(struct str name)
{
	return (size_t)(str_rchr(name, '/') + 1);
}

/* Index of the dot that begins NAME's suffix; -1: none. */
static ptrdiff_t suffix_dot(struct str name)
{
	ptrdiff_t dot = str_rchr(name, '.');

	return dot >= (ptrdiff_t)component(name) ? dot : -1;
}

FUNC(dir)
{
	struct str rest = c->v[0], word;
	bool any = false;

	(void)mk;
	while (str_word(&rest, &word)) {
		size_t n = component(word);

		separate(out, &any);
		tbuf_str(out, n ? str_sub(word, 0, n) : S("./"));
	}
}

FUNC(notdir)
{
	struct str rest = c->v[0], word;
	bool any = false;

	(void)mk;
	while (str_word(&rest, &word)) {
		separate(out, &any);
		tbuf_str(out, str_from(word, component(word)));
	}
}

FUNC(suffix)
{
	struct str rest = c->v[0], word;
	bool any = false;

	(void)mk;
	while (str_word(&rest, &word)) {
		ptrdiff_t dot = suffix_dot(word);

		if (dot < 0)
			continue;
		separate(out, &any);
		tbuf_str(out, str_from(word, (size_t)dot));
	}
}

FUNC(basename)
{
	struct str rest = c->v[0], word;
	bool any = false;

	(void)mk;
	while (str_word(&rest, &word)) {
		ptrdiff_t dot = suffix_dot(word);

		separate(out, &any);
		tbuf_str(out, dot < 0 ? word : str_sub(word, 0, (size_t)dot));
	}
}

FUNC(addprefix)
{
	struct str rest = c->v[1], word;
	bool any = false;

	(void)mk;
	while (str_word(&rest, &word)) {
		separate(out, &any);
		tbuf_str(out, c->v[0]);
		tbuf_str(out, word);
	}
}

FUNC(addsuffix)
{
	struct str rest = c->v[1], word;
	bool any = false;

	(void)mk;
	while (str_word(&rest, &word)) {
		separate(out, &any);
		tbuf_str(out, word);
		tbuf_str(out, c->v[0]);
	}
}

FUNC(join)
{
	struct str a = c->v[0], b = c->v[1], word;
	bool any = false;

	(void)mk;
	for (;;) {
		struct str left = {0}, right = {0};

		if (str_word(&a, &word))
			left = word;
		if (str_word(&b, &word))
			right = word;
		if (!left.n && !right.n)
			return;
		separate(out, &any);
		tbuf_str(out, left);
		tbuf_str(out, right);
	}
}
