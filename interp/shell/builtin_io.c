/* SPDX-License-Identifier: GPL-2.0-only */
/* Builtins: cd pwd umask ulimit. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/path.h"
#include "shell/builtin.h"

/* --- cd, pwd --- */

/* A child gets PWD and OLDPWD, unless one has said that it does not. */
static void set_exported(struct shell *sh, struct str name, struct str value)
{
	bool known = var_find(sh, name) != NULL;

	if (!var_set(sh, name, value) || known)
		return;
	var_at(sh, name)->flags |= VAR_EXPORT;
	sh->env_cache.p = NULL;
}

/* OLDPWD gets what PWD says, whatever that is, and no value where it has none. */
static void set_left(struct shell *sh)
{
	struct str left = var_value(sh, S("PWD"));

	set_exported(sh, S("OLDPWD"), left.p ? left : S(""));
	if (!left.p && sh->flow == FLOW_ON)
		var_at(sh, S("OLDPWD"))->flags |= VAR_UNSET | VAR_DECLARED;
}

/* The folder DIR names, checked; 0 or -errno. */
static int find_folder(struct shell *sh, struct str dir, bool physical, struct str *out)
{
	struct str path = path_join(sh->tmp, sh->cwd, dir);
	struct files_stat st;
	int err;

	if (dir.n == 0)
		path = sh->cwd;
	err = files_stat(sh->session->files, path, &st);
	if (err == -ENOENT && files_stat(sh->session->files, sh->cwd, &st) == -ENOENT) {
		path = folder_logical(sh, dir); /* "cd .." out of what is there no more */
		err = files_stat(sh->session->files, path, &st);
	}
	if (err)
		return err;
	if (!S_ISDIR(st.mode))
		return -ENOTDIR;
	if (faccessat(AT_FDCWD, str_cz(sh->tmp, path), X_OK, AT_EACCESS) != 0 && errno == EACCES)
		return -EACCES;
	if (physical)
		return files_realpath(sh->session->files, sh->tmp, path, out);
	*out = folder_logical(sh, dir);
	return 0;
}

static int cd_search(struct shell *sh, struct str dir, bool physical, struct str *out, bool *print)
{
	struct str rest = var_value(sh, S("CDPATH")), folder;

	if (rest.n && dir.n && dir.p[0] != '/' && dir.p[0] != '.') {
		while (str_split(&rest, ':', &folder)) {
			if (find_folder(sh, folder.n ? path_join(sh->tmp, folder, dir) : dir,
					physical, out) == 0) {
				*print = folder.n > 0;
				return 0;
			}
		}
	}
	return find_folder(sh, dir, physical, out);
}

static int run_cd(struct shell *sh, const struct str *argv, size_t argc)
{
	bool physical = false, print = false;
	struct str dir, path, shown = {0};
	size_t i = 1;
	int err;

	if (!is_bash(sh))
		return cd_posix(sh, argv, argc);
	for (; i < argc && argv[i].n > 1 && argv[i].p[0] == '-'; i++) {
		if (str_is(argv[i], "--")) {
			i++;
			break;
		}
		physical = str_is(argv[i], "-P");
	}
	if (argc - i > 1)
		return builtin_error(sh, argv[0], 1, "too many arguments");
	dir = i < argc ? argv[i] : var_value(sh, S("HOME"));
	if (!dir.p)
		return builtin_error(sh, argv[0], 1, "HOME not set");
	if (str_is(dir, "-")) {
		dir = var_value(sh, S("OLDPWD"));
		if (!dir.p)
			return builtin_error(sh, argv[0], 1, "OLDPWD not set");
		shown = dir = str_dup(sh->tmp, dir);
	}
	err = cd_search(sh, dir, physical, &path, &print);
	if (err)
		return builtin_error(sh, argv[0], 1, "%.*s: %s", STR_ARG(dir), errno_text(-err));
	set_left(sh);
	sh->cwd = str_dup(sh->mem, path);
	set_exported(sh, S("PWD"), sh->cwd);
	shown = print ? sh->cwd : shown;
	return shown.p ? put_out(sh, argv[0], str_cat(sh->tmp, shown, S("\n"))) : 0;
}

