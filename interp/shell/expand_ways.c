/* SPDX-License-Identifier: GPL-2.0-only */
/* A word as fields, as a string, as a pattern, as what a declaration or a question is given: the
 * ways into expand.c, and where a dialect goes its own. */
#include "shell/expand.h"
#include "shell/expand_posix.h"

static struct expander begin(struct shell *sh, enum expand_mode mode)
{
	return (struct expander){
	    .sh = sh, .mode = mode, .text = buf_new(sh->tmp), .held = buf_new(sh->tmp)};
}

/* NAME= at the start of W, as written. */
static size_t declared_name(const struct word *w)
{
	struct str text = w->n && w->parts[0].kind == PART_TEXT ? w->parts[0].text : S("");
	ptrdiff_t eq = str_chr(text, '=');
	size_t n = eq > 0 ? (size_t)eq : 0;

	if (n && text.p[n - 1] == '+')
		n--;
	return n && is_name(str_sub(text, 0, n)) ? (size_t)eq + 1 : 0;
}

/* The same; an element's counts, too (r[1]=), as it does for the tildes of any word in bash. */
static size_t assigned_name(const struct word *w)
{
	struct str text = w->n && w->parts[0].kind == PART_TEXT ? w->parts[0].text : S("");
	ptrdiff_t open = str_chr(text, '['), close = str_find(text, S("]="));

	if (w->braced)
		return 0;
	if (close < 0)
		close = str_find(text, S("]+="));
	if (open <= 0 || close < open || !is_name(str_sub(text, 0, (size_t)open)))
		return declared_name(w);
	return (size_t)close + (text.p[close + 1] == '+' ? 3 : 2);
}

/* bash splits no word, but for a $@ in it, of which the last dollar outside of quotes stands for
 * itself. */
static bool ends_in_dollar(const struct word *w)
{
	bool dollar = false;

	for (size_t i = 0; i < w->n; i++) {
		const struct part *part = &w->parts[i];

		if (part->kind == PART_TEXT && str_chr(part->text, '$') >= 0)
			dollar = true;
		else if (part->kind > PART_QUOTED && !part->quoted)
			dollar = false;
	}
	return dollar;
}

bool expand_word(struct shell *sh, const struct word *w, struct strs *out)
{
	struct expander e = begin(sh, EXPAND_FIELDS);

	if (w->plain) {
		*vec_push(sh->tmp, out) = w->fixed;
		return true;
	}
	if (!is_bash(sh))
		return posix_fields(sh, w, out);
	e.out = out;
	e.first = out->n;
	e.whole = ends_in_dollar(w) && !expand_has_many(w);
	e.name = sh->no_names ? 0 : assigned_name(w);
	expand_put_word(&e, w, false);
	if (!e.failed)
		expand_end_field(&e);
	return !e.failed;
}

bool expand_words(struct shell *sh, const struct words *words, bool items, struct strs *out)
{
	struct later_globs later;
	bool good = true, before = sh->no_names;

	globs_begin(sh, &later);
	sh->no_names = items;
	for (size_t i = 0; i < words->n && good; i++)
		good = expand_word(sh, words->p[i], out);
	sh->no_names = before;
	globs_end(sh, &later, out);
	return good;
}

static bool put_alone(struct expander *e, const struct word *w, struct str *out)
{
	expand_put_word(e, w, false);
	*out = e->text.n ? buf_view(&e->text) : S("");
	return !e->failed;
}

static bool expand_one(struct shell *sh, const struct word *w, enum expand_mode mode,
		       struct str *out)
{
	struct expander e = begin(sh, mode);

	return put_alone(&e, w, out);
}

bool expand_string(struct shell *sh, const struct word *w, struct str *out)
{
	if (w->plain) {
		*out = w->fixed;
		return true;
	}
	if (!is_bash(sh))
		return posix_string(sh, w, X_TILDE, out);
	return expand_one(sh, w, EXPAND_STRING, out);
}

