/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rule lines. A line is expanded word by word until a ':' shows up, because what follows may be a
 * variable of the target, which is not expanded yet.
 */
#include "make/lang.h"

#include <string.h>

/* A rule line on its way. */
struct rule_line {
	/* up to the end of the line: continuations joined, cut before ';' or '#' */
	struct make_text line;
	struct make_span here; /* LINE's only one */
	/* that holds LINE; NULL: it is the source's text, which has no backslash in the line */
	struct tbuf *joined;
	struct tbuf *semi; /* what stood behind that ';', as written; NULL: none */
	struct tbuf *seen; /* expanded so far */
	struct tbuf
	    *recipe;  /* what stands behind a ';' that came out of an expansion; NULL: none */
	size_t next;  /* where the unexpanded rest begins in LINE */
	size_t colon; /* in SEEN */
	/* in LINE; SIZE_MAX: it came out of an expansion, which SEEN's spans know */
	size_t colon_written;
};

static struct make_text whole(const struct tbuf *t)
{
	return (struct make_text){tbuf_view(t), t->spans.p, t->spans.n};
}

static void put_slice(struct tbuf *out, const struct tbuf *t, size_t from)
{
	tbuf_part(out, whole(t), from, t->n - from);
}

/* A text whose spans matter from the first ':' or ';' on: what is in front of it are names. */
static struct tbuf *take_from_colon(struct make *mk)
{
	struct tbuf *t = tbuf_take(mk, true);

	t->from_colon = true;
	return t;
}

/* N bytes of L's line from FROM on, expanded. */
static void expand_slice(struct make *mk, struct tbuf *out, const struct rule_line *l, size_t from,
			 size_t n)
{
	struct frame fr = frame_of(mk, l->line);

	expand_into(mk, out, str_sub(l->line.text, from, n), from, &fr);
}

/* What L's line has not been expanded of. */
static void expand_rest(struct make *mk, struct tbuf *out, struct rule_line *l)
{
	expand_slice(mk, out, l, l->next, l->line.text.n - l->next);
	l->next = l->line.text.n;
}

/* A line with backslashes. */
static void join_line(struct make *mk, struct reader *r, struct str raw, struct rule_line *l)
{
	struct tbuf *t = tbuf_take(mk, true);
	size_t at;

	source_put(r->src, raw, t);
	at = scan_unquoted(t, 0, ";#", true);
	if (at != SIZE_MAX) {
		if (t->p[at] == ';') {
			l->semi = tbuf_take(mk, true);
			put_slice(l->semi, t, at + 1);
		}
		tbuf_cut(t, at);
	}
	l->joined = tbuf_take(mk, true);
	source_join(mk, whole(t), l->joined);
	l->line = whole(l->joined);
	tbuf_give(mk, t);
}

/* Take the line apart at an unquoted ';' or '#', then join what is in front. */
static void split_line(struct make *mk, struct reader *r, struct str raw, struct rule_line *l)
{
	size_t at;

	if (memchr(raw.p, '\\', raw.n)) {
		join_line(mk, r, raw, l);
		return;
	}
	l->line = source_upto(mk, r->src, raw, &l->here);
	l->next = l->line.text.n - raw.n;
	at = scan_stop(l->line.text, l->next, ";#", true);
	if (at == SIZE_MAX)
		return;
	if (l->line.text.p[at] == ';') {
		l->semi = tbuf_take(mk, true);
		tbuf_part(l->semi, l->line, at + 1, l->line.text.n - at - 1);
	}
	l->line.text.n = at;
}

/* A ';' in SEEN from FROM on: the rest is recipe. */
static void find_semicolon(struct make *mk, struct rule_line *l, size_t from)
{
	size_t at = scan_unquoted(l->seen, from, ";", false);

	if (at == SIZE_MAX)
		return;
	l->recipe = tbuf_take(mk, true);
	put_slice(l->recipe, l->seen, at + 1);
	tbuf_cut(l->seen, at);
	expand_rest(mk, l->recipe, l);
}

