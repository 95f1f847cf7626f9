/* SPDX-License-Identifier: GPL-2.0-only */
/* The reader: what kind of line each logical line is. */
#include "make/job.h"
#include "make/options.h"
#include "make/program.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A list of names to export or not; all variables when the list is missing. */
static void read_export(struct make *mk, struct make_text line, size_t from, bool yes)
{
	struct tbuf *t;
	struct str rest, name;

	if (from >= line.text.n) {
		mk->export_all = yes;
		return;
	}
	t = expand_part(mk, line, from, line.text.n - from, false);
	for (rest = tbuf_view(t); str_word(&rest, &name);) {
		struct variable *v = var_lookup(mk, name);

		if (!v) {
			v = var_set_simple(mk, mk->globals, name, S(""), ORIGIN_FILE);
			v->at = mk->at;
		}
		v->export = yes ? EXPORT_YES : EXPORT_NO;
	}
	tbuf_give(mk, t);
}

static void read_vpath(struct make *mk, struct make_text line, size_t from)
{
	struct tbuf *t = expand_part(mk, line, from, line.text.n - from, false);
	struct str rest = tbuf_view(t), pattern = {0}, dirs = {0}, word;

	if (str_word(&rest, &pattern)) {
		struct str after = rest;

		pattern = str_dup(mk->mem, pattern);
		if (str_word(&after, &word))
			dirs = str_dup(mk->mem,
				       (struct str){word.p, (size_t)(rest.p + rest.n - word.p)});
	}
	vpath_directive(mk, pattern.n ? pattern : (struct str){0}, dirs);
	tbuf_give(mk, t);
}

static void read_include(struct make *mk, struct reader *r, struct make_text line, size_t from,
			 bool may_miss)
{
	struct tbuf *t = expand_part(mk, line, from, line.text.n - from, false);
	struct strs names =
	    names_parse(mk, mk->lang->scratch, tbuf_view(t), NAMES_GLOB | NAMES_NO_ARCHIVE);
	struct make_span written = text_origin(mk, line, from);
	struct place at = mk->at;

	tbuf_give(mk, t);
	for (size_t i = 0; i < names.n; i++)
		read_makefile(
		    mk, names.p[i],
		    READ_SEARCH | (may_miss ? READ_NO_ERROR : 0) | (r->flags & READ_DEFAULT), at,
		    &written);
}

/* What the dynamic linker says of the object NAME, all being in the buffer TEXT; "" when it would
 * load it. What has no slash is sought where libraries are once it isn't loaded from here, and that
 * answer counts. */
static const char *object_error(struct make *mk, struct str name, char *text, size_t size)
{
	const char *path = names_at(mk, mk->lang->scratch, name).p;
	unsigned char head[64]; /* of an ELF header */
	int fd = name_forbidden(mk, MAKE_READS_FILE, str_z(path))
		     ? -1
		     : open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, head, sizeof(head));
	int error = errno;

	if (fd >= 0)
		close(fd);
	if (n == (ssize_t)sizeof(head) && memcmp(head, "\177ELF", 4) == 0)
		return "";
	if (fd < 0 || str_chr(name, '/') < 0)
		snprintf(text, size, "cannot open shared object file: %s",
			 strerror(fd < 0 ? error : ENOENT));
	else if (n < 0)
		snprintf(text, size, "cannot read file data: %s", strerror(error));
	else
		snprintf(text, size,
			 n < (ssize_t)sizeof(head) ? "file too short" : "invalid ELF header");
	return text;
}

/* "OBJECT(SYMBOL)": cut *NAME to the object; the symbol, or the one that GNU make makes of the
 * object's name. */
static struct str object_symbol(struct make *mk, struct str *name)
{
	ptrdiff_t open = str_chr(*name, '(');
	struct str whole = *name, symbol;
	size_t n = 0;

