/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device tree sources: the grammar (Devicetree Specification, chapter 6, and dtc's own for what
 * that leaves out), from tokens to the tree. Where files are missing, names that they may define as
 * macros or labels are passed over; where none is, they are errors, as with dtc. An error of syntax
 * ends the reading.
 */
#include "image/dts_tree.h"

enum { DEEPEST = 100 };

/* --- tokens --- */

/* & and a name that a macro gave. */
static void join_reference(struct dts_reader *r)
{
	struct dts_token t;

	dts_next(r, &t);
	if (t.kind == DTS_RUN && t.symbol->is_identifier && !(t.flags & DTS_SPACE)) {
		r->tok.kind = DTS_REF;
		r->tok.symbol = dts_symbol(r->c, DTS_REF, t.symbol->text);
	} else if (t.kind != DTS_END) {
		dts_unread(r, &t);
	}
}

/*
 * /include/ "file": the text is read as if it stood here. No macro of the preprocessor's is in it.
 */
static void include(struct dts_reader *r)
{
	dts_next(r, &r->tok);
	if (r->tok.kind != DTS_STRING) {
		dts_fail(r, "/include/ expects \"FILE\"");
		r->tok.kind = DTS_END;
		return;
	}
	if (str_chr(r->tok.symbol->text, '\0') >= 0)
		dts_fail(r, "/include/ of a name with a NUL");
	else
		dts_include(r, r->tok.symbol->text, false, true);
	dts_next(r, &r->tok);
}

void dts_advance(struct dts_reader *r)
{
	dts_next(r, &r->tok);
	while (r->tok.kind == DTS_KEYWORD && str_is(r->tok.symbol->text, "include"))
		include(r);
	r->tok_file = r->file;
	r->tok_line = r->line;
	if (r->tok.kind == '&')
		join_reference(r);
}

bool dts_is_keyword(const struct dts_reader *r, const char *word)
{
	return r->tok.kind == DTS_KEYWORD && str_is(r->tok.symbol->text, word);
}

/* Is the current token a run that goes on the one before it? */
static bool goes_on(const struct dts_reader *r)
{
	return r->tok.kind == DTS_RUN && !(r->tok.flags & DTS_SPACE);
}

bool dts_has_missing(const struct dts_reader *r)
{
	return r->out->missing.n > 0 || r->out->partial;
}

void dts_unexpected(struct dts_reader *r, const char *wanted)
{
	struct buf b = buf_new(r->mem);
	const struct dts_token *t = &r->tok;

	if (t->kind == DTS_END)
		dts_fail_at(r, r->tok_file, r->tok_line, "the source ends where %s is expected",
			    wanted);
	else if (t->kind == '"')
		dts_fail_at(r, r->tok_file, r->tok_line, "unterminated string");
	else if (t->kind < DTS_END && (t->kind < ' ' || t->kind > '~'))
		dts_fail_at(r, r->tok_file, r->tok_line, "byte 0x%02x where %s is expected",
			    t->kind, wanted);
	else {
		struct dts_token one = *t;

		one.flags = 0;
		dts_spell(&b, &one);
		dts_fail_at(r, r->tok_file, r->tok_line, "%.*s where %s is expected",
			    STR_ARG(dts_quote(r->mem, buf_view(&b))), wanted);
	}
	r->tok.kind = DTS_END;
}

bool dts_expect(struct dts_reader *r, unsigned kind, const char *wanted)
{
	if (r->tok.kind != kind) {
		dts_unexpected(r, wanted);
		return false;
	}
	dts_advance(r);
	return true;
}

/* The name of a node or property that begins here; macros may have given its parts. */
static struct dts_symbol *name(struct dts_reader *r)
{
	struct dts_symbol *s = r->tok.symbol;

	dts_advance(r);
	if (!goes_on(r))
		return s;
	r->text.n = 0;
	buf_str(&r->text, s->text);
	for (; goes_on(r); dts_advance(r)) {
		buf_str(&r->text, r->tok.symbol->text);
		dts_grow(r, 1 + r->tok.symbol->text.n / 16);
	}
	return dts_symbol(r->c, DTS_RUN, buf_view(&r->text));
}

/* From an opening parenthesis to behind the closing one. */
void dts_skip_arguments(struct dts_reader *r)
{
	unsigned depth = 0;

	do {
		depth += r->tok.kind == '(' ? 1 : r->tok.kind == ')' ? -1U : 0;
		dts_advance(r);
	} while (depth && r->tok.kind != DTS_END);
}

/* --- properties --- */

static bool is_kept(const struct dts_reader *r, const struct dts_node *node,
		    const struct dts_symbol *s)
{
	return s->is_wanted || (node->parent == r->root && str_is(node->name, "aliases"));
}

/* "= value;" or ";" of the property NAME, which came at LINE of FILE. */
static void property(struct dts_reader *r, struct dts_node *node, struct dts_symbol *s,
		     struct dts_file *file, unsigned line)
{
	bool kept = is_kept(r, node, s);
	struct dts_bytes v = {.bytes = buf_new(r->mem), .known = true};
	struct dts_property *p;

