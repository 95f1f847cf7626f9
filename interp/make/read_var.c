/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lines that define variables: assignments, define, undefine, and those for a target or a pattern.
 */
#include "make/graph.h"
#include "make/program.h"

#include <string.h>

static _Noreturn void empty_name(struct make *mk, struct place at)
{
	make_fatal(mk, at, "empty variable name");
}

/* The name between FROM and FROM + N of LINE, expanded. */
static struct symbol *assigned_symbol(struct make *mk, struct make_text line, size_t from, size_t n)
{
	struct str name = str_sub(line.text, from, n);
	struct symbol *sym;
	struct tbuf *t;

	if (!memchr(name.p, '$', name.n)) {
		if (!name.n)
			empty_name(mk, mk->at);
		return symbol_of(mk, name);
	}
	t = expand_part(mk, line, from, n, false);
	if (!t->n)
		empty_name(mk, mk->at);
	sym = symbol_of(mk, tbuf_view(t));
	tbuf_give(mk, t);
	return sym;
}

static enum var_origin origin_of(const struct assignment *a)
{
	return a->is_override ? ORIGIN_OVERRIDE : ORIGIN_FILE;
}

/* From the operator of A's line to its value. */
static uint32_t value_after(const struct assignment *a)
{
	return (uint32_t)(a->value - a->from - a->name_n);
}

/* What A assigns, spans in MEM. */
static struct make_text assigned_value(struct arena *mem, struct make_text line,
				       const struct assignment *a)
{
	if (line.n_spans)
		return text_slice(mem, line, a->value, line.text.n);
	return text_plain(str_from(line.text, a->value));
}

/* Where $(eval)'s plain line L, the one that SRC is at, was written: V's spans. */
static void plain_spans(struct make *mk, struct source *src, const struct line *l,
			struct variable *v)
{
	size_t value = src->start + l->a.value, end = value + l->value.text.n;
	const struct make_span *s = src->span, *last = src->spans + src->n_spans - 1;

	while (s < last && s[1].from <= src->start)
		s++;
	src->span = s;
	if (s == last || s[1].from >= end) { /* mostly the line, and more, is of one piece */
		uint32_t after = value_after(&l->a);

		v->written = written_at(s);
		v->written.off = (uint32_t)make_span_off(s, value - after);
		v->written.after = s->off & MAKE_SPAN_FIXED ? 0 : after;
		return;
	}
	last = s + 1;
	while (last + 1 < src->spans + src->n_spans && last[1].from < end)
		last++;
	v->value.spans = s;
	v->value.n_spans = (size_t)(last - s) + 1;
	v->written.off = (uint32_t)value;
	v->written.after = value_after(&l->a);
	v->sliced = true;
	var_settle(mk, v);
}

/* The same of a line that was written in one place. */
static struct make_text one_span_value(struct make_text line, const struct assignment *a,
				       struct make_span *here)
{
	*here = line.spans[0];
	here->off = (uint32_t)make_span_off(here, a->value);
	here->from = 0;
	return (struct make_text){str_from(line.text, a->value), here, 1};
}

bool read_plain(struct make *mk, struct source *src, const struct line *l)
{
	struct variable *v = l->symbol->global;

	if (!v || v->special || v->origin > ORIGIN_FILE ||
	    (v->origin == ORIGIN_ENV && mk->env_overrides) ||
	    (mk->listener && mk->listener->variable) || (l->rewritten && mk->lang->spans))
		return false;
	v->value = text_plain(l->value.text);
	v->at = mk->at;
	v->written = (struct written){.trail = mk->trail};
	v->sliced = false;
	if (mk->lang->spans && src->is_file) {
		v->written.in = src->file;
		v->written.off = (uint32_t)(src->start + l->a.from + l->a.name_n);
		v->written.after = value_after(&l->a);
	} else if (mk->lang->spans && src->n_spans && src->pos < MAKE_SPAN_FIXED) {
		plain_spans(mk, src, l, v);
	}
	v->code = NULL;
	v->shared = (struct shared_text *)&l->value;
	v->used = false;
	v->room = v->span_room = 0;
	v->origin = ORIGIN_FILE;
	v->recursive = l->a.kind == ASSIGN_RECURSIVE;
	v->append = v->conditional = false;
	return true;
}

