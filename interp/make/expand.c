/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Running compiled text: references, recursion, and where each stretch of the result was written.
 */
#include "make/lang.h"

#include <string.h>

/* bytes of a value; nodes are some times longer than their text */
enum { COMPILED_MOST = 64 << 10 };

struct place expand_place(const struct make *mk)
{
	return mk->lang->expanding ? *mk->lang->expanding : mk->at;
}

/* Does OUT, which gets a stretch from FR, want the trail that FR's spans have? */
static bool own_trails(const struct tbuf *out, const struct frame *fr)
{
	return !fr->up && !out->no_trails;
}

/* put_reached of a text that was written in several places, or in another one than what was looked
 * at last. */
static __attribute__((noinline)) void put_over_spans(const struct trail *trail, struct tbuf *out,
						     struct str text, size_t off, struct frame *fr)
{
	const struct make_span *s = fr->spans + frame_span(fr, off);
	const struct make_span *end = fr->spans + fr->n_spans;
	bool own = own_trails(out, fr);

	for (off += fr->base; s + 1 < end && s[1].from - off < text.n; s++) {
		size_t n = s[1].from - off;

		tbuf_put_at(out, (struct str){text.p, n}, s->in, make_span_off(s, off),
			    own ? s->trail : trail);
		text = str_from(text, n);
		off += n;
	}
	tbuf_put_at(out, text, s->in, make_span_off(s, off), own ? s->trail : trail);
}

/* put_reached where OUT has no room. */
static __attribute__((noinline)) void put_growing(const struct trail *trail, struct tbuf *out,
						  struct str text, size_t off,
						  const struct text_file *in)
{
	tbuf_put_at(out, text, in, off, trail);
}

/*
 * TEXT, from byte OFF of FR's text, reached through TRAIL. There are millions of these: all calls
 * are the last thing it does, so that it has no registers to save.
 */
static void put_reached(const struct trail *trail, struct tbuf *out, struct str text, size_t off,
			struct frame *fr)
{
	const struct make_span *s = &fr->here;
	char *to;

	if (fr->n_spans) {
		size_t from = off + fr->base;

		s = fr->spans + fr->span;
		if (fr->span >= fr->n_spans || s->from > from ||
		    (fr->span + 1 < fr->n_spans && s[1].from < from + text.n)) {
			put_over_spans(trail, out, text, off, fr);
			return;
		}
		off = from;
	}
	if (own_trails(out, fr) || (!trail && !fr->n_spans))
		trail = s->trail;
	off = make_span_off(s, off);
	if (tbuf_spans_full(out) || out->cap - out->n <= text.n) {
		put_growing(trail, out, text, off, s->in);
		return;
	}
	tbuf_note(out, s->in, off, trail);
	to = out->p + out->n;
	out->n += text.n;
	memcpy(to, text.p, text.n);
}

/* put_with_spans the first time that FR has text, and where OUT waits for a colon. */
static __attribute__((noinline)) void put_first(struct make *mk, struct tbuf *out, struct str text,
						size_t off, struct frame *fr)
{
	const struct trail *trail;

	if (out->from_colon)
		out->from_colon = !memchr(text.p, ':', text.n) && !memchr(text.p, ';', text.n);
	if (out->from_colon) {
		tbuf_str(out, text);
		return;
	}
	trail = out->no_trails ? mk->trail : !fr->up || fr->made ? fr->made : frame_trail(mk, fr);
	put_reached(trail, out, text, off, fr);
}

/* TEXT, from byte OFF of FR's text, as it is, where OUT keeps spans. */
static void put_with_spans(struct make *mk, struct tbuf *out, struct str text, size_t off,
			   struct frame *fr)
{
	if (out->from_colon || (fr->up && !fr->made && !out->no_trails))
		put_first(mk, out, text, off, fr);
	else
		put_reached(out->no_trails ? mk->trail : fr->made, out, text, off, fr);
}

/* TEXT, from byte OFF of FR's text, as it is. */
static inline void put_literal(struct make *mk, struct tbuf *out, struct str text, size_t off,
			       struct frame *fr)
{
	if (out->want && text.n)
		put_with_spans(mk, out, text, off, fr);
	else
		tbuf_str(out, text);
}

