/* SPDX-License-Identifier: GPL-2.0-only */
/* The ladder: applets in process, else processes. */
#include <errno.h>

#include "base/path.h"
#include "shell/internal.h"

/* --- applets --- */

static struct stream *or_closed(struct stream *s, struct arena *mem)
{
	return s ? s : stream_closed(mem);
}

/* An applet asks for a command: no functions, no builtins, as execvp would find it. */
static int run_for_applet(struct applet_cx *cx, const struct str *argv, size_t argc,
			  struct stream *in, struct env env, struct str cwd)
{
	struct shell *sh = cx->shell, *sub;
	struct lookup l;
	int status, sig;

	cx->signalled = 0;
	if (argc == 0)
		return 0;
	if (!env.p && !sh->applet_env.p)
		sh->applet_env = vars_env_of(sh, sh->applet_path);
	sub = env_script(sh, sh->dialect, env.p ? env : sh->applet_env);
	fd_put(sub, 0, (struct fd){in ? in : cx->in, true, 0, false});
	fd_put(sub, 1, (struct fd){.stream = cx->out});
	fd_put(sub, 2, (struct fd){.stream = cx->err});
	default_path(sub, S("/bin:/usr/bin")); /* as execvp(3) */
	sub->cwd = str_dup(sub->mem, cwd.n ? cwd : cx->cwd);
	sub->umask = cx->umask;
	sub->name = sh->name;
	sub->line = sh->line;
	sub->as_given = true;
	sub->own.parent = sh->applet;
	sub->process = cx->replaced ? sh->applet : &sub->own;
	sub->gives_way = true;
	lookup_command(sub, argv[0], false, &l);
	if (l.kind == FOUND_NOTHING) {
		status = applet_no_command(cx, argv[0], l.error == EISDIR ? -EACCES : -l.error);
	} else {
		status = command_run(sub, &l, argv, argc);
	}
	sig = sh->session->signalled;
	cx->signalled = sig && status == 128 + sig ? sig : 0;
	env_free(sub);
	return status;
}

/* PATH: where it would have been found. */
static int run_applet(struct shell *sh, const struct applet *applet, struct str path,
		      const struct str *argv, size_t argc)
{
	struct arena *mem = arena_new();
	struct applet_cx cx = {
	    .mem = mem,
	    .files = sh->session->files,
	    .cwd = sh->cwd,
	    .in = or_closed(fd_stream(sh, 0), mem),
	    .out = or_closed(fd_stream(sh, 1), mem),
	    .err = or_closed(fd_stream(sh, 2), mem),
	    .env = applet->flags & APPLET_SHOWS_ENVIRONMENT ? vars_env_of(sh, path) : vars_env(sh),
	    .argv = argv,
	    .argc = argc,
	    .program = path,
	    .umask = sh->umask,
	    .run = run_for_applet,
	    .codecs = sh->session->run->codecs,
	    .interrupted = sh->session->trapped ? NULL : sh->session->run->interrupted,
	    .shell = sh,
	    .confined = sh->session->run->gate != NULL,
	};
	struct env before = sh->applet_env;
	struct str path_before = sh->applet_path;
	struct process own = {.parent = sh->process}, *applet_before = sh->applet;
	bool chars;
	int status;

	sh->applet = takes_place(sh) ? sh->process : &own;
	sh->applet_env.p = NULL;
	sh->applet_path = path;
	chars = chars_switch(sh->session, false);
	status = applet_run(applet, &cx);
	chars_switch(sh->session, chars);
	if (!cx.replaced) /* it ends with a status */
		sh->session->signalled = 0;
	sh->applet_env = before;
	sh->applet_path = path_before;
	sh->applet = applet_before;
	status = signals_end(sh, &own, status);
	process_end(&own);
	arena_free(mem);
	return status;
}

/* --- processes --- */

/* The file PATH without a line that says who reads it, for WHY: the real shell does. */
static int run_real_script(struct shell *sh, struct str path, const struct str *argv, size_t argc,
			   const char *why)
{
	struct str shell = is_bash(sh) ? S("/bin/bash") : S("/bin/sh");
	struct strs words = {0};

	*vec_push(sh->tmp, &words) = shell;
	*vec_push(sh->tmp, &words) = path;
	for (size_t i = 1; i < argc; i++)
		*vec_push(sh->tmp, &words) = argv[i];
	return spawn_run(sh, SHELL_REAL, shell, words.p, words.n, why);
}

/* A file that may be run but not read, which the kernel did not know: a shell cannot open it. */
static bool is_unreadable(struct shell *sh, struct str path)
{
	struct blob *b;
	int err = files_read(sh->session->files, path_join(sh->tmp, sh->cwd, path), &b);

	if (!err)
		blob_unref(b);
	return err == -EACCES;
}

/* The kernel finds no interpreter of what is there. */
static bool is_there(struct shell *sh, struct str path)
{
	struct files_stat st;

	return files_stat(sh->session->files, path_join(sh->tmp, sh->cwd, path), &st) == 0;
}

