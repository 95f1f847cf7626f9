/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device tree sources: the stream of tokens that the grammar reads, after the preprocessor. Streams
 * are stacked: the file, what it includes, a macro's expansion. Where a source would go on for ever
 * (a file that includes itself, macros that double), a count ends it.
 */
#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "image/dts_tokens.h"

enum {
	WORK_MOST = 2 << 20,
	GROWN_MOST = 2 << 20,
	DEPTH_MOST = 200,
	ERRORS_MOST = 20,
	MISSING_MOST = 1000,
	NAME_MOST = 2048
};

/* --- errors --- */

struct str dts_quote(struct arena *mem, struct str s)
{
	char *p = str_cz(mem, str_sub(s, 0, 60));
	size_t n = s.n < 60 ? s.n : 60;

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] < ' ' || (unsigned char)p[i] > '~')
			p[i] = '?';
	return s.n > 60 ? str_fmt(mem, "\"%.*s...\"", (int)n, p)
			: str_fmt(mem, "\"%.*s\"", (int)n, p);
}

/* Which files include the one that is being read, the nearest first. */
static const struct trail *trail(struct dts_reader *r)
{
	struct trail *first = NULL, **at = &first;
	const struct dts_file *inner = NULL;
	unsigned n = 0;

	for (const struct dts_stream *s = r->top; s && n < 8; s = s->up) {
		if (s->file && inner) {
			struct trail_step *step = arena_make(r->mem, struct trail_step);
			struct text_file *in = arena_make(r->mem, struct text_file);

			*in = (struct text_file){.name = s->file->path, .line = s->line};
			*step = (struct trail_step){
			    .what = &inner->path, .in = in, .verb = TRAIL_INCLUDE};
			*at = arena_make(r->mem, struct trail);
			(*at)->step = step;
			at = (struct trail **)&(*at)->up;
			n++;
		}
		if (s->file)
			inner = s->file;
	}
	return first;
}

static void say(struct dts_reader *r, const struct dts_file *file, unsigned line, const char *fmt,
		va_list ap)
{
	struct place at = {file ? file->path : r->out->file, line};
	struct str text;

	if (r->failed || r->n_errors++ >= ERRORS_MOST)
		return;
	text = diag_format(r->mem, at, trail(r), (struct str){NULL, 0}, str_vfmt(r->mem, fmt, ap));
	r->out->said = str_cat(r->out_mem, r->out->said, text);
}

void dts_complain(struct dts_reader *r, struct dts_file *file, unsigned line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(r, file, line, fmt, ap);
	va_end(ap);
}

void dts_fail_at(struct dts_reader *r, struct dts_file *file, unsigned line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(r, file, line, fmt, ap);
	va_end(ap);
	r->failed = true;
	dts_drop(r);
}

void dts_fail(struct dts_reader *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(r, r->file, r->line, fmt, ap);
	va_end(ap);
	r->failed = true;
	dts_drop(r);
}

bool dts_grow(struct dts_reader *r, size_t n)
{
	r->grown += n;
	if (r->grown > GROWN_MOST)
		dts_fail(r, "macros expand to too much (more than %d tokens)", GROWN_MOST);
	return !r->failed;
}

/* --- streams --- */

struct dts_stream *dts_push(struct dts_reader *r, const struct dts_token *p, size_t n)
{
	struct dts_stream *s = r->spare;

	if (s)
		r->spare = s->up;
	else
		s = arena_alloc(r->mem, sizeof(*s));
	*s = (struct dts_stream){.at = p, .end = n ? p + n : p, .up = r->top};
	r->top = s;
	return s;
}

static void pop(struct dts_reader *r)
{
	struct dts_stream *s = r->top;

	if (s->macro)
		s->macro->busy = false;
	if (s->file)
		r->depth--;
	r->top = s->up;
	s->up = r->spare;
	r->spare = s;
}

