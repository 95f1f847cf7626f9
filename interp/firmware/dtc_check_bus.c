/* SPDX-License-Identifier: GPL-2.0-only */
/* dtc: which nodes are buses, and checks of what is on one: PCI, simple-bus, I2C, SPI. */
#include "firmware/dtc_check.h"

#include <inttypes.h>
#include <stdio.h>

/* Cell I of P, or 0 behind its end; false then. */
static bool cell_at(struct dtc *d, const struct dtc_property *p, size_t i, uint32_t *out)
{
	struct str s = dtc_bytes(d, p);

	*out = 0;
	if (s.n < 4 * (i + 1))
		return false;
	*out = get_be32((const unsigned char *)s.p + 4 * i);
	return true;
}

/* Is UNIT "1f", as VALUE is printed? */
static bool unit_is(struct str unit, uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRIx64, value);
	return str_is(unit, text);
}

/* --- which they are --- */

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

static bool is_pci(struct dtc *d, struct dtc_node *node)
{
	struct dtc_property *type = dtc_get_role(node, DTC_DEVICE_TYPE);

	return type && str_eq(dtc_bytes(d, type), S("pci\0"));
}

static bool is_i2c(struct dtc *d, struct dtc_node *node)
{
	if (dtc_is_called(node, "i2c-bus") || dtc_is_called(node, "i2c-arb"))
		return true;
	return dtc_is_called(node, "i2c") &&
	       (!has_child_called(node, "i2c-bus") || !dtc_since(d, DTC_LOOKS_BELOW));
}

static bool is_spi(struct dtc_node *node)
{
	return dtc_is_called(node, "spi") || (dtc_address_cells(node) == 1 &&
					      dtc_size_cells(node) == 0 && has_spi_children(node));
}

void dtc_find_bus(struct dtc *d, struct dtc_node *node)
{
	if (is_pci(d, node) && dtc_runs(d, DTC_PCI_BRIDGE))
		node->bus |= DTC_BUS_PCI;
	if (has_compatible(d, node, "simple-bus") && dtc_runs(d, DTC_SIMPLE_BRIDGE))
		node->bus |= DTC_BUS_SIMPLE;
	if (is_i2c(d, node) && dtc_runs(d, DTC_I2C_BRIDGE))
		node->bus |= DTC_BUS_I2C;
	if (is_spi(node) && dtc_runs(d, DTC_SPI_BRIDGE))
		node->bus |= DTC_BUS_SPI;
}

/* --- what they and their children are like --- */

static void check_cells(struct dtc *d, const struct dtc_node *node, enum dtc_check check,
			const char *bus, int address, int size)
{
	if (dtc_address_cells(node) != address)
		dtc_warn(d, check, node, NULL, "incorrect #address-cells for %s", bus);
	if (dtc_size_cells(node) != size)
		dtc_warn(d, check, node, NULL, "incorrect #size-cells for %s", bus);
}

static void check_bus_range(struct dtc *d, const struct dtc_node *node,
			    const struct dtc_property *range)
{
	uint32_t first, last;

	if (dtc_size(range) != 8) {
		dtc_warn(d, DTC_PCI_BRIDGE, node, range, "value must be 2 cells");
		return;
	}
	cell_at(d, range, 0, &first);
	cell_at(d, range, 1, &last);
	if (first > last)
		dtc_warn(d, DTC_PCI_BRIDGE, node, range,
			 "1st cell must be less than or equal to 2nd cell");
	if (last > 0xff)
		dtc_warn(d, DTC_PCI_BRIDGE, node, range,
			 "maximum bus number must be less than 256");
}

