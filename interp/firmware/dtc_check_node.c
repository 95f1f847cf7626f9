/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc: checks of single nodes: names, the kinds of values, reg and ranges, unit addresses, /chosen,
 * /aliases. Source: dtc's checks.c, 1.4.4 to 1.8.1.
 */
#include "firmware/dtc_check.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS	"0123456789"
#define STRICT	LETTERS DIGITS ",-"

enum { CELLS_MOST = 1 << 10 };

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

bool dtc_is_text(struct dtc *d, const struct dtc_property *p)
{
	struct str s = dtc_bytes(d, p);

	return s.n && memchr(s.p, '\0', s.n) == s.p + s.n - 1;
}

static bool is_list(struct dtc *d, const struct dtc_property *p)
{
	struct str s = dtc_bytes(d, p);

	return !s.n || s.p[s.n - 1] == '\0';
}

/* --- first round: values and cells --- */

/* The check of a property that is to be a cell; DTC_CHECKS: none. */
static enum dtc_check cell_check(const struct dtc_property *p)
{
	unsigned role = p->name->role;

	switch (role) {
	case DTC_ADDRESS_CELLS:
		return DTC_ADDRESS_IS_CELL;
	case DTC_SIZE_CELLS:
		return DTC_SIZE_IS_CELL;
	case DTC_INTERRUPT_CELLS:
		return DTC_INTERRUPTS_EXTENDED_IS_CELL;
	}
	if (role < DTC_CELLS)
		return DTC_CHECKS;
	return (enum dtc_check)(DTC_PROVIDER_ARGS + 2 * (role - DTC_CELLS) + 1);
}

/* The same of those that are to be one string. */
static enum dtc_check text_check(const struct dtc_property *p)
{
	switch ((unsigned)p->name->role) {
	case DTC_DEVICE_TYPE:
		return DTC_TYPE_IS_STRING;
	case DTC_MODEL:
		return DTC_MODEL_IS_STRING;
	case DTC_STATUS:
		return DTC_STATUS_IS_STRING;
	case DTC_LABEL_TEXT:
		return DTC_LABEL_IS_STRING;
	default:
		return DTC_CHECKS;
	}
}

static void check_value(struct dtc *d, const struct dtc_node *node, struct dtc_property *p)
{
	enum dtc_check cell = cell_check(p), text = text_check(p);

	if (cell != DTC_CHECKS && dtc_size(p) != 4)
		dtc_warn(d, cell, node, p, "property is not a single cell");
	if (text != DTC_CHECKS && !dtc_is_text(d, p))
		dtc_warn(d, text, node, p, "property is not a string");
	if (p->name->role == DTC_COMPATIBLE && !is_list(d, p))
		dtc_warn(d, DTC_COMPATIBLE_IS_LIST, node, p, "property is not a string list");
	if ((p->name->flags & DTC_LIST) && !is_list(d, p))
		dtc_warn(d, DTC_NAMES_IS_LIST, node, p, "property is not a string list");
}

/* Numbers that no computation here copes with are another matter. */
static void take_cells(struct dtc *d, const struct dtc_property *p, int *out)
{
	uint32_t n;

	if (!dtc_cell(d, p, &n))
		return;
	*out = (int)n;
	if (*out < -1 || *out > CELLS_MOST)
		dtc_decline(d);
}

void dtc_check_values(struct dtc *d, struct dtc_node *node)
{
	for (struct dtc_property *p = dtc_live(node->properties); p; p = dtc_live(p->next)) {
		check_value(d, node, p);
		if (p->name->role == DTC_ADDRESS_CELLS)
			take_cells(d, p, &node->address_cells);
		if (p->name->role == DTC_SIZE_CELLS)
			take_cells(d, p, &node->size_cells);
	}
}

/* --- names --- */

/* The first character of a property's name that is better not there; 0: none. */
static char bad_character(struct str name)
{
	size_t n = strspn(name.p, STRICT);

	if (n == name.n || str_is(name, "device_type"))
		return 0;
	if (name.p[n] == '#' && (n == 0 || name.p[n - 1] == ',')) {
		name = str_from(name, n + 1);
		n = strspn(name.p, STRICT);
	}
	return n < name.n ? name.p[n] : 0;
}

