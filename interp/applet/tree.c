/* SPDX-License-Identifier: GPL-2.0-only */
/* What applets share about files: modes, targets that are folders, parents, removal of trees,
 * owners. */
#include <fnmatch.h>
#include <grp.h>
#include <pwd.h>

#include "applet/internal.h"

enum { ALL_BITS = 07777 };

static mode_t who_bits(struct str who)
{
	mode_t bits = 0;

	for (size_t i = 0; i < who.n; i++)
		bits |= who.p[i] == 'u'   ? 04700
			: who.p[i] == 'g' ? 02070
			: who.p[i] == 'o' ? 01007
					  : 07777;
	return bits;
}

/* One of ugo: its three bits, for all three. */
static mode_t copied_bits(char from, mode_t old)
{
	mode_t three = from == 'u' ? old >> 6 : from == 'g' ? old >> 3 : old;

	three &= 7;
	return three << 6 | three << 3 | three;
}

/* The bits that letter C stands for, for all; false when it is none. */
static bool letter_bits(char c, mode_t old, bool folder, mode_t *bits)
{
	switch (c) {
	case 'r': *bits |= 0444; return true;
	case 'w': *bits |= 0222; return true;
	case 'x': *bits |= 0111; return true;
	case 'X': *bits |= folder || (old & 0111) ? 0111 : 0; return true;
	case 's': *bits |= 06000; return true;
	case 't': *bits |= 01000; return true;
	case 'u': case 'g': case 'o': *bits |= copied_bits(c, old); return true;
	default: return false;
	}
}

/* One clause "ugo+rw-x", or "+2000", on *MODE. */
static bool apply_clause(struct str clause, mode_t *mode, bool folder, mode_t umask)
{
	uint64_t octal;
	size_t i = 0;
	mode_t who;
	bool named;

	while (i < clause.n && strchr("ugoa", clause.p[i]))
		i++;
	who = who_bits(str_sub(clause, 0, i));
	named = i > 0;
	if (!named)
		who = ALL_BITS & ~umask;
	if (i == clause.n)
		return false;
	while (i < clause.n) {
		char op = clause.p[i++];
		mode_t bits = 0, kept = folder ? 06000 : 0, cleared = named ? who : ALL_BITS;

		if (!strchr("+-=", op))
			return false;
		if (!named && i < clause.n && clause.p[i] >= '0' && clause.p[i] <= '7') {
			if (!str_number(str_from(clause, i), 8, &octal) || octal > ALL_BITS)
				return false;
			bits = (mode_t)octal;
			*mode = op == '+' ? *mode | bits : op == '-' ? *mode & ~bits : bits;
			return true;
		}
		while (i < clause.n && !strchr("+-=", clause.p[i]))
			if (!letter_bits(clause.p[i++], *mode, folder, &bits))
				return false;
		bits &= who;
		if (op == '+')
			*mode |= bits;
		else if (op == '-')
			*mode &= ~bits;
		else
			*mode = (*mode & ~(cleared & ~kept)) | bits;
	}
	return true;
}

bool applet_mode(struct str mode, mode_t old, bool folder, mode_t umask, mode_t *out)
{
	uint64_t octal;
	struct str clause, rest = mode;

	if (mode.n && mode.p[0] >= '0' && mode.p[0] <= '7') {
		if (!str_number(mode, 8, &octal) || octal > ALL_BITS)
			return false;
		/* A folder's set-id bits stay unless five digits say otherwise. */
		*out = (mode_t)octal | (folder && mode.n < 5 ? old & 06000 : 0);
		return true;
	}
	old &= ALL_BITS;
	while (str_split(&rest, ',', &clause))
		if (!apply_clause(clause, &old, folder, umask))
			return false;
	*out = old;
	return true;
}

bool applet_is_there(struct applet_cx *cx, struct str arg)
{
	struct files_stat st;

	return str_is(arg, "-") || files_stat(cx->files, applet_path(cx, arg), &st) == 0;
}

bool applet_is_folder(struct applet_cx *cx, struct str arg)
{
	struct files_stat st;

	return files_peek(cx->files, applet_path(cx, arg), true, &st) == 0 && S_ISDIR(st.mode);
}

int applet_creatable(struct applet_cx *cx, struct str arg)
{
	struct str path = applet_path(cx, arg);
	struct files_stat st;
	int err;

	if (arg.n == 0)
		return -ENOENT;
	err = files_peek(cx->files, path, true, &st);
	if (err == 0)
		return S_ISDIR(st.mode) ? -EISDIR : 0;
	if (err != -ENOENT)
		return err;
	err = files_peek(cx->files, path_dir(path), true, &st);
	if (err)
		return err;
	if (!S_ISDIR(st.mode))
		return -ENOTDIR;
	return arg.p[arg.n - 1] == '/' ? -EISDIR : 0;
}

