/* SPDX-License-Identifier: GPL-2.0-only */
/* Words to fields: tilde, parameters, substitutions, splitting, pathnames, quote removal. */
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "shell/expand.h"
#include "shell/expand_posix.h"

/* SPECIAL: NULL for all bytes. */
static void put_escaped(struct buf *to, struct str s, const char *special)
{
	for (size_t i = 0; i < s.n; i++) {
		/* but for the byte that bash itself marks with */
		if (special ? s.p[i] && strchr(special, s.p[i]) : s.p[i] != 1)
			buf_char(to, '\\');
		buf_char(to, s.p[i]);
	}
}

static const char pattern_specials[] = "*?[]\\-!^";

void expand_put_quoted(struct expander *e, struct str s)
{
	if (s.n && e->held.n)
		expand_put_held(e);
	e->started = true;
	e->after_blank = false;
	if (e->mode == EXPAND_PATTERN && is_bash(e->sh))
		put_escaped(&e->text, s, NULL); /* which set -x shows */
	else if (e->mode == EXPAND_PATTERN)
		put_escaped(&e->text, s, pattern_specials);
	else if (e->mode == EXPAND_REGEX)
		put_escaped(&e->text, s, ".[]\\()*+?{|^$");
	else if (e->mode == EXPAND_REPLACE)
		put_escaped(&e->text, s, "&\\");
	else
		buf_str(&e->text, s);
	if (e->has_pattern)
		put_escaped(&e->pattern, s, pattern_specials);
}

void expand_put_active(struct expander *e, struct str s)
{
	if (s.n == 0)
		return;
	if (e->mode == EXPAND_FIELDS) {
		if (!e->has_pattern &&
		    (str_chr(s, '*') >= 0 || str_chr(s, '?') >= 0 || str_chr(s, '[') >= 0 ||
		     (is_bash(e->sh) && str_chr(s, '\\') >= 0))) {
			e->has_pattern = true;
			e->pattern = buf_new(e->sh->tmp);
			put_escaped(&e->pattern, buf_view(&e->text), pattern_specials);
		}
		/* in bash a backslash that an expansion gave takes the next character's meaning */
		if (e->has_pattern)
			put_escaped(&e->pattern, s, is_bash(e->sh) ? "" : "\\");
	}
	e->started = true;
	e->after_blank = false;
	buf_str(&e->text, s);
}

/* dash knows [!x] only: ^ is a character like any other there. */
struct str posix_caret(struct shell *sh, struct str pattern)
{
	struct buf out = buf_new(sh->tmp);

	if (is_bash(sh) || str_find(pattern, S("[^")) < 0)
		return pattern;
	for (size_t i = 0; i < pattern.n; i++) {
		buf_char(&out, pattern.p[i]);
		if (pattern.p[i] == '\\' && i + 1 < pattern.n)
			buf_char(&out, pattern.p[++i]);
		else if (pattern.p[i] == '[' && i + 1 < pattern.n && pattern.p[i + 1] == '^')
			buf_char(&out, '\\');
	}
	return buf_view(&out);
}

void expand_end_field(struct expander *e)
{
	if (e->started) {
		struct str text = e->text.n ? buf_view(&e->text) : S("");
		bool globs = e->has_pattern && pattern_special(buf_view(&e->pattern)) &&
			     !(e->sh->options & OPT_NOGLOB) && !e->sh->no_paths;

		if (globs && e->sh->later)
			*vec_push(e->sh->tmp, &e->sh->later->p) = (struct later_glob){
			    e->out->n, posix_caret(e->sh, buf_view(&e->pattern))};
		if (!globs || e->sh->later ||
		    !glob_expand(e->sh, posix_caret(e->sh, buf_view(&e->pattern)), e->out))
			*vec_push(e->sh->tmp, e->out) = text;
	}
	e->text = buf_new(e->sh->tmp);
	e->has_pattern = false;
	e->started = false;
}

static bool in_ifs(const struct expander *e, char c)
{
	return str_chr(e->ifs, c) >= 0;
}

static bool has_many(const struct word *w)
{
	for (size_t i = 0; w && i < w->n; i++) {
		const struct param *p = w->parts[i].kind == PART_PARAM ? w->parts[i].param : NULL;

		if (p && (p->all || str_is(p->name, "@") ||
			  (str_is(p->name, "*") && !w->parts[i].quoted) || has_many(p->arg)))
			return true;
	}
	return false;
}

/* bash: nothing came of the word so far, and there is a $@ in it. */
static bool begins_many(const struct expander *e)
{
	return is_bash(e->sh) && e->out->n == e->first && !e->separated && has_many(e->word);
}

