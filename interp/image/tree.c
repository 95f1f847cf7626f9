/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A tree as folders: is it one, which targets it has, and what its Makefiles' text says of their
 * subtargets. That text is only a guess at what to evaluate; each evaluation's own SUBTARGETS
 * decides.
 */
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "image/devices.h"
#include "image/config.h"

static bool exists(struct arena *mem, struct str folder, const char *name)
{
	return access(str_cz(mem, path_join(mem, folder, str_z(name))), F_OK) == 0;
}

/* The value of CONFIG_NAME="VALUE" in TEXT, or the unset string. */
static struct str config_string(struct str text, struct str name)
{
	struct str line;

	while (str_split(&text, '\n', &line)) {
		if (!str_starts(line, name) || line.n < name.n + 3)
			continue;
		line = str_from(line, name.n);
		if (str_starts(line, S("=\"")) && str_ends(line, S("\"")))
			return str_sub(line, 2, line.n - 3);
	}
	return (struct str){NULL, 0};
}

struct str tree_open(struct tree *tree, struct arena *mem, struct str path)
{
	static const char *const needs[] = {"rules.mk", "include/image.mk", "target/linux"};
	struct str config;

	*tree = (struct tree){.path = path};
	for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++)
		if (!exists(mem, path, needs[i]))
			return str_z(needs[i]);
	tree->config =
	    config_read(mem, read_text(mem, path_join(mem, path, S("config/Config-images.in"))));
	/* What an ImageBuilder is made with: target/imagebuilder/Makefile. */
	tree->image_builder = exists(mem, path, ".targetinfo") && !exists(mem, path, "toolchain");
	if (tree->image_builder) {
		config = read_text(mem, path_join(mem, path, S(".config")));
		tree->only_board = config_string(config, S("CONFIG_TARGET_BOARD"));
		tree->only_subtarget = config_string(config, S("CONFIG_TARGET_SUBTARGET"));
	}
	return (struct str){NULL, 0};
}

/* --- subtargets, as the text has them --- */

/* Joins what backslashes continue. */
static bool logical_line(struct arena *mem, struct str *rest, struct str *line)
{
	if (!str_split(rest, '\n', line))
		return false;
	while (str_ends(*line, S("\\"))) {
		struct str more;

		*line = str_sub(*line, 0, line->n - 1);
		if (!str_split(rest, '\n', &more))
			break;
		*line = str_fmt(mem, "%.*s %.*s", STR_ARG(*line), STR_ARG(more));
	}
	return true;
}

/*
 * LINE assigns to SUBTARGETS: its value goes to OUT. False: it takes more than reading to know it.
 */
static bool take_assignment(struct arena *mem, struct str line, struct strs *out)
{
	struct str rest, word;
	ptrdiff_t comment = str_chr(line, '#'), equal;

	if (comment >= 0)
		line = str_sub(line, 0, (size_t)comment);
	line = str_trim(line);
	equal = str_chr(line, '=');
	if (!str_starts(line, S("SUBTARGETS")) || equal < 0)
		return true;
	rest = str_trim(str_sub(line, 10, (size_t)equal - 10));
	if (rest.n && !str_is(rest, ":") && !str_is(rest, "::") && !str_is(rest, "+") &&
	    !str_is(rest, "?"))
		return true;
	if (!str_is(rest, "+") && !str_is(rest, "?"))
		out->n = 0;
	rest = str_from(line, (size_t)equal + 1);
	if (str_chr(rest, '$') >= 0)
		return false;
	while (str_word(&rest, &word))
		*vec_push(mem, out) = word;
	return true;
}

static int by_bytes(const void *a, const void *b)
{
	const struct str *x = a, *y = b;

	return str_cmp(*x, *y);
}

static void sort(struct strs *names)
{
	if (names->n)
		qsort(names->p, names->n, sizeof(*names->p), by_bytes);
}

/* The folders in FOLDER (absolute) that have FILE, by name. */
static void folders_with(struct arena *mem, struct str folder, const char *file, struct strs *out)
{
	DIR *d = opendir(str_cz(mem, folder));
	struct dirent *e;

	while (d && (e = readdir(d))) {
		struct str name = str_z(e->d_name);

		if (e->d_type == DT_REG || name.p[0] == '.')
			continue;
		if (exists(mem, path_join(mem, folder, name), file))
			*vec_push(mem, out) = str_dup(mem, name);
	}
	if (d)
		closedir(d);
	sort(out);
}

void board_guess(struct arena *mem, struct board *b)
{
	struct str text = read_text(mem, path_join(mem, b->folder, S("Makefile"))), line;

	while (logical_line(mem, &text, &line)) {
		if (take_assignment(mem, line, &b->subtargets))
			continue;
		b->subtargets.n = 0;
		return;
	}
	if (!b->subtargets.n)
		folders_with(mem, b->folder, "target.mk", &b->subtargets);
}

/* --- targets --- */

static void add_boards(struct arena *mem, struct str folder, struct boards *out)
{
	struct strs names = {0};

	folders_with(mem, folder, "image/Makefile", &names);
	for (size_t i = 0; i < names.n; i++) {
		struct board b = {.name = names.p[i], .folder = path_join(mem, folder, names.p[i])};
		bool known = str_is(b.name, "generic");

		for (size_t k = 0; k < out->n; k++)
			known = known || str_eq(out->p[k].name, b.name);
		if (known || !exists(mem, b.folder, "Makefile"))
			continue;
		*vec_push(mem, out) = b;
	}
}

static int by_name(const void *a, const void *b)
{
	const struct board *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

void tree_boards(const struct tree *tree, struct arena *mem, struct boards *out)
{
	struct str folder = path_join(mem, tree->path, S("target/linux"));

	/* A target that a feed brings goes before the tree's own of that name. */
	add_boards(mem, path_join(mem, folder, S("feeds")), out);
	add_boards(mem, folder, out);
	if (out->n)
		qsort(out->p, out->n, sizeof(*out->p), by_name);
}

size_t target_weight(const struct board *board, struct str subtarget)
{
	struct arena *mem = arena_new();
	struct str name =
	    str_fmt(mem, "%.*s/image/%.*s.mk", STR_ARG(board->folder), STR_ARG(subtarget));
	struct stat st;
	size_t weight = stat(name.p, &st) == 0 ? (size_t)st.st_size : 0;

	arena_free(mem);
	return weight;
}
