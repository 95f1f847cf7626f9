/* SPDX-License-Identifier: GPL-2.0-only */
/* sort: lines by keys, in byte order. Other collations are the real tool's. */
#include "applet/sort.h"

static const char help[] = "sort [-bdfghiMnrV] [-u] [-m] [-k KEY]... [-t C] [-o FILE] [-s] [-z] "
			   "[-c|-C] [FILE]...: sort lines\n"
			   "  KEY  F[.C][bdfghiMnrV][,F[.C][bdfghiMnrV]]   -u  one of equal lines  "
			   " -s  keep equal lines' order\n"
			   "  -n numbers   -g with exponents   -h with units   -M months   -V "
			   "versions   -m  files are sorted\n";

enum { CHECK = 256, SORT };

static const struct opt options[] = {
	{'b', "ignore-leading-blanks", OPT_NONE, NULL},
	{'c', NULL, OPT_NONE, NULL},
	{CHECK, "check", OPT_MAYBE, NULL},
	{'C', NULL, OPT_NONE, NULL},
	{'d', "dictionary-order", OPT_NONE, NULL},
	{'f', "ignore-case", OPT_NONE, NULL},
	{'g', "general-numeric-sort", OPT_NONE, NULL},
	{'h', "human-numeric-sort", OPT_NONE, NULL},
	{'i', "ignore-nonprinting", OPT_NONE, NULL},
	{'k', "key", OPT_VALUE, NULL},
	{'m', "merge", OPT_NONE, NULL},
	{'M', "month-sort", OPT_NONE, NULL},
	{'n', "numeric-sort", OPT_NONE, NULL},
	{'o', "output", OPT_VALUE, NULL},
	{'r', "reverse", OPT_NONE, NULL},
	{'s', "stable", OPT_NONE, NULL},
	{'t', "field-separator", OPT_VALUE, NULL},
	{'u', "unique", OPT_NONE, NULL},
	{'V', "version-sort", OPT_NONE, NULL},
	{SORT, "sort", OPT_VALUE, NULL},
	{'z', "zero-terminated", OPT_NONE, NULL},
	{0},
};

struct key {
	uint64_t field, chr;	   /* where it starts, from 1 */
	uint64_t end_field, end_chr; /* 0: to the end of the line; chr 0: of the field */
	unsigned flags;
	bool own_flags;
};

struct sort {
	struct applet_cx *cx;
	VEC(struct key) keys;
	unsigned flags;
	int separator;		/* -1: between blank and non-blank */
	char end;
	bool unique, stable, check, silent, merge;
	struct str output;
	struct strs lines;
	VEC(size_t) ends;	/* of each file's lines */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n'; /* newlines: with -z */
}

static size_t skip_blanks(struct str s, size_t i)
{
	while (i < s.n && is_blank(s.p[i]))
		i++;
	return i;
}

/* Where field N (from 1) starts. */
static size_t field_start(const struct sort *t, struct str s, uint64_t n)
{
	size_t i = 0;

	while (--n && i < s.n) {
		if (t->separator >= 0) {
			ptrdiff_t at = str_chr(str_from(s, i), (char)t->separator);

			i = at < 0 ? s.n : i + (size_t)at + 1;
			continue;
		}
		i = skip_blanks(s, i);
		while (i < s.n && !is_blank(s.p[i]))
			i++;
	}
	return i;
}

static size_t field_end(const struct sort *t, struct str s, uint64_t n)
{
	size_t i = field_start(t, s, n);

	if (t->separator >= 0) {
		ptrdiff_t at = str_chr(str_from(s, i), (char)t->separator);

		return at < 0 ? s.n : i + (size_t)at;
	}
	i = skip_blanks(s, i);
	while (i < s.n && !is_blank(s.p[i]))
		i++;
	return i;
}

static struct str key_of(const struct sort *t, const struct key *k, struct str s)
{
	size_t from = field_start(t, s, k->field), to = s.n;