/* The same where S points into a text that was put together: N's text is one itself. */
static bool stands_in_parts(const struct node *n, const struct make_span *s)
{
	struct text_file *f = n->file;
	struct text_part *parts = (struct text_part *)f->parts; /* nobody else's as yet */
	size_t most = n->source.n - n->text.n + 1;

	if (!parts || f->of)
		return false;
	if (!f->n_parts) {
		for (size_t i = 0; i < most; i++) {
			parts[i].at.in = s->in;
			parts[i].at.off += s->off;
		}
		f->n_parts = most;
	}
	return parts->at.in == s->in && parts->at.off == s->off;
}

/* Was N's text, of FR's span looked at last, written in several places? */
static bool in_several_places(const struct node *n, const struct frame *fr)
{
	return fr->span + 1 < fr->n_spans &&
	       fr->spans[fr->span + 1].from < fr->base + n->off + n->source.n;
}

/* Can N's text stand for itself in source maps, being written where S says? */
static bool stands_alone(const struct node *n, struct frame *fr, const struct make_span *s)
{
	struct text_file *f = n->file;

	if (!f || !s->in || s->off & MAKE_SPAN_FIXED || in_several_places(n, fr))
		return false;
	if (s->in->n_parts || f->n_parts)
		return stands_in_parts(n, s);
	if (!f->of) {
		f->of = s->in;
		f->of_off = s->off;
	}
	return f->of == s->in && f->of_off == s->off;
}

/* N's text; it is shorter than its source for each "$$". Where it was written in one place, it is
 * enough to know where its lines begin. */
static void put_text(struct make *mk, struct tbuf *out, const struct node *n, struct frame *fr)
{
	const char *p = n->text.p, *end = p + n->text.n, *source = n->source.p;
	struct make_span s;
	bool exact;

	if (!out->want || n->text.n == n->source.n) {
		put_literal(mk, out, n->text, n->off, fr);
		return;
	}
	s = frame_origin_for(mk, out, fr, n->off);
	if (stands_alone(n, fr, &s)) {
		tbuf_put_at(out, n->text, n->file, 0, s.trail);
		return;
	}
	exact = in_several_places(n, fr) || (s.in && s.in->n_parts);
	while (p < end) {
		const char *at = memchr(p, exact ? '$' : '\n', (size_t)(end - p));
		const char *stop = at ? at + 1 : end;
		size_t done = (size_t)(source - n->source.p);

		put_literal(mk, out, (struct str){p, (size_t)(stop - p)}, n->off + done, fr);
		if (at && exact)
			source += stop - p + 1;
		else if (at)
			source = (const char *)memchr(source, '\n', n->source.n - done) + 1;
		p = stop;
	}
}

static void run_value(struct make *mk, struct tbuf *out, struct variable *v, struct frame *fr)
{
	struct lang *l = mk->lang;
	struct arena_mark mark;

	if (v->code) {
		expand_run(mk, out, v->code, fr);
	} else if (memchr(v->value.text.p, '$', v->value.text.n) == NULL) {
		put_literal(mk, out, v->value.text, 0, fr);
	} else if (v->shared) {
		v->code = shared_code(mk, v->shared);
		expand_run(mk, out, v->code, fr);
	} else if (v->used && v->value.text.n <= COMPILED_MOST) {
		v->code = compile(mk, mk->mem, v->value.text, 0);
		expand_run(mk, out, v->code, fr);
	} else {
		v->used = true;
		mark = arena_mark(l->scratch);
		compile_and_run(mk, out, v->value.text, 0, fr);
		arena_release(l->scratch, mark);
	}
}

