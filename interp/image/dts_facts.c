/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device tree sources: from the tree to what images need of it. Partitions as Linux reads them
 * (drivers/mtd/parsers/ofpart_core.c): a table is compatible with "fixed-partitions", or, as it was
 * before there was that, partition@N nodes stand directly below the flash; each entry with a reg is
 * one.
 */
#include "image/dts_tree.h"

/* Each has a path, which may be long. */
enum { FLASHES_MOST = 500, ALIASES_MOST = 1000 };

/* NODE's file in the arena of the result: it outlives the cache. */
static struct place place(struct dts_reader *r, struct dts_file *file, unsigned line)
{
	if (file && file->named_stamp != r->stamp) {
		file->named_stamp = r->stamp;
		file->named = str_dup(r->out_mem, file->path);
	}
	return (struct place){file ? file->named : (struct str){NULL, 0}, line};
}

/* The strings that P's value consists of, up to where it is not known. */
static struct strs strings(struct arena *mem, const struct dts_property *p)
{
	struct strs v = {0};
	struct str rest = p ? p->value : (struct str){NULL, 0}, one;

	while (rest.n && str_chr(rest, '\0') >= 0 && str_split(&rest, '\0', &one))
		*vec_push(mem, &v) = str_dup(mem, one);
	return v;
}

/* The first string of NODE's property NAME; unset: there is none. */
static struct str string(struct arena *mem, const struct dts_node *node, const char *name)
{
	const struct dts_property *p = dts_node_property(node, str_z(name));
	ptrdiff_t n = p ? str_chr(p->value, '\0') : -1;

	return n < 0 ? (struct str){NULL, 0} : str_dup(mem, str_sub(p->value, 0, (size_t)n));
}

/* Has NODE a compatible that ends in SUFFIX? */
static bool is_compatible(const struct dts_node *node, struct str suffix)
{
	const struct dts_property *p = dts_node_property(node, S("compatible"));
	struct str rest = p ? p->value : (struct str){NULL, 0}, one;

	while (rest.n && str_split(&rest, '\0', &one))
		if (str_ends(one, suffix))
			return true;
	return false;
}

static bool is_on(const struct dts_node *node)
{
	const struct dts_property *p = dts_node_property(node, S("status"));

	return !p || !p->known || str_starts(p->value, S("ok"));
}

/* --- partitions --- */

static uint64_t cells(struct str value, size_t from, size_t n)
{
	uint64_t v = 0;

	for (size_t i = from * 4; i < (from + n) * 4; i++)
		v = v << 8 | (unsigned char)value.p[i];
	return v;
}

/* How many cells NODE's children have for NAME: its own word, or that of one above it (as Linux has
 * it). */
static size_t n_cells(const struct dts_node *node, const char *name)
{
	for (; node; node = node->parent) {
		const struct dts_property *p = dts_node_property(node, str_z(name));

		if (p)
			return p->known && p->value.n == 4 ? cells(p->value, 0, 1) : 0;
	}
	return 1;
}

static bool is_partition(const struct dts_node *node)
{
	return str_starts(node->name, S("partition@")) && dts_node_property(node, S("reg"));
}

static bool has_partitions(const struct dts_node *node)
{
	struct dts_node *n = dts_node_alive(node->first);

	while (n && !is_partition(n))
		n = dts_node_alive(n->next);
	return n != NULL;
}

/* Entries of NODE are partitions: it says so, or says nothing of a table at all. */
static bool is_table(const struct dts_node *node)
{
	if (is_compatible(node, S("fixed-partitions")))
		return true;
	return !is_compatible(node, S("-part")) && !is_compatible(node, S("-partitions")) &&
	       has_partitions(node);
}

/* A table that the flash itself holds in a form of its own. */
static bool is_other_table(const struct dts_node *node)
{
	return str_starts(node->name, S("partitions")) && dts_node_property(node, S("compatible"));
}

static void entries(struct dts_reader *r, struct dts_node *table, size_t flash, ptrdiff_t parent);

