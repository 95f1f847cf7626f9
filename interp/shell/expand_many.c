/* SPDX-License-Identifier: GPL-2.0-only */
/* Words of bash: what comes of $@, $* and arrays, and what a "$@" does to its neighbours within the
 * same quotes. */
#include <string.h>

#include "shell/expand.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

void expand_put_held(struct expander *e)
{
	struct str held = buf_view(&e->held);
	bool first = e->out->n == e->fields && e->text.n == e->length;

	e->held.n = 0;
	for (size_t i = 0; i < held.n; i++)
		if (!first || !is_blank(held.p[i])) /* no blanks at the start */
			expand_put_expanded(e, str_sub(held, i, 1));
}

void expand_drop_held(struct expander *e)
{
	bool blank = is_blank(e->held.p[e->held.n - 1]);

	e->held.n = blank ? 0 : e->held.n - 1;
	e->without &= blank; /* else there is a field, if an empty one */
	e->started |= e->held.n > 0;
	expand_put_held(e);
	e->started = true;
}

/* bash: the value in a declaration, or what ${x-..} gives one of an assignment. */
static bool is_loose(const struct expander *e)
{
	return e->mode == EXPAND_ASSIGN && (e->declared || e->inside);
}

/* bash: is it a value to be assigned? */
static bool is_assigned(const struct expander *e)
{
	return e->mode == EXPAND_ASSIGN || e->of_default;
}

/* bash: do blanks stand between the values of $* or ${x[*]}, whatever IFS is? */
static bool blanks_between(const struct expander *e, const struct value *v, const struct part *part)
{
	const struct param *p = part->param;

	if (is_loose(e) && !part->quoted &&
	    (p->all ? p->op == PARAM_SLICE || v->keys : p->op < PARAM_UPPER))
		return !ifs_value(e->sh).n;
	return e->mode == EXPAND_HERE && p->op < PARAM_REPLACE &&
	       (v->operated || v->keys || !p->all);
}

static struct str joined(struct expander *e, const struct value *v, const struct part *part)
{
	struct buf out = buf_new(e->sh->tmp);
	struct str ifs = ifs_value(e->sh);

	buf_put(&out, "", 0);
	/* of an assignment: as "$*" once something was done to them */
	bool star = v->all == '*' || (is_bash(e->sh) && (v->operated || v->keys) && part->quoted &&
				      ifs.n && is_assigned(e));

	for (size_t i = 0; i < v->items.n; i++) {
		if (i && is_bash(e->sh) &&
		    (!star || blanks_between(e, v, part) ||
		     (v->keys && !ifs.n && !part->quoted && e->mode == EXPAND_FIELDS &&
		      !e->sh->joins)))
			buf_char(&out, ' ');
		else if (i && ifs.n)
			buf_char(&out, ifs.p[0]);
		buf_str(&out, v->items.p[i]);
	}
	return out.n ? buf_view(&out) : S("");
}

bool expand_is_at(const struct param *p)
{
	return (str_is(p->name, "@") || p->all == '@') && p->op != PARAM_LENGTH &&
	       p->op != PARAM_ALTERNATE;
}

bool expand_stands_for_all(struct shell *sh, const struct param *p)
{
	struct param plain = *p;
	struct value v = {0};
	bool set;

	if (!(str_is(p->name, "@") || p->all == '@') || p->op == PARAM_LENGTH)
		return false;
	if (p->op > PARAM_ALTERNATE || p->op == PARAM_PLAIN)
		return true;
	plain.op = PARAM_PLAIN;
	param_value(sh, &plain, &v);
	set = v.items.n && (!p->colon || v.items.n > 1 || v.items.p[0].n);
	return set == (p->op != PARAM_ALTERNATE);
}

/* Is there a "$@" between the quotes that PART stands in? */
static bool beside_at(struct shell *sh, const struct word *w, const struct part *part)
{
	for (size_t i = 0; part->quotes && i < w->n; i++)
		if (w->parts[i].kind == PART_PARAM && w->parts[i].quotes == part->quotes &&
		    expand_stands_for_all(sh, w->parts[i].param))
			return true;
	return false;
}

