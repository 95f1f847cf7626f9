/* SPDX-License-Identifier: GPL-2.0-only */
/* test and [ as bash has them, and the operators that [[ and dash share with them. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "shell/builtin.h"

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

/* -v NAME[INDEX], of which OPEN is where the bracket stands. */
static bool element_is_set(struct shell *sh, struct str arg, size_t open)
{
	const struct var *v = var_find(sh, str_sub(arg, 0, open));
	struct str index = str_sub(arg, open + 1, arg.n - open - 2);
	const char *who = sh->arith_who;
	int64_t i;
	bool good;

	if (!is_name(str_sub(arg, 0, open)))
		return false;
	if (str_is(index, "@") || str_is(index, "*"))
		return v && (v->flags & VAR_ARRAY ? v->n > 0 : !(v->flags & VAR_UNSET));
	sh->arith_who = NULL;
	good = subscript_text(sh, index, &index) && index_eval(sh, index, &i);
	sh->arith_who = who;
	if (!good)
		return false;
	if (i < 0 &&
	    (!v || !(v->flags & VAR_ARRAY) || !v->n || i + v->items[v->n - 1].index + 1 < 0)) {
		say(sh, "%.*s: bad array subscript", (int)open, arg.p);
		reported(sh);
		return false;
	}
	return v && var_element(v, i).p;
}

