/* SPDX-License-Identifier: GPL-2.0-only */
/* cd, pwd, umask and unset as dash has them; their rows stand beside bash's (builtin_io.c,
 * builtin_vars.c). */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "shell/builtin.h"

/* --- cd, pwd --- */

/* -L and -P: the last one counts. -1 after a message. */
static int folder_options(struct shell *sh, struct posix_options *o)
{
	int physical = 0, c;

	while ((c = posix_option(sh, o, "LP")) > 0)
		physical = c == 'P';
	return c < 0 ? -1 : physical;
}

static bool is_folder(struct shell *sh, struct str path)
{
	struct files_stat st;

	return files_stat(sh->session->files, path, &st) == 0 && S_ISDIR(st.mode) &&
	       faccessat(AT_FDCWD, str_cz(sh->tmp, path), X_OK, AT_EACCESS) == 0;
}

struct str folder_logical(struct shell *sh, struct str dir)
{
	bool absolute = dir.n && dir.p[0] == '/';
	struct str from = absolute ? dir : sh->cwd;
	bool two = str_starts(from, S("//")) && !str_starts(from, S("///"));
	struct str path = path_clean(sh->tmp, absolute ? dir : path_join(sh->tmp, sh->cwd, dir));

	return two ? str_cat(sh->tmp, S("/"), path) : path;
}

/* Go to DEST; false when that fails. PWD and OLDPWD are exported. */
static bool enter(struct shell *sh, struct str dest, bool physical)
{
	struct str path = physical ? path_join(sh->tmp, sh->cwd, dest) : folder_logical(sh, dest);
	static const char *const names[] = {"OLDPWD", "PWD"};

	if (!is_folder(sh, path) ||
	    (physical && files_realpath(sh->session->files, sh->tmp, path, &path) != 0))
		return false;
	for (size_t i = 0; i < 2; i++) {
		if (!var_set(sh, str_z(names[i]), i ? path : sh->cwd))
			return true;
		var_at(sh, str_z(names[i]))->flags |= VAR_EXPORT;
	}
	sh->env_cache.p = NULL;
	sh->cwd = str_dup(sh->mem, path);
	sh->moves++;
	return true;
}

/* Is DEST looked for in CDPATH? Not "/x", ".", "./x", "..", "../x". */
static bool searched(struct str dest)
{
	size_t dots = 0;

	while (dots < dest.n && dots < 2 && dest.p[dots] == '.')
		dots++;
	return !(dest.n && dest.p[0] == '/') && !(dots && (dots == dest.n || dest.p[dots] == '/'));
}

int cd_posix(struct shell *sh, const struct str *argv, size_t argc)
{
	struct posix_options o = {.argv = argv, .argc = argc};
	int physical = folder_options(sh, &o);
	struct str dest = o.at < argc ? argv[o.at] : var_value(sh, S("HOME")), rest, folder;
	bool print = o.at < argc && str_is(dest, "-"), tried = false, good = false;

	if (physical < 0)
		return 2;
	dest = print ? var_value(sh, S("OLDPWD")) : dest;
	dest = dest.p ? dest : S("");
	if (searched(dest)) {
		struct str name = dest.n ? dest : S(".");

		rest = var_value(sh, S("CDPATH"));
		for (dest = name; !tried && rest.p && str_split(&rest, ':', &folder);) {
			struct str path = folder.n ? str_fmt(sh->tmp, "%.*s/%.*s", STR_ARG(folder),
							     STR_ARG(name))
						   : name;
			struct files_stat st;

			if (files_stat(sh->session->files, path_join(sh->tmp, sh->cwd, path),
				       &st) != 0 ||
			    !S_ISDIR(st.mode))
				continue;
			print |= folder.n > 0;
			tried = true;
			good = enter(sh, path, physical);
		}
	}
	if (!(tried ? good : enter(sh, dest, physical)))
		return builtin_error(sh, argv[0], 2, "can't cd to %.*s", STR_ARG(dest));
	if (sh->flow != FLOW_ON)
		return 2;
	return print ? put_out(sh, argv[0], str_cat(sh->tmp, sh->cwd, S("\n"))) : 0;
}

int pwd_posix(struct shell *sh, const struct str *argv, size_t argc)
{
	struct posix_options o = {.argv = argv, .argc = argc};
	int physical = folder_options(sh, &o);
	struct str path = sh->cwd;

	if (physical < 0)
		return 2;
	if (physical)
		files_realpath(sh->session->files, sh->tmp, sh->cwd, &path);
	return put_out(sh, argv[0], str_cat(sh->tmp, path, S("\n")));
}

