/* SPDX-License-Identifier: GPL-2.0-only */
/* Output that grows. */
#include "codec/internal.h"

#include <stdlib.h>
#include <string.h>

bool sink_room(struct sink *s, size_t n)
{
	size_t cap = s->cap ? s->cap : 64 << 10;
	unsigned char *p;

	if (n <= s->cap - s->n)
		return true;
	if (n > SIZE_MAX / 4 || (s->most && s->n + n > s->most))
		return false;
	while (cap - s->n < n)
		cap *= 2;
	p = realloc(s->p, cap);
	if (!p)
		return false;
	s->p = p;
	s->cap = cap;
	return true;
}

bool sink_put(struct sink *s, const void *p, size_t n)
{
	if (!sink_room(s, n))
		return false;
	if (n)
		memcpy(s->p + s->n, p, n);
	s->n += n;
	return true;
}

struct blob *sink_blob(struct sink *s)
{
	unsigned char *fit = s->n ? realloc(s->p, s->n) : s->p;
	struct blob *b = blob_adopt(fit ? fit : s->p, s->n);

	*s = (struct sink){0};
	return b;
}

struct blob *sink_before(struct sink *head, struct blob *body)
{
	struct blob *front = sink_blob(head), *all = blob_cat(front, body);

	blob_unref(front);
	blob_unref(body);
	return all;
}

struct blob *sink_fail(struct sink *s, struct str *why, struct str text)
{
	free(s->p);
	*s = (struct sink){0};
	*why = text;
	return NULL;
}