	if (r->tok.kind == '=') {
		dts_advance(r);
		dts_read_value(r, kept ? &v : NULL);
	}
	if (!dts_expect(r, ';', ";") || !kept || r->failed)
		return;
	p = dts_node_set(r, node, s);
	p->deleted = false;
	p->value = buf_view(&v.bytes);
	p->ref = v.ref;
	p->known = v.known;
	p->file = file;
	p->line = line;
}

static void delete_property(struct dts_reader *r, struct dts_node *node)
{
	struct dts_property *p;
	struct dts_symbol *s;

	dts_advance(r);
	if (r->tok.kind != DTS_RUN) {
		dts_unexpected(r, "a property's name");
		return;
	}
	s = name(r);
	p = dts_node_property(node, s->text);
	if (p)
		p->deleted = true;
	dts_expect(r, ';', ";");
}

/* --- nodes --- */

/* A reference that nothing resolves. */
static void not_found(struct dts_reader *r)
{
	dts_complain(r, r->tok_file, r->tok_line, "label or path %.*s not found",
		     STR_ARG(dts_quote(r->mem, r->tok.symbol->text)));
}

/*
 * The node that the current token refers to. Where something is missing, or in an overlay, one of
 * its own is made for a label.
 */
static struct dts_node *referred(struct dts_reader *r)
{
	struct dts_node *n = dts_resolve(r, &r->tok);
	struct dts_symbol *label = r->tok.symbol;

	if (n)
		return n;
	if (!r->out->partial && !r->out->overlay)
		not_found(r);
	n = dts_node_new(
	    r, NULL,
	    str_fmt(r->mem, r->tok.kind == DTS_REF ? "&%.*s" : "&{%.*s}", STR_ARG(label->text)));
	*r->loose_end = n;
	r->loose_end = &n->next;
	if (r->tok.kind == DTS_REF)
		dts_label_set(r, label, n);
	return n;
}

static void body(struct dts_reader *r, struct dts_node *node, unsigned depth);

struct labels {
	VEC(struct dts_symbol *) p;
};

static void set_labels(struct dts_reader *r, struct labels *labels, struct dts_node *node)
{
	for (size_t i = 0; i < labels->p.n; i++)
		dts_label_set(r, labels->p.p[i], node);
	labels->p.n = 0;
}

static void add_label(struct dts_reader *r, struct labels *labels, struct dts_symbol *s)
{
	if (!s->is_identifier)
		dts_fail_at(r, r->tok_file, r->tok_line, "%.*s is no label",
			    STR_ARG(dts_quote(r->mem, s->text)));
	else
		*vec_push(r->mem, &labels->p) = dts_symbol(r->c, DTS_REF, s->text);
	dts_advance(r);
}

static void delete_node(struct dts_reader *r, struct dts_node *parent)
{
	struct dts_node *n;

	dts_advance(r);
	if (r->tok.kind == DTS_REF || r->tok.kind == DTS_PATH_REF) {
		n = dts_resolve(r, &r->tok);
		if (!n && !r->out->partial && !r->out->overlay)
			not_found(r);
		dts_advance(r);
	} else if (r->tok.kind == DTS_RUN && parent) {
		n = dts_node_find(parent, name(r)->text);
	} else {
		dts_unexpected(r, "a node's name or label");
		return;
	}
	if (n)
		dts_node_delete(n);
	dts_expect(r, ';', ";");
}

/* Was S, which has been read, a macro that a missing file defines? */
static bool is_unknown_macro(const struct dts_reader *r, const struct dts_symbol *s)
{
	if (!dts_has_missing(r) || !s->is_identifier)
		return false;
	for (size_t i = 0; i < s->text.n && r->tok.kind != '('; i++)
		/* more likely a property without its ; */
		if (s->text.p[i] >= 'a' && s->text.p[i] <= 'z')
			return false;
	return r->tok.kind == '(' || r->tok.kind == DTS_RUN || r->tok.kind == DTS_KEYWORD ||
	       r->tok.kind == '}';
}

static void child_node(struct dts_reader *r, struct dts_node *parent, struct dts_symbol *s,
		       struct labels *labels, bool *omit, unsigned depth)
{
	struct dts_node *child = dts_node_child(r, parent, s->text);

	child->if_referenced |= *omit;
	*omit = false;
	set_labels(r, labels, child);
	body(r, child, depth + 1);
}

/* What begins with a name: a label, a property, a node. True: a node. */
static bool item(struct dts_reader *r, struct dts_node *node, struct labels *labels, bool *omit,
		 bool had_child, unsigned depth)
{
	struct dts_file *file = r->tok_file;
	unsigned line = r->tok_line;
	struct dts_symbol *s = name(r);
	bool is_node = false;

	if (is_unknown_macro(r, s)) {
		if (r->tok.kind == '(')
			dts_skip_arguments(r);
		is_node = r->tok.kind == '{';
		if (r->tok.kind == ';')
			dts_advance(r);
	} else if (r->tok.kind == ':') {
		add_label(r, labels, s);
	} else if (r->tok.kind == '=' || r->tok.kind == ';') {
		labels->p.n = 0;
		if (had_child)
			dts_fail_at(r, file, line,
				    "property %.*s behind a node: properties come first",
				    STR_ARG(dts_quote(r->mem, s->text)));
		property(r, node, s, file, line);
	} else if (r->tok.kind == '{') {
		is_node = true;
	} else {
		dts_unexpected(r, "=, ; or {");
	}
	if (is_node)
		child_node(r, node, s, labels, omit, depth);
	return is_node;
}

