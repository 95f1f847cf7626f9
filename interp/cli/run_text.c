/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A line of a recipe or the text of $(shell), as GNU make starts it: without a shell where that
 * makes no difference, by the recipe shell where SHELL and .SHELLFLAGS are ones it knows, else by
 * whatever they name.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "cli/host.h"

struct strs host_words(struct arena *mem, struct str text)
{
	struct strs words = {0};
	size_t i = 0, from;

	for (; i < text.n; i++) {
		from = i;
		while (i < text.n && text.p[i] != ' ' && text.p[i] != '\t')
			i++;
		if (i > from)
			*vec_push(mem, &words) = str_sub(text, from, i - from);
	}
	return words;
}

struct shell_run host_prepare(struct evaluation *e, struct str shell, struct strs flags,
				struct str text)
{
	struct shell_run run = {.shell = shell, .shell_flags = flags, .text = text};

	run.umask = e->umask;
	run.ladder = stats_ladder(e->host->cx->stats);
	run.parent = e->pid ? e->pid : getpid();
	run.interrupted = e->setup.interrupted;
	run.programs = &e->programs;
	run.codecs = e->host->codecs;
	run.stack = e->host->cx->stack;
	return run;
}

const char *host_varies(struct arena *mem, enum shell_use use, const struct str *argv)
{
	if (use == SHELL_USES_VARYING)
		return str_fmt(mem, "'%.*s' gives something else each time", STR_ARG(argv[0])).p;
	if (use == SHELL_USES_VALUE)
		return "a value of the process or the machine, as $$ or RANDOM";
	return NULL;
}

/* -c, perhaps with -e and -x before it, is what the recipe shell understands. */
static bool flags_known(struct strs flags)
{
	return flags.n == 1 && (str_is(flags.p[0], "-c") || str_is(flags.p[0], "-ec"));
}

/* GNU make quotes the text of $(shell) for itself, as it does SHELL and FLAGS that need a shell
 * themselves, and newlines get lost in that, unless a backslash keeps them; so do blanks in front.
 */
static struct str without_newlines(struct arena *mem, struct str text)
{
	struct buf b = buf_new(mem);
	size_t i = 0;

	while (i < text.n && (text.p[i] == ' ' || text.p[i] == '\t'))
		i++;
	for (; i < text.n; i++) {
		if (text.p[i] == '\\' && i + 1 < text.n && text.p[i + 1] == '\n')
			buf_char(&b, text.p[i++]);
		else if (text.p[i] == '\n')
			continue;
		buf_char(&b, text.p[i]);
	}
	return buf_view(&b);
}

/*
 * A SHELL that we don't know: GNU make makes one line of it, its FLAGS and the text as one word,
 * and reads that as any other line. So quotes work in both, and FLAGS that need a shell themselves
 * get one.
 */
static int run_by_line(struct arena *mem, struct shell_run *run, struct str flags)
{
	struct strs argv = {0};
	struct buf b = buf_new(mem);
	size_t head;

	for (size_t i = 0; i < run->shell.n; i++) {
		if (run->shell.p[i] && strchr("#;\"*?[]&|<>(){}$`^~!", run->shell.p[i]))
			buf_char(&b, '\\');
		buf_char(&b, run->shell.p[i]);
	}
	buf_fmt(&b, " %.*s ", STR_ARG(flags));
	head = b.n;
	/* no quotes: alone it may be a word of the shell's */
	for (size_t i = 0; i < run->text.n; i++) {
		if (run->text.p[i] && strchr("#;\"*?[]&|<>(){}$`^~!\\' \t\n\v\f\r", run->text.p[i]))
			buf_char(&b, '\\');
		buf_char(&b, run->text.p[i]);
		if (run->text.p[i] == '\\' && i + 1 < run->text.n && run->text.p[i + 1] == '\n')
			buf_char(&b, run->text.p[++i]); /* a continued line stays one */
	}
	if (plain_line(mem, buf_view(&b), true, &argv))
		return shell_command(run, argv.p, argv.n);
	run->shell = S("/bin/sh");
	run->shell_flags = host_words(mem, S("-c"));
	run->dialect = SHELL_POSIX;
	run->text = str_cat(mem, without_newlines(mem, str_sub(buf_view(&b), 0, head)),
			    str_from(buf_view(&b), head));
	return shell_run(run);
}

/* Is NAME an executable file, in PATH where it has no slash? If not, errno is as execvp has it. */
static bool is_file(struct arena *mem, const struct shell_run *run, struct str name)
{
	int error = ENOENT;
	struct str path = str_chr(name, '/') >= 0 ? S("/") : env_get(run->env, S("PATH")), folder;
	struct stat st;

	while (str_split(&path, ':', &folder)) {
		struct str file = path_join(
		    mem, path_join(mem, run->cwd, str_is(folder, "/") ? S("") : folder), name);

		if (stat(str_cz(mem, file), &st) < 0)
			error = error == EACCES ? error : errno;
		else if (S_ISREG(st.st_mode) && access(str_cz(mem, file), X_OK) == 0)
			return true;
		else
			error = EACCES;
	}
	errno = error;
	return false;
}

