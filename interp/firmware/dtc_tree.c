/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc: the tree. What is deleted stays in its list, so that what takes its name again has its
 * place; a label that was deleted still counts as one in some questions.
 */
#include "firmware/dtc.h"

/* --- lists --- */

struct dtc_node *dtc_new_node(struct dtc *d, struct dtc_name *name)
{
	struct dtc_node *node = arena_make(d->mem, struct dtc_node);

	node->name = name;
	node->properties_end = &node->properties;
	node->children_end = &node->children;
	node->address_cells = node->size_cells = -1;
	return node;
}

struct dtc_property *dtc_new_property(struct dtc *d, struct dtc_name *name)
{
	struct dtc_property *p = arena_make(d->mem, struct dtc_property);

	p->name = name;
	return p;
}

void dtc_add_property(struct dtc_node *node, struct dtc_property *p)
{
	p->next = NULL;
	*node->properties_end = p;
	node->properties_end = &p->next;
}

void dtc_add_child(struct dtc_node *node, struct dtc_node *child)
{
	child->next = NULL;
	child->parent = node;
	*node->children_end = child;
	node->children_end = &child->next;
}

void dtc_add_label(struct dtc *d, struct dtc_label **list, struct dtc_name *name,
		   struct dtc_node *node)
{
	struct dtc_label *l;

	for (l = *list; l; l = l->next) {
		if (l->name == name) {
			l->deleted = false;
			return;
		}
	}
	l = arena_make(d->mem, struct dtc_label);
	*l = (struct dtc_label){.name = name, .node = node, .next = *list, .same = name->labels};
	*list = name->labels = l;
}

static void delete_labels(struct dtc_label *l)
{
	for (; l; l = l->next)
		l->deleted = true;
}

static void delete_property(struct dtc_property *p)
{
	p->deleted = true;
	delete_labels(p->labels);
}

void dtc_delete_node(struct dtc_node *node)
{
	node->deleted = true;
	for (struct dtc_node *c = dtc_live_node(node->children); c; c = dtc_live_node(c->next))
		dtc_delete_node(c);
	for (struct dtc_property *p = node->properties; p; p = p->next) {
		if (!p->deleted)
			delete_property(p);
	}
	delete_labels(node->labels);
}

/* --- merging --- */

static void merge_property(struct dtc *d, struct dtc_node *old, struct dtc_property *p)
{
	struct dtc_property *was = old->properties;

	while (was && was->name != p->name)
		was = was->next;
	if (p->deleted) {
		if (was)
			delete_property(was);
		return;
	}
	if (!was) {
		dtc_add_property(old, p);
		return;
	}
	for (struct dtc_label *l = p->labels; l; l = l->next)
		dtc_add_label(d, &was->labels, l->name, NULL);
	was->place = p->place;
	was->pieces = p->pieces;
	was->markers = p->markers;
	was->deleted = false;
}

static void merge_child(struct dtc *d, struct dtc_node *old, struct dtc_node *child)
{
	struct dtc_node *was = old->children;

	while (was && was->name != child->name)
		was = was->next;
	if (child->deleted) {
		if (was)
			dtc_delete_node(was);
	} else if (!was) {
		dtc_add_child(old, child);
	} else {
		/* That was written as a deletion: it would be nobody's child. */
		if (!was->parent)
			dtc_decline(d);
		dtc_merge(d, was, child);
	}
}

void dtc_merge(struct dtc *d, struct dtc_node *old, struct dtc_node *node)
{
	old->deleted = false;
	node->merged = true;
	for (struct dtc_label *l = node->labels; l; l = l->next)
		dtc_add_label(d, &old->labels, l->name, old);
	for (struct dtc_property *p = node->properties, *next; p; p = next) {
		next = p->next;
		merge_property(d, old, p);
	}
	for (struct dtc_node *c = node->children, *next; c; c = next) {
		next = c->next;
		merge_child(d, old, c);
	}
	dtc_extend_place(&old->place, &node->place);
}

/* --- what is there --- */

struct dtc_property *dtc_live(struct dtc_property *p)
{
	while (p && p->deleted)
		p = p->next;
	return p;
}

struct dtc_node *dtc_live_node(struct dtc_node *node)
{
	while (node && node->deleted)
		node = node->next;
	return node;
}

struct dtc_property *dtc_get(const struct dtc_node *node, const struct dtc_name *name)
{
	struct dtc_property *p = node->properties;

