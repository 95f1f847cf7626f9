/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc: its checks, which of them run, and those of single nodes. A check that would say something
 * makes the real dtc run, so each is as strict as the strictest release; where a release would fail
 * an assertion, -q does not help. Source: dtc's checks.c, 1.4.4 to 1.8.1.
 */
#include "firmware/dtc.h"

#include <stdio.h>

enum { NEVER = 99999 };

/* A check by the name that -W takes, where it is told apart from the others. */
struct row {
	const char *name;
	int from, until; /* releases that have it, and the first that has it no more */
	short check;	 /* -1: a warning that is looked at whether it is on or not; -2: an error */
	short needs[3];	 /* checks that it runs behind: where one is off, so is this one; 0: none */
};

enum { ALWAYS = -1, ERROR = -2, BASE = 1 /* needs[] has checks + 1 */ };

static const struct row rows[] = {
    {"duplicate_node_names", 0, NEVER, ERROR, {0}},
    {"duplicate_property_names", 0, NEVER, ERROR, {0}},
    {"node_name_chars", 0, NEVER, ERROR, {0}},
    {"node_name_format", 0, NEVER, ERROR, {0}},
    {"property_name_chars", 0, NEVER, ERROR, {0}},
    {"address_cells_is_cell", 0, NEVER, ALWAYS, {0}},
    {"size_cells_is_cell", 0, NEVER, ALWAYS, {0}},
    {"device_type_is_string", 0, NEVER, ALWAYS, {0}},
    {"model_is_string", 0, NEVER, ALWAYS, {0}},
    {"status_is_string", 0, NEVER, ALWAYS, {0}},
    {"label_is_string", 10406, NEVER, ALWAYS, {0}},
    {"compatible_is_string_list", 10406, NEVER, ALWAYS, {0}},
    {"names_is_string_list", 10406, NEVER, DTC_NAMES_LIST, {0}},
    {"node_name_vs_property_name", 10601, NEVER, DTC_NODE_VS_PROPERTY, {0}},
    {"addr_size_cells", 0, NEVER, DTC_CELLS_FORMAT, {0}},
    {"reg_format", 0, NEVER, DTC_REG_FORMAT, {BASE + DTC_CELLS_FORMAT}},
    {"ranges_format", 0, NEVER, DTC_RANGES_FORMAT, {BASE + DTC_CELLS_FORMAT}},
    {"dma_ranges_format", 10600, NEVER, DTC_DMA_RANGES_FORMAT, {BASE + DTC_CELLS_FORMAT}},
    {"unit_address_vs_reg", 0, NEVER, DTC_UNIT_VS_REG, {0}},
    {"unit_address_format",
     10405,
     NEVER,
     DTC_UNIT_FORMAT,
     {BASE + DTC_PCI_BRIDGE, BASE + DTC_SIMPLE_BRIDGE}},
    {"pci_bridge", 10405, NEVER, DTC_PCI_BRIDGE, {BASE + DTC_CELLS_FORMAT}},
    {"pci_device_reg", 10405, NEVER, DTC_PCI_REG, {BASE + DTC_REG_FORMAT, BASE + DTC_PCI_BRIDGE}},
    {"pci_device_bus_num",
     10405,
     NEVER,
     DTC_PCI_BUS,
     {BASE + DTC_REG_FORMAT, BASE + DTC_PCI_BRIDGE}},
    {"simple_bus_bridge", 10405, NEVER, DTC_SIMPLE_BRIDGE, {BASE + DTC_CELLS_FORMAT}},
    {"simple_bus_reg",
     10405,
     NEVER,
     DTC_SIMPLE_REG,
     {BASE + DTC_REG_FORMAT, BASE + DTC_SIMPLE_BRIDGE}},
    {"i2c_bus_bridge", 10500, NEVER, DTC_I2C_BRIDGE, {BASE + DTC_CELLS_FORMAT}},
    {"i2c_bus_reg", 10500, NEVER, DTC_I2C_REG, {BASE + DTC_REG_FORMAT, BASE + DTC_I2C_BRIDGE}},
    {"spi_bus_bridge", 10500, NEVER, DTC_SPI_BRIDGE, {BASE + DTC_CELLS_FORMAT}},
    {"spi_bus_reg", 10500, NEVER, DTC_SPI_REG, {BASE + DTC_REG_FORMAT, BASE + DTC_SPI_BRIDGE}},
    {"avoid_default_addr_size", 0, NEVER, DTC_DEFAULT_CELLS, {BASE + DTC_CELLS_FORMAT}},
    {"avoid_unnecessary_addr_size",
     10406,
     NEVER,
     DTC_UNNECESSARY_CELLS,
     {BASE + DTC_DEFAULT_CELLS}},
    {"unique_unit_address", 10407, NEVER, DTC_UNIQUE_UNIT, {BASE + DTC_DEFAULT_CELLS}},
    {"obsolete_chosen_interrupt_controller", 0, NEVER, DTC_OLD_CONTROLLER, {0}},
    {"chosen_node_is_root", 10406, NEVER, DTC_CHOSEN_ROOT, {0}},
    {"chosen_node_bootargs", 10406, NEVER, DTC_CHOSEN_BOOTARGS, {0}},
    {"chosen_node_stdout_path", 10406, NEVER, DTC_CHOSEN_STDOUT, {0}},
    {"gpios_property", 10405, NEVER, DTC_GPIOS_ARGS, {0}},
    {"interrupts_property", 10405, NEVER, DTC_INTERRUPTS_ARGS, {0}},
    {"interrupt_provider", 10601, NEVER, DTC_INTERRUPT_PROVIDER, {0}},
    {"interrupt_map",
     10700,
     NEVER,
     DTC_INTERRUPT_MAP_ARGS,
     {BASE + DTC_CELLS_FORMAT, BASE + DTC_INTERRUPT_PROVIDER}},
    {"alias_paths", 10406, NEVER, DTC_ALIAS_PATHS, {0}},
    {"graph_nodes", 10407, NEVER, DTC_GRAPH_NODES, {0}},
    {"graph_child_address",
     10407,
     10800,
     DTC_GRAPH_CHILD,
     {BASE + DTC_GRAPH_NODES, BASE + DTC_GRAPH_PORT, BASE + DTC_GRAPH_ENDPOINT}},
    {"graph_port", 10407, NEVER, DTC_GRAPH_PORT, {BASE + DTC_GRAPH_NODES}},
    {"graph_endpoint", 10407, NEVER, DTC_GRAPH_ENDPOINT, {BASE + DTC_GRAPH_NODES}},
};

