/* SPDX-License-Identifier: GPL-2.0-only */
/* echo and printf, as bash and as dash have them. One write per command. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell/builtin.h"

struct printer;

/* --- echo --- */

static bool echo_flags(struct str s, bool *newline, bool *escapes)
{
	if (s.n < 2 || s.p[0] != '-')
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (!strchr("neE", s.p[i]))
			return false;
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == 'n')
			*newline = false;
		else
			*escapes = s.p[i] == 'e';
	}
	return true;
}

static void tell_digits(struct printer *p, struct str rest);

/* TELL: whose printf it is; or NULL. */
static void put_escaped(struct printer *tell, struct buf *out, struct str s, enum escape_use use,
			bool *stop)
{
	for (size_t i = 0; i < s.n && !*stop;) {
		if (s.p[i] != '\\') {
			buf_char(out, s.p[i++]);
			continue;
		}
		if (tell)
			tell_digits(tell, str_from(s, i + 1));
		i += 1 + escape_echo(out, str_from(s, i + 1), use, stop);
	}
}

static int run_echo(struct shell *sh, const struct str *argv, size_t argc)
{
	struct buf out = buf_new(sh->tmp);
	bool newline = true, escapes = !is_bash(sh), stop = false;
	size_t i = 1;

	if (!is_bash(sh) && argc > 1 && str_is(argv[1], "-n")) {
		newline = false;
		i++;
	}
	while (is_bash(sh) && i < argc && echo_flags(argv[i], &newline, &escapes))
		i++;
	buf_put(&out, "", 0);
	for (size_t first = i; i < argc && !stop; i++) {
		if (i > first)
			buf_char(&out, ' ');
		if (escapes)
			put_escaped(NULL, &out, argv[i], is_bash(sh) ? ESCAPE_ECHO : ESCAPE_POSIX,
				    &stop);
		else
			buf_str(&out, argv[i]);
	}
	if (newline && !stop)
		buf_char(&out, '\n');
	return put_out(sh, argv[0], out.n ? buf_view(&out) : S(""));
}

const struct builtin builtin_echo = {
	.name = S("echo"),
	.run = run_echo,
	.flags = BUILTIN_PURE,
};

/* --- printf --- */

struct printer {
	struct shell *sh;
	struct buf out;
	const struct str *args;
	size_t n, next;
	int status;
	bool stop;
	bool kept; /* for a variable */
	/* bash: nothing can be written, which the end of a line tells: ERROR, until the next
	 * argument is about to be written */
	bool closed, error;
	size_t written, begun; /* what went out already; how much there was when this pass began */
};

struct spec {
	char flags[8];
	int width, precision; /* precision -1: none */
	char conversion;
};

static struct str next_arg(struct printer *p, bool *have)
{
	*have = p->next < p->n;
	return *have ? p->args[p->next++] : S("");
}

/* bash writes each line when it is complete: what it says comes behind those. */
static void flush_lines(struct printer *p)
{
	size_t n = p->out.n;

	while (n && p->out.p[n - 1] != '\n')
		n--;
	if (!n || p->kept || p->closed || !is_bash(p->sh))
		return;
	put_fd(p->sh, 1, str_sub(buf_view(&p->out), 0, n));
	memmove(p->out.p, p->out.p + n, p->out.n - n);
	p->out.n -= n;
	p->written += n;
}

/* bash: \x, \u and \U without a digit. */
static void tell_digits(struct printer *p, struct str rest)
{
	char c = rest.n ? rest.p[0] : '\0';

	if ((c != 'x' && c != 'u' && c != 'U') ||
	    (rest.n > 1 && isxdigit((unsigned char)rest.p[1])))
		return;
	flush_lines(p);
	say(p->sh, "printf: missing %s digit for \\%c", c == 'x' ? "hex" : "unicode", c);
}

static void warn(struct printer *p, struct str arg, const char *posix, const char *bash)
{
	p->status = 1;
	flush_lines(p);
	say(p->sh, "printf: %.*s: %s", STR_ARG(arg), is_bash(p->sh) ? bash : posix);
}

static const char *bad_number(struct str arg)
{
	if (arg.n > 1 && arg.p[0] == '0' && arg.p[1] >= '0' && arg.p[1] <= '9')
		return "invalid octal number";
	return arg.n > 1 && arg.p[0] == '0' && arg.p[1] == 'x' ? "invalid hex number"
							       : "invalid number";
}

