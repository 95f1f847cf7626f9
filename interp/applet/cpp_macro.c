/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cpp: macros. Where an expansion or an argument begins and ends there is a padding, by which
 * cpp_output.c knows where a blank stands and where two tokens must be kept apart. Source: ISO C11
 * 6.10.3, and what gcc does: ", ## rest" loses its comma without a rest.
 */
#include "applet/cpp.h"

enum { NESTING_MOST = 200, PARAMETERS_MOST = 256, WORK_MOST = 4 << 20 };

struct argument {
	struct cpp_list written, expanded; /* an END is the last token */
	const struct cpp_token *string;	   /* of # */
	bool is_expanded;
	bool is_absent; /* of a variadic macro: not even empty */
};

static const struct cpp_token avoid_paste = {.kind = CPP_PADDING};
static const struct cpp_token end_token = {.kind = CPP_END};

static bool is_text(const struct cpp_token *t, const char *text)
{
	return t->kind == CPP_PUNCTUATOR && str_is(t->text, text);
}

static void push(struct cpp *r, struct cpp_list *list, const struct cpp_token *t)
{
	*vec_push(r->mem, list) = t;
	if (++r->work > WORK_MOST)
		cpp_decline(r);
}

static struct cpp_token *copy_of(struct cpp *r, const struct cpp_token *t, uint8_t flags)
{
	struct cpp_token *copy = arena_alloc(r->mem, sizeof(*copy));

	*copy = *t;
	copy->flags = flags;
	return copy;
}

static const struct cpp_token *padding(struct cpp *r, const struct cpp_token *source)
{
	struct cpp_token *t = arena_make(r->mem, struct cpp_token);

	t->kind = CPP_PADDING;
	t->source = source;
	return t;
}

/* --- #define --- */

/* What stands between the parentheses, the first of which has been read. */
static bool read_parameters(struct cpp *r, struct cpp_macro *m)
{
	struct cpp_token t;

	cpp_lex(r, &t);
	if (is_text(&t, ")"))
		return true;
	for (;; cpp_lex(r, &t)) {
		struct cpp_name *name = r->variadic;

		if (t.kind == CPP_NAME) {
			name = t.name;
			cpp_lex(r, &t);
		} else if (!is_text(&t, "...")) {
			return false;
		}
		if (name->parameter || m->parameters.n == PARAMETERS_MOST)
			return false;
		m->is_variadic = is_text(&t, "...");
		if (m->is_variadic)
			cpp_lex(r, &t);
		*vec_push(r->mem, &m->parameters) = name->text;
		name->parameter = (unsigned)m->parameters.n;
		if (is_text(&t, ")"))
			return true;
		if (m->is_variadic || !is_text(&t, ","))
			return false;
	}
}

/* T goes to the end of M's BODY; false: it may not stand there. */
static bool add_to_body(struct cpp *r, struct cpp_macro *m, struct cpp_list *body,
			struct cpp_token *t)
{
	struct cpp_token *last = body->n ? (struct cpp_token *)body->p[body->n - 1] : NULL;

	if (t->kind == CPP_NAME && t->name->parameter) {
		t->kind = CPP_PARAMETER;
		t->parameter = (uint16_t)(t->name->parameter - 1);
	}
	if (is_text(t, "##")) {
		if (!last || (last->flags & CPP_PASTE))
			return false;
		last->flags |= CPP_PASTE | (t->flags & CPP_WHITE ? CPP_SPACED : 0);
		return true;
	}
	if (t->kind == CPP_PARAMETER && m->is_function && last && is_text(last, "#")) {
		/* What is pasted to a string or is made to one twice only the real one knows. */
		if (last->flags & CPP_PASTE)
			return false;
		t->flags = (uint8_t)(CPP_STRINGIFY | (last->flags & CPP_WHITE));
		body->n--;
	}
	push(r, body, copy_of(r, t, t->flags));
	return true;
}

static bool read_body(struct cpp *r, struct cpp_macro *m, struct cpp_token *t)
{
	struct cpp_list body = {0};

	for (; t->kind != CPP_END; cpp_lex(r, t)) {
		if (!body.n)
			t->flags &= (uint8_t)~CPP_WHITE;
		if (!add_to_body(r, m, &body, t))
			return false;
	}
	if (body.n && (body.p[body.n - 1]->flags & CPP_PASTE))
		return false;
	m->body = arena_array(r->mem, struct cpp_token, body.n);
	for (size_t i = 0; i < body.n; i++) {
		m->body[i] = *body.p[i];
		push(r, &m->list, &m->body[i]);
	}
	return true;
}