	if (k->flags & SORT_BLANKS_START)
		from = skip_blanks(s, from);
	from = k->chr - 1 > s.n - from ? s.n : from + (size_t)k->chr - 1;
	if (k->end_field && k->end_chr == 0) {
		to = field_end(t, s, k->end_field);
	} else if (k->end_field) {
		to = field_start(t, s, k->end_field);
		if (k->flags & SORT_BLANKS_END)
			to = skip_blanks(s, to);
		to = k->end_chr > s.n - to ? s.n : to + (size_t)k->end_chr;
	}
	return to > from ? str_sub(s, from, to - from) : S("");
}

static int compare_keys(const struct sort *t, struct str a, struct str b)
{
	struct arena_mark mark = arena_mark(t->cx->mem);
	int c = 0;

	for (size_t i = 0; i < t->keys.n && c == 0; i++) {
		const struct key *k = &t->keys.p[i];

		c = sort_compare(t->cx->mem, k->flags, key_of(t, k, a), key_of(t, k, b));
	}
	arena_release(t->cx->mem, mark);
	return c;
}

static int compare(const struct sort *t, struct str a, struct str b)
{
	int c = compare_keys(t, a, b);

	if (c || t->unique || t->stable)
		return c;
	c = str_cmp(a, b);
	return t->flags & SORT_REVERSE ? -c : c;
}

static int by_rule(const void *a, const void *b, void *cx)
{
	return compare(cx, *(const struct str *)a, *(const struct str *)b);
}

/* Merge sort: glibc's qsort_r need not be stable. */
static void sort_lines(struct sort *t, struct str *p, size_t n, struct str *room)
{
	size_t half = n / 2, i = 0, k = half;

	if (n < 2)
		return;
	sort_lines(t, p, half, room);
	sort_lines(t, p + half, n - half, room);
	memcpy(room, p, n * sizeof(*p));
	for (size_t at = 0; at < n; at++)
		if (k == n || (i < half && by_rule(&room[i], &room[k], t) <= 0))
			p[at] = room[i++];
		else
			p[at] = room[k++];
}

static struct str digits_at(struct str s, size_t *i)
{
	size_t from = *i;

	while (*i < s.n && s.p[*i] >= '0' && s.p[*i] <= '9')
		++*i;
	return str_sub(s, from, *i - from);
}

static bool take_position(struct str *s, uint64_t *field, uint64_t *chr, bool *has_chr)
{
	size_t i = 0;
	struct str digits = digits_at(*s, &i);

	if (!str_number(digits, 10, field))
		return false;
	*has_chr = i < s->n && s->p[i] == '.';
	if (*has_chr) {
		i++;
		digits = digits_at(*s, &i);
		if (!str_number(digits, 10, chr))
			return false;
	}
	*s = str_from(*s, i);
	return true;
}

static bool take_flags(struct str *s, struct key *k, unsigned blanks)
{
	while (s->n && s->p[0] != ',') {
		unsigned flag = s->p[0] == 'b'	 ? blanks
				: s->p[0] == 'r' ? SORT_REVERSE
						 : sort_flag(s->p[0]);

		if (!flag)
			return false;
		k->flags |= flag;
		k->own_flags = true;
		*s = str_from(*s, 1);
	}
	return true;
}

/* False: not known here, or wrong. */
static bool add_key(struct sort *t, struct str s)
{
	struct key k = {.chr = 1};
	bool has_chr;

	if (!take_position(&s, &k.field, &k.chr, &has_chr) || k.field == 0 || k.chr == 0 ||
	    !take_flags(&s, &k, SORT_BLANKS_START))
		return false;
	if (s.n) {
		s = str_from(s, 1);
		if (!take_position(&s, &k.end_field, &k.end_chr, &has_chr) || k.end_field == 0 ||
		    !take_flags(&s, &k, SORT_BLANKS_END))
			return false;
	}
	*vec_push(t->cx->mem, &t->keys) = k;
	return s.n == 0;
}

static int read_lines(struct sort *t, struct str name)
{
	struct applet_cx *cx = t->cx;
	struct blob *b = NULL;
	struct str text, line;
	int err = str_is(name, "-") ? stream_rest(cx->in, &b)
				    : files_read(cx->files, applet_path(cx, name), &b);

	if (err) {
		bool read = err == -EISDIR;

		applet_say_errno(cx,
				 str_fmt(cx->mem, "%s: %.*s",
					 read	    ? "read failed"
					 : t->check ? "open failed"
						    : "cannot read",
					 STR_ARG(applet_name(cx, name))),
				 err);
		return 2;
	}
	if (!applet_flat(cx, b, &text))
		return 2;
	text = str_dup(cx->mem, text);
	while (applet_line(&text, t->end, &line))
		*vec_push(cx->mem, &t->lines) = applet_chomp(line, t->end);
	*vec_push(cx->mem, &t->ends) = t->lines.n;
	blob_unref(b);
	return 0;
}