void read_assignment(struct make *mk, const struct line *l, struct make_text text, size_t shift)
{
	struct assignment shifted = l->a, *a = &shifted;
	struct symbol *sym = l->symbol;
	struct variable *v;
	struct definition d = {.kind = a->kind,
			       .origin = origin_of(a),
			       .at = mk->at,
			       .shared = l->stable ? (struct shared_text *)&l->value : NULL,
			       .stable = l->text_stays};
	struct make_span here;

	shifted.from += shift;
	shifted.value += shift;
	d.written = text_origin(mk, text, a->from + a->name_n);
	if (text.n_spans != 1) {
		d.stable_spans = a->kind == ASSIGN_RECURSIVE;
		d.value = assigned_value(d.stable_spans ? mk->mem : mk->lang->scratch, text, a);
	} else {
		d.value = one_span_value(text, a, &here);
		if (a->kind == ASSIGN_RECURSIVE && here.in) { /* what WRITTEN says is enough */
			d.value.n_spans = 0;
			d.after = here.off & MAKE_SPAN_FIXED ? 0 : value_after(a);
		}
	}
	/* What stays is the line that is kept, not the text that it came in this time. */
	if (d.stable && d.value.text.p != l->value.text.p) {
		d.stable = str_eq(d.value.text, l->value.text);
		if (d.stable)
			d.value.text = l->value.text;
	}
	if (!sym)
		sym = assigned_symbol(mk, text, a->from, a->name_n);
	v = var_do(mk, mk->globals, sym, &d);
	if (a->is_export)
		v->export = EXPORT_YES;
	if (a->is_private)
		var_set_private(v, true);
}

/* The rest of LINE from FROM on, expanded, without blanks around. */
static struct str rest_name(struct make *mk, struct make_text line, size_t from, size_t end)
{
	struct tbuf *t = expand_part(mk, line, from, end - from, false);
	struct str s = tbuf_view(t);
	size_t i = scan_skip_space(s, 0), n = s.n;

	while (n > i && scan_blank(s.p[n - 1]))
		n--;
	s = str_dup(mk->lang->scratch, str_sub(s, i, n - i));
	tbuf_give(mk, t);
	if (!s.n)
		empty_name(mk, mk->at);
	return s;
}

void read_undefine(struct make *mk, struct make_text line, const struct assignment *a)
{
	var_undefine(mk, mk->globals, rest_name(mk, line, a->from, line.text.n), origin_of(a));
}

/* The line of OUT from byte BEGIN on: +1 for a nested define, -1 for an endef, which loses its
 * comment, else 0. AT: where an error would be; *SAID: it was. */
static int define_step(struct make *mk, struct tbuf *out, size_t begin, struct place at, bool *said)
{
	size_t from = scan_skip_space(tbuf_view(out), begin), comment;
	struct str s = str_from(tbuf_view(out), from);

	if (str_starts(s, S("define")) && (s.n == 6 || scan_blank(s.p[6])))
		return 1;
	if (!str_starts(s, S("endef")) || (s.n > 5 && !scan_blank(s.p[5])))
		return 0;
	comment = scan_unquoted(out, from + 5, "#", true);
	if (comment != SIZE_MAX)
		tbuf_cut(out, comment);
	if (scan_skip_space(tbuf_view(out), from + 5) < out->n) {
		make_error(mk, at, "extraneous text after 'endef' directive");
		*said = true;
	}
	return -1;
}

/* The lines up to endef into OUT; true when something had to be said about them. */
static bool define_body(struct make *mk, struct reader *r, struct place start, struct tbuf *out)
{
	struct tbuf *whole = tbuf_take(mk, true);
	struct place at = start;
	size_t level = 1, begin;
	struct str raw;
	bool any = false, said = false;

	for (;;) {
		if (!source_line(r->src, &raw))
			make_fatal(mk, start, "missing 'endef', unterminated 'define'");
		/* GNU make counts a define's lines once it has read them. */
		source_say_nuls(mk, r->src, r->src->pos, at.line);
		at.line += r->src->is_file ? r->src->lines : 0;
		if (any)
			tbuf_char(out, '\n');
		begin = out->n;
		if (r->src->lines == 1) {
			source_put(r->src, raw, out);
		} else {
			tbuf_cut(whole, 0);
			source_put(r->src, raw, whole);
			source_join(
			    mk,
			    (struct make_text){tbuf_view(whole), whole->spans.p, whole->spans.n},
			    out);
		}
		if (out->n > begin && out->p[begin] != mk->lang->prefix)
			level += (size_t)define_step(mk, out, begin, at, &said);
		if (!level)
			break;
		any = true;
	}
	tbuf_cut(out, any ? begin - 1 : begin);
	tbuf_give(mk, whole);
	return said;
}