static struct cpp_macro *read_macro(struct cpp *r)
{
	struct cpp_macro *m = arena_make(r->mem, struct cpp_macro);
	struct cpp_token t;
	bool right = true;

	cpp_lex(r, &t);
	if (is_text(&t, "(") && !(t.flags & CPP_WHITE)) {
		m->is_function = true;
		right = read_parameters(r, m);
		cpp_lex(r, &t);
	} else if (t.kind != CPP_END && !(t.flags & CPP_WHITE)) {
		right = false;
	}
	right = right && read_body(r, m, &t);
	for (size_t i = 0; i < m->parameters.n; i++)
		cpp_name(r, m->parameters.p[i])->parameter = 0;
	return right ? m : NULL;
}

/* May M be defined again as N, without a word? */
static bool is_same(const struct cpp_macro *m, const struct cpp_macro *n)
{
	if (m->is_function != n->is_function || m->is_variadic != n->is_variadic ||
	    m->parameters.n != n->parameters.n || m->list.n != n->list.n)
		return false;
	for (size_t i = 0; i < m->parameters.n; i++)
		if (!str_eq(m->parameters.p[i], n->parameters.p[i]))
			return false;
	for (size_t i = 0; i < m->list.n; i++)
		if (m->body[i].kind != n->body[i].kind || m->body[i].flags != n->body[i].flags ||
		    !str_eq(m->body[i].text, n->body[i].text))
			return false;
	return true;
}

void cpp_define(struct cpp *r, struct cpp_name *name)
{
	struct cpp_macro *m = read_macro(r);

	if (!m || name->is_fixed || name->is_reserved || (name->macro && !is_same(name->macro, m)))
		cpp_decline(r);
	else
		name->macro = m;
}

/* --- tokens to come --- */

static void push_context(struct cpp *r, const struct cpp_list *list, struct cpp_name *name)
{
	struct cpp_context *c = arena_make(r->mem, struct cpp_context);

	c->at = (const struct cpp_token *const *)list->p;
	c->end = list->n ? c->at + list->n : c->at;
	c->name = name;
	c->up = r->context;
	r->context = c;
	if (++r->work > WORK_MOST)
		cpp_decline(r);
}

static void push_one(struct cpp *r, const struct cpp_token *t)
{
	struct cpp_list one = {0};

	push(r, &one, t);
	push_context(r, &one, NULL);
}

static void pop_context(struct cpp *r)
{
	if (r->context->name)
		r->context->name->is_busy = false;
	r->context = r->context->up;
}

/* Give back what came last. */
static void unread(struct cpp *r, const struct cpp_token *t)
{
	if (r->context)
		r->context->at--;
	else
		r->ahead = t;
}

/* --- # and ## --- */

/* B's text behind A's, as one token; NULL: there is none. */
static const struct cpp_token *paste(struct cpp *r, const struct cpp_token *a,
				     const struct cpp_token *b)
{
	struct cpp_token *t = copy_of(r, a, a->flags & CPP_WHITE);
	struct str text = str_cat(r->mem, a->text, b->text);

	if (str_starts(text, S("//")) || str_starts(text, S("/*")) ||
	    cpp_scan(r, text, t) != text.n)
		return NULL;
	return t;
}

/* T and what is pasted to it, in a context of its own; what it was in is the context. */
static void paste_all(struct cpp *r, const struct cpp_token *t)
{
	const struct cpp_token *next, *both;

	do {
		next = r->context->at < r->context->end ? *r->context->at++ : &end_token;
		if (next->kind == CPP_PADDING || next->kind == CPP_END) {
			cpp_decline(r);
			return;
		}
		both = paste(r, t, next);
		if (!both) { /* in assembler they may stay two */
			r->context->at--;
			t = copy_of(r, t, (uint8_t)(t->flags & ~CPP_PASTE));
			break;
		}
		t = both;
	} while (next->flags & CPP_PASTE);
	push_one(r, t);
}

/* S with backslashes before quotes and backslashes. */
static void put_escaped(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_char(b, '\\');
		buf_char(b, s.p[i]);
	}
}

