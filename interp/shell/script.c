/* SPDX-License-Identifier: GPL-2.0-only */
/* Whole texts: the recipe itself, eval and ., `sh -c`, scripts. */
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/path.h"
#include "shell/builtin.h"

/* --- scripts --- */

/* A shell within the shell that sends itself signals must be a process, unless it may send them to
 * who started it, which is none. */
static bool must_be_process(struct str text)
{
	return pid_gets_signals(text) && str_find(text, S("PPID")) < 0;
}

/* Does TEXT end in a backslash, one that none is before? */
static bool ends_escaping(struct str text)
{
	size_t n = text.n;

	while (n && text.p[n - 1] == '\\')
		n--;
	return (text.n - n) % 2;
}

static void take_all(struct stream *s)
{
	struct blob *b;

	if (stream_rest(s, &b) == 0)
		blob_unref(b);
}

/* Run TEXT, of the input FED or NULL, in the fresh environment SH, ended and freed; -1 when it must
 * go to the real shell, whose input it is then, for *WHY, in MEM. */
static int interpret(struct shell *sh, struct str text, struct stream *fed, struct arena *mem,
		     const char **why)
{
	struct session *session = sh->session;
	bool below = session->own_text || session->depth, plain = session->plain;
	const struct node *n = NULL;
	int status = -1, killed;

	/* to bash a line ends behind a backslash that ends a file */
	if (is_bash(sh) && sh->script && ends_escaping(text))
		text = str_cat(sh->mem, text, S("\n"));

	inherit_first(sh);
	if (sh->script)
		sh->source = sh->main_source = sh->name;
	if (!below && pid_gets_signals(text))
		sh->process->pid = session->pid;
	*why = inherit_declines(sh, text);
	if (!*why && below && must_be_process(text))
		*why = "a script that sends itself signals";
	if (!*why)
		*why = parse_text(sh->mem, sh->dialect, text, 1, &n);
	if (!*why) {
		if (fed)
			take_all(fed);
		session->plain = false; /* the script's commands are a shell's */
		session->depth++;
		sh->within = below;
		sh->last = is_bash(sh) && !sh->script ? last_command(n, false) : NULL;
		if (plain && !below)
			session->last = sh->last;
		sh->text_loops = is_bash(sh) && !sh->script;
		if (!(sh->options & OPT_NOEXEC))
			run_lines(sh, n, false);
		session->depth--;
		killed = session->killed ? session->killed : sh->died;
		status = env_end(sh); /* which tells of a signal that ends the script */
		session->signalled = status == 128 + killed ? killed : 0;
		session->plain = plain;
	} else {
		*why = str_cz(mem, str_z(*why));
	}
	env_free(sh);
	return status;
}

static bool read_options(struct shell *sh, const struct str *argv, size_t argc, size_t *i,
			 bool *command)
{
	for (; *i < argc; ++*i) {
		struct str a = argv[*i];
		bool on = a.n && a.p[0] == '-';

		if (!a.n || (!on && a.p[0] != '+'))
			return true;
		if (str_is(a, "-") || str_is(a, "--")) {
			++*i;
			return true;
		}
		for (size_t k = 1; k < a.n; k++) {
			if (a.p[k] == 'c' && on) {
				*command = true;
			} else if (a.p[k] == 'o' && k + 1 == a.n && *i + 1 < argc) {
				if (!option_name(sh, argv[++*i], on))
					return false;
				break;
			} else if (!strchr("euxfna", a.p[k]) || !option_letter(sh, a.p[k], on)) {
				return false;
			}
		}
	}
	return true;
}

static void set_args(struct shell *sh, const struct str *argv, size_t argc)
{
	struct str *copy = arena_array(sh->mem, struct str, argc + 1);

	for (size_t i = 0; i < argc; i++)
		copy[i] = str_dup(sh->mem, argv[i]);
	if (argc) {
		sh->name = copy[0];
		sh->args = copy + 1;
		sh->nargs = argc - 1;
	}
}

static struct str whole(struct shell *sh, struct blob *b)
{
	struct str text = str_dup(sh->mem, blob_flat(sh->mem, b));

	blob_unref(b);
	return text;
}

static bool nested_too_deeply(struct shell *sh, struct str name)
{
	if (sh->session->depth < 100)
		return false;
	say(sh, "%.*s: scripts nested too deeply", STR_ARG(name));
	return true;
}

