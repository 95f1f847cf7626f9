/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_DTS_TREE_H
#define IMAGE_DTS_TREE_H

#include "image/dts_tokens.h"

/*
 * Private to dts*.c: the tree that the grammar builds; of properties only those that are looked at.
 */

struct dts_property {
	struct dts_symbol *name;
	struct dts_property *next;
	struct str value;	/* bytes as in the binary form; a reference in it is 0 */
	struct dts_token ref;	/* the node whose path is the value; kind 0: none */
	bool known;		/* false: more would be in VALUE, or something else */
	bool deleted;
	struct dts_file *file;
	unsigned line;
};

struct dts_node {
	/* "flash@0"; "&spi0": what a label that nothing defines stands for; the root's is empty */
	struct str name;
	struct dts_node *parent, *first, *last, *next; /* PARENT NULL: the root, or loose */
	struct dts_property *properties;
	VEC(struct dts_symbol *) labels;
	struct dts_file *file;	/* where it first comes */
	unsigned line;
	unsigned life;		/* how often it was deleted */
	bool deleted;
	bool if_referenced;	/* /omit-if-no-ref/ */
};

/* --- the grammar: dts_parse.c, dts_value.c --- */

/* What a property's value is put into. */
struct dts_bytes {
	struct buf bytes;
	struct dts_token ref;	/* kind 0: none */
	bool known;
};

/* To the next token: r->tok. */
void dts_advance(struct dts_reader *r);
/* Behind a token of KIND; WANTED is its name for the error. False: it is another. */
bool dts_expect(struct dts_reader *r, unsigned kind, const char *wanted);
/* The current token is not WANTED: the reading ends. */
void dts_unexpected(struct dts_reader *r, const char *wanted);
bool dts_is_keyword(const struct dts_reader *r, const char *word);
/* Files are missing: what nothing defines may be defined there. */
bool dts_has_missing(const struct dts_reader *r);
/* From an opening parenthesis to behind the closing one. */
void dts_skip_arguments(struct dts_reader *r);
/* What stands between = and ; V is NULL where nobody looks at it. */
void dts_read_value(struct dts_reader *r, struct dts_bytes *v);
/* A number or an expression in parentheses. */
uint64_t dts_read_number(struct dts_reader *r, struct dts_bytes *v);
/* Read the whole stream into R's tree. */
void dts_parse(struct dts_reader *r);

/* --- the tree: dts_tree.c --- */

struct dts_node *dts_node_new(struct dts_reader *r, struct dts_node *parent, struct str name);
/* PARENT's child NAME, deleted or not; NULL: none. */
struct dts_node *dts_node_find(struct dts_node *parent, struct str name);
/* The same, made or brought back to life where it isn't. */
struct dts_node *dts_node_child(struct dts_reader *r, struct dts_node *parent, struct str name);
void dts_node_delete(struct dts_node *node);
/* The first or next one of a list of nodes that is not deleted. */
struct dts_node *dts_node_alive(struct dts_node *node);
/* NODE's property; NULL: none. */
struct dts_property *dts_node_property(const struct dts_node *node, struct str name);
/* The same, made where it isn't. */
struct dts_property *dts_node_set(struct dts_reader *r, struct dts_node *node,
				  struct dts_symbol *name);
/* "/soc/flash@0"; loose ones begin with "&label". */
struct str dts_node_path(struct arena *mem, const struct dts_node *node);
/* Labels are spelled as DTS_REF symbols. */
void dts_label_set(struct dts_reader *r, struct dts_symbol *label, struct dts_node *node);
/* The node that reference T is to; NULL: none. */
struct dts_node *dts_resolve(struct dts_reader *r, const struct dts_token *t);
/* Fill R->out from R's tree. */
void dts_facts(struct dts_reader *r);
/* Drop nodes that are wanted only where something refers to them. */
void dts_omit(struct dts_reader *r, struct dts_node *node);

#endif