/*
 * With no IFS at all bash makes one text of them, and leaves its marks at the blanks within each.
 */
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
		expand_put_expanded(e, buf_view(&out));
}

/* $@ within ${x-..} and an IFS that does not begin with a blank: only the blanks that bash puts
 * between are split at. */
static void put_blank_joined(struct expander *e, const struct value *v)
{
	bool splits = str_chr(ifs_value(e->sh), ' ') >= 0;

	for (size_t i = 0; i < v->items.n; i++) {
		if (i && splits)
			expand_end_field(e);
		else if (i)
			expand_put_active(e, S(" "));
		expand_put_quoted(e, v->items.p[i]);
	}
}

/* The same of what an operation gave: each is split by itself first, and a separator at its end
 * leaves something empty. */
static void put_pieces(struct expander *e, const struct value *v)
{
	struct str ifs = ifs_value(e->sh);
	struct value pieces = {0};

	for (size_t i = 0; i < v->items.n; i++) {
		struct str s = v->items.p[i];
		size_t k = 0;

		while (k < s.n) {
			if (str_chr(ifs, s.p[k]) < 0) {
				k++;
				continue;
			}
			*vec_push(e->sh->tmp, &pieces.items) = str_sub(s, 0, k);
			while (k < s.n && is_blank(s.p[k]) && str_chr(ifs, s.p[k]) >= 0)
				k++;
			k += k < s.n && !is_blank(s.p[k]) && str_chr(ifs, s.p[k]) >= 0;
			while (k < s.n && is_blank(s.p[k]) && str_chr(ifs, s.p[k]) >= 0)
				k++;
			s = str_from(s, k);
			k = 0;
		}
		*vec_push(e->sh->tmp, &pieces.items) = s;
	}
	pieces.items.n -= pieces.items.n && !pieces.items.p[pieces.items.n - 1].n;
	put_blank_joined(e, &pieces);
}

/* Quoted, but what stood between them is split at. */
static void put_split_again(struct expander *e, const struct value *v)
{
	for (size_t i = 0; i < v->items.n; i++) {
		if (i > 0)
			buf_char(&e->held, ifs_value(e->sh).p[0]);
		if (v->items.p[i].n)
			expand_put_quoted(e, v->items.p[i]);
	}
}

/* Does something else in W that stands for several make bash split it at blanks, for want of an
 * IFS? */
static bool beside_many(struct shell *sh, const struct word *w, const struct part *part)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct param *p = w->parts[i].kind == PART_PARAM ? w->parts[i].param : NULL;
		struct value v = {0};

		if (!p || &w->parts[i] == part || p->op == PARAM_LENGTH || (p->indirect && p->all))
			continue;
		if ((p->op == PARAM_DEFAULT || p->op == PARAM_ALTERNATE) && !p->index &&
		    !p->indirect)
			param_value(sh, p, &v);
		if (v.instead && beside_many(sh, v.instead, NULL))
			return true;
		if (!v.instead && (p->all == '@' || str_is(p->name, "@") ||
				   (!w->parts[i].quoted && (p->all || str_is(p->name, "*")))))
			return true;
	}
	return false;
}

static void put_apart(struct expander *e, const struct value *v)
{
	for (size_t i = 0; i < v->items.n; i++) {
		if (i)
			expand_end_field(e);
		expand_put_active(e, v->items.p[i]);
	}
}

/* Joined, and split at blanks, whatever IFS is. */
static void put_at_blanks(struct expander *e, struct str s)
{
	size_t start = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != ' ')
			continue;
		expand_put_active(e, str_sub(s, start, i - start));
		if (e->started)
			expand_end_field(e);
		start = i + 1;
	}
	expand_put_active(e, str_from(s, start));
}

static bool is_trim(const struct param *p)
{
	return p->op >= PARAM_PREFIX && p->op <= PARAM_SUFFIX_LONG;
}

bool expand_by_blanks(struct shell *sh)
{
	return ifs_value(sh).n && ifs_value(sh).p[0] != ' ';
}

