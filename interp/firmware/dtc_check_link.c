/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc: checks of what refers to other nodes: phandles with arguments, interrupts. A cell that is
 * not four bytes long ends some releases by a failed assertion.
 */
#include "firmware/dtc_check.h"

enum { CELLS_MOST = 1 << 16 };

static uint32_t cell_at(struct str s, size_t i)
{
	return get_be32((const unsigned char *)s.p + 4 * i);
}

/* The marker of a reference at byte AT. */
static struct dtc_marker *reference_at(const struct dtc_property *p, size_t at)
{
	struct dtc_marker *m = p->markers;

	while (m && (m->kind != DTC_MARK_PHANDLE || dtc_offset(p, m) != at))
		m = m->next;
	return m;
}

struct dtc_node *dtc_target(struct dtc *d, const struct dtc_property *p, size_t at,
			    uint32_t phandle)
{
	const struct dtc_marker *m = reference_at(p, at);

	return m && m->target && !m->target->deleted ? m->target
						     : dtc_by_phandle(d, d->root, phandle);
}

/* What a check of phandles with arguments looks at. */
struct arguments {
	enum dtc_check check;
	const struct dtc_node *node;
	const struct dtc_property *p;
	struct str bytes;
	struct dtc_name *cells;
	bool optional, asserted; /* a count that is no cell: a failed assertion */
};

/* Bytes of an included file have no marks, and whether all of them are such is not known here. */
static bool has_file(const struct dtc_property *p)
{
	const struct dtc_piece *piece = p->pieces;

	while (piece && !piece->blob)
		piece = piece->next;
	return piece;
}

/* How many arguments PROVIDER takes at the Ith cell; false: that is not known, or was said. */
static bool count_arguments(struct dtc *d, const struct arguments *a, size_t i,
			    const struct dtc_node *provider, uint32_t *n)
{
	const struct dtc_property *count = provider ? dtc_get(provider, a->cells) : NULL;

	*n = 0;
	if (count && (!dtc_cell(d, count, n) || *n > CELLS_MOST)) {
		/* Since 1.6.1 an earlier check stops this one. */
		if (a->asserted || d->from < DTC_WARNS || *n > CELLS_MOST)
			dtc_crash(d, a->check);
		return false;
	}
	if (!provider)
		dtc_warn(d, a->check, a->node, a->p, "Could not get phandle node for (cell %zu)",
			 i);
	else if (!count && !a->optional)
		dtc_warn(d, a->check, a->node, NULL,
			 "Missing property '%.*s' in node %.*s or bad phandle (referred from "
			 "%.*s[%zu])",
			 STR_ARG(a->cells->text), STR_ARG(provider->path),
			 STR_ARG(a->p->name->text), i);
	return provider && (count || a->optional);
}

/* <&provider ARGUMENTS...>, as many as its CELLS say. */
static void check_arguments(struct dtc *d, const struct arguments *a)
{
	struct str s = a->bytes;
	uint32_t n;

	if (s.n % 4) {
		dtc_warn(d, a->check, a->node, a->p,
			 "property size (%zu) is invalid, expected multiple of 4", s.n);
		return;
	}
	if (s.n && has_file(a->p))
		dtc_mutter(d, a->check);
	for (size_t i = 0; i < s.n / 4; i += n + 1) {
		uint32_t phandle = cell_at(s, i);

		n = 0;
		if (!dtc_is_phandle(phandle)) {
			if (d->from < 10406)
				dtc_crash(d, a->check);
			if (d->plugin)
				return;
			continue;
		}
		if (!reference_at(a->p, 4 * i))
			dtc_warn(d, a->check, a->node, a->p, "cell %zu is not a phandle reference",
				 i);
		if (!count_arguments(d, a, i, dtc_target(d, a->p, 4 * i, phandle), &n))
			return;
		if (s.n < 4 * (i + n + 1)) {
			dtc_warn(d, a->check, a->node, a->p,
				 "property size (%zu) too small for cell size %u", s.n, n);
			return;
		}
	}
}

static void check_gpio(struct dtc *d, const struct dtc_view *v, struct dtc_property *p)
{
	struct arguments a = {DTC_GPIOS_ARGS, v->node, p, .asserted = true};

	if (str_ends(p->name->text, S("gpio")))
		dtc_warn(d, DTC_OLD_GPIO, v->node, p,
			 "'[*-]gpio' is deprecated, use '[*-]gpios' instead");
	if (v->have[DTC_GPIO_HOG])
		return;
	a.bytes = dtc_bytes(d, p);
	a.cells = dtc_name(d, S("#gpio-cells"));
	check_arguments(d, &a);
}

