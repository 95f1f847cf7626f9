/* SPDX-License-Identifier: GPL-2.0-only */
/* bc, as far as recipes count by it: whole numbers, + - * / % and parentheses, a line each. */
#include "applet/internal.h"

static const char help[] =
    "bc: the value of each line of the input: whole numbers, + - * / % ( )\n";

enum { DIGITS = 18, NESTED = 100 };

/* What is left to read; BAD: the real one has it. */
struct sums {
	struct str text;
	unsigned nested;
	bool bad;
};

static int64_t sum(struct sums *s);

static char next(struct sums *s)
{
	while (s->text.n && (s->text.p[0] == ' ' || s->text.p[0] == '\t'))
		s->text = str_from(s->text, 1);
	return s->text.n ? s->text.p[0] : 0;
}

static bool accept(struct sums *s, char c)
{
	if (next(s) != c)
		return false;
	s->text = str_from(s->text, 1);
	return true;
}

static int64_t number(struct sums *s)
{
	uint64_t value = 0;
	size_t n = 0;

	next(s);
	while (n < s->text.n && s->text.p[n] >= '0' && s->text.p[n] <= '9')
		n++;
	s->bad |= n == 0 || n > DIGITS || !str_number(str_sub(s->text, 0, n), 10, &value);
	s->text = str_from(s->text, n);
	return (int64_t)value;
}

/* A number, in parentheses or behind one "-". */
static int64_t factor(struct sums *s)
{
	bool negative = accept(s, '-');
	int64_t value;

	if (!accept(s, '(')) {
		value = number(s);
	} else if (++s->nested > NESTED) {
		s->bad = true;
		return 0;
	} else {
		value = sum(s);
		s->bad |= !accept(s, ')');
	}
	return negative ? -value : value;
}

static int64_t product(struct sums *s)
{
	int64_t value = factor(s), other;

	while (!s->bad) {
		char op = next(s);

		if (op != '*' && op != '/' && op != '%')
			break;
		accept(s, op);
		other = factor(s);
		if (op == '*')
			s->bad |= __builtin_mul_overflow(value, other, &value);
		else if (other == 0 || other == -1)
			s->bad = true;
		else
			value = op == '/' ? value / other : value % other;
	}
	return value;
}

static int64_t sum(struct sums *s)
{
	int64_t value = product(s), other;

	while (!s->bad) {
		char op = next(s);

		if (op != '+' && op != '-')
			break;
		accept(s, op);
		other = product(s);
		s->bad |= op == '+' ? __builtin_add_overflow(value, other, &value)
				    : __builtin_sub_overflow(value, other, &value);
	}
	return value;
}

static bool count(struct sums *s, struct buf *out)
{
	while (s->text.n && !s->bad) {
		if (accept(s, '\n'))
			continue;
		buf_fmt(out, "%lld\n", (long long)sum(s));
		s->nested = 0;
		s->bad |= !accept(s, '\n');
	}
	return !s->bad;
}

static int run(struct applet_cx *cx)
{
	struct buf out = buf_new(cx->mem);
	struct sums s = {.bad = false};
	struct blob *in = NULL;
	bool known;

	if (cx->argc != 1 || stream_peek(cx->in, &in) != 0)
		return applet_decline(cx);
	known = blob_size(in) != BLOB_ENDLESS && applet_flat(cx, in, &s.text) && count(&s, &out);
	blob_unref(in);
	if (!known)
		return applet_decline(cx);
	if (stream_rest(cx->in, &in) == 0)
		blob_unref(in);
	applet_out(cx, buf_view(&out));
	return applet_status(cx, 0);
}

const struct applet applet_bc = {
    .name = "bc",
    .help = help,
    .run = run,
    .flags = APPLET_PURE,
    .variables = "BC_ENV_ARGS POSIXLY_CORRECT",
};
