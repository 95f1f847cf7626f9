/* SPDX-License-Identifier: GPL-2.0-only */
/* Builtins that steer: eval . exec exit return break continue. Signals are in builtin_signal.c. */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "base/path.h"
#include "shell/builtin.h"

static int run_eval(struct shell *sh, const struct str *argv, size_t argc)
{
	struct buf text = buf_new(sh->tmp);

	buf_put(&text, "", 0);
	if (is_bash(sh) && argc > 1 && str_is(argv[1], "--")) {
		argv++;
		argc--;
	} else if (is_bash(sh) && argc > 1 && argv[1].n > 1 && argv[1].p[0] == '-') {
		say(sh, "eval: %.*s: invalid option", STR_ARG(str_sub(argv[1], 0, 2)));
		put_fd(sh, 2, S("eval: usage: eval [arg ...]\n"));
		return 2;
	}
	for (size_t i = 1; i < argc; i++) {
		if (i > 1)
			buf_char(&text, ' ');
		buf_str(&text, argv[i]);
	}
	if (text.n == 0)
		return 0;
	return run_text(sh, buf_view(&text), S("eval"), is_bash(sh) ? sh->line : 1);
}

const struct builtin builtin_eval = {
	.name = S("eval"),
	.run = run_eval,
	.flags = BUILTIN_SPECIAL | BUILTIN_PURE | BUILTIN_TEXT,
};

/* --- . --- */

/* Where NAME is; *SOURCE is that as PATH has it. False: nowhere. */
static bool dot_path(struct shell *sh, struct str name, struct str *out, struct str *source)
{
	struct str rest = var_value(sh, S("PATH")), folder;
	bool has_path = is_bash(sh) ? rest.n : rest.p != NULL;
	struct files_stat st;

	*out = path_join(sh->tmp, sh->cwd, name);
	*source = name;
	if (str_chr(name, '/') >= 0)
		return true;
	while (has_path && str_split(&rest, ':', &folder)) {
		struct str found =
		    str_fmt(sh->tmp, "%.*s%s%.*s", STR_ARG(folder.n ? folder : S(".")),
			    str_ends(folder, S("/")) ? "" : "/", STR_ARG(name));
		struct str file = path_join(sh->tmp, sh->cwd, found);

		if (files_stat(sh->session->files, file, &st) == 0 && S_ISREG(st.mode)) {
			*out = file;
			*source = found;
			return true;
		}
	}
	return is_bash(sh);
}

static int dot_missing(struct shell *sh, struct str name, struct str file, int err)
{
	if (err == EISDIR && is_bash(sh)) {
		say(sh, "%.*s: %.*s: is a directory", STR_ARG(name), STR_ARG(file));
		return 1;
	}
	if (err == EISDIR)
		return 0; /* nothing can be read there, says dash */
	if (is_bash(sh)) {
		say(sh, "%.*s: %s", STR_ARG(file), errno_text(err));
		if (!sh->tested) /* under -e with the status that was there before */
			reported(sh);
		return sh->flow == FLOW_EXIT ? sh->status : 1;
	}
	if (str_chr(file, '/') < 0)
		return builtin_error(sh, name, 1, "%.*s: not found", STR_ARG(file));
	return builtin_error(sh, name, 1, "cannot open %.*s: No such file", STR_ARG(file));
}

static int run_dot(struct shell *sh, const struct str *argv, size_t argc)
{
	const struct str *args = sh->args;
	size_t nargs = sh->nargs;
	struct str path, text, name, source = sh->source;
	struct call_frame frame = {.below = sh->calls, .name = S("source"), .line = sh->line};
	struct blob *b;
	unsigned tested = sh->tested;
	size_t fd;
	int err, status,
	    first = is_bash(sh) ? argc > 1 && str_is(argv[1], "--") ? 2 : 1
				: posix_no_options(sh, argv, argc);

	if (first < 0)
		return 2;
	argv += first - 1;
	argc -= (size_t)first - 1;
	if (argc < 2) {
		if (is_bash(sh)) {
			say(sh, "%.*s: filename argument required", STR_ARG(argv[0]));
			put_fd(sh, 2,
			       str_fmt(sh->tmp, "%.*s: usage: %.*s filename [arguments]\n",
				       STR_ARG(argv[0]), STR_ARG(argv[0])));
			return 2;
		}
		return 0;
	}
	if (!dot_path(sh, argv[1], &path, &name))
		return dot_missing(sh, argv[0], argv[1], ENOENT);
	if (redir_own_device(path, &fd))
		err = fd_stream(sh, fd) ? stream_rest(fd_stream(sh, fd), &b) : -ENOENT;
	else
		err = files_read(sh->session->files, path, &b);
	if (err)
		return dot_missing(sh, argv[0], argv[1], -err);
	text = str_dup(sh->mem, blob_flat(sh->mem, b));
	blob_unref(b);
	if (argc > 2 && is_bash(sh)) {
		sh->args = argv + 2;
		sh->nargs = argc - 2;
	}
	sh->dots++;
	frame.source = is_bash(sh) ? name : argv[1];
	sh->calls = &frame;
	sh->source = frame.source;
	sh->args_set = false;
	if (!is_bash(sh)) /* dash's set -e looks at what a file does, whoever asks for its status */
		sh->tested = 0;
	status = run_text(sh, text, frame.source, 1);
	sh->calls = frame.below;
	sh->source = source;
	sh->dots--;
	if (sh->flow == FLOW_RETURN) {
		sh->flow = FLOW_ON;
		if (!is_bash(sh))
			check_errexit(sh);
	}
	sh->tested = tested;
	if (argc > 2 && is_bash(sh) && (sh->functions_deep || !sh->args_set)) {
		sh->args = args;
		sh->nargs = nargs;
	}
	sh->args_set = false;
	return status;
}

