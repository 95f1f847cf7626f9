/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_GRAPH_H
#define MAKE_GRAPH_H

#include "make/internal.h"

/* What the graph's files share: the table of files, the pattern rules, the visit of the graph. */

/* A modification time: nanoseconds since 1970 above STAMP_FIRST, or one of these. */
typedef uint64_t stamp;
#define STAMP_UNKNOWN ((stamp)0) /* not looked at yet */
#define STAMP_NONE    ((stamp)1) /* the file is not there */
#define STAMP_OLD     ((stamp)2) /* -o */
#define STAMP_FIRST   ((stamp)3)
#define STAMP_NEW     UINT64_MAX /* -W; made without a look at the disk */

enum file_state { STATE_NOT_STARTED, STATE_DEPS_RUNNING, STATE_RUNNING, STATE_FINISHED };
/* Ordered: the worse wins. */
enum outcome { OUTCOME_SUCCESS, OUTCOME_NONE, OUTCOME_QUESTION, OUTCOME_FAILED };

enum { LINE_SILENT = 1, LINE_IGNORE = 2, LINE_ALWAYS = 4 };

/* A rule's recipe as the graph keeps it: shared by all its targets. */
struct commands {
	const struct recipe *recipe;
	bool builtin;
	bool chopped;		/* lines and flags are there */
	bool any_always;	/* a line has LINE_ALWAYS */
	struct make_text *lines;/* unexpanded; one for .ONESHELL */
	unsigned char *flags;
	size_t n;
};

struct file;

struct dep {
	struct dep *next;
	struct file *file;	/* NULL: only a name so far */
	struct str name;	/* unset once file is there; text to expand with second_expansion */
	const struct str *stem;	/* of the static pattern rule it comes from, or NULL */
	bool order_only : 1;
	bool changed : 1;	/* newer than its target, or made in this run */
	bool second_expansion : 1, static_pattern : 1;
	bool no_auto : 1;	/* from .EXTRA_PREREQS: not in automatic variables */
	bool terminal : 1;	/* found by a terminal rule: no implicit search for it */
};

struct file {
	struct str name, hname;	/* hname: where VPATH found it, the table's key */
	struct dep *deps, *deps_tail;
	struct commands *cmds;
	struct str stem;	/* unset: none */
	struct dep *also_make;
	struct file *double_colon; /* first of the double-colon entries, or NULL */
	struct file *prev, *last;  /* next entry; LAST valid in the first one */
	struct file *renamed;	/* merged into that one */
	struct file *parent;	/* whose prerequisite it was considered as last */
	struct var_set *vars, *pattern_vars;
	stamp mtime, mtime_before;
	unsigned considered;	/* pass of the last visit */
	unsigned char line_flags;
	enum outcome outcome : 8;
	enum file_state state : 8;
	bool is_target : 1, is_goal : 1, phony : 1, precious : 1, intermediate : 1, secondary : 1,
	    low_resolution : 1;
	bool updating : 1, updated : 1, tried_implicit : 1, dontcare : 1, no_diag : 1,
	    ignore_vpath : 1, builtin : 1;
	bool pattern_vars_searched : 1;
	bool second : 1;	/* its prerequisites were expanded a second time */
	bool kept : 1;		/* its recipe was left out: as new as if it had run */
};

struct pattern_target {
	struct str text;	/* with its % */
	size_t percent;		/* index of the % */
	bool slash;
};

struct pattern_rule {
	struct pattern_target *targets;
	size_t n;
	struct dep *deps;
	struct commands *cmds;
	bool terminal, in_use;
};

struct pattern_var {
	struct str target, name;
	size_t percent, number;
	enum assign kind;
	struct make_text value;
	enum var_origin origin;
	/* the latter: of what the command line gave instead, for -p */
	bool is_private, recursive;
	enum var_export export;
	struct place at;
	struct make_span written;
};

struct vpath {
	struct str pattern;
	ptrdiff_t percent;	/* -1: no % */
	struct strs dirs;
};