enum { ROWS = sizeof(rows) / sizeof(*rows) };

/* --- which of them run --- */

static void switch_off(struct dtc *d, int check)
{
	if (check < 0 || d->off[check])
		return;
	d->off[check] = true;
	for (size_t i = 0; i < ROWS; i++) {
		for (size_t k = 0; k < 3; k++) {
			if (rows[i].needs[k] == check + BASE)
				switch_off(d, rows[i].check);
		}
	}
}

bool dtc_switch_off(struct dtc *d, struct str name)
{
	struct str suffix = S("_property");

	for (size_t i = 0; i < ROWS; i++) {
		if (!str_is(name, rows[i].name))
			continue;
		if (d->from < rows[i].from || d->to >= rows[i].until)
			return false;
		switch_off(d, rows[i].check);
		return true;
	}
	if (!str_ends(name, suffix) || d->from < 10406)
		return false;
	for (size_t i = 0; i < dtc_n_providers; i++) {
		if (str_is(str_sub(name, 0, name.n - suffix.n), dtc_providers[i].check) &&
		    !str_is(name, "sound_dais_property")) {
			d->off[DTC_PROVIDER_ARGS + i] = true;
			return true;
		}
	}
	return false;
}

bool dtc_runs(const struct dtc *d, enum dtc_check check)
{
	if (d->off[check])
		return false;
	for (size_t i = 0; i < ROWS; i++) {
		if (rows[i].check == (short)check)
			return d->to >= rows[i].from && d->from < rows[i].until;
	}
	return true;
}

