/* SPDX-License-Identifier: GPL-2.0-only */
/* env: runs a command in a changed environment, or shows it. */
#include <sys/stat.h>

#include "applet/internal.h"

static const char help[] =
    "env [-i] [-0] [-u NAME] [-C DIR] [NAME=VALUE]... [COMMAND [ARG]...]\n"
    "  -i  start empty   -u  without NAME   -C  in DIR   -0  end lines with NUL\n";

static const struct opt options[] = {
	{'i', "ignore-environment", OPT_NONE, NULL},
	{'0', "null", OPT_NONE, NULL},
	{'u', "unset", OPT_VALUE, NULL},
	{'C', "chdir", OPT_VALUE, NULL},
	{0},
};

static void drop(struct strs *env, struct str name)
{
	size_t n = 0;

	for (size_t i = 0; i < env->n; i++) {
		struct str v = env->p[i];

		if (!(str_starts(v, name) && v.n > name.n && v.p[name.n] == '='))
			env->p[n++] = v;
	}
	env->n = n;
}

/* Set NAME=value where NAME was, else at the end. */
static void set(struct arena *mem, struct strs *env, struct str assignment)
{
	struct str name = str_sub(assignment, 0, (size_t)str_chr(assignment, '=') + 1);

	for (size_t i = 0; i < env->n; i++)
		if (str_starts(env->p[i], name)) {
			env->p[i] = assignment;
			return;
		}
	*vec_push(mem, env) = assignment;
}

/* Can the command run in FOLDER, as -C says? Told if not. */
static bool may_enter(struct applet_cx *cx, struct str folder)
{
	struct files_stat st;
	int err = files_stat(cx->files, applet_path(cx, folder), &st);

	if (!err && !S_ISDIR(st.mode))
		err = -ENOTDIR;
	if (!err)
		return true;
	applet_say_errno(cx,
			 str_fmt(cx->mem, "cannot change directory to %.*s",
				 STR_ARG(applet_quote(cx, folder))),
			 err);
	return false;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, true);
	struct strs env = {0};
	struct str folder = {0};
	size_t i = 0;
	char end = '\n';
	bool empty = false;
	int c;

	for (size_t k = 0; k < cx->env.n; k++)
		*vec_push(cx->mem, &env) = cx->env.p[k];
	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'i': empty = true; break;
		case '0': end = '\0'; break;
		case 'u': drop(&env, o.value); break;
		case 'C': folder = o.value; break;
		default: return applet_decline(cx);
		}
	if (o.operands.n && str_is(o.operands.p[0], "-"))
		return applet_decline(cx);
	if (empty)
		env.n = 0;
	for (; i < o.operands.n && str_chr(o.operands.p[i], '=') >= 0; i++)
		set(cx->mem, &env, o.operands.p[i]);
	if (i == o.operands.n && folder.p)
		return applet_usage(cx, 125, S("must specify command with --chdir (-C)"));
	if (i < o.operands.n && !end)
		return applet_usage(cx, 125, S("cannot specify --null (-0) with command"));
	if (folder.p && !may_enter(cx, folder))
		return 125;
	if (i < o.operands.n) {
		/* An empty list would mean "ours". */
		*vec_push(cx->mem, &env) = S("");
		env.n--;
		cx->replaced = true;
		return cx->run(cx, o.operands.p + i, o.operands.n - i, NULL,
			       (struct env){env.p, env.n},
			       folder.p ? applet_path(cx, folder) : folder);
	}
	for (i = 0; i < env.n; i++)
		applet_out(cx, str_fmt(cx->mem, "%.*s%c", STR_ARG(env.p[i]), end));
	return applet_status(cx, 0);
}

static int no_command(struct applet_cx *cx, struct str command, int err)
{
	int status = applet_no_cited_command(cx, command, err);

	/* "env -i sh" as one word of a script's first line */
	if (err == -ENOENT && strpbrk(str_cz(cx->mem, command), " \t\n\v\f\r"))
		applet_say(cx, "use -[v]S to pass options in shebang lines");
	return status;
}

const struct applet applet_env = {
	.name = "env",
	.write_status = 125,
	.help = help,
	.run = run,
	.flags = APPLET_PURE | APPLET_SHOWS_ENVIRONMENT,
	.no_command = no_command,
};