/* Has B what this evaluation wants to know? */
static bool body_serves(const struct make *mk, const struct body *b)
{
	return b && (b->value.n_spans || !b->value.text.n || !mk->lang->spans);
}

/* What T, a define's body, is as a value: lines that go on are spans, but one will do for all. */
static struct make_text body_value(struct arena *mem, const struct tbuf *t)
{
	struct make_text value = {tbuf_view(t), t->spans.p, t->spans.n};

	return t->spans.n > 1 ? text_as_one(mem, value) : value;
}

/* The body of the define that SRC's line begins, kept with its script; NULL: it can't be. */
static struct body *kept_body(struct make *mk, struct reader *r, struct place start)
{
	struct source *src = r->src;
	struct arena *mem = mk->lang->program->mem;
	struct script_line *line;
	struct tbuf *t;
	struct body *body, *b;

	if (!src->script || mk->posix || mk->lang->prefix != '\t')
		return NULL;
	line = &src->script->lines.p[src->next - 1];
	body = line->body;
	if (body_serves(mk, body)) {
		src->next = body->next;
		line = &src->script->lines.p[src->next - 1];
		src->at.line = line->number;
		src->lines = line->lines;
		return body;
	}
	t = tbuf_take(mk, true);
	b = arena_make(mem, struct body);
	line->body = define_body(mk, r, start, t) ? NULL : b;
	b->next = src->next;
	for (size_t i = 0; i < t->spans.n; i++)
		t->spans.p[i].trail = NULL;
	b->value = text_dup(mem, body_value(mem, t));
	b->shared.text = b->value.text;
	tbuf_give(mk, t);
	return b;
}

/* define NAME [OP]: the value that follows goes to D. */
static struct symbol *defined_symbol(struct make *mk, struct make_text line,
				     const struct assignment *a, enum assign *kind)
{
	struct assignment inner = {0};
	size_t end = line.text.n;

	if (scan_definition(line.text, a->from, &inner)) {
		*kind = inner.kind;
		end = inner.from + inner.name_n;
		if (inner.value < line.text.n)
			make_error(mk, mk->at, "extraneous text after 'define' directive");
	}
	return symbol_of(mk, rest_name(mk, line, a->from, end));
}

void read_define(struct make *mk, struct reader *r, struct make_text line,
		 const struct assignment *a)
{
	struct definition d = {.origin = origin_of(a),
			       .at = mk->at,
			       .written = text_origin(mk, line, 0),
			       .kind = ASSIGN_RECURSIVE};
	unsigned lines = r->src->lines; /* of the define line itself */
	struct symbol *sym = defined_symbol(mk, line, a, &d.kind);
	struct body *body = kept_body(mk, r, d.at);
	struct tbuf *t = NULL;
	struct variable *v;

	if (body) {
		d.value = body->value;
		d.shared = &body->shared;
		d.stable = d.stable_spans = true;
	} else {
		t = tbuf_take(mk, true);
		define_body(mk, r, d.at, t);
		d.value = body_value(mk->mem, t);
	}
	/* What := expands is told of where the endef is. */
	if (r->src->is_file)
		mk->at.line = r->src->at.line + r->src->lines - lines;
	v = var_do(mk, mk->globals, sym, &d);
	if (t)
		tbuf_give(mk, t);
	if (a->is_export)
		v->export = EXPORT_YES;
	if (a->is_private)
		var_set_private(v, true);
}

/* What was said on the command line or with -e wins over a target's own value. */
static struct variable *stronger(struct make *mk, struct symbol *sym, const struct assignment *a)
{
	struct variable *v = a->is_override ? NULL : symbol_lookup(mk, sym);

	return v && (v->origin == ORIGIN_ENV_OVERRIDE || v->origin == ORIGIN_COMMAND) ? v : NULL;
}

