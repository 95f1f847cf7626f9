/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_STATE_H
#define SHELL_STATE_H

#include <locale.h>
#include <time.h>

#include "base/map.h"
#include "shell/ast.h"

/*
 * What a shell is made of while it runs: its options, variables, descriptors, and one environment.
 */

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
	OPT_ERREXIT_UNHEEDED =
	    1 << 22 /* -e is shown, and does nothing where it is not OPT_ERREXIT too */,
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

/* How far getopts is. */
struct getopts_place {
	size_t next;   /* the word to look at (bash: 0, anew), from 1 on */
	size_t offset; /* of the letter behind the last one, in a word that is begun; else 0 */
	size_t word;   /* bash: that word, which OPTIND need not be */
};

/* What a `local` or a prefix assignment hides. */
struct saved_var {
	struct saved_var *below;
	struct str name;
	struct var *old; /* NULL: was not there in this environment */
	unsigned options; /* dash: what `local -` goes back to */
	bool kept;	 /* bash: a declaration made the new one stay */
	bool local;	 /* bash: of a function, not assigned before a command */
	bool called;	 /* bash: assigned before the call of a function, or an eval within one */
	bool spreads;	 /* bash: KEPT, and so is the one that it hid within its function */
	bool gone;	 /* bash: OLD is back, since the new one was unset */
	/* bash: OLD was assigned before the function's call, and is the same variable */
	bool merged;
	/* bash: of OPTIND, where getopts goes on when it is back; NULL: as OLD says */
	const struct getopts_place *getopts;
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
	int signal;	     /* bash: what ended it, or what ran as this stage; or 0 */
	bool dumped;	     /* ... which left a core */
};

struct later_globs;
struct redirs;

/* What would be a process: the shell of a text or a script, a subshell, an applet. */
struct process {
	struct process *parent; /* who started it; NULL: who runs the session */
	long pid;		/* 0: nobody has asked */
	bool held;		/* a child of ours, which has ended, keeps the number */
	uint64_t signals; /* sent by what it waits for, a bit each: taken when that has ended */
};

/* bash's characters (chars.c): the locale NAME, 0 when it is none of UTF-8; ON: the thread has it.
 */
struct locales {
	char name[64];
	locale_t chars, before;
	bool on;
};

/* What all environments of one shell_run share. */
struct session {
	const struct shell_run *run;
	bool plain;	   /* one command without a shell: nobody words its death */
	bool replaced;	   /* `exec`: as well */
	/* bash: the command at the end of all, which takes the shell's place; or NULL */
	const struct node *last;
	bool at_last;	   /* it is being run */
	int died;	   /* the signal that ended it, or 0 */
	bool own_text;	   /* the session is a shell's, not that of one command */
	int signalled;	   /* the signal that ended the last process, or 0 */
	bool dumped;	   /* ... which left a core */
	struct files *files;
	unsigned depth; /* nested functions, scripts, evals */
	unsigned untold; /* scripts around that answer for all they use */
	long pid;	 /* the thread's */
	time_t started;
	bool localised; /* a variable names a locale, or may */
	struct locales locales;
	bool trapped; /* the signal that ends the run had its trap */
	int killed; /* the signal that a subshell sent to $$ */
};

