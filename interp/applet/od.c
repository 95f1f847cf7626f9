/* SPDX-License-Identifier: GPL-2.0-only */
/* od: bytes as numbers or characters. Floating point is left to the real tool. */
#include "applet/internal.h"

static const char help[] =
	"od [-A o|d|x|n] [-t TYPE] [-j SKIP] [-N COUNT] [-w[N]] [-v] [--endian=E] [FILE]...\n"
	"  TYPE  a, c, or d o u x with a size 1 2 4 8 C S I L, and z for the text beside it\n"
	"  -b -c -d -i -l -o -s -x  as -t o1, c, u2, dI, dL, o2, d2, x2\n";

enum { ENDIAN = 256 };

/* So much is dumped, or written, at once. */
enum { PIECE = 32 << 10 };

static const struct opt options[] = {
	{'A', "address-radix", OPT_VALUE, NULL},
	{'j', "skip-bytes", OPT_VALUE, NULL},
	{'N', "read-bytes", OPT_VALUE, NULL},
	{'t', "format", OPT_VALUE, NULL},
	{'v', "output-duplicates", OPT_NONE, NULL},
	{'w', "width", OPT_MAYBE, NULL},
	{ENDIAN, "endian", OPT_VALUE, NULL},
	{'a', NULL, OPT_NONE, NULL},
	{'b', NULL, OPT_NONE, NULL},
	{'c', NULL, OPT_NONE, NULL},
	{'d', NULL, OPT_NONE, NULL},
	{'i', NULL, OPT_NONE, NULL},
	{'l', NULL, OPT_NONE, NULL},
	{'o', NULL, OPT_NONE, NULL},
	{'s', NULL, OPT_NONE, NULL},
	{'x', NULL, OPT_NONE, NULL},
	{0},
};

struct type {
	char kind;	/* a c d o u x */
	unsigned size;	/* bytes of one value */
	int width;	/* columns of one value, without the space before it */
	int pad;	/* more columns in one line, to match the widest type */
	bool text;
};

struct od {
	struct applet_cx *cx;
	char radix;
	uint64_t skip, limit;
	bool limited, all, big, any;
	size_t line;	/* bytes of one line; 0: not said */
	VEC(struct type) types;
	struct buf out;
};

struct width_row {
	char kind;
	int by_size[4];
};

static int width_of(char kind, unsigned size)
{
	static const struct width_row widths[] = {
		{'d', {4, 6, 11, 20}}, {'o', {3, 6, 11, 22}}, {'u', {3, 5, 10, 20}},
		{'x', {2, 4, 8, 16}},
	};
	unsigned at = size == 1 ? 0 : size == 2 ? 1 : size == 4 ? 2 : 3;

	for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++)
		if (widths[i].kind == kind)
			return widths[i].by_size[at];
	return 3;
}

static unsigned take_type_size(struct str s, size_t *i)
{
	static const char letters[] = "CSIL";
	static const unsigned sizes[] = {1, 2, 4, 8};
	const char *at = *i < s.n ? strchr(letters, s.p[*i]) : NULL;
	unsigned n = 0;

	if (at && *at) {
		++*i;
		return sizes[at - letters];
	}
	if (*i >= s.n || s.p[*i] < '0' || s.p[*i] > '9')
		return 4;
	while (*i < s.n && s.p[*i] >= '0' && s.p[*i] <= '9' && n < 100)
		n = n * 10 + (unsigned)(s.p[(*i)++] - '0');
	return n == 1 || n == 2 || n == 4 || n == 8 ? n : 0;
}

/* False: not known here. */
static bool add_types(struct od *od, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		struct type t = {.kind = s.p[i++], .size = 1};

		if (!strchr("acdoux", t.kind))
			return false;
		if (t.kind != 'a' && t.kind != 'c')
			t.size = take_type_size(s, &i);
		if (t.size == 0)
			return false;
		t.width = width_of(t.kind, t.size);
		if (i < s.n && s.p[i] == 'z') {
			t.text = true;
			i++;
		}
		*vec_push(od->cx->mem, &od->types) = t;
	}
	return s.n > 0;
}

static uint64_t value_of(const struct od *od, const unsigned char *p, unsigned size)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < size; i++)
		v = v << 8 | p[od->big ? i : size - 1 - i];
	return v;
}

