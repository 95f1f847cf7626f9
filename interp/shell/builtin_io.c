/* SPDX-License-Identifier: GPL-2.0-only */
/* Builtins: read cd pwd umask ulimit. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/path.h"
#include "shell/expand_posix.h"

/* --- read --- */

struct reading {
	bool raw, exact;
	struct str array; /* of -a; may be unset */
	char delimiter;
	size_t most; /* characters; SIZE_MAX: no limit */
	size_t fd;
	struct buf text, mask; /* MASK: 'q' where a backslash protected the byte */
	bool ended;	       /* by the delimiter */
};

static bool may_read(const struct fd *fd)
{
	int real, flags;

	if (fd->reads)
		return true;
	real = stream_descriptor(fd->stream); /* only those that were handed to us may be open both ways */
	flags = real >= 0 ? fcntl(real, F_GETFL) : -1;
	return flags >= 0 && (flags & O_ACCMODE) != O_WRONLY;
}

static bool read_text(struct shell *sh, struct reading *r)
{
	struct stream *s = fd_stream(sh, r->fd);
	bool escaped = false;
	char c;

	r->text = buf_new(sh->tmp);
	r->mask = buf_new(sh->tmp);
	if (!s || (is_bash(sh) && !may_read(&sh->fds[r->fd])))
		return false;
	while (r->text.n < r->most && stream_read(s, &c, 1) == 1) {
		if (escaped) {
			escaped = false;
			if (c == '\n')
				continue;
			buf_char(&r->text, c);
			buf_char(&r->mask, 'q');
			continue;
		}
		if (c == r->delimiter && !r->exact) {
			r->ended = true;
			return true;
		}
		if (c == '\\' && !r->raw) {
			escaped = true;
			continue;
		}
		if (c == '\0')
			continue;
		buf_char(&r->text, c);
		buf_char(&r->mask, ' ');
	}
	r->ended = r->text.n >= r->most;
	return true;
}

static bool is_ifs(const struct reading *r, struct str ifs, size_t i, bool blank_only)
{
	char c = r->text.p[i];
	bool blank = c == ' ' || c == '\t' || c == '\n';

	return r->mask.p[i] != 'q' && str_chr(ifs, c) >= 0 && (blank || !blank_only);
}

/* The next field from *POS on; the last variable gets all that is left. */
static struct str next_field(const struct reading *r, struct str ifs, size_t *pos, bool last)
{
	size_t n = r->text.n, start, end;

	while (*pos < n && is_ifs(r, ifs, *pos, true))
		++*pos;
	start = *pos;
	while (*pos < n && !is_ifs(r, ifs, *pos, false))
		++*pos;
	end = *pos;
	while (*pos < n && is_ifs(r, ifs, *pos, true))
		++*pos;
	if (*pos < n && is_ifs(r, ifs, *pos, false) && !is_ifs(r, ifs, *pos, true)) {
		++*pos;
		while (*pos < n && is_ifs(r, ifs, *pos, true))
			++*pos;
	}
	if (last &&
	    *pos < n) { /* more than one field is left: all of it, without blanks at the end */
		end = n;
		*pos = n;
		while (end > start && is_ifs(r, ifs, end - 1, true))
			end--;
	}
	return (struct str){r->text.p ? r->text.p + start : "", end - start};
}

static void read_array(struct shell *sh, struct reading *r, struct str name)
{
	struct str ifs = ifs_value(sh);
	int64_t i = 0;

	var_clear_array(sh, var_at(sh, name));
	sh->arith_who = "read";
	for (size_t pos = 0; pos < r->text.n;) {
		struct str field = next_field(r, ifs, &pos, false);

		/* blanks alone are no field */
		if (field.n || field.p < r->text.p + r->text.n || pos < r->text.n)
			var_set_index(sh, name, i++, field);
	}
	sh->arith_who = NULL;
}

