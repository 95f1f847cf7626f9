/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef AUDIT_INTERNAL_H
#define AUDIT_INTERNAL_H

#include "audit/audit.h"
#include "image/device_dts.h"

/* What a rule's check works on: one subtarget. */
struct audit {
	struct arena *mem;
	const struct audit_options *options;
	const struct target *target;
	const struct model *model;
	const struct rule *rule; /* that is running */
	struct findings *found;
	/* what was found already, by all that makes two findings the same */
	struct map *known;
	/* of the image Makefile, absolute; audit_place makes "target/linux/ath79/image" of it */
	struct str folder;
	struct map *files;	/* name -> struct strs *: lines of files that were asked for */
	struct map *written;	/* where a setting was written -> struct written * */
	struct dts_cache *sources; /* of device trees */
	struct map *commands;	/* a chain's address -> struct recipe_commands * */
	struct map *device_dts;	/* device -> struct device_dtses *: what was asked for */
	struct strs texts;	/* of the tree's Makefiles, once they were asked for */
};

/*
 * Something of D (NULL: of the target) at AT is wrong; FMT says what, one line without a full stop.
 * The finding, new or the one that says the same of another device, to which severity, instead and
 * a fix may be added.
 */
struct finding *audit_say(struct audit *a, const struct make_span *at, const struct device_model *d,
			  const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The same at a place. */
struct finding *audit_say_at(struct audit *a, struct place at, const struct device_model *d,
			     const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/*
 * The same of the chain C: its name stands before what FMT says, which begins with a blank or a
 * colon. What is said of one text is one finding, with the name of the first chain that takes it
 * in (KERNEL of KERNEL and KERNEL_INITRAMFS, which is $(KERNEL) where nobody sets it).
 */
struct finding *audit_say_of(struct audit *a, const struct make_span *at,
			     const struct device_model *d, const struct chain *c, const char *fmt,
			     ...) __attribute__((format(printf, 5, 6)));
/* F rests on the line AT (line 0: on all of the file), besides its place, the calls that led there
 * and the blocks of its devices. */
void audit_rests(struct audit *a, struct finding *f, struct place at);
/* F concerns D, too. */
void audit_concerns(struct audit *a, struct finding *f, const struct device_model *d);
/*
 * Fixes that a machine can make, of the line that AT (below the tree) names. Where the line is not
 * what it must be for that, F gets none.
 */
/* OLD, which stands once in it, becomes NEW. */
void audit_fix_text(struct audit *a, struct finding *f, struct place at, struct str old,
		    struct str new);
/*
 * WORD, which stands once in it, goes away; the whole line, where it only adds that word to a list.
 */
void audit_fix_word(struct audit *a, struct finding *f, struct place at, struct str word);
/* It goes away, where it is no part of a longer one. */
void audit_fix_drop(struct audit *a, struct finding *f, struct place at);
/* The list that S, an assignment, sets or adds to gets WORD, too. */
void audit_fix_add(struct audit *a, struct finding *f, const struct setting *s, struct str word);
/* The line that AT (below the tree) names, without its newline; unset: there is none. */
struct str audit_line(struct audit *a, struct place at);
/* The lines of FILE (below the tree). */
const struct strs *audit_lines(struct audit *a, struct str file);
/* The lines of TEXT without their newlines, and without a CR before these, as make reads them. */
struct strs audit_split(struct arena *mem, struct str text);
/* The text of FILE (below the tree), in MEM; empty when there is none. */
struct str audit_file(const struct tree *tree, struct arena *mem, struct str file);
/* AT as findings have it: below the tree. */
struct place audit_place(struct audit *a, struct place at);
/* The file of that alone: its line need not be counted. */
struct str audit_file_at(struct audit *a, const struct make_span *at);
/*
 * What a rule leaves aside: text that a person of another project, or a macro of image.mk, wrote.
 */
bool audit_of_tree(struct audit *a, const struct make_span *at);

/* The device tree sources that D names. */
const struct device_dtses *audit_dts(struct audit *a, const struct device_model *d);
/* A PLACE in one, as findings have it, in MEM. */
struct place audit_dts_place(struct audit *a, struct place at);
/* F rests on what the source D has at AT, which may be in a file that it includes. */
void audit_rests_dts(struct audit *a, struct finding *f, const struct device_dts *d,
		     struct place at);
/* CHECK each word of each device's DEVICE_PACKAGES, which S sets; WORDS: all of them. */
void audit_each_package(struct audit *a,
			void (*check)(struct audit *a, const struct device_model *d,
				      const struct setting *s, const struct strs *words,
				      struct str word));
/* D's settings, by their place in its block. */
static inline const struct setting *audit_setting(const struct audit *a,
						  const struct device_model *d, size_t i)
{
	return a->model->settings.p[d->first + i];
}
/*
 * Is S one of D's block, the tree's own doing aside: Device/Init and what image.mk sets for itself?
 */
bool audit_is_own(struct audit *a, const struct device_model *d, const struct setting *s);
/* The words of TEXT. */
struct strs audit_words(struct audit *a, struct str text);
/* The target's device called ID; NULL: there is none. */
const struct device_model *audit_device(const struct audit *a, struct str id);

/* --- chains.c --- */

/* CHECK each chain of each device. */
void audit_each_chain(struct audit *a, void (*check)(struct audit *a, const struct device_model *d,
						     const struct chain *c));
/* CHECK each step of each chain of each device; its index in the chain is S - C->steps.p. */
void audit_each_step(struct audit *a,
		     void (*check)(struct audit *a, const struct device_model *d,
				   const struct chain *c, const struct chain_step *s));
/* CHECK each variable that D's recipes read, once, with the first chain that does. */
void audit_each_read(struct audit *a, const struct device_model *d,
		     void (*check)(struct audit *a, const struct device_model *d,
				   const struct chain *c, struct str name, void *ctx),
		     void *ctx);
/* Is NAME, a variable of a device, read by its recipes? The first chain that does, or NULL. */
const struct chain *audit_reader(const struct device_model *d, struct str name);
/* "IMAGE/sysupgrade.bin", "KERNEL": how people call C. */
struct str audit_chain_name(const struct chain *c);
/* The index of COMMAND in C, from FROM on; -1: it is not there. */
ptrdiff_t audit_step_at(const struct chain *c, const char *command, size_t from);
/* Does COMMAND append what is written to the flash: a kernel, a root file system? */
bool audit_appends_data(struct str command);

/* --- boot_files.c: what packages make for image recipes --- */

/* Add to P what TEXT, a package's Makefile, puts into $(STAGING_DIR_IMAGE). */
void boot_files_read(struct packages *p, struct arena *mem, struct str text);
/* Does a package make the file NAME? *SUCH: some make files whose names end so. */
bool boot_files_make(const struct packages *p, struct str name, bool *such);

/* --- written.c: what a person wrote --- */

struct written {
	struct place at;	/* below the tree; its first line */
	unsigned last;		/* the last line of it */
	/* "X", "+=", the rest with what backslashes continue; OP empty: no assignment (define,
	 * eval) */
	struct str name, op, value;
	/* names that VALUE refers to when the block is read: $$(X) in a define */
	struct strs reads;
};
/* The assignment that made S. Never NULL. */
const struct written *audit_written(struct audit *a, const struct setting *s);
/* S, or the one before it that S adds to, whose assignment names WORD; S: none does. */
const struct setting *audit_bringer(struct audit *a, const struct setting *s, struct str word);
/* A line that sets a variable, and whether one of the devices that take it in needs it: what a rule
 * says of it holds for all of them. */
struct own_line {
	const struct setting *s; /* of the first device */
	const struct device_model *d;
	bool needed;
};

struct own_lines {
	/*
	 * "FILE:LINE" -> own_line; a written is not one for a line: names may be in several places
	 */
	struct map *known;
	struct own_line **p;	/* in the order in which they were met */
	size_t n, cap;
};
/* The line of S, a setting of D's, in ALL, which begins as all zeroes; a new one is not needed. */
struct own_line *audit_own_line(struct audit *a, struct own_lines *all,
				const struct device_model *d, const struct setting *s);
/* Is S written in a text that the target's other subtargets may take in, too: the Makefile,
 * common-x.mk? */
bool audit_is_shared(struct audit *a, const struct setting *s);
/* Does the text of D's block, or of one that it takes in, assign to NAME, in an arm of a
 * conditional that was not read, too? */
bool audit_block_sets(struct audit *a, const struct device_model *d, struct str name);
/* Does a line of TEXT assign to NAME? */
bool audit_text_sets(struct str text, struct str name);
/* Do the lines FROM to TO, both included, of FILE hold a conditional's word (ifeq, else, endif
 * ...)? */
bool audit_has_conditional(struct audit *a, struct str file, unsigned from, unsigned to);
/* The lines of the conditionals, ifeq and so on, that the line AT is in, outermost first; behind
 * else its line. */
struct strs audit_conditionals(struct audit *a, struct place at);
/* The line of the endef of the define that begins at AT; AT's, when there is none. make joins
 * continued lines of its body. */
unsigned audit_define_end(struct audit *a, struct place at);
/* Edit distance of X and Y, or MOST + 1 when it is more than MOST (at most 8). */
unsigned audit_distance(struct str x, struct str y, unsigned most);

/* A letter of a variable's name. */
static inline bool audit_is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* --- mentions.c: all Makefiles of the target and of include/, as text --- */

/*
 * Does a text of the tree's image Makefiles or of include/ refer to NAME? Assignments to it, its
 * place in DEVICE_VARS and comments do not count.
 */
bool audit_refers(struct audit *a, struct str name);
/* Does a text of them assign to NAME? */
bool audit_sets(struct audit *a, struct str name);
/* May a text of them put NAME together: "size_$(1)" for size_small, "$(1)_OPTS" for UBI_OPTS? */
bool audit_makes_up(struct audit *a, struct str name);
/* Is there NEEDLE in the target's image Makefiles, comments included, with no letter of a name
 * right behind it? */
bool audit_mentions(struct audit *a, struct str needle);
/* Does an assignment to LIST, a commented one as well, name WORD, in any of the target's image
 * Makefiles? */
bool audit_lists(struct audit *a, struct str list, struct str word);
/* Does a text of them name the command COMMAND, a Build/ define's, other than in its define? */
bool audit_calls(struct audit *a, struct str command);

/* --- recipe.c: what a chain's recipe does --- */

struct recipe_word {
	struct str text;	/* without quotes; what the shell expands is as it was written */
	size_t at;		/* in the recipe's text */
};

struct recipe_words {
	struct recipe_word *p;
	size_t n, cap;
};

/* A simple command: "tar -cf $@.new x > log". */
struct recipe_command {
	struct recipe_words words; /* its name first; may be none */
	struct recipe_words writes; /* where > and >> go to */
	bool piped;		/* what it prints goes into the next command */
	bool reads_input;	/* has a < */
	char after;		/* what ends it: '\n', ';', '&', '|', 'o' (||), ')' ... */
	size_t end;		/* behind it */
	struct recipe_words files; /* recipe_written; recipe_commands fills it */
};
/* The next command of TEXT from *AT on; false: there is none. */
bool recipe_next(struct audit *a, struct str text, size_t *at, struct recipe_command *c);
/* Its name, without a folder. */
struct str recipe_name(const struct recipe_command *c);
/* Has it an option of LETTER (0: none), in a cluster, too, or one that begins with --NAME (NULL:
 * none)? */
bool recipe_option(const struct recipe_command *c, char letter, const char *name);
/* The files that C writes, changes or takes away, as far as that is known of such commands; this
 * and the next in recipe_writes.c. */
struct recipe_words recipe_written(struct audit *a, const struct recipe_command *c);
/* All commands of C's recipe, with what each writes; taken apart once for all rules. */
struct recipe_commands {
	struct recipe_command *p;
	size_t n, cap;
};
const struct recipe_commands *recipe_commands(struct audit *a, const struct chain *c);
/* Where a person wrote what is at byte AT of TEXT, or, where that came from a variable of rules.mk,
 * the next that is the tree's. */
bool recipe_span(struct audit *a, const struct make_text *text, size_t at, struct make_span *out);
/* The text of the line AT, with those that backslashes join to it. */
struct str recipe_source(struct audit *a, const struct make_span *at);

/* The device whose block made S; NULL: none. */
const struct device_model *audit_setter(const struct audit *a, const struct setting *s);

#endif
