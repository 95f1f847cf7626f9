/* SPDX-License-Identifier: GPL-2.0-only */
/* test and [, as coreutils' own program does it; shells have theirs. */
#include <unistd.h>

#include "applet/internal.h"

static const char help[] = "test EXPRESSION | [ EXPRESSION ]: succeed when it holds\n"
			   "  -n -z S, S1 = S2, S1 != S2, N1 -eq -ne -lt -le -gt -ge N2\n"
			   "  -bcdefghkLprsSuwxOG FILE, F1 -nt -ot -ef F2, ! ( ) -a -o\n";

struct test {
	struct applet_cx *cx;
	const struct str *p;
	size_t n, at;
	bool bad, bracket;
	unsigned depth;
};

static bool syntax(struct test *t, const char *fmt, struct str arg)
{
	if (!t->bad) {
		arg = applet_cite(t->cx, arg);
		applet_say(t->cx, fmt, STR_ARG(arg));
	}
	t->bad = true;
	return false;
}

/* An integer of any size: blanks, a sign, digits, blanks. */
struct integer {
	bool negative;
	struct str digits;	/* without leading zeros */
};

static struct integer integer(struct test *t, struct str s)
{
	struct str v = str_trim(s);
	struct integer n = {.negative = v.n && v.p[0] == '-'};
	size_t end = 0;

	if (v.n && (v.p[0] == '-' || v.p[0] == '+'))
		v = str_from(v, 1);
	while (end < v.n && v.p[end] >= '0' && v.p[end] <= '9')
		end++;
	if (end == 0 || end < v.n)
		syntax(t, "invalid integer %.*s", s);
	while (v.n && v.p[0] == '0')
		v = str_from(v, 1);
	n.digits = v;
	n.negative = n.negative && v.n;
	return n;
}

/* Below 0, 0, above 0. */
static int compare_integers(struct integer a, struct integer b)
{
	int c;

	if (a.negative != b.negative)
		return a.negative ? -1 : 1;
	c = a.digits.n != b.digits.n ? (a.digits.n < b.digits.n ? -1 : 1)
				     : str_cmp(a.digits, b.digits);
	return a.negative ? -c : c;
}

static bool is_unary(struct str s)
{
	return s.n == 2 && s.p[0] == '-' && strchr("bcdefghknzLprsStuwxOGN", s.p[1]);
}

static bool is_binary(struct str s)
{
	static const char *const names[] = {"=",   "==",  "!=",	 "-eq", "-ne", "-lt",
					    "-le", "-gt", "-ge", "-nt", "-ot", "-ef"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(s, names[i]))
			return true;
	return false;
}

/* What the files room shows of permissions, seen as this user. */
static bool permitted(const struct files_stat *st, unsigned bit)
{
	if (geteuid() == 0)
		return bit != 1 || S_ISDIR(st->mode) || (st->mode & 0111);
	if (st->uid == geteuid())
		return st->mode >> 6 & bit;
	return (st->gid == getegid() ? st->mode >> 3 : st->mode) & bit;
}

static bool test_file(struct test *t, char op, struct str name)
{
	struct applet_cx *cx = t->cx;
	struct str path = applet_path(cx, name);
	struct files_stat st;
	bool link = op == 'h' || op == 'L';

	if ((link ? files_lstat(cx->files, path, &st) : files_stat(cx->files, path, &st)) != 0)
		return false;
	switch (op) {
	case 'b': return S_ISBLK(st.mode);
	case 'c': return S_ISCHR(st.mode);
	case 'd': return S_ISDIR(st.mode);
	case 'e': return true;
	case 'f': return S_ISREG(st.mode);
	case 'g': return st.mode & 02000;
	case 'h': case 'L': return S_ISLNK(st.mode);
	case 'k': return st.mode & 01000;
	case 'p': return S_ISFIFO(st.mode);
	case 'r': return permitted(&st, 4);
	case 's': return st.size > 0;
	case 'S': return S_ISSOCK(st.mode);
	case 'u': return st.mode & 04000;
	case 'w': return permitted(&st, 2);
	case 'x': return permitted(&st, 1);
	case 'O': return st.uid == geteuid();
	case 'G': return st.gid == getegid();
	default: return false;
	}
}

