/* SPDX-License-Identifier: GPL-2.0-only */
/* ${...} as dash has it: the value goes behind the string that the word becomes, and is worked on
 * there. */
#include <string.h>

#include "shell/expand_posix.h"

/* --- values --- */

static bool is_all(const struct param *p)
{
	return str_is(p->name, "@") || str_is(p->name, "*");
}

/* Behind the text unless HIDE: the positional parameters, with a separator between; how long that
 * is. */
static ptrdiff_t put_all(struct posix *e, const struct param *p, unsigned flags, bool hide)
{
	struct shell *sh = e->sh;
	const struct var *ifs = var_find(sh, S("IFS"));
	bool quoted = flags & X_QUOTED, has = true;
	bool fields = (flags & X_FULL) && !hide; /* a length is the one of the joined text */
	char separator = '\0'; /* to be split at */
	size_t n = 0;

	if (fields ? !quoted || p->name.p[0] == '*' : true) {
		if (ifs && (ifs->flags & VAR_UNSET))
			separator = ' ';
		else if (!fields || quoted) {
			has = ifs_value(sh).n > 0;
			separator = has ? ifs_value(sh).p[0] : '\0';
		}
	}
	for (size_t i = 0; i < sh->nargs; i++) {
		n += sh->args[i].n + (has && i > 0);
		if (hide)
			continue;
		if (has && i > 0)
			posix_put(e, (struct str){&separator, 1}, flags);
		posix_put(e, sh->args[i], flags);
	}
	return (ptrdiff_t)n;
}

/* The same of any parameter; -1: it is not set. */
static ptrdiff_t put_value(struct posix *e, const struct param *p, unsigned flags, bool hide)
{
	struct str s;

	if (is_all(p))
		return put_all(e, p, flags, hide);
	s = param_text(e->sh, p->name);
	if (!s.p)
		return -1;
	if (!hide)
		posix_put(e, s, flags);
	return (ptrdiff_t)s.n;
}

/* --- ${x=word} ${x?word} --- */

static bool unset_error(struct posix *e, const struct param *p, struct str text)
{
	fatal(e->sh, 2, "%.*s: %.*s", STR_ARG(p->name), STR_ARG(text));
	return false;
}

/* X is not set, or empty: assign the word, or end with it. */
static bool assign_or_end(struct posix *e, const struct param *p)
{
	size_t from = e->text.n;
	struct str text;

	if (!posix_word(e, p->arg, X_TILDE))
		return false;
	text = str_dup(e->sh->tmp, str_from(e->text.n ? buf_view(&e->text) : S(""), from));
	e->text.n = from;
	posix_drop_regions(e, from);
	if (p->op == PARAM_ERROR) {
		if (p->arg->n == 0)
			text = p->colon ? S("parameter not set or null") : S("parameter not set");
		return unset_error(e, p, text);
	}
	if (is_name(p->name))
		return var_set(e->sh, p->name, text);
	say(e->sh, "%.*s: bad variable name", STR_ARG(p->name));
	expansion_failed(e->sh);
	return false;
}

/* --- ${x#pattern} and its like --- */

static struct str to_nul(struct str s)
{
	ptrdiff_t end = str_chr(s, '\0');

	return end < 0 ? s : str_sub(s, 0, (size_t)end);
}

/*
 * The value as it stands in the string, and as a pattern sees it: without what protects bytes. The
 * latter ends at a NUL between parameters when it has something to take away before that; a search
 * from the right then goes on into what dash has in its memory there, the pattern and before it the
 * value.
 */
struct trim {
	struct shell *sh;
	struct str value, seen, pattern;
	struct str active; /* the pattern as it is used */
	struct str before; /* value, NUL, pattern, NUL */
	bool prefix, escapes;
};

/* Left of what is seen: a search for a prefix ends the text there with a NUL, which may cut the
 * pattern. */
static bool matches_before(const struct trim *t, size_t at)
{
	size_t start = t->value.n + 1;
	struct str pattern = t->pattern;

	if (!t->prefix)
		return pattern_match_posix(posix_caret(t->sh, pattern),
					   to_nul(str_from(t->before, at)));
	if (at >= start && at - start < pattern.n)
		pattern = str_sub(pattern, 0, at - start);
	return pattern_match_posix(posix_caret(t->sh, pattern), to_nul(t->seen));
}

static bool matches(const struct trim *t, size_t at)
{
	struct str s = t->prefix ? str_sub(t->seen, 0, at) : str_from(t->seen, at);

	return pattern_match_posix(t->active, to_nul(s));
}

/* Where the pattern matches first, from the left; -1: nowhere. */
static ptrdiff_t scan_left(const struct trim *t)
{
	for (size_t at = 0, k = 0; k <= t->seen.n; at++, k++) {
		if (matches(t, k))
			return (ptrdiff_t)at;
		if (k < t->seen.n && !t->seen.p[k])
			break;
		if (t->escapes && at < t->value.n && t->value.p[at] == ESCAPE)
			at++;
	}
	return -1;
}

