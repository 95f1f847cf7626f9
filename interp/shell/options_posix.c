/* SPDX-License-Identifier: GPL-2.0-only */
/* How dash's builtins read options and numbers. Not here: `set` (builtin_set.c). Source: dash
 * 0.5.12's behaviour. */
#include <limits.h>
#include <string.h>

#include "shell/builtin.h"

static bool is_blank(char c)
{
	return c && strchr(" \t\n\v\f\r", c);
}

bool posix_number(struct str s, uint64_t *out)
{
	bool minus;

	while (s.n && is_blank(s.p[0]))
		s = str_from(s, 1);
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	minus = s.n && s.p[0] == '-';
	if (s.n && (s.p[0] == '+' || minus))
		s = str_from(s, 1);
	return str_number(s, 10, out) && *out <= (minus ? 0 : INT_MAX);
}

int posix_option(struct shell *sh, struct posix_options *o, const char *spec)
{
	const char *at;
	char c;

	if (o->letters.n == 0) {
		o->at = o->at ? o->at : 1;
		if (o->at >= o->argc || o->argv[o->at].n < 2 || o->argv[o->at].p[0] != '-')
			return 0;
		o->letters = str_from(o->argv[o->at++], 1);
		if (str_is(o->letters, "-")) {
			o->letters.n = 0;
			return 0;
		}
	}
	c = o->letters.p[0];
	o->letters = str_from(o->letters, 1);
	at = c == ':' ? NULL : strchr(spec, c);
	if (!at) {
		builtin_error(sh, o->argv[0], 2, "Illegal option -%c", c);
		return -1;
	}
	if (at[1] != ':')
		return c;
	o->value = o->letters;
	o->letters.n = 0;
	if (o->value.n)
		return c;
	if (o->at == o->argc) {
		builtin_error(sh, o->argv[0], 2, "No arg for -%c option", c);
		return -1;
	}
	o->value = o->argv[o->at++];
	return c;
}

int posix_no_options(struct shell *sh, const struct str *argv, size_t argc)
{
	struct posix_options o = {.argv = argv, .argc = argc};

	return posix_option(sh, &o, "") < 0 ? -1 : (int)(o.at ? o.at : 1);
}
