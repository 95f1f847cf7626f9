/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions that steer expansion, look at variables, and say things. */
#include "make/program.h"

#include <stdio.h>
#include <string.h>

FUNC(if)
{
	const struct expr *args = c->node->args;
	struct tbuf *t = tbuf_take(mk, false);
	bool yes;

	expand_run(mk, t, &args[0], c->fr);
	yes = t->n > 0;
	tbuf_give(mk, t);
	if (yes)
		expand_run(mk, out, &args[1], c->fr);
	else if (c->n > 2)
		expand_run(mk, out, &args[2], c->fr);
}

FUNC(or)
{
	size_t before = out->n;

	for (size_t i = 0; i < c->n && out->n == before; i++)
		expand_run(mk, out, &c->node->args[i], c->fr);
}

FUNC(and)
{
	size_t before = out->n;

	for (size_t i = 0; i < c->n; i++) {
		if (i > 0)
			tbuf_cut(out, before);
		expand_run(mk, out, &c->node->args[i], c->fr);
		if (out->n == before)
			return;
	}
}

/* Leaves the scope of a call or foreach; what $(shell) said in it is forgotten. */
void func_leave(struct lang *l)
{
	struct symbol *status = l->status;

	if (status && status->local && status->local->depth == l->depth)
		status->local = status->local->outer;
	l->depth--;
}

void func_bind(struct make *mk, struct binding *b, struct symbol *sym, struct make_text value)
{
	*b = (struct binding){.outer = sym->local, .symbol = sym, .depth = mk->lang->depth};
	b->var.symbol = sym;
	b->var.value = value;
	b->var.origin = ORIGIN_AUTOMATIC;
	sym->local = b;
}

FUNC(foreach)
{
	const struct expr *args = c->node->args;
	struct tbuf *name = tbuf_take(mk, false), *list = tbuf_take(mk, false);
	struct make_span where = {0};
	struct frame fr = {.spans = c->fr->spans,
			   .n_spans = c->fr->n_spans,
			   .base = c->fr->base,
			   .here = c->fr->here,
			   .up = c->fr,
			   .ref = c->node->off,
			   .kind = FRAME_FOREACH};
	struct str rest, word = {0};
	struct binding b;
	bool any = false;

	expand_run(mk, name, &args[0], c->fr);
	expand_run(mk, list, &args[1], c->fr);
	rest = tbuf_view(name);
	str_word(&rest, &word);
	mk->lang->depth++;
	func_bind(mk, &b, symbol_of(mk, word), text_plain(S("")));
	fr.symbol = b.symbol;
	if (out->want)
		/* an argument is reached by the way of who uses it */
		where = frame_spot(c->fr, c->node->off);
	where.from = 0;
	where.off |= MAKE_SPAN_FIXED;
	for (rest = tbuf_view(list); str_word(&rest, &word);) {
		b.var.value = (struct make_text){word, &where, out->want ? 1 : 0};
		fr.value = word;
		fr.made = NULL;
		expand_run(mk, out, &args[2], &fr);
		tbuf_char(out, ' ');
		any = true;
	}
	if (any)
		out->n--;
	func_leave(mk->lang);
	b.symbol->local = b.outer;
	tbuf_give(mk, name);
	tbuf_give(mk, list);
}

