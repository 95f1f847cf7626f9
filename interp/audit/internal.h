/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef AUDIT_INTERNAL_H
#define AUDIT_INTERNAL_H

#include "audit/audit.h"

/* What a rule's check works on: one subtarget. */
struct audit {
	struct arena *mem;
	const struct audit_options *options;
	const struct target *target;
	const struct model *model;
	const struct rule *rule; /* that is running */
	struct findings *found;
	struct map *known;	/* what was found already, by all that makes two findings the same */
	struct str folder;	/* of the image Makefile, below the tree: "target/linux/ath79/image" */
};

/*
 * Something of D (NULL: of the target) at AT is wrong; FMT says what, one line without a full stop. The finding, new or
 * the one that says the same of another device, to which severity, instead and a fix may be added.
 */
struct finding *audit_say(struct audit *a, const struct make_span *at, const struct device_model *d, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* The same at a place. */
struct finding *audit_say_at(struct audit *a, struct place at, const struct device_model *d, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* F concerns D, too. */
void audit_concerns(struct audit *a, struct finding *f, const struct device_model *d);
/* The line that F names is to become FMT: a fix that a machine can make. */
void audit_fix(struct audit *a, struct finding *f, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The line that AT (below the tree) names, without its newline; unset: there is none. */
struct str audit_line(struct audit *a, struct place at);
/* The text of FILE (below the tree), in MEM; empty when there is none. */
struct str audit_file(const struct tree *tree, struct arena *mem, struct str file);
/* AT as findings have it: below the tree. */
struct place audit_place(struct audit *a, struct place at);
/* What a rule leaves aside: text that a person of another project, or a macro of image.mk, wrote. */
bool audit_of_tree(struct audit *a, const struct make_span *at);

/* Is NAME, a variable of a device, read by its recipes? The first chain that does, or NULL. */
const struct chain *audit_reader(const struct device_model *d, struct str name);
/* "IMAGE/sysupgrade.bin", "KERNEL": how people call C. */
struct str audit_chain_name(const struct chain *c);
/* The device whose block made S; NULL: none. */
const struct device_model *audit_setter(const struct audit *a, const struct setting *s);

#endif
