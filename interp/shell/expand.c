/* SPDX-License-Identifier: GPL-2.0-only */
/* Words to fields: tilde, parameters, substitutions, splitting, pathnames, quote removal. */
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "shell/expand_posix.h"

enum expand_mode { EXPAND_FIELDS, EXPAND_STRING, EXPAND_HERE, EXPAND_ASSIGN, EXPAND_PATTERN, EXPAND_REGEX, EXPAND_REPLACE };

struct expander {
	struct shell *sh;
	enum expand_mode mode;
	struct strs *out;
	struct buf text;    /* the field so far */
	struct buf pattern; /* the same with backslashes, once an active * ? [ was seen */
	bool has_pattern, started;
	bool after_blank; /* the last field was ended by IFS white space */
	size_t name;	  /* bash: "x=" at the start of the word, so many bytes; tildes count behind it */
	struct str ifs;
	bool failed;
	bool mark; /* of bash's case: the quotes at work are marked if they hold nothing */
	bool inside; /* ${x-HERE}, unquoted */
	const struct word *word; /* at work */
	size_t held;		 /* bash: separators to be split at, if something follows in the same quotes */
	size_t fields, length;	 /* how many there were, and how long the text was, where these quotes began */
	bool begun;		 /* whether there was a field, not even an empty one, there */
	bool without;		 /* bash: a "$@" of nothing stood in these quotes */
};

/* SPECIAL: NULL for all bytes. */
static void put_escaped(struct buf *to, struct str s, const char *special)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!special || (s.p[i] && strchr(special, s.p[i])))
			buf_char(to, '\\');
		buf_char(to, s.p[i]);
	}
}

static const char pattern_specials[] = "*?[]\\-!^";

static void put_held(struct expander *e);

