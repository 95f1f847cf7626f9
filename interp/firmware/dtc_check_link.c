/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc: checks of what refers to other nodes: phandles with arguments, interrupts, graphs. A cell
 * that is not four bytes long ends some releases by a failed assertion.
 */
#include "firmware/dtc.h"

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

static struct dtc_node *target_at(struct dtc *d, const struct dtc_property *p, size_t at,
				  uint32_t phandle)
{
	const struct dtc_marker *m = reference_at(p, at);

	return m && m->target && !m->target->deleted ? m->target
						     : dtc_by_phandle(d, d->root, phandle);
}

/* <&provider ARGUMENTS...>, as many as its CELLS say. */
static void check_arguments(struct dtc *d, const struct dtc_property *p, struct dtc_name *cells,
			    bool optional, enum dtc_check check)
{
	struct str s = dtc_bytes(d, p);
	uint32_t n;

	if (s.n % 4) {
		dtc_warn(d, check);
		return;
	}
	for (size_t i = 0; i < s.n / 4; i += n + 1) {
		uint32_t phandle = cell_at(s, i);
		const struct dtc_node *provider;
		const struct dtc_property *count;

		n = 0;
		if (!dtc_is_phandle(phandle)) {
			if (d->from < 10406)
				dtc_crash(d, check);
			if (d->plugin)
				return;
			continue;
		}
		if (!reference_at(p, 4 * i))
			dtc_warn(d, check);
		provider = target_at(d, p, 4 * i, phandle);
		count = provider ? dtc_get(provider, cells) : NULL;
		if (count && (!dtc_cell(d, count, &n) || n > CELLS_MOST)) {
			dtc_crash(d, check);
			return;
		}
		if (!provider || (!count && !optional) || s.n < 4 * (i + n + 1)) {
			dtc_warn(d, check);
			/* Some releases stop here, others go on behind the end. */
			return;
		}
	}
}

static void check_providers(struct dtc *d, const struct dtc_view *v)
{
	for (struct dtc_property *p = dtc_live(v->node->properties); p; p = dtc_live(p->next)) {
		size_t i = p->name->role;

		if (i >= DTC_PROVIDER && i < DTC_CELLS) {
			i -= DTC_PROVIDER;
			check_arguments(d, p, d->cells[i], dtc_providers[i].optional,
					(enum dtc_check)(DTC_PROVIDER_ARGS + i));
		}
		if ((p->name->flags & DTC_GPIOS) && !v->have[DTC_GPIO_HOG])
			check_arguments(d, p, dtc_name(d, S("#gpio-cells")), false, DTC_GPIOS_ARGS);
	}
}

/* --- interrupts --- */

static bool is_controller(const struct dtc_node *node)
{
	return dtc_get_role(node, DTC_INTERRUPT_CONTROLLER) ||
	       dtc_get_role(node, DTC_INTERRUPT_MAP);
}

/* Whose interrupts NODE's are; NULL: that is not known, or *STOP: does not matter. */
static const struct dtc_node *controller_of(struct dtc *d, const struct dtc_node *node, bool *stop)
{
	const struct dtc_node *up = node;

	for (; up; up = up->parent) {
		const struct dtc_property *p;
		uint32_t phandle = 0;

		if (up != node && is_controller(up))
			return up;
		p = dtc_get_role(up, DTC_INTERRUPT_PARENT);
		if (!p)
			continue;
		if (!dtc_cell(d, p, &phandle)) {
			dtc_crash(d, DTC_INTERRUPTS_ARGS);
			return NULL;
		}
		if (!dtc_is_phandle(phandle)) {
			*stop = d->plugin && d->from >= 10406;
			return NULL;
		}
		return target_at(d, p, 0, phandle);
	}
	return NULL;
}

static void check_interrupts(struct dtc *d, const struct dtc_view *v)
{
	size_t n = v->have[DTC_INTERRUPTS] ? dtc_size(v->have[DTC_INTERRUPTS]) : 0;
	const struct dtc_node *controller;
	const struct dtc_property *p;
	uint32_t cells = 0;
	bool stop = false;

	if (!v->have[DTC_INTERRUPTS] || !dtc_runs(d, DTC_INTERRUPTS_ARGS))
		return;
	if (n % 4)
		dtc_warn(d, DTC_INTERRUPTS_ARGS);
	controller = controller_of(d, v->node, &stop);
	if (stop)
		return;
	if (!controller || !is_controller(controller)) {
		dtc_warn(d, DTC_INTERRUPTS_ARGS);
		if (!controller)
			return;
	}
	p = dtc_get_role(controller, DTC_INTERRUPT_CELLS);
	if (!p)
		dtc_warn(d, DTC_INTERRUPTS_ARGS);
	else if (!dtc_cell(d, p, &cells) || !cells || cells > CELLS_MOST)
		dtc_crash(d, DTC_INTERRUPTS_ARGS); /* asserted, and divided by */
	else if (n % (4 * cells))
		dtc_warn(d, DTC_INTERRUPTS_ARGS);
}

static void check_provider(struct dtc *d, const struct dtc_view *v)
{
	bool is = is_controller(v->node), has = v->have[DTC_INTERRUPT_CELLS];

	if (is ? !has : has && d->to >= 10700)
		dtc_warn(d, DTC_INTERRUPT_PROVIDER);
	if (is && !v->have[DTC_ADDRESS_CELLS] && d->from < 10700)
		dtc_warn(d, DTC_INTERRUPT_PROVIDER);
}