const struct builtin builtin_cd = {
	.name = S("cd"),
	.run = run_cd,
	.flags = BUILTIN_PURE,
	.options = "LPe@",
	.usage = "cd [-L|[-P [-e]] [-@]] [dir]",
};

const struct builtin builtin_chdir = {
	.name = S("chdir"),
	.run = run_cd,
	.flags = BUILTIN_POSIX | BUILTIN_PURE,
};

static int run_pwd(struct shell *sh, const struct str *argv, size_t argc)
{
	struct str path = sh->cwd, real;

	if (!is_bash(sh))
		return pwd_posix(sh, argv, argc);
	if (argc > 1 && str_is(argv[1], "-P") &&
	    files_realpath(sh->session->files, sh->tmp, path, &real) == 0)
		path = real;
	return put_out(sh, argv[0], str_cat(sh->tmp, path, S("\n")));
}

const struct builtin builtin_pwd = {
	.name = S("pwd"),
	.run = run_pwd,
	.flags = BUILTIN_PURE,
	.options = "LP",
	.usage = "pwd [-LP]",
};

/* --- umask --- */

void put_symbolic(struct buf *out, mode_t mask)
{
	static const char who[] = "ugo", what[] = "rwx";

	for (int i = 0; i < 3; i++) {
		buf_fmt(out, "%s%c=", i ? "," : "", who[i]);
		for (int k = 0; k < 3; k++)
			if (!(mask & (0400u >> (i * 3 + k))))
				buf_char(out, what[k]);
	}
}

/* u=rwx,g+w: what bash's mask becomes; false after a message. */
static bool parse_symbolic(struct shell *sh, struct str s, mode_t *mask)
{
	struct str part, rest = s;

	while (str_split(&rest, ',', &part)) {
		mode_t who = 0, what = 0;
		size_t i = 0;
		char op;

		for (; i < part.n && strchr("ugoa", part.p[i]); i++)
			who |= part.p[i] == 'u'	  ? 0700
			       : part.p[i] == 'g' ? 070
			       : part.p[i] == 'o' ? 07
						  : 0777;
		who = who ? who : 0777;
		op = i < part.n ? part.p[i] : '\0';
		if (!op || !strchr("+-=", op)) {
			op = op || !rest.p ? op : ',';
			say(sh, "umask: `%c': invalid symbolic mode operator", op);
			return false;
		}
		for (i++; i < part.n; i++) {
			const char *p = strchr("rwx", part.p[i]);

			if (!p) {
				say(sh, "umask: `%c': invalid symbolic mode character", part.p[i]);
				return false;
			}
			what |= part.p[i] == 'r' ? 0444 : part.p[i] == 'w' ? 0222 : 0111;
		}
		what &= who;
		if (op == '+')
			*mask &= ~what;
		else if (op == '-')
			*mask |= what;
		else
			*mask = (*mask | who) & ~what;
	}
	return true;
}

void set_umask(struct shell *sh, mode_t mask)
{
	sh->umask = mask;
	files_umask(sh->session->files, mask);
}

static int run_umask(struct shell *sh, const struct str *argv, size_t argc)
{
	struct buf out = buf_new(sh->tmp);
	bool symbolic = false, reusable = false;
	mode_t mask = sh->umask;
	size_t i = 1;
	uint64_t n;

	if (!is_bash(sh))
		return umask_posix(sh, argv, argc);
	for (; i < argc && argv[i].n > 1 && argv[i].p[0] == '-'; i++) {
		if (str_is(argv[i], "--")) {
			i++;
			break;
		}
		for (size_t k = 1; k < argv[i].n; k++) {
			if (!strchr("Sp", argv[i].p[k])) {
				say(sh, "umask: -%c: invalid option", argv[i].p[k]);
				put_fd(sh, 2, S("umask: usage: umask [-p] [-S] [mode]\n"));
				return 2;
			}
			symbolic |= argv[i].p[k] == 'S';
			reusable |= argv[i].p[k] == 'p';
		}
	}
	if (i < argc && argv[i].n && argv[i].p[0] >= '0' && argv[i].p[0] <= '9') {
		if (!str_number(argv[i], 8, &n) || n > 07777)
			return builtin_error(sh, argv[0], 1, "%.*s: octal number out of range",
					     STR_ARG(argv[i]));
		mask = (mode_t)(n & 0777);
	} else if (i < argc && !parse_symbolic(sh, argv[i], &mask)) {
		return 1;
	}
	if (i < argc)
		set_umask(sh, mask);
	if (i < argc && !symbolic)
		return 0;
	if (reusable && i == argc)
		buf_z(&out, symbolic ? "umask -S " : "umask ");
	if (symbolic)
		put_symbolic(&out, mask);
	else
		buf_fmt(&out, "%04o", (unsigned)mask);
	buf_char(&out, '\n');
	return put_out(sh, argv[0], buf_view(&out));
}