/* $(call NAME,...) of a built-in function. */
static void call_builtin(struct make *mk, struct tbuf *out, const struct func *f,
			 const struct fcall *c)
{
	struct arena *mem = mk->lang->scratch;
	struct node node = {.kind = NODE_FUNC, .off = c->node->off, .func = f, .n_args = c->n - 1};
	struct fcall inner = {
	    .node = &node, .fr = c->fr, .v = c->v + 1, .n = c->n - 1, .args = c->args};
	struct tbuf own = {0};
	struct frame fr;

	if (f->raw) {
		/* What looks like an argument's text is expanded once more. */
		node.args = arena_alloc(mem, (c->n) * sizeof(*node.args));
		for (size_t i = 0; i < node.n_args; i++)
			node.args[i] = *compile(
			    mk, mem, func_strips(f, i) ? str_trim(c->v[i + 1]) : c->v[i + 1], 0);
		fr = (struct frame){.here = frame_origin(mk, c->fr, c->node->off),
				    .up = c->fr,
				    .ref = c->node->off,
				    .kind = FRAME_ARGUMENT};
		fr.here.off |= MAKE_SPAN_FIXED;
		inner.fr = &fr;
	} else if (c->n > 1) {
		own.mem = mem;
		own.p = (char *)c->v[1].p;
		own.n = c->v[1].n;
		inner.args = &own;
	}
	func_apply(mk, out, f, &inner);
}

static struct symbol *number_symbol(struct make *mk, size_t i)
{
	char text[24];

	if (i < 10)
		return mk->lang->program->digits[i];
	snprintf(text, sizeof(text), "%zu", i);
	return symbol_of(mk, str_z(text));
}

/* $(I) is argument I of C, with the spans that C->args has from the one of index *SPAN, that of the
 * argument before. */
static void bind_argument(struct make *mk, struct binding *b, const struct fcall *c, size_t i,
			  size_t *span)
{
	const struct make_span *spans = c->args->spans.p;
	size_t n = c->args->spans.n, at = *span, from;

	func_bind(mk, b, number_symbol(mk, i), text_plain(i < c->n ? c->v[i] : S("")));
	if (i >= c->n || !n)
		return;
	from = (size_t)(c->v[i].p - c->args->p);
	if (from >= MAKE_SPAN_FIXED)
		return;
	b->var.sliced = true;
	b->var.written.off = (uint32_t)from;
	while (at + 1 < n && spans[at + 1].from <= from)
		at++;
	b->var.value.spans = spans + at;
	b->var.value.n_spans = n - at;
	*span = at;
}

/* The body: what $(NAME) gives with the arguments bound. */
static void run_body(struct make *mk, struct tbuf *out, struct str name, const struct fcall *c)
{
	struct arena *mem = mk->lang->scratch;
	struct symbol *sym = symbol_find(mk, name);
	struct variable *v;
	struct frame fr;

	if (memchr(name.p, '$', name.n) || memchr(name.p, ':', name.n) ||
	    memchr(name.p, ')', name.n)) {
		fr = (struct frame){.here = frame_origin(mk, c->fr, c->node->off),
				    .up = c->fr,
				    .ref = c->node->off,
				    .kind = FRAME_CALL,
				    .symbol = symbol_of(mk, name)};
		fr.here.off |= MAKE_SPAN_FIXED;
		expand_into(mk, out, str_fmt(mem, "$(%.*s)", STR_ARG(name)), 0, &fr);
		return;
	}
	v = sym ? symbol_lookup(mk, sym) : NULL;
	if (!v || (!v->value.text.n && !v->append))
		return;
	expand_call(mk, out, v, c->fr, c->node->off);
}

static bool tell_call(struct make *mk, struct str name, const struct fcall *c)
{
	const struct make_listener *l = mk->listener;
	struct make_span at;

	if (!l || !l->call || (l->called.n && !str_eq(l->called, name)))
		return false;
	at = frame_origin(mk, c->fr, c->node->off);
	return l->call(l->ctx, mk, name, c->v + 1, c->n - 1, &at);
}

static void call_variable(struct make *mk, struct tbuf *out, struct str name, struct variable *v,
			  const struct fcall *c)
{
	struct lang *l = mk->lang;
	size_t outer = l->call_args, n = c->n > outer ? c->n : outer;
	struct binding *b;

	if (l->trial)
		l->trial->refer(l->trial->ctx, name);
	if (tell_call(mk, name, c))
		return;
	b = arena_alloc(l->scratch, n * sizeof(*b));
	l->depth++;
	for (size_t i = 0, span = 0; i < n; i++)
		bind_argument(mk, &b[i], c, i, &span);
	l->call_args = n;
	v->calls = CALLS_MOST;
	run_body(mk, out, name, c);
	v->calls = 0;
	l->call_args = outer;
	func_leave(l);
	for (size_t i = n; i-- > 0;)
		b[i].symbol->local = b[i].outer;
}