bool expand_parts_late(const struct expander *e, const struct word *w)
{
	if (e->mode != EXPAND_FIELDS || !is_bash(e->sh) || ifs_value(e->sh).n)
		return false;
	for (size_t i = 0; i < w->n; i++)
		if (w->parts[i].kind == PART_PARAM && !w->parts[i].quoted &&
		    str_is(w->parts[i].param->name, "*"))
			return true;
	return false;
}

/* Each item a field, but an empty one none. */
static void put_parted(struct expander *e, const struct value *v)
{
	for (size_t i = 0; i < v->items.n; i++) {
		if (i && e->started) {
			e->parted = true;
			e->started = false;
		}
		expand_put_expanded(e, v->items.p[i]);
	}
}

/* Each item a field, the first and the last of which go on in the word. */
static void put_fields(struct expander *e, const struct value *v, const struct part *part)
{
	const struct param *p = part->param;
	bool quoted = part->quoted,
	     field = p->op >= PARAM_REPLACE || (str_is(p->name, "@") && !is_trim(p));

	for (size_t i = 0; i < v->items.n; i++) {
		/* one that is empty may be no FIELD behind what is split again */
		if (quoted && e->held.n && (v->items.n > 1 || v->items.p[i].n || field))
			expand_put_held(e);
		e->without |= e->held.n > 0;
		e->kept &= !e->held.n;
		if (i) {
			e->started |= quoted;
			expand_end_field(e);
		}
		if (quoted)
			expand_put_quoted(e, v->items.p[i]);
		else
			expand_put_expanded(e, v->items.p[i]);
		e->started |= quoted;
	}
}

/* The values of a $@ in a pattern, which bash quotes but where it has no IFS. Of a "$@" of `case`
 * only the first counts then. */
static void put_pattern(struct expander *e, const struct value *v, bool quoted)
{
	bool literal = ifs_value(e->sh).n > 0;

	for (size_t i = 0; i < v->items.n; i++) {
		e->cut = i && e->first_only && quoted && literal;
		if (e->cut)
			return;
		if (i) /* which is not quoted itself */
			buf_char(&e->text, ' ');
		if (!quoted && !literal)
			expand_put_expanded(e, v->items.p[i]);
		else if (e->first_only && !(quoted && literal) && i + 1 < v->items.n &&
			 !v->items.p[i].n)
			buf_char(&e->text, '\177'); /* bash's mark of empty quotes */
		else
			expand_put_quoted(e, v->items.p[i]);
	}
}

/* As one text, like "$*". */
static void put_starred(struct expander *e, const struct value *v, const struct part *part)
{
	struct value all = *v;

	all.all = '*';
	expand_put_expanded(e, joined(e, &all, part));
}

/* In a pattern of bash; false: as anywhere. */
static bool put_in_pattern(struct expander *e, const struct value *v, const struct part *part)
{
	bool quoted = part->quoted, star = v->all == '*', some_ifs = ifs_value(e->sh).n > 0;

	if (!star && (quoted || !some_ifs || expand_by_blanks(e->sh)))
		put_pattern(e, v, quoted);
	else if (star && !quoted && !some_ifs && part->param->all)
		expand_put_quoted(e, joined(e, v, part));
	else if (star && !quoted && !some_ifs)
		buf_str(&e->text, joined(e, v, part));
	else
		return false;
	return true;
}

/* In fields of bash, without quotes; false: as anywhere. */
static bool put_unquoted(struct expander *e, const struct value *v, const struct part *part)
{
	bool star = v->all == '*', some_ifs = ifs_value(e->sh).n > 0;

	if (e->inside && v->all == '@' && expand_by_blanks(e->sh)) {
		if (v->keys)
			expand_put_expanded(e, joined(e, v, part));
		else if (v->operated)
			put_pieces(e, v);
		else
			put_blank_joined(e, v);
	} else if (!star && e->sh->no_empty && !e->sh->of_number && expand_by_blanks(e->sh)) {
		/* in [[ ]] and for `case` only the text beside them is split */
		for (size_t i = 0; i < v->items.n; i++) {
			if (i)
				expand_end_field(e);
			expand_put_quoted(e, v->items.p[i]);
			e->started = true;
		}
	} else if ((star || v->keys) && e->sh->of_number && !some_ifs) {
		/* nothing to join them by, and nothing to split at */
		for (size_t i = 0; i < v->items.n; i++)
			expand_put_expanded(e, v->items.p[i]);
	} else if (star && v->keys && !some_ifs && beside_many(e->sh, e->word, part)) {
		put_apart(e, v);
	} else if ((v->operated || v->keys || v->items.n > 1) &&
		   (some_ifs || (v->keys && star && !e->sh->joins))) {
		put_starred(e, v, part); /* what bash made of several is one text, split again */
	} else {
		return false;
	}
	return true;
}