/* dash reads on in memory behind who alone (umask g). */
static const char *umask_declines(enum shell_dialect dialect, const struct str *argv, size_t argc)
{
	struct str mode = argv[argc - 1];
	size_t n = mode.n;

	if (dialect == SHELL_BASH || argc < 2)
		return NULL;
	while (n && strchr("ugoa", mode.p[n - 1]))
		n--;
	return n < mode.n && (!n || mode.p[n - 1] == ',') ? "umask of who alone" : NULL;
}

const struct builtin builtin_umask = {
	.name = S("umask"),
	.run = run_umask,
	.declines = umask_declines,
};

/* --- ulimit --- */

/*
 * With few descriptors the real shell's own redirections fail, ours would not; nobody comes near
 * FEWEST, so from there on the difference does not show.
 */
enum { FEWEST = 1024, MOST = INT32_MAX };

static bool ulimit_known(const struct str *argv, size_t argc)
{
	uint64_t n;

	return (argc == 2 || argc == 3) && str_is(argv[1], "-n") &&
	       (argc == 2 || (str_number(argv[2], 10, &n) && n >= FEWEST && n <= MOST));
}

/*
 * A limit is the process's, and this process has many shells: what is set here is given to each
 * process that the environment starts. What we open ourselves does not count against it;
 * ulimit_known lets pass what is high enough.
 */
static int set_open_files(struct shell *sh, struct str name, uint64_t n)
{
	struct rlimit own;
	int err = 0;

	if (spawn_refused(sh, &name, 1, "a limit of processes"))
		return 1;
	getrlimit(RLIMIT_NOFILE, &own);
	if (n > (sh->open_files ? sh->open_files : own.rlim_max))
		err = spawn_open_files(sh->open_files, n);
	if (err)
		return builtin_error(sh, name, 1,
				     is_bash(sh) ? "open files: cannot modify limit: %s"
						 : "error setting limit (%s)",
				     errno_text(err));
	sh->open_files = n == own.rlim_cur && n == own.rlim_max ? 0 : n;
	return 0;
}

static const char *ulimit_declines(enum shell_dialect dialect, const struct str *argv, size_t argc)
{
	(void)dialect;
	return ulimit_known(argv, argc) ? NULL : "builtin";
}

static int run_ulimit(struct shell *sh, const struct str *argv, size_t argc)
{
	struct rlimit own;
	struct str text;
	uint64_t n;

	if (!ulimit_known(argv, argc)) /* out of variables: too late for the real shell */
		return builtin_error(sh, argv[0], 2, "not a form that is known here");
	if (argc == 3) {
		str_number(argv[2], 10, &n);
		return set_open_files(sh, argv[0], n);
	}
	getrlimit(RLIMIT_NOFILE, &own);
	n = sh->open_files ? sh->open_files : own.rlim_cur;
	text = n == RLIM_INFINITY ? S("unlimited\n")
				  : str_fmt(sh->tmp, "%llu\n", (unsigned long long)n);
	if (!is_bash(sh))
		return put_out(sh, argv[0], text);
	put_fd(sh, 1, text); /* bash does not look */
	return 0;
}

const struct builtin builtin_ulimit = {
	.name = S("ulimit"),
	.run = run_ulimit,
	.declines = ulimit_declines,
};