bool expand_default(struct shell *sh, const struct word *w, struct str *out)
{
	struct expander e;

	if (w->plain || !is_bash(sh))
		return expand_string(sh, w, out);
	e = begin(sh, EXPAND_STRING);
	e.of_default = true;
	return put_alone(&e, w, out);
}

bool expand_message(struct shell *sh, const struct word *w, struct str *out)
{
	struct later_globs *later = sh->later;
	struct strs fields = {0};
	struct buf text = buf_new(sh->tmp);
	bool before = sh->no_paths, marks = sh->marks_empty, good;

	sh->marks_empty = false;
	sh->no_paths = true;
	sh->later = NULL;
	good = expand_word(sh, w, &fields);
	sh->later = later;
	sh->no_paths = before;
	buf_put(&text, "", 0);
	for (size_t i = 0; i < fields.n; i++) {
		if (i)
			buf_char(&text, ' ');
		buf_str(&text, marks && fields.n > 1 && !fields.p[i].n ? S("\177") : fields.p[i]);
	}
	*out = text.n ? buf_view(&text) : S("");
	return good;
}

bool expand_several(struct shell *sh, const struct word *w, struct str *out)
{
	bool good;

	sh->no_empty = true;
	good = expand_unsplit(sh, expand_message, w, out);
	sh->no_empty = false;
	return good;
}

bool expand_here(struct shell *sh, const struct word *w, struct str *out)
{
	if (!is_bash(sh))
		return posix_string(sh, w, X_QUOTED, out);
	return expand_one(sh, w, EXPAND_HERE, out);
}

bool expand_assign(struct shell *sh, const struct word *w, struct str *out)
{
	if (w->plain) {
		*out = w->fixed;
		return true;
	}
	if (!is_bash(sh))
		return posix_string(sh, w, X_TILDE | X_ASSIGN, out);
	return expand_one(sh, w, EXPAND_ASSIGN, out);
}

bool expand_pattern(struct shell *sh, const struct word *w, struct str *out)
{
	if (!is_bash(sh))
		return posix_string(sh, w, X_TILDE | X_CASE, out);
	return expand_one(sh, w, EXPAND_PATTERN, out);
}

void unsplit_end(struct shell *sh, bool unsplit, bool joins)
{
	bool left = sh->whole && sh->flow == FLOW_DISCARD;

	sh->joins = left ? sh->joins || sh->unsplit : joins;
	sh->unsplit = !left && unsplit;
}

bool expand_unsplit(struct shell *sh,
		    bool (*expand)(struct shell *, const struct word *, struct str *),
		    const struct word *w, struct str *out)
{
	bool good;

	sh->unsplit = is_bash(sh);
	good = expand(sh, w, out);
	unsplit_end(sh, false, false);
	return good;
}

/* bash: is there a "$@" in W; or a $@, where its values are not joined by a blank anyway? */
static bool has_at(struct shell *sh, const struct word *w)
{
	bool at = false;

	for (size_t i = 0; i < w->n; i++)
		at |= w->parts[i].kind == PART_PARAM && expand_is_at(w->parts[i].param) &&
		      (w->parts[i].quoted || expand_by_blanks(sh));
	return at;
}

/* The word or a pattern of bash's case: quotes that an operation has left empty hold a character of
 * their own. */
static void put_compared(struct expander *e, const struct word *w)
{
	bool other = false;
	size_t end = SIZE_MAX; /* of what counts: the rest is expanded, and that is all */

	e->word = w;
	for (size_t i = 0, next; i < w->n && !e->failed; i = next) {
		size_t start = e->text.n;

		e->mark = false;
		for (next = i; next < w->n && !e->failed &&
			       (next == i || (w->parts[i].quotes &&
					      w->parts[next].quotes == w->parts[i].quotes));
		     next++) {
			e->failed = !expand_put_part(e, w, next, false);
			end = e->cut && end > e->text.n ? e->text.n : end;
			e->cut = false;
		}
		other |= e->text.n > start;
		if (w->parts[i].quotes && e->text.n == start && e->mark)
			buf_char(&e->text, '\177');
	}
	if (!other)
		e->text.n = 0;
	else if (e->text.n > end)
		e->text.n = end;
}

