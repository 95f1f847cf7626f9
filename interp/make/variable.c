/* SPDX-License-Identifier: GPL-2.0-only */
/* Variables: scopes, lookup, and what each form of assignment does. */
#include "make/lang.h"

#include <string.h>

/* Through the scopes of targets, then what was bound outside of them. */
static struct variable *lookup_scoped(struct make *mk, struct symbol *sym)
{
	bool parent = false;

	for (struct var_set *set = mk->scope; set; set = set->up) {
		struct variable *v;

		if (!set->up && sym->local && sym->local->depth > mk->lang->hidden)
			return &sym->local->var;
		v = symbol_in(set, sym);
		if (v && (!parent || !v->is_private))
			return v;
		parent |= set->up_is_parent;
	}
	return NULL;
}

struct variable *symbol_lookup(struct make *mk, struct symbol *sym)
{
	const struct lang *l = mk->lang;
	struct variable *v;

	if (sym->scoped && mk->scope != mk->globals && !(sym->local && sym->local->depth > l->base))
		return lookup_scoped(mk, sym);
	if (sym->local && sym->local->depth > l->hidden)
		return &sym->local->var;
	v = sym->global;
	return v && v->special ? special_get(mk, v) : v;
}

struct variable *var_lookup(struct make *mk, struct str name)
{
	struct symbol *sym = symbol_find(mk, name);

	return sym ? symbol_lookup(mk, sym) : NULL;
}

struct variable *var_lookup_in(struct make *mk, const struct var_set *set, struct str name)
{
	struct symbol *sym = symbol_find(mk, name);

	return sym ? symbol_in(set, sym) : NULL;
}

void var_warn_undefined(struct make *mk, struct str name)
{
	if (mk->warn_undefined)
		make_error(mk, mk->at, "warning: undefined variable '%.*s'", STR_ARG(name));
}

static struct variable *make_variable_in(struct make *mk, struct var_set *set, struct symbol *sym)
{
	struct variable *v = arena_make(mk->mem, struct variable);

	v->symbol = sym;
	set_put(mk, set, v);
	return v;
}

void var_set_private(struct variable *v, bool is_private)
{
	v->is_private = is_private;
	if (is_private)
		v->symbol->scoped = true; /* lookups must not take the short way */
}

/* How strong an assignment with ORIGIN is: with -e what make itself sets as if it came from the
 * environment is as strong. */
static enum var_origin strength(const struct make *mk, enum var_origin origin)
{
	return mk->env_overrides && origin == ORIGIN_ENV ? ORIGIN_ENV_OVERRIDE : origin;
}

/* Give SYM in SET the value unless something stronger has given it one. VALUE stays in memory. */
static struct variable *define(struct make *mk, struct var_set *set, struct symbol *sym,
			       struct make_text value, bool recursive, const struct definition *d)
{
	struct variable *v = symbol_in(set, sym);
	enum var_origin origin = strength(mk, d->origin);

	if (!v)
		v = make_variable_in(mk, set, sym);
	else
		v->origin = strength(mk, v->origin);
	if (origin < v->origin)
		return v;
	v->value = value;
	v->at = d->at;
	v->written = written_at(&d->written);
	v->written.after = d->after;
	v->sliced = false;
	v->origin = origin;
	v->recursive = recursive;
	v->code = NULL;
	v->shared = value.text.p == d->value.text.p ? d->shared : NULL;
	v->used = false;
	v->room = v->span_room = 0;
	return v;
}

/* TEXT, which D assigns, in memory that stays. */
static struct make_text keep(struct make *mk, struct make_text text, const struct definition *d,
			     bool stable)
{
	struct make_text kept = text;

	if (kept.n_spans && !(d->stable_spans && text.spans == d->value.spans))
		kept = text_dup(mk->mem, (struct make_text){S(""), text.spans, text.n_spans});
	kept.text = stable ? text.text : str_dup(mk->mem, text.text);
	return kept;
}

