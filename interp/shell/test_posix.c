/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * test and [ as dash has them: POSIX's rules for three and four arguments, else a grammar in which
 * what a word means depends on the one or two behind it (tests/shell/test-posix*.sh).
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shell/builtin.h"

enum role { NOTHING, OPERAND, UNARY, BINARY, NOT, AND, OR, OPEN, CLOSE };

struct posix {
	struct shell *sh;
	struct str name;
	const struct str *args;
	size_t n, at; /* arguments, the one looked at */
	bool failed;
};

static bool fail(struct posix *t, struct str what, const char *text)
{
	if (!t->failed)
		say(t->sh, "%.*s: %.*s%s%s", STR_ARG(t->name), STR_ARG(what), what.n ? ": " : "",
		    text);
	t->failed = true;
	return false;
}

static enum role meaning(struct str s)
{
	static const struct {
		const char *text;
		enum role role;
	} words[] = {{"!", NOT}, {"-a", AND}, {"-o", OR}, {"(", OPEN}, {")", CLOSE}};
	static const char *const binary[] = {"=",   "!=",  "<",	  ">",	 "-eq", "-ne", "-lt",
					     "-le", "-gt", "-ge", "-nt", "-ot", "-ef"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_is(s, words[i].text))
			return words[i].role;
	for (size_t i = 0; i < sizeof(binary) / sizeof(binary[0]); i++)
		if (str_is(s, binary[i]))
			return BINARY;
	if (s.n == 2 && s.p[0] == '-' && s.p[1] && strchr("bcdefghknprstuwxzGLOS", s.p[1]))
		return UNARY;
	return OPERAND;
}

/* What the argument at I is where it stands. */
static enum role look(const struct posix *t, size_t i)
{
	enum role w;

	if (i >= t->n)
		return NOTHING;
	w = meaning(t->args[i]);
	if (w == UNARY) /* not as the last word, nor before an operator with its right side */
		return i + 1 < t->n && (i + 2 >= t->n || meaning(t->args[i + 1]) != BINARY)
			   ? UNARY
			   : OPERAND;
	return w == OPEN && i + 1 >= t->n ? OPERAND : w;
}

static bool number(struct posix *t, struct str s, int64_t *out)
{
	const char *z = str_cz(t->sh->tmp, s);
	char *end;

	errno = 0;
	*out = strtoimax(z, &end, 10);
	if (errno == ERANGE || end == z)
		return fail(t, S("Illegal number"), z);
	while (*end && strchr(" \t\n\v\f\r", *end))
		end++;
	return *end ? fail(t, S("Illegal number"), z) : true;
}

static bool binary(struct posix *t)
{
	struct str a = t->args[t->at], op = t->args[++t->at];
	int64_t x, y;

	if (++t->at >= t->n)
		return fail(t, op, "argument expected");
	if (!test_is_numeric(op))
		return test_words(t->sh, a, op, t->args[t->at]);
	return number(t, a, &x) && number(t, t->args[t->at], &y) && test_compare(op, x, y);
}

static bool unary(struct posix *t)
{
	char op = t->args[t->at].p[1];
	int64_t fd;

	if (++t->at >= t->n)
		return fail(t, t->args[t->at - 1], "argument expected");
	return (op != 't' || number(t, t->args[t->at], &fd)) &&
	       test_unary(t->sh, op, t->args[t->at]);
}

/* --- the grammar; each starts at its first word and ends at its last one --- */

static bool disjunction(struct posix *t, enum role w);

static bool primary(struct posix *t, enum role w)
{
	bool value;

	switch (w) {
	case NOTHING: return false;
	case OPEN:
		w = look(t, ++t->at);
		if (w == CLOSE)
			return false;
		value = disjunction(t, w);
		if (!t->failed && look(t, ++t->at) != CLOSE)
			return fail(t, S(""), "closing paren expected");
		return value;
	case UNARY: return unary(t);
	default: return look(t, t->at + 1) == BINARY ? binary(t) : t->args[t->at].n > 0;
	}
}

static bool negation(struct posix *t, enum role w)
{
	if (w != NOT || t->failed)
		return primary(t, w);
	w = look(t, t->at + 1);
	t->at += w != NOTHING;
	return !negation(t, w);
}

/* What is joined is evaluated whole, whatever the left side says. */
static bool conjunction(struct posix *t, enum role w)
{
	bool value = negation(t, w);

	while (!t->failed && look(t, t->at + 1) == AND) {
		t->at += 2;
		value &= negation(t, look(t, t->at));
	}
	return value;
}

static bool disjunction(struct posix *t, enum role w)
{
	bool value = conjunction(t, w);

	while (!t->failed && look(t, t->at + 1) == OR) {
		t->at += 2;
		value |= conjunction(t, look(t, t->at));
	}
	return value;
}

/*
 * By the number of arguments: `! X Y Z`, `( X Y )` and the like; *W: what the first one left means.
 */
static bool by_count(struct posix *t, enum role *w)
{
	bool negated = false;

	for (;; t->args++, t->n--, negated = true) {
		if (t->n == 3 && meaning(t->args[1]) == BINARY) {
			*w = OPERAND;
			return negated;
		}
		if (t->n != 3 && t->n != 4)
			break;
		if (str_is(t->args[0], "(") && str_is(t->args[t->n - 1], ")")) {
			t->args++;
			t->n -= 2;
			break;
		}
		if (!str_is(t->args[0], "!"))
			break;
	}
	*w = look(t, 0);
	return negated;
}

int test_posix(struct shell *sh, const struct str *argv, size_t argc)
{
	struct posix t = {.sh = sh, .name = argv[0], .args = argv + 1, .n = argc - 1};
	bool value, negated;
	enum role w;

	if (str_is(argv[0], "[")) { /* "]x" ends it as well */
		if (argv[argc - 1].n == 0 || argv[argc - 1].p[0] != ']') {
			fail(&t, S(""), "missing ]");
			return 2;
		}
		t.n--;
	}
	if (t.n == 0)
		return 1;
	negated = by_count(&t, &w);
	value = disjunction(&t, w) != negated;
	if (t.at + 1 < t.n)
		fail(&t, t.args[t.at], "unexpected operator");
	return t.failed ? 2 : !value;
}
