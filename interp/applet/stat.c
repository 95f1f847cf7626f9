/* SPDX-License-Identifier: GPL-2.0-only */
/* stat -c: facts about files, by a format. The long form without a format is the real tool's. */
#include <stdio.h>

#include "applet/internal.h"

static const char help[] = "stat [-L] (-c | --printf) FORMAT FILE...: facts about files\n"
			   "  %a %A mode  %F type  %f mode in hex  %g %G %u %U owner  %h links\n"
			   "  %i inode  %n %N name  %s size  %y %Y time of modification  %B 512\n";

enum { PRINTF = 256 };

static const struct opt options[] = {
	{'c', "format", OPT_VALUE, NULL},
	{'L', "dereference", OPT_NONE, NULL},
	{PRINTF, "printf", OPT_VALUE, NULL},
	{0},
};

static const char known[] = "aAfFgGuUhindNsyYB%";

/* Flags, width and perhaps a precision, and the letter. */
struct directive {
	struct str flags, width, precision; /* precision: with its dot; unset: none */
	char letter;
};

static bool is_word(char letter)
{
	return strchr("AFGUny", letter) != NULL;
}

static struct str take(struct str f, size_t *i, const char *set)
{
	size_t from = *i;

	while (*i < f.n && f.p[*i] && strchr(set, f.p[*i]))
		++*i;
	return str_sub(f, from, *i - from);
}

/* What is behind a "%" at *I; false when it is not known here. */
static bool directive(struct str f, size_t *i, struct directive *d)
{
	d->flags = take(f, i, "'-+ #0");
	d->width = take(f, i, "0123456789");
	d->precision = (struct str){NULL, 0};
	if (*i < f.n && f.p[*i] == '.') {
		size_t dot = (*i)++;

		d->precision = str_sub(f, dot, take(f, i, "0123456789").n + 1);
	}
	d->letter = *i < f.n ? f.p[*i] : '\0';
	++*i;
	if (!d->letter || !strchr(known, d->letter) || d->width.n > 4 || d->precision.n > 4)
		return false;
	if (strchr("%N", d->letter))
		return d->flags.n + d->width.n == 0 && !d->precision.p;
	if (d->letter == 'Y' && d->precision.p)
		return d->flags.n + d->width.n == 0 && d->precision.n <= 2 &&
		       !str_is(d->precision, ".0");
	return is_word(d->letter) || !d->precision.p;
}

static bool is_known(struct str format, bool escapes)
{
	struct directive d;

	for (size_t i = 0; i < format.n;) {
		char c = format.p[i++];

		if (c == '%' && !directive(format, &i, &d))
			return false;
		if (c == '\\' && escapes) {
			if (i >= format.n || !strchr("nt\\\"", format.p[i]))
				return false;
			i++;
		}
	}
	return true;
}

static const char *type_name(const struct files_stat *st)
{
	switch (st->mode & S_IFMT) {
	case S_IFREG: return st->size ? "regular file" : "regular empty file";
	case S_IFDIR: return "directory";
	case S_IFLNK: return "symbolic link";
	case S_IFIFO: return "fifo";
	case S_IFCHR: return "character special file";
	case S_IFBLK: return "block special file";
	case S_IFSOCK: return "socket";
	default: return "weird file";
	}
}

static struct str or_unknown(struct str owner)
{
	return owner.p ? owner : S("UNKNOWN");
}

/* "2020-09-13 12:26:40.500000000 +0000" */
static struct str time_text(struct applet_cx *cx, struct timespec when)
{
	struct tm tm;
	char zone[8] = "";

	if (!applet_local(cx, when.tv_sec, false, &tm))
		return S(""); /* run() has asked */
	strftime(zone, sizeof(zone), "%z", &tm);
	return str_fmt(cx->mem, "%04d-%02d-%02d %02d:%02d:%02d.%09ld %s", tm.tm_year + 1900,
		       tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, when.tv_nsec,
		       zone);
}

static struct str word_of(struct applet_cx *cx, char letter, const struct files_stat *st,
			  struct str name)
{
	switch (letter) {
	case 'A': return applet_mode_text(cx->mem, st->mode);
	case 'F': return str_z(type_name(st));
	case 'G': return or_unknown(applet_group(cx->mem, st->gid));
	case 'U': return or_unknown(applet_user(cx->mem, st->uid));
	case 'y': return time_text(cx, files_mtime(cx->files, applet_path(cx, name), st));
	default: return name;
	}
}

static unsigned long long number_of(struct applet_cx *cx, char letter, struct str name,
					const struct files_stat *st)
{
	switch (letter) {
	case 'a': return st->mode & 07777;
	case 'f': return st->mode;
	case 'd': return st->dev;
	case 'g': return st->gid;
	case 'u': return st->uid;
	case 'h': return st->nlink;
	case 'i': return st->ino;
	case 's': return st->size;
	case 'B': return 512;
	default:
		return (unsigned long long)files_mtime(cx->files, applet_path(cx, name), st).tv_sec;
	}
}

