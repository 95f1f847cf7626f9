/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a shell makes of the environment that it is started with: variables that it sets whatever
 * they were, and those that change how bash works, which only the real one knows. Not the import of
 * all others, which is in vars.c. Source: bash(1), "Shell Variables" and "INVOCATION"; dash(1).
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/path.h"
#include "shell/builtin.h"

/* A variable that is not taken as it comes: VALUE is what it is at first, exported; NULL: what the
 * shell makes up, or nothing. */
struct own_row {
	const char *name, *value;
	bool posix; /* dash as well */
};

static const struct own_row *own_row(const struct shell *sh, struct str name)
{
	static const struct own_row rows[] = {
	    {"IFS", " \t\n", true},	   {"OPTIND", "1", true},
	    {"PPID", NULL, true},	   {"PS1", NULL, false},
	    {"PS2", NULL, false},	   {"LINENO", NULL, false},
	    {"RANDOM", NULL, false},	   {"SECONDS", NULL, false},
	    {"EPOCHSECONDS", NULL, false}, {"BASHPID", NULL, false},
	    {"BASH", NULL, false},	   {"BASH_VERSION", NULL, false},
	    {"BASH_VERSINFO", NULL, false}, {"BASH_EXECUTION_STRING", NULL, false},
	};
	static const struct own_row prompt = {"PS4", "+ ", false};

	if (!name.n || !strchr("IOPLRSEB", name.p[0]))
		return NULL;
	if (is_bash(sh) && str_is(name, "PS4")) /* a text that runs commands: root takes none */
		return geteuid() == 0 ? &prompt : NULL;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (str_is(name, rows[i].name))
			return is_bash(sh) || rows[i].posix ? &rows[i] : NULL;
	return NULL;
}

/* bash: OLDPWD that is no folder is not taken. */
static bool leads_nowhere(struct shell *sh, struct str entry)
{
	struct stat st;
	struct str path;

	if (!is_bash(sh) || !str_starts(entry, S("OLDPWD=")))
		return false;
	path = path_join(sh->tmp, sh->cwd, str_from(entry, 7));
	return stat(str_cz(sh->tmp, path), &st) != 0 || !S_ISDIR(st.st_mode);
}

static void set_own(struct shell *sh, const struct own_row *row, struct str said)
{
	struct var *v;
	int64_t n;

	if (str_is(str_z(row->name), "SECONDS") && test_number(sh, said, &n)) /* it goes on */
		sh->seconds = n - (time(NULL) - sh->session->started);
	if (!row->value)
		return;
	v = var_at(sh, str_z(row->name));
	var_assign_value(sh, v, str_z(row->value));
	v->flags |= VAR_EXPORT;
	if (is_bash(sh) && str_is(str_z(row->name), "OPTIND"))
		v->flags |= VAR_INTEGER;
}

static void take_env(struct shell *sh)
{
	struct env given = sh->base;
	struct strs kept = {0};
	bool all = true;

	for (size_t i = 0; i < given.n && all; i++)
		all = !own_row(sh, posix_name(given.p[i])) && !leads_nowhere(sh, given.p[i]);
	if (all)
		return;
	for (size_t i = 0; i < given.n; i++)
		if (!own_row(sh, posix_name(given.p[i])) && !leads_nowhere(sh, given.p[i]))
			*vec_push(sh->mem, &kept) = given.p[i];
	sh->base = (struct env){kept.n ? kept.p : arena_array(sh->mem, struct str, 1), kept.n};
	sh->env_cache.p = NULL;
	for (size_t i = 0; i < given.n; i++) {
		struct str name = posix_name(given.p[i]);

		if (own_row(sh, name))
			set_own(sh, own_row(sh, name), env_get(given, name));
	}
}

