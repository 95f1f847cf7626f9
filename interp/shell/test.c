/* SPDX-License-Identifier: GPL-2.0-only */
/* test and [ as bash has them, and the operators that [[ and dash share with them. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "shell/internal.h"

/* --- operators --- */

static bool accessible(struct shell *sh, struct str path, const struct files_stat *st, int mode)
{
	unsigned bit = mode == R_OK ? 4 : mode == W_OK ? 2 : 1;

	if (!st->unwritten)
		return faccessat(AT_FDCWD, str_cz(sh->tmp, path), mode, AT_EACCESS) == 0;
	if (geteuid() == 0)
		return bit != 1 || (st->mode & 0111);
	if (geteuid() == st->uid)
		return (st->mode >> 6 & bit) != 0;
	return ((getegid() == st->gid ? st->mode >> 3 : st->mode) & bit) != 0;
}

static bool test_file(struct shell *sh, char op, struct str arg)
{
	struct str path = path_join(sh->tmp, sh->cwd, arg);
	struct files_stat st;
	bool link = op == 'L' || op == 'h';

	if (arg.n == 0)
		return false;
	if ((link ? files_lstat : files_stat)(sh->session->files, path, &st) != 0)
		return false;
	switch (op) {
	case 'e':
	case 'a': return true;
	case 'f': return S_ISREG(st.mode);
	case 'd': return S_ISDIR(st.mode);
	case 'b': return S_ISBLK(st.mode);
	case 'c': return S_ISCHR(st.mode);
	case 'p': return S_ISFIFO(st.mode);
	case 'S': return S_ISSOCK(st.mode);
	case 's': return st.size > 0;
	case 'L':
	case 'h': return S_ISLNK(st.mode);
	case 'u': return st.mode & S_ISUID;
	case 'g': return st.mode & S_ISGID;
	case 'k': return st.mode & S_ISVTX;
	case 'O': return st.uid == geteuid();
	case 'G': return st.gid == getegid();
	case 'r': return accessible(sh, path, &st, R_OK);
	case 'w': return accessible(sh, path, &st, W_OK);
	default: return accessible(sh, path, &st, X_OK);
	}
}

bool test_unary(struct shell *sh, char op, struct str arg)
{
	uint64_t fd;

	switch (op) {
	case 'n': return arg.n > 0;
	case 'z': return arg.n == 0;
	case 'v':
		if (str_number(arg, 10, &fd))
			return fd <= sh->nargs;
		return var_value(sh, arg).p != NULL;
	case 'o': return option_is_set(sh, arg);
	case 't':
		return str_number(arg, 10, &fd) && fd_stream(sh, fd) &&
		       stream_is_tty(fd_stream(sh, fd));
	default: return test_file(sh, op, arg);
	}
}

static int compare_times(struct shell *sh, struct str op, struct str a, struct str b)
{
	struct files_stat x, y;
	bool has_x = a.n && files_stat(sh->session->files, path_join(sh->tmp, sh->cwd, a), &x) == 0;
	bool has_y = b.n && files_stat(sh->session->files, path_join(sh->tmp, sh->cwd, b), &y) == 0;
	bool newer, older;

	if (str_is(op, "-ef"))
		return has_x && has_y && x.dev == y.dev && x.ino == y.ino;
	if (!has_x || !has_y) {
		if (!is_bash(sh))
			return 0;
		return str_is(op, "-nt") ? has_x && !has_y : has_y && !has_x;
	}
	newer = x.mtime.tv_sec != y.mtime.tv_sec ? x.mtime.tv_sec > y.mtime.tv_sec
						 : x.mtime.tv_nsec > y.mtime.tv_nsec;
	older = x.mtime.tv_sec != y.mtime.tv_sec ? x.mtime.tv_sec < y.mtime.tv_sec
						 : x.mtime.tv_nsec < y.mtime.tv_nsec;
	return str_is(op, "-nt") ? newer : older;
}

bool test_number(struct shell *sh, struct str s, int64_t *out)
{
	struct str t = str_trim(s);
	bool minus = t.n && t.p[0] == '-';
	uint64_t n;

	(void)sh;
	if (!str_number(str_from(t, minus || (t.n && t.p[0] == '+')), 10, &n))
		return false;
	*out = (int64_t)(minus ? 0 - n : n);
	return true;
}

bool test_compare(struct str op, int64_t x, int64_t y)
{
	switch (op.p[1] << 8 | op.p[2]) {
	case 'e' << 8 | 'q': return x == y;
	case 'n' << 8 | 'e': return x != y;
	case 'l' << 8 | 't': return x < y;
	case 'l' << 8 | 'e': return x <= y;
	case 'g' << 8 | 't': return x > y;
	default: return x >= y;
	}
}

static const char *const number_ops[] = {"-eq", "-ne", "-lt", "-le", "-gt", "-ge", NULL};
static const char *const other_ops[] = {"=", "==", "!=", "<", ">", "-nt", "-ot", "-ef", NULL};

static bool listed(struct str s, const char *const *list)
{
	for (; *list; list++)
		if (str_is(s, *list))
			return true;
	return false;
}

bool test_is_numeric(struct str op)
{
	return listed(op, number_ops);
}