static void check_end(struct printer *p, struct str arg, const char *start, const char *end)
{
	if (end == start && arg.n)
		warn(p, arg, "expected numeric value", bad_number(arg));
	else if (end == start)
		return;
	else if (*end)
		warn(p, arg, "not completely converted", bad_number(arg));
	else if (errno == ERANGE && is_bash(p->sh)) {
		flush_lines(p);
		say(p->sh, "printf: warning: %.*s: Numerical result out of range", STR_ARG(arg));
	} else if (errno == ERANGE) {
		warn(p, arg, "Numerical result out of range", "");
	}
}

/* What ' and " before a character mean: its number. */
static wint_t quoted_code(struct str arg)
{
	wint_t code = 0;

	if (arg.n > 1)
		char_code(str_from(arg, 1), &code);
	return code;
}

static uintmax_t integer_arg(struct printer *p, bool is_signed)
{
	bool have;
	struct str arg = next_arg(p, &have);
	const char *z = str_cz(p->sh->tmp, arg);
	char *end;
	uintmax_t value;

	if (!have)
		return 0;
	if (arg.n && (arg.p[0] == '\'' || arg.p[0] == '"'))
		return quoted_code(arg);
	if (arg.n == 0)
		return 0;
	errno = 0;
	value = is_signed ? (uintmax_t)strtoll(z, &end, 0) : strtoull(z, &end, 0);
	check_end(p, arg, z, end);
	return value;
}

static long double float_arg(struct printer *p)
{
	bool have;
	struct str arg = next_arg(p, &have);
	const char *z = str_cz(p->sh->tmp, arg);
	char *end;
	long double value;

	if (!have)
		return 0;
	if (arg.n && (arg.p[0] == '\'' || arg.p[0] == '"'))
		return quoted_code(arg);
	errno = 0;
	value = is_bash(p->sh) ? strtold(z, &end) : (long double)strtod(z, &end);
	check_end(p, arg, z, end);
	return value;
}

static void pad(struct printer *p, const struct spec *s, struct str text)
{
	size_t width = s->width < 0 ? 0 : (size_t)s->width, fill;
	bool left = strchr(s->flags, '-') != NULL;

	if (s->precision >= 0 && text.n > (size_t)s->precision)
		text.n = (size_t)s->precision;
	fill = width > text.n ? width - text.n : 0;
	for (size_t i = 0; !left && i < fill; i++)
		buf_char(&p->out, ' ');
	buf_str(&p->out, text);
	for (size_t i = 0; left && i < fill; i++)
		buf_char(&p->out, ' ');
}

/* bash has long doubles, dash doubles: %a tells. */
static void put_float(struct printer *p, const struct spec *s)
{
	char format[64];
	long double f = float_arg(p);
	bool precise = s->precision >= 0;

	snprintf(format, sizeof(format), "%%%s*%s%s%c", s->flags, precise ? ".*" : "",
		 is_bash(p->sh) ? "L" : "", s->conversion);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (is_bash(p->sh) && precise)
		buf_fmt(&p->out, format, s->width, s->precision, f);
	else if (is_bash(p->sh))
		buf_fmt(&p->out, format, s->width, f);
	else if (precise)
		buf_fmt(&p->out, format, s->width, s->precision, (double)f);
	else
		buf_fmt(&p->out, format, s->width, (double)f);
#pragma GCC diagnostic pop
}

static void put_number(struct printer *p, const struct spec *s)
{
	char format[64];
	bool is_float = strchr("fFeEgGaA", s->conversion) != NULL;
	bool is_signed = s->conversion == 'd' || s->conversion == 'i';
	uintmax_t v;

	if (is_float) {
		put_float(p, s);
		return;
	}
	snprintf(format, sizeof(format), "%%%s*%sj%c", s->flags, s->precision >= 0 ? ".*" : "",
		 s->conversion);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	v = integer_arg(p, is_signed);
	if (s->precision >= 0)
		buf_fmt(&p->out, format, s->width, s->precision, v);
	else
		buf_fmt(&p->out, format, s->width, v);
#pragma GCC diagnostic pop
}

static void put_b(struct printer *p, const struct spec *s, struct str arg)
{
	struct buf text = buf_new(p->sh->tmp);

	buf_put(&text, "", 0);
	put_escaped(is_bash(p->sh) ? p : NULL, &text, arg,
		    is_bash(p->sh) ? ESCAPE_PRINTF_B : ESCAPE_POSIX, &p->stop);
	pad(p, s, text.n ? buf_view(&text) : S(""));
}

/* A number in the format, or '*': from the arguments. */
static int size_of(struct printer *p, struct str f, size_t *i, int none)
{
	int n = 0;

	if (*i < f.n && f.p[*i] == '*') {
		++*i;
		return (int)(intmax_t)integer_arg(p, true);
	}
	if (*i >= f.n || f.p[*i] < '0' || f.p[*i] > '9')
		return none;
	for (; *i < f.n && f.p[*i] >= '0' && f.p[*i] <= '9'; ++*i)
		n = n < 100000 ? n * 10 + (f.p[*i] - '0') : n;
	return n;
}