static bool unary(struct test *t, char op, struct str arg)
{
	if (op == 'n')
		return arg.n > 0;
	if (op == 'z')
		return arg.n == 0;
	return test_file(t, op, arg);
}

/* 1, 0 or -1. */
static int later(struct timespec a, struct timespec b)
{
	if (a.tv_sec != b.tv_sec)
		return a.tv_sec > b.tv_sec ? 1 : -1;
	return (a.tv_nsec > b.tv_nsec) - (a.tv_nsec < b.tv_nsec);
}

static bool compare_files(struct test *t, struct str a, char op, struct str b)
{
	struct files_stat x, y;
	bool has_a = files_stat(t->cx->files, applet_path(t->cx, a), &x) == 0;
	bool has_b = files_stat(t->cx->files, applet_path(t->cx, b), &y) == 0;
	int c = 0;

	if (op == 'e')
		return has_a && has_b && x.dev == y.dev && x.ino == y.ino;
	if (has_a && has_b)
		c = later(files_mtime(t->cx->files, applet_path(t->cx, a), &x),
			  files_mtime(t->cx->files, applet_path(t->cx, b), &y));
	if (op == 'n')
		return has_a && (!has_b || c > 0);
	return has_b && (!has_a || c < 0);
}

static bool binary(struct test *t, struct str a, struct str op, struct str b)
{
	struct integer x, y;
	int c;

	if (op.p[0] != '-')
		return str_eq(a, b) == (op.p[0] != '!');
	if (str_is(op, "-nt") || str_is(op, "-ot") || str_is(op, "-ef"))
		return compare_files(t, a, op.p[1], b);
	x = integer(t, a);
	y = integer(t, b);
	c = compare_integers(x, y);
	if (str_is(op, "-eq"))
		return c == 0;
	if (str_is(op, "-ne"))
		return c != 0;
	if (str_is(op, "-lt"))
		return c < 0;
	if (str_is(op, "-le"))
		return c <= 0;
	return str_is(op, "-gt") ? c > 0 : c >= 0;
}

static bool or_expr(struct test *t);
static bool by_count(struct test *t, size_t n);

static bool missing(struct test *t)
{
	return syntax(t, "missing argument after %.*s", t->n ? t->p[t->n - 1] : S(""));
}

/* A parenthesis with up to four arguments within is read by their number, as the whole is. */
static bool group(struct test *t)
{
	size_t n = 1;
	bool v;

	if (++t->at >= t->n)
		return missing(t);
	for (; t->at + n < t->n && !str_is(t->p[t->at + n], ")"); n++)
		if (n == 4) {
			n = t->n - t->at;
			break;
		}
	t->depth++;
	v = t->depth < 200 ? by_count(t, n) : syntax(t, "%.*s: too many parentheses", S("("));
	t->depth--;
	if (t->bad)
		return false;
	if (t->at >= t->n && !t->bracket)
		return syntax(t, "%.*s expected", S(")"));
	/* Behind the last argument of "[" stands its "]". */
	if (!str_is(t->p[t->at], ")")) {
		struct str found = applet_cite(t->cx, t->p[t->at]),
			   close = applet_cite(t->cx, S(")"));

		applet_say(t->cx, "%.*s expected, found %.*s", STR_ARG(close), STR_ARG(found));
		t->bad = true;
	}
	t->at++;
	return v;
}

static bool unary_term(struct test *t)
{
	const struct str *a = t->p + t->at;

	if (!is_unary(a[0]))
		return syntax(t, "%.*s: unary operator expected", a[0]);
	if (t->n - t->at < 2)
		return missing(t);
	t->at += 2;
	return unary(t, a[0].p[1], a[1]);
}

static bool binary_term(struct test *t)
{
	const struct str *a = t->p + t->at;

	t->at += 3;
	return binary(t, a[0], a[1], a[2]);
}