void expand_put_expanded(struct expander *e, struct str s)
{
	size_t start = 0;

	if (e->mode != EXPAND_FIELDS) {
		e->started |= s.n > 0;
		buf_str(&e->text, s);
		return;
	}
	if (e->whole) {
		expand_put_active(e, s);
		return;
	}
	if (!e->ifs.p)
		e->ifs = ifs_value(e->sh);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!in_ifs(e, c))
			continue;
		expand_put_active(e, str_sub(s, start, i - start));
		start = i + 1;
		if (c == ' ' || c == '\t' || c == '\n') {
			if (e->started)
				expand_end_field(e);
			else if (!begins_many(e))
				continue;
			e->after_blank = true;
		} else if (e->started || !e->after_blank) {
			e->started = true;
			expand_end_field(e);
			e->after_blank = false;
		} else {
			e->after_blank = false;
			e->separated = true;
		}
	}
	expand_put_active(e, str_from(s, start));
}

/* bash quotes what of a word's own text IFS holds, so that it is not split at, where the word has
 * an expansion without quotes. */
static void put_unsplit(struct expander *e, const struct word *w, struct str s)
{
	struct str ifs = ifs_value(e->sh);
	bool expands = false;

	for (size_t i = 0; i < w->n; i++)
		expands |= w->parts[i].kind > PART_QUOTED && !w->parts[i].quoted;
	for (size_t i = 0; expands && i < s.n; i++) {
		if (str_chr(ifs, s.p[i]) < 0)
			continue;
		expand_put_active(e, str_sub(s, 0, i));
		if (e->has_pattern)
			buf_char(&e->pattern, '\\');
		expand_put_active(e, str_sub(s, i, 1));
		s = str_from(s, i + 1);
		i = (size_t)-1;
	}
	expand_put_active(e, s);
}

/* --- tilde --- */

struct str home_of(struct shell *sh, struct str user)
{
	char room[4096];
	struct passwd entry, *found = NULL;

	if (user.n == 0) {
		struct str home = var_value(sh, S("HOME"));

		if (home.p || !is_bash(sh))
			return home;
		getpwuid_r(getuid(), &entry, room, sizeof(room), &found);
	} else if (is_bash(sh) && (str_is(user, "+") || str_is(user, "0") || str_is(user, "+0") ||
				   str_is(user, "-0"))) {
		return sh->cwd;
	} else if (is_bash(sh) && str_is(user, "-")) {
		return var_value(sh, S("OLDPWD"));
	} else {
		getpwnam_r(str_cz(sh->tmp, user), &entry, room, sizeof(room), &found);
	}
	return found ? str_dup(sh->tmp, str_z(entry.pw_dir)) : (struct str){0};
}

/* TEXT starts with a tilde: put what it stands for; how much of TEXT that took. */
static size_t put_tilde(struct expander *e, struct str text, bool whole, bool colon_ends)
{
	size_t n = 1;
	struct str home;

	while (n < text.n && text.p[n] != '/' && !(colon_ends && text.p[n] == ':'))
		n++;
	if (n == text.n && !whole)
		return 0;
	/* bash ends a user's name at a colon in any word, once it has found where the whole thing
	 * ends */
	if (is_bash(e->sh) && str_chr(str_sub(text, 0, n), ':') > 0)
		n = (size_t)str_chr(text, ':');
	home = home_of(e->sh, str_sub(text, 1, n - 1));
	if (!home.p)
		return 0;
	expand_put_quoted(e, home);
	return n;
}

/* --- parts --- */

static void put_word(struct expander *e, const struct word *w, bool split_text);

static void put_text(struct expander *e, const struct word *w, size_t i, bool split_text)
{
	struct str text = w->parts[i].text;
	bool assign = e->mode == EXPAND_ASSIGN || e->name, last = i + 1 == w->n;

	if (i == 0 && e->name) {
		expand_put_active(e, str_sub(text, 0, e->name));
		text = str_from(text, e->name);
	}
	if (i == 0 && text.n && text.p[0] == '~')
		text = str_from(text, put_tilde(e, text, last, assign));
	if (assign) {
		for (size_t k = 0; k + 1 < text.n;) {
			if (text.p[k] == ':' && text.p[k + 1] == '~') {
				expand_put_active(e, str_sub(text, 0, k + 1));
				text = str_from(text, k + 1);
				k = put_tilde(e, text, last, true);
				text = str_from(text, k);
				k = k ? 0 : 1;
			} else {
				k++;
			}
		}
	}
	if (split_text)
		expand_put_expanded(e, text);
	else if (e->mode == EXPAND_FIELDS && is_bash(e->sh) && w->n > 1)
		put_unsplit(e, w, text);
	else
		expand_put_active(e, text);
}