const struct builtin builtin_dot = {
	.name = S("."),
	.run = run_dot,
	.flags = BUILTIN_SPECIAL | BUILTIN_PURE | BUILTIN_TEXT,
	.options = "",
	.usage = ". filename [arguments]",
};

const struct builtin builtin_source = {
	.name = S("source"),
	.run = run_dot,
	.flags = BUILTIN_BASH | BUILTIN_PURE | BUILTIN_TEXT,
	.options = "",
	.usage = "source filename [arguments]",
};

/* --- exec, exit, return, break --- */

static int exec_missing(struct shell *sh, struct str name, int error)
{
	bool nowhere = error == ENOENT || error == ENOTDIR;

	if (!name.n) {
		nowhere = false;
		error = EACCES;
	}
	say(sh, "exec: %.*s: %s", STR_ARG(name),
	    nowhere ? "not found" : errno_text(error == EISDIR ? EACCES : error));
	return nowhere ? 127 : 126;
}

/* bash names the file; what is there, but cannot be executed, twice. */
static int exec_missing_bash(struct shell *sh, struct str name, int error)
{
	bool slash = str_chr(name, '/') >= 0;

	if (!slash && (error == ENOENT || error == EISDIR)) {
		say(sh, "exec: %.*s: not found", STR_ARG(name));
		return 127;
	}
	if (!slash)
		name = lookup_unusable(sh, name);
	else if (name.p[0] != '/')
		name = path_join(sh->tmp, sh->cwd,
				 str_starts(name, S("./")) ? str_from(name, 2) : name);
	say(sh, "%.*s: %s", STR_ARG(name), errno_text(error));
	if (error != ENOENT)
		say(sh, "exec: %.*s: cannot execute: %s", STR_ARG(name), errno_text(error));
	return error == ENOENT ? 127 : 126;
}

static int run_exec(struct shell *sh, const struct str *argv, size_t argc)
{
	struct lookup l;
	bool whole = !sh->parent && !sh->within;
	size_t i = 1;

	if (is_bash(sh) && i < argc && str_is(argv[i], "--"))
		i++;
	if (i == argc)
		return 0;
	lookup_command(sh, argv[i], false, &l);
	if (l.kind == FOUND_NOTHING) {
		sh->status = is_bash(sh) ? exec_missing_bash(sh, argv[i], l.error)
					 : exec_missing(sh, argv[i], l.error);
		if (is_bash(sh)) { /* it leaves from here */
			sh->exit_indirect = sh->indirect + 1;
			sh->exit_loops = sh->loops;
		}
	} else {
		/* What takes the shell's place dies as the shell. */
		sh->session->replaced |= whole;
		sh->no_fork = !sh->paren;
		sh->execs = true;
		sh->status = command_run(sh, &l, argv + i, argc - i);
		sh->execs = false;
		sh->died = sh->session->signalled;
		if (whole && sh->session->run->killed_by)
			sh->session->killed = sh->session->signalled;
		sh->traps.n = 0;
	}
	sh->flow = FLOW_EXIT;
	return sh->status;
}

const struct builtin builtin_exec = {
	.name = S("exec"),
	.run = run_exec,
	.flags = BUILTIN_SPECIAL | BUILTIN_EXEC,
	.options = "cla:",
	.usage = "exec [-cl] [-a name] [command [argument ...]] [redirection ...]",
	.elsewhere = "cla",
};

