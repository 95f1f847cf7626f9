/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include "image/model.h"

/*
 * Mistakes in device Makefiles, found on what the evaluator met (image/model.h). A rule is a file
 * with a row; what it finds is a struct finding. Rules see one subtarget at a time; what they find
 * in several of a tree is one finding.
 */

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

struct audit;

/* One rule: NAME.c holds its text, its work and, last, its row. */
struct rule {
	const char *id;		/* "leaked-value"; for people, waivers, --only */
	enum severity severity;	/* of most of its findings */
	const char *finds;	/* one sentence: what is found */
	const char *why;	/* why it matters: one paragraph */
	const char *bad, *good;	/* an example, as make text, and what to write instead */
	/* OpenWrt commits that fixed such: "HASH what", a line each; facts only */
	const char *history;
	bool packages;		/* it looks at audit_options.packages */
	void (*check)(struct audit *a);
};

extern const struct rule *const rule_rows[]; /* NULL at the end */
/* The rule called ID, or NULL. */
const struct rule *rule_find(struct str id);
const char *severity_name(enum severity s);

/* A call that led to a finding's place. */
struct finding_step {
	struct str what;	/* "call Device/tplink" */
	struct place at;
};

/* Lines FROM to TO of FILE, both included; TO 0: all of it. */
struct stretch {
	struct str file;	/* below the tree */
	unsigned from, to;
	/* of a finding: whose block, or the way to it; unset: all of it rests on that */
	struct str device;
};

/* A change of one line that a machine can make. */
struct fix {
	struct place at;	/* the line, below the tree; no file: there is no such change */
	struct str line;	/* as it is now */
	/* it goes away; else N bytes of it, from byte FROM on, become TEXT */
	bool drop;
	size_t from, n;
	struct str text;
};

struct finding {
	const struct rule *rule;
	enum severity severity;
	/*
	 * where a person wrote it; below the tree where it is there; line 0: the whole file or none
	 */
	struct place at;
	VEC(struct finding_step) steps; /* innermost first */
	struct str message;	/* one line, with the values */
	struct str instead;	/* what to write; empty: nothing that could be said */
	struct strs targets;	/* "ath79/generic" */
	struct strs devices;	/* whom it concerns; empty: the target */
	struct fix fix;
	/* on what it rests besides: blocks of its devices, ways to it; where audit_options.rests
	 * asks */
	VEC(struct stretch) rests;
};

struct findings {
	struct finding **p;
	size_t n, cap;
};

/* Packages whose names a define puts together: "Package/ipq-wifi-$(1)". */
struct package_family {
	struct str prefix;	/* "ipq-wifi-" */
	struct str text;	/* of the file, with what is put in */
};

/* Files that a package puts into $(STAGING_DIR_IMAGE): PREFIX, one of NAMES, SUFFIX. */
struct boot_file {
	struct str prefix, suffix;
	bool open;		/* SUFFIX is only how the end begins */
	struct strs names;	/* variants, or devices */
};

/* The packages that a tree defines. */
struct packages {
	struct map *names;	/* all that are written out */
	struct strs list;	/* the same */
	VEC(struct package_family) families;
	VEC(struct boot_file) boot_files;
};
/* Those of the tree at the path TREE, in MEM. */
struct packages *packages_read(struct arena *mem, struct str tree);

struct audit_options {
	const struct tree *tree;
	const struct packages *packages; /* NULL: no rule that runs needs them */
	struct strs only, skip;	/* ids of rules; ONLY empty: all */
	bool rests;		/* fill finding.rests */
};

/* Does a rule that O lets run look at packages? */
bool audit_wants_packages(const struct audit_options *o);
/* What is wrong in T, whose model is open. All in T's memory. */
struct findings *audit_target(const struct audit_options *o, const struct target *t);
/* Add FROM to ALL (in MEM): what is the same but for targets and devices becomes one. */
void findings_add(struct findings *all, struct arena *mem, const struct findings *from);
/* By file, line, rule, message. */
void findings_sort(struct findings *all);
/* Leave out what a comment in a Makefile of TREE allows; how many those were. */
size_t findings_waive(struct findings *all, struct arena *mem, const struct tree *tree);

/* Leave out what JSON, from findings_json, has, on whatever line; false: it is none such, nothing
 * was done. */
bool findings_baseline(struct findings *all, struct arena *mem, struct str json);

/* How files differ from what they were. */
struct changes;
struct changes *changes_new(struct arena *mem);
/* FILE (below the tree) was OLD (unset: not there) and is NOW. Both must last. */
void changes_add(struct changes *c, struct str file, struct str old, struct str now);
/* The files that ALL rest on. */
struct strs findings_files(const struct findings *all, struct arena *mem);
/* Keep what rests on a line of C's files that is new, or beside which one is gone. */
void findings_since(struct findings *all, const struct changes *c);

/* As text for people, a paragraph each; COLOUR: for a terminal. */
void findings_text(const struct findings *all, bool colour, struct buf *out);
/* As workflow commands of GitHub: an annotation each. */
void findings_github(const struct findings *all, struct buf *out);
/* audit_version 1; see imagemk(1). */
void findings_json(const struct findings *all, struct str tree, struct buf *out);
/* As a table in Markdown, for a summary or a comment. */
void findings_markdown(const struct findings *all, struct buf *out);
/* One HTML page that needs nothing else. */
void findings_html(const struct findings *all, struct str tree, struct buf *out);
/* SARIF 2.1.0. */
void findings_sarif(const struct findings *all, struct buf *out);
/*
 * A unified diff, for git apply and patch -p1 in TREE, of what machines can fix. How many findings
 * it mends; *LEFT: how many it does not because they change the same bytes as another.
 */
size_t findings_patch(const struct findings *all, struct arena *mem, const struct tree *tree,
		      struct buf *out, size_t *left);
/* What --explain prints of RULE. */
void rule_text(const struct rule *rule, struct buf *out);
/* All rules as docs/audit.md. */
void rules_markdown(struct buf *out);

#endif
