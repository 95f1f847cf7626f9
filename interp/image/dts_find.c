/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a tree has its device tree sources: target/linux/BOARD/dts (or dts-VERSION), which
 * Makefiles name as it is, and the folders "files" and "files-VERSION" of generic and BOARD, which
 * are copied over the kernel's source before it is built. Patches may bring sources too; those are
 * not read.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "image/config.h"
#include "image/dts_tokens.h"

enum { DEEPEST = 8, FOLDERS_MOST = 2000 };

/* What a BOARD has. The nearest first: what is copied last counts. */
struct board_folders {
	struct str image;	/* where its Makefile runs */
	struct strs dts;	/* target/linux/BOARD/dts, dts-5.10 ... */
	struct strs files;	/* target/linux/BOARD/files-6.12 ... */
	struct strs boot;	/* below FILES: arch/ARCH/boot/dts and the folders in it */
	struct strs headers;	/* below FILES: include */
};

static bool is_folder(struct arena *mem, struct str path)
{
	struct stat st;

	return stat(str_cz(mem, path), &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_file(struct arena *mem, struct str path)
{
	struct stat st;

	return stat(str_cz(mem, path), &st) == 0 && S_ISREG(st.st_mode);
}

static int by_bytes(const void *a, const void *b)
{
	const struct str *x = a, *y = b;

	return str_cmp(*x, *y);
}

/* The folders in FOLDER whose name begins with PREFIX, by name. */
static struct strs folders_in(struct arena *mem, struct str folder, struct str prefix)
{
	DIR *d = opendir(str_cz(mem, folder));
	struct strs v = {0};
	struct dirent *e;

	while (d && (e = readdir(d)) && v.n < FOLDERS_MOST) {
		struct str name = str_z(e->d_name), path = path_join(mem, folder, name);

		if (name.p[0] != '.' && str_starts(name, prefix) && e->d_type != DT_REG &&
		    is_folder(mem, path))
			*vec_push(mem, &v) = path;
	}
	if (d)
		closedir(d);
	if (v.n)
		qsort(v.p, v.n, sizeof(*v.p), by_bytes);
	return v;
}

static void add_all(struct arena *mem, struct strs *to, const struct strs *from)
{
	for (size_t i = 0; i < from->n; i++)
		*vec_push(mem, to) = from->p[i];
}

/* FOLDER and what is below it; a link may lead in circles. */
static void add_tree(struct arena *mem, struct str folder, struct strs *out, unsigned depth)
{
	struct strs in;

	if (depth > DEEPEST || out->n >= FOLDERS_MOST)
		return;
	*vec_push(mem, out) = folder;
	in = folders_in(mem, folder, S(""));
	for (size_t i = 0; i < in.n; i++)
		add_tree(mem, in.p[i], out, depth + 1);
}

/* VERSION of the folder "…/NAME-VERSION"; empty: it has none. */
static struct str suffix_of(struct str folder)
{
	struct str name = path_base(folder);
	ptrdiff_t dash = str_chr(name, '-');

	return dash < 0 ? S("") : str_from(name, (size_t)dash + 1);
}

/* The same as a number to compare; 0: it is none. */
static unsigned version_of(struct str folder)
{
	struct str rest = suffix_of(folder), part;
	uint64_t n;
	unsigned v = 0;

	for (int i = 0; i < 2; i++)
		v = v * 1000 +
		    (rest.n && str_split(&rest, '.', &part) && str_number(part, 10, &n) && n < 1000
			 ? (unsigned)n
			 : 0);
	return v;
}

/* What the target's Makefile says of KERNEL_PATCHVER; empty: nothing. */
static struct str kernel_version(struct arena *mem, struct str target)
{
	struct str rest = read_text(mem, path_join(mem, target, S("Makefile"))), line;

	while (rest.n && str_split(&rest, '\n', &line)) {
		ptrdiff_t equal = str_chr(line, '=');

		if (str_starts(line, S("KERNEL_PATCHVER")) && equal > 0)
			return str_trim(str_from(line, (size_t)equal + 1));
	}
	return S("");
}

/*
 * TARGET's folders "NAME-VERSION" and "NAME": that of the kernel's VERSION, NAME, then other
 * versions, the newest first.
 */
static struct strs by_version(struct arena *mem, struct str target, struct str name,
			      struct str version)
{
	struct strs in = folders_in(mem, target, name), out = {0};

	for (int rank = 0; rank < 3; rank++) {
		size_t first = out.n;

		for (size_t i = 0; i < in.n; i++) {
			struct str suffix = suffix_of(in.p[i]);
			bool is_plain = !suffix.n, is_its = !is_plain && str_eq(suffix, version);
			struct str base = path_base(in.p[i]);
			size_t at = out.n;

			if (base.n > name.n && base.p[name.n] != '-') /* another word */
				continue;
			if (rank != (is_its ? 0 : is_plain ? 1 : 2))
				continue;
			vec_push(mem, &out);
			for (; at > first && version_of(out.p[at - 1]) < version_of(in.p[i]); at--)
				out.p[at] = out.p[at - 1];
			out.p[at] = in.p[i];
		}
	}
	return out;
}

/* What TARGET, a folder of target/linux, brings to a kernel of VERSION. */
static void add_files(struct arena *mem, struct str target, struct str version,
		      struct board_folders *b)
{
	struct strs files = by_version(mem, target, S("files"), version);

	for (size_t i = 0; i < files.n; i++) {
		struct strs arch = folders_in(mem, path_join(mem, files.p[i], S("arch")), S(""));
		struct str headers = path_join(mem, files.p[i], S("include"));

		*vec_push(mem, &b->files) = files.p[i];
		for (size_t k = 0; k < arch.n; k++) {
			struct str boot = path_join(mem, arch.p[k], S("boot/dts"));

			if (is_folder(mem, boot))
				add_tree(mem, boot, &b->boot, 0);
		}
		if (is_folder(mem, headers))
			*vec_push(mem, &b->headers) = headers;
	}
}

static const struct board_folders *board_folders(struct dts_cache *c, struct str board)
{
	void **at = map_at(c->boards, board);
	struct board_folders *b = *at;
	struct str linux_folder = path_join(c->mem, c->root, S("target/linux"));
	struct str target = path_join(c->mem, linux_folder, board), version;

	if (b)
		return b;
	b = *at = arena_make(c->mem, struct board_folders);
	b->image = path_join(c->mem, target, S("image"));
	version = kernel_version(c->mem, target);
	b->dts = by_version(c->mem, target, S("dts"), version);
	add_files(c->mem, target, version, b);
	add_files(c->mem, path_join(c->mem, linux_folder, S("generic")), version, b);
	return b;
}

/*
 * DIR's part from /arch/ on, where it is a folder of a kernel's sources; the unset string
 * otherwise. KERNEL: what is before it.
 */
static struct str in_kernel(struct str dir, struct str *kernel)
{
	ptrdiff_t boot = str_find(dir, S("/boot/dts")), arch = -1, next;

	while ((next = str_find(str_from(dir, (size_t)(arch + 1)), S("/arch/"))) >= 0 &&
	       arch + 1 + next < boot)
		arch += 1 + next;
	if (boot < 0 || arch < 0)
		return (struct str){NULL, 0};
	*kernel = str_sub(dir, 0, (size_t)arch);
	return str_from(dir, (size_t)arch + 1);
}

enum fit { FIT_VERSION, FIT_PLAIN, FIT_OTHER };

/* How FILES, a folder "files" or "files-VERSION", goes with KERNEL ("…/linux-6.12.74"). */
static enum fit fit(struct str files, struct str kernel)
{
	struct str version = suffix_of(files), is = str_from(path_base(kernel), strlen("linux-"));

	if (!version.n)
		return FIT_PLAIN;
	if (!str_starts(is, version) ||
	    (is.n > version.n && is.p[version.n] != '.' && is.p[version.n] != '-'))
		return FIT_OTHER;
	return FIT_VERSION;
}

struct search {
	const struct dts_cache *c;
	struct arena *mem;
	struct str name;	/* without suffix */
	struct str found;	/* unset: not yet */
};

/* Is PATH (clean) in the tree, as its name has it? A Makefile may name any folder. */
static bool is_in_tree(const struct dts_cache *c, struct str path)
{
	if (str_is(c->root, "."))
		return path.n && path.p[0] != '/' && !str_starts(path, S(".."));
	return str_starts(path, c->root) &&
	       (path.n == c->root.n || path.p[c->root.n] == '/' || c->root.n == 1);
}

static void try(struct search *s, struct str folder)
{
	static const char *const suffixes[] = {".dts", ".dtso"};

	for (size_t i = 0; i < 2 && !s->found.p; i++) {
		struct str path =
		    path_join(s->mem, folder, str_cat(s->mem, s->name, str_z(suffixes[i])));

		path = path_clean(s->mem, path);
		if (is_in_tree(s->c, path) && is_file(s->mem, path))
			s->found = path;
	}
}

/* DIR, as the Makefiles name it; they may be read without knowing the kernel's version. */
static void try_dir(struct search *s, const struct board_folders *b, struct str dir)
{
	struct str kernel = {NULL, 0}, below = in_kernel(dir, &kernel);
	bool is_known = str_starts(path_base(kernel), S("linux-"));

	for (enum fit wanted = FIT_VERSION; below.p && wanted < FIT_OTHER; wanted++)
		for (size_t i = 0; i < b->files.n; i++)
			if (!is_known || fit(b->files.p[i], kernel) == wanted)
				try(s, path_join(s->mem, b->files.p[i], below));
	try(s, path_join(s->mem, b->image, dir));
}

static bool has(const struct strs *v, struct str s)
{
	for (size_t i = 0; i < v->n; i++)
		if (str_eq(v->p[i], s))
			return true;
	return false;
}

/* What a kernel's source that DIR is in has to include, where it was unpacked. */
static void add_kernel(const struct dts_cache *c, struct arena *mem, struct str image,
		       struct str dir, struct strs *out)
{
	static const char *const names[] = {"", "include", "scripts/dtc/include-prefixes"};
	struct str kernel;

	if (!in_kernel(dir, &kernel).p)
		return;
	dir = path_join(mem, image, dir);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct str folder =
		    i ? path_join(mem, path_join(mem, image, kernel), str_z(names[i])) : dir;

		folder = path_clean(mem, folder);
		if (is_in_tree(c, folder) && !has(out, folder) && is_folder(mem, folder))
			*vec_push(mem, out) = folder;
	}
}

void dts_find(struct dts_cache *c, struct arena *mem, struct str board, struct str name,
	      const struct strs *dirs, struct dts_source *out)
{
	const struct board_folders *b = board_folders(c, board);
	struct search s = {.c = c, .mem = mem, .name = name};

	*out = (struct dts_source){0};
	if (str_chr(name, '\0') >= 0 || !name.n)
		return;
	for (size_t i = 0; dirs && i < dirs->n; i++)
		try_dir(&s, b, dirs->p[i]);
	for (size_t i = 0; i < b->dts.n; i++)
		try(&s, b->dts.p[i]);
	for (size_t i = 0; i < b->boot.n; i++)
		try(&s, b->boot.p[i]);
	out->path = s.found;
	add_all(mem, &out->includes, &b->dts);
	add_all(mem, &out->includes, &b->boot);
	add_all(mem, &out->includes, &b->headers);
	for (size_t i = 0; dirs && i < dirs->n; i++)
		add_kernel(c, mem, b->image, dirs->p[i], &out->includes);
}