	if (open >= 0) {
		symbol = str_from(whole, (size_t)open + 1);
		if (symbol.n && str_chr(symbol, ')') == (ptrdiff_t)symbol.n - 1) {
			name->n = (size_t)open;
			symbol.n--;
			if (!symbol.n)
				make_fatal(mk, mk->at, "Empty symbol name for load: %.*s",
					   STR_ARG(whole));
			return symbol;
		}
	}
	symbol = str_from(whole, (size_t)(str_rchr(whole, '/') + 1));
	while (n < symbol.n && (isalnum((unsigned char)symbol.p[n]) || symbol.p[n] == '_'))
		n++;
	return str_fmt(mk->lang->scratch, "%.*s_gmk_setup", (int)n, symbol.p);
}

/* Does .LOADED name it? */
static bool object_loaded(struct make *mk, struct str name)
{
	struct str loaded = expand_var(mk, mk->lang->scratch, ".LOADED");
	const char *at, *end;

	if (!loaded.n || !name.n)
		return !name.n;
	at = memmem(loaded.p, loaded.n, name.p, name.n);
	end = at ? at + name.n : NULL;
	return at && (at == loaded.p || at[-1] == ' ') &&
	       (end == loaded.p + loaded.n || *end == ' ');
}

/* Objects are never loaded; for one that couldn't be anyway the words are the usual ones. With
 * -load they count as read, so they are remade. */
static void refuse_object(struct make *mk, struct str name, bool may_miss)
{
	struct str symbol = object_symbol(mk, &name);
	const char *why = "";
	char text[200];

	if (!object_loaded(mk, name)) {
		make_debug(mk, DEBUG_VERBOSE, 0, "Loading symbol %.*s from %.*s\n", STR_ARG(symbol),
			   STR_ARG(name));
		why = object_error(mk, name, text, sizeof(text));
		if (!may_miss) {
			make_error(mk, mk->at, "%.*s: %s", STR_ARG(name),
				   *why ? why : "this make does not load objects");
			make_fatal(mk, mk->at, "%.*s: failed to load", STR_ARG(name));
		}
		if (*why)
			make_debug(mk, DEBUG_BASIC, 0, "%.*s: %s", STR_ARG(name), why);
	}
	rules_object(mk, name);
}

static void refuse_load(struct make *mk, struct make_text line, size_t from, bool may_miss)
{
	struct tbuf *t = expand_part(mk, line, from, line.text.n - from, false);
	struct strs names =
	    names_parse(mk, mk->lang->scratch, tbuf_view(t), NAMES_GLOB | NAMES_NO_ARCHIVE);

	tbuf_give(mk, t);
	for (size_t i = 0; i < names.n; i++)
		refuse_object(mk, names.p[i], may_miss);
}

static void read_assigning(struct make *mk, struct reader *r, const struct line *l,
			   struct make_text text, size_t shift)
{
	if (r->in_rule || r->no_targets)
		flush_rule(mk, r);
	if (l->kind == LINE_UNDEFINE)
		read_undefine(mk, text, &l->a);
	else if (l->kind == LINE_DEFINE)
		read_define(mk, r, text, &l->a);
	else
		read_assignment(mk, l, text, shift);
}

/* L does something, TEXT is its text with spans (where it assigns, from byte SHIFT on). RAW: as
 * written. */
static void act(struct make *mk, struct reader *r, const struct line *l, struct make_text text,
		size_t shift, struct str raw)
{
	switch (l->kind) {
	case LINE_ASSIGN:
	case LINE_DEFINE:
	case LINE_UNDEFINE:
		read_assigning(mk, r, l, text, shift);
		return;
	case LINE_RULE:
		if (raw.p[0] == mk->lang->prefix)
			make_fatal(mk, mk->at, "recipe commences before first target");
		read_rule(mk, r, raw);
		return;
	default:
		break;
	}
	flush_rule(mk, r);
	if (l->kind == LINE_EXPORT || l->kind == LINE_UNEXPORT)
		read_export(mk, text, l->rest, l->kind == LINE_EXPORT);
	else if (l->kind == LINE_VPATH)
		read_vpath(mk, text, l->rest);
	else if (l->kind == LINE_INCLUDE || l->kind == LINE_MAY_INCLUDE)
		read_include(mk, r, text, l->rest, l->kind == LINE_MAY_INCLUDE);
	else
		refuse_load(mk, text, l->rest, l->kind == LINE_MAY_LOAD);
}