static const struct cpp_token *stringify(struct cpp *r, const struct cpp_list *list)
{
	struct cpp_token *t = arena_make(r->mem, struct cpp_token);
	const struct cpp_token *source = NULL;
	struct buf text = buf_new(r->mem);

	buf_char(&text, '"');
	for (size_t i = 0; i + 1 < list->n; i++) {
		const struct cpp_token *p = list->p[i];

		if (p->kind == CPP_PADDING) {
			if (!source || (!(source->flags & CPP_WHITE) && !p->source))
				source = p->source;
			continue;
		}
		if (text.n > 1 && ((source ? source : p)->flags & CPP_WHITE))
			buf_char(&text, ' ');
		source = NULL;
		if (p->kind == CPP_STRING || p->kind == CPP_CHAR)
			put_escaped(&text, p->text);
		else
			buf_str(&text, p->text);
		for (size_t k = 0; k < p->text.n; k++)
			if (p->text.p[k] & 0x80 || (p->kind == CPP_OTHER && p->text.p[k] == '\\'))
				cpp_decline(r);
	}
	buf_char(&text, '"');
	t->kind = CPP_STRING;
	t->text = buf_view(&text);
	return t;
}

/* --- calls --- */

/* Is this the end of an argument? */
static bool ends_argument(const struct cpp_macro *m, const struct cpp_token *t, unsigned depth,
			  size_t n)
{
	if (t->kind == CPP_END)
		return true;
	if (depth)
		return false;
	return is_text(t, ")") || (is_text(t, ",") && !(m->is_variadic && n == m->parameters.n));
}

/* One argument, the Nth; what ends it. */
static const struct cpp_token *read_argument(struct cpp *r, const struct cpp_macro *m, size_t n,
					     struct cpp_list *list)
{
	const struct cpp_token *t;
	unsigned depth = 0;

	while (t = cpp_get(r), !ends_argument(m, t, depth, n)) {
		if (t->kind == CPP_PADDING && list->n == 0)
			continue;
		depth += is_text(t, "(") ? 1U : is_text(t, ")") ? -1U : 0U;
		push(r, list, t);
	}
	while (list->n && list->p[list->n - 1]->kind == CPP_PADDING)
		list->n--;
	push(r, list, &end_token);
	return t;
}

/* The arguments of a call of M, whose parenthesis has been read; NULL: they are wrong. */
static struct argument *read_arguments(struct cpp *r, const struct cpp_macro *m)
{
	size_t n = 0, most = m->parameters.n;
	struct argument *a = arena_array(r->mem, struct argument, most + 1);
	const struct cpp_token *t;

	do {
		if (n > most || (n == most && n > 0))
			return NULL;
		t = read_argument(r, m, n + 1, &a[n].written);
		n++;
	} while (is_text(t, ","));
	if (t->kind == CPP_END)
		return NULL;
	if (n == 1 && most == 0)
		return a[0].written.n == 1 ? a : NULL;
	if (n + 1 == most && m->is_variadic)
		push(r, &a[n].written, &end_token);
	else if (n != most)
		return NULL;
	if (m->is_variadic)
		a[most - 1].is_absent = n < most || (n == 1 && a[0].written.n == 1);
	return a;
}

/* The argument with its macros replaced. */
static const struct cpp_list *expanded(struct cpp *r, struct argument *a)
{
	const struct cpp_token *t;

	if (a->is_expanded)
		return &a->expanded;
	a->is_expanded = true;
	push_context(r, &a->written, NULL);
	while ((t = cpp_get(r))->kind != CPP_END && !r->declined)
		push(r, &a->expanded, t);
	push(r, &a->expanded, &end_token);
	if (r->context)
		pop_context(r);
	return &a->expanded;
}

/* What the parameter at I of M's body stands for; an END is behind it. */
static struct cpp_list operand(struct cpp *r, const struct cpp_macro *m, struct argument *a,
			       size_t i)
{
	const struct cpp_token *p = &m->body[i];
	struct cpp_list one = {0};

	if (p->flags & CPP_STRINGIFY) {
		if (!a->string)
			a->string = stringify(r, &a->written);
		push(r, &one, a->string);
		push(r, &one, &end_token);
		return one;
	}
	if ((p->flags & CPP_PASTE) || (i && (p[-1].flags & CPP_PASTE)))
		return a->written;
	return *expanded(r, a);
}