/* Expand up to the colon; false: there is none. FROM, N, KIND: the first word. */
static bool find_colon(struct make *mk, struct rule_line *l, size_t from, size_t n,
		       enum scan_word kind)
{
	size_t start = 0;

	for (;;) {
		struct str word = str_sub(l->line.text, from, n);
		/* without a backslash in the line, there is neither ':' nor ';' in it */
		bool plain = kind == WORD_TEXT && !l->joined && !memchr(word.p, '$', n);

		l->colon_written =
		    kind == WORD_COLON ? from + (size_t)str_chr(word, ':') : SIZE_MAX;
		if (kind == WORD_COLON || plain)
			tbuf_str(l->seen, word);
		else
			expand_slice(mk, l->seen, l, from, n);
		l->next = from + n;
		if (!plain && !l->semi && !l->recipe)
			find_semicolon(mk, l, start);
		l->colon = plain ? SIZE_MAX : scan_unquoted(l->seen, start, ":", false);
		if (l->colon != SIZE_MAX)
			return true;
		from = l->next;
		kind = scan_rule_word(l->line.text, &from, &n);
		if (kind == WORD_END)
			return false;
		tbuf_char(l->seen, ' ');
		start = l->seen->n;
	}
}

static void no_separator(struct make *mk, struct str raw)
{
	if (mk->lang->prefix == '\t' && str_starts(raw, S("        ")))
		make_fatal(mk, mk->at, "missing separator (did you mean TAB instead of 8 spaces?)");
	make_fatal(mk, mk->at, "missing separator");
}

/* The line RAW is for a variable of TARGET: those of its kind that follow may be for the same one.
 * A name with a slash is no directive; nothing of it is expanded, quoted or looked for. */
static void note_front(struct reader *r, struct str raw, const struct rule_line *l,
		       struct str target)
{
	size_t from = scan_skip_space(raw, 0), colon;

	r->front.n = 0;
	if (l->joined || l->semi || l->recipe || l->colon_written == SIZE_MAX)
		return;
	colon = l->colon_written - (size_t)(raw.p - l->line.text.p);
	r->target = str_trim(str_sub(raw, from, colon - from));
	if (colon + 1 >= raw.n || !scan_blank(raw.p[colon + 1]) || !str_eq(r->target, target) ||
	    str_chr(target, '/') < 0)
		return;
	for (size_t i = 0; i < target.n; i++)
		if (memchr(" \t$%~*?[()\\&", target.p[i], sizeof(" \t$%~*?[()\\&") - 1))
			return;
	r->front = str_sub(raw, 0, colon + 1);
}

bool read_same_target(struct make *mk, struct reader *r, struct str raw)
{
	size_t n = r->front.n, start;
	struct make_span here;
	struct make_text line;
	struct assignment a;

	if (!n || raw.n <= n || memcmp(raw.p, r->front.p, n) != 0 || !scan_blank(raw.p[n]))
		return false;
	for (size_t i = n; i < raw.n; i++)
		if (raw.p[i] == '\\' || raw.p[i] == ';' || raw.p[i] == '#')
			return false;
	line = source_upto(mk, r->src, raw, &here);
	start = line.text.n - raw.n + n;
	a = scan_assignment(str_from(line.text, start));
	if (!a.assigns)
		return false;
	flush_rule(mk, r);
	a.from += start;
	a.value += start;
	read_target_assignment(mk, (struct strs){.p = &r->target, .n = 1}, line, &a);
	return true;
}

/* VAR = VALUE behind the colon, at byte FROM of SEEN? TEXT: the targets. */
static bool target_variable(struct make *mk, struct reader *r, struct rule_line *l, struct str raw,
			    struct str text, size_t from)
{
	struct tbuf *t = from < l->seen->n || l->semi ? tbuf_take(mk, true) : NULL;
	struct make_text line = l->line;
	size_t start = t ? 0 : l->next;
	struct strs targets;
	struct assignment a;

