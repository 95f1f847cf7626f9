/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What head and tail share: options, how a number of lines or bytes is read, the lines that name
 * the files, messages. Which part of a file is meant is in head.c and tail.c. Source: coreutils'
 * documentation and what its programs do.
 */
#include "applet/ends.h"

const struct opt ends_options[] = {
	{'n', "lines", OPT_VALUE, NULL},   {'c', "bytes", OPT_VALUE, NULL},
	{'q', "quiet", OPT_NONE, NULL},	   {'v', "verbose", OPT_NONE, NULL},
	{'q', "silent", OPT_NONE, NULL},   {'z', "zero-terminated", OPT_NONE, NULL},
	{0},
};

bool ends_take(struct ends *e, int id)
{
	switch (id) {
	case 'q': e->quiet = true; e->verbose = false; return true;
	case 'v': e->verbose = true; e->quiet = false; return true;
	case 'z': e->end = '\0'; return true;
	default: return false;
	}
}

int ends_take_count(struct ends *e, struct str digits, struct str shown)
{
	if (digits.n && digits.p[0] >= '0' && digits.p[0] <= '9' &&
	    applet_size(digits, "bkKmMGTPE", &e->n))
		return 0;
	/* "+5", " 5" and "k" are numbers too. */
	if (digits.n > 15 || (digits.n && strchr("+ \tbkKmMGTPEZYRQ", digits.p[0])))
		return APPLET_DECLINE;
	shown = applet_cite(e->cx, shown);
	applet_say(e->cx, "invalid number of %s: %.*s%s", e->bytes ? "bytes" : "lines",
		   STR_ARG(shown),
		   applet_too_big(digits) ? ": Value too large for defined data type" : "");
	return 1;
}

bool ends_has_headers(const struct ends *e, const struct strs *operands)
{
	return e->verbose || (operands->n > 1 && !e->quiet);
}

struct str ends_shown(struct str name)
{
	return str_is(name, "-") ? S("standard input") : name;
}

int ends_cannot_open(struct ends *e, struct str name, int err)
{
	struct str quoted = applet_quote(e->cx, ends_shown(name));

	applet_say_errno(e->cx, str_fmt(e->cx->mem, "cannot open %.*s for reading",
					STR_ARG(quoted)), err);
	return 1;
}

int ends_cannot_read(struct ends *e, struct str name, int err)
{
	struct str quoted = applet_quote(e->cx, ends_shown(name));

	applet_say_errno(e->cx, str_fmt(e->cx->mem, "error reading %.*s", STR_ARG(quoted)), err);
	return 1;
}

void ends_put_header(struct ends *e, struct str name)
{
	struct str shown = ends_shown(name);

	applet_out(e->cx, str_fmt(e->cx->mem, "%s==> %.*s <==\n", e->headed ? "\n" : "",
				  STR_ARG(shown)));
}