/* Give *T the flag PASTE, or take it away. */
static void set_paste(struct cpp *r, const struct cpp_token **t, bool is)
{
	*t = copy_of(r, *t, (uint8_t)(((*t)->flags & ~CPP_PASTE) | (is ? CPP_PASTE : 0)));
}

/* The parameter at I of M's body, by its argument. */
static void put_argument(struct cpp *r, const struct cpp_macro *m, struct argument *all, size_t i,
			 struct cpp_list *out)
{
	const struct cpp_token *p = &m->body[i];
	struct argument *a = &all[p->parameter];
	bool pasted = i && (p[-1].flags & CPP_PASTE), pastes = p->flags & CPP_PASTE;
	struct cpp_list list = operand(r, m, a, i);
	size_t n = list.n - 1;

	if (pasted && !pastes && !(p->flags & CPP_STRINGIFY) && out->n) {
		bool comma = is_text(out->p[out->n - 1], ",") && m->is_variadic &&
			     p->parameter + 1U == m->parameters.n;

		if (comma && a->is_absent)
			out->n--;
		else if (comma || n == 0)
			set_paste(r, &out->p[out->n - 1], false);
	}
	if (!r->in_directive && i && !pasted)
		push(r, out, padding(r, p));
	for (size_t k = 0; k < n; k++)
		push(r, out, list.p[k]);
	if (n && pastes)
		set_paste(r, &out->p[out->n - 1], true);
	if (!r->in_directive && !pastes)
		push(r, out, &avoid_paste);
}

/* Is a ( next? What stands before it is read; if it is not, what matters of it comes again. */
static bool is_call(struct cpp *r)
{
	const struct cpp_token *t, *pad = NULL;

	for (t = cpp_get(r); t->kind == CPP_PADDING; t = cpp_get(r))
		if (!pad || !pad->source || (!(pad->source->flags & CPP_WHITE) && !t->source))
			pad = t;
	if (is_text(t, "("))
		return true;
	if (t->kind != CPP_END || r->context) {
		unread(r, t);
		if (pad)
			push_one(r, pad);
	}
	return false;
}

/* The arguments of a call of the function M; NULL: it is none. */
static struct argument *call(struct cpp *r, const struct cpp_macro *m)
{
	struct argument *a = NULL;
	int outer = r->arguments;

	r->held++;
	r->arguments = 1;
	if (is_call(r)) {
		r->arguments = 2;
		a = read_arguments(r, m);
		if (!a)
			cpp_decline(r);
	}
	r->arguments = outer;
	r->held--;
	return a;
}

/* The macro NAME is what comes next, or false. */
static bool enter_macro(struct cpp *r, struct cpp_name *name)
{
	const struct cpp_macro *m = name->macro;
	struct cpp_list out = {0};
	struct argument *a = NULL;

	r->guarding = false;
	if (m->is_function) {
		a = call(r, m);
		if (!a)
			return false;
	}
	if (r->nesting > NESTING_MOST) {
		cpp_decline(r);
		return false;
	}
	r->nesting++;
	for (size_t i = 0; m->parameters.n && i < m->list.n; i++) {
		if (m->body[i].kind == CPP_PARAMETER)
			put_argument(r, m, a, i, &out);
		else
			push(r, &out, &m->body[i]);
	}
	r->nesting--;
	name->is_busy = true;
	push_context(r, m->parameters.n ? &out : &m->list, name);
	return true;
}

/* --- all --- */

/* The next token of the innermost context; NULL: to be asked again. */
static const struct cpp_token *from_context(struct cpp *r)
{
	const struct cpp_token *t;

	if (r->context->at == r->context->end) {
		pop_context(r);
		return r->in_directive ? NULL : &avoid_paste;
	}
	t = *r->context->at++;
	if (!(t->flags & CPP_PASTE))
		return t;
	paste_all(r, t);
	return r->in_directive ? NULL : padding(r, t);
}

const struct cpp_token *cpp_get(struct cpp *r)
{
	while (!r->declined) {
		const struct cpp_token *t = r->context ? from_context(r) : cpp_raw(r);

		if (!t)
			continue;
		if (t->kind != CPP_NAME || !t->name->macro || (t->flags & CPP_PAINTED))
			return t;
		if (t->name->is_busy)
			return copy_of(r, t, t->flags | CPP_PAINTED);
		if (r->held)
			return t;
		if (!enter_macro(r, t->name))
			return t;
		if (!r->in_directive)
			return padding(r, t);
	}
	return &end_token;
}