static void put_quoted(struct expander *e, struct str s)
{
	if (s.n && e->held)
		put_held(e);
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

/* Unquoted text in which * ? [ are active. */
static void put_active(struct expander *e, struct str s)
{
	if (s.n == 0)
		return;
	if (e->mode == EXPAND_FIELDS) {
		if (!e->has_pattern &&
		    (str_chr(s, '*') >= 0 || str_chr(s, '?') >= 0 || str_chr(s, '[') >= 0)) {
			e->has_pattern = true;
			e->pattern = buf_new(e->sh->tmp);
			put_escaped(&e->pattern, buf_view(&e->text), pattern_specials);
		}
		if (e->has_pattern)
			put_escaped(&e->pattern, s, "\\");
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

static void end_field(struct expander *e)
{
	if (e->started) {
		struct str text = e->text.n ? buf_view(&e->text) : S("");
		bool globs = e->has_pattern && !(e->sh->options & OPT_NOGLOB) && !e->sh->no_paths;

		if (globs && e->sh->later)
			*vec_push(e->sh->tmp, &e->sh->later->p) =
			    (struct later_glob){e->out->n, posix_caret(e->sh, buf_view(&e->pattern))};
		if (!globs || e->sh->later || !glob_expand(e->sh, posix_caret(e->sh, buf_view(&e->pattern)), e->out))
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

/* What an unquoted expansion gave: split it. */
static void put_expanded(struct expander *e, struct str s)
{
	size_t start = 0;

	if (e->mode != EXPAND_FIELDS) {
		e->started |= s.n > 0;
		buf_str(&e->text, s);
		return;
	}
	if (!e->ifs.p)
		e->ifs = ifs_value(e->sh);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!in_ifs(e, c))
			continue;
		put_active(e, str_sub(s, start, i - start));
		start = i + 1;
		if (c == ' ' || c == '\t' || c == '\n') {
			if (e->started) {
				end_field(e);
				e->after_blank = true;
			}
		} else if (e->started || !e->after_blank) {
			e->started = true;
			end_field(e);
			e->after_blank = false;
		} else {
			e->after_blank = false;
		}
	}
	put_active(e, str_from(s, start));
}

/* Split at what was held back. */
static void put_held(struct expander *e)
{
	struct str separator = str_sub(ifs_value(e->sh), 0, 1);
	bool first = e->out->n == e->fields && e->text.n == e->length;

	if (first && strchr(" \t\n", separator.p[0])) /* blanks at the start */
		e->held = 0;
	for (; e->held; e->held--)
		put_expanded(e, separator);
}

/* The quotes end: the last separator counts no more, of blanks none. */
static void drop_held(struct expander *e)
{
	char c = ifs_value(e->sh).p[0];

	e->held = c == ' ' || c == '\t' || c == '\n' ? 0 : e->held - 1;
	e->started |= e->held > 0;
	put_held(e);
	e->started = true;
}

/* bash quotes what of a word's own text IFS holds, so that it is not split at, where the word has an expansion without quotes. */
static void put_unsplit(struct expander *e, const struct word *w, struct str s)
{
	struct str ifs = ifs_value(e->sh);
	bool expands = false;

	for (size_t i = 0; i < w->n; i++)
		expands |= w->parts[i].kind > PART_QUOTED && !w->parts[i].quoted;
	for (size_t i = 0; expands && i < s.n; i++) {
		if (str_chr(ifs, s.p[i]) < 0)
			continue;
		put_active(e, str_sub(s, 0, i));
		if (e->has_pattern)
			buf_char(&e->pattern, '\\');
		put_active(e, str_sub(s, i, 1));
		s = str_from(s, i + 1);
		i = (size_t)-1;
	}
	put_active(e, s);
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
	} else if (is_bash(sh) && (str_is(user, "+") || str_is(user, "0") || str_is(user, "+0") || str_is(user, "-0"))) {
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
	/* bash ends a user's name at a colon in any word, once it has found where the whole thing ends */
	if (is_bash(e->sh) && str_chr(str_sub(text, 0, n), ':') > 0)
		n = (size_t)str_chr(text, ':');
	home = home_of(e->sh, str_sub(text, 1, n - 1));
	if (!home.p)
		return 0;
	put_quoted(e, home);
	return n;
}

/* --- parts --- */

static void put_word(struct expander *e, const struct word *w, bool split_text);

static void put_text(struct expander *e, const struct word *w, size_t i, bool split_text)
{
	struct str text = w->parts[i].text;
	bool assign = e->mode == EXPAND_ASSIGN || e->name, last = i + 1 == w->n;

	if (i == 0 && e->name) {
		put_active(e, str_sub(text, 0, e->name));
		text = str_from(text, e->name);
	}
	if (i == 0 && text.n && text.p[0] == '~')
		text = str_from(text, put_tilde(e, text, last, assign));
	if (assign) {
		for (size_t k = 0; k + 1 < text.n;) {
			if (text.p[k] == ':' && text.p[k + 1] == '~') {
				put_active(e, str_sub(text, 0, k + 1));
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
		put_expanded(e, text);
	else if (e->mode == EXPAND_FIELDS && is_bash(e->sh) && w->n > 1)
		put_unsplit(e, w, text);
	else
		put_active(e, text);
}

static struct str joined(struct expander *e, const struct value *v, bool quoted)
{
	struct buf out = buf_new(e->sh->tmp);
	struct str ifs = ifs_value(e->sh);

	buf_put(&out, "", 0);
	for (size_t i = 0; i < v->items.n; i++) {
		if (i && is_bash(e->sh) && (v->all == '@' || e->mode == EXPAND_HERE || (v->keys && !ifs.n && !quoted)))
			buf_char(&out, ' ');
		else if (i && ifs.n)
			buf_char(&out, ifs.p[0]);
		buf_str(&out, v->items.p[i]);
	}
	return out.n ? buf_view(&out) : S("");
}

static bool is_at(const struct param *p)
{
	return (str_is(p->name, "@") || p->all == '@') && p->op != PARAM_LENGTH && p->op != PARAM_ALTERNATE;
}

/* Is there a "$@" between the quotes that PART stands in? */
static bool beside_at(const struct word *w, const struct part *part)
{
	for (size_t i = 0; part->quotes && i < w->n; i++)
		if (w->parts[i].kind == PART_PARAM && w->parts[i].quotes == part->quotes && is_at(w->parts[i].param))
			return true;
	return false;
}

/* With no IFS at all bash makes one text of them, and leaves its marks at the blanks within each. */
static void put_marked(struct expander *e, const struct value *v)
{
	struct buf out = buf_new(e->sh->tmp);

	for (size_t i = 0; i < v->items.n; i++) {
		if (i)
			buf_char(&out, ' ');
		for (size_t k = 0; k < v->items.p[i].n; k++) {
			if (v->items.p[i].p[k] == ' ')
				buf_char(&out, 1);
			buf_char(&out, v->items.p[i].p[k]);
		}
	}
	if (out.n)
		put_expanded(e, buf_view(&out));
}

/* $@ within ${x-..} and an IFS that does not begin with a blank: only the blanks that bash puts between are split at. */
static void put_blank_joined(struct expander *e, const struct value *v)
{
	bool splits = str_chr(ifs_value(e->sh), ' ') >= 0;

	for (size_t i = 0; i < v->items.n; i++) {
		if (i && splits)
			end_field(e);
		else if (i)
			put_active(e, S(" "));
		put_quoted(e, v->items.p[i]);
	}
}

/* Quoted, but what stood between them is split at. */
static void put_split_again(struct expander *e, const struct value *v)
{
	for (size_t i = 0; i < v->items.n; i++) {
		e->held += i > 0;
		if (v->items.p[i].n)
			put_quoted(e, v->items.p[i]);
	}
}

static bool is_trim(const struct param *p)
{
	return p->op >= PARAM_PREFIX && p->op <= PARAM_SUFFIX_LONG;
}

static void put_many(struct expander *e, const struct value *v, const struct part *part)
{
	bool fields = e->mode == EXPAND_FIELDS, quoted = part->quoted;
	bool star = v->all == '*';

	if (fields && !quoted && e->inside && v->all == '@' && is_bash(e->sh) && ifs_value(e->sh).n && ifs_value(e->sh).p[0] != ' ') {
		if (v->operated || v->keys)
			put_expanded(e, joined(e, v, quoted));
		else
			put_blank_joined(e, v);
		return;
	}
	/* what bash made of "$*" falls apart again when "$@" makes it split the whole */
	if (fields && quoted && star && is_bash(e->sh) && (v->operated || v->keys) && ifs_value(e->sh).n &&
	    beside_at(e->word, part)) {
		put_split_again(e, v);
		return;
	}

	/* what bash made of several is one text, split again */
	if (fields && !quoted && (v->operated || v->keys || v->items.n > 1) && is_bash(e->sh) &&
	    (ifs_value(e->sh).n || (v->keys && v->all == '*'))) {
		struct value all = *v;

		all.all = '*';
		put_expanded(e, joined(e, &all, quoted));
		return;
	}
	if (!quoted && is_bash(e->sh) && is_trim(part->param) && part->param->all &&
	    (fields || (v->all == '@' && e->mode == EXPAND_ASSIGN)) && !ifs_value(e->sh).n) {
		put_marked(e, v);
		return;
	}
	if (!fields && !quoted && is_bash(e->sh) && is_trim(part->param) && e->mode == EXPAND_ASSIGN && ifs_value(e->sh).n) {
		struct value all = *v;

		all.all = '*';
		put_expanded(e, joined(e, &all, quoted));
		return;
	}
	if (quoted && !star && e->mode == EXPAND_PATTERN && is_bash(e->sh)) {
		for (size_t i = 0; i < v->items.n; i++) {
			if (i) /* which is not quoted itself */
				buf_char(&e->text, ' ');
			put_quoted(e, v->items.p[i]);
		}
		return;
	}
	if (!fields || (quoted && star) || (star && e->sh->joins && !ifs_value(e->sh).n)) {
		if (quoted)
			put_quoted(e, joined(e, v, quoted));
		else
			put_expanded(e, joined(e, v, quoted));
		return;
	}
	for (size_t i = 0; i < v->items.n; i++) {
		if (i) {
			put_held(e);
			e->started |= quoted;
			end_field(e);
		}
		if (quoted)
			put_quoted(e, v->items.p[i]);
		else
			put_expanded(e, v->items.p[i]);
	}
}

static bool put_param(struct expander *e, const struct part *part)
{
	struct value v = {0};

	if (!param_value(e->sh, part->param, &v))
		return false;
	e->without |= is_bash(e->sh) && part->quoted && part->quotes && ((v.nothing && v.none) || (v.many && v.all == '@' && v.items.n == 0));
	if (v.instead) {
		size_t name = e->name;
		bool inside = e->inside, unsplit = e->sh->unsplit, joins = e->sh->joins;

		e->name = 0;
		e->inside = !part->quoted;
		e->sh->unsplit = is_bash(e->sh) && (part->quoted || ifs_value(e->sh).n);
		e->sh->joins &= e->sh->unsplit;
		put_word(e, v.instead, !part->quoted);
		e->sh->unsplit = unsplit;
		e->sh->joins = joins;
		e->inside = inside;
		e->name = name;
		if (part->quoted && (v.instead->n == 0 || (is_bash(e->sh) && !e->started)))
			put_quoted(e, S(""));
	} else if (v.many) {
		put_many(e, &v, part);
	} else if (part->quoted) {
		e->mark |= v.mark && v.text.n == 0;
		if (!v.nothing)
			put_quoted(e, v.text.p ? v.text : S(""));
	} else if (v.text.n) {
		put_expanded(e, v.text);
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
	case PART_QUOTED: put_quoted(e, part->text); return true;
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
		put_quoted(e, text);
	else
		put_expanded(e, text);
	return true;
}

/* The word or a pattern of bash's case: quotes that an operation has left empty hold a character of their own. */
static void put_compared(struct expander *e, const struct word *w)
{
	bool other = false;

	e->word = w;
	for (size_t i = 0, next; i < w->n && !e->failed; i = next) {
		size_t start = e->text.n;

		e->mark = false;
		for (next = i; next < w->n && !e->failed && (next == i || (w->parts[i].quotes && w->parts[next].quotes == w->parts[i].quotes)); next++)
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
	if (e->held)
		drop_held(e);
	if (e->without && e->out->n == e->fields && e->text.n == e->length)
		e->started = e->begun;
	e->without = false;
}

static void enter_quotes(struct expander *e)
{
	leave_quotes(e);
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

/* --- pathnames of several words --- */

void globs_begin(struct shell *sh, struct later_globs *later)
{
	*later = (struct later_globs){.outer = sh->later};
	sh->later = is_bash(sh) ? later : NULL;
}

void globs_end(struct shell *sh, struct later_globs *later, struct strs *fields)
{
	struct strs out = {0};
	size_t next = 0;

	sh->later = later->outer;
	for (size_t i = 0; i < fields->n && later->p.n; i++) {
		bool pattern = next < later->p.n && later->p.p[next].at == i;

		if (!pattern || !glob_expand(sh, later->p.p[next].pattern, &out))
			*vec_push(sh->tmp, &out) = fields->p[i];
		next += pattern;
	}
	if (later->p.n)
		*fields = out;
}

bool expand_words(struct shell *sh, const struct words *words, struct strs *out)
{
	struct later_globs later;
	bool good = true;

	globs_begin(sh, &later);
	for (size_t i = 0; i < words->n && good; i++)
		good = expand_word(sh, words->p[i], out);
	globs_end(sh, &later, out);
	return good;
}

/* --- the ways in --- */

static struct expander begin(struct shell *sh, enum expand_mode mode)
{
	return (struct expander){.sh = sh, .mode = mode, .text = buf_new(sh->tmp)};
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
	e.name = w->braced ? 0 : declared_name(w);
	put_word(&e, w, false);
	if (!e.failed)
		end_field(&e);
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

bool expand_unsplit(struct shell *sh, bool (*expand)(struct shell *, const struct word *, struct str *), const struct word *w,
		    struct str *out)
{
	bool good;

	sh->unsplit = is_bash(sh);
	good = expand(sh, w, out);
	sh->unsplit = sh->joins = false;
	return good;
}

bool expand_compared(struct shell *sh, const struct word *w, bool pattern, struct str *out)
{
	struct expander e = begin(sh, pattern ? EXPAND_PATTERN : EXPAND_STRING);

	if (!is_bash(sh) || w->n < 2)
		return expand_unsplit(sh, pattern ? expand_pattern : expand_string, w, out);
	sh->unsplit = true;
	put_compared(&e, w);
	sh->unsplit = sh->joins = false;
	*out = e.text.n ? buf_view(&e.text) : S("");
	return !e.failed;
}

bool expand_replacement(struct shell *sh, const struct word *w, struct str *out)
{
	return expand_one(sh, w, EXPAND_REPLACE, out);
}

bool expand_regex(struct shell *sh, const struct word *w, struct str *out)
{
	return expand_one(sh, w, EXPAND_REGEX, out);
}

bool expand_declared(struct shell *sh, const struct word *w, struct strs *out)
{
	size_t n = w->plain || w->braced ? 0 : declared_name(w);
	struct expander e = begin(sh, EXPAND_ASSIGN);
	VEC(struct part) parts = {0};
	struct word value = {0};

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
		put_word(&e, &value, false);
	}
	*vec_push(sh->tmp, out) = buf_view(&e.text);
	return !e.failed;
}
