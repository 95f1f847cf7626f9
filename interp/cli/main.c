/* SPDX-License-Identifier: GPL-2.0-only */
/* Entry: picks the command by the name it was called under, or by its first word. */
#include "cli/help.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/ignore.h"
#include "base/path.h"

#ifndef IMAGEMK_VERSION
#define IMAGEMK_VERSION "unknown"
#endif

extern const struct command cmd_make, cmd_build, cmd_list, cmd_show, cmd_audit, cmd_eval, cmd_check,
    cmd_diff, cmd_adopt, cmd_report, cmd_tool, cmd_help;

const struct command *const commands[] = {
    &cmd_make, &cmd_build, &cmd_list,	&cmd_show, &cmd_audit, &cmd_eval, &cmd_check,
    &cmd_diff, &cmd_adopt, &cmd_report, &cmd_tool, &cmd_help,  NULL,
};

const struct opt program_options[] = {
    {'h', "help", OPT_NONE, " this text"},
    {'V', "version", OPT_NONE, " the version"},
    {'s', "stats", OPT_MAYBE, "[=FILE]  count the processes that were started, with reasons"},
    {'n', "no-native", OPT_VALUE, "NAME,…  start the real tools for these applets (or: all)"},
    {'t', "timeout", OPT_VALUE,
     "SECONDS  stop a line of a recipe, and what it started, that takes longer"},
    {'o', "origins", OPT_NONE,
     " make's errors, --trace and -p say where things were written and the calls between"},
    {0, NULL, OPT_NONE, NULL},
};

static void print_help(struct arena *mem)
{
	printf("Usage: imagemk [OPTION]... COMMAND [ARG]...\n"
	       "Builds OpenWrt firmware images from their Makefiles, in one process.\n\n");
	for (const struct command *const *c = commands; *c; c++)
		printf("  %-6s %.*s\n", (*c)->name, (int)strcspn((*c)->help, "\n"), (*c)->help);
	printf("\n%.*s\nimagemk COMMAND --help tells more. Called as make or gmake it is GNU make; "
	       "called by an\n"
	       "applet's name it is that tool.\n",
	       STR_ARG(opts_help(mem, program_options)));
}

int command_usage(struct command_cx *cx, struct str text)
{
	diag_say(&cx->say, (struct place){{NULL, 0}, 0}, NULL,
		 str_fmt(cx->mem, "imagemk %.*s --help", STR_ARG(cx->argv[0])),
		 "imagemk %.*s: %.*s", STR_ARG(cx->argv[0]), STR_ARG(text));
	return EXIT_USAGE;
}

/*
 * Evaluation recurses as deep as what it reads does, and needs up to 2.8 times the stack that GNU
 * make needs for a level (references with a substitution). So it gets three times as much, and what
 * is started has the limit that we were given. The main thread's stack grows into what is free
 * below it. Returns the limit before, or 0.
 */
static uint64_t raise_stack(void)
{
	enum { TIMES = 3 };
	const rlim_t most = (rlim_t)1 << 30;
	struct rlimit limit;
	rlim_t given;

	if (getrlimit(RLIMIT_STACK, &limit) < 0 || limit.rlim_cur >= most)
		return 0;
	given = limit.rlim_cur;
	limit.rlim_cur = given > most / TIMES ? most : given * TIMES;
	if (limit.rlim_cur > limit.rlim_max)
		limit.rlim_cur = limit.rlim_max;
	return setrlimit(RLIMIT_STACK, &limit) < 0 ? 0 : given;
}

static struct str own_path(struct arena *mem, struct str argv0)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));

	return n > 0 ? str_dup(mem, (struct str){path, (size_t)n}) : argv0;
}

static int run_command(struct command_cx *cx, const struct command *c)
{
	int status;

	if (c != &cmd_make && c != &cmd_tool && cx->argc > 1 && str_is(cx->argv[1], "--help")) {
		struct str text = help_text(cx->mem, c);

		fwrite(text.p, 1, text.n, stdout);
		return EXIT_GOOD;
	}
	if (c == &cmd_make || c == &cmd_build || c == &cmd_eval)
		cx->stack = raise_stack();
	status = c->run(cx);
	if (c != &cmd_tool || cx->stats_asked)
		stats_print(cx->stats);
	return status;
}

static int pick_command(struct command_cx *cx, struct opts *o)
{
	struct str name = o->operands.p[0], names[32];
	size_t n = 0;

	cx->argv = o->operands.p;
	cx->argc = o->operands.n;
	for (const struct command *const *c = commands; *c; c++) {
		if (str_is(name, (*c)->name))
			return run_command(cx, *c);
		names[n++] = str_z((*c)->name);
	}
	diag_say(&cx->say, (struct place){{NULL, 0}, 0}, NULL,
		 diag_nearest(cx->mem, name, names, n, 2), "imagemk: unknown command '%.*s'",
		 STR_ARG(name));
	return EXIT_USAGE;
}

