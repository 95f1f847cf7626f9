/* SPDX-License-Identifier: GPL-2.0-only */
/* dtc: checks of what is on a bus: PCI, simple-bus, I2C, SPI. */
#include "firmware/dtc.h"

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

static void check_pci_bridge(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node;
	uint32_t first, last;

	if ((!dtc_is_called(node, "pci") && !dtc_is_called(node, "pcie")) || !v->have[DTC_RANGES] ||
	    dtc_address_cells(node) != 3 || dtc_size_cells(node) != 2)
		dtc_warn(d, DTC_PCI_BRIDGE);
	if (!v->have[DTC_BUS_RANGE]) {
		if (d->from < 10407)
			dtc_warn(d, DTC_PCI_BRIDGE);
	} else if (dtc_size(v->have[DTC_BUS_RANGE]) != 8 ||
		   !cell_at(d, v->have[DTC_BUS_RANGE], 0, &first) ||
		   !cell_at(d, v->have[DTC_BUS_RANGE], 1, &last) || first > last || last > 0xff) {
		dtc_warn(d, DTC_PCI_BRIDGE);
	}
}

static void check_pci_device(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_property *range = dtc_get_role(v->node->parent, DTC_BUS_RANGE);
	uint32_t reg, zero[2], first = 0, last = 0, bus, device, function;
	char unit[24];

	if (!v->have[DTC_REG]) {
		if (d->from < 10601)
			dtc_warn(d, DTC_PCI_REG);
		return;
	}
	if (!cell_at(d, v->have[DTC_REG], 0, &reg) || !cell_at(d, v->have[DTC_REG], 1, &zero[0]) ||
	    !cell_at(d, v->have[DTC_REG], 2, &zero[1]) || (range && !cell_at(d, range, 1, &last)))
		dtc_crash(d, DTC_PCI_BUS); /* read beyond its end */
	if (range)
		cell_at(d, range, 0, &first);
	bus = reg >> 16 & 0xff;
	device = reg >> 11 & 0x1f;
	function = reg >> 8 & 7;
	/* Before 1.7.0 the first number was taken for the last as well. */
	if (bus < first || bus > (d->from < 10700 && first < last ? first : last))
		dtc_warn(d, DTC_PCI_BUS);
	snprintf(unit, sizeof(unit), "%x,%x", device, function);
	if (zero[0] || zero[1] || (reg & 0xff0000ff) ||
	    !(str_is(v->unit, unit) || (!function && dtc_unit_is(v->unit, device))))
		dtc_warn(d, DTC_PCI_REG);
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
			dtc_warn(d, DTC_SIMPLE_REG);
		return;
	}
	for (int i = 0; i < dtc_address_cells(node->parent); i++) {
		if (!cell_at(d, p, skip + (size_t)i, &n)) {
			dtc_crash(d, DTC_SIMPLE_REG);
			return;
		}
		address = address << 32 | n;
	}
	if (!dtc_unit_is(v->unit, address))
		dtc_warn(d, DTC_SIMPLE_REG);
}

static void check_i2c_device(struct dtc *d, const struct dtc_view *v)
{
	enum { OWN = 1 << 30 };
	const struct dtc_property *p = v->have[DTC_REG];
	uint32_t n;

	if (!p || !cell_at(d, p, 0, &n) || !dtc_unit_is(v->unit, n & ~(uint32_t)OWN)) {
		dtc_warn(d, DTC_I2C_REG);
		return;
	}
	/* Addresses of ten bits are written in another way from 1.6.1 on. */
	for (size_t i = 0; cell_at(d, p, i, &n); i++) {
		if ((n & OWN && d->from < 10601) || (n & ~(uint32_t)OWN) > 0x7f)
			dtc_warn(d, DTC_I2C_REG);
	}
}

static void check_spi_device(struct dtc *d, const struct dtc_view *v)
{
	uint32_t n;

	if (dtc_get_role(v->node->parent, DTC_SPI_SLAVE))
		return;
	if (!v->have[DTC_REG] || !cell_at(d, v->have[DTC_REG], 0, &n) || !dtc_unit_is(v->unit, n))
		dtc_warn(d, DTC_SPI_REG);
}

void dtc_check_buses(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node;
	unsigned parent = node->parent ? node->parent->bus : 0;
	int address = dtc_address_cells(node), size = dtc_size_cells(node);

	if (node->bus & DTC_BUS_PCI)
		check_pci_bridge(d, v);
	if ((node->bus & DTC_BUS_I2C) && node->children && (address != 1 || size != 0))
		dtc_warn(d, DTC_I2C_BRIDGE);
	if (node->bus & DTC_BUS_SPI) {
		if (!dtc_is_called(node, "spi") && v->have[DTC_REG])
			dtc_warn(d, DTC_SPI_BRIDGE);
		if (node->children && (address != !v->have[DTC_SPI_SLAVE] || size != 0))
			dtc_warn(d, DTC_SPI_BRIDGE);
	}
	if (parent & DTC_BUS_PCI)
		check_pci_device(d, v);
	if (parent & DTC_BUS_SIMPLE)
		check_simple_device(d, v);
	if (parent & DTC_BUS_I2C)
		check_i2c_device(d, v);
	if (parent & DTC_BUS_SPI)
		check_spi_device(d, v);
}