static void check_strict(struct dtc *d, const struct dtc_node *node)
{
	size_t n = strspn(node->name->text.p, STRICT);

	if (n < node->base)
		dtc_warn(d, DTC_NODE_STRICT, node, NULL,
			 "Character '%c' not recommended in node name", node->name->text.p[n]);
	for (struct dtc_property *p = dtc_live(node->properties); p; p = dtc_live(p->next)) {
		char bad = bad_character(p->name->text);

		if (bad)
			dtc_warn(d, DTC_PROPERTY_STRICT, node, p,
				 "Character '%c' not recommended in property name", bad);
	}
}

static void check_names(struct dtc *d, const struct dtc_node *node)
{
	if (node->parent && dtc_get(node->parent, node->name))
		dtc_warn(d, DTC_NODE_VS_PROPERTY, node, NULL,
			 "node name and property name conflict");
	if (d->checks->on[DTC_NODE_STRICT] || d->checks->on[DTC_PROPERTY_STRICT])
		check_strict(d, node);
}

/* --- reg and ranges --- */

static void check_reg(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_property *p = v->have[DTC_REG];
	const struct dtc_node *parent = v->node->parent;
	int address, size, entry;
	size_t n;

	if (!p)
		return;
	if (!parent) {
		dtc_warn(d, DTC_REG_FORMAT, v->node, NULL, "Root node has a \"reg\" property");
		return;
	}
	n = dtc_size(p);
	if (!n)
		dtc_warn(d, DTC_REG_FORMAT, v->node, p, "property is empty");
	address = dtc_address_cells(parent);
	size = dtc_size_cells(parent);
	entry = 4 * (address + size);
	if (entry <= 0 ? n != 0 : n % (unsigned)entry)
		dtc_warn(d, DTC_REG_FORMAT, v->node, p,
			 "property has invalid length (%zu bytes) "
			 "(#address-cells == %d, #size-cells == %d)",
			 n, address, size);
}

static void check_empty_ranges(struct dtc *d, const struct dtc_node *node,
			       const struct dtc_property *p, enum dtc_check check)
{
	const struct dtc_node *parent = node->parent;
	const struct {
		const char *name;
		int own, above;
	} cells[] = {
	    {"#address-cells", dtc_address_cells(node), dtc_address_cells(parent)},
	    {"#size-cells", dtc_size_cells(node), dtc_size_cells(parent)},
	};

	for (size_t i = 0; i < 2; i++) {
		if (cells[i].own != cells[i].above)
			dtc_warn(d, check, node, p,
				 "empty \"%.*s\" property but its %s (%d) differs from %.*s (%d)",
				 STR_ARG(p->name->text), cells[i].name, cells[i].own,
				 STR_ARG(parent->path), cells[i].above);
	}
}

static void check_ranges(struct dtc *d, const struct dtc_view *v, enum dtc_role role,
			 enum dtc_check check)
{
	const struct dtc_node *node = v->node;
	const struct dtc_property *p = v->have[role];
	int address = dtc_address_cells(node), size = dtc_size_cells(node), above, entry;
	size_t n;

	if (!p)
		return;
	if (!node->parent) {
		dtc_warn(d, check, node, p, "Root node has a \"%.*s\" property",
			 STR_ARG(p->name->text));
		return;
	}
	n = dtc_size(p);
	if (!n) {
		check_empty_ranges(d, node, p, check);
		return;
	}
	above = dtc_address_cells(node->parent);
	entry = 4 * (above + address + size);
	if (entry <= 0 && d->from < DTC_WARNS) /* divided by */
		dtc_crash(d, check);
	else if (entry <= 0 || n % (unsigned)entry)
		dtc_warn(d, check, node, p,
			 "\"%.*s\" property has invalid length (%zu bytes) "
			 "(parent #address-cells == %d, child #address-cells == %d, "
			 "#size-cells == %d)",
			 STR_ARG(p->name->text), n, above, address, size);
}

/* --- unit addresses --- */

static bool is_overlay(const struct dtc_node *node)
{
	struct dtc_node *c = dtc_live_node(node->children);

	while (c && c->name->role != DTC_OVERLAY)
		c = dtc_live_node(c->next);
	return c;
}

