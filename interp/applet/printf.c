/* SPDX-License-Identifier: GPL-2.0-only */
/* printf, as coreutils' own program does it; shells have theirs. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "applet/internal.h"

static const char help[] =
    "printf FORMAT [ARG]...: put text by a format, again while there are ARGs\n"
    "  %s %b %c %d %i %o %u %x %X %e %f %g %a %%  with flags, width, precision\n";

struct printer {
	struct applet_cx *cx;
	struct buf out;
	size_t arg;		/* the next argument */
	bool failed, stopped;
};

static struct str next_arg(struct printer *p)
{
	return p->arg < p->cx->argc ? p->cx->argv[p->arg++] : (struct str){NULL, 0};
}

static void complain(struct printer *p, struct str arg, const char *end)
{
	const char *why;

	if (errno == ERANGE)
		why = "Numerical result out of range";
	else if (*end && end == arg.p)
		why = "expected a numeric value";
	else if (*end)
		why = "value not completely converted";
	else
		return;
	applet_say(p->cx, "%.*s: %s", STR_ARG(applet_cite(p->cx, arg)), why);
	p->failed = true;
}

/* 'c is a byte's number. */
static bool quoted_byte(struct printer *p, struct str arg, unsigned char *c)
{
	if (arg.n > 2 && (arg.p[0] == '"' || arg.p[0] == '\''))
		applet_say(
		    p->cx,
		    "warning: %.*s: character(s) following character constant have been ignored",
		    STR_ARG(str_from(arg, 2)));
	if (arg.n < 2 || (arg.p[0] != '"' && arg.p[0] != '\''))
		return false;
	*c = (unsigned char)arg.p[1];
	return true;
}

static long long number_arg(struct printer *p, bool is_unsigned)
{
	struct str arg = next_arg(p);
	unsigned char c;
	long long v;
	char *end, *z = str_cz(p->cx->mem, arg);

	if (!arg.p)
		return 0;
	if (quoted_byte(p, arg, &c))
		return c;
	if (arg.n == 0)
		return 0;
	errno = 0;
	v = is_unsigned ? (long long)strtoull(z, &end, 0) : strtoll(z, &end, 0);
	complain(p, (struct str){z, arg.n}, end);
	return v;
}

static long double float_arg(struct printer *p)
{
	struct str arg = next_arg(p);
	unsigned char c;
	long double v;
	char *end, *z = str_cz(p->cx->mem, arg);

	if (!arg.p)
		return 0;
	if (quoted_byte(p, arg, &c))
		return c;
	errno = 0;
	v = strtold(z, &end);
	complain(p, (struct str){z, arg.n}, end);
	return v;
}

/* One directive: "%" flags width .precision letter. */
struct directive {
	char flags[16];
	int width, precision;	/* precision -1: none */
	char letter;
};

static int star_or_digits(struct printer *p, struct str f, size_t *i)
{
	long v = 0;

	if (*i < f.n && f.p[*i] == '*') {
		++*i;
		return (int)number_arg(p, false);
	}
	while (*i < f.n && f.p[*i] >= '0' && f.p[*i] <= '9' && v < 100000000)
		v = v * 10 + (f.p[(*i)++] - '0');
	return (int)v;
}

static struct directive parse(struct printer *p, struct str f, size_t *i)
{
	struct directive d = {.precision = -1};
	size_t n = 0;

	while (*i < f.n && strchr("-+ #0'", f.p[*i])) {
		if (n < sizeof(d.flags) - 2 && f.p[*i] != '\'')
			d.flags[n++] = f.p[*i];
		++*i;
	}
	d.width = star_or_digits(p, f, i);
	if (d.width < 0) {
		d.flags[n++] = '-';
		d.width = -d.width;
	}
	if (*i < f.n && f.p[*i] == '.') {
		++*i;
		d.precision = star_or_digits(p, f, i);
	}
	while (*i < f.n && strchr("hlLjzt", f.p[*i]))
		++*i;
	d.letter = *i < f.n ? f.p[(*i)++] : '\0';
	return d;
}

static void put_padded(struct printer *p, const struct directive *d, struct str s)
{
	size_t pad;

	if (d->precision >= 0)
		s = str_sub(s, 0, (size_t)d->precision);
	pad = (size_t)d->width > s.n ? (size_t)d->width - s.n : 0;
	if (!strchr(d->flags, '-'))
		buf_fmt(&p->out, "%*s", (int)pad, "");
	buf_str(&p->out, s);
	if (strchr(d->flags, '-'))
		buf_fmt(&p->out, "%*s", (int)pad, "");
}

static void put_number(struct printer *p, const struct directive *d)
{
	bool is_float = strchr("eEfFgGaA", d->letter) != NULL;
	char form[48];

	snprintf(form, sizeof(form), d->precision >= 0 ? "%%%s*.*%s%c" : "%%%s*%s%c", d->flags,
		 is_float ? "L" : "ll", d->letter);
	if (is_float && d->precision >= 0)
		buf_fmt(&p->out, form, d->width, d->precision, float_arg(p));
	else if (is_float)
		buf_fmt(&p->out, form, d->width, float_arg(p));
	else if (d->precision >= 0)
		buf_fmt(&p->out, form, d->width, d->precision,
			number_arg(p, strchr("di", d->letter) == NULL));
	else
		buf_fmt(&p->out, form, d->width, number_arg(p, strchr("di", d->letter) == NULL));
}