/* { ... }; */
static void body(struct dts_reader *r, struct dts_node *node, unsigned depth)
{
	struct dts_file *file = r->tok_file;
	unsigned line = r->tok_line;
	struct labels labels = {0};
	bool omit = false, had_child = false;

	if (depth > DEEPEST) {
		dts_fail_at(r, file, line, "nodes nested too deep (more than %d)", DEEPEST);
		r->tok.kind = DTS_END;
		return;
	}
	for (dts_advance(r); r->tok.kind != '}' && r->tok.kind != DTS_END;) {
		if (r->tok.kind == DTS_RUN) {
			had_child |= item(r, node, &labels, &omit, had_child, depth);
		} else if (dts_is_keyword(r, "delete-property")) {
			if (had_child)
				dts_fail_at(
				    r, r->tok_file, r->tok_line,
				    "/delete-property/ behind a node: properties come first");
			delete_property(r, node);
		} else if (dts_is_keyword(r, "delete-node")) {
			had_child = true;
			delete_node(r, node);
		} else if (dts_is_keyword(r, "omit-if-no-ref")) {
			omit = true;
			dts_advance(r);
		} else {
			dts_unexpected(r, "a property, a node or }");
		}
	}
	if (r->tok.kind == DTS_END && !r->failed)
		dts_fail_at(r, file, line, "the node that begins here has no }");
	else if (dts_expect(r, '}', "}"))
		dts_expect(r, ';', "; after }");
}

/* --- the file --- */

/* /memreserve/ 0x1 0x2; */
static void memreserve(struct dts_reader *r)
{
	dts_advance(r);
	dts_read_number(r, NULL);
	dts_read_number(r, NULL);
	dts_expect(r, ';', ";");
}

static void keyword(struct dts_reader *r)
{
	struct dts_node *n;

	if (dts_is_keyword(r, "dts-v1") || dts_is_keyword(r, "plugin")) {
		if (r->n_nodes > 1)
			dts_fail_at(r, r->tok_file, r->tok_line, "/%.*s/ behind a node",
				    STR_ARG(r->tok.symbol->text));
		r->has_header |= dts_is_keyword(r, "dts-v1");
		r->out->overlay |= dts_is_keyword(r, "plugin");
		dts_advance(r);
		dts_expect(r, ';', ";");
	} else if (dts_is_keyword(r, "memreserve")) {
		memreserve(r);
	} else if (dts_is_keyword(r, "delete-node")) {
		delete_node(r, NULL);
	} else if (dts_is_keyword(r, "omit-if-no-ref")) {
		dts_advance(r);
		if (r->tok.kind != DTS_REF && r->tok.kind != DTS_PATH_REF) {
			dts_unexpected(r, "a label");
			return;
		}
		n = dts_resolve(r, &r->tok);
		if (n)
			n->if_referenced = true;
		else if (!r->out->partial)
			not_found(r);
		dts_advance(r);
		dts_expect(r, ';', ";");
	} else {
		dts_unexpected(r, "a node");
	}
}

/* A label of what follows; or a macro that a missing file defines. */
static void top_name(struct dts_reader *r, struct labels *labels)
{
	struct dts_symbol *s = name(r);

	if (r->tok.kind == ':') {
		add_label(r, labels, s);
	} else if (dts_has_missing(r)) {
		if (r->tok.kind == '(')
			dts_skip_arguments(r);
		if (r->tok.kind == ';')
			dts_advance(r);
	} else {
		dts_unexpected(r, "a node");
	}
}

void dts_parse(struct dts_reader *r)
{
	struct labels labels = {0};
	struct dts_node *n;

	r->tok_file = r->file;
	r->tok_line = 1;
	r->root = dts_node_new(r, NULL, S(""));
	r->loose_end = &r->loose;
	for (dts_advance(r); r->tok.kind != DTS_END;) {
		if (r->tok.kind == '/' || r->tok.kind == DTS_REF || r->tok.kind == DTS_PATH_REF) {
			n = r->tok.kind == '/' ? r->root : referred(r);
			dts_advance(r);
			set_labels(r, &labels, n);
			if (r->tok.kind == '{')
				body(r, n, 1);
			else
				dts_unexpected(r, "{");
		} else if (r->tok.kind == DTS_RUN) {
			top_name(r, &labels);
		} else if (r->tok.kind == DTS_KEYWORD) {
			keyword(r);
		} else {
			dts_unexpected(r, "a node");
		}
	}
	if (!r->has_header && !dts_has_missing(r))
		dts_complain(r, r->tok_file, 1, "no /dts-v1/; in it");
}
