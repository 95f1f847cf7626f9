/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_MODEL_H
#define IMAGE_MODEL_H

#include "base/map.h"
#include "image/devices.h"

/*
 * What evaluating a subtarget's image Makefile tells of each device beyond what a listing shows:
 * every value, where a person wrote it and which calls led there, what it replaced, whose block set
 * it, and what the device's recipes read. Everything is as the evaluator met it, in sequence;
 * nothing is guessed from text. A model is filled while target_read evaluates, and keeps the
 * evaluation open: its spans and make_expand work until target_free.
 */

enum { NO_DEVICE = -1 };

/* An assignment, define or eval that gave variable NAME a value. */
struct setting {
	struct str name, value;	/* VALUE unexpanded, when RECURSIVE */
	struct make_span at;	/* where a person wrote it, and how evaluation got there */
	const struct setting *before; /* what NAME was until then; NULL: undefined */
	int device;		/* in whose block; NO_DEVICE: at the level of files */
	bool recursive;
	bool initial;		/* by Device/Init, Device/InitProfile */
};

enum chain_kind { CHAIN_KERNEL, CHAIN_INITRAMFS, CHAIN_IMAGE, CHAIN_ARTIFACT, CHAIN_COMPILE };

/* One step of a chain: "pad-to 64k". */
struct chain_step {
	struct str command;	/* "pad-to" */
	struct str args;	/* as the recipe sees them */
	struct make_span at;	/* where the step was written */
	bool defined;		/* there is a Build/COMMAND */
	/* its lines, as the chain's; set where model.only names the device, or model.recipes */
	struct str recipe;
};

struct chain {
	enum chain_kind kind;
	struct str image;	/* "sysupgrade.bin"; empty for a kernel */
	struct str filesystem;	/* of IMAGE; may be empty */
	struct str variable;	/* "IMAGE/sysupgrade.bin": whose value it is */
	const struct setting *setting; /* that value; NULL: the variable is not set */
	VEC(struct chain_step) steps;
	/* the lines, expanded when the device's block ended; $@ is "$@", $^ "<kernel> <rootfs>" */
	struct make_text recipe;
	struct strs reads;	/* the variables that expanding them referred to, each once */
	bool failed;		/* RECIPE could not be expanded; the target's SAID has why */
};

struct device_model {
	struct str id;
	struct str block;	/* its own: "Device/ID", "LegacyDevice/ID" */
	size_t index;		/* among the target's devices, and the model's */
	const struct setting *define; /* of BLOCK; NULL: there is none */
	size_t first, n;	/* its settings: model.settings[FIRST] and so on */
	const struct setting *const *values; /* what model_value looks at */
	size_t n_values;
	/* name -> struct str *: exported variables and lists, expanded at the end of the block */
	struct map *expanded;
	VEC(struct chain) chains;
	/* the blocks that it took in: "Device/Default", in order, without BLOCK */
	struct strs parents;
};

struct model {
	struct arena *mem;	/* its own: of all below, but the make and M itself */
	struct make *make;	/* kept open */
	bool recipes;		/* expand the recipe of each step of all devices, too */
	/* expand this device's values and chains only; empty: all devices' */
	struct str only;
	VEC(const struct setting *) settings; /* in order */
	VEC(struct device_model *) devices; /* those with a title, in order */
	struct map *exported;	/* names that are handed on to a device's targets */
	struct strs target_devices; /* TARGET_DEVICES */
	struct model_reader *reader;
};

/* The value of NAME when D's block had ended; NULL: undefined. */
const struct setting *model_value(const struct model *m, const struct device_model *d,
				  struct str name);
/* What it was before any device's block; NULL: undefined. */
const struct setting *model_base(const struct model *m, struct str name);
/* The last value of NAME, that of recipes where it is not handed on; NULL: undefined. */
const struct setting *model_last(const struct model *m, struct str name);
/* The names that blocks set, one after the other from *AT = 0 on: *S is what it was when D's block
 * had ended, or NULL. */
bool model_next(const struct model *m, const struct device_model *d, size_t *at,
		const struct setting **s);
/* NAME expanded for D, trimmed; unset: NAME is not among those that are. */
struct str model_expanded(const struct device_model *d, struct str name);
/* Is NAME handed on to the targets of each device? */
bool model_exports(const struct model *m, struct str name);
/* The innermost define in whose text S was written: "Device/tplink"; empty: none. */
struct str setting_block(const struct setting *s);

/* For target_read, which tells it of each setting. */
void model_begin(struct model *m);
void model_setting(struct model *m, struct str name, struct make_text value, bool recursive,
		   const struct make_span *at);
/* The block of ID has ended. Within the listener's call. */
void model_device_done(struct model *m, struct make *make, struct str id, bool legacy);
/* All is read. */
void model_done(struct model *m, struct make *make);

#endif