int script_file(struct shell *sh, const struct lookup *l, const struct str *argv, size_t argc,
		const char **why)
{
	struct shell *sub;
	struct blob *b;
	size_t i = 0;
	bool command = false, answers;
	int status;

	if (nested_too_deeply(sh, argv[0]))
		return 126;
	status = files_read(sh->session->files, path_join(sh->tmp, sh->cwd, l->path), &b);
	if (status) {
		*why = "a script that could not be read";
		return status;
	}
	sub = env_script(sh, l->dialect, vars_env_of(sh, l->path));
	sub->script = true;
	set_args(sub, argv, argc);
	/* the kernel hands a script the path that was found, not the name */
	sub->name = str_dup(sub->mem, l->path);
	if (l->argument.n && (!read_options(sub, &l->argument, 1, &i, &command) || command)) {
		blob_unref(b);
		env_free(sub);
		*why = "a script whose first line has options unknown here";
		return -ENOTSUP;
	}
	answers = tell_use(sh, SHELL_USES_SCRIPT, argv, argc);
	sh->session->untold += answers;
	status = interpret(sub, whole(sub, b), NULL, sh->tmp, why);
	sh->session->untold -= answers;
	return status;
}

static int missing_script(struct shell *sub, const struct lookup *l, const struct str *argv)
{
	put_fd(sub, 2,
	       str_fmt(sub->tmp,
		       l->dialect == SHELL_BASH ? "%.*s: %.*s: No such file or directory\n"
						: "%.*s: 0: cannot open %.*s: No such file\n",
		       STR_ARG(argv[0]), STR_ARG(argv[1])));
	env_free(sub);
	return l->dialect == SHELL_BASH ? 127 : 2;
}

/* Has the text B, which is bash's input, more than a line? What that does may read the next. */
static bool reads_on(struct blob *b)
{
	uint64_t pos = 0, line_end = UINT64_MAX;
	struct str span;

	for (uint64_t from = 0; blob_next(b, &pos, &span); from = pos)
		for (size_t i = 0; i < span.n && line_end == UINT64_MAX; i++)
			if (span.p[i] == '\n')
				line_end = from + i + 1;
	return line_end < blob_size(b);
}

/* The text that `sh ARGS` is to run; *FED, which stays NULL otherwise, is the input that it is, not
 * taken yet. False: the real shell must; *ERR: why no file could be read. */
static bool find_text(struct shell *sub, const struct str *argv, size_t argc, struct str *text,
		      struct stream **fed, int *err)
{
	bool command = false;
	struct blob *b;
	size_t i = 1;

	*err = -EINVAL;
	if (!read_options(sub, argv, argc, &i, &command))
		return false;
	if (command) {
		if (i >= argc)
			return false;
		*text = sub->execution = str_dup(sub->mem, argv[i]);
		sub->name = argv[0];
		if (i + 1 < argc)
			set_args(sub, argv + i + 1, argc - i - 1);
		return true;
	}
	if (i >= argc) {
		struct stream *in = fd_stream(sub, 0);

		if (!in || stream_is_tty(in) || stream_descriptor(in) >= 0 ||
		    stream_peek(in, &b) != 0)
			return false;
		if (is_bash(sub) && reads_on(b)) {
			blob_unref(b);
			return false;
		}
		*fed = in;
		sub->name = argv[0];
		sub->options |= is_bash(sub) ? 0 : OPT_STDIN;
	} else if (str_starts(argv[i], S("/dev/std")) || str_starts(argv[i], S("/dev/fd/")) ||
		   str_starts(argv[i], S("/proc/"))) {
		return false; /* the process's own is another */
	} else {
		set_args(sub, argv + i, argc - i);
		*err = files_read(sub->session->files, path_join(sub->tmp, sub->cwd, argv[i]), &b);
		if (*err)
			return false;
	}
	sub->script = true;
	*text = whole(sub, b);
	return true;
}

static int real_shell(struct shell *sh, const struct str *argv, size_t argc, const char *reason)
{
	int error, status;
	struct str path = argv[0];

	if (str_chr(path, '/') < 0)
		path = lookup_path(sh, argv[0], var_value(sh, S("PATH")), &error);
	status = path.p ? spawn_run(sh, SHELL_REAL, path, argv, argc, reason) : -error;
	if (status < 0 && sh->session->plain && !sh->parent) {
		plain_missing(sh, argv[0], -status);
		return 127;
	}
	if (status < 0) {
		say(sh, "%.*s: %s", STR_ARG(argv[0]), errno_text(-status));
		return status == -ENOENT ? 127 : 126;
	}
	return status;
}

