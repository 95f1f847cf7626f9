/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc: names of nodes, properties and labels, each kept once, and what those are called that checks
 * look at.
 */
#include "firmware/dtc.h"

const struct dtc_provider dtc_providers[DTC_PROVIDERS] = {
    {"clocks", "clocks", "#clock-cells", false},
    {"cooling_device", "cooling-device", "#cooling-cells", false},
    {"dmas", "dmas", "#dma-cells", false},
    {"hwlocks", "hwlocks", "#hwlock-cells", false},
    {"interrupts_extended", "interrupts-extended", "#interrupt-cells", false},
    {"io_channels", "io-channels", "#io-channel-cells", false},
    {"iommus", "iommus", "#iommu-cells", false},
    {"mboxes", "mboxes", "#mbox-cells", false},
    {"msi_parent", "msi-parent", "#msi-cells", true},
    {"mux_controls", "mux-controls", "#mux-control-cells", false},
    {"phys", "phys", "#phy-cells", false},
    {"power_domains", "power-domains", "#power-domain-cells", false},
    {"pwms", "pwms", "#pwm-cells", false},
    {"resets", "resets", "#reset-cells", false},
    {"sound_dai", "sound-dai", "#sound-dai-cells", false},
    {"sound_dais", "sound-dais", "#sound-dai-cells", false},
    {"thermal_sensors", "thermal-sensors", "#thermal-sensor-cells", false},
};

static const char *const roles[DTC_ROLES] = {
    [DTC_REG] = "reg",
    [DTC_RANGES] = "ranges",
    [DTC_DMA_RANGES] = "dma-ranges",
    [DTC_COMPATIBLE] = "compatible",
    [DTC_STATUS] = "status",
    [DTC_DEVICE_TYPE] = "device_type",
    [DTC_MODEL] = "model",
    [DTC_LABEL_TEXT] = "label",
    [DTC_ADDRESS_CELLS] = "#address-cells",
    [DTC_SIZE_CELLS] = "#size-cells",
    [DTC_NAME_TEXT] = "name",
    [DTC_PHANDLE] = "phandle",
    [DTC_LINUX_PHANDLE] = "linux,phandle",
    [DTC_BUS_RANGE] = "bus-range",
    [DTC_SPI_SLAVE] = "spi-slave",
    [DTC_BOOTARGS] = "bootargs",
    [DTC_STDOUT] = "stdout-path",
    [DTC_LINUX_STDOUT] = "linux,stdout-path",
    [DTC_INTERRUPT_CONTROLLER] = "interrupt-controller",
    [DTC_INTERRUPT_MAP] = "interrupt-map",
    [DTC_INTERRUPT_MAP_MASK] = "interrupt-map-mask",
    [DTC_INTERRUPT_PARENT] = "interrupt-parent",
    [DTC_INTERRUPTS] = "interrupts",
    [DTC_INTERRUPT_CELLS] = "#interrupt-cells",
    [DTC_REMOTE_ENDPOINT] = "remote-endpoint",
    [DTC_GPIO_HOG] = "gpio-hog",
    [DTC_GPIO_CELLS] = "#gpio-cells",
    [DTC_CHOSEN] = "chosen",
    [DTC_ALIASES] = "aliases",
    [DTC_OVERLAY] = "__overlay__",
    [DTC_PORTS] = "ports",
};

/* What checks of names look at. */
static uint8_t flags_of(struct str s)
{
	ptrdiff_t at = str_chr(s, '@');
	uint8_t flags = at >= 0 ? DTC_BAD_PROPERTY : 0;

	if (at == 0 || str_chr(str_from(s, (size_t)at + 1), '@') >= 0 || str_chr(s, '*') >= 0 ||
	    str_chr(s, '#') >= 0 || str_chr(s, '?') >= 0)
		flags |= DTC_BAD_NODE;
	if (str_ends(s, S("-names")))
		flags |= DTC_LIST;
	/* Older releases leave out more of them. */
	if (str_is(s, "gpios") || str_is(s, "gpio") || str_ends(s, S("-gpio")) ||
	    (str_ends(s, S("-gpios")) && !str_ends(s, S(",nr-gpios"))))
		flags |= DTC_GPIOS;
	return flags;
}

static struct dtc_name **slot_of(const struct dtc *d, uint32_t hash, struct str text)
{
	size_t mask = d->n_table - 1, i = hash & mask;

	while (d->table[i] && (d->table[i]->hash != hash || !str_eq(d->table[i]->text, text)))
		i = (i + 1) & mask;
	return &d->table[i];
}

static void grow(struct dtc *d)
{
	struct dtc_name **old = d->table;
	size_t n = d->n_table;

	d->n_table = n ? 2 * n : 512;
	d->table = arena_array(d->mem, struct dtc_name *, d->n_table);
	for (size_t i = 0; i < n; i++) {
		if (old[i])
			*slot_of(d, old[i]->hash, old[i]->text) = old[i];
	}
}

struct dtc_name *dtc_name(struct dtc *d, struct str text)
{
	uint32_t hash = str_hash(text);
	struct dtc_name **slot;

	if (2 * d->n_names >= d->n_table)
		grow(d);
	slot = slot_of(d, hash, text);
	if (*slot)
		return *slot;
	*slot = arena_make(d->mem, struct dtc_name);
	(*slot)->text = str_dup(d->mem, text);
	(*slot)->hash = hash;
	(*slot)->at = UINT32_MAX;
	(*slot)->flags = flags_of(text);
	d->n_names++;
	return *slot;
}

void dtc_begin_names(struct dtc *d)
{
	for (uint8_t i = 1; i < DTC_ROLES; i++)
		dtc_name(d, str_z(roles[i]))->role = i;
	d->cells = arena_array(d->mem, struct dtc_name *, DTC_PROVIDERS);
	for (uint8_t i = 0; i < DTC_PROVIDERS; i++) {
		dtc_name(d, str_z(dtc_providers[i].property))->role = (uint8_t)(DTC_PROVIDER + i);
		d->cells[i] = dtc_name(d, str_z(dtc_providers[i].cells));
		if (!d->cells[i]->role)
			d->cells[i]->role = (uint8_t)(DTC_CELLS + i);
	}
}
