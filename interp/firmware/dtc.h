/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_DTC_H
#define FIRMWARE_DTC_H

#include "firmware/internal.h"

/*
 * Private to dtc*.c: one compilation. Each part that meets what the real dtc would refuse, or what
 * is not known here, calls dtc_decline and goes on to its end; nothing was written then, and the
 * real dtc runs. What it warns of: dtc_check.h.
 */

/* Releases: 1.4.6 is 10406. */
enum {
	DTC_OLDEST = 10404,
	DTC_GIVES_EPAPR = 10405,      /* phandle alone, no linux,phandle */
	DTC_WHOLE_COMPONENTS = 10406, /* a path's component is not the beginning of a name */
	DTC_OMITS = 10407,	      /* /omit-if-no-ref/ */
	DTC_FRAGMENTS = 10500,	    /* a plugin's &label {} is a fragment only if nothing has it */
	DTC_KEEPS_LABELLED = 10501, /* -@: a node with a label is not omitted */
	DTC_MANY_FLAGS = 10601,	    /* several behind a line marker; far shifts give 0 */
	DTC_WARNS = 10601,	    /* its warnings are known here */
	DTC_LABEL_PATHS = 10700,    /* &{label/path} */
	DTC_MAPS = 10700,	    /* interrupt-map is looked at */
	DTC_GRAPHS = 10701,	    /* a graph's checks in another order; a root is no port */
	DTC_LOOKS_BELOW = 10800,    /* i2c has no i2c-bus below; ranges of children count */
	DTC_NEWEST = 10801,
};

enum dtc_kind { /* of tokens; below 256: the character itself */
		DTC_END = 256,
		DTC_V1,
		DTC_PLUGIN,
		DTC_MEMRESERVE,
		DTC_BITS,
		DTC_DELETE_PROPERTY,
		DTC_DELETE_NODE,
		DTC_OMIT,
		DTC_INCBIN,
		DTC_LABEL,  /* label: */
		DTC_REF,    /* &label, &{/path} */
		DTC_NAME,   /* of a node or property */
		DTC_NUMBER, /* or a character */
		DTC_BYTE,
		DTC_STRING,   /* TEXT is what is between the quotes, as written */
		DTC_OPERATOR, /* of two characters, in TEXT */
};

/* What a name is to the checks: see dtc_names.c. */
enum dtc_role {
	DTC_PLAIN,
	DTC_REG,
	DTC_RANGES,
	DTC_DMA_RANGES,
	DTC_COMPATIBLE,
	DTC_STATUS,
	DTC_DEVICE_TYPE,
	DTC_MODEL,
	DTC_LABEL_TEXT,
	DTC_ADDRESS_CELLS,
	DTC_SIZE_CELLS,
	DTC_NAME_TEXT,
	DTC_PHANDLE,
	DTC_LINUX_PHANDLE,
	DTC_BUS_RANGE,
	DTC_SPI_SLAVE,
	DTC_BOOTARGS,
	DTC_STDOUT,
	DTC_LINUX_STDOUT,
	DTC_INTERRUPT_CONTROLLER,
	DTC_INTERRUPT_MAP,
	DTC_INTERRUPT_MAP_MASK,
	DTC_INTERRUPT_PARENT,
	DTC_INTERRUPTS,
	DTC_INTERRUPT_CELLS,
	DTC_REMOTE_ENDPOINT,
	DTC_GPIO_HOG,
	DTC_GPIO_CELLS,
	DTC_CHOSEN,
	DTC_ALIASES,
	DTC_OVERLAY,
	DTC_PORTS,
	DTC_ROLES,
	DTC_PROVIDER = 64, /* + its index: a property with phandles and arguments */
	DTC_CELLS = 128,   /* + its index: how many arguments */
};

/* What a name's bytes tell. */
enum { DTC_BAD_NODE = 1, DTC_BAD_PROPERTY = 2, DTC_LIST = 4, DTC_GPIOS = 8 };

struct dtc_name {
	struct str text; /* a NUL behind it */
	uint32_t hash;
	uint32_t at;	/* in the strings' block; UINT32_MAX: not there yet */
	unsigned stamp; /* seen last in */
	uint8_t role, flags;
	struct dtc_label *labels; /* that have this name, the newest first */
};

struct dtc_label {
	struct dtc_name *name;
	struct dtc_node *node; /* NULL: a property's */
	bool deleted;
	struct dtc_label *next; /* of the same node or property */
	struct dtc_label *same; /* of the same name */
};