/* Seconds with so many digits behind the point as the precision says. */
static void put_seconds(struct buf *out, struct timespec when, struct str precision)
{
	int digits = precision.n == 2 ? precision.p[1] - '0' : 9;
	char fraction[16];

	snprintf(fraction, sizeof(fraction), "%09ld", when.tv_nsec);
	buf_fmt(out, "%lld.%.*s", (long long)when.tv_sec, digits, fraction);
}

static void put_name(struct applet_cx *cx, struct buf *out, const struct files_stat *st,
		     struct str name)
{
	struct str target;

	buf_str(out, applet_quote(cx, name));
	if (S_ISLNK(st->mode) &&
	    files_readlink(cx->files, cx->mem, applet_path(cx, name), &target) == 0)
		buf_fmt(out, " -> %.*s", STR_ARG(applet_quote(cx, target)));
}

/* printf's form for D: only those flags that its kind has. */
static void make_form(char *form, const struct directive *d)
{
	const char *allowed = is_word(d->letter)	? "-"
			      : strchr("sY", d->letter) ? "'-+ 0"
			      : strchr("af", d->letter) ? "-#0"
							: "'-0";
	size_t n = 0;

	form[n++] = '%';
	for (size_t i = 0; i < d->flags.n && n < 20; i++)
		if (strchr(allowed, d->flags.p[i]))
			form[n++] = d->flags.p[i];
	for (size_t i = 0; i < d->width.n; i++)
		form[n++] = d->width.p[i];
	for (size_t i = 0; i < d->precision.n; i++)
		form[n++] = d->precision.p[i];
	strcpy(form + n, is_word(d->letter)	   ? "s"
			 : d->letter == 'a'	   ? "llo"
			 : d->letter == 'f'	   ? "llx"
			 : strchr("sY", d->letter) ? "lld"
						   : "llu");
}

static void put_directive(struct applet_cx *cx, struct buf *out, const struct directive *d,
			  const struct files_stat *st, struct str name)
{
	char form[64];

	if (d->letter == '%') {
		buf_char(out, '%');
	} else if (d->letter == 'N') {
		put_name(cx, out, st, name);
	} else if (d->letter == 'Y' && d->precision.p) {
		put_seconds(out, files_mtime(cx->files, applet_path(cx, name), st), d->precision);
	} else {
		make_form(form, d);
		if (is_word(d->letter))
			buf_fmt(out, form, str_cz(out->mem, word_of(cx, d->letter, st, name)));
		else
			buf_fmt(out, form, number_of(cx, d->letter, name, st));
	}
}

static void put_format(struct applet_cx *cx, struct buf *out, struct str f, bool escapes,
		       const struct files_stat *st, struct str name)
{
	struct directive d;

	for (size_t i = 0; i < f.n;) {
		char c = f.p[i++];

		if (c == '%') {
			directive(f, &i, &d);
			put_directive(cx, out, &d, st, name);
		} else if (c == '\\' && escapes) {
			c = f.p[i++];
			buf_char(out, c == 'n' ? '\n' : c == 't' ? '\t' : c);
		} else {
			buf_char(out, c);
		}
	}
	if (!escapes)
		buf_char(out, '\n');
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct buf out = buf_new(cx->mem);
	struct str format = {0};
	struct tm tm;
	bool follow = false, escapes = false;
	int c, status = 0;

	cx->pending = &out;
	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'c': format = o.value; escapes = false; break;
		case PRINTF: format = o.value; escapes = true; break;
		case 'L': follow = true; break;
		default: return applet_decline(cx);
		}
	if (!format.p || !is_known(format, escapes) ||
	    (str_find(format, S("y")) >= 0 && !applet_local(cx, 0, false, &tm)))
		return applet_decline(cx);
	if (o.operands.n == 0)
		return applet_missing(cx, &o);
	for (size_t i = 0; i < o.operands.n; i++)
		if (str_is(o.operands.p[i], "-")) /* the input */
			return applet_decline(cx);
	for (size_t i = 0; i < o.operands.n; i++) {
		struct str name = o.operands.p[i], path = applet_path(cx, name);
		struct files_stat st;
		int err =
		    follow ? files_stat(cx->files, path, &st) : files_lstat(cx->files, path, &st);

		if (err)
			status = applet_cannot(cx, "statx", name, err);
		else
			put_format(cx, &out, format, escapes, &st, name);
	}
	applet_out(cx, buf_view(&out));
	return applet_status(cx, status);
}

const struct applet applet_stat = {
	.name = "stat",
	.help = help,
	.run = run,
	.flags = APPLET_METADATA,
	.variables = "QUOTING_STYLE",
};
