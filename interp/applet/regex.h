/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_REGEX_H
#define APPLET_REGEX_H

#include <regex.h>

#include "applet/internal.h"

/*
 * POSIX regular expressions over bytes, for sed and grep: libc's matcher, which is leftmost-longest
 * and knows GNU's \+ \? \| \w \s \b \< \> as GNU sed does. Patterns hold no NUL; texts may.
 */
enum { REGEX_GROUPS = 10 };

struct regex {
	regex_t re;
	bool used[256];		/* bytes in the pattern, not to stand in for NUL */
	/* the text of the last match, and what the matcher got for it */
	struct str text, given;
};

/* False when PATTERN is no regular expression. The caller frees it with regex_free. */
bool regex_compile(struct arena *mem, struct str pattern, bool extended, bool any_case,
		   struct regex *out);
void regex_free(struct regex *r);
/* Match TEXT from START on; M gets REGEX_GROUPS offsets from TEXT's start. START is 0 the first
 * time that a text is matched; it stays as it is until the last one. */
bool regex_match(struct regex *r, struct arena *mem, struct str text, size_t start, regmatch_t *m);

#endif
