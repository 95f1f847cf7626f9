/* SPDX-License-Identifier: GPL-2.0-only */
/* Copying files and trees. A file's bytes are not copied: both names hold the same rope. */
#include <sys/types.h>

#include "applet/copy.h"

bool copy_same(const struct files_stat *a, const struct files_stat *b)
{
	return a->ino == b->ino && a->dev == b->dev && a->ino != 0;
}

/* "target 'X': reason" */
static bool say_target(struct applet_cx *cx, const char *what, struct str target)
{
	struct str quoted = applet_quote(cx, target);
	struct files_stat st;
	int err = files_peek(cx->files, applet_path(cx, target), true, &st);

	applet_say_errno(cx, str_fmt(cx->mem, "%s %.*s", what, STR_ARG(quoted)),
			 err ? err : -ENOTDIR);
	return false;
}

bool copy_targets(struct applet_cx *cx, const struct opts *o, struct str folder, bool plain,
		  struct copy_targets *out)
{
	struct strs ops = o->operands;
	struct str quoted;

	*out = (struct copy_targets){.folder = folder, .sources = ops.n};
	if (ops.n == 0 || (ops.n == 1 && !folder.p)) {
		if (ops.n == 0)
			return applet_usage(cx, 0, S("missing file operand"));
		quoted = applet_quote(cx, ops.p[0]);
		return applet_usage(cx, 0, str_fmt(cx->mem,
						   "missing destination file operand after %.*s",
						   STR_ARG(quoted)));
	}
	if (folder.p)
		return applet_is_folder(cx, folder) ||
		       say_target(cx, "target directory", folder);
	out->sources--;
	out->last = ops.p[ops.n - 1];
	if (plain && ops.n > 2) {
		quoted = applet_quote(cx, ops.p[2]);
		return applet_usage(cx, 0, str_fmt(cx->mem, "extra operand %.*s", STR_ARG(quoted)));
	}
	if (!plain && applet_is_folder(cx, out->last))
		out->folder = out->last;
	else if (ops.n > 2)
		return say_target(cx, "target", out->last);
	return true;
}

struct str copy_target(struct applet_cx *cx, const struct copy_targets *t, struct str source)
{
	return t->folder.p ? applet_into(cx, t->folder, source) : t->last;
}

bool copy_twice(struct applet_cx *cx, const struct strs *names, const struct copy_targets *t)
{
	struct map *seen;

	if (!t->folder.p || t->sources < 2)
		return false;
	seen = map_new(cx->mem);
	for (size_t i = 0; i < t->sources; i++) {
		void **slot = map_at(seen, applet_into(cx, S("."), names->p[i]));

		if (*slot)
			return true;
		*slot = seen;
	}
	return false;
}

static int keep_attributes(struct copy *c, struct str from, struct str to,
			   const struct files_stat *st)
{
	struct str bad, path = applet_path(c->cx, to);
	bool link = S_ISLNK(st->mode);
	int err = 0;

	if (c->keep_owner && !link)
		files_chown(c->cx->files, path, (int)st->uid, (int)st->gid); /* only root may */
	if (c->keep_mode && !link)
		err = files_chmod(c->cx->files, path, st->mode & 07777);
	/* Files that come to the disk later would change their folder's time again. */
	if (c->keep_times && err == 0 && S_ISDIR(st->mode))
		err = files_commit(c->cx->files, &bad);
	if (c->keep_times && err == 0)
		err = files_touch(c->cx->files, path,
				  files_mtime(c->cx->files, applet_path(c->cx, from), st), false);
	return err ? applet_cannot(c->cx, "preserve attributes of", to, err) : 0;
}

static int failed_pair(struct copy *c, const char *fmt, struct str a, struct str b)
{
	a = applet_quote(c->cx, a);
	b = applet_quote(c->cx, b);
	applet_say(c->cx, fmt, STR_ARG(a), STR_ARG(b));
	return 1;
}