/* From the right; how many ESCAPEs stand before a byte says whether it is protected. */
static ptrdiff_t scan_right(const struct trim *t)
{
	ptrdiff_t k = (ptrdiff_t)t->seen.n;
	int escapes = 0;

	for (ptrdiff_t at = (ptrdiff_t)t->value.n; at >= 0; k--) {
		if (k >= 0
			? matches(t, (size_t)k)
			: (size_t)-k <= t->before.n && matches_before(t, t->before.n - (size_t)-k))
			return at;
		at--;
		if (!t->escapes)
			continue;
		if (--escapes < 0) {
			escapes = 0;
			while (at - escapes > 0 && t->value.p[at - escapes - 1] == ESCAPE)
				escapes++;
		}
		if (escapes % 2) {
			escapes--;
			at--;
		}
	}
	return -1;
}

/* The value is the text from FROM on. */
static bool trim(struct posix *e, const struct param *p, size_t from, unsigned flags)
{
	bool longest = p->op == PARAM_PREFIX_LONG || p->op == PARAM_SUFFIX_LONG;
	struct trim t = {.sh = e->sh,
			 .prefix = p->op == PARAM_PREFIX || p->op == PARAM_PREFIX_LONG,
			 .escapes = flags & ESCAPES};
	size_t to = e->text.n;
	struct buf before = buf_new(e->sh->tmp);
	struct str written;
	ptrdiff_t at;

	if (!posix_word(e, p->arg, X_CASE | X_TILDE))
		return false;
	written = str_dup(e->sh->tmp, str_from(e->text.n ? buf_view(&e->text) : S(""), to));
	t.pattern = posix_pattern_of(e->sh, written);
	t.active = posix_caret(e->sh, t.pattern);
	e->text.n = to;
	posix_drop_regions(e, from);
	t.value = str_dup(e->sh->tmp, str_from(to ? buf_view(&e->text) : S(""), from));
	t.seen = t.escapes && str_chr(to_nul(t.value), ESCAPE) >= 0
		     ? posix_unescape(e->sh, to_nul(t.value))
		     : t.value;
	buf_str(&before, t.value);
	buf_char(&before, '\0');
	buf_str(&before, t.pattern);
	buf_char(&before, '\0');
	for (size_t i = t.pattern.n + 1; i <= written.n; i++) /* it was made in place */
		buf_char(&before, i < written.n ? written.p[i] : '\0');
	t.before = buf_view(&before);
	at = t.prefix == longest ? scan_right(&t) : scan_left(&t);
	if (at < 0)
		return true;
	e->text.n = from;
	buf_str(&e->text,
		t.prefix ? str_from(t.value, (size_t)at) : str_sub(t.value, 0, (size_t)at));
	return true;
}

/* --- the whole --- */

/* In quotes only "$@" is split, and only when there are parameters. */
static void record(struct posix *e, const struct param *p, size_t from, unsigned flags)
{
	if (!(flags & X_QUOTED))
		posix_region(e, from, false);
	else if (p->name.p[0] == '@' && e->sh->nargs)
		posix_region(e, from, true);
}

/* ${x-word} and ${x+word}; the value is put already. */
static bool word_or_value(struct posix *e, const struct param *p, bool unset, size_t from,
			  unsigned flags)
{
	if (unset == (p->op == PARAM_DEFAULT))
		return posix_word(e, p->arg, flags | X_TILDE | X_WORD);
	record(e, p, from, flags);
	return true;
}

bool posix_param(struct posix *e, const struct param *p, unsigned flags)
{
	size_t from = e->text.n;
	ptrdiff_t length;
	bool unset;

	if (p->op == PARAM_BAD) {
		fatal(e->sh, 2, "Bad substitution");
		return false;
	}
	length = put_value(e, p, flags, p->op == PARAM_ALTERNATE || p->op == PARAM_LENGTH);
	unset = length - p->colon < 0;
	if (p->op == PARAM_DEFAULT || p->op == PARAM_ALTERNATE)
		return word_or_value(e, p, unset, from, flags);
	if (p->op == PARAM_ASSIGN || p->op == PARAM_ERROR) {
		if (unset && !assign_or_end(e, p))
			return false;
		if (unset)
			unset = put_value(e, p, flags, false) < 0;
	}
	if (unset && (e->sh->options & OPT_NOUNSET))
		return unset_error(e, p, S("parameter not set"));
	if (p->op == PARAM_LENGTH)
		posix_put(e, str_fmt(e->sh->tmp, "%td", unset ? 0 : length), flags);
	else if (unset)
		return true;
	else if (p->op >= PARAM_PREFIX && p->op <= PARAM_SUFFIX_LONG && !trim(e, p, from, flags))
		return false;
	record(e, p, from, flags);
	return true;
}
