/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The packages that a tree has: what the text of its package Makefiles defines (package/, feeds/, target/linux/X/modules.mk).
 * Names that are put together by make are not known, but for $(PKG_NAME).
 */
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/internal.h"
#include "base/path.h"
#include "image/config.h"

enum { DEEPEST = 8, SIZE_MOST = 4 << 20 };

/* NAME is defined; what is behind a slash is a part of the definition (Package/x/install). */
static void add(struct packages *p, struct arena *mem, const char *prefix, struct str name)
{
	ptrdiff_t slash = str_chr(name, '/');

	if (slash >= 0)
		name = str_sub(name, 0, (size_t)slash);
	if (name.n && str_chr(name, '$') < 0)
		*map_at(p->names, str_fmt(mem, "%s%.*s", prefix, STR_ARG(name))) = p;
}

/* What a package also stands for. */
static void add_words(struct packages *p, struct arena *mem, struct str words)
{
	struct str word;

	while (str_word(&words, &word))
		add(p, mem, "", str_starts(word, S("@")) ? str_from(word, 1) : word);
}

/* TEXT of a package's Makefile. */
static void read_defines(struct packages *p, struct arena *mem, struct str text)
{
	struct str line, name, pkg_name = S("");

	while (text.n && str_split(&text, '\n', &line)) {
		bool kernel;

		line = str_trim(line);
		if (str_starts(line, S("PKG_NAME:=")) || str_starts(line, S("PKG_NAME :=")))
			pkg_name = str_trim(str_from(line, (size_t)str_chr(line, '=') + 1));
		if (str_starts(line, S("PROVIDES")) && str_chr(line, '=') >= 0)
			add_words(p, mem, str_from(line, (size_t)str_chr(line, '=') + 1));
		if (!str_starts(line, S("define ")))
			continue;
		line = str_trim(str_from(line, 7));
		kernel = str_starts(line, S("KernelPackage/"));
		if (!kernel && !str_starts(line, S("Package/")))
			continue;
		name = str_from(line, kernel ? 14 : 8);
		if (str_starts(name, S("$(PKG_NAME)")))
			name = pkg_name;
		add(p, mem, kernel ? "kmod-" : "", name);
	}
}

static bool is_makefile(struct str name)
{
	return str_is(name, "Makefile") || str_ends(name, S(".mk"));
}

/* Regular files only: a name may be anything. */
static void read_folder(struct packages *p, struct arena *mem, struct str folder, unsigned depth)
{
	DIR *d = opendir(str_cz(mem, folder));
	struct dirent *e;

	while (d && (e = readdir(d))) {
		struct str name = str_z(e->d_name), path;
		struct stat st;

		if (e->d_name[0] == '.' || str_is(name, "patches") || str_is(name, "src") || str_is(name, "files"))
			continue;
		path = path_join(mem, folder, str_dup(mem, name));
		if (lstat(str_cz(mem, path), &st) < 0)
			continue;
		if (S_ISDIR(st.st_mode) && depth < DEEPEST)
			read_folder(p, mem, path, depth + 1);
		else if (S_ISREG(st.st_mode) && st.st_size <= SIZE_MOST && is_makefile(name))
			read_defines(p, mem, read_text(mem, path));
	}
	if (d)
		closedir(d);
}

static void read_modules(struct packages *p, struct arena *mem, struct str targets)
{
	DIR *d = opendir(str_cz(mem, targets));
	struct dirent *e;

	while (d && (e = readdir(d))) {
		struct str path = path_join(mem, path_join(mem, targets, str_dup(mem, str_z(e->d_name))), S("modules.mk"));
		struct stat st;

		if (e->d_name[0] != '.' && lstat(str_cz(mem, path), &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= SIZE_MOST)
			read_defines(p, mem, read_text(mem, path));
	}
	if (d)
		closedir(d);
}

struct packages *packages_read(struct arena *mem, struct str tree)
{
	struct packages *p = arena_make(mem, struct packages);
	struct str name;
	size_t at;

	p->names = map_new(mem);
	read_folder(p, mem, path_join(mem, tree, S("package")), 0);
	read_folder(p, mem, path_join(mem, tree, S("feeds")), 0);
	read_modules(p, mem, path_join(mem, tree, S("target/linux")));
	for (at = 0; map_next(p->names, &at, &name, NULL);)
		*vec_push(mem, &p->list) = name;
	return p;
}
