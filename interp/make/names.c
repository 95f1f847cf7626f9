/* SPDX-License-Identifier: GPL-2.0-only */
/* Lists of file names in text: quoting, "./", members of archives, ~ and globs. */
#include "make/lang.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The home of the user that NAME ("~" or "~user") speaks of; unset when not known. */
static struct str home_of(struct make *mk, struct arena *mem, struct str user)
{
	char text[4096];
	struct passwd pw, *found = NULL;
	struct str home;

	if (user.n == 0) {
		home = expand_var(mk, mem, "HOME");
		if (home.n)
			return home;
		getpwuid_r(getuid(), &pw, text, sizeof(text), &found);
	} else {
		getpwnam_r(str_cz(mem, user), &pw, text, sizeof(text), &found);
	}
	return found ? str_dup(mem, str_z(found->pw_dir)) : (struct str){0};
}

struct str names_tilde(struct make *mk, struct arena *mem, struct str name)
{
	ptrdiff_t slash = str_chr(name, '/');
	size_t n = slash < 0 ? name.n : (size_t)slash;
	struct str home;

	if (!name.n || name.p[0] != '~')
		return name;
	name_counts(mk, S("/etc/passwd"), MAKE_LOOKS_BYTES); /* or who else knows of users */
	home = home_of(mk, mem, str_sub(name, 1, n - 1));
	return home.p ? str_cat(mem, home, str_from(name, n)) : name;
}

struct str names_at(struct make *mk, struct arena *mem, struct str name)
{
	size_t at = mk->cwd.n + 1;
	char *p;

	if (name.n && name.p[0] == '/')
		return str_dup(mem, name);
	p = arena_alloc(mem, at + name.n + 1);
	if (mk->cwd.n)
		memcpy(p, mk->cwd.p, mk->cwd.n);
	p[at - 1] = '/';
	if (name.n)
		memcpy(p + at, name.p, name.n);
	p[at + name.n] = '\0';
	return (struct str){p, at + name.n};
}

bool name_counts(struct make *mk, struct str name, enum make_look what)
{
	struct arena *mem;
	bool there;

	if (!mk->host->looks || !(mk->left_out || mk->setup->told))
		return true;
	mem = arena_new();
	there = mk->host->looks(mk->host->ctx, names_at(mk, mem, name), what);
	arena_free(mem);
	return there;
}

void name_changes(struct make *mk, struct str name, enum make_change how)
{
	struct arena *mem;

	if (!mk->host->changes)
		return;
	mem = arena_new();
	mk->host->changes(mk->host->ctx, names_at(mk, mem, name), how);
	arena_free(mem);
}

int name_forbidden(struct make *mk, enum make_access access, struct str name)
{
	struct arena *mem;
	int error;

	if (access != MAKE_WRITES_FILE)
		name_counts(mk, name,
			    access == MAKE_READS_FOLDER ? MAKE_LOOKS_LISTING : MAKE_LOOKS_BYTES);
	if (!mk->host->may_open)
		return 0;
	mem = arena_new();
	error = mk->host->may_open(mk->host->ctx, mk, access, names_at(mk, mem, name));
	arena_free(mem);
	return error;
}

int name_create(struct make *mk, struct arena *mem, struct str name, int flags)
{
	const char *path = names_at(mk, mem, name).p;
	int fd;

	name_changes(mk, name, flags & O_TRUNC ? MAKE_CHANGES_WHOLE : MAKE_CHANGES_PART);
	if (!mk->setup->umask)
		return open(path, flags | O_CREAT | O_CLOEXEC, 0666);
	fd = open(path, flags | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd >= 0)
		fchmod(fd, 0666 & ~*mk->setup->umask);
	else if (errno == EEXIST)
		fd = open(path, flags | O_CREAT | O_CLOEXEC, 0666);
	return fd;
}

static bool has_magic(struct str s)
{
	return str_chr(s, '*') >= 0 || str_chr(s, '?') >= 0 || str_chr(s, '[') >= 0;
}

/* The files that NAME means; NAME itself when none must exist. */
static void glob_files(struct make *mk, struct arena *mem, struct str name, bool must_exist,
		       struct strs *out)
{
	/* glob(3) has its own view of "file/": it finds "file". */
	if (has_magic(name) || (must_exist && (str_chr(name, '\\') >= 0 || str_ends(name, S("/")) ||
					       str_starts(name, S("//"))))) {
		if (folder_glob(mk, mem, name, out) || must_exist)
			return;
	} else if (must_exist && (name.n == 0 || !name_is_there(mk, mem, name))) {
		return;
	}
	*vec_push(mem, out) = str_dup(mem, name);
}