/*
 * The spans of N bytes of $(eval)'s text from src->start on; *HERE holds a single one. With SHIFT,
 * LINE may become all of the text up to there instead, which has them already: *SHIFT is where the
 * line begins in it.
 */
static void line_spans(struct make *mk, struct source *src, size_t n, struct make_span *here,
		       struct make_text *line, size_t *shift)
{
	const struct make_span *last, *end = src->spans + src->n_spans;
	struct str upto = str_sub(src->text, 0, src->start + n);

	while (src->span + 1 < end && src->span[1].from <= src->start)
		src->span++;
	last = src->span;
	while (last + 1 < end && last[1].from < upto.n)
		last++;
	if (last == src->span) {
		*here = *src->span;
		here->off = make_span_off(here, src->start);
		here->from = 0;
		line->spans = here;
		line->n_spans = 1;
		return;
	}
	*line = (struct make_text){upto, src->span, (size_t)(last - src->span) + 1};
	if (shift)
		*shift = src->start;
	else
		*line = text_slice(mk->lang->scratch, *line, src->start, n);
}

/* Do lines whose first word begins so matter where lines are ignored? Conditionals, define, endef,
 * modifiers. */
static bool may_matter(char c)
{
	return c == 'i' || c == 'e' || c == 'd' || c == 'o' || c == 'p';
}

/* Where the text of L, the line RAW, was written, into T. What a file's line has is kept. */
static void rewritten_spans(struct make *mk, struct source *src, struct line *l, struct str raw,
			    struct tbuf *t)
{
	struct tbuf *whole = tbuf_take(mk, true);
	struct arena *mem = mk->lang->program->mem;

	source_put(src, raw, whole);
	source_join(mk, (struct make_text){tbuf_view(whole), whole->spans.p, whole->spans.n}, t);
	scan_unquoted(t, 0, "#", true);
	tbuf_cut(t, l->text.n);
	tbuf_give(mk, whole);
	if (!l->stable || !src->is_file || !t->spans.n)
		return;
	l->n_spans = t->spans.n;
	l->spans = arena_array(mem, struct make_span, l->n_spans);
	memcpy(l->spans, t->spans.p, l->n_spans * sizeof(*l->spans));
}

/* The same from what is kept, with the way that led to this reading of the file. */
static struct make_text kept_spans(struct make *mk, const struct source *src, const struct line *l)
{
	struct make_text text = {l->text, l->spans, l->n_spans};

	text = text_slice(mk->lang->scratch, text, 0, text.text.n);
	for (size_t i = 0; i < text.n_spans; i++)
		((struct make_span *)text.spans)[i].trail = src->trail;
	return text;
}

/* The text of L, the line RAW, with where it was written. HERE and T hold that. */
static struct make_text line_text(struct make *mk, struct source *src, struct line *l,
				  struct str raw, struct make_span *here, struct tbuf **t,
				  size_t *shift)
{
	struct make_text text = {.text = l->text};

	if (!mk->lang->spans || (!src->is_file && !src->n_spans))
		return text;
	if (!l->rewritten) {
		*here = (struct make_span){.in = src->file, .off = src->start, .trail = src->trail};
		text.spans = here;
		text.n_spans = 1;
		if (!src->is_file)
			line_spans(mk, src, l->text.n, here, &text,
				   l->kind == LINE_ASSIGN ? shift : NULL);
		return text;
	}
	if (l->spans && src->is_file)
		return kept_spans(mk, src, l);
	*t = tbuf_take(mk, true);
	rewritten_spans(mk, src, l, raw, *t);
	text.spans = (*t)->spans.p;
	text.n_spans = (*t)->spans.n;
	return text;
}

/* A line where lines are ignored; does it have to be acted on? */
static bool matters(struct reader *r, const struct line *l)
{
	if (l->kind <= LINE_UNDEFINE && l->kind != LINE_BLANK) {
		if (l->a.is_define)
			r->in_ignored_define = true;
		return false;
	}
	if (r->in_ignored_define) {
		if (l->is_endef)
			r->in_ignored_define = false;
		return false;
	}
	return l->kind == LINE_CONDITIONAL;
}