void dts_drop(struct dts_reader *r)
{
	while (r->top)
		pop(r);
}

void dts_unread(struct dts_reader *r, const struct dts_token *t)
{
	struct dts_stream *s = dts_push(r, NULL, 0);

	s->one = *t;
	s->at = &s->one;
	s->end = s->at + 1;
}

/* --- #include --- */

static bool is_header(struct str name)
{
	return str_ends(name, S(".h"));
}

static void note_missing(struct dts_reader *r, struct str name)
{
	struct strs *missing = &r->out->missing;

	if (!is_header(name))
		r->out->partial = true;
	for (size_t i = 0; i < missing->n; i++)
		if (str_eq(missing->p[i], name))
			return;
	if (missing->n < MISSING_MOST)
		*vec_push(r->out_mem, missing) = str_dup(r->out_mem, name);
}

/*
 * The file NAME: beside the one that includes it, unless ANGLE; then in the folders. NULL: in none.
 */
static struct dts_file *look_for(struct dts_reader *r, struct str name, bool angle)
{
	bool absolute = name.n && name.p[0] == '/';

	for (size_t i = 0; i <= (r->includes && !absolute ? r->includes->n : 0); i++) {
		struct str folder = i ? r->includes->p[i - 1] : path_dir(r->file->path);
		struct arena_mark mark = arena_mark(r->mem);
		struct dts_file *f;

		if (i == 0 && angle && !absolute)
			continue;
		f = dts_file(r->c, path_clean(r->mem, path_join(r->mem, folder, name)));
		arena_release(r->mem, mark);
		if (f->error != ENOENT)
			return f;
	}
	return NULL;
}

static void note_file(struct dts_reader *r, const struct dts_file *file)
{
	struct dts_text *new;

	for (size_t i = 0; i < r->out->files.n; i++)
		if (str_eq(r->out->files.p[i].path, file->path))
			return;
	new = vec_push(r->out_mem, &r->out->files);
	new->path = str_dup(r->out_mem, file->path);
	memcpy(new->digest, file->digest, sizeof(new->digest));
}

/* FILE's tokens come next. False, and told: they can't. */
static bool enter(struct dts_reader *r, struct dts_file *file, bool plain)
{
	struct dts_stream *s;

	if (file->why.n || file->error) {
		dts_fail(r, "%.*s: %.*s", STR_ARG(file->path),
			 STR_ARG(file->why.n ? file->why : str_z(strerrordesc_np(file->error))));
		return false;
	}
	if (file->bad.n) {
		dts_fail_at(r, file, file->bad_line, "%.*s", STR_ARG(file->bad));
		return false;
	}
	if (r->depth >= DEPTH_MOST) {
		dts_fail(r, "includes nested too deep (more than %d)", DEPTH_MOST);
		return false;
	}
	note_file(r, file);
	s = dts_push(r, file->tokens.p, file->tokens.n);
	s->file = file;
	s->plain = plain;
	s->line = 1;
	r->depth++;
	return true;
}

bool dts_include(struct dts_reader *r, struct str name, bool angle, bool plain)
{
	struct dts_file *f;

	r->work += 64;
	if (name.n > NAME_MOST) {
		dts_fail(r, "the name of an included file has more than %d bytes", NAME_MOST);
		return false;
	}
	if (!r->file) { /* the first */
		f = dts_file(r->c, name);
		r->file = f;
		return enter(r, f, plain);
	}
	f = look_for(r, name, angle);
	if (!f) {
		note_missing(r, name);
		return false;
	}
	return enter(r, f, plain);
}