int script_command(struct shell *sh, const struct lookup *l, const struct str *argv, size_t argc)
{
	struct shell *sub;
	struct stream *fed = NULL;
	struct str text;
	const char *why;
	int status, err;

	if (nested_too_deeply(sh, argv[0]))
		return 126;
	sub = env_script(sh, l->dialect, vars_env_of(sh, l->path));
	sub->program = str_dup(sub->mem, argv[0]);
	if (!find_text(sub, argv, argc, &text, &fed, &err)) {
		if (err == -ENOENT && str_chr(argv[argc - 1], '/') >= 0 && argc == 2)
			return missing_script(sub, l, argv);
		env_free(sub);
		return real_shell(sh, argv, argc, "options unknown here");
	}
	status = interpret(sub, text, fed, sh->tmp, &why);
	return status >= 0 ? status : real_shell(sh, argv, argc, why);
}

/* --- the ways in --- */

bool shell_known(struct str shell, enum shell_dialect *dialect)
{
	struct str word, base;

	if (!str_word(&shell, &word))
		return false;
	base = path_base(word);
	if (str_is(base, "env") && str_word(&shell, &word))
		base = path_base(word);
	if (str_word(&shell, &word))
		return false;
	if (!str_is(base, "sh") && !str_is(base, "dash") && !str_is(base, "ash") &&
	    !str_is(base, "bash"))
		return false;
	*dialect = str_is(base, "bash") ? SHELL_BASH : SHELL_POSIX;
	return true;
}

bool shell_is_other(const struct shell_run *run, struct str shell)
{
	const struct shell_ladder *l = run->ladder;
	struct str word, last = {0};

	while (str_word(&shell, &word)) /* "/usr/bin/env sh" */
		last = word;
	return str_is(path_base(last), "sh") && !run->gate && l && l->other_sh &&
	       l->other_sh(l->ctx);
}

/* What the text calls itself: argv[0], else the shell's name as `env` would pass it on. */
static struct str own_name(const struct shell_run *run)
{
	struct str rest = run->shell, word, last = S("sh");

	if (run->argc)
		return run->argv[0];
	while (str_word(&rest, &word))
		last = word;
	return last;
}

static struct shell *env_of_run(const struct shell_run *run, struct session *session)
{
	struct shell *sh;

	*session = (struct session){.run = run,
				    .files = run->files,
				    .pid = (long)syscall(SYS_gettid),
				    .started = time(NULL)};
	sh = env_new(session, run->dialect, run->env);
	sh->fds[0] = (struct fd){.stream = run->in, .reads = true};
	sh->fds[1].stream = run->out;
	sh->fds[2].stream = run->err;
	for (size_t i = 0; i < run->fds.n; i++) {
		struct stream *s = stream_fd(sh->mem, run->fds.p[i].fd, false);

		if (run->heard)
			stream_hear(s, run->heard, run->heard_ctx);
		fd_put(sh, (size_t)run->fds.p[i].number, (struct fd){.stream = s});
	}
	sh->cwd = run->cwd;
	sh->umask = sh->umask_before = run->umask;
	sh->name = own_name(run);
	if (run->argc) {
		sh->args = run->argv + 1;
		sh->nargs = run->argc - 1;
	}
	return sh;
}

static int run_real(struct shell *sh, const struct shell_run *run, const char *why)
{
	struct strs argv = {0};
	struct str rest = run->shell, word;

	while (str_word(&rest, &word))
		*vec_push(sh->mem, &argv) = word;
	if (argv.n == 0)
		*vec_push(sh->mem, &argv) =
		    run->dialect == SHELL_BASH ? S("/bin/bash") : S("/bin/sh");
	for (size_t i = 0; i < run->shell_flags.n; i++)
		*vec_push(sh->mem, &argv) = run->shell_flags.p[i];
	*vec_push(sh->mem, &argv) = run->text;
	for (size_t i = 0; i < run->argc && run->argc > 1; i++)
		*vec_push(sh->mem, &argv) = run->argv[i];
	return real_shell(sh, argv.p, argv.n, why);
}

/* ".SHELLFLAGS = -ec": options of the shell before its text. */
static bool take_flags(struct shell *sh, const struct shell_run *run)
{
	size_t i = 0;
	bool command = false;

	return read_options(sh, run->shell_flags.p, run->shell_flags.n, &i, &command) &&
	       i == run->shell_flags.n;
}

/* What is wrong in the text, ERROR, is so in the real shell too, which may not be asked: do as it
 * does. */
static int run_wrong(struct shell *sh, const struct parse_error *error, const char *why)
{
	run_lines(sh, error->before, false);
	if (sh->flow == FLOW_ON && is_bash(sh)) {
		run_wrong_bash(sh, S("-c"), error);
		sh->status = error->substitution ? 127 : sh->status;
	} else if (sh->flow == FLOW_ON) {
		sh->line = error->line;
		fatal(sh, 2, "Syntax error: %s", error->message ? error->message : why);
	}
	return env_end(sh);
}

