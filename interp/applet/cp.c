/* SPDX-License-Identifier: GPL-2.0-only */
/* cp: copies. The work is copy.c's; here are the options. */
#include "applet/copy.h"

static const char help[] =
	"cp [OPTION]... SOURCE... TARGET: copy files and folders\n"
	"  -a  as -dR and keep mode, owner, times, links    -f  replace what cannot be opened\n"
	"  -p  keep mode, owner and times                    -r -R  folders too\n"
	"  -L -P -H -d  follow symbolic links: always, never, operands, never\n"
	"  -t DIR  the target folder   -T  the target is no folder\n"
	"  -n  keep what exists   -u  replace older files only   -v  say what is done\n";

enum { PRESERVE = 256, NO_PRESERVE, REFLINK, SPARSE };

static const struct opt options[] = {
	{'a', "archive", OPT_NONE, NULL},
	{'d', NULL, OPT_NONE, NULL},
	{'f', "force", OPT_NONE, NULL},
	{'H', NULL, OPT_NONE, NULL},
	{'L', "dereference", OPT_NONE, NULL},
	{'n', "no-clobber", OPT_NONE, NULL},
	{'P', "no-dereference", OPT_NONE, NULL},
	{'p', NULL, OPT_NONE, NULL},
	{'r', NULL, OPT_NONE, NULL},
	{'R', "recursive", OPT_NONE, NULL},
	{'T', "no-target-directory", OPT_NONE, NULL},
	{'t', "target-directory", OPT_VALUE, NULL},
	{'u', NULL, OPT_NONE, NULL},
	{'v', "verbose", OPT_NONE, NULL},
	{PRESERVE, "preserve", OPT_MAYBE, NULL},
	{NO_PRESERVE, "no-preserve", OPT_VALUE, NULL},
	{REFLINK, "reflink", OPT_MAYBE, NULL},
	{SPARSE, "sparse", OPT_VALUE, NULL},
	{0},
};

struct request {
	struct copy copy;
	bool plain, follow_said;
	struct str folder;
};

static bool set_preserved(struct copy *c, struct str list, bool keep)
{
	struct str what;

	if (!list.p)
		list = S("mode,ownership,timestamps");
	while (str_split(&list, ',', &what)) {
		bool all = str_is(what, "all");

		if (all || str_is(what, "mode"))
			c->keep_mode = keep;
		if (all || str_is(what, "ownership"))
			c->keep_owner = keep;
		if (all || str_is(what, "timestamps"))
			c->keep_times = keep;
		if (all || str_is(what, "links"))
			c->keep_links = keep;
		/* Without -p, "mode" would also undo the source's mode for new files. */
		if (!all && !str_is(what, "ownership") && !str_is(what, "timestamps") &&
		    !str_is(what, "links") && !(keep && str_is(what, "mode")))
			return false;
	}
	return true;
}

static void set_follow(struct request *r, enum copy_follow follow)
{
	r->copy.follow = follow;
	r->follow_said = true;
}

static bool take_option(struct request *r, int c, struct str value)
{
	struct copy *k = &r->copy;

	switch (c) {
	case 'a':
		k->recursive = k->keep_links = true;
		set_follow(r, FOLLOW_NEVER);
		/* fall through */
	case 'p': return set_preserved(k, (struct str){0}, true);
	case 'd': k->keep_links = true; set_follow(r, FOLLOW_NEVER); return true;
	case 'P': set_follow(r, FOLLOW_NEVER); return true;
	case 'H': set_follow(r, FOLLOW_OPERANDS); return true;
	case 'L': set_follow(r, FOLLOW_ALWAYS); return true;
	case 'f': k->force = true; return true;
	case 'n': k->no_clobber = true; return true;
	case 'r': case 'R': k->recursive = true; return true;
	case 'T': r->plain = true; return true;
	case 't': r->folder = value; return true;
	case 'u': k->update = true; return true;
	case 'v': k->verbose = true; return true;
	case PRESERVE: return set_preserved(k, value, true);
	case NO_PRESERVE: return set_preserved(k, value, false);
	case REFLINK: return value.p && !str_is(value, "always");
	case SPARSE: return !str_is(value, "always");
	default: return false;
	}
}

/* Copying a folder into itself would not end: is that where TO is? Then c->top is set. */
static void guard_recursion(struct copy *c, struct str from, struct str to)
{
	struct str a, b;

	c->top = (struct str){NULL, 0};
	if (!c->recursive || !applet_is_folder(c->cx, from) ||
	    files_realpath(c->cx->files, c->cx->mem, applet_path(c->cx, from), &a) != 0 ||
	    files_realpath(c->cx->files, c->cx->mem, applet_path(c->cx, to), &b) != 0)
		return;
	a = str_cat(c->cx->mem, a, S("/"));
	if (str_starts(b, a))
		c->top = to;
	c->operand = from;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct request r = {.copy.cx = cx};
	struct copy_targets t;
	int c, status = 0;

	while ((c = opts_next(&o)) != OPTS_END)
		if (!take_option(&r, c, o.value))
			return applet_decline(cx);
	if (!r.follow_said)
		r.copy.follow = r.copy.recursive ? FOLLOW_NEVER : FOLLOW_ALWAYS;
	/* what is one file by a link, too */
	if (r.copy.keep_links && r.copy.follow != FOLLOW_NEVER)
		return applet_decline(cx);
	if (!copy_targets(cx, &o, r.folder, r.plain, &t))
		return 1;
	if (copy_twice(cx, &o.operands, &t))
		return applet_decline(cx);
	for (size_t i = 0; i < t.sources; i++) {
		struct str from = o.operands.p[i];
		struct str to = copy_target(cx, &t, from);

		guard_recursion(&r.copy, from, to);
		status |= copy_path(&r.copy, from, to);
	}
	return applet_status(cx, status);
}

const struct applet applet_cp = {
	.name = "cp",
	.help = help,
	.run = run,
};