static void check_unit(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node;
	bool has = v->have[DTC_REG] || (v->have[DTC_RANGES] && dtc_size(v->have[DTC_RANGES]) > 0);
	struct str unit = v->unit;

	if (has != (unit.n > 0) && (!is_overlay(node) || d->from < 10407))
		dtc_warn(d, DTC_UNIT_VS_REG, node, NULL,
			 has ? "node has a reg or ranges property, but no unit name"
			     : "node has a unit name, but no reg or ranges property");
	if (!unit.n || (node->parent && (node->parent->bus & (DTC_BUS_PCI | DTC_BUS_SIMPLE))))
		return;
	if (str_starts(unit, S("0x"))) {
		dtc_warn(d, DTC_UNIT_FORMAT, node, NULL,
			 "unit name should not have leading \"0x\"");
		unit = str_from(unit, 2);
	}
	if (unit.n > 1 && unit.p[0] == '0' && strchr(DIGITS "abcdefABCDEF", unit.p[1]))
		dtc_warn(d, DTC_UNIT_FORMAT, node, NULL, "unit name should not have leading 0s");
}

static bool is_disabled(struct dtc *d, const struct dtc_node *node)
{
	const struct dtc_property *p = dtc_get_role(node, DTC_STATUS);
	struct str rest = p ? dtc_bytes(d, p) : S(""), one = S("");

	/* Read beyond its end otherwise. */
	if (p && (!rest.n || !memchr(rest.p, '\0', rest.n)))
		dtc_crash(d, DTC_UNIQUE_ENABLED);
	return str_split(&rest, '\0', &one) && str_is(one, "disabled");
}

static void say_twice(struct dtc *d, enum dtc_check check, const struct dtc_node *child,
		      const struct dtc_node *other)
{
	dtc_warn(d, check, child, NULL, "duplicate unit-address (also used in node %.*s)",
		 STR_ARG(other->path));
}

/* LATER has the address of some in front of it. */
static void check_address(struct dtc *d, struct dtc_node *first, const struct dtc_node *later)
{
	struct str unit = str_from(later->name->text, later->base + 1);
	bool enabled = d->checks->on[DTC_UNIQUE_ENABLED] && !is_disabled(d, later);

	for (struct dtc_node *c = dtc_live_node(first); c != later; c = dtc_live_node(c->next)) {
		if (!str_eq(str_from(c->name->text, c->base + 1), unit))
			continue;
		say_twice(d, DTC_UNIQUE_UNIT, c, later);
		if (enabled && !is_disabled(d, c))
			say_twice(d, DTC_UNIQUE_ENABLED, c, later);
	}
}

/* Two children with one address. */
static void check_unique(struct dtc *d, const struct dtc_view *v)
{
	unsigned stamp = ++d->stamp;

	if (v->node->address_cells < 0 || v->node->size_cells < 0)
		return;
	for (struct dtc_node *c = dtc_live_node(v->node->children); c; c = dtc_live_node(c->next)) {
		struct str unit = str_from(c->name->text, c->base + 1);
		struct dtc_name *name;

		if (!unit.n)
			continue;
		if (d->checks->on[DTC_UNIQUE_ENABLED])
			is_disabled(d, c); /* asked of all of them */
		name = dtc_name(d, unit);
		if (name->stamp == stamp)
			check_address(d, v->node->children, c);
		name->stamp = stamp;
	}
}

/* --- cells that are said for nothing, or not said --- */

static void check_default_cells(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *parent = v->node->parent;

	if (!parent || (!v->have[DTC_REG] && !v->have[DTC_RANGES]))
		return;
	if (parent->address_cells == -1)
		dtc_warn(d, DTC_DEFAULT_CELLS, v->node, NULL,
			 "Relying on default #address-cells value");
	if (parent->size_cells == -1)
		dtc_warn(d, DTC_DEFAULT_CELLS, v->node, NULL,
			 "Relying on default #size-cells value");
}

static bool has_child_with(const struct dtc_node *node, enum dtc_role role)
{
	struct dtc_node *c = dtc_live_node(node->children);

	while (c && !dtc_get_role(c, role))
		c = dtc_live_node(c->next);
	return c;
}