struct str applet_into(struct applet_cx *cx, struct str folder, struct str source)
{
	while (source.n > 1 && source.p[source.n - 1] == '/')
		source.n--;
	return applet_child(cx, folder, path_base(source));
}

struct str applet_child(struct applet_cx *cx, struct str folder, struct str name)
{
	const char *slash = str_ends(folder, S("/")) ? "" : "/";

	return str_fmt(cx->mem, "%.*s%s%.*s", STR_ARG(folder), slash, STR_ARG(name));
}

int applet_mkdir_parents(struct applet_cx *cx, struct str path, mode_t mode, struct str *bad)
{
	struct files_stat st;

	/* it is to be there, also where it is now */
	files_changes(cx->files, applet_path(cx, path), FILES_CHANGE_WHOLE);
	for (size_t i = 1; i <= path.n; i++) {
		struct str part = str_sub(path, 0, i);
		int err;

		if (i < path.n && (path.p[i] != '/' || path.p[i - 1] == '/'))
			continue;
		*bad = part;
		if (files_peek(cx->files, applet_path(cx, part), true, &st) == 0) {
			if (!S_ISDIR(st.mode))
				return i == path.n ? -EEXIST : -ENOTDIR;
			continue;
		}
		err = files_mkdir(cx->files, applet_path(cx, part), 0777);
		if (err && err != -EEXIST)
			return err;
		/* Somebody else may have made it; or it is a link to nowhere. */
		if (err)
			err = files_stat(cx->files, applet_path(cx, part), &st);
		if (err)
			return err == -ELOOP ? err : -EEXIST;
		/* whatever the umask, its owner can go on below */
		if (mode || (i < path.n && (cx->umask & 0300)))
			files_chmod(cx->files, applet_path(cx, part),
				    mode ? mode : (0777 & ~cx->umask) | 0300);
	}
	return 0;
}

bool applet_glob(struct applet_cx *cx, struct str pattern, struct str name)
{
	return fnmatch(str_cz(cx->mem, pattern), str_cz(cx->mem, name), 0) == 0;
}

int applet_remove_tree(struct applet_cx *cx, struct str path)
{
	struct files_stat st;
	struct strs names = {0};
	int first = 0, err = files_lstat(cx->files, path, &st);

	if (err)
		return err;
	if (!S_ISDIR(st.mode))
		return files_unlink(cx->files, path);
	err = files_list(cx->files, cx->mem, path, &names);
	if (err)
		return err;
	for (size_t i = 0; i < names.n; i++) {
		err = applet_remove_tree(cx, path_join(cx->mem, path, names.p[i]));
		first = first ? first : err;
	}
	return first ? first : files_rmdir(cx->files, path);
}

struct str applet_user(struct arena *mem, uint32_t uid)
{
	struct passwd pw, *found = NULL;
	char *room = arena_alloc(mem, 4096);

	if (getpwuid_r(uid, &pw, room, 4096, &found) != 0 || !found)
		return (struct str){NULL, 0};
	return str_z(found->pw_name);
}

struct str applet_group(struct arena *mem, uint32_t gid)
{
	struct group gr, *found = NULL;
	char *room = arena_alloc(mem, 4096);

	if (getgrgid_r(gid, &gr, room, 4096, &found) != 0 || !found)
		return (struct str){NULL, 0};
	return str_z(found->gr_name);
}

static char type_letter(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR: return 'd';
	case S_IFLNK: return 'l';
	case S_IFIFO: return 'p';
	case S_IFCHR: return 'c';
	case S_IFBLK: return 'b';
	case S_IFSOCK: return 's';
	default: return '-';
	}
}

struct str applet_mode_text(struct arena *mem, mode_t mode)
{
	char t[] = "?rwxrwxrwx";

	t[0] = type_letter(mode);
	for (int i = 0; i < 9; i++)
		if (!(mode >> (8 - i) & 1))
			t[1 + i] = '-';
	if (mode & 04000)
		t[3] = t[3] == 'x' ? 's' : 'S';
	if (mode & 02000)
		t[6] = t[6] == 'x' ? 's' : 'S';
	if (mode & 01000)
		t[9] = t[9] == 'x' ? 't' : 'T';
	return str_fmt(mem, "%s", t);
}
