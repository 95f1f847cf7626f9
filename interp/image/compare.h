/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_COMPARE_H
#define IMAGE_COMPARE_H

#include "image/model.h"

/*
 * What a device is, as plain data that outlives the evaluation, and what two evaluations of it
 * differ in: values of its variables, commands of its chains, what their recipes come out as,
 * packages, images, device tree sources.
 */

enum fact_kind {
	FACT_TITLE,
	FACT_VALUE,
	FACT_COMMAND,
	FACT_PACKAGES,
	FACT_DTS,
	FACT_IMAGE,
	FACT_RECIPE
};

/* A step of how a value came about. */
struct fact_step {
	struct str value;	/* as it was then */
	struct place at;	/* below the tree */
	struct str block;	/* "Device/tplink"; empty: none */
};

struct fact {
	enum fact_kind kind;
	/* "IMAGE_SIZE", "Build/pad-to", "IMAGE/sysupgrade.bin squashfs"; empty where the kind says
	 * all */
	struct str name;
	struct str value;	/* the tree's path is $(TOPDIR) in it */
	/* set for all devices: that only one recipe refers to it says nothing */
	bool common;
	/* the first one first; of VALUE, COMMAND, DTS (a file each, whose VALUE is its digest) */
	VEC(struct fact_step) steps;
};

struct device_facts {
	struct str id;
	VEC(struct fact) facts;	/* by kind and name */
};

struct target_facts {
	struct str name;	/* "ath79/generic" */
	VEC(struct device_facts) devices; /* by id */
};

/* T's devices, in T's memory. While its model is open. TREE: the tree's folder, absolute. */
struct target_facts *facts_take(const struct target *t, struct str tree);

struct fact_change {
	const struct fact *old, *new; /* NULL: not there */
	/* the step that changed or came, or that went; NULL: it follows from others */
	const struct fact_step *cause;
	bool bytes;		/* images come out otherwise, or may */
};

struct device_change {
	struct str target, id;
	bool added, removed;
	VEC(struct fact_change) changes;
	bool bytes;		/* one of them has it */
	bool noted;		/* for who prints */
};

struct device_changes {
	struct device_change *p;
	size_t n, cap;
};

/* What became of the devices of OLD, any of which may be NULL, in NEW; behind what is in OUT. IDS:
 * these only, unless there are none. */
void facts_compare(struct arena *mem, const struct target_facts *old,
		   const struct target_facts *new, const struct strs *ids,
		   struct device_changes *out);
const char *fact_kind_name(enum fact_kind kind);

#endif
