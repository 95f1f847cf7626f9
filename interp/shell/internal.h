/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_INTERNAL_H
#define SHELL_INTERNAL_H

#include <time.h>

#include "base/map.h"
#include "shell/ast.h"

/* --- state --- */

enum {
	OPT_ERREXIT = 1,
	OPT_NOUNSET = 2,
	OPT_XTRACE = 4,
	OPT_NOGLOB = 8,
	OPT_PIPEFAIL = 16,
	OPT_NOCLOBBER = 32,
	OPT_ALLEXPORT = 64,
	OPT_NOEXEC = 128,
	OPT_VERBOSE = 256,
	/* of dash, shown by $- and no more */
	OPT_IGNOREEOF = 1 << 9,
	OPT_INTERACTIVE = 1 << 10,
	OPT_MONITOR = 1 << 11,
	OPT_STDIN = 1 << 12,
	OPT_VI = 1 << 13,
	OPT_EMACS = 1 << 14,
	OPT_NOTIFY = 1 << 15,
	OPT_PRIVILEGED = 1 << 16,
	OPT_NOLOG = 1 << 17,
	OPT_DEBUG = 1 << 18,
	/* of bash, the same */
	OPT_ERRTRACE = 1 << 19,
	OPT_FUNCTRACE = 1 << 20,
	OPT_HISTEXPAND = 1 << 21,
	OPT_ERREXIT_UNHEEDED = 1 << 22 /* -e is shown, and does nothing where it is not OPT_ERREXIT too */,
};

/* Why control goes back up rather than on. */
enum flow {
	FLOW_ON,
	FLOW_BREAK,
	FLOW_CONTINUE,
	FLOW_RETURN,
	FLOW_DISCARD /* bash: this line */,
	FLOW_EXIT
};

enum {
	VAR_EXPORT = 1,
	VAR_READONLY = 2,
	VAR_UNSET = 4,
	VAR_INTEGER = 8,
	VAR_ARRAY = 16,
	VAR_TEMPORARY = 32 /* bash: assigned before a command */,
	VAR_DECLARED = 64 /* bash: and has no value */
};

struct element {
	int64_t index;
	struct str value;
};

struct var {
	struct str value;      /* unused when VAR_ARRAY */
	size_t room;	       /* bytes at value.p that may be written over */
	struct element *items; /* sorted by index */
	size_t n, cap;
	unsigned flags;
};

struct function {
	const struct node *body; /* NULL: unset in a subshell */
	unsigned line;		 /* bash: its number while the body begins */
	unsigned shift;		 /* what SHELL's shift was where it was defined */
	struct str source;	 /* the file */
};

struct fd {
	struct stream *stream; /* NULL: closed */
	bool reads;
	uint64_t size; /* of a here-document or pipe we made; else 0 */
	bool sealed;   /* cannot be written to */
};

/* What a `local` or a prefix assignment hides. */
struct saved_var {
	struct saved_var *below;
	struct str name;
	struct var *old; /* NULL: was not there in this environment */
	unsigned options; /* dash: what `local -` goes back to */
	bool kept;	 /* bash: a declaration made the new one stay */
	bool merged;	 /* bash: OLD was assigned before the function's call, and is the same variable */
};

/* A function that runs, or a file that `source` reads. */
struct call_frame {
	const struct call_frame *below;
	struct str name, source; /* of the file where it stands */
	unsigned line;		 /* of the call */
	bool function;
};

/* A process of a pipeline that was left running: its output is the next stage's input. */
struct running {
	int pid;	     /* 0: none was left running */
	struct program *program; /* instead of a process */
	struct watch *watch; /* of the process; or NULL */
	int out;	     /* the read end of its output; given away to a stream */
	int err;	     /* a file that collects what it says on descriptor 2, or -1 */
	struct stream *sink; /* what descriptor 1 must be for that */
};

struct later_globs;
struct expanded_array;