static int bad_read_option(struct shell *sh, struct str name, char c, const char *why)
{
	builtin_error(sh, name, 2, "-%c: %s", c, why);
	put_fd(sh, 2, S("read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] "
			"[-p prompt] [-t timeout] [-u fd] [name ...]\n"));
	return 2;
}

static int read_options(struct shell *sh, const struct str *argv, size_t argc, struct reading *r,
			size_t *i)
{
	for (; *i < argc && argv[*i].n > 1 && argv[*i].p[0] == '-'; ++*i) {
		if (str_is(argv[*i], "--")) {
			++*i;
			break;
		}
		for (size_t k = 1; k < argv[*i].n; k++) {
			char c = argv[*i].p[k];
			struct str value = str_from(argv[*i], k + 1);
			uint64_t n = 0;

			if (c == 'r') {
				r->raw = true;
				continue;
			}
			if (c == 's' || c == 'e')
				continue;
			if (!strchr("apdnNuti", c))
				return bad_read_option(sh, argv[0], c, "invalid option");
			if (value.n == 0 && *i + 1 == argc)
				return bad_read_option(sh, argv[0], c, "option requires an argument");
			if (value.n == 0 && *i + 1 < argc)
				value = argv[++*i];
			str_number(value, 10, &n);
			if (c == 'a')
				r->array = value;
			if (c == 'd')
				r->delimiter = value.n ? value.p[0] : '\0';
			if (c == 'n' || c == 'N')
				r->most = n;
			r->exact |= c == 'N';
			if (c == 'u')
				r->fd = n;
			break;
		}
	}
	return 0;
}

bool builtin_good_var(const struct shell *sh, struct str name)
{
	ptrdiff_t open = is_bash(sh) ? str_chr(name, '[') : -1;

	if (open > 0 && name.p[name.n - 1] == ']' && (size_t)open + 2 < name.n)
		name = str_sub(name, 0, (size_t)open);
	return is_name(name);
}

/* bash: a read-only variable fails the builtin, not the line. Returns SET. */
static bool builtin_goes_on(struct shell *sh, bool set)
{
	if (!set && sh->flow == FLOW_DISCARD && !sh->whole)
		sh->flow = FLOW_ON;
	return set;
}

bool builtin_set_var(struct shell *sh, struct str who, struct str name, struct str value)
{
	ptrdiff_t open = is_bash(sh) ? str_chr(name, '[') : -1;
	int64_t i = 0;
	bool set;

	if (open > 0 && !index_eval(sh, str_sub(name, (size_t)open + 1, name.n - (size_t)open - 2), &i))
		return builtin_goes_on(sh, false);
	sh->arith_who = is_bash(sh) ? str_cz(sh->tmp, who) : NULL;
	if (open > 0)
		set = var_set_index(sh, str_sub(name, 0, (size_t)open), i, value);
	else
		set = var_set(sh, name, value);
	sh->arith_who = NULL;
	return builtin_goes_on(sh, set);
}

/* dash's: what cannot be read is empty, and so are the names without a field. */
static int read_posix(struct shell *sh, struct reading *r, const struct str *argv, size_t argc)
{
	struct posix_options o = {.argv = argv, .argc = argc};
	struct strs fields = {0};
	char *escaped;
	size_t i;
	int c;

	while ((c = posix_option(sh, &o, "p:r")) > 0)
		r->raw |= c == 'r';
	if (c < 0)
		return 2;
	i = o.at;
	if (i == argc)
		return builtin_error(sh, argv[0], 2, "arg count");
	read_text(sh, r);
	escaped = arena_array(sh->tmp, char, r->text.n + 1);
	for (size_t k = 0; k < r->text.n; k++)
		escaped[k] = r->mask.p[k] == 'q';
	posix_read(sh, r->text.n ? buf_view(&r->text) : S(""), escaped, argc - i, &fields);
	for (size_t k = 0; i < argc; i++, k++) {
		struct str name = posix_name(argv[i]);

		if (!is_name(name))
			return builtin_error(sh, argv[0], 2, "%.*s: bad variable name", STR_ARG(name));
		if (!var_set(sh, name, k < fields.n ? fields.p[k] : S("")))
			return 2;
	}
	return !r->ended;
}