static void put_directive(struct printer *p, const struct directive *d)
{
	static const struct applet_escapes how = {.bare_octal = true};
	struct str arg;

	switch (d->letter) {
	case 's': put_padded(p, d, next_arg(p)); break;
	case 'c':
		arg = next_arg(p);
		/* A missing or empty argument is a NUL. */
		put_padded(p, &(struct directive){.width = d->width, .precision = -1,
						  .flags = {d->flags[0], d->flags[1]}},
			   arg.n ? str_sub(arg, 0, 1) : (struct str){"", 1});
		break;
	case 'b':
		arg = next_arg(p);
		p->stopped = !applet_unescape(&p->out, arg, &how);
		break;
	default: put_number(p, d);
	}
}

/* coreutils refuses flags that mean nothing to a letter. */
static bool flags_fit(struct str spec, char letter)
{
	for (size_t i = 0; i < spec.n; i++) {
		char c = spec.p[i];

		if ((c == '#' && strchr("cdisu", letter)) || (c == '.' && letter == 'c') ||
		    ((c == '+' || c == ' ') && strchr("cosuxX", letter)) ||
		    (c == '0' && (i == 0 || strchr("-+ #0", spec.p[i - 1])) &&
		     strchr("cs", letter)))
			return false;
	}
	return true;
}

/* Is there an escape that only the real tool knows: \\x without a digit (an error), \\u, \\U? */
static bool odd_escape(struct str f)
{
	for (size_t i = 0; i + 1 < f.n; i++) {
		if (f.p[i] != '\\')
			continue;
		i++;
		if (f.p[i] == 'u' || f.p[i] == 'U')
			return true;
		if (f.p[i] == 'x' && (i + 1 == f.n || !isxdigit((unsigned char)f.p[i + 1])))
			return true;
	}
	return false;
}

/* Does the FORMAT hold only what is known here? */
static bool is_known(struct str f)
{
	size_t flags;

	for (size_t i = 0; i < f.n;) {
		char c = f.p[i++];

		if (c == '\\' && i < f.n)
			i++;
		if (c != '%')
			continue;
		if (i < f.n && f.p[i] == '%') {
			i++;
			continue;
		}
		flags = i;
		while (i < f.n && strchr("-+ #0.123456789*hlLjzt", f.p[i]))
			i++;
		if (i < f.n && !flags_fit(str_sub(f, flags, i - flags), f.p[i]))
			return false;
		if (i == f.n || !f.p[i] || !strchr("sbcdiouxXeEfFgGaA", f.p[i]))
			return false;
		/* A width for %b is rare: the real tool knows what it means. */
		if (f.p[i] == 'b' && f.p[i - 1] != '%')
			return false;
		i++;
	}
	return true;
}

static void put_format(struct printer *p, struct str f)
{
	static const struct applet_escapes how = {.format = true};

	for (size_t i = 0; i < f.n && !p->stopped;) {
		size_t from = i;
		struct directive d;

		while (i < f.n && f.p[i] != '%')
			i++;
		if (!applet_unescape(&p->out, str_sub(f, from, i - from), &how)) {
			p->stopped = true;
			return;
		}
		if (i++ >= f.n)
			return;
		if (i < f.n && f.p[i] == '%') {
			buf_char(&p->out, '%');
			i++;
			continue;
		}
		d = parse(p, f, &i);
		put_directive(p, &d);
	}
}

static int run(struct applet_cx *cx)
{
	struct printer p = {.cx = cx, .out = buf_new(cx->mem), .arg = 1};
	struct str format;
	size_t before;

	cx->pending = &p.out;
	if (cx->argc > 1 && str_is(cx->argv[1], "--"))
		p.arg++;
	else if (cx->argc == 2 && str_starts(cx->argv[1], S("--")))
		return applet_decline(cx);
	if (p.arg >= cx->argc)
		return applet_usage(cx, 1, S("missing operand"));
	format = next_arg(&p);
	for (size_t i = p.arg - 1; i < cx->argc; i++)
		if (odd_escape(cx->argv[i]) && (i == p.arg - 1 || str_find(format, S("%b")) >= 0))
			return applet_decline(cx);
	for (size_t i = p.arg; i < cx->argc; i++) {
		struct str arg = cx->argv[i];

		/* A width that is too big; a quoted character of several bytes. */
		if ((arg.n > 9 && str_chr(format, '*') >= 0) ||
		    (arg.n > 1 && (arg.p[0] == '"' || arg.p[0] == '\'') &&
		     (unsigned char)arg.p[1] > 127))
			return applet_decline(cx);
	}
	if (!is_known(format))
		return applet_decline(cx);
	do {
		before = p.arg;
		put_format(&p, format);
	} while (!p.stopped && p.arg < cx->argc && p.arg > before);
	if (p.arg < cx->argc && !p.stopped) {
		applet_say(cx, "warning: ignoring excess arguments, starting with %.*s",
			   STR_ARG(applet_cite(cx, cx->argv[p.arg])));
	}
	applet_out(cx, buf_view(&p.out));
	/* \c ends it all, and well. */
	return applet_status(cx, p.failed && !p.stopped ? 1 : 0);
}

const struct applet applet_printf = {
	.name = "printf",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
