/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_DTS_H
#define IMAGE_DTS_H

#include "base/diag.h"
#include "base/vec.h"

/*
 * What device tree sources say, as far as images need it. They are read here, with their macros and
 * includes; nothing is executed, no process is started, and no file outside of the tree is read.
 */

/* A table of partitions, and the flash (or the part of it) that holds it. */
struct dts_flash {
	/* Of the node that holds the table: "/soc/spi@1000/flash@0"; below a label that nothing
	 * defines "&spi0/flash@0". */
	struct str path;
	/* The table's compatible: "fixed-partitions"; "qcom,smem-part": told by the flash itself;
	 * none: directly below it. */
	struct strs parser;
	bool enabled;		/* no status says otherwise, of the node or one above it */
	struct place at;	/* of the table */
};

/* A partition of a table that says where each is ("fixed-partitions", or none); the parts of one
 * follow it. */
struct dts_partition {
	/* the node's name without unit address where the source has no label */
	struct str label;
	struct str node;	/* name of its node: "partition@50000" */
	struct strs compatible;	/* "denx,uimage" ...; may be empty */
	/* bytes; from the start of the flash, those of a part of a partition too */
	uint64_t offset, size;
	/* OFFSET and SIZE are; else a macro of a missing file is in them, or reg has other cells
	 * than it must */
	bool known;
	bool read_only;
	size_t flash;		/* index in dts.flashes */
	ptrdiff_t parent;	/* index in dts.partitions of what it is a part of; -1: none */
	/* its node, where it first comes; its reg, where it was set last */
	struct place at, reg_at;
};

/* A name in the list of some node's compatible. */
struct dts_compatible {
	struct str name;
	bool enabled;		/* at least one node of that name is, and all above it */
	struct place at;	/* of the first (of the first enabled one) */
};

struct dts_alias {
	struct str name;	/* "label-mac-device" */
	/* "/soc/ethernet@0", or a text as it is; "&eth0": a label that a missing file may have;
	 * unset: no text (<&eth0>). */
	struct str path;
	bool known;		/* a node has that path; or one may, in a file that is missing */
	/* and no status of it or one above says otherwise, as far as all files are there */
	bool enabled;
	struct place at;
};

/* A file that was read for a source. */
struct dts_text {
	struct str path;
	unsigned char digest[16]; /* MD5 of its bytes */
};

struct dts {
	struct str file;	/* as it was asked for */
	struct strs compatible;	/* of the root node */
	struct str model, bootargs; /* of the root node; of /chosen; unset: the source has none */
	struct place compatible_at, model_at, bootargs_at;
	VEC(struct dts_flash) flashes;
	VEC(struct dts_partition) partitions; /* as in the source after overrides, by flash */
	VEC(struct dts_alias) aliases;
	VEC(struct dts_compatible) compatibles; /* each name once */
	VEC(struct dts_text) files; /* the source and what it includes, each once, in order */
	/* includes that were not found, as written: what they would say is not known */
	struct strs missing;
	/* one of them is no header of macros (.h): nodes, properties and labels may be missing */
	bool partial;
	bool overlay;		/* has /plugin/: an addition to another tree */
	struct str said;	/* errors, whole lines; empty: none */
};

/*
 * The files of one tree, each read and cut into tokens once: a file that changes meanwhile is not
 * read again. One thread at a time. What dts_read gives does not need it any more.
 */
struct dts_cache;

/* ROOT: the tree's folder, absolute. Files elsewhere are read only where dts_read is told their
 * folder. */
struct dts_cache *dts_cache_new(struct str root);
void dts_cache_free(struct dts_cache *cache);

/*
 * Read the source PATH; INCLUDES: folders in which to look for what is included (may be NULL).
 * False: *OUT has an error in SAID, and no more than what came before it. All in MEM.
 */
bool dts_read(struct dts_cache *cache, struct arena *mem, struct str path,
	      const struct strs *includes, struct dts *out);

/* Has a node (ENABLED: one that is) NAME in its compatible? */
bool dts_has_compatible(const struct dts *dts, struct str name, bool enabled);
/* The path that alias NAME stands for; the unset string when there is none. */
struct str dts_alias(const struct dts *dts, struct str name);
/* The first partition of that label; NULL: none. */
const struct dts_partition *dts_partition(const struct dts *dts, struct str label);

/* Where a device's source is, and the folders that its includes are to be looked for in. */
struct dts_source {
	struct str path;	/* unset: not in the tree (most likely the kernel's own) */
	struct strs includes;
};

/*
 * The source NAME ("ar9344_x", "mediatek/mt7622-x"; no suffix) of BOARD. DIRS: what the tree's
 * DEVICE_DTS_DIR and DTS_DIR say, in order (may be NULL); a kernel's folder below build_dir stands
 * for the files that are copied into it. Folders are looked at once per CACHE. Nothing that is
 * named as outside of the tree is found. The paths live with the cache.
 */
void dts_find(struct dts_cache *cache, struct arena *mem, struct str board, struct str name,
	      const struct strs *dirs, struct dts_source *out);

#endif