static void check_pci_bridge(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node;

	if (!dtc_is_called(node, "pci") && !dtc_is_called(node, "pcie"))
		dtc_warn(d, DTC_PCI_BRIDGE, node, NULL, "node name is not \"pci\" or \"pcie\"");
	if (!v->have[DTC_RANGES])
		dtc_warn(d, DTC_PCI_BRIDGE, node, NULL,
			 "missing ranges for PCI bridge (or not a bridge)");
	check_cells(d, node, DTC_PCI_BRIDGE, "PCI bridge", 3, 2);
	if (v->have[DTC_BUS_RANGE])
		check_bus_range(d, node, v->have[DTC_BUS_RANGE]);
	else if (d->from < 10407)
		dtc_mutter(d, DTC_PCI_BRIDGE);
}

static void check_bus_number(struct dtc *d, const struct dtc_view *v, uint32_t bus)
{
	const struct dtc_property *range = dtc_get_role(v->node->parent, DTC_BUS_RANGE);
	uint32_t first = 0, last = 0;

	if (range) {
		cell_at(d, range, 0, &first);
		cell_at(d, range, 1, &last);
	}
	if (!dtc_may_say(d, DTC_PCI_BUS) || bus == first)
		return;
	/* Before 1.7.0 the first number was taken for the last as well. */
	if (bus > first && bus <= last && dtc_since(d, DTC_MAPS))
		return;
	if (first != last && !dtc_since(d, DTC_MAPS))
		last = first;
	dtc_warn(d, DTC_PCI_BUS, v->node, range ? range : v->have[DTC_REG],
		 "PCI bus number %d out of range, expected (%d - %d)", (int)bus, (int)first,
		 (int)last);
}

static void check_pci_device(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_property *p = v->have[DTC_REG];
	uint32_t reg, zero[2], device, function;
	char unit[24];

	if (!p) {
		if (d->from < DTC_WARNS)
			dtc_mutter(d, DTC_PCI_REG);
		return;
	}
	/* One that is shorter stops this check. */
	if (!cell_at(d, p, 0, &reg) || !cell_at(d, p, 1, &zero[0]) || !cell_at(d, p, 2, &zero[1]))
		return;
	check_bus_number(d, v, reg >> 16 & 0xff);
	if (zero[0] || zero[1])
		dtc_warn(d, DTC_PCI_REG, v->node, p,
			 "PCI reg config space address cells 2 and 3 must be 0");
	if (reg & 0xff000000)
		dtc_warn(d, DTC_PCI_REG, v->node, p, "PCI reg address is not configuration space");
	if (reg & 0xff)
		dtc_warn(d, DTC_PCI_REG, v->node, p,
			 "PCI reg config space address register number must be 0");
	device = reg >> 11 & 0x1f;
	function = reg >> 8 & 7;
	snprintf(unit, sizeof(unit), "%x,%x", device, function);
	if (!str_is(v->unit, unit) && (function || !unit_is(v->unit, device)))
		dtc_warn(d, DTC_PCI_REG, v->node, NULL,
			 "PCI unit address format error, expected \"%s\"", unit);
}

static void check_simple_device(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node;
	const struct dtc_property *p = v->have[DTC_REG];
	size_t skip = 0;
	uint64_t address = 0;
	uint32_t n;

	if (!p && v->have[DTC_RANGES] && dtc_size(v->have[DTC_RANGES])) {
		p = v->have[DTC_RANGES];
		skip = (size_t)dtc_address_cells(node);
	}
	if (!p) {
		if (node->parent->parent && !(node->bus & DTC_BUS_SIMPLE))
			dtc_warn(d, DTC_SIMPLE_REG, node, NULL,
				 "missing or empty reg/ranges property");
		return;
	}
	for (int i = 0; i < dtc_address_cells(node->parent); i++) {
		if (!cell_at(d, p, skip + (size_t)i, &n)) {
			/* A reg that is too short stops this check; ranges do not. */
			if (!v->have[DTC_REG])
				dtc_crash(d, DTC_SIMPLE_REG);
			return;
		}
		address = address << 32 | n;
	}
	if (!unit_is(v->unit, address))
		dtc_warn(d, DTC_SIMPLE_REG, node, NULL,
			 "simple-bus unit address format error, expected \"%" PRIx64 "\"", address);
}

