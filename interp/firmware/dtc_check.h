/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_DTC_CHECK_H
#define FIRMWARE_DTC_CHECK_H

#include "firmware/dtc.h"

/*
 * Private to dtc_check*.c and dtc.c: what the real dtc warns of. Each node is looked at once by all
 * checks; what they say is kept by check, and told in the order in which dtc runs them.
 */

/* In dtc's order. */
enum dtc_check {
	DTC_NODE_VS_PROPERTY,
	DTC_ADDRESS_IS_CELL,
	DTC_SIZE_IS_CELL,
	DTC_TYPE_IS_STRING,
	DTC_MODEL_IS_STRING,
	DTC_STATUS_IS_STRING,
	DTC_LABEL_IS_STRING,
	DTC_COMPATIBLE_IS_LIST,
	DTC_NAMES_IS_LIST,
	DTC_PROPERTY_STRICT,
	DTC_NODE_STRICT,
	DTC_CELLS_FORMAT,
	DTC_REG_FORMAT,
	DTC_RANGES_FORMAT,
	DTC_DMA_RANGES_FORMAT,
	DTC_UNIT_VS_REG,
	DTC_UNIT_FORMAT,
	DTC_PCI_BRIDGE,
	DTC_PCI_REG,
	DTC_PCI_BUS,
	DTC_SIMPLE_BRIDGE,
	DTC_SIMPLE_REG,
	DTC_I2C_BRIDGE,
	DTC_I2C_REG,
	DTC_SPI_BRIDGE,
	DTC_SPI_REG,
	DTC_DEFAULT_CELLS,
	DTC_UNNECESSARY_CELLS,
	DTC_UNIQUE_UNIT,
	DTC_UNIQUE_ENABLED,
	DTC_OLD_CONTROLLER,
	DTC_CHOSEN_ROOT,
	DTC_CHOSEN_BOOTARGS,
	DTC_CHOSEN_STDOUT,
	DTC_PROVIDER_ARGS, /* + 2 * its index; behind each the check of its cells */
	DTC_INTERRUPTS_EXTENDED_IS_CELL = DTC_PROVIDER_ARGS + 2 * 4 + 1,
	DTC_PROVIDERS_END = DTC_PROVIDER_ARGS + 2 * DTC_PROVIDERS,
	DTC_OLD_GPIO = DTC_PROVIDERS_END,
	DTC_GPIOS_ARGS,
	DTC_INTERRUPTS_ARGS,
	DTC_INTERRUPT_PROVIDER,
	DTC_INTERRUPT_MAP_ARGS,
	DTC_ALIAS_PATHS,
	DTC_GRAPH_NODES,
	DTC_GRAPH_CHILD,
	DTC_GRAPH_PORT,
	DTC_GRAPH_ENDPOINT,
	DTC_CHECKS,
};

struct dtc_checks {
	bool on[DTC_CHECKS];
	struct buf *said[DTC_CHECKS]; /* NULL: nothing */
};

/* Those that the release runs without being asked. */
void dtc_begin_checks(struct dtc *d);
/* -W NAME, or no-NAME; false: not known here. */
bool dtc_switch(struct dtc *d, struct str name);
/* Does CHECK run, as far as it is known by now: is it on, and did none of those that it runs behind
 * say anything? */
bool dtc_runs(struct dtc *d, enum dtc_check check);
/* May it say something? */
bool dtc_may_say(struct dtc *d, enum dtc_check check);
/* CHECK says this of NODE, or, unless it is NULL, of its property P. */
void dtc_warn(struct dtc *d, enum dtc_check check, const struct dtc_node *node,
	      const struct dtc_property *p, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* CHECK says something of a release before DTC_WARNS, or what is not known. */
void dtc_mutter(struct dtc *d, enum dtc_check check);
/* CHECK may end dtc by a failed assertion. */
void dtc_crash(struct dtc *d, enum dtc_check check);
/* Ask them all. */
void dtc_check(struct dtc *d);
/* What they said, to TO. */
void dtc_tell(struct dtc *d, struct buf *to);

/* What the checks of one node look at. */
struct dtc_view {
	struct dtc_node *node;
	struct dtc_property *have[DTC_ROLES];
	struct str unit; /* behind @ */
};

/* --- dtc_check_node.c --- */

/* The kinds of NODE's values, and its cells. */
void dtc_check_values(struct dtc *d, struct dtc_node *node);
void dtc_check_node(struct dtc *d, const struct dtc_view *v);
bool dtc_is_text(struct dtc *d, const struct dtc_property *p);
/* What NODE's children may rely on: dtc's defaults where it says nothing. */
int dtc_address_cells(const struct dtc_node *node);
int dtc_size_cells(const struct dtc_node *node);
/* Is NAME up to the @ TEXT? */
bool dtc_is_called(const struct dtc_node *node, const char *text);

/* --- dtc_check_bus.c --- */

/* What NODE is. */
void dtc_find_bus(struct dtc *d, struct dtc_node *node);
void dtc_check_buses(struct dtc *d, const struct dtc_view *v);

/* --- dtc_check_link.c, dtc_check_graph.c --- */

void dtc_check_links(struct dtc *d, const struct dtc_view *v);
/* Ports, and what has ports. */
void dtc_find_graph(struct dtc *d, struct dtc_node *node);
void dtc_check_graph(struct dtc *d, const struct dtc_view *v);
/* The node that the number PHANDLE, at byte AT of P, is of; NULL: none. */
struct dtc_node *dtc_target(struct dtc *d, const struct dtc_property *p, size_t at,
			    uint32_t phandle);

#endif