/* #include with a macro: what it expands to. */
static void include_computed(struct dts_reader *r, const struct dts_directive *d)
{
	struct dts_tokens v = {0};
	struct buf b = buf_new(r->mem);
	struct str name;

	dts_expand(r, d->line_tokens.p, d->line_tokens.n, &v);
	if (r->failed)
		return;
	if (v.n && v.p[0].kind == DTS_STRING) {
		dts_include(r, v.p[0].symbol->text, false, false);
		return;
	}
	for (size_t i = 1; i + 1 < v.n && v.p[0].kind == '<' && v.p[i].kind != '>'; i++)
		dts_spell(&b, &v.p[i]);
	name = buf_view(&b);
	if (name.n && v.p[v.n - 1].kind == '>')
		dts_include(r, name, true, false);
	else if (r->out->missing.n)
		r->out->partial = true;
	else
		dts_fail(r, "#include expects \"FILE\" or <FILE>");
}

/* --- conditions --- */

/* "defined X" and "defined(X)" of V as 1 or 0. */
static void answer_defined(struct dts_reader *r, const struct dts_tokens *v, struct dts_tokens *out)
{
	for (size_t i = 0; i < v->n; i++) {
		bool paren = i + 1 < v->n && v->p[i + 1].kind == '(';
		size_t at = i + (paren ? 2 : 1);
		const struct dts_macro *m;

		if (v->p[i].kind != DTS_RUN || v->p[i].symbol != r->c->defined || at >= v->n ||
		    v->p[at].kind != DTS_RUN) {
			*vec_push(r->mem, out) = v->p[i];
			continue;
		}
		m = dts_macro_of(r, v->p[at].symbol);
		*vec_push(r->mem, out) =
		    (struct dts_token){.kind = DTS_RUN,
				       .flags = DTS_SPACE,
				       .symbol = dts_symbol(r->c, DTS_RUN, m ? S("1") : S("0"))};
		i = at + (paren && at + 1 < v->n && v->p[at + 1].kind == ')' ? 1 : 0);
	}
}

static bool holds(struct dts_reader *r, const struct dts_directive *d)
{
	struct dts_tokens v = {0}, expanded = {0};
	struct buf b = buf_new(r->mem);
	struct dts_value value;

	if (d->verb == DTS_IFDEF)
		return dts_macro_of(r, d->name) != NULL;
	if (d->verb == DTS_IFNDEF)
		return dts_macro_of(r, d->name) == NULL;
	answer_defined(r, &d->line_tokens, &v);
	dts_expand(r, v.p, v.n, &expanded);
	for (size_t i = 0; i < expanded.n; i++) {
		const struct dts_symbol *s = expanded.p[i].symbol;

		dts_spell(&b, &expanded.p[i]);
		if (!dts_grow(r, 1 + (s ? s->text.n / 16 : 0)))
			break;
	}
	if (r->failed)
		return false;
	value = dts_evaluate(buf_view(&b), true);
	if (value.error)
		dts_fail(r, "condition: %s", value.error);
	return value.n != 0;
}

/* S stands behind an #if, or (AFTER) behind the part that was taken: go to the part that holds, or
 * to the end. */
static void choose(struct dts_reader *r, struct dts_stream *s, const struct dts_directive *d,
		   bool after)
{
	const struct dts_directive *all = s->file->directives.p;

	if (after)
		d = &all[d->end];
	while (d->verb != DTS_ELSE && d->verb != DTS_ENDIF) {
		r->line = s->line = d->line;
		if (holds(r, d) || r->failed)
			break;
		d = &all[d->next];
		r->work++;
	}
	if (!r->failed)
		s->at = s->file->tokens.p + d->at + 1;
}

static void obey(struct dts_reader *r, struct dts_stream *s, const struct dts_directive *d)
{
	r->file = s->file;
	r->line = s->line = d->line;
	switch (d->verb) {
	case DTS_IF:
	case DTS_IFDEF:
	case DTS_IFNDEF:
		choose(r, s, d, false);
		break;
	case DTS_ELIF:
	case DTS_ELSE:
		choose(r, s, d, true);
		break;
	case DTS_INCLUDE:
		if (d->text.n)
			dts_include(r, d->text, d->angle, false);
		else if (d->line_tokens.n)
			include_computed(r, d);
		break;
	case DTS_DEFINE:
		if (d->macro)
			dts_define(r, d->name, d->macro);
		break;
	case DTS_UNDEF:
		if (d->name)
			dts_define(r, d->name, NULL);
		break;
	case DTS_ERROR:
		dts_fail(r, "#error %.*s", STR_ARG(d->text));
		break;
	case DTS_ENDIF:
	case DTS_NOTHING:
		break;
	}
}