	if (t) {
		put_slice(t, l->seen, from);
		tbuf_part(t, l->line, l->next, l->line.text.n - l->next);
		line = whole(t);
	}
	a = scan_assignment(str_from(line.text, start));
	if (a.assigns) {
		a.from += start;
		a.value += start;
		if (l->semi) {
			tbuf_char(t, ';');
			source_join(mk, whole(l->semi), t);
			line = whole(t);
		}
		targets = names_parse(mk, mk->lang->scratch, text, NAMES_GLOB);
		if (targets.n == 1)
			note_front(r, raw, l, targets.p[0]);
		if (targets.n)
			read_target_assignment(mk, targets, line, &a);
		else
			r->no_targets = true;
	}
	if (t)
		tbuf_give(mk, t);
	return a.assigns;
}

/* Index of the first ':' that no backslash quotes, or -1. */
static ptrdiff_t pattern_colon(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		size_t slashes = 0;

		if (s.p[i] != ':')
			continue;
		while (slashes < i && s.p[i - slashes - 1] == '\\')
			slashes++;
		if (slashes % 2 == 0)
			return (ptrdiff_t)i;
	}
	return -1;
}

/* The target pattern of a static pattern rule; the number of bytes of P it took. */
static size_t static_pattern(struct make *mk, struct reader *r, const struct tbuf *p)
{
	ptrdiff_t colon = pattern_colon(tbuf_view(p));
	struct strs names;
	struct str name;

	if (colon < 0)
		return 0;
	names = names_parse(mk, mk->mem, str_sub(tbuf_view(p), 0, (size_t)colon), 0);
	if (names.n == 0)
		make_fatal(mk, mk->at, "missing target pattern");
	if (names.n > 1)
		make_fatal(mk, mk->at, "multiple target patterns");
	name = names.p[0];
	if (scan_percent(mk->lang->scratch, &name) < 0)
		make_fatal(mk, mk->at, "target pattern contains no '%%'");
	r->rule.static_pattern = names.p[0];
	return (size_t)colon + 1;
}

static bool all_patterns(struct make *mk, struct strs targets)
{
	for (size_t i = 0; i < targets.n; i++) {
		struct str name = targets.p[i];

		if (scan_percent(mk->lang->scratch, &name) < 0)
			return false;
	}
	return true;
}

void add_recipe_line(struct make *mk, struct reader *r, struct make_text text)
{
	if (!r->recipe) {
		r->recipe = arena_make(mk->mem, struct recipe);
		r->recipe->at = mk->at;
		r->recipe->prefix = mk->lang->prefix;
		/* Most have one line; room for more grows in place. */
		r->recipe->lines.p = arena_alloc(mk->mem, sizeof(text));
		r->recipe->lines.cap = 1;
	}
	*vec_push(mk->mem, &r->recipe->lines) = text;
}

/* Where the first recipe line of TEXT ends. */
static size_t recipe_line_end(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\\' && i + 1 < text.n)
			i++;
		else if (text.p[i] == '\n')
			return i;
	}
	return text.n;
}

/* What stands behind the ';': several lines when the rule came out of a variable. */
static void add_recipe_text(struct make *mk, struct reader *r, struct make_text text)
{
	size_t end = recipe_line_end(text.text);

	while (end < text.text.n) {
		add_recipe_line(mk, r, text_slice(mk->mem, text, 0, end));
		text = text_slice(mk->mem, text, end + 1, text.text.n - end - 1);
		end = recipe_line_end(text.text);
	}
	add_recipe_line(mk, r, text);
}