/* bash: where nothing is split, one empty $1 is something to ${@:-w}. */
static bool counts_empty(const struct expander *e, const struct part *part)
{
	const struct param *p = part->param;

	if (!is_bash(e->sh) || part->quoted || !p->colon || e->sh->nargs != 1)
		return false;
	if (e->mode == EXPAND_ASSIGN)
		return str_is(p->name, "@") ||
		       (str_is(p->name, "*") && ifs_value(e->sh).n);
	return e->inside && str_is(p->name, "@") && expand_by_blanks(e->sh);
}

static bool put_param(struct expander *e, const struct part *part)
{
	struct param param = *part->param;
	struct value v = {0};

	e->sh->marks = e->inside && e->mode == EXPAND_FIELDS && !part->quoted && is_bash(e->sh) &&
		       expand_by_blanks(e->sh);
	param.colon &= !counts_empty(e, part);
	if (!param_value(e->sh, &param, &v))
		return false;
	e->without |= is_bash(e->sh) && part->quoted && part->quotes && !v.instead &&
		      ((v.nothing && v.none) || (v.many && v.all == '@' && v.items.n == 0));
	if (v.instead) {
		size_t name = e->name;
		bool inside = e->inside, unsplit = e->sh->unsplit, joins = e->sh->joins,
		     resplit = e->resplit;
		struct expander around = *e;
		bool kept =
		    e->kept || (is_bash(e->sh) && part->quoted && expand_holds_at(e, v.instead, 0));

		e->name = 0;
		e->resplit = e->mode == EXPAND_FIELDS && is_bash(e->sh) && part->quoted &&
			     (resplit || expand_holds_at(e, e->word, part->quotes));
		e->inside = !part->quoted;
		e->sh->unsplit = is_bash(e->sh) && (part->quoted || ifs_value(e->sh).n);
		e->sh->joins &= e->sh->unsplit;
		put_word(e, v.instead, !part->quoted);
		e->kept = kept || (part->quoted && e->kept);
		if (e->failed && is_bash(e->sh) && e->sh->flow == FLOW_DISCARD)
			e->sh->status = 1; /* whatever it was */
		e->without |= around.without;
		e->fields = around.fields;
		e->length = around.length;
		e->begun = around.begun;
		e->sh->unsplit = unsplit;
		e->sh->joins = joins;
		e->inside = inside;
		e->resplit = resplit;
		e->name = name;
		if (part->quoted && (v.instead->n == 0 || (is_bash(e->sh) && !e->started)))
			expand_put_quoted(e, S(""));
	} else if (v.many) {
		/* if only an empty one */
		e->kept |= v.items.n && (v.all == '@' || !v.operated ||
					 (v.items.n == 1 && ifs_value(e->sh).n));
		expand_put_many(e, &v, part);
	} else if (part->quoted) {
		if (v.mark && v.text.n == 0)
			e->mark = e->kept = true; /* KEPT: beside a "$@" of nothing */
		if (!v.nothing)
			expand_put_quoted(e, v.text.p ? v.text : S(""));
	} else if (v.text.n) {
		expand_put_expanded(e, v.text);
	}
	return !e->failed;
}

static bool put_part(struct expander *e, const struct word *w, size_t i, bool split_text)
{
	const struct part *part = &w->parts[i];
	const char *who;
	struct str text;
	int64_t number;
	bool good;

	switch (part->kind) {
	case PART_TEXT: put_text(e, w, i, split_text); return true;
	case PART_QUOTED:
		if (e->resplit && part->quoted)
			expand_put_resplit(e, part);
		else
			expand_put_quoted(e, part->text);
		return true;
	case PART_PARAM: return put_param(e, part);
	case PART_COMMAND:
		if (!command_value(e->sh, part->command, &text))
			return false;
		break;
	case PART_ARITH:
		who = e->sh->arith_who; /* within [[ ]] or (( )) it speaks for itself */
		e->sh->arith_who = NULL;
		good = arith_value(e->sh, part->arith, &number);
		e->sh->arith_who = who;
		if (!good)
			return false;
		text = str_fmt(e->sh->tmp, "%lld", (long long)number);
		break;
	default: return false;
	}
	if (part->quoted)
		expand_put_quoted(e, text);
	else
		expand_put_expanded(e, text);
	return true;
}

/* The word or a pattern of bash's case: quotes that an operation has left empty hold a character of
 * their own. */
static void put_compared(struct expander *e, const struct word *w)
{
	bool other = false;

	e->word = w;
	for (size_t i = 0, next; i < w->n && !e->failed; i = next) {
		size_t start = e->text.n;

		e->mark = false;
		for (next = i; next < w->n && !e->failed &&
			       (next == i || (w->parts[i].quotes &&
					      w->parts[next].quotes == w->parts[i].quotes));
		     next++)
			e->failed = !put_part(e, w, next, false);
		other |= e->text.n > start;
		if (w->parts[i].quotes && e->text.n == start && e->mark)
			buf_char(&e->text, '\177');
	}
	if (!other)
		e->text.n = 0;
}