/* bash: among several fields of a `case` word an empty one is the mark that it has for it. */
static bool expand_case_word(struct shell *sh, const struct word *w, struct str *out)
{
	bool good;

	sh->marks_empty = true;
	good = expand_several(sh, w, out);
	sh->marks_empty = false;
	return good;
}

bool expand_compared(struct shell *sh, const struct word *w, bool pattern, struct str *out)
{
	struct expander e = begin(sh, pattern ? EXPAND_PATTERN : EXPAND_STRING);

	if (is_bash(sh) && !pattern && has_at(sh, w))
		return expand_case_word(sh, w, out);
	if (!is_bash(sh))
		return expand_unsplit(sh, pattern ? expand_pattern : expand_string, w, out);
	sh->unsplit = true;
	e.name = assigned_name(w);
	e.first_only = pattern;
	if (w->n < 2)
		expand_put_word(&e, w, false);
	else
		put_compared(&e, w);
	unsplit_end(sh, false, false);
	*out = e.text.n ? buf_view(&e.text) : S("");
	return !e.failed;
}

bool expand_asked(struct shell *sh, const struct word *w, enum expand_asked how, struct str *out)
{
	static const enum expand_mode modes[] = {EXPAND_STRING, EXPAND_PATTERN, EXPAND_REGEX};
	struct expander e = begin(sh, modes[how]);

	/* bash splits a word with a "$@" and more also where it splits no other */
	if (how == ASKED_TEXT && w->n > 1 && has_at(sh, w))
		return expand_several(sh, w, out);
	sh->unsplit = true;
	e.name = assigned_name(w);
	expand_put_word(&e, w, false);
	unsplit_end(sh, false, false);
	*out = e.text.n ? buf_view(&e.text) : S("");
	return !e.failed;
}

bool expand_replacement(struct shell *sh, const struct word *w, struct str *out)
{
	return expand_one(sh, w, EXPAND_REPLACE, out);
}

/* bash: "x[..$i..]=" at the start of W, whose index is not plain text. */
static bool assigns_at_index(const struct word *w)
{
	struct str text = w->n > 1 && w->parts[0].kind == PART_TEXT ? w->parts[0].text : S("");
	ptrdiff_t open = str_chr(text, '[');

	if (w->braced || open <= 0 || !is_name(str_sub(text, 0, (size_t)open)))
		return false;
	for (size_t i = 0; i < w->n; i++)
		if (w->parts[i].kind == PART_TEXT &&
		    (str_find(w->parts[i].text, S("]=")) >= 0 ||
		     str_find(w->parts[i].text, S("]+=")) >= 0))
			return true;
	return false;
}

bool expand_declared(struct shell *sh, const struct word *w, struct strs *out)
{
	size_t n = w->plain || w->braced ? 0 : is_bash(sh) ? assigned_name(w) : declared_name(w);
	struct expander e = begin(sh, EXPAND_ASSIGN);
	VEC(struct part) parts = {0};
	struct word value = {0};

	if (n == 0 && is_bash(sh) && assigns_at_index(w)) {
		expand_put_word(&e, w, false);
		*vec_push(sh->tmp, out) = buf_view(&e.text);
		return !e.failed;
	}
	if (n == 0)
		return expand_word(sh, w, out);
	for (size_t i = 0; i < w->n; i++)
		*vec_push(sh->tmp, &parts) = w->parts[i];
	buf_str(&e.text, str_sub(parts.p[0].text, 0, n));
	parts.p[0].text = str_from(parts.p[0].text, n);
	value.parts = parts.p[0].text.n ? parts.p : parts.p + 1;
	value.n = parts.p[0].text.n ? parts.n : parts.n - 1;
	if (!is_bash(sh)) {
		struct str text;

		if (!posix_string(sh, &value, X_TILDE | X_ASSIGN, &text))
			return false;
		buf_str(&e.text, text);
	} else {
		e.declared = true;
		expand_put_word(&e, &value, false);
	}
	*vec_push(sh->tmp, out) = buf_view(&e.text);
	return !e.failed;
}
