/* SPDX-License-Identifier: GPL-2.0-only */
/* touch: modification times. Access times are not kept by the overlay and not set. */
#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "applet/internal.h"

static const char help[] =
    "touch [-cham] [-d TIME] [-r FILE] FILE...: set times, make empty files\n"
    "  -c  make nothing   -h  symbolic links themselves\n"
    "  -d  @SECONDS or now   -r  as FILE's\n";

static const struct opt options[] = {
	{'a', NULL, OPT_NONE, NULL},
	{'c', "no-create", OPT_NONE, NULL},
	{'d', "date", OPT_VALUE, NULL},
	{'f', NULL, OPT_NONE, NULL},
	{'h', "no-dereference", OPT_NONE, NULL},
	{'m', NULL, OPT_NONE, NULL},
	{'r', "reference", OPT_VALUE, NULL},
	{0},
};

struct request {
	bool no_create, links, access_only, one_only;
	struct str date, reference;
	struct timespec when, first; /* FIRST: what the first file got, when that is now */
	bool first_known;
};

/* What one command touches gets one time: files touched one after the other are as a rule of one
 * tick. */
static int touch_at(struct applet_cx *cx, struct request *r, struct str path)
{
	struct timespec when = r->first_known ? r->first : r->when;
	int err = files_touch(cx->files, path, when, !r->links);
	struct files_stat st;

	/* a file of somebody else's that may be written takes only "now" */
	if (err == -EPERM && r->first_known)
		return files_touch(cx->files, path, r->when, !r->links);
	if (err == 0 && r->when.tv_nsec == UTIME_NOW && !r->first_known && !r->links) {
		r->first_known = files_peek(cx->files, path, true, &st) == 0;
		r->first = r->first_known ? st.changed : r->when;
	}
	return err;
}

static int say_times(struct applet_cx *cx, struct str name, int err)
{
	name = applet_quote(cx, name);
	applet_say_errno(cx, str_fmt(cx->mem, "setting times of %.*s", STR_ARG(name)), err);
	return 1;
}

static int touch_one(struct applet_cx *cx, struct request *r, struct str name)
{
	struct str path = applet_path(cx, name);
	struct files_stat st = {0};
	struct str bad;
	struct blob *empty;
	int err = files_peek(cx->files, path, !r->links, &st);

	if (err == -ENOENT && (r->no_create || r->links))
		return r->no_create ? 0 : say_times(cx, name, err);
	if (err == -ENOENT) {
		empty = blob_empty();
		err = files_write(cx->files, path, empty);
		blob_unref(empty);
	}
	/* Files that come to the disk later would change their folder's time again. */
	if (err == 0 && !r->access_only && S_ISDIR(st.mode))
		err = files_commit(cx->files, &bad);
	if (err == 0 && !r->access_only)
		err = touch_at(cx, r, path);
	/* It opens what it may create before it sets the time, and tells what came of that. */
	if ((err == -EPERM || err == -EROFS) && !S_ISDIR(st.mode) && !r->no_create && !r->links) {
		if (faccessat(AT_FDCWD, str_cz(cx->mem, path), W_OK, AT_EACCESS) < 0 &&
		    errno != ENOENT)
			err = -errno;
	} else if (err == -EPERM && r->when.tv_nsec == UTIME_NOW && !r->one_only) {
		err = -EACCES; /* of both times at once the kernel says so */
	}
	if (err && (S_ISDIR(st.mode) || r->no_create || r->links)) /* there was nothing to open */
		return say_times(cx, name, err);
	return err ? applet_cannot(cx, "touch", name, err) : 0;
}

static bool set_time(struct applet_cx *cx, struct request *r, int *status)
{
	struct files_stat st;
	struct str bad;
	int err;

	if (r->date.p)
		return !r->reference.p && applet_time(cx, r->date, false, &r->when);
	/* The kernel's own time for files: a clock that a program can read may be behind what it
	 * gave last. */
	r->when.tv_nsec = UTIME_NOW;
	if (!r->reference.p)
		return true;
	err = files_stat(cx->files, applet_path(cx, r->reference), &st);
	if (err) {
		struct str quoted = applet_quote(cx, r->reference);

		applet_say_errno(cx, str_fmt(cx->mem, "failed to get attributes of %.*s",
					     STR_ARG(quoted)), err);
		*status = 1;
		return true;
	}
	/* What this recipe made in a folder gives that its time once it is there. */
	if (S_ISDIR(st.mode) && files_commit(cx->files, &bad) == 0)
		files_stat(cx->files, applet_path(cx, r->reference), &st);
	r->when = files_mtime(cx->files, applet_path(cx, r->reference), &st);
	return true;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct request r = {0};
	bool access = false, modified = false;
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'a': access = true; break;
		case 'c': r.no_create = true; break;
		case 'd': r.date = o.value; break;
		case 'f': break;
		case 'h': r.links = true; break;
		case 'm': modified = true; break;
		case 'r': r.reference = o.value; break;
		default: return applet_decline(cx);
		}
	r.access_only = access && !modified;
	r.one_only = access != modified;
	if (!set_time(cx, &r, &status))
		return applet_decline(cx);
	if (status)
		return status;
	if (o.operands.n == 0)
		return applet_usage(cx, 1, S("missing file operand"));
	for (size_t i = 0; i < o.operands.n; i++)
		if (str_is(o.operands.p[i], "-")) /* the output */
			return applet_decline(cx);
	for (size_t i = 0; i < o.operands.n; i++)
		status |= touch_one(cx, &r, o.operands.p[i]);
	return status;
}

const struct applet applet_touch = {
	.name = "touch",
	.help = help,
	.run = run,
	.variables = "_POSIX2_VERSION",
};
