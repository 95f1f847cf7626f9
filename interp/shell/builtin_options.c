/* SPDX-License-Identifier: GPL-2.0-only */
/* What bash looks at before a builtin gets its words: options that it does not have, and "--". The
 * rows say which they are; builtins whose row says nothing look themselves. */
#include <string.h>

#include "shell/builtin.h"

/* How many words options take at the front, "--" included; 0 after a message. */
static size_t options_end(struct shell *sh, const struct builtin *b, const struct str *argv,
			  size_t argc)
{
	size_t i = 1;

	for (; i < argc && argv[i].n > 1 && argv[i].p[0] == '-'; i++) {
		if (str_is(argv[i], "--"))
			return i + 1;
		for (size_t k = 1; k < argv[i].n; k++) {
			const char *at = strchr(b->options, argv[i].p[k]);

			if (!at || argv[i].p[k] == ':') {
				say(sh, "%.*s: -%c: invalid option", STR_ARG(b->name),
				    argv[i].p[k]);
				put_fd(sh, 2,
				       str_fmt(sh->tmp, "%.*s: usage: %s\n", STR_ARG(b->name),
					       b->usage));
				return 0;
			}
			if (at[1] != ':')
				continue;
			i += k + 1 == argv[i].n; /* its value is the next word */
			break;
		}
	}
	return i;
}

int builtin_run(struct shell *sh, const struct builtin *b, const struct str *argv, size_t argc)
{
	struct strs words = {0};
	size_t end = 1;

	if (!is_bash(sh) || argc < 2)
		return b->run(sh, argv, argc);
	if (b->options) {
		end = options_end(sh, b, argv, argc);
		if (end == 0)
			return 2;
	} else if ((b->flags & BUILTIN_DASHES) && str_is(argv[1], "--")) {
		end = 2;
	}
	if (end < 2 || end > argc || !str_is(argv[end - 1], "--"))
		return b->run(sh, argv, argc);
	for (size_t i = 0; i < argc; i++)
		if (i != end - 1)
			*vec_push(sh->tmp, &words) = argv[i];
	return b->run(sh, words.p, words.n);
}