/* --- umask --- */

/* What the letters of TEXT let each of user, group, others do, of which MODE lets them do what it
 * does. */
static mode_t permissions(struct str *text, mode_t mode)
{
	mode_t bits = 0;

	for (; text->n && strchr("rwxugoXs", text->p[0]); *text = str_from(*text, 1)) {
		switch (text->p[0]) {
		case 'r': bits |= 04; break;
		case 'w': bits |= 02; break;
		case 'x': bits |= 01; break;
		case 'u': bits |= mode >> 6; break;
		case 'g': bits |= mode >> 3; break;
		case 'o': bits |= mode; break;
		case 'X': bits |= mode & 0111 ? 01 : 0; break;
		}
	}
	return bits & 07;
}

/* "g-w,o=" applied to *MODE; false when TEXT is no such thing. Who stays from one operator to the
 * next. */
static bool apply_symbolic(struct str text, mode_t *mode)
{
	mode_t who = 0, before = *mode, bits;

	while (text.n) {
		char op;

		for (; text.n && strchr("augo", text.p[0]); text = str_from(text, 1))
			who |= text.p[0] == 'a'	  ? 0111
			       : text.p[0] == 'u' ? 0100
			       : text.p[0] == 'g' ? 0010
						  : 0001;
		who = who ? who : 0111;
		op = text.n ? text.p[0] : '\0';
		if (text.n == 0 || !strchr("=+-", op))
			return text.n == 0;
		text = str_from(text, 1);
		bits = permissions(&text, before) * who;
		if (op == '-')
			*mode &= ~bits;
		else
			*mode = op == '+' ? *mode | bits : bits | (*mode & ~(who * 07));
		if (text.n && text.p[0] == ',') {
			who = 0;
			text = str_from(text, 1);
		} else if (text.n && !strchr("=+-", text.p[0])) {
			return false;
		}
	}
	return true;
}

/* Digits may be any number of them. */
static bool octal(struct str text, mode_t *out)
{
	for (*out = 0; text.n; text = str_from(text, 1)) {
		if (text.p[0] < '0' || text.p[0] > '7')
			return false;
		*out = *out << 3 | (mode_t)(text.p[0] - '0');
	}
	return true;
}

int umask_posix(struct shell *sh, const struct str *argv, size_t argc)
{
	struct posix_options o = {.argv = argv, .argc = argc};
	struct buf out = buf_new(sh->tmp);
	bool symbolic = false, number;
	mode_t mask = sh->umask;
	struct str text;
	int c;

	while ((c = posix_option(sh, &o, "S")) > 0)
		symbolic = true;
	if (c < 0)
		return 2;
	if (o.at >= argc) {
		if (symbolic)
			put_symbolic(&out, mask);
		else
			buf_fmt(&out, "%04o", (unsigned)mask);
		buf_char(&out, '\n');
		return put_out(sh, argv[0], buf_view(&out));
	}
	text = argv[o.at];
	number = text.n && text.p[0] >= '0' && text.p[0] <= '9';
	mask = number ? mask : ~mask;
	if (!(number ? octal(text, &mask) : apply_symbolic(text, &mask)))
		return builtin_error(sh, argv[0], 2,
				     number ? "Illegal number: %.*s" : "Illegal mode: %.*s",
				     STR_ARG(text));
	set_umask(sh, (number ? mask : ~mask) & 0777);
	return 0;
}

/* --- unset --- */

int unset_posix(struct shell *sh, const struct str *argv, size_t argc)
{
	struct posix_options o = {.argv = argv, .argc = argc};
	int functions = false, c;

	while ((c = posix_option(sh, &o, "vf")) > 0)
		functions = c == 'f';
	if (c < 0)
		return 2;
	for (size_t i = o.at; i < argc; i++) {
		struct str name = posix_name(argv[i]);

		if (functions) {
			function_unset(sh, argv[i]);
			continue;
		}
		if (!is_name(name))
			return builtin_error(sh, argv[0], 2, "%.*s: bad variable name",
					     STR_ARG(name));
		if (str_is(name, "OPTIND")) /* as the number that an empty value is none of */
			return builtin_error(sh, argv[0], 2, "Illegal number: ");
		if (!var_unset(sh, name))
			return builtin_error(sh, argv[0], 2, "%.*s: is read only",
					     STR_ARG(argv[i]));
	}
	return 0;
}
