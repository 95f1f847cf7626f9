/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * find: walks folders, in byte order, and evaluates an expression for each file. The expression is
 * compiled to a tree first, so that an unknown primary goes to the real tool before anything is
 * done.
 */
#include "applet/find.h"

static const char help[] =
    "find [-H | -L | -P] [PATH]... [EXPRESSION]: walk folders\n"
    "  -name -iname -path -ipath -lname G, -type -xtype C[,C]..., -perm [-/]MODE, -newer FILE, "
    "-empty\n"
    "  -size N[cwbkMG], -links N, -maxdepth -mindepth N, -depth, -follow, -prune\n"
    "  -print, -print0, -printf F (%p %P %f %h %H %d %l %m %n %s %y %g %G %u %U), -delete, -exec "
    "CMD ; | +\n"
    "  ! -not -a -and -o -or ( )\n";

/* The file under examination. */
struct visit {
	struct str name, base;
	struct files_stat st;
	uint64_t depth;
	bool prune;
};

/* The folders that led to the one that is walked, for -L. */
struct above {
	const struct above *next;
	struct str name;
	uint64_t dev, ino;
};

/* --- evaluating --- */

static struct str lowered(struct arena *mem, struct str s)
{
	char *p = arena_dup(mem, s.p, s.n);

	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 32);
	return (struct str){p, s.n};
}

static char type_letter(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG: return 'f';
	case S_IFDIR: return 'd';
	case S_IFLNK: return 'l';
	case S_IFIFO: return 'p';
	case S_IFBLK: return 'b';
	case S_IFCHR: return 'c';
	default: return 's';
	}
}

/* Where a link is followed what it is itself counts, and the other way round. */
static bool has_other_type(struct find *f, const struct node *n, const struct visit *v)
{
	bool followed = f->links == 'L' || (f->links == 'H' && v->depth == 0);
	struct files_stat st = v->st;
	struct str path = applet_path(f->cx, v->name);
	int err = (followed ? files_lstat : files_stat)(f->cx->files, path, &st);

	return str_chr(n->text, type_letter(err ? v->st.mode : st.mode)) >= 0;
}

/* Where V, a link that is not followed, leads. */
static struct str target_of(struct find *f, const struct visit *v)
{
	struct str target = S("");

	if (S_ISLNK(v->st.mode))
		files_readlink(f->cx->files, f->cx->mem, applet_path(f->cx, v->name), &target);
	return target;
}

static bool has_perm(const struct node *n, mode_t mode)
{
	mode &= 07777;
	if (n->how == '-')
		return (mode & n->mode) == n->mode;
	if (n->how == '/')
		return n->mode == 0 || (mode & n->mode);
	return mode == n->mode;
}

static bool has_size(const struct node *n, uint64_t bytes)
{
	uint64_t units = (bytes + n->unit - 1) / n->unit;

	return n->how == '+' ? units > n->n : n->how == '-' ? units < n->n : units == n->n;
}

static bool is_newer(struct find *f, const struct visit *v, struct timespec when)
{
	struct timespec t = files_mtime(f->cx->files, applet_path(f->cx, v->name), &v->st);

	return t.tv_sec > when.tv_sec || (t.tv_sec == when.tv_sec && t.tv_nsec > when.tv_nsec);
}

static bool is_empty(struct find *f, const struct visit *v)
{
	struct strs names = {0};

	if (S_ISREG(v->st.mode))
		return v->st.size == 0;
	return S_ISDIR(v->st.mode) &&
	       files_list(f->cx->files, f->cx->mem, applet_path(f->cx, v->name), &names) == 0 &&
	       names.n == 0;
}

static bool remove_file(struct find *f, const struct visit *v)
{
	struct str path = applet_path(f->cx, v->name);
	int err = S_ISDIR(v->st.mode) ? files_rmdir(f->cx->files, path)
				      : files_unlink(f->cx->files, path);

	if (str_is(v->name, "."))
		return true;
	if (err) {
		applet_say_errno(f->cx, str_fmt(f->cx->mem, "cannot delete %.*s",
						STR_ARG(applet_cite(f->cx, v->name))), err);
		f->status = 1;
	}
	return err == 0;
}