void var_settle(struct make *mk, struct variable *v)
{
	struct make_text longer = {S(""), v->value.spans, v->value.n_spans}, value;
	size_t at = v->written.off, after = v->written.after;
	const struct make_span *s;

	if (!v->sliced)
		return;
	v->sliced = false;
	s = &longer.spans[span_index(longer.spans, longer.n_spans, at - after)];
	v->written = written_at(s);
	v->written.off = (uint32_t)make_span_off(s, at - after);
	v->written.after = s->off & MAKE_SPAN_FIXED ? 0 : (uint32_t)after;
	longer.text = (struct str){v->value.text.p - at, at + v->value.text.n};
	value = text_slice(mk->mem, longer, at, v->value.text.n);
	value.text = v->value.text;
	v->value = value;
}

/* The spans of V's value, written out. */
static struct make_text with_spans(struct make *mk, struct variable *v)
{
	struct make_text text;
	struct make_span *s;

	var_settle(mk, v);
	text = v->value;
	if (!mk->lang->spans || text.n_spans || !text.text.n)
		return text;
	s = arena_alloc(mk->mem, sizeof(*s));
	*s = written_span(&v->written);
	s->off += v->written.after;
	text.spans = s;
	text.n_spans = 1;
	return text;
}

/* As a variable keeps it: of more nothing is known, so it is copied once more often. */
static uint32_t room_of(size_t room)
{
	return room < UINT32_MAX ? (uint32_t)room : UINT32_MAX;
}

/* OLD + blank + MORE in memory with room to spare, so that many += cost little. */
static struct make_text joined(struct make *mk, struct variable *v, struct make_text more,
			       size_t *room, size_t *span_room)
{
	struct make_text old = with_spans(mk, v), all = old;
	size_t gap = old.text.n ? 1 : 0, n = old.text.n + gap + more.text.n;
	size_t n_spans = old.n_spans + more.n_spans;
	struct make_span *spans = (struct make_span *)old.spans;

	*room = v->room;
	*span_room = v->span_room;
	if (n > v->room) {
		*room = n + n / 2 + 16;
		all.text.p = arena_alloc(mk->mem, *room);
		if (old.text.n)
			memcpy((char *)all.text.p, old.text.p, old.text.n);
	}
	if (n_spans > v->span_room) {
		*span_room = n_spans + n_spans / 2 + 2;
		spans = arena_alloc(mk->mem, *span_room * sizeof(*spans));
		if (old.n_spans)
			memcpy(spans, old.spans, old.n_spans * sizeof(*spans));
	}
	if (gap)
		((char *)all.text.p)[old.text.n] = ' ';
	if (more.text.n)
		memcpy((char *)all.text.p + old.text.n + gap, more.text.p, more.text.n);
	for (size_t i = 0; i < more.n_spans; i++) {
		spans[old.n_spans + i] = more.spans[i];
		if (old.n_spans + i)
			spans[old.n_spans + i].from += old.text.n + gap;
	}
	all.text.n = n;
	all.spans = spans;
	all.n_spans = n_spans;
	return all;
}

static struct variable *finish(struct make *mk, struct variable *v)
{
	if (v->special)
		special_set(mk, v);
	if (mk->listener && mk->listener->variable && v->at.file.n) {
		struct make_span written = written_span(&v->written);

		mk->listener->variable(mk->listener->ctx, mk, v->symbol->name, v->value,
				       v->recursive, &written);
	}
	return v;
}

/* D's value, expanded; the result is in T. */
static struct make_text expanded(struct make *mk, struct tbuf *t, const struct definition *d)
{
	struct frame fr = frame_of(mk, d->value);

	fr.base = d->base;
	if (d->shared)
		expand_run(mk, t, shared_code(mk, d->shared), &fr);
	else
		expand_into(mk, t, d->value.text, 0, &fr);
	return (struct make_text){tbuf_view(t), t->spans.p, t->spans.n};
}

/* Will D's value take the place of V's, in memory that is V's alone? What is being expanded is
 * looked at still. */