/* A target's += : the outer values first, each behind the one before it. */
static void run_appended(struct make *mk, struct tbuf *out, struct symbol *sym, struct var_set *set,
			 bool local, struct frame *fr)
{
	struct variable *v = NULL;
	size_t before = out->n;

	expand_check_stack(mk, "expansion");
	for (; set; set = set->up) {
		bool here = local;

		v = symbol_in(set, sym);
		local = local && !set->up_is_parent;
		if (v && (here || !v->is_private))
			break;
	}
	if (!set)
		return;
	if (v->append)
		run_appended(mk, out, sym, set->up, local, fr);
	if (out->n > before)
		tbuf_char(out, ' ');
	fr->spans = v->value.spans;
	fr->n_spans = v->value.n_spans;
	fr->base = v->sliced ? v->written.off : 0;
	fr->span = 0;
	if (v->recursive)
		run_value(mk, out, v, fr);
	else
		put_literal(mk, out, v->value.text, 0, fr);
}

static _Noreturn void self_reference(struct make *mk, const struct variable *v)
{
	make_fatal(mk, expand_place(mk), "Recursive variable '%.*s' references itself (eventually)",
		   STR_ARG(v->symbol->name));
}

/* A recursive variable's value; errors in it are at the place of its definition. */
static void run_recursive(struct make *mk, struct tbuf *out, struct variable *v, struct frame *fr)
{
	struct lang *l = mk->lang;
	const struct place *expanding = l->expanding;
	struct place at = mk->at;

	if (v->at.file.n)
		l->expanding = &v->at;
	if (!mk->at.file.p) { /* a place that is none, of a variable without one, stays too */
		mk->at = v->at;
		if (!v->at.file.p)
			mk->at.file = S("");
	}
	if (v->expanding) {
		if (!v->calls)
			self_reference(mk, v);
		v->calls--;
	}
	v->expanding = 1;
	*vec_push(mk->mem, &l->running) = v;
	if (v->append)
		run_appended(mk, out, v->symbol, mk->scope, true, fr);
	else
		run_value(mk, out, v, fr);
	v->expanding = 0;
	l->running.n--;
	l->expanding = expanding;
	mk->at = at;
}

/*
 * A list of files is many spans, and a body may put it into line after line. From the second time
 * on it is one span, of a text that knows its parts.
 */
static void join_argument(struct make *mk, struct variable *v)
{
	size_t base = v->written.off, end = base + v->value.text.n, n = 0;

	while (n < v->value.n_spans && (n == 0 || v->value.spans[n].from < end)) {
		if (!v->value.spans[n++].in)
			return;
	}
	if (n < SPANS_JOINED)
		return;
	v->written = (struct written){.in = text_joined(mk->mem, v->value.spans, n, base)};
	v->value.spans = NULL;
	v->value.n_spans = 0;
	v->sliced = false;
}

/* The same of the value of a := . */
static void join_value(struct make *mk, struct variable *v)
{
	var_settle(mk, v);
	v->value = text_as_one(mk->mem, v->value);
	v->span_room = 0;
}

/* V is put into a text with spans: from the second time on as one span. */
static void join_used(struct make *mk, struct variable *v)
{
	if (v->sliced && v->origin == ORIGIN_AUTOMATIC) {
		if (v->used)
			join_argument(mk, v);
		v->used = true;
	} else if (v->value.n_spans >= SPANS_JOINED && !v->recursive) {
		if (v->used)
			join_value(mk, v);
		v->used = true;
	}
}

static void run_variable(struct make *mk, struct tbuf *out, struct variable *v, struct frame *fr,
			 size_t ref, enum frame_kind kind)
{
	struct frame inner;

	if (out->want && v->value.n_spans)
		join_used(mk, v);
	inner = (struct frame){.spans = v->value.spans,
			      .n_spans = v->value.n_spans,
			      .here = written_span(&v->written),
			      .up = fr,
			      .ref = ref,
			      .symbol = v->symbol,
			      .kind = kind,
			      .made = kind == FRAME_ARGUMENT ? fr->made : NULL};

	if (v->sliced)
		inner.base = v->written.off;
	else
		inner.here.off += v->written.after;
	if (!v->written.in && !v->value.n_spans && out->want) {
		inner.here = frame_spot(fr, ref);
		inner.here.off |= MAKE_SPAN_FIXED;
	}
	if (v->recursive)
		run_recursive(mk, out, v, &inner);
	else
		put_literal(mk, out, v->value.text, 0, &inner);
}