/* --- tokens --- */

static bool is_within_bounds(struct dts_reader *r)
{
	if (++r->work <= WORK_MOST && !r->c->is_full)
		return true;
	if (!r->failed)
		dts_fail(r,
			 r->c->is_full
			     ? "too many names and tokens in the tree's device tree sources"
			     : "too much to read: more than %d tokens",
			 WORK_MOST);
	return false;
}

void dts_raw_next(struct dts_reader *r, struct dts_token *t)
{
	struct dts_stream *s;

	*t = (struct dts_token){.kind = DTS_END};
	while ((s = r->top)) {
		if (s->at == s->end) {
			if (s->barrier)
				return;
			pop(r);
			continue;
		}
		if (!is_within_bounds(r))
			return;
		if (s->at->kind == DTS_DIRECTIVE) {
			obey(r, s, &s->file->directives.p[s->at++->line]);
			continue;
		}
		*t = *s->at++;
		break;
	}
	if (!s)
		return;
	if (t->symbol)
		r->work += t->symbol->text.n >> 8; /* what a long one costs */
	if (s->file) {
		r->file = s->file;
		r->line = s->line = t->line;
	} else if (s->inherits) {
		t->flags = (uint16_t)((t->flags & DTS_PAINTED) | (s->space ? DTS_SPACE : 0));
		s->inherits = false;
	}
	if (t->kind == DTS_BAD) {
		dts_fail(r, "%.*s", STR_ARG(t->symbol->text));
		*t = (struct dts_token){.kind = DTS_END};
	}
}

/* Does one of S's pieces name a macro? */
static bool has_macro(struct dts_reader *r, struct dts_symbol *s, const struct dts_token **pieces,
		      size_t *n)
{
	*pieces = dts_pieces(r->c, s, n);
	for (size_t i = 0; i < *n; i++)
		if (dts_macro_of(r, (*pieces)[i].symbol))
			return true;
	return false;
}

/* &name where NAME is a macro: the two apart. */
static void part_reference(struct dts_reader *r, struct dts_token *t, struct dts_symbol *name)
{
	struct dts_token rest = {.kind = DTS_RUN, .symbol = name};

	dts_unread(r, &rest);
	*t = (struct dts_token){.kind = '&', .flags = t->flags};
}

void dts_next(struct dts_reader *r, struct dts_token *t)
{
	for (;;) {
		const struct dts_token *pieces;
		struct dts_macro *m;
		struct dts_stream *s;
		size_t n;

		dts_raw_next(r, t);
		if (r->n_macros == 0 || (t->kind != DTS_RUN && t->kind != DTS_REF) ||
		    (t->flags & DTS_PAINTED) || r->top->plain)
			return;
		if (t->kind == DTS_REF) {
			struct dts_symbol *name = dts_symbol(r->c, DTS_RUN, t->symbol->text);

			if (dts_macro_of(r, name))
				part_reference(r, t, name);
			return;
		}
		if (t->symbol->is_compound && has_macro(r, t->symbol, &pieces, &n)) {
			s = dts_push(r, pieces, n);
			s->inherits = true;
			s->space = t->flags & DTS_SPACE;
			continue;
		}
		m = t->symbol->is_identifier ? dts_macro_of(r, t->symbol) : NULL;
		if (!m)
			return;
		if (m->busy) {
			t->flags |= DTS_PAINTED;
			return;
		}
		if (!dts_call(r, t, m))
			return;
	}
}