bool too_many(struct shell *sh, const struct str *argv, size_t argc, size_t most)
{
	int before = sh->status;

	if (!is_bash(sh) || argc <= most)
		return false;
	say(sh, "%.*s: too many arguments", STR_ARG(argv[0]));
	drop_whole(sh);
	sh->status = before ? before : 1;
	return true;
}

static bool status_argument(struct shell *sh, const struct str *argv, size_t argc, int *status)
{
	int64_t n;

	*status = sh->status;
	if (argc < 2)
		return true;
	if (!builtin_number(sh, argv[1], &n)) {
		if (is_bash(sh))
			*status = builtin_error(sh, argv[0], 2, "%.*s: numeric argument required",
						STR_ARG(argv[1]));
		else
			*status =
			    builtin_error(sh, argv[0], 2, "Illegal number: %.*s", STR_ARG(argv[1]));
		return false;
	}
	/* in dash only the process loses the rest */
	*status = (int)(is_bash(sh) ? n & 255 : n);
	return !too_many(sh, argv, argc, 2);
}

static int run_exit(struct shell *sh, const struct str *argv, size_t argc)
{
	int status;

	status_argument(sh, argv, argc, &status);
	if (sh->flow != FLOW_ON)
		return 1;
	if (argc < 2 && sh->trap_status >= 0)
		status = sh->trap_status;
	sh->status = status;
	sh->flow = FLOW_EXIT;
	sh->exit_loops = loops_at_exit(sh);
	sh->left_function = sh->functions_deep;
	return status;
}

const struct builtin builtin_exit = {
	.name = S("exit"),
	.run = run_exit,
	.flags = BUILTIN_SPECIAL | BUILTIN_PURE | BUILTIN_DASHES,
};

static int run_return(struct shell *sh, const struct str *argv, size_t argc)
{
	int status;

	if (!status_argument(sh, argv, argc, &status) && !is_bash(sh))
		return status;
	if (sh->flow != FLOW_ON)
		return 1;
	if (is_bash(sh) && !sh->functions_deep && !sh->dots) {
		say(sh, "return: can only `return' from a function or sourced script");
		return 2;
	}
	if (is_bash(sh) && argc < 2 && sh->trap_status >= 0)
		status = sh->trap_status;
	sh->flow = FLOW_RETURN;
	sh->bare_return = argc < 2;
	return status;
}

const struct builtin builtin_return = {
	.name = S("return"),
	.run = run_return,
	.flags = BUILTIN_SPECIAL | BUILTIN_PURE | BUILTIN_DASHES,
};

/* The number of loops is none, or (NUMBER) below 1. */
static int wrong_count(struct shell *sh, const struct str *argv, size_t argc, bool number)
{
	if (!is_bash(sh))
		return builtin_error(sh, argv[0], 1, "Illegal number: %.*s", STR_ARG(argv[1]));
	if (number && too_many(sh, argv, argc, 2))
		return 1;
	builtin_error(sh, argv[0], 1,
		      number ? "%.*s: loop count out of range" : "%.*s: numeric argument required",
		      STR_ARG(argv[1]));
	sh->flow = number ? FLOW_BREAK : FLOW_EXIT;
	sh->flow_levels = sh->loops;
	return number ? 1 : 128;
}

static int leave_loop(struct shell *sh, const struct str *argv, size_t argc, enum flow flow)
{
	int64_t n = 1;
	bool number;

	if (sh->loops == 0 && is_bash(sh)) {
		say(sh, "%.*s: only meaningful in a `for', `while', or `until' loop",
		    STR_ARG(argv[0]));
		return 0;
	}
	number = argc < 2 || builtin_number(sh, argv[1], &n);
	if (!number || n < 1)
		return wrong_count(sh, argv, argc, number);
	if (too_many(sh, argv, argc, 2))
		return 1;
	if (sh->loops == 0)
		return 0;
	sh->flow = flow;
	sh->flow_levels = n > (int64_t)sh->loops ? sh->loops : (unsigned)n;
	return 0;
}

static int run_break(struct shell *sh, const struct str *argv, size_t argc)
{
	return leave_loop(sh, argv, argc, FLOW_BREAK);
}

const struct builtin builtin_break = {
	.name = S("break"),
	.run = run_break,
	.flags = BUILTIN_SPECIAL | BUILTIN_PURE | BUILTIN_DASHES,
};

static int run_continue(struct shell *sh, const struct str *argv, size_t argc)
{
	return leave_loop(sh, argv, argc, FLOW_CONTINUE);
}

const struct builtin builtin_continue = {
	.name = S("continue"),
	.run = run_continue,
	.flags = BUILTIN_SPECIAL | BUILTIN_PURE | BUILTIN_DASHES,
};