/* A line that is not of a recipe; L: what it is known to be, or NULL. */
static void read_other(struct make *mk, struct reader *r, struct str raw, struct line *l)
{
	struct make_span here;
	struct make_text text;
	struct tbuf *t = NULL;
	size_t shift = 0;

	if (r->ignoring && !l && r->src->lines == 1) {
		size_t first = scan_skip_space(raw, 0);

		if (first >= raw.n || !may_matter(raw.p[first]))
			return;
	}
	if (!l && !r->ignoring && read_same_target(mk, r, raw))
		return;
	if (!l)
		l = line_of(mk, r->src, raw);
	if (l->kind == LINE_BLANK || (r->ignoring && !matters(r, l)))
		return;
	if (l->plain && l->stable && l->symbol->global) {
		if (r->in_rule || r->no_targets)
			flush_rule(mk, r);
		if (read_plain(mk, r->src, l))
			return;
	}
	if (l->kind == LINE_RULE) /* looks after itself */
		text = text_plain(l->text);
	else
		text = line_text(mk, r->src, l, raw, &here, &t, &shift);
	if (l->kind == LINE_CONDITIONAL) {
		int ignoring = read_conditional(mk, r, l, text);

		if (ignoring < 0)
			make_fatal(mk, mk->at, "invalid syntax in conditional");
		r->ignoring = ignoring;
	} else {
		act(mk, r, l, text, shift, raw);
	}
	if (t)
		tbuf_give(mk, t);
}

static void read_recipe_line(struct make *mk, struct reader *r, struct str raw)
{
	struct str s = str_from(raw, 1);
	struct tbuf *t;

	if (r->src->is_file && r->src->lines == 1) {
		struct make_span here = {
		    .in = r->src->file, .off = r->src->start + 1, .trail = r->src->trail};
		struct make_text text = {S(""), &here, mk->lang->spans ? 1 : 0};

		text = text_dup(mk->mem, text);
		text.text = s;
		add_recipe_line(mk, r, text);
		return;
	}
	t = tbuf_take(mk, true);
	source_put(r->src, s, t);
	add_recipe_line(
	    mk, r, text_dup(mk->mem, (struct make_text){tbuf_view(t), t->spans.p, t->spans.n}));
	tbuf_give(mk, t);
}

static void read_line(struct make *mk, struct reader *r, struct str raw, struct line *l)
{
	if (raw.n == 0)
		return;
	if (raw.p[0] == mk->lang->prefix) {
		if (r->no_targets)
			return;
		if (r->in_rule) {
			if (!r->ignoring)
				read_recipe_line(mk, r, raw);
			return;
		}
	}
	read_other(mk, r, raw, l);
}

void read_source(struct make *mk, struct source *src, unsigned flags)
{
	struct reader r = {.src = src, .flags = flags};
	struct arena *scratch = mk->lang->scratch;
	const struct trail *trail = mk->trail;
	struct place at = mk->at;
	unsigned recipe_line = mk->recipe_line;
	struct line *l;
	struct str raw;

	expand_check_stack(mk, "reading");
	mk->trail = src->trail;
	if (src->is_file)
		mk->recipe_line = 0;
	while (line_next(mk, src, &raw, &l)) {
		make_poll(mk);
		struct arena_mark mark = arena_mark(scratch);

		mk->at = src->at;
		source_say_nuls(mk, src, src->pos, 0);
		read_line(mk, &r, raw, l);
		arena_release(scratch, mark);
	}
	mk->at = src->at;
	source_say_nuls(mk, src, SIZE_MAX, 0);
	conditionals_end(mk, &r);
	flush_rule(mk, &r);
	mk->at = at;
	mk->recipe_line = recipe_line;
	mk->trail = trail;
}

void read_eval(struct make *mk, struct make_text text, struct place at, const struct trail *trail)
{
	struct source src = {.text = text.text,
			     .at = at,
			     .spans = text.spans,
			     .n_spans = text.n_spans,
			     .span = text.spans,
			     .trail = trail};

	if (!src.at.file.p)
		/* a place, though without a name: a variable's does not replace it */
		src.at.file = S("");
	read_source(mk, &src, 0);
}