static const char *const ascii_names[] = {
	"nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs",  "ht", "nl",
	"vt",  "ff",  "cr",  "so",  "si",  "dle", "dc1", "dc2", "dc3", "dc4", "nak",
	"syn", "etb", "can", "em",  "sub", "esc", "fs",  "gs",  "rs",  "us", "sp",
};

static const char *char_text(char kind, unsigned char c, char room[8])
{
	static const char letters[] = "abtnvfr";

	if (kind == 'a') {
		c &= 127;
		if (c <= ' ')
			return ascii_names[c];
		if (c == 127)
			return "del";
		room[0] = (char)c;
		room[1] = '\0';
		return room;
	}
	if (c == 0)
		return "\\0";
	if (c >= 7 && c <= 13) {
		room[0] = '\\';
		room[1] = letters[c - 7];
		room[2] = '\0';
		return room;
	}
	if (c >= ' ' && c < 127) {
		room[0] = (char)c;
		room[1] = '\0';
		return room;
	}
	room[0] = (char)('0' + (c >> 6));
	room[1] = (char)('0' + (c >> 3 & 7));
	room[2] = (char)('0' + (c & 7));
	room[3] = '\0';
	return room;
}

/* A blank and TEXT at the right end of WIDTH columns. */
static void put_right(struct od *od, struct str text, int width)
{
	size_t pad = width > 0 && (size_t)width > text.n ? (size_t)width - text.n : 0;
	char *to = buf_room(&od->out, 1 + pad + text.n);

	memset(to, ' ', 1 + pad);
	memcpy(to + 1 + pad, text.p, text.n);
	to[1 + pad + text.n] = '\0';
	od->out.n += 1 + pad + text.n;
}

/* V with DIGITS digits at least, behind a minus where it is NEGATIVE. */
static void put_number(struct od *od, uint64_t v, unsigned base, bool negative, int digits,
		       int width)
{
	char room[32], *end = room + sizeof(room), *p = end;

	do {
		*--p = "0123456789abcdef"[v % base];
		v /= base;
	} while (v);
	while (end - p < digits)
		*--p = '0';
	if (negative)
		*--p = '-';
	put_right(od, (struct str){p, (size_t)(end - p)}, width);
}

static void put_value(struct od *od, const struct type *t, const unsigned char *p, int width)
{
	uint64_t v = value_of(od, p, t->size), sign = (uint64_t)1 << (8 * t->size - 1);
	int digits = width_of(t->kind, t->size);
	bool negative = t->kind == 'd' && v & sign;
	char room[8];

	if (t->kind == 'a' || t->kind == 'c')
		put_right(od, str_z(char_text(t->kind, *p, room)), width);
	else if (t->kind == 'd')
		put_number(od, negative ? (sign << 1) - v : v, 10, negative, 1, width);
	else if (t->kind == 'u')
		put_number(od, v, 10, false, 1, width);
	else
		put_number(od, v, t->kind == 'o' ? 8 : 16, false, digits, width);
}

static void put_address(struct od *od, uint64_t at)
{
	const char *form = od->radix == 'd' ? "%07llu" : od->radix == 'x' ? "%06llx" : "%07llo";

	if (od->radix != 'n')
		buf_fmt(&od->out, form, (unsigned long long)at);
}

static void put_text(struct od *od, const unsigned char *p, size_t n)
{
	buf_z(&od->out, "  >");
	for (size_t i = 0; i < n; i++)
		buf_char(&od->out, p[i] >= ' ' && p[i] < 127 ? (char)p[i] : '.');
	buf_char(&od->out, '<');
}

/* One type's line over N bytes at P (zeros behind them up to a full line). */
static void put_fields(struct od *od, const struct type *t, const unsigned char *p, size_t n)
{
	size_t fields = od->line / t->size, blank = (od->line - n) / t->size;
	int left = t->pad;

	for (size_t i = fields; i > blank; i--) {
		int next = (int)((size_t)t->pad * (i - 1) / fields);

		put_value(od, t, p, left - next + t->width);
		p += t->size;
		left = next;
	}
	if (t->text)
		buf_fmt(&od->out, "%*s", (int)blank * (t->width + 1) + left, "");
}