static struct spec read_spec(struct printer *p, struct str f, size_t *i)
{
	struct spec s = {.precision = -1};
	size_t n = 0;

	/* bash's ' groups digits, of which the C locale knows nothing */
	for (; *i < f.n && strchr(is_bash(p->sh) ? "#-+ 0'" : "#-+ 0", f.p[*i]); ++*i)
		if (f.p[*i] != '\'' && n < sizeof(s.flags) - 1 && !strchr(s.flags, f.p[*i]))
			s.flags[n++] = f.p[*i];
	s.width = size_of(p, f, i, 0);
	if (s.width < 0 && n < sizeof(s.flags) - 1) {
		s.flags[n++] = '-';
		s.width = -s.width;
	}
	if (*i < f.n && f.p[*i] == '.') {
		++*i;
		s.precision = size_of(p, f, i, 0);
	}
	while (is_bash(p->sh) && *i < f.n && strchr("hlLjzt", f.p[*i]))
		++*i;
	s.conversion = *i < f.n ? f.p[*i] : '\0';
	++*i;
	return s;
}

static void invalid(struct printer *p, struct str f, size_t start, size_t end, const struct spec *s)
{
	struct str text = str_sub(f, start, end - start);

	p->stop = true;
	p->status = is_bash(p->sh) ? 1 : 2;
	flush_lines(p);
	if (!is_bash(p->sh) && !s->conversion)
		say(p->sh, "printf: missing format character");
	else if (!is_bash(p->sh))
		say(p->sh, "printf: %.*s: invalid directive", STR_ARG(text));
	else if (s->conversion)
		say(p->sh, "printf: `%c': invalid format character", s->conversion);
	else
		say(p->sh, "printf: `%.*s': missing format character", STR_ARG(text));
}

/* bash's %n: how many bytes this pass has made so far. */
static void put_count(struct printer *p, struct str name)
{
	if (!name.n)
		return;
	if (is_name(name)) {
		var_set(p->sh, name, str_fmt(p->sh->tmp, "%zu", p->written + p->out.n - p->begun));
		return;
	}
	p->stop = true;
	p->status = 1;
	flush_lines(p);
	say(p->sh, "printf: `%.*s': not a valid identifier", STR_ARG(name));
}

/* What was put down from FROM on ends lines that cannot be written: they are lost. */
static void note_lines(struct printer *p, size_t from)
{
	if (!p->closed || p->out.n == from || !memchr(p->out.p + from, '\n', p->out.n - from))
		return;
	p->error = true;
	p->written += p->out.n;
	p->out.n = 0;
}

static size_t conversion(struct printer *p, struct str f, size_t start)
{
	size_t i = start + 1, from = p->out.n;
	struct spec s = read_spec(p, f, &i);
	bool have;
	struct str arg;

	/* of those bash's stdio forgets the error, of %b and %q it is asked for one */
	p->error &= !s.conversion || !strchr("diouxXfFeEgGaAsc", s.conversion);
	if (s.conversion && strchr("diouxXfFeEgGaA", s.conversion)) {
		put_number(p, &s);
	} else if (s.conversion == 's') {
		pad(p, &s, next_arg(p, &have));
	} else if (s.conversion == 'c') {
		arg = next_arg(p, &have);
		pad(p, &s,
		    arg.n	     ? str_sub(arg, 0, 1)
			     : (struct str){"", 1});
	} else if (s.conversion == 'b') {
		put_b(p, &s, next_arg(p, &have));
	} else if ((s.conversion == 'q' || s.conversion == 'Q') && is_bash(p->sh)) {
		arg = next_arg(p, &have);
		/* of what it is, not of what it shows */
		if (s.conversion == 'Q' && s.precision >= 0) {
			arg = str_sub(arg, 0,
				      (size_t)s.precision < arg.n ? (size_t)s.precision : arg.n);
			s.precision = -1;
		}
		pad(p, &s, quote_backslash(p->sh->tmp, arg));
	} else if (s.conversion == 'n' && is_bash(p->sh)) {
		put_count(p, next_arg(p, &have));
	} else if (s.conversion == '%' && i == start + 2) {
		buf_char(&p->out, '%');
	} else {
		invalid(p, f, start, i > f.n ? f.n : i, &s);
	}
	note_lines(p, from);
	p->stop |= p->error && s.conversion != 'n' && s.conversion != '%';
	if (p->error && (s.conversion == 'q' || s.conversion == 'Q')) { /* said, and then again */
		p->status = put_out(p->sh, S("printf"), S("\n"));
		p->error = false;
	}
	return i;
}