void dtc_warn(struct dtc *d, enum dtc_check check)
{
	if (!d->quiet && !d->declined && dtc_runs(d, check))
		dtc_decline(d);
}

void dtc_crash(struct dtc *d, enum dtc_check check)
{
	if (!d->declined && dtc_runs(d, check))
		dtc_decline(d);
}

/* --- what they ask for --- */

int dtc_address_cells(const struct dtc_node *node)
{
	return node->address_cells == -1 ? 2 : node->address_cells;
}

int dtc_size_cells(const struct dtc_node *node)
{
	return node->size_cells == -1 ? 1 : node->size_cells;
}

bool dtc_is_called(const struct dtc_node *node, const char *text)
{
	return str_is(str_sub(node->name->text, 0, node->base), text);
}

struct str dtc_unit(const struct dtc_node *node)
{
	return str_from(node->name->text, node->base + 1);
}

bool dtc_unit_is(struct str unit, uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%jx", (uintmax_t)value);
	return str_is(unit, text);
}

static bool is_text(struct dtc *d, const struct dtc_property *p)
{
	struct str s = dtc_bytes(d, p);

	return s.n && memchr(s.p, '\0', s.n) == s.p + s.n - 1;
}

static bool is_list(struct dtc *d, const struct dtc_property *p)
{
	struct str s = dtc_bytes(d, p);

	return !s.n || s.p[s.n - 1] == '\0';
}

/* --- first round: cells and buses --- */

static bool has_compatible(struct dtc *d, const struct dtc_node *node, const char *what)
{
	struct dtc_property *p = dtc_get_role(node, DTC_COMPATIBLE);
	struct str rest = p ? dtc_bytes(d, p) : (struct str){0}, one;

	while (p && str_split(&rest, '\0', &one)) {
		if (str_is(one, what))
			return true;
	}
	return false;
}

static bool has_child_called(struct dtc_node *node, const char *text)
{
	struct dtc_node *c = dtc_live_node(node->children);

	while (c && !dtc_is_called(c, text))
		c = dtc_live_node(c->next);
	return c;
}

static bool has_spi_children(struct dtc_node *node)
{
	for (struct dtc_node *c = dtc_live_node(node->children); c; c = dtc_live_node(c->next)) {
		for (struct dtc_property *p = dtc_live(c->properties); p; p = dtc_live(p->next)) {
			if (str_starts(p->name->text, S("spi-")))
				return true;
		}
	}
	return false;
}

static void find_buses(struct dtc *d, struct dtc_node *node)
{
	struct dtc_property *type = dtc_get_role(node, DTC_DEVICE_TYPE);

	if (type && str_eq(dtc_bytes(d, type), S("pci\0")))
		node->bus |= DTC_BUS_PCI;
	if (has_compatible(d, node, "simple-bus"))
		node->bus |= DTC_BUS_SIMPLE;
	if (dtc_is_called(node, "i2c-bus") || dtc_is_called(node, "i2c-arb") ||
	    (dtc_is_called(node, "i2c") && !has_child_called(node, "i2c-bus")))
		node->bus |= DTC_BUS_I2C;
	if (dtc_is_called(node, "spi") ||
	    (dtc_address_cells(node) == 1 && dtc_size_cells(node) == 0 && has_spi_children(node)))
		node->bus |= DTC_BUS_SPI;
}

static void set_cells(struct dtc *d, struct dtc_node *node)
{
	uint32_t n;

	if (dtc_cell(d, dtc_get_role(node, DTC_ADDRESS_CELLS), &n))
		node->address_cells = (int)n;
	if (dtc_cell(d, dtc_get_role(node, DTC_SIZE_CELLS), &n))
		node->size_cells = (int)n;
	find_buses(d, node);
	for (struct dtc_node *c = dtc_live_node(node->children); c; c = dtc_live_node(c->next)) {
		set_cells(d, c);
		if (dtc_is_called(c, "endpoint") || dtc_get_role(c, DTC_REMOTE_ENDPOINT))
			node->bus |= DTC_BUS_PORT;
	}
}

