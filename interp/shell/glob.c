/* SPDX-License-Identifier: GPL-2.0-only */
/* Pathname expansion over the overlay, sorted by bytes as in the C locale. */
#include <stdlib.h>

#include "base/path.h"
#include "shell/internal.h"

struct glob {
	struct shell *sh;
	struct strs *out;
};

static bool exists(struct glob *g, struct str path)
{
	struct files_stat st;

	return files_lstat(g->sh->session->files, path_join(g->sh->tmp, g->sh->cwd, path), &st) ==
	       0;
}

static void walk(struct glob *g, struct str done, struct str rest, bool one);

/* DONE/NAME, then what is left of the pattern. ONE: bash, behind a pattern, which leaves one slash
 * of several. */
static void descend(struct glob *g, struct str done, struct str name, struct str rest, bool one)
{
	struct str path = str_cat(g->sh->tmp, done, name);
	size_t slashes = 0;

	if (rest.n == 0) {
		*vec_push(g->sh->tmp, g->out) = path;
		return;
	}
	while (slashes < rest.n && rest.p[slashes] == '/')
		slashes++;
	walk(g, str_cat(g->sh->tmp, path, str_sub(rest, 0, one && slashes ? 1 : slashes)),
	     str_from(rest, slashes), one);
}

static void match_folder(struct glob *g, struct str done, struct str part, struct str rest)
{
	struct strs names = {0};
	struct str folder = path_join(g->sh->tmp, g->sh->cwd, done.n ? done : S("."));

	if (files_list(g->sh->session->files, g->sh->tmp, folder, &names) != 0)
		return;
	if (part.p[0] == '.' || (part.p[0] == '\\' && part.n > 1 && part.p[1] == '.')) {
		static const struct str dots[] = {{".", 1}, {"..", 2}};

		/* `.*` finds them in dash; bash 5.2 (globskipdots) leaves them out */
		for (size_t i = 0; i < 2 && !is_bash(g->sh); i++)
			if (pattern_match(part, dots[i]))
				descend(g, done, dots[i], rest, false);
	}
	for (size_t i = 0; i < names.n; i++) {
		bool hidden = names.p[i].n && names.p[i].p[0] == '.';

		if (hidden && part.p[0] != '.' &&
		    !(part.p[0] == '\\' && part.n > 1 && part.p[1] == '.'))
			continue;
		if (pattern_match(part, names.p[i]))
			descend(g, done, names.p[i], rest, is_bash(g->sh));
	}
}

static void walk(struct glob *g, struct str done, struct str rest, bool one)
{
	ptrdiff_t slash = str_chr(rest, '/');
	struct str part = str_sub(rest, 0, slash < 0 ? rest.n : (size_t)slash);
	struct str behind = str_from(rest, part.n);
	bool open = pattern_ends_open(part) && (behind.n || is_bash(g->sh));

	if (open && !is_bash(g->sh)) /* a quoted slash is one as well */
		part.n--;
	if (rest.n == 0) {
		/* a slash at the end asks for a folder */
		if (exists(g, str_cat(g->sh->tmp, done, S("."))))
			*vec_push(g->sh->tmp, g->out) = done;
	} else if (pattern_special(part)) {
		match_folder(g, done, part, behind);
	} else {
		struct str name = pattern_unescape(g->sh->tmp, part);

		if (open && is_bash(g->sh)) /* that backslash is dropped */
			name.n--;

		if (behind.n || exists(g, str_cat(g->sh->tmp, done, name)))
			descend(g, done, name, behind, one);
	}
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

bool glob_expand(struct shell *sh, struct str pattern, struct strs *out)
{
	struct glob g = {sh, out};
	size_t before = out->n, slashes = 0;

	while (slashes < pattern.n && pattern.p[slashes] == '/')
		slashes++;
	walk(&g, str_sub(pattern, 0, slashes), str_from(pattern, slashes), false);
	if (out->n > before)
		qsort(out->p + before, out->n - before, sizeof(*out->p), by_bytes);
	return out->n > before;
}

/* --- pathnames of several words --- */

void globs_begin(struct shell *sh, struct later_globs *later)
{
	*later = (struct later_globs){.outer = sh->later};
	sh->later = is_bash(sh) ? later : NULL;
}

void globs_end(struct shell *sh, struct later_globs *later, struct strs *fields)
{
	struct strs out = {0};
	size_t next = 0;

	sh->later = later->outer;
	for (size_t i = 0; i < fields->n && later->p.n; i++) {
		bool pattern = next < later->p.n && later->p.p[next].at == i;

		if (!pattern || !glob_expand(sh, later->p.p[next].pattern, &out))
			*vec_push(sh->tmp, &out) = fields->p[i];
		next += pattern;
	}
	if (later->p.n)
		*fields = out;
}
