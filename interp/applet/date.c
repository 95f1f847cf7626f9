/* SPDX-License-Identifier: GPL-2.0-only */
/* date: shows a time in a format. Setting the clock and free-form dates are the real tool's. */
#include <stdio.h>

#include "applet/internal.h"

static const char help[] =
    "date [-u] [-d @SECONDS|now|DATE | -r FILE] [+FORMAT | -R | -I[WHAT]]: show a time\n"
    "  DATE as 2020-01-02, 2020-01-02 03:04:05 or 2020-01-02T03:04:05Z, +0200 behind\n"
    "  FORMAT as strftime's, with GNU's flags - _ 0 ^ #, %N, %s\n";

enum { RFC_3339 = 256 };

static const struct opt options[] = {
	{'I', "iso-8601", OPT_MAYBE, NULL},
	{'R', "rfc-email", OPT_NONE, NULL},
	{'R', "rfc-2822", OPT_NONE, NULL},
	{'R', "rfc-822", OPT_NONE, NULL},
	{RFC_3339, "rfc-3339", OPT_VALUE, NULL},
	{'d', "date", OPT_VALUE, NULL},
	{'r', "reference", OPT_VALUE, NULL},
	{'u', "utc", OPT_NONE, NULL},
	{'u', "universal", OPT_NONE, NULL},
	{'u', "uct", OPT_NONE, NULL},
	{0},
};

struct shown {
	struct timespec when;
	struct tm tm;
};

/* How wide a numeric directive is, and with what it is padded; 0: it is text. */
static int number_width(char letter)
{
	if (strchr("dHIMSmyCgUVW", letter))
		return 2;
	if (strchr("ekl", letter))
		return -2;
	if (letter == 'j')
		return 3;
	if (letter == 'Y' || letter == 'G')
		return 4;
	return strchr("uws", letter) ? 1 : 0;
}

static void put_nanoseconds(struct buf *out, long ns, size_t width)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%09ld", ns);
	if (width && width < 9)
		digits[width] = '\0';
	buf_z(out, digits);
}

static void put_number(struct buf *out, struct str text, int width, struct str flags)
{
	char pad = width < 0 ? ' ' : '0';
	size_t want = (size_t)(width < 0 ? -width : width);

	while (text.n > 1 && (text.p[0] == '0' || text.p[0] == ' '))
		text = str_from(text, 1);
	for (size_t i = 0; i < flags.n; i++) {
		if (flags.p[i] == '_')
			pad = ' ';
		else if (flags.p[i] == '0')
			pad = '0';
		else if (flags.p[i] == '-')
			want = 0;
	}
	for (size_t n = text.n; n < want; n++)
		buf_char(out, pad);
	buf_str(out, text);
}

static void put_text(struct buf *out, struct str text, struct str flags, char letter)
{
	bool upper = str_chr(flags, '^') >= 0, swap = str_chr(flags, '#') >= 0;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c >= 'a' && c <= 'z' && (upper || (swap && !strchr("pZ", letter))))
			c = (char)(c - 32);
		else if (c >= 'A' && c <= 'Z' && swap && strchr("pZ", letter))
			c = (char)(c + 32);
		buf_char(out, c);
	}
}

/* "+02:00", with SECONDS "+02:00:00". */
static void put_zone(struct buf *out, long east, bool seconds)
{
	long off = east < 0 ? -east : east;

	buf_fmt(out, "%c%02ld:%02ld", east < 0 ? '-' : '+', off / 3600, off / 60 % 60);
	if (seconds)
		buf_fmt(out, ":%02ld", off % 60);
}

static void put_directive(struct buf *out, const struct shown *t, char letter, struct str flags,
			  size_t width)
{
	char form[] = {'%', letter, '\0'}, text[256];
	int number = number_width(letter);
	size_t n;

	if (letter == 'N') {
		put_nanoseconds(out, t->when.tv_nsec, width);
		return;
	}
	if (letter == 's') {
		buf_fmt(out, "%lld", (long long)t->when.tv_sec);
		return;
	}
	if (letter == 'z' && str_starts(flags, S(":"))) {
		put_zone(out, t->tm.tm_gmtoff, flags.n > 1);
		return;
	}
	n = strftime(text, sizeof(text), form, &t->tm);
	if (number)
		put_number(out, (struct str){text, n}, number, flags);
	else
		put_text(out, (struct str){text, n}, flags, letter);
}

