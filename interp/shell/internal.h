/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_INTERNAL_H
#define SHELL_INTERNAL_H

#include <wchar.h>

#include "shell/state.h"

struct builtin;

/* --- shell.c: environments, messages --- */

struct shell *env_subshell(struct shell *sh);
/* The environment of a fresh shell. */
struct shell *env_new(struct session *session, enum shell_dialect dialect, struct env base);
void env_free(struct shell *sh);
/* A shell of its own that inherits the descriptors and files of SH, and gets ENV. */
struct shell *env_script(struct shell *sh, enum shell_dialect dialect, struct env env);
/* Run the EXIT trap, close what is open; its status. */
int env_end(struct shell *sh);
/* "NAME: line N: text\n" (bash) or "NAME: N: text\n". */
void say(struct shell *sh, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What bash makes of the backslashes of a prompt. */
struct str prompt_decode(struct shell *sh, struct str s);
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

/* --- chars.c: characters, of several bytes where bash's locale has such --- */

/* Does NAME, if it is set, change what characters are? */
bool chars_named(struct str name);
/* Does the environment of the fresh shell SH name a locale? */
void chars_look(struct shell *sh);
/* The thread's characters are those of SH from here on; of bytes after the second. */
void chars_follow(struct shell *sh);
void chars_end(struct session *session);
/* Switch them to bytes, or back; were they ON? */
bool chars_switch(struct session *session, bool on);
/* Is a byte of S a character each? */
bool chars_are_bytes(struct str s);
size_t chars_count(struct str s);
/* The bytes of the first N characters of S, or of all. */
size_t chars_size(struct str s, size_t n);
/* The bytes of the character that S begins with, not empty; what is none is one byte. */
size_t char_bytes(struct str s);
/* The same; *CODE: its number. */
size_t char_code(struct str s, wint_t *code);
/* The same; can it be printed? */
bool char_printable(struct str s, size_t *n);
/* Does a character begin at the byte I of S, or end before it? */
bool char_begins(struct str s, size_t i);
void put_char_code(struct buf *out, wint_t code);

/* --- vars.c --- */

bool is_name(struct str s);
/* What dash takes for the name in S: all before a "=". */
struct str posix_name(struct str s);
/*
 * The variable as it is, or NULL when not set (declared but unset ones are returned by var_find).
 */
const struct var *var_find(struct shell *sh, struct str name);
/*
 * The value of NAME (element 0 of an array), also of the shell's own dynamic ones; unset: p NULL.
 */
struct str var_value(struct shell *sh, struct str name);
/* For changing: NAME's own copy in this environment, made when needed. */
struct var *var_at(struct shell *sh, struct str name);
/* NAME=VALUE; false after a message when it is read-only. */
bool var_set(struct shell *sh, struct str name, struct str value);
bool var_set_index(struct shell *sh, struct str name, int64_t index, struct str value);
/* False after a message when NAME is read-only. */
bool var_may_change(struct shell *sh, struct str name);
/* bash: one of those that it makes itself which are read-only? */
bool var_is_fixed(const struct shell *sh, struct str name);
/* The I-th of these; NULL: there is none. */
const char *var_fixed(size_t i);
/* VALUE into V, an array. */
void var_put_element(struct shell *sh, struct var *v, int64_t index, struct str value);
void var_clear_array(struct shell *sh, struct var *v);
/* A text is its first element then. */
void var_become_array(struct shell *sh, struct var *v);
void var_assign_value(struct shell *sh, struct var *v, struct str value);
/* False after a message when it is read-only. */
bool var_unset(struct shell *sh, struct str name);
void var_unset_index(struct shell *sh, struct str name, int64_t index);
struct str var_element(const struct var *v, int64_t index);
/* NAME has lost a value, or got one back that was hidden: what the shell makes of it. */
void var_came_back(struct shell *sh, struct str name);
/* NAME's own copy in this environment alone; NULL: there is none. */
struct var *var_own(struct shell *sh, struct str name);
/* A new one, instead of what it has. */
struct var *var_put(struct shell *sh, struct str name);
/*
 * bash: where NAME is a variable of a function around, or was assigned before a call, its unset
 * uncovers the one that it hid. False: a function's own stays, without a value.
 */
bool var_uncover(struct shell *sh, struct str name);
/* Remember NAME's state; vars_restore goes back to MARK. */
void var_save(struct shell *sh, struct str name);
void vars_restore(struct shell *sh, struct saved_var *mark);
/* bash: what was assigned before a declaration, down to MARK, and stays becomes the value of the
 * variable that it hid, a number or an array's first element if it was one; false after WHO's
 * message. */
bool vars_merge_kept(struct shell *sh, struct str who, const struct saved_var *mark);
/* bash: what was assigned down to MARK is so before the call of a function, or an eval within one.
 */
void vars_called(struct shell *sh, const struct saved_var *mark);
/* bash: was NAME assigned before the call of this function? SPREADS: and exported since. */
bool vars_assigned_before(const struct shell *sh, struct str name, bool *spreads);
/* bash: NAME was exported or made read-only: if it was assigned before such a call, it stays when
 * that is left, in the functions around and outside. */
void vars_spread(struct shell *sh, struct str name);

/* bash, declare -g: NAME's variable outside of all functions, in front of what hides it. */
struct outermost {
	struct saved_var *hides; /* NULL: nothing hid it */
	bool own;		 /* ... in this environment */
	struct var *shown;
};
struct outermost vars_outermost(struct shell *sh, struct str name);
void vars_outermost_end(struct shell *sh, struct str name, const struct outermost *o);
/* No function, and no assignment before a command, hides another NAME. */
bool vars_is_global(const struct shell *sh, struct str name);

/* The same of what was assigned before a command: what an eval has made local stays. */
void vars_restore_assigned(struct shell *sh, struct saved_var *mark);
struct env vars_env(struct shell *sh);
/*
 * What the command found at PATH gets of it: in bash's order, with _ and SHLVL; in SH's tmp, maybe.
 */
struct env vars_env_of(struct shell *sh, struct str path);
/* The SHLVL of a shell that was given LEVEL; unset: none. */
struct str vars_one_deeper(struct shell *sh, struct str level);
/* Has an environment from FROM up to LEVEL, which does not count, NAME of its own? */
bool vars_seen_above(struct shell *from, const struct shell *level, struct str name);
/* The simple command that bash, told to run N and nothing more, runs in its own place, maybe
 * REDIRECTED; or NULL. */
const struct node *last_command(const struct node *n, bool redirected);
/* All names that are set, sorted, in tmp. */
struct strs vars_names(struct shell *sh);
struct str ifs_value(struct shell *sh);

/* --- dynamic.c --- */

/* The value of a variable that the shell makes up; p NULL: there is none of that name. */
struct str dynamic_value(struct shell *sh, struct str name);
/* bash: an assignment to a variable that it makes itself, and which does not keep VALUE; false: it
 * is none of these. */
bool dynamic_assign(struct shell *sh, struct str name, struct str value);
/* What the fresh shell SH makes of its environment, and sets, before it runs anything. */
void inherit_first(struct shell *sh);
/* Where SH looks for commands when its environment has no PATH. */
void default_path(struct shell *sh, struct str path);
/* bash: why what SH was given makes TEXT one for the real shell; NULL: it does not. */
const char *inherit_declines(struct shell *sh, struct str text);
/* bash: does NAME have another value each time, if only it is declared? */
bool dynamic_varies(struct str name);
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
/* bash looks for the pathnames of a command's words once all are expanded: fields in between wait
 * for that. */
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
/* The same for the word that ${x=word} assigns. */
bool expand_default(struct shell *sh, const struct word *w, struct str *out);
/* W of bash's ${x?W}: its fields, but no pathnames, with blanks between. */
bool expand_message(struct shell *sh, const struct word *w, struct str *out);
/* An operand of [[ ]] in which a "$@" or its like stands: the fields with blanks between. */
bool expand_several(struct shell *sh, const struct word *w, struct str *out);
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
/* One of these, by EXPAND, for a text of a command that bash does not split; see unsplit in struct
 * shell. */
bool expand_unsplit(struct shell *sh,
		    bool (*expand)(struct shell *, const struct word *, struct str *),
		    const struct word *w, struct str *out);
/* The end of such a text: again what was before. Not where an error in an index left it, bash has
 * no time to then. */
void unsplit_end(struct shell *sh, bool unsplit, bool joins);
/* A word of [[ ]]; REGEX: for =~, quoted text with regex characters escaped. */
enum expand_asked { ASKED_TEXT, ASKED_PATTERN, ASKED_REGEX };
bool expand_asked(struct shell *sh, const struct word *w, enum expand_asked how, struct str *out);
/* A declaration's argument: no splitting when it is an assignment. */
bool expand_declared(struct shell *sh, const struct word *w, struct strs *out);

/* --- unparse.c, unparse_word.c: the tree as text, as bash keeps it --- */

/* W as bash keeps it. */
struct str word_text(struct arena *mem, const struct word *w);
/* The same as its set -x shows it. */
struct str word_shown(struct arena *mem, const struct word *w);
/* What stands between the parentheses of x=(..), and what set -x shows there. */
struct str items_text(struct arena *mem, const struct assign *a);
struct str items_shown(struct arena *mem, const struct assign *a);
/* What $(..) holds. */
struct str command_text(struct arena *mem, const struct node *n);
/* "$(..)", and as set -x shows it. */
struct str substitution_text(struct arena *mem, const struct node *n);
struct str substitution_shown(struct arena *mem, const struct node *n);
/* A function's body, from "{" on. */
struct str function_text(struct arena *mem, const struct node *body);

/* --- value.c: one parameter --- */

/* The fields of a parameter after its operation; see value.c. */
struct value {
	struct str text; /* unset: p NULL */
	bool operated;	 /* an operation made it of the parameter's value */
	/* and bash leaves a mark where it is empty, between quotes of its own in a case */
	bool mark;
	bool many;	 /* $@ $* ${x[@]}: ITEMS counts */
	char all;	 /* '@' or '*' */
	struct strs items;
	const struct word *instead; /* ${x-word}: expand this in place */
	bool keys;		    /* ${!x[@]} */
	bool nothing;		    /* "${@+word}" without word: not even an empty field */
	bool none;		    /* ... and $@ has no items */
};
/* S after OP, one that changes a text, with its expanded operands. */
struct str value_apply(struct shell *sh, enum param_op op, struct str pattern, struct str with,
		       struct str s);
/* What ${x@Q} and its like make of it, P's, in place; false after a message. */
bool value_transform(struct shell *sh, const struct param *p, struct value *out);
/* Is P ${x@a} or ${x@A} of an array that has elements, though maybe not this one? */
bool value_tells(struct shell *sh, const struct param *p);
/* The letters of `declare` for V. */
struct str vars_flags(struct shell *sh, const struct var *v);
/* A parameter's own value, not $@ nor $*; unset: p NULL. */
struct str param_text(struct shell *sh, struct str name);
bool param_value(struct shell *sh, const struct param *p, struct value *out);
/* bash: of what a parameter that is not set ends. */
int unset_status(const struct shell *sh);
/* What $(..) gives: without NULs and newlines at its end, in tmp. */
bool command_value(struct shell *sh, const struct node *node, struct str *out);
bool arith_value(struct shell *sh, const struct word *w, int64_t *out);

/* --- pattern.c, glob.c --- */

/* Does TEXT match PATTERN as a whole? */
bool pattern_match(struct str pattern, struct str text);
/* The same in dash, which has no [.x.] and [=x=]. */
bool pattern_match_posix(struct str pattern, struct str text);
bool pattern_special(struct str pattern);
/* Does it end in a backslash that nothing protects? */
bool pattern_ends_open(struct str pattern);
/* PATTERN without its backslashes, in MEM. */
struct str pattern_unescape(struct arena *mem, struct str pattern);
/* The paths that match, sorted, behind OUT; false when there are none. */
bool glob_expand(struct shell *sh, struct str pattern, struct strs *out);

/* --- pid.c --- */

/* The shell that SH is a subshell of; itself, if it is none. */
struct shell *env_top(struct shell *sh);
/* Does the command that SH runs take its place, as bash's last one? */
bool takes_place(const struct shell *sh);
/* Does TEXT send its own number signals, maybe? Those of other processes would be lost. */
bool pid_gets_signals(struct str text);
/* The number of P, which SH or a shell around it is. */
long process_pid(struct shell *sh, struct process *p);
void process_end(struct process *p);
/* The signals that came for SH while it waited for a command, which gave STATUS: what that is. */
int signals_take(struct shell *sh, int status);
/* The same for the applet P, which has ended. */
int signals_end(struct shell *sh, struct process *p, int status);

/* --- arith.c, arith_posix.c --- */

/* False after a message. */
bool arith_eval(struct shell *sh, struct str text, int64_t *out);
/* bash: is TEXT no expression? Not WHOLE: whatever may follow it. */
bool arith_is_wrong(struct str text, bool whole);
/* The same of what declare -i evaluates: one that is wrong drops more than another expression, in
 * bash. */
bool integer_eval(struct shell *sh, struct str text, int64_t *out);
/* The same of an index. */
bool index_eval(struct shell *sh, struct str text, int64_t *out);
/* As arith_eval for dash; what then happens is left to the caller. */
bool arith_posix(struct shell *sh, struct str text, int64_t *out);

/* --- subscript.c: bash's indices in a text that comes late --- */

/* Where the "]" is that ends the index beginning at FROM of TEXT; TEXT's end: nowhere. */
size_t subscript_end(struct str text, size_t from);
/* Where the "[" of NAME is that begins an index up to NAME's end; 0: there is no such. */
size_t subscript_of(struct str name);
/* TEXT, an index that a builtin or an expression came upon, with what stands in it expanded. */
bool subscript_text(struct shell *sh, struct str text, struct str *out);

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
/* bash: SUB, the process of a simple command or of what could not make its redirections, was ended
 * by an error: it goes on where AROUND would, as the same. Is that a "( ! command )", which turns
 * its status around? */
bool jump_turned(const struct shell *sub, const struct shell *around);
void run_case(struct shell *sh, const struct node *n);
/* What a condition tests: set -e does not count there. */
void run_tested(struct shell *sh, const struct node *n);
void run_while(struct shell *sh, const struct node *n);
void run_for(struct shell *sh, const struct node *n);
void run_for_arith(struct shell *sh, const struct node *n);
bool cond_true(struct shell *sh, const struct cond *c, int *status);
bool assign_one(struct shell *sh, const struct assign *a);
/* bash: the same before a command, when the old value is put aside. */
bool assign_before(struct shell *sh, const struct assign *a);
/* bash: OLD, which may be unset, and VALUE behind it, of a variable with FLAGS: a sum where it is
 * an integer. */
struct str assign_appended(struct shell *sh, struct str old, struct str value, unsigned flags);
/* bash: A, an array among the words of a declaration; FLAGS are the variable's by then. */
bool assign_declared(struct shell *sh, const struct assign *a, unsigned flags);
/*
 * Its status. LAST: it is a stage of a pipeline, whose EXIT trap still sees its variables, in bash.
 */
int run_function(struct shell *sh, const struct function *f, const struct str *argv, size_t argc,
		 bool last);
/* bash: does the EXIT trap run where a function is left, with its variables: by `exit`, or as LAST,
 * a stage of a pipeline, ends? */
bool function_stays(const struct shell *sh, bool last);
/* Run TEXT in this environment (eval, ., trap). WHAT for errors. */
int run_text(struct shell *sh, struct str text, struct str what, unsigned line);
enum { NESTED_MOST = 1200 }; /* texts and scripts in each other */
/* The lines of N, which may be NULL; NESTED: of an eval and its like, which an error may end before
 * the shell. */
void run_lines(struct shell *sh, const struct node *n, bool nested);
/* bash says what is wrong in a text: "eval: line 2: syntax error ..." and the line. */
void run_wrong_bash(struct shell *sh, struct str what, const struct parse_error *error);
/*
 * Before ITEM, which begins a line: bash's parser goes on in the state that the last eval left it
 * in. True: ITEM and what follows have run, as it took them.
 */
bool run_misread(struct shell *sh, const struct list_item *item);
/* Does SH run what an eval, a $(..) or -c gives it, and not what stands in a script? */
bool runs_text(const struct shell *sh);
/* The same of SH or a shell around. */
bool within_text(const struct shell *sh);
/* bash: of a here-document that ends with its text, where ITEM's line has one. */
void say_unended(struct shell *sh, const struct list_item *item);
/* set -x: one line behind PS4. */
void trace(struct shell *sh, struct str text);
/* The words of a command, where it is on. */
void trace_command(struct shell *sh, const struct strs *argv);
/* bash: does the EXIT trap see the redirections of what was left, by `exit` or an error? */
bool exit_keeps(const struct shell *sh);
/* set -e: leave when the status says so. */
void check_errexit(struct shell *sh);
/* bash: how many loops an EXIT trap may break that runs because the shell is left here. */
unsigned loops_at_exit(const struct shell *sh);

/* --- redir.c --- */

struct redirs {
	VEC(struct {
		size_t fd;
		struct fd old;
	})
	saved;
	VEC(struct stream *) opened;
	struct redirs *outer; /* of the command around; may be NULL */
	bool simple;	      /* bash: of a simple command ... */
	bool in_function;     /* ... which stands within a function */
	bool within; /* dash: of ( ), which puts nothing aside */
	bool apart;  /* bash: of a command that is a process */
};
/* 0, or the status of a failure that was said. */
int redirs_apply(struct shell *sh, const struct redir *list, struct redirs *frame);
/*
 * bash's assignments before command N and its redirections: run_hidden.c. What they have made,
 * which go back to MARK; making them anew. Can A not be made?
 */
const struct str *take_assigned(struct shell *sh, const struct node *n, struct saved_var *mark);
void assign_again(struct shell *sh, const struct node *n, const struct str *values);
bool assign_refused(struct shell *sh, const struct assign *a);
/* redirs_apply with them taken back meanwhile. FUNCTION: N runs one. */
int redirs_apply_hidden(struct shell *sh, const struct node *n, struct saved_var *mark,
			bool function, struct redirs *frame);
/* They are seen in the rest of this redirection: until hidden_hide. */
void hidden_see(struct shell *sh);
void hidden_hide(struct shell *sh);
/* dash's two steps of that: what the targets say, NULL after a message; opening them. */
const struct str *redirs_targets(struct shell *sh, const struct redir *list);
int redirs_open(struct shell *sh, const struct redir *list, const struct str *names,
		struct redirs *frame);
void redirs_undo(struct shell *sh, struct redirs *frame);
/* /dev/stdin, /dev/fd/N and their like are our descriptors, not the process's: is PATH *FD's? */
bool redir_own_device(struct str path, size_t *fd);
/* bash: an error has left all up to LAST, or all, of the shells around as well. */
void redirs_leave(struct shell *sh, const struct redirs *last);
/* They stay (exec). */
void redirs_keep(struct shell *sh, struct redirs *frame);

/* --- lookup.c, command.c, spawn.c, script.c --- */

enum found { FOUND_NOTHING, FOUND_FUNCTION, FOUND_BUILTIN, FOUND_APPLET, FOUND_SHELL, FOUND_FILE };

struct lookup {
	enum found kind;
	const struct function *function;
	const struct builtin *builtin;
	const struct applet *applet;
	enum shell_dialect dialect; /* SHELL, and FILE that is a shell script */
	struct str path;     /* FILE: absolute or as written; also where an applet stands in for */
	const char *reason;  /* FILE: why a process */
	bool other_sh;	     /* FILE: a sh, or its script, where that is another shell than dash */
	int error;	     /* NOTHING: errno */
	bool script;	     /* FILE: to be read by ourselves */
	bool text;	     /* FILE: no program of the kernel's, it seems */
	struct str argument; /* of its #! line; may be empty */
};

void lookup_command(struct shell *sh, struct str name, bool with_builtins, struct lookup *out);
/*
 * Does PATH lie where tools are installed, so that the applet of its name stands for it, there or
 * not; is it where a kernel builds its dtc, so that one that is there may be stood for?
 */
bool lookup_in_bin(struct str path);
bool lookup_in_kernel(struct str path);
/* dash remembers where it found a command (PATH; empty: not told), until PATH changes; `type`
 * tells. */
void lookup_track(struct shell *sh, struct str name, struct str path);
/* What dash's `hash` shows of that. */
void lookup_list(struct shell *sh, struct buf *out);
bool lookup_tracked(const struct shell *sh, struct str name);
/* Where dash found NAME: it does not look into the folders before that again, but behind a cd.
 * Unset: into all. */
struct str lookup_remembered(struct shell *sh, struct str name);
void lookup_forget(struct shell *sh);
/* PATH, or what `command -p` takes instead. */
struct str lookup_folders(struct shell *sh);
/* Where NAME is on PATH, in tmp; unset when nowhere. */
struct str lookup_path(struct shell *sh, struct str name, struct str path, int *error);
/*
 * The first file of NAME on PATH that is there, though it may not be run; NAME when there is none.
 */
struct str lookup_unusable(struct shell *sh, struct str name);
/* Run what LOOKUP found (not functions and builtins); the status. */
int command_run(struct shell *sh, const struct lookup *l, const struct str *argv, size_t argc);
void command_missing(struct shell *sh, struct str name, const struct lookup *l);
/* The same of what was to run without a shell, in the words of who called. */
void plain_missing(struct shell *sh, struct str name, int error);
/* sh FILE, sh -c TEXT: in process where possible. */
int script_command(struct shell *sh, const struct lookup *l, const struct str *argv, size_t argc);
/* Interpret the file L found, in process; the status, or negative: it must be a process, for *WHY,
 * which is in SH's memory of the command. */
int script_file(struct shell *sh, const struct lookup *l, const struct str *argv, size_t argc,
		const char **why);

/* Start PATH with the environment's descriptors and wait; the status. */
int spawn_run(struct shell *sh, enum shell_rung rung, struct str path, const struct str *argv,
	      size_t argc, const char *reason);
/* As the shells say it: the command WHAT died of the session's signal. */
void spawn_died(struct shell *sh, struct str what);
/* bash: the last stage of the pipeline N did; ENDS and STATUS are those of all. */
void pipeline_died(struct shell *sh, const struct node *n, const struct running *ends,
		   const int *status);
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