FUNC(call)
{
	struct str rest = c->v[0], name;
	struct symbol *sym;
	struct variable *v;
	const struct func *f;

	if (!str_word(&rest, &name))
		return;
	((struct str *)c->v)[0] = str_sub(c->v[0], 0, (size_t)(name.p + name.n - c->v[0].p));
	f = func_find(name);
	if (f) {
		call_builtin(mk, out, f, c);
		return;
	}
	sym = symbol_find(mk, name);
	v = sym ? symbol_lookup(mk, sym) : NULL;
	if (!v)
		var_warn_undefined(mk, name);
	else if (v->value.text.n)
		call_variable(mk, out, name, v, c);
}

FUNC(eval)
{
	struct make_text text = {c->v[0], c->args->spans.p, c->args->spans.n};

	(void)out;
	mk->lang->acted = true;
	read_eval(mk, text, mk->at, mk->trail);
}

static struct variable *named(struct make *mk, const struct fcall *c)
{
	struct variable *v = var_lookup(mk, c->v[0]);

	return v;
}

FUNC(value)
{
	struct variable *v = named(mk, c);
	struct frame fr;

	if (!v)
		return;
	var_settle(mk, v);
	fr = (struct frame){.here = written_span(&v->written),
			    .up = c->fr,
			    .ref = c->node->off,
			    .kind = FRAME_VARIABLE,
			    .symbol = v->symbol};
	fr.here.off += v->written.after;
	if (!out->want)
		tbuf_str(out, v->value.text);
	else
		expand_literal(mk, out, v->value, &fr);
}

FUNC(origin)
{
	static const char *const words[] = {[ORIGIN_DEFAULT] = "default",
					    [ORIGIN_ENV] = "environment",
					    [ORIGIN_FILE] = "file",
					    [ORIGIN_ENV_OVERRIDE] = "environment override",
					    [ORIGIN_COMMAND] = "command line",
					    [ORIGIN_OVERRIDE] = "override",
					    [ORIGIN_AUTOMATIC] = "automatic"};
	struct variable *v = named(mk, c);

	tbuf_str(out, str_z(v ? words[v->origin] : "undefined"));
}

FUNC(flavor)
{
	struct variable *v = named(mk, c);

	tbuf_str(out, str_z(!v ? "undefined" : v->recursive ? "recursive" : "simple"));
}

/* What is said: $(call info,a,b) hands over more than one argument. */
static struct tbuf *message_of(struct make *mk, const struct fcall *c)
{
	struct tbuf *t = tbuf_take(mk, false);

	for (size_t i = 0; i < c->n; i++) {
		if (i > 0)
			tbuf_str(t, S(", "));
		tbuf_str(t, c->v[i]);
	}
	return t;
}

FUNC(info)
{
	struct tbuf *t = message_of(mk, c);

	(void)out;
	mk->lang->acted = true;
	tbuf_char(t, '\n');
	mk->out.put(mk->out.ctx, tbuf_view(t));
	tbuf_give(mk, t);
}

FUNC(warning)
{
	struct tbuf *t = message_of(mk, c);

	(void)out;
	mk->lang->acted = true;
	make_error(mk, mk->at, "%.*s", STR_ARG(tbuf_view(t)));
	tbuf_give(mk, t);
}

FUNC(error)
{
	(void)out;
	if (mk->setup->trails && c->fr)
		mk->trail = frame_origin(mk, c->fr, c->node->off).trail;
	make_fatal(mk, mk->at, "%.*s", STR_ARG(tbuf_view(message_of(mk, c))));
}
