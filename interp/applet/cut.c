/* SPDX-License-Identifier: GPL-2.0-only */
/* cut: parts of lines by bytes or fields. Characters are bytes. */
#include "applet/internal.h"

static const char help[] =
    "cut (-b | -c | -f) LIST [-d C] [-s] [--complement] [FILE]...: parts of lines\n"
    "  LIST  N, N-, N-M, -M, joined by commas   -d  the delimiter (tab)\n"
    "  -s  only lines with a delimiter   -z  lines end with NUL\n"
    "  --output-delimiter=TEXT\n";

enum { COMPLEMENT = 256, OUTPUT_DELIMITER };

static const struct opt options[] = {
	{'b', "bytes", OPT_VALUE, NULL},
	{'c', "characters", OPT_VALUE, NULL},
	{'d', "delimiter", OPT_VALUE, NULL},
	{'f', "fields", OPT_VALUE, NULL},
	{'n', NULL, OPT_NONE, NULL},
	{'s', "only-delimited", OPT_NONE, NULL},
	{'z', "zero-terminated", OPT_NONE, NULL},
	{COMPLEMENT, "complement", OPT_NONE, NULL},
	{OUTPUT_DELIMITER, "output-delimiter", OPT_VALUE, NULL},
	{0},
};

struct range {
	uint64_t from, to;
};

struct cut {
	struct applet_cx *cx;
	VEC(struct range) ranges;	/* sorted, not touching unless an own delimiter is put */
	char mode, delimiter, end;
	bool only_delimited, complement;
	struct str between;		/* unset: the delimiter */
	struct buf out;
};

static bool parse_range(struct str s, struct range *r)
{
	ptrdiff_t dash = str_chr(s, '-');
	struct str a = dash < 0 ? s : str_sub(s, 0, (size_t)dash),
		   b = str_from(s, (size_t)dash + 1);

	*r = (struct range){1, UINT64_MAX};
	if (dash < 0)
		return s.n <= 15 && str_number(s, 10, &r->from) && (r->to = r->from) > 0;
	if (a.n == 0 && b.n == 0)
		return false;
	if (a.n > 15 || b.n > 15) /* GNU's own arithmetic */
		return false;
	if ((a.n && !str_number(a, 10, &r->from)) || (b.n && !str_number(b, 10, &r->to)))
		return false;
	return r->from > 0 && r->to >= r->from;
}

static void insert_range(struct cut *c, struct range r)
{
	size_t i;

	vec_push(c->cx->mem, &c->ranges);
	for (i = c->ranges.n - 1; i > 0 && c->ranges.p[i - 1].from > r.from; i--)
		c->ranges.p[i] = c->ranges.p[i - 1];
	c->ranges.p[i] = r;
}

static void merge_ranges(struct cut *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->ranges.n; i++) {
		struct range r = c->ranges.p[i];

		if (n && r.from <= c->ranges.p[n - 1].to) {
			if (r.to > c->ranges.p[n - 1].to)
				c->ranges.p[n - 1].to = r.to;
		} else {
			c->ranges.p[n++] = r;
		}
	}
	c->ranges.n = n;
}

static void invert_ranges(struct cut *c)
{
	uint64_t next = 1;
	size_t old = c->ranges.n;
	struct range *p = c->ranges.p;

	c->ranges.p = NULL;
	c->ranges.n = c->ranges.cap = 0;
	for (size_t i = 0; i < old; i++) {
		if (p[i].from > next)
			*vec_push(c->cx->mem, &c->ranges) = (struct range){next, p[i].from - 1};
		next = p[i].to + 1;
		if (p[i].to == UINT64_MAX)
			return;
	}
	*vec_push(c->cx->mem, &c->ranges) = (struct range){next, UINT64_MAX};
}