static void check_providers(struct dtc *d, const struct dtc_view *v)
{
	for (struct dtc_property *p = dtc_live(v->node->properties); p; p = dtc_live(p->next)) {
		size_t i = p->name->role;

		if (i >= DTC_PROVIDER && i < DTC_CELLS) {
			i -= DTC_PROVIDER;
			check_arguments(
			    d, &(struct arguments){(enum dtc_check)(DTC_PROVIDER_ARGS + 2 * i),
						   v->node, p, dtc_bytes(d, p), d->cells[i],
						   dtc_providers[i].optional, false});
		}
		if (p->name->flags & DTC_GPIOS)
			check_gpio(d, v, p);
	}
}

/* --- interrupts --- */

static bool is_controller(const struct dtc_node *node)
{
	return dtc_get_role(node, DTC_INTERRUPT_CONTROLLER) ||
	       dtc_get_role(node, DTC_INTERRUPT_MAP);
}

/* What NODE's interrupt-parent P is; NULL: *STOP, unless nothing was said of it. */
static const struct dtc_node *given_controller(struct dtc *d, const struct dtc_node *node,
					       const struct dtc_property *p, bool *stop)
{
	const struct dtc_node *controller;
	uint32_t phandle;

	*stop = true;
	if (!dtc_cell(d, p, &phandle)) {
		dtc_crash(d, DTC_INTERRUPTS_ARGS);
		return NULL;
	}
	if (!dtc_is_phandle(phandle)) {
		if (d->from < 10406)
			dtc_crash(d, DTC_INTERRUPTS_ARGS);
		*stop = d->plugin;
		if (!*stop)
			dtc_warn(d, DTC_INTERRUPTS_ARGS, node, p, "Invalid phandle");
		return NULL;
	}
	controller = dtc_target(d, p, 0, phandle);
	if (!controller)
		dtc_warn(d, DTC_INTERRUPTS_ARGS, node, p, "Bad phandle");
	else if (!is_controller(controller))
		dtc_warn(d, DTC_INTERRUPTS_ARGS, controller, NULL,
			 "Missing interrupt-controller or interrupt-map property");
	return controller;
}

/* Whose interrupts NODE's are; NULL: nobody's, or that is not known, and was said. */
static const struct dtc_node *controller_of(struct dtc *d, const struct dtc_node *node)
{
	const struct dtc_node *controller = NULL;
	const struct dtc_property *p = NULL;
	bool stop = false;

	for (const struct dtc_node *up = node; up && !p; up = up->parent) {
		if (up != node && is_controller(up))
			return up;
		p = dtc_get_role(up, DTC_INTERRUPT_PARENT);
		if (p)
			controller = given_controller(d, up, p, &stop);
	}
	if (!controller && !stop)
		dtc_warn(d, DTC_INTERRUPTS_ARGS, node, NULL, "Missing interrupt-parent");
	return controller;
}

static void check_interrupts(struct dtc *d, const struct dtc_view *v)
{
	size_t n = v->have[DTC_INTERRUPTS] ? dtc_size(v->have[DTC_INTERRUPTS]) : 0;
	const struct dtc_node *controller;
	const struct dtc_property *p;
	uint32_t cells = 0;

	if (!v->have[DTC_INTERRUPTS] || !d->checks->on[DTC_INTERRUPTS_ARGS])
		return;
	if (n % 4)
		dtc_warn(d, DTC_INTERRUPTS_ARGS, v->node, v->have[DTC_INTERRUPTS],
			 "size (%zu) is invalid, expected multiple of 4", n);
	controller = controller_of(d, v->node);
	if (!controller)
		return;
	p = dtc_get_role(controller, DTC_INTERRUPT_CELLS);
	if (!p) {
		/* Another check says so, but not always. */
		if (d->from < DTC_WARNS)
			dtc_mutter(d, DTC_INTERRUPTS_ARGS);
		return;
	}
	if (!dtc_cell(d, p, &cells) || (!cells && d->from < DTC_WARNS) || cells > CELLS_MOST)
		dtc_crash(d, DTC_INTERRUPTS_ARGS); /* asserted, and divided by */
	else if (cells ? n % (4 * cells) : n)
		dtc_warn(d, DTC_INTERRUPTS_ARGS, v->node, p,
			 "size is (%zu), expected multiple of %d", n, (int)(4 * cells));
}

static void check_provider(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node;
	bool is = is_controller(node), has = v->have[DTC_INTERRUPT_CELLS];

	if (!dtc_may_say(d, DTC_INTERRUPT_PROVIDER) ||
	    (is == has && (!is || v->have[DTC_ADDRESS_CELLS])))
		return;
	if (dtc_since(d, DTC_MAPS)) {
		if (is != has)
			dtc_warn(d, DTC_INTERRUPT_PROVIDER, node, NULL,
				 is ? "Missing '#interrupt-cells' in interrupt provider"
				    : "'#interrupt-cells' found, but node is not an interrupt "
				      "provider");
		return;
	}
	if (is && !has)
		dtc_warn(d, DTC_INTERRUPT_PROVIDER, node, NULL,
			 "Missing #interrupt-cells in interrupt provider");
	if (is && !v->have[DTC_ADDRESS_CELLS])
		dtc_warn(d, DTC_INTERRUPT_PROVIDER, node, NULL,
			 "Missing #address-cells in interrupt provider");
}