static void put_line(struct od *od, uint64_t at, const unsigned char *p, size_t n)
{
	int address = od->radix == 'n' ? 0 : od->radix == 'x' ? 6 : 7;

	for (size_t i = 0; i < od->types.n; i++) {
		if (i == 0)
			put_address(od, at);
		else
			buf_fmt(&od->out, "%*s", address, "");
		put_fields(od, &od->types.p[i], p, n);
		if (od->types.p[i].text)
			put_text(od, p, n);
		buf_char(&od->out, '\n');
	}
}

static void flush(struct od *od)
{
	applet_out(od->cx, buf_view(&od->out));
	od->out.n = 0;
}

/* Every line of the N bytes at P, which have a line's room behind them. */
static void put_lines(struct od *od, unsigned char *p, size_t n)
{
	memset(p + n, 0, od->line);
	for (size_t at = 0; at < n; at += od->line)
		put_line(od, 0, p + at, n - at < od->line ? n - at : od->line);
}

/*
 * A line without an address does not say where it stands: pieces of the input that are alike share
 * their text, which takes several times as much memory. Much of an image is padding.
 */
static void dump_pieces(struct od *od, const struct blob *b)
{
	size_t piece = od->line * (od->line < PIECE ? PIECE / od->line : 1), n;
	unsigned char *now = arena_alloc(od->cx->mem, piece + od->line);
	unsigned char *before = arena_alloc(od->cx->mem, piece + od->line), *other;
	struct blob *text = NULL;

	for (uint64_t at = 0; !od->cx->failed && (n = blob_read(b, at, now, piece)) > 0; at += n) {
		if (!text || n < piece || memcmp(now, before, n) != 0) {
			put_lines(od, now, n);
			blob_unref(text);
			text = blob_copy(od->out.p, od->out.n);
			od->out.n = 0;
			other = before;
			before = now;
			now = other;
		}
		applet_put(od->cx, text);
	}
	blob_unref(text);
}

static void dump_lines(struct od *od, const struct blob *b)
{
	unsigned char *now = arena_zalloc(od->cx->mem, 1, od->line + 8);
	unsigned char *before = arena_zalloc(od->cx->mem, 1, od->line + 8);
	bool first = true, starred = false;
	uint64_t at = 0, size = blob_size(b);

	while (at < size && !od->cx->failed) {
		size_t n = blob_read(b, at, now, od->line);
		bool same = !od->all && !first && n == od->line && memcmp(now, before, n) == 0;

		memset(now + n, 0, od->line - n);
		if (!same)
			put_line(od, od->skip + at, now, n);
		else if (!starred)
			buf_z(&od->out, "*\n");
		starred = same;
		first = false;
		memcpy(before, now, od->line);
		at += n;
		if (od->out.n >= PIECE)
			flush(od);
	}
	if (od->radix != 'n') {
		put_address(od, od->skip + size);
		buf_char(&od->out, '\n');
	}
	flush(od);
}

/* Fix the bytes of a line and each type's padding; false when -w does not fit. */
static bool lay_out(struct od *od)
{
	size_t unit = 1, widest = 0;

	for (size_t i = 0; i < od->types.n; i++)
		if (od->types.p[i].size > unit)
			unit = od->types.p[i].size;
	if (od->line == 0)
		od->line = 16;
	if (od->line % unit)
		return false;
	for (size_t i = 0; i < od->types.n; i++) {
		size_t w = (size_t)(od->types.p[i].width + 1) * (od->line / od->types.p[i].size);

		widest = w > widest ? w : widest;
	}
	for (size_t i = 0; i < od->types.n; i++)
		od->types.p[i].pad = (int)(widest - (size_t)(od->types.p[i].width + 1) *
							    (od->line / od->types.p[i].size));
	return true;
}

static bool take_traditional(struct od *od, int c)
{
	switch (c) {
	case 'a': return add_types(od, S("a"));
	case 'b': return add_types(od, S("o1"));
	case 'c': return add_types(od, S("c"));
	case 'd': return add_types(od, S("u2"));
	case 'i': return add_types(od, S("dI"));
	case 'l': return add_types(od, S("dL"));
	case 'o': return add_types(od, S("o2"));
	case 's': return add_types(od, S("d2"));
	case 'x': return add_types(od, S("x2"));
	default: return false;
	}
}

