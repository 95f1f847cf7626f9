/* SPDX-License-Identifier: GPL-2.0-only */
/* Words to fields: tilde, parameters, substitutions, splitting, pathnames, quote removal. What asks
 * for that, and in which way, is in expand_ways.c. */
#include <ctype.h>
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

/* Does the regular expression S end within brackets, where nothing is escaped? */
static bool bracket_open(struct str s)
{
	bool open = false;
	size_t first = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (open) {
			open = s.p[i] != ']' || i == first;
			i += open && s.p[i] == '[' && i + 1 < s.n && strchr(":.=", s.p[i + 1]);
		} else if (s.p[i] == '\\') {
			i++;
		} else if (s.p[i] == '[') {
			open = true;
			i += i + 1 < s.n && s.p[i + 1] == '^';
			first = i + 1;
		}
	}
	return open;
}

static void end_parted(struct expander *e)
{
	if (!e->parted)
		return;
	e->parted = false;
	e->started = true;
	expand_end_field(e);
}

void expand_put_quoted(struct expander *e, struct str s)
{
	end_parted(e);
	if (s.n && e->held.n)
		expand_put_held(e);
	e->started |= s.n || !e->sh->no_empty;
	e->after_blank = false;
	if (e->mode == EXPAND_PATTERN && is_bash(e->sh))
		put_escaped(&e->text, s, NULL); /* which set -x shows */
	else if (e->mode == EXPAND_PATTERN)
		put_escaped(&e->text, s, pattern_specials);
	else if (e->mode == EXPAND_REGEX && !bracket_open(buf_view(&e->text)))
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
	end_parted(e);
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

static bool is_many(const struct part *part)
{
	const struct param *p = part->param;

	return p->all || str_is(p->name, "@") || (str_is(p->name, "*") && !part->quoted);
}

bool expand_has_many(const struct word *w)
{
	for (size_t i = 0; w && i < w->n; i++)
		if (w->parts[i].kind == PART_PARAM &&
		    (is_many(&w->parts[i]) || expand_has_many(w->parts[i].param->arg)))
			return true;
	return false;
}

/* Is P, ${x-w} or its like, going to be its w? */
static bool stands_for_word(struct shell *sh, const struct param *p)
{
	struct param asks = *p;
	struct value v = {0};

	asks.op = PARAM_ALTERNATE;
	return param_value(sh, &asks, &v) && (v.instead != NULL) == (p->op == PARAM_ALTERNATE);
}

/* PART as it is going to be, INSIDE the word of a ${x-..} without quotes, or not. */
static bool counts_many(struct shell *sh, const struct part *part, bool asks, bool inside)
{
	struct value v = {0};

	if (!is_many(part) || (asks && str_is(part->param->name, "*")))
		return false;
	if (!inside)
		return true;
	if (part->param->all == '*' || str_is(part->param->name, "*"))
		return false;
	return !part->quoted || !param_value(sh, part->param, &v) || v.items.n;
}

/* As expand_has_many, of what is going to stand there. */
static bool gives_many(struct shell *sh, const struct word *w, bool inside)
{
	for (size_t i = 0; w && i < w->n; i++) {
		const struct part *part = &w->parts[i];
		const struct param *p = part->kind == PART_PARAM ? part->param : NULL;
		bool asks = p && p->op >= PARAM_DEFAULT && p->op <= PARAM_ALTERNATE && !p->index &&
			    !p->indirect;

		if (!p)
			continue;
		if (asks && stands_for_word(sh, p) ? gives_many(sh, p->arg, inside || !part->quoted)
						   : counts_many(sh, part, asks, inside))
			return true;
	}
	return false;
}

/* bash: nothing came of the word so far, and there is a $@ in it. */
static bool begins_many(const struct expander *e)
{
	return is_bash(e->sh) && e->out->n == e->first && !e->separated &&
	       gives_many(e->sh, e->word, false);
}

void expand_put_expanded(struct expander *e, struct str s)
{
	size_t start = 0;

	if (e->mode != EXPAND_FIELDS) {
		e->started |= s.n > 0;
		if (e->mode == EXPAND_PATTERN && is_bash(e->sh) && !ifs_value(e->sh).n)
			put_escaped(&e->text, s, " "); /* which set -x shows */
		else
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

/* Does PART have bash split the word that it stands in: one without quotes, or a "$@"? */
static bool has_split(struct shell *sh, const struct part *part)
{
	return part->kind > PART_QUOTED &&
	       (!part->quoted ||
		(part->kind == PART_PARAM && expand_stands_for_all(sh, part->param)));
}

/* bash quotes what of a word's own text IFS holds, so that it is not split at, where the word is
 * split. */
static void put_unsplit(struct expander *e, const struct word *w, struct str s)
{
	struct str ifs = ifs_value(e->sh);
	bool expands = false;

	for (size_t i = 0; i < w->n; i++)
		expands |= has_split(e->sh, &w->parts[i]);
	if (expands && e->sh->no_empty) { /* but not in [[ ]] and for `case` */
		expand_put_expanded(e, s);
		return;
	}
	for (size_t i = 0; expands && i < s.n; i++) {
		if (str_chr(ifs, s.p[i]) < 0)
			continue;
		expand_put_active(e, str_sub(s, 0, i));
		if (e->has_pattern &&
		    !isalnum((unsigned char)s.p[i])) /* a letter of [:alpha:] is none else */
			buf_char(&e->pattern, '\\');
		if (e->has_pattern || !strchr(pattern_specials, s.p[i]))
			expand_put_active(e, str_sub(s, i, 1));
		else
			expand_put_quoted(e, str_sub(s, i, 1));
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
	} else if (is_bash(sh) && str_is(user, "+")) {
		return var_value(sh, S("PWD"));
	} else if (is_bash(sh) && (str_is(user, "0") || str_is(user, "+0") ||
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

/* The word of ${x-word} with fields that end late: what it began counts for the word around, which
 * had so many FIELDS. */
static void leave_late(struct expander *e, const struct expander *around, size_t fields)
{
	bool some = e->started || e->parted != around->parted || e->out->n > fields;

	e->parted = around->parted && !some;
	e->started = some || around->started;
	e->parts_late = around->parts_late;
}

/* PART, a ${x-..}, stands for the word W. */
static void put_instead(struct expander *e, const struct part *part, const struct word *w)
{
	struct expander around = *e;
	struct shell *sh = e->sh;
	bool unsplit = sh->unsplit, joins = sh->joins;
	bool late = !part->quoted && expand_parts_late(e, w);
	size_t fields = e->out ? e->out->n : 0;
	bool kept = e->kept || (is_bash(sh) && part->quoted && expand_holds_at(e, w, 0));

	e->name = 0;
	e->resplit = e->mode == EXPAND_FIELDS && is_bash(sh) && part->quoted &&
		     (e->resplit || expand_holds_at(e, e->word, part->quotes));
	e->inside = !part->quoted;
	e->parts_late |= late;
	e->started &= !late;
	sh->unsplit = is_bash(sh) && (part->quoted || ifs_value(sh).n);
	sh->joins &= sh->unsplit;
	expand_put_word(e, w, !part->quoted);
	e->kept = kept || (part->quoted && e->kept);
	if (e->failed && is_bash(sh) && sh->flow == FLOW_DISCARD)
		sh->status = 1; /* whatever it was */
	e->without |= around.without;
	e->fields = around.fields;
	e->length = around.length;
	e->begun = around.begun;
	unsplit_end(sh, unsplit, joins);
	if (late)
		leave_late(e, &around, fields);
	e->inside = around.inside;
	e->resplit = around.resplit;
	e->name = around.name;
	if (part->quoted && (w->n == 0 || (is_bash(sh) && !e->started)))
		expand_put_quoted(e, S(""));
}

static bool put_param(struct expander *e, const struct part *part)
{
	struct param param = *part->param;
	struct value v = {0};

	e->sh->marks = e->inside && e->mode == EXPAND_FIELDS && !part->quoted && is_bash(e->sh) &&
		       expand_by_blanks(e->sh);
	param.colon &= !counts_empty(e, part);
	param.joined = param.colon && is_bash(e->sh) && !ifs_value(e->sh).n &&
		       e->mode != EXPAND_HERE && (part->quoted || e->mode != EXPAND_FIELDS) &&
		       (param.all == '*' || str_is(param.name, "*"));
	if (!param_value(e->sh, &param, &v))
		return false;
	e->without |= is_bash(e->sh) && part->quoted && part->quotes && !v.instead &&
		      ((v.nothing && v.none) || (v.many && v.all == '@' && v.items.n == 0));
	if (v.instead) {
		put_instead(e, part, v.instead);
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

bool expand_put_part(struct expander *e, const struct word *w, size_t i, bool split_text)
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
		if (w == e->sh->unrun)
			text = part->text.p ? part->text
					    : substitution_text(e->sh->tmp, part->command);
		else if (!command_value(e->sh, part->command, &text))
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
	if (e->held.n && e->resplit)
		return;
	e->fields = e->out->n;
	e->length = e->text.n;
	e->begun = e->started;
}

void expand_put_word(struct expander *e, const struct word *w, bool split_text)
{
	const struct word *around = e->word;

	e->word = w;
	for (size_t i = 0; i < w->n && !e->failed && !e->cut; i++) {
		if (e->out && (i == 0 || w->parts[i].quotes != w->parts[i - 1].quotes))
			enter_quotes(e);
		if (!expand_put_part(e, w, i, split_text))
			e->failed = true;
	}
	if (e->out)
		leave_quotes(e);
	e->word = around;
}