/* It stands in the list from the start: what an eval in its value adds comes behind it, and after
 * an error -p shows it as far as it was read. */
static void assign_pattern(struct make *mk, struct str pattern, struct make_text text,
			   const struct assignment *a)
{
	struct make_text value = assigned_value(mk->lang->scratch, text, a);
	struct make_span written = text_origin(mk, text, a->from + a->name_n);
	struct pattern_var *p =
	    rules_pattern_var(mk, pattern, a->kind, text_dup(mk->mem, value), mk->at, &written);
	struct symbol *sym = assigned_symbol(mk, text, a->from, a->name_n);
	struct variable *v = stronger(mk, sym, a);
	struct tbuf *t = NULL;

	p->name = str_dup(mk->mem, sym->name);
	p->origin = origin_of(a);
	/* The value only, not the operator: := makes the text as it is simple. */
	if (a->kind == ASSIGN_SIMPLE) {
		t = expand_part(mk, value, 0, value.text.n, true);
		value = (struct make_text){tbuf_view(t), t->spans.p, t->spans.n};
	}
	if (v) {
		var_settle(mk, v);
		value = v->value;
		p->origin = v->origin;
		p->recursive = v->recursive;
	}
	p->value = text_dup(mk->mem, value);
	p->is_private = a->is_private;
	p->export = a->is_export ? EXPORT_YES : EXPORT_DEFAULT;
	if (t)
		tbuf_give(mk, t);
}

static void assign_target(struct make *mk, struct str target, struct make_text text,
			  const struct assignment *a)
{
	struct var_set *scope = mk->scope, *own = rules_target_scope(mk, target);
	struct definition d = {.value = text,
			       .kind = a->kind,
			       .origin = origin_of(a),
			       .at = mk->at,
			       .written = text_origin(mk, text, a->from + a->name_n),
			       .target_specific = true};
	unsigned base = mk->lang->base, hidden = mk->lang->hidden;
	struct variable *v, *outer;
	struct symbol *sym;

	d.value.text = str_from(text.text, a->value);
	if (a->kind == ASSIGN_SIMPLE && str_chr(d.value.text, '$') >= 0)
		d.base = a->value;
	else
		d.value = assigned_value(mk->lang->scratch, text, a);
	/* What $(call) and $(foreach) bound comes behind the target's own; inside another target it
	 * doesn't show. */
	mk->lang->base = mk->lang->depth;
	if (scope != mk->globals)
		mk->lang->hidden = mk->lang->depth;
	mk->scope = own;
	sym = assigned_symbol(mk, text, a->from, a->name_n);
	v = var_do(mk, own, sym, &d);
	mk->scope = scope;
	mk->lang->base = base;
	mk->lang->hidden = hidden;
	v->per_target = true;
	var_set_private(v, a->is_private);
	v->export = a->is_export ? EXPORT_YES : EXPORT_DEFAULT;
	outer = v->origin == ORIGIN_OVERRIDE ? NULL : stronger(mk, sym, a);
	if (outer && outer != v) {
		var_settle(mk, outer);
		v->sliced = false;
		v->value = outer->value;
		outer->room = outer->span_room = 0; /* it is no longer outer's alone */
		v->written = outer->written;
		v->shared = NULL;
		v->origin = outer->origin;
		v->recursive = outer->recursive;
		v->append = false;
		v->code = NULL;
		v->room = v->span_room = 0;
	}
}

void read_target_assignment(struct make *mk, struct strs targets, struct make_text text,
			    const struct assignment *a)
{
	struct assignment plain = *a;

	for (size_t i = 0; i < targets.n; i++) {
		struct str name = targets.p[i];
		bool pattern = scan_percent(mk->mem, &name) >= 0;

		/* Behind define or undefine an assignment may stand, which is made. */
		if ((a->is_define || a->is_undefine) &&
		    !scan_definition(text.text, a->from, &plain)) {
			if (pattern)
				continue;
			rules_target_scope(mk, name); /* the file stays in -p's list */
			make_fatal(mk, mk->at, "Malformed target-specific variable definition");
		}
		if (pattern)
			assign_pattern(mk, targets.p[i], text, &plain);
		else
			assign_target(mk, name, text, &plain);
	}
}