static void flush(struct find *f)
{
	applet_out(f->cx, buf_view(&f->out));
	f->out.n = 0;
}

/* Does ARGV end well? */
static bool run_words(struct find *f, const struct strs *argv)
{
	struct applet_cx *cx = f->cx;
	int status;

	flush(f);
	status = cx->run(cx, argv->p, argv->n, NULL, (struct env){0}, (struct str){0});
	if (cx->signalled)
		applet_say(cx, "%.*s terminated by signal %d", STR_ARG(applet_cite(cx, argv->p[0])),
			   cx->signalled);
	return status == 0;
}

static bool run_one(struct find *f, const struct node *n, struct str name)
{
	struct strs argv = {0};

	for (size_t i = 0; i < n->argv.n; i++) {
		struct str word = n->argv.p[i];
		struct buf b = buf_new(f->cx->mem);
		ptrdiff_t at;

		while ((at = str_find(word, S("{}"))) >= 0) {
			buf_put(&b, word.p, (size_t)at);
			buf_str(&b, name);
			word = str_from(word, (size_t)at + 2);
		}
		buf_str(&b, word);
		*vec_push(f->cx->mem, &argv) = buf_view(&b);
	}
	return run_words(f, &argv);
}

static void run_many(struct find *f, struct node *n)
{
	struct strs argv = {0};

	if (n->batch.n == 0)
		return;
	for (size_t i = 0; i < n->argv.n; i++)
		*vec_push(f->cx->mem, &argv) = n->argv.p[i];
	for (size_t i = 0; i < n->batch.n; i++)
		*vec_push(f->cx->mem, &argv) = n->batch.p[i];
	n->batch.n = 0;
	if (!run_words(f, &argv))
		f->status = 1;
}

static bool collect(struct find *f, struct node *n, struct str name)
{
	size_t bytes = 0;

	*vec_push(f->cx->mem, &n->batch) = name;
	for (size_t i = 0; i < n->batch.n; i++)
		bytes += n->batch.p[i].n + 1;
	if (bytes > 100000)
		run_many(f, n);
	return true;
}

static bool put_name(struct find *f, struct str name, char end)
{
	buf_str(&f->out, name);
	buf_char(&f->out, end);
	return true;
}

/* NAME from behind the PATH that led to it. */
static struct str below_root(const struct find *f, struct str name)
{
	struct str below = str_from(name, f->root.n);

	return str_starts(below, S("/")) ? str_from(below, 1) : below;
}

/* The base name, with the slashes that a PATH may end in. */
static struct str last_part(const struct visit *v)
{
	ptrdiff_t at = v->base.n && v->base.p >= v->name.p ? v->base.p - v->name.p : 0;
	size_t slashes = 0;

	while (slashes < v->name.n && v->name.p[slashes] == '/')
		slashes++;
	if (slashes && slashes == v->name.n)
		return S("/");
	return str_from(v->name, (size_t)at);
}

/* What stands in front of the last slash; "." where there is none. */
static struct str folder_part(const struct visit *v)
{
	size_t n = v->name.n;

	while (n && v->name.p[n - 1] != '/')
		n--;
	return n ? str_sub(v->name, 0, n - 1) : S(".");
}

static void put_owner(struct find *f, struct str name, uint32_t id)
{
	if (name.p)
		buf_str(&f->out, name);
	else
		buf_fmt(&f->out, "%u", id);
}