/* In each archive that PATTERN means the members that MEMBER matches, or MEMBER as it is. */
static void glob_members(struct make *mk, struct arena *mem, struct str pattern, struct str member,
			 bool must_exist, struct strs *out)
{
	struct strs archives = {0};

	glob_files(mk, mem, pattern, must_exist, &archives);
	for (size_t i = 0; i < archives.n; i++) {
		size_t before = out->n;

		if (!has_magic(member) || !archive_glob(mk, mem, archives.p[i], member, out))
			*vec_push(mem, out) = str_fmt(mem, "%.*s(%.*s)", STR_ARG(archives.p[i]),
						      STR_ARG(member));
		else
			/* $(wildcard) of members has only the archive's name, once for each */
			for (size_t j = before; must_exist && j < out->n; j++)
				out->p[j] = str_dup(mem, pattern);
	}
}

void names_glob(struct make *mk, struct arena *mem, struct str name, unsigned flags,
		struct strs *out)
{
	struct str archive, member;

	name = names_tilde(mk, mem, name);
	if (!(flags & NAMES_NO_ARCHIVE) && archive_name(name, &archive, &member)) {
		if (member.p[0] == '(' && member.p[member.n - 1] == ')')
			make_fatal(mk, (struct place){0},
				   "attempt to use unsupported feature: '%.*s'", STR_ARG(name));
		glob_members(mk, mem, archive, member, flags & NAMES_EXIST, out);
	} else {
		glob_files(mk, mem, name, flags & NAMES_EXIST, out);
	}
}

/* "lib(a b)" means lib(a) and lib(b): what is open while a list is read. */
struct group {
	struct str archive; /* "lib(", or unset */
	bool none_closes;   /* no further word ends in ')' */
};

/* Does a word that ends in ')' follow at I? */
static bool group_closes(struct str s, size_t i)
{
	while (i < s.n) {
		size_t from = scan_skip_space(s, i), end = from;

		while (end < s.n && !scan_blank(s.p[end]))
			end++;
		if (end == from)
			return false;
		if (s.p[end - 1] == ')')
			return true;
		i = end;
	}
	return false;
}

/* NAME as a member of the open group, or opening one; false: it was only the bracket. */
static bool group_name(struct arena *mem, struct group *g, struct str list, size_t end,
		       struct str *name)
{
	ptrdiff_t open = str_chr(*name, '(');
	struct str member = *name;

	if (!g->archive.p && name->p[0] != '(' && name->p[name->n - 1] != ')' && open > 0 &&
	    !g->none_closes)
		g->none_closes = !group_closes(list, end);
	if (!g->archive.p && name->p[0] != '(' && name->p[name->n - 1] != ')' && open > 0 &&
	    !g->none_closes) {
		g->archive = str_dup(mem, str_sub(*name, 0, (size_t)open + 1));
		member = str_from(*name, (size_t)open + 1);
		if (!member.n)
			return false;
	}
	if (!g->archive.p)
		return true;
	*name = str_cat(mem, g->archive, member);
	if (member.p[member.n - 1] != ')') {
		*name = str_cat(mem, *name, S(")"));
		return true;
	}
	g->archive = (struct str){0};
	return member.n > 1;
}

static struct str without_dot_slash(struct str s)
{
	bool stripped = false;

	while (s.n > 2 && s.p[0] == '.' && s.p[1] == '/') {
		s = str_from(s, 2);
		while (s.n && s.p[0] == '/')
			s = str_from(s, 1);
		stripped = true;
	}
	return stripped && !s.n ? S("./") : s;
}

struct strs names_parse(struct make *mk, struct arena *mem, struct str text, unsigned flags)
{
	struct tbuf *t = tbuf_take(mk, false);
	struct group group = {0};
	struct str few[16]; /* lists are mostly short, and stay */
	struct strs out = {few, 0, sizeof(few) / sizeof(few[0])};
	size_t i = 0;

	tbuf_str(t, text);
	for (;;) {
		size_t from = scan_skip_space(tbuf_view(t), i);
		struct str name;

		if (from >= t->n)
			break;
		i = flags & NAMES_ONE_WORD ? t->n : scan_unquoted(t, from, " \t", false);
		if (i == SIZE_MAX)
			i = t->n;
		name = (struct str){t->p + from, i - from};
		if (!(flags & NAMES_KEEP_DOT))
			name = without_dot_slash(name);
		if (!(flags & NAMES_NO_ARCHIVE) && !group_name(mem, &group, tbuf_view(t), i, &name))
			continue;
		if (flags & NAMES_GLOB)
			names_glob(mk, mem, name, flags, &out);
		else
			*vec_push(mem, &out) = str_dup(mem, name);
	}
	tbuf_give(mk, t);
	if (out.p != few)
		return out;
	out.cap = out.n;
	out.p = out.n
		    ? memcpy(arena_alloc(mem, out.n * sizeof(*out.p)), few, out.n * sizeof(*out.p))
		    : NULL;
	return out;
}

struct strs name_list(struct make *mk, struct arena *mem, struct str text, bool globs)
{
	return names_parse(mk, mem, text, globs ? NAMES_GLOB : 0);
}

struct strs name_globs(struct make *mk, struct arena *mem, struct str name)
{
	return names_parse(mk, mem, name, NAMES_GLOB | NAMES_ONE_WORD);
}
