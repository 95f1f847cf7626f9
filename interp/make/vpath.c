/* SPDX-License-Identifier: GPL-2.0-only */
/* Where prerequisites are looked for: VPATH, vpath, GPATH, and -lNAME by .LIBPATTERNS. */
#include <sys/stat.h>

#include "make/graph.h"
#include "make/lang.h"

/* The folders of TEXT, split at colons and blanks; "." and trailing slashes dropped. What is not
 * there by now is never searched. */
static struct strs split_dirs(struct make *mk, struct str text)
{
	struct strs dirs = {0};
	size_t i = 0;

	while (i < text.n) {
		size_t start = i, n;

		while (i < text.n && text.p[i] != ':' && text.p[i] != ' ' && text.p[i] != '\t')
			i++;
		n = i++ - start;
		if (n > 1 && text.p[start + n - 1] == '/')
			n--;
		if (n > 1 || (n == 1 && text.p[start] != '.')) {
			*vec_push(mk->mem, &dirs) = str_dup(mk->mem, str_sub(text, start, n));
			name_keep_folder(mk, dirs.p[dirs.n - 1]);
		}
	}
	return dirs;
}

static bool same_pattern(const struct vpath *v, struct str pattern, ptrdiff_t percent)
{
	return v->percent == percent && str_eq(v->pattern, pattern);
}

static void drop(struct make *mk, struct str pattern, ptrdiff_t percent)
{
	size_t kept = 0;

	for (size_t i = 0; i < mk->g->vpaths.n; i++)
		if (pattern.p && !same_pattern(&mk->g->vpaths.p[i], pattern, percent))
			mk->g->vpaths.p[kept++] = mk->g->vpaths.p[i];
	mk->g->vpaths.n = kept;
}

void vpath_directive(struct make *mk, struct str pattern, struct str dirs)
{
	ptrdiff_t percent = pattern.p ? percent_find(mk->mem, &pattern) : -1;
	struct strs list;

	if (!dirs.p) {
		drop(mk, pattern, percent);
		return;
	}
	list = split_dirs(mk, dirs);
	if (list.n)
		*vec_push(mk->mem, &mk->g->vpaths) =
			(struct vpath){str_dup(mk->mem, pattern), percent, list};
}

static struct vpath *general(struct make *mk, struct str stripped)
{
	struct vpath *v = arena_make(mk->mem, struct vpath);

	*v = (struct vpath){S("%"), 0, split_dirs(mk, expand(mk, mk->mem, stripped))};
	return v->dirs.n ? v : NULL;
}

void vpath_build(struct make *mk)
{
	bool warn = mk->warn_undefined;

	mk->warn_undefined = false;
	mk->g->general_vpath = general(mk, S("$(strip $(VPATH))"));
	mk->g->gpath = general(mk, S("$(strip $(GPATH))"));
	mk->warn_undefined = warn;
}

bool vpath_in_gpath(struct make *mk, struct str dir)
{
	for (size_t i = 0; mk->g->gpath && i < mk->g->gpath->dirs.n; i++)
		if (str_eq(mk->g->gpath->dirs.p[i], dir))
			return true;
	return false;
}

/*
 * NAME below DIR into B. GNU make puts a slash where the last part begins: when one is there
 * already, as behind "/" or within "a//b", it replaces the first byte of that part, after it has
 * looked for the whole. The place of that byte; 0: none.
 */
static size_t join(struct buf *b, struct str dir, struct str name)
{
	ptrdiff_t slash = str_rchr(name, '/');

	b->n = 0;
	buf_str(b, dir);
	if (slash > 0) {
		buf_char(b, '/');
		buf_put(b, name.p, (size_t)slash);
		name = str_from(name, (size_t)slash + 1);
	}
	if (b->p[b->n - 1] == '/') {
		size_t at = b->n;

		buf_str(b, name);
		return at;
	}
	buf_char(b, '/');
	buf_str(b, name);
	return 0;
}

/* PATH, which is not mentioned, with its byte AT put right: is it there, by a cached listing and by
 * stat? */
