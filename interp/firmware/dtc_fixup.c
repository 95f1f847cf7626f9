/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc: what becomes of the tree before it is written, in dtc's order: phandles that are given,
 * references, nodes that nothing refers to, symbols, fixups of plugins. What is an error is
 * declined.
 */
#include "base/map.h"
#include "firmware/dtc_check.h"

/* NODE and all below it, as far as they are there. */
static void each(struct dtc *d, struct dtc_node *node,
		 void (*work)(struct dtc *d, struct dtc_node *node))
{
	work(d, node);
	for (struct dtc_node *c = dtc_live_node(node->children); c; c = dtc_live_node(c->next))
		each(d, c, work);
}

/* --- before the references --- */

static void fill_path(struct dtc *d, struct dtc_node *node)
{
	ptrdiff_t at = str_chr(node->name->text, '@');
	struct str above;

	node->base = at >= 0 ? (size_t)at : node->name->text.n;
	if (!node->parent) {
		node->path = S("/");
		return;
	}
	above = node->parent == d->root ? S("") : node->parent->path;
	node->path = str_fmt(d->mem, "%.*s/%.*s", STR_ARG(above), STR_ARG(node->name->text));
}

/* The processor that boots: the reg of the first one. */
static void guess_boot_cpu(struct dtc *d)
{
	struct dtc_node *cpus = dtc_find_path(d, d->root, S("/cpus"));

	if (!d->has_boot_cpu && cpus && cpus->children)
		dtc_cell(d, dtc_get_role(cpus->children, DTC_REG), &d->boot_cpu);
}

/* Names of nodes and properties that are there twice, or that no node or property may have. */
static void check_names(struct dtc *d, struct dtc_node *node)
{
	unsigned stamp = ++d->stamp;

	for (struct dtc_node *c = node->children; c; c = c->next) {
		if (c->name->stamp == stamp || (!c->deleted && (c->name->flags & DTC_BAD_NODE)))
			dtc_decline(d);
		if (!c->deleted)
			c->name->stamp = stamp;
	}
	stamp = ++d->stamp;
	for (struct dtc_property *p = dtc_live(node->properties); p; p = dtc_live(p->next)) {
		if (p->name->stamp == stamp || (p->name->flags & DTC_BAD_PROPERTY))
			dtc_decline(d);
		p->name->stamp = stamp;
	}
}

/* A name property that says the node's name says nothing; any other is wrong, even deleted. */
static void drop_name(struct dtc *d, struct dtc_node *node)
{
	struct dtc_property *p = node->properties, **link = &node->properties;
	struct str text;

	for (; p && p->name->role != DTC_NAME_TEXT; p = p->next)
		link = &p->next;
	if (!p)
		return;
	text = dtc_bytes(d, p);
	if (text.n != node->base + 1 || text.p[node->base] ||
	    memcmp(text.p, node->name->text.p, node->base) != 0)
		dtc_decline(d);
	*link = p->next;
	if (!p->next)
		node->properties_end = link;
}

static void check_label(struct dtc *d, struct dtc_name *name)
{
	if (name->stamp == d->stamp)
		dtc_decline(d);
	name->stamp = d->stamp;
}

static void check_labels(struct dtc *d, struct dtc_node *node)
{
	struct dtc_label *l;

	for (l = node->labels; l; l = l->next) {
		if (!l->deleted)
			check_label(d, l->name);
	}
	for (struct dtc_property *p = dtc_live(node->properties); p; p = dtc_live(p->next)) {
		for (l = p->labels; l; l = l->next) {
			if (!l->deleted)
				check_label(d, l->name);
		}
		for (struct dtc_marker *m = p->markers; m; m = m->next) {
			if (m->kind == DTC_MARK_LABEL)
				check_label(d, m->ref);
		}
	}
}

/* --- phandles --- */

static struct str phandle_key(uint32_t phandle, unsigned char *bytes)
{
	put_be32(bytes, phandle);
	return (struct str){(const char *)bytes, 4};
}

/* The number that property ROLE gives NODE; 0: none. */
static uint32_t given_phandle(struct dtc *d, struct dtc_node *node, enum dtc_role role)
{
	struct dtc_property *p = dtc_get_role(node, role);
	uint32_t n = 0;

	if (!p)
		return 0;
	if (!dtc_cell(d, p, &n)) {
		dtc_decline(d);
		return 0;
	}
	for (struct dtc_marker *m = p->markers; m; m = m->next) {
		if (m->kind != DTC_MARK_PHANDLE)
			continue;
		/* Its own: any that is free. */
		if (dtc_find(d, m->ref->text) != node)
			dtc_decline(d);
		return 0;
	}
	if (!dtc_is_phandle(n))
		dtc_decline(d);
	return n;
}

