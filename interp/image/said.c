/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What recipes say, and how the tools of images word that one is too big: check-size of every
 * release, and the programs of firmware-utils, of which not all tell numbers.
 */
#include <string.h>

#include "image/internal.h"

/* The number that begins REST, decimal or 0x...; what is behind it (a bracket, a comma) does not
 * matter. */
static bool number_at(struct str rest, uint64_t *out)
{
	size_t n = 0;
	bool hex;

	rest = str_trim(rest);
	hex = str_starts(rest, S("0x"));
	for (n = hex ? 2 : 0; n < rest.n && rest.p[n] &&
			      strchr(hex ? "0123456789abcdefABCDEF" : "0123456789", rest.p[n]);
	     n++)
		;
	rest.n = n;
	return n && rest.p && str_number(hex ? str_from(rest, 2) : rest, hex ? 16 : 10, out);
}

/* The number behind WORDS in LINE. */
static bool number_after(struct str line, struct str words, uint64_t *out)
{
	ptrdiff_t at = str_find(line, words);

	return at >= 0 && number_at(str_from(line, (size_t)at + words.n), out);
}

/* "SIZE > LIMIT" */
static bool both_sides(struct str line, struct said *s)
{
	ptrdiff_t at = str_find(line, S(" > "));
	size_t from = at < 0 ? 0 : (size_t)at;

	while (from > 0 && line.p[from - 1] >= '0' && line.p[from - 1] <= '9')
		from--;
	return at > 0 && from < (size_t)at && number_at(str_from(line, from), &s->size) &&
	       number_at(str_from(line, (size_t)at + 3), &s->limit);
}

static void read_numbers(struct said *s, struct str line)
{
	static const struct str over[] = {{" by ", 4}, {"exceeds ", 8}};
	static const struct str limit[] = {
	    {"max size: ", 10}, {"more than ", 10}, {"(> ", 3}, {"; max ", 6}};

	if (both_sides(line, s))
		return;
	for (size_t i = 0; i < sizeof(over) / sizeof(*over) && !s->over; i++)
		number_after(line, over[i], &s->over);
	for (size_t i = 0; i < sizeof(limit) / sizeof(*limit) && !s->limit; i++)
		number_after(line, limit[i], &s->limit);
	number_after(line, S("actual "), &s->size);
	if (s->over && s->limit && !s->size)
		s->size = s->limit + s->over;
}

/* In the lines that end in the last ADDED bytes; one that goes on is looked at when it ends. */
static void look_for_size(struct said *s, size_t added)
{
	size_t from = s->text.n - (added < s->text.n ? added : s->text.n);
	struct str rest, line;

	while (from > 0 && s->text.p[from - 1] != '\n')
		from--;
	rest = str_from(s->text, from);
	while (!s->too_big && str_split(&rest, '\n', &line)) {
		if (!rest.p ||
		    (str_find(line, S("too big")) < 0 && str_find(line, S("too large")) < 0))
			continue;
		s->too_big = true;
		read_numbers(s, line);
	}
}

/* TEXT at the end of what is kept, whose start gives way. */
static void keep(struct said *s, struct arena *mem, struct str text)
{
	size_t before;

	if (!s->room)
		s->room = arena_alloc(mem, SAID_MOST);
	if (text.n > SAID_MOST)
		text = str_from(text, text.n - SAID_MOST);
	before = s->text.n + text.n > SAID_MOST ? SAID_MOST - text.n : s->text.n;
	memmove(s->room, s->room + (s->text.n - before), before);
	memcpy(s->room + before, text.p, text.n);
	s->text = (struct str){s->room, before + text.n};
}

void said_add(struct said *s, struct arena *mem, size_t line, struct str text)
{
	if (text.n == 0 || (s->too_big && line != s->line))
		return;
	if (line != s->line)
		s->text.n = 0;
	s->line = line;
	keep(s, mem, text);
	if (!s->too_big && str_chr(text, '\n') >= 0)
		look_for_size(s, text.n);
}

struct str report_reason(struct arena *mem, const struct image_verdict *v)
{
	struct buf b = buf_new(mem);

	buf_fmt(&b, "%.*s is too big", STR_ARG(v->file));
	if (v->size && v->limit)
		buf_fmt(&b, ": %llu bytes, limit %llu (%llu over)", (unsigned long long)v->size,
			(unsigned long long)v->limit, (unsigned long long)v->over);
	else if (v->over)
		buf_fmt(&b, ": %llu bytes over its limit", (unsigned long long)v->over);
	else if (v->limit)
		buf_fmt(&b, ": limit %llu bytes", (unsigned long long)v->limit);
	buf_z(&b, "; the image was dropped");
	return buf_view(&b);
}
