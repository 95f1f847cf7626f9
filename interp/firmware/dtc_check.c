/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc: its checks: which of them run, behind which others, and what they said. Where a release
 * would fail an assertion, -q does not help. Source: dtc's checks.c, 1.4.4 to 1.8.1.
 */
#include "firmware/dtc_check.h"

#include <stdarg.h>

enum { NEEDS = 3 };

/* A check by the name that -W takes. */
struct row {
	const char *name;
	int from, until; /* releases that have it, and the first that has it no more; 0: all */
	bool asked;	 /* runs only when it is asked for */
	int more_from;	/* the first release that has all of the needs; those before: one or none */
	short n_before; /* how many they have */
	short n_needs;
	enum dtc_check needs[NEEDS]; /* checks that it runs behind */
};

#define BEHIND(n, ...) .n_needs = (n), .needs = {__VA_ARGS__}

static const struct row rows[DTC_CHECKS] = {
    [DTC_NODE_VS_PROPERTY] = {.name = "node_name_vs_property_name", .from = 10601},
    [DTC_ADDRESS_IS_CELL] = {.name = "address_cells_is_cell"},
    [DTC_SIZE_IS_CELL] = {.name = "size_cells_is_cell"},
    [DTC_TYPE_IS_STRING] = {.name = "device_type_is_string"},
    [DTC_MODEL_IS_STRING] = {.name = "model_is_string"},
    [DTC_STATUS_IS_STRING] = {.name = "status_is_string"},
    [DTC_LABEL_IS_STRING] = {.name = "label_is_string", .from = 10406},
    [DTC_COMPATIBLE_IS_LIST] = {.name = "compatible_is_string_list", .from = 10406},
    [DTC_NAMES_IS_LIST] = {.name = "names_is_string_list", .from = 10406},
    [DTC_PROPERTY_STRICT] = {.name = "property_name_chars_strict",
			     .from = DTC_WARNS,
			     .asked = true},
    [DTC_NODE_STRICT] = {.name = "node_name_chars_strict", .from = DTC_WARNS, .asked = true},
    [DTC_CELLS_FORMAT] = {.name = "addr_size_cells",
			  BEHIND(2, DTC_ADDRESS_IS_CELL, DTC_SIZE_IS_CELL)},
    [DTC_REG_FORMAT] = {.name = "reg_format", BEHIND(1, DTC_CELLS_FORMAT)},
    [DTC_RANGES_FORMAT] = {.name = "ranges_format", BEHIND(1, DTC_CELLS_FORMAT)},
    [DTC_DMA_RANGES_FORMAT] = {.name = "dma_ranges_format",
			       .from = 10600,
			       BEHIND(1, DTC_CELLS_FORMAT)},
    [DTC_UNIT_VS_REG] = {.name = "unit_address_vs_reg"},
    [DTC_UNIT_FORMAT] = {.name = "unit_address_format",
			 .from = 10405,
			 BEHIND(2, DTC_PCI_BRIDGE, DTC_SIMPLE_BRIDGE)},
    [DTC_PCI_BRIDGE] = {.name = "pci_bridge",
			.from = 10405,
			BEHIND(2, DTC_TYPE_IS_STRING, DTC_CELLS_FORMAT)},
    [DTC_PCI_REG] = {.name = "pci_device_reg",
		     .from = 10405,
		     BEHIND(2, DTC_REG_FORMAT, DTC_PCI_BRIDGE)},
    [DTC_PCI_BUS] = {.name = "pci_device_bus_num",
		     .from = 10405,
		     BEHIND(2, DTC_REG_FORMAT, DTC_PCI_BRIDGE)},
    [DTC_SIMPLE_BRIDGE] = {.name = "simple_bus_bridge",
			   .from = 10405,
			   .more_from = DTC_WARNS,
			   .n_before = 1,
			   BEHIND(2, DTC_CELLS_FORMAT, DTC_COMPATIBLE_IS_LIST)},
    [DTC_SIMPLE_REG] = {.name = "simple_bus_reg",
			.from = 10405,
			BEHIND(2, DTC_REG_FORMAT, DTC_SIMPLE_BRIDGE)},
    [DTC_I2C_BRIDGE] = {.name = "i2c_bus_bridge", .from = 10500, BEHIND(1, DTC_CELLS_FORMAT)},
    [DTC_I2C_REG] = {.name = "i2c_bus_reg",
		     .from = 10500,
		     BEHIND(2, DTC_REG_FORMAT, DTC_I2C_BRIDGE)},
    [DTC_SPI_BRIDGE] = {.name = "spi_bus_bridge", .from = 10500, BEHIND(1, DTC_CELLS_FORMAT)},
    [DTC_SPI_REG] = {.name = "spi_bus_reg",
		     .from = 10500,
		     BEHIND(2, DTC_REG_FORMAT, DTC_SPI_BRIDGE)},
    [DTC_DEFAULT_CELLS] = {.name = "avoid_default_addr_size", BEHIND(1, DTC_CELLS_FORMAT)},
    [DTC_UNNECESSARY_CELLS] = {.name = "avoid_unnecessary_addr_size",
			       .from = 10406,
			       BEHIND(1, DTC_DEFAULT_CELLS)},
    [DTC_UNIQUE_UNIT] = {.name = "unique_unit_address",
			 .from = 10407,
			 BEHIND(1, DTC_DEFAULT_CELLS)},
    [DTC_UNIQUE_ENABLED] = {.name = "unique_unit_address_if_enabled",
			    .from = DTC_WARNS,
			    .asked = true,
			    BEHIND(1, DTC_DEFAULT_CELLS)},
    [DTC_OLD_CONTROLLER] = {.name = "obsolete_chosen_interrupt_controller"},
    [DTC_CHOSEN_ROOT] = {.name = "chosen_node_is_root", .from = 10406},
    [DTC_CHOSEN_BOOTARGS] = {.name = "chosen_node_bootargs", .from = 10406},
    [DTC_CHOSEN_STDOUT] = {.name = "chosen_node_stdout_path", .from = 10406},
    [DTC_OLD_GPIO] = {.name = "deprecated_gpio_property", .from = DTC_WARNS, .asked = true},
    [DTC_GPIOS_ARGS] = {.name = "gpios_property", .from = 10405},
    [DTC_INTERRUPTS_ARGS] = {.name = "interrupts_property", .from = 10405},
    [DTC_INTERRUPT_PROVIDER] = {.name = "interrupt_provider",
				.from = 10601,
				.more_from = DTC_MAPS,
				BEHIND(1, DTC_INTERRUPTS_EXTENDED_IS_CELL)},
    [DTC_INTERRUPT_MAP_ARGS] = {.name = "interrupt_map",
				.from = DTC_MAPS,
				BEHIND(2, DTC_CELLS_FORMAT, DTC_INTERRUPT_PROVIDER)},
    [DTC_ALIAS_PATHS] = {.name = "alias_paths", .from = 10406},
    [DTC_GRAPH_NODES] = {.name = "graph_nodes", .from = 10407},
    [DTC_GRAPH_CHILD] = {.name = "graph_child_address",
			 .from = 10407,
			 .until = 10800,
			 .more_from = DTC_GRAPHS,
			 .n_before = 1,
			 BEHIND(3, DTC_GRAPH_NODES, DTC_GRAPH_PORT, DTC_GRAPH_ENDPOINT)},
    [DTC_GRAPH_PORT] = {.name = "graph_port", .from = 10407, BEHIND(1, DTC_GRAPH_NODES)},
    [DTC_GRAPH_ENDPOINT] = {.name = "graph_endpoint", .from = 10407, BEHIND(1, DTC_GRAPH_NODES)},
};