/* A makefile that was read or looked for; or a goal. */
struct goal {
	struct file *file;
	unsigned flags;		/* READ_* */
	bool included;
	int error;
	struct place at;
	bool changed, done;
};

struct folder;
struct jobs;

struct graph {
	struct map *files;	/* hname -> first struct file * */
	struct file *default_file, *suffixes;
	VEC(struct pattern_rule *) rules;
	VEC(struct pattern_var *) pattern_vars; /* see rules_order_pattern_vars */
	bool pattern_vars_ordered;
	VEC(struct vpath) vpaths;	/* latest first once built */
	struct vpath *general_vpath, *gpath;
	VEC(struct goal) makefiles, goals;
	struct map *folders, *folder_numbers; /* name, number -> struct folder *: what was listed */
	bool snapped, all_secondary, not_parallel;
	bool remaking_makefiles;
	unsigned considered, commands_started;
	struct goal *goal;	/* being updated */
	bool skew_seen;
	bool updating_makefiles;
	bool makefiles_known;	/* all that are to be remade have been read */
	stamp now;		/* latest look at the clock */
	int cwd;		/* descriptor of mk->cwd */
	VEC(struct arena *) pool, pool_free; /* scratch arenas: all, and those not in use */
	struct jobs *jobs;
};

/* --- pool.c --- */
/* What A cannot get ends the evaluation in GNU make's words, when it is the evaluation's thread
 * that asks. */
void pool_watch(struct make *mk, struct arena *a);
/* An empty arena, to be given back; those in use at a fatal error are freed by pool_end. Main
 * thread only. */
struct arena *pool_take(struct make *mk);
void pool_give(struct make *mk, struct arena *a);
void pool_end(struct make *mk);

/* --- files.c --- */
struct file *file_lookup(struct make *mk, struct str name);
/* Find or make; a new entry behind double-colon ones. */
struct file *file_enter(struct make *mk, struct str name);
/* Find or make, never a new double-colon entry. */
struct file *file_get(struct make *mk, struct str name);
/* The same of a name that stays as long as the evaluation. */
struct file *file_enter_kept(struct make *mk, struct str name);
struct file *file_get_kept(struct make *mk, struct str name);
/* FROM was found elsewhere: known as TO from now on (merged when TO exists). */
void file_rehash(struct make *mk, struct file *from, struct str to);
void file_rename(struct make *mk, struct file *from, struct str to);
static inline struct file *file_real(struct file *f)
{
	while (f->renamed)
		f = f->renamed;
	return f;
}
static inline struct str dep_name(const struct dep *d)
{
	return d->name.p ? d->name : d->file->name;
}
void file_set_state(struct file *f, enum file_state state);
void file_add_deps(struct file *f, struct dep *list, bool first);
struct dep *dep_new(struct make *mk);
/* TEXT ("a b | c") as a list of names. */
struct dep *deps_split(struct make *mk, struct str text);
/* Make LIST point at files, % replaced by STEM unless that is NULL; STEM stays. */
struct dep *deps_enter(struct make *mk, struct dep *list, const struct str *stem);
struct dep *deps_copy(struct make *mk, const struct dep *list);

/* --- order.c --- */
/* All first entries of the table in the order in which GNU make 4.3 goes through its own. */
struct file **files_in_table_order(struct make *mk, struct arena *mem, size_t *n);

/* --- percent.c --- */
/* Index of the first % that no backslash quotes, -1: none. *TEXT loses the quoting backslashes. */
ptrdiff_t percent_find(struct arena *mem, struct str *text);
bool percent_match(struct str pattern, ptrdiff_t percent, struct str name);
/* PATTERN with STEM for its %. */
struct str percent_put(struct arena *mem, struct str pattern, size_t percent, struct str stem);
/* TEXT, of which each word that matches PATTERN becomes WITH, which has a % too, as $(patsubst)
 * does it. So static pattern rules take a name with blanks. */