/* --- interrupt-map --- */

/* How many cells an entry has for PARENT, behind the Ith cell of MAP; false: not known, or said. */
static bool parent_cells(struct dtc *d, const struct dtc_node *node, const struct dtc_property *map,
			 const struct dtc_node *parent, size_t i, size_t *out)
{
	const struct dtc_property *cells = dtc_get_role(parent, DTC_INTERRUPT_CELLS);
	const struct dtc_property *addresses = dtc_get_role(parent, DTC_ADDRESS_CELLS);
	uint32_t n = 0, more = 0;

	if (!cells) {
		dtc_warn(
		    d, DTC_INTERRUPT_MAP_ARGS, node, NULL,
		    "Missing property '#interrupt-cells' in node %.*s or bad phandle (referred "
		    "from interrupt-map[%zu])",
		    STR_ARG(parent->path), i);
		return false;
	}
	/* Where one of them is no cell an earlier check stops this one. */
	if (!dtc_cell(d, cells, &n) || (addresses && !dtc_cell(d, addresses, &more)))
		return false;
	if (!addresses && dtc_may_say(d, DTC_INTERRUPT_MAP_ARGS) && dtc_since(d, DTC_LOOKS_BELOW))
		dtc_warn(d, DTC_INTERRUPT_MAP_ARGS, node, map,
			 "Missing property '#address-cells' in node %.*s, using 0 as fallback",
			 STR_ARG(parent->path));
	*out = (size_t)n + more;
	return true;
}

/* Of the entry that begins at cell *I; then the next one. False: no more is looked at. */
static bool check_entry(struct dtc *d, const struct dtc_node *node, const struct dtc_property *map,
			size_t cells, size_t *i)
{
	struct str s = dtc_bytes(d, map);
	const struct dtc_node *parent;
	uint32_t phandle;
	size_t behind;

	if (*i + cells >= s.n / 4) {
		dtc_warn(d, DTC_INTERRUPT_MAP_ARGS, node, map,
			 "property size (%zu) too small, expected > %zu", s.n, 4 * (*i + cells));
		return false;
	}
	*i += cells;
	phandle = cell_at(s, *i);
	if (!dtc_is_phandle(phandle)) {
		if (!d->plugin)
			dtc_warn(d, DTC_INTERRUPT_MAP_ARGS, node, map,
				 "Cell %zu is not a phandle(%d)", *i, (int)phandle);
		return false;
	}
	parent = dtc_target(d, map, 4 * *i, phandle);
	if (!parent) {
		dtc_warn(d, DTC_INTERRUPT_MAP_ARGS, node, map,
			 "Could not get phandle(%d) node for (cell %zu)", (int)phandle, *i);
		return false;
	}
	if (!parent_cells(d, node, map, parent, *i, &behind))
		return false;
	*i += 1 + behind;
	if (*i > s.n / 4 && dtc_may_say(d, DTC_INTERRUPT_MAP_ARGS) && dtc_since(d, DTC_GRAPHS))
		dtc_warn(d, DTC_INTERRUPT_MAP_ARGS, node, map,
			 "property size (%zu) mismatch, expected %zu", s.n, 4 * *i);
	return true;
}

static void check_map(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_property *map = v->have[DTC_INTERRUPT_MAP];
	const struct dtc_property *mask = v->have[DTC_INTERRUPT_MAP_MASK];
	const struct dtc_node *node = v->node;
	uint32_t own;
	size_t n, cells, i = 0;

	/* Without #interrupt-cells an earlier check stops this one. */
	if (!map || !dtc_cell(d, v->have[DTC_INTERRUPT_CELLS], &own))
		return;
	if (node->address_cells < 0) {
		dtc_warn(d, DTC_INTERRUPT_MAP_ARGS, node, NULL,
			 "Missing '#address-cells' in interrupt-map provider");
		return;
	}
	cells = (size_t)node->address_cells + own;
	if (mask && dtc_size(mask) != 4 * cells)
		dtc_warn(d, DTC_INTERRUPT_MAP_ARGS, node, mask,
			 "property size (%zu) is invalid, expected %zu", dtc_size(mask), 4 * cells);
	n = dtc_size(map);
	if (n % 4) {
		dtc_warn(d, DTC_INTERRUPT_MAP_ARGS, node, map,
			 "property size (%zu) is invalid, expected multiple of 4", n);
		return;
	}
	while (i < n / 4 && check_entry(d, node, map, cells, &i))
		continue;
}

void dtc_check_links(struct dtc *d, const struct dtc_view *v)
{
	check_providers(d, v);
	check_interrupts(d, v);
	check_provider(d, v);
	check_map(d, v);
}