static int run_file(struct shell *sh, const struct lookup *l, const struct str *argv, size_t argc)
{
	bool by_make = sh->session->plain && !sh->parent;
	const char *why;
	int status;

	if (l->script) {
		status = script_file(sh, l, argv, argc, &why);
		return status >= 0 ? status : spawn_run(sh, SHELL_REAL, l->path, argv, argc, why);
	}
	status =
	    spawn_run(sh, l->other_sh ? SHELL_REAL : SHELL_TOOL, l->path, argv, argc, l->reason);
	if (status == -ENOEXEC) {
		struct lookup own = *l;

		own.dialect = sh->dialect;
		status = script_file(sh, &own, argv, argc, &why);
		if (status < 0 && !by_make && is_unreadable(sh, l->path))
			status = -EACCES;
		else if (status < 0)
			status = run_real_script(sh, l->path, argv, argc, why);
	}
	if (status < 0) {
		struct lookup missing = {.error = -status};

		if (by_make) {
			plain_missing(sh, argv[0], -status);
			return 127;
		}
		if (status == -ENOENT && is_bash(sh) && is_there(sh, l->path)) {
			say(sh, "%.*s: cannot execute: required file not found", STR_ARG(l->path));
			return 127;
		}
		command_missing(sh, argv[0], &missing);
		return status == -ENOENT ? 127 : 126;
	}
	return status;
}

/* /dev/stdin and its like would be those of the process, not ours: a child has them right. */
static bool names_descriptor(const struct str *argv, size_t argc)
{
	for (size_t i = 1; i < argc; i++)
		if (str_find(argv[i], S("/dev/std")) >= 0 || str_find(argv[i], S("/dev/fd/")) >= 0)
			return true;
	return false;
}

static enum shell_use use_of(const struct applet *a, const struct str *argv, size_t argc)
{
	if ((a->flags & APPLET_PURE) || (a->pure && a->pure(argv, argc)))
		return SHELL_USES_PURE;
	if (a->flags & APPLET_METADATA)
		return SHELL_USES_METADATA;
	if ((a->flags & APPLET_VARYING) || (a->varying && a->varying(argv, argc)))
		return SHELL_USES_VARYING;
	return SHELL_USES_CHANGES;
}

/* An applet declined, and there is no other program NAME. */
static void say_no_form(struct shell *sh, struct str name)
{
	struct str text = str_fmt(sh->tmp,
				  "%.*s: not a form that is known here (imagemk tool --help %.*s "
				  "tells them), and PATH has no other",
				  STR_ARG(name), STR_ARG(path_base(name)));

	if (sh->session->plain && !sh->parent && !sh->as_given)
		put_fd(sh, 2,
		       str_fmt(sh->tmp, "%.*s%.*s\n", STR_ARG(sh->session->run->caller),
			       STR_ARG(text)));
	else
		say(sh, "%.*s", STR_ARG(text));
}

static int run_found(struct shell *sh, const struct lookup *l, const struct str *argv, size_t argc)
{
	int status;

	switch (l->kind) {
	case FOUND_APPLET: {
		struct lookup file = {.kind = FOUND_FILE, .path = l->path};

		if (l->path.n && names_descriptor(argv, argc))
			file.reason = "names a descriptor";
		else if (l->path.n && (!fd_stream(sh, 0) || !fd_stream(sh, 1) || sh->fds[1].sealed))
			/* each tool has its own words for that */
			file.reason = "a closed descriptor";
		if (file.reason)
			return run_file(sh, &file, argv, argc);
		file.reason = "declined";
		tell_use(sh, use_of(l->applet, argv, argc), argv, argc);
		status = run_applet(sh, l->applet, l->path, argv, argc);
		if (status != APPLET_DECLINE)
			return status & 255;
		if (!file.path.n) {
			say_no_form(sh, argv[0]);
			return 127;
		}
		return run_file(sh, &file, argv, argc);
	}
	case FOUND_SHELL: return script_command(sh, l, argv, argc);
	case FOUND_FILE: return run_file(sh, l, argv, argc);
	default:
		command_missing(sh, argv[0], l);
		/* A folder that PATH finds is as good as nothing; dash knows of nothing that it may
		 * not run there. */
		return l->error == ENOENT ||
			       (l->error == ENOTDIR &&
				(!is_bash(sh) || str_chr(argv[0], '/') < 0)) ||
			       (l->error == ENAMETOOLONG &&
				(!is_bash(sh) || str_chr(argv[0], '/') < 0)) ||
			       ((l->error == EISDIR || !is_bash(sh)) && str_chr(argv[0], '/') < 0)
			   ? 127
			   : 126;
	}
}

int command_run(struct shell *sh, const struct lookup *l, const struct str *argv, size_t argc)
{
	int status;

	sh->session->signalled = 0;
	status = run_found(sh, l, argv, argc);
	if (sh->session->signalled && status == 128 + sh->session->signalled)
		spawn_died(sh, argv[0]);
	return signals_take(sh, status);
}

void command_missing(struct shell *sh, struct str name, const struct lookup *l)
{
	bool slash = str_chr(name, '/') >= 0;

	if (is_bash(sh)) {
		bool nowhere = !slash && (l->error == ENOENT || l->error == EISDIR ||
					  l->error == ENAMETOOLONG);

		if (!slash && l->error == EACCES)
			name = lookup_unusable(sh, name);
		say(sh, "%.*s: %s",
		    STR_ARG(!slash && name.n ? quote_printable(sh->tmp, name) : name),
		    nowhere && var_value(sh, S("PATH")).n ? "command not found"
							  : errno_text(l->error));
	} else {
		say(sh, "%.*s: %s", STR_ARG(name),
		    name.n == 0 || l->error == EISDIR		? "Permission denied"
		    : l->error == ENOENT || l->error == ENOTDIR ? "not found"
								: errno_text(l->error));
	}
}
