/* SPDX-License-Identifier: GPL-2.0-only */
/* Builtins about commands: type command hash. */
#include <string.h>

#include "base/path.h"
#include "shell/builtin.h"

/* The path of a command, as `command -v` prints it; unset when there is none. */
static struct str command_path(struct shell *sh, struct str name)
{
	struct lookup l;
	struct str path;
	int error;

	struct files_stat st;

	/* dash does not ask whether a file that is named may be run */
	if (!is_bash(sh) && str_chr(name, '/') >= 0)
		return files_stat(sh->session->files, path_join(sh->tmp, sh->cwd, name), &st) == 0
			   ? name
			   : (struct str){0};
	if (str_chr(name, '/') < 0) {
		bool standard = sh->standard_path;

		sh->standard_path &= !is_bash(sh); /* which tells what it remembers all the same */
		path = lookup_remembered(sh, name);
		sh->standard_path = standard;
		if (!path.p) /* else it may have gone since */
			path = lookup_path(sh, name, lookup_folders(sh), &error);
		if (path.p)
			return path;
	}
	lookup_command(sh, name, false, &l);
	if (l.kind != FOUND_NOTHING)
		return name;
	/* bash tells of a file that may not be run, too */
	path = is_bash(sh) && str_chr(name, '/') < 0 ? lookup_unusable(sh, name) : name;
	return str_eq(path, name) ? (struct str){0} : path;
}

/* Is NAME told to be remembered? dash forgets that for `command -p`. */
static bool remembers(const struct shell *sh, struct str name)
{
	return lookup_tracked(sh, name) && (is_bash(sh) || !sh->standard_path);
}

/* dash remembers where it has found NAME, but by `command -p`. */
static void remember(struct shell *sh, struct str name, struct str path)
{
	if (!is_bash(sh) && !sh->standard_path)
		lookup_track(sh, name, path);
}

static int describe(struct shell *sh, const char *who, struct str name, struct buf *out)
{
	const struct builtin *b = builtin_row(sh->dialect, name);
	const struct function *f = function_find(sh, name);
	struct str path;

	if (reserved_is(sh->dialect, name)) {
		buf_fmt(out, "%.*s is a shell keyword\n", STR_ARG(name));
	} else if (f) {
		buf_fmt(out, is_bash(sh) ? "%.*s is a function\n" : "%.*s is a shell function\n",
			STR_ARG(name));
		if (is_bash(sh))
			buf_fmt(out, "%.*s () \n%.*s\n", STR_ARG(name),
				STR_ARG(function_text(sh->tmp, f->body)));
	} else if (b) {
		buf_fmt(out, "%.*s is a %sshell builtin\n", STR_ARG(name),
			!is_bash(sh) && (b->flags & BUILTIN_SPECIAL) ? "special " : "");
	} else {
		path = command_path(sh, name);
		if (!path.p) {
			/* what was found before comes first */
			if (is_bash(sh) && out->n && put_fd(sh, 1, buf_view(out)) == 0)
				out->n = 0;
			if (is_bash(sh))
				say(sh, "%s: %.*s: not found", who, STR_ARG(name));
			else
				buf_fmt(out, "%.*s: not found\n", STR_ARG(name));
			return is_bash(sh) ? 1 : 127;
		}
		buf_fmt(out,
			!remembers(sh, name) ? "%.*s is %.*s\n"
			: is_bash(sh)	     ? "%.*s is hashed (%.*s)\n"
					     : "%.*s is a tracked alias for %.*s\n",
			STR_ARG(name), STR_ARG(path));
		remember(sh, name, path);
	}
	return 0;
}

static struct str type_word(struct shell *sh, struct str name)
{
	if (reserved_is(sh->dialect, name))
		return S("keyword");
	if (function_find(sh, name))
		return S("function");
	if (builtin_row(sh->dialect, name))
		return S("builtin");
	return command_path(sh, name).p ? S("file") : (struct str){0};
}

/* What `command` says of a name; bash does not look whether it could. */
static int put_found(struct shell *sh, struct str text)
{
	if (!is_bash(sh))
		return put_out(sh, S("command"), text);
	put_fd(sh, 1, text);
	return 0;
}