/* What all environments of one shell_run share. */
struct session {
	const struct shell_run *run;
	bool plain;	   /* one command without a shell: nobody words its death */
	bool replaced;	   /* `exec`: as well */
	const struct node *last; /* bash: the command at the end of all, which takes the shell's place; or NULL */
	bool at_last;	   /* it is being run */
	int died;	   /* the signal that ended it, or 0 */
	bool own_text;	   /* the session is a shell's, not that of one command */
	int signalled;	   /* the signal that ended the last process, or 0 */
	bool dumped;	   /* ... which left a core */
	struct files *files;
	unsigned depth; /* nested functions, scripts, evals */
	unsigned untold; /* scripts around that answer for all they use */
	long pid;
	time_t started;
	bool trapped; /* the signal that ends the run had its trap */
	int killed; /* the signal that a subshell sent to $$ */
};

/* One execution environment: the shell itself, a subshell, a script it runs. */
struct shell {
	struct session *session;
	struct shell *parent; /* where unchanged variables and functions are found; NULL: the top */
	struct arena *mem;    /* lives as long as the environment */
	struct arena *tmp;    /* released after each simple command */
	enum shell_dialect dialect;
	bool script;		/* reads a file: bash's wording differs */
	struct str name;	/* $0 */
	struct str program;	/* of the top: what the shell itself was started by; may be unset */
	struct str execution;	/* of the top: the text behind -c; else unset */
	const struct str *args; /* $1... */
	size_t nargs;
	struct map *vars, *functions; /* NULL: none changed here */
	struct map *tracked;	      /* commands whose place on PATH it knows by now; may be NULL */
	bool untracked;		      /* what the parents know does not count */
	unsigned moves;		      /* dash: how many a cd there was */
	struct env base;	      /* of the top: what it was given */
	struct env env_cache;	      /* valid when p is set */
	struct env applet_env;	      /* of what the applet at work runs; valid when p is set */
	struct str applet_path;	      /* its own; may be unset */
	struct fd *fds;
	size_t nfds;
	unsigned closed; /* dash: a bit for each descriptor below 10 that it holds for closed */
	struct strs traps; /* pairs: signal's name, action */
	struct str cwd;
	mode_t umask, umask_before; /* the latter: what the overlay goes back to at the end */
	uint64_t open_files;	    /* ulimit -n of what is started here; 0: as we have it */
	unsigned options, tested;   /* TESTED: within a condition, -e does not count */
	unsigned line;
	unsigned line_under; /* bash: what a $(..) counts from, where messages name another line; 0: that one */
	struct later_globs *later; /* may be NULL */
	struct str hidden_ifs;	   /* bash: assigned before a command whose redirections are made, which do not see it ... */
	bool sees_ifs;		   /* ... but behind a $(<file) */
	const struct expanded_array *expanded; /* of a declaration's x=(..); may be NULL */
	unsigned read; /* dash: the line that its parser stands on */
	unsigned shift; /* bash: added to the tree's line numbers */
	int status, subst_status; /* the latter -1: there was no command substitution */
	int trap_status; /* dash, within a trap: what a bare exit gives; else -1 */
	enum flow flow;
	unsigned flow_levels, loops, functions_deep, dots;
	struct saved_var *saved, *frame; /* FRAME: where the function began */
	bool may_local;			 /* dash: within what `command` runs, and what a command's redirections expand */
	struct saved_var *temporary;	 /* where the assignments before this command begin */
	struct saved_var *frame_temporary; /* those before the function that runs; they end at FRAME */
	const struct call_frame *calls;	 /* the innermost first */
	struct str source, main_source;	 /* bash: of the file that is read now, and of the script */
	VEC(int) pipe_status;
	size_t optind, opt_offset;
	unsigned random, indirect; /* INDIRECT: nested texts, each repeats bash's "+" of set -x */
	unsigned exit_indirect;	   /* ... for the EXIT trap, where a message ended the shell under set -e; or 0 */
	unsigned exit_loops;	   /* and the loops that it was in */
	bool in_exit_trap;	   /* its EXIT trap runs */
	enum parse_left left;  /* bash: by the last text */
	bool text_ran;	       /* one has, since the line at work was read */
	struct str reading;    /* bash: where the text that runs comes from ("eval"); unset: the shell's own */
	bool no_names;	       /* bash: x=~ is no assignment: within x=(..) */
	bool no_paths;	       /* patterns stay as they are */
	bool by_errexit;       /* of FLOW_EXIT: set -e */
	const struct node *last; /* bash: the command at the end of ( ) or of what -c is given, which takes its place; or NULL */
	bool no_fork;	       /* ... and is being run */
	bool execs;	       /* `exec` runs it */
	bool as_given;	       /* its commands get the environment as it is: what an applet runs */
	bool entering;	       /* bash: its own redirections are not yet made */
	bool stage;	       /* the next simple command is one of a pipeline, alone */
	const struct node *whole_stage; /* bash: the environment is there for this stage of a pipeline; or NULL */
	struct running *async; /* the stage of a pipeline: its process may be left running here */
	struct str blame;	/* dash names eval and . in what goes wrong within */
	struct str builtin;	/* dash: the builtin at work, named when a variable is read-only */
	bool redir_failed; /* bash: of the last compound command; "!" does not turn that around */
	bool bare_return;	/* of FLOW_RETURN: no status was given */
	bool unexpanded;	/* bash: its words could not be expanded */
	bool unsplit;		/* bash: a text is expanded that is not split: $* in a $(..) there is one under an empty IFS */
	bool joins;		/* ... and this is such a $(..), where nothing of that kind was expanded so far */
	bool whole;		/* bash: FLOW_DISCARD drops evals and . around, too */
	bool forced;		/* bash: FLOW_EXIT is an error in an expansion */
	bool raised;		/* dash: FLOW_EXIT is an error, which `command` or a plain builtin stops */
	const char *arith_who; /* who bash blames for an expression: "let", "((" */
	VEC(struct stream *) owned; /* closed when the environment ends */
	struct str last_arg;	    /* $_ */
	size_t last_room;
};