void expand_put_many(struct expander *e, const struct value *v, const struct part *part)
{
	bool fields = e->mode == EXPAND_FIELDS, quoted = part->quoted;
	bool star = v->all == '*';

	if (is_bash(e->sh) && e->mode == EXPAND_PATTERN && put_in_pattern(e, v, part))
		return;
	if (is_bash(e->sh) && fields && !quoted && put_unquoted(e, v, part))
		return;
	/* what bash made of "$*" falls apart again when "$@" makes it split the whole */
	if (fields && quoted && star && is_bash(e->sh) && (v->operated || v->keys) &&
	    ifs_value(e->sh).n && beside_at(e->sh, e->word, part)) {
		put_split_again(e, v);
		return;
	}
	if (!quoted && is_bash(e->sh) && is_trim(part->param) && part->param->all &&
	    (fields || (v->all == '@' ? is_assigned(e) : is_loose(e))) && !ifs_value(e->sh).n &&
	    !(star && e->sh->joins) && var_find(e->sh, part->param->name) &&
	    var_find(e->sh, part->param->name)->flags & VAR_ARRAY) {
		put_marked(e, v);
		return;
	}
	if (!fields && !quoted && is_bash(e->sh) &&
	    (is_trim(part->param) || part->param->op == PARAM_TRANSFORM) && is_assigned(e) &&
	    ifs_value(e->sh).n) {
		put_starred(e, v, part);
		return;
	}
	if (!fields || (quoted && star) || (star && e->sh->joins && !ifs_value(e->sh).n)) {
		if (quoted)
			expand_put_quoted(e, joined(e, v, part));
		else if (fields && v->operated && !part->param->all)
			put_at_blanks(e, joined(e, v, part));
		else
			expand_put_expanded(e, joined(e, v, part));
		return;
	}
	if (e->parts_late && !quoted && !part->param->all)
		put_parted(e, v);
	else
		put_fields(e, v, part);
}

/*
 * bash quotes, character by character, the text in ${x-..} that stands in the quotes of a "$@", and
 * then splits the whole: but not the characters that might mean something of their own.
 */
void expand_put_resplit(struct expander *e, const struct part *part)
{
	struct str s = part->text, ifs = ifs_value(e->sh);

	for (size_t i = 0; i < s.n; i++) {
		if (!strchr(":=~[<>", s.p[i]) || str_chr(ifs, s.p[i]) < 0)
			continue;
		if (i)
			expand_put_quoted(e, str_sub(s, 0, i));
		buf_char(&e->held, s.p[i]);
		s = str_from(s, i + 1);
		i = (size_t)-1;
	}
	if (s.n)
		expand_put_quoted(e, s);
}

bool expand_holds_at(struct expander *e, const struct word *w, size_t quotes)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct param *p =
		    w->parts[i].kind == PART_PARAM && w->parts[i].quoted ? w->parts[i].param : NULL;
		struct value v = {0};

		if (!p || (quotes && w->parts[i].quotes != quotes))
			continue;
		if (expand_is_at(p) && p->op != PARAM_DEFAULT)
			return true;
		if ((p->op != PARAM_DEFAULT && p->op != PARAM_ALTERNATE) || p->index ||
		    p->indirect || !param_value(e->sh, p, &v))
			continue;
		if (v.instead ? expand_holds_at(e, v.instead, 0) : expand_is_at(p))
			return true;
	}
	return false;
}