/* Those that are errors: to -W they are always on. */
static const char *const errors[] = {
    "duplicate_node_names", "duplicate_property_names", "node_name_chars",
    "node_name_format",	    "property_name_chars",
};

static bool is_provider(int check)
{
	return check >= DTC_PROVIDER_ARGS && check < DTC_PROVIDERS_END;
}

/* How many checks CHECK runs behind, in some releases. */
static size_t n_needs(int check)
{
	if (is_provider(check))
		return (check - DTC_PROVIDER_ARGS) % 2 == 0;
	return (size_t)rows[check].n_needs;
}

static enum dtc_check need(int check, size_t i)
{
	return is_provider(check) ? (enum dtc_check)check + 1 : rows[check].needs[i];
}

/* Does it run behind the Ith in the release that is there? Ask only where that matters. */
static bool needs(struct dtc *d, int check, size_t i)
{
	const struct row *r = &rows[check];

	return !r->more_from || i < (size_t)r->n_before || dtc_since(d, r->more_from);
}

static struct str name_of(struct dtc *d, int check)
{
	size_t i = (size_t)(check - DTC_PROVIDER_ARGS);

	if (!is_provider(check))
		return str_z(rows[check].name);
	return str_fmt(d->mem, "%s_%s", dtc_providers[i / 2].check, i % 2 ? "is_cell" : "property");
}