static int copy_regular(struct copy *c, struct str from, struct str to,
			const struct files_stat *st, bool is_new)
{
	struct files *files = c->cx->files;
	struct str path = applet_path(c->cx, to);
	struct blob *b = NULL;
	int err = files_read(files, applet_path(c->cx, from), &b);

	if (err == -EACCES) {
		struct str quoted = applet_quote(c->cx, from);

		applet_say_errno(
		    c->cx, str_fmt(c->cx->mem, "cannot open %.*s for reading", STR_ARG(quoted)),
		    err);
		return 1;
	}
	if (err)
		return applet_cannot(c->cx, "read", from, err);
	err = files_write(files, path, b);
	if (err && c->force && !is_new && files_unlink(files, path) == 0) {
		is_new = true;
		err = files_write(files, path, b);
	}
	blob_unref(b);
	if (err)
		return applet_cannot(c->cx, "create regular file", to,
				     is_new && err == -EISDIR ? -ENOTDIR : err);
	if (is_new && !c->keep_mode && S_ISREG(st->mode))
		err = files_chmod(files, path, st->mode & 0777 & ~c->cx->umask);
	if (err)
		return applet_cannot(c->cx, "set permissions of", to, err);
	return 0;
}

static int copy_link(struct copy *c, struct str from, struct str to)
{
	struct str target;
	int err = files_readlink(c->cx->files, c->cx->mem, applet_path(c->cx, from), &target);

	if (err)
		return applet_cannot(c->cx, "read symbolic link", from, err);
	files_unlink(c->cx->files, applet_path(c->cx, to));
	err = files_symlink(c->cx->files, target, applet_path(c->cx, to));
	return err ? applet_cannot(c->cx, "create symbolic link", to, err) : 0;
}

/* Devices and FIFOs live on the disk only. */
static int copy_special(struct copy *c, struct str from, struct str to, mode_t mode)
{
	struct stat st;
	const char *path = str_cz(c->cx->mem, applet_path(c->cx, to));

	files_unlink(c->cx->files, applet_path(c->cx, to));
	if (lstat(str_cz(c->cx->mem, applet_path(c->cx, from)), &st) != 0 ||
	    mknod(path, mode & ~c->cx->umask, st.st_rdev) != 0)
		return applet_cannot(c->cx, "create special file", to, -errno);
	return 0;
}

static int copy_entries(struct copy *c, struct str from, struct str to)
{
	struct strs names = {0};
	int status = 0;
	int err = files_list(c->cx->files, c->cx->mem, applet_path(c->cx, from), &names);

	if (err)
		return applet_cannot(c->cx, "access", from, err);
	for (size_t i = 0; i < names.n; i++)
		status |= copy_path(c, applet_child(c->cx, from, names.p[i]),
				    applet_child(c->cx, to, names.p[i]));
	return status;
}

static int copy_folder(struct copy *c, struct str from, struct str to,
		       const struct files_stat *st, bool is_new)
{
	struct str path = applet_path(c->cx, to);
	mode_t mode = st->mode & 07777 & ~c->cx->umask;
	enum copy_follow follow = c->follow;
	struct files_stat top;
	int status, err = 0;

	if (c->top.p && files_peek(c->cx->files, applet_path(c->cx, c->top), true, &top) == 0 &&
	    copy_same(st, &top))
		return failed_pair(c, "cannot copy a directory, %.*s, into itself, %.*s",
				   c->operand, c->top);
	if (is_new)
		err = files_mkdir(c->cx->files, path, mode | 0700);
	else
		files_changes(c->cx->files, path, FILES_CHANGE_WHOLE); /* it is to be there */
	if (err)
		return applet_cannot(c->cx, "create directory", to, err);
	if (c->follow == FOLLOW_OPERANDS)
		c->follow = FOLLOW_NEVER;
	status = copy_entries(c, from, to);
	c->follow = follow;
	if (is_new && !c->keep_mode && mode != (mode | 0700))
		files_chmod(c->cx->files, path, mode);
	return status;
}

/* A second name of something copied before becomes a second name of the copy. */
static bool linked_again(struct copy *c, struct str to, const struct files_stat *st)
{
	struct str bad, key = str_fmt(c->cx->mem, "%llx:%llx", (unsigned long long)st->dev,
				      (unsigned long long)st->ino);
	struct str *first;
	void **slot;

	if (!c->keep_links || st->nlink < 2 || st->ino == 0)
		return false;
	if (!c->links)
		c->links = map_new(c->cx->mem);
	slot = map_at(c->links, key);
	if (!*slot) {
		first = arena_make(c->cx->mem, struct str);
		*first = str_dup(c->cx->mem, to);
		*slot = first;
		return false;
	}
	first = *slot;
	files_unlink(c->cx->files, applet_path(c->cx, to));
	/* Only files on the disk share an inode. */
	files_commit(c->cx->files, &bad);
	return files_link(c->cx->files, applet_path(c->cx, *first), applet_path(c->cx, to)) == 0;
}