static void put_field(struct find *f, char letter, const struct visit *v)
{
	const struct files_stat *st = &v->st;

	switch (letter) {
	case 'p': buf_str(&f->out, v->name); break;
	case 'P': buf_str(&f->out, below_root(f, v->name)); break;
	case 'f': buf_str(&f->out, last_part(v)); break;
	case 'h': buf_str(&f->out, folder_part(v)); break;
	case 'H': buf_str(&f->out, f->root); break;
	case 'l': buf_str(&f->out, target_of(f, v)); break;
	case 'y': buf_char(&f->out, type_letter(st->mode)); break;
	case 'd': buf_fmt(&f->out, "%llu", (unsigned long long)v->depth); break;
	case 's': buf_fmt(&f->out, "%llu", (unsigned long long)st->size); break;
	case 'm': buf_fmt(&f->out, "%o", st->mode & 07777); break;
	case 'n': buf_fmt(&f->out, "%u", st->nlink); break;
	case 'U': buf_fmt(&f->out, "%u", st->uid); break;
	case 'G': buf_fmt(&f->out, "%u", st->gid); break;
	case 'u': put_owner(f, applet_user(f->cx->mem, st->uid), st->uid); break;
	case 'g': put_owner(f, applet_group(f->cx->mem, st->gid), st->gid); break;
	default: buf_char(&f->out, '%');
	}
}

static bool print_as(struct find *f, struct str format, const struct visit *v)
{
	for (size_t i = 0; i < format.n; i++) {
		char c = format.p[i];

		if (c == '%') {
			put_field(f, format.p[++i], v);
			continue;
		}
		if (c == '\\') {
			c = format.p[++i];
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c == '0' ? '\0' : c;
		}
		buf_char(&f->out, c);
	}
	return true;
}

static bool evaluate(struct find *f, struct node *n, struct visit *v)
{
	struct arena *mem = f->cx->mem;

	switch (n->kind) {
	case AND: return evaluate(f, n->a, v) && evaluate(f, n->b, v);
	case OR: return evaluate(f, n->a, v) || evaluate(f, n->b, v);
	case NOT: return !evaluate(f, n->a, v);
	case TRUE: return true;
	case FALSE: return false;
	case NAME: return applet_glob(f->cx, n->text, v->base);
	case INAME: return applet_glob(f->cx, lowered(mem, n->text), lowered(mem, v->base));
	case PATH: return applet_glob(f->cx, n->text, v->name);
	case IPATH: return applet_glob(f->cx, lowered(mem, n->text), lowered(mem, v->name));
	case LNAME: return S_ISLNK(v->st.mode) && applet_glob(f->cx, n->text, target_of(f, v));
	case TYPE: return str_chr(n->text, type_letter(v->st.mode)) >= 0;
	case XTYPE: return has_other_type(f, n, v);
	case LINKS: return has_size(n, v->st.nlink);
	case PERM: return has_perm(n, v->st.mode);
	case NEWER: return is_newer(f, v, n->when);
	case EMPTY: return is_empty(f, v);
	case SIZE: return has_size(n, v->st.size);
	case PRINT: return put_name(f, v->name, '\n');
	case PRINT0: return put_name(f, v->name, '\0');
	case PRINTF: return print_as(f, n->text, v);
	case DELETE: return remove_file(f, v);
	case PRUNE: return v->prune = true;
	case EXEC: return run_one(f, n, v->name);
	case EXEC_MANY: return collect(f, n, v->name);
	}
	return false;
}

/* --- walking --- */

static void walk(struct find *f, struct node *n, struct str name, uint64_t depth,
		 const struct above *above);

static void fail(struct find *f, struct str name, int err)
{
	applet_say_errno(f->cx, applet_cite(f->cx, name), err);
	f->status = 1;
}

static void walk_entries(struct find *f, struct node *n, const struct visit *v,
			 const struct above *above)
{
	struct above here = {above, v->name, v->st.dev, v->st.ino};
	struct strs names = {0};
	int err = files_list(f->cx->files, f->cx->mem, applet_path(f->cx, v->name), &names);

	if (err)
		fail(f, v->name, err);
	for (size_t i = 0; i < names.n; i++)
		walk(f, n, applet_child(f->cx, v->name, names.p[i]), v->depth + 1, &here);
}

/* Is V, by way of a link, one of the folders that led to it? */
static bool is_loop(struct find *f, const struct visit *v, const struct above *above)
{
	while (above && (above->dev != v->st.dev || above->ino != v->st.ino))
		above = above->next;
	if (!above || f->links != 'L' || !S_ISDIR(v->st.mode))
		return false;
	applet_say(f->cx,
		   "File system loop detected; %.*s is part of the same file system loop as %.*s.",
		   STR_ARG(applet_cite(f->cx, v->name)), STR_ARG(applet_cite(f->cx, above->name)));
	f->status = 1;
	return true;
}