/* Prerequisites and what is behind a ';' . FROM: behind the colons in SEEN. */
static void read_prerequisites(struct make *mk, struct reader *r, struct rule_line *l, size_t from)
{
	struct tbuf *p = take_from_colon(mk), *recipe = l->semi ? l->semi : l->recipe;
	size_t skip, end, at;

	put_slice(p, l->seen, from);
	if (l->next < l->line.text.n) {
		if (l->joined) { /* quotes of '=' go */
			scan_unquoted(l->joined, l->next, "=", false);
			l->line = whole(l->joined);
		}
		expand_rest(mk, p, l);
		at = recipe ? SIZE_MAX : scan_unquoted(p, 0, ";", false);
		if (at != SIZE_MAX) {
			recipe = l->recipe = tbuf_take(mk, true);
			put_slice(recipe, p, at + 1);
			tbuf_cut(p, at);
		}
	}
	skip = scan_skip_space(tbuf_view(p), static_pattern(mk, r, p));
	end = p->n;
	while (end > skip && scan_space(p->p[end - 1]))
		end--;
	if (end > skip)
		r->rule.prereqs = str_dup(mk->mem, str_sub(tbuf_view(p), skip, end - skip));
	if (recipe)
		add_recipe_text(mk, r, text_dup(mk->mem, whole(recipe)));
	tbuf_give(mk, p);
}

/* The colon is found: targets, then a variable or prerequisites. */
static void read_targets(struct make *mk, struct reader *r, struct rule_line *l, struct str raw)
{
	size_t at = l->colon, from = scan_skip_space(tbuf_view(l->seen), 0);
	bool grouped = at > 0 && l->seen->p[at - 1] == '&', twice;
	struct strs targets;
	struct str text;

	if (grouped)
		at--;
	text = str_sub(tbuf_view(l->seen), from, at > from ? at - from : 0);
	at += grouped + 1u;
	twice = at < l->seen->n && l->seen->p[at] == ':';
	at += twice;
	if (text.n && target_variable(mk, r, l, raw, text, at))
		return;
	targets = names_parse(mk, mk->mem, text, NAMES_GLOB);
	if (!targets.n) {
		r->no_targets = true;
		return;
	}
	r->rule = (struct rule_text){.targets = targets,
				     .double_colon = twice,
				     .grouped = grouped,
				     .pattern = all_patterns(mk, targets),
				     .no_default_goal = r->flags & READ_DEFAULT,
				     .at = {mk->at.file, mk->at.line - mk->recipe_line},
				     .written = l->colon_written == SIZE_MAX
						    ? text_origin(mk, whole(l->seen), l->colon)
						    : text_origin(mk, l->line, l->colon_written)};
	r->recipe = NULL;
	r->no_targets = false;
	read_prerequisites(mk, r, l, at);
	r->in_rule = true;
	rules_choose_goal(mk, &r->rule);
}

void read_rule(struct make *mk, struct reader *r, struct str raw)
{
	struct rule_line l = {0};
	enum scan_word kind;
	size_t from, n;

	flush_rule(mk, r);
	split_line(mk, r, raw, &l);
	l.seen = take_from_colon(mk);
	from = l.next;
	kind = scan_rule_word(l.line.text, &from, &n);
	if (kind == WORD_END && l.semi)
		make_fatal(mk, mk->at, "missing rule before recipe");
	if (kind == WORD_COLON) {
		r->no_targets = true;
	} else if (kind != WORD_END) {
		if (find_colon(mk, &l, from, n, kind))
			read_targets(mk, r, &l, raw);
		else if (scan_skip_space(tbuf_view(l.seen), 0) < l.seen->n)
			no_separator(mk, raw);
	}
	tbuf_give(mk, l.seen);
	if (l.joined)
		tbuf_give(mk, l.joined);
	if (l.semi)
		tbuf_give(mk, l.semi);
	if (l.recipe)
		tbuf_give(mk, l.recipe);
}

static void tell_rule(struct make *mk, const struct rule_text *rule)
{
	const struct make_listener *l = mk->listener;

	for (size_t i = 0; l && l->rule && i < rule->targets.n; i++)
		l->rule(l->ctx, mk, rule->targets.p[i], &rule->written);
}

void flush_rule(struct make *mk, struct reader *r)
{
	struct place at = mk->at;

	r->no_targets = false;
	if (!r->in_rule)
		return;
	r->in_rule = false;
	r->rule.recipe = r->recipe;
	r->recipe = NULL;
	mk->at = r->rule.at;
	rules_record(mk, &r->rule);
	tell_rule(mk, &r->rule);
	mk->at = at;
}
