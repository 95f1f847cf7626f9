/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a command's name means: function, builtin, applet, one of the shells, a file.
 *
 * A plain name that is an applet runs natively unless PATH finds a script outside of the system's
 * folders first: a tree may wrap a tool (staging_dir/host/bin/sed), Debian's own scripts (zcat) are
 * what the applets replace. A name with a slash runs natively only as NAME in a folder called bin
 * or sbin, and only when that file is absent or no script; or when it is a script whose text an
 * applet knows.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "shell/builtin.h"

struct str lookup_folders(struct shell *sh)
{
	if (!sh->standard_path)
		return var_value(sh, S("PATH"));
	return is_bash(sh) ? S("/bin:/usr/bin")
			   : S("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
}

static bool is_native(struct shell *sh, struct str name)
{
	const struct shell_ladder *l = sh->session->run->ladder;

	if (shell_is_other(sh->session->run, name))
		return false;
	return !l || !l->native || l->native(l->ctx, name);
}

/* --- the start of a file --- */

static size_t head_of(struct shell *sh, struct str path, char *out, size_t n)
{
	struct blob *b;
	ssize_t got;
	int fd = open(str_cz(sh->tmp, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct files_stat st;

	files_looks_at(sh->session->files, path, FILES_LOOK_BYTES);

	if (files_wrote(sh->session->files) && files_stat(sh->session->files, path, &st) == 0 &&
	    st.unwritten && files_read(sh->session->files, path, &b) == 0) {
		got = (ssize_t)blob_read(b, 0, out, n);
		blob_unref(b);
	} else {
		got = fd < 0 ? 0 : read(fd, out, n);
	}
	if (fd >= 0)
		close(fd);
	return got > 0 ? (size_t)got : 0;
}

/* "#!/bin/sh -e": is it one of ours, which, and with what argument? */
static bool shell_line(struct str line, enum shell_dialect *dialect, struct str *argument)
{
	struct str word;

	*argument = (struct str){0};
	if (!str_word(&line, &word))
		return false;
	if (str_is(path_base(word), "env") && !str_word(&line, &word))
		return false;
	if (!shell_known(word, dialect))
		return false;
	*argument = str_trim(line);
	return argument->n == 0 || (argument->p[0] == '-' && str_chr(*argument, ' ') < 0);
}

static bool is_script(struct shell *sh, struct str path, struct lookup *out)
{
	char head[256];
	size_t n = head_of(sh, path, head, sizeof(head));
	struct str text = {head, n}, line, argument;

	out->text = !str_starts(text, S("\177ELF"));
	if (n < 2 || head[0] != '#' || head[1] != '!')
		return false;
	text = str_from(text, 2);
	if (!str_split(&text, '\n', &line))
		return true;
	if (!text.p || !shell_line(line, &out->dialect, &argument))
		return true;
	out->other_sh = out->dialect == SHELL_POSIX && shell_is_other(sh->session->run, S("sh"));
	if (is_native(sh, out->dialect == SHELL_BASH ? S("bash") : S("sh"))) {
		out->script = true;
		out->argument = str_dup(sh->tmp, argument);
	}
	return true;
}

/* --- PATH --- */

/* Is FILE this very program under an applet's name? Started for what the applet declined, it would
 * start itself without end. */
static bool is_ourselves(const struct stat *file, struct str path)
{
	enum { OWN_LEAST = 256 << 10 }; /* we are larger: nothing is asked about mv and its like */
	struct stat self;

	return file->st_size >= OWN_LEAST && applet_find(path_base(path)) &&
	       stat("/proc/self/exe", &self) == 0 && self.st_dev == file->st_dev &&
	       self.st_ino == file->st_ino;
}

static bool may_run(struct shell *sh, struct str path, int *error)
{
	struct stat st;
	const char *z = str_cz(sh->tmp, path);

	files_looks_at(sh->session->files, path, FILES_LOOK_STATE);
	if (stat(z, &st) != 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			*error = errno;
		return false;
	}
	if (S_ISDIR(st.st_mode))
		*error = EISDIR;
	if (S_ISDIR(st.st_mode) || is_ourselves(&st, path))
		return false;
	if (faccessat(AT_FDCWD, z, X_OK, AT_EACCESS) == 0)
		return true;
	*error = errno;
	return false;
}

/* Where dash found a command. */
struct tracked {
	struct str name;
	struct str path; /* empty: not known to us */
	unsigned moves;	 /* the shell's until then */
	size_t place;	 /* in dash's table, the older first where several have one */
};

static struct tracked *tracked_at(const struct shell *sh, struct str name)
{
	struct tracked *t = NULL;

	for (; sh && !t; sh = sh->untracked ? NULL : sh->parent)
		t = sh->tracked ? map_get(sh->tracked, name) : NULL;
	return t;
}

struct str lookup_remembered(struct shell *sh, struct str name)
{
	const struct tracked *t = sh->standard_path ? NULL : tracked_at(sh, name);

	return t && t->path.n && t->moves == sh->moves ? t->path : (struct str){0};
}

/* FILE, or what the shell makes of a relative FOLDER of PATH and NAME. */
static struct str as_written(struct shell *sh, struct str folder, struct str name, struct str file)
{
	bool ends = folder.n && folder.p[folder.n - 1] == '/';

	if (folder.n && folder.p[0] == '/')
		return file;
	if (!folder.n)
		return is_bash(sh) ? str_cat(sh->tmp, S("./"), name) : name;
	return str_fmt(sh->tmp, "%.*s%s%.*s", STR_ARG(folder), ends && is_bash(sh) ? "" : "/",
		       STR_ARG(name));
}

struct str lookup_path(struct shell *sh, struct str name, struct str path, int *error)
{
	struct str rest = path.n ? path : S("."), folder, bad;
	struct str first = lookup_remembered(sh, name);

	/* A program that the recipe has just written may stand before one on the disk. */
	if (files_has_program(sh->session->files, name))
		files_commit(sh->session->files, &bad);
	*error = ENOENT;
	/* bash asks no folder while what it remembers is there */
	if (is_bash(sh) && first.p && may_run(sh, path_join(sh->tmp, sh->cwd, first), error))
		return first;
	if (is_bash(sh))
		first = (struct str){0};
	*error = ENOENT;
	while (str_split(&rest, ':', &folder)) {
		struct str file = path_join(sh->tmp, folder.n ? folder : S("."), name);

		file = path_join(sh->tmp, sh->cwd, file);
		if (first.p && !str_eq(as_written(sh, folder, name, file), first))
			continue;
		first = (struct str){0};
		if (may_run(sh, file, error))
			return as_written(sh, folder, name, file);
	}
	return (struct str){0};
}

struct str lookup_unusable(struct shell *sh, struct str name)
{
	struct str rest = lookup_folders(sh), folder;
	struct stat st;

	while (str_split(&rest, ':', &folder)) {
		struct str file = path_join(
		    sh->tmp, path_join(sh->tmp, sh->cwd, folder.n ? folder : S(".")), name);

		if (stat(str_cz(sh->tmp, file), &st) == 0 && !S_ISDIR(st.st_mode))
			return as_written(sh, folder, name, file);
	}
	return name;
}

/* As lookup_path; what recipes wrote is brought to the disk before giving up. */
static struct str find_file(struct shell *sh, struct str name, int *error)
{
	struct str path = lookup_folders(sh), found, bad;

	found = lookup_path(sh, name, path, error);
	if (!found.p && (*error == ENOENT || *error == EISDIR)) {
		files_commit(sh->session->files, &bad);
		found = lookup_path(sh, name, path, error);
	}
	return found;
}

static bool system_folder(struct str path)
{
	static const char *const folders[] = {"/usr/bin",  "/bin",  "/usr/local/bin",
					      "/usr/sbin", "/sbin", "/usr/local/sbin"};
	struct str dir = path_dir(path);

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (str_is(dir, folders[i]))
			return true;
	return false;
}

/* --- the decision --- */

static bool shell_name(struct shell *sh, struct str name, struct lookup *out)
{
	struct str base = path_base(name);

	if (!str_is(base, "sh") && !str_is(base, "bash") && !str_is(base, "dash"))
		return false;
	if (!is_native(sh, base))
		return false;
	if (base.n != name.n && !str_is(path_base(path_dir(name)), "bin"))
		return false;
	out->kind = FOUND_SHELL;
	out->dialect = str_is(base, "bash") ? SHELL_BASH : SHELL_POSIX;
	return true;
}

static void found_file(struct shell *sh, struct str path, const char *reason, struct lookup *out)
{
	out->kind = FOUND_FILE;
	out->path = path;
	is_script(sh, path_join(sh->tmp, sh->cwd, path), out);
	out->other_sh |= shell_is_other(sh->session->run, path);
	out->reason = out->other_sh ? "sh is another shell than dash here" : reason;
}

/* What is started when the applet called NAME (the file PATH) declines; unset: nothing is there. */
static struct str real_tool(struct shell *sh, struct str name, struct str path)
{
	struct stat st;
	int error;

	if (stat(str_cz(sh->tmp, path), &st) != 0 || !is_ourselves(&st, path))
		return name;
	return lookup_path(sh, path_base(name), lookup_folders(sh), &error);
}

/* The applet that stands for the script at PATH, whose text it knows, or NULL. */
static const struct applet *known_script(struct shell *sh, struct str path,
					 const struct applet *applet)
{
	struct blob *text;

	if (!applet || !applet->stands_for || files_read(sh->session->files, path, &text) != 0)
		return NULL;
	applet = applet_of_script(sh->tmp, path_base(path), text);
	blob_unref(text);
	return applet;
}

bool lookup_in_bin(struct str path)
{
	struct str folder = path_base(path_dir(path));

	return str_is(folder, "bin") || str_is(folder, "sbin");
}

bool lookup_in_kernel(struct str path)
{
	return str_ends(path_dir(path), S("scripts/dtc"));
}

static void with_slash(struct shell *sh, struct str name, struct lookup *out)
{
	struct str path = path_join(sh->tmp, sh->cwd, name);
	const struct applet *applet = applet_find(path_base(name));
	struct files_stat st;
	int err = files_stat(sh->session->files, path, &st);
	bool tools = lookup_in_bin(path) || (!err && lookup_in_kernel(path));

	if (applet && !applet->stands_for && tools && is_native(sh, str_z(applet->name)) &&
	    !(err && (applet->flags & APPLET_OF_PROGRAM))) {
		if (err || !is_script(sh, path, out)) {
			out->kind = FOUND_APPLET;
			out->applet = applet;
			out->path = real_tool(sh, name, path);
			return;
		}
		out->script = false;
	}
	if (err || S_ISDIR(st.mode)) {
		out->error = err ? -err : EISDIR;
		return;
	}
	if (!(st.mode & 0111)) {
		out->error = EACCES;
		return;
	}
	if (applet && is_native(sh, path_base(name)) && known_script(sh, path, applet)) {
		out->kind = FOUND_APPLET;
		out->applet = applet;
		out->path = name;
		return;
	}
	found_file(sh, name, applet ? "not native" : "no applet", out);
}

static void plain_name(struct shell *sh, struct str name, struct lookup *out)
{
	const struct applet *applet = applet_find(name);
	struct str path;

	if (applet && applet->stands_for)
		applet = NULL;
	if (name.n == 0) {
		out->error = ENOENT;
		return;
	}
	if (applet && (applet->flags & APPLET_OF_PROGRAM) &&
	    !(is_native(sh, str_z(applet->name)) &&
	      lookup_path(sh, name, lookup_folders(sh), &out->error).p))
		applet = NULL;
	if (applet && is_native(sh, name)) {
		path = lookup_path(sh, name, lookup_folders(sh), &out->error);
		if (path.p && !system_folder(path) &&
		    (is_script(sh, path, out) || out->text)) {
			found_file(sh, path, "a script on PATH", out);
			return;
		}
		out->kind = FOUND_APPLET;
		out->applet = applet;
		out->path = path;
		return;
	}
	path = find_file(sh, name, &out->error);
	if (path.p)
		found_file(sh, path, applet ? "not native" : "no applet", out);
}

static void nowhere_but_here(struct shell *sh, struct str name, struct lookup *out)
{
	struct str path = name.n ? find_file(sh, name, &out->error) : name;

	if (name.n && path.p)
		found_file(sh, path, "no PATH", out);
}

void lookup_command(struct shell *sh, struct str name, bool with_builtins, struct lookup *out)
{
	*out = (struct lookup){.kind = FOUND_NOTHING, .error = ENOENT};
	if (with_builtins) {
		out->builtin = builtin_find(sh->dialect, name);
		out->function = function_find(sh, name);
		if (out->function &&
		    !(out->builtin && !is_bash(sh) && (out->builtin->flags & BUILTIN_SPECIAL))) {
			out->kind = FOUND_FUNCTION;
			return;
		}
		if (out->builtin) {
			out->kind = FOUND_BUILTIN;
			return;
		}
	}
	/* Who takes all of PATH away wants nothing of ours either. */
	if (str_chr(name, '/') < 0 && !lookup_folders(sh).n)
		nowhere_but_here(sh, name, out);
	else if (shell_name(sh, name, out))
		return;
	else if (str_chr(name, '/') >= 0)
		with_slash(sh, name, out);
	else
		plain_name(sh, name, out);
}

/* --- what dash remembers --- */

enum { MOST_TRACKED = 1 << 20 };

static size_t count_tracked(const struct shell *sh)
{
	size_t n = 0, pos;
	struct str name;
	void *value;

	for (; sh; sh = sh->untracked ? NULL : sh->parent)
		for (pos = 0; sh->tracked && map_next(sh->tracked, &pos, &name, &value);)
			n++;
	return n;
}

/* In which of its table's places dash keeps NAME. */
static size_t place_of(struct str name)
{
	size_t n = (size_t)(unsigned char)name.p[0] << 4;

	for (size_t i = 0; i < name.n; i++)
		n += (unsigned char)name.p[i];
	return (n & 0x7fff) % 31;
}

void lookup_track(struct shell *sh, struct str name, struct str path)
{
	struct tracked *t;

	if (str_chr(name, '/') >= 0 || lookup_tracked(sh, name))
		return;
	if (!sh->tracked)
		sh->tracked = map_new(sh->mem);
	t = arena_make(sh->mem, struct tracked);
	t->path = path.n ? str_dup(sh->mem, path) : S("");
	t->name = str_dup(sh->mem, name);
	t->moves = sh->moves;
	t->place = place_of(name) * MOST_TRACKED + count_tracked(sh);
	*map_at(sh->tracked, t->name) = t;
}

static int by_place(const void *a, const void *b)
{
	const struct tracked *const *x = a, *const *y = b;

	return ((*x)->place > (*y)->place) - ((*x)->place < (*y)->place);
}

void lookup_list(struct shell *sh, struct buf *out)
{
	VEC(const struct tracked *) all = {0};

	for (struct shell *s = sh; s; s = s->untracked ? NULL : s->parent) {
		struct str name;
		void *value;

		for (size_t pos = 0; s->tracked && map_next(s->tracked, &pos, &name, &value);) {
			const struct tracked *t = value;

			if (tracked_at(sh, name) == t)
				*vec_push(sh->tmp, &all) = t;
		}
	}
	if (all.n)
		qsort(all.p, all.n, sizeof(*all.p), by_place);
	for (size_t i = 0; i < all.n; i++) {
		const struct tracked *t = all.p[i];
		int error;
		struct str path = t->path.n
				      ? t->path
				      : lookup_path(sh, t->name, lookup_folders(sh), &error);

		if (path.p)
			buf_fmt(out, "%.*s%s\n", STR_ARG(path), t->moves == sh->moves ? "" : "*");
	}
}

bool lookup_tracked(const struct shell *sh, struct str name)
{
	return tracked_at(sh, name) != NULL;
}

void lookup_forget(struct shell *sh)
{
	sh->tracked = NULL;
	sh->untracked = true;
}