static bool parse_list(struct cut *c, struct str list)
{
	struct range r;
	size_t from = 0;

	for (size_t i = 0; i <= list.n; i++) {
		if (i < list.n && list.p[i] != ',' && list.p[i] != ' ' && list.p[i] != '\t')
			continue;
		if (!parse_range(str_sub(list, from, i - from), &r))
			return false;
		insert_range(c, r);
		from = i + 1;
	}
	merge_ranges(c);
	if (c->complement)
		invert_ranges(c);
	return true;
}

static void cut_bytes(struct cut *c, struct str line)
{
	bool first = true;

	for (size_t i = 0; i < c->ranges.n && c->ranges.p[i].from <= line.n; i++) {
		struct range r = c->ranges.p[i];
		uint64_t to = r.to < line.n ? r.to : line.n;

		if (!first && c->between.p)
			buf_str(&c->out, c->between);
		first = false;
		buf_put(&c->out, line.p + r.from - 1, (size_t)(to - r.from + 1));
	}
	buf_char(&c->out, c->end);
}

static void cut_fields(struct cut *c, struct str line)
{
	struct str field, rest = line;
	uint64_t number = 0;
	size_t at = 0;
	bool first = true;

	if (str_chr(line, c->delimiter) < 0) {
		if (!c->only_delimited) {
			buf_str(&c->out, line);
			buf_char(&c->out, c->end);
		}
		return;
	}
	while (str_split(&rest, c->delimiter, &field)) {
		number++;
		while (at < c->ranges.n && c->ranges.p[at].to < number)
			at++;
		if (at == c->ranges.n)
			break;
		if (c->ranges.p[at].from > number)
			continue;
		if (!first && c->between.p)
			buf_str(&c->out, c->between);
		else if (!first)
			buf_char(&c->out, c->delimiter);
		first = false;
		buf_str(&c->out, field);
	}
	buf_char(&c->out, c->end);
}

static int cut_file(struct cut *c, struct str name)
{
	struct blob *b = applet_read(c->cx, name);
	struct str text, line;
	bool ok;

	if (!b)
		return 1;
	ok = applet_flat(c->cx, b, &text);
	while (ok && applet_line(&text, c->end, &line)) {
		line = applet_chomp(line, c->end);
		if (c->mode == 'f')
			cut_fields(c, line);
		else
			cut_bytes(c, line);
	}
	blob_unref(b);
	return ok ? 0 : 1;
}

static bool take_option(struct cut *c, int o, struct str value, struct str *list)
{
	switch (o) {
	case 'b': case 'c': case 'f':
		if (c->mode)
			return false;
		c->mode = (char)o;
		*list = value;
		return true;
	case 'd':
		c->delimiter = value.n ? value.p[0] : '\0';
		return value.n <= 1;
	case 'n': return true;
	case 's': c->only_delimited = true; return true;
	case 'z': c->end = '\0'; return true;
	case COMPLEMENT: c->complement = true; return true;
	case OUTPUT_DELIMITER: c->between = value.n ? value : (struct str){"", 1}; return true;
	default: return false;
	}
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct cut c = {.cx = cx, .delimiter = '\t', .end = '\n', .out = buf_new(cx->mem)};
	struct str list = {0};
	int opt, status = 0;
	bool delimiter = false;

	cx->pending = &c.out;
	while ((opt = opts_next(&o)) != OPTS_END) {
		delimiter |= opt == 'd' || opt == 's';
		if (!take_option(&c, opt, o.value, &list))
			return applet_decline(cx);
	if (!c.end && c.delimiter == '\n')
		return applet_decline(cx); /* its lines get odd ends */
	}
	/* A delimiter that ends lines has rules of its own. */
	if (!c.mode || (c.mode != 'f' && delimiter) ||
	    (c.mode == 'f' && c.delimiter == c.end) || !parse_list(&c, list))
		return applet_decline(cx);
	if (o.operands.n == 0)
		status = cut_file(&c, S("-"));
	for (size_t i = 0; i < o.operands.n; i++)
		status |= cut_file(&c, o.operands.p[i]);
	applet_out(cx, buf_view(&c.out));
	return applet_status(cx, status);
}

const struct applet applet_cut = {
	.name = "cut",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
