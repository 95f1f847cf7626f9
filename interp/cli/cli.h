/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/diag.h"
#include "base/env.h"
#include "base/opts.h"
#include "make/make.h"
#include "shell/shell.h"

/* Exit statuses of every command. */
enum { EXIT_GOOD = 0, EXIT_PROBLEM = 1, EXIT_USAGE = 2 };

/* What a command gets: options given before it are already taken into `run`. */
struct command_cx {
	struct arena *mem;	/* lives as long as the process */
	const struct str *argv;	/* argv[0]: the command's name */
	size_t argc;
	struct str program;	/* how imagemk was called, for $(MAKE) */
	struct str self;	/* absolute path of the executable */
	struct env env;
	struct stats *stats;
	bool stats_asked;	/* by --stats, not by the environment: for a tool too */
	/* --timeout: seconds that a line of a recipe may take; 0: no limit */
	unsigned timeout;
	/* --origins: say where things were written, also in make's own output */
	bool origins;
	/* RLIMIT_STACK that we were started with, when we have more; else 0 */
	uint64_t stack;
	bool sigpipe_ignored;	/* by whoever started us; we ignore it always */
	struct diag say;	/* standard error */
	/* signal that ended the command: the process is to end by it too; or 0 */
	int killed_by;
};

/* What a command's operands are, for completions. */
enum operands {
	OPERANDS_OTHER,
	OPERANDS_FILES,
	OPERANDS_FOLDERS,
	OPERANDS_TARGETS,
	OPERANDS_TOOLS,
	OPERANDS_COMMANDS
};

/* One command: cmd_NAME.c holds its help text, its work and, last, its row. */
struct command {
	const char *name;
	/* first line: "ARGS: what it does"; then lines about its operands */
	const char *help;
	const struct opt *options; /* NULL: none, or another's business */
	const char *notes;	/* lines behind the options; may be NULL */
	enum operands operands;
	int (*run)(struct command_cx *cx);
};

extern const struct command *const commands[]; /* NULL at the end */

/* "imagemk COMMAND: TEXT", a line that names --help, and EXIT_USAGE. */
int command_usage(struct command_cx *cx, struct str text);

/* --- stats.c: which processes were started, and why --- */

struct stats *stats_new(struct arena *mem, struct env env);
void stats_free(struct stats *s);
/* The ladder that counts into S and obeys IMAGEMK_NATIVE and --no-native NAMES. */
const struct shell_ladder *stats_ladder(struct stats *s);
/* Start NAMES (comma-separated; "all": every one) as real tools instead of applets. */
void stats_no_native(struct stats *s, struct str names);
/* Was any of that said? */
bool stats_natives_off(const struct stats *s);
/* A make ran in this process, and knew SPARED of its makefiles from earlier ones. */
void stats_submake(struct stats *s, size_t spared);
/* Let the table be printed on standard error at the end (or into FILE when set). */
void stats_wanted(struct stats *s, struct str file);
/* Open that file now, for a process that may write no file later; stats_print tells what failed. */
void stats_open(struct stats *s);
void stats_print(struct stats *s);

/*
 * Does GNU make run TEXT without a shell? Then its words are in ARGV (in MEM). In $(shell)
 * (FUNCTION) a newline is a character of a word like any other.
 */
bool plain_line(struct arena *mem, struct str text, bool function, struct strs *argv);

/* With .ONESHELL a newline within quotes that is met while TEXT looks plain still ends the command:
 * where, or TEXT's length. */
size_t plain_line_break(struct str text);

/* --- host.c: recipes and $(shell) on the recipe shell --- */

/* What a recipe said on standard error, told on the thread that runs it, before recipe_done. */
struct host_listener {
	void *ctx;
	void (*said)(void *ctx, struct str target, size_t line, struct str text);
	void (*ran)(void *ctx, const struct make_recipe *recipe, size_t line, struct files *files);
};

struct host;
/* LISTENER may be NULL; with one, standard error of recipes passes through the program. */
struct host *host_new(struct command_cx *cx, const struct host_listener *listener);
/* What $(shell) says on standard error goes to ERR, which must outlive H. */
void host_errors(struct host *h, const struct diag *err);
/*
 * Results of pure $(shell) calls (probes.c), kept for all hosts of a command that writes nothing
 * into the tree: what such a call read counts as unchanged. $(shell) has an empty standard input
 * then.
 */
struct probes *probes_new(void);
void probes_free(struct probes *p);
void host_keep_probes(struct host *h, struct probes *p);
/* Leave recipes out that would change nothing; what that needs is kept in FOLDER (make text), for
 * PROGRAM only. */
void host_keep_traces(struct host *h, struct str folder, struct str program);
void host_free(struct host *h);

/* The setup of the evaluation with these ARGS, wired to H, which keeps it: makes that it calls
 * start from it. */
struct make_setup *host_setup(struct command_cx *cx, struct host *h, struct str program,
			     const struct str *args, size_t n);

/* Run the tool ARGV[0] on real files, as `imagemk tool` does; its exit status (cmd_tool.c). */
int tool_run(struct command_cx *cx, const struct str *argv, size_t argc);

/*
 * cmd_make.c: run make as PROGRAM with ARGS. REPORT_DIR set (p not NULL): listen for images, print
 * the table and write the report into that folder.
 */
int run_make(struct command_cx *cx, struct str program, const struct str *args, size_t n,
	     struct str report_dir);

#endif