static size_t format_escape(struct printer *p, struct str rest)
{
	char c = rest.n ? rest.p[0] : '\0';
	size_t n = 0;
	int value = 0;
	bool stop = false;

	if (c >= '0' && c <= '7') {
		for (; n < 3 && n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '7'; n++)
			value = value * 8 + (rest.p[n] - '0');
		buf_char(&p->out, (char)value);
		return n;
	}
	if (c == 'c') {
		if (is_bash(p->sh)) {
			buf_z(&p->out, "\\c");
			return 1;
		}
		buf_z(&p->out, "\\c");
		return 1;
	}
	if (is_bash(p->sh) && (c == '"' || c == '\'' || c == '?')) {
		buf_char(&p->out, c);
		return 1;
	}
	if (c == '%') { /* which counts after all */
		buf_char(&p->out, '\\');
		return 0;
	}
	if (is_bash(p->sh))
		tell_digits(p, rest);
	return escape_echo(&p->out, rest, is_bash(p->sh) ? ESCAPE_PRINTF_B : ESCAPE_POSIX, &stop);
}

static void one_pass(struct printer *p, struct str f)
{
	for (size_t i = 0; i < f.n && !p->stop;) {
		size_t from = p->out.n;

		if (f.p[i] == '%') {
			i = conversion(p, f, i);
			continue;
		}
		if (f.p[i] == '\\')
			i += 1 + format_escape(p, str_from(f, i + 1));
		else
			buf_char(&p->out, f.p[i++]);
		note_lines(p, from);
	}
	p->stop |= p->error;
}

static int printf_usage(struct shell *sh)
{
	if (is_bash(sh))
		put_fd(sh, 2, S("printf: usage: printf [-v var] format [arguments]\n"));
	else
		say(sh, "printf: usage: printf format [arg ...]");
	return 2;
}

static int run_printf(struct shell *sh, const struct str *argv, size_t argc)
{
	struct printer p = {.sh = sh, .out = buf_new(sh->tmp)};
	struct str to = {0}, text;
	size_t i = 1, before;
	bool options = true;

	if (is_bash(sh) && argc == 2 && str_is(argv[1], "-v")) {
		say(sh, "printf: -v: option requires an argument");
		return printf_usage(sh);
	}
	if (is_bash(sh) && i < argc && str_starts(argv[i], S("-v"))) {
		bool joined = argv[i].n > 2; /* -vNAME */

		p.kept = true;
		to = joined ? str_from(argv[i], 2) : argv[i + 1];
		i += joined ? 1 : 2;
		if (!builtin_good_var(sh, to))
			return builtin_error(sh, argv[0], 2, "`%.*s': not a valid identifier",
					     STR_ARG(to));
	}
	if (i < argc && str_is(argv[i], "--")) {
		options = false;
		i++;
	}
	if (i >= argc)
		return printf_usage(sh);
	if (!is_bash(sh) && i == 1 && argv[1].n > 1 && argv[1].p[0] == '-')
		return builtin_error(sh, argv[0], 2, "Illegal option -%c", argv[1].p[1]);
	if (is_bash(sh) && argv[i].n > 1 && argv[i].p[0] == '-' && options) {
		say(sh, "printf: %.*s: invalid option", STR_ARG(str_sub(argv[i], 0, 2)));
		return printf_usage(sh);
	}
	p.args = argv + i + 1;
	p.n = argc - i - 1;
	p.closed = is_bash(sh) && !to.p && (!fd_stream(sh, 1) || sh->fds[1].sealed);
	do {
		before = p.next;
		p.begun = p.written + p.out.n;
		one_pass(&p, argv[i]);
	} while (!p.stop && p.next < p.n && p.next > before);
	text = p.out.n ? buf_view(&p.out) : p.error ? S("\n") : S("");
	if (to.p)
		return builtin_set_var(sh, argv[0], to, text) ? p.status : 1;
	return put_out(sh, argv[0], text) | p.status;
}

/* bash's %(FORMAT)T. */
static const char *printf_declines(enum shell_dialect dialect, const struct str *argv, size_t argc)
{
	size_t i = argc > 3 && str_is(argv[1], "-v") ? 3 : 1;
	struct str f = i < argc ? argv[i] : (struct str){0};

	for (i = 0; dialect == SHELL_BASH && i < f.n; i++) {
		if (f.p[i] != '%')
			continue;
		while (++i < f.n && strchr("-+ #0123456789.*", f.p[i]))
			;
		if (i < f.n && f.p[i] == '(')
			return "printf time";
	}
	return NULL;
}

const struct builtin builtin_printf = {
	.name = S("printf"),
	.run = run_printf,
	.flags = BUILTIN_PURE,
	.declines = printf_declines,
};