/* Bytes of a value. */
struct dtc_piece {
	unsigned char *p;
	size_t n;
	struct blob *blob; /* the bytes, when not NULL: an included file */
	struct dtc_piece *next;
};

enum dtc_mark { DTC_MARK_LABEL, DTC_MARK_PHANDLE, DTC_MARK_PATH };

struct dtc_marker {
	enum dtc_mark kind;
	struct dtc_piece *piece;
	size_t at;		 /* in PIECE */
	struct dtc_name *ref;	 /* label or path */
	struct dtc_node *target; /* of a phandle, once it is known */
	struct dtc_marker *next;
};

/* Where something was written, and where it was said once more. Numbers of bytes, of all sources
 * one behind the other, the first one's is 1; TO: behind it. 0 0: nowhere. */
struct dtc_place {
	uint32_t from, to;
	struct dtc_place *next;
};

struct dtc_property {
	struct dtc_name *name;
	struct dtc_piece *pieces; /* NULL: no value */
	struct dtc_marker *markers;
	struct dtc_label *labels;
	struct dtc_property *next;
	bool deleted;
	struct dtc_place place; /* last, as what is looked for comes first */
};

enum {
	DTC_BUS_PCI = 1,
	DTC_BUS_SIMPLE = 2,
	DTC_BUS_I2C = 4,
	DTC_BUS_SPI = 8,
	DTC_BUS_PORT = 16, /* of a graph */
	DTC_BUS_PORTS = 32,
};

struct dtc_node {
	struct dtc_name *name;
	struct dtc_property *properties, **properties_end;
	struct dtc_node *children, **children_end, *next;
	struct dtc_node *parent; /* NULL: the root, or nowhere */
	struct dtc_label *labels;
	struct str path;	       /* from the root; a NUL behind it */
	size_t base;		       /* bytes of NAME in front of @ */
	uint32_t phandle;	       /* 0: none */
	int address_cells, size_cells; /* -1: not said */
	unsigned bus;
	bool deleted, omit, referenced;
	bool merged;		/* into another one: not in the tree */
	struct dtc_place place; /* of its body */
};

struct dtc_reservation {
	uint64_t address, size;
};

/* What a line marker says of the line that it is on. */
struct dtc_line {
	size_t at; /* behind it */
	int line;  /* its own: one less than what it says */
	struct str file;
};

/* One file that is being read, or was. */
struct dtc_source {
	struct str text;
	size_t at;
	uint32_t base;	 /* the number of its first byte */
	struct str file; /* as messages call it in front of the first marker */
	VEC(struct dtc_line) lines;
	struct str dir; /* unset: that of the run */
	struct dtc_source *up;
};

/* Which tokens there are depends on those before. */
enum dtc_state { DTC_INITIAL, DTC_VALUES, DTC_BYTES, DTC_NAMES };

struct dtc {
	struct firmware_run *run;
	struct arena *mem;
	int from, to; /* the releases that it may stand for */
	bool declined;

	/* options */
	struct str in, out;  /* "-": standard input, output */
	struct strs folders; /* -i */
	unsigned quiet;
	bool symbols; /* -@ */
	bool has_boot_cpu;
	uint32_t reserve, least, pad, align, boot_cpu;
	struct dtc_checks *checks; /* dtc_check.h */
	struct buf warnings;

	/* names */
	struct dtc_name **table; /* open addressing */
	size_t n_names, n_table;
	struct dtc_name **cells; /* by provider: the name of its cells */
	unsigned stamp;

	/* reading */
	struct dtc_source *source;
	VEC(struct blob *) blobs;	  /* to be dropped */
	VEC(struct dtc_source *) sources; /* that were begun */
	uint64_t n_read;		  /* bytes of them, and one for the end of each */
	unsigned nesting;		  /* of nodes */
	enum dtc_state state;
	unsigned char class[256];
	int kind;     /* the current token */
	size_t start; /* where it begins in the source */
	struct str text;
	uint64_t number;
	struct dtc_name *name;
	struct buf bytes; /* of the piece that is being read */
	struct buf expression;
	VEC(struct dtc_name *) labels; /* in front of what is being read */

	/* the tree */
	bool plugin;
	VEC(struct dtc_reservation) reservations;
	struct dtc_node *root;
	unsigned fragments;
	struct map *phandles;	   /* given in the source: 4 bytes -> node; NULL: none */
	uint32_t phandle;	   /* the last that was given */
	struct dtc_node *numbered; /* who has it; NULL: none was given */
};

void dtc_decline(struct dtc *d);
/* Is it certainly RELEASE or a newer one? Declines when that is not known. */
bool dtc_since(struct dtc *d, int release);