static void take_phandle(struct dtc *d, struct dtc_node *node)
{
	uint32_t n = given_phandle(d, node, DTC_PHANDLE);
	uint32_t other = given_phandle(d, node, DTC_LINUX_PHANDLE);
	unsigned char bytes[4];
	void **slot;

	if (n && other && n != other)
		dtc_decline(d);
	node->phandle = n ? n : other;
	if (!node->phandle)
		return;
	if (!d->phandles)
		d->phandles = map_new(d->mem);
	slot = map_at(d->phandles, phandle_key(node->phandle, bytes));
	if (*slot)
		dtc_decline(d);
	*slot = node;
}

static void add_phandle(struct dtc *d, struct dtc_node *node, struct str name)
{
	struct dtc_property *p = dtc_new_property(d, dtc_name(d, name));
	unsigned char bytes[4];

	if (dtc_get(node, p->name))
		return;
	put_be32(bytes, node->phandle);
	dtc_add_piece(d, p, bytes, sizeof(bytes));
	dtc_add_property(node, p);
}

static bool is_taken(const struct dtc *d, uint32_t phandle)
{
	unsigned char bytes[4];
	const struct dtc_node *node =
	    d->phandles ? map_get(d->phandles, phandle_key(phandle, bytes)) : NULL;

	return node && !node->deleted;
}

static uint32_t phandle_of(struct dtc *d, struct dtc_node *node)
{
	if (node->phandle)
		return node->phandle;
	/* The last one that was given is free again if its node was omitted. */
	while (is_taken(d, d->phandle) ||
	       (d->numbered && d->numbered->phandle == d->phandle && !d->numbered->deleted))
		d->phandle++;
	node->phandle = d->phandle;
	d->numbered = node;
	if (!dtc_since(d, DTC_GIVES_EPAPR))
		add_phandle(d, node, S("linux,phandle"));
	add_phandle(d, node, S("phandle"));
	return node->phandle;
}

struct dtc_node *dtc_by_phandle(struct dtc *d, struct dtc_node *from, uint32_t phandle)
{
	struct dtc_node *found = from->phandle == phandle ? from : NULL;

	for (struct dtc_node *c = dtc_live_node(from->children); c && !found;
	     c = dtc_live_node(c->next))
		found = dtc_by_phandle(d, c, phandle);
	return found;
}

/* --- references --- */

static void set_phandles(struct dtc *d, struct dtc_node *node)
{
	for (struct dtc_property *p = dtc_live(node->properties); p; p = dtc_live(p->next)) {
		for (struct dtc_marker *m = p->markers; m; m = m->next) {
			if (m->kind != DTC_MARK_PHANDLE)
				continue;
			m->target = dtc_find(d, m->ref->text);
			if (m->target) {
				put_be32(m->piece->p + m->at, phandle_of(d, m->target));
				m->target->referenced = true;
			} else if (!d->plugin) {
				dtc_decline(d);
			}
		}
	}
}

static void set_paths(struct dtc *d, struct dtc_node *node)
{
	for (struct dtc_property *p = dtc_live(node->properties); p; p = dtc_live(p->next)) {
		for (struct dtc_marker *m = p->markers; m; m = m->next) {
			struct dtc_node *target;

			if (m->kind != DTC_MARK_PATH)
				continue;
			target = dtc_find(d, m->ref->text);
			if (!target) {
				dtc_decline(d);
				return;
			}
			m->piece->p =
			    (unsigned char *)arena_dup(d->mem, target->path.p, target->path.n);
			m->piece->n = target->path.n + 1;
			target->referenced = true;
		}
	}
}

static void omit(struct dtc *d, struct dtc_node *node)
{
	if (!node->omit || node->referenced)
		return;
	if (d->symbols && node->labels && dtc_since(d, DTC_KEEPS_LABELLED))
		return;
	dtc_delete_node(node);
}

/* --- symbols and fixups --- */

static struct dtc_node *child_called(struct dtc *d, struct dtc_node *node, struct dtc_name *name)
{
	struct dtc_node *child = dtc_get_child(node, name);

	if (!child) {
		child = dtc_new_node(d, name);
		dtc_add_child(node, child);
	}
	return child;
}

