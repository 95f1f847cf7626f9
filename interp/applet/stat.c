/* SPDX-License-Identifier: GPL-2.0-only */
/* stat -c: facts about files, by a format. The long form without a format is the real tool's. */
#include "applet/internal.h"

static const char help[] = "stat [-L] (-c | --printf) FORMAT FILE...: facts about files\n"
			   "  %a %A mode  %F type  %f mode in hex  %g %G %u %U owner  %h links\n"
			   "  %i inode  %n name  %s size  %Y time of modification\n";

enum { PRINTF = 256 };

static const struct opt options[] = {
	{'c', "format", OPT_VALUE, NULL},
	{'L', "dereference", OPT_NONE, NULL},
	{PRINTF, "printf", OPT_VALUE, NULL},
	{0},
};

static const char known[] = "aAFfgGuUhindsY%";

/* Flags and width of one directive, and its letter; false when it is not known here. */
static bool directive(struct str f, size_t *i, struct str *spec, char *letter)
{
	size_t from = *i;

	while (*i < f.n && strchr("0123456789-#", f.p[*i]))
		++*i;
	*spec = str_sub(f, from, *i - from);
	*letter = *i < f.n ? f.p[*i] : '\0';
	++*i;
	return *letter && strchr(known, *letter) && (*letter != '%' || spec->n == 0);
}

static bool is_known(struct str format, bool escapes)
{
	struct str spec;
	char letter;

	for (size_t i = 0; i < format.n;) {
		char c = format.p[i++];

		if (c == '%' && !directive(format, &i, &spec, &letter))
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

static bool is_word(char letter)
{
	return strchr("AFGUn", letter) != NULL;
}

static struct str word_of(struct arena *mem, char letter, const struct files_stat *st,
			  struct str name)
{
	switch (letter) {
	case 'A': return applet_mode_text(mem, st->mode);
	case 'F': return str_z(type_name(st));
	case 'G': return or_unknown(applet_group(mem, st->gid));
	case 'U': return or_unknown(applet_user(mem, st->uid));
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
	default: return (unsigned long long)files_mtime(cx->files, applet_path(cx, name), st).tv_sec;
	}
}

static void put_directive(struct applet_cx *cx, struct buf *out, struct str spec, char letter,
			  const struct files_stat *st, struct str name)
{
	char form[64];
	size_t n = 0;

	if (letter == '%') {
		buf_char(out, '%');
		return;
	}
	form[n++] = '%';
	for (size_t i = 0; i < spec.n && n < 40; i++)
		if (!is_word(letter) || !strchr("0'+ #", spec.p[i]) || (n > 1 && spec.p[i] == '0'))
			form[n++] = spec.p[i];
	form[n] = '\0';
	if (is_word(letter)) {
		strcpy(form + n, "s");
		buf_fmt(out, form, str_cz(out->mem, word_of(out->mem, letter, st, name)));
		return;
	}
	strcpy(form + n, letter == 'a' ? "llo" : letter == 'f' ? "llx" : letter == 'Y' ? "lld" : "llu");
	buf_fmt(out, form, number_of(cx, letter, name, st));
}

static void put_format(struct applet_cx *cx, struct buf *out, struct str f, bool escapes, const struct files_stat *st,
		       struct str name)
{
	struct str spec;
	char letter;

	for (size_t i = 0; i < f.n;) {
		char c = f.p[i++];

		if (c == '%') {
			directive(f, &i, &spec, &letter);
			put_directive(cx, out, spec, letter, st, name);
		} else if (c == '\\' && escapes) {
			letter = f.p[i++];
			buf_char(out, letter == 'n' ? '\n' : letter == 't' ? '\t' : letter);
		} else {
			buf_char(out, c);
		}
	}
	if (!escapes)
		buf_char(out, '\n');
}

static int run(struct applet_cx *cx)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct buf out = buf_new(cx->mem);
	struct str format = {0};
	bool follow = false, escapes = false;
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'c': format = o.value; escapes = false; break;
		case PRINTF: format = o.value; escapes = true; break;
		case 'L': follow = true; break;
		default: return applet_decline(cx);
		}
	if (!format.p || !is_known(format, escapes))
		return applet_decline(cx);
	if (o.operands.n == 0)
		return applet_missing(cx, &o);
	for (size_t i = 0; i < o.operands.n; i++) {
		struct str name = o.operands.p[i], path = applet_path(cx, name);
		struct files_stat st;
		int err = follow ? files_stat(cx->files, path, &st) : files_lstat(cx->files, path, &st);

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
};