static bool add_flash(struct dts_reader *r, struct dts_node *table, bool enabled)
{
	struct dts_flash *f;
	const struct dts_property *compatible = dts_node_property(table, S("compatible"));
	bool is_direct = has_partitions(table) && !is_compatible(table, S("fixed-partitions"));
	const struct dts_node *holder = is_direct || !table->parent ? table : table->parent;

	if (r->out->flashes.n == FLASHES_MOST) {
		dts_fail_at(r, table->file, table->line, "more than %d tables of partitions",
			    FLASHES_MOST);
		return false;
	}
	f = vec_push(r->out_mem, &r->out->flashes);
	*f = (struct dts_flash){.path = str_dup(r->out_mem, dts_node_path(r->mem, holder)),
				.enabled = enabled,
				.at = place(r, table->file, table->line)};
	if (!is_direct)
		f->parser = strings(r->out_mem, compatible);
	return true;
}

/* Where P of TABLE is, from reg; parts of a partition count from its start. */
static void locate(struct dts_reader *r, const struct dts_node *table, const struct dts_node *node,
		   struct dts_partition *p)
{
	const struct dts_property *reg = dts_node_property(node, S("reg"));
	size_t a = n_cells(table, "#address-cells"), s = n_cells(table, "#size-cells");
	const struct dts_partition *parent =
	    p->parent < 0 ? NULL : &r->out->partitions.p[p->parent];

	p->reg_at = place(r, reg->file, reg->line);
	/* Linux takes it for a slip where partitions stand directly below a flash without cells of
	 * its own. */
	if (s == 0 && !is_compatible(table, S("fixed-partitions")))
		s = 1;
	p->known = reg->known && a >= 1 && a <= 2 && s >= 1 && s <= 2 &&
		   reg->value.n == (a + s) * 4 && (!parent || parent->known);
	if (!p->known)
		return;
	p->offset = cells(reg->value, 0, a) + (parent ? parent->offset : 0);
	p->size = cells(reg->value, a, s);
}

static void add_partition(struct dts_reader *r, struct dts_node *table, struct dts_node *node,
			  size_t flash, ptrdiff_t parent)
{
	ptrdiff_t self = (ptrdiff_t)r->out->partitions.n;
	struct dts_partition p = {.flash = flash, .parent = parent};
	ptrdiff_t unit = str_chr(node->name, '@');

	p.label = string(r->out_mem, node, "label");
	p.node = str_dup(r->out_mem, node->name);
	if (!p.label.p)
		p.label = unit < 0 ? p.node : str_sub(p.node, 0, (size_t)unit);
	p.compatible = strings(r->out_mem, dts_node_property(node, S("compatible")));
	p.read_only = dts_node_property(node, S("read-only")) != NULL;
	p.at = place(r, node->file, node->line);
	locate(r, table, node, &p);
	*vec_push(r->out_mem, &r->out->partitions) = p;
	if (is_table(node))
		entries(r, node, flash, self);
	for (struct dts_node *n = dts_node_alive(node->first); n; n = dts_node_alive(n->next))
		if (!is_partition(n) && is_table(n))
			entries(r, n, flash, self);
}

static void entries(struct dts_reader *r, struct dts_node *table, size_t flash, ptrdiff_t parent)
{
	for (struct dts_node *n = dts_node_alive(table->first); n; n = dts_node_alive(n->next))
		if (dts_node_property(n, S("reg")))
			add_partition(r, table, n, flash, parent);
}

/* --- the walk --- */

static void note_compatible(struct dts_reader *r, struct map *seen, const struct dts_node *node,
			    bool enabled)
{
	const struct dts_property *p = dts_node_property(node, S("compatible"));
	struct str rest = p ? p->value : (struct str){NULL, 0}, one;

	while (rest.n && str_chr(rest, '\0') >= 0 && str_split(&rest, '\0', &one)) {
		uintptr_t *index = (uintptr_t *)map_at(seen, one);
		struct dts_compatible *c;

		if (*index && (!enabled || r->out->compatibles.p[*index - 1].enabled))
			continue;
		if (!*index) {
			vec_push(r->out_mem, &r->out->compatibles)->name = str_dup(r->out_mem, one);
			*index = r->out->compatibles.n;
		}
		c = &r->out->compatibles.p[*index - 1];
		c->enabled = enabled;
		c->at = place(r, p->file, p->line);
	}
}