struct str percent_words(struct arena *mem, struct str text, struct str pattern, size_t percent,
			 struct str with, size_t with_percent);

/* --- patterns.c --- */
void pattern_add(struct make *mk, struct pattern_rule *rule, bool override);
void patterns_from_suffixes(struct make *mk);
void patterns_extra_prereqs(struct make *mk);

/* --- builtin.c --- */
void builtin_suffixes(struct make *mk);	/* .SUFFIXES and the suffix rules */
void builtin_patterns(struct make *mk);
void builtin_variables(struct make *mk);
void builtin_variables_drop(struct make *mk); /* -R came late */
struct commands *builtin_recipe(struct make *mk, const char *lines);

/* --- special.c --- */
void graph_snap(struct make *mk);	/* special targets, second expansion */

/* --- implicit.c --- */
bool implicit_search(struct make *mk, struct file *f, unsigned depth);

/* --- scope.c --- */
void scope_init(struct make *mk, struct file *f, bool reading);
void scope_automatic(struct make *mk, struct file *f);
/* What scope_automatic set is needed no more, except by -p. */
void scope_leave(struct make *mk, struct file *f);
struct str expand_for(struct make *mk, struct arena *mem, struct str text, struct file *f);

/* --- mtime.c --- */
stamp file_mtime(struct make *mk, struct file *f);	/* cached, along VPATH */
stamp file_mtime_no_search(struct make *mk, struct file *f);
stamp file_mtime_again(struct make *mk, struct file *f, bool search);
stamp name_mtime(struct make *mk, struct str name);
stamp stamp_of(int64_t seconds, long ns);
bool name_touch(struct make *mk, struct str name);

/* --- folder.c --- */
/* by cached listings; members of archives too */
bool name_exists(struct make *mk, struct str name);
bool name_is_listed(struct make *mk, struct str name); /* NAME taken as it stands */
/* From now on the folder DIR is what it is: names in one that is not there are never found. */
void name_keep_folder(struct make *mk, struct str dir);
/* Has it been found that no implicit rule makes NAME? Kept with its folder, whatever that is
 * called. */
bool name_is_impossible(struct make *mk, struct str name);
void name_set_impossible(struct make *mk, struct str name);

/* --- archive.c --- */
/* The member's date, or -1. */
int64_t archive_date(struct make *mk, struct str archive, struct str member);
bool archive_touch(struct make *mk, struct str archive, struct str member);

/* --- vpath.c --- */
void vpath_build(struct make *mk);
/* NAME found along vpath, or unset; *MTIME (may be NULL) its time or STAMP_UNKNOWN. */
struct str vpath_search(struct make *mk, struct str name, stamp *mtime, unsigned *list,
			unsigned *dir);
bool vpath_in_gpath(struct make *mk, struct str dir);
struct str library_search(struct make *mk, struct str name, stamp *mtime);

/* --- update.c, consider.c --- */
enum outcome graph_update(struct make *mk, struct goal *goals, size_t n);
enum outcome update_file(struct make *mk, struct file *f, unsigned depth);
enum outcome consider_file(struct make *mk, struct file *f, unsigned depth);
/* CALLED: what -d calls the recipe of .DEFAULT. */
void find_recipe(struct make *mk, struct file *f, unsigned depth, const char *called);
void complain(struct make *mk, struct file *f);
/* Stop when prerequisites of prerequisites go so deep that the stack is about to end; F: where that
 * is. */
void check_depth(struct make *mk, const struct file *f);
/* The included makefile that failed: why it could not be read in the first place. */
void goal_error(struct make *mk);
/* The makefile being remade, while its missing has still to be told; else NULL. */
struct goal *goal_in_error(struct make *mk);
/* F's recipe is over (or needed not run): see its time again, tell its group. */
void file_finished(struct make *mk, struct file *f);

/* --- print.c --- */
void print_data_base(struct make *mk);
void print_version(struct make *mk);

#endif