/* --- which of them run --- */

/* Is it one that no release from FROM to TO lacks? */
static bool is_known(const struct dtc *d, int check)
{
	const struct row *r = &rows[check];

	if (is_provider(check))
		return d->from >= ((check - DTC_PROVIDER_ARGS) % 2 ? DTC_WARNS : 10406);
	return d->from >= r->from && (!r->until || d->to < r->until);
}

void dtc_begin_checks(struct dtc *d)
{
	d->checks = arena_make(d->mem, struct dtc_checks);
	for (int i = 0; i < DTC_CHECKS; i++) {
		const struct row *r = &rows[i];

		d->checks->on[i] =
		    !r->asked && d->to >= r->from && (!r->until || d->from < r->until);
	}
}

static void switch_off(struct dtc *d, enum dtc_check check)
{
	if (!d->checks->on[check])
		return;
	d->checks->on[check] = false;
	for (int other = 0; other < DTC_CHECKS; other++) {
		for (size_t i = 0; i < n_needs(other); i++) {
			if (need(other, i) == check && d->checks->on[other] && needs(d, other, i))
				switch_off(d, (enum dtc_check)other);
		}
	}
}

static void switch_on(struct dtc *d, enum dtc_check check)
{
	if (d->checks->on[check])
		return;
	d->checks->on[check] = true;
	for (size_t i = 0; i < n_needs(check); i++) {
		if (!d->checks->on[need(check, i)] && needs(d, check, i))
			switch_on(d, need(check, i));
	}
}

bool dtc_switch(struct dtc *d, struct str name)
{
	bool on = !str_starts(name, S("no-")) && !str_starts(name, S("no_"));

	name = str_from(name, on ? 0 : 3);
	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		if (str_is(name, errors[i]))
			return true;
	}
	for (int check = 0; check < DTC_CHECKS; check++) {
		if (!str_eq(name, name_of(d, check)))
			continue;
		if (is_known(d, check) && on)
			switch_on(d, (enum dtc_check)check);
		else if (is_known(d, check))
			switch_off(d, (enum dtc_check)check);
		return is_known(d, check);
	}
	return false;
}

/* Did it say something, or one that it runs behind? */
static bool fails(struct dtc *d, enum dtc_check check)
{
	if (d->checks->said[check])
		return true;
	for (size_t i = 0; i < n_needs(check); i++) {
		if (fails(d, need(check, i)) && needs(d, check, i))
			return true;
	}
	return false;
}

bool dtc_runs(struct dtc *d, enum dtc_check check)
{
	bool runs = d->checks->on[check];

	for (size_t i = 0; i < n_needs(check) && runs; i++)
		runs = !fails(d, need(check, i)) || !needs(d, check, i);
	return runs;
}

/* --- what they say --- */

bool dtc_may_say(struct dtc *d, enum dtc_check check)
{
	return !d->quiet && !d->declined && d->checks->on[check];
}

void dtc_crash(struct dtc *d, enum dtc_check check)
{
	if (d->checks->on[check])
		dtc_decline(d);
}

void dtc_mutter(struct dtc *d, enum dtc_check check)
{
	if (dtc_may_say(d, check))
		dtc_decline(d);
}

static struct buf *voice(struct dtc *d, enum dtc_check check)
{
	struct buf **to = &d->checks->said[check];

	if (!*to) {
		*to = arena_make(d->mem, struct buf);
		**to = buf_new(d->mem);
	}
	return *to;
}

/* "FILE:1.2-3.4: Warning (CHECK): ", without a place the file that is written. */
static void put_head(struct dtc *d, struct buf *to, enum dtc_check check,
		     const struct dtc_place *place)
{
	if (place && place->from)
		dtc_put_place(d, to, place);
	else
		buf_str(to, str_is(d->out, "-") ? S("<stdout>") : d->out);
	buf_fmt(to, ": Warning (%.*s): ", STR_ARG(name_of(d, check)));
}

