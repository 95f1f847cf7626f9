/* SPDX-License-Identifier: GPL-2.0-only */
/* The reader: what kind of line each logical line is. */
#include "make/lang.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static bool word_is(struct make_text line, size_t from, size_t end, const char *word)
{
	return str_is(str_sub(line.text, from, end - from), word);
}

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
	struct place at = mk->at;

	tbuf_give(mk, t);
	for (size_t i = 0; i < names.n; i++)
		read_makefile(
		    mk, names.p[i],
		    READ_SEARCH | (may_miss ? READ_NO_ERROR : 0) | (r->flags & READ_DEFAULT), at);
}

/* Objects are never loaded; for one that isn't there the words are the usual ones. */
static void refuse_load(struct make *mk, struct make_text line, size_t from, bool may_miss)
{
	struct tbuf *t = expand_part(mk, line, from, line.text.n - from, false);
	struct str rest = tbuf_view(t), word;

	if (str_word(&rest, &word) && !may_miss) {
		if (access(names_at(mk, mk->lang->scratch, word).p, F_OK) == 0)
			make_error(mk, mk->at, "%.*s: this make does not load objects",
				   STR_ARG(word));
		else
			make_error(mk, mk->at, "%.*s: cannot open shared object file: %s",
				   STR_ARG(word), strerror(errno));
		make_fatal(mk, mk->at, "%.*s: failed to load", STR_ARG(word));
	}
	tbuf_give(mk, t);
}

/* export, vpath, include, load; false: none of them. FROM..END is the line's first word. */
static bool read_directive(struct make *mk, struct reader *r, struct make_text line, size_t from,
			   size_t end)
{
	size_t next = scan_skip_space(line.text, end);
	bool include = word_is(line, from, end, "include");

	switch (line.text.p[from]) {
	case 'e':
	case 'u':
		if (!word_is(line, from, end, "export") && !word_is(line, from, end, "unexport"))
			return false;
		flush_rule(mk, r);
		read_export(mk, line, next, line.text.p[from] == 'e');
		return true;
	case 'v':
		if (!word_is(line, from, end, "vpath"))
			return false;
		flush_rule(mk, r);
		read_vpath(mk, line, next);
		return true;
	case 'i':
	case '-':
	case 's':
	case 'l':
		if (include || word_is(line, from, end, "-include") ||
		    word_is(line, from, end, "sinclude")) {
			flush_rule(mk, r);
			read_include(mk, r, line, next, !include);
			return true;
		}
		if (!word_is(line, from, end, "load") && !word_is(line, from, end, "-load"))
			return false;
		flush_rule(mk, r);
		refuse_load(mk, line, next, line.text.p[from] == '-');
		return true;
	}
	return false;
}

static void read_assigning(struct make *mk, struct reader *r, struct make_text line,
			   const struct assignment *a, bool stable)
{
	if (r->ignoring) {
		if (a->is_define)
			r->in_ignored_define = true;
		return;
	}
	flush_rule(mk, r);
	if (a->is_undefine)
		read_undefine(mk, line, a);
	else if (a->is_define)
		read_define(mk, r, line, a);
	else
		read_assignment(mk, line, a, stable);
}

/* A line that is not of a recipe. LINE: continuations joined, comment off; RAW: as written. */
static void read_flat(struct make *mk, struct reader *r, struct make_text line, struct str raw,
		      bool stable)
{
	size_t from = scan_skip_space(line.text, 0), end, next;
	struct assignment a;
	int ignoring;

	if (from >= line.text.n)
		return;
	a = scan_assignment(line.text);
	if (a.assigns) {
		read_assigning(mk, r, line, &a, stable);
		return;
	}
	end = scan_token_end(line.text, from);
	next = scan_skip_space(line.text, end);
	if (r->in_ignored_define) {
		if (word_is(line, from, end, "endef") &&
		    (next >= line.text.n || line.text.p[next] == '#'))
			r->in_ignored_define = false;
		return;
	}
	ignoring = read_conditional(mk, r, line, from, end);
	if (ignoring == -1)
		make_fatal(mk, mk->at, "invalid syntax in conditional");
	if (ignoring >= 0) {
		r->ignoring = ignoring;
		return;
	}
	if (r->ignoring || read_directive(mk, r, line, from, end))
		return;
	if (raw.p[0] == mk->lang->prefix)
		make_fatal(mk, mk->at, "recipe commences before first target");
	read_rule(mk, r, raw);
}

/* Where LINE's comment begins; *QUOTED: a backslash stands before some '#', so that text must
 * change. */