/* What is known of V; a link is followed where it is to be and leads somewhere. */
static int look(struct find *f, struct visit *v)
{
	struct str path = applet_path(f->cx, v->name);
	int err = -ENOENT;

	if (f->links == 'L' || (f->links == 'H' && v->depth == 0))
		err = files_stat(f->cx->files, path, &v->st);
	return err == -ENOENT ? files_lstat(f->cx->files, path, &v->st) : err;
}

static void walk(struct find *f, struct node *n, struct str name, uint64_t depth,
		 const struct above *above)
{
	struct visit v = {.name = name, .depth = depth};
	struct str bare = name;
	int err = look(f, &v);

	if (err) {
		fail(f, name, err);
		return;
	}
	if (is_loop(f, &v, above))
		return;
	while (bare.n > 1 && bare.p[bare.n - 1] == '/')
		bare.n--;
	v.base = path_base(bare);
	if (!f->depth && depth >= f->least)
		evaluate(f, n, &v);
	if (S_ISDIR(v.st.mode) && depth < f->most && !v.prune)
		walk_entries(f, n, &v, above);
	if (f->depth && depth >= f->least)
		evaluate(f, n, &v);
}

static bool starts_expression(struct str s)
{
	return s.n && (s.p[0] == '-' || str_is(s, "!") || str_is(s, "("));
}

static int run(struct applet_cx *cx)
{
	struct find f = {
	    .cx = cx, .at = 1, .most = UINT64_MAX, .links = 'P', .out = buf_new(cx->mem)};
	struct node *n;
	size_t first, paths;

	cx->pending = &f.out;
	while (find_more(&f) && cx->argv[f.at].n == 2 && cx->argv[f.at].p[0] == '-' &&
	       strchr("HLP", cx->argv[f.at].p[1]))
		f.links = cx->argv[f.at++].p[1];
	first = f.at;
	while (find_more(&f) && !starts_expression(cx->argv[f.at]))
		f.at++;
	paths = f.at;
	n = find_expression(&f);
	for (size_t i = first; i < paths; i++) /* %h of "a/" is "a", but that of "ab/" is "." */
		f.unknown |= f.shows_folder && str_ends(cx->argv[i], S("/"));
	if (f.unknown || (f.prunes && f.deletes) || (f.deletes && f.links != 'P') || find_more(&f))
		return applet_decline(cx);
	if (paths == first) {
		f.root = S(".");
		walk(&f, n, f.root, 0, NULL);
	}
	for (size_t i = first; i < paths; i++) {
		f.root = cx->argv[i];
		walk(&f, n, f.root, 0, NULL);
	}
	for (size_t i = 0; i < f.many.n; i++)
		run_many(&f, f.many.p[i]);
	flush(&f);
	return applet_status(cx, f.status);
}

/* Pure with nothing that acts or looks at the clock. */
static bool pure(const struct str *argv, size_t argc)
{
	static const char *const known[] = {
	    "-name",   "-iname",  "-path",   "-type",  "-maxdepth", "-mindepth", "-print",
	    "-print0", "-printf", "-follow", "-L",     "-H",	    "-P",	 "-o",
	    "-a",      "-not",	  "-prune",  "-ipath", "-lname",    "-xtype",	 "-regex",
	    "-size",   "-empty",  "-f",	     "-d",     "-l"};

	for (size_t i = 1; i < argc; i++) {
		bool found = argv[i].n < 2 || argv[i].p[0] != '-';

		for (size_t k = 0; k < sizeof(known) / sizeof(*known) && !found; k++)
			found = str_is(argv[i], known[k]);
		if (!found)
			return false;
	}
	return true;
}

const struct applet applet_find_files = {
	.name = "find",
	.help = help,
	.run = run,
	.pure = pure,
	.no_command = applet_no_cited_command,
};