/* A child of the root that is made here; one that the source has is another matter. */
static struct dtc_node *made(struct dtc *d, const char *name)
{
	return child_called(d, d->root, dtc_name(d, str_z(name)));
}

static bool has_labels(struct dtc_node *node)
{
	if (node->labels)
		return true;
	for (struct dtc_node *c = dtc_live_node(node->children); c; c = dtc_live_node(c->next)) {
		if (has_labels(c))
			return true;
	}
	return false;
}

static void add_symbols(struct dtc *d, struct dtc_node *node)
{
	if (!node->labels)
		return;
	for (struct dtc_label *l = node->labels; l; l = l->next) {
		struct dtc_property *p;

		if (l->deleted)
			continue;
		p = dtc_new_property(d, l->name);
		dtc_add_piece(d, p, node->path.p, node->path.n + 1);
		dtc_add_property(made(d, "__symbols__"), p);
	}
	phandle_of(d, node);
}

/* N bytes more for the property NAME of NODE. */
static void append(struct dtc *d, struct dtc_node *node, struct dtc_name *name, const void *bytes,
		   size_t n)
{
	struct dtc_property *p = dtc_get(node, name);

	if (!p) {
		p = dtc_new_property(d, name);
		dtc_add_property(node, p);
	}
	dtc_add_piece(d, p, bytes, n);
}

/* Where M's phandle is to be put in, by the label that is another tree's. */
static void add_fixup(struct dtc *d, struct dtc_node *node, struct dtc_property *p,
		      struct dtc_marker *m)
{
	struct str place = str_fmt(d->mem, "%.*s:%.*s:%zu", STR_ARG(node->path),
				   STR_ARG(p->name->text), dtc_offset(p, m));

	if (str_chr(m->ref->text, '/') >= 0)
		dtc_decline(d);
	append(d, made(d, "__fixups__"), m->ref, place.p, place.n + 1);
}

static struct dtc_node *local_node(struct dtc *d, struct dtc_node *node)
{
	if (!node->parent)
		return made(d, "__local_fixups__");
	return child_called(d, local_node(d, node->parent), node->name);
}

static void add_local_fixup(struct dtc *d, struct dtc_node *node, struct dtc_property *p,
			    struct dtc_marker *m)
{
	unsigned char bytes[4];

	put_be32(bytes, (uint32_t)dtc_offset(p, m));
	append(d, local_node(d, node), p->name, bytes, sizeof(bytes));
}

static void each_reference(struct dtc *d, struct dtc_node *node, bool found,
			   void (*work)(struct dtc *d, struct dtc_node *node,
					struct dtc_property *p, struct dtc_marker *m))
{
	for (struct dtc_property *p = dtc_live(node->properties); p; p = dtc_live(p->next)) {
		for (struct dtc_marker *m = p->markers; m; m = m->next) {
			/* Asked anew: what is referred to may have been omitted. */
			if (m->kind == DTC_MARK_PHANDLE &&
			    (dtc_find(d, m->ref->text) != NULL) == found)
				work(d, node, p, m);
		}
	}
}

static void add_fixups(struct dtc *d, struct dtc_node *node)
{
	each_reference(d, node, false, add_fixup);
}

static void add_local_fixups(struct dtc *d, struct dtc_node *node)
{
	each_reference(d, node, true, add_local_fixup);
}

/* Nodes that dtc makes, or since 1.8.0 reads. */
static bool has_made(struct dtc *d)
{
	static const char *const names[] = {"__symbols__", "__fixups__", "__local_fixups__"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (dtc_get_child(d->root, dtc_name(d, str_z(names[i]))))
			return true;
	}
	return false;
}

void dtc_fix(struct dtc *d)
{
	guess_boot_cpu(d);
	each(d, d->root, fill_path);
	if (has_made(d))
		dtc_decline(d);
	each(d, d->root, check_names);
	each(d, d->root, drop_name);
	d->stamp++;
	each(d, d->root, check_labels);
	each(d, d->root, take_phandle);
	d->phandle = 1;
	each(d, d->root, set_phandles);
	each(d, d->root, set_paths);
	each(d, d->root, omit);
	if (d->root->deleted) /* a blob without nodes */
		dtc_decline(d);
	if (!d->declined)
		dtc_check(d);
	if (d->symbols && has_labels(d->root)) {
		made(d, "__symbols__");
		each(d, d->root, add_symbols);
	}
	if (d->plugin && !d->declined) {
		each(d, d->root, add_fixups);
		each(d, d->root, add_local_fixups);
	}
}