static size_t comment_start(struct str line, bool *quoted)
{
	size_t i = 0;

	*quoted = false;
	while (i < line.n) {
		if (line.p[i] == '$') {
			if (i + 1 >= line.n)
				return line.n;
			i = scan_reference(line, i);
			continue;
		}
		if (line.p[i] == '#') {
			if (i > 0 && line.p[i - 1] == '\\')
				*quoted = true;
			return i;
		}
		i++;
	}
	return line.n;
}

/* A line with continuations or quoted '#': it must be rewritten. */
static void read_rewritten(struct make *mk, struct reader *r, struct str raw)
{
	struct tbuf *whole = tbuf_take(mk, true), *joined = tbuf_take(mk, true);
	size_t comment;

	source_put(r->src, raw, whole);
	source_join(mk, (struct make_text){tbuf_view(whole), whole->spans.p, whole->spans.n},
		    joined);
	comment = scan_unquoted(joined, 0, "#", true);
	if (comment != SIZE_MAX)
		tbuf_cut(joined, comment);
	read_flat(mk, r, (struct make_text){tbuf_view(joined), joined->spans.p, joined->spans.n},
		  raw, false);
	tbuf_give(mk, whole);
	tbuf_give(mk, joined);
}

/* The spans of N bytes of $(eval)'s text from src->start on; *HERE holds a single one. */
static void line_spans(struct make *mk, struct source *src, size_t n, struct make_span *here,
		       struct make_text *line)
{
	size_t last;

	while (src->span + 1 < src->n_spans && src->spans[src->span + 1].from <= src->start)
		src->span++;
	last = src->span;
	while (last + 1 < src->n_spans && src->spans[last + 1].from < src->start + n)
		last++;
	if (last == src->span) {
		*here = src->spans[src->span];
		here->from = 0;
		line->spans = here;
		line->n_spans = 1;
		return;
	}
	*line =
	    text_slice(mk->lang->scratch,
		       (struct make_text){src->text, src->spans + src->span, last - src->span + 1},
		       src->start, n);
}

/* Do lines whose first word begins so matter where lines are ignored? Conditionals, define, endef,
 * modifiers. */
static bool matters_ignored(char c)
{
	return c == 'i' || c == 'e' || c == 'd' || c == 'o' || c == 'p';
}

static void read_other(struct make *mk, struct reader *r, struct str raw)
{
	struct source *src = r->src;
	struct make_span here = {0, src->at, src->trail};
	struct make_text line = {.text = raw};
	bool quoted = false;
	size_t n = raw.n;

	if (r->ignoring) {
		size_t first = scan_skip_space(raw, 0);

		if (first >= raw.n || !matters_ignored(raw.p[first]))
			return;
	}
	if (memchr(raw.p, '#', raw.n))
		n = comment_start(raw, &quoted);
	if (n == 0)
		return;
	if (src->lines > 1 || quoted || raw.p[raw.n - 1] == '\n') {
		read_rewritten(mk, r, raw);
		return;
	}
	if (mk->lang->spans && src->is_file) {
		line.spans = &here;
		line.n_spans = 1;
	} else if (mk->lang->spans && src->n_spans) {
		line_spans(mk, src, raw.n, &here, &line);
	}
	line.text.n = n;
	read_flat(mk, r, line, raw, src->is_file);
}

static void read_recipe_line(struct make *mk, struct reader *r, struct str raw)
{
	struct str s = str_from(raw, 1);
	struct tbuf *t;

	if (r->src->is_file && r->src->lines == 1) {
		struct make_span here = {0, r->src->at, r->src->trail};
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

static void read_line(struct make *mk, struct reader *r, struct str raw)
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
	read_other(mk, r, raw);
}

void read_source(struct make *mk, struct source *src, unsigned flags)
{
	struct reader r = {.src = src, .flags = flags};
	struct arena *scratch = mk->lang->scratch;
	const struct trail *trail = mk->trail;
	struct place at = mk->at;
	struct str raw;

	expand_check_stack(mk, "reading");
	mk->trail = src->trail;
	while (source_line(src, &raw)) {
		struct arena_mark mark = arena_mark(scratch);

		mk->at = src->at;
		read_line(mk, &r, raw);
		arena_release(scratch, mark);
	}
	mk->at = src->at;
	conditionals_end(mk, &r);
	flush_rule(mk, &r);
	mk->at = at;
	mk->trail = trail;
}

void read_eval(struct make *mk, struct make_text text, struct place at, const struct trail *trail)
{
	struct source src = {.text = text.text,
			     .at = at,
			     .spans = text.spans,
			     .n_spans = text.n_spans,
			     .trail = trail};

	read_source(mk, &src, 0);
}