static inline bool tell_use(const struct shell *sh, enum shell_use use, const struct str *argv, size_t argc)
{
	const struct shell_run *run = sh->session->run;

	return run->used && !sh->session->untold && run->used(run->used_ctx, use, argv, argc);
}

static inline bool is_bash(const struct shell *sh)
{
	return sh->dialect == SHELL_BASH;
}

/* --- shell.c: environments, messages --- */

struct shell *env_subshell(struct shell *sh);
/* The environment of a fresh shell. */
struct shell *env_new(struct session *session, enum shell_dialect dialect, struct env base);
void env_free(struct shell *sh);
/* Run the EXIT trap, close what is open; its status. */
int env_end(struct shell *sh);
/* "NAME: line N: text\n" (bash) or "NAME: N: text\n". */
void say(struct shell *sh, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Who says it. */
struct str name_said(const struct shell *sh);
/* As say, and the environment ends with STATUS. */
void fatal(struct shell *sh, int status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* bash: the line is dropped with all evals and files around; `bash -c` ends. */
void drop_whole(struct shell *sh);
/* What a failed expansion does: bash drops the line (status 1), dash exits (2). */
void expansion_failed(struct shell *sh);
/* The same where bash's message ends the shell under set -e, tested or not. */
void expansion_fatal(struct shell *sh);
/* The words of an errno as this dialect says them. */
const char *errno_text(int err);
/* bash: some messages end the shell under set -e, tested or not. */
void reported(struct shell *sh);
/* Write to descriptor FD; 0 or -errno. */
int put_fd(struct shell *sh, int fd, struct str text);
/* Write a builtin's output; its status, after "NAME: write error: ..." on failure. */
int put_out(struct shell *sh, struct str name, struct str text);
struct stream *fd_stream(struct shell *sh, size_t fd);
void fd_put(struct shell *sh, size_t fd, struct fd value);

/* --- vars.c --- */

bool is_name(struct str s);
/* What dash takes for the name in S: all before a "=". */
struct str posix_name(struct str s);
/* The variable as it is, or NULL when not set (declared but unset ones are returned by var_find). */
const struct var *var_find(struct shell *sh, struct str name);
/* The value of NAME (element 0 of an array), also of the shell's own dynamic ones; unset: p NULL. */
struct str var_value(struct shell *sh, struct str name);
/* For changing: NAME's own copy in this environment, made when needed. */
struct var *var_at(struct shell *sh, struct str name);
/* NAME=VALUE; false after a message when it is read-only. */
bool var_set(struct shell *sh, struct str name, struct str value);
bool var_set_index(struct shell *sh, struct str name, int64_t index, struct str value);
/* False after a message when NAME is read-only. */
bool var_may_change(struct shell *sh, struct str name);
void var_clear_array(struct shell *sh, struct var *v);
void var_assign_value(struct shell *sh, struct var *v, struct str value);
/* False after a message when it is read-only. */
bool var_unset(struct shell *sh, struct str name);
void var_unset_index(struct shell *sh, struct str name, int64_t index);
struct str var_element(const struct var *v, int64_t index);
/* Remember NAME's state; vars_restore goes back to MARK. */
void var_save(struct shell *sh, struct str name);
void vars_restore(struct shell *sh, struct saved_var *mark);
struct env vars_env(struct shell *sh);
/* What the command found at PATH gets of it: in bash's order, with _ and SHLVL; in SH's tmp, maybe. */
struct env vars_env_of(struct shell *sh, struct str path);
/* The SHLVL of a shell that was given LEVEL; unset: none. */
struct str vars_one_deeper(struct shell *sh, struct str level);
/* Has an environment from FROM up to LEVEL, which does not count, NAME of its own? */
bool vars_seen_above(struct shell *from, const struct shell *level, struct str name);
/* The simple command that bash, told to run N and nothing more, runs in its own place, maybe REDIRECTED; or NULL. */
const struct node *last_command(const struct node *n, bool redirected);
/* All names that are set, sorted, in tmp. */
struct strs vars_names(struct shell *sh);
struct str ifs_value(struct shell *sh);

/* --- dynamic.c --- */

/* The value of a variable that the shell makes up; p NULL: there is none of that name. */
struct str dynamic_value(struct shell *sh, struct str name);
/* The shell that the user has. */
struct str login_shell(struct shell *sh);
/* The same of bash's arrays, in tmp; false: it is no such array. */
bool dynamic_items(struct shell *sh, struct str name, struct strs *out);
/* One of them; p NULL: there is none. */
struct str dynamic_element(struct shell *sh, struct str name, int64_t index);

const struct function *function_find(struct shell *sh, struct str name);
void function_set(struct shell *sh, struct str name, const struct node *n);
void function_unset(struct shell *sh, struct str name);

/* --- expand.c: words to fields; false after a message and a change of flow --- */

/* W as fields behind OUT, in tmp. */
bool expand_word(struct shell *sh, const struct word *w, struct strs *out);
/* bash looks for the pathnames of a command's words once all are expanded: fields in between wait for that. */
struct later_glob {
	size_t at; /* which field */
	struct str pattern;
};
struct later_globs {
	struct later_globs *outer;
	VEC(struct later_glob) p;
};
void globs_begin(struct shell *sh, struct later_globs *later);
/* FIELDS must be what was expanded since then, from its start. */
void globs_end(struct shell *sh, struct later_globs *later, struct strs *fields);
/* All of WORDS; bash looks for pathnames once all are expanded. */
bool expand_words(struct shell *sh, const struct words *words, bool items, struct strs *out);
/* W as one string, no splitting, no pathnames (assignments, redirections, case words). */
bool expand_string(struct shell *sh, const struct word *w, struct str *out);
/* W of bash's ${x?W}: its fields, but no pathnames, with blanks between. */
bool expand_message(struct shell *sh, const struct word *w, struct str *out);
/* The body of a here-document. */
bool expand_here(struct shell *sh, const struct word *w, struct str *out);
/* As a string with tildes behind '=' and ':' */
bool expand_assign(struct shell *sh, const struct word *w, struct str *out);
/* W as a pattern: what was quoted has a backslash before each special character. */
bool expand_pattern(struct shell *sh, const struct word *w, struct str *out);
/* The word of `case` as a string, and its patterns: as bash compares them. */
bool expand_compared(struct shell *sh, const struct word *w, bool pattern, struct str *out);
/* The text of ${x/pattern/TEXT}: what was quoted has a backslash before & and itself. */
bool expand_replacement(struct shell *sh, const struct word *w, struct str *out);
/* One of these, by EXPAND, for a text of a command that bash does not split; see unsplit in struct shell. */
bool expand_unsplit(struct shell *sh, bool (*expand)(struct shell *, const struct word *, struct str *), const struct word *w,
		    struct str *out);
/* A word of [[ ]]; REGEX: for =~, quoted text with regex characters escaped. */
enum expand_asked { ASKED_TEXT, ASKED_PATTERN, ASKED_REGEX };
bool expand_asked(struct shell *sh, const struct word *w, enum expand_asked how, struct str *out);
/* A declaration's argument: no splitting when it is an assignment. */
bool expand_declared(struct shell *sh, const struct word *w, struct strs *out);

/* --- unparse.c: the tree as text, as bash keeps it --- */

/* W as bash keeps it. */
struct str word_text(struct arena *mem, const struct word *w);
/* The same as its set -x shows it. */
struct str word_shown(struct arena *mem, const struct word *w);
/* What it shows between the parentheses of x=(..). */
struct str items_shown(struct arena *mem, const struct assign *a);
/* What $(..) holds. */
struct str command_text(struct arena *mem, const struct node *n);
/* "$(..)" */
struct str substitution_text(struct arena *mem, const struct node *n);
/* A function's body, from "{" on. */
struct str function_text(struct arena *mem, const struct node *body);

/* --- value.c: one parameter --- */

/* The fields of a parameter after its operation; see value.c. */
struct value {
	struct str text; /* unset: p NULL */
	bool operated;	 /* an operation made it of the parameter's value */
	bool mark;	 /* and bash leaves a mark where it is empty, between quotes of its own in a case */
	bool many;	 /* $@ $* ${x[@]}: ITEMS counts */
	char all;	 /* '@' or '*' */
	struct strs items;
	const struct word *instead; /* ${x-word}: expand this in place */
	bool keys;		    /* ${!x[@]} */
	bool nothing;		    /* "${@+word}" without word: not even an empty field */
	bool none;		    /* ... and $@ has no items */
};
/* S after OP, one that changes a text, with its expanded operands. */
struct str value_apply(struct shell *sh, enum param_op op, struct str pattern, struct str with, struct str s);
/* A parameter's own value, not $@ nor $*; unset: p NULL. */
struct str param_text(struct shell *sh, struct str name);
bool param_value(struct shell *sh, const struct param *p, struct value *out);
/* What $(..) gives: without NULs and newlines at its end, in tmp. */
bool command_value(struct shell *sh, const struct node *node, struct str *out);
bool arith_value(struct shell *sh, const struct word *w, int64_t *out);

/* --- pattern.c, glob.c --- */

/* Does TEXT match PATTERN as a whole? */
bool pattern_match(struct str pattern, struct str text);
bool pattern_special(struct str pattern);
/* PATTERN without its backslashes, in MEM. */
struct str pattern_unescape(struct arena *mem, struct str pattern);
/* The paths that match, sorted, behind OUT; false when there are none. */
bool glob_expand(struct shell *sh, struct str pattern, struct strs *out);

/* --- arith.c, arith_posix.c --- */

/* False after a message. */
bool arith_eval(struct shell *sh, struct str text, int64_t *out);
/* The same of what declare -i evaluates: one that is wrong drops more than another expression, in bash. */
bool integer_eval(struct shell *sh, struct str text, int64_t *out);
/* The same of an index. */
bool index_eval(struct shell *sh, struct str text, int64_t *out);
/* As arith_eval for dash; what then happens is left to the caller. */
bool arith_posix(struct shell *sh, struct str text, int64_t *out);

/* --- run.c, run_simple.c, pipeline.c --- */

void run_node(struct shell *sh, const struct node *n);
/* The same for a whole text, of which bash reads line by line. */
void run_body(struct shell *sh, const struct node *n);
/* Did a signal come that ends the run here? Traps for it run now. */
bool interrupted(struct shell *sh);
void run_simple(struct shell *sh, const struct node *n);
void run_pipeline(struct shell *sh, const struct node *n);
/* PIPESTATUS of what is no pipeline. */
void pipe_status_set(struct shell *sh, int status);
void run_case(struct shell *sh, const struct node *n);
void run_for(struct shell *sh, const struct node *n);
void run_for_arith(struct shell *sh, const struct node *n);
bool cond_true(struct shell *sh, const struct cond *c, int *status);
bool assign_one(struct shell *sh, const struct assign *a);
/* bash: the same before a command, when the old value is put aside. */
bool assign_before(struct shell *sh, const struct assign *a);
/* bash: expand the arrays among the words of N, a declaration, before it is shown; false after an error. */
bool expand_declared_arrays(struct shell *sh, const struct node *n);
int run_function(struct shell *sh, const struct function *f, const struct str *argv, size_t argc);
/* Run TEXT in this environment (eval, ., trap). WHAT for errors. */
int run_text(struct shell *sh, struct str text, struct str what, unsigned line);
enum { NESTED_MOST = 1200 }; /* texts and scripts in each other */
/* The lines of N, which may be NULL; NESTED: of an eval and its like, which an error may end before the shell. */
void run_lines(struct shell *sh, const struct node *n, bool nested);
/* bash says what is wrong in a text: "eval: line 2: syntax error ..." and the line. */
void run_wrong_bash(struct shell *sh, struct str what, const struct parse_error *error);
/*
 * Before ITEM, which begins a line: bash's parser goes on in the state that the last eval left it in. True: ITEM and
 * what follows have run, as it took them.
 */
bool run_misread(struct shell *sh, const struct list_item *item);
/* set -x: one line behind PS4. */
void trace(struct shell *sh, struct str text);
/* set -e: leave when the status says so. */
void check_errexit(struct shell *sh);

/* --- redir.c --- */

struct redirs {
	VEC(struct {
		size_t fd;
		struct fd old;
	})
	saved;
	VEC(struct stream *) opened;
	bool within; /* dash: of ( ), which puts nothing aside */
	bool apart;  /* bash: of a command that is a process */
};
/* 0, or the status of a failure that was said. */
int redirs_apply(struct shell *sh, const struct redir *list, struct redirs *frame);
/* dash's two steps of that: what the targets say, NULL after a message; opening them. */
const struct str *redirs_targets(struct shell *sh, const struct redir *list);
int redirs_open(struct shell *sh, const struct redir *list, const struct str *names, struct redirs *frame);
void redirs_undo(struct shell *sh, struct redirs *frame);
/* They stay (exec). */
void redirs_keep(struct shell *sh, struct redirs *frame);

/* --- lookup.c, command.c, spawn.c, script.c --- */

/* A shell of its own that inherits the descriptors, files and ENV of SH. */
struct shell *env_script(struct shell *sh, enum shell_dialect dialect, struct env env);

enum found { FOUND_NOTHING, FOUND_FUNCTION, FOUND_BUILTIN, FOUND_APPLET, FOUND_SHELL, FOUND_FILE };

struct lookup {
	enum found kind;
	const struct function *function;
	const struct builtin *builtin;
	const struct applet *applet;
	enum shell_dialect dialect; /* SHELL, and FILE that is a shell script */
	struct str path;     /* FILE: absolute or as written; also where an applet stands in for */
	const char *reason;  /* FILE: why a process */
	int error;	     /* NOTHING: errno */
	bool script;	     /* FILE: to be read by ourselves */
	struct str argument; /* of its #! line; may be empty */
};

void lookup_command(struct shell *sh, struct str name, bool with_builtins, struct lookup *out);
/* dash remembers where it found a command (PATH; empty: not told), until PATH changes; `type` tells. */
void lookup_track(struct shell *sh, struct str name, struct str path);
/* What dash's `hash` shows of that. */
void lookup_list(struct shell *sh, struct buf *out);
bool lookup_tracked(const struct shell *sh, struct str name);
/* Where dash found NAME: it does not look into the folders before that again, but behind a cd. Unset: into all. */
struct str lookup_remembered(struct shell *sh, struct str name);
void lookup_forget(struct shell *sh);
/* Where NAME is on PATH, in tmp; unset when nowhere. */
struct str lookup_path(struct shell *sh, struct str name, struct str path, int *error);
/* The first file of NAME on PATH that is there, though it may not be run; NAME when there is none. */
struct str lookup_unusable(struct shell *sh, struct str name);
/* Run what LOOKUP found (not functions and builtins); the status. */
int command_run(struct shell *sh, const struct lookup *l, const struct str *argv, size_t argc);
void command_missing(struct shell *sh, struct str name, const struct lookup *l);
/* The same of what was to run without a shell, in the words of who called. */
void plain_missing(struct shell *sh, struct str name, int error);
/* Where SH looks for commands when its environment has no PATH. */
void default_path(struct shell *sh, struct str path);
/* sh FILE, sh -c TEXT: in process where possible. */
int script_command(struct shell *sh, const struct lookup *l, const struct str *argv, size_t argc);
/* Interpret the file L found, in process; -1 when it must be a process. */
int script_file(struct shell *sh, const struct lookup *l, const struct str *argv, size_t argc);

/* Start PATH with the environment's descriptors and wait; the status. */
int spawn_run(struct shell *sh, enum shell_rung rung, struct str path, const struct str *argv,
	      size_t argc, const char *reason);
/* Does the run's gate forbid to start a process for ARGV, because of REASON? */
bool spawn_refused(struct shell *sh, const struct str *argv, size_t argc, const char *reason);
/* May a process with FROM open files at most (0: as many as we) be given TO? 0 or an errno. */
int spawn_open_files(uint64_t from, uint64_t to);

/* --- program.c --- */

/* A program of the caller's that runs on a thread of this process. */
struct program;
/* Start P on a thread, by copies of its strings and descriptors; NULL: there is no thread. */
struct program *program_start(const struct shell_programs *programs, const struct shell_program *p);
/* Wait for its end; the status as waitpid would give it. */
int program_wait(struct program *p);

/* Wait for what was left running; its status. */
int running_finish(struct shell *sh, struct running *r);

/* --- builtins --- */

/*
 * A builtin: its row stands behind its work, the table is generated from the rows (scripts/make-table). What only
 * the real shell has is a row without run (builtin_real.c).
 */
enum {
	BUILTIN_SPECIAL = 1,	/* as POSIX has it */
	BUILTIN_BASH = 2,	/* only there */
	BUILTIN_POSIX = 4,	/* not in bash */
	BUILTIN_DECLARE = 8,	/* its arguments may be assignments */
	BUILTIN_EXEC = 16,	/* its redirections stay */
	BUILTIN_PURE = 32,	/* what it gives depends on its arguments, variables and the files it reads only */
};

struct builtin {
	struct str name;
	int (*run)(struct shell *sh, const struct str *argv, size_t argc); /* NULL: the real shell is to have the text */
	unsigned flags;
	/* Why the real shell is to have a text with this call, NULL: it need not. A word that is not known before it
	 * is expanded is unset. NULL: all calls are known here. */
	const char *(*declines)(enum shell_dialect dialect, const struct str *argv, size_t argc);
};

/* The builtin that runs here, or NULL. */
const struct builtin *builtin_find(enum shell_dialect dialect, struct str name);
/* The same with those that only the real shell has. */
const struct builtin *builtin_row(enum shell_dialect dialect, struct str name);

/* "NAME: text"; the status that means: 2 in dash (whose special builtins end the shell), else BASH. */
int builtin_error(struct shell *sh, struct str name, int bash, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* --- options_posix.c --- */

/* What dash takes for a number where none below zero will do: blanks around it, a sign before it. */
bool posix_number(struct str s, uint64_t *out);
/* Where reading options is; begin with argv and argc alone. */
struct posix_options {
	const struct str *argv;
	size_t argc;
	size_t at;	    /* the next word; 0 before the first call */
	struct str letters; /* left in the word before; may be empty */
	struct str value;   /* what an option with an argument was given */
};
/* The next option of SPEC ("p:r": p has an argument); 0: there is no more; -1 after a message. */
int posix_option(struct shell *sh, struct posix_options *o, const char *spec);
/* For a builtin without options: its first operand's index, or -1 after a message. */
int posix_no_options(struct shell *sh, const struct str *argv, size_t argc);

/* dash: JOB ("%1") means none, for there is none; the status after WHO said that. */
int posix_no_job(struct shell *sh, struct str who, struct str job);

/* --- builtin_posix.c: as dash has them --- */

int cd_posix(struct shell *sh, const struct str *argv, size_t argc);
int pwd_posix(struct shell *sh, const struct str *argv, size_t argc);
int umask_posix(struct shell *sh, const struct str *argv, size_t argc);
int unset_posix(struct shell *sh, const struct str *argv, size_t argc);
/* In builtin_io.c: the mask of what is made from now on. */
void set_umask(struct shell *sh, mode_t mask);
/* "u=rwx,g=rx,o=" of what MASK lets through. */
void put_symbolic(struct buf *out, mode_t mask);

/* bash: more than MOST words? Said then, and the line is dropped. */
bool too_many(struct shell *sh, const struct str *argv, size_t argc, size_t most);

/* dash: an error ended a builtin that is not special: go on; the status. */
int builtin_stopped(struct shell *sh, int status);
/* Tell who listens that B runs with these words. */
void builtin_tell(const struct shell *sh, const struct builtin *b, const struct str *argv, size_t argc);

/* May NAME, maybe with an index in bash, be set? */
bool builtin_good_var(const struct shell *sh, struct str name);
/* As var_set, for a variable that the builtin WHO was given the name of. */
bool builtin_set_var(struct shell *sh, struct str who, struct str name, struct str value);
/* Local or declared variables with array values, as the parser saw them. */
int declare_words(struct shell *sh, const struct node *n, const struct str *argv, size_t argc);
/* S, in single quotes where it needs some. */
struct str quote_word(struct arena *mem, enum shell_dialect dialect, struct str s);
/* Run the action for NAME ("EXIT"). */
void trap_run(struct shell *sh, const char *name);
/* The signal that ends the whole run came. False: no trap for it. Else SH did what is to be done. */
bool trap_signal(struct shell *sh, int sig);
/* NAME=VALUE of all variables, as `set` shows them; its status. */
int vars_list(struct shell *sh);
/* ([0]="x" [1]="y") */
void vars_put_array(struct shell *sh, struct buf *out, const struct var *v);
/* `set` and the shell's own command line: one letter or name; false when unknown. */
bool option_letter(struct shell *sh, char c, bool on);
bool option_name(struct shell *sh, struct str name, bool on);
/* Is the option of this long name on? */
bool option_is_set(const struct shell *sh, struct str name);
struct str option_flags(struct shell *sh);
/* bash: the names of those that are on, with colons between. */
struct str options_on(struct shell *sh);
/* [[ and test share these; see test.c */
int run_test(struct shell *sh, const struct str *argv, size_t argc);
bool test_unary(struct shell *sh, char op, struct str arg);
bool test_number(struct shell *sh, struct str s, int64_t *out);
bool test_is_numeric(struct str op);
/* The other binary operators. */
bool test_words(struct shell *sh, struct str a, struct str op, struct str b);
/* test_posix.c: dash's whole command; its status. */
int test_posix(struct shell *sh, const struct str *argv, size_t argc);
/* OP is one of -eq -ne -lt -le -gt -ge. */
bool test_compare(struct str op, int64_t x, int64_t y);

/* --- escape.c --- */

/* One escape of $'..' after the backslash: into OUT; bytes consumed. */
size_t escape_ansi(struct buf *out, struct str rest);
enum escape_use {
	ESCAPE_POSIX /* dash's echo and %b */,
	ESCAPE_ECHO /* bash's echo -e */,
	ESCAPE_PRINTF_B
};
/* The same for echo and printf %b; *STOP: it was \c. REST may be empty. */
size_t escape_echo(struct buf *out, struct str rest, enum escape_use use, bool *stop);
/* bash: S, or $'..' where some of it cannot be printed. */
struct str quote_printable(struct arena *mem, struct str s);
struct str quote_trace(struct arena *mem, enum shell_dialect dialect, struct str s);
/* 'a b' */
struct str quote_single(struct arena *mem, enum shell_dialect dialect, struct str s);
/* $'a\nb' */
struct str quote_ansi(struct arena *mem, struct str s);
/* a\ b, as bash's printf %q */
struct str quote_backslash(struct arena *mem, struct str s);

#endif
