/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tr: maps, deletes and squeezes bytes. A run stays a run, so `tr '\0' '\377' </dev/zero` is an
 * endless run too.
 */
#include <ctype.h>
#include <stdlib.h>

#include "applet/internal.h"

static const char help[] = "tr [-cdst] SET1 [SET2]: translate, delete or squeeze bytes\n"
			   "  -c  SET1's complement   -d  delete   -s  squeeze repeats\n"
			   "  -t  cut SET1 to SET2's length\n"
			   "  sets: a-z, [:class:], [=c=], [c*n], \\n, \\NNN\n";

static const struct opt options[] = {
	{'c', "complement", OPT_NONE, NULL}, {'C', NULL, OPT_NONE, NULL},
	{'d', "delete", OPT_NONE, NULL},     {'s', "squeeze-repeats", OPT_NONE, NULL},
	{'t', "truncate-set1", OPT_NONE, NULL}, {0},
};

enum class_id { NO_CLASS, UPPER, LOWER, OTHER_CLASS };
enum { CLASS_START = 8 /* the first byte of a class */ };

/* A set: bytes in order; where upper and lower classes start, for translating case. */
struct set {
	unsigned char bytes[4096];
	unsigned char cls[4096];	/* enum class_id of each byte's origin */
	size_t n;
	size_t fill_at;			/* where [c*] stretches; SIZE_MAX: nowhere */
	unsigned char fill;
	bool has_other_class, has_class;
};

struct tr {
	struct applet_cx *cx;
	bool complement, delete, squeeze, truncate;
	unsigned char map[256];
	bool drop[256], squeezed[256];
	int last;			/* last byte put while squeezing, -1: none */
};

struct named_class {
	const char *name;
	int (*is)(int c);
	enum class_id id;
};

static const struct named_class classes[] = {
	{"alnum", isalnum, OTHER_CLASS}, {"alpha", isalpha, OTHER_CLASS},
	{"blank", isblank, OTHER_CLASS}, {"cntrl", iscntrl, OTHER_CLASS},
	{"digit", isdigit, OTHER_CLASS}, {"graph", isgraph, OTHER_CLASS},
	{"lower", islower, LOWER},	 {"print", isprint, OTHER_CLASS},
	{"punct", ispunct, OTHER_CLASS}, {"space", isspace, OTHER_CLASS},
	{"upper", isupper, UPPER},	 {"xdigit", isxdigit, OTHER_CLASS},
};

static bool add(struct set *s, unsigned char c, unsigned id)
{
	if (s->n >= sizeof(s->bytes))
		return false;
	s->cls[s->n] = (unsigned char)id;
	s->bytes[s->n++] = c;
	return true;
}

static bool add_class(struct set *s, struct str name)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++) {
		if (!str_is(name, classes[i].name))
			continue;
		s->has_class = true;
		for (int c = 0, first = CLASS_START; c < 128; c++)
			if (classes[i].is(c)) {
				add(s, (unsigned char)c, classes[i].id | (unsigned)first);
				first = 0;
			}
		s->has_other_class |= classes[i].id == OTHER_CLASS;
		return true;
	}
	return false;
}

/* One byte, escapes resolved. ESCAPED: it came from an escape, so it is not special. */
static unsigned char one_byte(struct str s, size_t *i, bool *escaped)
{
	static const char letters[] = "abfnrtv", values[] = "\a\b\f\n\r\t\v";
	unsigned v = 0;
	const char *at;
	int digits = 0;

	*escaped = false;
	if (s.p[*i] != '\\' || *i + 1 >= s.n)
		return (unsigned char)s.p[(*i)++];
	*escaped = true;
	++*i;
	while (digits < 3 && *i < s.n && s.p[*i] >= '0' && s.p[*i] <= '7' &&
	       v * 8 + (unsigned)(s.p[*i] - '0') < 256) {
		v = v * 8 + (unsigned)(s.p[(*i)++] - '0');
		digits++;
	}
	if (digits)
		return (unsigned char)v;
	at = strchr(letters, s.p[*i]);
	++*i;
	return at && *at ? (unsigned char)values[at - letters] : (unsigned char)s.p[*i - 1];
}