static bool replaces(const struct make *mk, const struct variable *v, const struct definition *d)
{
	return v && !(v->recursive && (v->expanding || v->calls)) && !v->special &&
	       strength(mk, d->origin) >= strength(mk, v->origin);
}

/* TEXT where V's old value was, if that has the room, else with room to spare: many x := $(x) y
 * cost little. */
static struct make_text overwritten(struct make *mk, struct variable *v, struct make_text text)
{
	struct make_text all = v->value;

	if (text.text.n > v->room) {
		size_t room = text.text.n + text.text.n / 2 + 16;

		all.text.p = arena_alloc(mk->mem, room);
		v->room = room_of(room);
	}
	if (text.n_spans > v->span_room) {
		size_t room = text.n_spans + text.n_spans / 2 + 2;

		all.spans = arena_alloc(mk->mem, room * sizeof(*all.spans));
		v->span_room = room_of(room);
	}
	if (text.text.n)
		memcpy((char *)all.text.p, text.text.p, text.text.n);
	if (text.n_spans)
		memcpy((struct make_span *)all.spans, text.spans,
		       text.n_spans * sizeof(*all.spans));
	all.text.n = text.text.n;
	all.n_spans = text.n_spans;
	return all;
}

/* VALUE, which D made, becomes SYM's. STABLE: its text stays in memory. */
static struct variable *replace(struct make *mk, struct var_set *set, struct symbol *sym,
				struct make_text value, bool stable, const struct definition *d)
{
	struct variable *v = stable ? NULL : symbol_in(set, sym);
	size_t room = 0, span_room = 0;

	if (replaces(mk, v, d)) {
		value = overwritten(mk, v, value);
		room = v->room;
		span_room = v->span_room;
	} else {
		value = keep(mk, value, d, stable);
	}
	v = define(mk, set, sym, value, d->kind != ASSIGN_SIMPLE, d);
	v->room = room_of(room);
	v->span_room = room_of(span_room);
	return v;
}

static struct variable *assign_simple(struct make *mk, struct var_set *set, struct symbol *sym,
				      const struct definition *d)
{
	struct variable *v;
	struct tbuf *t;

	if (str_chr(d->value.text, '$') < 0)
		return replace(mk, set, sym, d->value, d->stable, d);
	t = tbuf_take(mk, true);
	v = replace(mk, set, sym, expanded(mk, t, d), false, d);
	tbuf_give(mk, t);
	return v;
}

static struct variable *assign_shell(struct make *mk, struct var_set *set, struct symbol *sym,
				     const struct definition *d)
{
	struct tbuf *t = tbuf_take(mk, false), *out = tbuf_take(mk, true);
	struct make_span where = d->value.n_spans ? d->value.spans[0] : d->written;
	struct make_text value;

	where.off |= MAKE_SPAN_FIXED;
	expanded(mk, t, d);
	shell_result(mk, out, tbuf_view(t), false);
	tbuf_give(mk, t);
	value = (struct make_text){tbuf_view(out), &where, mk->lang->spans ? 1 : 0};
	value = keep(mk, value, d, false);
	tbuf_give(mk, out);
	return define(mk, set, sym, value, true, d);
}

/* += ; sets *APPEND for a target's variable that adds to the outer one when it is looked up. */
static struct variable *assign_append(struct make *mk, struct var_set *set, struct symbol *sym,
				      const struct definition *d, bool *append)
{
	struct variable *v = d->target_specific ? symbol_in(set, sym) : symbol_lookup(mk, sym),
			*w = v;
	struct make_text more = d->value, all;
	struct tbuf *t = NULL;
	bool recursive = v && v->recursive; /* an eval in the new text may change that: too late */
	size_t room, span_room;

	if (d->target_specific)
		*append = !v || v->append;
	if (!v)
		return define(mk, set, sym, keep(mk, more, d, d->stable), true, d);
	if (!recursive && d->kind == ASSIGN_APPEND && str_chr(more.text, '$') >= 0) {
		t = tbuf_take(mk, true);
		more = expanded(mk, t, d);
	}
	if (more.text.n == 0) {
		*append = v->append;
	} else {
		if (v != symbol_in(set, sym))
			v->room = v->span_room = 0; /* the result is another's */
		all = joined(mk, v, more, &room, &span_room);
		w = define(mk, set, sym, all, recursive, d);
		if (w->value.text.p == all.text.p) {
			w->room = room_of(room);
			w->span_room = room_of(span_room);
		}
	}
	if (t)
		tbuf_give(mk, t);
	return w;
}

