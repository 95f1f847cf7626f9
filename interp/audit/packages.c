/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The packages that a tree has: what the text of its package Makefiles defines (package/, feeds/,
 * target/linux/X/modules.mk and modules/). Of names that are put together by make, $(PKG_NAME) is
 * known, those of U-Boot/x and Trusted-Firmware-A/x, and "Package/ipq-wifi-$(1)" as a family: what
 * may be put in stands as a word in the same file.
 */
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/internal.h"
#include "base/path.h"
#include "image/config.h"

enum { DEEPEST = 8, SIZE_MOST = 4 << 20, SHORTEST_FAMILY = 4 };

/* NAME is defined; what is behind a slash is a part of the definition (Package/x/install). */
static void add(struct packages *p, struct arena *mem, const char *prefix, struct str name)
{
	ptrdiff_t slash = str_chr(name, '/');

	if (slash >= 0)
		name = str_sub(name, 0, (size_t)slash);
	if (name.n && str_chr(name, '$') < 0)
		*map_at(p->names, str_fmt(mem, "%s%.*s", prefix, STR_ARG(name))) = p;
}

/* "define Package/ipq-wifi-$(1)" of TEXT: all that begin so. */
static void add_family(struct packages *p, struct arena *mem, const char *prefix, struct str name,
		       struct str text)
{
	ptrdiff_t dollar = str_chr(name, '$');

	if (dollar >= SHORTEST_FAMILY && str_chr(str_sub(name, 0, (size_t)dollar), '/') < 0 &&
	    str_ends(name, S(")")))
		*vec_push(mem, &p->families) = (struct package_family){
		    str_fmt(mem, "%s%.*s", prefix, (int)dollar, name.p), text};
}

/* The literal NAME of "$(eval $(call CALL,NAME))", which LINE is; unset: it is none. */
static struct str called(struct str line, struct str call)
{
	ptrdiff_t at = str_find(line, call);
	size_t n = 0;

	if (at < 0)
		return (struct str){NULL, 0};
	line = str_trim(str_from(line, (size_t)at + call.n));
	while (n < line.n && line.p[n] != ')' && line.p[n] != ',')
		n++;
	return str_sub(line, 0, n);
}

/* A name that is assigned or handed to a call: KernelPackage/x = ..., $(eval $(call
 * BuildPackage,x)). */
static void read_call(struct packages *p, struct arena *mem, struct str line)
{
	bool kernel = str_starts(line, S("KernelPackage/"));
	ptrdiff_t equal = str_chr(line, '=');
	struct str name;

	if ((kernel || str_starts(line, S("Package/"))) && equal > 0) {
		name = str_trim(str_sub(line, 0, (size_t)equal - (line.p[equal - 1] == ':')));
		add(p, mem, kernel ? "kmod-" : "", str_from(name, kernel ? 14 : 8));
	} else if (str_starts(line, S("$(eval $(call "))) {
		if ((name = called(line, S("$(call BuildPackage,"))).n)
			add(p, mem, "", name);
		if ((name = called(line, S("$(call KernelPackage,"))).n)
			add(p, mem, "kmod-", name);
	}
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
	struct str line, name, pkg_name = S(""), whole = text;

	boot_files_read(p, mem, text);
	while (text.n && str_split(&text, '\n', &line)) {
		bool kernel;

		line = str_trim(line);
		if (str_starts(line, S("PKG_NAME:=")) || str_starts(line, S("PKG_NAME :=")))
			pkg_name = str_trim(str_from(line, (size_t)str_chr(line, '=') + 1));
		if (str_starts(line, S("PROVIDES")) && str_chr(line, '=') >= 0)
			add_words(p, mem, str_from(line, (size_t)str_chr(line, '=') + 1));
		read_call(p, mem, line);
		if (!str_starts(line, S("define ")))
			continue;
		line = str_trim(str_from(line, 7));
		if (str_starts(line, S("U-Boot/")))
			add(p, mem, "u-boot-", str_from(line, 7));
		if (str_starts(line, S("Trusted-Firmware-A/")))
			add(p, mem, "trusted-firmware-a-", str_from(line, 19));
		kernel = str_starts(line, S("KernelPackage/"));
		if (!kernel && !str_starts(line, S("Package/")))
			continue;
		name = str_from(line, kernel ? 14 : 8);
		if (str_starts(name, S("$(PKG_NAME)")))
			name = pkg_name;
		add_family(p, mem, kernel ? "kmod-" : "", name, whole);
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

		if (e->d_name[0] == '.' || str_is(name, "patches") || str_is(name, "src") ||
		    str_is(name, "files"))
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

/* Those of each target. */
static void read_modules(struct packages *p, struct arena *mem, struct str targets)
{
	DIR *d = opendir(str_cz(mem, targets));
	struct dirent *e;

	while (d && (e = readdir(d))) {
		struct str target = path_join(mem, targets, str_dup(mem, str_z(e->d_name))),
			   path = path_join(mem, target, S("modules.mk"));
		struct stat st;

		if (e->d_name[0] == '.')
			continue;
		if (lstat(str_cz(mem, path), &st) == 0 && S_ISREG(st.st_mode) &&
		    st.st_size <= SIZE_MOST)
			read_defines(p, mem, read_text(mem, path));
		path = path_join(mem, target, S("modules"));
		if (lstat(str_cz(mem, path), &st) == 0 && S_ISDIR(st.st_mode))
			read_folder(p, mem, path, DEEPEST);
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