/*
 * RUN's text as *N; as parse_checked. What is wrong in it for certain is the real shell's to tell,
 * but where that may not be asked: then it is told once it runs, as of texts that come later.
 */
static const char *parse_run(struct shell *sh, const struct shell_run *run, const struct node **n,
			     struct parse_error *error)
{
	enum parse_left left = LEFT_CLEAN;

	if (run->gate && run->dialect == SHELL_BASH)
		return parse_behind(sh->mem, run->text, 1, n, error, &left);
	return parse_checked(sh->mem, run->dialect, run->text, 1, n, error);
}

/* The end of a run whose shell is SH. */
static void run_over(struct shell *sh)
{
	chars_end(sh->session);
	env_free(sh);
}

int shell_run(const struct shell_run *run)
{
	struct session session;
	struct shell *sh = env_of_run(run, &session);
	struct parse_error error = {0};
	const struct node *n = NULL;
	const char *why;
	int status;

	why = inherit_declines(sh, run->text);
	inherit_first(sh);
	if (!take_flags(sh, run))
		why = "options unknown here";
	else if (!why)
		why = parse_run(sh, run, &n, &error);
	if (why && run->gate && error.syntax) {
		session.own_text = true;
		status = run_wrong(sh, &error, why);
	} else if (why) {
		session.plain = true; /* the shell's own death is worded by who called it */
		status = run_real(sh, run, why);
		if (run->killed_by && session.signalled)
			*run->killed_by = session.signalled + (session.dumped ? 128 : 0);
	} else {
		session.own_text = true;
		sh->process->pid = pid_gets_signals(run->text) ? session.pid : 0;
		session.last = is_bash(sh) ? last_command(n, false) : NULL;
		sh->text_loops = is_bash(sh);
		if (!(sh->options & OPT_NOEXEC))
			run_lines(sh, n, false);
		status = env_end(sh);
	}
	run_over(sh);
	return status & 255;
}

/* What execvp(3) would have said: a folder is no program that one may run. */
void plain_missing(struct shell *sh, struct str name, int error)
{
	if (sh->session->run->unstarted)
		*sh->session->run->unstarted = true;
	stream_fmt(sh->fds[2].stream, "%.*s%.*s: %s\n", STR_ARG(sh->session->run->caller),
		   STR_ARG(name), errno_text(error == EISDIR ? EACCES : error));
}

/* What the plain command NAME is to be. */
static void find_plain(struct shell *sh, struct str name, struct lookup *l)
{
	struct str path = var_value(sh, S("PATH"));

	/* Without a PATH, only a shell looks elsewhere than here; an empty name finds the folders
	 * of PATH themselves. */
	if (!name.n)
		*l = (struct lookup){.kind = FOUND_NOTHING, .error = path.n ? EACCES : ENOENT};
	else if (path.n || str_chr(name, '/') >= 0)
		lookup_command(sh, name, false, l);
	else
		lookup_command(sh, str_fmt(sh->mem, "./%.*s", STR_ARG(name)), false, l);
}

int shell_command(const struct shell_run *run, const struct str *argv, size_t argc)
{
	struct session session;
	struct shell *sh = env_of_run(run, &session);
	struct lookup l;
	int status = 127;

	session.plain = true;
	sh->gives_way = true;
	find_plain(sh, argv[0], &l);
	if (l.kind == FOUND_NOTHING)
		plain_missing(sh, argv[0], l.error);
	else
		status = command_run(sh, &l, argv, argc);
	if (run->killed_by && session.signalled && status == 128 + session.signalled)
		*run->killed_by = session.signalled + (session.dumped ? 128 : 0);
	run_over(sh);
	return status & 255;
}

bool shell_finds(const struct shell_run *run, struct str name)
{
	struct session session;
	struct shell *sh = env_of_run(run, &session);
	struct lookup l;

	session.plain = true;
	find_plain(sh, name, &l);
	run_over(sh);
	return l.kind != FOUND_NOTHING;
}

int shell_main(const struct shell_run *run, const struct str *argv, size_t argc)
{
	struct session session;
	struct shell *sh = env_of_run(run, &session);
	struct lookup l = {.kind = FOUND_SHELL, .dialect = run->dialect};
	int status;

	inherit_first(sh);
	sh->process->pid = session.pid;
	sh->gives_way = true;
	status = script_command(sh, &l, argv, argc);
	run_over(sh);
	return status & 255;
}