static void check_i2c_address(struct dtc *d, const struct dtc_view *v, uint32_t n)
{
	enum { MOST = 0x7f, MOST_OF_TEN = 0x3ff };
	const uint32_t ten = 1U << 31;

	if (n <= MOST)
		return;
	if ((n & ten) && (n & ~ten) > MOST_OF_TEN)
		dtc_warn(d, DTC_I2C_REG, v->node, v->have[DTC_REG],
			 "I2C address must be less than 10-bits, got \"0x%x\"", n);
	else if (!(n & ten) || (dtc_may_say(d, DTC_I2C_REG) && !dtc_since(d, DTC_GRAPHS)))
		dtc_warn(d, DTC_I2C_REG, v->node, v->have[DTC_REG],
			 "I2C address must be less than 7-bits, got \"0x%x\". Set "
			 "I2C_TEN_BIT_ADDRESS for 10 bit addresses or fix the property",
			 n);
}

static void check_i2c_device(struct dtc *d, const struct dtc_view *v)
{
	const uint32_t own = 1U << 30;
	const struct dtc_property *p = v->have[DTC_REG];
	uint32_t n;

	if (!p) {
		dtc_warn(d, DTC_I2C_REG, v->node, NULL, "missing or empty reg property");
		return;
	}
	if (!cell_at(d, p, 0, &n))
		return; /* an earlier check stops this one */
	if (!unit_is(v->unit, n & ~own))
		dtc_warn(d, DTC_I2C_REG, v->node, NULL,
			 "I2C bus unit address format error, expected \"%x\"", n & ~own);
	for (size_t i = 0; cell_at(d, p, i, &n); i++) {
		if ((n & own) && d->from < DTC_WARNS)
			dtc_mutter(d, DTC_I2C_REG);
		check_i2c_address(d, v, n & ~own);
	}
}

static void check_spi_device(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_property *p = v->have[DTC_REG];
	uint32_t n;

	if (dtc_get_role(v->node->parent, DTC_SPI_SLAVE))
		return;
	if (!p)
		dtc_warn(d, DTC_SPI_REG, v->node, NULL, "missing or empty reg property");
	else if (cell_at(d, p, 0, &n) && !unit_is(v->unit, n))
		dtc_warn(d, DTC_SPI_REG, v->node, NULL,
			 "SPI bus unit address format error, expected \"%x\"", n);
}

static void check_bridges(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node;

	if (node->bus & DTC_BUS_PCI)
		check_pci_bridge(d, v);
	if ((node->bus & DTC_BUS_I2C) && node->children)
		check_cells(d, node, DTC_I2C_BRIDGE, "I2C bus", 1, 0);
	if (!(node->bus & DTC_BUS_SPI))
		return;
	if (!dtc_is_called(node, "spi") && v->have[DTC_REG])
		dtc_warn(d, DTC_SPI_BRIDGE, node, NULL, "node name for SPI buses should be 'spi'");
	if (node->children)
		check_cells(d, node, DTC_SPI_BRIDGE, "SPI bus", !v->have[DTC_SPI_SLAVE], 0);
}

void dtc_check_buses(struct dtc *d, const struct dtc_view *v)
{
	unsigned parent = v->node->parent ? v->node->parent->bus : 0;

	check_bridges(d, v);
	/* What is both is simple, if that was found out before its children were looked at. */
	if ((parent & DTC_BUS_PCI) &&
	    !((parent & DTC_BUS_SIMPLE) && d->checks->on[DTC_UNIT_FORMAT]))
		check_pci_device(d, v);
	if (parent & DTC_BUS_SIMPLE)
		check_simple_device(d, v);
	if (parent & DTC_BUS_I2C)
		check_i2c_device(d, v);
	if (parent & DTC_BUS_SPI)
		check_spi_device(d, v);
}