static int run_read(struct shell *sh, const struct str *argv, size_t argc)
{
	struct reading r = {.delimiter = '\n', .most = SIZE_MAX};
	struct str ifs = ifs_value(sh);
	size_t i = 1, pos = 0;
	int err;

	if (!is_bash(sh))
		return read_posix(sh, &r, argv, argc);
	err = read_options(sh, argv, argc, &r, &i);
	if (err)
		return err;
	if (i < argc && !builtin_good_var(sh, argv[i])) /* the others when their turn comes */
		return builtin_error(sh, argv[0], 1, "`%.*s': not a valid identifier", STR_ARG(argv[i]));
	if (!read_text(sh, &r)) {
		say(sh, r.fd && !fd_stream(sh, r.fd) ? "read: %zu: invalid file descriptor: Bad file descriptor"
						     : "read: read error: %zu: Bad file descriptor",
		    r.fd);
		return 1;
	}
	if (r.exact)
		ifs = S("");
	if (r.array.p)
		read_array(sh, &r, r.array);
	else if (i == argc)
		builtin_set_var(sh, argv[0], S("REPLY"), r.text.n ? buf_view(&r.text) : S(""));
	for (; i < argc && !r.array.p; i++) {
		if (!builtin_good_var(sh, argv[i]))
			return builtin_error(sh, argv[0], 1, "`%.*s': not a valid identifier", STR_ARG(argv[i]));
		if (!builtin_set_var(sh, argv[0], argv[i], next_field(&r, ifs, &pos, i + 1 == argc)))
			return 1;
	}
	return sh->flow == FLOW_EXIT || sh->whole ? sh->status : !r.ended;
}

const struct builtin builtin_read = {
	.name = S("read"),
	.run = run_read,
	.flags = BUILTIN_PURE,
};

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

/* The folder DIR names, checked; 0 or -errno. */
static int find_folder(struct shell *sh, struct str dir, bool physical, struct str *out)
{
	struct str path = path_join(sh->tmp, sh->cwd, dir);
	struct files_stat st;
	int err;

	if (dir.n == 0)
		path = sh->cwd;
	err = files_stat(sh->session->files, path, &st);
	if (err)
		return err;
	if (!S_ISDIR(st.mode))
		return -ENOTDIR;
	if (faccessat(AT_FDCWD, str_cz(sh->tmp, path), X_OK, AT_EACCESS) != 0 && errno == EACCES)
		return -EACCES;
	if (physical)
		return files_realpath(sh->session->files, sh->tmp, path, out);
	*out = path_clean(sh->tmp, path);
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
	struct str dir, path;
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
		print = true;
		if (!dir.p)
			return builtin_error(sh, argv[0], 1, "OLDPWD not set");
	}
	err = cd_search(sh, dir, physical, &path, &print);
	if (err)
		return builtin_error(sh, argv[0], 1, "%.*s: %s", STR_ARG(dir), errno_text(-err));
	set_exported(sh, S("OLDPWD"), sh->cwd);
	sh->cwd = str_dup(sh->mem, path);
	set_exported(sh, S("PWD"), sh->cwd);
	return print ? put_out(sh, argv[0], str_cat(sh->tmp, sh->cwd, S("\n"))) : 0;
}

const struct builtin builtin_cd = {
	.name = S("cd"),
	.run = run_cd,
	.flags = BUILTIN_PURE,
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
	struct str part;

	while (str_split(&s, ',', &part)) {
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
			say(sh, "umask: `%.*s': invalid symbolic mode operator", op != 0, &op);
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
		if (!str_number(argv[i], 8, &n) || n > 0777)
			return builtin_error(sh, argv[0], 1, "%.*s: octal number out of range", STR_ARG(argv[i]));
		mask = (mode_t)n;
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

const struct builtin builtin_umask = {
	.name = S("umask"),
	.run = run_umask,
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
