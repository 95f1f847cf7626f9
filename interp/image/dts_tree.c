/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device tree sources: nodes, properties, labels. What is deleted stays in its place and is marked:
 * a source that gives it again has it where it was, as with dtc.
 */
#include "image/dts_tree.h"

/* Looking for a child is a walk: a tree of more nodes than any board has is refused. */
enum { NODES_MOST = 20000, NAME_MOST = 255 };

struct dts_node *dts_node_new(struct dts_reader *r, struct dts_node *parent, struct str name)
{
	struct dts_node *node = arena_make(r->mem, struct dts_node);

	*node = (struct dts_node){
	    .name = name, .parent = parent, .file = r->tok_file, .line = r->tok_line};
	if (r->n_nodes++ >= NODES_MOST)
		dts_fail_at(r, r->tok_file, r->tok_line, "more than %d nodes and properties",
			    NODES_MOST);
	if (name.n > NAME_MOST) {
		dts_fail_at(r, r->tok_file, r->tok_line,
			    "a node's name has more than %d characters", NAME_MOST);
		node->name = str_sub(name, 0, NAME_MOST);
	}
	if (parent && parent->last)
		parent->last->next = node;
	else if (parent)
		parent->first = node;
	if (parent)
		parent->last = node;
	return node;
}

struct dts_node *dts_node_find(struct dts_node *parent, struct str name)
{
	struct dts_node *n = parent->first;

	while (n && !str_eq(n->name, name))
		n = n->next;
	return n;
}

struct dts_node *dts_node_child(struct dts_reader *r, struct dts_node *parent, struct str name)
{
	struct dts_node *n = dts_node_find(parent, name);

	if (!n)
		return dts_node_new(r, parent, name);
	if (n->deleted) {
		n->deleted = n->if_referenced = false;
		n->file = r->tok_file;
		n->line = r->tok_line;
	}
	return n;
}

void dts_node_delete(struct dts_node *node)
{
	node->deleted = true;
	node->life++;
	for (struct dts_property *p = node->properties; p; p = p->next)
		p->deleted = true;
	for (struct dts_node *n = node->first; n; n = n->next)
		dts_node_delete(n);
}

struct dts_node *dts_node_alive(struct dts_node *node)
{
	while (node && node->deleted)
		node = node->next;
	return node;
}

struct dts_property *dts_node_property(const struct dts_node *node, struct str name)
{
	struct dts_property *p = node->properties;

	while (p && (p->deleted || !str_eq(p->name->text, name)))
		p = p->next;
	return p;
}

struct dts_property *dts_node_set(struct dts_reader *r, struct dts_node *node,
				  struct dts_symbol *name)
{
	struct dts_property **at = &node->properties;

	while (*at && (*at)->name != name)
		at = &(*at)->next;
	if (!*at && r->n_nodes++ >= NODES_MOST)
		dts_fail_at(r, r->tok_file, r->tok_line, "more than %d nodes and properties",
			    NODES_MOST);
	if (!*at)
		*at = arena_make(r->mem, struct dts_property);
	(*at)->name = name;
	return *at;
}

struct str dts_node_path(struct arena *mem, const struct dts_node *node)
{
	struct str path = S("");

	if (!node->parent)
		return node->name.n ? node->name : S("/");
	for (; node->parent; node = node->parent)
		path = str_fmt(mem, "/%.*s%.*s", STR_ARG(node->name), STR_ARG(path));
	return str_cat(mem, node->name, path);
}

/* --- labels --- */

void dts_label_set(struct dts_reader *r, struct dts_symbol *label, struct dts_node *node)
{
	if (label->label_stamp != r->stamp || label->label != node)
		*vec_push(r->mem, &node->labels) = label;
	label->label = node;
	label->label_life = node->life;
	label->label_stamp = r->stamp;
}

static struct dts_node *labelled(const struct dts_reader *r, const struct dts_symbol *label)
{
	struct dts_node *n = label->label_stamp == r->stamp ? label->label : NULL;

	return n && n->life == label->label_life ? n : NULL;
}

/* The node at PATH below NODE. */
static struct dts_node *walk(struct dts_node *node, struct str path)
{
	struct str part;

	while (node && path.n) {
		path = str_from(path, 1);
		part = path;
		if (str_chr(path, '/') >= 0)
			part = str_sub(path, 0, (size_t)str_chr(path, '/'));
		path = str_from(path, part.n);
		if (part.n)
			node = dts_node_find(node, part);
		if (node && node->deleted)
			node = NULL;
	}
	return node;
}

struct dts_node *dts_resolve(struct dts_reader *r, const struct dts_token *t)
{
	struct str path = t->symbol->text;
	ptrdiff_t slash = str_chr(path, '/');
	struct dts_node *from = r->root;

	if (t->kind == DTS_REF)
		return labelled(r, t->symbol);
	if (slash != 0) { /* &{label/path} */
		from = labelled(r, dts_symbol(r->c, DTS_REF,
					      slash > 0 ? str_sub(path, 0, (size_t)slash) : path));
		path = slash > 0 ? str_from(path, (size_t)slash) : S("");
	}
	return walk(from, path);
}

static bool is_referenced(const struct dts_reader *r, const struct dts_node *node)
{
	for (size_t i = 0; i < node->labels.n; i++)
		if (node->labels.p[i]->ref_stamp == r->stamp &&
		    labelled(r, node->labels.p[i]) == node)
			return true;
	return false;
}

void dts_omit(struct dts_reader *r, struct dts_node *node)
{
	for (struct dts_node *n = dts_node_alive(node->first); n; n = dts_node_alive(n->next)) {
		if (n->if_referenced && !is_referenced(r, n))
			dts_node_delete(n);
		else
			dts_omit(r, n);
	}
}
