/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_DEVICES_H
#define IMAGE_DEVICES_H

#include "base/vec.h"
#include "make/make.h"

/*
 * The devices of a tree, learnt by evaluating its Makefiles as its own dumps do (DUMP=1), without
 * running a recipe or writing a file. One struct target is one subtarget of one tree.
 */

struct device_title {
	struct str title;	/* as the tree puts it together */
	struct str vendor, model, variant; /* empty where the tree knows only a title */
};

struct device_image {
	struct str image;	/* "sysupgrade.bin" */
	struct str type;	/* "sysupgrade"; an artifact's name; "kernel" */
	struct str filesystem;	/* "squashfs", "initramfs"; empty: none in it */
	/* of the file in the folder of images; empty when the tree does not say */
	struct str name;
};

struct device {
	struct str id;
	VEC(struct device_title) titles; /* the device's own first, then alternatives */
	VEC(struct device_image) images; /* as in the Makefile, for each file system */
	struct strs packages;	/* "-NAME": taken off the defaults */
	struct strs supported;	/* SUPPORTED_DEVICES */
	bool broken;		/* BROKEN is set: not offered unless asked for */
	bool off;		/* DEFAULT := n */
	bool legacy;		/* of LEGACY_DEVICES: Image/Build/Profile makes its images */
};

/* A choice of packages for a target that knows no devices, or knew none once: Profile/NAME. */
struct profile {
	struct str id, title;
	struct strs packages;
};

struct config; /* image/config.h */

struct target {
	struct arena *mem;	/* all below */
	struct str board, subtarget, name; /* NAME: BOARD/SUBTARGET */
	struct str folder;	/* the board's, absolute */
	struct str arch, arch_packages; /* may be empty */
	struct strs default_packages, filesystems;
	struct strs subtargets;	/* as the tree names them; none: the target is not divided */
	VEC(struct device) devices; /* in the Makefiles' order */
	struct str features;	/* FEATURES, but for those that a kernel configuration gives */
	VEC(struct profile) profiles;
	struct str said;	/* warnings, errors: whole lines */
	bool failed;		/* SAID tells why; DEVICES are those that came before */
	bool unknown;		/* SUBTARGET is not one of SUBTARGETS: nothing else was read */
	struct str bin;		/* BIN_DIR; empty without a model */
	/* image/model.h; NULL when it was not asked for, or the evaluation failed */
	struct model *model;
};

/* What evaluations of a tree have in common. */
struct tree {
	struct str path;	/* absolute */
	bool image_builder;	/* an unpacked ImageBuilder */
	const struct config *config;
	struct str only_board, only_subtarget; /* what an ImageBuilder is for; else unset */
};

/* Is PATH (absolute) a tree? What it lacks otherwise, or the unset string. */
struct str tree_open(struct tree *tree, struct arena *mem, struct str path);

/* A target's folder in a tree. */
struct board {
	struct str name;
	struct str folder;	/* absolute */
	struct strs subtargets;	/* board_guess: candidates; none: it has to be asked */
};

struct boards {
	struct board *p;
	size_t n, cap;
};

/* The targets that have images, by name. */
void tree_boards(const struct tree *tree, struct arena *mem, struct boards *out);

/* Fill B's subtargets from its Makefile's text. */
void board_guess(struct arena *mem, struct board *b);

/* The variables that a target's Makefiles are read with, as words of make's command line. */
void target_words(struct arena *mem, const struct tree *tree, struct str subtarget,
		  struct strs *out);

/* What evaluating takes. One thread at a time. */
struct target_reader {
	const struct tree *tree;
	/* its host, program, make_command, env, err, interrupted, shared count */
	const struct make_setup *make;
	struct buf *said;	/* emptied at first; what was said on MAKE's err meanwhile */
	struct arena *scratch;	/* used and released */
	bool model;		/* keep a model, too */
	bool recipes;		/* model.recipes */
	struct str only;	/* model.only */
};

/*
 * Evaluate SUBTARGET (empty: find out what the subtargets are; a target that is not divided is
 * read as "generic") of BOARD. The result is in a new arena of its own: target_free.
 */
struct target *target_read(const struct target_reader *r, const struct board *board,
			   struct str subtarget);
/* End the evaluation that T's model keeps open; the model is gone. */
void target_close(struct target *t);
void target_free(struct target *t);

/* About how much work SUBTARGET is, for choosing what to begin with. */
size_t target_weight(const struct board *board, struct str subtarget);

/* Is D one of IDS, or are there none? */
bool target_shows(const struct device *d, const struct strs *ids);
/* "16128k" and the like as bytes; 0 for what is not such a number. */
uint64_t image_bytes(struct str size);
/* S as a JSON string. */
void json_string(struct buf *out, struct str s);
/* T as JSON (see imagemk(1)), appended to OUT; IDS: these devices only, unless there are none. */
void target_json(const struct target *t, const struct strs *ids, struct buf *out);
/* T as a table. */
void target_table(const struct target *t, const struct strs *ids, bool colour, struct buf *out);

#endif