static int run_type(struct shell *sh, const struct str *argv, size_t argc)
{
	struct buf out = buf_new(sh->tmp);
	bool word = argc > 1 && is_bash(sh) && str_is(argv[1], "-t");
	bool path = argc > 1 && is_bash(sh) && (str_is(argv[1], "-p") || str_is(argv[1], "-P"));
	bool only_files = path && str_is(argv[1], "-p");
	int status = 0;

	for (size_t i = word || path ? 2 : 1; i < argc; i++) {
		struct str text = word	 ? type_word(sh, argv[i])
				  : path ? command_path(sh, argv[i])
					 : S("");

		if (!word && !path)
			status |=
			    describe(sh, str_is(argv[0], "-V") ? "command" : "type", argv[i], &out);
		else if (only_files && !str_is(type_word(sh, argv[i]), "file"))
			status |= !type_word(sh, argv[i]).p;
		else if (text.p)
			buf_fmt(&out, "%.*s\n", STR_ARG(text));
		else
			status = 1;
	}
	if (out.n && str_is(argv[0], "-V"))
		return put_found(sh, buf_view(&out)) | status;
	return out.n ? put_out(sh, argv[0], buf_view(&out)) | status : status;
}

const struct builtin builtin_type = {
	.name = S("type"),
	.run = run_type,
	.flags = BUILTIN_PURE,
	.options = "aftpP",
	.usage = "type [-afptP] name [name ...]",
	.elsewhere = "af",
};

static int command_v(struct shell *sh, const struct str *argv, size_t argc)
{
	struct buf out = buf_new(sh->tmp);
	int status = is_bash(sh) ? 1 : 127;

	for (size_t i = 0; i < argc; i++) {
		bool own = reserved_is(sh->dialect, argv[i]) || function_find(sh, argv[i]) ||
			   builtin_row(sh->dialect, argv[i]);
		struct str path = own ? argv[i] : command_path(sh, argv[i]);

		if (path.p) {
			if (!own)
				remember(sh, argv[i], path);
			buf_fmt(&out, "%.*s\n", STR_ARG(path));
			status = 0;
		} else if (!is_bash(sh)) {
			status = 127;
		}
	}
	if (out.n)
		return put_found(sh, buf_view(&out)) | status;
	return status;
}

/* dash's options: the index of what is to run, or -1 where *STATUS says how it ended. -V counts for
 * more than -v. */
static int command_options(struct shell *sh, const struct str *argv, size_t argc, int *status,
			   bool *elsewhere)
{
	struct posix_options o = {.argv = argv, .argc = argc};
	struct str blame = sh->blame;
	bool brief = false, verbose = false;
	int c;

	sh->blame = (struct str){NULL, 0};
	while ((c = posix_option(sh, &o, "pvV")) > 0) {
		brief |= c == 'v';
		verbose |= c == 'V';
		*elsewhere |= c == 'p';
	}
	if (c == 0 && !brief && !verbose) {
		sh->blame = blame;
		return (int)o.at;
	}
	*status = c < 0 ? 2 : 0;
	if (c == 0 && o.at < argc) { /* one name only */
		const struct str type[] = {S("-V"), argv[o.at]};

		sh->standard_path = *elsewhere;
		*status = verbose ? run_type(sh, type, 2) : command_v(sh, argv + o.at, 1);
		sh->standard_path = false;
	}
	return -1;
}

/* In dash what is local within `command eval` ends with it. */
static int run_command_builtin(struct shell *sh, const struct builtin *b, const struct str *argv,
			       size_t argc)
{
	struct saved_var *mark = sh->saved, *frame = sh->frame;
	bool may_local = sh->may_local;
	int status;

	sh->blame = (struct str){NULL, 0};
	builtin_tell(sh, b, argv, argc);
	sh->builtin = is_bash(sh) ? S("") : argv[0];
	if (!is_bash(sh)) {
		sh->frame = mark;
		sh->may_local = true;
	}
	status = builtin_stopped(sh, builtin_run(sh, b, argv, argc));
	if (!is_bash(sh))
		vars_restore(sh, mark);
	sh->frame = frame;
	sh->may_local = may_local;
	return status;
}

struct how {
	bool standard, brief, verbose; /* -p, -v, -V: the last one counts */
};

/* bash's options of `command`: the index of what follows; 0 after a message. */
static size_t command_letters(struct shell *sh, const struct str *argv, size_t argc,
			      struct how *how)
{
	size_t i = 1;