/* --- second round --- */

/* The kinds of values that names tell. */
static void check_values(struct dtc *d, const struct dtc_node *node)
{
	for (struct dtc_property *p = dtc_live(node->properties); p; p = dtc_live(p->next)) {
		unsigned role = p->name->role;
		bool cells = role == DTC_ADDRESS_CELLS || role == DTC_SIZE_CELLS ||
			     role == DTC_INTERRUPT_CELLS || role >= DTC_CELLS;

		if (cells && dtc_size(p) != 4)
			dtc_warn(d, DTC_IS_CELL);
		if ((role == DTC_DEVICE_TYPE || role == DTC_MODEL || role == DTC_STATUS ||
		     role == DTC_LABEL_TEXT) &&
		    !is_text(d, p))
			dtc_warn(d, DTC_IS_STRING);
		if (role == DTC_COMPATIBLE && !is_list(d, p))
			dtc_warn(d, DTC_IS_STRING);
		if ((p->name->flags & DTC_LIST) && !is_list(d, p))
			dtc_warn(d, DTC_NAMES_LIST);
	}
}

static void check_reg(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *parent = v->node->parent;
	size_t n;
	int entry;

	if (!v->have[DTC_REG])
		return;
	n = dtc_size(v->have[DTC_REG]);
	entry = parent ? 4 * (dtc_address_cells(parent) + dtc_size_cells(parent)) : 0;
	if (entry <= 0 || !n || n % (unsigned)entry)
		dtc_warn(d, DTC_REG_FORMAT);
}

static void check_ranges(struct dtc *d, const struct dtc_view *v, enum dtc_role role,
			 enum dtc_check check)
{
	const struct dtc_node *node = v->node, *parent = node->parent;
	int address = dtc_address_cells(node), size = dtc_size_cells(node), entry;
	size_t n;

	if (!v->have[role])
		return;
	n = dtc_size(v->have[role]);
	if (!parent) {
		dtc_warn(d, check);
		return;
	}
	entry = 4 * (dtc_address_cells(parent) + address + size);
	if (n && entry <= 0) /* divided by */
		dtc_crash(d, check);
	else if (n ? n % (unsigned)entry != 0
		   : address != dtc_address_cells(parent) || size != dtc_size_cells(parent))
		dtc_warn(d, check);
}

static void check_unit(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node;
	bool has = v->have[DTC_REG] || (v->have[DTC_RANGES] && dtc_size(v->have[DTC_RANGES]) > 0);
	struct str unit = v->unit;
	struct dtc_node *c = dtc_live_node(node->children);

	while (c && c->name->role != DTC_OVERLAY)
		c = dtc_live_node(c->next);
	if (has != (unit.n > 0) && (!c || d->from < 10407))
		dtc_warn(d, DTC_UNIT_VS_REG);
	if (!unit.n || (node->parent && (node->parent->bus & (DTC_BUS_PCI | DTC_BUS_SIMPLE))))
		return;
	if (str_starts(unit, S("0x")) ||
	    (unit.n > 1 && unit.p[0] == '0' && memchr("0123456789abcdefABCDEF", unit.p[1], 22)))
		dtc_warn(d, DTC_UNIT_FORMAT);
}

static void check_default_cells(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node;
	bool used = false;

	if (node->parent && (v->have[DTC_REG] || v->have[DTC_RANGES]) &&
	    (node->parent->address_cells == -1 || node->parent->size_cells == -1))
		dtc_warn(d, DTC_DEFAULT_CELLS);
	if (!node->parent || node->address_cells < 0 || node->size_cells < 0 ||
	    v->have[DTC_RANGES] || v->have[DTC_DMA_RANGES] || !node->children)
		return;
	for (struct dtc_node *c = dtc_live_node(node->children); c && !used;
	     c = dtc_live_node(c->next))
		used = dtc_get_role(c, DTC_REG);
	if (!used)
		dtc_warn(d, DTC_UNNECESSARY_CELLS);
}