/* One execution environment: the shell itself, a subshell, a script it runs. */
struct shell {
	struct session *session;
	struct shell *parent; /* where unchanged variables and functions are found; NULL: the top */
	struct process own, *process; /* the latter: which it is, its own or whose place it took */
	struct process *applet;	      /* the applet at work */
	struct arena *mem;    /* lives as long as the environment */
	struct arena *tmp;    /* released after each simple command */
	enum shell_dialect dialect;
	bool script;		/* reads a file: bash's wording differs */
	struct str name;	/* $0 */
	struct str program;	/* of the top: what the shell itself was started by; may be unset */
	struct str execution;	/* of the top: the text behind -c; else unset */
	const struct str *args; /* $1... */
	size_t nargs;
	bool args_set; /* bash: outside of functions, since the last file was begun to be read */
	struct map *vars, *functions; /* NULL: none changed here */
	/* commands whose place on PATH it knows by now; may be NULL */
	struct map *tracked;
	bool standard_path; /* `command -p`: not by PATH */
	bool untracked;		      /* what the parents know does not count */
	unsigned moves;		      /* dash: how many a cd there was */
	struct env base;	      /* of the top: what it was given */
	struct env env_cache;	      /* valid when p is set */
	/* dash: that of ENV_ORDERED_OF in the order and with the names that it has */
	struct env env_ordered;
	const struct str *env_ordered_of;
	bool orders_env; /* it does so: no command by itself */
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
	/* bash: what a $(..) counts from, where messages name another line; 0: that one */
	unsigned line_under;
	struct later_globs *later; /* may be NULL */
	/* bash: what is assigned before a command whose redirections are made; or NULL */
	struct hidden *hidden;
	unsigned read; /* dash: the line that its parser stands on */
	unsigned shift; /* bash: added to the tree's line numbers */
	int status, subst_status; /* the latter -1: there was no command substitution */
	/* within dash's traps, bash's EXIT trap: what a bare exit gives; else -1 */
	int trap_status;
	enum flow flow;
	unsigned flow_levels, loops, functions_deep, dots;
	struct saved_var *saved, *frame; /* FRAME: where the function began */
	/* dash: within what `command` runs, and what a command's redirections expand */
	bool may_local;
	struct saved_var *temporary;	 /* where the assignments before this command begin */
	/* those before the function that runs; they end at FRAME */
	struct saved_var *frame_temporary;
	const struct call_frame *calls;	 /* the innermost first */
	/* bash: the function that runs, as long as no command of it has; unset: one has */
	struct str just_called;
	bool names_left; /* bash: an error has left a function, so FUNCNAME is there outside */
	struct str source, main_source;	 /* bash: of the file that is read now, and of the script */
	VEC(int) pipe_status;
	struct getopts_place getopts;
	int32_t random; /* bash: what RANDOM is made of; 0: drawn at first use */
	int64_t seconds; /* bash: what SECONDS is ahead of the time that the shell has run */
	unsigned indirect; /* INDIRECT: nested texts, each repeats bash's "+" of set -x */
	/* ... for the EXIT trap, where a message ended the shell under set -e; or 0 */
	unsigned exit_indirect;
	unsigned exit_loops;	   /* and the loops that it was in */
	/* bash: what exit_loops is for `exit` within eval, $(..) or what -c is given, plus 1; or 0
	 */
	unsigned text_loops;
	/*
	 * its EXIT trap runs, or that of the shell which a $(..) or a command of a pipeline is of
	 */
	bool in_exit_trap;
	enum parse_left left;  /* bash: by the last text */
	bool text_ran;	       /* one has, since the line at work was read */
	/* bash: where the text that runs comes from ("eval"); unset: the shell's own */
	struct str reading;
	bool no_names;	       /* bash: x=~ is no assignment: within x=(..) */
	bool no_paths;	       /* patterns stay as they are */
	bool no_empty;	       /* bash: quotes of which nothing comes are no field: in [[ ]] */
	bool of_number;	       /* bash: it is an operand of -eq and its like in [[ ]] */
	bool marks_empty;      /* bash: fields of which nothing comes are marks, in a `case` word */
	bool unheeding;	       /* bash: a tested text runs: set -e there counts behind it */
	bool dropped_text;	       /* bash: of FLOW_DISCARD: it has left a text */
	bool by_errexit;       /* of FLOW_EXIT: set -e */
	bool left_function;    /* bash: of FLOW_EXIT: it was within one, in the text that runs */
	/* bash: of FLOW_EXIT: an error that undid all redirections, as none was in a text */
	bool unwound;
	/* bash: the command at the end of ( ) or of what -c is given, which takes its place; or
	 * NULL */
	const struct node *last;
	bool no_fork;	       /* ... and is being run */
	bool execs;	       /* `exec` runs it */
	bool gives_way;	       /* what it runs takes its place: an applet as env, a stage */
	bool within;	       /* of a script that the session's shell runs */
	int died;	       /* ... the signal of the command that took its place, or 0 */
	bool paren;	       /* bash: within ( ), where exec leaves SHLVL as it is */
	const struct node *paren_body; /* ... all that stands in it */
	bool as_given;	       /* its commands get the environment as it is: what an applet runs */
	bool entering;	       /* bash: its own redirections are not yet made */
	bool stage;	       /* the next simple command is one of a pipeline, alone */
	bool catches;	       /* bash: it has begun, and was no function: it ends there */
	/* bash: the environment is there for this stage of a pipeline; or NULL */
	const struct node *whole_stage;
	/* bash: of a stage, the pipe behind it, or NULL; what it has written there by itself ends
	 * at PIPE_WROTE, and what its last command has, if that was a process, at PIPE_LAST */
	struct stream *pipe;
	uint64_t pipe_wrote, pipe_last;
	int stage_signal; /* ... what has ended the process of that stage, or 0 */
	const struct node
	    *command; /* bash: the simple one that runs, as its death is told; or NULL */
	/* bash: in $(..), and no ( ) of its own: what a signal ends there is not told */
	bool substitution;
	struct running *async; /* the stage of a pipeline: its process may be left running here */
	struct str blame;	/* dash names eval and . in what goes wrong within */
	struct str builtin;	/* dash: the builtin at work, named when a variable is read-only */
	/* bash: of FLOW_EXIT by set -e: it leaves the redirections up to these; or NULL */
	const struct redirs *left_to;
	struct redirs *redirected; /* those in force, the innermost first; may be NULL */
	const struct word *unrun; /* bash: of this word each $(..) stands for itself; or NULL */
	uint64_t ignored;  /* a script's: what whoever started it ignores, as trap_ignored has it */
	bool redir_failed; /* bash: of the last compound command; "!" does not turn that around */
	bool bare_return;	/* of FLOW_RETURN: no status was given */
	bool unexpanded;	/* bash: its words could not be expanded */
	/*
	 * bash: a text is expanded that is not split: $* in a $(..) there is one under an empty IFS
	 */
	bool unsplit;
	/* ... and this is such a $(..), where nothing of that kind was expanded so far, or what is
	 * behind an error in an index there */
	bool joins;
	/* bash: a ${x[@]#y} of what is no array leaves a mark before each character */
	bool marks;
	bool whole;		/* bash: FLOW_DISCARD drops evals and . around, too */
	bool forced;		/* bash: FLOW_EXIT is an error in an expansion */
	/* bash: BY_ERREXIT within an eval of a function; UNWINDS: and another text is around */
	bool out_of_text, unwinds;
	/* dash: FLOW_EXIT is an error, which `command` or a plain builtin stops */
	bool raised;
	const char *arith_who; /* who bash blames for an expression: "let", "((" */
	VEC(struct stream *) owned; /* closed when the environment ends */
	struct str last_arg;	    /* $_ */
	size_t last_room;
};

static inline bool tell_use(const struct shell *sh, enum shell_use use, const struct str *argv,
			    size_t argc)
{
	const struct shell_run *run = sh->session->run;

	return run->used && !sh->session->untold && run->used(run->used_ctx, use, argv, argc);
}

static inline bool is_bash(const struct shell *sh)
{
	return sh->dialect == SHELL_BASH;
}

#endif