/* "%", flags, digits (only for %N), letter at I; false when not known here. */
static bool parse_directive(struct str f, size_t *i, struct str *flags, size_t *width, char *letter)
{
	size_t from = *i;

	while (*i < f.n && f.p[*i] == ':')
		++*i;
	if (*i > from) { /* %:z, %::z */
		*flags = str_sub(f, from, *i - from);
		*width = 0;
		*letter = *i < f.n ? f.p[*i] : '\0';
		++*i;
		return *letter == 'z' && flags->n <= 2;
	}
	while (*i < f.n && strchr("-_0^#", f.p[*i]))
		++*i;
	*flags = str_sub(f, from, *i - from);
	for (*width = 0; *i < f.n && f.p[*i] >= '1' && f.p[*i] <= '9'; ++*i)
		*width = *width * 10 + (size_t)(f.p[*i] - '0');
	*letter = *i < f.n ? f.p[*i] : '\0';
	++*i;
	return *letter && strchr("aAbBcCdDeFgGhHIjklmMnNpPrRsSTtuUVwWxXyYzZ%", *letter) &&
	       (*letter == 'N' ? flags->n == 0 : *width == 0) &&
	       !(flags->n && strchr("cDFrRTxXzP%", *letter));
}

static bool is_known(struct str f)
{
	struct str flags;
	size_t width;
	char letter;

	for (size_t i = 0; i < f.n;)
		if (f.p[i++] == '%' && !parse_directive(f, &i, &flags, &width, &letter))
			return false;
	return true;
}

static struct str show(struct arena *mem, struct str f, const struct shown *t)
{
	struct buf out = buf_new(mem);
	struct str flags;
	size_t width;
	char letter;

	for (size_t i = 0; i < f.n;) {
		char c = f.p[i++];

		if (c != '%') {
			buf_char(&out, c);
			continue;
		}
		parse_directive(f, &i, &flags, &width, &letter);
		put_directive(&out, t, letter, flags, width);
	}
	buf_char(&out, '\n');
	return buf_view(&out);
}

/* The format that -I or --rfc-3339 stands for; unset: not known here. WHAT may be cut short. */
static struct str standard_format(struct str what, bool iso)
{
	static const struct { const char *word, *iso, *rfc; } rows[] = {
		{"date", "%Y-%m-%d", "%Y-%m-%d"},
		{"hours", "%Y-%m-%dT%H%:z", NULL},
		{"minutes", "%Y-%m-%dT%H:%M%:z", NULL},
		{"seconds", "%Y-%m-%dT%H:%M:%S%:z", "%Y-%m-%d %H:%M:%S%:z"},
		{"ns", "%Y-%m-%dT%H:%M:%S,%N%:z", "%Y-%m-%d %H:%M:%S.%N%:z"},
	};

	if (!what.p)
		what = S("date");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *format = iso ? rows[i].iso : rows[i].rfc;

		if (what.n && str_starts(str_z(rows[i].word), what) && format)
			return str_z(format);
	}
	return (struct str){NULL, 0};
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct str date = {0}, reference = {0}, format = {0};
	struct shown t;
	struct files_stat st;
	bool utc = false;
	int c, err, formats = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'd': date = o.value; break;
		case 'r': reference = o.value; break;
		case 'u': utc = true; break;
		case 'R': format = S("%a, %d %b %Y %H:%M:%S %z"); formats++; break;
		case 'I':
		case RFC_3339:
			format = standard_format(o.value, c == 'I');
			formats++;
			break;
		default: return applet_decline(cx);
		}
	if (o.operands.n > 1 || (o.operands.n == 1 && !str_starts(o.operands.p[0], S("+"))))
		return applet_decline(cx);
	if (formats + (int)o.operands.n > 1 || (formats && !format.p))
		return applet_decline(cx);
	if (!formats)
		format = o.operands.n ? str_from(o.operands.p[0], 1) : S("%a %b %e %H:%M:%S %Z %Y");
	if (!is_known(format) || !applet_plain_locale(cx, S("LC_TIME")) || (date.p && reference.p))
		return applet_decline(cx);
	if (!applet_time(cx, date.p ? date : S("now"), utc, &t.when))
		return applet_decline(cx);
	if (reference.p) {
		err = files_stat(cx->files, applet_path(cx, reference), &st);
		if (err) {
			applet_say_errno(cx, applet_name(cx, reference), err);
			return 1;
		}
		t.when = files_mtime(cx->files, applet_path(cx, reference), &st);
	}
	if (!applet_local(cx, t.when.tv_sec, utc, &t.tm) || t.tm.tm_year < -900 ||
	    t.tm.tm_year > 8099)
		return applet_decline(cx);
	applet_out(cx, show(cx->mem, format, &t));
	return applet_status(cx, 0);
}

/* Pure for a given second: -d @N. */
static bool pure(const struct str *argv, size_t argc)
{
	for (size_t i = 1; i < argc; i++)
		if (str_starts(argv[i], S("-d@")) || str_starts(argv[i], S("--date=@")) ||
		    (str_is(argv[i], "-d") && i + 1 < argc && str_starts(argv[i + 1], S("@"))))
			return true;
	return false;
}

const struct applet applet_date = {
	.name = "date",
	.help = help,
	.run = run,
	.flags = APPLET_VARYING,
	.pure = pure,
};