static void walk(struct dts_reader *r, struct map *seen, struct dts_node *node, bool enabled,
		 bool in_table)
{
	bool table = !in_table && is_table(node);

	enabled = enabled && is_on(node);
	note_compatible(r, seen, node, enabled);
	if ((table || (!in_table && is_other_table(node))) && add_flash(r, node, enabled) && table)
		entries(r, node, r->out->flashes.n - 1, -1);
	for (struct dts_node *n = dts_node_alive(node->first); n; n = dts_node_alive(n->next))
		walk(r, seen, n, enabled, in_table || table);
}

/* The node at PATH, "/soc/eth@0"; a name may stand there without its unit address. NULL: none. */
static struct dts_node *node_at(struct dts_reader *r, struct str path)
{
	struct dts_node *node = r->root;
	struct str name;

	while (node && str_split(&path, '/', &name)) {
		struct dts_node *next = NULL;

		for (struct dts_node *n = dts_node_alive(node->first); name.n && n && !next;
		     n = dts_node_alive(n->next))
			if (str_eq(n->name, name) ||
			    (str_chr(name, '@') < 0 &&
			     str_starts(n->name, str_fmt(r->mem, "%.*s@", STR_ARG(name)))))
				next = n;
		node = name.n ? next : node;
	}
	return node;
}

static bool all_on(const struct dts_node *node)
{
	for (; node; node = node->parent)
		if (!is_on(node))
			return false;
	return true;
}

static void aliases(struct dts_reader *r)
{
	struct dts_node *node = dts_node_find(r->root, S("aliases"));

	for (struct dts_property *p = node && !node->deleted ? node->properties : NULL; p;
	     p = p->next) {
		struct dts_node *to = p->ref.kind ? dts_resolve(r, &p->ref) : NULL;
		struct str path = {NULL, 0};

		if (p->deleted || !p->known)
			continue;
		if (r->out->aliases.n == ALIASES_MOST) {
			dts_fail_at(r, p->file, p->line, "more than %d aliases", ALIASES_MOST);
			break;
		}
		if (p->ref.kind && !to && !r->out->partial && !r->out->overlay)
			dts_complain(r, p->file, p->line,
				     "alias %.*s: label or path %.*s not found",
				     STR_ARG(dts_quote(r->mem, p->name->text)),
				     STR_ARG(dts_quote(r->mem, p->ref.symbol->text)));
		if (p->ref.kind)
			path = to ? dts_node_path(r->mem, to)
				  : str_fmt(r->mem, "&%.*s", STR_ARG(p->ref.symbol->text));
		else if (p->value.n && str_chr(p->value, '\0') == (ptrdiff_t)p->value.n - 1)
			path = str_sub(p->value, 0, p->value.n - 1);
		if (!to && path.n && path.p[0] == '/')
			to = node_at(
			    r,
			    str_sub(path, 0,
				    str_chr(path, ':') < 0 ? path.n : (size_t)str_chr(path, ':')));
		*vec_push(r->out_mem, &r->out->aliases) = (struct dts_alias){
		    str_dup(r->out_mem, p->name->text), path.p ? str_dup(r->out_mem, path) : path,
		    to || !path.n || path.p[0] != '/' || r->out->partial || r->out->overlay,
		    !to || r->out->partial || all_on(to), place(r, p->file, p->line)};
	}
}

static struct place property_place(struct dts_reader *r, const struct dts_node *node,
				   const char *name)
{
	const struct dts_property *p = dts_node_property(node, str_z(name));

	return p ? place(r, p->file, p->line) : (struct place){{NULL, 0}, 0};
}

void dts_facts(struct dts_reader *r)
{
	struct map *seen = map_new(r->mem);
	struct dts *out = r->out;
	struct dts_node *chosen = dts_node_find(r->root, S("chosen"));

	dts_omit(r, r->root);
	out->compatible = strings(r->out_mem, dts_node_property(r->root, S("compatible")));
	out->compatible_at = property_place(r, r->root, "compatible");
	out->model = string(r->out_mem, r->root, "model");
	out->model_at = property_place(r, r->root, "model");
	if (chosen && !chosen->deleted) {
		out->bootargs = string(r->out_mem, chosen, "bootargs");
		out->bootargs_at = property_place(r, chosen, "bootargs");
	}
	aliases(r);
	walk(r, seen, r->root, true, false);
	for (struct dts_node *n = r->loose; n; n = n->next)
		if (!n->deleted)
			walk(r, seen, n, true, false);
}