static bool really_there(struct make *mk, struct buf *path, size_t at, stamp *mtime)
{
	struct stat st;

	if (!name_is_listed(mk, buf_view(path)))
		return false;
	if (at && at < path->n)
		path->p[at] = '/';
	name_counts(mk, buf_view(path), MAKE_LOOKS_TIME);
	if (fstatat(mk->g->cwd, buf_view(path).p, &st, 0) < 0)
		return false;
	*mtime = stamp_of(st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
	return true;
}

/* NAME in one of V's folders; a file that a makefile mentions need not exist. */
static struct str search_dirs(struct make *mk, const struct vpath *v, struct str name, stamp *mtime,
			      unsigned *dir)
{
	struct file *own = file_lookup(mk, name);
	bool is_target = own && own->is_target;
	struct arena *mem = pool_take(mk);
	struct buf path = buf_new(mem);
	struct str hit = {NULL, 0};

	for (size_t i = 0; i < v->dirs.n && !hit.p; i++) {
		size_t at = join(&path, v->dirs.p[i], name);
		struct file *f = file_lookup(mk, buf_view(&path));
		bool mentioned = f && (!is_target || f->is_target);
		stamp t = STAMP_UNKNOWN;

		if (mentioned && (f->mtime == STAMP_OLD || f->mtime == STAMP_NEW))
			t = f->mtime;
		if (!mentioned && !really_there(mk, &path, at, &t))
			continue;
		if (at && at < path.n)
			path.p[at] = '/'; /* mentioned, but known as what it becomes */
		if (mtime)
			*mtime = t;
		if (dir)
			*dir = (unsigned)i;
		hit = str_dup(mk->mem, buf_view(&path));
	}
	pool_give(mk, mem);
	return hit;
}

struct str vpath_search(struct make *mk, struct str name, stamp *mtime, unsigned *list,
			unsigned *dir)
{
	struct str hit = {NULL, 0};
	unsigned at = 0;

	if (name.p[0] == '/' || (!mk->g->vpaths.n && !mk->g->general_vpath))
		return hit;
	/* vpath directives, the first written first. */
	for (size_t i = 0; i < mk->g->vpaths.n && !hit.p; i++, at += !hit.p)
		if (percent_match(mk->g->vpaths.p[i].pattern, mk->g->vpaths.p[i].percent, name))
			hit = search_dirs(mk, &mk->g->vpaths.p[i], name, mtime, dir);
	if (!hit.p && mk->g->general_vpath)
		hit = search_dirs(mk, mk->g->general_vpath, name, mtime, dir);
	if (list)
		*list = at;
	return hit;
}

#if defined(__x86_64__)
#define LIBRARY_DIR "/usr/lib/x86_64-linux-gnu"
#elif defined(__aarch64__)
#define LIBRARY_DIR "/usr/lib/aarch64-linux-gnu"
#else
#define LIBRARY_DIR "/usr/lib"
#endif

struct library {
	struct str file;
	stamp mtime;
	unsigned list, dir;
};

static void better(struct library *best, struct str file, stamp mtime, unsigned list, unsigned dir)
{
	if (best->file.p && (list > best->list || (list == best->list && dir >= best->dir)))
		return;
	*best = (struct library){file, mtime, list, dir};
}

/* The candidate FILE (libfoo.so) along VPATH and in the system's folders. */
static void search_library(struct make *mk, struct library *best, struct str file)
{
	static const char *const dirs[] = {"/lib", "/usr/lib", LIBRARY_DIR};
	unsigned list = 0, dir = 0;
	stamp t = STAMP_UNKNOWN;
	struct str hit = vpath_search(mk, file, &t, &list, &dir);

	if (hit.p)
		better(best, hit, t, list, dir);
	for (unsigned i = 0; i < 3; i++) {
		struct str path = str_fmt(mk->mem, "%s/%.*s", dirs[i], STR_ARG(file));

		t = name_mtime(mk, path);
		if (t != STAMP_NONE)
			better(best, path, t, UINT32_MAX - 3 + i, 0);
	}
}

struct str library_search(struct make *mk, struct str name, stamp *mtime)
{
	struct str rest = expand_var(mk, mk->mem, ".LIBPATTERNS"), word;
	struct library best = {0};

	if (!var_lookup(mk, S(".LIBPATTERNS")))
		var_warn_undefined(mk, S(".LIBPATTERNS"));
	while (str_word(&rest, &word)) {
		struct str pattern = word, file;
		ptrdiff_t percent = percent_find(mk->mem, &pattern);

		if (percent < 0) {
			make_error(mk, (struct place){0},
				   ".LIBPATTERNS element '%.*s' is not a pattern", STR_ARG(word));
			continue;
		}
		file = percent_put(mk->mem, pattern, (size_t)percent, str_from(name, 2));
		*mtime = name_mtime(mk, file);
		if (*mtime != STAMP_NONE)
			return file;
		search_library(mk, &best, file);
	}
	if (best.file.p)
		*mtime = best.mtime;
	return best.file;
}