/* Those that POSIX and Debian promise need not be there. */
static bool is_promised(struct str shell)
{
	static const char *const promised[] = {"/bin/sh",     "/bin/bash",     "/bin/dash",
					       "/usr/bin/sh", "/usr/bin/bash", "/usr/bin/dash"};

	for (size_t i = 0; i < sizeof(promised) / sizeof(*promised); i++)
		if (str_is(shell, promised[i]))
			return true;
	return false;
}

/* A shell that is nowhere is an error as under GNU make. */
static bool shell_there(struct arena *mem, const struct shell_run *run)
{
	return str_chr(run->shell, ' ') >= 0 || is_promised(run->shell) ||
	       is_file(mem, run, run->shell);
}

static int shell_missing(const struct shell_run *run)
{
	if (run->unstarted)
		*run->unstarted = true;
	stream_fmt(run->err, "%.*s%.*s: %s\n", STR_ARG(run->caller), STR_ARG(run->shell),
		   strerror(errno));
	return 127;
}

/* `sh -c :` in a recipe is nothing to GNU make, not even when there is no such shell. */
static bool does_nothing(const struct strs *argv)
{
	return argv->n == 3 && make_is_bourne(argv->p[0]) && str_is(argv->p[2], ":") &&
	       (str_is(argv->p[1], "-c") || str_is(argv->p[1], "-ec"));
}

/* Does our shell do what RUN's would, with its flags? RUN's dialect is that one's then. */
static bool is_ours(struct shell_run *run)
{
	return shell_known(run->shell, &run->dialect) && flags_known(run->shell_flags) &&
	       !shell_is_other(run, run->shell);
}

/* .ONESHELL: the shell is one word, and gets the text as it is. */
static int run_one_shell(struct arena *mem, struct shell_run *run)
{
	struct strs argv = {0};

	if (make_is_bourne(run->shell)) /* of a recipe make itself has dropped them already */
		run->text = make_drop_prefixes(mem, run->text);

	if (is_ours(run) && str_chr(run->shell, ' ') < 0)
		return shell_there(mem, run) ? shell_run(run) : shell_missing(run);
	*vec_push(mem, &argv) = run->shell;
	for (size_t i = 0; i < run->shell_flags.n; i++)
		*vec_push(mem, &argv) = run->shell_flags.p[i];
	*vec_push(mem, &argv) = run->text;
	return shell_command(run, argv.p, argv.n);
}

/* A backslash in SHELL goes when make reads its own line. */
static bool is_quoted(struct str shell)
{
	return str_chr(shell, '\\') >= 0;
}

/* Run TEXT by the shell that RUN names, with FLAGS: ours where we know it, else as a process. */
int host_run_text(struct arena *mem, struct shell_run *run, struct str flags, bool function,
		  bool one_shell)
{
	struct strs argv = {0};

	if (str_is(run->shell, "/bin/sh") && flags_known(run->shell_flags) &&
	    plain_line(mem, run->text, function && !one_shell, &argv))
		return !function && does_nothing(&argv) ? 0 : shell_command(run, argv.p, argv.n);
	argv.n = 0;
	if (one_shell)
		return run_one_shell(mem, run);
	if (function)
		run->text = without_newlines(mem, run->text);
	/* What begins like an option is none of the shell's text: let it say so itself. */
	if (run->text.n && (run->text.p[0] == '-' || run->text.p[0] == '+'))
		return run_by_line(mem, run, flags);
	if (!is_quoted(run->shell) && is_ours(run))
		return shell_there(mem, run) ? shell_run(run) : shell_missing(run);
	return run_by_line(mem, run, flags);
}

/* Is the command NAME there, as far as that is seen at a glance? */
static bool is_program(struct arena *mem, const struct shell_run *run, struct str name)
{
	const struct applet *applet = str_chr(name, '/') < 0 ? applet_find(name) : NULL;

	if (applet && !(applet->flags & APPLET_OF_PROGRAM) && env_get(run->env, S("PATH")).n)
		return true;
	return is_file(mem, run, name);
}

/* Would NAME, as a plain command, be found? */
static enum make_start command_starts(struct arena *mem, const struct shell_run *run,
				      struct str name)
{
	return is_program(mem, run, name) || shell_finds(run, name) ? MAKE_STARTS
								    : MAKE_CANNOT_START;
}

enum make_start host_text_starts(struct arena *mem, const struct shell_run *run, bool one_shell)
{
	struct strs argv = {0}, shell = host_words(mem, run->shell);
	enum shell_dialect dialect;

	if (str_is(run->shell, "/bin/sh") && flags_known(run->shell_flags) &&
	    plain_line(mem, run->text, false, &argv))
		return does_nothing(&argv) ? MAKE_STARTS_NOTHING
					   : command_starts(mem, run, argv.p[0]);
	if ((one_shell || !is_quoted(run->shell)) && shell_known(run->shell, &dialect) &&
	    flags_known(run->shell_flags) && (!one_shell || shell.n == 1))
		return shell_there(mem, run) ? MAKE_STARTS : MAKE_CANNOT_START;
	if (!one_shell && shell.n)
		return is_quoted(run->shell) ? MAKE_STARTS : command_starts(mem, run, shell.p[0]);
	return command_starts(mem, run, run->shell);
}
