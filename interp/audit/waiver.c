/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waivers: "# imagemk: allow RULE reason" at the end of the line that a finding names, in the
 * comment lines right above it, or above the define that the line stands in. RULE may be several,
 * with commas between. And the text of files, whose lines may end in CR LF: make takes the CR away.
 */
#include "audit/internal.h"

#include "base/path.h"
#include "image/config.h"

struct str audit_file(const struct tree *tree, struct arena *mem, struct str file)
{
	return read_text(mem, path_join(mem, tree->path, file));
}

struct strs audit_split(struct arena *mem, struct str text)
{
	struct strs lines = {0};
	struct str line;

	while (text.n && str_split(&text, '\n', &line))
		*vec_push(mem, &lines) =
		    str_ends(line, S("\r")) ? str_sub(line, 0, line.n - 1) : line;
	return lines;
}

/* Does the comment in LINE allow RULE? */
static bool allows(struct str line, struct str rule)
{
	ptrdiff_t at = str_find(line, S("# imagemk: allow "));
	struct str rest, names, name;

	if (at < 0)
		return false;
	rest = str_from(line, (size_t)at + 17);
	if (!str_word(&rest, &names))
		return false;
	while (names.n && str_split(&names, ',', &name))
		if (str_eq(name, rule))
			return true;
	return false;
}

static bool is_comment(struct str line)
{
	line = str_trim(line);
	return line.n && line.p[0] == '#';
}

static bool comments_allow(const struct strs *lines, size_t at, struct str rule)
{
	while (at-- > 0 && is_comment(lines->p[at]))
		if (allows(lines->p[at], rule))
			return true;
	return false;
}

/* The line, below AT, that begins the define that AT is in; AT: it is in none. */
static size_t define_of(const struct strs *lines, size_t at)
{
	for (size_t i = at + 1; i-- > 0;) {
		struct str line = str_trim(lines->p[i]);

		if (str_starts(line, S("endef")) && i < at)
			return at;
		if (str_starts(line, S("define ")))
			return i;
	}
	return at;
}

static bool is_waived(const struct strs *lines, unsigned line, struct str rule)
{
	size_t at = line - 1;

	if (!line || at >= lines->n)
		return false;
	return allows(lines->p[at], rule) || comments_allow(lines, at, rule) ||
	       comments_allow(lines, define_of(lines, at), rule);
}

static const struct strs *lines_of(struct map *files, struct arena *mem, const struct tree *tree,
				   struct str file)
{
	void **known = map_at(files, file);

	if (!*known) {
		struct strs *lines = arena_make(mem, struct strs);

		*lines = audit_split(mem, audit_file(tree, mem, file));
		*known = lines;
	}
	return *known;
}

size_t findings_waive(struct findings *all, struct arena *mem, const struct tree *tree)
{
	struct map *files = map_new(mem);
	size_t kept = 0, waived;

	for (size_t i = 0; i < all->n; i++) {
		struct finding *f = all->p[i];

		if (!f->at.file.n || !is_waived(lines_of(files, mem, tree, f->at.file), f->at.line,
						str_z(f->rule->id)))
			all->p[kept++] = f;
	}
	waived = all->n - kept;
	all->n = kept;
	return waived;
}
