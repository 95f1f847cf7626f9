/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cpp: the program that would be started. Its file names the release; what it does besides hangs on
 * variables and on a file called specs that it looks for in the folders of its toolchain. OpenWrt
 * puts one there (scripts/patch-specs.sh), by which $STAGING_DIR/usr/include is searched at the
 * end; of any other the real one has to judge.
 */
#include "applet/cpp.h"

/* "12.2.0": the releases whose text is known. */
static int take_release(struct str number)
{
	enum { OLDEST = 11, NEWEST = 15 };
	struct str part;
	uint64_t n = 0, rest;

	if (!str_split(&number, '.', &part) || !str_number(part, 10, &n) ||
	    !str_split(&number, '.', &part) || !str_number(part, 10, &rest) ||
	    !str_split(&number, '.', &part) || !str_number(part, 10, &rest) || number.n)
		return 0;
	return n >= OLDEST && n <= NEWEST ? (int)n : 0;
}

/* The release that the driver's TEXT names, in a string of its own; 0: none, or not gcc's. */
static int search_release(struct str text)
{
	struct str mark = S("COLLECT_GCC"), part;
	int found = 0;

	if (!firmware_is_program(text) || str_find(text, mark) < 0)
		return 0;
	while (str_split(&text, '\0', &part)) {
		int release;

		if (part.n < 5 || part.n > 9 || part.p[0] < '1' || part.p[0] > '9')
			continue;
		release = take_release(part);
		if (found && release && release != found)
			return 0;
		found = release ? release : found;
	}
	return found;
}

/* The release of the program that would be started, looked for once. */
static int find_release(struct applet_cx *cx)
{
	static const char kind[] = "release";
	struct blob *b = NULL;
	int release = 0;
	uint64_t at;

	if (!cx->program.n || files_read(cx->files, applet_path(cx, cx->program), &b) != 0)
		return 0;
	if (!blob_recall(b, kind, &at, &release, sizeof(release)) || at != blob_size(b)) {
		release = search_release(blob_flat(cx->mem, b));
		blob_remember(b, kind, blob_size(b), &release, sizeof(release));
	}
	blob_unref(b);
	return release;
}

/* Variables that gcc's driver or its preprocessor obeys. */
static bool is_plain_environment(struct env env)
{
	static const char *const names[] = {"CPATH",
					    "C_INCLUDE_PATH",
					    "CPLUS_INCLUDE_PATH",
					    "OBJC_INCLUDE_PATH",
					    "DEPENDENCIES_OUTPUT",
					    "GCC_EXEC_PREFIX",
					    "SUNPRO_DEPENDENCIES",
					    "COMPILER_PATH",
					    "GCC_COMPARE_DEBUG",
					    "COLLECT_GCC_OPTIONS"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (env_get(env, str_z(names[i])).p)
			return false;
	return true;
}

/* --- specs --- */

struct toolchain {
	struct applet_cx *cx;
	bool is_unknown; /* a specs file of another kind */
	bool is_staged;	 /* one of OpenWrt's */
};

/* Is LINE, of preprocessor options, what gcc has by itself and OpenWrt's folder behind it? */
static bool is_staging(struct str line)
{
	struct str more = S(" -idirafter %:getenv(STAGING_DIR /usr/include)"), word;

	if (!str_ends(line, more))
		return false;
	line = str_sub(line, 0, line.n - more.n);
	while (str_word(&line, &word))
		if (!str_starts(word, S("%{")) && !str_starts(word, S("%(")))
			return false;
	return true;
}

static void look(struct toolchain *t, struct str folder)
{
	struct str path = str_cat(t->cx->mem, folder, S("/specs")), text, line;
	struct str mark = S("\n*cpp:\n");
	struct blob *b = NULL;
	int err = files_read(t->cx->files, applet_path(t->cx, path), &b);
	ptrdiff_t at;

	if (err) {
		t->is_unknown |= err != -ENOENT && err != -ENOTDIR;
		return;
	}
	text = blob_flat(t->cx->mem, b);
	at = str_find(text, mark);
	text = str_from(text, at < 0 ? text.n : (size_t)at + mark.n);
	if (str_split(&text, '\n', &line) && is_staging(line))
		t->is_staged = true;
	else
		t->is_unknown = true;
	blob_unref(b);
}

/* Below ROOT, lib/gcc of what is in TOP, by machine and release. */
static bool look_below(struct toolchain *t, struct str top, struct str root,
		       const struct strs *more)
{
	struct arena *mem = t->cx->mem;
	struct strs machines = {0};

	if (files_list(t->cx->files, mem, root, &machines) != 0)
		return false;
	look(t, root);
	for (size_t i = 0; i < machines.n; i++) {
		struct str machine = machines.p[i], folder = path_join(mem, root, machine);
		struct str lib = str_fmt(mem, "%.*s/%.*s/lib", STR_ARG(top), STR_ARG(machine));
		struct strs releases = {0};

		if (files_list(t->cx->files, mem, folder, &releases) != 0)
			continue;
		look(t, folder);
		look(t, lib);
		for (size_t k = 0; k < releases.n; k++) {
			struct str in = path_join(mem, machine, releases.p[k]);

			look(t, path_join(mem, root, in));
			look(t, path_join(mem, lib, in));
			for (size_t n = 0; n < more->n; n++)
				look(t, path_join(mem, more->p[n], in));
		}
	}
	return true;
}

static bool is_folder(struct applet_cx *cx, struct str path)
{
	struct files_stat st;

	return files_stat(cx->files, path, &st) == 0 && S_ISDIR(st.mode);
}

bool cpp_program(struct applet_cx *cx, struct str *system)
{
	struct toolchain t = {.cx = cx};
	struct str rest = env_get(cx->env, S("LIBRARY_PATH")), folder, real, top;
	struct str staging = env_get(cx->env, S("STAGING_DIR"));
	struct strs more = {0};
	bool found;

	if (!is_plain_environment(cx->env) || !find_release(cx) ||
	    files_realpath(cx->files, cx->mem, applet_path(cx, cx->program), &real) != 0)
		return false;
	while (str_split(&rest, ':', &folder)) {
		*vec_push(cx->mem, &more) = folder.n ? folder : S(".");
		look(&t, more.p[more.n - 1]);
	}
	top = path_dir(path_dir(real));
	found = look_below(&t, top, path_join(cx->mem, top, S("lib/gcc")), &more);
	found |= look_below(&t, top, path_join(cx->mem, top, S("lib/gcc-cross")), &more);
	/* What has its programs there alone has no such file. */
	found |= is_folder(cx, path_join(cx->mem, top, S("libexec/gcc")));
	if (t.is_staged)
		*system = str_cat(cx->mem, staging, S("/usr/include"));
	/* It warns where the variable is missing. */
	return found && !t.is_unknown && !(t.is_staged && !staging.n);
}
