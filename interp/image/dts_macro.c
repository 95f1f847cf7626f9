/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device tree sources: macros, as ISO C11 6.10.3 has them (arguments, # and ##, rescanning). While
 * a macro's expansion is read it is busy, and its name stays as it is.
 */
#include "image/dts_tokens.h"

enum { NESTING_MOST = 200, ARGUMENTS_MOST = 256 };

/* --- #define --- */

/* The C tokens that T, of a #define's line, consists of. */
static void take_apart(struct dts_cache *c, const struct dts_token *t, struct dts_tokens *out)
{
	const struct dts_token *p;
	size_t n;

	if (t->kind == DTS_REF) {
		*vec_push(c->mem, out) = (struct dts_token){.kind = '&', .flags = t->flags};
		*vec_push(c->mem, out) = (struct dts_token){
		    .kind = DTS_RUN, .symbol = dts_symbol(c, DTS_RUN, t->symbol->text)};
		return;
	}
	if (t->kind != DTS_RUN || t->symbol->is_identifier) {
		*vec_push(c->mem, out) = *t;
		return;
	}
	p = dts_pieces(c, t->symbol, &n);
	for (size_t i = 0; i < n; i++) {
		*vec_push(c->mem, out) = p[i];
		if (i == 0)
			out->p[out->n - 1].flags = t->flags;
	}
}

/* Does "..." stand at K? */
static bool has_dots(const struct dts_cache *c, const struct dts_tokens *v, size_t k)
{
	return k + 2 < v->n && v->p[k].symbol == c->dot && v->p[k + 1].symbol == c->dot &&
	       v->p[k + 2].symbol == c->dot;
}

/* "a, b, ...)" from *I on: the names of parameters. False: it is no such list. */
static bool read_parameters(struct dts_cache *c, struct dts_macro *m, const struct dts_tokens *v,
			    size_t *i, struct dts_symbol **names)
{
	size_t k = *i;

	for (; k < v->n && m->n_parameters < ARGUMENTS_MOST; k++) {
		struct dts_symbol *s = v->p[k].kind == DTS_RUN ? v->p[k].symbol : NULL;

		if (v->p[k].kind == ')' && m->n_parameters == 0)
			break;
		if (s && s->is_identifier)
			k++;
		else
			s = c->va_args;
		m->is_variadic = has_dots(c, v, k);
		if (!m->is_variadic && s == c->va_args)
			return false;
		names[m->n_parameters++] = s;
		k += m->is_variadic ? 3 : 0;
		if (k < v->n && v->p[k].kind == ')')
			break;
		if (k >= v->n || m->is_variadic || v->p[k].symbol != c->comma)
			return false;
	}
	*i = k + 1;
	return k < v->n && v->p[k].kind == ')';
}

static const char *read_body(struct dts_cache *c, struct dts_macro *m, const struct dts_tokens *v,
			     size_t from, struct dts_symbol **names)
{
	struct dts_tokens body = {0};

	for (size_t i = from; i < v->n; i++) {
		struct dts_token *t = vec_push(c->mem, &body);

		*t = v->p[i];
		for (size_t k = 0; k < m->n_parameters && t->kind == DTS_RUN; k++)
			if (t->symbol == names[k]) {
				t->kind = DTS_PARAMETER;
				t->line = (uint32_t)k;
			}
		if (t->kind == DTS_RUN && t->symbol == c->hash2)
			t->kind = DTS_PASTE;
		m->has_paste |= t->kind == DTS_PASTE;
		/* # before anything else is a character of its own, as in assembler. */
		if (t->kind == DTS_PARAMETER && i > from && m->is_function &&
		    t[-1].symbol == c->hash)
			t[-1].kind = DTS_STRINGIFY;
	}
	if (body.n && (body.p[0].kind == DTS_PASTE || body.p[body.n - 1].kind == DTS_PASTE))
		return "'##' cannot appear at either end of a macro expansion";
	m->body = body.p;
	m->n_body = body.n;
	return NULL;
}

struct dts_macro *dts_macro_read(struct dts_cache *c, struct dts_symbol *name,
				 const struct dts_token *p, size_t n, const char **why)
{
	struct dts_symbol *names[ARGUMENTS_MOST];
	struct dts_macro *m = arena_make(c->mem, struct dts_macro);
	struct dts_tokens v = {0};
	size_t from = 0;

	for (size_t i = 0; i < n && !c->is_full; i++)
		take_apart(c, &p[i], &v);
	dts_count(c, 2 * v.n);
	m->name = name;
	if (v.n && v.p[0].kind == '(' && !(v.p[0].flags & DTS_SPACE)) {
		m->is_function = true;
		from = 1;
		if (!read_parameters(c, m, &v, &from, names)) {
			*why = "bad list of macro parameters";
			return NULL;
		}
	}
	*why = read_body(c, m, &v, from, names);
	return *why ? NULL : m;
}

void dts_define(struct dts_reader *r, struct dts_symbol *name, struct dts_macro *macro)
{
	if (macro)
		r->n_macros++;
	name->macro = macro;
	name->macro_stamp = r->stamp;
}

/* --- calls --- */

struct arguments {
	VEC(struct dts_tokens) p; /* as written */
	struct dts_tokens *expanded;
	bool *is_expanded;
};

/* One token of an argument: runs with commas come apart, for a comma separates. */
static bool add_token(struct dts_reader *r, struct arguments *a, const struct dts_macro *m,
		      const struct dts_token *t, unsigned depth)
{
	struct dts_tokens *last = &a->p.p[a->p.n - 1];

	if (t->kind == DTS_RUN && t->symbol == r->c->comma && depth == 0 &&
	    !(m->is_variadic && a->p.n == m->n_parameters)) {
		*vec_push(r->mem, &a->p) = (struct dts_tokens){0};
		return true;
	}
	*vec_push(r->mem, last) = *t;
	return dts_grow(r, 1);
}

static bool add_run(struct dts_reader *r, struct arguments *a, const struct dts_macro *m,
		    const struct dts_token *t, unsigned depth)
{
	const struct dts_token *p;
	struct dts_token one;
	size_t n;

	if (t->kind != DTS_RUN || str_chr(t->symbol->text, ',') < 0)
		return add_token(r, a, m, t, depth);
	p = dts_pieces(r->c, t->symbol, &n);
	for (size_t i = 0; i < n; i++) {
		one = p[i];
		if (i == 0)
			one.flags = t->flags;
		if (!add_token(r, a, m, &one, depth))
			return false;
	}
	return true;
}

/* What stands between the parentheses of a call, the first of which has been read. */
static bool collect(struct dts_reader *r, struct arguments *a, const struct dts_macro *m)
{
	struct dts_file *file = r->file;
	unsigned line = r->line, depth = 0;
	struct dts_token t;

	*vec_push(r->mem, &a->p) = (struct dts_tokens){0};
	for (;;) {
		dts_raw_next(r, &t);
		if (t.kind == DTS_END) {
			dts_fail_at(r, file, line, "unterminated argument list of macro %.*s",
				    STR_ARG(dts_quote(r->mem, m->name->text)));
			return false;
		}
		if (t.kind == ')' && depth-- == 0)
			break;
		if (t.kind == '(')
			depth++;
		if (!add_run(r, a, m, &t, depth))
			return false;
	}
	if (m->is_variadic && a->p.n + 1 == m->n_parameters)
		*vec_push(r->mem, &a->p) = (struct dts_tokens){0};
	if (a->p.n == m->n_parameters || (m->n_parameters == 0 && a->p.n == 1 && a->p.p[0].n == 0))
		return true;
	dts_fail_at(r, file, line, "macro %.*s takes %zu arguments, not %zu",
		    STR_ARG(dts_quote(r->mem, m->name->text)), m->n_parameters, a->p.n);
	return false;
}

/* # of an argument. */
static struct dts_token stringify(struct dts_reader *r, const struct dts_tokens *v)
{
	struct buf b = buf_new(r->mem);

	for (size_t i = 0; i < v->n; i++) {
		const struct dts_token *t = &v->p[i];
		struct buf one = buf_new(r->mem);

		if (i && (t->flags & DTS_SPACE))
			buf_char(&b, ' ');
		dts_spell(&one, t);
		for (size_t k = 0; k < one.n; k++) {
			if (t->kind == DTS_STRING && (one.p[k] == '"' || one.p[k] == '\\'))
				buf_char(&b, '\\');
			buf_char(&b, one.p[k]);
		}
		dts_grow(r, 1 + one.n / 16);
		if (r->failed)
			break;
	}
	return (struct dts_token){.kind = DTS_STRING,
				  .symbol = dts_symbol(r->c, DTS_STRING, buf_view(&b))};
}

/* T goes on what LAST is the end of: "a" ## "b". False: those are two tokens. */
static bool paste(struct dts_reader *r, struct dts_token *last, const struct dts_token *t)
{
	struct dts_symbol *s;

	if ((last->kind != DTS_RUN && last->kind != DTS_REF) || t->kind != DTS_RUN)
		return false;
	s = dts_symbol(r->c, (enum dts_kind)last->kind,
		       str_cat(r->mem, last->symbol->text, t->symbol->text));
	dts_grow(r, 1 + s->text.n / 16);
	last->symbol = s;
	last->flags &= (uint16_t)~DTS_PAINTED;
	return true;
}

/* Argument K with its macros replaced. */
static const struct dts_tokens *expanded(struct dts_reader *r, struct arguments *a, size_t k)
{
	if (!a->is_expanded[k]) {
		dts_expand(r, a->p.p[k].p, a->p.p[k].n, &a->expanded[k]);
		a->is_expanded[k] = true;
	}
	return &a->expanded[k];
}

/* What body token T of M stands for, at the most one token or one argument. ONE holds a token. */
static struct dts_tokens operand(struct dts_reader *r, const struct dts_macro *m,
				 struct arguments *a, size_t i, struct dts_token *one)
{
	const struct dts_token *t = &m->body[i];
	bool pasted =
	    (i && t[-1].kind == DTS_PASTE) || (i + 1 < m->n_body && t[1].kind == DTS_PASTE);

	*one = *t;
	if (t->kind == DTS_PARAMETER)
		return pasted ? a->p.p[t->line] : *expanded(r, a, t->line);
	if (t->kind == DTS_STRINGIFY) {
		*one = stringify(r, &a->p.p[t[1].line]);
		one->flags = t->flags;
	}
	return (struct dts_tokens){one, 1, 1};
}

/* M's body with its arguments. */
static void substitute(struct dts_reader *r, const struct dts_macro *m, struct arguments *a,
		       struct dts_tokens *out)
{
	bool joins = false;	/* after ## */
	size_t start = 0;	/* where what is before ## begins in OUT */

	for (size_t i = 0; i < m->n_body && !r->failed; i++) {
		const struct dts_token *t = &m->body[i];
		struct dts_token one;
		struct dts_tokens v;
		size_t from = 0;

		if (t->kind == DTS_PASTE) {
			joins = true;
			continue;
		}
		v = operand(r, m, a, i, &one);
		/* ", ## rest": nothing is joined, and the comma goes when there is no rest */
		if (joins && m->is_variadic && t->kind == DTS_PARAMETER &&
		    t->line + 1 == m->n_parameters && out->n > start &&
		    out->p[out->n - 1].symbol == r->c->comma) {
			out->n -= v.n == 0;
			joins = false;
		}
		if (joins && out->n > start && v.n && paste(r, &out->p[out->n - 1], &v.p[0]))
			from = 1;
		if (!joins)
			start = out->n;
		if (!dts_grow(r, v.n))
			return;
		for (size_t k = from; k < v.n; k++) {
			struct dts_token *to = vec_push(r->mem, out);

			*to = v.p[k];
			if (k == 0)
				to->flags = (uint16_t)((v.p[k].flags & DTS_PAINTED) |
						       (joins ? 0 : t->flags & DTS_SPACE));
		}
		joins = false;
		i += t->kind == DTS_STRINGIFY;
	}
}

/* OUT: what a call of the function M gives; its opening parenthesis has been read. */
static void call_function(struct dts_reader *r, struct dts_macro *m, struct dts_tokens *out)
{
	struct arguments a = {.expanded = arena_array(r->mem, struct dts_tokens, m->n_parameters),
			      .is_expanded = arena_array(r->mem, bool, m->n_parameters)};

	if (r->nesting >= NESTING_MOST) {
		dts_fail(r, "macro calls nested too deep (more than %d)", NESTING_MOST);
		return;
	}
	r->nesting++;
	if (collect(r, &a, m))
		substitute(r, m, &a, out);
	r->nesting--;
}

bool dts_call(struct dts_reader *r, const struct dts_token *name, struct dts_macro *m)
{
	struct dts_tokens out = {0};
	struct dts_stream *s;
	struct dts_token t;
	struct dts_file *file = r->file;
	unsigned line = r->line;

	if (m->is_function) {
		dts_raw_next(r, &t);
		if (t.kind != '(') {
			if (t.kind != DTS_END)
				dts_unread(r, &t);
			return false;
		}
		call_function(r, m, &out);
		/* What it gives stands where the call begins. */
		r->file = file;
		r->line = line;
	} else if (m->has_paste) {
		substitute(r, m, NULL, &out);
	}
	if (r->failed)
		return true;
	s = m->is_function || m->has_paste ? dts_push(r, out.p, out.n)
					   : dts_push(r, m->body, m->n_body);
	s->macro = m;
	m->busy = true;
	s->inherits = true;
	s->space = name->flags & DTS_SPACE;
	return true;
}

void dts_expand(struct dts_reader *r, const struct dts_token *p, size_t n, struct dts_tokens *out)
{
	struct dts_token t;
	struct dts_stream *s;

	if (r->failed)
		return;
	s = dts_push(r, p, n);
	s->barrier = true;
	for (dts_next(r, &t); t.kind != DTS_END; dts_next(r, &t)) {
		*vec_push(r->mem, out) = t;
		if (!dts_grow(r, 1))
			return;
	}
	/* An error has dropped it already. */
	if (!r->failed) {
		r->top = s->up;
		s->up = r->spare;
		r->spare = s;
	}
}