/* --- dtc_names.c --- */

/* Names with a role, into an empty table. */
void dtc_begin_names(struct dtc *d);
struct dtc_name *dtc_name(struct dtc *d, struct str text);
struct dtc_provider {
	const char *check, *property, *cells;
	bool optional;
};
enum { DTC_PROVIDERS = 17 };
extern const struct dtc_provider dtc_providers[DTC_PROVIDERS];

/* --- dtc_lex.c --- */

/* Read PATH from here on; it is looked for in DIR and in the folders. False: declined. */
bool dtc_push(struct dtc *d, struct str path);
/* The file at PATH, to be dropped with the compilation; NULL: declined. *FOUND: where it was. */
struct blob *dtc_open(struct dtc *d, struct str path, struct str *found);
void dtc_next(struct dtc *d);
/* What is between quotes, its escapes decoded, behind the bytes of TO. */
void dtc_decode(struct dtc *d, struct str text, struct buf *to);

/* --- dtc_place.c --- */

/* Where the current token begins, and the place behind it. */
uint32_t dtc_here(const struct dtc *d);
uint32_t dtc_behind(const struct dtc *d);
/* OLD was said once more at MORE, which stays where it is. */
void dtc_extend_place(struct dtc_place *old, struct dtc_place *more);
/* "FILE:3.1-5.4": PLACE, which is somewhere, as messages have it, without the others. */
void dtc_put_place(const struct dtc *d, struct buf *to, const struct dtc_place *place);

/* --- dtc_parse.c, dtc_value.c --- */

/* The whole source into D's tree. */
void dtc_parse(struct dtc *d);
/* Take the token KIND, or decline. */
void dtc_expect(struct dtc *d, int kind);
/* Number, character or expression in parentheses. */
uint64_t dtc_integer(struct dtc *d);
/* All between = and ; of P. */
void dtc_value(struct dtc *d, struct dtc_property *p);

/* --- dtc_tree.c --- */

struct dtc_node *dtc_new_node(struct dtc *d, struct dtc_name *name);
struct dtc_property *dtc_new_property(struct dtc *d, struct dtc_name *name);
void dtc_add_property(struct dtc_node *node, struct dtc_property *p);
void dtc_add_child(struct dtc_node *node, struct dtc_node *child);
/* In front of LIST, unless it is there; NODE: whose list, NULL: a property's. */
void dtc_add_label(struct dtc *d, struct dtc_label **list, struct dtc_name *name,
		   struct dtc_node *node);
void dtc_delete_node(struct dtc_node *node);
/* What NODE says goes into OLD. */
void dtc_merge(struct dtc *d, struct dtc_node *old, struct dtc_node *node);
/* By label or path: NULL when there is none. */
struct dtc_node *dtc_find(struct dtc *d, struct str ref);
struct dtc_node *dtc_find_path(struct dtc *d, struct dtc_node *from, struct str path);
/* Properties and nodes that are not deleted; NULL: none. */
struct dtc_property *dtc_get(const struct dtc_node *node, const struct dtc_name *name);
struct dtc_property *dtc_get_role(const struct dtc_node *node, enum dtc_role role);
struct dtc_node *dtc_get_child(const struct dtc_node *node, const struct dtc_name *name);
/* The next one that is not deleted, from P on. */
struct dtc_property *dtc_live(struct dtc_property *p);
struct dtc_node *dtc_live_node(struct dtc_node *node);
/* A piece more of P's value with a copy of the N bytes. */
struct dtc_piece *dtc_add_piece(struct dtc *d, struct dtc_property *p, const void *bytes, size_t n);
size_t dtc_size(const struct dtc_property *p);
/* All bytes in one piece. */
struct str dtc_bytes(struct dtc *d, const struct dtc_property *p);
/* Where in P's value M is. */
size_t dtc_offset(const struct dtc_property *p, const struct dtc_marker *m);
/* Is it a cell? Then *OUT. */
bool dtc_cell(struct dtc *d, const struct dtc_property *p, uint32_t *out);

/* --- dtc_fixup.c --- */

static inline bool dtc_is_phandle(uint32_t n)
{
	return n != 0 && n != UINT32_MAX;
}
/* Paths, phandles, references, what is omitted, symbols and fixups. */
void dtc_fix(struct dtc *d);
struct dtc_node *dtc_by_phandle(struct dtc *d, struct dtc_node *from, uint32_t phandle);

/* --- dtc_blob.c --- */

/* The tree as a file; NULL: declined. */
struct blob *dtc_blob(struct dtc *d);

#endif
