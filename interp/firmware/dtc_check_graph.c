/* SPDX-License-Identifier: GPL-2.0-only */
/* dtc: which nodes are ports of a graph, and checks of them and their endpoints. */
#include "firmware/dtc_check.h"

#include <inttypes.h>
#include <stdio.h>

static bool is_endpoint(const struct dtc_node *node)
{
	return dtc_is_called(node, "endpoint") || dtc_get_role(node, DTC_REMOTE_ENDPOINT);
}

/* The root can be none: that is said, or ends the release by a crash. */
static void check_root(struct dtc *d, const struct dtc_node *root, const struct dtc_node *child)
{
	if (d->from < DTC_GRAPHS)
		dtc_crash(d, DTC_GRAPH_NODES);
	dtc_warn(d, DTC_GRAPH_NODES, root, NULL,
		 "root node contains endpoint node '%.*s', potentially misplaced remote-endpoint "
		 "property",
		 STR_ARG(child->name->text));
}

void dtc_find_graph(struct dtc *d, struct dtc_node *node)
{
	struct dtc_node *c = dtc_live_node(node->children), *parent = node->parent;

	for (; c && (!parent || !is_endpoint(c)); c = dtc_live_node(c->next)) {
		if (!parent && is_endpoint(c))
			check_root(d, node, c);
	}
	if (!c || !d->checks->on[DTC_GRAPH_NODES])
		return;
	node->bus |= DTC_BUS_PORT;
	if (!parent->bus && (parent->name->role == DTC_PORTS || dtc_get_role(node, DTC_REG)))
		parent->bus |= DTC_BUS_PORTS;
}

/* --- what they are like --- */

/* A cell of the parent's that is to be VALUE; that it is another is said of NODE's own property. */
static void check_cells(struct dtc *d, const struct dtc_node *node, enum dtc_check check,
			enum dtc_role role, int is, int value)
{
	const struct dtc_property *p = dtc_get_role(node, role);

	if (is == value)
		return;
	dtc_warn(d, check, node, p, "graph node '%s' is %d, must be %d",
		 role == DTC_ADDRESS_CELLS ? "#address-cells" : "#size-cells", is, value);
}

static void check_graph_reg(struct dtc *d, const struct dtc_view *v, enum dtc_check check)
{
	const struct dtc_node *node = v->node;
	char unit[12];
	uint32_t n;

	if (!v->have[DTC_REG])
		return;
	if (!dtc_cell(d, v->have[DTC_REG], &n)) {
		dtc_warn(d, check, node, NULL, "graph node malformed 'reg' property");
		return;
	}
	snprintf(unit, sizeof(unit), "%" PRIx32, n);
	if (!str_is(v->unit, unit))
		dtc_warn(d, check, node, NULL, "graph node unit address error, expected \"%s\"",
			 unit);
	check_cells(d, node, check, DTC_ADDRESS_CELLS, node->parent->address_cells, 1);
	check_cells(d, node, check, DTC_SIZE_CELLS, node->parent->size_cells, 0);
}

/* That NODE is not called TEXT is said before what its reg calls for, or behind it. */
static void check_name_and_reg(struct dtc *d, const struct dtc_view *v, enum dtc_check check,
			       const char *kind, const char *text)
{
	bool called = dtc_is_called(v->node, text);
	bool behind = called || (dtc_may_say(d, check) && dtc_since(d, DTC_GRAPHS));

	if (behind)
		check_graph_reg(d, v, check);
	if (!called && (!d->plugin || !behind))
		dtc_warn(d, check, v->node, NULL, "graph %s node name should be '%s'", kind, text);
	if (!behind)
		check_graph_reg(d, v, check);
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
	other = dtc_target(d, p, 0, phandle);
	if (!other)
		dtc_warn(d, DTC_GRAPH_ENDPOINT, node, p, "graph phandle is not valid");
	return other;
}

static void check_endpoint(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node, *other;
	bool skips = d->plugin && dtc_may_say(d, DTC_GRAPH_ENDPOINT) && dtc_since(d, DTC_GRAPHS);

	check_name_and_reg(d, v, DTC_GRAPH_ENDPOINT, "endpoint", "endpoint");
	other = skips ? NULL : remote(d, node);
	if (other && remote(d, other) != node)
		dtc_warn(d, DTC_GRAPH_ENDPOINT, node, NULL,
			 "graph connection to node '%.*s' is not bidirectional",
			 STR_ARG(other->path));
}

/* A port, or ports, with one child need no cells. */
static void check_child_address(struct dtc *d, const struct dtc_node *node)
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
	if (count != 1 || node->address_cells == -1)
		return;
	dtc_warn(d, DTC_GRAPH_CHILD, node, NULL,
		 "graph node has single child node '%.*s', #address-cells/#size-cells are not "
		 "necessary",
		 STR_ARG(node->children->name->text));
}

void dtc_check_graph(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node;

	if ((node->bus & (DTC_BUS_PORT | DTC_BUS_PORTS)) && d->checks->on[DTC_GRAPH_CHILD])
		check_child_address(d, node);
	if (node->bus & DTC_BUS_PORT)
		check_name_and_reg(d, v, DTC_GRAPH_PORT, "port", "port");
	if (node->parent && (node->parent->bus & DTC_BUS_PORT))
		check_endpoint(d, v);
}