struct variable *var_do(struct make *mk, struct var_set *set, struct symbol *sym,
			const struct definition *d)
{
	struct variable *v = NULL;
	bool append = false, conditional = false;

	switch (d->kind) {
	case ASSIGN_SIMPLE:
		v = assign_simple(mk, set, sym, d);
		break;
	case ASSIGN_SHELL:
		v = assign_shell(mk, set, sym, d);
		break;
	case ASSIGN_APPEND:
	case ASSIGN_NONE: /* += without expansion: MAKEFILE_LIST */
		v = assign_append(mk, set, sym, d, &append);
		break;
	case ASSIGN_COND:
		v = symbol_lookup(mk, sym);
		if (v)
			return finish(mk, v);
		conditional = true;
		/* fall through */
	case ASSIGN_RECURSIVE:
		v = replace(mk, set, sym, d->value, d->stable, d);
		break;
	}
	v->append = append;
	v->conditional = conditional;
	return finish(mk, v);
}

struct variable *var_assign(struct make *mk, struct var_set *set, struct str name, enum assign kind,
			    struct make_text value, enum var_origin origin, struct place at,
			    const struct make_span *written, bool target_specific)
{
	struct definition d = {.value = value,
			       .kind = kind,
			       .origin = origin,
			       .at = at,
			       .written = written ? *written : (struct make_span){0},
			       .target_specific = target_specific};

	return var_do(mk, set, symbol_of(mk, name), &d);
}

static struct variable *set_outright(struct make *mk, struct var_set *set, struct str name,
				     struct str value, enum var_origin origin, bool recursive)
{
	struct definition d = {.origin = origin};

	return define(mk, set, symbol_of(mk, name), text_plain(str_dup(mk->mem, value)), recursive,
		      &d);
}

struct variable *var_set_simple(struct make *mk, struct var_set *set, struct str name,
				struct str value, enum var_origin origin)
{
	return set_outright(mk, set, name, value, origin, false);
}

struct variable *var_set_recursive(struct make *mk, struct var_set *set, struct str name,
				   struct str value, enum var_origin origin)
{
	return set_outright(mk, set, name, value, origin, true);
}

void var_set_automatic(struct make *mk, struct var_set *set, enum automatic which, struct str value)
{
	struct lang *l = mk->lang;
	struct symbol *sym = l->automatic[which];
	struct variable *v = symbol_in(set, sym);
	struct make_text kept = {0};
	uint32_t room = 0;

	if (!v) {
		v = l->free_automatic.n ? l->free_automatic.p[--l->free_automatic.n]
					: arena_make(mk->mem, struct variable);
		kept = v->value;
		room = v->room;
		*v = (struct variable){
		    .symbol = sym, .value = kept, .room = room, .is_automatic = true};
		set_put(mk, set, v);
	} else if (!v->is_automatic) { /* one of the target's own */
		var_set_simple(mk, set, sym->name, value, ORIGIN_AUTOMATIC);
		return;
	}
	v->value = overwritten(mk, v, text_plain(value));
	v->origin = ORIGIN_AUTOMATIC;
}

void var_undefine(struct make *mk, struct var_set *set, struct str name, enum var_origin origin)
{
	struct symbol *sym = symbol_find(mk, name);
	struct variable *v = sym ? symbol_in(set, sym) : NULL;

	if (!v)
		return;
	v->origin = strength(mk, v->origin);
	if (origin < v->origin)
		return;
	set_remove(mk, set, v);
}