/* "[:class:]" or "[=c=]" at I; false when it is neither. *BAD: it is one, but wrong. */
static bool bracket(struct set *set, struct str s, size_t *i, bool *bad)
{
	char kind = *i + 1 < s.n ? s.p[*i + 1] : '\0';
	char close[2] = {kind, ']'};
	ptrdiff_t end;
	struct str name;

	if (s.p[*i] != '[' || (kind != ':' && kind != '='))
		return false;
	end = str_find(str_from(s, *i + 2), (struct str){close, 2});
	if (end < 0)
		return false;
	name = str_sub(s, *i + 2, (size_t)end);
	if (kind == ':')
		*bad = !add_class(set, name);
	else if (name.n == 1)
		set->has_other_class |= add(set, (unsigned char)name.p[0], NO_CLASS);
	else
		*bad = true;
	*i += (size_t)end + 4;
	return true;
}

/* "[c*n]" or "[c*]" at I; false when it is neither. */
static bool repeat(struct set *set, struct str s, size_t *i, bool *bad)
{
	size_t at = *i + 1;
	bool escaped;
	unsigned char c;
	ptrdiff_t end;
	uint64_t n = 0;
	struct str digits;

	if (s.p[*i] != '[' || at >= s.n)
		return false;
	c = one_byte(s, &at, &escaped);
	end = at < s.n && s.p[at] == '*' ? str_chr(str_from(s, at), ']') : -1;
	if (end < 0)
		return false;
	digits = str_sub(s, at + 1, (size_t)end - 1);
	if (digits.n && !str_number(digits, digits.p[0] == '0' ? 8 : 10, &n))
		return *bad = true;
	*i = at + (size_t)end + 1;
	if (n == 0) {
		*bad = set->fill_at != SIZE_MAX;
		set->fill_at = set->n;
		set->fill = c;
	}
	while (n--)
		if (!add(set, c, NO_CLASS)) {
			*bad = true;
			return true;
		}
	return true;
}

/* False: not a set that is understood here. */
static bool parse_set(struct str s, struct set *set)
{
	bool bad = false, escaped, unused;

	*set = (struct set){.fill_at = SIZE_MAX};
	for (size_t i = 0; i < s.n && !bad;) {
		unsigned char from, to;
		size_t after;

		if (bracket(set, s, &i, &bad) || repeat(set, s, &i, &bad))
			continue;
		from = one_byte(s, &i, &escaped);
		if (i + 1 < s.n && s.p[i] == '-') {
			after = i + 1;
			to = one_byte(s, &after, &unused);
			i = after;
			if (to < from)
				return false;
			for (int c = from; c <= to && !bad; c++)
				bad = !add(set, (unsigned char)c, NO_CLASS);
		} else {
			bad |= !add(set, from, NO_CLASS);
		}
	}
	return !bad;
}

static void complement_set(struct set *s)
{
	bool in[256] = {false};

	for (size_t i = 0; i < s->n; i++)
		in[s->bytes[i]] = true;
	s->n = 0;
	for (int c = 0; c < 256; c++)
		if (!in[c])
			add(s, (unsigned char)c, NO_CLASS);
}

static void stretch_fill(struct set *s, size_t want)
{
	size_t missing = want > s->n ? want - s->n : 0, tail;

	if (s->fill_at == SIZE_MAX || missing == 0 || want > sizeof(s->bytes))
		return;
	tail = s->n - s->fill_at;
	memmove(s->bytes + s->fill_at + missing, s->bytes + s->fill_at, tail);
	memmove(s->cls + s->fill_at + missing, s->cls + s->fill_at, tail);
	memset(s->bytes + s->fill_at, s->fill, missing);
	memset(s->cls + s->fill_at, NO_CLASS, missing);
	s->n += missing;
}

/* Classes in SET2 must be upper or lower, opposite their counterparts in SET1. */
static bool map_sets(struct tr *t, struct set *a, struct set *b)
{
	if (t->complement)
		complement_set(a);
	stretch_fill(b, a->n);
	/* A complemented class may only be mapped to one byte. */
	for (size_t i = 0; t->complement && a->has_class && i < b->n; i++)
		if (b->bytes[i] != b->bytes[0] || t->truncate)
			return false;
	if (b->n == 0 || b->has_other_class)
		return false;
	for (size_t i = a->n; i < b->n; i++)
		if (b->cls[i])
			return false;
	for (size_t i = 0; i < a->n; i++) {
		size_t k = i < b->n ? i : b->n - 1;

		if (i >= b->n && (t->truncate || b->cls[k]))
			return t->truncate && !b->cls[k];
		if (b->cls[k] && (!a->cls[i] || (a->cls[i] & 7) == OTHER_CLASS ||
				  ((a->cls[i] ^ b->cls[k]) & CLASS_START)))
			return false;
		t->map[a->bytes[i]] = b->bytes[k];
	}
	return true;
}