/* Is PATH another name of FOLDER, written so that `..` may be cut off it? */
static bool names_folder(struct shell *sh, struct str path, struct str folder)
{
	struct stat a, b;

	return path.n && path.p[0] == '/' && str_eq(path_clean(sh->tmp, path), path) &&
	       stat(str_cz(sh->tmp, path), &a) == 0 && stat(str_cz(sh->tmp, folder), &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

void default_path(struct shell *sh, struct str path)
{
	if (!env_get(sh->base, S("PATH")).p)
		var_assign_value(sh, var_at(sh, S("PATH")), path);
}

/* A shell without PATH in its environment has one of its own, not exported. */
static void set_path(struct shell *sh)
{
	default_path(sh, is_bash(sh)
			     ? S("/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin:.")
			     : S("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
}

/* PWD is where we are. The environment's name for it stands, when it is one (a symbolic link may
 * lead here). */
static void set_folder(struct shell *sh)
{
	struct str said = env_get(sh->base, S("PWD")), real;
	struct var *v;

	sh->orders_env = true;
	if (str_eq(said, sh->cwd))
		return;
	if (names_folder(sh, said, sh->cwd)) {
		sh->cwd = str_dup(sh->mem, said);
		return;
	}
	if (files_realpath(sh->session->files, sh->tmp, sh->cwd, &real) == 0)
		sh->cwd = str_dup(sh->mem, real);
	v = var_at(sh, S("PWD"));
	var_assign_value(sh, v, sh->cwd);
	v->flags |= VAR_EXPORT;
	sh->env_cache.p = NULL;
}

void inherit_first(struct shell *sh)
{
	take_env(sh);
	chars_look(sh);
	chars_follow(sh);
	set_path(sh);
	set_folder(sh);
	if (!is_bash(sh))
		return;
	sh->last_arg = env_get(sh->base, S("_"));
	if (!sh->last_arg.p && sh->program.p)
		sh->last_arg = sh->program;
}

/* Is there anything in the file that BASH_ENV names, or more to its name than a name? */
static bool reads_first(struct shell *sh, struct str name)
{
	struct files_stat st;

	if (!name.n)
		return false;
	if (str_chr(name, '$') >= 0 || str_chr(name, '`') >= 0 || name.p[0] == '~')
		return true;
	return files_stat(sh->session->files, path_join(sh->tmp, sh->cwd, name), &st) == 0 &&
	       !(S_ISREG(st.mode) && st.size == 0);
}

/* May a command's name go on with the byte I of S? A path and a longer name are no call. */
static bool in_word(struct str s, size_t i)
{
	return i < s.n && s.p[i] &&
	       (isalnum((unsigned char)s.p[i]) || strchr("_./-+=:,@%", s.p[i]));
}

/* Where the comment that begins at the byte I of S ends; I: none does. Behind quotes or $( in its
 * line it may be none, in a text of several lines. */
static size_t comment_end(struct str s, size_t i)
{
	size_t end = i;

	if (s.p[i] != '#' || (i && !strchr(" \t\n;&|()", s.p[i - 1])))
		return i;
	for (; end < s.n && s.p[end] != '\n'; end++)
		if (strchr("'\"`", s.p[end]) || str_starts(str_from(s, end), S("$(")))
			return i;
	return end;
}

/* TEXT with its comments left out. */
static struct str without_comments(struct arena *mem, struct str text)
{
	struct buf out = buf_new(mem);

	if (str_chr(text, '#') < 0)
		return text;
	for (size_t i = 0; i < text.n;) {
		size_t end = comment_end(text, i);

		if (end == i)
			buf_char(&out, text.p[i++]);
		i = end > i ? end : i;
	}
	return out.n ? buf_view(&out) : S("");
}

/* Does ENTRY hand on a function that TEXT may call? */
static bool hands_function(struct str entry, struct str text)
{
	ptrdiff_t end = str_find(entry, S("%%=")), at;
	struct str name = end > 10 ? str_sub(entry, 10, (size_t)end - 10) : S("");

	for (size_t from = 0; name.n && from < text.n; from += (size_t)at + 1) {
		at = str_find(str_from(text, from), name);
		if (at < 0)
			return false;
		if (!(from + (size_t)at && in_word(text, from + (size_t)at - 1)) &&
		    !in_word(text, from + (size_t)at + name.n))
			return true;
	}
	return false;
}

const char *inherit_declines(struct shell *sh, struct str text)
{
	static const char *const modes[] = {"SHELLOPTS",   "BASHOPTS",   "FUNCNEST",
					    "BASH_COMPAT", "GLOBIGNORE", "BASH_XTRACEFD",
					    "EXECIGNORE"};
	struct str commands = {0}; /* of TEXT; once it is needed */

	for (size_t i = 0; is_bash(sh) && i < sh->base.n; i++) {
		struct str entry = sh->base.p[i], name, value;
		bool function = str_starts(entry, S("BASH_FUNC_"));

		if (!entry.n || !strchr("BEFGPST", entry.p[0]))
			continue;
		name = posix_name(entry);
		value = name.n < entry.n ? str_from(entry, name.n + 1) : S("");
		if (function && !commands.p)
			commands = without_comments(sh->tmp, text);
		if (function && hands_function(entry, commands))
			return "a function from the environment";
		if (str_is(name, "BASH_ENV") && reads_first(sh, value))
			return "BASH_ENV";
		if (str_is(name, "POSIXLY_CORRECT") ||
		    (str_is(name, "TMOUT") && value.n && str_find(text, S("read")) >= 0))
			return "a variable of the environment that changes the shell";
		for (size_t k = 0; value.n && k < sizeof(modes) / sizeof(*modes); k++)
			if (str_is(name, modes[k]))
				return "a variable of the environment that changes the shell";
	}
	return NULL;
}