static bool take_number(struct str s, uint64_t *out)
{
	if (s.n > 1 && s.p[0] == '0')
		return str_number(s, 0, out);
	return applet_size(s, "bkKmMG", out);
}

static bool take_option(struct od *od, int c, struct str value)
{
	uint64_t n = 32;

	switch (c) {
	case 'A':
		od->radix = value.n == 1 && strchr("odxn", value.p[0]) ? value.p[0] : '\0';
		return od->radix;
	case 'j': return take_number(value, &od->skip);
	case 'N': od->limited = true; return take_number(value, &od->limit);
	case 't': return add_types(od, value);
	case 'v': od->all = true; return true;
	case 'w':
		if (value.p && (!take_number(value, &n) || n == 0 || n > 65536))
			return false;
		od->line = n;
		return true;
	case ENDIAN:
		od->big = str_is(value, "big");
		return od->big || str_is(value, "little");
	default: return take_traditional(od, c);
	}
}

/* All inputs as one. */
static struct blob *read_all(struct od *od, const struct strs *names, int *status)
{
	struct blob *all, *next, *joined;

	if (names->n == 0) {
		all = applet_read(od->cx, S("-"));
		*status = all ? 0 : 1;
		od->any = all;
		return all ? all : blob_empty();
	}
	all = blob_empty();
	for (size_t i = 0; i < names->n; i++) {
		if (od->limited && od->any && blob_size(all) >= od->skip + od->limit)
			break;
		next = applet_read(od->cx, names->p[i]);
		if (!next) {
			*status = 1;
			continue;
		}
		od->any = true;
		joined = blob_cat(all, next);
		blob_unref(next);
		blob_unref(all);
		all = joined;
	}
	return all;
}

static void give_back(struct od *od, uint64_t n)
{
	stream_unread(od->cx->in, n);
	stream_leave(od->cx->in, n, 0); /* with -N it reads no byte ahead */
}

static int run_dump(struct od *od, const struct strs *names)
{
	int status = 0;
	struct blob *all = read_all(od, names, &status), *part;

	if (od->any && od->skip > blob_size(all)) {
		applet_say(od->cx, "cannot skip past end of combined input");
		blob_unref(all);
		return 1;
	}
	part = blob_slice(all, od->skip, od->limited ? od->limit : UINT64_MAX);
	if (od->any && (names->n == 0 || (names->n == 1 && str_is(names->p[0], "-"))))
		give_back(od, blob_size(all) - od->skip - blob_size(part));
	/* Nothing but files that can't be read: no address either. */
	if (od->any && od->all && od->radix == 'n')
		dump_pieces(od, part);
	else if (od->any)
		dump_lines(od, part);
	blob_unref(part);
	blob_unref(all);
	return applet_status(od->cx, status);
}

/* The old syntax names an offset as an operand. */
static bool maybe_offset(const struct strs *names)
{
	struct str last = names->n ? names->p[names->n - 1] : S("");

	return last.n && (last.p[0] == '+' ||
			  (names->n == 2 && last.p[0] >= '0' && last.p[0] <= '9'));
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct od od = {.cx = cx, .radix = 'o', .out = buf_new(cx->mem)};
	bool modern = false;
	int c;

	while ((c = opts_next(&o)) != OPTS_END) {
		if (!take_option(&od, c, o.value))
			return applet_decline(cx);
		modern |= c == ENDIAN || strchr("AjNtvw", c);
	}
	if ((!modern && maybe_offset(&o.operands)) || applet_names_noise(&o.operands))
		return applet_decline(cx);
	/* what cannot be read is told between the lines */
	for (size_t i = 0; i < o.operands.n; i++)
		if (applet_is_folder(cx, o.operands.p[i]) ||
		    (i && !applet_is_there(cx, o.operands.p[i])))
			return applet_decline(cx);
	if (od.types.n == 0)
		add_types(&od, S("o2"));
	if (!lay_out(&od))
		return applet_decline(cx);
	return run_dump(&od, &o.operands);
}

const struct applet applet_od = {
	.name = "od",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
