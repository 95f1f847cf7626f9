/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the formats share whose tools are Perl scripts of the tree: options as Getopt::Std takes
 * them, names as open does, texts as numbers. Only what can be understood in one way is: all else
 * is the script's own to do, or to complain about.
 */
#include "firmware/internal.h"

bool perl_plain(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		if (str_chr(S(" \t\n<>|&:,"), name.p[i]) >= 0)
			return false;
	}
	return name.n && !str_starts(name, S("-"));
}

bool perl_options(struct firmware_run *run, const char *letters, struct tool_options *to)
{
	for (size_t i = 1; i < run->argc; i++) {
		struct str arg = run->argv[i];
		const char *at = arg.n == 2 && arg.p[0] == '-' && arg.p[1] != ':'
					 ? strchr(letters, arg.p[1]) : NULL;

		if (!at || !*at)
			return false;
		if (at[1] == ':' && ++i == run->argc)
			return false;
		to->value[(unsigned char)*at] = at[1] == ':' ? run->argv[i] : S("1");
	}
	return true;
}

bool perl_number(struct str text, uint64_t *out)
{
	bool hex = str_starts(text, S("0x")) || str_starts(text, S("0X"));

	/* more digits might not be whole numbers in there */
	if (hex)
		*out = 0;
	return hex || (text.n <= 15 && str_number(text, 10, out));
}