void expand_variable(struct make *mk, struct tbuf *out, struct variable *v, struct frame *fr,
		     size_t ref)
{
	run_variable(mk, out, v, fr, ref,
		     v->origin == ORIGIN_AUTOMATIC ? FRAME_ARGUMENT : FRAME_VARIABLE);
}

void expand_call(struct make *mk, struct tbuf *out, struct variable *v, struct frame *fr,
		 size_t ref)
{
	run_variable(mk, out, v, fr, ref, FRAME_CALL);
}

void expand_literal(struct make *mk, struct tbuf *out, struct make_text text, struct frame *fr)
{
	fr->spans = text.spans;
	fr->n_spans = text.n_spans;
	put_literal(mk, out, text.text, 0, fr);
}

void expand_symbol(struct make *mk, struct tbuf *out, struct symbol *sym, struct frame *fr,
		   size_t ref)
{
	struct variable *v = symbol_lookup(mk, sym);

	if (mk->lang->trial)
		mk->lang->trial->refer(mk->lang->trial->ctx, sym->name);
	if (!v)
		var_warn_undefined(mk, sym->name);
	else if (v->value.text.n || v->append)
		expand_variable(mk, out, v, fr, ref);
}

/* $(NAME:PATTERN=WITH) */
static void run_substitution(struct make *mk, struct tbuf *out, struct str name, struct str pattern,
			     struct str with, struct frame *fr, size_t ref)
{
	struct symbol *sym = symbol_find(mk, name);
	struct variable *v = sym ? symbol_lookup(mk, sym) : NULL;
	struct tbuf *value;

	if (mk->lang->trial)
		mk->lang->trial->refer(mk->lang->trial->ctx, name);
	if (!v)
		var_warn_undefined(mk, name);
	if (!v || (!v->value.text.n && !v->append))
		return;
	value = tbuf_take(mk, false);
	expand_variable(mk, value, v, fr, ref);
	frame_mark(mk, out, fr, ref);
	func_patsubst_text(out, tbuf_view(value), pattern, with, mk->lang->scratch, true);
	tbuf_give(mk, value);
}

static void run_computed(struct make *mk, struct tbuf *out, const struct node *n, struct frame *fr)
{
	struct tbuf *name = tbuf_take(mk, false);
	ptrdiff_t colon, equal = -1;
	struct symbol *sym;
	struct str s;

	expand_run(mk, name, &n->args[0], fr);
	s = tbuf_view(name);
	colon = str_chr(s, ':');
	if (colon >= 0)
		equal = str_chr(str_from(s, (size_t)colon + 1), '=');
	if (equal >= 0) {
		struct str rest = str_from(s, (size_t)colon + 1);

		run_substitution(mk, out, str_sub(s, 0, (size_t)colon),
				 str_sub(rest, 0, (size_t)equal), str_from(rest, (size_t)equal + 1),
				 fr, n->off);
	} else if ((sym = symbol_find(mk, s))) {
		expand_symbol(mk, out, sym, fr, n->off);
	} else {
		var_warn_undefined(mk, s);
	}
	tbuf_give(mk, name);
}

static _Noreturn void unclosed(struct make *mk, const struct node *n)
{
	if (n->func)
		make_fatal(mk, expand_place(mk), "unterminated call to function '%s': missing '%c'",
			   n->func->name, n->close);
	make_fatal(mk, expand_place(mk), "unterminated variable reference");
}