/* Does coreutils' tr warn of TEXT: "\\400", which is two bytes, or a backslash at the end? */
static bool warns_of(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '\\')
			continue;
		if (++i == text.n)
			return true;
		if (i + 2 < text.n && text.p[i] >= '4' && text.p[i] <= '7' &&
		    text.p[i + 1] >= '0' && text.p[i + 1] <= '7' && text.p[i + 2] >= '0' &&
		    text.p[i + 2] <= '7')
			return true;
	}
	return false;
}

/* Read the operands; false: the real tool shall say what it thinks. */
static bool prepare(struct tr *t, const struct opts *o)
{
	struct set *a = arena_make(t->cx->mem, struct set), *b = arena_make(t->cx->mem, struct set);
	size_t want = t->delete == t->squeeze ? 2 : 1, n = o->operands.n;
	struct set *squeeze = a;

	if (n != want && !(t->squeeze && !t->delete && n == 2))
		return false;
	for (size_t i = 0; i < n; i++)
		if (warns_of(o->operands.p[i]))
			return false;
	if (!parse_set(o->operands.p[0], a) || a->fill_at != SIZE_MAX)
		return false;
	if (n == 2 && !parse_set(o->operands.p[1], b))
		return false;
	for (int c = 0; c < 256; c++)
		t->map[c] = (unsigned char)c;
	if (n == 2 && (t->delete ? b->fill_at != SIZE_MAX : !map_sets(t, a, b)))
		return false;
	if (t->complement && (t->delete || n == 1))
		complement_set(a);
	for (size_t i = 0; t->delete && i < a->n; i++)
		t->drop[a->bytes[i]] = true;
	if (n == 2)
		squeeze = b;
	for (size_t i = 0; t->squeeze && i < squeeze->n; i++)
		t->squeezed[squeeze->bytes[i]] = true;
	return true;
}

/* Map N bytes at P to OUT; how many there are. */
static size_t map_bytes(struct tr *t, struct str span, char *out)
{
	size_t n = 0;

	if (!t->delete && !t->squeeze) {
		for (size_t i = 0; i < span.n; i++)
			out[i] = (char)t->map[(unsigned char)span.p[i]];
		return span.n;
	}
	for (size_t i = 0; i < span.n; i++) {
		unsigned char c = (unsigned char)span.p[i];

		if (t->drop[c])
			continue;
		c = t->map[c];
		if (t->squeezed[c] && t->last == c)
			continue;
		t->last = c;
		out[n++] = (char)c;
	}
	return n;
}

static struct blob *map_span(struct tr *t, struct str span, uint64_t run)
{
	char *p, one;

	if (run) {
		size_t n = map_bytes(t, str_sub(span, 0, 1), &one);
		bool single = n && t->squeezed[(unsigned char)one];

		return n ? blob_run((unsigned char)one, single ? 1 : run) : NULL;
	}
	p = malloc(span.n ? span.n : 1);
	if (!p)
		return NULL;
	return blob_adopt(p, map_bytes(t, span, p));
}

static struct blob *map_blob(struct tr *t, const struct blob *in)
{
	struct blob *all = blob_empty(), *part, *joined;
	uint64_t pos = 0, run;
	struct str span;

	while (blob_next_span(in, &pos, &span, &run)) {
		part = map_span(t, span, run);
		if (!part)
			continue;
		joined = blob_cat(all, part);
		blob_unref(part);
		blob_unref(all);
		all = joined;
	}
	return all;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, true);
	struct tr t = {.cx = cx, .last = -1};
	struct blob *in = NULL, *out;
	int c, err;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'c': case 'C': t.complement = true; break;
		case 'd': t.delete = true; break;
		case 's': t.squeeze = true; break;
		case 't': t.truncate = true; break;
		default: return applet_decline(cx);
		}
	if (!prepare(&t, &o))
		return applet_decline(cx);
	err = stream_rest(cx->in, &in);
	if (err) {
		applet_say_errno(cx, S("read error"), err);
		return 1;
	}
	out = map_blob(&t, in);
	applet_put(cx, out);
	blob_unref(out);
	blob_unref(in);
	return applet_status(cx, 0);
}

const struct applet applet_tr = {
	.name = "tr",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