/* How many cells an entry has behind the phandle; false: that is not known. */
static bool parent_cells(struct dtc *d, const struct dtc_node *node, uint32_t *out)
{
	const struct dtc_property *p = node ? dtc_get_role(node, DTC_ADDRESS_CELLS) : NULL;
	uint32_t address = 0;
	bool known = node && dtc_cell(d, dtc_get_role(node, DTC_INTERRUPT_CELLS), out);

	/* Without a word before 1.8.0: none. */
	if (p ? !dtc_cell(d, p, &address) : d->to >= 10800)
		known = false;
	*out += address;
	return known && *out < CELLS_MOST && address < CELLS_MOST;
}

static void check_map(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_property *map = v->have[DTC_INTERRUPT_MAP];
	const struct dtc_property *mask = v->have[DTC_INTERRUPT_MAP_MASK];
	struct str s = map ? dtc_bytes(d, map) : (struct str){0};
	uint32_t cells = 0, behind = 0;

	if (!map)
		return;
	if (!v->have[DTC_INTERRUPT_CELLS]) { /* an earlier check stops this one */
		dtc_warn(d, DTC_INTERRUPT_MAP_ARGS);
		return;
	}
	if (!dtc_cell(d, v->have[DTC_INTERRUPT_CELLS], &cells) || cells > CELLS_MOST ||
	    v->node->address_cells > CELLS_MOST) {
		dtc_crash(d, DTC_INTERRUPT_MAP_ARGS);
		return;
	}
	cells += v->node->address_cells < 0 ? 0 : (uint32_t)v->node->address_cells;
	if (v->node->address_cells < 0 || s.n % 4 || (mask && dtc_size(mask) != 4 * (size_t)cells))
		dtc_warn(d, DTC_INTERRUPT_MAP_ARGS);
	for (size_t i = cells; i < s.n / 4; i += 1 + behind + cells) {
		uint32_t phandle = cell_at(s, i);

		if (!dtc_is_phandle(phandle) && d->plugin)
			return;
		behind = 0;
		if (!dtc_is_phandle(phandle) ||
		    !parent_cells(d, target_at(d, map, 4 * i, phandle), &behind) ||
		    i + 1 + behind > s.n / 4 ||
		    (i + 1 + behind < s.n / 4 && i + 1 + behind + cells >= s.n / 4)) {
			dtc_warn(d, DTC_INTERRUPT_MAP_ARGS);
			return;
		}
	}
	if (s.n && cells >= s.n / 4)
		dtc_warn(d, DTC_INTERRUPT_MAP_ARGS);
}

void dtc_check_links(struct dtc *d, const struct dtc_view *v)
{
	check_providers(d, v);
	check_interrupts(d, v);
	check_provider(d, v);
	check_map(d, v);
}

/* --- graphs --- */

static void check_graph_reg(struct dtc *d, const struct dtc_view *v, enum dtc_check check)
{
	const struct dtc_node *parent = v->node->parent;
	uint32_t n;

	if (!v->have[DTC_REG])
		return;
	if (!dtc_cell(d, v->have[DTC_REG], &n) || !dtc_unit_is(v->unit, n) || !parent ||
	    parent->address_cells != 1 || parent->size_cells != 0)
		dtc_warn(d, check);
}

/* The node that NODE says to be its other end. */
static const struct dtc_node *remote(struct dtc *d, const struct dtc_node *node)
{
	const struct dtc_property *p = dtc_get_role(node, DTC_REMOTE_ENDPOINT);
	const struct dtc_node *other;
	uint32_t phandle;

	if (!p)
		return NULL;
	if (!dtc_cell(d, p, &phandle)) {
		dtc_crash(d, DTC_GRAPH_ENDPOINT);
		return NULL;
	}
	if (!dtc_is_phandle(phandle))
		return NULL;
	other = target_at(d, p, 0, phandle);
	if (!other)
		dtc_warn(d, DTC_GRAPH_ENDPOINT);
	return other;
}

/* A port, or ports, with one child need no cells. */
static void check_graph_child(struct dtc *d, const struct dtc_node *node)
{
	unsigned count = 0;

	for (struct dtc_node *c = dtc_live_node(node->children); c; c = dtc_live_node(c->next)) {
		const struct dtc_property *p = dtc_get_role(c, DTC_REG);
		uint32_t n = 0;

		if (p && !dtc_cell(d, p, &n))
			dtc_crash(d, DTC_GRAPH_CHILD);
		if (n)
			return;
		count++;
	}
	if (count == 1 && node->address_cells != -1)
		dtc_warn(d, DTC_GRAPH_CHILD);
}

void dtc_check_graph(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node, *other;
	bool above = false;

	for (struct dtc_node *c = dtc_live_node(node->children); c && !above;
	     c = dtc_live_node(c->next))
		above = (c->bus & DTC_BUS_PORT) &&
			(node->name->role == DTC_PORTS || dtc_get_role(c, DTC_REG));
	if (above || (node->bus & DTC_BUS_PORT))
		check_graph_child(d, node);
	if (node->bus & DTC_BUS_PORT) {
		if (!node->parent)
			(d->from < 10701 ? dtc_crash : dtc_warn)(d, DTC_GRAPH_NODES);
		check_graph_reg(d, v, DTC_GRAPH_PORT);
		if (!dtc_is_called(node, "port") && (!d->plugin || d->from < 10701))
			dtc_warn(d, DTC_GRAPH_PORT);
	}
	if (!node->parent || !(node->parent->bus & DTC_BUS_PORT))
		return;
	check_graph_reg(d, v, DTC_GRAPH_ENDPOINT);
	if (d->plugin && d->from >= 10701)
		return;
	if (!dtc_is_called(node, "endpoint"))
		dtc_warn(d, DTC_GRAPH_ENDPOINT);
	other = remote(d, node);
	if (other && remote(d, other) != node)
		dtc_warn(d, DTC_GRAPH_ENDPOINT);
}