static bool string_term(struct test *t)
{
	return t->p[t->at++].n > 0;
}

static bool term(struct test *t)
{
	const struct str *a;
	bool negated = false, v;

	for (; t->at < t->n && str_is(t->p[t->at], "!"); t->at++)
		negated = !negated;
	if (t->at >= t->n)
		return missing(t);
	a = t->p + t->at;
	if (str_is(a[0], "("))
		v = group(t);
	else if (t->n - t->at >= 3 && is_binary(a[1]))
		v = binary_term(t);
	else if (a[0].n == 2 && a[0].p[0] == '-')
		v = unary_term(t);
	else
		v = string_term(t);
	return v != negated;
}

static bool and_expr(struct test *t)
{
	bool v = term(t);

	while (!t->bad && t->at < t->n && str_is(t->p[t->at], "-a")) {
		t->at++;
		v = term(t) && v;
	}
	return v;
}

static bool or_expr(struct test *t)
{
	bool v = and_expr(t);

	while (!t->bad && t->at < t->n && str_is(t->p[t->at], "-o")) {
		t->at++;
		v = and_expr(t) || v;
	}
	return v;
}

static bool two(struct test *t)
{
	const struct str *a = t->p + t->at;

	if (str_is(a[0], "!")) {
		t->at++;
		return !string_term(t);
	}
	if (a[0].n == 2 && a[0].p[0] == '-')
		return unary_term(t);
	return missing(t);
}

static bool three(struct test *t)
{
	const struct str *a = t->p + t->at;
	bool v;

	if (is_binary(a[1]))
		return binary_term(t);
	if (str_is(a[0], "!")) {
		t->at++;
		return !two(t);
	}
	if (str_is(a[0], "(") && str_is(a[2], ")")) {
		t->at++;
		v = string_term(t);
		t->at++;
		return v;
	}
	if (str_is(a[1], "-a") || str_is(a[1], "-o"))
		return or_expr(t);
	return syntax(t, "%.*s: binary operator expected", a[1]);
}

/* POSIX: one to four arguments have fixed meanings. N, at least 1, from where we are. */
static bool by_count(struct test *t, size_t n)
{
	const struct str *a = t->p + t->at;
	bool v;

	if (n == 1)
		return string_term(t);
	if (n == 2)
		return two(t);
	if (n == 3)
		return three(t);
	if (n == 4 && str_is(a[0], "!")) {
		t->at++;
		return !three(t);
	}
	if (n == 4 && str_is(a[0], "(") && str_is(a[3], ")")) {
		t->at++;
		v = two(t);
		t->at++;
		return v;
	}
	return or_expr(t);
}

static bool whole(struct test *t)
{
	bool v = t->n > 0 && by_count(t, t->n);

	if (!t->bad && t->at < t->n)
		return syntax(t, "extra argument %.*s", t->p[t->at]);
	return v;
}

static int run(struct applet_cx *cx)
{
	struct test t = {.cx = cx, .p = cx->argv + 1, .n = cx->argc - 1};
	bool v;

	for (size_t i = 0; i < t.n; i++)
		if (str_is(t.p[i], "-t") || str_is(t.p[i], "-l") || str_is(t.p[i], "<") ||
		    str_is(t.p[i], ">"))
			return applet_decline(cx);
	if (str_is(path_base(cx->argv[0]), "[")) {
		if (t.n == 1 && str_starts(t.p[0], S("--")))
			return applet_decline(cx);
		if (t.n == 0 || !str_is(t.p[t.n - 1], "]")) {
			applet_say(cx, "missing %.*s", STR_ARG(applet_cite(cx, S("]"))));
			return 2;
		}
		t.n--;
		t.bracket = true;
	}
	v = whole(&t);
	if (t.bad)
		return 2;
	return v ? 0 : 1;
}

static const char *const aliases[] = {"[", NULL};

const struct applet applet_test = {
	.name = "test",
	.aliases = aliases,
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