bool test_words(struct shell *sh, struct str a, struct str op, struct str b)
{
	switch (op.p[0]) {
	case '=': return str_eq(a, b);
	case '!': return !str_eq(a, b);
	case '<': return str_cmp(a, b) < 0;
	case '>': return str_cmp(a, b) > 0;
	default: return compare_times(sh, op, a, b);
	}
}

static bool is_binary(struct str s)
{
	return listed(s, number_ops) || listed(s, other_ops);
}

static bool is_unary(struct str s)
{
	return s.n == 2 && s.p[0] == '-' && s.p[1] && strchr("abcdefghknoprstuvwxzGLNOS", s.p[1]);
}

/* --- expressions --- */

struct test {
	struct shell *sh;
	struct str name;
	const struct str *args;
	size_t n, pos;
	bool failed;
};

static bool expression(struct test *t);

static bool complain(struct test *t, struct str what, const char *text)
{
	if (!t->failed && what.p)
		say(t->sh, "%.*s: %.*s: %s", STR_ARG(t->name), STR_ARG(what), text);
	else if (!t->failed)
		say(t->sh, "%.*s: %s", STR_ARG(t->name), text);
	t->failed = true;
	return false;
}

static bool number_of(struct test *t, struct str s, int64_t *out)
{
	return test_number(t->sh, s, out) || complain(t, s, "integer expression expected");
}

static bool binary(struct test *t, struct str a, struct str op, struct str b)
{
	int64_t x, y;

	if (test_is_numeric(op))
		return number_of(t, a, &x) && number_of(t, b, &y) && test_compare(op, x, y);
	return test_words(t->sh, a, op, b);
}

static struct str arg(const struct test *t, size_t ahead)
{
	return t->pos + ahead < t->n ? t->args[t->pos + ahead] : (struct str){0};
}

static bool primary(struct test *t)
{
	struct str a = arg(t, 0), b = arg(t, 1);
	bool value;

	if (!a.p)
		return complain(t, t->n ? t->args[t->n - 1] : (struct str){0}, "argument expected");
	if (str_is(a, "!")) {
		t->pos++;
		return !primary(t);
	}
	if (b.p && is_binary(b) && arg(t, 2).p) {
		value = binary(t, a, b, arg(t, 2));
		t->pos += 3;
		return value;
	}
	if (str_is(a, "(")) {
		t->pos++;
		value = expression(t);
		if (!str_is(arg(t, 0), ")"))
			return complain(t, (struct str){0}, "`)' expected");
		t->pos++;
		return value;
	}
	if (is_unary(a) && b.p) {
		t->pos += 2;
		return test_unary(t->sh, a.p[1], b);
	}
	t->pos++;
	return a.n > 0;
}

static bool conjunction(struct test *t)
{
	bool value = primary(t);

	while (str_is(arg(t, 0), "-a") && !t->failed) {
		t->pos++;
		value = primary(t) && value;
	}
	return value;
}

static bool expression(struct test *t)
{
	bool value = conjunction(t);

	while (str_is(arg(t, 0), "-o") && !t->failed) {
		t->pos++;
		value = conjunction(t) || value;
	}
	return value;
}

/* POSIX's rules by the number of arguments, which come before any grammar. */
static bool by_count(struct test *t, const struct str *a, size_t n)
{
	if (n == 0)
		return false;
	if (n == 1)
		return a[0].n > 0;
	if (n == 2) {
		if (str_is(a[0], "!"))
			return a[1].n == 0;
		if (is_unary(a[0]))
			return test_unary(t->sh, a[0].p[1], a[1]);
		return complain(t, a[0], "unary operator expected");
	}
	if (n == 3) {
		if (is_binary(a[1]))
			return binary(t, a[0], a[1], a[2]);
		if (str_is(a[1], "-a"))
			return a[0].n && a[2].n;
		if (str_is(a[1], "-o"))
			return a[0].n || a[2].n;
		if (str_is(a[0], "!"))
			return !by_count(t, a + 1, 2);
		if (str_is(a[0], "(") && str_is(a[2], ")"))
			return a[1].n > 0;
		return complain(t, a[1], "binary operator expected");
	}
	if (n == 4 && str_is(a[0], "!"))
		return !by_count(t, a + 1, 3);
	if (n == 4 && str_is(a[0], "(") && str_is(a[3], ")"))
		return by_count(t, a + 1, 2);
	t->args = a;
	t->n = n;
	t->pos = 0;
	if (!expression(t)) {
		if (t->pos < t->n)
			complain(t, (struct str){0}, "too many arguments");
		return false;
	}
	return t->pos == t->n || complain(t, (struct str){0}, "too many arguments");
}

int builtin_test(struct shell *sh, const struct str *argv, size_t argc)
{
	struct test t = {.sh = sh, .name = argv[0]};
	bool value;

	if (!is_bash(sh))
		return test_posix(sh, argv, argc);
	if (str_is(argv[0], "[")) {
		if (!str_is(argv[argc - 1], "]") || argc < 2) {
			complain(&t, (struct str){0}, "missing `]'");
			return 2;
		}
		argc--;
	}
	value = by_count(&t, argv + 1, argc - 1);
	return t.failed ? 2 : !value;
}