/* Is OLD, what TO is, older than ST, what FROM is? */
static bool is_older(struct copy *c, const struct files_stat *old, struct str to,
		     const struct files_stat *st, struct str from)
{
	struct timespec a = files_mtime(c->cx->files, applet_path(c->cx, to), old);
	struct timespec b = files_mtime(c->cx->files, applet_path(c->cx, from), st);

	return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

/* May FROM become TO, which exists? 0, 1 (said), or 2 for "leave it". */
static int check_existing(struct copy *c, struct str from, struct str to,
			  const struct files_stat *st, const struct files_stat *old)
{
	bool folder = S_ISDIR(st->mode), over = S_ISDIR(old->mode);

	if (copy_same(st, old) && S_ISREG(st->mode) &&
	    files_is_copy(c->cx->files, applet_path(c->cx, from), applet_path(c->cx, to)))
		return 0;
	if (copy_same(st, old))
		return failed_pair(c, "%.*s and %.*s are the same file", from, to);
	if (folder && !over)
		return failed_pair(c, "cannot overwrite non-directory %.*s with directory %.*s", to,
				   from);
	if (!folder && over) {
		to = applet_quote(c->cx, to);
		applet_say(c->cx, "cannot overwrite directory %.*s with non-directory",
			   STR_ARG(to));
		return 1;
	}
	if (folder)
		return 0;
	if (c->no_clobber)
		return 2;
	return c->update && !is_older(c, old, to, st, from) ? 2 : 0;
}

static void say_copied(struct copy *c, struct str from, struct str to)
{
	from = applet_quote(c->cx, from);
	to = applet_quote(c->cx, to);
	applet_out(c->cx, str_fmt(c->cx->mem, "%.*s -> %.*s\n", STR_ARG(from), STR_ARG(to)));
}

static int copy_kind(struct copy *c, struct str from, struct str to, const struct files_stat *st,
		     bool is_new)
{
	if (S_ISDIR(st->mode))
		return copy_folder(c, from, to, st, is_new);
	if (S_ISLNK(st->mode))
		return copy_link(c, from, to);
	if (S_ISREG(st->mode) || !c->recursive)
		return copy_regular(c, from, to, st, is_new);
	return copy_special(c, from, to, st->mode);
}

int copy_path(struct copy *c, struct str from, struct str to)
{
	struct files *files = c->cx->files;
	struct files_stat st, old, link;
	struct str path = applet_path(c->cx, from), target = applet_path(c->cx, to);
	int err, verdict = 0;
	bool is_new, is_link;

	err = c->follow == FOLLOW_NEVER ? files_lstat(files, path, &st)
					: files_stat(files, path, &st);
	if (err)
		return applet_cannot(c->cx, "stat", from, err);
	if (S_ISDIR(st.mode) && !c->recursive) {
		from = applet_quote(c->cx, from);
		applet_say(c->cx, "-r not specified; omitting directory %.*s", STR_ARG(from));
		return 1;
	}
	is_link = files_peek(files, target, false, &link) == 0 && S_ISLNK(link.mode);
	err = files_peek(files, target, true, &old);
	is_new = err != 0;
	if (c->no_clobber && files_stat(files, target, &old) == 0)
		is_new = false; /* what is there decides */
	if (is_new && err != -ENOENT && !(err == -ELOOP && c->force))
		return applet_cannot(c->cx, "stat", to, err);
	if (is_new && err == -ELOOP && files_unlink(files, target) == 0)
		is_link = false; /* a link that leads back to itself gives way */
	if (!is_new)
		verdict =
		    check_existing(c, from, to, &st, S_ISLNK(st.mode) && is_link ? &link : &old);
	if (is_new && is_link && S_ISREG(st.mode)) {
		to = applet_quote(c->cx, to);
		applet_say(c->cx, "not writing through dangling symlink %.*s", STR_ARG(to));
		return 1;
	}
	if (verdict)
		return verdict & 1;
	if (c->verbose && (!S_ISDIR(st.mode) || (c->recursive && is_new)))
		say_copied(c, from, to);
	if (linked_again(c, to, &st))
		return 0;
	err = copy_kind(c, from, to, &st, is_new);
	/* a folder gets its mode whatever became of what is in it */
	return err && !(S_ISDIR(st.mode) && is_new && applet_is_folder(c->cx, to))
		   ? err
		   : keep_attributes(c, from, to, &st) | err;
}
