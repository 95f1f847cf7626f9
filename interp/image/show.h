/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_SHOW_H
#define IMAGE_SHOW_H

#include "image/device_dts.h"
#include "image/model.h"

/*
 * What `imagemk show` tells of one device, put together from its model and its device tree source.
 */

enum shown_source {
	SHOWN_OWN,		/* set in the device's own block */
	SHOWN_INHERITED,	/* in a block that it takes in: Device/Default, a template */
	SHOWN_LEFT_OVER,	/* in another device's block, and never reset */
	SHOWN_FILE,		/* at the level of files */
	SHOWN_RESET,		/* by Device/Init */
};

struct shown_value {
	const struct setting *setting;
	enum shown_source source;
	struct str block;	/* "Device/tplink"; LEFT_OVER: the other device's id; empty: none */
	/* for the device; unset: not expanded (it is not handed on to recipes) */
	struct str expanded;
	bool exported;		/* recipes see it */
	bool read;		/* they do refer to it */
};

/* A stretch of an image as it was built, and the step of its chain that wrote it last. */
struct shown_part {
	const struct device_image *image;
	uint64_t offset, size;	/* bytes */
	struct str step;	/* "pad-to"; empty: none of a chain */
	unsigned number;	/* of the step in its chain, from 1 */
};

/* What a step's recipe will run, as `imagemk list --coverage` tells it. */
struct step_runs {
	const char *how;	/* "native", "process", "shell", "unknown", "undefined" */
	/* applets and firmware tools; what is started besides, or why it is the shell */
	const struct strs *natives, *needs;
};

struct shown {
	const struct target *target;
	const struct device *device;
	const struct device_model *model;
	VEC(struct shown_value) values; /* by source, then name */
	struct str dts_name;	/* DEVICE_DTS, the first; empty: none */
	struct dts_source source;
	const struct dts *dts;	/* NULL: not in the tree, or with errors */
	struct str dts_said;	/* those, whole lines */
	uint64_t image_size;	/* bytes; 0: none */
	VEC(struct shown_part) built; /* from the last build's report; none: not built */
	struct str built_by;	/* that report */
	struct step_runs (*runs)(void *ctx, const struct chain_step *s); /* or NULL: not asked */
	void *runs_ctx;
};

/* ALL: with what Device/Init resets and nobody set since. In the target's memory; CACHE's files
 * must last. */
struct shown *show_device(const struct target *t, const struct device_model *d,
			  struct dts_cache *cache, bool all);
const char *shown_source_name(enum shown_source s);
/* As text for people. */
void show_text(const struct shown *s, struct str tree, bool colour, struct buf *out);
/* show_version 1; see imagemk(1). */
void show_json(const struct shown *s, struct str tree, struct buf *out);

/*
 * One page, which needs nothing else; the flash alone, empty when there is no device tree source.
 */
void show_html(const struct shown *s, struct str tree, struct buf *out);
void show_svg(const struct shown *s, struct buf *out);

/* AT as a person names it: below TREE, from FOLDER where it is relative. */
struct place show_place(const struct shown *s, struct str tree, struct place at);

#endif