	for (; i < argc && argv[i].n > 1 && argv[i].p[0] == '-'; i++) {
		if (str_is(argv[i], "--"))
			return i + 1;
		for (size_t k = 1; k < argv[i].n; k++) {
			char c = argv[i].p[k];

			how->standard |= c == 'p';
			if (c == 'v' || c == 'V') {
				how->brief = c == 'v';
				how->verbose = c == 'V';
			} else if (c != 'p') {
				say(sh, "command: -%c: invalid option", c);
				put_fd(sh, 2,
				       S("command: usage: command [-pVv] command [arg ...]\n"));
				return 0;
			}
		}
	}
	return i;
}

static int run_command(struct shell *sh, const struct str *argv, size_t argc)
{
	struct lookup l;
	size_t i = 1;
	struct how how = {0};
	bool elsewhere = false; /* -p: dash does not remember where that is */

	if (!is_bash(sh)) {
		int status = 0, first = command_options(sh, argv, argc, &status, &elsewhere);

		if (first < 0)
			return status;
		i = (size_t)first;
	}
	if (is_bash(sh) && (i = command_letters(sh, argv, argc, &how)) == 0)
		return 2;
	elsewhere |= how.standard;
	if (i == argc)
		return 0;
	if (how.brief || how.verbose) {
		int status = 1; /* one that is found will do */

		sh->standard_path = elsewhere;
		for (size_t k = i; k < argc && how.verbose; k++)
			status &= run_type(sh, (const struct str[]){S("-V"), argv[k]}, 2) != 0;
		if (!how.verbose)
			status = command_v(sh, argv + i, argc - i);
		sh->standard_path = false;
		return status;
	}
	l.builtin = builtin_find(sh->dialect, argv[i]);
	if (l.builtin)
		return run_command_builtin(sh, l.builtin, argv + i, argc - i);
	sh->standard_path = elsewhere;
	lookup_command(sh, argv[i], false, &l);
	sh->standard_path = false;
	if (!elsewhere)
		lookup_track(sh, argv[i], l.path);
	return command_run(sh, &l, argv + i, argc - i);
}

const struct builtin builtin_command = {
	.name = S("command"),
	.run = run_command,
	.flags = BUILTIN_PURE,
};

static int run_hash(struct shell *sh, const struct str *argv, size_t argc)
{
	bool forget = is_bash(sh) && argc > 1 && str_is(argv[1], "-r");
	int status = 0, error, c;
	struct str path;
	size_t first = 1;
	struct buf out = buf_new(sh->tmp);

	if (!is_bash(sh)) {
		struct posix_options o = {.argv = argv, .argc = argc};

		while ((c = posix_option(sh, &o, "r")) > 0)
			forget = true;
		if (c < 0)
			return 2;
		first = o.at;
	}
	if (argc < 2 && is_bash(sh))
		return put_out(sh, argv[0], S("hash: hash table empty\n"));
	if (forget)
		lookup_forget(sh);
	if (forget && !is_bash(sh))
		return 0;
	if (!is_bash(sh) && first == argc)
		lookup_list(sh, &out);
	if (out.n)
		return put_out(sh, argv[0], buf_view(&out));
	for (size_t i = first; i < argc; i++) {
		if (is_bash(sh) && argv[i].n && argv[i].p[0] == '-')
			continue;
		if (builtin_find(sh->dialect, argv[i]) || function_find(sh, argv[i]) ||
		    str_chr(argv[i], '/') >= 0)
			continue;
		path = lookup_path(sh, argv[i], var_value(sh, S("PATH")), &error);
		if (path.p)
			lookup_track(sh, argv[i], path);
		else
			status =
			    builtin_error(sh, argv[0], 1,
					  argv[i].n || is_bash(sh) ? "%.*s: not found"
								   : "%.*s: Permission denied",
					  STR_ARG(argv[i])) != 0;
	}
	return status;
}

/* bash's list has numbers of uses. */
static const char *hash_declines(enum shell_dialect dialect, const struct str *argv, size_t argc)
{
	(void)argv;
	return dialect == SHELL_BASH && argc == 1 ? "hash" : NULL;
}

const struct builtin builtin_hash = {
	.name = S("hash"),
	.run = run_hash,
	.declines = hash_declines,
	.options = "lrp:dt",
	.usage = "hash [-lr] [-p pathname] [-dt] [name ...]",
	.elsewhere = "lpdt",
};
