/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc: the grammar. Nodes are built as they are written and then merged into the tree, as what is
 * given twice counts in another way within one body. Source: dtc's grammar, 1.4.4 to 1.8.1, and the
 * Devicetree Specification, chapter 6.
 */
#include "firmware/dtc.h"

#include <stdio.h>

enum { DEEPEST = 200 };

void dtc_expect(struct dtc *d, int kind)
{
	if (d->kind != kind)
		dtc_decline(d);
	dtc_next(d);
}

/* --- nodes --- */

static void put_labels(struct dtc *d, size_t from, struct dtc_label **list, struct dtc_node *node)
{
	/* The grammar takes the last one first. */
	while (d->labels.n > from)
		dtc_add_label(d, list, d->labels.p[--d->labels.n], node);
}

static void body(struct dtc *d, struct dtc_node *node);

/* NAME = value; or NAME; or /delete-property/ NAME; */
static void property(struct dtc *d, struct dtc_node *node, struct dtc_name *name, uint32_t from,
		     bool deleted)
{
	struct dtc_property *p = dtc_new_property(d, name);

	p->deleted = deleted;
	p->place.from = from;
	put_labels(d, 0, &p->labels, NULL);
	if (!deleted && d->kind == '=') {
		dtc_next(d);
		dtc_value(d, p);
	}
	p->place.to = dtc_behind(d);
	dtc_expect(d, ';');
	dtc_add_property(node, p);
}

/* NAME { }; or /delete-node/ NAME; */
static void subnode(struct dtc *d, struct dtc_node *node, struct dtc_name *name, bool deleted,
		    bool omit)
{
	struct dtc_node *child = dtc_new_node(d, name);

	child->deleted = deleted;
	child->omit = omit;
	put_labels(d, 0, &child->labels, child);
	if (deleted)
		dtc_expect(d, ';');
	else
		body(d, child);
	dtc_add_child(node, child);
	/* What stands for a deletion is nobody's child, and stays so when it becomes a node. */
	if (deleted)
		child->parent = NULL;
}

/* Labels, then a property or a node; FOLLOWS: there was a node. */
static void item(struct dtc *d, struct dtc_node *node, bool *follows)
{
	bool omit = false, delete;
	struct dtc_name *name;
	uint32_t from;
	int kind;

	for (; d->kind == DTC_LABEL || d->kind == DTC_OMIT; dtc_next(d)) {
		if (d->kind == DTC_OMIT)
			omit = true;
		else
			*vec_push(d->mem, &d->labels) = d->name;
	}
	kind = d->kind;
	delete = kind == DTC_DELETE_NODE || kind == DTC_DELETE_PROPERTY;
	if (delete)
		dtc_next(d);
	name = d->name;
	from = dtc_here(d);
	dtc_expect(d, DTC_NAME);
	if (kind == DTC_DELETE_NODE || (!delete &&d->kind == '{')) {
		*follows = true;
		if (!d->declined)
			subnode(d, node, name, delete, omit);
	} else if (*follows || omit) {
		dtc_decline(d);
	} else {
		property(d, node, name, from, delete);
	}
}

/* { ... }; */
static void body(struct dtc *d, struct dtc_node *node)
{
	bool follows = false;

	if (++d->nesting > DEEPEST)
		dtc_decline(d);
	node->place.from = dtc_here(d);
	dtc_expect(d, '{');
	while (d->kind != '}' && !d->declined)
		item(d, node, &follows);
	dtc_expect(d, '}');
	node->place.to = dtc_behind(d);
	dtc_expect(d, ';');
	d->nesting--;
}

static struct dtc_node *nodedef(struct dtc *d, struct dtc_name *name)
{
	struct dtc_node *node = dtc_new_node(d, name);

	body(d, node);
	return node;
}

/* --- what stands outside of nodes --- */

/* In a plugin: NODE is for what has REF in the tree that it is laid over. */
static void fragment(struct dtc *d, struct dtc_node *node, struct dtc_name *ref)
{
	char name[24];
	struct dtc_node *outer;
	struct dtc_property *p;
	static const unsigned char unknown[4] = {0xff, 0xff, 0xff, 0xff};
	bool path = str_starts(ref->text, S("/"));

	if (!d->plugin) {
		dtc_decline(d);
		return;
	}
	snprintf(name, sizeof(name), "fragment@%u", d->fragments++);
	outer = dtc_new_node(d, dtc_name(d, str_z(name)));
	p = dtc_new_property(d, dtc_name(d, path ? S("target-path") : S("target")));
	if (path) {
		dtc_add_piece(d, p, ref->text.p, ref->text.n + 1);
	} else {
		p->markers = arena_make(d->mem, struct dtc_marker);
		p->markers->kind = DTC_MARK_PHANDLE;
		p->markers->ref = ref;
		p->markers->piece = dtc_add_piece(d, p, unknown, sizeof(unknown));
	}
	dtc_add_property(outer, p);
	node->name = dtc_name(d, S("__overlay__"));
	dtc_add_child(outer, node);
	dtc_add_child(d->root, outer);
}