/* Expand the arguments into one text, then call. */
static void run_func(struct make *mk, struct tbuf *out, const struct node *n, struct frame *fr)
{
	struct fcall c = {.node = n, .fr = fr, .n = n->n_args};
	struct arena *mem = mk->lang->scratch;
	struct arena_mark mark = arena_mark(mem);
	struct tbuf *args;
	struct str *v;
	size_t *ends;

	if (n->func->raw) {
		func_apply(mk, out, n->func, &c);
		arena_release(mem, mark);
		return;
	}
	v = arena_alloc(mem, n->n_args * sizeof(*v));
	ends = arena_alloc(mem, n->n_args * sizeof(*ends));
	args =
	    tbuf_take(mk, n->func->spans && (out->want || n->func->run == func_eval ||
					     (mk->lang->trace_args && n->func->run == func_call)));
	args->no_trails = n->func->run == func_call;
	for (size_t i = 0; i < n->n_args; i++) {
		expand_run(mk, args, &n->args[i], fr);
		ends[i] = args->n;
	}
	for (size_t i = 0, from = 0; i < n->n_args; from = ends[i++])
		v[i] = (struct str){args->p + from, ends[i] - from};
	c.v = v;
	c.args = args;
	func_apply(mk, out, n->func, &c);
	tbuf_give(mk, args);
	arena_release(mem, mark);
}

void expand_run(struct make *mk, struct tbuf *out, const struct expr *e, struct frame *fr)
{
	expand_check_stack(mk, "expansion");
	make_poll(mk);
	for (const struct node *n = e->first; n; n = n->next) {
		switch (n->kind) {
		case NODE_TEXT:
			put_text(mk, out, n, fr);
			break;
		case NODE_VARIABLE:
			expand_symbol(mk, out, n->symbol, fr, n->off);
			break;
		case NODE_COMPUTED:
			run_computed(mk, out, n, fr);
			break;
		case NODE_SUBST:
			run_substitution(mk, out, n->symbol->name, n->text, n->with, fr, n->off);
			break;
		case NODE_FUNC:
			run_func(mk, out, n, fr);
			break;
		case NODE_UNCLOSED:
			unclosed(mk, n);
		}
	}
}

void expand_into(struct make *mk, struct tbuf *out, struct str text, size_t off, struct frame *fr)
{
	struct arena *mem = mk->lang->scratch;
	struct arena_mark mark;

	if (!text.n)
		return;
	if (!memchr(text.p, '$', text.n)) {
		put_literal(mk, out, text, off, fr);
		return;
	}
	mark = arena_mark(mem);
	compile_and_run(mk, out, text, off, fr);
	arena_release(mem, mark);
}

struct str expand(struct make *mk, struct arena *mem, struct str text)
{
	struct frame fr = frame_of(mk, text_plain(text));
	struct tbuf *t = tbuf_take(mk, false);
	struct str s;

	expand_into(mk, t, text, 0, &fr);
	s = str_dup(mem, tbuf_view(t));
	tbuf_give(mk, t);
	return s;
}

struct make_text expand_text(struct make *mk, struct arena *mem, struct make_text text,
			     struct place at, bool spans)
{
	struct place old = mk->at;
	bool trace_args = mk->lang->trace_args;
	struct frame fr;
	struct tbuf *t;
	struct make_text result;

	mk->at = at.file.n ? at : (struct place){0};
	mk->lang->trace_args = mk->lang->spans;
	fr = frame_of(mk, text);
	t = tbuf_take(mk, spans);
	expand_into(mk, t, text.text, 0, &fr);
	result = text_dup(mem, (struct make_text){tbuf_view(t), t->spans.p, t->spans.n});
	tbuf_give(mk, t);
	mk->lang->trace_args = trace_args;
	mk->at = old;
	return result;
}

struct str expand_var(struct make *mk, struct arena *mem, const char *name)
{
	struct frame fr = frame_of(mk, text_plain(S("")));
	struct symbol *sym = symbol_find(mk, str_z(name));
	struct variable *v = sym ? symbol_lookup(mk, sym) : NULL;
	struct tbuf *t;
	struct str s = S("");

	if (!v)
		return s;
	t = tbuf_take(mk, false);
	expand_variable(mk, t, v, &fr, 0);
	s = str_dup(mem, tbuf_view(t));
	tbuf_give(mk, t);
	return s;
}

struct tbuf *expand_part(struct make *mk, struct make_text text, size_t from, size_t n, bool spans)
{
	struct frame fr = frame_of(mk, text);
	struct tbuf *t = tbuf_take(mk, spans);

	expand_into(mk, t, str_sub(text.text, from, n), from, &fr);
	return t;
}