/* The line may have NULs. */
static void say_disorder(struct sort *t, struct str name, size_t i)
{
	struct buf b = buf_new(t->cx->mem);

	buf_fmt(&b, "%.*s: %.*s:%zu: disorder: ", STR_ARG(t->cx->argv[0]), STR_ARG(name), i + 1);
	buf_str(&b, t->lines.p[i]);
	buf_char(&b, t->end);
	stream_write(t->cx->err, b.p, b.n);
}

static int check_order(struct sort *t, const struct strs *names)
{
	struct str name = names->n ? names->p[0] : S("-");

	for (size_t i = 1; i < t->lines.n; i++) {
		int c = compare(t, t->lines.p[i - 1], t->lines.p[i]);

		if (c < 0 || (c == 0 && !t->unique))
			continue;
		if (!t->silent)
			say_disorder(t, name, i);
		return 1;
	}
	return 0;
}

/* -m: the least of the files' next lines, again and again. */
static void merge_files(struct sort *t)
{
	struct strs merged = {0};
	size_t *next = arena_array(t->cx->mem, size_t, t->ends.n + 1), least;

	for (size_t i = 0; i < t->ends.n; i++)
		next[i] = i ? t->ends.p[i - 1] : 0;
	while (merged.n < t->lines.n) {
		least = t->ends.n;
		for (size_t i = 0; i < t->ends.n; i++)
			if (next[i] < t->ends.p[i] &&
			    (least == t->ends.n ||
			     compare(t, t->lines.p[next[i]], t->lines.p[next[least]]) < 0))
				least = i;
		*vec_push(t->cx->mem, &merged) = t->lines.p[next[least]++];
	}
	t->lines = merged;
}

static int put_lines(struct sort *t)
{
	struct buf out = buf_new(t->cx->mem);
	struct blob *b;
	int err;

	for (size_t i = 0; i < t->lines.n; i++) {
		if (t->unique && i && compare_keys(t, t->lines.p[i - 1], t->lines.p[i]) == 0)
			continue;
		buf_str(&out, t->lines.p[i]);
		buf_char(&out, t->end);
	}
	if (!t->output.p) {
		applet_out(t->cx, buf_view(&out));
		return applet_status(t->cx, 0) ? 2 : 0;
	}
	b = blob_copy(buf_view(&out).p, out.n);
	err = files_write(t->cx->files, applet_path(t->cx, t->output), b);
	blob_unref(b);
	if (err)
		applet_say_errno(t->cx, str_fmt(t->cx->mem, "open failed: %.*s",
						STR_ARG(applet_name(t->cx, t->output))), err);
	return err ? 2 : 0;
}

static int make_empty(struct sort *t)
{
	struct blob *nothing = blob_empty();
	int err = files_write(t->cx->files, applet_path(t->cx, t->output), nothing);

	blob_unref(nothing);
	return err;
}

/* Inputs are looked for first, then the output is opened, then inputs are read. 0, or 2 after
 * saying what is wrong. */
static int opening_fails(struct sort *t, const struct strs *names)
{
	struct files_stat st;
	int err;

	for (size_t i = 0; i < names->n; i++) {
		struct str name = names->p[i];

		err =
		    str_is(name, "-") ? 0 : files_stat(t->cx->files, applet_path(t->cx, name), &st);
		if (!err)
			continue;
		applet_say_errno(
		    t->cx,
		    str_fmt(t->cx->mem, "cannot read: %.*s", STR_ARG(applet_name(t->cx, name))),
		    err);
		return 2;
	}
	err = t->output.p ? applet_creatable(t->cx, t->output) : 0;
	if (t->output.p && !err &&
	    files_stat(t->cx->files, applet_path(t->cx, t->output), &st) == -ENOENT)
		err = make_empty(t);
	if (err)
		applet_say_errno(t->cx, str_fmt(t->cx->mem, "open failed: %.*s",
						STR_ARG(applet_name(t->cx, t->output))), err);
	return err ? 2 : 0;
}