	while (p && (p->deleted || p->name != name))
		p = p->next;
	return p;
}

struct dtc_property *dtc_get_role(const struct dtc_node *node, enum dtc_role role)
{
	struct dtc_property *p = node->properties;

	while (p && (p->deleted || p->name->role != role))
		p = p->next;
	return p;
}

struct dtc_node *dtc_get_child(const struct dtc_node *node, const struct dtc_name *name)
{
	struct dtc_node *c = node->children;

	while (c && (c->deleted || c->name != name))
		c = c->next;
	return c;
}

/* The child called NAME; WHOLE: not the last part of the path, where old releases take one whose
 * name begins like that. */
static struct dtc_node *step(struct dtc *d, struct dtc_node *node, struct str name, bool whole)
{
	struct dtc_node *c = dtc_live_node(node->children);

	for (; c && !str_eq(c->name->text, name); c = dtc_live_node(c->next)) {
		if (!whole && str_starts(c->name->text, name) &&
		    !dtc_since(d, DTC_WHOLE_COMPONENTS))
			dtc_decline(d);
	}
	return c;
}

struct dtc_node *dtc_find_path(struct dtc *d, struct dtc_node *from, struct str path)
{
	while (path.n) {
		ptrdiff_t slash;

		while (str_starts(path, S("/")))
			path = str_from(path, 1);
		slash = str_chr(path, '/');
		from =
		    step(d, from, slash >= 0 ? str_sub(path, 0, (size_t)slash) : path, slash < 0);
		if (slash < 0 || !from)
			return from;
		path = str_from(path, (size_t)slash + 1);
	}
	return from->deleted ? NULL : from;
}

static struct dtc_node *find_label(struct dtc *d, struct str text)
{
	struct dtc_node *found = NULL;

	for (struct dtc_label *l = dtc_name(d, text)->labels; l; l = l->same) {
		if (!l->node || l->deleted || l->node->deleted || l->node->merged)
			continue;
		/* Twice: an error, unless it is gone by the end. */
		if (found && found != l->node)
			dtc_decline(d);
		found = l->node;
	}
	return found;
}

struct dtc_node *dtc_find(struct dtc *d, struct str ref)
{
	ptrdiff_t slash = str_chr(ref, '/');
	struct dtc_node *node;

	if (str_is(ref, "/"))
		return d->root;
	if (slash == 0)
		return dtc_find_path(d, d->root, ref);
	if (slash < 0)
		return find_label(d, ref);
	node = find_label(d, str_sub(ref, 0, (size_t)slash));
	return node ? dtc_find_path(d, node, str_from(ref, (size_t)slash + 1)) : NULL;
}

/* --- values --- */

struct dtc_piece *dtc_add_piece(struct dtc *d, struct dtc_property *p, const void *bytes, size_t n)
{
	struct dtc_piece *piece = arena_make(d->mem, struct dtc_piece), **end = &p->pieces;

	while (*end)
		end = &(*end)->next;
	*end = piece;
	if (n)
		piece->p = (unsigned char *)arena_dup(d->mem, bytes, n);
	piece->n = n;
	return piece;
}

size_t dtc_size(const struct dtc_property *p)
{
	size_t n = 0;

	for (const struct dtc_piece *piece = p->pieces; piece; piece = piece->next)
		n += piece->n;
	return n;
}

struct str dtc_bytes(struct dtc *d, const struct dtc_property *p)
{
	size_t n = dtc_size(p), at = 0;
	char *all;

	if (p->pieces && p->pieces->n == n && !p->pieces->blob)
		return (struct str){(const char *)p->pieces->p, n};
	all = arena_alloc(d->mem, n);
	for (const struct dtc_piece *piece = p->pieces; piece; piece = piece->next) {
		if (piece->blob)
			blob_read(piece->blob, 0, all + at, piece->n);
		else
			memcpy(all + at, piece->p ? (const char *)piece->p : "", piece->n);
		at += piece->n;
	}
	return (struct str){all, n};
}

size_t dtc_offset(const struct dtc_property *p, const struct dtc_marker *m)
{
	size_t n = 0;

	for (const struct dtc_piece *piece = p->pieces; piece != m->piece; piece = piece->next)
		n += piece->n;
	return n + m->at;
}

bool dtc_cell(struct dtc *d, const struct dtc_property *p, uint32_t *out)
{
	if (!p || dtc_size(p) != 4)
		return false;
	*out = get_be32((const unsigned char *)dtc_bytes(d, p).p);
	return true;
}