static void check_unnecessary_cells(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_node *node = v->node;
	const char *what = " or child \"reg\"";

	if (!node->parent || node->address_cells < 0 || node->size_cells < 0 ||
	    v->have[DTC_RANGES] || !node->children || has_child_with(node, DTC_REG) ||
	    !dtc_may_say(d, DTC_UNNECESSARY_CELLS))
		return;
	if (dtc_since(d, DTC_MAPS)) {
		what = ", \"dma-ranges\" or child \"reg\"";
		if (v->have[DTC_DMA_RANGES])
			return;
	}
	if (dtc_since(d, DTC_LOOKS_BELOW)) {
		what = ", \"dma-ranges\" or child \"reg\" or \"ranges\"";
		if (has_child_with(node, DTC_RANGES))
			return;
	}
	dtc_warn(d, DTC_UNNECESSARY_CELLS, node, NULL,
		 "unnecessary #address-cells/#size-cells without \"ranges\"%s property", what);
}

/* --- /chosen and /aliases --- */

static void check_chosen(struct dtc *d, const struct dtc_view *v)
{
	const struct dtc_property *out = v->have[DTC_STDOUT], *args = v->have[DTC_BOOTARGS];

	if (v->node->name->role != DTC_CHOSEN)
		return;
	if (v->node->parent != d->root)
		dtc_warn(d, DTC_CHOSEN_ROOT, v->node, NULL, "chosen node must be at root node");
	else if (v->have[DTC_INTERRUPT_CONTROLLER])
		dtc_warn(d, DTC_OLD_CONTROLLER, d->root, v->have[DTC_INTERRUPT_CONTROLLER],
			 "/chosen has obsolete \"interrupt-controller\" property");
	if (args && !dtc_is_text(d, args))
		dtc_warn(d, DTC_CHOSEN_BOOTARGS, v->node, args, "property is not a string");
	if (!out && v->have[DTC_LINUX_STDOUT]) {
		out = v->have[DTC_LINUX_STDOUT];
		dtc_warn(d, DTC_CHOSEN_STDOUT, v->node, out, "Use 'stdout-path' instead");
	}
	if (out && !dtc_is_text(d, out))
		dtc_warn(d, DTC_CHOSEN_STDOUT, v->node, out, "property is not a string");
}

/* Does it lead nowhere? Then it was said. */
static bool leads_nowhere(struct dtc *d, const struct dtc_node *node, const struct dtc_property *p)
{
	struct str path = dtc_bytes(d, p);
	const char *end = path.n ? memchr(path.p, '\0', path.n) : NULL;

	/* Read beyond its end, it may say anything. */
	if ((path.n && !end) || (!path.n && p->pieces)) {
		dtc_crash(d, DTC_ALIAS_PATHS);
		return false;
	}
	path.n = end ? (size_t)(end - path.p) : 0;
	if (end && dtc_find_path(d, d->root, path))
		return false;
	if (d->plugin && dtc_since(d, DTC_LOOKS_BELOW))
		return false;
	dtc_warn(d, DTC_ALIAS_PATHS, node, p, "aliases property is not a valid node (%.*s)",
		 end ? (int)path.n : 6, end ? path.p : "(null)");
	return true;
}

static void check_aliases(struct dtc *d, const struct dtc_view *v)
{
	if (v->node->name->role != DTC_ALIASES || !d->checks->on[DTC_ALIAS_PATHS])
		return;
	for (struct dtc_property *p = dtc_live(v->node->properties); p; p = dtc_live(p->next)) {
		if (p->name->role == DTC_PHANDLE || p->name->role == DTC_LINUX_PHANDLE) {
			if (d->from < DTC_WARNS)
				dtc_mutter(d, DTC_ALIAS_PATHS);
			continue;
		}
		if (!leads_nowhere(d, v->node, p) &&
		    strspn(p->name->text.p, "abcdefghijklmnopqrstuvwxyz" DIGITS "-") !=
			p->name->text.n)
			dtc_warn(d, DTC_ALIAS_PATHS, v->node, NULL,
				 "aliases property name must include only lowercase and '-'");
	}
}

void dtc_check_node(struct dtc *d, const struct dtc_view *v)
{
	check_names(d, v->node);
	check_reg(d, v);
	check_ranges(d, v, DTC_RANGES, DTC_RANGES_FORMAT);
	check_ranges(d, v, DTC_DMA_RANGES, DTC_DMA_RANGES_FORMAT);
	check_unit(d, v);
	check_default_cells(d, v);
	check_unnecessary_cells(d, v);
	check_unique(d, v);
	check_chosen(d, v);
	check_aliases(d, v);
}