/* "--check=quiet", "--check=diagnose-first". */
static bool take_check(struct sort *t, struct str how)
{
	bool silent = str_is(how, "silent") || str_is(how, "quiet");

	if (t->check || !(silent || !how.p || str_is(how, "diagnose-first")))
		return false; /* twice, or wrong */
	t->silent = silent;
	return t->check = true;
}

static bool take_sort(struct sort *t, struct str word)
{
	static const struct { const char *word; char letter;
	} words[] = {
	    {"general-numeric", 'g'}, {"human-numeric", 'h'}, {"month", 'M'},
	    {"numeric", 'n'},	      {"version", 'V'},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_is(word, words[i].word)) {
			t->flags |= sort_flag(words[i].letter);
			return true;
		}
	return false;
}

static bool take_option(struct sort *t, int c, struct str value)
{
	switch (c) {
	case 'b': t->flags |= SORT_BLANKS_START | SORT_BLANKS_END; return true;
	case 'c': return take_check(t, (struct str){NULL, 0});
	case 'C': return take_check(t, S("quiet"));
	case CHECK: return take_check(t, value);
	case 'd': case 'f': case 'g': case 'h': case 'i': case 'M': case 'n': case 'V':
		t->flags |= sort_flag((char)c);
		return true;
	case SORT: return take_sort(t, value);
	case 'k': return add_key(t, value);
	case 'm': return t->merge = true;
	case 'o':
		if (t->output.p && !str_eq(t->output, value))
			return false;
		t->output = value;
		return true;
	case 'r': t->flags |= SORT_REVERSE; return true;
	case 's': t->stable = true; return true;
	case 't':
		t->separator = str_is(value, "\\0") ? 0 : (unsigned char)(value.n ? value.p[0] : 0);
		return value.n == 1 || str_is(value, "\\0");
	case 'u': t->unique = true; return true;
	case 'z': t->end = '\0'; return true;
	default: return false;
	}
}

/* Keys without letters of their own have the options'. False: letters that do not go together. */
static bool complete_keys(struct sort *t)
{
	bool agree = true;

	for (size_t i = 0; i < t->keys.n; i++) {
		if (!t->keys.p[i].own_flags)
			t->keys.p[i].flags = t->flags;
		agree &= sort_flags_agree(t->keys.p[i].flags);
	}
	if (t->keys.n == 0)
		*vec_push(t->cx->mem, &t->keys) =
		    (struct key){.field = 1, .chr = 1, .flags = t->flags};
	return agree && sort_flags_agree(t->flags);
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct sort t = {.cx = cx, .separator = -1, .end = '\n'};
	struct str *room;
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		if (!take_option(&t, c, o.value))
			return applet_decline(cx);
	for (size_t i = 0; i < o.operands.n; i++)
		if (o.operands.p[i].n && o.operands.p[i].p[0] == '+')
			return applet_decline(cx);
	if (!applet_plain_locale(cx, S("LC_COLLATE")) ||
	    (t.check && (o.operands.n > 1 || t.output.p)))
		return applet_decline(cx);
	/* A merge that fails has emptied its output. */
	for (size_t i = 0; t.merge && t.output.p && i < o.operands.n; i++)
		if (applet_is_folder(cx, o.operands.p[i]))
			return applet_decline(cx);
	if (!complete_keys(&t))
		return applet_decline(cx);
	if (!t.check && (status = opening_fails(&t, &o.operands)))
		return status;
	if (o.operands.n == 0)
		status = read_lines(&t, S("-"));
	for (size_t i = 0; i < o.operands.n && status == 0; i++)
		status = read_lines(&t, o.operands.p[i]);
	if (status)
		return status;
	if (t.check)
		return check_order(&t, &o.operands);
	room = arena_array(cx->mem, struct str, t.lines.n + 1);
	if (t.merge)
		merge_files(&t);
	else
		sort_lines(&t, t.lines.p, t.lines.n, room);
	return put_lines(&t);
}

const struct applet applet_sort = {
	.name = "sort",
	.write_status = 2,
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