/* &label { }; */
static void addressed(struct dtc *d, struct dtc_name *label)
{
	struct dtc_name *ref = d->name;
	struct dtc_node *target = NULL, *node;
	bool path = str_starts(ref->text, S("/"));

	dtc_expect(d, DTC_REF);
	node = nodedef(d, NULL);
	if (d->declined)
		return;
	/* A plugin's path is never looked for in itself, unless there is a label in front. */
	if (!d->plugin || !path || label)
		target = dtc_find(d, ref->text);
	if (target) {
		if (label)
			dtc_add_label(d, &target->labels, label, target);
		dtc_merge(d, target, node);
	} else if (label) {
		dtc_decline(d);
	} else {
		fragment(d, node, ref);
	}
	/* In a plugin label/path is refused even if it is found, and 1.4.7 makes a fragment then.
	 */
	if (d->plugin && (!dtc_since(d, DTC_FRAGMENTS) || (!path && str_chr(ref->text, '/') >= 0)))
		dtc_decline(d);
}

/* /delete-node/ &label; /omit-if-no-ref/ &label; */
static void change(struct dtc *d, bool delete)
{
	struct dtc_node *target;

	dtc_next(d);
	target = d->kind == DTC_REF ? dtc_find(d, d->text) : NULL;
	dtc_expect(d, DTC_REF);
	dtc_expect(d, ';');
	if (!target)
		dtc_decline(d);
	else if (delete)
		dtc_delete_node(target);
	else
		target->omit = true;
}

static void root_node(struct dtc *d)
{
	struct dtc_node *node;

	dtc_next(d);
	node = nodedef(d, dtc_name(d, S("")));
	if (d->root)
		dtc_merge(d, d->root, node);
	else
		d->root = node;
}

static void devicetree(struct dtc *d)
{
	struct dtc_name *label = NULL;

	if (!d->root && d->kind == DTC_REF)
		d->root = dtc_new_node(d, dtc_name(d, S("")));
	if (!d->root && d->kind != '/')
		dtc_decline(d);
	if (d->kind == DTC_LABEL) {
		label = d->name;
		dtc_next(d);
	}
	if (d->kind == DTC_REF)
		addressed(d, label);
	else if (label)
		dtc_decline(d);
	else if (d->kind == '/')
		root_node(d);
	else if (d->kind == DTC_DELETE_NODE || d->kind == DTC_OMIT)
		change(d, d->kind == DTC_DELETE_NODE);
	else
		dtc_decline(d);
}

/* /memreserve/ FROM SIZE; */
static void memreserve(struct dtc *d)
{
	struct dtc_reservation *r;

	while (d->kind == DTC_LABEL)
		dtc_next(d);
	dtc_expect(d, DTC_MEMRESERVE);
	r = vec_push(d->mem, &d->reservations);
	r->address = dtc_integer(d);
	r->size = dtc_integer(d);
	dtc_expect(d, ';');
}

/* /dts-v1/; perhaps /plugin/; and the same again, where files are included. */
static void header(struct dtc *d, bool first)
{
	bool plugin = false;

	dtc_expect(d, DTC_V1);
	dtc_expect(d, ';');
	if (d->kind == DTC_PLUGIN) {
		plugin = true;
		dtc_next(d);
		dtc_expect(d, ';');
	}
	if (!first && plugin != d->plugin)
		dtc_decline(d);
	d->plugin = plugin;
}

void dtc_parse(struct dtc *d)
{
	dtc_next(d);
	header(d, true);
	while (d->kind == DTC_V1 && !d->declined)
		header(d, false);
	while ((d->kind == DTC_MEMRESERVE || d->kind == DTC_LABEL) && !d->declined)
		memreserve(d);
	do
		devicetree(d);
	while (d->kind != DTC_END && !d->declined);
	if (!d->root)
		dtc_decline(d);
}
