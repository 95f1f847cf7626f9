/* SPDX-License-Identifier: GPL-2.0-only */
/* mktemp: a new file or folder with a name nobody has. */
#include <sys/random.h>

#include "applet/internal.h"

static const char help[] = "mktemp [-dqtu] [-p DIR] [TEMPLATE]: make a file with a new name\n"
			   "  -d  a folder   -u  only the name   -p  in DIR   -t  in TMPDIR\n";

static const struct opt options[] = {
	{'d', "directory", OPT_NONE, NULL},
	{'p', NULL, OPT_VALUE, NULL},
	{'q', "quiet", OPT_NONE, NULL},
	{'t', NULL, OPT_NONE, NULL},
	{'u', "dry-run", OPT_NONE, NULL},
	{0},
};

struct request {
	bool folder, dry;
	struct str path;	/* with Xs at its end */
	size_t xs;
};

static struct str random_name(struct arena *mem, const struct request *r)
{
	static const char letters[] =
		"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	unsigned char bytes[64] = {0};
	char *p = arena_dup(mem, r->path.p, r->path.n);

	for (size_t i = 0; i < r->xs; i++) {
		if (i % sizeof(bytes) == 0 && getrandom(bytes, sizeof(bytes), 0) < 0)
			bytes[0] ^= (unsigned char)clock();
		p[r->path.n - 1 - i] = letters[bytes[i % sizeof(bytes)] % (sizeof(letters) - 1)];
	}
	return (struct str){p, r->path.n};
}

static int create(struct applet_cx *cx, const struct request *r, struct str name)
{
	struct str path = applet_path(cx, name);
	struct files_stat st;
	struct blob *b;
	int err;

	err = files_peek(cx->files, path, false, &st);
	if (err == 0)
		return -EEXIST;
	if (r->dry)
		return err == -ENOENT ? 0 : err;
	if (r->folder)
		return files_mkdir(cx->files, path, 0700);
	b = blob_empty();
	err = files_write(cx->files, path, b);
	blob_unref(b);
	return err ? err : files_chmod(cx->files, path, 0600);
}

static int make(struct applet_cx *cx, const struct request *r, bool quiet)
{
	struct str name;
	int err = -EEXIST;

	for (int tries = 0; err == -EEXIST && tries < 100; tries++) {
		name = random_name(cx->mem, r);
		err = create(cx, r, name);
	}
	if (err && !quiet)
		applet_say_errno(cx, str_fmt(cx->mem, "failed to create %s via template %.*s",
					     r->folder ? "directory" : "file",
					     STR_ARG(applet_cite(cx, r->path))), err);
	if (err)
		return 1;
	applet_out(cx, str_fmt(cx->mem, "%.*s\n", STR_ARG(name)));
	return applet_status(cx, 0);
}

static struct str temporary_folder(struct applet_cx *cx, struct str said)
{
	struct str dir = env_get(cx->env, S("TMPDIR"));

	if (said.n)
		return said;
	return dir.n ? dir : S("/tmp");
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct request r = {0};
	struct str dir = {0}, name = S("tmp.XXXXXXXXXX");
	bool quiet = false, in_folder = false;
	int c;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'd': r.folder = true; break;
		case 'p': dir = o.value; in_folder = true; break;
		case 'q': quiet = true; break;
		case 't': in_folder = true; break;
		case 'u': r.dry = true; break;
		default: return applet_decline(cx);
		}
	if (o.operands.n > 1)
		return applet_usage(cx, 1, S("too many templates"));
	if (o.operands.n == 1)
		name = o.operands.p[0];
	else
		in_folder = true;
	while (r.xs < name.n && name.p[name.n - 1 - r.xs] == 'X')
		r.xs++;
	if (r.xs < 3 || (in_folder && str_chr(name, '/') >= 0))
		return applet_decline(cx);
	r.path = in_folder ? path_join(cx->mem, temporary_folder(cx, dir), name) : name;
	return make(cx, &r, quiet);
}

const struct applet applet_mktemp = {
	.name = "mktemp",
	.help = help,
	.run = run,
};