/* VALUE of WHERE; empty and 0: no limit. */
static bool read_timeout(struct command_cx *cx, const char *where, struct str value)
{
	uint64_t seconds = 0;

	if (value.n && (!str_number(value, 10, &seconds) || seconds > 1000 * 1000 * 1000)) {
		diag_say(&cx->say, (struct place){{NULL, 0}, 0}, NULL,
			 S("a line of a recipe may take so many; 0: no limit"),
			 "imagemk: %s=%.*s: no number of seconds", where, STR_ARG(value));
		return false;
	}
	cx->timeout = (unsigned)seconds;
	return true;
}

/* --timeout holds for what is started as a process too. */
static void hand_on_timeout(struct command_cx *cx)
{
	static const char *const name[] = {"IMAGEMK_TIMEOUT"};
	struct strs env = env_without(cx->mem, cx->env, name, 1);

	*vec_push(cx->mem, &env) = str_fmt(cx->mem, "IMAGEMK_TIMEOUT=%u", cx->timeout);
	cx->env = (struct env){env.p, env.n};
}

static int read_options(struct command_cx *cx, const struct str *argv, size_t argc)
{
	struct opts o = opts_begin(cx->mem, program_options, argv, argc, true);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		switch (id) {
		case 'h':
			print_help(cx->mem);
			return EXIT_GOOD;
		case 'V':
			printf("imagemk %s\n", IMAGEMK_VERSION);
			return EXIT_GOOD;
		case 's':
			stats_wanted(cx->stats, o.value);
			cx->stats_asked = true;
			break;
		case 'n':
			stats_no_native(cx->stats, o.value);
			break;
		case 'o':
			cx->origins = true;
			break;
		case 't':
			if (!read_timeout(cx, "--timeout", o.value))
				return EXIT_USAGE;
			hand_on_timeout(cx);
			break;
		default:
			fprintf(stderr, "imagemk: %.*s\nTry 'imagemk --help'.\n", STR_ARG(o.error));
			return EXIT_USAGE;
		}
	}
	if (o.operands.n == 0) {
		print_help(cx->mem);
		return EXIT_USAGE;
	}
	return pick_command(cx, &o);
}

/* The command that the program's own name stands for, or NULL. */
static const struct command *by_own_name(struct str name)
{
	if (str_is(name, "make") || str_is(name, "gmake"))
		return &cmd_make;
	if (str_starts(name, S("imagemk")))
		return NULL;
	return &cmd_tool;
}

/* As GNU make: who waits for us learns that it was the signal; of SIGQUIT, no core file. */
static void end_by_signal(int number)
{
	if (number == 0 || number == SIGQUIT)
		return;
	signal(number, SIG_DFL);
	raise(number);
}

int main(int argc, char **argv)
{
	struct arena *mem = arena_new();
	struct command_cx cx = {.mem = mem, .say = diag_stderr()};
	struct str *args = arena_array(mem, struct str, (size_t)argc + 2);
	const struct command *own;
	int status;

	cx.sigpipe_ignored = ignore_signal(SIGPIPE);
	/* a file that may not grow is an error with its name, not our end */
	ignore_signal(SIGXFSZ);
	/* whoever started us may ignore it: then no process would be left to be waited for */
	signal(SIGCHLD, SIG_DFL);
	for (int i = 0; i < argc; i++)
		args[i + 1] = str_z(argv[i]);
	cx.program = argc ? args[1] : S("imagemk");
	cx.self = own_path(mem, cx.program);
	cx.env = env_of_process(mem);
	cx.stats = stats_new(mem, cx.env);
	if (!read_timeout(&cx, "IMAGEMK_TIMEOUT", env_get(cx.env, S("IMAGEMK_TIMEOUT"))))
		return EXIT_USAGE;
	own = by_own_name(path_base(cx.program));
	if (own) {
		/* As if called "imagemk make ARGS" or "imagemk tool NAME ARGS". */
		bool tool = own == &cmd_tool;

		args[tool ? 0 : 1] = str_z(own->name);
		args[1] = tool ? path_base(cx.program) : args[1];
		cx.argv = args + (tool ? 0 : 1);
		cx.argc = (size_t)argc + (tool ? 1 : 0);
		status = run_command(&cx, own);
	} else {
		status = read_options(&cx, args + 1, (size_t)argc);
	}
	if (fflush(stdout) != 0) {
		perror("imagemk: write error");
		status = status ? status : EXIT_PROBLEM;
	}
	stats_free(cx.stats);
	end_by_signal(cx.killed_by);
	arena_free(mem);
	return status;
}