bool test_unary(struct shell *sh, char op, struct str arg)
{
	uint64_t fd;
	int64_t n;

	switch (op) {
	case 'n': return arg.n > 0;
	case 'z': return arg.n == 0;
	case 'v':
		if (test_number(sh, arg, &n))
			return n >= 0 && (uint64_t)n <= sh->nargs;
		if (subscript_of(arg))
			return element_is_set(sh, arg, subscript_of(arg));
		return var_value(sh, arg).p != NULL;
	case 'o': return option_is_set(sh, arg);
	case 'R':
		return false; /* names of names are the real shell's */
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
	struct timespec of_x, of_y;
	bool newer, older;

	if (str_is(op, "-ef"))
		return has_x && has_y && x.dev == y.dev && x.ino == y.ino;
	if (!has_x || !has_y) {
		if (!is_bash(sh))
			return 0;
		return str_is(op, "-nt") ? has_x && !has_y : has_y && !has_x;
	}
	of_x = files_mtime(sh->session->files, path_join(sh->tmp, sh->cwd, a), &x);
	of_y = files_mtime(sh->session->files, path_join(sh->tmp, sh->cwd, b), &y);
	newer =
	    of_x.tv_sec != of_y.tv_sec ? of_x.tv_sec > of_y.tv_sec : of_x.tv_nsec > of_y.tv_nsec;
	older =
	    of_x.tv_sec != of_y.tv_sec ? of_x.tv_sec < of_y.tv_sec : of_x.tv_nsec < of_y.tv_nsec;
	return str_is(op, "-nt") ? newer : older;
}

bool test_number(struct shell *sh, struct str s, int64_t *out)
{
	struct str t = str_trim(s), behind = str_from(s, (size_t)(t.p - s.p) + t.n);
	bool minus = t.n && t.p[0] == '-';
	uint64_t n;

	(void)sh;
	for (size_t i = 0; i < behind.n; i++) /* before it there may be other blanks */
		if (behind.p[i] != ' ' && behind.p[i] != '\t')
			return false;
	if (!str_number(str_from(t, minus || (t.n && t.p[0] == '+')), 10, &n) ||
	    n > (uint64_t)INT64_MAX + minus)
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
	return s.n == 2 && s.p[0] == '-' && s.p[1] && strchr("abcdefghknoprstuvwxzGLNORS", s.p[1]);
}

/* --- expressions --- */

struct test {
	struct shell *sh;
	struct str name;
	const struct str *args;
	size_t n, pos;
	bool failed;
};

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

/* Say TEXT, with WHAT in it, and give up. */
static bool give_up(struct test *t, const char *before, struct str what, const char *after)
{
	if (!t->failed)
		say(t->sh, "%.*s: %s%.*s%s", STR_ARG(t->name), before, STR_ARG(what), after);
	t->failed = true;
	return false;
}

static bool bash_or(struct test *t);

static bool bash_unary(struct test *t)
{
	struct str op = arg(t, 0), a = arg(t, 1);
	int64_t fd;

	if (op.p[1] == 't' && !(a.p && test_number(t->sh, a, &fd))) {
		t->pos++;
		return !a.p && test_unary(t->sh, 't', S("1"));
	}
	t->pos += 2;
	return test_unary(t->sh, op.p[1], a);
}

static bool bash_binary(struct test *t)
{
	t->pos += 3;
	return binary(t, t->args[t->pos - 3], t->args[t->pos - 2], t->args[t->pos - 1]);
}

static bool bash_parens(struct test *t)
{
	struct str next;
	bool value;

	t->pos++;
	value = bash_or(t);
	if (t->failed)
		return false;
	/* it looks at the closing bracket, too */
	next = t->pos == t->n && str_is(t->name, "[") ? S("]") : arg(t, 0);
	if (!next.p)
		return give_up(t, "`)' expected", S(""), "");
	if (!str_is(next, ")"))
		return give_up(t, "`)' expected, found ", next, "");
	t->pos++;
	return value;
}

static bool bash_term(struct test *t)
{
	bool not = false;

	while (!t->failed && str_is(arg(t, 0), "!")) {
		not = !not;
		t->pos++;
	}
	if (t->failed || !arg(t, 0).p)
		return give_up(t, "argument expected", S(""), "");
	if (str_is(arg(t, 0), "("))
		return bash_parens(t) != not;
	if (arg(t, 2).p && is_binary(arg(t, 1)))
		return bash_binary(t) != not;
	if (arg(t, 1).p && is_unary(arg(t, 0)))
		return bash_unary(t) != not;
	t->pos++;
	return (t->args[t->pos - 1].n > 0) != not;
}

static bool bash_and(struct test *t)
{
	bool value = bash_term(t), right;

	if (t->failed || !str_is(arg(t, 0), "-a"))
		return value;
	t->pos++;
	right = bash_and(t);
	return value && right;
}

static bool bash_or(struct test *t)
{
	bool value = bash_and(t), right;

	if (t->failed || !str_is(arg(t, 0), "-o"))
		return value;
	t->pos++;
	right = bash_or(t);
	return value || right;
}

static bool bash_two(struct test *t)
{
	if (str_is(arg(t, 0), "!")) {
		t->pos += 2;
		return t->args[t->pos - 1].n == 0;
	}
	if (!is_unary(arg(t, 0)))
		return give_up(t, "", arg(t, 0), ": unary operator expected");
	return bash_unary(t);
}

static bool bash_three(struct test *t)
{
	struct str a = arg(t, 0), op = arg(t, 1), b = arg(t, 2);
	bool value;

	if (is_binary(op))
		return bash_binary(t);
	if (str_is(op, "-a") || str_is(op, "-o")) {
		value = str_is(op, "-a") ? a.n && b.n : a.n || b.n;
	} else if (str_is(a, "!")) {
		t->pos++;
		value = !bash_two(t);
	} else if (str_is(a, "(") && b.n && b.p[0] == ')') {
		value = op.n > 0;
	} else {
		return give_up(t, "", op, ": binary operator expected");
	}
	t->pos = t->n;
	return value;
}

static bool bash_by_count(struct test *t)
{
	switch (t->n) {
	case 0: return false;
	case 1: t->pos = 1; return t->args[0].n > 0;
	case 2: {
		bool value = bash_two(t);

		t->pos = 2;
		return value;
	}
	case 3: return bash_three(t);
	case 4:
		if (str_is(arg(t, 0), "!")) {
			t->pos++;
			return !bash_three(t);
		}
		if (str_is(arg(t, 0), "(") && str_is(arg(t, 3), ")")) {
			bool value;

			t->pos++;
			value = bash_two(t);
			t->pos = t->n;
			return value;
		}
	}
	return bash_or(t);
}

static bool bash_test(struct test *t, const struct str *a, size_t n)
{
	bool value;

	t->args = a;
	t->n = n;
	value = bash_by_count(t);
	if (t->failed || t->pos == n)
		return value;
	if (arg(t, 0).n && arg(t, 0).p[0] == '-')
		return give_up(t, "syntax error: `", arg(t, 0), "' unexpected");
	return give_up(t, "too many arguments", S(""), "");
}

int run_test(struct shell *sh, const struct str *argv, size_t argc)
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
	value = bash_test(&t, argv + 1, argc - 1);
	return t.failed ? 2 : !value;
}

/* bash: whether a file was read since it was written; here that leaves no trace on the disk. */
static const char *test_declines(enum shell_dialect dialect, const struct str *argv, size_t argc)
{
	for (size_t i = 1; dialect == SHELL_BASH && i < argc; i++)
		if (str_is(argv[i], "-N"))
			return "test -N"; /* of [ the parser says so */
	return NULL;
}

const struct builtin builtin_bracket = {
	.name = S("["),
	.run = run_test,
	.flags = BUILTIN_PURE,
};

const struct builtin builtin_test = {
    .name = S("test"),
    .run = run_test,
    .flags = BUILTIN_PURE,
    .declines = test_declines,
};