/* bash: quotes of which nothing came, and in which a "$@" of nothing stood, are no field. */
static void leave_quotes(struct expander *e)
{
	if (e->held.n && e->resplit) /* the quotes around go on */
		return;
	if (e->held.n)
		expand_drop_held(e);
	if (e->without && !e->kept && e->out->n == e->fields && e->text.n == e->length)
		e->started = e->begun;
	e->without = false;
}

static void enter_quotes(struct expander *e)
{
	leave_quotes(e);
	e->kept = false;
	e->fields = e->out->n;
	e->length = e->text.n;
	e->begun = e->started;
}

static void put_word(struct expander *e, const struct word *w, bool split_text)
{
	const struct word *around = e->word;

	e->word = w;
	for (size_t i = 0; i < w->n && !e->failed; i++) {
		if (e->out && (i == 0 || w->parts[i].quotes != w->parts[i - 1].quotes))
			enter_quotes(e);
		if (!put_part(e, w, i, split_text))
			e->failed = true;
	}
	if (e->out)
		leave_quotes(e);
	e->word = around;
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

/* --- the ways in --- */

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
	e.whole = ends_in_dollar(w) && !has_many(w);
	e.name = sh->no_names ? 0 : assigned_name(w);
	put_word(&e, w, false);
	if (!e.failed)
		expand_end_field(&e);
	return !e.failed;
}

static bool expand_one(struct shell *sh, const struct word *w, enum expand_mode mode,
		       struct str *out)
{
	struct expander e = begin(sh, mode);

	put_word(&e, w, false);
	*out = e.text.n ? buf_view(&e.text) : S("");
	return !e.failed;
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

bool expand_message(struct shell *sh, const struct word *w, struct str *out)
{
	struct later_globs *later = sh->later;
	struct strs fields = {0};
	struct buf text = buf_new(sh->tmp);
	bool before = sh->no_paths, good;

	sh->no_paths = true;
	sh->later = NULL;
	good = expand_word(sh, w, &fields);
	sh->later = later;
	sh->no_paths = before;
	buf_put(&text, "", 0);
	for (size_t i = 0; i < fields.n; i++) {
		if (i)
			buf_char(&text, ' ');
		buf_str(&text, fields.p[i]);
	}
	*out = text.n ? buf_view(&text) : S("");
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

bool expand_unsplit(struct shell *sh,
		    bool (*expand)(struct shell *, const struct word *, struct str *),
		    const struct word *w, struct str *out)
{
	bool good;

	sh->unsplit = is_bash(sh);
	good = expand(sh, w, out);
	sh->unsplit = sh->joins = false;
	return good;
}

/* bash splits a word with a "$@" and more also where it splits no other. */
static bool has_quoted_at(const struct word *w)
{
	bool at = false;

	for (size_t i = 0; w->n > 1 && i < w->n; i++)
		at |= w->parts[i].kind == PART_PARAM && w->parts[i].quoted &&
		      expand_is_at(w->parts[i].param);
	return at;
}

bool expand_compared(struct shell *sh, const struct word *w, bool pattern, struct str *out)
{
	struct expander e = begin(sh, pattern ? EXPAND_PATTERN : EXPAND_STRING);

	if (is_bash(sh) && !pattern && has_quoted_at(w))
		return expand_unsplit(sh, expand_message, w, out);
	if (!is_bash(sh))
		return expand_unsplit(sh, pattern ? expand_pattern : expand_string, w, out);
	sh->unsplit = true;
	e.name = assigned_name(w);
	if (w->n < 2)
		put_word(&e, w, false);
	else
		put_compared(&e, w);
	sh->unsplit = sh->joins = false;
	*out = e.text.n ? buf_view(&e.text) : S("");
	return !e.failed;
}

bool expand_asked(struct shell *sh, const struct word *w, enum expand_asked how, struct str *out)
{
	static const enum expand_mode modes[] = {EXPAND_STRING, EXPAND_PATTERN, EXPAND_REGEX};
	struct expander e = begin(sh, modes[how]);

	if (how == ASKED_TEXT && has_quoted_at(w))
		return expand_unsplit(sh, expand_message, w, out);
	sh->unsplit = true;
	e.name = assigned_name(w);
	put_word(&e, w, false);
	sh->unsplit = sh->joins = false;
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
		put_word(&e, w, false);
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
		put_word(&e, &value, false);
	}
	*vec_push(sh->tmp, out) = buf_view(&e.text);
	return !e.failed;
}