/* Two children with one address. */
static void check_unique(struct dtc *d, const struct dtc_view *v)
{
	unsigned stamp = ++d->stamp;

	if (v->node->address_cells < 0 || v->node->size_cells < 0)
		return;
	for (struct dtc_node *c = dtc_live_node(v->node->children); c; c = dtc_live_node(c->next)) {
		struct str unit = dtc_unit(c);
		struct dtc_name *name;

		if (!unit.n)
			continue;
		name = dtc_name(d, unit);
		if (name->stamp == stamp)
			dtc_warn(d, DTC_UNIQUE_UNIT);
		name->stamp = stamp;
	}
}

static void check_chosen(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_property *out = v->have[DTC_STDOUT];

	if (v->node->name->role != DTC_CHOSEN)
		return;
	if (v->node->parent != d->root)
		dtc_warn(d, DTC_CHOSEN_ROOT);
	else if (v->have[DTC_INTERRUPT_CONTROLLER])
		dtc_warn(d, DTC_OLD_CONTROLLER);
	if (v->have[DTC_BOOTARGS] && !is_text(d, v->have[DTC_BOOTARGS]))
		dtc_warn(d, DTC_CHOSEN_BOOTARGS);
	if (out ? !is_text(d, out) : v->have[DTC_LINUX_STDOUT] != NULL)
		dtc_warn(d, DTC_CHOSEN_STDOUT);
}

static void check_aliases(struct dtc *d, const struct dtc_view *v)
{
	if (v->node->name->role != DTC_ALIASES)
		return;
	for (struct dtc_property *p = dtc_live(v->node->properties); p; p = dtc_live(p->next)) {
		struct str path = dtc_bytes(d, p);
		const char *end = path.n ? memchr(path.p, '\0', path.n) : NULL;
		struct str name = p->name->text;

		/* Read beyond its end, it may say anything. */
		if (path.n && !end)
			dtc_crash(d, DTC_ALIAS_PATHS);
		else if (!end ||
			 !dtc_find_path(d, d->root, (struct str){path.p, (size_t)(end - path.p)}))
			dtc_warn(d, DTC_ALIAS_PATHS);
		if (strspn(name.p, "abcdefghijklmnopqrstuvwxyz0123456789-") != name.n)
			dtc_warn(d, DTC_ALIAS_PATHS);
	}
}

static void check_node(struct dtc *d, struct dtc_node *node)
{
	struct dtc_view v = {.node = node, .unit = dtc_unit(node)};

	for (struct dtc_property *p = dtc_live(node->properties); p; p = dtc_live(p->next)) {
		if (p->name->role < DTC_ROLES)
			v.have[p->name->role] = p;
	}
	check_values(d, node);
	if (node->parent && dtc_get(node->parent, node->name))
		dtc_warn(d, DTC_NODE_VS_PROPERTY);
	check_reg(d, &v);
	check_ranges(d, &v, DTC_RANGES, DTC_RANGES_FORMAT);
	check_ranges(d, &v, DTC_DMA_RANGES, DTC_DMA_RANGES_FORMAT);
	check_unit(d, &v);
	check_default_cells(d, &v);
	check_unique(d, &v);
	check_chosen(d, &v);
	check_aliases(d, &v);
	dtc_check_buses(d, &v);
	dtc_check_links(d, &v);
	dtc_check_graph(d, &v);
	for (struct dtc_node *c = dtc_live_node(node->children); c && !d->declined;
	     c = dtc_live_node(c->next))
		check_node(d, c);
}

void dtc_check(struct dtc *d)
{
	set_cells(d, d->root);
	check_node(d, d->root);
}