static void put_others(struct dtc *d, struct buf *to, const struct dtc_place *place)
{
	for (place = place->next; place; place = place->next) {
		buf_z(to, "  also defined at ");
		dtc_put_place(d, to, place);
		buf_char(to, '\n');
	}
}

void dtc_warn(struct dtc *d, enum dtc_check check, const struct dtc_node *node,
	      const struct dtc_property *p, const char *fmt, ...)
{
	const struct dtc_place *place = p && p->place.from ? &p->place : &node->place;
	struct buf *to;
	va_list ap;

	if (!dtc_may_say(d, check))
		return;
	if (d->from < DTC_WARNS || !is_known(d, check)) {
		dtc_decline(d);
		return;
	}
	to = voice(d, check);
	put_head(d, to, check, place);
	buf_str(to, node->path);
	if (p)
		buf_fmt(to, ":%.*s", STR_ARG(p->name->text));
	buf_z(to, ": ");
	va_start(ap, fmt);
	buf_str(to, str_vfmt(d->mem, fmt, ap));
	va_end(ap);
	buf_char(to, '\n');
	if (!p)
		put_others(d, to, place);
}

/* --- all of them --- */

static void find_bus(struct dtc *d, struct dtc_node *node)
{
	/* The check that takes them did not run: graphs see other numbers then. */
	if (!dtc_runs(d, DTC_CELLS_FORMAT))
		node->address_cells = node->size_cells = 0;
	node->bus = 0;
	dtc_find_bus(d, node);
}

/* Values, and buses as if nothing was said of any. */
static void look_at_values(struct dtc *d, struct dtc_node *node)
{
	dtc_check_values(d, node);
	find_bus(d, node);
	for (struct dtc_node *c = dtc_live_node(node->children); c; c = dtc_live_node(c->next))
		look_at_values(d, c);
	dtc_find_graph(d, node);
}

static void find_again(struct dtc *d, struct dtc_node *node)
{
	find_bus(d, node);
	for (struct dtc_node *c = dtc_live_node(node->children); c; c = dtc_live_node(c->next))
		find_again(d, c);
	dtc_find_graph(d, node);
}

static void look_at_node(struct dtc *d, struct dtc_node *node)
{
	struct dtc_view v = {.node = node, .unit = str_from(node->name->text, node->base + 1)};

	for (struct dtc_property *p = dtc_live(node->properties); p; p = dtc_live(p->next)) {
		if (p->name->role < DTC_ROLES)
			v.have[p->name->role] = p;
	}
	dtc_check_node(d, &v);
	dtc_check_buses(d, &v);
	dtc_check_links(d, &v);
	dtc_check_graph(d, &v);
	for (struct dtc_node *c = dtc_live_node(node->children); c && !d->declined;
	     c = dtc_live_node(c->next))
		look_at_node(d, c);
}

void dtc_check(struct dtc *d)
{
	bool said = false;

	look_at_values(d, d->root);
	for (int check = 0; check < DTC_CELLS_FORMAT && !said; check++)
		said = d->checks->said[check];
	if (said) {
		d->checks->said[DTC_GRAPH_NODES] = NULL;
		find_again(d, d->root);
	}
	look_at_node(d, d->root);
}

/* CHECK runs, unless it DID, and tells: first those that it runs behind. */
static void tell(struct dtc *d, struct buf *to, enum dtc_check check, bool *did)
{
	bool failed = false;

	if (did[check])
		return;
	did[check] = true;
	for (size_t i = 0; i < n_needs(check); i++) {
		enum dtc_check first = need(check, i);

		if (!fails(d, first) || !needs(d, check, i))
			continue;
		tell(d, to, first, did);
		put_head(d, to, check, NULL);
		buf_fmt(to, "Failed prerequisite '%.*s'\n", STR_ARG(name_of(d, first)));
		failed = true;
	}
	if (!failed && d->checks->said[check])
		buf_str(to, buf_view(d->checks->said[check]));
}

void dtc_tell(struct dtc *d, struct buf *to)
{
	bool did[DTC_CHECKS] = {false};

	for (int check = 0; check < DTC_CHECKS; check++) {
		if (d->checks->on[check])
			tell(d, to, (enum dtc_check)check, did);
	}
}
